# SPDX-License-Identifier: MIT
"""The finders and loaders of the import system, and the endings of the files they know."""

import _imp

from ._bootstrap import BuiltinImporter, FrozenImporter, ModuleSpec
from ._bootstrap_external import (BYTECODE_SUFFIXES, DEBUG_BYTECODE_SUFFIXES, EXTENSION_SUFFIXES,
                                  OPTIMIZED_BYTECODE_SUFFIXES, SOURCE_SUFFIXES, ExtensionFileLoader, FileFinder,
                                  PathFinder, SourceFileLoader, SourcelessFileLoader, WindowsRegistryFinder)


def all_suffixes():
    """Return the endings of all files that can be imported."""
    return [*SOURCE_SUFFIXES, *BYTECODE_SUFFIXES, *EXTENSION_SUFFIXES]
