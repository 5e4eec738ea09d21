# SPDX-License-Identifier: MIT
"""A client for IMAP4rev1 (RFC 3501): mailboxes on a server.

    with IMAP4_SSL('mail.example.com') as mail:
        mail.login('me', 'secret')
        mail.select('INBOX', readonly=True)
        kind, numbers = mail.search(None, 'UNSEEN')
        for number in numbers[0].split():
            kind, data = mail.fetch(number, '(RFC822)')

Each command is a method; it returns (kind, data): 'OK' or 'NO', and a list of bytes, or of tuples (bytes, literal).
Arguments are sent as they are, so quote what may have blanks.  Errors: IMAP4.error; IMAP4.abort (a new connection may
help); IMAP4.readonly (the mailbox cannot be written any more).

How it works: answers without a tag are kept in untagged_responses, by kind, until a command asks for them; the one with
its tag ends a command.
"""

import binascii
import calendar
import errno
import random
import re
import socket
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from io import DEFAULT_BUFFER_SIZE

try:
    import ssl
    HAVE_SSL = True
except ImportError:
    HAVE_SSL = False

__all__ = ['IMAP4', 'IMAP4_stream', 'Internaldate2tuple', 'Int2AP', 'ParseFlags', 'Time2Internaldate']

CRLF = b'\r\n'
Debug = 0
IMAP4_PORT, IMAP4_SSL_PORT = 143, 993
AllowedVersions = 'IMAP4REV1', 'IMAP4'          # the best first
_MAXLINE = 1000000                              # of bytes in a line; answers to SEARCH may be long


# ---- commands and the states they are allowed in ----

def _commands():
    early, ready, chosen, end = 'NONAUTH', 'AUTH', 'SELECTED', 'LOGOUT'
    groups = (
        ((early, ready, chosen, end), 'CAPABILITY LOGOUT NOOP'),
        ((early,), 'AUTHENTICATE LOGIN STARTTLS'),
        ((ready,), 'ENABLE PROXYAUTH'),
        ((chosen,), 'CHECK CLOSE COPY EXPUNGE FETCH MOVE PARTIAL SEARCH SORT STORE THREAD UID'),
        ((ready, chosen), '''APPEND CREATE DELETE DELETEACL EXAMINE GETACL GETANNOTATION GETQUOTA GETQUOTAROOT LIST
                             LSUB MYRIGHTS NAMESPACE RENAME SELECT SETACL SETANNOTATION SETQUOTA STATUS SUBSCRIBE
                             UNSUBSCRIBE'''),
    )
    return {name: states for states, names in groups for name in names.split()}


Commands = _commands()

# ---- patterns of answers ----

Continuation = re.compile(br'\+( (?P<data>.*))?')
Flags = re.compile(br'.*FLAGS \((?P<flags>[^\)]*)\)')
InternalDate = re.compile(br'.*INTERNALDATE "(?P<day>[ 0123][0-9])-(?P<mon>[A-Z][a-z][a-z])-(?P<year>[0-9]{4}) '
                          br'(?P<hour>[0-9]{2}):(?P<min>[0-9]{2}):(?P<sec>[0-9]{2}) '
                          br'(?P<zonen>[-+])(?P<zoneh>[0-9]{2})(?P<zonem>[0-9]{2})"')
_Literal = br'.*{(?P<size>\d+)}$'
Literal = re.compile(_Literal, re.ASCII)
MapCRLF = re.compile(br'\r\n|\r|\n')
# A ']' may stand in the data, the last one ends it.
Response_code = re.compile(br'\[(?P<type>[A-Z-]+)( (?P<data>.*))?\]')
Untagged_response = re.compile(br'\* (?P<type>[A-Z-]+)( (?P<data>.*))?')
_Untagged_status = br'\* (?P<data>\d+) (?P<type>[A-Z-]+)( (?P<data2>.*))?'
Untagged_status = re.compile(_Untagged_status, re.ASCII)


def _in_parentheses(text):
    return text if text[:1] == '(' and text[-1:] == ')' else f'({text})'


