# SPDX-License-Identifier: MIT
"""gcc on Windows: CygwinCCompiler makes programs for Cygwin, Mingw32CCompiler such that need no Cygwin."""

import copy
import os
import re
import sys
from subprocess import PIPE, Popen, check_output

from distutils.ccompiler import gen_lib_options, gen_preprocess_options
from distutils.errors import CCompilerError, CompileError, DistutilsExecError, UnknownFileError
from distutils.file_util import write_file
from distutils.spawn import find_executable
from distutils.unixccompiler import UnixCCompiler
from distutils.version import LooseVersion

RE_VERSION = re.compile(br'(\d+\.\d+(\.\d+)*)')
CONFIG_H_OK, CONFIG_H_NOTOK, CONFIG_H_UNCERTAIN = 'ok', 'not ok', 'uncertain'

# Versions of Microsoft's compiler, and the run-time library that belongs to each.
_RUNTIMES = {'1300': 'msvcr70', '1310': 'msvcr71', '1400': 'msvcr80', '1500': 'msvcr90', '1600': 'msvcr100'}


def get_msvcr():
    """Return a list with the run-time library that the interpreter was linked with; None if it was made by gcc.

    ValueError if the version of the compiler is not known.
    """
    found = re.search(r'MSC v\.(\d{4})', sys.version)
    if found is None:
        return None
    try:
        return [_RUNTIMES[found[1]]]
    except KeyError:
        raise ValueError('Unknown MS Compiler version %s ' % found[1])


class CygwinCCompiler(UnixCCompiler):
    """gcc of Cygwin."""

    compiler_type = 'cygwin'
    obj_extension, static_lib_extension, shared_lib_extension = '.o', '.a', '.dll'
    static_lib_format, shared_lib_format = 'lib%s%s', '%s%s'
    exe_extension = '.exe'

    def __init__(self, verbose=0, dry_run=0, force=0):
        super().__init__(verbose, dry_run, force)
        status, details = check_config_h()
        self.debug_print('Python\'s GCC status: %s (details: %s)' % (status, details))
        if status is not CONFIG_H_OK:
            self.warn("Python's pyconfig.h doesn't seem to support your compiler. Reason: %s. "
                      'Compiling may fail because of undefined preprocessor macros.' % details)
        self.gcc_version, self.ld_version, self.dllwrap_version = get_versions()
        # gcc -shared works since ld 2.13; before, dllwrap had to be used.
        self.linker_dll = 'gcc' if self._new_enough(self.ld_version, '2.10.90') else 'dllwrap'
        self._set_tools('')

    @staticmethod
    def _new_enough(version, least):
        return version is not None and version >= least

    def _set_tools(self, option):
        """Set the programs; option: one more for all."""
        option = option and ' ' + option
        shared = '-shared' if self._new_enough(self.ld_version, '2.13') else '-mdll -static'
        self.set_executables(compiler='gcc%s -O -Wall' % option, compiler_so='gcc%s -mdll -O -Wall' % option,
                             compiler_cxx='g++%s -O -Wall' % option, linker_exe='gcc%s' % option,
                             linker_so='%s%s %s' % (self.linker_dll, option, shared))
        self.dll_libraries = get_msvcr()

    def _compile(self, obj, src, ext, cc_args, extra_postargs, pp_opts):
        """Compile a source, or a resource file by windres."""
        try:
            if ext in ('.rc', '.res'):
                self.spawn(['windres', '-i', src, '-o', obj])
            else:
                self.spawn(self.compiler_so + cc_args + [src, '-o', obj] + extra_postargs)
        except DistutilsExecError as error:
            raise CompileError(error)

    def link(self, target_desc, objects, output_filename, output_dir=None, libraries=None, library_dirs=None,
             runtime_library_dirs=None, export_symbols=None, debug=0, extra_preargs=None, extra_postargs=None,
             build_temp=None, target_lang=None):
        """Make an executable or a library; names to be exported go to a .def file."""
        before = copy.copy(extra_preargs or [])
        libraries, objects = list(libraries or []) + (self.dll_libraries or []), copy.copy(objects or [])
        if export_symbols is not None and (target_desc != self.EXECUTABLE or self.linker_dll == 'gcc'):
            folder = os.path.dirname(objects[0])
            name = os.path.splitext(os.path.basename(output_filename))[0]
            definitions = os.path.join(folder, name + '.def')
            lines = ['LIBRARY %s' % os.path.basename(output_filename), 'EXPORTS'] + list(export_symbols)
            self.execute(write_file, (definitions, lines), 'writing %s' % definitions)
            if self.linker_dll == 'dllwrap':
                before += ['--output-lib', os.path.join(folder, 'lib%s.a' % name), '--def', definitions]
            else:
                objects.append(definitions)
        if not debug:
            before.append('-s')         # no symbols
        super().link(target_desc, objects, output_filename, output_dir, libraries, library_dirs, runtime_library_dirs,
                     None, debug, before, extra_postargs, build_temp, target_lang)

    def object_filenames(self, source_filenames, strip_dir=0, output_dir=''):
        """Return the names of the object files; resource files keep their ending in front of .o."""
        names = []
        for source in source_filenames:
            base, ending = os.path.splitext(os.path.normcase(source))
            if ending not in self.src_extensions + ['.rc', '.res']:
                raise UnknownFileError("unknown file type '%s' (from '%s')" % (ending, source))
            if strip_dir:
                base = os.path.basename(base)
            kept = ending if ending in ('.rc', '.res') else ''
            names.append(os.path.join(output_dir, base + kept + self.obj_extension))
        return names


class Mingw32CCompiler(CygwinCCompiler):
    """gcc that makes programs which need no Cygwin."""

    compiler_type = 'mingw32'

    def __init__(self, verbose=0, dry_run=0, force=0):
        super().__init__(verbose, dry_run, force)
        if is_cygwingcc():
            raise CCompilerError('Cygwin gcc cannot be used with --compiler=mingw32')
        self._set_tools('')


def check_config_h():
    """Return whether pyconfig.h was made for gcc: (CONFIG_H_OK, _NOTOK or _UNCERTAIN, why)."""
    from distutils import sysconfig
    if 'GCC' in sys.version:
        return CONFIG_H_OK, "sys.version mentions 'GCC'"
    path = sysconfig.get_config_h_filename()
    try:
        with open(path) as file:
            known = '__GNUC__' in file.read()
    except OSError as error:
        return CONFIG_H_UNCERTAIN, "couldn't read '%s': %s" % (path, error.strerror)
    if known:
        return CONFIG_H_OK, "'%s' mentions '__GNUC__'" % path
    return CONFIG_H_NOTOK, "'%s' does not mention '__GNUC__'" % path


def _find_exe_version(command):
    """The version that a program prints, as a LooseVersion; None if there is none."""
    if find_executable(command.split()[0]) is None:
        return None
    output = Popen(command, shell=True, stdout=PIPE).stdout
    with output:
        found = RE_VERSION.search(output.read())
    return None if found is None else LooseVersion(found[1].decode())


def get_versions():
    """Return the versions of gcc, ld and dllwrap, each a LooseVersion or None."""
    return tuple([_find_exe_version(command) for command in ('gcc -dumpversion', 'ld -v', 'dllwrap --version')])


def is_cygwingcc():
    """Return whether gcc makes programs for Cygwin."""
    return check_output(['gcc', '-dumpmachine']).strip().endswith(b'cygwin')
