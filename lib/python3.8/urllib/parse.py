# SPDX-License-Identifier: MIT
"""Taking URLs apart and putting them together (RFC 3986, and its forerunners RFC 1738, 1808, 2396).

    scheme://netloc/path;params?query#fragment

urlsplit() and urlparse() take apart, urlunsplit() and urlunparse() put together,
urljoin() resolves a relative URL, quote() and unquote() work on %xx escapes,
urlencode(), parse_qs() and parse_qsl() on query strings.  All take str or bytes,
not mixed, and return the same.
"""
import re
import unicodedata
from collections import defaultdict, namedtuple

__all__ = ['urlparse', 'urlunparse', 'urljoin', 'urldefrag', 'urlsplit', 'urlunsplit', 'urlencode', 'parse_qs',
           'parse_qsl', 'quote', 'quote_plus', 'quote_from_bytes', 'unquote', 'unquote_plus', 'unquote_to_bytes',
           'DefragResult', 'ParseResult', 'SplitResult', 'DefragResultBytes', 'ParseResultBytes', 'SplitResultBytes']

# What the schemes have; '' stands for none.
uses_relative = ['', *'''ftp http gopher nntp imap wais file https shttp mms prospero rtsp rtspu sftp svn svn+ssh ws
                         wss'''.split()]
uses_netloc = ['', *'''ftp http gopher nntp telnet imap wais file mms https shttp snews prospero rtsp rtspu rsync svn
                       svn+ssh sftp nfs git git+ssh ws wss'''.split()]
uses_params = ['', *'ftp hdl prospero http imap https shttp rtsp rtspu sip sips mms sftp tel'.split()]
non_hierarchical = 'gopher hdl mailto news telnet wais imap snews sip sips'.split()
uses_query = ['', *'http wais imap https shttp mms gopher rtsp rtspu sip sips'.split()]
uses_fragment = ['', *'ftp hdl http gopher news nntp wais https shttp snews file prospero'.split()]

scheme_chars = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.'

# Browsers drop these in front of a URL, and those anywhere in it.
_WHATWG_C0_CONTROL_OR_SPACE = ''.join(map(chr, range(0x21)))
_UNSAFE_URL_BYTES_TO_REMOVE = ['\t', '\r', '\n']

MAX_CACHE_SIZE = 20
_parse_cache = {}


def clear_cache():
    """Forget the URLs that were split last, and the tables of quote()."""
    _parse_cache.clear()
    _safe_quoters.clear()


# str and bytes: all work is done on str; bytes are decoded as ASCII, and results encoded again.

_implicit_encoding = 'ascii'
_implicit_errors = 'strict'


def _noop(obj):
    return obj


def _encode_result(obj, encoding=_implicit_encoding, errors=_implicit_errors):
    return obj.encode(encoding, errors)


def _decode_args(args, encoding=_implicit_encoding, errors=_implicit_errors):
    return tuple(arg.decode(encoding, errors) if arg else '' for arg in args)


def _coerce_args(*args):
    """Return the arguments as str, and behind them a function that makes a result what they were."""
    as_str = isinstance(args[0], str)
    for arg in args[1:]:
        # '' goes with both: it is a default.
        if arg and isinstance(arg, str) != as_str:
            raise TypeError('Cannot mix str and non-str arguments')
    if as_str:
        return args + (_noop,)
    return _decode_args(args) + (_encode_result,)


class _ResultMixinStr(object):
    """encode(), for results of str."""
    __slots__ = ()

    def encode(self, encoding='ascii', errors='strict'):
        return self._encoded_counterpart(*[part.encode(encoding, errors) for part in self])


class _ResultMixinBytes(object):
    """decode(), for results of bytes."""
    __slots__ = ()

    def decode(self, encoding='ascii', errors='strict'):
        return self._decoded_counterpart(*[part.decode(encoding, errors) for part in self])


