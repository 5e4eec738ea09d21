# SPDX-License-Identifier: MIT
"""The dbm that is always there, in plain Python; slow and without locks, but portable.

A database NAME is two files.  NAME.dat holds the values, each from a multiple of
512 bytes on.  NAME.dir holds a line `key, (position, size)` for each key, the
key as a Python literal of its bytes read as Latin-1; the last line of a key
counts.  NAME.bak is the NAME.dir before the last rewrite.  Space of deleted and
outgrown values is not used again.
"""
import ast as _ast
import collections.abc
import io as _io
import os as _os

__all__ = ['error', 'open']

_BLOCKSIZE = 512

error = OSError


def _blocks(size):
    return -(-size // _BLOCKSIZE)


class _Database(collections.abc.MutableMapping):
    """An open database: a mapping from bytes to bytes; str is taken for its UTF-8."""

    # Kept here: close() can run when the module is already being taken down.
    _os = _os
    _io = _io

    def __init__(self, filebasename, mode, flag='c'):
        self._mode = mode
        self._readonly = flag == 'r'
        base = self._os.fsencode(filebasename)
        self._dirfile, self._datfile, self._bakfile = base + b'.dir', base + b'.dat', base + b'.bak'
        self._index = None      # key -> (position, size); None when closed
        self._create(flag)
        self._update(flag)

    def _create(self, flag):
        """See to it that there is a file of values, if the flag allows to make one."""
        if flag == 'n':
            for name in self._datfile, self._bakfile, self._dirfile:
                try:
                    self._os.remove(name)
                except OSError:
                    pass
        try:
            self._io.open(self._datfile, 'r', encoding='Latin-1').close()
        except OSError:
            if flag not in ('c', 'n'):
                raise
            with self._io.open(self._datfile, 'w', encoding='Latin-1'):
                self._chmod(self._datfile)

    def _update(self, flag):
        """Read the index."""
        self._modified = False
        self._index = {}
        try:
            f = self._io.open(self._dirfile, 'r', encoding='Latin-1')
        except OSError:
            if flag not in ('c', 'n'):
                raise
            self._modified = True
            return
        with f:
            for line in f:
                key, place = _ast.literal_eval(line.rstrip())
                self._index[key.encode('Latin-1')] = place

    def _line(self, key, place):
        return '%r, %r\n' % (key.decode('Latin-1'), place)

    def _commit(self):
        """Write the index anew, if it was changed."""
        if self._index is None or not self._modified:
            return
        for act in (lambda: self._os.unlink(self._bakfile),
                    lambda: self._os.rename(self._dirfile, self._bakfile)):
            try:
                act()
            except OSError:
                pass
        with self._io.open(self._dirfile, 'w', encoding='Latin-1') as f:
            self._chmod(self._dirfile)
            for key, place in self._index.items():
                f.write(self._line(key, place))
        self._modified = False

    sync = _commit

    def _verify_open(self):
        if self._index is None:
            raise error('DBM object has already been closed')

    def __getitem__(self, key):
        self._verify_open()
        key = key.encode('utf-8') if isinstance(key, str) else key
        position, size = self._index[key]
        with self._io.open(self._datfile, 'rb') as f:
            f.seek(position)
            return f.read(size)

    def _addval(self, val):
        """Append a value; return its place."""
        with self._io.open(self._datfile, 'rb+') as f:
            end = f.seek(0, 2)
            position = _blocks(end) * _BLOCKSIZE
            f.write(bytes(position - end) + val)
        return position, len(val)

    def _setval(self, pos, val):
        """Write a value over another one; return its place."""
        with self._io.open(self._datfile, 'rb+') as f:
            f.seek(pos)
            f.write(val)
        return pos, len(val)

    def _addkey(self, key, pos_and_siz_pair):
        """Append a line to the index."""
        self._index[key] = pos_and_siz_pair
        with self._io.open(self._dirfile, 'a', encoding='Latin-1') as f:
            self._chmod(self._dirfile)
            f.write(self._line(key, pos_and_siz_pair))

    def __setitem__(self, key, val):
        self._verify_writable()
        if isinstance(key, str):
            key = key.encode('utf-8')
        elif not isinstance(key, (bytes, bytearray)):
            raise TypeError('keys must be bytes or strings')
        if isinstance(val, str):
            val = val.encode('utf-8')
        elif not isinstance(val, (bytes, bytearray)):
            raise TypeError('values must be bytes or strings')
        self._verify_open()
        self._modified = True
        if key not in self._index:
            self._addkey(key, self._addval(val))
            return
        position, size = self._index[key]
        fits = _blocks(len(val)) <= _blocks(size)
        # The line in the index follows with the next rewrite.
        self._index[key] = self._setval(position, val) if fits else self._addval(val)

    def __delitem__(self, key):
        self._verify_writable()
        self._verify_open()
        key = key.encode('utf-8') if isinstance(key, str) else key
        self._modified = True
        del self._index[key]
        self._commit()

    def keys(self):
        """Return a list of the keys."""
        self._verify_open()
        return list(self._index)

    def items(self):
        """Return a list of (key, value)."""
        self._verify_open()
        return [(key, self[key]) for key in self._index]

    def __contains__(self, key):
        if isinstance(key, str):
            key = key.encode('utf-8')
        self._verify_open()
        return key in self._index

    def iterkeys(self):
        self._verify_open()
        return iter(self._index)

    __iter__ = iterkeys

    def _verify_writable(self):
        if self._readonly:
            raise error('The database is opened for reading only')

    def __len__(self):
        self._verify_open()
        return len(self._index)

    def close(self):
        """Write the index, if it was changed, and close the database."""
        try:
            self._commit()
        finally:
            self._index = self._datfile = self._dirfile = self._bakfile = None

    __del__ = close

    def _chmod(self, file):
        self._os.chmod(file, self._mode)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


def open(file, flag='c', mode=0o666):
    """Open the database of that name, without suffix; flag and mode as in dbm.open()."""
    if flag not in ('r', 'w', 'c', 'n'):
        raise ValueError("Flag must be one of 'r', 'w', 'c', or 'n'")
    mask = _os.umask(0)
    _os.umask(mask)
    return _Database(file, mode & ~mask, flag=flag)
