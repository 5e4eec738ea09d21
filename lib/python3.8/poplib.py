# SPDX-License-Identifier: MIT
"""A client for POP3 (RFC 1939): fetching mail.

    box = POP3_SSL('mail.example.com')
    box.user('me')
    box.pass_('secret')
    count, size = box.stat()
    for number in range(1, count + 1):
        answer, lines, size = box.retr(number)      # lines: bytes
    box.quit()

Answers are bytes; one that begins with -ERR raises error_proto.
"""

import errno
import re
import socket
import sys

try:
    import ssl
    HAVE_SSL = True
except ImportError:
    HAVE_SSL = False

__all__ = ['POP3', 'error_proto']


class error_proto(Exception):
    """The server refuses something, or does not keep to the protocol."""


POP3_PORT, POP3_SSL_PORT = 110, 995
CR, LF = b'\r', b'\n'
CRLF = CR + LF
_MAXLINE = 2048                 # of bytes in a line; RFC 1939 allows 512


class POP3:
    """A connection to a mail server; timeout is in seconds."""

    encoding = 'UTF-8'
    timestamp = re.compile(br'\+OK.[^<]*(<.*>)')

    def __init__(self, host, port=POP3_PORT, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        self.host, self.port = host, port
        self._tls_established = False
        sys.audit('poplib.connect', self, host, port)
        self.sock = self._create_socket(timeout)
        self.file = self.sock.makefile('rb')
        self._debugging = 0
        self.welcome = self._getresp()

    def _create_socket(self, timeout):
        return socket.create_connection((self.host, self.port), timeout)

    def getwelcome(self):
        """Return the line with which the server began."""
        return self.welcome

    def set_debuglevel(self, level):
        """Print nothing (0), commands and answers (1), or every line (2)."""
        self._debugging = level

    # -- lines --

    def _print(self, level, *args):
        if self._debugging >= level:
            print(*args)

    def _putline(self, line):
        self._print(2, '*put*', repr(line))
        sys.audit('poplib.putline', self, line)
        self.sock.sendall(line + CRLF)

    def _putcmd(self, line):
        self._print(1, '*cmd*', repr(line))
        self._putline(line.encode(self.encoding))

    def _getline(self):
        """Return (line without its end, its length with it)."""
        line = self.file.readline(_MAXLINE + 1)
        if len(line) > _MAXLINE:
            raise error_proto('line too long')
        self._print(2, '*get*', repr(line))
        if not line:
            raise error_proto('-ERR EOF')
        size = len(line)
        if line.endswith(CRLF):
            return line[:-2], size
        return line[1:-1] if line.startswith(CR) else line[:-1], size       # some write LF CR

    def _getresp(self):
        """Return the line of the answer."""
        answer = self._getline()[0]
        self._print(2, '*resp*', repr(answer))
        if not answer.startswith(b'+'):
            raise error_proto(answer)
        return answer

    def _getlongresp(self):
        """Return (line of the answer, list of the lines that follow, their size)."""
        answer, lines, total = self._getresp(), [], 0
        while True:
            line, size = self._getline()
            if line == b'.':
                return answer, lines, total
            if line.startswith(b'..'):
                line, size = line[1:], size - 1
            lines.append(line)
            total += size

    def _shortcmd(self, line):
        self._putcmd(line)
        return self._getresp()

    def _longcmd(self, line):
        self._putcmd(line)
        return self._getlongresp()

    # -- commands --

    def user(self, user):
        """Say who it is."""
        return self._shortcmd(f'USER {user}')

    def pass_(self, pswd):
        """Say the password.  The mailbox is locked from here to quit()."""
        return self._shortcmd(f'PASS {pswd}')

    def rpop(self, user):
        """Log in without a password, by other means of the server."""
        return self._shortcmd(f'RPOP {user}')

    def apop(self, user, password):
        """Log in without sending the password, if the server began with a time stamp."""
        from hashlib import md5
        stamp = self.timestamp.match(self.welcome)
        if not stamp:
            raise error_proto('-ERR APOP not supported by server')
        digest = md5(stamp[1] + password.encode(self.encoding)).hexdigest()
        return self._shortcmd(f'APOP {user} {digest}')

    def stat(self):
        """Return (number of messages, their size in bytes)."""
        words = self._shortcmd('STAT').split()
        self._print(1, '*stat*', repr(words))
        return int(words[1]), int(words[2])

    def list(self, which=None):
        """Return the answer with number and size of a message; without one (answer, lines for all, size)."""
        return self._longcmd('LIST') if which is None else self._shortcmd(f'LIST {which}')

    def uidl(self, which=None):
        """Return the answer with number and name of a message; without one (answer, lines for all, size)."""
        return self._longcmd('UIDL') if which is None else self._shortcmd(f'UIDL {which}')

    def retr(self, which):
        """Fetch a message: (answer, lines, size)."""
        return self._longcmd(f'RETR {which}')

    def top(self, which, howmuch):
        """Fetch the headers of a message and some lines of its text: (answer, lines, size)."""
        return self._longcmd(f'TOP {which} {howmuch}')

    def dele(self, which):
        """Mark a message; it is removed at quit()."""
        return self._shortcmd(f'DELE {which}')

    def noop(self):
        """Do nothing."""
        return self._shortcmd('NOOP')

    def rset(self):
        """Take the marks of dele() back."""
        return self._shortcmd('RSET')

    def utf8(self):
        """Use UTF-8 (RFC 6856)."""
        return self._shortcmd('UTF8')

    def capa(self):
        """Return what the server can do: a dict of names and lists of arguments."""
        try:
            lines = self._longcmd('CAPA')[1]
        except error_proto:
            raise error_proto('-ERR CAPA not supported by server')
        known = {}
        for line in lines:
            name, *arguments = line.decode('ascii').split()
            known[name] = arguments
        return known

    def stls(self, context=None):
        """Encrypt the connection from here on; context is an ssl.SSLContext."""
        if not HAVE_SSL:
            raise error_proto('-ERR TLS support missing')
        if self._tls_established:
            raise error_proto('-ERR TLS session already established')
        if 'STLS' not in self.capa():
            raise error_proto('-ERR STLS not supported by server')
        answer = self._shortcmd('STLS')
        context = ssl._create_stdlib_context() if context is None else context
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
        self.file = self.sock.makefile('rb')
        self._tls_established = True
        return answer

    # -- the end --

    def quit(self):
        """Remove what is marked and close the connection."""
        answer = self._shortcmd('QUIT')
        self.close()
        return answer

    def close(self):
        """Close the connection without a word."""
        file, self.file = self.file, None
        try:
            if file is not None:
                file.close()
        finally:
            sock, self.sock = self.sock, None
            if sock is not None:
                _hang_up(sock)


def _hang_up(sock):
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError as error:
        if error.errno != errno.ENOTCONN:           # else the server was quicker
            raise
    finally:
        sock.close()


if HAVE_SSL:
    class POP3_SSL(POP3):
        """As POP3, over TLS from the start; context is an ssl.SSLContext, keyfile and certfile are the older way."""

        def __init__(self, host, port=POP3_SSL_PORT, keyfile=None, certfile=None,
                     timeout=socket._GLOBAL_DEFAULT_TIMEOUT, context=None):
            for name, value in (('keyfile', keyfile), ('certfile', certfile)):
                if context is not None and value is not None:
                    raise ValueError('context and %s arguments are mutually exclusive' % name)
            if keyfile is not None or certfile is not None:
                import warnings
                warnings.warn('keyfile and certfile are deprecated, use a custom context instead', DeprecationWarning, 2)
            if context is None:
                context = ssl._create_stdlib_context(certfile=certfile, keyfile=keyfile)
            self.keyfile, self.certfile, self.context = keyfile, certfile, context
            super().__init__(host, port, timeout)

        def _create_socket(self, timeout):
            return self.context.wrap_socket(super()._create_socket(timeout), server_hostname=self.host)

        def stls(self, keyfile=None, certfile=None, context=None):
            """Raise error_proto: the connection is encrypted already."""
            raise error_proto('-ERR TLS session already established')

    __all__.append('POP3_SSL')


if __name__ == '__main__':
    _box = POP3(sys.argv[1])
    print(_box.getwelcome())
    _box.user(sys.argv[2])
    _box.pass_(sys.argv[3])
    for _number in range(1, _box.stat()[0] + 1):
        print('Message %d:' % _number)
        for _line in _box.retr(_number)[1]:
            print('   ' + _line.decode('latin-1'))
    _box.quit()
