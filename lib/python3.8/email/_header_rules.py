# SPDX-License-Identifier: MIT
"""Rules for the values of headers: text, words, addresses, message ids.

A rule is a function (text, at) -> (token, end) over positions, so that a long value is not copied again and again;
email._header_value_parser makes a get_X of it.  A rule that does not apply raises _Mismatch, whose message is only put
together if it gets out.  Each rule looks at a character a bounded number of times, and comments may be nested as deep as
they like.
"""

import re
from string import hexdigits

from email import _encoded_words as _ew
from email import errors
from email._header_tokens import (
    AddrSpec, Address, AddressList, AngleAddr, Atom, BareQuotedString, CFWSList, Comment, DisplayName, Domain,
    DomainLiteral, DotAtom, DotAtomText, EWWhiteSpaceTerminal, EncodedWord, Group, GroupList, InvalidMailbox,
    LocalPart, Mailbox, MailboxList, MsgID, NameAddr, NoFoldLiteral, ObsLocalPart, ObsRoute, Phrase, QuotedString,
    Terminal, TokenList, UnstructuredTokenList, ValueTerminal, WhiteSpaceTerminal)
from email.utils import _has_surrogates

WSP = set(' \t')
CFWS_LEADER = WSP | {'('}
SPECIALS = set('()<>@,:;.\\"[]')
ATOM_ENDS = SPECIALS | WSP
DOT_ATOM_ENDS = ATOM_ENDS - {'.'}
PHRASE_ENDS = SPECIALS - set('."(')

DOT = ValueTerminal('.', 'dot')
ListSeparator = ValueTerminal(',', 'list-separator')
RouteComponentMarker = ValueTerminal('@', 'route-component-marker')


def _outside(characters):
    """A pattern for what has none of the characters."""
    return re.compile('[^%s]+' % re.escape(''.join(sorted(characters))))


def _quotable_outside(ends):
    """A pattern for text up to one of these characters or a blank; a backslash takes away what the next one means."""
    return re.compile(r'(?s)(?:[^\\\t %s]+|\\[^\t ])*\\?' % re.escape(ends))


_wsp_splitter = re.compile(r'([ \t]+)').split
_non_atom_end_matcher = _outside(ATOM_ENDS).match
_non_printable_finder = re.compile(r'[\x00-\x20\x7f]').findall
rfc2047_matcher = re.compile(r'=\?[^?]*\?[qQbB]\?.*?\?=')

_odd = re.compile(r'[^!-~]').search
_blanks = re.compile(r'\s*').match
_no_blanks = re.compile(r'[^ \t]*').match
_backslash = re.compile(r'(?s)\\(.?)').sub
_comment_mark = re.compile(r'(?s)\\.|[()]').finditer
_up_to = {ends: _quotable_outside(ends).match for ends in ('()', '"', '[]')}

# Comments that are nested deeper than this are not taken apart, lest whoever walks through the tree runs out of stack.
_COMMENT_DEPTH = 100


class _InvalidEwError(errors.HeaderParseError):
    """An encoded word that cannot be decoded."""


class _Mismatch(Exception):
    """A rule does not apply at this place; wording has a {} for the text, or the token, from there on."""

    error = errors.HeaderParseError

    def __init__(self, wording, text='', at=0):
        self.wording, self.text, self.at = wording, text, at

    def public(self):
        """The exception for the caller of get_X."""
        return self.error(self.wording.format(str(self.text)[self.at:]))


class _BadEncodedWord(_Mismatch):
    """An encoded word that cannot be decoded."""
    error = _InvalidEwError


def _wrong(token, wording, kind=errors.InvalidHeaderDefect):
    """Note a defect of a token."""
    token.defects.append(kind(wording))


def _obsolete(token, wording):
    """Note that a token is written in a way of old."""
    token.defects.append(errors.ObsoleteHeaderDefect(wording))


# Text

