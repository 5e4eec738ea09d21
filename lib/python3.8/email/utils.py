# SPDX-License-Identifier: MIT
"""Addresses, dates, message ids, and parameters in other charsets (RFC 2231)."""
__all__ = ['collapse_rfc2231_value', 'decode_params', 'decode_rfc2231', 'encode_rfc2231', 'formataddr', 'formatdate',
           'format_datetime', 'getaddresses', 'make_msgid', 'mktime_tz', 'parseaddr', 'parsedate', 'parsedate_tz',
           'parsedate_to_datetime', 'unquote']

import datetime
import os
import re
import time
import urllib.parse
from email._parseaddr import AddressList as _AddressList, mktime_tz, parsedate, parsedate_tz, _parsedate_tz, quote
from email.charset import Charset

EMPTYSTRING = UEMPTYSTRING = ''
TICK, COMMASPACE, CRLF = "'", ', ', '\r\n'

specialsre = re.compile(r'[][\\()<>@,:;".]')
escapesre = re.compile(r'[\\"]')


def _has_surrogates(s):
    """Does text contain bytes that could not be decoded?"""
    try:
        s.encode()
    except UnicodeEncodeError:
        return True
    return False


def _sanitize(string):
    """Replace bytes that could not be decoded."""
    return string.encode('utf-8', 'surrogateescape').decode('utf-8', 'replace')


def formataddr(pair, charset='utf-8'):
    """Return (name, address) as it is written in a header; a name that is not ASCII becomes encoded words."""
    name, address = pair
    address.encode('ascii')         # UnicodeError if it is not
    if not name:
        return address
    if not name.isascii():
        if isinstance(charset, str):
            charset = Charset(charset)
        return f'{charset.header_encode(name)} <{address}>'
    quotes = '"' if specialsre.search(name) else ''
    name = escapesre.sub(r'\\\g<0>', name)
    return f'{quotes}{name}{quotes} <{address}>'


def getaddresses(fieldvalues):
    """Return the addresses in several fields as a list of (name, address)."""
    return _AddressList(COMMASPACE.join(str(value) for value in fieldvalues)).addresslist


def parseaddr(addr):
    """Return the first address of a field as (name, address); ('', '') if there is none."""
    found = _AddressList(addr).addresslist
    return found[0] if found else ('', '')


def _format_timetuple_and_zone(timetuple, zone):
    days = 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'
    months = 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'
    year, month, day, hour, minute, second, weekday = timetuple[:7]
    return '%s, %02d %s %04d %02d:%02d:%02d %s' % (days[weekday], day, months[month - 1], year, hour, minute, second, zone)


def formatdate(timeval=None, localtime=False, usegmt=False):
    """Return a time, in seconds since 1970, by default now, as it is written in a header.

    localtime: in the local time zone; usegmt: with GMT for -0000, as HTTP has it.
    """
    timeval = time.time() if timeval is None else timeval
    if localtime or usegmt:
        moment = datetime.datetime.fromtimestamp(timeval, datetime.timezone.utc)
    else:
        moment = datetime.datetime.utcfromtimestamp(timeval)
    if localtime:
        moment = moment.astimezone()
        usegmt = False
    return format_datetime(moment, usegmt)


def format_datetime(dt, usegmt=False):
    """Return a datetime as it is written in a header; without time zone it counts as UTC of unknown origin, -0000."""
    if usegmt:
        if dt.tzinfo is None or dt.tzinfo != datetime.timezone.utc:
            raise ValueError('usegmt option requires a UTC datetime')
        zone = 'GMT'
    else:
        zone = '-0000' if dt.tzinfo is None else dt.strftime('%z')
    return _format_timetuple_and_zone(dt.timetuple(), zone)


def make_msgid(idstring=None, domain=None):
    """Return a new message id; idstring becomes part of it, domain is what follows the @, by default this host."""
    import random
    import socket
    if domain is None:
        domain = socket.getfqdn()
    extra = '' if idstring is None else '.' + idstring
    return '<%d.%d.%d%s@%s>' % (int(time.time() * 100), os.getpid(), random.getrandbits(64), extra, domain)


def parsedate_to_datetime(data):
    """Return the date in a str as a datetime: without time zone for -0000. TypeError if it is no date."""
    *numbers, zone = _parsedate_tz(data)
    tzinfo = None if zone is None else datetime.timezone(datetime.timedelta(seconds=zone))
    return datetime.datetime(*numbers[:6], tzinfo=tzinfo)


def unquote(str):
    """Take quotes, or angle brackets, off a str."""
    if len(str) > 1:
        if str[0] == str[-1] == '"':
            return str[1:-1].replace('\\\\', '\\').replace('\\"', '"')
        if str[0] == '<' and str[-1] == '>':
            return str[1:-1]
    return str


def decode_rfc2231(s):
    """Cut charset'language'text; the first two are None if they are missing."""
    parts = s.split(TICK, 2)
    return parts if len(parts) == 3 else (None, None, s)


def encode_rfc2231(s, charset=None, language=None):
    """Return text with %xx; with a charset, as charset'language'text."""
    s = urllib.parse.quote(s, safe='', encoding=charset or 'ascii')
    if charset is None and language is None:
        return s
    return "%s'%s'%s" % (charset, language or '', s)


rfc2231_continuation = re.compile(r'^(?P<name>\w+)\*((?P<num>[0-9]+)\*?)?$', re.ASCII)


def decode_params(params):
    """Put parameters that are cut into name*0, name*1 and so on together.

    params is a list of (name, value).  The value of one that is encoded, which a
    star at the end of the name says, becomes (charset, language, text).
    """
    result = [params[0]]
    pieces = {}             # name -> [(number, text, is encoded)]
    for name, value in params[1:]:
        encoded = name.endswith('*')
        value = unquote(value)
        found = rfc2231_continuation.match(name)
        if found:
            number = found.group('num')
            pieces.setdefault(found.group('name'), []).append((int(number) if number else number, value, encoded))
        else:
            result.append((name, '"%s"' % quote(value)))
    for name, parts in pieces.items():
        parts.sort()
        # One encoded piece means that the whole has a charset.
        encoded = any(each for _, _, each in parts)
        text = EMPTYSTRING.join(urllib.parse.unquote(value, encoding='latin-1') if each else value
                                for _, value, each in parts)
        text = quote(text)
        if encoded:
            charset, language, text = decode_rfc2231(text)
            result.append((name, (charset, language, '"%s"' % text)))
        else:
            result.append((name, '"%s"' % text))
    return result


def collapse_rfc2231_value(value, errors='replace', fallback_charset='us-ascii'):
    """Return a parameter's value as str, where it may be (charset, language, text)."""
    if not isinstance(value, tuple) or len(value) != 3:
        return unquote(value)
    charset, language, text = value
    if charset is None:
        charset = fallback_charset
    try:
        return str(bytes(text, 'raw-unicode-escape'), charset, errors)
    except LookupError:
        return unquote(text)        # no such charset


def localtime(dt=None, isdst=-1):
    """Return a datetime, by default now, in the local time zone; one without time zone is taken to be in it.

    isdst says, where that is not clear, whether it is summer time.
    """
    if dt is None:
        return datetime.datetime.now(datetime.timezone.utc).astimezone()
    if dt.tzinfo is not None:
        return dt.astimezone()
    seconds = time.mktime(dt.timetuple()[:-1] + (isdst,))
    local = time.localtime(seconds)
    return dt.replace(tzinfo=datetime.timezone(datetime.timedelta(seconds=local.tm_gmtoff), local.tm_zone))
