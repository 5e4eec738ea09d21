#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tar archives.

    with tarfile.open('sample.tar.gz') as archive:
        archive.extractall('target', filter='data')
    with tarfile.open('new.tar', 'w') as archive:
        archive.add('spam')

An archive is a run of members in blocks of 512 bytes: a header of one block,
then the data, filled up.  The header of ustar holds names of up to 256 bytes and
sizes of up to 8 GiB.  GNU's format puts longer names into members of their own
in front, and large numbers into binary digits; the format of POSIX 1003.1-2001
(pax) puts a member with records `length keyword=value` in front.  All of them are
read, with gzip, bzip2 or xz around them or without; ustar, GNU and pax are
written, pax by default.

Archives from others are to be extracted with a filter: it sees each member and
leaves it out, changes or refuses it.  As a program: list, test, create and
extract; see -h.
"""
import copy
import os
import re
import stat
import sys
import time
from builtins import open as bltn_open
from _tarfile_base import (AREGTYPE, BLKTYPE, BLOCKSIZE, CHRTYPE, CONTTYPE, CompressionError, DEFAULT_FORMAT, DIRTYPE,
                           ENCODING, EOFHeaderError, EmptyHeaderError, ExtractError, FIFOTYPE, GNUTYPE_LONGLINK,
                           GNUTYPE_LONGNAME, GNUTYPE_SPARSE, GNU_FORMAT, GNU_MAGIC, GNU_TYPES, HeaderError,
                           InvalidHeaderError, LENGTH_LINK, LENGTH_NAME, LENGTH_PREFIX, LNKTYPE, NUL, PAX_FIELDS,
                           PAX_FORMAT, PAX_NAME_FIELDS, PAX_NUMBER_FIELDS, POSIX_MAGIC, RECORDSIZE, REGTYPE,
                           REGULAR_TYPES, ReadError, SOLARIS_XHDTYPE, SUPPORTED_TYPES, SYMTYPE, StreamError,
                           SubsequentHeaderError, TarError, TruncatedHeaderError, USTAR_FORMAT, XGLTYPE, XHDTYPE,
                           calc_chksums, copyfileobj, itn, nti, nts, stn, symlink_exception)
from _tarfile_filters import (AbsoluteLinkError, AbsolutePathError, FilterError, LinkOutsideDestinationError,
                              OutsideDestinationError, SpecialFileError, _NAMED_FILTERS, _get_filtered_attrs, _inside,
                              data_filter, fully_trusted_filter, tar_filter)
from _tarfile_streams import ExFileObject, _FileInFile, _LowLevelFile, _Stream, _StreamProxy

try:
    import pwd
except ImportError:
    pwd = None
try:
    import grp
except ImportError:
    grp = None

version = '0.9.0'
__author__ = 'the authors of taipan'

__all__ = ['TarFile', 'TarInfo', 'is_tarfile', 'TarError', 'ReadError', 'CompressionError', 'StreamError',
           'ExtractError', 'HeaderError', 'ENCODING', 'USTAR_FORMAT', 'GNU_FORMAT', 'PAX_FORMAT', 'DEFAULT_FORMAT',
           'open']


def _safe_print(s):
    encoding = getattr(sys.stdout, 'encoding', None)
    if encoding is not None:
        s = s.encode(encoding, 'backslashreplace').decode(encoding)
    print(s, end=' ')


_KEEP = object()        # "not given", where None means something


class TarInfo(object):
    """A member of an archive: all about it but its data.

    name, size, mtime, mode, type, linkname, uid, gid, uname, gname; pax_headers is a
    dict of its pax records.  None for mtime, mode and the owner means not to set
    them when it is extracted.
    """

    __slots__ = {
        'name': 'Name of the member, with slashes.',
        'mode': 'Permission bits.',
        'uid': 'Number of the owner.',
        'gid': 'Number of the group.',
        'size': 'Size in bytes.',
        'mtime': 'Time of the last change, in seconds.',
        'chksum': 'Checksum of the header.',
        'type': 'One of the type constants, such as REGTYPE.',
        'linkname': 'Where a link leads to.',
        'uname': 'Name of the owner.',
        'gname': 'Name of the group.',
        'devmajor': 'Major number of a device.',
        'devminor': 'Minor number of a device.',
        'offset': 'Where the header starts in the archive.',
        'offset_data': 'Where the data starts in the archive.',
        'pax_headers': 'Pax records, as a dict.',
        'sparse': 'The (offset, size) of the data in a sparse file.',
        'tarfile': None,
        '_sparse_structs': None,
        '_link_target': None,
    }

    def __init__(self, name=''):
        self.name = name
        self.linkname = self.uname = self.gname = ''
        self.mode = 0o644
        self.type = REGTYPE
        self.uid = self.gid = self.size = self.mtime = self.chksum = 0
        self.devmajor = self.devminor = 0
        self.offset = self.offset_data = 0
        self.sparse = None
        self.pax_headers = {}

    @property
    def path(self):
        """Pax' word for the name."""
        return self.name

    @path.setter
    def path(self, name):
        self.name = name

    @property
    def linkpath(self):
        """Pax' word for the link's name."""
        return self.linkname

    @linkpath.setter
    def linkpath(self, linkname):
        self.linkname = linkname

    def __repr__(self):
        return f'<{self.__class__.__name__} {self.name!r} at {id(self):#x}>'

    def replace(self, *, name=_KEEP, mtime=_KEEP, mode=_KEEP, linkname=_KEEP, uid=_KEEP, gid=_KEEP, uname=_KEEP,
                gname=_KEEP, deep=True, _KEEP=_KEEP):
        """Return a copy, a deep one by default, with some attributes changed."""
        changes = {'name': name, 'mtime': mtime, 'mode': mode, 'linkname': linkname, 'uid': uid, 'gid': gid,
                   'uname': uname, 'gname': gname}
        twin = copy.deepcopy(self) if deep else copy.copy(self)
        for attribute, value in changes.items():
            if value is not _KEEP:
                setattr(twin, attribute, value)
        return twin

    def get_info(self):
        """Return what is written of the attributes, as a dict."""
        info = {attribute: getattr(self, attribute) for attribute in (
            'name', 'mode', 'uid', 'gid', 'size', 'mtime', 'chksum', 'type', 'linkname', 'uname', 'gname', 'devmajor',
            'devminor')}
        if info['mode'] is not None:
            info['mode'] &= 0o7777
        if self.type == DIRTYPE and not self.name.endswith('/'):
            info['name'] += '/'
        return info

    # Writing headers

    def tobuf(self, format=DEFAULT_FORMAT, encoding=ENCODING, errors='surrogateescape'):
        """Return the header, as one or several blocks."""
        info = self.get_info()
        for name, value in info.items():
            if value is None:
                raise ValueError(f'{name} may not be None')
        if format == USTAR_FORMAT:
            return self.create_ustar_header(info, encoding, errors)
        if format == GNU_FORMAT:
            return self.create_gnu_header(info, encoding, errors)
        if format == PAX_FORMAT:
            return self.create_pax_header(info, encoding)
        raise ValueError('invalid format')

    def create_ustar_header(self, info, encoding, errors):
        """Return a ustar header; ValueError for what does not fit into it."""
        info['magic'] = POSIX_MAGIC
        if len(info['linkname'].encode(encoding, errors)) > LENGTH_LINK:
            raise ValueError('linkname is too long')
        if len(info['name'].encode(encoding, errors)) > LENGTH_NAME:
            info['prefix'], info['name'] = self._posix_split_name(info['name'], encoding, errors)
        return self._create_header(info, USTAR_FORMAT, encoding, errors)

    def create_gnu_header(self, info, encoding, errors):
        """Return a header of GNU's format, with members for long names in front."""
        info['magic'] = GNU_MAGIC
        blocks = [self._create_gnu_long_header(info[field], kind, encoding, errors)
                  for field, kind, limit in (('linkname', GNUTYPE_LONGLINK, LENGTH_LINK),
                                             ('name', GNUTYPE_LONGNAME, LENGTH_NAME))
                  if len(info[field].encode(encoding, errors)) > limit]
        return b''.join(blocks) + self._create_header(info, GNU_FORMAT, encoding, errors)

    def create_pax_header(self, info, encoding):
        """Return a ustar header, with a pax member in front for what does not fit into it."""
        info['magic'] = POSIX_MAGIC
        records = self.pax_headers.copy()
        for field, keyword, limit in (('name', 'path', LENGTH_NAME), ('linkname', 'linkpath', LENGTH_LINK),
                                      ('uname', 'uname', 32), ('gname', 'gname', 32)):
            text = info[field]
            if keyword not in records and (len(text) > limit or not text.isascii()):
                records[keyword] = text
        for field, digits in ('uid', 8), ('gid', 8), ('size', 12), ('mtime', 12):
            value = info[field]
            if field in records:
                info[field] = 0
            elif isinstance(value, float) or not 0 <= value < 8 ** (digits - 1):
                records[field] = str(value)
                info[field] = 0
        front = self._create_pax_generic_header(records, XHDTYPE, encoding) if records else b''
        return front + self._create_header(info, USTAR_FORMAT, 'ascii', 'replace')

    @classmethod
    def create_pax_global_header(cls, pax_headers):
        """Return a pax member whose records go for all members that follow."""
        return cls._create_pax_generic_header(pax_headers, XGLTYPE, 'utf-8')

    def _posix_split_name(self, name, encoding, errors):
        """Cut a name at a slash so that the parts fit into prefix and name."""
        at = name.find('/')
        while at >= 0:
            prefix, rest = name[:at], name[at + 1:]
            if len(rest.encode(encoding, errors)) <= LENGTH_NAME and len(prefix.encode(encoding, errors)) <= LENGTH_PREFIX:
                return prefix, rest
            at = name.find('/', at + 1)
        raise ValueError('name is too long')

    @staticmethod
    def _create_header(info, format, encoding, errors):
        """Return a block made from a dict of the attributes."""
        def text(field, size):
            return stn(info.get(field, ''), size, encoding, errors)

        def number(field, size):
            return itn(info.get(field, 0), size, format)

        kind = info.get('type', REGTYPE)
        if kind is None:
            raise ValueError('TarInfo.type must not be None')
        front = (text('name', 100) + itn(info.get('mode', 0) & 0o7777, 8, format) + number('uid', 8) + number('gid', 8)
                 + number('size', 12) + number('mtime', 12))
        back = (kind + text('linkname', 100) + info.get('magic', POSIX_MAGIC) + text('uname', 32) + text('gname', 32)
                + number('devmajor', 8) + number('devminor', 8) + text('prefix', 155))
        checksum = sum(front) + sum(back) + 8 * 0x20
        return (front + b'%06o\0 ' % checksum + back).ljust(BLOCKSIZE, NUL)

    @staticmethod
    def _create_payload(payload):
        """Return data filled up to full blocks."""
        return payload + NUL * (-len(payload) % BLOCKSIZE)

    @classmethod
    def _create_gnu_long_header(cls, name, type, encoding, errors):
        """Return a member of GNU's for a long name."""
        data = name.encode(encoding, errors) + NUL
        info = {'name': '././@LongLink', 'type': type, 'size': len(data), 'magic': GNU_MAGIC}
        return cls._create_header(info, USTAR_FORMAT, encoding, errors) + cls._create_payload(data)

    @classmethod
    def _create_pax_generic_header(cls, pax_headers, type, encoding):
        """Return a pax member with records.

        They are in UTF-8; if a value cannot be, in encoding, and a record says so.
        """
        codec, errors = 'utf-8', 'strict'
        records = []
        try:
            for value in pax_headers.values():
                value.encode(codec, errors)
        except UnicodeEncodeError:
            codec, errors = encoding, 'surrogateescape'
            records.append(b'21 hdrcharset=BINARY\n')
        for keyword, value in pax_headers.items():
            record = b' ' + keyword.encode('utf-8') + b'=' + value.encode(codec, errors) + b'\n'
            # The length counts its own digits.
            length = len(record) + len(str(len(record)))
            length = len(record) + len(str(length))
            records.append(b'%d' % length + record)
        data = b''.join(records)
        info = {'name': '././@PaxHeader', 'type': type, 'size': len(data), 'magic': POSIX_MAGIC}
        return cls._create_header(info, USTAR_FORMAT, 'ascii', 'replace') + cls._create_payload(data)

    # Reading headers

    @classmethod
    def frombuf(cls, buf, encoding, errors):
        """Make one from a block; a HeaderError for what is none."""
        if len(buf) == 0:
            raise EmptyHeaderError('empty header')
        if len(buf) != BLOCKSIZE:
            raise TruncatedHeaderError('truncated header')
        if buf.count(NUL) == BLOCKSIZE:
            raise EOFHeaderError('end of file header')
        checksum = nti(buf[148:156])
        if checksum not in calc_chksums(buf):
            raise InvalidHeaderError('bad checksum')
        member = cls()
        member.chksum = checksum
        for field, start, end in (('name', 0, 100), ('linkname', 157, 257), ('uname', 265, 297), ('gname', 297, 329)):
            setattr(member, field, nts(buf[start:end], encoding, errors))
        for field, start, end in (('mode', 100, 108), ('uid', 108, 116), ('gid', 116, 124), ('size', 124, 136),
                                  ('mtime', 136, 148), ('devmajor', 329, 337), ('devminor', 337, 345)):
            setattr(member, field, nti(buf[start:end]))
        member.type = buf[156:157]
        prefix = nts(buf[345:500], encoding, errors)
        if member.type == AREGTYPE and member.name.endswith('/'):
            member.type = DIRTYPE           # how folders were written of old
        if member.type == GNUTYPE_SPARSE:
            # Four places of data stand where other headers have the prefix.
            places = cls._sparse_places(buf, 386, 4)
            member._sparse_structs = (places, bool(buf[482]), nti(buf[483:495]))
        if member.isdir():
            member.name = member.name.rstrip('/')
        if prefix and member.type not in GNU_TYPES:
            member.name = prefix + '/' + member.name
        return member

    @staticmethod
    def _sparse_places(buf, position, count):
        """Read up to count pairs of (offset, size) of GNU's sparse files."""
        places = []
        for at in range(position, position + 24 * count, 24):
            try:
                places.append((nti(buf[at:at + 12]), nti(buf[at + 12:at + 24])))
            except ValueError:
                break
        return places

    @classmethod
    def fromtarfile(cls, tarfile):
        """Read the next member of an archive."""
        member = cls.frombuf(tarfile.fileobj.read(BLOCKSIZE), tarfile.encoding, tarfile.errors)
        member.offset = tarfile.fileobj.tell() - BLOCKSIZE
        return member._proc_member(tarfile)

    def _proc_member(self, tarfile):
        """Read what belongs to the header; return the member that it is the header of."""
        if self.type in (GNUTYPE_LONGNAME, GNUTYPE_LONGLINK):
            return self._proc_gnulong(tarfile)
        if self.type == GNUTYPE_SPARSE:
            return self._proc_sparse(tarfile)
        if self.type in (XHDTYPE, XGLTYPE, SOLARIS_XHDTYPE):
            return self._proc_pax(tarfile)
        return self._proc_builtin(tarfile)

    def _end_of_data(self):
        """Where the next header is."""
        has_data = self.isreg() or self.type not in SUPPORTED_TYPES
        return self.offset_data + (self._block(self.size) if has_data else 0)

    def _proc_builtin(self, tarfile):
        self.offset_data = tarfile.fileobj.tell()
        tarfile.offset = self._end_of_data()
        self._apply_pax_info(tarfile.pax_headers, tarfile.encoding, tarfile.errors)
        return self

    def _following(self, tarfile):
        """Read the header that this one is for."""
        try:
            return self.fromtarfile(tarfile)
        except HeaderError:
            raise SubsequentHeaderError('missing or bad subsequent header')

    def _proc_gnulong(self, tarfile):
        name = nts(tarfile.fileobj.read(self._block(self.size)), tarfile.encoding, tarfile.errors)
        member = self._following(tarfile)
        member.offset = self.offset
        if self.type == GNUTYPE_LONGNAME:
            member.name = name
        else:
            member.linkname = name
        return member

    def _proc_sparse(self, tarfile):
        places, more, size = self._sparse_structs
        del self._sparse_structs
        while more:
            buf = tarfile.fileobj.read(BLOCKSIZE)
            if len(buf) < BLOCKSIZE:
                raise TruncatedHeaderError('truncated header')
            places += [place for place in self._sparse_places(buf, 0, 21) if place[0] and place[1]]
            more = bool(buf[504])
        self.sparse = places
        self.offset_data = tarfile.fileobj.tell()
        tarfile.offset = self.offset_data + self._block(self.size)
        self.size = size
        return self

    def _proc_pax(self, tarfile):
        buf = tarfile.fileobj.read(self._block(self.size))
        # Global records go for all members that follow.
        headers = tarfile.pax_headers if self.type == XGLTYPE else tarfile.pax_headers.copy()
        charset = re.search(rb'\d+ hdrcharset=([^\n]+)\n', buf)
        if charset is not None:
            headers['hdrcharset'] = charset.group(1).decode('utf-8')
        encoding = tarfile.encoding if headers.get('hdrcharset') == 'BINARY' else 'utf-8'
        for keyword, value in self._pax_records(buf):
            keyword = self._decode_pax_field(keyword, 'utf-8', 'utf-8', tarfile.errors)
            if keyword in PAX_NAME_FIELDS:
                headers[keyword] = self._decode_pax_field(value, encoding, tarfile.encoding, tarfile.errors)
            else:
                headers[keyword] = self._decode_pax_field(value, 'utf-8', 'utf-8', tarfile.errors)
        member = self._following(tarfile)
        if 'GNU.sparse.map' in headers:
            self._proc_gnusparse_01(member, headers)
        elif 'GNU.sparse.size' in headers:
            self._proc_gnusparse_00(member, headers, buf)
        elif headers.get('GNU.sparse.major') == '1' and headers.get('GNU.sparse.minor') == '0':
            self._proc_gnusparse_10(member, headers, tarfile)
        if self.type != XGLTYPE:
            member._apply_pax_info(headers, tarfile.encoding, tarfile.errors)
            member.offset = self.offset
            if 'size' in headers:
                tarfile.offset = member._end_of_data()
        return member

    @staticmethod
    def _pax_records(buf):
        """Yield the (keyword, value) of each record."""
        at = 0
        while True:
            space = buf.find(b' ', at, at + 20)
            digits = buf[at:space] if space > at else b''
            if not digits.isdigit():
                return
            length = int(digits)
            if length == 0:
                raise InvalidHeaderError('invalid header')
            equal = buf.find(b'=', space)
            if equal <= space + 1:
                return
            yield buf[space + 1:equal], buf[equal + 1:max(at + length - 1, equal + 1)]
            at += length

    def _proc_gnusparse_00(self, next, pax_headers, buf):
        """Sparse files of version 0.0: each number is a record."""
        offsets, sizes = ([int(digits) for digits in re.findall(rb'\d+ GNU.sparse.%b=(\d+)\n' % what, buf)]
                          for what in (b'offset', b'numbytes'))
        next.sparse = list(zip(offsets, sizes))

    def _proc_gnusparse_01(self, next, pax_headers):
        """Sparse files of version 0.1: all numbers are in one record."""
        numbers = [int(digits) for digits in pax_headers['GNU.sparse.map'].split(',')]
        next.sparse = list(zip(numbers[::2], numbers[1::2]))

    def _proc_gnusparse_10(self, next, pax_headers, tarfile):
        """Sparse files of version 1.0: the numbers are lines in front of the data, the first says how many pairs."""
        read = tarfile.fileobj.read
        lines = []
        buf = read(BLOCKSIZE)
        while not lines or len(lines) <= int(lines[0]) * 2:
            if b'\n' not in buf:
                more = read(BLOCKSIZE)
                if not more:
                    raise InvalidHeaderError('invalid header')
                buf += more
                continue
            line, _, buf = buf.partition(b'\n')
            lines.append(line)
        next.offset_data = tarfile.fileobj.tell()
        numbers = [int(line) for line in lines[1:]]
        next.sparse = list(zip(numbers[::2], numbers[1::2]))

    def _apply_pax_info(self, pax_headers, encoding, errors):
        """Take over the values of records."""
        for keyword, value in pax_headers.items():
            if keyword == 'GNU.sparse.name':
                self.path = value
            elif keyword in ('GNU.sparse.size', 'GNU.sparse.realsize'):
                self.size = int(value)
            elif keyword in PAX_FIELDS:
                number = PAX_NUMBER_FIELDS.get(keyword)
                if number is not None:
                    try:
                        value = number(value)
                    except ValueError:
                        value = 0
                setattr(self, keyword, value.rstrip('/') if keyword == 'path' else value)
        self.pax_headers = pax_headers.copy()

    def _decode_pax_field(self, value, encoding, fallback_encoding, fallback_errors):
        try:
            return value.decode(encoding, 'strict')
        except UnicodeDecodeError:
            return value.decode(fallback_encoding, fallback_errors)

    def _block(self, count):
        """Round up to full blocks."""
        return -(-count // BLOCKSIZE) * BLOCKSIZE

    def isreg(self):
        """Say whether it is a file."""
        return self.type in REGULAR_TYPES

    isfile = isreg

    def isdir(self):
        """Say whether it is a folder."""
        return self.type == DIRTYPE

    def issym(self):
        """Say whether it is a symbolic link."""
        return self.type == SYMTYPE

    def islnk(self):
        """Say whether it is a hard link."""
        return self.type == LNKTYPE

    def ischr(self):
        """Say whether it is a character device."""
        return self.type == CHRTYPE

    def isblk(self):
        """Say whether it is a block device."""
        return self.type == BLKTYPE

    def isfifo(self):
        """Say whether it is a named pipe."""
        return self.type == FIFOTYPE

    def issparse(self):
        """Say whether it is a file with holes."""
        return self.sparse is not None

    def isdev(self):
        """Say whether it is a device or a named pipe."""
        return self.type in (CHRTYPE, BLKTYPE, FIFOTYPE)


class TarFile(object):
    """A tar archive, without compression; see open() for what opens all kinds.

    name         path of the archive
    mode         'r' to read, 'a' to append, 'w' to write, 'x' to create
    fileobj      the file to use; it is not closed with this object
    format       USTAR_FORMAT, GNU_FORMAT or PAX_FORMAT, for writing
    tarinfo      the class of the members
    dereference  add what symbolic links lead to instead of them
    ignore_zeros go on after blocks of zeros and damaged headers
    encoding, errors  of names
    pax_headers  dict of global records to write
    debug        what is printed to stderr, 0 (nothing) to 3
    errorlevel   when extracting: 0 print errors only, 1 raise OSError and
                 FilterError, 2 ExtractError too
    copybufsize  size of the pieces in which data is copied

    extraction_filter is the filter where extract() is given none.
    """

    debug = 0
    dereference = False
    ignore_zeros = False
    errorlevel = 1
    format = DEFAULT_FORMAT
    encoding = ENCODING
    errors = None
    tarinfo = TarInfo
    fileobject = ExFileObject
    extraction_filter = None

    def __init__(self, name=None, mode='r', fileobj=None, format=None, tarinfo=None, dereference=None,
                 ignore_zeros=None, encoding=None, errors='surrogateescape', pax_headers=None, debug=None,
                 errorlevel=None, copybufsize=None):
        modes = {'r': 'rb', 'a': 'r+b', 'w': 'wb', 'x': 'xb'}
        if mode not in modes:
            raise ValueError("mode must be 'r', 'a', 'w' or 'x'")
        self.mode, self._mode = mode, modes[mode]
        self._extfileobj = fileobj is not None
        if not fileobj:
            if mode == 'a' and not os.path.exists(name):
                self.mode, self._mode = 'w', 'wb'
            fileobj = bltn_open(name, self._mode)
            self._extfileobj = False
        else:
            if name is None and isinstance(getattr(fileobj, 'name', None), (str, bytes)):
                name = fileobj.name
            self._mode = getattr(fileobj, 'mode', self._mode)
            self._extfileobj = True
        self.name = os.path.abspath(name) if name else None
        self.fileobj = fileobj
        for attribute, value in (('format', format), ('tarinfo', tarinfo), ('dereference', dereference),
                                 ('ignore_zeros', ignore_zeros), ('encoding', encoding), ('debug', debug),
                                 ('errorlevel', errorlevel)):
            if value is not None:
                setattr(self, attribute, value)
        self.errors = errors
        self.pax_headers = pax_headers if pax_headers is not None and self.format == PAX_FORMAT else {}
        self.copybufsize = copybufsize
        self.closed = False
        self.members = []
        self._loaded = False                    # all members are in the list
        self.offset = self.fileobj.tell()       # where the next header is, or is to be written
        self.inodes = {}                        # files that were added, to recognise hard links
        try:
            self._begin()
        except:
            if not self._extfileobj:
                self.fileobj.close()
            self.closed = True
            raise

    def _begin(self):
        if self.mode == 'r':
            self.firstmember = None
            self.firstmember = self.next()
            return
        if self.mode == 'a':
            self._find_end()
        self._loaded = True
        if self.pax_headers:
            block = self.tarinfo.create_pax_global_header(self.pax_headers.copy())
            self.fileobj.write(block)
            self.offset += len(block)

    def _find_end(self):
        """Read all headers, to stand behind the last member."""
        while True:
            self.fileobj.seek(self.offset)
            try:
                self.members.append(self.tarinfo.fromtarfile(self))
            except EOFHeaderError:
                self.fileobj.seek(self.offset)
                return
            except HeaderError as problem:
                raise ReadError(str(problem))

    @classmethod
    def open(cls, name=None, mode='r', fileobj=None, bufsize=RECORDSIZE, **kwargs):
        """Open an archive.

        mode is 'r', or 'r:*', to read with whatever compression there is; 'r:',
        'a:', 'w:' or 'x:' for none; 'r:gz' and so on for 'gz', 'bz2' and 'xz'; 'a',
        'w' and 'x' are short for no compression.  With '|' for ':', fileobj is a
        stream, which is read or written from start to end in pieces of bufsize.
        The rest is as for TarFile() (and compresslevel or preset).
        """
        if not name and not fileobj:
            raise ValueError('nothing to open')
        if mode in ('r', 'r:*'):
            return cls._open_any(name, fileobj, kwargs)
        if ':' in mode:
            filemode, comptype = mode.split(':', 1)
            method = cls.OPEN_METH.get(comptype or 'tar')
            if method is None:
                raise CompressionError(f'unknown compression type {comptype!r}')
            return getattr(cls, method)(name, filemode or 'r', fileobj, **kwargs)
        if '|' in mode:
            filemode, comptype = mode.split('|', 1)
            filemode = filemode or 'r'
            if filemode not in ('r', 'w'):
                raise ValueError("mode must be 'r' or 'w'")
            stream = _Stream(name, filemode, comptype or 'tar', fileobj, bufsize)
            try:
                archive = cls(name, filemode, stream, **kwargs)
            except:
                stream.close()
                raise
            archive._extfileobj = False
            return archive
        if mode in ('a', 'w', 'x'):
            return cls.taropen(name, mode, fileobj, **kwargs)
        raise ValueError('undiscernible mode')

    @classmethod
    def _open_any(cls, name, fileobj, kwargs):
        """Try all compressions, and none at last."""
        methods = sorted(cls.OPEN_METH.values(), key=lambda method: method == 'taropen')
        start = None if fileobj is None else fileobj.tell()
        for method in methods:
            try:
                return getattr(cls, method)(name, 'r', fileobj, **kwargs)
            except (ReadError, CompressionError):
                if fileobj is not None:
                    fileobj.seek(start)
        raise ReadError('file could not be opened successfully')

    @classmethod
    def taropen(cls, name, mode='r', fileobj=None, **kwargs):
        """Open an archive without compression."""
        if mode not in ('r', 'a', 'w', 'x'):
            raise ValueError("mode must be 'r', 'a', 'w' or 'x'")
        return cls(name, mode, fileobj, **kwargs)

    @classmethod
    def _open_compressed(cls, name, mode, fileobj, make, errors, complaint, kwargs):
        """Open an archive in the file that make() opens; errors while reading say that it is no such file."""
        compressed = make()
        try:
            archive = cls.taropen(name, mode, compressed, **kwargs)
        except errors:
            compressed.close()
            if mode == 'r':
                raise ReadError(complaint)
            raise
        except:
            compressed.close()
            raise
        archive._extfileobj = False
        return archive

    @staticmethod
    def _check_mode(mode):
        if mode not in ('r', 'w', 'x'):
            raise ValueError("mode must be 'r', 'w' or 'x'")

    @classmethod
    def gzopen(cls, name, mode='r', fileobj=None, compresslevel=9, **kwargs):
        """Open an archive compressed with gzip."""
        cls._check_mode(mode)
        try:
            from gzip import GzipFile
        except ImportError:
            raise CompressionError('gzip module is not available')

        def make():
            try:
                return GzipFile(name, mode + 'b', compresslevel, fileobj)
            except OSError:
                if fileobj is not None and mode == 'r':
                    raise ReadError('not a gzip file')
                raise

        return cls._open_compressed(name, mode, fileobj, make, OSError, 'not a gzip file', kwargs)

    @classmethod
    def bz2open(cls, name, mode='r', fileobj=None, compresslevel=9, **kwargs):
        """Open an archive compressed with bzip2."""
        cls._check_mode(mode)
        try:
            from bz2 import BZ2File
        except ImportError:
            raise CompressionError('bz2 module is not available')
        return cls._open_compressed(name, mode, fileobj,
                                    lambda: BZ2File(fileobj or name, mode, compresslevel=compresslevel),
                                    (OSError, EOFError), 'not a bzip2 file', kwargs)

    @classmethod
    def xzopen(cls, name, mode='r', fileobj=None, preset=None, **kwargs):
        """Open an archive compressed with xz."""
        cls._check_mode(mode)
        try:
            from lzma import LZMAError, LZMAFile
        except ImportError:
            raise CompressionError('lzma module is not available')
        return cls._open_compressed(name, mode, fileobj, lambda: LZMAFile(fileobj or name, mode, preset=preset),
                                    (LZMAError, EOFError), 'not an lzma file', kwargs)

    OPEN_METH = {'tar': 'taropen', 'gz': 'gzopen', 'bz2': 'bz2open', 'xz': 'xzopen'}

    def close(self):
        """Write the end of the archive, and close the file, if it was opened here."""
        if self.closed:
            return
        self.closed = True
        try:
            if self.mode in ('a', 'w', 'x'):
                end = self.offset + BLOCKSIZE * 2
                filling = -end % RECORDSIZE
                self.fileobj.write(NUL * (BLOCKSIZE * 2))
                if filling:
                    self.fileobj.write(NUL * filling)
                self.offset = end + filling
        finally:
            if not self._extfileobj:
                self.fileobj.close()

    def getmember(self, name):
        """Return the member of that name, the last if there are several; KeyError if there is none."""
        member = self._getmember(name.rstrip('/'))
        if member is None:
            raise KeyError(f'filename {name!r} not found')
        return member

    def getmembers(self):
        """Return all members, in the order of the archive."""
        self._check()
        if not self._loaded:
            self._load()
        return self.members

    def getnames(self):
        """Return the names of all members, in the order of the archive."""
        return [member.name for member in self.getmembers()]

    def gettarinfo(self, name=None, arcname=None, fileobj=None):
        """Return a TarInfo for what is at a path, or in an open file; None for what cannot be in an archive.

        arcname is its name there, by default the path.
        """
        self._check('awx')
        if fileobj is not None:
            name = fileobj.name
        arcname = os.path.splitdrive(name if arcname is None else arcname)[1]
        member = self.tarinfo()
        member.tarfile = self
        member.name = arcname = arcname.replace(os.sep, '/').lstrip('/')
        if fileobj is not None:
            found = os.fstat(fileobj.fileno())
        else:
            found = os.stat(name) if self.dereference else os.lstat(name)
        kinds = ((stat.S_ISREG, REGTYPE), (stat.S_ISDIR, DIRTYPE), (stat.S_ISFIFO, FIFOTYPE), (stat.S_ISLNK, SYMTYPE),
                 (stat.S_ISCHR, CHRTYPE), (stat.S_ISBLK, BLKTYPE))
        kind = next((kind for test, kind in kinds if test(found.st_mode)), None)
        if kind is None:
            return None
        if kind == REGTYPE:
            inode = found.st_ino, found.st_dev
            first = self.inodes.get(inode)
            if not self.dereference and found.st_nlink > 1 and first not in (None, arcname):
                kind = LNKTYPE
                member.linkname = first
            elif inode[0]:
                self.inodes[inode] = arcname
        elif kind == SYMTYPE:
            member.linkname = os.readlink(name)
        member.type = kind
        member.mode = found.st_mode
        member.uid, member.gid = found.st_uid, found.st_gid
        member.size = found.st_size if kind == REGTYPE else 0
        member.mtime = found.st_mtime
        if pwd:
            try:
                member.uname = pwd.getpwuid(member.uid)[0]
            except KeyError:
                pass
        if grp:
            try:
                member.gname = grp.getgrgid(member.gid)[0]
            except KeyError:
                pass
        if kind in (CHRTYPE, BLKTYPE) and hasattr(os, 'major') and hasattr(os, 'minor'):
            member.devmajor, member.devminor = os.major(found.st_rdev), os.minor(found.st_rdev)
        return member

    def list(self, verbose=True, *, members=None):
        """Print a table of the members, or of some; without verbose only their names."""
        self._check()
        for member in self if members is None else members:
            if verbose:
                self._list_details(member)
            _safe_print(member.name + ('/' if member.isdir() else ''))
            if verbose:
                if member.issym():
                    _safe_print('-> ' + member.linkname)
                if member.islnk():
                    _safe_print('link to ' + member.linkname)
            print()

    @staticmethod
    def _list_details(member):
        _safe_print('??????????' if member.mode is None else stat.filemode(member.mode))
        _safe_print(f'{member.uname or member.uid}/{member.gname or member.gid}')
        size = f'{member.devmajor},{member.devminor}' if member.ischr() or member.isblk() else member.size
        _safe_print('%10s' % size)
        moment = None if member.mtime is None else time.localtime(member.mtime)[:6]
        _safe_print('????-??-?? ??:??:??' if moment is None else '%d-%02d-%02d %02d:%02d:%02d' % moment)

    def add(self, name, arcname=None, recursive=True, *, filter=None):
        """Add what is at a path, under the name arcname; of a folder all below it too, unless recursive is false.

        filter(member) returns the member to write, or None to leave it out.
        """
        self._check('awx')
        if arcname is None:
            arcname = name
        if self.name is not None and os.path.abspath(name) == self.name:
            self._dbg(2, f'tarfile: Skipped {name!r}')      # the archive itself
            return
        self._dbg(1, name)
        member = self.gettarinfo(name, arcname)
        if member is None:
            self._dbg(1, f'tarfile: Unsupported type {name!r}')
            return
        if filter is not None:
            member = filter(member)
            if member is None:
                self._dbg(2, f'tarfile: Excluded {name!r}')
                return
        if member.isreg():
            with bltn_open(name, 'rb') as f:
                self.addfile(member, f)
            return
        self.addfile(member)
        if member.isdir() and recursive:
            for each in sorted(os.listdir(name)):
                self.add(os.path.join(name, each), os.path.join(arcname, each), recursive, filter=filter)

    def addfile(self, tarinfo, fileobj=None):
        """Add a member; its data, tarinfo.size bytes, from a binary file, if one is given."""
        self._check('awx')
        member = copy.copy(tarinfo)
        block = member.tobuf(self.format, self.encoding, self.errors)
        self.fileobj.write(block)
        self.offset += len(block)
        if fileobj is not None:
            copyfileobj(fileobj, self.fileobj, member.size, bufsize=self.copybufsize)
            filling = -member.size % BLOCKSIZE
            if filling:
                self.fileobj.write(NUL * filling)
            self.offset += member.size + filling
        self.members.append(member)

    def _get_filter_function(self, filter):
        """Return the function for what was given as filter."""
        if filter is None:
            own = self.extraction_filter
            if isinstance(own, str):
                raise TypeError('String names are not supported for TarFile.extraction_filter. '
                                'Use a function such as tarfile.data_filter directly.')
            return fully_trusted_filter if own is None else own
        if callable(filter):
            return filter
        try:
            return _NAMED_FILTERS[filter]
        except KeyError:
            raise ValueError(f'filter {filter!r} not found') from None

    def extractall(self, path='.', members=None, *, numeric_owner=False, filter=None):
        """Extract all members, or some, below path.

        numeric_owner sets the owner by numbers, not names.  filter is 'data',
        'tar', 'fully_trusted', or a function (member, path) that returns the
        member to extract or None; with archives from others use 'data'.
        """
        function = self._get_filter_function(filter)
        folders = []
        for member in self if members is None else members:
            member = self._get_extract_tarinfo(member, function, path)
            if member is None:
                continue
            if member.isdir():
                # Their times and modes would change again, or keep from writing into them.
                folders.append(member)
            self._extract_one(member, path, set_attrs=not member.isdir(), numeric_owner=numeric_owner)
        for member in sorted(folders, key=lambda member: member.name, reverse=True):
            target = os.path.join(path, member.name)
            try:
                self._set_attributes(member, target, numeric_owner)
            except ExtractError as problem:
                self._handle_nonfatal_error(problem)

    def extract(self, member, path='', set_attrs=True, *, numeric_owner=False, filter=None):
        """Extract one member, given by name or TarInfo, below path; set_attrs also sets owner, mode and time.

        The other arguments are as for extractall().
        """
        member = self._get_extract_tarinfo(member, self._get_filter_function(filter), path)
        if member is not None:
            self._extract_one(member, path, set_attrs, numeric_owner)

    def _get_extract_tarinfo(self, member, filter_function, path):
        """Return a member as the filter leaves it; None if it is not to be extracted."""
        given = member = self.getmember(member) if isinstance(member, str) else member
        # As in 3.8.18: an error that errorlevel suppresses lets the member through as it is.
        try:
            member = filter_function(given, path)
        except (OSError, FilterError) as problem:
            self._handle_fatal_error(problem)
        except ExtractError as problem:
            self._handle_nonfatal_error(problem)
        if member is None:
            self._dbg(2, f'tarfile: Excluded {given.name!r}')
            return None
        if member.islnk():
            member = copy.copy(member)
            member._link_target = os.path.join(path, member.linkname)
        return member

    def _extract_one(self, tarinfo, path, set_attrs, numeric_owner):
        self._check('r')
        try:
            self._extract_member(tarinfo, os.path.join(path, tarinfo.name), set_attrs=set_attrs,
                                 numeric_owner=numeric_owner)
        except OSError as problem:
            self._handle_fatal_error(problem)
        except ExtractError as problem:
            self._handle_nonfatal_error(problem)

    def _handle_nonfatal_error(self, e):
        """Raise it, or print it, as errorlevel says."""
        if self.errorlevel > 1:
            raise
        self._dbg(1, f'tarfile: {e}')

    def _handle_fatal_error(self, e):
        """Raise it, or print it, as errorlevel says."""
        if self.errorlevel > 0:
            raise
        if not isinstance(e, OSError):
            self._dbg(1, f'tarfile: {type(e).__name__} {e}')
        elif e.filename is None:
            self._dbg(1, f'tarfile: {e.strerror}')
        else:
            self._dbg(1, f'tarfile: {e.strerror} {e.filename!r}')

    def extractfile(self, member):
        """Return a file for reading a member, given by name or TarInfo, or what it links to; None if it has no data."""
        self._check('r')
        if isinstance(member, str):
            member = self.getmember(member)
        if member.isreg() or member.type not in SUPPORTED_TYPES:
            return self.fileobject(self, member)
        if not member.islnk() and not member.issym():
            return None
        if isinstance(self.fileobj, _Stream):
            raise StreamError('cannot extract (sym)link as file object')
        return self.extractfile(self._find_link_target(member))

    def _extract_member(self, tarinfo, targetpath, set_attrs=True, numeric_owner=False):
        """Extract a member to a path."""
        targetpath = targetpath.rstrip('/').replace('/', os.sep)
        above = os.path.dirname(targetpath)
        if above and not os.path.exists(above):
            os.makedirs(above)
        is_link = tarinfo.islnk() or tarinfo.issym()
        self._dbg(1, f'{tarinfo.name} -> {tarinfo.linkname}' if is_link else tarinfo.name)
        if tarinfo.isdir():
            make = self.makedir
        elif tarinfo.isfifo():
            make = self.makefifo
        elif tarinfo.isdev():
            make = self.makedev
        elif is_link:
            make = self.makelink
        elif tarinfo.type in SUPPORTED_TYPES:
            make = self.makefile
        else:
            make = self.makeunknown
        make(tarinfo, targetpath)
        if set_attrs:
            self._set_attributes(tarinfo, targetpath, numeric_owner)

    def _set_attributes(self, tarinfo, targetpath, numeric_owner):
        self.chown(tarinfo, targetpath, numeric_owner)
        if not tarinfo.issym():
            self.chmod(tarinfo, targetpath)
            self.utime(tarinfo, targetpath)

    # What makes members on disk; subclasses can replace these.

    def makedir(self, tarinfo, targetpath):
        """Make a folder."""
        try:
            if tarinfo.mode is None:
                os.mkdir(targetpath)
            else:
                os.mkdir(targetpath, 0o700)     # its mode is set when all is in it
        except FileExistsError:
            pass

    def makefile(self, tarinfo, targetpath):
        """Make a file."""
        source = self.fileobj
        source.seek(tarinfo.offset_data)
        with bltn_open(targetpath, 'wb') as target:
            if tarinfo.sparse is None:
                copyfileobj(source, target, tarinfo.size, ReadError, self.copybufsize)
                return
            for offset, size in tarinfo.sparse:
                target.seek(offset)
                copyfileobj(source, target, size, ReadError, self.copybufsize)
            target.seek(tarinfo.size)
            target.truncate()

    def makeunknown(self, tarinfo, targetpath):
        """Make a file of a member whose type is not known."""
        self.makefile(tarinfo, targetpath)
        self._dbg(1, f'tarfile: Unknown file type {tarinfo.type!r}, extracted as regular file.')

    def makefifo(self, tarinfo, targetpath):
        """Make a named pipe."""
        if not hasattr(os, 'mkfifo'):
            raise ExtractError('fifo not supported by system')
        os.mkfifo(targetpath)

    def makedev(self, tarinfo, targetpath):
        """Make a device."""
        if not hasattr(os, 'mknod') or not hasattr(os, 'makedev'):
            raise ExtractError('special devices not supported by system')
        mode = 0o600 if tarinfo.mode is None else tarinfo.mode
        kind = stat.S_IFBLK if tarinfo.isblk() else stat.S_IFCHR
        os.mknod(targetpath, mode | kind, os.makedev(tarinfo.devmajor, tarinfo.devminor))

    def makelink(self, tarinfo, targetpath):
        """Make a link, or, where that cannot be, extract what it leads to in its place."""
        try:
            if tarinfo.issym():
                if os.path.lexists(targetpath):
                    os.unlink(targetpath)
                os.symlink(tarinfo.linkname, targetpath)
            elif os.path.exists(tarinfo._link_target):
                os.link(tarinfo._link_target, targetpath)
            else:
                self._extract_member(self._find_link_target(tarinfo), targetpath)
        except symlink_exception:
            try:
                self._extract_member(self._find_link_target(tarinfo), targetpath)
            except KeyError:
                raise ExtractError('unable to resolve link inside archive')

    def chown(self, tarinfo, targetpath, numeric_owner):
        """Set the owner, if that is allowed here: by name if possible, unless numeric_owner says not to."""
        if not hasattr(os, 'geteuid') or os.geteuid() != 0:
            return
        uid, gid = tarinfo.uid, tarinfo.gid
        if not numeric_owner:
            try:
                if grp and tarinfo.gname:
                    gid = grp.getgrnam(tarinfo.gname)[2]
            except KeyError:
                pass
            try:
                if pwd and tarinfo.uname:
                    uid = pwd.getpwnam(tarinfo.uname)[2]
            except KeyError:
                pass
        uid, gid = (-1 if number is None else number for number in (uid, gid))
        change = os.lchown if tarinfo.issym() and hasattr(os, 'lchown') else os.chown
        try:
            change(targetpath, uid, gid)
        except OSError:
            raise ExtractError('could not change owner')

    def chmod(self, tarinfo, targetpath):
        """Set the permissions."""
        if tarinfo.mode is not None:
            try:
                os.chmod(targetpath, tarinfo.mode)
            except OSError:
                raise ExtractError('could not change mode')

    def utime(self, tarinfo, targetpath):
        """Set the time of the last change."""
        moment = tarinfo.mtime
        if moment is None or not hasattr(os, 'utime'):
            return
        try:
            os.utime(targetpath, (moment, moment))
        except OSError:
            raise ExtractError('could not change modification time')

    def next(self):
        """Read the next member of an archive opened for reading; return it, or None at the end."""
        self._check('ra')
        if self.firstmember is not None:
            member, self.firstmember = self.firstmember, None
            return member
        if self.offset != self.fileobj.tell():
            if self.offset == 0:
                return None
            # Read the byte before: seek() does not tell whether it is there.
            self.fileobj.seek(self.offset - 1)
            if not self.fileobj.read(1):
                raise ReadError('unexpected end of data')
        member = self._next_header()
        if member is None:
            self._loaded = True
        else:
            self.members.append(member)
        return member

    def _next_header(self):
        """Read the header at self.offset, or with ignore_zeros the next good one; None at the end.

        Damage is an error in the first header only: what follows an archive may
        be anything.
        """
        while True:
            try:
                return self.tarinfo.fromtarfile(self)
            except SubsequentHeaderError as problem:
                raise ReadError(str(problem))
            except (EOFHeaderError, InvalidHeaderError) as problem:
                if self.ignore_zeros:
                    self._dbg(2, f'0x{self.offset:X}: {problem}')
                    self.offset += BLOCKSIZE
                    continue
                if self.offset == 0 and isinstance(problem, InvalidHeaderError):
                    raise ReadError(str(problem))
            except EmptyHeaderError:
                if self.offset == 0:
                    raise ReadError('empty file')
            except TruncatedHeaderError as problem:
                if self.offset == 0:
                    raise ReadError(str(problem))
            return None

    def _getmember(self, name, tarinfo=None, normalize=False):
        """Return the last member of that name, of those before tarinfo if that is given; None if there is none."""
        members = self.getmembers()
        wait = False            # for a copy of tarinfo, known by its offset
        if tarinfo is not None:
            try:
                members = members[:members.index(tarinfo)]
            except ValueError:
                wait = True
        if normalize:
            name = os.path.normpath(name)
        for member in reversed(members):
            if wait:
                wait = member.offset != tarinfo.offset
            elif (os.path.normpath(member.name) if normalize else member.name) == name:
                return member
        if wait:
            raise ValueError(tarinfo)
        return None

    def _load(self):
        """Read all headers."""
        while self.next() is not None:
            pass
        self._loaded = True

    def _check(self, mode=None):
        """Check that the archive is open, and in one of the modes."""
        if self.closed:
            raise OSError(f'{self.__class__.__name__} is closed')
        if mode is not None and self.mode not in mode:
            raise OSError(f'bad operation for mode {self.mode!r}')

    def _find_link_target(self, tarinfo):
        """Return the member that a link leads to."""
        if tarinfo.issym():
            # Anywhere in the archive, from the link's own folder.
            name = '/'.join(filter(None, (os.path.dirname(tarinfo.name), tarinfo.linkname)))
            limit = None
        else:
            name, limit = tarinfo.linkname, tarinfo
        member = self._getmember(name, tarinfo=limit, normalize=True)
        if member is None:
            raise KeyError(f'linkname {name!r} not found')
        return member

    def __iter__(self):
        """Yield the members; they are read as far as that is needed."""
        if self._loaded:
            yield from self.members
            return
        index = 0
        if self.firstmember is not None:
            first = self.next()
            index += 1
            yield first
        while True:
            if index < len(self.members):
                member = self.members[index]
            else:
                member = None if self._loaded else self.next()
                if not member:
                    self._loaded = True
                    return
            index += 1
            yield member

    def _dbg(self, level, msg):
        """Print what happens, if it is asked for."""
        if self.debug >= level:
            print(msg, file=sys.stderr)

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, type, value, traceback):
        if type is None:
            self.close()
            return
        # After an error no end is written.
        if not self._extfileobj:
            self.fileobj.close()
        self.closed = True


