# SPDX-License-Identifier: MIT
"""Importing modules from zip archives; frozen into the executable.

zipimporter(path) is a hook for sys.path_hooks: it takes the path of an archive, or of a folder inside one.  The
directory of each archive is read once and shared by all importers of it:

    _zip_directory_cache[archive] = {inner path: (display path, compression, packed size, size, offset of the
                                                  local header, DOS time, DOS date, CRC)}

Files that are stored or deflated can be read; encryption, several disks and ZIP64 are not supported.
"""

import _frozen_importlib_external as _bootstrap_external
from _frozen_importlib_external import _unpack_uint16, _unpack_uint32
import _frozen_importlib as _bootstrap
import _imp
import _io
import marshal
import sys
import time

__all__ = ['ZipImportError', 'zipimporter']

path_sep = _bootstrap_external.path_sep
alt_path_sep = _bootstrap_external.path_separators[1:]

_module_type = type(sys)
_code_type = _bootstrap_external._code_type

END_CENTRAL_DIR_SIZE = 22
STRING_END_ARCHIVE = b'PK\x05\x06'
MAX_COMMENT_LEN = (1 << 16) - 1
_CENTRAL_SIGNATURE = b'PK\x01\x02'
_LOCAL_SIGNATURE = b'PK\x03\x04'
_DEFLATED = 8

_zip_directory_cache = {}

# Suffix, is it bytecode, is it a package: in order of preference.
_zip_searchorder = tuple(
    (stem + suffix, suffix == '.pyc', bool(stem)) for stem in (path_sep + '__init__', '') for suffix in ('.pyc', '.py'))

# The upper half of code page 437, which names are in unless they are marked as utf-8.
cp437_table = ''.join(map(chr, range(128))) + (
    '\xc7\xfc\xe9\xe2\xe4\xe0\xe5\xe7\xea\xeb\xe8\xef\xee\xec\xc4\xc5'
    + '\xc9\xe6\xc6\xf4\xf6\xf2\xfb\xf9\xff\xd6\xdc\xa2\xa3\xa5\u20a7\u0192'
    + '\xe1\xed\xf3\xfa\xf1\xd1\xaa\xba\xbf\u2310\xac\xbd\xbc\xa1\xab\xbb'
    + '\u2591\u2592\u2593\u2502\u2524\u2561\u2562\u2556\u2555\u2563\u2551\u2557\u255d\u255c\u255b\u2510'
    + '\u2514\u2534\u252c\u251c\u2500\u253c\u255e\u255f\u255a\u2554\u2569\u2566\u2560\u2550\u256c\u2567'
    + '\u2568\u2564\u2565\u2559\u2558\u2552\u2553\u256b\u256a\u2518\u250c\u2588\u2584\u258c\u2590\u2580'
    + '\u03b1\xdf\u0393\u03c0\u03a3\u03c3\xb5\u03c4\u03a6\u0398\u03a9\u03b4\u221e\u03c6\u03b5\u2229'
    + '\u2261\xb1\u2265\u2264\u2320\u2321\xf7\u2248\xb0\u2219\xb7\u221a\u207f\xb2\u25a0\xa0')


class ZipImportError(ImportError):
    """An archive cannot be read, or has no such module."""