def _validate_xtext(xtext):
    """Note characters that should not be in a terminal."""
    if not _odd(xtext):
        return
    found = _non_printable_finder(xtext)
    if found:
        xtext.defects.append(errors.NonPrintableDefect(found))
    if _has_surrogates(xtext):
        _wrong(xtext, 'Non-ASCII characters found in header token', errors.UndecodableBytesDefect)


def _value(text, kind):
    """A terminal that has been looked at for odd characters."""
    token = ValueTerminal(text, kind)
    if _odd(text):
        _validate_xtext(token)
    return token


def _quotable(text, at, ends):
    """(text without the backslashes that quote, whether backslashes are left, end)"""
    end = _up_to[ends](text, at).end()
    piece = text[at:end]
    if '\\' not in piece:
        return piece, False, end
    piece = _backslash(r'\1', piece)
    return piece, '\\' in piece, end


def _get_ptext_to_endchars(value, endchars):
    """(text, rest, whether a backslash was quoted): what comes before a blank or one of the characters."""
    match = _quotable_outside(''.join(endchars)).match(value)
    text = _backslash(r'\1', match[0])
    return text, value[match.end():], '\\' in text


def _fws(text, at):
    """White space."""
    end = _blanks(text, at).end()
    return WhiteSpaceTerminal(text[at:end], 'fws'), end


def _encoded_word_end(text, at):
    """(where the text of an encoded word ends, where the word does); _Mismatch if it is none.

    It is =?charset?encoding?text?=, where a text that begins with =XX makes the mark before it look like an end.
    """
    if not text.startswith('=?', at):
        raise _Mismatch('expected encoded word but found {}', text, at)
    first = text.find('?', at + 2)
    second = text.find('?', first + 1)
    if first >= 0 and second >= 0 and not text.startswith('=', first + 1):
        if not text.startswith('=', second + 1):
            third = text.find('?', second + 1)
            if third >= 0 and text.startswith('=', third + 1):
                return third, third + 2
        elif len(text) > second + 3 and text[second + 2] in hexdigits and text[second + 3] in hexdigits:
            third = text.find('?', second + 2)
            if third < 0:
                return len(text), len(text)
            if text.startswith('=', third + 1):
                return third, third + 2
    if text.find('?=', at + 2) < 0:
        raise _Mismatch('expected encoded word but found {}', text, at)
    raise _BadEncodedWord("encoded word format invalid: '{}'", text, at)


def _encoded_word(text, at):
    """An encoded word."""
    inner, end = _encoded_word_end(text, at)
    word = text[at:inner]
    token = EncodedWord()
    if len(text[at + 2:inner].split()) > 1:
        _wrong(token, 'whitespace inside encoded word')
    token.cte = text[at:end]
    try:
        decoded, token.charset, token.lang, defects = _ew.decode(word + '?=')
    except (ValueError, KeyError):
        raise _BadEncodedWord("encoded word format invalid: '{}'", text, at) from None
    token.defects += defects
    place = 0
    while place < len(decoded):
        if decoded[place] in WSP:
            piece, place = _fws(decoded, place)
        else:
            start, place = place, _no_blanks(decoded, place).end()
            piece = _value(decoded[start:place], 'vtext')
        token.append(piece)
    if end < len(text) and text[end] not in WSP:
        _wrong(token, 'missing trailing whitespace after encoded-word')
    return token, end


def get_unstructured(value):
    """The words and blanks of any text, with encoded words decoded; it never fails."""
    tokens = UnstructuredTokenList()
    at = end = encoded = 0
    while at < len(value):
        if value[at] in WSP:
            piece, at = _fws(value, at)
            tokens.append(piece)
            continue
        taken_apart = True
        if value.startswith('=?', at):
            try:
                piece, at = _encoded_word(value, at)
            except _Mismatch:
                taken_apart = False
            else:
                _append_encoded_word(tokens, piece)
                continue
        if end <= at:
            end = _no_blanks(value, at).end()
            # Where in this word encoded words may still be: not behind the last end of one.
            encoded = value.rfind('?=', at, end) + 2
        stop = end
        if taken_apart and at < encoded and rfc2047_matcher.search(value, at, encoded):
            stop = value.index('=?', at)
        tokens.append(_value(value[at:stop], 'vtext'))
        at = stop
    return tokens


