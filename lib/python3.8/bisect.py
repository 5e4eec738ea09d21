# SPDX-License-Identifier: MIT
"""Search in sorted lists, and insertion that keeps them sorted.

The native module _bisect does the work; the functions here serve where it is missing.
"""


def _bounds(a, lo, hi):
    """Return hi, or the length of a for None.  ValueError for a negative lo."""
    if lo < 0:
        raise ValueError('lo must be non-negative')
    return len(a) if hi is None else hi


def bisect_right(a, x, lo=0, hi=None):
    """Return the index at which to insert x into sorted list a, behind items equal to x.

    lo, hi: look at a[lo:hi] only.
    """
    hi = _bounds(a, lo, hi)
    while hi > lo:
        half = lo + hi >> 1
        if x < a[half]:
            hi = half
        else:
            lo = half + 1
    return lo


def bisect_left(a, x, lo=0, hi=None):
    """Return the index at which to insert x into sorted list a, in front of items equal to x."""
    hi = _bounds(a, lo, hi)
    while hi > lo:
        half = lo + hi >> 1
        if a[half] < x:
            lo = half + 1
        else:
            hi = half
    return lo


def insort_right(a, x, lo=0, hi=None):
    """Insert x into sorted list a, behind items equal to x."""
    at = bisect_right(a, x, lo, hi)
    a.insert(at, x)


def insort_left(a, x, lo=0, hi=None):
    """Insert x into sorted list a, in front of items equal to x."""
    at = bisect_left(a, x, lo, hi)
    a.insert(at, x)


try:
    from _bisect import *
except ImportError:
    pass

bisect = bisect_right
insort = insort_right
