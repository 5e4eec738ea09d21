# SPDX-License-Identifier: MIT
"""A client for FTP (RFC 959), also over TLS.

    with FTP('ftp.example.com') as ftp:
        ftp.login()                             # anonymous
        ftp.cwd('debian')
        with open('README', 'wb') as f:
            ftp.retrbinary('RETR README', f.write)

Commands and answers go over one connection; each listing and each file over another, that the server opens (active)
or, as usual, the client (passive).
"""

import socket
import sys
from socket import _GLOBAL_DEFAULT_TIMEOUT

__all__ = ['FTP', 'error_reply', 'error_temp', 'error_perm', 'error_proto', 'all_errors']

MSG_OOB = 0x1                   # a byte out of band
FTP_PORT = 21
MAXLINE = 8192                  # of characters in a line
CRLF, B_CRLF = '\r\n', b'\r\n'
_150_re = _227_re = None        # compiled when they are needed


class Error(Exception):
    """The base of the module's exceptions; the argument is the server's answer."""


class error_reply(Error):
    """An answer that was not expected."""


class error_temp(Error):
    """An answer 4xx: it may work later."""


class error_perm(Error):
    """An answer 5xx: it will not work."""


class error_proto(Error):
    """An answer that does not begin with 1 to 5, or is damaged."""


all_errors = (Error, OSError, EOFError)


