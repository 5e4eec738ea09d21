# SPDX-License-Identifier: MIT
"""compileall, modulefinder, pyclbr, rlcompleter, pkgutil, runpy, tabnanny, filecmp, fileinput: over files of programs."""
import compileall
import contextlib
import filecmp
import fileinput
import io
import modulefinder
import os
import pkgutil
import py_compile
import pyclbr
import rlcompleter
import runpy
import shutil
import sys
import tabnanny
import tempfile
import types
import unittest

FILES = {
    'lp_pkg/__init__.py': '"""A package."""\nVALUE = 1\n',
    'lp_pkg/one.py': 'import os.path\nfrom . import two\nfrom .two import f as g\nimport no_such_module\n\nclass A:\n    def m(self):\n        pass\n'
                     '\nclass B(A, two.C):\n    class Inner:\n        pass\n\ndef top(x):\n    def nested():\n        pass\n\nasync def later():\n    pass\n',
    'lp_pkg/two.py': 'class C: pass\ndef f(): return 5\n',
    'lp_pkg/__main__.py': 'import sys\nRESULT = (__name__, sys.argv[1:], __package__)\nprint(RESULT)\n',
    'lp_pkg/data/text.txt': 'some text',
    'lp_script.py': 'import lp_pkg.one\nANSWER = __name__\nprint(__file__)\n',
    'lp_bad.py': 'def :\n',
    'lp_tabs.py': 'if 1:\n        a = 1\n\tb = 2\n',
}


class Output(io.StringIO):
    encoding = 'utf-8'


