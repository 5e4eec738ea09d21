# SPDX-License-Identifier: MIT
"""Looking at live objects.

What is this (is* functions, getmembers, classify_class_attrs), where is it written (getfile, getsource, getcomments,
getdoc), how is it called (signature, getfullargspec, getcallargs), who is running (frames, generators), and what is an
attribute really (getattr_static).  Imports that only few of these need stand inside of the functions.
"""

import collections
import enum
import functools
import linecache
import os
import re
import sys
import types
from collections import OrderedDict, namedtuple

# Bits of a code object's co_flags

mod_dict = globals()
for k, v in ((1, 'OPTIMIZED'), (2, 'NEWLOCALS'), (4, 'VARARGS'), (8, 'VARKEYWORDS'), (16, 'NESTED'), (32, 'GENERATOR'),
             (64, 'NOFREE'), (128, 'COROUTINE'), (256, 'ITERABLE_COROUTINE'), (512, 'ASYNC_GENERATOR')):
    mod_dict['CO_' + v] = k

TPFLAGS_IS_ABSTRACT = 1 << 20       # of a class's __flags__


# What is it?

def ismodule(object):
    """Is it a module?"""
    return isinstance(object, types.ModuleType)


def isclass(object):
    """Is it a class?"""
    return isinstance(object, type)


def ismethod(object):
    """Is it a function of a class, bound to an object?"""
    return isinstance(object, types.MethodType)


def isfunction(object):
    """Is it a function written in Python?"""
    return isinstance(object, types.FunctionType)


def isbuiltin(object):
    """Is it a function or bound method written in C?"""
    return isinstance(object, types.BuiltinFunctionType)


def iscode(object):
    """Is it a code object?"""
    return isinstance(object, types.CodeType)


def isframe(object):
    """Is it a frame?"""
    return isinstance(object, types.FrameType)


def istraceback(object):
    """Is it a traceback?"""
    return isinstance(object, types.TracebackType)


def isgenerator(object):
    """Is it the iterator that a generator function returns?"""
    return isinstance(object, types.GeneratorType)


def iscoroutine(object):
    """Is it the coroutine that an async function returns?"""
    return isinstance(object, types.CoroutineType)


def isasyncgen(object):
    """Is it the asynchronous iterator that an async generator function returns?"""
    return isinstance(object, types.AsyncGeneratorType)


def isawaitable(object):
    """Can it be used after await?"""
    if isinstance(object, types.CoroutineType):
        return True
    if isinstance(object, types.GeneratorType):
        return bool(object.gi_code.co_flags & CO_ITERABLE_COROUTINE)
    from collections.abc import Awaitable
    return isinstance(object, Awaitable)


def _has_code_flag(f, flag):
    """Has the function below methods and partial objects this bit?"""
    while ismethod(f):
        f = f.__func__
    f = functools._unwrap_partial(f)
    return isfunction(f) and bool(f.__code__.co_flags & flag)


def isgeneratorfunction(obj):
    """Is it a function with yield, that is not async?"""
    return _has_code_flag(obj, CO_GENERATOR)


def iscoroutinefunction(obj):
    """Is it an async function without yield?"""
    return _has_code_flag(obj, CO_COROUTINE)


def isasyncgenfunction(obj):
    """Is it an async function with yield?"""
    return _has_code_flag(obj, CO_ASYNC_GENERATOR)


def isgetsetdescriptor(object):
    """Is it an attribute that C functions read and write?"""
    return isinstance(object, types.GetSetDescriptorType)


def ismemberdescriptor(object):
    """Is it an attribute kept in a field of the C struct, or in a slot?"""
    return isinstance(object, types.MemberDescriptorType)


def isdatadescriptor(object):
    """Is it a descriptor that can be assigned to or deleted, as properties are?"""
    if isinstance(object, (type, types.MethodType, types.FunctionType)):
        return False
    kind = type(object)
    return hasattr(kind, '__set__') or hasattr(kind, '__delete__')


def ismethoddescriptor(object):
    """Is it a descriptor that can only be read and is no Python function or method, such as the C methods of types?"""
    if isinstance(object, (type, types.MethodType, types.FunctionType)):
        return False
    kind = type(object)
    return hasattr(kind, '__get__') and not hasattr(kind, '__set__')


def isroutine(object):
    """Is it any kind of function or method?"""
    return isinstance(object, (types.BuiltinFunctionType, types.FunctionType, types.MethodType)) \
        or ismethoddescriptor(object)


def isabstract(object):
    """Is it a class with abstract methods?"""
    if not isinstance(object, type):
        return False
    if object.__flags__ & TPFLAGS_IS_ABSTRACT:
        return True
    if not issubclass(type(object), _abc_meta()) or hasattr(object, '__abstractmethods__'):
        return False        # no ABC, or a finished one without abstract methods
    # __init_subclass__ sees a class before ABCMeta has counted its abstract methods.
    if any(getattr(value, '__isabstractmethod__', False) for value in object.__dict__.values()):
        return True
    return any(getattr(getattr(object, name, None), '__isabstractmethod__', False)
               for base in object.__bases__ for name in getattr(base, '__abstractmethods__', ()))


def _abc_meta():
    import abc
    return abc.ABCMeta


# Members of objects and classes

Attribute = namedtuple('Attribute', 'name kind defining_class object')


def getmembers(object, predicate=None):
    """Return a sorted list of (name, value) of all members, or of those whose value the predicate accepts."""
    mro = (object,) + getmro(object) if isclass(object) else ()
    names = dir(object) + _dynamic_names(getattr(object, '__bases__', ()))
    done = set()
    found = []
    for name in names:
        value = _sentinel
        if name not in done:
            try:
                value = getattr(object, name)
            except AttributeError:
                pass
        if value is _sentinel:
            # An instance's attribute with a name that the class uses too, or one that dir() knows and getattr() does not.
            for base in mro:
                if name in base.__dict__:
                    value = base.__dict__[name]
                    break
            else:
                continue
        if predicate is None or predicate(value):
            found.append((name, value))
        done.add(name)
    found.sort(key=lambda pair: pair[0])
    return found


def _dynamic_names(classes, only_readable=False):
    """Names of attributes that instances have and that dir() of the class hides."""
    try:
        return [name for cls in classes for name, value in cls.__dict__.items()
                if isinstance(value, types.DynamicClassAttribute) and not (only_readable and value.fget is None)]
    except AttributeError:
        return []


def classify_class_attrs(cls):
    """Return a list of Attribute tuples for the names that dir(cls) gives.

    kind is 'class method', 'static method', 'property', 'method' or 'data'; defining_class the class in whose __dict__
    it stands; object the attribute as got by getattr(), except for properties, class and static methods.
    """
    mro = getmro(cls)
    meta = tuple(base for base in getmro(type(cls)) if base not in (type, object))
    found = []
    done = set()
    for name in dir(cls) + _dynamic_names(mro, only_readable=True):
        home, got = None, None
        if name not in done and name != '__dict__':     # what getattr() gives for that is a proxy
            try:
                got = getattr(cls, name)
            except Exception:
                pass
            else:
                home = _home_of(got, name, cls, mro, meta)
        raw = None
        for base in (cls,) + mro + meta:
            if name in base.__dict__:
                raw = base.__dict__[name]
                if home not in meta:
                    home = base
                break
        if home is None:
            continue                # dir() made it up
        value = raw if got is None else got
        kind, value = _kind_of(raw, value)
        found.append(Attribute(name, kind, home, value))
        done.add(name)
    return found


def _home_of(value, name, cls, mro, meta):
    """The last class of those that give this very object for the name, or None."""
    home = getattr(value, '__objclass__', None)
    if home is cls or home in mro:
        return home
    home = None
    for base in (cls,) + mro:
        if getattr(base, name, None) is value:
            home = base
    for base in meta:               # metaclasses may make attributes up
        try:
            made = base.__getattr__(cls, name)
        except AttributeError:
            continue
        if made is value:
            home = base
    return home


