# SPDX-License-Identifier: MIT
"""Where Python's files are and how extension modules are compiled: what distutils wants to know of sysconfig."""

import _imp
import os
import re
import sys

from distutils.errors import DistutilsPlatformError
from distutils.util import get_host_platform, get_platform

PREFIX, EXEC_PREFIX = os.path.normpath(sys.prefix), os.path.normpath(sys.exec_prefix)
BASE_PREFIX, BASE_EXEC_PREFIX = os.path.normpath(sys.base_prefix), os.path.normpath(sys.base_exec_prefix)

if '_PYTHON_PROJECT_BASE' in os.environ:
    project_base = os.path.abspath(os.environ['_PYTHON_PROJECT_BASE'])
else:
    project_base = os.path.dirname(os.path.abspath(sys.executable)) if sys.executable else os.getcwd()

_sys_home = getattr(sys, '_home', None)


def _is_python_source_dir(d):
    """Whether a folder is one in which CPython is being built."""
    return any(os.path.isfile(os.path.join(d, 'Modules', name)) for name in ('Setup', 'Setup.local'))


def _python_build():
    return _is_python_source_dir(_sys_home or project_base)


python_build = _python_build()
build_flags = getattr(sys, 'abiflags', '')


def get_python_version():
    """Return the version as "major.minor"."""
    return '%d.%d' % sys.version_info[:2]


def _unknown_platform(what):
    return DistutilsPlatformError("I don't know where Python installs its %s on platform '%s'" % (what, os.name))


def get_python_inc(plat_specific=0, prefix=None):
    """Return the folder of the C headers.

    plat_specific: of those for this system alone.  prefix: of another installation.
    """
    if prefix is None:
        prefix = BASE_EXEC_PREFIX if plat_specific else BASE_PREFIX
    if os.name == 'nt':
        return os.path.join(prefix, 'include')
    if os.name != 'posix':
        raise _unknown_platform('C header files')
    if python_build:
        if plat_specific:
            return _sys_home or project_base
        return os.path.normpath(os.path.join(get_config_var('srcdir'), 'Include'))
    return os.path.join(prefix, 'include', 'python' + get_python_version() + build_flags)


def get_python_lib(plat_specific=0, standard_lib=0, prefix=None):
    """Return the folder that packages are installed in.

    plat_specific: those with extension modules.  standard_lib: that of the standard library.
    """
    if prefix is None:
        if standard_lib:
            prefix = BASE_EXEC_PREFIX if plat_specific else BASE_PREFIX
        else:
            prefix = EXEC_PREFIX if plat_specific else PREFIX
    if os.name == 'posix':
        library = os.path.join(prefix, 'lib', 'python' + get_python_version())
    elif os.name == 'nt':
        library = os.path.join(prefix, 'Lib')
    else:
        raise _unknown_platform('library')
    return library if standard_lib else os.path.join(library, 'site-packages')


def customize_compiler(compiler):
    """Set the programs of a UNIX compiler as this Python and the environment say."""
    if compiler.compiler_type != 'unix':
        return
    cc, cxx, cflags, ccshared, ldshared, ending, ar, arflags = get_config_vars(
        'CC', 'CXX', 'CFLAGS', 'CCSHARED', 'LDSHARED', 'SHLIB_SUFFIX', 'AR', 'ARFLAGS')
    environ = os.environ
    if 'CC' in environ:
        # The same program links.
        if 'LDSHARED' not in environ and ldshared.startswith(cc):
            ldshared = environ['CC'] + ldshared[len(cc):]
        cc = environ['CC']
    cxx = environ.get('CXX', cxx)
    ldshared = environ.get('LDSHARED', ldshared)
    preprocess = environ.get('CPP', cc + ' -E')
    ar = environ.get('AR', ar)
    archiver = ar + ' ' + environ.get('ARFLAGS', arflags)
    if 'LDFLAGS' in environ:
        ldshared += ' ' + environ['LDFLAGS']
    if 'CFLAGS' in environ:
        cflags += ' ' + environ['CFLAGS']
        ldshared += ' ' + environ['CFLAGS']
    if 'CPPFLAGS' in environ:
        preprocess += ' ' + environ['CPPFLAGS']
        cflags += ' ' + environ['CPPFLAGS']
        ldshared += ' ' + environ['CPPFLAGS']
    command = cc + ' ' + cflags
    compiler.set_executables(preprocessor=preprocess, compiler=command, compiler_so=command + ' ' + ccshared,
                             compiler_cxx=cxx, linker_so=ldshared, linker_exe=cc, archiver=archiver)
    compiler.shared_lib_extension = ending


def get_config_h_filename():
    """Return the path of pyconfig.h."""
    folder = (_sys_home or project_base) if python_build else get_python_inc(plat_specific=1)
    return os.path.join(folder, 'pyconfig.h')


