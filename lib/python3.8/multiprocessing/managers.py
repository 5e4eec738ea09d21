# SPDX-License-Identifier: MIT
"""Managers: processes that hold objects, which other processes use by proxies.

A request is (id, method, args, kwargs); id None is for the server's own methods.  An answer is (kind, value): #RETURN,
#ERROR (the exception), #TRACEBACK (its text), #PROXY (another object), #UNSERIALIZABLE.
"""

__all__ = ['BaseManager', 'SyncManager', 'BaseProxy', 'Token']

import array
import os
import queue
import signal
import sys
import threading
import time
from traceback import format_exc

from . import connection, get_context, pool, process, util
from .context import ProcessError, get_spawning_popen, reduction

try:
    from . import shared_memory
    HAS_SHMEM = True
    __all__.append('SharedMemoryManager')
except ImportError:
    HAS_SHMEM = False


# Some types travel in another form.

def reduce_array(a):
    return array.array, (a.typecode, a.tobytes())


reduction.register(array.array, reduce_array)

view_types = [type(getattr({}, name)()) for name in ('items', 'keys', 'values')]


def rebuild_as_list(obj):
    return list, (list(obj),)


if view_types[0] is not list:
    for _type in view_types:
        reduction.register(_type, rebuild_as_list)


class Token:
    """What identifies an object of a manager: its type's name, the manager's address, an id."""

    __slots__ = 'typeid', 'address', 'id'

    def __init__(self, typeid, address, id):
        self.typeid, self.address, self.id = typeid, address, id

    def __getstate__(self):
        return self.typeid, self.address, self.id

    def __setstate__(self, state):
        self.typeid, self.address, self.id = state

    def __repr__(self):
        return '%s(typeid=%r, address=%r, id=%r)' % (self.__class__.__name__, self.typeid, self.address, self.id)


def dispatch(c, id, methodname, args=(), kwds={}):
    """Send a request and return the answer's value or raise its exception."""
    c.send((id, methodname, args, kwds))
    kind, value = c.recv()
    if kind == '#RETURN':
        return value
    raise convert_to_error(kind, value)


def convert_to_error(kind, result):
    """The exception of an answer."""
    if kind == '#ERROR':
        return result
    if kind in ('#TRACEBACK', '#UNSERIALIZABLE'):
        if not isinstance(result, str):
            raise TypeError("Result {0!r} (kind '{1}') type is {2}, not str".format(result, kind, type(result)))
        return RemoteError('Unserializable message: %s\n' % result if kind == '#UNSERIALIZABLE' else result)
    return ValueError('Unrecognized message type {!r}'.format(kind))


class RemoteError(Exception):
    """Something went wrong in the manager; the argument is the text of a traceback."""

    def __str__(self):
        return '\n' + '-' * 75 + '\n' + str(self.args[0]) + '-' * 75


def all_methods(obj):
    """Return the names of an object's callable attributes."""
    return [name for name in dir(obj) if callable(getattr(obj, name))]


def public_methods(obj):
    """Return the names of an object's callable attributes without an underscore."""
    return [name for name in all_methods(obj) if name[0] != '_']


