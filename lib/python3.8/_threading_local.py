# SPDX-License-Identifier: MIT
"""Data of a thread's own, in Python: what threading.local is where `_thread` has no _local.

Each thread sees a namespace of its own in a `local` object.  A subclass may define __init__: every thread that
touches the object runs it, with the arguments the object was made with.

    >>> from _threading_local import local
    >>> import threading
    >>> class Stack(local):
    ...     def __init__(self, first):
    ...         self.items = [first]
    >>> mine = Stack('a')
    >>> mine.items.append('b')
    >>> theirs = []
    >>> thread = threading.Thread(target=lambda: theirs.extend(mine.items))
    >>> thread.start(); thread.join()
    >>> theirs
    ['a']
    >>> mine.items
    ['a', 'b']
    >>> mine.__dict__ = {}
    Traceback (most recent call last):
    ...
    AttributeError: 'Stack' object attribute '__dict__' is read-only
    >>> del mine.items
    >>> mine.items
    Traceback (most recent call last):
    ...
    AttributeError: 'Stack' object has no attribute 'items'
"""

import weakref

__all__ = ["local"]


class _localimpl:
    """The namespaces behind one local object, by the id of their thread."""

    __slots__ = 'dicts', 'localargs', 'locallock', '__weakref__'

    def __init__(self, localargs):
        self.dicts = {}         # id of thread -> (weak reference to the thread, namespace)
        self.localargs = localargs
        self.locallock = RLock()

    def get_dict(self):
        """The namespace of the running thread; KeyError if it has none yet."""
        return self.dicts[id(current_thread())][1]

    def create_dict(self):
        """Make the namespace of the running thread, which goes away when the thread does."""
        thread = current_thread()
        key = id(thread)
        this = weakref.ref(self)

        def thread_gone(_):
            impl = this()
            if impl is not None:
                impl.dicts.pop(key, None)

        # A thread that ended takes its reference along: the second keeps the callback alive.
        namespace = {}
        self.dicts[key] = weakref.ref(thread, thread_gone), namespace
        return namespace


class _Entered:
    """While it is entered, a local object has the running thread's namespace as its __dict__."""

    __slots__ = 'lock',

    def __init__(self, obj):
        impl = object.__getattribute__(obj, '_local__impl')
        self.lock = impl.locallock
        self.lock.acquire()
        try:
            try:
                namespace = impl.get_dict()
            except KeyError:
                namespace = impl.create_dict()
                object.__setattr__(obj, '__dict__', namespace)
                args, kwargs = impl.localargs
                obj.__init__(*args, **kwargs)
            else:
                object.__setattr__(obj, '__dict__', namespace)
        except BaseException:
            self.lock.release()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.lock.release()


def _forbid_dict(self, name):
    if name == '__dict__':
        raise AttributeError("%r object attribute '__dict__' is read-only" % type(self).__name__)


class local:
    """An object whose attributes are different in every thread."""

    __slots__ = '_local__impl', '__dict__'

    def __new__(cls, /, *args, **kw):
        if (args or kw) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        self = object.__new__(cls)
        impl = _localimpl((args, kw))
        object.__setattr__(self, '_local__impl', impl)
        # __init__ runs in this thread as for any other object; the namespace has to be there.
        impl.create_dict()
        return self

    def __getattribute__(self, name):
        with _Entered(self):
            return object.__getattribute__(self, name)

    def __setattr__(self, name, value):
        _forbid_dict(self, name)
        with _Entered(self):
            object.__setattr__(self, name, value)

    def __delattr__(self, name):
        _forbid_dict(self, name)
        with _Entered(self):
            object.__delattr__(self, name)


# threading imports this module if it must, so it comes last.
from threading import RLock, current_thread
