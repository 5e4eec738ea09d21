# SPDX-License-Identifier: MIT
"""Integer work below decimal arithmetic: digits, powers of ten, rounding off, and ln and exp of decimal fractions.

Everything here deals in Python integers. A decimal fraction is a pair (coefficient, exponent); the transcendental
functions work in binary fixed point and hand back as many decimal digits as were asked for, with an error of a few units
in the last one, so that a caller who wants correct rounding looks at the digits behind its precision and asks for more
if they leave a doubt.
"""

import math

ROUND_DOWN = 'ROUND_DOWN'
ROUND_HALF_UP = 'ROUND_HALF_UP'
ROUND_HALF_EVEN = 'ROUND_HALF_EVEN'
ROUND_CEILING = 'ROUND_CEILING'
ROUND_FLOOR = 'ROUND_FLOOR'
ROUND_UP = 'ROUND_UP'
ROUND_HALF_DOWN = 'ROUND_HALF_DOWN'
ROUND_05UP = 'ROUND_05UP'

_SMALL = tuple(10 ** i for i in range(80))
_LOG10_2 = 0.30102999566398119521
_BITS_PER_DIGIT = 3.3219280948873626


def power10(n):
    """10 to the n for n >= 0; the small ones come from a table."""
    return _SMALL[n] if n < 80 else 10 ** n


def count_digits(n):
    """How many decimal digits n >= 0 has; zero has one."""
    guess = int(n.bit_length() * _LOG10_2)
    return guess + 1 if n >= power10(guess) or not n else guess


def to_digits(n):
    """The decimal digits of n >= 0, however many (the interpreter's limit on conversions does not count here)."""
    try:
        return str(n)
    except ValueError:
        half = count_digits(n) // 2
        high, low = divmod(n, 10 ** half)
        return to_digits(high) + to_digits(low).zfill(half)


def from_digits(text):
    """The integer that a string of digits of any length stands for."""
    try:
        return int(text)
    except ValueError:
        if len(text) < 600:
            raise
        half = len(text) // 2
        return from_digits(text[:-half]) * 10 ** half + from_digits(text[-half:])


def strip_zeros(n, most=None):
    """Take trailing zeros off n > 0, at most so many: (what is left, how many went)."""
    if n % 10 or most == 0:
        return n, 0
    text = to_digits(n)
    zeros = len(text) - len(text.rstrip('0'))
    if most is not None and zeros > most:
        zeros = most
    return n // power10(zeros), zeros


# Whether to add one to a truncated coefficient that lost something: called with the sign, the kept part, and how the lost part
# compares with one half (-1, 0, 1).
_ADD_ONE = {
    ROUND_HALF_EVEN: lambda sign, kept, half: half > 0 or not half and kept & 1,
    ROUND_HALF_UP: lambda sign, kept, half: half >= 0,
    ROUND_HALF_DOWN: lambda sign, kept, half: half > 0,
    ROUND_DOWN: lambda sign, kept, half: False,
    ROUND_UP: lambda sign, kept, half: True,
    ROUND_CEILING: lambda sign, kept, half: not sign,
    ROUND_FLOOR: lambda sign, kept, half: sign,
    ROUND_05UP: lambda sign, kept, half: kept % 5 == 0,
}


def drop_digits(sign, n, count, rounding):
    """Round the last count digits off n: (rounded coefficient, whether anything but zeros was lost)."""
    if count > n.bit_length() + 1:            # more places than digits: the lost part is below one half
        kept, half = 0, -1
        if not n:
            return 0, False
    else:
        unit = power10(count)
        kept, lost = divmod(n, unit)
        if not lost:
            return kept, False
        lost += lost
        half = (lost > unit) - (lost < unit)
    if _ADD_ONE[rounding](sign, kept, half):
        kept += 1
    return kept, True


# -- logarithm and exponential in binary fixed point --------------------------------------------------------------------

def _inverse_atanh(q, bits):
    """atanh(1/q) scaled by 2**bits."""
    power = (1 << bits) // q
    square = q * q
    total = power
    k = 3
    while power:
        power //= square
        total += power // k
        k += 2
    return total


_ln10_known = (0, 0)


def ln10_fixed(bits):
    """ln 10 scaled by 2**bits, from three inverse hyperbolic tangents; the longest value so far is kept."""
    global _ln10_known
    have, value = _ln10_known
    if have < bits:
        have = bits + bits // 4 + 64
        work = have + 16
        value = (46 * _inverse_atanh(31, work) + 34 * _inverse_atanh(49, work) + 20 * _inverse_atanh(161, work)) >> 16
        _ln10_known = have, value
    return value >> (have - bits)


