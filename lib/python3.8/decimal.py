# SPDX-License-Identifier: MIT
"""Decimal arithmetic, as of the General Decimal Arithmetic Specification: exact decimal fractions, a chosen precision,
and signals for what happens.

Numbers are made from text, integers or floats and keep the digits they are given:

>>> setcontext(Context(prec=28, rounding=ROUND_HALF_EVEN))
>>> Decimal('4.20') + Decimal('0.1')
Decimal('4.30')
>>> Decimal('4.20') * 3
Decimal('12.60')
>>> Decimal('4.20') == Decimal('4.2')
True
>>> Decimal(2) ** 70
Decimal('1180591620717411303424')
>>> Decimal(0.3)
Decimal('0.299999999999999988897769753748434595763683319091796875')
>>> sum([Decimal('0.1')] * 10)
Decimal('1.0')
>>> Decimal('12.5') // 5, Decimal('12.5') % 5, divmod(Decimal(-7), 2)
(Decimal('2'), Decimal('2.5'), (Decimal('-3'), Decimal('-1')))
>>> int(Decimal('-7.9'))
-7
>>> float(Decimal('0.25'))
0.25
>>> max(Decimal('2.5'), 2, Decimal('-9'))
Decimal('2.5')
>>> '{:,.2f}'.format(Decimal('1234567.891'))
'1,234,567.89'
>>> Decimal('six')
Traceback (most recent call last):
    ...
decimal.InvalidOperation: [<class 'decimal.ConversionSyntax'>]

The context in force decides how results are rounded:

>>> getcontext().prec = 6
>>> Decimal(1) / 7
Decimal('0.142857')
>>> Decimal(2).sqrt()
Decimal('1.41421')
>>> getcontext().rounding = ROUND_UP
>>> Decimal(1) / 7
Decimal('0.142858')
>>> Decimal('7.325').quantize(Decimal('0.01'), rounding=ROUND_HALF_DOWN)
Decimal('7.32')
>>> getcontext().rounding = ROUND_HALF_EVEN

A signal sets its flag, and raises its exception where it is trapped:

>>> getcontext().clear_flags()
>>> Decimal(1) / 3
Decimal('0.333333')
>>> getcontext().flags[Inexact]
True
>>> getcontext().flags[DivisionByZero]
False
>>> Decimal(1) / 0
Traceback (most recent call last):
    ...
decimal.DivisionByZero: [<class 'decimal.DivisionByZero'>]
>>> getcontext().traps[DivisionByZero] = False
>>> Decimal(-1) / 0
Decimal('-Infinity')
>>> getcontext().traps[Inexact] = True
>>> Decimal(1) / 3
Traceback (most recent call last):
    ...
decimal.Inexact: [<class 'decimal.Inexact'>]
>>> getcontext().clear_traps()
>>> Decimal(0) / 0
Decimal('NaN')
>>> Decimal('NaN') == Decimal('NaN')
False
>>> getcontext().flags[InvalidOperation]
True
>>> Decimal('Infinity') - 1
Decimal('Infinity')
>>> -Decimal('Infinity') < 0
True
>>> Decimal('-0')
Decimal('-0')
>>> Decimal('-0') == 0
True
>>> setcontext(DefaultContext)
>>> getcontext().prec
28

The native module _decimal does the work; _pydecimal, the same in Python, stands in where it is missing.
"""

try:
    from _decimal import *
    from _decimal import __version__, __libmpdec_version__
except ImportError:
    from _pydecimal import *
    from _pydecimal import __version__, __libmpdec_version__
