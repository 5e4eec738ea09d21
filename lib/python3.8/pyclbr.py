# SPDX-License-Identifier: MIT
"""Classes and functions of a module, found in its source without importing it: python -m pyclbr MODULE-OR-FILE

The source is read as tokens, so that unfinished files can be looked at, too: what counts are the words class, def,
import and from, and the columns in which they stand.  Modules that are imported at the top are read as well.
"""

import io
import sys
import importlib.util
import tokenize
from token import NAME, DEDENT, OP

__all__ = ['readmodule', 'readmodule_ex', 'Class', 'Function']

# name of a module -> its classes and functions; each module is read once.
_modules = {}


class _Object:
    """Something with a name: module, name, file, lineno, parent (or None), children by name."""

    def __init__(self, module, name, file, lineno, parent):
        self.module, self.name, self.file, self.lineno = module, name, file, lineno
        self.parent, self.children = parent, {}

    def _addchild(self, name, obj):
        self.children[name] = obj


class Function(_Object):
    """A function or method."""

    def __init__(self, module, name, file, lineno, parent=None):
        super().__init__(module, name, file, lineno, parent)


class Class(_Object):
    """A class; also: super (a list of Class objects, or of names for those not known), methods (lines by name)."""

    def __init__(self, module, name, super, file, lineno, parent=None):
        _Object.__init__(self, module, name, file, lineno, parent)
        self.super, self.methods = super or [], {}

    def _addmethod(self, name, lineno):
        self.methods[name] = lineno


def _nest_function(ob, func_name, lineno):
    """Add a function inside a class or function; return it."""
    made = Function(ob.module, func_name, ob.file, lineno, ob)
    ob._addchild(func_name, made)
    if isinstance(ob, Class):
        ob._addmethod(func_name, lineno)
    return made


def _nest_class(ob, class_name, lineno, super=None):
    """Add a class inside a class or function; return it."""
    made = Class(ob.module, class_name, super, ob.file, lineno, ob)
    ob._addchild(class_name, made)
    return made


def readmodule(module, path=None):
    """Return the classes of a module as a dict.  path: folders to search before sys.path."""
    return {name: found for name, found in _readmodule(module, path or []).items() if isinstance(found, Class)}


def readmodule_ex(module, path=None):
    """Return the classes and functions of a module as a dict; for a package also '__path__'.

    path: folders to search before sys.path.  Raises ImportError.
    """
    return _readmodule(module, path or [])


def _readmodule(module, path, inpackage=None):
    """Read a module; inpackage: the package that the name is relative to, searched in `path` alone."""
    fullmodule = module if inpackage is None else inpackage + '.' + module
    if fullmodule in _modules:
        return _modules[fullmodule]
    tree = {}
    if inpackage is None and module in sys.builtin_module_names:
        _modules[module] = tree
        return tree
    package, dot, submodule = module.rpartition('.')
    if dot:
        parent = _readmodule(package, path, inpackage)
        if inpackage is not None:
            package = inpackage + '.' + package
        if '__path__' not in parent:
            raise ImportError('No package named {}'.format(package))
        return _readmodule(submodule, parent['__path__'], package)

    spec = importlib.util._find_spec_from_path(fullmodule, path + sys.path if inpackage is None else path)
    if spec is None:
        raise ModuleNotFoundError(f'no module named {fullmodule!r}', name=fullmodule)
    # Known before it is read: modules may import each other.
    _modules[fullmodule] = tree
    if spec.submodule_search_locations is not None:
        tree['__path__'] = spec.submodule_search_locations
    try:
        source = spec.loader.get_source(fullmodule)
    except (AttributeError, ImportError):
        source = None
    if source is None:
        return tree
    return _create_tree(fullmodule, path, spec.loader.get_filename(fullmodule), source, tree, inpackage)


def _create_tree(fullmodule, path, fname, source, tree, inpackage):
    """Fill the dict of a module from its source; return it."""
    reader = _Reader(fullmodule, path, fname, source, tree, inpackage)
    try:
        reader.read()
    except StopIteration:
        # The file ends in the middle of something.
        pass
    return tree


