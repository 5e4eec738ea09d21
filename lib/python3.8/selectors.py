# SPDX-License-Identifier: MIT
"""Waiting for many files at once, by the best way the system has.

A selector holds file objects (or descriptors) with the events to wait for and any data; select() returns those that
are ready.  DefaultSelector is the most efficient class there is on this system.
"""

import math
import select
from _collections_abc import Mapping
from abc import ABCMeta, abstractmethod
from collections import namedtuple

EVENT_READ = 1 << 0
EVENT_WRITE = 1 << 1


def _fileobj_to_fd(fileobj):
    """The descriptor of a file object, or the descriptor itself; ValueError if it is none."""
    fd = fileobj
    if not isinstance(fd, int):
        try:
            fd = int(fileobj.fileno())
        except (AttributeError, TypeError, ValueError):
            raise ValueError("Invalid file object: {!r}".format(fileobj)) from None
    if fd < 0:
        raise ValueError("Invalid file descriptor: {}".format(fd))
    return fd


SelectorKey = namedtuple('SelectorKey', ['fileobj', 'fd', 'events', 'data'])
SelectorKey.__doc__ = "A registered file object with its descriptor, the events waited for, and the data given."
SelectorKey.fileobj.__doc__ = 'The file object as it was registered.'
SelectorKey.fd.__doc__ = 'Its descriptor.'
SelectorKey.events.__doc__ = 'EVENT_READ, EVENT_WRITE, or both.'
SelectorKey.data.__doc__ = 'What register() was given along with it.'


class _SelectorMapping(Mapping):
    """The file objects of a selector and their keys, as a mapping that cannot be changed."""

    def __init__(self, selector):
        self._selector = selector

    def __len__(self):
        return len(self._selector._fd_to_key)

    def __getitem__(self, fileobj):
        keys = self._selector._fd_to_key
        fd = self._selector._fileobj_lookup(fileobj)
        if fd not in keys:
            raise KeyError("{!r} is not registered".format(fileobj)) from None
        return keys[fd]

    def __iter__(self):
        return iter(self._selector._fd_to_key)


class BaseSelector(metaclass=ABCMeta):
    """What every selector can do."""

    @abstractmethod
    def register(self, fileobj, events, data=None):
        """Add a file object with the events to wait for and return its SelectorKey.

        ValueError is raised for bad events or a bad file, KeyError if it was registered before.
        """
        raise NotImplementedError

    @abstractmethod
    def unregister(self, fileobj):
        """Remove a file object and return the SelectorKey it had; KeyError if it was not there."""
        raise NotImplementedError

    def modify(self, fileobj, events, data=None):
        """Change the events and data of a file object and return its new SelectorKey; errors as of register()."""
        self.unregister(fileobj)
        return self.register(fileobj, events, data)

    @abstractmethod
    def select(self, timeout=None):
        """Wait and return a list of (SelectorKey, events that are there).

        timeout is in seconds: None waits for ever, 0 or less does not wait.  The list is empty if time ran out or a
        signal came.
        """
        raise NotImplementedError

    def close(self):
        """Let go of what the selector uses; it cannot be used any more."""

    def get_key(self, fileobj):
        """Return the SelectorKey of a file object; KeyError if it is not registered."""
        try:
            return self.get_map()[fileobj]
        except KeyError:
            raise KeyError(f"{fileobj!r} is not registered") from None
        except TypeError:
            if self.get_map() is None:
                raise RuntimeError('Selector is closed') from None
            raise

    @abstractmethod
    def get_map(self):
        """Return a mapping from file objects to their keys."""
        raise NotImplementedError

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


