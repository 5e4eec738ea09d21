# SPDX-License-Identifier: MIT
"""_pyio, the streams in Python, against _io, the native ones."""
import _pyio
import io
import os
import tempfile
import unittest


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = os.path.join(self.folder.name, 'file')


class OpenTest(Case):
    def test_what_comes_back(self):
        open(self.path, 'w').close()
        for mode, buffering, kind in (('r', -1, 'TextIOWrapper'), ('rb', -1, 'BufferedReader'), ('ab', -1, 'BufferedWriter'),
                                      ('r+b', -1, 'BufferedRandom'), ('rb', 0, 'FileIO')):
            with _pyio.open(self.path, mode, buffering) as f:
                self.assertEqual(type(f).__name__, kind)

    def test_bad_modes(self):
        for mode, text in (('rr', "invalid mode: 'rr'"), ('rw', "can't have read/write/append mode at once"),
                           ('t', 'must have exactly one of read/write/append mode'),
                           ('rbt', "can't have text and binary mode at once")):
            with self.assertRaises(ValueError) as caught:
                _pyio.open(self.path, mode)
            self.assertEqual(str(caught.exception), text)

    def test_unbuffered_text(self):
        open(self.path, 'w').close()
        with self.assertRaises(ValueError):
            _pyio.open(self.path, 'r', 0)

    def test_names_are_those_of_io(self):
        self.assertEqual(_pyio.__all__, io.__all__)
        for name in io.__all__:
            self.assertTrue(hasattr(_pyio, name), name)


class BytesTest(Case):
    def test_random_access(self):
        with _pyio.open(self.path, 'w+b', 4) as f:
            f.write(b'0123456789')
            f.seek(2)
            self.assertEqual(f.read(3), b'234')
            f.write(b'XY')
            self.assertEqual(f.tell(), 7)
            f.seek(-2, 2)
            self.assertEqual(f.peek(1)[:1], b'8')
            f.seek(0)
            self.assertEqual(f.read(), b'01234XY789')

    def test_lines(self):
        f = _pyio.BytesIO(b'ab\ncd\n\nef')
        self.assertEqual(f.readline(1), b'a')
        self.assertEqual(list(f), [b'b\n', b'cd\n', b'\n', b'ef'])

    def test_writing_behind_the_end(self):
        f = _pyio.BytesIO()
        f.seek(3)
        f.write(b'x')
        self.assertEqual(f.getvalue(), b'\0\0\0x')

    def test_a_writer_that_does_not_wait(self):
        class Stuck(_pyio.RawIOBase):
            def writable(self):
                return True

            def write(self, b):
                return None
        raw = Stuck()
        f = _pyio.BufferedWriter(raw, 4)
        self.assertEqual(f.write(b'abc'), 3)
        with self.assertRaises(BlockingIOError) as caught:
            f.write(b'defg')
        self.assertEqual(caught.exception.characters_written, 1)
        raw.close()


class TextTest(Case):
    def test_positions(self):
        text = 'aé\r\n漢字\rx\n\U0001f600' * 50
        for encoding in 'utf-8', 'utf-16', 'utf-7', 'shift_jisx0213':
            plain = text if encoding.startswith('utf') else text.replace('\U0001f600', '').replace('é', 'e')
            for newline in None, '', '\n', '\r\n':
                with self.subTest(encoding=encoding, newline=newline):
                    raw = io.BytesIO(plain.encode(encoding))
                    ours, native = [module.TextIOWrapper(type(raw)(raw.getvalue()), encoding, newline=newline)
                                    for module in (_pyio, io)]
                    whole = native.read()
                    self.assertEqual(ours.read(), whole)
                    for count in (0, 1, 3, 7, 50, 333):
                        ours.seek(0)
                        ours._CHUNK_SIZE = 64
                        self.assertEqual(ours.read(count), whole[:count])
                        place = ours.tell()
                        ours.read(5)
                        ours.seek(place)
                        self.assertEqual(ours.read(), whole[count:])

    def test_line_ends(self):
        data = b'a\r\nb\rc\nd\r'
        for newline in None, '', '\n', '\r', '\r\n':
            for chunk in 1, 2, 100:
                native = io.TextIOWrapper(io.BytesIO(data), 'ascii', newline=newline)
                ours = _pyio.TextIOWrapper(_pyio.BytesIO(data), 'ascii', newline=newline)
                ours._CHUNK_SIZE = chunk
                self.assertEqual(ours.readlines(), native.readlines())
                if not newline:         # else CPython has AttributeError
                    self.assertEqual(ours.newlines, native.newlines)

    def test_no_position_while_iterating(self):
        f = _pyio.StringIO('a\nb\n')
        next(f)
        self.assertRaises(OSError, f.tell)
        list(f)
        f.tell()

    def test_string(self):
        f = _pyio.StringIO('abc\n', newline=None)
        f.seek(0, 2)
        f.write('d\r\ne')
        self.assertEqual(f.getvalue(), 'abc\nd\ne')


if __name__ == '__main__':
    unittest.main()
