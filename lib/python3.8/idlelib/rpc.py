# SPDX-License-Identifier: MIT
"""Calls between the two processes of IDLE over a socket.

The window process listens (RPCClient), the process that runs the user's code
connects to it (RPCServer and its RPCHandler); after that both ends are equal:
each is a SocketIO, may call methods of the other's registered objects, and
answers such calls.

On the wire: a four-byte little-endian length, then a pickle of (seq, body).
A body is a request ('CALL' or 'QUEUE', (object id, method, args, kwargs)) or
the answer to the request with that seq: one of

    ('OK', value)           the method returned
    ('CALLEXC', exception)  the method raised it
    ('ERROR', text)         there is no such object or method
    ('EXCEPTION', None)     the method failed in a way that cannot be sent
    ('EOF', None)           never sent, made up here: the connection is gone

One thread, the sockthread, reads the socket.  Another thread that waits for an
answer waits on a condition that the sockthread notifies.  The two ends take
odd and even sequence numbers, so a number says who asked.
"""
import builtins
import copyreg
import io
import marshal
import os
import pickle
import queue
import select
import socket
import socketserver
import struct
import sys
import threading
import traceback
import types

_HEADER = struct.Struct('<i')
LOCALHOST = '127.0.0.1'
BUFSIZE = 8 * 1024          # bytes sent or received at a time
_SEND_PATIENCE = 10.0       # seconds a full socket may stay full


# Pickling: as usual, and code objects by marshal.

def unpickle_code(ms):
    """Return the code object in the marshal bytes ms."""
    code = marshal.loads(ms)
    assert isinstance(code, types.CodeType)
    return code


def pickle_code(co):
    """Reduce the code object co for pickle: (unpickle_code, (bytes,))."""
    assert isinstance(co, types.CodeType)
    return unpickle_code, (marshal.dumps(co),)


class CodePickler(pickle.Pickler):
    """A pickler that takes code objects too."""
    dispatch_table = dict(copyreg.dispatch_table)
    dispatch_table[types.CodeType] = pickle_code


def dumps(obj, protocol=None):
    """Pickle obj, which may hold code objects; return the bytes."""
    out = io.BytesIO()
    CodePickler(out, protocol).dump(obj)
    return out.getvalue()


# What this process offers to the other.

objecttable = {}                    # object id -> object
request_queue = queue.Queue(0)      # (seq, (method, args, kwargs)) for the main thread
response_queue = queue.Queue(0)     # (seq, result) from the main thread


class RemoteObject:
    """Base of objects that are sent as a reference: they stay where they are."""


class RemoteProxy:
    """What travels in place of a RemoteObject: its object id."""

    def __init__(self, oid):
        self.oid = oid


def remoteref(obj):
    """Register obj under its id() and return the RemoteProxy to send."""
    oid = id(obj)
    objecttable[oid] = obj
    return RemoteProxy(oid)


