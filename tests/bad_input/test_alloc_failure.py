# SPDX-License-Identifier: MIT
"""Failing allocations: whichever one it is, a program ends as usual or with MemoryError; it never dies and never hangs.

Each program below runs with its first allocation failing, then its second, and so on until it passes.  Many of these runs
share a process; when the process dies, the next one goes on behind the run that killed it.  A second table starts a new
interpreter for each, so that starting up is covered too.

    test_alloc_failure.py --sweep [NAME ...]    every single allocation, one and "this and all later ones" (minutes)
    test_alloc_failure.py --child NAME FIRST STEP COUNT SECONDS    what the test starts
"""
import os
import select
import subprocess
import sys
import tempfile
import time
import unittest

FAIL = getattr(getattr(sys, '_taipan', None), 'fail_allocations', None)
ALL_LATER = sys.maxsize
ENVIRONMENT = dict(os.environ, PYTHONHASHSEED='0')     # the same allocations each time
FOLDER = tempfile.TemporaryDirectory()
HERE = os.path.abspath(__file__)

SYNTAX = '''
"""doc"""
from __future__ import annotations
import os.path as p, sys
from os import (path, sep as s)
@property
def f(a, b=1, /, c: int = 2, *args, d, e=5, **kw) -> None:
    """doc"""
    global g1, g2
    x: int = a if b else c
    y = [i for i in range(3) if i] + [*args, *{1, 2}] + list({**kw, 'k': 1})
    def inner(q=x):
        nonlocal y
        y += q,
        yield from (z * 2 for z in y)
        return (yield)
    async def co():
        async with a as b, c:
            await b
        async for i in a:
            yield i
        else:
            return
        return_ = [i async for i in a]
    for i, (j, *k) in y:
        if i < j <= 3 and not k or j is not None in y: continue
        elif i: break
        else: pass
    else:
        del y[1:2, ::3], x.attr
    while (n := 5) > 4:
        try:
            raise ValueError from None
        except (TypeError, ValueError) as e:
            assert e, 'message'
        except Exception: ...
        else: x **= 2; x //= 3; x @= 4; x <<= 1
        finally:
            return f'{a!r:>{b}} {c=} {{}}' 'x' rf"\\d{e}"
    with a as b, c as (d, e): lambda *a, k=1, **q: (yield)
    class C(object, metaclass=type):
        attr = 1_000 + 0x1F + 1.5e3 + 2j
        z = __class__, b'x\\x00' b'y', -1 ** ~2
'''


class Node:
    """A class of its own, with most of what a class can have."""
    __slots__ = ('left', 'right', '__weakref__')

    def __init__(self, left=None, right=None):
        self.left, self.right = left, right

    def __eq__(self, other):
        return isinstance(other, Node) and self.left == other.left and self.right == other.right

    def __hash__(self):
        return hash((self.left, self.right))

    def __repr__(self):
        return 'Node(%r, %r)' % (self.left, self.right)


def classes():
    class Meta(type):
        def __new__(mcs, name, bases, namespace, **kw):
            return super().__new__(mcs, name, bases, dict(namespace), **kw)

    class Base(metaclass=Meta):
        def __init_subclass__(cls, tag=None):
            cls.tag = tag

        @classmethod
        def make(cls, *args):
            return cls(*args)

        @staticmethod
        def plain(value):
            return value

        @property
        def both(self):
            return self.x, self.__dict__

        def __getattr__(self, name):
            raise AttributeError(name)

    class Derived(Base, tag=3):
        def __init__(self, x=1):
            super().__init__()
            self.x = x
    a = Derived.make(5)
    a.y = a.plain(6)
    del a.y
    setattr(a, 'z' * 3, 1)
    hasattr(a, 'none'), a.both, repr(a), dir(a), vars(a), Derived.__mro__, Base.__subclasses__()
    Derived.extra = property(lambda self: 7)
    Derived.__add__ = lambda self, other: 8
    a + 1, a.extra
    type('Made', (Node, ), {'__slots__': ('m',)})(1, 2).m = 2
    a.__class__ = type('Other', (Base,), {})


