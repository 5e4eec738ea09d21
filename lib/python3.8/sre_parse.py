# SPDX-License-Identifier: MIT
"""Parser of regular expressions and of replacement templates.

parse() turns a pattern into a SubPattern, a list of (operator, argument) pairs; sre_compile makes code of it.  The
arguments:

    LITERAL, NOT_LITERAL    character code
    ANY                     None
    IN                      list of (LITERAL, code), (RANGE, (low, high)), (CATEGORY, kind), first maybe (NEGATE, None)
    AT                      place
    BRANCH                  (None, [SubPattern, ...])
    SUBPATTERN              (group number or None, flags to add, flags to remove, SubPattern)
    MAX_REPEAT, MIN_REPEAT  (least, most, SubPattern)
    GROUPREF                group number
    GROUPREF_EXISTS         (group number, SubPattern, SubPattern or None)
    ASSERT, ASSERT_NOT      (1 ahead or -1 behind, SubPattern)
"""

from sre_constants import *

SPECIAL_CHARS = '.\\[{()*+?^$|'
REPEAT_CHARS = '*+?{'

DIGITS = frozenset('0123456789')
OCTDIGITS = frozenset('01234567')
HEXDIGITS = frozenset('0123456789abcdefABCDEF')
ASCIILETTERS = frozenset('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ')
WHITESPACE = frozenset(' \t\n\r\v\f')

_REPEATCODES = frozenset({MIN_REPEAT, MAX_REPEAT})
_UNITCODES = frozenset({ANY, RANGE, IN, LITERAL, NOT_LITERAL, CATEGORY})

ESCAPES = {'\\' + letter: (LITERAL, ord(meant)) for letter, meant in zip('abfnrtv\\', '\a\b\f\n\r\t\v\\')}

CATEGORIES = {
    r'\A': (AT, AT_BEGINNING_STRING), r'\b': (AT, AT_BOUNDARY), r'\B': (AT, AT_NON_BOUNDARY),
    r'\d': (IN, [(CATEGORY, CATEGORY_DIGIT)]), r'\D': (IN, [(CATEGORY, CATEGORY_NOT_DIGIT)]),
    r'\s': (IN, [(CATEGORY, CATEGORY_SPACE)]), r'\S': (IN, [(CATEGORY, CATEGORY_NOT_SPACE)]),
    r'\w': (IN, [(CATEGORY, CATEGORY_WORD)]), r'\W': (IN, [(CATEGORY, CATEGORY_NOT_WORD)]),
    r'\Z': (AT, AT_END_STRING),
}

FLAGS = {'i': SRE_FLAG_IGNORECASE, 'L': SRE_FLAG_LOCALE, 'm': SRE_FLAG_MULTILINE, 's': SRE_FLAG_DOTALL,
         'x': SRE_FLAG_VERBOSE, 'a': SRE_FLAG_ASCII, 't': SRE_FLAG_TEMPLATE, 'u': SRE_FLAG_UNICODE}
TYPE_FLAGS = SRE_FLAG_ASCII | SRE_FLAG_LOCALE | SRE_FLAG_UNICODE    # exclude each other
GLOBAL_FLAGS = SRE_FLAG_DEBUG | SRE_FLAG_TEMPLATE                   # are for the whole pattern only


class Verbose(Exception):
    """The pattern turns on VERBOSE for itself, so what was read already has to be read again."""


class State:
    """What is known about the whole pattern while it is parsed.

    flags: those given and those in the pattern.  groupdict: name -> number.  groupwidths: (least, most) characters
    that a group matches, None while it is open; the first entry stands for the whole.  lookbehindgroups: while a
    lookbehind is parsed the number of groups before it, or None.
    """

    def __init__(self):
        self.flags = 0
        self.groupdict = {}
        self.groupwidths = [None]
        self.lookbehindgroups = None

    @property
    def groups(self):
        """The number of groups, with the whole match."""
        return len(self.groupwidths)

    def opengroup(self, name=None):
        """Begin a group; return its number."""
        number = len(self.groupwidths)
        self.groupwidths.append(None)
        if number >= MAXGROUPS:
            raise error('too many groups')
        if name is not None:
            earlier = self.groupdict.setdefault(name, number)
            if earlier != number:
                raise error('redefinition of group name %r as group %d; was group %d' % (name, number, earlier))
        return number

    def closegroup(self, gid, p):
        """End a group."""
        self.groupwidths[gid] = p.getwidth()

    def checkgroup(self, gid):
        """Whether group gid is there and closed."""
        return gid < len(self.groupwidths) and self.groupwidths[gid] is not None

    def checklookbehindgroup(self, gid, source):
        """Raise an error if a lookbehind is being parsed and group gid is not from before it."""
        before = self.lookbehindgroups
        if before is None:
            return
        if not self.checkgroup(gid):
            raise source.error('cannot refer to an open group')
        if gid >= before:
            raise source.error('cannot refer to group defined in the same lookbehind subpattern')


