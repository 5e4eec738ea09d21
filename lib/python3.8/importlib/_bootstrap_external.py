# SPDX-License-Identifier: MIT
"""Importing from files, frozen into the executable.

Source and bytecode files (PEP 3147 names, PEP 552 validation), extension modules, directories on sys.path, namespace
packages (PEP 420).  _bootstrap holds what does not depend on files; this module takes what it needs from there.

A .pyc file starts with four little-endian words:

    magic | flags | mtime        | source size          flags == 0: valid while the source file agrees
    magic | flags | hash of the source (8 bytes)        flags == 1 | 2*check: checked against the source if asked

It is frozen, so it may import built-in modules only; _setup() does that.
"""

# Filled by _setup().
_bootstrap = None

# Platforms whose file systems may ignore case; PYTHONCASEOK then says whether imports do too.
_CASE_INSENSITIVE_PLATFORMS_STR_KEY = ('win',)
_CASE_INSENSITIVE_PLATFORMS_BYTES_KEY = ('cygwin', 'darwin')
_CASE_INSENSITIVE_PLATFORMS = _CASE_INSENSITIVE_PLATFORMS_BYTES_KEY + _CASE_INSENSITIVE_PLATFORMS_STR_KEY

# The version of the wordcode: 3413, and a line end that text-mode transfers would damage.
MAGIC_NUMBER = (3413).to_bytes(2, 'little') + b'\r\n'
_RAW_MAGIC_NUMBER = int.from_bytes(MAGIC_NUMBER, 'little')

_PYCACHE = '__pycache__'
_OPT = 'opt-'

SOURCE_SUFFIXES = ['.py']
BYTECODE_SUFFIXES = ['.pyc']
# Older names of the same list.
DEBUG_BYTECODE_SUFFIXES = OPTIMIZED_BYTECODE_SUFFIXES = BYTECODE_SUFFIXES

# Argument default that means "work it out".
_POPULATE = object()

_code_type = type((lambda: None).__code__)


# --- Little-endian words ------------------------------------------------------------------------------------------


def _pack_uint32(x):
    """Return the low 32 bits of x as four bytes."""
    return (int(x) & 0xFFFFFFFF).to_bytes(4, 'little')


def _unpack_uint32(data):
    """Return the number that four bytes stand for."""
    assert len(data) == 4
    return int.from_bytes(data, 'little')


def _unpack_uint16(data):
    """Return the number that two bytes stand for."""
    assert len(data) == 2
    return int.from_bytes(data, 'little')


# --- Paths, without os.path -----------------------------------------------------------------------------------------


def _make_relax_case():
    if not sys.platform.startswith(_CASE_INSENSITIVE_PLATFORMS):
        def _relax_case():
            """True if file names must be matched without regard to case."""
            return False
        return _relax_case

    key = 'PYTHONCASEOK'
    if not sys.platform.startswith(_CASE_INSENSITIVE_PLATFORMS_STR_KEY):
        key = key.encode()

    def _relax_case():
        """True if file names must be matched without regard to case."""
        return not sys.flags.ignore_environment and key in _os.environ
    return _relax_case


def _path_join(*path_parts):
    """Join parts into a path; empty ones are left out, separators at their ends are not doubled."""
    return path_sep.join([part.rstrip(path_separators) for part in path_parts if part])


def _path_split(path):
    """Return (directory, last part) of a path."""
    cut = max(path.rfind(separator) for separator in path_separators)
    if cut < 0:
        return '', path
    return path[:cut], path[cut + 1:]


def _path_stat(path):
    """os.stat(), under a name that other frozen modules can use."""
    return _os.stat(path)


def _path_is_mode_type(path, mode):
    try:
        found = _path_stat(path).st_mode
    except OSError:
        return False
    return (found & 0o170000) == mode


def _path_isfile(path):
    return _path_is_mode_type(path, 0o100000)


def _path_isdir(path):
    return _path_is_mode_type(path or _os.getcwd(), 0o040000)


def _path_isabs(path):
    return path.startswith(path_sep_tuple) or path[1:3] in _pathseps_with_colon


def _write_atomic(path, data, mode=0o666):
    """Write a file such that its name shows the old content or all of the new, never a part.

    The data goes to a neighbour first, which then takes the name.  Raises OSError.
    """
    neighbour = '{}.{}'.format(path, id(path))
    descriptor = _os.open(neighbour, _os.O_EXCL | _os.O_CREAT | _os.O_WRONLY, mode & 0o666)
    try:
        with _io.FileIO(descriptor, 'wb') as file:
            file.write(data)
        _os.replace(neighbour, path)
    except OSError:
        try:
            _os.unlink(neighbour)
        except OSError:
            pass
        raise


# --- Names of bytecode files ----------------------------------------------------------------------------------------


