# SPDX-License-Identifier: MIT
"""A client for SMTP and its extensions (RFC 5321): sending mail.

    with SMTP('mail.example.com', 587) as server:
        server.starttls()
        server.login('me', 'secret')
        server.send_message(message)            # an email.message.EmailMessage, or sendmail(from, to, text)

Commands return (code, text of the server's answer as bytes), or raise SMTPException.
"""

import base64
import copy
import datetime
import email.generator
import email.message
import email.utils
import hmac
import io
import re
import socket
import sys
from email.base64mime import body_encode as encode_base64

try:
    import ssl
except ImportError:
    _have_ssl = False
else:
    _have_ssl = True

__all__ = ['SMTPException', 'SMTPNotSupportedError', 'SMTPServerDisconnected', 'SMTPResponseException',
           'SMTPSenderRefused', 'SMTPRecipientsRefused', 'SMTPDataError', 'SMTPConnectError', 'SMTPHeloError',
           'SMTPAuthenticationError', 'quoteaddr', 'quotedata', 'SMTP']

SMTP_PORT, SMTP_SSL_PORT, LMTP_PORT = 25, 465, 2003
CRLF, bCRLF = '\r\n', b'\r\n'
_MAXLINE = 8192                 # of bytes in a line of an answer
_MAXCHALLENGE = 5               # in one authentication

OLDSTYLE_AUTH = re.compile('auth=(.*)', re.I)


# ---- exceptions ----

class SMTPException(OSError):
    """The base of the module's exceptions."""


class SMTPNotSupportedError(SMTPException):
    """The server does not have an extension that is needed."""


class SMTPServerDisconnected(SMTPException):
    """The server has closed the connection, or there has been none."""


class SMTPResponseException(SMTPException):
    """The server answers with an error: smtp_code, smtp_error."""

    def __init__(self, code, msg):
        self.smtp_code, self.smtp_error = code, msg
        self.args = code, msg


class SMTPSenderRefused(SMTPResponseException):
    """The sender is refused: also sender."""

    def __init__(self, code, msg, sender):
        super().__init__(code, msg)
        self.sender = sender
        self.args = code, msg, sender


class SMTPRecipientsRefused(SMTPException):
    """All recipients are refused: recipients, a dict as sendmail() returns it."""

    def __init__(self, recipients):
        self.recipients = recipients
        self.args = recipients,


class SMTPDataError(SMTPResponseException):
    """The mail itself is refused."""


class SMTPConnectError(SMTPResponseException):
    """The server does not want a connection."""


class SMTPHeloError(SMTPResponseException):
    """The server refuses the greeting."""


class SMTPAuthenticationError(SMTPResponseException):
    """Name and password are refused."""


# ---- text ----

def quoteaddr(addrstring):
    """Return the address in addrstring in angle brackets, without a name."""
    address = email.utils.parseaddr(addrstring)
    if address == ('', ''):                             # not understood: the server may do better
        return addrstring if addrstring.strip().startswith('<') else f'<{addrstring}>'
    return f'<{address[1]}>'


def _addr_only(addrstring):
    """Return the address in addrstring without a name."""
    address = email.utils.parseaddr(addrstring)
    return addrstring if address == ('', '') else address[1]


def _fix_eols(data):
    """Return text with all line ends as CR LF."""
    return re.sub(r'\r\n|\n|\r', CRLF, data)


def quotedata(data):
    """Return text in the form that DATA wants: lines end in CR LF, and a dot at the start of one is doubled."""
    return re.sub(r'(?m)^\.', '..', _fix_eols(data))


def _quote_periods(bindata):
    return re.sub(br'(?m)^\.', b'..', bindata)


def _context(context, keyfile, certfile):
    """Return the ssl.SSLContext to use."""
    for name, value in (('keyfile', keyfile), ('certfile', certfile)):
        if context is not None and value is not None:
            raise ValueError('context and %s arguments are mutually exclusive' % name)
    if keyfile is not None or certfile is not None:
        import warnings
        warnings.warn('keyfile and certfile are deprecated, use a custom context instead', DeprecationWarning, 3)
    if context is None:
        context = ssl._create_stdlib_context(certfile=certfile, keyfile=keyfile)
    return context


def _accepted(code):
    return 200 <= code <= 299


# ---- the client ----

