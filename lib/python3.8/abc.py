# SPDX-License-Identifier: MIT
"""Abstract base classes (PEP 3119).

ABCMeta is the metaclass; its work is done by the native module _abc.  A class with abstract methods cannot be
instantiated, and any class can be registered as a virtual subclass of an abstract one.
"""

from _abc import (get_cache_token, _abc_init, _abc_register, _abc_instancecheck, _abc_subclasscheck, _get_dump,
                  _reset_registry, _reset_caches)


def abstractmethod(funcobj):
    """Mark a method as abstract: a subclass must override it before it can have instances.

    funcobj: the function, innermost when combined with property, classmethod and the like.  Returns it.
    """
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractclassmethod(classmethod):
    """An abstract class method.  Superseded by @classmethod on top of @abstractmethod."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        abstractmethod(callable)
        super().__init__(callable)


class abstractstaticmethod(staticmethod):
    """An abstract static method.  Superseded by @staticmethod on top of @abstractmethod."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        abstractmethod(callable)
        super().__init__(callable)


class abstractproperty(property):
    """An abstract property.  Superseded by @property on top of @abstractmethod."""

    __isabstractmethod__ = True


class ABCMeta(type):
    """Metaclass of abstract base classes.

    isinstance() and issubclass() on such a class ask __subclasshook__ first, then the registered classes.
    """

    def __new__(mcls, name, bases, namespace, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        _abc_init(cls)
        return cls

    def register(cls, subclass):
        """Make subclass a virtual subclass of cls; return it, so that this can be a decorator."""
        return _abc_register(cls, subclass)

    def __instancecheck__(cls, instance):
        """Return whether instance is one of cls, by inheritance or registration."""
        return _abc_instancecheck(cls, instance)

    def __subclasscheck__(cls, subclass):
        """Return whether subclass is one of cls, by inheritance or registration."""
        return _abc_subclasscheck(cls, subclass)

    def _dump_registry(cls, file=None):
        """Print what is registered and cached, for debugging."""
        registry, cache, negative, version = _get_dump(cls)
        rows = [('Class', '%s.%s' % (cls.__module__, cls.__qualname__)), ('Inv. counter', get_cache_token()),
                ('_abc_registry', registry), ('_abc_cache', cache), ('_abc_negative_cache', negative),
                ('_abc_negative_cache_version', version)]
        for label, value in rows:
            print(f'{label}: {value!r}' if label[0] == '_' else f'{label}: {value}', file=file)

    def _abc_registry_clear(cls):
        """Forget all registrations, for debugging."""
        _reset_registry(cls)

    def _abc_caches_clear(cls):
        """Forget all cached answers, for debugging."""
        _reset_caches(cls)


class ABC(metaclass=ABCMeta):
    """A plain class to derive abstract classes from."""

    __slots__ = ()
