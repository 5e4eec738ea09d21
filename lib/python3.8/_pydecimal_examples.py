# SPDX-License-Identifier: MIT
"""Examples for the methods of _pydecimal.Context and (Decimal.*) of Decimal, which become part of their docstrings.

A table: the method, and below it a line for each example: operands -> result.  They stand for Decimals, but for an
operand with # before it, which is a plain number, and for True, False and text in quotes; two results with a comma
between are a tuple.  The context is ExtendedContext, which has 9 digits and traps nothing.
"""

_TABLE = '''\
abs
    7.25 -> 7.25
    -7.25 -> 7.25
    0 -> 0
    -0.0 -> 0.0
    -1234567.895 -> 1234567.90
    -Infinity -> Infinity
    NaN -> NaN
    #-42 -> 42
add
    19.50 0.5 -> 20.00
    1E+3 1 -> 1001
    -7 7 -> 0
    1.10 2.2 -> 3.30
    Infinity -1 -> Infinity
    Infinity -Infinity -> NaN
    #3 #4 -> 7
    #3 4.5 -> 7.5
canonical
    6.02E+23 -> 6.02E+23
compare
    2.5 4 -> -1
    4 2.50 -> 1
    2.5 2.500 -> 0
    0 -0 -> 0
    -1 -2 -> 1
    Infinity 9E+99 -> 1
    NaN 1 -> NaN
    #1 #2 -> -1
    #5 4.9 -> 1
    0.5 #1 -> -1
compare_signal
    2.5 4 -> -1
    4 2.50 -> 1
    2.5 2.500 -> 0
    #1 #2 -> -1
    #5 4.9 -> 1
    0.5 #1 -> -1
    -Infinity 0 -> -1
compare_total
    2.5 4 -> -1
    2.5 2.500 -> 1
    2.500 2.5 -> -1
    -0 0 -> -1
    -2.5 -2.500 -> -1
    Infinity NaN -> -1
    NaN sNaN -> 1
    -NaN -Infinity -> -1
    #1 #2 -> -1
    #5 5.0 -> 1
copy_abs
    7.25 -> 7.25
    -100 -> 100
    -NaN -> NaN
    #-1 -> 1
copy_decimal
    7.25 -> 7.25
    -0.00 -> -0.00
    -sNaN8 -> -sNaN8
    #-1 -> -1
copy_negate
    7.25 -> -7.25
    -0 -> 0
    NaN -> -NaN
    #1 -> -1
copy_sign
    7.25 1 -> 7.25
    7.25 -1 -> -7.25
    -7.25 0 -> 7.25
    -7.25 -0 -> -7.25
    Infinity -3 -> -Infinity
    #8 #-1 -> -8
    0.0 #-1 -> -0.0
    #3 -NaN -> -3
create_decimal_from_float
    #2.75 -> 2.75
    #0.1 -> 0.100000000
    #-1e+300 -> -1.00000000E+300
    #float('inf') -> Infinity
divide
    1 8 -> 0.125
    1 7 -> 0.142857143
    2 -3 -> -0.666666667
    60 5 -> 12
    6.00 3 -> 2.00
    1E+9 4 -> 2.5E+8
    0 5 -> 0
    5 0 -> Infinity
    -5 0 -> -Infinity
    0 0 -> NaN
    1 Infinity -> 0E-1000007
    #9 #4 -> 2.25
    #9 -4.5 -> -2
    1.5 #3 -> 0.5
divide_int
    17 5 -> 3
    -17 5 -> -3
    17.5 0.5 -> 35
    1 Infinity -> 0
    #17 #5 -> 3
    #17 0.3 -> 56
    5.5 #2 -> 2
divmod
    17 5 -> 3,2
    -17 5 -> -3,-2
    8.5 0.75 -> 11,0.25
    1 0 -> Infinity,NaN
    #17 #5 -> 3,2
    #17 0.3 -> 56,0.2
exp
    0 -> 1
    1 -> 2.71828183
    -1 -> 0.367879441
    2.5 -> 12.1824940
    0.693147181 -> 2.00000000
    -Infinity -> 0
    Infinity -> Infinity
    1E-12 -> 1.00000000
    NaN -> NaN
    #10 -> 22026.4658
fma
    3 4 5 -> 17
    0.5 0.5 -1 -> -0.75
    999999999 999999999 1 -> 9.99999998E+17
    -2 3 6 -> 0
    #3 #4 #5 -> 17
    #1 2.5 #3 -> 5.5
    0.1 #10 #1 -> 2.0
is_canonical
    6.02E+23 -> True
is_finite
    7.25 -> True
    -0 -> True
    1E-999 -> True
    Infinity -> False
    NaN -> False
    #1 -> True
is_infinite
    7.25 -> False
    -Infinity -> True
    NaN -> False
    #1 -> False
is_nan
    7.25 -> False
    NaN -> True
    -sNaN -> True
    #1 -> False
is_normal
    7.25 -> True
    -0.001 -> True
    0 -> False
    1E-999999 -> True
    1E-1000001 -> False
    -Infinity -> False
    NaN -> False
    1E+999999 -> True
    #1 -> True
is_qnan
    7.25 -> False
    NaN7 -> True
    sNaN -> False
    #1 -> False
is_signed
    7.25 -> False
    -7.25 -> True
    -0 -> True
    -NaN -> True
    #8 -> False
is_snan
    7.25 -> False
    NaN -> False
    -sNaN1 -> True
    #1 -> False
is_subnormal
    7.25 -> False
    -0.001 -> False
    0 -> False
    1E-999999 -> False
    1E-1000001 -> True
    -Infinity -> False
    NaN -> False
    -1E-1000007 -> True
    #1 -> False
is_zero
    7.25 -> False
    0 -> True
    -0E+12 -> True
    NaN -> False
    #1 -> False
ln
    1 -> 0
    2 -> 0.693147181
    10 -> 2.30258509
    0 -> -Infinity
    -1 -> NaN
    0.5 -> -0.693147181
    Infinity -> Infinity
    1E+100 -> 230.258509
    3.00 -> 1.09861229
    #4 -> 1.38629436
log10
    1 -> 0
    1000 -> 3
    0.001 -> -3
    2 -> 0.301029996
    70 -> 1.84509804
    0 -> -Infinity
    -1 -> NaN
    Infinity -> Infinity
    1E-50 -> -50
    NaN -> NaN
    #100 -> 2
    #3 -> 0.477121255
logb
    250 -> 2
    7.25 -> 0
    0.03 -> -2
    1E+40 -> 40
    0 -> -Infinity
    -Infinity -> Infinity
    #1000 -> 3
logical_and
    0 1 -> 0
    1 1 -> 1
    1100 1010 -> 1000
    1111 10 -> 10
    0 0 -> 0
    101 2 -> NaN
    111 111000 -> 0
    #110 #1101 -> 100
    110 #11 -> 10
logical_invert
    0 -> 111111111
    1 -> 111111110
    101010101 -> 10101010
    111111111 -> 0
    #1101 -> 111110010
logical_or
    0 1 -> 1
    1 1 -> 1
    1100 1010 -> 1110
    1111 10 -> 1111
    0 0 -> 0
    101 2 -> NaN
    111 111000 -> 111111
    #110 #1101 -> 1111
    110 #11 -> 111
logical_xor
    0 1 -> 1
    1 1 -> 0
    1100 1010 -> 110
    1111 10 -> 1101
    0 0 -> 0
    101 2 -> NaN
    111 111000 -> 111111
    #110 #1101 -> 1011
    110 #11 -> 101
max
    2.5 4 -> 4
    -10 -3 -> -3
    1.0 1 -> 1
    NaN 7 -> 7
    -Infinity 0 -> 0
    #1 #2 -> 2
    0.5 #1 -> 1
max_mag
    2.5 -4 -> -4
    -10 3 -> -10
    NaN 7 -> 7
    #1 #-2 -> -2
    0.5 #1 -> 1
min
    2.5 4 -> 2.5
    -10 -3 -> -10
    1.0 1 -> 1.0
    NaN 7 -> 7
    -Infinity 0 -> -Infinity
    #1 #2 -> 1
    0.5 #1 -> 0.5
min_mag
    2.5 -4 -> 2.5
    -10 3 -> 3
    NaN 7 -> 7
    #1 #-2 -> 1
    0.5 #1 -> 0.5
minus
    7.25 -> -7.25
    -0.5 -> 0.5
    0 -> 0
    #9 -> -9
multiply
    1.5 4 -> 6.0
    1.50 4 -> 6.00
    -3 0.2 -> -0.6
    -0 5 -> -0
    123456 654321 -> 8.07798534E+10
    Infinity 0 -> NaN
    Infinity -2 -> -Infinity
    #6 #7 -> 42
    0.5 #8 -> 4.0
next_minus
    1 -> 0.999999999
    1.00000001 -> 1.00000000
    -7 -> -7.00000001
    0 -> -1E-1000007
    1E-1000007 -> 0E-1000007
    Infinity -> 9.99999999E+999999
    -Infinity -> -Infinity
    #1 -> 0.999999999
next_plus
    1 -> 1.00000001
    1.00000001 -> 1.00000002
    -7 -> -6.99999999
    0 -> 1E-1000007
    -1E-1000007 -> -0E-1000007
    Infinity -> Infinity
    -Infinity -> -9.99999999E+999999
    #1 -> 1.00000001
next_toward
    1 2 -> 1.00000001
    1 0 -> 0.999999999
    1 1.0 -> 1
    -7 0 -> -6.99999999
    -7 -Infinity -> -7.00000001
    0 1 -> 1E-1000007
    0 -1 -> -1E-1000007
    Infinity 0 -> 9.99999999E+999999
    -Infinity 1 -> -9.99999999E+999999
    1 NaN -> NaN
    #1 #2 -> 1.00000001
    #1 0 -> 0.999999999
    -1 #5 -> -0.999999999
normalize
    7.2500 -> 7.25
    1200 -> 1.2E+3
    -0.00 -> -0
    1E+3 -> 1E+3
    0 -> 0
    -Infinity -> -Infinity
    #500 -> 5E+2
number_class
    Infinity -> '+Infinity'
    7.25 -> '+Normal'
    1E-1000001 -> '+Subnormal'
    0 -> '+Zero'
    -0 -> '-Zero'
    -1E-1000001 -> '-Subnormal'
    -7.25 -> '-Normal'
    -Infinity -> '-Infinity'
    NaN -> 'NaN'
    -NaN -> 'NaN'
    sNaN -> 'sNaN'
    -sNaN3 -> 'sNaN'
    1E+12 -> '+Normal'
    0E+5 -> '+Zero'
    -0.00 -> '-Zero'
    123456789 -> '+Normal'
    #8 -> '+Normal'
plus
    7.2500 -> 7.2500
    -12345.678912 -> -12345.6789
    #7 -> 7
power
    2 10 -> 1024
    -2 3 -> -8
    -2 4 -> 16
    2 -3 -> 0.125
    10 -5 -> 0.00001
    1.5 2 -> 2.25
    2 0.5 -> 1.41421356
    100 0.5 -> 10.0000000
    0 0 -> NaN
    0 3 -> 0
    0 -3 -> Infinity
    -0 -3 -> -Infinity
    Infinity 2 -> Infinity
    Infinity 0 -> 1
    Infinity -1 -> 0
    -Infinity 3 -> -Infinity
    -Infinity -2 -> 0
    -1 Infinity -> NaN
    0.5 Infinity -> 0
    1 NaN -> NaN
    NaN 0 -> NaN
    #7 #8 -> 5764801
    #2 -1 -> 0.5
    1.1 #3 -> 1.331
    #3 #5 #7 -> 5
    #2 #100 #1000 -> 376
    -8 0.5 -> NaN
quantize
    7.256 0.1 -> 7.3
    7.256 0.01 -> 7.26
    7.256 1 -> 7
    7.256 1E+1 -> 1E+1
    -0.5 1 -> -0
    -1.5 1 -> -2
    2.345 0.00 -> 2.34
    99.99 0.1 -> 100.0
    250 1E+2 -> 2E+2
    0 1E-4 -> 0.0000
    -0.004 0.01 -> -0.00
    123456789 0.01 -> NaN
    Infinity 1 -> NaN
    Infinity -Infinity -> Infinity
    NaN 1 -> NaN
    #7 #1 -> 7
    #7 0.1 -> 7.0
    7.25 #1 -> 7
    1E+3 1 -> 1000
radix
    -> 10
remainder
    17 5 -> 2
    -17 5 -> -2
    17 -5 -> 2
    8.5 0.75 -> 0.25
    1 0.3 -> 0.1
    5 Infinity -> 5
    5 0 -> NaN
    #17 #5 -> 2
    #17 0.3 -> 0.2
    5.5 #2 -> 1.5
remainder_near
    17 5 -> 2
    18 5 -> -2
    -18 5 -> 2
    18 -5 -> -2
    8.5 0.75 -> 0.25
    1 0.3 -> 0.1
    7.5 5 -> -2.5
    5 Infinity -> 5
    #18 #5 -> -2
    #18 0.7 -> -0.2
    5.5 #2 -> -0.5
rotate
    123456789 2 -> 345678912
    123456789 -2 -> 891234567
    123456789 0 -> 123456789
    42 1 -> 420
    42 -1 -> 200000004
    -42 3 -> -42000
    42 10 -> NaN
    #7 #8 -> 700000000
    7 #1 -> 70
same_quantum
    1.25 3.50 -> True
    1.25 3.5 -> False
    1 200 -> True
    Infinity -Infinity -> True
    NaN 1 -> False
    #1 #-1 -> True
    1.0 #1 -> False
scaleb
    7.25 3 -> 7.25E+3
    7.25 -3 -> 0.00725
    -1E+5 2 -> -1E+7
    Infinity 4 -> Infinity
    7 0.5 -> NaN
    #1 #4 -> 1E+4
shift
    123456789 2 -> 345678900
    123456789 -2 -> 1234567
    123456789 0 -> 123456789
    42 1 -> 420
    42 -1 -> 4
    -42 3 -> -42000
    42 10 -> NaN
    #7 #8 -> 700000000
    7 #1 -> 70
sqrt
    0 -> 0
    1 -> 1
    2 -> 1.41421356
    144 -> 12
    0.25 -> 0.5
    1.0 -> 1.0
    1.00 -> 1.0
    -0 -> -0
    -4 -> NaN
    1E+10 -> 1E+5
    Infinity -> Infinity
    #7 -> 2.64575131
subtract
    19.50 0.5 -> 19.00
    1.10 2.2 -> -1.10
    7 7.0 -> 0.0
    0 -0 -> 0
    Infinity Infinity -> NaN
    #8 #3 -> 5
    0.5 #1 -> -0.5
to_eng_string
    123E+1 -> '1.23E+3'
    123E+3 -> '123E+3'
    123E-10 -> '12.3E-9'
    -123E-12 -> '-123E-12'
    7E-7 -> '700E-9'
    7E+7 -> '70E+6'
    0E+3 -> '0E+3'
    #1000 -> '1000'
to_integral_exact
    7.25 -> 7
    7.5 -> 8
    8.5 -> 8
    -7.5 -> -8
    100 -> 100
    1E+5 -> 1E+5
    Infinity -> Infinity
    NaN -> NaN
to_integral_value
    7.25 -> 7
    7.5 -> 8
    8.5 -> 8
    -7.5 -> -8
    100 -> 100
    1E+5 -> 1E+5
    Infinity -> Infinity
    NaN -> NaN
'''

