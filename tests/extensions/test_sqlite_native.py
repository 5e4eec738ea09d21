# SPDX-License-Identifier: MIT
"""_sqlite3: what the DB-API promises, errors in callbacks."""
import unittest

try:
    import _sqlite3 as sql
except ImportError:
    raise unittest.SkipTest("no SQLite")


class Sqlite(unittest.TestCase):
    def setUp(self):
        self.db = sql.connect(":memory:")
        self.addCleanup(self.db.close)

    def test_values(self):
        values = [None, 2 ** 63 - 1, -1.5, "gr\xfc\xdfe", b"\0\1"]
        row = self.db.execute("select ?, ?, ?, ?, ?", values).fetchone()
        self.assertEqual(list(row), values)
        with self.assertRaisesRegex(OverflowError, "Python int too large to convert to SQLite INTEGER"):
            self.db.execute("select ?", (2 ** 63,))
        with self.assertRaisesRegex(sql.InterfaceError, "Error binding parameter 0 - probably unsupported type."):
            self.db.execute("select ?", (object(),))
        with self.assertRaisesRegex(sql.ProgrammingError, "uses 2, and there are 1 supplied"):
            self.db.execute("select ?, ?", (1,))

    def test_transactions(self):
        self.db.execute("create table t(x)")
        self.assertFalse(self.db.in_transaction)
        cursor = self.db.executemany("insert into t values(:x)", ({"x": i} for i in range(5)))
        self.assertEqual((cursor.rowcount, self.db.in_transaction), (5, True))
        rows = self.db.execute("select x from t")
        self.assertEqual(rows.fetchone(), (0,))
        self.db.rollback()
        self.assertRaises(sql.InterfaceError, rows.fetchall)
        with self.db:
            self.db.execute("insert into t values(7)")
        self.assertEqual(self.db.execute("select * from t").fetchall(), [(7,)])

    def test_rows(self):
        self.db.row_factory = sql.Row
        row = self.db.execute("select 1 as a, 2 as b").fetchone()
        self.assertEqual((row["A"], row[-1], row.keys(), tuple(row[:1])), (1, 2, ["a", "b"], (1,)))
        self.assertRaisesRegex(IndexError, "No item with that key", lambda: row["c"])

    def test_callbacks(self):
        self.db.create_function("twice", 1, lambda x: x * 2)
        self.assertEqual(self.db.execute("select twice('ab')").fetchone(), ("abab",))
        self.db.create_function("bad", 0, lambda: 1 / 0)
        with self.assertRaisesRegex(sql.OperationalError, "user-defined function raised exception"):
            self.db.execute("select bad()")
        self.db.create_collation("backwards", lambda a, b: (a < b) - (a > b))
        rows = self.db.execute("select 'a' as x union select 'b' order by x collate backwards").fetchall()
        self.assertEqual(rows, [("b",), ("a",)])

    def test_closed(self):
        cursor = self.db.cursor()
        self.db.close()
        self.assertRaisesRegex(sql.ProgrammingError, "Cannot operate on a closed database.", cursor.execute, "select 1")


if __name__ == "__main__":
    unittest.main()
