# SPDX-License-Identifier: MIT
"""Printing of data structures in a form that is easy to read, and in lines that are not too long.

What fits into the line is printed as repr() has it.  What does not is printed by a method for the type's __repr__,
which stands in PrettyPrinter._dispatch, an item a line.
"""

import collections as _collections
import sys as _sys
import types as _types
from io import StringIO as _StringIO

__all__ = ['pprint', 'pformat', 'isreadable', 'isrecursive', 'saferepr', 'PrettyPrinter', 'pp']


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True):
    """Print object to stream, by default sys.stdout.  The other arguments are those of PrettyPrinter."""
    PrettyPrinter(stream=stream, indent=indent, width=width, depth=depth, compact=compact,
                  sort_dicts=sort_dicts).pprint(object)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True):
    """Return object as a text.  The other arguments are those of PrettyPrinter."""
    return PrettyPrinter(indent=indent, width=width, depth=depth, compact=compact,
                         sort_dicts=sort_dicts).pformat(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    """pprint(), but with dictionaries in their own order."""
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def saferepr(object):
    """Return repr(object), but also for structures that contain themselves."""
    return _safe_repr(object, {}, None, 0, True)[0]


def isreadable(object):
    """Return whether eval(saferepr(object)) would make the same again."""
    return _safe_repr(object, {}, None, 0, True)[1]


def isrecursive(object):
    """Return whether object contains itself."""
    return _safe_repr(object, {}, None, 0, True)[2]


class _safe_key:
    """Key to sort anything by: what cannot be compared is ordered by type and address."""

    __slots__ = ['obj']

    def __init__(self, obj):
        self.obj = obj

    def __lt__(self, other):
        mine, its = self.obj, other.obj
        try:
            return mine < its
        except TypeError:
            return (str(type(mine)), id(mine)) < (str(type(its)), id(its))


def _safe_tuple(t):
    """Return the key to sort a pair by."""
    return tuple(map(_safe_key, t))


class PrettyPrinter:
    """Prints objects to stream, by default sys.stdout.

    indent: blanks for each level.  width: of lines, at most, if possible.  depth: of levels that are shown.
    compact: put as many items on a line as fit.  sort_dicts: show dictionaries sorted by key.
    """

    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True):
        indent, width = int(indent), int(width)
        for wrong, message in ((indent < 0, 'indent must be >= 0'), (not width, 'width must be != 0'),
                               (depth is not None and depth <= 0, 'depth must be > 0')):
            if wrong:
                raise ValueError(message)
        self._indent_per_level, self._width, self._depth = indent, width, depth
        self._stream = _sys.stdout if stream is None else stream
        self._compact, self._sort_dicts = bool(compact), sort_dicts

    def pprint(self, object):
        """Print object, and a newline."""
        self._format(object, self._stream, 0, 0, {}, 0)
        self._stream.write('\n')

    def pformat(self, object):
        """Return object as a text."""
        stream = _StringIO()
        self._format(object, stream, 0, 0, {}, 0)
        return stream.getvalue()

    def isrecursive(self, object):
        """Return whether object contains itself."""
        return self.format(object, {}, 0, 0)[2]

    def isreadable(self, object):
        """Return whether the text could be evaluated to make the same again."""
        _, readable, recursive = self.format(object, {}, 0, 0)
        return readable and not recursive

    def format(self, object, context, maxlevels, level):
        """Return (text, is it readable, is it recursive) of object on one line.  Subclasses may replace it.

        context: a dict with the ids of the objects around as keys.  maxlevels: of depth, 0 for any.
        level: the depth of object.
        """
        return _safe_repr(object, context, maxlevels, level, self._sort_dicts)

    # In all methods below: indent is the column where object begins, allowance the columns that must remain behind it
    # for closing brackets, context as above, level the depth.

    def _format(self, object, stream, indent, allowance, context, level):
        """Write object."""
        mark = id(object)
        if mark in context:
            stream.write(_recursion(object))
            self._recursive, self._readable = True, False
            return
        text = self._repr(object, context, level)
        if len(text) > self._width - indent - allowance:
            write = self._dispatch.get(type(object).__repr__)
            if write is not None:
                context[mark] = 1
                write(self, object, stream, indent, allowance, context, level + 1)
                del context[mark]
                return
            if isinstance(object, dict):
                context[mark] = 1
                self._pprint_dict(object, stream, indent, allowance, context, level + 1)
                del context[mark]
                return
        stream.write(text)

    def _repr(self, object, context, level):
        """Return the text of object on one line."""
        text, readable, recursive = self.format(object, context.copy(), self._depth, level)
        if recursive:
            self._recursive = True
        if not readable:
            self._readable = False
        return text

    _dispatch = {}      # __repr__ of a type -> function

    # ---- built-in containers ----

    def _pprint_dict(self, object, stream, indent, allowance, context, level):
        stream.write('{' + ' ' * (self._indent_per_level - 1))
        if object:
            pairs = sorted(object.items(), key=_safe_tuple) if self._sort_dicts else object.items()
            self._format_dict_items(pairs, stream, indent, allowance + 1, context, level)
        stream.write('}')

    _dispatch[dict.__repr__] = _pprint_dict

    def _bracketed(opening, closing):
        def write(self, object, stream, indent, allowance, context, level):
            stream.write(opening)
            self._format_items(object, stream, indent, allowance + len(closing), context, level)
            stream.write(closing)
        return write

    _pprint_list = _dispatch[list.__repr__] = _bracketed('[', ']')

    def _pprint_tuple(self, object, stream, indent, allowance, context, level):
        closing = ',)' if len(object) == 1 else ')'
        stream.write('(')
        self._format_items(object, stream, indent, allowance + len(closing), context, level)
        stream.write(closing)

    _dispatch[tuple.__repr__] = _pprint_tuple

    def _pprint_set(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        opening, closing = '{', '}'
        if type(object) is not set:
            opening, closing = type(object).__name__ + '({', '})'
        stream.write(opening)
        self._format_items(sorted(object, key=_safe_key), stream, indent + len(opening) - 1,
                           allowance + len(closing), context, level)
        stream.write(closing)

    _dispatch[set.__repr__] = _dispatch[frozenset.__repr__] = _pprint_set

    # ---- texts ----

    def _pprint_str(self, object, stream, indent, allowance, context, level):
        write = stream.write
        if not object:
            write(repr(object))
            return
        nested = level > 1
        if not nested:
            indent, allowance = indent + 1, allowance + 1       # for the parentheses
        width, last_width = self._width - indent, self._width - indent - allowance
        pieces = []
        lines = object.splitlines(True)
        for number, line in enumerate(lines):
            is_last = number == len(lines) - 1
            text = repr(line)
            if len(text) <= (last_width if is_last else width):
                pieces.append(text)
            else:
                pieces += _split_words(line, width, last_width if is_last else width)
        if len(pieces) == 1:
            write(text)
            return
        joined = ('\n' + ' ' * indent).join(pieces)
        write(joined if nested else '(' + joined + ')')

    _dispatch[str.__repr__] = _pprint_str

    def _pprint_bytes(self, object, stream, indent, allowance, context, level):
        if len(object) <= 4:
            stream.write(repr(object))
            return
        parens = level == 1
        if parens:
            indent, allowance = indent + 1, allowance + 1
        text = ('\n' + ' ' * indent).join(_wrap_bytes_repr(object, self._width - indent, allowance))
        stream.write('(' + text + ')' if parens else text)

    _dispatch[bytes.__repr__] = _pprint_bytes

    def _pprint_bytearray(self, object, stream, indent, allowance, context, level):
        stream.write('bytearray(')
        self._pprint_bytes(bytes(object), stream, indent + 10, allowance + 1, context, level + 1)
        stream.write(')')

    _dispatch[bytearray.__repr__] = _pprint_bytearray

    # ---- items ----

    def _format_dict_items(self, items, stream, indent, allowance, context, level):
        """Write pairs of key and value, one a line."""
        indent += self._indent_per_level
        separator = ''
        items = list(items)
        for number, (key, value) in enumerate(items):
            text = self._repr(key, context, level)
            stream.write(separator + text + ': ')
            self._format(value, stream, indent + len(text) + 2, allowance if number == len(items) - 1 else 1,
                         context, level)
            separator = ',\n' + ' ' * indent

    def _format_items(self, items, stream, indent, allowance, context, level):
        """Write items, one a line, or if compact as many as fit."""
        indent += self._indent_per_level
        if self._indent_per_level > 1:
            stream.write(' ' * (self._indent_per_level - 1))
        new_line = ',\n' + ' ' * indent
        separator = ''
        room = limit = self._width - indent + 1
        items = list(items)
        for number, item in enumerate(items):
            if number == len(items) - 1:
                limit -= allowance
                room -= allowance
                last = allowance
            else:
                last = 1
            if self._compact:
                text = self._repr(item, context, level)
                size = len(text) + 2
                if room < size:
                    room = limit
                    if separator:
                        separator = new_line
                if room >= size:
                    room -= size
                    stream.write(separator + text)
                    separator = ', '
                    continue
            stream.write(separator)
            separator = new_line
            self._format(item, stream, indent, last, context, level)

    # ---- containers of collections and types ----

    def _call(inner):
        """Make a method that writes CLASS(...), where inner(self, object, stream, indent, ...) writes what is inside;
        empty objects as repr() does."""
        def write(self, object, stream, indent, allowance, context, level):
            if not len(object):
                stream.write(repr(object))
                return
            opening = object.__class__.__name__ + '('
            stream.write(opening)
            inner(self, object, stream, indent + len(opening), allowance + 1, context, level)
            stream.write(')')
        return write

    @_call
    def _pprint_ordered_dict(self, object, stream, indent, allowance, context, level):
        self._format(list(object.items()), stream, indent, allowance, context, level)

    _dispatch[_collections.OrderedDict.__repr__] = _pprint_ordered_dict

    def _pprint_mappingproxy(self, object, stream, indent, allowance, context, level):
        stream.write('mappingproxy(')
        self._format(object.copy(), stream, indent + 13, allowance + 1, context, level)
        stream.write(')')

    _dispatch[_types.MappingProxyType.__repr__] = _pprint_mappingproxy

    @_call
    def _pprint_default_dict(self, object, stream, indent, allowance, context, level):
        factory = self._repr(object.default_factory, context, level)
        indent -= 1     # the class name and a parenthesis
        stream.write('%s,\n%s' % (factory, ' ' * (indent + 1)))
        self._pprint_dict(object, stream, indent + 1, allowance, context, level)

    _dispatch[_collections.defaultdict.__repr__] = _pprint_default_dict

    @_call
    def _pprint_counter(self, object, stream, indent, allowance, context, level):
        stream.write('{' + ' ' * (self._indent_per_level - 1))
        self._format_dict_items(object.most_common(), stream, indent, allowance + 1, context, level)
        stream.write('}')

    _dispatch[_collections.Counter.__repr__] = _pprint_counter

    def _pprint_chain_map(self, object, stream, indent, allowance, context, level):
        if not len(object.maps):
            stream.write(repr(object))
            return
        opening = object.__class__.__name__ + '('
        stream.write(opening)
        indent += len(opening)
        for number, mapping in enumerate(object.maps, 1):
            is_last = number == len(object.maps)
            self._format(mapping, stream, indent, allowance + 1 if is_last else 1, context, level)
            stream.write(')' if is_last else ',\n' + ' ' * indent)

    _dispatch[_collections.ChainMap.__repr__] = _pprint_chain_map

    @_call
    def _pprint_deque(self, object, stream, indent, allowance, context, level):
        stream.write('[')
        if object.maxlen is None:
            self._format_items(object, stream, indent, allowance + 1, context, level)
            stream.write(']')
        else:
            self._format_items(object, stream, indent, 2, context, level)
            limit = self._repr(object.maxlen, context, level)
            stream.write('],\n%smaxlen=%s' % (' ' * indent, limit))

    _dispatch[_collections.deque.__repr__] = _pprint_deque

    def _pprint_user_dict(self, object, stream, indent, allowance, context, level):
        self._format(object.data, stream, indent, allowance, context, level - 1)

    _pprint_user_list = _pprint_user_string = _pprint_user_dict
    for _cls in (_collections.UserDict, _collections.UserList, _collections.UserString):
        _dispatch[_cls.__repr__] = _pprint_user_dict
    del _cls, _bracketed, _call


def _split_words(line, width, last_width):
    """Return the reprs of pieces of line, broken at white space; width is for all but the last."""
    import re
    parts = re.findall(r'\S*\s*', line)[:-1]    # the last matches nothing
    pieces, current = [], ''
    for number, part in enumerate(parts):
        longer = current + part
        limit = last_width if number == len(parts) - 1 else width
        if len(repr(longer)) > limit:
            if current:
                pieces.append(repr(current))
            current = part
        else:
            current = longer
    if current:
        pieces.append(repr(current))
    return pieces


def _wrap_bytes_repr(object, width, allowance):
    """Iterate over the reprs of pieces of object, of four bytes or multiples."""
    current = b''
    last = len(object) // 4 * 4
    for at in range(0, len(object), 4):
        part = object[at:at + 4]
        if at == last:
            width -= allowance
        if len(repr(current + part)) > width:
            if current:
                yield repr(current)
            current = part
        else:
            current += part
    if current:
        yield repr(current)


def _recursion(object):
    """Return what stands for an object that is inside of itself."""
    return '<Recursion on %s with id=%s>' % (type(object).__name__, id(object))


_builtin_scalars = frozenset([str, bytes, bytearray, int, float, complex, bool, type(None)])


def _safe_repr(object, context, maxlevels, level, sort_dicts):
    """Return (text, is it readable, is it recursive) of object; the arguments are as for PrettyPrinter.format()."""
    cls = type(object)
    if cls in _builtin_scalars:
        return repr(object), True, False
    method = getattr(cls, '__repr__', None)
    is_dict = issubclass(cls, dict) and method is dict.__repr__
    is_list = issubclass(cls, list) and method is list.__repr__
    if not is_dict and not is_list and not (issubclass(cls, tuple) and method is tuple.__repr__):
        text = repr(object)
        return text, bool(text) and not text.startswith('<'), False
    if not object:
        return ('{}' if is_dict else '[]' if is_list else '()'), True, False
    mark = id(object)
    if maxlevels and level >= maxlevels:
        return ('{...}' if is_dict else '[...]' if is_list else '(...)'), False, mark in context
    if mark in context:
        return _recursion(object), False, True
    context[mark] = 1
    level += 1
    readable, recursive = True, False

    def show(item):
        nonlocal readable, recursive
        if type(item) in _builtin_scalars:
            return repr(item)
        text, is_readable, is_recursive = _safe_repr(item, context, maxlevels, level, sort_dicts)
        readable = readable and is_readable
        recursive = recursive or is_recursive
        return text

    if is_dict:
        pairs = sorted(object.items(), key=_safe_tuple) if sort_dicts else object.items()
        text = '{%s}' % ', '.join(['%s: %s' % (show(key), show(value)) for key, value in pairs])
    else:
        layout = '[%s]' if is_list else '(%s)' if len(object) > 1 else '(%s,)'
        text = layout % ', '.join(map(show, object))
    del context[mark]
    return text, readable, recursive
