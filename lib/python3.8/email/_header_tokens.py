# SPDX-License-Identifier: MIT
"""What the values of headers are made of: terminals, which are strings, and token lists, which hold both.

Each token has a token_type, a list of its own defects, and these views of itself:

    str(token)      the text, as it was read, with encoded words decoded and quotes closed
    value           what it means: any blanks and comments have become a single space
    comments        the contents of the comments in it
    all_defects     its defects and those of all that is in it

email._header_value_parser makes the tokens; email._header_folding writes them in lines.
"""

import re
from urllib.parse import unquote, unquote_to_bytes

from email import errors
from email.utils import _has_surrogates

_quotable = re.compile(r'[\\"]').sub


def quote_string(value):
    """Return text as a quoted string."""
    return '"%s"' % _quotable(r'\\\g<0>', str(value))


def _pieces(token):
    """The tokens of a token list; none of anything else."""
    return token if isinstance(token, TokenList) else ()


def _is_cfws(token):
    return token.token_type == 'cfws'


def _bare(tokens, left=True, right=True):
    """A token list's elements without blanks and comments at its ends, where these also end in its first and last one."""
    tokens = list(tokens)
    for wanted, end in (left, 0), (right, -1):
        if not wanted or not tokens:
            continue
        if _is_cfws(tokens[end]):
            del tokens[end]
        elif _pieces(tokens[end]) and _is_cfws(tokens[end][end]):
            inner = tokens[end]
            tokens[end] = TokenList(inner[1:] if end == 0 else inner[:-1])
    return tokens


def _collect_defects(token, found):
    """Add the defects of a token and of what is in it to a list."""
    found += token.defects
    for part in token:
        if isinstance(part, Terminal):
            found += part.defects
        else:
            _collect_defects(part, found)


class TokenList(list):
    """A token that is made of others."""

    token_type = None
    syntactic_break = True          # a line may begin in front of it
    ew_combine_allowed = True       # an encoded word of it may take up what is in front of it

    def __init__(self, *args, **kw):
        list.__init__(self, *args, **kw)
        self.defects = []

    def __str__(self):
        return ''.join(map(str, self))

    def __repr__(self):
        return '%s(%s)' % (type(self).__name__, super().__repr__())

    def _first(self, *kinds):
        """The first element whose token_type is one of these, None if there is none."""
        for token in self:
            if token.token_type in kinds:
                return token
        return None

    @property
    def value(self):
        """What it means."""
        return ''.join([token.value for token in self])

    @property
    def all_defects(self):
        """The defects of it and of what is in it."""
        found = []
        _collect_defects(self, found)
        return found

    def startswith_fws(self):
        """Whether it begins with white space."""
        return self[0].startswith_fws()

    @property
    def as_ew_allowed(self):
        """Whether all of it may be written as encoded words."""
        return all([token.as_ew_allowed for token in self])

    @property
    def comments(self):
        """The contents of its comments."""
        return [comment for token in self for comment in token.comments]

    def fold(self, *, policy):
        """Return it as lines, as a policy wants them."""
        from email._header_folding import _refold_parse_tree
        return _refold_parse_tree(self, policy=policy)

    def pprint(self, indent=''):
        """Print the tree of tokens."""
        print(self.ppstr(indent))

    def ppstr(self, indent=''):
        """Return the tree of tokens as lines."""
        return '\n'.join(self._pp(indent))

    def _pp(self, indent=''):
        yield '%s%s/%s(' % (indent, type(self).__name__, self.token_type)
        for token in self:
            if hasattr(token, '_pp'):
                yield from token._pp(indent + '    ')
            else:
                yield '%s    !! invalid element in token list: %r' % (indent, token)
        yield '%s)%s' % (indent, ' Defects: %s' % self.defects if self.defects else '')


class WhiteSpaceTokenList(TokenList):
    """Something that means no more than a space."""

    @property
    def value(self):
        return ' '

    @property
    def comments(self):
        return [token.content for token in self if token.token_type == 'comment']


# Text without structure, words

class UnstructuredTokenList(TokenList):
    """Text: words and blanks."""
    token_type = 'unstructured'


class Phrase(TokenList):
    """Words and, as was allowed of old, dots."""
    token_type = 'phrase'


class Word(TokenList):
    """An atom or a quoted string."""
    token_type = 'word'


class CFWSList(WhiteSpaceTokenList):
    """Comments and blanks."""
    token_type = 'cfws'


class Atom(TokenList):
    """A word, with the blanks and comments around it."""
    token_type = 'atom'


