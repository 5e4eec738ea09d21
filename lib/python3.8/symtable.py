# SPDX-License-Identifier: MIT
"""The compiler's symbol tables: which names a block of code has and what each of them is.

symtable() returns the table of a module; its children are the tables of the functions and classes in it.  The native
part (_symtable) keeps one number per name; the constants taken from there say what its bits mean.
"""

import _symtable
from _symtable import (USE, DEF_GLOBAL, DEF_NONLOCAL, DEF_LOCAL, DEF_PARAM, DEF_IMPORT, DEF_BOUND, DEF_ANNOT,
                       SCOPE_OFF, SCOPE_MASK, FREE, LOCAL, GLOBAL_IMPLICIT, GLOBAL_EXPLICIT, CELL)
import weakref

__all__ = ['symtable', 'SymbolTable', 'Class', 'Function', 'Symbol']


def symtable(code, filename, compile_type):
    """Return the symbol table of source text; compile_type is 'exec', 'eval' or 'single', as for compile()."""
    return _newSymbolTable(_symtable.symtable(code, filename, compile_type), filename)


def _scope(flags):
    """The part of a name's flags that says where its value lives."""
    return flags >> SCOPE_OFF & SCOPE_MASK


class SymbolTableFactory:
    """Makes the objects of this module for native tables, one for each as long as somebody holds it."""

    def __init__(self):
        self.__memo = weakref.WeakValueDictionary()

    def new(self, table, filename):
        """Make the object for a native table."""
        classes = {_symtable.TYPE_FUNCTION: Function, _symtable.TYPE_CLASS: Class}
        return classes.get(table.type, SymbolTable)(table, filename)

    def __call__(self, table, filename):
        key = table, filename
        made = self.__memo.get(key)
        if made is None:
            made = self.__memo[key] = self.new(table, filename)
        return made


_newSymbolTable = SymbolTableFactory()


class SymbolTable(object):
    """The names of one block: a module, or one of the subclasses."""

    def __init__(self, raw_table, filename):
        self._table = raw_table
        self._filename = filename
        self._symbols = {}

    def __repr__(self):
        kind = '' if self.__class__ is SymbolTable else self.__class__.__name__ + ' '
        place = 'module ' if self._is_module() else self._table.name + ' in '
        return '<%sSymbolTable for %s%s>' % (kind, place, self._filename)

    def _is_module(self):
        return self._table.type == _symtable.TYPE_MODULE

    def get_type(self):
        """'module', 'function' or 'class'."""
        for kind in ('module', 'function', 'class'):
            if self._table.type == getattr(_symtable, 'TYPE_' + kind.upper()):
                return kind
        assert False, 'unexpected type: %s' % self._table.type

    def get_id(self):
        """A number that identifies the block."""
        return self._table.id

    def get_name(self):
        """The name of the class or function, 'top' for a module."""
        return self._table.name

    def get_lineno(self):
        """The line where the block begins, 0 for a module."""
        return self._table.lineno

    def is_optimized(self):
        """Whether local names live in numbered places: so in functions."""
        return self._table.type == _symtable.TYPE_FUNCTION

    def is_nested(self):
        """Whether the block stands inside a function."""
        return bool(self._table.nested)

    def has_children(self):
        """Whether there are blocks inside this one."""
        return bool(self._table.children)

    def has_exec(self):
        """False: exec is a function since Python 3."""
        return False

    def get_identifiers(self):
        """The names in the block."""
        return self._table.symbols.keys()

    def lookup(self, name):
        """The Symbol of a name.  Raises KeyError."""
        found = self._symbols.get(name)
        if found is None:
            flags = self._table.symbols[name]
            found = self._symbols[name] = Symbol(name, flags, self.__check_children(name),
                                                 module_scope=self._table.name == 'top')
        return found

    def get_symbols(self):
        """The Symbols of all names in the block."""
        return list(map(self.lookup, self.get_identifiers()))

    def __check_children(self, name):
        """Tables of the blocks that bind a name."""
        return [_newSymbolTable(raw, self._filename) for raw in self._table.children if raw.name == name]

    def get_children(self):
        """The tables of the blocks directly inside."""
        return [_newSymbolTable(raw, self._filename) for raw in self._table.children]


