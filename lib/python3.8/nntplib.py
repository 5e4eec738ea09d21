# SPDX-License-Identifier: MIT
"""A client for news servers (NNTP, RFC 977 and 3977).

    with NNTP('news.example.com') as news:
        response, count, first, last, name = news.group('comp.lang.python')
        response, overviews = news.over((last - 9, last))
        response, article = news.article(last)          # article.lines: bytes

Most methods return a tuple that begins with the line of the server's answer.  Answers of many lines can be written to
a file instead: the argument file is a path or a binary file.  Text is decoded as UTF-8 with 'surrogateescape'; lines
of articles stay bytes.
"""

import collections
import datetime
import socket
import sys
import warnings

try:
    import ssl
except ImportError:
    _have_ssl = False
else:
    _have_ssl = True

from email.header import decode_header as _email_decode_header
from socket import _GLOBAL_DEFAULT_TIMEOUT

__all__ = ['NNTP', 'NNTPError', 'NNTPReplyError', 'NNTPTemporaryError', 'NNTPPermanentError', 'NNTPProtocolError',
           'NNTPDataError', 'decode_header']

NNTP_PORT, NNTP_SSL_PORT = 119, 563
_MAXLINE = 2048                 # of bytes in a line; RFC 3977 allows 512
_CRLF = b'\r\n'

# The answers that are followed by lines up to one with a dot only.
_LONGRESP = set('100 101 211 215 220 221 222 224 225 230 231 282'.split())

# The fields of an overview that every server has, in their order; and other names for two of them.
_DEFAULT_OVERVIEW_FMT = ['subject', 'from', 'date', 'message-id', 'references', ':bytes', ':lines']
_OVERVIEW_FMT_ALTERNATIVES = {'bytes': ':bytes', 'lines': ':lines'}

GroupInfo = collections.namedtuple('GroupInfo', ['group', 'last', 'first', 'flag'])
ArticleInfo = collections.namedtuple('ArticleInfo', ['number', 'message_id', 'lines'])


class NNTPError(Exception):
    """The base of the module's exceptions; response is the server's line."""

    def __init__(self, *args):
        super().__init__(*args)
        self.response = args[0] if args else 'No response given'


class NNTPReplyError(NNTPError):
    """An answer in the range 100 to 399 that was not expected."""


class NNTPTemporaryError(NNTPError):
    """An answer in the range 400 to 499."""


class NNTPPermanentError(NNTPError):
    """An answer in the range 500 to 599."""


class NNTPProtocolError(NNTPError):
    """An answer that does not begin with 1 to 5."""


class NNTPDataError(NNTPError):
    """The data of an answer make no sense."""


# ---- text and dates ----

def decode_header(header_str):
    """Return the value of an article's header with its encoded words decoded."""
    return ''.join([part.decode(charset or 'ascii') if isinstance(part, bytes) else part
                    for part, charset in _email_decode_header(header_str)])


def _parse_overview_fmt(lines):
    """Return the names of the fields of an overview, from the answer to LIST OVERVIEW.FMT."""
    names = []
    for line in lines:
        if line.startswith(':'):                    # metadata
            name = ':' + line[1:].partition(':')[0]
        else:
            name = line.partition(':')[0]
        name = name.lower()
        names.append(_OVERVIEW_FMT_ALTERNATIVES.get(name, name))
    count = len(_DEFAULT_OVERVIEW_FMT)
    if len(names) < count:
        raise NNTPDataError('LIST OVERVIEW.FMT response too short')
    if names[:count] != _DEFAULT_OVERVIEW_FMT:
        raise NNTPDataError('LIST OVERVIEW.FMT redefines default fields')
    return names


def _parse_overview(lines, fmt, data_process_func=None):
    """Return a list of (article number, dict of the fields named by fmt)."""
    plain = len(_DEFAULT_OVERVIEW_FMT)
    overviews = []
    for line in lines:
        number, *tokens = line.split('\t')
        fields = {}
        for index, (name, token) in enumerate(zip(fmt, tokens)):
            if index >= plain and not name.startswith(':'):     # a full header, with its name
                head = name + ': '
                if token and not token.lower().startswith(head):
                    raise NNTPDataError("OVER/XOVER response doesn't include names of additional headers")
                token = token[len(head):] if token else None
            fields[name] = token
        overviews.append((int(number), fields))
    return overviews


