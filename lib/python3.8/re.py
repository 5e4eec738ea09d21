# SPDX-License-Identifier: MIT
r"""Regular expressions.

A pattern matches text from left to right.  Its parts:

    .               any character but a newline             ^ $         beginning and end (with M: of lines)
    * + ?           0 or more, 1 or more, 0 or 1 of what stands before; followed by ? as few as possible
    {m,n}           m to n of it                            [...]       a character of a set, [^...]: none of it
    A|B             A, or else B                            (...)       a group, whose text can be asked for
    (?:...)         parentheses that make no group          (?P<n>...)  a group called n, (?P=n): the same text again
    (?=...) (?!...) what follows matches, or does not       (?<=...) (?<!...)   the same for what comes before
    (?(1)A|B)       A if group 1 matched, else B            (?#...)     a comment
    (?aiLmsux)      flags, at the beginning                 (?aiLmsux-imsx:...) flags for a part

    \1              the text of group 1 again               \A \Z       beginning and end of the text
    \b \B           a word begins or ends here, or does not \d \D       a digit, or none
    \s \S           white space, or none                    \w \W       a letter, digit or underscore, or none

Functions: match, fullmatch, search (a Match or None), findall, finditer, split, sub, subn, compile, escape, purge.
Flags: A/ASCII, I/IGNORECASE, L/LOCALE, M/MULTILINE, S/DOTALL, U/UNICODE, X/VERBOSE.
"""

import enum
import functools
import sre_compile
import sre_parse

__all__ = ['match', 'fullmatch', 'search', 'sub', 'subn', 'split', 'findall', 'finditer', 'compile', 'purge',
           'template', 'escape', 'error', 'Pattern', 'Match', 'A', 'I', 'L', 'M', 'S', 'X', 'U', 'ASCII', 'IGNORECASE',
           'LOCALE', 'MULTILINE', 'DOTALL', 'VERBOSE', 'UNICODE']

__version__ = '2.2.1'


class RegexFlag(enum.IntFlag):
    """The flags of patterns."""

    ASCII = A = sre_compile.SRE_FLAG_ASCII              # \w, \d and so on for ASCII characters only
    IGNORECASE = I = sre_compile.SRE_FLAG_IGNORECASE    # case does not count
    LOCALE = L = sre_compile.SRE_FLAG_LOCALE            # \w and case as the locale has them
    UNICODE = U = sre_compile.SRE_FLAG_UNICODE          # \w and case as Unicode has them
    MULTILINE = M = sre_compile.SRE_FLAG_MULTILINE      # ^ and $ match at every line
    DOTALL = S = sre_compile.SRE_FLAG_DOTALL            # . matches newlines too
    VERBOSE = X = sre_compile.SRE_FLAG_VERBOSE          # white space and comments do not count
    TEMPLATE = T = sre_compile.SRE_FLAG_TEMPLATE        # no repetitions
    DEBUG = sre_compile.SRE_FLAG_DEBUG                  # print the pattern and its code

    def __repr__(self):
        if self._name_ is not None:
            return 're.' + self._name_
        inverted = self._value_ < 0
        rest = ~self._value_ if inverted else self._value_
        parts = []
        for member in self.__class__:
            if rest & member._value_:
                rest &= ~member._value_
                parts.append('re.' + member._name_)
        if rest:
            parts.append(hex(rest))
        shown = '|'.join(parts)
        if not inverted:
            return shown
        return '~(%s)' % shown if len(parts) > 1 else '~' + shown

    __str__ = object.__str__


globals().update(RegexFlag.__members__)

error = sre_compile.error


# ---- functions ----

def match(pattern, string, flags=0):
    """Match pattern at the beginning of string.  Return a Match, or None."""
    return _compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    """Match pattern with all of string.  Return a Match, or None."""
    return _compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    """Find the first place in string where pattern matches.  Return a Match, or None."""
    return _compile(pattern, flags).search(string)


def sub(pattern, repl, string, count=0, flags=0):
    r"""Return string with its matches of pattern replaced by repl, at most count of them (0: all).

    repl: a template, with \1 or \g<name> for groups; or a function that is called with each Match.
    """
    return _compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    """Like sub(), but return (new string, number of replacements)."""
    return _compile(pattern, flags).subn(repl, string, count)


