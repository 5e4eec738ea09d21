# SPDX-License-Identifier: MIT
"""Throw changed and random input at the natives; whatever happens has to be a result or an ordinary exception.

    TAIPAN tools/fuzz/fuzz.py [--seconds N] [TARGET ...]     each target for N seconds (10); all targets without a name
    TAIPAN tools/fuzz/fuzz.py --one TARGET SEED              one attempt, to look into a finding

Best run with build/asan/taipan.  A target is a function of a random.Random that makes one attempt.  Attempts run in a child
process that notes the seed before each, so that the parent can name the seed that killed it.  Findings: the child dies or
hangs, SystemError, or what the target itself asserts.
"""
import contextlib
import os
import random
import subprocess
import sys
import tempfile
import time
import warnings

TARGETS = {}
HANG = 60
TOUR = os.path.join(os.path.dirname(os.path.abspath(__file__)), '../../examples/tour.py')


def target(function):
    TARGETS[function.__name__] = function
    return function


def mutated(rnd, data, alphabet=None):
    """data (bytes, or text with an alphabet of pieces) with a few random changes."""
    alphabet = alphabet or [bytes([i]) for i in range(256)]
    empty = alphabet[0][:0]
    for _ in range(rnd.choice((0, 1, 1, 2, 3, 8, 30))):
        i = rnd.randrange(len(data) + 1)
        j = min(len(data), i + rnd.choice((0, 0, 1, 1, 2, 5, 20)))
        k = rnd.randrange(len(data) + 1)
        middle = rnd.choice((rnd.choice(alphabet), empty, data[k:k + rnd.randrange(20)], rnd.choice(alphabet) * rnd.randrange(1, 5)))
        data = data[:i] + middle + data[j:]
    if rnd.randrange(8) == 0:
        data = data[:rnd.randrange(len(data) + 1)]
    return data


def bits(rnd, n=None):
    return bytes(rnd.getrandbits(8) for _ in range(rnd.randrange(40) if n is None else n))


def text(rnd, n=30):
    pools = ('abc 019', ''.join(map(chr, range(256))), 'a\u20ac\u0301\u1100\u1161\ufb01', '\U0001f600\ud800\udfffx', '\x00\n\r\t\x1c')
    pool = rnd.choice(pools)
    return ''.join(rnd.choice(pool) for _ in range(rnd.randrange(n)))


def number(rnd):
    return rnd.choice((0, 1, -1, 2, 255, 256, 2**31 - 1, 2**31, -2**31, 2**63 - 1, 2**63, -2**63, 2**64, 10**30, 1.5, -0.0, 1e308,
                       float('inf'), float('nan'), True, None, 'a', b'a', 1j, rnd.randrange(-100, 100), rnd.random() * 1000))


@contextlib.contextmanager
def limited(on=True):
    """At most 500 lines or instructions may be executed."""
    steps = [0]

    def tracer(frame, event, arg):
        frame.f_trace_opcodes = True
        steps[0] += 1
        if steps[0] > 500:
            raise TimeoutError
        return tracer
    if on:
        sys.settrace(tracer)
    try:
        yield
    finally:
        sys.settrace(None)


# ---- text in, something out ----

TOKENS = '''def class return yield await async for in while if elif else try except finally with as lambda import from global nonlocal
 del pass break continue raise assert not and or is None True ( ) [ ] { } : ; , . -> = == != <= >= < > + - * / // % ** @ & | ^ ~ << >>
 := += ... 'a' "b" b'c' f'{x}' f"{x!r:>{y}}" rb'' 1 2.5 3j 0x1f 1_0 x y z self'''.split() + [' ', '    ', '\t', '\n', '\n    ', '\\\n', '#c\n', '\f', "'''", '"""']
_sources = []


def sources():
    if not _sources:
        with open(TOUR, encoding='utf-8') as file:
            _sources.extend(part for part in file.read().split('\n\n\n') if part.strip())
        _sources.extend(['async def f():\n  async for x in y:\n    yield await x\n  return [a async for b in c if d]\n',
                         'try:\n  pass\nexcept (A, B) as e:\n  raise X from e\nelse:\n  y\nfinally:\n  z\n',
                         'with a as b, c as (d, *e):\n  x: int = f"{y!r:{z}}" "s"\n  while (n := 5) < 3: continue\n  else: pass\n',
                         '@d\nclass C(B, m=1):\n  def f(self, a, /, b: int = 1, *c, d=2, **e) -> None:\n    nonlocal_ = lambda *x, y=1: (yield)\n'])
    return _sources


