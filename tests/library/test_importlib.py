# SPDX-License-Identifier: MIT
"""importlib: abc, machinery, util, resources, metadata; pkgutil and runpy beside it."""

import importlib
import importlib.abc
import importlib.machinery
import importlib.metadata
import importlib.resources
import importlib.util
import os
import pkgutil
import runpy
import shutil
import sys
import tempfile
import types
import unittest
import zipfile

FILES = {
    'lp_one/__init__.py': 'made = True\n',
    'lp_one/__main__.py': 'answer = 42\nname = __name__\n',
    'lp_one/sub.py': 'import sys\nargv0 = sys.argv[0]\n',
    'lp_one/data.txt': 'text é\n',
    'lp_single.py': 'value = 7\n',
    'lp_dist-1.2.dist-info/METADATA': 'Metadata-Version: 2.1\nName: lp-dist\nVersion: 1.2\nRequires-Dist: other (>1)\n',
    'lp_dist-1.2.dist-info/RECORD': 'lp_single.py,sha256=abc,12\nlp_one/sub.py,,\n',
    'lp_dist-1.2.dist-info/entry_points.txt': '[lp.things]\nMain = lp_one.sub:sys.path [x]\n',
    'lp_egg.egg-info/PKG-INFO': 'Metadata-Version: 1.1\nName: lp_egg\nVersion: 3\n',
    'lp_egg.egg-info/requires.txt': 'one\n\n[more]\ntwo\n\n[:python_version < "3"]\nthree\n',
}


class Folder(unittest.TestCase):
    """A folder and a zip file with FILES; the folder is first on sys.path."""

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        for name, text in FILES.items():
            path = os.path.join(self.folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, 'w', encoding='utf-8') as file:
                file.write(text)
        self.zip = os.path.join(self.folder, 'z.zip')
        with zipfile.ZipFile(self.zip, 'w') as archive:
            for name, text in FILES.items():
                archive.writestr(name, text)
        sys.path.insert(0, self.folder)
        self.addCleanup(self.forget)
        importlib.invalidate_caches()

    def forget(self):
        sys.path.remove(self.folder)
        for name in [name for name in sys.modules if name.startswith('lp_')]:
            del sys.modules[name]


class Util(Folder):
    def test_resolve_name(self):
        self.assertEqual(importlib.util.resolve_name('..a', 'b.c'), 'b.a')
        with self.assertRaisesRegex(ValueError, "no package specified for '.a'"):
            importlib.util.resolve_name('.a', '')

    def test_find_spec(self):
        self.assertEqual(importlib.util.find_spec('.sub', 'lp_one').name, 'lp_one.sub')
        self.assertIn('lp_one', sys.modules)
        self.assertNotIn('lp_one.sub', sys.modules)
        with self.assertRaisesRegex(ModuleNotFoundError, "__path__ attribute not found on 'lp_single'"):
            importlib.util.find_spec('lp_single.x')
        sys.modules['lp_bare'] = types.ModuleType('lp_bare')
        with self.assertRaisesRegex(ValueError, 'lp_bare.__spec__ is None'):
            importlib.util.find_spec('lp_bare')

    def test_lazy(self):
        spec = importlib.util.find_spec('lp_single')
        spec.loader = importlib.util.LazyLoader(spec.loader)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self.assertIsNot(type(module), types.ModuleType)
        self.assertEqual(module.value, 7)
        self.assertIs(type(module), types.ModuleType)
        with self.assertRaisesRegex(TypeError, r'loader must define exec_module\(\)'):
            importlib.util.LazyLoader(object())

    def test_abc(self):
        class Loader(importlib.abc.ExecutionLoader):
            def get_source(self, fullname):
                return 'a = 1'

            def get_filename(self, fullname):
                return '<here>'

        self.assertEqual(Loader().get_code('x').co_filename, '<here>')
        self.assertTrue(issubclass(importlib.machinery.SourceFileLoader, importlib.abc.SourceLoader))
        self.assertRaises(TypeError, importlib.abc.ResourceLoader)