class _NetlocResultMixinBase(object):
    """The parts of the netloc: user:password@host:port."""
    __slots__ = ()

    @property
    def username(self):
        return self._userinfo[0]

    @property
    def password(self):
        return self._userinfo[1]

    @property
    def hostname(self):
        """The host in lower case, but for the zone of an IPv6 address; None if there is none."""
        host = self._hostinfo[0]
        if not host:
            return None
        name, percent, zone = host.partition('%' if isinstance(host, str) else b'%')
        return name.lower() + percent + zone

    @property
    def port(self):
        """The port as an int; None if there is none. ValueError if it is no number or too large."""
        text = self._hostinfo[1]
        if text is None:
            return None
        try:
            number = int(text, 10)
        except ValueError:
            raise ValueError(f'Port could not be cast to integer value as {text!r}') from None
        if 0 <= number <= 65535:
            return number
        raise ValueError('Port out of range 0-65535')

    def _split_user(self, at, colon):
        user, found, _ = self.netloc.rpartition(at)
        if not found:
            return None, None
        name, found, password = user.partition(colon)
        return name, password if found else None

    def _split_host(self, at, opening, closing, colon):
        host = self.netloc.rpartition(at)[2]
        _, bracket, inside = host.partition(opening)
        if bracket:
            host, _, rest = inside.partition(closing)
            port = rest.partition(colon)[2]
        else:
            host, _, port = host.partition(colon)
        return host, port or None


class _NetlocResultMixinStr(_NetlocResultMixinBase, _ResultMixinStr):
    __slots__ = ()

    @property
    def _userinfo(self):
        return self._split_user('@', ':')

    @property
    def _hostinfo(self):
        return self._split_host('@', '[', ']', ':')


class _NetlocResultMixinBytes(_NetlocResultMixinBase, _ResultMixinBytes):
    __slots__ = ()

    @property
    def _userinfo(self):
        return self._split_user(b'@', b':')

    @property
    def _hostinfo(self):
        return self._split_host(b'@', b'[', b']', b':')


_DefragResultBase = namedtuple('DefragResult', 'url fragment')
_SplitResultBase = namedtuple('SplitResult', 'scheme netloc path query fragment')
_ParseResultBase = namedtuple('ParseResult', 'scheme netloc path params query fragment')

_DefragResultBase.__doc__ = 'DefragResult(url, fragment): a URL, and the fragment that was taken off it.'
_SplitResultBase.__doc__ = 'SplitResult(scheme, netloc, path, query, fragment): the parts of a URL.'
_ParseResultBase.__doc__ = 'ParseResult(scheme, netloc, path, params, query, fragment): the parts of a URL.'
for _base in _DefragResultBase, _SplitResultBase, _ParseResultBase:
    for _field, _text in (('url', 'The URL without fragment.'), ('scheme', "What is in front of the ':'."),
                          ('netloc', "The server: between '//' and the next '/'."),
                          ('path', "What follows it, up to '?' or '#'."),
                          ('params', "What follows the ';' in the path's last part."),
                          ('query', "What follows the '?'."), ('fragment', "What follows the '#'.")):
        if _field in _base._fields:
            getattr(_base, _field).__doc__ = _text
del _base, _field, _text

ResultBase = _NetlocResultMixinStr      # a name of old


class DefragResult(_DefragResultBase, _ResultMixinStr):
    __slots__ = ()

    def geturl(self):
        """Return the URL, with its fragment."""
        return self.url + '#' + self.fragment if self.fragment else self.url


class SplitResult(_SplitResultBase, _NetlocResultMixinStr):
    __slots__ = ()

    def geturl(self):
        """Return the URL."""
        return urlunsplit(self)


class ParseResult(_ParseResultBase, _NetlocResultMixinStr):
    __slots__ = ()

    def geturl(self):
        """Return the URL."""
        return urlunparse(self)


class DefragResultBytes(_DefragResultBase, _ResultMixinBytes):
    __slots__ = ()

    def geturl(self):
        """Return the URL, with its fragment."""
        return self.url + b'#' + self.fragment if self.fragment else self.url


class SplitResultBytes(_SplitResultBase, _NetlocResultMixinBytes):
    __slots__ = ()

    def geturl(self):
        """Return the URL."""
        return urlunsplit(self)


class ParseResultBytes(_ParseResultBase, _NetlocResultMixinBytes):
    __slots__ = ()

    def geturl(self):
        """Return the URL."""
        return urlunparse(self)


def _pair_results():
    for of_str, of_bytes in ((DefragResult, DefragResultBytes), (SplitResult, SplitResultBytes),
                             (ParseResult, ParseResultBytes)):
        of_str._encoded_counterpart = of_bytes
        of_bytes._decoded_counterpart = of_str


