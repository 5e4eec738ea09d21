# SPDX-License-Identifier: MIT
"""The command bdist_dumb: an archive to be unpacked at the root, or at the prefix with --relative."""

import os

from distutils import log
from distutils.core import Command
from distutils.dir_util import ensure_relative, remove_tree
from distutils.errors import *
from distutils.sysconfig import get_python_version
from distutils.util import get_platform


class bdist_dumb(Command):
    """Installs in a temporary folder and makes an archive of that."""

    description = 'create a "dumb" built distribution'
    user_options = [
        ('bdist-dir=', 'd', 'temporary directory for creating the distribution'),
        ('plat-name=', 'p', 'platform name to embed in generated filenames (default: %s)' % get_platform()),
        ('format=', 'f', 'archive format to create (tar, gztar, bztar, xztar, ztar, zip)'),
        ('keep-temp', 'k', 'keep the pseudo-installation tree around after creating the distribution archive'),
        ('dist-dir=', 'd', 'directory to put final built distributions in'),
        ('skip-build', None, 'skip rebuilding everything (for testing/debugging)'),
        ('relative', None, 'build the archive using relative paths (default: false)'),
        ('owner=', 'u', 'Owner name used when creating a tar file [default: current user]'),
        ('group=', 'g', 'Group name used when creating a tar file [default: current group]'),
    ]
    boolean_options = ['keep-temp', 'skip-build', 'relative']
    default_format = {'posix': 'gztar', 'nt': 'zip'}

    def initialize_options(self):
        """Set the options to nothing."""
        self.bdist_dir = self.plat_name = self.format = self.dist_dir = self.skip_build = None
        self.owner = self.group = None
        self.keep_temp = self.relative = 0

    def finalize_options(self):
        """Take over the options of bdist."""
        if self.bdist_dir is None:
            self.bdist_dir = os.path.join(self.get_finalized_command('bdist').bdist_base, 'dumb')
        if self.format is None:
            try:
                self.format = self.default_format[os.name]
            except KeyError:
                raise DistutilsPlatformError("don't know how to create dumb built distributions on platform %s"
                                             % os.name)
        self.set_undefined_options('bdist', *[(name, name) for name in ('dist_dir', 'plat_name', 'skip_build')])

    def run(self):
        """Build, install, pack, clean up."""
        if not self.skip_build:
            self.run_command('build')
        install = self.reinitialize_command('install', reinit_subcommands=1)
        install.root = self.bdist_dir
        install.skip_build, install.warn_dir = self.skip_build, 0
        log.info('installing to %s', self.bdist_dir)
        self.run_command('install')

        base = os.path.join(self.dist_dir, '%s.%s' % (self.distribution.get_fullname(), self.plat_name))
        root = self.bdist_dir
        if self.relative:
            if self.distribution.has_ext_modules() and install.install_base != install.install_platbase:
                raise DistutilsPlatformError("can't make a dumb built distribution where base and platbase are "
                                             'different (%r, %r)' % (install.install_base, install.install_platbase))
            root = os.path.join(root, ensure_relative(install.install_base))
        path = self.make_archive(base, self.format, root_dir=root, owner=self.owner, group=self.group)
        version = get_python_version() if self.distribution.has_ext_modules() else 'any'
        self.distribution.dist_files.append(('bdist_dumb', version, path))
        if not self.keep_temp:
            remove_tree(self.bdist_dir, dry_run=self.dry_run)