def _kind_of(raw, value):
    if isinstance(raw, (staticmethod, types.BuiltinMethodType)):
        return 'static method', raw
    if isinstance(raw, (classmethod, types.ClassMethodDescriptorType)):
        return 'class method', raw
    if isinstance(raw, property):
        return 'property', raw
    return ('method' if isroutine(value) else 'data'), value


def getmro(cls):
    """Return the tuple of a class and its bases in the order in which attributes are looked up."""
    return cls.__mro__


def unwrap(func, *, stop=None):
    """Follow __wrapped__ to the innermost function, or up to one for which stop(function) is true.

    ValueError if the chain goes in a circle.
    """
    seen = {id(func): func}         # the objects are kept alive, so that no id is used twice
    limit = sys.getrecursionlimit()
    inner = func
    while hasattr(inner, '__wrapped__') and not (stop is not None and stop(inner)):
        inner = inner.__wrapped__
        if id(inner) in seen or len(seen) >= limit:
            raise ValueError('wrapper loop when unwrapping {!r}'.format(func))
        seen[id(inner)] = inner
    return inner


# Docstrings

def indentsize(line):
    """Return how many columns of white space a line begins with; tabs count up to the next eighth column."""
    line = line.expandtabs()
    return len(line) - len(line.lstrip())


def getdoc(object):
    """Return the docstring, cleaned by cleandoc(), or None.

    If there is none, that of the method or attribute it overrides, or of the class, is taken.
    """
    try:
        doc = object.__doc__
    except AttributeError:
        return None
    if doc is None:
        try:
            doc = _finddoc(object)
        except (AttributeError, TypeError):
            return None
    return cleandoc(doc) if isinstance(doc, str) else None


def _findclass(func):
    """The class in whose body a function was written, or None."""
    cls = sys.modules.get(func.__module__)
    if cls is not None:
        for name in func.__qualname__.split('.')[:-1]:
            cls = getattr(cls, name)
        if isclass(cls):
            return cls
    return None


def _finddoc(obj):
    """The docstring of the first class or overridden member that has one."""
    if isclass(obj):
        bases = (base for base in obj.__mro__ if base is not object)
        return next((doc for doc in (base.__doc__ for base in bases) if doc is not None), None)
    place = _place_of(obj)
    if place is None:
        return None
    cls, name = place
    if ismemberdescriptor(obj) and isinstance(getattr(cls, '__slots__', None), dict):
        if name in cls.__slots__:
            return cls.__slots__[name]      # slots may have docstrings so
    docs = (getattr(getattr(base, name, None), '__doc__', None) for base in cls.__mro__ if hasattr(base, name))
    return next((doc for doc in docs if doc is not None), None)


def _place_of(obj):
    """The class and the name under which a function, method, property or descriptor is found; None if unclear."""
    if ismethod(obj):
        name, owner = obj.__func__.__name__, obj.__self__
        if isclass(owner) and getattr(getattr(owner, name, None), '__func__') is obj.__func__:
            return owner, name              # a class method
        return owner.__class__, name
    if isfunction(obj):
        name, cls = obj.__name__, _findclass(obj)
        return None if cls is None or getattr(cls, name) is not obj else (cls, name)
    if isbuiltin(obj):
        name, owner = obj.__name__, obj.__self__
        if isclass(owner) and owner.__qualname__ + '.' + name == obj.__qualname__:
            return owner, name
        return owner.__class__, name
    if isinstance(obj, property):
        cls = _findclass(obj.fget)
        name = obj.fget.__name__
        return None if cls is None or getattr(cls, name) is not obj else (cls, name)
    if ismethoddescriptor(obj) or isdatadescriptor(obj):
        cls, name = obj.__objclass__, obj.__name__
        return None if getattr(cls, name) is not obj else (cls, name)
    return None


def cleandoc(doc):
    """Return a docstring without the indentation that all lines but the first share, and empty lines around it."""
    try:
        lines = doc.expandtabs().split('\n')
    except UnicodeError:
        return None
    first, rest = lines[0].lstrip(), lines[1:]
    margin = min((len(line) - len(line.lstrip()) for line in rest if line.strip()), default=None)
    if margin is not None:
        rest = [line[margin:] for line in rest]
    lines = [first] + rest
    while lines and not lines[-1]:
        lines.pop()
    start = next((i for i, line in enumerate(lines) if line), len(lines))
    return '\n'.join(lines[start:])


# Files and modules

modulesbyfile = {}          # absolute file name -> module name
_filesbymodname = {}        # module name -> the file it had when noted above


def getfile(object):
    """Return the name of the file in which the object was written.  TypeError for what has none, as built-ins."""
    if ismodule(object) or isclass(object):
        module = object if ismodule(object) else sys.modules.get(getattr(object, '__module__', None))
        name = getattr(module, '__file__', None)
        if name:
            return name
        raise TypeError('{!r} is a built-in {}'.format(object, 'module' if module is object else 'class'))
    code = _code_of(object)
    if code is None:
        raise TypeError('module, class, method, function, traceback, frame, or code object was expected, got {}'
                        .format(type(object).__name__))
    return code.co_filename


def _code_of(object):
    """The code behind a method, function, traceback, frame or code object, or None."""
    for is_kind, attribute in ((ismethod, '__func__'), (isfunction, '__code__'), (istraceback, 'tb_frame'),
                               (isframe, 'f_code')):
        if is_kind(object):
            object = getattr(object, attribute)
    return object if iscode(object) else None


def getmodulename(path):
    """Return the name of the module that a file would be, or None for files that are no modules."""
    from importlib.machinery import all_suffixes
    name = os.path.basename(path)
    endings = [suffix for suffix in all_suffixes() if name.endswith(suffix)]
    return name[:-len(max(endings, key=len))] if endings else None


def getsourcefile(object):
    """Return the name of the source file of an object, or None if it cannot be found.  TypeError as getfile()."""
    from importlib import machinery
    filename = getfile(object)
    compiled = machinery.DEBUG_BYTECODE_SUFFIXES + machinery.OPTIMIZED_BYTECODE_SUFFIXES
    if filename.endswith(tuple(compiled)):
        filename = os.path.splitext(filename)[0] + machinery.SOURCE_SUFFIXES[0]
    elif filename.endswith(tuple(machinery.EXTENSION_SUFFIXES)):
        return None
    if os.path.exists(filename) or filename in linecache.cache:
        return filename
    # It may be known to a loader only.
    return filename if getattr(getmodule(object, filename), '__loader__', None) is not None else None


def getabsfile(object, _filename=None):
    """Return the absolute name of the file an object comes from, in the form that modulesbyfile uses."""
    name = _filename if _filename is not None else getsourcefile(object) or getfile(object)
    return os.path.normcase(os.path.abspath(name))


def getmodule(object, _filename=None):
    """Return the module in which an object was written, or None."""
    if ismodule(object):
        return object
    if hasattr(object, '__module__'):
        return sys.modules.get(object.__module__)
    if _filename is not None and _filename in modulesbyfile:
        return sys.modules.get(modulesbyfile[_filename])
    try:
        file = getabsfile(object, _filename)
    except TypeError:
        return None
    if file not in modulesbyfile:
        _note_module_files()
    if file in modulesbyfile:
        return sys.modules.get(modulesbyfile[file])
    # Perhaps the object says its name and the main or builtins module has it.
    name = getattr(object, '__name__', None)
    if name is None:
        return None
    for place in ('__main__', 'builtins'):
        module = sys.modules[place]
        if getattr(module, name, _sentinel) is object:
            return module
    return None


def _note_module_files():
    """Enter the modules that were imported, or have another file, since the last time."""
    for name, module in sys.modules.copy().items():
        file = getattr(module, '__file__', None) if ismodule(module) else None
        if file is None or file == _filesbymodname.get(name):
            continue
        _filesbymodname[name] = file
        file = getabsfile(module)
        modulesbyfile[file] = modulesbyfile[os.path.realpath(file)] = module.__name__


# Source

