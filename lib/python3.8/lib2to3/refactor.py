# SPDX-License-Identifier: MIT
"""Run fixers over source files: RefactoringTool, and MultiprocessRefactoringTool for many at once."""

import io
import logging
import operator
import os
import pkgutil
import sys
from itertools import chain

from . import pygram, pytree
from .btm_matcher import BottomMatcher
from .fixer_util import find_root
from .pgen2 import driver, token, tokenize


def get_all_fix_names(fixer_pkg, remove_prefix=True):
    """Return the names of all fixers in a package, sorted; without "fix_" if remove_prefix."""
    package = __import__(fixer_pkg, [], [], ["*"])
    names = sorted(name for _, name, is_package in pkgutil.iter_modules(package.__path__) if name.startswith("fix_"))
    return [name[len("fix_"):] for name in names] if remove_prefix else names


def get_fixers_from_package(pkg_name):
    """Return the full module names of all fixers in a package."""
    return [pkg_name + "." + name for name in get_all_fix_names(pkg_name, False)]


class _EveryType(Exception):
    """A pattern can be a node of any type."""


def _head_types(pattern):
    """The types of nodes that a pattern can be; _EveryType if all."""
    if isinstance(pattern, (pytree.NodePattern, pytree.LeafPattern)):
        if pattern.type is None:
            raise _EveryType
        return {pattern.type}
    if isinstance(pattern, pytree.WildcardPattern) and pattern.content:
        return set().union(*(_head_types(part) for way in pattern.content for part in way))
    if isinstance(pattern, pytree.NegatedPattern) and pattern.content:
        return _head_types(pattern.content)
    raise _EveryType


def _get_headnode_dict(fixer_list):
    """The fixers to try for each type of node, as lists by type."""
    by_type, everywhere = {}, []
    for fixer in fixer_list:
        if fixer.pattern is None:
            accepted = getattr(fixer, "_accept_type", None)
            types = None if accepted is None else {accepted}
        else:
            try:
                types = _head_types(fixer.pattern)
            except _EveryType:
                types = None
        if types is None:
            everywhere.append(fixer)
        for kind in types or ():
            by_type.setdefault(kind, []).append(fixer)
    for kind in chain(pygram.python_grammar.symbol2number.values(), pygram.python_grammar.tokens):
        by_type.setdefault(kind, []).extend(everywhere)
    return by_type


def _detect_future_features(source):
    """The names that a source text imports from __future__, as a frozenset."""
    skipped = {token.NEWLINE, tokenize.NL, token.COMMENT}
    tokens = ((kind, text) for kind, text, *place in tokenize.generate_tokens(io.StringIO(source).readline)
              if kind not in skipped)
    features = set()
    try:
        found = next(tokens)
        if found[0] == token.STRING:
            found = next(tokens)        # the docstring
        while found is not None and [found, next(tokens), next(tokens)] == _FROM_FUTURE:
            found = _imported_names(tokens, features)
    except (StopIteration, tokenize.TokenError):
        pass
    return frozenset(features)


_FROM_FUTURE = [(token.NAME, "from"), (token.NAME, "__future__"), (token.NAME, "import")]


def _imported_names(tokens, features):
    """Add names, and commas between them, to features; return the token behind, None if it cannot stand there."""
    found = next(tokens)
    brackets = found == (token.OP, "(")
    if brackets:
        found = next(tokens)
    while found[0] == token.NAME:
        features.add(found[1])
        found = next(tokens)
        if found != (token.OP, ","):
            break
        found = next(tokens)
    if brackets:
        return next(tokens) if found == (token.OP, ")") else None
    return found


class FixerError(Exception):
    """A fixer cannot be loaded."""


