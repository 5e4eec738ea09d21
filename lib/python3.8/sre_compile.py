# SPDX-License-Identifier: MIT
"""Compiler of regular expressions: makes code words for the native module _sre of what sre_parse makes.

Code is a list of ints.  "skip" below is a word that says how far it is from there to somewhere else.

    LITERAL c, NOT_LITERAL c, ANY, AT place, CATEGORY kind, MARK n, GROUPREF n
    IN skip set FAILURE                 set: NEGATE, LITERAL c, RANGE low high, CATEGORY kind, CHARSET and BIGCHARSET
    BRANCH (skip code JUMP skip)... 0
    REPEAT skip least most code MAX_UNTIL|MIN_UNTIL
    REPEAT_ONE|MIN_REPEAT_ONE skip least most code SUCCESS          for code that matches one character
    ASSERT|ASSERT_NOT skip back code SUCCESS                        back: by how many characters to go back first
    GROUPREF_EXISTS n skip code [JUMP skip code]
    INFO skip flags least most ...      see _compile_info()
"""

import _sre
import sre_parse
from sre_constants import *

assert _sre.MAGIC == MAGIC, 'SRE module mismatch'

# Operators that are compiled alike.
_SUCCESS_CODES = {FAILURE, SUCCESS}
_ASSERT_CODES = {ASSERT_NOT, ASSERT}
_REPEATING_CODES = {MAX_REPEAT, MIN_REPEAT, REPEAT}
_LITERAL_CODES = {NOT_LITERAL, LITERAL}
_UNIT_CODES = {NOT_LITERAL, LITERAL, ANY, IN}

_CODEBITS = _sre.CODESIZE * 8
MAXCODE = (1 << _CODEBITS) - 1

# Lower case characters that have the same upper case.
_equivalences = tuple(tuple(map(ord, group)) for group in (
    'i\u0131', 's\u017f', '\xb5\u03bc', '\u0345\u03b9\u1fbe', '\u0390\u1fd3', '\u03b0\u1fe3', '\u03b2\u03d0',
    '\u03b5\u03f5', '\u03b8\u03d1', '\u03ba\u03f0', '\u03c0\u03d6', '\u03c1\u03f1', '\u03c2\u03c3', '\u03c6\u03d5',
    '\u1e61\u1e9b', '\ufb05\ufb06'))
_ignorecase_fixes = {char: tuple(other for other in group if other != char)
                     for group in _equivalences for char in group}


class _Case:
    """How characters are folded under certain flags.

    iscased, tolower: functions on codes, or None if case counts or the locale decides.  fixes: code -> other codes
    that are the same, for str.
    """

    def __init__(self, flags):
        self.ignore = bool(flags & SRE_FLAG_IGNORECASE)
        self.locale = bool(flags & SRE_FLAG_LOCALE)
        self.iscased = self.tolower = None
        self.fixes = {}
        if self.ignore and not self.locale:
            if flags & SRE_FLAG_UNICODE:
                self.iscased, self.tolower = _sre.unicode_iscased, _sre.unicode_tolower
                self.fixes = _ignorecase_fixes
            else:
                self.iscased, self.tolower = _sre.ascii_iscased, _sre.ascii_tolower


_CASE_FLAGS = SRE_FLAG_IGNORECASE | SRE_FLAG_LOCALE | SRE_FLAG_UNICODE
_cases = {}     # flags -> _Case


def _case_of(flags):
    flags &= _CASE_FLAGS
    case = _cases.get(flags)
    if case is None:
        case = _cases[flags] = _Case(flags)
    return case


def _combine_flags(flags, add_flags, del_flags, TYPE_FLAGS=sre_parse.TYPE_FLAGS):
    """Return the flags inside of a group that adds and removes some."""
    if add_flags & TYPE_FLAGS:
        flags &= ~TYPE_FLAGS
    return (flags | add_flags) & ~del_flags


# ---- items ----