def containers():
    d = {i: str(i) for i in range(40)}
    d.update({'k%d' % i: [i] for i in range(20)}, a=1)
    e = dict(d, b=2)
    e.pop('b'), e.setdefault('c', []), e.copy(), list(e.items()), sorted(map(str, e)), dict.fromkeys('abc')
    for key in list(e):
        del e[key]
    x = list(range(50)) * 2
    x += x[::3]
    x[3:10] = 'abc'
    x.sort(key=str)
    x.insert(0, 1), x.extend({1, 2}), x.reverse(), x == x[:], repr(x), x.index(5)
    t = tuple(x) + (1, 2) * 5
    hash(t[:3]), t == tuple(t), str(t)
    s = set(t) | {1, 'b'} - frozenset('abc') ^ {2}
    s.add((1, 2)), s & {1}, s.union([1], (2,)), repr(s), frozenset(s), s.discard(1)
    a, *b = t
    return [a, *b], {**d, 'z': 1}, {*s}, list(zip(t, x)), list(enumerate(t)), list(filter(None, t)), max(t, key=str)


def strings():
    text = 'a b c é ' * 20 + '\u20ac\U0001f600'
    words = text.split()
    '-'.join(words), text.upper(), text.replace('a', 'xyz'), text.encode(), text.encode('utf-16'), text.title()
    text.encode('ascii', 'xmlcharrefreplace'), b'\xff\xfea'.decode('latin-1'), b'\xff'.decode('utf-8', 'replace')
    text.partition('c'), text.rsplit(None, 2), text.strip(), text.center(300), text.splitlines(), text * 3, text[::2]
    'x%sy%r%5d%.3f%x' % ('a', [1], 5, 2.5, 255), '{0!r:>10}{1:,}{a.b}{c[0]}'.format(1, 10 ** 9, a=_Attr, c='q')
    f'{text!r:>10.5}{1.5:e}{10 ** 20:_}{words[0]=}', repr(text), ascii(text), text.translate({97: 'zz', 98: None})
    b = bytearray(b'abc') * 5
    b += b'xyz'
    b[2:4] = b'longer than it was'
    bytes(b), b.hex(), bytes.fromhex('00ff'), b.replace(b'a', b'bb'), b.split(b'b'), b % (), b.decode(), memoryview(b)[1:3].tolist()
    '%c' % 0x20ac, sys.intern('fresh' + text[:3]), text.casefold(), 'x'.ljust(50, '\u20ac'), text.expandtabs(), text.count('a')


class _Attr:
    b = 1


def numbers():
    n = int('123456789' * 20)
    str(n), n * n, n // 12345678901234567890123, n % 10 ** 30, divmod(-n, 7 ** 40), n ** 5, pow(3, n, 10 ** 40), n >> 70, n << 70
    hex(n), oct(n), bin(n), float(n), int(1e300), n.to_bytes(100, 'big'), int.from_bytes(b'abc' * 30, 'little'), -n & n | 1 ^ n
    float('1.5e-300'), repr(1.1), float.fromhex('0x1p-5'), (0.5).hex(), (2.75).as_integer_ratio(), complex('1+2j') ** 2, round(n, -20)
    int('ff', 16), float('1e400'), format(n, ','), format(1.5, '.60f'), 1.5 // 0.3, hash(n), n == float(n), 5j * 2, n.bit_length()


def errors():
    class Special(ValueError):
        def __init__(self, *args, extra=None):
            super().__init__(*args)
            self.extra = extra

    def deep(n):
        if n:
            return deep(n - 1)
        raise Special('message', extra=n)
    try:
        try:
            deep(5)
        except Special as error:
            raise KeyError('second') from error
        finally:
            [].append(1)
    except LookupError as error:
        repr(error), str(error), error.__cause__.args, error.__traceback__.tb_next, error.with_traceback(None)
    for bad in (lambda: {}['k'], lambda: [][1], lambda: 1 / 0, lambda: int('x'), lambda: undefined, lambda: ''.x, lambda: 1 + '',
                lambda: len(5), lambda: int(1, 2, 3), lambda: iter(5), lambda: open(''), lambda: b'\xff'.decode(), lambda: f'{1:q}',
                lambda: __import__('no_such_module_at_all'), lambda: classes(1, x=2), lambda: next(iter(())), lambda: eval('(')):
        try:
            bad()
        except MemoryError:
            raise
        except Exception as error:
            str(error), error.__context__
    try:
        exec(compile('def f():\n  with open("/nonexistent") as f: pass\nf()', '<x>', 'exec'))
    except OSError as error:
        str(error), error.filename


