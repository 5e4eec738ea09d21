# SPDX-License-Identifier: MIT
"""Paths as objects.

PurePath and its two variants only compute with paths; Path and its variants also ask the file system.  A path is
parsed once into a drive, a root and a list of parts, whose first is drive and root together if there are any:

    PureWindowsPath('c:/x/y')   _drv 'c:'   _root '\\'   _parts ['c:\\', 'x', 'y']
    PurePosixPath('x//./y')     _drv ''     _root ''     _parts ['x', 'y']

What differs between systems is asked of a "flavour".
"""

import fnmatch
import functools
import io
import ntpath
import os
import posixpath
import re
import sys
from _collections_abc import Sequence
from errno import EBADF, EINVAL, ELOOP, ENOENT, ENOTDIR
from stat import S_ISBLK, S_ISCHR, S_ISDIR, S_ISFIFO, S_ISLNK, S_ISREG, S_ISSOCK

__all__ = ["PurePath", "PurePosixPath", "PureWindowsPath", "Path", "PosixPath", "WindowsPath"]

supports_symlinks = True
nt = None
if os.name == 'nt':
    import nt
    supports_symlinks = sys.getwindowsversion()[:2] >= (6, 0)

_getfinalpathname = getattr(nt, '_getfinalpathname', None)

_intern = sys.intern

# Errors that mean: there is no such file.
_IGNORED_ERROS = (ENOENT, ENOTDIR, EBADF, ELOOP)
_IGNORED_WINERRORS = (21, 123, 1921)    # drive not ready, invalid name, unresolvable link


def _ignore_error(exception):
    return (getattr(exception, 'errno', None) in _IGNORED_ERROS
            or getattr(exception, 'winerror', None) in _IGNORED_WINERRORS)


def _is_wildcard_pattern(pat):
    return '*' in pat or '?' in pat or '[' in pat


# Flavours

class _Flavour:
    """How the paths of a kind of system are written and understood."""

    def __init__(self):
        self.join = self.sep.join

    def parse_parts(self, parts):
        """Parse strings that follow each other in a path; return (drive, root, parts)."""
        drive = root = ''
        names = []
        for part in parts:
            if not part:
                continue
            if self.altsep:
                part = part.replace(self.altsep, self.sep)
            new_drive, new_root, relative = self.splitroot(part)
            if new_drive or new_root:
                # A root takes the place of all that came before, but for the drive if it has none of its own.
                drive = new_drive or drive
                root = new_root
                names.clear()
            names += [_intern(name) for name in relative.split(self.sep) if name and name != '.']
        if drive or root:
            names.insert(0, drive + root)
        return drive, root, names

    def join_parsed_parts(self, drv, root, parts, drv2, root2, parts2):
        """Append one parsed path to another; return (drive, root, parts)."""
        if root2:
            if drv and not drv2:
                return drv, root2, [drv + root2, *parts2[1:]]
            return drv2, root2, parts2
        if drv2:
            if drv2 == drv or self.casefold(drv2) == self.casefold(drv):
                return drv, root, parts + parts2[1:]
            return drv2, root2, parts2
        return drv, root, parts + parts2


