# SPDX-License-Identifier: MIT
"""Streams: open(), and the classes behind it.

    RawIOBase       unbuffered bytes        FileIO
    BufferedIOBase  buffered bytes          BufferedReader, BufferedWriter, BufferedRandom, BufferedRWPair, BytesIO
    TextIOBase      text                    TextIOWrapper, StringIO

All derive from IOBase.  The work is done in the native module _io; the abstract classes here add the ABC machinery.
"""

__author__ = 'the taipan authors'

__all__ = ['BlockingIOError', 'open', 'open_code', 'IOBase', 'RawIOBase', 'FileIO', 'BytesIO', 'StringIO',
           'BufferedIOBase', 'BufferedReader', 'BufferedWriter', 'BufferedRWPair', 'BufferedRandom', 'TextIOBase',
           'TextIOWrapper', 'UnsupportedOperation', 'SEEK_SET', 'SEEK_CUR', 'SEEK_END']

import _io
import abc
from _io import (DEFAULT_BUFFER_SIZE, BlockingIOError, UnsupportedOperation, open, open_code, FileIO, BytesIO,
                 StringIO, BufferedReader, BufferedWriter, BufferedRWPair, BufferedRandom,
                 IncrementalNewlineDecoder, TextIOWrapper)

OpenWrapper = _io.open

SEEK_SET, SEEK_CUR, SEEK_END = range(3)


class IOBase(_io._IOBase, metaclass=abc.ABCMeta):
    __doc__ = _io._IOBase.__doc__


class RawIOBase(_io._RawIOBase, IOBase):
    __doc__ = _io._RawIOBase.__doc__


class BufferedIOBase(_io._BufferedIOBase, IOBase):
    __doc__ = _io._BufferedIOBase.__doc__


class TextIOBase(_io._TextIOBase, IOBase):
    __doc__ = _io._TextIOBase.__doc__


for _base, _kinds in ((RawIOBase, (FileIO,)),
                      (BufferedIOBase, (BytesIO, BufferedReader, BufferedWriter, BufferedRandom, BufferedRWPair)),
                      (TextIOBase, (StringIO, TextIOWrapper))):
    for _kind in _kinds:
        _base.register(_kind)
del _base, _kinds, _kind