def cache_from_source(path, debug_override=None, *, optimization=None):
    """Return the path of the bytecode file for the source file `path`; neither needs to exist.

    optimization: text for the file name's last part, '' for none; None takes sys.flags.optimize.
    debug_override: old form of it, True for none and False for 1; deprecated.
    Raises TypeError if both are given, ValueError for an optimization that is not alphanumeric,
    NotImplementedError if sys.implementation.cache_tag is None.
    """
    if debug_override is not None:
        _warnings.warn("the debug_override parameter is deprecated; use 'optimization' instead",
                       DeprecationWarning)
        if optimization is not None:
            raise TypeError('debug_override or optimization must be set to None')
        optimization = '' if debug_override else 1

    path = _os.fspath(path)
    head, tail = _path_split(path)
    base, dot, extension = tail.rpartition('.')
    tag = sys.implementation.cache_tag
    if tag is None:
        raise NotImplementedError('sys.implementation.cache_tag is None')
    filename = (base or extension) + dot + tag

    if optimization is None:
        optimization = sys.flags.optimize or ''
    optimization = str(optimization)
    if optimization:
        if not optimization.isalnum():
            raise ValueError('{!r} is not alphanumeric'.format(optimization))
        filename = '{}.{}{}'.format(filename, _OPT, optimization)
    filename += BYTECODE_SUFFIXES[0]

    if sys.pycache_prefix is None:
        return _path_join(head, _PYCACHE, filename)
    # The parallel tree repeats the whole directory of the source below the prefix.
    if not _path_isabs(head):
        head = _path_join(_os.getcwd(), head)
    if head[1:2] == ':' and head[0] not in path_separators:
        head = head[2:]
    return _path_join(sys.pycache_prefix, head.lstrip(path_separators), filename)


def source_from_cache(path):
    """Return the path of the source file that the bytecode file `path` belongs to; the reverse of cache_from_source.

    Raises ValueError if the path is not of that form, NotImplementedError if sys.implementation.cache_tag is None.
    """
    if sys.implementation.cache_tag is None:
        raise NotImplementedError('sys.implementation.cache_tag is None')
    path = _os.fspath(path)
    head, filename = _path_split(path)

    in_prefix = False
    if sys.pycache_prefix is not None:
        prefix = sys.pycache_prefix.rstrip(path_separators)
        if head.startswith(prefix + path_sep):
            head = head[len(prefix):]
            in_prefix = True
    if not in_prefix:
        head, folder = _path_split(head)
        if folder != _PYCACHE:
            raise ValueError(f'{_PYCACHE} not bottom-level directory in {path!r}')

    parts = filename.split('.')
    if len(parts) not in (3, 4):
        raise ValueError(f'expected only 2 or 3 dots in {filename!r}')
    if len(parts) == 4:
        level = parts[2]
        if not level.startswith(_OPT):
            raise ValueError(f"optimization portion of filename does not start with {_OPT!r}")
        if not level[len(_OPT):].isalnum():
            raise ValueError(f"optimization level {parts[2]!r} is not an alphanumeric value")
    return _path_join(head, parts[0] + SOURCE_SUFFIXES[0])


def _get_sourcefile(bytecode_path):
    """Return the source file for a bytecode path of either style if it exists, else the path itself."""
    if not bytecode_path:
        return None
    stem, _, extension = bytecode_path.rpartition('.')
    if not stem or extension.lower()[-3:-1] != 'py':
        return bytecode_path
    try:
        source_path = source_from_cache(bytecode_path)
    except (NotImplementedError, ValueError):
        source_path = bytecode_path[:-1]
    return source_path if _path_isfile(source_path) else bytecode_path


def _get_cached(filename):
    """Return the bytecode path for a source path, a bytecode path as it is, None for anything else."""
    if filename.endswith(tuple(SOURCE_SUFFIXES)):
        try:
            return cache_from_source(filename)
        except NotImplementedError:
            return None
    if filename.endswith(tuple(BYTECODE_SUFFIXES)):
        return filename
    return None


def _calc_mode(path):
    """Permissions for a bytecode file: the source's, and writable for the owner so that it can be replaced."""
    try:
        permissions = _path_stat(path).st_mode
    except OSError:
        permissions = 0o666
    return permissions | 0o200


def _check_name(method):
    """Decorate a loader method: the name passed must be the loader's own; none passed means that one."""
    def _check_name_wrapper(self, name=None, *args, **kwargs):
        if name is None:
            name = self.name
        elif name != self.name:
            raise ImportError('loader for %s cannot handle %s' % (self.name, name), name=name)
        return method(self, name, *args, **kwargs)

    # While this module is being set up, _bootstrap may not be there yet.
    if _bootstrap is None:
        for attribute in ('__module__', '__name__', '__qualname__', '__doc__'):
            if hasattr(method, attribute):
                setattr(_check_name_wrapper, attribute, getattr(method, attribute))
        _check_name_wrapper.__dict__.update(method.__dict__)
    else:
        _bootstrap._wrap(_check_name_wrapper, method)
    return _check_name_wrapper


def _find_module_shim(self, fullname):
    """find_module() for finders that have find_loader(): namespace portions cannot be told, only warned of."""
    loader, portions = self.find_loader(fullname)
    if loader is None and portions:
        _warnings.warn('Not importing directory {}: missing __init__'.format(portions[0]), ImportWarning)
    return loader


# --- Content of bytecode files --------------------------------------------------------------------------------------