class SubPattern:
    """A sequence of (operator, argument) pairs: a parsed pattern or part of one.  state: the State it belongs to."""

    def __init__(self, state, data=None):
        self.state = state
        self.data = [] if data is None else data
        self.width = None

    def dump(self, level=0):
        """Print what is in it, for debugging; level: how far to indent."""
        indent = level * '  '
        for op, av in self.data:
            if op is IN:
                print(indent + 'IN')
                for kind, value in av:
                    print(indent + ' ', kind, value)
            elif op is BRANCH:
                print(indent + 'BRANCH')
                for number, alternative in enumerate(av[1]):
                    if number:
                        print(indent + 'OR')
                    alternative.dump(level + 1)
            elif op is GROUPREF_EXISTS:
                group, yes, no = av
                print(indent + 'GROUPREF_EXISTS', group)
                yes.dump(level + 1)
                if no is not None:
                    print(indent + 'ELSE')
                    no.dump(level + 1)
            else:
                parts = av if isinstance(av, (tuple, list)) else (av,)
                print(indent + str(op), *[part for part in parts if not isinstance(part, SubPattern)])
                for part in parts:
                    if isinstance(part, SubPattern):
                        part.dump(level + 1)

    def __repr__(self):
        return repr(self.data)

    # It is a list, as far as others need it.

    def append(self, code):
        """Add an item."""
        self.data.append(code)

    def insert(self, index, code):
        """Put an item in at an index."""
        self.data.insert(index, code)

    def __getitem__(self, index):
        found = self.data[index]
        return SubPattern(self.state, found) if isinstance(index, slice) else found

    def __setitem__(self, index, code):
        self.data[index] = code

    def __delitem__(self, index):
        del self.data[index]

    def __len__(self):
        return len(self.data)

    def getwidth(self):
        """Return how many characters it matches, as (least, most)."""
        if self.width is None:
            least = most = 0
            for op, av in self.data:
                if op is SUCCESS:
                    break
                low, high = (1, 1) if op in _UNITCODES else self._item_width(op, av)
                least += low
                most += high
            self.width = min(least, MAXREPEAT - 1), min(most, MAXREPEAT)
        return self.width

    def _item_width(self, op, av):
        """The width of an item that is not one character."""
        if op is SUBPATTERN:
            return av[-1].getwidth()
        if op in _REPEATCODES:
            low, high = av[2].getwidth()
            return low * av[0], high * av[1]
        if op is GROUPREF:
            return self.state.groupwidths[av]
        if op is BRANCH:
            widths = [alternative.getwidth() for alternative in av[1]]
        elif op is GROUPREF_EXISTS:
            widths = [av[1].getwidth(), (0, 0) if av[2] is None else av[2].getwidth()]
            if av[2] is None:
                widths[1] = 0, widths[0][1]
        else:
            return 0, 0
        lows, highs = zip(*widths)
        return min(lows), max(highs)


