# SPDX-License-Identifier: MIT
"""ABCMeta in Python, the same as the native one of _abc: for tests that compare the two."""

from _weakrefset import WeakSet


def get_cache_token():
    """Return a number that changes when a class is registered somewhere: what was remembered may be wrong then."""
    return ABCMeta._abc_invalidation_counter


def _is_abstract(namespace, name):
    return getattr(namespace[name], '__isabstractmethod__', False)


class ABCMeta(type):
    """Class of abstract base classes.

    Each has a registry of the classes registered with it, and remembers which classes are subclasses (_abc_cache) and
    which are not (_abc_negative_cache, as of the counter's value _abc_negative_cache_version).
    """

    _abc_invalidation_counter = 0

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        abstract = {key for key in namespace if _is_abstract(namespace, key)}
        for base in bases:
            for key in getattr(base, '__abstractmethods__', ()):
                if getattr(getattr(cls, key, None), '__isabstractmethod__', False):
                    abstract.add(key)
        cls.__abstractmethods__ = frozenset(abstract)
        cls._abc_registry, cls._abc_cache, cls._abc_negative_cache = WeakSet(), WeakSet(), WeakSet()
        cls._abc_negative_cache_version = ABCMeta._abc_invalidation_counter
        return cls

    def register(cls, subclass):
        """Make a class count as a subclass; return it, so that this works as a decorator."""
        if not isinstance(subclass, type):
            raise TypeError('Can only register classes')
        if not issubclass(subclass, cls):
            # Asking this way round may fill the caches: it has to come before the change.
            if issubclass(cls, subclass):
                raise RuntimeError('Refusing to create an inheritance cycle')
            cls._abc_registry.add(subclass)
            ABCMeta._abc_invalidation_counter += 1
        return subclass

    def _dump_registry(cls, file=None):
        """Print what is remembered."""
        lines = ['Class: %s.%s' % (cls.__module__, cls.__qualname__), 'Inv. counter: %s' % get_cache_token()]
        for name, value in list(vars(cls).items()):
            if name.startswith('_abc_'):
                lines.append('%s: %r' % (name, set(value) if isinstance(value, WeakSet) else value))
        print(*lines, sep='\n', file=file)

    def _abc_registry_clear(cls):
        """Forget the classes registered."""
        cls._abc_registry.clear()

    def _abc_caches_clear(cls):
        """Forget which classes are subclasses and which are not."""
        for cache in (cls._abc_cache, cls._abc_negative_cache):
            cache.clear()

    def _known_negative(cls, subclass):
        """Whether a class is known not to be a subclass."""
        return (cls._abc_negative_cache_version == ABCMeta._abc_invalidation_counter
                and subclass in cls._abc_negative_cache)

    def __instancecheck__(cls, instance):
        """What isinstance() asks; an object may claim another class than its own."""
        claimed, own = instance.__class__, type(instance)
        if claimed in cls._abc_cache:
            return True
        if own is not claimed:
            return cls.__subclasscheck__(claimed) or cls.__subclasscheck__(own)
        return not cls._known_negative(claimed) and cls.__subclasscheck__(claimed)

    def __subclasscheck__(cls, subclass):
        """What issubclass() asks."""
        if not isinstance(subclass, type):
            raise TypeError('issubclass() arg 1 must be a class')
        if subclass in cls._abc_cache:
            return True
        if cls._known_negative(subclass):
            return False
        if cls._abc_negative_cache_version != ABCMeta._abc_invalidation_counter:
            cls._abc_negative_cache = WeakSet()
            cls._abc_negative_cache_version = ABCMeta._abc_invalidation_counter
        answer = cls._find_out(subclass)
        (cls._abc_cache if answer else cls._abc_negative_cache).add(subclass)
        return answer

    def _find_out(cls, subclass):
        """The hook decides; else being a subclass of this, of one registered, or of a subclass does."""
        answer = cls.__subclasshook__(subclass)
        if answer is not NotImplemented:
            assert isinstance(answer, bool)
            return answer
        if cls in getattr(subclass, '__mro__', ()):
            return True
        return any(issubclass(subclass, other) for others in (cls._abc_registry, cls.__subclasses__())
                   for other in others)
