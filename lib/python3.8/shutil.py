# SPDX-License-Identifier: MIT
"""Files and whole trees: copying, moving, removing, packing and unpacking; also which() and some questions.

No function here copies everything that a file may have: owners and access control lists stay behind.
"""

import errno
import os
import stat
import sys

__all__ = ["copyfileobj", "copyfile", "copymode", "copystat", "copy", "copy2", "copytree", "move", "rmtree", "Error",
           "SpecialFileError", "ExecError", "make_archive", "get_archive_formats", "register_archive_format",
           "unregister_archive_format", "get_unpack_formats", "register_unpack_format", "unregister_unpack_format",
           "unpack_archive", "ignore_patterns", "chown", "which", "get_terminal_size", "SameFileError"]


def _have(module):
    try:
        __import__(module)
    except ImportError:
        return False
    return True


_ZLIB_SUPPORTED = _have('zlib')
_BZ2_SUPPORTED = _have('_bz2')
_LZMA_SUPPORTED = _have('_lzma')

_WINDOWS = os.name == 'nt'
# One of these is the module, the other None.
posix, nt = (sys.modules.get(os.name) if os.name == each else None for each in ('posix', 'nt'))

COPY_BUFSIZE = 1024 * 1024 if _WINDOWS else 64 * 1024
# Ways to copy inside the kernel; the first is given up for good where it turns out not to work between files.
_USE_CP_SENDFILE = hasattr(os, 'sendfile') and sys.platform.startswith('linux')
_HAS_FCOPYFILE = posix is not None and hasattr(posix, '_fcopyfile')

_WIN_DEFAULT_PATHEXT = ".COM;.EXE;.BAT;.CMD;.VBS;.JS;.WS;.MSC"


class Error(OSError):
    """An operation on several files failed; the argument may be a list of (source, destination, reason)."""


class SameFileError(Error):
    """Source and destination are one file."""


class SpecialFileError(OSError):
    """An operation is not possible with a file of a special kind, such as a named pipe."""


class ExecError(OSError):
    """A program could not be executed."""


class ReadError(OSError):
    """An archive cannot be read."""


class RegistryError(Exception):
    """An archive format is registered already, or not at all."""


class _GiveupOnFastCopy(Exception):
    """Copying inside the kernel did not work and nothing was copied: use read and write."""


# Contents

def _descriptors(fsrc, fdst):
    try:
        return fsrc.fileno(), fdst.fileno()
    except Exception as reason:
        raise _GiveupOnFastCopy(reason)


def _explain(error, fsrc, fdst):
    error.filename, error.filename2 = fsrc.name, fdst.name


def _fastcopy_fcopyfile(fsrc, fdst, flags):
    """Copy with macOS's fcopyfile(3)."""
    source, target = _descriptors(fsrc, fdst)
    try:
        posix._fcopyfile(source, target, flags)
    except OSError as error:
        _explain(error, fsrc, fdst)
        if error.errno in (errno.EINVAL, errno.ENOTSUP):
            raise _GiveupOnFastCopy(error)
        raise error from None


def _fastcopy_sendfile(fsrc, fdst):
    """Copy with Linux's sendfile(2)."""
    global _USE_CP_SENDFILE
    source, target = _descriptors(fsrc, fdst)
    # All at once, though at least 8 MiB (the file may be growing) and no more than what 32 bits can say.
    try:
        chunk = max(os.fstat(source).st_size, 1 << 23)
    except OSError:
        chunk = 1 << 27
    if sys.maxsize < 1 << 32:
        chunk = min(chunk, 1 << 30)
    position = 0
    while True:
        try:
            sent = os.sendfile(target, source, position, chunk)
        except OSError as error:
            _explain(error, fsrc, fdst)
            if error.errno == errno.ENOTSOCK:
                # This kernel only sends files into sockets.
                _USE_CP_SENDFILE = False
                raise _GiveupOnFastCopy(error)
            nothing_done = position == 0 and os.lseek(target, 0, os.SEEK_CUR) == 0
            if nothing_done and error.errno != errno.ENOSPC:
                raise _GiveupOnFastCopy(error)
            raise error
        if not sent:
            return
        position += sent


def _copyfileobj_readinto(fsrc, fdst, length=COPY_BUFSIZE):
    """Copy through one buffer, for files that have readinto()."""
    read, write = fsrc.readinto, fdst.write
    with memoryview(bytearray(length)) as buffer:
        count = read(buffer)
        while count:
            if count < length:
                with buffer[:count] as part:
                    write(part)
            else:
                write(buffer)
            count = read(buffer)


