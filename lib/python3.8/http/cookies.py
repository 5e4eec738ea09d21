# SPDX-License-Identifier: MIT
r"""Cookies, as servers write and read them.

    >>> from http import cookies
    >>> jar = cookies.SimpleCookie()
    >>> jar['theme'] = 'dark'
    >>> jar['lang'] = 'et'
    >>> print(jar)      # doctest: +NORMALIZE_WHITESPACE
    Set-Cookie: lang=et
    Set-Cookie: theme=dark
    >>> print(jar.output(header='Cookie:', sep=','))
    Cookie: lang=et,Cookie: theme=dark

A cookie has attributes, which are written after its value:

    >>> jar = cookies.SimpleCookie()
    >>> jar['visits'] = 12
    >>> jar['visits'].value, jar['visits'].key
    ('12', 'visits')
    >>> jar['visits']['path'] = '/shop'
    >>> jar['visits']['max-age'] = 3600
    >>> print(jar)
    Set-Cookie: visits=12; Max-Age=3600; Path=/shop
    >>> print(jar['visits'].OutputString(attrs=['path']))
    visits=12; Path=/shop
    >>> jar['visits']['secure'] = True
    >>> jar['visits']['httponly'] = True
    >>> print(jar['visits'])
    Set-Cookie: visits=12; HttpOnly; Max-Age=3600; Path=/shop; Secure
    >>> jar['visits']['colour'] = 'red'
    Traceback (most recent call last):
        ...
    http.cookies.CookieError: Invalid attribute 'colour'

What a client sends is read with load(); a value in quotes may hold escapes:

    >>> jar = cookies.SimpleCookie()
    >>> jar.load('token=a1b2; basket="apples\\054 \\"pears\\""')
    >>> sorted(jar)
    ['basket', 'token']
    >>> jar['token'].value
    'a1b2'
    >>> jar['basket'].value
    'apples, "pears"'
    >>> jar['basket'].coded_value
    '"apples\\054 \\"pears\\""'
    >>> jar.load({'token': 'c3d4'})
    >>> jar.get('basket').key
    'basket'
    >>> print(jar['token'])
    Set-Cookie: token=c3d4
    >>> del jar['basket']
    >>> len(jar)
    1
    >>> jar.js_output().count('document.cookie')
    1
    >>> jar['two words'] = 'no'
    Traceback (most recent call last):
        ...
    http.cookies.CookieError: Illegal key 'two words'
"""
import re
import string

__all__ = ['CookieError', 'BaseCookie', 'SimpleCookie']

_nulljoin, _semispacejoin, _spacejoin = ''.join, '; '.join, ' '.join


class CookieError(Exception):
    """A cookie's name or attribute cannot be that."""


_LegalChars = string.ascii_letters + string.digits + "!#$%&'*+-.^_`|~:"
_UnescapedChars = _LegalChars + ' ()/<=>?@[]{}'

# In quotes, the rest is written in octal, but for the two that have a short form.
_Translator = {code: '\\%03o' % code for code in set(range(256)) - set(map(ord, _UnescapedChars))}
_Translator.update({ord('"'): '\\"', ord('\\'): '\\\\'})

_is_legal_key = re.compile('[%s]+' % re.escape(_LegalChars)).fullmatch


def _quote(str):
    """Return a value in quotes and with escapes, if it needs them."""
    if str is None or _is_legal_key(str):
        return str
    return '"' + str.translate(_Translator) + '"'


_OctalPatt = re.compile(r'\\[0-3][0-7][0-7]')
_QuotePatt = re.compile(r'[\\].')
_escape = re.compile(r'\\(?:([0-3][0-7][0-7])|(.))', re.DOTALL)


def _unquote(str):
    """Return what a value in quotes means."""
    if str is None or len(str) < 2 or str[0] != '"' or str[-1] != '"':
        return str
    return _escape.sub(lambda found: chr(int(found.group(1), 8)) if found.group(1) else found.group(2), str[1:-1])