class SocketIO:
    """One end of the connection."""

    nextseq = 0

    def __init__(self, sock, objtable=None, debugging=None):
        self.sockthread = threading.current_thread()
        if debugging is not None:
            self.debugging = debugging
        self.sock = sock
        self.objtable = objecttable if objtable is None else objtable
        self.responses = {}     # seq -> answer, for the threads in cvars
        self.cvars = {}         # seq -> the condition its thread waits on
        self._received = bytearray()

    def close(self):
        """Close the socket; harmless when it is closed already."""
        sock, self.sock = self.sock, None
        if sock is not None:
            sock.close()

    def exithook(self):
        """End the process; subclasses do it with more grace."""
        os._exit(0)

    def debug(self, *args):
        """Print args to the real stderr if debugging is on."""
        if self.debugging:
            who = f'{self.location} {threading.current_thread().name}'
            print(who, *args, file=sys.__stderr__)

    def register(self, oid, object):
        """Let the other end call the methods of object as oid."""
        self.objtable[oid] = object

    def unregister(self, oid):
        """Take oid back; unknown ids are ignored."""
        self.objtable.pop(oid, None)

    # Serving.

    def localcall(self, seq, request):
        """Carry out a request of the other end and return the answer to send."""
        self.debug('localcall:', request)
        try:
            how, (oid, methodname, args, kwargs) = request
        except TypeError:
            return 'ERROR', 'Bad request format'
        try:
            target = self.objtable[oid]
        except KeyError:
            return 'ERROR', f'Unknown object id: {oid!r}'
        if methodname in _LISTINGS:
            names = {}
            _LISTINGS[methodname](target, names)
            return 'OK', names
        try:
            method = getattr(target, methodname)
        except AttributeError:
            return 'ERROR', f'Unsupported method name: {methodname!r}'
        if how == 'QUEUE':
            request_queue.put((seq, (method, args, kwargs)))
            return 'QUEUED', None
        if how != 'CALL':
            return 'ERROR', f'Unsupported message type: {how}'
        return self._perform(method, args, kwargs)

    def _perform(self, method, args, kwargs):
        """Call method; return the answer.  Exits and interrupts pass through."""
        try:
            value = method(*args, **kwargs)
        except (SystemExit, KeyboardInterrupt, OSError):
            raise
        except Exception as ex:
            return 'CALLEXC', ex
        except BaseException:
            print(f'*** Internal Error: rpc.py:SocketIO.localcall()\n\n'
                  f' Object: {method!r}\n Args: {args}\n', file=sys.__stderr__)
            traceback.print_exc(file=sys.__stderr__)
            return 'EXCEPTION', None
        return 'OK', remoteref(value) if isinstance(value, RemoteObject) else value

    # Calling.

    def remotecall(self, oid, methodname, args, kwargs):
        """Call a method of the other end's object oid and return its result."""
        self.debug('remotecall:', oid, methodname)
        return self.asyncreturn(self.asynccall(oid, methodname, args, kwargs))

    def remotequeue(self, oid, methodname, args, kwargs):
        """Have the other end's main thread make the call; return when it is queued."""
        self.debug('remotequeue:', oid, methodname)
        return self.asyncreturn(self.asyncqueue(oid, methodname, args, kwargs))

    def asynccall(self, oid, methodname, args, kwargs):
        """Start a remotecall; return the number to give to asyncreturn()."""
        return self._ask('CALL', oid, methodname, args, kwargs)

    def asyncqueue(self, oid, methodname, args, kwargs):
        """Start a remotequeue; return the number of the request."""
        return self._ask('QUEUE', oid, methodname, args, kwargs)

    def _ask(self, how, oid, methodname, args, kwargs):
        seq = self.newseq()
        if threading.current_thread() is not self.sockthread:
            # Before sending: the answer may come at once.
            self.cvars[seq] = threading.Condition()
        self.debug('ask:', seq, how, oid, methodname, args, kwargs)
        self.putmessage((seq, (how, (oid, methodname, args, kwargs))))
        return seq

    def asyncreturn(self, seq):
        """Wait for the answer to request seq and return its value, or raise."""
        self.debug('asyncreturn:', seq)
        return self.decoderesponse(self.getresponse(seq, wait=0.05))

    def decoderesponse(self, response):
        """Turn an answer into a return value or an exception."""
        how, what = response
        if how == 'OK':
            return what
        if how == 'CALLEXC':
            raise what
        if how == 'ERROR':
            self.debug('decoderesponse: ERROR', what)
            raise RuntimeError(what)
        if how == 'EOF':
            self.decode_interrupthook()
            return None
        if how == 'EXCEPTION':
            return None
        raise SystemError(how, what)

    def decode_interrupthook(self):
        """Called when the connection ended while a call was waiting."""
        raise EOFError

    def newseq(self):
        """Return the next sequence number of this end."""
        self.nextseq += 2
        return self.nextseq

    # Waiting.

    def mainloop(self):
        """Serve requests until the connection ends."""
        try:
            self.getresponse(myseq=None, wait=0.05)
        except EOFError:
            self.debug('mainloop: the other end is gone')

    def getresponse(self, myseq, wait):
        """Wait for the answer to myseq; references in it become proxies."""
        response = self._getresponse(myseq, wait)
        if response is not None and response[0] == 'OK':
            response = 'OK', self._proxify(response[1])
        return response

    def _getresponse(self, myseq, wait):
        if threading.current_thread() is self.sockthread:
            response = None
            while response is None:
                response = self.pollresponse(myseq, wait)
            return response
        condition = self.cvars[myseq]
        try:
            with condition:
                condition.wait_for(lambda: myseq in self.responses)
        finally:
            del self.cvars[myseq]       # also if an interrupt ends the waiting
        return self.responses.pop(myseq)

    def _proxify(self, obj):
        if isinstance(obj, RemoteProxy):
            return RPCProxy(self, obj.oid)
        if isinstance(obj, list):
            return [self._proxify(item) for item in obj]
        return obj

    def pollresponse(self, myseq, wait):
        """Handle what has come in; return the answer to myseq, or None if none came.

        Calls of the other end are carried out, answers for other threads are
        handed over, results of the main thread are sent.  At most `wait`
        seconds pass without traffic.
        """
        while True:
            self._send_queued_results()
            try:
                message = self.pollmessage(wait)
            except EOFError:
                self.handle_EOF()
                return None
            if message is None:
                return None
            seq, body = message
            self.debug('pollresponse:', seq, body[0])
            if body[0] in ('CALL', 'QUEUE'):
                answer = self.localcall(seq, body)
                # A queued call is answered when the main thread is through.
                if answer[0] != 'QUEUED':
                    self.putmessage((seq, answer))
            elif seq == myseq:
                return body
            else:
                self._hand_over(seq, body)

    def _send_queued_results(self):
        try:
            seq, value = response_queue.get_nowait()
        except queue.Empty:
            return
        self.putmessage((seq, ('OK', value)))

    def _hand_over(self, seq, body):
        condition = self.cvars.get(seq)
        if condition is not None:       # else nobody waits for it any more
            with condition:
                self.responses[seq] = body
                condition.notify_all()

    # Messages and bytes.

    def putmessage(self, message):
        """Send message; raise OSError if the connection is gone."""
        try:
            data = dumps(message)
        except pickle.PicklingError:
            print('Cannot pickle:', repr(message), file=sys.__stderr__)
            raise
        data = _HEADER.pack(len(data)) + data
        while data:
            try:
                _, ready, _ = select.select([], [self.sock], [], _SEND_PATIENCE)
                if not ready:
                    raise OSError('socket does not take data')
                sent = self.sock.send(data[:BUFSIZE])
            except (AttributeError, TypeError, ValueError):
                raise OSError('socket no longer exists') from None
            data = data[sent:]

    def pollpacket(self, wait):
        """Return the bytes of one message, or None if none is complete in time.

        Raise EOFError at the end of the connection.
        """
        packet = self._complete_packet()
        if packet is None and self._receive(wait):
            packet = self._complete_packet()
        return packet

    def _receive(self, wait):
        """Take what the socket holds; False if `wait` seconds brought nothing."""
        try:
            ready, _, _ = select.select([self.sock], [], [], wait)
            if not ready:
                return False
            data = self.sock.recv(BUFSIZE)
        except (OSError, TypeError, ValueError, AttributeError):
            raise EOFError from None
        if not data:
            raise EOFError
        self._received += data
        return True

    def _complete_packet(self):
        have = self._received
        if len(have) < _HEADER.size:
            return None
        end = _HEADER.size + _HEADER.unpack_from(have)[0]
        if len(have) < end:
            return None
        packet = bytes(have[_HEADER.size:end])
        del have[:end]
        return packet

    def pollmessage(self, wait):
        """Return the next message (seq, body), or None."""
        packet = self.pollpacket(wait)
        if packet is None:
            return None
        try:
            return pickle.loads(packet)
        except pickle.UnpicklingError:
            print('cannot unpickle packet:', repr(packet), file=sys.__stderr__)
            traceback.print_stack(file=sys.__stderr__)
            raise

    # The end.

    def handle_EOF(self):
        """The connection ended: wake every waiting thread with 'EOF'."""
        self.EOFhook()
        self.debug('handle_EOF')
        for seq in list(self.cvars):
            self._hand_over(seq, ('EOF', None))
        self.exithook()

    def EOFhook(self):
        """First step of handle_EOF; for subclasses."""