def copyfileobj(fsrc, fdst, length=0):
    """Copy what is left to read in one file object to another, in pieces of so many bytes or characters.

    A negative length means all in one piece, 0 a length chosen here.
    """
    read, write = fsrc.read, fdst.write
    size = length or COPY_BUFSIZE
    piece = read(size)
    while piece:
        write(piece)
        piece = read(size)


def _samefile(src, dst):
    try:
        if isinstance(src, os.DirEntry):
            return os.path.samestat(src.stat(), os.stat(dst))
        if hasattr(os.path, 'samefile'):
            return os.path.samefile(src, dst)
    except OSError:
        return False
    # Without such a function: equal names mean one file.
    return os.path.normcase(os.path.abspath(src)) == os.path.normcase(os.path.abspath(dst))


def _stat(fn):
    return fn.stat() if isinstance(fn, os.DirEntry) else os.stat(fn)


def _islink(fn):
    return fn.is_symlink() if isinstance(fn, os.DirEntry) else os.path.islink(fn)


def copyfile(src, dst, *, follow_symlinks=True):
    """Copy the content of a file, in the fastest way there is, and return dst.

    dst must be the complete name.  If follow_symlinks is false and src is a symbolic link, the link is made anew.
    SameFileError is raised if both are one file, SpecialFileError for named pipes.
    """
    sys.audit("shutil.copyfile", src, dst)
    if _samefile(src, dst):
        raise SameFileError("{!r} and {!r} are the same file".format(src, dst))
    source_size = 0
    for number, path in enumerate((src, dst)):
        try:
            info = _stat(path)
        except OSError:
            continue        # most likely it is not there
        if stat.S_ISFIFO(info.st_mode):
            raise SpecialFileError("`%s` is a named pipe" % (path.path if isinstance(path, os.DirEntry) else path))
        if _WINDOWS and number == 0:
            source_size = info.st_size
    if not follow_symlinks and _islink(src):
        os.symlink(os.readlink(src), dst)
    else:
        with open(src, 'rb') as fsrc, open(dst, 'wb') as fdst:
            _copy_open_file(fsrc, fdst, source_size)
    return dst


def _copy_open_file(fsrc, fdst, source_size):
    try:
        if _HAS_FCOPYFILE:
            return _fastcopy_fcopyfile(fsrc, fdst, posix._COPYFILE_DATA)
        if _USE_CP_SENDFILE:
            return _fastcopy_sendfile(fsrc, fdst)
    except _GiveupOnFastCopy:
        pass
    if _WINDOWS and source_size > 0:
        _copyfileobj_readinto(fsrc, fdst, min(source_size, COPY_BUFSIZE))
    else:
        copyfileobj(fsrc, fdst)


# Everything about a file but its content

def copymode(src, dst, *, follow_symlinks=True):
    """Copy the permission bits of a file.

    If follow_symlinks is false and both are symbolic links, those of the links, where links have any.
    """
    sys.audit("shutil.copymode", src, dst)
    if not follow_symlinks and _islink(src) and os.path.islink(dst):
        if not hasattr(os, 'lchmod'):
            return
        os.lchmod(dst, stat.S_IMODE(os.lstat(src).st_mode))
    else:
        os.chmod(dst, stat.S_IMODE(_stat(src).st_mode))


if hasattr(os, 'listxattr'):
    def _copyxattr(src, dst, *, follow_symlinks=True):
        """Copy the extended attributes as far as the file systems and rights allow."""
        try:
            names = os.listxattr(src, follow_symlinks=follow_symlinks)
        except OSError as error:
            if error.errno in (errno.ENOTSUP, errno.ENODATA, errno.EINVAL):
                return
            raise
        for name in names:
            try:
                os.setxattr(dst, name, os.getxattr(src, name, follow_symlinks=follow_symlinks),
                            follow_symlinks=follow_symlinks)
            except OSError as error:
                if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENODATA, errno.EINVAL):
                    raise
else:
    def _copyxattr(*args, **kwargs):
        pass


def _nothing(*args, ns=None, follow_symlinks=None):
    pass