def findsource(object):
    """Return all lines of the object's file, and the index of its first one.  OSError if the source is not there."""
    file = getsourcefile(object)
    if file:
        linecache.checkcache(file)
    else:
        file = getfile(object)
        if file[:1] != '<' or file[-1:] != '>':         # somebody may have put made-up names into linecache
            raise OSError('source code not available')
    module = getmodule(object, file)
    lines = linecache.getlines(file) if module is None else linecache.getlines(file, module.__dict__)
    if not lines:
        raise OSError('could not get source code')
    if isclass(object):
        return lines, _class_line(lines, object.__name__)
    if ismodule(object):
        return lines, 0
    code = _code_of(object)
    if code is None:
        raise OSError('could not find code object')
    if not hasattr(code, 'co_firstlineno'):
        raise OSError('could not find function definition')
    return lines, _code_line(lines, code.co_firstlineno - 1)


_code_start = re.compile(r'\s*(?:async\s+)?def\s|\s*@|.*(?<!\w)lambda(?::|\s)')


def _code_line(lines, index):
    """The line of a def, lambda or decorator at or before index."""
    if index >= len(lines):
        raise OSError('lineno is out of bounds')
    while index > 0 and not _code_start.match(lines[index]):
        index -= 1
    return index


def _class_line(lines, name):
    """The line of a class statement; of several the first of those that are indented least."""
    pattern = re.compile(r'(\s*)class\s*%s\b' % name)
    best = None
    for index, line in enumerate(lines):
        found = pattern.match(line)
        if found and (best is None or len(found[1]) < best[0]):
            best = len(found[1]), index
            if not found[1]:
                break
    if best is None:
        raise OSError('could not find class definition')
    return best[1]


def getcomments(object):
    """Return the comment lines before the object, or at the top of a module, as one string; None if there are none."""
    try:
        lines, start = findsource(object)
    except (OSError, TypeError):
        return None
    if ismodule(object):
        start = 1 if lines and lines[0].startswith('#!') else 0
        while start < len(lines) and lines[start].strip() in ('', '#'):
            start += 1
        end = start
        while end < len(lines) and lines[end].startswith('#'):
            end += 1
        return ''.join(line.expandtabs() for line in lines[start:end]) if end > start else None

    column = indentsize(lines[start])
    begin = start
    while begin > 0 and lines[begin - 1].lstrip().startswith('#') and indentsize(lines[begin - 1]) == column:
        begin -= 1
    comments = [line.expandtabs().lstrip() for line in lines[begin:start]]
    while comments and comments[0].strip() == '#':
        del comments[0]
    while comments and comments[-1].strip() == '#':
        del comments[-1]
    return ''.join(comments) if begin < start else None


class EndOfBlock(Exception):
    """Raised by BlockFinder when the block is complete."""


class BlockFinder:
    """Finds the last line of the statement that a row of tokens begins with, and what is indented below it."""

    def __init__(self):
        self.indent = 0
        self.islambda = False
        self.started = False            # have we seen def, class or lambda?
        self.passline = False           # nothing matters before the line ends
        self.indecorator = False
        self.last = 1                   # the last line known to belong to the block
        self.body_column = None

    def tokeneater(self, type, token, srowcol, erowcol, line):
        """Take the next token, in the form of tokenize.  EndOfBlock is raised if it lies behind the block."""
        import tokenize
        if type == tokenize.NEWLINE:
            self.passline = self.indecorator = False
            self.last = srowcol[0]
            if self.islambda:
                raise EndOfBlock
        elif not self.started:
            if token == '@':
                self.indecorator = True
            elif token in ('def', 'class', 'lambda') and not self.indecorator:
                self.islambda = token == 'lambda'
                self.started = self.passline = True
        elif self.passline:
            pass
        elif type == tokenize.INDENT:
            if self.body_column is None:
                self.body_column = erowcol[1]
            self.indent += 1
            self.passline = True
        elif type == tokenize.DEDENT:
            self.indent -= 1
            if self.indent <= 0:
                raise EndOfBlock
        elif type == tokenize.COMMENT:
            if self.body_column is not None and srowcol[1] >= self.body_column:
                self.last = srowcol[0]
        elif self.indent == 0 and type != tokenize.NL:
            raise EndOfBlock


def getblock(lines):
    """Return the lines of the first statement in a list of lines, with all that is indented below it."""
    import tokenize
    finder = BlockFinder()
    try:
        for item in tokenize.generate_tokens(iter(lines).__next__):
            finder.tokeneater(*item)
    except (EndOfBlock, IndentationError):
        pass
    return lines[:finder.last]


def getsourcelines(object):
    """Return the lines of an object's source, and the number of the first one; all and 0 for a module.

    OSError if the source cannot be found, TypeError for objects that have none.
    """
    object = unwrap(object)
    lines, index = findsource(object)
    if istraceback(object):
        object = object.tb_frame
    if ismodule(object) or (isframe(object) and object.f_code.co_name == '<module>'):
        return lines, 0
    return getblock(lines[index:]), index + 1


def getsource(object):
    """Return an object's source as one string.  Errors as getsourcelines()."""
    return ''.join(getsourcelines(object)[0])


# Class trees

def getclasstree(classes, unique=False):
    """Return classes as nested lists: each (class, bases) is followed by a list of the classes derived from it.

    A class stands below each of its bases, or with unique only once.
    """
    children, roots = {}, []
    for cls in classes:
        if not cls.__bases__:
            if cls not in roots:
                roots.append(cls)
            continue
        for base in cls.__bases__:
            below = children.setdefault(base, [])
            if cls not in below:
                below.append(cls)
            if unique and base in classes:
                break
    roots += [base for base in children if base not in classes]
    return walktree(roots, children, None)


def walktree(classes, children, parent):
    """The recursive part of getclasstree()."""
    tree = []
    for cls in sorted(classes, key=lambda c: (c.__module__, c.__name__)):
        tree.append((cls, cls.__bases__))
        if cls in children:
            tree.append(walktree(children[cls], children, cls))
    return tree


# Arguments, the older interface

Arguments = namedtuple('Arguments', 'args, varargs, varkw')
ArgSpec = namedtuple('ArgSpec', 'args varargs keywords defaults')
FullArgSpec = namedtuple('FullArgSpec', 'args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations')
ArgInfo = namedtuple('ArgInfo', 'args varargs keywords locals')


def getargs(co):
    """Return Arguments(names, name of *args or None, name of **kwargs or None) of a code object."""
    if not iscode(co):
        raise TypeError('{!r} is not a code object'.format(co))
    names = list(co.co_varnames)
    count = co.co_argcount + co.co_kwonlyargcount
    stars = iter(names[count:])
    varargs = next(stars) if co.co_flags & CO_VARARGS else None
    varkw = next(stars) if co.co_flags & CO_VARKEYWORDS else None
    args = names[:count]
    return Arguments(args, varargs, varkw)


def getargspec(func):
    """Return an ArgSpec.  Deprecated.  ValueError for functions with more than it can hold."""
    import warnings
    warnings.warn('inspect.getargspec() is deprecated since Python 3.0, use inspect.signature() or '
                  'inspect.getfullargspec()', DeprecationWarning, stacklevel=2)
    spec = getfullargspec(func)
    if spec.kwonlyargs or spec.annotations:
        raise ValueError('Function has keyword-only parameters or annotations, use inspect.signature() API which can '
                         'support them')
    return ArgSpec(*spec[:4])


def getfullargspec(func):
    """Return a FullArgSpec: names and defaults of a callable's parameters.  TypeError if they are not known.

    Unlike signature(), bound first arguments are included and __wrapped__ is not followed.
    """
    try:
        sig = _signature_from_callable(func, follow_wrapper_chains=False, skip_bound_arg=False, sigcls=Signature)
    except Exception as exc:
        raise TypeError('unsupported callable') from exc
    positional, keyword_only = [], []
    stars = {}
    defaults, keyword_defaults, annotations = (), {}, {}
    if sig.return_annotation is not _empty:
        annotations['return'] = sig.return_annotation
    for name, param in sig.parameters.items():
        kind, default = param.kind, param.default
        if param.annotation is not _empty:
            annotations[name] = param.annotation
        if kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
            stars[kind] = name
        elif kind is _KEYWORD_ONLY:
            keyword_only.append(name)
            if default is not _empty:
                keyword_defaults[name] = default
        else:
            # Those that can only be given by position come first by rule.
            positional.append(name)
            if default is not _empty:
                defaults += (default,)
    return FullArgSpec(positional, stars.get(_VAR_POSITIONAL), stars.get(_VAR_KEYWORD), defaults or None,
                       keyword_only, keyword_defaults or None, annotations)


