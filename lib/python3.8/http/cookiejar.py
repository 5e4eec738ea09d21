# SPDX-License-Identifier: MIT
"""Cookies for clients: what servers set is kept and sent back, for urllib.request and programs like it.

    jar = CookieJar()                               # or MozillaCookieJar(file), LWPCookieJar(file)
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

Two kinds are known: Netscape's (version 0, the header Set-Cookie, what everybody uses) and those of RFC 2965 (version
1, Set-Cookie2).  A CookiePolicy decides what is accepted and what is sent.  In the terms of the RFCs a "host domain
name" (HDN) is a name and no address, and the "effective request host" is the host with '.local' if it has no dot.
"""

import copy
import datetime
import http.client
import os
import re
import threading as _threading
import time
import urllib.parse
import urllib.request
from calendar import timegm

__all__ = ['Cookie', 'CookieJar', 'CookiePolicy', 'DefaultCookiePolicy', 'FileCookieJar', 'LWPCookieJar', 'LoadError',
           'MozillaCookieJar']

debug = False               # set to true to have decisions logged at level DEBUG
logger = None

DEFAULT_HTTP_PORT = str(http.client.HTTP_PORT)
MISSING_FILENAME_TEXT = 'a filename was not supplied (nor was the CookieJar instance initialised with one)'


def _debug(*args):
    global logger
    if not debug:
        return
    if logger is None:
        import logging
        logger = logging.getLogger('http.cookiejar')
    return logger.debug(*args)


def _warn_unhandled_exception():
    """Warn of an exception that damaged cookies should not have caused."""
    import traceback
    import warnings
    warnings.warn('http.cookiejar bug!\n%s' % traceback.format_exc(), stacklevel=2)


# ---- dates ----

EPOCH_YEAR = 1970
MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()
MONTHS_LOWER = [name.lower() for name in MONTHS]
DAYS = 'Mon Tue Wed Thu Fri Sat Sun'.split()
UTC_ZONES = dict.fromkeys(('GMT', 'UTC', 'UT', 'Z'))

STRICT_DATE_RE = re.compile('[SMTWF][a-z][a-z], ([0-9]{2}) ([JFMASOND][a-z][a-z]) ([0-9]{4}) '
                            '([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT$')
WEEKDAY_RE = re.compile(r'(?:%s)[a-z]*,?\s*' % '|'.join(DAYS), re.I | re.A)
TIMEZONE_RE = re.compile(r'([-+])?(\d\d?):?(\d\d)?$', re.A)

# White space before something optional is part of that, so that there is one way only to match it.
LOOSE_HTTP_DATE_RE = re.compile(r'''
    (?P<day>\d\d?) (?:\s+|[-/]) (?P<mon>\w+) (?:\s+|[-/]) (?P<yr>\d+)
    (?: (?:\s+|:) (?P<hr>\d\d?) : (?P<min>\d\d) (?: : (?P<sec>\d\d) )? )?
    \s* (?: (?P<tz>[-+]?\d{2,4}|(?![APap][Mm]\b)[A-Za-z]+) \s* )?
    (?: \( \w+ \) \s* )?
    $''', re.X | re.A)
ISO_DATE_RE = re.compile(r'''
    (?P<yr>\d{4}) [-/]? (?P<mon>\d\d?) [-/]? (?P<day>\d\d?)
    (?: (?:\s+|[-:Tt]) (?P<hr>\d\d?) :? (?P<min>\d\d) (?: :? (?P<sec>\d\d (?:\.\d*)?) )? )?
    \s* (?: (?P<tz>[-+]?\d\d?:?(?:\d\d)?|[Zz]) \s* )?
    $''', re.X | re.A)


def time2isoz(t=None):
    """Return a time in seconds since the epoch (default: now) as 'YYYY-MM-DD hh:mm:ssZ'."""
    return _utc(t).strftime('%Y-%m-%d %H:%M:%SZ')


def time2netscape(t=None):
    """Return a time in seconds since the epoch (default: now) as 'Wdy, DD-Mon-YYYY HH:MM:SS GMT'."""
    moment = _utc(t)
    return '%s, %02d-%s-%04d %02d:%02d:%02d GMT' % (DAYS[moment.weekday()], moment.day, MONTHS[moment.month - 1],
                                                    moment.year, moment.hour, moment.minute, moment.second)


def _utc(t):
    return datetime.datetime.utcnow() if t is None else datetime.datetime.utcfromtimestamp(t)


def offset_from_tz_string(tz):
    """Return the distance of a zone, '-0700' say, from UTC in seconds; None if it makes no sense."""
    if tz in UTC_ZONES:
        return 0
    match = TIMEZONE_RE.match(tz)
    if not match:
        return None
    sign, hours, minutes = match.groups()
    seconds = 3600 * int(hours) + 60 * int(minutes or 0)
    return -seconds if sign == '-' else seconds


def _timegm(tt):
    """Return the seconds since the epoch of (year, month, day, hour, minute, second, ...), None if out of range."""
    limits = (EPOCH_YEAR, None), (1, 12), (1, 31), (0, 24), (0, 59), (0, 61)
    for value, (low, high) in zip(tt, limits):
        if value < low or high is not None and value > high:
            return None
    return timegm(tt)


def _full_year(year):
    """Return a year of two digits (or three) as the one next to now."""
    now = time.localtime().tm_year
    full = now - now % 100 + year
    distance = now % 100 - year
    if abs(distance) > 50:
        full += 100 if distance > 0 else -100
    return full


