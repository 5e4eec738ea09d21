# SPDX-License-Identifier: MIT
"""Compilers of C and C++: what they have in common, and which one to use."""

import os
import re
import sys

from distutils import log
from distutils.dep_util import newer_group, newer_pairwise
from distutils.dir_util import mkpath
from distutils.errors import *
from distutils.file_util import move_file
from distutils.spawn import spawn
from distutils.util import execute, split_quoted


def _string_list(value, name, default):
    """A copy of a list of strings given as an argument, `default` for None."""
    if value is None:
        return default
    if isinstance(value, (list, tuple)):
        return list(value)
    raise TypeError("'%s' (if supplied) must be a list of strings" % name)


class CCompiler:
    """A compiler.  Subclasses say how files are named and define _compile(), link() and create_static_lib().

    Attributes that hold for every call: macros (pairs (name, value or None), or (name,) to undefine), include_dirs,
    libraries, library_dirs, runtime_library_dirs, objects.
    """

    compiler_type = None
    src_extensions = obj_extension = None
    static_lib_extension = shared_lib_extension = None
    static_lib_format = shared_lib_format = None
    exe_extension = None

    # Languages by the endings of sources; the first in the order that occurs is the target's.
    language_map = {**dict.fromkeys(('.cc', '.cpp', '.cxx'), 'c++'), '.c': 'c', '.m': 'objc'}
    language_order = ['c++', 'objc', 'c']

    # What link() makes.
    SHARED_OBJECT, SHARED_LIBRARY, EXECUTABLE = 'shared_object', 'shared_library', 'executable'

    def __init__(self, verbose=0, dry_run=0, force=0):
        self.verbose, self.dry_run, self.force = verbose, dry_run, force
        self.output_dir = None
        self.macros, self.include_dirs, self.objects = [], [], []
        self.libraries, self.library_dirs, self.runtime_library_dirs = [], [], []
        for name, program in self.executables.items():
            self.set_executable(name, program)

    # Settings.

    def set_executables(self, **kwargs):
        """Set programs with their first arguments, as text or lists.  Raises ValueError for unknown names."""
        for name, program in kwargs.items():
            if name not in self.executables:
                raise ValueError("unknown executable '%s' for class %s" % (name, self.__class__.__name__))
            self.set_executable(name, program)

    def set_executable(self, key, value):
        """Set one program."""
        setattr(self, key, split_quoted(value) if isinstance(value, str) else value)

    def _find_macro(self, name):
        return next((index for index, macro in enumerate(self.macros) if macro[0] == name), None)

    def _check_macro_definitions(self, definitions):
        for macro in definitions:
            if not (isinstance(macro, tuple) and len(macro) in (1, 2) and isinstance(macro[0], str)
                    and (len(macro) == 1 or macro[1] is None or isinstance(macro[1], str))):
                raise TypeError("invalid macro definition '%s': must be tuple (string,), (string, string), or "
                                '(string, None)' % (macro,))

    def _replace_macro(self, macro):
        index = self._find_macro(macro[0])
        if index is not None:
            del self.macros[index]
        self.macros.append(macro)

    def define_macro(self, name, value=None):
        """Define a macro for all that is compiled."""
        self._replace_macro((name, value))

    def undefine_macro(self, name):
        """Undefine a macro for all that is compiled."""
        self._replace_macro((name,))

    def add_include_dir(self, dir):
        """Add a folder of headers."""
        self.include_dirs.append(dir)

    def set_include_dirs(self, dirs):
        """Set the folders of headers."""
        self.include_dirs = list(dirs)

    def add_library(self, libname):
        """Add a library to link with."""
        self.libraries.append(libname)

    def set_libraries(self, libnames):
        """Set the libraries to link with."""
        self.libraries = list(libnames)

    def add_library_dir(self, dir):
        """Add a folder of libraries."""
        self.library_dirs.append(dir)

    def set_library_dirs(self, dirs):
        """Set the folders of libraries."""
        self.library_dirs = list(dirs)

    def add_runtime_library_dir(self, dir):
        """Add a folder where libraries are looked for at run time."""
        self.runtime_library_dirs.append(dir)

    def set_runtime_library_dirs(self, dirs):
        """Set the folders where libraries are looked for at run time."""
        self.runtime_library_dirs = list(dirs)

    def add_link_object(self, object):
        """Add a file to link."""
        self.objects.append(object)

    def set_link_objects(self, objects):
        """Set the files to link always."""
        self.objects = list(objects)

    # Arguments of the methods below, checked and joined with the settings.

    def _fix_output_dir(self, output_dir):
        if isinstance(output_dir, str):
            return output_dir
        if output_dir is not None:
            raise TypeError("'output_dir' must be a string or None")
        return self.output_dir

    def _fix_compile_args(self, output_dir, macros, include_dirs):
        output_dir = self._fix_output_dir(output_dir)
        if not isinstance(macros, (list, type(None))):
            raise TypeError("'macros' (if supplied) must be a list of tuples")
        macros = self.macros if macros is None else macros + (self.macros or [])
        folders = _string_list(include_dirs, 'include_dirs', [])
        if include_dirs is None:
            folders = self.include_dirs
        else:
            folders += self.include_dirs or []
        return output_dir, macros, folders

    def _setup_compile(self, outdir, macros, incdirs, sources, depends, extra):
        """Return (macros, object files, extra arguments, preprocessor options, {object: (source, ending)})."""
        outdir, macros, incdirs = self._fix_compile_args(outdir, macros, incdirs)
        objects = self.object_filenames(sources, strip_dir=0, output_dir=outdir)
        assert len(objects) == len(sources)
        build = {}
        for source, made in zip(sources, objects):
            self.mkpath(os.path.dirname(made))
            build[made] = source, os.path.splitext(source)[1]
        return macros, objects, [] if extra is None else extra, gen_preprocess_options(macros, incdirs), build

    def _get_cc_args(self, pp_opts, debug, before):
        return list(before or ()) + (['-g'] if debug else []) + pp_opts + ['-c']

    def _prep_compile(self, sources, output_dir, depends=None):
        """Return the object files and those that need not be made: none."""
        objects = self.object_filenames(sources, output_dir=output_dir)
        assert len(objects) == len(sources)
        return objects, {}

    def _fix_object_args(self, objects, output_dir):
        if not isinstance(objects, (list, tuple)):
            raise TypeError("'objects' must be a list or tuple of strings")
        return list(objects), self._fix_output_dir(output_dir)

    def _fix_lib_args(self, libraries, library_dirs, runtime_library_dirs):
        result = []
        for name, given in (('libraries', libraries), ('library_dirs', library_dirs),
                            ('runtime_library_dirs', runtime_library_dirs)):
            result.append(_string_list(given, name, []) + list(getattr(self, name) or ()))
        return tuple(result)

    def _need_link(self, objects, output_file):
        """Whether a file has to be made of objects."""
        if self.force:
            return True
        return newer_group(objects, output_file, missing='newer' if self.dry_run else 'error')

    def detect_language(self, sources):
        """Return the language of sources, a path or a list of paths; None if it is not known."""
        if not isinstance(sources, list):
            sources = [sources]
        found = {self.language_map.get(os.path.splitext(source)[1]) for source in sources}
        return next((language for language in self.language_order if language in found), None)

    # What it does.

    def preprocess(self, source, output_file=None, macros=None, include_dirs=None, extra_preargs=None,
                   extra_postargs=None):
        """Preprocess a source.  Raises PreprocessError."""

    def compile(self, sources, output_dir=None, macros=None, include_dirs=None, debug=0, extra_preargs=None,
                extra_postargs=None, depends=None):
        """Compile sources and return the list of the object files.  Raises CompileError."""
        macros, objects, extra_postargs, pp_opts, build = self._setup_compile(
            output_dir, macros, include_dirs, sources, depends, extra_postargs)
        cc_args = self._get_cc_args(pp_opts, debug, extra_preargs)
        for made in objects:
            if made in build:
                source, ending = build[made]
                self._compile(made, source, ending, cc_args, extra_postargs, pp_opts)
        return objects

    def _compile(self, obj, src, ext, cc_args, extra_postargs, pp_opts):
        """Compile one source."""

    def create_static_lib(self, objects, output_libname, output_dir=None, debug=0, target_lang=None):
        """Make a static library.  Raises LibError."""

    def link(self, target_desc, objects, output_filename, output_dir=None, libraries=None, library_dirs=None,
             runtime_library_dirs=None, export_symbols=None, debug=0, extra_preargs=None, extra_postargs=None,
             build_temp=None, target_lang=None):
        """Make an executable or something that can be loaded.  Raises LinkError."""
        raise NotImplementedError

    def link_shared_lib(self, objects, output_libname, output_dir=None, libraries=None, library_dirs=None,
                        runtime_library_dirs=None, export_symbols=None, debug=0, extra_preargs=None,
                        extra_postargs=None, build_temp=None, target_lang=None):
        """Make a shared library, given by its bare name."""
        self.link(CCompiler.SHARED_LIBRARY, objects, self.library_filename(output_libname, lib_type='shared'),
                  output_dir, libraries, library_dirs, runtime_library_dirs, export_symbols, debug, extra_preargs,
                  extra_postargs, build_temp, target_lang)

    def link_shared_object(self, objects, output_filename, output_dir=None, libraries=None, library_dirs=None,
                           runtime_library_dirs=None, export_symbols=None, debug=0, extra_preargs=None,
                           extra_postargs=None, build_temp=None, target_lang=None):
        """Make a shared object, e.g. an extension module."""
        self.link(CCompiler.SHARED_OBJECT, objects, output_filename, output_dir, libraries, library_dirs,
                  runtime_library_dirs, export_symbols, debug, extra_preargs, extra_postargs, build_temp,
                  target_lang)

    def link_executable(self, objects, output_progname, output_dir=None, libraries=None, library_dirs=None,
                        runtime_library_dirs=None, debug=0, extra_preargs=None, extra_postargs=None,
                        target_lang=None):
        """Make an executable."""
        self.link(CCompiler.EXECUTABLE, objects, self.executable_filename(output_progname), output_dir, libraries,
                  library_dirs, runtime_library_dirs, None, debug, extra_preargs, extra_postargs, None, target_lang)

    # Options, as programs want them.

    def library_dir_option(self, dir):
        """Return the option for a folder of libraries."""
        raise NotImplementedError

    def runtime_library_dir_option(self, dir):
        """Return the option for a folder where libraries are looked for at run time."""
        raise NotImplementedError

    def library_option(self, lib):
        """Return the option for a library."""
        raise NotImplementedError

    def has_function(self, funcname, includes=None, include_dirs=None, libraries=None, library_dirs=None):
        """Whether a program that calls a function can be linked."""
        import tempfile
        handle, name = tempfile.mkstemp('.c', funcname, text=True)
        with os.fdopen(handle, 'w') as file:
            file.writelines('#include "%s"\n' % header for header in includes or ())
            file.write('int main (int argc, char **argv) {\n    %s();\n    return 0;\n}\n' % funcname)
        try:
            objects = self.compile([name], include_dirs=include_dirs or [])
            self.link_executable(objects, 'a.out', libraries=libraries or [], library_dirs=library_dirs or [])
        except (CompileError, LinkError, TypeError):
            return False
        finally:
            for path in (name, 'a.out'):
                if os.path.exists(path):
                    os.remove(path)
        return True

    def find_library_file(self, dirs, lib, debug=0):
        """Return the path of a library in folders, or None."""
        raise NotImplementedError

    # Names of files.

    def object_filenames(self, source_filenames, strip_dir=0, output_dir=''):
        """Return the names of the object files for sources; strip_dir: without their folders."""
        names = []
        for source in source_filenames:
            stem, ending = os.path.splitext(source)
            if ending not in self.src_extensions:
                raise UnknownFileError("unknown file type '%s' (from '%s')" % (ending, source))
            stem = os.path.splitdrive(stem)[1]
            # Absolute ones lie below the output folder, too.
            stem = os.path.basename(stem) if strip_dir else stem[os.path.isabs(stem):]
            names.append(os.path.join(output_dir or '', stem + self.obj_extension))
        return names

    def shared_object_filename(self, basename, strip_dir=0, output_dir=''):
        """Return the name of a shared object."""
        assert output_dir is not None
        name = os.path.basename(basename) if strip_dir else basename
        return os.path.join(output_dir, name + self.shared_lib_extension)

    def executable_filename(self, basename, strip_dir=0, output_dir=''):
        """Return the name of an executable."""
        assert output_dir is not None
        name = os.path.basename(basename) if strip_dir else basename
        return os.path.join(output_dir, name + (self.exe_extension or ''))

    def library_filename(self, libname, lib_type='static', strip_dir=0, output_dir=''):
        """Return the name of a library; lib_type: "static", "shared", "dylib" or "xcode_stub"."""
        assert output_dir is not None
        if lib_type not in ('static', 'shared', 'dylib', 'xcode_stub'):
            raise ValueError('\'lib_type\' must be "static", "shared", "dylib", or "xcode_stub"')
        folder, stem = os.path.split(libname)
        form, ending = getattr(self, lib_type + '_lib_format'), getattr(self, lib_type + '_lib_extension')
        return os.path.join(output_dir, '' if strip_dir else folder, form % (stem, ending))

    # Small helpers for subclasses.

    def announce(self, msg, level=1):
        """Tell something, for debugging."""
        log.debug(msg)

    def debug_print(self, msg):
        """Print something if DISTUTILS_DEBUG is set."""
        from distutils.debug import DEBUG
        if DEBUG:
            print(msg)

    def warn(self, msg):
        """Print a warning."""
        sys.stderr.write('warning: %s\n' % msg)

    def execute(self, func, args, msg=None, level=1):
        """Call a function unless this is a dry run."""
        execute(func, args, msg, dry_run=self.dry_run)

    def spawn(self, cmd):
        """Run a program unless this is a dry run."""
        spawn(cmd, dry_run=self.dry_run)

    def move_file(self, src, dst):
        """Move a file unless this is a dry run."""
        return move_file(src, dst, dry_run=self.dry_run)

    def mkpath(self, name, mode=0o777):
        """Make a folder unless this is a dry run."""
        mkpath(name, mode, dry_run=self.dry_run)


