# SPDX-License-Identifier: MIT
"""Scratch files and folders."""
import contextlib
import errno
import os
import shutil
import stat
import sys
import tempfile
import unittest
import warnings

# What is asked of Windows' names only.
_longpath = os.fspath if sys.platform != 'win32' else os.path.abspath

# A name for a file in the current folder, another in each process.
TESTFN = '@test_%d_tmp' % os.getpid()
TESTFN_ENCODING = sys.getfilesystemencoding()
TESTFN_UNICODE = TESTFN + '-\xe0\xf2\u0258\u0141\u011f'

SAVEDCWD = os.getcwd()
TEST_SUPPORT_DIR = os.path.dirname(os.path.abspath(__file__))
TEST_HOME_DIR = os.path.dirname(TEST_SUPPORT_DIR)
TEST_DATA_DIR = os.path.join(TEST_HOME_DIR, 'data')


def _encodable(character):
    try:
        return os.fsdecode(os.fsencode(character)) == character
    except UnicodeError:
        return False


def _undecodable(name):
    try:
        name.decode(TESTFN_ENCODING)
    except UnicodeDecodeError:
        return True
    return False


# A character that names of files can have, as far away from ASCII as possible; '' if there is none.
FS_NONASCII = next(filter(_encodable, '\xe6\u0130\u0141\u03c6\u041a\u05d0\u060c\u062a\u0e01\xa0\u20ac'), '')
TESTFN_NONASCII = TESTFN + '-' + FS_NONASCII if FS_NONASCII else None

# A name that cannot be encoded, and one in bytes that cannot be decoded; None if there is none.
TESTFN_UNENCODABLE = TESTFN + '-\udcff'
if sys.platform == 'darwin' or _encodable(TESTFN_UNENCODABLE) and 'utf' not in TESTFN_ENCODING:
    TESTFN_UNENCODABLE = None
TESTFN_UNDECODABLE = next((os.fsencode(TESTFN) + name for name in (
    b'\xe7w\xf0', b'\xff', b'\xae\xd5', b'\xed\xb2\x80', b'\xed\xb4\x80', b'\x81\x98') if _undecodable(name)), None)


def _while_watched(remove, path):
    """Remove something; on Windows what another process has open may stay a while."""
    remove(path)
    if sys.platform.startswith('win'):
        import time
        wait = 0.001
        while wait < 1 and os.path.lexists(path):
            time.sleep(wait)
            wait *= 2
        if os.path.lexists(path):
            warnings.warn('tests may fail, delete still pending for ' + str(path), RuntimeWarning, stacklevel=4)


def unlink(filename):
    """Remove a file, if it is there."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        _while_watched(os.unlink, filename)


def rmdir(dirname):
    """Remove an empty folder, if it is there."""
    with contextlib.suppress(FileNotFoundError):
        _while_watched(os.rmdir, dirname)


def _open_up(function, path, failure):
    """Try again with rights to write and enter; for shutil.rmtree()."""
    from test import support
    if support.verbose >= 2:
        print('%s: %s' % (failure[0].__name__, failure[1]))
        print('re-run %s(%r)' % (function.__name__, path))
    os.chmod(os.path.dirname(path), stat.S_IRWXU)
    if not os.path.islink(path):
        os.chmod(path, stat.S_IRWXU)
    if function in (os.unlink, os.rmdir):
        function(path)
    else:
        shutil.rmtree(path)


def rmtree(path):
    """Remove a folder with all that is in it, if it is there, also what must not be written."""
    with contextlib.suppress(FileNotFoundError):
        _while_watched(lambda folder: shutil.rmtree(folder, onerror=_open_up), path)


@contextlib.contextmanager
def temp_dir(path=None, quiet=False):
    """Make a folder for the time of the block, and yield its path.

    path: its name; None for any.
    quiet: whether to warn, not to fail, if it cannot be made; it is not removed then either.
    """
    made = path is None
    if made:
        path = os.path.realpath(tempfile.mkdtemp())
    else:
        try:
            os.mkdir(path)
            made = True
        except OSError as error:
            if not quiet:
                raise
            warnings.warn(f'tests may fail, unable to create temporary directory {path!r}: {error}', RuntimeWarning, stacklevel=3)
    process = os.getpid()
    try:
        yield path
    finally:
        if made and os.getpid() == process:     # and not a child that came out of the block
            rmtree(path)


@contextlib.contextmanager
def change_cwd(path, quiet=False):
    """Go to a folder for the time of the block, and yield the current folder.

    quiet: whether to warn, not to fail, if that cannot be done.
    """
    before = os.getcwd()
    try:
        os.chdir(os.path.realpath(path))
    except OSError as error:
        if not quiet:
            raise
        warnings.warn(f'tests may fail, unable to change the current working directory to {path!r}: {error}',
                      RuntimeWarning, stacklevel=3)
    try:
        yield os.getcwd()
    finally:
        os.chdir(before)


@contextlib.contextmanager
def temp_cwd(name='tempcwd', quiet=False):
    """Make a folder, go there, and yield its path; both for the time of the block.

    name, quiet: as in temp_dir() and change_cwd().
    """
    with temp_dir(path=name, quiet=quiet) as path, change_cwd(path, quiet=quiet) as current:
        yield current


@contextlib.contextmanager
def temp_umask(umask):
    """Set the mask for the rights of new files, for the time of the block."""
    before = os.umask(umask)
    try:
        yield
    finally:
        os.umask(before)


def create_empty_file(filename):
    """Make a file empty, or make it."""
    os.close(os.open(filename, os.O_WRONLY | os.O_CREAT | os.O_TRUNC))


def findfile(filename, subdir=None):
    """The path of a file of the tests, looked for in the package's folder and on sys.path; the name itself if not found."""
    if os.path.isabs(filename):
        return filename
    if subdir is not None:
        filename = os.path.join(subdir, filename)
    for folder in [TEST_HOME_DIR] + sys.path:
        path = os.path.join(folder, filename)
        if os.path.exists(path):
            return path
    return filename