class _BaseSelectorImpl(BaseSelector):
    """The bookkeeping that all selectors here share."""

    def __init__(self):
        self._fd_to_key = {}
        self._map = _SelectorMapping(self)

    def _fileobj_lookup(self, fileobj):
        """The descriptor of a file object, even if that was closed since it was registered."""
        try:
            return _fileobj_to_fd(fileobj)
        except ValueError:
            for key in self._fd_to_key.values():
                if key.fileobj is fileobj:
                    return key.fd
            raise

    def register(self, fileobj, events, data=None):
        if not events or events & ~(EVENT_READ | EVENT_WRITE):
            raise ValueError("Invalid events: {!r}".format(events))
        key = SelectorKey(fileobj, self._fileobj_lookup(fileobj), events, data)
        if key.fd in self._fd_to_key:
            raise KeyError("{!r} (FD {}) is already registered".format(fileobj, key.fd))
        self._fd_to_key[key.fd] = key
        return key

    def unregister(self, fileobj):
        key = self._fd_to_key.pop(self._fileobj_lookup(fileobj), None)
        if key is None:
            raise KeyError("{!r} is not registered".format(fileobj))
        return key

    def modify(self, fileobj, events, data=None):
        key = self._key_of(fileobj)
        if events != key.events:
            self.unregister(fileobj)
            return self.register(fileobj, events, data)
        if data != key.data:
            # Nothing to tell the system.
            key = self._fd_to_key[key.fd] = key._replace(data=data)
        return key

    def _key_of(self, fileobj):
        try:
            return self._fd_to_key[self._fileobj_lookup(fileobj)]
        except KeyError:
            raise KeyError("{!r} is not registered".format(fileobj)) from None

    def close(self):
        self._fd_to_key.clear()
        self._map = None

    def get_map(self):
        return self._map

    def _key_from_fd(self, fd):
        """The key of a descriptor, None if there is none."""
        return self._fd_to_key.get(fd)

    def _ready(self, found):
        """What select() returns, given pairs of descriptor and events."""
        ready = []
        key_of = self._fd_to_key.get
        for fd, events in found:
            key = key_of(fd)
            if key:
                ready.append((key, events & key.events))
        return ready


class SelectSelector(_BaseSelectorImpl):
    """A selector by select(2)."""

    def __init__(self):
        super().__init__()
        self._readers = set()
        self._writers = set()

    def register(self, fileobj, events, data=None):
        key = super().register(fileobj, events, data)
        for event, files in (EVENT_READ, self._readers), (EVENT_WRITE, self._writers):
            if key.events & event:
                files.add(key.fd)
        return key

    def unregister(self, fileobj):
        key = super().unregister(fileobj)
        for files in self._readers, self._writers:
            files.discard(key.fd)
        return key

    _select = select.select

    def select(self, timeout=None):
        if timeout is not None and timeout < 0:
            timeout = 0
        try:
            readable, writable, _ = self._select(self._readers, self._writers, [], timeout)
        except InterruptedError:
            return []
        found = dict.fromkeys(readable, EVENT_READ)
        for fd in writable:
            found[fd] = found.get(fd, 0) | EVENT_WRITE
        return self._ready(found.items())


class _PollLikeSelector(_BaseSelectorImpl):
    """What poll, epoll and devpoll have in common."""

    _selector_cls = None        # makes the system's object
    _EVENT_READ = None          # its flags
    _EVENT_WRITE = None

    def __init__(self):
        super().__init__()
        self._selector = self._selector_cls()

    def _flags(self, events):
        return (self._EVENT_READ if events & EVENT_READ else 0) | (self._EVENT_WRITE if events & EVENT_WRITE else 0)

    def register(self, fileobj, events, data=None):
        key = super().register(fileobj, events, data)
        try:
            self._selector.register(key.fd, self._flags(events))
        except:
            super().unregister(fileobj)
            raise
        return key

    def unregister(self, fileobj):
        key = super().unregister(fileobj)
        try:
            self._selector.unregister(key.fd)
        except OSError:
            pass        # the file was closed meanwhile
        return key

    def modify(self, fileobj, events, data=None):
        key = self._key_of(fileobj)
        if events == key.events and data == key.data:
            return key
        if events != key.events:
            try:
                self._selector.modify(key.fd, self._flags(events))
            except:
                super().unregister(fileobj)
                raise
        key = self._fd_to_key[key.fd] = key._replace(events=events, data=data)
        return key

    def _poll(self, timeout):
        # Up to the next millisecond, so as not to return before the time.
        milliseconds = None if timeout is None else math.ceil(timeout * 1e3) if timeout > 0 else 0
        return self._selector.poll(milliseconds)

    def select(self, timeout=None):
        try:
            found = self._poll(timeout)
        except InterruptedError:
            return []
        # Errors and hang-ups count as both: reading or writing will tell.
        not_read, not_write = ~self._EVENT_READ, ~self._EVENT_WRITE
        return self._ready((fd, (EVENT_WRITE if event & not_read else 0) | (EVENT_READ if event & not_write else 0))
                           for fd, event in found)


