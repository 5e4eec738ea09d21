# SPDX-License-Identifier: MIT
"""Find shared libraries by the short name a linker knows (-lNAME).

find_library() asks, in this order, the cache of the dynamic loader, the C
compiler and the linker.  None of them need be installed.
"""
import os
import re
import shutil
import subprocess
import sys


def _output(command, **more):
    """What a command prints (bytes, errors included on demand), b'' if it cannot run."""
    settings = dict(stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=dict(os.environ, LC_ALL='C', LANG='C'))
    settings.update(more)
    try:
        return subprocess.run(command, **settings).stdout
    except OSError:
        return b''


def _is_elf(filename):
    """Whether the file starts like an ELF object."""
    with open(filename, 'br') as file:
        return file.read(4) == b'\x7fELF'


def _traced(name, trace):
    """The first ELF file of library name in a linker's list of files, else None."""
    pattern = rb'[^()\s]*lib%b\.[^()\s]*' % re.escape(os.fsencode(name))
    for found in re.findall(pattern, trace):
        path = os.fsdecode(found)
        # A text file with linker commands bears the name of the library, too.
        if os.path.isfile(path) and _is_elf(path):
            return path
    return None


def _findLib_gcc(name):
    """Path of the library that the C compiler would link, or None."""
    compiler = shutil.which('gcc') or shutil.which('cc')
    if compiler is None:
        return None
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        trace = _output([compiler, '-Wl,-t', '-o', os.path.join(folder, 'a.out'),
                         '-l' + name], stderr=subprocess.STDOUT)
    return _traced(name, trace)


def _findLib_ld(name):
    """Path of the library that the linker finds, LD_LIBRARY_PATH included, or None."""
    folders = os.environ.get('LD_LIBRARY_PATH') or ''
    options = [word for folder in folders.split(':') if folder
               for word in ('-L', folder)]
    return _traced(name, _output(['ld', '-t', *options, '-o', os.devnull, '-l' + name],
                                 universal_newlines=False))


def _get_soname(f):
    """The name under which the dynamic loader knows the file f, or None."""
    if not f or not shutil.which('objdump'):
        return None
    listing = _output(['objdump', '-p', '-j', '.dynamic', f])
    found = re.search(rb'\sSONAME\s+(\S+)', listing)
    return os.fsdecode(found[1]) if found else None


def _loader_abi():
    """What ldconfig prints for libraries that fit this process, as a pattern."""
    machine = os.uname().machine
    if sys.maxsize < 1 << 32:
        return '(libc6|ELF)' if machine.endswith('64') else 'libc6'
    return {'x86_64': 'libc6,x86-64', 'ppc64': 'libc6,64bit', 's390x': 'libc6,64bit',
            'sparc64': 'libc6,64bit', 'ia64': 'libc6,IA-64'}.get(machine, 'libc6')


def _findSoname_ldconfig(name):
    """The library's name in the cache of the dynamic loader, or None."""
    pattern = r'\s(lib%s\.\S+)\s+\(%s' % (re.escape(name), _loader_abi())
    found = re.search(os.fsencode(pattern), _output(['/sbin/ldconfig', '-p']))
    return os.fsdecode(found[1]) if found else None


def find_library(name):
    """Return the file name of the library NAME, fit for CDLL(), or None.

    The name has no prefix lib, no suffix and no version: 'm', 'crypto'.
    """
    return (_findSoname_ldconfig(name)
            or _get_soname(_findLib_gcc(name))
            or _get_soname(_findLib_ld(name)))


def test():
    """Show what the usual libraries are called here, and load them."""
    from ctypes import CDLL, cdll
    for name in 'm', 'c', 'bz2', 'crypt':
        path = find_library(name)
        print(name, '->', path)
        if path:
            print('   ', cdll.LoadLibrary(path), CDLL(path))


if __name__ == '__main__':
    test()