def _parse_datetime(date_str, time_str=None):
    """Return the datetime of '[YY]YYMMDD' and 'HHMMSS', together or apart."""
    digits = date_str + (time_str or '')
    year = int(digits[:-10])
    if year < 70:
        year += 2000
    elif year < 100:
        year += 1900
    return datetime.datetime(year, *[int(digits[at:at + 2 or None]) for at in (-10, -8, -6, -4, -2)])


def _unparse_datetime(dt, legacy=False):
    """Return ('YYYYMMDD', 'HHMMSS') of a date or datetime; legacy: two digits for the year."""
    clock = dt.strftime('%H%M%S') if isinstance(dt, datetime.datetime) else '000000'
    year = f'{dt.year % 100:02}' if legacy else f'{dt.year:04}'
    return f'{year}{dt.month:02}{dt.day:02}', clock


if _have_ssl:
    def _encrypt_on(sock, context, hostname):
        """Return sock wrapped for TLS."""
        if context is None:
            context = ssl._create_stdlib_context()
        return context.wrap_socket(sock, server_hostname=hostname)


def _check_date(date):
    if not isinstance(date, datetime.date):
        raise TypeError("the date parameter must be a date or datetime object, not '{:40}'".format(date.__class__.__name__))


def _expect(code, response):
    """Raise NNTPReplyError unless response begins with code."""
    if not response.startswith(code):
        raise NNTPReplyError(response)


def _with_spec(command, spec):
    return command if spec is None else f'{command} {spec}'


# ---- the protocol ----