class _WindowsFlavour(_Flavour):
    """Paths on Windows; letter case does not count."""

    sep, altsep = '\\', '/'
    has_drv = True
    pathmod = ntpath
    is_supported = os.name == 'nt'
    drive_letters = set('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ')
    ext_namespace_prefix = '\\\\?\\'
    reserved_names = ({'CON', 'PRN', 'AUX', 'NUL'} | {'COM%d' % n for n in range(1, 10)}
                      | {'LPT%d' % n for n in range(1, 10)})

    def splitroot(self, part, sep=sep):
        """Split a path into drive or share, root, and the rest."""
        prefix, part = self._split_extended_path(part)
        if part.startswith(sep * 2) and part[2:3] != sep:
            # \\host\share, which always has a root.
            host_end = part.find(sep, 2)
            if host_end > 0 and part[host_end + 1:host_end + 2] != sep:
                share_end = part.find(sep, host_end + 1)
                if share_end < 0:
                    share_end = len(part)
                if prefix:
                    return prefix + part[1:share_end], sep, part[share_end + 1:]
                return part[:share_end], sep, part[share_end + 1:]
        drive = ''
        if part[1:2] == ':' and part[0] in self.drive_letters:
            drive, part = part[:2], part[2:]
        relative = part.lstrip(sep)
        return prefix + drive, sep if relative != part else '', relative

    def casefold(self, s):
        return s.lower()

    def casefold_parts(self, parts):
        return [part.lower() for part in parts]

    def compile_pattern(self, pattern):
        return re.compile(fnmatch.translate(pattern), re.IGNORECASE).fullmatch

    def resolve(self, path, strict=False):
        text = str(path)
        if not text:
            return os.getcwd()
        if _getfinalpathname is None:
            return None
        if strict:
            return self._ext_to_normal(_getfinalpathname(text))
        rest = []       # what the system does not know
        while True:
            try:
                known = self._ext_to_normal(_getfinalpathname(text))
            except FileNotFoundError:
                parent, name = os.path.split(text)
                rest.append(name)
                if parent == text:
                    return path
                text = parent
            else:
                return os.path.join(known, *reversed(rest))

    def _split_extended_path(self, s, ext_prefix=ext_namespace_prefix):
        """Split off the prefix that makes the system take a path literally."""
        if not s.startswith(ext_prefix):
            return '', s
        prefix, s = s[:4], s[4:]
        if s.startswith('UNC\\'):
            prefix += s[:3]
            s = '\\' + s[3:]
        return prefix, s

    def _ext_to_normal(self, s):
        return self._split_extended_path(s)[1]

    def is_reserved(self, parts):
        """Whether the last part is the name of a device, with whatever extension; shares have none."""
        if not parts or parts[0].startswith('\\\\'):
            return False
        return parts[-1].partition('.')[0].upper() in self.reserved_names

    def make_uri(self, path):
        from urllib.parse import quote_from_bytes
        drive, text = path.drive, path.as_posix()
        if len(drive) == 2 and drive[1] == ':':
            return 'file:///' + drive + quote_from_bytes(text[2:].encode('utf-8'))
        return 'file:' + quote_from_bytes(text.encode('utf-8'))

    def gethomedir(self, username):
        environ = os.environ
        if 'USERPROFILE' in environ:
            home = environ['USERPROFILE']
        elif 'HOMEPATH' in environ:
            home = environ.get('HOMEDRIVE', '') + environ['HOMEPATH']
        else:
            raise RuntimeError("Can't determine home directory")
        if username and environ['USERNAME'] != username:
            # Another user's, taken to lie beside ours if ours bears our name.
            drive, root, parts = self.parse_parts((home,))
            if parts[-1] != environ['USERNAME']:
                raise RuntimeError("Can't determine home directory for %r" % username)
            parts[-1] = username
            home = drive + root + self.join(parts[1:]) if drive or root else self.join(parts)
        return home


