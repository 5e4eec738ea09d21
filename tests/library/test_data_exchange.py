# SPDX-License-Identifier: MIT
"""What taipan's library writes, CPython's reads, and the other way round: pickles, archives, JSON, shelves, plists.

Skipped without a CPython 3.8; tools/find-reference says where it is.
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# Run by both: `write FOLDER` makes the files, `read FOLDER` prints what is in them.
SCRIPT = r'''
import bz2, collections, datetime, fractions, gzip, io, json, lzma, os, pickle, plistlib, shelve, sys, tarfile, uuid, zipfile
import base64, configparser, csv, dbm.dumb
what, folder = sys.argv[1:]
os.chdir(folder)

VALUE = [None, True, 1 << 70, -5, 2.5, 'a\u20ac\U0001f600', b'bytes\xff', (1, (2,)), {'k': [{}]}, {3}, frozenset([4]),
         range(5), 3 + 4j, slice(1, 2), bytearray(b'q'), collections.OrderedDict(a=1), collections.deque([1, 2]),
         datetime.datetime(2020, 2, 29, 1, 2, 3), fractions.Fraction(1, 3), uuid.UUID(int=5), len, int, ValueError('x'),
         collections.Counter('aab'), 'x' * 300, b'y' * 70000]
SHARED = [1]
PLAIN = {'a': [1, -2.5, None, True, 'e\u0301\u20ac"\\'], 'b': {'': {}}}
PLIST = {'a': [1, -2.5, True, 'e\u0301', b'data' * 30], 'b': {}, 'd': datetime.datetime(2000, 1, 1)}

def show(name, value):
    print(name, repr(value))

def write():
    for protocol in range(6):
        for kind, dumps in ('c', pickle.dumps), ('py', pickle._dumps):
            with open('%s%d.pickle' % (kind, protocol), 'wb') as f:
                f.write(dumps([VALUE, SHARED, SHARED], protocol))
    for method in 0, 8, 12, 14:
        with zipfile.ZipFile('m%d.zip' % method, 'w', method) as z:
            z.writestr(zipfile.ZipInfo('a/b.txt', (2001, 2, 3, 4, 5, 6)), b'spam' * 1000, method)
            z.writestr(zipfile.ZipInfo('\xe9\u20ac'), b'')
            z.comment = b'comment'
    for format in 0, 1, 2:
        for mode in 'w', 'w:gz', 'w:bz2', 'w:xz':
            with tarfile.open('f%d%s.tar' % (format, mode[1:].replace(':', '.')), mode, format=format) as t:
                for name in 'short', 'd' * 60 + '/' + 'l' * 90, '\xe9\u20ac':
                    i = tarfile.TarInfo(name); i.size = 700; i.mtime = 1234567; i.uname = 'me'
                    t.addfile(i, io.BytesIO(b'x' * 700))
                i = tarfile.TarInfo('link'); i.type = tarfile.SYMTYPE; i.linkname = 'short'; t.addfile(i)
    for module in gzip, bz2, lzma:
        with module.open(module.__name__, 'wt', encoding='utf-8') as f:
            f.write('line\n\u20ac' * 1000)
    with open('j.json', 'w', encoding='utf-8') as f:
        json.dump(PLAIN, f, ensure_ascii=False, indent=1)
    for fmt in plistlib.PlistFormat:
        with open(fmt.name, 'wb') as f:
            plistlib.dump(PLIST, f, fmt=fmt)
    with shelve.Shelf(dbm.dumb.open('shelf', 'n')) as s:
        s['a'] = PLAIN; s['\xe9'] = VALUE[:5]
    with open('c.csv', 'w', newline='') as f:
        csv.writer(f).writerows([['a', 'b "c"', 1], ['', 'x\ny', 2.5]])
    parser = configparser.ConfigParser()
    parser.read_dict({'DEFAULT': {'x': '1'}, 's': {'y': '%(x)s\nz', 'w': ''}})
    with open('c.ini', 'w') as f:
        parser.write(f)

def read():
    for protocol in range(6):
        for kind in 'c', 'py':
            with open('%s%d.pickle' % (kind, protocol), 'rb') as f:
                data = f.read()
            for loads in pickle.loads, pickle._loads:
                value, one, two = loads(data)
                assert one is two
                # Sets have no order; a slice and others are compared by what they print.
                show('pickle', (protocol, value))
    for method in 0, 8, 12, 14:
        with zipfile.ZipFile('m%d.zip' % method) as z:
            show('zip', [(i.filename, i.date_time, i.file_size, i.CRC, z.read(i)[:5]) for i in z.infolist()] + [z.comment])
            assert z.testzip() is None
    for format in 0, 1, 2:
        for mode in '', '.gz', '.bz2', '.xz':
            with tarfile.open('f%d%s.tar' % (format, mode), errors='surrogateescape') as t:
                show('tar', [(i.name, i.size, i.mtime, i.uname, i.type, i.linkname) for i in t])
                show('data', t.extractfile('link').read()[:9])
    for module in gzip, bz2, lzma:
        with module.open(module.__name__, 'rt', encoding='utf-8') as f:
            show('text', f.read() == 'line\n\u20ac' * 1000)
    with open('j.json', encoding='utf-8') as f:
        show('json', json.load(f))
    for fmt in plistlib.PlistFormat:
        with open(fmt.name, 'rb') as f:
            show('plist', plistlib.load(f))
    with shelve.Shelf(dbm.dumb.open('shelf', 'r')) as s:
        show('shelf', sorted(s.items(), key=repr))
    with open('c.csv', newline='') as f:
        show('csv', list(csv.reader(f)))
    parser = configparser.ConfigParser()
    parser.read('c.ini')
    show('config', {name: dict(parser[name]) for name in parser})

{'write': write, 'read': read}[what]()
'''


def reference():
    """The other interpreter; None if there is none, or if this one is it."""
    try:
        prefix = subprocess.run([os.path.join(ROOT, 'tools', 'find-reference')], stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, universal_newlines=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None
    path = os.path.join(prefix, 'bin', 'python3.8')
    return path if os.path.exists(path) else None


@unittest.skipIf(reference() is None, 'needs an installed CPython 3.8')
class Exchange(unittest.TestCase):
    def run_script(self, interpreter, what, folder):
        environment = dict(os.environ, PYTHONIOENCODING='utf-8', PYTHONHASHSEED='0')
        if interpreter != sys.executable:
            for name in 'PYTHONHOME', 'PYTHONPATH':
                environment.pop(name, None)
        return subprocess.run([interpreter, '-c', SCRIPT, what, folder], stdout=subprocess.PIPE, env=environment,
                              encoding='utf-8', check=True).stdout

    def test_both_ways(self):
        outputs = []
        for writer in sys.executable, reference():
            with tempfile.TemporaryDirectory() as folder:
                self.run_script(writer, 'write', folder)
                outputs += [self.run_script(reader, 'read', folder) for reader in (sys.executable, reference())]
        self.assertIn('pickle', outputs[0])
        for output in outputs[1:]:
            for mine, its in zip(outputs[0].splitlines(), output.splitlines()):
                self.assertEqual(mine, its)
            self.assertEqual(outputs[0].count('\n'), output.count('\n'))


if __name__ == '__main__':
    unittest.main()
