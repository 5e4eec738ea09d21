# SPDX-License-Identifier: MIT
"""Trees of source code, and patterns that look for parts of them.

A Leaf is a token with its prefix: the blanks and comments before it.  A Node is
a symbol of the grammar with children.  str() of a tree is its source, exactly.
Trees may be changed; was_changed tells of that.

Patterns find nodes (match()) or whole sequences of them (match_seq(),
generate_matches()), and note named parts in a dict.
"""

HUGE = 0x7FFFFFFF   # "any number of times"

_type_reprs = {}


def type_repr(type_num):
    """Return the name of a symbol of the Python grammar; the number itself if it has none."""
    if not _type_reprs:
        from .pygram import python_symbols
        _type_reprs.update((number, name) for name, number in vars(python_symbols).items() if isinstance(number, int))
    return _type_reprs.setdefault(type_num, type_num)


class Base:
    """What leaves and nodes have in common; not to be made itself.

    type is the number of a kind of token (below 256) or of a symbol; parent the
    node that has it as a child, or None.
    """

    type = None
    parent = None
    children = ()
    was_changed = False
    was_checked = False

    def __new__(cls, *args, **kwds):
        assert cls is not Base, "Cannot instantiate Base"
        return object.__new__(cls)

    def __eq__(self, other):
        if self.__class__ is not other.__class__:
            return NotImplemented
        return self._eq(other)

    __hash__ = None

    def _eq(self, other):
        """Whether other, of the same class, is the same tree; prefixes do not count."""
        raise NotImplementedError

    def clone(self):
        """Return a copy of the tree, without a parent."""
        raise NotImplementedError

    def post_order(self):
        """Give all nodes of the tree, children before their parents."""
        raise NotImplementedError

    def pre_order(self):
        """Give all nodes of the tree, parents before their children."""
        raise NotImplementedError

    def replace(self, new):
        """Put new, a node or a list of nodes, where this node is; it loses its parent."""
        assert self.parent is not None, str(self)
        assert new is not None
        news = new if isinstance(new, list) else [new]
        at = self._place()
        self.parent.children[at:at + 1] = news
        self.parent.changed()
        self.parent._forget_siblings()
        for node in news:
            node.parent = self.parent
        self.parent = None

    def _place(self):
        """The index among the parent's children."""
        for i, child in enumerate(self.parent.children):
            if child is self:
                return i
        raise AssertionError((self.parent.children, self))

    def get_lineno(self):
        """Return the number of the line in which the tree begins; None if it has no leaf."""
        node = self
        while not isinstance(node, Leaf):
            if not node.children:
                return None
            node = node.children[0]
        return node.lineno

    def changed(self):
        """Note that this node, and so all above it, are not as they were."""
        node = self
        while node is not None:
            node.was_changed = True
            node = node.parent

    def remove(self):
        """Take the node out of its parent; return the index it had there, None without a parent."""
        if self.parent is None:
            return None
        at = self._place()
        del self.parent.children[at]
        self.parent.changed()
        self.parent._forget_siblings()
        self.parent = None
        return at

    def _sibling(self, step):
        if self.parent is None:
            return None
        if self.parent._next_of is None:
            self.parent._note_siblings()
        return (self.parent._next_of if step > 0 else self.parent._previous_of).get(id(self))

    @property
    def next_sibling(self):
        """The node behind this one in its parent, or None."""
        return self._sibling(1)

    @property
    def prev_sibling(self):
        """The node before this one in its parent, or None."""
        return self._sibling(-1)

    def leaves(self):
        """Give all leaves of the tree, from left to right."""
        for child in self.children:
            yield from child.leaves()

    def depth(self):
        """Return how many nodes are above this one."""
        count, node = 0, self.parent
        while node is not None:
            count, node = count + 1, node.parent
        return count

    def get_suffix(self):
        """Return what stands between this node and the next in its parent."""
        following = self.next_sibling
        return "" if following is None else following.prefix