class Server:
    """The server of a manager's process.

    id_to_obj has (object, set of methods for proxies, method -> type of its result) by ids, id_to_refcount how many
    proxies there are.
    """

    public = ['shutdown', 'create', 'accept_connection', 'get_methods', 'debug_info', 'number_of_objects', 'dummy',
              'incref', 'decref']

    def __init__(self, registry, address, authkey, serializer):
        if not isinstance(authkey, bytes):
            raise TypeError("Authkey {0!r} is type {1!s}, not bytes".format(authkey, type(authkey)))
        self.registry = registry
        self.authkey = process.AuthenticationString(authkey)
        listener_class, _ = listener_client[serializer]
        # Several clients may connect at the same time.
        self.listener = listener_class(address=address, backlog=16)
        self.address = self.listener.address
        self.id_to_obj = {'0': (None, ())}
        self.id_to_refcount = {}
        # Objects nobody refers to, but whose proxies may be on their way from one process to another.
        self.id_to_local_proxy_obj = {}
        self.mutex = threading.Lock()

    def serve_forever(self):
        """Serve until told to stop; then the process ends."""
        self.stop_event = threading.Event()
        process.current_process()._manager_server = self
        try:
            threading.Thread(target=self.accepter, daemon=True).start()
            try:
                while not self.stop_event.wait(1):
                    pass
            except (KeyboardInterrupt, SystemExit):
                pass
        finally:
            if sys.stdout != sys.__stdout__:
                util.debug('resetting stdout, stderr')
                sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
            sys.exit(0)

    def accepter(self):
        """Take connections, each served by a thread."""
        while True:
            try:
                c = self.listener.accept()
            except OSError:
                continue
            thread = threading.Thread(target=self.handle_request, args=(c,))
            thread.daemon = True
            thread.start()

    def _first_request(self, c):
        request = None
        try:
            connection.deliver_challenge(c, self.authkey)
            connection.answer_challenge(c, self.authkey)
            request = c.recv()
            ignore, function, args, kwds = request
            assert function in self.public, '%r unrecognized' % function
            call = getattr(self, function)
        except Exception:
            return '#TRACEBACK', format_exc()
        try:
            return '#RETURN', call(c, *args, **kwds)
        except Exception:
            return '#TRACEBACK', format_exc()

    def handle_request(self, c):
        """Serve a new connection: one request for the server."""
        answer = self._first_request(c)
        try:
            c.send(answer)
        except Exception as failure:
            try:
                c.send(('#TRACEBACK', format_exc()))
            except Exception:
                pass
            util.info('Failure to send message: %r', answer)
            util.info(' ... exception was %r', failure)
        c.close()

    def serve_client(self, conn):
        """Serve the requests of proxies over a connection."""
        util.debug('starting server thread to service %r', threading.current_thread().name)
        while not self.stop_event.is_set():
            try:
                answer = self._serve_request(conn)
            except EOFError:
                util.debug('got EOF; exiting thread serving %r', threading.current_thread().name)
                sys.exit(0)
            try:
                try:
                    conn.send(answer)
                except Exception:
                    conn.send(('#UNSERIALIZABLE', format_exc()))
            except Exception as failure:
                util.info('exception in thread serving %r', threading.current_thread().name)
                util.info(' ... message was %r', answer)
                util.info(' ... exception was %r', failure)
                conn.close()
                sys.exit(1)

    def _serve_request(self, conn):
        """The answer to the next request of a proxy."""
        methodname = obj = None
        try:
            ident, methodname, args, kwds = conn.recv()
            try:
                obj, exposed, gettypeid = self.id_to_obj[ident]
            except KeyError as failure:
                try:
                    obj, exposed, gettypeid = self.id_to_local_proxy_obj[ident]
                except KeyError:
                    raise failure
            if methodname not in exposed:
                raise AttributeError('method %r of %r object is not in exposed=%r' % (methodname, type(obj), exposed))
            function = getattr(obj, methodname)
            try:
                result = function(*args, **kwds)
            except Exception as failure:
                return '#ERROR', failure
            typeid = gettypeid and gettypeid.get(methodname, None)
            if typeid:
                new_ident, new_exposed = self.create(conn, typeid, result)
                return '#PROXY', (new_exposed, Token(typeid, self.address, new_ident))
            return '#RETURN', result
        except AttributeError:
            if methodname is None:
                return '#TRACEBACK', format_exc()
            # Some things every object can be asked.
            try:
                answer = self.fallback_mapping[methodname](self, conn, ident, obj, *args, **kwds)
                return '#RETURN', answer
            except Exception:
                return '#TRACEBACK', format_exc()
        except EOFError:
            raise
        except Exception:
            return '#TRACEBACK', format_exc()

    def fallback_getvalue(self, conn, ident, obj):
        return obj

    def fallback_str(self, conn, ident, obj):
        return str(obj)

    def fallback_repr(self, conn, ident, obj):
        return repr(obj)

    fallback_mapping = {'__str__': fallback_str, '__repr__': fallback_repr, '#GETVALUE': fallback_getvalue}

    # Requests for the server itself

    def dummy(self, c):
        """Do nothing."""

    def debug_info(self, c):
        """Return a text about all objects."""
        with self.mutex:
            lines = []
            for ident in sorted(self.id_to_refcount):
                if ident != '0':
                    lines.append('  %s:       refcount=%s\n    %s' % (ident, self.id_to_refcount[ident],
                                                                     str(self.id_to_obj[ident][0])[:75]))
            return '\n'.join(lines)

    def number_of_objects(self, c):
        """Return how many objects there are."""
        return len(self.id_to_refcount)

    def shutdown(self, c):
        """Stop."""
        try:
            util.debug('manager received shutdown message')
            c.send(('#RETURN', None))
        except:
            import traceback
            traceback.print_exc()
        finally:
            self.stop_event.set()

    def create(self, c, typeid, /, *args, **kwds):
        """Make an object; return its id and the names of its methods."""
        with self.mutex:
            make, exposed, method_to_typeid, proxytype = self.registry[typeid]
            if make is None:
                # An object that is there already.
                if kwds or len(args) != 1:
                    raise ValueError("Without callable, must have one non-keyword argument")
                obj = args[0]
            else:
                obj = make(*args, **kwds)
            if exposed is None:
                exposed = public_methods(obj)
            if method_to_typeid is not None:
                if not isinstance(method_to_typeid, dict):
                    raise TypeError("Method_to_typeid {0!r}: type {1!s}, not dict".format(method_to_typeid,
                                                                                        type(method_to_typeid)))
                exposed = list(exposed) + list(method_to_typeid)
            ident = '%x' % id(obj)      # a str, as XML knows no big numbers
            util.debug('%r callable returned object with id %r', typeid, ident)
            self.id_to_obj[ident] = obj, set(exposed), method_to_typeid
            if ident not in self.id_to_refcount:
                self.id_to_refcount[ident] = 0
        self.incref(c, ident)
        return ident, tuple(exposed)

    def get_methods(self, c, token):
        """Return the names of an object's methods."""
        return tuple(self.id_to_obj[token.id][1])

    def accept_connection(self, c, name):
        """Make a connection one for the requests of proxies; name is the thread's."""
        threading.current_thread().name = name
        c.send(('#RETURN', None))
        self.serve_client(c)

    def incref(self, c, ident):
        """There is one more proxy of an object."""
        with self.mutex:
            try:
                self.id_to_refcount[ident] += 1
            except KeyError:
                # It came back from limbo.
                if ident not in self.id_to_local_proxy_obj:
                    raise
                self.id_to_refcount[ident] = 1
                self.id_to_obj[ident] = self.id_to_local_proxy_obj[ident]
                util.debug('Server re-enabled tracking & INCREF %r', ident)

    def decref(self, c, ident):
        """There is one proxy of an object less."""
        if ident not in self.id_to_refcount and ident in self.id_to_local_proxy_obj:
            util.debug('Server DECREF skipping %r', ident)
            return
        with self.mutex:
            if self.id_to_refcount[ident] <= 0:
                raise AssertionError("Id {0!s} ({1!r}) has refcount {2:n}, not 1+".format(
                    ident, self.id_to_obj[ident], self.id_to_refcount[ident]))
            self.id_to_refcount[ident] -= 1
            if self.id_to_refcount[ident] == 0:
                del self.id_to_refcount[ident]
        if ident not in self.id_to_refcount:
            # Two steps, and without the lock: deleting the object may make another request.
            self.id_to_obj[ident] = None, (), None
            util.debug('disposing of obj with id %r', ident)
            with self.mutex:
                del self.id_to_obj[ident]