class zipimporter:
    """Importer of the modules in a zip archive.

    path: of the archive, or of a folder inside it ('lib.zip/sub').  Raises ZipImportError if there is no archive.
    archive: path of the archive file; prefix: the folder inside, '' or ending in a separator.
    """

    def __init__(self, path):
        if not isinstance(path, str):
            from os import fsdecode
            path = fsdecode(path)
        if alt_path_sep:
            path = path.replace(alt_path_sep, path_sep)
        if not path:
            raise ZipImportError('archive path is empty', path=path)

        inner = []
        while True:
            try:
                mode = _bootstrap_external._path_stat(path).st_mode
            except (OSError, ValueError):
                # Not there: the last part may be inside an archive.
                head, tail = _bootstrap_external._path_split(path)
                if head == path:
                    raise ZipImportError('not a Zip file', path=path)
                path = head
                inner.append(tail)
            else:
                if mode & 0o170000 != 0o100000:
                    raise ZipImportError('not a Zip file', path=path)
                break

        if path not in _zip_directory_cache:
            _zip_directory_cache[path] = _read_directory(path)
        self._files = _zip_directory_cache[path]
        self.archive = path
        self.prefix = _bootstrap_external._path_join(*inner[::-1])
        if self.prefix:
            self.prefix += path_sep

    def find_loader(self, fullname, path=None):
        """Return (self, []) if the archive has the module, (None, [folder]) if only a folder of that name."""
        if _get_module_info(self, fullname) is not None:
            return self, []
        inside = _get_module_path(self, fullname)
        if _is_dir(self, inside):
            return None, [self.archive + path_sep + inside]
        return None, []

    def find_module(self, fullname, path=None):
        """Return self if the archive has the module, else None.  path is ignored."""
        return self.find_loader(fullname, path)[0]

    def get_code(self, fullname):
        """Return the code object of the module; ZipImportError if the archive lacks it."""
        code, _, _ = _get_module_code(self, fullname)
        return code

    def get_data(self, pathname):
        """Return the content of a file in the archive as bytes; pathname may start with the archive's path.

        Raises OSError if it is not there.
        """
        if alt_path_sep:
            pathname = pathname.replace(alt_path_sep, path_sep)
        key = pathname
        if pathname.startswith(self.archive + path_sep):
            key = pathname[len(self.archive + path_sep):]
        entry = self._files.get(key)
        if entry is None:
            raise OSError(0, '', key)
        return _get_data(self.archive, entry)

    def get_filename(self, fullname):
        """Return what __file__ is or would be for the module."""
        _, _, path = _get_module_code(self, fullname)
        return path

    def get_source(self, fullname):
        """Return the source text of the module, None if only bytecode is there; ZipImportError if nothing is."""
        is_package = _get_module_info(self, fullname)
        if is_package is None:
            raise ZipImportError(f"can't find module {fullname!r}", name=fullname)
        path = _get_module_path(self, fullname)
        path = _bootstrap_external._path_join(path, '__init__.py') if is_package else path + '.py'
        entry = self._files.get(path)
        return None if entry is None else _get_data(self.archive, entry).decode()

    def is_package(self, fullname):
        """Return True if the module is a package; ZipImportError if the archive lacks it."""
        found = _get_module_info(self, fullname)
        if found is None:
            raise ZipImportError(f"can't find module {fullname!r}", name=fullname)
        return found

    def load_module(self, fullname):
        """Load and return the module.  Raises ZipImportError if the archive lacks it."""
        code, is_package, path = _get_module_code(self, fullname)
        module = sys.modules.get(fullname)
        if module is None or not isinstance(module, _module_type):
            module = sys.modules[fullname] = _module_type(fullname)
        module.__loader__ = self
        try:
            if is_package:
                folder = _get_module_path(self, fullname)
                module.__path__ = [_bootstrap_external._path_join(self.archive, folder)]
            if not hasattr(module, '__builtins__'):
                module.__builtins__ = __builtins__
            _bootstrap_external._fix_up_module(module.__dict__, fullname, path)
            exec(code, module.__dict__)
        except:
            del sys.modules[fullname]
            raise
        try:
            module = sys.modules[fullname]
        except KeyError:
            raise ImportError(f'Loaded module {fullname!r} not found in sys.modules')
        _bootstrap._verbose_message('import {} # loaded from Zip {}', fullname, path)
        return module

    def get_resource_reader(self, fullname):
        """Return an importlib.abc.ResourceReader for a package in the archive, None for anything else."""
        # None of it is there, a module, a package.
        if not _get_module_info(self, fullname):
            return None
        reader = _ZipImportResourceReader
        if not reader._registered:
            reader._registered = True
            from importlib import abc
            abc.ResourceReader.register(reader)
        return reader(self, fullname)

    def __repr__(self):
        return f'<zipimporter object "{self.archive}{path_sep}{self.prefix}">'


