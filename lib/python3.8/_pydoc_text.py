# SPDX-License-Identifier: MIT
"""The documentation that pydoc makes as text."""

import inspect
import pkgutil
from reprlib import Repr
from _pydoc_base import Doc, _set_limits, _signature_text, classname, cram, getdoc, replace, splitdoc, stripid


_reference_note = '''

This text is made from the Python source files.  It may lack things, and
show others that are details of this implementation.  The page named above
says what can be relied on.
'''


class TextRepr(Repr):
    """Reprs for text: short."""

    def __init__(self):
        _set_limits(self)

    def repr1(self, x, level):
        method = getattr(self, 'repr_' + '_'.join(type(x).__name__.split()), None)
        return cram(stripid(repr(x)), self.maxother) if method is None else method(x, level)

    def repr_string(self, x, level):
        text = cram(x, self.maxstring)
        shown = repr(text)
        if '\\' in text and '\\' not in replace(shown, r'\\', ''):
            return 'r' + shown[0] + text + shown[0]
        return shown

    repr_str = repr_string

    def repr_instance(self, x, level):
        try:
            return cram(stripid(repr(x)), self.maxstring)
        except:
            return '<%s instance>' % x.__class__.__name__


class TextDoc(Doc):
    """Documents objects as text for a terminal."""

    _repr_instance = TextRepr()
    repr = _repr_instance.repr

    def bold(self, text):
        """Return text overstruck."""
        return ''.join(char + '\b' + char for char in text)

    def indent(self, text, prefix='    '):
        """Return text with a prefix before each line."""
        if not text:
            return ''
        *lines, last = [prefix + line for line in text.split('\n')]
        return '\n'.join(lines + [last.rstrip()])

    def section(self, title, contents):
        """Return a section: a title and indented contents."""
        return '%s\n%s\n\n' % (self.bold(title), self.indent(contents).rstrip())

    def formattree(self, tree, modname, parent=None, prefix=''):
        """Return the tree of classes that inspect.getclasstree() gives."""
        text = ''
        for entry in tree:
            if type(entry) is list:
                text += self.formattree(entry, modname, cls, prefix + '    ')
                continue
            cls, bases = entry
            text += prefix + classname(cls, modname)
            if bases and bases != (parent,):
                text += '(%s)' % ', '.join(classname(base, modname) for base in bases)
            text += '\n'
        return text

    def docmodule(self, object, name=None, mod=None):
        """Return text about a module."""
        name = object.__name__
        summary, description = splitdoc(getdoc(object))
        classes, functions, data = self._members(object)
        sections = [('NAME', name + (summary and ' - ' + summary))]
        address = self.getdocloc(object)
        if address is not None:
            sections.append(('MODULE REFERENCE', address + _reference_note))
        if description:
            sections.append(('DESCRIPTION', description))

        packaged = set()
        if hasattr(object, '__path__'):
            inside = list(pkgutil.iter_modules(object.__path__))
            packaged = {found for _, found, _ in inside}
            sections.append(('PACKAGE CONTENTS', '\n'.join(sorted(
                found + ' (package)' if is_package else found for _, found, is_package in inside))))
        loaded = sorted(key for key, value in inspect.getmembers(object, inspect.ismodule)
                        if value.__name__.startswith(name + '.') and key not in packaged)
        if loaded:
            sections.append(('SUBMODULES', '\n'.join(loaded)))
        if classes:
            tree = inspect.getclasstree([value for _, value in classes], 1)
            pieces = [self.formattree(tree, name)]
            pieces += [self.document(value, key, name) for key, value in classes]
            sections.append(('CLASSES', '\n'.join(pieces)))
        if functions:
            sections.append(('FUNCTIONS', '\n'.join(self.document(value, key, name) for key, value in functions)))
        if data:
            sections.append(('DATA', '\n'.join(self.docother(value, key, name, maxlen=70) for key, value in data)))
        if hasattr(object, '__version__'):
            sections.append(('VERSION', self._version(object)))
        for title in ('date', 'author', 'credits'):
            if hasattr(object, '__%s__' % title):
                sections.append((title.upper(), str(getattr(object, '__%s__' % title))))
        try:
            sections.append(('FILE', inspect.getabsfile(object)))
        except TypeError:
            sections.append(('FILE', '(built-in)'))
        return ''.join(self.section(*pair) for pair in sections)

    def docclass(self, object, name=None, mod=None, *ignored):
        """Return text about a class."""
        real = object.__name__
        name = name or real
        here = object.__module__
        title = 'class ' + self.bold(real) if name == real else self.bold(name) + ' = class ' + real
        if object.__bases__:
            title += '(%s)' % ', '.join(classname(base, here) for base in object.__bases__)

        lines = []
        arguments = _signature_text(object)
        if arguments and arguments != '()':
            lines.append(name + arguments + '\n')
        text = getdoc(object)
        if text:
            lines.append(text + '\n')
        mro = inspect.getmro(object)
        if len(mro) > 2:
            lines += ['Method resolution order:'] + ['    ' + classname(base, here) for base in mro] + ['']
        lines += self._subclasses(object)

        first = True
        for home, title_of_group, kind, group in self._grouped(object):
            if not first:
                lines.append('-' * 70)
            first = False
            place = 'defined here' if home is object else 'inherited from ' + classname(home, here)
            lines.append('%s %s:\n' % (title_of_group, place))
            lines += [self._attribute(object, attr, kind, mod) for attr in group]
        body = '\n'.join(lines)
        return title + '\n' + (self.indent(body.rstrip(), ' |  ') + '\n' if body else '')

    @staticmethod
    def _subclasses(cls):
        """Lines about the built-in classes derived from this one."""
        names = sorted((one.__name__ for one in type.__subclasses__(cls)
                        if one.__module__ == 'builtins' and not one.__name__.startswith('_')), key=str.lower)
        if not names:
            return []
        lines = ['Built-in subclasses:'] + ['    ' + name for name in names[:4]]
        if len(names) > 4:
            lines.append('    ... and %d other subclasses' % (len(names) - 4))
        return lines + ['']

    def _attribute(self, cls, attr, kind, mod):
        """Text about one attribute of a class."""
        name, _, home, value = attr
        if kind in ('readonly property', 'data descriptor'):
            return self.docdata(value, name, mod)
        if kind != 'data':
            try:
                value = getattr(cls, name)
            except Exception:           # some descriptors have no value for the class
                return self.docdata(value, name, mod)
            return self.document(value, name, mod, cls)
        doc = getdoc(value) if callable(value) or inspect.isdatadescriptor(value) else None
        try:
            value = getattr(cls, name)
        except AttributeError:
            value = home.__dict__[name]
        return self.docother(value, name, mod, maxlen=70, doc=doc) + '\n'

    def formatvalue(self, object):
        """Return a default value."""
        return '=' + self.repr(object)

    def docroutine(self, object, name=None, mod=None, cl=None):
        """Return text about a function or method.  cl: the class it is described with."""
        real, name, arguments, asynchronous, alias, bound_to = self._routine(object, name, cl)
        note = ''
        if bound_to is not None and cl is None:
            note = ' method of %s instance' % classname(bound_to, mod)
        elif bound_to is not None and bound_to is not cl:
            note = ' from ' + classname(bound_to, mod)
        title = self.bold(name)
        if name != real:
            title += ' = ' + real
        if arguments and real == '<lambda>':
            title = self.bold(name) + ' lambda '
            arguments = arguments[1:-1]         # without the parentheses
        text = asynchronous + title + (arguments or '(...)') + note + '\n'
        doc = '' if alias else getdoc(object)
        return text + self.indent(doc).rstrip() + '\n' if doc else text

    def docdata(self, object, name=None, mod=None, cl=None):
        """Return text about a data descriptor."""
        text = self.bold(name) + '\n' if name else ''
        doc = getdoc(object) or ''
        return text + self.indent(doc) + '\n' if doc else text

    def docproperty(self, object, name=None, mod=None, cl=None):
        """Return text about a property."""
        return self.docdata(object, name, mod, cl)

    def docother(self, object, name=None, mod=None, parent=None, maxlen=None, doc=None):
        """Return text about a value.  maxlen: where to cut the line.  doc: text to add."""
        shown = self.repr(object)
        if maxlen:
            room = maxlen - len(name + ' = ' if name else '')
            if len(shown) > room:
                shown = shown[:room] + '...'
        text = (self.bold(name) + ' = ' if name else '') + shown
        return text if doc is None else text + '\n' + self.indent(str(doc))


class _PlainTextDoc(TextDoc):
    """Documents objects as text without overstriking."""

    def bold(self, text):
        return text