def _str2time(day, mon, yr, hr, min, sec, tz):
    """Return the seconds since the epoch of strings, None if they make no sense."""
    yr = int(yr)
    if yr > datetime.MAXYEAR:
        return None
    if mon.lower() in MONTHS_LOWER:
        mon = MONTHS_LOWER.index(mon.lower()) + 1
    else:
        try:
            mon = int(mon)
        except ValueError:
            return None
        if not 1 <= mon <= 12:
            return None
    if yr < 1000:
        yr = _full_year(yr)
    seconds = _timegm((yr, mon, int(day), int(hr or 0), int(min or 0), int(sec or 0), tz))
    if seconds is None:
        return None
    offset = offset_from_tz_string('UTC' if tz is None else tz.upper())
    return None if offset is None else seconds - offset


def http2time(text):
    """Return the seconds since the epoch of a date in any form that HTTP has seen; None if it makes no sense.

    'Wed, 09 Feb 1994 22:23:32 GMT', 'Wednesday, 09-Feb-94 22:23:32 GMT', '09-Feb-1994'... A missing zone is UTC.
    """
    match = STRICT_DATE_RE.match(text)
    if match:
        day, month, year, hour, minute, second = match.groups()
        month = MONTHS_LOWER.index(month.lower()) + 1
        return timegm((int(year), month, int(day), int(hour), int(minute), float(second)))
    text = WEEKDAY_RE.sub('', text.lstrip(), 1)
    match = LOOSE_HTTP_DATE_RE.match(text)
    return _str2time(**match.groupdict()) if match else None


def iso2time(text):
    """Return the seconds since the epoch of a date of ISO 8601, or one like it; None if it makes no sense."""
    match = ISO_DATE_RE.match(text.lstrip())
    if not match:
        return None
    parts = match.groupdict()
    if parts['sec']:
        parts['sec'] = float(parts['sec'])
    return _str2time(**parts)


# ---- headers ----

_WORD = re.compile(r'\s*([^=\s;,]+)(?:\s*=\s*(?:"([^"\\]*(?:\\.[^"\\]*)*)"|([^\s;,]*)))?')
_COMMA = re.compile(r'\s*,')
_JUNK = re.compile(r'[=\s;]*')


def split_header_words(header_values):
    r"""Return a list of lists of (name, value) from the values of headers, that a comma or a new header separates.

    A name without '=' has the value None.  Quotes are removed.

    >>> split_header_words(['foo="bar"; port="80,81"; discard, bar=baz'])
    [[('foo', 'bar'), ('port', '80,81'), ('discard', None)], [('bar', 'baz')]]
    """
    assert not isinstance(header_values, str)
    result = []
    for text in header_values:
        pairs, at = [], 0
        while at < len(text):
            match = _WORD.match(text, at)
            if match:
                name, quoted, plain = match.groups()
                if quoted is not None:
                    quoted = re.sub(r'\\(.)', r'\1', quoted)
                pairs.append((name, plain if quoted is None else quoted))
            else:
                match = _COMMA.match(text, at)
                if match:
                    if pairs:
                        result.append(pairs)
                    pairs = []
                else:
                    match = _JUNK.match(text, at)
            at = match.end()
        if pairs:
            result.append(pairs)
    return result


def join_header_words(lists):
    """Return the text that split_header_words() takes apart; values are quoted where needed.

    >>> join_header_words([[('text/plain', None), ('charset', 'iso-8859/1')]])
    'text/plain; charset="iso-8859/1"'
    """
    headers = []
    for pairs in lists:
        words = []
        for name, value in pairs:
            if value is not None:
                if not re.match(r'\w+$', value):
                    value = '"%s"' % re.sub(r'(["\\])', r'\\\1', value)
                name = f'{name}={value}'
            words.append(name)
        if words:
            headers.append('; '.join(words))
    return ', '.join(headers)


def strip_quotes(text):
    """Return text without a quote at its start and at its end."""
    return re.sub('^"|"$', '', text) if len(text) > 1 else text.strip('"')


def parse_ns_headers(ns_headers):
    """Return a list of lists of (name, value) from headers Set-Cookie in Netscape's manner.

    Everything up to a semicolon is the value, commas, equal signs and quotes too.  'expires' is made a number, and
    'version' added if it is missing.
    """
    known = 'expires', 'domain', 'path', 'secure', 'version', 'port', 'max-age'
    result = []
    for header in ns_headers:
        pairs = []
        for index, parameter in enumerate(header.split(';')):
            name, equal, value = map(str.strip, parameter.partition('='))
            if not name:
                if not index:
                    break
                continue
            if not equal:
                value = None
            if index and name.lower() in known:
                name = name.lower()
                if value is not None and name == 'version':
                    value = strip_quotes(value)
                elif value is not None and name == 'expires':
                    value = http2time(strip_quotes(value))
            pairs.append((name, value))
        if pairs:
            if not any(name == 'version' for name, _ in pairs[1:]):
                pairs.append(('version', '0'))
            result.append(pairs)
    return result


# ---- hosts, domains, paths ----

IPV4_RE = re.compile(r'\.\d+$', re.ASCII)
HTTP_PATH_SAFE = "%/;:@&=+$,!~*'()"
ESCAPED_CHAR_RE = re.compile('%([0-9a-fA-F][0-9a-fA-F])')
cut_port_re = re.compile(r':\d+$', re.ASCII)


def is_HDN(text):
    """Return whether text is a host domain name: neither empty nor an address, no dot at either end."""
    return bool(text) and not IPV4_RE.search(text) and text[0] != '.' and text[-1] != '.'


def liberal_is_HDN(text):
    """Return whether text is no address; what users write as a domain is taken less strictly."""
    return not IPV4_RE.search(text)