class Function(SymbolTable):
    """The names of a function.  Each kind is looked for once."""

    __params = __locals = __frees = __globals = __nonlocals = None

    def __idents_matching(self, test_func):
        flags = self._table.symbols
        return tuple(name for name in self.get_identifiers() if test_func(flags[name]))

    def get_parameters(self):
        """The names of the parameters."""
        if self.__params is None:
            self.__params = self.__idents_matching(lambda flags: flags & DEF_PARAM)
        return self.__params

    def get_locals(self):
        """The names that are local, those that inner functions use included."""
        if self.__locals is None:
            self.__locals = self.__idents_matching(lambda flags: _scope(flags) in (LOCAL, CELL))
        return self.__locals

    def get_globals(self):
        """The names that are global, declared or not."""
        if self.__globals is None:
            self.__globals = self.__idents_matching(lambda flags: _scope(flags) in (GLOBAL_IMPLICIT, GLOBAL_EXPLICIT))
        return self.__globals

    def get_nonlocals(self):
        """The names declared nonlocal."""
        if self.__nonlocals is None:
            self.__nonlocals = self.__idents_matching(lambda flags: flags & DEF_NONLOCAL)
        return self.__nonlocals

    def get_frees(self):
        """The names that belong to an enclosing function."""
        if self.__frees is None:
            self.__frees = self.__idents_matching(lambda flags: _scope(flags) == FREE)
        return self.__frees


class Class(SymbolTable):
    """The names of a class."""

    __methods = None

    def get_methods(self):
        """The names of the functions and classes defined in the class, each once."""
        if self.__methods is None:
            self.__methods = tuple({child.name: None for child in self._table.children})
        return self.__methods


class Symbol(object):
    """What the compiler knows of one name in one block."""

    def __init__(self, name, flags, namespaces=None, *, module_scope=False):
        self.__name = name
        self.__flags = flags
        self.__scope = _scope(flags)
        self.__namespaces = namespaces or ()
        self.__module_scope = module_scope

    def __repr__(self):
        return '<symbol {0!r}>'.format(self.__name)

    def __bound_in_module(self):
        """Names that a module binds are both local and global."""
        return self.__module_scope and bool(self.__flags & DEF_BOUND)

    def get_name(self):
        """The name."""
        return self.__name

    def is_referenced(self):
        """Whether its value is used in the block."""
        return bool(self.__flags & USE)

    def is_parameter(self):
        """Whether it is a parameter."""
        return bool(self.__flags & DEF_PARAM)

    def is_global(self):
        """Whether it is global."""
        return self.__scope in (GLOBAL_IMPLICIT, GLOBAL_EXPLICIT) or self.__bound_in_module()

    def is_nonlocal(self):
        """Whether a nonlocal statement names it."""
        return bool(self.__flags & DEF_NONLOCAL)

    def is_declared_global(self):
        """Whether a global statement names it."""
        return self.__scope == GLOBAL_EXPLICIT

    def is_local(self):
        """Whether it is local to the block."""
        return self.__scope in (LOCAL, CELL) or self.__bound_in_module()

    def is_annotated(self):
        """Whether it has an annotation."""
        return bool(self.__flags & DEF_ANNOT)

    def is_free(self):
        """Whether it belongs to an enclosing function."""
        return self.__scope == FREE

    def is_imported(self):
        """Whether an import statement binds it."""
        return bool(self.__flags & DEF_IMPORT)

    def is_assigned(self):
        """Whether something in the block binds it, other than by import or as a parameter."""
        return bool(self.__flags & DEF_LOCAL)

    def is_namespace(self):
        """Whether a class or function statement binds it."""
        return bool(self.__namespaces)

    def get_namespaces(self):
        """The tables of the classes and functions bound to it."""
        return self.__namespaces

    def get_namespace(self):
        """The one table bound to it.  Raises ValueError if there are none or several."""
        if len(self.__namespaces) != 1:
            raise ValueError('name is bound to multiple namespaces')
        return self.__namespaces[0]