def copystat(src, dst, *, follow_symlinks=True):
    """Copy permission bits, times, flags and (on Linux) extended attributes from one path to another.

    If follow_symlinks is false and both are symbolic links, those of the links as far as the system can.
    """
    sys.audit("shutil.copystat", src, dst)
    follow = follow_symlinks or not (_islink(src) and os.path.islink(dst))

    def function(name):
        # On links only what knows how to work on them.
        found = getattr(os, name, _nothing)
        return found if follow or found in os.supports_follow_symlinks else _nothing

    if isinstance(src, os.DirEntry):
        info = src.stat(follow_symlinks=follow)
    else:
        info = function('stat')(src, follow_symlinks=follow)
    function('utime')(dst, ns=(info.st_atime_ns, info.st_mtime_ns), follow_symlinks=follow)
    # Before chmod, which might take away the right to do so.
    _copyxattr(src, dst, follow_symlinks=follow)
    try:
        function('chmod')(dst, stat.S_IMODE(info.st_mode), follow_symlinks=follow)
    except NotImplementedError:
        pass        # the mode of a link, on a system that says only now that it cannot
    if hasattr(info, 'st_flags'):
        try:
            function('chflags')(dst, info.st_flags, follow_symlinks=follow)
        except OSError as error:
            if error.errno not in (getattr(errno, name, None) for name in ('EOPNOTSUPP', 'ENOTSUP')):
                raise


# Files

def _into(src, dst):
    """dst, or the path for src in it if it is a folder."""
    return os.path.join(dst, os.path.basename(src)) if os.path.isdir(dst) else dst


def copy(src, dst, *, follow_symlinks=True):
    """Copy content and permission bits of a file to a file or into a folder, and return the new path.

    If follow_symlinks is false, symbolic links are copied as such.
    """
    dst = _into(src, dst)
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copymode(src, dst, follow_symlinks=follow_symlinks)
    return dst


def copy2(src, dst, *, follow_symlinks=True):
    """Copy content of a file and all that copystat() copies to a file or into a folder, and return the new path.

    If follow_symlinks is false, symbolic links are copied as such.
    """
    dst = _into(src, dst)
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copystat(src, dst, follow_symlinks=follow_symlinks)
    return dst


# Trees

def ignore_patterns(*patterns):
    """Return a function for copytree()'s ignore that leaves out names matching any of the shell patterns."""
    def _ignore_patterns(path, names):
        from fnmatch import filter
        return {name for pattern in patterns for name in filter(names, pattern)}
    return _ignore_patterns


class _TreeCopy:
    """The settings of one copytree() and what went wrong so far."""

    def __init__(self, symlinks, ignore, copy_function, ignore_dangling, exist_ok):
        self.symlinks = symlinks
        self.ignore = ignore
        self.copy_function = copy_function
        self.ignore_dangling = ignore_dangling
        self.exist_ok = exist_ok
        # The functions here can use what a DirEntry knows; others expect a path.
        self.takes_entries = copy_function is copy2 or copy_function is copy

    def folder(self, entries, src, dst):
        """Copy one folder and return dst; Error with the list of all failures."""
        ignored = self.ignore(os.fspath(src), [e.name for e in entries]) if self.ignore is not None else ()
        os.makedirs(dst, exist_ok=self.exist_ok)
        errors = []
        for entry in entries:
            if entry.name in ignored:
                continue
            source, target = os.path.join(src, entry.name), os.path.join(dst, entry.name)
            try:
                self.one(entry, source, target)
            except Error as failure:
                errors.extend(failure.args[0])
            except OSError as reason:
                errors.append((source, target, str(reason)))
        try:
            copystat(src, dst)
        except OSError as reason:
            if getattr(reason, 'winerror', None) is None:       # Windows may not be able to
                errors.append((src, dst, str(reason)))
        if errors:
            raise Error(errors)
        return dst

    def one(self, entry, source, target):
        handle = entry if self.takes_entries else source
        is_link = entry.is_symlink()
        if is_link and _WINDOWS:
            # Junctions look like links but are none.
            is_link = entry.stat(follow_symlinks=False).st_reparse_tag == stat.IO_REPARSE_TAG_SYMLINK
        if is_link:
            meaning = os.readlink(source)
            if self.symlinks:
                os.symlink(meaning, target)
                copystat(handle, target, follow_symlinks=False)
                return
            if self.ignore_dangling and not os.path.exists(meaning):
                return
        if entry.is_dir():
            _copytree_folder(handle, target, self)
        else:
            self.copy_function(handle, target)


def _copytree_folder(src, dst, settings):
    with os.scandir(src) as found:
        entries = list(found)
    return settings.folder(entries, src, dst)


