# SPDX-License-Identifier: MIT
"""The command install_lib: modules."""

import importlib.util
import os
import sys

from distutils.core import Command
from distutils.errors import DistutilsOptionError

PYTHON_SOURCE_EXTENSION = '.py'


class install_lib(Command):
    """Copies the build folder and compiles the Python modules in it."""

    description = 'install all Python modules (extensions and pure Python)'
    user_options = [
        ('install-dir=', 'd', 'directory to install to'),
        ('build-dir=', 'b', 'build directory (where to install from)'),
        ('force', 'f', 'force installation (overwrite existing files)'),
        ('compile', 'c', 'compile .py to .pyc [default]'),
        ('no-compile', None, "don't compile .py files"),
        ('optimize=', 'O', 'also compile with optimization: -O1 for "python -O", -O2 for "python -OO", and -O0 to '
                           'disable [default: -O0]'),
        ('skip-build', None, 'skip the build steps'),
    ]
    boolean_options = ['force', 'compile', 'skip-build']
    negative_opt = {'no-compile': 'compile'}

    def initialize_options(self):
        """Set the options to nothing."""
        self.install_dir = self.build_dir = self.compile = self.optimize = self.skip_build = None
        self.force = 0

    def finalize_options(self):
        """Take over the options of install."""
        self.set_undefined_options('install', ('build_lib', 'build_dir'), ('install_lib', 'install_dir'),
                                   *[(name, name) for name in ('force', 'compile', 'optimize', 'skip_build')])
        if self.compile is None:
            self.compile = True
        if self.optimize is None:
            self.optimize = False
        if not isinstance(self.optimize, int):
            try:
                self.optimize = int(self.optimize)
            except ValueError:
                self.optimize = -1
            if self.optimize not in (0, 1, 2):
                raise DistutilsOptionError('optimize must be 0, 1, or 2')

    def run(self):
        """Build, copy, compile."""
        self.build()
        copied = self.install()
        if copied is not None and self.distribution.has_pure_modules():
            self.byte_compile(copied)

    def build(self):
        """Build the modules."""
        if self.skip_build:
            return
        dist = self.distribution
        for wanted, command in ((dist.has_pure_modules(), 'build_py'), (dist.has_ext_modules(), 'build_ext')):
            if wanted:
                self.run_command(command)

    def install(self):
        """Copy the build folder; return the paths, None if there is none."""
        if os.path.isdir(self.build_dir):
            return self.copy_tree(self.build_dir, self.install_dir)
        self.warn("'%s' does not exist -- no Python modules to install" % self.build_dir)
        return None

    def byte_compile(self, files):
        """Compile modules, as the options say."""
        if sys.dont_write_bytecode:
            self.warn('byte-compiling is disabled, skipping.')
            return
        from distutils.util import byte_compile
        # Tracebacks show the place without the root.
        named = dict(force=self.force, prefix=self.get_finalized_command('install').root, dry_run=self.dry_run)
        if self.compile:
            byte_compile(files, optimize=0, **named)
        if self.optimize > 0:
            byte_compile(files, optimize=self.optimize, verbose=self.verbose, **named)

    def _mutate_outputs(self, has_any, build_cmd, cmd_option, output_dir):
        """What a build command makes, with another folder for its own (the option cmd_option)."""
        if not has_any:
            return []
        command = self.get_finalized_command(build_cmd)
        skipped = len(getattr(command, cmd_option)) + len(os.sep)
        return [os.path.join(output_dir, path[skipped:]) for path in command.get_outputs()]

    def _bytecode_filenames(self, py_filenames):
        paths = []
        for path in py_filenames:
            # Data may be among them.
            if os.path.splitext(os.path.normcase(path))[1] == PYTHON_SOURCE_EXTENSION:
                if self.compile:
                    paths.append(importlib.util.cache_from_source(path, optimization=''))
                if self.optimize > 0:
                    paths.append(importlib.util.cache_from_source(path, optimization=self.optimize))
        return paths

    def get_outputs(self):
        """Return the paths of all that is installed."""
        dist = self.distribution
        modules = self._mutate_outputs(dist.has_pure_modules(), 'build_py', 'build_lib', self.install_dir)
        compiled = self._bytecode_filenames(modules) if self.compile else []
        return modules + compiled + self._mutate_outputs(dist.has_ext_modules(), 'build_ext', 'build_lib',
                                                         self.install_dir)

    def get_inputs(self):
        """Return the paths of all that is copied."""
        dist = self.distribution
        paths = []
        for wanted, command in ((dist.has_pure_modules(), 'build_py'), (dist.has_ext_modules(), 'build_ext')):
            if wanted:
                paths += self.get_finalized_command(command).get_outputs()
        return paths
