# SPDX-License-Identifier: MIT
"""SMTP servers (RFC 5321) on asyncore, with the extensions SIZE (RFC 1870), 8BITMIME and SMTPUTF8 (RFC 6531).

SMTPServer listens and makes an SMTPChannel for each client; a subclass does something with the messages in
process_message().  DebuggingServer prints them, PureProxy passes them on.  `python -m smtpd` runs one of these.
"""

import asynchat
import asyncore
import collections
import errno
import getopt
import os
import re
import socket
import sys
import time
from warnings import warn

__all__ = ['SMTPChannel', 'SMTPServer', 'DebuggingServer', 'PureProxy', 'MailmanProxy']
__version__ = 'Python SMTP proxy version 0.3'

program = sys.argv[0]
NEWLINE, COMMASPACE = '\n', ', '
DATA_SIZE_DEFAULT = 33554432        # bytes


class Devnull:
    """A stream that forgets what is written."""

    def write(self, msg):
        """Do nothing."""

    def flush(self):
        """Do nothing."""


DEBUGSTREAM = Devnull()

# A mailbox, in angle brackets or without: words with dots or a quoted string, then perhaps a domain.
_MAILBOX = r'(?:"(?:[^"\\]|\\.)*"|[^\s"<>@]+)(?:@(?:\[[^\]\s]*\]|[^\s<>@\[\]]+))?'
_PATH = re.compile(r'\s*(?:<(?P<bracketed>%s)?>|(?P<bare>%s))(?=\s|\Z)\s*' % (_MAILBOX, _MAILBOX))

_SYNTAX = {'EHLO': 'EHLO hostname', 'HELO': 'HELO hostname', 'MAIL': 'MAIL FROM: <address>',
           'RCPT': 'RCPT TO: <address>', 'DATA': 'DATA', 'RSET': 'RSET', 'NOOP': 'NOOP', 'QUIT': 'QUIT',
           'VRFY': 'VRFY <address>'}


def _renamed(new):
    """A property for the name that an attribute had when it was private, with a warning."""
    def deprecated():
        warn('Access to __%s attribute on SMTPChannel is deprecated, use %r instead' % (new, new),
             DeprecationWarning, 3)

    def get(self):
        deprecated()
        return getattr(self, new)

    def put(self, value):
        deprecated()
        setattr(self, new, value)

    return property(get, put, doc='The old name of %s.' % new)