def _append_encoded_word(tokens, word):
    """Append an encoded word to text; blanks between two of them mean nothing."""
    if tokens:
        if tokens[-1].token_type != 'fws':
            _wrong(tokens, 'missing whitespace before encoded word')
        elif len(tokens) > 1 and tokens[-2].token_type == 'encoded-word':
            tokens[-1] = EWWhiteSpaceTerminal(tokens[-1], 'fws')
    tokens.append(word)


# Comments, quoted strings

def _qp_ctext(text, at):
    """A piece of a comment, up to a blank or a parenthesis."""
    piece, _, end = _quotable(text, at, '()')
    token = WhiteSpaceTerminal(piece, 'ptext')
    if _odd(piece):
        _validate_xtext(token)
    return token, end


def _qcontent(text, at):
    """A piece of a quoted string, up to a blank or the quote."""
    piece, _, end = _quotable(text, at, '"')
    return _value(piece, 'ptext'), end


def _comment(text, at):
    """A comment, with those that are in it."""
    if text[at:at + 1] not in ('', '('):
        raise _Mismatch("expected '(' but found '{}'", text, at)
    current, around = Comment(), []
    at += 1
    while at < len(text):
        mark = text[at]
        if mark == ')':
            at += 1
            if not around:
                return current, at
            current = around.pop()
        elif mark == '(' and len(around) < _COMMENT_DEPTH:
            inner = Comment()
            current.append(inner)
            around.append(current)
            current = inner
            at += 1
        else:
            rule = _fws if mark in WSP else _flat_comment if mark == '(' else _qp_ctext
            piece, at = rule(text, at)
            current.append(piece)
    for token in [*around, current]:
        _wrong(token, 'end of header inside comment')
    return (around or [current])[0], at


def _flat_comment(text, at):
    """A comment as one piece of text."""
    depth = 0
    for mark in _comment_mark(text, at):
        depth += {'(': 1, ')': -1}.get(mark[0], 0)
        if not depth:
            return WhiteSpaceTerminal(text[at:mark.end()], 'comment'), mark.end()
    token = WhiteSpaceTerminal(text[at:] + ')' * depth, 'comment')
    _wrong(token, 'end of header inside comment')
    return token, len(text)


def _cfws(text, at):
    """Comments and white space, perhaps none."""
    token = CFWSList()
    while text[at:at + 1] in CFWS_LEADER:
        piece, at = (_comment if text[at] == '(' else _fws)(text, at)
        token.append(piece)
    return token, at


def _skip(text, at, into):
    """Append the comments and white space to a list, if there are any; return where they end."""
    if text[at:at + 1] in CFWS_LEADER:
        token, at = _cfws(text, at)
        into.append(token)
    return at


def _bare_quoted_string(text, at):
    """A quoted string, with nothing around it."""
    if text[at:at + 1] != '"':
        raise _Mismatch("expected '\"' but found '{}'", text, at)
    token = BareQuotedString()
    at += 1
    if text[at:at + 1] == '"':
        token.append(ValueTerminal('', 'ptext'))        # a value, though an empty one
    while at < len(text) and text[at] != '"':
        if text[at] in WSP:
            piece, at = _fws(text, at)
        elif text.startswith('=?', at):
            piece, at = _encoded_word_in_quotes(token, text, at)
        else:
            piece, at = _qcontent(text, at)
        token.append(piece)
    if at < len(text):
        return token, at + 1
    _wrong(token, 'end of header inside quoted string')
    return token, at


def _encoded_word_in_quotes(token, text, at):
    """What begins like an encoded word in a quoted string; none should be there, but many are."""
    try:
        piece, end = _encoded_word(text, at)
    except _Mismatch:
        return _qcontent(text, at)
    _wrong(token, 'encoded word inside quoted string')
    if len(token) > 1 and token[-1].token_type == 'fws' and token[-2].token_type == 'encoded-word':
        token[-1] = EWWhiteSpaceTerminal(token[-1], 'fws')
    return piece, end


