# SPDX-License-Identifier: MIT
"""Operating system services: files and directories, processes, the environment.

The functions come from the native module posix; this one adds what is made of them: walking and making directory trees,
the environment as a mapping, running programs by the exec and spawn families, popen, path protocol helpers.

os.path is the path module of the platform; os.name tells which platform it is.
"""

import abc
import sys
import stat as st
from _collections_abc import MutableMapping, _check_methods

_names = sys.builtin_module_names

__all__ = ['altsep', 'curdir', 'pardir', 'sep', 'pathsep', 'linesep', 'defpath', 'name', 'path', 'devnull', 'SEEK_SET',
           'SEEK_CUR', 'SEEK_END', 'fsencode', 'fsdecode', 'get_exec_path', 'fdopen', 'popen', 'extsep']


def _exists(name):
    return name in globals()


def _get_exports_list(module):
    try:
        return list(module.__all__)
    except AttributeError:
        return [n for n in dir(module) if n[0] != '_']


if 'posix' not in _names:
    raise ImportError('no os specific module found')

name = 'posix'
linesep = '\n'
import posix
from posix import *
from posix import _exit, _have_functions
import posixpath as path
__all__.append('_exit')
__all__.extend(_get_exports_list(posix))

sys.modules['os.path'] = path
from os.path import curdir, pardir, sep, pathsep, defpath, extsep, altsep, devnull

# Which functions take which keyword arguments and descriptors: by the system calls the platform has.
_supports = {
    'dir_fd': {'HAVE_FACCESSAT': ['access'], 'HAVE_FCHMODAT': ['chmod'], 'HAVE_FCHOWNAT': ['chown'],
               'HAVE_FSTATAT': ['stat'], 'HAVE_FUTIMESAT': ['utime'], 'HAVE_LINKAT': ['link'],
               'HAVE_MKDIRAT': ['mkdir'], 'HAVE_MKFIFOAT': ['mkfifo'], 'HAVE_MKNODAT': ['mknod'],
               'HAVE_OPENAT': ['open'], 'HAVE_READLINKAT': ['readlink'], 'HAVE_RENAMEAT': ['rename'],
               'HAVE_SYMLINKAT': ['symlink'], 'HAVE_UNLINKAT': ['unlink', 'rmdir'], 'HAVE_UTIMENSAT': ['utime']},
    'effective_ids': {'HAVE_FACCESSAT': ['access']},
    'fd': {'HAVE_FCHDIR': ['chdir'], 'HAVE_FCHMOD': ['chmod'], 'HAVE_FCHOWN': ['chown'],
           'HAVE_FDOPENDIR': ['listdir', 'scandir'], 'HAVE_FEXECVE': ['execve'], None: ['stat'],
           'HAVE_FTRUNCATE': ['truncate'], 'HAVE_FUTIMENS': ['utime'], 'HAVE_FUTIMES': ['utime'],
           'HAVE_FPATHCONF': ['pathconf'], 'HAVE_FSTATVFS': ['statvfs']},
    'follow_symlinks': {'HAVE_FCHOWNAT': ['chown'], 'HAVE_FSTATAT': ['stat'], 'HAVE_LCHFLAGS': ['chflags'],
                        'HAVE_LCHMOD': ['chmod'], 'HAVE_LCHOWN': ['chown'], 'HAVE_LINKAT': ['link'],
                        'HAVE_LUTIMES': ['utime'], 'HAVE_LSTAT': ['stat'], 'HAVE_UTIMENSAT': ['utime'],
                        'HAVE_FACCESSAT': ['access']},
}


def _supporting(kind):
    here = globals()
    return {here[function] for have, functions in _supports[kind].items()
            if have is None or have in _have_functions for function in functions if function in here}


supports_dir_fd = _supporting('dir_fd')
supports_effective_ids = _supporting('effective_ids')
supports_fd = _supporting('fd')
supports_follow_symlinks = _supporting('follow_symlinks')
# faccessat() follows links for effective ids only in some C libraries; CPython does not promise it either.
supports_follow_symlinks.discard(access)
del _supports, _supporting, _have_functions

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2