_pair_results()
del _pair_results


def urlparse(url, scheme='', allow_fragments=True):
    """Take a URL apart into scheme, netloc, path, params, query and fragment: a ParseResult.

    scheme is for URLs that have none; without allow_fragments, '#' is nothing
    special.
    """
    url, scheme, restore = _coerce_args(url, scheme)
    parts = urlsplit(url, scheme, allow_fragments)
    path, params = parts.path, ''
    if ';' in path and parts.scheme in uses_params:
        path, params = _splitparams(path)
    return restore(ParseResult(parts.scheme, parts.netloc, path, params, parts.query, parts.fragment))


def _splitparams(url):
    """Cut a path at the first ';' of its last part."""
    at = url.find(';', url.rfind('/') + 1)
    return (url, '') if at < 0 else (url[:at], url[at + 1:])


def _splitnetloc(url, start=0):
    """Cut at the end of the netloc that begins at start."""
    end = min((at for at in (url.find(char, start) for char in '/?#') if at >= 0), default=len(url))
    return url[start:end], url[end:]


def _checknetloc(netloc):
    """Refuse a netloc in which characters become delimiters when it is normalized, as IDNA does."""
    if not netloc or netloc.isascii():
        return
    # Those that are there openly were seen when it was split.
    plain = netloc.translate(dict.fromkeys(map(ord, '@:#?')))
    normal = unicodedata.normalize('NFKC', plain)
    if normal != plain and any(char in normal for char in '/?#@:'):
        raise ValueError("netloc '" + netloc + "' contains invalid characters under NFKC normalization")


def _remove_unsafe_bytes_from_url(url):
    for char in _UNSAFE_URL_BYTES_TO_REMOVE:
        url = url.replace(char, '')
    return url


def _split_scheme(url):
    """Return the scheme of a URL, '' for none, and what follows it."""
    scheme, colon, rest = url.partition(':')
    if not colon or not scheme or scheme.strip(scheme_chars):
        return '', url
    # A name with a port is no scheme.
    if scheme != 'http' and rest and rest.isdigit() and rest.isascii():
        return '', url
    return scheme.lower(), rest


def urlsplit(url, scheme='', allow_fragments=True):
    """Take a URL apart into scheme, netloc, path, query and fragment: a SplitResult.

    scheme is for URLs that have none; without allow_fragments, '#' is nothing
    special.  Control characters and spaces in front, and tabs and line ends
    anywhere, are dropped.  ValueError for brackets that do not fit, and for
    servers with characters that would turn into delimiters.
    """
    url, scheme, restore = _coerce_args(url, scheme)
    url = _remove_unsafe_bytes_from_url(url.lstrip(_WHATWG_C0_CONTROL_OR_SPACE))
    scheme = _remove_unsafe_bytes_from_url(scheme.strip(_WHATWG_C0_CONTROL_OR_SPACE))
    allow_fragments = bool(allow_fragments)
    key = url, scheme, allow_fragments, type(url), type(scheme)
    result = _parse_cache.get(key)
    if result is None:
        found, rest = _split_scheme(url)
        scheme = found or scheme
        netloc = query = fragment = ''
        if rest.startswith('//'):
            netloc, rest = _splitnetloc(rest, 2)
            if ('[' in netloc) != (']' in netloc):
                raise ValueError('Invalid IPv6 URL')
        if allow_fragments:
            rest, _, fragment = rest.partition('#')
        rest, _, query = rest.partition('?')
        _checknetloc(netloc)
        result = SplitResult(scheme, netloc, rest, query, fragment)
        if len(_parse_cache) >= MAX_CACHE_SIZE:
            clear_cache()
        _parse_cache[key] = result
    return restore(result)


def urlunparse(components):
    """Put the six parts that urlparse() returns together again; delimiters of empty parts may be left out."""
    scheme, netloc, path, params, query, fragment, restore = _coerce_args(*components)
    if params:
        path = f'{path};{params}'
    return restore(urlunsplit((scheme, netloc, path, query, fragment)))