def domain_match(A, B):
    """Return whether the host A matches the domain B in the sense of RFC 2965: equal, or A ends in B, '.domain'."""
    A, B = A.lower(), B.lower()
    if A == B:
        return True
    return is_HDN(A) and B.startswith('.') and A.rfind(B) > 0 and is_HDN(B[1:])


def user_domain_match(A, B):
    """Return whether the host A matches B, a host or a '.domain', as in lists of blocked or allowed domains."""
    A, B = A.lower(), B.lower()
    if B.startswith('.') and liberal_is_HDN(A) and liberal_is_HDN(B):
        return A.endswith(B)
    return A == B


def request_host(request):
    """Return the host of a request in lower case, without the port."""
    host = urllib.parse.urlparse(request.get_full_url())[1] or request.get_header('Host', '')
    return cut_port_re.sub('', host, 1).lower()


def eff_request_host(request):
    """Return (host of a request, effective request host)."""
    host = request_host(request)
    return host, host if '.' in host or IPV4_RE.search(host) else host + '.local'


def request_path(request):
    """Return the path of a request, without its query, in the form of escape_path()."""
    path = escape_path(urllib.parse.urlsplit(request.get_full_url()).path)
    return path if path.startswith('/') else '/' + path


def request_port(request):
    """Return the port of a request, a str; None if it is no number."""
    _, colon, port = request.host.partition(':')
    if not colon:
        return DEFAULT_HTTP_PORT
    try:
        int(port)
    except ValueError:
        _debug("nonnumeric port: '%s'", port)
        return None
    return port


def uppercase_escaped_char(match):
    """Return a match of ESCAPED_CHAR_RE with upper-case digits."""
    return '%' + match[1].upper()


def escape_path(path):
    """Return a path with other characters than HTTP_PATH_SAFE's escaped, and escapes in upper case."""
    return ESCAPED_CHAR_RE.sub(uppercase_escaped_char, urllib.parse.quote(path, HTTP_PATH_SAFE))


def reach(h):
    """Return the reach of a host in the sense of RFC 2965: for 'a.b.c' it is '.b.c', for 'a.b' itself."""
    first, dot, rest = h.partition('.')
    if dot and is_HDN(h) and ('.' in rest or rest == 'local'):
        return '.' + rest
    return h


def is_third_party(request):
    """Return whether a request goes to another party than the page it came from, RFC 2965 section 3.3.6."""
    return not domain_match(request_host(request), reach(request.origin_req_host))


# ---- cookies ----

_FIELDS = ('version', 'name', 'value', 'port', 'port_specified', 'domain', 'domain_specified', 'domain_initial_dot',
           'path', 'path_specified', 'secure', 'expires', 'discard', 'comment', 'comment_url')


class Cookie:
    """A cookie; the arguments are attributes.

    version: 0, 1, or None if it is unknown.  value: None if there was no '='.  port: None, or numbers with commas.
    expires: seconds since the epoch, or None.  discard: whether it ends with the session.  The *_specified say that
    the server gave these attributes and they are no defaults.  rest: a dict of other attributes.
    """

    def __init__(self, version, name, value, port, port_specified, domain, domain_specified, domain_initial_dot,
                 path, path_specified, secure, expires, discard, comment, comment_url, rest, rfc2109=False):
        if port is None and port_specified is True:
            raise ValueError('if port is None, port_specified must be false')
        self.version = None if version is None else int(version)
        self.expires = None if expires is None else int(float(expires))
        self.name, self.value = name, value
        self.port, self.port_specified = port, port_specified
        self.domain = domain.lower()
        self.domain_specified, self.domain_initial_dot = domain_specified, domain_initial_dot
        self.path, self.path_specified = path, path_specified
        self.secure, self.discard = secure, discard
        self.comment, self.comment_url = comment, comment_url
        self.rfc2109 = rfc2109
        self._rest = copy.copy(rest)

    def has_nonstandard_attr(self, name):
        """Return whether the server gave an attribute that no standard has."""
        return name in self._rest

    def get_nonstandard_attr(self, name, default=None):
        """Return an attribute that no standard has."""
        return self._rest.get(name, default)

    def set_nonstandard_attr(self, name, value):
        """Set an attribute that no standard has."""
        self._rest[name] = value

    def is_expired(self, now=None):
        """Return whether the cookie has expired by now, seconds since the epoch."""
        if self.expires is None:
            return False
        return self.expires <= (time.time() if now is None else now)

    def __str__(self):
        port = '' if self.port is None else ':' + self.port
        what = self.name if self.value is None else f'{self.name}={self.value}'
        return f'<Cookie {what} for {self.domain}{port}{self.path}>'

    def __repr__(self):
        words = [f'{name}={getattr(self, name)!r}' for name in _FIELDS]
        return f'{self.__class__.__name__}({", ".join(words)}, rest={self._rest!r}, rfc2109={self.rfc2109!r})'


class CookiePolicy:
    """Decides which cookies are accepted and which are sent.

    Attributes: netscape, rfc2965 (which kinds are known), hide_cookie2 (do not announce RFC 2965).
    """

    def set_ok(self, cookie, request):
        """Return whether a cookie, that came in answer to request, is accepted."""
        raise NotImplementedError()

    def return_ok(self, cookie, request):
        """Return whether a cookie is sent with request."""
        raise NotImplementedError()

    def domain_return_ok(self, domain, request):
        """Return whether cookies of a domain may be sent: a quick test before return_ok()."""
        return True

    def path_return_ok(self, path, request):
        """Return whether cookies of a path may be sent: a quick test before return_ok()."""
        return True