EXAMPLES = {
    'Decimal.compare_total': """
    >>> Decimal('2.500').compare_total(Decimal('2.5'))
    Decimal('-1')
    """,
    'Decimal.copy_sign': """
    >>> Decimal('7.25').copy_sign(Decimal('-0'))
    Decimal('-7.25')
    """,
}

_AFTER_COMPARE_SIGNAL = """    >>> ExtendedContext.flags[InvalidOperation] = False
    >>> ExtendedContext.compare_signal(Decimal('NaN'), Decimal('1'))
    Decimal('NaN')
    >>> ExtendedContext.flags[InvalidOperation]
    True
    >>> ExtendedContext.flags[InvalidOperation] = False
    >>> ExtendedContext.compare_signal(Decimal('-sNaN'), Decimal('1'))
    Decimal('-NaN')
    >>> ExtendedContext.flags[InvalidOperation]
    True
    >>> ExtendedContext.flags[InvalidOperation] = False
    """


def _operand(token):
    return token[1:] if token.startswith('#') else "Decimal('%s')" % token


def _result(token):
    if token in ('True', 'False') or token.startswith("'"):
        return token
    if ',' in token:
        return '(%s)' % ', '.join(map(_operand, token.split(',')))
    return _operand(token)


def _read_table():
    """Make examples of the table."""
    for line in _TABLE.splitlines():
        if not line.startswith(' '):
            name = line
            EXAMPLES[name] = '\n    '
            continue
        operands, _, result = line.partition('->')
        EXAMPLES[name] += '>>> ExtendedContext.%s(%s)\n    %s\n    ' % (
            name, ', '.join(map(_operand, operands.split())), _result(result.strip()))


_read_table()
EXAMPLES['compare_signal'] = EXAMPLES['compare_signal'].rstrip(' ') + _AFTER_COMPARE_SIGNAL
