# SPDX-License-Identifier: MIT
"""The values of structured headers (RFC 5322, RFC 2045, RFC 2047, RFC 2231): from text to trees and back to lines.

A tree has nodes (Node) and leaves (Leaf), each with a kind.  str() of one is what it stands for, with encoded words
decoded; fold() writes a tree in lines, and encodes what has to be.  Parsers never fail for odd input: they note
defects, which all_defects collects.

    parse_unstructured(text)        words and blanks
    parse_addresses(text)           AddressList -> Address -> Mailbox
    parse_parameters, ContentType, Disposition, Encoding, Version: the headers of MIME
"""

import re
import urllib.parse
from collections import namedtuple
from string import hexdigits

from email import _encoded_words as _ew
from email import errors, utils

WSP = ' \t'
SPECIALS = set('()<>@,:;.\\"[]')
TSPECIALS = (SPECIALS | set('/?=')) - {'.'}

_WORDS = re.compile(r'[ \t\r\n]+|[^ \t\r\n]+')
_ENCODED_WORD = re.compile(r'=\?[^?\s]*\?[qQbB]\?[^?\s]*\?=')
_LOOSE_ENCODED_WORD = re.compile(r'=\?[^?\s]*\?[qQbB]\?[^?]*?\?=')


def quote_string(value):
    """Return text as a quoted string."""
    return '"%s"' % re.sub(r'([\\"])', r'\\\1', str(value))


class _Part:
    """What nodes and leaves have in common."""

    breaks_before = False       # a line may begin here, if the whole fits on it
    may_encode = True           # as encoded words

    def own_defects(self):
        return []

    @property
    def all_defects(self):
        """The defects of the part and of all in it."""
        return list(self.own_defects())


class Leaf(_Part):
    """A piece of text that is not taken apart.  kind: 'word', 'ptext' (of a quoted string), 'blank', 'special'."""

    def __init__(self, text, kind='word', defects=()):
        self.text, self.kind, self.defects = text, kind, list(defects)

    def __str__(self):
        return self.text

    def own_defects(self):
        return self.defects


class Node(_Part):
    """A sequence of parts.  text: what it is written as, where that is more than its parts (the quotes of a string)."""

    def __init__(self, parts, kind='', text=None, breaks_before=False, defects=(), may_encode=True):
        self.parts, self.kind, self.text = list(parts), kind, text
        self.breaks_before, self.may_encode, self.defects = breaks_before, may_encode, list(defects)

    def __str__(self):
        return ''.join(map(str, self.parts)) if self.text is None else self.text

    @property
    def all_defects(self):
        found = list(self.defects)
        for part in self.parts:
            found += part.all_defects
        return found

    def fold(self, *, policy):
        """Return the tree as lines, by the policy's max_line_length, utf8 and linesep."""
        return _Folder(policy).fold(self)


# Words

def _note_oddities(text, defects):
    """Note characters that should not be in a header."""
    odd = re.findall(r'[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]', text)
    if odd:
        defects.append(errors.NonPrintableDefect(odd))
    if utils._has_surrogates(text):
        defects.append(errors.UndecodableBytesDefect('Non-ASCII characters found in header token'))


def _decode_word(word):
    """The Leaf for an encoded word, None if it cannot be one."""
    try:
        text, charset, language, defects = _ew.decode(word)
    except (ValueError, KeyError):
        return None
    if ' ' in word or '\t' in word:
        defects = defects + [errors.InvalidHeaderDefect('whitespace inside encoded word')]
    leaf = Leaf(text, 'encoded', defects)
    _note_oddities(text if not utils._has_surrogates(text) else '', leaf.defects)
    return leaf


def _split_words(text, kind='word'):
    """The leaves of text: words, blanks, decoded words; blanks between encoded words mean nothing."""
    leaves = []
    position = 0
    for found in _LOOSE_ENCODED_WORD.finditer(text):
        leaf = _decode_word(found[0])
        if leaf is None:
            continue
        before = text[position:found.start()]
        encoded_before = leaves and leaves[-1].kind == 'encoded'
        if before.strip(WSP + '\r\n') or not encoded_before:
            _add_plain(leaves, before, kind)
        if before and before[-1] not in WSP + '\r\n':
            leaf.defects.append(errors.InvalidHeaderDefect('missing whitespace before encoded word'))
        position = found.end()
        if position < len(text) and text[position] not in WSP + '\r\n' and not text.startswith('=?', position):
            leaf.defects.append(errors.InvalidHeaderDefect('missing trailing whitespace after encoded-word'))
        leaves.append(leaf)
    _add_plain(leaves, text[position:], kind)
    return leaves