class Token(TokenList):
    """A word of MIME, with what is around it."""
    token_type = 'token'
    encode_as_ew = False


class EncodedWord(TokenList):
    """The decoded text of an encoded word.

    cte: the word as it was written.  charset, lang: what it says about itself.
    """
    token_type = 'encoded-word'
    cte = None
    charset = None
    lang = None


class QuotedString(TokenList):
    """A quoted string, with the blanks and comments around it."""

    token_type = 'quoted-string'

    @property
    def content(self):
        """What is between the quotes; None if there are none."""
        inner = self._first('bare-quoted-string')
        return None if inner is None else inner.value

    @property
    def quoted_value(self):
        """The value with its quotes."""
        return ''.join([str(token) if token.token_type == 'bare-quoted-string' else token.value for token in self])

    @property
    def stripped_value(self):
        """What is between the quotes."""
        return self.content


class BareQuotedString(QuotedString):
    """A quoted string alone; its tokens are what is between the quotes."""

    token_type = 'bare-quoted-string'

    def __str__(self):
        return quote_string(super().__str__())

    @property
    def value(self):
        return super().__str__()


class Comment(WhiteSpaceTokenList):
    """A comment; its tokens are what is between the parentheses."""

    token_type = 'comment'

    def __str__(self):
        return '(%s)' % ''.join(map(self.quote, self))

    def quote(self, value):
        """A token of it, with quoted characters."""
        text = str(value)
        return text if value.token_type == 'comment' else re.sub(r'[\\()]', r'\\\g<0>', text)

    @property
    def content(self):
        """What is between the parentheses."""
        return TokenList.__str__(self)

    @property
    def comments(self):
        return [self.content]


# Addresses

class _Forwarding(TokenList):
    """A token that tells about an address what one of its elements knows."""

    @property
    def _address(self):
        raise NotImplementedError

    @property
    def local_part(self):
        """What is in front of the @."""
        return self._address.local_part

    @property
    def domain(self):
        """What is behind the @, None if nothing is."""
        return self._address.domain

    @property
    def route(self):
        """The domains it was to go through (a thing of old), None if there are none."""
        return self._address.route

    @property
    def addr_spec(self):
        """The address, quoted where that is needed."""
        return self._address.addr_spec


class _ListOfMailboxes(TokenList):
    """A token in whose elements mailboxes are."""

    def _holders(self, kinds):
        return [token for token in self if token.token_type in kinds]

    def _mailboxes_of(self, *kinds):
        """The mailboxes of the elements with such a token_type."""
        return [mailbox for token in self._holders(kinds) for mailbox in token.mailboxes]

    def _all_mailboxes_of(self, *kinds):
        return [mailbox for token in self._holders(kinds) for mailbox in token.all_mailboxes]


class AddressList(_ListOfMailboxes):
    """Addresses and the commas between them."""

    token_type = 'address-list'

    @property
    def addresses(self):
        """The Address tokens."""
        return self._holders(('address',))

    @property
    def mailboxes(self):
        """The mailboxes that are valid, those in groups too."""
        return self._mailboxes_of('address')

    @property
    def all_mailboxes(self):
        """All the mailboxes."""
        return self._all_mailboxes_of('address')


class Address(TokenList):
    """A mailbox, valid or not, or a group of them."""

    token_type = 'address'

    # The token_type of a group with something odd behind it is 'invalid-mailbox' too, hence isinstance().

    @property
    def display_name(self):
        """The name of the group; None if it is none."""
        return self[0].display_name if isinstance(self[0], Group) else None

    @property
    def mailboxes(self):
        """The mailboxes that are valid."""
        if isinstance(self[0], Group):
            return self[0].mailboxes
        return [self[0]] if self[0].token_type == 'mailbox' else []

    @property
    def all_mailboxes(self):
        """All the mailboxes."""
        return self[0].all_mailboxes if isinstance(self[0], Group) else [self[0]]


class MailboxList(TokenList):
    """Mailboxes and the commas between them."""

    token_type = 'mailbox-list'

    @property
    def mailboxes(self):
        """The mailboxes that are valid."""
        return [token for token in self if token.token_type == 'mailbox']

    @property
    def all_mailboxes(self):
        """All the mailboxes."""
        return [token for token in self if token.token_type in ('mailbox', 'invalid-mailbox')]


class GroupList(TokenList):
    """What is in a group: a MailboxList, or less."""

    token_type = 'group-list'

    @property
    def mailboxes(self):
        """The mailboxes that are valid."""
        return self._of('mailboxes')

    @property
    def all_mailboxes(self):
        """All the mailboxes."""
        return self._of('all_mailboxes')

    def _of(self, name):
        found = self[:1] and self[0].token_type == 'mailbox-list'
        return getattr(self[0], name) if found else []


