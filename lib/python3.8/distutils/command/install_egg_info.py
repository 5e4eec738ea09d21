# SPDX-License-Identifier: MIT
"""The command install_egg_info: a file with the metadata, for those who ask what is installed."""

import os
import re
import sys

from distutils import dir_util, log
from distutils.cmd import Command


class install_egg_info(Command):
    """Writes NAME-VERSION-pyX.Y.egg-info."""

    description = "Install package's PKG-INFO metadata as an .egg-info file"
    user_options = [('install-dir=', 'd', 'directory to install to')]

    def initialize_options(self):
        """Set the options to nothing."""
        self.install_dir = None

    def finalize_options(self):
        """Find the path."""
        self.set_undefined_options('install_lib', ('install_dir', 'install_dir'))
        dist = self.distribution
        name = '%s-%s-py%d.%d.egg-info' % (to_filename(safe_name(dist.get_name())),
                                           to_filename(safe_version(dist.get_version())), *sys.version_info[:2])
        self.target = os.path.join(self.install_dir, name)
        self.outputs = [self.target]

    def run(self):
        """Write the file in the place of what is there."""
        target = self.target
        if os.path.isdir(target) and not os.path.islink(target):
            dir_util.remove_tree(target, dry_run=self.dry_run)
        elif os.path.exists(target):
            self.execute(os.unlink, (target,), 'Removing ' + target)
        elif not os.path.isdir(self.install_dir):
            self.execute(os.makedirs, (self.install_dir,), 'Creating ' + self.install_dir)
        log.info('Writing %s', target)
        if not self.dry_run:
            with open(target, 'w', encoding='UTF-8') as file:
                self.distribution.metadata.write_pkg_file(file)

    def get_outputs(self):
        """Return the path in a list."""
        return self.outputs


def safe_name(name):
    """Return a name with everything but letters, digits and dots as hyphens."""
    return re.sub('[^A-Za-z0-9.]+', '-', name)


def safe_version(version):
    """Return a version with blanks as dots, and what else is not allowed as hyphens."""
    return re.sub('[^A-Za-z0-9.]+', '-', version.replace(' ', '.'))


def to_filename(name):
    """Return a name with underscores for hyphens, which separate parts of file names."""
    return name.replace('-', '_')