class _Reader:
    """Reads the tokens of one module into its tree."""

    def __init__(self, module, path, file, source, tree, package):
        self.module, self.path, self.file, self.tree, self.package = module, path, file, tree, package
        self.tokens = tokenize.generate_tokens(io.StringIO(source).readline)
        # (object, column) of what encloses the current token
        self.enclosing = []

    def read(self):
        for kind, text, (line, column), _, _ in self.tokens:
            if kind == DEDENT:
                self.leave(column)
            elif text == 'def':
                self.leave(column)
                self.define_function(line, column)
            elif text == 'class':
                self.leave(column)
                self.define_class(line, column)
            elif column == 0 and text == 'import':
                self.read_imported()
            elif column == 0 and text == 'from':
                self.take_names()

    def leave(self, column):
        """Forget what does not enclose this column."""
        while self.enclosing and self.enclosing[-1][1] >= column:
            self.enclosing.pop()

    def define_function(self, line, column):
        kind, name = next(self.tokens)[:2]
        if kind != NAME:
            return
        if self.enclosing:
            made = _nest_function(self.enclosing[-1][0], name, line)
        else:
            made = self.tree[name] = Function(self.module, name, self.file, line)
        self.enclosing.append((made, column))

    def define_class(self, line, column):
        kind, name = next(self.tokens)[:2]
        if kind != NAME:
            return
        bases = self.bases() if next(self.tokens)[1] == '(' else None
        if self.enclosing:
            made = _nest_class(self.enclosing[-1][0], name, line, bases)
        else:
            made = self.tree[name] = Class(self.module, name, bases, self.file, line)
        self.enclosing.append((made, column))

    def bases(self):
        """The base classes up to the closing parenthesis."""
        found, words = [], []
        depth = 1
        while depth:
            kind, text = next(self.tokens)[:2]
            if depth == 1 and text in (')', ','):
                found.append(self.known_class(''.join(words)))
                words = []
            if text == '(':
                depth += 1
            elif text == ')':
                depth -= 1
            elif depth == 1 and text != ',' and kind in (NAME, OP):
                words.append(text)
        return found

    def known_class(self, name):
        """The class of that name if it is known, else the name."""
        if name in self.tree:
            return self.tree[name]
        parts = name.split('.')
        if len(parts) > 1:
            return _modules.get(parts[-2], {}).get(parts[-1], name)
        return name

    def read_imported(self):
        for name, _ in _getnamelist(self.tokens):
            # In the package first; what cannot be read is passed over.
            places = [([], None)] if self.package is None else [(self.path, self.package), ([], None)]
            for path, package in places:
                try:
                    _readmodule(name, path, package)
                    break
                except Exception:
                    continue

    def take_names(self):
        name, following = _getname(self.tokens)
        if not name or following != 'import':
            return
        wanted = _getnamelist(self.tokens)
        try:
            there = _readmodule(name, self.path, self.package)
        except Exception:
            return
        for original, local in wanted:
            if original in there:
                self.tree[local or original] = there[original]
            elif original == '*':
                self.tree.update((public, found) for public, found in there.items() if public[0] != '_')


def _getnamelist(g):
    """Read the (name, name behind "as" or None) pairs of an import statement off the tokens."""
    names = []
    following = ','
    while following == ',':
        name, following = _getname(g)
        if not name:
            break
        local = None
        if following == 'as':
            local, following = _getname(g)
        names.append((name, local))
        while following != ',' and '\n' not in following:
            following = next(g)[1]
    return names


def _getname(g):
    """Read a name with dots, or "*", off the tokens; return it (or None) and the text behind it."""
    kind, text = next(g)[:2]
    if kind != NAME and text != '*':
        return None, text
    parts = [text]
    following = next(g)[1]
    while following == '.':
        kind, following = next(g)[:2]
        if kind != NAME:
            break
        parts.append(following)
        following = next(g)[1]
    return '.'.join(parts), following


def _main():
    """Print the classes and functions of a module or file."""
    import os
    target = sys.argv[1] if len(sys.argv) > 1 else __file__
    path = []
    if os.path.exists(target):
        path = [os.path.dirname(target)]
        target = os.path.basename(target)
        if target.lower().endswith('.py'):
            target = target[:-3]
    _print_tree(readmodule_ex(target, path), 0)


def _print_tree(tree, indent):
    for found in sorted(tree.values(), key=lambda item: getattr(item, 'lineno', 0)):
        if isinstance(found, Class):
            print('{}class {} {} {}'.format(' ' * indent, found.name, found.super, found.lineno))
        elif isinstance(found, Function):
            print('{}def {} {}'.format(' ' * indent, found.name, found.lineno))
        if isinstance(found, _Object):
            _print_tree(found.children, indent + 2)


if __name__ == '__main__':
    _main()