@target
def compiling(rnd):
    source = mutated(rnd, rnd.choice(sources())[:3000], TOKENS)
    compile(source, '<fuzz>', rnd.choice(('exec', 'exec', 'eval', 'single')), rnd.choice((0, 0, 0x400, 0x1000)), True, rnd.choice((-1, 0, 2)))


@target
def tokens_only(rnd):
    source = rnd.choice(('', ' ')).join(rnd.choice(TOKENS) for _ in range(rnd.randrange(40)))
    compile(source, '<fuzz>', rnd.choice(('exec', 'eval', 'single')))


@target
def source_bytes(rnd):
    compile(mutated(rnd, rnd.choice(sources())[:800].encode()), '<fuzz>', 'exec')


@target
def running(rnd):
    """Code that compiles is run, with few steps; it has no names to do harm with."""
    source = ''.join(rnd.choice(('x=%s\n', 'y=%s\n', 'for z in %s: x=z\n', 'if %s: y=x\n', 'def f(a,b=x): return %s\n', '[x for y in %s]\n',
                                 'try: x=%s\nexcept Exception as e: y=e\nfinally: z=x\n', 'def g():\n  yield %s\nx=list(g())\n',
                                 'x,*y=%s\n', 'class x:\n  z=%s\n', 'x=f"{%s!r:>5}"\n', 'x+=%s\n', 'with x: %s\n', 'x[%s]=y\n', 'del x[%s]\n')) %
                     rnd.choice(('x', 'y', '[1,2]', '(x,y)', '{1:x}', '{x,2}', '"ab"', 'x+y', 'x*3', 'x[0]', 'x[y:2]', 'f(x)', 'lambda:x', 'x is y',
                                 'x in y', 'not x', '-x', 'x.y', '1.5', 'b"a"', 'x<y<3', 'x if y else z', '(a for a in (x,))', '*x,1', 'f(*x,**y)', 'None'))
                     for _ in range(rnd.randrange(1, 12)))
    code = compile(source, '<fuzz>', 'exec')
    with limited(rnd.randrange(2)):
        exec(code, {'__builtins__': {'list': list, 'Exception': Exception, '__build_class__': __build_class__, '__name__': 'm'},
                    'x': rnd.choice(([1], 'ab', 5, {1: 2}, None)), 'y': 2, 'z': 3})


@target
def json_text(rnd):
    import json
    data = mutated(rnd, rnd.choice(('[1, 2.5e3, -0, true, false, null, "a\\u00e9\\n\\ud83d\\ude00"]', '{"a": {"b": [[], {}]}, "c": "x"}', '[' * 50,
                                    'NaN', '[Infinity, -Infinity, 1E400, 12345678901234567890]')),
                   list('[]{}",:0123456789-+eE.\\/bnrtu ') + ['\\u12', 'true', 'NaN', '\x00', '\u20ac', '\U0001f600', '\ud800'])
    if rnd.randrange(4) == 0:
        data = data.encode(rnd.choice(('utf-8', 'utf-16', 'utf-32')), 'surrogatepass')
    value = json.loads(data, strict=bool(rnd.randrange(2)))
    assert repr(json.loads(json.dumps(value))) == repr(value) or '\\ud' in repr(value)     # halves may have met
    json.dumps(value, indent=rnd.choice((None, 0, 2, '\t')), ensure_ascii=bool(rnd.randrange(2)), sort_keys=bool(rnd.randrange(2)))


