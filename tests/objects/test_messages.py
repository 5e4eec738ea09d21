# SPDX-License-Identifier: MIT
"""What operations on objects say when they fail: exception type and exact text, as 3.8 words them."""
import operator
import unittest


class A:
    __slots__ = ('x',)


class B:
    pass


CASES = '''
object(1) | TypeError | object() takes no arguments
object.__new__() | TypeError | object.__new__(): not enough arguments
object.__new__(1) | TypeError | object.__new__(X): X is not a type object (int)
object.__new__(int) | TypeError | object.__new__(int) is not safe, use int.__new__()
int.__new__(str) | TypeError | int.__new__(str): str is not a subtype of int
object.__init__(object(), 1) | TypeError | object.__init__() takes exactly one argument (the instance to initialize)
type('C', (), {}, x=1) | TypeError | __init_subclass__() takes no keyword arguments
type() | TypeError | type() takes 1 or 3 arguments
type('C', 1, 2) | TypeError | type.__new__() argument 2 must be tuple, not int
type(1, (), {}) | TypeError | type.__new__() argument 1 must be str, not int
type('C', (bool,), {}) | TypeError | type 'bool' is not an acceptable base type
type('C', (1,), {}) | TypeError | metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases
type('C', (int, str), {}) | TypeError | multiple bases have instance lay-out conflict
type('C', (object, object), {}) | TypeError | duplicate base class object
type('C', (object, int), {}) | TypeError | Cannot create a consistent method resolution\\norder (MRO) for bases object, int
type('C\\0', (), {}) | ValueError | type name must not contain null characters
type('C', (), {'__slots__': 1}) | TypeError | 'int' object is not iterable
type('C', (), {'__slots__': [1]}) | TypeError | __slots__ items must be strings, not 'int'
type('C', (), {'__slots__': ['1']}) | TypeError | __slots__ must be identifiers
type('C', (int,), {'__slots__': ['x']}) | TypeError | nonempty __slots__ not supported for subtype of 'int'
type('C', (B,), {'__slots__': ['__dict__']}) | TypeError | __dict__ slot disallowed: we already got one
type('C', (B,), {'__slots__': ['__weakref__']}) | TypeError | __weakref__ slot disallowed: either we already got one, or __itemsize__ != 0
type('C', (), {'__slots__': ['x'], 'x': 1}) | ValueError | 'x' in __slots__ conflicts with class variable
type('C', (), {'__qualname__': 1}) | TypeError | type __qualname__ must be a str, not int
type('C', (), {'__classcell__': 1}) | TypeError | __classcell__ must be a nonlocal cell, not <class 'int'>
super() | RuntimeError | super(): no arguments
super(1) | TypeError | super() argument 1 must be type, not int
super(int, 'a') | TypeError | super(type, obj): obj must be an instance or subtype of type
list.append() | TypeError | descriptor 'append' of 'list' object needs an argument
list.append(1, 2) | TypeError | descriptor 'append' for 'list' objects doesn't apply to a 'int' object
list.append([]) | TypeError | append() takes exactly one argument (0 given)
list.append([], x=1) | TypeError | append() takes no keyword arguments
list.reverse([], 1) | TypeError | reverse() takes no arguments (1 given)
int.real.__get__('a') | TypeError | descriptor 'real' for 'int' objects doesn't apply to a 'str' object
int.real.__get__(None) | TypeError | __get__(None, None) is invalid
int.real.__set__(1, 2) | AttributeError | attribute 'real' of 'int' objects is not writable
int.__add__() | TypeError | descriptor '__add__' of 'int' object needs an argument
int.__add__('a') | TypeError | descriptor '__add__' requires a 'int' object but received a 'str'
int.__add__(1, 2, 3) | TypeError | expected 1 argument, got 2
int.__add__(1, x=3) | TypeError | wrapper __add__() takes no keyword arguments
(1).__add__() | TypeError | expected 1 argument, got 0
dict.__dict__['fromkeys'].__get__('a', 'b') | TypeError | descriptor 'fromkeys' for type 'dict' needs a type, not a 'str' as arg 2
dict.__dict__['fromkeys'].__get__(1, int) | TypeError | descriptor 'fromkeys' requires a subtype of 'dict' but received 'int'
dict.__dict__['fromkeys']() | TypeError | descriptor 'fromkeys' of 'dict' object needs an argument
dict.__dict__['fromkeys'](1) | TypeError | descriptor 'fromkeys' requires a type but received a 'int' instance
type(int.__dict__)([]) | TypeError | mappingproxy() argument must be a mapping, not list
int.__dict__.get() | TypeError | get expected at least 1 argument, got 0
object.__format__(1, 'x') | TypeError | unsupported format string passed to int.__format__
object.__reduce__(1) | TypeError | cannot pickle 'int' object
object.__reduce_ex__((i for i in ()), 2) | TypeError | cannot pickle 'generator' object
setattr(object(), 'x', 1) | AttributeError | 'object' object has no attribute 'x'
setattr(object(), '__class__', 1) | TypeError | __class__ must be set to a class, not 'int' object
setattr(object(), '__class__', int) | TypeError | __class__ assignment only supported for heap types or ModuleType subclasses
setattr(B(), '__class__', A) | TypeError | __class__ assignment: 'A' object layout differs from 'B'
setattr(int, 'x', 1) | TypeError | can't set attributes of built-in/extension type 'int'
setattr(B, '__name__', 1) | TypeError | can only assign string to B.__name__, not 'int'
setattr(B, '__qualname__', 1) | TypeError | can only assign string to B.__qualname__, not 'int'
setattr(B, '__bases__', 1) | TypeError | can only assign tuple to B.__bases__, not int
setattr(B, '__bases__', ()) | TypeError | can only assign non-empty tuple to B.__bases__, not ()
setattr(B, '__bases__', (1,)) | TypeError | B.__bases__ must be tuple of classes, not 'int'
setattr(B, '__bases__', (B,)) | TypeError | a __bases__ item causes an inheritance cycle
setattr(B(), '__dict__', 1) | TypeError | __dict__ must be set to a dictionary, not a 'int'
delattr(B, '__module__') | TypeError | can't delete B.__module__
getattr(int, 'xx') | AttributeError | type object 'int' has no attribute 'xx'
setattr(1, 'real', 2) | AttributeError | attribute 'real' of 'int' objects is not writable
setattr(1, '__add__', 2) | AttributeError | 'int' object attribute '__add__' is read-only
int.__abstractmethods__ | AttributeError | __abstractmethods__
A().x | AttributeError | x
A.x.__set__(1, 2) | TypeError | descriptor 'x' for 'A' objects doesn't apply to a 'int' object
property().__get__(1) | AttributeError | unreadable attribute
property().__set__(1, 2) | AttributeError | can't set attribute
property().__delete__(1) | AttributeError | can't delete attribute
property(1, 2, 3, 4, 5) | TypeError | property() takes at most 4 arguments (5 given)
type(int.__add__)() | TypeError | cannot create 'wrapper_descriptor' instances
1 < 'a' | TypeError | '<' not supported between instances of 'int' and 'str'
object() < object() | TypeError | '<' not supported between instances of 'object' and 'object'
1 + 'a' | TypeError | unsupported operand type(s) for +: 'int' and 'str'
A() ** A() | TypeError | unsupported operand type(s) for ** or pow(): 'A' and 'A'
pow(1, 2, 'a') | TypeError | unsupported operand type(s) for pow(): 'int', 'int', 'str'
[] * A() | TypeError | can't multiply sequence by non-int of type 'A'
A() * [] | TypeError | can't multiply sequence by non-int of type 'A'
operator.imul(A(), []) | TypeError | unsupported operand type(s) for *=: 'A' and 'list'
operator.iadd(1, 'a') | TypeError | unsupported operand type(s) for +=: 'int' and 'str'
operator.imatmul(A(), 1) | TypeError | unsupported operand type(s) for @=: 'A' and 'int'
divmod(1, 'a') | TypeError | unsupported operand type(s) for divmod(): 'int' and 'str'
print >> 1 | TypeError | unsupported operand type(s) for >>: 'builtin_function_or_method' and 'int'. Did you mean "print(<message>, file=<output_stream>)"?
-'a' | TypeError | bad operand type for unary -: 'str'
abs('a') | TypeError | bad operand type for abs(): 'str'
operator.index('a') | TypeError | 'str' object cannot be interpreted as an integer
int(A()) | TypeError | int() argument must be a string, a bytes-like object or a number, not 'A'
A()[0] | TypeError | 'A' object is not subscriptable
int.__dict__[0] | KeyError | 0
list.__class__[0] | TypeError | 'type' object is not subscriptable
operator.setitem(1, 2, 3) | TypeError | 'int' object does not support item assignment
operator.delitem(1, 2) | TypeError | 'int' object does not support item deletion
operator.delitem(A(), 2) | TypeError | 'A' object doesn't support item deletion
operator.concat(1, 2) | TypeError | 'int' object can't be concatenated
operator.indexOf([], 1) | ValueError | sequence.index(x): x not in sequence
operator.countOf(1, 1) | TypeError | argument of type 'int' is not iterable
1 in A() | TypeError | argument of type 'A' is not iterable
iter(A()) | TypeError | 'A' object is not iterable
len(A()) | TypeError | object of type 'A' has no len()
A()() | TypeError | 'A' object is not callable
isinstance(1, 1) | TypeError | isinstance() arg 2 must be a type or tuple of types
issubclass(1, int) | TypeError | issubclass() arg 1 must be a class
issubclass(int, 1) | TypeError | issubclass() arg 2 must be a class or tuple of classes
hash([]) | TypeError | unhashable type: 'list'
hash(int.__dict__) | TypeError | unhashable type: 'mappingproxy'
'''


class Messages(unittest.TestCase):
    def test_all(self):
        for line in CASES.strip().splitlines():
            code, kind, text = (part.strip() for part in line.split(' | ', 2))
            with self.subTest(code):
                with self.assertRaises(Exception) as caught:
                    eval(code)
                self.assertEqual((type(caught.exception).__name__, str(caught.exception)),
                                 (kind, text.replace('\\n', '\n')))


if __name__ == '__main__':
    unittest.main()
