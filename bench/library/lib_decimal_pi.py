# SPDX-License-Identifier: MIT
"""decimal: pi to 28 digits over and over and to some thousand once, by the series of the documentation's recipe.

group: library
"""
import sys
from decimal import Decimal, localcontext

DEFAULT = 5000


def pi():
    with localcontext() as context:
        context.prec += 2
        three = Decimal(3)
        last, t, s, n, na, d, da = 0, three, 3, 1, 0, 0, 24
        while s != last:
            last = s
            n, na = n + na, na + 8
            d, da = d + da, da + 32
            t = (t * n) / d
            s += t
    return +s


def work(amount):
    for _ in range(amount):
        short = pi()
    with localcontext() as context:
        context.prec = amount // 2
        long = pi()
    return short, str(long)[-20:]


print('lib_decimal_pi', *work(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
