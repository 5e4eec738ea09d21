# SPDX-License-Identifier: MIT
"""The tower of numeric types (PEP 3141): Number, Complex, Real, Rational, Integral.

Each class says with abstract methods what its numbers can do, and derives from that what it can.
"""

from abc import ABCMeta, abstractmethod

__all__ = ['Number', 'Complex', 'Real', 'Rational', 'Integral']


class Number(metaclass=ABCMeta):
    """Any number."""

    __slots__ = ()
    __hash__ = None     # a concrete type has to say


class Complex(Number):
    """Numbers with the operations of complex: + - * / **, abs(), ==, and a real and an imaginary part."""

    __slots__ = ()

    @property
    @abstractmethod
    def real(self):
        """The real part."""
        raise NotImplementedError

    @property
    @abstractmethod
    def imag(self):
        """The imaginary part."""
        raise NotImplementedError

    @abstractmethod
    def conjugate(self):
        """Return the number with the sign of the imaginary part turned."""
        raise NotImplementedError

    @abstractmethod
    def __complex__(self):
        """Return it as a complex."""

    @abstractmethod
    def __abs__(self):
        """Return the distance from 0, a Real."""
        raise NotImplementedError

    @abstractmethod
    def __eq__(self, other):
        """Return whether self == other."""
        raise NotImplementedError

    def __bool__(self):
        """Whether it is not 0."""
        return self != 0

    @abstractmethod
    def __neg__(self):
        """Return -self."""
        raise NotImplementedError

    @abstractmethod
    def __pos__(self):
        """Return +self."""
        raise NotImplementedError

    @abstractmethod
    def __add__(self, other):
        """Return self + other."""
        raise NotImplementedError

    @abstractmethod
    def __radd__(self, other):
        """Return other + self."""
        raise NotImplementedError

    def __sub__(self, other):
        """Return self - other, by way of + and -."""
        return self + -other

    def __rsub__(self, other):
        """Return other - self, by way of + and -."""
        return -self + other

    @abstractmethod
    def __mul__(self, other):
        """Return self * other."""
        raise NotImplementedError

    @abstractmethod
    def __rmul__(self, other):
        """Return other * self."""
        raise NotImplementedError

    @abstractmethod
    def __truediv__(self, other):
        """Return self / other."""
        raise NotImplementedError

    @abstractmethod
    def __rtruediv__(self, other):
        """Return other / self."""
        raise NotImplementedError

    @abstractmethod
    def __pow__(self, exponent):
        """Return self ** exponent."""
        raise NotImplementedError

    @abstractmethod
    def __rpow__(self, base):
        """Return base ** self."""
        raise NotImplementedError


Complex.register(complex)


class Real(Complex):
    """Numbers with the operations of float: those of Complex, an order, rounding, //, % and divmod()."""

    __slots__ = ()

    @abstractmethod
    def __float__(self):
        """Return it as a float."""
        raise NotImplementedError

    @abstractmethod
    def __trunc__(self):
        """Return the Integral next to it towards 0."""
        raise NotImplementedError

    @abstractmethod
    def __floor__(self):
        """Return the largest Integral that is not larger."""
        raise NotImplementedError

    @abstractmethod
    def __ceil__(self):
        """Return the smallest Integral that is not smaller."""
        raise NotImplementedError

    @abstractmethod
    def __round__(self, ndigits=None):
        """Return it rounded to ndigits decimal places, halves to even; without ndigits an Integral."""
        raise NotImplementedError

    @abstractmethod
    def __lt__(self, other):
        """Return whether self < other."""
        raise NotImplementedError

    @abstractmethod
    def __le__(self, other):
        """Return whether self <= other."""
        raise NotImplementedError

    @abstractmethod
    def __floordiv__(self, other):
        """Return self // other: the floor of the quotient."""
        raise NotImplementedError

    @abstractmethod
    def __rfloordiv__(self, other):
        """Return other // self."""
        raise NotImplementedError

    @abstractmethod
    def __mod__(self, other):
        """Return self % other."""
        raise NotImplementedError

    @abstractmethod
    def __rmod__(self, other):
        """Return other % self."""
        raise NotImplementedError

    def __divmod__(self, other):
        """divmod(self, other), by way of // and %"""
        return self // other, self % other

    def __rdivmod__(self, other):
        """divmod(other, self), by way of // and %"""
        return other // self, other % self

    # A real number is a complex one without an imaginary part.

    def __complex__(self):
        return complex(float(self))

    def conjugate(self):
        """Return the number itself."""
        return +self

    @property
    def real(self):
        """The number itself."""
        return +self

    @property
    def imag(self):
        """0"""
        return 0


Real.register(float)


class Rational(Real):
    """Numbers that are a quotient of two Integrals, in lowest terms and with a positive denominator."""

    __slots__ = ()

    @property
    @abstractmethod
    def numerator(self):
        """The upper number of the quotient."""
        raise NotImplementedError

    @property
    @abstractmethod
    def denominator(self):
        """The lower number of the quotient."""
        raise NotImplementedError

    def __float__(self):
        return self.numerator / self.denominator


class Integral(Rational):
    """Numbers with the operations of int: those of Rational, int(), pow() with a modulus, and on bits."""

    __slots__ = ()

    @abstractmethod
    def __int__(self):
        """Return it as an int."""
        raise NotImplementedError

    def __index__(self):
        """Return it as an index."""
        return int(self)

    @abstractmethod
    def __pow__(self, exponent, modulus=None):
        """Return self ** exponent, modulo modulus if that is given."""
        raise NotImplementedError

    @abstractmethod
    def __lshift__(self, other):
        """Return self << other."""
        raise NotImplementedError

    @abstractmethod
    def __rlshift__(self, other):
        """Return other << self."""
        raise NotImplementedError

    @abstractmethod
    def __rshift__(self, other):
        """Return self >> other."""
        raise NotImplementedError

    @abstractmethod
    def __rrshift__(self, other):
        """Return other >> self."""
        raise NotImplementedError

    @abstractmethod
    def __and__(self, other):
        """Return self & other."""
        raise NotImplementedError

    @abstractmethod
    def __rand__(self, other):
        """Return other & self."""
        raise NotImplementedError

    @abstractmethod
    def __xor__(self, other):
        """Return self ^ other."""
        raise NotImplementedError

    @abstractmethod
    def __rxor__(self, other):
        """Return other ^ self."""
        raise NotImplementedError

    @abstractmethod
    def __or__(self, other):
        """Return self | other."""
        raise NotImplementedError

    @abstractmethod
    def __ror__(self, other):
        """Return other | self."""
        raise NotImplementedError

    @abstractmethod
    def __invert__(self):
        """Return ~self."""
        raise NotImplementedError

    # An integral number is a rational one with denominator 1.

    def __float__(self):
        return float(int(self))

    @property
    def numerator(self):
        """The number itself."""
        return +self

    @property
    def denominator(self):
        """1"""
        return 1


Integral.register(int)
