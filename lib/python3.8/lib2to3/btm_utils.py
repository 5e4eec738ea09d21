# SPDX-License-Identifier: MIT
"""What a tree must have for a pattern to match in it: paths from a token, or a node, upwards.

A key says what a node on the way is: (type, text) of a token, where the text
may be None, or (type, None) of a symbol.  paths() finds the ways of which one
has to be there wherever the pattern matches; the shortest proof that it is not
worth trying.
"""

from .pytree import LeafPattern, NodePattern, WildcardPattern

# Words that are in every program say little.
_COMMON = {"for", "in", "if", "not", "None", "def", "class", "import", "(", ")", "[", "]", ".", ",", ":", "="}


def _worth(path):
    """How rare nodes at the beginning of the path are."""
    kind, text = path[0]
    if text is None:
        return 0 if kind < 256 else 1
    return 3 if text not in _COMMON else 2


def _best(choices):
    """Of several lists of paths, each of which would do, the one to look for; None if there is none."""
    found = [paths for paths in choices if paths]
    return max(found, key=lambda paths: (min(map(_worth, paths)), -len(paths)), default=None)


def paths(pattern):
    """Return the paths, tuples of keys that end at the matched node, of a pattern; None if it may match anything."""
    if isinstance(pattern, LeafPattern):
        return None if pattern.type is None else [((pattern.type, pattern.content),)]
    if isinstance(pattern, NodePattern):
        return _node_paths(pattern)
    if isinstance(pattern, WildcardPattern) and pattern.min > 0 and pattern.content:
        ways = [_best(map(paths, way)) for way in pattern.content]
        return None if None in ways else [path for way in ways for path in way]
    return None


def _node_paths(pattern):
    """The paths of a node: those of one of its children, one step longer."""
    if pattern.type is None:
        return None
    own = (pattern.type, None)
    inner = _best(map(paths, pattern.content)) if pattern.content else None
    return [path + (own,) for path in inner] if inner else [(own,)]