class SMTPChannel(asynchat.async_chat):
    """The conversation with one client.

    smtp_server: the SMTPServer.  smtp_state: COMMAND or DATA.  seen_greeting: the client's name, once it has said
    HELO or EHLO; extended_smtp: whether it was EHLO.  mailfrom, rcpttos: sender and recipients of the message to
    come; received_data: the last message, str if decode_data is set, else bytes.
    """

    COMMAND, DATA = 0, 1
    command_size_limit = 512
    command_size_limits = collections.defaultdict(lambda: SMTPChannel.command_size_limit)

    @property
    def max_command_size_limit(self):
        """The greatest length of any command line."""
        return max(self.command_size_limits.values(), default=self.command_size_limit)

    def __init__(self, server, conn, addr, data_size_limit=DATA_SIZE_DEFAULT, map=None, enable_SMTPUTF8=False,
                 decode_data=False):
        super().__init__(conn, map=map)
        if enable_SMTPUTF8 and decode_data:
            raise ValueError('decode_data and enable_SMTPUTF8 cannot be set to True at the same time')
        self.smtp_server, self.conn, self.addr = server, conn, addr
        self.data_size_limit = data_size_limit
        self.enable_SMTPUTF8, self._decode_data = enable_SMTPUTF8, decode_data
        self._emptystring, self._newline, self._linesep = ('', '\n', '\r\n') if decode_data else (b'', b'\n', b'\r\n')
        self.command_size_limits = collections.defaultdict(lambda: self.command_size_limit)
        self.received_lines, self.received_data = [], self._emptystring
        self.seen_greeting, self.extended_smtp = '', False
        self._begin_message()
        self.fqdn = socket.getfqdn()
        try:
            self.peer = conn.getpeername()
        except OSError as error:
            # The client may be gone again.
            self.close()
            if error.errno != errno.ENOTCONN:
                raise
            return
        print('Peer:', repr(self.peer), file=DEBUGSTREAM)
        self.push('220 %s %s' % (self.fqdn, __version__))

    def _begin_message(self):
        """Forget the sender and the recipients: what comes next are commands."""
        self.smtp_state = self.COMMAND
        self.mailfrom, self.rcpttos = None, []
        self.require_SMTPUTF8 = False
        self.num_bytes = 0
        self.set_terminator(b'\r\n')

    __server, __line, __state = map(_renamed, ('smtp_server', 'received_lines', 'smtp_state'))
    __greeting, __mailfrom, __rcpttos = map(_renamed, ('seen_greeting', 'mailfrom', 'rcpttos'))
    __data, __fqdn, __peer = map(_renamed, ('received_data', 'fqdn', 'peer'))
    __conn, __addr = map(_renamed, ('conn', 'addr'))

    def push(self, msg):
        """Send a line."""
        super().push(bytes(msg + '\r\n', 'utf-8' if self.require_SMTPUTF8 else 'ascii'))

    # What arrives

    def collect_incoming_data(self, data):
        """Keep a piece of a line or message, as long as it is within the limit; the excess is counted only."""
        limit = self.max_command_size_limit if self.smtp_state == self.COMMAND else self.data_size_limit
        if limit and self.num_bytes > limit:
            return
        if limit:
            self.num_bytes += len(data)
        self.received_lines.append(str(data, 'utf-8') if self._decode_data else data)

    def found_terminator(self):
        """Do what the line says, or hand over the message."""
        received = self._emptystring.join(self.received_lines)
        self.received_lines = []
        size, self.num_bytes = self.num_bytes, 0
        print('Data:', repr(received), file=DEBUGSTREAM)
        if self.smtp_state == self.COMMAND:
            self._take_command(received if self._decode_data else str(received, 'utf-8'), size)
        elif self.smtp_state != self.DATA:
            self.push('451 Internal confusion')
        elif self.data_size_limit and size > self.data_size_limit:
            self.push('552 Error: Too much mail data')
        else:
            self._take_message(received)

    def _take_command(self, line, size):
        """Call the method for a command line; size: its length in bytes, the part left out included."""
        if not line:
            self.push('500 Error: bad syntax')
            return
        word, blank, argument = line.partition(' ')
        name = word.upper()
        limit = self.command_size_limits[name] if self.extended_smtp else self.command_size_limit
        if size > limit:
            self.push('500 Error: line too long')
            return
        method = getattr(self, 'smtp_' + name, None)
        if method is None:
            self.push('500 Error: command "%s" not recognized' % word)
            return
        method(argument.strip() if blank else None)

    def _take_message(self, received):
        """Undo the doubling of dots at the start of lines, and give the message to the server."""
        dot = self._linesep[:0] + ('.' if self._decode_data else b'.')
        self.received_data = self._newline.join(
            [line[1:] if line.startswith(dot) else line for line in received.split(self._linesep)])
        options = {} if self._decode_data else {'mail_options': self.mail_options, 'rcpt_options': self.rcpt_options}
        status = self.smtp_server.process_message(self.peer, self.mailfrom, self.rcpttos, self.received_data, **options)
        self._begin_message()
        self.push(status or '250 OK')

    # Commands: arg is what stands behind the word, None if nothing does.

    def _usage(self, command):
        """The syntax of a command, as it is after EHLO or HELO."""
        extended = ' [SP <mail-parameters>]' if self.extended_smtp and command in ('MAIL', 'RCPT') else ''
        return 'Syntax: ' + _SYNTAX[command] + extended

    def _greet(self, command, name):
        """What HELO and EHLO have in common; return whether all is well."""
        if not name:
            self.push('501 ' + self._usage(command))
        elif self.seen_greeting:
            self.push('503 Duplicate HELO/EHLO')
        else:
            self._begin_message()
            self.seen_greeting = name
            return True
        return False

    def smtp_HELO(self, arg):
        """The client's name; no extensions."""
        if self._greet('HELO', arg):
            self.push('250 ' + self.fqdn)

    def smtp_EHLO(self, arg):
        """The client's name; answer with the extensions."""
        if not self._greet('EHLO', arg):
            return
        self.extended_smtp = True
        lines = [self.fqdn]
        if self.data_size_limit:
            lines.append('SIZE %s' % self.data_size_limit)
            self.command_size_limits['MAIL'] += 26
        if not self._decode_data:
            lines.append('8BITMIME')
        if self.enable_SMTPUTF8:
            lines.append('SMTPUTF8')
            self.command_size_limits['MAIL'] += 10
        for line in lines:
            self.push('250-' + line)
        self.push('250 HELP')

    def _bare(self, command, arg):
        """Return whether a command has no argument; else say so."""
        if arg:
            self.push('501 ' + self._usage(command))
        return not arg

    def smtp_NOOP(self, arg):
        """Nothing."""
        if self._bare('NOOP', arg):
            self.push('250 OK')

    def smtp_QUIT(self, arg):
        """The end."""
        self.push('221 Bye')
        self.close_when_done()

    def smtp_RSET(self, arg):
        """Forget the message that was begun."""
        if self._bare('RSET', arg):
            self._begin_message()
            self.push('250 OK')

    def smtp_HELP(self, arg):
        """Tell the syntax of a command, or which there are."""
        command = arg.upper() if arg else ''
        if command in _SYNTAX:
            self.push('250 ' + self._usage(command))
        else:
            self.push(('501' if arg else '250') + ' Supported commands: EHLO HELO MAIL RCPT DATA RSET NOOP QUIT VRFY')

    def smtp_VRFY(self, arg):
        """Whether there is such a user: that is not told."""
        if not arg:
            self.push('501 ' + self._usage('VRFY'))
        elif _parse_path(arg)[0]:
            self.push('252 Cannot VRFY user, but will accept message and attempt delivery')
        else:
            self.push('502 Could not VRFY ' + arg)

    def smtp_EXPN(self, arg):
        """Who is on a list: that is not told."""
        self.push('502 EXPN not implemented')

    def _read_path(self, command, keyword, arg):
        """Return (address, parameters as a list of words) of MAIL or RCPT; None if it is wrong, which has been said."""
        address = rest = ''
        if arg and arg[:len(keyword)].upper() == keyword:
            address, rest = _parse_path(arg[len(keyword):])
        if not address or (rest and not self.extended_smtp):
            self.push('501 ' + self._usage(command))
            return None
        return address, rest.upper().split()

    def _mail_problem(self, parameters):
        """What to answer to bad parameters of MAIL; None if they are good."""
        unknown = '555 MAIL FROM parameters not recognized or not implemented'
        values = {}
        for parameter in parameters:
            name, equals, value = parameter.partition('=')
            values[name] = value if equals else True
        if not self._decode_data:
            if values.pop('BODY', '7BIT') not in ('7BIT', '8BITMIME'):
                return '501 Error: BODY can only be one of 7BIT, 8BITMIME'
        if self.enable_SMTPUTF8:
            wanted = values.pop('SMTPUTF8', False)
            if wanted not in (True, False):
                return '501 Error: SMTPUTF8 takes no arguments'
            self.require_SMTPUTF8 = wanted
        size = values.pop('SIZE', None)
        if size is not None:
            if size is True or not size.isdigit():
                return '501 ' + self._usage('MAIL')
            if self.data_size_limit and int(size) > self.data_size_limit:
                return '552 Error: message size exceeds fixed maximum message size'
        return unknown if values else None

    def smtp_MAIL(self, arg):
        """Begin a message: its sender, and parameters."""
        if not self.seen_greeting:
            self.push('503 Error: send HELO first')
            return
        print('===> MAIL', arg, file=DEBUGSTREAM)
        path = self._read_path('MAIL', 'FROM:', arg)
        if path is None:
            return
        if self.mailfrom:
            self.push('503 Error: nested MAIL command')
            return
        address, self.mail_options = path
        problem = self._mail_problem(self.mail_options)
        if problem is not None:
            self.push(problem)
            return
        self.mailfrom = address
        print('sender:', address, file=DEBUGSTREAM)
        self.push('250 OK')

    def smtp_RCPT(self, arg):
        """Add a recipient."""
        if not self.seen_greeting:
            self.push('503 Error: send HELO first')
            return
        print('===> RCPT', arg, file=DEBUGSTREAM)
        if not self.mailfrom:
            self.push('503 Error: need MAIL command')
            return
        path = self._read_path('RCPT', 'TO:', arg)
        if path is None:
            return
        address, self.rcpt_options = path
        if self.rcpt_options:
            # There are none that we know.
            self.push('555 RCPT TO parameters not recognized or not implemented')
            return
        self.rcpttos.append(address)
        print('recips:', self.rcpttos, file=DEBUGSTREAM)
        self.push('250 OK')

    def smtp_DATA(self, arg):
        """From now on everything is the message, up to a line with only a dot."""
        if not self.seen_greeting:
            self.push('503 Error: send HELO first')
        elif not self.rcpttos:
            self.push('503 Error: need RCPT command')
        elif self._bare('DATA', arg):
            self.smtp_state = self.DATA
            self.set_terminator(b'\r\n.\r\n')
            self.push('354 End data with <CR><LF>.<CR><LF>')


