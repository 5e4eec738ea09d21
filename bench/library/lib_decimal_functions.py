# SPDX-License-Identifier: MIT
"""decimal: square roots, exponentials, logarithms and powers at 28 and at 1000 digits.

group: library
"""
import sys
from decimal import Decimal, localcontext

DEFAULT = 200


def work(rounds):
    total = Decimal(0)
    with localcontext() as context:
        for prec, repeat in ((28, rounds * 10), (1000, rounds // 10)):
            context.prec = prec
            step = Decimal('0.73')
            x = Decimal('1.37')
            for _ in range(repeat):
                total += x.sqrt() + (x / 7).exp() + x.ln() + x.log10() + x ** 7 + x ** Decimal('0.3')
                x += step
                if x > 50:
                    x -= 49
    return str(total)[:60]


print('lib_decimal_functions', work(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
