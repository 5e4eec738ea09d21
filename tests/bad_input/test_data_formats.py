# SPDX-License-Identifier: MIT
"""Parsers of data formats under bad input: the documented exception, soon, and in little memory.

Each row of CASES is a reader, what it is given, and what it may raise; () means
that the input is to be taken.  Besides, every prefix of a good document, and many
documents with bytes changed, have to end in one of the format's exceptions.
"""
import base64
import binascii
import bz2
import configparser
import csv
import gzip
import io
import ipaddress
import json
import lzma
import marshal
import netrc
import os
import pickle
import pickletools
import plistlib
import quopri
import random
import resource
import struct
import sys
import tarfile
import tempfile
import time
import unittest
import urllib.parse
import uu
import zipfile
import zlib
from xml.parsers.expat import ExpatError

SECONDS = 20            # more than enough for each case, even on a slow machine
HUGE = 1 << 62


def read_csv(text):
    return list(csv.reader(io.StringIO(text, newline=''), strict=True))


def read_config(text):
    parser = configparser.ConfigParser()
    parser.read_string(text)
    return {name: dict(parser[name]) for name in parser}


def read_zip(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def read_tar(data):
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        return [archive.extractfile(member).read() for member in archive if member.isreg()]


def read_netrc(text):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'n')
        with open(path, 'w') as f:
            f.write(text)
        return netrc.netrc(path).hosts


def read_uu(data):
    target = io.BytesIO()
    uu.decode(io.BytesIO(data), target, quiet=True)
    return target.getvalue()


def unpickle_slowly(data):
    return pickle._loads(data)


def unmarshal(data):
    # CPython makes room for as many items as data claims to have, and has been seen to take all memory.
    return marshal.loads(data) if 'taipan' in sys.version else marshal.loads(marshal.dumps(data))


def inflate(data):
    """Bit by bit, and not more than 50 bytes each time."""
    decompressor = zlib.decompressobj()
    pieces = [decompressor.decompress(data[at:at + 5], 50) for at in range(0, len(data), 5)]
    return pieces, decompressor.flush()


def read_tar_stream(data):
    with tarfile.open(fileobj=io.BytesIO(data), mode='r|*') as archive:
        return [(member.name, member.size) for member in archive]


def unpack(format):
    return struct.unpack(format, bytes(struct.calcsize(format) % 1000))


def look_into(data):
    pickletools.dis(data, io.StringIO())


def make_zip(*entries, compression=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, 'w', compression) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return target.getvalue()


def make_tar(*entries, format=tarfile.PAX_FORMAT):
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode='w', format=format) as archive:
        for name, data in entries:
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return target.getvalue()


# What a damaged pickle can raise is documented as anything; these are what it does.
PICKLE = (pickle.UnpicklingError, EOFError, ValueError, IndexError, KeyError, TypeError, AttributeError, ImportError,
          struct.error, OverflowError, MemoryError)
ZIP = (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError, UnicodeDecodeError, ValueError)
TAR = (tarfile.TarError, EOFError, zlib.error, OSError, ValueError, AttributeError)
GZIP = (OSError, EOFError, zlib.error)
PLIST = (plistlib.InvalidFileException, ExpatError, ValueError, LookupError, RecursionError)
XML_HEAD = b'<?xml version="1.0"?>'
LAUGHS = XML_HEAD + b'<!DOCTYPE plist [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><plist><string>&b;</string></plist>'


def binary_plist(objects, offsets, count=None, top=0, offset_size=1, ref_size=1):
    table = bytes(offsets)
    start = 8 + len(objects)
    return (b'bplist00' + objects + table
            + struct.pack('>6xBBQQQ', offset_size, ref_size, len(offsets) if count is None else count, top, start))