def traceback_text():
    import traceback
    try:
        try:
            {}[1]
        except KeyError:
            raise ValueError('x' * 20)
    except ValueError:
        traceback.format_exc()


def generators():
    def gen(n):
        try:
            while n:
                got = yield n
                n -= 1
        finally:
            [].append(n)
    g = gen(3)
    next(g), g.send(1), list(g), list(gen(2)), sum(x * 2 for x in gen(5))
    g = gen(3)
    next(g)
    try:
        g.throw(ValueError('a'))
    except ValueError:
        pass
    g = gen(4)
    next(g), g.close()

    def outer():
        result = yield from gen(2)
        return result
    list(outer())

    async def co():
        async def agen():
            yield 1
            await _Await()
            yield 2
        return [x async for x in agen()]
    c = co()
    try:
        while True:
            c.send(None)
    except StopIteration as stop:
        stop.value


class _Await:
    def __await__(self):
        yield 1


def calls():
    def f(a, b=2, *args, c=3, **kw):
        def inner():
            return a, kw
        return inner()
    f(1), f(1, 2, 3, c=4, d=5), f(*[1, 2, 3], **{'q': 1, 'c': 2}), (lambda *a, **k: (a, k))(1, 2, x=1), _Attr(), Node(1, right=2)
    m = Node(1, 2).__repr__
    m(), m == Node.__repr__, repr(m), repr(f), f.__code__.co_varnames, f.__name__, f.__defaults__, f.__annotations__, f.__closure__
    [].append.__call__(1), str.join('', map(str, range(5))), getattr(f, 'none', None), callable(f), hash(m)
    from functools import partial, reduce, lru_cache
    p = partial(f, 1, c=2)
    p(5), p(d=1), repr(p), reduce(lambda a, b: a + b, range(5)), lru_cache(maxsize=2)(lambda q: [q])(3)
    import operator, itertools
    operator.itemgetter(1, 2)([1, 2, 3]), operator.attrgetter('b.real', 'b')(_Attr), operator.methodcaller('upper')('x')
    list(itertools.chain([1], [2])), list(itertools.product('ab', repeat=2)), list(itertools.permutations('abc')), list(itertools.groupby('aab'))
    list(itertools.combinations('abcd', 2)), list(itertools.islice(itertools.cycle([1, 2]), 5)), itertools.tee([1, 2], 3)
    list(itertools.zip_longest('a', 'bc')), list(itertools.accumulate([1, 2, 3]))


def compiling():
    code = compile(SYNTAX, '<syntax>', 'exec')
    repr(code), code.co_consts, eval('1 + 2 * 3'), compile('x = 1', '<a>', 'exec', 1 << 10)
    try:
        compile('def f(:\n', '<bad>', 'exec')
    except SyntaxError as error:
        str(error)


def marshalling():
    import marshal
    data = (1, 2.5, 'text', b'bytes', [1, {2: 3}], None, True, 10 ** 50, 1j, frozenset((1, 2)), compiling.__code__)
    marshal.loads(marshal.dumps(data))


def regular_expressions():
    import re
    re.purge()
    pattern = re.compile(r'(?P<a>\w+)\s*(?:x|y[a-f\d]|z{2,5}?)(?=q)|(\d+)\2|^$', re.I | re.M)
    text = 'abc xq 11 22 word yaq' * 5
    [m.groupdict() for m in pattern.finditer(text)], pattern.findall(text), pattern.sub(r'<\g<a>>', text), pattern.split(text)
    pattern.sub(lambda m: m.group() + 'x', text), repr(pattern.search(text)), pattern.scanner(text).search(), re.escape(text)


def json_texts():
    import json
    value = {'a': [1, 2.5, None, True, 'é"\n', 10 ** 30], 'b': {'c': {}}, 'd': 'x' * 100}
    text = json.dumps(value, indent=1)
    json.loads(text), json.dumps(value, sort_keys=True), json.loads(text, object_pairs_hook=dict, parse_float=str)
    try:
        json.loads('[1, 2')
    except ValueError as error:
        str(error)


def pickling():
    import pickle
    value = [1, 2.5, 'text', b'bytes', {'a': (1, 2, 3, 4)}, {1, 2}, None, 10 ** 50, Node, Node.__repr__, len, range(5), bytearray(b'a')]
    value.append(value)
    for protocol in range(5):
        pickle.loads(pickle.dumps(value, protocol))