class State:
    """Of a manager."""

    __slots__ = ['value']
    INITIAL, STARTED, SHUTDOWN = 0, 1, 2


listener_client = {     # serializer: (Listener, Client)
    'pickle': (connection.Listener, connection.Client),
    'xmlrpclib': (connection.XmlListener, connection.XmlClient),
}


class BaseManager:
    """A process with objects; a subclass registers types.

    address: of the server; authkey: bytes that clients must know; serializer: 'pickle' or 'xmlrpclib'.  In `with` it
    is started if need be, and shut down at the end.
    """

    _registry = {}
    _Server = Server

    def __init__(self, address=None, authkey=None, serializer='pickle', ctx=None):
        if authkey is None:
            authkey = process.current_process().authkey
        self._address = address
        self._ctx = ctx or get_context()
        self._authkey = process.AuthenticationString(authkey)
        self._serializer = serializer
        self._Listener, self._Client = listener_client[serializer]
        self._state = State()
        self._state.value = State.INITIAL

    def _check_initial(self):
        if self._state.value != State.INITIAL:
            if self._state.value == State.STARTED:
                raise ProcessError("Already started server")
            if self._state.value == State.SHUTDOWN:
                raise ProcessError("Manager has shut down")
            raise ProcessError("Unknown state {!r}".format(self._state.value))

    def get_server(self):
        """Return a server to be run in this process by serve_forever()."""
        self._check_initial()
        return Server(self._registry, self._address, self._authkey, self._serializer)

    def connect(self):
        """Use a server that runs elsewhere."""
        _, client = listener_client[self._serializer]
        dispatch(client(self._address, authkey=self._authkey), None, 'dummy')
        self._state.value = State.STARTED

    def start(self, initializer=None, initargs=()):
        """Start a process with a server; initializer(*initargs) is called there first."""
        self._check_initial()
        if initializer is not None and not callable(initializer):
            raise TypeError('initializer must be a callable')
        reader, writer = connection.Pipe(duplex=False)
        self._process = self._ctx.Process(
            target=type(self)._run_server,
            args=(self._registry, self._address, self._authkey, self._serializer, writer, initializer, initargs))
        ident = ':'.join(map(str, self._process._identity))
        self._process.name = type(self).__name__ + '-' + ident
        self._process.start()
        # Its address comes from there.
        writer.close()
        self._address = reader.recv()
        reader.close()
        self._state.value = State.STARTED
        self.shutdown = util.Finalize(self, type(self)._finalize_manager,
                                      args=(self._process, self._address, self._authkey, self._state, self._Client),
                                      exitpriority=0)

    @classmethod
    def _run_server(cls, registry, address, authkey, serializer, writer, initializer=None, initargs=()):
        """What the process does."""
        # Ctrl-C reaches it too; it ends when its manager says so.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if initializer is not None:
            initializer(*initargs)
        server = cls._Server(registry, address, authkey, serializer)
        writer.send(server.address)
        writer.close()
        util.info('manager serving at %r', server.address)
        server.serve_forever()

    def _request(self, function, *args, **kwds):
        c = self._Client(self._address, authkey=self._authkey)
        try:
            return dispatch(c, None, function, args, kwds)
        finally:
            c.close()

    def _create(self, typeid, /, *args, **kwds):
        """Make an object there; return its token and methods."""
        assert self._state.value == State.STARTED, 'server not yet started'
        ident, exposed = self._request('create', typeid, *args, **kwds)
        return Token(typeid, self._address, ident), exposed

    def join(self, timeout=None):
        """Wait for the end of the process."""
        if self._process is not None:
            self._process.join(timeout)
            if not self._process.is_alive():
                self._process = None

    def _debug_info(self):
        """A text about all objects."""
        return self._request('debug_info')

    def _number_of_objects(self):
        """How many objects there are."""
        return self._request('number_of_objects')

    def __enter__(self):
        if self._state.value == State.INITIAL:
            self.start()
        if self._state.value != State.STARTED:
            self._check_initial()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.shutdown()

    @staticmethod
    def _finalize_manager(process, address, authkey, state, _Client):
        """Shut the process down: politely, then by a signal."""
        if process.is_alive():
            util.info('sending shutdown message to manager')
            try:
                c = _Client(address, authkey=authkey)
                try:
                    dispatch(c, None, 'shutdown')
                finally:
                    c.close()
            except Exception:
                pass
            process.join(timeout=1.0)
            if process.is_alive() and hasattr(process, 'terminate'):
                util.info('manager still alive: trying to `terminate()` it')
                process.terminate()
                process.join(timeout=0.1)
            if process.is_alive():
                util.info('manager still alive after all')
        state.value = State.SHUTDOWN
        BaseProxy._address_to_local.pop(address, None)

    @property
    def address(self):
        """The address of the server."""
        return self._address

    @classmethod
    def register(cls, typeid, callable=None, proxytype=None, exposed=None, method_to_typeid=None, create_method=True):
        """Register a type.

        typeid: its name; callable: makes an object (None if clients only connect); proxytype: a subclass of BaseProxy
        (by default one is made); exposed: the methods that proxies may call; method_to_typeid: those whose results
        become objects of the manager too; create_method: make a method of that name, which returns a proxy.
        """
        if '_registry' not in cls.__dict__:
            cls._registry = cls._registry.copy()
        if proxytype is None:
            proxytype = AutoProxy
        exposed = exposed or getattr(proxytype, '_exposed_', None)
        method_to_typeid = method_to_typeid or getattr(proxytype, '_method_to_typeid_', None)
        if method_to_typeid:
            for key, value in list(method_to_typeid.items()):
                assert type(key) is str, '%r is not a string' % key
                assert type(value) is str, '%r is not a string' % value
        cls._registry[typeid] = callable, exposed, method_to_typeid, proxytype
        if not create_method:
            return

        def create(self, /, *args, **kwds):
            util.debug('requesting creation of a shared %r object', typeid)
            token, its_methods = self._create(typeid, *args, **kwds)
            proxy = proxytype(token, self._serializer, manager=self, authkey=self._authkey, exposed=its_methods)
            # The one that the server counts for us.
            c = self._Client(token.address, authkey=self._authkey)
            dispatch(c, None, 'decref', (token.id,))
            return proxy

        create.__name__ = typeid
        create.__doc__ = 'Make a shared %s; return a proxy of it.' % typeid
        setattr(cls, typeid, create)