def _quoted_string(text, at):
    """A quoted string, with the comments and white space around it."""
    token = QuotedString()
    at = _skip(text, at, token)
    piece, at = _bare_quoted_string(text, at)
    token.append(piece)
    return token, _skip(text, at, token)


# Words

def _terminal_rule(name, kind, matcher, wording, doc):
    """A rule for one or more characters that a matcher finds."""
    def rule(text, at):
        found = matcher(text, at)
        if found is None:
            raise _Mismatch(wording, text, at)
        return _value(found[0], kind), found.end()
    rule.__name__, rule.__doc__ = name, doc
    return rule


_atext = _terminal_rule('_atext', 'atext', _non_atom_end_matcher, "expected atext but found '{}'",
                        'The text of an atom.')


def _word_or_atext(text, at, plain):
    """An encoded word, or what a rule for plain text finds."""
    if text.startswith('=?', at):
        try:
            return _encoded_word(text, at)
        except _Mismatch:
            pass
    return plain(text, at)


def _atom(text, at):
    """An atom or an encoded word, with the comments and white space around it."""
    token = Atom()
    at = _skip(text, at, token)
    if text[at:at + 1] in ATOM_ENDS:
        raise _Mismatch("expected atom but found '{}'", text, at)
    piece, at = _word_or_atext(text, at, _atext)
    token.append(piece)
    return token, _skip(text, at, token)


def _dot_atom_text(text, at):
    """Atoms with dots between them, without anything around them."""
    token = DotAtomText()
    found = _non_atom_end_matcher(text, at)
    if not found:
        raise _Mismatch("expected atom at a start of dot-atom-text but found '{}'", text, at)
    while True:
        token.append(_value(found[0], 'atext'))
        at = found.end()
        if text[at:at + 1] != '.':
            return token, at
        found = _non_atom_end_matcher(text, at + 1)
        if not found:
            raise _Mismatch("expected atom at end of dot-atom-text but found '{}'", text, at)
        token.append(DOT)


def _dot_atom(text, at):
    """Atoms with dots between them, or an encoded word, with the comments and white space around it."""
    token = DotAtom()
    at = _skip(text, at, token)
    piece, at = _word_or_atext(text, at, _dot_atom_text)
    token.append(piece)
    return token, _skip(text, at, token)


def _word(text, at):
    """An atom or a quoted string."""
    leader = []
    at = _skip(text, at, leader)
    if at >= len(text):
        raise _Mismatch("Expected 'atom' or 'quoted-string' but found nothing.")
    if text[at] == '"':
        token, at = _quoted_string(text, at)
    elif text[at] in SPECIALS:
        raise _Mismatch("Expected 'atom' or 'quoted-string' but found '{}'", text, at)
    else:
        token, at = _atom(text, at)
    token[:0] = leader
    return token, at


def _phrase(text, at):
    """Words, and dots between them as was allowed of old; perhaps nothing, which is a defect."""
    token = Phrase()
    try:
        piece, at = _word(text, at)
    except _Mismatch:
        _wrong(token, 'phrase does not start with word')
    else:
        token.append(piece)
    while at < len(text) and text[at] not in PHRASE_ENDS:
        if text[at] == '.':
            token.append(DOT)
            _obsolete(token, "period in 'phrase'")
            at += 1
            continue
        try:
            piece, at = _word(text, at)
        except _Mismatch:
            piece, at = _cfws(text, at)
            _obsolete(token, 'comment found without atom')
        token.append(piece)
    return token, at


# Addresses