def _add_plain(leaves, text, kind):
    """Append the words and blanks of text without encoded words."""
    for piece in _WORDS.findall(text):
        if piece[0] in WSP + '\r\n':
            leaves.append(Leaf(piece, 'blank'))
        else:
            leaf = Leaf(piece, kind)
            _note_oddities(piece, leaf.defects)
            leaves.append(leaf)


def parse_unstructured(value):
    """Return the tree of text without a structure."""
    return Node(_split_words(value), 'unstructured')


get_unstructured = parse_unstructured


# Tokens of structured headers

Token = namedtuple('Token', 'kind text value part')
Token.__doc__ = """kind: 'atom', 'quoted', 'comment', 'literal', 'blank', or a special character.  value: what it means."""


def _quoted_end(text, start, closing):
    """Where a quoted string or literal that starts there ends; the end of text if it does not."""
    position = start + 1
    while position < len(text):
        if text[position] == '\\':
            position += 1
        elif text[position] == closing:
            return position + 1
        position += 1
    return len(text)


def _comment_end(text, start):
    """Where a comment, with those inside it, ends."""
    depth, position = 0, start
    while position < len(text):
        character = text[position]
        if character == '\\':
            position += 1
        elif character in '()':
            depth += 1 if character == '(' else -1
            if not depth:
                return position + 1
        position += 1
    return len(text)


def _quoted_token(raw):
    """The Token of a quoted string, with its parts."""
    closed = len(raw) > 1 and raw.endswith('"') and _quoted_end(raw, 0, '"') == len(raw)
    inner = raw[1:-1] if closed else raw[1:]
    inner = re.sub(r'\\(.)', r'\1', inner)
    leaves = _split_words(inner, 'ptext')
    defects = [] if closed else [errors.InvalidHeaderDefect('end of header inside quoted string')]
    defects += [errors.InvalidHeaderDefect('encoded word inside quoted string')
                for leaf in leaves if leaf.kind == 'encoded']
    if leaves and leaves[-1].kind == 'encoded':
        defects.append(errors.InvalidHeaderDefect('missing trailing whitespace after encoded-word'))
    value = ''.join(map(str, leaves))
    node = Node(leaves, 'quoted', quote_string(value), defects=defects)
    return Token('quoted', raw, value, node)


def tokenize(text, specials=SPECIALS):
    """Return the list of Tokens of text."""
    tokens = []
    position = 0
    while position < len(text):
        character = text[position]
        if character in WSP + '\r\n':
            end = re.compile(r'[ \t\r\n]+').match(text, position).end()
            piece = text[position:end]
            tokens.append(Token('blank', piece, ' ', Leaf(piece, 'blank')))
        elif character == '"':
            end = _quoted_end(text, position, '"')
            tokens.append(_quoted_token(text[position:end]))
        elif character == '(':
            end = _comment_end(text, position)
            piece = text[position:end]
            whole = Node(_split_words(piece, 'comment'), 'comment')
            if not piece.endswith(')'):
                whole.defects.append(errors.InvalidHeaderDefect('end of header inside comment'))
                whole.parts.append(Leaf(')', 'special'))
            tokens.append(Token('comment', piece, ' ', whole))
        elif character == '[' and '[' in specials:
            end = _quoted_end(text, position, ']')
            piece = text[position:end]
            tokens.append(Token('literal', piece, piece, Leaf(piece)))
        elif character in specials:
            end = position + 1
            tokens.append(Token(character, character, character, Leaf(character, 'special')))
        else:
            found = _ENCODED_WORD.match(text, position)
            leaf = _decode_word(found[0]) if found else None
            if leaf is not None:
                end = found.end()
                tokens.append(Token('atom', found[0], leaf.text, leaf))
            else:
                end = position
                while end < len(text) and text[end] not in specials and text[end] not in WSP + '\r\n"(':
                    end += 1
                leaf = Leaf(text[position:end])
                _note_oddities(leaf.text, leaf.defects)
                tokens.append(Token('atom', leaf.text, leaf.text, leaf))
        position = end
    return tokens


def _is_blank(token):
    return token.kind in ('blank', 'comment')


