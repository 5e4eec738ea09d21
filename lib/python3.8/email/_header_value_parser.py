# SPDX-License-Identifier: MIT
"""The grammar of the values of headers (RFC 5322, RFC 2045, RFC 2047, RFC 2231).

    get_X(value)      (token, rest): what stands at the start of value, and what follows it
    parse_X(value)    the token of a whole value

The tokens are those of email._header_tokens.  get_X raises HeaderParseError if there is no X; apart from that whatever
is odd is noted in the defects of the tokens.

The rules for text, words and addresses stand in email._header_rules, which says what a rule is; those for parameters and
the headers of MIME are here, and whatever programs look for in a module of this name.
"""

import re

from email import errors
from email._header_folding import _fold_mime_parameters, _refold_parse_tree, _steal_trailing_WSP_if_exists
from email._header_rules import (
    ATOM_ENDS, CFWS_LEADER, DOT, DOT_ATOM_ENDS, ListSeparator, PHRASE_ENDS, RouteComponentMarker, SPECIALS, WSP,
    _InvalidEwError, _Mismatch, _addr_spec, _address, _address_list, _angle_addr, _atext, _atom, _bare_quoted_string,
    _cfws, _check_for_early_dl_end, _comment, _display_name, _domain, _domain_literal, _dot_atom, _dot_atom_text,
    _dtext, _encoded_word, _fws, _get_ptext_to_endchars, _group, _group_list, _junk, _local_part, _mailbox,
    _mailbox_list, _msg_id, _name_addr, _no_fold_literal, _non_atom_end_matcher, _non_printable_finder,
    _obs_local_part, _obs_route, _outside, _phrase, _qcontent, _qp_ctext, _quoted_string, _skip, _terminal_rule,
    _validate_xtext, _word, _wrong, _wsp_splitter, get_unstructured, rfc2047_matcher)
from email._header_tokens import *

TSPECIALS = (SPECIALS | set('/?=')) - {'.'}
TOKEN_ENDS = TSPECIALS | WSP
ASPECIALS = TSPECIALS | set("*'%")
ATTRIBUTE_ENDS = ASPECIALS | WSP
EXTENDED_ATTRIBUTE_ENDS = ATTRIBUTE_ENDS - {'%'}

_non_token_end_matcher = _outside(TOKEN_ENDS).match
_non_attribute_end_matcher = _outside(ATTRIBUTE_ENDS).match
_non_extended_attribute_end_matcher = _outside(EXTENDED_ATTRIBUTE_ENDS).match
_version_part = re.compile(r'[^. \t(]*').match
_up_to_cfws = re.compile(r'[^ \t(]*').match


def _public(rule):
    """get_X of a rule."""
    def get(value):
        try:
            token, end = rule(value, 0)
        except _Mismatch as mismatch:
            error = mismatch.public()
        else:
            return token, value[end:]
        raise error
    get.__name__ = get.__qualname__ = 'get' + rule.__name__
    get.__doc__ = rule.__doc__
    return get


def get_invalid_mailbox(value, endchars):
    """What stands where a mailbox should, up to one of the characters."""
    token = InvalidMailbox()
    return token, value[_junk(value, 0, endchars, token):]


def parse_message_id(value):
    """The value of Message-ID: a MessageID, or an InvalidMessageID."""
    try:
        piece, rest = get_msg_id(value)
    except errors.HeaderParseError as error:
        token = InvalidMessageID(get_unstructured(value))
        _wrong(token, 'Invalid msg-id: {!r}'.format(error))
        return token
    token = MessageID([piece])
    if rest:
        _wrong(token, 'Unexpected {!r}'.format(rest))
    return token


# Parameters (RFC 2231)

_ttext = _terminal_rule('_ttext', 'ttext', _non_token_end_matcher, "expected ttext but found '{}'",
                        'The text of a word of MIME.')
_attrtext = _terminal_rule('_attrtext', 'attrtext', _non_attribute_end_matcher, 'expected attrtext but found {!r}',
                           "The text of a parameter's name.")
_extended_attrtext = _terminal_rule('_extended_attrtext', 'extended-attrtext', _non_extended_attribute_end_matcher,
                                    'expected extended attrtext but found {!r}',
                                    "The text of a parameter's value, which may have %XX in it.")


def _surrounded(name, cls, ends, plain, doc):
    """A rule for text of a kind, with the comments and white space around it."""
    def rule(text, at):
        token = cls()
        at = _skip(text, at, token)
        if text[at:at + 1] in ends:
            raise _Mismatch("expected token but found '{}'", text, at)
        piece, at = plain(text, at)
        token.append(piece)
        return token, _skip(text, at, token)
    rule.__name__, rule.__doc__ = name, doc
    return rule


