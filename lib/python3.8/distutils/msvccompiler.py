# SPDX-License-Identifier: MIT
"""Microsoft's compiler: what other modules ask about it on every system, and a compiler class that refuses to work elsewhere.

This interpreter runs on Linux only, so there is nothing behind `initialize()`; the names are here for packages that import them.
"""

import os
import re
import sys

from distutils.ccompiler import CCompiler
from distutils.errors import CompileError, DistutilsExecError, DistutilsPlatformError, LibError, LinkError  # noqa: F401


def get_build_version():
    """Return the version of Microsoft's compiler that made the interpreter as a number; 6 if `sys.version` names none."""
    found = re.search(r'MSC v\.(\d+)', sys.version)
    if found is None:
        return 6
    major, minor = divmod(int(found[1]), 100)
    major -= 6
    if major >= 13:     # there was no 13th version
        major += 1
    return major + minor // 10 / 10 if major >= 6 else None


def get_build_architecture():
    """Return the name of the processor that `sys.version` mentions; 'Intel' if it mentions none."""
    found = re.search(r' bit \(([^)]*)\)', sys.version)
    return found[1] if found else 'Intel'


def normalize_and_reduce_paths(paths):
    """Return the paths normalised, in order, each only once."""
    return list(dict.fromkeys(map(os.path.normpath, paths)))


def read_keys(base, key):
    """Return the names below a key of the registry: None, for there is none."""
    return None


def read_values(base, key):
    """Return the values of a key of the registry as a dict: None, for there is none."""
    return None


def convert_mbcs(s):
    """Return s, a text of the registry, as it is."""
    return s


class MSVCCompiler(CCompiler):
    """Microsoft Visual C++ as a compiler object. Any work with it is a DistutilsPlatformError."""

    compiler_type = 'msvc'
    executables = {}
    _c_extensions = ['.c']
    _cpp_extensions = ['.cc', '.cpp', '.cxx']
    _rc_extensions = ['.rc']
    _mc_extensions = ['.mc']
    src_extensions = _c_extensions + _cpp_extensions + _rc_extensions + _mc_extensions
    # How Windows names what is made.
    obj_extension, exe_extension, res_extension = '.obj', '.exe', '.res'
    static_lib_extension, shared_lib_extension = '.lib', '.dll'
    static_lib_format = shared_lib_format = '%s%s'
    initialized = False

    def __init__(self, verbose=0, dry_run=0, force=0):
        CCompiler.__init__(self, verbose, dry_run, force)

    def initialize(self):
        """Look for the compiler: DistutilsPlatformError."""
        raise DistutilsPlatformError("Microsoft's compiler is not available on " + sys.platform)

    def compile(self, sources, output_dir=None, macros=None, include_dirs=None, debug=0, extra_preargs=None, extra_postargs=None, depends=None):
        self.initialize()

    def create_static_lib(self, objects, output_libname, output_dir=None, debug=0, target_lang=None):
        self.initialize()

    def link(self, target_desc, objects, output_filename, output_dir=None, libraries=None, library_dirs=None, runtime_library_dirs=None,
             export_symbols=None, debug=0, extra_preargs=None, extra_postargs=None, build_temp=None, target_lang=None):
        self.initialize()

    def library_dir_option(self, dir):
        return '/LIBPATH:' + dir

    def runtime_library_dir_option(self, dir):
        raise DistutilsPlatformError("Microsoft's linker has no search path for running programs")

    def library_option(self, lib):
        return self.library_filename(lib)

    def find_library_file(self, dirs, lib, debug=0):
        """Return the first of the folders' NAME_d.lib (with debug) and NAME.lib that exists, else None."""
        names = [lib + '_d', lib] if debug else [lib]
        for folder in dirs:
            for name in names:
                path = os.path.join(folder, self.library_filename(name))
                if os.path.exists(path):
                    return path
        return None