@target
def regular_expression(rnd):
    import re
    pieces = list('abc.^$*+?()[]{}|\\-,:=!<>0123456789# \n') + ['(?:', '(?P<n>', '(?P=n)', '(?=', '(?!', '(?<=', '(?<!', '(?#', '(?i)', '(?(1)a|b)', '\\b',
              '\\B', '\\d', '\\W', '\\Z', '\\1', '\\2', '[^a]', '[a-z]', '{2,3}', '{,2}?', '*?', '\u20ac', '\U0001f600', '(?i:', '(?-i:', '\\u0130', '\u017f']
    pattern = mutated(rnd, rnd.choice(('(a|b)*c', '(?P<n>\\w+)\\s(?=x)[^a-f]{2,5}?$', '(?:(a)|b)+?\\1', '^(?<=ab)c|d*', '(x(y(z)?)*)+')), pieces)
    subject = ''.join(rnd.choice('aabbcxyz \n1\u20ac\u017f\u0130K') for _ in range(rnd.randrange(25)))
    flags = rnd.choice((0, re.I, re.M, re.S, re.X, re.A, re.I | re.A, re.U))
    if rnd.randrange(3) == 0:
        pattern, subject = pattern.encode('utf-8', 'replace'), subject.encode('utf-8')
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        compiled = re.compile(pattern, flags)
    for match in compiled.finditer(subject):
        match.groups(), match.group(), match.span(), match.lastindex, match.lastgroup
    compiled.sub(subject[:0], subject), compiled.split(subject, 3), compiled.fullmatch(subject), compiled.search(subject, 3, 5)


@target
def regular_expression_code(rnd):
    """Code words that the compiler never made are refused."""
    import _sre
    import sre_compile
    import sre_parse
    parsed = sre_parse.parse(rnd.choice(('(a|b)*c', '[a-z]+?x', '(?=a)b{2,3}(c)\\1', '(?i)abc|abd')))
    code = list(sre_compile._code(parsed, 0))
    for _ in range(rnd.randrange(1, 4)):
        code[rnd.randrange(len(code))] = rnd.choice((rnd.randrange(50), rnd.randrange(2**32), 0))
    _sre.compile('x', 0, code[:rnd.choice((len(code), rnd.randrange(len(code) + 1)))], rnd.randrange(3), {}, (None,)).match('abcabcabc')


@target
def integers(rnd):
    piece = mutated(rnd, rnd.choice(('123456789', '0x1f', '-0b1_01', ' 12 ', '1' * 50, '0o17', '\u0663\u0664')), list('0123456789_abcxXoOz+- \u0663\n\x00'))
    base = rnd.choice((10, 0, 2, 16, 36, 1, 37, -1))
    value = int(piece, base)
    assert int(str(value)) == value and int(hex(value), 16) == value


@target
def floats(rnd):
    piece = mutated(rnd, rnd.choice(('1.5', '-1e300', 'inf', ' nan ', '0x1.8p3', '1_0.5', '9' * 400, '4.9e-324', '0.' + '0' * 300 + '1')),
                    list('0123456789.eE+-_xp infa\u0663\x00'))
    value = (float.fromhex if rnd.randrange(4) == 0 else rnd.choice((float, complex)))(piece)
    assert eval(repr(value), {'inf': float('inf'), 'nan': float('nan'), 'infj': complex(0, float('inf')), 'nanj': complex(0, float('nan'))}) == value or value != value


@target
def format_specs(rnd):
    spec = mutated(rnd, rnd.choice(('>10', '+.3f', '#x', '010,d', '_b', '%', '.5', 'e', 'n', '^5s', 'c')), list('<>=^+- #0123456789,._bcdeEfFgGnosxX%{}!rz\u20ac'))
    if not any(len(run) > 5 for run in ''.join(c if c.isdigit() else ' ' for c in spec).split()):
        value = number(rnd)
        if rnd.randrange(2):
            format(value, spec)
        else:
            ('%' + spec) % ((value,) if rnd.randrange(2) else {'a': value})


@target
def format_strings(rnd):
    piece = mutated(rnd, rnd.choice(('{0} {1!r:>{2}}', '{a.b[0]}', '{{}}', '{:{}}{}', '{0[a]}')), list('{}[]!:.0123456789abrs<>') + ['{0', '}}', '{{', '\u20ac'])
    if not any(len(run) > 5 for run in ''.join(c if c.isdigit() else ' ' for c in piece).split()):
        rnd.choice((piece.format, lambda *a, **k: piece.format_map(k)))(number(rnd), [1], 5, a='x')
        list(__import__('_string').formatter_parser(piece))


# ---- binary data in ----

