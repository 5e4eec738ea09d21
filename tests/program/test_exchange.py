# SPDX-License-Identifier: MIT
"""Data that CPython 3.8 wrote is read here, and what is written here is read there.

KINDS has a writer and a reader for each format.  recorded_exchange.txt has what CPython 3.8.18 wrote (made by running
this file with --record under it): it is read here, and where a format leaves no choice, the same bytes are written.
With a reference interpreter (tools/find-reference, or TAIPAN_OTHER) each also reads what the other has just written.
"""
import array
import base64
import bz2
import collections
import configparser
import copyreg
import csv
import datetime
import decimal
import email.message
import fractions
import gzip
import importlib.util
import io
import json
import lzma
import marshal
import os
import pickle
import plistlib
import quopri
import shelve
import subprocess
import sys
import tarfile
import tempfile
import types
import unittest
import uuid
import wave
import xml.etree.ElementTree
import zipfile
import zlib

HERE = os.path.dirname(os.path.realpath(__file__))
RECORDED = os.path.join(HERE, 'recorded_exchange.txt')
TEXT = 'line\n\u20ac \U0001f600\r\n' * 40


class Point:
    """With a state of its own."""

    def __init__(self, x, y):
        self.x, self.y = x, y

    def __eq__(self, other):
        return type(self) is type(other) and vars(self) == vars(other)


class Slotted:
    __slots__ = 'a', 'b'

    def __init__(self, a):
        self.a = a

    def __eq__(self, other):
        return type(self) is type(other) and self.a == other.a and not hasattr(other, 'b')


class Reduced(list):
    def __reduce_ex__(self, protocol):
        return type(self), (), {'kept': 1}, iter(self), iter(())


class WithNew(tuple):
    def __new__(cls, *, items):
        return super().__new__(cls, items)

    def __getnewargs_ex__(self):
        return (), {'items': tuple(self)}


class Number(int):
    pass


for _class in Point, Slotted, Reduced, WithNew, Number:
    _class.__module__ = 'exchanged_classes'
exchanged_classes = types.ModuleType('exchanged_classes')
vars(exchanged_classes).update({each.__name__: each for each in (Point, Slotted, Reduced, WithNew, Number)})
sys.modules['exchanged_classes'] = exchanged_classes

NUMBERS = [0, 1, 255, 256, 65535, 65536, -1, 1 << 31, -(1 << 31), (1 << 31) - 1, 1 << 63, 1 << 70, -(1 << 2100), 2.5, -0.0, 1e300,
           float('inf'), 3 - 4j, True, False]
TEXTS = ['', 'a', 'e\xe9', '\u20ac', '\U0001f600', '\ud800', 'x' * 255, 'x' * 256, 'new\nline\\', b'', b'\x00\xff', b'y' * 255, b'z' * 70000]


def plain_value():
    again = ['same']
    value = [None, NUMBERS, TEXTS, (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), {}, {'k': {'l': []}}, again, again, {1: again}]
    value.append({key: key for key in range(1100)})     # more than a batch
    value.append(list(range(1001)))
    return value


def rich_value(protocol):
    value = [plain_value(), {3}, frozenset([4]), range(5), slice(1, 2), bytearray(b'q' * 300), collections.OrderedDict(a=1),
             collections.deque([1, 2], 5), collections.Counter('aab'), collections.defaultdict(list, a=[1]),
             datetime.datetime(2020, 2, 29, 1, 2, 3, 4), datetime.date(1, 1, 1), datetime.time(23, 59, tzinfo=datetime.timezone.utc),
             datetime.timedelta(-1, 5), fractions.Fraction(1, 3), decimal.Decimal('1.50'), uuid.UUID(int=5), len, int, Point, KeyError('x', 1),
             Point(1, [2]), Slotted(5) if protocol >= 2 else None, Reduced([1, 2]), WithNew(items=(1, 2)) if protocol >= 2 else None,
             Number(7), NotImplemented, ..., type(None), str.upper, array.array('d', [1.5]) if protocol >= 3 else None,
             types.SimpleNamespace(a=1), complex(1, 2), memoryview if protocol >= 4 else None, datetime.timezone.min]
    return value


def cycle():
    value = []
    value.append((value, {1: value}))
    return value


