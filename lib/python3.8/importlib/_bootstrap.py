# SPDX-License-Identifier: MIT
"""The heart of the import system, frozen into the executable.

This module knows how a module object comes to be, whatever its source: specs (PEP 451), the per-module locks, the
search along sys.meta_path, parents before children, and the two finders that need no file system.  Everything about
paths and files is in _bootstrap_external.

It runs before any other Python code, so it imports nothing.  _setup() hands it sys and _imp and fetches the three
native modules it uses; _install() puts its finders on sys.meta_path.

Life of `import a.b`:

    _gcd_import -> _find_and_load (module lock) -> _find_and_load_unlocked (parent first)
        -> _find_spec (sys.meta_path) -> _load_unlocked -> module_from_spec -> loader.exec_module
"""

# Filled by _setup() and _install_external_importers().
_bootstrap_external = None

# Locks of modules being imported: name -> weak reference to its _ModuleLock (or _DummyModuleLock).
_module_locks = {}
# Thread id -> the _ModuleLock that this thread waits for; a cycle here is a deadlock.
_blocking_on = {}

# What C code writes into sys.modules lookups to mean "not there yet".
_NEEDS_LOADING = object()

_ERR_MSG_PREFIX = 'No module named '
_ERR_MSG = _ERR_MSG_PREFIX + '{!r}'


def _wrap(new, old):
    """Give wrapper `new` the identity (name, doc, attributes) of the function `old` it stands for."""
    for attribute in ('__module__', '__name__', '__qualname__', '__doc__'):
        try:
            setattr(new, attribute, getattr(old, attribute))
        except AttributeError:
            pass
    new.__dict__.update(old.__dict__)


def _new_module(name):
    return type(sys)(name)


# --- Locks ------------------------------------------------------------------------------------------------------


class _DeadlockError(RuntimeError):
    """Waiting for a module lock would close a cycle of waiting threads."""


class _ModuleLock:
    """A re-entrant lock on one module's import that refuses to deadlock.

    acquire() raises _DeadlockError instead of waiting when the owner waits, directly or through other threads, for
    a lock of the caller: the caller then goes on with the partially imported module.
    """

    def __init__(self, name):
        self.lock = _thread.allocate_lock()     # guards the fields below
        self.wakeup = _thread.allocate_lock()   # held while somebody waits for the owner to finish
        self.name = name
        self.owner = None
        self.count = 0
        self.waiters = 0

    def has_deadlock(self):
        me = _thread.get_ident()
        seen = set()
        holder = self.owner
        while holder not in seen:
            seen.add(holder)
            awaited = _blocking_on.get(holder)
            if awaited is None:
                return False
            holder = awaited.owner
            if holder == me:
                return True
        # A ring of other threads: theirs to resolve, not ours.
        return False

    def acquire(self):
        me = _thread.get_ident()
        _blocking_on[me] = self
        try:
            while not self._try_acquire(me):
                # Sleeps until release() by the owner opens the wake-up lock.
                self.wakeup.acquire()
                self.wakeup.release()
        finally:
            del _blocking_on[me]
        return True

    def _try_acquire(self, me):
        with self.lock:
            free = self.count == 0 or self.owner == me
            if free:
                self.count, self.owner = self.count + 1, me
            elif self.has_deadlock():
                raise _DeadlockError('deadlock detected by {!r}'.format(self))
            elif self.wakeup.acquire(False):
                self.waiters += 1
            return free

    def release(self):
        with self.lock:
            if self.owner != _thread.get_ident():
                raise RuntimeError('cannot release un-acquired lock')
            left = self.count - 1
            assert left >= 0
            self.count = left
            if left:
                return
            self.owner = None
            if self.waiters:
                self.wakeup.release()
                self.waiters -= 1

    def __repr__(self):
        return '_ModuleLock(%r) at %d' % (self.name, id(self))