def getargvalues(frame):
    """Return ArgInfo(args, varargs, keywords, locals) of a frame."""
    return ArgInfo(*getargs(frame.f_code), frame.f_locals)


def formatannotation(annotation, base_module=None):
    """Return an annotation as it would be written, for one from base_module without that module's name."""
    if getattr(annotation, '__module__', None) == 'typing':
        return repr(annotation).replace('typing.', '')
    if not isinstance(annotation, type):
        return repr(annotation)
    if annotation.__module__ in ('builtins', base_module):
        return annotation.__qualname__
    return '%s.%s' % (annotation.__module__, annotation.__qualname__)


def formatannotationrelativeto(object):
    """Return a formatannotation function for annotations of an object, which leaves its module's name out."""
    home = getattr(object, '__module__', None)
    return lambda annotation: formatannotation(annotation, home)


def formatargspec(args, varargs=None, varkw=None, defaults=None, kwonlyargs=(), kwonlydefaults={}, annotations={},
                  formatarg=str, formatvarargs=lambda name: '*' + name, formatvarkw=lambda name: '**' + name,
                  formatvalue=lambda value: '=' + repr(value), formatreturns=lambda text: ' -> ' + text,
                  formatannotation=formatannotation):
    """Return the values of a FullArgSpec as text.  Deprecated.  The format functions make the parts."""
    import warnings
    warnings.warn('`formatargspec` is deprecated since Python 3.5. Use `signature` and the `Signature` object directly',
                  DeprecationWarning, stacklevel=2)

    def with_annotation(name):
        text = formatarg(name)
        return text + ': ' + formatannotation(annotations[name]) if name in annotations else text

    required = len(args) - len(defaults or ())
    parts = [with_annotation(name) + (formatvalue(defaults[i - required]) if i >= required else '')
             for i, name in enumerate(args)]
    if varargs is not None:
        parts.append(formatvarargs(with_annotation(varargs)))
    elif kwonlyargs:
        parts.append('*')
    for name in kwonlyargs or ():
        given = kwonlydefaults and name in kwonlydefaults
        parts.append(with_annotation(name) + (formatvalue(kwonlydefaults[name]) if given else ''))
    if varkw is not None:
        parts.append(formatvarkw(with_annotation(varkw)))
    text = '(' + ', '.join(parts) + ')'
    if 'return' in annotations:
        text += formatreturns(formatannotation(annotations['return']))
    return text


def formatargvalues(args, varargs, varkw, locals, formatarg=str, formatvarargs=lambda name: '*' + name,
                    formatvarkw=lambda name: '**' + name, formatvalue=lambda value: '=' + repr(value)):
    """Return the values of an ArgInfo as text.  The format functions make the parts."""
    parts = [formatarg(name) + formatvalue(locals[name]) for name in args]
    for name, form in ((varargs, formatvarargs), (varkw, formatvarkw)):
        if name:
            parts.append(form(name) + formatvalue(locals[name]))
    return '(' + ', '.join(parts) + ')'


def _missing_arguments(f_name, argnames, pos, values):
    """Raise the TypeError for arguments that are not in values."""
    names = [repr(name) for name in argnames if name not in values]
    count = len(names)
    listed = ', '.join(names[:-1]) + ' and ' + names[-1] if count > 1 else names[0]
    raise TypeError('%s() missing %i required %s argument%s: %s' % (
        f_name, count, 'positional' if pos else 'keyword-only', '' if count == 1 else 's', listed))


def _too_many(f_name, args, kwonly, varargs, defcount, given, values):
    """Raise the TypeError for `given` positional arguments where so many cannot be."""
    most, least = len(args), len(args) - defcount
    if varargs:
        takes, plural = 'at least %d' % least, least != 1
    elif defcount:
        takes, plural = 'from %d to %d' % (least, most), True
    else:
        takes, plural = str(most), most != 1
    by_name = sum(name in values for name in kwonly)
    extra = ''
    if by_name:
        extra = ' positional argument%s (and %d keyword-only argument%s)' % (
            's' if given != 1 else '', by_name, 's' if by_name != 1 else '')
    raise TypeError('%s() takes %s positional argument%s but %d%s %s given' % (
        f_name, takes, 's' if plural else '', given, extra, 'was' if given == 1 and not by_name else 'were'))


def getcallargs(func, /, *positional, **named):
    """Return a dict from parameter names to the values they would have in func(*positional, **named).

    TypeError, with the text of a real call, if it could not be called so.
    """
    spec = getfullargspec(func)
    args, name = spec.args, func.__name__
    if ismethod(func) and func.__self__ is not None:
        positional = (func.__self__,) + positional
    values = dict(zip(args, positional))
    if spec.varargs:
        values[spec.varargs] = tuple(positional[len(args):])
    others = {}
    if spec.varkw:
        values[spec.varkw] = others
    known = set(args).union(spec.kwonlyargs)
    for key, value in named.items():
        if key not in known:
            if not spec.varkw:
                raise TypeError('%s() got an unexpected keyword argument %r' % (name, key))
            others[key] = value
        elif key in values:
            raise TypeError('%s() got multiple values for argument %r' % (name, key))
        else:
            values[key] = value
    defaults = spec.defaults or ()
    if len(positional) > len(args) and not spec.varargs:
        _too_many(name, args, spec.kwonlyargs, spec.varargs, len(defaults), len(positional), values)
    required = args[:len(args) - len(defaults)]
    if any(arg not in values for arg in required):
        _missing_arguments(name, required, True, values)
    for arg, default in zip(args[len(required):], defaults):
        values.setdefault(arg, default)
    keyword_defaults = spec.kwonlydefaults or {}
    absent = [arg for arg in spec.kwonlyargs if arg not in values]
    for arg in absent:
        if arg in keyword_defaults:
            values[arg] = keyword_defaults[arg]
    if any(arg not in values for arg in absent):
        _missing_arguments(name, spec.kwonlyargs, False, values)
    return values


ClosureVars = namedtuple('ClosureVars', 'nonlocals globals builtins unbound')


def getclosurevars(func):
    """Return ClosureVars: the values of the outer names that a function uses now, and a set of the unbound ones."""
    if ismethod(func):
        func = func.__func__
    if not isfunction(func):
        raise TypeError('{!r} is not a Python function'.format(func))
    code = func.__code__
    outer = {name: cell.cell_contents for name, cell in zip(code.co_freevars, func.__closure__ or ())}
    scope = func.__globals__
    builtins = scope.get('__builtins__', sys.modules['builtins'].__dict__)
    if ismodule(builtins):
        builtins = builtins.__dict__
    found, built_in, unbound = {}, {}, set()
    for name in code.co_names:
        if name in ('None', 'True', 'False'):
            continue
        if name in scope:
            found[name] = scope[name]
        elif name in builtins:
            built_in[name] = builtins[name]
        else:
            unbound.add(name)
    return ClosureVars(outer, found, built_in, unbound)


# Frames

Traceback = namedtuple('Traceback', 'filename lineno function code_context index')
FrameInfo = namedtuple('FrameInfo', ('frame',) + Traceback._fields)


