# SPDX-License-Identifier: MIT
"""Abstract syntax trees: parse source into them, walk them, change them, and read literals safely.

The node classes are made natively (src/defs/ast.def, module _ast) and appear here by name.  This module adds the
functions over whole trees, the visitors, and the node classes that 3.8 replaced by Constant: Num, Str, Bytes,
NameConstant and Ellipsis still make a Constant, and isinstance() still recognises one by its value.
"""

from _ast import *


def parse(source, filename='<unknown>', mode='exec', *, type_comments=False, feature_version=None):
    """Return the tree of source text or bytes.

    mode: 'exec', 'eval', 'single', or 'func_type' for the signature in a type comment.
    type_comments: keep "# type:" comments in the tree.
    feature_version: accept the grammar of this earlier version, (3, minor) or minor, as far as it is known.
    Raises SyntaxError.
    """
    flags = PyCF_ONLY_AST
    if type_comments:
        flags |= PyCF_TYPE_COMMENTS
    if feature_version is None:
        feature_version = -1
    elif isinstance(feature_version, tuple):
        major, feature_version = feature_version
        assert major == 3
    return compile(source, filename, mode, flags, _feature_version=feature_version)


# --- Literals -------------------------------------------------------------------------------------

def _malformed(node):
    return ValueError('malformed node or string: ' + repr(node))


def _number(node, signed):
    """Value of a number's node; with a sign before it only if `signed`."""
    if signed and isinstance(node, UnaryOp):
        if isinstance(node.op, UAdd):
            return +_number(node.operand, False)
        if isinstance(node.op, USub):
            return -_number(node.operand, False)
    elif isinstance(node, Constant) and type(node.value) in (int, float, complex):
        return node.value
    raise _malformed(node)


def _literal(node):
    """Value of a literal's node.  Raises ValueError for anything that would have to be computed."""
    if isinstance(node, Constant):
        return node.value
    if isinstance(node, Tuple):
        return tuple(map(_literal, node.elts))
    if isinstance(node, List):
        return list(map(_literal, node.elts))
    if isinstance(node, Set):
        return set(map(_literal, node.elts))
    if isinstance(node, Dict):
        if len(node.keys) != len(node.values):
            raise _malformed(node)
        return dict(zip(map(_literal, node.keys), map(_literal, node.values)))
    if isinstance(node, BinOp) and isinstance(node.op, (Add, Sub)):
        # A complex number is written as a sum.
        real = _number(node.left, True)
        imaginary = _number(node.right, False)
        if isinstance(real, (int, float)) and isinstance(imaginary, complex):
            return real + imaginary if isinstance(node.op, Add) else real - imaginary
    return _number(node, True)


def literal_eval(node_or_string):
    """Return the value of a literal, without running any code.

    node_or_string: source, or the tree of an expression, of strings, bytes, numbers, tuples, lists, dicts, sets,
    booleans, None and Ellipsis.  Raises ValueError for other expressions, SyntaxError for bad source.
    """
    node = node_or_string
    if isinstance(node, str):
        node = parse(node, mode='eval')
    if isinstance(node, Expression):
        node = node.body
    return _literal(node)


# --- Looking at trees -----------------------------------------------------------------------------

def iter_fields(node):
    """Yield (name, value) of each field that the node has."""
    for name in node._fields:
        try:
            pair = name, getattr(node, name)
        except AttributeError:
            continue
        yield pair


def iter_child_nodes(node):
    """Yield the nodes directly below a node: its fields that are nodes and the nodes in its lists."""
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, AST):
            yield value
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, AST):
                    yield item


def walk(node):
    """Yield the node and all nodes below it, level by level."""
    from collections import deque
    waiting = deque((node,))
    while waiting:
        node = waiting.popleft()
        waiting.extend(iter_child_nodes(node))
        yield node


