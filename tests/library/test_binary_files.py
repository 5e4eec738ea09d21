# SPDX-License-Identifier: MIT
"""binhex, chunk, imghdr, sndhdr, wave, xdrlib: files that are made of bytes."""
import io
import os
import struct
import tempfile
import unittest
import warnings

with warnings.catch_warnings():
    warnings.simplefilter('ignore')
    import binhex
    import chunk
    import imghdr
    import sndhdr
    import wave
    import xdrlib


class Files(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name, data=None):
        path = os.path.join(self.folder, name)
        if data is not None:
            with open(path, 'wb') as f:
                f.write(data)
        return path


class BinHex(Files):
    DATA = b'text \x90\x90\x90' + bytes(1000) + bytes(range(256))

    def test_there_and_back(self):
        source, coded, target = self.path('source', self.DATA), self.path('coded'), self.path('target')
        binhex.binhex(source, coded)
        with open(coded, 'rb') as f:
            text = f.read()
        self.assertTrue(text.startswith(b'(This file must be converted with BinHex 4.0)\r\r:'))
        self.assertLess(len(text), len(self.DATA))      # runs are counted
        binhex.hexbin(coded, target)
        with open(target, 'rb') as f:
            self.assertEqual(f.read(), self.DATA)

    def test_reading(self):
        binhex.binhex(self.path('n', b'abc'), self.path('coded'))
        reader = binhex.HexBin(self.path('coded'))
        self.assertEqual((reader.FName, reader.read(2), reader.read(), reader.read_rsrc()), (b'n', b'ab', b'c', b''))
        reader.close()

    def test_damage(self):
        with open(self.path('bad', b'no such header'), 'rb') as f, self.assertRaises(binhex.Error):
            binhex.HexBin(f)
        binhex.binhex(self.path('n', b'abc' * 50), self.path('coded'))
        with open(self.path('coded'), 'rb') as f:
            text = f.read()
        at = text.index(b':') + 60
        reader = binhex.HexBin(self.path('bad', text[:at] + bytes([text[at] ^ 1]) + text[at + 1:]))
        with self.assertRaises(binhex.Error):
            reader.close()


class Chunks(unittest.TestCase):
    DATA = b'ABCD' + struct.pack('>L', 5) + b'hello\0' + b'EFGH' + struct.pack('>L', 2) + b'ok'

    def test_read_and_skip(self):
        file = io.BytesIO(self.DATA)
        first = chunk.Chunk(file)
        self.assertEqual((first.getname(), first.getsize(), first.read(2), first.tell()), (b'ABCD', 5, b'he', 2))
        first.seek(-1, 2)
        self.assertEqual((first.read(), first.read()), (b'o', b''))
        first.skip()
        second = chunk.Chunk(file)
        self.assertEqual((second.getname(), second.read()), (b'EFGH', b'ok'))
        second.skip()
        self.assertRaises(EOFError, chunk.Chunk, file)

    def test_options(self):
        part = chunk.Chunk(io.BytesIO(b'ABCD\x0a\0\0\0xy'), align=False, bigendian=False, inclheader=True)
        self.assertEqual((part.getsize(), part.read()), (2, b'xy'))

    def test_seek_outside(self):
        part = chunk.Chunk(io.BytesIO(self.DATA))
        for place in -1, 6:
            self.assertRaises(RuntimeError, part.seek, place)
        part.close()
        self.assertRaises(ValueError, part.read)


class Kinds(Files):
    def test_images(self):
        for data, expected in ((b'\x89PNG\r\n\x1a\n', 'png'), (b'GIF89a', 'gif'), (b'\xff\xd8\xff\xe0\0\0JFIF', 'jpeg'), (b'BM', 'bmp'),
                               (b'II*\0', 'tiff'), (b'P6 ', 'ppm'), (b'RIFF\0\0\0\0WEBP', 'webp'), (b'\x76\x2f\x31\x01', 'exr'),
                               (b'#define ', 'xbm'), (b'\x59\xa6\x6a\x95', 'rast'), (b'P5\n', 'pgm'), (b'nothing', None), (b'', None)):
            with self.subTest(data):
                self.assertEqual(imghdr.what(None, data + bytes(30) if data else b''), expected)
                self.assertEqual(imghdr.what(self.path('image', data + bytes(30))), expected)

    def test_image_in_a_file_object(self):
        file = io.BytesIO(b'xxGIF87a' + bytes(32))
        file.seek(2)
        self.assertEqual((imghdr.what(file), file.tell()), ('gif', 2))

    def test_sounds(self):
        path = self.path('sound')
        with wave.open(path, 'wb') as sound:
            sound.setparams((2, 2, 8000, 0, 'NONE', ''))
            sound.writeframes(bytes(40))
        self.assertEqual(tuple(sndhdr.what(path)), ('wav', 8000, 2, 10, 16))
        self.assertEqual(sndhdr.whathdr(path).filetype, 'wav')
        self.assertEqual(sndhdr.what(self.path('au', b'.snd' + struct.pack('>5L', 24, 8, 3, 44100, 1) + bytes(8))), ('au', 44100, 1, 4.0, 16))
        self.assertIsNone(sndhdr.what(self.path('none', b'x' * 600)))