# What P_* modes of the spawn family mean.
P_WAIT = 0
P_NOWAIT = P_NOWAITO = 1
__all__.extend(['P_WAIT', 'P_NOWAIT', 'P_NOWAITO'])


# --- Directories ----------------------------------------------------------------------------------------------------


def _split_last(name):
    """path.split(), an ending separator left aside."""
    head, tail = path.split(name)
    return (head, tail) if tail else path.split(head)


def makedirs(name, mode=0o777, exist_ok=False):
    """Make a directory and those above it that are missing.

    mode: of the last directory only.  exist_ok: True if it may be there already.  Raises OSError.
    """
    head, tail = _split_last(name)
    if head and tail and not path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            # Somebody else was quicker.
            pass
        if tail == (bytes(curdir, 'ASCII') if isinstance(tail, bytes) else curdir):
            return
    try:
        mkdir(name, mode)
    except OSError:
        # EEXIST is not all that systems say about a directory that is there.
        if not exist_ok or not path.isdir(name):
            raise


def removedirs(name):
    """Remove an empty directory, then those above it as long as they are empty.  Raises OSError for the first."""
    rmdir(name)
    above, last = _split_last(name)
    while above and last:
        try:
            rmdir(above)
        except OSError:
            return
        above, last = path.split(above)


def renames(old, new):
    """Rename, making directories for the new name and removing those left empty by the old."""
    target, last = path.split(new)
    if target and last and not path.exists(target):
        makedirs(target)
    rename(old, new)
    left, last = path.split(old)
    if not (left and last):
        return
    try:
        removedirs(left)
    except OSError:
        pass


__all__.extend(['makedirs', 'removedirs', 'renames'])


def walk(top, topdown=True, onerror=None, followlinks=False):
    """Yield (directory, names of its directories, names of its other files) for a directory tree.

    topdown: a directory comes before what is in it, and changes the caller makes to the list of directory names
    decide where to go; else after.  onerror: called with the OSError of a directory that cannot be read.
    followlinks: whether symbolic links to directories are entered.
    """
    top = fspath(top)
    folders, files, to_enter = [], [], []
    try:
        entries = scandir(top)
    except OSError as error:
        if onerror is not None:
            onerror(error)
        return

    with entries:
        while True:
            try:
                entry = next(entries)
            except StopIteration:
                break
            except OSError as error:
                if onerror is not None:
                    onerror(error)
                return
            try:
                is_folder = entry.is_dir()
            except OSError:
                is_folder = False
            (folders if is_folder else files).append(entry.name)
            if not topdown and is_folder:
                if not followlinks:
                    try:
                        if entry.is_symlink():
                            continue
                    except OSError:
                        # As islink() would say.
                        pass
                to_enter.append(entry.path)

    if topdown:
        yield top, folders, files
        for folder in folders:
            inner = path.join(top, folder)
            # Asked again: the caller may have changed the tree.
            if followlinks or not path.islink(inner):
                yield from walk(inner, topdown, onerror, followlinks)
    else:
        for inner in to_enter:
            yield from walk(inner, topdown, onerror, followlinks)
        yield top, folders, files


__all__.append('walk')