def _classify_pyc(data, name, exc_details):
    """Check the head of a .pyc file; return its flags word.

    data: bytes of the file, 16 at least if it is good.  name: of the module, for messages.
    exc_details: keyword arguments for ImportError.
    Raises ImportError for a wrong magic number or unknown flags, EOFError for a file cut short.
    """
    def refuse(kind, text, **details):
        _bootstrap._verbose_message('{}', text)
        return kind(text, **details)

    if data[:4] != MAGIC_NUMBER:
        raise refuse(ImportError, f'bad magic number in {name!r}: {data[:4]!r}', **exc_details)
    if len(data) < 16:
        raise refuse(EOFError, f'reached EOF while reading pyc header of {name!r}')
    word = _unpack_uint32(data[4:8])
    if word > 0b11:
        raise ImportError(f'invalid flags {word!r} in {name!r}', **exc_details)
    return word


def _validate_timestamp_pyc(data, source_mtime, source_size, name, exc_details):
    """Raise ImportError unless the head of a .pyc file names this modification time and size of the source.

    source_size: None if it is unknown.
    """
    if _unpack_uint32(data[8:12]) != (source_mtime & 0xFFFFFFFF):
        message = f'bytecode is stale for {name!r}'
        _bootstrap._verbose_message('{}', message)
        raise ImportError(message, **exc_details)
    if source_size is not None and _unpack_uint32(data[12:16]) != (source_size & 0xFFFFFFFF):
        raise ImportError(f'bytecode is stale for {name!r}', **exc_details)


def _validate_hash_pyc(data, source_hash, name, exc_details):
    """Raise ImportError unless the head of a .pyc file holds this hash of the source."""
    if data[8:16] != source_hash:
        raise ImportError(f'hash in bytecode doesn\'t match hash of source {name!r}', **exc_details)


def _compile_bytecode(data, name=None, bytecode_path=None, source_path=None):
    """Return the code object marshalled in data (the part of a .pyc file after its head)."""
    code = marshal.loads(data)
    if not isinstance(code, _code_type):
        raise ImportError('Non-code object in {!r}'.format(bytecode_path), name=name, path=bytecode_path)
    _bootstrap._verbose_message('code object from {!r}', bytecode_path)
    if source_path is not None:
        _imp._fix_co_filename(code, source_path)
    return code


def _code_to_timestamp_pyc(code, mtime=0, source_size=0):
    """Return the bytes of a .pyc file that is valid while its source has this time and size."""
    words = (_pack_uint32(0), _pack_uint32(mtime), _pack_uint32(source_size))
    return bytearray(MAGIC_NUMBER + b''.join(words) + marshal.dumps(code))


def _code_to_hash_pyc(code, source_hash, checked=True):
    """Return the bytes of a .pyc file that goes by the hash of its source (8 bytes)."""
    assert len(source_hash) == 8
    flags = 0b11 if checked else 0b01
    return bytearray(MAGIC_NUMBER + _pack_uint32(flags) + source_hash + marshal.dumps(code))


def decode_source(source_bytes):
    """Return source code as text, decoded as its first lines say (PEP 263), with universal newlines."""
    import tokenize
    lines = _io.BytesIO(source_bytes)
    encoding, _ = tokenize.detect_encoding(lines.readline)
    return _io.IncrementalNewlineDecoder(None, True).decode(source_bytes.decode(encoding))


# --- Specs of files -----------------------------------------------------------------------------------------------


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=_POPULATE):
    """Return a ModuleSpec for a module at a place in the file system; None if no loader fits.

    location: its path; None asks the loader.  loader: None picks one by the suffix.
    submodule_search_locations: for a package, where its submodules are; left out, the loader is asked.
    """
    if location is None:
        location = '<unknown>'
        if hasattr(loader, 'get_filename'):
            try:
                location = loader.get_filename(name)
            except ImportError:
                pass
    else:
        location = _os.fspath(location)

    spec = _bootstrap.ModuleSpec(name, loader, origin=location)
    spec._set_fileattr = True

    if loader is None:
        for kind, suffixes in _get_supported_file_loaders():
            if location.endswith(tuple(suffixes)):
                spec.loader = loader = kind(name, location)
                break
        else:
            return None

    if submodule_search_locations is not _POPULATE:
        spec.submodule_search_locations = submodule_search_locations
    elif hasattr(loader, 'is_package'):
        try:
            if loader.is_package(name):
                spec.submodule_search_locations = []
        except ImportError:
            pass

    if spec.submodule_search_locations == [] and location:
        spec.submodule_search_locations.append(_path_split(location)[0])
    return spec


class WindowsRegistryFinder:
    """Finder of modules declared in the Windows registry: kept as a name, finds nothing elsewhere."""

    REGISTRY_KEY = 'Software\\Python\\PythonCore\\{sys_version}\\Modules\\{fullname}'
    REGISTRY_KEY_DEBUG = REGISTRY_KEY + '\\Debug'
    DEBUG_BUILD = False

    @classmethod
    def _open_registry(cls, key):
        for hive in (_winreg.HKEY_CURRENT_USER, _winreg.HKEY_LOCAL_MACHINE):
            try:
                return _winreg.OpenKey(hive, key)
            except OSError:
                continue
        raise OSError('no registry key {}'.format(key))

    @classmethod
    def _search_registry(cls, fullname):
        template = cls.REGISTRY_KEY_DEBUG if cls.DEBUG_BUILD else cls.REGISTRY_KEY
        try:
            with cls._open_registry(template.format(fullname=fullname,
                                                    sys_version='%d.%d' % sys.version_info[:2])) as key:
                return _winreg.QueryValue(key, '')
        except OSError:
            return None

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        if not _MS_WINDOWS:
            return None
        filepath = cls._search_registry(fullname)
        if filepath is None:
            return None
        try:
            _path_stat(filepath)
        except OSError:
            return None
        for kind, suffixes in _get_supported_file_loaders():
            if filepath.endswith(tuple(suffixes)):
                return _bootstrap.spec_from_loader(fullname, kind(fullname, filepath), origin=filepath)
        return None

    @classmethod
    def find_module(cls, fullname, path=None):
        """Return the loader for `fullname`, or None (deprecated: find_spec)."""
        spec = cls.find_spec(fullname, path)
        return None if spec is None else spec.loader