def urlunsplit(components):
    """Put the five parts that urlsplit() returns together again; delimiters of empty parts may be left out."""
    scheme, netloc, url, query, fragment, restore = _coerce_args(*components)
    if netloc or (scheme and scheme in uses_netloc and not url.startswith('//')):
        slash = '/' if url and not url.startswith('/') else ''
        url = '//' + (netloc or '') + slash + url
    if scheme:
        url = scheme + ':' + url
    if query:
        url += '?' + query
    if fragment:
        url += '#' + fragment
    return restore(url)


def _join_paths(base, path):
    """Resolve a relative path that is not empty."""
    if path.startswith('/'):
        steps = path.split('/')
    else:
        # The last part of the base is not a folder.
        above = base.split('/')
        steps = (above if above[-1] == '' else above[:-1]) + path.split('/')
        steps[1:-1] = filter(None, steps[1:-1])
    reached = []
    for step in steps:
        if step == '..':
            if reached:
                reached.pop()
        elif step != '.':
            reached.append(step)
    if steps[-1] in ('.', '..'):
        reached.append('')
    return '/'.join(reached) or '/'


def urljoin(base, url, allow_fragments=True):
    """Return the URL that url means in a document at base."""
    if not base:
        return url
    if not url:
        return base
    base, url, restore = _coerce_args(base, url)
    origin = urlparse(base, '', allow_fragments)
    target = urlparse(url, origin.scheme, allow_fragments)
    if target.scheme != origin.scheme or target.scheme not in uses_relative:
        return restore(url)
    if target.scheme in uses_netloc:
        if target.netloc:
            return restore(urlunparse(target))
        target = target._replace(netloc=origin.netloc)
    if not target.path and not target.params:
        target = target._replace(path=origin.path, params=origin.params, query=target.query or origin.query)
    else:
        target = target._replace(path=_join_paths(origin.path, target.path))
    return restore(urlunparse(target))


def urldefrag(url):
    """Take the fragment off a URL: a DefragResult of both."""
    url, restore = _coerce_args(url)
    fragment = ''
    if '#' in url:
        parts = urlparse(url)
        fragment = parts.fragment
        url = urlunparse(parts._replace(fragment=''))
    return restore(DefragResult(url, fragment))


# Escapes

_hexdig = '0123456789ABCDEFabcdef'
_hextobyte = None           # two hexadecimal digits -> the byte
_asciire = re.compile('([\x00-\x7f]+)')


def unquote_to_bytes(string):
    """Return a str (as UTF-8) or bytes with each %xx replaced by its byte, as bytes."""
    global _hextobyte
    if not string:
        string.split        # complains about what is neither
        return b''
    if isinstance(string, str):
        string = string.encode('utf-8')
    first, *rest = string.split(b'%')
    if not rest:
        return string
    if _hextobyte is None:
        _hextobyte = {(high + low).encode(): bytes.fromhex(high + low) for high in _hexdig for low in _hexdig}
    table = _hextobyte
    parts = [first]
    for piece in rest:
        byte = table.get(piece[:2])
        parts += (b'%', piece) if byte is None else (byte, piece[2:])
    return b''.join(parts)


def unquote(string, encoding='utf-8', errors='replace'):
    """Return a str with each run of %xx replaced by what its bytes mean in an encoding."""
    if isinstance(string, bytes):
        raise TypeError('Expected str, got bytes')
    if '%' not in string:
        string.partition        # complains about what is no str
        return string
    return _asciire.sub(lambda found: unquote_to_bytes(found.group()).decode(encoding or 'utf-8', errors or 'replace'),
                        string)


def unquote_plus(string, encoding='utf-8', errors='replace'):
    """unquote(), and spaces for plus signs: for forms."""
    return unquote(string.replace('+', ' '), encoding, errors)