class _DummyModuleLock:
    """What stands in for _ModuleLock in a build without threads: counts, never waits."""

    def __init__(self, name):
        self.name = name
        self.count = 0

    def acquire(self):
        self.count = self.count + 1
        return True

    def release(self):
        if not self.count:
            raise RuntimeError('cannot release un-acquired lock')
        self.count = self.count - 1

    def __repr__(self):
        return '_DummyModuleLock(%r) at %d' % (self.name, id(self))


class _ModuleLockManager:
    """Context manager that holds the lock of the module called `name`."""

    def __init__(self, name):
        self._name = name
        self._lock = None

    def __enter__(self):
        self._lock = _get_module_lock(self._name)
        self._lock.acquire()

    def __exit__(self, *args, **kwargs):
        self._lock.release()


class _ImportLockContext:
    """Context manager that holds the one global import lock."""

    def __enter__(self):
        _imp.acquire_lock()

    def __exit__(self, exc_type, exc_value, exc_traceback):
        _imp.release_lock()


def _get_module_lock(name):
    """Return the lock of the module `name`, made on first demand and kept while anybody refers to it."""
    _imp.acquire_lock()
    try:
        reference = _module_locks.get(name)
        lock = None if reference is None else reference()
        if lock is None:
            lock = _DummyModuleLock(name) if _thread is None else _ModuleLock(name)

            def forget(dead, name=name):
                _imp.acquire_lock()
                try:
                    # A younger lock of the same name may have taken the place already.
                    if _module_locks.get(name) is dead:
                        del _module_locks[name]
                finally:
                    _imp.release_lock()

            _module_locks[name] = _weakref.ref(lock, forget)
    finally:
        _imp.release_lock()
    return lock


def _lock_unlock_module(name):
    """Wait until no other thread is importing `name`.  C code calls this for a module found half imported."""
    lock = _get_module_lock(name)
    try:
        lock.acquire()
    except _DeadlockError:
        # A circular import between threads: the partial module is all there is.
        pass
    else:
        lock.release()


def _call_with_frames_removed(f, *args, **kwds):
    """Call f(*args, **kwds).  Tracebacks that pass here lose importlib's own frames (see runtime/import.c)."""
    return f(*args, **kwds)


def _verbose_message(message, *args, verbosity=1):
    """With -v given at least `verbosity` times, print message.format(*args) to standard error."""
    if sys.flags.verbose < verbosity:
        return
    if not message.startswith(('#', 'import ')):
        message = '# ' + message
    print(message.format(*args), file=sys.stderr)


# --- Decorators of loader methods ---------------------------------------------------------------------------------


def _requires_builtin(fxn):
    """Decorate a loader method: its argument must name a built-in module."""
    def _requires_builtin_wrapper(self, fullname):
        if fullname in sys.builtin_module_names:
            return fxn(self, fullname)
        raise ImportError('{!r} is not a built-in module'.format(fullname), name=fullname)
    _wrap(_requires_builtin_wrapper, fxn)
    return _requires_builtin_wrapper


def _requires_frozen(fxn):
    """Decorate a loader method: its argument must name a frozen module."""
    def _requires_frozen_wrapper(self, fullname):
        if _imp.is_frozen(fullname):
            return fxn(self, fullname)
        raise ImportError('{!r} is not a frozen module'.format(fullname), name=fullname)
    _wrap(_requires_frozen_wrapper, fxn)
    return _requires_frozen_wrapper


def _load_module_shim(self, fullname):
    """load_module() for loaders that have exec_module(): load into the module that is there, or a new one."""
    spec = spec_from_loader(fullname, self)
    if fullname not in sys.modules:
        return _load(spec)
    module = sys.modules[fullname]
    _exec(spec, module)
    return sys.modules[fullname]


# --- How a module shows itself --------------------------------------------------------------------------------------


def _module_repr(module):
    """repr() of a module, from its loader's module_repr, its spec, or its bare attributes."""
    loader = getattr(module, '__loader__', None)
    if hasattr(loader, 'module_repr'):
        try:
            return loader.module_repr(module)
        except Exception:
            pass
    spec = getattr(module, '__spec__', None)
    if spec is not None:
        return _module_repr_from_spec(spec)
    text = '<module %r' % (getattr(module, '__name__', '?'),)
    if hasattr(module, '__file__'):
        text += ' from %r' % (module.__file__,)
    elif loader is not None:
        text += ' (%r)' % (loader,)
    return text + '>'


