# SPDX-License-Identifier: MIT
"""Fraction: rational numbers of unlimited size, in lowest terms."""

import math
import numbers
import operator
import re
import sys

__all__ = ['Fraction', 'gcd']


def gcd(a, b):
    """Return the greatest common divisor with the sign of b, or of a if b is 0.  Deprecated: use math.gcd()."""
    import warnings
    warnings.warn('fractions.gcd() is deprecated. Use math.gcd() instead.', DeprecationWarning, 2)
    return _gcd(a, b)


def _gcd(a, b):
    if type(a) is int is type(b):
        return -math.gcd(a, b) if (b or a) < 0 else math.gcd(a, b)
    while b:
        a, b = b, a % b
    return a


# How the hash of a number is defined: modulo a prime.
_PyHASH_MODULUS = sys.hash_info.modulus
_PyHASH_INF = sys.hash_info.inf

_RATIONAL_FORMAT = re.compile(r"""
    \s* (?P<sign> [-+]?)
    (?= \d | \.\d)
    (?P<num> \d*)
    (?: / (?P<denom> \d+)
      | (?: \. (?P<decimal> \d*) )?  (?: E (?P<exp> [-+]?\d+) )?
    )?
    \s* \Z
    """, re.VERBOSE | re.IGNORECASE)


def _parse(text):
    """Return numerator and denominator of a number written as '-3/7', '1.5e-3' and the like, not in lowest terms."""
    found = _RATIONAL_FORMAT.match(text)
    if found is None:
        raise ValueError('Invalid literal for Fraction: %r' % text)
    sign, num, denom, decimal, exp = found.groups()
    numerator, denominator = int(num or '0'), int(denom or 1)
    if decimal:
        numerator = numerator * 10 ** len(decimal) + int(decimal)
        denominator = 10 ** len(decimal)
    if exp:
        exp = int(exp)
        if exp < 0:
            denominator *= 10 ** -exp
        else:
            numerator *= 10 ** exp
    return (-numerator if sign == '-' else numerator), denominator


def _is_decimal(value):
    """Whether value is a Decimal.  There are none if decimal is not loaded."""
    decimal = sys.modules.get('decimal')
    return decimal is not None and isinstance(value, decimal.Decimal)


def _operators(exact, inexact):
    """Return the methods for a binary operation with a Fraction on the left, and on the right.

    exact(a, b): for two rational numbers; inexact(a, b): for two floats or complex numbers.
    """
    def forward(a, b):
        if isinstance(b, (int, Fraction)):
            return exact(a, b)
        if isinstance(b, float):
            return inexact(float(a), b)
        return inexact(complex(a), b) if isinstance(b, complex) else NotImplemented

    def reverse(b, a):
        if isinstance(a, numbers.Rational):
            return exact(a, b)
        if isinstance(a, numbers.Real):
            return inexact(float(a), float(b))
        return inexact(complex(a), complex(b)) if isinstance(a, numbers.Complex) else NotImplemented

    for method, prefix in ((forward, '__'), (reverse, '__r')):
        method.__name__ = prefix + inexact.__name__.strip('_') + '__'
        method.__qualname__ = 'Fraction.' + method.__name__
        method.__doc__ = exact.__doc__
    return forward, reverse