class Tokenizer:
    """Gives the characters of a pattern, those after a backslash together with it.

    next: the token to come, None at the end.  index: where what follows next begins.
    """

    def __init__(self, string):
        self.istext = isinstance(string, str)
        self.string = string
        self.decoded_string = string if self.istext else str(string, 'latin1')
        self.seek(0)

    def seek(self, index):
        """Go on at index."""
        self.index = index
        self._advance()

    def _advance(self):
        text, at = self.decoded_string, self.index
        token = text[at:at + 1]
        if token == '\\':
            token = text[at:at + 2]
            if len(token) == 1:
                raise error('bad escape (end of pattern)', self.string, len(self.string) - 1)
        self.next = token or None
        self.index = at + len(token)

    def match(self, char):
        """Skip the next token if it is char; return whether it is."""
        if char != self.next:
            return False
        self._advance()
        return True

    def get(self):
        """Return the next token and go on to the one behind it."""
        token = self.next
        self._advance()
        return token

    def getwhile(self, n, charset):
        """Return the next characters as long as they are in charset, n at most."""
        taken = ''
        while len(taken) < n and self.next in charset:
            taken += self.get()
        return taken

    def getuntil(self, terminator, name):
        """Return what comes before terminator and skip that; error if either is missing.  name: what is read."""
        start = self.tell()
        taken = ''
        while self.next not in (terminator, None):
            taken += self.get()
        if self.next is None and taken:
            raise self.error('missing %s, unterminated name' % terminator, self.tell() - start)
        if not taken:
            self.get()
            raise self.error('missing ' + name, self.tell() - start)
        self.get()
        return taken

    @property
    def pos(self):
        """The position of the next token."""
        return self.tell()

    def tell(self):
        """Return the index of the next token."""
        return self.index - len(self.next or '')

    def error(self, msg, offset=0):
        """Return the exception for an error offset characters before the next token."""
        return error(msg, self.string, self.tell() - offset)


def _warn(message, category):
    """Issue a warning about the line that called into the regular expression modules."""
    import sys
    import warnings
    level = 2
    while sys._getframe(level - 1).f_globals.get('__name__') in ('re', 'sre_compile', 'sre_parse'):
        level += 1
    warnings.warn(message, category, stacklevel=level)


# ---- escapes ----

_HEX_LENGTHS = {'x': 2, 'u': 4, 'U': 8}


def _character_escape(source, escape):
    r"""Read the rest of \x.., \u...., \U........ or \N{...}.  Return the character's code, or None if it is none."""
    letter = escape[1:2]
    if letter == 'x' or letter in 'uU' and source.istext:
        wanted = _HEX_LENGTHS[letter]
        escape += source.getwhile(wanted, HEXDIGITS)
        if len(escape) != wanted + 2:
            raise source.error('incomplete escape ' + escape, len(escape))
        code = int(escape[2:], 16)
        if code > 0x10ffff:
            raise source.error('bad escape ' + escape, len(escape))
        return code
    if letter == 'N' and source.istext:
        if not source.match('{'):
            raise source.error('missing {')
        name = source.getuntil('}', 'character name')
        import unicodedata
        try:
            return ord(unicodedata.lookup(name))
        except KeyError:
            raise source.error('undefined character name %r' % name, len(name) + len(r'\N{}')) from None
    return None


def _octal(source, escape):
    """Return the code of an octal escape that is read completely."""
    code = int(escape[1:], 8)
    if code > 0o377:
        raise source.error('octal escape value %s outside of range 0-0o377' % escape, len(escape))
    return code


def _plain_escape(source, escape):
    """Return the item of a backslash and a character that only stands for itself; error if it is a letter or digit."""
    char = escape[1]
    if char in ASCIILETTERS or char in DIGITS:
        raise source.error('bad escape ' + escape, len(escape))
    return LITERAL, ord(char)


def _class_escape(source, escape):
    """Return the item of an escape inside of brackets.  escape: the token; source: what follows."""
    item = ESCAPES.get(escape)
    if item is not None:
        return item
    item = CATEGORIES.get(escape)
    if item is not None and item[0] is IN:
        return item
    code = _character_escape(source, escape)
    if code is not None:
        return LITERAL, code
    if escape[1] in OCTDIGITS:
        return LITERAL, _octal(source, escape + source.getwhile(2, OCTDIGITS))
    return _plain_escape(source, escape)


def _escape(source, escape, state):
    """Return the item of an escape outside of brackets."""
    item = CATEGORIES.get(escape) or ESCAPES.get(escape)
    if item is not None:
        return item
    code = _character_escape(source, escape)
    if code is not None:
        return LITERAL, code
    first = escape[1]
    if first == '0':
        return LITERAL, int(escape[1:] + source.getwhile(2, OCTDIGITS), 8)
    if first not in DIGITS:
        return _plain_escape(source, escape)
    # One or two digits are a group's number, three octal ones a character.
    escape += source.getwhile(1, DIGITS)
    if len(escape) == 3 and source.next in OCTDIGITS and OCTDIGITS.issuperset(escape[1:]):
        return LITERAL, _octal(source, escape + source.get())
    group = int(escape[1:])
    if group >= state.groups:
        raise source.error('invalid group reference %d' % group, len(escape) - 1)
    if not state.checkgroup(group):
        raise source.error('cannot refer to an open group', len(escape))
    state.checklookbehindgroup(group, source)
    return GROUPREF, group


