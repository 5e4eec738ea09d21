# SPDX-License-Identifier: MIT
"""ZIP archives.

    with zipfile.ZipFile('eggs.zip') as archive:
        archive.printdir()
        data = archive.read('spam.txt')
    with zipfile.ZipFile('new.zip', 'w', zipfile.ZIP_DEFLATED) as archive:
        archive.write('spam.txt')
        archive.writestr('eggs.txt', 'text')

An archive is a run of entries, each a header and its data, then the central
directory, which has a record for each entry, then the end record, which tells
where that is.  Sizes and positions that do not fit into four bytes are in extra
fields and extra end records (ZIP64).  Path looks at an archive as a tree.
As a program: list, test, create and extract; see -h.
"""
import binascii
import importlib.util
import io
import os
import posixpath
import shutil
import stat
import struct
import sys
import threading
import time
from _zipfile_parts import (LZMACompressor, LZMADecompressor, _SharedFile, _Tellable, _ZipDecrypter, _dos_moment,
                            _dos_stamp)

try:
    import zlib
    crc32 = zlib.crc32
except ImportError:
    zlib = None
    crc32 = binascii.crc32
try:
    import bz2
except ImportError:
    bz2 = None
try:
    import lzma
except ImportError:
    lzma = None

__all__ = ['BadZipFile', 'BadZipfile', 'error', 'ZIP_STORED', 'ZIP_DEFLATED', 'ZIP_BZIP2', 'ZIP_LZMA', 'is_zipfile',
           'ZipInfo', 'ZipFile', 'PyZipFile', 'LargeZipFile', 'Path']


class BadZipFile(Exception):
    """What was opened is no ZIP archive, or a damaged one."""


class LargeZipFile(Exception):
    """The archive would need ZIP64, but allowZip64 is false."""


error = BadZipfile = BadZipFile     # names of old

# From here on ZIP64 is used.
ZIP64_LIMIT = (1 << 31) - 1
ZIP_FILECOUNT_LIMIT = (1 << 16) - 1
ZIP_MAX_COMMENT = (1 << 16) - 1

# Methods of compression
ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA = 0, 8, 12, 14

# What version of the format is needed: by default, for ZIP64, for methods.
DEFAULT_VERSION, ZIP64_VERSION, BZIP2_VERSION, LZMA_VERSION = 20, 45, 46, 63
MAX_EXTRACT_VERSION = 63        # the newest that is read here

# The records: their struct formats, signatures, sizes, and indexes of fields.
structEndArchive = b'<4s4H2LH'
stringEndArchive = b'PK\005\006'
sizeEndCentDir = struct.calcsize(structEndArchive)
(_ECD_SIGNATURE, _ECD_DISK_NUMBER, _ECD_DISK_START, _ECD_ENTRIES_THIS_DISK, _ECD_ENTRIES_TOTAL, _ECD_SIZE, _ECD_OFFSET,
 _ECD_COMMENT_SIZE, _ECD_COMMENT, _ECD_LOCATION) = range(10)      # the last two are put there by _EndRecData

structCentralDir = '<4s4B4HL2L5H2L'
stringCentralDir = b'PK\001\002'
sizeCentralDir = struct.calcsize(structCentralDir)
(_CD_SIGNATURE, _CD_CREATE_VERSION, _CD_CREATE_SYSTEM, _CD_EXTRACT_VERSION, _CD_EXTRACT_SYSTEM, _CD_FLAG_BITS,
 _CD_COMPRESS_TYPE, _CD_TIME, _CD_DATE, _CD_CRC, _CD_COMPRESSED_SIZE, _CD_UNCOMPRESSED_SIZE, _CD_FILENAME_LENGTH,
 _CD_EXTRA_FIELD_LENGTH, _CD_COMMENT_LENGTH, _CD_DISK_NUMBER_START, _CD_INTERNAL_FILE_ATTRIBUTES,
 _CD_EXTERNAL_FILE_ATTRIBUTES, _CD_LOCAL_HEADER_OFFSET) = range(19)

structFileHeader = '<4s2B4HL2L2H'
stringFileHeader = b'PK\003\004'
sizeFileHeader = struct.calcsize(structFileHeader)
(_FH_SIGNATURE, _FH_EXTRACT_VERSION, _FH_EXTRACT_SYSTEM, _FH_GENERAL_PURPOSE_FLAG_BITS, _FH_COMPRESSION_METHOD,
 _FH_LAST_MOD_TIME, _FH_LAST_MOD_DATE, _FH_CRC, _FH_COMPRESSED_SIZE, _FH_UNCOMPRESSED_SIZE, _FH_FILENAME_LENGTH,
 _FH_EXTRA_FIELD_LENGTH) = range(12)

structEndArchive64Locator = '<4sLQL'
stringEndArchive64Locator = b'PK\x06\x07'
sizeEndCentDir64Locator = struct.calcsize(structEndArchive64Locator)

structEndArchive64 = '<4sQ2H2L4Q'
stringEndArchive64 = b'PK\x06\x06'
sizeEndCentDir64 = struct.calcsize(structEndArchive64)
(_CD64_SIGNATURE, _CD64_DIRECTORY_RECSIZE, _CD64_CREATE_VERSION, _CD64_EXTRACT_VERSION, _CD64_DISK_NUMBER,
 _CD64_DISK_NUMBER_START, _CD64_NUMBER_ENTRIES_THIS_DISK, _CD64_NUMBER_ENTRIES_TOTAL, _CD64_DIRECTORY_SIZE,
 _CD64_OFFSET_START_CENTDIR) = range(10)

_DD_SIGNATURE = 0x08074b50      # of the data descriptor behind an entry whose sizes were not known before
_EXTRA_FIELD_STRUCT = struct.Struct('<HH')

# Flag bits
_ENCRYPTED, _LZMA_END, _DESCRIPTOR, _PATCHED, _STRONG, _UTF8 = 0x1, 0x2, 0x8, 0x20, 0x40, 0x800


def _strip_extra(extra, xids):
    """Return an entry's extra data without the fields that have one of these ids."""
    kept = []
    at = 0
    while at + 4 <= len(extra):
        kind, size = _EXTRA_FIELD_STRUCT.unpack_from(extra, at)
        if kind not in xids:
            kept.append(extra[at:at + 4 + size])
        at += 4 + size
    kept.append(extra[at:])
    return b''.join(kept)


def _check_zipfile(fp):
    try:
        return bool(_EndRecData(fp))
    except OSError:
        return False


def is_zipfile(filename):
    """Say whether a path or binary file is a ZIP archive, by whether it has an end record."""
    try:
        if hasattr(filename, 'read'):
            return _check_zipfile(filename)
        with open(filename, 'rb') as f:
            return _check_zipfile(f)
    except OSError:
        return False


def _EndRecData64(fpin, offset, endrec):
    """Put the values of the ZIP64 end records, if there are any, into endrec; offset is its own, from the end."""
    try:
        fpin.seek(offset - sizeEndCentDir64Locator, 2)
    except OSError:
        return endrec       # no room for them
    data = fpin.read(sizeEndCentDir64Locator)
    if len(data) != sizeEndCentDir64Locator:
        return endrec
    signature, disk, _, disks = struct.unpack(structEndArchive64Locator, data)
    if signature != stringEndArchive64Locator:
        return endrec
    if disk or disks > 1:
        raise BadZipFile('zipfiles that span multiple disks are not supported')
    fpin.seek(offset - sizeEndCentDir64Locator - sizeEndCentDir64, 2)
    data = fpin.read(sizeEndCentDir64)
    if len(data) != sizeEndCentDir64 or not data.startswith(stringEndArchive64):
        return endrec
    record = struct.unpack(structEndArchive64, data)
    endrec[_ECD_SIGNATURE] = record[0]
    endrec[_ECD_DISK_NUMBER:_ECD_OFFSET + 1] = record[4:]
    return endrec


