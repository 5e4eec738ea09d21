# SPDX-License-Identifier: MIT
"""Decimal arithmetic in Python: what `decimal` offers where the native module is missing.

A Decimal is a sign (0 or 1), a coefficient and an exponent, all Python integers; special values have 'F' (infinity), 'n' (NaN) or
'N' (signaling NaN) for an exponent, NaNs their payload for a coefficient. Each operation is one function of its operands and a
context; it finds the exact result, or enough digits of it that the last tells that more would follow, and leaves the rest to
_finish, which fits a result to a context. The methods of Decimal and Context are made from these functions.
"""

import math
import numbers
import re
import sys
from collections import namedtuple

import _pydecimal_context
from _pydecimal_context import *
from _pydecimal_context import (
    Clamped, Context, ConversionSyntax, DecimalException, DivisionByZero, DivisionImpossible, DivisionUndefined,
    FloatOperation, Inexact, InvalidContext, InvalidOperation, Overflow, Rounded, Subnormal, Underflow, _ContextManager,
    _signals, check_rounding, getcontext, localcontext, setcontext)
from _pydecimal_examples import EXAMPLES
from _pydecimal_math import (
    ROUND_05UP, ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP,
    count_digits, doubtful, drop_digits, exact_power, exp_digits, from_digits, ln_digits, power10, strip_zeros, to_digits)

__all__ = [
    'Decimal', 'Context', 'DecimalTuple', 'DefaultContext', 'BasicContext', 'ExtendedContext',
    'DecimalException', 'Clamped', 'InvalidOperation', 'DivisionByZero', 'Inexact', 'Rounded', 'Subnormal', 'Overflow',
    'Underflow', 'FloatOperation', 'DivisionImpossible', 'InvalidContext', 'ConversionSyntax', 'DivisionUndefined',
    'ROUND_DOWN', 'ROUND_HALF_UP', 'ROUND_HALF_EVEN', 'ROUND_CEILING', 'ROUND_FLOOR', 'ROUND_UP', 'ROUND_HALF_DOWN',
    'ROUND_05UP', 'setcontext', 'getcontext', 'localcontext', 'MAX_PREC', 'MAX_EMAX', 'MIN_EMIN', 'MIN_ETINY',
    'HAVE_THREADS', 'HAVE_CONTEXTVAR']

__version__ = '1.70'
__libmpdec_version__ = '2.4.2'

HAVE_THREADS = True
HAVE_CONTEXTVAR = True

DecimalTuple = namedtuple('DecimalTuple', 'sign digits exponent', module='decimal')

_LITERAL = re.compile(r'([-+])?(?:(?=\d|\.\d)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?'
                      r'|([iI][nN][fF](?:[iI][nN][iI][tT][yY])?)|([sS]?)[nN][aA][nN](\d*))')
_HASH_MODULUS = sys.hash_info.modulus
_HASH_TENTH = pow(10, _HASH_MODULUS - 2, _HASH_MODULUS)
_alloc = object.__new__
_present = _pydecimal_context._current.get


# -- making and fitting numbers -----------------------------------------------------------------------------------------

def _new(sign, n, exp):
    """A finite number."""
    self = _alloc(Decimal)
    self._sign = sign
    self._int = n
    self._exp = exp
    self._is_special = False
    return self


def _special(sign, kind, payload=0):
    """An infinity or a NaN."""
    self = _alloc(Decimal)
    self._sign = sign
    self._int = payload
    self._exp = kind
    self._is_special = True
    return self


def _same(a, sign=None):
    """A plain Decimal of the same value, perhaps with another sign."""
    twin = _new(a._sign if sign is None else sign, a._int, a._exp)
    twin._is_special = a._is_special
    return twin


def _finish(sign, n, exp, ctx, rounding=None, lost=()):
    """The number (-1)**sign * n * 10**exp rounded and limited by the context, signals raised; `lost` are more conditions."""
    if n.bit_length() <= ctx._bits and ctx.Emin <= exp <= ctx._top and not lost:
        self = _alloc(Decimal)
        self._sign = sign
        self._int = n
        self._exp = exp
        self._is_special = False
        return self
    return _fit(sign, n, exp, ctx, rounding or ctx.rounding, lost)


def _fit(sign, n, exp, ctx, rounding, lost):
    prec, least, most = ctx.prec, ctx.Emin - ctx.prec + 1, ctx.Emax - ctx.prec + 1
    if not n:
        limited = min(max(exp, least), most if ctx.clamp else ctx.Emax)
        if limited != exp:
            lost = (*lost, Clamped)
        if lost:
            ctx._signal(lost)
        return _new(sign, 0, limited)
    signals = list(lost)
    size = count_digits(n)
    if exp + size - 1 > ctx.Emax:
        return _overflow(sign, ctx, rounding)
    tiny = exp + size - 1 < ctx.Emin
    target = max(exp + size - prec, least)
    if tiny:
        signals.append(Subnormal)
    if target > exp:
        n, inexact = drop_digits(sign, n, target - exp, rounding)
        exp = target
        signals.append(Rounded)
        if inexact:
            signals.append(Inexact)
            if tiny:
                signals.append(Underflow)
            if not n:
                signals.append(Clamped)
        if n.bit_length() > ctx._bits and n == power10(prec):
            n //= 10
            exp += 1
            if exp > most:
                return _overflow(sign, ctx, rounding)
    if ctx.clamp and exp > most:
        n *= power10(exp - most)
        exp = most
        signals.append(Clamped)
    if signals:
        ctx._signal(signals)
    return _new(sign, n, exp)


def _overflow(sign, ctx, rounding):
    ctx._signal((Overflow, Inexact, Rounded))
    if rounding in (ROUND_DOWN, ROUND_05UP) or rounding == (ROUND_CEILING if sign else ROUND_FLOOR):
        return _largest(sign, ctx)
    return _special(sign, 'F')


def _largest(sign, ctx):
    return _new(sign, power10(ctx.prec) - 1, ctx.Emax - ctx.prec + 1)


def _fix(a, ctx):
    """A Decimal of any kind fitted to the context."""
    if not a._is_special:
        return _finish(a._sign, a._int, a._exp, ctx)
    if a._exp == 'F':
        return _special(a._sign, 'F')
    payload = a._int
    room = ctx.prec - ctx.clamp
    if payload.bit_length() > room * 3:
        payload %= power10(room)
    return _special(a._sign, a._exp, payload)


def _bad(ctx, condition=InvalidOperation):
    """Signal an invalid operation; its result is NaN."""
    ctx._signal((condition,))
    return _special(0, 'n')


def _nan_of(ctx, *operands):
    """The NaN that comes of these operands, or None when none of them is a NaN."""
    quiet = None
    for a in operands:
        if a._exp == 'N':
            ctx._signal((InvalidOperation,))
            return _fix(_special(a._sign, 'n', a._int), ctx)
        if a._exp == 'n' and quiet is None:
            quiet = a
    return None if quiet is None else _fix(quiet, ctx)


def _adjusted(a):
    return a._exp + count_digits(a._int) - 1


def _context(ctx):
    if ctx is None:
        return getcontext()
    if not isinstance(ctx, Context):
        raise TypeError('optional argument must be a context')
    return ctx


