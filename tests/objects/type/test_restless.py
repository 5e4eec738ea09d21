# SPDX-License-Identifier: MIT
"""Class attributes whose values change all the time: nobody sees an old one."""
import unittest


class Restless(unittest.TestCase):
    def setUp(self):
        class Base:
            count = 0

            def get(self):
                return self.count

            @classmethod
            def get_from_class(cls):
                return cls.count

        class Derived(Base):
            pass
        self.base, self.derived = Base, Derived

    def look(self):
        b, d = self.base(), self.derived()
        return {b.get(), d.get(), b.get_from_class(), d.get_from_class(), self.base.count, self.derived.count,
                getattr(b, "count"), getattr(self.derived, "".join(["co", "unt"])), vars(self.base)["count"]}

    def test_all_readers_see_it(self):
        for i in range(200):
            self.base.count += 1
            self.assertEqual(self.look(), {i + 1})

    def test_becomes_another_kind(self):
        for i in range(50):
            self.base.count = i
            self.look()
        self.base.count = property(lambda self: "property")
        for _ in range(50):
            self.assertEqual((self.base().get(), self.derived().get()), ("property", "property"))
        self.base.count = 7
        self.assertEqual(self.look(), {7})
        del self.base.count
        with self.assertRaises(AttributeError):
            self.derived().get()
        self.base.count = 8
        self.assertEqual(self.look(), {8})

    def test_overridden_below(self):
        for i in range(50):
            self.base.count = i
        self.derived.count = "own"
        for i in range(50):
            self.base.count = i
            self.assertEqual((self.base().get(), self.derived().get()), (i, "own"))
        del self.derived.count
        self.assertEqual(self.derived().get(), 49)

    def test_instances_hide_it(self):
        thing = self.derived()
        for i in range(50):
            self.base.count = i
            thing.count = -i
            self.assertEqual((thing.get(), thing.get_from_class()), (-i, i))
            del thing.count
            self.assertEqual(thing.get(), i)

    def test_many_classes_share_rows(self):
        classes = [type("C%d" % i, (), {"a": 0, "b": 0}) for i in range(300)]
        for turn in range(1, 30):
            for cls in classes:
                cls.a += 1
                cls.b -= 1
                self.assertEqual((cls.a, cls.b, cls().a), (turn, -turn, turn))

    def test_value_that_looks_back(self):
        seen, base = [], self.base

        class Last:
            def __del__(self):
                seen.append(type(base.count).__name__)
        for i in range(30):
            base.count = Last()
        base.count = 1
        self.assertEqual(seen, ["Last"] * 29 + ["int"])

    def test_new_classes_at_old_addresses(self):
        for i in range(60):
            cls = type("C", (), {"count": i})
            for n in range(20):
                cls.count = n
                self.assertEqual(cls().count, n)


if __name__ == "__main__":
    unittest.main()
