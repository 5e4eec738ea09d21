# SPDX-License-Identifier: MIT
"""Deep nesting and deep recursion of every kind end in a result or an exception; never in a crash.

Each row is a program and how it has to end: 'ok', or names of exceptions.  Every one runs in an interpreter of its own, with
DEEP levels.  Where CPython 3.8 itself survives, the end seen there is the one recorded; where it dies, ours has to be an
exception that says why.

    test_nesting.py --all       run the table, print how each row ends
"""
import os
import subprocess
import sys
import unittest

PRELUDE = '''
import sys
DEEP = 100000
def nest(value, wrap, depth=DEEP):
    for _ in range(depth):
        value = wrap(value)
    return value
def source(text, mode='exec'):
    return compile(text, '<nested>', mode)
def chain(kind, depth=DEEP):
    error = None
    for _ in range(depth):
        fresh = ValueError()
        setattr(fresh, kind, error)
        error = fresh
    return error
def recurse(name, *args, base=object, **more):
    """A class whose method calls what called it."""
    return type('R', (base,), dict({name: args[0]}, **more))()
lists = lambda: nest([], lambda v: [v])
tuples = lambda: nest((), lambda v: (v,))
dicts = lambda: nest({}, lambda v: {1: v})
native = lambda value, wrap: nest(value, wrap, 10**6)
'''

TOO_NESTED = 'MemoryError RecursionError SyntaxError'

