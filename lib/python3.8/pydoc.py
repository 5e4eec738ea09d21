#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Documentation from docstrings, as text or HTML.

help(thing) at the interactive prompt shows text about a thing or the topic with that name; help() is a small program for
such questions.  From a shell: `pydoc NAME` shows text, `pydoc -k WORD` looks for modules, `pydoc -b` opens a browser on a
local server, `pydoc -w NAME` writes a page.

How it is built: Doc collects what there is to say about modules, classes and routines; TextDoc and HTMLDoc, derived from
it, say it.  Text for a terminal has bold characters overstruck: c, backspace, c.  Helper is help(); the topics it knows
are in pydoc_data.topics.
"""

__all__ = ['help']

import builtins
import importlib._bootstrap
import importlib._bootstrap_external
import importlib.machinery
import importlib.util
import inspect
import io
import os
import pkgutil
import platform
import re
import sys
import sysconfig
import time
import tokenize
import urllib.parse
import warnings
from reprlib import Repr
from traceback import format_exception_only


# Names and docstrings

def pathdirs():
    """Return the folders of sys.path, each once."""
    found, seen = [], set()
    for folder in sys.path:
        folder = folder or '.'
        key = os.path.normcase(folder)
        if key not in seen and os.path.isdir(folder):
            seen.add(key)
            found.append(folder)
    return found


def getdoc(object):
    """Return the docstring of an object, or the comment before it, or ''."""
    text = inspect.getdoc(object) or inspect.getcomments(object)
    return re.sub('^ *\n', '', text.rstrip()) if text else ''


def splitdoc(doc):
    """Split a docstring into its summary, '' if there is none, and the rest."""
    first, *rest = doc.strip().split('\n')
    if not rest:
        return first, ''
    if not rest[0].rstrip():
        return first, '\n'.join(rest[1:])
    return '', '\n'.join([first] + rest)


def classname(object, modname):
    """Return the name of a class, with its module's name unless that is modname."""
    if object.__module__ == modname:
        return object.__name__
    return '%s.%s' % (object.__module__, object.__name__)


def isdata(object):
    """Is it a value, and nothing that code is made of?"""
    return not (inspect.ismodule(object) or inspect.isclass(object) or inspect.isroutine(object)
                or inspect.isframe(object) or inspect.istraceback(object) or inspect.iscode(object))


def replace(text, *pairs):
    """Return text with the first of each pair replaced by the second: replace(text, old, new, old, new...)."""
    for old, new in zip(pairs[::2], pairs[1::2]):
        text = text.replace(old, new)
    return text


