# SPDX-License-Identifier: MIT
"""Databases from bytes to bytes in files; of several kinds, one module each.

    import dbm
    with dbm.open('file', 'c') as db:
        db[b'key'] = b'value'

open() finds out what kind an existing database is of; a new one is made by the
first of dbm.gnu, dbm.ndbm and dbm.dumb that there is.  error is a tuple of what
they raise.  flag: 'r' read, 'w' read and write, 'c' the same and create it if
there is none, 'n' create it anew.
"""
__all__ = ['open', 'whichdb', 'error']

import io
import os
import struct
import sys


class error(Exception):
    pass


_names = ['dbm.gnu', 'dbm.ndbm', 'dbm.dumb']
_defaultmod = None      # the module for new databases
_modules = {}           # those that can be imported

error = (error, OSError)

try:
    from dbm import ndbm
except ImportError:
    ndbm = None


def _find_modules():
    global _defaultmod
    from importlib import import_module
    for name in _names:
        try:
            _modules[name] = import_module(name)
        except ImportError:
            continue
        _defaultmod = _defaultmod or _modules[name]
    if _defaultmod is None:
        raise ImportError(f'no dbm clone found; tried {_names}')


def open(file, flag='r', mode=0o666):
    """Open a database and return it.

    file is its name, without the suffix that some kinds add; mode are the
    permissions of files that are created.  One of error is raised if there is
    no database, and by what is done with it.
    """
    if _defaultmod is None:
        _find_modules()
    kind = None if 'n' in flag else whichdb(file)
    if kind is None:
        if 'c' not in flag and 'n' not in flag:
            raise error[0]("db file doesn't exist; use 'c' or 'n' flag to create a new db")
        module = _defaultmod
    elif kind == '':
        raise error[0]('db type could not be determined')
    elif kind not in _modules:
        raise error[0](f'db type is {kind}, but the module is not available')
    else:
        module = _modules[kind]
    return module.open(file, flag, mode)


def _can_read(name):
    try:
        with io.open(name, 'rb'):
            return True
    except OSError:
        return False


def _is_ndbm(name):
    """Two files; or one, .db, if the Berkeley library makes them. It must be opened to be sure of that."""
    if _can_read(name + b'.pag') and _can_read(name + b'.dir'):
        return True
    if ndbm is not None and _can_read(name + b'.db'):
        try:
            ndbm.open(os.fsdecode(name)).close()
            return True
        except error:
            pass
    return False


def _is_dumb(name):
    try:
        os.stat(name + b'.dat')
        with io.open(name + b'.dir', 'rb') as index:
            # Empty, or lines that start with a key in quotes.
            return index.read(1) in (b'', b"'", b'"')
    except OSError:
        return False


_GNU_MAGICS = 0x13579ace, 0x13579acd, 0x13579acf
_HASH_MAGICS = 0x00061561, 0x61150600


def whichdb(filename):
    """Name the module that can open a database; None if it cannot be read, '' if its kind is not known."""
    name = os.fsencode(filename)
    if _is_ndbm(name):
        return 'dbm.ndbm'
    if _is_dumb(name):
        return 'dbm.dumb'
    try:
        with io.open(name, 'rb') as f:
            head = f.read(16)
    except OSError:
        return None
    if len(head) < 4:
        return ''
    if struct.unpack('=l', head[:4])[0] in _GNU_MAGICS:
        return 'dbm.gnu'
    if len(head) == 16 and struct.unpack('=l', head[12:])[0] in _HASH_MAGICS:
        return 'dbm.hash'
    return ''


if __name__ == '__main__':
    for _filename in sys.argv[1:]:
        print(whichdb(_filename) or 'UNKNOWN', _filename)
