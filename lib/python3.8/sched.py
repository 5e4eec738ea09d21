# SPDX-License-Identifier: MIT
"""A scheduler: calls functions at given times, in order."""

import heapq
import threading
import time
from collections import namedtuple
from time import monotonic as _time

__all__ = ['scheduler']


class Event(namedtuple('Event', 'time, priority, action, argument, kwargs')):
    """A call to come: action(*argument, **kwargs) at time.  Events are ordered by time, then priority."""

    __slots__ = []

    def __eq__(s, o):
        return s[:2] == o[:2]

    def __lt__(s, o):
        return s[:2] < o[:2]

    def __le__(s, o):
        return s[:2] <= o[:2]

    def __gt__(s, o):
        return s[:2] > o[:2]

    def __ge__(s, o):
        return s[:2] >= o[:2]


for _field, _doc in (('time', 'When it is due, as timefunc counts.'),
                     ('priority', 'Which of several at the same time comes first: the lowest.'),
                     ('action', 'The function to call.'), ('argument', 'Its positional arguments.'),
                     ('kwargs', 'Its keyword arguments.')):
    getattr(Event, _field).__doc__ = _doc
del _field, _doc

_sentinel = object()


class scheduler:
    """timefunc() tells the time, delayfunc(n) waits until it has advanced by n."""

    def __init__(self, timefunc=_time, delayfunc=time.sleep):
        self.timefunc = timefunc
        self.delayfunc = delayfunc
        self._queue = []
        self._lock = threading.RLock()

    def enterabs(self, time, priority, action, argument=(), kwargs=_sentinel):
        """Schedule action(*argument, **kwargs) for a time.  Return the event, for cancel()."""
        event = Event(time, priority, action, argument, {} if kwargs is _sentinel else kwargs)
        with self._lock:
            heapq.heappush(self._queue, event)
        return event

    def enter(self, delay, priority, action, argument=(), kwargs=_sentinel):
        """Schedule action(*argument, **kwargs) for delay from now on.  Return the event, for cancel()."""
        return self.enterabs(self.timefunc() + delay, priority, action, argument, kwargs)

    def cancel(self, event):
        """Remove an event.  ValueError if it is not there any more."""
        with self._lock:
            for at, other in enumerate(self._queue):
                if other == event:
                    del self._queue[at]
                    heapq.heapify(self._queue)
                    return
        raise ValueError('list.remove(x): x not in list')

    def empty(self):
        """Return whether there are no events."""
        with self._lock:
            return not self._queue

    def _take_due(self):
        """Return (event, None) for the next event if it is due, else (None, time left), or (None, None) for none."""
        with self._lock:
            if not self._queue:
                return None, None
            left = self._queue[0].time - self.timefunc()
            return (None, left) if left > 0 else (heapq.heappop(self._queue), None)

    def run(self, blocking=True):
        """Call what is scheduled, waiting for each to be due, until there is nothing left.

        With blocking false call what is due, and return the time left until the next.
        An exception of an action ends it; what remains can be run later.
        """
        while True:
            event, left = self._take_due()
            if event is not None:
                event.action(*event.argument, **event.kwargs)
                self.delayfunc(0)   # others may run
            elif left is None:
                return
            elif not blocking:
                return left
            else:
                self.delayfunc(left)

    @property
    def queue(self):
        """The events, in the order in which they are due."""
        with self._lock:
            return sorted(self._queue)
