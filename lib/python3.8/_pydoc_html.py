# SPDX-License-Identifier: MIT
"""The documentation that pydoc makes as HTML."""

import inspect
import pkgutil
import re
import sys
import urllib.parse
from reprlib import Repr
from _pydoc_base import (Doc, _set_limits, _signature_text, classify_class_attrs, classname, cram, getdoc, replace,
                         stripid, visiblename)


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