class ProcessLocalSet(set):
    """A set that is empty in children."""

    def __init__(self):
        util.register_after_fork(self, lambda obj: obj.clear())

    def __reduce__(self):
        return type(self), ()


class BaseProxy:
    """Stands for an object in a manager's process.

    _callmethod() calls a method there; a subclass lists the methods in _exposed_.
    """

    _address_to_local = {}      # address -> (connection by thread, ids of our proxies)
    _mutex = util.ForkAwareThreadLock()

    def __init__(self, token, serializer, manager=None, authkey=None, exposed=None, incref=True, manager_owned=False):
        with BaseProxy._mutex:
            shared = BaseProxy._address_to_local.get(token.address, None)
            if shared is None:
                shared = util.ForkAwareLocal(), ProcessLocalSet()
                BaseProxy._address_to_local[token.address] = shared
        self._tls, self._idset = shared
        self._token, self._id = token, token.id
        self._manager = manager
        self._serializer = serializer
        self._Client = listener_client[serializer][1]
        # Whether it is an argument of a call and lives in the manager's process, where it does not count.
        self._owned_by_manager = manager_owned
        if authkey is None:
            authkey = process.current_process().authkey if manager is None else manager._authkey
        self._authkey = process.AuthenticationString(authkey)
        util.register_after_fork(self, BaseProxy._after_fork)
        if incref:
            self._incref()

    def _connect(self):
        """Connect this thread."""
        util.debug('making connection to manager')
        name = process.current_process().name
        if threading.current_thread().name != 'MainThread':
            name += '|' + threading.current_thread().name
        c = self._Client(self._token.address, authkey=self._authkey)
        dispatch(c, None, 'accept_connection', (name,))
        self._tls.connection = c

    def _callmethod(self, methodname, args=(), kwds={}):
        """Call a method of the object; return its result, perhaps a copy, or a proxy."""
        try:
            c = self._tls.connection
        except AttributeError:
            util.debug('thread %r does not own a connection', threading.current_thread().name)
            self._connect()
            c = self._tls.connection
        c.send((self._id, methodname, args, kwds))
        kind, value = c.recv()
        if kind == '#RETURN':
            return value
        if kind != '#PROXY':
            raise convert_to_error(kind, value)
        exposed, token = value
        proxytype = self._manager._registry[token.typeid][-1]
        token.address = self._token.address
        proxy = proxytype(token, self._serializer, manager=self._manager, authkey=self._authkey, exposed=exposed)
        c = self._Client(token.address, authkey=self._authkey)
        dispatch(c, None, 'decref', (token.id,))
        return proxy

    def _getvalue(self):
        """A copy of the object."""
        return self._callmethod('#GETVALUE')

    def _incref(self):
        if self._owned_by_manager:
            util.debug('owned_by_manager skipped INCREF of %r', self._token.id)
            return
        c = self._Client(self._token.address, authkey=self._authkey)
        dispatch(c, None, 'incref', (self._id,))
        util.debug('INCREF %r', self._token.id)
        self._idset.add(self._id)
        state = self._manager and self._manager._state
        self._close = util.Finalize(self, BaseProxy._decref,
                                    args=(self._token, self._authkey, state, self._tls, self._idset, self._Client),
                                    exitpriority=10)

    @staticmethod
    def _decref(token, authkey, state, tls, idset, _Client):
        """A proxy is gone."""
        idset.discard(token.id)
        if state is None or state.value == State.STARTED:
            try:
                util.debug('DECREF %r', token.id)
                c = _Client(token.address, authkey=authkey)
                dispatch(c, None, 'decref', (token.id,))
            except Exception as failure:
                util.debug('... decref failed %s', failure)
        else:
            util.debug('DECREF %r -- manager already shutdown', token.id)
        # The last of the process closes the connection of its thread.
        if not idset and hasattr(tls, 'connection'):
            util.debug('thread %r has no more proxies so closing conn', threading.current_thread().name)
            tls.connection.close()
            del tls.connection

    def _after_fork(self):
        self._manager = None
        try:
            self._incref()
        except Exception as failure:
            util.info('incref failed: %s' % failure)     # the manager may have ended

    def __reduce__(self):
        arguments = {}
        if get_spawning_popen() is not None:
            arguments['authkey'] = self._authkey
        if getattr(self, '_isauto', False):
            arguments['exposed'] = self._exposed_
            return RebuildProxy, (AutoProxy, self._token, self._serializer, arguments)
        return RebuildProxy, (type(self), self._token, self._serializer, arguments)

    def __deepcopy__(self, memo):
        return self._getvalue()

    def __repr__(self):
        return '<%s object, typeid %r at %#x>' % (type(self).__name__, self._token.typeid, id(self))

    def __str__(self):
        try:
            return self._callmethod('__repr__')
        except Exception:
            return repr(self)[:-1] + "; '__str__()' failed>"