@target
def marshalled(rnd):
    import marshal
    value = rnd.choice(([1, 2.5, 'a\u20ac', b'x', None, True, ..., 1j, 10**30, -5], {1: (2, 3)}, (frozenset((1,)), {4}), compile('def f(a, *b):\n return [a for c in b]', 'f', 'exec')))
    try:
        loaded = marshal.loads(mutated(rnd, marshal.dumps(value, rnd.choice((0, 1, 2, 3, 4)))))
    except SystemError:     # what CPython raises for code objects whose parts do not fit
        return
    if not hasattr(loaded, 'co_code'):
        repr(loaded)


@target
def code_objects(rnd):
    """Code that no compiler made: refused, or it runs into an exception."""
    def sample(a, b=1, *c, d=2, **e):
        try:
            for x in a:
                with b:
                    yield [y + d for y in c if y]
        finally:
            e['z'] = lambda: a
    code = rnd.choice((sample.__code__, (lambda x: x + 1).__code__, (lambda x: [x, *x]).__code__, number.__code__))
    raw = bytearray(code.co_code)
    for _ in range(rnd.randrange(1, 4)):
        raw[rnd.randrange(len(raw))] = rnd.choice((rnd.randrange(256), rnd.randrange(4)))
    hurt = None
    with contextlib.suppress(SystemError):
        hurt = code.replace(co_code=bytes(raw[:rnd.choice((len(raw), len(raw) & ~1, rnd.randrange(len(raw) + 1)))]),
                            co_stacksize=rnd.choice((code.co_stacksize, code.co_stacksize, 0, 1, 50)),
                            co_lnotab=rnd.choice((code.co_lnotab, bits(rnd))))
    if hurt is None or hurt.co_freevars:
        return
    import types
    with limited(), contextlib.suppress(SystemError):
        function = types.FunctionType(hurt, {'__builtins__': {'list': list}})
        result = function(*[rnd.choice(([1, 2], (3,), {'a': 1}, 'ab', 5)) for _ in range(hurt.co_argcount)])
        if rnd.randrange(2):
            list(result)


@target
def pickled(rnd):
    import io
    import pickle

    class Plain(pickle.Unpickler):
        def find_class(self, module, name):
            raise pickle.UnpicklingError('no classes')

        def persistent_load(self, pid):
            return pid
    value = rnd.choice(([1, 2.5, 'a\u20ac', b'x' * 300, None, True, 10**30, -5], {1: (2, 3), 'a': [[]]}, ({1, 2}, frozenset((3,)), bytearray(b'ab')), 'x' * 300))
    data = mutated(rnd, pickle.dumps(value, rnd.randrange(6)))
    if rnd.randrange(3) == 0:
        data = bytes(rnd.choice(b'()]}.NIJKMLGFSTUVXaubsetdqrhjgl012\x85\x86\x87\x88\x89\x8a\x8c\x8f\x90\x91\x94\x95\x00\x01') for _ in range(rnd.randrange(40))) + b'.'
    data = data.replace(b'\x8e', b'\x8c').replace(b'\x8d', b'\x8c')
    Plain(io.BytesIO(data)).load()


@target
def structs(rnd):
    import struct
    layout = rnd.choice('@=<>!') + ''.join(rnd.choice(('', '', '3', '0', '17')) + rnd.choice('xcbB?hHiIlLqQnNefdspPz ') for _ in range(rnd.randrange(8)))
    if rnd.randrange(10) == 0:
        layout = mutated(rnd, layout, list('0123456789xcbhiq@<> \x00\u20ac'))
    s = struct.Struct(layout)
    if s.size < 10**6:
        values = s.unpack(bits(rnd, s.size))
        s.pack(*[number(rnd) if rnd.randrange(3) == 0 else v for v in values])
        s.unpack_from(bits(rnd), rnd.randrange(-5, 20))
        s.pack_into(bytearray(30), rnd.randrange(-5, 20), *values)
        list(s.iter_unpack(bits(rnd)))


CODECS = '''ascii latin-1 utf-8 utf-8-sig utf-7 utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be unicode-escape raw-unicode-escape idna punycode
 cp437 cp1252 koi8-r charmap iso8859-15 mac-roman big5 gb2312 gbk gb18030 hz euc-jp shift_jis iso2022_jp euc-kr johab cp949'''.split()
