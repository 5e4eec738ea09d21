# SPDX-License-Identifier: MIT
"""zipfile, tarfile, gzip, bz2, lzma: what programs rely on."""
import bz2
import gzip
import io
import lzma
import os
import tarfile
import tempfile
import unittest
import warnings
import zipfile


class Zip(unittest.TestCase):
    def test_round_trip(self):
        for method in zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA:
            target = io.BytesIO()
            with zipfile.ZipFile(target, 'w', method) as archive:
                archive.writestr('a.txt', 'text\u20ac')
                with archive.open('b', 'w') as f:
                    f.write(b'x' * 100000)
                archive.comment = b'c'
            with zipfile.ZipFile(target) as archive:
                self.assertEqual(archive.namelist(), ['a.txt', 'b'])
                self.assertEqual(archive.read('a.txt').decode(), 'text\u20ac')
                self.assertEqual(archive.getinfo('b').file_size, 100000)
                self.assertIsNone(archive.testzip())
                with archive.open('b') as f:
                    self.assertEqual((f.read(10), f.seek(-5, 2), f.read(), f.tell()), (b'x' * 10, 99995, b'x' * 5, 100000))

    def test_append_and_duplicates(self):
        target = io.BytesIO(b'prefix')
        target.seek(0, 2)
        with zipfile.ZipFile(target, 'w') as archive:
            archive.writestr('a', '1')
        with zipfile.ZipFile(target, 'a') as archive:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter('always')
                archive.writestr('a', '2')
            self.assertEqual(str(caught[0].message), "Duplicate name: 'a'")
        with zipfile.ZipFile(target) as archive:
            self.assertEqual((archive.namelist(), archive.read('a')), (['a', 'a'], b'2'))

    def test_stream(self):
        class Unseekable(io.BytesIO):
            def seek(self, *args): raise OSError
            def tell(self): raise OSError
        target = Unseekable()
        with zipfile.ZipFile(target, 'w', zipfile.ZIP_DEFLATED) as archive:
            archive.writestr('a', b'abc')
        self.assertEqual(zipfile.ZipFile(io.BytesIO(target.getvalue())).read('a'), b'abc')

    def test_errors(self):
        with self.assertRaisesRegex(zipfile.BadZipFile, 'File is not a zip file'):
            zipfile.ZipFile(io.BytesIO(b'x'))
        archive = zipfile.ZipFile(io.BytesIO(), 'w')
        with self.assertRaisesRegex(KeyError, "There is no item named 'x' in the archive"):
            archive.getinfo('x')
        archive.close()
        with self.assertRaisesRegex(ValueError, 'already closed'):
            archive.writestr('x', '')
        with self.assertRaises(ValueError):
            zipfile.ZipInfo('x', (1979, 1, 1, 0, 0, 0))

    def test_entry_over_another(self):
        """An entry whose data runs into the next one is refused (not by 3.8.18, but by its successors)."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, 'w') as archive:
            archive.writestr('a', b'x' * 10)
            archive.writestr('b', b'y' * 10)
        data = bytearray(target.getvalue())
        start = data.index(b'PK\1\2')
        data[start + 20:start + 28] = (200).to_bytes(4, 'little') * 2
        with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
            with self.assertRaises((zipfile.BadZipFile, EOFError)):
                archive.read('a')

    def test_path(self):
        archive = zipfile.ZipFile(io.BytesIO(), 'w')
        archive.writestr('b/c.txt', 'c')
        archive.filename = 'x.zip'
        root = zipfile.Path(archive)
        self.assertEqual([repr(each) for each in root.iterdir()], ["Path('x.zip', 'b/')"])
        self.assertEqual((root / 'b' / 'c.txt').read_text(), 'c')
        self.assertEqual((root / 'b').parent.at, '')


class Tar(unittest.TestCase):
    def build(self, mode='w', **options):
        target = io.BytesIO()
        with tarfile.open(fileobj=target, mode=mode, **options) as archive:
            for name, data in ('a', b'x' * 600), ('l' * 150, b''), ('\xe9\u20ac', b'y'):
                member = tarfile.TarInfo(name)
                member.size, member.mtime, member.uid = len(data), 1.5, 1 << 30
                archive.addfile(member, io.BytesIO(data))
        return target.getvalue()

    def test_round_trip(self):
        for mode in 'w', 'w:gz', 'w:bz2', 'w:xz', 'w|', 'w|gz':
            for format in tarfile.GNU_FORMAT, tarfile.PAX_FORMAT:
                data = self.build(mode, format=format)
                for reading in 'r', 'r|*':
                    with tarfile.open(fileobj=io.BytesIO(data), mode=reading) as archive:
                        found = [(member.name, member.mtime, member.uid, archive.extractfile(member).read()) for member in archive]
                    time = 1.5 if format == tarfile.PAX_FORMAT else 1
                    self.assertEqual(found, [('a', time, 1 << 30, b'x' * 600), ('l' * 150, time, 1 << 30, b''),
                                             ('\xe9\u20ac', time, 1 << 30, b'y')])

    def test_header(self):
        member = tarfile.TarInfo('n' * 99)
        block = member.tobuf(tarfile.USTAR_FORMAT)
        self.assertEqual((len(block), block[257:265], block[124:136]), (512, b'ustar\x0000', b'00000000000\0'))
        self.assertEqual(tarfile.TarInfo.frombuf(block, 'utf-8', 'strict').name, 'n' * 99)
        for name in 'n' * 101, 'n/' * 200:
            with self.assertRaisesRegex(ValueError, 'name is too long'):
                tarfile.TarInfo(name).tobuf(tarfile.USTAR_FORMAT)
        self.assertEqual(tarfile.itn(-1, 8, tarfile.GNU_FORMAT), b'\xff' * 8)
        self.assertEqual(tarfile.nti(b'\x80' + bytes(6) + b'\x07'), 7)

    def test_filters(self):
        member = tarfile.TarInfo('/d/f')
        member.mode, member.uname = 0o7777, 'me'
        safe = tarfile.data_filter(member, '/tmp')
        self.assertEqual((safe.name, oct(safe.mode), safe.uname, member.name), ('d/f', '0o755', None, '/d/f'))
        self.assertEqual(tarfile.tar_filter(member, '/tmp').uname, 'me')
        member = tarfile.TarInfo('../x')
        for check in tarfile.data_filter, tarfile.tar_filter:
            with self.assertRaisesRegex(tarfile.OutsideDestinationError, 'outside the destination'):
                check(member, '/tmp/d')
        self.assertIs(tarfile.fully_trusted_filter(member, '/tmp/d'), member)

    def test_extract(self):
        with tempfile.TemporaryDirectory() as folder:
            with tarfile.open(fileobj=io.BytesIO(self.build())) as archive:
                archive.extractall(folder, filter='data')
            self.assertEqual(sorted(os.listdir(folder)), ['a', 'l' * 150, '\xe9\u20ac'])
            self.assertEqual(os.stat(os.path.join(folder, 'a')).st_mtime, 1.5)

    def test_errors(self):
        for data, message in ((b'', 'file could not be opened successfully'), (b'x' * 600, 'file could not be opened successfully')):
            with self.assertRaisesRegex(tarfile.ReadError, message):
                tarfile.open(fileobj=io.BytesIO(data))
        with self.assertRaisesRegex(tarfile.ReadError, 'empty file'):
            tarfile.open(fileobj=io.BytesIO(b''), mode='r:')
        with self.assertRaisesRegex(ValueError, 'nothing to open'):
            tarfile.open()
        with self.assertRaisesRegex(tarfile.CompressionError, "unknown compression type 'x'"):
            tarfile.open('f', 'r:x')


class Compressed(unittest.TestCase):
    def test_functions(self):
        data = bytes(range(256)) * 100
        for module in gzip, bz2, lzma:
            packed = module.compress(data)
            self.assertEqual(module.decompress(packed), data)
            self.assertEqual(module.decompress(packed * 3), data * 3)
            self.assertEqual(module.decompress(module.compress(b'')), b'')

    def test_files(self):
        for module in gzip, bz2, lzma:
            target = io.BytesIO()
            with module.open(target, 'wt', encoding='utf-8') as f:
                f.write('line 1\nline \u20ac\n')
            target.seek(0)
            with module.open(target) as f:
                self.assertEqual(f.peek(1)[:1], b'l')
                self.assertEqual(f.readline(), b'line 1\n')
                self.assertEqual(f.tell(), 7)
                f.seek(0)
                self.assertEqual(len(f.readlines()), 2)
                self.assertEqual(f.seek(-1, 2), 15)
            with self.assertRaises(ValueError):
                f.read()
            with self.assertRaises(ValueError):
                module.open(target, 'rb', encoding='utf-8')

    def test_gzip_header(self):
        data = gzip.compress(b'x', mtime=5)
        self.assertEqual(data[:10], b'\x1f\x8b\x08\0\5\0\0\0\2\xff')
        f = gzip.GzipFile(fileobj=io.BytesIO(data))
        self.assertEqual((f.read(), f.mtime), (b'x', 5))
        with self.assertRaisesRegex(gzip.BadGzipFile, r"Not a gzipped file \(b'ab'\)"):
            gzip.decompress(b'abc')
        with self.assertRaisesRegex(EOFError, 'Compressed file ended before'):
            gzip.decompress(data[:-9])


if __name__ == '__main__':
    unittest.main()
