# SPDX-License-Identifier: MIT
"""Examples for the methods of _pydecimal.Context and (Decimal.*) of Decimal, which become part of their docstrings.

The context ExtendedContext has 9 digits and traps nothing.
"""

EXAMPLES = {
    'Decimal.compare_total': '''
    >>> Decimal('2.500').compare_total(Decimal('2.5'))
    Decimal('-1')
    ''',
    'Decimal.copy_sign': '''
    >>> Decimal('7.25').copy_sign(Decimal('-0'))
    Decimal('-7.25')
    ''',
    'abs': '''
    >>> ExtendedContext.abs(Decimal('7.25'))
    Decimal('7.25')
    >>> ExtendedContext.abs(Decimal('-7.25'))
    Decimal('7.25')
    >>> ExtendedContext.abs(Decimal('0'))
    Decimal('0')
    >>> ExtendedContext.abs(Decimal('-0.0'))
    Decimal('0.0')
    >>> ExtendedContext.abs(Decimal('-1234567.895'))
    Decimal('1234567.90')
    >>> ExtendedContext.abs(Decimal('-Infinity'))
    Decimal('Infinity')
    >>> ExtendedContext.abs(Decimal('NaN'))
    Decimal('NaN')
    >>> ExtendedContext.abs(-42)
    Decimal('42')
    ''',
    'add': '''
    >>> ExtendedContext.add(Decimal('19.50'), Decimal('0.5'))
    Decimal('20.00')
    >>> ExtendedContext.add(Decimal('1E+3'), Decimal('1'))
    Decimal('1001')
    >>> ExtendedContext.add(Decimal('-7'), Decimal('7'))
    Decimal('0')
    >>> ExtendedContext.add(Decimal('1.10'), Decimal('2.2'))
    Decimal('3.30')
    >>> ExtendedContext.add(Decimal('Infinity'), Decimal('-1'))
    Decimal('Infinity')
    >>> ExtendedContext.add(Decimal('Infinity'), Decimal('-Infinity'))
    Decimal('NaN')
    >>> ExtendedContext.add(3, 4)
    Decimal('7')
    >>> ExtendedContext.add(3, Decimal('4.5'))
    Decimal('7.5')
    ''',
    'canonical': '''
    >>> ExtendedContext.canonical(Decimal('6.02E+23'))
    Decimal('6.02E+23')
    ''',
    'compare': '''
    >>> ExtendedContext.compare(Decimal('2.5'), Decimal('4'))
    Decimal('-1')
    >>> ExtendedContext.compare(Decimal('4'), Decimal('2.50'))
    Decimal('1')
    >>> ExtendedContext.compare(Decimal('2.5'), Decimal('2.500'))
    Decimal('0')
    >>> ExtendedContext.compare(Decimal('0'), Decimal('-0'))
    Decimal('0')
    >>> ExtendedContext.compare(Decimal('-1'), Decimal('-2'))
    Decimal('1')
    >>> ExtendedContext.compare(Decimal('Infinity'), Decimal('9E+99'))
    Decimal('1')
    >>> ExtendedContext.compare(Decimal('NaN'), Decimal('1'))
    Decimal('NaN')
    >>> ExtendedContext.compare(1, 2)
    Decimal('-1')
    >>> ExtendedContext.compare(5, Decimal('4.9'))
    Decimal('1')
    >>> ExtendedContext.compare(Decimal('0.5'), 1)
    Decimal('-1')
    ''',
    'compare_signal': '''
    >>> ExtendedContext.compare_signal(Decimal('2.5'), Decimal('4'))
    Decimal('-1')
    >>> ExtendedContext.compare_signal(Decimal('4'), Decimal('2.50'))
    Decimal('1')
    >>> ExtendedContext.compare_signal(Decimal('2.5'), Decimal('2.500'))
    Decimal('0')
    >>> ExtendedContext.flags[InvalidOperation] = False
    >>> ExtendedContext.flags[InvalidOperation]
    False
    >>> ExtendedContext.compare_signal(Decimal('NaN'), Decimal('1'))
    Decimal('NaN')
    >>> ExtendedContext.flags[InvalidOperation]
    True
    >>> ExtendedContext.flags[InvalidOperation] = False
    >>> ExtendedContext.compare_signal(Decimal('-sNaN'), Decimal('1'))
    Decimal('-NaN')
    >>> ExtendedContext.flags[InvalidOperation]
    True
    >>> ExtendedContext.compare_signal(1, 2)
    Decimal('-1')
    >>> ExtendedContext.compare_signal(5, Decimal('4.9'))
    Decimal('1')
    >>> ExtendedContext.compare_signal(Decimal('0.5'), 1)
    Decimal('-1')
    >>> ExtendedContext.compare_signal(Decimal('-Infinity'), Decimal('0'))
    Decimal('-1')
    ''',
    'compare_total': '''
    >>> ExtendedContext.compare_total(Decimal('2.5'), Decimal('4'))
    Decimal('-1')
    >>> ExtendedContext.compare_total(Decimal('2.5'), Decimal('2.500'))
    Decimal('1')
    >>> ExtendedContext.compare_total(Decimal('2.500'), Decimal('2.5'))
    Decimal('-1')
    >>> ExtendedContext.compare_total(Decimal('-0'), Decimal('0'))
    Decimal('-1')
    >>> ExtendedContext.compare_total(Decimal('-2.5'), Decimal('-2.500'))
    Decimal('-1')
    >>> ExtendedContext.compare_total(Decimal('Infinity'), Decimal('NaN'))
    Decimal('-1')
    >>> ExtendedContext.compare_total(Decimal('NaN'), Decimal('sNaN'))
    Decimal('1')
    >>> ExtendedContext.compare_total(Decimal('-NaN'), Decimal('-Infinity'))
    Decimal('-1')
    >>> ExtendedContext.compare_total(1, 2)
    Decimal('-1')
    >>> ExtendedContext.compare_total(5, Decimal('5.0'))
    Decimal('1')
    ''',
    'copy_abs': '''
    >>> ExtendedContext.copy_abs(Decimal('7.25'))
    Decimal('7.25')
    >>> ExtendedContext.copy_abs(Decimal('-100'))
    Decimal('100')
    >>> ExtendedContext.copy_abs(Decimal('-NaN'))
    Decimal('NaN')
    >>> ExtendedContext.copy_abs(-1)
    Decimal('1')
    ''',
    'copy_decimal': '''
    >>> ExtendedContext.copy_decimal(Decimal('7.25'))
    Decimal('7.25')
    >>> ExtendedContext.copy_decimal(Decimal('-0.00'))
    Decimal('-0.00')
    >>> ExtendedContext.copy_decimal(Decimal('-sNaN8'))
    Decimal('-sNaN8')
    >>> ExtendedContext.copy_decimal(-1)
    Decimal('-1')
    ''',
    'copy_negate': '''
    >>> ExtendedContext.copy_negate(Decimal('7.25'))
    Decimal('-7.25')
    >>> ExtendedContext.copy_negate(Decimal('-0'))
    Decimal('0')
    >>> ExtendedContext.copy_negate(Decimal('NaN'))
    Decimal('-NaN')
    >>> ExtendedContext.copy_negate(1)
    Decimal('-1')
    ''',
    'copy_sign': '''
    >>> ExtendedContext.copy_sign(Decimal('7.25'), Decimal('1'))
    Decimal('7.25')
    >>> ExtendedContext.copy_sign(Decimal('7.25'), Decimal('-1'))
    Decimal('-7.25')
    >>> ExtendedContext.copy_sign(Decimal('-7.25'), Decimal('0'))
    Decimal('7.25')
    >>> ExtendedContext.copy_sign(Decimal('-7.25'), Decimal('-0'))
    Decimal('-7.25')
    >>> ExtendedContext.copy_sign(Decimal('Infinity'), Decimal('-3'))
    Decimal('-Infinity')
    >>> ExtendedContext.copy_sign(8, -1)
    Decimal('-8')
    >>> ExtendedContext.copy_sign(Decimal('0.0'), -1)
    Decimal('-0.0')
    >>> ExtendedContext.copy_sign(3, Decimal('-NaN'))
    Decimal('-3')
    ''',
    'create_decimal_from_float': '''
    >>> ExtendedContext.create_decimal_from_float(2.75)
    Decimal('2.75')
    >>> ExtendedContext.create_decimal_from_float(0.1)
    Decimal('0.100000000')
    >>> ExtendedContext.create_decimal_from_float(-1e+300)
    Decimal('-1.00000000E+300')
    >>> ExtendedContext.create_decimal_from_float(float('inf'))
    Decimal('Infinity')
    ''',
    'divide': '''
    >>> ExtendedContext.divide(Decimal('1'), Decimal('8'))
    Decimal('0.125')
    >>> ExtendedContext.divide(Decimal('1'), Decimal('7'))
    Decimal('0.142857143')
    >>> ExtendedContext.divide(Decimal('2'), Decimal('-3'))
    Decimal('-0.666666667')
    >>> ExtendedContext.divide(Decimal('60'), Decimal('5'))
    Decimal('12')
    >>> ExtendedContext.divide(Decimal('6.00'), Decimal('3'))
    Decimal('2.00')
    >>> ExtendedContext.divide(Decimal('1E+9'), Decimal('4'))
    Decimal('2.5E+8')
    >>> ExtendedContext.divide(Decimal('0'), Decimal('5'))
    Decimal('0')
    >>> ExtendedContext.divide(Decimal('5'), Decimal('0'))
    Decimal('Infinity')
    >>> ExtendedContext.divide(Decimal('-5'), Decimal('0'))
    Decimal('-Infinity')
    >>> ExtendedContext.divide(Decimal('0'), Decimal('0'))
    Decimal('NaN')
    >>> ExtendedContext.divide(Decimal('1'), Decimal('Infinity'))
    Decimal('0E-1000007')
    >>> ExtendedContext.divide(9, 4)
    Decimal('2.25')
    >>> ExtendedContext.divide(9, Decimal('-4.5'))
    Decimal('-2')
    >>> ExtendedContext.divide(Decimal('1.5'), 3)
    Decimal('0.5')
    ''',
    'divide_int': '''
    >>> ExtendedContext.divide_int(Decimal('17'), Decimal('5'))
    Decimal('3')
    >>> ExtendedContext.divide_int(Decimal('-17'), Decimal('5'))
    Decimal('-3')
    >>> ExtendedContext.divide_int(Decimal('17.5'), Decimal('0.5'))
    Decimal('35')
    >>> ExtendedContext.divide_int(Decimal('1'), Decimal('Infinity'))
    Decimal('0')
    >>> ExtendedContext.divide_int(17, 5)
    Decimal('3')
    >>> ExtendedContext.divide_int(17, Decimal('0.3'))
    Decimal('56')
    >>> ExtendedContext.divide_int(Decimal('5.5'), 2)
    Decimal('2')
    ''',
    'divmod': '''
    >>> ExtendedContext.divmod(Decimal('17'), Decimal('5'))
    (Decimal('3'), Decimal('2'))
    >>> ExtendedContext.divmod(Decimal('-17'), Decimal('5'))
    (Decimal('-3'), Decimal('-2'))
    >>> ExtendedContext.divmod(Decimal('8.5'), Decimal('0.75'))
    (Decimal('11'), Decimal('0.25'))
    >>> ExtendedContext.divmod(Decimal('1'), Decimal('0'))
    (Decimal('Infinity'), Decimal('NaN'))
    >>> ExtendedContext.divmod(17, 5)
    (Decimal('3'), Decimal('2'))
    >>> ExtendedContext.divmod(17, Decimal('0.3'))
    (Decimal('56'), Decimal('0.2'))
    ''',
    'exp': '''
    >>> ExtendedContext.exp(Decimal('0'))
    Decimal('1')
    >>> ExtendedContext.exp(Decimal('1'))
    Decimal('2.71828183')
    >>> ExtendedContext.exp(Decimal('-1'))
    Decimal('0.367879441')
    >>> ExtendedContext.exp(Decimal('2.5'))
    Decimal('12.1824940')
    >>> ExtendedContext.exp(Decimal('0.693147181'))
    Decimal('2.00000000')
    >>> ExtendedContext.exp(Decimal('-Infinity'))
    Decimal('0')
    >>> ExtendedContext.exp(Decimal('Infinity'))
    Decimal('Infinity')
    >>> ExtendedContext.exp(Decimal('1E-12'))
    Decimal('1.00000000')
    >>> ExtendedContext.exp(Decimal('NaN'))
    Decimal('NaN')
    >>> ExtendedContext.exp(10)
    Decimal('22026.4658')
    ''',
    'fma': '''
    >>> ExtendedContext.fma(Decimal('3'), Decimal('4'), Decimal('5'))
    Decimal('17')
    >>> ExtendedContext.fma(Decimal('0.5'), Decimal('0.5'), Decimal('-1'))
    Decimal('-0.75')
    >>> ExtendedContext.fma(Decimal('999999999'), Decimal('999999999'), Decimal('1'))
    Decimal('9.99999998E+17')
    >>> ExtendedContext.fma(Decimal('-2'), Decimal('3'), Decimal('6'))
    Decimal('0')
    >>> ExtendedContext.fma(3, 4, 5)
    Decimal('17')
    >>> ExtendedContext.fma(1, Decimal('2.5'), 3)
    Decimal('5.5')
    >>> ExtendedContext.fma(Decimal('0.1'), 10, 1)
    Decimal('2.0')
    ''',
    'is_canonical': '''
    >>> ExtendedContext.is_canonical(Decimal('6.02E+23'))
    True
    ''',
    'is_finite': '''
    >>> ExtendedContext.is_finite(Decimal('7.25'))
    True
    >>> ExtendedContext.is_finite(Decimal('-0'))
    True
    >>> ExtendedContext.is_finite(Decimal('1E-999'))
    True
    >>> ExtendedContext.is_finite(Decimal('Infinity'))
    False
    >>> ExtendedContext.is_finite(Decimal('NaN'))
    False
    >>> ExtendedContext.is_finite(1)
    True
    ''',
    'is_infinite': '''
    >>> ExtendedContext.is_infinite(Decimal('7.25'))
    False
    >>> ExtendedContext.is_infinite(Decimal('-Infinity'))
    True
    >>> ExtendedContext.is_infinite(Decimal('NaN'))
    False
    >>> ExtendedContext.is_infinite(1)
    False
    ''',
    'is_nan': '''
    >>> ExtendedContext.is_nan(Decimal('7.25'))
    False
    >>> ExtendedContext.is_nan(Decimal('NaN'))
    True
    >>> ExtendedContext.is_nan(Decimal('-sNaN'))
    True
    >>> ExtendedContext.is_nan(1)
    False
    ''',
    'is_normal': '''
    >>> ExtendedContext.is_normal(Decimal('7.25'))
    True
    >>> ExtendedContext.is_normal(Decimal('-0.001'))
    True
    >>> ExtendedContext.is_normal(Decimal('0'))
    False
    >>> ExtendedContext.is_normal(Decimal('1E-999999'))
    True
    >>> ExtendedContext.is_normal(Decimal('1E-1000001'))
    False
    >>> ExtendedContext.is_normal(Decimal('-Infinity'))
    False
    >>> ExtendedContext.is_normal(Decimal('NaN'))
    False
    >>> ExtendedContext.is_normal(Decimal('1E+999999'))
    True
    >>> ExtendedContext.is_normal(1)
    True
    ''',
    'is_qnan': '''
    >>> ExtendedContext.is_qnan(Decimal('7.25'))
    False
    >>> ExtendedContext.is_qnan(Decimal('NaN7'))
    True
    >>> ExtendedContext.is_qnan(Decimal('sNaN'))
    False
    >>> ExtendedContext.is_qnan(1)
    False
    ''',
    'is_signed': '''
    >>> ExtendedContext.is_signed(Decimal('7.25'))
    False
    >>> ExtendedContext.is_signed(Decimal('-7.25'))
    True
    >>> ExtendedContext.is_signed(Decimal('-0'))
    True
    >>> ExtendedContext.is_signed(Decimal('-NaN'))
    True
    >>> ExtendedContext.is_signed(8)
    False
    ''',
    'is_snan': '''
    >>> ExtendedContext.is_snan(Decimal('7.25'))
    False
    >>> ExtendedContext.is_snan(Decimal('NaN'))
    False
    >>> ExtendedContext.is_snan(Decimal('-sNaN1'))
    True
    >>> ExtendedContext.is_snan(1)
    False
    ''',
    'is_subnormal': '''
    >>> ExtendedContext.is_subnormal(Decimal('7.25'))
    False
    >>> ExtendedContext.is_subnormal(Decimal('-0.001'))
    False
    >>> ExtendedContext.is_subnormal(Decimal('0'))
    False
    >>> ExtendedContext.is_subnormal(Decimal('1E-999999'))
    False
    >>> ExtendedContext.is_subnormal(Decimal('1E-1000001'))
    True
    >>> ExtendedContext.is_subnormal(Decimal('-Infinity'))
    False
    >>> ExtendedContext.is_subnormal(Decimal('NaN'))
    False
    >>> ExtendedContext.is_subnormal(Decimal('-1E-1000007'))
    True
    >>> ExtendedContext.is_subnormal(1)
    False
    ''',
    'is_zero': '''
    >>> ExtendedContext.is_zero(Decimal('7.25'))
    False
    >>> ExtendedContext.is_zero(Decimal('0'))
    True
    >>> ExtendedContext.is_zero(Decimal('-0E+12'))
    True
    >>> ExtendedContext.is_zero(Decimal('NaN'))
    False
    >>> ExtendedContext.is_zero(1)
    False
    ''',
    'ln': '''
    >>> ExtendedContext.ln(Decimal('1'))
    Decimal('0')
    >>> ExtendedContext.ln(Decimal('2'))
    Decimal('0.693147181')
    >>> ExtendedContext.ln(Decimal('10'))
    Decimal('2.30258509')
    >>> ExtendedContext.ln(Decimal('0'))
    Decimal('-Infinity')
    >>> ExtendedContext.ln(Decimal('-1'))
    Decimal('NaN')
    >>> ExtendedContext.ln(Decimal('0.5'))
    Decimal('-0.693147181')
    >>> ExtendedContext.ln(Decimal('Infinity'))
    Decimal('Infinity')
    >>> ExtendedContext.ln(Decimal('1E+100'))
    Decimal('230.258509')
    >>> ExtendedContext.ln(Decimal('3.00'))
    Decimal('1.09861229')
    >>> ExtendedContext.ln(4)
    Decimal('1.38629436')
    ''',
    'log10': '''
    >>> ExtendedContext.log10(Decimal('1'))
    Decimal('0')
    >>> ExtendedContext.log10(Decimal('1000'))
    Decimal('3')
    >>> ExtendedContext.log10(Decimal('0.001'))
    Decimal('-3')
    >>> ExtendedContext.log10(Decimal('2'))
    Decimal('0.301029996')
    >>> ExtendedContext.log10(Decimal('70'))
    Decimal('1.84509804')
    >>> ExtendedContext.log10(Decimal('0'))
    Decimal('-Infinity')
    >>> ExtendedContext.log10(Decimal('-1'))
    Decimal('NaN')
    >>> ExtendedContext.log10(Decimal('Infinity'))
    Decimal('Infinity')
    >>> ExtendedContext.log10(Decimal('1E-50'))
    Decimal('-50')
    >>> ExtendedContext.log10(Decimal('NaN'))
    Decimal('NaN')
    >>> ExtendedContext.log10(100)
    Decimal('2')
    >>> ExtendedContext.log10(3)
    Decimal('0.477121255')
    ''',
    'logb': '''
    >>> ExtendedContext.logb(Decimal('250'))
    Decimal('2')
    >>> ExtendedContext.logb(Decimal('7.25'))
    Decimal('0')
    >>> ExtendedContext.logb(Decimal('0.03'))
    Decimal('-2')
    >>> ExtendedContext.logb(Decimal('1E+40'))
    Decimal('40')
    >>> ExtendedContext.logb(Decimal('0'))
    Decimal('-Infinity')
    >>> ExtendedContext.logb(Decimal('-Infinity'))
    Decimal('Infinity')
    >>> ExtendedContext.logb(1000)
    Decimal('3')
    ''',
    'logical_and': '''
    >>> ExtendedContext.logical_and(Decimal('0'), Decimal('1'))
    Decimal('0')
    >>> ExtendedContext.logical_and(Decimal('1'), Decimal('1'))
    Decimal('1')
    >>> ExtendedContext.logical_and(Decimal('1100'), Decimal('1010'))
    Decimal('1000')
    >>> ExtendedContext.logical_and(Decimal('1111'), Decimal('10'))
    Decimal('10')
    >>> ExtendedContext.logical_and(Decimal('0'), Decimal('0'))
    Decimal('0')
    >>> ExtendedContext.logical_and(Decimal('101'), Decimal('2'))
    Decimal('NaN')
    >>> ExtendedContext.logical_and(Decimal('111'), Decimal('111000'))
    Decimal('0')
    >>> ExtendedContext.logical_and(110, 1101)
    Decimal('100')
    >>> ExtendedContext.logical_and(Decimal('110'), 11)
    Decimal('10')
    ''',
    'logical_invert': '''
    >>> ExtendedContext.logical_invert(Decimal('0'))
    Decimal('111111111')
    >>> ExtendedContext.logical_invert(Decimal('1'))
    Decimal('111111110')
    >>> ExtendedContext.logical_invert(Decimal('101010101'))
    Decimal('10101010')
    >>> ExtendedContext.logical_invert(Decimal('111111111'))
    Decimal('0')
    >>> ExtendedContext.logical_invert(1101)
    Decimal('111110010')
    ''',
    'logical_or': '''
    >>> ExtendedContext.logical_or(Decimal('0'), Decimal('1'))
    Decimal('1')
    >>> ExtendedContext.logical_or(Decimal('1'), Decimal('1'))
    Decimal('1')
    >>> ExtendedContext.logical_or(Decimal('1100'), Decimal('1010'))
    Decimal('1110')
    >>> ExtendedContext.logical_or(Decimal('1111'), Decimal('10'))
    Decimal('1111')
    >>> ExtendedContext.logical_or(Decimal('0'), Decimal('0'))
    Decimal('0')
    >>> ExtendedContext.logical_or(Decimal('101'), Decimal('2'))
    Decimal('NaN')
    >>> ExtendedContext.logical_or(Decimal('111'), Decimal('111000'))
    Decimal('111111')
    >>> ExtendedContext.logical_or(110, 1101)
    Decimal('1111')
    >>> ExtendedContext.logical_or(Decimal('110'), 11)
    Decimal('111')
    ''',
    'logical_xor': '''
    >>> ExtendedContext.logical_xor(Decimal('0'), Decimal('1'))
    Decimal('1')
    >>> ExtendedContext.logical_xor(Decimal('1'), Decimal('1'))
    Decimal('0')
    >>> ExtendedContext.logical_xor(Decimal('1100'), Decimal('1010'))
    Decimal('110')
    >>> ExtendedContext.logical_xor(Decimal('1111'), Decimal('10'))
    Decimal('1101')
    >>> ExtendedContext.logical_xor(Decimal('0'), Decimal('0'))
    Decimal('0')
    >>> ExtendedContext.logical_xor(Decimal('101'), Decimal('2'))
    Decimal('NaN')
    >>> ExtendedContext.logical_xor(Decimal('111'), Decimal('111000'))
    Decimal('111111')
    >>> ExtendedContext.logical_xor(110, 1101)
    Decimal('1011')
    >>> ExtendedContext.logical_xor(Decimal('110'), 11)
    Decimal('101')
    ''',
    'max': '''
    >>> ExtendedContext.max(Decimal('2.5'), Decimal('4'))
    Decimal('4')
    >>> ExtendedContext.max(Decimal('-10'), Decimal('-3'))
    Decimal('-3')
    >>> ExtendedContext.max(Decimal('1.0'), Decimal('1'))
    Decimal('1')
    >>> ExtendedContext.max(Decimal('NaN'), Decimal('7'))
    Decimal('7')
    >>> ExtendedContext.max(Decimal('-Infinity'), Decimal('0'))
    Decimal('0')
    >>> ExtendedContext.max(1, 2)
    Decimal('2')
    >>> ExtendedContext.max(Decimal('0.5'), 1)
    Decimal('1')
    ''',
    'max_mag': '''
    >>> ExtendedContext.max_mag(Decimal('2.5'), Decimal('-4'))
    Decimal('-4')
    >>> ExtendedContext.max_mag(Decimal('-10'), Decimal('3'))
    Decimal('-10')
    >>> ExtendedContext.max_mag(Decimal('NaN'), Decimal('7'))
    Decimal('7')
    >>> ExtendedContext.max_mag(1, -2)
    Decimal('-2')
    >>> ExtendedContext.max_mag(Decimal('0.5'), 1)
    Decimal('1')
    ''',
    'min': '''
    >>> ExtendedContext.min(Decimal('2.5'), Decimal('4'))
    Decimal('2.5')
    >>> ExtendedContext.min(Decimal('-10'), Decimal('-3'))
    Decimal('-10')
    >>> ExtendedContext.min(Decimal('1.0'), Decimal('1'))
    Decimal('1.0')
    >>> ExtendedContext.min(Decimal('NaN'), Decimal('7'))
    Decimal('7')
    >>> ExtendedContext.min(Decimal('-Infinity'), Decimal('0'))
    Decimal('-Infinity')
    >>> ExtendedContext.min(1, 2)
    Decimal('1')
    >>> ExtendedContext.min(Decimal('0.5'), 1)
    Decimal('0.5')
    ''',
    'min_mag': '''
    >>> ExtendedContext.min_mag(Decimal('2.5'), Decimal('-4'))
    Decimal('2.5')
    >>> ExtendedContext.min_mag(Decimal('-10'), Decimal('3'))
    Decimal('3')
    >>> ExtendedContext.min_mag(Decimal('NaN'), Decimal('7'))
    Decimal('7')
    >>> ExtendedContext.min_mag(1, -2)
    Decimal('1')
    >>> ExtendedContext.min_mag(Decimal('0.5'), 1)
    Decimal('0.5')
    ''',
    'minus': '''
    >>> ExtendedContext.minus(Decimal('7.25'))
    Decimal('-7.25')
    >>> ExtendedContext.minus(Decimal('-0.5'))
    Decimal('0.5')
    >>> ExtendedContext.minus(Decimal('0'))
    Decimal('0')
    >>> ExtendedContext.minus(9)
    Decimal('-9')
    ''',
    'multiply': '''
    >>> ExtendedContext.multiply(Decimal('1.5'), Decimal('4'))
    Decimal('6.0')
    >>> ExtendedContext.multiply(Decimal('1.50'), Decimal('4'))
    Decimal('6.00')
    >>> ExtendedContext.multiply(Decimal('-3'), Decimal('0.2'))
    Decimal('-0.6')
    >>> ExtendedContext.multiply(Decimal('-0'), Decimal('5'))
    Decimal('-0')
    >>> ExtendedContext.multiply(Decimal('123456'), Decimal('654321'))
    Decimal('8.07798534E+10')
    >>> ExtendedContext.multiply(Decimal('Infinity'), Decimal('0'))
    Decimal('NaN')
    >>> ExtendedContext.multiply(Decimal('Infinity'), Decimal('-2'))
    Decimal('-Infinity')
    >>> ExtendedContext.multiply(6, 7)
    Decimal('42')
    >>> ExtendedContext.multiply(Decimal('0.5'), 8)
    Decimal('4.0')
    ''',
    'next_minus': '''
    >>> ExtendedContext.next_minus(Decimal('1'))
    Decimal('0.999999999')
    >>> ExtendedContext.next_minus(Decimal('1.00000001'))
    Decimal('1.00000000')
    >>> ExtendedContext.next_minus(Decimal('-7'))
    Decimal('-7.00000001')
    >>> ExtendedContext.next_minus(Decimal('0'))
    Decimal('-1E-1000007')
    >>> ExtendedContext.next_minus(Decimal('1E-1000007'))
    Decimal('0E-1000007')
    >>> ExtendedContext.next_minus(Decimal('Infinity'))
    Decimal('9.99999999E+999999')
    >>> ExtendedContext.next_minus(Decimal('-Infinity'))
    Decimal('-Infinity')
    >>> ExtendedContext.next_minus(1)
    Decimal('0.999999999')
    ''',
    'next_plus': '''
    >>> ExtendedContext.next_plus(Decimal('1'))
    Decimal('1.00000001')
    >>> ExtendedContext.next_plus(Decimal('1.00000001'))
    Decimal('1.00000002')
    >>> ExtendedContext.next_plus(Decimal('-7'))
    Decimal('-6.99999999')
    >>> ExtendedContext.next_plus(Decimal('0'))
    Decimal('1E-1000007')
    >>> ExtendedContext.next_plus(Decimal('-1E-1000007'))
    Decimal('-0E-1000007')
    >>> ExtendedContext.next_plus(Decimal('Infinity'))
    Decimal('Infinity')
    >>> ExtendedContext.next_plus(Decimal('-Infinity'))
    Decimal('-9.99999999E+999999')
    >>> ExtendedContext.next_plus(1)
    Decimal('1.00000001')
    ''',
    'next_toward': '''
    >>> ExtendedContext.next_toward(Decimal('1'), Decimal('2'))
    Decimal('1.00000001')
    >>> ExtendedContext.next_toward(Decimal('1'), Decimal('0'))
    Decimal('0.999999999')
    >>> ExtendedContext.next_toward(Decimal('1'), Decimal('1.0'))
    Decimal('1')
    >>> ExtendedContext.next_toward(Decimal('-7'), Decimal('0'))
    Decimal('-6.99999999')
    >>> ExtendedContext.next_toward(Decimal('-7'), Decimal('-Infinity'))
    Decimal('-7.00000001')
    >>> ExtendedContext.next_toward(Decimal('0'), Decimal('1'))
    Decimal('1E-1000007')
    >>> ExtendedContext.next_toward(Decimal('0'), Decimal('-1'))
    Decimal('-1E-1000007')
    >>> ExtendedContext.next_toward(Decimal('Infinity'), Decimal('0'))
    Decimal('9.99999999E+999999')
    >>> ExtendedContext.next_toward(Decimal('-Infinity'), Decimal('1'))
    Decimal('-9.99999999E+999999')
    >>> ExtendedContext.next_toward(Decimal('1'), Decimal('NaN'))
    Decimal('NaN')
    >>> ExtendedContext.next_toward(1, 2)
    Decimal('1.00000001')
    >>> ExtendedContext.next_toward(1, Decimal('0'))
    Decimal('0.999999999')
    >>> ExtendedContext.next_toward(Decimal('-1'), 5)
    Decimal('-0.999999999')
    ''',
    'normalize': '''
    >>> ExtendedContext.normalize(Decimal('7.2500'))
    Decimal('7.25')
    >>> ExtendedContext.normalize(Decimal('1200'))
    Decimal('1.2E+3')
    >>> ExtendedContext.normalize(Decimal('-0.00'))
    Decimal('-0')
    >>> ExtendedContext.normalize(Decimal('1E+3'))
    Decimal('1E+3')
    >>> ExtendedContext.normalize(Decimal('0'))
    Decimal('0')
    >>> ExtendedContext.normalize(Decimal('-Infinity'))
    Decimal('-Infinity')
    >>> ExtendedContext.normalize(500)
    Decimal('5E+2')
    ''',
    'number_class': '''
    >>> ExtendedContext.number_class(Decimal('Infinity'))
    '+Infinity'
    >>> ExtendedContext.number_class(Decimal('7.25'))
    '+Normal'
    >>> ExtendedContext.number_class(Decimal('1E-1000001'))
    '+Subnormal'
    >>> ExtendedContext.number_class(Decimal('0'))
    '+Zero'
    >>> ExtendedContext.number_class(Decimal('-0'))
    '-Zero'
    >>> ExtendedContext.number_class(Decimal('-1E-1000001'))
    '-Subnormal'
    >>> ExtendedContext.number_class(Decimal('-7.25'))
    '-Normal'
    >>> ExtendedContext.number_class(Decimal('-Infinity'))
    '-Infinity'
    >>> ExtendedContext.number_class(Decimal('NaN'))
    'NaN'
    >>> ExtendedContext.number_class(Decimal('-NaN'))
    'NaN'
    >>> ExtendedContext.number_class(Decimal('sNaN'))
    'sNaN'
    >>> ExtendedContext.number_class(Decimal('-sNaN3'))
    'sNaN'
    >>> ExtendedContext.number_class(Decimal('1E+12'))
    '+Normal'
    >>> ExtendedContext.number_class(Decimal('0E+5'))
    '+Zero'
    >>> ExtendedContext.number_class(Decimal('-0.00'))
    '-Zero'
    >>> ExtendedContext.number_class(Decimal('123456789'))
    '+Normal'
    >>> ExtendedContext.number_class(8)
    '+Normal'
    ''',
    'plus': '''
    >>> ExtendedContext.plus(Decimal('7.2500'))
    Decimal('7.2500')
    >>> ExtendedContext.plus(Decimal('-12345.678912'))
    Decimal('-12345.6789')
    >>> ExtendedContext.plus(7)
    Decimal('7')
    ''',
    'power': '''
    >>> ExtendedContext.power(Decimal('2'), Decimal('10'))
    Decimal('1024')
    >>> ExtendedContext.power(Decimal('-2'), Decimal('3'))
    Decimal('-8')
    >>> ExtendedContext.power(Decimal('-2'), Decimal('4'))
    Decimal('16')
    >>> ExtendedContext.power(Decimal('2'), Decimal('-3'))
    Decimal('0.125')
    >>> ExtendedContext.power(Decimal('10'), Decimal('-5'))
    Decimal('0.00001')
    >>> ExtendedContext.power(Decimal('1.5'), Decimal('2'))
    Decimal('2.25')
    >>> ExtendedContext.power(Decimal('2'), Decimal('0.5'))
    Decimal('1.41421356')
    >>> ExtendedContext.power(Decimal('100'), Decimal('0.5'))
    Decimal('10.0000000')
    >>> ExtendedContext.power(Decimal('0'), Decimal('0'))
    Decimal('NaN')
    >>> ExtendedContext.power(Decimal('0'), Decimal('3'))
    Decimal('0')
    >>> ExtendedContext.power(Decimal('0'), Decimal('-3'))
    Decimal('Infinity')
    >>> ExtendedContext.power(Decimal('-0'), Decimal('-3'))
    Decimal('-Infinity')
    >>> ExtendedContext.power(Decimal('Infinity'), Decimal('2'))
    Decimal('Infinity')
    >>> ExtendedContext.power(Decimal('Infinity'), Decimal('0'))
    Decimal('1')
    >>> ExtendedContext.power(Decimal('Infinity'), Decimal('-1'))
    Decimal('0')
    >>> ExtendedContext.power(Decimal('-Infinity'), Decimal('3'))
    Decimal('-Infinity')
    >>> ExtendedContext.power(Decimal('-Infinity'), Decimal('-2'))
    Decimal('0')
    >>> ExtendedContext.power(Decimal('-1'), Decimal('Infinity'))
    Decimal('NaN')
    >>> ExtendedContext.power(Decimal('0.5'), Decimal('Infinity'))
    Decimal('0')
    >>> ExtendedContext.power(Decimal('1'), Decimal('NaN'))
    Decimal('NaN')
    >>> ExtendedContext.power(Decimal('NaN'), Decimal('0'))
    Decimal('NaN')
    >>> ExtendedContext.power(7, 8)
    Decimal('5764801')
    >>> ExtendedContext.power(2, Decimal('-1'))
    Decimal('0.5')
    >>> ExtendedContext.power(Decimal('1.1'), 3)
    Decimal('1.331')
    >>> ExtendedContext.power(3, 5, 7)
    Decimal('5')
    >>> ExtendedContext.power(2, 100, 1000)
    Decimal('376')
    >>> ExtendedContext.power(Decimal('-8'), Decimal('0.5'))
    Decimal('NaN')
    ''',
    'quantize': '''
    >>> ExtendedContext.quantize(Decimal('7.256'), Decimal('0.1'))
    Decimal('7.3')
    >>> ExtendedContext.quantize(Decimal('7.256'), Decimal('0.01'))
    Decimal('7.26')
    >>> ExtendedContext.quantize(Decimal('7.256'), Decimal('1'))
    Decimal('7')
    >>> ExtendedContext.quantize(Decimal('7.256'), Decimal('1E+1'))
    Decimal('1E+1')
    >>> ExtendedContext.quantize(Decimal('-0.5'), Decimal('1'))
    Decimal('-0')
    >>> ExtendedContext.quantize(Decimal('-1.5'), Decimal('1'))
    Decimal('-2')
    >>> ExtendedContext.quantize(Decimal('2.345'), Decimal('0.00'))
    Decimal('2.34')
    >>> ExtendedContext.quantize(Decimal('99.99'), Decimal('0.1'))
    Decimal('100.0')
    >>> ExtendedContext.quantize(Decimal('250'), Decimal('1E+2'))
    Decimal('2E+2')
    >>> ExtendedContext.quantize(Decimal('0'), Decimal('1E-4'))
    Decimal('0.0000')
    >>> ExtendedContext.quantize(Decimal('-0.004'), Decimal('0.01'))
    Decimal('-0.00')
    >>> ExtendedContext.quantize(Decimal('123456789'), Decimal('0.01'))
    Decimal('NaN')
    >>> ExtendedContext.quantize(Decimal('Infinity'), Decimal('1'))
    Decimal('NaN')
    >>> ExtendedContext.quantize(Decimal('Infinity'), Decimal('-Infinity'))
    Decimal('Infinity')
    >>> ExtendedContext.quantize(Decimal('NaN'), Decimal('1'))
    Decimal('NaN')
    >>> ExtendedContext.quantize(7, 1)
    Decimal('7')
    >>> ExtendedContext.quantize(7, Decimal('0.1'))
    Decimal('7.0')
    >>> ExtendedContext.quantize(Decimal('7.25'), 1)
    Decimal('7')
    >>> ExtendedContext.quantize(Decimal('1E+3'), Decimal('1'))
    Decimal('1000')
    ''',
    'radix': '''
    >>> ExtendedContext.radix()
    Decimal('10')
    ''',
    'remainder': '''
    >>> ExtendedContext.remainder(Decimal('17'), Decimal('5'))
    Decimal('2')
    >>> ExtendedContext.remainder(Decimal('-17'), Decimal('5'))
    Decimal('-2')
    >>> ExtendedContext.remainder(Decimal('17'), Decimal('-5'))
    Decimal('2')
    >>> ExtendedContext.remainder(Decimal('8.5'), Decimal('0.75'))
    Decimal('0.25')
    >>> ExtendedContext.remainder(Decimal('1'), Decimal('0.3'))
    Decimal('0.1')
    >>> ExtendedContext.remainder(Decimal('5'), Decimal('Infinity'))
    Decimal('5')
    >>> ExtendedContext.remainder(Decimal('5'), Decimal('0'))
    Decimal('NaN')
    >>> ExtendedContext.remainder(17, 5)
    Decimal('2')
    >>> ExtendedContext.remainder(17, Decimal('0.3'))
    Decimal('0.2')
    >>> ExtendedContext.remainder(Decimal('5.5'), 2)
    Decimal('1.5')
    ''',
    'remainder_near': '''
    >>> ExtendedContext.remainder_near(Decimal('17'), Decimal('5'))
    Decimal('2')
    >>> ExtendedContext.remainder_near(Decimal('18'), Decimal('5'))
    Decimal('-2')
    >>> ExtendedContext.remainder_near(Decimal('-18'), Decimal('5'))
    Decimal('2')
    >>> ExtendedContext.remainder_near(Decimal('18'), Decimal('-5'))
    Decimal('-2')
    >>> ExtendedContext.remainder_near(Decimal('8.5'), Decimal('0.75'))
    Decimal('0.25')
    >>> ExtendedContext.remainder_near(Decimal('1'), Decimal('0.3'))
    Decimal('0.1')
    >>> ExtendedContext.remainder_near(Decimal('7.5'), Decimal('5'))
    Decimal('-2.5')
    >>> ExtendedContext.remainder_near(Decimal('5'), Decimal('Infinity'))
    Decimal('5')
    >>> ExtendedContext.remainder_near(18, 5)
    Decimal('-2')
    >>> ExtendedContext.remainder_near(18, Decimal('0.7'))
    Decimal('-0.2')
    >>> ExtendedContext.remainder_near(Decimal('5.5'), 2)
    Decimal('-0.5')
    ''',
    'rotate': '''
    >>> ExtendedContext.rotate(Decimal('123456789'), Decimal('2'))
    Decimal('345678912')
    >>> ExtendedContext.rotate(Decimal('123456789'), Decimal('-2'))
    Decimal('891234567')
    >>> ExtendedContext.rotate(Decimal('123456789'), Decimal('0'))
    Decimal('123456789')
    >>> ExtendedContext.rotate(Decimal('42'), Decimal('1'))
    Decimal('420')
    >>> ExtendedContext.rotate(Decimal('42'), Decimal('-1'))
    Decimal('200000004')
    >>> ExtendedContext.rotate(Decimal('-42'), Decimal('3'))
    Decimal('-42000')
    >>> ExtendedContext.rotate(Decimal('42'), Decimal('10'))
    Decimal('NaN')
    >>> ExtendedContext.rotate(7, 8)
    Decimal('700000000')
    >>> ExtendedContext.rotate(Decimal('7'), 1)
    Decimal('70')
    ''',
    'same_quantum': '''
    >>> ExtendedContext.same_quantum(Decimal('1.25'), Decimal('3.50'))
    True
    >>> ExtendedContext.same_quantum(Decimal('1.25'), Decimal('3.5'))
    False
    >>> ExtendedContext.same_quantum(Decimal('1'), Decimal('200'))
    True
    >>> ExtendedContext.same_quantum(Decimal('Infinity'), Decimal('-Infinity'))
    True
    >>> ExtendedContext.same_quantum(Decimal('NaN'), Decimal('1'))
    False
    >>> ExtendedContext.same_quantum(1, -1)
    True
    >>> ExtendedContext.same_quantum(Decimal('1.0'), 1)
    False
    ''',
    'scaleb': '''
    >>> ExtendedContext.scaleb(Decimal('7.25'), Decimal('3'))
    Decimal('7.25E+3')
    >>> ExtendedContext.scaleb(Decimal('7.25'), Decimal('-3'))
    Decimal('0.00725')
    >>> ExtendedContext.scaleb(Decimal('-1E+5'), Decimal('2'))
    Decimal('-1E+7')
    >>> ExtendedContext.scaleb(Decimal('Infinity'), Decimal('4'))
    Decimal('Infinity')
    >>> ExtendedContext.scaleb(Decimal('7'), Decimal('0.5'))
    Decimal('NaN')
    >>> ExtendedContext.scaleb(1, 4)
    Decimal('1E+4')
    ''',
    'shift': '''
    >>> ExtendedContext.shift(Decimal('123456789'), Decimal('2'))
    Decimal('345678900')
    >>> ExtendedContext.shift(Decimal('123456789'), Decimal('-2'))
    Decimal('1234567')
    >>> ExtendedContext.shift(Decimal('123456789'), Decimal('0'))
    Decimal('123456789')
    >>> ExtendedContext.shift(Decimal('42'), Decimal('1'))
    Decimal('420')
    >>> ExtendedContext.shift(Decimal('42'), Decimal('-1'))
    Decimal('4')
    >>> ExtendedContext.shift(Decimal('-42'), Decimal('3'))
    Decimal('-42000')
    >>> ExtendedContext.shift(Decimal('42'), Decimal('10'))
    Decimal('NaN')
    >>> ExtendedContext.shift(7, 8)
    Decimal('700000000')
    >>> ExtendedContext.shift(Decimal('7'), 1)
    Decimal('70')
    ''',
    'sqrt': '''
    >>> ExtendedContext.sqrt(Decimal('0'))
    Decimal('0')
    >>> ExtendedContext.sqrt(Decimal('1'))
    Decimal('1')
    >>> ExtendedContext.sqrt(Decimal('2'))
    Decimal('1.41421356')
    >>> ExtendedContext.sqrt(Decimal('144'))
    Decimal('12')
    >>> ExtendedContext.sqrt(Decimal('0.25'))
    Decimal('0.5')
    >>> ExtendedContext.sqrt(Decimal('1.0'))
    Decimal('1.0')
    >>> ExtendedContext.sqrt(Decimal('1.00'))
    Decimal('1.0')
    >>> ExtendedContext.sqrt(Decimal('-0'))
    Decimal('-0')
    >>> ExtendedContext.sqrt(Decimal('-4'))
    Decimal('NaN')
    >>> ExtendedContext.sqrt(Decimal('1E+10'))
    Decimal('1E+5')
    >>> ExtendedContext.sqrt(Decimal('Infinity'))
    Decimal('Infinity')
    >>> ExtendedContext.sqrt(7)
    Decimal('2.64575131')
    ''',
    'subtract': '''
    >>> ExtendedContext.subtract(Decimal('19.50'), Decimal('0.5'))
    Decimal('19.00')
    >>> ExtendedContext.subtract(Decimal('1.10'), Decimal('2.2'))
    Decimal('-1.10')
    >>> ExtendedContext.subtract(Decimal('7'), Decimal('7.0'))
    Decimal('0.0')
    >>> ExtendedContext.subtract(Decimal('0'), Decimal('-0'))
    Decimal('0')
    >>> ExtendedContext.subtract(Decimal('Infinity'), Decimal('Infinity'))
    Decimal('NaN')
    >>> ExtendedContext.subtract(8, 3)
    Decimal('5')
    >>> ExtendedContext.subtract(Decimal('0.5'), 1)
    Decimal('-0.5')
    ''',
    'to_eng_string': '''
    >>> ExtendedContext.to_eng_string(Decimal('123E+1'))
    '1.23E+3'
    >>> ExtendedContext.to_eng_string(Decimal('123E+3'))
    '123E+3'
    >>> ExtendedContext.to_eng_string(Decimal('123E-10'))
    '12.3E-9'
    >>> ExtendedContext.to_eng_string(Decimal('-123E-12'))
    '-123E-12'
    >>> ExtendedContext.to_eng_string(Decimal('7E-7'))
    '700E-9'
    >>> ExtendedContext.to_eng_string(Decimal('7E+7'))
    '70E+6'
    >>> ExtendedContext.to_eng_string(Decimal('0E+3'))
    '0E+3'
    >>> ExtendedContext.to_eng_string(1000)
    '1000'
    ''',
    'to_integral_exact': '''
    >>> ExtendedContext.to_integral_exact(Decimal('7.25'))
    Decimal('7')
    >>> ExtendedContext.to_integral_exact(Decimal('7.5'))
    Decimal('8')
    >>> ExtendedContext.to_integral_exact(Decimal('8.5'))
    Decimal('8')
    >>> ExtendedContext.to_integral_exact(Decimal('-7.5'))
    Decimal('-8')
    >>> ExtendedContext.to_integral_exact(Decimal('100'))
    Decimal('100')
    >>> ExtendedContext.to_integral_exact(Decimal('1E+5'))
    Decimal('1E+5')
    >>> ExtendedContext.to_integral_exact(Decimal('Infinity'))
    Decimal('Infinity')
    >>> ExtendedContext.to_integral_exact(Decimal('NaN'))
    Decimal('NaN')
    ''',
    'to_integral_value': '''
    >>> ExtendedContext.to_integral_value(Decimal('7.25'))
    Decimal('7')
    >>> ExtendedContext.to_integral_value(Decimal('7.5'))
    Decimal('8')
    >>> ExtendedContext.to_integral_value(Decimal('8.5'))
    Decimal('8')
    >>> ExtendedContext.to_integral_value(Decimal('-7.5'))
    Decimal('-8')
    >>> ExtendedContext.to_integral_value(Decimal('100'))
    Decimal('100')
    >>> ExtendedContext.to_integral_value(Decimal('1E+5'))
    Decimal('1E+5')
    >>> ExtendedContext.to_integral_value(Decimal('Infinity'))
    Decimal('Infinity')
    >>> ExtendedContext.to_integral_value(Decimal('NaN'))
    Decimal('NaN')
    ''',
}
