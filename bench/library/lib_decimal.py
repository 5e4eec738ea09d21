# SPDX-License-Identifier: MIT
"""decimal: sums, products, quotients, square roots and formatting.

group: library
"""
import sys
from decimal import Decimal, getcontext

DEFAULT = 480


def work(amount):
    getcontext().prec = 28
    total = Decimal(0)
    for n in range(amount):
        for k in range(1, 600):
            price = Decimal(k * 37 + n) / Decimal(100)
            total += price * Decimal('1.0825') - price / 3
            total = total.quantize(Decimal('0.0001'))
        total += Decimal(n + 2).sqrt() + Decimal(len(format(total, ',.2f')))
    return str(total)


print('lib_decimal', work(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
