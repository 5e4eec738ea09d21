# SPDX-License-Identifier: MIT
"""Where this installation keeps things, and how it was made.

A scheme says for each kind of file (stdlib, purelib, include, scripts...) in which folder it goes; the folders are
written with names in braces, which get_config_vars() resolves.
"""

import os
import sys
from os.path import pardir, realpath

__all__ = ['get_config_h_filename', 'get_config_var', 'get_config_vars', 'get_makefile_filename', 'get_path',
           'get_path_names', 'get_paths', 'get_platform', 'get_python_version', 'get_scheme_names', 'parse_config_h']

# Keys that stay text even if they look like numbers.
_ALWAYS_STR = {'MACOSX_DEPLOYMENT_TARGET'}

_SCHEME_KEYS = ('stdlib', 'platstdlib', 'purelib', 'platlib', 'include', 'scripts', 'data')


def _scheme(stdlib, platstdlib, purelib, platlib, include, platinclude, scripts, data):
    made = dict(locals())
    return {key: made[key] for key in ('stdlib', 'platstdlib', 'purelib', 'platlib', 'include', 'platinclude',
                                       'scripts', 'data') if made[key] is not None}


def _flat_scheme(library, include, scripts, data, stdlib=None):
    """A scheme with one folder for all modules and one for all headers."""
    return _scheme(stdlib or library, library, library, library, include, None, scripts, data)


def _make_schemes():
    versioned = '/lib/python{py_version_short}'
    headers = '/include/python{py_version_short}{abiflags}'
    user_nt = '{userbase}/Python{py_version_nodot}'
    home = _flat_scheme('{base}/lib/python', '{installed_base}/include/python', '{base}/bin', '{base}',
                        '{installed_base}/lib/python')
    home['platinclude'] = home['include']
    nt = _scheme('{installed_base}/Lib', '{base}/Lib', '{base}/Lib/site-packages', '{base}/Lib/site-packages',
                 '{installed_base}/Include', '{installed_base}/Include', '{base}/Scripts', '{base}')
    return {
        'posix_prefix': _scheme('{installed_base}' + versioned, '{platbase}' + versioned,
                                '{base}' + versioned + '/site-packages', '{platbase}' + versioned + '/site-packages',
                                '{installed_base}' + headers, '{installed_platbase}' + headers, '{base}/bin', '{base}'),
        'posix_home': home,
        'nt': nt,
        'nt_user': _scheme(user_nt, user_nt, user_nt + '/site-packages', user_nt + '/site-packages',
                           user_nt + '/Include', None, user_nt + '/Scripts', '{userbase}'),
        'posix_user': _scheme('{userbase}' + versioned, '{userbase}' + versioned,
                              '{userbase}' + versioned + '/site-packages',
                              '{userbase}' + versioned + '/site-packages',
                              '{userbase}/include/python{py_version_short}', None, '{userbase}/bin', '{userbase}'),
        'osx_framework_user': _scheme('{userbase}/lib/python', '{userbase}/lib/python',
                                      '{userbase}/lib/python/site-packages', '{userbase}/lib/python/site-packages',
                                      '{userbase}/include', None, '{userbase}/bin', '{userbase}'),
    }


_INSTALL_SCHEMES = _make_schemes()

_PY_VERSION = sys.version.split()[0]
_PY_VERSION_SHORT = '%d.%d' % sys.version_info[:2]
_PY_VERSION_SHORT_NO_DOT = '%d%d' % sys.version_info[:2]
_PREFIX, _BASE_PREFIX, _EXEC_PREFIX, _BASE_EXEC_PREFIX = (
    os.path.normpath(_prefix) for _prefix in (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix))
_CONFIG_VARS = None
_USER_BASE = None


def _safe_realpath(path):
    """realpath(), or the path itself where it cannot be followed."""
    try:
        return realpath(path)
    except OSError:
        return path