def _compile(code, pattern, flags):
    """Append the code of the items of pattern to code."""
    for op, av in pattern:
        if op in _LITERAL_CODES:
            _compile_literal(code, op, av, _case_of(flags))
        elif op is IN:
            _compile_set(code, av, flags)
        elif op is ANY:
            code.append(ANY_ALL if flags & SRE_FLAG_DOTALL else ANY)
        elif op in _REPEATING_CODES:
            _compile_repeat(code, op, av, flags)
        elif op is SUBPATTERN:
            group, add_flags, del_flags, body = av
            inner = _combine_flags(flags, add_flags, del_flags)
            if group is None:
                _compile(code, body, inner)
            else:
                code += [MARK, 2 * group - 2]
                _compile(code, body, inner)
                code += [MARK, 2 * group - 1]
        elif op is AT:
            code += [AT, _place(av, flags)]
        elif op is BRANCH:
            _compile_branch(code, av[1], flags)
        elif op is GROUPREF:
            case = _case_of(flags)
            if not case.ignore:
                op = GROUPREF
            elif case.locale:
                op = GROUPREF_LOC_IGNORE
            else:
                op = GROUPREF_UNI_IGNORE if case.fixes else GROUPREF_IGNORE
            code += [op, av - 1]
        elif op in _ASSERT_CODES:
            _compile_assertion(code, op, av, flags)
        elif op is GROUPREF_EXISTS:
            _compile_conditional(code, av, flags)
        elif op is CATEGORY:
            code += [op, _category(av, flags)]
        elif op in _SUCCESS_CODES:
            code.append(op)
        else:
            raise error('internal: unsupported operand type %r' % (op,))


def _place(place, flags):
    """Return the place that a place in a pattern means under flags."""
    if place in AT_MULTILINE:
        return AT_MULTILINE[place] if flags & SRE_FLAG_MULTILINE else place
    variants = AT_LOCALE if flags & SRE_FLAG_LOCALE else AT_UNICODE if flags & SRE_FLAG_UNICODE else {}
    return variants.get(place, place)


def _set_skip(code, at):
    """Let the skip word at index at lead to the end of code."""
    code[at] = len(code) - at


def _compile_literal(code, op, char, case):
    if not case.ignore:
        code += [op, char]
    elif case.locale:
        code += [OP_LOCALE_IGNORE[op], char]
    elif not case.iscased(char):
        code += [op, char]
    else:
        lower = case.tolower(char)
        if lower in case.fixes:
            negation = [NEGATE] if op is NOT_LITERAL else []
            words = [word for same in (lower,) + case.fixes[lower] for word in (LITERAL, same)]
            code += [IN_UNI_IGNORE, len(negation) + len(words) + 2] + negation + words + [FAILURE]
        else:
            code += [(OP_UNICODE_IGNORE if case.fixes else OP_IGNORE)[op], lower]


def _compile_repeat(code, op, av, flags):
    if flags & SRE_FLAG_TEMPLATE:
        raise error('internal: unsupported template operator %r' % (op,))
    least, most, body = av
    simple = _simple(body)
    lazy = op is MIN_REPEAT
    code.append((MIN_REPEAT_ONE if lazy else REPEAT_ONE) if simple else REPEAT)
    skip = len(code)
    code += [0, least, most]
    _compile(code, body, flags)
    if simple:
        code.append(SUCCESS)
        _set_skip(code, skip)
    else:
        _set_skip(code, skip)
        code.append(MIN_UNTIL if lazy else MAX_UNTIL)


def _simple(p):
    """Whether p matches exactly one character and sets no group."""
    while len(p) == 1:
        op, av = p[0]
        if op is not SUBPATTERN or av[0] is not None:
            return op in _UNIT_CODES
        p = av[-1]
    return False


def _compile_branch(code, alternatives, flags):
    code.append(BRANCH)
    exits = []
    for alternative in alternatives:
        skip = len(code)
        code.append(0)
        _compile(code, alternative, flags)
        code += [JUMP, 0]
        exits.append(len(code) - 1)
        _set_skip(code, skip)
    code.append(FAILURE)
    for skip in exits:
        _set_skip(code, skip)