if {open, stat} <= supports_dir_fd and {listdir, stat} <= supports_fd:

    def fwalk(top='.', topdown=True, onerror=None, *, follow_symlinks=False, dir_fd=None):
        """Like walk(), but yield (directory, directories, files, descriptor of the directory).

        The descriptor is valid until the next step.  dir_fd: what a relative top starts from.
        """
        if not isinstance(top, int) or not hasattr(top, '__index__'):
            top = fspath(top)
        # The directory must still be the one that was looked at once it is open.
        before = stat(top, follow_symlinks=False, dir_fd=dir_fd) if not follow_symlinks else None
        topfd = open(top, O_RDONLY, dir_fd=dir_fd)
        try:
            if follow_symlinks or (st.S_ISDIR(before.st_mode) and path.samestat(before, stat(topfd))):
                yield from _fwalk(topfd, top, isinstance(top, bytes), topdown, onerror, follow_symlinks)
        finally:
            close(topfd)

    def _fwalk(topfd, toppath, isbytes, topdown, onerror, follow_symlinks):
        folders, files, looked_at = [], [], {}
        keep_entries = not (topdown or follow_symlinks)
        for entry in scandir(topfd):
            name = fsencode(entry.name) if isbytes else entry.name
            try:
                if entry.is_dir():
                    folders.append(name)
                    if keep_entries:
                        looked_at[name] = entry
                else:
                    files.append(name)
            except OSError:
                try:
                    # A broken link is listed, a file that is gone is not.
                    if entry.is_symlink():
                        files.append(name)
                except OSError:
                    pass
        if topdown:
            yield toppath, folders, files, topfd
        for name in folders:
            try:
                before = None
                if not follow_symlinks:
                    before = looked_at[name].stat(follow_symlinks=False) if keep_entries else \
                        stat(name, dir_fd=topfd, follow_symlinks=False)
                dirfd = open(name, O_RDONLY, dir_fd=topfd)
            except OSError as error:
                if onerror is not None:
                    onerror(error)
                continue
            try:
                if follow_symlinks or path.samestat(before, stat(dirfd)):
                    yield from _fwalk(dirfd, path.join(toppath, name), isbytes, topdown, onerror, follow_symlinks)
            finally:
                close(dirfd)
        if not topdown:
            yield toppath, folders, files, topfd

    __all__.append('fwalk')


# --- Running programs -------------------------------------------------------------------------------------------------


def execl(file, *args):
    """execl(file, *args): replace the process by the program file, with arguments args."""
    execv(file, args)


def execle(file, *args):
    """execle(file, *args, env): like execl(), with the environment env."""
    execve(file, args[:-1], args[-1])


def execlp(file, *args):
    """execlp(file, *args): like execl(), with the program searched along PATH."""
    execvp(file, args)


def execlpe(file, *args):
    """execlpe(file, *args, env): like execlp(), with the environment env."""
    execvpe(file, args[:-1], args[-1])


def execvp(file, args):
    """Replace the process by a program searched along PATH; args: tuple or list of arguments."""
    _execvpe(file, args)


def execvpe(file, args, env):
    """Like execvp(), with the environment env, whose PATH is searched."""
    _execvpe(file, args, env)


__all__.extend(['execl', 'execle', 'execlp', 'execlpe', 'execvp', 'execvpe'])


def _execvpe(file, args, env=None):
    if env is None:
        run, rest = execv, (args,)
        env = environ
    else:
        run, rest = execve, (args, env)
    if path.dirname(file):
        run(file, *rest)
        return
    # The error of the first program found but not executable says more than "no such file".
    telling = None
    last = None
    folders = get_exec_path(env)
    if name != 'nt':
        file, folders = fsencode(file), map(fsencode, folders)
    for folder in folders:
        try:
            run(path.join(folder, file), *rest)
        except (FileNotFoundError, NotADirectoryError) as error:
            last = error
        except OSError as error:
            last = error
            if telling is None:
                telling = error
    raise telling if telling is not None else last


def get_exec_path(env=None):
    """Return the directories that programs are searched in, a list; env: the environment to look in, os.environ."""
    import warnings

    if env is None:
        env = environ
    # Comparing str with bytes, as looking both up may do, is nothing to warn of here.
    with warnings.catch_warnings():
        warnings.simplefilter('ignore', BytesWarning)
        try:
            path_list = env.get('PATH')
        except TypeError:
            path_list = None
        if supports_bytes_environ:
            try:
                path_listb = env[b'PATH']
            except (KeyError, TypeError):
                pass
            else:
                if path_list is not None:
                    raise ValueError("env cannot contain 'PATH' and b'PATH' keys")
                path_list = path_listb
            if path_list is not None and isinstance(path_list, bytes):
                path_list = fsdecode(path_list)
    return (defpath if path_list is None else path_list).split(pathsep)