# An executable does not always know where it is.
if os.environ.get('_PYTHON_PROJECT_BASE'):
    _PROJECT_BASE = _safe_realpath(os.environ['_PYTHON_PROJECT_BASE'])
else:
    _PROJECT_BASE = os.path.dirname(_safe_realpath(sys.executable)) if sys.executable else os.getcwd()
_sys_home = getattr(sys, '_home', None)


def _is_python_source_dir(d):
    """Whether a folder is one in which CPython is being built."""
    return any(os.path.isfile(os.path.join(d, 'Modules', name)) for name in ('Setup', 'Setup.local'))


def is_python_build(check_home=False):
    """Whether this interpreter runs from the folder it was built in."""
    return _is_python_source_dir(_sys_home if check_home and _sys_home else _PROJECT_BASE)


_PYTHON_BUILD = is_python_build(True)
if _PYTHON_BUILD:
    for _name in ('posix_prefix', 'posix_home'):
        _INSTALL_SCHEMES[_name].update(include='{srcdir}/Include', platinclude='{projectbase}/.')


# --- Paths ----------------------------------------------------------------------------------------

def _subst_vars(s, local_vars):
    """Fill in the names in braces, from the variables or else the environment.  Raises AttributeError."""
    for values in (local_vars, os.environ):
        try:
            return s.format(**values)
        except KeyError as problem:
            missing = problem
    raise AttributeError('{%s}' % missing)


def _extend_dict(target_dict, other_dict):
    """Add the keys that target_dict lacks."""
    for key in other_dict:
        target_dict.setdefault(key, other_dict[key])


def _expand_vars(scheme, vars):
    """Return the scheme as a dict with real paths; vars go before the configuration."""
    values = get_config_vars()
    if vars is not None:
        _extend_dict(vars, values)
        values = vars
    expand_user = os.path.expanduser if os.name in ('posix', 'nt') else str
    return {key: os.path.normpath(_subst_vars(expand_user(path), values))
            for key, path in _INSTALL_SCHEMES[scheme].items()}


def _get_default_scheme():
    return 'posix_prefix' if os.name == 'posix' else os.name


def _getuserbase():
    """The folder for what a user installs for themselves."""
    chosen = os.environ.get('PYTHONUSERBASE')
    if chosen:
        return chosen

    def below(*parts):
        return os.path.expanduser(os.path.join(*parts))

    if os.name == 'nt':
        return below(os.environ.get('APPDATA') or '~', 'Python')
    framework = get_config_var('PYTHONFRAMEWORK') if sys.platform == 'darwin' else None
    if framework:
        return below('~', 'Library', framework, _PY_VERSION_SHORT)
    return below('~', '.local')


def get_scheme_names():
    """Return the names of the schemes, sorted, in a tuple."""
    return tuple(sorted(_INSTALL_SCHEMES))


def get_path_names():
    """Return the names of the paths of a scheme."""
    return _SCHEME_KEYS


def get_paths(scheme=_get_default_scheme(), vars=None, expand=True):
    """Return the paths of a scheme as a dict.

    vars: values that go before those of get_config_vars().  expand: with the names in braces filled in.
    """
    return _expand_vars(scheme, vars) if expand else _INSTALL_SCHEMES[scheme]


def get_path(name, scheme=_get_default_scheme(), vars=None, expand=True):
    """Return one path of a scheme.  Raises KeyError."""
    return get_paths(scheme, vars, expand)[name]


def get_config_h_filename():
    """Return the path of pyconfig.h."""
    folder = (_sys_home or _PROJECT_BASE) if _PYTHON_BUILD else get_path('platinclude')
    return os.path.join(folder, 'pyconfig.h')


