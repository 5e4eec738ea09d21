# SPDX-License-Identifier: MIT
"""What fixers are derived from."""

import itertools

from . import pygram
from .fixer_util import does_tree_import
from .patcomp import PatternCompiler


class BaseFix:
    """A fixer: finds nodes of a tree and changes them.

    A fixer called fix_some_name.py has the class FixSomeName.  It sets PATTERN
    (see patcomp), or defines match(), and defines transform().

      order
        "post" or "pre": are children seen before their parents, or after?
      explicit
        Does it only run when asked for by name?
      run_order
        Fixers with smaller numbers run first.
      keep_line_order
        Are nodes to be seen in the order of the lines?
      BM_compatible
        May nodes be found by the paths of the pattern (btm_matcher)?
    """

    PATTERN = None
    pattern = None
    pattern_tree = None
    options = None
    filename = None
    numbers = itertools.count(1)
    used_names = set()
    order = "post"
    explicit = False
    run_order = 5
    keep_line_order = False
    BM_compatible = False
    syms = pygram.python_symbols

    def __init__(self, options, log):
        """Make the fixer with the options of the run; messages go to the list log."""
        self.options = options
        self.log = log
        self.compile_pattern()

    def compile_pattern(self):
        """Make self.pattern of PATTERN, if there is one."""
        if self.PATTERN is not None:
            self.pattern, self.pattern_tree = PatternCompiler().compile_pattern(self.PATTERN, with_tree=True)

    def set_filename(self, filename):
        """Tell the name of the file that the tree is of."""
        self.filename = filename

    def match(self, node):
        """Whether the node is to be changed: a false value, or the dict that transform() gets."""
        results = {"node": node}
        return self.pattern.match(node, results) and results

    def transform(self, node, results):
        """Change the node, or return what is to stand in its place; None if nothing is."""
        raise NotImplementedError

    def new_name(self, template="xxx_todo_changeme"):
        """Return a name that the file does not use, made from template."""
        name = template
        while name in self.used_names:
            name = template + str(next(self.numbers))
        self.used_names.add(name)
        return name

    def log_message(self, message):
        """Keep a message for the end of the run."""
        if self.first_log:
            self.first_log = False
            self.log.append("### In file %s ###" % self.filename)
        self.log.append(message)

    def cannot_convert(self, node, reason=None):
        """Warn that a node stays as it is although it should not, with a reason if there is one."""
        source = node.clone()
        source.prefix = ""
        self.log_message("Line %d: could not convert: %s" % (node.get_lineno(), source))
        if reason:
            self.log_message(reason)

    def warning(self, node, reason):
        """Warn of something at a node."""
        self.log_message("Line %d: %s" % (node.get_lineno(), reason))

    def start_tree(self, tree, filename):
        """Called once before a tree is changed."""
        self.used_names = tree.used_names
        self.set_filename(filename)
        self.numbers = itertools.count(1)
        self.first_log = True

    def finish_tree(self, tree, filename):
        """Called once when a tree has been changed."""


class ConditionalFix(BaseFix):
    """A fixer that does nothing in files that import skip_on, "module.name"."""

    skip_on = None

    def start_tree(self, *args):
        """Called once before a tree is changed."""
        super().start_tree(*args)
        self._should_skip = None

    def should_skip(self, node):
        """Whether the file of the node has that import."""
        if self._should_skip is None:
            package, dot, name = self.skip_on.rpartition(".")
            self._should_skip = does_tree_import(package, name, node)
        return self._should_skip