class _PosixFlavour(_Flavour):
    """Paths on POSIX systems."""

    sep, altsep = '/', ''
    has_drv = False
    pathmod = posixpath
    is_supported = os.name != 'nt'

    def parse_parts(self, parts):
        start = 0
        for number, part in enumerate(parts):
            if part[:1] == '/':
                start = number
        names = []
        for part in parts[start:]:
            if '/' in part:
                names += [_intern(name) for name in part.split('/') if name and name != '.']
            elif part and part != '.':
                names.append(_intern(part))
        root = self.splitroot(parts[start])[1] if parts else ''
        if root:
            names.insert(0, root)
        return '', root, names

    def splitroot(self, part, sep=sep):
        """Split a path into nothing, root, and the rest."""
        if part[:1] != sep:
            return '', '', part
        relative = part.lstrip(sep)
        # POSIX leaves it to the system what exactly two slashes mean.
        return '', sep * 2 if len(part) - len(relative) == 2 else sep, relative

    def casefold(self, s):
        return s

    def casefold_parts(self, parts):
        return parts

    def compile_pattern(self, pattern):
        return re.compile(fnmatch.translate(pattern)).fullmatch

    def resolve(self, path, strict=False):
        """The path without links, as a string.

        OSError if strict and something is missing, RuntimeError for links in a circle.
        """
        readlink = path._accessor.readlink
        here = '' if path.is_absolute() else os.getcwd().rstrip('/')
        resolved = {}       # link: where it leads, None while that is being found out
        pending = str(path).split('/')[::-1]
        while pending:
            name = pending.pop()
            if isinstance(name, list):
                resolved[name[0]] = here        # all that this link stood for has been walked
            elif name == '..':
                here = here.rpartition('/')[0]
            elif name and name != '.':
                step = here + '/' + name
                if step in resolved:
                    here = resolved[step]
                    if here is None:
                        raise RuntimeError("Symlink loop from %r" % step)
                    continue
                try:
                    target = readlink(step)
                except OSError as error:
                    if strict and error.errno != EINVAL:
                        raise
                    here = step     # no link, or nothing at all
                    continue
                resolved[step] = None
                pending.append([step])
                pending += target.split('/')[::-1]
                if target.startswith('/'):
                    here = ''
        return here or '/'

    def is_reserved(self, parts):
        return False

    def make_uri(self, path):
        from urllib.parse import quote_from_bytes
        return 'file://' + quote_from_bytes(bytes(path))

    def gethomedir(self, username):
        if not username and 'HOME' in os.environ:
            return os.environ['HOME']
        import pwd
        if not username:
            return pwd.getpwuid(os.getuid()).pw_dir
        try:
            return pwd.getpwnam(username).pw_dir
        except KeyError:
            raise RuntimeError("Can't determine home directory for %r" % username)


_windows_flavour = _WindowsFlavour()
_posix_flavour = _PosixFlavour()


# The file system

class _Accessor:
    """Where paths turn to with what they want to know or do."""


class _NormalAccessor(_Accessor):
    """The functions of os."""

    stat, lstat, open, listdir, scandir = os.stat, os.lstat, os.open, os.listdir, os.scandir
    chmod, mkdir, unlink, rmdir = os.chmod, os.mkdir, os.unlink, os.rmdir
    rename, replace, utime = os.rename, os.replace, os.utime

    if hasattr(os, 'lchmod'):
        lchmod = os.lchmod
    else:
        def lchmod(self, pathobj, mode):
            raise NotImplementedError("lchmod() not available on this system")

    if hasattr(os, 'link'):
        link_to = os.link
    else:
        @staticmethod
        def link_to(self, target):
            raise NotImplementedError("os.link() not available on this system")

    if nt is not None and not supports_symlinks:
        def symlink(a, b, target_is_directory):
            raise NotImplementedError("symlink() not available on this system")
    else:
        @staticmethod
        def symlink(a, b, target_is_directory):
            return os.symlink(a, b, target_is_directory) if nt is not None else os.symlink(a, b)

    def readlink(self, path):
        return os.readlink(path)


_normal_accessor = _NormalAccessor()


# Patterns

class _Pattern:
    """The parts of a glob pattern and the search for what matches them."""

    def __init__(self, parts, flavour):
        self.parts = [self._prepare(part, flavour) for part in parts]

    @staticmethod
    def _prepare(part, flavour):
        """None for `**`, a matching function for other wildcards, the name itself if there are none."""
        if part == '**':
            return None
        if '**' in part:
            raise ValueError("Invalid pattern: '**' can only be an entire path component")
        return flavour.compile_pattern(part) if _is_wildcard_pattern(part) else part

    def select_from(self, path):
        """Generate the paths that match, seen from a folder."""
        if not type(path).is_dir(path):
            return iter(())
        return self._find(path, 0)

    def _find(self, path, index):
        if index == len(self.parts):
            yield path
            return
        part = self.parts[index]
        last = index + 1 == len(self.parts)
        try:
            if part is None:
                seen = set()
                for folder in self._folders(path):
                    for found in self._find(folder, index + 1):
                        if found not in seen:
                            seen.add(found)
                            yield found
            elif isinstance(part, str):
                child = path._make_child_relpath(part)
                if child.exists() if last else child.is_dir():
                    yield from self._find(child, index + 1)
            else:
                with path._accessor.scandir(path) as entries:
                    names = [e.name for e in entries if part(e.name) and (last or _entry_is_dir(e))]
                for name in names:
                    yield from self._find(path._make_child_relpath(name), index + 1)
        except PermissionError:
            return

    def _folders(self, path):
        """A folder and all folders below it; links to folders are left out."""
        yield path
        try:
            with path._accessor.scandir(path) as entries:
                names = [e.name for e in entries if _entry_is_dir(e) and not e.is_symlink()]
            for name in names:
                yield from self._folders(path._make_child_relpath(name))
        except PermissionError:
            return