def getframeinfo(frame, context=1):
    """Return a Traceback tuple for a frame or traceback.

    code_context holds `context` lines of source around the present one, which has the given index among them; both are
    None if there is no source.
    """
    lineno = frame.tb_lineno if istraceback(frame) else frame.f_lineno
    if istraceback(frame):
        frame = frame.tb_frame
    if not isframe(frame):
        raise TypeError('{!r} is not a frame or traceback object'.format(frame))
    lines = index = None
    if context > 0:
        try:
            lines, _ = findsource(frame)
        except OSError:
            pass
        else:
            first = max(0, min(lineno - 1 - context // 2, len(lines) - context))
            lines = lines[first:first + context]
            index = lineno - 1 - first
    code = frame.f_code
    return Traceback(getsourcefile(frame) or getfile(frame), lineno, code.co_name, lines, index)


def getlineno(frame):
    """Return the line number of a frame."""
    return frame.f_lineno


def getouterframes(frame, context=1):
    """Return FrameInfo tuples of a frame and its callers, innermost first."""
    found = []
    while frame:
        found.append(FrameInfo(frame, *getframeinfo(frame, context)))
        frame = frame.f_back
    return found


def getinnerframes(tb, context=1):
    """Return FrameInfo tuples of a traceback's frames, outermost first."""
    found = []
    while tb:
        found.append(FrameInfo(tb.tb_frame, *getframeinfo(tb, context)))
        tb = tb.tb_next
    return found


def currentframe():
    """Return the caller's frame."""
    return sys._getframe(1) if hasattr(sys, '_getframe') else None


def stack(context=1):
    """Return FrameInfo tuples of the caller and its callers."""
    return getouterframes(sys._getframe(1), context)


def trace(context=1):
    """Return FrameInfo tuples of the frames between here and where the exception in hand was raised."""
    return getinnerframes(sys.exc_info()[2], context)


# Attributes without running code

_sentinel = object()


def _static_getmro(klass):
    return type.__dict__['__mro__'].__get__(klass)


def _check_instance(obj, attr):
    """What obj's own __dict__ holds, whatever __getattribute__ says."""
    try:
        own = object.__getattribute__(obj, '__dict__')
    except AttributeError:
        return _sentinel
    return dict.get(own, attr, _sentinel)


def _check_class(klass, attr):
    """What the __dict__ of the class or of one of its bases holds."""
    for entry in _static_getmro(klass):
        if _shadowed_dict(type(entry)) is _sentinel and attr in entry.__dict__:
            return entry.__dict__[attr]
    return _sentinel


def _is_type(obj):
    try:
        _static_getmro(obj)
    except TypeError:
        return False
    return True


def _shadowed_dict(klass):
    """What a class has under the name __dict__, if that is not the usual descriptor."""
    namespace = type.__dict__['__dict__']
    for entry in _static_getmro(klass):
        found = namespace.__get__(entry).get('__dict__', _sentinel)
        if found is _sentinel:
            continue
        usual = (type(found) is types.GetSetDescriptorType and found.__name__ == '__dict__'
                 and found.__objclass__ is entry)
        if not usual:
            return found
    return _sentinel


def getattr_static(obj, attr, default=_sentinel):
    """Return an attribute without calling descriptors, __getattr__ or __getattribute__.

    So a property object may come instead of its value, and attributes that are made up are not found: then the default
    is returned or AttributeError raised.
    """
    on_instance = _sentinel
    is_class = _is_type(obj)
    klass = obj if is_class else type(obj)
    if not is_class:
        shadow = _shadowed_dict(klass)
        if shadow is _sentinel or type(shadow) is types.MemberDescriptorType:
            on_instance = _check_instance(obj, attr)
    on_class = _check_class(klass, attr)
    if on_class is not _sentinel:
        if on_instance is _sentinel:
            return on_class
        kind = type(on_class)
        if _check_class(kind, '__get__') is not _sentinel and _check_class(kind, '__set__') is not _sentinel:
            return on_class             # data descriptors go first
    if on_instance is not _sentinel:
        return on_instance
    if is_class:
        found = _check_class(type(klass), attr)     # the metaclass
        if found is not _sentinel:
            return found
    if default is _sentinel:
        raise AttributeError(attr)
    return default


# Generators and coroutines

GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = 'GEN_CREATED', 'GEN_RUNNING', 'GEN_SUSPENDED', 'GEN_CLOSED'
CORO_CREATED, CORO_RUNNING = 'CORO_CREATED', 'CORO_RUNNING'
CORO_SUSPENDED, CORO_CLOSED = 'CORO_SUSPENDED', 'CORO_CLOSED'


def _state(running, frame):
    if running:
        return 'RUNNING'
    if frame is None:
        return 'CLOSED'
    return 'CREATED' if frame.f_lasti == -1 else 'SUSPENDED'


def getgeneratorstate(generator):
    """Return GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED (at a yield) or GEN_CLOSED."""
    return 'GEN_' + _state(generator.gi_running, generator.gi_frame)


def getgeneratorlocals(generator):
    """Return a dict of a generator's local variables; an empty one if it has ended."""
    if not isgenerator(generator):
        raise TypeError('{!r} is not a Python generator'.format(generator))
    return {} if generator.gi_frame is None else generator.gi_frame.f_locals


def getcoroutinestate(coroutine):
    """Return CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED (at an await) or CORO_CLOSED."""
    return 'CORO_' + _state(coroutine.cr_running, coroutine.cr_frame)


def getcoroutinelocals(coroutine):
    """Return a dict of a coroutine's local variables; an empty one if it has ended."""
    frame = getattr(coroutine, 'cr_frame', None)
    return {} if frame is None else frame.f_locals


# Signatures

class _void:
    """Says that an argument was not given."""


class _empty:
    """Says that a parameter has no default, or no annotation."""


class _ParameterKind(enum.IntEnum):
    POSITIONAL_ONLY = 0
    POSITIONAL_OR_KEYWORD = 1
    VAR_POSITIONAL = 2
    KEYWORD_ONLY = 3
    VAR_KEYWORD = 4

    def __str__(self):
        return self._name_

    @property
    def description(self):
        """The kind in words."""
        return _PARAM_NAME_MAPPING[self]


(_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_POSITIONAL, _KEYWORD_ONLY, _VAR_KEYWORD) = _ParameterKind

_PARAM_NAME_MAPPING = dict(zip(_ParameterKind, ('positional-only', 'positional or keyword', 'variadic positional',
                                                'keyword-only', 'variadic keyword')))


class Parameter:
    """A parameter of a callable: name, kind, default and annotation (Parameter.empty if there is none)."""

    __slots__ = ('_name', '_kind', '_default', '_annotation')

    POSITIONAL_ONLY = _POSITIONAL_ONLY
    POSITIONAL_OR_KEYWORD = _POSITIONAL_OR_KEYWORD
    VAR_POSITIONAL = _VAR_POSITIONAL
    KEYWORD_ONLY = _KEYWORD_ONLY
    VAR_KEYWORD = _VAR_KEYWORD
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        """ValueError or TypeError if the name or kind is not possible, or a * parameter has a default."""
        if type(kind) is not _ParameterKind:
            try:
                kind = _ParameterKind(kind)
            except ValueError:
                raise ValueError(f'value {kind!r} is not a valid Parameter.kind')
        if default is not _empty and kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
            raise ValueError('{} parameters cannot have default values'.format(kind.description))
        if name is _empty:
            raise ValueError('name is a required attribute for Parameter')
        if not isinstance(name, str):
            raise TypeError('name must be a str, not a {}'.format(type(name).__name__))
        if name[0] == '.' and name[1:].isdigit():
            # The argument of a comprehension's function: no caller can name it.
            if kind is not _POSITIONAL_OR_KEYWORD:
                raise ValueError('implicit arguments must be passed as positional or keyword arguments, not {}'
                                 .format(kind.description))
            kind, name = _POSITIONAL_ONLY, 'implicit' + name[1:]
        if not name.isidentifier():
            raise ValueError('{!r} is not a valid parameter name'.format(name))
        self._name, self._kind, self._default, self._annotation = name, kind, default, annotation

    @classmethod
    def _of_code(cls, name, kind, default, annotation):
        """A parameter of a function: nothing needs to be checked but made-up names."""
        if cls is not Parameter or name[0] == '.':
            return cls(name, kind, default=default, annotation=annotation)
        self = object.__new__(cls)
        self._name, self._kind, self._default, self._annotation = name, kind, default, annotation
        return self

    def __reduce__(self):
        return type(self), (self._name, self._kind), {'_default': self._default, '_annotation': self._annotation}

    def __setstate__(self, state):
        self._default = state['_default']
        self._annotation = state['_annotation']

    name = property(lambda self: self._name, doc='The name.')
    default = property(lambda self: self._default, doc='The default value, or Parameter.empty.')
    annotation = property(lambda self: self._annotation, doc='The annotation, or Parameter.empty.')
    kind = property(lambda self: self._kind, doc='One of the five kinds.')

    def replace(self, *, name=_void, kind=_void, annotation=_void, default=_void):
        """Return a parameter like this one, with what is given put in place of the old."""
        return type(self)(self._name if name is _void else name, self._kind if kind is _void else kind,
                          default=self._default if default is _void else default,
                          annotation=self._annotation if annotation is _void else annotation)

    def __str__(self):
        text = self._name
        if self._annotation is not _empty:
            text += ': ' + formatannotation(self._annotation)
        if self._default is not _empty:
            text += (' = ' if self._annotation is not _empty else '=') + repr(self._default)
        return {_VAR_POSITIONAL: '*', _VAR_KEYWORD: '**'}.get(self._kind, '') + text

    def __repr__(self):
        return '<{} "{}">'.format(type(self).__name__, self)

    def _values(self):
        return self._name, self._kind, self._annotation, self._default

    def __hash__(self):
        return hash(self._values())

    def __eq__(self, other):
        if self is other:
            return True
        return self._values() == other._values() if isinstance(other, Parameter) else NotImplemented


class BoundArguments:
    """Arguments matched to parameters: what Signature.bind() returns.

    arguments is an ordered dict from names to values, without those left to their defaults; args and kwargs call the
    function: f(*bound.args, **bound.kwargs).
    """

    __slots__ = ('arguments', '_signature', '__weakref__')

    def __init__(self, signature, arguments):
        self._signature = signature
        self.arguments = arguments

    signature = property(lambda self: self._signature, doc='The signature it was made from.')

    def _split(self):
        """The arguments to pass by position, and those by name."""
        args, kwargs = [], {}
        by_name = False
        for name, param in self._signature.parameters.items():
            kind = param._kind
            by_name = by_name or kind is _VAR_KEYWORD or kind is _KEYWORD_ONLY
            if name not in self.arguments:
                by_name = True          # behind a gap only names are of use
                if kind is _VAR_POSITIONAL:
                    by_name = False
                continue
            value = self.arguments[name]
            if kind is _VAR_KEYWORD:
                kwargs.update(value)
            elif by_name and kind is not _VAR_POSITIONAL:
                kwargs[name] = value
            elif kind is _VAR_POSITIONAL:
                args.extend(value)
            else:
                args.append(value)
        return tuple(args), kwargs

    @property
    def args(self):
        """The positional arguments, a tuple."""
        return self._split()[0]

    @property
    def kwargs(self):
        """The keyword arguments, a dict."""
        return self._split()[1]

    def apply_defaults(self):
        """Add the default values of what is missing: () and {} for * and ** parameters."""
        given = self.arguments
        full = OrderedDict()
        for name, param in self._signature.parameters.items():
            if name in given:
                full[name] = given[name]
            elif param._default is not _empty:
                full[name] = param._default
            elif param._kind is _VAR_POSITIONAL:
                full[name] = ()
            elif param._kind is _VAR_KEYWORD:
                full[name] = {}
        self.arguments = full

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self._signature == other._signature and self.arguments == other.arguments

    def __getstate__(self):
        return {'_signature': self._signature, 'arguments': self.arguments}

    def __setstate__(self, state):
        self._signature = state['_signature']
        self.arguments = state['arguments']

    def __repr__(self):
        return '<{} ({})>'.format(type(self).__name__,
                                  ', '.join('{}={!r}'.format(*item) for item in self.arguments.items()))


class Signature:
    """How a callable is called: its parameters, in order, and the annotation of what it returns.

    parameters: an ordered mapping from names to Parameter objects.  return_annotation: Signature.empty if there is none.
    """

    __slots__ = ('_return_annotation', '_parameters')

    _parameter_cls = Parameter
    _bound_arguments_cls = BoundArguments
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty, __validate_parameters__=True):
        """parameters: an iterable of Parameter objects.  ValueError if they cannot follow each other so."""
        named = OrderedDict()
        if parameters is not None:
            if __validate_parameters__:
                self._check_order(parameters, named)
            else:
                named.update((param._name, param) for param in parameters)
        self._parameters = types.MappingProxyType(named)
        self._return_annotation = return_annotation

    @staticmethod
    def _check_order(parameters, named):
        top = _POSITIONAL_ONLY
        optional = False            # has a parameter of this kind had a default?
        for param in parameters:
            kind, name = param.kind, param.name
            if kind < top:
                raise ValueError('wrong parameter order: {} parameter before {} parameter'
                                 .format(top.description, kind.description))
            if kind > top:
                top, optional = kind, False
            if kind <= _POSITIONAL_OR_KEYWORD:
                if param.default is not _empty:
                    optional = True
                elif optional:
                    raise ValueError('non-default argument follows default argument')
            if name in named:
                raise ValueError('duplicate parameter name: {!r}'.format(name))
            named[name] = param

    @classmethod
    def from_function(cls, func):
        """Make the signature of a Python function.  Deprecated: use from_callable()."""
        cls._warn_old('from_function')
        return _signature_from_function(cls, func)

    @classmethod
    def from_builtin(cls, func):
        """Make the signature of a C function.  Deprecated: use from_callable()."""
        cls._warn_old('from_builtin')
        return _signature_from_builtin(cls, func)

    @staticmethod
    def _warn_old(name):
        import warnings
        warnings.warn('inspect.Signature.%s() is deprecated since Python 3.5, use Signature.from_callable()' % name,
                      DeprecationWarning, stacklevel=3)

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True):
        """Make the signature of any callable.  ValueError if none is known, TypeError if it cannot be called."""
        return _signature_from_callable(obj, sigcls=cls, follow_wrapper_chains=follow_wrapped)

    parameters = property(lambda self: self._parameters, doc='An ordered mapping of the parameters.')
    return_annotation = property(lambda self: self._return_annotation, doc='What the result is said to be.')

    def replace(self, *, parameters=_void, return_annotation=_void):
        """Return a signature like this one, with what is given put in place of the old."""
        if parameters is _void:
            parameters = self.parameters.values()
        if return_annotation is _void:
            return_annotation = self._return_annotation
        return type(self)(parameters, return_annotation=return_annotation)

    def _hash_basis(self):
        """What makes signatures equal: the order of keyword-only parameters does not count."""
        ordered = tuple(param for param in self.parameters.values() if param.kind != _KEYWORD_ONLY)
        by_name = {param.name: param for param in self.parameters.values() if param.kind == _KEYWORD_ONLY}
        return ordered, by_name, self.return_annotation

    def __hash__(self):
        ordered, by_name, result = self._hash_basis()
        return hash((ordered, frozenset(by_name.values()), result))

    def __eq__(self, other):
        if self is other:
            return True
        return self._hash_basis() == other._hash_basis() if isinstance(other, Signature) else NotImplemented

    def _bind(self, args, kwargs, *, partial=False):
        """Match arguments to parameters."""
        bound = OrderedDict()
        kwargs = dict(kwargs)
        used, given = 0, len(args)
        everything_else = None          # the ** parameter
        room = False                    # is there a * parameter?
        for name, param in self._parameters.items():
            kind = param._kind
            if kind is _VAR_KEYWORD:
                everything_else = name
                continue
            if kind is _VAR_POSITIONAL:
                room = True
                if used < given:
                    bound[name] = tuple(args[used:])
                    used = given
                continue
            if used < given:
                if kind is _KEYWORD_ONLY:
                    raise TypeError('too many positional arguments') from None
                if name in kwargs and kind is not _POSITIONAL_ONLY:
                    raise TypeError('multiple values for argument {arg!r}'.format(arg=name)) from None
                bound[name] = args[used]
                used += 1
                continue
            if name in kwargs:
                if kind is _POSITIONAL_ONLY:
                    raise TypeError('{arg!r} parameter is positional only, but was passed as a keyword'
                                    .format(arg=name)) from None
                bound[name] = kwargs.pop(name)
            elif param._default is _empty and not partial:
                raise TypeError('missing a required argument: {arg!r}'.format(arg=name)) from None
        if used < given and not room:
            raise TypeError('too many positional arguments') from None
        if kwargs:
            if everything_else is None:
                raise TypeError('got an unexpected keyword argument {arg!r}'.format(arg=next(iter(kwargs))))
            bound[everything_else] = kwargs
        return self._bound_arguments_cls(self, bound)

    def bind(self, /, *args, **kwargs):
        """Match arguments to the parameters, return BoundArguments.  TypeError if a call with them would fail."""
        return self._bind(args, kwargs)

    def bind_partial(self, /, *args, **kwargs):
        """The same, but required arguments may be missing."""
        return self._bind(args, kwargs, partial=True)

    def __reduce__(self):
        return (type(self), (tuple(self._parameters.values()),), {'_return_annotation': self._return_annotation})

    def __setstate__(self, state):
        self._return_annotation = state['_return_annotation']

    def __repr__(self):
        return '<{} {}>'.format(type(self).__name__, self)

    def __str__(self):
        parts = []
        before = None               # the kind of the parameter before
        starred = False
        for param in self.parameters.values():
            kind = param.kind
            if before == _POSITIONAL_ONLY and kind != _POSITIONAL_ONLY:
                parts.append('/')
            if kind == _VAR_POSITIONAL:
                starred = True
            elif kind == _KEYWORD_ONLY and not starred:
                parts.append('*')
                starred = True
            parts.append(str(param))
            before = kind
        if before == _POSITIONAL_ONLY:
            parts.append('/')
        text = '({})'.format(', '.join(parts))
        if self.return_annotation is not _empty:
            text += ' -> ' + formatannotation(self.return_annotation)
        return text