# ---- the parts of a pattern ----

def _uniq(items):
    """Return items without repetitions, in order."""
    return list(dict.fromkeys(items))


def _parse_sub(source, state, verbose, nested):
    """Parse alternatives, up to a closing parenthesis or the end."""
    alternatives = [_parse(source, state, verbose, nested + 1, not nested)]
    while source.match('|'):
        alternatives.append(_parse(source, state, verbose, nested + 1))
    if len(alternatives) == 1:
        return alternatives[0]
    result = SubPattern(state)
    lists = [alternative.data for alternative in alternatives]

    # What all begin with goes in front.
    common = 0
    for items in zip(*lists):
        if items.count(items[0]) != len(items):
            break
        common += 1
    if common:
        result.data += lists[0][:common]
        for items in lists:
            del items[:common]

    # Alternatives of one character each are a set.
    members = []
    for items in lists:
        op, av = items[0] if len(items) == 1 else (None, None)
        if op is LITERAL:
            members.append((op, av))
        elif op is IN and av[0][0] is not NEGATE:
            members += av
        else:
            result.append((BRANCH, (None, alternatives)))
            return result
    result.append((IN, _uniq(members)))
    return result


def _skip_comment(source):
    """Skip to the next line."""
    while source.get() not in ('\n', None):
        pass


def _parse(source, state, verbose, nested, first=False):
    """Parse one alternative.  first: it is at the very beginning of the pattern, where flags can be."""
    result = SubPattern(state)
    items = result.data
    while True:
        token = source.next
        if token is None or token in '|)':
            break
        source._advance()
        if verbose and token in WHITESPACE:
            continue
        if verbose and token == '#':
            _skip_comment(source)
        elif token[0] == '\\':
            items.append(_escape(source, token, state))
        elif token not in SPECIAL_CHARS:
            items.append((LITERAL, ord(token)))
        elif token == '[':
            items.append(_parse_set(source))
        elif token == '(':
            item = _parse_group(source, state, verbose, nested, first and not items)
            if item is not None:
                items.append(item)
        elif token in REPEAT_CHARS:
            _parse_repeat(source, token, items, state)
        elif token == '.':
            items.append((ANY, None))
        else:
            items.append((AT, AT_BEGINNING if token == '^' else AT_END))

    # Parentheses that change nothing are dissolved.
    for at in range(len(items) - 1, -1, -1):
        if items[at][0] is SUBPATTERN and items[at][1][:3] == (None, 0, 0):
            items[at:at + 1] = items[at][1][3].data
    return result


def _set_character(source, token):
    """Return the item of a token inside of brackets."""
    return _class_escape(source, token) if token[0] == '\\' else (LITERAL, ord(token))


_SET_OPERATIONS = {'-': 'difference', '&': 'intersection', '~': 'symmetric difference', '|': 'union'}


def _warn_of_set(operation, position):
    _warn('Possible %s at position %d' % (operation, position), FutureWarning)


def _parse_set(source):
    """Parse what follows an opening bracket."""
    start = source.tell() - 1

    def next_token():
        token = source.get()
        if token is None:
            raise source.error('unterminated character set', source.tell() - start)
        return token

    if source.next == '[':
        _warn_of_set('nested set', source.tell())
    negated = source.match('^')
    members = []
    while True:
        token = next_token()
        if token == ']' and members:
            break
        if members and token == source.next and token in _SET_OPERATIONS:
            _warn_of_set('set ' + _SET_OPERATIONS[token], source.tell() - 1)
        low = _set_character(source, token)
        if not source.match('-'):
            members.append(low[1][0] if low[0] is IN else low)
            continue
        # A range, unless the hyphen is the last character.
        upper = next_token()
        if upper == ']':
            members += [low[1][0] if low[0] is IN else low, (LITERAL, ord('-'))]
            break
        if upper == '-':
            _warn_of_set('set difference', source.tell() - 2)
        high = _set_character(source, upper)
        if low[0] is not LITERAL or high[0] is not LITERAL or high[1] < low[1]:
            raise source.error('bad character range %s-%s' % (token, upper), len(token) + 1 + len(upper))
        members.append((RANGE, (low[1], high[1])))
    members = _uniq(members)
    if len(members) == 1 and members[0][0] is LITERAL:
        return (NOT_LITERAL if negated else LITERAL), members[0][1]
    return IN, [(NEGATE, None)] + members if negated else members


