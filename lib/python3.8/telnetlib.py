# SPDX-License-Identifier: MIT
"""A client for Telnet (RFC 854): a conversation with a program on another machine.

    with Telnet('localhost', 23) as tn:
        tn.read_until(b'login: ')
        tn.write(b'me\\n')
        print(tn.read_all().decode())

Options that the server proposes are refused, unless a function is set for that.  What comes in goes through two
queues: rawq as it is, and cookedq without the commands of Telnet.
"""

import selectors
import socket
import sys
from time import monotonic as _time

__all__ = ['Telnet']

DEBUGLEVEL = 0
TELNET_PORT = 23

# The commands: an IAC before them, and for the first ones an option behind.
theNULL = bytes([0])
IAC, DONT, DO, WONT, WILL = [bytes([number]) for number in range(255, 250, -1)]
SE, NOP, DM, BRK, IP, AO, AYT, EC, EL, GA, SB = [bytes([number]) for number in range(240, 251)]

# The options, as http://www.iana.org/assignments/telnet-options has them.
BINARY, ECHO, RCP, SGA, NAMS, STATUS, TM, RCTE, NAOL, NAOP = [bytes([number]) for number in range(10)]
NAOCRD, NAOHTS, NAOHTD, NAOFFD, NAOVTS, NAOVTD, NAOLFD, XASCII, LOGOUT, BM = [bytes([number]) for number in range(10, 20)]
DET, SUPDUP, SUPDUPOUTPUT, SNDLOC, TTYPE, EOR, TUID, OUTMRK, TTYLOC, VT3270REGIME = [bytes([number])
                                                                                   for number in range(20, 30)]
X3PAD, NAWS, TSPEED, LFLOW, LINEMODE, XDISPLOC, OLD_ENVIRON, AUTHENTICATION, ENCRYPT, NEW_ENVIRON = [
    bytes([number]) for number in range(30, 40)]
TN3270E, XAUTH, CHARSET, RSP, COM_PORT_OPTION, SUPPRESS_LOCAL_ECHO, TLS, KERMIT, SEND_URL, FORWARD_X = [
    bytes([number]) for number in range(40, 50)]
PRAGMA_LOGON, SSPI_LOGON, PRAGMA_HEARTBEAT = [bytes([number]) for number in range(138, 141)]
EXOPL = bytes([255])
NOOPT = bytes([0])

_NAMES = {DO: 'DO', DONT: 'DONT', WILL: 'WILL', WONT: 'WONT'}

_TelnetSelector = getattr(selectors, 'PollSelector', selectors.SelectSelector)