def signature(obj, *, follow_wrapped=True):
    """Return the Signature of a callable.

    follow_wrapped: look at what a decorator has wrapped.  ValueError if no signature is known, TypeError if obj cannot
    be called.
    """
    return Signature.from_callable(obj, follow_wrapped=follow_wrapped)


# Callables that C makes: their own signatures say nothing about what they call.
_WrapperDescriptor = type(type.__call__)
_MethodWrapper = type(all.__call__)
_ClassMethodWrapper = type(int.__dict__['from_bytes'])
_NonUserDefinedCallables = (_WrapperDescriptor, _MethodWrapper, _ClassMethodWrapper, types.BuiltinFunctionType)


def _signature_from_callable(obj, *, follow_wrapper_chains=True, skip_bound_arg=True, sigcls):
    """Make a sigcls for any callable."""
    def inner(func):
        return _signature_from_callable(func, follow_wrapper_chains=follow_wrapper_chains,
                                        skip_bound_arg=skip_bound_arg, sigcls=sigcls)

    if not callable(obj):
        raise TypeError('{!r} is not a callable object'.format(obj))
    if isinstance(obj, types.MethodType):
        sig = inner(obj.__func__)
        return _signature_bound_method(sig) if skip_bound_arg else sig
    if follow_wrapper_chains:
        obj = unwrap(obj, stop=lambda f: hasattr(f, '__signature__'))
        if isinstance(obj, types.MethodType):
            return inner(obj)
    given = getattr(obj, '__signature__', None)
    if given is not None:
        if not isinstance(given, Signature):
            raise TypeError('unexpected object {!r} in __signature__ attribute'.format(given))
        return given
    method = getattr(obj, '_partialmethod', None)
    if isinstance(method, functools.partialmethod):
        return _partialmethod_signature(method, inner)
    if isfunction(obj) or _signature_is_functionlike(obj):
        return _signature_from_function(sigcls, obj, skip_bound_arg)
    if _signature_is_builtin(obj):
        return _signature_from_builtin(sigcls, obj, skip_bound_arg)
    if isinstance(obj, functools.partial):
        return _signature_get_partial(inner(obj.func), obj)
    return _other_signature(obj, sigcls, inner, skip_bound_arg)