# --- Finding a module in the directory --------------------------------------------------------------------------------


def _get_module_path(self, fullname):
    """Return the inner path of a module, without suffix."""
    return self.prefix + fullname.rpartition('.')[2]


def _is_dir(self, path):
    return path + path_sep in self._files


def _get_module_info(self, fullname):
    """Return whether the module is a package, None if the archive lacks it."""
    path = _get_module_path(self, fullname)
    for suffix, _, is_package in _zip_searchorder:
        if path + suffix in self._files:
            return is_package
    return None


# --- Reading archives -------------------------------------------------------------------------------------------------


def _find_end_record(file, archive):
    """Return (the end record and what follows it, its position, size of the file)."""
    try:
        file.seek(-END_CENTRAL_DIR_SIZE, 2)
        position = file.tell()
        record = file.read(END_CENTRAL_DIR_SIZE)
    except OSError:
        raise ZipImportError(f"can't read Zip file: {archive!r}", path=archive)
    if len(record) != END_CENTRAL_DIR_SIZE:
        raise ZipImportError(f"can't read Zip file: {archive!r}", path=archive)
    if record[:4] == STRING_END_ARCHIVE:
        return record, position

    # There is a comment after it, of unknown length.
    try:
        file.seek(0, 2)
        size = file.tell()
        start = max(size - MAX_COMMENT_LEN - END_CENTRAL_DIR_SIZE, 0)
        file.seek(start)
        tail = file.read()
    except OSError:
        raise ZipImportError(f"can't read Zip file: {archive!r}", path=archive)
    at = tail.rfind(STRING_END_ARCHIVE)
    if at < 0:
        raise ZipImportError(f'not a Zip file: {archive!r}', path=archive)
    record = tail[at:at + END_CENTRAL_DIR_SIZE]
    if len(record) != END_CENTRAL_DIR_SIZE:
        raise ZipImportError(f'corrupt Zip file: {archive!r}', path=archive)
    return record, size - len(tail) + at


def _read_directory(archive):
    """Return the directory of the archive as a dict (see the head of this module).  Raises ZipImportError."""
    try:
        file = _io.open_code(archive)
    except OSError:
        raise ZipImportError(f"can't open Zip file: {archive!r}", path=archive)

    with file:
        record, end = _find_end_record(file, archive)
        directory_size = _unpack_uint32(record[12:16])
        directory_offset = _unpack_uint32(record[16:20])
        if end < directory_size:
            raise ZipImportError(f'bad central directory size: {archive!r}', path=archive)
        if end < directory_offset:
            raise ZipImportError(f'bad central directory offset: {archive!r}', path=archive)
        start = end - directory_size
        # An archive may stand behind something else, an executable say: its offsets then count from its own start.
        shift = start - directory_offset
        if shift < 0:
            raise ZipImportError(f'bad central directory size or offset: {archive!r}', path=archive)
        try:
            file.seek(start)
        except OSError:
            raise ZipImportError(f"can't read Zip file: {archive!r}", path=archive)

        files = {}
        while True:
            head = file.read(46)
            if len(head) < 4:
                raise EOFError('EOF read where not expected')
            if head[:4] != _CENTRAL_SIGNATURE:
                break
            if len(head) != 46:
                raise EOFError('EOF read where not expected')
            flags = _unpack_uint16(head[8:10])
            compression = _unpack_uint16(head[10:12])
            dos_time = _unpack_uint16(head[12:14])
            dos_date = _unpack_uint16(head[14:16])
            crc = _unpack_uint32(head[16:20])
            packed_size = _unpack_uint32(head[20:24])
            file_size = _unpack_uint32(head[24:28])
            name_size = _unpack_uint16(head[28:30])
            skip = _unpack_uint16(head[30:32]) + _unpack_uint16(head[32:34])
            offset = _unpack_uint32(head[42:46])
            if offset > directory_offset:
                raise ZipImportError(f'bad local header offset: {archive!r}', path=archive)
            raw_name = file.read(name_size)
            if len(raw_name) != name_size:
                raise ZipImportError(f"can't read Zip file: {archive!r}", path=archive)
            if len(file.read(skip)) != skip:
                raise ZipImportError(f"can't read Zip file: {archive!r}", path=archive)

            if flags & 0x800:
                name = raw_name.decode()
            else:
                try:
                    name = raw_name.decode('ascii')
                except UnicodeDecodeError:
                    name = raw_name.decode('latin1').translate(cp437_table)
            name = name.replace('/', path_sep)
            shown = _bootstrap_external._path_join(archive, name)
            files[name] = (shown, compression, packed_size, file_size, offset + shift, dos_time, dos_date, crc)
    _bootstrap._verbose_message('zipimport: found {} names in {!r}', len(files), archive)
    return files