def copytree(src, dst, symlinks=False, ignore=None, copy_function=copy2, ignore_dangling_symlinks=False,
             dirs_exist_ok=False):
    """Copy a whole folder and return dst, which must not exist unless dirs_exist_ok is true.

    symlinks: copy symbolic links as such, else what they point to; ignore_dangling_symlinks: do not complain of those
    that point nowhere.  ignore is called with each folder and the list of names in it and returns the names to
    leave out.  copy_function(source, destination) copies a file.  What can be copied is; then Error is raised with
    the list of (source, destination, reason) for the rest.
    """
    sys.audit("shutil.copytree", src, dst)
    return _copytree_folder(src, dst, _TreeCopy(symlinks, ignore, copy_function, ignore_dangling_symlinks,
                                                dirs_exist_ok))


if hasattr(os.stat_result, 'st_file_attributes'):
    def _is_junction(info):
        return (info.st_file_attributes & stat.FILE_ATTRIBUTE_REPARSE_POINT
                and info.st_reparse_tag == stat.IO_REPARSE_TAG_MOUNT_POINT)
else:
    def _is_junction(info):
        return False


def _rmtree_isdir(entry):
    """Whether an entry is a folder to go into: neither a link nor a junction."""
    try:
        return entry.is_dir(follow_symlinks=False) and not _is_junction(entry.stat(follow_symlinks=False))
    except OSError:
        return False


def _rmtree_islink(path):
    try:
        info = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISLNK(info.st_mode) or _is_junction(info)


def _refuse_link(path, onerror):
    try:
        raise OSError("Cannot call rmtree on a symbolic link")
    except OSError:
        onerror(os.path.islink, path, sys.exc_info())


def _rmtree_unsafe(path, onerror):
    """Remove a tree by path names: a folder exchanged for a link at the wrong moment is followed."""
    try:
        with os.scandir(path) as found:
            entries = list(found)
    except OSError:
        onerror(os.scandir, path, sys.exc_info())
        entries = []
    for entry in entries:
        if not _rmtree_isdir(entry):
            try:
                os.unlink(entry.path)
            except OSError:
                onerror(os.unlink, entry.path, sys.exc_info())
        elif _swapped_for_link(entry):
            _refuse_link(entry.path, onerror)
        else:
            _rmtree_unsafe(entry.path, onerror)
    try:
        os.rmdir(path)
    except OSError:
        onerror(os.rmdir, path, sys.exc_info())


def _swapped_for_link(entry):
    try:
        return entry.is_symlink()
    except OSError:
        return False


def _rmtree_safe_fd(topfd, path, onerror):
    """Empty the folder that a descriptor refers to; path is for messages."""
    try:
        with os.scandir(topfd) as found:
            entries = list(found)
    except OSError as error:
        error.filename = path
        onerror(os.scandir, path, sys.exc_info())
        return
    for entry in entries:
        full = os.path.join(path, entry.name)
        try:
            is_dir = entry.is_dir(follow_symlinks=False)
        except OSError:
            is_dir = False
        if is_dir:
            try:
                before = entry.stat(follow_symlinks=False)
            except OSError:
                onerror(os.lstat, full, sys.exc_info())
                continue
            if stat.S_ISDIR(before.st_mode):
                _remove_subfolder(topfd, entry.name, full, before, onerror)
                continue
        try:
            os.unlink(entry.name, dir_fd=topfd)
        except OSError:
            onerror(os.unlink, full, sys.exc_info())


def _remove_subfolder(topfd, name, full, before, onerror):
    try:
        fd = os.open(name, os.O_RDONLY, dir_fd=topfd)
    except OSError:
        onerror(os.open, full, sys.exc_info())
        return
    try:
        if os.path.samestat(before, os.fstat(fd)):
            _rmtree_safe_fd(fd, full, onerror)
            try:
                os.rmdir(name, dir_fd=topfd)
            except OSError:
                onerror(os.rmdir, full, sys.exc_info())
        else:
            # Somebody put a link there since we looked.
            _refuse_link(full, onerror)
    finally:
        os.close(fd)


_use_fd_functions = ({os.open, os.stat, os.unlink, os.rmdir} <= os.supports_dir_fd
                     and os.scandir in os.supports_fd and os.stat in os.supports_follow_symlinks)


def _ignore_error(function, path, exc_info):
    pass


def _raise_error(function, path, exc_info):
    raise