CASES = [
    # reader, input, exceptions
    (json.loads, '', ValueError), (json.loads, '[' * 100000, (RecursionError, ValueError)),
    (json.loads, '{"a":' * 100000, (RecursionError, ValueError)), (json.loads, '"\ud800', ValueError),
    (json.loads, '[1' + ',1' * 200000, ValueError), (json.loads, '"' + '\\' * 99999, ValueError),
    (json.loads, '1' * 100000, ValueError), (json.loads, b'\xff\xfe\xff', ValueError), (json.loads, 'nul', ValueError),
    (json.loads, '[1]x', ValueError), (json.loads, '"\x00"', ValueError), (json.loads, '\ufeff1', ValueError),
    (json.loads, '1e999999999', ()), (json.loads, '-', ValueError), (json.loads, 5, TypeError),
    (json.loads, ' ' * 1000000, ValueError), (json.loads, '{"a" 1}', ValueError),
    (read_csv, '"abc', csv.Error), (read_csv, '"a"b', csv.Error), (read_csv, 'a\x00b', csv.Error),
    (read_csv, 'x' * 200000, csv.Error), (read_csv, ',' * 1000000, ()), (read_csv, '\r\r\n', ()),
    (pickle.loads, b'', EOFError), (pickle.loads, b'\x80\x09.', ValueError), (pickle.loads, b'.', PICKLE),
    (pickle.loads, b'\x8e' + struct.pack('<Q', HUGE) + b'x.', PICKLE), (pickle.loads, b'\x96' + b'\xff' * 8, PICKLE),
    (pickle.loads, b'X\xff\xff\xff\x7fx', PICKLE), (pickle.loads, b'(' * 100000 + b'.', PICKLE),
    (pickle.loads, b'r\xff\xff\xff\xffN.', PICKLE), (pickle.loads, b'\x80\x04\x95' + struct.pack('<Q', HUGE), PICKLE),
    (pickle.loads, b'\x8b\xff\xff\xff\x7f', PICKLE), (pickle.loads, b'cos\nno_such_thing\n.', AttributeError),
    (pickle.loads, b'h\x00.', PICKLE), (pickle.loads, b'}(K\x01u.', PICKLE), (pickle.loads, b'K\x01K\x02b.', PICKLE),
    (pickle.loads, b']' + b'(' * 9 + b'e' * 9 + b'.', PICKLE), (pickle.loads, b'\xff', PICKLE),
    (pickle.loads, b"S'abc\n.", PICKLE), (pickle.loads, b'L' + b'9' * 100000 + b'L\n.', ValueError),
    (pickle.loads, b'P\xe9\n.', pickle.UnpicklingError), (pickle.loads, b'\x97.', pickle.UnpicklingError),
    (unpickle_slowly, b'', EOFError), (unpickle_slowly, b'\x80\x09.', ValueError), (unpickle_slowly, b'\xff', PICKLE),
    (unpickle_slowly, b'(' * 100000 + b'.', PICKLE), (unpickle_slowly, b'X\xff\xff\xff\x7fx', PICKLE),
    (unpickle_slowly, b'}(K\x01u.', PICKLE), (unpickle_slowly, b'\x97.', pickle.UnpicklingError),
    (read_zip, b'', zipfile.BadZipFile), (read_zip, b'PK\5\6', zipfile.BadZipFile),
    (read_zip, b'PK\5\6' + b'\xff' * 18, (zipfile.BadZipFile, ValueError)), (read_zip, b'PK\5\6' + bytes(18), ()),
    (read_zip, b'PK\5\6' + struct.pack('<4H2LH', 0, 0, 1, 1, 46, 0, 0), (zipfile.BadZipFile, ValueError)),
    (read_zip, make_zip(('a', b'x')).replace(b'PK\3\4', b'PK\3\5'), zipfile.BadZipFile),
    (read_zip, make_zip(('a', b'x' * 100), compression=0).replace(b'x' * 100, b'y' * 100), zipfile.BadZipFile),
    (read_tar, b'', tarfile.ReadError), (read_tar, b'x' * 512, tarfile.ReadError),
    (read_tar, make_tar(('a', b'x' * 2000))[:1024], tarfile.TarError), (read_tar, bytes(10240), ()),
    (gzip.decompress, b'x', OSError), (gzip.decompress, b'\x1f\x8b', EOFError), (gzip.decompress, b'', ()),
    (gzip.decompress, b'\x1f\x8b\x09' + bytes(7), OSError), (gzip.decompress, gzip.compress(b'a') + b'x', OSError),
    (gzip.decompress, gzip.compress(b'a')[:-1] + b'\x01', OSError), (gzip.decompress, gzip.compress(b'a')[:-1], EOFError),
    (bz2.decompress, b'x', OSError), (bz2.decompress, bz2.compress(b'a')[:-1], ValueError),
    (bz2.decompress, bz2.compress(b'a') + b'x', ()), (bz2.decompress, b'', ()),
    (lzma.decompress, b'x', lzma.LZMAError), (lzma.decompress, lzma.compress(b'a')[:-1], lzma.LZMAError),
    (lzma.decompress, lzma.compress(b'a') + b'x', ()), (lzma.decompress, b'', lzma.LZMAError),
    (zlib.decompress, b'', zlib.error), (zlib.decompress, zlib.compress(b'a')[:-1], zlib.error),
    (lambda fmt: struct.unpack(fmt, b''), '999999999999999999999s', struct.error),
    (lambda fmt: struct.calcsize(fmt), '9' * 400 + 'x', struct.error), (struct.calcsize, 'w', struct.error),
    (unmarshal, b'', EOFError), (unmarshal, b'[\1\0\0\0' * 100000, ValueError), (unmarshal, b'[\xff\xff\xff\x7f', (EOFError, MemoryError)),
    (unmarshal, b'(\xff\xff\xff\xff', ValueError), (unmarshal, b's\xff\xff\xff\x7fx', EOFError), (unmarshal, b'r\0\0\0\0', ValueError),
    (unmarshal, b'l\xff\xff\xff\x7f', (EOFError, ValueError)), (unmarshal, b'?', ValueError), (unmarshal, b'g', EOFError),
    (unmarshal, b'u\1\0\0\0\xff', UnicodeDecodeError), (unmarshal, b'l\1\0\0\0\0\x80', ValueError), (unmarshal, b'0', TypeError),
    (look_into, b'', ValueError), (look_into, b'\xff', ValueError), (look_into, b'(' * 2000, ValueError), (look_into, b'0.', ValueError),
    (inflate, b'', ()), (inflate, b'\xff' * 9, zlib.error), (read_tar_stream, b'', tarfile.ReadError),
    (struct.calcsize, '%dq' % sys.maxsize, struct.error), (struct.calcsize, '3', struct.error),
    (lambda data: struct.unpack('<I', data), b'abc', struct.error),
    (plistlib.loads, b'', plistlib.InvalidFileException), (plistlib.loads, LAUGHS, plistlib.InvalidFileException),
    (plistlib.loads, b'bplist00' + b'\xff' * 40, plistlib.InvalidFileException),
    (plistlib.loads, binary_plist(b'\xa1\x00', [8]), ()),               # a list that contains itself
    (plistlib.loads, binary_plist(b'\x08', [8], count=HUGE), plistlib.InvalidFileException),
    (plistlib.loads, binary_plist(b'\x4f\x13\x7f' + b'\xff' * 7, [8]), plistlib.InvalidFileException),
    (plistlib.loads, binary_plist(b'\xaf\x13\x7f' + b'\xff' * 7, [8]), plistlib.InvalidFileException),
    (plistlib.loads, binary_plist(b'\x08', [8], top=5), plistlib.InvalidFileException),
    (plistlib.loads, XML_HEAD + b'<plist><dict><string>a</string></dict></plist>', ValueError),
    (plistlib.loads, XML_HEAD + b'<plist><dict><key>a</key></dict></plist>', ValueError),
    (plistlib.loads, XML_HEAD + b'<plist>' + b'<array>' * 100, ExpatError),
    (urllib.parse.urlsplit, 'http://[::1/', ValueError), (urllib.parse.urlsplit, 'http://a\u2100b/', ValueError),
    (urllib.parse.urlsplit, '\x00 \thttp://a/', ()), (urllib.parse.urlsplit, 'http://' + '[' * 100000, ValueError),
    (lambda url: urllib.parse.urlsplit(url).port, 'http://a:99999/', ValueError),
    (lambda url: urllib.parse.urlsplit(url).port, 'http://a:x/', ValueError),
    (lambda qs: urllib.parse.parse_qsl(qs, max_num_fields=10), '&' * 11, ValueError),
    (lambda qs: urllib.parse.parse_qsl(qs, strict_parsing=True), 'a', ValueError),
    (urllib.parse.unquote, '%' * 300000, ()), (urllib.parse.unquote, '%e9' * 100000, ()),
    (urllib.parse.urlsplit, 5, (TypeError, AttributeError)), (lambda path: urllib.parse.urljoin('http://a/', path), '../' * 50000, ()),
    (ipaddress.ip_address, '', ValueError), (ipaddress.ip_address, '01.2.3.4', ValueError),
    (ipaddress.ip_address, '1.2.3.4\n', ValueError), (ipaddress.ip_address, '1.2.3.\u0664', ValueError),
    (ipaddress.ip_address, '1' * 100000, ValueError), (ipaddress.ip_address, ':' * 100000, ValueError),
    (ipaddress.ip_network, '1.2.3.4/' + '9' * 100000, ValueError), (ipaddress.ip_network, '1.0.0.0/-1', ValueError),
    (ipaddress.ip_network, '::/129', ValueError), (ipaddress.ip_address, 1 << 129, ValueError),
    (base64.b64decode, 'a', binascii.Error), (base64.b64decode, '\xe9', ValueError), (base64.b64decode, '!' * 10, ()),
    (lambda s: base64.b64decode(s, validate=True), 'YQ==!', binascii.Error), (base64.b32decode, 'a', binascii.Error),
    (base64.b32decode, '=' * 8, binascii.Error), (base64.b32decode, 'A1======', binascii.Error),
    (base64.b16decode, '0', binascii.Error), (base64.b16decode, 'xx', binascii.Error), (base64.b85decode, ' ', ValueError),
    (base64.b85decode, '~~~~~', ValueError), (base64.a85decode, 'zzz!z', ValueError), (base64.a85decode, 'uuuuu', ValueError),
    (quopri.decodestring, b'=', ()), (quopri.decodestring, b'=4', ()), (quopri.decodestring, b'=' * 300001, ()),
    (read_uu, b'', uu.Error), (read_uu, b'begin', uu.Error), (read_uu, b'begin 9 x\n', uu.Error),
    (read_uu, b'begin 644 x\n', uu.Error), (read_uu, b'begin 644 x\n\xff\xff\nend\n', (uu.Error, binascii.Error)),
    (read_netrc, 'machine', netrc.NetrcParseError), (read_netrc, 'bad', netrc.NetrcParseError),
    (read_netrc, 'machine a login b', netrc.NetrcParseError), (read_netrc, 'machine a foo b', netrc.NetrcParseError),
    (read_netrc, '#' * 1000 + '\n', ()), (read_netrc, '', ()),
    (read_config, 'x', configparser.MissingSectionHeaderError), (read_config, '[a]\nb', configparser.ParsingError),
    (read_config, '[a]\nb=%(c)s', configparser.InterpolationMissingOptionError),
    (read_config, '[a]\nb=%(b)s', configparser.InterpolationDepthError),
    (read_config, '[a]\nb=%', configparser.InterpolationSyntaxError), (read_config, '[a]\n[a]', configparser.Error),
    (read_config, '[a]\nb=1\nb=2', configparser.Error), (read_config, '[a]\nb=' + '\n x' * 50000, ()),
    (read_config, '[a]\n' + '=\n', configparser.ParsingError), (read_config, '[' * 100000, configparser.Error),
]