def is_tarfile(name):
    """Say whether there is a tar archive at a path, that open() can read."""
    try:
        open(name).close()
    except TarError:
        return False
    return True


open = TarFile.open


def main():
    """The program."""
    import argparse
    parser = argparse.ArgumentParser(description='A simple command-line interface for tarfile module.')
    parser.add_argument('-v', '--verbose', action='store_true', default=False, help='Verbose output')
    parser.add_argument('--filter', metavar='<filtername>', choices=_NAMED_FILTERS, help='Filter for extraction')
    group = parser.add_mutually_exclusive_group(required=True)
    for short, name, metavar, text in (
            ('-l', '--list', '<tarfile>', 'Show listing of a tarfile'),
            ('-e', '--extract', ('<tarfile>', '<output_dir>'), 'Extract tarfile into target dir'),
            ('-c', '--create', ('<name>', '<file>'), 'Create tarfile from sources'),
            ('-t', '--test', '<tarfile>', 'Test if a tarfile is valid')):
        group.add_argument(short, name, metavar=metavar, help=text, **({'nargs': '+'} if len(metavar) == 2 else {}))
    options = parser.parse_args()
    if options.filter and options.extract is None:
        parser.exit(1, '--filter is only valid for extraction\n')
    if options.test is not None:
        source = options.test
        if not is_tarfile(source):
            parser.exit(1, f'{source!r} is not a tar archive.\n')
        with open(source, 'r') as archive:
            archive.getmembers()
            print(archive.getmembers(), file=sys.stderr)
        if options.verbose:
            print(f'{source!r} is a tar archive.')
    elif options.list is not None:
        source = options.list
        if not is_tarfile(source):
            parser.exit(1, f'{source!r} is not a tar archive.\n')
        with open(source, 'r:*') as archive:
            archive.list(verbose=options.verbose)
    elif options.extract is not None:
        if len(options.extract) > 2:
            parser.exit(1, parser.format_help())
        source, *target = options.extract
        folder = target[0] if target else os.curdir
        if not is_tarfile(source):
            parser.exit(1, f'{source!r} is not a tar archive.\n')
        with open(source, 'r:*') as archive:
            archive.extractall(path=folder, filter=options.filter)
        if options.verbose:
            print(f'{source!r} file is extracted.' if folder == '.' else
                  f'{source!r} file is extracted into {folder!r} directory.')
    elif options.create is not None:
        target, *paths = options.create
        suffix = os.path.splitext(target)[1]
        kind = {'.gz': 'gz', '.tgz': 'gz', '.xz': 'xz', '.txz': 'xz', '.bz2': 'bz2', '.tbz': 'bz2', '.tbz2': 'bz2',
                '.tb2': 'bz2'}.get(suffix)
        with open(target, 'w:' + kind if kind else 'w') as archive:
            for path in paths:
                archive.add(path)
        if options.verbose:
            print(f'{target!r} file created.')


if __name__ == '__main__':
    main()
