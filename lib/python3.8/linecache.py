# SPDX-License-Identifier: MIT
"""Lines of source files, kept in memory.

Tracebacks, warnings and the debugger ask for single lines of the same few files.  The first request reads a file whole;
later ones are answered from `cache`, which maps a file name to one of

    (size, mtime, lines, path)    a file that was read; mtime is None if it did not come from the file system
    (function,)                   a promise: calling the function gives the source text, or None

None of the functions raises an exception when a file cannot be read: there just are no lines.
"""

import os
import sys

__all__ = ['getline', 'clearcache', 'checkcache']

cache = {}


def getline(filename, lineno, module_globals=None):
    """Return line lineno (from 1) of a file with its newline, or '' if there is none.

    module_globals helps to find the source of a module that was not imported from a plain file.
    """
    if lineno < 1:
        return ''
    lines = getlines(filename, module_globals)
    return lines[lineno - 1] if lineno <= len(lines) else ''


def getlines(filename, module_globals=None):
    """Return the lines of a file as a list, which is empty if the file cannot be read."""
    known = cache.get(filename)
    if known is not None and len(known) == 4:
        return known[2]
    try:
        return updatecache(filename, module_globals)
    except MemoryError:
        clearcache()
        return []


def clearcache():
    """Forget all files."""
    cache.clear()


def checkcache(filename=None):
    """Forget the file, or all files, that have changed or vanished since they were read."""
    names = list(cache) if filename is None else [filename]
    for name in names:
        known = cache.get(name)
        if known is None or len(known) != 4 or known[1] is None:
            continue
        size, mtime, _, path = known
        try:
            now = os.stat(path)
        except OSError:
            current = False
        else:
            current = now.st_size == size and now.st_mtime == mtime
        if not current:
            del cache[name]


def lazycache(filename, module_globals):
    """Note down how a module's loader gives its source, without asking for it yet.

    Return True if the cache now holds a promise for this file name.
    """
    known = cache.get(filename)
    if known is not None:
        return len(known) == 1
    if _is_made_up(filename) or not module_globals:
        return False
    name = module_globals.get('__name__')
    get_source = getattr(module_globals.get('__loader__'), 'get_source', None)
    if not name or not get_source:
        return False

    def promise(*args, **kwargs):
        return get_source(name, *args, **kwargs)

    cache[filename] = (promise,)
    return True


def updatecache(filename, module_globals=None):
    """Read a file again and return its lines.

    Tried in turn: the file by its name, the module's loader, the name relative to each folder of sys.path.
    """
    known = cache.get(filename)
    if known is not None and len(known) == 4:
        del cache[filename]
    if _is_made_up(filename):
        return []
    path = filename
    try:
        status = os.stat(path)
    except OSError:
        if lazycache(filename, module_globals):
            lines = _keep_promise(filename)
            if lines is not None:
                return lines
        path, status = _search(filename)
        if status is None:
            return []
    return _read(filename, path, status)


def _is_made_up(filename):
    """Names such as <stdin> belong to no file."""
    return not filename or (filename[0] == '<' and filename[-1] == '>')


def _keep_promise(filename):
    """Call the loader.  The lines, [] if it has no source, None if it failed and the file should be searched."""
    try:
        text = cache[filename][0]()
    except (ImportError, OSError):
        return None
    if text is None:
        return []
    lines = [line + '\n' for line in text.splitlines()]
    cache[filename] = (len(text), None, lines, filename)
    return lines


def _search(filename):
    """Look a relative name up below the folders of sys.path: its path and status, or (None, None)."""
    if not os.path.isabs(filename):
        for folder in sys.path:
            try:
                path = os.path.join(folder, filename)
                return path, os.stat(path)
            except (TypeError, AttributeError, OSError):
                pass
    return None, None


def _tokenize():
    """Return the module tokenize.

    A replaced builtins.__import__ may look at source lines itself (that of PySide6 does): no import statement is run
    where the module is there already.
    """
    module = sys.modules.get('tokenize')
    if module is None:
        import tokenize as module
    return module


def _read(filename, path, status):
    """Read the file at path, decoded as its coding cookie says, into the cache."""
    try:
        with _tokenize().open(path) as file:
            lines = file.readlines()
    except OSError:
        return []
    if lines and not lines[-1].endswith('\n'):
        lines[-1] += '\n'
    cache[filename] = (status.st_size, status.st_mtime, lines, path)
    return lines