def _parse_counts(source):
    """Parse what follows { and return (least, most), or None if it is not a repetition."""
    if source.next == '}':
        return None
    digits = [source.getwhile(MAXREPEAT, DIGITS)]
    if source.match(','):
        digits.append(source.getwhile(MAXREPEAT, DIGITS))
    if not source.match('}'):
        return None
    least, most = int(digits[0] or 0), int(digits[-1]) if digits[-1] else MAXREPEAT
    if least >= MAXREPEAT or most >= MAXREPEAT and digits[-1]:
        raise OverflowError('the repetition number is too large')
    return least, most


_COUNTS = {'*': (0, MAXREPEAT), '+': (1, MAXREPEAT), '?': (0, 1)}


def _parse_repeat(source, token, items, state):
    """Parse a repetition, which begins with token, and apply it to the last item."""
    start = source.tell()
    counts = _COUNTS.get(token) or _parse_counts(source)
    if counts is None:
        source.seek(start)
        items.append((LITERAL, ord(token)))
        return
    least, most = counts
    if most < least:
        raise source.error('min repeat greater than max repeat', source.tell() - start)
    op, av = items[-1] if items else (AT, None)
    if op is AT or op in _REPEATCODES:
        raise source.error('nothing to repeat' if op is AT else 'multiple repeat', source.tell() - start + len(token))
    if op is SUBPATTERN and av[:3] == (None, 0, 0):
        body = av[3]
    else:
        body = SubPattern(state, items[-1:])
    items[-1] = (MIN_REPEAT if source.match('?') else MAX_REPEAT), (least, most, body)


# ---- groups ----

def _close(source, start):
    """Skip the closing parenthesis of the group that begins at start; error if it is not there."""
    if not source.match(')'):
        raise source.error('missing ), unterminated subpattern', source.tell() - start)


def _group_char(source):
    """Return the next character of what follows (?; error at the end of the pattern."""
    char = source.get()
    if char is None:
        raise source.error('unexpected end of pattern')
    return char


def _group_name(source, terminator):
    """Read the name of a group up to terminator."""
    name = source.getuntil(terminator, 'group name')
    if not name.isidentifier():
        raise source.error('bad character in group name %r' % name, len(name) + 1)
    return name


def _parse_group(source, state, verbose, nested, first):
    """Parse what follows an opening parenthesis.  Return its item, or None if there is none (comments, flags)."""
    start = source.tell() - 1
    name, capture, add_flags, del_flags = None, True, 0, 0
    if source.match('?'):
        char = _group_char(source)
        if char == 'P':
            if source.match('<'):
                name = _group_name(source, '>')
            elif source.match('='):
                return _named_reference(source, state)
            else:
                char = _group_char(source)
                raise source.error('unknown extension ?P' + char, len(char) + 2)
        elif char == ':':
            capture = False
        elif char == '#':
            while not source.match(')'):
                if source.get() is None:
                    raise source.error('missing ), unterminated comment', source.tell() - start)
            return None
        elif char in '=!<':
            return _parse_assertion(source, state, verbose, nested, char, start)
        elif char == '(':
            return _parse_conditional(source, state, verbose, nested, start)
        elif char in FLAGS or char == '-':
            flags = _parse_flags(source, state, char)
            if flags is None:
                _global_flags(source, state, verbose, first)
                return None
            capture = False
            add_flags, del_flags = flags
        else:
            raise source.error('unknown extension ?' + char, len(char) + 1)
    group = None
    if capture:
        try:
            group = state.opengroup(name)
        except error as problem:
            raise source.error(problem.msg, len(name) + 1) from None
    inner_verbose = not del_flags & SRE_FLAG_VERBOSE and (verbose or add_flags & SRE_FLAG_VERBOSE)
    body = _parse_sub(source, state, inner_verbose, nested + 1)
    _close(source, start)
    if group is not None:
        state.closegroup(group, body)
    return SUBPATTERN, (group, add_flags, del_flags, body)


