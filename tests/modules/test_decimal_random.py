# SPDX-License-Identifier: MIT
"""_decimal against _pydecimal: the same random operations, in the same contexts, give the same text and the same flags.

The numbers come from a fixed seed. Powers are left out where the native module may round otherwise (directed roundings of inexact
powers); they have a test of their own. `python test_decimal_random.py 100000` runs that many operations a group.
"""

import importlib.util
import random
import sys
import unittest

import _pydecimal
try:
    import _decimal
except ImportError:
    _decimal = None
# CPython's Python module is not everywhere of one mind with its native one (which clamps the zero of divide_int).
OURS = importlib.util.find_spec('_pydecimal_format') is not None

AMOUNT = 1500
ROUNDINGS = ('ROUND_UP', 'ROUND_DOWN', 'ROUND_CEILING', 'ROUND_FLOOR', 'ROUND_HALF_UP', 'ROUND_HALF_DOWN', 'ROUND_HALF_EVEN',
             'ROUND_05UP')
SPECIAL = ('NaN', 'sNaN', 'Infinity', '-Infinity', '-NaN123', 'sNaN45', 'NaN' + '9' * 40)
PLAIN = ('0', '-0', '0E+5', '-0E-7', '1', '-1', '10', '0.1', '1E-5', '1.000', '5', '2', '0.5', '100')
FORMATS = ('', '.2f', 'e', '.3e', '.5g', '%', '.1%', '+', '010', '<20', '^20.3f', '=+20', '*^15', ',', '020,.2f', '.0f', '.50f')