def rmtree(path, ignore_errors=False, onerror=None):
    """Remove a folder with all that is in it; a symbolic link is refused.

    Errors are ignored if ignore_errors is true, else given to onerror(function, path, exc_info) if there is one:
    function is what failed (os.scandir, os.unlink, os.rmdir ...); else raised.  The attribute avoids_symlink_attacks
    of this function tells whether nobody can make it remove other files by exchanging folders for links meanwhile.
    """
    sys.audit("shutil.rmtree", path)
    if ignore_errors:
        onerror = _ignore_error
    elif onerror is None:
        onerror = _raise_error
    if not _use_fd_functions:
        try:
            if _rmtree_islink(path):
                raise OSError("Cannot call rmtree on a symbolic link")
        except OSError:
            onerror(os.path.islink, path, sys.exc_info())
            return
        return _rmtree_unsafe(path, onerror)
    if isinstance(path, bytes):
        path = os.fsdecode(path)
    for step in os.lstat, os.open:
        try:
            if step is os.lstat:
                before = os.lstat(path)
            else:
                fd = os.open(path, os.O_RDONLY)
        except Exception:
            onerror(os.lstat, path, sys.exc_info())
            return
    try:
        if os.path.samestat(before, os.fstat(fd)):
            _rmtree_safe_fd(fd, path, onerror)
            try:
                os.rmdir(path)
            except OSError:
                onerror(os.rmdir, path, sys.exc_info())
        else:
            _refuse_link(path, onerror)
    finally:
        os.close(fd)


rmtree.avoids_symlink_attacks = _use_fd_functions


def _basename(path):
    """The last part of a path that may end in separators."""
    return os.path.basename(path.rstrip(os.path.sep + (os.path.altsep or '')))


def move(src, dst, copy_function=copy2):
    """Move a file or folder to another path, or into an existing folder; return the new path.

    What cannot be renamed is copied (files by copy_function) and then removed.  Error is raised if the folder holds
    something of that name, or is src or lies in it.
    """
    sys.audit("shutil.move", src, dst)
    target = dst
    if os.path.isdir(dst):
        if _samefile(src, dst):
            # Letter case alone may be what changes.
            os.rename(src, dst)
            return
        # pathlib's paths have no rstrip().
        target = os.path.join(dst, _basename(os.fspath(src)))
        if os.path.exists(target):
            raise Error("Destination path '%s' already exists" % target)
    try:
        os.rename(src, target)
    except OSError:
        _move_by_copy(src, dst, target, copy_function)
    return target


def _move_by_copy(src, dst, target, copy_function):
    if os.path.islink(src):
        os.symlink(os.readlink(src), target)
        os.unlink(src)
    elif os.path.isdir(src):
        if _destinsrc(src, dst):
            raise Error("Cannot move a directory '%s' into itself '%s'." % (src, dst))
        if _is_immutable(src) or not os.access(src, os.W_OK) and os.listdir(src) and sys.platform == 'darwin':
            raise PermissionError("Cannot move the non-empty directory '%s': Lacking write permission to '%s'."
                                  % (src, src))
        copytree(src, target, copy_function=copy_function, symlinks=True)
        rmtree(src)
    else:
        copy_function(src, target)
        os.unlink(src)


def _destinsrc(src, dst):
    """Whether dst lies in src or is the same."""
    outer, inner = (p if p.endswith(os.path.sep) else p + os.path.sep for p in map(os.path.abspath, (src, dst)))
    return inner.startswith(outer)


def _is_immutable(src):
    flags = (stat.UF_IMMUTABLE, stat.SF_IMMUTABLE)
    info = _stat(src)
    return hasattr(info, 'st_flags') and info.st_flags in flags


# Archives

def _get_gid(name):
    """The number of a group, None if unknown."""
    return _number_of('grp', 'getgrnam', name)


def _get_uid(name):
    """The number of a user, None if unknown."""
    return _number_of('pwd', 'getpwnam', name)


def _number_of(module, function, name):
    if name is None:
        return None
    try:
        return getattr(__import__(module), function)(name)[2]
    except (ImportError, KeyError):
        return None


def _make_parent(path, dry_run, logger):
    folder = os.path.dirname(path)
    if folder and not os.path.exists(folder):
        if logger is not None:
            logger.info("creating %s", folder)
        if not dry_run:
            os.makedirs(folder)


