# SPDX-License-Identifier: MIT
"""The command build_ext: extension modules."""

import contextlib
import os
import re
import sys
from site import USER_BASE

from distutils import log
from distutils.core import Command
from distutils.dep_util import newer_group
from distutils.errors import *
from distutils.extension import Extension
from distutils.sysconfig import customize_compiler, get_config_h_filename, get_python_version
from distutils.util import get_platform

# Names with dots.
extension_name_re = re.compile(r'^[a-zA-Z_][a-zA-Z_0-9]*(\.[a-zA-Z_][a-zA-Z_0-9]*)*$')


def show_compilers():
    """Print the kinds of compilers."""
    from distutils import ccompiler
    ccompiler.show_compilers()


class build_ext(Command):
    """Compiles and links extension modules."""

    description = 'build C/C++ extensions (compile/link to build directory)'
    sep_by = " (separated by '%s')" % os.pathsep
    user_options = [
        ('build-lib=', 'b', 'directory for compiled extension modules'),
        ('build-temp=', 't', 'directory for temporary files (build by-products)'),
        ('plat-name=', 'p', 'platform name to cross-compile for, if supported (default: %s)' % get_platform()),
        ('inplace', 'i', 'ignore build-lib and put compiled extensions into the source directory alongside your pure '
                         'Python modules'),
        ('include-dirs=', 'I', 'list of directories to search for header files' + sep_by),
        ('define=', 'D', 'C preprocessor macros to define'),
        ('undef=', 'U', 'C preprocessor macros to undefine'),
        ('libraries=', 'l', 'external C libraries to link with'),
        ('library-dirs=', 'L', 'directories to search for external C libraries' + sep_by),
        ('rpath=', 'R', 'directories to search for shared C libraries at runtime'),
        ('link-objects=', 'O', 'extra explicit link objects to include in the link'),
        ('debug', 'g', 'compile/link with debugging information'),
        ('force', 'f', 'forcibly build everything (ignore file timestamps)'),
        ('compiler=', 'c', 'specify the compiler type'),
        ('parallel=', 'j', 'number of parallel build jobs'),
        ('swig-cpp', None, 'make SWIG create C++ files (default is C)'),
        ('swig-opts=', None, 'list of SWIG command line options'),
        ('swig=', None, 'path to the SWIG executable'),
        ('user', None, 'add user include, library and rpath'),
    ]
    boolean_options = ['inplace', 'debug', 'force', 'swig-cpp', 'user']
    help_options = [('help-compiler', None, 'list available compilers', show_compilers)]

    def initialize_options(self):
        """Set the options to nothing."""
        for name in ('extensions build_lib plat_name build_temp package include_dirs define undef libraries '
                     'library_dirs rpath link_objects debug force compiler swig swig_cpp swig_opts user '
                     'parallel').split():
            setattr(self, name, None)
        self.inplace = 0

    def _paths(self, name):
        """An option that is a list of folders, also if it was given as text."""
        value = getattr(self, name)
        if value is None:
            value = []
        elif isinstance(value, str):
            value = value.split(os.pathsep)
        setattr(self, name, value)

    def finalize_options(self):
        """Take over the options of build, add the folders of Python itself."""
        from distutils import sysconfig
        self.set_undefined_options('build', *[(name, name) for name in (
            'build_lib', 'build_temp', 'compiler', 'debug', 'force', 'parallel', 'plat_name')])
        if self.package is None:
            self.package = self.distribution.ext_package
        self.extensions = self.distribution.ext_modules
        self._finalize_folders(sysconfig)
        if self.define:
            self.define = [(name, '1') for name in self.define.split(',')]
        if self.undef:
            self.undef = self.undef.split(',')
        self.swig_opts = self.swig_opts.split(' ') if self.swig_opts is not None else []
        if isinstance(self.parallel, str):
            try:
                self.parallel = int(self.parallel)
            except ValueError:
                raise DistutilsOptionError('parallel should be an integer')

    def _finalize_folders(self, sysconfig):
        headers = sysconfig.get_python_inc()
        own_headers = sysconfig.get_python_inc(plat_specific=1)
        if self.include_dirs is None:
            self.include_dirs = self.distribution.include_dirs or []
        self._paths('include_dirs')
        if sys.exec_prefix != sys.base_exec_prefix:
            # In a virtual environment.
            self.include_dirs.append(os.path.join(sys.exec_prefix, 'include'))
        self.include_dirs.extend(headers.split(os.pathsep))
        if own_headers != headers:
            self.include_dirs.extend(own_headers.split(os.pathsep))
        for name in ('libraries', 'link_objects'):
            self.ensure_string_list(name)
        if self.libraries is None:
            self.libraries = []
        self._paths('library_dirs')
        self._paths('rpath')
        if sysconfig.get_config_var('Py_ENABLE_SHARED'):
            self.library_dirs.append('.' if sysconfig.python_build else sysconfig.get_config_var('LIBDIR'))
        if self.user:
            folder = os.path.join(USER_BASE, 'include')
            if os.path.isdir(folder):
                self.include_dirs.append(folder)
            folder = os.path.join(USER_BASE, 'lib')
            if os.path.isdir(folder):
                self.library_dirs.append(folder)
                self.rpath.append(folder)

    def run(self):
        """Build the extensions, if there are any."""
        if not self.extensions:
            return
        from distutils.ccompiler import new_compiler
        if self.distribution.has_c_libraries():
            libraries = self.get_finalized_command('build_clib')
            self.libraries.extend(libraries.get_library_names() or [])
            self.library_dirs.append(libraries.build_clib)
        compiler = self.compiler = new_compiler(compiler=self.compiler, verbose=self.verbose, dry_run=self.dry_run,
                                                force=self.force)
        customize_compiler(compiler)
        for value, method in ((self.include_dirs, compiler.set_include_dirs), (self.libraries, compiler.set_libraries),
                              (self.library_dirs, compiler.set_library_dirs),
                              (self.rpath, compiler.set_runtime_library_dirs),
                              (self.link_objects, compiler.set_link_objects)):
            if value is not None:
                method(value)
        for name, value in self.define or ():
            compiler.define_macro(name, value)
        for name in self.undef or ():
            compiler.undefine_macro(name)
        self.build_extensions()

    # What is there.

    def check_extensions_list(self, extensions):
        """Check the extensions; pairs (name, dict), as they were once, become Extensions.

        Raises DistutilsSetupError.
        """
        if not isinstance(extensions, list):
            raise DistutilsSetupError("'ext_modules' option must be a list of Extension instances")
        for index, extension in enumerate(extensions):
            if not isinstance(extension, Extension):
                extensions[index] = self._from_pair(extension)

    def _from_pair(self, pair):
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise DistutilsSetupError("each element of 'ext_modules' option must be an Extension instance or 2-tuple")
        name, info = pair
        log.warn("old-style (ext_name, build_info) tuple found in ext_modules for extension '%s' -- please convert to "
                 'Extension instance', name)
        if not isinstance(name, str) or not extension_name_re.match(name):
            raise DistutilsSetupError("first element of each tuple in 'ext_modules' must be the extension name (a "
                                      'string)')
        if not isinstance(info, dict):
            raise DistutilsSetupError("second element of each tuple in 'ext_modules' must be a dictionary (build "
                                      'info)')
        made = Extension(name, info['sources'])
        for key in ('include_dirs', 'library_dirs', 'libraries', 'extra_objects', 'extra_compile_args',
                    'extra_link_args'):
            if info.get(key) is not None:
                setattr(made, key, info[key])
        made.runtime_library_dirs = info.get('rpath')
        if 'def_file' in info:
            log.warn("'def_file' element of build info dict no longer supported")
        macros = info.get('macros')
        if macros:
            made.define_macros, made.undef_macros = [], []
            for macro in macros:
                if not (isinstance(macro, tuple) and len(macro) in (1, 2)):
                    raise DistutilsSetupError("'macros' element of build info dict must be 1- or 2-tuple")
                if len(macro) == 1:
                    made.undef_macros.append(macro[0])
                else:
                    made.define_macros.append(macro)
        return made

    def get_source_files(self):
        """Return the sources of all extensions."""
        self.check_extensions_list(self.extensions)
        return [source for extension in self.extensions for source in extension.sources]

    def get_outputs(self):
        """Return the paths of all modules that are made."""
        self.check_extensions_list(self.extensions)
        return [self.get_ext_fullpath(extension.name) for extension in self.extensions]

    # Building.

    def build_extensions(self):
        """Build all extensions."""
        self.check_extensions_list(self.extensions)
        if self.parallel:
            self._build_extensions_parallel()
        else:
            self._build_extensions_serial()

    def _build_extensions_parallel(self):
        try:
            from concurrent.futures import ThreadPoolExecutor
        except ImportError:
            self._build_extensions_serial()
            return
        # True stands for one job per processor.
        jobs = os.cpu_count() if self.parallel is True else self.parallel
        with ThreadPoolExecutor(max_workers=jobs) as executor:
            running = [(extension, executor.submit(self.build_extension, extension)) for extension in self.extensions]
            for extension, job in running:
                with self._filter_build_errors(extension):
                    job.result()

    def _build_extensions_serial(self):
        for extension in self.extensions:
            with self._filter_build_errors(extension):
                self.build_extension(extension)

    @contextlib.contextmanager
    def _filter_build_errors(self, ext):
        """Errors of an optional extension become warnings."""
        try:
            yield
        except (CCompilerError, DistutilsError) as problem:
            if not ext.optional:
                raise
            self.warn('building extension "%s" failed: %s' % (ext.name, problem))

    def build_extension(self, ext):
        """Build one extension, if it is out of date."""
        if ext.sources is None or not isinstance(ext.sources, (list, tuple)):
            raise DistutilsSetupError("in 'ext_modules' option (extension '%s'), 'sources' must be present and must "
                                      'be a list of source filenames' % ext.name)
        # In the same order each time, so that the result is the same.
        sources = sorted(ext.sources)
        target = self.get_ext_fullpath(ext.name)
        if not (self.force or newer_group(sources + ext.depends, target, 'newer')):
            log.debug("skipping '%s' extension (up-to-date)", ext.name)
            return
        log.info("building '%s' extension", ext.name)
        sources = self.swig_sources(sources, ext)
        macros = ext.define_macros + [(name,) for name in ext.undef_macros]
        objects = self.compiler.compile(sources, output_dir=self.build_temp, macros=macros,
                                        include_dirs=ext.include_dirs, debug=self.debug,
                                        extra_postargs=ext.extra_compile_args or [], depends=ext.depends)
        # Some setup scripts look at them.
        self._built_objects = list(objects)
        if ext.extra_objects:
            objects.extend(ext.extra_objects)
        language = ext.language or self.compiler.detect_language(sources)
        self.compiler.link_shared_object(objects, target, libraries=self.get_libraries(ext),
                                         library_dirs=ext.library_dirs,
                                         runtime_library_dirs=ext.runtime_library_dirs,
                                         extra_postargs=ext.extra_link_args or [],
                                         export_symbols=self.get_export_symbols(ext), debug=self.debug,
                                         build_temp=self.build_temp, target_lang=language)

    def swig_sources(self, sources, extension):
        """Run SWIG on the sources for it; return the sources for the compiler."""
        if self.swig_cpp:
            log.warn('--swig-cpp is deprecated - use --swig-opts=-c++')
        cpp = self.swig_cpp or '-c++' in self.swig_opts or '-c++' in extension.swig_opts
        targets = {source: os.path.splitext(source)[0] + '_wrap' + ('.cpp' if cpp else '.c')
                   for source in sources if source.endswith('.i')}
        if not targets:
            return list(sources)
        command = [self.swig or self.find_swig(), '-python', *self.swig_opts]
        if self.swig_cpp:
            command.append('-c++')
        if not self.swig_opts:
            command += extension.swig_opts
        for source, target in targets.items():
            log.info('swigging %s to %s', source, target)
            self.spawn(command + ['-o', target, source])
        return [targets.get(source, source) for source in sources]

    def find_swig(self):
        """Return the name of the program SWIG."""
        if os.name == 'posix':
            return 'swig'
        if os.name == 'nt':
            return 'swig.exe'
        raise DistutilsPlatformError("I don't know how to find (much less run) SWIG on platform '%s'" % os.name)

    # Names.

    def get_ext_fullpath(self, ext_name):
        """Return the path of the module that is made."""
        *packages, last = self.get_ext_fullname(ext_name).split('.')
        name = self.get_ext_filename(last)
        if not self.inplace:
            return os.path.join(self.build_lib, *packages, name)
        modules = self.get_finalized_command('build_py')
        return os.path.join(os.path.abspath(modules.get_package_dir('.'.join(packages))), name)

    def get_ext_fullname(self, ext_name):
        """Return a module's name with the package that all extensions are in."""
        return ext_name if self.package is None else self.package + '.' + ext_name

    def get_ext_filename(self, ext_name):
        """Return the file name for a module's name."""
        from distutils.sysconfig import get_config_var
        return os.path.join(*ext_name.split('.')) + get_config_var('EXT_SUFFIX')

    def get_export_symbols(self, ext):
        """Return the symbols that the module has to export: its PyInit function, too."""
        name = ext.name.split('.')[-1]
        try:
            name.encode('ascii')
            function = 'PyInit_' + name
        except UnicodeEncodeError:
            # The underscore is encoded, too.
            encoded = ('_' + name).encode('punycode').replace(b'-', b'_')
            function = 'PyInitU' + encoded.decode('ascii')
        if function not in ext.export_symbols:
            ext.export_symbols.append(function)
        return ext.export_symbols

    def get_libraries(self, ext):
        """Return the libraries to link with; Python's own is none of them."""
        return ext.libraries
