# SPDX-License-Identifier: MIT
"""Temporary files and folders.

TemporaryFile, NamedTemporaryFile, SpooledTemporaryFile and TemporaryDirectory clean up behind themselves; mkstemp()
and mkdtemp() leave that to their caller.  What they make is accessible to the current user only, and is made so that
nobody else can come in between.  Names are `<prefix><eight random characters><suffix>` in `dir`, by default
gettempdir(); if any of the three is bytes, names are bytes.
"""

import errno as _errno
import functools as _functools
import io as _io
import os as _os
import sys as _sys
from _thread import allocate_lock as _allocate_lock

__all__ = ["NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "TemporaryDirectory", "mkstemp", "mkdtemp",
           "mktemp", "TMP_MAX", "gettempprefix", "tempdir", "gettempdir", "gettempprefixb", "gettempdirb"]

_text_openflags = _os.O_RDWR | _os.O_CREAT | _os.O_EXCL | getattr(_os, 'O_NOFOLLOW', 0)
_bin_openflags = _text_openflags | getattr(_os, 'O_BINARY', 0)

TMP_MAX = getattr(_os, 'TMP_MAX', 10000)

template = "tmp"        # the default prefix

tempdir = None          # the folder that gettempdir() tells; programs may set it

_once_lock = _allocate_lock()
_name_sequence = None


def _exists(fn):
    try:
        _os.lstat(fn)
    except OSError:
        return False
    return True


def _infer_return_type(*args):
    """The type, str or bytes, that those of the arguments have which are not None; str if all are."""
    kinds = {bytes if isinstance(arg, bytes) else str for arg in args if arg is not None}
    if len(kinds) > 1:
        raise TypeError("Can't mix bytes and non-bytes in path components.")
    return kinds.pop() if kinds else str


def _sanitize_params(prefix, suffix, dir):
    """Fill in the defaults; return (prefix, suffix, dir, type of names)."""
    kind = _infer_return_type(prefix, suffix, dir)
    as_text = kind is str
    if suffix is None:
        suffix = kind()
    if prefix is None:
        prefix = template if as_text else _os.fsencode(template)
    if dir is None:
        dir = gettempdir() if as_text else gettempdirb()
    return prefix, suffix, dir, kind


class _RandomNameSequence:
    """An endless iterator over random names of eight characters; every process has its own randomness."""

    characters = "abcdefghijklmnopqrstuvwxyz0123456789_"

    @property
    def rng(self):
        pid = _os.getpid()
        if pid != getattr(self, '_rng_pid', None):
            from random import Random
            self._rng = Random()
            self._rng_pid = pid
        return self._rng

    def __iter__(self):
        return self

    def __next__(self):
        choose, characters = self.rng.choice, self.characters
        return ''.join([choose(characters) for _ in range(8)])


def _candidate_tempdir_list():
    """The folders where temporary files might go, the preferred ones first."""
    folders = [value for value in map(_os.getenv, ('TMPDIR', 'TEMP', 'TMP')) if value]
    if _os.name == 'nt':
        folders += [_os.path.expanduser(r'~\AppData\Local\Temp'), _os.path.expandvars(r'%SYSTEMROOT%\Temp'),
                    r'c:\temp', r'c:\tmp', r'\temp', r'\tmp']
    else:
        folders += ['/tmp', '/var/tmp', '/usr/tmp']
    try:
        folders.append(_os.getcwd())
    except (AttributeError, OSError):
        folders.append(_os.curdir)
    return folders


def _get_default_tempdir():
    """The first of the candidates in which a file can really be made; FileNotFoundError if there is none."""
    names = _RandomNameSequence()
    candidates = _candidate_tempdir_list()
    for folder in candidates:
        if folder != _os.curdir:
            folder = _os.path.abspath(folder)
        for _ in range(100):
            path = _os.path.join(folder, next(names))
            try:
                _try_writing(path)
                return folder
            except FileExistsError:
                continue        # another name
            except OSError:
                break           # another folder
    raise FileNotFoundError(_errno.ENOENT, "No usable temporary directory found in %s" % candidates)


def _try_writing(path):
    """Make a file with some content and remove it again."""
    fd = _os.open(path, _bin_openflags, 0o600)
    try:
        try:
            with _io.open(fd, 'wb', closefd=False) as file:
                file.write(b'blat')
        finally:
            _os.close(fd)
    finally:
        _os.unlink(path)