def _module_repr_from_spec(spec):
    known = '?' if spec.name is None else spec.name
    if spec.origin is not None:
        if not spec.has_location:
            return '<module {!r} ({})>'.format(spec.name, spec.origin)
        return '<module {!r} from {!r}>'.format(known, spec.origin)
    return '<module {!r}>'.format(known) if spec.loader is None else '<module {!r} ({!r})>'.format(known, spec.loader)


# --- Specs --------------------------------------------------------------------------------------------------------


class ModuleSpec:
    """All that is known about a module before it is loaded (PEP 451).

    name: the absolute name.  loader: what loads it, None for a namespace package without one.  origin: where it
    comes from, for people; a location if has_location is true.  submodule_search_locations: the list of places to
    search for submodules, None if the module is no package.  loader_state: private data of the loader.
    cached: path of the bytecode file.  parent: the package a relative import starts from.
    """

    def __init__(self, name, loader, *, origin=None, loader_state=None, is_package=None):
        self.name = name
        self.loader = loader
        self.origin = origin
        self.loader_state = loader_state
        self.submodule_search_locations = [] if is_package else None
        self._set_fileattr = False
        self._cached = None

    def __repr__(self):
        shown = ['name={!r}'.format(self.name), 'loader={!r}'.format(self.loader)]
        if self.origin is not None:
            shown.append('origin={!r}'.format(self.origin))
        if self.submodule_search_locations is not None:
            shown.append('submodule_search_locations={}'.format(self.submodule_search_locations))
        return '{}({})'.format(type(self).__name__, ', '.join(shown))

    def __eq__(self, other):
        try:
            return (self.name == other.name
                    and self.loader == other.loader
                    and self.origin == other.origin
                    and self.submodule_search_locations == other.submodule_search_locations
                    and self.cached == other.cached
                    and self.has_location == other.has_location)
        except AttributeError:
            return False

    @property
    def cached(self):
        if self._cached is None and self.origin is not None and self._set_fileattr:
            if _bootstrap_external is None:
                raise NotImplementedError
            self._cached = _bootstrap_external._get_cached(self.origin)
        return self._cached

    @cached.setter
    def cached(self, cached):
        self._cached = cached

    @property
    def parent(self):
        """The name of the module's parent."""
        return self.name.rpartition('.')[0] if self.submodule_search_locations is None else self.name

    @property
    def has_location(self):
        return self._set_fileattr

    @has_location.setter
    def has_location(self, value):
        self._set_fileattr = bool(value)


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    """Return a ModuleSpec for `name`, asking the loader for what the arguments leave open."""
    if hasattr(loader, 'get_filename'):
        if _bootstrap_external is None:
            raise NotImplementedError
        from_file = _bootstrap_external.spec_from_file_location
        if is_package is None:
            return from_file(name, loader=loader)
        return from_file(name, loader=loader, submodule_search_locations=[] if is_package else None)

    if is_package is None:
        is_package = False
        if hasattr(loader, 'is_package'):
            try:
                is_package = loader.is_package(name)
            except ImportError:
                is_package = None
    return ModuleSpec(name, loader, origin=origin, is_package=is_package)


def _spec_from_module(module, loader=None, origin=None):
    """Rebuild a spec from the attributes of a module that was loaded without one."""
    spec = getattr(module, '__spec__', None)
    if spec is not None:
        return spec

    name = module.__name__
    if loader is None:
        loader = getattr(module, '__loader__', None)
    location = getattr(module, '__file__', None)
    if origin is None:
        origin = location if location is not None else getattr(loader, '_ORIGIN', None)
    spec = ModuleSpec(name, loader, origin=origin)
    spec._set_fileattr = location is not None
    spec.cached = getattr(module, '__cached__', None)
    try:
        spec.submodule_search_locations = list(module.__path__)
    except AttributeError:
        spec.submodule_search_locations = None
    return spec


