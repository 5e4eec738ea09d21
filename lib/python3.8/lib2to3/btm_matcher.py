# SPDX-License-Identifier: MIT
"""Find, for many fixers at once, the nodes where their patterns may match, from the leaves upwards."""

from .btm_utils import paths
from .pytree import type_repr


class BMNode:
    """A step on the paths that are looked for: the next steps by key, and the fixers whose path ends here."""

    count = 0

    def __init__(self):
        self.transition_table = {}
        self.fixers = []
        self.id = BMNode.count
        BMNode.count += 1


class BottomMatcher:
    """Knows fixers by the paths (btm_utils) of their patterns."""

    def __init__(self):
        self.match = set()
        self.root = BMNode()
        self.nodes = [self.root]
        self.fixers = []
        self.unbound = []       # fixers that may match anything

    def add_fixer(self, fixer):
        """Look for the nodes of one fixer more."""
        self.fixers.append(fixer)
        found = paths(fixer.pattern)
        if found is None:
            self.unbound.append(fixer)
        for path in found or ():
            self.add(path, self.root).fixers.append(fixer)

    def add(self, pattern, start):
        """Add a path that begins behind the step start; return its last step."""
        for key in pattern:
            step = start.transition_table.get(key)
            if step is None:
                step = start.transition_table[key] = BMNode()
                self.nodes.append(step)
            start = step
        return start

    def run(self, leaves):
        """Return the nodes above these leaves, and among them, that are worth a try, as lists by fixer."""
        found = {fixer: [] for fixer in self.fixers}
        seen = {fixer: set() for fixer in self.fixers}
        begun = set()
        for node in leaves:
            # Nodes above one that was here before were here too.
            while node is not None and id(node) not in begun:
                begun.add(id(node))
                node.was_checked = True
                self._climb(node, found, seen)
                node = node.parent
        return found

    def _climb(self, node, found, seen):
        """Follow all paths that begin at a node."""
        for fixer in self.unbound:
            found[fixer].append(node)
        steps = [self.root]
        while steps and node is not None:
            value = getattr(node, "value", None)
            keys = ((node.type, value), (node.type, None)) if value is not None else ((node.type, None),)
            steps = [step.transition_table[key] for step in steps for key in keys if key in step.transition_table]
            for step in steps:
                for fixer in step.fixers:
                    if id(node) not in seen[fixer]:
                        seen[fixer].add(id(node))
                        found[fixer].append(node)
            node = node.parent

    def print_ac(self):
        """Print the paths, in the language of Graphviz."""
        print("digraph g{")
        for step in self.nodes:
            for (kind, text), following in step.transition_table.items():
                print("%d -> %d [label=%s] //%s" % (step.id, following.id, type_repr(kind) if text is None else text, following.fixers))
        print("}")