_token = _surrounded('_token', Token, TOKEN_ENDS, _ttext, 'A word of MIME.')
_attribute = _surrounded('_attribute', Attribute, ATTRIBUTE_ENDS, _attrtext, 'The name of a parameter.')
_extended_attribute = _surrounded('_extended_attribute', Attribute, EXTENDED_ATTRIBUTE_ENDS, _extended_attrtext,
                                  'The value of a parameter without quotes.')


def _section(text, at):
    """The number of a section, with the * in front of it."""
    if text[at:at + 1] != '*':
        raise _Mismatch('Expected section but found {}', text, at)
    start = at = at + 1
    while text[at:at + 1].isdecimal():
        at += 1
    digits = text[start:at]
    if not digits:
        raise _Mismatch('Expected section number but found {}', text, at)
    token = Section([ValueTerminal('*', 'section-marker'), ValueTerminal(digits, 'digits')])
    if digits[0] == '0' and digits != '0':
        _wrong(token, "section number has an invalid leading 0")
    # A number that nobody means would take long to read.
    token.number = int(digits[:20])
    return token, at


def _value(text, at):
    """The value of a parameter: a quoted string or not."""
    token, leader = Value(), []
    if at >= len(text):
        raise _Mismatch('Expected value but found end of string')
    at = _skip(text, at, leader)
    if at >= len(text):
        raise _Mismatch('Expected value but found only {}', leader[0])
    piece, at = (_quoted_string if text[at] == '"' else _extended_attribute)(text, at)
    piece[:0] = leader
    token.append(piece)
    return token, at


def _parameter(text, at):
    """A parameter; it may be a section of one, and have a charset and a language."""
    token = Parameter()
    piece, at = _attribute(text, at)
    token.append(piece)
    if text[at:at + 1] in ('', ';'):
        _wrong(token, 'Parameter contains name ({}) but no value'.format(piece))
        return token, at
    at = _parameter_marks(token, text, at)
    if text[at:at + 1] != '=':
        raise _Mismatch("Parameter not followed by '='")
    token.append(ValueTerminal('=', 'parameter-separator'))
    at = _skip(text, at + 1, token)
    if token.extended and text[at:at + 1] == '"':
        string, end = _quoted_string(text, at)
        inner = string.stripped_value
        if _may_be_extended(inner, token.section_number):
            # Many put an extended value in quotes, though that is wrong: read what is between these.
            _wrong(token, 'Quoted string value for extended parameter is invalid')
            token.append(string)
            into = string._first('bare-quoted-string')
            del into[:]
            _extended_value(token, inner, 0, into, _quoted_rest)
            return token, end
        _wrong(token, 'Parameter marked as extended but appears to have a quoted string value that is non-encoded')
    return token, _extended_value(token, text, at, token, _value)


def _parameter_marks(token, text, at):
    """Read the stars behind the name of a parameter."""
    if text[at] != '*':
        return at
    try:
        section, at = _section(text, at)
    except _Mismatch:
        pass
    else:
        token.sectioned = True
        token.append(section)
        if at >= len(text):
            raise _Mismatch('Incomplete parameter')
    if text[at] == '*':
        token.append(ValueTerminal('*', 'extended-parameter-marker'))
        token.extended = True
        at += 1
    return at


def _may_be_extended(inner, number):
    """Whether what is between quotes looks like an extended value: with %XX, and charset'language' in the first section."""
    if number:
        found = _non_extended_attribute_end_matcher(inner)
        return bool(found) and found.end() == len(inner)
    if inner.startswith("'"):
        return True
    return inner.startswith("'", _attrtext(inner, 0)[1])