def _spawnvef(mode, file, args, env, function):
    """Fork and run function in the child, an exec of one kind or another."""
    if not isinstance(args, (tuple, list)):
        raise TypeError('argv must be a tuple or a list')
    if not any(args[:1]):
        raise ValueError('argv first element cannot be empty')
    pid = fork()
    if pid == 0:
        try:
            if env is None:
                function(file, args)
            else:
                function(file, args, env)
        except:
            _exit(127)
    if mode == P_NOWAIT:
        return pid
    while True:
        _, status = waitpid(pid, 0)
        if WIFSTOPPED(status):
            continue
        if WIFSIGNALED(status):
            return -WTERMSIG(status)
        if WIFEXITED(status):
            return WEXITSTATUS(status)
        raise OSError('Not stopped, signaled or exited???')


def spawnv(mode, file, args):
    """Run the program file in a new process.

    mode: P_WAIT returns its exit status, negative for a signal; P_NOWAIT returns its id at once.
    """
    return _spawnvef(mode, file, args, None, execv)


def spawnve(mode, file, args, env):
    """Like spawnv(), with the environment env."""
    return _spawnvef(mode, file, args, env, execve)


def spawnvp(mode, file, args):
    """Like spawnv(), with the program searched along PATH."""
    return _spawnvef(mode, file, args, None, execvp)


def spawnvpe(mode, file, args, env):
    """Like spawnvp(), with the environment env."""
    return _spawnvef(mode, file, args, env, execvpe)


def spawnl(mode, file, *args):
    """spawnl(mode, file, *args): spawnv() with the arguments one by one."""
    return spawnv(mode, file, args)


def spawnle(mode, file, *args):
    """spawnle(mode, file, *args, env): spawnve() with the arguments one by one."""
    return spawnve(mode, file, args[:-1], args[-1])


def spawnlp(mode, file, *args):
    """spawnlp(mode, file, *args): spawnvp() with the arguments one by one."""
    return spawnvp(mode, file, args)


def spawnlpe(mode, file, *args):
    """spawnlpe(mode, file, *args, env): spawnvpe() with the arguments one by one."""
    return spawnvpe(mode, file, args[:-1], args[-1])


__all__.extend(['spawnv', 'spawnve', 'spawnvp', 'spawnvpe', 'spawnl', 'spawnle', 'spawnlp', 'spawnlpe'])


def popen(cmd, mode='r', buffering=-1):
    """Run a command in a shell and return a text stream from ('r') or to ('w') it.

    close() returns None for exit status 0, else the status as wait() gives it.
    """
    if not isinstance(cmd, str):
        raise TypeError('invalid cmd type (%s, expected string)' % type(cmd))
    if mode not in ('r', 'w'):
        raise ValueError('invalid mode %r' % mode)
    if buffering == 0 or buffering is None:
        raise ValueError('popen() does not support unbuffered streams')
    import io
    import subprocess
    if mode == 'r':
        process = subprocess.Popen(cmd, shell=True, stdout=subprocess.PIPE, bufsize=buffering)
        stream = process.stdout
    else:
        process = subprocess.Popen(cmd, shell=True, stdin=subprocess.PIPE, bufsize=buffering)
        stream = process.stdin
    return _wrap_close(io.TextIOWrapper(stream), process)


class _wrap_close:
    """The stream of popen(): closing it waits for the process."""

    def __init__(self, stream, proc):
        self._stream = stream
        self._proc = proc

    def close(self):
        self._stream.close()
        status = self._proc.wait()
        if status == 0:
            return None
        # The form that wait() gives: exit status in the high byte, or a signal.
        return status << 8 if name != 'nt' else status

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __getattr__(self, attribute):
        return getattr(self._stream, attribute)

    def __iter__(self):
        return iter(self._stream)


def fdopen(fd, *args, **kwargs):
    """Open a descriptor as a stream; further arguments as for open()."""
    if not isinstance(fd, int):
        raise TypeError('invalid fd type (%s, expected integer)' % type(fd))
    import io
    return io.open(fd, *args, **kwargs)


# --- Environment ------------------------------------------------------------------------------------------------------