def _compile_assertion(code, op, av, flags):
    direction, body = av
    back = 0
    if direction < 0:
        back, most = body.getwidth()
        if back != most:
            raise error('look-behind requires fixed-width pattern')
    code.append(op)
    skip = len(code)
    code += [0, back]
    _compile(code, body, flags)
    code.append(SUCCESS)
    _set_skip(code, skip)


def _compile_conditional(code, av, flags):
    group, yes, no = av
    code += [GROUPREF_EXISTS, group - 1]
    skip = len(code)
    code.append(0)
    _compile(code, yes, flags)
    if no:
        exit = len(code) + 1
        code += [JUMP, 0]
        code[skip] = len(code) - skip + 1
        _compile(code, no, flags)
        _set_skip(code, exit)
    else:
        code[skip] = len(code) - skip + 1


# ---- sets of characters ----

def _category(kind, flags):
    if flags & SRE_FLAG_LOCALE:
        return CH_LOCALE[kind]
    return CH_UNICODE[kind] if flags & SRE_FLAG_UNICODE else kind


def _compile_set(code, members, flags):
    case = _case_of(flags)
    charset, hascased = _optimize_charset(members, case.iscased, case.tolower, case.fixes)
    if case.ignore and case.locale:
        code.append(IN_LOC_IGNORE)
    elif not hascased:
        code.append(IN)
    else:
        code.append(IN_UNI_IGNORE if case.fixes else IN_IGNORE)
    skip = len(code)
    code.append(0)
    _compile_charset(charset, flags, code)
    _set_skip(code, skip)


def _compile_charset(charset, flags, code):
    """Append the words of a set, and FAILURE."""
    for op, av in charset:
        code.append(op)
        if op is LITERAL:
            code.append(av)
        elif op is CATEGORY:
            code.append(_category(av, flags))
        elif op is not NEGATE:
            code += av      # RANGE, CHARSET, BIGCHARSET
    code.append(FAILURE)


_MOST_RANGES = 8    # a set with more is a bitmap, if it has characters above 255


def _optimize_charset(charset, iscased=None, fixup=None, fixes=None):
    """Return an equivalent set that is quick to test, with lower case characters only, and whether case matters.

    charset: the items of an IN.  fixup: function to lower case, or None.  iscased and fixes as in _Case.
    """
    chars, ranges, others, head = [], [], [], []
    hascased = False
    for item in charset:
        op, av = item
        if op is LITERAL:
            chars.append(av)
        elif op is NEGATE:
            head.append(item)
        elif op is not RANGE:
            others.append(item)
        elif fixup is None:
            ranges.append(av)
        elif av[1] > 0xffff:    # too many to go through: both cases are tested when matching
            hascased = True
            others.append((RANGE_UNI_IGNORE if fixes else RANGE, av))
        else:
            chars.extend(range(av[0], av[1] + 1))
    if fixup is not None and chars:
        hascased = hascased or any(map(iscased, chars))
        chars = set(map(fixup, chars))
        for char in chars & fixes.keys():
            chars.update(fixes[char])
    runs = _merge([(char, char) for char in chars] + ranges)
    simple = [(LITERAL, low) if low == high else (RANGE, (low, high)) for low, high in runs]
    if len(runs) <= 2:
        # Not a gain: then as written, which is quicker to read in a dump.
        if fixup is None and len(head) + len(simple) + len(others) >= len(charset):
            return charset, hascased
    elif runs[-1][1] < 256:
        mask = 0
        for low, high in runs:
            mask |= (2 << high) - (1 << low)
        simple = [(CHARSET, [mask >> start & MAXCODE for start in range(0, 256, _CODEBITS)])]
    elif len(runs) > _MOST_RANGES:
        simple = _big_charset(runs)
    return head + simple + others, hascased


def _merge(ranges):
    """Return pairs (low, high) in order, without overlaps and with neighbours joined."""
    ranges.sort()
    merged = []
    top = -2
    for low, high in ranges:
        if low > top + 1:
            merged.append((low, high))
            top = high
        elif high > top:
            merged[-1] = merged[-1][0], high
            top = high
    return merged


