# SPDX-License-Identifier: MIT
"""Compile all source files in folders to .pyc files: python -m compileall [options] [FILE|DIR ...]

The functions return True if everything could be compiled.  Files whose .pyc is up to date are passed over.
quiet: 0 prints each file, 1 errors only, 2 nothing.
"""
import os
import sys
import importlib.util
import py_compile
import struct

from functools import partial

__all__ = ['compile_dir', 'compile_file', 'compile_path']


def _walk_dir(dir, ddir=None, maxlevels=10, quiet=0):
    """Yield (path, folder to show) of all files in a folder and those below."""
    if quiet < 2 and isinstance(dir, os.PathLike):
        dir = os.fspath(dir)
    if not quiet:
        print('Listing {!r}...'.format(dir))
    try:
        names = sorted(os.listdir(dir))
    except OSError:
        names = []
        if quiet < 2:
            print("Can't list {!r}".format(dir))
    for name in names:
        path = os.path.join(dir, name)
        if name == '__pycache__':
            continue
        if not os.path.isdir(path):
            yield path, ddir
        elif maxlevels > 0 and not os.path.islink(path) and name not in (os.curdir, os.pardir):
            shown = None if ddir is None else os.path.join(ddir, name)
            yield from _walk_dir(path, ddir=shown, maxlevels=maxlevels - 1, quiet=quiet)


def compile_dir(dir, maxlevels=10, ddir=None, force=False, rx=None, quiet=0, legacy=False, optimize=-1, workers=1,
                invalidation_mode=None):
    """Compile all files in a folder and, maxlevels deep, below it.

    ddir: the folder to show in tracebacks.  workers: number of processes, 0 for one per processor.
    The other arguments are those of compile_file().
    """
    pool = None
    if workers is not None and workers < 0:
        raise ValueError('workers must be greater or equal to 0')
    if workers != 1 and workers is not None:
        # Not everywhere are there processes.
        try:
            from concurrent.futures import ProcessPoolExecutor as pool
        except ImportError:
            workers = 1
    work = partial(_compile_file_tuple, force=force, rx=rx, quiet=quiet, legacy=legacy, optimize=optimize,
                   invalidation_mode=invalidation_mode)
    files = _walk_dir(dir, quiet=quiet, maxlevels=maxlevels, ddir=ddir)
    if pool is None:
        return all([work(item) for item in files])
    with pool(max_workers=workers or None) as executor:
        return min(executor.map(work, files), default=True)


def _compile_file_tuple(file_and_dfile, **kwargs):
    """compile_file() for one item of _walk_dir()."""
    path, shown = file_and_dfile
    return compile_file(path, ddir=shown, **kwargs)


def _target(path, legacy, optimize):
    """Where the code of a source file is kept."""
    if legacy:
        return path + 'c'
    if optimize < 0:
        return importlib.util.cache_from_source(path)
    return importlib.util.cache_from_source(path, optimization=optimize or '')


def _up_to_date(path, target):
    """Whether a .pyc file by time stamp fits its source."""
    try:
        wanted = struct.pack('<4sll', importlib.util.MAGIC_NUMBER, 0, int(os.stat(path).st_mtime))
        with open(target, 'rb') as file:
            return file.read(12) == wanted
    except OSError:
        return False


def _announce_failure(path, quiet):
    if quiet:
        print('*** Error compiling {!r}...'.format(path))
    else:
        print('*** ', end='')


def compile_file(fullname, ddir=None, force=False, rx=None, quiet=0, legacy=False, optimize=-1,
                 invalidation_mode=None):
    """Compile one file, if it is Python source.

    ddir: the folder to show in tracebacks.  force: even if the .pyc is up to date.
    rx: compiled expression; paths in which it is found are passed over.
    legacy: write the .pyc beside the source, where versions before 3.2 had it.
    optimize, invalidation_mode: as for py_compile.compile().
    """
    if quiet < 2 and isinstance(fullname, os.PathLike):
        fullname = os.fspath(fullname)
    if rx is not None and rx.search(fullname):
        return True
    name = os.path.basename(fullname)
    if not os.path.isfile(fullname) or not name.endswith('.py'):
        return True
    target = _target(fullname, legacy, optimize)
    if not force and _up_to_date(fullname, target):
        return True
    if not quiet:
        print('Compiling {!r}...'.format(fullname))
    shown = None if ddir is None else os.path.join(ddir, name)
    try:
        written = py_compile.compile(fullname, target, shown, True, optimize=optimize,
                                     invalidation_mode=invalidation_mode)
    except py_compile.PyCompileError as problem:
        if quiet < 2:
            _announce_failure(fullname, quiet)
            encoding = sys.stdout.encoding
            # What cannot be shown is shown as its number.
            print(problem.msg.encode(encoding, errors='backslashreplace').decode(encoding))
        return False
    except (SyntaxError, UnicodeError, OSError) as problem:
        if quiet < 2:
            _announce_failure(fullname, quiet)
            print(problem.__class__.__name__ + ':', problem)
        return False
    return written != 0