def _EndRecData(fpin):
    """Return the end record of an archive as a list of its fields, comment and position; None if there is none."""
    size = fpin.seek(0, 2)
    if size is None:
        size = fpin.tell()      # a file whose seek() does not tell
    # Nearly always there is no comment, and the record is the last thing in the file; otherwise search for it.
    for length in sizeEndCentDir, sizeEndCentDir + ZIP_MAX_COMMENT + 1:
        start = max(size - length, 0)
        try:
            fpin.seek(start if length > sizeEndCentDir else -sizeEndCentDir, 0 if length > sizeEndCentDir else 2)
        except OSError:
            return None
        tail = fpin.read()
        if length == sizeEndCentDir and not (len(tail) == length and tail.endswith(b'\0\0')
                                             and tail.startswith(stringEndArchive)):
            continue
        at = tail.rfind(stringEndArchive)
        record = tail[at:at + sizeEndCentDir]
        if at < 0 or len(record) != sizeEndCentDir:
            return None
        endrec = list(struct.unpack(structEndArchive, record))
        behind = at + sizeEndCentDir
        endrec += tail[behind:behind + endrec[_ECD_COMMENT_SIZE]], start + at
        return _EndRecData64(fpin, start + at - size, endrec)
    return None


class ZipInfo(object):
    """One entry of an archive: its name, times, sizes and flags, as the central directory has them."""

    __slots__ = ('orig_filename', 'filename', 'date_time', 'compress_type', '_compresslevel', 'comment', 'extra',
                 'create_system', 'create_version', 'extract_version', 'reserved', 'flag_bits', 'volume',
                 'internal_attr', 'external_attr', 'header_offset', 'CRC', 'compress_size', 'file_size', '_raw_time',
                 '_end_offset')

    def __init__(self, filename='NoName', date_time=(1980, 1, 1, 0, 0, 0)):
        self.orig_filename = filename
        # What follows a zero is not part of the name: some programs hide things there.
        filename = filename.partition('\0')[0]
        if os.sep != '/' and os.sep in filename:
            filename = filename.replace(os.sep, '/')
        self.filename = filename
        self.date_time = date_time
        if date_time[0] < 1980:
            raise ValueError('ZIP does not support timestamps before 1980')
        self.compress_type = ZIP_STORED
        self._compresslevel = None
        self.comment = self.extra = b''
        self.create_system = 0 if sys.platform == 'win32' else 3
        self.create_version = self.extract_version = DEFAULT_VERSION
        self.reserved = self.flag_bits = self.volume = 0
        self.internal_attr = self.external_attr = 0
        self.compress_size = self.file_size = 0
        self._end_offset = None     # where the next entry, or the directory, starts
        # header_offset and CRC are set when the entry is read or written.

    def __repr__(self):
        parts = [f'<{self.__class__.__name__} filename={self.filename!r}']
        if self.compress_type != ZIP_STORED:
            parts.append(f'compress_type={compressor_names.get(self.compress_type, self.compress_type)}')
        mode, dos = self.external_attr >> 16, self.external_attr & 0xFFFF
        if mode:
            parts.append(f'filemode={stat.filemode(mode)!r}')
        if dos:
            parts.append(f'external_attr={dos:#x}')
        folder = self.is_dir()
        if self.file_size or not folder:
            parts.append(f'file_size={self.file_size!r}')
        if (self.compress_size or not folder) and (self.compress_type != ZIP_STORED
                                                   or self.file_size != self.compress_size):
            parts.append(f'compress_size={self.compress_size!r}')
        return ' '.join(parts) + '>'

    def _raise_versions(self, least):
        """See to it that the versions are enough for the method of compression, and at least that one."""
        least = max(least, {ZIP_BZIP2: BZIP2_VERSION, ZIP_LZMA: LZMA_VERSION}.get(self.compress_type, 0))
        self.extract_version = max(least, self.extract_version)
        self.create_version = max(least, self.create_version)

    def FileHeader(self, zip64=None):
        """Return the header that stands in front of the entry's data, as bytes.

        zip64 says whether it has the extra field with large sizes; None: if
        they are large.
        """
        date, clock = _dos_stamp(self.date_time)
        if self.flag_bits & _DESCRIPTOR:
            crc = compressed = size = 0     # not known yet; they follow the data
        else:
            crc, compressed, size = self.CRC, self.compress_size, self.file_size
        large = size > ZIP64_LIMIT or compressed > ZIP64_LIMIT
        if zip64 is None:
            zip64 = large
        extra = self.extra
        if zip64:
            extra += struct.pack('<HHQQ', 1, 16, size, compressed)
        if large:
            if not zip64:
                raise LargeZipFile('Filesize would require ZIP64 extensions')
            size = compressed = 0xffffffff
        self._raise_versions(ZIP64_VERSION if large else 0)
        name, flags = self._encodeFilenameFlags()
        return struct.pack(structFileHeader, stringFileHeader, self.extract_version, self.reserved, flags,
                           self.compress_type, clock, date, crc, compressed, size, len(name),
                           len(extra)) + name + extra

    def _central_record(self):
        """Return the entry's record in the central directory, as bytes."""
        date, clock = _dos_stamp(self.date_time)
        large = []
        size, compressed, offset = self.file_size, self.compress_size, self.header_offset
        if size > ZIP64_LIMIT or compressed > ZIP64_LIMIT:
            large += size, compressed
            size = compressed = 0xffffffff
        if offset > ZIP64_LIMIT:
            large.append(offset)
            offset = 0xffffffff
        extra = self.extra
        if large:
            count = len(large)
            extra = struct.pack('<HH%dQ' % count, 1, 8 * count, *large) + _strip_extra(extra, (1,))
        self._raise_versions(ZIP64_VERSION if large else 0)
        name, flags = self._encodeFilenameFlags()
        return struct.pack(structCentralDir, stringCentralDir, self.create_version, self.create_system,
                           self.extract_version, self.reserved, flags, self.compress_type, clock, date, self.CRC,
                           compressed, size, len(name), len(extra), len(self.comment), 0, self.internal_attr,
                           self.external_attr, offset) + name + extra + self.comment

    def _encodeFilenameFlags(self):
        """Return the name as bytes, and the flags; UTF-8, with its flag, if it is not ASCII."""
        if self.filename.isascii():
            return self.filename.encode('ascii'), self.flag_bits
        return self.filename.encode('utf-8'), self.flag_bits | _UTF8

    def _decodeExtra(self):
        """Take large sizes and positions from the extra data."""
        rest = self.extra
        while len(rest) >= 4:
            kind, size = _EXTRA_FIELD_STRUCT.unpack_from(rest)
            if size + 4 > len(rest):
                raise BadZipFile('Corrupt extra field %04x (size=%d)' % (kind, size))
            if kind == 1:
                numbers = rest[4:size + 4]
                for slot, name, marks in (('file_size', 'File size', (0xFFFF_FFFF_FFFF_FFFF, 0xFFFF_FFFF)),
                                          ('compress_size', 'Compress size', (0xFFFF_FFFF,)),
                                          ('header_offset', 'Header offset', (0xffffffff,))):
                    if getattr(self, slot) in marks:
                        if len(numbers) < 8:
                            raise BadZipFile(f'Corrupt zip64 extra field. {name} not found.')
                        setattr(self, slot, int.from_bytes(numbers[:8], 'little'))
                        numbers = numbers[8:]
            rest = rest[size + 4:]

    @classmethod
    def from_file(cls, filename, arcname=None, *, strict_timestamps=True):
        """Return a ZipInfo for a file or folder on disk; arcname is its name in the archive.

        Without strict_timestamps, times that the format does not know are moved
        to the nearest it knows.
        """
        if isinstance(filename, os.PathLike):
            filename = os.fspath(filename)      # a file descriptor goes too, with an arcname
        info = os.stat(filename)
        moment = time.localtime(info.st_mtime)[:6]
        if not strict_timestamps:
            moment = max(moment, (1980, 1, 1, 0, 0, 0)) if moment[0] <= 2107 else (2107, 12, 31, 23, 59, 59)
        arcname = os.path.normpath(os.path.splitdrive(filename if arcname is None else arcname)[1])
        arcname = arcname.lstrip(os.sep + (os.altsep or ''))
        folder = stat.S_ISDIR(info.st_mode)
        entry = cls(arcname + '/' if folder else arcname, moment)
        entry.external_attr = (info.st_mode & 0xFFFF) << 16
        if folder:
            entry.file_size = 0
            entry.external_attr |= 0x10         # MS-DOS' flag of folders
        else:
            entry.file_size = info.st_size
        return entry

    def is_dir(self):
        """Say whether the entry is a folder: its name ends in a slash."""
        return self.filename[-1] == '/'