def _local_part(text, at):
    """What is in front of the @ of an address."""
    token, leader, start = LocalPart(), [], at
    at = _skip(text, at, leader)
    if at >= len(text):
        raise _Mismatch("expected local-part but found '{}'", text, at)
    try:
        piece, at = _dot_atom(text, at)
    except _Mismatch:
        try:
            piece, at = _word(text, at)
        except _Mismatch:
            if text[at] != '\\' and text[at] in PHRASE_ENDS:
                raise
            piece = TokenList()
    piece[:0] = leader
    if at < len(text) and (text[at] == '\\' or text[at] not in PHRASE_ENDS):
        # That was not all.
        piece, at = _obs_local_part(text, start)
        if piece.token_type == 'invalid-obs-local-part':
            _wrong(token, 'local-part is not dot-atom, quoted-string, or obs-local-part')
        else:
            _obsolete(token, 'local-part is not a dot-atom (contains CFWS)')
    token.append(piece)
    if not token.value.isascii():
        _wrong(token, 'local-part contains non-ASCII characters)', errors.NonASCIILocalPartDefect)
    return token, at


def _obs_local_part(text, at):
    """A local part of old: words and dots with comments and white space anywhere.

    Its token_type says if it is worse than that.
    """
    token = ObsLocalPart()
    after_dot = False           # apart from comments and white space
    start = at
    while at < len(text) and (text[at] == '\\' or text[at] not in PHRASE_ENDS):
        if text[at] == '.':
            if after_dot:
                _wrong(token, "invalid repeated '.'")
            after_dot = True
            token.append(DOT)
            at += 1
        elif text[at] == '\\':
            after_dot = False
            token.append(ValueTerminal('\\', 'misplaced-special'))
            _wrong(token, "'\\' character outside of quoted-string/ccontent")
            at += 1
        else:
            if token and token[-1].token_type != 'dot':
                _wrong(token, "missing '.' between words")
            try:
                piece, at = _word(text, at)
                after_dot = False
            except _Mismatch:
                piece, at = _cfws(text, at)
            token.append(piece)
    if not token:
        raise _Mismatch("expected obs-local-part but found '{}'", text, start)
    kinds = [piece.token_type for piece in token]
    for place, ends in ('leading', kinds[:2]), ('trailing', kinds[:-3:-1]):
        if ends[0] == 'dot' or ends == ['cfws', 'dot']:
            _wrong(token, "Invalid %s '.' in local part" % place)
    if token.defects:
        token.token_type = 'invalid-obs-local-part'
    return token, at


def _dtext(text, at):
    """A piece of a literal domain, up to a blank or a bracket."""
    piece, quoted, end = _quotable(text, at, '[]')
    token = ValueTerminal(piece, 'ptext')
    if quoted:
        _obsolete(token, 'quoted printable found in domain-literal')
    _validate_xtext(token)
    return token, end


def _check_for_early_dl_end(value, domain_literal):
    """Whether nothing is left of the text of a literal domain, which is then closed."""
    if value:
        return False
    _wrong(domain_literal, 'end of input inside domain-literal')
    domain_literal.append(ValueTerminal(']', 'domain-literal-end'))
    return True


def _domain_literal(text, at):
    """A domain in brackets, with the comments and white space around it."""
    token = DomainLiteral()
    at = _skip(text, at, token)
    if at >= len(text):
        raise _Mismatch('expected domain-literal')
    if text[at] != '[':
        raise _Mismatch("expected '[' at start of domain-literal but found '{}'", text, at)
    token.append(ValueTerminal('[', 'domain-literal-start'))
    at += 1
    for rule in _fws, _dtext, _fws:
        if _check_for_early_dl_end(text[at:at + 1], token):
            return token, at
        if rule is _dtext or text[at] in WSP:
            piece, at = rule(text, at)
            token.append(piece)
    if _check_for_early_dl_end(text[at:at + 1], token):
        return token, at
    if text[at] != ']':
        raise _Mismatch("expected ']' at end of domain-literal but found '{}'", text, at)
    token.append(ValueTerminal(']', 'domain-literal-end'))
    return token, _skip(text, at + 1, token)


