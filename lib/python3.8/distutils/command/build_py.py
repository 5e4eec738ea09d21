# SPDX-License-Identifier: MIT
"""The command build_py: Python modules and the data of packages, copied to the build folder."""

import glob
import importlib.util
import os
import sys

from distutils import log
from distutils.core import Command
from distutils.errors import *
from distutils.util import Mixin2to3, convert_path


class build_py(Command):
    """Copies modules and compiles them if that is wanted."""

    description = '"build" pure Python modules (copy to build directory)'
    user_options = [
        ('build-lib=', 'd', 'directory to "build" (copy) to'),
        ('compile', 'c', 'compile .py to .pyc'),
        ('no-compile', None, "don't compile .py files [default]"),
        ('optimize=', 'O', 'also compile with optimization: -O1 for "python -O", -O2 for "python -OO", and -O0 to '
                           'disable [default: -O0]'),
        ('force', 'f', 'forcibly build everything (ignore file timestamps)'),
    ]
    boolean_options = ['compile', 'force']
    negative_opt = {'no-compile': 'compile'}

    def initialize_options(self):
        """Set the options to nothing."""
        self.build_lib = self.py_modules = self.package = self.package_data = self.package_dir = self.force = None
        self.compile = self.optimize = 0

    def finalize_options(self):
        """Take over what the distribution says."""
        self.set_undefined_options('build', ('build_lib', 'build_lib'), ('force', 'force'))
        dist = self.distribution
        self.packages, self.py_modules, self.package_data = dist.packages, dist.py_modules, dist.package_data
        self.package_dir = {name: convert_path(path) for name, path in (dist.package_dir or {}).items()}
        self.data_files = self.get_data_files()
        if not isinstance(self.optimize, int):
            try:
                self.optimize = int(self.optimize)
                assert 0 <= self.optimize <= 2
            except (ValueError, AssertionError):
                raise DistutilsOptionError('optimize must be 0, 1, or 2')

    def run(self):
        """Copy everything."""
        if self._copy_all():
            self.byte_compile(self.get_outputs(include_bytecode=0))

    def _copy_all(self):
        """Copy modules, packages and data; return whether there are any."""
        steps = [self.build_modules] if self.py_modules else []
        if self.packages:
            steps += [self.build_packages, self.build_package_data]
        for step in steps:
            step()
        return bool(steps)

    # Data.

    def get_data_files(self):
        """Return (package, its folder, folder to copy to, names) for each package."""
        rows = []
        for package in self.packages or ():
            source = self.get_package_dir(package)
            skipped = len(source) + 1 if source else 0
            names = [path[skipped:] for path in self.find_data_files(package, source)]
            rows.append((package, source, os.path.join(self.build_lib, *package.split('.')), names))
        return rows

    def find_data_files(self, package, src_dir):
        """Return the paths of a package's data, as the patterns of package_data say."""
        found = {}
        for pattern in self.package_data.get('', []) + self.package_data.get(package, []):
            for path in glob.glob(os.path.join(glob.escape(src_dir), convert_path(pattern))):
                # Patterns may fit folders.
                if os.path.isfile(path):
                    found[path] = None
        return list(found)

    def build_package_data(self):
        """Copy the data of all packages."""
        for _, source, target, names in self.data_files:
            for name in names:
                path = os.path.join(target, name)
                self.mkpath(os.path.dirname(path))
                self.copy_file(os.path.join(source, name), path, preserve_mode=False)

    # Modules: triples (package, module, path).

    def get_package_dir(self, package):
        """Return the folder of a package in the sources: by package_dir for it, or for one that it is in."""
        parts = package.split('.') if package else []
        if not self.package_dir:
            return os.path.join(*parts) if parts else ''
        for length in range(len(parts), 0, -1):
            folder = self.package_dir.get('.'.join(parts[:length]))
            if folder is not None:
                return os.path.join(folder, *parts[length:])
        root = self.package_dir.get('')
        whole = parts if root is None else [root, *parts]
        return os.path.join(*whole) if whole else ''

    def check_package(self, package, package_dir):
        """Return the path of a package's __init__.py, None if there is none.  Raises DistutilsFileError."""
        if package_dir != '':
            if not os.path.exists(package_dir):
                raise DistutilsFileError("package directory '%s' does not exist" % package_dir)
            if not os.path.isdir(package_dir):
                raise DistutilsFileError("supposed package directory '%s' exists, but is not a directory"
                                         % package_dir)
        if package:
            path = os.path.join(package_dir, '__init__.py')
            if os.path.isfile(path):
                return path
            log.warn("package init file '%s' not found (or not a regular file)", path)
        return None

    def check_module(self, module, module_file):
        """Whether a module's file is there."""
        if os.path.isfile(module_file):
            return True
        log.warn('file %s (for module %s) not found', module_file, module)
        return False

    def find_package_modules(self, package, package_dir):
        """Return the modules of a package; the setup script is none."""
        self.check_package(package, package_dir)
        script = os.path.abspath(self.distribution.script_name)
        modules = []
        for path in glob.glob(os.path.join(glob.escape(package_dir), '*.py')):
            if os.path.abspath(path) == script:
                self.debug_print('excluding %s' % script)
            else:
                modules.append((package, os.path.splitext(os.path.basename(path))[0], path))
        return modules

    def find_modules(self):
        """Return the modules that py_modules names, with the __init__ of their packages."""
        modules, folders = [], {}
        for name in self.py_modules:
            package, _, last = name.rpartition('.')
            if package not in folders:
                folders[package] = self.get_package_dir(package)
                init = self.check_package(package, folders[package])
                if init:
                    modules.append((package, '__init__', init))
            path = os.path.join(folders[package], last + '.py')
            if self.check_module(name, path):
                modules.append((package, last, path))
        return modules

    def find_all_modules(self):
        """Return all modules."""
        modules = self.find_modules() if self.py_modules else []
        for package in self.packages or ():
            modules += self.find_package_modules(package, self.get_package_dir(package))
        return modules

    def get_source_files(self):
        """Return the paths of all modules in the sources."""
        return [path for _, _, path in self.find_all_modules()]

    def get_module_outfile(self, build_dir, package, module):
        """Return the path of a module in the build folder; package: the parts of its name."""
        return os.path.join(build_dir, *package, module + '.py')

    def get_outputs(self, include_bytecode=1):
        """Return the paths of all that is made."""
        outputs = []
        for package, module, _ in self.find_all_modules():
            path = self.get_module_outfile(self.build_lib, package.split('.'), module)
            outputs.append(path)
            if include_bytecode:
                if self.compile:
                    outputs.append(importlib.util.cache_from_source(path, optimization=''))
                if self.optimize > 0:
                    outputs.append(importlib.util.cache_from_source(path, optimization=self.optimize))
        return outputs + [os.path.join(target, name) for _, _, target, names in self.data_files for name in names]

    def build_module(self, module, module_file, package):
        """Copy a module; return (path, whether it was copied)."""
        if isinstance(package, str):
            package = package.split('.')
        elif not isinstance(package, (list, tuple)):
            raise TypeError("'package' must be a string (dot-separated), list, or tuple")
        path = self.get_module_outfile(self.build_lib, package, module)
        self.mkpath(os.path.dirname(path))
        return self.copy_file(module_file, path, preserve_mode=0)

    def build_modules(self):
        """Copy the modules that py_modules names."""
        for package, module, path in self.find_modules():
            self.build_module(module, path, package)

    def build_packages(self):
        """Copy the modules of all packages."""
        for package in self.packages:
            for inside, module, path in self.find_package_modules(package, self.get_package_dir(package)):
                assert package == inside
                self.build_module(module, path, package)

    def byte_compile(self, files):
        """Compile the modules, as the options say."""
        if sys.dont_write_bytecode:
            self.warn('byte-compiling is disabled, skipping.')
            return
        from distutils.util import byte_compile
        prefix = self.build_lib if self.build_lib.endswith(os.sep) else self.build_lib + os.sep
        for wanted, level in ((self.compile, 0), (self.optimize > 0, self.optimize)):
            if wanted:
                byte_compile(files, optimize=level, force=self.force, prefix=prefix, dry_run=self.dry_run)


class build_py_2to3(build_py, Mixin2to3):
    """Converts the modules that it copies with lib2to3."""

    def run(self):
        """Copy and convert everything."""
        self.updated_files = []
        self._copy_all()
        self.run_2to3(self.updated_files)
        self.byte_compile(self.get_outputs(include_bytecode=0))

    def build_module(self, module, module_file, package):
        """Copy a module and remember it if it is new."""
        result = super().build_module(module, module_file, package)
        if result[1]:
            self.updated_files.append(result[0])
        return result