compressor_names = {0: 'store', 1: 'shrink', 2: 'reduce', 3: 'reduce', 4: 'reduce', 5: 'reduce', 6: 'implode',
                    7: 'tokenize', 8: 'deflate', 9: 'deflate64', 10: 'implode', 12: 'bzip2', 14: 'lzma', 18: 'terse',
                    19: 'lz77', 97: 'wavpack', 98: 'ppmd'}


def _check_compression(compression):
    """Raise an error if a method of compression is not known, or its module missing."""
    if compression not in (ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA):
        raise NotImplementedError('That compression method is not supported')
    for method, module, name in ((ZIP_DEFLATED, zlib, 'zlib'), (ZIP_BZIP2, bz2, 'bz2'), (ZIP_LZMA, lzma, 'lzma')):
        if compression == method and not module:
            raise RuntimeError(f'Compression requires the (missing) {name} module')


def _get_compressor(compress_type, compresslevel=None):
    if compress_type == ZIP_DEFLATED:
        level = zlib.Z_DEFAULT_COMPRESSION if compresslevel is None else compresslevel
        return zlib.compressobj(level, zlib.DEFLATED, -15)
    if compress_type == ZIP_BZIP2:
        return bz2.BZ2Compressor() if compresslevel is None else bz2.BZ2Compressor(compresslevel)
    return LZMACompressor() if compress_type == ZIP_LZMA else None


def _get_decompressor(compress_type):
    _check_method(compress_type)
    if compress_type == ZIP_DEFLATED:
        return zlib.decompressobj(-15)
    if compress_type == ZIP_BZIP2:
        return bz2.BZ2Decompressor()
    return LZMADecompressor() if compress_type == ZIP_LZMA else None


def _check_method(method):
    """Like _check_compression(), but for an entry that is read: the message names the method."""
    if method in (ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA):
        _check_compression(method)
    elif method in compressor_names:
        raise NotImplementedError(f'compression type {method:d} ({compressor_names[method]})')
    else:
        raise NotImplementedError(f'compression type {method:d}')


