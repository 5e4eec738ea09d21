# SPDX-License-Identifier: MIT
"""The operators as functions, and makers of functions that fetch: itemgetter, attrgetter, methodcaller.

They come from the native module _operator; _pyoperator, the same in Python, stands in where it is missing.
"""

__all__ = ['abs', 'add', 'and_', 'attrgetter', 'concat', 'contains', 'countOf', 'delitem', 'eq', 'floordiv', 'ge',
           'getitem', 'gt', 'iadd', 'iand', 'iconcat', 'ifloordiv', 'ilshift', 'imatmul', 'imod', 'imul', 'index',
           'indexOf', 'inv', 'invert', 'ior', 'ipow', 'irshift', 'is_', 'is_not', 'isub', 'itemgetter', 'itruediv',
           'ixor', 'le', 'length_hint', 'lshift', 'lt', 'matmul', 'methodcaller', 'mod', 'mul', 'ne', 'neg', 'not_',
           'or_', 'pos', 'pow', 'rshift', 'setitem', 'sub', 'truediv', 'truth', 'xor']

try:
    from _operator import *
except ImportError:
    from _pyoperator import *

# The same functions under the names of the methods they stand for.
for _name in ('lt le eq ne ge gt not_ abs add and_ floordiv index inv invert lshift mod mul matmul neg or_ pos pow '
              'rshift sub truediv xor concat contains delitem getitem setitem iadd iand iconcat ifloordiv ilshift '
              'imod imul imatmul ior ipow irshift isub itruediv ixor').split():
    globals()['__%s__' % _name.rstrip('_')] = globals()[_name]
del _name