def RebuildProxy(func, token, serializer, kwds):
    """What a pickled proxy becomes: a proxy that does not count in the manager's own process."""
    server = getattr(process.current_process(), '_manager_server', None)
    if server and server.address == token.address:
        kwds['manager_owned'] = True
        util.debug('Rebuild a proxy owned by manager, token=%r', token)
        limbo = server.id_to_local_proxy_obj
        if token.id not in limbo:
            limbo[token.id] = server.id_to_obj[token.id]
    incref = kwds.pop('incref', True) and not getattr(process.current_process(), '_inheriting', False)
    return func(token, serializer, incref=incref, **kwds)


def _forwarding_method(name):
    def method(self, /, *args, **kwds):
        return self._callmethod(name, args, kwds)
    method.__name__ = name
    return method


def MakeProxyType(name, exposed, _cache={}):
    """Return a subclass of BaseProxy with some methods."""
    exposed = tuple(exposed)
    if (name, exposed) not in _cache:
        made = type(name, (BaseProxy,), {method: _forwarding_method(method) for method in exposed})
        made._exposed_ = exposed
        _cache[(name, exposed)] = made
    return _cache[(name, exposed)]


def AutoProxy(token, serializer, manager=None, authkey=None, exposed=None, incref=True, manager_owned=False):
    """Return a proxy of a class made for it, with all methods that are allowed."""
    client = listener_client[serializer][1]
    if exposed is None:
        c = client(token.address, authkey=authkey)
        try:
            exposed = dispatch(c, None, 'get_methods', (token,))
        finally:
            c.close()
    if authkey is None and manager is not None:
        authkey = manager._authkey
    if authkey is None:
        authkey = process.current_process().authkey
    proxy = MakeProxyType('AutoProxy[%s]' % token.typeid, exposed)(
        token, serializer, manager=manager, authkey=authkey, incref=incref, manager_owned=manager_owned)
    proxy._isauto = True
    return proxy