HANDLERS = 'strict ignore replace backslashreplace surrogateescape surrogatepass xmlcharrefreplace namereplace fuzz none'.split()


@target
def codecs_(rnd):
    import codecs
    answer = rnd.choice((('?', 1), ('', 0), (b'x', 2), ('\ud800', -1), (5, 1), None, ('x' * 50, 10**9), ('a', 10**30)))

    def handler(error):
        if not isinstance(answer, tuple) or not isinstance(answer[1], int) or abs(answer[1]) > 100:
            return answer
        return answer[0], min(error.end + answer[1], len(error.object)) if answer[1] > 0 else error.end
    codecs.register_error('fuzz', handler)
    name, errors = rnd.choice(CODECS), rnd.choice(HANDLERS)
    try:
        codecs.lookup(name)
    except LookupError:
        return
    for attempt in (lambda: bits(rnd).decode(name, errors), lambda: mutated(rnd, text(rnd).encode('utf-16')).decode(name, errors),
                    lambda: text(rnd).encode(name, errors), lambda: mutated(rnd, b'a+AGE-\\u20ac\\N{DIGIT ONE}\xed\xa0\x80\xf0\x9f').decode(name, errors)):
        try:
            attempt()
        except (UnicodeError, TypeError, IndexError, LookupError, OverflowError):
            pass
    decoder = codecs.getincrementaldecoder(name)(errors)
    data = bits(rnd)
    for i in range(0, len(data), 3):
        decoder.decode(data[i:i + 3], i + 3 >= len(data))
        decoder.setstate(decoder.getstate())


@target
def csv_rows(rnd):
    import csv
    options = dict(delimiter=rnd.choice(',;\t x'), quotechar=rnd.choice(('"', "'", None)), escapechar=rnd.choice((None, '\\')), doublequote=rnd.randrange(2),
                   skipinitialspace=rnd.randrange(2), quoting=rnd.choice((0, 1, 2, 3)), strict=rnd.randrange(2))
    lines = mutated(rnd, 'a,b,"c ""d"" e",1.5\r\n\'x\',,\\"y\n', list(',;"\'\\\r\n\tab1.5\x00 \u20ac')).splitlines(True)
    for row in csv.reader(lines, **options):
        csv.writer(type('W', (), {'write': staticmethod(len)}), **options).writerow(row + [number(rnd)])


@target
def dates(rnd):
    import datetime
    piece = mutated(rnd, rnd.choice(('2020-02-29', '2020-02-29T12:30:59.123456+05:30', '12:30', '23:59:59.999-00:00:00.000001')), list('0123456789-:.+TZ \u0663\x00'))
    for kind in (datetime.date, datetime.datetime, datetime.time):
        try:
            value = kind.fromisoformat(piece)
        except ValueError:
            continue
        assert kind.fromisoformat(value.isoformat()) == value
    try:
        datetime.datetime.strptime(piece, mutated(rnd, '%Y-%m-%dT%H:%M:%S.%f%z', list('%YmdHMSfzjUWaAbBpcxXyZG-: ')))
    except (ValueError, TypeError):
        pass
    try:
        d = datetime.datetime.min + datetime.timedelta(rnd.randrange(-5, 4 * 10**6), rnd.randrange(10**6), number(rnd))
        d.strftime(mutated(rnd, '%Y %j %z', list('%YmdHMSfzjUWaAbBpcxXyZG \u20ac\x00'))), d.isocalendar(), d - datetime.datetime.max, d.timetuple(), d.timestamp()
    except (TypeError, ValueError, OverflowError):
        pass
    datetime.datetime(bits(rnd, 10)), datetime.time(bits(rnd, 6)), datetime.date(bits(rnd, 4))