def _strip(tokens):
    """Tokens without blanks and comments at both ends."""
    start, end = 0, len(tokens)
    while start < end and _is_blank(tokens[start]):
        start += 1
    while end > start and _is_blank(tokens[end - 1]):
        end -= 1
    return tokens[start:end]


def _phrase(tokens):
    """What the tokens of a display name mean: words with single blanks; none between encoded words."""
    text, previous, gap = '', None, False
    for token in _strip(tokens):
        if _is_blank(token):
            gap = True
            continue
        encoded = getattr(token.part, 'kind', '') == 'encoded'
        if gap and not (encoded and previous):
            text += ' '
        text += token.value
        previous, gap = encoded, False
    return text


# Addresses

class Mailbox(Node):
    """An address.  display_name, local_part, domain: None where there is none."""

    display_name = local_part = domain = None

    @property
    def addr_spec(self):
        """local part and domain, quoted where they have to be."""
        if self.local_part is None:
            return None
        if self.domain is None:
            return self.local_part
        quoting = set(self.local_part) & (SPECIALS - {'.'} | set(WSP)) or not self.local_part
        return '%s@%s' % (quote_string(self.local_part) if quoting else self.local_part, self.domain)


class Address(Node):
    """An element of a list of addresses: a Mailbox, or a group of them, which has a display_name."""

    display_name = None
    mailboxes = ()


class AddressList(Node):
    """A list of addresses."""

    @property
    def addresses(self):
        """The Addresses."""
        return [part for part in self.parts if isinstance(part, Address)]


def _local_part(tokens, defects):
    """What stands in front of the @; oddities are noted."""
    inside = _strip(tokens)
    words, missing, spaced = '', 0, False
    previous = None
    for token in inside:
        if _is_blank(token):
            spaced = True
            continue
        if token.kind == '\\':
            missing += 1
            defects.append(errors.InvalidHeaderDefect("'\\' character outside of quoted-string/ccontent"))
        elif previous not in (None, '.') and token.kind != '.':
            missing += 1
            defects.append(errors.InvalidHeaderDefect("missing '.' between words"))
        elif token.kind == '.' and previous == '.':
            missing += 1
            defects.append(errors.InvalidHeaderDefect('invalid repeated \'.\''))
        if spaced and token.kind != '.' and previous != '.':
            words += ' '
        words += token.value
        previous, spaced = token.kind, False
    kinds = [token.kind for token in inside]
    for place, kind in ('leading', kinds[:1]), ('trailing', kinds[-1:]):
        if kind == ['.']:
            missing += 1
            defects.append(errors.InvalidHeaderDefect("Invalid %s '.' in local part" % place))
    if missing:
        defects.append(errors.InvalidHeaderDefect('local-part is not dot-atom, quoted-string, or obs-local-part'))
    elif any(map(_is_blank, inside)):
        defects.append(errors.ObsoleteHeaderDefect('local-part is not a dot-atom (contains CFWS)'))
    elif 'quoted' in kinds and len(kinds) > 1:
        defects.append(errors.ObsoleteHeaderDefect('local-part is not a dot-atom'))
    if not words.isascii() and not utils._has_surrogates(words):
        defects.append(errors.NonASCIILocalPartDefect('local-part contains non-ASCII characters)'))
    return words


def _domain(tokens, defects):
    """What stands behind the @."""
    inside = _strip(tokens)
    for place, token in enumerate(inside):
        before = [one.kind for one in inside[:place] if not _is_blank(one)]
        if token.kind not in ('.', 'blank', 'comment') and before and before[-1] != '.' and _is_blank(inside[place - 1]):
            defects.append(errors.InvalidHeaderDefect('invalid address in address-list'))
            inside = _strip(inside[:place])
            break
    if any(map(_is_blank, inside)):
        defects.append(errors.ObsoleteHeaderDefect('domain is not a dot-atom (contains CFWS)'))
    kinds = [token.kind for token in inside if not _is_blank(token)]
    dotted = len(kinds) % 2 == 1 and set(kinds[::2]) == {'atom'} and set(kinds[1::2]) <= {'.'}
    if not dotted and kinds != ['literal']:
        defects.append(errors.InvalidHeaderDefect('invalid domain in addr-spec'))
    return ''.join(token.value for token in inside if not _is_blank(token))