class Node(Base):
    """A symbol of the grammar, with the nodes that it consists of."""

    _next_of = _previous_of = None      # siblings by id(), made when asked for

    def __init__(self, type, children, context=None, prefix=None, fixers_applied=None):
        """Make a node of children without a parent; prefix, if given, becomes that of the first leaf.

        context means nothing here.  fixers_applied: fixers that are not to see it
        again.
        """
        assert type >= 256, type
        self.type = type
        self.children = list(children)
        for child in self.children:
            assert child.parent is None, repr(child)
            child.parent = self
        if prefix is not None:
            self.prefix = prefix
        self.fixers_applied = fixers_applied[:] if fixers_applied else None

    def __repr__(self):
        return "%s(%s, %r)" % (self.__class__.__name__, type_repr(self.type), self.children)

    def __str__(self):
        return "".join(map(str, self.children))

    def _eq(self, other):
        return (self.type, self.children) == (other.type, other.children)

    def clone(self):
        """Return a copy of the tree, without a parent."""
        return Node(self.type, [child.clone() for child in self.children], fixers_applied=self.fixers_applied)

    def post_order(self):
        """Give all nodes of the tree, children before their parents."""
        for child in self.children:
            yield from child.post_order()
        yield self

    def pre_order(self):
        """Give all nodes of the tree, parents before their children."""
        yield self
        for child in self.children:
            yield from child.pre_order()

    @property
    def prefix(self):
        """The blanks and comments before the tree: the prefix of its first leaf."""
        return self.children[0].prefix if self.children else ""

    @prefix.setter
    def prefix(self, prefix):
        if self.children:
            self.children[0].prefix = prefix

    def _forget_siblings(self):
        self._next_of = self._previous_of = None

    def _note_siblings(self):
        before, after = [None] + self.children[:-1], self.children[1:] + [None]
        self._previous_of = {id(child): other for child, other in zip(self.children, before)}
        self._next_of = {id(child): other for child, other in zip(self.children, after)}

    def set_child(self, i, child):
        """Put a node where child number i is, which loses its parent."""
        child.parent = self
        self.children[i].parent = None
        self.children[i] = child
        self.changed()
        self._forget_siblings()

    def insert_child(self, i, child):
        """Put a node before child number i."""
        child.parent = self
        self.children.insert(i, child)
        self.changed()
        self._forget_siblings()

    def append_child(self, child):
        """Put a node behind the last child."""
        child.parent = self
        self.children.append(child)
        self.changed()
        self._forget_siblings()


class Leaf(Base):
    """A token: its value is the text, lineno and column the place it was read at (0 if it was not)."""

    _prefix = ""
    lineno = 0
    column = 0

    def __init__(self, type, value, context=None, prefix=None, fixers_applied=[]):
        """Make a token; context is (prefix, (line, column)), prefix alone may be given too."""
        assert 0 <= type < 256, type
        self.type, self.value = type, value
        before, place = context if context is not None else ("", None)
        if place is not None:
            self.lineno, self.column = place
        self._prefix = before if prefix is None else prefix
        self.fixers_applied = list(fixers_applied)

    def __repr__(self):
        return "%s(%r, %r)" % (self.__class__.__name__, self.type, self.value)

    def __str__(self):
        return self.prefix + str(self.value)

    def _eq(self, other):
        return (self.type, self.value) == (other.type, other.value)

    def clone(self):
        """Return a copy, without a parent."""
        return Leaf(self.type, self.value, (self.prefix, (self.lineno, self.column)), fixers_applied=self.fixers_applied)

    def leaves(self):
        """Give the leaf itself."""
        yield self

    def post_order(self):
        """Give the leaf itself."""
        yield self

    def pre_order(self):
        """Give the leaf itself."""
        yield self

    @property
    def prefix(self):
        """The blanks and comments before the token."""
        return self._prefix

    @prefix.setter
    def prefix(self, prefix):
        self.changed()
        self._prefix = prefix


def convert(gr, raw_node):
    """Make a node of what the parser has: (type, value, context, children).

    A symbol with one child is left out: the child stands for it.
    """
    type, value, context, children = raw_node
    if not children and type not in gr.number2symbol:
        return Leaf(type, value or "", context=context)
    return children[0] if len(children) == 1 else Node(type, children, context=context)


class BasePattern:
    """What patterns have in common; not to be made itself.

    type is that of the node it looks for (None: any), content what has to be in
    it (None: anything), name under which a match is noted (None: it is not).
    """

    type = None
    content = None
    name = None

    def __new__(cls, *args, **kwds):
        assert cls is not BasePattern, "Cannot instantiate BasePattern"
        return object.__new__(cls)

    def __repr__(self):
        args = [type_repr(self.type) if self.type is not None else None, self.content, self.name]
        while args and args[-1] is None:
            args.pop()
        return "%s(%s)" % (self.__class__.__name__, ", ".join(map(repr, args)))

    def _submatch(self, node, results=None):
        """Whether the node, of the right type, has the right content."""
        raise NotImplementedError

    def optimize(self):
        """Return a pattern that finds the same, maybe faster."""
        return self

    def match(self, node, results=None):
        """Whether the pattern is this node; named parts are put into results."""
        if self.type is not None and node.type != self.type:
            return False
        if self.content is not None:
            found = {} if results is not None else None
            if not self._submatch(node, found):
                return False
            if found:
                results.update(found)
        if self.name and results is not None:
            results[self.name] = node
        return True

    def match_seq(self, nodes, results=None):
        """Whether the pattern is this sequence of nodes: here, of one."""
        return len(nodes) == 1 and self.match(nodes[0], results)

    def generate_matches(self, nodes):
        """Give (length, named parts) of every beginning of nodes that the pattern is."""
        found = {}
        if nodes and self.match(nodes[0], found):
            yield 1, found


class LeafPattern(BasePattern):
    """A token of a kind (None: any), with a text if content is given."""

    def __init__(self, type=None, content=None, name=None):
        if type is not None:
            assert 0 <= type < 256, type
        if content is not None:
            assert isinstance(content, str), repr(content)
        self.type = type
        self.content = content
        self.name = name

    def match(self, node, results=None):
        """Whether the pattern is this node, which has to be a leaf."""
        return isinstance(node, Leaf) and super().match(node, results)

    def _submatch(self, node, results=None):
        return self.content == node.value


