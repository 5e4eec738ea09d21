# SPDX-License-Identifier: MIT
"""Readers of text and of network formats under bad input: the documented exception, soon, and in little memory.

GOOD holds a document for each reader.  Every prefix of it, and documents with characters changed, left out,
doubled and moved, end in a value or in one of the reader's exceptions.  CASES holds what is bad in a way of its own:
hostile, huge or deep.  test_data_formats has the formats for data: JSON, CSV, pickles, archives, ...
"""
import ast
import base64
import calendar
import codecs
import codeop
import csv
import datetime
import email
import email.errors
import email.header
import email.utils
import fnmatch
import gettext
import html
import html.parser
import http.client
import http.cookies
import importlib.util
import io
import mimetypes
import pickle
import pickletools
import random
import re
import shelve
import shlex
import signal
import string
import struct
import tempfile
import time
import tokenize
import unittest
import urllib.parse
import uuid
import warnings
import xml.dom.minidom
import xml.etree.ElementTree
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from os import path
from xml.parsers import expat

SECONDS = 10            # more than enough for each case, even on a slow machine


class Events(html.parser.HTMLParser):
    """Counts what it is told."""
    count = 0

    def handle(self, *args):
        self.count += 1
    handle_starttag = handle_endtag = handle_data = handle_comment = handle_decl = handle_pi = unknown_decl = handle


