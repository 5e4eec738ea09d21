# SPDX-License-Identifier: MIT
"""The command install: everything that build made, copied to its places."""

import os
import sys
from site import USER_BASE, USER_SITE

from distutils import log
from distutils.core import Command
from distutils.debug import DEBUG
from distutils.errors import DistutilsOptionError, DistutilsPlatformError
from distutils.file_util import write_file
from distutils.sysconfig import get_config_vars
from distutils.util import change_root, convert_path, get_platform, subst_vars

HAS_USER_SITE = True

# What a scheme says: a folder for each kind of file, with variables.
SCHEME_KEYS = ('purelib', 'platlib', 'headers', 'scripts', 'data')


def _scheme(purelib, platlib, headers, scripts, data):
    return dict(zip(SCHEME_KEYS, (purelib, platlib, headers, scripts, data)))


_VERSIONED = '/lib/python$py_version_short/site-packages'
WINDOWS_SCHEME = _scheme('$base/Lib/site-packages', '$base/Lib/site-packages', '$base/Include/$dist_name',
                         '$base/Scripts', '$base')
INSTALL_SCHEMES = {
    'unix_prefix': _scheme('$base' + _VERSIONED, '$platbase' + _VERSIONED,
                           '$base/include/python$py_version_short$abiflags/$dist_name', '$base/bin', '$base'),
    'unix_home': _scheme('$base/lib/python', '$base/lib/python', '$base/include/python/$dist_name', '$base/bin',
                         '$base'),
    'nt': WINDOWS_SCHEME,
    'nt_user': _scheme('$usersite', '$usersite', '$userbase/Python$py_version_nodot/Include/$dist_name',
                       '$userbase/Python$py_version_nodot/Scripts', '$userbase'),
    'unix_user': _scheme('$usersite', '$usersite', '$userbase/include/python$py_version_short$abiflags/$dist_name',
                         '$userbase/bin', '$userbase'),
}


