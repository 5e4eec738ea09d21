# SPDX-License-Identifier: MIT
"""json, pickle, csv, configparser, plistlib, netrc, shelve, dbm.dumb: what programs rely on."""
import configparser
import csv
import datetime
import io
import json
import netrc
import os
import pickle
import pickletools
import plistlib
import shelve
import tempfile
import unittest
from collections import OrderedDict
from dbm import dumb, whichdb


class Json(unittest.TestCase):
    def test_dumps(self):
        value = {'b': [1, 2.5, None, True], 'a': 'x"\u20ac'}
        self.assertEqual(json.dumps(value), '{"b": [1, 2.5, null, true], "a": "x\\"\\u20ac"}')
        self.assertEqual(json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(',', ':')),
                         '{"a":"x\\"\u20ac","b":[1,2.5,null,true]}')
        self.assertEqual(json.dumps([[], {}, [1]], indent=2), '[\n  [],\n  {},\n  [\n    1\n  ]\n]')
        self.assertEqual(json.dumps({1: 2, None: 3, 1.5: 4, True: 5}), '{"1": 5, "null": 3, "1.5": 4}')
        self.assertEqual(json.dumps([float('inf'), float('nan')]), '[Infinity, NaN]')

    def test_errors(self):
        with self.assertRaisesRegex(TypeError, 'Object of type set is not JSON serializable'):
            json.dumps({1, 2})
        with self.assertRaisesRegex(TypeError, 'keys must be str, int, float, bool or None, not tuple'):
            json.dumps({(1,): 2})
        with self.assertRaisesRegex(ValueError, 'Out of range float values are not JSON compliant'):
            json.dumps(float('nan'), allow_nan=False)
        with self.assertRaises(json.JSONDecodeError) as caught:
            json.loads('{"a":\n x}')
        self.assertEqual(str(caught.exception), 'Expecting value: line 2 column 2 (char 7)')
        twin = pickle.loads(pickle.dumps(caught.exception))
        self.assertEqual((twin.lineno, twin.colno, twin.doc), (2, 2, '{"a":\n x}'))

    def test_hooks(self):
        self.assertEqual(json.loads('{"a": 1}', object_pairs_hook=OrderedDict), OrderedDict(a=1))
        self.assertEqual(json.loads('[1, 1.5, NaN]', parse_int=str, parse_float=str, parse_constant=str), ['1', '1.5', 'NaN'])
        for encoding in 'utf-8', 'utf-8-sig', 'utf-16', 'utf-16-le', 'utf-32-be', 'utf-32':
            self.assertEqual(json.loads('["\u20ac"]'.encode(encoding)), ['\u20ac'])
        target = io.StringIO()
        json.dump({'a': {1}}, target, default=list)
        self.assertEqual(target.getvalue(), '{"a": [1]}')

    def test_python_versions(self):
        from json import decoder, encoder, scanner
        for text in '"a\\n\\u20ac\\ud83d\\ude00b"', '""', '"\\ud800"':
            self.assertEqual(decoder.py_scanstring(text, 1), decoder.scanstring(text, 1))
        for text in 'a"\\\n\x01\u20ac\U0001f600', '':
            self.assertEqual(encoder.py_encode_basestring_ascii(text), encoder.encode_basestring_ascii(text))
            self.assertEqual(encoder.py_encode_basestring(text), encoder.encode_basestring(text))
        scan = scanner.py_make_scanner(json.JSONDecoder())
        self.assertEqual(scan('{"a": [1, -2.5e3, true, null, {}]}', 0), ({'a': [1, -2500.0, True, None, {}]}, 34))


class Thing:
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return type(other) is Thing and self.value == other.value


class Slotted:
    __slots__ = ('a', 'b')