def _set_addr_spec(mailbox, tokens):
    """Take local part and domain from the tokens of an address without its display name."""
    places = [place for place, token in enumerate(tokens) if token.kind == '@']
    if not _strip(tokens):
        mailbox.defects.append(errors.InvalidHeaderDefect('null addr-spec in angle-addr'))
    elif len(places) > 1 or places and not _strip(tokens[:places[0]]):
        mailbox.defects.append(errors.InvalidHeaderDefect('invalid mailbox in mailbox-list'))
    elif not places:
        mailbox.defects.append(errors.InvalidHeaderDefect('addr-spec local part with no domain'))
        mailbox.local_part = _local_part(tokens, mailbox.defects)
    else:
        at = places[0]
        mailbox.local_part = _local_part(tokens[:at], mailbox.defects)
        mailbox.domain = _domain(tokens[at + 1:], mailbox.defects)


# What is added where it was forgotten.
_MISSING = {character: Token(character, '', '', Leaf(character, 'special')) for character in '>;'}


def _whole(tokens, kind, **options):
    """The parts of an address: it stays in one piece, what is around it does not belong to it."""
    start = next((place for place, token in enumerate(tokens) if not _is_blank(token)), 0)
    return [token.part for token in tokens[:start]] + [
        Node([token.part for token in tokens[start:]], kind, may_encode=False, **options)]


def _mailbox(tokens):
    """The Mailbox of tokens."""
    mailbox = Mailbox(_whole(tokens, 'addr-spec'), 'mailbox')
    kinds = [token.kind for token in tokens]
    if '<' not in kinds:
        odd = next((place for place, kind in enumerate(kinds) if kind and kind in '<>();:[]'), None)
        if odd is not None:
            mailbox.defects.append(errors.InvalidHeaderDefect('invalid mailbox in mailbox-list'))
        # What stands before something odd is read.
        if odd is None or _strip(tokens[:odd]):
            _set_addr_spec(mailbox, tokens[:odd])
        return mailbox
    start = kinds.index('<')
    name, inside = tokens[:start], tokens[start + 1:]
    end = kinds.index('>', start) - start - 1 if '>' in kinds[start:] else len(inside)
    if end == len(inside):
        mailbox.defects.append(errors.InvalidHeaderDefect("missing trailing '>' on angle-addr"))
        tokens = tokens + [_MISSING['>']]
    if any(not _is_blank(token) for token in inside[end + 1:]):
        mailbox.defects.append(errors.InvalidHeaderDefect('unexpected text after angle-addr'))
    inside = inside[:end]
    mailbox.parts = _whole(tokens, 'angle')
    if inside and any(token.kind == ':' for token in inside):
        mailbox.defects.append(errors.ObsoleteHeaderDefect('obsolete route specification in angle-addr'))
        inside = inside[[token.kind for token in inside].index(':') + 1:]
    if _strip(name):
        mailbox.display_name = _phrase(name)
        mailbox.defects += [errors.ObsoleteHeaderDefect("period in 'phrase'") for token in name if token.kind == '.']
        if _strip(name)[-1].kind == '.' and _is_blank(name[-1]):
            mailbox.defects.append(errors.ObsoleteHeaderDefect('comment found without atom'))
        # The words of a name are folded one by one, an address stays together.
        mailbox.parts = [Node([token.part for token in name], 'name'), *_whole(tokens[start:], 'angle')]
    _set_addr_spec(mailbox, inside)
    return mailbox


def _split_list(tokens, start, closing=None):
    """Yield (tokens, separator, position behind it) of the elements of a list; closing: what ends a group."""
    element, angle, position = [], 0, start
    while position < len(tokens):
        token = tokens[position]
        position += 1
        if token.kind == '<':
            angle = 1
        elif token.kind == '>':
            angle = 0
        if not angle and token.kind in (',', closing):
            yield element, token, position
            element = []
            if token.kind == closing:
                return
        elif not angle and closing is None and token.kind == ':':
            # The name of a group.
            yield element, token, position
            return
        else:
            element.append(token)
    yield element, None, position


def _group(name, colon, tokens, position):
    """(the Address of a group, where what follows it begins)"""
    parts = [Node([token.part for token in name], 'name'), colon.part]
    group = Address(parts, 'group', breaks_before=True)
    group.display_name, group.mailboxes = _phrase(name), []
    closed = False
    for element, separator, position in _split_list(tokens, position, ';'):
        if _strip(element):
            mailbox = _mailbox(element)
            mailbox.breaks_before = True
            group.mailboxes.append(mailbox)
            parts.append(mailbox)
        else:
            parts += [token.part for token in element]
        if separator is not None:
            parts.append(separator.part)
            closed = separator.kind == ';'
    group.parts = parts
    if not closed:
        group.defects.append(errors.InvalidHeaderDefect('end of header in group'))
        group.parts.append(_MISSING[';'].part)
    # Up to the next comma there is nothing of use.
    rest = []
    while position < len(tokens) and tokens[position].kind != ',':
        rest.append(tokens[position])
        position += 1
    if _strip(rest):
        group.defects.append(errors.InvalidHeaderDefect('invalid address in address-list'))
    group.parts += [token.part for token in rest]
    return group, position


