# SPDX-License-Identifier: MIT
"""Borland's C++ compiler: command lines for bcc32, ilink32, tlib and brcc32.

`new_compiler(compiler='bcpp')` makes one.  The programs are looked for on the path; on systems that do not have them each
command fails with a CompileError, LibError or LinkError (dry runs only show it).
"""

import os

from distutils.ccompiler import CCompiler, gen_preprocess_options
from distutils.dep_util import newer
from distutils.errors import CompileError, DistutilsExecError, LibError, LinkError, UnknownFileError

# What a linked file consists of besides the objects given: by kind, the start-up object and the linker's flags.
_START_UP = {CCompiler.EXECUTABLE: 'c0w32', CCompiler.SHARED_OBJECT: 'c0d32', CCompiler.SHARED_LIBRARY: 'c0d32'}
_RUN_TIME_LIBRARIES = ['import32', 'cw32mt']


class BCPPCompiler(CCompiler):
    """Borland C++ as a compiler object."""

    compiler_type = 'bcpp'
    executables = {}
    _c_extensions = ['.c']
    _cpp_extensions = ['.cc', '.cpp', '.cxx']
    src_extensions = _c_extensions + _cpp_extensions
    obj_extension, exe_extension = '.obj', '.exe'
    static_lib_extension, shared_lib_extension = '.lib', '.dll'
    static_lib_format = shared_lib_format = '%s%s'

    def __init__(self, verbose=0, dry_run=0, force=0):
        CCompiler.__init__(self, verbose, dry_run, force)
        self.cc, self.linker, self.lib = 'bcc32.exe', 'ilink32.exe', 'tlib.exe'
        self.preprocess_options = None
        # Threads, how to optimise, no banner, any number of warnings.
        self.compile_options, self.compile_options_debug = (['/tWM', '/O' + mode, '/q', '/g0'] for mode in '2d')
        self.ldflags_shared = ['/Tpd', '/Gn', '/q', '/x']
        self.ldflags_shared_debug = list(self.ldflags_shared)
        self.ldflags_static = []
        self.ldflags_exe = ['/Gn', '/q', '/x']
        self.ldflags_exe_debug = self.ldflags_exe + ['/r']

    def _run(self, command, failure):
        """Start a program; failure is the exception for one that ends badly."""
        try:
            self.spawn(command)
        except DistutilsExecError as reason:
            raise failure(reason)

    def compile(self, sources, output_dir=None, macros=None, include_dirs=None, debug=0, extra_preargs=None,
                extra_postargs=None, depends=None):
        """Compile sources, .rc and .res among them; return the names of the objects."""
        macros, objects, extra_postargs, pp_opts, build = self._setup_compile(
            output_dir, macros, include_dirs, sources, depends, extra_postargs)
        options = (extra_preargs or []) + ['-c'] + (self.compile_options_debug if debug else self.compile_options)
        for obj in objects:
            if obj in build:
                source, extension = build[obj]
                self.mkpath(os.path.dirname(obj))
                self._compile_one(os.path.normpath(obj), os.path.normpath(source), extension, options, pp_opts, extra_postargs)
        return objects

    def _compile_one(self, obj, source, extension, options, pp_opts, last_options):
        if extension == '.res':             # the linker takes it as it is
            return
        if extension == '.rc':
            self._run(['brcc32', '-fo', obj, source], CompileError)
            return
        language = ['-P'] if extension in self._cpp_extensions else []
        self._run([self.cc, *options, *pp_opts, *language, '-o' + obj, *last_options, source], CompileError)

    def create_static_lib(self, objects, output_libname, output_dir=None, debug=0, target_lang=None):
        """Put objects into a library, if it is older than one of them."""
        objects, output_dir = self._fix_object_args(objects, output_dir)
        target = self.library_filename(output_libname, output_dir=output_dir or '')
        if self._need_link(objects, target):
            self._run([self.lib, target, '/u', *objects], LibError)
        else:
            self.announce('skipping %s (up-to-date)' % target)

    def link(self, target_desc, objects, output_filename, output_dir=None, libraries=None, library_dirs=None,
             runtime_library_dirs=None, export_symbols=None, debug=0, extra_preargs=None, extra_postargs=None,
             build_temp=None, target_lang=None):
        """Link objects, if the result is older than one of them: ilink32 flags objects, target,, libraries, definitions, resources."""
        objects, output_dir = self._fix_object_args(objects, output_dir)
        libraries, library_dirs, runtime_library_dirs = self._fix_lib_args(libraries, library_dirs, runtime_library_dirs)
        if runtime_library_dirs:
            self.warn("Borland's linker has no search path for running programs: %s is left out" % runtime_library_dirs)
        if output_dir is not None:
            output_filename = os.path.join(output_dir, output_filename)
        if not self._need_link(objects, output_filename):
            self.announce('skipping %s (up-to-date)' % output_filename)
            return
        self.mkpath(os.path.dirname(output_filename))
        if target_desc == CCompiler.EXECUTABLE:
            flags = self.ldflags_exe_debug if debug else self.ldflags_exe
        else:
            flags = self.ldflags_shared_debug if debug else self.ldflags_shared
        paths = [os.path.normpath(name) for name in objects]
        resources = [name for name in paths if name.endswith('.res')]
        command = [self.linker, *(extra_preargs or []), *flags, *('/L' + os.path.normpath(folder) for folder in library_dirs), '/L.',
                   _START_UP[target_desc], *(name for name in paths if name not in resources), ',', output_filename, ',,']
        command += [self.find_library_file(library_dirs, name, debug) or name for name in libraries] + _RUN_TIME_LIBRARIES
        command += [',', self._definitions(output_filename, objects, export_symbols), ',', *resources]
        self._run(command + (extra_postargs or []), LinkError)

    def _definitions(self, output_filename, objects, symbols):
        """Write a file beside the first object that tells which symbols are seen from outside; return its name, '' for no symbols."""
        if not symbols:
            return ''
        name = os.path.splitext(os.path.basename(output_filename))[0]
        path = os.path.join(os.path.dirname(objects[0]), name + '.def')
        # The compiler puts an underscore before each name.
        lines = ['EXPORTS'] + ['  %s=_%s' % (symbol, symbol) for symbol in symbols]


        def write():
            with open(path, 'w') as file:
                file.write('\n'.join(lines) + '\n')
        self.execute(write, (), 'writing ' + path)
        return path

    def library_dir_option(self, dir):
        return '-L' + dir

    def runtime_library_dir_option(self, dir):
        return ''

    def library_option(self, lib):
        return self.library_filename(lib)

    def find_library_file(self, dirs, lib, debug=0):
        """Return the first library of that name in the folders, those made for this compiler (_bcpp) before others; else None."""
        names = [lib + '_bcpp', lib]
        if debug:
            names = [lib + '_d_bcpp', lib + '_d'] + names
        candidates = (os.path.join(folder, self.library_filename(name)) for folder in dirs for name in names)
        return next(filter(os.path.exists, candidates), None)

    def object_filenames(self, source_filenames, strip_dir=0, output_dir=''):
        """Return the objects' names for sources: .res for resources, .obj for the rest."""
        found = []
        for source in source_filenames:
            stem, extension = os.path.splitext(os.path.normcase(source))
            if extension not in self.src_extensions + ['.rc', '.res']:
                raise UnknownFileError("unknown file type '%s' (from '%s')" % (extension, source))
            made = {'.res': '.res', '.rc': '.res'}.get(extension, self.obj_extension)
            found.append(os.path.join(output_dir or '', (os.path.basename(stem) if strip_dir else stem) + made))
        return found

    def preprocess(self, source, output_file=None, macros=None, include_dirs=None, extra_preargs=None, extra_postargs=None):
        """Preprocess a source, to a file or to the standard output."""
        _, macros, include_dirs = self._fix_compile_args(None, macros, include_dirs)
        if output_file is not None and not (self.force or newer(source, output_file)):
            return
        target = []
        if output_file is not None:
            self.mkpath(os.path.dirname(output_file))
            target = ['-o' + output_file]
        self._run(['cpp32.exe', *gen_preprocess_options(macros, include_dirs), *target, *(extra_preargs or []),
                   *(extra_postargs or []), source], CompileError)