# Second-level domains below which countries give names away: '.co.uk' is as public as '.com'.
_PUBLIC_SECOND_LEVEL = set('''co ac com edu org net gov mil int aero biz cat coop info jobs mobi museum name pro travel
                              eu'''.split())


class DefaultCookiePolicy(CookiePolicy):
    """The rules of the RFCs and of Netscape, with some switches.

    blocked_domains, allowed_domains: hosts or '.domains'.  netscape, rfc2965: which kinds are known.
    rfc2109_as_netscape: treat cookies of version 1 in Set-Cookie as Netscape's; by default if rfc2965 is off.
    strict_domain: no cookies for domains like '.co.uk'.  strict_*_unverifiable: none for third parties where the user
    has no say.  strict_ns_domain: a sum of DomainStrictNoDots (no 'a.b.c' for '.c' of d), DomainStrictNonDomain (a
    cookie without domain goes to its host only) and DomainRFC2965Match.  strict_ns_set_initial_dollar: no names with
    '$'.  strict_ns_set_path: only paths the request lies below.  secure_protocols: for cookies that are secure.
    """

    DomainStrictNoDots = 1
    DomainStrictNonDomain = 2
    DomainRFC2965Match = 4

    DomainLiberal = 0
    DomainStrict = DomainStrictNoDots | DomainStrictNonDomain

    def __init__(self, blocked_domains=None, allowed_domains=None, netscape=True, rfc2965=False,
                 rfc2109_as_netscape=None, hide_cookie2=False, strict_domain=False,
                 strict_rfc2965_unverifiable=True, strict_ns_unverifiable=False, strict_ns_domain=DomainLiberal,
                 strict_ns_set_initial_dollar=False, strict_ns_set_path=False, secure_protocols=('https', 'wss')):
        settings = dict(locals())
        for name in ('self', 'blocked_domains', 'allowed_domains'):
            del settings[name]
        self.__dict__.update(settings)
        self._blocked_domains = tuple(blocked_domains or ())
        self.set_allowed_domains(allowed_domains)

    # -- lists of domains --

    def blocked_domains(self):
        """Return the domains that are blocked, a tuple."""
        return self._blocked_domains

    def set_blocked_domains(self, blocked_domains):
        """Set the domains that are blocked."""
        self._blocked_domains = tuple(blocked_domains)

    def is_blocked(self, domain):
        """Return whether a domain is blocked."""
        return any(user_domain_match(domain, other) for other in self._blocked_domains)

    def allowed_domains(self):
        """Return the domains that are allowed, a tuple, or None for all."""
        return self._allowed_domains

    def set_allowed_domains(self, allowed_domains):
        """Set the domains that are allowed; None for all."""
        self._allowed_domains = None if allowed_domains is None else tuple(allowed_domains)

    def is_not_allowed(self, domain):
        """Return whether there is a list of allowed domains, and a domain is not on it."""
        if self._allowed_domains is None:
            return False
        return not any(user_domain_match(domain, other) for other in self._allowed_domains)

    def _known_domain(self, domain):
        if self.is_blocked(domain):
            _debug('   domain %s is in user block-list', domain)
            return False
        if self.is_not_allowed(domain):
            _debug('   domain %s is not in user allow-list', domain)
            return False
        return True

    # -- accepting --

    def set_ok(self, cookie, request):
        """Return whether all of set_ok_*() accept a cookie."""
        _debug(' - checking cookie %s=%s', cookie.name, cookie.value)
        assert cookie.name is not None
        return all(getattr(self, 'set_ok_' + what)(cookie, request)
                   for what in ('version', 'verifiability', 'name', 'path', 'domain', 'port'))

    def _version_ok(self, cookie):
        if cookie.version > 0 and not self.rfc2965:
            _debug('   RFC 2965 cookies are switched off')
            return False
        if cookie.version == 0 and not self.netscape:
            _debug('   Netscape cookies are switched off')
            return False
        return True

    def set_ok_version(self, cookie, request):
        """Return whether the kind of the cookie is known."""
        if cookie.version is None:
            _debug('   Set-Cookie2 without version attribute (%s=%s)', cookie.name, cookie.value)
            return False
        return self._version_ok(cookie)

    def _verifiability_ok(self, cookie, request):
        strict = (cookie.version > 0 and self.strict_rfc2965_unverifiable or
                  cookie.version == 0 and self.strict_ns_unverifiable)
        if strict and request.unverifiable and is_third_party(request):
            _debug('   third-party cookie during unverifiable transaction')
            return False
        return True

    def set_ok_verifiability(self, cookie, request):
        """Return whether the user has a say, or it does not matter."""
        return self._verifiability_ok(cookie, request)

    def set_ok_name(self, cookie, request):
        """Return whether the name is allowed."""
        if cookie.version == 0 and self.strict_ns_set_initial_dollar and cookie.name.startswith('$'):
            _debug("   illegal name (starts with '$'): '%s'", cookie.name)
            return False
        return True

    def set_ok_path(self, cookie, request):
        """Return whether the request lies below the path, if that matters."""
        strict = cookie.version > 0 or cookie.version == 0 and self.strict_ns_set_path
        if cookie.path_specified and strict and not self.path_return_ok(cookie.path, request):
            _debug('   path attribute %s is not a prefix of request path %s', cookie.path, request_path(request))
            return False
        return True

    def set_ok_domain(self, cookie, request):
        """Return whether the host may set a cookie for the domain."""
        domain = cookie.domain
        if not self._known_domain(domain):
            return False
        if not cookie.domain_specified:
            return True
        host, effective = eff_request_host(request)
        if self.strict_domain and re.match(r'\.[^.]+\.[^.]{2}$', domain):
            if domain.split('.')[1].lower() in _PUBLIC_SECOND_LEVEL:
                _debug('   country-code second level domain %s', domain)
                return False
        if '.' not in (domain[1:] if domain.startswith('.') else domain) and domain != '.local':
            _debug('   non-local domain %s contains no embedded dot', domain)
            return False
        if cookie.version == 0 and not effective.endswith(domain) and not ('.' + effective).endswith(domain):
            _debug('   effective request-host %s does not end with %s', effective, domain)
            return False
        if cookie.version > 0 or self.strict_ns_domain & self.DomainRFC2965Match:
            if not domain_match(effective, domain):
                _debug('   effective request-host %s does not domain-match %s', effective, domain)
                return False
        if cookie.version > 0 or self.strict_ns_domain & self.DomainStrictNoDots:
            prefix = host[:-len(domain)]
            if '.' in prefix and not IPV4_RE.search(host):
                _debug('   host prefix %s for domain %s contains a dot', prefix, domain)
                return False
        return True

    def set_ok_port(self, cookie, request):
        """Return whether the port of the request is one of those the cookie names."""
        if not cookie.port_specified:
            return True
        wanted = request_port(request) or '80'
        for port in cookie.port.split(','):
            if not port.isdigit():
                _debug('   bad port %s (not numeric)', port)
                return False
            if port == wanted:
                return True
        _debug('   request port (%s) not found in %s', wanted, cookie.port)
        return False

    # -- sending --

    def return_ok(self, cookie, request):
        """Return whether all of return_ok_*() agree to send a cookie."""
        _debug(' - checking cookie %s=%s', cookie.name, cookie.value)
        return all(getattr(self, 'return_ok_' + what)(cookie, request)
                   for what in ('version', 'verifiability', 'secure', 'expires', 'port', 'domain'))

    def return_ok_version(self, cookie, request):
        """Return whether the kind of the cookie is known."""
        return self._version_ok(cookie)

    def return_ok_verifiability(self, cookie, request):
        """Return whether the user has a say, or it does not matter."""
        return self._verifiability_ok(cookie, request)

    def return_ok_secure(self, cookie, request):
        """Return whether the request is secure, if the cookie wants that."""
        if cookie.secure and request.type not in self.secure_protocols:
            _debug('   secure cookie with non-secure request')
            return False
        return True

    def return_ok_expires(self, cookie, request):
        """Return whether the cookie has not expired."""
        if cookie.is_expired(self._now):
            _debug('   cookie expired')
            return False
        return True

    def return_ok_port(self, cookie, request):
        """Return whether the port of the request is one of the cookie's."""
        if cookie.port and (request_port(request) or '80') not in cookie.port.split(','):
            _debug('   request port does not match cookie port %s', cookie.port)
            return False
        return True

    def return_ok_domain(self, cookie, request):
        """Return whether the host lies in the cookie's domain."""
        host, effective = eff_request_host(request)
        domain = cookie.domain
        dotted = domain if not domain or domain.startswith('.') else '.' + domain
        if cookie.version == 0:
            if (self.strict_ns_domain & self.DomainStrictNonDomain and not cookie.domain_specified
                    and domain != effective):
                _debug('   cookie with unspecified domain does not string-compare equal to request domain')
                return False
            if not ('.' + effective).endswith(dotted):
                _debug('   request-host %s does not match Netscape cookie domain %s', effective, domain)
                return False
        elif cookie.version > 0 and not domain_match(effective, domain):
            _debug('   effective request-host name %s does not domain-match RFC 2965 cookie domain %s', effective,
                   domain)
            return False
        return True

    def domain_return_ok(self, domain, request):
        """Return whether the host may lie in a domain."""
        dotted = domain if not domain or domain.startswith('.') else '.' + domain
        if not any(('.' + host.lstrip('.')).endswith(dotted) for host in eff_request_host(request)):
            return False
        return self._known_domain(domain)

    def path_return_ok(self, path, request):
        """Return whether the request lies at or below a path."""
        _debug('- checking cookie path=%s', path)
        wanted = request_path(request)
        if wanted == path or wanted.startswith(path if path.endswith('/') else path + '/'):
            return True
        _debug('  %s does not path-match %s', wanted, path)
        return False