class Pickle(unittest.TestCase):
    def test_same_bytes(self):
        values = [1, -1, 1 << 40, 2.5, 'a\u20ac', b'b', (), (1, 2, 3, 4), [1, [2]], {'k': 'v'}, {3}, frozenset([4]), len, Thing]
        for value in values:
            for protocol in range(6):
                data = pickle.dumps(value, protocol)
                self.assertEqual(pickletools.optimize(pickle._dumps(value, protocol)), pickletools.optimize(data))
                self.assertEqual(pickle._loads(data), value)
                self.assertEqual(pickle.loads(pickle._dumps(value, protocol)), value)

    def test_objects(self):
        slotted = Slotted()
        slotted.a = 1
        for dumps in pickle.dumps, pickle._dumps:
            for loads in pickle.loads, pickle._loads:
                for protocol in range(2, 6):
                    self.assertEqual(loads(dumps(Thing([1]), protocol)), Thing([1]))
                    self.assertEqual(loads(dumps(slotted, protocol)).a, 1)
                    cycle = Thing(None)
                    cycle.value = (cycle,)
                    twin = loads(dumps(cycle, protocol))
                    self.assertIs(twin.value[0], twin)

    def test_errors(self):
        for dumps in pickle.dumps, pickle._dumps:
            with self.assertRaises((pickle.PicklingError, AttributeError)):
                dumps(lambda: 0)
            with self.assertRaisesRegex(ValueError, 'pickle protocol must be <= 5'):
                dumps(1, 6)
        for loads in pickle.loads, pickle._loads:
            with self.assertRaises(EOFError):
                loads(b'')
            with self.assertRaisesRegex(ValueError, 'unsupported pickle protocol: 9'):
                loads(b'\x80\x09.')

    def test_buffers(self):
        data = bytearray(b'x' * 10)
        for dumps in pickle.dumps, pickle._dumps:
            buffers = []
            packed = dumps(pickle.PickleBuffer(data), 5, buffer_callback=buffers.append)
            for loads in pickle.loads, pickle._loads:
                self.assertIs(loads(packed, buffers=[data]), data)
            self.assertEqual(pickle.loads(dumps(pickle.PickleBuffer(data), 5)), data)

    def test_persistent_ids(self):
        class P(pickle._Pickler):
            def persistent_id(self, obj):
                return 'id' if isinstance(obj, Thing) else None

        class U(pickle._Unpickler):
            def persistent_load(self, pid):
                return Thing(pid)
        for protocol in 0, 2, 4:
            target = io.BytesIO()
            P(target, protocol).dump([Thing(1)])
            self.assertEqual(U(io.BytesIO(target.getvalue())).load(), [Thing('id')])

    def test_dis(self):
        target = io.StringIO()
        pickletools.dis(pickle.dumps([1], 2), out=target)
        self.assertEqual(target.getvalue().split(), ['0:', r'\x80', 'PROTO', '2', '2:', ']', 'EMPTY_LIST', '3:', 'q', 'BINPUT',
                                                     '0', '5:', 'K', 'BININT1', '1', '7:', 'a', 'APPEND', '8:', '.', 'STOP',
                                                     'highest', 'protocol', 'among', 'opcodes', '=', '2'])