class IMAP4:
    """A connection to a mail server."""

    class error(Exception):
        """A command failed, or made no sense."""

    class abort(error):
        """The connection failed."""

    class readonly(abort):
        """The mailbox has become one that cannot be written."""

    def __init__(self, host='', port=IMAP4_PORT):
        self.debug = Debug
        self.state = 'LOGOUT'
        self.literal = None                 # what the next command sends after its line, or a function for that
        self.tagged_commands = {}           # those under way
        self.untagged_responses = {}
        self.continuation_response = ''
        self.is_readonly = False
        self.tagnum = 0
        self._tls_established = False
        self._cmd_log = {}
        self._cmd_log_idx, self._cmd_log_len = 0, 10
        self._mode_ascii()
        self.open(host, port)
        try:
            self._connect()
        except Exception:
            try:
                self.shutdown()
            except OSError:
                pass
            raise

    def _mode_ascii(self):
        self._set_mode('ascii', re.ASCII)

    def _mode_utf8(self):
        self._set_mode('utf-8', 0)

    def _set_mode(self, encoding, flags):
        self.utf8_enabled = encoding != 'ascii'
        self._encoding = encoding
        self.Literal = re.compile(_Literal, flags)
        self.Untagged_status = re.compile(_Untagged_status, flags)

    def _connect(self):
        """Read the welcome and learn what the server can do."""
        self.tagpre = Int2AP(random.randint(4096, 65535))
        self.tagre = re.compile(br'(?P<tag>' + self.tagpre + br'\d+) (?P<type>[A-Z]+) (?P<data>.*)', re.ASCII)
        self.welcome = self._get_response()
        for kind, state in (('PREAUTH', 'AUTH'), ('OK', 'NONAUTH')):
            if kind in self.untagged_responses:
                self.state = state
                break
        else:
            raise self.error(self.welcome)
        self._get_capabilities()
        for version in AllowedVersions:
            if version in self.capabilities:
                self.PROTOCOL_VERSION = version
                return
        raise self.error('server not IMAP4 compliant')

    def __getattr__(self, attr):
        if attr in Commands:                # in upper case too
            return getattr(self, attr.lower())
        raise AttributeError("Unknown IMAP4 command: '%s'" % attr)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        if self.state == 'LOGOUT':
            return
        try:
            self.logout()
        except OSError:
            pass

    # -- the connection: to be overridden --

    def _create_socket(self):
        host = self.host or None
        sys.audit('imaplib.open', self, self.host, self.port)
        return socket.create_connection((host, self.port))

    def open(self, host='', port=IMAP4_PORT):
        """Connect."""
        self.host, self.port = host, port
        self.sock = self._create_socket()
        self.file = self.sock.makefile('rb')

    def read(self, size):
        """Return size bytes from the server."""
        return self.file.read(size)

    def readline(self):
        """Return a line from the server."""
        line = self.file.readline(_MAXLINE + 1)
        if len(line) > _MAXLINE:
            raise self.error('got more than %d bytes' % _MAXLINE)
        return line

    def send(self, data):
        """Send bytes."""
        sys.audit('imaplib.send', self, data)
        self.sock.sendall(data)

    def shutdown(self):
        """Close the connection."""
        self.file.close()
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError as error:
            if error.errno != errno.ENOTCONN:       # else the server was quicker
                raise
        finally:
            self.sock.close()

    def socket(self):
        """Return the socket."""
        return self.sock

    # -- answers --

    def recent(self):
        """Return the number of new messages, [None] if nothing is known; the server is asked if it has not said."""
        kind, data = self._untagged_response('OK', [None], 'RECENT')
        if data[-1]:
            return kind, data
        kind, data = self.noop()            # that makes it talk
        return self._untagged_response(kind, data, 'RECENT')

    def response(self, code):
        """Return (code, data) of an answer without a tag, and forget it; [None] if there is none."""
        return self._untagged_response(code, [None], code.upper())

    # -- commands --

    def append(self, mailbox, flags, date_time, message):
        """Put a message, bytes, into a mailbox; flags and date_time may be None."""
        if flags:
            flags = _in_parentheses(flags)
        if date_time:
            date_time = Time2Internaldate(date_time)
        literal = MapCRLF.sub(CRLF, message)
        self.literal = b'UTF8 (' + literal + b')' if self.utf8_enabled else literal
        return self._simple_command('APPEND', mailbox or 'INBOX', flags or None, date_time or None)

    def authenticate(self, mechanism, authobject):
        """Log in by a mechanism; authobject(challenge) gets and returns bytes, or None to give up."""
        self.literal = _Authenticator(authobject).process
        kind, data = self._simple_command('AUTHENTICATE', mechanism.upper())
        if kind != 'OK':
            raise self.error(data[-1].decode('utf-8', 'replace'))
        self.state = 'AUTH'
        return kind, data

    def _asking(self, name, *args, answer=None):
        """Run a command and return the answers without a tag of its name, or of the name `answer`."""
        kind, data = self._simple_command(name, *args)
        return self._untagged_response(kind, data, answer or name)

    def capability(self):
        """Ask what the server can do."""
        return self._asking('CAPABILITY')

    def check(self):
        """Have the server write down what it knows of the mailbox."""
        return self._simple_command('CHECK')

    def close(self):
        """Close the mailbox; deleted messages are removed."""
        try:
            return self._simple_command('CLOSE')
        finally:
            self.state = 'AUTH'

    def copy(self, message_set, new_mailbox):
        """Copy messages, '1:3,5', to the end of another mailbox."""
        return self._simple_command('COPY', message_set, new_mailbox)

    def create(self, mailbox):
        """Make a mailbox."""
        return self._simple_command('CREATE', mailbox)

    def delete(self, mailbox):
        """Remove a mailbox."""
        return self._simple_command('DELETE', mailbox)

    def deleteacl(self, mailbox, who):
        """Take all rights to a mailbox from somebody."""
        return self._simple_command('DELETEACL', mailbox, who)

    def enable(self, capability):
        """Switch an extension on (RFC 5161): 'UTF8=ACCEPT'."""
        if 'ENABLE' not in self.capabilities:
            raise IMAP4.error('Server does not support ENABLE')
        kind, data = self._simple_command('ENABLE', capability)
        if kind == 'OK' and 'UTF8=ACCEPT' in capability.upper():
            self._mode_utf8()
        return kind, data

    def expunge(self):
        """Remove the deleted messages; the data are their numbers."""
        return self._asking('EXPUNGE')

    def fetch(self, message_set, message_parts):
        """Fetch parts of messages: '(UID BODY[TEXT])'."""
        return self._asking('FETCH', message_set, message_parts)

    def getacl(self, mailbox):
        """Ask who has which rights to a mailbox."""
        return self._asking('GETACL', mailbox, answer='ACL')

    def getannotation(self, mailbox, entry, attribute):
        """Ask for annotations of a mailbox."""
        return self._asking('GETANNOTATION', mailbox, entry, attribute, answer='ANNOTATION')

    def getquota(self, root):
        """Ask for the limits of a quota root."""
        return self._asking('GETQUOTA', root, answer='QUOTA')

    def getquotaroot(self, mailbox):
        """Ask for the quota roots of a mailbox: (kind, [roots, limits])."""
        kind, data = self._simple_command('GETQUOTAROOT', mailbox)
        kind, quota = self._untagged_response(kind, data, 'QUOTA')
        kind, roots = self._untagged_response(kind, data, 'QUOTAROOT')
        return kind, [roots, quota]

    def list(self, directory='""', pattern='*'):
        """Ask for the names of mailboxes."""
        return self._asking('LIST', directory, pattern)

    def login(self, user, password):
        """Log in; the password is quoted here."""
        kind, data = self._simple_command('LOGIN', user, self._quote(password))
        if kind != 'OK':
            raise self.error(data[-1])
        self.state = 'AUTH'
        return kind, data

    def login_cram_md5(self, user, password):
        """Log in without sending the password."""
        self.user, self.password = user, password
        return self.authenticate('CRAM-MD5', self._CRAM_MD5_AUTH)

    def _CRAM_MD5_AUTH(self, challenge):
        import hmac
        secret = self.password.encode('utf-8') if isinstance(self.password, str) else self.password
        return self.user + ' ' + hmac.HMAC(secret, challenge, 'md5').hexdigest()

    def logout(self):
        """Say goodbye and close the connection; the answer is ('BYE', ...)."""
        self.state = 'LOGOUT'
        answer = self._simple_command('LOGOUT')
        self.shutdown()
        return answer

    def lsub(self, directory='""', pattern='*'):
        """Ask for the names of mailboxes that are subscribed to."""
        return self._asking('LSUB', directory, pattern)

    def myrights(self, mailbox):
        """Ask for one's own rights to a mailbox."""
        return self._asking('MYRIGHTS', mailbox)

    def namespace(self):
        """Ask for namespaces (RFC 2342)."""
        return self._asking('NAMESPACE')

    def noop(self):
        """Do nothing; the server may tell what is new."""
        if self.debug >= 3:
            self._dump_ur(self.untagged_responses)
        return self._simple_command('NOOP')

    def partial(self, message_num, message_part, start, length):
        """Fetch a piece of a part of a message; of old."""
        return self._asking('PARTIAL', message_num, message_part, start, length, answer='FETCH')

    def proxyauth(self, user):
        """Become another user."""
        return self._simple_command('PROXYAUTH', user)

    def rename(self, oldmailbox, newmailbox):
        """Rename a mailbox."""
        return self._simple_command('RENAME', oldmailbox, newmailbox)

    def search(self, charset, *criteria):
        """Search the mailbox; the data are the numbers of messages, with blanks between them.

        charset of the criteria: None for ASCII.
        """
        if not charset:
            return self._asking('SEARCH', *criteria)
        if self.utf8_enabled:
            raise IMAP4.error('Non-None charset not valid in UTF8 mode')
        return self._asking('SEARCH', 'CHARSET', charset, *criteria)

    def select(self, mailbox='INBOX', readonly=False):
        """Open a mailbox; the data are the number of messages.  IMAP4.readonly if it cannot be written."""
        self.untagged_responses = {}
        self.is_readonly = readonly
        kind, data = self._simple_command('EXAMINE' if readonly else 'SELECT', mailbox)
        if kind != 'OK':
            self.state = 'AUTH'             # nothing is open now
            return kind, data
        self.state = 'SELECTED'
        if 'READ-ONLY' in self.untagged_responses and not readonly:
            if self.debug >= 1:
                self._dump_ur(self.untagged_responses)
            raise self.readonly('%s is not writable' % mailbox)
        return kind, self.untagged_responses.get('EXISTS', [None])

    def setacl(self, mailbox, who, what):
        """Give rights to a mailbox."""
        return self._simple_command('SETACL', mailbox, who, what)

    def setannotation(self, *args):
        """Set annotations: mailbox, entry, attribute and value, and so on."""
        return self._asking('SETANNOTATION', *args, answer='ANNOTATION')

    def setquota(self, root, limits):
        """Set the limits of a quota root."""
        return self._asking('SETQUOTA', root, limits, answer='QUOTA')

    def sort(self, sort_criteria, charset, *search_criteria):
        """Search the mailbox and sort what is found (RFC 5256)."""
        return self._asking('SORT', _in_parentheses(sort_criteria), charset, *search_criteria)

    def starttls(self, ssl_context=None):
        """Encrypt the connection from here on."""
        if not HAVE_SSL:
            raise self.error('SSL support missing')
        if self._tls_established:
            raise self.abort('TLS session already established')
        if 'STARTTLS' not in self.capabilities:
            raise self.abort('TLS not supported by server')
        context = ssl._create_stdlib_context() if ssl_context is None else ssl_context
        kind, data = self._simple_command('STARTTLS')
        if kind != 'OK':
            raise self.error("Couldn't establish TLS session")
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
        self.file = self.sock.makefile('rb')
        self._tls_established = True
        self._get_capabilities()            # they may be others now
        return self._untagged_response(kind, data, 'STARTTLS')

    def status(self, mailbox, names):
        """Ask for the state of a mailbox: '(MESSAGES UNSEEN)'."""
        return self._asking('STATUS', mailbox, names)

    def store(self, message_set, command, flags):
        """Change flags of messages: command is 'FLAGS', '+FLAGS' or '-FLAGS'."""
        return self._asking('STORE', message_set, command, _in_parentheses(flags), answer='FETCH')

    def subscribe(self, mailbox):
        """Subscribe to a mailbox."""
        return self._simple_command('SUBSCRIBE', mailbox)

    def thread(self, threading_algorithm, charset, *search_criteria):
        """Search the mailbox and order what is found in threads (RFC 5256)."""
        return self._asking('THREAD', threading_algorithm, charset, *search_criteria)

    def uid(self, command, *args):
        """Run a command with the lasting numbers of messages in place of those in the mailbox."""
        command = command.upper()
        if command not in Commands:
            raise self.error('Unknown IMAP4 UID command: %s' % command)
        self._check_state(command)
        return self._asking('UID', command, *args, answer=command if command in ('SEARCH', 'SORT', 'THREAD') else 'FETCH')

    def unsubscribe(self, mailbox):
        """End a subscription."""
        return self._simple_command('UNSUBSCRIBE', mailbox)

    def xatom(self, name, *args):
        """Run a command that is not known here."""
        name = name.upper()
        Commands.setdefault(name, (self.state,))
        return self._simple_command(name, *args)

    # -- how commands work --

    def _check_state(self, name):
        if self.state not in Commands[name]:
            raise self.error('command %s illegal in state %s, only allowed in states %s'
                             % (name, self.state, ', '.join(Commands[name])))

    def _append_untagged(self, typ, dat):
        """Keep an answer without a tag."""
        dat = b'' if dat is None else dat
        if self.debug >= 5:
            self._mesg('untagged_responses[%s] %s += ["%r"]'
                       % (typ, len(self.untagged_responses.get(typ, '')), dat))
        self.untagged_responses.setdefault(typ, []).append(dat)

    def _check_bye(self):
        bye = self.untagged_responses.get('BYE')
        if bye:
            raise self.abort(bye[-1].decode(self._encoding, 'replace'))

    def _command(self, name, *args):
        """Send a command and what belongs to it; return its tag."""
        try:
            self._check_state(name)
        except self.error:
            self.literal = None
            raise
        for kind in ('OK', 'NO', 'BAD'):
            self.untagged_responses.pop(kind, None)
        if 'READ-ONLY' in self.untagged_responses and not self.is_readonly:
            raise self.readonly('mailbox status changed to READ-ONLY')
        tag = self._new_tag()
        words = [tag, name.encode(self._encoding)]
        words += [arg.encode(self._encoding) if isinstance(arg, str) else arg for arg in args if arg is not None]
        literal, self.literal = self.literal, None
        answers = literal if callable(literal) else None        # a function, for as often as the server asks
        if literal is not None and answers is None:
            words.append(b'{%d}' % len(literal))
        line = b' '.join(words)
        if self.debug >= 4:
            self._mesg('> %r' % line)
        else:
            self._log('> %r' % line)
        self._send(line + CRLF)
        while literal is not None:
            while self._get_response():
                if self.tagged_commands[tag]:                   # it was refused
                    return tag
            if answers is not None:
                literal = answers(self.continuation_response)
            if self.debug >= 4:
                self._mesg('write literal size %s' % len(literal))
            self._send(literal)
            self._send(CRLF)
            if answers is None:
                break
        return tag

    def _send(self, data):
        try:
            self.send(data)
        except OSError as error:
            raise self.abort('socket error: %s' % error)

    def _command_complete(self, name, tag):
        """Wait for the end of a command and return (kind, data)."""
        leaving = name == 'LOGOUT'
        if not leaving:
            self._check_bye()
        try:
            kind, data = self._get_tagged_response(tag, expect_bye=leaving)
        except self.abort as error:
            raise self.abort('command: %s => %s' % (name, error))
        except self.error as error:
            raise self.error('command: %s => %s' % (name, error))
        if not leaving:
            self._check_bye()
        if kind == 'BAD':
            raise self.error('%s command error: %s %s' % (name, kind, data))
        return kind, data

    def _simple_command(self, name, *args):
        return self._command_complete(name, self._command(name, *args))

    def _get_capabilities(self):
        kind, data = self.capability()
        if data == [None]:
            raise self.error('no CAPABILITY response from server')
        self.capabilities = tuple(str(data[-1], self._encoding).upper().split())

    def _get_response(self):
        """Read one answer and keep it; return its line, None if the server wants more of the command."""
        line = self._get_line()
        if self._match(self.tagre, line):
            tag, kind, data = self.mo.group('tag', 'type', 'data')
            if tag not in self.tagged_commands:
                raise self.abort('unexpected tagged response: %r' % line)
            self.tagged_commands[tag] = str(kind, self._encoding), [data]
        elif self._match(Untagged_response, line) or self._match(self.Untagged_status, line):
            found = self.mo.groupdict()
            kind, data = str(found['type'], self._encoding), found['data'] or b''
            if found.get('data2'):
                data += b' ' + found['data2']
            while self._match(self.Literal, data):              # bytes follow, and then more of the line
                size = int(self.mo.group('size'))
                if self.debug >= 4:
                    self._mesg('read literal size %s' % size)
                self._append_untagged(kind, (data, self.read(size)))
                data = self._get_line()
            self._append_untagged(kind, data)
        elif self._match(Continuation, line):
            self.continuation_response = self.mo.group('data')
            return None
        else:
            raise self.abort('unexpected response: %r' % line)
        if kind in ('OK', 'NO', 'BAD', b'OK', b'NO', b'BAD') and self._match(Response_code, data):
            self._append_untagged(str(self.mo.group('type'), self._encoding), self.mo.group('data'))
        if self.debug >= 1 and kind in ('NO', 'BAD', 'BYE'):
            self._mesg('%s response: %r' % (kind, data))
        return line

    def _get_tagged_response(self, tag, expect_bye=False):
        while True:
            result = self.tagged_commands[tag]
            if result is not None:
                del self.tagged_commands[tag]
                return result
            if expect_bye:
                bye = self.untagged_responses.pop('BYE', None)
                if bye is not None:         # some servers close at once
                    return 'BYE', bye
            self._check_bye()
            try:
                self._get_response()
            except self.abort:
                if self.debug:
                    self.print_log()
                raise

    def _get_line(self):
        raw = self.readline()
        if not raw.endswith(CRLF):
            raise self.abort('socket error: ' + ('unterminated line: %r' % raw if raw else 'EOF'))
        line = raw[:-2]
        if self.debug >= 4:
            self._mesg('< %r' % line)
        else:
            self._log('< %r' % line)
        return line

    def _match(self, cre, s):
        """Match a pattern, keep the match as mo, and return whether there is one."""
        self.mo = cre.match(s)
        if self.mo is not None and self.debug >= 5:
            self._mesg('\tmatched %r => %r' % (cre.pattern, self.mo.groups()))
        return self.mo is not None

    def _new_tag(self):
        tag = self.tagpre + b'%d' % self.tagnum
        self.tagnum += 1
        self.tagged_commands[tag] = None
        return tag

    def _quote(self, arg):
        return '"' + arg.replace('\\', '\\\\').replace('"', '\\"') + '"'

    def _untagged_response(self, typ, dat, name):
        """Return the answers without a tag of a name, and forget them."""
        if typ == 'NO':
            return typ, dat
        if name not in self.untagged_responses:
            return typ, [None]
        data = self.untagged_responses.pop(name)
        if self.debug >= 5:
            self._mesg('untagged_responses[%s] => %s' % (name, data))
        return typ, data

    # -- what happened --

    def _mesg(self, s, secs=None):
        moment = time.time() if secs is None else secs
        clock = time.strftime('%M:%S', time.localtime(moment))
        sys.stderr.write('  %s.%02d %s\n' % (clock, moment * 100 % 100, s))
        sys.stderr.flush()

    def _dump_ur(self, dict):
        """Print the answers without a tag."""
        lines = ['%s: "%s"' % (kind, '" "'.join(map(str, answers))) for kind, answers in dict.items() if answers]
        if lines:
            self._mesg('untagged responses dump:' + '\n\t\t'.join(['', *lines]))

    def _log(self, line):
        """Keep one of the last lines."""
        self._cmd_log[self._cmd_log_idx] = line, time.time()
        self._cmd_log_idx = (self._cmd_log_idx + 1) % self._cmd_log_len

    def print_log(self):
        """Print the last lines."""
        self._mesg('last %d IMAP4 interactions:' % len(self._cmd_log))
        for at in range(self._cmd_log_len):
            entry = self._cmd_log.get((self._cmd_log_idx + at) % self._cmd_log_len)
            if entry:
                self._mesg(*entry)