def read_html(text):
    for convert in True, False:
        parser = Events(convert_charrefs=convert)
        for at in range(0, len(text), 1 + len(text) // 7):      # as it comes, in pieces
            parser.feed(text[at:at + 1 + len(text) // 7])
        parser.close()
        assert parser.count <= 2 * len(text) + 2


def tokens(text):
    return list(tokenize.generate_tokens(io.StringIO(text).readline))


def tokens_of_bytes(data):
    return list(tokenize.tokenize(io.BytesIO(data).readline))


def compiled(text):
    return compile(text, 'f', 'exec')


def read_mail(data):
    message = email.message_from_bytes(data)
    for part in message.walk():
        if not part.is_multipart():
            part.get_payload(decode=True)
        part.get_filename(), part.get_content_charset()
    return message.items(), message.as_string()


def read_mail_by_policy(data):
    if not importlib.util.find_spec('email.contentmanager'):
        return None     # a library that is not complete
    from email.policy import default
    message = email.message_from_bytes(data, policy=default)
    for part in message.walk():
        [(str(value), value.defects) for value in part.values()]
    return message.as_bytes()


def addresses(text):
    return email.utils.getaddresses([text]), email.utils.parsedate_tz(text), email.utils.unquote(text)


def header(text):
    return str(email.header.make_header(email.header.decode_header(text)))


def read_url(text):
    parts = urllib.parse.urlsplit(text)
    urllib.parse.urlunsplit(parts), parts.hostname, parts.username, parts.password, parts.port
    urllib.parse.parse_qsl(parts.query, keep_blank_values=True), urllib.parse.unquote(text)
    return urllib.parse.urljoin('http://h/a/b;p?q', text)


def read_cookie(text):
    cookie = http.cookies.SimpleCookie()
    cookie.load(text)
    return cookie.output()


class Connection:
    """What HTTPResponse takes for a socket."""

    def __init__(self, data):
        self.data = data

    def makefile(self, mode):
        return io.BytesIO(self.data)


def read_response(data):
    response = http.client.HTTPResponse(Connection(data))
    response.begin()
    return response.getheaders(), response.read()


def read_types(text):
    types = mimetypes.MimeTypes()
    types.readfp(io.StringIO(text))
    return types.guess_type('a.zz')


def read_catalog(data):
    translations = gettext.GNUTranslations(io.BytesIO(data))
    return translations.gettext('a'), translations.ngettext('a', 'b', 2)


def read_shelf(data):
    with tempfile.TemporaryDirectory() as folder:
        name = path.join(folder, 's')
        for ending in '.dir', '.bak', '.dat':
            with open(name + ending, 'wb') as f:
                f.write(data if ending != '.dat' else b'I1\n.' + bytes(508) + b'I2\n.')
        import dbm.dumb
        with shelve.Shelf(dbm.dumb.open(name, 'r')) as shelf:
            return list(shelf.values())


def words(text):
    return shlex.split(text, comments=True), shlex.split(text, posix=False)


def pattern(text):
    found = re.compile(text)
    return [found.match('aab foo 12'), found.search('\u20ac-a')]


def template(text):
    return re.sub('(a)(?P<n>b)', text, 'xaby')


def read_time(text):
    return time.strptime(text, '%Y-%m-%d %H:%M:%S %j')


def by_format(text):
    return datetime.datetime.strptime('2020-02-29 12:34:56.5', text)


def formatted(text):
    return text.format(1, 'a', x=2.5)


def decoded(data, encoding):
    """By the codec at once and in pieces, with each of the error handlers."""
    for errors in 'strict', 'replace', 'ignore', 'backslashreplace', 'surrogateescape':
        try:
            data.decode(encoding, errors)
        except UnicodeDecodeError as error:
            assert 0 <= error.start < error.end <= len(data), error
    decoder = codecs.getincrementaldecoder(encoding)('replace')
    try:
        pieces = [decoder.decode(data[at:at + 1], at == len(data) - 1) for at in range(len(data))]
    except UnicodeError:
        assert encoding.startswith('iso2022') or encoding in ('utf-16', 'utf-32')   # an escape that is too long; no mark
    else:
        assert len(''.join(pieces)) <= 2 * len(data)


def encoded(text, encoding):
    for errors in 'strict', 'replace', 'xmlcharrefreplace', 'backslashreplace':
        try:
            text.encode(encoding, errors)
        except UnicodeEncodeError as error:
            assert 0 <= error.start < error.end <= len(text), error


SOURCE = '''# coding: utf-8
def f(a, *b: int, c=1, **d) -> "x":
    """doc"""
    if a > 0x1F and not b or c is None:
        return [x for x in b if x] + {1: 2, **d}[f'{a!r:>{c}}']
    try:
        with open('f') as g: pass
    except (E, F) as e:
        raise X from e
    lambda x, /, y: (yield)
    b: int = 1_000.5e-3j
'''
PAGE = ('<!DOCTYPE html><body class="a b" id=\'q\' x=1 y><!-- c --><p>text &amp; &#65; &#x41; &eacute; &notit;</p>'
        '<script>if (a<b) "</p>"</script><br/><![CDATA[x]]><?pi a?></body>')
MAIL = b'''From: =?utf-8?q?J=C3=B6rg?= <joerg@example.com>
To: "A, B" <a@b.c>, d@e (comment), group: x@y, z@w;
Subject: =?iso-8859-1?b?4mJj?= folded
 line
Date: Mon, 02 Jan 2006 15:04:05 -0700
Content-Type: multipart/mixed; boundary="=_x"

--=_x
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

caf=C3=A9 =
--=_x
Content-Type: application/octet-stream; name*=utf-8''%e2%82%ac.bin
Content-Transfer-Encoding: base64

AAECAwQ=
--=_x--
'''
XML = (b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE a [<!ENTITY e "v&#33;"><!ELEMENT a ANY>]>\n'
       b'<a xmlns:n="urn:x" b="1 &lt;"><n:c d=\'2\'>t&e;<![CDATA[<]]></n:c><!-- x --><?p i?>\xc3\xa9</a>')
RESPONSE = (b'HTTP/1.1 200 OK\r\nA: b\r\n c\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nT: u\r\n\r\n')
# Two messages, '' and 'a', and what they are translated to: 'A: b' and 'x'.
CATALOG = (struct.pack('<15I', 0x950412de, 0, 2, 28, 44, 0, 0, 0, 60, 1, 61, 4, 63, 1, 68)
           + b'\0a\0A: b\0x\0')

XML_ERRORS = expat.ExpatError, ValueError, LookupError, xml.etree.ElementTree.ParseError
# as_string() of what could not be read can fail in ways that are older than the package's own exceptions.
MAIL_ERRORS = (email.errors.MessageError, ValueError, LookupError, TypeError, AttributeError)
CODECS = ('utf-8', 'utf-16', 'utf-32', 'utf-16-le', 'utf-32-be', 'utf-7', 'utf-8-sig', 'ascii', 'latin-1', 'cp1252', 'shift_jis',
          'shift_jisx0213', 'gb2312', 'gbk', 'gb18030', 'big5', 'big5hkscs', 'cp932', 'cp949', 'cp950', 'euc_jp', 'euc_kr',
          'euc_jis_2004', 'iso2022_jp', 'iso2022_jp_2', 'iso2022_kr', 'hz', 'johab', 'koi8-r', 'mac-roman', 'unicode_escape',
          'raw_unicode_escape')

GOOD = [
    # reader, document, exceptions
    (read_html, PAGE, (AssertionError, NotImplementedError)), (html.unescape, '&amp; &#65; &#x41; &eacute &notit; &#0;', ()),
    (tokens, SOURCE, (tokenize.TokenError, IndentationError)), (tokens_of_bytes, SOURCE.encode(), (tokenize.TokenError, SyntaxError, UnicodeDecodeError)),
    (compiled, SOURCE, (SyntaxError, ValueError)), (codeop.compile_command, 'if x:\n  y = (1,\n', (SyntaxError, ValueError, OverflowError)),
    (ast.literal_eval, "{'a': [1, -2.5, 1+2j], (b'x', None): {True, ...}, 'c': 'd' 'e'}", (SyntaxError, ValueError, TypeError)),
    (read_mail, MAIL, MAIL_ERRORS), (read_mail_by_policy, MAIL, MAIL_ERRORS),
    (header, '=?utf-8?q?J=C3=B6rg?= x =?iso-8859-1?b?4mJj?=', (email.errors.HeaderParseError, ValueError, LookupError)),
    (addresses, '"A, B" <a@b.c>, d@e (comment), group: x@y, z@w;', ()), (addresses, 'Mon, 02 Jan 2006 15:04:05 -0700', ()),
    (xml.etree.ElementTree.fromstring, XML, XML_ERRORS), (xml.dom.minidom.parseString, XML, XML_ERRORS),
    (read_response, RESPONSE, (http.client.HTTPException, ValueError)),
    (read_url, 'http://user:pa%20ss@[::1]:80/p;x?q=%20&a=b+c#f', ValueError), (read_url, '//host/../a/./b?x', ValueError),
    (read_cookie, 'a=b; c="d\\"e\\054"; Path=/; secure; f=g', http.cookies.CookieError),
    (read_types, '# x\ntext/x-zz zz zy\napplication/foo\n a/b c # d\n', ()),
    (read_catalog, CATALOG, (OSError, ValueError, LookupError, struct.error)),
    (read_shelf, b"'a', (0, 4)\n'\\xc3\\xa9', (512, 4)\n", Exception),
    (words, 'a "b c" \'d\' e\\ f # g\n h;i&&j', ValueError),
    (pattern, r'(?i:f)(?P<n>o*)(?=x|\b)[^a-z\d](?:b|c)+?\1?(?<!q)(?#c)\Z|a{1,3}', (re.error, OverflowError)),
    (template, r'\1\g<n>\n\g<0>\\', (re.error, IndexError)), (fnmatch.translate, 'a[!b]*?.[a-c]', ()),
    (datetime.datetime.fromisoformat, '2020-02-29T12:34:56.789012+05:30:15.123456', ValueError),
    (datetime.date.fromisoformat, '2020-02-29', ValueError), (datetime.time.fromisoformat, '12:34:56.789+01:00', ValueError),
    (read_time, '2020-02-29 12:34:56 060', ValueError), (by_format, '%Y-%m-%d %H:%M:%S.%f', (ValueError, re.error)),
    (formatted, '{0:>5}{1!r:{0}}{x:.3f}{{}}{0.real}{1[0]}', (ValueError, LookupError, AttributeError, TypeError)),
    (lambda text: text % (1, 'a', 2.5), '%5d %-3s %.2f%%', (ValueError, TypeError, OverflowError)),
    (lambda text: string.Template(text).substitute(a=1, b=2), '$a ${b} $$ x', (ValueError, KeyError)),
    (uuid.UUID, '{12345678-1234-5678-1234-567812345678}', ValueError), (Fraction, '-31/4', (ValueError, ZeroDivisionError)),
    (Fraction, '1.5e-3', ValueError), (Decimal, '-1_0.5E+3', InvalidOperation), (Decimal, 'sNaN12', InvalidOperation),
    (float, '-1_0.5e+1_0', ValueError), (lambda text: int(text, 0), '-0x1_F', ValueError), (complex, '-1.5e3+2j', ValueError),
]

CASES = [
    # reader, input, exceptions; () where it is to be taken
    (read_html, '<' * 20000, ()), (read_html, '<!' * 10000, ()), (read_html, '&' * 50000, ()),
    (read_html, '<a ' + 'b="' * 5000, ()), (read_html, '<p>' * 50000, ()), (read_html, '<!--' + '-' * 20000, ()),
    (read_html, '</' + 'a' * 100000, ()), (read_html, '<script>' + '</' * 5000, ()), (read_html, '\x00\ud800\U0010ffff', ()),
    (html.unescape, '&#' + '9' * 4000 + ';', ()), (html.unescape, '&#x110000;&#xd800;&#0;&#x;', ()), (html.unescape, '&' + 'a' * 100000, ()),
    (tokens, '(' * 1000, tokenize.TokenError), (tokens, '"""' + 'x\n' * 10000, tokenize.TokenError), (tokens, '\\', ()),
    (tokens, 'if x:\n    a\n  b\n', IndentationError), (tokens, '$?\x00\u20ac!', ()), (tokens, '1' * 100000, ()),
    (tokens, ''.join(' ' * n + 'if x:\n' for n in range(300)), ()), (tokens, '\x0c' * 1000 + 'x', ()),
    (tokens_of_bytes, b'\xff\xfe\xfa', SyntaxError), (tokens_of_bytes, b'# coding: none-such\n', SyntaxError),
    (tokens_of_bytes, b'\xef\xbb\xbf# coding: latin-1\n', SyntaxError), (tokens_of_bytes, b'', ()),
    (compiled, '(' * 500, (SyntaxError, MemoryError)), (compiled, 'x\x00y', ValueError), (compiled, '"\\N{NO SUCH NAME}"', SyntaxError),
    (compiled, 'f"{' + '{' * 100, SyntaxError), (compiled, b'# coding: none-such\n', SyntaxError), (compiled, b'"\xff"', SyntaxError),
    (compiled, '\\\n' * 50000, SyntaxError), (compiled, '"\\x1"', SyntaxError), (compiled, 'def f(' + ','.join('a%d' % n for n in range(3000)) + '): 0', ()),
    (ast.literal_eval, '(' * 500, (SyntaxError, MemoryError)), (ast.literal_eval, '-' * 500 + '1', (ValueError, RecursionError, MemoryError)),
    (ast.literal_eval, '1+' * 50000 + '1', (ValueError, RecursionError, MemoryError)), (ast.literal_eval, '2**99', ValueError),
    (ast.literal_eval, '{[]: 1}', TypeError), (ast.literal_eval, '__import__("os")', ValueError), (ast.literal_eval, '', SyntaxError),
    (ast.literal_eval, '[' + '1,' * 50000 + ']', ()), (ast.literal_eval, 5, ValueError), (ast.literal_eval, '"\ud800"', (ValueError, SyntaxError)),
    (read_mail, b'A: ' + b'x' * 500000, ()), (read_mail, b'a: b\n' * 5000, ()), (read_mail, b'\x00' * 1000, ()),
    (read_mail, b'Content-Type: multipart/mixed; boundary=x\n\n' + b'--x\n' * 3000, ()),
    (read_mail, b'Content-Type: ' + b'a;' * 5000 + b'\n\n', ()), (read_mail, b'Content-Type: text/plain; charset="x\xff"\n\n\xff', email.errors.CharsetError),
    (read_mail, b'Content-Transfer-Encoding: base64\n\n' + b'=' * 5000, ()), (read_mail, b':\n:\n', ()), (read_mail, b'', ()),
    (read_mail, b'Content-Type: multipart/mixed; boundary=\n\n--\n', ()),
    *[(read_mail_by_policy, b'%s: ' % name + piece * (5000 // len(piece)) + b'\n\n', ()) for name in (b'To', b'Subject', b'Content-Type')
      for piece in (b'(', b'<', b'"', b'a@b,', b'=?', b'=?utf-8?q?a?=', b'a/b;c*0=', b'[', b'g:')],
    (email.utils.parseaddr, '(' * 1000, RecursionError), (email.utils.parseaddr, '<' * 50000, ()), (email.utils.parseaddr, '"' + 'a' * 100000, ()),
    (email.utils.parsedate_tz, ' ' * 1000, ()), (email.utils.parsedate_tz, '9' * 1000, ()), (email.utils.parsedate_tz, ', , , ,', ()),
    (header, '=?' * 5000, ()), (header, '=?utf-8?b?' + 'A' * 4001 + '?=', email.errors.HeaderParseError), (header, '=?utf-8?b?A?=', email.errors.HeaderParseError),
    (header, '=?none-such?q?a?=', LookupError), (header, '=?ascii?q?=ff?=', ValueError),
    (xml.etree.ElementTree.fromstring, '', XML_ERRORS), (xml.etree.ElementTree.fromstring, '<a>' * 5000, XML_ERRORS),
    (xml.etree.ElementTree.fromstring, '<a b="1" b="2"/>', XML_ERRORS), (xml.etree.ElementTree.fromstring, '<a>&b;</a>', XML_ERRORS),
    (xml.etree.ElementTree.fromstring, '<a>\x00</a>', XML_ERRORS), (xml.etree.ElementTree.fromstring, b'\xff\xfe<', XML_ERRORS),
    (xml.etree.ElementTree.fromstring, '<a:b/>', XML_ERRORS), (xml.etree.ElementTree.fromstring, '<a/><b/>', XML_ERRORS),
    (xml.etree.ElementTree.fromstring, b'<?xml version="1.0" encoding="none-such"?><a/>', XML_ERRORS),
    (xml.etree.ElementTree.fromstring, '<!DOCTYPE a [<!ENTITY a "&b;"><!ENTITY b "&a;">]><a>&a;</a>', XML_ERRORS),
    (xml.etree.ElementTree.fromstring, '<a ' + ' '.join('b%d=""' % n for n in range(20000)) + '/>', ()),
    (xml.dom.minidom.parseString, '<a', XML_ERRORS),
    (read_response, b'', http.client.RemoteDisconnected), (read_response, b'x\r\n\r\n', http.client.BadStatusLine),
    (read_response, b'HTTP/1.1 ' + b'2' * 70000, http.client.LineTooLong), (read_response, b'HTTP/1.1 2x OK\r\n\r\n', http.client.BadStatusLine),
    (read_response, b'HTTP/1.1 200 OK\r\n' + b'a: b\r\n' * 200 + b'\r\n', http.client.HTTPException),
    (read_response, b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', http.client.IncompleteRead),
    (read_response, b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\nabc', http.client.IncompleteRead),
    (read_response, b'HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nabc', http.client.IncompleteRead),
    (read_response, b'HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabc', ()), (read_response, b'HTTP/1.1 100 Continue\r\n' * 50, http.client.HTTPException),
    (read_url, 'http://a:' + '9' * 1000, ValueError), (read_url, 'a' * 300000 + ':', ()), (read_url, '//' + '@' * 100000, ()),
    (read_url, '?' + 'a=b&' * 20000, ()), (read_url, '/..' * 50000, ()), (read_url, 'http://[' + ':' * 1000 + ']', ()),
    (read_cookie, 'a' * 100000, ()), (read_cookie, 'a="' + '\\' * 30000, ()), (read_cookie, '=' * 10000, http.cookies.CookieError), (read_cookie, ';' * 10000, ()),
    (read_types, 'a/b ' + 'x ' * 50000, ()), (read_catalog, b'', Exception), (read_catalog, b'\xde\x12\x04\x95' + b'\xff' * 24, OSError),
    (read_catalog, b'x' * 28, OSError), (read_shelf, b'x', Exception), (read_shelf, b'("a"' * 500, Exception), (read_shelf, b'', ()),
    (words, "'", ValueError), (words, '\\', ValueError), (words, 'a' * 100000, ()), (words, '"' + 'a ' * 10000, ValueError),
    (pattern, '(' * 1000, (re.error, RecursionError)), (pattern, '(' * 500 + ')' * 500, (RecursionError, re.error)),
    (pattern, 'a{99999999999}', OverflowError), (pattern, '(?P<a>x)(?P<a>y)', re.error), (pattern, '[b-a]', re.error),
    (pattern, '(?<=a*)', re.error), (pattern, r'\5', re.error), (pattern, '(?P=n)', re.error), (pattern, '(?(9)a)', (re.error, RuntimeError)),
    (pattern, 'a**', re.error), (pattern, '[', re.error), (pattern, '\\', re.error), (pattern, r'\x', re.error), (pattern, r'\U00110000', re.error),
    (pattern, '(?z)', re.error), (pattern, '(?#', re.error), (pattern, '|' * 50000, ()), (pattern, '[' + 'a' * 100000 + ']', ()),
    (pattern, 'a|' * 5000, ()), (pattern, '(a)' * 5000, ()), (template, r'\g<', re.error), (template, r'\g<x>', IndexError),
    (template, r'\9', re.error), (template, r'\q', re.error), (template, '\\1' * 20000, ()), (fnmatch.translate, '[' * 3000, ()),
    (fnmatch.translate, '*' * 50000, ()), (lambda text: fnmatch.fnmatch('a' * 30, text), 'a*' * 5 + 'b', ()),
    (datetime.datetime.fromisoformat, '0000-01-01', ValueError), (datetime.datetime.fromisoformat, '9' * 10000, ValueError),
    (datetime.datetime.fromisoformat, '2020-02-30', ValueError), (datetime.datetime.fromisoformat, '2020-01-01T24:00', ValueError),
    (datetime.datetime.fromisoformat, '2020-01-01\ud80012:00', ()), (datetime.datetime.fromisoformat, '2020-01-01T12:00\ud800', ValueError),
    (datetime.datetime.fromisoformat, b'2020-01-01', TypeError), (datetime.time.fromisoformat, '12:00+24:00', ValueError),
    (datetime.time.fromisoformat, '\u0661\u0662:00', ValueError), (read_time, '', ValueError), (read_time, '9' * 10000, ValueError),
    (by_format, '%', ValueError), (by_format, '%Q', ValueError), (by_format, '%Y%Y', re.error), (by_format, '(' * 1000, ValueError),
    (lambda year: calendar.month(year, 13), 2020, IndexError), (lambda year: calendar.monthrange(year, 2), 0, ()),
    (lambda seconds: time.localtime(seconds), 1e300, OverflowError), (lambda seconds: time.gmtime(seconds), float('nan'), ValueError),
    (lambda value: time.asctime((value,) * 9), 10 ** 30, OverflowError), (lambda value: time.strftime('%c', (1, 99, 1, 0, 0, 0, 0, 0, 0)), 0, ValueError),
    (formatted, '{', ValueError), (formatted, '{0:{0:{0}}}', ValueError), (formatted, '{9}', IndexError), (formatted, '{0[', ValueError),
    (formatted, '{0:' + '9' * 100 + '}', ValueError), (formatted, '{' * 50000, ()), (formatted, '{0.' + 'real.' * 5000 + 'real}', ()),
    (lambda text: text % 1, '%' + '9' * 100 + 'd', ValueError), (lambda text: text % 1, '%(' * 1000, (ValueError, TypeError)),
    (uuid.UUID, '0' * 100000, ValueError), (uuid.UUID, '-' * 32, ValueError), (uuid.UUID, '\u0660' * 32, ()),
    (Fraction, '1/0', ZeroDivisionError), (Fraction, '/', ValueError), (Fraction, '1' * 3000, ()), (Decimal, '1e' + '9' * 30, InvalidOperation),
    (Decimal, '9' * 100000, ()), (Decimal, '\x00', InvalidOperation), (float, '1' * 100000, ()), (float, '1e' + '9' * 10000, ()),
    (float, '\x00', ValueError), (float, '', ValueError), (int, '9' * 10000, ValueError), (int, '1__0', ValueError), (lambda text: int(text, 36), '-' * 100, ValueError),
    (complex, '1' * 10000 + 'j', ()), (complex, '1+', ValueError), (lambda text: codecs.lookup(text), 'x' * 10000, LookupError),
    (lambda text: codecs.lookup(text), '\x00', (LookupError, ValueError)), (lambda text: 'a'.encode(text), '../' * 100, LookupError),
    (lambda text: 'a'.encode('rot13'), '', LookupError), (lambda text: text.encode('idna'), 'a' * 64, UnicodeError),
    (lambda text: text.encode('idna'), 'a..b', UnicodeError), (lambda text: text.encode('punycode'), '\u20ac' * 3000, ()),
    (lambda data: data.decode('punycode'), b'a-' + b'9' * 500, UnicodeError), (lambda data: data.decode('idna'), b'xn--\xff', UnicodeError),
    (lambda data: data.decode('unicode_escape'), b'\\U' + b'f' * 8, UnicodeDecodeError), (lambda data: data.decode('unicode_escape'), b'\\N{' + b'a' * 50000, UnicodeDecodeError),
    (lambda data: data.decode('utf-7'), b'+' + b'A' * 50001 + b'-', UnicodeDecodeError), (lambda data: data.decode('utf-16'), b'\xff\xfe\x00\xd8', UnicodeDecodeError),
    (lambda data: codecs.decode(data, 'hex'), b'a', ValueError), (lambda data: codecs.decode(data, 'zip'), b'a', Exception),
    (lambda data: codecs.decode(data, 'uu'), b'a', ValueError), (lambda data: codecs.decode(data, 'base64'), b'a', ValueError),
    (codecs.escape_decode, b'\\', ValueError), (codecs.escape_decode, b'\\x1', ValueError), (codecs.charmap_decode, b'a' * 100000, ()),
]

LETTERS = '\x00\t\n\r "#$%&\'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~\x7f\x85\xe9\u0664\u20ac\u2028\udc80\U0001f600'


def changed(rng, document):
    """The document with a few changes."""
    items = list(document)
    binary = isinstance(document, bytes)
    for _ in range(rng.choice((1, 1, 2, 4))):
        new = rng.randrange(256) if binary else rng.choice(LETTERS)
        at = rng.randrange(len(items) or 1)
        how = rng.randrange(5)
        if how == 0:
            items[at:at + 1] = [new]
        elif how == 1:
            items.insert(at, new)
        elif how == 2:
            del items[at:at + rng.randrange(1, 9)]
        elif how == 3:
            items[at:at] = items[at:at + 8]
        else:
            other = rng.randrange(len(items) or 1)
            items[at:at + 1], items[other:other + 1] = items[other:other + 1], items[at:at + 1]
    return bytes(items) if binary else ''.join(items)


class BadInput(unittest.TestCase):
    def setUp(self):
        guard = warnings.catch_warnings()
        guard.__enter__()
        self.addCleanup(guard.__exit__, None, None, None)
        warnings.simplefilter('ignore')

    def take(self, reader, document, errors):
        start = time.monotonic()
        try:
            reader(document)
        except errors:
            pass
        self.assertLess(time.monotonic() - start, SECONDS)

    def test_table(self):
        for reader, document, errors in CASES:
            with self.subTest(reader=getattr(reader, '__qualname__', reader), document=repr(document)[:60]):
                if errors:
                    start = time.monotonic()
                    self.assertRaises(errors, reader, document)
                    self.assertLess(time.monotonic() - start, SECONDS)
                else:
                    self.take(reader, document, ())

    def test_every_prefix(self):
        for reader, document, errors in GOOD:
            reader(document)
            for end in range(0, len(document), 1 + len(document) // 150):
                with self.subTest(reader=getattr(reader, '__qualname__', reader), prefix=document[:end][-60:]):
                    self.take(reader, document[:end], errors)

    def test_changes(self):
        rng = random.Random(38)
        for reader, document, errors in GOOD:
            for _ in range(60):
                bad = changed(rng, document)
                with self.subTest(reader=getattr(reader, '__qualname__', reader), bad=bad):
                    self.take(reader, bad, errors)

    def test_codecs(self):
        rng = random.Random(8)
        for encoding in CODECS:
            text = 'abc \xe9 \u3042\u4e2d\uac00 \u20ac\U0001f600 \\n'
            data = text.encode(encoding, 'ignore')
            for _ in range(40):
                with self.subTest(encoding=encoding):
                    decoded(changed(rng, data), encoding)
                    encoded(changed(rng, text), encoding)
                    decoded(bytes(rng.randrange(256) for _ in range(20)), encoding)

    def test_seen_on_the_reference(self):
        """Where the two once differed."""
        def outcome(function, *args):
            try:
                return function(*args)
            except Exception as error:
                return '%s: %s' % (type(error).__name__, error)
        times = datetime.time.fromisoformat
        for found, expected in (
                (outcome(times, '12:34.789'), datetime.time(12, 34, 0, 789000)),
                (outcome(times, '12.789123'), datetime.time(12, 0, 0, 789123)),
                (outcome(times, '12:34:56+05:30:15.123'), "ValueError: Invalid isoformat string: '12:34:56+05:30:15.123'"),
                (outcome(times, '12+01.123456'), "ValueError: Invalid isoformat string: '12+01.123456'"),
                (outcome(csv.Sniffer().has_header, 'a,b'), True),
                (outcome(base64.b32decode, 'AAA=EAYEAUQ====='), 'Error: Non-base32 digit found'),
                (outcome(base64.b32decode, '========'), 'Error: Incorrect padding'),
                (outcome(pickle.loads, b'(\x93.'), 'UnpicklingError: STACK_GLOBAL requires str'),
                (outcome(pickle.loads, b'NpI1\n.'), "ValueError: invalid literal for int() with base 10: 'I1\\n'"),
                (outcome(b'abc\x1b$B$"\x1b.B'.decode, 'iso2022_jp', 'replace'), 'abc\u3042\ufffd'),
                (outcome(codecs.getincrementaldecoder('utf-32')('replace').decode, b'\xff\xfe', True), '\ufffd'),
                (outcome(codecs.getincrementaldecoder('idna')('replace').decode, b'a'),
                 'UnicodeError: Unsupported error handling replace'),
                (outcome(codecs.getincrementalencoder('idna')('replace').encode, 'a'),
                 'UnicodeError: unsupported error handling replace'),
                (pickletools.optimize(b'\x80\x04\x98N.')[:2], b'\x80\x04')):
            self.assertEqual(found, expected)

    def test_source_that_is_deep(self):
        """Each ends in an exception, or in a tree that the compiler could do."""
        for deep in ('(%s)', '[%s]', '{%s}', '-%s', 'not %s', 'x.a(%s)', 'lambda: %s', '%s if 1 else 0', 'f(%s)', '(yield %s)', 'x[%s]', '{1: %s}'):
            text = '1'
            for _ in range(5000):
                text = deep.replace('%s', text) if len(text) < 50000 else text
            for use in compiled, ast.parse, ast.literal_eval:
                with self.subTest(deep=deep, use=use.__name__):
                    self.take(use, text, (SyntaxError, RecursionError, MemoryError, ValueError))

    def test_patterns_with_many_ways(self):
        """A search that would try very many ways can be stopped."""
        def stop(*args):
            raise TimeoutError
        self.addCleanup(signal.signal, signal.SIGALRM, signal.signal(signal.SIGALRM, stop))
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        with self.assertRaises(TimeoutError):
            re.match('(a*)*(a*)*(a*)*b', 'a' * 40)
            time.sleep(SECONDS)     # where it does not take long


if __name__ == '__main__':
    unittest.main()
