# SPDX-License-Identifier: MIT
"""Compile source files to .pyc files: python -m py_compile FILE ...

Importing does this by itself; here it is done beforehand, e.g. when modules are installed for other users.
"""

import enum
import importlib._bootstrap_external
import importlib.machinery
import importlib.util
import os
import os.path
import sys
import traceback

__all__ = ['compile', 'main', 'PyCompileError', 'PycInvalidationMode']


class PyCompileError(Exception):
    """A file could not be compiled; attributes: exc_type_name, exc_value, file, and msg, which is also str()."""

    def __init__(self, exc_type, exc_value, file, msg=''):
        name = exc_type.__name__
        if not msg and exc_type is SyntaxError:
            msg = ''.join(traceback.format_exception_only(exc_type, exc_value))
            msg = msg.replace('File "<string>"', 'File "%s"' % file)
        if not msg:
            msg = 'Sorry: %s: %s' % (name, exc_value)
        super().__init__(msg, name, exc_value, file)
        self.msg, self.exc_type_name, self.exc_value, self.file = self.args

    def __str__(self):
        return self.msg


class PycInvalidationMode(enum.Enum):
    """How a .pyc file tells whether it is up to date."""

    # By the time and size of the source.
    TIMESTAMP = 1
    # By a hash of the source, checked at each import.
    CHECKED_HASH = 2
    # The same, but not checked.
    UNCHECKED_HASH = 3


def _get_default_invalidation_mode():
    # Builds that shall give the same files each time set this variable.
    if os.environ.get('SOURCE_DATE_EPOCH'):
        return PycInvalidationMode.CHECKED_HASH
    return PycInvalidationMode.TIMESTAMP


def _cache_path(file, optimize):
    """Where the code of a source file belongs."""
    if optimize < 0:
        return importlib.util.cache_from_source(file)
    return importlib.util.cache_from_source(file, optimization=optimize or '')


def _refuse_special(path):
    """Raise FileExistsError if writing would turn something special into a plain file."""
    if os.path.islink(path):
        kind, becomes = 'a symlink', 'a regular file'
    elif os.path.exists(path) and not os.path.isfile(path):
        kind, becomes = 'a non-regular file', 'a regular one'
    else:
        return
    raise FileExistsError('%s is %s and will be changed into %s if import writes a byte-compiled file to it'
                          % (path, kind, becomes))


def compile(file, cfile=None, dfile=None, doraise=False, optimize=-1, invalidation_mode=None, quiet=0):
    """Compile a source file and return the path of the .pyc file, None if there was an error.

    cfile: where to write; by default where import looks for it.
    dfile: the name to show in tracebacks instead of file.
    doraise: raise PyCompileError instead of writing the error to standard error; quiet=2 does neither.
    optimize: 0, 1, 2 as the options -O, -OO; -1 for that of the interpreter.
    invalidation_mode: a PycInvalidationMode.
    """
    mode = _get_default_invalidation_mode() if invalidation_mode is None else invalidation_mode
    if cfile is None:
        cfile = _cache_path(file, optimize)
    _refuse_special(cfile)
    loader = importlib.machinery.SourceFileLoader('<py_compile>', file)
    source = loader.get_data(file)
    try:
        code = loader.source_to_code(source, dfile or file, _optimize=optimize)
    except Exception as problem:
        if quiet < 2:
            failure = PyCompileError(problem.__class__, problem, dfile or file)
            if doraise:
                raise failure
            sys.stderr.write(failure.msg + '\n')
        return None

    folder = os.path.dirname(cfile)
    if folder:
        os.makedirs(folder, exist_ok=True)
    external = importlib._bootstrap_external
    if mode == PycInvalidationMode.TIMESTAMP:
        stats = loader.path_stats(file)
        data = external._code_to_timestamp_pyc(code, stats['mtime'], stats['size'])
    else:
        data = external._code_to_hash_pyc(code, importlib.util.source_hash(source),
                                          mode == PycInvalidationMode.CHECKED_HASH)
    external._write_atomic(cfile, data, external._calc_mode(file))
    return cfile


def _names_on_stdin():
    for line in iter(sys.stdin.readline, ''):
        yield line.rstrip('\n')


def main(args=None):
    """Compile the files named in args (sys.argv[1:]); '-': names are read from stdin.  Return 1 on error."""
    if args is None:
        args = sys.argv[1:]
    from_stdin = args == ['-']
    status = 0
    for filename in _names_on_stdin() if from_stdin else args:
        try:
            compile(filename, doraise=True)
        except PyCompileError as problem:
            status = 1
            sys.stderr.write('%s\n' % problem.msg)
        except OSError as problem:
            if not from_stdin:
                raise
            status = 1
            sys.stderr.write('%s\n' % problem)
    return status


if __name__ == '__main__':
    sys.exit(main())
