# SPDX-License-Identifier: MIT
# cython: language_level=3, binding=True
"""Loops as Cython translates them, each doing one thing over and over: what is measured is the way from its C into the
objects of the interpreter. Names that begin with `inner_` are called from Python code instead. Used by bench/cython/run."""


cdef class Point:
    cdef public object x
    cdef public int n
    cdef readonly object y

    def __init__(self, x=0, y=None):
        self.x = x
        self.y = y
        self.n = 3

    def method(self, a):
        return a

    cpdef quick(self, a):
        return a

    @property
    def value(self):
        return self.x

    def __add__(self, other):
        return self

    def __getitem__(self, key):
        return key

    def __len__(self):
        return 4

    def __call__(self, a):
        return a

    def __eq__(self, other):
        return self is other

    def __bool__(self):
        return True

    def __iter__(self):
        return self

    def __contains__(self, key):
        return True


cdef class Count:
    cdef long left

    def __init__(self, long left):
        self.left = left

    def __iter__(self):
        return self

    def __next__(self):
        if self.left == 0:
            raise StopIteration
        self.left -= 1
        return None


class Plain:
    def __init__(self, x):
        self.x = x

    def method(self, a):
        return a


def inner_none():
    return None

def inner_one(a):
    return a

def inner_keywords(a, b=2, *, c=3):
    return c

def inner_star(*args, **kwargs):
    return args

def inner_numbers(int a, double b):
    return a + b

def inner_generator(n):
    for i in range(n):
        yield i

def inner_closure(a):
    def inside(b):
        return a + b
    return inside

def inner_text(str s, list l):
    return s

lambda_of_cython = lambda a: a


# --- calls of Python things from Cython: n times, on the object that the case gives ---

def call0(int n, f):
    for _ in range(n):
        f()

def call1(int n, f):
    for _ in range(n):
        f(n)

def call3(int n, f):
    for _ in range(n):
        f(n, f, None)

def call_keyword(int n, f):
    for _ in range(n):
        f(n, b=1)

def call_star(int n, f, args):
    for _ in range(n):
        f(*args)

def call_star_kw(int n, f, args, kw):
    for _ in range(n):
        f(*args, **kw)

def call_method(int n, o):
    for _ in range(n):
        o.method(n)

def call_method0(int n, o):
    for _ in range(n):
        o.copy()

def make(int n, cls):
    for _ in range(n):
        cls(n)

def make_point(int n):
    for _ in range(n):
        Point(n, n)

def call_builtins(int n, x):
    for _ in range(n):
        isinstance(x, Plain)
        getattr(x, 'x')

def call_global(int n):
    for _ in range(n):
        inner_one(n)

def is_a(int n, x, cls):
    for _ in range(n):
        isinstance(x, cls)

# --- attributes ---

def get_x(int n, o):
    for _ in range(n):
        o.x

def set_x(int n, o):
    for _ in range(n):
        o.x = n

def get_missing(int n, o):
    for _ in range(n):
        getattr(o, 'missing', None)

def has_missing(int n, o):
    for _ in range(n):
        hasattr(o, 'missing')

def get_global(int n):
    for _ in range(n):
        inner_one
        ValueError

# --- containers ---

def dict_get(int n, dict d):
    for _ in range(n):
        d['key']
        d.get('key')

def dict_set(int n):
    d = {}
    for i in range(n):
        d[i & 15] = i
        d['k'] = i

def dict_any(int n, d):
    for i in range(n):
        d['key'] = d['key']
        'key' in d

def dict_literal(int n):
    for i in range(n):
        {'a': i, 'b': n}

def dict_pop(int n):
    cdef dict d = {}
    for i in range(n):
        d[i] = i
        d.pop(i)

def list_append(int n):
    cdef list l = []
    for i in range(n):
        l.append(i)

def list_append_any(int n, l):
    for i in range(n):
        l.append(i)
        l.pop()

def list_index(int n, l):
    for i in range(n):
        l[i & 7]
        l[i & 7] = i

def list_slice(int n, l):
    for i in range(n):
        l[1:3]

def list_comp(int n):
    for i in range(n // 10):
        [j for j in range(10)]

def tuple_make(int n):
    for i in range(n):
        a = (i, n, i)
        x, y, z = a

def unpack_any(int n, v):
    for i in range(n):
        x, y = v

def set_ops(int n):
    cdef set s = set()
    for i in range(n):
        s.add(i & 15)
        i in s

def object_item(int n, o):
    for i in range(n):
        o[i]

# --- numbers ---

def add_int(int n, a, b):
    for i in range(n):
        a + b

def add_const(int n, a):
    for i in range(n):
        a + 1
        a - 1

def multiply(int n, a, b):
    for i in range(n):
        a * b

def compare(int n, a, b):
    for i in range(n):
        if a < b:
            pass
        if a == b:
            pass

def to_c(int n, a):
    cdef long t = 0
    for i in range(n):
        t += <long>a
    return t

def from_c(int n):
    for i in range(n):
        <object>(i * 1000)

def double_box(int n, a):
    cdef double t = 0
    for i in range(n):
        t += a
        <object>t
    return t

# --- text ---

def text_format(int n, s):
    for i in range(n):
        '%s and %d' % (s, i)

def text_fstring(int n, s):
    for i in range(n):
        f'{s}:{i}'

def text_concat(int n, str s):
    for i in range(n):
        s + 'x'

def text_compare(int n, s, t):
    for i in range(n):
        s == 'other'
        s == t

def text_index(int n, str s):
    for i in range(n):
        s[i & 7]

def text_encode(int n, str s):
    for i in range(n):
        s.encode('utf-8').decode('utf-8')

def text_join(int n, parts):
    for i in range(n):
        ','.join(parts)

def text_methods(int n, str s):
    for i in range(n):
        s.startswith('a')
        s.split(',')

# --- exceptions ---

def raise_catch(int n):
    for i in range(n):
        try:
            raise ValueError
        except ValueError:
            pass

def raise_value(int n):
    for i in range(n):
        try:
            raise ValueError('text')
        except ValueError as e:
            e.args

def key_error(int n, dict d):
    for i in range(n):
        try:
            d['missing']
        except KeyError:
            pass

def catch_python(int n, f):
    for i in range(n):
        try:
            f()
        except KeyError:
            pass

def try_finally(int n, f):
    for i in range(n):
        try:
            f()
        finally:
            pass

# --- iteration ---

def iterate(int n, it):
    for x in it:
        pass

def iterate_items(int n, dict d):
    for i in range(n // 10):
        for k, v in d.items():
            pass

def iterate_any_items(int n, d):
    for i in range(n // 10):
        for k, v in d.items():
            pass

def iterate_enumerate(int n, l):
    for i, x in enumerate(l):
        pass

def iterate_zip(int n, l):
    for x, y in zip(l, l):
        pass

def generator(int n):
    for x in inner_generator(n):
        pass

def generator_expression(int n):
    return sum(i for i in range(n))

def with_statement(int n, manager):
    for i in range(n):
        with manager:
            pass

def sort(int n, l):
    for i in range(n // 10):
        sorted(l, key=inner_one)
