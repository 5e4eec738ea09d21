# SPDX-License-Identifier: MIT
"""The command install_data: files that lie outside of packages."""

import os

from distutils.core import Command
from distutils.util import change_root, convert_path


class install_data(Command):
    """Copies data files: paths, or pairs (folder, list of paths)."""

    description = 'install data files'
    user_options = [
        ('install-dir=', 'd', 'base directory for installing data files (default: installation base dir)'),
        ('root=', None, 'install everything relative to this alternate root directory'),
        ('force', 'f', 'force installation (overwrite existing files)'),
    ]
    boolean_options = ['force']

    def initialize_options(self):
        """Set the options to nothing."""
        self.install_dir = self.root = None
        self.outfiles, self.force, self.warn_dir = [], 0, 1
        self.data_files = self.distribution.data_files

    def finalize_options(self):
        """Take over the options of install."""
        self.set_undefined_options('install', ('install_data', 'install_dir'), ('root', 'root'), ('force', 'force'))

    def run(self):
        """Copy the files."""
        self.mkpath(self.install_dir)
        for item in self.data_files:
            if isinstance(item, str):
                path = convert_path(item)
                if self.warn_dir:
                    self.warn("setup script did not provide a directory for '%s' -- installing right in '%s'"
                              % (path, self.install_dir))
                self.outfiles.append(self.copy_file(path, self.install_dir)[0])
                continue
            folder, paths = convert_path(item[0]), item[1]
            if not os.path.isabs(folder):
                folder = os.path.join(self.install_dir, folder)
            elif self.root:
                folder = change_root(self.root, folder)
            self.mkpath(folder)
            if paths:
                self.outfiles += [self.copy_file(convert_path(path), folder)[0] for path in paths]
            else:
                # The folder itself is what is wanted.
                self.outfiles.append(folder)

    def get_inputs(self):
        """Return the items of data_files."""
        return self.data_files or []

    def get_outputs(self):
        """Return the paths of the files at their new place."""
        return self.outfiles