def split(pattern, string, maxsplit=0, flags=0):
    """Return the list of what is between the matches of pattern in string, with the groups of the matches between.

    maxsplit: how often to split at most; 0: always.
    """
    return _compile(pattern, flags).split(string, maxsplit)


def findall(pattern, string, flags=0):
    """Return the list of all matches: their texts, or what the group, or the tuple of groups, has matched."""
    return _compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    """Return an iterator over the Match objects of all matches."""
    return _compile(pattern, flags).finditer(string)


def compile(pattern, flags=0):
    """Return a Pattern.  error if it is not valid."""
    return _compile(pattern, flags)


def purge():
    """Forget the patterns and templates that have been compiled."""
    _cache.clear()
    _compile_repl.cache_clear()


def template(pattern, flags=0):
    """Compile a pattern without repetitions."""
    return _compile(pattern, flags | T)


_special_chars_map = {char: '\\' + chr(char) for char in b'()[]{}?*+-|^$\\.&~# \t\n\r\v\f'}


def escape(pattern):
    """Return pattern with a backslash before every character that means something in patterns."""
    if isinstance(pattern, str):
        return pattern.translate(_special_chars_map)
    return str(pattern, 'latin1').translate(_special_chars_map).encode('latin1')


Pattern = type(sre_compile.compile('', 0))
Match = type(sre_compile.compile('', 0).match(''))


# ---- below ----

_cache = {}         # (type of pattern, pattern, flags) -> Pattern, the oldest first
_MAXCACHE = 512


def _compile(pattern, flags):
    """Return the Pattern for a pattern, from the cache if it is there."""
    if isinstance(flags, RegexFlag):
        flags = flags._value_
    try:
        return _cache[type(pattern), pattern, flags]
    except KeyError:
        pass
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError('cannot process flags argument with a compiled pattern')
        return pattern
    if not sre_compile.isstring(pattern):
        raise TypeError('first argument must be string or compiled pattern')
    compiled = sre_compile.compile(pattern, flags)
    if not flags & DEBUG:
        if len(_cache) >= _MAXCACHE:
            try:
                del _cache[next(iter(_cache))]
            except (StopIteration, RuntimeError, KeyError):     # another thread was faster
                pass
        _cache[type(pattern), pattern, flags] = compiled
    return compiled


@functools.lru_cache(_MAXCACHE)
def _compile_repl(repl, pattern):
    return sre_parse.parse_template(repl, pattern)


def _expand(pattern, match, template):
    """Called by Match.expand()."""
    return sre_parse.expand_template(sre_parse.parse_template(template, pattern), match)


def _subx(pattern, template):
    """Called by Pattern.sub() and subn() for templates with a backslash; return a string, or a function."""
    template = _compile_repl(template, pattern)
    groups, parts = template
    if not groups and len(parts) == 1:
        return parts[0]
    return functools.partial(sre_parse.expand_template, template)


# ---- pickling ----

import copyreg


def _pickle(p):
    return _compile, (p.pattern, p.flags)


copyreg.pickle(Pattern, _pickle, _compile)


# ---- Scanner ----

class Scanner:
    """Splits text into tokens.  lexicon: [(pattern, action), ...]; an action is called with the scanner and the text,
    and its result is the token, None meaning that the text is left out; or it is the token itself."""

    def __init__(self, lexicon, flags=0):
        if isinstance(flags, RegexFlag):
            flags = flags._value_
        self.lexicon = lexicon
        state = sre_parse.State()
        state.flags = flags
        alternatives = []
        for phrase, action in lexicon:
            group = state.opengroup()
            body = sre_parse.SubPattern(
                state, [(sre_compile.SUBPATTERN, (group, 0, 0, sre_parse.parse(phrase, flags)))])
            state.closegroup(group, body)
            alternatives.append(body)
        whole = sre_parse.SubPattern(state, [(sre_compile.BRANCH, (None, alternatives))])
        self.scanner = sre_compile.compile(whole)

    def scan(self, string):
        """Return the list of tokens, and the rest of string that begins with none."""
        tokens, at = [], 0
        next_match = self.scanner.scanner(string).match
        while True:
            found = next_match()
            if found is None or found.end() == at:
                return tokens, string[at:]
            action = self.lexicon[found.lastindex - 1][1]
            if callable(action):
                self.match = found
                action = action(self, found.group())
            if action is not None:
                tokens.append(action)
            at = found.end()
