# SPDX-License-Identifier: MIT
"""The compilers of UNIX-like systems: cc with the usual options."""

import os
import sys

from distutils import log, sysconfig
from distutils.ccompiler import CCompiler, gen_lib_options, gen_preprocess_options
from distutils.dep_util import newer
from distutils.errors import CompileError, DistutilsExecError, LibError, LinkError


class UnixCCompiler(CCompiler):
    """A compiler with the options -c, -o, -D, -U, -I, -l, -L and -g."""

    compiler_type = 'unix'

    # Set by sysconfig.customize_compiler().
    executables = {'preprocessor': None, 'compiler': ['cc'], 'compiler_so': ['cc'], 'compiler_cxx': ['cc'],
                   'linker_so': ['cc', '-shared'], 'linker_exe': ['cc'], 'archiver': ['ar', '-cr'], 'ranlib': None}

    src_extensions = ['.c', '.C', '.cc', '.cxx', '.cpp', '.m']
    obj_extension = '.o'
    static_lib_extension, shared_lib_extension = '.a', '.so'
    dylib_lib_extension, xcode_stub_lib_extension = '.dylib', '.tbd'
    static_lib_format = shared_lib_format = dylib_lib_format = xcode_stub_lib_format = 'lib%s%s'
    if sys.platform == 'cygwin':
        exe_extension = '.exe'

    def _run(self, command, error):
        """Run a program; its failure is raised as another error."""
        try:
            self.spawn(command)
        except DistutilsExecError as problem:
            raise error(problem)

    def preprocess(self, source, output_file=None, macros=None, include_dirs=None, extra_preargs=None,
                   extra_postargs=None):
        """Preprocess a source, to standard output or a file.  Raises CompileError."""
        _, macros, include_dirs = self._fix_compile_args(None, macros, include_dirs)
        command = list(extra_preargs or ()) + self.preprocessor + gen_preprocess_options(macros, include_dirs)
        if output_file:
            command += ['-o', output_file]
        command += [*(extra_postargs or ()), source]
        if self.force or output_file is None or newer(source, output_file):
            if output_file:
                self.mkpath(os.path.dirname(output_file))
            self._run(command, CompileError)

    def _compile(self, obj, src, ext, cc_args, extra_postargs, pp_opts):
        command = self.compiler_so
        if sys.platform == 'darwin':
            import _osx_support
            command = _osx_support.compiler_fixup(command, cc_args + extra_postargs)
        self._run(command + cc_args + [src, '-o', obj] + extra_postargs, CompileError)

    def create_static_lib(self, objects, output_libname, output_dir=None, debug=0, target_lang=None):
        """Make a static library.  Raises LibError."""
        objects, output_dir = self._fix_object_args(objects, output_dir)
        target = self.library_filename(output_libname, output_dir=output_dir)
        if not self._need_link(objects, target):
            log.debug('skipping %s (up-to-date)', target)
            return
        self.mkpath(os.path.dirname(target))
        self.spawn(self.archiver + [target] + objects + self.objects)
        # Only on old systems.
        if self.ranlib:
            self._run(self.ranlib + [target], LibError)

    def link(self, target_desc, objects, output_filename, output_dir=None, libraries=None, library_dirs=None,
             runtime_library_dirs=None, export_symbols=None, debug=0, extra_preargs=None, extra_postargs=None,
             build_temp=None, target_lang=None):
        """Make an executable or a shared object.  Raises LinkError."""
        objects, output_dir = self._fix_object_args(objects, output_dir)
        libraries, library_dirs, runtime_library_dirs = self._fix_lib_args(libraries, library_dirs,
                                                                           runtime_library_dirs)
        options = gen_lib_options(self, library_dirs, runtime_library_dirs, libraries)
        if output_dir is not None:
            output_filename = os.path.join(output_dir, output_filename)
        if not self._need_link(objects, output_filename):
            log.debug('skipping %s (up-to-date)', output_filename)
            return
        self.mkpath(os.path.dirname(output_filename))
        linker = self._linker(self.linker_exe if target_desc == CCompiler.EXECUTABLE else self.linker_so, target_lang)
        before = list(extra_preargs or ()) + (['-g'] if debug else [])
        arguments = before + objects + self.objects + options + ['-o', output_filename, *(extra_postargs or ())]
        if sys.platform == 'darwin':
            import _osx_support
            linker = _osx_support.compiler_fixup(linker, arguments)
        self._run(linker + arguments, LinkError)

    def _linker(self, command, language):
        """The program that links, with its first arguments; C++ is linked by its compiler."""
        command = list(command)
        if language == 'c++' and self.compiler_cxx:
            place = 0
            if os.path.basename(command[0]) == 'env':
                # Behind the settings.
                place = 1
                while '=' in command[place]:
                    place += 1
            if os.path.basename(command[place]) == 'ld_so_aix':
                place += 1
            command[place] = self.compiler_cxx[place if place < len(self.compiler_cxx) else 0]
        return command

    def library_dir_option(self, dir):
        """Return the option for a folder of libraries."""
        return '-L' + dir

    def _is_gcc(self, compiler_name):
        return 'gcc' in compiler_name or 'g++' in compiler_name

    def runtime_library_dir_option(self, dir):
        """Return the option, or the list of options, for a folder where libraries are looked for at run time."""
        gcc = self._is_gcc(os.path.basename(sysconfig.get_config_var('CC')))
        system = sys.platform
        if system.startswith('darwin'):
            return '-L' + dir
        if system.startswith('freebsd'):
            return '-Wl,-rpath=' + dir
        if system.startswith('hp-ux'):
            return ['-Wl,+s' if gcc else '+s', '-L' + dir]
        if not gcc:
            return '-R' + dir
        return ('-Wl,--enable-new-dtags,-R' if sysconfig.get_config_var('GNULD') == 'yes' else '-Wl,-R') + dir

    def library_option(self, lib):
        """Return the option for a library."""
        return '-l' + lib

    def find_library_file(self, dirs, lib, debug=0):
        """Return the path of a library in folders, or None; shared ones first."""
        names = [self.library_filename(lib, lib_type=kind) for kind in ('dylib', 'xcode_stub', 'shared', 'static')]
        root = self._macos_root()
        for folder in dirs:
            if root and (folder.startswith('/System/') or folder.startswith('/usr/')
                         and not folder.startswith('/usr/local/')):
                folder = os.path.join(root, folder[1:])
            for name in names:
                path = os.path.join(folder, name)
                if os.path.exists(path):
                    return path
        return None

    def _macos_root(self):
        """The folder that stands for the root on macOS, if the compiler's flags name one."""
        if sys.platform != 'darwin':
            return None
        import re
        flags = sysconfig.get_config_var('CFLAGS')
        found = re.search(r'-isysroot\s*(\S+)', flags)
        return found[1] if found else None