# --- Which compiler ---------------------------------------------------------------------------------

# Patterns for sys.platform, then os.name.
_default_compilers = (('cygwin.*', 'unix'), ('posix', 'unix'), ('nt', 'msvc'))


def get_default_compiler(osname=None, platform=None):
    """Return the kind of compiler for a system, by default for this one."""
    osname = os.name if osname is None else osname
    platform = sys.platform if platform is None else platform
    for pattern, kind in _default_compilers:
        if re.match(pattern, platform) or re.match(pattern, osname):
            return kind
    return 'unix'


# kind -> (module of distutils, class, what it is)
compiler_class = {
    'unix': ('unixccompiler', 'UnixCCompiler', 'standard UNIX-style compiler'),
    'msvc': ('_msvccompiler', 'MSVCCompiler', 'Microsoft Visual C++'),
    'cygwin': ('cygwinccompiler', 'CygwinCCompiler', 'Cygwin port of GNU C Compiler for Win32'),
    'mingw32': ('cygwinccompiler', 'Mingw32CCompiler', 'Mingw32 port of GNU C Compiler for Win32'),
    'bcpp': ('bcppcompiler', 'BCPPCompiler', 'Borland C++ Compiler'),
}


def show_compilers():
    """Print the kinds of compilers: what the option --help-compiler does."""
    from distutils.fancy_getopt import FancyGetopt
    rows = [('compiler=' + kind, None, about) for kind, (_, _, about) in sorted(compiler_class.items())]
    FancyGetopt(rows).print_help('List of available compilers:')