# --- Loaders --------------------------------------------------------------------------------------------------------


class _LoaderBasics:
    """What loaders of code objects share; they supply get_filename() and get_code()."""

    def is_package(self, fullname):
        """Return True if the file is the __init__ of a package and not asked for under that very name."""
        stem = _path_split(self.get_filename(fullname))[1].rsplit('.', 1)[0]
        return stem == '__init__' and fullname.rpartition('.')[2] != '__init__'

    def create_module(self, spec):
        """Return None: an ordinary module object will do."""

    def exec_module(self, module):
        """Execute the module's code in its namespace."""
        code = self.get_code(module.__name__)
        if code is None:
            raise ImportError('cannot load module {!r} when get_code() returns None'.format(module.__name__))
        _bootstrap._call_with_frames_removed(exec, code, module.__dict__)

    def load_module(self, fullname):
        """Load and return the module (deprecated: exec_module)."""
        return _bootstrap._load_module_shim(self, fullname)


class SourceLoader(_LoaderBasics):
    """Loader of source code with bytecode files kept beside it, wherever get_data() gets both from."""

    def path_mtime(self, path):
        """Return the modification time of `path` as an integer; OSError if it is not known (the default)."""
        raise OSError

    def path_stats(self, path):
        """Return what is known of the source: a dict with 'mtime' and, if possible, 'size'.  Raises OSError."""
        return {'mtime': self.path_mtime(path)}

    def _cache_bytecode(self, source_path, cache_path, data):
        """Store bytecode; a hook that also tells where the source is, for its permissions."""
        return self.set_data(cache_path, data)

    def set_data(self, path, data):
        """Store data under `path` if possible; the default does not."""

    def get_source(self, fullname):
        """Return the source text of the module; ImportError if it cannot be read."""
        path = self.get_filename(fullname)
        try:
            source_bytes = self.get_data(path)
        except OSError as error:
            raise ImportError('source not available through get_data()', name=fullname) from error
        return decode_source(source_bytes)

    def source_to_code(self, data, path, *, _optimize=-1):
        """Compile data (bytes, text or a tree) as the module at `path` and return the code object."""
        return _bootstrap._call_with_frames_removed(compile, data, path, 'exec', dont_inherit=True,
                                                    optimize=_optimize)

    def get_code(self, fullname):
        """Return the module's code object: from a valid bytecode file, else compiled, and then stored.

        Reading the bytecode calls path_stats(), storing it set_data(); a loader without them works from source.
        """
        source_path = self.get_filename(fullname)
        source_bytes = None
        mtime = None
        hash_based, check_source, source_hash = False, True, None
        try:
            bytecode_path = cache_from_source(source_path)
        except NotImplementedError:
            bytecode_path = None

        if bytecode_path is not None:
            try:
                stats = self.path_stats(source_path)
            except OSError:
                stats = None
            if stats is not None:
                mtime = int(stats['mtime'])
                try:
                    data = self.get_data(bytecode_path)
                except OSError:
                    data = None
                if data is not None:
                    details = {'name': fullname, 'path': bytecode_path}
                    try:
                        flags = _classify_pyc(data, fullname, details)
                        hash_based = flags & 0b1 != 0
                        if hash_based:
                            check_source = flags & 0b10 != 0
                            policy = _imp.check_hash_based_pycs
                            if policy != 'never' and (check_source or policy == 'always'):
                                source_bytes = self.get_data(source_path)
                                source_hash = _imp.source_hash(_RAW_MAGIC_NUMBER, source_bytes)
                                _validate_hash_pyc(data, source_hash, fullname, details)
                        else:
                            _validate_timestamp_pyc(data, mtime, stats['size'], fullname, details)
                    except (ImportError, EOFError):
                        # Stale, foreign or damaged: the source decides.
                        pass
                    else:
                        _bootstrap._verbose_message('{} matches {}', bytecode_path, source_path)
                        return _compile_bytecode(memoryview(data)[16:], name=fullname,
                                                 bytecode_path=bytecode_path, source_path=source_path)

        if source_bytes is None:
            source_bytes = self.get_data(source_path)
        code = self.source_to_code(source_bytes, source_path)
        _bootstrap._verbose_message('code object from {}', source_path)
        if sys.dont_write_bytecode or bytecode_path is None or mtime is None:
            return code

        if hash_based:
            if source_hash is None:
                source_hash = _imp.source_hash(_RAW_MAGIC_NUMBER, source_bytes)
            content = _code_to_hash_pyc(code, source_hash, check_source)
        else:
            content = _code_to_timestamp_pyc(code, mtime, len(source_bytes))
        try:
            self._cache_bytecode(source_path, bytecode_path, content)
        except NotImplementedError:
            pass
        return code