# ---- the jar ----

def vals_sorted_by_key(adict):
    """Return the values of a dict in the order of their keys."""
    return [adict[key] for key in sorted(adict)]


def deepvalues(mapping):
    """Yield the values of a mapping of mappings of... that are no mappings, in the order of their keys."""
    for value in vals_sorted_by_key(mapping):
        if hasattr(value, 'items'):
            yield from deepvalues(value)
        else:
            yield value


class Absent:
    """Stands for an attribute that the server did not give."""


_BOOLEAN = 'discard', 'secure'
_VALUED = 'version', 'expires', 'max-age', 'domain', 'path', 'port', 'comment', 'commenturl'
_MAY_BE_EMPTY = 'port', 'discard', 'comment', 'commenturl'


def _standard_attributes(attributes, now):
    """Return (dict of the standard attributes, dict of the others); None if the cookie is damaged."""
    standard, rest, aged = {}, {}, False
    for name, value in attributes:
        if name.lower() in _BOOLEAN or name.lower() in _VALUED:
            name = name.lower()
        if name in _BOOLEAN and value is None:
            value = True
        if name in standard:                            # the first one counts
            continue
        if name == 'domain' and value is not None:
            value = value.lower()
        elif name == 'expires' and (aged or value is None):      # Max-Age counts more; no date is a bad date
            continue
        elif name == 'max-age':
            aged = True
            try:
                value = now + int(value)
            except (ValueError, TypeError):
                _debug('   missing or invalid (non-numeric) value for max-age attribute')
                return None
            name = 'expires'
        if name not in _BOOLEAN and name not in _VALUED:
            rest[name] = value
        elif value is None and name not in _MAY_BE_EMPTY:
            _debug('   missing value for %s attribute', name)
            return None
        else:
            standard[name] = value
    return standard, rest