if hasattr(select, 'poll'):
    class PollSelector(_PollLikeSelector):
        """A selector by poll(2)."""

        _selector_cls = select.poll
        _EVENT_READ = select.POLLIN
        _EVENT_WRITE = select.POLLOUT


class _OwnsDescriptor(_PollLikeSelector):
    """A selector whose object is a file of the system."""

    def fileno(self):
        """Return the descriptor of the selector itself."""
        return self._selector.fileno()

    def close(self):
        self._selector.close()
        super().close()


if hasattr(select, 'epoll'):
    class EpollSelector(_OwnsDescriptor):
        """A selector by epoll(7) of Linux."""

        _selector_cls = select.epoll
        _EVENT_READ = select.EPOLLIN
        _EVENT_WRITE = select.EPOLLOUT

        def _poll(self, timeout):
            if timeout is None:
                timeout = -1
            else:
                timeout = math.ceil(timeout * 1e3) * 1e-3 if timeout > 0 else 0
            # The system wants room for one event at least.
            return self._selector.poll(timeout, max(len(self._fd_to_key), 1))


if hasattr(select, 'devpoll'):
    class DevpollSelector(_OwnsDescriptor):
        """A selector by /dev/poll of Solaris."""

        _selector_cls = select.devpoll
        _EVENT_READ = select.POLLIN
        _EVENT_WRITE = select.POLLOUT


if hasattr(select, 'kqueue'):
    class KqueueSelector(_BaseSelectorImpl):
        """A selector by kqueue(2) of BSD and macOS."""

        def __init__(self):
            super().__init__()
            self._selector = select.kqueue()

        def fileno(self):
            """Return the descriptor of the selector itself."""
            return self._selector.fileno()

        def _control(self, key, action):
            for event, kind in (EVENT_READ, select.KQ_FILTER_READ), (EVENT_WRITE, select.KQ_FILTER_WRITE):
                if key.events & event:
                    self._selector.control([select.kevent(key.fd, kind, action)], 0, 0)

        def register(self, fileobj, events, data=None):
            key = super().register(fileobj, events, data)
            try:
                self._control(key, select.KQ_EV_ADD)
            except:
                super().unregister(fileobj)
                raise
            return key

        def unregister(self, fileobj):
            key = super().unregister(fileobj)
            try:
                self._control(key, select.KQ_EV_DELETE)
            except OSError:
                pass
            return key

        def select(self, timeout=None):
            if timeout is not None and timeout < 0:
                timeout = 0
            try:
                found = self._selector.control(None, max(len(self._fd_to_key), 1), timeout)
            except InterruptedError:
                return []
            kinds = {select.KQ_FILTER_READ: EVENT_READ, select.KQ_FILTER_WRITE: EVENT_WRITE}
            return self._ready((event.ident, kinds.get(event.filter, 0)) for event in found)

        def close(self):
            self._selector.close()
            super().close()


for _name in 'KqueueSelector', 'EpollSelector', 'DevpollSelector', 'PollSelector', 'SelectSelector':
    if _name in globals():
        DefaultSelector = globals()[_name]
        break