class RefactoringTool:
    """Loads fixers and runs them over files, folders, strings and trees."""

    _default_options = {"print_function": False, "write_unchanged_files": False}
    CLASS_PREFIX = "Fix"
    FILE_PREFIX = "fix_"
    PS1 = ">>> "
    PS2 = "... "

    def __init__(self, fixer_names, options=None, explicit=None):
        """Load fixers by the full names of their modules.

          options
            A dict: "print_function" if print is no statement,
            "write_unchanged_files" if all files are written.  Fixers see it too.
          explicit
            Names of explicit fixers that are to run all the same, or True for all.
        """
        self.fixers = fixer_names
        self.explicit = explicit or []
        self.options = {**self._default_options, **(options or {})}
        self.grammar = pygram.python_grammar_no_print_statement if self.options["print_function"] else pygram.python_grammar
        self.write_unchanged_files = self.options.get("write_unchanged_files")
        self.errors = []
        self.logger = logging.getLogger("RefactoringTool")
        self.fixer_log = []
        self.wrote = False
        self.driver = driver.Driver(self.grammar, convert=pytree.convert, logger=self.logger)
        self.pre_order, self.post_order = self.get_fixers()
        self.files = []     # those that were, or would be, changed
        self.BM = BottomMatcher()
        self.bmi_pre_order = [fixer for fixer in self.pre_order if not fixer.BM_compatible]
        self.bmi_post_order = [fixer for fixer in self.post_order if not fixer.BM_compatible]
        for fixer in chain(self.post_order, self.pre_order):
            if fixer.BM_compatible:
                self.BM.add_fixer(fixer)
        self.bmi_pre_order_heads = _get_headnode_dict(self.bmi_pre_order)
        self.bmi_post_order_heads = _get_headnode_dict(self.bmi_post_order)

    def get_fixers(self):
        """Make the fixers; return those that see parents first, and the others, in the order in which they run."""
        by_order = {"pre": [], "post": []}
        for path in self.fixers:
            module = __import__(path, {}, {}, ["*"])
            name = path.rpartition(".")[2]
            if name.startswith(self.FILE_PREFIX):
                name = name[len(self.FILE_PREFIX):]
            class_name = self.CLASS_PREFIX + "".join(part.title() for part in name.split("_"))
            try:
                fix_class = getattr(module, class_name)
            except AttributeError:
                raise FixerError("Can't find %s.%s" % (name, class_name)) from None
            fixer = fix_class(self.options, self.fixer_log)
            if fixer.explicit and self.explicit is not True and path not in self.explicit:
                self.log_message("Skipping optional fixer: %s", name)
                continue
            self.log_debug("Adding transformation: %s", name)
            if fixer.order not in by_order:
                raise FixerError("Illegal fixer order: %r" % fixer.order)
            by_order[fixer.order].append(fixer)
        for fixers in by_order.values():
            fixers.sort(key=operator.attrgetter("run_order"))
        return by_order["pre"], by_order["post"]

    # Messages

    def log_error(self, msg, *args, **kwds):
        """Called where an error is handled: raises it again, unless a subclass does otherwise."""
        raise

    def log_message(self, msg, *args):
        """Tell the user something; args go into msg."""
        self.logger.info(msg % args if args else msg)

    def log_debug(self, msg, *args):
        """Tell something that is seldom of interest; args go into msg."""
        self.logger.debug(msg % args if args else msg)

    def print_output(self, old_text, new_text, filename, equal):
        """Called with the text of a file before and after; does nothing here."""

    # Files

    def refactor(self, items, write=False, doctests_only=False):
        """Change files, and all Python files in folders; without write, only pretend to."""
        for item in items:
            if os.path.isdir(item):
                self.refactor_dir(item, write, doctests_only)
            else:
                self.refactor_file(item, write, doctests_only)

    def refactor_dir(self, dir_name, write=False, doctests_only=False):
        """Change all Python files in a folder and those below, except hidden ones."""
        for folder, folders, files in os.walk(dir_name):
            self.log_debug("Descending into %s", folder)
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                if not name.startswith(".") and os.path.splitext(name)[1] == ".py":
                    self.refactor_file(os.path.join(folder, name), write, doctests_only)

    def _read_python_source(self, filename):
        """The text of a file, with the line ends that it has, and its encoding; (None, None) if it cannot be opened."""
        try:
            with open(filename, "rb") as file:
                encoding = tokenize.detect_encoding(file.readline)[0]
        except OSError as e:
            self.log_error("Can't open %s: %s", filename, e)
            return None, None
        with open(filename, "r", encoding=encoding, newline="") as file:
            return file.read(), encoding

    def refactor_file(self, filename, write=False, doctests_only=False):
        """Change a file; without write, only pretend to."""
        text, encoding = self._read_python_source(filename)
        if text is None:
            return
        if doctests_only:
            self.log_debug("Refactoring doctests in %s", filename)
            output = self.refactor_docstring(text, filename)
            if self.write_unchanged_files or output != text:
                self.processed_file(output, filename, text, write, encoding)
            else:
                self.log_debug("No doctest changes in %s", filename)
            return
        # A last line without an end would not be a statement.
        tree = self.refactor_string(text + "\n", filename)
        if self.write_unchanged_files or (tree and tree.was_changed):
            self.processed_file(str(tree)[:-1], filename, write=write, encoding=encoding)
        else:
            self.log_debug("No changes in %s", filename)

    def refactor_stdin(self, doctests_only=False):
        """Change what is read from sys.stdin; the result goes to print_output()."""
        text = sys.stdin.read()
        if doctests_only:
            self.log_debug("Refactoring doctests in stdin")
            output = self.refactor_docstring(text, "<stdin>")
            changed = output != text
        else:
            tree = self.refactor_string(text, "<stdin>")
            output, changed = str(tree), tree and tree.was_changed
        if self.write_unchanged_files or changed:
            self.processed_file(output, "<stdin>", text)
        else:
            self.log_debug("No%s changes in stdin", " doctest" if doctests_only else "")

    def processed_file(self, new_text, filename, old_text=None, write=False, encoding=None):
        """Called with the new text of a file: shows it, and writes it if asked to."""
        self.files.append(filename)
        before = self._read_python_source(filename)[0] if old_text is None else old_text
        if before is None:
            return          # it cannot be opened: that has been said
        same = before == new_text
        self.print_output(before, new_text, filename, same)
        if same:
            self.log_debug("No changes to %s", filename)
        if same and not self.write_unchanged_files:
            pass
        elif write:
            self.write_file(new_text, filename, before, encoding)
        else:
            self.log_debug("Not writing changes to %s", filename)

    def write_file(self, new_text, filename, old_text, encoding=None):
        """Write the new text of a file over it."""
        try:
            file = open(filename, "w", encoding=encoding, newline="")
        except OSError as e:
            self.log_error("Can't create %s: %s", filename, e)
            return
        with file:
            try:
                file.write(new_text)
            except OSError as e:
                self.log_error("Can't write %s: %s", filename, e)
        self.log_debug("Wrote changes to %s", filename)
        self.wrote = True

    # Trees

    def refactor_string(self, data, name):
        """Change the source text data, of a file of that name; return its tree, None if it is no Python."""
        features = _detect_future_features(data)
        tree = self._parsed(data, name, "print_function" in features)
        if tree is not None:
            tree.future_features = features
            self.log_debug("Refactoring %s", name)
            self.refactor_tree(tree, name)
        return tree

    def _parsed(self, data, name, print_is_function):
        """The tree of a text, None (and a logged error) if it has none."""
        if print_is_function:
            self.driver.grammar = pygram.python_grammar_no_print_statement
        try:
            return self.driver.parse_string(data)
        except Exception as error:
            self.log_error("Can't parse %s: %s: %s", name, type(error).__name__, error)
        finally:
            self.driver.grammar = self.grammar

    def refactor_tree(self, tree, name):
        """Change a tree; return whether it is another now."""
        for fixer in chain(self.pre_order, self.post_order):
            fixer.start_tree(tree, name)
        self.traverse_by(self.bmi_pre_order_heads, tree.pre_order())
        self.traverse_by(self.bmi_post_order_heads, tree.post_order())
        candidates = self.BM.run(tree.leaves())
        for fixer in chain(self.pre_order, self.post_order):
            if candidates.get(fixer):
                self._run_fixer(fixer, candidates)
        for fixer in chain(self.pre_order, self.post_order):
            fixer.finish_tree(tree, name)
        return tree.was_changed

    def _run_fixer(self, fixer, candidates):
        """Run one fixer over its candidates, the deepest first; what it makes may be candidates too."""
        nodes = candidates[fixer]
        nodes.sort(key=pytree.Base.depth, reverse=True)
        if fixer.keep_line_order:
            nodes.sort(key=pytree.Base.get_lineno)
        done = set()
        for node in list(nodes):
            if id(node) in done:
                continue
            done.add(id(node))
            if not self._in_tree(node) or (node.fixers_applied and fixer in node.fixers_applied):
                continue
            results = fixer.match(node)
            if not results:
                continue
            new = fixer.transform(node, results)
            if new is None:
                continue
            node.replace(new)
            for part in new.post_order():
                # So that it does not run again over what it made.
                if not part.fixers_applied:
                    part.fixers_applied = []
                part.fixers_applied.append(fixer)
            for other, found in self.BM.run(new.leaves()).items():
                known = set(map(id, candidates[other]))
                candidates[other].extend(part for part in found if id(part) not in known)

    @staticmethod
    def _in_tree(node):
        """Whether a node still belongs to a file."""
        try:
            find_root(node)
        except ValueError:
            return False
        return True

    def traverse_by(self, fixers, traversal):
        """Run fixers, given as lists by type of node, over the nodes that traversal gives."""
        if not fixers:
            return
        for node in traversal:
            for fixer in fixers.get(node.type, ()):
                found = fixer.match(node)
                made = fixer.transform(node, found) if found else None
                if made is not None:
                    node.replace(made)
                    node = made

    # Doctests

    def refactor_docstring(self, input, filename):
        """Change the examples of doctests in a text; return the text."""
        result, block, block_line, indent = [], [], 0, ""
        for number, line in enumerate(input.splitlines(keepends=True), 1):
            stripped = line.lstrip()
            if stripped.startswith(self.PS1):
                result.extend(self._example(block, block_line, indent, filename))
                block, block_line, indent = [line], number, line[:len(line) - len(stripped)]
            elif block and (line.startswith(indent + self.PS2) or line == indent + self.PS2.rstrip() + "\n"):
                block.append(line)
            else:
                result.extend(self._example(block, block_line, indent, filename))
                block = []
                result.append(line)
        result.extend(self._example(block, block_line, indent, filename))
        return "".join(result)

    def _example(self, block, lineno, indent, filename):
        return self.refactor_doctest(block, lineno, indent, filename) if block else []

    def refactor_doctest(self, block, lineno, indent, filename):
        """Change one example, a list of lines that begins in line lineno; return its lines."""
        try:
            tree = self.parse_block(block, lineno, indent)
        except Exception as e:
            if self.logger.isEnabledFor(logging.DEBUG):
                for line in block:
                    self.log_debug("Source: %s", line.rstrip("\n"))
            self.log_error("Can't parse docstring in %s line %s: %s: %s", filename, lineno, e.__class__.__name__, e)
            return block
        if not self.refactor_tree(tree, filename):
            return block
        lines = str(tree).splitlines(keepends=True)
        # The lines before the example were made up, so that its numbers are right.
        lines = lines[lineno - 1:]
        if not lines[-1].endswith("\n"):
            lines[-1] += "\n"
        return [indent + (self.PS2 if i else self.PS1) + line for i, line in enumerate(lines)]

    def parse_block(self, block, lineno, indent):
        """Return the tree of an example, whose tokens have the line numbers of the file."""
        tree = self.driver.parse_tokens(self.wrap_toks(block, lineno, indent))
        tree.future_features = frozenset()
        return tree

    def wrap_toks(self, block, lineno, indent):
        """Give the tokens of an example with the line numbers of the file."""
        for kind, text, start, end, line in tokenize.generate_tokens(self.gen_lines(block, indent).__next__):
            yield kind, text, (start[0] + lineno - 1, start[1]), (end[0] + lineno - 1, end[1]), line

    def gen_lines(self, block, indent):
        """Give the lines of an example without prompts, then empty ones."""
        prompt = indent + self.PS1
        for line in block:
            if line.startswith(prompt):
                yield line[len(prompt):]
            elif line == prompt.rstrip() + "\n":
                yield "\n"
            else:
                raise AssertionError("line=%r, prefix=%r" % (line, prompt))
            prompt = indent + self.PS2
        while True:
            yield ""

    def summarize(self):
        """Log what has been changed, and all warnings and errors."""
        need = "were" if self.wrote else "need to be"
        if self.files:
            self.log_message("Files that %s modified:", need)
            for name in self.files:
                self.log_message(name)
        else:
            self.log_message("No files %s modified.", need)
        if self.fixer_log:
            self.log_message("Warnings/messages while refactoring:")
            for text in self.fixer_log:
                self.log_message(text)
        count = len(self.errors)
        if count:
            self.log_message("There was 1 error:" if count == 1 else "There were %d errors:" % count)
        for text, values, _ in self.errors:
            self.log_message(text, *values)


