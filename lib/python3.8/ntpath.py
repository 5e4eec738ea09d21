# SPDX-License-Identifier: MIT
r"""Paths on Windows systems; os.path there.

Functions take str, bytes or path-like objects and return the same kind of string.  A path is a drive (`c:`, or
`\\host\share`), then maybe a root (a separator), then names; both `\` and `/` separate.
"""

import genericpath
import os
import stat
import sys
from genericpath import *

__all__ = ["normcase", "isabs", "join", "splitdrive", "split", "splitext", "basename", "dirname", "commonprefix",
           "getsize", "getmtime", "getatime", "getctime", "islink", "exists", "lexists", "isdir", "isfile", "ismount",
           "expanduser", "expandvars", "normpath", "abspath", "curdir", "pardir", "sep", "pathsep", "defpath",
           "altsep", "extsep", "devnull", "realpath", "supports_unicode_filenames", "relpath", "samefile",
           "sameopenfile", "samestat", "commonpath"]

curdir, pardir, extsep = '.', '..', '.'
sep, altsep, pathsep = '\\', '/', ';'
defpath = '.;C:\\bin'
devnull = 'nul'
supports_unicode_filenames = hasattr(sys, 'getwindowsversion') and sys.getwindowsversion()[3] >= 2

try:
    from nt import _getvolumepathname
except ImportError:
    _getvolumepathname = None


def _get_bothseps(path):
    return b'\\/' if isinstance(path, bytes) else '\\/'


class _Marks:
    """The special strings of paths, of one type."""

    def __init__(self, convert):
        self.sep, self.altsep, self.both = map(convert, ('\\', '/', '\\/'))
        self.colon, self.dot, self.dots = map(convert, (':', '.', '..'))
        self.device, self.device_unc, self.unc = map(convert, ('\\\\?\\', '\\\\?\\UNC\\', '\\\\'))
        self.devices = tuple(map(convert, ('\\\\.\\', '\\\\?\\')))
        self.nothing = convert('')


_text_marks = _Marks(str)
_byte_marks = _Marks(os.fsencode)


def _marks(path):
    return _byte_marks if isinstance(path, bytes) else _text_marks


def normcase(s):
    r"""Return a path in lower case and with `\` for `/`."""
    s = os.fspath(s)
    if isinstance(s, bytes):
        return s.replace(b'/', b'\\').lower()
    return s.replace('/', '\\').lower()


def isabs(s):
    """Return whether a path has a root; its drive does not matter."""
    s = os.fspath(s)
    marks = _marks(s)
    if s.replace(marks.altsep, marks.sep).startswith(marks.device):
        return True
    return splitdrive(s)[1][:1] in tuple(marks.both[i:i + 1] for i in (0, 1))


def join(path, *paths):
    """Join parts of a path with separators; a part with a root or another drive drops what came before."""
    path = os.fspath(path)
    marks = _marks(path)
    try:
        if not paths:
            path[:0] + marks.sep        # the check of the type
        drive, rest = splitdrive(path)
        for part in map(os.fspath, paths):
            part_drive, part_rest = splitdrive(part)
            if part_rest and part_rest[:1] in marks.both:
                if part_drive or not drive:
                    drive = part_drive
                rest = part_rest
            elif part_drive and part_drive.lower() != drive.lower():
                drive, rest = part_drive, part_rest
            else:
                if part_drive:
                    drive = part_drive      # as it is spelt now
                if rest and rest[-1:] not in marks.both:
                    rest += marks.sep
                rest += part_rest
        if rest and rest[:1] not in marks.both and drive and drive[-1:] != marks.colon:
            # Below a share there is always a root.
            return drive + marks.sep + rest
        return drive + rest
    except (TypeError, AttributeError, BytesWarning):
        genericpath._check_arg_types('join', path, *paths)
        raise


def splitdrive(p):
    r"""Return (drive, rest): `c:` or `\\host\share`, or nothing, and what follows."""
    p = os.fspath(p)
    marks = _marks(p)
    flat = p.replace(marks.altsep, marks.sep)
    cut = 0
    if flat[:2] == marks.unc and flat[2:3] != marks.sep:
        host_end = flat.find(marks.sep, 2)
        if host_end >= 0:
            share_end = flat.find(marks.sep, host_end + 1)
            if share_end != host_end + 1:
                cut = len(p) if share_end < 0 else share_end
    elif flat[1:2] == marks.colon:
        cut = 2
    return p[:cut], p[cut:]


def split(p):
    """Return (head, tail): tail is what follows the last separator, head the rest without ending separators."""
    p = os.fspath(p)
    seps = _get_bothseps(p)
    drive, rest = splitdrive(p)
    tail_length = 0
    while tail_length < len(rest) and rest[len(rest) - tail_length - 1] not in seps:
        tail_length += 1
    cut = len(rest) - tail_length
    head = rest[:cut]
    return drive + (head.rstrip(seps) or head), rest[cut:]