def _parse_path(text):
    """Return (address, what follows it); the address is empty if there is none, and '<>' for the empty path."""
    found = _PATH.match(text)
    if found is None:
        return '', text
    return found['bracketed'] or found['bare'] or '<>', text[found.end():]


class SMTPServer(asyncore.dispatcher):
    """A server.  localaddr, remoteaddr: (host, port) to listen at, and to pass messages to, for subclasses that do.

    data_size_limit: greatest size of a message in bytes, 0 or None for any.  enable_SMTPUTF8: let addresses have any
    characters.  decode_data: decode messages as UTF-8; not together with enable_SMTPUTF8.
    """

    channel_class = SMTPChannel

    def __init__(self, localaddr, remoteaddr, data_size_limit=DATA_SIZE_DEFAULT, map=None, enable_SMTPUTF8=False,
                 decode_data=False):
        if enable_SMTPUTF8 and decode_data:
            raise ValueError('enable_SMTPUTF8 and decode_data cannot be set to True at the same time')
        self._localaddr, self._remoteaddr = localaddr, remoteaddr
        self.data_size_limit = data_size_limit
        self.enable_SMTPUTF8, self._decode_data = enable_SMTPUTF8, decode_data
        asyncore.dispatcher.__init__(self, map=map)
        try:
            family, kind = socket.getaddrinfo(*localaddr, type=socket.SOCK_STREAM)[0][:2]
            self._begin(family, kind, localaddr)
        except BaseException:
            self.close()
            raise
        print('%s started at %s\n\tLocal addr: %s\n\tRemote addr:%s' % (
            self.__class__.__name__, time.ctime(time.time()), localaddr, remoteaddr), file=DEBUGSTREAM)

    def _begin(self, family, kind, address):
        """Listen at an address."""
        self.create_socket(family, kind)
        self.set_reuse_addr()
        self.bind(address)
        self.listen(5)

    def handle_accepted(self, conn, addr):
        """Begin a conversation."""
        print('Incoming connection from %s' % repr(addr), file=DEBUGSTREAM)
        self.channel_class(self, conn, addr, self.data_size_limit, self._map, self.enable_SMTPUTF8, self._decode_data)

    def process_message(self, peer, mailfrom, rcpttos, data, **kwargs):
        """Do something with a message; for subclasses.

        peer: the client's address.  mailfrom, rcpttos: sender, and list of recipients.  data: the message, str if
        decode_data is set, else bytes; then kwargs has mail_options and rcpt_options, too.  Return what to answer,
        such as '554 No thanks', or None for '250 OK'.
        """
        raise NotImplementedError


