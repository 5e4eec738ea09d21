# SPDX-License-Identifier: MIT
"""decimal: reading, printing, formatting, hashing, comparing and converting numbers of everyday size.

group: library
"""
import sys
from decimal import Decimal

DEFAULT = 75


def work(rounds):
    texts = ['%d.%02d' % (n * 7919 % 100000, n % 100) for n in range(800)]
    texts += ['%d.%015de-%d' % (n % 9 + 1, n * 104729, n % 20) for n in range(400)]
    check = 0
    for _ in range(rounds):
        numbers = [Decimal(text) for text in texts]
        check += sum(len(str(number)) for number in numbers)
        check += sum(len(format(number, ',.3f')) for number in numbers[:400])
        check += len({number: number for number in numbers})
        numbers.sort()
        check += int(numbers[-1]) + round(float(numbers[600]))
        check += sum(number == other for number in numbers for other in (1, Decimal('12.30')))
    return check


print('lib_decimal_text', work(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