def _get_candidate_names():
    """The sequence of names that all functions here share."""
    global _name_sequence
    if _name_sequence is None:
        with _once_lock:
            if _name_sequence is None:
                _name_sequence = _RandomNameSequence()
    return _name_sequence


def _candidates(dir, pre, suf, output_type):
    """Generate TMP_MAX absolute paths to try."""
    names = _get_candidate_names()
    if output_type is bytes:
        names = map(_os.fsencode, names)
    for _ in range(TMP_MAX):
        yield _os.path.join(dir, pre + next(names) + suf)


def _mkstemp_inner(dir, pre, suf, flags, output_type):
    """Make and open a new file; return (descriptor, absolute path)."""
    for path in _candidates(dir, pre, suf, output_type):
        _sys.audit("tempfile.mkstemp", path)
        try:
            return _os.open(path, flags, 0o600), _os.path.abspath(path)
        except FileExistsError:
            pass
        except PermissionError:
            # Windows says so when the name belongs to a folder.
            if not (_os.name == 'nt' and _os.path.isdir(dir) and _os.access(dir, _os.W_OK)):
                raise
    raise FileExistsError(_errno.EEXIST, "No usable temporary file name found")


def gettempprefix():
    """Return the default prefix of names, a str."""
    return template


def gettempprefixb():
    """Return the default prefix of names as bytes."""
    return _os.fsencode(gettempprefix())


def gettempdir():
    """Return the folder for temporary files: tempdir, which is found at the first call unless it was set."""
    global tempdir
    if tempdir is None:
        with _once_lock:
            if tempdir is None:
                tempdir = _get_default_tempdir()
    return tempdir


def gettempdirb():
    """Return gettempdir() as bytes."""
    return _os.fsencode(gettempdir())


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    """Make a new file, open for reading and writing, and return (descriptor, absolute path).

    The caller closes and removes it.  text matters only where the system distinguishes text from binary files.
    """
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    return _mkstemp_inner(dir, prefix, suffix, _text_openflags if text else _bin_openflags, kind)


def mkdtemp(suffix=None, prefix=None, dir=None):
    """Make a new folder and return its path; the caller removes it."""
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    for path in _candidates(dir, prefix, suffix, kind):
        _sys.audit("tempfile.mkdtemp", path)
        try:
            _os.mkdir(path, 0o700)
        except FileExistsError:
            continue
        except PermissionError:
            if _os.name == 'nt' and _os.path.isdir(dir) and _os.access(dir, _os.W_OK):
                continue
            raise
        return path
    raise FileExistsError(_errno.EEXIST, "No usable temporary directory name found")


def mktemp(suffix="", prefix=template, dir=None):
    """Return a path where there was nothing at the time of the call.

    Somebody else may use the name before the caller does: mkstemp() is the safe way.
    """
    if dir is None:
        dir = gettempdir()
    for path in _candidates(dir, prefix, suffix, str):
        if not _exists(path):
            return path
    raise FileExistsError(_errno.EEXIST, "No usable temporary filename found")


class _TemporaryFileCloser:
    """Closes a file and removes it, once: when told to, or when nobody refers to this object."""

    file = None
    close_called = False

    def __init__(self, file, name, delete=True):
        self.file = file
        self.name = name
        self.delete = delete

    if _os.name == 'nt':
        def close(self):
            """Close the file; the system removes it."""
            if not self.close_called:
                self.close_called = True
                self.file.close()
    else:
        def close(self, unlink=_os.unlink):
            """Close the file and remove it.  unlink is an argument since modules may be gone by then."""
            if self.file is None or self.close_called:
                return
            self.close_called = True
            try:
                self.file.close()
            finally:
                if self.delete:
                    unlink(self.name)

        def __del__(self):
            self.close()