def compile_path(skip_curdir=1, maxlevels=0, force=False, quiet=0, legacy=False, optimize=-1, invalidation_mode=None):
    """Compile all files in the folders of sys.path; the current one only if skip_curdir is false."""
    success = True
    for folder in sys.path:
        if skip_curdir and folder in ('', os.curdir):
            if quiet < 2:
                print('Skipping current directory')
        elif success:
            success = compile_dir(folder, maxlevels, None, force, quiet=quiet, legacy=legacy, optimize=optimize,
                                  invalidation_mode=invalidation_mode)
    return success


# --- Command --------------------------------------------------------------------------------------

def _make_parser():
    import argparse
    modes = sorted(mode.name.lower().replace('_', '-') for mode in py_compile.PycInvalidationMode)
    parser = argparse.ArgumentParser(description='Utilities to support installing Python libraries.')
    add = parser.add_argument
    add('-l', dest='maxlevels', action='store_const', const=0, default=10, help="don't recurse into subdirectories")
    add('-r', dest='recursion', type=int,
        help='control the maximum recursion level. if `-l` and `-r` options are specified, then `-r` takes '
             'precedence.')
    add('-f', dest='force', action='store_true', help='force rebuild even if timestamps are up to date')
    add('-q', dest='quiet', action='count', default=0,
        help='output only error messages; -qq will suppress the error messages as well.')
    add('-b', dest='legacy', action='store_true', help='use legacy (pre-PEP3147) compiled file locations')
    add('-d', dest='ddir', metavar='DESTDIR',
        help='directory to prepend to file paths for use in compile-time tracebacks and in runtime tracebacks in '
             'cases where the source file is unavailable')
    add('-x', dest='rx', metavar='REGEXP',
        help='skip files matching the regular expression; the regexp is searched for in the full path of each file '
             'considered for compilation')
    add('-i', dest='flist', metavar='FILE',
        help='add all the files and directories listed in FILE to the list considered for compilation; if "-", '
             'names are read from stdin')
    add('compile_dest', nargs='*', metavar='FILE|DIR',
        help='zero or more file and directory names to compile; if no arguments given, defaults to the equivalent of '
             '-l sys.path')
    add('-j', '--workers', default=1, type=int, help='Run compileall concurrently')
    add('--invalidation-mode', choices=modes,
        help='set .pyc invalidation mode; defaults to "checked-hash" if the SOURCE_DATE_EPOCH environment variable '
             'is set, and "timestamp" otherwise.')
    return parser


def _read_list(filename):
    if filename == '-':
        return [line.strip() for line in sys.stdin]
    with open(filename) as file:
        return [line.strip() for line in file]


def main():
    """Do what the command line says; return whether everything could be compiled."""
    args = _make_parser().parse_args()
    named = args.compile_dest
    if args.flist:
        try:
            named = named + _read_list(args.flist)
        except OSError:
            if args.quiet < 2:
                print('Error reading file list {}'.format(args.flist))
            return False
    mode = None
    if args.invalidation_mode:
        mode = py_compile.PycInvalidationMode[args.invalidation_mode.replace('-', '_').upper()]
    rx = args.rx
    if rx is not None:
        import re
        rx = re.compile(rx)
    levels = args.maxlevels if args.recursion is None else args.recursion
    common = dict(force=args.force, quiet=args.quiet, legacy=args.legacy, invalidation_mode=mode)
    try:
        if not named:
            return compile_path(**common)
        success = True
        for path in named:
            if os.path.isfile(path):
                done = compile_file(path, args.ddir, rx=rx, **common)
            else:
                done = compile_dir(path, levels, args.ddir, rx=rx, workers=args.workers, **common)
            success = success and bool(done)
        return success
    except KeyboardInterrupt:
        if args.quiet < 2:
            print('\n[interrupted]')
        return False


if __name__ == '__main__':
    sys.exit(int(not main()))
