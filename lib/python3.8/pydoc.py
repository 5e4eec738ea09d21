#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Documentation from docstrings, as text or HTML.

help(thing) at the interactive prompt shows text about a thing or the topic with that name; help() is a small program for
such questions.  From a shell: `pydoc NAME` shows text, `pydoc -k WORD` looks for modules, `pydoc -b` opens a browser on a
local server, `pydoc -w NAME` writes a page.

How it is built: Doc (in _pydoc_base) collects what there is to say about modules, classes and routines; TextDoc and
HTMLDoc (in _pydoc_text and _pydoc_html), derived from it, say it.  Text for a terminal has bold characters overstruck: c,
backspace, c.  Helper is help(); the topics it knows are in pydoc_data.topics.
"""

__all__ = ['help']

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
import time
import warnings
from traceback import format_exception_only
from _pydoc_base import (Doc, ErrorDuringImport, _hidden_names, _is_bound_method, _re_stripid, _set_limits,
                         _signature_text, _split_list, allmethods, classify_class_attrs, classname, cram, getdoc,
                         importfile, isdata, ispackage, locate, pathdirs, replace, safeimport, sort_attributes,
                         source_synopsis, splitdoc, stripid, synopsis, visiblename)
from _pydoc_html import HTMLDoc, HTMLRepr
from _pydoc_text import TextDoc, TextRepr, _PlainTextDoc


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
        # The loader reads it: it may be in an archive, or in the executable.
        path = os.path.join(os.path.dirname(os.path.realpath(__file__)), url)
        return __loader__.get_data(path).decode('utf-8')
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