class Wave(Files):
    def test_there_and_back(self):
        target = io.BytesIO()
        with wave.open(target, 'wb') as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(8000.4)
            sound.setcomptype('NONE', 'not compressed')
            sound.writeframes(b'\1\2\3\4')
            self.assertEqual((sound.tell(), sound.getparams()), (2, (1, 2, 8000, 2, 'NONE', 'not compressed')))
        self.assertEqual(target.getvalue()[:4] + target.getvalue()[8:16], b'RIFFWAVEfmt ')
        target.seek(0)
        with wave.open(target) as sound:
            self.assertEqual((sound.getnframes(), sound.readframes(1), sound.tell(), sound.readframes(9)), (2, b'\1\2', 1, b'\3\4'))
            sound.rewind()
            sound.setpos(1)
            self.assertEqual(sound.readframes(5), b'\3\4')
            self.assertRaises(wave.Error, sound.setpos, 3)

    def test_wrong_order(self):
        sound = wave.open(io.BytesIO(), 'wb')
        for wrong in lambda: sound.setnchannels(0), lambda: sound.setsampwidth(5), lambda: sound.setframerate(-1), sound.getnchannels, \
                lambda: sound.setcomptype('x', 'y'):
            self.assertRaises(wave.Error, wrong)
        sound.setparams((1, 1, 8, 0, 'NONE', ''))
        sound.close()
        self.assertRaises(wave.Error, wave.open, io.BytesIO(), 'x')

    def test_damage(self):
        for data in b'', b'RIFX' + bytes(40), b'RIFF\x10\0\0\0WAVX', b'RIFF\x04\0\0\0WAVE':
            with self.subTest(data):
                self.assertRaises((wave.Error, EOFError), wave.open, io.BytesIO(data))


class XDR(unittest.TestCase):
    def test_there_and_back(self):
        packer = xdrlib.Packer()
        packer.pack_int(-5)
        packer.pack_uint(7)
        packer.pack_bool(True)
        packer.pack_uhyper(1 << 40)
        packer.pack_float(1.5)
        packer.pack_double(2.5)
        packer.pack_string(b'text')
        packer.pack_fstring(3, b'abcd')
        packer.pack_list([1, 2], packer.pack_int)
        packer.pack_array([3], packer.pack_int)
        packer.pack_farray(2, [4, 5], packer.pack_int)
        data = packer.get_buffer()
        self.assertEqual(data[:8], b'\xff\xff\xff\xfb\0\0\0\7')
        self.assertEqual(len(data) % 4, 0)
        reader = xdrlib.Unpacker(data)
        self.assertEqual([reader.unpack_int(), reader.unpack_uint(), reader.unpack_bool(), reader.unpack_uhyper(), reader.unpack_float(),
                          reader.unpack_double(), reader.unpack_string(), reader.unpack_fstring(3)], [-5, 7, True, 1 << 40, 1.5, 2.5, b'text', b'abc'])
        self.assertEqual([reader.unpack_list(reader.unpack_int), reader.unpack_array(reader.unpack_int),
                          reader.unpack_farray(2, reader.unpack_int)], [[1, 2], [3], [4, 5]])
        reader.done()

    def test_errors(self):
        packer, reader = xdrlib.Packer(), xdrlib.Unpacker(b'\0\0\0\7more')
        self.assertRaises(xdrlib.ConversionError, packer.pack_int, 'x')
        self.assertRaises(ValueError, packer.pack_farray, 2, [1], packer.pack_int)
        self.assertRaises(EOFError, reader.unpack_string)
        reader.set_position(4)
        self.assertRaises(xdrlib.Error, reader.done)
        self.assertEqual((reader.get_position(), reader.get_buffer()), (4, b'\0\0\0\7more'))
        self.assertEqual(str(xdrlib.Error('why')), 'why')


if __name__ == '__main__':
    unittest.main()
