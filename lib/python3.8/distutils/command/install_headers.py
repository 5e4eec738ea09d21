# SPDX-License-Identifier: MIT
"""The command install_headers: headers of C."""

from distutils.core import Command


class install_headers(Command):
    """Copies headers to a folder of the distribution's name."""

    description = 'install C/C++ header files'
    user_options = [('install-dir=', 'd', 'directory to install header files to'),
                    ('force', 'f', 'force installation (overwrite existing files)')]
    boolean_options = ['force']

    def initialize_options(self):
        """Set the options to nothing."""
        self.install_dir, self.force, self.outfiles = None, 0, []

    def finalize_options(self):
        """Take over the options of install."""
        self.set_undefined_options('install', ('install_headers', 'install_dir'), ('force', 'force'))

    def run(self):
        """Copy the headers, if there are any."""
        if self.distribution.headers:
            self.mkpath(self.install_dir)
            self.outfiles += [self.copy_file(path, self.install_dir)[0] for path in self.distribution.headers]

    def get_inputs(self):
        """Return the headers."""
        return self.distribution.headers or []

    def get_outputs(self):
        """Return the paths of the headers at their new place."""
        return self.outfiles