if HAVE_SSL:
    class IMAP4_SSL(IMAP4):
        """As IMAP4, over TLS from the start; keyfile and certfile are the older way to say what ssl_context says."""

        def __init__(self, host='', port=IMAP4_SSL_PORT, keyfile=None, certfile=None, ssl_context=None):
            for name, value in (('keyfile', keyfile), ('certfile', certfile)):
                if ssl_context is not None and value is not None:
                    raise ValueError('ssl_context and %s arguments are mutually exclusive' % name)
            if keyfile is not None or certfile is not None:
                import warnings
                warnings.warn('keyfile and certfile are deprecated, use a custom ssl_context instead',
                              DeprecationWarning, 2)
            if ssl_context is None:
                ssl_context = ssl._create_stdlib_context(certfile=certfile, keyfile=keyfile)
            self.keyfile, self.certfile, self.ssl_context = keyfile, certfile, ssl_context
            super().__init__(host, port)

        def _create_socket(self):
            return self.ssl_context.wrap_socket(super()._create_socket(), server_hostname=self.host)

        def open(self, host='', port=IMAP4_SSL_PORT):
            """Connect."""
            super().open(host, port)

    __all__.append('IMAP4_SSL')


class IMAP4_stream(IMAP4):
    """As IMAP4, with stdin and stdout of a command for the shell."""

    def __init__(self, command):
        self.command = command
        super().__init__()

    def open(self, host=None, port=None):
        """Start the command."""
        self.host = self.port = self.sock = self.file = None
        self.process = subprocess.Popen(self.command, bufsize=DEFAULT_BUFFER_SIZE, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, shell=True, close_fds=True)
        self.writefile, self.readfile = self.process.stdin, self.process.stdout

    def read(self, size):
        return self.readfile.read(size)

    def readline(self):
        return self.readfile.readline()

    def send(self, data):
        self.writefile.write(data)
        self.writefile.flush()

    def shutdown(self):
        """Close its stdin and stdout and wait for the command."""
        for stream in (self.readfile, self.writefile):
            stream.close()
        self.process.wait()