def get_makefile_filename():
    """Return the path that the Makefile has where CPython is installed with one."""
    if _PYTHON_BUILD:
        return os.path.join(_sys_home or _PROJECT_BASE, 'Makefile')
    folder = 'config'
    if hasattr(sys, 'abiflags'):
        folder = 'config-%s%s' % (_PY_VERSION_SHORT, sys.abiflags)
    if hasattr(sys.implementation, '_multiarch'):
        folder += '-' + sys.implementation._multiarch
    return os.path.join(get_path('stdlib'), folder, 'Makefile')


# --- Files that configuration is read from --------------------------------------------------------

def parse_config_h(fp, vars=None):
    """Read the lines "#define NAME VALUE" and "/* #undef NAME */" of an open header into a dict; return it.

    Values are ints where they look like it, 0 for undefined names.
    """
    import re
    facts = {} if vars is None else vars
    line_of_interest = re.compile(r'#define ([A-Z][A-Za-z0-9_]+) (.*)\n|/[*] #undef ([A-Z][A-Za-z0-9_]+) [*]/\n')
    for line in fp:
        found = line_of_interest.match(line)
        if found is None:
            continue
        name, value, undefined = found.groups()
        if undefined:
            facts[undefined] = 0
        else:
            facts[name] = value if name in _ALWAYS_STR else _number_or_text(value)
    return facts


def _number_or_text(text):
    try:
        return int(text)
    except ValueError:
        return text


def _parse_makefile(filename, vars=None):
    """Read the assignments of a Makefile into a dict, the variables in them resolved as far as possible; return it."""
    import re
    assignment = re.compile(r'([a-zA-Z][a-zA-Z0-9_]+)\s*=\s*(.*)')
    reference = re.compile(r'\$(?:\(([A-Za-z][A-Za-z0-9_]*)\)|\{([A-Za-z][A-Za-z0-9_]*)\})')
    raw = {}
    with open(filename, encoding='utf-8', errors='surrogateescape') as file:
        for line in file:
            if not line.startswith('#') and line.strip():
                found = assignment.match(line)
                if found:
                    # "$$" is a dollar sign.
                    raw[found[1]] = found[2].strip().replace('$$', '\0')

    def expand(name, open_names):
        if name in open_names:
            # A variable that needs itself.
            return ''
        if name not in raw:
            # Names with PY_ before them win over those without.
            return str(os.environ.get(name, raw.get('PY_' + name, '')))
        inner = open_names | {name}
        return reference.sub(lambda m: expand(m[1] or m[2], inner), raw[name])

    done = {} if vars is None else vars
    for name in raw:
        text = expand(name, frozenset()).replace('\0', '$')
        done[name] = text if name in _ALWAYS_STR else _number_or_text(text)
    for name in ('CFLAGS', 'LDFLAGS', 'CPPFLAGS'):
        # What users set goes under the plain name.
        if 'PY_' + name in done:
            done.setdefault(name, done['PY_' + name])
    return done


def _get_sysconfigdata_name():
    """Name of the module with this build's values."""
    multiarch = getattr(sys.implementation, '_multiarch', '')
    return os.environ.get('_PYTHON_SYSCONFIGDATA_NAME',
                          '_sysconfigdata_%s_%s_%s' % (sys.abiflags, sys.platform, multiarch))


def _init_posix(vars):
    """Add this build's values to a dict."""
    module = __import__(_get_sysconfigdata_name(), globals(), locals(), ['build_time_vars'], 0)
    vars.update(module.build_time_vars)


def _init_non_posix(vars):
    """The same for systems without such a module."""
    vars.update(LIBDEST=get_path('stdlib'), BINLIBDEST=get_path('platstdlib'), INCLUDEPY=get_path('include'),
                EXT_SUFFIX='.pyd', EXE='.exe', VERSION=_PY_VERSION_SHORT_NO_DOT,
                BINDIR=os.path.dirname(_safe_realpath(sys.executable)))