class Fraction(numbers.Rational):
    """A rational number.

    Fraction(numerator=0, denominator=1) takes Rationals; Fraction(x) also a float, a Decimal, or a string like
    '-3/7', '1.25' or '1e-3'.  Fractions do not change, and can be hashed.
    """

    __slots__ = ('_numerator', '_denominator')

    def __new__(cls, numerator=0, denominator=None, *, _normalize=True):
        self = super().__new__(cls)
        if type(numerator) is int is type(denominator):
            pass
        elif denominator is None:
            if type(numerator) is int:
                self._numerator, self._denominator = numerator, 1
                return self
            if isinstance(numerator, numbers.Rational):
                self._numerator, self._denominator = numerator.numerator, numerator.denominator
                return self
            if isinstance(numerator, float) or _is_decimal(numerator):
                self._numerator, self._denominator = numerator.as_integer_ratio()
                return self
            if not isinstance(numerator, str):
                raise TypeError('argument should be a string or a Rational instance')
            numerator, denominator = _parse(numerator)
        elif isinstance(numerator, numbers.Rational) and isinstance(denominator, numbers.Rational):
            numerator, denominator = (numerator.numerator * denominator.denominator,
                                      denominator.numerator * numerator.denominator)
        else:
            raise TypeError('both arguments should be Rational instances')
        if denominator == 0:
            raise ZeroDivisionError('Fraction(%s, 0)' % numerator)
        if _normalize:
            if type(numerator) is int is type(denominator):
                divisor = math.gcd(numerator, denominator)
                if denominator < 0:
                    divisor = -divisor
            else:
                divisor = _gcd(numerator, denominator)
            numerator //= divisor
            denominator //= divisor
        self._numerator = numerator
        self._denominator = denominator
        return self

    @classmethod
    def from_float(cls, f):
        """Return a float or an Integral as exactly the same Fraction.  ValueError, OverflowError: nan, infinity."""
        if isinstance(f, numbers.Integral):
            return cls(f)
        if isinstance(f, float):
            return cls(*f.as_integer_ratio())
        raise TypeError('%s.from_float() only takes floats, not %r (%s)' % (cls.__name__, f, type(f).__name__))

    @classmethod
    def from_decimal(cls, dec):
        """Return a Decimal or an Integral as exactly the same Fraction."""
        from decimal import Decimal
        if isinstance(dec, numbers.Integral):
            dec = Decimal(int(dec))
        if isinstance(dec, Decimal):
            return cls(*dec.as_integer_ratio())
        raise TypeError('%s.from_decimal() only takes Decimals, not %r (%s)' % (cls.__name__, dec, type(dec).__name__))

    def as_integer_ratio(self):
        """Return (numerator, denominator)."""
        return self._numerator, self._denominator

    def limit_denominator(self, max_denominator=1000000):
        """Return the Fraction nearest to it with a denominator of at most max_denominator.

            Fraction('3.141592653589793').limit_denominator(10)     # Fraction(22, 7)
        """
        if max_denominator < 1:
            raise ValueError('max_denominator should be at least 1')
        if self._denominator <= max_denominator:
            return Fraction(self)
        # Convergents of the continued fraction, as long as they are small enough.
        (p, q), (next_p, next_q) = (0, 1), (1, 0)
        rest, unit = self._numerator, self._denominator
        while True:
            whole = rest // unit
            if q + whole * next_q > max_denominator:
                break
            p, q, next_p, next_q = next_p, next_q, p + whole * next_p, q + whole * next_q
            rest, unit = unit, rest - whole * unit
        # The best is the last convergent, or the last that lies between it and the one before.
        steps = (max_denominator - q) // next_q
        between = Fraction(p + steps * next_p, q + steps * next_q)
        last = Fraction(next_p, next_q)
        return last if abs(last - self) <= abs(between - self) else between

    @property
    def numerator(a):
        """The upper number of the quotient, in lowest terms."""
        return a._numerator

    @property
    def denominator(a):
        """The lower number of the quotient, in lowest terms."""
        return a._denominator

    def __repr__(self):
        return '%s(%s, %s)' % (self.__class__.__name__, self._numerator, self._denominator)

    def __str__(self):
        text = str(self._numerator)
        return text if self._denominator == 1 else '%s/%s' % (text, self._denominator)

    def _add(a, b):
        """a + b"""
        left, right = a.denominator, b.denominator
        return Fraction(a.numerator * right + b.numerator * left, left * right)

    def _sub(a, b):
        """a - b"""
        left, right = a.denominator, b.denominator
        return Fraction(a.numerator * right - b.numerator * left, left * right)

    def _mul(a, b):
        """a * b"""
        return Fraction(a.numerator * b.numerator, a.denominator * b.denominator)

    def _div(a, b):
        """a / b"""
        return Fraction(a.numerator * b.denominator, a.denominator * b.numerator)

    def _floordiv(a, b):
        """a // b"""
        return a.numerator * b.denominator // (a.denominator * b.numerator)

    def _divmod(a, b):
        """(a // b, a % b)"""
        left, right = a.denominator, b.denominator
        quotient, rest = divmod(a.numerator * right, left * b.numerator)
        return quotient, Fraction(rest, left * right)

    def _mod(a, b):
        """a % b"""
        left, right = a.denominator, b.denominator
        return Fraction(a.numerator * right % (b.numerator * left), left * right)

    __add__, __radd__ = _operators(_add, operator.add)
    __sub__, __rsub__ = _operators(_sub, operator.sub)
    __mul__, __rmul__ = _operators(_mul, operator.mul)
    __truediv__, __rtruediv__ = _operators(_div, operator.truediv)
    __floordiv__, __rfloordiv__ = _operators(_floordiv, operator.floordiv)
    __divmod__, __rdivmod__ = _operators(_divmod, divmod)
    __mod__, __rmod__ = _operators(_mod, operator.mod)

    def __pow__(a, b):
        """a ** b: a Fraction for an integer b, else a float or complex"""
        if not isinstance(b, numbers.Rational):
            return float(a) ** b
        if b.denominator != 1:
            return float(a) ** float(b)
        power, top, bottom = b.numerator, a._numerator, a._denominator
        if power < 0:
            power, top, bottom = -power, bottom, top
            if bottom < 0:
                top, bottom = -top, -bottom
        return Fraction(top ** power, bottom ** power, _normalize=False)

    def __rpow__(b, a):
        """a ** b"""
        if b._denominator == 1 and b._numerator >= 0:
            return a ** b._numerator
        if isinstance(a, numbers.Rational):
            return Fraction(a.numerator, a.denominator) ** b
        return a ** (b._numerator if b._denominator == 1 else float(b))

    def __pos__(a):
        """+a: the same, as a Fraction"""
        return Fraction(a)

    def __neg__(a):
        """-a"""
        return Fraction(-a._numerator, a._denominator, _normalize=False)

    def __abs__(a):
        """abs(a)"""
        return Fraction(abs(a._numerator), a._denominator, _normalize=False)

    def __floor__(a):
        """math.floor(a)"""
        return a.numerator // a.denominator

    def __ceil__(a):
        """math.ceil(a)"""
        return -(-a.numerator // a.denominator)

    def __trunc__(a):
        """math.trunc(a)"""
        return -(-a._numerator // a._denominator) if a._numerator < 0 else a._numerator // a._denominator

    def __round__(self, ndigits=None):
        """round(self, ndigits): the nearest integer, or Fraction with ndigits decimal places; halves to even"""
        if ndigits is None:
            whole, rest = divmod(self.numerator, self.denominator)
            twice = 2 * rest
            if twice == self.denominator:
                return whole + whole % 2
            return whole if twice < self.denominator else whole + 1
        scale = 10 ** abs(ndigits)
        if ndigits > 0:
            return Fraction(round(self * scale), scale)
        return Fraction(round(self / scale) * scale)

    def __hash__(self):
        """The same as that of equal numbers of other types: numerator / denominator modulo a prime."""
        inverse = pow(self._denominator, _PyHASH_MODULUS - 2, _PyHASH_MODULUS)
        value = abs(self._numerator) * inverse % _PyHASH_MODULUS if inverse else _PyHASH_INF
        if self._numerator < 0:
            value = -value
        return -2 if value == -1 else value

    def __eq__(a, b):
        if type(b) is int:
            return a._denominator == 1 and a._numerator == b
        if isinstance(b, numbers.Rational):
            return a._denominator == b.denominator and a._numerator == b.numerator
        if isinstance(b, numbers.Complex) and b.imag == 0:
            b = b.real
        if not isinstance(b, float):
            return NotImplemented
        return a == a.from_float(b) if math.isfinite(b) else 0.0 == b

    def _richcmp(self, other, op):
        """Compare by operator op."""
        if isinstance(other, numbers.Rational):
            return op(self._numerator * other.denominator, self._denominator * other.numerator)
        if not isinstance(other, float):
            return NotImplemented
        return op(self, self.from_float(other)) if math.isfinite(other) else op(0.0, other)

    def __lt__(a, b):
        return a._richcmp(b, operator.lt)

    def __gt__(a, b):
        return a._richcmp(b, operator.gt)

    def __le__(a, b):
        return a._richcmp(b, operator.le)

    def __ge__(a, b):
        return a._richcmp(b, operator.ge)

    def __bool__(a):
        return bool(a._numerator)   # not a numerator's type that bool does not know

    def __reduce__(self):
        return self.__class__, (str(self),)

    def __copy__(self):
        return self if type(self) is Fraction else self.__class__(self._numerator, self._denominator)

    def __deepcopy__(self, memo):
        return self.__copy__()