class RPCServer(socketserver.TCPServer):
    """The end that connects: a server that dials instead of listening."""

    def __init__(self, addr, handlerclass=None):
        super().__init__(addr, RPCHandler if handlerclass is None else handlerclass)

    def server_bind(self):
        """There is nothing to bind."""

    def server_activate(self):
        """Connect to the window process."""
        self.socket.connect(self.server_address)

    def get_request(self):
        """The connection itself is the only request."""
        return self.socket, self.server_address

    def handle_error(self, request, client_address):
        """Report what went wrong to the real stderr and end the process."""
        try:
            raise
        except SystemExit:
            raise
        except BaseException:
            line = '-' * 40
            print(f'\n{line}\nUnhandled server exception!\n'
                  f'Thread: {threading.current_thread().name}\n'
                  f'Client Address:  {client_address}\n'
                  f'Request: {request!r}', file=sys.__stderr__)
            traceback.print_exc(file=sys.__stderr__)
            print(f'\n*** Unrecoverable, server exiting!\n{line}', file=sys.__stderr__)
            os._exit(0)


class RPCHandler(socketserver.BaseRequestHandler, SocketIO):
    """The SocketIO of the process that runs the user's code."""

    debugging = False
    location = '#S'

    def __init__(self, sock, addr, svr):
        svr.current_handler = self
        SocketIO.__init__(self, sock)
        socketserver.BaseRequestHandler.__init__(self, sock, addr, svr)

    def handle(self):
        """Serve until the connection ends."""
        self.mainloop()

    def get_remote_proxy(self, oid):
        """Return a proxy for the window process's object oid."""
        return RPCProxy(self, oid)