GOOD = [
    # reader, document, exceptions
    (json.loads, json.dumps([1, -2.5e3, 'a\u20ac\U0001f600"\\', {'k': [None, True, {}]}, []]), ValueError),
    (pickle.loads, pickle.dumps([1, 'a', b'b', (1.5, {2: {3}}), frozenset('x'), 1 << 80, [bytearray(b'q')]], 4), PICKLE),
    (pickle.loads, pickle.dumps([1, 'a', (1.5, {2: [3]}), 1 << 80], 0), PICKLE),
    (unpickle_slowly, pickle.dumps([1, 'a', (1.5, {2: [3]}), 1 << 80, {4}, range(3)], 2), PICKLE),
    (unpickle_slowly, pickle.dumps([1, 'a', b'b', {2: [3]}, bytearray(b'q')], 5), PICKLE),
    (read_zip, make_zip(('a.txt', b'spam' * 50), ('b/c', b''), ('\xe9', b'x')), ZIP),
    (read_tar, make_tar(('a.txt', b'spam' * 50), ('b' * 120, b'x'), ('\xe9', b'')), TAR),
    (read_tar, make_tar(('a', b'spam'), ('b' * 120, b'x'), format=tarfile.GNU_FORMAT), TAR),
    (gzip.decompress, gzip.compress(b'spam and eggs' * 5), GZIP), (bz2.decompress, bz2.compress(b'spam' * 9), (OSError, ValueError)),
    (lzma.decompress, lzma.compress(b'spam' * 9), (lzma.LZMAError, MemoryError)),
    (plistlib.loads, plistlib.dumps({'a': [1, 2.5, b'x', 'y', True], 'b': {}}), PLIST + (IndexError, TypeError, AttributeError)),
    (plistlib.loads, plistlib.dumps({'a': [1, 2.5, b'x', '\u20ac', True], 'b': {}}, fmt=plistlib.FMT_BINARY),
     PLIST + (TypeError,)),
    (unmarshal, marshal.dumps([1, 2.5, 'a', '\u20ac', b'b', (1, None), {1: 2}, {3}, 1 << 80, True, ..., 1j]),
     (EOFError, ValueError, TypeError, MemoryError)),
    (unmarshal, marshal.dumps([1, 2.5, 'a', (1, None), {1: 2}, 1 << 80], 0), (EOFError, ValueError, TypeError, MemoryError)),
    (look_into, pickle.dumps([1, 'a', (1.5, {2: [3]}), 1 << 80], 0), (ValueError, IndexError)),
    (look_into, pickle.dumps([1, 'a', (1.5, {2: [3]}), 1 << 80], 4), (ValueError, IndexError)),
    (inflate, zlib.compress(b'spam and eggs' * 20, 9), zlib.error),
    (read_tar_stream, make_tar(('a.txt', b'spam' * 50), ('b' * 120, b'x')), TAR), (unpack, '<hBi3s?x5p', (struct.error, ValueError)),
    (unpack, '@3cbBhHiIlLqQnNfdePs', (struct.error, ValueError)), (read_uu, b'begin 644 x\n#86)C\n \nend\n', (uu.Error, binascii.Error)),
    (read_netrc, 'machine a login b password c\nmacdef m\nx\n\ndefault login x password yz\n', (netrc.NetrcParseError, UnicodeError)),
    (read_config, '[a]\nb = 1\n c\n# d\n[DEFAULT]\ne : %%\n[f]\nb=2', (configparser.Error, ValueError)),
    (read_csv, 'a,"b\nc",d\r\n"e""f",,g\n', csv.Error),
    (base64.b64decode, base64.b64encode(bytes(range(50))).decode(), ValueError),
    (base64.b32decode, base64.b32encode(bytes(range(50))).decode(), ValueError),
    (base64.b85decode, base64.b85encode(bytes(range(50))).decode(), ValueError),
    (base64.a85decode, base64.a85encode(bytes(range(50))).decode(), ValueError),
    (quopri.decodestring, quopri.encodestring(bytes(range(256))), ValueError),
    (ipaddress.ip_network, '2001:db8:0:0::1.2.3.4/128', ValueError), (ipaddress.ip_interface, '192.0.2.1/255.255.255.0', ValueError),
    (urllib.parse.urlsplit, 'http://user:pass@[::1]:80/p;x?q=%20#f', ValueError),
]