class SMTP:
    """A connection to a mail server; with host it is made at once.

    local_hostname: the name to greet with, by default that of this machine.  timeout is in seconds; source_address is
    where the connection comes from, (host, port).  After ehlo(): does_esmtp, esmtp_features (a dict of extensions).
    """

    debuglevel = 0
    sock = None
    file = None
    helo_resp = None
    ehlo_msg = 'ehlo'
    ehlo_resp = None
    does_esmtp = 0
    default_port = SMTP_PORT

    def __init__(self, host='', port=0, local_hostname=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT,
                 source_address=None):
        self._host = host
        self.timeout = timeout
        self.esmtp_features = {}
        self.command_encoding = 'ascii'
        self.source_address = source_address
        self._auth_challenge_count = 0
        if host:
            code, message = self.connect(host, port)
            if code != 220:
                self.close()
                raise SMTPConnectError(code, message)
        self.local_hostname = self._own_name() if local_hostname is None else local_hostname

    @staticmethod
    def _own_name():
        """Return a name for the greeting: a domain name if there is one, else an address in brackets."""
        name = socket.getfqdn()
        if '.' in name:
            return name
        try:
            address = socket.gethostbyname(socket.gethostname())
        except socket.gaierror:
            address = '127.0.0.1'
        return f'[{address}]'

    def __enter__(self):
        return self

    def __exit__(self, *args):
        try:
            code, message = self.docmd('QUIT')
            if code != 221:
                raise SMTPResponseException(code, message)
        except SMTPServerDisconnected:
            pass
        finally:
            self.close()

    def set_debuglevel(self, debuglevel):
        """Print nothing (0), the conversation (1), or that with the time (2) to stderr."""
        self.debuglevel = debuglevel

    def _print_debug(self, *args):
        if self.debuglevel > 1:
            args = (datetime.datetime.now().time(), *args)
        print(*args, file=sys.stderr)

    # -- the connection --

    def _get_socket(self, host, port, timeout):
        if self.debuglevel > 0:
            self._print_debug('connect: to', (host, port), self.source_address)
        return socket.create_connection((host, port), timeout, self.source_address)

    def connect(self, host='localhost', port=0, source_address=None):
        """Connect and return the server's first answer; host may end in ':port'."""
        if source_address:
            self.source_address = source_address
        if not port and host.count(':') == 1:           # more are an IPv6 address
            host, _, port = host.partition(':')
            try:
                port = int(port)
            except ValueError:
                raise OSError('nonnumeric port')
        port = port or self.default_port
        sys.audit('smtplib.connect', self, host, port)
        self.sock = self._get_socket(host, port, self.timeout)
        self.file = None
        code, message = self.getreply()
        if self.debuglevel > 0:
            self._print_debug('connect:', repr(message))
        return code, message

    def send(self, s):
        """Send text or bytes as they are."""
        if self.debuglevel > 0:
            self._print_debug('send:', repr(s))
        if not self.sock:
            raise SMTPServerDisconnected('please run connect() first')
        data = s.encode(self.command_encoding) if isinstance(s, str) else s     # ASCII unless SMTPUTF8 is in use
        sys.audit('smtplib.send', self, data)
        try:
            self.sock.sendall(data)
        except OSError:
            self.close()
            raise SMTPServerDisconnected('Server not connected')

    def putcmd(self, cmd, args=''):
        """Send a command."""
        line = f'{cmd} {args}' if args else cmd
        if '\r' in line or '\n' in line:
            line = line.replace('\n', '\\n').replace('\r', '\\r')
            raise ValueError('command and arguments contain prohibited newline characters: ' + line)
        self.send(line + CRLF)

    def getreply(self):
        """Return (code, text) of an answer; the code is -1 if it is no number."""
        if self.file is None:
            self.file = self.sock.makefile('rb')
        texts = []
        while True:
            try:
                line = self.file.readline(_MAXLINE + 1)
            except OSError as error:
                self.close()
                raise SMTPServerDisconnected('Connection unexpectedly closed: ' + str(error))
            if not line:
                self.close()
                raise SMTPServerDisconnected('Connection unexpectedly closed')
            if self.debuglevel > 0:
                self._print_debug('reply:', repr(line))
            if len(line) > _MAXLINE:
                self.close()
                raise SMTPResponseException(500, 'Line too long.')
            texts.append(line[4:].strip(b' \t\r\n'))
            try:
                code = int(line[:3])
            except ValueError:
                code = -1
                break
            if line[3:4] != b'-':                       # else more lines follow
                break
        message = b'\n'.join(texts)
        if self.debuglevel > 0:
            self._print_debug('reply: retcode (%s); Msg: %a' % (code, message))
        return code, message

    def docmd(self, cmd, args=''):
        """Send a command and return the answer."""
        self.putcmd(cmd, args)
        return self.getreply()

    # -- commands --

    def helo(self, name=''):
        """Greet in the old way."""
        code, self.helo_resp = self.docmd('helo', name or self.local_hostname)
        return code, self.helo_resp

    def ehlo(self, name=''):
        """Greet, and learn what extensions the server has."""
        self.esmtp_features = {}
        code, message = self.docmd(self.ehlo_msg, name or self.local_hostname)
        if code == -1 and not message:                  # some old servers hang up
            self.close()
            raise SMTPServerDisconnected('Server not connected')
        self.ehlo_resp = message
        if code != 250:
            return code, message
        self.does_esmtp = 1
        for line in message.decode('latin-1').split('\n')[1:]:
            self._take_feature(line)
        return code, message

    def _take_feature(self, line):
        """Note an extension from a line; the mechanisms of several lines about AUTH add up."""
        old = OLDSTYLE_AUTH.match(line)
        if old:
            name, parameters = 'auth', old[1]
        else:
            match = re.match(r'([A-Za-z0-9][A-Za-z0-9\-]*) ?', line)
            if not match:
                return
            name, parameters = match[1].lower(), line[match.end(1):].strip()
        if name == 'auth':
            parameters = self.esmtp_features.get('auth', '') + ' ' + parameters
        self.esmtp_features[name] = parameters

    def has_extn(self, opt):
        """Return whether the server has an extension."""
        return opt.lower() in self.esmtp_features

    def ehlo_or_helo_if_needed(self):
        """Greet, if that has not been done: with EHLO or, if that is refused, HELO."""
        if self.helo_resp is None and self.ehlo_resp is None and not _accepted(self.ehlo()[0]):
            code, message = self.helo()
            if not _accepted(code):
                raise SMTPHeloError(code, message)

    def help(self, args=''):
        """Return the server's help, bytes."""
        return self.docmd('help', args)[1]

    def rset(self):
        """Forget the mail that has been begun."""
        self.command_encoding = 'ascii'
        return self.docmd('rset')

    def _rset(self):
        try:
            self.rset()
        except SMTPServerDisconnected:
            pass

    def noop(self):
        """Do nothing."""
        return self.docmd('noop')

    def mail(self, sender, options=()):
        """Begin a mail from sender."""
        extra = ''
        if options and self.does_esmtp:
            if any(option.lower() == 'smtputf8' for option in options):
                if not self.has_extn('smtputf8'):
                    raise SMTPNotSupportedError('SMTPUTF8 not supported by server')
                self.command_encoding = 'utf-8'
            extra = ' ' + ' '.join(options)
        return self.docmd('mail', f'FROM:{quoteaddr(sender)}{extra}')

    def rcpt(self, recip, options=()):
        """Add a recipient."""
        extra = ' ' + ' '.join(options) if options and self.does_esmtp else ''
        return self.docmd('rcpt', f'TO:{quoteaddr(recip)}{extra}')

    def data(self, msg):
        """Send the mail, str (ASCII) or bytes; SMTPDataError if the server does not want it."""
        code, message = self.docmd('data')
        if self.debuglevel > 0:
            self._print_debug('data:', (code, message))
        if code != 354:
            raise SMTPDataError(code, message)
        content = _quote_periods(_fix_eols(msg).encode('ascii') if isinstance(msg, str) else msg)
        if not content.endswith(bCRLF):
            content += bCRLF
        self.send(content + b'.' + bCRLF)
        code, message = self.getreply()
        if self.debuglevel > 0:
            self._print_debug('data:', (code, message))
        return code, message

    def verify(self, address):
        """Ask whether there is an address."""
        return self.docmd('vrfy', _addr_only(address))

    vrfy = verify

    def expn(self, address):
        """Ask who is on a list."""
        return self.docmd('expn', _addr_only(address))

    # -- authentication --

    def auth(self, mechanism, authobject, *, initial_response_ok=True):
        """Authenticate by a mechanism.

        authobject(challenge) returns the answer to a challenge of the server, bytes, as a str; without an argument,
        unless initial_response_ok is false, what is sent before there is a challenge, or None.
        """
        mechanism = mechanism.upper()
        first = authobject() if initial_response_ok else None
        if first is None:
            self._auth_challenge_count = 0
            code, message = self.docmd('AUTH', mechanism)
        else:
            self._auth_challenge_count = 1
            code, message = self.docmd('AUTH', mechanism + ' ' + encode_base64(first.encode('ascii'), eol=''))
        while code == 334:
            self._auth_challenge_count += 1
            answer = authobject(base64.decodebytes(message)).encode('ascii')
            code, message = self.docmd(encode_base64(answer, eol=''))
            if self._auth_challenge_count > _MAXCHALLENGE:
                raise SMTPException('Server AUTH mechanism infinite loop. Last response: ' + repr((code, message)))
        if code not in (235, 503):                      # 503: already done
            raise SMTPAuthenticationError(code, message)
        return code, message

    def auth_cram_md5(self, challenge=None):
        """Answer for CRAM-MD5; needs user and password as attributes."""
        if challenge is None:
            return None
        return self.user + ' ' + hmac.HMAC(self.password.encode('ascii'), challenge, 'md5').hexdigest()

    def auth_plain(self, challenge=None):
        """Answer for PLAIN; needs user and password as attributes."""
        return f'\0{self.user}\0{self.password}'

    def auth_login(self, challenge=None):
        """Answer for LOGIN: the name, then the password; needs user and password as attributes."""
        return self.user if challenge is None or self._auth_challenge_count < 2 else self.password

    def login(self, user, password, *, initial_response_ok=True):
        """Authenticate by the best mechanism that the server has: CRAM-MD5, PLAIN or LOGIN."""
        self.ehlo_or_helo_if_needed()
        if not self.has_extn('auth'):
            raise SMTPNotSupportedError('SMTP AUTH extension not supported by server.')
        offered = self.esmtp_features['auth'].split()
        usable = [mechanism for mechanism in ('CRAM-MD5', 'PLAIN', 'LOGIN') if mechanism in offered]
        if not usable:
            raise SMTPException('No suitable authentication method found.')
        self.user, self.password = user, password
        for mechanism in usable:                        # some servers offer what they do not have
            function = getattr(self, 'auth_' + mechanism.lower().replace('-', '_'))
            try:
                return self.auth(mechanism, function, initial_response_ok=initial_response_ok)
            except SMTPAuthenticationError as error:
                failure = error
        raise failure

    def starttls(self, keyfile=None, certfile=None, context=None):
        """Encrypt the connection from here on; context is an ssl.SSLContext."""
        self.ehlo_or_helo_if_needed()
        if not self.has_extn('starttls'):
            raise SMTPNotSupportedError('STARTTLS extension not supported by server.')
        code, message = self.docmd('STARTTLS')
        if code != 220:
            raise SMTPResponseException(code, message)
        if not _have_ssl:
            raise RuntimeError('No SSL support included in this Python')
        self.sock = _context(context, keyfile, certfile).wrap_socket(self.sock, server_hostname=self._host)
        self.file = None
        self._forget()                                  # what was said in clear text does not count
        return code, message

    def _forget(self):
        self.helo_resp = self.ehlo_resp = None
        self.esmtp_features = {}
        self.does_esmtp = False

    # -- mail --

    def sendmail(self, from_addr, to_addrs, msg, mail_options=(), rcpt_options=()):
        """Send a mail and return a dict {address: (code, text)} of the recipients that were refused.

        to_addrs: a list, or one address.  msg: str (ASCII) or bytes, with headers.  SMTPRecipientsRefused if all are
        refused, SMTPSenderRefused, SMTPDataError, SMTPHeloError, SMTPNotSupportedError.
        """
        self.ehlo_or_helo_if_needed()
        if isinstance(msg, str):
            msg = _fix_eols(msg).encode('ascii')
        options = []
        if self.does_esmtp:
            if self.has_extn('size'):
                options.append('size=%d' % len(msg))
            options += mail_options
        code, message = self.mail(from_addr, options)
        if code != 250:
            self._give_up(code)
            raise SMTPSenderRefused(code, message, from_addr)
        refused = {}
        if isinstance(to_addrs, str):
            to_addrs = [to_addrs]
        for address in to_addrs:
            code, message = self.rcpt(address, rcpt_options)
            if code not in (250, 251):
                refused[address] = code, message
            if code == 421:
                self.close()
                raise SMTPRecipientsRefused(refused)
        if len(refused) == len(to_addrs):
            self._rset()
            raise SMTPRecipientsRefused(refused)
        code, message = self.data(msg)
        if code != 250:
            self._give_up(code)
            raise SMTPDataError(code, message)
        return refused

    def _give_up(self, code):
        """Forget the mail, or close the connection if the server does so."""
        if code == 421:
            self.close()
        else:
            self._rset()

    def send_message(self, msg, from_addr=None, to_addrs=None, mail_options=(), rcpt_options=()):
        """Send an email.message.Message; as sendmail().

        Sender and recipients come from the headers if they are not given, from the Resent- ones if there are; Bcc is
        not sent.
        """
        self.ehlo_or_helo_if_needed()
        resent = msg.get_all('Resent-Date')
        if resent is not None and len(resent) != 1:
            raise ValueError("message has more than one 'Resent-' header block")
        prefix = '' if resent is None else 'Resent-'
        if from_addr is None:
            sender = msg[prefix + 'Sender' if prefix + 'Sender' in msg else prefix + 'From']
            from_addr = email.utils.getaddresses([sender])[0][1]
        if to_addrs is None:
            fields = [msg[prefix + name] for name in ('To', 'Bcc', 'Cc')]
            to_addrs = [pair[1] for pair in email.utils.getaddresses([field for field in fields if field is not None])]
        outgoing = copy.copy(msg)
        del outgoing['Bcc'], outgoing['Resent-Bcc']
        settings = {}
        try:
            ''.join([from_addr, *to_addrs]).encode('ascii')
        except UnicodeEncodeError:
            if not self.has_extn('smtputf8'):
                raise SMTPNotSupportedError('One or more source or delivery addresses require internationalized email '
                                            'support, but the server does not advertise the required SMTPUTF8 capability')
            settings['policy'] = msg.policy.clone(utf8=True)
            mail_options = (*mail_options, 'SMTPUTF8', 'BODY=8BITMIME')
        with io.BytesIO() as f:
            email.generator.BytesGenerator(f, **settings).flatten(outgoing, linesep='\r\n')
            content = f.getvalue()
        return self.sendmail(from_addr, to_addrs, content, mail_options, rcpt_options)

    # -- the end --

    def close(self):
        """Close the connection without a word."""
        file, self.file = self.file, None
        try:
            if file:
                file.close()
        finally:
            sock, self.sock = self.sock, None
            if sock:
                sock.close()

    def quit(self):
        """Say goodbye and close the connection."""
        answer = self.docmd('quit')
        self._forget()
        self.close()
        return answer