_ALWAYS_SAFE = frozenset(b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~')
_ALWAYS_SAFE_BYTES = bytes(sorted(_ALWAYS_SAFE))
_safe_quoters = {}


class Quoter(defaultdict):
    """A table from bytes to what quote() writes for them, filled as it is used; safe are bytes left as they are."""

    def __init__(self, safe):
        self.safe = _ALWAYS_SAFE.union(safe)

    def __repr__(self):
        return f'<{self.__class__.__name__} {dict(self)!r}>'

    def __missing__(self, b):
        self[b] = text = chr(b) if b in self.safe else '%{:02X}'.format(b)
        return text


def quote(string, safe='/', encoding=None, errors=None):
    """Return a str with characters replaced by %xx, but for letters, digits, _.-~ and those in safe.

    encoding (UTF-8) and errors (strict) say which bytes characters outside
    ASCII are.  string may be bytes, without these.
    """
    if isinstance(string, str):
        if not string:
            return string
        string = string.encode(encoding or 'utf-8', errors or 'strict')
    else:
        for name, value in ('encoding', encoding), ('errors', errors):
            if value is not None:
                raise TypeError(f"quote() doesn't support {name!r} for bytes")
    return quote_from_bytes(string, safe)


def quote_plus(string, safe='', encoding=None, errors=None):
    """quote(), with plus signs for spaces: for forms. Nothing but letters, digits, _.-~ is safe by default."""
    space, plain = (' ', str) if isinstance(safe, str) else (b' ', bytes)
    blank = ' ' if isinstance(string, str) else b' '
    if blank not in string:
        return quote(string, safe, encoding, errors)
    return quote(string, safe + space, encoding, errors).replace(' ', '+')


def quote_from_bytes(bs, safe='/'):
    """quote() for bytes; returns a str."""
    if not isinstance(bs, (bytes, bytearray)):
        raise TypeError('quote_from_bytes() expected bytes')
    if not bs:
        return ''
    if isinstance(safe, str):
        safe = safe.encode('ascii', 'ignore')       # others cannot be safe
    else:
        safe = bytes(char for char in safe if char < 128)
    if not bs.rstrip(_ALWAYS_SAFE_BYTES + safe):
        return bs.decode()
    table = _safe_quoters.get(safe)
    if table is None:
        table = _safe_quoters[safe] = Quoter(safe)
    return ''.join(map(table.__getitem__, bs))


# Query strings

def parse_qs(qs, keep_blank_values=False, strict_parsing=False, encoding='utf-8', errors='replace',
             max_num_fields=None, separator='&'):
    """Return a query string as a dict of names to lists of values; the arguments are those of parse_qsl()."""
    result = {}
    for name, value in parse_qsl(qs, keep_blank_values, strict_parsing, encoding=encoding, errors=errors,
                                 max_num_fields=max_num_fields, separator=separator):
        result.setdefault(name, []).append(value)
    return result


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding='utf-8', errors='replace',
              max_num_fields=None, separator='&'):
    """Return a query string as a list of (name, value).

    keep_blank_values  keep those without value
    strict_parsing     ValueError for what is no name=value, instead of ignoring it
    encoding, errors   of the %xx
    max_num_fields     ValueError if there are more
    separator          what stands between the fields
    """
    qs, restore = _coerce_args(qs)
    separator, _ = _coerce_args(separator)
    if not separator or not isinstance(separator, (str, bytes)):
        raise ValueError('Separator must be of type string or bytes.')
    if max_num_fields is not None and qs.count(separator) >= max_num_fields:
        raise ValueError('Max number of fields exceeded')
    result = []
    for field in qs.split(separator):
        if not field and not strict_parsing:
            continue
        name, equal, value = field.partition('=')
        if not equal:
            if strict_parsing:
                raise ValueError(f'bad query field: {field!r}')
            if not keep_blank_values:
                continue
        if value or keep_blank_values:
            result.append(tuple(restore(unquote(part.replace('+', ' '), encoding=encoding, errors=errors))
                                for part in (name, value)))
    return result


def urlencode(query, doseq=False, safe='', encoding=None, errors=None, quote_via=quote_plus):
    """Return a dict, or pairs of name and value, as a query string.

    With doseq, a value that is a sequence gives a field for each element.  The
    other arguments are those of quote_via, quote_plus() or quote().
    """
    if hasattr(query, 'items'):
        query = query.items()
    else:
        # A str is a sequence too, but not of pairs.
        try:
            if len(query) and not isinstance(query[0], tuple):
                raise TypeError
        except TypeError as error:
            raise TypeError('not a valid non-string sequence or mapping object').with_traceback(error.__traceback__)

    def escape(item):
        if isinstance(item, bytes):
            return quote_via(item, safe)
        return quote_via(str(item), safe, encoding, errors)

    fields = []
    for name, value in query:
        values = (value,)
        if doseq and not isinstance(value, (bytes, str)):
            try:
                len(value)
            except TypeError:
                pass            # no sequence
            else:
                values = value
        prefix = escape(name) + '='
        fields += [prefix + escape(each) for each in values]
    return '&'.join(fields)