class DebuggingServer(SMTPServer):
    """Prints messages."""

    def _print_message_content(self, peer, data):
        """Print the lines, with the client behind the headers."""
        lines = data.splitlines()
        header_end = next((i for i, line in enumerate(lines) if not line), None)
        if header_end is not None:
            mark = 'X-Peer: ' + peer[0]
            lines.insert(header_end, mark if isinstance(data, str) else repr(mark.encode('utf-8')))
        for i, line in enumerate(lines):
            print(line if isinstance(data, str) or i == header_end else repr(line))

    def process_message(self, peer, mailfrom, rcpttos, data, **kwargs):
        """Print a message."""
        print('---------- MESSAGE FOLLOWS ----------')
        options = [(label, kwargs.get(key)) for label, key in
                   (('mail options', 'mail_options'), ('rcpt options', 'rcpt_options'))]
        told = ['%s: %s' % option for option in options if option[1]]
        if told:
            print(*told, sep='\n')
        self._print_message_content(peer, data)
        print('------------ END MESSAGE ------------')


class PureProxy(SMTPServer):
    """Passes messages on to the server at remoteaddr."""

    def __init__(self, *args, **kwargs):
        if kwargs.get('enable_SMTPUTF8'):
            raise ValueError('PureProxy does not support SMTPUTF8.')
        super().__init__(*args, **kwargs)

    def process_message(self, peer, mailfrom, rcpttos, data):
        """Pass a message on, with a header that names the client."""
        lines = data.split('\n')
        header_end = next((i for i, line in enumerate(lines) if not line), len(lines) - 1)
        lines.insert(header_end, 'X-Peer: %s' % peer[0])
        refused = self._deliver(mailfrom, rcpttos, NEWLINE.join(lines))
        print('we got some refusals:', refused, file=DEBUGSTREAM)

    def _deliver(self, mailfrom, rcpttos, data):
        """Send a message; return a dict of the recipients that were refused."""
        import smtplib
        try:
            server = smtplib.SMTP()
            server.connect(self._remoteaddr[0], self._remoteaddr[1])
            try:
                return server.sendmail(mailfrom, rcpttos, data)
            finally:
                server.quit()
        except smtplib.SMTPRecipientsRefused as error:
            print('got SMTPRecipientsRefused', file=DEBUGSTREAM)
            return error.recipients
        except (OSError, smtplib.SMTPException) as error:
            print('got', error.__class__, file=DEBUGSTREAM)
            answer = getattr(error, 'smtp_code', -1), getattr(error, 'smtp_error', 'ignore')
            return dict.fromkeys(rcpttos, answer)