def cram(text, maxlen):
    """Return text, cut in the middle if it is longer than maxlen."""
    if len(text) <= maxlen:
        return text
    before = max(0, (maxlen - 3) // 2)
    after = max(0, maxlen - 3 - before)
    return text[:before] + '...' + text[len(text) - after:]


_re_stripid = re.compile(r' at 0x[0-9a-f]{6,16}(>+)$', re.IGNORECASE)


def stripid(text):
    """Return the repr of an object without its address."""
    return _re_stripid.sub(r'\1', text)


def _is_bound_method(fn):
    """Is it bound to an object, in Python or in C?"""
    if inspect.ismethod(fn):
        return True
    owner = getattr(fn, '__self__', None) if inspect.isbuiltin(fn) else None
    return not (owner is None or inspect.ismodule(owner))


def allmethods(cl):
    """Return a dict of the methods of a class and its bases."""
    names = {name for name, _ in inspect.getmembers(cl, inspect.isroutine)}
    for base in cl.__bases__:
        names.update(allmethods(base))
    return {name: getattr(cl, name) for name in names}


def _split_list(s, predicate):
    """Two lists: the items that the predicate accepts, and the others."""
    yes, no = [], []
    for item in s:
        (yes if predicate(item) else no).append(item)
    return yes, no


_hidden_names = {'__author__', '__builtins__', '__cached__', '__credits__', '__date__', '__doc__', '__docformat__',
                 '__file__', '__loader__', '__module__', '__name__', '__package__', '__path__', '__qualname__',
                 '__slots__', '__spec__', '__version__'}


def visiblename(name, all=None, obj=None):
    """Shall this member be shown?  all: __all__ of its module.  obj: what it belongs to."""
    if name in _hidden_names:
        return 0
    if name.startswith('__') and name.endswith('__'):
        return 1
    if name.startswith('_') and hasattr(obj, '_fields'):
        return True             # of a named tuple, whose methods are public in spite of their names
    return name in all if all is not None else not name.startswith('_')


def classify_class_attrs(object):
    """inspect.classify_class_attrs() with the kinds 'data descriptor' and 'readonly property'."""
    found = []
    for name, kind, home, value in inspect.classify_class_attrs(object):
        if inspect.isdatadescriptor(value):
            readonly = isinstance(value, property) and value.fset is None
            kind = 'readonly property' if readonly else 'data descriptor'
        found.append((name, kind, home, value))
    return found


def sort_attributes(attrs, object):
    """Sort attributes by name, the fields of a named tuple first in their own order."""
    fields = getattr(object, '_fields', [])
    try:
        order = {name: i - len(fields) for i, name in enumerate(fields)}
    except TypeError:
        order = {}
    attrs.sort(key=lambda attr: (order.get(attr[0], 0), attr[0]))


def _signature_text(object):
    """The signature as text, None if it is not known."""
    try:
        return str(inspect.signature(object))
    except (ValueError, TypeError):
        return None


# Modules

def ispackage(path):
    """Is the folder a package?"""
    return os.path.isdir(path) and any(os.path.isfile(os.path.join(path, '__init__' + ending))
                                       for ending in ('.py', '.pyc'))


def source_synopsis(file):
    """Return the first line of the docstring in an open source file, or None."""
    line = file.readline()
    while line[:1] == '#' or not line.strip():
        line = file.readline()
        if not line:
            break
    line = line.strip()
    if line[:4] == 'r"""':
        line = line[1:]
    if line[:3] != '"""':
        return None
    line = line[3:]
    if line[-1:] == '\\':
        line = line[:-1]
    while not line.strip():
        line = file.readline()
        if not line:
            break
    return line.split('"""')[0].strip()


def synopsis(filename, cache={}):
    """Return the first line of the docstring in a file, source or compiled, or None."""
    mtime = os.stat(filename).st_mtime
    seen_at, found = cache.get(filename, (None, None))
    if seen_at is not None and seen_at >= mtime:
        return found
    machinery = importlib.machinery
    if filename.endswith(tuple(machinery.BYTECODE_SUFFIXES)):
        loader_class = machinery.SourcelessFileLoader
    elif filename.endswith(tuple(machinery.EXTENSION_SUFFIXES)):
        loader_class = machinery.ExtensionFileLoader
    else:
        loader_class = None
    if loader_class is None:
        try:
            file = tokenize.open(filename)
        except OSError:
            return None
        with file:
            found = source_synopsis(file)
    else:
        loader = loader_class('__temp__', filename)
        spec = importlib.util.spec_from_file_location('__temp__', filename, loader=loader)
        try:
            module = importlib._bootstrap._load(spec)
        except:
            return None
        del sys.modules['__temp__']
        found = module.__doc__.splitlines()[0] if module.__doc__ else None
    cache[filename] = mtime, found
    return found


class ErrorDuringImport(Exception):
    """A module failed when it was imported for its documentation."""

    def __init__(self, filename, exc_info):
        self.filename = filename
        self.exc, self.value, self.tb = exc_info

    def __str__(self):
        return 'problem in %s - %s: %s' % (self.filename, self.exc.__name__, self.value)


def importfile(path):
    """Import a file, source or compiled, by its path.  ErrorDuringImport if it fails."""
    magic = importlib.util.MAGIC_NUMBER
    with open(path, 'rb') as file:
        compiled = file.read(len(magic)) == magic
    name = os.path.splitext(os.path.basename(path))[0]
    external = importlib._bootstrap_external
    loader = (external.SourcelessFileLoader if compiled else external.SourceFileLoader)(name, path)
    spec = importlib.util.spec_from_file_location(name, path, loader=loader)
    try:
        return importlib._bootstrap._load(spec)
    except:
        raise ErrorDuringImport(path, sys.exc_info())


def safeimport(path, forceload=0, cache={}):
    """Import a module by its dotted name; None if there is none.  ErrorDuringImport if it is there and fails.

    forceload: import it again if it was imported before.
    """
    try:
        if forceload and path in sys.modules and path not in sys.builtin_module_names:
            for name in [name for name in sys.modules if name == path or name.startswith(path + '.')]:
                cache[name] = sys.modules.pop(name)         # classes in it may still be in use
        module = __import__(path)
    except:
        info = kind, value, _ = sys.exc_info()
        if path in sys.modules:
            raise ErrorDuringImport(sys.modules[path].__file__, info)
        if kind is SyntaxError:
            raise ErrorDuringImport(value.filename, info)
        if issubclass(kind, ImportError) and value.name == path:
            return None
        raise ErrorDuringImport(path, info)
    for part in path.split('.')[1:]:
        module = getattr(module, part, None)
        if module is None:
            return None
    return module


def locate(path, forceload=0):
    """Return the object with a dotted name, importing what has to be; None if there is none."""
    parts = [part for part in path.split('.') if part]
    found, rest = builtins, parts
    for count in range(1, len(parts) + 1):
        module = safeimport('.'.join(parts[:count]), forceload)
        if not module:
            break
        found, rest = module, parts[count:]
    for part in rest:
        try:
            found = getattr(found, part)
        except AttributeError:
            return None
    return found


# What there is to say

class Doc:
    """Documents objects.  Subclasses say how, in docmodule(), docclass(), docroutine(), docdata() and docother()."""

    PYTHONDOCS = os.environ.get('PYTHONDOCS', 'https://docs.python.org/%d.%d/library' % sys.version_info[:2])

    def document(self, object, name=None, *args):
        """Return documentation of an object; name: the one under which it was found."""
        try:
            if inspect.ismodule(object):
                return self.docmodule(object, name, *args)
            if inspect.isclass(object):
                return self.docclass(object, name, *args)
            if inspect.isgetsetdescriptor(object) or inspect.ismemberdescriptor(object):
                return self.docdata(object, name, *args)
            if inspect.isroutine(object):
                return self.docroutine(object, name, *args)
        except AttributeError:
            pass                    # it only looks like one
        if inspect.isdatadescriptor(object):
            return self.docdata(object, name, *args)
        return self.docother(object, name, *args)

    def fail(self, object, name=None, *args):
        """Raise TypeError: there is no way to document this."""
        raise TypeError("don't know how to document object%s of type %s" % (
            name and ' ' + repr(name), type(object).__name__))

    docmodule = docclass = docroutine = docother = docproperty = docdata = fail

    def getdocloc(self, object, basedir=sysconfig.get_path('stdlib')):
        """Return the address of a library module's page in the reference, None for other objects."""
        try:
            file = inspect.getabsfile(object)
        except TypeError:
            file = '(built-in)'
        basedir = os.path.normcase(basedir)
        if not inspect.ismodule(object) or object.__name__ in ('xml.etree', 'test.pydoc_mod'):
            return None
        in_library = file.startswith(basedir) and not file.startswith(os.path.join(basedir, 'site-packages'))
        if not in_library and object.__name__ not in ('errno', 'exceptions', 'gc', 'imp', 'marshal', 'posix', 'signal',
                                                      'sys', '_thread', 'zipimport'):
            return None
        root, page = os.environ.get('PYTHONDOCS', self.PYTHONDOCS), object.__name__.lower()
        if root.startswith(('http://', 'https://')):
            return '{}/{}'.format(root.rstrip('/'), page)
        return os.path.join(root, page + '.html')

    # Shared by text and HTML

    @staticmethod
    def _members(module):
        """The classes, functions and data of a module that are to be shown, each as a list of (name, value)."""
        public = getattr(module, '__all__', None)

        def shown(kind, own):
            return [(name, value) for name, value in inspect.getmembers(module, kind)
                    if (public is not None or own(value)) and visiblename(name, public, module)]

        return (shown(inspect.isclass, lambda value: (inspect.getmodule(value) or module) is module),
                shown(inspect.isroutine, lambda value: inspect.isbuiltin(value) or inspect.getmodule(value) is module),
                shown(isdata, lambda value: True))

    @staticmethod
    def _version(module):
        version = str(module.__version__)
        if version[:11] == '$Revision: ' and version[-1:] == '$':
            version = version[11:-1].strip()
        return version

    _groups = (('Methods', 'method'), ('Class methods', 'class method'), ('Static methods', 'static method'),
               ('Readonly properties', 'readonly property'), ('Data descriptors', 'data descriptor'),
               ('Data and other attributes', 'data'))

    def _grouped(self, cls):
        """Generate (class that defines them, title, kind, attributes) in the order of the mro and of _groups."""
        attrs = [attr for attr in classify_class_attrs(cls) if visiblename(attr[0], obj=cls)]
        homes = list(inspect.getmro(cls))
        homes += [home for home in dict.fromkeys(attr[2] for attr in attrs) if home not in homes]     # metaclasses
        for home in homes:
            if home is builtins.object and cls is not home:
                continue
            here = [attr for attr in attrs if attr[2] is home]
            sort_attributes(here, cls)
            for title, kind in self._groups:
                group = [attr for attr in here if attr[1] == kind]
                if group:
                    yield home, title, kind, group

    @staticmethod
    def _routine(object, name, cl):
        """What is said about a routine: (real name, name, signature, async, is it another's alias, class of self)."""
        real = object.__name__
        name = name or real
        alias = name != real and cl is not None and inspect.getattr_static(cl, real, []) is object
        asynchronous = inspect.iscoroutinefunction(object) or inspect.isasyncgenfunction(object)
        bound_to = object.__self__.__class__ if _is_bound_method(object) else None
        return real, name, _signature_text(object), 'async ' if asynchronous else '', alias, bound_to


# HTML

def _set_limits(short):
    """How much of values is shown."""
    Repr.__init__(short)
    short.maxdict = 10
    short.maxlist = short.maxtuple = 20
    short.maxstring = short.maxother = 100


class HTMLRepr(Repr):
    """Reprs for pages: short, and escaped."""

    def __init__(self):
        _set_limits(self)

    def repr(self, object):
        return Repr.repr(self, object)

    def escape(self, text):
        for char, entity in (('&', '&amp;'), ('<', '&lt;'), ('>', '&gt;')):
            text = text.replace(char, entity)
        return text

    def repr1(self, x, level):
        method = getattr(self, 'repr_' + '_'.join(type(x).__name__.split()), None)
        return self.escape(cram(stripid(repr(x)), self.maxother)) if method is None else method(x, level)

    def repr_string(self, x, level):
        text = cram(x, self.maxstring)
        shown = repr(text)
        if '\\' in text and '\\' not in replace(shown, r'\\', ''):
            # Only backslashes are special: as a raw string it is easier to read.
            return 'r' + shown[0] + self.escape(text) + shown[0]
        return re.sub(r'((\\[\\abfnrtv\'"]|\\[0-9]..|\\x..|\\u....)+)', r'<font color="#c040c0">\1</font>',
                      self.escape(shown))

    repr_str = repr_unicode = repr_string

    def repr_instance(self, x, level):
        try:
            return self.escape(cram(stripid(repr(x)), self.maxstring))
        except:
            return self.escape('<%s instance>' % x.__class__.__name__)


class HTMLDoc(Doc):
    """Documents objects as HTML."""

    _repr_instance = HTMLRepr()
    repr = _repr_instance.repr
    escape = _repr_instance.escape

    # Pieces of pages

    _page = ('<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN">\n'
             '<html><head><title>{heading}: {title}</title>\n'
             '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n'
             '{css}</head><body bgcolor="#f0f0f8">{top}\n{contents}{bottom}\n</body></html>')
    _table = '\n<table width="100%" cellspacing=0 cellpadding=2 border=0 summary="{kind}">\n<tr bgcolor="{back}">\n'
    _font = '<font color="{fore}" face="helvetica, arial">{text}</font>'

    def page(self, title, contents):
        """Return a whole page."""
        return self._page.format(heading='Python', title=title, css='', top='', contents=contents, bottom='')

    def heading(self, title, fgcol, bgcol, extras=''):
        """Return the heading of a page; extras: what stands at its right."""
        return (self._table.format(kind='heading', back=bgcol) + '<td valign=bottom>&nbsp;<br>\n'
                + self._font.format(fore=fgcol, text='&nbsp;<br>' + title) + '</td\n><td align=right valign=bottom\n>'
                + self._font.format(fore=fgcol, text=extras or '&nbsp;') + '</td></tr></table>\n    ')

    def section(self, title, fgcol, bgcol, contents, width=6, prelude='', marginalia=None, gap='&nbsp;'):
        """Return a section: a title, perhaps a prelude, and contents beside a coloured margin."""
        if marginalia is None:
            marginalia = '<tt>' + '&nbsp;' * width + '</tt>'
        text = ('<p>' + self._table.format(kind='section', back=bgcol) + '<td colspan=3 valign=bottom>&nbsp;<br>\n'
                + self._font.format(fore=fgcol, text=title) + '</td></tr>\n    ')
        if prelude:
            text += '\n<tr bgcolor="%s"><td rowspan=2>%s</td>\n<td colspan=2>%s</td></tr>\n<tr><td>%s</td>' % (
                bgcol, marginalia, prelude, gap)
        else:
            text += '\n<tr><td bgcolor="%s">%s</td><td>%s</td>' % (bgcol, marginalia, gap)
        return text + '\n<td width="100%%">%s</td></tr></table>' % contents

    def bigsection(self, title, *args):
        """Return a section with a large title."""
        return self.section('<big><strong>%s</strong></big>' % title, *args)

    def preformat(self, text):
        """Return text with its line breaks and blanks."""
        return replace(self.escape(text.expandtabs()), '\n\n', '\n \n', '\n\n', '\n \n', ' ', '&nbsp;',
                       '\n', '<br>\n')

    def multicolumn(self, list, format, cols=4):
        """Return a table of items, each formatted by a function."""
        rows = (len(list) + cols - 1) // cols
        cells = []
        for column in range(cols):
            items = list[rows * column:rows * (column + 1)]
            cells.append('<td width="%d%%" valign=top>%s</td>' % (
                100 // cols, ''.join(format(item) + '<br>\n' for item in items)))
        return '<table width="100%%" summary="list"><tr>%s</tr></table>' % ''.join(cells)

    def grey(self, text):
        return '<font color="#909090">%s</font>' % text

    # Links

    def namelink(self, name, *dicts):
        """Return a link for a name that is a key of one of the dicts, else the name."""
        for links in dicts:
            if name in links:
                return '<a href="%s">%s</a>' % (links[name], name)
        return name

    def classlink(self, object, modname):
        """Return a link to a class on its module's page."""
        name, module = object.__name__, sys.modules.get(object.__module__)
        if getattr(module, name, None) is object:
            return '<a href="%s.html#%s">%s</a>' % (module.__name__, name, classname(object, modname))
        return classname(object, modname)

    def modulelink(self, object):
        return '<a href="%s.html">%s</a>' % (object.__name__, object.__name__)

    def modpkglink(self, modpkginfo):
        """Return a link for a tuple (name, package's name, is it a package?, is it hidden by another?)."""
        name, path, is_package, shadowed = modpkginfo
        if shadowed:
            return self.grey(name)
        address = '%s.%s.html' % (path, name) if path else '%s.html' % name
        return '<a href="%s">%s</a>' % (address, '<strong>%s</strong>&nbsp;(package)' % name if is_package else name)

    def filelink(self, url, path):
        return '<a href="file:%s">%s</a>' % (url, path)

    _linkable = re.compile(r'\b(?:(?P<url>(?:http|ftp)://\S+[\w/])|RFC[- ]?(?P<rfc>\d+)|PEP[- ]?(?P<pep>\d+)'
                           r'|(?P<selfdot>self\.)?(?P<name>\w+))')

    def markup(self, text, escape=None, funcs={}, classes={}, methods={}):
        """Return text as HTML, with links for addresses, RFCs, PEPs and the names in the dicts."""
        escape = escape or self.escape
        parts = []
        end = 0
        for found in self._linkable.finditer(text):
            parts.append(escape(text[end:found.start()]))
            end = found.end()
            called = text[end:end + 1] == '('
            name = found['name']
            if found['url']:
                parts.append('<a href="%s">%s</a>' % ((self.escape(found[0]).replace('"', '&quot;'),) * 2))
            elif found['rfc']:
                parts.append('<a href="http://www.rfc-editor.org/rfc/rfc%d.txt">%s</a>' % (
                    int(found['rfc']), escape(found[0])))
            elif found['pep']:
                parts.append('<a href="http://www.python.org/dev/peps/pep-%04d/">%s</a>' % (
                    int(found['pep']), escape(found[0])))
            elif found['selfdot']:
                parts.append('self.' + (self.namelink(name, methods) if called else '<strong>%s</strong>' % name))
            elif called:
                parts.append(self.namelink(name, methods, funcs, classes))
            else:
                parts.append(self.namelink(name, classes))
        parts.append(escape(text[end:]))
        return ''.join(parts)

    # Objects

    def formattree(self, tree, modname, parent=None):
        """Return the tree of classes that inspect.getclasstree() gives."""
        text = ''
        for entry in tree:
            if type(entry) is list:
                text += '<dd>\n%s</dd>\n' % self.formattree(entry, modname, cls)
                continue
            cls, bases = entry
            text += '<dt><font face="helvetica, arial">' + self.classlink(cls, modname)
            if bases and bases != (parent,):
                text += '(%s)' % ', '.join(self.classlink(base, modname) for base in bases)
            text += '\n</font></dt>'
        return '<dl>\n%s</dl>\n' % text

    def _module_heading(self, module, name):
        *packages, last = name.split('.')
        linked = ['<a href="%s.html"><font color="#ffffff">%s</font></a>' % ('.'.join(packages[:i + 1]), part)
                  for i, part in enumerate(packages)]
        title = '<big><big><strong>%s</strong></big></big>' % '.'.join(linked + [last])
        details = []
        if hasattr(module, '__version__'):
            details.append('version %s' % self.escape(self._version(module)))
        if hasattr(module, '__date__'):
            details.append(self.escape(str(module.__date__)))
        if details:
            title += ' (%s)' % ', '.join(details)
        try:
            path = inspect.getabsfile(module)
            file = self.filelink(urllib.parse.quote(path), path)
        except TypeError:
            file = '(built-in)'
        address = self.getdocloc(module)
        reference = '<br><a href="%s">Module Reference</a>' % address if address is not None else ''
        return self.heading(title, '#ffffff', '#7799ee', '<a href=".">index</a><br>' + file + reference)

    @staticmethod
    def _class_links(classes, name):
        """Where the classes of a module, and their bases in other modules, are described."""
        links = {}
        for key, value in classes:
            links[key] = links[value] = '#' + key
        for _, value in classes:
            for base in value.__bases__:
                key, home = base.__name__, base.__module__
                module = sys.modules.get(home)
                if home != name and module and getattr(module, key, None) is base and key not in links:
                    links[key] = links[base] = home + '.html#' + key
        return links

    def docmodule(self, object, name=None, mod=None, *ignored):
        """Return the page of a module."""
        name = object.__name__
        classes, functions, data = self._members(object)
        class_links = self._class_links(classes, name)
        function_links = {}
        for key, value in functions:
            function_links[key] = '#-' + key
            if inspect.isfunction(value):
                function_links[value] = '#-' + key
        text = self.markup(getdoc(object), self.preformat, function_links, class_links)
        parts = [self._module_heading(object, name), '<p>%s</p>\n' % (text and '<tt>%s</tt>' % text)]

        def big(title, colour, contents):
            parts.append(self.bigsection(title, '#ffffff', colour, contents))

        modules = inspect.getmembers(object, inspect.ismodule)
        if hasattr(object, '__path__'):
            inside = sorted((found, name, is_package, 0)
                            for _, found, is_package in pkgutil.iter_modules(object.__path__))
            big('Package Contents', '#aa55cc', self.multicolumn(inside, self.modpkglink))
        elif modules:
            big('Modules', '#aa55cc', self.multicolumn(modules, lambda pair: self.modulelink(pair[1])))
        if classes:
            tree = inspect.getclasstree([value for _, value in classes], 1)
            pieces = [self.formattree(tree, name)]
            pieces += [self.document(value, key, name, function_links, class_links) for key, value in classes]
            big('Classes', '#ee77aa', ' '.join(pieces))
        if functions:
            big('Functions', '#eeaa77', ' '.join(self.document(value, key, name, function_links, class_links)
                                                 for key, value in functions))
        if data:
            big('Data', '#55aa55', '<br>\n'.join(self.document(value, key) for key, value in data))
        for title, attribute in (('Author', '__author__'), ('Credits', '__credits__')):
            if hasattr(object, attribute):
                big(title, '#7799ee', self.markup(str(getattr(object, attribute)), self.preformat))
        return ''.join(parts)

    def docclass(self, object, name=None, mod=None, funcs={}, classes={}, *ignored):
        """Return the section of a class."""
        real = object.__name__
        name = name or real
        here = object.__module__
        links = self._method_links(object, name)
        rows = []

        mro = inspect.getmro(object)
        if len(mro) > 2:
            rows += ['<dl><dt>Method resolution order:</dt>\n']
            rows += ['<dd>%s</dd>\n' % self.classlink(base, here) for base in mro]
            rows += ['</dl>\n']
        for home, title, kind, group in self._grouped(object):
            if rows:
                rows.append('<hr>\n')
            place = 'defined here' if home is object else 'inherited from ' + self.classlink(home, here)
            rows.append('%s %s:<br>\n' % (title, place))
            for attr in group:
                rows += self._attribute(object, attr, kind, mod, funcs, classes, links)

        if name == real:
            title = '<a name="%s">class <strong>%s</strong></a>' % (name, real)
        else:
            title = '<strong>%s</strong> = <a name="%s">class %s</a>' % (name, name, real)
        if object.__bases__:
            title += '(%s)' % ', '.join(self.classlink(base, here) for base in object.__bases__)
        text = getdoc(object)
        arguments = _signature_text(object)
        if arguments and arguments != '()':
            text = name + self.escape(arguments) + '\n\n' + (text or '')
        text = self.markup(text, self.preformat, funcs, classes, links)
        return self.section(title, '#000000', '#ffc8d8', ''.join(rows), 3,
                            text and '<tt>%s<br>&nbsp;</tt>' % text)

    @staticmethod
    def _method_links(cls, name):
        """Where the attributes of a class are described."""
        links = {}
        for key, _, _, _ in classify_class_attrs(cls):
            if not visiblename(key, obj=cls):
                continue
            links[key] = '#%s-%s' % (name, key)
            try:
                links[getattr(cls, key)] = links[key]
            except Exception:           # it cannot be had, or has no hash
                pass
        return links

    def _attribute(self, cls, attr, kind, mod, funcs, classes, links):
        """The pieces of text about one attribute of a class."""
        name, _, _, value = attr
        if kind in ('readonly property', 'data descriptor'):
            return [self.docdata(value, name, mod)]
        if kind != 'data':
            try:
                value = getattr(cls, name)
            except Exception:           # some descriptors have no value for the class
                return [self.docdata(value, name, mod), '\n']
            return [self.document(value, name, mod, funcs, classes, links, cls), '\n']
        text = self.docother(getattr(cls, name), name, mod)
        if ((callable(value) or inspect.isdatadescriptor(value))
                and getattr(value, '__doc__', None) is not None):
            doc = self.markup(getdoc(value), self.preformat, funcs, classes, links)
            text += '<dd><tt>%s</tt>' % doc
        return ['<dl><dt>%s</dl>\n' % text, '\n']

    def formatvalue(self, object):
        """Return a default value."""
        return self.grey('=' + self.repr(object))

    def docroutine(self, object, name=None, mod=None, funcs={}, classes={}, methods={}, cl=None):
        """Return text about a function or method.  cl: the class it is described with."""
        real, name, arguments, asynchronous, alias, bound_to = self._routine(object, name, cl)
        anchor = '%s-%s' % (cl.__name__ if cl else '', name)
        note = ''
        if bound_to is not None and cl is None:
            note = ' method of %s instance' % self.classlink(bound_to, mod)
        elif bound_to is not None and bound_to is not cl:
            note = ' from ' + self.classlink(bound_to, mod)
        title = '<a name="%s"><strong>%s</strong></a>' % (anchor, name)
        if name != real:
            title += ' = ' + ('<a href="#%s-%s">%s</a>' % (cl.__name__, real, real) if alias else real)
        if arguments and real == '<lambda>':
            title = '<strong>%s</strong> <em>lambda</em> ' % name
            arguments = arguments[1:-1]
        line = asynchronous + title + self.escape(arguments or '(...)')
        if note:
            line += self.grey('<font face="helvetica, arial">%s</font>' % note)
        if alias:
            return '<dl><dt>%s</dt></dl>\n' % line
        text = self.markup(getdoc(object), self.preformat, funcs, classes, methods)
        return '<dl><dt>%s</dt>%s</dl>\n' % (line, text and '<dd><tt>%s</tt></dd>' % text)

    def docdata(self, object, name=None, mod=None, cl=None):
        """Return text about a data descriptor."""
        title = '<dt><strong>%s</strong></dt>\n' % name if name else ''
        text = self.markup(getdoc(object), self.preformat)
        return '<dl>' + title + ('<dd><tt>%s</tt></dd>\n' % text if text else '') + '</dl>\n'

    def docproperty(self, object, name=None, mod=None, cl=None):
        """Return text about a property."""
        return self.docdata(object, name, mod, cl)

    def docother(self, object, name=None, mod=None, *ignored):
        """Return text about a value."""
        return ('<strong>%s</strong> = ' % name if name else '') + self.repr(object)

    def index(self, dir, shadowed=None):
        """Return a section with links to the modules in a folder; shadowed: those seen before, and a dict of all."""
        shadowed = {} if shadowed is None else shadowed
        found = []
        for _, name, is_package in pkgutil.iter_modules([dir]):
            if not any('\ud800' <= char <= '\udfff' for char in name):      # not to be written as UTF-8
                found.append((name, '', is_package, name in shadowed))
                shadowed[name] = 1
        return self.bigsection(dir, '#ffffff', '#ee77aa', self.multicolumn(sorted(found), self.modpkglink))


# Text

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


_reference_note = '''

This text is made from the Python source files.  It may lack things, and
show others that are details of this implementation.  The page named above
says what can be relied on.
'''


class _PlainTextDoc(TextDoc):
    """Documents objects as text without overstriking."""

    def bold(self, text):
        return text


# Showing long text

def pager(text):
    """Show text page by page, where there is a terminal; the way to do so is chosen at the first call."""
    global pager
    pager = getpager()
    pager(text)


def getpager():
    """Return a function that shows text."""
    for stream in (sys.stdin, sys.stdout):
        if not hasattr(stream, 'isatty') or not stream.isatty():
            return plainpager
    simple = os.environ.get('TERM') in ('dumb', 'emacs')
    command = os.environ.get('MANPAGER') or os.environ.get('PAGER')
    if command:
        if sys.platform == 'win32':         # pipes are broken there
            return lambda text: tempfilepager(plain(text), command)
        if simple:
            return lambda text: pipepager(plain(text), command)
        return lambda text: pipepager(text, command)
    if simple:
        return plainpager
    if sys.platform == 'win32':
        return lambda text: tempfilepager(plain(text), 'more <')
    import shutil
    for command in ('less', 'more'):
        if shutil.which(command):
            return lambda text: pipepager(text, command)
    return ttypager


def plain(text):
    """Return text without overstriking."""
    return re.sub('.\b', '', text)


def pipepager(text, cmd):
    """Show text by a command that reads it."""
    import subprocess
    process = subprocess.Popen(cmd, shell=True, stdin=subprocess.PIPE)
    try:
        with io.TextIOWrapper(process.stdin, errors='backslashreplace') as pipe:
            try:
                pipe.write(text)
            except KeyboardInterrupt:
                pass                    # meant for the command
    except OSError:
        pass                            # it has not read everything
    while True:
        try:
            process.wait()
            break
        except KeyboardInterrupt:
            pass


def tempfilepager(text, cmd):
    """Show text by a command that takes the name of a file."""
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'pydoc.out')
        with open(path, 'w', errors='backslashreplace', encoding=None) as file:
            file.write(text)
        os.system(cmd + ' "' + path + '"')


def _escape_stdout(text):
    """The text with escapes for what sys.stdout cannot encode."""
    encoding = getattr(sys.stdout, 'encoding', None) or 'utf-8'
    return text.encode(encoding, 'backslashreplace').decode(encoding)


def ttypager(text):
    """Show text a screenful at a time, without any help."""
    lines = plain(_escape_stdout(text)).split('\n')
    try:
        import tty
        terminal = sys.stdin.fileno()
        before = tty.tcgetattr(terminal)
        tty.setcbreak(terminal)
    except (ImportError, AttributeError, io.UnsupportedOperation):
        tty, read = None, lambda: sys.stdin.readline()[:-1][:1]
    else:
        read = lambda: sys.stdin.read(1)
    try:
        try:
            height = int(os.environ.get('LINES', 0))
        except ValueError:
            height = 0
        page = (height if height > 1 else 25) - 1
        sys.stdout.write('\n'.join(lines[:page]) + '\n')
        shown = page
        while lines[shown:]:
            sys.stdout.write('-- more --')
            sys.stdout.flush()
            key = read()
            sys.stdout.write('\r          \r')
            if key in ('q', 'Q'):
                break
            if key in ('\r', '\n'):
                sys.stdout.write(lines[shown] + '\n')
                shown += 1
                continue
            if key in ('b', 'B', '\x1b'):
                shown = max(0, shown - 2 * page)
            sys.stdout.write('\n'.join(lines[shown:shown + page]) + '\n')
            shown += page
    finally:
        if tty:
            tty.tcsetattr(terminal, tty.TCSAFLUSH, before)


def plainpager(text):
    """Print text."""
    sys.stdout.write(plain(_escape_stdout(text)))


# Anything

def describe(thing):
    """Return a few words about a thing."""
    if inspect.ismodule(thing):
        if thing.__name__ in sys.builtin_module_names:
            return 'built-in module ' + thing.__name__
        return ('package ' if hasattr(thing, '__path__') else 'module ') + thing.__name__
    if inspect.isgetsetdescriptor(thing) or inspect.ismemberdescriptor(thing):
        kind = 'getset' if inspect.isgetsetdescriptor(thing) else 'member'
        owner = thing.__objclass__
        return '%s descriptor %s.%s.%s' % (kind, owner.__module__, owner.__name__, thing.__name__)
    for is_kind, word in ((inspect.isbuiltin, 'built-in function'), (inspect.isclass, 'class'),
                          (inspect.isfunction, 'function'), (inspect.ismethod, 'method')):
        if is_kind(thing):
            return '%s %s' % (word, thing.__name__)
    return type(thing).__name__


text = TextDoc()
plaintext = _PlainTextDoc()
html = HTMLDoc()


def resolve(thing, forceload=0):
    """Return an object, given as such or by its dotted name, and its name or None.  ImportError if there is none."""
    if isinstance(thing, str):
        found = locate(thing, forceload)
        if found is None:
            raise ImportError('No Python documentation found for %r.\nUse help() to get the interactive help utility.\n'
                              'Use help(str) for help on the str class.' % thing)
        return found, thing
    name = getattr(thing, '__name__', None)
    return thing, name if isinstance(name, str) else None


def render_doc(thing, title='Python Library Documentation: %s', forceload=0, renderer=None):
    """Return text about a thing, an object or its dotted name.  renderer: a Doc, `text` if not given."""
    renderer = text if renderer is None else renderer
    object, name = resolve(thing, forceload)
    words = describe(object)
    module = inspect.getmodule(object)
    if name and '.' in name:
        words += ' in ' + name[:name.rfind('.')]
    elif module and module is not object:
        words += ' in module ' + module.__name__
    if not (inspect.ismodule(object) or inspect.isclass(object) or inspect.isroutine(object)
            or inspect.isdatadescriptor(object)):
        object = type(object)           # what can be done with it is of more interest than its value
        words += ' object'
    return title % words + '\n\n' + renderer.document(object, name)


def doc(thing, title='Python Library Documentation: %s', forceload=0, output=None):
    """Show text about a thing, or write it to a file."""
    try:
        if output is None:
            pager(render_doc(thing, title, forceload))
        else:
            output.write(render_doc(thing, title, forceload, plaintext))
    except (ImportError, ErrorDuringImport) as why:
        print(why)


def writedoc(thing, forceload=0):
    """Write the page of a thing to the file NAME.html in the current folder."""
    try:
        object, name = resolve(thing, forceload)
        path = name + '.html'
        text = html.page(describe(object), html.document(object, name))
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        print('wrote', path)
    except (ImportError, ErrorDuringImport) as why:
        print(why)


def writedocs(dir, pkgpath='', done=None):
    """Write the pages of all modules below a folder.  pkgpath: what their names begin with."""
    for _, name, _ in pkgutil.walk_packages([dir], pkgpath):
        writedoc(name)


# help()

class Helper:
    """help(): shows text about objects and topics, and answers questions interactively.

    input, output: files, sys.stdin and sys.stdout if not given.
    """

    # Names and what they stand for: another name of this kind, or a label in pydoc_data.topics and names of related
    # topics.  Keywords:
    keywords = {
        'False': '', 'None': '', 'True': '',
        'and': 'BOOLEAN', 'as': 'with', 'assert': ('assert', ''), 'async': ('async', ''), 'await': ('await', ''),
        'break': ('break', 'while for'), 'class': ('class', 'CLASSES SPECIALMETHODS'),
        'continue': ('continue', 'while for'), 'def': ('function', ''), 'del': ('del', 'BASICMETHODS'), 'elif': 'if',
        'else': ('else', 'while for'), 'except': 'try', 'finally': 'try', 'for': ('for', 'break continue while'),
        'from': 'import', 'global': ('global', 'nonlocal NAMESPACES'), 'if': ('if', 'TRUTHVALUE'),
        'import': ('import', 'MODULES'), 'in': ('in', 'SEQUENCEMETHODS'), 'is': 'COMPARISON',
        'lambda': ('lambda', 'FUNCTIONS'), 'nonlocal': ('nonlocal', 'global NAMESPACES'), 'not': 'BOOLEAN',
        'or': 'BOOLEAN', 'pass': ('pass', ''), 'raise': ('raise', 'EXCEPTIONS'), 'return': ('return', 'FUNCTIONS'),
        'try': ('try', 'EXCEPTIONS'), 'while': ('while', 'break continue if TRUTHVALUE'),
        'with': ('with', 'CONTEXTMANAGERS EXCEPTIONS yield'), 'yield': ('yield', ''),
    }

    _strprefixes = [prefix + quote for prefix in 'bfru' for quote in '\'"']
    _symbols_inverse = {
        'STRINGS': ("'", "'''", '"', '"""', *_strprefixes),
        'OPERATORS': ('+', '-', '*', '**', '/', '//', '%', '<<', '>>', '&', '|', '^', '~', '<', '>', '<=', '>=', '==',
                      '!=', '<>'),
        'COMPARISON': ('<', '>', '<=', '>=', '==', '!=', '<>'),
        'UNARY': ('-', '~'),
        'AUGMENTEDASSIGNMENT': ('+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>=', '**=', '//='),
        'BITWISE': ('<<', '>>', '&', '|', '^', '~'),
        'COMPLEX': ('j', 'J'),
    }
    symbols = {
        '%': 'OPERATORS FORMATTING', '**': 'POWER', ',': 'TUPLES LISTS FUNCTIONS',
        '.': 'ATTRIBUTES FLOAT MODULES OBJECTS', '...': 'ELLIPSIS', ':': 'SLICINGS DICTIONARYLITERALS',
        '@': 'def class', '\\': 'STRINGS', '_': 'PRIVATENAMES', '__': 'PRIVATENAMES SPECIALMETHODS',
        '`': 'BACKQUOTES', '(': 'TUPLES FUNCTIONS CALLS', ')': 'TUPLES FUNCTIONS CALLS',
        '[': 'LISTS SUBSCRIPTS SLICINGS', ']': 'LISTS SUBSCRIPTS SLICINGS',
    }
    for _topic, _marks in _symbols_inverse.items():
        for _mark in _marks:
            _known = symbols.get(_mark, '').split()
            symbols[_mark] = ' '.join(_known if _topic in _known else _known + [_topic])
    del _topic, _marks, _mark, _known

    topics = {
        'TYPES': ('types', 'STRINGS UNICODE NUMBERS SEQUENCES MAPPINGS FUNCTIONS CLASSES MODULES FILES inspect'),
        'STRINGS': ('strings', 'str UNICODE SEQUENCES STRINGMETHODS FORMATTING TYPES'),
        'STRINGMETHODS': ('string-methods', 'STRINGS FORMATTING'),
        'FORMATTING': ('formatstrings', 'OPERATORS'),
        'UNICODE': ('strings', 'encodings unicode SEQUENCES STRINGMETHODS FORMATTING TYPES'),
        'NUMBERS': ('numbers', 'INTEGER FLOAT COMPLEX TYPES'), 'INTEGER': ('integers', 'int range'),
        'FLOAT': ('floating', 'float math'), 'COMPLEX': ('imaginary', 'complex cmath'),
        'SEQUENCES': ('typesseq', 'STRINGMETHODS FORMATTING range LISTS'), 'MAPPINGS': 'DICTIONARIES',
        'FUNCTIONS': ('typesfunctions', 'def TYPES'), 'METHODS': ('typesmethods', 'class def CLASSES TYPES'),
        'CODEOBJECTS': ('bltin-code-objects', 'compile FUNCTIONS TYPES'),
        'TYPEOBJECTS': ('bltin-type-objects', 'types TYPES'), 'FRAMEOBJECTS': 'TYPES', 'TRACEBACKS': 'TYPES',
        'NONE': ('bltin-null-object', ''), 'ELLIPSIS': ('bltin-ellipsis-object', 'SLICINGS'),
        'SPECIALATTRIBUTES': ('specialattrs', ''), 'CLASSES': ('types', 'class SPECIALMETHODS PRIVATENAMES'),
        'MODULES': ('typesmodules', 'import'), 'PACKAGES': 'import',
        'EXPRESSIONS': ('operator-summary', 'lambda or and not in is BOOLEAN COMPARISON BITWISE SHIFTING BINARY '
                        'FORMATTING POWER UNARY ATTRIBUTES SUBSCRIPTS SLICINGS CALLS TUPLES LISTS DICTIONARIES'),
        'OPERATORS': 'EXPRESSIONS', 'PRECEDENCE': 'EXPRESSIONS', 'OBJECTS': ('objects', 'TYPES'),
        'SPECIALMETHODS': ('specialnames', 'BASICMETHODS ATTRIBUTEMETHODS CALLABLEMETHODS SEQUENCEMETHODS '
                           'MAPPINGMETHODS NUMBERMETHODS CLASSES'),
        'BASICMETHODS': ('customization', 'hash repr str SPECIALMETHODS'),
        'ATTRIBUTEMETHODS': ('attribute-access', 'ATTRIBUTES SPECIALMETHODS'),
        'CALLABLEMETHODS': ('callable-types', 'CALLS SPECIALMETHODS'),
        'SEQUENCEMETHODS': ('sequence-types', 'SEQUENCES SEQUENCEMETHODS SPECIALMETHODS'),
        'MAPPINGMETHODS': ('sequence-types', 'MAPPINGS SPECIALMETHODS'),
        'NUMBERMETHODS': ('numeric-types', 'NUMBERS AUGMENTEDASSIGNMENT SPECIALMETHODS'),
        'EXECUTION': ('execmodel', 'NAMESPACES DYNAMICFEATURES EXCEPTIONS'),
        'NAMESPACES': ('naming', 'global nonlocal ASSIGNMENT DELETION DYNAMICFEATURES'),
        'DYNAMICFEATURES': ('dynamic-features', ''), 'SCOPING': 'NAMESPACES', 'FRAMES': 'NAMESPACES',
        'EXCEPTIONS': ('exceptions', 'try except finally raise'), 'CONVERSIONS': ('conversions', ''),
        'IDENTIFIERS': ('identifiers', 'keywords SPECIALIDENTIFIERS'), 'SPECIALIDENTIFIERS': ('id-classes', ''),
        'PRIVATENAMES': ('atom-identifiers', ''),
        'LITERALS': ('atom-literals', 'STRINGS NUMBERS TUPLELITERALS LISTLITERALS DICTIONARYLITERALS'),
        'TUPLES': 'SEQUENCES', 'TUPLELITERALS': ('exprlists', 'TUPLES LITERALS'),
        'LISTS': ('typesseq-mutable', 'LISTLITERALS'), 'LISTLITERALS': ('lists', 'LISTS LITERALS'),
        'DICTIONARIES': ('typesmapping', 'DICTIONARYLITERALS'),
        'DICTIONARYLITERALS': ('dict', 'DICTIONARIES LITERALS'),
        'ATTRIBUTES': ('attribute-references', 'getattr hasattr setattr ATTRIBUTEMETHODS'),
        'SUBSCRIPTS': ('subscriptions', 'SEQUENCEMETHODS'), 'SLICINGS': ('slicings', 'SEQUENCEMETHODS'),
        'CALLS': ('calls', 'EXPRESSIONS'), 'POWER': ('power', 'EXPRESSIONS'), 'UNARY': ('unary', 'EXPRESSIONS'),
        'BINARY': ('binary', 'EXPRESSIONS'), 'SHIFTING': ('shifting', 'EXPRESSIONS'),
        'BITWISE': ('bitwise', 'EXPRESSIONS'), 'COMPARISON': ('comparisons', 'EXPRESSIONS BASICMETHODS'),
        'BOOLEAN': ('booleans', 'EXPRESSIONS TRUTHVALUE'), 'ASSERTION': 'assert',
        'ASSIGNMENT': ('assignment', 'AUGMENTEDASSIGNMENT'), 'AUGMENTEDASSIGNMENT': ('augassign', 'NUMBERMETHODS'),
        'DELETION': 'del', 'RETURNING': 'return', 'IMPORTING': 'import', 'CONDITIONAL': 'if',
        'LOOPING': ('compound', 'for while break continue'),
        'TRUTHVALUE': ('truth', 'if while and or not BASICMETHODS'), 'DEBUGGING': ('debugger', 'pdb'),
        'CONTEXTMANAGERS': ('context-managers', 'with'),
    }

    _GoInteractive = object()

    def __init__(self, input=None, output=None):
        self._input, self._output = input, output

    input = property(lambda self: self._input or sys.stdin)
    output = property(lambda self: self._output or sys.stdout)

    def __repr__(self):
        return '<%s.%s instance>' % (self.__class__.__module__, self.__class__.__qualname__)

    def __call__(self, request=_GoInteractive):
        """Show help about an object or a name; without an argument, ask for names."""
        if request is self._GoInteractive:
            self._session()
        else:
            self.help(request)

    def _session(self):
        self.intro()
        self.interact()
        self.output.write('''
This was help; the Python interpreter goes on.  For help on a single object
type "help(object)" there; "help('string')" is the same as typing the string
at the help> prompt.
''')

    def interact(self):
        """Ask for names until there are no more."""
        self.output.write('\n')
        while True:
            try:
                request = self.getline('help> ')
            except (KeyboardInterrupt, EOFError):
                break
            if not request:
                break
            request = request.strip()
            quote = request[:1]
            if len(request) > 2 and quote in '\'"' and request[-1] == quote and quote not in request[1:-1]:
                request = request[1:-1]
            if request.lower() in ('q', 'quit'):
                break
            if request == 'help':
                self.intro()
            else:
                self.help(request)

    def getline(self, prompt):
        """Read a line."""
        source, target = self.input, self.output
        if source is sys.stdin:
            return input(prompt)
        target.write(prompt)
        target.flush()
        return source.readline()

    def help(self, request):
        """Show help about an object or a name."""
        lists = {'keywords': self.listkeywords, 'symbols': self.listsymbols, 'topics': self.listtopics,
                 'modules': self.listmodules}
        if isinstance(request, str):
            request = request.strip()
            if request in lists:
                lists[request]()
            elif request.startswith('modules '):
                self.listmodules(request.split()[1])
            elif request in self.symbols:
                self.showsymbol(request)
            elif request in ('True', 'False', 'None'):
                doc(eval(request), 'Help on %s:')
            elif request in self.keywords or request in self.topics:
                self.showtopic(request)
            else:
                doc(request or str, 'Help on %s:', output=self._output)
        elif isinstance(request, Helper):
            self()
        else:
            doc(request, 'Help on %s:', output=self._output)
        self.output.write('\n')

    def intro(self):
        version = '%d.%d' % sys.version_info[:2]
        self.output.write('''
This is the help utility of Python {0}.

If Python is new to you, begin with the tutorial on the Internet at
https://docs.python.org/{0}/tutorial/.

Type the name of a module, keyword or topic to read about it, and "quit" to
go back to the interpreter.

The words "modules", "keywords", "symbols" and "topics" list what there is.
"modules spam" lists the modules with the string "spam" in their name or in
the line that says what they do.
'''.format(version))

    def list(self, items, columns=4, width=80):
        """Print items in columns, sorted."""
        items = sorted(items)
        column_width = width // columns
        rows = (len(items) + columns - 1) // columns
        for row in range(rows):
            for column in range(columns):
                i = column * rows + row
                if i < len(items):
                    self.output.write(items[i])
                    if column < columns - 1:
                        self.output.write(' ' + ' ' * (column_width - 1 - len(items[i])))
            self.output.write('\n')

    def listkeywords(self):
        self.output.write('\nThese are the keywords of Python.  Type one to read about it.\n\n')
        self.list(self.keywords.keys())

    def listsymbols(self):
        self.output.write('\nThese are the signs that mean something in Python.  Type one to read about it.\n\n')
        self.list(self.symbols.keys())

    def listtopics(self):
        self.output.write('\nThese are the topics.  Type a name to read about it.\n\n')
        self.list(self.topics.keys())

    def _find_topic(self, topic, more_xrefs):
        """The text of a topic or keyword and the names of related ones; None if there is none."""
        from pydoc_data.topics import topics
        target = self.topics.get(topic, self.keywords.get(topic))
        while isinstance(target, str) and target:
            target = self.topics.get(target, self.keywords.get(target))
        if not target or target[0] not in topics:
            return None
        label, related = target
        if more_xrefs:
            related = (related or '') + ' ' + more_xrefs
        return topics[label], related

    def showtopic(self, topic, more_xrefs=''):
        """Show the text about a topic or keyword.  more_xrefs: more names of related ones."""
        try:
            found = self._find_topic(topic, more_xrefs)
        except ImportError:
            self.output.write('\nSorry, topic and keyword documentation is not available because the\n'
                              'module "pydoc_data.topics" could not be found.\n')
            return
        if found is None:
            self.output.write('no documentation found for %s\n' % repr(topic))
            return
        body, related = found
        body = body.strip() + '\n'
        if related:
            import textwrap
            line = 'Related help topics: ' + ', '.join(related.split()) + '\n'
            body += '\n%s\n' % '\n'.join(textwrap.wrap(line, 72))
        pager(body)

    def _gettopic(self, topic, more_xrefs=''):
        """The text about a topic or keyword, and the names of related ones.  ValueError if there is none."""
        try:
            found = self._find_topic(topic, more_xrefs)
        except ImportError:
            return ('\nSorry, topic and keyword documentation is not available because the\n'
                    'module "pydoc_data.topics" could not be found.\n', '')
        if found is None:
            raise ValueError('could not find topic')
        return found

    def showsymbol(self, symbol):
        """Show the text about a sign."""
        topic, _, related = self.symbols[symbol].partition(' ')
        self.showtopic(topic, related)

    def listmodules(self, key=''):
        """Print the names of all modules, or what apropos() finds."""
        if key:
            self.output.write('\nThese modules have \'{}\' in their name or in the line that says what they do.\n'
                              'Type the name of one to read about it.\n\n'.format(key))
            apropos(key)
            return
        self.output.write('\nLooking for all modules; this takes a moment...\n\n')
        found = {}

        def note(path, modname, desc):
            if modname.endswith('.__init__'):
                modname = modname[:-9] + ' (package)'
            if '.' not in modname:
                found[modname] = 1

        ModuleScanner().run(note, onerror=lambda modname: note(None, modname, None))
        self.list(found.keys())
        self.output.write('\nType the name of a module to read about it, or "modules spam" to look for the\n'
                          'string "spam" in names and in the lines that say what modules do.\n')


help = Helper()


class ModuleScanner:
    """Looks at all modules that can be imported."""

    def run(self, callback, key=None, completer=None, onerror=None):
        """Call callback(path, name, first line of the docstring) for each module.

        key: only for those with this string in name or line; without it the lines are ''.  completer: called at the end.
        onerror: called with the names of modules that fail.  Setting self.quit ends the search.
        """
        if key:
            key = key.lower()
        self.quit = False
        seen = {}
        for name in sys.builtin_module_names:
            if name == '__main__':
                continue
            seen[name] = 1
            if key is None:
                callback(None, name, '')
                continue
            line = (__import__(name).__doc__ or '').split('\n')[0]
            if key in (name + ' - ' + line).lower():
                callback(None, name, line)
        for importer, name, _ in pkgutil.walk_packages(onerror=onerror):
            if self.quit:
                break
            if key is None:
                callback(None, name, '')
                continue
            found = self._look_at(importer, name, onerror)
            if found and key in (name + ' - ' + found[1]).lower():
                callback(found[0], name, found[1])
        if completer:
            completer()

    @staticmethod
    def _look_at(importer, name, onerror):
        """The path and first line of a module, None if it fails."""
        try:
            spec = pkgutil._get_spec(importer, name)
        except SyntaxError:
            return None                 # its package fails
        loader = spec.loader
        if hasattr(loader, 'get_source'):
            try:
                source = loader.get_source(name)
            except Exception:
                if onerror:
                    onerror(name)
                return None
            path = loader.get_filename(name) if hasattr(loader, 'get_filename') else None
            return path, source_synopsis(io.StringIO(source or '')) or ''
        try:
            module = importlib._bootstrap._load(spec)
        except ImportError:
            if onerror:
                onerror(name)
            return None
        line = module.__doc__.splitlines()[0] if module.__doc__ else ''
        return getattr(module, '__file__', None), line


def apropos(key):
    """Print the names and first lines of all modules with a string in either."""
    def tell(path, modname, desc):
        if modname.endswith('.__init__'):
            modname = modname[:-9] + ' (package)'
        print(modname, desc and '- ' + desc)

    with warnings.catch_warnings():
        warnings.filterwarnings('ignore')       # from importing modules
        ModuleScanner().run(tell, key, onerror=lambda modname: None)


# A server of pages

def _start_server(urlhandler, hostname, port):
    """Start a thread that serves what urlhandler(url, content type) returns.

    The thread has the attributes serving, error (None or a text), url and docserver, and a method stop().
    """
    import http.server
    import email.message
    import select
    import threading

    class DocHandler(http.server.BaseHTTPRequestHandler):

        def do_GET(self):
            content_type = 'text/css' if self.path.endswith('.css') else 'text/html'
            self.send_response(200)
            self.send_header('Content-Type', '%s; charset=UTF-8' % content_type)
            self.end_headers()
            self.wfile.write(self.urlhandler(self.path, content_type).encode('utf-8'))

        def log_message(self, *args):
            pass                        # nobody wants to read it

    class DocServer(http.server.HTTPServer):

        def __init__(self, host, port, callback):
            self.host = host
            self.address = (host, port)
            self.callback = callback
            self.base.__init__(self, self.address, self.handler)
            self.quit = False

        def server_activate(self):
            self.base.server_activate(self)
            if self.callback:
                self.callback(self)

        def serve_until_quit(self):
            while not self.quit:
                if select.select([self.socket.fileno()], [], [], 1)[0]:
                    self.handle_request()
            self.server_close()

    class ServerThread(threading.Thread):

        def __init__(self, urlhandler, host, port):
            threading.Thread.__init__(self)
            self.urlhandler = urlhandler
            self.host = host
            self.port = int(port)
            self.serving = False
            self.error = None

        def run(self):
            try:
                DocServer.base = http.server.HTTPServer
                DocServer.handler = DocHandler
                DocHandler.MessageClass = email.message.Message
                DocHandler.urlhandler = staticmethod(self.urlhandler)
                DocServer(self.host, self.port, self.ready).serve_until_quit()
            except Exception as exc:
                self.error = exc

        def ready(self, server):
            self.serving = True
            self.host = server.host
            self.port = server.server_port
            self.url = 'http://%s:%d/' % (self.host, self.port)
            self.docserver = server

        def stop(self):
            self.docserver.quit = True
            self.join()
            self.docserver = None       # it holds this object too
            self.serving = False
            self.url = None

    thread = ServerThread(urlhandler, hostname, port)
    thread.start()
    while not thread.error and not (thread.serving and thread.docserver):
        time.sleep(.01)
    return thread


class _BrowserDoc(HTMLDoc):
    """Pages with a bar for navigation."""

    def page(self, title, contents):
        return self._page.format(heading='Pydoc', title=title, contents=contents,
                                 css='<link rel="stylesheet" type="text/css" href="pydoc_data/_pydoc.css">',
                                 top=self._bar() + '<div style="clear:both;padding-top:.5em;">', bottom='</div>')

    def _bar(self):
        version = self.escape('%s [%s, %s]' % (platform.python_version(), platform.python_build()[0],
                                               platform.python_compiler()))
        form = ('<form action="%s" style=\'display:inline;\'><input type=text name=key size=15>'
                '<input type=submit value="%s"></form>')
        return ("\n<div style='float:left'>Python %s<br>%s</div>\n"
                "<div style='float:right'><div style='text-align:center'>"
                '<a href="index.html">Module Index</a> : <a href="topics.html">Topics</a> : '
                '<a href="keywords.html">Keywords</a></div>\n<div>%s&nbsp;%s</div></div>\n') % (
                    version, self.escape(platform.platform(terse=True)), form % ('get', 'Get'),
                    form % ('search', 'Search'))

    def title(self, text):
        return self.heading('<big><big><strong>%s</strong></big></big>' % text, '#ffffff', '#7799ee')

    # Each of these returns a title and contents.

    def index_page(self):
        names = [name for name in sys.builtin_module_names if name != '__main__']
        parts = [self.title('Index of Modules'), '<p>',
                 self.bigsection('Built-in Modules', '#ffffff', '#ee77aa', self.multicolumn(
                     names, lambda name: '<a href="%s.html">%s</a>' % (name, name)))]
        seen = {}
        parts += [self.index(folder, seen) for folder in sys.path]
        parts.append('<p align=right>%s</p>' % self.grey('<strong>pydoc</strong>'))
        return 'Index of Modules', ''.join(parts)

    def search_page(self, key):
        rows = []

        def note(path, modname, desc):
            if modname.endswith('.__init__'):
                modname = modname[:-9] + ' (package)'
            rows.append('<a href="%s.html">%s</a>%s' % (modname, modname, desc and '- ' + desc))

        with warnings.catch_warnings():
            warnings.filterwarnings('ignore')
            ModuleScanner().run(note, key, onerror=lambda modname: None)
        contents = self.bigsection('key = %s' % key, '#ffffff', '#ee77aa', '<br>'.join(rows))
        return 'Search Results', self.title('Search Results') + contents

    def _list_page(self, title, names):
        table = self.multicolumn(sorted(names), lambda name: '<a href="topic?key=%s">%s</a>' % (name, name))
        return title, self.title(title.upper()) + self.bigsection(title, '#ffffff', '#ee77aa', table)

    def topics_page(self):
        return self._list_page('Topics', Helper.topics)

    def keywords_page(self):
        return self._list_page('Keywords', Helper.keywords)

    def topic_page(self, topic):
        body, related = Helper(io.StringIO(), io.StringIO())._gettopic(topic)
        kind = 'KEYWORD' if topic in Helper.keywords else 'TOPIC'
        contents = self.bigsection(topic, '#ffffff', '#ee77aa', '<pre>%s</pre>' % self.markup(body))
        if related:
            table = self.multicolumn(sorted(related.split()),
                                     lambda name: '<a href="topic?key=%s">%s</a>' % (name, name))
            contents += self.section('Related help topics: ', '#ffffff', '#ee77aa', table)
        return '%s %s' % (kind, topic), self.title(kind) + contents

    def object_page(self, name):
        found = locate(name, forceload=1)
        if found is None and name != 'None':
            raise ValueError('could not find object')
        return describe(found), self.document(found, name)

    def error_page(self, url, exc):
        text = ''.join(self.escape(line) for line in format_exception_only(type(exc), exc))
        return 'Error - %s' % url, self.title('Error') + self.bigsection(url, '#ffffff', '#bb0000', text)

    def find(self, url):
        """The page for an address."""
        name = url[:-5] if url.endswith('.html') else url
        pages = {'': self.index_page, 'index': self.index_page, 'topics': self.topics_page,
                 'keywords': self.keywords_page}
        try:
            if name in pages:
                return pages[name]()
            if '=' not in name:
                return self.object_page(name)
            operation, _, argument = name.partition('?key=')
            if operation == 'search':
                return self.search_page(argument)
            if operation == 'topic':
                try:
                    return self.topic_page(argument)
                except ValueError:
                    return self.object_page(argument)
            if operation == 'get':
                if argument in pages:
                    return pages[argument]()
                try:
                    return self.object_page(argument)
                except ValueError:
                    return self.topic_page(argument)
            raise ValueError('bad pydoc url')
        except Exception as exc:
            return self.error_page(url, exc)


def _url_handler(url, content_type='text/html'):
    """The page, or style sheet, for an address.  TypeError for another content type."""
    url = url[1:] if url.startswith('/') else url
    if content_type == 'text/css':
        with open(os.path.join(os.path.dirname(os.path.realpath(__file__)), url)) as file:
            return ''.join(file.readlines())
    if content_type == 'text/html':
        pages = _BrowserDoc()
        return pages.page(*pages.find(url))
    raise TypeError('unknown content type %r for url %s' % (content_type, url))


def browse(port=0, *, open_browser=True, hostname='localhost'):
    """Serve pages until the user says quit.  port 0: any that is free.  open_browser: show the index."""
    import webbrowser
    thread = _start_server(_url_handler, hostname, port)
    if thread.error:
        print(thread.error)
        return
    if not thread.serving:
        return
    commands = 'Server commands: [b]rowser, [q]uit'
    if open_browser:
        webbrowser.open(thread.url)
    try:
        print('Server ready at', thread.url)
        print(commands)
        while thread.serving:
            command = input('server> ').lower()
            if command == 'q':
                break
            if command == 'b':
                webbrowser.open(thread.url)
            else:
                print(commands)
    except (KeyboardInterrupt, EOFError):
        print()
    finally:
        if thread.serving:
            thread.stop()
            print('Server stopped')


# The command line

def ispath(x):
    """Is it a string with a separator of paths?"""
    return isinstance(x, str) and os.sep in x


def _get_revised_path(given_path, argv0):
    """sys.path with the current folder in place of the script's; None if the current one is there already."""
    here = os.getcwd()
    if '' in given_path or os.curdir in given_path or here in given_path:
        return None
    script_folder = os.path.dirname(argv0)
    revised = given_path.copy()
    if script_folder in given_path and not os.path.samefile(script_folder, os.path.dirname(__file__)):
        revised.remove(script_folder)
    return [here] + revised


def _adjust_cli_sys_path():
    revised = _get_revised_path(sys.path, sys.argv[0])
    if revised is not None:
        sys.path[:] = revised


_usage = '''pydoc - the Python documentation tool

{cmd} <name> ...
    Show text about something.  <name> may be a keyword, a topic, a
    function, module or package, or the dotted name of a class or function
    in a module.  With a '{sep}' in it, it is the path of a source file.
    'keywords', 'topics' and 'modules' list these things.

{cmd} -k <keyword>
    Look for a string in the names and first lines of all modules.

{cmd} -n <hostname>
    Start an HTTP server with this hostname (default: localhost).

{cmd} -p <port>
    Start an HTTP server on this port of the local machine, 0 for any that
    is free.

{cmd} -b
    Start an HTTP server on a free port and open a Web browser on it.  Can
    be combined with -n and -p.

{cmd} -w <name> ...
    Write the HTML page of a module to a file in the current directory.
    With a '{sep}' in it, <name> is the path of a file, or of a directory of
    which everything is written.
'''


def cli():
    """The command line."""
    import getopt
    _adjust_cli_sys_path()
    writing = serving = open_browser = False
    port, hostname = 0, 'localhost'
    try:
        options, args = getopt.getopt(sys.argv[1:], 'bk:n:p:w')
        for option, value in options:
            if option == '-b':
                serving = open_browser = True
            elif option == '-k':
                apropos(value)
                return
            elif option == '-p':
                serving, port = True, value
            elif option == '-w':
                writing = True
            elif option == '-n':
                serving, hostname = True, value
        if serving:
            browse(port, hostname=hostname, open_browser=open_browser)
            return
        if not args:
            raise getopt.error('no name')
    except getopt.error:
        print(_usage.format(cmd=os.path.splitext(os.path.basename(sys.argv[0]))[0], sep=os.sep))
        return
    for name in args:
        if ispath(name) and not os.path.exists(name):
            print('file %r does not exist' % name)
            break
        try:
            thing = importfile(name) if ispath(name) and os.path.isfile(name) else name
            if not writing:
                help.help(thing)
            elif ispath(name) and os.path.isdir(name):
                writedocs(name)
            else:
                writedoc(thing)
        except ErrorDuringImport as why:
            print(why)


if __name__ == '__main__':
    cli()