# Types of the manager

class Namespace:
    """An object with attributes."""

    def __init__(self, /, **kwds):
        self.__dict__.update(kwds)

    def __repr__(self):
        shown = sorted('%s=%r' % pair for pair in self.__dict__.items() if not pair[0].startswith('_'))
        return '%s(%s)' % (self.__class__.__name__, ', '.join(shown))


class Value:
    """An object with one value."""

    def __init__(self, typecode, value, lock=True):
        self._typecode, self._value = typecode, value

    def get(self):
        return self._value

    def set(self, value):
        self._value = value

    def __repr__(self):
        return '%s(%r, %r)' % (type(self).__name__, self._typecode, self._value)

    value = property(get, set)


def Array(typecode, sequence, lock=True):
    """Return an array."""
    return array.array(typecode, sequence)


# Their proxies

class IteratorProxy(BaseProxy):
    """Of an iterator or generator."""

    _exposed_ = '__next__', 'send', 'throw', 'close'

    def __iter__(self):
        return self

    def __next__(self, *args):
        return self._callmethod('__next__', args)

    def send(self, *args):
        return self._callmethod('send', args)

    def throw(self, *args):
        return self._callmethod('throw', args)

    def close(self, *args):
        return self._callmethod('close', args)


class AcquirerProxy(BaseProxy):
    """Of a lock."""

    _exposed_ = 'acquire', 'release'

    def acquire(self, blocking=True, timeout=None):
        return self._callmethod('acquire', (blocking,) if timeout is None else (blocking, timeout))

    def release(self):
        return self._callmethod('release')

    def __enter__(self):
        return self._callmethod('acquire')

    def __exit__(self, exc_type, exc_val, exc_tb):
        return self._callmethod('release')