def make_bad_fd():
    """A number of a file that was open and is not any more."""
    with open(TESTFN, 'wb') as file:
        number = file.fileno()
    unlink(TESTFN)
    return number


def fd_count():
    """The number of files that the process has open."""
    if sys.platform.startswith(('linux', 'freebsd')):
        with contextlib.suppress(FileNotFoundError):
            return len(os.listdir('/proc/self/fd')) - 1     # one for the list itself
    limit = 256
    if hasattr(os, 'sysconf'):
        with contextlib.suppress(OSError, ValueError):
            limit = os.sysconf('SC_OPEN_MAX')
    count = 0
    for number in range(limit):
        try:
            os.close(os.dup(number))
            count += 1
        except OSError as error:
            if error.errno != errno.EBADF:
                raise
    return count


def fs_is_case_insensitive(directory):
    """Tell whether names in a folder that differ in case only are the same."""
    with tempfile.NamedTemporaryFile(dir=directory) as file:
        other = file.name.upper()
        if other == file.name:
            other = file.name.lower()
        try:
            return os.path.samefile(file.name, other)
        except FileNotFoundError:
            return False


_answers = {}       # of the two functions below


def can_symlink():
    """Tell whether symbolic links can be made."""
    if 'symlink' not in _answers:
        link = TESTFN + 'can_symlink'
        try:
            os.symlink(TESTFN, link)
            os.remove(link)
            _answers['symlink'] = True
        except (OSError, NotImplementedError, AttributeError):
            _answers['symlink'] = False
    return _answers['symlink']


def can_xattr():
    """Tell whether files here can have extended attributes."""
    if 'xattr' not in _answers:
        _answers['xattr'] = hasattr(os, 'setxattr') and _try_xattr()
    return _answers['xattr']


def _try_xattr():
    with tempfile.TemporaryDirectory() as folder:
        handle, name = tempfile.mkstemp(dir=folder)
        try:
            with open(TESTFN, 'wb') as file:
                os.setxattr(handle, b'user.test', b'')      # there, and here
                os.setxattr(name, b'trusted.foo', b'42') if os.geteuid() == 0 else None
                os.setxattr(file.fileno(), b'user.test', b'')
        except OSError:
            return False
        finally:
            os.close(handle)
            unlink(TESTFN)
    return True


def skip_unless_symlink(test):
    """Skip a test where symbolic links cannot be made."""
    return test if can_symlink() else unittest.skip('Requires functional symlink implementation')(test)


def skip_unless_xattr(test):
    """Skip a test where there are no extended attributes."""
    return test if can_xattr() else unittest.skip('no non-broken extended attribute support')(test)


class FakePath:
    """A path-like object: os.fspath() gives, or raises, what it was made of."""

    def __init__(self, path):
        self.path = path

    def __repr__(self):
        return f'<FakePath {self.path!r}>'

    def __fspath__(self):
        path = self.path
        if isinstance(path, BaseException) or isinstance(path, type) and issubclass(path, BaseException):
            raise path
        return path


class PythonSymlink:
    """A link to the interpreter, for the time of a block, and calls by either name."""

    def __init__(self, link=None):
        self.link = link or os.path.abspath(TESTFN)
        self.real = os.path.realpath(sys.executable)
        self._links = []

    def __enter__(self):
        self._links.append(self.link)
        os.symlink(self.real, self.link)
        return self

    def __exit__(self, exc_type, exc_value, exc_tb):
        while self._links:
            unlink(self._links.pop())

    def _call(self, python, args, returncode):
        import subprocess
        process = subprocess.run([python, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if process.returncode != returncode:
            raise RuntimeError(f'unexpected return code: {process.returncode} (0x{process.returncode:08X})')
        return process.stdout, process.stderr

    def call_real(self, *args, returncode=0):
        """Call the interpreter; return what it writes to its two streams, or raise RuntimeError if its status is another."""
        return self._call(self.real, args, returncode)

    def call_link(self, *args, returncode=0):
        """The same by the link."""
        return self._call(self.link, args, returncode)
