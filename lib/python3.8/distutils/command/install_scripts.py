# SPDX-License-Identifier: MIT
"""The command install_scripts: scripts."""

import os
from stat import ST_MODE

from distutils import log
from distutils.core import Command


class install_scripts(Command):
    """Copies what build_scripts made."""

    description = 'install scripts (Python or otherwise)'
    user_options = [
        ('install-dir=', 'd', 'directory to install scripts to'),
        ('build-dir=', 'b', 'build directory (where to install from)'),
        ('force', 'f', 'force installation (overwrite existing files)'),
        ('skip-build', None, 'skip the build steps'),
    ]
    boolean_options = ['force', 'skip-build']

    def initialize_options(self):
        """Set the options to nothing."""
        self.install_dir = self.build_dir = self.skip_build = None
        self.force = 0

    def finalize_options(self):
        """Take over the options of build and install."""
        self.set_undefined_options('build', ('build_scripts', 'build_dir'))
        self.set_undefined_options('install', ('install_scripts', 'install_dir'), ('force', 'force'),
                                   ('skip_build', 'skip_build'))

    def run(self):
        """Build and copy the scripts, and let everybody run them."""
        if not self.skip_build:
            self.run_command('build_scripts')
        self.outfiles = self.copy_tree(self.build_dir, self.install_dir)
        if os.name != 'posix':
            return
        for path in self.get_outputs():
            if self.dry_run:
                log.info('changing mode of %s', path)
            else:
                mode = (os.stat(path)[ST_MODE] | 0o555) & 0o7777
                log.info('changing mode of %s to %o', path, mode)
                os.chmod(path, mode)

    def get_inputs(self):
        """Return the scripts."""
        return self.distribution.scripts or []

    def get_outputs(self):
        """Return the paths of the scripts at their new place."""
        return self.outfiles or []