def collections_():
    import collections
    d = collections.deque(range(100), 70)
    d.rotate(5), d.extendleft('abc'), d.copy(), repr(d)
    o = collections.OrderedDict(a=1, b=2)
    o.move_to_end('a'), o.popitem(), repr(o), o.copy(), list(o.items())
    c = collections.Counter('abracadabra')
    c.most_common(2), c + c
    n = collections.namedtuple('N', 'x y')(1, 2)
    n._replace(x=5), repr(n), n._asdict()
    f = collections.defaultdict(list)
    f['a'].append(1)
    collections.ChainMap({}, f)['a']


def files():
    import io
    with open(os.path.join(FOLDER.name, 'text'), 'w+', encoding='utf-8') as f:
        f.write('line é\n' * 50)
        f.seek(0)
        f.readline(), list(f), f.tell()
    s = io.StringIO('a\nb\r\nc', newline=None)
    s.read(1), s.readlines(), s.getvalue(), s.write('x' * 100)
    b = io.BytesIO(b'abc' * 100)
    b.read(5), b.readline(), b.getvalue(), b.write(b'x' * 500), b.getbuffer().tobytes()
    t = io.TextIOWrapper(io.BufferedReader(io.BytesIO('é\r\n'.encode('utf-16') * 30)), 'utf-16')
    t.read(3), t.tell(), t.readline(), t.read()
    with open(HERE, 'rb', 0) as raw:
        raw.read(10), raw.readall()
    os.stat(HERE), os.listdir('/'), os.environ.copy(), os.path.join('a', 'b'), list(os.scandir('/'))


def threads():
    import threading, _thread

    def work():
        try:
            done.append(threading.local())
        finally:
            lock.release()
    done, lock = [], _thread.allocate_lock()
    lock.acquire()
    _thread.start_new_thread(work, ())
    lock.acquire(timeout=0.02)      # a thread that could not begin releases nothing
    local = threading.local()
    local.x = 1
    lock = threading.RLock()
    with lock, lock:
        pass
    threading.Event().wait(0), threading.Thread(target=work), threading.Semaphore().acquire()


def weak_things():
    import gc, weakref
    a = Node(1)
    r = weakref.ref(a, lambda ref: [ref])
    r(), repr(r), weakref.proxy(a).left
    w = weakref.WeakValueDictionary(x=a)
    w['x'], list(w.items())
    k = weakref.WeakKeyDictionary()
    k[a] = 5
    weakref.finalize(a, len, 'x')
    a.right = a
    del a
    gc.collect()


def natives():
    import array, bisect, heapq, struct, binascii, datetime, time, math, random
    x = array.array('i', range(20))
    x.append(5), x[2:5], x.tobytes(), repr(x), x.extend([1, 2]), x.tolist()
    heapq.nsmallest(3, [5, 2, 8, 1]), bisect.insort([1, 3], 2), struct.pack('>iq5sd', 1, 2, b'abc', 1.5), struct.unpack('<hhq', b'x' * 12)
    binascii.hexlify(b'abc'), binascii.b2a_base64(b'x' * 50), math.factorial(40), math.fsum([.1] * 10), random.Random(5).random()
    d = datetime.datetime(2020, 2, 29, 12, 30, tzinfo=datetime.timezone.utc)
    str(d), repr(d), d + datetime.timedelta(5), d.isoformat(), d.strftime('%Y %A'), d.timetuple(), datetime.date.fromisoformat('2020-01-01')
    time.localtime(), time.strftime('%c'), hash(d), d == d.replace(hour=1)


def importing():
    for name in ('colorsys', 'sched', 'this_is_no_module'):
        sys.modules.pop(name, None)
        try:
            __import__(name)
        except ModuleNotFoundError:
            pass
    from os import path, sep
    import os.path


