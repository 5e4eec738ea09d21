# SPDX-License-Identifier: MIT
"""What sysconfig.get_config_vars() knows of this build besides the paths it computes itself.

The names are those of CPython's Makefile and pyconfig.h, since distutils, setuptools, pip and build scripts ask for
them.  Nothing here names a folder of the machine that built: an installation finds its prefix when it starts, and the
facts of pyconfig.h are read from that file where it is installed.
"""

import os
import sys

# For extension modules; taipan's own sources are compiled with the presets of CMakePresets.json.
_WARNINGS = '-Wno-unused-result -Wsign-compare'
_OPTIMIZE = '-DNDEBUG -g -fwrapv -O3 -Wall'
_CFLAGS = _WARNINGS + ' ' + _OPTIMIZE


def _tools():
    """How to compile and link an extension module."""
    return {
        'CC': 'gcc', 'CXX': 'g++', 'MAINCC': 'gcc', 'LINKCC': 'gcc', 'AR': 'ar', 'ARFLAGS': 'rcs', 'LN': 'ln',
        'READELF': 'readelf', 'SHELL': '/bin/sh', 'GNULD': 'yes', 'EXE': '', 'BUILDEXE': '', 'PYTHON': 'python',
        'OPT': _OPTIMIZE, 'BASECFLAGS': _WARNINGS, 'CFLAGS': _CFLAGS, 'PY_CFLAGS': _CFLAGS, 'EXTRA_CFLAGS': '',
        'CONFIGURE_CFLAGS': '', 'CFLAGS_ALIASING': '', 'CFLAGS_NODIST': '', 'PY_CFLAGS_NODIST': '',
        'PY_STDMODULE_CFLAGS': _CFLAGS, 'PY_BUILTIN_MODULE_CFLAGS': _CFLAGS, 'PY_CORE_CFLAGS': _CFLAGS,
        'BASECPPFLAGS': '', 'CPPFLAGS': '', 'CONFIGURE_CPPFLAGS': '', 'PY_CPPFLAGS': '',
        'CCSHARED': '-fPIC', 'CFLAGSFORSHARED': '-fPIC', 'LDSHARED': 'gcc -shared', 'LDCXXSHARED': 'g++ -shared',
        'BLDSHARED': 'gcc -shared', 'LDFLAGS': '', 'PY_LDFLAGS': '', 'CONFIGURE_LDFLAGS': '', 'LDFLAGS_NODIST': '',
        'LINKFORSHARED': '-Xlinker -export-dynamic', 'NO_AS_NEEDED': '-Wl,--no-as-needed',
        'LIBM': '-lm', 'LIBC': '', 'LIBS': '-lcrypt -lpthread -ldl -lutil -lm', 'SYSLIBS': '-lm', 'MODLIBS': '',
        'SHLIBS': '-lcrypt -lpthread -ldl -lutil -lm', 'RUNSHARED': '', 'CONFIG_ARGS': '',
        'INSTALL': '/usr/bin/install -c', 'INSTALL_DATA': '/usr/bin/install -c -m 644',
        'INSTALL_PROGRAM': '/usr/bin/install -c', 'INSTALL_SCRIPT': '/usr/bin/install -c',
        'INSTALL_SHARED': '/usr/bin/install -c -m 755', 'MKDIR_P': '/usr/bin/mkdir -p',
        'DIRMODE': 755, 'EXEMODE': 755, 'FILEMODE': 644,
    }


def _names(multiarch):
    """Names and numbers that files are known by."""
    abi = 'cpython-38-' + multiarch
    return {
        'VERSION': '3.8', 'LDVERSION': '3.8', 'ABIFLAGS': '', 'SOABI': abi, 'EXT_SUFFIX': '.%s.so' % abi,
        'SHLIB_SUFFIX': '.so', 'MULTIARCH': multiarch, 'MACHDEP': 'linux', 'ALT_SOABI': 0,
        'HOST_GNU_TYPE': 'x86_64-pc-linux-gnu', 'BUILD_GNU_TYPE': 'x86_64-pc-linux-gnu',
        'LIBRARY': 'libpython3.8.a', 'LDLIBRARY': 'libpython3.8.so', 'PY3LIBRARY': 'libpython3.so',
        'INSTSONAME': 'libpython3.8.so.1.0', 'BLDLIBRARY': '-lpython3.8', 'LIBPYTHON': '', 'LDLIBRARYDIR': '',
        'DLLLIBRARY': '', 'PYTHONFRAMEWORK': '', 'PYTHONFRAMEWORKDIR': 'no-framework',
        'PYTHONFRAMEWORKINSTALLDIR': '', 'PYTHONFRAMEWORKPREFIX': '', 'MACOSX_DEPLOYMENT_TARGET': '',
        'Py_ENABLE_SHARED': 1, 'Py_DEBUG': 0, 'Py_TRACE_REFS': 0, 'WITH_PYMALLOC': 1, 'WITH_DOC_STRINGS': 1,
        'WITH_DTRACE': 0, 'WITH_VALGRIND': 0, 'WITH_DYLD': 0, 'ENABLE_IPV6': 1, 'PY_COERCE_C_LOCALE': 1,
        'SIZEOF_VOID_P': 8, 'SIZEOF_SIZE_T': 8, 'SIZEOF_WCHAR_T': 4, 'SIZEOF_TIME_T': 8, 'HAVE_DYNAMIC_LOADING': 1,
        'TZPATH': '/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo',
    }


def _places(prefix, exec_prefix, multiarch):
    """Folders of the installation."""
    library = prefix + '/lib/python3.8'
    executable_library = exec_prefix + '/lib/python3.8'
    headers = prefix + '/include/python3.8'
    return {
        'prefix': prefix, 'exec_prefix': exec_prefix, 'BINDIR': exec_prefix + '/bin', 'LIBDIR': exec_prefix + '/lib',
        'LIBDEST': library, 'BINLIBDEST': executable_library, 'DESTLIB': library, 'MACHDESTLIB': executable_library,
        'SCRIPTDIR': prefix + '/lib', 'DESTSHARED': executable_library + '/lib-dynload', 'DESTPATH': '',
        'INCLUDEDIR': prefix + '/include', 'CONFINCLUDEDIR': exec_prefix + '/include', 'INCLUDEPY': headers,
        'CONFINCLUDEPY': exec_prefix + '/include/python3.8', 'LIBPC': exec_prefix + '/lib/pkgconfig',
        'LIBPL': '%s/config-3.8-%s' % (executable_library, multiarch),
        'MANDIR': prefix + '/share/man', 'datarootdir': prefix + '/share',
    }


def _header_facts(folder):
    """What pyconfig.h defines, {} if the headers are not installed."""
    import sysconfig
    try:
        with open(os.path.join(folder, 'pyconfig.h'), encoding='ascii', errors='replace') as file:
            return sysconfig.parse_config_h(file)
    except OSError:
        return {}


def _collect():
    multiarch = getattr(sys.implementation, '_multiarch', 'x86_64-linux-gnu')
    places = _places(sys.base_prefix, sys.base_exec_prefix, multiarch)
    return {**_header_facts(places['INCLUDEPY']), **_tools(), **_names(multiarch), **places}


build_time_vars = _collect()