@functools.lru_cache()
def _make_selector(pattern_parts, flavour):
    """The object that finds what matches a tuple of parts, by select_from(folder)."""
    return _Pattern(pattern_parts, flavour)


def _entry_is_dir(entry):
    try:
        return entry.is_dir()
    except OSError as error:
        if not _ignore_error(error):
            raise
        return False


# Paths without a file system

class _PathParents(Sequence):
    """The ancestors of a path, the nearest first."""

    __slots__ = '_pathcls', '_drv', '_root', '_parts'

    def __init__(self, path):
        # Not the path itself, so as not to keep it alive.
        self._pathcls = type(path)
        self._drv = path._drv
        self._root = path._root
        self._parts = path._parts

    def __len__(self):
        return len(self._parts) - bool(self._drv or self._root)

    def __getitem__(self, idx):
        if not 0 <= idx < len(self):
            raise IndexError(idx)
        return self._pathcls._from_parsed_parts(self._drv, self._root, self._parts[:len(self._parts) - idx - 1])

    def __repr__(self):
        return "<{}.parents>".format(self._pathcls.__name__)


def _comparison(name):
    """The method that compares two paths by their parts."""
    operation = getattr(list, name)

    def compare(self, other):
        if not isinstance(other, PurePath) or self._flavour is not other._flavour:
            return NotImplemented
        return operation(self._cparts, other._cparts)
    compare.__name__ = name
    compare.__qualname__ = 'PurePath.' + name
    return compare