class FileLoader:
    """What loaders of a single file share: name and path, reading, and resources beside the file."""

    def __init__(self, fullname, path):
        self.name = fullname
        self.path = path

    def __eq__(self, other):
        return self.__class__ == other.__class__ and self.__dict__ == other.__dict__

    def __hash__(self):
        return hash(self.name) ^ hash(self.path)

    @_check_name
    def load_module(self, fullname):
        """Load and return the module (deprecated: exec_module)."""
        # The next class in line has load_module; which one depends on how the two are combined.
        return super(FileLoader, self).load_module(fullname)

    @_check_name
    def get_filename(self, fullname):
        """Return the path of the file."""
        return self.path

    def get_data(self, path):
        """Return the content of the file `path` as bytes.  Raises OSError."""
        if isinstance(self, (SourceLoader, ExtensionFileLoader)):
            file = _io.open_code(str(path))
        else:
            file = _io.FileIO(path, 'r')
        with file:
            return file.read()

    @_check_name
    def get_resource_reader(self, module):
        """Return an object for importlib.resources if the module is a package, else None."""
        return self if self.is_package(module) else None

    def open_resource(self, resource):
        return _io.FileIO(_path_join(_path_split(self.path)[0], resource), 'r')

    def resource_path(self, resource):
        if not self.is_resource(resource):
            raise FileNotFoundError
        return _path_join(_path_split(self.path)[0], resource)

    def is_resource(self, name):
        return path_sep not in name and _path_isfile(_path_join(_path_split(self.path)[0], name))

    def contents(self):
        return iter(_os.listdir(_path_split(self.path)[0]))


class SourceFileLoader(FileLoader, SourceLoader):
    """Loader of a .py file, with its bytecode in __pycache__ (or below sys.pycache_prefix)."""

    def get_code(self, fullname):
        """Return the code object: of the library carried in the executable if that is up to date, else as above."""
        if type(self) is SourceFileLoader:
            code = _imp._carried_code(fullname, self.path)
            if code is not None:
                return code
        return super().get_code(fullname)

    def path_stats(self, path):
        """Return 'mtime' and 'size' of the file."""
        found = _path_stat(path)
        return {'mtime': found.st_mtime, 'size': found.st_size}

    def _cache_bytecode(self, source_path, bytecode_path, data):
        return self.set_data(bytecode_path, data, _mode=_calc_mode(source_path))

    def set_data(self, path, data, *, _mode=0o666):
        """Write data to the file `path`, making its directories; what cannot be written is left, with -v a word."""
        folder, filename = _path_split(path)
        missing = []
        while folder and not _path_isdir(folder):
            folder, part = _path_split(folder)
            missing.append(part)
        for part in reversed(missing):
            folder = _path_join(folder, part)
            try:
                _os.mkdir(folder)
            except FileExistsError:
                # Another process was quicker.
                continue
            except OSError as error:
                _bootstrap._verbose_message('could not create {!r}: {!r}', folder, error)
                return
        try:
            _write_atomic(path, data, _mode)
        except OSError as error:
            _bootstrap._verbose_message('could not create {!r}: {!r}', path, error)
        else:
            _bootstrap._verbose_message('created {!r}', path)


class SourcelessFileLoader(FileLoader, _LoaderBasics):
    """Loader of a .pyc file that stands where the source would."""

    def get_code(self, fullname):
        path = self.get_filename(fullname)
        data = self.get_data(path)
        _classify_pyc(data, fullname, {'name': fullname, 'path': path})
        return _compile_bytecode(memoryview(data)[16:], name=fullname, bytecode_path=path)

    def get_source(self, fullname):
        """Return None: there is no source."""
        return None


# Suffixes of extension modules, from the configuration of the interpreter; set by _setup().
EXTENSION_SUFFIXES = []


class ExtensionFileLoader(FileLoader, _LoaderBasics):
    """Loader of an extension module in a shared library."""

    def __init__(self, name, path):
        self.name = name
        if not _path_isabs(path):
            try:
                path = _path_join(_os.getcwd(), path)
            except OSError:
                pass
        self.path = path

    def __eq__(self, other):
        return self.__class__ == other.__class__ and self.__dict__ == other.__dict__

    def __hash__(self):
        return hash(self.name) ^ hash(self.path)

    def create_module(self, spec):
        """Load the library and make the module."""
        module = _bootstrap._call_with_frames_removed(_imp.create_dynamic, spec)
        _bootstrap._verbose_message('extension module {!r} loaded from {!r}', spec.name, self.path)
        return module

    def exec_module(self, module):
        """Run the module's initialisation."""
        _bootstrap._call_with_frames_removed(_imp.exec_dynamic, module)
        _bootstrap._verbose_message('extension module {!r} executed from {!r}', self.name, self.path)

    def is_package(self, fullname):
        """Return True if the file is called __init__."""
        filename = _path_split(self.path)[1]
        return any(filename == '__init__' + suffix for suffix in EXTENSION_SUFFIXES)

    def get_code(self, fullname):
        """Return None: there is no code object."""
        return None

    def get_source(self, fullname):
        """Return None: there is no source."""
        return None

    @_check_name
    def get_filename(self, fullname):
        """Return the path of the shared library."""
        return self.path


