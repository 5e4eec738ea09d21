# SPDX-License-Identifier: MIT
"""Imports that tests need, fresh, blocked, or forgotten; compiled files."""
import contextlib
import importlib
import importlib.util
import os
import sys
import unittest
import warnings

from test.support._files import unlink


@contextlib.contextmanager
def _no_deprecations(ignore=True):
    """Do not warn of deprecated modules while others are imported."""
    if not ignore:
        yield
        return
    with warnings.catch_warnings():
        warnings.filterwarnings('ignore', '.+ (module|package)', DeprecationWarning)
        yield


def import_module(name, deprecated=False, *, required_on=()):
    """Import a module; skip the test if that cannot be done.

    deprecated: whether the module is, and its warning is not wanted.
    required_on: beginnings of the names of systems (sys.platform) where it has to be there.
    """
    with _no_deprecations(deprecated):
        try:
            return importlib.import_module(name)
        except ImportError as error:
            if sys.platform.startswith(tuple(required_on)):
                raise
            raise unittest.SkipTest(str(error))


def _take_out(name, kept):
    """Take a module and what is in it out of sys.modules, into kept."""
    if name not in sys.modules:
        __import__(name)
        del sys.modules[name]
    for other in list(sys.modules):
        if other == name or other.startswith(name + '.'):
            kept[other] = sys.modules.pop(other)


def import_fresh_module(name, fresh=(), blocked=(), deprecated=False):
    """Import a module anew, and return it; sys.modules is afterwards as it was before.

    fresh: further modules that are imported anew for it.
    blocked: modules that cannot be imported meanwhile.
    Returns None if one of the fresh ones cannot be imported.
    """
    with _no_deprecations(deprecated):
        kept, blocks = {}, []
        try:
            _take_out(name, kept)
            try:
                for other in fresh:
                    _take_out(other, kept)
                for other in blocked:
                    if other in sys.modules:
                        kept[other] = sys.modules[other]
                    else:
                        blocks.append(other)
                    sys.modules[other] = None
                for other in fresh:
                    __import__(other)
            except ImportError:
                return None
            return importlib.import_module(name)
        finally:
            for other in blocks:
                del sys.modules[other]
            sys.modules.update(kept)


class CleanImport:
    """Have modules imported anew within the block; afterwards the old ones count again."""

    def __init__(self, *module_names):
        self.original_modules = sys.modules.copy()
        for name in module_names:
            module = sys.modules.get(name)
            if module is not None:
                # The module may stand under another name as well: remove it there too.
                if module.__name__ != name:
                    sys.modules.pop(module.__name__, None)
                sys.modules.pop(name, None)

    def __enter__(self):
        return self

    def __exit__(self, *ignore_exc):
        sys.modules.update(self.original_modules)


class DirsOnSysPath:
    """Have further folders in sys.path, and whatever is done to it, for the time of the block."""

    def __init__(self, *paths):
        self.original_value = sys.path[:]
        self.original_object = sys.path
        sys.path.extend(paths)

    def __enter__(self):
        return self

    def __exit__(self, *ignore_exc):
        sys.path = self.original_object
        sys.path[:] = self.original_value


def unload(name):
    """Take a module out of sys.modules, if it is there."""
    sys.modules.pop(name, None)


def forget(modname):
    """Take a module out of sys.modules, and remove its compiled files, wherever it might have been found."""
    unload(modname)
    for folder in sys.path:
        source = os.path.join(folder, modname + '.py')
        unlink(source + 'c')
        for optimization in '', 1, 2:
            unlink(importlib.util.cache_from_source(source, optimization=optimization))


def make_legacy_pyc(source):
    """Move a compiled file from the cache to beside its source; return its new name."""
    there = os.path.join(os.path.abspath(os.path.dirname(source)), os.path.basename(source) + 'c')
    os.rename(importlib.util.cache_from_source(source), there)
    return there


def modules_setup():
    """What modules_cleanup() wants to have."""
    return sys.modules.copy(),


def modules_cleanup(oldmodules):
    """Take out of sys.modules what was not there before; codecs stay, because they are known elsewhere as well."""
    codecs = [(name, module) for name, module in sys.modules.items() if name.startswith('encodings.')]
    sys.modules.clear()
    sys.modules.update(codecs)
    sys.modules.update(oldmodules)


def get_attribute(obj, name):
    """An attribute; without it the test is skipped."""
    try:
        return getattr(obj, name)
    except AttributeError:
        raise unittest.SkipTest('object %r has no attribute %r' % (obj, name)) from None


def detect_api_mismatch(ref_api, other_api, *, ignore=()):
    """The names that one object has and another has not, as a set; ignore lists names that do not count.

    Private names do not count, those with two underscores on both sides do.
    """
    missing = set(dir(ref_api)) - set(dir(other_api)) - set(ignore)
    return {name for name in missing if name[0] != '_' or name.startswith('__') and name.endswith('__')}


def check__all__(test_case, module, name_of_module=None, extra=(), blacklist=()):
    """Assert that a module's __all__ has all its public names.

    name_of_module: the name, or a tuple of names, of where they may be defined; None for the module's own.
    extra: further names; blacklist: names that are not meant to be public.
    """
    if name_of_module is None:
        name_of_module = module.__name__
    if isinstance(name_of_module, str):
        name_of_module = name_of_module,
    expected = set(extra)
    for name in dir(module):
        if name[0] == '_' or name in blacklist:
            continue
        value = getattr(module, name)
        here = getattr(value, '__module__', None)
        if here in name_of_module or here is None and not isinstance(value, type(sys)):
            expected.add(name)
    test_case.assertCountEqual(module.__all__, expected)
