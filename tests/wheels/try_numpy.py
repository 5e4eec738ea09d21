# SPDX-License-Identifier: MIT
"""numpy: arrays, linear algebra, random numbers, files, structured types, ufuncs of Python functions, pickling."""
import io
import pickle
import numpy as np

a = np.arange(12.0).reshape(3, 4)
assert (a @ a.T).tolist() == [[14.0, 38.0, 62.0], [38.0, 126.0, 214.0], [62.0, 214.0, 366.0]]
assert np.allclose(np.linalg.inv(np.array([[2.0, 1], [1, 3]])), [[0.6, -0.2], [-0.2, 0.4]])
values, vectors = np.linalg.eigh(np.array([[2.0, 0], [0, 5]]))
assert values.tolist() == [2.0, 5.0]
assert np.random.default_rng(1).integers(0, 100, 5).tolist() == [47, 51, 75, 95, 3]
assert np.allclose(np.fft.ifft(np.fft.fft([1, 2, 3])), [1, 2, 3])
assert repr(np.array([1.5, float("nan"), -0.0])) == "array([ 1.5,  nan, -0. ])"
table = np.array([(1, 2.5, b"x"), (3, -1, b"yz")], dtype=[("i", "<i4"), ("f", "f8"), ("s", "S2")])
assert np.sort(table, order="f")["i"].tolist() == [3, 1] and table["s"][1] == b"yz"
assert (np.datetime64("2020-02-28") + np.arange(3)).astype(str).tolist() == ["2020-02-28", "2020-02-29", "2020-03-01"]
pair = np.frompyfunc(lambda x, y: (x, y), 2, 1)
assert pair([1, 2], 7).tolist() == [(1, 7), (2, 7)]
objects = np.array([[1, "a"], [None, 2.5]], dtype=object)
assert pickle.loads(pickle.dumps(objects, 5)).tolist() == [[1, "a"], [None, 2.5]]
store = io.BytesIO()
np.savez(store, a=a, t=table)
store.seek(0)
assert np.load(store)["t"].tolist() == table.tolist()
assert np.loadtxt(io.StringIO("1,2\n3,4\n"), delimiter=",").sum() == 10
assert np.einsum("ij,kj->ik", a, a).trace() == 506
try:
    a[5]
except IndexError as e:
    assert str(e) == "index 5 is out of bounds for axis 0 with size 3"
else:
    raise AssertionError


class Meters(np.ndarray):
    def __array_finalize__(self, obj):
        self.unit = getattr(obj, "unit", "m")


m = a.view(Meters)
assert m[1:].unit == "m" and isinstance(m + 1, Meters)
assert memoryview(a).shape == (3, 4) and np.frombuffer(b"\1\0\2\0", "<u2").tolist() == [1, 2]
total = 0
for x in a.flat:
    total += x
assert total == a.sum() == 66 and sum(float(x) for x in a.ravel()) == 66
with np.errstate(divide="raise"):
    try:
        np.array([1.0]) / 0
    except FloatingPointError as e:
        assert "divide by zero" in str(e)
