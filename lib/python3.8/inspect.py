# SPDX-License-Identifier: MIT
"""Looking at live objects.

What is this (is* functions, getmembers, classify_class_attrs), where is it written (getfile, getsource, getcomments,
getdoc), how is it called (signature, getfullargspec, getcallargs), who is running (frames, generators), and what is an
attribute really (getattr_static).  Imports that only few of these need stand inside of the functions.
"""

import importlib.machinery
import linecache
import os
import re
import sys
import tokenize
import types
from collections import namedtuple
from _inspect_kinds import (TPFLAGS_IS_ABSTRACT, _CODE_FLAGS, _check_class, _check_instance, _is_type, _sentinel,
                            _shadowed_dict, _static_getmro, formatannotation, formatannotationrelativeto,
                            getattr_static, isabstract, isasyncgen, isasyncgenfunction, isawaitable, isbuiltin, isclass,
                            iscode, iscoroutine, iscoroutinefunction, isdatadescriptor, isframe, isfunction,
                            isgenerator, isgeneratorfunction, isgetsetdescriptor, ismemberdescriptor, ismethod,
                            ismethoddescriptor, ismodule, isroutine, istraceback, unwrap)
from _inspect_signature import (BoundArguments, Parameter, Signature, _KEYWORD_ONLY, _NonUserDefinedCallables,
                                _POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _ParameterKind, _VAR_KEYWORD, _VAR_POSITIONAL,
                                _empty, _signature_bound_method, _signature_from_builtin, _signature_from_callable,
                                _signature_from_function, _signature_fromstr, _signature_get_bound_param,
                                _signature_get_partial, _signature_get_user_defined_method, _signature_is_builtin,
                                _signature_is_functionlike, _signature_strip_non_python_syntax, _void, signature)

# Bits of a code object's co_flags

mod_dict = globals()
for k, v in _CODE_FLAGS:
    mod_dict['CO_' + v] = k


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
    name = os.path.basename(path)
    endings = [suffix for suffix in importlib.machinery.all_suffixes() if name.endswith(suffix)]
    return name[:-len(max(endings, key=len))] if endings else None


def getsourcefile(object):
    """Return the name of the source file of an object, or None if it cannot be found.  TypeError as getfile()."""
    machinery = importlib.machinery
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
        return _class_source(object, lines)
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


def _class_source(cls, lines):
    """All lines of the file that has the class statement, and its index; lines: those of the file of cls.__module__."""
    try:
        return lines, _class_line(lines, cls.__name__)
    except OSError:
        # A module may give a class of another one as its own.  Its functions know where they stand.
        for value in vars(cls).values():
            if isfunction(value) and value.__qualname__.startswith(cls.__qualname__ + '.'):
                other = linecache.getlines(value.__code__.co_filename)
                if other:
                    return other, _class_line(other, cls.__name__)
        raise


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


# python -m inspect

def _main():
    """Print the source of a module or of an object in it, or what is known about where it comes from."""
    import argparse
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
