# SPDX-License-Identifier: MIT
"""The command clean: removes what build made."""

import os

from distutils import log
from distutils.core import Command
from distutils.dir_util import remove_tree


class clean(Command):
    """Removes the folder of temporary files, with --all everything."""

    description = "clean up temporary files from 'build' command"
    user_options = [
        ('build-base=', 'b', "base build directory (default: 'build.build-base')"),
        ('build-lib=', None, "build directory for all modules (default: 'build.build-lib')"),
        ('build-temp=', 't', "temporary build directory (default: 'build.build-temp')"),
        ('build-scripts=', None, "build directory for scripts (default: 'build.build-scripts')"),
        ('bdist-base=', None, 'temporary directory for built distributions'),
        ('all', 'a', 'remove all build output, not just temporary by-products'),
    ]
    boolean_options = ['all']

    def initialize_options(self):
        """Set the options to nothing."""
        self.build_base = self.build_lib = self.build_temp = self.build_scripts = self.bdist_base = self.all = None

    def finalize_options(self):
        """Take over the options of build and bdist."""
        self.set_undefined_options('build', *[(name, name) for name in (
            'build_base', 'build_lib', 'build_scripts', 'build_temp')])
        self.set_undefined_options('bdist', ('bdist_base', 'bdist_base'))

    def run(self):
        """Remove the folders."""
        if os.path.exists(self.build_temp):
            remove_tree(self.build_temp, dry_run=self.dry_run)
        else:
            log.debug("'%s' does not exist -- can't clean it", self.build_temp)
        if self.all:
            for folder in (self.build_lib, self.bdist_base, self.build_scripts):
                if os.path.exists(folder):
                    remove_tree(folder, dry_run=self.dry_run)
                else:
                    log.warn("'%s' does not exist -- can't clean it", folder)
        # Gone too if nothing else is in it.
        if not self.dry_run:
            try:
                os.rmdir(self.build_base)
                log.info("removing '%s'", self.build_base)
            except OSError:
                pass