class _TemporaryFileWrapper:
    """A file with a name that goes away when the file is closed; otherwise what the file itself is."""

    def __init__(self, file, name, delete=True):
        self.file = file
        self.name = name
        self.delete = delete
        self._closer = _TemporaryFileCloser(file, name, delete)

    def __getattr__(self, name):
        value = getattr(self.__dict__['file'], name)
        if hasattr(value, '__call__'):
            # A method that outlives this object must keep the file from being closed.
            value = _holding(value, self._closer)
        if not isinstance(value, int):
            setattr(self, name, value)
        return value

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, exc, value, tb):
        outcome = self.file.__exit__(exc, value, tb)
        self.close()
        return outcome

    def close(self):
        """Close the file, and remove it if that was asked for."""
        self._closer.close()

    def __iter__(self):
        # Not iter(self.file), which would let go of this object and with it of the file.
        for line in self.file:
            yield line


def _holding(method, _closer):
    @_functools.wraps(method)
    def call(*args, **kwargs):
        return method(*args, **kwargs)
    call._closer = _closer
    return call


def NamedTemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None,
                       delete=True, *, errors=None):
    """Make and open a file whose path is its attribute `name`; closing it removes it if delete is true.

    suffix, prefix and dir make the name as in mkstemp(), the other arguments are those of io.open().  The object can
    be used in `with`.
    """
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    flags = _bin_openflags
    if _os.name == 'nt' and delete:
        flags |= _os.O_TEMPORARY
    fd, name = _mkstemp_inner(dir, prefix, suffix, flags, kind)
    try:
        file = _io.open(fd, mode, buffering=buffering, newline=newline, encoding=encoding, errors=errors)
        return _TemporaryFileWrapper(file, name, delete)
    except BaseException:
        _os.unlink(name)
        _os.close(fd)
        raise


if _os.name != 'posix' or _sys.platform == 'cygwin':
    # An open file cannot be removed there.
    TemporaryFile = NamedTemporaryFile
else:
    # Whether files without a name can be had; false as soon as a kernel was found too old for them.
    _O_TMPFILE_WORKS = hasattr(_os, 'O_TMPFILE')

    def TemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *,
                      errors=None):
        """Make and open a file that has no name and goes away when it is closed.

        The arguments are those of NamedTemporaryFile().
        """
        prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
        fd = _open_nameless(dir)
        if fd is None:
            fd, name = _mkstemp_inner(dir, prefix, suffix, _bin_openflags, kind)
        else:
            name = None
        try:
            if name is not None:
                _os.unlink(name)
            return _io.open(fd, mode, buffering=buffering, newline=newline, encoding=encoding, errors=errors)
        except:
            _os.close(fd)
            raise

    def _open_nameless(dir):
        """A descriptor of a file that never had a name, or None if the system or file system has no such thing."""
        global _O_TMPFILE_WORKS
        if _O_TMPFILE_WORKS:
            try:
                return _os.open(dir, _bin_openflags & ~_os.O_CREAT | _os.O_TMPFILE, 0o600)
            except IsADirectoryError:
                _O_TMPFILE_WORKS = False    # the flag means nothing to the kernel
            except OSError:
                pass
        return None


