# SPDX-License-Identifier: MIT
"""The fields of tar archives: constants, how numbers and names are written; and the errors of tarfile."""

import os
import shutil
import sys

# The public name.
__name__ = 'tarfile'


# What os.symlink() and os.link() raise where there are no such links.
symlink_exception = (AttributeError, NotImplementedError, OSError)

NUL = b'\0'
BLOCKSIZE = 512
RECORDSIZE = BLOCKSIZE * 20         # archives are filled up to this
GNU_MAGIC, POSIX_MAGIC = b'ustar  \0', b'ustar\x0000'
LENGTH_NAME = LENGTH_LINK = 100     # sizes of fields
LENGTH_PREFIX = 155

# Types of members
REGTYPE, AREGTYPE, LNKTYPE, SYMTYPE = b'0', b'\0', b'1', b'2'
CHRTYPE, BLKTYPE, DIRTYPE, FIFOTYPE, CONTTYPE = b'3', b'4', b'5', b'6', b'7'
GNUTYPE_LONGNAME, GNUTYPE_LONGLINK, GNUTYPE_SPARSE = b'L', b'K', b'S'
XHDTYPE, XGLTYPE, SOLARIS_XHDTYPE = b'x', b'g', b'X'

USTAR_FORMAT, GNU_FORMAT, PAX_FORMAT = range(3)
DEFAULT_FORMAT = PAX_FORMAT

SUPPORTED_TYPES = (REGTYPE, AREGTYPE, LNKTYPE, SYMTYPE, DIRTYPE, FIFOTYPE, CONTTYPE, CHRTYPE, BLKTYPE,
                   GNUTYPE_LONGNAME, GNUTYPE_LONGLINK, GNUTYPE_SPARSE)
REGULAR_TYPES = (REGTYPE, AREGTYPE, CONTTYPE, GNUTYPE_SPARSE)
GNU_TYPES = (GNUTYPE_LONGNAME, GNUTYPE_LONGLINK, GNUTYPE_SPARSE)

# Keywords of pax that take the place of fields
PAX_FIELDS = ('path', 'linkpath', 'size', 'mtime', 'uid', 'gid', 'uname', 'gname')
PAX_NAME_FIELDS = {'path', 'linkpath', 'uname', 'gname'}
PAX_NUMBER_FIELDS = {'atime': float, 'ctime': float, 'mtime': float, 'uid': int, 'gid': int, 'size': int}

ENCODING = 'utf-8' if os.name == 'nt' else sys.getfilesystemencoding()


def stn(s, length, encoding, errors):
    """Return a str as a field of length bytes."""
    if s is None:
        raise ValueError('metadata cannot contain None')
    return s.encode(encoding, errors)[:length].ljust(length, NUL)


def nts(s, encoding, errors):
    """Return the str in a field."""
    return s.partition(NUL)[0].decode(encoding, errors)


def nti(s):
    """Return the int in a field: octal digits, or GNU's binary ones after a first byte of 0x80 or 0xff."""
    if s[0] in (0o200, 0o377):
        return int.from_bytes(s[1:], 'big') - (256 ** (len(s) - 1) if s[0] == 0o377 else 0)
    try:
        return int(nts(s, 'ascii', 'strict').strip() or '0', 8)
    except ValueError:
        raise InvalidHeaderError('invalid header')


def itn(n, digits=8, format=DEFAULT_FORMAT):
    """Return an int as a field of that many bytes."""
    n = int(n)
    if 0 <= n < 8 ** (digits - 1):
        return b'%0*o' % (digits - 1, n) + NUL
    limit = 256 ** (digits - 1)
    if format != GNU_FORMAT or not -limit <= n < limit:
        raise ValueError('overflow in number field')
    return (b'\x80' if n >= 0 else b'\xff') + (n % limit).to_bytes(digits - 1, 'big')


def calc_chksums(buf):
    """Return the checksum of a header, and what it is where bytes are signed; its own field counts as spaces."""
    rest = buf[:148] + buf[156:512]
    unsigned = sum(rest) + 256
    return unsigned, unsigned - 256 * sum(byte > 127 for byte in rest)


def copyfileobj(src, dst, length=None, exception=OSError, bufsize=None):
    """Copy length bytes, or all, from one file to another; raise exception if there are fewer."""
    bufsize = bufsize or 16 * 1024
    if length is None:
        shutil.copyfileobj(src, dst, bufsize)
        return
    while length > 0:
        wanted = min(length, bufsize)
        data = src.read(wanted)
        if len(data) < wanted:
            raise exception('unexpected end of data')
        dst.write(data)
        length -= wanted


class TarError(Exception):
    """What the errors of this module derive from."""


class ExtractError(TarError):
    """Something about a member could not be set on disk; see TarFile.errorlevel."""


class ReadError(TarError):
    """What was opened is no tar archive, or a damaged one."""


class CompressionError(TarError):
    """A compression is not known, or its module missing."""


class StreamError(TarError):
    """A stream was asked for what only files can do."""


class HeaderError(TarError):
    """A header is not good; the subclasses say how."""


class EmptyHeaderError(HeaderError):
    """There is nothing where a header was expected."""


class TruncatedHeaderError(HeaderError):
    """A header is cut off."""


class EOFHeaderError(HeaderError):
    """A block of zeros: the end of the archive."""


class InvalidHeaderError(HeaderError):
    """A header is damaged."""


class SubsequentHeaderError(HeaderError):
    """The header that an extended one is for is missing or damaged."""
