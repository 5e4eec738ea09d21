# SPDX-License-Identifier: MIT
"""The format specification of decimals: reading it, and setting digits, separators and padding."""

import re
from _pydecimal_math import to_digits

_SPEC = re.compile(r'(?:(?P<fill>.)?(?P<align>[<>=^]))?(?P<sign>[-+ ])?(?P<alt>#)?(?P<zero>0)?(?P<width>[1-9]\d*)?'
                   r'(?P<comma>,)?(?:\.(?P<prec>\d+))?(?P<type>[eEfFgGn%])?', re.DOTALL)

_WIDEST = 1 << 62


class Spec:
    """One format specification, taken apart."""

    __slots__ = ('fill', 'align', 'sign', 'alternate', 'width', 'zero', 'precision', 'kind', 'point', 'separator', 'groups')

    def __init__(self, text, locale_facts=None):
        match = _SPEC.fullmatch(text)
        if match is None:
            raise ValueError('invalid format string')
        part = match.groupdict()
        self.zero = part['zero'] is not None
        if self.zero and part['align'] is not None:
            raise ValueError('invalid format string')
        self.fill = part['fill'] or ' '
        self.align = part['align'] or '>'
        self.sign = part['sign'] or '-'
        self.alternate = part['alt'] is not None
        self.width = int(part['width'] or 0)
        if self.width >= _WIDEST or int(part['prec'] or 0) >= _WIDEST:
            raise ValueError('invalid format string')
        self.precision = None if part['prec'] is None else int(part['prec'])
        self.kind = part['type']
        self.point, self.separator, self.groups = '.', '', ()
        if part['comma']:
            if self.kind == 'n':
                raise ValueError('invalid format string')
            self.separator, self.groups = ',', (3, 0)
        if self.kind == 'n':
            if locale_facts is None:
                import locale
                locale_facts = locale.localeconv()
            self.kind = 'g'
        if locale_facts is not None:
            self._localize(locale_facts)
        if self.kind is None or self.kind in 'gG':
            if self.precision == 0:
                self.precision = 1

    def _localize(self, facts):
        """Take point, separator and group sizes from such a dictionary as localeconv() gives."""
        self.point = facts.get('decimal_point', self.point)
        self.separator = facts.get('thousands_sep', self.separator)
        groups = facts.get('grouping', self.groups)
        self.groups = [ord(size) for size in groups] if isinstance(groups, str) else groups
        if len(self.point) > 1 or len(self.separator) > 1 or any(size > 127 or size < 0 for size in self.groups):
            raise ValueError('invalid override dict')


def _sign_text(negative, spec):
    if negative:
        return '-'
    return '' if spec.sign == '-' else spec.sign


def pad(negative, body, spec, align=None, fill=None):
    """Sign and body, filled up to the width."""
    sign = _sign_text(negative, spec)
    room = spec.width - len(sign) - len(body)
    if room <= 0:
        return sign + body
    align = align or spec.align
    fill = fill or spec.fill
    if align == '<':
        return sign + body + fill * room
    if align == '=':
        return sign + fill * room + body
    if align == '^':
        left = room // 2
        return fill * left + sign + body + fill * (room - left)
    return fill * room + sign + body


def _group_sizes(groups):
    """The sizes of groups of digits from the right, for ever; None says that no more separators follow."""
    last = None
    for size in groups:
        if size == 0:
            break
        if size == 127:                        # locale.CHAR_MAX
            yield None
            return
        last = size
        yield size
    while last:
        yield last
    yield None


def _with_separators(digits, spec, least):
    """Put separators into the digits before the point; with zeros in front until the text is `least` long."""
    if not spec.separator:
        return digits.zfill(least)
    pieces = []
    wide = len(spec.separator)
    for size in _group_sizes(spec.groups):
        if size is None:
            pieces.append(digits.zfill(max(least, 1)))
            break
        count = min(max(len(digits), least, 1), size)
        pieces.append(digits[-count:].zfill(count))
        digits = digits[:-count]
        least -= count
        if not digits and least <= 0:
            break
        least -= wide
    return spec.separator.join(reversed(pieces))


def _lay_out(sign, whole, fraction, exponent, spec, mark):
    """Whole digits, fraction and exponent (None: none is written) as text, padded."""
    tail = spec.point + fraction if fraction or spec.alternate else ''
    if exponent is not None:
        tail += '%s%+d' % (mark, exponent)
    if spec.kind == '%':
        tail += '%'
    least = spec.width - len(tail) - len(_sign_text(sign, spec)) if spec.zero else 0
    body = _with_separators(whole, spec, least) + tail
    return pad(sign, body, spec)


def format_decimal(number, text, context, round_off, locale_facts=None):
    """Format a decimal: round_off(sign, n, exp, target exponent or None, digits or None) -> (n, exp) does the rounding."""
    spec = Spec(text, locale_facts)
    if number._is_special:
        body = str(number.copy_abs())
        if spec.kind == '%':
            body += '%'
        return pad(number._sign, body, spec)
    if spec.kind is None:
        spec.kind = 'G' if context.capitals else 'g'
    kind = spec.kind
    sign, n, exp = number._sign, number._int, number._exp
    if kind == '%':
        exp += 2
    precision = spec.precision
    if precision is not None:
        if kind in 'eE':
            n, exp = round_off(sign, n, exp, None, precision + 1)
        elif kind in 'fF%':
            n, exp = round_off(sign, n, exp, -precision, None)
        elif n:
            n, exp = round_off(sign, n, exp, None, precision)
    if kind in 'fF%' and exp > 0:
        n, exp = n * 10 ** exp, 0
    digits = to_digits(n)
    left = exp + len(digits)
    if kind in 'eE':
        point = 1 - precision if not n and precision is not None else 1
    elif kind in 'fF%':
        point = left
    else:
        point = left if exp <= 0 and left > -6 else 1
    if point < 0:
        whole, fraction = '0', '0' * -point + digits
    elif point > len(digits):
        whole, fraction = digits + '0' * (point - len(digits)), ''
    else:
        whole, fraction = digits[:point] or '0', digits[point:]
    shown = left - point
    if kind in 'fF%' or kind in 'gG' and not shown:
        shown = None
    return _lay_out(sign, whole, fraction, shown, spec, 'E' if kind in 'EG' else 'e')