def odd_ends():
    eval('[x for x in range(3)]', {}), exec('y = 1\nclass Q: z = y', {}), globals(), locals(), vars(Node), sys._getframe().f_locals
    super(Node, Node()).__repr__(), slice(1, 2).indices(5), range(10)[2:5], reversed([1]), memoryview(b'abcd').cast('H')
    iter(lambda: 1, 1), print('', end='', file=open(os.devnull, 'w')), input.__doc__, help, type(len), sys.exc_info(), __build_class__
    isinstance(1, (int, (str,))), issubclass(bool, int), sorted([3, 1], reverse=True), all([]), any([1]), sum([[1], [2]], []), min(2, 1)
    import contextvars, types, copy
    v = contextvars.ContextVar('v', default=1)
    contextvars.copy_context().run(v.set, 5), types.SimpleNamespace(a=1), copy.deepcopy([{1: Node(1, [2])}]), types.MappingProxyType({})

    def tracer(frame, event, arg):
        return tracer
    old = sys.gettrace()
    sys.settrace(tracer)
    try:
        calls.__code__.co_consts, [i for i in range(3)]
    finally:
        sys.settrace(old)


PROGRAMS = [classes, containers, strings, numbers, errors, traceback_text, generators, calls, compiling, marshalling,
            regular_expressions, json_texts, pickling, collections_, files, threads, weak_things, natives, importing, odd_ends]

# New interpreters: options, then what they do.
STARTS = {
    'start': ['-S', '-c', 'pass'],
    'start_error': ['-S', '-c', '1/0'],
    'start_site': ['-c', 'import json'],
    'start_module': ['-m', 'this_is_no_module'],
}


def attempt(program, first, count):
    """Run program with allocation number first (and count-1 more) failing; True if it passed without."""
    FAIL(first, count)
    try:
        program()
    except MemoryError as error:
        made = FAIL(0)
        error.__traceback__ = None
    except BaseException as error:
        made = FAIL(0)
        if type(error) is not RuntimeError or not str(error).startswith(("can't allocate", "can't start new thread", 'release unlocked lock')):
            raise
    else:
        made = FAIL(0)
    return made < first


def child(name, first, step, count, seconds):
    """Attempt after attempt; a line on standard output tells where each begins, so that the parent knows what killed it."""
    sys.unraisablehook = lambda *args: None
    import threading
    threading.excepthook = lambda args: None
    program = globals()[name]
    if seconds:
        program()               # modules and caches that stay
    until = time.monotonic() + seconds
    while time.monotonic() < until or not seconds:
        os.write(1, b'%d\n' % first)
        try:
            if attempt(program, first, count):
                os.write(1, b'passed\n')
                break
        except BaseException as error:
            import traceback
            os.write(1, ('other %s %r\n' % (type(error).__name__, ''.join(traceback.format_exception(
                type(error), error, error.__traceback__))[-600:])).encode('ascii', 'replace'))
        if not seconds:
            break
        first += step
    os._exit(0)


def converse(command, hang):
    """Lines on standard output, how the process ended, text on standard error. It hangs if it says nothing for hang seconds."""
    with tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=err, env=ENVIRONMENT)
        out, ended = b'', None
        while select.select([process.stdout], [], [], hang)[0]:
            data = os.read(process.stdout.fileno(), 65536)
            if not data:
                break
            out += data
        else:
            process.kill()
            ended = 'hangs'
        process.wait()
        process.stdout.close()
        err.seek(0)
        return out.decode().split('\n')[:-1], ended or 'status %d' % process.returncode, err.read().decode('utf-8', 'replace')


def sweep(name, first=1, step=1, count=1, seconds=1000.0, hang=10):
    """Problems of one program: [(allocation, what)]."""
    problems, until = [], time.monotonic() + seconds
    while time.monotonic() < until and len(problems) < 40:
        lines, ended, err = converse([sys.executable, HERE, '--child', name, str(first), str(step), str(count),
                                      str(until - time.monotonic())], hang)
        for line in lines:
            if line.startswith('other'):
                problems.append((first, line))
            elif line != 'passed':
                first = int(line)
        if ended == 'status 0':
            break
        problems.append((first, '%s %s' % (ended, err[-1500:])))
        first += step
    return problems


def sweep_cold(name, step, hang=10):
    """The same in a fresh interpreter for each allocation: what is made only once fails, too."""
    problems, first, lines = [], 1, []
    while 'passed' not in lines and len(problems) < 20:
        lines, ended, err = converse([sys.executable, HERE, '--child', name, str(first), '1', '1', '0'], hang)
        problems += [(first, line) for line in lines if line.startswith('other')]
        if ended != 'status 0':
            problems.append((first, '%s %s' % (ended, err[-1500:])))
        first += step
    return problems