class Group(TokenList):
    """A group: its name, a colon, a GroupList if there is something in it, a semicolon."""

    token_type = 'group'

    @property
    def mailboxes(self):
        """The mailboxes that are valid."""
        return self[2].mailboxes if self[2].token_type == 'group-list' else []

    @property
    def all_mailboxes(self):
        """All the mailboxes."""
        return self[2].all_mailboxes if self[2].token_type == 'group-list' else []

    @property
    def display_name(self):
        """The name."""
        return self[0].display_name


class NameAddr(_Forwarding):
    """An address in angle brackets, and a name in front of it if it has one."""

    token_type = 'name-addr'

    @property
    def _address(self):
        return self[-1]

    @property
    def display_name(self):
        """The name, or None."""
        return self[0].display_name if len(self) > 1 else None


class AngleAddr(TokenList):
    """An address in angle brackets; none if there is nothing between these."""

    token_type = 'angle-addr'

    def _of(self, kind, name):
        token = self._first(kind)
        return None if token is None else getattr(token, name)

    @property
    def local_part(self):
        """What is in front of the @."""
        return self._of('addr-spec', 'local_part')

    @property
    def domain(self):
        """What is behind the @."""
        return self._of('addr-spec', 'domain')

    @property
    def route(self):
        """The domains it was to go through, or None."""
        return self._of('obs-route', 'domains')

    @property
    def addr_spec(self):
        """The address, quoted where that is needed; <> if there is none."""
        token = self._first('addr-spec')
        if token is None:
            return '<>'
        return token.addr_spec if token.local_part else quote_string(token.local_part) + token.addr_spec


class ObsRoute(TokenList):
    """The domains that a message was to go through."""

    token_type = 'obs-route'

    @property
    def domains(self):
        """The domains."""
        return [token.domain for token in self if token.token_type == 'domain']


class Mailbox(_Forwarding):
    """An address, with or without a name."""

    token_type = 'mailbox'

    @property
    def _address(self):
        return self[0]

    @property
    def display_name(self):
        """The name, or None."""
        return self[0].display_name if self[0].token_type == 'name-addr' else None

    @property
    def route(self):
        """The domains it was to go through, or None."""
        return self[0].route if self[0].token_type == 'name-addr' else None


class InvalidMailbox(TokenList):
    """What stands where a mailbox should; nothing is known about it."""

    token_type = 'invalid-mailbox'

    @property
    def display_name(self):
        """None, as the other properties."""
        return None

    local_part = domain = route = addr_spec = display_name


class Domain(TokenList):
    """A domain: names and dots, or a DomainLiteral."""

    token_type = 'domain'
    as_ew_allowed = False

    @property
    def domain(self):
        """It without blanks and comments."""
        return ''.join(TokenList.value.fget(self).split())


class DotAtom(TokenList):
    """Names and dots, with the blanks and comments around them."""
    token_type = 'dot-atom'


class DotAtomText(TokenList):
    """Names and dots."""
    token_type = 'dot-atom-text'
    as_ew_allowed = True


class NoFoldLiteral(TokenList):
    """The literal domain of a message id."""
    token_type = 'no-fold-literal'
    as_ew_allowed = False


class AddrSpec(TokenList):
    """A local part, and @ and a domain behind it."""

    token_type = 'addr-spec'
    as_ew_allowed = False

    @property
    def local_part(self):
        """What is in front of the @."""
        return self[0].local_part

    @property
    def domain(self):
        """What is behind the @, or None."""
        return self[-1].domain if len(self) > 2 else None

    @property
    def value(self):
        if len(self) < 3:
            return self[0].value
        return '%s@%s' % (self[0].value.rstrip(), self[2].value.lstrip())

    @property
    def addr_spec(self):
        """The address, quoted where that is needed."""
        text = self.local_part
        if _NEEDS_QUOTES.intersection(text):
            text = quote_string(text)
        return text if self.domain is None else '%s@%s' % (text, self.domain)


_NEEDS_QUOTES = frozenset('()<>@,:;\\"[] \t')


class ObsLocalPart(TokenList):
    """A local part with blanks or comments in it; its token_type says whether it is invalid."""
    token_type = 'obs-local-part'
    as_ew_allowed = False


