# SPDX-License-Identifier: MIT
"""How callables are called: Signature, Parameter, BoundArguments and signature() of inspect."""

import enum
import functools
import _inspect_kinds
import re
import sys
import types
from collections import OrderedDict
from _inspect_kinds import _FLAG, isbuiltin, isclass, isfunction, ismethoddescriptor, ismodule, unwrap

# The public name.
__name__ = 'inspect'


# Signatures

def _annotation_text(annotation):
    """Call inspect.formatannotation, as it is now: programs put their own one there (shiboken does)."""
    return sys.modules.get('inspect', _inspect_kinds).formatannotation(annotation)


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
            text += ': ' + _annotation_text(self._annotation)
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
            text += ' -> ' + _annotation_text(self.return_annotation)
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
    if code.co_flags & _FLAG['VARARGS']:
        params.append(make(names[rest], _VAR_POSITIONAL, _empty, annotation(names[rest], _empty)))
        rest += 1
    keyword_defaults = func.__kwdefaults__ or {}
    for name in names[positional:by_name]:
        params.append(make(name, _KEYWORD_ONLY, keyword_defaults.get(name, _empty), annotation(name, _empty)))
    if code.co_flags & _FLAG['VARKEYWORDS']:
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