def start(arguments, n, more='', timeout=60, environment=ENVIRONMENT):
    """A new interpreter whose n-th allocation fails (more is '+': all later ones, too): None, or what is wrong with its end."""
    process = subprocess.Popen([sys.executable, '-X', 'tai-alloc-fail=%d%s' % (n, more), *arguments], stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    try:
        err = process.communicate(timeout=timeout)[1].decode('utf-8', 'replace')
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return 'hangs'
    if process.returncode < 0 or process.returncode not in (0, 1, 120):
        return 'status %d %s' % (process.returncode, err[-1500:])
    if process.returncode == 1 and not err.strip():
        return 'no message'
    if 'SystemError:' in err:
        return err[-1500:]


def sweep_start(name, first=1, step=1, more='', seconds=1000.0):
    until, problems = time.monotonic() + seconds, []
    total = int(subprocess.run([sys.executable, *COUNT_START], stdout=subprocess.PIPE).stdout)
    while time.monotonic() < until and len(problems) < 40 and first < total * 3:
        wrong = start(STARTS[name], first, more)
        if wrong:
            problems.append((first, wrong))
        first += step
    return problems


COUNT_START = ['-X', 'tai-alloc-fail=%d' % (1 << 40), '-S', '-c', 'import sys; print(sys._taipan.fail_allocations(0))']


@unittest.skipIf(FAIL is None, 'this interpreter does not fail on demand')
class AllocationFailureTests(unittest.TestCase):
    """A sample: the full sweep takes minutes."""

    def test_programs(self):
        for program in PROGRAMS:
            with self.subTest(program=program.__name__):
                self.assertEqual(sweep(program.__name__, 1, 7, seconds=1.0), [])
                self.assertEqual(sweep(program.__name__, 2, 23, count=ALL_LATER, seconds=0.6), [])

    def test_starts(self):
        for name in STARTS:
            with self.subTest(start=name):
                self.assertEqual(sweep_start(name, 1, 499, seconds=2.0), [])
                self.assertEqual(sweep_start(name, 5, 1999, '+', seconds=1.0), [])

    def test_every_error_is_told(self):
        """Each allocation from the failing statement to the end, most of them made while the traceback is printed."""
        for environment in ENVIRONMENT, {'PYTHONHASHSEED': '0', 'LC_CTYPE': 'C.UTF-8'}:
            total = int(subprocess.run([sys.executable, *COUNT_START], stdout=subprocess.PIPE, env=environment).stdout)
            for more in ('', '+'):
                for n in range(total - 30, total + 50):
                    with self.subTest(allocation=n, more=more, bare=environment is not ENVIRONMENT):
                        self.assertIsNone(start(STARTS['start_error'], n, more, environment=environment))

    def test_the_mode(self):
        self.assertEqual(start(['-S', '-c', 'pass'], 1 << 40), None)
        process = subprocess.run([sys.executable, '-X', 'tai-alloc-fail=x', '-c', ''], stderr=subprocess.PIPE)
        self.assertEqual((process.returncode, b'tai-alloc-fail' in process.stderr), (1, True))
        FAIL(1)
        try:
            'x' * 50000
        except MemoryError:
            FAIL(0)
        else:
            FAIL(0)
            self.fail('it did not fail')
        self.assertRaises(ValueError, FAIL, -1)


def full_sweep(names):
    bad = 0
    for name in names or [p.__name__ for p in PROGRAMS] + list(STARTS):
        began = time.monotonic()
        if name in STARTS:
            problems = sweep_start(name, 1, 7) + sweep_start(name, 1, 97, '+')
        else:
            problems = sweep(name) + sweep(name, count=ALL_LATER) + sweep_cold(name, 11)
        print('%-20s %5.1f s  %d problems' % (name, time.monotonic() - began, len(problems)), flush=True)
        for n, what in problems:
            print('   ', n, what.replace('\n', '\n        '), flush=True)
        bad += len(problems)
    return bad != 0


if __name__ == '__main__':
    if sys.argv[1:2] == ['--child']:
        child(sys.argv[2], *map(int, sys.argv[3:6]), float(sys.argv[6]))
    elif sys.argv[1:2] == ['--sweep']:
        sys.exit(full_sweep(sys.argv[2:]))
    else:
        unittest.main()
