# SPDX-License-Identifier: MIT
"""Native objects whose operations run code that closes, clears, detaches or sets up anew the very object at work."""
import _elementtree
import _struct
import gc
import io
import pickle
import sys
import threading
import unittest

TAIPAN = hasattr(sys, "_taipan")


class Raw(io.RawIOBase):
    """Calls `then` (once) whenever it is asked for something."""
    data, then, kept = b"text\n" * 5, None, None

    def run(self):
        then, self.then = self.then, None
        if then:
            then()

    def readable(self):
        return True
    writable = seekable = readable

    def tell(self):
        return 0

    def seek(self, *args):
        self.run()
        return 0

    def readinto(self, b):
        self.kept = b
        self.run()
        n = min(len(b), len(self.data))
        b[:n], self.data = self.data[:n], self.data[n:]
        return n

    def write(self, b):
        self.kept = b
        self.run()
        return len(b)


@unittest.skipUnless(TAIPAN, "CPython 3.8 crashes")
class Buffered(unittest.TestCase):
    def test_changed_by_the_raw_stream(self):
        for change in ("detach", "close", "__init__"):
            for use in (lambda b: b.read(10), lambda b: b.read(), lambda b: b.readline(), lambda b: b.peek(), lambda b: b.read1(5),
                        lambda b: b.readinto(bytearray(100)), lambda b: list(b)):
                raw = Raw()
                b = io.BufferedReader(raw, 4)
                errors = []

                def then():
                    try:
                        getattr(b, change)(*[Raw(), 1] * (change == "__init__"))
                    except (RuntimeError, ValueError) as e:
                        errors.append(e)
                raw.then = then
                try:
                    use(b)
                except (ValueError, RuntimeError):
                    pass
                self.assertTrue(errors, change)
                b.close()

    def test_written(self):
        raw = Raw()
        b = io.BufferedWriter(raw, 4)
        raw.then = lambda: b.__init__(Raw(), 100)
        with self.assertRaises(RuntimeError):
            b.write(b"more than four")

    def test_lent_memory_is_taken_back(self):
        raw = Raw()
        b = io.BufferedReader(raw, 16)
        b.read(3)
        part = raw.kept
        b.close()
        with self.assertRaisesRegex(ValueError, "released"):
            part[0]

    def test_closed_though_the_raw_stream_denies(self):
        class Denies(Raw):
            closed = False
        for use in (lambda b: b.read(3), lambda b: b.readline(), lambda b: b.peek(), lambda b: b.readinto(bytearray(3)),
                    lambda b: b.write(b"x"), lambda b: b.seek(3), lambda b: b.truncate(), lambda b: b.read1(3)):
            b = io.BufferedRandom(Denies())
            b.close()
            with self.assertRaises(ValueError):
                use(b)

    def test_closed_while_another_thread_waits(self):
        inside, leave = threading.Event(), threading.Event()
        raw = Raw()
        b = io.BufferedReader(raw, 4)

        def wait():
            inside.set()
            leave.wait()
        raw.then = wait
        results = []

        def read():
            try:
                results.append(b.read(3))
            except ValueError as e:
                results.append(str(e))
        first = threading.Thread(target=read)
        first.start()
        inside.wait()
        others = [threading.Thread(target=t) for t in (b.close, read, read)]
        for t in others:
            t.start()
        leave.set()
        for t in [first] + others:
            t.join()
        self.assertEqual(len(results), 3)


@unittest.skipUnless(TAIPAN, "CPython 3.8 crashes")
class Text(unittest.TestCase):
    class Buffer(io.BytesIO):
        then = None

        def run(self):
            then, self.then = self.then, None
            if then:
                then()

        def read1(self, *args):
            self.run()
            return super().read1(*args)

        def read(self, *args):
            self.run()
            return super().read(*args)

        def write(self, *args):
            self.run()
            return super().write(*args)

        def flush(self):
            self.run()

        def tell(self):
            self.run()
            return super().tell()

    def test_changed_by_the_buffer(self):
        uses = (lambda t: t.read(), lambda t: t.read(3), lambda t: t.readline(), lambda t: list(t), lambda t: t.write("x" * 9000),
                lambda t: t.seek(0), lambda t: t.tell(), lambda t: t.truncate(), lambda t: t.flush(), lambda t: t.close(), lambda t: t.detach(),
                lambda t: (t.readline(), t.tell()))
        for use in uses:
            for change in ("detach", "close", "flush", "__init__", "bad __init__"):
                buffer = self.Buffer(b"a\nb\n\xc3\xa4\n" * 100)
                t = io.TextIOWrapper(buffer, "utf-8")

                def then():
                    try:
                        if change == "bad __init__":
                            t.__init__(buffer, "no such codec")
                        else:
                            getattr(t, change)(*[io.BytesIO()] * (change == "__init__"))
                    except (ValueError, LookupError, AttributeError):
                        pass
                buffer.then = then
                try:
                    use(t)
                except (ValueError, OSError, AttributeError):
                    pass


