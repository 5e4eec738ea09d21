# SPDX-License-Identifier: MIT
"""The library carried in the executable (src/runtime/carried.h)."""
import _imp
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

LIBRARY = os.path.dirname(os.__file__)
HAS_CARRIED = getattr(_imp, '_carried_relative', lambda name: None)('os') is not None


CARRIES = unittest.skipUnless(HAS_CARRIED, 'a build that carries no library')


@CARRIES
class Carried(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp() if hasattr(tempfile, 'mkdtemp') else None
        self.addCleanup(shutil.rmtree, self.folder)

    def test_lookup(self):
        self.assertEqual(_imp._carried_relative('os'), 'os.py')
        self.assertEqual(_imp._carried_relative('encodings'), 'encodings/__init__.py')
        self.assertIsNone(_imp._carried_relative('no_such_module'))
        self.assertIsNone(_imp._find_carried('os', self.folder))
        self.assertIsNone(_imp._find_carried('o\0s', self.folder))
        for path in self.folder + '/os.py', 'a\0/os.py', '\ud812/os.py', 1:
            self.assertIsNone(_imp._carried_code('os', path))
            self.assertIsNone(_imp._carried_data(path))

    def test_only_the_file_that_was_compiled(self):
        copy = os.path.join(self.folder, 'genericpath.py')
        shutil.copy2(os.path.join(LIBRARY, 'genericpath.py'), copy)
        if _imp._find_carried('genericpath', LIBRARY) is None:
            self.skipTest('another library')
        self.assertEqual(_imp._find_carried('genericpath', self.folder), copy)
        code = _imp._carried_code('genericpath', copy)
        self.assertEqual(code.co_filename, copy)
        with open(copy, 'a') as file:
            file.write('# changed\n')
        self.assertIsNone(_imp._find_carried('genericpath', self.folder))
        self.assertIsNone(_imp._carried_code('genericpath', copy))

    def test_alone(self):
        program = os.path.join(self.folder, 'taipan')
        shutil.copy(sys.executable, program)
        script = 'import os, sys, encodings.latin_1; print(os.__file__, sys.path[-1])'
        done = subprocess.run([program, '-I', '-S', '-c', script], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              env={}, cwd=self.folder, universal_newlines=True)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertTrue(done.stdout.startswith(program + '/os.py '), done.stdout)

    def test_alone_with_any_name(self):
        """Its path is not text."""
        program = os.fsencode(self.folder) + b'/t\xc0\x80'
        shutil.copy(sys.executable, program)
        script = b'import os, inspect; print(os.__file__ == inspect.getsourcefile(os)); import lib2to3.pygram'
        done = subprocess.run([program, b'-I', b'-S', b'-c', script], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              env={}, cwd=self.folder)
        self.assertEqual((done.returncode, done.stdout), (0, b'True\n'))

    def test_not_under_optimisation(self):
        done = subprocess.run([sys.executable, '-O', '-c', 'import _imp, os; print(_imp._carried_relative("os"))'],
                              stdout=subprocess.PIPE, universal_newlines=True)
        self.assertEqual(done.stdout.strip(), 'None')


@CARRIES
class Alone(unittest.TestCase):
    """The executable copied into an empty folder, started with an empty environment."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.program = os.path.join(cls.folder, 'taipan')
        shutil.copy(sys.executable, cls.program)

    def run_alone(self, *args, program=None):
        done = subprocess.run([program or self.program, *args], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={},
                              stdin=subprocess.DEVNULL, cwd=self.folder, universal_newlines=True)
        return done.returncode, done.stdout

    def output(self, *args, **options):
        status, text = self.run_alone(*args, **options)
        self.assertEqual(status, 0, text)
        return text

    def test_every_module(self):
        # Those of other systems and those that want an extension module fail.
        script = """if 1:
            import _imp, importlib, warnings
            warnings.simplefilter('ignore')
            missing = []
            for path in _imp._carried_names():
                name = path.replace('/', '.')
                if (not name.endswith('.py') or name.endswith('__main__.py') or name in (
                        'this.py', 'antigravity.py', 'idlelib.idle.py', 'idlelib.pyshell.py') or '-' in name):
                    continue
                name = name[:-3]
                try:
                    importlib.import_module(name[:-9] if name.endswith('.__init__') else name)
                except Exception as error:
                    missing.append(getattr(error, 'name', None) or name)
            print(*sorted(set(missing)))
        """
        known = {'_bz2', '_ctypes', '_curses', '_dbm', '_gdbm', '_lzma', '_sqlite3', '_ssl', 'pyexpat', 'zlib', 'msvcrt', 'codecs',
                 'asyncio.windows_events', 'asyncio.windows_utils', 'xml.sax.expatreader', '_curses_panel', '_winapi',
                 '_overlapped', 'winreg', '_msi', 'readline', '_hashlib', '_uuid', '_elementtree', '_tkinter'}
        self.assertEqual(set(self.output('-c', script).split()) - known, set())

    def test_data(self):
        script = """if 1:
            import importlib.resources as resources, pkgutil, lib2to3, json
            grammar = pkgutil.get_data('lib2to3', 'Grammar.txt')
            print(b'file_input' in grammar, resources.read_binary(lib2to3, 'Grammar.txt') == grammar)
            with resources.path(lib2to3, 'Grammar.txt') as path:
                print(path.read_bytes() == grammar)
            names = list(resources.contents(lib2to3))
            print('Grammar.txt' in names, 'main.py' in names, 'fixes' in names, '' in names)
            print(resources.is_resource(lib2to3, 'Grammar.txt'), resources.is_resource(lib2to3, 'fixes'))
            for read in resources.read_text, pkgutil.get_data:
                try:
                    read('lib2to3', 'nothing')
                except OSError as error:
                    print(type(error).__name__)
            print(sorted(info[1:] for info in pkgutil.iter_modules(json.__path__, 'json.')))
            print(('email', True) in [info[1:] for info in pkgutil.iter_modules()])
        """
        self.assertEqual(self.output('-c', script).splitlines(), [
            'True True', 'True', 'True True True False', 'True False', 'FileNotFoundError', 'NotADirectoryError',
            "[('json.decoder', False), ('json.encoder', False), ('json.scanner', False), ('json.tool', False)]", 'True'])

    def test_sources(self):
        status, text = self.run_alone('-c', 'import json; json.loads("?")')
        self.assertEqual(status, 1)
        self.assertIn('    raise JSONDecodeError(', text)
        script = 'import inspect, json; print(inspect.getsource(json.loads))'
        self.assertTrue(self.output('-c', script).startswith('def loads('))
        script = """if 1:
            import _imp, sys
            root = _imp._carried_root()
            for path in _imp._carried_names():
                data = _imp._carried_data(root + '/' + path)
                if path.endswith('.py') and '-' not in path:
                    compile(data, path, 'exec', dont_inherit=True)
            print(_imp._carried_data(root + '/no'), _imp._carried_data(root), _imp._carried_data(root + '/os.py\\0'),
                  _imp._carried_data('\\udc80'), _imp._carried_data(1))
        """
        self.assertEqual(self.output('-c', script).strip(), 'None None None None None')

    def test_2to3(self):
        with open(os.path.join(self.folder, 'old.py'), 'w') as file:
            file.write('print "x"\n')
        self.assertIn('+print("x")', self.output('-m', 'lib2to3', 'old.py'))

    def test_pydoc(self):
        self.assertIn('json.html', self.output('-m', 'pydoc', '-w', 'json'))
        script = "import pydoc; print(pydoc._url_handler('pydoc_data/_pydoc.css', 'text/css'))"
        self.assertIn('/*', self.output('-c', script))
        self.assertIn('"for" statement', self.output('-c', 'help("for")'))
        self.assertIn('__future__', self.output('-c', 'help("modules")'))

    def test_venv(self):
        for kind in 'symlinks', 'copies':
            with self.subTest(kind):
                self.output('-m', 'venv', '--without-pip', '--' + kind, kind)
                places = os.path.join(self.folder, kind)
                script = 'import sys, json; print(sys.prefix, sys.prefix != sys.base_prefix)'
                text = self.output('-c', script, program=os.path.join(places, 'bin', 'python'))
                self.assertEqual(text.split(), [os.path.realpath(places), 'True'])
                with open(os.path.join(places, 'bin', 'activate')) as file:
                    text = file.read()
                self.assertIn(places, text)
                self.assertNotIn('__VENV_', text)

    def test_programs(self):
        with open(os.path.join(self.folder, 'fine.py'), 'w') as file:
            file.write('import json\n\n\ndef f():\n    """\n    >>> f()\n    1\n    """\n    return 1\n')
        self.assertIn('1 passed', self.output('-m', 'doctest', '-v', 'fine.py'))
        self.assertIn('P json', self.output('-m', 'modulefinder', 'fine.py'))
        self.assertIn('def loads', self.output('-m', 'pyclbr', 'json'))
        self.output('-m', 'compileall', '-q', 'fine.py')
        self.output('-m', 'trace', '--count', '-C', 'counts', 'fine.py')


if __name__ == '__main__':
    unittest.main()