def _extended_value(token, text, at, into, rest):
    """Read the value of a parameter, after charset'language' if it has these; return where it ends.

    into: the list for its tokens.  rest: the rule for what follows the language.
    """
    first = None
    if text[at:at + 1] != "'":
        first, at = _value(text, at)
    delimited = text[at:at + 1] == "'"
    if not token.extended or token.section_number > 0:
        if not delimited:
            into.append(first)
            return at
        _wrong(token, 'Apparent initial-extended-value but attribute was not marked as extended or was not '
                      'initial section')
    if at >= len(text):
        # There is no charset, so this is the value.
        _wrong(token, 'Missing required charset/lang delimiters')
        into.append(first)
        return at
    if first is not None:
        charset = first[-1]
        into.append(charset)
        token.charset = charset.value
        if not delimited:
            raise _Mismatch('Expected RFC2231 char/lang encoding delimiter, but found {!r}', text, at)
    into.append(ValueTerminal("'", 'RFC2231-delimiter'))
    at += 1
    if at < len(text) and text[at] != "'":
        language, at = _attrtext(text, at)
        into.append(language)
        token.lang = language.value
        if text[at:at + 1] != "'":
            raise _Mismatch('Expected RFC2231 char/lang encoding delimiter, but found {}', text, at)
    if at < len(text):
        into.append(ValueTerminal("'", 'RFC2231-delimiter'))
        at += 1
    else:
        raise _Mismatch('Expected RFC2231 char/lang encoding delimiter, but found {}', text, at)
    value, at = rest(text, at)
    into.append(value)
    return at


def _quoted_rest(text, at):
    """The text between quotes behind charset'language'."""
    token = Value()
    while at < len(text):
        if text[at] in WSP:
            piece, at = _fws(text, at)
        elif text[at] == '"':
            piece, at = ValueTerminal('"', 'DQUOTE'), at + 1
        else:
            piece, at = _qcontent(text, at)
        token.append(piece)
    return token, at


def _invalid_parameter(text, at):
    """What stands where a parameter should, up to a semicolon."""
    token = InvalidParameter()
    return token, _junk(text, at, ';', token)


def parse_mime_parameters(value):
    """The parameters of a value, and the semicolons between them; whatever cannot be read is an InvalidParameter."""
    return _mime_parameters(value, 0)


def _mime_parameters(text, at):
    tokens = MimeParameters()
    while at < len(text):
        try:
            element, at = _parameter(text, at)
            tokens.append(element)
        except _Mismatch:
            leader = []
            at = _skip(text, at, leader)
            if text[at:at + 1] in ('', ';'):
                tokens += leader
                if at >= len(text):
                    return tokens
                _wrong(tokens, 'parameter entry with no content')
            else:
                element, at = _invalid_parameter(text, at)
                element[:0] = leader
                tokens.append(element)
                _wrong(tokens, 'invalid parameter {!r}'.format(element))
        if at < len(text) and text[at] != ';':
            element.token_type = 'invalid-parameter'
            junk, at = _invalid_parameter(text, at)
            element.extend(junk)
            _wrong(tokens, 'parameter with invalid trailing text {!r}'.format(junk))
        if at < len(text):
            tokens.append(ValueTerminal(';', 'parameter-separator'))
            at += 1
    return tokens


def _find_mime_parameters(tokenlist, value):
    """Append what there is up to a semicolon, and the parameters behind it."""
    _parameters_at(tokenlist, value, 0)


def _parameters_at(tokens, text, at):
    at = _junk(text, at, ';', tokens)
    if at < len(text):
        tokens.append(ValueTerminal(';', 'parameter-separator'))
        tokens.append(_mime_parameters(text, at + 1))


# The headers of MIME

def _version_number(tokens, text, at, match, which):
    """Append a number of a version; (the number or None, where what is around it ends)"""
    end = match(text, at).end()
    digits = text[at:end]
    number = None
    if digits.isdecimal():
        number = int(digits[:20])
        tokens.append(ValueTerminal(digits, 'digits'))
    else:
        _wrong(tokens, 'Expected MIME %s version number but found %r' % (which, digits))
        tokens.append(ValueTerminal(digits, 'xtext'))
    return number, _skip(text, end, tokens)


def parse_mime_version(value):
    """The value of MIME-Version."""
    token = MIMEVersion()
    if not value:
        _wrong(token, 'Missing MIME version number (eg: 1.0)', errors.HeaderMissingRequiredValue)
        return token
    at = _skip(value, 0, token)
    if at >= len(value):
        _wrong(token, 'Expected MIME version number but found only CFWS', errors.HeaderMissingRequiredValue)
    token.major, at = _version_number(token, value, at, _version_part, 'major')
    dotted = value[at:at + 1] == '.'
    if dotted:
        token.append(ValueTerminal('.', 'version-separator'))
        at = _skip(value, at + 1, token)
    if not dotted or at >= len(value):
        if token.major is not None:
            _wrong(token, 'Incomplete MIME version; found only major number')
        if at < len(value):
            token.append(ValueTerminal(value[at:], 'xtext'))
        return token
    token.minor, at = _version_number(token, value, at, _up_to_cfws, 'minor')
    if at < len(value):
        _wrong(token, 'Excess non-CFWS text after MIME version')
        token.append(ValueTerminal(value[at:], 'xtext'))
    return token