def _make_tarball(base_name, base_dir, compress="gzip", verbose=0, dry_run=0, owner=None, group=None, logger=None):
    """Make base_name.tar (plus the compression's suffix) from base_dir and return its name.

    compress is "gzip", "bzip2", "xz" or None; owner and group are put into the archive in place of the files'.
    """
    suffixes = {None: '', 'gzip': '.gz', 'bzip2': '.bz2', 'xz': '.xz'}
    usable = {None: True, 'gzip': _ZLIB_SUPPORTED, 'bzip2': _BZ2_SUPPORTED, 'xz': _LZMA_SUPPORTED}
    if not usable.get(compress):
        raise ValueError("bad value for 'compress', or compression format not supported : {0}".format(compress))
    import tarfile
    archive_name = base_name + '.tar' + suffixes[compress]
    _make_parent(archive_name, dry_run, logger)
    if logger is not None:
        logger.info('Creating tar archive')
    uid, gid = _get_uid(owner), _get_gid(group)

    def set_owner(member):
        if gid is not None:
            member.gid, member.gname = gid, group
        if uid is not None:
            member.uid, member.uname = uid, owner
        return member

    if not dry_run:
        with tarfile.open(archive_name, 'w|' + suffixes[compress][1:]) as archive:
            archive.add(base_dir, filter=set_owner)
    return archive_name


