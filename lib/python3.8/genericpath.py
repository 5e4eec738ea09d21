# SPDX-License-Identifier: MIT
"""What path modules of all platforms share."""

import os
import stat

__all__ = ['commonprefix', 'exists', 'getatime', 'getctime', 'getmtime', 'getsize', 'isdir', 'isfile', 'samefile',
           'sameopenfile', 'samestat']


def _mode(path):
    """The mode of a file, 0 if it cannot be had."""
    try:
        return os.stat(path).st_mode
    except (OSError, ValueError):
        return 0


def exists(path):
    """Return whether a path, or descriptor, refers to something; False for a broken symbolic link."""
    try:
        os.stat(path)
    except (OSError, ValueError):
        return False
    return True


def isfile(path):
    """Return whether a path is a regular file, symbolic links followed."""
    return stat.S_ISREG(_mode(path))


def isdir(s):
    """Return whether a path is a directory, symbolic links followed."""
    return stat.S_ISDIR(_mode(s))


def getsize(filename):
    """Return the size of a file in bytes.  Raises OSError."""
    return os.stat(filename).st_size


def getmtime(filename):
    """Return when a file was last modified, in seconds since the epoch.  Raises OSError."""
    return os.stat(filename).st_mtime


def getatime(filename):
    """Return when a file was last read, in seconds since the epoch.  Raises OSError."""
    return os.stat(filename).st_atime


def getctime(filename):
    """Return when a file's metadata last changed, in seconds since the epoch.  Raises OSError."""
    return os.stat(filename).st_ctime


def commonprefix(m):
    """Return the longest string that all paths in the list m begin with, character by character; '' if m is empty."""
    if not m:
        return ''
    if not isinstance(m[0], (list, tuple)):
        m = tuple(map(os.fspath, m))
    low, high = min(m), max(m)
    for at, unit in enumerate(low):
        if unit != high[at]:
            return low[:at]
    return low


def samestat(s1, s2):
    """Return whether two stat results are of the same file."""
    return (s1.st_ino, s1.st_dev) == (s2.st_ino, s2.st_dev)


def samefile(f1, f2):
    """Return whether two paths lead to the same file.  Raises OSError."""
    return samestat(os.stat(f1), os.stat(f2))


def sameopenfile(fp1, fp2):
    """Return whether two descriptors are of the same file.  Raises OSError."""
    return samestat(os.fstat(fp1), os.fstat(fp2))


def _splitext(p, sep, altsep, extsep):
    """Split off the extension: from the last dot on, unless only dots come before it in the last part of the path."""
    start = p.rfind(sep)
    if altsep:
        start = max(start, p.rfind(altsep))
    dot = p.rfind(extsep)
    if dot > start and p[start + 1:dot].strip(extsep):
        return p[:dot], p[dot:]
    return p, p[:0]


def _check_arg_types(funcname, *args):
    """Raise the TypeError for paths that are neither all str nor all bytes; called when joining them failed."""
    kinds = set()
    for arg in args:
        if not isinstance(arg, (str, bytes)):
            raise TypeError('%s() argument must be str, bytes, or os.PathLike object, not %r'
                            % (funcname, arg.__class__.__name__)) from None
        kinds.add(isinstance(arg, str))
    if len(kinds) > 1:
        raise TypeError("Can't mix strings and bytes in path components") from None