@target
def views(rnd):
    base = rnd.choice((bytes, bytearray))(rnd.randrange(48))
    view = memoryview(base)
    for _ in range(rnd.randrange(1, 6)):
        step = rnd.randrange(6)
        if step == 0:
            view = view.cast(rnd.choice('bBhHiIlLqQnNfdc?xPz'), *rnd.choice(((), ([rnd.randrange(-1, 6), rnd.randrange(6)],), ([len(base)],))))
        elif step == 1:
            view = view[slice(*(rnd.choice((None, -3, -1, 0, 1, 2, 5, 100)) for _ in range(2)), rnd.choice((None, 1, 2, -1, -3)))]
        elif step == 2:
            view.tolist(), view.tobytes(rnd.choice('CFA')), view.hex(), view == base, repr(view), view.nbytes, view.strides
        elif step == 3:
            view[rnd.randrange(-5, 10)] = number(rnd)
        elif step == 4:
            view[rnd.randrange(4):rnd.randrange(8):rnd.choice((1, 2, -1))] = bits(rnd)
        else:
            view[rnd.randrange(-9, 9), rnd.randrange(-9, 9)], hash(view), bits(rnd) in view


@target
def byte_methods(rnd):
    methods(rnd, rnd.choice((bytes, bytearray))(bits(rnd)), lambda: rnd.choice((bits(rnd, rnd.randrange(4)), bytearray(bits(rnd, 3)), rnd.randrange(-3, 300), None, number(rnd),
                                                                                  'ascii', (b'a', b''), memoryview(bits(rnd)), slice(*(rnd.randrange(-9, 9) for _ in 'abc')))))


@target
def str_methods(rnd):
    methods(rnd, text(rnd), lambda: rnd.choice((text(rnd, 4), rnd.randrange(-3, 60), None, number(rnd), 'replace', ('a', ''), {97: 'x', 98: None, 0x20ac: 5})))


@target
def list_methods(rnd):
    value = rnd.choice(([1, 'a', 2.5], list(range(40)), bytearray(b'abc'), [[]], [None] * 5, __import__('collections').deque('abc', 5), {1: 2}, {1, 2}))

    class Odd:
        """Changes the container while it is used."""
        def __eq__(self, other):
            try:
                rnd.choice((value.clear, lambda: value.append(1), lambda: value.pop(), lambda: value.update({5: 6})))()
            except (AttributeError, IndexError, TypeError, KeyError):
                pass
            return rnd.choice((True, False, NotImplemented))
        __lt__ = __gt__ = __eq__
        __hash__ = lambda self: rnd.randrange(3)
        __index__ = lambda self: (self == 1, 2)[1]
        __len__ = __index__
        __iter__ = lambda self: (x for x in (1, self, self == 2))
    for _ in range(5):
        try:
            methods(rnd, value, lambda: rnd.choice((Odd(), number(rnd), [Odd()], slice(Odd(), None), rnd.randrange(-5, 5), {Odd(): 1})))
        except (TypeError, ValueError, IndexError, KeyError, RuntimeError, OverflowError, MemoryError, AttributeError):
            pass


def methods(rnd, value, argument):
    names = [n for n in dir(value) if n not in ('__init_subclass__', '__class__', '__dir__', '__reduce__', '__reduce_ex__')]
    name = rnd.choice(names)
    arguments = [argument() for _ in range(rnd.randrange(4))]
    if name in ('__mul__', '__imul__', '__rmul__', 'ljust', 'rjust', 'center', 'zfill', 'expandtabs', '__init__', '__new__') and \
            any(isinstance(a, (int, float)) and abs(a) > 10**6 for a in arguments):
        return
    getattr(value, name)(*arguments)


@target
def containers(rnd):
    """array, deque and OrderedDict with all their methods."""
    import array
    import collections
    value = rnd.choice((lambda: array.array(rnd.choice('bBuhHiIlLqQfd'), range(rnd.randrange(9))), lambda: collections.deque('abcdef', rnd.choice((None, 3))),
                        lambda: collections.OrderedDict(a=1, b=2), lambda: collections.Counter('aab'), lambda: range(rnd.randrange(9)), lambda: slice(1, 5, 2),
                        lambda: iter([1, 2]), lambda: iter({1: 2}), lambda: reversed('abc'), lambda: frozenset('ab'), lambda: (1, 2, 3)))()
    for _ in range(4):
        try:
            methods(rnd, value, lambda: rnd.choice((number(rnd), bits(rnd), [1, 2], 'a', slice(1, None, -1), value, rnd.randrange(-5, 9))))
        except (TypeError, ValueError, IndexError, KeyError, RuntimeError, OverflowError, MemoryError, AttributeError, StopIteration, BufferError, EOFError):
            pass