CASES = [
    # source text
    ('source: parentheses', "source('(' * DEEP + ')' * DEEP)", TOO_NESTED),
    ('source: open parentheses', "source('(' * DEEP)", TOO_NESTED),
    ('source: brackets', "source('[' * DEEP + ']' * DEEP)", TOO_NESTED),
    ('source: braces', "source('{' * DEEP + '}' * DEEP)", TOO_NESTED),
    ('source: calls', "source('f(' * DEEP + ')' * DEEP)", TOO_NESTED),
    ('source: call chain', "source('f' + '()' * DEEP)", TOO_NESTED + ' ok'),
    ('source: subscripts', "source('a' + '[0]' * DEEP)", TOO_NESTED + ' ok'),
    ('source: attributes', "source('a' + '.b' * DEEP)", TOO_NESTED + ' ok'),
    ('source: not', "source('not ' * DEEP + 'x')", TOO_NESTED),
    ('source: minus', "source('-' * DEEP + 'x')", TOO_NESTED),
    ('source: minus constant', "source('-' * DEEP + '1')", TOO_NESTED),
    ('source: power', "source('**'.join(['x'] * DEEP))", TOO_NESTED),
    ('source: sum', "source('+'.join(['x'] * DEEP))", TOO_NESTED + ' ok'),
    ('source: sum of constants', "source('+'.join(['1'] * DEEP))", TOO_NESTED + ' ok'),
    ('source: comparison', "source('<'.join(['x'] * DEEP))", 'ok'),
    ('source: and', "source(' and '.join(['x'] * DEEP))", 'ok'),
    ('source: and, or', "source(' and x or '.join(['x'] * DEEP))", 'ok'),
    ('source: conditionals', "source('x if y else ' * DEEP + 'z')", TOO_NESTED),
    ('source: lambdas', "source('lambda: ' * DEEP + '1')", TOO_NESTED),
    ('source: lambda defaults', "source('lambda a=' * DEEP + '1' + ': 1' * DEEP)", TOO_NESTED),
    ('source: comprehensions', "source('[x for x in ' * DEEP + 'y' + ']' * DEEP)", TOO_NESTED),
    ('source: inner comprehensions', "source('[' * DEEP + '1' + ' for x in y]' * DEEP)", TOO_NESTED),
    ('source: for clauses', "source('[1 ' + 'for x in y ' * 5000 + ']')", TOO_NESTED + ' ok'),
    ('source: if clauses', "source('[1 for x in y ' + 'if x ' * DEEP + ']')", TOO_NESTED + ' ok'),
    ('source: generators', "source('(x for x in ' * DEEP + 'y' + ')' * DEEP)", TOO_NESTED),
    ('source: starred', "source('print(' + '*' * DEEP + 'x)')", TOO_NESTED),
    ('source: awaits', "source('async def f(): ' + 'await ' * DEEP + 'x')", TOO_NESTED),
    ('source: walrus', "source('(a := ' * DEEP + '1' + ')' * DEEP)", TOO_NESTED),
    ('source: yields', "source('def f(): ' + '(yield ' * DEEP + '1' + ')' * DEEP)", TOO_NESTED),
    ('source: slices', "source('a[' * DEEP + '1:2' + ']' * DEEP)", TOO_NESTED),
    ('source: f-strings', "source('f\"{' * 3 + 'x' + '}\"' * 3)", 'SyntaxError'),
    ('source: f-string parentheses', "source('f\"{' + '(' * DEEP + ')' * DEEP + '}\"')", TOO_NESTED),
    ('source: f-string specs', "source('f\"' + '{x:' * DEEP + '}' * DEEP + '\"')", TOO_NESTED),
    ('source: f-string fields', "source('f\"' + '{x}' * DEEP + '\"')", 'ok'),
    ('source: strings side by side', "source('\"a\" ' * DEEP)", 'ok'),
    ('source: assignment chain', "source('a = ' * DEEP + '1')", 'ok'),
    ('source: nested targets', "source('(' * DEEP + 'a' + ',)' * DEEP + ' = 1')", TOO_NESTED),
    ('source: decorators', "source('@d\\n' * DEEP + 'def f(): pass')", 'ok'),
    ('source: functions', "source(''.join(' ' * i + 'def f():\\n' for i in range(99)) + ' ' * 99 + 'pass')", 'ok'),
    ('source: functions, too many', "source(''.join(' ' * i + 'def f():\\n' for i in range(120)) + ' ' * 120 + 'pass')",
     'IndentationError'),
    ('source: classes', "source(''.join(' ' * i + 'class C:\\n' for i in range(99)) + ' ' * 99 + 'pass')", 'ok'),
    ('source: ifs', "source(''.join(' ' * i + 'if x:\\n' for i in range(99)) + ' ' * 99 + 'pass')", 'ok'),
    ('source: loops', "source(''.join(' ' * i + 'while x:\\n' for i in range(99)) + ' ' * 99 + 'pass')", 'SyntaxError'),
    ('source: withs', "source(''.join(' ' * i + 'with x:\\n' for i in range(25)) + ' ' * 25 + 'pass')", 'SyntaxError'),
    ('source: tries', "source(''.join(' ' * i + 'try:\\n' for i in range(30)) + ' ' * 30 + 'pass\\n' + ''.join(' ' * i + "
     "'finally: pass\\n' for i in reversed(range(30))))", 'SyntaxError'),
    ('source: elifs', "source('if x: pass\\n' + 'elif x: pass\\n' * DEEP)", TOO_NESTED + ' ok'),
    ('source: with items', "source('with ' + ', '.join(['x'] * 5000) + ': pass')", 'SyntaxError RecursionError'),
    ('source: indentation', "source('if x:\\n' + ' ' * 10**6 + 'pass')", 'ok'),
    ('source: tabs', "source('if x:\\n' + '\\t' * 10**6 + 'pass')", 'ok'),
    ('source: statements on a line', "source('x;' * DEEP)", 'ok'),
    ('source: arguments', "source('f(' + 'x,' * DEEP + ')')", 'ok'),
    ('source: parameters', "source('def f(' + ','.join('a%d' % i for i in range(DEEP)) + '): pass')", 'ok'),
    ('source: long name', "source('a' * 10**6)", 'ok'),
    ('source: long number', "source('1' * 10**6)", 'SyntaxError ValueError ok'),
    ('source: long string', "source('\"' + 'x' * 10**7 + '\"')", 'ok'),
    ('source: backslashes', "source('\\\\\\n' * DEEP + '1')", 'ok'),
    ('source: dotted import', "source('import ' + '.'.join(['a'] * DEEP))", 'ok'),
    ('source: relative import', "source('from ' + '.' * DEEP + ' import x')", 'ok'),
    ('source: annotations', "source('x: ' + 'a[' * DEEP + ']' * DEEP)", TOO_NESTED),
    ('source: eval', "eval('(' * DEEP + ')' * DEEP)", TOO_NESTED),
    ('source: literal', "import ast; ast.literal_eval('-' * DEEP + '1')", TOO_NESTED),
    ('ast: deep tree', "import ast; compile(ast.Expression(ast.fix_missing_locations(nest(ast.Constant(1), lambda v: "
     "ast.UnaryOp(ast.USub(), v)))), 'a', 'eval')", 'RecursionError MemoryError'),
    ('ast: deep tree, half', "import ast; t = nest(ast.Name('x', ast.Load(), lineno=1, col_offset=0), lambda v: ast.UnaryOp("
     "ast.USub(), v, lineno=1, col_offset=0), 20000); compile(ast.Expression(t), 'a', 'eval')", 'RecursionError MemoryError'),
    ('ast: circular tree', "import ast; t = ast.UnaryOp(ast.USub(), None, lineno=1, col_offset=0); t.operand = t; "
     "compile(ast.Expression(t), 'a', 'eval')", 'RecursionError'),
    ('ast: parse and dump', "import ast; ast.dump(ast.parse('-' * 90 + 'x'))", 'ok'),
    ('symtable', "import symtable; symtable.symtable('(' * DEEP, 'a', 'exec')", TOO_NESTED),
    # containers
    ('list: repr', "repr(lists())", 'RecursionError'),
    ('list: ==', "lists() == lists()", 'RecursionError'),
    ('list: <', "lists() < lists()", 'RecursionError'),
    ('list: free', "lists()", 'ok'),
    ('list: collect', "import gc; v = lists(); w = v[:]; w.append(w); del v, w; gc.collect()", 'ok'),
    ('list: copy', "import copy; copy.deepcopy(lists())", 'RecursionError'),
    ('list: in', "[] in nest([], lambda v: [v])", 'ok'),
    ('list: sort', "[lists(), lists()].sort()", 'RecursionError'),
    ('list: itself', "a = []; a.append(a); b = []; b.append(b); repr(a); a == b", 'RecursionError'),
    ('list: str, format', "'%s' % lists()", 'RecursionError'),
    ('tuple: hash', "hash(tuples())", 'RecursionError ok'),
    ('tuple: ==', "tuples() == tuples()", 'RecursionError'),
    ('tuple: repr', "repr(tuples())", 'RecursionError'),
    ('tuple: isinstance', "isinstance(1, tuples())", 'RecursionError'),
    ('tuple: isinstance, deep first', "isinstance(1, nest((), lambda v: (v, str)))", 'RecursionError'),
    ('tuple: issubclass', "issubclass(int, tuples())", 'RecursionError'),
    ('tuple: except', "try: 1/0\nexcept nest((), lambda v: (v,)): pass", 'RecursionError TypeError ZeroDivisionError'),
    ('tuple: startswith', "'a'.startswith(tuples())", 'TypeError'),
    ('tuple: base classes', "type('A', tuples(), {})", 'TypeError'),
    ('dict: repr', "repr(dicts())", 'RecursionError'),
    ('dict: ==', "dicts() == dicts()", 'RecursionError'),
    ('dict: free', "dicts()", 'ok'),
    ('dict: chain of __dict__', "class A: pass\nnest(A(), lambda v: (lambda a: (a.__dict__.update(v=v), a)[1])(A()))", 'ok'),
    ('set: frozen', "s = nest(frozenset(), lambda v: frozenset([v]), 50000); s == frozenset([s])", 'ok RecursionError'),
    ('set: repr', "repr(nest(frozenset(), lambda v: frozenset([v]), 50000))", 'RecursionError'),
    ('deque', "import collections; d = nest([], lambda v: collections.deque([v])); repr(d)", 'RecursionError'),
    ('OrderedDict', "import collections; d = nest([], lambda v: collections.OrderedDict(a=v)); repr(d)", 'RecursionError'),
    ('defaultdict', "import collections; d = nest([], lambda v: collections.defaultdict(v if callable(v) else None, a=v)); repr(d)",
     'RecursionError'),
    ('namedtuple', "import collections; N = collections.namedtuple('N', 'a'); repr(nest(1, N))", 'RecursionError'),
    ('slice: repr', "repr(nest(None, slice))", 'RecursionError'),
    ('slice: ==', "nest(None, slice) == nest(None, slice)", 'RecursionError ok'),
    ('slice: free', "nest(None, slice)", 'ok'),
    ('mappingproxy: len', "import types; sys.setrecursionlimit(10**7); m = nest({}, types.MappingProxyType); len(m)", 'RecursionError ok'),
    ('mappingproxy: get', "import types; sys.setrecursionlimit(10**7); m = nest({}, types.MappingProxyType); m.get(1)", 'RecursionError ok'),
    ('mappingproxy: in', "import types; sys.setrecursionlimit(10**7); m = nest({}, types.MappingProxyType); 1 in m", 'RecursionError ok'),
    ('mappingproxy: iter', "import types; sys.setrecursionlimit(10**7); m = nest({}, types.MappingProxyType); list(m)", 'RecursionError ok'),
    ('mappingproxy: str', "import types; sys.setrecursionlimit(10**7); m = nest({}, types.MappingProxyType); str(m)", 'RecursionError ok'),
    ('mappingproxy: copy', "import types; sys.setrecursionlimit(10**7); m = nest({}, types.MappingProxyType); m.copy()", 'RecursionError ok'),
    ('mappingproxy', "import types; repr(nest({}, types.MappingProxyType))", 'RecursionError'),
    ('SimpleNamespace', "import types; repr(nest(1, lambda v: types.SimpleNamespace(a=v)))", 'RecursionError'),
    ('memoryview', "v = nest(memoryview(b'abc'), memoryview); v[0]", 'ok'),
    ('dict views', "v = nest({}, lambda v: {1: v}.values()); repr(v)", 'RecursionError'),
    ('dict items', "v = nest({}, lambda v: {1: v}.items()); repr(v)", 'RecursionError'),
    # iterators, functions, frames
    ('map of map', "next(native(iter([1]), lambda v: map(int, v)))", 'RecursionError'),
    ('filter of filter', "next(native(iter([1]), lambda v: filter(None, v)))", 'RecursionError'),
    ('zip of zip', "next(native(iter([1]), zip))", 'RecursionError'),
    ('enumerate of enumerate', "next(native(iter([1]), enumerate))", 'RecursionError'),
    ('reversed', "class R:\n def __len__(s): return len(s)\n def __getitem__(s, i): return s[i]\nnext(reversed(R()))", 'RecursionError'),
    ('iter with call', "f = nest(int, lambda v: lambda: next(iter(v, 1))); f()", 'RecursionError'),
    ('chain of chain', "import itertools; next(native(iter([1]), itertools.chain))", 'RecursionError'),
    ('chain, left', "import itertools; list(nest([1], lambda v: itertools.chain(v, [1]), 10000))", 'ok'),
    ('islice of islice', "import itertools; next(native(iter([1]), lambda v: itertools.islice(v, 1)))", 'RecursionError'),
    ('takewhile', "import itertools; next(native(iter([1]), lambda v: itertools.takewhile(bool, v)))", 'RecursionError'),
    ('dropwhile', "import itertools; next(native(iter([1]), lambda v: itertools.dropwhile(str, v)))", 'RecursionError StopIteration'),
    ('filterfalse', "import itertools; next(native(iter([1]), lambda v: itertools.filterfalse(str, v)))", 'RecursionError StopIteration'),
    ('accumulate', "import itertools; next(native(iter([1]), itertools.accumulate))", 'RecursionError'),
    ('starmap', "import itertools; next(nest(iter([(1,)]), lambda v: itertools.starmap(tuple, map(list, v))))", 'RecursionError'),
    ('compress', "import itertools; next(native(iter([1]), lambda v: itertools.compress(v, [1])))", 'RecursionError'),
    ('cycle', "import itertools; next(native(iter([1]), itertools.cycle))", 'RecursionError'),
    ('groupby', "import itertools; next(native(iter([1]), itertools.groupby))", 'RecursionError'),
    ('zip_longest', "import itertools; next(native(iter([1]), itertools.zip_longest))", 'RecursionError'),
    ('tee', "import itertools; next(native(iter([1]), lambda v: itertools.tee(v)[0]))", 'ok RecursionError'),
    ('tee of tee, long', "import itertools; a, b = itertools.tee(range(10**6)); sum(a); del b", 'ok'),
    ('partial', "import functools; nest(int, functools.partial)()", 'ok'),
    ('partial: repr', "import functools; repr(nest(int, lambda v: functools.partial(print, v)))", 'RecursionError'),
    ('partial of method', "import functools; nest(int, lambda v: functools.partial(v.__call__))()", 'RecursionError ok'),
    ('method of method', "import types; nest(print, lambda v: types.MethodType(v, 1), 5000)()", 'RecursionError ok'),
    ('method of method, deeper', "import types; sys.setrecursionlimit(10**7); nest(print, lambda v: types.MethodType(v, 1))()", 'RecursionError ok'),
    ('method of method: hash', "import types; hash(nest(print, lambda v: types.MethodType(v, 1)))", 'RecursionError ok'),
    ('method of method: repr', "import types; repr(nest(print, lambda v: types.MethodType(v, 1)))", 'RecursionError ok'),
    ('method-wrapper', "v = nest(int, lambda v: v.__call__); v()", 'RecursionError ok'),
    ('staticmethod: abstract', "nest(int, staticmethod).__isabstractmethod__", 'RecursionError ok'),
    ('property: abstract', "nest(int, property).__isabstractmethod__", 'RecursionError ok'),
    ('staticmethod', "nest(int, staticmethod)", 'ok'),
    ('property of property', "class A: a = nest(int, property)\nA().a", 'TypeError'),
    ('closures', "def wrap(v): return lambda: v\nnest(1, wrap)", 'ok'),
    ('closures: call', "def wrap(v): return lambda: v()\nnest(int, wrap)()", 'RecursionError'),
    ('cells', "import types; c = nest(1, types.CellType); repr(c)", 'ok'),
    ('cells: ==', "import types; nest(1, types.CellType) == nest(1, types.CellType)", 'RecursionError'),
    ('generators: free', "def g(v):\n yield 1\n yield v\ndef make(v):\n r = g(v); next(r); return r\nnest(None, make)", 'ok'),
    ('generators: yield from', "def g(v): yield from v\nnext(nest([1], g))", 'RecursionError'),
    ('generators: for', "def g(v):\n for x in v: yield x\nnext(nest([1], g))", 'RecursionError'),
    ('generators: close', "def g(v):\n yield 1\n try: yield v\n finally: v and v.close()\ndef make(v):\n r = g(v); next(r); next(r); "
     "return r\nnest(None, make, 500).close()", 'ok'),
    ('generators: one resumes all, close', "sys.setrecursionlimit(10**7)\ndef g(v): yield from v\ng = nest(iter([1]), g)\nnext(g)\ng.close()",
     'RecursionError ok'),
    ('generators: one resumes all, throw', "sys.setrecursionlimit(10**7)\ndef g(v): yield from v\ng = nest(iter([1]), g)\nnext(g)\n"
     "g.throw(ValueError)", 'RecursionError ValueError'),
    ('generators: one resumes all, free', "sys.setrecursionlimit(10**7)\ndef g(v): yield from v\ng = nest(iter([1]), g)\nnext(g)\ndel g", 'ok'),
    ('coroutines: one resumes all, close', "sys.setrecursionlimit(10**7)\nclass A:\n def __await__(self): yield 1\n"
     "async def c(v): return await v\nv = nest(A(), c)\nv.send(None)\nv.close()", 'RecursionError ok'),
    ('generator expressions', "nest(iter([1]), lambda v: (x for x in v)).__next__()", 'RecursionError'),
    ('coroutines', "async def c(v):\n return v and await v\nnest(None, c, 20000).send(None)", 'RecursionError'),
    ('async generators: free', "async def g(v): yield v\nnest(None, g)", 'ok'),
    ('functions', "def f(): return f()\nf()", 'RecursionError'),
    ('functions, unlimited', "sys.setrecursionlimit(10**9)\ndef f(n): return n and f(n - 1)\nf(DEEP)", 'ok'),
    ('map, unlimited', "sys.setrecursionlimit(10**9)\ndef f(x): return list(map(f, [x]))\nf(1)", 'RecursionError'),
    ('sorted, unlimited', "sys.setrecursionlimit(10**9)\ndef f(x): return sorted([x], key=f)\nf(1)", 'RecursionError'),
    ('repr, unlimited', "sys.setrecursionlimit(10**9)\nrepr(nest([], lambda v: [v], 300000))", 'RecursionError'),
    ('attrgetter', "import operator; operator.attrgetter('.'.join(['real'] * DEEP))(1)", 'ok'),
    ('frames: free', "def f(v):\n  return sys._getframe(), v\nnest(None, f)", 'ok'),
    ('tracebacks', "def f(n):\n  if n: f(n - 1)\n  else: 1/0\nsys.setrecursionlimit(10**6)\ntry: f(90000)\nexcept ZeroDivisionError as e:\n"
     " t = e.__traceback__; del e\ndel t", 'ok'),
    ('tracebacks: print', "def f(n): f(n + 1)\nimport io, traceback\ntry: f(0)\nexcept RecursionError: traceback.print_exc(file=io.StringIO())",
     'ok'),
    ('traceback: loop', "try: 1/0\nexcept ZeroDivisionError as e: t = e.__traceback__\nt.tb_next = t", 'ValueError'),
    ('exceptions: context', "chain('__context__')", 'ok'),
    ('exceptions: cause', "chain('__cause__')", 'ok'),
    ('exceptions: arguments', "nest(None, ValueError)", 'ok'),
    ('exceptions: str', "str(nest(None, ValueError))", 'RecursionError'),
    ('exceptions: raise in chain', "try: raise chain('__context__')\nexcept ValueError:\n  raise KeyError", 'KeyError'),
    ('exceptions: display', "sys.excepthook(ValueError, chain('__context__', 5000), None)", 'ok'),
    ('exceptions: context made by raising', "def f():\n  e = None\n  for i in range(2000):\n    try:\n      try: raise e or KeyError\n"
     "      except Exception: raise ValueError\n    except ValueError as x: e = x\n  return e\nf()", 'ok'),
    ('exceptions: MemoryErrors', "e = None\nfor i in range(DEEP):\n  f = MemoryError(); f.__context__ = e; e = f\ndel e, f", 'ok'),
    ('exceptions: circle', "a = ValueError(); b = ValueError(); a.__context__ = b; b.__context__ = a\nraise a", 'ValueError'),
    ('classes: deep', "nest(object, lambda v: type('A', (v,), {}), 1000)", 'ok RecursionError'),
    ('classes: metaclasses', "m = nest(type, lambda v: type('M', (v,), {}), 300); m('x', (), {})", 'ok'),
    ('class of itself', "class M(type):\n  def __instancecheck__(c, o): return isinstance(o, c)\nclass A(metaclass=M): pass\nisinstance(1, A)",
     'RecursionError'),
    ('__subclasscheck__', "class M(type):\n  def __subclasscheck__(c, o): return issubclass(o, c)\nclass A(metaclass=M): pass\nissubclass(int, A)",
     'RecursionError'),
    ('__bases__ of others', "class A:\n  @property\n  def __bases__(s): return (A(), A())\nissubclass(A(), int)", 'RecursionError'),
    ('__class__ of others', "class A:\n  @property\n  def __class__(s): return s.__class__\nisinstance(A(), int)", 'RecursionError'),
    ('weakref proxies', "import weakref\nclass A:\n  def __str__(s): return str(p)\na = A(); p = weakref.proxy(a); str(p)", 'RecursionError'),
    ('__getattr__', "class A:\n  def __getattr__(s, n): return getattr(s, n)\nA().x", 'RecursionError'),
    ('__getattribute__', "class A:\n  def __getattribute__(s, n): return getattr(s, n)\nA().x", 'RecursionError'),
    ('__setattr__', "class A:\n  def __setattr__(s, n, v): setattr(s, n, v)\nA().x = 1", 'RecursionError'),
    ('__call__ is the object', "class A: pass\nA.__call__ = A()\nA()()", 'RecursionError'),
    ('__get__ is the object', "class A: pass\nA.__get__ = A(); A.x = A()\nA().x", 'RecursionError TypeError'),
    ('__init_subclass__', "class A:\n  def __init_subclass__(c): type('B', (c,), {})\nclass B(A): pass", 'RecursionError'),
    ('__new__', "class A:\n  def __new__(c): return c()\nA()", 'RecursionError'),
    ('__missing__', "class D(dict):\n  def __missing__(s, k): return s[k]\nD()[1]", 'RecursionError'),
    ('__contains__', "class A:\n  def __contains__(s, x): return x in s\n1 in A()", 'RecursionError'),
    ('__iter__', "class A:\n  def __iter__(s): return iter(s)\nlist(A())", 'RecursionError'),
    ('__next__', "class A:\n  def __next__(s): return next(s)\nnext(A())", 'RecursionError'),
    ('__radd__', "class A:\n  def __add__(s, o): return o + s\n  __radd__ = __add__\nA() + A()", 'RecursionError'),
    ('__iadd__', "class A:\n  def __iadd__(s, o):\n    s += o\na = A()\na += 1", 'RecursionError'),
    ('__format__', "class A:\n  def __format__(s, f): return format(s, f)\nf'{A()}'", 'RecursionError'),
    ('__bytes__', "class A:\n  def __bytes__(s): return bytes(s)\nbytes(A())", 'RecursionError'),
    ('__del__', "n = 0\nclass A:\n  def __del__(s):\n    global n\n    n += 1\n    if n < 5000: A()\nsys.unraisablehook = lambda *a: None\nA()", 'ok'),
    ('__del__ and linked list', "class A:\n  def __init__(s, v): s.v = v\n  def __del__(s): pass\nnest(None, A)", 'ok'),
    ('slots and linked list', "class A:\n  __slots__ = 'v'\ndef w(v):\n  a = A(); a.v = v; return a\nnest(None, w)", 'ok'),
    ('list subclass', "class L(list): pass\nnest(None, lambda v: L([v]))", 'ok'),
    ('dict subclass', "class D(dict): pass\nnest(None, lambda v: D(a=v))", 'ok'),
    ('tuple subclass', "class T(tuple): pass\nnest(None, lambda v: T([v]))", 'ok'),
    ('slot of a slot', "class A:\n  __slots__ = ('a', '__dict__', '__weakref__')\ndef w(v):\n  x = A(); x.a = v; x.b = v; return x\nnest(None, w)", 'ok'),
    ('weakref callbacks', "import weakref\nclass A: pass\ndef w(v):\n  a = A(); a.r = v and weakref.ref(v, lambda r: None); a.v = v; return a\nnest(None, w)", 'ok'),
    ('contexts', "import contextvars\ndef f(): contextvars.copy_context().run(f)\nf()", 'RecursionError'),
    ('context variables', "import contextvars\nv = contextvars.ContextVar('v')\nt = nest(None, lambda o: v.set(o))", 'ok'),
    ('context variables in contexts', "import contextvars\nv = contextvars.ContextVar('v')\ndef w(o):\n  c = contextvars.copy_context(); c.run(v.set, o)\n"
     "  return c\nnest(None, w)", 'ok'),
    ('import', "import types, builtins\nold = builtins.__import__\ndef f(*a, **k):\n  import x\nbuiltins.__import__ = f\nimport x", 'RecursionError'),
    ('sys.settrace', "def t(f, e, a):\n  sys.settrace(t)\n  return t\nsys.settrace(t)\ndef f(): pass\nfor i in range(1000): f()", 'ok'),
    ('excepthook', "def h(*a): 1/0\nsys.excepthook = h\nh()", 'ZeroDivisionError'),
    ('type unions', "import typing\nnest(int, lambda v: typing.Optional[typing.List[v]], 400)", 'ok RecursionError'),
    ('types: __mro_entries__', "class A:\n  def __mro_entries__(s, b): return (A(),)\nclass B(A()): pass", 'TypeError'),
    ('abc', "import abc\nclass M(abc.ABC):\n  @classmethod\n  def __subclasshook__(c, o): return issubclass(o, c)\nissubclass(int, M)", 'RecursionError'),
    ('index', "class A:\n  def __index__(s): return range(5)[s]\nrange(5)[A()]", 'RecursionError'),
    ('length', "class A:\n  def __len__(s): return len(s)\nlen(A())", 'RecursionError'),
    ('length hint', "class A:\n  def __iter__(s): return s\n  def __next__(s): raise StopIteration\n  def __length_hint__(s): return len(list(s))\n"
     "list(A())", 'RecursionError'),
    ('bool', "class A:\n  def __bool__(s): return not s\nbool(A())", 'RecursionError'),
    ('hash', "class A:\n  def __hash__(s): return hash(s)\nhash(A())", 'RecursionError'),
    ('eq', "class A:\n  def __eq__(s, o): return s == o\nA() == A()", 'RecursionError'),
    ('eq in a dict', "class A:\n  def __eq__(s, o): return {A(): 1} == {A(): 1}\n  def __hash__(s): return 1\n{A(): 1} == {A(): 1}", 'RecursionError'),
    ('repr', "class A:\n  def __repr__(s): return repr(s)\nrepr(A())", 'RecursionError'),
    ('str', "class A:\n  def __str__(s): return '%s' % s\nstr(A())", 'RecursionError'),
    ('int', "class A:\n  def __int__(s): return int(s)\nint(A())", 'RecursionError'),
    ('key functions', "def k(x): return max([x], key=k)\nk(1)", 'RecursionError'),
    ('lru_cache', "import functools\n@functools.lru_cache()\ndef f(n): return f(n + 1)\nf(1)", 'RecursionError'),
    ('lru_cache: free', "import functools\nnest(None, lambda v: functools.lru_cache()(lambda: v))", 'ok'),
    ('reduce', "import functools\ndef f(a, b): return functools.reduce(f, [a, b])\nf(1, 2)", 'RecursionError'),
    ('cmp_to_key', "import functools\nk = functools.cmp_to_key(lambda a, b: k(a) < k(b))\nk(1) < k(2)", 'RecursionError'),
    ('struct sequences', "import time; nest(1, lambda v: time.struct_time((v,) + (1,) * 8))", 'ok'),
    # formats
    ('json: arrays', "import json; json.loads('[' * DEEP)", 'RecursionError'),
    ('json: objects', "import json; json.loads('{\"a\":' * DEEP)", 'RecursionError'),
    ('json: mixed', "import json; json.loads('[{\"a\":' * DEEP)", 'RecursionError'),
    ('json: dump lists', "import json; json.dumps(lists())", 'RecursionError'),
    ('json: dump dicts', "import json; json.dumps(nest({}, lambda v: {'a': v}))", 'RecursionError'),
    ('json: dump, unlimited', "import json; sys.setrecursionlimit(10**9); json.dumps(lists())", 'RecursionError'),
    ('json: default', "import json; json.dumps(1j, default=lambda o: 1j, check_circular=False)", 'RecursionError'),
    ('json: circle', "import json; a = []; a.append(a); json.dumps(a)", 'ValueError'),
    ('pickle: lists', "import pickle; pickle.dumps(lists())", 'RecursionError'),
    ('pickle: load lists', "import pickle; pickle.loads(b'(' * DEEP + b'l' * DEEP + b'.')", 'ok'),
    ('pickle: load tuples', "import pickle; pickle.loads(b')' + b'\\x85' * 10**6 + b'.')", 'ok'),
    ('pickle: objects', "import pickle\nclass A: pass\ndef w(v):\n  a = A(); a.v = v; return a\npickle.dumps(nest(None, w))", 'RecursionError'),
    ('pickle: unlimited', "import pickle; sys.setrecursionlimit(10**9); pickle.dumps(lists())", 'RecursionError'),
    ('marshal: dump', "import marshal; marshal.dumps(lists())", 'ValueError'),
    ('marshal: load', "import marshal; marshal.loads(b'[\\1\\0\\0\\0' * DEEP)", 'ValueError'),
    ('marshal: load tuples', "import marshal; marshal.loads(b')\\1' * DEEP + b'N')", 'ValueError'),
    ('marshal: load dicts', "import marshal; marshal.loads(b'{N' * DEEP)", 'ValueError'),
    ('re: groups', "import re; re.compile('(' * DEEP + ')' * DEEP)", 'RecursionError'),
    ('re: other groups', "import re; re.compile('(?:' * 5000 + 'a' + ')*' * 5000)", 'RecursionError'),
    ('re: alternatives', "import re; re.compile('|'.join(['a%d' % i for i in range(5000)])).match('a4999')", 'ok'),
    ('re: lookaheads', "import re; re.compile('(?=' * 5000 + ')' * 5000)", 'RecursionError'),
    ('re: groups side by side', "import re; re.compile('()' * 20000).match('')", 'ok'),
    ('re: backtracking', "import re; re.compile('(a|b)*c').match('ab' * DEEP)", 'ok'),
    ('re: lazy', "import re; re.compile('(?:a|b)*?c').match('ab' * DEEP + 'c')", 'ok'),
    ('re: nested quantifiers', "import re; re.compile('(?:' * 90 + 'a' + ')*' * 90).match('a' * 1000)", 'ok'),
    ('re: conditional', "import re; re.compile('(a)?' + '(?(1)' * 90 + 'b' + ')' * 90).match('ab')", 'ok'),
    ('format: nested fields', "('{:' * DEEP + '}' * DEEP).format(*range(DEEP))", 'ValueError'),
    ('format: attributes', "('{0' + '.real' * DEEP + '}').format(1)", 'ok'),
    ('format: indexes', "('{0' + '[0]' * DEEP + '}').format(lists())", 'IndexError TypeError ok RecursionError'),
    ('format: width', "('%' + '9' * DEEP + 'd') % 1", 'ValueError'),
    ('format: width of spec', "format(1, '9' * DEEP)", 'ValueError'),
    ('format: huge width', "format(1, '%d' % (2**62))", 'MemoryError OverflowError ValueError'),
    ('format: huge precision', "format(1.5, '.%df' % (2**31 - 1))", 'MemoryError ValueError OverflowError'),
    ('format: huge precision, str', "'%%.%df' % (2**31) % 1.5", 'ValueError OverflowError'),
    ('struct: huge count', "import struct; struct.calcsize('%ds' % (2**63))", 'error'),
    ('struct: counts', "import struct; struct.calcsize('9' * DEEP + 'i')", 'error'),
    ('struct: sums', "import struct; struct.calcsize('%dq' % (2**60) * 4)", 'error'),
    ('struct: long format', "import struct; struct.calcsize('i' * 10**6)", 'ok'),
    ('array: huge', "import array; array.array('q', b'12345678') * 2**61", 'MemoryError'),
    ('str: huge', "'ab' * 2**62", 'MemoryError OverflowError'),
    ('str: huge ljust', "'a'.ljust(2**62)", 'MemoryError OverflowError'),
    ('bytes: huge', "bytes(2**62)", 'MemoryError OverflowError'),
    ('list: huge', "[0] * 2**61", 'MemoryError OverflowError'),
    ('tuple: huge', "(0,) * 2**61", 'MemoryError OverflowError'),
    ('range: huge', "list(range(2**62))", 'MemoryError OverflowError'),
    ('int: huge shift', "1 << 2**62", 'MemoryError OverflowError'),
    ('int: huge to_bytes', "(1).to_bytes(2**62, 'big')", 'MemoryError OverflowError'),
    ('expandtabs', "'a\\t'.expandtabs(2**62)", 'MemoryError OverflowError'),
    ('zfill: huge', "'a'.zfill(2**62)", 'MemoryError OverflowError'),
    ('deque: huge', "import collections; collections.deque([1]) * 2**62", 'MemoryError'),
    ('bytearray: huge', "b = bytearray(b'a'); b *= 2**62", 'MemoryError'),
    ('csv: field', "import csv; next(csv.reader(['a' * 200000]))", 'Error'),
    ('strptime', "import time; time.strptime('1' * DEEP, '%d' * 99)", 'error ValueError'),
    ('strftime', "import time; len(time.strftime('%Y' * DEEP))", 'ok'),
    ('datetime', "import datetime; datetime.datetime.fromisoformat('2' * DEEP)", 'ValueError'),
    ('codecs: names', "'a'.encode('x' * 10**5)", 'LookupError ImportError'),
    ('codecs: handlers', "import codecs\ncodecs.register_error('e', lambda e: ('', 9 ** 99))\nb'\\xff'.decode('ascii', 'e')", 'OverflowError IndexError'),
    ('codecs: reader', "import codecs\ncodecs.lookup('utf-8').incrementaldecoder('x').decode(b'\\xff')", 'LookupError'),
    ('io: nested wrappers', "import io; r = nest(io.BytesIO(b'abc'), io.BufferedReader, 20000); r.read(1)", 'RecursionError'),
    ('io: text wrapper of itself', "import io\nclass R(io.RawIOBase):\n  def readable(s): return True\n  def readinto(s, b): return b_.readinto(b)\n"
     "b_ = io.BufferedReader(R()); b_.read(1)", 'RuntimeError RecursionError'),
    ('threads', "import threading\nout = []\ndef f(v):\n  try: repr(lists())\n  except RecursionError: out.append(1)\nt = threading.Thread(target=f, args=(1,))\n"
     "t.start(); t.join(); assert out", 'ok'),
    ('threads, small stack, unlimited', "import threading\nout = []\nthreading.stack_size(65536)\nsys.setrecursionlimit(10**6)\ndef f():\n"
     "  try: repr(lists())\n  except RecursionError: out.append(1)\nt = threading.Thread(target=f)\nt.start(); t.join(); assert out", 'ok'),
    ('csv rows', "import csv, io; csv.writer(io.StringIO()).writerow([lists()])", 'RecursionError'),
    ('print', "print(lists())", 'RecursionError'),
    ('join', "''.join(lists())", 'TypeError'),
    ('sum of lists', "sum(nest([], lambda v: [v]), [])", 'ok TypeError'),
    ('copy: objects', "import copy\nclass A: pass\ndef w(v):\n  a = A(); a.v = v; return a\ncopy.deepcopy(nest(None, w))", 'RecursionError'),
    ('operator.concat', "import operator\nclass A:\n  def __add__(s, o): return operator.concat(s, s)\n  def __getitem__(s, i): return 1\n"
     "operator.concat(A(), A())", 'TypeError RecursionError'),
]

PROGRAM = PRELUDE + '''
import builtins
try:
    exec(sys.argv[1], globals())
except BaseException as error:
    print(type(error).__name__)
else:
    print('ok')
sys.stdout.flush()
'''


def outcome(code, timeout=120):
    """How the program ends: what it printed last, or its status if it died."""
    process = subprocess.Popen([sys.executable, '-c', PROGRAM, code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return 'hangs'
    if process.returncode:
        return 'status %d %s' % (process.returncode, err.decode('utf-8', 'replace')[-3000:])
    return out.decode().split()[-1]


class NestingTests(unittest.TestCase):
    def test_table(self):
        for name, code, expected in CASES:
            with self.subTest(case=name):
                self.assertIn(outcome(code), [*expected.split(), 'ModuleNotFoundError'])     # a module we lack yet


if __name__ == '__main__':
    if sys.argv[1:2] == ['--all']:
        import time
        for name, code, expected in CASES:
            if len(sys.argv) > 2 and sys.argv[2] not in name:
                continue
            began = time.monotonic()
            end = outcome(code)
            print('%-4s %5.1f  %-40s %s' % ('' if end in expected.split() else '!!', time.monotonic() - began, name, end), flush=True)
    else:
        unittest.main()
