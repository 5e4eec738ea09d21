# SPDX-License-Identifier: MIT
"""Memory shared by processes under a name, and a list in such memory."""

__all__ = ['SharedMemory', 'ShareableList']

import errno
import mmap
import os
import secrets
import struct
from functools import partial

if os.name == 'nt':
    import _winapi
    _USE_POSIX = False
else:
    import _posixshmem
    _USE_POSIX = True

_O_CREX = os.O_CREAT | os.O_EXCL

_SHM_SAFE_NAME_LENGTH = 14      # FreeBSD takes no more
_SHM_NAME_PREFIX = '/psm_' if _USE_POSIX else 'wnsm_'


def _make_filename():
    """A random name."""
    digits = (_SHM_SAFE_NAME_LENGTH - len(_SHM_NAME_PREFIX)) // 2
    assert digits >= 2, '_SHM_NAME_PREFIX too long'
    name = _SHM_NAME_PREFIX + secrets.token_hex(digits)
    assert len(name) <= _SHM_SAFE_NAME_LENGTH
    return name


class SharedMemory:
    """A block of memory.

    create: make a new one, of a size in bytes and a name (or a random one); else use that of a name.  Every process
    calls close() when it needs it no more, one of them unlink() at the end.
    """

    # For __del__, in case __init__ fails.
    _name = _mmap = _buf = None
    _fd = -1
    _flags = os.O_RDWR
    _mode = 0o600
    _prepend_leading_slash = _USE_POSIX

    def __init__(self, name=None, create=False, size=0):
        if create:
            self._flags = _O_CREX | os.O_RDWR
        if not size >= 0:
            raise ValueError("'size' must be a positive integer")
        if create and size == 0:
            raise ValueError("'size' must be a positive number different from zero")
        if name is None and not self._flags & os.O_EXCL:
            raise ValueError("'name' can only be None if create=True")
        if _USE_POSIX:
            self._open_posix(name, create, size)
            from .resource_tracker import register
            register(self._name, "shared_memory")
        else:
            self._open_windows(name, create, size)
        self._size = size if not _USE_POSIX and create else self._stat_size
        self._buf = memoryview(self._mmap)

    def _open_posix(self, name, create, size):
        while True:
            self._name = _make_filename() if name is None else \
                '/' + name if self._prepend_leading_slash else name
            try:
                self._fd = _posixshmem.shm_open(self._name, self._flags, mode=self._mode)
                break
            except FileExistsError:
                if name is not None:
                    raise
        try:
            if create and size:
                os.ftruncate(self._fd, size)
            self._stat_size = os.fstat(self._fd).st_size
            self._mmap = mmap.mmap(self._fd, self._stat_size)
        except OSError:
            self.unlink()
            raise

    def _open_windows(self, name, create, size):
        if not create:
            self._name = name
            handle = _winapi.OpenFileMapping(_winapi.FILE_MAP_READ, False, name)
            try:
                view = _winapi.MapViewOfFile(handle, _winapi.FILE_MAP_READ, 0, 0, 0)
            finally:
                _winapi.CloseHandle(handle)
            self._stat_size = _winapi.VirtualQuerySize(view)
            self._mmap = mmap.mmap(-1, self._stat_size, tagname=name)
            return
        while True:
            candidate = _make_filename() if name is None else name
            handle = _winapi.CreateFileMapping(_winapi.INVALID_HANDLE_VALUE, _winapi.NULL, _winapi.PAGE_READWRITE,
                                               (size >> 32) & 0xFFFFFFFF, size & 0xFFFFFFFF, candidate)
            try:
                if _winapi.GetLastError() == _winapi.ERROR_ALREADY_EXISTS:
                    if name is not None:
                        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), name,
                                              _winapi.ERROR_ALREADY_EXISTS)
                    continue
                self._mmap = mmap.mmap(-1, size, tagname=candidate)
            finally:
                _winapi.CloseHandle(handle)
            self._name = candidate
            return

    def __del__(self):
        try:
            self.close()
        except OSError:
            pass

    def __reduce__(self):
        return self.__class__, (self.name, False, self.size)

    def __repr__(self):
        return f'{self.__class__.__name__}({self.name!r}, size={self.size})'

    @property
    def buf(self):
        """The memory, a memoryview."""
        return self._buf

    @property
    def name(self):
        """The name by which other processes find it."""
        name = self._name
        if _USE_POSIX and self._prepend_leading_slash and name.startswith('/'):
            return name[1:]
        return name

    @property
    def size(self):
        """The size in bytes; it may be more than was asked for."""
        return self._size

    def close(self):
        """Let go of the memory, in this process."""
        view, memory, fd = self._buf, self._mmap, self._fd
        if view is not None:
            view.release()
            self._buf = None
        if memory is not None:
            memory.close()      # BufferError if somebody has a view
            self._mmap = None
        if _USE_POSIX and fd >= 0:
            os.close(fd)
            self._fd = -1

    def unlink(self):
        """Have the memory removed when nobody uses it; to be called once."""
        if _USE_POSIX and self._name:
            from .resource_tracker import unregister
            _posixshmem.shm_unlink(self._name)
            unregister(self._name, "shared_memory")