def parse_addresses(text):
    """Return the AddressList of text."""
    tokens = tokenize(text)
    result = AddressList([], 'addresses')
    position = 0
    while position < len(tokens):
        element, separator, position = next(_split_list(tokens, position))
        if separator is not None and separator.kind == ':':
            address, position = _group(element, separator, tokens, position)
            separator = None
            if position < len(tokens):
                separator = tokens[position]
                position += 1
            result.parts.append(address)
        elif _strip(element):
            mailbox = _mailbox(element)
            address = Address([mailbox], 'address', breaks_before=True)
            address.mailboxes = [mailbox]
            result.parts.append(address)
        else:
            result.parts += [token.part for token in element]
            if separator is not None or result.parts:
                result.defects.append(errors.ObsoleteHeaderDefect('empty element in address-list'))
        if separator is not None:
            result.parts.append(separator.part)
    return result


def parse_addr_spec(text):
    """Return (Mailbox, rest) of an address without a display name; the rest is what cannot be part of it.

    HeaderParseError if there is none.
    """
    tokens = tokenize(text)
    for end, token in enumerate(tokens):
        if token.kind in ('<', '>', ',', ';', ':'):
            break
    else:
        end = len(tokens)
    if not _strip(tokens[:end]) or tokens[0].kind == '@':
        raise errors.HeaderParseError('expected addr-spec but found %r' % text)
    mailbox = Mailbox([token.part for token in tokens[:end]], 'mailbox')
    _set_addr_spec(mailbox, tokens[:end])
    return mailbox, ''.join(token.text for token in tokens[end:])


# MIME

class Parameters(_Part):
    """The parameters of a header of MIME.  items: a list of (name, value)."""

    kind = 'parameters'

    def __init__(self, items=(), defects=()):
        self.items, self.defects = list(items), list(defects)

    def own_defects(self):
        return self.defects

    def __str__(self):
        shown = ['%s=%s' % (name, quote_string(value)) if value else name for name, value in self.items]
        return ''.join('; ' + one for one in shown)


class MIMEValue(Node):
    """The value of a header of MIME: what stands in front, and parameters."""

    def __init__(self, head, parameters=None, defects=()):
        super().__init__([head] + ([parameters] if parameters is not None else []), 'mime', defects=defects)
        self.parameters = parameters

    @property
    def params(self):
        """The list of (name, value)."""
        return self.parameters.items if self.parameters is not None else []


_Segment = namedtuple('_Segment', 'number extended quoted value name')


def _split_parameters(text):
    """Split at the semicolons that are not in quotes or comments."""
    pieces, start, position = [], 0, 0
    while position < len(text):
        if text[position] == '"':
            position = _quoted_end(text, position, '"')
        elif text[position] == '(':
            position = _comment_end(text, position)
        else:
            if text[position] == ';':
                pieces.append(text[start:position])
                start = position + 1
            position += 1
    pieces.append(text[start:])
    return pieces


def _parameter(piece, defects):
    """The (name, _Segment) of one parameter."""
    tokens = _strip(tokenize(piece, TSPECIALS))
    kinds = [token.kind for token in tokens]
    equals = kinds.index('=') if '=' in kinds else len(tokens)
    name = ''.join(token.value for token in tokens[:equals] if not _is_blank(token))
    for token in tokens[:equals]:
        defects += token.part.all_defects
    found = re.match(r'(?s)(.*?)(?:\*(\d+))?(\*)?\Z', name)
    name, number, extended = found[1], found[2], bool(found[3])
    if not name:
        defects.append(errors.InvalidHeaderDefect('invalid parameter %r' % piece))
        return '', None
    if equals == len(tokens):
        defects.append(errors.InvalidHeaderDefect('Parameter contains name ({}) but no value'.format(name)))
        return name, _Segment(None, False, False, '', name)
    value_tokens = _strip(tokens[equals + 1:])
    quoted = len(value_tokens) == 1 and value_tokens[0].kind == 'quoted'
    if quoted:
        value = value_tokens[0].value
        defects += value_tokens[0].part.all_defects
        if extended:
            defects.append(errors.InvalidHeaderDefect('Quoted string value for extended parameter is invalid'))
    else:
        # What is not quoted goes up to a blank or special character.
        words = value_tokens
        while words and words[0].kind in ('atom', 'quoted'):
            words = words[1:]
        value = ''.join(token.text if token.kind != 'quoted' else token.value
                        for token in value_tokens[:len(value_tokens) - len(words)])
        if any(not _is_blank(token) for token in words):
            defects.append(errors.InvalidHeaderDefect('unexpected text after parameter value'))
        _note_oddities(value, defects)
    return name, _Segment(None if number is None else int(number), extended, quoted, value, name)