class CookieJar:
    """A collection of cookies; iterating gives them all.  Several threads may use it."""

    non_word_re = re.compile(r'\W')
    quote_re = re.compile(r'(["\\])')
    strict_domain_re = re.compile(r'\.?[^.]*')
    domain_re = re.compile(r'[^.]*')
    dots_re = re.compile(r'^\.+')
    magic_re = re.compile(r'^\#LWP-Cookies-(\d+\.\d+)', re.ASCII)

    def __init__(self, policy=None):
        self._policy = DefaultCookiePolicy() if policy is None else policy
        self._cookies_lock = _threading.RLock()
        self._cookies = {}                              # domain -> path -> name -> Cookie

    def set_policy(self, policy):
        """Use another CookiePolicy."""
        self._policy = policy

    # -- sending --

    def _cookies_for_domain(self, domain, request):
        if not self._policy.domain_return_ok(domain, request):
            return []
        _debug('Checking %s for cookies to return', domain)
        return [cookie for path, by_name in self._cookies[domain].items()
                if self._policy.path_return_ok(path, request)
                for cookie in by_name.values() if self._policy.return_ok(cookie, request)]

    def _cookies_for_request(self, request):
        """Return the cookies that are sent with a request."""
        return [cookie for domain in self._cookies for cookie in self._cookies_for_domain(domain, request)]

    def _cookie_attrs(self, cookies):
        """Return the parts of the header Cookie; those with the longest paths come first."""
        cookies.sort(key=lambda cookie: len(cookie.path), reverse=True)
        words = []
        for index, cookie in enumerate(cookies):
            newer = cookie.version > 0
            if newer and not index:
                words.append('$Version=%s' % cookie.version)
            value = cookie.value
            if value is None:
                words.append(cookie.name)
            else:
                if newer and self.non_word_re.search(value):
                    value = self.quote_re.sub(r'\\\1', value)
                words.append(f'{cookie.name}={value}')
            if newer:
                words += self._newer_attrs(cookie)
        return words

    def _newer_attrs(self, cookie):
        if cookie.path_specified:
            yield '$Path="%s"' % cookie.path
        if cookie.domain.startswith('.'):
            yield '$Domain="%s"' % cookie.domain[0 if cookie.domain_initial_dot else 1:]
        if cookie.port is not None:
            yield '$Port="%s"' % cookie.port if cookie.port_specified else '$Port'

    def add_cookie_header(self, request):
        """Add the headers Cookie and Cookie2 to a urllib.request.Request."""
        with self._cookies_lock:
            self._policy._now = self._now = int(time.time())
            cookies = self._cookies_for_request(request)
            words = self._cookie_attrs(cookies)
            if words and not request.has_header('Cookie'):
                request.add_unredirected_header('Cookie', '; '.join(words))
            if self._policy.rfc2965 and not self._policy.hide_cookie2 and not request.has_header('Cookie2'):
                if any(cookie.version != 1 for cookie in cookies):
                    request.add_unredirected_header('Cookie2', '$Version="1"')
        self.clear_expired_cookies()

    # -- receiving --

    def _normalized_cookie_tuples(self, attrs_set):
        """Return (name, value, standard attributes, other attributes) for each cookie that is not damaged."""
        tuples = []
        for (name, value), *attributes in attrs_set:
            found = _standard_attributes(attributes, self._now)
            if found is not None:
                tuples.append((name, value, *found))
        return tuples

    def _cookie_from_cookie_tuple(self, tup, request):
        """Return a Cookie, defaults filled in; None if there is none, because it is damaged or has expired."""
        name, value, standard, rest = tup
        version = standard.get('version')
        if version is not None:
            try:
                version = int(version)
            except ValueError:
                return None
        path, path_specified = standard.get('path') or '', bool(standard.get('path'))
        path = escape_path(path) if path_specified else self._default_path(request, version)
        domain = standard.get('domain', Absent)
        domain_specified = domain is not Absent
        initial_dot = domain_specified and domain.startswith('.')
        if not domain_specified:
            domain = eff_request_host(request)[1]
        elif not initial_dot:
            domain = '.' + domain
        port, port_specified = standard.get('port', Absent), False
        if port is Absent:
            port = None
        elif port is None:                              # the attribute without value: this port only
            port = request_port(request)
        else:
            port, port_specified = re.sub(r'\s+', '', port), True
        discard = standard.get('discard', False)
        expires = standard.get('expires')
        if expires is None:
            discard = True
        elif expires <= self._now:                      # that is how a server removes one
            try:
                self.clear(domain, path, name)
            except KeyError:
                pass
            _debug("Expiring cookie, domain='%s', path='%s', name='%s'", domain, path, name)
            return None
        return Cookie(version, name, value, port, port_specified, domain, domain_specified, initial_dot, path,
                      path_specified, standard.get('secure', False), expires, discard, standard.get('comment'),
                      standard.get('commenturl'), rest)

    @staticmethod
    def _default_path(request, version):
        """Return the folder of the request, with a slash at its end except for Netscape cookies."""
        head, slash, _ = request_path(request).rpartition('/')
        return (head if version == 0 else head + slash) or '/'

    def _cookies_from_attrs_set(self, attrs_set, request):
        found = [self._cookie_from_cookie_tuple(each, request) for each in self._normalized_cookie_tuples(attrs_set)]
        return [cookie for cookie in found if cookie]

    def _process_rfc2109_cookies(self, cookies):
        """Mark cookies of version 1 that came in Set-Cookie, and make them Netscape cookies if the policy says so."""
        downgrade = getattr(self._policy, 'rfc2109_as_netscape', None)
        if downgrade is None:
            downgrade = not self._policy.rfc2965
        for cookie in cookies:
            if cookie.version == 1:
                cookie.rfc2109 = True
                if downgrade:
                    cookie.version = 0

    def make_cookies(self, response, request):
        """Return the cookies of a response to a request, a list."""
        headers = response.info()
        newer, older = headers.get_all('Set-Cookie2', []), headers.get_all('Set-Cookie', [])
        self._policy._now = self._now = int(time.time())
        rfc2965, netscape = self._policy.rfc2965, self._policy.netscape
        if not (newer and rfc2965 or older and netscape):
            return []
        cookies = self._parsed(split_header_words, newer, request)
        if older and netscape:
            more = self._parsed(parse_ns_headers, older, request)
            self._process_rfc2109_cookies(more)
            if rfc2965:                                 # the newer header is preferred
                taken = {(cookie.domain, cookie.path, cookie.name) for cookie in cookies}
                more = [cookie for cookie in more if (cookie.domain, cookie.path, cookie.name) not in taken]
            cookies += more
        return cookies

    def _parsed(self, parse, headers, request):
        try:
            return self._cookies_from_attrs_set(parse(headers), request)
        except Exception:
            _warn_unhandled_exception()
            return []

    def set_cookie_if_ok(self, cookie, request):
        """Keep a cookie if the policy accepts it."""
        with self._cookies_lock:
            self._policy._now = self._now = int(time.time())
            if self._policy.set_ok(cookie, request):
                self.set_cookie(cookie)

    def set_cookie(self, cookie):
        """Keep a cookie, whatever the policy says."""
        with self._cookies_lock:
            self._cookies.setdefault(cookie.domain, {}).setdefault(cookie.path, {})[cookie.name] = cookie

    def extract_cookies(self, response, request):
        """Keep the cookies of a response that the policy accepts."""
        _debug('extract_cookies: %s', response.info())
        with self._cookies_lock:
            for cookie in self.make_cookies(response, request):
                if self._policy.set_ok(cookie, request):
                    _debug(' setting cookie: %s', cookie)
                    self.set_cookie(cookie)

    # -- the collection --

    def clear(self, domain=None, path=None, name=None):
        """Remove all cookies, those of a domain, of a path of it, or one; KeyError if there is none."""
        if name is not None:
            if domain is None or path is None:
                raise ValueError('domain and path must be given to remove a cookie by name')
            del self._cookies[domain][path][name]
        elif path is not None:
            if domain is None:
                raise ValueError('domain must be given to remove cookies by path')
            del self._cookies[domain][path]
        elif domain is not None:
            del self._cookies[domain]
        else:
            self._cookies = {}

    def _remove(self, condition):
        with self._cookies_lock:
            for cookie in [cookie for cookie in self if condition(cookie)]:
                self.clear(cookie.domain, cookie.path, cookie.name)

    def clear_session_cookies(self):
        """Remove the cookies that end with the session."""
        self._remove(lambda cookie: cookie.discard)

    def clear_expired_cookies(self):
        """Remove the cookies that have expired."""
        now = time.time()
        self._remove(lambda cookie: cookie.is_expired(now))

    def __iter__(self):
        return deepvalues(self._cookies)

    def __len__(self):
        return sum(1 for _ in self)

    def __repr__(self):
        return '<%s[%s]>' % (self.__class__.__name__, ', '.join(map(repr, self)))

    def __str__(self):
        return '<%s[%s]>' % (self.__class__.__name__, ', '.join(map(str, self)))