class PurePath:
    """A path to compute with, of the kind of this system: a PurePosixPath or a PureWindowsPath.

    The arguments, str or path-like, are joined.  Paths do not change, have an order, and can be keys.
    """

    __slots__ = '_drv', '_root', '_parts', '_str', '_hash', '_pparts', '_cached_cparts'

    def __new__(cls, *args):
        if cls is PurePath:
            cls = PureWindowsPath if os.name == 'nt' else PurePosixPath
        return cls._from_parts(args)

    def __reduce__(self):
        return self.__class__, tuple(self._parts)

    # Ways to make a path.  Path._init() adds what file access needs.

    @classmethod
    def _parse_args(cls, args):
        parts = []
        for arg in args:
            if isinstance(arg, PurePath):
                parts += arg._parts
                continue
            text = os.fspath(arg)
            if not isinstance(text, str):
                raise TypeError("argument should be a str object or an os.PathLike object returning str, not %r"
                                % type(text))
            parts.append(str(text))     # an exact str
        return cls._flavour.parse_parts(parts)

    @classmethod
    def _from_parts(cls, args, init=True):
        self = object.__new__(cls)
        self._drv, self._root, self._parts = self._parse_args(args)
        if init:
            self._init()
        return self

    @classmethod
    def _from_parsed_parts(cls, drv, root, parts, init=True):
        self = object.__new__(cls)
        self._drv, self._root, self._parts = drv, root, parts
        if init:
            self._init()
        return self

    @classmethod
    def _format_parsed_parts(cls, drv, root, parts):
        if not (drv or root):
            return cls._flavour.join(parts)
        return drv + root + cls._flavour.join(parts[1:])

    def _init(self):
        pass

    def _make_child(self, args):
        drv, root, parts = self._flavour.join_parsed_parts(self._drv, self._root, self._parts,
                                                           *self._parse_args(args))
        return self._from_parsed_parts(drv, root, parts)

    # As a string

    def __str__(self):
        try:
            return self._str
        except AttributeError:
            self._str = self._format_parsed_parts(self._drv, self._root, self._parts) or '.'
            return self._str

    def __fspath__(self):
        return str(self)

    def as_posix(self):
        """Return the path as a str with slashes for separators."""
        return str(self).replace(self._flavour.sep, '/')

    def __bytes__(self):
        """The path in the encoding of the file system."""
        return os.fsencode(self)

    def __repr__(self):
        return "{}({!r})".format(self.__class__.__name__, self.as_posix())

    def as_uri(self):
        """Return the path as a `file:` address; ValueError if it is relative."""
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        return self._flavour.make_uri(self)

    # Comparison

    @property
    def _cparts(self):
        """The parts as they count when compared."""
        try:
            return self._cached_cparts
        except AttributeError:
            self._cached_cparts = self._flavour.casefold_parts(self._parts)
            return self._cached_cparts

    def __hash__(self):
        try:
            return self._hash
        except AttributeError:
            self._hash = hash(tuple(self._cparts))
            return self._hash

    __eq__, __lt__, __le__, __gt__, __ge__ = map(_comparison, ('__eq__', '__lt__', '__le__', '__gt__', '__ge__'))

    # Parts

    drive = property(lambda self: self._drv, doc="The drive letter with its colon, the share, or nothing.")
    root = property(lambda self: self._root, doc="The root, or nothing in a relative path.")

    @property
    def anchor(self):
        """Drive and root together."""
        return self._drv + self._root

    @property
    def name(self):
        """The last part of the path, nothing if there is only an anchor."""
        parts = self._parts
        return parts[-1] if len(parts) > (1 if self._drv or self._root else 0) else ''

    def _split_name(self):
        """The name without its last suffix, and the suffix."""
        name = self.name
        dot = name.rfind('.')
        return (name[:dot], name[dot:]) if 0 < dot < len(name) - 1 else (name, '')

    @property
    def suffix(self):
        """The extension of the name with its dot, or nothing."""
        return self._split_name()[1]

    @property
    def suffixes(self):
        """The list of all extensions of the name, each with its dot."""
        name = self.name
        return [] if name.endswith('.') else ['.' + part for part in name.lstrip('.').split('.')[1:]]

    @property
    def stem(self):
        """The name without its last extension."""
        return self._split_name()[0]

    def with_name(self, name):
        """Return the path with another name; ValueError if this one has no name or the new one is not a name."""
        if not self.name:
            raise ValueError("%r has an empty name" % (self,))
        flavour = self._flavour
        drv, root, parts = flavour.parse_parts((name or '',))
        if not name or name[-1] in (flavour.sep, flavour.altsep) or drv or root or len(parts) != 1:
            raise ValueError("Invalid name %r" % (name))
        return self._with_last(name)

    def _with_last(self, name):
        return self._from_parsed_parts(self._drv, self._root, [*self._parts[:-1], name])

    def with_suffix(self, suffix):
        """Return the path with another extension, added, put in place, or (if empty) taken away.

        ValueError if the path has no name, or the extension does not start with a dot or is nothing else.
        """
        flavour = self._flavour
        if flavour.sep in suffix or flavour.altsep and flavour.altsep in suffix:
            raise ValueError("Invalid suffix %r" % (suffix,))
        if suffix == '.' or suffix and not suffix.startswith('.'):
            raise ValueError("Invalid suffix %r" % (suffix))
        if not self.name:
            raise ValueError("%r has an empty name" % (self,))
        return self._with_last(self._split_name()[0] + suffix)

    def relative_to(self, *other):
        """Return the path as seen from another, whose parts are given; ValueError if it does not lie in that."""
        if not other:
            raise TypeError("need at least one argument")
        drive, root, parts = self._parse_args(other)
        # With a root, drive and root count as separate parts.
        mine = [self._drv, self._root, *self._parts[1:]] if self._root else self._parts
        theirs = [drive, root, *parts[1:]] if root else parts
        count = len(theirs)
        fold = self._flavour.casefold_parts
        if (self._root or self._drv) if count == 0 else fold(mine[:count]) != fold(theirs):
            raise ValueError("{!r} does not start with {!r}".format(
                str(self), str(self._format_parsed_parts(drive, root, parts))))
        return self._from_parsed_parts('', self._root if count == 1 else '', mine[count:])

    @property
    def parts(self):
        """The tuple of the parts, the anchor first if there is one."""
        try:
            return self._pparts
        except AttributeError:
            self._pparts = tuple(self._parts)
            return self._pparts

    def joinpath(self, *args):
        """Return the path with others appended; an absolute one takes its place."""
        return self._make_child(args)

    def __truediv__(self, key):
        try:
            return self._make_child((key,))
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return self._from_parts([key] + self._parts)
        except TypeError:
            return NotImplemented

    @property
    def parent(self):
        """The path without its last part; an anchor alone is its own parent."""
        parts = self._parts
        if len(parts) == (1 if self._drv or self._root else 0):
            return self
        return self._from_parsed_parts(self._drv, self._root, parts[:-1])

    @property
    def parents(self):
        """The sequence of parent, its parent, and so on."""
        return _PathParents(self)

    def is_absolute(self):
        """Return whether the path has a root (and, on Windows, a drive)."""
        return bool(self._root and (self._drv or not self._flavour.has_drv))

    def is_reserved(self):
        """Return whether the name has a meaning of its own to the system, as some have on Windows."""
        return self._flavour.is_reserved(self._parts)

    def match(self, path_pattern):
        """Return whether the path matches a shell pattern; a relative one is compared with its end."""
        flavour = self._flavour
        drive, root, patterns = flavour.parse_parts((flavour.casefold(path_pattern),))
        if not patterns:
            raise ValueError("empty pattern")
        if drive and drive != flavour.casefold(self._drv) or root and root != flavour.casefold(self._root):
            return False
        parts = self._cparts
        if drive or root:
            if len(patterns) != len(parts):
                return False
            patterns = patterns[1:]
        elif len(patterns) > len(parts):
            return False
        return all(map(fnmatch.fnmatchcase, reversed(parts), reversed(patterns)))