def _mime_word(token, value, at, name):
    """Append a word; (the word in small letters, end), or (None, at) and a defect if there is none."""
    try:
        word, end = _token(value, at)
    except _Mismatch:
        _wrong(token, 'Expected content %s but found %r' % (name, value[at:]))
        return None, at
    token.append(word)
    return word.value.strip().lower(), end


def _before_parameters(token, value, at, name):
    """Note a defect unless parameters or nothing follow, and append them; return whether all is well."""
    good = value[at:at + 1] in ('', ';')
    if not good:
        _wrong(token, 'Only parameters are valid after content %s, but found %r' % (name, value[at:]))
    _parameters_at(token, value, at)
    return good


def parse_content_type_header(value):
    """The value of Content-Type; its maintype and subtype are text/plain where they cannot be read."""
    token = ContentType()
    if not value:
        _wrong(token, 'Missing content type specification', errors.HeaderMissingRequiredValue)
        return token
    maintype, at = _mime_word(token, value, 0, 'maintype')
    if maintype is not None and value[at:at + 1] != '/':
        _wrong(token, 'Invalid content type')
        maintype = None
    if maintype is None:
        _parameters_at(token, value, at)
        return token
    token.maintype = maintype
    token.append(ValueTerminal('/', 'content-type-separator'))
    subtype, at = _mime_word(token, value, at + 1, 'subtype')
    if subtype is None:
        _parameters_at(token, value, at)
        return token
    token.subtype = subtype
    if not _before_parameters(token, value, at, 'type'):
        # A type that is not valid is to be taken for text/plain.
        del token.maintype, token.subtype
    return token


def parse_content_disposition_header(value):
    """The value of Content-Disposition; its content_disposition is None if it cannot be read."""
    token = ContentDisposition()
    if not value:
        _wrong(token, 'Missing content disposition', errors.HeaderMissingRequiredValue)
        return token
    token.content_disposition, at = _mime_word(token, value, 0, 'disposition')
    if token.content_disposition is None:
        _parameters_at(token, value, at)
    else:
        _before_parameters(token, value, at, 'disposition')
    return token


def parse_content_transfer_encoding_header(value):
    """The value of Content-Transfer-Encoding; its cte is 7bit if it cannot be read."""
    token = ContentTransferEncoding()
    if not value:
        _wrong(token, 'Missing content transfer encoding', errors.HeaderMissingRequiredValue)
        return token
    encoding, at = _mime_word(token, value, 0, 'transfer encoding')
    if encoding is not None:
        token.cte = encoding
    before = len(token)
    _junk(value, at, '', token)
    for _ in token[before:]:
        _wrong(token, 'Extra text after content transfer encoding')
    return token


# The faces of the rules

get_fws, get_encoded_word = _public(_fws), _public(_encoded_word)
get_qp_ctext, get_qcontent, get_atext, get_dtext = map(_public, (_qp_ctext, _qcontent, _atext, _dtext))
get_bare_quoted_string, get_comment, get_cfws = map(_public, (_bare_quoted_string, _comment, _cfws))
get_quoted_string, get_atom, get_word, get_phrase = map(_public, (_quoted_string, _atom, _word, _phrase))
get_dot_atom_text, get_dot_atom = _public(_dot_atom_text), _public(_dot_atom)
get_local_part, get_obs_local_part = _public(_local_part), _public(_obs_local_part)
get_domain_literal, get_domain, get_addr_spec = map(_public, (_domain_literal, _domain, _addr_spec))
get_obs_route, get_angle_addr, get_display_name = map(_public, (_obs_route, _angle_addr, _display_name))
get_name_addr, get_mailbox, get_mailbox_list = map(_public, (_name_addr, _mailbox, _mailbox_list))
get_group_list, get_group = _public(_group_list), _public(_group)
get_address, get_address_list = _public(_address), _public(_address_list)
get_no_fold_literal, get_msg_id = _public(_no_fold_literal), _public(_msg_id)
get_ttext, get_token, get_attrtext, get_attribute = map(_public, (_ttext, _token, _attrtext, _attribute))
get_extended_attrtext, get_extended_attribute = _public(_extended_attrtext), _public(_extended_attribute)
get_section, get_value, get_parameter = map(_public, (_section, _value, _parameter))
get_invalid_parameter = _public(_invalid_parameter)