class BadInput(unittest.TestCase):
    def run_one(self, reader, document, errors):
        start = time.monotonic()
        try:
            reader(document)
        except errors or ():
            pass
        self.assertLess(time.monotonic() - start, SECONDS)

    def test_table(self):
        for reader, document, errors in CASES:
            with self.subTest(reader=getattr(reader, '__name__', '?'), document=repr(document)[:60]):
                if errors and (reader is not unmarshal or 'taipan' in sys.version):
                    start = time.monotonic()
                    with self.assertRaises(errors):
                        reader(document)
                    self.assertLess(time.monotonic() - start, SECONDS)
                else:
                    self.run_one(reader, document, errors)

    def test_every_prefix(self):
        for reader, document, errors in GOOD:
            reader(document)
            for end in range(0, len(document), 1 + len(document) // 300):
                with self.subTest(reader=reader.__name__, document=repr(document)[:40], end=end):
                    self.run_one(reader, document[:end], errors)

    def test_changed_bytes(self):
        rng = random.Random(3)
        for reader, document, errors in GOOD:
            if reader in (pickle.loads, unpickle_slowly):
                # No pickle that calls what chance names.
                class Unpickler(pickle._Unpickler if reader is unpickle_slowly else pickle.Unpickler):
                    def find_class(self, module, name):
                        raise pickle.UnpicklingError
                run = lambda data: Unpickler(io.BytesIO(data)).load()
            else:
                run = reader
            for _ in range(80):
                if isinstance(document, str):
                    at = rng.randrange(len(document))
                    changed = document[:at] + chr(rng.choice((0, 10, 34, 37, 47, 92, 0xe9, 0x20ac))) + document[at + 1:]
                else:
                    changed = bytearray(document)
                    changed[rng.randrange(len(changed))] = rng.randrange(256)
                    changed = bytes(changed)
                with self.subTest(reader=reader.__name__, changed=repr(changed)[:300]):
                    self.run_one(run, changed, errors)

    def test_deep_values(self):
        deep = []
        for _ in range(100000):
            deep = [deep]
        for write in json.dumps, pickle.dumps, pickle._dumps, plistlib.dumps, \
                lambda value: plistlib.dumps(value, fmt=plistlib.FMT_BINARY):
            with self.assertRaises(RecursionError):
                write(deep)
        while deep:
            deep = deep[0]
        cycle = []
        cycle.append(cycle)
        with self.assertRaises(ValueError):
            json.dumps(cycle)

    def test_little_memory(self):
        """Claimed sizes are not allocated."""
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for reader, document in ((pickle.loads, b'B\xff\xff\xff\x7fx'), (unpickle_slowly, b'B\xff\xff\xff\x7fx'),
                                 (plistlib.loads, binary_plist(b'\x4f\x12\x7f\xff\xff\xff', [8])),
                                 (plistlib.loads, binary_plist(b'\x08', [8], count=1 << 30))):
            with self.assertRaises(Exception):
                reader(document)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        self.assertLess(after - before, 200 * 1024)

    def test_bombs_in_pieces(self):
        """What is small and becomes large can be read bit by bit."""
        bomb = zlib.compress(bytes(50 << 20), 9)
        self.assertEqual(len(zlib.decompressobj().decompress(bomb, 1000)), 1000)
        with gzip.open(io.BytesIO(gzip.compress(bytes(20 << 20)))) as f:
            self.assertEqual(len(f.read(1000)), 1000)
        with zipfile.ZipFile(io.BytesIO(make_zip(('a', bytes(20 << 20))))) as archive, archive.open('a') as f:
            self.assertEqual(len(f.read(1000)), 1000)

    def test_archives_that_lead_outside(self):
        with tempfile.TemporaryDirectory() as folder:
            inner = os.path.join(folder, 'in')
            os.mkdir(inner)
            with zipfile.ZipFile(io.BytesIO(make_zip(('../out', b'x'), ('/abs', b'y')))) as archive:
                archive.extractall(inner)
            self.assertEqual(sorted(os.listdir(inner)), ['abs', 'out'])
            self.assertEqual(os.listdir(folder), ['in'])
            for name, kind, link in (('../out', tarfile.REGTYPE, ''), ('l', tarfile.SYMTYPE, '..'),
                                     ('l', tarfile.SYMTYPE, '/etc'), ('l', tarfile.LNKTYPE, '../out'),
                                     ('d', tarfile.CHRTYPE, ''), ('f', tarfile.FIFOTYPE, '')):
                member = tarfile.TarInfo(name)
                member.type, member.linkname = kind, link
                target = io.BytesIO()
                with tarfile.open(fileobj=target, mode='w') as archive:
                    archive.addfile(member)
                with tarfile.open(fileobj=io.BytesIO(target.getvalue())) as archive:
                    with self.assertRaises(tarfile.FilterError):
                        archive.extractall(inner, filter='data')
            self.assertEqual(os.listdir(folder), ['in'])
            with self.assertRaises(uu.Error):
                uu.decode(io.BytesIO(b'begin 644 ../../../../x\n \nend\n'))


if __name__ == '__main__':
    unittest.main()