def dump(node, annotate_fields=True, include_attributes=False):
    """Return a tree as text that looks like the calls which would make it.

    annotate_fields: with the names of the fields (a node that lacks one always shows them).
    include_attributes: with line numbers and columns.  Raises TypeError if it is no node.
    """
    def show(node):
        if not isinstance(node, AST):
            if isinstance(node, list):
                return '[' + ', '.join([show(item) for item in node]) + ']'
            return repr(node)
        named = annotate_fields
        parts = []
        for name in node._fields:
            value = getattr(node, name, parts)
            if value is parts:
                # Missing.  Without names the fields behind it could not be told apart.
                named = True
                continue
            text = show(value)
            parts.append(name + '=' + text if named else text)
        if include_attributes:
            parts += [name + '=' + show(getattr(node, name)) for name in node._attributes if hasattr(node, name)]
        return node.__class__.__name__ + '(' + ', '.join(parts) + ')'

    if not isinstance(node, AST):
        raise TypeError('expected AST, got %r' % node.__class__.__name__)
    return show(node)


def get_docstring(node, clean=True):
    """Return the docstring of a module, class or function, or None.

    clean: with the indentation taken out, as inspect.cleandoc() does.  Raises TypeError for other nodes.
    """
    if not isinstance(node, (Module, ClassDef, FunctionDef, AsyncFunctionDef)):
        raise TypeError("%r can't have docstrings" % node.__class__.__name__)
    first = node.body[0] if node.body else None
    text = getattr(first.value, 'value', None) if isinstance(first, Expr) else None
    if not isinstance(text, str):
        return None
    if clean:
        from inspect import cleandoc
        return cleandoc(text)
    return text


def _splitlines_no_ff(source):
    """The lines of source with their ends, as the compiler counts them: str.splitlines() would know more ends."""
    from io import StringIO
    return list(StringIO(source, newline=''))


def _pad_whitespace(source):
    """As many blanks as there are characters; tabs and form feeds stay."""
    return ''.join(c if c in '\t\f' else ' ' for c in source)


def get_source_segment(source, node, *, padded=False):
    """Return the piece of the source that a node was made from, or None if the node lacks a position.

    padded: with blanks before the first of several lines, so that it stands in its column.
    """
    try:
        first, last = node.lineno - 1, node.end_lineno - 1
        begin, end = node.col_offset, node.end_col_offset
    except AttributeError:
        return None
    # Columns count the bytes of utf-8.
    lines = _splitlines_no_ff(source)
    head = lines[first].encode()
    if first == last:
        return head[begin:end].decode()
    padding = _pad_whitespace(head[:begin].decode()) if padded else ''
    return ''.join([padding, head[begin:].decode(), *lines[first + 1:last], lines[last].encode()[:end].decode()])


# --- Positions ------------------------------------------------------------------------------------

_POSITION = ('lineno', 'end_lineno', 'col_offset', 'end_col_offset')


def copy_location(new_node, old_node):
    """Give new_node the position of old_node as far as both can have one; return new_node."""
    for name in _POSITION:
        if name in old_node._attributes and name in new_node._attributes and hasattr(old_node, name):
            value = getattr(old_node, name)
            # None is a value only for the ends.
            if value is not None or name.startswith('end_'):
                setattr(new_node, name, value)
    return new_node


def _fill_positions(node, inherited):
    """Set what is missing in node and below to the enclosing node's values; inherited: as in _POSITION."""
    if node._attributes:
        own = []
        for name, value in zip(_POSITION, inherited):
            if name in node._attributes:
                if hasattr(node, name):
                    value = getattr(node, name)
                else:
                    setattr(node, name, value)
            own.append(value)
        inherited = own
    for child in iter_child_nodes(node):
        _fill_positions(child, inherited)


def fix_missing_locations(node):
    """Give every node below that lacks a position the one of its parent: compile() wants them all.  Return node."""
    _fill_positions(node, (1, 1, 0, 0))
    return node


def increment_lineno(node, n=1):
    """Add n to the line numbers of a node and of all nodes below; return node."""
    for child in walk(node):
        for name in ('lineno', 'end_lineno'):
            if name in child._attributes:
                value = getattr(child, name, 0)
                if value is not None:
                    setattr(child, name, value + n)
    return node


# --- Visitors -------------------------------------------------------------------------------------