# ---- files ----

class LoadError(OSError):
    """A file of cookies is damaged."""


class FileCookieJar(CookieJar):
    """A jar that is kept in a file; delayload is for those that can wait with reading it."""

    def __init__(self, filename=None, delayload=False, policy=None):
        CookieJar.__init__(self, policy)
        self.filename = None if filename is None else os.fspath(filename)
        self.delayload = bool(delayload)

    def _path(self, filename):
        path = self.filename if filename is None else filename
        if path is None:
            raise ValueError(MISSING_FILENAME_TEXT)
        return path

    def _worth_keeping(self, ignore_discard, ignore_expires):
        """Yield the cookies; those that end with the session, or have expired, only if that is ignored."""
        now = time.time()
        for cookie in self:
            if (ignore_discard or not cookie.discard) and (ignore_expires or not cookie.is_expired(now)):
                yield cookie

    def _take(self, cookie, ignore_discard, ignore_expires, now):
        if (ignore_discard or not cookie.discard) and (ignore_expires or not cookie.is_expired(now)):
            self.set_cookie(cookie)

    def save(self, filename=None, ignore_discard=False, ignore_expires=False):
        """Write the cookies; ignore_* are for those that end with the session or have expired."""
        raise NotImplementedError()

    def load(self, filename=None, ignore_discard=False, ignore_expires=False):
        """Add the cookies of a file; LoadError if it is damaged."""
        path = self._path(filename)
        with open(path) as f:
            self._really_load(f, path, ignore_discard, ignore_expires)

    def revert(self, filename=None, ignore_discard=False, ignore_expires=False):
        """Replace the cookies by those of a file; they stay as they are if that fails."""
        path = self._path(filename)
        with self._cookies_lock:
            before = copy.deepcopy(self._cookies)
            self._cookies = {}
            try:
                self.load(path, ignore_discard, ignore_expires)
            except OSError:
                self._cookies = before
                raise