def _unquote(text, charset, defects):
    """Decode %XX by a charset; what it does not know become surrogates, and a defect."""
    raw = urllib.parse.unquote_to_bytes(text.encode('utf-8', 'surrogateescape'))
    try:
        return raw.decode(charset)
    except LookupError:
        charset = 'us-ascii'
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode(charset)
    except UnicodeDecodeError:
        if not any(isinstance(defect, errors.UndecodableBytesDefect) for defect in defects):
            defects.append(errors.UndecodableBytesDefect('Bytes not decodable using %s charset' % charset))
        return raw.decode('us-ascii', 'surrogateescape')


def _join_segments(segments, defects):
    """The value of a parameter that came in segments (RFC 2231), or in one."""
    segments = sorted(segments, key=lambda segment: segment.number or 0)
    first = segments[0]
    charset, value = 'us-ascii', first.value
    encoded = first.extended
    later = any(segment.extended for segment in segments[1:])
    if not encoded and later and not first.quoted and value.count("'") >= 2:
        defects.append(errors.InvalidHeaderDefect('Apparent initial-extended-value but attribute was not marked as '
                                                  'extended or was not initial section'))
        encoded = True
    if encoded:
        head, quote, rest = value.partition("'")
        language, second, rest = rest.partition("'")
        if quote and second:
            charset, value = head or 'us-ascii', rest
        else:
            defects.append(errors.InvalidHeaderDefect('Expected RFC2231 char/lang encoding delimiter'))
        value = _unquote(value, charset, defects)
    for expected, segment in enumerate(segments[1:], 1):
        if segment.number is None:
            defects.append(errors.InvalidHeaderDefect('duplicate parameter name; duplicate ignored'))
            continue
        if segment.number != expected:
            defects.append(errors.InvalidHeaderDefect('inconsistent multipart parameter numbering'))
            continue
        value += _unquote(segment.value, charset, defects) if segment.extended else segment.value
    return value


def parse_parameters(text):
    """Return the Parameters of text, which stand behind the first semicolon."""
    groups, defects = {}, []
    for piece in _split_parameters(text):
        if not piece.strip():
            continue
        name, segment = _parameter(piece, defects)
        if name:
            groups.setdefault(name, []).append(segment)
    return Parameters([(segments[0].name, _join_segments(segments, defects)) for segments in groups.values()], defects)


def _split_head(text):
    """(what stands in front of the first semicolon, its tokens, the Parameters or None)"""
    head, *rest = _split_parameters(text)
    parameters = parse_parameters(text[len(head) + 1:]) if rest else None
    tokens = tokenize(head, TSPECIALS)
    if rest and not parameters.items:
        tokens.append(Token(';', ';', '', Leaf(';', 'blank')))
    return head, tokens, parameters if rest and (parameters.items or parameters.defects) else None


def _head(tokens):
    return Node([token.part for token in tokens], 'head')


def parse_content_type(value):
    """Return the value of Content-Type; its maintype and subtype are text/plain where there are none that are good."""
    if not value.strip():
        result = MIMEValue(Leaf(value), defects=[errors.HeaderMissingRequiredValue('Missing content type specification')])
        result.maintype, result.subtype = 'text', 'plain'
        return result
    head, tokens, parameters = _split_head(value)
    words = [token for token in tokens if not _is_blank(token) and token.kind != ';']
    result = MIMEValue(_head(tokens), parameters)
    if [token.kind for token in words] == ['atom', '/', 'atom']:
        result.maintype, result.subtype = words[0].value.lower(), words[2].value.lower()
    else:
        result.parts[0] = Leaf(head)
        result.defects.append(errors.InvalidHeaderDefect('Invalid content type'))
        result.maintype, result.subtype = 'text', 'plain'
    return result


