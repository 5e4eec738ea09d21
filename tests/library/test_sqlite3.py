# SPDX-License-Identifier: MIT
"""sqlite3: types of date and time, dumps."""
import datetime
import unittest

try:
    import sqlite3
except ImportError:
    raise unittest.SkipTest("no SQLite")


class Sqlite3(unittest.TestCase):
    def setUp(self):
        self.db = sqlite3.connect(":memory:", detect_types=sqlite3.PARSE_DECLTYPES)
        self.addCleanup(self.db.close)

    def test_dates(self):
        self.db.execute("create table t(d date, t timestamp)")
        row = (datetime.date(2001, 2, 3), datetime.datetime(2001, 2, 3, 4, 5, 6, 789000))
        self.db.execute("insert into t values(?, ?)", row)
        self.assertEqual(self.db.execute("select * from t").fetchone(), row)
        self.assertEqual(sqlite3.DateFromTicks(0).year, sqlite3.TimestampFromTicks(0).year)

    def test_dump(self):
        script = ["BEGIN TRANSACTION;", "CREATE TABLE \"q t\"(\"a b\" text, c);", "INSERT INTO \"q t\" VALUES('it''s',NULL);",
                  "INSERT INTO \"q t\" VALUES('x',1.5);", "CREATE INDEX i on \"q t\"(c);", "COMMIT;"]
        self.db.executescript("".join(script))
        self.assertEqual(list(self.db.iterdump()), script)

    def test_names(self):
        self.assertEqual((sqlite3.apilevel, sqlite3.paramstyle, sqlite3.threadsafety), ("2.0", "qmark", 1))
        self.assertIsInstance(sqlite3.sqlite_version_info, tuple)


if __name__ == "__main__":
    unittest.main()