os.PathLike.register(PurePath)


class PurePosixPath(PurePath):
    """A path of a POSIX system to compute with, on any system."""

    _flavour = _posix_flavour
    __slots__ = ()


class PureWindowsPath(PurePath):
    """A path of a Windows system to compute with, on any system."""

    _flavour = _windows_flavour
    __slots__ = ()


# Paths with a file system

def _kind_test(is_kind, doc):
    """A method that tells whether a file (not a link to be followed further) is of a kind."""
    def test(self):
        return self._has_mode(is_kind)
    test.__doc__ = doc
    return test


class Path(PurePath):
    """A path of this system that can be asked for the file: a PosixPath or a WindowsPath.

    OSError is raised where the system refuses something.
    """

    __slots__ = '_accessor', '_closed'

    def __new__(cls, *args, **kwargs):
        if cls is Path:
            cls = WindowsPath if os.name == 'nt' else PosixPath
        self = cls._from_parts(args, init=False)
        if not self._flavour.is_supported:
            raise NotImplementedError("cannot instantiate %r on your system" % (cls.__name__,))
        self._init()
        return self

    def _init(self, template=None):
        self._closed = False
        self._accessor = _normal_accessor if template is None else template._accessor

    def _make_child_relpath(self, part):
        """The path with one more name, which is known to be one."""
        return self._from_parsed_parts(self._drv, self._root, [*self._parts, part])

    def __enter__(self):
        if self._closed:
            self._raise_closed()
        return self

    def __exit__(self, t, v, tb):
        self._closed = True

    def _raise_closed(self):
        raise ValueError("I/O operation on closed path")

    def _opener(self, name, flags, mode=0o666):
        # What io.open() calls.
        return self._accessor.open(self, flags, mode)

    def _raw_open(self, flags, mode=0o777):
        """Open the file and return its descriptor."""
        if self._closed:
            self._raise_closed()
        return self._accessor.open(self, flags, mode)

    # Places

    @classmethod
    def cwd(cls):
        """Return the current folder."""
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        """Return the home folder of the user."""
        return cls(cls()._flavour.gethomedir(None))

    def samefile(self, other_path):
        """Return whether another path leads to the same file."""
        if hasattr(other_path, 'stat'):
            other = other_path.stat()
        else:
            other = self.__class__(other_path).stat()
        return os.path.samestat(self.stat(), other)

    def iterdir(self):
        """Generate the paths of all that is in the folder, in the order of the system."""
        if self._closed:
            self._raise_closed()
        for name in self._accessor.listdir(self):
            if name not in ('.', '..'):
                yield self._make_child_relpath(name)
                if self._closed:
                    self._raise_closed()

    def _matching(self, pattern, start):
        drive, root, parts = self._flavour.parse_parts((pattern,))
        if drive or root:
            raise NotImplementedError("Non-relative patterns are unsupported")
        return _make_selector((*start, *parts), self._flavour).select_from(self)

    def glob(self, pattern):
        """Generate the paths below the folder that match a relative pattern; `**` stands for folders at any depth."""
        if not pattern:
            raise ValueError("Unacceptable pattern: {!r}".format(pattern))
        yield from self._matching(pattern, [])

    def rglob(self, pattern):
        """Generate the paths at any depth below the folder that match a relative pattern."""
        yield from self._matching(pattern, ['**'])

    def absolute(self):
        """Return an absolute form of the path; links and `..` stay."""
        if self._closed:
            self._raise_closed()
        if self.is_absolute():
            return self
        found = self._from_parts([os.getcwd()] + self._parts, init=False)
        found._init(template=self)
        return found

    def resolve(self, strict=False):
        """Return the absolute path without links and `..`.

        What does not exist is an error only if strict is true.  RuntimeError is raised for links in a circle.
        """
        if self._closed:
            self._raise_closed()
        text = self._flavour.resolve(self, strict=strict)
        if text is None:
            self.stat()     # it has to exist
            text = str(self.absolute())
        found = self._from_parts((self._flavour.pathmod.normpath(text),), init=False)
        found._init(template=self)
        return found

    def expanduser(self):
        """Return the path with `~` or `~user` at its start replaced by the home folder; RuntimeError if unknown."""
        if self._drv or self._root or not self._parts or self._parts[0][:1] != '~':
            return self
        home = self._flavour.gethomedir(self._parts[0][1:])
        return self._from_parts([home] + self._parts[1:])

    # What there is to know

    def stat(self):
        """Return what os.stat() says."""
        return self._accessor.stat(self)

    def lstat(self):
        """Return what os.lstat() says: of a link, not of what it leads to."""
        return self._accessor.lstat(self)

    def owner(self):
        """Return the name of the file's owner."""
        import pwd
        return pwd.getpwuid(self.stat().st_uid).pw_name

    def group(self):
        """Return the name of the file's group."""
        import grp
        return grp.getgrgid(self.stat().st_gid).gr_name

    def _has_mode(self, test, stat=None):
        try:
            return test((stat or self.stat)().st_mode)
        except OSError as error:
            if not _ignore_error(error):
                raise
        except ValueError:
            pass        # a name that no file can have
        return False

    def exists(self):
        """Return whether there is such a file or folder."""
        return self._has_mode(lambda mode: True)

    is_dir = _kind_test(S_ISDIR, "Return whether this is a folder or a link to one.")
    is_file = _kind_test(S_ISREG, "Return whether this is a regular file or a link to one.")
    is_block_device = _kind_test(S_ISBLK, "Return whether this is a block device.")
    is_char_device = _kind_test(S_ISCHR, "Return whether this is a character device.")
    is_fifo = _kind_test(S_ISFIFO, "Return whether this is a named pipe.")
    is_socket = _kind_test(S_ISSOCK, "Return whether this is a socket.")

    def is_symlink(self):
        """Return whether this is a symbolic link."""
        return self._has_mode(S_ISLNK, self.lstat)

    def is_mount(self):
        """Return whether another file system is mounted on this folder."""
        if not self.is_dir():
            return False
        try:
            above = self.parent.stat()
        except OSError:
            return False
        mine = self.stat()
        return mine.st_dev != above.st_dev or mine.st_ino == above.st_ino

    # Reading and writing

    def open(self, mode='r', buffering=-1, encoding=None, errors=None, newline=None):
        """Open the file as the built-in open() does."""
        if self._closed:
            self._raise_closed()
        return io.open(self, mode, buffering, encoding, errors, newline, opener=self._opener)

    def read_bytes(self):
        """Return the content of the file as bytes."""
        with self.open('rb') as file:
            return file.read()

    def read_text(self, encoding=None, errors=None):
        """Return the content of the file as a str."""
        with self.open('r', encoding=encoding, errors=errors) as file:
            return file.read()

    def write_bytes(self, data):
        """Make bytes the content of the file; return how many."""
        view = memoryview(data)     # an error before the file is emptied
        with self.open('wb') as file:
            return file.write(view)

    def write_text(self, data, encoding=None, errors=None):
        """Make a str the content of the file; return its length."""
        if not isinstance(data, str):
            raise TypeError('data must be str, not %s' % data.__class__.__name__)
        with self.open('w', encoding=encoding, errors=errors) as file:
            return file.write(data)

    # Changes

    def touch(self, mode=0o666, exist_ok=True):
        """Make an empty file with a mode; if there is a file, set its time, or raise FileExistsError if not exist_ok."""
        if self._closed:
            self._raise_closed()
        flags = os.O_CREAT | os.O_WRONLY
        if exist_ok:
            # Setting the time first needs no right to write.
            try:
                return self._accessor.utime(self, None)
            except OSError:
                pass
        else:
            flags |= os.O_EXCL
        os.close(self._raw_open(flags, mode))

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        """Make a folder with a mode; with parents also those above (with the default mode).

        FileExistsError is raised if there is something already, unless it is a folder and exist_ok is true.
        """
        if self._closed:
            self._raise_closed()
        try:
            self._accessor.mkdir(self, mode)
        except FileNotFoundError:
            above = self.parent
            if not parents or above == self:
                raise
            above.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, parents=False, exist_ok=exist_ok)
        except OSError:
            # Not only FileExistsError: systems differ in what they see first.
            if not exist_ok or not self.is_dir():
                raise

    def chmod(self, mode):
        """Change the permissions of the file."""
        self._checked().chmod(self, mode)

    def lchmod(self, mode):
        """Change the permissions, of a link itself, where the system has such."""
        self._checked().lchmod(self, mode)

    def unlink(self, missing_ok=False):
        """Remove the file or link; a missing one is no error if missing_ok."""
        try:
            self._checked().unlink(self)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rmdir(self):
        """Remove the folder, which must be empty."""
        self._checked().rmdir(self)

    def rename(self, target):
        """Rename the file or folder and return the new path; whether an existing file is replaced depends."""
        self._checked().rename(self, target)
        return self.__class__(target)

    def replace(self, target):
        """Rename the file or folder, replacing an existing one, and return the new path."""
        self._checked().replace(self, target)
        return self.__class__(target)

    def symlink_to(self, target, target_is_directory=False):
        """Make this a symbolic link to target; Windows wants to know if that is a folder."""
        self._checked().symlink(target, self, target_is_directory)

    def link_to(self, target):
        """Make target a hard link to this file; mind the order."""
        self._checked().link_to(self, target)

    def _checked(self):
        if self._closed:
            self._raise_closed()
        return self._accessor


class PosixPath(Path, PurePosixPath):
    """A Path of a POSIX system."""

    __slots__ = ()


class WindowsPath(Path, PureWindowsPath):
    """A Path of a Windows system."""

    __slots__ = ()

    def owner(self):
        """Not available on this system."""
        raise NotImplementedError("Path.owner() is unsupported on this system")

    def group(self):
        """Not available on this system."""
        raise NotImplementedError("Path.group() is unsupported on this system")

    def is_mount(self):
        """Not available on this system."""
        raise NotImplementedError("Path.is_mount() is unsupported on this system")