def _init_module_attrs(spec, module, *, override=False):
    """Set the import attributes of `module` from `spec`; those it has already stay, unless `override`.

    Any one may be refused by an odd module object: then it stays unset.
    """
    def put(attribute, value):
        try:
            setattr(module, attribute, value)
        except AttributeError:
            pass

    def missing(attribute):
        return override or getattr(module, attribute, None) is None

    if missing('__name__'):
        put('__name__', spec.name)

    if missing('__loader__'):
        loader = spec.loader
        if loader is None and spec.submodule_search_locations is not None:
            if _bootstrap_external is None:
                raise NotImplementedError
            kind = _bootstrap_external._NamespaceLoader
            loader = kind.__new__(kind)
            loader._path = spec.submodule_search_locations
            spec.loader = loader
            # A namespace package shows no file; the import machinery relies on the attribute being there.
            module.__file__ = None
        put('__loader__', loader)

    if missing('__package__'):
        put('__package__', spec.parent)

    put('__spec__', spec)

    if missing('__path__') and spec.submodule_search_locations is not None:
        put('__path__', spec.submodule_search_locations)

    if spec.has_location:
        if missing('__file__'):
            put('__file__', spec.origin)
        if missing('__cached__') and spec.cached is not None:
            put('__cached__', spec.cached)
    return module


def module_from_spec(spec):
    """Return a new module for `spec`: made by its loader's create_module, or an ordinary one, attributes set."""
    module = None
    if hasattr(spec.loader, 'create_module'):
        # None means that the default will do.
        module = spec.loader.create_module(spec)
    elif hasattr(spec.loader, 'exec_module'):
        raise ImportError('loaders that define exec_module() must also define create_module()')
    if module is None:
        module = _new_module(spec.name)
    _init_module_attrs(spec, module)
    return module


# --- Loading ------------------------------------------------------------------------------------------------------


def _exec(spec, module):
    """Execute `spec` in the existing `module` (reload, or load_module of old); return what sys.modules then has."""
    name = spec.name
    with _ModuleLockManager(name):
        if sys.modules.get(name) is not module:
            raise ImportError('module {!r} not in sys.modules'.format(name), name=name)
        try:
            if spec.loader is None:
                if spec.submodule_search_locations is None:
                    raise ImportError('missing loader', name=name)
                _init_module_attrs(spec, module, override=True)
            else:
                _init_module_attrs(spec, module, override=True)
                if hasattr(spec.loader, 'exec_module'):
                    spec.loader.exec_module(module)
                else:
                    spec.loader.load_module(name)
        finally:
            # The code may have put another object in its place, or moved it: it goes to the end either way.
            module = sys.modules.pop(name)
            sys.modules[name] = module
    return module


def _load_backward_compatible(spec):
    """Load through loader.load_module(), which puts the module into sys.modules itself."""
    try:
        spec.loader.load_module(spec.name)
    except:
        if spec.name in sys.modules:
            sys.modules[spec.name] = sys.modules.pop(spec.name)
        raise
    module = sys.modules.pop(spec.name)
    sys.modules[spec.name] = module

    def fill(attribute, compute):
        if getattr(module, attribute, None) is None:
            try:
                setattr(module, attribute, compute())
            except AttributeError:
                pass

    def package_name():
        # A package's own name, else what comes before the last dot; having __path__ decides.
        return spec.name if hasattr(module, '__path__') else spec.name.rpartition('.')[0]

    fill('__loader__', lambda: spec.loader)
    fill('__package__', package_name)
    fill('__spec__', lambda: spec)
    return module


