# SPDX-License-Identifier: MIT
"""Copying objects.

copy(x) makes a new object with the same content, deepcopy(x) copies the content too, each object once.  A class says
how by __copy__ and __deepcopy__, else by what it tells pickle.
"""

import copyreg
import types
import weakref
from copyreg import dispatch_table

__all__ = ['Error', 'copy', 'deepcopy']


class Error(Exception):
    """An object cannot be copied."""


error = Error

# Types whose objects never change, or are not to be doubled: a copy is the object itself.
_atomic = {type(None), int, float, bool, complex, str, bytes, tuple, frozenset, type, range, slice, property,
           types.BuiltinFunctionType, type(Ellipsis), type(NotImplemented), types.FunctionType, weakref.ref}
_copy_dispatch = {kind: lambda x: x for kind in _atomic}
_copy_dispatch.update({list: list.copy, dict: dict.copy, set: set.copy, bytearray: bytearray.copy})
_copy_dispatch[types.CodeType] = lambda x: x


def copy(x):
    """Return a shallow copy of x.  Raises Error if there is no way to make one."""
    cls = type(x)
    if cls in _copy_dispatch:
        return _copy_dispatch[cls](x)
    if issubclass(cls, type):
        return x
    copier = getattr(cls, '__copy__', None)
    if copier is not None:
        return copier(x)
    value = _reduced(x, cls, 'shallow copyable')
    return x if isinstance(value, str) else _reconstruct(x, None, *value)


def _reduced(x, cls, what):
    """What pickle would be told about x."""
    reducer = dispatch_table.get(cls)
    if reducer is not None:
        return reducer(x)
    reducer = getattr(x, '__reduce_ex__', None)
    if reducer is not None:
        return reducer(4)
    reducer = getattr(x, '__reduce__', None)
    if reducer:
        return reducer()
    raise Error('un%s object of type %s' % ('(shallow)copyable' if 'shallow' in what else '(deep)copyable', cls))


def deepcopy(x, memo=None, _nil=[]):
    """Return a deep copy of x.

    memo: dict of what has been copied so far, by id(); passed on to __deepcopy__.  Raises Error.
    """
    if memo is None:
        memo = {}
    key = id(x)
    done = memo.get(key, _nil)
    if done is not _nil:
        return done

    cls = type(x)
    copier = _deepcopy_dispatch.get(cls)
    if copier is not None:
        result = copier(x, memo)
    elif issubclass(cls, type):
        result = x
    else:
        copier = getattr(x, '__deepcopy__', None)
        if copier is not None:
            result = copier(memo)
        else:
            value = _reduced(x, cls, 'deep')
            result = x if isinstance(value, str) else _reconstruct(x, memo, *value)
    if result is not x:
        memo[key] = result
        _keep_alive(x, memo)
    return result


def _deepcopy_list(x, memo):
    result = []
    # Before its items, which may refer to it.
    memo[id(x)] = result
    for item in x:
        result.append(deepcopy(item, memo))
    return result


def _deepcopy_tuple(x, memo):
    items = [deepcopy(item, memo) for item in x]
    # A tuple that holds itself, through a list say, has been copied on the way.
    if id(x) in memo:
        return memo[id(x)]
    return x if all(old is new for old, new in zip(x, items)) else tuple(items)


def _deepcopy_dict(x, memo):
    result = {}
    memo[id(x)] = result
    for key, value in x.items():
        result[deepcopy(key, memo)] = deepcopy(value, memo)
    return result


def _deepcopy_method(x, memo):
    return type(x)(x.__func__, deepcopy(x.__self__, memo))


_deepcopy_dispatch = {kind: lambda x, memo: x for kind in _atomic - {tuple, frozenset, slice, range}}
_deepcopy_dispatch[types.CodeType] = lambda x, memo: x
_deepcopy_dispatch.update({list: _deepcopy_list, tuple: _deepcopy_tuple, dict: _deepcopy_dict,
                           types.MethodType: _deepcopy_method})


def _keep_alive(x, memo):
    """Hold x as long as the memo: its id() must not be used by another object meanwhile."""
    try:
        memo[id(memo)].append(x)
    except KeyError:
        memo[id(memo)] = [x]


def _reconstruct(x, memo, func, args, state=None, listiter=None, dictiter=None, deepcopy=deepcopy):
    """Make an object of what reduction gave; memo None: a shallow copy."""
    deep = memo is not None
    if deep and args:
        args = (deepcopy(argument, memo) for argument in args)
    result = func(*args)
    if deep:
        memo[id(x)] = result

    if state is not None:
        if deep:
            state = deepcopy(state, memo)
        if hasattr(result, '__setstate__'):
            result.__setstate__(state)
        else:
            slots = None
            if isinstance(state, tuple) and len(state) == 2:
                state, slots = state
            if state is not None:
                result.__dict__.update(state)
            if slots is not None:
                for name, value in slots.items():
                    setattr(result, name, value)
    if listiter is not None:
        for item in listiter:
            result.append(deepcopy(item, memo) if deep else item)
    if dictiter is not None:
        for key, value in dictiter:
            if deep:
                key, value = deepcopy(key, memo), deepcopy(value, memo)
            result[key] = value
    return result