class Source:
    """Random operands and contexts."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def number(self):
        r = self.random
        kind = r.random()
        if kind < 0.03:
            return r.choice(SPECIAL)
        if kind < 0.1:
            return r.choice(PLAIN)
        size = r.randint(1, r.choice((1, 3, 9, 18, 19, 28, 36, 37, 55, 80, 200)))
        kind = r.random()
        if kind < 0.5:
            digits = ''.join(r.choices('0123456789', k=size))
        elif kind < 0.65:
            digits = '9' * size
        elif kind < 0.8:
            digits = r.choice('123456789') + '0' * (size - 1)
        elif kind < 0.9:
            digits = ''.join(r.choices('01', k=size))
        else:
            digits = r.choice('0123456789') * (size - 1) + r.choice('05')
        exponent = r.choice((0, 0, -size, 1 - size, -size // 2, r.randint(-5, 5), r.randint(-60, 60), r.randint(-450, 450)))
        return '%s%sE%d' % (r.choice(('', '-', '')), digits, exponent)

    def limits(self):
        r = self.random
        wide = r.random() < 0.5
        return dict(prec=r.choice((1, 2, 3, 9, 16, 18, 19, 28, 36, 37, 50)), rounding=r.choice(ROUNDINGS),
                    Emax=999999 if wide else r.choice((0, 5, 99, 400)), Emin=-999999 if wide else -r.choice((0, 5, 99, 400)),
                    capitals=r.randint(0, 1), clamp=0 if wide else r.randint(0, 1))


def outcome(module, limits, call, operands):
    """What an operation gives in one of the modules: text of the result or the exception, and the flags."""
    context = module.Context(traps=[], **limits)
    saved = module.getcontext()
    module.setcontext(context)
    try:
        result = call(context, *map(module.Decimal, operands))
        text = str(result) if isinstance(result, module.Decimal) else repr(result)
    except Exception as error:
        text = type(error).__name__
    finally:
        module.setcontext(saved)
    return text, sorted(signal.__name__ for signal, raised in context.flags.items() if raised)


@unittest.skipUnless(_decimal and OURS, 'there is no native module, or the Python one is not ours')
class Random(unittest.TestCase):

    def same(self, seed, calls, operands, amount=None):
        source = Source(seed)
        for _ in range(amount or AMOUNT):
            name, call = source.random.choice(calls)
            limits = source.limits()
            values = [source.number() for _ in range(operands)]
            native = outcome(_decimal, limits, call, values)
            pure = outcome(_pydecimal, limits, call, values)
            self.assertEqual(native, pure, (name, limits, values))

    def by_name(self, *names):
        return [(name, lambda context, *values, name=name: getattr(context, name)(*values)) for name in names]

    def test_one_operand(self):
        self.same(1, self.by_name('abs', 'minus', 'plus', 'normalize', 'to_integral', 'to_integral_exact', 'logb', 'next_minus',
                                  'next_plus', 'number_class', 'logical_invert', 'to_sci_string', 'to_eng_string', 'sqrt'), 1)

    def test_two_operands(self):
        self.same(2, self.by_name('add', 'subtract', 'multiply', 'divide', 'divide_int', 'remainder', 'remainder_near', 'quantize'), 2)

    def test_ordering(self):
        self.same(3, self.by_name('compare', 'compare_signal', 'compare_total', 'compare_total_mag', 'max', 'min', 'max_mag',
                                  'min_mag', 'same_quantum', 'copy_sign', 'next_toward'), 2)

    def test_digits(self):
        self.same(4, self.by_name('logical_and', 'logical_or', 'logical_xor', 'scaleb', 'shift', 'rotate'), 2)

    def test_fma(self):
        self.same(5, self.by_name('fma'), 3)

    def test_transcendental(self):
        calls = [(name, lambda context, a, name=name: '' if abs(a.adjusted()) > 20 else getattr(context, name)(a))
                 for name in ('exp', 'ln', 'log10')]
        source = Source(6)
        for _ in range(AMOUNT // 3):
            name, call = source.random.choice(calls)
            limits = dict(prec=source.random.choice((1, 5, 16, 28, 60)))
            values = [source.number()]
            self.assertEqual(outcome(_decimal, limits, call, values), outcome(_pydecimal, limits, call, values), (name, values))

    def test_integer_power(self):
        source = Source(7)
        for _ in range(AMOUNT // 3):
            limits = dict(prec=source.random.choice((1, 9, 28, 50)))
            values = [source.number(), str(source.random.randint(-40, 90))]
            self.assertEqual(outcome(_decimal, limits, lambda c, a, b: a ** b, values),
                             outcome(_pydecimal, limits, lambda c, a, b: a ** b, values), (limits, values))

    def test_python_side(self):
        self.same(8, [('hash', lambda c, a: hash(a)), ('float', lambda c, a: float(a)), ('int', lambda c, a: int(a)),
                      ('tuple', lambda c, a: tuple(a.as_tuple())), ('round', lambda c, a: round(a, 3)),
                      ('ratio', lambda c, a: a.as_integer_ratio())], 1)
        self.same(9, [('order', lambda c, a, b: (a < b, a == b, a >= b))], 2)

    def test_formats(self):
        source = Source(10)
        for _ in range(AMOUNT):
            spec = source.random.choice(FORMATS)
            limits = source.limits()
            values = [source.number()]
            self.assertEqual(outcome(_decimal, limits, lambda c, a: format(a, spec), values),
                             outcome(_pydecimal, limits, lambda c, a: format(a, spec), values), (spec, limits, values))


@unittest.skipUnless(_decimal, 'there is no native module')
class Long(unittest.TestCase):
    """Numbers of many digits, checked by integers."""

    def setUp(self):
        self.context = _decimal.Context(prec=100000, traps=[_decimal.InvalidOperation])

    def test_products(self):
        source = random.Random(11)
        for size in (10, 300, 700, 721, 3000, 20000):
            a, b = source.getrandbits(size * 3), source.getrandbits(size * 2) * 10 ** 50
            self.assertEqual(int(self.context.multiply(a, b)), a * b)
            self.assertEqual(int(self.context.multiply(a, a)), a * a)

    def test_quotients(self):
        source = random.Random(12)
        for size in (100, 300, 2000, 20000):
            a, b = source.getrandbits(size * 3), source.getrandbits(size) + 1
            q, r = self.context.divmod(a, b)
            self.assertEqual((int(q), int(r)), divmod(a, b))

    def test_nines(self):
        nines = 10 ** 5000 - 1
        self.assertEqual(int(self.context.multiply(nines, nines)), nines * nines)
        self.assertEqual(int(self.context.add(nines, 1)), nines + 1)

    def test_memory(self):
        huge = _decimal.Context(prec=_decimal.MAX_PREC, Emax=_decimal.MAX_EMAX, Emin=_decimal.MIN_EMIN)
        for operation, operands in ((huge.divide, (1, 3)), (huge.sqrt, (2,)), (huge.exp, (1,)), (huge.ln, (2,)), (huge.log10, (2,))):
            self.assertRaises(MemoryError, operation, *operands)
        self.assertEqual(huge.power(4, 2), 16)
        self.assertRaises(MemoryError, int, _decimal.Decimal('1e999999999999999999'))


if __name__ == '__main__':
    if len(sys.argv) > 1 and sys.argv[1].isdigit():
        AMOUNT = int(sys.argv.pop(1))
    unittest.main()