class MailmanProxy(PureProxy):
    """Passes messages on, those to lists of a Mailman 2 to that; needs its package Mailman."""

    def __init__(self, *args, **kwargs):
        warn('MailmanProxy is deprecated and will be removed in future', DeprecationWarning, 2)
        if kwargs.get('enable_SMTPUTF8'):
            raise ValueError('MailmanProxy does not support SMTPUTF8.')
        super().__init__(*args, **kwargs)

    @staticmethod
    def _list_and_command(address):
        """Split the local part of an address: list-command@host."""
        name, hyphen, command = address.lower().partition('@')[0].partition('-')
        return name, command if hyphen else ''

    def process_message(self, peer, mailfrom, rcpttos, data):
        """Give a message to the lists it is for, and pass it on to the other recipients."""
        from io import StringIO
        from Mailman import Message, MailList, Utils
        others, lists = [], []
        for address in rcpttos:
            name, command = self._list_and_command(address)
            if Utils.list_exists(name) and command in ('', 'admin', 'owner', 'request', 'join', 'leave'):
                lists.append((name, command))
            else:
                others.append(address)
        if others:
            print('we got some refusals:', self._deliver(mailfrom, others, data), file=DEBUGSTREAM)
        for name, command in lists:
            message = Message.Message(StringIO(data))
            for header, value in (('from', mailfrom), ('date', time.ctime(time.time()))):
                if not message.get(header):
                    message[header] = value
            self._enqueue(MailList.MailList(name, lock=0), command, message)

    @staticmethod
    def _enqueue(mailing_list, command, message):
        """Put a message in the queue of a list."""
        if command == '':
            message.Enqueue(mailing_list, tolist=1)
        elif command == 'admin':
            message.Enqueue(mailing_list, toadmin=1)
        elif command == 'owner':
            message.Enqueue(mailing_list, toowner=1)
        else:
            if command != 'request':
                message['Subject'] = command
            message.Enqueue(mailing_list, torequest=1)


