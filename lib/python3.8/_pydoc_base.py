# SPDX-License-Identifier: MIT
"""What pydoc finds out about objects and modules; and Doc, the base of what says it as text or HTML."""

import builtins
import importlib._bootstrap
import importlib._bootstrap_external
import importlib.machinery
import importlib.util
import inspect
import os
import re
import sys
import sysconfig
import tokenize
from reprlib import Repr


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


def _set_limits(short):
    """How much of values is shown."""
    Repr.__init__(short)
    short.maxdict = 10
    short.maxlist = short.maxtuple = 20
    short.maxstring = short.maxother = 100
