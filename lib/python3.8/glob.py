# SPDX-License-Identifier: MIT
"""Path names that match a shell pattern.

The parts of a pattern between separators are those of fnmatch; names that start with a dot are found only by parts
that do; `**`, if asked for, stands for any number of folders.
"""

import fnmatch
import os
import re
import sys

__all__ = ["glob", "iglob", "escape"]

magic_check = re.compile('([*?[])')
magic_check_bytes = re.compile(b'([*?[])')


def glob(pathname, *, recursive=False):
    """Return the list of paths that match a pattern, a str or bytes object, in the order of the file system.

    With recursive a part `**` matches any files and folders, at any depth.
    """
    return list(iglob(pathname, recursive=recursive))


def iglob(pathname, *, recursive=False):
    """Return an iterator over the paths that glob() would list."""
    found = _iglob(pathname, recursive, False)
    if recursive and _isrecursive(pathname):
        # "**" at the start also finds the folder itself, whose name would be empty.
        nothing = next(found)
        assert not nothing
    return found


def _iglob(pathname, recursive, dironly):
    """Generate the paths that match; only folders (as far as they are looked at) if dironly."""
    sys.audit("glob.glob", pathname, recursive)
    folder, part = os.path.split(pathname)
    if not has_magic(pathname):
        assert not dironly
        # A path that ends in a separator names a folder.
        if os.path.lexists(pathname) if part else os.path.isdir(folder):
            yield pathname
        return
    if recursive and _isrecursive(part):
        search = _glob2
    else:
        search = _glob1 if has_magic(part) else _glob0
    if not folder:
        yield from search(folder, part, dironly)
    else:
        # A drive or a root is its own folder and must not be expanded for ever.
        expand = folder != pathname and has_magic(folder)
        for found in _iglob(folder, recursive, True) if expand else (folder,):
            for name in search(found, part, dironly):
                yield os.path.join(found, name)


def _glob1(dirname, pattern, dironly):
    """The names in a folder that match a pattern without separators."""
    names = list(_iterdir(dirname, dironly))
    if not _ishidden(pattern):
        names = [name for name in names if not _ishidden(name)]
    return fnmatch.filter(names, pattern)


def _glob0(dirname, basename, dironly):
    """The plain name in a list if there is such a file; an empty name stands for the folder."""
    there = os.path.lexists(os.path.join(dirname, basename)) if basename else os.path.isdir(dirname)
    return [basename] if there else []


def glob0(dirname, pattern):
    """Return [pattern] if the folder has a file of that name, else []."""
    return _glob0(dirname, pattern, False)


def glob1(dirname, pattern):
    """Return the names in a folder that match a pattern."""
    return _glob1(dirname, pattern, False)


def _glob2(dirname, pattern, dironly):
    """Generate an empty name and those of all that lies below a folder, relative to it."""
    assert _isrecursive(pattern)
    yield pattern[:0]
    yield from _rlistdir(dirname, dironly)


def _iterdir(dirname, dironly):
    """Generate the names in a folder; nothing if it cannot be read."""
    if not dirname:
        dirname = bytes(os.curdir, 'ASCII') if isinstance(dirname, bytes) else os.curdir
    try:
        with os.scandir(dirname) as entries:
            for entry in entries:
                try:
                    wanted = not dironly or entry.is_dir()
                except OSError:
                    continue
                if wanted:
                    yield entry.name
    except OSError:
        pass


def _rlistdir(dirname, dironly):
    """Generate the relative paths of all visible things below a folder, each folder before what is in it."""
    for name in list(_iterdir(dirname, dironly)):
        if not _ishidden(name):
            yield name
            below = os.path.join(dirname, name) if dirname else name
            for rest in _rlistdir(below, dironly):
                yield os.path.join(name, rest)


def has_magic(s):
    """Return whether a pattern holds any of the characters `*`, `?` and `[`."""
    check = magic_check_bytes if isinstance(s, bytes) else magic_check
    return check.search(s) is not None


def _ishidden(path):
    return path[0] in ('.', b'.'[0])


def _isrecursive(pattern):
    return pattern == (b'**' if isinstance(pattern, bytes) else '**')


def escape(pathname):
    """Return a pattern that matches exactly this path, a str or bytes object."""
    # A drive may contain "?", which means nothing there.
    drive, rest = os.path.splitdrive(pathname)
    if isinstance(rest, bytes):
        return drive + magic_check_bytes.sub(br'[\1]', rest)
    return drive + magic_check.sub(r'[\1]', rest)