class FTP:
    """A connection to a server; with host it is made, and with user there is a login.

    timeout is in seconds; source_address is where connections come from, (host, port).
    """

    debugging = 0
    host = ''
    port = FTP_PORT
    maxline = MAXLINE
    sock = None
    file = None
    welcome = None
    passiveserver = 1
    encoding = 'latin-1'
    trust_server_pasv_ipv4_address = False      # a server could make the client connect anywhere

    def __init__(self, host='', user='', passwd='', acct='', timeout=_GLOBAL_DEFAULT_TIMEOUT, source_address=None):
        self.source_address, self.timeout = source_address, timeout
        if host:
            self.connect(host)
            if user:
                self.login(user, passwd, acct)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        if self.sock is None:
            return
        try:
            self.quit()
        except (OSError, EOFError):
            pass
        finally:
            if self.sock is not None:
                self.close()

    def connect(self, host='', port=0, timeout=-999, source_address=None):
        """Connect and return the server's welcome; what is not given stays as it was."""
        if host:
            self.host = host
        if port > 0:
            self.port = port
        if timeout != -999:
            self.timeout = timeout
        if source_address is not None:
            self.source_address = source_address
        sys.audit('ftplib.connect', self, self.host, self.port)
        self.sock = socket.create_connection((self.host, self.port), self.timeout, source_address=self.source_address)
        self.af = self.sock.family
        self.file = self.sock.makefile('r', encoding=self.encoding)
        self.welcome = self.getresp()
        return self.welcome

    def getwelcome(self):
        """Return the server's welcome."""
        if self.debugging:
            print('*welcome*', self.sanitize(self.welcome))
        return self.welcome

    def set_debuglevel(self, level):
        """Print nothing (0), commands and answers (1), or every line (2)."""
        self.debugging = level

    debug = set_debuglevel

    def set_pasv(self, val):
        """Use passive mode if val is true, else active mode."""
        self.passiveserver = val

    # -- lines --

    def sanitize(self, s):
        """Return the repr() of a line, without the password."""
        if s[:5] in ('pass ', 'PASS '):
            secret = s[5:].rstrip('\r\n')
            s = s[:5] + '*' * len(secret) + s[5 + len(secret):]
        return repr(s)

    def putline(self, line):
        """Send a line."""
        if '\r' in line or '\n' in line:
            raise ValueError('an illegal newline character should not be contained')
        sys.audit('ftplib.sendcmd', self, line)
        line += CRLF
        if self.debugging > 1:
            print('*put*', self.sanitize(line))
        self.sock.sendall(line.encode(self.encoding))

    def putcmd(self, line):
        """Send a command."""
        if self.debugging:
            print('*cmd*', self.sanitize(line))
        self.putline(line)

    def _check_length(self, line):
        if len(line) > self.maxline:
            raise Error('got more than %d bytes' % self.maxline)

    def getline(self):
        """Return the next line without its end; EOFError at the end."""
        line = self.file.readline(self.maxline + 1)
        self._check_length(line)
        if self.debugging > 1:
            print('*get*', self.sanitize(line))
        if not line:
            raise EOFError
        if line.endswith(CRLF):
            return line[:-2]
        return line[:-1] if line[-1] in CRLF else line

    def getmultiline(self):
        """Return an answer.  One of several lines begins with 'xyz-' and ends with a line 'xyz '."""
        lines = [self.getline()]
        if lines[0][3:4] == '-':
            code = lines[0][:3]
            while True:
                lines.append(self.getline())
                if lines[-1][:3] == code and lines[-1][3:4] != '-':
                    break
        return '\n'.join(lines)

    def getresp(self):
        """Return an answer, or raise what it means."""
        answer = self.getmultiline()
        if self.debugging:
            print('*resp*', self.sanitize(answer))
        self.lastresp = answer[:3]
        kind = answer[:1]
        if kind in ('1', '2', '3'):
            return answer
        raise {'4': error_temp, '5': error_perm}.get(kind, error_proto)(answer)

    def voidresp(self):
        """Return an answer 2xx; error_reply if it is another."""
        answer = self.getresp()
        if answer[:1] != '2':
            raise error_reply(answer)
        return answer

    def sendcmd(self, cmd):
        """Send a command and return the answer."""
        self.putcmd(cmd)
        return self.getresp()

    def voidcmd(self, cmd):
        """Send a command and return the answer, that has to be 2xx."""
        self.putcmd(cmd)
        return self.voidresp()

    def _send_abort(self, *flags):
        line = b'ABOR' + B_CRLF
        if self.debugging > 1:
            print('*put urgent*', self.sanitize(line))
        self.sock.sendall(line, *flags)
        answer = self.getmultiline()
        if answer[:3] not in ('426', '225', '226'):
            raise error_proto(answer)
        return answer

    def abort(self):
        """End a transfer.  That need not work, as the command goes out of band."""
        return self._send_abort(MSG_OOB)

    # -- the connection for data --

    def sendport(self, host, port):
        """Tell the server where to connect to: an IPv4 address."""
        numbers = [*host.split('.'), repr(port // 256), repr(port % 256)]
        return self.voidcmd('PORT ' + ','.join(numbers))

    def sendeprt(self, host, port):
        """Tell the server where to connect to."""
        try:
            family = {socket.AF_INET: 1, socket.AF_INET6: 2}[self.af]
        except KeyError:
            raise error_proto('unsupported address family') from None
        return self.voidcmd(f'EPRT |{family}|{host}|{port}|')

    def makeport(self):
        """Return a socket that listens, and tell the server of it."""
        listener = socket.create_server(('', 0), family=self.af, backlog=1)
        port = listener.getsockname()[1]
        host = self.sock.getsockname()[0]
        (self.sendport if self.af == socket.AF_INET else self.sendeprt)(host, port)
        if self.timeout is not _GLOBAL_DEFAULT_TIMEOUT:
            listener.settimeout(self.timeout)
        return listener

    def makepasv(self):
        """Ask the server to listen and return (host, port)."""
        if self.af != socket.AF_INET:
            return parse229(self.sendcmd('EPSV'), self.sock.getpeername())
        host, port = parse227(self.sendcmd('PASV'))
        if not self.trust_server_pasv_ipv4_address:
            host = self.sock.getpeername()[0]
        return host, port

    def _begin(self, cmd, rest):
        """Send a command that transfers, from the position rest on; return the answer 1xx."""
        if rest is not None:
            self.sendcmd(f'REST {rest}')
        answer = self.sendcmd(cmd)
        if answer[0] == '2':            # some servers answer 200 first
            answer = self.getresp()
        if answer[0] != '1':
            raise error_reply(answer)
        return answer

    def ntransfercmd(self, cmd, rest=None):
        """Begin a transfer and return (socket for the data, size in bytes or None).

        rest is the position to begin at.
        """
        if self.passiveserver:
            data = socket.create_connection(self.makepasv(), self.timeout, source_address=self.source_address)
            try:
                answer = self._begin(cmd, rest)
            except:
                data.close()
                raise
        else:
            with self.makeport() as listener:
                answer = self._begin(cmd, rest)
                data = listener.accept()[0]
                if self.timeout is not _GLOBAL_DEFAULT_TIMEOUT:
                    data.settimeout(self.timeout)
        return data, parse150(answer) if answer[:3] == '150' else None

    def transfercmd(self, cmd, rest=None):
        """Begin a transfer and return the socket for the data."""
        return self.ntransfercmd(cmd, rest)[0]

    @staticmethod
    def _end(data):
        """End TLS on a socket for data."""
        if _SSLSocket is not None and isinstance(data, _SSLSocket):
            data.unwrap()

    # -- transfers --

    def retrbinary(self, cmd, callback, blocksize=8192, rest=None):
        """Fetch by a command, 'RETR name': callback gets bytes, blocksize of them at most."""
        self.voidcmd('TYPE I')
        with self.transfercmd(cmd, rest) as data:
            for block in iter(lambda: data.recv(blocksize), b''):
                callback(block)
            self._end(data)
        return self.voidresp()

    def retrlines(self, cmd, callback=None):
        """Fetch text by a command, 'RETR name' or 'LIST': callback (default: print) gets lines without their ends."""
        if callback is None:
            callback = print_line
        self.sendcmd('TYPE A')
        with self.transfercmd(cmd) as data, data.makefile('r', encoding=self.encoding) as f:
            for line in iter(lambda: f.readline(self.maxline + 1), ''):
                self._check_length(line)
                if self.debugging > 2:
                    print('*retr*', repr(line))
                if line.endswith(CRLF):
                    line = line[:-2]
                elif line.endswith('\n'):
                    line = line[:-1]
                callback(line)
            self._end(data)
        return self.voidresp()

    def storbinary(self, cmd, fp, blocksize=8192, callback=None, rest=None):
        """Send a binary file by a command, 'STOR name': callback gets each block that was sent."""
        self.voidcmd('TYPE I')
        with self.transfercmd(cmd, rest) as data:
            for block in iter(lambda: fp.read(blocksize), b''):
                data.sendall(block)
                if callback:
                    callback(block)
            self._end(data)
        return self.voidresp()

    def storlines(self, cmd, fp, callback=None):
        """Send a binary file of text by a command, 'STOR name', lines ending in CR LF: callback gets each."""
        self.voidcmd('TYPE A')
        with self.transfercmd(cmd) as data:
            while True:
                line = fp.readline(self.maxline + 1)
                self._check_length(line)
                if not line:
                    break
                if not line.endswith(B_CRLF):
                    line = (line[:-1] if line[-1] in B_CRLF else line) + B_CRLF
                data.sendall(line)
                if callback:
                    callback(line)
            self._end(data)
        return self.voidresp()

    # -- commands --

    def login(self, user='', passwd='', acct=''):
        """Log in, as anonymous if no user is given."""
        user = user or 'anonymous'
        if user == 'anonymous' and passwd in ('', '-'):
            passwd += 'anonymous@'
        answer = self.sendcmd('USER ' + user)
        for command in ('PASS ' + passwd, 'ACCT ' + acct):
            if answer[0] == '3':
                answer = self.sendcmd(command)
        if answer[0] != '2':
            raise error_reply(answer)
        return answer

    def acct(self, password):
        """Send the name of an account."""
        return self.voidcmd('ACCT ' + password)

    def nlst(self, *args):
        """Return a list of names, of the current folder or those given."""
        names = []
        self.retrlines(' '.join(['NLST', *args]), names.append)
        return names

    def dir(self, *args):
        """List the current folder or those given; the last argument may be a function that gets the lines."""
        callback = None
        if args and not isinstance(args[-1], str):
            *args, callback = args
        self.retrlines(' '.join(['LIST', *[arg for arg in args if arg]]), callback)

    def mlsd(self, path='', facts=[]):
        """Yield (name, dict of facts) for what is in a folder; facts are the names of those wanted (RFC 3659)."""
        if facts:
            self.sendcmd('OPTS MLST ' + ';'.join(facts) + ';')
        lines = []
        self.retrlines(f'MLSD {path}' if path else 'MLSD', lines.append)
        for line in lines:
            found, _, name = line.rstrip(CRLF).partition(' ')
            pairs = [fact.partition('=') for fact in found[:-1].split(';')]
            yield name, {key.lower(): value for key, _, value in pairs}

    def rename(self, fromname, toname):
        """Rename a file."""
        answer = self.sendcmd('RNFR ' + fromname)
        if answer[0] != '3':
            raise error_reply(answer)
        return self.voidcmd('RNTO ' + toname)

    def delete(self, filename):
        """Remove a file."""
        answer = self.sendcmd('DELE ' + filename)
        if answer[:3] not in ('250', '200'):
            raise error_reply(answer)
        return answer

    def cwd(self, dirname):
        """Change the folder."""
        if dirname == '..':
            try:
                return self.voidcmd('CDUP')
            except error_perm as error:
                if not error.args[0].startswith('500'):     # else it does not know that command
                    raise
        return self.voidcmd('CWD ' + (dirname or '.'))

    def size(self, filename):
        """Return the size of a file in bytes; None if the server does not say."""
        answer = self.sendcmd('SIZE ' + filename)
        return int(answer[3:].strip()) if answer[:3] == '213' else None

    def _path_of(self, command):
        answer = self.voidcmd(command)
        return parse257(answer) if answer.startswith('257') else ''     # some Windows servers do not say

    def mkd(self, dirname):
        """Make a folder and return its full name."""
        return self._path_of('MKD ' + dirname)

    def rmd(self, dirname):
        """Remove a folder."""
        return self.voidcmd('RMD ' + dirname)

    def pwd(self):
        """Return the current folder."""
        return self._path_of('PWD')

    def quit(self):
        """Say goodbye and close the connection."""
        answer = self.voidcmd('QUIT')
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
                sock.close()


try:
    import ssl
except ImportError:
    _SSLSocket = None
else:
    _SSLSocket = ssl.SSLSocket

    class FTP_TLS(FTP):
        """As FTP, over TLS (RFC 4217): login() encrypts the connection for commands, prot_p() those for data.

        context is an ssl.SSLContext; keyfile and certfile are the older way.
        """

        ssl_version = ssl.PROTOCOL_TLS_CLIENT

        def __init__(self, host='', user='', passwd='', acct='', keyfile=None, certfile=None, context=None,
                     timeout=_GLOBAL_DEFAULT_TIMEOUT, source_address=None):
            for name, value in (('keyfile', keyfile), ('certfile', certfile)):
                if context is not None and value is not None:
                    raise ValueError('context and %s arguments are mutually exclusive' % name)
            if keyfile is not None or certfile is not None:
                import warnings
                warnings.warn('keyfile and certfile are deprecated, use a custom context instead', DeprecationWarning, 2)
            self.keyfile, self.certfile = keyfile, certfile
            if context is None:
                context = ssl._create_stdlib_context(self.ssl_version, certfile=certfile, keyfile=keyfile)
            self.context = context
            self._prot_p = False
            super().__init__(host, user, passwd, acct, timeout, source_address)

        def login(self, user='', passwd='', acct='', secure=True):
            """Log in, over TLS unless secure is false."""
            if secure and not isinstance(self.sock, _SSLSocket):
                self.auth()
            return super().login(user, passwd, acct)

        def auth(self):
            """Encrypt the connection for commands."""
            if isinstance(self.sock, _SSLSocket):
                raise ValueError('Already using TLS')
            answer = self.voidcmd('AUTH TLS' if self.ssl_version >= ssl.PROTOCOL_TLS else 'AUTH SSL')
            self.sock = self.context.wrap_socket(self.sock, server_hostname=self.host)
            self.file = self.sock.makefile(mode='r', encoding=self.encoding)
            return answer

        def ccc(self):
            """Go back to clear text for commands, for the sake of firewalls."""
            if not isinstance(self.sock, _SSLSocket):
                raise ValueError('not using TLS')
            answer = self.voidcmd('CCC')
            self.sock = self.sock.unwrap()
            return answer

        def prot_p(self):
            """Encrypt the connections for data from now on."""
            self.voidcmd('PBSZ 0')          # the RFC wants that first
            answer = self.voidcmd('PROT P')
            self._prot_p = True
            return answer

        def prot_c(self):
            """Send data in clear text from now on."""
            answer = self.voidcmd('PROT C')
            self._prot_p = False
            return answer

        def ntransfercmd(self, cmd, rest=None):
            data, size = super().ntransfercmd(cmd, rest)
            if self._prot_p:
                data = self.context.wrap_socket(data, server_hostname=self.host)
            return data, size

        def abort(self):
            return self._send_abort()       # there is nothing out of band in TLS

    __all__.append('FTP_TLS')
    all_errors += (ssl.SSLError,)


# ---- answers ----

def parse150(resp):
    """Return the size in an answer 150, None if there is none."""
    if resp[:3] != '150':
        raise error_reply(resp)
    global _150_re
    if _150_re is None:
        import re
        _150_re = re.compile(r'150 .* \((\d+) bytes\)', re.IGNORECASE | re.ASCII)
    match = _150_re.match(resp)
    return int(match[1]) if match else None


def parse227(resp):
    """Return (host, port) of an answer 227 to PASV."""
    if resp[:3] != '227':
        raise error_reply(resp)
    global _227_re
    if _227_re is None:
        import re
        _227_re = re.compile(','.join([r'(\d+)'] * 6), re.ASCII)
    match = _227_re.search(resp)
    if not match:
        raise error_proto(resp)
    *address, high, low = match.groups()
    return '.'.join(address), int(high) * 256 + int(low)


def parse229(resp, peer):
    """Return (host, port) of an answer 229 to EPSV, '(|||port|)'; the host is that of peer."""
    if resp[:3] != '229':
        raise error_reply(resp)
    left = resp.find('(')
    right = resp.find(')', left + 1)
    if left < 0 or right < 0 or resp[left + 1] != resp[right - 1]:
        raise error_proto(resp)
    parts = resp[left + 1:right].split(resp[left + 1])
    if len(parts) != 5:
        raise error_proto(resp)
    return peer[0], int(parts[3])


def parse257(resp):
    """Return the folder in an answer 257; '' if there is none.  A quote in it stands there twice."""
    if resp[:3] != '257':
        raise error_reply(resp)
    if resp[3:5] != ' "':
        return ''
    name, at = [], 5
    while at < len(resp):
        if resp[at] == '"':
            at += 1
            if resp[at:at + 1] != '"':
                break
        name.append(resp[at])
        at += 1
    return ''.join(name)


def print_line(line):
    """Print a line."""
    print(line)


def ftpcp(source, sourcename, target, targetname='', type='I'):
    """Copy a file from one server to another, without it coming here."""
    for server in (source, target):
        server.voidcmd('TYPE ' + type)
    target.sendport(*parse227(source.sendcmd('PASV')))
    # The listening side, the source, has to get its command last, but some need it first: RFC 959 leaves it open.
    for server, command in ((target, 'STOR ' + (targetname or sourcename)), (source, 'RETR ' + sourcename)):
        if server.sendcmd(command)[:3] not in ('125', '150'):
            raise error_proto
    source.voidresp()
    target.voidresp()


def test():
    """ftplib [-d] [-p] host [-l folder] [-d folder] [file...]: list folders, change to them, print files."""
    if len(sys.argv) < 2:
        print(test.__doc__)
        sys.exit(0)
    arguments = sys.argv[1:]
    level = 0
    while arguments and arguments[0] == '-d':
        level += 1
        del arguments[0]
    passive = not (arguments and arguments[0] == '-p')
    if not passive:
        del arguments[0]
    ftp = FTP(arguments.pop(0))
    ftp.set_debuglevel(level)
    ftp.set_pasv(passive)
    user = password = account = ''
    try:
        import netrc
        found = netrc.netrc().authenticators(ftp.host)
        if found:
            user, account, password = found
    except (OSError, netrc.NetrcParseError):
        pass
    ftp.login(user, password, account)
    for argument in arguments:
        if argument.startswith('-l'):
            ftp.dir(argument[2:])
        elif argument.startswith('-d'):
            ftp.voidcmd('CWD' + (argument[2:] and ' ' + argument[2:]))
        elif argument == '-p':
            ftp.set_pasv(not ftp.passiveserver)
        else:
            ftp.retrbinary('RETR ' + argument, sys.stdout.buffer.write, 1024)
            sys.stdout.flush()
    ftp.quit()


if __name__ == '__main__':
    test()
