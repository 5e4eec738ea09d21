# SPDX-License-Identifier: MIT
"""Paths on POSIX systems; os.path there.

Functions take str, bytes or path-like objects and return the same kind of string.
"""

# Before the imports: os wants these of us while it is imported itself.
curdir, pardir, extsep, sep, pathsep = '.', '..', '.', '/', ':'
defpath = '/bin:/usr/bin'
altsep = None
devnull = '/dev/null'

import genericpath
import os
import stat
import sys
from genericpath import *

__all__ = ['normcase', 'isabs', 'join', 'splitdrive', 'split', 'splitext', 'basename', 'dirname', 'commonprefix',
           'getsize', 'getmtime', 'getatime', 'getctime', 'islink', 'exists', 'lexists', 'isdir', 'isfile', 'ismount',
           'expanduser', 'expandvars', 'normpath', 'abspath', 'samefile', 'sameopenfile', 'samestat', 'curdir',
           'pardir', 'sep', 'pathsep', 'defpath', 'altsep', 'extsep', 'devnull', 'realpath',
           'supports_unicode_filenames', 'relpath', 'commonpath']

supports_unicode_filenames = sys.platform == 'darwin'


def _get_sep(path):
    return b'/' if isinstance(path, bytes) else '/'


def normcase(s):
    """Return a path with its case made uniform: as it is, here."""
    return os.fspath(s)


def isabs(s):
    """Return whether a path starts at the root."""
    s = os.fspath(s)
    return s.startswith(_get_sep(s))


def join(a, *p):
    """Join parts of a path with single separators; an absolute part drops all before it.

    An empty last part gives a path that ends in a separator.
    """
    path = a = os.fspath(a)
    slash = _get_sep(a)
    try:
        if not p:
            path[:0] + slash     # the check of the type
        for part in map(os.fspath, p):
            if part.startswith(slash):
                path = part
            elif not path or path.endswith(slash):
                path += part
            else:
                path += slash + part
    except (TypeError, AttributeError, BytesWarning):
        genericpath._check_arg_types('join', a, *p)
        raise
    return path


def split(p):
    """Return (head, tail): tail is what follows the last separator, head the rest without ending separators."""
    p = os.fspath(p)
    slash = _get_sep(p)
    cut = p.rfind(slash) + 1
    head, tail = p[:cut], p[cut:]
    return head.rstrip(slash) or head, tail


def splitext(p):
    """Return (root, extension); the extension is empty or starts with a dot."""
    p = os.fspath(p)
    if isinstance(p, bytes):
        return genericpath._splitext(p, b'/', None, b'.')
    return genericpath._splitext(p, sep, altsep, extsep)




def splitdrive(p):
    """Return (drive, path): the drive is always empty here."""
    p = os.fspath(p)
    return p[:0], p


def basename(p):
    """Return what follows the last separator."""
    p = os.fspath(p)
    return p[p.rfind(_get_sep(p)) + 1:]


def dirname(p):
    """Return what comes before the last separator."""
    return split(p)[0]


def islink(path):
    """Return whether a path is a symbolic link."""
    try:
        return stat.S_ISLNK(os.lstat(path).st_mode)
    except (OSError, ValueError, AttributeError):
        return False


def lexists(path):
    """Return whether a path is there; True for a broken symbolic link."""
    try:
        os.lstat(path)
    except (OSError, ValueError):
        return False
    return True


def ismount(path):
    """Return whether a path is a mount point: on another device than its parent, or its own parent."""
    try:
        here = os.lstat(path)
    except (OSError, ValueError):
        return False
    if stat.S_ISLNK(here.st_mode):
        return False
    up = join(path, b'..' if isinstance(path, bytes) else '..')
    try:
        above = os.lstat(realpath(up))
    except (OSError, ValueError):
        return False
    return here.st_dev != above.st_dev or here.st_ino == above.st_ino


def expanduser(path):
    """Replace a leading ~ or ~user by the home directory; leave the path as it is if there is none."""
    path = os.fspath(path)
    tilde = b'~' if isinstance(path, bytes) else '~'
    if not path.startswith(tilde):
        return path
    slash = _get_sep(path)
    end = path.find(slash, 1)
    if end < 0:
        end = len(path)
    if end == 1 and 'HOME' in os.environ:
        home = os.environ['HOME']
    else:
        try:
            import pwd
        except ImportError:
            return path
        try:
            home = (pwd.getpwuid(os.getuid()) if end == 1 else pwd.getpwnam(os.fsdecode(path[1:end]))).pw_dir
        except KeyError:
            return path
    if isinstance(path, bytes):
        home = os.fsencode(home)
    return (home.rstrip(slash) + path[end:]) or slash


def _variable(path, at):
    """The variable reference that starts at the dollar sign at path[at]: (name, its end), or None."""
    dollar = path[at + 1:at + 2]
    opening, closing = (b'{', b'}') if isinstance(path, bytes) else ('{', '}')
    if dollar == opening:
        end = path.find(closing, at + 2)
        return None if end < 0 else (path[at + 2:end], end + 1)
    end = at + 1
    while end < len(path):
        unit = path[end:end + 1]
        text = unit.decode('latin-1') if isinstance(unit, bytes) else unit
        if not (text == '_' or (text.isascii() and text.isalnum())):
            break
        end += 1
    return None if end == at + 1 else (path[at + 1:end], end)


