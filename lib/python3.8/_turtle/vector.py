# SPDX-License-Identifier: MIT
"""Vec2D, the points and directions of turtle."""
import math


class Vec2D(tuple):
    """A vector of two numbers, Vec2D(x, y).

    It is a tuple with arithmetic: a + b, a - b, -a; a * b is the inner product of two vectors, a * k and
    k * a with a number k a vector; abs(a) is the length, a.rotate(angle) a turned vector.
    """

    def __new__(cls, x, y):
        return tuple.__new__(cls, (x, y))

    def __add__(self, other):
        return Vec2D(self[0] + other[0], self[1] + other[1])

    def __sub__(self, other):
        return Vec2D(self[0] - other[0], self[1] - other[1])

    def __neg__(self):
        x, y = self
        return Vec2D(-x, -y)

    def __mul__(self, other):
        x, y = self
        if isinstance(other, Vec2D):
            return x * other[0] + y * other[1]
        return Vec2D(x * other, y * other)

    def __rmul__(self, other):
        if not isinstance(other, (int, float)):
            return NotImplemented
        return self * other

    def __abs__(self):
        x, y = self
        return (x * x + y * y) ** 0.5

    def rotate(self, angle):
        """Return this vector turned counterclockwise by angle degrees."""
        x, y = self
        turn = angle * math.pi / 180.0
        cosine, sine = math.cos(turn), math.sin(turn)
        return Vec2D(x * cosine - y * sine, y * cosine + x * sine)

    def __getnewargs__(self):
        return tuple(self)

    def __repr__(self):
        return '(%.2f,%.2f)' % self