# --- Namespace packages ---------------------------------------------------------------------------------------------


class _NamespacePath:
    """__path__ of a namespace package: follows changes of the parent's path (sys.path for a top one).

    Looks like a list.  Before each look the parent's path is compared with the one last seen; if it differs, the
    package is searched for again.
    """

    def __init__(self, name, path, path_finder):
        self._name = name
        self._path = path
        self._last_parent_path = tuple(self._get_parent_path())
        self._path_finder = path_finder

    def _find_parent_path_names(self):
        """Return (module, attribute) that hold the path to search for this package."""
        parent, dot, _ = self._name.rpartition('.')
        return (parent, '__path__') if dot else ('sys', 'path')

    def _get_parent_path(self):
        module, attribute = self._find_parent_path_names()
        return getattr(sys.modules[module], attribute)

    def _recalculate(self):
        parent_path = tuple(self._get_parent_path())
        if parent_path != self._last_parent_path:
            spec = self._path_finder(self._name, parent_path)
            # A regular package that appeared meanwhile does not replace this one.
            if spec is not None and spec.loader is None and spec.submodule_search_locations:
                self._path = spec.submodule_search_locations
            self._last_parent_path = parent_path
        return self._path

    def __len__(self):
        return len(self._recalculate())

    def __contains__(self, item):
        return item in self._recalculate()

    def __getitem__(self, index):
        places = self._recalculate()
        return places[index]

    def __iter__(self):
        return iter(self._recalculate())

    def __repr__(self):
        return '_NamespacePath(%r)' % (self._path,)

    def append(self, item):
        self._path.append(item)

    def __setitem__(self, index, path):
        self._path[index] = path


class _NamespaceLoader:
    """Loader of a namespace package, which has no code."""

    def __init__(self, name, path, path_finder):
        self._path = _NamespacePath(name, path, path_finder)

    @classmethod
    def module_repr(cls, module):
        """Return repr for the module (deprecated; the import system does it itself)."""
        return '<module {!r} (namespace)>'.format(module.__name__)

    def is_package(self, fullname):
        return True

    def get_source(self, fullname):
        return ''

    def get_code(self, fullname):
        return compile('', '<string>', 'exec', dont_inherit=True)

    def create_module(self, spec):
        """Return None: an ordinary module object will do."""

    def exec_module(self, module):
        pass

    def load_module(self, fullname):
        """Load a namespace module (deprecated: exec_module)."""
        _bootstrap._verbose_message('namespace module loaded with path {!r}', self._path)
        return _bootstrap._load_module_shim(self, fullname)


# --- Finders --------------------------------------------------------------------------------------------------------


class PathFinder:
    """Finder along sys.path or a package's __path__, by the finders that sys.path_hooks make for each entry."""

    @classmethod
    def invalidate_caches(cls):
        """Let the finders of all known path entries forget what they saw, and forget entries without one."""
        for entry, finder in list(sys.path_importer_cache.items()):
            if finder is None:
                del sys.path_importer_cache[entry]
            elif hasattr(finder, 'invalidate_caches'):
                finder.invalidate_caches()

    @classmethod
    def _path_hooks(cls, path):
        """Return a finder for a path entry from the first hook that takes it, or None."""
        if sys.path_hooks is not None and not sys.path_hooks:
            _warnings.warn('sys.path_hooks is empty', ImportWarning)
        for hook in sys.path_hooks:
            try:
                return hook(path)
            except ImportError:
                continue
        return None

    @classmethod
    def _path_importer_cache(cls, path):
        """Return the finder for a path entry, made and remembered at first need; '' is the working directory."""
        if path == '':
            try:
                path = _os.getcwd()
            except FileNotFoundError:
                # It may come back: nothing is remembered.
                return None
        try:
            return sys.path_importer_cache[path]
        except KeyError:
            finder = sys.path_importer_cache[path] = cls._path_hooks(path)
            return finder

    @classmethod
    def _legacy_get_spec(cls, fullname, finder):
        """Ask a path entry finder that has no find_spec()."""
        if hasattr(finder, 'find_loader'):
            loader, portions = finder.find_loader(fullname)
        else:
            loader, portions = finder.find_module(fullname), []
        if loader is None:
            return cls._namespace_spec(fullname, portions)
        return _bootstrap.spec_from_loader(fullname, loader)

    @staticmethod
    def _namespace_spec(fullname, portions):
        """A spec without loader, for a package made of some folders, perhaps none."""
        made = _bootstrap.ModuleSpec(fullname, None)
        made.submodule_search_locations = portions
        return made

    @classmethod
    def _get_spec(cls, fullname, path, target=None):
        """Return the spec of the first entry that has the module, else one that gathers namespace portions."""
        portions = []
        for entry in path:
            if not isinstance(entry, (str, bytes)):
                continue
            finder = cls._path_importer_cache(entry)
            if finder is None:
                continue
            modern = hasattr(finder, 'find_spec')
            found = finder.find_spec(fullname, target) if modern else cls._legacy_get_spec(fullname, finder)
            if found is None:
                continue
            if found.loader is not None:
                return found
            folders = found.submodule_search_locations
            if folders is None:
                raise ImportError('spec missing loader')
            portions += folders
        return cls._namespace_spec(fullname, portions)

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        """Return the spec of `fullname` found along `path` (sys.path if None), or None."""
        spec = cls._get_spec(fullname, sys.path if path is None else path, target)
        if spec is None or spec.loader is not None:
            return spec
        portions = spec.submodule_search_locations
        if not portions:
            return None
        spec.origin = None
        spec.submodule_search_locations = _NamespacePath(fullname, portions, cls._get_spec)
        return spec

    @classmethod
    def find_module(cls, fullname, path=None):
        """Return the loader of `fullname`, or None (deprecated: find_spec)."""
        spec = cls.find_spec(fullname, path)
        return None if spec is None else spec.loader

    @classmethod
    def find_distributions(cls, *args, **kwargs):
        """Return the installed distributions that fit the context given: see importlib.metadata."""
        from importlib.metadata import MetadataPathFinder
        return MetadataPathFinder.find_distributions(*args, **kwargs)