def _load_unlocked(spec):
    """Load the module of `spec` and return sys.modules' entry for it.  The module's lock is held."""
    if spec.loader is not None and not hasattr(spec.loader, 'exec_module'):
        return _load_backward_compatible(spec)

    module = module_from_spec(spec)
    # While this is true, C code knows that the module is being imported and must be waited for.
    spec._initializing = True
    try:
        sys.modules[spec.name] = module
        try:
            if spec.loader is not None:
                spec.loader.exec_module(module)
            elif spec.submodule_search_locations is None:
                raise ImportError('missing loader', name=spec.name)
        except:
            sys.modules.pop(spec.name, None)
            raise
        # The module may have replaced itself; the entry moves to the end in import order.
        sys.modules[spec.name] = loaded = sys.modules.pop(spec.name)
        _verbose_message('import {!r} # {!r}', spec.name, spec.loader)
        return loaded
    finally:
        spec._initializing = False


def _load(spec):
    """Load a new module for `spec`, under its lock; return it.  On failure it leaves sys.modules."""
    with _ModuleLockManager(spec.name):
        return _load_unlocked(spec)


# --- Finders of modules without files -------------------------------------------------------------------------------


class BuiltinImporter:
    """Finder and loader of the modules compiled into the interpreter.  All methods belong to the class."""

    @staticmethod
    def module_repr(module):
        """Return repr for the module (deprecated; the import system does it itself)."""
        return '<module {!r} (built-in)>'.format(module.__name__)

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        if path is None and _imp.is_builtin(fullname):
            return spec_from_loader(fullname, cls, origin='built-in')
        return None

    @classmethod
    def find_module(cls, fullname, path=None):
        """Return this class if it has `fullname`, else None (deprecated: find_spec)."""
        found = cls.find_spec(fullname, path)
        return None if found is None else found.loader

    @classmethod
    def create_module(self, spec):
        """Make the built-in module that `spec` names."""
        if spec.name in sys.builtin_module_names:
            return _call_with_frames_removed(_imp.create_builtin, spec)
        raise ImportError('{!r} is not a built-in module'.format(spec.name), name=spec.name)

    @classmethod
    def exec_module(self, module):
        """Run the initialisation of a built-in module."""
        _call_with_frames_removed(_imp.exec_builtin, module)

    @classmethod
    @_requires_builtin
    def get_code(self, fullname):
        """Return None: there is no code object."""
        return None

    @classmethod
    @_requires_builtin
    def get_source(self, fullname):
        """Return None: there is no source."""
        return None

    @classmethod
    @_requires_builtin
    def is_package(self, fullname):
        """Return False: a built-in module is never a package."""
        return False

    load_module = classmethod(_load_module_shim)


class FrozenImporter:
    """Finder and loader of modules whose code is stored in the executable.  All methods belong to the class."""

    _ORIGIN = 'frozen'

    @staticmethod
    def module_repr(m):
        """Return repr for the module (deprecated; the import system does it itself)."""
        return '<module {!r} ({})>'.format(m.__name__, FrozenImporter._ORIGIN)

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        if not _imp.is_frozen(fullname):
            return None
        return spec_from_loader(fullname, cls, origin=cls._ORIGIN)

    @classmethod
    def find_module(cls, fullname, path=None):
        """Return this class if it has `fullname`, else None (deprecated: find_spec)."""
        return cls if _imp.is_frozen(fullname) else None

    @classmethod
    def create_module(cls, spec):
        """Return None: an ordinary module object will do."""

    @staticmethod
    def exec_module(module):
        name = module.__spec__.name
        if not _imp.is_frozen(name):
            raise ImportError('{!r} is not a frozen module'.format(name), name=name)
        exec(_call_with_frames_removed(_imp.get_frozen_object, name), module.__dict__)

    @classmethod
    def load_module(cls, fullname):
        """Load a frozen module (deprecated: exec_module)."""
        return _load_module_shim(cls, fullname)

    @classmethod
    @_requires_frozen
    def get_code(self, fullname):
        """Return the code object of the frozen module."""
        return _imp.get_frozen_object(fullname)

    @classmethod
    @_requires_frozen
    def get_source(self, fullname):
        """Return None: frozen modules carry no source."""
        return None

    @classmethod
    @_requires_frozen
    def is_package(self, fullname):
        """Return True if the frozen module is a package."""
        return _imp.is_frozen_package(fullname)


