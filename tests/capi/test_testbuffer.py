# SPDX-License-Identifier: MIT
"""Our own _testbuffer, and memoryviews over the layouts that it makes."""
import unittest

from _testbuffer import (ND_FORTRAN, ND_PIL, ND_REDIRECT, ND_VAREXPORT, ND_WRITABLE, PyBUF_ND, PyBUF_READ, PyBUF_SIMPLE,
                         cmp_contig, get_contiguous, get_pointer, is_contiguous, ndarray, py_buffer_to_contiguous,
                         slice_indices, staticarray)


class Layouts(unittest.TestCase):
    def test_same_items_in_any_layout(self):
        items = list(range(12))
        for flags, shape, strides, offset, expected in (
                (0, [3, 4], [], 0, [items[:4], items[4:8], items[8:]]),
                (ND_FORTRAN, [3, 4], [], 0, [items[i::3] for i in range(3)]),
                (0, [3, 4], [-4, -1], 11, [items[:7:-1], items[7:3:-1], items[3::-1]]),
                (0, [2, 2], [0, 2], 1, [[1, 3], [1, 3]])):
            for more in (0, ND_PIL, ND_WRITABLE):
                array = ndarray(items, shape=shape, strides=strides, offset=offset, flags=flags | more)
                view = memoryview(array)
                self.assertEqual((array.tolist(), view.tolist()), (expected, expected))
                self.assertEqual(view.tobytes(), bytes(sum(expected, [])))
                self.assertEqual(array[1:, ::-1].tolist(), [row[::-1] for row in expected[1:]])
                self.assertEqual(get_pointer(view, [1, 0]), expected[1][0])
                self.assertEqual(py_buffer_to_contiguous(view, "F", 0x11c), bytes(sum(map(list, zip(*expected)), [])))

    def test_assignment_row_by_row(self):
        array = ndarray(list(range(6)), shape=[3, 2], flags=ND_WRITABLE)
        array[1:] = array[:2]
        self.assertEqual(array.tolist(), [[0, 1]] * 3)
        self.assertRaises(ValueError, array.__setitem__, slice(1, 3), array)

    def test_members(self):
        array = ndarray([(1, 2.5), (3, 4.5)], shape=[2], format="=hd", flags=ND_WRITABLE)
        array[0] = 7, 0.5
        self.assertEqual((array.itemsize, array.tolist()), (10, [(7, 0.5), (3, 4.5)]))
        self.assertRaises(ValueError, array.__setitem__, 0, (1, 2, 3))

    def test_requests(self):
        array = ndarray([1, 2, 3, 4], shape=[2], strides=[2])
        self.assertRaises(BufferError, ndarray, array, getbuf=PyBUF_SIMPLE)
        plain = ndarray(b"abc", getbuf=PyBUF_ND)
        self.assertEqual((plain.format, plain.shape, plain.strides, plain[-1]), ("", (3,), (), 99))
        self.assertRaises(BufferError, memoryview, plain)
        self.assertIs(ndarray(plain.obj, flags=ND_REDIRECT).obj, plain.obj)

    def test_changes_while_exported(self):
        array = ndarray([1, 2], shape=[2], flags=ND_VAREXPORT)
        old = memoryview(array)
        array.push([3, 4, 5], shape=[3])
        self.assertEqual((old.tolist(), memoryview(array).tolist()), ([1, 2], [3, 4, 5]))
        old.release()
        self.assertRaises(BufferError, array.pop)

    def test_functions(self):
        fortran = ndarray(list(range(6)), shape=[2, 3], flags=ND_FORTRAN)
        self.assertTrue(is_contiguous(fortran, "F") and not is_contiguous(fortran, "C"))
        self.assertTrue(cmp_contig(get_contiguous(fortran, PyBUF_READ, "C"), ndarray([0, 2, 4, 1, 3, 5], shape=[2, 3])))
        self.assertEqual(slice_indices(slice(None, None, -2), 5), (4, -1, -2, 3))
        self.assertEqual(memoryview(staticarray(legacy_mode=True)).obj, None)


if __name__ == "__main__":
    unittest.main()
