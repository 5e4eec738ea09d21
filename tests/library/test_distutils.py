# SPDX-License-Identifier: MIT
"""distutils: helpers, and a small distribution from setup.py to its files."""

import contextlib
import io
import os
import shutil
import sys
import tarfile
import tempfile
import unittest
from distutils import log
from distutils.ccompiler import gen_preprocess_options, new_compiler
from distutils.core import Extension, run_setup, setup
from distutils.dist import Distribution
from distutils.errors import DistutilsFileError, DistutilsOptionError
from distutils.fancy_getopt import FancyGetopt, wrap_text
from distutils.file_util import copy_file
from distutils.filelist import FileList
from distutils.text_file import TextFile
from distutils.util import split_quoted, strtobool, subst_vars
from distutils.version import LooseVersion, StrictVersion
from distutils.versionpredicate import VersionPredicate


class Helpers(unittest.TestCase):
    def test_versions(self):
        order = ['0.4', '0.4.1', '0.5a1', '0.5b3', '0.5', '0.9.6', '1.0']
        self.assertEqual(sorted(map(StrictVersion, reversed(order))), order)
        self.assertEqual(str(StrictVersion('1.2.0')), '1.2')
        self.assertTrue(LooseVersion('1.5.1') < LooseVersion('1.5.2b2'))
        self.assertRaisesRegex(ValueError, "invalid version number '1'", StrictVersion, '1')
        predicate = VersionPredicate('pkg (>1.0, !=1.5)')
        self.assertEqual((str(predicate), predicate.satisfied_by('1.5'), predicate.satisfied_by('1.4')),
                         ('pkg (> 1.0, != 1.5)', False, True))

    def test_text(self):
        self.assertEqual(split_quoted('a "b c"\\ d \'e\''), ['a', 'b c d', 'e'])
        self.assertEqual((strtobool('Yes'), strtobool('off')), (1, 0))
        self.assertEqual(subst_vars('$a/$b', {'a': 1, 'b': 2}), '1/2')
        self.assertEqual(wrap_text('one two-three four', 9), ['one two-', 'three', 'four'])

    def test_text_file(self):
        file = TextFile('x', io.StringIO('a # b\n\n  c \\\n   d\n\\# e\n'), join_lines=1, collapse_join=1,
                        lstrip_ws=1)
        self.assertEqual(file.readlines(), ['a', 'c d', '# e'])

    def test_options(self):
        parser = FancyGetopt([('verbose', 'v', 'more', 1), ('quiet', 'q', 'less'), ('out-dir=', 'o', 'where')])
        parser.set_negative_aliases({'quiet': 'verbose'})
        args, found = parser.getopt(['-vv', '--out-dir', 'x', 'rest'])
        self.assertEqual((args, found.verbose, found.out_dir), (['rest'], 2, 'x'))
        self.assertEqual(parser.generate_help()[1], '  --verbose (-v)  more')

    def test_file_list(self):
        files = FileList()
        files.set_allfiles(['a.py', 'd/b.py', 'd/e/c.py', 'd/e/c.txt'])
        for line in ('include *.py', 'recursive-include d *.*', 'global-exclude *.txt', 'prune d/e'):
            files.process_template_line(line)
        self.assertEqual(files.files, ['a.py', 'd/b.py'])

    def test_compiler_options(self):
        self.assertEqual(gen_preprocess_options([('A',), ('B', None), ('C', '1')], ['i']),
                         ['-UA', '-DB', '-DC=1', '-Ii'])
        self.assertRaises(AssertionError, Extension, 'a', 'no list')

    def test_copy(self):
        with self.assertRaisesRegex(DistutilsFileError, "can't copy 'no such': doesn't exist or not a regular file"):
            copy_file('no such', 'x')


class Project(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.folder)
        self.addCleanup(log.set_threshold, log.set_threshold(log.WARN))
        self.addCleanup(setattr, sys, 'dont_write_bytecode', sys.dont_write_bytecode)
        sys.dont_write_bytecode = False
        os.mkdir('pack')
        for name, text in (('pack/__init__.py', 'a = 1\n'), ('pack/data.txt', 'x'), ('README', ''),
                           ('script', '#!/usr/bin/python -O\n'), ('one.py', ''), ('MANIFEST.in', 'include *.none\n'),
                           ('setup.py', 'from distutils.core import setup\nsetup(**%r)\n' % (dict(
                               name='lp', version='1.5', packages=['pack'], package_data={'pack': ['*.txt']},
                               py_modules=['one'], scripts=['script'], url='u', author='a', author_email='e'),))):
            with open(name, 'w') as file:
                file.write(text)

    def run_setup(self, *args):
        with contextlib.redirect_stderr(io.StringIO()):
            return run_setup('setup.py', ['-q', *args])

    def test_install(self):
        self.run_setup('install', '--home', os.path.join(self.folder, 'h'), '--record', 'record')
        with open('record') as file:
            found = sorted(os.path.relpath(line.strip(), 'h') for line in file)
        self.assertIn('lib/python/lp-1.5-py3.8.egg-info', found)
        self.assertIn('lib/python/pack/data.txt', found)
        self.assertIn('lib/python/pack/__pycache__/__init__.cpython-38.pyc', found)
        for name in found:
            self.assertTrue(os.path.exists(os.path.join('h', name)), name)
        with open('h/bin/script') as file:
            self.assertEqual(file.readline(), '#!%s -O\n' % os.path.normpath(sys.executable))

    def test_sdist(self):
        dist = self.run_setup('sdist')
        self.assertEqual(dist.dist_files, [('sdist', '', 'dist/lp-1.5.tar.gz')])
        with tarfile.open('dist/lp-1.5.tar.gz') as archive:
            names = sorted(name[7:] for name in archive.getnames() if name[7:])
        self.assertEqual(names, ['PKG-INFO', 'README', 'one.py', 'pack', 'pack/__init__.py', 'pack/data.txt', 'script',
                                 'setup.py'])

    def test_errors(self):
        for args, message in (([], 'error: no commands supplied'), (['nope'], "error: invalid command 'nope'"),
                              (['build', '--nope'], 'error: option --nope not recognized')):
            with self.assertRaisesRegex(SystemExit, message):
                setup(name='x', script_name='setup.py', script_args=args)

    def test_display(self):
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            self.run_setup('--fullname')
        self.assertEqual(output.getvalue(), 'lp-1.5\n')