def _domain(text, at):
    """What is behind the @ of an address."""
    token, leader = Domain(), []
    at = _skip(text, at, leader)
    if at >= len(text):
        raise _Mismatch("expected domain but found '{}'", text, at)
    literal = text[at] == '['
    if literal:
        piece, at = _domain_literal(text, at)
    else:
        try:
            piece, at = _dot_atom(text, at)
        except _Mismatch:
            piece, at = _atom(text, at)
        if text[at:at + 1] == '@':
            raise _Mismatch('Invalid Domain')
    piece[:0] = leader
    token.append(piece)
    if literal or text[at:at + 1] != '.':
        return token, at
    _obsolete(token, 'domain is not a dot-atom (contains CFWS)')
    if piece.token_type == 'dot-atom':
        token[:] = piece
    while text[at:at + 1] == '.':
        piece, at = _atom(text, at + 1)
        token += [DOT, piece]
    return token, at


def _addr_spec(text, at):
    """local-part@domain; a missing domain is a defect."""
    token = AddrSpec()
    piece, at = _local_part(text, at)
    token.append(piece)
    if text[at:at + 1] != '@':
        _wrong(token, 'addr-spec local part with no domain')
        return token, at
    token.append(ValueTerminal('@', 'address-at-symbol'))
    piece, at = _domain(text, at + 1)
    token.append(piece)
    return token, at


def _obs_route(text, at):
    """The route of an address, up to its colon: a thing of old."""
    token = ObsRoute()
    while text[at:at + 1] == ',' or text[at:at + 1] in CFWS_LEADER:
        if text[at] == ',':
            token.append(ListSeparator)
            at += 1
        else:
            at = _skip(text, at, token)
    if text[at:at + 1] != '@':
        raise _Mismatch("expected obs-route domain but found '{}'", text, at)
    separated = True
    while separated:
        if text[at:at + 1] == '@':
            piece, at = _domain(text, at + 1)
            token += [RouteComponentMarker, piece]
        separated = text[at:at + 1] == ','
        if separated:
            token.append(ListSeparator)
            at = _skip(text, at + 1, token)
    if at >= len(text):
        raise _Mismatch('end of header while parsing obs-route')
    if text[at] != ':':
        raise _Mismatch("expected ':' marking end of obs-route but found '{}'", text, at)
    token.append(ValueTerminal(':', 'end-of-obs-route-marker'))
    return token, at + 1


def _angle_addr(text, at):
    """An address in angle brackets, with the comments and white space around it; perhaps none (<>)."""
    token = AngleAddr()
    at = _skip(text, at, token)
    if text[at:at + 1] != '<':
        raise _Mismatch("expected angle-addr but found '{}'", text, at)
    token.append(ValueTerminal('<', 'angle-addr-start'))
    at += 1
    if text[at:at + 1] == '>':
        token.append(ValueTerminal('>', 'angle-addr-end'))
        _wrong(token, 'null addr-spec in angle-addr')
        return token, at + 1
    try:
        piece, at = _addr_spec(text, at)
    except _Mismatch:
        try:
            route, at = _obs_route(text, at)
        except _Mismatch:
            raise _Mismatch("expected addr-spec or obs-route but found '{}'", text, at) from None
        _obsolete(token, 'obsolete route specification in angle-addr')
        token.append(route)
        piece, at = _addr_spec(text, at)
    token.append(piece)
    if text[at:at + 1] == '>':
        at += 1
    else:
        _wrong(token, "missing trailing '>' on angle-addr")
    token.append(ValueTerminal('>', 'angle-addr-end'))
    return token, _skip(text, at, token)


def _display_name(text, at):
    """The name of a mailbox or a group: a phrase."""
    phrase, at = _phrase(text, at)
    token = DisplayName(phrase)
    token.defects = phrase.defects
    return token, at


def _name_addr(text, at):
    """An address in angle brackets, and perhaps a name in front of it."""
    leader = []
    at = _skip(text, at, leader)
    if at >= len(text):
        raise _Mismatch("expected name-addr but found '{}'", ''.join(map(str, leader)))
    if text[at] == '<':
        name = None
    elif text[at] in PHRASE_ENDS:
        raise _Mismatch("expected name-addr but found '{}'", text, at)
    else:
        name, at = _display_name(text, at)
        if at >= len(text):
            raise _Mismatch("expected name-addr but found '{}'", name)
        first = name[0]
        (name if isinstance(first, Terminal) else first)[:0] = leader
        leader = []
    return _named(name, leader, text, at)


