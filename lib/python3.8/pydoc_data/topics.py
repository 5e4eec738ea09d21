# SPDX-License-Identifier: MIT
"""The texts of help() about keywords and topics: `topics` maps labels, which pydoc.Helper knows, to text.

Each text is a title and short paragraphs; what is indented is code or grammar.
"""


def _parse(text):
    """Take the text below apart: a line "@label" begins each topic; its first line is the title."""
    found = {}
    for block in text.split('\n@')[1:]:
        label, _, body = block.partition('\n')
        title, _, rest = body.strip().partition('\n')
        found[label.strip()] = '%s\n%s\n%s\n' % (title, '*' * len(title), rest)
    return found


topics = _parse(r'''
@assert
The "assert" statement

   assert condition
   assert condition, message

Raises AssertionError, with the message as its argument, if the condition is
false.  With the option -O (then __debug__ is False) nothing is done, not
even the condition is evaluated: assertions are for finding mistakes in a
program, not for checking its input.

   assert isinstance(n, int), 'n must be an int, not %r' % n

@assignment
Assignment statements

   target = value
   target1 = target2 = value
   first, *rest, last = iterable
   target: annotation
   target: annotation = value

The value is evaluated first, then bound to each target from left to right.
A target may be

* a name: bound in the local scope, or as global and nonlocal say;
* an attribute, obj.name: obj.__setattr__('name', value) is called;
* a subscription or slice, obj[key]: obj.__setitem__(key, value);
* several targets with commas, perhaps in () or []: the value must be an
  iterable with as many items; one target with a star takes a list of what
  is left over.

An annotation says something about a name.  In classes and modules it is
kept in the dict __annotations__; without a value the name is not bound.

Assignment never copies: afterwards both names mean the same object.

@async
Coroutines

   async def name(parameters):
       ...
       value = await something
       async for item in iterable: ...
       async with manager as target: ...

A call of an async function runs nothing; it returns a coroutine, which runs
when it is awaited or given to an event loop such as asyncio's.  In it

* await waits for another coroutine, a task, or any object with __await__;
* async for calls __aiter__() and awaits __anext__() until that raises
  StopAsyncIteration;
* async with awaits __aenter__() and __aexit__().

An async function with yield is an asynchronous generator.  Comprehensions
may contain await and async for.

   import asyncio
   async def main():
       await asyncio.sleep(1)
       print('done')
   asyncio.run(main())

@atom-identifiers
Identifiers (Names)

A name means the object that is bound to it; NameError is raised if there is
none, UnboundLocalError if it is local and has no value yet.

Private names: within a class, a name that begins with two underscores and
does not end with two is changed to _Class__name, so that it does not meet
the same name in a subclass.

   class Ham:
       def __init__(self):
           self.__spam = 1      # the attribute _Ham__spam

@atom-literals
Literals

   'text'  b'bytes'  1  0x1f  1_000  1.5  1e-9  2j

A literal is a constant value: a string, bytes object, integer, floating
point or imaginary number.  Strings and bytes that stand side by side are
joined when the program is compiled.  None, True, False and ... are constants
too.

@attribute-access
Customizing attribute access

object.__getattribute__(self, name)
   Called for every obj.name; must return the value or raise AttributeError.
   Call object.__getattribute__(self, name) in it to get at attributes.
object.__getattr__(self, name)
   Called only when the attribute is not found otherwise.
object.__setattr__(self, name, value), object.__delattr__(self, name)
   Called for obj.name = value and del obj.name.
object.__dir__(self)
   Returns the names for dir(obj).

A module may define functions __getattr__(name) and __dir__().

Descriptors are objects in a class's __dict__ with one of these methods:

object.__get__(self, instance, owner=None)   gives the attribute's value
object.__set__(self, instance, value)        sets it
object.__delete__(self, instance)            deletes it
object.__set_name__(self, owner, name)       called when the class is made

With __set__ or __delete__ a descriptor goes before the instance's __dict__,
else behind it.  Functions, property, classmethod and staticmethod work so.

__slots__ = ('a', 'b') in a class reserves places for these attributes;
instances then have no __dict__ and no other attributes.

object.__init_subclass__(cls) is called whenever a class is derived from this
one; it gets the keyword arguments of the class statement.

@attribute-references
Attribute references

   primary.name

The value of an object's attribute.  It is looked for in data descriptors of
the class and its bases, in the object's __dict__, in the other attributes of
the class and its bases, and by __getattr__().  AttributeError is raised if it
is not found.

@augassign
Augmented assignment statements

   target += value      also -= *= @= /= //= %= **= >>= <<= &= ^= |=

Like target = target + value, but the target is evaluated only once, and an
object that can be changed is changed in place where it has a method for it
(__iadd__ and so on): list += other extends the list.

@await
Await expression

   await expression

Waits for a coroutine, a task or another awaitable object and gives its
result.  Only allowed in async functions.

@binary
Binary arithmetic operations

   a * b    product; a sequence repeated an integer number of times
   a @ b    matrix product; no built-in type has it
   a / b    quotient; of integers a float
   a // b   quotient, rounded down
   a % b    remainder, with the sign of b; for str and bytes: formatting
   a + b    sum; concatenation of sequences
   a - b    difference

a == (a // b) * b + (a % b).  Division by zero raises ZeroDivisionError.
Numbers of different types are converted to the wider type.  Other types
define the special methods __mul__, __rmul__ and so on.

@bitwise
Binary bitwise operations

   a & b    bits that are in both
   a ^ b    bits that are in one only
   a | b    bits that are in either

For integers, booleans, and sets (intersection, symmetric difference, union).
& binds stronger than ^, that stronger than |.

@bltin-code-objects
Code Objects

A code object is compiled code, of a function's body or of a module, without
an environment.  compile() makes one, exec() and eval() run it; a function has
it as __code__.  It cannot be changed; its method replace() makes another.

@bltin-ellipsis-object
The Ellipsis Object

Ellipsis, written ..., is a constant.  Extended slices and type annotations
use it; a function body may consist of it.

@bltin-null-object
The Null Object

None is what functions return that return nothing.  There is only one: test
for it with `x is None`.

@bltin-type-objects
Type Objects

type(x) is the type of an object.  Types are objects too; those of built-in
things without a name of their own are in the module types.

@booleans
Boolean operations

   not x      True if x is false, else False
   x and y    x if x is false, else y
   x or y     x if x is true, else y

and and or evaluate y only if it is needed, and return one of the values, not
necessarily a bool.  What is false: see TRUTHVALUE.

@break
The "break" statement

   break

Ends the innermost for or while loop; its else part is not run.

@callable-types
Emulating callable objects

object.__call__(self, ...)
   Called when the object is called: x(a, b) means type(x).__call__(x, a, b).

@calls
Calls

   function(positional, *iterable, keyword=value, **mapping)

Positional arguments fill parameters from the left; *iterable gives more of
them; keyword arguments fill parameters by name, and **mapping gives more of
them.  What is left over goes to the function's *args and **kwargs, if it has
them, else TypeError is raised, as when a parameter is missing or filled twice.

A parameter before / can only be given by position, one behind * only by
keyword.  All arguments are evaluated before the call.

What a call does: a Python function runs its body with the parameters as
local variables; a class makes an instance; a bound method calls its function
with the instance before the arguments; other objects have __call__().

@class
Class definitions

   @decorator
   class Name(Base1, Base2, metaclass=Meta, keyword=value):
       """Docstring."""
       attribute = value
       def method(self): ...

The body is run in a new namespace, which becomes the class's attributes.
Without bases the class is derived from object.  Decorators are called with
the class, the last one first, and return what is bound to the name.

Attributes of the class are shared by all instances; self.name = value in a
method sets one of the instance.  Functions become methods.

@comparisons
Comparisons

   a < b   a > b   a == b   a >= b   a <= b   a != b
   a is b   a is not b   a in b   a not in b

They can be chained: a < b < c means a < b and b < c, with b evaluated once.

Numbers compare by value, whatever their types; strings by code points; lists
and tuples item by item; dicts are equal if their items are; sets compare as
subset and superset.  Objects of other types are equal only if they are
identical, unless their class defines __eq__(); < and its kind raise TypeError
for types without order.  nan is not equal to itself.

is compares identity.  in asks whether a container has a member: y.__contains__(x)
is called, or the items are compared one by one.

@compound
Compound statements

   if   while   for   try   with   def   class   async

They contain other statements, in a block that is indented or, if it is simple,
on the same line behind the colon.

   while condition:              for target in iterable:
       ...                           ...
   else:                         else:
       ...                           ...

The else part of a loop is run when the loop ends, but not after break.

   if condition:                 try:
       ...                           ...
   elif condition:               except Error as name:
       ...                           ...
   else:                         else:
       ...                           ...
                                 finally:
                                     ...

@context-managers
With Statement Context Managers

An object for the with statement has two methods:

object.__enter__(self)
   Called at the beginning; the target behind `as` gets what it returns.
object.__exit__(self, exc_type, exc_value, traceback)
   Called at the end, with an exception or with three times None.  A true
   result swallows the exception.

The module contextlib helps to write them.

@continue
The "continue" statement

   continue

Goes on with the next round of the innermost for or while loop.

@conversions
Arithmetic conversions

If one operand of an arithmetic operator is complex, the other is converted to
complex; otherwise, if one is a float, the other is converted to float;
otherwise both are integers.  Other types have rules of their own.

@customization
Basic customization

object.__new__(cls, ...)      makes the instance; for subclasses of int, str...
object.__init__(self, ...)    sets it up; gets the arguments of the call
object.__del__(self)          called before the object disappears
object.__repr__(self)         text for programmers: repr(x)
object.__str__(self)          text for users: str(x), print(x)
object.__bytes__(self)        bytes(x)
object.__format__(self, spec) format(x, spec), f'{x:spec}'
object.__lt__(self, other)    x < y; also __le__ __eq__ __ne__ __gt__ __ge__
object.__hash__(self)         hash(x): equal objects need equal hashes
object.__bool__(self)         truth; without it __len__() decides

Comparison methods return NotImplemented if they do not know the other type:
then the other object is asked.  A class with __eq__ and without __hash__ has
objects that cannot be keys of dicts.

@debugger
The debugger pdb

   python -m pdb script.py      debug a script
   breakpoint()                 stop here and debug
   import pdb; pdb.pm()         look at the last uncaught exception

The commands, of which the part in brackets may be left out:

   h(elp)           w(here)          u(p), d(own)     l(ist), ll
   b(reak) place    tbreak place     cl(ear)          commands
   s(tep)           n(ext)           r(eturn)         c(ontinue)
   unt(il)          j(ump) line      p, pp expr       whatis expr
   a(rgs)           display expr     interact         q(uit)

Everything else is run as a Python statement.  "help" at its prompt, or
help('pdb') here, tells more.

@del
The "del" statement

   del target, ...

Unbinds names, and deletes attributes, items and slices: del x, obj.name,
items[0], items[2:4].  The object itself lives on as long as something else
refers to it.

@dict
Dictionary displays

   {key: value, ...}
   {**mapping, key: value}
   {key: value for target in iterable if condition}

A new dict.  Of equal keys the last value counts.

@dynamic-features
Interaction with dynamic features

eval() and exec() look names up in the namespaces they are given, by default
those of the caller; they do not see the variables of enclosing functions
that the caller does not use itself.  Free names are looked up when a line is
run, not when a function is defined.

@else
The "else" clause

In if statements: run if no condition was true.  Of for and while loops: run
when the loop ends without break.  Of try statements: run if there was no
exception.  In expressions: a if condition else b.

@exceptions
Exceptions

An exception ends what is running and goes up through the callers to an except
clause that fits; if there is none, the program ends with a traceback.  It is
an object of a class derived from BaseException; a clause fits if it names the
class or one of its bases.  Programs derive their own from Exception.

raise raises one, try handles it.  An exception raised while another one is
handled remembers that in __context__; raise new from old sets __cause__.

@execmodel
Execution model

A program is made of blocks: a module, a function's body, a class's body.
Each runs in a frame.

A name belongs to the block in which it is bound, by assignment, import, def,
class, for, with, except or as a parameter, unless global or nonlocal says
otherwise.  Names that are not bound in a function are looked up in the
functions around it, then in the module, then in builtins.  Class bodies are
skipped there: methods reach class attributes by self or by the class's name.

@exprlists
Expression lists

   expression, expression, ...

A tuple.  The comma makes it, not the parentheses; one item needs a comma too:
(1,).  The empty tuple is ().  *iterable puts all items in.

@floating
Floating point literals

   3.14   10.   .001   1e100   3.14e-10   0e0   3.14_15_93

A number with a point or an exponent.

@for
The "for" statement

   for target in iterable:
       ...
   else:
       ...

iter(iterable) is called once, next() for each round, until StopIteration is
raised.  The target is assigned to as by =.  else is run at the end, unless
break has ended the loop.  The target keeps its last value.

   for i, item in enumerate(items): ...
   for key, value in mapping.items(): ...

@formatstrings
Format strings

   '{} {name!r:>10}'.format(value, name=...)     f'{expression!r:spec}'

A field is {what!conversion:spec}.  what: a number or name, with .attribute and
[key]; in f-strings an expression, with = behind it to show the text too.
conversion: s, r or a for str(), repr(), ascii().  {{ and }} are braces.

spec: [[fill]align][sign][#][0][width][,_][.precision][type]

   align      < left, > right, ^ middle, = behind the sign
   sign       + always, - negative only, blank for a blank
   #          0x and the like; a point in any case
   0          fill with zeros
   , or _     between thousands
   precision  digits behind the point, or in all (g); longest text
   type       s text; b o d x X c n integers; e f g % floats

   '{:,.2f}'.format(1234.5)  ->  '1,234.50'
   f'{255:#06x}'             ->  '0x00ff'

The older way is 'text %s %d' % values; its fields are %[(key)][flags][width]
[.precision]type with the types d i o u x X e E f F g G c r s a %.

@function
Function definitions

   @decorator
   def name(a, b=default, /, c, *args, d, e=default, **kwargs) -> annotation:
       """Docstring."""
       return value

Runs nothing but the decorators, defaults and annotations; it binds the name to
a function.  Parameters before / are given by position only, those behind * or
*args by keyword only; *args takes the other positional arguments as a tuple,
**kwargs the other keyword arguments as a dict.

Defaults are evaluated once, when the function is defined: a list or dict that
is changed stays changed.  Use None and make it in the body.

@global
The "global" statement

   global name, ...

In this block the names mean those of the module, also when they are assigned
to.  Must stand before the names are used.

@id-classes
Reserved classes of identifiers

   _*       not imported by `from module import *`; _ alone is the last result
            at the interactive prompt
   __*__    defined by the system
   __*      private to a class: see PRIVATENAMES

@identifiers
Identifiers and keywords

A name begins with a letter or underscore, followed by letters, digits and
underscores; letters of all scripts are allowed.  Case counts.  These words are
keywords and cannot be names:

   False  None  True  and  as  assert  async  await  break  class  continue
   def  del  elif  else  except  finally  for  from  global  if  import  in
   is  lambda  nonlocal  not  or  pass  raise  return  try  while  with  yield

@if
The "if" statement

   if condition:
       ...
   elif condition:
       ...
   else:
       ...

Runs the first block whose condition is true, or the else block.

@imaginary
Imaginary literals

   3.14j   10.j   10j   .001j   1e100j

A complex number with real part 0.  Add a real number for others: 3+4j.

@import
The "import" statement

   import module, package.module as name
   from module import name, name2 as other
   from . import sibling
   from module import *

Finds and runs a module, if that was not done before, and binds names: the
top-level package, or the name behind as, or the names taken from the module.
Modules that were imported are kept in sys.modules; others are looked for in
sys.path, in a package in its __path__.  One dot is the present package, each
more one further up.  * means what __all__ lists, or else all names without an
underscore in front; it is allowed in modules only.

ImportError is raised if a name is not found, its subclass
ModuleNotFoundError if a module is not.

@in
Membership test operations

   x in s      x not in s

For lists, tuples, sets, dicts (their keys) and so on: is x, or something equal
to it, a member?  For strings and bytes: is x a part of s?  Classes define
__contains__(), or can be iterated over.

@integers
Integer literals

   7   2147483647   0o177   0b100110111   0xdeadbeef   100_000

Integers have no limit of size.  Decimal ones do not begin with 0.

@lambda
Lambdas

   lambda parameters: expression

A function without a name that returns the value of the expression.

   items.sort(key=lambda item: item.size)

@lists
List displays

   [1, 2, *more]
   [expression for target in iterable if condition]

A new list.

@naming
Naming and binding

Names are bound by parameters, assignment, for, import, def, class, with ... as,
except ... as and :=.  A name that is bound anywhere in a function is local in
the whole function; using it before raises UnboundLocalError.

Other names are looked up, when the line is run, in the enclosing functions, the
module and builtins, in this order.  global and nonlocal change where a name is
bound.  A comprehension is a function of its own; a class body is no enclosing
scope for its methods.

@nonlocal
The "nonlocal" statement

   nonlocal name, ...

The names mean those of the nearest enclosing function that has them, also when
they are assigned to.  SyntaxError if there is none.

@numbers
Numeric literals

Integers, floating point numbers and imaginary numbers.  They have no sign: -1
is the operator - and the literal 1.  Underscores may stand between digits.

@numeric-types
Emulating numeric types

   x + y  __add__      x - y  __sub__      x * y  __mul__     x @ y  __matmul__
   x / y  __truediv__  x // y __floordiv__ x % y  __mod__     divmod __divmod__
   x ** y __pow__      x << y __lshift__   x >> y __rshift__  x & y  __and__
   x ^ y  __xor__      x | y  __or__

Each has a form with r (__radd__), called on y if x does not know what to do or
y's class is derived from x's, and one with i (__iadd__) for x += y, which
returns the result, usually x itself.  A method that cannot do it returns
NotImplemented.

   -x __neg__    +x __pos__    abs(x) __abs__    ~x __invert__
   int(x) __int__    float(x) __float__    complex(x) __complex__
   __index__: the exact integer, for slices, bin() and the like
   round() __round__    math.trunc, floor, ceil: __trunc__ __floor__ __ceil__

@objects
Objects, values and types

Everything is an object, with an identity (id(x), compared by is), a type
(type(x)), which says what can be done with it, and a value.  Objects whose
value can change are mutable: lists, dicts, sets; numbers, strings and tuples
are not.  An object lives as long as something refers to it; files and the like
should be closed, best by the with statement.

@operator-summary
Operator precedence

From the weakest to the strongest; those on one line bind alike and group from
left to right, but ** groups from right to left and comparisons are chained.

   :=
   lambda
   if else
   or
   and
   not x
   in, not in, is, is not, <, <=, >, >=, !=, ==
   |
   ^
   &
   <<, >>
   +, -
   *, @, /, //, %
   +x, -x, ~x
   **
   await x
   x[i], x[i:j], x(arguments), x.name
   (...), [...], {...}

-1 ** 2 is -(1 ** 2); 2 ** -1 is 2 ** (-1).

@pass
The "pass" statement

   pass

Does nothing; stands where a statement is needed.

@power
The power operator

   x ** y

x raised to the power y.  Of integers it is an integer, for a negative y a float.
Negative numbers to a broken power are complex; 0 to a negative one raises
ZeroDivisionError.

@raise
The "raise" statement

   raise exception
   raise exception from cause
   raise

Raises an exception, an instance or a class that is called without arguments.
from sets __cause__; from None hides what was being handled.  Alone it raises
the exception that is being handled again.

@return
The "return" statement

   return
   return value

Ends the function with the value, or None.  finally blocks are still run.  In a
generator it ends the iteration.

@sequence-types
Emulating container types

object.__len__(self)                 len(x); 0 means false
object.__length_hint__(self)         an estimate of the length
object.__getitem__(self, key)        x[key]; IndexError or KeyError if not there
object.__setitem__(self, key, value) x[key] = value
object.__delitem__(self, key)        del x[key]
object.__missing__(self, key)        of dict subclasses: for keys not there
object.__iter__(self)                iter(x); of mappings over the keys
object.__reversed__(self)            reversed(x)
object.__contains__(self, item)      item in x

For x[a:b:c] the key is slice(a, b, c).  A class with __getitem__ for 0, 1, 2...
and without __iter__ can be iterated over too.  The module collections.abc has
base classes that supply what can be made from these.

@shifting
Shifting operations

   x << n     x times 2 ** n
   x >> n     x divided by 2 ** n, rounded down

For integers; a negative n raises ValueError.

@slicings
Slicings

   s[start:stop]     s[start:stop:step]     s[:]     s[...]

Part of a sequence, from start up to, and without, stop.  What is left out means
the end; negative numbers count from the end.  Slices of lists can be assigned
to and deleted.

   s[-3:]    the last three        s[::-1]    backwards

@specialattrs
Special Attributes

   object.__dict__       the attributes
   instance.__class__    the class
   class.__bases__       the base classes
   class.__mro__         the classes in which attributes are looked for
   class.__subclasses__()  the classes derived from it
   definition.__name__, __qualname__, __module__, __doc__

@specialnames
Special method names

What operators and built-in functions do with an object is defined by methods
with special names of its class: x[i] calls type(x).__getitem__(x, i).  Set to
None, a method says that this cannot be done.  They are looked up in the class,
not in the instance.

See BASICMETHODS, ATTRIBUTEMETHODS, CALLABLEMETHODS, SEQUENCEMETHODS,
MAPPINGMETHODS, NUMBERMETHODS and CONTEXTMANAGERS.  For classes as such:
__init_subclass__, __class_getitem__, and of metaclasses __prepare__,
__instancecheck__ and __subclasscheck__.  For coroutines: __await__, __aiter__,
__anext__, __aenter__, __aexit__.

@string-methods
String Methods

   changing case      lower upper capitalize title swapcase casefold
   searching          find rfind index rindex count startswith endswith in
   splitting          split rsplit splitlines partition rpartition
   joining            join
   replacing          replace translate maketrans expandtabs
   white space        strip lstrip rstrip center ljust rjust zfill
   questions          isalpha isdigit isdecimal isnumeric isalnum isspace
                      islower isupper istitle isidentifier isprintable isascii
   formatting         format format_map
   bytes              encode; bytes.decode the other way

Strings do not change: methods return new ones.  help(str) tells about each.

@strings
String and Bytes literals

   'text'   "text"   """several lines"""   b'bytes'   r'raw \n'   f'{x}'

   \newline  nothing          \\  \'  \"      the character itself
   \a \b \f \n \r \t \v       control characters
   \ooo  \xhh                 octal and hexadecimal codes
   \N{name}  \uxxxx  \Uxxxxxxxx    Unicode characters, not in bytes

r: backslashes mean nothing.  b: a bytes object, of ASCII characters and
escapes.  f: a formatted string, see FORMATTING.  u: as without.  Prefixes can be
combined: rb, fr.  Literals side by side are joined.

@subscriptions
Subscriptions

   primary[key]

An item: of a sequence by its number, negative ones from the end (IndexError if
there is none), of a mapping by its key (KeyError).  Other objects define
__getitem__(), classes __class_getitem__().

@truth
Truth Value Testing

These are false: None, False, zero of any number type, empty strings and
containers, and objects whose __bool__() returns False or whose __len__()
returns 0.  All others are true.

@try
The "try" statement

   try:
       ...
   except (Error1, Error2) as name:
       ...
   except:
       ...
   else:
       ...
   finally:
       ...

If an exception is raised in the first block, the first except clause that fits
is run; one without a class fits everything and comes last.  The name is unbound
at the end of the clause.  else is run if there was no exception.  finally is
always run, last, also on the way of an exception, return, break or continue.

@types
The standard type hierarchy

   None, NotImplemented, Ellipsis
   numbers              int, bool, float, complex
   sequences            str, bytes, tuple; mutable: list, bytearray
   sets                 set, frozenset
   mappings             dict
   callables            functions, methods, built-in functions, classes,
                        objects with __call__
   modules, classes, instances
   files                see io, open()
   internal             code, frame and traceback objects, slices,
                        static and class methods

Functions have __name__, __doc__, __defaults__, __kwdefaults__, __annotations__,
__code__, __globals__, __closure__, __dict__; methods __self__ and __func__;
modules __name__, __file__, __dict__; classes __name__, __bases__, __mro__,
__dict__; frames f_back, f_code, f_locals, f_globals, f_lineno; tracebacks
tb_next, tb_frame, tb_lineno.

@typesfunctions
Functions

def and lambda make functions; all that can be done with one is to call it:
f(arguments).  Functions of C behave alike, but have other attributes.

@typesmapping
Mapping Types - dict

   dict(one=1, two=2)   {'one': 1, 'two': 2}   dict([('one', 1), ('two', 2)])

   len(d)   d[key]   d[key] = value   del d[key]   key in d
   d.get(key, default)         the value, or the default
   d.setdefault(key, default)  the same, and enter the default
   d.pop(key[, default])       take out; d.popitem() the last one
   d.update(other, name=value) enter items
   d.keys()  d.values()  d.items()   views, which change with the dict
   d.copy()  d.clear()  dict.fromkeys(keys, value)

Keys must have a hash: lists and dicts cannot be keys.  Items stay in the order
in which they were entered.  A dict must not change its size while it is
iterated over.

@typesmethods
Methods

obj.name, where name is a function in the class, is a bound method: a call puts
obj before the arguments.  Its attributes are __self__ and __func__.  To set
attributes of a method, set them on the function.

@typesmodules
Modules

A module is a namespace: m.name is a name in it.  import makes them.  m.__dict__
holds the names; the module itself is not to be replaced by assigning to that.

@typesseq
Sequence Types - list, tuple, range, str, bytes

   x in s   x not in s    membership
   s + t                  concatenation
   s * n                  repetition, without copying the items
   s[i]   s[i:j]   s[i:j:k]
   len(s)   min(s)   max(s)
   s.index(x[, i[, j]])   where x is first
   s.count(x)             how often it is there

list: mutable, see LISTS.  tuple: immutable, with a hash if its items have one.
range(start, stop, step): integers that are computed when needed.  str: see
STRINGMETHODS.  bytes, bytearray: integers from 0 to 255, with most methods of
str.  Sequences of one kind compare item by item.

@typesseq-mutable
Mutable Sequence Types

   s[i] = x   s[i:j] = t   s[i:j:k] = t   del s[i:j]
   s.append(x)      s.extend(t) or s += t      s.insert(i, x)
   s.pop(i=-1)      take out and return        s.remove(x)   the first x
   s.clear()        s.copy() or s[:]
   s *= n           s.reverse()

Lists also have sort(*, key=None, reverse=False), which sorts in place, keeps
the order of equal items and returns None.

@unary
Unary arithmetic and bitwise operations

   -x    negative         +x    unchanged        ~x    -(x + 1), all bits turned

@while
The "while" statement

   while condition:
       ...
   else:
       ...

Runs the block as long as the condition is true, then the else block, unless
break has ended the loop.

@with
The "with" statement

   with expression as target, expression2 as target2:
       ...

Calls __enter__() of a context manager, assigns the result to the target, runs
the block and calls __exit__(), whatever happens in between.  Several managers
mean one with statement in the other.

   with open(name) as file:
       text = file.read()

@yield
Yield expressions

   yield value
   yield from iterable

Make a function a generator: a call runs nothing but returns an iterator.  next()
runs it up to the next yield and gives the value; there it waits.  A yield
expression has the value given to send(), else None; throw() raises an exception
in its place, close() raises GeneratorExit.  yield from passes on all items of
another iterable, and what is sent and thrown, and has the value that a generator
returns.
''')