class ZipExtFile(io.BufferedIOBase):
    """An entry's contents, for reading; made by ZipFile.open()."""

    MAX_N = 1 << 30                 # the most that is decompressed at once
    MIN_READ_SIZE = 4096            # the least that is read from disk at once
    MAX_SEEK_READ = 1 << 24         # how much seek() reads at once

    def __init__(self, fileobj, mode, zipinfo, pwd=None, close_fileobj=False):
        """fileobj stands at the entry's data; zipinfo is its ZipInfo; pwd is bytes or None."""
        self._fileobj = fileobj
        self._pwd = pwd
        self._close_fileobj = close_fileobj
        self._compress_type = zipinfo.compress_type
        self._encrypted = zipinfo.flag_bits & _ENCRYPTED and pwd is not None
        # What an encrypted entry's last header byte has to be.
        stamp = zipinfo._raw_time >> 8 if zipinfo.flag_bits & _DESCRIPTOR else zipinfo.CRC >> 24
        self._check_byte = stamp & 255 if self._encrypted else None
        self._orig_name = zipinfo.orig_filename
        self._size, self._packed = zipinfo.file_size, zipinfo.compress_size
        self._expected_crc = getattr(zipinfo, 'CRC', None)
        self.mode = mode
        self.name = zipinfo.filename
        self.newlines = None
        self._seekable = False
        try:
            if fileobj.seekable():
                self._begin = fileobj.tell()
                self._seekable = True
        except AttributeError:
            pass
        self._start()

    def _start(self):
        """Be at the start of the entry."""
        self._decompressor = _get_decompressor(self._compress_type)
        self._compress_left = self._packed
        self._left = self._size         # not decompressed yet
        self._eof = False
        self._readbuffer = b''          # decompressed, but not given out
        self._offset = 0                # in _readbuffer
        self._running_crc = crc32(b'')
        self._decrypter = None
        if self._encrypted:
            self._decrypter = _ZipDecrypter(self._pwd)
            if self._init_decrypter() != self._check_byte:
                raise RuntimeError(f'Bad password for file {self._orig_name!r}')

    def _init_decrypter(self):
        """Read the header of 12 bytes that encrypted entries have; return its last byte."""
        header = self._fileobj.read(12)
        self._compress_left -= 12
        return self._decrypter(header)[11]

    def __repr__(self):
        parts = [f'<{self.__class__.__module__}.{self.__class__.__qualname__}']
        if self.closed:
            parts.append('[closed]')
        else:
            parts.append(f'name={self.name!r} mode={self.mode!r}')
            if self._compress_type != ZIP_STORED:
                parts.append(f'compress_type={compressor_names.get(self._compress_type, self._compress_type)}')
        return ' '.join(parts) + '>'

    def readline(self, limit=-1):
        """Return a line, its end included, of at most limit bytes."""
        if limit < 0:
            # Often it is in the buffer.
            end = self._readbuffer.find(b'\n', self._offset) + 1
            if end > 0:
                line = self._readbuffer[self._offset:end]
                self._offset = end
                return line
        return io.BufferedIOBase.readline(self, limit)

    def peek(self, n=1):
        """Return up to 512 bytes, at least n if there are as many, and stay in place."""
        if len(self._readbuffer) - self._offset < n:
            ahead = self.read(n)
            if self._offset >= len(ahead):
                self._offset -= len(ahead)      # it came from the buffer, and is still there
            else:
                self._readbuffer, self._offset = ahead + self._readbuffer[self._offset:], 0
        return self._readbuffer[self._offset:self._offset + 512]

    def readable(self):
        """Entries opened for reading can be read."""
        return True

    def _take(self, n):
        """Give out n bytes of the buffer, or all of them with None."""
        if n is None or self._offset + n >= len(self._readbuffer):
            data = self._readbuffer[self._offset:] if self._offset else self._readbuffer
            self._readbuffer = b''
            self._offset = 0
        else:
            data = self._readbuffer[self._offset:self._offset + n]
            self._offset += n
        return data

    def read(self, n=-1):
        """Return up to n bytes, by default all that follow."""
        if n is None or n < 0:
            parts = [self._take(None)]
            while not self._eof:
                parts.append(self._read1(self.MAX_N))
            return b''.join(parts)
        data = self._take(n)
        missing = n - len(data)
        if not missing:
            return data
        parts = [data]
        while missing > 0 and not self._eof:
            data = self._read1(missing)
            if len(data) > missing:
                self._readbuffer = data
                self._offset = missing
                data = data[:missing]
            parts.append(data)
            missing -= len(data)
        return b''.join(parts)

    def _update_crc(self, newdata):
        """Take data into the checksum; at the end, compare that."""
        if self._expected_crc is None:
            return
        self._running_crc = crc32(newdata, self._running_crc)
        if self._eof and self._running_crc != self._expected_crc:
            raise BadZipFile(f'Bad CRC-32 for file {self.name!r}')

    def read1(self, n):
        """Return up to n bytes, or with a negative n or None as many as come at once; b'' at the end."""
        if n is None or n < 0:
            data = self._take(None)
            while not data and not self._eof:
                data = self._read1(self.MAX_N)
            return data
        data = self._take(n)
        if n and not data:
            while not data and not self._eof:
                data = self._read1(n)
            if len(data) > n:
                self._readbuffer = data
                self._offset = n
                data = data[:n]
        return data

    def _read1(self, n):
        """Read and decompress about n bytes, perhaps none, perhaps more."""
        if self._eof or n <= 0:
            return b''
        worker = self._decompressor
        if self._compress_type == ZIP_DEFLATED:
            raw = worker.unconsumed_tail
            if n > len(raw):
                raw += self._read2(n - len(raw))
        else:
            raw = self._read2(n)
        if worker is None:
            data = raw
            self._eof = self._compress_left <= 0
        elif self._compress_type == ZIP_DEFLATED:
            data = worker.decompress(raw, max(n, self.MIN_READ_SIZE))
            self._eof = worker.eof or (self._compress_left <= 0 and not worker.unconsumed_tail)
            if self._eof:
                data += worker.flush()
        else:
            data = worker.decompress(raw)
            self._eof = worker.eof or self._compress_left <= 0
        data = data[:self._left]
        self._left -= len(data)
        self._eof = self._eof or self._left <= 0
        self._update_crc(data)
        return data

    def _read2(self, n):
        """Read, and decrypt, up to about n bytes of the compressed data."""
        if self._compress_left <= 0:
            return b''
        data = self._fileobj.read(min(max(n, self.MIN_READ_SIZE), self._compress_left))
        if not data:
            raise EOFError
        self._compress_left -= len(data)
        return data if self._decrypter is None else self._decrypter(data)

    def close(self):
        try:
            if self._close_fileobj:
                self._fileobj.close()
        finally:
            super().close()

    def seekable(self):
        """Say whether the archive's file can seek."""
        return self._seekable

    def seek(self, offset, whence=0):
        """Go to a position, no further than the end, and return it: forward by reading, backward from the start."""
        if not self._seekable:
            raise io.UnsupportedOperation('underlying stream is not seekable')
        here = self.tell()
        if whence not in (0, 1, 2):
            raise ValueError('whence must be os.SEEK_SET (0), os.SEEK_CUR (1), or os.SEEK_END (2)')
        target = min(max(offset + (0, here, self._size)[whence], 0), self._size)
        distance = target - here
        within = self._offset + distance
        if 0 <= within < len(self._readbuffer):
            self._offset = within
            return self.tell()
        if distance < 0:
            self._fileobj.seek(self._begin)
            self._start()
            distance = target
        while distance > 0:
            step = min(self.MAX_SEEK_READ, distance)
            self.read(step)
            distance -= step
        return self.tell()

    def tell(self):
        """Return the position in the entry."""
        if not self._seekable:
            raise io.UnsupportedOperation('underlying stream is not seekable')
        return self._size - self._left - len(self._readbuffer) + self._offset


class _ZipWriteFile(io.BufferedIOBase):
    """An entry that is being written; made by ZipFile.open()."""

    def __init__(self, zf, zinfo, zip64):
        self._zinfo = zinfo
        self._zip64 = zip64
        self._zipfile = zf
        self._compressor = _get_compressor(zinfo.compress_type, zinfo._compresslevel)
        self._file_size = self._compress_size = self._crc = 0

    @property
    def _fileobj(self):
        return self._zipfile.fp

    def writable(self):
        return True

    def write(self, data):
        if self.closed:
            raise ValueError('I/O operation on closed file.')
        if isinstance(data, (bytes, bytearray)):
            count = len(data)
        else:
            data = memoryview(data)
            count = data.nbytes
        self._file_size += count
        self._crc = crc32(data, self._crc)
        if self._compressor:
            data = self._pack(data)
        self._fileobj.write(data)
        return count

    def _pack(self, data):
        packed = self._compressor.compress(data)
        self._compress_size += len(packed)
        return packed

    def close(self):
        """Finish the entry: what the compressor still has, then the sizes, behind the data or in the header."""
        if self.closed:
            return
        entry, archive = self._zinfo, self._zipfile
        try:
            super().close()
            if self._compressor:
                rest = self._compressor.flush()
                self._compress_size += len(rest)
                self._fileobj.write(rest)
                entry.compress_size = self._compress_size
            else:
                entry.compress_size = self._file_size
            entry.CRC, entry.file_size = self._crc, self._file_size
            if entry.flag_bits & _DESCRIPTOR:
                self._fileobj.write(struct.pack('<LLQQ' if self._zip64 else '<LLLL', _DD_SIGNATURE, entry.CRC,
                                                entry.compress_size, entry.file_size))
                archive.start_dir = self._fileobj.tell()
            else:
                if not self._zip64:
                    for size, what in (self._file_size, 'File'), (entry.compress_size, 'Compressed'):
                        if size > ZIP64_LIMIT:
                            raise RuntimeError(f'{what} size unexpectedly exceeded ZIP64 limit')
                archive.start_dir = self._fileobj.tell()
                self._fileobj.seek(entry.header_offset)
                self._fileobj.write(entry.FileHeader(self._zip64))
                self._fileobj.seek(archive.start_dir)
            archive.filelist.append(entry)
            archive.NameToInfo[entry.filename] = entry
        finally:
            archive._writing = False