def parse_content_disposition(value):
    """Return the value of Content-Disposition; its disposition may be None."""
    if not value.strip():
        result = MIMEValue(Leaf(value), defects=[errors.HeaderMissingRequiredValue('Missing content disposition')])
        result.disposition = None
        return result
    head, tokens, parameters = _split_head(value)
    words = [token for token in tokens if not _is_blank(token) and token.kind != ';']
    result = MIMEValue(_head(tokens), parameters)
    good = words and words[0].kind == 'atom'
    result.disposition = words[0].value.lower() if good else None
    if not good or len(words) > 1:
        result.defects.append(errors.InvalidHeaderDefect('Only parameters are valid after content disposition'))
    return result


def parse_content_transfer_encoding(value):
    """Return the value of Content-Transfer-Encoding; its cte is 7bit where there is none."""
    tokens = tokenize(value, TSPECIALS)
    words = [token for token in tokens if not _is_blank(token) and token.kind != ';']
    result = MIMEValue(_head(tokens))
    result.cte = '7bit'
    if not words:
        result.defects.append(errors.HeaderMissingRequiredValue('Missing content transfer encoding'))
        return result
    if words[0].kind == 'atom':
        result.cte = words[0].value.lower()
    if words[0].kind != 'atom' or len(words) > 1:
        result.defects.append(errors.InvalidHeaderDefect('Extra value after content transfer encoding'))
    return result


def parse_mime_version(value):
    """Return the value of MIME-Version; its major and minor are None where it has no version."""
    tokens = tokenize(value, SPECIALS)
    result = MIMEValue(_head(tokens))
    result.major = result.minor = None
    words = [token for token in tokens if not _is_blank(token) and token.kind != ';']
    if not words:
        result.defects.append(errors.HeaderMissingRequiredValue('Missing MIME version number (eg: 1.0)'))
        return result
    first = [token.value for token in words[:3]]
    if len(first) == 3 and first[0].isdigit() and first[1] == '.' and first[2].isdigit():
        result.major, result.minor = int(first[0]), int(first[2])
        if len(words) == 3:
            return result
    result.defects.append(errors.InvalidHeaderDefect('Invalid MIME version'))
    return result


class MessageID(Leaf):
    """A message id, which stays in one piece."""

    may_encode = False


def parse_message_id(value):
    """Return the value of Message-ID."""
    leaf = MessageID(value, 'message-id')
    if not value.strip():
        leaf.defects.append(errors.InvalidHeaderDefect('Invalid msg-id: empty'))
    elif not re.match(r'\s*<[^<>@\s]+@[^<>@\s]+>\s*\Z', value):
        leaf.defects.append(errors.InvalidHeaderDefect('Invalid msg-id: %r' % value))
    return Node([leaf], 'message-id')


# Folding