class DisplayName(Phrase):
    """The name of a mailbox or a group."""

    token_type = 'display-name'
    ew_combine_allowed = False

    @property
    def display_name(self):
        """The name without quotes, blanks and comments around it."""
        return ''.join([token.value for token in _bare(self)])

    @property
    def value(self):
        if not self or not (self.defects or self._first('quoted-string') is not None):
            return super().value
        before, after = [' ' if _is_cfws(self[end]) or _pieces(self[end]) and _is_cfws(self[end][end]) else ''
                         for end in (0, -1)]
        return before + quote_string(self.display_name) + after


class LocalPart(TokenList):
    """What is in front of the @: a DotAtom, a QuotedString or an ObsLocalPart."""

    token_type = 'local-part'
    as_ew_allowed = False

    @property
    def value(self):
        return self[0].quoted_value if self[0].token_type == 'quoted-string' else self[0].value

    @property
    def local_part(self):
        """It without quotes, and without blanks and comments around its dots and at its ends."""
        tokens = self[0]
        dots = [True] + [token.token_type == 'dot' for token in tokens] + [True]
        text = ''
        for place, token in enumerate(tokens):
            # A dot is before it, behind it?
            left, right = dots[place], dots[place + 2]
            if _is_cfws(token):
                text += '' if left or right else token.value
            elif _pieces(token) and token.token_type != 'bare-quoted-string':
                kept = list(token)
                if left and _is_cfws(kept[0]):
                    del kept[0]
                if right and kept and _is_cfws(kept[-1]):
                    del kept[-1]
                text += ''.join([piece.value for piece in kept])
            else:
                text += token.value
        return text


class DomainLiteral(TokenList):
    """A domain in square brackets."""

    token_type = 'domain-literal'
    as_ew_allowed = False

    @property
    def domain(self):
        """It without blanks and comments."""
        return ''.join(super().value.split())

    @property
    def ip(self):
        """What is between the brackets; None if nothing is."""
        return self._first('ptext')


# MIME

class MIMEVersion(TokenList):
    """A version of MIME; major and minor are numbers, or None."""
    token_type = 'mime-version'
    major = None
    minor = None


class Parameter(TokenList):
    """name=value, or a section of one (RFC 2231)."""

    token_type = 'parameter'
    sectioned = False
    extended = False
    charset = 'us-ascii'

    @property
    def section_number(self):
        """Which section it is; the first one, and the only one, is 0."""
        return self[1].number if self.sectioned else 0

    @property
    def param_value(self):
        """The value as it is written, without quotes."""
        for token in self:
            if token.token_type == 'value':
                return token.stripped_value
            if token.token_type == 'quoted-string':
                # An extended value in quotes.
                inner = token._first('bare-quoted-string')
                found = None if inner is None else inner._first('value')
                if found is not None:
                    return found.stripped_value
        return ''


class InvalidParameter(Parameter):
    """What stands where a parameter should."""
    token_type = 'invalid-parameter'


class Attribute(TokenList):
    """The name of a parameter, with what is around it."""

    token_type = 'attribute'

    @property
    def stripped_value(self):
        """The name itself; None if there is none."""
        return next((token for token in self if token.token_type.endswith('attrtext')), None)


class Section(TokenList):
    """The number of a section."""
    token_type = 'section'
    number = None


class Value(TokenList):
    """The value of a parameter."""

    token_type = 'value'

    @property
    def stripped_value(self):
        """It without quotes and what is around it."""
        token = self[0] if self else None
        if token is not None and _is_cfws(token) and len(self) > 1:
            token = self[1]
        if token is not None and token.token_type in ('quoted-string', 'attribute', 'extended-attribute'):
            return token.stripped_value
        return self.value


class MimeParameters(TokenList):
    """Parameters, and the semicolons between them."""

    token_type = 'mime-parameters'
    syntactic_break = False
    _joined = None

    @property
    def params(self):
        """Pairs of names and values, with the sections of a value joined; what is wrong is noted where it is."""
        if self._joined is None or self._joined[0] != len(self):
            named = {}
            for token in self:
                if token.token_type.endswith('parameter') and token and token[0].token_type == 'attribute':
                    named.setdefault(token[0].value.strip(), []).append(token)
            # The defects must not be noted again.
            self._joined = len(self), [(name, _join_sections(found)) for name, found in named.items()]
        return iter(self._joined[1])

    def __str__(self):
        shown = '; '.join([name + '=' + quote_string(value) if value else name for name, value in self.params])
        return shown and ' ' + shown