class RPCClient(SocketIO):
    """The SocketIO of the window process: it listens, then accepts one caller."""

    debugging = False
    location = '#C'
    nextseq = 1

    def __init__(self, address, family=socket.AF_INET, type=socket.SOCK_STREAM):
        self.listening_sock = socket.socket(family, type)
        self.listening_sock.bind(address)
        self.listening_sock.listen(1)

    def accept(self):
        """Take the connection of the other process; it must come from this machine."""
        sock, peer = self.listening_sock.accept()
        if self.debugging:
            print('****** Connection request from ', peer, file=sys.__stderr__)
        if peer[0] != LOCALHOST:
            sock.close()
            print('** Invalid host: ', peer, file=sys.__stderr__)
            raise OSError('connection from another machine')
        super().__init__(sock)

    def get_remote_proxy(self, oid):
        """Return a proxy for the other process's object oid."""
        return RPCProxy(self, oid)


class RPCProxy:
    """An object of the other process: its methods are called there."""

    __methods = None
    __attributes = None

    def __init__(self, sockio, oid):
        self.sockio = sockio
        self.oid = oid

    def __getattr__(self, name):
        if self.__methods is None:
            self.__getmethods()
        if name in self.__methods:
            return MethodProxy(self.sockio, self.oid, name)
        if self.__attributes is None:
            self.__getattributes()
        if name in self.__attributes:
            return self.sockio.remotecall(self.oid, '__getattribute__', (name,), {})
        raise AttributeError(name)

    def __getmethods(self):
        self.__methods = self.sockio.remotecall(self.oid, '__methods__', (), {})

    def __getattributes(self):
        self.__attributes = self.sockio.remotecall(self.oid, '__attributes__', (), {})


class MethodProxy:
    """A method of an object of the other process."""

    def __init__(self, sockio, oid, name):
        self.sockio = sockio
        self.oid = oid
        self.name = name

    def __call__(self, /, *args, **kwargs):
        return self.sockio.remotecall(self.oid, self.name, args, kwargs)


def _getmethods(obj, methods):
    """Add the names of everything callable of obj to the dict methods."""
    methods.update((name, 1) for name in dir(obj)
                   if callable(getattr(obj, name, None)))


def _getattributes(obj, attributes):
    """Add the names of everything else of obj to the dict attributes."""
    attributes.update((name, 1) for name in dir(obj)
                      if not callable(getattr(obj, name, None)))


_LISTINGS = {'__methods__': _getmethods, '__attributes__': _getattributes}


def displayhook(value):
    """sys.displayhook of the user's process: print repr(value), set builtins._.

    Characters that the shell's encoding lacks are shown as escapes.
    """
    if value is None:
        return
    builtins._ = None       # so that a failing repr() does not leave an old value
    text = repr(value)
    out = sys.stdout
    try:
        out.write(text)
    except UnicodeEncodeError:
        codec = out.encoding
        out.write(text.encode(codec, 'backslashreplace').decode(codec, 'strict'))
    out.write('\n')
    builtins._ = value