# True while zlib is being imported: an archive that holds zlib deflated must not ask for it again.
_importing_zlib = False


def _get_decompress_func():
    """Return zlib.decompress; ZipImportError if there is no zlib."""
    global _importing_zlib
    decompress = None
    if not _importing_zlib:
        _importing_zlib = True
        try:
            from zlib import decompress
        except Exception:
            # Told below, as if it had not been tried.
            pass
        finally:
            _importing_zlib = False
    _bootstrap._verbose_message('zipimport: zlib {}', 'UNAVAILABLE' if decompress is None else 'available')
    if decompress is None:
        raise ZipImportError("can't decompress data; zlib not available")
    return decompress


def _get_data(archive, toc_entry):
    """Return the content of a file, given its entry in the directory."""
    _, compression, packed_size, _, offset, _, _, _ = toc_entry
    if packed_size < 0:
        raise ZipImportError('negative data size')

    with _io.open_code(archive) as file:
        try:
            file.seek(offset)
        except OSError:
            raise ZipImportError(f"can't read Zip file: {archive!r}", path=archive)
        head = file.read(30)
        if len(head) != 30:
            raise EOFError('EOF read where not expected')
        if head[:4] != _LOCAL_SIGNATURE:
            raise ZipImportError(f'bad local file header: {archive!r}', path=archive)
        # Name and extra field here may be longer or shorter than in the central directory.
        content = offset + 30 + _unpack_uint16(head[26:28]) + _unpack_uint16(head[28:30])
        try:
            file.seek(content)
        except OSError:
            raise ZipImportError(f"can't read Zip file: {archive!r}", path=archive)
        packed = file.read(packed_size)
        if len(packed) != packed_size:
            raise OSError("zipimport: can't read data")

    if compression == 0:
        return packed
    try:
        decompress = _get_decompress_func()
    except Exception:
        raise ZipImportError("can't decompress data; zlib not available")
    return decompress(packed, -15)


# --- Code of a module ---------------------------------------------------------------------------------------------------


def _eq_mtime(t1, t2):
    """True if two times agree; DOS times have a step of two seconds."""
    return abs(t1 - t2) <= 1


def _parse_dostime(d, t):
    """Return seconds since the epoch for a DOS date and time, which are local."""
    return time.mktime(((d >> 9) + 1980, (d >> 5) & 0x0F, d & 0x1F,
                        t >> 11, (t >> 5) & 0x3F, (t & 0x1F) * 2,
                        -1, -1, -1))


def _get_mtime_and_size_of_source(self, path):
    """Return (time, size) of the source that belongs to the bytecode at inner path `path`; zeros if none is there."""
    entry = self._files.get(path[:-1]) if path[-1:] in ('c', 'o') else None
    try:
        return _parse_dostime(entry[6], entry[5]), entry[3]
    except (TypeError, IndexError, ValueError, OverflowError):
        return 0, 0


def _get_pyc_source(self, path):
    """Return the content of the source that belongs to the bytecode at inner path `path`, None if none is there."""
    assert path[-1:] in ('c', 'o')
    entry = self._files.get(path[:-1])
    return None if entry is None else _get_data(self.archive, entry)


