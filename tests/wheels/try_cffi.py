# SPDX-License-Identifier: MIT
"""cffi: ABI mode, callbacks, structures; API mode where there is a C compiler."""
import os
import shutil
import sys
import tempfile
import cffi

ffi = cffi.FFI()
ffi.cdef("""size_t strlen(const char *); void qsort(void *, size_t, size_t, int (*)(const void *, const void *));
typedef struct { int x; double y[2]; } P; int printf(const char *, ...); enum color { RED, GREEN = 5 };""")
C = ffi.dlopen(None)
assert C.strlen(b"hello") == 5
numbers = ffi.new("int[]", [5, 2, 9, 1])


@ffi.callback("int(const void *, const void *)")
def compare(a, b):
    return ffi.cast("int *", a)[0] - ffi.cast("int *", b)[0]


C.qsort(numbers, 4, ffi.sizeof("int"), compare)
assert list(numbers) == [1, 2, 5, 9]
p = ffi.new("P *", {"x": 3, "y": [1.5, 2.5]})
assert p.y[1] == 2.5 and ffi.offsetof("P", "y") == 8 and ffi.sizeof("P") == 24
handle = ffi.new_handle(["kept"])
assert ffi.from_handle(handle) == ["kept"] and ffi.string(ffi.new("char[]", b"abc")) == b"abc"
assert bytes(ffi.buffer(numbers)[0:4]) == b"\1\0\0\0" and ffi.typeof("enum color").relements["GREEN"] == 5
try:
    numbers[4]
except IndexError:
    pass
else:
    raise AssertionError
if shutil.which("cc") or shutil.which("gcc"):
    builder = cffi.FFI()
    builder.cdef('int twice(int); extern "Python" int ask(int); int through(int); typedef struct { ...; } opaque;\n#define LIMIT ...\n')
    builder.set_source("_cffi_made", """static int twice(int x) { return 2 * x; } static int ask(int);
    static int through(int x) { return ask(x) + 1; } typedef struct { int hidden; } opaque; \n#define LIMIT 77\n""")
    folder = tempfile.mkdtemp()
    try:
        builder.compile(tmpdir=folder)
        sys.path.insert(0, folder)
        from _cffi_made import ffi as made, lib

        @made.def_extern()
        def ask(x):
            return x * 10
        assert (lib.twice(21), lib.through(4), lib.LIMIT, made.sizeof("opaque")) == (42, 41, 77, 4)
    finally:
        shutil.rmtree(folder)