class Programs(unittest.TestCase):
    def setUp(self):
        self.folder = os.path.realpath(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        for name, text in FILES.items():
            os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
            with open(self.path(name), 'w') as f:
                f.write(text)
        before = sys.path[:], sys.argv[:], set(sys.modules)
        sys.path.insert(0, self.folder)

        def restore():
            sys.path[:], sys.argv[:] = before[:2]
            for name in set(sys.modules) - before[2]:
                if name.startswith('lp_'):
                    del sys.modules[name]
            sys.path_importer_cache.pop(self.folder, None)
        self.addCleanup(restore)

    def path(self, name):
        return os.path.join(self.folder, *name.split('/'))

    def printed(self, function, *args, **options):
        with contextlib.redirect_stdout(Output()) as out, contextlib.redirect_stderr(out):
            result = function(*args, **options)
        return result, out.getvalue()

    def test_compile_folder(self):
        result, text = self.printed(compileall.compile_dir, self.path('lp_pkg'))
        self.assertTrue(result)
        self.assertIn("Listing %r...\nCompiling %r...\n" % (self.path('lp_pkg'), self.path('lp_pkg/__init__.py')), text)
        self.assertEqual(len(os.listdir(self.path('lp_pkg/__pycache__'))), 4)
        self.assertEqual(self.printed(compileall.compile_dir, self.path('lp_pkg'), quiet=1), (True, ''))
        self.assertEqual(self.printed(compileall.compile_dir, self.path('lp_pkg'), force=True, quiet=1, legacy=True), (True, ''))
        self.assertTrue(os.path.exists(self.path('lp_pkg/one.pyc')))

    def test_compile_errors(self):
        result, text = self.printed(compileall.compile_file, self.path('lp_bad.py'), quiet=1)
        self.assertFalse(result)
        self.assertIn('SyntaxError: invalid syntax', text)
        self.assertEqual(self.printed(compileall.compile_file, self.path('lp_bad.py'), quiet=2), (False, ''))
        import re
        self.assertEqual(self.printed(compileall.compile_file, self.path('lp_bad.py'), rx=re.compile('bad')), (True, ''))
        self.assertRaises(py_compile.PyCompileError, py_compile.compile, self.path('lp_bad.py'), doraise=True)
        self.assertRaises(ValueError, compileall.compile_dir, self.folder, workers=-1)

    def test_find_modules(self):
        finder = modulefinder.ModuleFinder([self.folder], excludes=['lp_pkg.two'])
        finder.run_script(self.path('lp_script.py'))
        self.assertEqual(sorted(finder.modules), ['__main__', 'lp_pkg', 'lp_pkg.one'])
        self.assertEqual(finder.any_missing(), ['no_such_module', 'os.path', 'two'])
        text = self.printed(finder.report)[1]
        self.assertIn('no_such_module', text)
        self.assertIn(self.path('lp_pkg/one.py'), text)

    def test_classes(self):
        found = pyclbr.readmodule_ex('lp_pkg.one', [self.folder])
        self.assertEqual([(name, type(each).__name__, each.lineno) for name, each in found.items() if each.module == 'lp_pkg.one'],
                         [('A', 'Class', 6), ('B', 'Class', 10), ('top', 'Function', 14), ('later', 'Function', 18)])
        a, b = found['A'], found['B']
        self.assertEqual((a.methods, b.super[0] is a, b.children['Inner'].parent is b, list(found['top'].children)), ({'m': 7}, True, True, ['nested']))
        self.assertEqual(list(pyclbr.readmodule('lp_pkg.two', [self.folder])), ['C'])
        self.assertRaises(ImportError, pyclbr.readmodule, 'lp_none', [self.folder])

    def test_completion(self):
        module = types.SimpleNamespace(first=1, second=print, _hidden=2)
        complete = rlcompleter.Completer({'spam': 1, 'module': module}).complete
        self.assertEqual([complete('sp', 0), complete('sp', 1), complete('module.fi', 0), complete('module.se', 0)],
                         ['spam', None, 'module.first', 'module.second('])
        self.assertEqual(complete('module._h', 0), 'module._hidden')
        self.assertEqual([complete('whil', 0), complete('pas', 0), complete('tr', 0), complete('no_such.x', 0)], ['while ', 'pass', 'try:', None])

    def test_packages(self):
        self.assertEqual([(each.name, each.ispkg) for each in pkgutil.iter_modules([self.path('lp_pkg')], 'p.')], [('p.__main__', False), ('p.one', False), ('p.two', False)])
        self.assertEqual([each.name for each in pkgutil.walk_packages([self.folder]) if each.name.startswith('lp_pkg')],
                         ['lp_pkg', 'lp_pkg.__main__', 'lp_pkg.one', 'lp_pkg.two'])
        self.assertEqual(pkgutil.get_data('lp_pkg', 'data/text.txt'), b'some text')
        self.assertEqual(pkgutil.get_loader('lp_pkg').path, self.path('lp_pkg/__init__.py'))
        self.assertIsNone(pkgutil.find_loader('lp_none'))
        extended = pkgutil.extend_path(['x'], 'lp_pkg')
        self.assertEqual(extended, ['x', self.path('lp_pkg')])

    def test_run(self):
        result, text = self.printed(runpy.run_module, 'lp_pkg', {'extra': 2}, 'some_name')
        self.assertEqual((result['RESULT'][0], result['RESULT'][2], result['extra'], result['__name__']), ('some_name', 'lp_pkg', 2, 'some_name'))
        with open(self.path('lp_simple.py'), 'w') as f:
            f.write('import sys\nX = sys.argv[0], __name__, given\n')
        self.assertEqual(runpy.run_path(self.path('lp_simple.py'), {'given': 5}, 'n')['X'], (self.path('lp_simple.py'), 'n', 5))
        self.assertRaises(ImportError, runpy.run_module, 'lp_none')
        self.assertRaises(ImportError, runpy.run_module, 'lp_pkg.one.more')

    def test_indentation(self):
        text = self.printed(tabnanny.check, self.path('lp_tabs.py'))[1]
        self.assertIn('lp_tabs.py', text)
        self.assertEqual(self.printed(tabnanny.check, self.path('lp_pkg'))[1], '')
        self.assertIn('no-such', self.printed(tabnanny.check, self.path('no-such'))[1])

    def test_comparing(self):
        shutil.copytree(self.path('lp_pkg'), self.path('copy'))
        self.assertTrue(filecmp.cmp(self.path('lp_pkg/one.py'), self.path('copy/one.py'), shallow=False))
        self.assertFalse(filecmp.cmp(self.path('lp_pkg/one.py'), self.path('copy/two.py')))
        with open(self.path('copy/two.py'), 'a') as f:
            f.write('more')
        os.remove(self.path('copy/one.py'))
        found = filecmp.dircmp(self.path('lp_pkg'), self.path('copy'))
        self.assertEqual((found.left_only, found.right_only, found.diff_files, found.same_files, found.common_dirs, list(found.subdirs)),
                         (['one.py'], [], ['two.py'], ['__init__.py', '__main__.py'], ['data'], ['data']))
        self.assertIn("Differing files : ['two.py']", self.printed(found.report)[1])
        self.assertEqual(filecmp.cmpfiles(self.path('lp_pkg'), self.path('copy'), ['two.py', 'one.py', '__init__.py']), (['__init__.py'], ['two.py'], ['one.py']))
        filecmp.clear_cache()

    def test_input(self):
        files = [self.path('lp_bad.py'), self.path('lp_pkg/two.py')]
        with fileinput.input(files) as lines:
            seen = [(os.path.basename(lines.filename()), lines.lineno(), lines.filelineno(), lines.isfirstline(), line) for line in lines]
        self.assertEqual(seen, [('lp_bad.py', 1, 1, True, 'def :\n'), ('two.py', 2, 1, True, 'class C: pass\n'), ('two.py', 3, 2, False, 'def f(): return 5\n')])
        with fileinput.input(files[1:], inplace=True, backup='.bak') as lines:
            for line in lines:
                print(line.upper(), end='')
        with open(files[1]) as f:
            self.assertEqual(f.read(), 'CLASS C: PASS\nDEF F(): RETURN 5\n')
        self.assertTrue(os.path.exists(files[1] + '.bak'))
        with fileinput.FileInput(files) as lines:
            next(lines)
            lines.nextfile()
            self.assertEqual(lines.readline(), 'CLASS C: PASS\n')
        self.assertRaises(ValueError, fileinput.FileInput, files, mode='w')
        self.assertRaises(ValueError, fileinput.FileInput, files, inplace=True, openhook=open)
        self.assertRaises(FileNotFoundError, next, fileinput.FileInput([self.path('none')]))
        fileinput.close()
        self.assertRaises(RuntimeError, fileinput.lineno)


if __name__ == '__main__':
    unittest.main()
