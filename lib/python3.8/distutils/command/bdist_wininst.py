# SPDX-License-Identifier: MIT
"""The command bdist_wininst: an installer for Windows.  It can be named, but not be run: the program that unpacks such
an installer is not part of this library."""

from distutils.core import Command
from distutils.dir_util import create_tree, remove_tree
from distutils.errors import *
from distutils.sysconfig import get_python_version
from distutils.util import get_platform
from warnings import warn


class bdist_wininst(Command):
    """Knows its options."""

    description = 'create an executable installer for MS Windows'
    user_options = [
        ('bdist-dir=', None, 'temporary directory for creating the distribution'),
        ('plat-name=', 'p', 'platform name to embed in generated filenames (default: %s)' % get_platform()),
        ('keep-temp', 'k', 'keep the pseudo-installation tree around after creating the distribution archive'),
        ('target-version=', None, 'require a version of Python on the target system'),
        ('no-target-compile', 'c', 'do not compile sources on the target system'),
        ('no-target-optimize', 'o', 'do not compile optimized files on the target system'),
        ('dist-dir=', 'd', 'directory to put final built distributions in'),
        ('bitmap=', 'b', 'picture for the installer'),
        ('title=', 't', 'title to display on the background of the installer'),
        ('skip-build', None, 'skip rebuilding everything (for testing/debugging)'),
        ('install-script=', None, 'name of a script to run after installation and before removal'),
        ('pre-install-script=', None, 'path of a script to run before any files are installed'),
        ('user-access-control=', None, "'none' (default), 'auto' or 'force'"),
    ]
    boolean_options = ['keep-temp', 'no-target-compile', 'no-target-optimize', 'skip-build']
    _unsupported = True

    def __init__(self, *args, **kw):
        super().__init__(*args, **kw)
        warn('bdist_wininst command is deprecated since Python 3.8, use bdist_wheel (wheel packages) instead',
             DeprecationWarning, 2)

    def initialize_options(self):
        """Set the options to nothing."""
        for name in ('bdist_dir', 'plat_name', 'target_version', 'dist_dir', 'bitmap', 'title', 'skip_build',
                     'install_script', 'pre_install_script', 'user_access_control'):
            setattr(self, name, None)
        self.keep_temp = self.no_target_compile = self.no_target_optimize = 0

    def finalize_options(self):
        """Take over the options of bdist."""
        self.set_undefined_options('bdist', ('skip_build', 'skip_build'))
        self.set_undefined_options('bdist', ('dist_dir', 'dist_dir'), ('plat_name', 'plat_name'))

    def run(self):
        """Raise DistutilsPlatformError."""
        self.create_exe(None, self.distribution.get_fullname())

    def get_inidata(self):
        """Return what the installer shows: the metadata, one `name=value` a line."""
        meta = self.distribution.metadata
        lines = ['[metadata]']
        for name in ('author', 'author_email', 'description', 'maintainer', 'maintainer_email', 'name', 'url', 'version'):
            value = getattr(meta, name, '')
            if value:
                lines.append('%s=%s' % (name, value.replace('\n', '\\n')))
        return '\n'.join(lines)

    def get_installer_filename(self, fullname):
        """Return the path of the installer."""
        import os
        version = '-py%s' % self.target_version if self.target_version else ''
        return os.path.join(self.dist_dir, '%s.%s%s.exe' % (fullname, self.plat_name, version))

    def create_exe(self, arcname, fullname, bitmap=None):
        """Raise DistutilsPlatformError."""
        self.get_exe_bytes()

    def get_exe_bytes(self):
        """Raise DistutilsPlatformError: there is no program to put in front of the archive."""
        raise DistutilsPlatformError('bdist_wininst cannot make installers here; make a wheel instead')