# --- Finding ------------------------------------------------------------------------------------------------------


def _resolve_name(name, package, level):
    """Return the absolute name of the relative `name`, `level` dots up from inside `package`."""
    base = package.rsplit('.', level - 1)
    if len(base) < level:
        raise ValueError('attempted relative import beyond top-level package')
    return '{}.{}'.format(base[0], name) if name else base[0]


def _find_spec_legacy(finder, name, path):
    """Ask a finder that has only find_module()."""
    loader = finder.find_module(name, path)
    return None if loader is None else spec_from_loader(name, loader)


def _find_spec(name, path, target=None):
    """Return the spec of `name` from the first finder on sys.meta_path that knows it, or None."""
    meta_path = sys.meta_path
    if meta_path is None:
        # sys.meta_path is emptied when the interpreter goes down.
        raise ImportError('sys.meta_path is None, Python is likely shutting down')
    if not meta_path:
        _warnings.warn('sys.meta_path is empty', ImportWarning)

    # Whether a module was there before decides what to do if the finder imported it on its way.
    is_reload = name in sys.modules
    for finder in meta_path:
        with _ImportLockContext():
            find_spec = getattr(finder, 'find_spec', None)
            if find_spec is not None:
                spec = find_spec(name, path, target)
            elif hasattr(finder, 'find_module'):
                spec = _find_spec_legacy(finder, name, path)
            else:
                continue
        if spec is None:
            continue
        if not is_reload and name in sys.modules:
            # The finder imported the module itself: its own spec says more.
            present = getattr(sys.modules[name], '__spec__', None)
            return spec if present is None else present
        return spec
    return None


def _sanity_check(name, package, level):
    """Raise the proper exception for arguments of __import__ that make no sense."""
    if not isinstance(name, str):
        raise TypeError('module name must be str, not {}'.format(type(name)))
    if level == 0:
        if not name:
            raise ValueError('Empty module name')
        return
    if level < 0:
        raise ValueError('level must be >= 0')
    if not isinstance(package, str):
        raise TypeError('__package__ not set to a string')
    if package == '':
        raise ImportError('attempted relative import with no known parent package')


def _find_and_load_unlocked(name, import_):
    path = None
    parent = name.rpartition('.')[0]
    if parent:
        if parent not in sys.modules:
            _call_with_frames_removed(import_, parent)
        # Importing the parent may have imported the child.
        if name in sys.modules:
            return sys.modules[name]
        try:
            path = sys.modules[parent].__path__
        except AttributeError:
            message = (_ERR_MSG + '; {!r} is not a package').format(name, parent)
            raise ModuleNotFoundError(message, name=name) from None
    spec = _find_spec(name, path)
    if spec is not None:
        module = _load_unlocked(spec)
    else:
        raise ModuleNotFoundError(_ERR_MSG.format(name), name=name)
    if parent:
        setattr(sys.modules[parent], name.rpartition('.')[2], module)
    return module


def _find_and_load(name, import_):
    """Return the module `name`, imported if need be.  C code calls this when sys.modules lacks the name."""
    with _ModuleLockManager(name):
        present = sys.modules.get(name, _NEEDS_LOADING)
        if present is _NEEDS_LOADING:
            return _find_and_load_unlocked(name, import_)
    if present is not None:
        _lock_unlock_module(name)
        return present
    raise ModuleNotFoundError('import of {} halted; None in sys.modules'.format(name), name=name)


def _gcd_import(name, package=None, level=0):
    """Import and return the module `name`, relative to `package` if `level` > 0: what all ways to import share."""
    _sanity_check(name, package, level)
    if level > 0:
        name = _resolve_name(name, package, level)
    return _find_and_load(name, _gcd_import)