class ZipFile:
    """A ZIP archive.

    file         a path or a binary file
    mode         'r' to read, 'w' to write, 'x' to create, 'a' to append
    compression  ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2 or ZIP_LZMA, for entries
                 that do not say themselves
    allowZip64   allow archives and entries beyond 2 GiB
    compresslevel  for ZIP_DEFLATED 0 to 9, for ZIP_BZIP2 1 to 9
    strict_timestamps  see ZipInfo.from_file()

    debug is how much is printed on the way (0 to 3); filename the path;
    filelist the entries; NameToInfo the entries by name.
    """

    fp = None                                   # for close() after an error
    _windows_illegal_name_trans_table = None

    def __init__(self, file, mode='r', compression=ZIP_STORED, allowZip64=True, compresslevel=None, *,
                 strict_timestamps=True):
        if mode not in ('r', 'w', 'x', 'a'):
            raise ValueError("ZipFile requires mode 'r', 'w', 'x', or 'a'")
        _check_compression(compression)
        self._allowZip64, self._strict_timestamps = allowZip64, strict_timestamps
        self.compression, self.compresslevel = compression, compresslevel
        self._didModify = False
        self.debug = 0
        self.NameToInfo, self.filelist = {}, []
        self.mode = mode
        self.pwd = None
        self._comment = b''
        if isinstance(file, os.PathLike):
            file = os.fspath(file)
        if isinstance(file, str):
            self._filePassed = 0
            self.filename = file
            self.fp = self._open_path(file, mode)
        else:
            self._filePassed = 1
            self.filename = getattr(file, 'name', None)
            self.fp = file
        self._fileRefCnt = 1                # this object and the entries that are being read
        self._lock = threading.RLock()
        self._seekable = True
        self._writing = False               # an entry is being written
        try:
            self._prepare(mode)
        except:
            fp, self.fp = self.fp, None
            self._fpclose(fp)
            raise

    @staticmethod
    def _open_path(path, mode):
        """Open the archive's file: also for reading if that is possible, and anew if there is none to append to."""
        attempts = {'r': ('rb',), 'w': ('w+b', 'wb'), 'x': ('x+b', 'xb'), 'a': ('r+b', 'w+b', 'wb')}[mode]
        for attempt in attempts:
            try:
                return io.open(path, attempt)
            except OSError:
                if attempt == attempts[-1]:
                    raise

    def _prepare(self, mode):
        if mode == 'r':
            self._RealGetContents()
            return
        if mode == 'a':
            try:
                self._RealGetContents()
                self.fp.seek(self.start_dir)    # the new entries go over the directory
            except BadZipFile:
                # Something else: the archive is put behind it.
                self.fp.seek(0, 2)
                self._didModify = True
                self.start_dir = self.fp.tell()
            return
        self._didModify = True                  # an archive without entries is to be written too
        try:
            self.start_dir = self.fp.tell()
        except (AttributeError, OSError):
            self.fp = _Tellable(self.fp)
            self.start_dir = 0
            self._seekable = False
        else:
            try:
                self.fp.seek(self.start_dir)
            except (AttributeError, OSError):
                self._seekable = False

    def __enter__(self):
        return self

    def __exit__(self, type, value, traceback):
        self.close()

    def __repr__(self):
        parts = [f'<{self.__class__.__module__}.{self.__class__.__qualname__}']
        if self.fp is None:
            parts.append('[closed]')
        else:
            if self._filePassed:
                parts.append(f'file={self.fp!r}')
            elif self.filename is not None:
                parts.append(f'filename={self.filename!r}')
            parts.append(f'mode={self.mode!r}')
        return ' '.join(parts) + '>'

    def _RealGetContents(self):
        """Read the central directory."""
        fp = self.fp
        try:
            endrec = _EndRecData(fp)
        except OSError:
            endrec = None
        if not endrec:
            raise BadZipFile('File is not a zip file')
        if self.debug > 1:
            print(endrec)
        size, offset = endrec[_ECD_SIZE], endrec[_ECD_OFFSET]
        self._comment = endrec[_ECD_COMMENT]
        # How much was put in front of the archive after it was made.
        shift = endrec[_ECD_LOCATION] - size - offset
        if endrec[_ECD_SIGNATURE] == stringEndArchive64:
            shift -= sizeEndCentDir64 + sizeEndCentDir64Locator
        if self.debug > 2:
            print('given, inferred, offset', offset, shift + offset, shift)
        self.start_dir = offset + shift
        if self.start_dir < 0:
            raise BadZipFile('Bad offset for central directory')
        fp.seek(self.start_dir)
        directory = io.BytesIO(fp.read(size))
        while directory.tell() < size:
            entry = self._read_record(directory)
            entry.header_offset += shift
            self.filelist.append(entry)
            self.NameToInfo[entry.filename] = entry
            if self.debug > 2:
                print('total', directory.tell())
        end = self.start_dir
        for entry in sorted(self.filelist, key=lambda entry: entry.header_offset, reverse=True):
            entry._end_offset = end
            end = entry.header_offset

    def _read_record(self, directory):
        """Read a record of the central directory; return it as a ZipInfo."""
        head = directory.read(sizeCentralDir)
        if len(head) != sizeCentralDir:
            raise BadZipFile('Truncated central directory')
        fields = struct.unpack(structCentralDir, head)
        if fields[_CD_SIGNATURE] != stringCentralDir:
            raise BadZipFile('Bad magic number for central directory')
        if self.debug > 2:
            print(fields)
        name = directory.read(fields[_CD_FILENAME_LENGTH])
        entry = ZipInfo(name.decode('utf-8' if fields[_CD_FLAG_BITS] & _UTF8 else 'cp437'))
        entry.extra = directory.read(fields[_CD_EXTRA_FIELD_LENGTH])
        entry.comment = directory.read(fields[_CD_COMMENT_LENGTH])
        entry.header_offset = fields[_CD_LOCAL_HEADER_OFFSET]
        (entry.create_version, entry.create_system, entry.extract_version, entry.reserved, entry.flag_bits,
         entry.compress_type, clock, date, entry.CRC, entry.compress_size, entry.file_size) = fields[1:12]
        if entry.extract_version > MAX_EXTRACT_VERSION:
            raise NotImplementedError('zip file version %.1f' % (entry.extract_version / 10))
        entry.volume, entry.internal_attr, entry.external_attr = fields[15:18]
        entry._raw_time = clock
        entry.date_time = _dos_moment(date, clock)
        entry._decodeExtra()
        return entry

    def namelist(self):
        """Return the names of the entries."""
        return [entry.filename for entry in self.filelist]

    def infolist(self):
        """Return the entries, as ZipInfo objects."""
        return self.filelist

    def printdir(self, file=None):
        """Print a table of the entries."""
        print('%-46s %19s %12s' % ('File Name', 'Modified    ', 'Size'), file=file)
        for entry in self.filelist:
            moment = '%d-%02d-%02d %02d:%02d:%02d' % entry.date_time[:6]
            print('%-46s %s %12d' % (entry.filename, moment, entry.file_size), file=file)

    def testzip(self):
        """Read all entries; return the name of the first that is damaged, else None."""
        for entry in self.filelist:
            try:
                with self.open(entry.filename, 'r') as f:
                    while f.read(1 << 20):
                        pass
            except BadZipFile:
                return entry.filename

    def getinfo(self, name):
        """Return the ZipInfo of an entry; KeyError if there is none of that name."""
        entry = self.NameToInfo.get(name)
        if entry is None:
            raise KeyError(f'There is no item named {name!r} in the archive')
        return entry

    def setpassword(self, pwd):
        """Set the password, bytes, for encrypted entries."""
        if pwd and not isinstance(pwd, bytes):
            raise TypeError(f'pwd: expected bytes, got {type(pwd).__name__}')
        self.pwd = pwd or None

    @property
    def comment(self):
        """The archive's comment, bytes."""
        return self._comment

    @comment.setter
    def comment(self, comment):
        if not isinstance(comment, bytes):
            raise TypeError(f'comment: expected bytes, got {type(comment).__name__}')
        if len(comment) > ZIP_MAX_COMMENT:
            import warnings
            warnings.warn(f'Archive comment is too long; truncating to {ZIP_MAX_COMMENT} bytes', stacklevel=2)
            comment = comment[:ZIP_MAX_COMMENT]
        self._comment = comment
        self._didModify = True

    def read(self, name, pwd=None):
        """Return an entry's contents, as bytes."""
        with self.open(name, 'r', pwd) as f:
            return f.read()

    def open(self, name, mode='r', pwd=None, *, force_zip64=False):
        """Return a file for reading an entry, or with mode 'w' for writing one.

        name is the entry's name or ZipInfo; pwd a password, bytes.  force_zip64
        is for entries that may turn out to be larger than 2 GiB.
        """
        if mode not in ('r', 'w'):
            raise ValueError('open() requires mode "r" or "w"')
        if pwd:
            if not isinstance(pwd, bytes):
                raise TypeError(f'pwd: expected bytes, got {type(pwd).__name__}')
            if mode == 'w':
                raise ValueError('pwd is only supported for reading files')
        if not self.fp:
            raise ValueError('Attempt to use ZIP archive that was already closed')
        if isinstance(name, ZipInfo):
            entry = name
        elif mode == 'w':
            entry = ZipInfo(name)
            entry.compress_type, entry._compresslevel = self.compression, self.compresslevel
        else:
            entry = self.getinfo(name)
        if mode == 'w':
            return self._open_to_write(entry, force_zip64=force_zip64)
        if self._writing:
            raise ValueError("Can't read from the ZIP file while there is an open writing handle on it. "
                             'Close the writing handle before trying to read.')
        self._fileRefCnt += 1
        view = _SharedFile(self.fp, entry.header_offset, self._fpclose, self._lock, lambda: self._writing)
        try:
            self._read_header(view, entry)
            if not entry.flag_bits & _ENCRYPTED:
                pwd = None
            else:
                pwd = pwd or self.pwd
                if not pwd:
                    raise RuntimeError(f'File {name!r} is encrypted, password required for extraction')
            return ZipExtFile(view, mode, entry, pwd, True)
        except:
            view.close()
            raise

    def _read_header(self, view, entry):
        """Read the header in front of an entry's data, and compare it with the directory."""
        head = view.read(sizeFileHeader)
        if len(head) != sizeFileHeader:
            raise BadZipFile('Truncated file header')
        fields = struct.unpack(structFileHeader, head)
        if fields[_FH_SIGNATURE] != stringFileHeader:
            raise BadZipFile('Bad magic number for file header')
        raw_name = view.read(fields[_FH_FILENAME_LENGTH])
        if fields[_FH_EXTRA_FIELD_LENGTH]:
            view.read(fields[_FH_EXTRA_FIELD_LENGTH])
        if entry.flag_bits & _PATCHED:
            raise NotImplementedError('compressed patched data (flag bit 5)')
        if entry.flag_bits & _STRONG:
            raise NotImplementedError('strong encryption (flag bit 6)')
        encoding = 'utf-8' if fields[_FH_GENERAL_PURPOSE_FLAG_BITS] & _UTF8 else 'cp437'
        if raw_name.decode(encoding) != entry.orig_filename:
            raise BadZipFile(f'File name in directory {entry.orig_filename!r} and header {raw_name!r} differ.')
        if entry._end_offset is not None and view._pos + entry.compress_size > entry._end_offset:
            raise BadZipFile(f'Overlapped entries: {entry.orig_filename!r} (possible zip bomb)')

    def _open_to_write(self, zinfo, force_zip64=False):
        if force_zip64 and not self._allowZip64:
            raise ValueError('force_zip64 is True, but allowZip64 was False when opening the ZIP file.')
        if self._writing:
            raise ValueError("Can't write to the ZIP file while there is another write handle open on it. "
                             'Close the first handle before opening another.')
        zinfo.compress_size = zinfo.CRC = 0
        zinfo.flag_bits = 0
        if zinfo.compress_type == ZIP_LZMA:
            zinfo.flag_bits |= _LZMA_END
        if not self._seekable:
            zinfo.flag_bits |= _DESCRIPTOR
        zinfo.external_attr = zinfo.external_attr or 0o600 << 16
        # Compression can make data larger, by a little.
        zip64 = self._allowZip64 and (force_zip64 or zinfo.file_size * 1.05 > ZIP64_LIMIT)
        self._place(zinfo)
        self.fp.write(zinfo.FileHeader(zip64))
        self._writing = True
        return _ZipWriteFile(self, zinfo, zip64)

    def _place(self, entry):
        """Go to where an entry's header is to be written, and check that it can be."""
        if self._seekable:
            self.fp.seek(self.start_dir)
        entry.header_offset = self.fp.tell()
        self._writecheck(entry)
        self._didModify = True

    def extract(self, member, path=None, pwd=None):
        """Write an entry, given by name or ZipInfo, to disk below path, by default the current folder.

        Returns where it was written.  Parts of names that would lead elsewhere
        are left out.
        """
        path = os.getcwd() if path is None else os.fspath(path)
        return self._extract_member(member, path, pwd)

    def extractall(self, path=None, members=None, pwd=None):
        """Write all entries, or those in members, to disk below path."""
        path = os.getcwd() if path is None else os.fspath(path)
        for member in self.namelist() if members is None else members:
            self._extract_member(member, path, pwd)

    @classmethod
    def _sanitize_windows_name(cls, arcname, pathsep):
        """Return a name that Windows allows."""
        table = cls._windows_illegal_name_trans_table
        if not table:
            illegal = ':<>|"?*'
            table = cls._windows_illegal_name_trans_table = str.maketrans(illegal, '_' * len(illegal))
        parts = (part.rstrip('.') for part in arcname.translate(table).split(pathsep))
        return pathsep.join(part for part in parts if part)

    def _extract_member(self, member, targetpath, pwd):
        if not isinstance(member, ZipInfo):
            member = self.getinfo(member)
        arcname = member.filename.replace('/', os.path.sep)
        if os.path.altsep:
            arcname = arcname.replace(os.path.altsep, os.path.sep)
        # No drive, no root, no way up.
        steps = os.path.splitdrive(arcname)[1].split(os.path.sep)
        arcname = os.path.sep.join(step for step in steps if step not in ('', os.path.curdir, os.path.pardir))
        if os.path.sep == '\\':
            arcname = self._sanitize_windows_name(arcname, os.path.sep)
        targetpath = os.path.normpath(os.path.join(targetpath, arcname))
        above = os.path.dirname(targetpath)
        if above and not os.path.exists(above):
            os.makedirs(above)
        if member.is_dir():
            if not os.path.isdir(targetpath):
                os.mkdir(targetpath)
        else:
            with self.open(member, pwd=pwd) as source, open(targetpath, 'wb') as target:
                shutil.copyfileobj(source, target)
        return targetpath

    def _writecheck(self, zinfo):
        """Check that an entry can be written."""
        if zinfo.filename in self.NameToInfo:
            import warnings
            warnings.warn(f'Duplicate name: {zinfo.filename!r}', stacklevel=3)
        if self.mode == 'r':
            raise ValueError("write() requires mode 'w', 'x', or 'a'")
        if not self.fp:
            raise ValueError('Attempt to write ZIP archive that was already closed')
        _check_compression(zinfo.compress_type)
        if not self._allowZip64:
            for large, what in ((len(self.filelist) >= ZIP_FILECOUNT_LIMIT, 'Files count'),
                                (zinfo.file_size > ZIP64_LIMIT, 'Filesize'),
                                (zinfo.header_offset > ZIP64_LIMIT, 'Zipfile size')):
                if large:
                    raise LargeZipFile(what + ' would require ZIP64 extensions')

    def _check_free(self, end=''):
        """Check that an entry can be started."""
        if not self.fp:
            raise ValueError('Attempt to write to ZIP archive that was already closed')
        if self._writing:
            raise ValueError("Can't write to ZIP archive while an open writing handle exists" + end)

    def write(self, filename, arcname=None, compress_type=None, compresslevel=None):
        """Write a file or folder from disk as an entry, under the name arcname, by default its own."""
        self._check_free()
        entry = ZipInfo.from_file(filename, arcname, strict_timestamps=self._strict_timestamps)
        if not entry.is_dir():
            entry.compress_type = self.compression if compress_type is None else compress_type
            entry._compresslevel = self.compresslevel if compresslevel is None else compresslevel
            with open(filename, 'rb') as source, self.open(entry, 'w') as target:
                shutil.copyfileobj(source, target, 1024 * 8)
            return
        entry.compress_size = entry.CRC = 0
        with self._lock:
            self._place(entry)
            self.filelist.append(entry)
            self.NameToInfo[entry.filename] = entry
            self.fp.write(entry.FileHeader(False))
            self.start_dir = self.fp.tell()

    def writestr(self, zinfo_or_arcname, data, compress_type=None, compresslevel=None):
        """Write data, bytes or str (as UTF-8), as an entry, given by name or ZipInfo."""
        if isinstance(data, str):
            data = data.encode('utf-8')
        if isinstance(zinfo_or_arcname, ZipInfo):
            entry = zinfo_or_arcname
        else:
            entry = ZipInfo(filename=zinfo_or_arcname, date_time=time.localtime(time.time())[:6])
            entry.compress_type, entry._compresslevel = self.compression, self.compresslevel
            if entry.filename[-1] == '/':
                entry.external_attr = 0o40775 << 16 | 0x10      # a folder, for Unix and for MS-DOS
            else:
                entry.external_attr = 0o600 << 16
        self._check_free('.')
        if compress_type is not None:
            entry.compress_type = compress_type
        if compresslevel is not None:
            entry._compresslevel = compresslevel
        entry.file_size = len(data)
        with self._lock, self.open(entry, mode='w') as target:
            target.write(data)

    def __del__(self):
        """Close the archive."""
        self.close()

    def close(self):
        """Write the central directory, if anything was changed, and close the file, if it was opened here."""
        if self.fp is None:
            return
        if self._writing:
            raise ValueError("Can't close the ZIP file while there is an open writing handle on it. "
                             'Close the writing handle before closing the zip.')
        try:
            if self._didModify and self.mode in ('w', 'x', 'a'):
                with self._lock:
                    if self._seekable:
                        self.fp.seek(self.start_dir)
                    self._write_end_record()
        finally:
            fp, self.fp = self.fp, None
            self._fpclose(fp)

    def _write_end_record(self):
        """Write the central directory and the end records."""
        for entry in self.filelist:
            self.fp.write(entry._central_record())
        position = self.fp.tell()
        count = len(self.filelist)
        offset, size = self.start_dir, position - self.start_dir
        for large, what in ((count > ZIP_FILECOUNT_LIMIT, 'Files count'),
                            (offset > ZIP64_LIMIT, 'Central directory offset'),
                            (size > ZIP64_LIMIT, 'Central directory size')):
            if not large:
                continue
            if not self._allowZip64:
                raise LargeZipFile(what + ' would require ZIP64 extensions')
            self.fp.write(struct.pack(structEndArchive64, stringEndArchive64, 44, 45, 45, 0, 0, count, count, size,
                                      offset))
            self.fp.write(struct.pack(structEndArchive64Locator, stringEndArchive64Locator, 0, position, 1))
            count, size, offset = min(count, 0xFFFF), min(size, 0xFFFFFFFF), min(offset, 0xFFFFFFFF)
            break
        self.fp.write(struct.pack(structEndArchive, stringEndArchive, 0, 0, count, count, size, offset,
                                  len(self._comment)))
        self.fp.write(self._comment)
        if self.mode == 'a':
            self.fp.truncate()
        self.fp.flush()

    def _fpclose(self, fp):
        """One user of the file less; close it after the last."""
        assert self._fileRefCnt > 0
        self._fileRefCnt -= 1
        if not self._fileRefCnt and not self._filePassed:
            fp.close()


