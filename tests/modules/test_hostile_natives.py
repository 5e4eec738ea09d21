# SPDX-License-Identifier: MIT
"""Native objects in the hands of hostile code: arguments that change the object while they are converted, iterators that come back
to the iterator that asked them, objects never initialised, and other threads at the same object; and how calls go wrong that
have more than one mistake."""
import array
import bz2
import collections
import csv
import ctypes
import datetime
import functools
import gc
import itertools
import lzma
import mmap
import os
import pyexpat
import re
import select
import socket
import ssl
import struct
import sys
import tempfile
import threading
import time
import unittest
import weakref
import _random

TAIPAN = hasattr(sys, "_taipan")
ours_only = unittest.skipUnless(TAIPAN, "CPython 3.8 crashes")


class Shrinks:
    """A number whose conversion empties an array."""
    def __init__(self, victim):
        self.victim = victim

    def __index__(self):
        del self.victim[:]
        return 1

    def __float__(self):
        return float(self.__index__())


class Again:
    """Six items; the odd ones are given only after the consumer has been asked for more."""
    def __init__(self, consumer):
        self.n, self.consumer = 0, consumer

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 6:
            raise StopIteration
        if self.n % 2 and self.consumer:
            list(itertools.islice(self.consumer[0], 3))
        return self.n


@ours_only
class Iterators(unittest.TestCase):
    def test_used_up_by_its_own_source(self):
        for make in (itertools.cycle, itertools.chain, lambda i: itertools.chain.from_iterable([i, i]), lambda i: itertools.islice(i, 1, 30, 2),
                     lambda i: itertools.zip_longest(i, [1], i), lambda i: itertools.zip_longest([1], i), lambda i: itertools.tee(i)[0]):
            for wrap in (iter, lambda i: map(int, i), lambda i: filter(None, i), lambda i: itertools.chain(i, i)):
                consumer = []
                consumer.append(make(wrap(Again(consumer))))
                try:
                    list(itertools.islice(consumer[0], 20))
                except RuntimeError:        # tee
                    pass
                consumer.clear()

    def test_items_of_cycle_shrink(self):
        items = [1, 2, 3]
        c = itertools.cycle([])
        c.__setstate__((items, 0))
        self.assertEqual(list(itertools.islice(c, 2)), [1, 2])
        del items[1:]
        self.assertEqual(list(itertools.islice(c, 2)), [1, 1])
        items.clear()
        self.assertEqual(list(c), [])

    def test_tee_gets_another_block_meanwhile(self):
        class Source:
            def __iter__(self):
                return self

            def __next__(self):
                t.__setstate__(other.__reduce__()[2])
                gc.collect()
                return 5
        other = itertools.tee("abc")[0]
        t = itertools.tee(Source())[0]
        self.assertEqual(next(t), 5)

    def test_repeated_deque_gives_other_items(self):
        class Sparse(collections.deque):
            def __iter__(self):
                return iter([7])
        self.assertEqual(len(Sparse([1, 2, 3]) * 3), 3)

    def test_partial_of_itself(self):
        p = functools.partial(int)
        p.__setstate__((p, (), {}, {}))
        with self.assertRaises(RecursionError):
            p()
        p.__setstate__((p, (1,), {"a": 1}, {}))
        with self.assertRaises(RecursionError):
            p()

    def test_csv_reader_is_advanced_by_its_source(self):
        class Lines:
            n = 0

            def __iter__(self):
                return self

            def __next__(self):
                self.n += 1
                if self.n > 9:
                    raise StopIteration
                if self.n % 2:
                    next(reader, None)
                return "a,b"
        reader = csv.reader(Lines())
        with self.assertRaises(csv.Error):
            list(reader)


