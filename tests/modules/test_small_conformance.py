# SPDX-License-Identifier: MIT
"""Single behaviours of native modules that CPython's own tests insist on."""
import binascii
import codecs
import datetime
import os
import re
import subprocess
import sys
import tempfile
import tracemalloc
import unittest


class Zone(datetime.tzinfo):
    name = "here"

    def utcoffset(self, when):
        return datetime.timedelta(0)

    def tzname(self, when):
        return self.name


class Datetime(unittest.TestCase):
    def test_names_in_strftime(self):
        zone, noon = Zone(), datetime.time(12, tzinfo=Zone())
        for name, text in (("a%Zb", "a%Zb"), ("%z", "%z"), (None, "")):
            zone.name = name
            self.assertEqual(noon.replace(tzinfo=zone).strftime("%Z"), text)
        zone.name = "\ud800"
        self.assertRaises(UnicodeEncodeError, noon.replace(tzinfo=zone).strftime, "%Z")

        class Text(str):
            def replace(self, *args):
                return self.answer
        zone.name = Text("x")
        zone.name.answer = "%H"
        self.assertEqual(noon.replace(tzinfo=zone).strftime("%Z"), "12")
        zone.name.answer = None
        self.assertRaisesRegex(TypeError, r"tzname\.replace\(\) did not return a string", noon.replace(tzinfo=zone).strftime, "%Z")

    def test_bad_ratio(self):
        class Number(float):
            def as_integer_ratio(self):
                return self.ratio
        number = Number()
        for ratio, error in (((), ValueError), ((1, 2, 3), ValueError), ([1, 2], TypeError), (3, TypeError)):
            number.ratio = ratio
            self.assertRaises(error, lambda: datetime.timedelta(1) * number)
            self.assertRaises(error, lambda: datetime.timedelta(1) / number)


class Files(unittest.TestCase):
    def test_seek_after_another_process_wrote(self):
        with tempfile.TemporaryFile() as file:
            os.write(file.fileno(), b"orange")
            file.seek(0)
            self.assertEqual(file.read(), b"orange")

    def test_scandir_of_buffers(self):
        with tempfile.TemporaryDirectory() as folder:
            open(os.path.join(folder, "f"), "w").close()
            import warnings
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                entry, = os.scandir(bytearray(os.fsencode(folder)))
            self.assertEqual((entry.name, entry.path), (b"f", os.fsencode(os.path.join(folder, "f"))))

    def test_descriptors_passed_and_redirected(self):
        read, write = os.pipe()
        try:
            script = "import os; os.fstat(%d); print('both')" % write
            subprocess.run([sys.executable, "-c", script], stdout=write, pass_fds=[write], check=True)
            self.assertEqual(os.read(read, 10), b"both\n")
        finally:
            os.close(read)
            os.close(write)


class Rest(unittest.TestCase):
    def test_encoding_map(self):
        table = "\0" + "".join(map(chr, [*range(1, 128), *range(0x400, 0x400 + 126), 0xfffd, 0x20ac]))
        built = codecs.charmap_build(table)
        self.assertEqual(codecs.charmap_encode("a\u0405\u20ac\0", "strict", built), (b"a\x85\xff\0", 4))
        for missing in "\u0480\u0300\U00010400":
            self.assertRaises(UnicodeEncodeError, codecs.charmap_encode, missing, "strict", built)
        self.assertEqual(sys.getsizeof(built), 64)

    def test_length_hint_errors(self):
        class Bad:
            def __iter__(self):
                return iter([1])

            def __len__(self):
                raise RuntimeError("hint")
        data = bytearray(b"ab")
        self.assertRaisesRegex(RuntimeError, "hint", data.extend, Bad())
        self.assertEqual(data, b"ab")

    def test_empty_product_is_an_allocation(self):
        tracemalloc.start()
        try:
            data = b"x" * int("-3")
            self.assertEqual(data, b"")
            self.assertIsNotNone(tracemalloc.get_object_traceback(data))
        finally:
            tracemalloc.stop()

    def test_exception_classes_inherit(self):
        self.assertNotIn("__str__", vars(FileNotFoundError))
        self.assertNotIn("__new__", vars(KeyError))
        self.assertIn("__str__", vars(KeyError))
        self.assertEqual(str(KeyError("x")), "'x'")

    def test_matches_outlive_their_scanner(self):
        found = re.finditer("[ab]+", "ab-ba")
        first = next(found)
        self.assertEqual([first[0], next(found)[0], list(found), next(found, 0)], ["ab", "ba", [], 0])

    def test_errors_of_binascii(self):
        self.assertRaisesRegex(binascii.Error, "Odd-length string", binascii.unhexlify, "abc")
        self.assertRaises(binascii.Incomplete, binascii.rledecode_hqx, b"\x90")


if __name__ == "__main__":
    unittest.main()