class Index(unittest.TestCase):
    """The commands that talk to a package index."""

    def setUp(self):
        import http.server
        import threading
        received = self.received = []

        class Server(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                received.append((self.headers, self.rfile.read(int(self.headers['Content-Length']))))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = http.server.HTTPServer(('127.0.0.1', 0), Server)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()
        self.addCleanup(self.stop)
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        with open(os.path.join(self.folder, '.pypirc'), 'w') as file:
            file.write('[distutils]\nindex-servers = home\n[home]\nusername: me\npassword: secret\n'
                       'repository: http://127.0.0.1:%d/\n' % self.server.server_port)
        from unittest import mock
        patch = mock.patch.dict(os.environ, HOME=self.folder, no_proxy='*')
        patch.start()
        self.addCleanup(patch.stop)
        self.distribution = Distribution({'name': 'own', 'version': '1.5', 'author': 'é', 'keywords': ['a', 'b']})

    def stop(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def prepare(self, command):
        command.repository = 'home'
        command.ensure_finalized()
        return command

    def test_upload(self):
        from distutils.command.upload import upload
        path = os.path.join(self.folder, 'own-1.5.zip')
        with open(path, 'wb') as file:
            file.write(b'contents\r')
        self.distribution.dist_files.append(('sdist', '', path))
        self.prepare(upload(self.distribution)).run()
        [(headers, body)] = self.received
        self.assertEqual(headers['Authorization'], 'Basic bWU6c2VjcmV0')
        self.assertIn('name="content"; filename="own-1.5.zip"\r\n\r\ncontents\r\r\n'.encode(), body)
        self.assertIn('name="author"\r\n\r\né\r\n'.encode(), body)

    def test_register(self):
        from distutils.command.register import register
        self.prepare(register(self.distribution)).run()
        [(headers, body)] = self.received
        self.assertEqual(body.count(b'name="keywords"'), 2)
        self.assertIn(b'name=":action"\n\nsubmit\n', body)
        self.assertEqual(self.distribution.password, 'secret')

    def test_nothing_to_upload(self):
        from distutils.command.upload import upload
        with self.assertRaises(DistutilsOptionError):
            self.prepare(upload(self.distribution)).run()


class Packages(unittest.TestCase):
    def test_spec_file(self):
        from distutils.command.bdist_rpm import bdist_rpm
        command = bdist_rpm(Distribution({'name': 'own', 'version': '1-5', 'author': 'me', 'author_email': 'me@x',
                                          'description': 'short', 'license': 'MIT'}))
        command.requires, command.changelog = 'a, b', '* now\nnews'
        command.ensure_finalized()
        lines = command._make_spec_file()
        for line in ('%define version 1_5', 'Summary: short', 'Requires: a b', 'Vendor: me <me@x>', 'BuildArch: noarch',
                     'rm -rf $RPM_BUILD_ROOT'):
            self.assertIn(line, lines)
        self.assertEqual(lines[-3:], ['%changelog', '* now', '  news'])
        with self.assertRaises(DistutilsOptionError):
            command.python, command.fix_python = 'python', 1
            command.finalize_options()


class Msvc(unittest.TestCase):
    def test_answers_without_windows(self):
        from distutils import msvccompiler
        self.assertEqual((msvccompiler.get_build_version(), msvccompiler.get_build_architecture()), (6, "Intel"))
        self.assertEqual(msvccompiler.normalize_and_reduce_paths(["a", "./a", "b"]), ["a", "b"])


class Borland(unittest.TestCase):
    def test_commands(self):
        commands = []
        compiler = new_compiler(compiler='bcpp', force=1)
        compiler.spawn = lambda command: commands.append(' '.join(filter(None, command)))
        with tempfile.TemporaryDirectory() as folder:
            def path(name):
                return os.path.join(folder, name)
            for name in ('a.c', 'b.cpp'):
                open(path(name), 'w').close()
            objects = compiler.object_filenames([path('a.c'), path('b.cpp')])
            self.assertEqual(objects, [path('a.obj'), path('b.obj')])
            compiler.compile([path('a.c')], macros=[('X', '1')], include_dirs=['inc'])
            compiler.link_shared_object(objects, path('m.dll'), libraries=['z'], library_dirs=['l'], export_symbols=['PyInit_m'])
            with open(path('m.def')) as file:
                self.assertEqual(file.read().split(), ['EXPORTS', 'PyInit_m=_PyInit_m'])
            compiler.create_static_lib(objects, 'foo', output_dir=folder)
            compiler.link_executable(objects, path('prog'))
            self.assertEqual([command.replace(folder + '/', '') for command in commands], [
                'bcc32.exe -c /tWM /O2 /q /g0 -DX=1 -Iinc -oa.obj a.c',
                'ilink32.exe /Tpd /Gn /q /x /Ll /L. c0d32 a.obj b.obj , m.dll ,, z import32 cw32mt , m.def ,',
                'tlib.exe foo.lib /u a.obj b.obj',
                'ilink32.exe /Gn /q /x /L. c0w32 a.obj b.obj , prog.exe ,, import32 cw32mt , ,'])


if __name__ == '__main__':
    unittest.main()