def _handle_fromlist(module, fromlist, import_, *, recursive=False):
    """Import the submodules of the package `module` that `fromlist` names, as far as they exist; return module.

    import_ takes one argument, a name.  recursive: fromlist is __all__, reached through '*'.
    """
    for item in fromlist:
        if not isinstance(item, str):
            where = module.__name__ + '.__all__' if recursive else "``from list''"
            raise TypeError('Item in {} must be str, not {}'.format(where, type(item).__name__))
        if item == '*':
            if not recursive and hasattr(module, '__all__'):
                _handle_fromlist(module, module.__all__, import_, recursive=True)
        elif not hasattr(module, item):
            submodule = '{}.{}'.format(module.__name__, item)
            try:
                _call_with_frames_removed(import_, submodule)
            except ModuleNotFoundError as error:
                # That there is no such submodule is the importing statement's to report; a module missing further
                # down, or one blocked by None in sys.modules on purpose, is not.
                if error.name == submodule and sys.modules.get(submodule, _NEEDS_LOADING) is not None:
                    continue
                raise
    return module


def _calc___package__(globals):
    """Return the package a relative import in `globals` starts from; warn when __package__ and __spec__ disagree."""
    package = globals.get('__package__')
    spec = globals.get('__spec__')
    if package is not None:
        if spec is not None and package != spec.parent:
            _warnings.warn('__package__ != __spec__.parent ({!r} != {!r})'.format(package, spec.parent),
                           ImportWarning, stacklevel=3)
        return package
    if spec is not None:
        return spec.parent
    _warnings.warn("can't resolve package from __spec__ or __package__, falling back on __name__ and __path__",
                   ImportWarning, stacklevel=3)
    name = globals['__name__']
    return name if '__path__' in globals else name.rpartition('.')[0]


def __import__(name, globals=None, locals=None, fromlist=(), level=0):
    """Import a module: importlib's form of the built-in of the same name.

    name, level: what to import, level dots relative.  globals: of the importing module, for relative imports.
    fromlist: names wanted from it; empty means that the top package is returned, not the module itself.
    Raises ImportError when there is no such module.
    """
    if level == 0:
        module = _gcd_import(name)
    else:
        package = _calc___package__({} if globals is None else globals)
        module = _gcd_import(name, package, level)
    if fromlist:
        return _handle_fromlist(module, fromlist, _gcd_import) if hasattr(module, '__path__') else module
    if level == 0:
        return _gcd_import(name.partition('.')[0])
    if not name:
        return module
    # `from . import` without names: cut as many trailing parts as name has after its first dot.
    surplus = len(name) - len(name.partition('.')[0])
    return sys.modules[module.__name__[:len(module.__name__) - surplus]]


# --- Start ---------------------------------------------------------------------------------------------------------


def _builtin_from_name(name):
    spec = BuiltinImporter.find_spec(name)
    if spec is None:
        raise ImportError('no built-in module named ' + name)
    return _load_unlocked(spec)


def _setup(sys_module, _imp_module):
    """Take sys and _imp, give the modules loaded so far their specs, and fetch the natives this module needs."""
    global _imp, sys
    _imp = _imp_module
    sys = sys_module

    for name, module in sys.modules.items():
        if isinstance(module, type(sys)):
            if name in sys.builtin_module_names:
                loader = BuiltinImporter
            elif _imp.is_frozen(name):
                loader = FrozenImporter
            else:
                continue
            _init_module_attrs(_spec_from_module(module, loader), module)

    here = globals()
    for name in ('_thread', '_warnings', '_weakref'):
        present = sys.modules.get(name)
        here[name] = _builtin_from_name(name) if present is None else present


def _install(sys_module, _imp_module):
    """Put the finders for built-in and frozen modules on sys.meta_path."""
    _setup(sys_module, _imp_module)
    sys.meta_path.extend((BuiltinImporter, FrozenImporter))


def _install_external_importers():
    """Put the finders that need a file system in place."""
    global _bootstrap_external
    import _frozen_importlib_external
    _bootstrap_external = _frozen_importlib_external
    _frozen_importlib_external._install(sys.modules[__name__])