class MultiprocessingUnsupported(Exception):
    """There is no multiprocessing here."""


class MultiprocessRefactoringTool(RefactoringTool):
    """Runs fixers in several processes at once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.queue = None
        self.output_lock = None

    def refactor(self, items, write=False, doctests_only=False, num_processes=1):
        """Change files and folders, in so many processes; without write, only pretend to."""
        if num_processes == 1:
            return super().refactor(items, write, doctests_only)
        try:
            import multiprocessing
        except ImportError:
            raise MultiprocessingUnsupported from None
        if self.queue is not None:
            raise RuntimeError("already doing multiple processes")
        self.queue = multiprocessing.JoinableQueue()
        self.output_lock = multiprocessing.Lock()
        processes = [multiprocessing.Process(target=self._child) for _ in range(num_processes)]
        try:
            for process in processes:
                process.start()
            super().refactor(items, write, doctests_only)
        finally:
            self.queue.join()
            for _ in processes:
                self.queue.put(None)
            for process in processes:
                if process.is_alive():
                    process.join()
            self.queue = None

    def _child(self):
        """A process: changes the files that come through the queue, to the first None."""
        for task in iter(self.queue.get, None):
            args, kwargs = task
            try:
                super().refactor_file(*args, **kwargs)
            finally:
                self.queue.task_done()
        self.queue.task_done()

    def refactor_file(self, *args, **kwargs):
        """Change a file, or have one of the processes do it."""
        if self.queue is None:
            return super().refactor_file(*args, **kwargs)
        self.queue.put((args, kwargs))