def _operand(value):
    """An operand as a Decimal: integers are taken, nothing else."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return _new(int(value < 0), abs(int(value)), 0)
    raise TypeError('conversion from %s to Decimal is not supported' % type(value).__name__)


def _try_operand(value):
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return _new(int(value < 0), abs(int(value)), 0)
    return NotImplemented


def _convert_other(other, raiseit=False, allow_float=False):
    """An operand as a Decimal, or NotImplemented (raiseit: TypeError)."""
    if allow_float and isinstance(other, float):
        return Decimal.from_float(other)
    return _operand(other) if raiseit else _try_operand(other)


# -- the operations -----------------------------------------------------------------------------------------------------

def _plus(a, ctx):
    if a._is_special:
        return _nan_of(ctx, a) or _same(a)
    sign = a._sign if a._int or ctx.rounding == ROUND_FLOOR else 0
    return _finish(sign, a._int, a._exp, ctx)


def _minus(a, ctx):
    if a._is_special:
        return _nan_of(ctx, a) or _same(a, 1 - a._sign)
    sign = 1 - a._sign if a._int or ctx.rounding == ROUND_FLOOR else 0
    return _finish(sign, a._int, a._exp, ctx)


def _abs(a, ctx):
    if a._is_special:
        return _nan_of(ctx, a) or _same(a, 0)
    return _finish(0, a._int, a._exp, ctx)


def _add(a, b, ctx, flip=0):
    if a._is_special or b._is_special:
        return _add_special(a, b, ctx, flip)
    exp, n, m = a._exp, a._int, b._int
    if a._sign:
        n = -n
    if b._sign != flip:
        m = -m
    if exp != b._exp:
        n, m, exp = _align(n, exp, m, b._exp, ctx)
    n += m
    if n > 0:
        return _finish(0, n, exp, ctx)
    if n:
        return _finish(1, -n, exp, ctx)
    other = b._sign ^ flip
    return _finish(a._sign if a._sign == other else int(ctx.rounding == ROUND_FLOOR), 0, exp, ctx)


def _align(n, e, m, f, ctx):
    """Two signed summands brought to one exponent; one that is too small to matter is made a trace behind the other."""
    gap = e - f
    if -60 < gap < 60:
        return (n * power10(gap), m, f) if gap > 0 else (n, m * power10(-gap), e)
    if not n or not m:                         # the ideal exponent, as far as the precision reaches
        value, have, wish = (m, f, e) if m else (n, e, f)
        if not value:
            return 0, 0, min(e, f)
        if wish < have:
            wish = max(wish, have + count_digits(abs(value)) - ctx.prec - 1)
            if wish < have:
                value *= power10(have - wish)
                have = wish
        return value, 0, have
    swap = e + count_digits(abs(n)) < f + count_digits(abs(m))
    if swap:
        n, e, m, f = m, f, n, e
    floor = min(e, e + count_digits(abs(n)) - ctx.prec - 2) - 2
    if f + count_digits(abs(m)) <= floor:
        m, f = (1 if m > 0 else -1), floor
    low = min(e, f)
    return n * power10(e - low), m * power10(f - low), low


def _add_special(a, b, ctx, flip):
    nan = _nan_of(ctx, a, b)
    if nan is not None:
        return nan
    if a._exp == 'F':
        if b._exp == 'F' and a._sign == b._sign ^ flip ^ 1:
            return _bad(ctx)
        return _same(a)
    return _same(b, b._sign ^ flip)


def _subtract(a, b, ctx):
    return _add(a, b, ctx, 1)


def _multiply(a, b, ctx):
    sign = a._sign ^ b._sign
    if a._is_special or b._is_special:
        nan = _nan_of(ctx, a, b)
        if nan is not None:
            return nan
        if not (a._int or a._is_special) or not (b._int or b._is_special):
            return _bad(ctx)
        return _special(sign, 'F')
    return _finish(sign, a._int * b._int, a._exp + b._exp, ctx)


def _fma(a, b, c, ctx):
    if a._is_special or b._is_special or c._is_special:
        if a.is_nan() or b.is_nan():
            return _nan_of(ctx, a, b, c)
        if a._is_special or b._is_special:
            if not (a._int or a._is_special) or not (b._int or b._is_special):
                return _bad(ctx)
            product = _special(a._sign ^ b._sign, 'F')
        else:
            product = _new(0, 0, 0)
    else:
        product = _new(a._sign ^ b._sign, a._int * b._int, a._exp + b._exp)
    return _add(product, c, ctx)


def _divide_special(a, b, ctx, integer=False):
    """Quotients of which an operand is no finite number; None when both are."""
    nan = _nan_of(ctx, a, b)
    if nan is not None:
        return nan
    sign = a._sign ^ b._sign
    if a._exp == 'F':
        return _bad(ctx) if b._exp == 'F' else _special(sign, 'F')
    if integer:
        return _new(sign, 0, 0)
    tiny = ctx.Emin - ctx.prec + 1
    ctx._signal((Clamped,))
    return _new(sign, 0, tiny)


def _divide(a, b, ctx):
    if a._is_special or b._is_special:
        return _divide_special(a, b, ctx)
    sign = a._sign ^ b._sign
    n, m = a._int, b._int
    if not m:
        if not n:
            return _bad(ctx, DivisionUndefined)
        ctx._signal((DivisionByZero,))
        return _special(sign, 'F')
    ideal = a._exp - b._exp
    if not n:
        return _finish(sign, 0, ideal, ctx)
    shift = ctx.prec + 3 + int((m.bit_length() - n.bit_length()) * 0.30103)
    if shift < 0:
        shift = 0
    quotient, rest = divmod(n * power10(shift), m)
    if rest:
        if quotient % 5 == 0:                  # the last digit tells that more would follow
            quotient += 1
    elif shift:
        quotient, zeros = strip_zeros(quotient, shift)
        shift -= zeros
    return _finish(sign, quotient, ideal - shift, ctx)


def _divide_whole(a, b, ctx):
    """Truncated quotient and remainder of finite numbers, b not zero, as (quotient, remainder, its exponent); or None when
    the quotient has too many digits."""
    low = min(a._exp, b._exp)
    if not a._int:
        return 0, 0, low
    gap = _adjusted(a) - _adjusted(b)
    if gap < 0:
        return 0, a._int * power10(a._exp - low), low
    if gap > ctx.prec:
        return None
    quotient, rest = divmod(a._int * power10(a._exp - low), b._int * power10(b._exp - low))
    return (quotient, rest, low) if count_digits(quotient) <= ctx.prec else None


def _divide_int(a, b, ctx):
    if a._is_special or b._is_special:
        return _divide_special(a, b, ctx, True)
    sign = a._sign ^ b._sign
    if not b._int:
        if not a._int:
            return _bad(ctx, DivisionUndefined)
        ctx._signal((DivisionByZero,))
        return _special(sign, 'F')
    parts = _divide_whole(a, b, ctx)
    if parts is None:
        return _bad(ctx, DivisionImpossible)
    return _finish(sign, parts[0], 0, ctx)


def _remainder(a, b, ctx):
    if a._is_special or b._is_special:
        nan = _nan_of(ctx, a, b)
        if nan is not None:
            return nan
        return _bad(ctx) if a._exp == 'F' else _fix(a, ctx)
    if not b._int:
        return _bad(ctx, InvalidOperation if a._int else DivisionUndefined)
    parts = _divide_whole(a, b, ctx)
    if parts is None:
        return _bad(ctx, DivisionImpossible)
    return _finish(a._sign, parts[1], parts[2], ctx)


def _divmod(a, b, ctx):
    if a._is_special or b._is_special:
        nan = _nan_of(ctx, a, b)
        if nan is not None:
            return nan, nan
        if a._exp == 'F':
            if b._exp == 'F':
                nan = _bad(ctx)
                return nan, nan
            return _special(a._sign ^ b._sign, 'F'), _bad(ctx)
        return _new(a._sign ^ b._sign, 0, 0), _fix(a, ctx)
    if not b._int:
        if not a._int:
            nan = _bad(ctx, DivisionUndefined)
            return nan, nan
        ctx._signal((InvalidOperation, DivisionByZero))
        return _special(a._sign ^ b._sign, 'F'), _special(0, 'n')
    parts = _divide_whole(a, b, ctx)
    if parts is None:
        nan = _bad(ctx, DivisionImpossible)
        return nan, nan
    return _finish(a._sign ^ b._sign, parts[0], 0, ctx), _finish(a._sign, parts[1], parts[2], ctx)


def _remainder_near(a, b, ctx):
    if a._is_special or b._is_special:
        nan = _nan_of(ctx, a, b)
        if nan is not None:
            return nan
        return _bad(ctx) if a._exp == 'F' else _fix(a, ctx)
    if not b._int:
        return _bad(ctx, InvalidOperation if a._int else DivisionUndefined)
    low = min(a._exp, b._exp)
    if not a._int:
        return _finish(a._sign, 0, low, ctx)
    gap = _adjusted(a) - _adjusted(b)
    if gap > ctx.prec:
        return _bad(ctx, DivisionImpossible)
    if gap < -1:
        return _finish(a._sign, a._int * power10(a._exp - low), low, ctx)
    divisor = b._int * power10(b._exp - low)
    quotient, rest = divmod(a._int * power10(a._exp - low), divisor)
    sign = a._sign
    if 2 * rest > divisor or 2 * rest == divisor and quotient & 1:
        quotient += 1
        rest = divisor - rest
        sign ^= 1
    if count_digits(quotient) > ctx.prec:
        return _bad(ctx, DivisionImpossible)
    return _finish(sign, rest, low, ctx)


def _sqrt(a, ctx):
    if a._is_special:
        nan = _nan_of(ctx, a)
        if nan is not None:
            return nan
        return _bad(ctx) if a._sign else _same(a)
    ideal = a._exp >> 1
    if not a._int:
        return _finish(a._sign, 0, ideal, ctx)
    if a._sign:
        return _bad(ctx)
    n = a._int * 10 if a._exp & 1 else a._int
    shift = max(0, ctx.prec + 2 - (count_digits(n) + 1) // 2)
    n *= power10(2 * shift)
    root = math.isqrt(n)
    if root * root != n:
        if root % 5 == 0:
            root += 1
    else:
        root, zeros = strip_zeros(root, shift)
        shift -= zeros
    return _finish(0, root, ideal - shift, ctx, ROUND_HALF_EVEN)


def _converging(function, ctx, *args):
    """Call function(*args, digits) for more and more digits until rounding the result is beyond doubt."""
    digits = ctx.prec + 4
    while True:
        n, exp = function(*args, digits)
        if not doubtful(abs(n), ctx.prec):
            return n, exp
        digits += digits // 2 + 8


def _exp(a, ctx):
    if a._is_special:
        nan = _nan_of(ctx, a)
        if nan is not None:
            return nan
        return _new(0, 0, 0) if a._sign else _same(a)
    if not a._int:
        return _new(0, 1, 0)
    n, exp = _exp_of(-a._int if a._sign else a._int, a._exp, ctx)
    return _finish(0, n, exp, ctx, ROUND_HALF_EVEN)


def _exp_of(c, e, ctx):
    """e to the power c * 10**e, c not zero, as digits that round correctly in the context."""
    size = count_digits(abs(c)) + e - 1
    if size > len(str(max(ctx.Emax, -ctx.Emin + ctx.prec))) + 1:
        return (1, ctx.Emax + 1) if c > 0 else (1, ctx.Emin - ctx.prec - 3)
    if size < -ctx.prec - 3:                   # hardly more or less than one
        places = ctx.prec + 2
        return power10(places) + (1 if c > 0 else -1), -places
    return _converging(exp_digits, ctx, c, e)


def _ln(a, ctx, base10=False):
    if a._is_special:
        nan = _nan_of(ctx, a)
        if nan is not None:
            return nan
        return _bad(ctx) if a._sign else _same(a)
    if not a._int:
        return _special(1, 'F')
    if a._sign:
        return _bad(ctx)
    c, zeros = strip_zeros(a._int)
    e = a._exp + zeros
    if c == 1 and (base10 or not e):
        return _finish(int(e < 0), abs(e), 0, ctx, ROUND_HALF_EVEN)
    n, exp = _converging(lambda digits: ln_digits(c, e, digits, base10), ctx)
    return _finish(int(n < 0), abs(n), exp, ctx, ROUND_HALF_EVEN)


def _log10(a, ctx):
    return _ln(a, ctx, True)


def _logb(a, ctx):
    if a._is_special:
        return _nan_of(ctx, a) or _special(0, 'F')
    if not a._int:
        ctx._signal((DivisionByZero,))
        return _special(1, 'F')
    exp = _adjusted(a)
    return _finish(int(exp < 0), abs(exp), 0, ctx)


# -- powers -------------------------------------------------------------------------------------------------------------

def _is_integer(a):
    """Whether a number is finite and whole."""
    if a._is_special:
        return False
    return a._exp >= 0 or not a._int or (count_digits(a._int) + a._exp > 0 and not a._int % power10(-a._exp))


def _is_odd(a):
    """Whether a whole number is odd."""
    if a._exp > 0 or not a._int:
        return False
    return bool(a._int // power10(-a._exp) & 1)


def _power(a, b, ctx, modulo=None):
    if modulo is not None:
        return _power_modulo(a, b, modulo, ctx)
    nan = _nan_of(ctx, a, b) if a._is_special or b._is_special else None
    if nan is not None:
        return nan
    if not b._is_special and not b._int:
        return _new(0, 1, 0) if a._is_special or a._int else _bad(ctx)
    whole = _is_integer(b)
    sign = int(a._sign and whole and _is_odd(b))
    if a._sign and not whole and (a._int or a._is_special):
        return _bad(ctx)
    if a._is_special or not a._int:
        grows = a._is_special != bool(b._sign)
        return _special(sign, 'F') if grows else _new(sign, 0, 0)
    c, zeros = strip_zeros(a._int)
    e = a._exp + zeros
    if b._is_special:
        if c == 1 and not e:
            return _padded_one(ctx)
        grows = (_adjusted(a) >= 0) != bool(b._sign)
        return _special(sign, 'F') if grows else _new(sign, 0, 0)
    return _power_finite(a, c, e, b, sign, whole, ctx)


def _padded_one(ctx, sign=0):
    ctx._signal((Inexact, Rounded))
    return _new(sign, power10(ctx.prec - 1), 1 - ctx.prec)


def _power_finite(a, c, e, b, sign, whole, ctx):
    """c * 10**e (no trailing zeros, a without its sign) to the finite power b, not zero."""
    exact = _power_exact(c, e, b, ctx)
    if exact is not None:
        n, exp = exact
        size = count_digits(n)
        if not whole:                          # a root is never called exact
            if size <= ctx.prec:
                n, exp = n * power10(ctx.prec - size), exp - ctx.prec + size
            return _finish(sign, n, exp, ctx, lost=(Inexact, Rounded, *_tiny_root(n, exp, ctx)))
        if not b._sign:
            room = ctx.prec + 1 - size
            ideal = a._exp * int(b)
            if exp > ideal and room > 0:
                more = min(exp - ideal, room)
                n, exp = n * power10(more), exp - more
        return _finish(sign, n, exp, ctx)
    n, exp = _power_approximate(c, e, b, ctx)
    return _finish(sign, n, exp, ctx)


def _tiny_root(n, exp, ctx):
    return (Underflow, Subnormal) if exp + count_digits(n) - 1 < ctx.Emin else ()


def _power_exact(c, e, b, ctx):
    """The power as an exact (n, exp), if there is one of not many more digits than the precision."""
    if c == 1 and not e:
        return 1, 0
    u, zeros = strip_zeros(b._int)
    v = b._exp + zeros
    if v < -64 or v > 40:
        return None
    if v >= 0:
        numerator, denominator = u * power10(v), 1
    else:
        denominator = power10(-v)
        shared = math.gcd(u, denominator)
        numerator, denominator = u // shared, denominator // shared
    if b._sign:
        numerator = -numerator
    return exact_power(c, e, numerator, denominator, ctx.prec)


def _power_approximate(c, e, b, ctx):
    rough, rough_exp = ln_digits(c, e, 6)
    y = -b._int if b._sign else b._int
    product, product_exp = rough * y, rough_exp + b._exp
    size = count_digits(abs(product)) + product_exp - 1
    if size > len(str(max(ctx.Emax, -ctx.Emin + ctx.prec))) + 1 or size < -ctx.prec - 3:
        return _exp_of(product, product_exp, ctx)

    def attempt(digits):
        log, log_exp = ln_digits(c, e, digits + max(0, size) + 3)
        return exp_digits(log * y, log_exp + b._exp, digits)

    return _converging(attempt, ctx)


def _power_modulo(a, b, modulo, ctx):
    if a._is_special or b._is_special or modulo._is_special:
        nan = _nan_of(ctx, a, b, modulo)
        if nan is not None:
            return nan
    if not (_is_integer(a) and _is_integer(b) and _is_integer(modulo)):
        return _bad(ctx)
    if b._sign and b._int or not modulo._int or _adjusted(modulo) >= ctx.prec or not (a._int or b._int):
        return _bad(ctx)
    sign = int(a._sign and _is_odd(b))
    divisor = abs(int(modulo))
    base = a._int * pow(10, a._exp, divisor) if a._exp >= 0 else a._int // power10(-a._exp)
    if b._exp > 0:
        base = pow(base, b._int, divisor)
        for _ in range(b._exp):
            base = pow(base, 10, divisor)
        return _new(sign, base, 0)
    return _new(sign, pow(base, int(b), divisor), 0)


# -- comparing ----------------------------------------------------------------------------------------------------------

def _cmp(a, b):
    """-1, 0 or 1 for two numbers that are no NaNs."""
    if a._is_special or b._is_special:
        x = (-1 if a._sign else 1) if a._is_special else 0
        y = (-1 if b._sign else 1) if b._is_special else 0
        return (x > y) - (x < y)
    n, m = a._int, b._int
    if a._sign:
        n = -n
    if b._sign:
        m = -m
    gap = a._exp - b._exp
    if gap:
        if not n or not m or a._sign != b._sign:
            return (n > m) - (n < m)
        if not -60 < gap < 60:
            x, y = _adjusted(a), _adjusted(b)
            if x != y:
                return ((x > y) - (x < y)) * (-1 if a._sign else 1)
        if gap > 0:
            n *= power10(gap)
        else:
            m *= power10(-gap)
    return (n > m) - (n < m)


def _small(value):
    return _new(int(value < 0), abs(value), 0)


def _compare(a, b, ctx):
    if a._is_special or b._is_special:
        nan = _nan_of(ctx, a, b)
        if nan is not None:
            return nan
    return _small(_cmp(a, b))


def _compare_signal(a, b, ctx):
    nan = _nan_of(ctx, a, b)
    if nan is not None:
        ctx._signal((InvalidOperation,))
        return nan
    return _small(_cmp(a, b))


def _total(a, b):
    if a._sign != b._sign:
        return -1 if a._sign else 1
    x, y = (({'n': 2, 'N': 1}.get(v._exp, 0)) for v in (a, b))
    if x or y:
        first, second = (x, a._int), (y, b._int)
    else:
        order = _cmp(a, b)
        if order or a._is_special:
            return order
        first, second = a._exp, b._exp
    order = (first > second) - (first < second)
    return -order if a._sign else order


def _compare_total(a, b, ctx):
    return _small(_total(a, b))


def _compare_total_mag(a, b, ctx):
    return _small(_total(_same(a, 0), _same(b, 0)))


def _choose(a, b, ctx, want, magnitude):
    if a._is_special or b._is_special:
        if a._exp == 'N' or b._exp == 'N' or a._exp == 'n' and b._exp == 'n':
            return _nan_of(ctx, a, b)
        if a._exp == 'n':
            return _fix(b, ctx)
        if b._exp == 'n':
            return _fix(a, ctx)
    order = _cmp(_same(a, 0), _same(b, 0)) if magnitude else _cmp(a, b)
    if not order:
        order = _total(a, b)
    return _fix(a if order == want else b, ctx)


def _max(a, b, ctx):
    return _choose(a, b, ctx, 1, False)


def _min(a, b, ctx):
    return _choose(a, b, ctx, -1, False)


def _max_mag(a, b, ctx):
    return _choose(a, b, ctx, 1, True)


def _min_mag(a, b, ctx):
    return _choose(a, b, ctx, -1, True)


def _same_quantum(a, b, ctx=None):
    if a._is_special or b._is_special:
        return a._is_special and b._is_special and (a._exp == 'F') == (b._exp == 'F')
    return a._exp == b._exp


def _copy_sign(a, b, ctx=None):
    return _same(a, b._sign)


# -- neighbours, quantizing, digits -------------------------------------------------------------------------------------

def _neighbour(a, ctx, down):
    nan = _nan_of(ctx, a)
    if nan is not None:
        return nan
    if a._is_special:
        return _same(a) if bool(a._sign) == down else _largest(a._sign, ctx)
    quiet = ctx._silent(rounding=ROUND_FLOOR if down else ROUND_CEILING)
    near = _fix(a, quiet)
    if _cmp(near, a):
        return near
    return _add(a, _new(int(down), 1, ctx.Emin - ctx.prec), quiet)


def _next_minus(a, ctx):
    return _neighbour(a, ctx, True)


def _next_plus(a, ctx):
    return _neighbour(a, ctx, False)


def _next_toward(a, b, ctx):
    nan = _nan_of(ctx, a, b)
    if nan is not None:
        return nan
    order = _cmp(a, b)
    if not order:
        return _same(a, b._sign)
    result = _neighbour(a, ctx, order > 0)
    if result._is_special:
        ctx._signal((Overflow, Inexact, Rounded))
    elif _adjusted(result) < ctx.Emin:
        signals = [Underflow, Subnormal, Inexact, Rounded]
        if not result._int:
            signals.append(Clamped)
        ctx._signal(signals)
    return result


def _normalize(a, ctx):
    if a._is_special:
        return _nan_of(ctx, a) or _same(a)
    result = _fix(a, ctx)
    if result._is_special:
        return result
    if not result._int:
        return _new(result._sign, 0, 0)
    most = (ctx.Emax - ctx.prec + 1 if ctx.clamp else ctx.Emax) - result._exp
    n, zeros = strip_zeros(result._int, max(most, 0))
    return _new(result._sign, n, result._exp + zeros)


def _quantize(a, b, ctx, rounding=None):
    rounding = ctx.rounding if rounding is None else check_rounding(rounding)
    if a._is_special or b._is_special:
        nan = _nan_of(ctx, a, b)
        if nan is not None:
            return nan
        return _same(a) if a._is_special and b._is_special else _bad(ctx)
    exp, n = b._exp, a._int
    if not ctx.Emin - ctx.prec + 1 <= exp <= ctx.Emax:
        return _bad(ctx)
    if not n:
        return _finish(a._sign, 0, exp, ctx)
    adjusted = _adjusted(a)
    if adjusted > ctx.Emax or adjusted - exp + 1 > ctx.prec:
        return _bad(ctx)
    signals = []
    if exp <= a._exp:
        n *= power10(a._exp - exp)
    else:
        n, inexact = drop_digits(a._sign, n, exp - a._exp, rounding)
        signals = [Rounded, Inexact] if inexact else [Rounded]
        size = count_digits(n)
        if size > ctx.prec or exp + size - 1 > ctx.Emax:
            return _bad(ctx)
    if n and exp + count_digits(n) - 1 < ctx.Emin:
        signals.append(Subnormal)
    return _finish(a._sign, n, exp, ctx, rounding, signals) if signals or ctx.clamp else _new(a._sign, n, exp)


def _to_integral(a, ctx, rounding=None, exact=False):
    rounding = ctx.rounding if rounding is None else check_rounding(rounding)
    if a._is_special:
        return _nan_of(ctx, a) or _same(a)
    if a._exp >= 0:
        return _same(a)
    n, inexact = drop_digits(a._sign, a._int, -a._exp, rounding)
    if exact and a._int:
        ctx._signal((Rounded, Inexact) if inexact else (Rounded,))
    return _new(a._sign, n, 0)


def _bits_of(a, ctx):
    """A logical operand as a Python integer of the same binary digits, or None."""
    if a._is_special or a._sign or a._exp:
        return None
    digits = to_digits(a._int)
    if digits.strip('01'):
        return None
    return int(digits, 2) & ((1 << ctx.prec) - 1)


def _logical(a, b, ctx, combine):
    x, y = _bits_of(a, ctx), _bits_of(b, ctx)
    if x is None or y is None:
        return _bad(ctx)
    return _new(0, from_digits(format(combine(x, y), 'b')), 0)


def _logical_and(a, b, ctx):
    return _logical(a, b, ctx, int.__and__)


def _logical_or(a, b, ctx):
    return _logical(a, b, ctx, int.__or__)


def _logical_xor(a, b, ctx):
    return _logical(a, b, ctx, int.__xor__)


def _logical_invert(a, ctx):
    return _logical(a, _new(0, (power10(ctx.prec) - 1) // 9, 0), ctx, int.__xor__)


def _count_operand(b, limit):
    """A whole second operand within plus or minus the limit, or None."""
    if b._is_special or b._exp:
        return None
    count = -b._int if b._sign else b._int
    return count if -limit <= count <= limit else None


def _moved(a, b, ctx, move):
    """A number whose digits, as many as the precision allows, are moved by b places: move(digits, count, precision)."""
    nan = _nan_of(ctx, a, b)
    if nan is not None:
        return nan
    count = _count_operand(b, ctx.prec)
    if count is None:
        return _bad(ctx)
    if a._is_special:
        return _same(a)
    return _new(a._sign, move(a._int % power10(ctx.prec), count, ctx.prec), a._exp)


def _rotate(a, b, ctx):
    def move(n, count, prec):
        count %= prec
        if not count:
            return n
        high, low = divmod(n, power10(prec - count))
        return low * power10(count) + high
    return _moved(a, b, ctx, move)


def _shift(a, b, ctx):
    def move(n, count, prec):
        return n // power10(-count) if count < 0 else n * power10(count) % power10(prec)
    return _moved(a, b, ctx, move)


def _scaleb(a, b, ctx):
    nan = _nan_of(ctx, a, b)
    if nan is not None:
        return nan
    count = _count_operand(b, 2 * (ctx.Emax + ctx.prec))
    if count is None:
        return _bad(ctx)
    if a._is_special:
        return _same(a)
    return _finish(a._sign, a._int, a._exp + count, ctx)


def _is_normal(a, ctx):
    return not a._is_special and a._int != 0 and _adjusted(a) >= ctx.Emin


def _is_subnormal(a, ctx):
    return not a._is_special and a._int != 0 and _adjusted(a) < ctx.Emin


def _number_class(a, ctx):
    if a._exp == 'N':
        return 'sNaN'
    if a._exp == 'n':
        return 'NaN'
    if a._exp == 'F':
        kind = 'Infinity'
    elif not a._int:
        kind = 'Zero'
    else:
        kind = 'Normal' if _adjusted(a) >= ctx.Emin else 'Subnormal'
    return '-+'[not a._sign] + kind


# -- text ---------------------------------------------------------------------------------------------------------------

def _to_text(a, ctx=None, engineering=False):
    sign = '-' if a._sign else ''
    if a._is_special:
        if a._exp == 'F':
            return sign + 'Infinity'
        return sign + ('NaN' if a._exp == 'n' else 'sNaN') + (to_digits(a._int) if a._int else '')
    digits = to_digits(a._int)
    exp = a._exp
    if not exp:
        return sign + digits
    left = exp + len(digits)
    if exp < 0 and left > -6:
        if left > 0:
            return sign + digits[:left] + '.' + digits[left:]
        return sign + '0.' + '0' * -left + digits
    if not engineering:
        point = 1
    elif a._int:
        point = (left - 1) % 3 + 1
    else:
        point = (left + 1) % 3 - 1
    if point <= 0:
        body = '0.' + '0' * -point + digits
    elif point >= len(digits):
        body = digits + '0' * (point - len(digits))
    else:
        body = digits[:point] + '.' + digits[point:]
    if left != point:
        body += '%s%+d' % ('E' if _context(ctx).capitals else 'e', left - point)
    return sign + body


def _to_eng_string(a, ctx):
    return _to_text(a, ctx, True)


# -- construction -------------------------------------------------------------------------------------------------------

def _set(self, sign, n, exp, special=False):
    self._sign = sign
    self._int = n
    self._exp = exp
    self._is_special = special
    return self


def _from_text(self, text, context):
    match = _LITERAL.fullmatch(text.strip().replace('_', ''))
    if match is None:
        _set(self, 0, 0, 'n', True)
        _context(context)._signal((ConversionSyntax,))
        return self
    sign, whole, fraction, exp, infinity, signaling, payload = match.groups()
    sign = int(sign == '-')
    if whole is not None:
        exp = int(exp) if exp else 0
        if fraction:
            whole += fraction
            exp -= len(fraction)
        return _set(self, sign, from_digits(whole), exp)
    if infinity:
        return _set(self, sign, 0, 'F', True)
    return _set(self, sign, from_digits(payload) if payload else 0, 'N' if signaling else 'n', True)


def _from_parts(self, parts):
    if len(parts) != 3:
        raise ValueError('argument must be a sequence of length 3')
    sign, digits, exp = parts
    if not isinstance(sign, int) or sign not in (0, 1):
        raise ValueError('sign must be an integer with the value 0 or 1')
    sign = int(sign)
    if isinstance(exp, str) and exp not in ('F', 'n', 'N'):
        raise ValueError("string argument in the third position must be 'F', 'n' or 'N'")
    if not isinstance(exp, (str, int)):
        raise ValueError('exponent must be an integer')
    if exp == 'F':
        return _set(self, sign, 0, 'F', True)
    if not isinstance(digits, (tuple, list)) or not all(isinstance(d, int) and 0 <= d <= 9 for d in digits):
        raise ValueError('coefficient must be a tuple of digits')
    if isinstance(exp, int) and not -1 << 63 <= exp < 1 << 63:
        raise OverflowError('Python int too large to convert to C ssize_t')
    n = from_digits(''.join(['%d' % d for d in digits]) or '0')
    return _set(self, sign, n, exp if isinstance(exp, str) else int(exp), isinstance(exp, str))


def _float_parts(f):
    """(sign, n, exp, special) of a float, exactly."""
    sign = int(math.copysign(1.0, f) < 0)
    if f != f:
        return sign, 0, 'n', True
    if f in (math.inf, -math.inf):
        return sign, 0, 'F', True
    n, d = float.as_integer_ratio(f)
    places = d.bit_length() - 1
    return sign, abs(n) * 5 ** places, -places, False


def _check_limits(self, context):
    """Exact construction ends where the limits of exponents do."""
    if self._is_special or -MAX_EMAX // 2 < self._exp < MAX_EMAX // 2:
        return self
    if self._int:
        fine = _adjusted(self) <= MAX_EMAX and self._exp >= MIN_ETINY
    else:
        fine = MIN_ETINY <= self._exp <= MAX_EMAX
    if not fine:
        _set(self, 0, 0, 'n', True)
        _context(context)._signal((InvalidOperation,))
    return self


class Decimal:
    """A decimal floating-point number, exact as written.

    value may be an int, a str, a float, another Decimal, or a (sign, digits, exponent) tuple. The context does not round the
    value; it only says whether text that is no number raises InvalidOperation or gives NaN.
    """

    __module__ = 'decimal'
    __slots__ = ('_exp', '_int', '_sign', '_is_special')

    def __new__(cls, value='0', context=None):
        """A number from text, an integer, a float, another Decimal or a tuple (sign, digits, exponent).

        >>> Decimal('-6.50')
        Decimal('-6.50')
        >>> Decimal(250)
        Decimal('250')
        >>> Decimal((1, (3, 0, 7), -2))
        Decimal('-3.07')
        >>> Decimal(Decimal('1E+4'))
        Decimal('1E+4')
        >>> Decimal('  12_000.5 ')
        Decimal('12000.5')
        """
        self = _alloc(cls)
        if context is not None:
            _context(context)
        if isinstance(value, str):
            return _check_limits(_from_text(self, value, context), context)
        if isinstance(value, int):
            return _set(self, int(value < 0), abs(int(value)), 0)
        if isinstance(value, Decimal):
            return _set(self, value._sign, value._int, value._exp, value._is_special)
        if isinstance(value, (tuple, list)):
            return _check_limits(_from_parts(self, value), context)
        if isinstance(value, float):
            _context(context)._signal((FloatOperation,))
            return _set(self, *_float_parts(value))
        raise TypeError('conversion from %s to Decimal is not supported' % type(value).__name__)

    @classmethod
    def from_float(cls, f):
        """The exact value of a float (or int).

        >>> Decimal.from_float(0.375)
        Decimal('0.375')
        >>> Decimal.from_float(0.7)
        Decimal('0.6999999999999999555910790149937383830547332763671875')
        >>> Decimal.from_float(-12)
        Decimal('-12')
        >>> Decimal.from_float(float('-inf'))
        Decimal('-Infinity')
        >>> Decimal.from_float(float('nan'))
        Decimal('NaN')
        """
        if isinstance(f, int):
            result = _new(int(f < 0), abs(int(f)), 0)
        elif isinstance(f, float):
            result = _set(_alloc(Decimal), *_float_parts(f))
        else:
            raise TypeError('argument must be int or float')
        return result if cls is Decimal else cls(result)

    # what a number is made of

    def as_tuple(self):
        """The number as DecimalTuple(sign, digits, exponent)."""
        if self._exp == 'F':
            digits = (0,)
        elif self._is_special and not self._int:
            digits = ()
        else:
            digits = tuple(map(int, to_digits(self._int)))
        return DecimalTuple(self._sign, digits, self._exp)

    def as_integer_ratio(self):
        """The number as a pair of integers in lowest terms with a positive denominator.

        >>> Decimal('-0.75').as_integer_ratio()
        (-3, 4)
        >>> Decimal('1.20E+3').as_integer_ratio()
        (1200, 1)
        >>> Decimal('-0.00').as_integer_ratio()
        (0, 1)
        """
        if self._is_special:
            if self._exp == 'F':
                raise OverflowError('cannot convert Infinity to integer ratio')
            raise ValueError('cannot convert NaN to integer ratio')
        n = -self._int if self._sign else self._int
        if not n:
            return 0, 1
        if self._exp >= 0:
            return n * power10(self._exp), 1
        d = power10(-self._exp)
        shared = math.gcd(n, d)
        return n // shared, d // shared

    def adjusted(self):
        """The exponent of the first digit; 0 for infinities and NaNs."""
        return 0 if self._is_special else _adjusted(self)

    def canonical(self):
        """The number itself: all encodings are canonical."""
        return self

    def conjugate(self):
        """The number itself."""
        return self

    def radix(self):
        """Decimal(10), the base of decimal arithmetic."""
        return _new(0, 10, 0)

    @property
    def real(self):
        """The number itself."""
        return self

    @property
    def imag(self):
        """Zero."""
        return _new(0, 0, 0)

    def copy_abs(self):
        """The number with sign 0, whatever it is."""
        return _same(self, 0)

    def copy_negate(self):
        """The number with its sign inverted, whatever it is."""
        return _same(self, 1 - self._sign)

    def is_canonical(self):
        """True."""
        return True

    def is_finite(self):
        """Whether it is neither an infinity nor a NaN."""
        return not self._is_special

    def is_infinite(self):
        """Whether it is an infinity."""
        return self._exp == 'F'

    def is_nan(self):
        """Whether it is a NaN of either kind."""
        return self._exp in ('n', 'N')

    def is_qnan(self):
        """Whether it is a quiet NaN."""
        return self._exp == 'n'

    def is_snan(self):
        """Whether it is a signaling NaN."""
        return self._exp == 'N'

    def is_signed(self):
        """Whether the sign is negative."""
        return self._sign == 1

    def is_zero(self):
        """Whether it is a zero."""
        return not self._is_special and not self._int

    # the operations that take more than operands and context

    def fma(self, other, third, context=None):
        """self * other + third, rounded once.

        >>> Decimal('1.5').fma(4, Decimal('-0.25'))
        Decimal('5.75')
        """
        return _fma(self, _operand(other), _operand(third), _context(context))

    def quantize(self, exp, rounding=None, context=None):
        """The number with the exponent of exp, rounded as asked; invalid if that takes more digits than the precision.

        >>> Decimal('7.256').quantize(Decimal('0.01'), rounding=ROUND_DOWN)
        Decimal('7.25')
        """
        return _quantize(self, _operand(exp), _context(context), rounding)

    def to_integral_value(self, rounding=None, context=None):
        """The number rounded to a whole number, without signals."""
        return _to_integral(self, _context(context), rounding)

    def to_integral_exact(self, rounding=None, context=None):
        """The number rounded to a whole number, with Inexact and Rounded signaled."""
        return _to_integral(self, _context(context), rounding, True)

    def to_integral(self, rounding=None, context=None):
        """The number rounded to a whole number, without signals."""
        return _to_integral(self, _context(context), rounding)

    def _rescale(self, exp, rounding):
        """The number rounded to an exponent, whatever the precision."""
        if self._is_special:
            return _same(self)
        if exp <= self._exp:
            return _new(self._sign, self._int * power10(self._exp - exp), exp)
        return _new(self._sign, drop_digits(self._sign, self._int, exp - self._exp, rounding)[0], exp)

    def _round(self, places, rounding):
        """The number rounded to so many significant digits, whatever the precision."""
        if places <= 0:
            raise ValueError('number of digits must be positive')
        if self._is_special or not self._int:
            return _same(self)
        result = self._rescale(_adjusted(self) + 1 - places, rounding)
        return result._rescale(_adjusted(result) + 1 - places, rounding)

    def _fix(self, context):
        """The number fitted to a context."""
        return _fix(self, context)

    # protocols

    def __repr__(self):
        return "Decimal('%s')" % _to_text(self)

    def __str__(self):
        return _to_text(self)

    def __format__(self, specifier, context=None, _localeconv=None):
        if not isinstance(specifier, str):
            raise TypeError('format argument must be str')
        if isinstance(context, dict):
            context, _localeconv = None, context
        ctx = _context(context)

        def round_off(sign, n, exp, target, digits):
            if digits is not None:
                size = count_digits(n)
                if size <= digits or not n:
                    return (n * power10(digits - size), exp - digits + size) if n and pad_zeros else (n, exp)
                rounded = _new(sign, n, exp)._round(digits, ctx.rounding)
            else:
                rounded = _new(sign, n, exp)._rescale(target, ctx.rounding)
            return rounded._int, rounded._exp

        pad_zeros = specifier[-1:] in ('e', 'E')
        from _pydecimal_format import format_decimal
        return format_decimal(self, specifier, ctx, round_off, _localeconv)

    def __reduce__(self):
        return (self.__class__, (str(self),))

    def __copy__(self):
        return self if type(self) is Decimal else self.__class__(str(self))

    def __deepcopy__(self, memo):
        return self if type(self) is Decimal else self.__class__(str(self))

    def __hash__(self):
        if self._is_special:
            if self._exp == 'N':
                raise TypeError('Cannot hash a signaling NaN value')
            if self._exp == 'n':
                return sys.hash_info.nan
            return -sys.hash_info.inf if self._sign else sys.hash_info.inf
        exp = self._exp
        scale = pow(10, exp, _HASH_MODULUS) if exp >= 0 else pow(_HASH_TENTH, -exp, _HASH_MODULUS)
        value = self._int * scale % _HASH_MODULUS
        if self._sign:
            value = -value
        return -2 if value == -1 else value

    def __bool__(self):
        return self._is_special or self._int != 0

    def __int__(self):
        if self._is_special:
            if self._exp == 'F':
                raise OverflowError('cannot convert Infinity to integer')
            raise ValueError('cannot convert NaN to integer')
        n = self._int * power10(self._exp) if self._exp >= 0 else self._truncated()
        return -n if self._sign else n

    __trunc__ = __int__

    def _truncated(self):
        return drop_digits(0, self._int, -self._exp, ROUND_DOWN)[0]

    def _whole(self, rounding):
        if self._is_special:
            return self.__int__()              # raises
        return int(self._rescale(0, rounding)) if self._exp < 0 else int(self)

    def __floor__(self):
        return self._whole(ROUND_FLOOR)

    def __ceil__(self):
        return self._whole(ROUND_CEILING)

    def __round__(self, n=None):
        """The nearest integer, or with n a Decimal of n places; in both cases a tie goes to the even neighbour.

        >>> round(Decimal('7.4'))
        7
        >>> round(Decimal('7.5')), round(Decimal('8.5'))
        (8, 8)
        >>> round(Decimal('-7.5'))
        -8
        >>> round(Decimal('2E+3'))
        2000
        >>> round(Decimal('-Infinity'))
        Traceback (most recent call last):
            ...
        OverflowError: cannot convert Infinity to integer
        >>> round(Decimal('NaN'))
        Traceback (most recent call last):
            ...
        ValueError: cannot convert NaN to integer
        >>> round(Decimal('7.256'), 2)
        Decimal('7.26')
        >>> round(Decimal('7.25'), 1)
        Decimal('7.2')
        >>> round(Decimal('7'), 2)
        Decimal('7.00')
        >>> round(Decimal('725'), 0)
        Decimal('725')
        >>> round(Decimal('725'), -2)
        Decimal('7E+2')
        >>> round(Decimal('-0.004'), 2)
        Decimal('-0.00')
        """
        if n is None:
            return self._whole(ROUND_HALF_EVEN)
        if not isinstance(n, int):
            raise TypeError('optional arg must be an integer')
        if not -1 << 63 <= n < 1 << 63:
            raise OverflowError('Python int too large to convert to C ssize_t')
        return _quantize(self, _new(0, 1, -n), getcontext())

    def __float__(self):
        if self._exp == 'N':
            raise ValueError('cannot convert signaling NaN to float')
        if self._exp == 'n':
            return float('-nan' if self._sign else 'nan')
        return float(_to_text(self))

    def __complex__(self):
        return complex(float(self))

    # comparison

    def __eq__(self, other):
        if other.__class__ is Decimal and not (self._is_special or other._is_special):
            return not _cmp(self, other)
        order = _order(self, other, True)
        return order if order is NotImplemented else order == 0

    def __ne__(self, other):
        order = _order(self, other, True)
        return order if order is NotImplemented else order != 0

    def __lt__(self, other):
        order = _order(self, other)
        return order if order is NotImplemented else order is not None and order < 0

    def __le__(self, other):
        order = _order(self, other)
        return order if order is NotImplemented else order is not None and order <= 0

    def __gt__(self, other):
        order = _order(self, other)
        return order if order is NotImplemented else order is not None and order > 0

    def __ge__(self, other):
        order = _order(self, other)
        return order if order is NotImplemented else order is not None and order >= 0


def _comparable(a, other, equality):
    """Both sides of a comparison as Decimals, or NotImplemented."""
    if isinstance(other, Decimal):
        return a, other
    if isinstance(other, int):
        return a, _operand(other)
    if isinstance(other, float):
        return a, _compared_float(other, equality)
    if isinstance(other, numbers.Rational):
        if not a._is_special:
            a = _new(a._sign, a._int * other.denominator, a._exp)
        return a, _operand(other.numerator)
    if equality and isinstance(other, numbers.Complex) and other.imag == 0:
        return a, _compared_float(float(other.real), equality)
    return NotImplemented


def _compared_float(f, equality):
    ctx = getcontext()
    if equality:
        ctx.flags[FloatOperation] = True
    else:
        ctx._signal((FloatOperation,))
    return _set(_alloc(Decimal), *_float_parts(f))


def _order(a, other, equality=False):
    """How a compares with anything: -1, 0 or 1, None when a NaN is in it, or NotImplemented."""
    if other.__class__ is not Decimal:
        pair = _comparable(a, other, equality)
        if pair is NotImplemented:
            return NotImplemented
        a, other = pair
    if (a._is_special or other._is_special) and (a._exp in ('n', 'N') or other._exp in ('n', 'N')):
        if not equality or a._exp == 'N' or other._exp == 'N':
            getcontext()._signal((InvalidOperation,))
        return None
    return _cmp(a, other)


# -- methods from the operations ----------------------------------------------------------------------------------------

def _named(function, owner, name, doc):
    function.__name__ = name
    function.__qualname__ = owner.__name__ + '.' + name
    function.__module__ = 'decimal'
    function.__doc__ = doc
    setattr(owner, name, function)


def _with_examples(name, doc):
    """The docstring of a method: what it does, and examples."""
    return doc and '%s\n%s' % (doc, EXAMPLES[name]) if name in EXAMPLES else doc


def _add_unary(name, operation, doc, on_decimal=True):
    def method(self, context=None):
        return operation(self, _context(context))

    def context_method(self, a):
        return operation(_operand(a), self)

    if on_decimal:
        _named(method, Decimal, name, _with_examples('Decimal.' + name, doc))
    _named(context_method, Context, name, _with_examples(name, doc))


def _add_binary(name, operation, doc, on_decimal=True):
    def method(self, other, context=None):
        return operation(self, _operand(other), _context(context))

    def context_method(self, a, b):
        return operation(_operand(a), _operand(b), self)

    if on_decimal:
        _named(method, Decimal, name, _with_examples('Decimal.' + name, doc))
    _named(context_method, Context, name, _with_examples(name, doc))


def _add_question(name, doc):
    """A context method that asks a Decimal about itself."""
    def context_method(self, a):
        return getattr(_operand(a), name)()
    _named(context_method, Context, name, _with_examples(name, doc))


def _add_operator(name, operation, doc):
    """A binary operator and its reflection."""
    def method(self, value, /):
        if value.__class__ is not Decimal:
            value = _try_operand(value)
            if value is NotImplemented:
                return value
        try:
            ctx = _present()
        except LookupError:
            ctx = getcontext()
        return operation(self, value, ctx)

    def reflected(self, value, /):
        value = _try_operand(value)
        return value if value is NotImplemented else operation(value, self, getcontext())

    _named(method, Decimal, '__%s__' % name, doc)
    _named(reflected, Decimal, '__r%s__' % name, doc + ' (operands swapped)')


def _add_sign_operator(name, operation, doc):
    def method(self):
        return operation(self, getcontext())
    _named(method, Decimal, name, doc)


def _pow_operator(self, value, mod=None, /):
    value = _try_operand(value)
    if value is NotImplemented:
        return value
    if mod is not None:
        mod = _try_operand(mod)
        if mod is NotImplemented:
            return mod
    return _power(self, value, getcontext(), mod)


def _rpow_operator(self, value, mod=None, /):
    value = _try_operand(value)
    return value if value is NotImplemented else _power(value, self, getcontext())


def _install_methods():
    for row in (('exp', _exp, 'e to the power of the number.'), ('ln', _ln, 'Natural logarithm.'),
                ('log10', _log10, 'Logarithm to base ten.'), ('logb', _logb, 'The exponent of the first digit, as a Decimal.'),
                ('logical_invert', _logical_invert, 'Each binary digit inverted.'),
                ('next_minus', _next_minus, 'The largest number of the context below this one.'),
                ('next_plus', _next_plus, 'The least number of the context above this one.'),
                ('normalize', _normalize, 'The number without trailing zeros.'),
                ('number_class', _number_class, "What kind of number it is, as text such as '+Normal'."),
                ('sqrt', _sqrt, 'Square root.'), ('is_normal', _is_normal, 'Whether it is finite, not zero and not subnormal.'),
                ('is_subnormal', _is_subnormal, 'Whether it is below the least normal number, and not zero.'),
                ('to_eng_string', _to_eng_string, 'Text with an exponent that is a multiple of three.')):
        _add_unary(*row)
    for row in (('abs', _abs, 'Absolute value, rounded.'), ('minus', _minus, 'The number negated, rounded.'),
                ('plus', _plus, 'The number rounded.'),
                ('to_sci_string', _to_text, 'Text in scientific notation.'),
                ('to_integral', _to_integral, 'The nearest whole number, without signals.'),
                ('to_integral_value', _to_integral, 'The nearest whole number, without signals.'),
                ('to_integral_exact', lambda a, ctx: _to_integral(a, ctx, None, True), 'The nearest whole number.'),
                ('copy_decimal', lambda a, ctx: _same(a), 'A copy of the number.')):
        _add_unary(*row, on_decimal=False)
    for row in (('compare', _compare, 'Compare numbers: Decimal -1, 0 or 1, or NaN.'),
                ('compare_signal', _compare_signal, 'Compare numbers; any NaN signals.'),
                ('compare_total', _compare_total, 'Compare representations in the total order.'),
                ('compare_total_mag', _compare_total_mag, 'Compare representations in the total order, signs ignored.'),
                ('copy_sign', _copy_sign, 'The first number with the sign of the second.'),
                ('logical_and', _logical_and, 'Conjunction of binary digits.'),
                ('logical_or', _logical_or, 'Disjunction of binary digits.'),
                ('logical_xor', _logical_xor, 'Difference of binary digits.'),
                ('max', _max, 'The larger number; a number is preferred to a NaN.'),
                ('max_mag', _max_mag, 'The number of larger absolute value.'),
                ('min', _min, 'The smaller number; a number is preferred to a NaN.'),
                ('min_mag', _min_mag, 'The number of smaller absolute value.'),
                ('next_toward', _next_toward, 'The neighbour of the first number towards the second.'),
                ('remainder_near', _remainder_near, 'What is left after taking the nearest multiple away.'),
                ('rotate', _rotate, 'The digits rotated.'), ('shift', _shift, 'The digits shifted.'),
                ('same_quantum', _same_quantum, 'Whether both have the same exponent.'),
                ('scaleb', _scaleb, 'The first number times ten to the power of the second.')):
        _add_binary(*row)
    for row in (('add', _add, 'Sum.'), ('subtract', _subtract, 'Difference.'), ('multiply', _multiply, 'Product.'),
                ('divide', _divide, 'Quotient.'), ('divide_int', _divide_int, 'Truncated quotient.'),
                ('remainder', _remainder, 'Remainder of the truncated quotient.'),
                ('divmod', _divmod, 'Truncated quotient and remainder.'),
                ('quantize', _quantize, 'The first number with the exponent of the second.')):
        _add_binary(*row, on_decimal=False)
    for name in ('is_finite', 'is_infinite', 'is_nan', 'is_qnan', 'is_signed', 'is_snan', 'is_zero',
                 'copy_abs', 'copy_negate'):
        _add_question(name, getattr(Decimal, name).__doc__)
    for row in (('add', _add, 'Sum.'), ('sub', _subtract, 'Difference.'), ('mul', _multiply, 'Product.'),
                ('truediv', _divide, 'Quotient.'), ('floordiv', _divide_int, 'Truncated quotient.'),
                ('mod', _remainder, 'Remainder.'), ('divmod', _divmod, 'Quotient and remainder.')):
        _add_operator(*row)
    for row in (('__neg__', _minus, 'Negated.'), ('__pos__', _plus, 'Rounded.'), ('__abs__', _abs, 'Absolute value.')):
        _add_sign_operator(*row)
    _named(_pow_operator, Decimal, '__pow__', 'Power, perhaps modulo a third number.')
    _named(_rpow_operator, Decimal, '__rpow__', 'Power (operands swapped).')


def _context_methods():
    """The methods of Context that are not made from a table."""

    def canonical(self, a):
        """Return a Decimal as it is."""
        if not isinstance(a, Decimal):
            raise TypeError('argument must be a Decimal')
        return a

    def is_canonical(self, a):
        """True for any Decimal."""
        return canonical(self, a).is_canonical()

    def create_decimal(self, num='0'):
        """A number rounded to this context; text must not have blanks or underscores."""
        if isinstance(num, str) and (num != num.strip() or '_' in num):
            return _bad(self, ConversionSyntax)
        if isinstance(num, str):
            number = _from_text(_alloc(Decimal), num, self)
        elif isinstance(num, (tuple, list)):
            number = _from_parts(_alloc(Decimal), num)
        else:
            number = Decimal(num, context=self)
        if number._is_special and number._int and count_digits(number._int) > self.prec - self.clamp:
            return _bad(self, ConversionSyntax)
        return _fix(number, self)

    def create_decimal_from_float(self, f):
        """The value of a float rounded to this context."""
        return _fix(Decimal.from_float(f), self)

    def fma(self, a, b, c):
        """x * y + z, rounded once."""
        return _fma(_operand(a), _operand(b), _operand(c), self)

    def power(self, a, b, modulo=None):
        """a to the power b, or that modulo a third number."""
        return _power(_operand(a), _operand(b), self, None if modulo is None else _operand(modulo))

    def radix(self):
        """Decimal(10)."""
        return _new(0, 10, 0)

    def _apply(self, a):
        """Text of a number fitted to the context."""
        return _to_text(_fix(_operand(a), self), self)

    for function in (canonical, is_canonical, create_decimal, create_decimal_from_float, fma, power, radix, _apply):
        _named(function, Context, function.__name__, _with_examples(function.__name__, function.__doc__))


for _member in vars(Decimal).values():
    _member = getattr(_member, '__func__', _member)
    if hasattr(_member, '__code__'):
        _member.__module__ = 'decimal'
_install_methods()
_context_methods()
numbers.Number.register(Decimal)
