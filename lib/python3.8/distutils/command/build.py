# SPDX-License-Identifier: MIT
"""The command build: everything that has to be made before it can be installed."""

import os
import sys

from distutils.core import Command
from distutils.errors import DistutilsOptionError
from distutils.util import get_platform


def show_compilers():
    """Print the kinds of compilers."""
    from distutils import ccompiler
    ccompiler.show_compilers()


class build(Command):
    """Runs the commands build_py, build_clib, build_ext and build_scripts, as far as there is something to do."""

    description = 'build everything needed to install'
    user_options = [
        ('build-base=', 'b', 'base directory for build library'),
        ('build-purelib=', None, 'build directory for platform-neutral distributions'),
        ('build-platlib=', None, 'build directory for platform-specific distributions'),
        ('build-lib=', None,
         'build directory for all distribution (defaults to either build-purelib or build-platlib'),
        ('build-scripts=', None, 'build directory for scripts'),
        ('build-temp=', 't', 'temporary build directory'),
        ('plat-name=', 'p', 'platform name to build for, if supported (default: %s)' % get_platform()),
        ('compiler=', 'c', 'specify the compiler type'),
        ('parallel=', 'j', 'number of parallel build jobs'),
        ('debug', 'g', 'compile extensions and libraries with debugging information'),
        ('force', 'f', 'forcibly build everything (ignore file timestamps)'),
        ('executable=', 'e', 'specify final destination interpreter path (build.py)'),
    ]
    boolean_options = ['debug', 'force']
    help_options = [('help-compiler', None, 'list available compilers', show_compilers)]

    def initialize_options(self):
        """Set the options to nothing."""
        self.build_base = 'build'
        self.build_purelib = self.build_platlib = self.build_lib = self.build_temp = self.build_scripts = None
        self.compiler = self.plat_name = self.debug = self.executable = self.parallel = None
        self.force = 0

    def finalize_options(self):
        """Choose the folders, by the system and the Python version where it matters."""
        if self.plat_name is None:
            self.plat_name = get_platform()
        elif os.name != 'nt':
            raise DistutilsOptionError('--plat-name only supported on Windows (try using \'./configure --help\' on '
                                       'your platform)')
        version = '%d.%d' % sys.version_info[:2]
        special = '.%s-%s' % (self.plat_name, version)
        if hasattr(sys, 'gettotalrefcount'):
            # Another kind of interpreter.
            special += '-pydebug'

        def below_base(name):
            return os.path.join(self.build_base, name)

        if self.build_purelib is None:
            self.build_purelib = below_base('lib')
        if self.build_platlib is None:
            self.build_platlib = below_base('lib' + special)
        if self.build_lib is None:
            self.build_lib = self.build_platlib if self.distribution.ext_modules else self.build_purelib
        if self.build_temp is None:
            self.build_temp = below_base('temp' + special)
        if self.build_scripts is None:
            self.build_scripts = below_base('scripts-' + version)
        if self.executable is None and sys.executable:
            self.executable = os.path.normpath(sys.executable)
        if isinstance(self.parallel, str):
            try:
                self.parallel = int(self.parallel)
            except ValueError:
                raise DistutilsOptionError('parallel should be an integer')

    def run(self):
        """Run the sub-commands."""
        for name in self.get_sub_commands():
            self.run_command(name)

    def has_pure_modules(self):
        """Whether build_py has something to do."""
        return self.distribution.has_pure_modules()

    def has_c_libraries(self):
        """Whether build_clib has something to do."""
        return self.distribution.has_c_libraries()

    def has_ext_modules(self):
        """Whether build_ext has something to do."""
        return self.distribution.has_ext_modules()

    def has_scripts(self):
        """Whether build_scripts has something to do."""
        return self.distribution.has_scripts()

    sub_commands = [('build_py', has_pure_modules), ('build_clib', has_c_libraries), ('build_ext', has_ext_modules),
                    ('build_scripts', has_scripts)]