class PyZipFile(ZipFile):
    """A ZipFile that Python modules can be imported from: writepy() adds them compiled.

    optimize is -1 to use what is compiled already, else the level to compile with.
    """

    def __init__(self, file, mode='r', compression=ZIP_STORED, allowZip64=True, optimize=-1):
        ZipFile.__init__(self, file, mode=mode, compression=compression, allowZip64=allowZip64)
        self._optimize = optimize

    def writepy(self, pathname, basename='', filterfunc=None):
        """Add a module, a package with all below it, or all modules of a folder; below basename.

        filterfunc(path) says which to add.
        """
        pathname = os.fspath(pathname)
        if filterfunc and not filterfunc(pathname):
            if self.debug:
                kind = 'path' if os.path.isdir(pathname) else 'file'
                print(f'{kind} {pathname!r} skipped by filterfunc')
            return
        if not os.path.isdir(pathname):
            if pathname[-3:] != '.py':
                raise RuntimeError('Files added with writepy() must end with ".py"')
            self._add_module(pathname[:-3], basename, 'file')
            return
        names = sorted(os.listdir(pathname))
        package = '__init__.py' in names
        if package:
            name = os.path.basename(pathname)
            basename = f'{basename}/{name}' if basename else name
            if self.debug:
                print('Adding package in', pathname, 'as', basename)
            self._add_module(os.path.join(pathname, '__init__'), basename, '')
            names.remove('__init__.py')
        elif self.debug:
            print('Adding files from directory', pathname)
        for name in names:
            path = os.path.join(pathname, name)
            root, suffix = os.path.splitext(name)
            if os.path.isdir(path):
                # Of folders only the packages within packages.
                if package and os.path.isfile(os.path.join(path, '__init__.py')):
                    self.writepy(path, basename, filterfunc=filterfunc)
            elif suffix == '.py':
                if filterfunc and not filterfunc(path):
                    if self.debug:
                        print(f'file {path!r} skipped by filterfunc')
                    continue
                self._add_module(path[:-3], basename, '')

    def _add_module(self, pathname, basename, what):
        path, name = self._get_codename(pathname, basename)
        if self.debug:
            print('Adding', *([what] if what else []), name)
        self.write(path, name)

    def _get_codename(self, pathname, basename):
        """Return (path, name in the archive) of what to write for a module, given without .py: compiled if possible."""
        import py_compile

        def compiled(optimize=-1):
            if self.debug:
                print('Compiling', source)
            try:
                py_compile.compile(source, doraise=True, optimize=optimize)
            except py_compile.PyCompileError as problem:
                print(problem.msg)
                return False
            return True

        source = pathname + '.py'
        beside = pathname + '.pyc'
        cached = {level: importlib.util.cache_from_source(source, optimization=mark)
                  for level, mark in ((0, ''), (1, 1), (2, 2))}

        def fresh(path):
            return os.path.isfile(path) and os.stat(path).st_mtime >= os.stat(source).st_mtime

        if self._optimize == -1:
            # What is there already, in the order of this preference.
            if fresh(beside):
                path = target = beside
            else:
                target = beside
                for level in 0, 1, 2:
                    if fresh(cached[level]):
                        path = cached[level]
                        break
                else:
                    if compiled():
                        path = cached[min(sys.flags.optimize, 2)]
                    else:
                        path = target = source
        else:
            if self._optimize not in cached:
                raise ValueError(f"invalid value for 'optimize': {self._optimize!r}", self._optimize)
            path, target = cached[self._optimize], beside
            if not fresh(path) and not compiled(optimize=self._optimize):
                path = target = source
        name = os.path.basename(target)
        return path, f'{basename}/{name}' if basename else name