class NodeVisitor(object):
    """Walks a tree and calls visit_CLASS(node) for each node, where CLASS is the name of the node's class.

    Subclasses define these methods; their result is what visit() returns.  For classes without one generic_visit()
    visits the nodes below, and a method that wants those visited too calls it.  Use NodeTransformer to change trees.
    """

    def visit(self, node):
        """Call the method for the class of the node."""
        return getattr(self, 'visit_' + node.__class__.__name__, self.generic_visit)(node)

    def generic_visit(self, node):
        """Visit all nodes directly below."""
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, AST):
                self.visit(value)
            elif isinstance(value, list):
                for item in value:
                    if isinstance(item, AST):
                        self.visit(item)

    def visit_Constant(self, node):
        """Call the method of the class that such constants had before 3.8, if there is one."""
        value = node.value
        name = _const_node_type_names.get(type(value))
        if name is None:
            name = next((known for kind, known in _const_node_type_names.items() if isinstance(value, kind)), None)
        visitor = getattr(self, 'visit_%s' % name, None) if name else None
        if visitor is None:
            return self.generic_visit(node)
        import warnings
        warnings.warn('visit_%s is deprecated; add visit_Constant' % name, PendingDeprecationWarning, 2)
        return visitor(node)


class NodeTransformer(NodeVisitor):
    """A visitor whose methods return what shall stand in the place of the node.

    The same node leaves the tree as it is, None removes the node, and for an item of a list several nodes may be
    returned in a list.  The nodes below are only visited where the method does so (generic_visit()).
    """

    def generic_visit(self, node):
        """Visit the nodes directly below and put the results in their place; return node."""
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, AST):
                replacement = self.visit(value)
                if replacement is None:
                    delattr(node, name)
                elif replacement is not value:
                    setattr(node, name, replacement)
            elif isinstance(value, list) and value:
                value[:] = self._visited_items(value)
        return node

    def _visited_items(self, items):
        kept = []
        for item in items:
            if isinstance(item, AST):
                item = self.visit(item)
                if item is None:
                    continue
                if not isinstance(item, AST):
                    kept.extend(item)
                    continue
            kept.append(item)
        return kept


# --- Constants as before 3.8 ----------------------------------------------------------------------

def _getter(self):
    """The constant's value, under the field name that its class had before 3.8."""
    return self.value


def _setter(self, value):
    self.value = value


Constant.n = Constant.s = property(_getter, _setter)


class _ABC(type):
    """Class of the former constant classes: isinstance() asks for a Constant whose value has a fitting type."""

    def __instancecheck__(cls, inst):
        if not isinstance(inst, Constant):
            return False
        if cls not in _const_types:
            return type.__instancecheck__(cls, inst)
        try:
            value = inst.value
        except AttributeError:
            return False
        return isinstance(value, _const_types[cls]) and not isinstance(value, _const_types_not.get(cls, ()))


def _new(cls, *args, **kwargs):
    for position, name in enumerate(cls._fields):
        if name in kwargs and position < len(args):
            raise TypeError('%s got multiple values for argument %r' % (cls.__name__, name))
    if cls in _const_types:
        return Constant(*args, **kwargs)
    return Constant.__new__(cls, *args, **kwargs)


class Num(Constant, metaclass=_ABC):
    """A Constant that is an int, float or complex."""
    _fields = ('n',)
    __new__ = _new


class Str(Constant, metaclass=_ABC):
    """A Constant that is a str."""
    _fields = ('s',)
    __new__ = _new


class Bytes(Constant, metaclass=_ABC):
    """A Constant that is a bytes."""
    _fields = ('s',)
    __new__ = _new


class NameConstant(Constant, metaclass=_ABC):
    """A Constant that is True, False or None."""
    __new__ = _new


class Ellipsis(Constant, metaclass=_ABC):
    """A Constant that is the ellipsis."""
    _fields = ()

    def __new__(cls, *args, **kwargs):
        if cls is not Ellipsis:
            return Constant.__new__(cls, *args, **kwargs)
        return Constant(..., *args, **kwargs)


_const_types = {Num: (int, float, complex), Str: (str,), Bytes: (bytes,), NameConstant: (type(None), bool),
                Ellipsis: (type(...),)}
# A bool is an int, but no Num.
_const_types_not = {Num: (bool,)}
# bool before int, for the search through subclasses.
_const_node_type_names = {bool: 'NameConstant', type(None): 'NameConstant', int: 'Num', float: 'Num', complex: 'Num',
                          str: 'Str', bytes: 'Bytes', type(...): 'Ellipsis'}