@target
def unicode_data(rnd):
    import unicodedata
    piece = ''.join(chr(rnd.choice((rnd.randrange(0x110000), rnd.randrange(0x300, 0x370), rnd.randrange(0x1100, 0x1200), 0xac00 + rnd.randrange(11172), 97, 0x345)))
                    for _ in range(rnd.randrange(40)))
    for form in ('NFC', 'NFD', 'NFKC', 'NFKD'):
        done = unicodedata.normalize(form, piece)
        assert unicodedata.normalize(form, done) == done and unicodedata.is_normalized(form, done)
    for c in piece[:5]:
        assert unicodedata.name(c, None) is None or unicodedata.lookup(unicodedata.name(c)) == c
    piece.casefold(), piece.upper().lower(), piece.title(), piece.isidentifier(), repr(piece), piece.swapcase(), piece.split(), piece.splitlines()
    unicodedata.lookup(mutated(rnd, 'LATIN SMALL LETTER A', list('ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789-\u20ac')))


@target
def compressed(rnd):
    import zlib
    data = mutated(rnd, zlib.compress(bits(rnd) * rnd.randrange(5), rnd.randrange(10)))
    d = zlib.decompressobj(rnd.choice((15, -15, 31, 47, 8)), *rnd.choice(((), (b'dictionary',))))
    while data and not d.eof:
        d.decompress(data[:7], rnd.choice((0, 1, 100)))
        data = d.unconsumed_tail + data[7:]
        d = d.copy() if rnd.randrange(5) == 0 else d
    d.flush(), zlib.crc32(data, rnd.getrandbits(32)), zlib.adler32(data)
    import binascii
    for name in 'a2b_base64 a2b_hex a2b_uu a2b_qp a2b_hqx rledecode_hqx b2a_qp b2a_uu b2a_base64'.split():
        try:
            getattr(binascii, name)(mutated(rnd, b'YWJj=41\n begin 6 abc==\x90'))
        except ValueError:
            pass


@target
def text_streams(rnd):
    import io
    data = mutated(rnd, 'a\u20ac\nb\r\nc\rd'.encode(rnd.choice(('utf-8', 'utf-16'))))
    stream = rnd.choice((lambda: io.TextIOWrapper(io.BytesIO(data), rnd.choice(('utf-8', 'utf-16', 'ascii', 'utf-8-sig')), rnd.choice(('strict', 'replace', 'surrogateescape')),
                                                   rnd.choice((None, '', '\n', '\r', '\r\n')), bool(rnd.randrange(2))),
                         lambda: io.StringIO(text(rnd), rnd.choice((None, '', '\n', '\r\n'))), lambda: io.BytesIO(data), lambda: io.BufferedRandom(io.BytesIO(data), rnd.randrange(1, 20)),
                         lambda: io.BufferedReader(io.BytesIO(data), rnd.randrange(1, 9)), lambda: io.BufferedWriter(io.BytesIO(), rnd.randrange(1, 9))))()
    if isinstance(stream, io.TextIOWrapper):
        stream._CHUNK_SIZE = rnd.randrange(1, 9)
    marks = [0]
    for _ in range(12):
        size = rnd.choice((-1, 0, 1, 2, 5, 100, None))
        try:
            rnd.choice((lambda: stream.read(size), lambda: stream.readline(size or -1), lambda: marks.append(stream.tell()), lambda: stream.seek(rnd.choice(marks)),
                        lambda: stream.write(rnd.choice((text(rnd), bits(rnd)))), lambda: stream.truncate(size), lambda: stream.flush(), lambda: next(stream), lambda: stream.peek(3),
                        lambda: stream.seek(rnd.randrange(2**66)), lambda: stream.readinto(bytearray(5)), lambda: stream.getvalue(), lambda: stream.detach(), lambda: stream.close(),
                        lambda: stream.seek(-rnd.randrange(9), rnd.randrange(4)), lambda: stream.reconfigure(errors='ignore', newline=rnd.choice((None, '\n'))),
                        lambda: stream.__setstate__(stream.__getstate__()), lambda: stream.read1(size), lambda: repr(stream)))()
        except (ValueError, TypeError, OSError, AttributeError, OverflowError, StopIteration, LookupError, MemoryError):
            pass