# Functions of old, all deprecated; the names with an underscore are what the library itself uses.

def _deprecated(name, instead=None):
    import warnings
    advice = f', use urllib.parse.{instead}() instead' if instead else ''
    warnings.warn(f'urllib.parse.{name}() is deprecated as of 3.8' + advice, DeprecationWarning, stacklevel=3)


def to_bytes(url):
    _deprecated('to_bytes')
    return _to_bytes(url)


def _to_bytes(url):
    """Return a URL that has to be ASCII; UnicodeError if it is not."""
    if isinstance(url, str):
        if not url.isascii():
            raise UnicodeError('URL ' + repr(url) + ' contains non-ASCII characters')
    return url


def unwrap(url):
    """Take the brackets and 'URL:' off '<URL:scheme://host/path>'."""
    url = str(url).strip()
    if url.startswith('<') and url.endswith('>'):
        url = url[1:-1].strip()
    return url[4:].strip() if url.startswith('URL:') else url


def splittype(url):
    _deprecated('splittype', 'urlparse')
    return _splittype(url)


_typeprog = _hostprog = _portprog = None


def _splittype(url):
    """'scheme:rest' -> 'scheme', 'rest'; None for no scheme."""
    scheme, colon, rest = url.partition(':')
    if colon and scheme and '/' not in scheme:
        return scheme.lower(), rest
    return None, url


def splithost(url):
    _deprecated('splithost', 'urlparse')
    return _splithost(url)


def _splithost(url):
    """'//host[:port]/path' -> 'host[:port]', '/path'; None for no host."""
    if not url.startswith('//'):
        return None, url
    host, path = _splitnetloc(url, 2)
    return host, '/' + path if path and not path.startswith('/') else path


def splituser(host):
    _deprecated('splituser', 'urlparse')
    return _splituser(host)


def _splituser(host):
    """'user[:passwd]@host[:port]' -> 'user[:passwd]', 'host[:port]'."""
    user, at, host = host.rpartition('@')
    return user if at else None, host


def splitpasswd(user):
    _deprecated('splitpasswd', 'urlparse')
    return _splitpasswd(user)


def _splitpasswd(user):
    """'user:passwd' -> 'user', 'passwd'."""
    user, colon, password = user.partition(':')
    return user, password if colon else None


def splitport(host):
    _deprecated('splitport', 'urlparse')
    return _splitport(host)


def _splitport(host):
    """'host:port' -> 'host', 'port'; the port is None if it is missing, or no number."""
    name, colon, port = host.rpartition(':')
    if colon and (not port or port.isdigit() and port.isascii()):
        return name, port or None
    return host, None


def splitnport(host, defport=-1):
    _deprecated('splitnport', 'urlparse')
    return _splitnport(host, defport)


def _splitnport(host, defport=-1):
    """'host:port' -> 'host', port; defport if it is missing, None if it is no number."""
    name, colon, port = host.rpartition(':')
    if not colon:
        return port, defport
    if not port:
        return name, defport
    try:
        return name, int(port)
    except ValueError:
        return name, None


def splitquery(url):
    _deprecated('splitquery', 'urlparse')
    return _splitquery(url)


def _splitquery(url):
    """'/path?query' -> '/path', 'query'."""
    path, mark, query = url.rpartition('?')
    return (path, query) if mark else (url, None)


def splittag(url):
    _deprecated('splittag', 'urlparse')
    return _splittag(url)


def _splittag(url):
    """'/path#tag' -> '/path', 'tag'."""
    path, mark, tag = url.rpartition('#')
    return (path, tag) if mark else (url, None)


def splitattr(url):
    _deprecated('splitattr', 'urlparse')
    return _splitattr(url)


def _splitattr(url):
    """'/path;attr1=value1;attr2=value2' -> '/path', ['attr1=value1', 'attr2=value2']."""
    path, *attributes = url.split(';')
    return path, attributes


def splitvalue(attr):
    _deprecated('splitvalue', 'parse_qsl')
    return _splitvalue(attr)


def _splitvalue(attr):
    """'attr=value' -> 'attr', 'value'."""
    attr, equal, value = attr.partition('=')
    return attr, value if equal else None