class _Authenticator:
    """Answers challenges, in base64."""

    def __init__(self, mechinst):
        self.mech = mechinst

    def process(self, data):
        """Return the answer to a challenge; b'*' to give up."""
        answer = self.mech(self.decode(data))
        return b'*' if answer is None else self.encode(answer)

    def encode(self, inp):
        """Return text or bytes in base64, on one line."""
        if isinstance(inp, str):
            inp = inp.encode('utf-8')
        return binascii.b2a_base64(inp, newline=False) if inp else b''

    def decode(self, inp):
        """Return the bytes of base64."""
        return binascii.a2b_base64(inp) if inp else b''


# ---- helpers ----

Months = ' Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
Mon2num = {name.encode(): number for number, name in enumerate(Months) if name}


def Internaldate2tuple(resp):
    """Return the local time of an answer with INTERNALDATE, a time tuple; None if there is none."""
    match = InternalDate.match(resp)
    if not match:
        return None
    day, month, year, hour, minute, second, sign, zone_hours, zone_minutes = match.groups()
    utc = calendar.timegm((int(year), Mon2num[month], int(day), int(hour), int(minute), int(second)))
    offset = 60 * (60 * int(zone_hours) + int(zone_minutes))
    return time.localtime(utc + offset if sign == b'-' else utc - offset)