class ConditionProxy(AcquirerProxy):
    """Of a condition."""

    _exposed_ = 'acquire', 'release', 'wait', 'notify', 'notify_all'

    def wait(self, timeout=None):
        return self._callmethod('wait', (timeout,))

    def notify(self, n=1):
        return self._callmethod('notify', (n,))

    def notify_all(self):
        return self._callmethod('notify_all')

    def wait_for(self, predicate, timeout=None):
        # Here, as the predicate is ours.
        outcome = predicate()
        if outcome:
            return outcome
        deadline = None if timeout is None else time.monotonic() + timeout
        left = None
        while not outcome:
            if deadline is not None:
                left = deadline - time.monotonic()
                if left <= 0:
                    break
            self.wait(left)
            outcome = predicate()
        return outcome


class EventProxy(BaseProxy):
    """Of an event."""

    _exposed_ = 'is_set', 'set', 'clear', 'wait'

    def is_set(self):
        return self._callmethod('is_set')

    def set(self):
        return self._callmethod('set')

    def clear(self):
        return self._callmethod('clear')

    def wait(self, timeout=None):
        return self._callmethod('wait', (timeout,))


def _remote_attribute(name):
    return property(lambda self: self._callmethod('__getattribute__', (name,)))


class BarrierProxy(BaseProxy):
    """Of a barrier."""

    _exposed_ = '__getattribute__', 'wait', 'abort', 'reset'

    def wait(self, timeout=None):
        return self._callmethod('wait', (timeout,))

    def abort(self):
        return self._callmethod('abort')

    def reset(self):
        return self._callmethod('reset')

    parties, n_waiting, broken = map(_remote_attribute, ('parties', 'n_waiting', 'broken'))


class NamespaceProxy(BaseProxy):
    """Of a namespace; names with an underscore are the proxy's own."""

    _exposed_ = '__getattribute__', '__setattr__', '__delattr__'

    def __getattr__(self, key):
        if key[0] == '_':
            return object.__getattribute__(self, key)
        return object.__getattribute__(self, '_callmethod')('__getattribute__', (key,))

    def __setattr__(self, key, value):
        if key[0] == '_':
            return object.__setattr__(self, key, value)
        return object.__getattribute__(self, '_callmethod')('__setattr__', (key, value))

    def __delattr__(self, key):
        if key[0] == '_':
            return object.__delattr__(self, key)
        return object.__getattribute__(self, '_callmethod')('__delattr__', (key,))


class ValueProxy(BaseProxy):
    """Of a value."""

    _exposed_ = 'get', 'set'

    def get(self):
        return self._callmethod('get')

    def set(self, value):
        return self._callmethod('set', (value,))

    value = property(get, set)


BaseListProxy = MakeProxyType('BaseListProxy', (
    '__add__', '__contains__', '__delitem__', '__getitem__', '__len__', '__mul__', '__reversed__', '__rmul__',
    '__setitem__', 'append', 'count', 'extend', 'index', 'insert', 'pop', 'remove', 'reverse', 'sort', '__imul__'))


class ListProxy(BaseListProxy):
    """Of a list."""

    def __iadd__(self, value):
        self._callmethod('extend', (value,))
        return self

    def __imul__(self, value):
        self._callmethod('__imul__', (value,))
        return self


DictProxy = MakeProxyType('DictProxy', (
    '__contains__', '__delitem__', '__getitem__', '__iter__', '__len__', '__setitem__', 'clear', 'copy', 'get',
    'items', 'keys', 'pop', 'popitem', 'setdefault', 'update', 'values'))
DictProxy._method_to_typeid_ = {'__iter__': 'Iterator'}

ArrayProxy = MakeProxyType('ArrayProxy', ('__len__', '__getitem__', '__setitem__'))

BasePoolProxy = MakeProxyType('PoolProxy', (
    'apply', 'apply_async', 'close', 'imap', 'imap_unordered', 'join', 'map', 'map_async', 'starmap',
    'starmap_async', 'terminate'))
BasePoolProxy._method_to_typeid_ = {'apply_async': 'AsyncResult', 'map_async': 'AsyncResult',
                                    'starmap_async': 'AsyncResult', 'imap': 'Iterator',
                                    'imap_unordered': 'Iterator'}


class PoolProxy(BasePoolProxy):
    """Of a pool."""

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.terminate()


class SyncManager(BaseManager):
    """A manager with locks, queues, lists, dictionaries and the like."""


