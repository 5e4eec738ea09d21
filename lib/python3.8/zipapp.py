# SPDX-License-Identifier: MIT
"""Applications in zip files that Python runs: python -m zipapp FOLDER [-o FILE] [-m PACKAGE.MODULE:FUNCTION]

Such a file is a zip archive with a __main__.py, after an optional first line that names the interpreter.
"""

import contextlib
import os
import pathlib
import shutil
import stat
import sys
import zipfile

__all__ = ['ZipAppError', 'create_archive', 'get_interpreter']

# What is written as __main__.py.
MAIN_TEMPLATE = '''\
# -*- coding: utf-8 -*-
import {module}
{module}.{fn}()
'''

# The system reads the first line itself: Windows as utf-8.
shebang_encoding = 'utf-8' if sys.platform.startswith('win') else sys.getfilesystemencoding()


class ZipAppError(ValueError):
    """An application cannot be made of what was given."""


@contextlib.contextmanager
def _maybe_open(archive, mode):
    """Open a path, or take a file as it is."""
    if isinstance(archive, (str, os.PathLike)):
        with open(archive, mode) as file:
            yield file
    else:
        yield archive


def _write_file_prefix(f, interpreter):
    """Write the first line, if there is to be one."""
    if interpreter:
        f.write(b''.join((b'#!', interpreter.encode(shebang_encoding), b'\n')))


def _copy_archive(archive, new_archive, interpreter=None):
    """Copy an application with another first line."""
    with _maybe_open(archive, 'rb') as source, _maybe_open(new_archive, 'wb') as target:
        begin = source.read(2)
        if begin == b'#!':
            source.readline()
            begin = b''
        _write_file_prefix(target, interpreter)
        target.write(begin)
        shutil.copyfileobj(source, target)
    if interpreter and isinstance(new_archive, str):
        os.chmod(new_archive, os.stat(new_archive).st_mode | stat.S_IEXEC)


def _main_source(main):
    """The text of a __main__.py that calls "package.module:function"."""
    module, colon, function = main.partition(':')
    words = module.split('.') + function.split('.')
    if not colon or not all(word.isidentifier() for word in words):
        raise ZipAppError('Invalid entry point: ' + main)
    return MAIN_TEMPLATE.format(module=module, fn=function)


def create_archive(source, target=None, interpreter=None, main=None, filter=None, compressed=False):
    """Make an application of a folder, or copy one that there is.

    source: the folder, or the path or open file of an application.
    target: path or open file to write; by default the folder's name with .pyz.
    interpreter: for the first line; without it there is none.
    main: "package.module:function" to call; without it the folder must have a __main__.py.
    filter: called with each path relative to the folder; false leaves it out.
    compressed: with deflate.  Raises ZipAppError.
    """
    if hasattr(source, 'read') and hasattr(source, 'readline'):
        is_file = True
    else:
        source = pathlib.Path(source)
        is_file = source.is_file()
    if is_file:
        _copy_archive(source, target, interpreter)
        return

    if not source.exists():
        raise ZipAppError('Source does not exist')
    has_main = (source / '__main__.py').is_file()
    if main and has_main:
        raise ZipAppError('Cannot specify entry point if the source has __main__.py')
    if not main and not has_main:
        raise ZipAppError('Archive has no entry point')
    main_source = _main_source(main) if main else None

    if target is None:
        target = source.with_suffix('.pyz')
    elif not hasattr(target, 'write'):
        target = pathlib.Path(target)
    with _maybe_open(target, 'wb') as file:
        _write_file_prefix(file, interpreter)
        compression = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
        with zipfile.ZipFile(file, 'w', compression=compression) as archive:
            for path in source.rglob('*'):
                name = path.relative_to(source)
                if filter is None or filter(name):
                    archive.write(path, name.as_posix())
            if main_source:
                archive.writestr('__main__.py', main_source.encode('utf-8'))
    if interpreter and not hasattr(target, 'write'):
        target.chmod(target.stat().st_mode | stat.S_IEXEC)


def get_interpreter(archive):
    """Return the interpreter in the first line of an application (path or open file), None if there is none."""
    with _maybe_open(archive, 'rb') as file:
        if file.read(2) != b'#!':
            return None
        return file.readline().strip().decode(shebang_encoding)


def main(args=None):
    """Do what the command line says; args: instead of sys.argv[1:]."""
    import argparse
    parser = argparse.ArgumentParser()
    add = parser.add_argument
    add('--output', '-o', help='The name of the output archive. Required if SOURCE is an archive.')
    add('--python', '-p', help='The name of the Python interpreter to use (default: no shebang line).')
    add('--main', '-m', help='The main function of the application (default: use an existing __main__.py).')
    add('--compress', '-c', action='store_true',
        help='Compress files with the deflate method. Files are stored uncompressed by default.')
    add('--info', default=False, action='store_true', help='Display the interpreter from the archive.')
    add('source', help='Source directory (or existing archive).')
    options = parser.parse_args(args)

    if options.info:
        if not os.path.isfile(options.source):
            raise SystemExit('Can only get info for an archive file')
        print('Interpreter: {}'.format(get_interpreter(options.source) or '<none>'))
        sys.exit(0)
    if os.path.isfile(options.source):
        if options.output is None or (os.path.exists(options.output)
                                      and os.path.samefile(options.source, options.output)):
            raise SystemExit('In-place editing of archives is not supported')
        if options.main:
            raise SystemExit('Cannot change the main function when copying')
    create_archive(options.source, options.output, interpreter=options.python, main=options.main,
                   compressed=options.compress)


if __name__ == '__main__':
    main()