class SpooledTemporaryFile:
    """A temporary file that stays in memory until it grows beyond max_size bytes or its fileno() is needed.

    max_size 0 means no limit; the other arguments are those of TemporaryFile().
    """

    _rolled = False

    def __init__(self, max_size=0, mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None,
                 dir=None, *, errors=None):
        buffer = _io.BytesIO()
        self._file = buffer if 'b' in mode else _io.TextIOWrapper(buffer, encoding=encoding, errors=errors,
                                                                  newline=newline)
        self._max_size = max_size
        self._rolled = False
        self._TemporaryFileArgs = dict(mode=mode, buffering=buffering, suffix=suffix, prefix=prefix,
                                       encoding=encoding, newline=newline, dir=dir, errors=errors)

    def _check(self, file):
        """Move to disk if a write made the content too long."""
        if not self._rolled and self._max_size and file.tell() > self._max_size:
            self.rollover()

    def rollover(self):
        """Move the content into a file on disk; nothing happens if it is there already."""
        if self._rolled:
            return
        memory = self._file
        disk = self._file = TemporaryFile(**self._TemporaryFileArgs)
        del self._TemporaryFileArgs
        position = memory.tell()
        if hasattr(disk, 'buffer'):
            disk.buffer.write(memory.detach().getvalue())
        else:
            disk.write(memory.getvalue())
        disk.seek(position, 0)
        self._rolled = True

    def __enter__(self):
        if self._file.closed:
            raise ValueError("Cannot enter context with closed file")
        return self

    def __exit__(self, exc, value, tb):
        self._file.close()

    def __iter__(self):
        return self._file.__iter__()

    def close(self):
        """Close the file; its content is lost."""
        self._file.close()

    @property
    def closed(self):
        """Whether the file is closed."""
        return self._file.closed

    @property
    def encoding(self):
        """The encoding of a text file."""
        return self._file.encoding

    @property
    def errors(self):
        """The error handler of a text file."""
        return self._file.errors

    def fileno(self):
        """Return the descriptor, for which the content moves to disk."""
        self.rollover()
        return self._file.fileno()

    def flush(self):
        """Write out what is buffered."""
        self._file.flush()

    def isatty(self):
        """Return False, as no temporary file is a terminal."""
        return self._file.isatty()

    @property
    def mode(self):
        """The mode the file was made with."""
        try:
            return self._file.mode
        except AttributeError:
            return self._TemporaryFileArgs['mode']

    @property
    def name(self):
        """The name of the file on disk, None as long as it is in memory."""
        try:
            return self._file.name
        except AttributeError:
            return None

    @property
    def newlines(self):
        """The line ends seen by a text file."""
        return self._file.newlines

    def read(self, *args):
        """Read as file objects do."""
        return self._file.read(*args)

    def readline(self, *args):
        """Read a line as file objects do."""
        return self._file.readline(*args)

    def readlines(self, *args):
        """Read all lines as file objects do."""
        return self._file.readlines(*args)

    def seek(self, *args):
        """Move as file objects do and return the new position."""
        return self._file.seek(*args)

    @property
    def softspace(self):
        """The attribute of that name of the file; those of today have none."""
        return self._file.softspace

    def tell(self):
        """Return the position in the file."""
        return self._file.tell()

    def truncate(self, size=None):
        """Cut or extend the file to a size in bytes, by default to the current position; return it."""
        if size is None:
            return self._file.truncate()
        if size > self._max_size:
            self.rollover()
        return self._file.truncate(size)

    def write(self, s):
        """Write and return the number of characters or bytes written; the file may move to disk."""
        file = self._file
        written = file.write(s)
        self._check(file)
        return written

    def writelines(self, iterable):
        """Write all strings of an iterable; the file may move to disk."""
        file = self._file
        outcome = file.writelines(iterable)
        self._check(file)
        return outcome


class TemporaryDirectory:
    """A new folder that is removed with all it contains by cleanup(), at the end of `with`, or at the latest when the
    object goes away (with a ResourceWarning).

    The path is the attribute `name`, and what `with` gives.  The arguments are those of mkdtemp().
    """

    def __init__(self, suffix=None, prefix=None, dir=None):
        import shutil           # loaded now: at the end of the program it may be too late
        import weakref
        self.name = mkdtemp(suffix, prefix, dir)
        self._finalizer = weakref.finalize(self, self._cleanup, self.name,
                                           warn_message="Implicitly cleaning up {!r}".format(self))

    @classmethod
    def _rmtree(cls, name):
        from shutil import rmtree

        def onerror(function, path, exc_info):
            kind = exc_info[0]
            if issubclass(kind, FileNotFoundError):
                return
            if not issubclass(kind, PermissionError):
                raise
            # The owner may take away the protection from the thing and from its folder.
            try:
                for protected in {path, _os.path.dirname(path) if path != name else path}:
                    if not _os.path.islink(protected):
                        if hasattr(_os, 'chflags'):
                            _os.chflags(protected, 0)
                        _os.chmod(protected, 0o700)
                try:
                    _os.unlink(path)
                except (IsADirectoryError, PermissionError):
                    # PermissionError is what some systems say of folders.
                    cls._rmtree(path)
            except FileNotFoundError:
                pass

        rmtree(name, onerror=onerror)

    @classmethod
    def _cleanup(cls, name, warn_message):
        import warnings
        cls._rmtree(name)
        warnings.warn(warn_message, ResourceWarning)

    def __repr__(self):
        return "<{} {!r}>".format(self.__class__.__name__, self.name)

    def __enter__(self):
        return self.name

    def __exit__(self, exc, value, tb):
        self.cleanup()

    def cleanup(self):
        """Remove the folder, if that was not done before."""
        if self._finalizer.detach():
            self._rmtree(self.name)