def same_value(one, other):
    """Equality that tells 0 from False and -0.0, and takes cycles and exceptions."""
    if type(one) is not type(other):
        return False
    if isinstance(one, (list, tuple, collections.deque)):
        return len(one) == len(other) and all(map(same_value, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(map(same_value, one.values(), other.values()))
    if isinstance(one, BaseException):
        return one.args == other.args
    return repr(one) == repr(other) if isinstance(one, (float, complex)) else one == other


class Check:
    """A format: write(path), read(path) (raises if something is wrong), and whether the bytes are the same everywhere."""

    def __init__(self, write, read, exact):
        self.write, self.read, self.exact = write, read, exact


KINDS = {}


def kind(name, dump, load, value, exact=True):
    """dump(value) are bytes of which load makes the value again."""
    def write(path):
        with open(path, 'wb') as f:
            f.write(dump(value))

    def read(path):
        with open(path, 'rb') as f:
            found = load(f.read())
        assert same_value(found, value), (name, str(found)[:500])
    KINDS[name] = Check(write, read, exact)


def file_kind(name, write, read, exact=False):
    KINDS[name] = Check(write, read, exact)


def add_pickles():
    for protocol in range(6):
        value = rich_value(protocol)
        for which, dumps, loads in ('c', pickle.dumps, pickle.loads), ('py', pickle._dumps, pickle._loads):
            # What is written for a set is in no order, and here each has one item.
            # CPython's pickler in Python does not note bytearrays of protocol 5.
            kind('pickle-%s-%d' % (which, protocol), lambda v, d=dumps, p=protocol: d(v, p), loads, value, (which, protocol) != ('py', 5))
            kind('pickle-plain-%s-%d' % (which, protocol), lambda v, d=dumps, p=protocol: d(v, p), loads, plain_value())

        def read_cycle(path):
            with open(path, 'rb') as f:
                found = pickle.load(f)
            assert found[0][0] is found and found[0][1][1] is found

        def write_cycle(path, protocol=protocol):
            with open(path, 'wb') as f:
                pickle.dump(cycle(), f, protocol)
        file_kind('pickle-cycle-%d' % protocol, write_cycle, read_cycle, True)
    kind('pickle-no-fix', lambda v: pickle.dumps(v, 2, fix_imports=False), lambda d: pickle.loads(d, fix_imports=False), [range(3), len])
    file_kind('pickle-buffers', write_buffers, read_buffers, True)
    file_kind('pickle-many', write_many, read_many, True)
    file_kind('pickle-persistent', write_persistent, read_persistent, True)
    file_kind('pickle-extension', write_extension, read_extension, True)


def write_buffers(path):
    """Out of band: the pickle in one file, the buffers behind it, each with its length."""
    buffers = []
    blobs = [b'readonly' * 10, bytearray(b'writable' * 10)]
    data = pickle.dumps([pickle.PickleBuffer(blob) for blob in blobs] + [blobs[0]], 5, buffer_callback=buffers.append)
    assert len(buffers) == 2
    inband = pickle.dumps([pickle.PickleBuffer(blob) for blob in blobs], 5)
    with open(path, 'wb') as f:
        for part in (data, inband, *(buffer.raw() for buffer in buffers)):
            f.write(len(part).to_bytes(4, 'little') + bytes(part))


def read_buffers(path):
    with open(path, 'rb') as f:
        parts = [f.read(int.from_bytes(f.read(4), 'little')) for _ in range(4)]
    data, inband, one, other = parts
    assert pickle.loads(data, buffers=[one, bytearray(other)]) == [b'readonly' * 10, bytearray(b'writable' * 10), b'readonly' * 10]
    found = pickle.loads(inband)
    assert [type(each) for each in found] == [bytes, bytearray] and found[1] == b'writable' * 10


def write_many(path):
    """Several in a file, one memo for them."""
    with open(path, 'wb') as f:
        pickler = pickle.Pickler(f, 4)
        shared = ['shared']
        for value in shared, {'again': shared}, 'x' * 70000:
            pickler.dump(value)


def read_many(path):
    with open(path, 'rb') as f:
        unpickler = pickle.Unpickler(f)
        first, second, third = (unpickler.load() for _ in range(3))
    assert second['again'] is first and third == 'x' * 70000


def write_persistent(path):
    class Pickler(pickle.Pickler):
        def persistent_id(self, value):
            return ('number', str(value)) if isinstance(value, complex) else None
    with open(path, 'wb') as f:
        Pickler(f, 2).dump([1j, 'a', 2j])


def read_persistent(path):
    class Unpickler(pickle.Unpickler):
        def persistent_load(self, name):
            return name
    with open(path, 'rb') as f:
        assert Unpickler(f).load() == [('number', '1j'), 'a', ('number', '2j')]


def write_extension(path):
    copyreg.add_extension('exchanged_classes', 'Point', 0x1234)
    try:
        with open(path, 'wb') as f:
            pickle.dump(Point(1, 2), f, 2)
    finally:
        copyreg.remove_extension('exchanged_classes', 'Point', 0x1234)


def read_extension(path):
    copyreg.add_extension('exchanged_classes', 'Point', 0x1234)
    try:
        with open(path, 'rb') as f:
            assert pickle.load(f) == Point(1, 2)
    finally:
        copyreg.remove_extension('exchanged_classes', 'Point', 0x1234)
        copyreg.clear_extension_cache()


CODE = '''
"""doc"""
import os as o; from sys import path, argv as a
X = (1, 2.5, 'a', b'b', (None, ...), 1 << 70, frozenset({1}), 3j, -0.0)
class C(dict, metaclass=type):
    """of C"""
    a: int = 1
    def f(self, p, /, q=2, *r, k: str = 'k', **s):
        def g():
            nonlocal p
            p += q
            yield from (x for x in r if x in {'a', 'b'})
        return g, super().__init__, lambda: __class__
async def h():
    async with o as p:
        async for x in p:
            await x
    return [y async for y in p], f'{p!r:>{a}} {{}}'
try:
    C().f(*a, **{})
except (KeyError, ValueError) as e:
    raise e from None
finally:
    del X
'''


def add_marshal_and_code():
    value = [None, True, 1, -1, 1 << 31, 1 << 70, -(1 << 70), 2.5, 'a', 'a' * 300, '\u20ac', b'b' * 300, (1, 2), {'k': [()]}, 1j, ..., StopIteration]
    for version in range(5):
        kind('marshal-%d' % version, lambda v, n=version: marshal.dumps(v, n), marshal.loads, value)

    def write_code(path):
        with open(path, 'wb') as f:
            f.write(marshal.dumps(compile(CODE, 'name', 'exec', dont_inherit=True)))

    def read_code(path):
        with open(path, 'rb') as f:
            found = marshal.load(f)
        assert found == compile(CODE, 'name', 'exec', dont_inherit=True) and found.co_filename == 'name'
    # What is shared in a file depends on the counts of references.
    file_kind('marshal-code', write_code, read_code)

    def write_compiled(path):
        import py_compile
        source = os.path.join(os.path.dirname(path), 'm.py')
        with open(source, 'w') as f:
            f.write('VALUE = [n * n for n in range(5)]\n')
        py_compile.compile(source, path, 'm.py', doraise=True, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
        os.remove(source)

    def read_compiled(path):
        import importlib.util
        from importlib.machinery import SourcelessFileLoader
        module = importlib.util.module_from_spec(importlib.util.spec_from_loader('m', SourcelessFileLoader('m', path)))
        module.__loader__.exec_module(module)
        assert module.VALUE == [0, 1, 4, 9, 16]
    file_kind('compiled.pyc', write_compiled, read_compiled)


def write_zip(path, method):
    with zipfile.ZipFile(path, 'w', method) as archive:
        for name, data in ('a/b.txt', b'spam' * 1000), ('\xe9\u20ac', b''), ('folder/', b''):
            info = zipfile.ZipInfo(name, (2001, 2, 3, 4, 5, 6))
            info.compress_type, info.external_attr, info.comment = method, 0o644 << 16, b'about'
            archive.writestr(info, data)
        with archive.open(zipfile.ZipInfo('streamed', (1980, 1, 1, 0, 0, 0)), 'w', force_zip64=True) as f:
            f.write(b'in parts ' * 100)
        archive.comment = b'comment'


def read_zip(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None and archive.comment == b'comment'
        assert archive.namelist() == ['a/b.txt', '\xe9\u20ac', 'folder/', 'streamed']
        assert archive.read('a/b.txt') == b'spam' * 1000 and archive.read('streamed') == b'in parts ' * 100
        info = archive.getinfo('a/b.txt')
        assert (info.date_time, info.comment, info.external_attr >> 16) == ((2001, 2, 3, 4, 5, 6), b'about', 0o644)
        assert archive.getinfo('folder/').is_dir()


def write_tar(path, mode, format):
    with tarfile.open(path, mode, format=format) as archive:
        for name in 'short', 'd' * 60 + '/' + 'l' * 90, '\xe9\u20ac':
            member = tarfile.TarInfo(name)
            member.size, member.mtime, member.uname, member.uid = 700, 1234567, 'me', 1 << 16
            archive.addfile(member, io.BytesIO(b'x' * 700))
        for kind_, target in (tarfile.SYMTYPE, 'short'), (tarfile.LNKTYPE, 'short'), (tarfile.DIRTYPE, ''):
            member = tarfile.TarInfo('of type ' + kind_.decode())
            member.type, member.linkname, member.mode = kind_, target, 0o750
            archive.addfile(member)


def read_tar(path):
    with tarfile.open(path) as archive:
        names = archive.getnames()
        assert names[:3] == ['short', 'd' * 60 + '/' + 'l' * 90, '\xe9\u20ac'], names
        first, *_, link, hard, folder = archive.getmembers()
        assert (first.size, first.mtime, first.uname, first.uid) == (700, 1234567, 'me', 1 << 16)
        assert link.issym() and hard.islnk() and folder.isdir() and folder.mode == 0o750
        assert archive.extractfile(hard).read() == archive.extractfile(link).read() == b'x' * 700


def add_archives():
    for name, method in ('stored', 0), ('deflated', 8), ('bzip2', 12), ('lzma', 14):
        file_kind('zip-' + name, lambda path, m=method: write_zip(path, m), read_zip, method == 0)
    for name, format in ('ustar', tarfile.USTAR_FORMAT), ('gnu', tarfile.GNU_FORMAT), ('pax', tarfile.PAX_FORMAT):
        for ending in '', 'gz', 'bz2', 'xz':
            file_kind('tar-%s%s' % (name, ending), lambda path, e=ending, f=format: write_tar(path, 'w:' + e, f), read_tar, not ending)
    kind('zlib', zlib.compress, zlib.decompress, TEXT.encode(), exact=False)
    kind('gzip', lambda data: gzip.compress(data[:100]) + gzip.compress(data[100:]), gzip.decompress, TEXT.encode(), exact=False)
    kind('bz2', bz2.compress, bz2.decompress, TEXT.encode(), exact=False)
    kind('xz', lzma.compress, lzma.decompress, TEXT.encode(), exact=False)
    kind('lzma', lambda data: lzma.compress(data, lzma.FORMAT_ALONE), lzma.decompress, TEXT.encode(), exact=False)


PLAIN = {'a': [1, -2.5, None, True, 'e\u0301\u20ac"\\\x01\U0001f600', 1e300, 1 << 70], 'b': {'': {}}, 'list': [], '1': [[[]]]}
PLIST = {'a': [1, -2.5, True, 'e\u0301\U0001f600', b'data' * 30, 1 << 40, -3], 'b': {}, 'd': datetime.datetime(2000, 1, 1, 2, 3, 4), 'l': ['x'] * 300}
ROWS = [['a', 'b "c"', '1'], ['', 'x\ny', ' 2.5 '], ['\u20ac;', "'", '\\']]


def rows_as_text(rows, **options):
    target = io.StringIO()
    csv.writer(target, **options).writerows(rows)
    return target.getvalue().encode()


def rows_of_text(data, **options):
    return list(csv.reader(io.StringIO(data.decode(), newline=''), **options))


def write_config(path):
    parser = configparser.ConfigParser()
    parser.read_dict({'DEFAULT': {'x': '1'}, 's': {'y': '%(x)s\nz', 'w': '', 'p': '%%'}})
    with open(path, 'w') as f:
        parser.write(f)


def read_config(path):
    parser = configparser.ConfigParser()
    parser.read(path)
    assert dict(parser['s']) == {'x': '1', 'y': '1\nz', 'w': '', 'p': '%'}


def write_shelf(path):
    import dbm.dumb
    with shelve.Shelf(dbm.dumb.open(path, 'n')) as shelf:
        shelf['a'], shelf['\xe9'] = PLAIN, plain_value()
        shelf['gone'] = 1
        del shelf['gone']
    # The files in one, as all are needed.
    with open(path, 'wb') as f:
        for ending in '.dir', '.dat', '.bak':
            with open(path + ending, 'rb') as part:
                data = part.read()
            f.write(len(data).to_bytes(4, 'little') + data)
            os.remove(path + ending)


def read_shelf(path):
    import dbm.dumb
    with tempfile.TemporaryDirectory() as folder, open(path, 'rb') as f:
        for ending in '.dir', '.dat', '.bak':
            with open(os.path.join(folder, 's' + ending), 'wb') as part:
                part.write(f.read(int.from_bytes(f.read(4), 'little')))
        with shelve.Shelf(dbm.dumb.open(os.path.join(folder, 's'), 'r')) as shelf:
            assert sorted(shelf) == ['a', '\xe9'] and shelf['a'] == PLAIN and same_value(shelf['\xe9'], plain_value())


def write_database(path):
    import sqlite3
    connection = sqlite3.connect(path)
    with connection:
        connection.execute('create table t (n integer primary key, v)')
        connection.executemany('insert into t (v) values (?)', [(each,) for each in (None, 5, 2.5, '\u20ac', b'\x00\xff')])
        connection.execute('create view w as select count(*) as c from t')
    connection.close()


def read_database(path):
    import sqlite3
    connection = sqlite3.connect(path)
    assert connection.execute('select v from t order by n').fetchall() == [(None,), (5,), (2.5,), ('\u20ac',), (b'\x00\xff',)]
    assert connection.execute('select c from w').fetchone() == (5,)
    connection.close()


def a_message():
    message = email.message.EmailMessage()
    message['Subject'], message['From'], message['To'] = 'Caf\xe9 \u20ac', '"J\xf6rg, M." <j@example.com>', 'a@b.c, d@e.f'
    message['Date'] = datetime.datetime(2020, 2, 29, 1, 2, 3, tzinfo=datetime.timezone.utc)
    message.set_content('text \u20ac\n')
    message.add_alternative('<p>text</p>\n', subtype='html')
    message.add_attachment(b'\x00\x01\xff' * 30, 'application', 'octet-stream', filename='n\xe4me.bin')
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary('===============%d==' % number)
    return message


def read_message(path):
    import email.policy
    with open(path, 'rb') as f:
        message = email.message_from_binary_file(f, policy=email.policy.default)
    assert message['Subject'] == 'Caf\xe9 \u20ac' and message['From'].addresses[0].display_name == 'J\xf6rg, M.'
    assert message['Date'].datetime.year == 2020 and message.get_body(('plain',)).get_content() == 'text \u20ac\n'
    attachment, = message.iter_attachments()
    assert attachment.get_content() == b'\x00\x01\xff' * 30 and attachment.get_filename() == 'n\xe4me.bin'


def write_sound(path):
    with wave.open(path, 'wb') as sound:
        sound.setparams((2, 2, 8000, 0, 'NONE', 'not compressed'))
        sound.writeframes(bytes(range(200)))


def read_sound(path):
    with wave.open(path, 'rb') as sound:
        assert sound.getparams()[:4] == (2, 2, 8000, 50) and sound.readframes(99) == bytes(range(200))


def add_texts():
    kind('json', lambda v: json.dumps(v).encode(), json.loads, PLAIN)
    kind('json-indented', lambda v: json.dumps(v, indent=1, ensure_ascii=False, sort_keys=True).encode(), json.loads, dict(sorted(PLAIN.items())))
    for fmt in plistlib.PlistFormat:
        kind('plist-' + fmt.name, lambda v, f=fmt: plistlib.dumps(v, fmt=f), plistlib.loads, dict(sorted(PLIST.items())))
    for name, options in ('excel', {}), ('quoted', {'quoting': csv.QUOTE_ALL, 'delimiter': ';'}), ('escaped', {
            'quoting': csv.QUOTE_NONE, 'escapechar': '|', 'lineterminator': '\n', 'delimiter': '\t'}):
        rows = ROWS if name != 'escaped' else [row for row in ROWS if '\n' not in row[1]]
        kind('csv-' + name, lambda v, o=options: rows_as_text(v, **o), lambda d, o=options: rows_of_text(d, **o), rows)
    blob = bytes(range(256)) + b'  \n. =\r\nlast'
    for name in '16', '32', '64', '85':
        kind('base' + name, getattr(base64, 'b%sencode' % name), getattr(base64, 'b%sdecode' % name), blob)
    kind('ascii85', lambda v: base64.a85encode(v, wrapcol=70, adobe=True), lambda d: base64.a85decode(d, adobe=True), blob)
    kind('quopri', quopri.encodestring, quopri.decodestring, b'caf\xe9 \n=\t\n' + b'x' * 100 + b' \n')
    kind('array', lambda v: v.tobytes(), lambda d: array.array('d', d), array.array('d', [1.5, -2.5]))
    def tree(value):
        top = xml.etree.ElementTree.Element('{urn:x}top', a='1 < "2"', b='\n')
        for text in value:
            child = xml.etree.ElementTree.SubElement(top, 'child')
            child.text, child.tail = text, '\n'
        return xml.etree.ElementTree.tostring(top, encoding='utf-8', xml_declaration=True)
    kind('elements', tree, lambda d: [child.text for child in xml.etree.ElementTree.fromstring(d)], ['a & b', '\u20ac', None])
    file_kind('config', write_config, read_config, True)
    file_kind('shelf', write_shelf, read_shelf)
    if importlib.util.find_spec('email.contentmanager'):    # a library that is not complete
        file_kind('message', lambda path: open_and_write(path, a_message().as_bytes()), read_message, True)
    file_kind('sound.wav', write_sound, read_sound, True)
    file_kind('database', write_database, read_database)


def open_and_write(path, data):
    with open(path, 'wb') as f:
        f.write(data)


def file_content(path):
    with open(path, 'rb') as f:
        return f.read()


add_pickles()
add_marshal_and_code()
add_archives()
add_texts()


def write_all(folder):
    for name, check in KINDS.items():
        check.write(os.path.join(folder, name))


def read_all(folder):
    """Read each file; print what is wrong."""
    for name, check in KINDS.items():
        path = os.path.join(folder, name)
        if name == 'message' and not os.path.exists(path):
            continue
        try:
            check.read(path)
        except Exception as error:
            print(name, type(error).__name__, error)


def record():
    """Print what recorded_exchange.txt has: names, and data compressed in Base85."""
    with tempfile.TemporaryDirectory() as folder:
        write_all(folder)
        for name in KINDS:
            with open(os.path.join(folder, name), 'rb') as f:
                print(name, base64.b85encode(lzma.compress(f.read(), lzma.FORMAT_ALONE, preset=9)).decode())


def recorded():
    with open(RECORDED) as f:
        lines = [line.split() for line in f if line[0] != '#']
    return {name: lzma.decompress(base64.b85decode(data)) for name, data in lines if name in KINDS or name != 'message'}


def other_interpreter():
    path = os.environ.get('TAIPAN_OTHER')
    if path:
        return path
    try:
        prefix = subprocess.run([os.path.join(os.path.dirname(os.path.dirname(HERE)), 'tools', 'find-reference')], check=True,
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, universal_newlines=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None
    path = os.path.join(prefix, 'bin', 'python3.8')
    return path if os.path.exists(path) else None


class Recorded(unittest.TestCase):
    """What CPython 3.8.18 once wrote."""

    @classmethod
    def setUpClass(cls):
        cls.files = recorded()

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def test_all_are_there(self):
        self.assertEqual(list(self.files), list(KINDS))

    def test_read(self):
        for name, data in self.files.items():
            with self.subTest(name):
                path = os.path.join(self.folder, name)
                open_and_write(path, data)
                KINDS[name].read(path)

    def test_same_bytes(self):
        for name, data in self.files.items():
            if KINDS[name].exact:
                with self.subTest(name):
                    path = os.path.join(self.folder, name)
                    KINDS[name].write(path)
                    found = file_content(path)
                    where = next((at for at, pair in enumerate(zip(found, data)) if pair[0] != pair[1]), min(len(found), len(data)))
                    self.assertEqual(found[max(where - 40, 0):where + 40], data[max(where - 40, 0):where + 40], 'at %d' % where)

    def test_own(self):
        """What is written here is read here."""
        for name, check in KINDS.items():
            with self.subTest(name):
                path = os.path.join(self.folder, name)
                check.write(path)
                check.read(path)


OTHER = other_interpreter()


@unittest.skipUnless(OTHER, 'no reference interpreter')
class BothWays(unittest.TestCase):
    def run_with(self, interpreter, option, folder):
        environment = dict(os.environ)
        if interpreter == OTHER:
            environment = {name: value for name, value in environment.items() if not name.startswith('PYTHON')}
        done = subprocess.run([interpreter, os.path.realpath(__file__), option, folder], env=environment, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, universal_newlines=True)
        self.assertEqual((done.stdout, done.returncode), ('', 0))

    def exchange(self, writer, reader):
        with tempfile.TemporaryDirectory() as folder:
            self.run_with(writer, '--write', folder)
            self.run_with(reader, '--read', folder)

    def test_ours_there(self):
        self.exchange(sys.executable, OTHER)

    def test_theirs_here(self):
        self.exchange(OTHER, sys.executable)


if __name__ == '__main__':
    if sys.argv[1:2] == ['--record']:
        record()
    elif sys.argv[1:2] in (['--write'], ['--read']):
        {'--write': write_all, '--read': read_all}[sys.argv[1]](sys.argv[2])
    else:
        unittest.main()