_encoding = "utf8"


class ShareableList:
    """A list of fixed length in shared memory, of int, float, bool, str, bytes (each up to 10M bytes) and None.

    Items may be replaced by others that take no more room.  sequence: the items of a new list; name: that of the
    memory, or without a sequence, the list to use.  The layout: the length, the offsets of the items, the items,
    their formats for struct (8 bytes each), and a byte each that says how to get a value back.
    """

    _types_mapping = {int: "q", float: "d", bool: "xxxxxxx?", str: "%ds", bytes: "%ds", None.__class__: "xxxxxx?x"}
    _alignment = 8
    _back_transforms_mapping = dict(enumerate((
        lambda stored: stored,                                          # int, float, bool
        lambda stored: str(stored.rstrip(b'\0'), _encoding),            # str
        lambda stored: stored.rstrip(b'\0'),                            # bytes
        lambda stored: None)))                                          # None

    @staticmethod
    def _extract_recreation_code(value):
        """Which of the above a value needs."""
        if not isinstance(value, (str, bytes, None.__class__)):
            return 0
        return 1 if isinstance(value, str) else 2 if isinstance(value, bytes) else 3

    def _format_of(self, item):
        """The format of a new item: strings get room up to the next multiple of 8."""
        if not isinstance(item, (str, bytes)):
            return self._types_mapping[type(item)]
        raw = item.encode(_encoding) if isinstance(item, str) else item
        # By characters, as ever, but enough for all bytes.
        room = max(len(item) + 1, len(raw))
        return self._types_mapping[type(item)] % (-(-room // self._alignment) * self._alignment)

    def __init__(self, sequence=None, *, name=None):
        if name is None or sequence is not None:
            sequence = sequence or ()
            formats = [self._format_of(item) for item in sequence]
            self._list_len = len(formats)
            offset = 0
            self._allocated_offsets = [0]
            for each in formats:
                offset += self._alignment if each[-1] != 's' else int(each[:-1])
                self._allocated_offsets.append(offset)
            codes = [self._extract_recreation_code(item) for item in sequence]
            requested = struct.calcsize("q" + self._format_size_metainfo + "".join(formats)
                                        + self._format_packing_metainfo + self._format_back_transform_codes)
            self.shm = SharedMemory(name, create=True, size=requested)
        else:
            self.shm = SharedMemory(name)
        if sequence is None:
            self._list_len = len(self)
            self._allocated_offsets = list(struct.unpack_from(self._format_size_metainfo, self.shm.buf, 8))
            return
        buffer = self.shm.buf
        struct.pack_into("q" + self._format_size_metainfo, buffer, 0, self._list_len, *self._allocated_offsets)
        struct.pack_into("".join(formats), buffer, self._offset_data_start, *(
            value.encode(_encoding) if isinstance(value, str) else value for value in sequence))
        struct.pack_into(self._format_packing_metainfo, buffer, self._offset_packing_formats,
                         *(each.encode(_encoding) for each in formats))
        struct.pack_into(self._format_back_transform_codes, buffer, self._offset_back_transform_codes, *codes)

    def _check_position(self, position):
        position = position if position >= 0 else position + self._list_len
        if position >= self._list_len or self._list_len < 0:
            raise IndexError("Requested position out of range.")
        return position

    def _get_packing_format(self, position):
        """The format of an item."""
        position = self._check_position(position)
        raw, = struct.unpack_from("8s", self.shm.buf, self._offset_packing_formats + position * 8)
        return raw.rstrip(b'\x00').decode(_encoding)

    def _get_back_transform(self, position):
        """The function that gets the value of an item back."""
        position = self._check_position(position)
        code, = struct.unpack_from("b", self.shm.buf, self._offset_back_transform_codes + position)
        return self._back_transforms_mapping[code]

    def _set_packing_format_and_transform(self, position, fmt_as_str, value):
        position = self._check_position(position)
        struct.pack_into("8s", self.shm.buf, self._offset_packing_formats + position * 8, fmt_as_str.encode(_encoding))
        struct.pack_into("b", self.shm.buf, self._offset_back_transform_codes + position,
                         self._extract_recreation_code(value))

    def _item_offset(self, position):
        return self._offset_data_start + self._allocated_offsets[position]

    def __getitem__(self, position):
        try:
            position = self._check_position(position)
            raw, = struct.unpack_from(self._get_packing_format(position), self.shm.buf, self._item_offset(position))
        except IndexError:
            raise IndexError("index out of range")
        return self._get_back_transform(position)(raw)

    def __setitem__(self, position, value):
        try:
            position = self._check_position(position)
            offset = self._item_offset(position)
            current = self._get_packing_format(position)
        except IndexError:
            raise IndexError("assignment index out of range")
        raw = value
        if not isinstance(value, (str, bytes)):
            wanted = self._types_mapping[type(value)]
        else:
            raw = value.encode(_encoding) if isinstance(value, str) else value
            room = self._allocated_offsets[position + 1] - self._allocated_offsets[position]
            if len(raw) > room:
                raise ValueError("bytes/str item exceeds available storage")
            wanted = current if current[-1] == "s" else self._types_mapping[str] % (room,)
        self._set_packing_format_and_transform(position, wanted, value)
        struct.pack_into(wanted, self.shm.buf, offset, raw)

    def __reduce__(self):
        return partial(self.__class__, name=self.shm.name), ()

    def __len__(self):
        return struct.unpack_from("q", self.shm.buf, 0)[0]

    def __repr__(self):
        return f'{self.__class__.__name__}({list(self)}, name={self.shm.name!r})'

    @property
    def format(self):
        """The formats of all items, for struct."""
        return "".join(self._get_packing_format(i) for i in range(self._list_len))

    @property
    def _format_size_metainfo(self):
        return "q" * (self._list_len + 1)

    @property
    def _format_packing_metainfo(self):
        return "8s" * self._list_len

    @property
    def _format_back_transform_codes(self):
        return "b" * self._list_len

    @property
    def _offset_data_start(self):
        return (self._list_len + 2) * 8     # behind the length and the offsets

    @property
    def _offset_packing_formats(self):
        return self._offset_data_start + self._allocated_offsets[-1]

    @property
    def _offset_back_transform_codes(self):
        return self._offset_packing_formats + self._list_len * 8

    def count(self, value):
        """Return how often a value is in the list."""
        return sum(value == item for item in self)

    def index(self, value):
        """Return the first place of a value; ValueError if it is not in the list."""
        for position, item in enumerate(self):
            if value == item:
                return position
        raise ValueError(f"{value!r} not in this container")