def Int2AP(num):
    """Return a number in the digits A to P."""
    digits = b''
    num = int(abs(num))
    while num:
        num, digit = divmod(num, 16)
        digits = bytes([65 + digit]) + digits
    return digits


def ParseFlags(resp):
    """Return the flags of an answer with FLAGS, a tuple of bytes."""
    match = Flags.match(resp)
    return tuple(match['flags'].split()) if match else ()


def Time2Internaldate(date_time):
    """Return a time as '"DD-Mmm-YYYY HH:MM:SS +HHMM"', with the quotes.

    date_time: seconds since the epoch, a time tuple, a datetime with a zone, or such a str.
    """
    if isinstance(date_time, (int, float)):
        moment = datetime.fromtimestamp(date_time, timezone.utc).astimezone()
    elif isinstance(date_time, tuple):
        moment = datetime(*date_time[:6], tzinfo=timezone(timedelta(seconds=_offset_of(date_time))))
    elif isinstance(date_time, datetime):
        if date_time.tzinfo is None:
            raise ValueError('date_time must be aware')
        moment = date_time
    elif isinstance(date_time, str) and date_time[:1] == date_time[-1:] == '"':
        return date_time
    else:
        raise ValueError('date_time not of a known type')
    return moment.strftime('"%d-{}-%Y %H:%M:%S %z"'.format(Months[moment.month]))


def _offset_of(moment):
    """Return the distance of a time tuple from UTC in seconds."""
    try:
        return moment.tm_gmtoff
    except AttributeError:
        pass
    if not time.daylight:
        return -time.timezone
    summer = moment[8]
    if summer == -1:
        summer = time.localtime(time.mktime(moment))[8]
    return -(time.timezone, time.altzone)[summer]
