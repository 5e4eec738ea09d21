# SPDX-License-Identifier: MIT
"""tabnanny, pyclbr, modulefinder, zipapp."""

import contextlib
import io
import modulefinder
import os
import pyclbr
import runpy
import shutil
import sys
import tabnanny
import tempfile
import unittest
import zipapp


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w') as file:
            file.write(text)
        return path


class Tabnanny(Folder):
    def test_check(self):
        bad = self.write('bad.py', 'if 1:\n\ta\n        b\n')
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            tabnanny.check(self.folder)
        self.assertEqual(output.getvalue(), "%s 3 '        b\\n'\n" % bad)

    def test_whitespace(self):
        a, b = tabnanny.Whitespace('\t'), tabnanny.Whitespace('        ')
        self.assertFalse(a.equal(b) or a.less(b))
        self.assertEqual(a.not_equal_witness(b)[0], (1, 1, 8))
        self.assertEqual(tabnanny.format_witnesses([(1, 1, 8), (2, 2, 8)]), 'at tab sizes 1, 2')
        self.assertEqual([tabnanny.Whitespace('   \t ').indent_level(size) for size in (1, 2, 4, 8)], [5, 5, 5, 9])


class Pyclbr(Folder):
    def test_read(self):
        self.write('lp_classes.py', 'class A(x.y):\n    def f(self):\n        def g(): pass\n    class B: pass\n'
                   'class C(A, D): pass\ndef h(\n  a): pass\nfrom lp_more import E as F\n')
        self.write('lp_more.py', 'class E: pass\n')
        found = pyclbr.readmodule_ex('lp_classes', [self.folder])
        self.assertEqual(sorted(found), ['A', 'C', 'F', 'h'])
        self.assertEqual((found['A'].super, found['A'].methods, found['A'].children['B'].lineno), (['x.y'], {'f': 2}, 4))
        self.assertEqual(found['C'].super, [found['A'], 'D'])
        self.assertEqual(list(found['A'].children['f'].children), ['g'])
        self.assertEqual(found['F'].module, 'lp_more')
        with self.assertRaisesRegex(ModuleNotFoundError, "no module named 'lp_nothing'"):
            pyclbr.readmodule('lp_nothing')


class Modulefinder(Folder):
    def test_script(self):
        self.write('pack/__init__.py', 'from .one import *\n')
        self.write('pack/one.py', 'import lp_missing, skipped\nvalue = 1\n')
        script = self.write('script.py', 'from pack import one, value, nothing\ndef f():\n    import sys\n')
        finder = modulefinder.ModuleFinder([self.folder], excludes=['skipped'])
        finder.run_script(script)
        self.assertEqual(sorted(finder.modules), ['__main__', 'pack', 'pack.one', 'sys'])
        self.assertEqual(finder.any_missing_maybe(), (['lp_missing', 'pack.nothing', 'pack.value'], []))
        self.assertEqual(finder.badmodules['lp_missing'], {'pack.one': 1})
        self.assertEqual(repr(finder.modules['sys']), "Module('sys')")


class Zipapp(Folder):
    def test_create(self):
        self.write('app/tool.py', 'def run():\n    global done\n    done = 1\n')
        source, target = os.path.join(self.folder, 'app'), os.path.join(self.folder, 'app.pyz')
        zipapp.create_archive(source, interpreter='/bin/python', main='tool:run', compressed=True)
        self.assertEqual(zipapp.get_interpreter(target), '/bin/python')
        self.assertTrue(os.access(target, os.X_OK))
        self.addCleanup(sys.modules.pop, 'tool', None)
        self.assertEqual(runpy.run_path(target)['tool'].done, 1)

    def test_errors(self):
        os.mkdir(os.path.join(self.folder, 'app'))
        for source, main, message in (('app', None, 'Archive has no entry point'),
                                      ('app', 'a b:c', 'Invalid entry point: a b:c'),
                                      ('none', 'a:b', 'Source does not exist')):
            with self.assertRaisesRegex(zipapp.ZipAppError, message):
                zipapp.create_archive(os.path.join(self.folder, source), main=main)


if __name__ == '__main__':
    unittest.main()