def _load_config_vars():
    """Fill _CONFIG_VARS; in steps, since paths are asked for on the way."""
    global _CONFIG_VARS
    values = _CONFIG_VARS = {
        'prefix': _PREFIX, 'exec_prefix': _EXEC_PREFIX, 'py_version': _PY_VERSION,
        'py_version_short': _PY_VERSION_SHORT, 'py_version_nodot': _PY_VERSION_SHORT_NO_DOT,
        'installed_base': _BASE_PREFIX, 'base': _PREFIX, 'installed_platbase': _BASE_EXEC_PREFIX,
        'platbase': _EXEC_PREFIX, 'projectbase': _PROJECT_BASE, 'abiflags': getattr(sys, 'abiflags', ''),
    }
    if os.name == 'posix':
        _init_posix(values)
    else:
        _init_non_posix(values)
    if 'EXT_SUFFIX' in values:
        # The name that it had before 3.3.
        values['SO'] = values['EXT_SUFFIX']
    values['userbase'] = _getuserbase()
    source = values.get('srcdir', _PROJECT_BASE)
    if os.name == 'posix':
        makefile_folder = os.path.dirname(get_makefile_filename())
        source = os.path.join(makefile_folder, source) if _PYTHON_BUILD else makefile_folder
    values['srcdir'] = _safe_realpath(source)


def get_config_vars(*args):
    """Return all configuration variables as a dict; with names, the list of their values (None for unknown names)."""
    if _CONFIG_VARS is None:
        _load_config_vars()
    return [_CONFIG_VARS.get(name) for name in args] if args else _CONFIG_VARS


def get_config_var(name):
    """Return the value of one configuration variable, None if there is no such."""
    if name == 'SO':
        import warnings
        warnings.warn('SO is deprecated, use EXT_SUFFIX', DeprecationWarning, 2)
    return get_config_vars().get(name)


# --- The system -----------------------------------------------------------------------------------

def _windows_platform():
    for mark, name in (('amd64', 'win-amd64'), ('(arm)', 'win-arm32'), ('(arm64)', 'win-arm64')):
        if mark in sys.version.lower():
            return name
    return sys.platform


def get_platform():
    """Return text that names the system and machine, e.g. linux-x86_64: for folders of things made for it."""
    if os.name == 'nt':
        return _windows_platform()
    if os.name != 'posix' or not hasattr(os, 'uname'):
        return sys.platform
    chosen = os.environ.get('_PYTHON_HOST_PLATFORM')
    if chosen:
        return chosen

    system, _, release, version, machine = os.uname()
    system = system.lower().replace('/', '')
    machine = machine.replace(' ', '_').replace('/', '-')
    if system.startswith('linux'):
        return '%s-%s' % (system, machine)
    if system.startswith('sunos') and release[0] >= '5':
        # SunOS 5 calls itself Solaris 2.
        system, release = 'solaris', '%d.%s' % (int(release[0]) - 3, release[2:])
        machine += '.64bit' if sys.maxsize > 2**32 else '.32bit'
    elif system.startswith('aix'):
        return '%s-%s.%s' % (system, version, release)
    elif system.startswith('cygwin'):
        import re
        system = 'cygwin'
        release = (re.match(r'[\d.]+', release, re.ASCII) or [release])[0]
    elif system.startswith('darwin'):
        import _osx_support
        system, release, machine = _osx_support.get_platform_osx(get_config_vars(), system, release, machine)
    return '-'.join((system, release, machine))


def get_python_version():
    """Return the version as "major.minor"."""
    return _PY_VERSION_SHORT


def _print_dict(title, data):
    print('%s: ' % title)
    for key in sorted(data):
        print('\t%s = "%s"' % (key, data[key]))


def _main():
    """Print everything: python -m sysconfig"""
    for title, value in (('Platform', get_platform()), ('Python version', get_python_version()),
                         ('Current installation scheme', _get_default_scheme())):
        print('%s: "%s"' % (title, value))
    for title, values in (('Paths', get_paths()), ('Variables', get_config_vars())):
        print()
        _print_dict(title, values)


if __name__ == '__main__':
    _main()