# Archives as trees.

def _parents(path):
    """The folders that a path is in, from the inside out, without slashes at their ends.

    >>> list(_parents('b/d/f/'))
    ['b/d', 'b']
    >>> list(_parents('b'))
    []
    """
    import itertools
    return itertools.islice(_ancestry(path), 1, None)


def _ancestry(path):
    """A path and the folders it is in, from the inside out, without slashes at their ends.

    >>> list(_ancestry('/b/d/f/'))
    ['/b/d/f', '/b/d', '/b']
    """
    path = path.rstrip('/')
    while path.strip('/'):
        yield path
        path = path.rpartition('/')[0].rstrip('/') if '/' in path else ''


def _difference(minuend, subtrahend):
    """The items of the one that are not in the other, in order."""
    import itertools
    return itertools.filterfalse(set(subtrahend).__contains__, minuend)


_dedupe = dict.fromkeys


class CompleteDirs(ZipFile):
    """A ZipFile whose names include the folders that its entries are in."""

    @staticmethod
    def _implied_dirs(names):
        """The folders that names are in and that are none of them."""
        above = (folder + '/' for name in names for folder in _parents(name))
        return _dedupe(_difference(above, names))

    def namelist(self):
        names = super().namelist()
        return names + list(self._implied_dirs(names))

    def _name_set(self):
        return set(self.namelist())

    def resolve_dir(self, name):
        """Return the name with a slash at its end, if that, and only that, is in the archive."""
        known = self._name_set()
        return name + '/' if name not in known and name + '/' in known else name

    @classmethod
    def make(cls, source):
        """Return such an object for a path, a file or a ZipFile."""
        if isinstance(source, CompleteDirs):
            return source
        if not isinstance(source, ZipFile):
            return cls(source)
        # One that can still grow must not remember its names.
        made = object.__new__(cls if source.mode == 'r' else CompleteDirs)
        made.__dict__.update(source.__dict__)
        return made