class Resources(Folder):
    def test_read(self):
        self.assertEqual(importlib.resources.read_text('lp_one', 'data.txt'), 'text é\n')
        self.assertTrue(importlib.resources.is_resource('lp_one', 'data.txt'))
        self.assertFalse(importlib.resources.is_resource('lp_one', 'none'))
        with importlib.resources.path('lp_one', 'data.txt') as path:
            self.assertTrue(path.is_file())

    def test_zip(self):
        sys.path.insert(0, self.zip)
        self.addCleanup(sys.path.remove, self.zip)
        self.assertEqual(importlib.resources.read_binary('lp_one', 'data.txt')[:5], b'text ')
        with importlib.resources.path('lp_one', 'data.txt') as path:
            self.assertEqual(path.read_bytes()[:5], b'text ')
        self.assertFalse(path.exists())

    def test_errors(self):
        for error, message, args in (
                (ValueError, "'a/b' must be only a file name", ('lp_one', 'a/b')),
                (TypeError, "'lp_single' is not a package", ('lp_single', 'a')),
                (FileNotFoundError, r"\[Errno 2\] No such file or directory: '.*none'", ('lp_one', 'none'))):
            with self.assertRaisesRegex(error, message):
                importlib.resources.open_binary(*args)


class Metadata(Folder):
    def check(self):
        dist = importlib.metadata.distribution('LP-dist')
        self.assertEqual((dist.version, dist.requires), ('1.2', ['other (>1)']))
        first, second = dist.files
        self.assertEqual((first.hash.value, first.size, second.size), ('abc', 12, None))
        self.assertEqual(str(first), 'lp_single.py')
        point = importlib.metadata.entry_points()['lp.things'][0]
        self.assertEqual((point.name, [m[0] for m in point.extras]), ('Main', ['x']))
        self.assertIs(point.load(), sys.path)

    def test_folder(self):
        self.check()

    def test_zip(self):
        sys.path.insert(0, self.zip)
        self.addCleanup(sys.path.remove, self.zip)
        self.check()

    def test_egg_info(self):
        self.assertEqual(importlib.metadata.requires('lp_egg'),
                         ['one', 'two; extra == "more"', 'three; python_version < "3"'])

    def test_missing(self):
        with self.assertRaises(importlib.metadata.PackageNotFoundError) as raised:
            importlib.metadata.version('lp_nothing')
        self.assertEqual(raised.exception.args, ('lp_nothing',))


class Pkgutil(Folder):
    def test_lists(self):
        found = [(info.name, info.ispkg) for info in pkgutil.iter_modules([self.folder])]
        self.assertEqual(found, [('lp_one', True), ('lp_single', False)])
        self.assertEqual([info.name for info in pkgutil.walk_packages([self.zip], 'p.')][:1], ['p.lp_one'])
        self.assertEqual([info.name for info in pkgutil.walk_packages([self.folder])],
                         ['lp_one', 'lp_one.__main__', 'lp_one.sub', 'lp_single'])
        self.assertRaises(ValueError, list, pkgutil.iter_modules('abc'))

    def test_data(self):
        self.assertEqual(pkgutil.get_data('lp_one', 'data.txt'), 'text é\n'.encode())
        self.assertIsNone(pkgutil.get_data('lp_nothing', 'x'))

    def test_extend_path(self):
        self.assertEqual(pkgutil.extend_path(['x'], 'lp_one'), ['x', os.path.join(self.folder, 'lp_one')])
        self.assertEqual(pkgutil.extend_path('x', 'lp_one'), 'x')


class Runpy(Folder):
    def test_module(self):
        self.assertEqual(runpy.run_module('lp_one', run_name='other')['name'], 'other')
        before = sys.argv[0]
        self.assertTrue(runpy.run_module('lp_one.sub', alter_sys=True)['argv0'].endswith('sub.py'))
        self.assertEqual(sys.argv[0], before)

    def test_path(self):
        found = runpy.run_path(os.path.join(self.folder, 'lp_single.py'), {'more': 1})
        self.assertEqual((found['value'], found['more'], found['__name__']), (7, 1, '<run_path>'))
        self.assertEqual(runpy.run_path(os.path.join(self.folder, 'lp_one'))['answer'], 42)

    def test_errors(self):
        for name, message in (('.a', 'Relative module names not supported'),
                              ('lp_nothing', 'No module named lp_nothing'),
                              ('sys', 'No code object available for sys')):
            with self.assertRaisesRegex(ImportError, message):
                runpy.run_module(name)


if __name__ == '__main__':
    unittest.main()