@target
def odd_arguments(rnd):
    """Functions of native modules called with anything."""
    modules = 'math cmath _operator itertools _functools _bisect _heapq _struct array time _string _collections _random binascii _json unicodedata _csv _codecs _weakref ' \
              '_datetime _statistics _sha1 _md5 _abc zlib errno gc _contextvars audioop'.split()
    module = rnd.choice(modules)
    if module not in ODD:
        try:
            m = __import__(module)
        except ImportError:
            ODD[module] = []
            return
        ODD[module] = [getattr(m, n) for n in dir(m) if n not in ('sleep', 'repeat', 'tee', 'cycle', 'count', 'settime', 'clock_settime', 'tzset', 'freeze', 'set_debug', 'disable',
                                                                  'register', 'register_error', 'perm', 'comb', 'factorial', 'product', 'permutations', 'set_threshold',
                                                                  'combinations_with_replacement', 'combinations', 'get_objects', 'get_referrers', 'get_referents') and not n.startswith('__')]
    if ODD[module]:
        function = rnd.choice(ODD[module])
        values = [rnd.choice((number, bits, text))(rnd) if rnd.randrange(3) else rnd.choice(([], (), {}, [1, 2], 'ab', len, int, object(), iter('ab'), lambda *a: a, slice(1), 3))
                  for _ in range(rnd.randrange(5))]
        if getattr(function, '__name__', '') in ('ldexp', 'mul', 'imul', 'concat', 'lshift', 'ilshift', 'pow', 'ipow') and any(isinstance(v, int) and v > 1000 for v in values):
            return
        result = function(*values)
        repr(result)
        if hasattr(result, '__next__'):
            for _, item in zip(range(5), result):
                pass


ODD = {}


# ---- running attempts ----

def attempt(name, seed):
    try:
        TARGETS[name](random.Random('%s %d' % (name, seed)))
    except (SystemError, AssertionError):
        raise
    except Exception:
        pass


def child(name, seed, seconds, note):
    sys.setrecursionlimit(200)
    sys.unraisablehook = lambda *args: None
    warnings.simplefilter('ignore')
    until = time.monotonic() + seconds
    done = 0
    while time.monotonic() < until:
        os.pwrite(note, b'%-20d' % seed, 0)
        attempt(name, seed)
        seed += 1
        done += 1
    os.pwrite(note, b'done %-15d' % done, 0)


def fuzz(name, seconds, seed):
    findings, done, until = 0, 0, time.monotonic() + seconds
    with tempfile.TemporaryFile() as note, tempfile.TemporaryFile() as err:
        while time.monotonic() < until and findings < 10:
            begun = seed
            command = [sys.executable, os.path.abspath(__file__), '--child', name, str(seed), str(until - time.monotonic()), str(note.fileno())]
            process = subprocess.Popen(command, pass_fds=[note.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=err)
            try:
                status = process.wait(max(0, until - time.monotonic()) + HANG)
            except subprocess.TimeoutExpired:
                process.kill()
                status = process.wait() and 'hang'
            last = os.pread(note.fileno(), 20, 0).decode()
            if status == 0 and last.startswith('done'):
                done += int(last.split()[1])
                break
            seed = int(last.split()[-1])
            done += seed - begun
            err.seek(0)
            print('FOUND %s %d: %s\n%s' % (name, seed, status, err.read().decode('utf-8', 'replace')[:4000]), flush=True)
            err.seek(0)
            err.truncate()
            findings += 1
            seed += 1
    print('%-24s %8d attempts, %d findings' % (name, done, findings), flush=True)
    return findings


def main(arguments):
    if arguments[:1] == ['--child']:
        child(arguments[1], int(arguments[2]), float(arguments[3]), int(arguments[4]))
        return 0
    if arguments[:1] == ['--one']:
        TARGETS[arguments[1]](random.Random('%s %s' % (arguments[1], arguments[2])))
        return 0
    seconds, seed = 10.0, int(time.time()) * 1000
    if arguments[:1] == ['--seconds']:
        seconds = float(arguments[1])
        del arguments[:2]
    return sum(fuzz(name, seconds, seed) for name in arguments or TARGETS) != 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
