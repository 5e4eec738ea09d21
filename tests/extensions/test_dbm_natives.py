# SPDX-License-Identifier: MIT
"""dbm.gnu and dbm.ndbm: the same mapping over two libraries, each left out where the library is missing."""
import dbm
import os
import shelve
import tempfile
import unittest


class Both:
    """What both have; self.module is the one under test."""
    closed = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, 'data')

    def test_mapping(self):
        with self.module.open(self.path, 'n') as db:
            db['a'] = 'x\u20ac'
            db[b'b\xff'] = bytearray(b'2')
            self.assertEqual((db[b'a'], db['a'], db[b'b\xff'], len(db)), ('x\u20ac'.encode(), 'x\u20ac'.encode(), b'2', 2))
            self.assertEqual(sorted(db.keys()), [b'a', b'b\xff'])
            self.assertTrue('a' in db and b'c' not in db)
            self.assertEqual((db.get('c'), db.get('c', 1), db.setdefault('c', b'3'), db.setdefault('c', b'4')), (None, 1, b'3', b'3'))
            self.assertEqual(db.setdefault('d'), b'')
            del db['a']
            self.assertEqual(len(db), 3)
            for missing in (lambda: db['a'], lambda: db.__delitem__('a')):
                with self.assertRaises(KeyError) as caught:
                    missing()
                self.assertEqual(caught.exception.args, ('a',))
        with self.module.open(self.path) as db:
            self.assertEqual(db['c'], b'3')
            for change in (lambda: db.__setitem__('q', b''), lambda: db.__delitem__('c')):
                self.assertRaises(self.module.error, change)

    def test_wrong_types(self):
        with self.module.open(self.path, 'n') as db:
            for use in (lambda: db[1], lambda: db.__setitem__('a', 1), lambda: 1 in db, lambda: db.get(None)):
                self.assertRaises(TypeError, use)

    def test_closed(self):
        db = self.module.open(self.path, 'c')
        db.close()
        db.close()
        for use in (lambda: db['a'], lambda: db.__setitem__('a', 'b'), db.keys, lambda: len(db), lambda: 'a' in db):
            self.assertRaisesRegex(self.module.error, self.closed, use)

    def test_cannot_open(self):
        with self.assertRaises(self.module.error) as caught:
            self.module.open(self.path)
        self.assertEqual(caught.exception.filename, self.path)
        self.assertIsInstance(caught.exception, OSError)
        self.assertRaises(self.module.error, self.module.open, self.path, 'x')

    def test_recognised_by_dbm(self):
        with self.module.open(self.path, 'c') as db:
            db['a'] = b'1'
        self.assertEqual(dbm.whichdb(self.path), self.module.__name__)
        with dbm.open(self.path, 'w') as db:
            self.assertEqual(db['a'], b'1')

    def test_shelf(self):
        with shelve.Shelf(self.module.open(self.path, 'c')) as shelf:
            shelf['list'] = [1, 2]
        with shelve.Shelf(self.module.open(self.path, 'r')) as shelf:
            self.assertEqual(dict(shelf), {'list': [1, 2]})


try:
    import dbm.gnu
except ImportError:
    pass
else:
    class GnuTest(Both, unittest.TestCase):
        module = dbm.gnu
        closed = '^GDBM object has already been closed$'

        def test_walk_and_flags(self):
            self.assertEqual(self.module.open_flags, 'rwcnfsu')
            with self.module.open(self.path, 'nfu') as db:
                self.assertIsNone(db.firstkey())
                for n in range(20):
                    db[str(n)] = 'x' * 1000
                found, key = set(), db.firstkey()
                while key is not None:
                    found.add(key)
                    key = db.nextkey(key)
                self.assertEqual(found, {str(n).encode() for n in range(20)})
                before = os.path.getsize(self.path)
                for key in found:
                    del db[key]
                self.assertIsNone(db.reorganize())
                db.sync()
                self.assertLess(os.path.getsize(self.path), before)
            self.assertRaisesRegex(self.module.error, "^Flag 'x' is not supported.$", self.module.open, self.path, 'rx')


try:
    import dbm.ndbm
except ImportError:
    pass
else:
    class NdbmTest(Both, unittest.TestCase):
        module = dbm.ndbm
        closed = '^DBM object has already been closed$'

        def test_files(self):
            self.module.open(self.path, 'n').close()
            self.assertEqual(sorted(os.listdir(os.path.dirname(self.path))), ['data.dir', 'data.pag'])
            self.assertIsInstance(self.module.library, str)


if __name__ == '__main__':
    unittest.main()