def _make_zipfile(base_name, base_dir, verbose=0, dry_run=0, logger=None):
    """Make base_name.zip from base_dir and return its name."""
    import zipfile
    zip_filename = base_name + ".zip"
    _make_parent(base_name, dry_run, logger)
    if logger is not None:
        logger.info("creating '%s' and adding '%s' to it", zip_filename, base_dir)
    if dry_run:
        return zip_filename
    with zipfile.ZipFile(zip_filename, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        def put(path):
            archive.write(path, path)
            if logger is not None:
                logger.info("adding '%s'", path)

        top = os.path.normpath(base_dir)
        if top != os.curdir:
            put(top)
        for folder, subfolders, files in os.walk(base_dir):
            for name in sorted(subfolders):
                put(os.path.normpath(os.path.join(folder, name)))
            for name in files:
                path = os.path.normpath(os.path.join(folder, name))
                if os.path.isfile(path):
                    put(path)
    return zip_filename


_ARCHIVE_FORMATS = {    # name: (function, its arguments, description)
    'tar': (_make_tarball, [('compress', None)], "uncompressed tar file"),
}
_UNPACK_FORMATS = {}    # name: (extensions, function, its arguments, description)


def get_archive_formats():
    """Return the sorted list of (name, description) of the formats make_archive() can write."""
    return sorted((name, entry[2]) for name, entry in _ARCHIVE_FORMATS.items())


def register_archive_format(name, function, extra_args=None, description=''):
    """Add a format for make_archive(), made by function(base_name, base_dir, ...).

    extra_args is a sequence of (name, value) given to the function as well.
    """
    if not callable(function):
        raise TypeError('The %s object is not callable' % function)
    extra_args = [] if extra_args is None else extra_args
    if not isinstance(extra_args, (tuple, list)):
        raise TypeError('extra_args needs to be a sequence')
    if any(not isinstance(pair, (tuple, list)) or len(pair) != 2 for pair in extra_args):
        raise TypeError('extra_args elements are : (arg_name, value)')
    _ARCHIVE_FORMATS[name] = function, extra_args, description


def unregister_archive_format(name):
    """Remove a format of make_archive(); KeyError if there is none of that name."""
    del _ARCHIVE_FORMATS[name]


def make_archive(base_name, format, root_dir=None, base_dir=None, verbose=0, dry_run=0, owner=None, group=None,
                 logger=None):
    """Make an archive and return its name.

    base_name is the path without the format's extension; format one of get_archive_formats().  The archive holds
    base_dir, as seen from root_dir, to which the process changes meanwhile; both are the current folder by default.
    owner and group are for tar archives.  Progress goes to logger; dry_run only pretends.
    """
    sys.audit("shutil.make_archive", base_name, format, root_dir, base_dir)
    home = os.getcwd()
    say = (lambda *words: None) if logger is None else logger.debug
    if root_dir is not None:
        say("changing into '%s'", root_dir)
        base_name = os.path.abspath(base_name)      # from here
        if not dry_run:
            os.chdir(root_dir)
    try:
        if format not in _ARCHIVE_FORMATS:
            raise ValueError("unknown archive format '%s'" % format) from None
        function, extra_args, _ = _ARCHIVE_FORMATS[format]
        options = {'dry_run': dry_run, 'logger': logger}
        options.update(extra_args)
        if format != 'zip':
            options.update(owner=owner, group=group)
        return function(base_name, os.curdir if base_dir is None else base_dir, **options)
    finally:
        if root_dir is not None:
            say("changing back to '%s'", home)
            os.chdir(home)


def get_unpack_formats():
    """Return the sorted list of (name, extensions, description) of the formats unpack_archive() can read."""
    return sorted((name, entry[0], entry[3]) for name, entry in _UNPACK_FORMATS.items())


def _check_unpack_options(extensions, function, extra_args):
    taken = {extension: name for name, entry in _UNPACK_FORMATS.items() for extension in entry[0]}
    for extension in extensions:
        if extension in taken:
            raise RegistryError('%s is already registered for "%s"' % (extension, taken[extension]))
    if not callable(function):
        raise TypeError('The registered function must be a callable')


def register_unpack_format(name, extensions, function, extra_args=None, description=''):
    """Add a format for unpack_archive(): files with these extensions are unpacked by function(file, folder, ...).

    extra_args is a sequence of (name, value) given to the function as well.  The function raises ReadError for files
    that it cannot read.  RegistryError if another format has one of the extensions.
    """
    if extra_args is None:
        extra_args = []
    _check_unpack_options(extensions, function, extra_args)
    _UNPACK_FORMATS[name] = extensions, function, extra_args, description


def unregister_unpack_format(name):
    """Remove a format of unpack_archive(); KeyError if there is none of that name."""
    del _UNPACK_FORMATS[name]


def _ensure_directory(path):
    """Make the folder that a file is to lie in."""
    folder = os.path.dirname(path)
    if not os.path.isdir(folder):
        os.makedirs(folder)


def _unpack_zipfile(filename, extract_dir):
    """Unpack a zip archive; members with absolute names or `..` are left out."""
    import zipfile
    if not zipfile.is_zipfile(filename):
        raise ReadError("%s is not a zip file" % filename)
    with zipfile.ZipFile(filename) as archive:
        for member in archive.infolist():
            name = member.filename
            target = os.path.join(extract_dir, *name.split('/'))
            if not target or name[:1] == '/' or name.find('..') >= 0:
                continue
            _ensure_directory(target)
            if name[-1:] != '/':
                with archive.open(name) as source, open(target, 'wb') as copied:
                    copyfileobj(source, copied)


def _unpack_tarfile(filename, extract_dir, *, filter=None):
    """Unpack a tar archive, compressed or not."""
    import tarfile
    try:
        archive = tarfile.open(filename)
    except tarfile.TarError:
        raise ReadError("%s is not a compressed or uncompressed tar file" % filename)
    with archive:
        archive.extractall(extract_dir, filter=filter)


_UNPACK_FORMATS['tar'] = ['.tar'], _unpack_tarfile, [], "uncompressed tar file"
_UNPACK_FORMATS['zip'] = ['.zip'], _unpack_zipfile, [], "ZIP file"


def _add_builtin_formats():
    for have, name, program, extensions, description in (
            (_ZLIB_SUPPORTED, 'gztar', 'gzip', ['.tar.gz', '.tgz'], "gzip'ed tar-file"),
            (_BZ2_SUPPORTED, 'bztar', 'bzip2', ['.tar.bz2', '.tbz2'], "bzip2'ed tar-file"),
            (_LZMA_SUPPORTED, 'xztar', 'xz', ['.tar.xz', '.txz'], "xz'ed tar-file")):
        if have:
            _ARCHIVE_FORMATS[name] = _make_tarball, [('compress', program)], description
            _UNPACK_FORMATS[name] = extensions, _unpack_tarfile, [], description
    if _ZLIB_SUPPORTED:
        _ARCHIVE_FORMATS['zip'] = _make_zipfile, [], "ZIP file"


_add_builtin_formats()


def _find_unpack_format(filename):
    """The name of the format with a fitting extension, or None."""
    for name, entry in _UNPACK_FORMATS.items():
        if filename.endswith(tuple(entry[0])):
            return name
    return None


def unpack_archive(filename, extract_dir=None, format=None, *, filter=None):
    """Unpack an archive into a folder, by default the current one.

    format is one of get_unpack_formats(); without it the extension tells.  filter is for tar archives: see tarfile.
    ValueError is raised for an unknown format, ReadError for an unknown extension or a file that is no archive.
    """
    sys.audit("shutil.unpack_archive", filename, extract_dir, format)
    folder = os.fspath(os.getcwd() if extract_dir is None else extract_dir)
    path = os.fspath(filename)
    name = _find_unpack_format(path) if format is None else format
    if name not in _UNPACK_FORMATS:
        if format is None:
            raise ReadError("Unknown archive format '{0}'".format(path))
        raise ValueError("Unknown unpack format '{0}'".format(format)) from None
    _, function, extra_args, _ = _UNPACK_FORMATS[name]
    options = dict(extra_args)
    if filter is not None:
        options['filter'] = filter
    function(path, folder, **options)


# Questions to the system

def _make_usage_type():
    from collections import namedtuple
    usage = namedtuple('usage', 'total used free')
    usage.__module__ = __name__
    usage.total.__doc__ = 'The size in bytes'
    usage.used.__doc__ = 'The bytes in use'
    usage.free.__doc__ = 'The bytes free for ordinary users'
    return usage


if hasattr(os, 'statvfs') or _WINDOWS:
    __all__.append('disk_usage')
    _ntuple_diskusage = _make_usage_type()

    def disk_usage(path):
        """Return how full the file system of a path is: a named tuple (total, used, free), in bytes."""
        if _WINDOWS:
            total, free = nt._getdiskusage(path)
            return _ntuple_diskusage(total, total - free, free)
        info = os.statvfs(path)
        unit = info.f_frsize
        return _ntuple_diskusage(info.f_blocks * unit, (info.f_blocks - info.f_bfree) * unit, info.f_bavail * unit)


def chown(path, user=None, group=None):
    """Change owner and group of a file, given as names or numbers; None leaves one as it is.

    LookupError is raised for unknown names, ValueError if both are None.
    """
    sys.audit("shutil.chown", path, user, group)
    if user is None and group is None:
        raise ValueError("user and/or group must be set")
    uid = -1 if user is None else user
    gid = -1 if group is None else group
    if isinstance(user, str):
        uid = _get_uid(user)
        if uid is None:
            raise LookupError("no such user: {!r}".format(user))
    if group is not None and not isinstance(group, int):
        gid = _get_gid(group)
        if gid is None:
            raise LookupError("no such group: {!r}".format(group))
    os.chown(path, uid, gid)


def _environment_number(name):
    try:
        return int(os.environ[name])
    except (KeyError, ValueError):
        return 0


def get_terminal_size(fallback=(80, 24)):
    """Return the size of the terminal as os.terminal_size(columns, lines).

    The variables COLUMNS and LINES count first, then the terminal of sys.__stdout__, then the fallback.
    """
    columns, lines = _environment_number('COLUMNS'), _environment_number('LINES')
    if columns <= 0 or lines <= 0:
        try:
            size = os.get_terminal_size(sys.__stdout__.fileno())
        except (AttributeError, ValueError, OSError):
            # No stdout, closed, no terminal.
            size = os.terminal_size(fallback)
        columns = columns if columns > 0 else size.columns
        lines = lines if lines > 0 else size.lines
    return os.terminal_size((columns, lines))


def _access_check(fn, mode):
    return os.path.exists(fn) and os.access(fn, mode) and not os.path.isdir(fn)


def _search_path(path):
    """The folders to search, or None if there are none."""
    if path is None:
        path = os.environ.get('PATH')
        if path is None:
            try:
                path = os.confstr('CS_PATH')
            except (AttributeError, ValueError):
                path = os.defpath
    return path or None


def which(cmd, mode=os.F_OK | os.X_OK, path=None):
    """Return the path of the program that a command would run, or None.

    mode is what os.access() has to allow; path the folders to search, by default those of the variable PATH.
    """
    # A command with a folder is not searched for.
    if os.path.dirname(cmd):
        return cmd if _access_check(cmd, mode) else None
    path = _search_path(path)
    if path is None:
        return None
    is_bytes = isinstance(cmd, bytes)
    path = os.fsencode(path) if is_bytes else os.fsdecode(path)
    folders = path.split(os.fsencode(os.pathsep) if is_bytes else os.pathsep)
    names = [cmd]
    if sys.platform == 'win32':
        here = os.fsencode(os.curdir) if is_bytes else os.curdir
        if here not in folders:
            folders.insert(0, here)
        extensions = (os.getenv("PATHEXT") or _WIN_DEFAULT_PATHEXT).split(os.pathsep)
        if is_bytes:
            extensions = [os.fsencode(extension) for extension in extensions]
        if not any(cmd.lower().endswith(extension.lower()) for extension in extensions):
            names = [cmd + extension for extension in extensions]
    seen = set()
    for folder in folders:
        folded = os.path.normcase(folder)
        if folded not in seen:
            seen.add(folded)
            for name in names:
                candidate = os.path.join(folder, name)
                if _access_check(candidate, mode):
                    return candidate
    return None