def exp_fixed(x, bits):
    """e**x for a fixed-point x of moderate size (a few units), scaled by 2**bits; error a few units in the last place."""
    halvings = int(bits ** 0.5) // 2 + 4
    guard = halvings + 16
    work = bits + guard
    x = (x << guard) >> halvings
    one = 1 << work
    total = one + x
    term = x
    k = 2
    while term and term != -1:
        term = ((term * x) >> work) // k
        total += term
        k += 1
    for _ in range(halvings):
        total = (total * total) >> work
    return total >> guard


def ln_fixed(y, bits):
    """ln of a fixed-point y between about 1/4 and 4, scaled by 2**bits: Halley's iteration on exp, tripling the precision."""
    have = 48
    shift = bits - 60
    guess = int(math.log((y >> shift if shift > 0 else y << -shift) / 2.0 ** 60) * 2.0 ** 60)
    guess_bits = 60
    while True:
        work = min(bits + 12, 3 * have)
        x = guess << (work - guess_bits) if work >= guess_bits else guess >> (guess_bits - work)
        target = y << (work - bits) if work >= bits else y >> (bits - work)
        reached = exp_fixed(x, work)
        guess = x + ((2 * (target - reached)) << work) // (target + reached)
        guess_bits = work
        if work == bits + 12:
            return guess >> 12
        have = work - 8


def _to_fixed(c, e, bits):
    return (c * power10(e)) << bits if e >= 0 else (c << bits) // power10(-e)


def _cut(value, bits, digits):
    """A fixed-point value as (coefficient, exponent) with about so many significant digits."""
    size = abs(value).bit_length() - bits
    places = digits - int(size * _LOG10_2) + 1
    if places >= 0:
        return (value * power10(places)) >> bits, -places
    return value // (power10(-places) << bits), -places


def ln_digits(c, e, digits, base10=False):
    """Natural (or common) logarithm of c * 10**e, not 1, to so many significant digits: (signed coefficient, exponent)."""
    size = count_digits(c)
    scale = e + size - 1
    if c >= 3 * power10(size - 1):
        scale += 1
    extra = 0
    if not scale and e <= 0:
        difference = abs(c - power10(-e))      # near 1 the logarithm is small: carry as many places more
        extra = max(0, -(count_digits(difference) + e))
    bits = int((digits + extra + 4) * _BITS_PER_DIGIT) + 32 + scale.bit_length()
    value = ln_fixed(_to_fixed(c, e - scale, bits), bits)
    if scale:
        value += scale * ln10_fixed(bits)
    if base10:
        value = (value << bits) // ln10_fixed(bits)
    return _cut(value, bits, digits + 2)


def exp_digits(c, e, digits):
    """e to the power c * 10**e (c signed) to so many significant digits: (coefficient, exponent)."""
    bits = int((digits + 4) * _BITS_PER_DIGIT) + 32
    whole = max(0, int((count_digits(abs(c)) + e + 1) * _BITS_PER_DIGIT) + 2)
    wide = bits + whole
    x = _to_fixed(c, e, wide)
    tens, rest = divmod(x, ln10_fixed(wide))
    coefficient, exponent = _cut(exp_fixed(rest >> whole, bits), bits, digits + 2)
    return coefficient, exponent + tens


def doubtful(n, precision, error=20):
    """Whether rounding n to that many digits could still go either way if n is off by up to error units."""
    behind = count_digits(n) - precision
    if behind < 3:
        return True
    unit = power10(behind)
    rest = n % unit * 2 % unit                 # both the boundaries (0) and the middle (1/2) become 0
    return rest <= 2 * error or unit - rest <= 2 * error


def exact_power(c, e, numerator, denominator, most):
    """(c * 10**e) ** (numerator / denominator) as an exact decimal (coefficient, exponent), or None if there is none or it
    has more than about `most` digits. c > 0 without trailing zeros; the fraction in lowest terms.

    The number is split into 2**i * 5**j * m; a root exists when i and j are multiples of the denominator and m is a power.
    """
    twos = (c & -c).bit_length() - 1
    m = c >> twos
    fives = 0
    while m % 5 == 0:
        m //= 5
        fives += 1
    twos += e
    fives += e
    if denominator > 1:
        if twos % denominator or fives % denominator:
            return None
        if m > 1:
            m = _exact_root(m, denominator)
            if m is None:
                return None
        twos //= denominator
        fives //= denominator
    if m > 1 and (numerator < 0 or m.bit_length() * numerator * _LOG10_2 > 2 * most + 60):
        return None
    twos *= numerator
    fives *= numerator
    exponent = min(twos, fives)
    twos -= exponent
    fives -= exponent
    if twos > 4 * most + 100 or fives > 2 * most + 60:
        return None
    return (5 ** fives * (m ** numerator if m > 1 else 1)) << twos, exponent


def _exact_root(m, degree):
    if degree >= m.bit_length():
        return None
    root = 1 << -(-m.bit_length() // degree)   # Newton from above
    while True:
        better = ((degree - 1) * root + m // root ** (degree - 1)) // degree
        if better >= root:
            break
        root = better
    return root if root ** degree == m else None
