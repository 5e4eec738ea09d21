# SPDX-License-Identifier: MIT
"""decimal: telephone bills (after the telco benchmark): parse, multiply by a rate, round to cents, add taxes, print.

group: library
"""
import sys
from decimal import Decimal, ROUND_DOWN, ROUND_HALF_EVEN

DEFAULT = 260000


def work(calls):
    rates = Decimal('0.0013'), Decimal('0.00894')
    cent = Decimal('.01')
    basic, distance = Decimal('0.0675'), Decimal('0.0341')
    total = base_tax = distance_tax = Decimal(0)
    length = 0
    seconds = 1
    for n in range(calls):
        seconds = seconds * 7621 % 32749
        call = Decimal(str(seconds))
        far = seconds & 1
        price = (call * rates[far]).quantize(cent, ROUND_HALF_EVEN)
        tax = (price * basic).quantize(cent, ROUND_DOWN)
        base_tax += tax
        bill = price + tax
        if far:
            tax = (price * distance).quantize(cent, ROUND_DOWN)
            distance_tax += tax
            bill += tax
        total += bill
        length += len(str(bill))
    return total, base_tax, distance_tax, length


print('lib_decimal_money', *work(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
