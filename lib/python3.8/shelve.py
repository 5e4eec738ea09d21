# SPDX-License-Identifier: MIT
"""A dict on disk: keys are str, values anything that can be pickled.

    with shelve.open('file') as shelf:
        shelf['key'] = [1, 2]

What is taken out is a copy: `shelf['key'].append(3)` changes nothing on disk.
With writeback=True a shelf remembers what was taken out and writes it all back
in sync() and close(), at the price of memory and time.  Opening a shelf from
somebody else can run any code, as pickles can.
"""
from collections.abc import MutableMapping
from io import BytesIO
from pickle import Pickler, Unpickler

__all__ = ['Shelf', 'BsdDbShelf', 'DbfilenameShelf', 'open']


class _ClosedDict(MutableMapping):
    """What a closed shelf has instead of its dict: everything is a ValueError."""

    def closed(self, *args):
        raise ValueError('invalid operation on closed shelf')

    __iter__ = __len__ = __getitem__ = __setitem__ = __delitem__ = keys = closed

    def __repr__(self):
        return '<Closed Dictionary>'


class Shelf(MutableMapping):
    """A shelf in dict, a mapping from bytes to bytes, such as dbm.open() returns.

    Keys are encoded in keyencoding, values pickled with protocol.
    """

    def __init__(self, dict, protocol=None, writeback=False, keyencoding='utf-8'):
        self.dict = dict
        self._protocol = 3 if protocol is None else protocol
        self.writeback = writeback
        self.keyencoding = keyencoding
        self.cache = {}

    def _load(self, data):
        return Unpickler(BytesIO(data)).load()

    def __iter__(self):
        return (key.decode(self.keyencoding) for key in self.dict.keys())

    def __len__(self):
        return len(self.dict)

    def __contains__(self, key):
        return key.encode(self.keyencoding) in self.dict

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __getitem__(self, key):
        try:
            return self.cache[key]
        except KeyError:
            value = self._load(self.dict[key.encode(self.keyencoding)])
        return self.cache.setdefault(key, value) if self.writeback else value

    def __setitem__(self, key, value):
        if self.writeback:
            self.cache[key] = value
        target = BytesIO()
        Pickler(target, self._protocol).dump(value)
        self.dict[key.encode(self.keyencoding)] = target.getvalue()

    def __delitem__(self, key):
        del self.dict[key.encode(self.keyencoding)]
        self.cache.pop(key, None)

    def __enter__(self):
        return self

    def __exit__(self, type, value, traceback):
        self.close()

    def close(self):
        """Write back what is to be written, and close the dict; more calls do nothing."""
        if self.dict is None:
            return
        try:
            self.sync()
            close = getattr(self.dict, 'close', None)
            if close is not None:
                close()
        finally:
            # The class can be gone already, when the interpreter ends.
            self.dict = _ClosedDict() if _ClosedDict is not None else None

    def __del__(self):
        # __init__ may have failed.
        if hasattr(self, 'writeback'):
            self.close()

    def sync(self):
        """Write back what was taken out, with writeback=True, and let the dict write to disk."""
        if self.writeback and self.cache:
            waiting, self.cache = self.cache, {}
            self.writeback = False
            for key, value in waiting.items():
                self[key] = value
            self.writeback = True
        sync = getattr(self.dict, 'sync', None)
        if sync is not None:
            sync()


class BsdDbShelf(Shelf):
    """A Shelf in a database of the bsddb kind, with its cursor; each method returns (key, value)."""

    def __init__(self, dict, protocol=None, writeback=False, keyencoding='utf-8'):
        super().__init__(dict, protocol, writeback, keyencoding)

    def _pair(self, found):
        key, value = found
        return key.decode(self.keyencoding), self._load(value)

    def set_location(self, key):
        """Move to a key, or the next greater one."""
        return self._pair(self.dict.set_location(key))

    def next(self):
        """Move to the next entry."""
        return self._pair(next(self.dict))

    def previous(self):
        """Move to the previous entry."""
        return self._pair(self.dict.previous())

    def first(self):
        """Move to the first entry."""
        return self._pair(self.dict.first())

    def last(self):
        """Move to the last entry."""
        return self._pair(self.dict.last())


class DbfilenameShelf(Shelf):
    """A Shelf in the file, or files, that dbm.open(filename, flag) opens."""

    def __init__(self, filename, flag='c', protocol=None, writeback=False):
        import dbm
        super().__init__(dbm.open(filename, flag), protocol, writeback)


def open(filename, flag='c', protocol=None, writeback=False):
    """Open a shelf in the file, or files, that dbm.open() makes of filename; flag is also dbm's."""
    return DbfilenameShelf(filename, flag, protocol, writeback)