class _NNTPBase:
    """The protocol over file, a binary file in both directions.

    readermode: ask the server, with MODE READER, to serve readers.  Creating one reads the server's welcome and asks
    for its capabilities.
    """

    encoding = 'utf-8'
    errors = 'surrogateescape'

    def __init__(self, file, host, readermode=None, timeout=_GLOBAL_DEFAULT_TIMEOUT):
        self.host = host
        self.file = file
        self.debugging = 0
        self.welcome = self._getresp()
        self.tls_on = self.authenticated = False
        self.readermode_afterauth = False
        self._caps = None
        self.getcapabilities()
        if readermode and 'READER' not in self._caps:
            self._setreadermode()
            if not self.readermode_afterauth:
                self._renew_capabilities()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        if not hasattr(self, 'file'):
            return
        try:
            self.quit()
        except (OSError, EOFError):
            pass
        finally:
            if hasattr(self, 'file'):
                self._close()

    def getwelcome(self):
        """Return the line with which the server began."""
        if self.debugging:
            print('*welcome*', repr(self.welcome))
        return self.welcome

    def getcapabilities(self):
        """Return what the server can do: a dict of names and lists of their arguments; {} if it does not say."""
        if self._caps is not None:
            return self._caps
        self.nntp_version = 1
        self.nntp_implementation = None
        try:
            _, self._caps = self.capabilities()
        except (NNTPPermanentError, NNTPTemporaryError):
            self._caps = {}
        if 'VERSION' in self._caps:
            self.nntp_version = max(map(int, self._caps['VERSION']))
        if 'IMPLEMENTATION' in self._caps:
            self.nntp_implementation = ' '.join(self._caps['IMPLEMENTATION'])
        return self._caps

    def _renew_capabilities(self):
        self._caps = None
        self.getcapabilities()

    def set_debuglevel(self, level):
        """Print nothing (0), commands and answers (1), or every line (2)."""
        self.debugging = level

    debug = set_debuglevel

    # -- lines --

    def _putline(self, line):
        """Send bytes and a line end."""
        sys.audit('nntplib.putline', self, line)
        if self.debugging > 1:
            print('*put*', repr(line + _CRLF))
        self.file.write(line + _CRLF)
        self.file.flush()

    def _putcmd(self, line):
        """Send a str as a command."""
        if self.debugging:
            print('*cmd*', repr(line))
        self._putline(line.encode(self.encoding, self.errors))

    def _getline(self, strip_crlf=True):
        """Return the next line as bytes, without its end unless strip_crlf is false; EOFError at the end."""
        line = self.file.readline(_MAXLINE + 1)
        if len(line) > _MAXLINE:
            raise NNTPDataError('line too long')
        if self.debugging > 1:
            print('*get*', repr(line))
        if not line:
            raise EOFError
        if strip_crlf:
            if line.endswith(_CRLF):
                return line[:-2]
            if line.endswith((b'\r', b'\n')):
                return line[:-1]
        return line

    def _getresp(self):
        """Return the line of the answer, or raise what it means."""
        answer = self._getline().decode(self.encoding, self.errors)
        if self.debugging:
            print('*resp*', repr(answer))
        if answer[:1] == '4':
            raise NNTPTemporaryError(answer)
        if answer[:1] == '5':
            raise NNTPPermanentError(answer)
        if answer[:1] not in ('1', '2', '3'):
            raise NNTPProtocolError(answer)
        return answer

    def _getlongresp(self, file=None):
        """Return (line of the answer, list of the lines that follow); these go to file instead, if there is one."""
        opened = None
        try:
            if isinstance(file, (str, bytes)):
                file = opened = open(file, 'wb')
            answer = self._getresp()
            if answer[:3] not in _LONGRESP:
                raise NNTPReplyError(answer)
            lines = []
            while True:
                line = self._getline(file is None)
                if line.rstrip(_CRLF) == b'.':
                    return answer, lines
                if line.startswith(b'..'):
                    line = line[1:]
                if file is None:
                    lines.append(line)
                else:
                    file.write(line)
        finally:
            if opened is not None:
                opened.close()

    def _shortcmd(self, line):
        """Send a command and return the line of the answer."""
        self._putcmd(line)
        return self._getresp()

    def _longcmd(self, line, file=None):
        """Send a command and return the answer with its lines, bytes."""
        self._putcmd(line)
        return self._getlongresp(file)

    def _longcmdstring(self, line, file=None):
        """Send a command and return the answer with its lines, str."""
        answer, lines = self._longcmd(line, file)
        return answer, [text.decode(self.encoding, self.errors) for text in lines]

    def _getoverviewfmt(self):
        """Return the names of the fields of an overview; the server is asked once."""
        try:
            return self._cachedoverviewfmt
        except AttributeError:
            pass
        try:
            _, lines = self._longcmdstring('LIST OVERVIEW.FMT')
        except NNTPPermanentError:          # unknown to the server
            names = _DEFAULT_OVERVIEW_FMT[:]
        else:
            names = _parse_overview_fmt(lines)
        self._cachedoverviewfmt = names
        return names

    def _grouplist(self, lines):
        return [GroupInfo(*line.split()) for line in lines]

    # -- the server --

    def capabilities(self):
        """Ask for the capabilities: (answer, dict)."""
        answer, lines = self._longcmdstring('CAPABILITIES')
        known = {}
        for line in lines:
            name, *arguments = line.split()
            known[name] = arguments
        return answer, known

    def help(self, *, file=None):
        """Ask for help: (answer, lines)."""
        return self._longcmdstring('HELP', file)

    def date(self):
        """Ask for the server's time: (answer, datetime in UTC)."""
        answer = self._shortcmd('DATE')
        _expect('111', answer)
        words = answer.split()
        if len(words) != 2 or len(words[1]) != 14:
            raise NNTPDataError(answer)
        return answer, _parse_datetime(words[1])

    def slave(self):
        """Tell the server that a server calls."""
        return self._shortcmd('SLAVE')

    # -- groups --

    def newgroups(self, date, *, file=None):
        """Ask for the groups made since a date or datetime: (answer, list of GroupInfo)."""
        _check_date(date)
        day, clock = _unparse_datetime(date, self.nntp_version < 2)
        answer, lines = self._longcmdstring(f'NEWGROUPS {day} {clock}', file)
        return answer, self._grouplist(lines)

    def list(self, group_pattern=None, *, file=None):
        """Ask for the groups, all or those that match a pattern: (answer, list of GroupInfo)."""
        command = 'LIST' if group_pattern is None else 'LIST ACTIVE ' + group_pattern
        answer, lines = self._longcmdstring(command, file)
        return answer, self._grouplist(lines)

    def _getdescriptions(self, group_pattern, return_all):
        answer, lines = self._longcmdstring('LIST NEWSGROUPS ' + group_pattern)
        if not answer.startswith('215'):            # an older server
            answer, lines = self._longcmdstring('XGTITLE ' + group_pattern)
        found = {}
        for line in lines:
            name, *rest = line.strip().split(None, 1)
            if rest:
                found[name] = rest[0]
                if not return_all:
                    return rest[0]
        return (answer, found) if return_all else ''

    def description(self, group):
        """Return the description of the first group that matches, '' if none does."""
        return self._getdescriptions(group, False)

    def descriptions(self, group_pattern):
        """Ask for the descriptions of the groups that match: (answer, dict)."""
        return self._getdescriptions(group_pattern, True)

    def group(self, name):
        """Select a group: (answer, number of articles, first, last, name)."""
        answer = self._shortcmd('GROUP ' + name)
        _expect('211', answer)
        numbers = [0, 0, 0]
        words = answer.split()[1:]
        for index, word in enumerate(words[:3]):
            numbers[index] = int(word)
        if len(words) > 3:
            name = words[3].lower()
        return (answer, *numbers, name)

    # -- articles --

    def newnews(self, group, date, *, file=None):
        """Ask for the articles of a group since a date or datetime: (answer, list of message ids)."""
        _check_date(date)
        day, clock = _unparse_datetime(date, self.nntp_version < 2)
        return self._longcmdstring(f'NEWNEWS {group} {day} {clock}', file)

    def _statparse(self, resp):
        _expect('22', resp)
        words = resp.split()
        return resp, int(words[1]), words[2]

    def _statcmd(self, line):
        return self._statparse(self._shortcmd(line))

    def stat(self, message_spec=None):
        """Ask whether there is an article, given by number or id: (answer, number, id)."""
        return self._statcmd(_with_spec('STAT', message_spec or None))

    def next(self):
        """Go to the next article: as stat()."""
        return self._statcmd('NEXT')

    def last(self):
        """Go to the article before: as stat()."""
        return self._statcmd('LAST')

    def _artcmd(self, line, file=None):
        answer, lines = self._longcmd(line, file)
        answer, number, name = self._statparse(answer)
        return answer, ArticleInfo(number, name, lines)

    def head(self, message_spec=None, *, file=None):
        """Fetch the headers of an article, given by number or id: (answer, ArticleInfo)."""
        return self._artcmd(_with_spec('HEAD', message_spec), file)

    def body(self, message_spec=None, *, file=None):
        """Fetch the body of an article, given by number or id: (answer, ArticleInfo)."""
        return self._artcmd(_with_spec('BODY', message_spec), file)

    def article(self, message_spec=None, *, file=None):
        """Fetch an article, given by number or id: (answer, ArticleInfo)."""
        return self._artcmd(_with_spec('ARTICLE', message_spec), file)

    def xhdr(self, hdr, str, *, file=None):
        """Ask for one header of the articles in a range 'first-last': (answer, list of (number, text))."""
        answer, lines = self._longcmdstring(f'XHDR {hdr} {str}', file)
        found = []
        for line in lines:
            number, _, text = line.partition(' ')
            found.append((number, text) if number.isdigit() else line)
        return answer, found

    def xover(self, start, end, *, file=None):
        """Ask for the overviews of a range of articles: (answer, list of (number, dict))."""
        answer, lines = self._longcmdstring(f'XOVER {start}-{end}', file)
        return answer, _parse_overview(lines, self._getoverviewfmt())

    def over(self, message_spec, *, file=None):
        """As xover(), or with OVER if the server has it.

        message_spec: None for the current article, an id, or (first, last) with None for no end.
        """
        command = 'OVER' if 'OVER' in self._caps else 'XOVER'
        if isinstance(message_spec, (tuple, list)):
            first, last = message_spec
            message_spec = f'{first}-{last or ""}'
        answer, lines = self._longcmdstring(_with_spec(command, message_spec), file)
        return answer, _parse_overview(lines, self._getoverviewfmt())

    def xgtitle(self, group, *, file=None):
        """Ask for the titles of the groups that match, an old extension: (answer, list of (name, title))."""
        warnings.warn('The XGTITLE extension is not actively used', DeprecationWarning, 2)
        answer, lines = self._longcmdstring('XGTITLE ' + group, file)
        pairs = [line.strip().split(None, 1) for line in lines]
        return answer, [tuple(pair) for pair in pairs if len(pair) == 2]

    def xpath(self, id):
        """Ask for the path of an article in the server's files, an old extension: (answer, path)."""
        warnings.warn('The XPATH extension is not actively used', DeprecationWarning, 2)
        answer = self._shortcmd(f'XPATH {id}')
        _expect('223', answer)
        words = answer.split()
        if len(words) != 2:
            raise NNTPReplyError(answer) from None
        return answer, words[1]

    # -- writing --

    def _post(self, command, f):
        answer = self._shortcmd(command)
        _expect('3', answer)
        if isinstance(f, (bytes, bytearray)):
            f = f.splitlines()
        for line in f:
            if not line.endswith(_CRLF):
                line = line.rstrip(_CRLF) + _CRLF
            self.file.write(b'.' + line if line.startswith(b'.') else line)
        self.file.write(b'.' + _CRLF)
        self.file.flush()
        return self._getresp()

    def post(self, data):
        """Post an article: bytes, a binary file or an iterable of lines."""
        return self._post('POST', data)

    def ihave(self, message_id, data):
        """Offer an article to the server and send it if it is wanted."""
        return self._post(f'IHAVE {message_id}', data)

    # -- the connection --

    def _close(self):
        self.file.close()
        del self.file

    def quit(self):
        """Say goodbye and close the connection."""
        try:
            return self._shortcmd('QUIT')
        finally:
            self._close()

    def login(self, user=None, password=None, usenetrc=True):
        """Authenticate with name and password; usenetrc: take them from ~/.netrc if they are not given."""
        if self.authenticated:
            raise ValueError('Already logged in.')
        if not user and not usenetrc:
            raise ValueError('At least one of `user` and `usenetrc` must be specified')
        if not user:
            user, password = self._from_netrc(password)
            if not user:
                return
        answer = self._shortcmd('authinfo user ' + user)
        if answer.startswith('381'):
            if not password:
                raise NNTPReplyError(answer)
            answer = self._shortcmd('authinfo pass ' + password)
            if not answer.startswith('281'):
                raise NNTPPermanentError(answer)
        self._renew_capabilities()
        if self.readermode_afterauth and 'READER' not in self._caps:
            self._setreadermode()
            self._renew_capabilities()

    def _from_netrc(self, password):
        import netrc
        try:
            found = netrc.netrc().authenticators(self.host)
        except OSError:
            found = None
        return (found[0], found[2]) if found else (None, password)

    def _setreadermode(self):
        try:
            self.welcome = self._shortcmd('mode reader')
        except NNTPPermanentError:                          # it does not know that
            pass
        except NNTPTemporaryError as error:
            if not error.response.startswith('480'):        # authentication comes first
                raise
            self.readermode_afterauth = True

    if _have_ssl:
        def starttls(self, context=None):
            """Encrypt the connection from here on, with an ssl.SSLContext."""
            if self.tls_on:
                raise ValueError('TLS is already enabled.')
            if self.authenticated:
                raise ValueError('TLS cannot be started after authentication.')
            if not self._shortcmd('STARTTLS').startswith('382'):
                raise NNTPError('TLS failed to start.')
            self.file.close()
            self.sock = _encrypt_on(self.sock, context, self.host)
            self.file = self.sock.makefile('rwb')
            self.tls_on = True
            self._renew_capabilities()      # they may be others now