def _named_reference(source, state):
    """Parse what follows (?P=."""
    name = _group_name(source, ')')
    group = state.groupdict.get(name)
    if group is None:
        raise source.error('unknown group name %r' % name, len(name) + 1)
    if not state.checkgroup(group):
        raise source.error('cannot refer to an open group', len(name) + 1)
    state.checklookbehindgroup(group, source)
    return GROUPREF, group


def _parse_assertion(source, state, verbose, nested, char, start):
    """Parse a lookahead or lookbehind.  char: what follows (?."""
    direction, outer = 1, state.lookbehindgroups
    if char == '<':
        direction = -1
        char = _group_char(source)
        if char not in '=!':
            raise source.error('unknown extension ?<' + char, len(char) + 2)
        if outer is None:
            state.lookbehindgroups = state.groups
    body = _parse_sub(source, state, verbose, nested + 1)
    if direction < 0:
        state.lookbehindgroups = outer
    _close(source, start)
    return (ASSERT if char == '=' else ASSERT_NOT), (direction, body)


def _parse_conditional(source, state, verbose, nested, start):
    """Parse what follows (?(."""
    name = source.getuntil(')', 'group name')
    offset = len(name) + 1
    if name.isidentifier():
        group = state.groupdict.get(name)
        if group is None:
            raise source.error('unknown group name %r' % name, offset)
    else:
        try:
            group = int(name)
        except ValueError:
            group = -1
        if group < 0:
            raise source.error('bad character in group name %r' % name, offset) from None
        if group == 0:
            raise source.error('bad group number', offset)
        if group >= MAXGROUPS:
            raise source.error('invalid group reference %d' % group, offset)
    state.checklookbehindgroup(group, source)
    yes, no = _parse(source, state, verbose, nested + 1), None
    if source.match('|'):
        no = _parse(source, state, verbose, nested + 1)
        if source.next == '|':
            raise source.error('conditional backref with more than two branches')
    _close(source, start)
    return GROUPREF_EXISTS, (group, yes, no)


# ---- flags ----

def _parse_flags(source, state, char):
    """Parse the flags that begin with char, through the ) or : behind them.

    Return None if they are for the whole pattern, after setting them; else what a group adds and removes.
    """
    add_flags = del_flags = 0
    if char != '-':
        while char not in (')', ':', '-'):
            flag = FLAGS[char]
            if flag == SRE_FLAG_LOCALE and source.istext or flag == SRE_FLAG_UNICODE and not source.istext:
                raise source.error("bad inline flags: cannot use '%s' flag with a %s pattern"
                                   % (char, 'str' if source.istext else 'bytes'))
            add_flags |= flag
            if flag & TYPE_FLAGS and add_flags & TYPE_FLAGS != flag:
                raise source.error("bad inline flags: flags 'a', 'u' and 'L' are incompatible")
            char = _next_flag(source, ')-:', 'missing -, : or )')
        if char == ')':
            state.flags |= add_flags
            return None
        if add_flags & GLOBAL_FLAGS:
            raise source.error('bad inline flags: cannot turn on global flag', 1)
    if char == '-':
        char = _next_flag(source, '', 'missing flag')
        while char != ':':
            flag = FLAGS[char]
            if flag & TYPE_FLAGS:
                raise source.error("bad inline flags: cannot turn off flags 'a', 'u' and 'L'")
            del_flags |= flag
            char = _next_flag(source, ':', 'missing :')
    if del_flags & GLOBAL_FLAGS:
        raise source.error('bad inline flags: cannot turn off global flag', 1)
    if add_flags & del_flags:
        raise source.error('bad inline flags: flag turned on and off', 1)
    return add_flags, del_flags


def _next_flag(source, ends, missing):
    """Return the next character, a flag or one of ends; missing: the error for others."""
    char = source.get()
    if char is None:
        raise source.error(missing)
    if char not in FLAGS and (char not in ends or not ends):
        raise source.error('unknown flag' if char.isalpha() else missing, len(char))
    return char


def _global_flags(source, state, verbose, first):
    """Flags for the whole pattern have been read."""
    if not first:
        pattern = source.string
        _warn('Flags not at the start of the expression %r%s'
              % (pattern[:20], ' (truncated)' if len(pattern) > 20 else ''), DeprecationWarning)
    if state.flags & SRE_FLAG_VERBOSE and not verbose:
        raise Verbose