def splitext(p):
    """Return (root, extension); the extension is empty or starts with a dot."""
    p = os.fspath(p)
    marks = _marks(p)
    return genericpath._splitext(p, marks.sep, marks.altsep, marks.dot)


def basename(p):
    """Return the last part of a path: split()[1]."""
    return split(p)[1]


def dirname(p):
    """Return a path without its last part: split()[0]."""
    return split(p)[0]


def islink(path):
    """Return whether a path is a symbolic link; False if there is no such file."""
    try:
        mode = os.lstat(path).st_mode
    except (OSError, ValueError, AttributeError):
        return False
    return stat.S_ISLNK(mode)


def lexists(path):
    """Return whether there is something at a path, be it a broken link."""
    try:
        os.lstat(path)
    except (OSError, ValueError):
        return False
    return True


def ismount(path):
    """Return whether a path is the root of a drive or share, or a place where a volume is mounted."""
    path = os.fspath(path)
    seps = _get_bothseps(path)
    path = abspath(path)
    drive, rest = splitdrive(path)
    if drive and drive[0] in seps:
        return not rest or rest in seps
    if rest and rest in seps:
        return True
    if not _getvolumepathname:
        return False
    path = path.rstrip(seps)
    return path.casefold() == _getvolumepathname(path).rstrip(seps).casefold()


def expanduser(path):
    """Replace `~` or `~user` at the start of a path by the home folder, if that is known."""
    path = os.fspath(path)
    is_bytes = isinstance(path, bytes)
    if not path.startswith(b'~' if is_bytes else '~'):
        return path
    seps = _get_bothseps(path)
    end = 1
    while end < len(path) and path[end] not in seps:
        end += 1
    if 'USERPROFILE' in os.environ:
        home = os.environ['USERPROFILE']
    elif 'HOMEPATH' in os.environ:
        home = join(os.environ.get('HOMEDRIVE', ''), os.environ['HOMEPATH'])
    else:
        return path
    if is_bytes:
        home = os.fsencode(home)
    if end != 1:    # another user's, taken to lie beside ours
        home = join(dirname(home), path[1:end])
    return home + path[end:]


_variable = None        # the compiled expressions for str and bytes


def _variable_pattern(is_bytes):
    global _variable
    if _variable is None:
        import re
        # What single quotes enclose stays; %% and $$ are one; a name after % must end in %.
        text = r"'[^']*'?|%(?:%|(?P<percent>[^%]*)%|.*)|\$(?:\$|\{(?P<brace>[^}]*)\}|\{.*|(?P<name>[-\w]*))"
        _variable = (re.compile(text, re.ASCII | re.DOTALL), re.compile(text.encode(), re.ASCII | re.DOTALL))
    return _variable[is_bytes]


def expandvars(path):
    """Replace `$name`, `${name}` and `%name%` by the variables of the environment; unknown ones stay.

    Nothing is replaced between single quotes.
    """
    path = os.fspath(path)
    is_bytes = isinstance(path, bytes)
    percent, dollar = (b'%', b'$') if is_bytes else ('%', '$')
    if percent not in path and dollar not in path:
        return path

    def value(match):
        whole = match.group()
        if whole == percent * 2:
            return percent
        if whole == dollar * 2:
            return dollar
        name = match.group('percent') or match.group('brace') or match.group('name')
        if not name:
            return whole
        try:
            if not is_bytes:
                return os.environ[name]
            if environb is None:
                return os.fsencode(os.environ[os.fsdecode(name)])
            return environb[name]
        except KeyError:
            return whole

    environb = getattr(os, 'environb', None)
    return _variable_pattern(is_bytes).sub(value, path)


def normpath(path):
    r"""Return a path without needless separators, `.` and `..`, and with `\` for `/`."""
    path = os.fspath(path)
    marks = _marks(path)
    if path.startswith(marks.devices):
        return path     # taken literally by the system
    drive, rest = splitdrive(path.replace(marks.altsep, marks.sep))
    root = marks.nothing
    if rest.startswith(marks.sep):
        root, rest = marks.sep, rest.lstrip(marks.sep)
    kept = []
    for part in rest.split(marks.sep):
        if not part or part == marks.dot:
            continue
        if part != marks.dots:
            kept.append(part)
        elif kept and kept[-1] != marks.dots:
            kept.pop()
        elif not root:
            kept.append(part)
    return drive + root + marks.sep.join(kept) or marks.dot


def _abspath_fallback(path):
    """abspath() where the system does not help: elsewhere than on Windows, for names of services, on errors."""
    path = os.fspath(path)
    if not isabs(path):
        path = join(os.getcwdb() if isinstance(path, bytes) else os.getcwd(), path)
    return normpath(path)


try:
    from nt import _getfullpathname
except ImportError:
    abspath = _abspath_fallback
else:
    def abspath(path):
        """Return the absolute form of a path, normalised."""
        try:
            return normpath(_getfullpathname(path))
        except (OSError, ValueError):
            return _abspath_fallback(path)


try:
    from nt import _getfinalpathname, readlink as _nt_readlink