class install(Command):
    """Finds the folders and runs the commands that copy modules, headers, scripts and data.

    The folders come from a scheme below a base (--prefix, --home, --user), or from options for each of them.
    """

    description = 'install everything from build directory'
    user_options = [
        ('prefix=', None, 'installation prefix'),
        ('exec-prefix=', None, '(Unix only) prefix for platform-specific files'),
        ('home=', None, '(Unix only) home directory to install under'),
        ('install-base=', None, 'base installation directory (instead of --prefix or --home)'),
        ('install-platbase=', None, 'base installation directory for platform-specific files (instead of '
                                    '--exec-prefix or --home)'),
        ('root=', None, 'install everything relative to this alternate root directory'),
        ('install-purelib=', None, 'installation directory for pure Python module distributions'),
        ('install-platlib=', None, 'installation directory for non-pure module distributions'),
        ('install-lib=', None, 'installation directory for all module distributions (overrides --install-purelib and '
                               '--install-platlib)'),
        ('install-headers=', None, 'installation directory for C/C++ headers'),
        ('install-scripts=', None, 'installation directory for Python scripts'),
        ('install-data=', None, 'installation directory for data files'),
        ('compile', 'c', 'compile .py to .pyc [default]'),
        ('no-compile', None, "don't compile .py files"),
        ('optimize=', 'O', 'also compile with optimization: -O1 for "python -O", -O2 for "python -OO", and -O0 to '
                           'disable [default: -O0]'),
        ('force', 'f', 'force installation (overwrite any existing files)'),
        ('skip-build', None, 'skip rebuilding everything (for testing/debugging)'),
        ('record=', None, 'filename in which to record list of installed files'),
        ('user', None, "install in user site-package '%s'" % USER_SITE),
    ]
    boolean_options = ['compile', 'force', 'skip-build', 'user']
    negative_opt = {'no-compile': 'compile'}

    def initialize_options(self):
        """Set the options to nothing."""
        for name in ('prefix exec_prefix home install_base install_platbase root install_purelib install_platlib '
                     'install_headers install_lib install_scripts install_data compile optimize extra_path build_base '
                     'build_lib record').split():
            setattr(self, name, None)
        self.user = self.force = self.skip_build = 0
        self.install_userbase, self.install_usersite = USER_BASE, USER_SITE
        # Whether to write the .pth file of extra_path, and to look whether the folder is on sys.path.
        self.install_path_file = self.warn_dir = 1

    def finalize_options(self):
        """Find all folders."""
        prefixes = self.prefix or self.exec_prefix
        bases = self.install_base or self.install_platbase
        if (prefixes or self.home) and bases:
            raise DistutilsOptionError('must supply either prefix/exec-prefix/home or install-base/install-platbase '
                                       '-- not both')
        if self.home and prefixes:
            raise DistutilsOptionError('must supply either home or prefix/exec-prefix -- not both')
        if self.user and (prefixes or self.home or bases):
            raise DistutilsOptionError("can't combine user with prefix, exec_prefix/home, or install_(plat)base")
        if os.name != 'posix' and self.exec_prefix:
            self.warn('exec-prefix option ignored on this platform')
            self.exec_prefix = None

        self.dump_dirs('pre-finalize_{unix,other}')
        if os.name == 'posix':
            self.finalize_unix()
        else:
            self.finalize_other()
        self.dump_dirs('post-finalize_{unix,other}()')
        self._set_variables()
        self.expand_basedirs()
        self.dump_dirs('post-expand_basedirs()')
        self.config_vars.update(base=self.install_base, platbase=self.install_platbase)
        self.expand_dirs()
        self.dump_dirs('post-expand_dirs()')
        if self.user:
            self.create_home_path()
        if self.install_lib is None:
            self.install_lib = self.install_platlib if self.distribution.ext_modules else self.install_purelib
        self.convert_paths('lib', 'purelib', 'platlib', 'scripts', 'data', 'headers', 'userbase', 'usersite')
        self.handle_extra_path()
        self.install_libbase = self.install_lib
        self.install_lib = os.path.join(self.install_lib, self.extra_dirs)
        if self.root is not None:
            self.change_roots('libbase', 'lib', 'purelib', 'platlib', 'scripts', 'data', 'headers')
        self.dump_dirs('after prepending root')
        self.set_undefined_options('build', ('build_base', 'build_base'), ('build_lib', 'build_lib'))

    def _set_variables(self):
        """The variables that folders may use."""
        prefix, exec_prefix = get_config_vars('prefix', 'exec_prefix')
        dist, version = self.distribution, sys.version_info
        self.config_vars = {
            'dist_name': dist.get_name(), 'dist_version': dist.get_version(), 'dist_fullname': dist.get_fullname(),
            'py_version': sys.version.split()[0], 'py_version_short': '%d.%d' % version[:2],
            'py_version_nodot': '%d%d' % version[:2], 'sys_prefix': prefix, 'prefix': prefix,
            'sys_exec_prefix': exec_prefix, 'exec_prefix': exec_prefix, 'abiflags': getattr(sys, 'abiflags', ''),
            'userbase': self.install_userbase, 'usersite': self.install_usersite,
        }

    def dump_dirs(self, msg):
        """Tell all options, if DISTUTILS_DEBUG is set."""
        if not DEBUG:
            return
        from distutils.fancy_getopt import longopt_xlate
        log.debug(msg + ':')
        for row in self.user_options:
            name = row[0][:-1] if row[0][-1] == '=' else row[0]
            if name in self.negative_opt:
                name = self.negative_opt[name].translate(longopt_xlate)
                value = not getattr(self, name)
            else:
                name = name.translate(longopt_xlate)
                value = getattr(self, name)
            log.debug('  %s: %s', name, value)

    # Schemes.

    def finalize_unix(self):
        """Choose base and scheme on UNIX."""
        if self.install_base is not None or self.install_platbase is not None:
            no_library = self.install_lib is None and self.install_purelib is None and self.install_platlib is None
            if no_library or None in (self.install_headers, self.install_scripts, self.install_data):
                raise DistutilsOptionError('install-base or install-platbase supplied, but installation scheme is '
                                           'incomplete')
            return
        if self.user:
            self._use_user_base('unix_user')
        elif self.home is not None:
            self.install_base = self.install_platbase = self.home
            self.select_scheme('unix_home')
        else:
            if self.prefix is None:
                if self.exec_prefix is not None:
                    raise DistutilsOptionError('must not supply exec-prefix without prefix')
                self.prefix, self.exec_prefix = map(os.path.normpath, (sys.prefix, sys.exec_prefix))
            elif self.exec_prefix is None:
                self.exec_prefix = self.prefix
            self.install_base, self.install_platbase = self.prefix, self.exec_prefix
            self.select_scheme('unix_prefix')

    def _use_user_base(self, scheme):
        if self.install_userbase is None:
            raise DistutilsPlatformError('User base directory is not specified')
        self.install_base = self.install_platbase = self.install_userbase
        self.select_scheme(scheme)

    def finalize_other(self):
        """Choose base and scheme on other systems."""
        if self.user:
            self._use_user_base(os.name + '_user')
        elif self.home is not None:
            self.install_base = self.install_platbase = self.home
            self.select_scheme('unix_home')
        else:
            if self.prefix is None:
                self.prefix = os.path.normpath(sys.prefix)
            self.install_base = self.install_platbase = self.prefix
            try:
                self.select_scheme(os.name)
            except KeyError:
                raise DistutilsPlatformError("I don't know how to install stuff on '%s'" % os.name)

    def select_scheme(self, name):
        """Set the folders that are not set to those of a scheme."""
        for key, folder in INSTALL_SCHEMES[name].items():
            if getattr(self, 'install_' + key) is None:
                setattr(self, 'install_' + key, folder)

    def _expand_attrs(self, attrs):
        for name in attrs:
            value = getattr(self, name)
            if value is not None:
                if os.name in ('posix', 'nt'):
                    value = os.path.expanduser(value)
                setattr(self, name, subst_vars(value, self.config_vars))

    def expand_basedirs(self):
        """Fill in the variables of the bases."""
        self._expand_attrs(['install_base', 'install_platbase', 'root'])

    def expand_dirs(self):
        """Fill in the variables of the folders."""
        self._expand_attrs(['install_' + name for name in (*SCHEME_KEYS, 'lib')])

    def convert_paths(self, *names):
        """Write folders as the system does."""
        for name in names:
            setattr(self, 'install_' + name, convert_path(getattr(self, 'install_' + name)))

    def handle_extra_path(self):
        """Set path_file and extra_dirs: a folder of its own for the modules, and the .pth file that leads there."""
        if self.extra_path is None:
            self.extra_path = self.distribution.extra_path
        if self.extra_path is None:
            self.path_file, self.extra_dirs = None, ''
            return
        log.warn('Distribution option extra_path is deprecated. See issue27919 for details.')
        if isinstance(self.extra_path, str):
            self.extra_path = self.extra_path.split(',')
        if len(self.extra_path) not in (1, 2):
            raise DistutilsOptionError("'extra_path' option must be a list, tuple, or comma-separated string with 1 or "
                                       '2 elements')
        self.path_file, folder = self.extra_path[0], self.extra_path[-1]
        self.extra_dirs = convert_path(folder)

    def change_roots(self, *names):
        """Put folders below the root."""
        for name in names:
            setattr(self, 'install_' + name, change_root(self.root, getattr(self, 'install_' + name)))

    def create_home_path(self):
        """Make the folders below the user's home."""
        if not self.user:
            return
        home = convert_path(os.path.expanduser('~'))
        for path in self.config_vars.values():
            if str(path).startswith(home) and not os.path.isdir(path):
                self.debug_print("os.makedirs('%s', 0o700)" % path)
                os.makedirs(path, 0o700)

    # Doing it.

    def run(self):
        """Build, copy, write the list of files."""
        if not self.skip_build:
            self.run_command('build')
            built_for = self.distribution.get_command_obj('build').plat_name
            if self.warn_dir and built_for != get_platform():
                raise DistutilsPlatformError("Can't install when cross-compiling")
        for name in self.get_sub_commands():
            self.run_command(name)
        if self.path_file:
            self.create_path_file()
        if self.record:
            paths = self.get_outputs()
            if self.root:
                paths = [path[len(self.root):] for path in paths]
            self.execute(write_file, (self.record, paths),
                         "writing list of installed files to '%s'" % self.record)

        on_path = {os.path.normcase(os.path.normpath(folder)) for folder in sys.path}
        here = os.path.normcase(os.path.normpath(self.install_lib))
        if self.warn_dir and not (self.path_file and self.install_path_file) and here not in on_path:
            log.debug("modules installed to '%s', which is not in Python's module search path (sys.path) -- you'll "
                      'have to change the search path yourself', self.install_lib)

    def create_path_file(self):
        """Write the .pth file."""
        path = os.path.join(self.install_libbase, self.path_file + '.pth')
        if self.install_path_file:
            self.execute(write_file, (path, [self.extra_dirs]), 'creating %s' % path)
        else:
            self.warn("path file '%s' not created" % path)

    def get_outputs(self):
        """Return the paths of all that is installed."""
        paths = {}
        for name in self.get_sub_commands():
            paths.update(dict.fromkeys(self.get_finalized_command(name).get_outputs()))
        if self.path_file and self.install_path_file:
            paths[os.path.join(self.install_libbase, self.path_file + '.pth')] = None
        return list(paths)

    def get_inputs(self):
        """Return the paths of all that is copied."""
        paths = []
        for name in self.get_sub_commands():
            paths += self.get_finalized_command(name).get_inputs()
        return paths

    # Which sub-commands have something to do.

    def has_lib(self):
        """Whether there are modules."""
        return self.distribution.has_pure_modules() or self.distribution.has_ext_modules()

    def has_headers(self):
        """Whether there are headers."""
        return self.distribution.has_headers()

    def has_scripts(self):
        """Whether there are scripts."""
        return self.distribution.has_scripts()

    def has_data(self):
        """Whether there are data files."""
        return self.distribution.has_data_files()

    sub_commands = [('install_lib', has_lib), ('install_headers', has_headers), ('install_scripts', has_scripts),
                    ('install_data', has_data), ('install_egg_info', lambda self: True)]