def _bytes_of(runs, start, stop):
    """Return a bytearray with 1 for each character from start to stop that is in runs."""
    found = bytearray(stop - start)
    for low, high in runs:
        low, high = max(low, start), min(high + 1, stop)
        if low < high:
            found[low - start:high - start] = b'\1' * (high - low)
    return found


def _mk_bitmap(bits, _CODEBITS=_CODEBITS, _int=int):
    """Pack truth values into code words, the first into the lowest bit."""
    digits = bytes(map((48).__add__, bits))[::-1]
    return [_int(digits[max(0, end - _CODEBITS):end], 2) for end in range(len(digits), 0, -_CODEBITS)]


def _bytes_to_codes(b):
    """Return the code words that consist of the bytes b."""
    return memoryview(b).cast('I').tolist()


def _big_charset(runs):
    """Return the items for a set with characters above 255.

    BIGCHARSET has a byte for each 256 characters of the basic plane, the number of the bitmap for them, and each
    different bitmap once.  What is beyond the plane stays ranges.
    """
    numbers, bitmaps, chunks = bytearray(), [], {}
    found = bytes(_bytes_of(runs, 0, 65536))
    for start in range(0, 65536, 256):
        chunk = found[start:start + 256]
        number = chunks.setdefault(chunk, len(chunks))
        if number == len(bitmaps):
            bitmaps.append(_mk_bitmap(chunk))
        numbers.append(number)
    words = [len(bitmaps)] + _bytes_to_codes(numbers) + [word for bitmap in bitmaps for word in bitmap]
    return [(BIGCHARSET, words)] + [(RANGE, (max(low, 65536), high)) for low, high in runs if high > 65535]


# ---- what is known about the start of a match ----

def _get_iscased(flags):
    """Return a function that says whether a character has another case under flags, or None if case counts."""
    case = _case_of(flags)
    if case.ignore and case.locale:
        return lambda char: True
    return case.iscased


def _get_literal_prefix(pattern, flags):
    """Return the characters that every match begins with; how many of them come before the first group that is not
    completely among them (None: all); and whether they are the whole pattern."""
    prefix, prefix_skip = [], None
    iscased = _get_iscased(flags)
    for op, av in pattern.data:
        if op is LITERAL and not (iscased and iscased(av)):
            prefix.append(av)
        elif op is SUBPATTERN:
            group, add_flags, del_flags, body = av
            inner = _combine_flags(flags, add_flags, del_flags)
            if inner & SRE_FLAG_IGNORECASE and inner & SRE_FLAG_LOCALE:
                return prefix, prefix_skip, False
            more, skip, whole = _get_literal_prefix(body, inner)
            if prefix_skip is None:
                if group is not None:
                    prefix_skip = len(prefix)
                elif skip is not None:
                    prefix_skip = len(prefix) + skip
            prefix += more
            if not whole:
                return prefix, prefix_skip, False
        else:
            return prefix, prefix_skip, False
    return prefix, prefix_skip, True


def _get_charset_prefix(pattern, flags):
    """Return the items of a set that every match begins with a character of, or None."""
    while True:
        if not pattern.data:
            return None
        op, av = pattern.data[0]
        if op is not SUBPATTERN:
            break
        flags = _combine_flags(flags, av[1], av[2])
        if flags & SRE_FLAG_IGNORECASE and flags & SRE_FLAG_LOCALE:
            return None
        pattern = av[3]
    iscased = _get_iscased(flags)
    firsts = []
    if op is IN:
        firsts = av
        if iscased and not all(_caseless(item, iscased) for item in av):
            return None
        return firsts
    if op is LITERAL:
        firsts = [(op, av)]
    elif op is BRANCH and all(len(alternative) for alternative in av[1]):
        firsts = [alternative[0] for alternative in av[1]]
    if not firsts or any(kind is not LITERAL or iscased and iscased(char) for kind, char in firsts):
        return None
    return firsts