def fix_flags(src, flags):
    """Return flags with UNICODE added for a str without ASCII; ValueError for those that do not fit src's type."""
    if isinstance(src, str):
        if flags & SRE_FLAG_LOCALE:
            raise ValueError('cannot use LOCALE flag with a str pattern')
        if not flags & SRE_FLAG_ASCII:
            return flags | SRE_FLAG_UNICODE
        if flags & SRE_FLAG_UNICODE:
            raise ValueError('ASCII and UNICODE flags are incompatible')
    elif flags & SRE_FLAG_UNICODE:
        raise ValueError('cannot use UNICODE flag with a bytes pattern')
    elif flags & SRE_FLAG_LOCALE and flags & SRE_FLAG_ASCII:
        raise ValueError('ASCII and LOCALE flags are incompatible')
    return flags


def parse(str, flags=0, state=None):
    """Parse a pattern into a SubPattern.  flags: SRE_FLAG_... bits; state: a State to use.  Raises error."""
    source = Tokenizer(str)
    state = state or State()
    state.flags = flags
    state.str = str
    try:
        result = _parse_sub(source, state, flags & SRE_FLAG_VERBOSE, 0)
    except Verbose:
        state = State()
        state.flags = flags | SRE_FLAG_VERBOSE
        state.str = str
        source.seek(0)
        result = _parse_sub(source, state, True, 0)
    state.flags = fix_flags(str, state.flags)
    if source.next is not None:
        raise source.error('unbalanced parenthesis')
    if flags & SRE_FLAG_DEBUG:
        result.dump()
    return result


# ---- templates ----

def _template_reference(source, pattern):
    r"""Read what follows \g.  Return the group's number."""
    if not source.match('<'):
        raise source.error('missing <')
    name = source.getuntil('>', 'group name')
    if name.isidentifier():
        try:
            return pattern.groupindex[name]
        except KeyError:
            raise IndexError('unknown group name %r' % name) from None
    try:
        group = int(name)
    except ValueError:
        group = -1
    if group < 0:
        raise source.error('bad character in group name %r' % name, len(name) + 1) from None
    if group > pattern.groups:
        raise source.error('invalid group reference %d' % group, len(name) + 1)
    return group


def _template_escape(source, token, pattern):
    """Return what a token with a backslash stands for: a group's number, or text."""
    char = token[1]
    if char == 'g':
        return _template_reference(source, pattern)
    if char == '0':
        return chr(int(token[1:] + source.getwhile(2, OCTDIGITS), 8) & 0xff)
    if char in DIGITS:
        token += source.getwhile(1, DIGITS)
        if len(token) == 3 and source.next in OCTDIGITS and OCTDIGITS.issuperset(token[1:]):
            return chr(_octal(source, token + source.get()))
        group = int(token[1:])
        if group > pattern.groups:
            raise source.error('invalid group reference %d' % group, len(token) - 1)
        return group
    if token in ESCAPES:
        return chr(ESCAPES[token][1])
    if char in ASCIILETTERS:
        raise source.error('bad escape ' + token, len(token))
    return token


def parse_template(source, state):
    """Parse a replacement template for the compiled pattern state.

    Return [(index, group), ...] and the list of literal parts, with None at each index where a group's text belongs.
    """
    tokens = Tokenizer(source)
    groups, parts, text = [], [], ''
    while tokens.next is not None:
        token = tokens.get()
        if token[0] == '\\':
            token = _template_escape(tokens, token, state)
            if not isinstance(token, str):
                if text:
                    parts.append(text)
                    text = ''
                groups.append((len(parts), token))
                parts.append(None)
                continue
        text += token
    if text:
        parts.append(text)
    if not tokens.istext:
        parts = [part if part is None else part.encode('latin-1') for part in parts]
    return groups, parts


def expand_template(template, match):
    """Fill in a template that parse_template() made with the groups of match."""
    groups, parts = template
    empty = match.string[:0]
    parts = parts[:]
    for index, group in groups:
        try:
            parts[index] = match.group(group) or empty
        except IndexError:
            raise error('invalid group reference %d' % index)
    return empty.join(parts)