def get_makefile_filename():
    """Return the path that the Makefile has where CPython is installed with one."""
    if python_build:
        return os.path.join(_sys_home or project_base, 'Makefile')
    folder = 'config-' + get_python_version() + build_flags
    if hasattr(sys.implementation, '_multiarch'):
        folder += '-' + sys.implementation._multiarch
    return os.path.join(get_python_lib(plat_specific=0, standard_lib=1), folder, 'Makefile')


def parse_config_h(fp, g=None):
    """Read "#define" lines of an open header into a dict: see sysconfig.parse_config_h()."""
    import sysconfig
    return sysconfig.parse_config_h(fp, g)


_variable_rx = re.compile(r'([a-zA-Z][a-zA-Z0-9_]+)\s*=\s*(.*)')
_findvar1_rx = re.compile(r'\$\(([A-Za-z][A-Za-z0-9_]*)\)')
_findvar2_rx = re.compile(r'\${([A-Za-z][A-Za-z0-9_]*)}')


def parse_makefile(fn, g=None):
    """Read the assignments of a Makefile into a dict: numbers become ints, variables their values."""
    from distutils.text_file import TextFile
    file = TextFile(fn, strip_comments=1, skip_blanks=1, join_lines=1, errors='surrogateescape')
    raw = {}
    for line in iter(file.readline, None):
        found = _variable_rx.match(line)
        if found:
            # "$$" is a dollar sign.
            raw[found[1]] = found[2].strip().replace('$$', '\0')
    file.close()

    def expand(name, open_names):
        if name in open_names:
            return ''
        if name not in raw:
            return os.environ.get(name, raw.get('PY_' + name, ''))
        text = raw[name]
        for pattern in (_findvar1_rx, _findvar2_rx):
            text = pattern.sub(lambda match: expand(match[1], open_names | {name}), text)
        return text

    done = {} if g is None else g
    for name, value in raw.items():
        if '$' in value and not (_findvar1_rx.search(value) or _findvar2_rx.search(value)):
            # A reference of another kind: nothing is known of its value.
            continue
        text = expand(name, frozenset()).replace('\0', '$').strip()
        try:
            done[name] = int(text)
        except ValueError:
            done[name] = text
    for name in ('CFLAGS', 'LDFLAGS', 'CPPFLAGS'):
        if 'PY_' + name in done:
            done.setdefault(name, done['PY_' + name])
    return done


def expand_makefile_vars(s, vars):
    """Return text with $(NAME) and ${NAME} replaced from a dict."""
    while True:
        found = _findvar1_rx.search(s) or _findvar2_rx.search(s)
        if not found:
            return s
        begin, end = found.span()
        s = s[:begin] + vars.get(found[1]) + s[end:]


_config_vars = None


def _init_posix():
    """Take over this build's values."""
    import sysconfig
    global _config_vars
    name = sysconfig._get_sysconfigdata_name()
    module = __import__(name, globals(), locals(), ['build_time_vars'], 0)
    _config_vars = dict(module.build_time_vars)


def _init_nt():
    """The values on Windows."""
    global _config_vars
    _config_vars = {'LIBDEST': get_python_lib(plat_specific=0, standard_lib=1),
                    'BINLIBDEST': get_python_lib(plat_specific=1, standard_lib=1),
                    'INCLUDEPY': get_python_inc(plat_specific=0), 'EXT_SUFFIX': _imp.extension_suffixes()[0],
                    'EXE': '.exe', 'VERSION': get_python_version().replace('.', ''),
                    'BINDIR': os.path.dirname(os.path.abspath(sys.executable))}


def get_config_vars(*args):
    """Return all configuration variables as a dict; with names, the list of their values (None for unknown names)."""
    global _config_vars
    if _config_vars is None:
        {'posix': _init_posix, 'nt': _init_nt}.get(os.name, dict)()
        values = _config_vars = {} if _config_vars is None else _config_vars
        values.update(prefix=PREFIX, exec_prefix=EXEC_PREFIX)
        if 'EXT_SUFFIX' in values:
            values['SO'] = values['EXT_SUFFIX']
        source = values.get('srcdir', project_base)
        if os.name == 'posix':
            makefile_folder = os.path.dirname(get_makefile_filename())
            source = os.path.join(makefile_folder, source) if python_build else makefile_folder
        values['srcdir'] = os.path.abspath(os.path.normpath(source))
    return [_config_vars.get(name) for name in args] if args else _config_vars


def get_config_var(name):
    """Return the value of one configuration variable, None if there is no such."""
    if name == 'SO':
        import warnings
        warnings.warn('SO is deprecated, use EXT_SUFFIX', DeprecationWarning, 2)
    return get_config_vars().get(name)