class Tables(unittest.TestCase):
    def test_csv(self):
        reader = csv.DictReader(io.StringIO('a,b\n1,2,3\n\n4\n'), restkey='r', restval='-')
        self.assertEqual(list(reader), [{'a': '1', 'b': '2', 'r': ['3']}, {'a': '4', 'b': '-'}])
        target = io.StringIO()
        writer = csv.DictWriter(target, ['a', 'b'], restval='x')
        writer.writeheader()
        writer.writerow({'a': 'q"\n'})
        self.assertEqual(target.getvalue(), 'a,b\r\n"q""\n",x\r\n')
        with self.assertRaisesRegex(ValueError, "dict contains fields not in fieldnames: 'c'"):
            writer.writerow({'c': 1})

    def test_sniffer(self):
        sniffer = csv.Sniffer()
        self.assertEqual(sniffer.sniff('a;b;c\n1;2;3\n4;5;6\n').delimiter, ';')
        dialect = sniffer.sniff("'a', 'b', 'c'\n'd', 'e', 'f'\n")
        self.assertEqual((dialect.delimiter, dialect.quotechar, dialect.skipinitialspace), (',', "'", True))
        self.assertTrue(sniffer.has_header('name,age\nbob,42\nann,37\n'))

    def test_configparser(self):
        parser = configparser.ConfigParser()
        parser.read_string('[DEFAULT]\nbase = /x\n[a]\nPath: %(base)s/y\nlist =\n  1\n  2\nflag = on\nn=5 ; no comment\n')
        self.assertEqual(parser['a']['path'], '/x/y')
        self.assertEqual(parser['a']['list'], '\n1\n2')
        self.assertTrue(parser.getboolean('a', 'flag'))
        self.assertEqual(parser.get('a', 'zz', fallback='f'), 'f')
        self.assertEqual(parser.options('a'), ['path', 'list', 'flag', 'n', 'base'])
        with self.assertRaisesRegex(configparser.NoOptionError, "No option 'zz' in section: 'a'"):
            parser.get('a', 'zz')
        target = io.StringIO()
        parser.write(target)
        self.assertEqual(target.getvalue()[:48], '[DEFAULT]\nbase = /x\n\n[a]\npath = %(base)s/y\nlist ')
        extended = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation(), converters={'list': str.split})
        extended.read_string('[a]\nx = 1 2\n[b]\ny = ${a:x} $$')
        self.assertEqual(extended['b']['y'], '1 2 $')
        self.assertEqual(extended['a'].getlist('x'), ['1', '2'])

    def test_plistlib(self):
        value = {'a': [1, 2.5, True, b'x' * 60, 'text <&>'], 'd': datetime.datetime(2020, 1, 2, 3, 4, 5), 'e': {}}
        for fmt in plistlib.FMT_XML, plistlib.FMT_BINARY:
            data = plistlib.dumps(value, fmt=fmt)
            self.assertEqual(plistlib.loads(data), value)
            with self.assertRaisesRegex(TypeError, 'keys must be strings'):
                plistlib.dumps({1: 2}, fmt=fmt)
            for number in -1 << 63, (1 << 64) - 1, 255, 256, -1:
                self.assertEqual(plistlib.loads(plistlib.dumps(number, fmt=fmt)), number)
            with self.assertRaises(OverflowError):
                plistlib.dumps(1 << 64, fmt=fmt)
        self.assertIn(b'\t<key>a</key>\n\t<array>\n\t\t<integer>1</integer>', plistlib.dumps(value))
        self.assertEqual(plistlib.loads(plistlib.dumps(plistlib.UID(300), fmt=plistlib.FMT_BINARY)), plistlib.UID(300))

    def test_netrc(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'netrc')
            with open(path, 'w') as f:
                f.write('# note\nmachine h login l account a password p#w\ndefault login d password q\nmacdef m\ntext\n\n')
            found = netrc.netrc(path)
        self.assertEqual(found.authenticators('h'), ('l', 'a', 'p#w'))
        self.assertEqual(found.authenticators('x'), ('d', None, 'q'))
        self.assertEqual(found.macros, {'m': ['text\n']})

    def test_shelve(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 's')
            with shelve.Shelf(dumb.open(path), writeback=True) as shelf:
                shelf['a'] = [1]
                shelf['a'].append(2)
                shelf['\xe9'] = 'x' * 2000
            self.assertEqual(whichdb(path), 'dbm.dumb')
            with shelve.Shelf(dumb.open(path, 'r')) as shelf:
                self.assertEqual((shelf['a'], len(shelf), '\xe9' in shelf), ([1, 2], 2, True))
                with self.assertRaises(OSError):
                    shelf['b'] = 1
            with self.assertRaisesRegex(ValueError, 'invalid operation on closed shelf'):
                shelf['a']


if __name__ == '__main__':
    unittest.main()