def _join_sections(found):
    """The value of the Parameters with one name.

    They are taken in the order of their numbers, or in which they come if these are the same; gaps do not matter.
    """
    found = sorted(found, key=lambda token: token.section_number)
    first = found[0]
    if not first.extended and len(found) > 1 and found[1].section_number == 0:
        found[1].defects.append(errors.InvalidHeaderDefect('duplicate parameter name; duplicate(s) ignored'))
        found = found[:1]
    pieces = []
    for token in found:
        if token.section_number != len(pieces):
            if not token.extended:
                token.defects.append(errors.InvalidHeaderDefect('duplicate parameter name; duplicate ignored'))
                continue
            token.defects.append(errors.InvalidHeaderDefect('inconsistent RFC2231 parameter numbering'))
        text = token.param_value
        if token.extended:
            text = _unescape(token, text, first.charset)
        pieces.append(text)
    return ''.join(pieces)


def _unescape(token, text, charset):
    """Text with its %XX, which are bytes in a charset, decoded; those that are wrong become surrogates."""
    try:
        raw = unquote_to_bytes(text)
    except UnicodeEncodeError:
        return unquote(text, encoding='latin-1')        # it has surrogates already, and a defect for them
    try:
        text = raw.decode(charset, 'surrogateescape')
    except (LookupError, UnicodeError):
        text = raw.decode('ascii', 'surrogateescape')
    if _has_surrogates(text):
        token.defects.append(errors.UndecodableBytesDefect())
    return text


class ParameterizedHeaderValue(TokenList):
    """The value of a header with parameters."""

    syntactic_break = False

    @property
    def params(self):
        """Pairs of names and values."""
        for token in reversed(self):
            if token.token_type == 'mime-parameters':
                return token.params
        return {}


class ContentType(ParameterizedHeaderValue):
    """The value of Content-Type; what is not understood is text/plain."""
    token_type = 'content-type'
    as_ew_allowed = False
    maintype = 'text'
    subtype = 'plain'


class ContentDisposition(ParameterizedHeaderValue):
    """The value of Content-Disposition."""
    token_type = 'content-disposition'
    as_ew_allowed = False
    content_disposition = None


class ContentTransferEncoding(TokenList):
    """The value of Content-Transfer-Encoding."""
    token_type = 'content-transfer-encoding'
    as_ew_allowed = False
    cte = '7bit'


# Whole headers, message ids

class HeaderLabel(TokenList):
    """The name of a header and its colon."""
    token_type = 'header-label'
    as_ew_allowed = False


class MsgID(TokenList):
    """A message id, which is never cut."""

    token_type = 'msg-id'
    as_ew_allowed = False

    def fold(self, policy):
        """Return it as a line."""
        return str(self) + policy.linesep


class MessageID(MsgID):
    """The value of Message-ID."""
    token_type = 'message-id'


class InvalidMessageID(MessageID):
    """A value of Message-ID that is none."""
    token_type = 'invalid-message-id'


class Header(TokenList):
    """A header, name and value."""
    token_type = 'header'


# Terminals

class Terminal(str):
    """A token that is text."""

    as_ew_allowed = True
    ew_combine_allowed = True
    syntactic_break = True

    def __new__(cls, value, token_type):
        self = str.__new__(cls, value)
        self.token_type = token_type
        self.defects = []
        return self

    def __repr__(self):
        return '%s(%s)' % (type(self).__name__, super().__repr__())

    def pprint(self):
        """Print what it is."""
        print('%s/%s' % (type(self).__name__, self.token_type))

    @property
    def all_defects(self):
        """A copy of its defects."""
        return self.defects[:]

    def _pp(self, indent=''):
        defects = ' %s' % self.defects if self.defects else ''
        return ['%s%s/%s(%s)%s' % (indent, type(self).__name__, self.token_type, super().__repr__(), defects)]

    def pop_trailing_ws(self):
        """There is nothing that could be taken away: None."""
        return None

    @property
    def comments(self):
        """None are in it: an empty list."""
        return []

    def __getnewargs__(self):
        return str(self), self.token_type


class WhiteSpaceTerminal(Terminal):
    """Blanks, or a part of a comment."""

    @property
    def value(self):
        """A space."""
        return ' '

    def startswith_fws(self):
        """True."""
        return True


class ValueTerminal(Terminal):
    """Text that means itself."""

    @property
    def value(self):
        """It."""
        return self

    def startswith_fws(self):
        """False."""
        return False


class EWWhiteSpaceTerminal(WhiteSpaceTerminal):
    """Blanks between encoded words, which mean nothing."""

    @property
    def value(self):
        """Nothing."""
        return ''

    def __str__(self):
        return ''


__all__ = ['quote_string'] + [name for name, thing in list(globals().items()) if isinstance(thing, type) and name[0] != '_']