@ours_only
class Arrays(unittest.TestCase):
    def test_shrinks_while_an_item_is_converted(self):
        for code in "bBhHiIlLqQfd":
            for use in (lambda a, v: a.append(v), lambda a, v: a.insert(50, v), lambda a, v: a.__setitem__(99, v), lambda a, v: a.extend([1, v, 2]),
                        lambda a, v: a.fromlist([1, v, 2]), lambda a, v: a.__setitem__(-1, v)):
                a = array.array(code, range(100))
                try:
                    use(a, Shrinks(a))
                except (IndexError, TypeError):
                    pass
                self.assertLess(len(a), 4)

    def test_list_fails_after_the_array_shrank(self):
        a = array.array("i", range(100))
        with self.assertRaises((IndexError, TypeError)):
            a.fromlist([Shrinks(a), "x"])
        self.assertEqual(len(a), 0)

    def test_shrinks_while_it_is_written(self):
        class File:
            def write(self, data):
                del a[:]
                gc.collect()
        a = array.array("i", range(100000))
        a.tofile(File())


@ours_only
class NotInitialised(unittest.TestCase):
    def test_compressors(self):
        for kind in (bz2.BZ2Compressor, lzma.LZMACompressor):
            for use in (lambda c: c.compress(b"x"), lambda c: c.flush()):
                with self.assertRaisesRegex(RuntimeError, "Compressor object is not initialized"):
                    use(kind.__new__(kind))
        for kind in (bz2.BZ2Decompressor, lzma.LZMADecompressor):
            with self.assertRaisesRegex(RuntimeError, "Decompressor object is not initialized"):
                kind.__new__(kind).decompress(b"x")


@ours_only
class Threads(unittest.TestCase):
    def run_together(self, *functions):
        end = time.monotonic() + .3

        def run(function):
            while time.monotonic() < end:
                try:
                    function()
                except (ValueError, EOFError, OSError, RuntimeError, StopIteration, lzma.LZMAError):
                    pass
        threads = [threading.Thread(target=run, args=(f,)) for f in functions]
        for t in threads:
            t.start()
        for t in threads:
            t.join()

    def test_set_up_anew_while_at_work(self):
        data = os.urandom(1000) * 100
        for module, c, d in ((bz2, bz2.BZ2Compressor(), bz2.BZ2Decompressor()), (lzma, lzma.LZMACompressor(preset=0), lzma.LZMADecompressor())):
            packed = module.compress(data)
            self.run_together(lambda: c.compress(data), c.__init__, lambda: d.decompress(packed), d.__init__)

    def test_directory_closed_while_it_is_read(self):
        with tempfile.TemporaryDirectory() as folder:
            for i in range(50):
                open(os.path.join(folder, str(i)), "w").close()
            shared = [os.scandir(folder)]

            def renew():
                shared[0] = os.scandir(folder)
                list(shared[0])
            self.run_together(lambda: next(shared[0]), lambda: shared[0].close(), renew, renew)
            shared[0].close()


class Cycles(unittest.TestCase):
    def test_through_foreign_memory(self):
        class Struct(ctypes.Structure):
            _fields_ = [("o", ctypes.py_object)]

        class Union(ctypes.Union):
            _fields_ = [("o", ctypes.py_object)]

        class Node:
            pass
        for make in (Struct, Union, ctypes.py_object, ctypes.py_object * 2, lambda o: ctypes.pointer(Struct(o)),
                     lambda o: ctypes.CFUNCTYPE(None)(lambda: o)):
            node = Node()
            alive = weakref.ref(node)
            node.data = make(node)
            del node
            gc.collect()
            self.assertIsNone(alive(), make)


class Callbacks(unittest.TestCase):
    @ours_only
    def test_tls_connection_used_by_its_callback(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        errors = []

        def message(connection, *args):
            for use in (connection.do_handshake, connection.unwrap, lambda: connection.read(1), lambda: connection.write(b"x")):
                try:
                    use()
                except RuntimeError as e:
                    errors.append(str(e))
        context._msg_callback = message
        connection = context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="x")
        with self.assertRaises(ssl.SSLWantReadError):
            connection.do_handshake()
        self.assertEqual(set(errors), {"a callback of the connection cannot use it"})
        self.assertEqual(len(errors) % 4, 0)

    def test_parser_used_by_its_handler(self):
        for name in ("StartElementHandler", "CharacterDataHandler", "EndElementHandler", "CommentHandler"):
            p = pyexpat.ParserCreate()
            depth = []

            def handler(*args):
                if len(depth) < 3:
                    depth.append(1)
                    try:
                        p.Parse(b"<x/>", True)
                    except pyexpat.ExpatError:
                        pass
            setattr(p, name, handler)
            try:
                p.Parse(b"<a>b<!--c--></a>", True)
            except pyexpat.ExpatError:
                pass