# The program

class Options:
    """What the command line said."""
    setuid = True
    classname = 'PureProxy'
    size_limit = None
    enable_SMTPUTF8 = False


def usage(code, msg=''):
    """Print how the program is called, and a message; exit with a status."""
    print('''An SMTP proxy.

Usage: %s [options] [localhost:localport [remotehost:remoteport]]

It listens at localhost, port 8025, and passes messages on to localhost, port 25.

  -n, --nosetuid         stay the user that started it, instead of nobody
  -V, --version          print the version
  -c, --class NAME       the class to use, PureProxy by default: NAME, or MODULE.NAME
  -s, --size BYTES       greatest size of a message, %d by default
  -u, --smtputf8         allow SMTPUTF8 (RFC 6531)
  -d, --debug            print what is going on
  -h, --help             print this
''' % (program, DATA_SIZE_DEFAULT), file=sys.stderr)
    if msg:
        print(msg, file=sys.stderr)
    sys.exit(code)


def _address(text, default_port):
    """Split HOST:PORT."""
    host, colon, port = text.rpartition(':')
    if not colon:
        usage(1, 'Bad address: %s' % text)
    try:
        return host or 'localhost', int(port or default_port)
    except ValueError:
        usage(1, 'Bad port: %s' % text)


def parseargs():
    """Read the command line; return Options."""
    global DEBUGSTREAM
    try:
        found, places = getopt.getopt(sys.argv[1:], 'nVhc:s:du',
                                      ['class=', 'nosetuid', 'version', 'help', 'size=', 'debug', 'smtputf8'])
    except getopt.error as error:
        usage(1, error)
    options = Options()
    for name, value in found:
        if name in ('-h', '--help'):
            usage(0)
        elif name in ('-V', '--version'):
            print(__version__)
            sys.exit(0)
        elif name in ('-n', '--nosetuid'):
            options.setuid = False
        elif name in ('-c', '--class'):
            options.classname = value
        elif name in ('-d', '--debug'):
            DEBUGSTREAM = sys.stderr
        elif name in ('-u', '--smtputf8'):
            options.enable_SMTPUTF8 = True
        elif name in ('-s', '--size'):
            if not value.isdigit():
                usage(1, 'Invalid size: %s' % value)
            options.size_limit = int(value)
    if len(places) > 2:
        usage(1, 'Invalid arguments: %s' % COMMASPACE.join(places))
    places += ['localhost:8025', 'localhost:25'][len(places):]
    (options.localhost, options.localport), (options.remotehost, options.remoteport) = (
        _address(places[0], 8025), _address(places[1], 25))
    return options


def _give_up_root():
    """Become the user nobody."""
    from pwd import getpwnam
    try:
        os.setuid(getpwnam('nobody').pw_uid)
    except PermissionError:
        sys.exit('%s: not allowed to become nobody; the option -n does without' % program)


def _main():
    options = parseargs()
    module, dot, name = options.classname.rpartition('.')
    home = __import__(module, fromlist=[name]) if dot else sys.modules['__main__']
    server_class = getattr(home, name)
    server_class((options.localhost, options.localport), (options.remotehost, options.remoteport),
                 options.size_limit, enable_SMTPUTF8=options.enable_SMTPUTF8)
    if options.setuid:
        _give_up_root()
    try:
        asyncore.loop()
    except KeyboardInterrupt:
        pass


if __name__ == '__main__':
    _main()