def _connect(self, host, port, timeout, encrypt, readermode, user, password, usenetrc):
    """The common part of the constructors: connect, wrap the socket with encrypt, speak, log in."""
    self.host, self.port = host, port
    sys.audit('nntplib.connect', self, host, port)
    self.sock = socket.create_connection((host, port), timeout)
    file = None
    try:
        if encrypt is not None:
            self.sock = encrypt(self.sock)
        file = self.sock.makefile('rwb')
        _NNTPBase.__init__(self, file, host, readermode, timeout)
        if user or usenetrc:
            self.login(user, password, usenetrc)
    except:
        for thing in (file, self.sock):
            if thing is not None:
                thing.close()
        raise


class NNTP(_NNTPBase):
    """A connection to the news server host.

    With user, or with usenetrc if ~/.netrc knows the host, it logs in; readermode asks the server to serve readers;
    timeout is in seconds.
    """

    def __init__(self, host, port=NNTP_PORT, user=None, password=None, readermode=None, usenetrc=False,
                 timeout=_GLOBAL_DEFAULT_TIMEOUT):
        _connect(self, host, port, timeout, None, readermode, user, password, usenetrc)

    def _close(self):
        try:
            super()._close()
        finally:
            self.sock.close()


if _have_ssl:
    class NNTP_SSL(_NNTPBase):
        """As NNTP, over TLS from the start; ssl_context is an ssl.SSLContext."""

        def __init__(self, host, port=NNTP_SSL_PORT, user=None, password=None, ssl_context=None, readermode=None,
                     usenetrc=False, timeout=_GLOBAL_DEFAULT_TIMEOUT):
            _connect(self, host, port, timeout, lambda sock: _encrypt_on(sock, ssl_context, host), readermode, user,
                     password, usenetrc)

        def _close(self):
            try:
                super()._close()
            finally:
                self.sock.close()

    __all__.append('NNTP_SSL')