def _caseless(item, iscased):
    """Whether an item of a set has no character with case."""
    op, av = item
    if op is LITERAL:
        return not iscased(av)
    if op is RANGE:
        return av[1] <= 0xffff and not any(map(iscased, range(av[0], av[1] + 1)))
    return True


def _generate_overlap_table(prefix):
    """Return for each character of prefix how many before it (itself included) prefix also begins with."""
    table = [0] * len(prefix)
    length = 0
    for at in range(1, len(prefix)):
        while length and prefix[at] != prefix[length]:
            length = table[length - 1]
        if prefix[at] == prefix[length]:
            length += 1
        table[at] = length
    return table


def _compile_info(code, pattern, flags):
    """Append the INFO block: INFO skip flags least most, then either (for SRE_INFO_PREFIX) the length of the prefix,
    how much of it to skip, its characters and their overlap table, or (for SRE_INFO_CHARSET) a set."""
    least, most = pattern.getwidth()
    prefix, prefix_skip, whole, charset = [], 0, False, None
    by_locale = flags & SRE_FLAG_IGNORECASE and flags & SRE_FLAG_LOCALE
    if least and not by_locale:
        prefix, prefix_skip, whole = _get_literal_prefix(pattern, flags)
        if not prefix:
            charset = _get_charset_prefix(pattern, flags)
    kind = 0
    if prefix:
        kind = SRE_INFO_PREFIX
        if prefix_skip is None and whole:
            kind |= SRE_INFO_LITERAL
    elif charset:
        kind = SRE_INFO_CHARSET
    code.append(INFO)
    skip = len(code)
    code += [0, kind, min(least, MAXCODE), min(most, MAXREPEAT)]
    if prefix:
        code += [len(prefix), len(prefix) if prefix_skip is None else prefix_skip]
        code += prefix
        code += _generate_overlap_table(prefix)
    elif charset:
        _compile_charset(_optimize_charset(charset)[0], flags, code)
    _set_skip(code, skip)


# ---- dump ----