class Telnet:
    """A connection; with host it is made at once.  timeout is in seconds, for connecting."""

    def __init__(self, host=None, port=0, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        self.debuglevel = DEBUGLEVEL
        self.host, self.port, self.timeout = host, port, timeout
        self.sock = None
        self.rawq = self.cookedq = self.sbdataq = b''
        self.irawq = 0                  # how much of rawq has been taken
        self.iacseq = b''               # a command that has begun
        self.sb = 0                     # within a subnegotiation
        self.eof = 0
        self.option_callback = None
        if host is not None:
            self.open(host, port, timeout)

    def open(self, host, port=0, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        """Connect."""
        self.eof = 0
        self.host, self.port, self.timeout = host, port or TELNET_PORT, timeout
        sys.audit('telnetlib.Telnet.open', self, host, self.port)
        self.sock = socket.create_connection((host, self.port), timeout)

    def __del__(self):
        self.close()

    def __enter__(self):
        return self

    def __exit__(self, type, value, traceback):
        self.close()

    def close(self):
        """Close the connection."""
        sock, self.sock = self.sock, None
        self.eof = True
        self.iacseq, self.sb = b'', 0
        if sock:
            sock.close()

    def msg(self, msg, *args):
        """Print a message, msg % args, if the level for that is above 0."""
        if self.debuglevel > 0:
            print('Telnet(%s,%s):' % (self.host, self.port), msg % args if args else msg)

    def set_debuglevel(self, debuglevel):
        """Print what happens if debuglevel is above 0."""
        self.debuglevel = debuglevel

    def get_socket(self):
        """Return the socket."""
        return self.sock

    def fileno(self):
        """Return the number of the socket, for select()."""
        return self.sock.fileno()

    def set_option_negotiation_callback(self, callback):
        """Have callback(socket, command, option) called for each command."""
        self.option_callback = callback

    def write(self, buffer):
        """Send bytes; an IAC in them is doubled.  May wait."""
        buffer = buffer.replace(IAC, IAC + IAC)
        sys.audit('telnetlib.Telnet.write', self, buffer)
        self.msg('send %r', buffer)
        self.sock.sendall(buffer)

    # -- reading --

    def _take(self, count=None):
        """Remove bytes from the queue and return them."""
        count = len(self.cookedq) if count is None else count
        piece, self.cookedq = self.cookedq[:count], self.cookedq[count:]
        return piece

    def _wait_for(self, find, timeout):
        """Read until find() returns something that is not None, the time is over (None), or the end comes (None)."""
        found = find()
        deadline = None if timeout is None else _time() + timeout
        with _TelnetSelector() as selector:
            selector.register(self, selectors.EVENT_READ)
            while found is None and not self.eof:
                if deadline is not None:
                    timeout = deadline - _time()
                    if timeout < 0:
                        break
                if selector.select(timeout):
                    self.fill_rawq()
                    self.process_rawq()
                    found = find()
        return found

    def read_until(self, match, timeout=None):
        """Return bytes up to and with match.

        After timeout seconds, or at the end, what there is; EOFError if there is nothing and the connection is closed.
        """
        self.process_rawq()

        def find():
            at = self.cookedq.find(match)
            return None if at < 0 else at + len(match)
        end = self._wait_for(find, timeout)
        return self.read_very_lazy() if end is None else self._take(end)

    def _receive_while(self, condition):
        self.process_rawq()
        while not self.eof and condition():
            self.fill_rawq()
            self.process_rawq()

    def read_all(self):
        """Return all up to the end."""
        self._receive_while(lambda: True)
        return self._take()

    def read_some(self):
        """Return at least a byte; b'' at the end."""
        self._receive_while(lambda: not self.cookedq)
        return self._take()

    def read_very_eager(self):
        """Return what can be read without waiting; EOFError at the end."""
        self._receive_while(self.sock_avail)
        return self.read_very_lazy()

    def read_eager(self):
        """Return what is there, and if there is nothing what can be read without waiting; EOFError at the end."""
        self._receive_while(lambda: not self.cookedq and self.sock_avail())
        return self.read_very_lazy()

    def read_lazy(self):
        """Return what has come in; EOFError at the end."""
        self.process_rawq()
        return self.read_very_lazy()

    def read_very_lazy(self):
        """Return what is in the queue; EOFError at the end."""
        piece = self._take()
        if not piece and self.eof and not self.rawq:
            raise EOFError('telnet connection closed')
        return piece

    def read_sb_data(self):
        """Return what came between SB and SE, for a callback; asking for it takes it away."""
        data, self.sbdataq = self.sbdataq, b''
        return data

    def expect(self, list, timeout=None):
        """Read until one of a list of patterns, bytes or compiled, is found: (its index, match, bytes up to its end).

        After timeout seconds, or at the end: (-1, None, what there is).
        """
        import re
        patterns = [item if hasattr(item, 'search') else re.compile(item) for item in list]
        self.process_rawq()

        def find():
            for index, pattern in enumerate(patterns):
                match = pattern.search(self.cookedq)
                if match:
                    return index, match
            return None
        found = self._wait_for(find, timeout)
        if found is not None:
            return (*found, self._take(found[1].end()))
        text = self.read_very_lazy()
        if not text and self.eof:
            raise EOFError
        return -1, None, text

    # -- the queues --

    def process_rawq(self):
        """Move what has come in to the queue without commands, and deal with these."""
        plain = [b'', b'']                      # outside and within a subnegotiation
        try:
            while self.rawq:
                sign = self.rawq_getchar()
                if not self.iacseq:
                    if sign == IAC:
                        self.iacseq += sign
                    elif sign not in (theNULL, b'\x11'):
                        plain[self.sb] += sign
                elif len(self.iacseq) == 1:
                    self._command(sign, plain)
                else:
                    command, self.iacseq = self.iacseq[1:2], b''
                    self._option(command, sign)
        except EOFError:                        # in the middle of a command
            self.iacseq, self.sb = b'', 0
        self.cookedq += plain[0]
        self.sbdataq += plain[1]

    def _command(self, sign, plain):
        """Deal with what follows an IAC."""
        if sign in _NAMES:
            self.iacseq += sign                 # an option follows
            return
        self.iacseq = b''
        if sign == IAC:
            plain[self.sb] += sign
            return
        if sign == SB:
            self.sb = 1
            self.sbdataq = b''
        elif sign == SE:
            self.sb = 0
            self.sbdataq += plain[1]
            plain[1] = b''
        if self.option_callback:
            self.option_callback(self.sock, sign, NOOPT)
        elif sign not in (SB, SE):
            self.msg('IAC %d not recognized' % ord(sign))

    def _option(self, command, option):
        """Deal with a proposal."""
        self.msg('IAC %s %d', _NAMES[command], ord(option))
        if self.option_callback:
            self.option_callback(self.sock, command, option)
        else:
            self.sock.sendall(IAC + (WONT if command in (DO, DONT) else DONT) + option)

    def rawq_getchar(self):
        """Return the next byte that came in; wait if there is none; EOFError at the end."""
        if not self.rawq:
            self.fill_rawq()
            if self.eof:
                raise EOFError
        sign = self.rawq[self.irawq:self.irawq + 1]
        self.irawq += 1
        if self.irawq >= len(self.rawq):
            self.rawq, self.irawq = b'', 0
        return sign

    def fill_rawq(self):
        """Receive once; wait if there is nothing.  Sets eof at the end."""
        if self.irawq >= len(self.rawq):
            self.rawq, self.irawq = b'', 0
        piece = self.sock.recv(50)              # little: what is read stays in the process
        self.msg('recv %r', piece)
        self.eof = not piece
        self.rawq += piece

    def sock_avail(self):
        """Return whether something can be received without waiting."""
        with _TelnetSelector() as selector:
            selector.register(self, selectors.EVENT_READ)
            return bool(selector.select(0))

    # -- by hand --

    def interact(self):
        """Connect the terminal with the other side."""
        if sys.platform == 'win32':
            self.mt_interact()
            return
        with _TelnetSelector() as selector:
            for source in (self, sys.stdin):
                selector.register(source, selectors.EVENT_READ)
            going = True
            while going:
                for key, _ in selector.select():
                    going = (self._show if key.fileobj is self else self._send_line)() and going

    def _send_line(self):
        """Send a line of stdin; return whether there was one."""
        line = sys.stdin.readline().encode('ascii')
        if line:
            self.write(line)
        return bool(line)

    def _show(self):
        """Print what comes in; return whether there may be more."""
        try:
            text = self.read_eager()
        except EOFError:
            print('*** Connection closed by remote host ***')
            return False
        print(text.decode('ascii'), end='', flush=True)
        return True

    def mt_interact(self):
        """As interact(), with a thread."""
        import _thread
        _thread.start_new_thread(self.listener, ())
        for line in iter(sys.stdin.readline, ''):
            self.write(line.encode('ascii'))

    def listener(self):
        """Print what comes in, for mt_interact()."""
        while self._show():
            pass


def test():
    """telnetlib [-d...] [host [port]]: a conversation by hand."""
    level = 0
    while sys.argv[1:] and sys.argv[1] == '-d':
        level += 1
        del sys.argv[1]
    host, port = (sys.argv[1:] + ['localhost', '0'][len(sys.argv) - 1:])[:2]
    try:
        port = int(port)
    except ValueError:
        port = socket.getservbyname(port, 'tcp')
    with Telnet() as tn:
        tn.set_debuglevel(level)
        tn.open(host, port, timeout=0.5)
        tn.interact()


if __name__ == '__main__':
    test()