def _unmarshal_code(self, pathname, fullpath, fullname, data):
    """Return the code object in the bytecode file `data`, None if it is stale.

    pathname: inner path; fullpath: with the archive's.  Raises ImportError if the file is damaged.
    """
    details = {'name': fullname, 'path': fullpath}
    flags = _bootstrap_external._classify_pyc(data, fullname, details)
    if flags & 0b1:
        check_source = flags & 0b10 != 0
        policy = _imp.check_hash_based_pycs
        if policy != 'never' and (check_source or policy == 'always'):
            source = _get_pyc_source(self, fullpath if fullpath in self._files else pathname)
            if source is not None:
                found = _imp.source_hash(_bootstrap_external._RAW_MAGIC_NUMBER, source)
                _bootstrap_external._validate_hash_pyc(data, found, fullname, details)
    else:
        mtime, size = _get_mtime_and_size_of_source(self, pathname)
        if mtime and not (_eq_mtime(_unpack_uint32(data[8:12]), mtime) and _unpack_uint32(data[12:16]) == size):
            _bootstrap._verbose_message(f'bytecode is stale for {fullname!r}')
            return None

    code = marshal.loads(data[16:])
    if not isinstance(code, _code_type):
        raise TypeError(f'compiled module {pathname!r} is not a code object')
    return code


def _normalize_line_endings(source):
    return source.replace(b'\r\n', b'\n').replace(b'\r', b'\n')


def _compile_source(pathname, source):
    """Compile source (bytes) and return the code object."""
    return compile(_normalize_line_endings(source), pathname, 'exec', dont_inherit=True)


def _get_module_code(self, fullname):
    """Return (code object, is it a package, path for __file__) of a module in the archive."""
    path = _get_module_path(self, fullname)
    damaged = None
    for suffix, is_bytecode, is_package in _zip_searchorder:
        inner = path + suffix
        _bootstrap._verbose_message('trying {}{}{}', self.archive, path_sep, inner, verbosity=2)
        entry = self._files.get(inner)
        if entry is None:
            continue
        data = _get_data(self.archive, entry)
        code = None
        if is_bytecode:
            try:
                code = _unmarshal_code(self, inner, entry[0], fullname, data)
            except ImportError as error:
                damaged = error
        else:
            code = _compile_source(entry[0], data)
        if code is not None:
            return code, is_package, entry[0]
    if damaged is not None:
        raise ZipImportError(f'module load failed: {damaged}', name=fullname) from damaged
    raise ZipImportError(f"can't find module {fullname!r}", name=fullname)


class _ZipImportResourceReader:
    """Resources of a package in an archive, for importlib.resources; registered with its ABC when first used."""

    _registered = False

    def __init__(self, zipimporter, fullname):
        self.zipimporter = zipimporter
        self.fullname = fullname

    def _path(self, name):
        return f"{self.fullname.replace('.', '/')}/{name}"

    def open_resource(self, resource):
        from io import BytesIO
        try:
            return BytesIO(self.zipimporter.get_data(self._path(resource)))
        except OSError:
            raise FileNotFoundError(self._path(resource))

    def resource_path(self, resource):
        # There is no file that could be named; callers make a temporary one.
        raise FileNotFoundError

    def is_resource(self, name):
        try:
            self.zipimporter.get_data(self._path(name))
        except OSError:
            return False
        return True

    def contents(self):
        from pathlib import Path
        place = Path(self.zipimporter.get_filename(self.fullname))
        package = place.relative_to(self.zipimporter.archive).parent
        folders = set()
        for filename in self.zipimporter._files:
            try:
                inner = Path(filename).relative_to(package)
            except ValueError:
                continue
            # A file of the package itself, or the folder of one further down.
            if len(inner.parts) <= 1:
                yield inner.name
            elif inner.parts[0] not in folders:
                folders.add(inner.parts[0])
                yield inner.parts[0]