class _Environ(MutableMapping):
    """The environment as a mapping; changes reach the process through putenv and unsetenv.

    _data holds names and values in their stored form (bytes here); the four functions convert.
    """

    def __init__(self, data, encodekey, decodekey, encodevalue, decodevalue, putenv, unsetenv):
        self.encodekey, self.decodekey = encodekey, decodekey
        self.encodevalue, self.decodevalue = encodevalue, decodevalue
        self.putenv, self.unsetenv = putenv, unsetenv
        self._data = data

    def __getitem__(self, key):
        try:
            value = self._data[self.encodekey(key)]
        except KeyError:
            # The key that was asked for, not its stored form.
            raise KeyError(key) from None
        return self.decodevalue(value)

    def __setitem__(self, key, value):
        stored = self.encodekey(key), self.encodevalue(value)
        self.putenv(*stored)
        self._data.update((stored,))

    def __delitem__(self, key):
        encoded = self.encodekey(key)
        self.unsetenv(encoded)
        try:
            del self._data[encoded]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        # A copy: other threads may change the environment meanwhile.
        for key in list(self._data):
            yield self.decodekey(key)

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        inside = ', '.join('{!r}: {!r}'.format(self.decodekey(key), self.decodevalue(value))
                           for key, value in self._data.items())
        return 'environ({%s})' % inside

    def copy(self):
        """Return a dict with the same content."""
        return dict(self)

    def setdefault(self, key, value):
        """Set a variable if it is missing; return its value."""
        if key not in self:
            self[key] = value
        return self[key]


__all__.extend(('putenv', 'unsetenv'))


def _createenviron():
    encoding = sys.getfilesystemencoding()

    def encode(value):
        if not isinstance(value, str):
            raise TypeError('str expected, not %s' % type(value).__name__)
        return value.encode(encoding, 'surrogateescape')

    def decode(value):
        return value.decode(encoding, 'surrogateescape')

    return _Environ(environ, encode, decode, encode, decode, putenv, unsetenv)


environ = _createenviron()
del _createenviron


def getenv(key, default=None):
    """Return a variable of the environment, str; default if it is not set."""
    return environ.get(key, default)


supports_bytes_environ = name != 'nt'
__all__.extend(('getenv', 'supports_bytes_environ'))

if supports_bytes_environ:

    def _check_bytes(value):
        if not isinstance(value, bytes):
            raise TypeError('bytes expected, not %s' % type(value).__name__)
        return value

    # The same data without decoding.
    environb = _Environ(environ._data, _check_bytes, bytes, _check_bytes, bytes, putenv, unsetenv)

    def getenvb(key, default=None):
        """Return a variable of the environment, bytes; default if it is not set."""
        return environb.get(key, default)

    __all__.extend(('environb', 'getenvb'))


# --- Strings of the file system -----------------------------------------------------------------------------------------


def _fscodec():
    encoding = sys.getfilesystemencoding()
    errors = sys.getfilesystemencodeerrors()

    def fsencode(filename):
        """Return a path-like object as bytes, in the file system's encoding."""
        filename = fspath(filename)
        return filename.encode(encoding, errors) if isinstance(filename, str) else filename

    def fsdecode(filename):
        """Return a path-like object as str, from the file system's encoding."""
        filename = fspath(filename)
        return filename.decode(encoding, errors) if isinstance(filename, bytes) else filename

    return fsencode, fsdecode


fsencode, fsdecode = _fscodec()
del _fscodec


def _fspath(path):
    """fspath() in Python: return a path-like object as str or bytes; TypeError for anything else."""
    if isinstance(path, (str, bytes)):
        return path
    kind = type(path)
    try:
        convert = kind.__fspath__
    except AttributeError:
        raise TypeError('expected str, bytes or os.PathLike object, not ' + kind.__name__) from None
    found = convert(path)
    if not isinstance(found, (str, bytes)):
        raise TypeError('expected {}.__fspath__() to return str or bytes, not {}'.format(kind.__name__,
                                                                                       type(found).__name__))
    return found


class PathLike(abc.ABC):
    """Objects that stand for a path in the file system (PEP 519)."""

    @abc.abstractmethod
    def __fspath__(self):
        """Return the path as str or bytes."""
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is PathLike:
            return _check_methods(subclass, '__fspath__')
        return NotImplemented


__all__.extend(['fspath', 'PathLike'])