def _other_signature(obj, sigcls, inner, skip_bound_arg):
    """The signature of a class, or of an object with a method __call__."""
    sig = None
    if isinstance(obj, type):
        for owner, name in ((type(obj), '__call__'), (obj, '__new__'), (obj, '__init__')):
            method = _signature_get_user_defined_method(owner, name)
            if method is not None:
                sig = inner(method)
                break
        else:
            return _c_class_signature(obj, sigcls)
    elif not isinstance(obj, _NonUserDefinedCallables):
        method = _signature_get_user_defined_method(type(obj), '__call__')
        if method is not None:
            try:
                sig = inner(method)
            except ValueError as exc:
                raise ValueError('no signature found for {!r}'.format(obj)) from exc
    if sig is not None:
        return _signature_bound_method(sig) if skip_bound_arg else sig
    if isinstance(obj, types.BuiltinFunctionType):
        raise ValueError('no signature found for builtin function {!r}'.format(obj))
    raise ValueError('callable {!r} is not supported by signature'.format(obj))


def _c_class_signature(cls, sigcls):
    """The signature of a class whose objects are made by C code, from its text or that of a base."""
    for base in cls.__mro__[:-1]:
        text = getattr(base, '__text_signature__', None)
        if text:
            return _signature_fromstr(sigcls, cls, text)
    if type not in cls.__mro__:
        if cls.__init__ is object.__init__ and cls.__new__ is object.__new__:
            return sigcls.from_callable(object)
        raise ValueError('no signature found for builtin type {!r}'.format(cls))
    raise ValueError('callable {!r} is not supported by signature'.format(cls))


def _partialmethod_signature(method, inner):
    """The signature of a partialmethod: self, or what stands in its place, then what is left of the others."""
    wrapped = inner(method.func)
    sig = _signature_get_partial(wrapped, method, (None,))
    first = next(iter(wrapped.parameters.values()))
    if first.kind is _VAR_POSITIONAL:           # *args already hold self
        return sig
    return sig.replace(parameters=(first,) + tuple(sig.parameters.values()))


def _signature_get_user_defined_method(cls, method_name):
    """A method written in Python, or None."""
    method = getattr(cls, method_name, None)
    return None if isinstance(method, _NonUserDefinedCallables) else method


def _signature_bound_method(sig):
    """The signature without its first parameter, which is bound."""
    params = tuple(sig.parameters.values())
    if not params or params[0].kind in (_KEYWORD_ONLY, _VAR_KEYWORD):
        raise ValueError('invalid method signature')
    if params[0].kind is not _VAR_POSITIONAL:
        params = params[1:]
    return sig.replace(parameters=params)


def _signature_get_partial(wrapped_sig, partial, extra_args=()):
    """The signature of a partial object over something with wrapped_sig.

    What is given by position disappears; what is given by name becomes a default, and everything behind it can only be
    given by name.
    """
    keywords = partial.keywords or {}
    try:
        given = wrapped_sig.bind_partial(*extra_args, *(partial.args or ()), **keywords).arguments
    except TypeError as exc:
        raise ValueError('partial object {!r} has incorrect arguments'.format(partial)) from exc
    kept, by_name = [], []
    only_names = False
    for name, param in wrapped_sig.parameters.items():
        kind = param.kind
        if name in given:
            if kind is _POSITIONAL_ONLY or (kind is _POSITIONAL_OR_KEYWORD and name not in keywords):
                continue
            if kind is _POSITIONAL_OR_KEYWORD:
                only_names = True
            if kind in (_POSITIONAL_OR_KEYWORD, _KEYWORD_ONLY):
                param = param.replace(default=given[name])
        if not only_names:
            kept.append(param)
        elif kind is _POSITIONAL_OR_KEYWORD:
            by_name.append(param.replace(kind=_KEYWORD_ONLY))
        elif kind is not _VAR_POSITIONAL:
            by_name.append(param)
    return wrapped_sig.replace(parameters=kept + by_name)