def new_compiler(plat=None, compiler=None, verbose=0, dry_run=0, force=0):
    """Make a compiler object.  plat: instead of os.name; compiler: instead of the system's usual kind.

    Raises DistutilsPlatformError, DistutilsModuleError.
    """
    plat = os.name if plat is None else plat
    kind = get_default_compiler(plat) if compiler is None else compiler
    if kind not in compiler_class:
        message = "don't know how to compile C/C++ code on platform '%s'" % plat
        if compiler is not None:
            message += " with '%s' compiler" % compiler
        raise DistutilsPlatformError(message)
    name, class_name, _ = compiler_class[kind]
    module_name = 'distutils.' + name
    try:
        __import__(module_name)
    except ImportError:
        raise DistutilsModuleError("can't compile C/C++ code: unable to load module '%s'" % module_name)
    try:
        found = vars(sys.modules[module_name])[class_name]
    except KeyError:
        raise DistutilsModuleError("can't compile C/C++ code: unable to find class '%s' in module '%s'"
                                   % (class_name, module_name))
    # Some take no place for `verbose`.
    return found(None, dry_run, force)


def gen_preprocess_options(macros, include_dirs):
    """Return the options -D, -U and -I for macros and folders."""
    options = []
    for macro in macros:
        if not (isinstance(macro, tuple) and 1 <= len(macro) <= 2):
            raise TypeError("bad macro definition '%s': each element of 'macros' list must be a 1- or 2-tuple" % macro)
        if len(macro) == 1:
            options.append('-U' + macro[0])
        else:
            options.append('-D%s' % macro[0] if macro[1] is None else '-D%s=%s' % macro)
    return options + ['-I' + folder for folder in include_dirs]


def gen_lib_options(compiler, library_dirs, runtime_library_dirs, libraries):
    """Return a linker's options for folders and libraries; a library with a folder is looked for there."""
    options = [compiler.library_dir_option(folder) for folder in library_dirs]
    for folder in runtime_library_dirs:
        made = compiler.runtime_library_dir_option(folder)
        options += made if isinstance(made, list) else [made]
    for library in libraries:
        folder, name = os.path.split(library)
        if not folder:
            options.append(compiler.library_option(library))
            continue
        path = compiler.find_library_file([folder], name)
        if path:
            options.append(path)
        else:
            compiler.warn("no library file corresponding to '%s' found (skipping)" % library)
    return options