class FileFinder:
    """Finder of modules in one directory; what the directory holds is read once and checked by its time.

    loader_details: pairs (loader class, suffixes it handles), in order of preference.
    """

    def __init__(self, path, *loader_details):
        self._loaders = [(suffix, kind) for kind, suffixes in loader_details for suffix in suffixes]
        folder = path or '.'
        self.path = folder if _path_isabs(folder) else _path_join(_os.getcwd(), folder)
        self._path_cache, self._relaxed_path_cache = set(), set()
        self._path_mtime = -1

    def invalidate_caches(self):
        """Read the directory again at the next search."""
        self._path_mtime = -1

    find_module = _find_module_shim

    def find_loader(self, fullname):
        """Return (loader or None, list of namespace portions) (deprecated: find_spec)."""
        spec = self.find_spec(fullname)
        if spec is None:
            return None, []
        return spec.loader, spec.submodule_search_locations or []

    def _get_spec(self, loader_class, fullname, path, smsl, target):
        return spec_from_file_location(fullname, path, loader=loader_class(fullname, path),
                                       submodule_search_locations=smsl)

    def find_spec(self, fullname, target=None):
        """Return the spec of `fullname` if the directory has it, a spec without loader if it has only a directory
        of that name, else None."""
        path = _imp._find_carried(fullname, self.path)
        if path is not None:
            folder = [path[:-12]] if path.endswith('/__init__.py') else None
            return self._get_spec(SourceFileLoader, fullname, path, folder, target)
        tail = fullname.rpartition('.')[2]
        try:
            mtime = _path_stat(self.path or _os.getcwd()).st_mtime
        except OSError:
            mtime = -1
        if mtime != self._path_mtime:
            self._fill_cache()
            self._path_mtime = mtime

        if _relax_case():
            present, wanted = self._relaxed_path_cache, tail.lower()
        else:
            present, wanted = self._path_cache, tail

        is_namespace = False
        folder = None
        if wanted in present:
            folder = _path_join(self.path, tail)
            for suffix, kind in self._loaders:
                init_path = _path_join(folder, '__init__' + suffix)
                if _path_isfile(init_path):
                    return self._get_spec(kind, fullname, init_path, [folder], target)
            is_namespace = _path_isdir(folder)

        for suffix, kind in self._loaders:
            path = _path_join(self.path, tail + suffix)
            _bootstrap._verbose_message('trying {}', path, verbosity=2)
            if wanted + suffix in present and _path_isfile(path):
                return self._get_spec(kind, fullname, path, None, target)

        if is_namespace:
            _bootstrap._verbose_message('possible namespace for {}', folder)
            spec = _bootstrap.ModuleSpec(fullname, None)
            spec.submodule_search_locations = [folder]
            return spec
        return None

    def _fill_cache(self):
        """Note the names in the directory; one that is missing or unreadable holds none."""
        try:
            names = _os.listdir(self.path or _os.getcwd())
        except (FileNotFoundError, PermissionError, NotADirectoryError):
            names = []
        if not sys.platform.startswith('win'):
            self._path_cache = set(names)
        else:
            # Windows ignores the case of suffixes whatever the environment says.
            folded = set()
            for name in names:
                stem, dot, suffix = name.partition('.')
                folded.add(stem + dot + suffix.lower())
            self._path_cache = folded
        if sys.platform.startswith(_CASE_INSENSITIVE_PLATFORMS):
            self._relaxed_path_cache = {name.lower() for name in names}

    @classmethod
    def path_hook(cls, *loader_details):
        """Return a function for sys.path_hooks that makes a finder of this class for a directory.

        It raises ImportError for a path that is not one.
        """
        def path_hook_for_FileFinder(path):
            """Make a finder for a directory."""
            if _path_isdir(path):
                return cls(path, *loader_details)
            raise ImportError('only directories are supported', path=path)

        return path_hook_for_FileFinder

    def __repr__(self):
        return 'FileFinder(%r)' % (self.path,)


# --- The library inside the executable ------------------------------------------------------------------------------