except ImportError:
    # Links cannot be followed: the absolute path is all there is.
    realpath = abspath
else:
    # Errors after which a link is taken as it is: missing files, drives, permissions, names, cycles, ...
    _UNREADABLE = {1, 2, 3, 5, 21, 32, 50, 67, 87, 4390, 4392, 4393}
    _UNRESOLVED = {1, 2, 3, 5, 21, 32, 50, 53, 65, 67, 87, 123, 1920, 1921}

    def _follow_links(path):
        """Where a chain of links ends, as far as it can be read."""
        seen = set()
        while normcase(path) not in seen:
            seen.add(normcase(path))
            link = path
            try:
                path = _nt_readlink(link)
            except ValueError:
                break       # no link
            except OSError as error:
                if error.winerror in _UNREADABLE:
                    break
                raise
            if not isabs(path):
                if not islink(link):
                    return link
                path = normpath(join(dirname(link), path))
        return path

    def _final_path(path):
        """The system's name of a path, or of the longest part of it that it knows, with the rest appended."""
        tail = path[:0]
        while path:
            try:
                path = _getfinalpathname(path)
                return join(path, tail) if tail else path
            except OSError as error:
                if error.winerror not in _UNRESOLVED:
                    raise
            try:
                target = _follow_links(path)
            except OSError:
                target = path
            if target != path:
                return join(target, tail) if tail else target
            path, name = split(path)
            if path and not name:
                return path + tail
            tail = join(name, tail) if tail else name
        return tail

    def realpath(path):
        """Return the absolute path of a file with all links followed."""
        path = normpath(path)
        marks = _marks(path)
        if normcase(path) == normcase(os.fsencode(devnull) if isinstance(path, bytes) else devnull):
            return marks.devices[0] + path.upper()
        had_prefix = path.startswith(marks.device)
        if not had_prefix and not isabs(path):
            path = join(os.getcwdb() if isinstance(path, bytes) else os.getcwd(), path)
        try:
            path = _getfinalpathname(path)
            failure = 0
        except OSError as error:
            failure = error.winerror
            path = _final_path(path)
        if not had_prefix and path.startswith(marks.device):
            plain = marks.unc + path[8:] if path.startswith(marks.device_unc) else path[4:]
            # The prefix goes only if the path means the same without it.
            try:
                if _getfinalpathname(plain) == path:
                    return plain
            except OSError as error:
                if error.winerror == failure:
                    return plain
        return path


def relpath(path, start=None):
    """Return a path relative to start, by default the current folder.

    ValueError is raised for an empty path and for a path on another drive.
    """
    path = os.fspath(path)
    marks = _marks(path)
    if not path:
        raise ValueError("no path specified")
    if start is None:
        start = marks.dot
    else:
        start = os.fspath(start)
    try:
        start_drive, start_rest = splitdrive(abspath(normpath(start)))
        path_drive, path_rest = splitdrive(abspath(normpath(path)))
        if normcase(start_drive) != normcase(path_drive):
            raise ValueError("path is on mount %r, start on mount %r" % (path_drive, start_drive))
        here = [name for name in start_rest.split(marks.sep) if name]
        there = [name for name in path_rest.split(marks.sep) if name]
        common = 0
        for mine, other in zip(here, there):
            if normcase(mine) != normcase(other):
                break
            common += 1
        steps = [marks.dots] * (len(here) - common) + there[common:]
        return join(*steps) if steps else marks.dot
    except (TypeError, ValueError, AttributeError, BytesWarning, DeprecationWarning):
        genericpath._check_arg_types('relpath', path, start)
        raise


def commonpath(paths):
    """Return the longest path that all the given ones lie in, spelt as in the first.

    ValueError is raised for no paths, for different drives, and for relative paths among absolute ones.
    """
    if not paths:
        raise ValueError('commonpath() arg is an empty sequence')
    paths = tuple(map(os.fspath, paths))
    marks = _marks(paths[0])
    try:
        spelt = [splitdrive(p.replace(marks.altsep, marks.sep)) for p in paths]
        folded = [(drive.lower(), rest.lower()) for drive, rest in spelt]
        if len({rest[:1] == marks.sep for _, rest in folded}) != 1:
            raise ValueError("Can't mix absolute and relative paths")
        if len({drive for drive, _ in folded}) != 1:
            raise ValueError("Paths don't have the same drive")

        def names(rest):
            return [name for name in rest.split(marks.sep) if name and name != marks.dot]

        parts = [names(rest) for _, rest in folded]
        low, high = min(parts), max(parts)
        common = 0
        while common < len(low) and low[common] == high[common]:
            common += 1
        drive, rest = spelt[0]
        root = marks.sep if rest[:1] == marks.sep else marks.nothing
        return drive + root + marks.sep.join(names(rest)[:common])
    except (TypeError, AttributeError):
        genericpath._check_arg_types('commonpath', *paths)
        raise


try:
    # The system looks faster than stat() does.
    from nt import _isdir as isdir
except ImportError:
    pass