for _name, _make, _proxy in (
        ('Queue', queue.Queue, None), ('JoinableQueue', queue.Queue, None), ('Event', threading.Event, EventProxy),
        ('Lock', threading.Lock, AcquirerProxy), ('RLock', threading.RLock, AcquirerProxy),
        ('Semaphore', threading.Semaphore, AcquirerProxy),
        ('BoundedSemaphore', threading.BoundedSemaphore, AcquirerProxy),
        ('Condition', threading.Condition, ConditionProxy), ('Barrier', threading.Barrier, BarrierProxy),
        ('Pool', pool.Pool, PoolProxy), ('list', list, ListProxy), ('dict', dict, DictProxy),
        ('Value', Value, ValueProxy), ('Array', Array, ArrayProxy), ('Namespace', Namespace, NamespaceProxy)):
    SyncManager.register(_name, _make, _proxy)

# What methods of these return.
SyncManager.register('Iterator', proxytype=IteratorProxy, create_method=False)
SyncManager.register('AsyncResult', create_method=False)

del _name, _make, _proxy, _type


if HAS_SHMEM:
    class _SharedMemoryTracker:
        """The names of the blocks of shared memory of a manager."""

        def __init__(self, name, segment_names=[]):
            self.shared_memory_context_name = name
            self.segment_names = segment_names

        def register_segment(self, segment_name):
            """Add a name."""
            util.debug(f"Register segment {segment_name!r} in pid {os.getpid()}")
            self.segment_names.append(segment_name)

        def destroy_segment(self, segment_name):
            """Remove a block."""
            util.debug(f"Destroy segment {segment_name!r} in pid {os.getpid()}")
            self.segment_names.remove(segment_name)
            segment = shared_memory.SharedMemory(segment_name)
            segment.close()
            segment.unlink()

        def unlink(self):
            """Remove all blocks."""
            for name in self.segment_names[:]:
                self.destroy_segment(name)

        def __del__(self):
            util.debug(f"Call {self.__class__.__name__}.__del__ in {os.getpid()}")
            self.unlink()

        def __getstate__(self):
            return self.shared_memory_context_name, self.segment_names

        def __setstate__(self, state):
            self.__init__(*state)

    class SharedMemoryServer(Server):
        """A server that keeps track of blocks of shared memory."""

        public = Server.public + ['track_segment', 'release_segment', 'list_segments']

        def __init__(self, *args, **kwargs):
            Server.__init__(self, *args, **kwargs)
            address = self.address
            # An abstract name is bytes.
            if isinstance(address, bytes):
                address = os.fsdecode(address)
            self.shared_memory_context = _SharedMemoryTracker(f"shm_{address}_{os.getpid()}")
            util.debug(f"SharedMemoryServer started by pid {os.getpid()}")

        def create(self, c, typeid, /, *args, **kwargs):
            """Make an object; one that uses shared memory is told where to register it."""
            if hasattr(self.registry[typeid][-1], "_shared_memory_proxy"):
                kwargs['shared_memory_context'] = self.shared_memory_context
            return Server.create(self, c, typeid, *args, **kwargs)

        def shutdown(self, c):
            """Remove all blocks and stop."""
            self.shared_memory_context.unlink()
            return Server.shutdown(self, c)

        def track_segment(self, c, segment_name):
            """Keep track of a block."""
            self.shared_memory_context.register_segment(segment_name)

        def release_segment(self, c, segment_name):
            """Remove a block."""
            self.shared_memory_context.destroy_segment(segment_name)

        def list_segments(self, c):
            """Return the names of all blocks."""
            return self.shared_memory_context.segment_names

    class SharedMemoryManager(BaseManager):
        """A manager that makes blocks of shared memory, and removes them when it is shut down."""

        _Server = SharedMemoryServer

        def __init__(self, *args, **kwargs):
            if os.name == "posix":
                # Started here, so that the server's process has the same tracker.
                from . import resource_tracker
                resource_tracker.ensure_running()
            BaseManager.__init__(self, *args, **kwargs)
            util.debug(f"{self.__class__.__name__} created by pid {os.getpid()}")

        def __del__(self):
            util.debug(f"{self.__class__.__name__}.__del__ by pid {os.getpid()}")

        def get_server(self):
            """Return a server to be run in this process."""
            self._check_initial()
            return self._Server(self._registry, self._address, self._authkey, self._serializer)

        def _tracked(self, made, segment):
            try:
                self._request('track_segment', segment.name)
            except BaseException:
                segment.unlink()
                raise
            return made

        def SharedMemory(self, size):
            """Return a new block of a size."""
            block = shared_memory.SharedMemory(None, create=True, size=size)
            return self._tracked(block, block)

        def ShareableList(self, sequence):
            """Return a new list of the items of a sequence."""
            made = shared_memory.ShareableList(sequence)
            return self._tracked(made, made.shm)