if _have_ssl:
    class SMTP_SSL(SMTP):
        """As SMTP, over TLS from the start; context is an ssl.SSLContext, keyfile and certfile are the older way."""

        default_port = SMTP_SSL_PORT

        def __init__(self, host='', port=0, local_hostname=None, keyfile=None, certfile=None,
                     timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None, context=None):
            self.context = _context(context, keyfile, certfile)
            self.keyfile, self.certfile = keyfile, certfile
            super().__init__(host, port, local_hostname, timeout, source_address)

        def _get_socket(self, host, port, timeout):
            return self.context.wrap_socket(super()._get_socket(host, port, timeout), server_hostname=self._host)

    __all__.append('SMTP_SSL')


class LMTP(SMTP):
    """A client for LMTP (RFC 2033): SMTP for delivery without a queue.  A host that begins with '/' is a Unix socket."""

    ehlo_msg = 'lhlo'

    def __init__(self, host='', port=LMTP_PORT, local_hostname=None, source_address=None):
        super().__init__(host, port, local_hostname=local_hostname, source_address=source_address)

    def connect(self, host='localhost', port=0, source_address=None):
        """Connect and return the server's first answer."""
        if host[0] != '/':
            return super().connect(host, port, source_address=source_address)
        self.file = self.sock = None
        try:
            self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.sock.connect(host)
        except OSError:
            if self.debuglevel > 0:
                self._print_debug('connect fail:', host)
            self.close()
            raise
        code, message = self.getreply()
        if self.debuglevel > 0:
            self._print_debug('connect:', message)
        return code, message


if __name__ == '__main__':
    def _ask(what):
        sys.stdout.write(what + ': ')
        sys.stdout.flush()
        return sys.stdin.readline().strip()

    _sender, _recipients = _ask('From'), _ask('To').split(',')
    print('Enter message, end with ^D:')
    with SMTP('localhost') as _server:
        _server.set_debuglevel(1)
        _server.sendmail(_sender, _recipients, sys.stdin.read())
