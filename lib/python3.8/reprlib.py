# SPDX-License-Identifier: MIT
"""repr() with limits on size and depth, for debuggers and error reports."""

__all__ = ["Repr", "repr", "recursive_repr"]

import builtins
from itertools import islice
from _thread import get_ident


def recursive_repr(fillvalue='...'):
    """Make a decorator for __repr__ methods of containers that may contain themselves.

    fillvalue: what the inner call gives when the same object is already being shown by the same thread.
    """
    def decorate(method):
        active = set()

        def wrapper(self):
            mark = (id(self), get_ident())
            if mark in active:
                return fillvalue
            active.add(mark)
            try:
                return method(self)
            finally:
                active.remove(mark)

        # functools.wraps is not available: functools imports this module.
        for name in ('__module__', '__doc__', '__name__', '__qualname__'):
            setattr(wrapper, name, getattr(method, name))
        wrapper.__annotations__ = getattr(method, '__annotations__', {})
        return wrapper

    return decorate


def _bracketed(opening, closing, limit_name, single=''):
    """Make a repr_TYPE method for a sequence type; limit_name is the attribute that holds its limit."""
    def show(self, x, level):
        limit = getattr(self, limit_name)
        return self._repr_iterable(x, level, opening, closing, limit, single)

    show.__doc__ = 'Show the items between %s and %s; at most %s.' % (opening, closing, limit_name)
    return show


class Repr:
    """Shows objects in bounded space.  The attributes are the limits; a subclass adds a method repr_TYPE(x, level)
    for every further type whose name is TYPE (with _ for spaces)."""

    def __init__(self):
        self.maxlevel = 6
        self.maxtuple = 6
        self.maxlist = 6
        self.maxarray = 5
        self.maxdict = 4
        self.maxset = 6
        self.maxfrozenset = 6
        self.maxdeque = 6
        self.maxstring = 30
        self.maxlong = 40
        self.maxother = 30

    def repr(self, x):
        """Return repr(x), shortened to the limits."""
        return self.repr1(x, self.maxlevel)

    def repr1(self, x, level):
        """Like repr(), but with level levels of containers left to go into."""
        show = getattr(self, 'repr_' + type(x).__name__.replace(' ', '_'), None)
        return self.repr_instance(x, level) if show is None else show(x, level)

    def _shorten(self, text, limit):
        """Replace the middle of text, if it is longer than limit."""
        if len(text) <= limit:
            return text
        head = max(0, (limit - 3) // 2)
        tail = max(0, limit - 3 - head)
        return text[:head] + '...' + text[len(text) - tail:]

    def _repr_iterable(self, x, level, left, right, maxiter, trail=''):
        count = len(x)
        if level <= 0 and count:
            inside = '...'
        else:
            parts = [self.repr1(item, level - 1) for item in islice(x, maxiter)]
            if count > maxiter:
                parts.append('...')
            inside = ', '.join(parts)
            if count == 1 and trail:
                right = trail + right
        return left + inside + right

    repr_tuple = _bracketed('(', ')', 'maxtuple', single=',')
    repr_list = _bracketed('[', ']', 'maxlist')
    repr_deque = _bracketed('deque([', '])', 'maxdeque')

    def repr_array(self, x, level):
        """Show an array; at most maxarray items."""
        if x:
            return self._repr_iterable(x, level, "array('%s', [" % x.typecode, '])', self.maxarray)
        return "array('%s')" % x.typecode

    def repr_set(self, x, level):
        """Show a set, sorted if that works; at most maxset items."""
        if x:
            return self._repr_iterable(_possibly_sorted(x), level, '{', '}', self.maxset)
        return 'set()'

    def repr_frozenset(self, x, level):
        """Show a frozenset, sorted if that works; at most maxfrozenset items."""
        if x:
            return self._repr_iterable(_possibly_sorted(x), level, 'frozenset({', '})', self.maxfrozenset)
        return 'frozenset()'

    def repr_dict(self, x, level):
        """Show a dict, sorted if that works; at most maxdict items."""
        if not x:
            return '{}'
        if level <= 0:
            return '{...}'
        inner = level - 1
        parts = ['%s: %s' % (self.repr1(key, inner), self.repr1(x[key], inner))
                 for key in islice(_possibly_sorted(x), self.maxdict)]
        if len(x) > self.maxdict:
            parts.append('...')
        return '{' + ', '.join(parts) + '}'

    def repr_str(self, x, level):
        """Show a str; at most maxstring characters, the middle is left out."""
        # At most maxstring characters can be shown, so no more than those are quoted.
        limit = self.maxstring
        quoted = builtins.repr(x[:limit])
        if len(quoted) <= limit:
            return quoted
        head = max(0, (limit - 3) // 2)
        tail = max(0, limit - 3 - head)
        quoted = builtins.repr(x[:head] + x[len(x) - tail:])
        return quoted[:head] + '...' + quoted[len(quoted) - tail:]

    def repr_int(self, x, level):
        """Show an int; at most maxlong characters, the middle is left out."""
        return self._shorten(builtins.repr(x), self.maxlong)

    def repr_instance(self, x, level):
        """Show any other object; at most maxother characters, the middle is left out."""
        try:
            text = builtins.repr(x)
        except Exception:
            return '<%s instance at %#x>' % (type(x).__name__, id(x))
        return self._shorten(text, self.maxother)


def _possibly_sorted(x):
    """Return the items of x in order if they have one, else as they come."""
    try:
        return sorted(x)
    except Exception:
        return list(x)


aRepr = Repr()
repr = aRepr.repr
