# SPDX-License-Identifier: MIT
"""Helpers for messages: short reprs and comparisons of containers whose items may have no order or hash."""

from collections import namedtuple, Counter
from os.path import commonprefix

__unittest = True

# A pair of long reprs is cut to about _MAX_LENGTH characters: BEGIN [n chars] COMMON DIFF [n chars] END
_MAX_LENGTH = 80
_PLACEHOLDER_LEN = 12
_MIN_BEGIN_LEN = _MIN_END_LEN = _MIN_COMMON_LEN = 5
_MIN_DIFF_LEN = _MAX_LENGTH - _MIN_BEGIN_LEN - _MIN_COMMON_LEN - _MIN_END_LEN - 2 * _PLACEHOLDER_LEN


def _shorten(s, prefixlen, suffixlen):
    """Replace the middle of a string by its length, where that saves something."""
    middle = len(s) - prefixlen - suffixlen
    if middle <= _PLACEHOLDER_LEN:
        return s
    return '%s[%d chars]%s' % (s[:prefixlen], middle, s[prefixlen + middle:])


def _common_shorten_repr(*args):
    """Return the reprs as a tuple, shortened, if need be, around the place where they begin to differ."""
    texts = tuple(safe_repr(arg) for arg in args)
    longest = max(map(len, texts))
    if longest <= _MAX_LENGTH:
        return texts
    shared = commonprefix(texts)
    cut = len(shared)
    room = _MAX_LENGTH - _MIN_BEGIN_LEN - _PLACEHOLDER_LEN - (longest - cut)
    if room > _MIN_COMMON_LEN:
        start = _shorten(shared, _MIN_BEGIN_LEN, room)
        return tuple(start + text[cut:] for text in texts)
    start = _shorten(shared, _MIN_BEGIN_LEN, _MIN_COMMON_LEN)
    return tuple(start + _shorten(text[cut:], _MIN_DIFF_LEN, _MIN_END_LEN) for text in texts)


def safe_repr(obj, short=False):
    """Return repr(obj), or something in its place if it fails; cut with short."""
    try:
        text = repr(obj)
    except Exception:
        text = object.__repr__(obj)
    return text[:_MAX_LENGTH] + ' [truncated]...' if short and len(text) >= _MAX_LENGTH else text


def strclass(cls):
    """Return the full name of a class."""
    return '%s.%s' % (cls.__module__, cls.__qualname__)


def sorted_list_difference(expected, actual):
    """Return (missing, unexpected): what stands in one of two sorted lists only, each item once."""
    missing, unexpected = [], []
    i = j = 0
    while i < len(expected) and j < len(actual):
        wanted, found = expected[i], actual[j]
        if wanted < found:
            missing.append(wanted)
            i = _past(expected, i)
        elif wanted > found:
            unexpected.append(found)
            j = _past(actual, j)
        else:
            i, j = _past(expected, i), _past(actual, j)
    missing += expected[i:]
    unexpected += actual[j:]
    return missing, unexpected


def _past(items, i):
    """The index behind the items that equal items[i]."""
    item = items[i]
    while i < len(items) and items[i] == item:
        i += 1
    return i


def unorderable_list_difference(expected, actual):
    """Return (missing, unexpected) of two lists that cannot be sorted.  Both lists are used up."""
    missing = []
    while expected:
        item = expected.pop()
        if item in actual:
            actual.remove(item)
        else:
            missing.append(item)
    return missing, actual


def three_way_cmp(x, y):
    """Return -1, 0 or 1."""
    return (x > y) - (x < y)


_Mismatch = namedtuple('Mismatch', 'actual expected value')


def _count_diff_all_purpose(actual, expected):
    """Items that two sequences do not hold equally often, with both counts; the items only need ==."""
    counts = []                 # [item, times in actual, times in expected]
    for place, items in ((1, actual), (2, expected)):
        for item in items:
            for count in counts:
                if count[0] == item:
                    break
            else:
                count = [item, 0, 0]
                counts.append(count)
            count[place] += 1
    return [_Mismatch(here, there, item) for item, here, there in counts if here != there]


def _count_diff_hashable(actual, expected):
    """The same for items that can be hashed, in a time that grows with the number of items."""
    here, there = Counter(actual), Counter(expected)
    return [_Mismatch(here[item], there[item], item) for item in here | there if here[item] != there[item]]