def _named(name, leader, text, at):
    """The NameAddr whose angle brackets are here."""
    token = NameAddr()
    piece, at = _angle_addr(text, at)
    piece[:0] = leader
    if name is not None:
        token.append(name)
    token.append(piece)
    return token, at


def _as_mailbox(token):
    """The Mailbox of a NameAddr or an AddrSpec; its token_type says whether it is valid."""
    mailbox = Mailbox([token])
    if any([isinstance(defect, errors.InvalidHeaderDefect) for defect in token.all_defects]):
        mailbox.token_type = 'invalid-mailbox'
    return mailbox


def _mailbox(text, at):
    """An address, with or without a name."""
    for rule in _name_addr, _addr_spec:
        try:
            token, end = rule(text, at)
            return _as_mailbox(token), end
        except _Mismatch:
            pass
    raise _Mismatch("expected mailbox but found '{}'", text, at)


def _junk(text, at, ends, into):
    """Append phrases, and special characters that do not belong there, up to one of ends; return where they end."""
    while at < len(text) and text[at] not in ends:
        if text[at] in PHRASE_ENDS:
            piece, at = ValueTerminal(text[at], 'misplaced-special'), at + 1
        else:
            piece, at = _phrase(text, at)
        into.append(piece)
    return at


def _list_element(text, at, ends, tokens, wordings):
    """Append what is in a list, up to one of ends, instead of an element; None if it is comments at most.

    wordings: of the defects, if it is nothing, if it is a comment, if it is something else.
    """
    nothing, blank, invalid = wordings
    leader = []
    end = _skip(text, at, leader)
    if text[end:end + 1] in ends:
        tokens += leader
        _obsolete(tokens, blank if leader else nothing)
        return None, end
    token = InvalidMailbox(leader)
    end = _junk(text, end, ends, token)
    _wrong(tokens, invalid)
    return token, end


def _mailbox_list(text, at):
    """Mailboxes and commas, up to a semicolon; whatever cannot be read is an InvalidMailbox."""
    tokens = MailboxList()
    wordings = ('empty element in mailbox-list',) * 2 + ('invalid mailbox in mailbox-list',)
    ends = ('', ',', ';')
    while at < len(text) and text[at] != ';':
        try:
            element, at = _mailbox(text, at)
        except _Mismatch:
            element, at = _list_element(text, at, ends, tokens, wordings)
        if element is not None:
            tokens.append(element)
        if text[at:at + 1] not in ends:
            element.token_type = 'invalid-mailbox'
            at = _junk(text, at, ends, element)
            _wrong(tokens, wordings[2])
        if text[at:at + 1] == ',':
            tokens.append(ListSeparator)
            at += 1
    return tokens, at


def _group_list(text, at):
    """What is in a group."""
    token, leader = GroupList(), []
    if at >= len(text):
        _wrong(token, 'end of header before group-list')
        return token, at
    at = _skip(text, at, leader)
    if leader and text[at:at + 1] in ('', ';'):
        token += leader
        if at >= len(text):
            _wrong(token, 'end of header in group-list')
        return token, at
    mailboxes, at = _mailbox_list(text, at)
    if mailboxes.all_mailboxes:
        mailboxes[:0] = leader
        token.append(mailboxes)
    else:
        token += leader
        token += mailboxes
        _obsolete(token, 'group-list with empty entries')
    return token, at


def _group(text, at):
    """A group: name, colon, mailboxes, semicolon."""
    name, at = _display_name(text, at)
    return _group_of(name, text, at)


def _group_of(name, text, at):
    """The Group with this name, whose colon is here."""
    if text[at:at + 1] != ':':
        raise _Mismatch("expected ':' at end of group display name but found '{}'", text, at)
    token = Group([name, ValueTerminal(':', 'group-display-name-terminator')])
    at += 1
    if text[at:at + 1] != ';':
        piece, at = _group_list(text, at)
        token.append(piece)
    if at >= len(text):
        _wrong(token, 'end of header in group')
    token.append(ValueTerminal(';', 'group-terminator'))
    return token, min(at + 1, len(text))