class Structs(unittest.TestCase):
    @unittest.skipUnless(TAIPAN, "CPython 3.8 crashes")
    def test_set_up_anew_while_packing(self):
        s = _struct.Struct("4i")

        class Index:
            def __index__(self):
                s.__init__("i")
                return 1
        with self.assertRaises(RuntimeError):
            s.pack(1, Index(), 3, 4)
        self.assertEqual(s.pack(1, 2, 3, 4), _struct.pack("4i", 1, 2, 3, 4))
        s.__init__("b")
        self.assertEqual(s.pack(5), b"\5")


@unittest.skipUnless(TAIPAN, "CPython 3.8 crashes")
class Pickles(unittest.TestCase):
    def test_pickler(self):
        for act in (lambda p: p.__init__(io.BytesIO()), lambda p: p.dump(1)):
            class Reduces:
                def __reduce__(self):
                    act(p)
                    return int, ()
            p = pickle.Pickler(io.BytesIO(), 4)
            with self.assertRaises(RuntimeError):
                p.dump([1, Reduces()])
            p.dump(5)

    def test_attributes_set_meanwhile(self):
        class P(pickle.Pickler):
            pass
        p = P(io.BytesIO())

        class Table:
            def __getitem__(self, key):
                p.dispatch_table = {}
                gc.collect()
                raise KeyError(key)

        def persistent(o):
            p.persistent_id = lambda o: None
            gc.collect()
        p.persistent_id = persistent
        p.dispatch_table = Table()
        p.dump([1, object, {1: 2}, Structs])

    def test_unpickler(self):
        class File(io.BytesIO):
            then = None

            def read(self, n):
                if self.then:
                    self.then()
                return super().read(n)

            def readline(self):
                if self.then:
                    self.then()
                return super().readline()
        for protocol in (0, 4):
            file = File(pickle.dumps([1, "text" * 1000, 2.5], protocol))
            u = pickle.Unpickler(file)
            file.then = lambda: u.__init__(io.BytesIO(b"N."))
            with self.assertRaises(RuntimeError):
                u.load()
            file.then = None
        nested = File(pickle.dumps(list(range(100)), 0))
        u = pickle.Unpickler(nested)

        def load():
            nested.then = None
            u.load()
        nested.then = load
        self.assertRaises((EOFError, pickle.UnpicklingError), u.load)


@unittest.skipUnless(TAIPAN, "CPython 3.8 crashes")
class Locals(unittest.TestCase):
    def test_names_that_are_none(self):
        import _thread

        class Same:
            def __eq__(self, other):
                return True
        for act in (lambda o: o.__setattr__(Same(), 1), lambda o: o.__delattr__(Same()), lambda o: o.__getattribute__(Same())):
            with self.assertRaises((TypeError, AttributeError)):
                act(_thread._local())


@unittest.skipUnless(TAIPAN, "CPython 3.8 crashes")
class Elements(unittest.TestCase):
    def element(self):
        e = _elementtree.Element("a", {"x": "y"})
        for _ in range(5):
            _elementtree.SubElement(e, "b")
        return e

    def test_attributes_replaced(self):
        e = self.element()

        class Key(str):
            __hash__ = str.__hash__

            def __eq__(self, other):
                e.clear()
                e.attrib = {}
                return False
        e.attrib = {Key("x"): 1}
        self.assertIsNone(e.get("x"))
        e.attrib = {Key("x"): 1}
        e.set("x", 2)

    def test_tags_replaced(self):
        e = self.element()

        class Tag:
            def __eq__(self, other):
                for child in list(e):
                    child.tag = 5
                e.clear()
                gc.collect()
                return False

            def __repr__(self):
                e.tag = 5
                gc.collect()
                return "tag"
        e[0].tag = Tag()
        self.assertEqual(e.findall("zz"), [])
        e.tag = Tag()
        self.assertIn("tag", repr(e))

    def test_slices(self):
        e, other = self.element(), _elementtree.Element("c")
        items = [other] * 3

        class Index:
            def __index__(self):
                items[:] = [5, 6, 7]
                e.clear()
                return 1
        try:
            e[Index():3] = items
        except TypeError:
            pass
        for child in e:
            self.assertEqual(child.tag[0], child.tag)

    def test_setstate(self):
        e = self.element()
        children = [_elementtree.Element("c") for _ in range(3)]
        state = {"tag": "t", "_children": children, "attrib": {}}

        class Tag:
            def __del__(self):
                children.clear()
                state.clear()
                e.clear()
        e.tag = Tag()
        e.__setstate__(state)
        self.assertEqual((len(e), e.tag), (3, "t"))

@unittest.skipUnless(TAIPAN, "CPython 3.8 crashes")
class Databases(unittest.TestCase):
    def test_closed_by_what_sqlite_calls(self):
        try:
            import sqlite3
        except ImportError:
            self.skipTest("no SQLite")
        for act in ("close", "rollback"):
            c = sqlite3.connect(":memory:")
            c.executescript("create table t(a); insert into t values(1); insert into t values(2)")
            c.create_function("f", 1, lambda x: getattr(c, act)())
            with self.assertRaises(sqlite3.Error):
                c.execute("begin")
                c.execute("select f(a) from t").fetchall()
        c = sqlite3.connect(":memory:")
        del c.row_factory
        self.assertEqual(c.execute("select 1").fetchall(), [(1,)])
        sqlite3.Row(sqlite3.Cursor.__new__(sqlite3.Cursor), ())


if __name__ == "__main__":
    unittest.main()