def _signature_is_builtin(obj):
    """Is it a callable of C, or type or object?"""
    return (isbuiltin(obj) or ismethoddescriptor(obj) or isinstance(obj, _NonUserDefinedCallables)
            or obj in (type, object))


def _signature_is_functionlike(obj):
    """Has it all attributes of a Python function, as Cython's functions have?"""
    if not callable(obj) or isclass(obj):
        return False
    optional = type(None)
    return (isinstance(getattr(obj, '__name__', None), str)
            and isinstance(getattr(obj, '__code__', None), types.CodeType)
            and isinstance(getattr(obj, '__defaults__', _void), (tuple, optional))
            and isinstance(getattr(obj, '__kwdefaults__', _void), (dict, optional))
            and isinstance(getattr(obj, '__annotations__', None), dict))


def _signature_from_function(cls, func, skip_bound_arg=True):
    """Make the signature of a Python function, or something that looks like one."""
    look_alike = not isfunction(func)
    if look_alike and not _signature_is_functionlike(func):
        raise TypeError('{!r} is not a Python function'.format(func))
    text = getattr(func, '__text_signature__', None)
    if text:
        return _signature_fromstr(cls, func, text, skip_bound_arg)
    make = cls._parameter_cls._of_code
    code = func.__code__
    names = code.co_varnames
    positional, only_position = code.co_argcount, code.co_posonlyargcount
    by_name = positional + code.co_kwonlyargcount
    annotation = func.__annotations__.get
    defaults = func.__defaults__ or ()
    required = positional - len(defaults)

    params = []
    for i in range(positional):
        params.append(make(names[i], _POSITIONAL_ONLY if i < only_position else _POSITIONAL_OR_KEYWORD,
                           _empty if i < required else defaults[i - required], annotation(names[i], _empty)))
    rest = by_name
    if code.co_flags & CO_VARARGS:
        params.append(make(names[rest], _VAR_POSITIONAL, _empty, annotation(names[rest], _empty)))
        rest += 1
    keyword_defaults = func.__kwdefaults__ or {}
    for name in names[positional:by_name]:
        params.append(make(name, _KEYWORD_ONLY, keyword_defaults.get(name, _empty), annotation(name, _empty)))
    if code.co_flags & CO_VARKEYWORDS:
        params.append(make(names[rest], _VAR_KEYWORD, _empty, annotation(names[rest], _empty)))
    return cls(params, return_annotation=annotation('return', _empty), __validate_parameters__=look_alike)


def _signature_from_builtin(cls, func, skip_bound_arg=True):
    """Make the signature of a callable of C from the text it carries."""
    if not _signature_is_builtin(func):
        raise TypeError('{!r} is not a Python builtin function'.format(func))
    text = getattr(func, '__text_signature__', None)
    if not text:
        raise ValueError('no signature found for builtin {!r}'.format(func))
    return _signature_fromstr(cls, func, text, skip_bound_arg)


def _signature_get_bound_param(spec):
    """The name that stands first in a text signature, behind its $."""
    assert spec.startswith('($'), spec
    return re.match(r'\(\$(\w*)', spec)[1]


def _signature_strip_non_python_syntax(signature):
    """Split a text signature: text without $ and /, index of the $ parameter, and of the last one before the /."""
    if not signature:
        return signature, None, None
    import tokenize
    lines = iter(signature.splitlines(keepends=True))
    bound = last_positional = None
    parts, index = [], 0
    skip_comma = False
    for item in tokenize.generate_tokens(lambda: next(lines, '')):
        kind, string = item.type, item.string
        if kind in (tokenize.NEWLINE, tokenize.NL, tokenize.ENDMARKER, tokenize.ENCODING):
            continue
        if skip_comma and string == ',':        # the comma that came with a /
            skip_comma = False
            continue
        if string == ',':
            index += 1
        elif string == '$' and kind == tokenize.ERRORTOKEN:
            bound = index
            continue
        elif string == '/':
            last_positional = index - 1
            skip_comma = True
            if parts and parts[-1] == ', ':
                parts.pop()
                skip_comma = False
                index -= 1
            continue
        parts.append(', ' if string == ',' else string)
    return ''.join(parts), bound, last_positional


def _signature_fromstr(cls, obj, s, skip_bound_arg=True):
    """Make a signature from the text that a callable of C carries: parameters as in a def, $ before a bound one."""
    import ast
    bound = '$' in s
    try:
        args = ast.parse('def f%s: pass' % s.replace('$', '', 1)).body[0].args
    except SyntaxError:
        raise ValueError('{!r} builtin has invalid signature'.format(obj)) from None
    params = []

    def add(node, kind, default=None):
        value = _empty
        if default is not None:
            value = _text_default(default, obj)
            if value is _void:          # an expression: 3.8 leaves the parameter out
                return
            if value is _empty:
                raise ValueError('{!r} builtin has invalid signature'.format(obj))
        params.append(cls._parameter_cls(node.arg, kind, default=value))

    positional = args.posonlyargs + args.args
    padded = [None] * (len(positional) - len(args.defaults)) + args.defaults
    for i, (node, default) in enumerate(zip(positional, padded)):
        add(node, _POSITIONAL_ONLY if i < len(args.posonlyargs) else _POSITIONAL_OR_KEYWORD, default)
    if args.vararg:
        add(args.vararg, _VAR_POSITIONAL)
    for node, default in zip(args.kwonlyargs, args.kw_defaults):
        add(node, _KEYWORD_ONLY, default)
    if args.kwarg:
        add(args.kwarg, _VAR_KEYWORD)

    if bound:
        owner = getattr(obj, '__self__', None)
        if owner is not None and (ismodule(owner) or skip_bound_arg):
            params.pop(0)
        else:
            params[0] = params[0].replace(kind=_POSITIONAL_ONLY)
    return cls(params, return_annotation=cls.empty)


def _text_default(node, obj):
    """The value of a default in a text signature: a literal, or a constant of obj's module; _void or _empty if neither."""
    import ast
    try:
        return ast.literal_eval(node)
    except ValueError:
        pass                    # with names in it
    if not isinstance(node, (ast.Name, ast.Attribute)):
        return _void
    module = sys.modules.get(getattr(obj, '__module__', None))
    expression = compile(ast.Expression(node), '<signature>', 'eval')
    for scope in ([] if module is None else [module.__dict__]) + [sys.modules.copy()]:
        try:
            value = eval(expression, scope)
        except NameError:
            continue
        except Exception:
            break
        if isinstance(value, (str, int, float, bytes, bool, type(None))):
            return value
        break
    return _empty


# python -m inspect

def _main():
    """Print the source of a module or of an object in it, or what is known about where it comes from."""
    import argparse
    import importlib
    parser = argparse.ArgumentParser()
    parser.add_argument('object', help="The object to be analysed. It supports the 'module:qualname' syntax")
    parser.add_argument('-d', '--details', action='store_true',
                        help='Display info about the module rather than its source code')
    options = parser.parse_args()
    target = options.object
    name, has_attributes, attributes = target.partition(':')
    try:
        obj = module = importlib.import_module(name)
    except Exception as exc:
        print('Failed to import {} ({}: {})'.format(name, type(exc).__name__, exc), file=sys.stderr)
        sys.exit(2)
    if has_attributes:
        for part in attributes.split('.'):
            obj = getattr(obj, part)
    if name in sys.builtin_module_names:
        print("Can't get info for builtin modules.", file=sys.stderr)
        sys.exit(1)
    if not options.details:
        print(getsource(obj))
        return
    print('Target: {}'.format(target))
    print('Origin: {}'.format(getsourcefile(module)))
    print('Cached: {}'.format(module.__cached__))
    if obj is not module:
        print('Line: {}'.format(findsource(obj)[1]))
    else:
        print('Loader: {!r}'.format(module.__loader__))
        if hasattr(module, '__path__'):
            print('Submodule search path: {}'.format(module.__path__))
    print('\n')


if __name__ == '__main__':
    _main()
