# SPDX-License-Identifier: MIT
"""The beginning of the process (src/program/entry.c): where the program lies, and that whatever starts programs can start it."""
import ctypes
import os
import re
import shutil
import subprocess
import sys
import unittest

LINKER = '/lib64/ld-linux-x86-64.so.2'
EXECUTABLE = os.path.realpath(sys.executable)
FOUR_GB = 1 << 32


def segments_of(path):
    """The types of the program headers of an ELF file."""
    with open(path, 'rb') as file:
        head = file.read(4096)
    offset, size, count = (int.from_bytes(head[32:40], 'little'), int.from_bytes(head[54:56], 'little'),
                           int.from_bytes(head[56:58], 'little'))
    return [int.from_bytes(head[offset + i * size:offset + i * size + 4], 'little') for i in range(count)]


def run(*command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True, **options)
    return done.returncode, done.stdout.strip()


@unittest.skipUnless(sys.platform == 'linux' and os.uname().machine == 'x86_64' and 3 not in segments_of(EXECUTABLE),
                     'a program that asks for a dynamic linker')
class Entry(unittest.TestCase):
    def test_among_the_libraries(self):
        with open('/proc/self/maps') as file:
            lines = [line.split() for line in file]
        places = {}
        for fields in lines:
            if len(fields) > 5:
                places.setdefault(fields[5], int(fields[0].split('-')[0], 16))
        c_library = next(place for name, place in places.items() if re.search(r'/libc[.-]', name))
        self.assertLess(abs(places[EXECUTABLE] - c_library), FOUR_GB)

    def test_what_the_dynamic_linker_knows(self):
        # the executable's symbols are those that libraries find
        everything = ctypes.PyDLL(None)
        self.assertEqual(ctypes.cast(everything.Py_GetVersion, ctypes.c_void_p).value,
                         ctypes.cast(ctypes.pythonapi.Py_GetVersion, ctypes.c_void_p).value)

    @unittest.skipUnless(os.path.exists(LINKER), 'no linker at its usual place')
    def test_started_by_a_dynamic_linker(self):
        self.assertEqual(run(LINKER, EXECUTABLE, '-c', 'import sys; print(sys.argv, 6 * 7)', 'x'), (0, "['-c', 'x'] 42"))

    def test_environment_and_arguments(self):
        self.assertEqual(run(EXECUTABLE, '-c', 'import os, sys; print(sorted(os.environ), sys.argv)', 'a', '',
                             env={'LC_ALL': 'C.UTF-8', 'x': ''}), (0, "['LC_ALL', 'x'] ['-c', 'a', '']"))
        self.assertEqual(run(EXECUTABLE, '-c', 'import os; print(dict(os.environ))', env={'LC_ALL': 'C.UTF-8'}),
                         (0, "{'LC_ALL': 'C.UTF-8'}"))

    @unittest.skipUnless(shutil.which('setarch'), 'no setarch')
    def test_without_randomised_addresses(self):
        code, text = run('setarch', '-R', EXECUTABLE, '-c', 'print(len([bytearray(2000) for i in range(20000)]))')
        if code and 'setarch' in text:
            self.skipTest(text)
        self.assertEqual((code, text), (0, '20000'))

    @unittest.skipUnless(shutil.which('gdb'), 'no gdb')
    def test_debugger_sees_extension_modules(self):
        module = sys.modules.get('_ctypes') or __import__('_ctypes')
        if not getattr(module, '__file__', None):
            self.skipTest('_ctypes is built in')
        code, text = run('gdb', '-nx', '-q', '-batch', '-ex', 'set debuginfod enabled off', '-ex', 'set breakpoint pending on',
                         '-ex', 'break PyInit__ctypes', '-ex', 'run', '-ex', 'backtrace 1',
                         '--args', EXECUTABLE, '-S', '-c', 'import _ctypes')
        if 'ptrace' in text:
            self.skipTest('no debugging here')
        self.assertRegex(text, r'#0 .*PyInit__ctypes')


if __name__ == '__main__':
    unittest.main()