def lwp_cookie_str(cookie):
    """Return a cookie in the form of a header Set-Cookie3, as libwww-perl writes it."""
    flags = (('path_spec', cookie.path_specified), ('port_spec', cookie.port_specified),
             ('domain_dot', cookie.domain_initial_dot), ('secure', cookie.secure))
    pairs = [(cookie.name, cookie.value), ('path', cookie.path), ('domain', cookie.domain)]
    if cookie.port is not None:
        pairs.append(('port', cookie.port))
    pairs += [(name, None) for name, present in flags if present]
    if cookie.expires:
        pairs.append(('expires', time2isoz(float(cookie.expires))))
    if cookie.discard:
        pairs.append(('discard', None))
    pairs += [(name, value) for name, value in (('comment', cookie.comment), ('commenturl', cookie.comment_url)) if value]
    pairs += [(name, str(cookie._rest[name])) for name in sorted(cookie._rest)]
    pairs.append(('version', str(cookie.version)))
    return join_header_words([pairs])


class LWPCookieJar(FileCookieJar):
    """A file of lines 'Set-Cookie3: ...', as libwww-perl has it; nothing of a cookie is lost."""

    def as_lwp_str(self, ignore_discard=True, ignore_expires=True):
        """Return the cookies as lines."""
        return ''.join(['Set-Cookie3: %s\n' % lwp_cookie_str(cookie)
                        for cookie in self._worth_keeping(ignore_discard, ignore_expires)])

    def save(self, filename=None, ignore_discard=False, ignore_expires=False):
        with open(self._path(filename), 'w') as f:
            f.write('#LWP-Cookies-2.0\n' + self.as_lwp_str(ignore_discard, ignore_expires))

    def _really_load(self, f, filename, ignore_discard, ignore_expires):
        if not self.magic_re.search(f.readline()):
            raise LoadError('%r does not look like a Set-Cookie3 (LWP) format file' % filename)
        now = time.time()
        head = 'Set-Cookie3:'
        try:
            for line in f:
                if line.startswith(head):
                    for words in split_header_words([line[len(head):].strip()]):
                        self._take(self._cookie(words), ignore_discard, ignore_expires, now)
        except OSError:
            raise
        except Exception:
            _warn_unhandled_exception()
            raise LoadError('invalid Set-Cookie3 format file %r: %r' % (filename, line))

    @staticmethod
    def _cookie(words):
        flags = 'port_spec', 'path_spec', 'domain_dot', 'secure', 'discard'
        valued = 'version', 'port', 'path', 'domain', 'expires', 'comment', 'commenturl'
        (name, value), *attributes = words
        known, rest = dict.fromkeys(flags, False), {}
        for key, text in attributes:
            lower = key.lower()
            if lower in flags:
                known[lower] = True if text is None else text
            elif lower in valued:
                known[lower] = text
            else:
                rest[key] = text
        expires = known.get('expires')
        if expires is not None:
            expires = iso2time(expires)
        return Cookie(known.get('version'), name, value, known.get('port'), known['port_spec'], known.get('domain'),
                      known.get('domain').startswith('.'), known['domain_dot'], known.get('path'), known['path_spec'],
                      known['secure'], expires, True if expires is None else known['discard'], known.get('comment'),
                      known.get('commenturl'), rest)


class MozillaCookieJar(FileCookieJar):
    """A file cookies.txt, as Netscape, Mozilla, curl, Lynx and others have it.

    It has seven columns: domain, whether it begins with a dot, path, whether the cookie is secure, when it expires,
    name and value.  What else there is of cookies of RFC 2965, and ports, is lost.
    """

    magic_re = re.compile('#( Netscape)? HTTP Cookie File')
    header = '\n'.join(['# Netscape HTTP Cookie File', '# http://curl.haxx.se/rfc/cookie_spec.html',
                        '# This is a generated file!  Do not edit.', '', ''])

    def _really_load(self, f, filename, ignore_discard, ignore_expires):
        if not self.magic_re.search(f.readline()):
            raise LoadError('%r does not look like a Netscape format cookies file' % filename)
        now = time.time()
        try:
            for line in f:
                line = line.rstrip('\n')
                if line.strip() and not line.strip().startswith(('#', '$')):
                    self._take(self._cookie(line), ignore_discard, ignore_expires, now)
        except OSError:
            raise
        except Exception:
            _warn_unhandled_exception()
            raise LoadError('invalid Netscape format cookies file %r: %r' % (filename, line))

    @staticmethod
    def _cookie(line):
        domain, specified, path, secure, expires, name, value = line.split('\t')
        if not name:                                    # a cookie without value stands here as one without name
            name, value = value, None
        dot = domain.startswith('.')
        assert (specified == 'TRUE') == dot
        return Cookie(0, name, value, None, False, domain, dot, dot, path, False, secure == 'TRUE', expires or None,
                      not expires, None, None, {})

    def save(self, filename=None, ignore_discard=False, ignore_expires=False):
        with open(self._path(filename), 'w') as f:
            f.write(self.header)
            for cookie in self._worth_keeping(ignore_discard, ignore_expires):
                name, value = (cookie.name, cookie.value) if cookie.value is not None else ('', cookie.name)
                expires = '' if cookie.expires is None else str(cookie.expires)
                yes_no = ['TRUE' if each else 'FALSE' for each in (cookie.domain.startswith('.'), cookie.secure)]
                f.write('\t'.join([cookie.domain, yes_no[0], cookie.path, yes_no[1], expires, name, value]) + '\n')