def _hex_code(code):
    return '[%s]' % ', '.join('%#0*x' % (_CODEBITS // 4 + 2, word) for word in code)


def _shown(char):
    return '%#02x (%r)' % (char, chr(char))


class _Dump:
    """Prints code."""

    def __init__(self, code):
        self.code = code
        self.targets = set()
        self.digits = len(str(len(code) - 1))

    def line(self, at, level, *args, to=None):
        """Print an instruction.  to: where its skip word leads."""
        if to is not None:
            self.targets.add(to)
            args += '(to %d)' % to,
        print('%*d%s ' % (self.digits, at, ':' if at in self.targets else '.'), end='  ' * (level - 1))
        print(*args)

    def more(self, level, *args):
        """Print what belongs to the line before."""
        print(' ' * (self.digits + 2 * level + 1), *args)

    def block(self, start, end, level=1):
        at = start
        while at < end:
            at = self.instruction(at, level)

    def instruction(self, at, level):
        """Print one instruction with what is inside; return the index behind it."""
        code = self.code
        op = OPCODES[code[at]]
        args = code[at + 1:at + 4]
        if op in (SUCCESS, FAILURE, ANY, ANY_ALL, MAX_UNTIL, MIN_UNTIL, NEGATE):
            self.line(at, level, op)
            return at + 1
        if op.name.startswith(('LITERAL', 'NOT_LITERAL')):
            self.line(at, level, op, _shown(args[0]))
            return at + 2
        if op is AT:
            self.line(at, level, op, ATCODES[args[0]].name[3:])
            return at + 2
        if op is CATEGORY:
            self.line(at, level, op, CHCODES[args[0]].name[9:])
            return at + 2
        if op in (RANGE, RANGE_UNI_IGNORE):
            low, high = args[:2]
            self.line(at, level, op, '%#02x %#02x (%r-%r)' % (low, high, chr(low), chr(high)))
            return at + 3
        if op is CHARSET:
            words = 256 // _CODEBITS
            self.line(at, level, op, _hex_code(code[at + 1:at + 1 + words]))
            return at + 1 + words
        if op is BIGCHARSET:
            return self.bigcharset(at, level)
        if op is MARK or op.name.startswith('GROUPREF') and op is not GROUPREF_EXISTS:
            self.line(at, level, op, args[0])
            return at + 2
        if op is JUMP:
            self.line(at, level, op, args[0], to=at + 1 + args[0])
            return at + 2
        if op is GROUPREF_EXISTS:
            self.line(at, level, op, *args[:2], to=at + 1 + args[1])
            return at + 3
        return self.compound(at, level, op, args)

    def bigcharset(self, at, level):
        code, words = self.code, 256 // _CODEBITS
        count = code[at + 1]
        numbers_end = at + 2 + 256 // _sre.CODESIZE
        numbers = b''.join(word.to_bytes(_sre.CODESIZE, 'little') for word in code[at + 2:numbers_end])
        self.line(at, level, BIGCHARSET, count, list(numbers))
        for start in range(numbers_end, numbers_end + count * words, words):
            self.more(level, _hex_code(code[start:start + words]))
        return numbers_end + count * words

    def compound(self, at, level, op, args):
        """Print an instruction that has code inside, up to where its skip word leads."""
        end = at + 1 + args[0]
        if op is BRANCH:
            return self.branch(at, level)
        if op is INFO:
            self.info(at, level, end)
        elif op.name.startswith('IN'):
            self.line(at, level, op, args[0], to=end)
            self.block(at + 2, end, level + 1)
        else:   # REPEAT..., ASSERT...
            words = 2 if op in _ASSERT_CODES else 3
            shown = ['MAXREPEAT' if word == MAXREPEAT else word for word in args[:words]]
            self.line(at, level, op, *shown, to=end)
            self.block(at + 1 + words, end, level + 1)
        return end

    def branch(self, at, level):
        skip = at + 1
        self.line(at, level, BRANCH, self.code[skip], to=skip + self.code[skip])
        while True:
            end = skip + self.code[skip]
            self.block(skip + 1, end, level + 1)
            skip = end
            if not self.code[skip]:
                self.line(skip, level, FAILURE)
                return skip + 1
            self.line(skip, level, 'branch', self.code[skip], to=skip + self.code[skip])

    def info(self, at, level, end):
        code = self.code
        skip, kind, least, most = code[at + 1:at + 5]
        if most == MAXREPEAT:
            most = 'MAXREPEAT'
        self.line(at, level, INFO, skip, bin(kind), least, most, to=end)
        start = at + 5
        if kind & SRE_INFO_PREFIX:
            length, prefix_skip = code[start:start + 2]
            prefix = code[start + 2:start + 2 + length]
            self.more(level, 'prefix_skip', prefix_skip)
            self.more(level, 'prefix', '[%s]' % ', '.join('%#02x' % char for char in prefix),
                      '(%r)' % ''.join(map(chr, prefix)))
            self.more(level, 'overlap', code[start + 2 + length:start + 2 + 2 * length])
        elif kind & SRE_INFO_CHARSET:
            self.more(level, 'in')
            self.block(start, end, level + 1)


def dis(code):
    """Print code words."""
    _Dump(code).block(0, len(code))


# ---- entry ----

def isstring(obj):
    """Whether obj can be a pattern: str or bytes."""
    return isinstance(obj, (str, bytes))


def _code(p, flags, info=True):
    """Return the code of a parsed pattern.  info: put the INFO block in front."""
    flags |= p.state.flags
    code = []
    if info:
        _compile_info(code, p, flags)
    _compile(code, p.data, flags)
    code.append(SUCCESS)
    return code


def compile(p, flags=0):
    """Compile a pattern, as text or as sre_parse made it, to a pattern object.  flags: SRE_FLAG_... bits."""
    pattern = None
    if isstring(p):
        pattern = p
        p = sre_parse.parse(p, flags)
    debug = flags & SRE_FLAG_DEBUG
    code = _code(p, flags, info=debug)      # _sre finds out by itself what is in INFO
    if debug:
        print()
        dis(code)
    state = p.state
    names = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    return _sre.compile(pattern, flags | state.flags, code, state.groups - 1, state.groupdict, tuple(names))