class _Folder:
    """Writes a tree in lines.

    A part goes on the line as it is if it fits there; else on a new line, if it may begin one and fits; else its parts
    are tried.  What is not ASCII, and what is longer than a line, becomes encoded words: those that follow each other
    on a line are made one, with all between them.
    """

    # What may become part of an encoded word.
    _TEXT = frozenset(('word', 'encoded', 'ptext', 'blank', 'comment'))

    def __init__(self, policy):
        self.limit = policy.max_line_length or float('inf')
        self.charset = 'utf-8' if policy.utf8 else 'us-ascii'
        self.linesep = policy.linesep
        self.lines = ['']
        self.word_start = None          # where on the line the last encoded word begins
        self.word_text = ''             # what it, and what follows on the line, stands for

    def fold(self, tree):
        """Return the text."""
        for part in tree.parts:
            self.add(part)
        return self.linesep.join(self.lines) + self.linesep

    def _fits(self, text):
        return len(self.lines[-1]) + len(text) <= self.limit

    def _encodable(self, text):
        try:
            text.encode(self.charset)
        except UnicodeEncodeError:
            return False
        return True

    def _put(self, part):
        self.lines[-1] += str(part)
        if part.kind in self._TEXT:
            self.word_text += str(part)
        else:
            # Encoded words must not go beyond addresses and the commas between them.
            self.word_start = None

    def _break(self, text):
        """Begin a line with text, and with the blank in front of it; return whether that can be done."""
        line = self.lines[-1]
        if not line.strip():
            return False            # an empty line would end the headers
        blank = '' if text[:1] in ('', ' ', '\t') else line[-1:] if line[-1:] in (' ', '\t') else None
        if blank is None:
            return False
        if blank:
            self.lines[-1] = line[:-1]
        self.lines.append(blank + text)
        self.word_start = None
        return True

    def add(self, part):
        """Write a part."""
        text = str(part)
        if part.kind == 'parameters':
            self._add_parameters(part)
            return
        clean = self._encodable(text) and not (part.kind == 'ptext' and set(text) & SPECIALS)
        if not clean and part.kind == 'message-id':
            if self._fits(text) or not self._break(text):
                self._put(part)
        elif not clean:
            if isinstance(part, Node):
                if part.breaks_before and text[:1] in (' ', '\t') and not self._fits(text):
                    self.lines.append('')
                    self.word_start = None
                for inner in part.parts:
                    self.add(inner)
            else:
                self._encode(text)
        elif self._fits(text):
            self._put(part)
        elif not part.may_encode:
            if part.kind == 'message-id' or not self._break(text):
                self._put(part)
        elif part.breaks_before and len(text) + 1 <= self.limit and self._break(text):
            pass
        elif isinstance(part, Node):
            for inner in part.parts:
                self.add(inner)
        elif len(text) + 1 <= self.limit and self._break(text):
            pass
        elif part.kind == 'special' or part.kind == 'blank':
            self._put(part)
        else:
            self._encode(text)

    def _encode(self, text):
        """Write text as encoded words."""
        charset = 'utf-8'
        if utils._has_surrogates(text):
            charset = 'unknown-8bit'
            text = text.encode('utf-8', 'surrogateescape').decode('ascii', 'surrogateescape')
        if self.word_start is not None and self.word_charset == charset:
            # With what is on the line since the last one.
            text = self.word_text + text
            self.lines[-1] = self.lines[-1][:self.word_start]
        chrome = len(charset) + 7
        if chrome + 1 >= self.limit:
            raise errors.HeaderParseError('max_line_length is too small to fit an encoded word')
        self.word_charset = charset
        while text:
            room = self.limit - len(self.lines[-1])
            if room <= chrome:
                self.lines.append(' ')
                continue
            count = min(len(text), room - chrome)
            while count > 1 and len(_ew.encode(text[:int(count)], charset)) > room:
                count -= 1
            count = int(count)
            word = _ew.encode(text[:count], charset)
            if len(word) > room and len(self.lines[-1]) > 1:
                self.lines.append(' ')
                continue
            self.word_start, self.word_text = len(self.lines[-1]), text[:count]
            self.lines[-1] += word
            text = text[count:]
            if text:
                self.lines.append(' ')

    def _add_parameters(self, part):
        """Write the parameters of a header of MIME, with RFC 2231 where they have to be encoded or cut."""
        for name, value in part.items:
            if not self.lines[-1].rstrip().endswith(';'):
                self.lines[-1] += ';'
            charset, handling = self.charset, 'strict'
            text = '%s=%s' % (name, quote_string(value)) if value else name
            if not self._encodable(value):
                charset, handling = ('unknown-8bit', 'surrogateescape') if utils._has_surrogates(value) else ('utf-8', 'strict')
                text = "%s*=%s''%s" % (name, charset, urllib.parse.quote(value, safe='', errors=handling))
            if len(self.lines[-1]) + len(text) + 1 < self.limit:
                self.lines[-1] += ' ' + text
            elif len(text) + 2 <= self.limit:
                self.lines.append(' ' + text)
            else:
                self._cut_parameter(name, value, charset, handling)

    def _cut_parameter(self, name, value, charset, handling):
        """Write a parameter in segments, each on a line."""
        prefix, number = charset + "''", 0
        while value:
            lead = ' %s*%d*=%s' % (name, number, prefix)
            # Behind it comes a semicolon.
            room = self.limit - len(lead) - 1
            if room <= 3:
                room = 78 - len(lead) - 1
            count = min(len(value), int(room))
            encoded = urllib.parse.quote(value[:count], safe='', errors=handling)
            while len(encoded) > room and count > 1:
                count -= 1
                encoded = urllib.parse.quote(value[:count], safe='', errors=handling)
            value, prefix, number = value[count:], '', number + 1
            self.lines.append(lead + encoded + (';' if value else ''))