_weekdayname = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
_monthname = [None, 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']


def _getdate(future=0, weekdayname=_weekdayname, monthname=_monthname):
    """Return the time, future seconds from now, in the form that the attribute expires has."""
    from time import gmtime, time
    moment = gmtime(time() + future)
    return '%s, %02d %3s %4d %02d:%02d:%02d GMT' % (weekdayname[moment[6]], moment[2], monthname[moment[1]], moment[0],
                                                    *moment[3:6])


class Morsel(dict):
    """One cookie: its name, key, its value, that as it is written, coded_value, and its attributes as a dict."""

    # Attributes -> as they are written
    _reserved = {'expires': 'expires', 'path': 'Path', 'comment': 'Comment', 'domain': 'Domain', 'max-age': 'Max-Age',
                 'secure': 'Secure', 'httponly': 'HttpOnly', 'version': 'Version', 'samesite': 'SameSite'}
    _flags = {'secure', 'httponly'}

    def __init__(self):
        self._key = self._value = self._coded_value = None
        for name in self._reserved:
            dict.__setitem__(self, name, '')

    @property
    def key(self):
        """The name."""
        return self._key

    @property
    def value(self):
        """The value."""
        return self._value

    @property
    def coded_value(self):
        """The value as it is written."""
        return self._coded_value

    def _attribute(self, name):
        lowered = name.lower()
        if lowered not in self._reserved:
            raise CookieError(f'Invalid attribute {lowered if name is not lowered else name!r}')
        return lowered

    def __setitem__(self, K, V):
        dict.__setitem__(self, self._attribute(K), V)

    def setdefault(self, key, val=None):
        return dict.setdefault(self, self._attribute(key), val)

    def __eq__(self, morsel):
        if not isinstance(morsel, Morsel):
            return NotImplemented
        return (dict.__eq__(self, morsel) and
                (self._key, self._value, self._coded_value) == (morsel._key, morsel._value, morsel._coded_value))

    __ne__ = object.__ne__

    def copy(self):
        twin = Morsel()
        dict.update(twin, self)
        twin.__dict__.update(self.__dict__)
        return twin

    def update(self, values):
        dict.update(self, {self._attribute(name): value for name, value in dict(values).items()})

    def isReservedKey(self, K):
        """Say whether that is an attribute's name."""
        return K.lower() in self._reserved

    def set(self, key, val, coded_val):
        """Set name, value, and how that is written. CookieError for a name that cannot be one."""
        if key.lower() in self._reserved:
            raise CookieError(f'Attempt to set a reserved key {key!r}')
        if not _is_legal_key(key):
            raise CookieError(f'Illegal key {key!r}')
        self._key, self._value, self._coded_value = key, val, coded_val

    def __getstate__(self):
        return {'key': self._key, 'value': self._value, 'coded_value': self._coded_value}

    def __setstate__(self, state):
        self._key, self._value, self._coded_value = (state[name] for name in ('key', 'value', 'coded_value'))

    def output(self, attrs=None, header='Set-Cookie:'):
        """Return the cookie as a header, with all attributes or those in attrs."""
        return f'{header} {self.OutputString(attrs)}'

    __str__ = output

    def __repr__(self):
        return f'<{self.__class__.__name__}: {self.OutputString()}>'

    def js_output(self, attrs=None):
        """Return a script that sets the cookie."""
        text = self.OutputString(attrs).replace('"', r'\"')
        return f'''
        <script type="text/javascript">
        <!-- begin hiding
        document.cookie = "{text}";
        // end hiding -->
        </script>
        '''

    def OutputString(self, attrs=None):
        """Return the cookie without the header's name."""
        parts = [f'{self.key}={self.coded_value}']
        wanted = self._reserved if attrs is None else attrs
        for name, value in sorted(self.items()):
            if value == '' or name not in wanted:
                continue
            written = self._reserved[name]
            if name == 'expires' and isinstance(value, int):
                value = _getdate(value)
            elif name == 'comment' and isinstance(value, str):
                value = _quote(value)
            if name in self._flags:
                if value:
                    parts.append(written)
            elif name == 'max-age' and isinstance(value, int):
                parts.append(f'{written}={value:d}')
            else:
                parts.append(f'{written}={value}')
        return _semispacejoin(parts)


_LegalKeyChars = r"\w\d!#%&'~_`><@,:/\$\*\+\-\.\^\|\)\(\?\}\{\="
_LegalValueChars = _LegalKeyChars + r'\[\]'
# A name and perhaps a value: in quotes, a date, or a word; and what ends it.
_CookiePattern = re.compile(
    r'\s*(?P<key>[' + _LegalKeyChars + r']+?)'
    r'(\s*=\s*(?P<val>"(?:[^\\"]|\\.)*"|\w{3},\s[\w\d\s-]{9,11}\s[\d:]{8}\sGMT|[' + _LegalValueChars + r']*))?'
    r'\s*(\s+|;|$)', re.ASCII)


class BaseCookie(dict):
    """Cookies: names to Morsels. value_encode() and value_decode() say how values are written; here as str()."""

    def value_decode(self, val):
        """Return (value, as it was written) for a value that was read."""
        return val, val

    def value_encode(self, val):
        """Return (value, as it is to be written) for a value that a program sets."""
        text = str(val)
        return text, text

    def __init__(self, input=None):
        if input:
            self.load(input)

    def __set(self, key, real_value, coded_value):
        morsel = self.get(key, Morsel())
        morsel.set(key, real_value, coded_value)
        dict.__setitem__(self, key, morsel)

    def __setitem__(self, key, value):
        if isinstance(value, Morsel):
            dict.__setitem__(self, key, value)      # as unpickling does it
        else:
            self.__set(key, *self.value_encode(value))

    def output(self, attrs=None, header='Set-Cookie:', sep='\015\012'):
        """Return all cookies as headers, ordered by name; arguments as for Morsel.output()."""
        return sep.join(morsel.output(attrs, header) for _, morsel in sorted(self.items()))

    __str__ = output

    def __repr__(self):
        pairs = _spacejoin(f'{key}={morsel.value!r}' for key, morsel in sorted(self.items()))
        return f'<{self.__class__.__name__}: {pairs}>'

    def js_output(self, attrs=None):
        """Return scripts that set all cookies."""
        return _nulljoin(morsel.js_output(attrs) for _, morsel in sorted(self.items()))

    def load(self, rawdata):
        """Read cookies from a header's value, or take them from a dict. A header with anything wrong is left out whole."""
        if isinstance(rawdata, str):
            self.__parse_string(rawdata)
        else:
            for key, value in rawdata.items():
                self[key] = value

    def __parse_string(self, str, patt=_CookiePattern):
        found = []              # (name, value) of cookies, and of attributes with a None in front
        seen = False            # a cookie that attributes could belong to
        at = 0
        while 0 <= at < len(str):
            match = patt.match(str, at)
            if not match:
                break
            key, value = match.group('key', 'val')
            at = match.end(0)
            if key[0] == '$':
                # Of RFC 2109: about the cookie before; what stands in front of all is about the header.
                if seen:
                    found.append((None, key[1:], value))
            elif key.lower() in Morsel._reserved:
                if not seen:
                    return      # an attribute of nothing
                if value is not None:
                    found.append((None, key, _unquote(value)))
                elif key.lower() in Morsel._flags:
                    found.append((None, key, True))
                else:
                    return
            elif value is not None:
                found.append((key, *self.value_decode(value)))
                seen = True
            else:
                return
        morsel = None
        for kind, *rest in found:
            if kind is None:
                morsel[rest[0]] = rest[1]
            else:
                self.__set(kind, *rest)
                morsel = self[kind]


class SimpleCookie(BaseCookie):
    """Cookies whose values are str, written in quotes where that is needed."""

    def value_decode(self, val):
        return _unquote(val), val

    def value_encode(self, val):
        text = str(val)
        return text, _quote(text)