class Calls(unittest.TestCase):
    """Seen on CPython."""
    def fails(self, error, message, function, *args, **kwargs):
        with self.assertRaises(error) as caught:
            function(*args, **kwargs)
        self.assertEqual(str(caught.exception), message)

    def test_counts_come_before_conversions(self):
        self.fails(TypeError, "chown() missing required argument 'uid' (pos 2)", os.chown, 5.5)
        self.fails(TypeError, "rename() takes exactly 2 positional arguments (3 given)", os.rename, 1, 2, 3)
        self.fails(TypeError, "access() missing required argument 'mode' (pos 2)", os.access, None)
        self.fails(TypeError, "'zzz' is an invalid keyword argument for removexattr()", os.removexattr, 1.5, "x", zzz=1)
        self.fails(TypeError, "argument for unlink() given by name ('path') and position (1)", os.unlink, 1.5, path=2)

    def test_positional_only(self):
        self.fails(TypeError, "isatty() takes exactly one argument (0 given)", os.isatty)
        self.fails(TypeError, "write expected 2 arguments, got 1", os.write, "x")
        self.fails(TypeError, "preadv expected at least 3 arguments, got 1", os.preadv, "x")
        self.fails(TypeError, "WCOREDUMP() takes no keyword arguments", os.WCOREDUMP, "x", zzz=1)

    def test_texts(self):
        self.fails(ValueError, "embedded null byte", os.stat, "a\0b")
        self.fails(ValueError, "stat: embedded null character in path", os.stat, b"a\0b")
        self.fails(TypeError, "argument should be integer or None, not 'float'", mmap.mmap(-1, 5).read, 1.5)
        self.fails(OverflowError, "Python int too large to convert to C int", os.get_inheritable, -2 ** 63)
        self.fails(TypeError, "integer argument expected, got float", os.getpgid, 0.0)
        self.fails(OSError, "packed IP wrong length for inet_ntoa", socket.inet_ntoa, b"123")
        self.fails(TypeError, "argument must be read-write bytes-like object, not bytes", struct.pack_into, "i", b"1234", 0, 1)
        self.fails(TypeError, "int expected instead of float", ctypes.c_int, 1.5)
        self.fails(TypeError, "not a callable object", setattr, ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), "sni_callback", 5)

    def test_patterns(self):
        self.fails(IndexError, "no such group", re.match("a", "a").group, [])
        self.fails(OverflowError, "Python int too large to convert to C ssize_t", re.compile("a").search, "a", 2 ** 63)
        self.assertEqual(type(re.compile("a").groupindex), dict)
        self.assertEqual(re.compile("(?P<a>b)").groupindex, {"a": 1})

    def test_iterator_of_matches_is_copied_as_iter(self):
        it = re.compile("a").finditer("aa")
        function, (search, end) = it.__reduce__()
        self.assertEqual((function, end), (iter, None))
        self.assertEqual(search().span(), (0, 1))
        self.assertEqual(next(it).span(), (1, 2))

    def test_others(self):
        with socket.socket() as s:
            self.fails(TypeError, "an integer is required (got type list)", s.setblocking, [])
        self.fails(TypeError, "fromutc: argument must be a datetime", datetime.timezone.utc.fromutc, 5)
        self.assertEqual(_random.Random().random(), _random.Random().random())
        self.assertEqual(_random.Random(1).random(), 0.3409518808162739)
        self.assertEqual(itertools.cycle("ab").__reduce__()[2], ([], 0))
        self.fails(TypeError, "modify() missing required argument 'eventmask' (pos 2)", select.epoll().modify, -1)
        self.fails(TypeError, "integer argument expected, got float", select.epoll.fromfd, 1.5)


if __name__ == "__main__":
    unittest.main()