class _CarriedLoader(SourceFileLoader):
    """Loader of modules, and of the files beside them, that the executable carries when there is no library folder."""

    def get_code(self, fullname):
        return _imp._carried_code(fullname, self.path)

    def get_data(self, path):
        """Return the content of a carried file, or of one in the file system."""
        data = _imp._carried_data(path)
        return super().get_data(path) if data is None else data

    def _beside(self, name):
        return _path_join(_path_split(self.path)[0], name)

    def open_resource(self, resource):
        data = _imp._carried_data(self._beside(resource))
        if data is None:
            raise FileNotFoundError('%r is not in the carried library' % self._beside(resource))
        return _io.BytesIO(data)

    def resource_path(self, resource):
        # A resource of the executable is no file.
        raise FileNotFoundError

    def is_resource(self, name):
        return path_sep not in name and _imp._carried_data(self._beside(name)) is not None

    def contents(self):
        """Return an iterator over the names in the package: modules, packages and other files."""
        folder = _path_split(self.path)[0][len(_imp._carried_root()) + 1:] + path_sep
        return iter(sorted({relative[len(folder):].partition(path_sep)[0]
                            for relative in _imp._carried_names() if relative.startswith(folder)}))


class _CarriedFinder:
    """Path entry finder for the executable as a library; `path` is the executable, or a package inside it."""

    def __init__(self, path):
        root = _imp._carried_root()
        if root is None or not (path == root or path.startswith(root + path_sep)):
            raise ImportError('not the carried library', path=path)
        self.path = path
        self._root = root

    def find_spec(self, fullname, target=None):
        """Return the spec of a carried module, else None."""
        relative = _imp._carried_relative(fullname)
        if relative is None:
            return None
        path = _path_join(self._root, relative)
        if _path_split(path)[0] not in (self.path, _path_join(self.path, fullname.rpartition('.')[2])):
            return None
        folder = [_path_split(path)[0]] if relative.endswith('__init__.py') else None
        return spec_from_file_location(fullname, path, loader=_CarriedLoader(fullname, path),
                                       submodule_search_locations=folder)

    def iter_modules(self, prefix=''):
        """Yield (prefix + name, is it a package) of the modules in this folder, for pkgutil."""
        folder = self.path[len(self._root) + 1:]
        start = folder and folder + path_sep
        found = {}
        for relative in _imp._carried_names():
            name, _, rest = relative[len(start):].partition(path_sep)
            if not relative.startswith(start) or name == '__init__.py':
                continue
            if rest == '__init__.py':
                found[name] = True
            elif not rest and name.endswith('.py'):
                found[name[:-3]] = False
        for name in sorted(found):
            yield prefix + name, found[name]

    def invalidate_caches(self):
        """There is nothing to forget."""


# --- Start ----------------------------------------------------------------------------------------------------------


def _fix_up_module(ns, name, pathname, cpathname=None):
    """Give the namespace of a module that C code executes its __spec__, __loader__, __file__ and __cached__."""
    spec, loader = ns.get('__spec__'), ns.get('__loader__')
    if not loader and spec:
        loader = spec.loader
    elif not loader:
        kind = SourceFileLoader if pathname != cpathname else SourcelessFileLoader
        loader = kind(name, pathname)
    if not spec:
        spec = spec_from_file_location(name, pathname, loader=loader)
    found = (('__spec__', spec), ('__loader__', loader), ('__file__', pathname), ('__cached__', cpathname))
    try:
        for attribute, value in found:
            ns[attribute] = value
    except Exception:
        # A namespace that refuses is left as it is.
        pass


def _get_supported_file_loaders():
    """Return pairs (loader class, suffixes) for all kinds of module files, in order of preference."""
    return [(ExtensionFileLoader, _imp.extension_suffixes()),
            (SourceFileLoader, SOURCE_SUFFIXES),
            (SourcelessFileLoader, BYTECODE_SUFFIXES)]


def _setup(_bootstrap_module):
    """Take the modules this one needs from the running interpreter, and settle what depends on the platform."""
    global sys, _imp, _bootstrap
    _bootstrap = _bootstrap_module
    sys = _bootstrap.sys
    _imp = _bootstrap._imp
    here = globals()

    for name in ('_io', '_warnings', 'builtins', 'marshal', '_thread', '_weakref'):
        here[name] = sys.modules.get(name) or _bootstrap._builtin_from_name(name)

    for os_name, separators in (('posix', ['/']), ('nt', ['\\', '/'])):
        if os_name in sys.modules:
            os_module = sys.modules[os_name]
            break
        try:
            os_module = _bootstrap._builtin_from_name(os_name)
            break
        except ImportError:
            continue
    else:
        raise ImportError('importlib requires posix or nt')

    here['_os'] = os_module
    here['path_sep'] = separators[0]
    here['path_separators'] = ''.join(separators)
    here['path_sep_tuple'] = tuple(separators)
    here['_pathseps_with_colon'] = {':' + separator for separator in separators}
    here['_MS_WINDOWS'] = os_name == 'nt'
    if os_name == 'nt':
        here['_winreg'] = _bootstrap._builtin_from_name('winreg')
    here['_relax_case'] = _make_relax_case()
    EXTENSION_SUFFIXES[:] = _imp.extension_suffixes()


def _install(_bootstrap_module):
    """Put the path-based finder on sys.meta_path and its hook for directories on sys.path_hooks."""
    _setup(_bootstrap_module)
    if _imp._carried_root() is not None:
        sys.path_hooks.append(_CarriedFinder)
    sys.path_hooks.append(FileFinder.path_hook(*_get_supported_file_loaders()))
    sys.meta_path.append(PathFinder)