class FastLookup(CompleteDirs):
    """CompleteDirs that works the names out once."""

    def namelist(self):
        if 'names' not in self._lookup:
            self._lookup['names'] = super().namelist()
        return self._lookup['names']

    def _name_set(self):
        if 'set' not in self._lookup:
            self._lookup['set'] = super()._name_set()
        return self._lookup['set']

    @property
    def _lookup(self):
        return self.__dict__.setdefault('_known_names', {})


class Path:
    """A place in an archive, with methods like those of pathlib.Path.

    >>> import io
    >>> archive = ZipFile(io.BytesIO(), 'w')
    >>> archive.writestr('a.txt', 'content of a')
    >>> archive.writestr('b/c.txt', 'content of c')
    >>> archive.filename = 'x.zip'
    >>> list(Path(archive).iterdir())
    [Path('x.zip', 'a.txt'), Path('x.zip', 'b/')]
    >>> b = Path(archive) / 'b'
    >>> c = b / 'c.txt'
    >>> c.name, c.exists(), c.read_text(), str(c)
    ('c.txt', True, 'content of c', 'x.zip/b/c.txt')
    >>> (b / 'missing.txt').exists()
    False
    """

    __repr = '{self.__class__.__name__}({self.root.filename!r}, {self.at!r})'

    def __init__(self, root, at=''):
        """root is a path, a file or a ZipFile; at a name in the archive, '' its root."""
        self.root = FastLookup.make(root)
        self.at = at

    @property
    def open(self):
        """ZipFile.open(), for this place."""
        from functools import partial
        return partial(self.root.open, self.at)

    @property
    def name(self):
        """The last part of the place's name."""
        return posixpath.basename(self.at.rstrip('/'))

    def read_text(self, *args, **kwargs):
        """Return the contents as str; the arguments are those of io.TextIOWrapper()."""
        with self.open() as f:
            return io.TextIOWrapper(f, *args, **kwargs).read()

    def read_bytes(self):
        """Return the contents as bytes."""
        with self.open() as f:
            return f.read()

    def _is_child(self, path):
        return posixpath.dirname(path.at.rstrip('/')) == self.at.rstrip('/')

    def _next(self, at):
        return Path(self.root, at)

    def is_dir(self):
        """Say whether it is a folder."""
        return not self.at or self.at.endswith('/')

    def is_file(self):
        """Say whether it is no folder."""
        return not self.is_dir()

    def exists(self):
        """Say whether there is such an entry or folder."""
        return self.at in self.root._name_set()

    def iterdir(self):
        """Yield the places in this folder."""
        if not self.is_dir():
            raise ValueError("Can't listdir a file")
        return filter(self._is_child, map(self._next, self.root.namelist()))

    def __str__(self):
        return posixpath.join(self.root.filename, self.at)

    def __repr__(self):
        return self.__repr.format(self=self)

    def joinpath(self, add):
        """Return the place of that name below this one."""
        return self._next(self.root.resolve_dir(posixpath.join(self.at, add)))

    __truediv__ = joinpath

    @property
    def parent(self):
        """The folder that the place is in."""
        above = posixpath.dirname(self.at.rstrip('/'))
        return self._next(above + '/' if above else above)


def _add_tree(archive, path, name):
    """Add what is at a path, with all below it; other things than files and folders are left out."""
    if os.path.isfile(path):
        archive.write(path, name, ZIP_DEFLATED)
    elif os.path.isdir(path):
        if name:
            archive.write(path, name)
        for each in sorted(os.listdir(path)):
            _add_tree(archive, os.path.join(path, each), os.path.join(name, each))


def main(args=None):
    """The program."""
    import argparse
    parser = argparse.ArgumentParser(description='A simple command-line interface for zipfile module.')
    group = parser.add_mutually_exclusive_group(required=True)
    for short, name, metavar, text in (
            ('-l', '--list', '<zipfile>', 'Show listing of a zipfile'),
            ('-e', '--extract', ('<zipfile>', '<output_dir>'), 'Extract zipfile into target dir'),
            ('-c', '--create', ('<name>', '<file>'), 'Create zipfile from sources'),
            ('-t', '--test', '<zipfile>', 'Test if a zipfile is valid')):
        count = {'--extract': 2, '--create': '+'}.get(name)
        group.add_argument(short, name, metavar=metavar, help=text, **({'nargs': count} if count else {}))
    options = parser.parse_args(args)
    if options.test is not None:
        with ZipFile(options.test, 'r') as archive:
            damaged = archive.testzip()
        if damaged:
            print(f'The following enclosed file is corrupted: {damaged!r}')
        print('Done testing')
    elif options.list is not None:
        with ZipFile(options.list, 'r') as archive:
            archive.printdir()
    elif options.extract is not None:
        source, target = options.extract
        with ZipFile(source, 'r') as archive:
            archive.extractall(target)
    elif options.create is not None:
        name, *paths = options.create
        with ZipFile(name, 'w') as archive:
            for path in paths:
                base = os.path.basename(path) or os.path.basename(os.path.dirname(path))
                _add_tree(archive, path, '' if base in ('', os.curdir, os.pardir) else base)


if __name__ == '__main__':
    main()
