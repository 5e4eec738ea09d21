# SPDX-License-Identifier: MIT
"""The import system as Python code.

_bootstrap and _bootstrap_external are the implementation, frozen into the executable; this package offers it.
"""

__all__ = ['__import__', 'import_module', 'invalidate_caches', 'reload']

import _imp
import sys


def _adopt(module):
    """Give a frozen part of the import system its proper name and place: it is this package's."""
    part = '_bootstrap_external' if module.__name__.endswith('_external') else '_bootstrap'
    module.__package__ = 'importlib'
    module.__name__ = 'importlib.' + part
    # A frozen importlib has no file.
    own = globals().get('__file__')
    if own is not None:
        module.__file__ = own.replace('__init__.py', part + '.py')
    sys.modules[module.__name__] = module


try:
    import _frozen_importlib as _bootstrap
except ImportError:
    from . import _bootstrap
    _bootstrap._setup(sys, _imp)
else:
    _adopt(_bootstrap)

try:
    import _frozen_importlib_external as _bootstrap_external
except ImportError:
    from . import _bootstrap_external
    _bootstrap_external._setup(_bootstrap)
    setattr(_bootstrap, '_bootstrap_external', _bootstrap_external)
else:
    _adopt(_bootstrap_external)

_pack_uint32 = _bootstrap_external._pack_uint32
_unpack_uint32 = _bootstrap_external._unpack_uint32

import types
import warnings

from ._bootstrap import __import__


def invalidate_caches():
    """Let all finders on sys.meta_path look anew; needed after modules were made while the program runs."""
    for finder in sys.meta_path:
        if hasattr(finder, 'invalidate_caches'):
            finder.invalidate_caches()


def find_loader(name, path=None):
    """Return the loader of a module, or None.  Superseded by importlib.util.find_spec()."""
    warnings.warn('Deprecated since Python 3.4. Use importlib.util.find_spec() instead.', DeprecationWarning,
                  stacklevel=2)
    try:
        loader = sys.modules[name].__loader__
    except KeyError:
        pass
    except AttributeError:
        raise ValueError('{}.__loader__ is not set'.format(name)) from None
    else:
        if loader is None:
            raise ValueError('{}.__loader__ is None'.format(name))
        return loader

    spec = _bootstrap._find_spec(name, path)
    if spec is None:
        return None
    if spec.loader is None:
        if spec.submodule_search_locations is None:
            raise ImportError('spec for {} missing loader'.format(name), name=name)
        raise ImportError('namespace packages do not have loaders', name=name)
    return spec.loader


def import_module(name, package=None):
    """Import a module and return it.

    name: absolute, or with leading dots relative to `package`.  Raises ImportError, TypeError if package is missing.
    """
    level = len(name) - len(name.lstrip('.'))
    if level and not package:
        message = "the 'package' argument is required to perform a relative import for {!r}"
        raise TypeError(message.format(name))
    return _bootstrap._gcd_import(name[level:], package, level)


# Modules being reloaded: a module that reloads itself while it is executed gets what is there.
_RELOADING = {}


def reload(module):
    """Execute the code of a loaded module again, in its namespace; return the module.

    Raises TypeError if it is no module, ImportError if it is not in sys.modules.
    """
    if not module or not isinstance(module, types.ModuleType):
        raise TypeError('reload() argument must be a module')
    try:
        name = module.__spec__.name
    except AttributeError:
        name = module.__name__
    if sys.modules.get(name) is not module:
        raise ImportError('module {} not in sys.modules'.format(name), name=name)
    if name in _RELOADING:
        return _RELOADING[name]

    _RELOADING[name] = module
    try:
        parent = name.rpartition('.')[0]
        search_path = None
        if parent:
            try:
                search_path = sys.modules[parent].__path__
            except KeyError:
                raise ImportError('parent {!r} not in sys.modules'.format(parent), name=parent) from None
        spec = module.__spec__ = _bootstrap._find_spec(name, search_path, module)
        if spec is None:
            raise ModuleNotFoundError(f'spec not found for the module {name!r}', name=name)
        _bootstrap._exec(spec, module)
        return sys.modules[name]
    finally:
        _RELOADING.pop(name, None)