def expandvars(path):
    """Replace $name and ${name} by environment variables; unknown ones stay."""
    path = os.fspath(path)
    binary = isinstance(path, bytes)
    dollar = b'$' if binary else '$'
    environ = getattr(os, 'environb', None) if binary else os.environ
    at = path.find(dollar)
    while at >= 0:
        found = _variable(path, at)
        if found is None:
            at = path.find(dollar, at + 1)
            continue
        name, end = found
        try:
            value = os.fsencode(os.environ[os.fsdecode(name)]) if environ is None else environ[name]
        except KeyError:
            at = path.find(dollar, end)
            continue
        path = path[:at] + value + path[end:]
        at = path.find(dollar, at + len(value))
    return path


def normpath(path):
    """Return a path without doubled separators, '.' and, as far as names tell, '..'.

    This may change what a path with symbolic links means.
    """
    path = os.fspath(path)
    if isinstance(path, bytes):
        slash, dot, dotdot = b'/', b'.', b'..'
    else:
        slash, dot, dotdot = '/', '.', '..'
    # Exactly two slashes at the start mean something of their own to POSIX.
    slashes = len(path) - len(path.lstrip(slash))
    root = slash * (2 if slashes == 2 else min(slashes, 1))
    kept = []
    for part in path.split(slash):
        if not part or part == dot:
            continue
        if part != dotdot or (not root and (not kept or kept[-1] == dotdot)):
            kept.append(part)
        elif kept:
            kept.pop()
    return root + slash.join(kept) or dot


def abspath(path):
    """Return the normalised absolute form of a path."""
    path = os.fspath(path)
    if not isabs(path):
        path = join(os.getcwdb() if isinstance(path, bytes) else os.getcwd(), path)
    return normpath(path)


def realpath(filename):
    """Return the absolute path without any symbolic link; loops are left unresolved."""
    filename = os.fspath(filename)
    path, _ = _joinrealpath(filename[:0], filename, {})
    return abspath(path)


def _joinrealpath(path, rest, seen):
    """Append rest to the resolved path, links followed: (path, True), or (a path, False) if a link loops.

    seen: links met so far, with what they lead to or None while they are being resolved.
    """
    if isinstance(path, bytes):
        slash, dot, dotdot = b'/', b'.', b'..'
    else:
        slash, dot, dotdot = '/', '.', '..'
    if isabs(rest):
        rest = rest[1:]
        path = slash
    while rest:
        name, _, rest = rest.partition(slash)
        if not name or name == dot:
            continue
        if name == dotdot:
            if not path:
                path = dotdot
                continue
            path, last = split(path)
            if last == dotdot:
                path = join(path, dotdot, dotdot)
            continue
        link = join(path, name)
        if not islink(link):
            path = link
            continue
        if link in seen:
            path = seen[link]
            if path is None:
                return join(link, rest), False
            continue
        seen[link] = None
        path, ok = _joinrealpath(path, os.readlink(link), seen)
        if not ok:
            return join(path, rest), False
        seen[link] = path
    return path, True


def relpath(path, start=None):
    """Return the way to path from start, the working directory by default."""
    if not path:
        raise ValueError('no path specified')
    path = os.fspath(path)
    if isinstance(path, bytes):
        slash, dot, dotdot = b'/', b'.', b'..'
    else:
        slash, dot, dotdot = '/', '.', '..'
    start = dot if start is None else os.fspath(start)
    try:
        origin = [part for part in abspath(start).split(slash) if part]
        target = [part for part in abspath(path).split(slash) if part]
        shared = len(commonprefix([origin, target]))
        steps = [dotdot] * (len(origin) - shared) + target[shared:]
        return join(*steps) if steps else dot
    except (TypeError, AttributeError, BytesWarning, DeprecationWarning):
        genericpath._check_arg_types('relpath', path, start)
        raise


def commonpath(paths):
    """Return the longest path that all of the paths lie below.

    Raises ValueError for an empty sequence or a mixture of absolute and relative paths.
    """
    if not paths:
        raise ValueError('commonpath() arg is an empty sequence')
    paths = tuple(map(os.fspath, paths))
    slash, dot = (b'/', b'.') if isinstance(paths[0], bytes) else ('/', '.')
    try:
        absolute = {path.startswith(slash) for path in paths}   # TypeError for a mixture
        if len(absolute) > 1:
            raise ValueError("Can't mix absolute and relative paths")
        split_paths = [[part for part in path.split(slash) if part and part != dot] for path in paths]
        root = slash if absolute.pop() else slash[:0]
        return root + slash.join(commonprefix([min(split_paths), max(split_paths)]))
    except (TypeError, AttributeError):
        genericpath._check_arg_types('commonpath', *paths)
        raise