def _address(text, at):
    """A mailbox or a group of them."""
    # What follows the first phrase tells which it is, so that the phrase is read once.
    name, end = _display_name(text, at)
    following = text[end:end + 1]
    try:
        if following == ':':
            token, end = _group_of(name, text, end)
        elif following == '<' and name and not isinstance(name[0], (CFWSList, Terminal)):
            try:
                token, end = _named(name, [], text, end)
            except _Mismatch:
                token, end = _addr_spec(text, at)
            token = _as_mailbox(token)
        elif following == '<':
            token, end = _mailbox(text, at)
        else:
            token, end = _addr_spec(text, at)
            token = _as_mailbox(token)
    except _Mismatch:
        raise _Mismatch("expected address but found '{}'", text, at) from None
    return Address([token]), end


def _address_list(text, at):
    """Addresses and commas; whatever cannot be read is an InvalidMailbox in an Address."""
    tokens = AddressList()
    wordings = ('empty element in address-list', 'address-list entry with no content', 'invalid address in address-list')
    ends = ('', ',')
    while at < len(text):
        try:
            element, at = _address(text, at)
        except _Mismatch:
            element, at = _list_element(text, at, ends, tokens, wordings)
            if element is not None:
                element = Address([element])
        if element is not None:
            tokens.append(element)
        if text[at:at + 1] not in ends:
            # What is known of the mailbox is still there.
            element[0].token_type = 'invalid-mailbox'
            at = _junk(text, at, ends, element[0])
            _wrong(tokens, wordings[2])
        if at < len(text):
            tokens.append(ListSeparator)
            at += 1
    return tokens, at


# Message ids

def _no_fold_literal(text, at):
    """The literal domain of a message id."""
    token = NoFoldLiteral()
    if at >= len(text):
        raise _Mismatch("expected no-fold-literal but found '{}'", text, at)
    if text[at] != '[':
        raise _Mismatch("expected '[' at the start of no-fold-literal but found '{}'", text, at)
    piece, end = _dtext(text, at + 1)
    if text[end:end + 1] != ']':
        raise _Mismatch("expected ']' at the end of no-fold-literal but found '{}'", text, end)
    token += [ValueTerminal('[', 'no-fold-literal-start'), piece, ValueTerminal(']', 'no-fold-literal-end')]
    return token, end + 1


def _id_part(text, at, rules, wording, old, token):
    """Append what the first rule that applies finds; the last one is of old."""
    for rule in rules:
        try:
            piece, end = rule(text, at)
        except _Mismatch:
            continue
        if rule is rules[-1]:
            _obsolete(token, old)
        token.append(piece)
        return end
    raise _Mismatch(wording, text, at)


def _msg_id(text, at):
    """A message id, with the comments and white space around it."""
    token = MsgID()
    at = _skip(text, at, token)
    if text[at:at + 1] != '<':
        raise _Mismatch("expected msg-id but found '{}'", text, at)
    token.append(ValueTerminal('<', 'msg-id-start'))
    at = _id_part(text, at + 1, (_dot_atom_text, _obs_local_part),
                  "expected dot-atom-text or obs-id-left but found '{}'", 'obsolete id-left in msg-id', token)
    if text[at:at + 1] != '@':
        _wrong(token, 'msg-id with no id-right')
        if text[at:at + 1] == '>':
            token.append(ValueTerminal('>', 'msg-id-end'))
            at += 1
        return token, at
    token.append(ValueTerminal('@', 'address-at-symbol'))
    at = _id_part(text, at + 1, (_dot_atom_text, _no_fold_literal, _domain),
                  "expected dot-atom-text, no-fold-literal or obs-id-right but found '{}'", 'obsolete id-right in msg-id',
                  token)
    if text[at:at + 1] == '>':
        at += 1
    else:
        _wrong(token, "missing trailing '>' on msg-id")
    token.append(ValueTerminal('>', 'msg-id-end'))
    return token, _skip(text, at, token)
