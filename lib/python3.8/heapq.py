# SPDX-License-Identifier: MIT
"""Heaps in lists: heap[0] is the smallest item, and heap[k] <= heap[2*k+1], heap[2*k+2].

The functions on heaps come from the native module _heapq; those in Python, which do the same comparisons, serve where
it is missing.
"""

__all__ = ['heappush', 'heappop', 'heapify', 'heapreplace', 'merge', 'nlargest', 'nsmallest', 'heappushpop']


# A kind of heap is made of a function that says whether its first argument belongs above its second.

def _make_heap(above):
    """Return (sift_up, sift_down, push, pop, replace, pushpop, heapify) for heaps ordered by above(a, b)."""

    def rise(heap, top, at):
        """Move the item at index at towards top, until what is above it belongs there."""
        item = heap[at]
        while at > top:
            parent = at - 1 >> 1
            if not above(item, heap[parent]):
                break
            heap[at] = heap[parent]
            at = parent
        heap[at] = item

    def sink(heap, at):
        """Put the item at index at where it belongs below.

        It mostly belongs near the bottom: so first let the better child rise everywhere, then go back up.
        """
        size, top, item = len(heap), at, heap[at]
        child = 2 * at + 1
        while child < size:
            other = child + 1
            if other < size and not above(heap[child], heap[other]):
                child = other
            heap[at] = heap[child]
            at = child
            child = 2 * at + 1
        heap[at] = item
        rise(heap, top, at)

    def push(heap, item):
        heap.append(item)
        rise(heap, 0, len(heap) - 1)

    def pop(heap):
        last = heap.pop()
        return replace(heap, last) if heap else last

    def replace(heap, item):
        first = heap[0]
        heap[0] = item
        sink(heap, 0)
        return first

    def pushpop(heap, item):
        return replace(heap, item) if heap and above(heap[0], item) else item

    def make(x):
        for at in range(len(x) // 2 - 1, -1, -1):
            sink(x, at)

    return rise, sink, push, pop, replace, pushpop, make


_siftdown, _siftup, _push, _pop, _replace, _pushpop, _heapify = _make_heap(lambda a, b: a < b)
_siftdown_max, _siftup_max, _, _heappop_max, _heapreplace_max, _, _heapify_max = _make_heap(lambda a, b: b < a)
del _


def heappush(heap, item):
    """Push item onto heap."""
    _push(heap, item)


def heappop(heap):
    """Remove the smallest item from heap and return it.  IndexError if heap is empty."""
    return _pop(heap)


def heapreplace(heap, item):
    """Remove the smallest item and return it, then push item.  IndexError if heap is empty."""
    return _replace(heap, item)


def heappushpop(heap, item):
    """Push item, then remove the smallest item and return it."""
    return _pushpop(heap, item)


def heapify(x):
    """Turn list x into a heap, in linear time."""
    _heapify(x)


def merge(*iterables, key=None, reverse=False):
    """Iterate over the items of sorted iterables in order; equal ones in the order of the iterables.

    key: function of an item to compare by.  reverse: everything is sorted from the largest down.

    >>> list(merge('adz', 'be', 'c'))
    ['a', 'b', 'c', 'd', 'e', 'z']
    >>> list(merge([3, 1], [2], reverse=True))
    [3, 2, 1]
    """
    make, replace, pop = (_heapify_max, _heapreplace_max, _heappop_max) if reverse else (heapify, heapreplace, heappop)
    direction = -1 if reverse else 1
    # [what to compare by, position of the iterable, function for its next item, item]
    heads = []
    for position, iterable in enumerate(iterables):
        advance = iter(iterable).__next__
        try:
            item = advance()
        except StopIteration:
            continue
        heads.append([item if key is None else key(item), direction * position, advance, item])
    make(heads)
    while len(heads) > 1:
        try:
            while True:
                head = heads[0]
                yield head[3]
                item = head[3] = head[2]()
                head[0] = item if key is None else key(item)
                replace(heads, head)
        except StopIteration:
            pop(heads)
    if heads:
        last = heads[0]
        yield last[3]
        yield from last[2].__self__


def _best(n, iterable, key, largest):
    """Return the n smallest or largest items in order.

    A heap holds the best so far with the worst of them on top, and the position breaks ties.
    """
    if n == 1:
        best = (max if largest else min)(iterable, default=_best, key=key)
        return [] if best is _best else [best]
    try:
        size = len(iterable)
    except (TypeError, AttributeError):
        pass
    else:
        if n >= size:
            return sorted(iterable, key=key, reverse=largest)[:n]
    if n <= 0:
        return []
    source = iter(iterable)
    step = -1 if largest else 1
    make, replace = (heapify, heapreplace) if largest else (_heapify_max, _heapreplace_max)
    if key is None:
        heap = [(item, position, item) for position, item in zip(range(0, step * n, step), source)]
    else:
        heap = [(key(item), position, item) for position, item in zip(range(0, step * n, step), source)]
    if heap:
        make(heap)
        worst = heap[0][0]
        position = step * n
        for item in source:
            rank = item if key is None else key(item)
            if worst < rank if largest else rank < worst:
                replace(heap, (rank, position, item))
                worst = heap[0][0]
                position += step
        heap.sort(reverse=largest)
    return [item for rank, position, item in heap]


def nsmallest(n, iterable, key=None):
    """Return the list of the n smallest items, sorted: sorted(iterable, key=key)[:n]."""
    return _best(n, iterable, key, False)


def nlargest(n, iterable, key=None):
    """Return the list of the n largest items, from the largest down: sorted(iterable, key=key, reverse=True)[:n]."""
    return _best(n, iterable, key, True)


try:
    from _heapq import *
except ImportError:
    pass
try:
    from _heapq import _heapreplace_max, _heapify_max, _heappop_max
except ImportError:
    pass
