# SPDX-License-Identifier: MIT
"""The command build_clib: static libraries of C that extension modules are linked with."""

import os

from distutils import log
from distutils.core import Command
from distutils.errors import *
from distutils.sysconfig import customize_compiler


def show_compilers():
    """Print the kinds of compilers."""
    from distutils import ccompiler
    ccompiler.show_compilers()


class build_clib(Command):
    """Builds the libraries of the distribution: pairs (name, dict with sources, macros, include_dirs)."""

    description = 'build C/C++ libraries used by Python extensions'
    user_options = [
        ('build-clib=', 'b', 'directory to build C/C++ libraries to'),
        ('build-temp=', 't', 'directory to put temporary build by-products'),
        ('debug', 'g', 'compile with debugging information'),
        ('force', 'f', 'forcibly build everything (ignore file timestamps)'),
        ('compiler=', 'c', 'specify the compiler type'),
    ]
    boolean_options = ['debug', 'force']
    help_options = [('help-compiler', None, 'list available compilers', show_compilers)]

    def initialize_options(self):
        """Set the options to nothing."""
        self.build_clib = self.build_temp = self.libraries = None
        self.include_dirs = self.define = self.undef = self.debug = self.compiler = None
        self.force = 0

    def finalize_options(self):
        """Take over the options of build and what the distribution says."""
        self.set_undefined_options('build', ('build_temp', 'build_clib'), ('build_temp', 'build_temp'),
                                   ('compiler', 'compiler'), ('debug', 'debug'), ('force', 'force'))
        folders = self.include_dirs
        if folders is None:
            folders = self.distribution.include_dirs or []
        self.include_dirs = folders.split(os.pathsep) if isinstance(folders, str) else folders
        self.libraries = self.distribution.libraries
        if self.libraries:
            self.check_library_list(self.libraries)

    def run(self):
        """Build the libraries, if there are any."""
        if not self.libraries:
            return
        from distutils.ccompiler import new_compiler
        self.compiler = new_compiler(compiler=self.compiler, dry_run=self.dry_run, force=self.force)
        customize_compiler(self.compiler)
        if self.include_dirs is not None:
            self.compiler.set_include_dirs(self.include_dirs)
        for name, value in self.define or ():
            self.compiler.define_macro(name, value)
        for name in self.undef or ():
            self.compiler.undefine_macro(name)
        self.build_libraries(self.libraries)

    def check_library_list(self, libraries):
        """Check that libraries are pairs of a name and a dict.  Raises DistutilsSetupError."""
        if not isinstance(libraries, list):
            raise DistutilsSetupError("'libraries' option must be a list of tuples")
        for library in libraries:
            # The messages say what is wrong of the first that is.
            if not isinstance(library, tuple) and len(library) != 2:
                raise DistutilsSetupError("each element of 'libraries' must a 2-tuple")
            name, info = library
            if not isinstance(name, str):
                raise DistutilsSetupError("first element of each tuple in 'libraries' must be a string (the library "
                                          'name)')
            if '/' in name or os.sep != '/' and os.sep in name:
                raise DistutilsSetupError("bad library name '%s': may not contain directory separators" % name)
            if not isinstance(info, dict):
                raise DistutilsSetupError("second element of each tuple in 'libraries' must be a dictionary (build "
                                          'info)')

    def get_library_names(self):
        """Return the names of the libraries, None if there are none."""
        return [name for name, _ in self.libraries] if self.libraries else None

    @staticmethod
    def _sources(name, info):
        sources = info.get('sources')
        if sources is None or not isinstance(sources, (list, tuple)):
            raise DistutilsSetupError("in 'libraries' option (library '%s'), 'sources' must be present and must be a "
                                      'list of source filenames' % name)
        return list(sources)

    def get_source_files(self):
        """Return the sources of all libraries."""
        self.check_library_list(self.libraries)
        return [source for name, info in self.libraries for source in self._sources(name, info)]

    def build_libraries(self, libraries):
        """Build libraries."""
        for name, info in libraries:
            sources = self._sources(name, info)
            log.info("building '%s' library", name)
            objects = self.compiler.compile(sources, output_dir=self.build_temp, macros=info.get('macros'),
                                            include_dirs=info.get('include_dirs'), debug=self.debug)
            self.compiler.create_static_lib(objects, name, output_dir=self.build_clib, debug=self.debug)
