# SPDX-License-Identifier: MIT
"""decimal: products, quotients, square roots, powers and text of numbers of 100 to 300,000 digits.

group: library
"""
import sys
from decimal import Decimal, localcontext

DEFAULT = 10


def work(rounds):
    check = 0
    with localcontext() as context:
        for digits, repeat in ((100, 3000), (400, 800), (1000, 200), (3000, 60), (20000, 4), (300000, 0)):
            context.prec = 2 * digits
            a = Decimal('1' + '7390258146' * (digits // 10))
            b = Decimal('8' + '0918273645' * (digits // 10))
            for _ in range(repeat * rounds // 10 or 1):
                c = a * b
                check += c.adjusted() + (c + a).adjusted()
            for _ in range(repeat * rounds // 100 or 1):
                check += (c / b == a) + (a / b).adjusted() + a.sqrt().adjusted() + len(str(Decimal(str(c))))
            check += (Decimal('1.0000001') ** digits).adjusted()
    return check


print('lib_decimal_big', work(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