class NodePattern(BasePattern):
    """A symbol, whose children are the sequence of patterns content."""

    wildcards = False

    def __init__(self, type=None, content=None, name=None):
        if type is not None:
            assert type >= 256, type
        if content is not None:
            assert not isinstance(content, str), repr(content)
            content = [*content]
            strangers = [part for part in content if not isinstance(part, BasePattern)]
            assert not strangers, strangers[0]
            self.wildcards = any(isinstance(part, WildcardPattern) for part in content)
        self.type = type
        self.content = content
        self.name = name

    def _submatch(self, node, results=None):
        children = node.children
        if not self.wildcards:
            return len(self.content) == len(children) and all(
                pattern.match(child, results) for pattern, child in zip(self.content, children))
        for length, found in generate_matches(self.content, children):
            if length == len(children):
                if results is not None:
                    results.update(found)
                return True
        return False


class WildcardPattern(BasePattern):
    """One of several sequences of patterns, min to max times one behind the other.

    content is the list of sequences; None stands for any one node.
    """

    def __init__(self, content=None, min=0, max=HUGE, name=None):
        assert 0 <= min <= max <= HUGE, (min, max)
        if content is not None:
            content = tuple(map(tuple, content))
            assert content, repr(content)
            for way in content:
                assert way, repr(way)
        self.content = content
        self.min = min
        self.max = max
        self.name = name

    def optimize(self):
        """Return a pattern that finds the same, maybe faster: one without the wildcard if it is not needed."""
        only = self.content[0][0] if self.content is not None and len(self.content) == len(self.content[0]) == 1 else None
        if self.min == self.max == 1:
            if self.content is None:
                return NodePattern(name=self.name)
            if only is not None and self.name == only.name:
                return only.optimize()
        if (self.min <= 1 and isinstance(only, WildcardPattern) and only.min <= 1 and self.name == only.name):
            return WildcardPattern(only.content, self.min * only.min, self.max * only.max, only.name)
        return self

    def match(self, node, results=None):
        """Whether the pattern is this one node."""
        return self.match_seq([node], results)

    def match_seq(self, nodes, results=None):
        """Whether the pattern is this sequence of nodes."""
        for length, found in self.generate_matches(nodes):
            if length == len(nodes):
                if results is not None:
                    results.update(found)
                    if self.name:
                        results[self.name] = list(nodes)
                return True
        return False

    def generate_matches(self, nodes):
        """Give (length, named parts) of every beginning of nodes that the pattern is."""
        if self.content is None:
            for length in range(self.min, 1 + min(len(nodes), self.max)):
                yield length, {self.name: nodes[:length]} if self.name else {}
            return
        ways = self._bare_name(nodes) if self.name == "bare_name" else self._repeated(nodes)
        for length, found in ways:
            if self.name:
                found[self.name] = nodes[:length]
            yield length, found

    def _bare_name(self, nodes):
        """The longest run of nodes that each are one of content: for a name that patterns use for names alone."""
        length, found = 0, {}
        while length < min(len(nodes), self.max) and any(way[0].match(nodes[length], found) for way in self.content):
            length += 1
        yield length, found

    def _repeated(self, nodes):
        """All repetitions: each is followed by those that go on from it. A stack of iterators, not recursion."""
        if self.min == 0:
            yield 0, {}
        stack = [(0, {}, self._once(nodes))] if self.max else []
        while stack:
            start, noted, ways = stack[-1]
            way = next(ways, None)
            if way is None:
                stack.pop()
                continue
            length, found = start + way[0], {**noted, **way[1]}
            if len(stack) >= self.min or not way[0]:
                yield length, dict(found)
            if way[0] and len(stack) < self.max and length < len(nodes):
                stack.append((length, found, self._once(nodes[length:])))

    def _once(self, nodes):
        """The beginnings of nodes that one of the sequences is."""
        return (way for content in self.content for way in generate_matches(content, nodes))


class NegatedPattern(BasePattern):
    """Nothing at all: an empty sequence, where content (None: anything) does not match."""

    def __init__(self, content=None):
        if content is not None:
            assert isinstance(content, BasePattern), repr(content)
        self.content = content

    def match(self, node):
        """False: the pattern is no node."""
        return False

    def match_seq(self, nodes):
        """Whether there are no nodes."""
        return len(nodes) == 0

    def generate_matches(self, nodes):
        """Give (0, {}) if the nodes do not begin with content."""
        if self.content is None:
            if not nodes:
                yield 0, {}
        elif next(self.content.generate_matches(nodes), None) is None:
            yield 0, {}


def generate_matches(patterns, nodes):
    """Give (length, named parts) of every beginning of nodes that a sequence of patterns is."""
    if not patterns:
        yield 0, {}
        return
    first, rest = patterns[0], patterns[1:]
    for length, found in first.generate_matches(nodes):
        if not rest:
            yield length, found
        else:
            for more, others in generate_matches(rest, nodes[length:]):
                yield length + more, {**found, **others}
