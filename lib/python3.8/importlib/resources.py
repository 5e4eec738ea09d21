# SPDX-License-Identifier: MIT
"""Files that lie in packages, wherever the packages come from.

A package is named or given as a module; a resource is a name without folders.  If the package's loader offers a
resource reader it is asked; else the file is looked for beside the package, then asked for with get_data().
"""

import os

from contextlib import contextmanager
from io import BytesIO, TextIOWrapper
from types import ModuleType
from typing import Union
from . import import_module

__all__ = ['Package', 'Resource', 'contents', 'is_resource', 'open_binary', 'open_text', 'path', 'read_binary',
           'read_text']

Package = Union[str, ModuleType]
Resource = Union[str, os.PathLike]


def _get_package(package) -> ModuleType:
    """Return the package, imported by name if need be.  Raises TypeError if it is a plain module."""
    module = package if hasattr(package, '__spec__') else import_module(package)
    if module.__spec__.submodule_search_locations is None:
        raise TypeError('{!r} is not a package'.format(module.__spec__.name))
    return module


def _normalize_path(path) -> str:
    """Return the name of a resource.  Raises ValueError if there are folders in it."""
    folder, name = os.path.split(path)
    if folder:
        raise ValueError('{!r} must be only a file name'.format(path))
    return name


def _get_resource_reader(package: ModuleType):
    """Return the loader's reader for the package, or None."""
    spec = package.__spec__
    if not hasattr(spec.loader, 'get_resource_reader'):
        return None
    return spec.loader.get_resource_reader(spec.name)


def _check_location(package):
    if package.__spec__.origin is None or not package.__spec__.has_location:
        raise FileNotFoundError(f'Package has no location {package!r}')


def _beside(package, name):
    """The path that a file beside the package's own would have."""
    origin = os.path.abspath(package.__spec__.origin or 'non-existent file')
    return os.path.join(os.path.dirname(origin), name)


def _open(package, resource):
    """Return the resource as a file object for bytes."""
    name = _normalize_path(resource)
    package = _get_package(package)
    reader = _get_resource_reader(package)
    if reader is not None:
        return reader.open_resource(name)
    full_path = _beside(package, name)
    try:
        return open(full_path, mode='rb')
    except OSError:
        pass
    loader = package.__spec__.loader
    if hasattr(loader, 'get_data'):
        try:
            return BytesIO(loader.get_data(full_path))
        except OSError:
            pass
    raise FileNotFoundError('{!r} resource not found in {!r}'.format(name, package.__spec__.name))


def open_binary(package: Package, resource: Resource) -> 'BinaryIO':
    """Return a file object for the bytes of a resource.  Raises FileNotFoundError, ValueError, TypeError."""
    return _open(package, resource)


def open_text(package: Package, resource: Resource, encoding: str = 'utf-8', errors: str = 'strict') -> 'TextIO':
    """Return a file object for the text of a resource."""
    return TextIOWrapper(_open(package, resource), encoding, errors)


def read_binary(package: Package, resource: Resource) -> bytes:
    """Return the bytes of a resource."""
    with open_binary(package, resource) as file:
        return file.read()


def read_text(package: Package, resource: Resource, encoding: str = 'utf-8', errors: str = 'strict') -> str:
    """Return the text of a resource."""
    with open_text(package, resource, encoding, errors) as file:
        return file.read()


@contextmanager
def path(package: Package, resource: Resource) -> 'Iterator[Path]':
    """A context manager whose value is the pathlib.Path of a resource.

    What is no file of the system is written to a temporary one, which is gone after the with block.
    """
    from pathlib import Path
    name = _normalize_path(resource)
    package = _get_package(package)
    reader = _get_resource_reader(package)
    if reader is None:
        _check_location(package)
        found = Path(package.__spec__.origin).parent / name
        if not found.exists():
            found = None
    else:
        try:
            found = Path(reader.resource_path(name))
        except FileNotFoundError:
            found = None
    if found is not None:
        yield found
        return

    import tempfile
    data = read_binary(package, name)
    # Looked up now: the rest may run when the program ends and modules are taken apart.
    remove = os.remove
    handle, temporary = tempfile.mkstemp()
    try:
        with open(handle, 'wb') as file:
            file.write(data)
        yield Path(temporary)
    finally:
        try:
            remove(temporary)
        except OSError:
            # Somebody else removed it.
            pass


def is_resource(package: Package, name: str) -> bool:
    """Whether the package has a resource of that name; folders are no resources."""
    package = _get_package(package)
    reader = _get_resource_reader(package)
    name = _normalize_path(name)
    if reader is not None:
        return reader.is_resource(name)
    try:
        names = contents(package)
    except (FileNotFoundError, NotADirectoryError):
        names = ()
    return name in names and os.path.isfile(os.path.join(os.path.dirname(package.__spec__.origin), name))


def contents(package: Package) -> 'Iterable[str]':
    """Return the names of everything in the package, folders and modules included."""
    package = _get_package(package)
    reader = _get_resource_reader(package)
    if reader is not None:
        return reader.contents()
    if package.__spec__.origin is None or not package.__spec__.has_location:
        return ()
    return os.listdir(os.path.dirname(package.__spec__.origin))
