# SPDX-License-Identifier: MIT
"""The command bdist: a distribution of what was built."""

import os

from distutils.core import Command
from distutils.errors import *
from distutils.util import get_platform


def show_formats():
    """Print the formats."""
    from distutils.fancy_getopt import FancyGetopt
    rows = [('formats=' + name, None, bdist.format_command[name][1]) for name in bdist.format_commands]
    FancyGetopt(rows).print_help('List of available distribution formats:')


class bdist(Command):
    """Runs the command for each format."""

    description = 'create a built (binary) distribution'
    user_options = [
        ('bdist-base=', 'b', 'temporary directory for creating built distributions'),
        ('plat-name=', 'p', 'platform name to embed in generated filenames (default: %s)' % get_platform()),
        ('formats=', None, 'formats for distribution (comma-separated list)'),
        ('dist-dir=', 'd', 'directory to put final built distributions in [default: dist]'),
        ('skip-build', None, 'skip rebuilding everything (for testing/debugging)'),
        ('owner=', 'u', 'Owner name used when creating a tar file [default: current user]'),
        ('group=', 'g', 'Group name used when creating a tar file [default: current group]'),
    ]
    boolean_options = ['skip-build']
    help_options = [('help-formats', None, 'lists available distribution formats', show_formats)]

    # Commands that have no option for the format.
    no_format_option = ('bdist_rpm',)
    default_format = {'posix': 'gztar', 'nt': 'zip'}
    format_commands = ['rpm', 'gztar', 'bztar', 'xztar', 'ztar', 'tar', 'wininst', 'zip', 'msi']
    format_command = {
        'rpm': ('bdist_rpm', 'RPM distribution'),
        **{name: ('bdist_dumb', text) for name, text in (
            ('gztar', "gzip'ed tar file"), ('bztar', "bzip2'ed tar file"), ('xztar', "xz'ed tar file"),
            ('ztar', 'compressed tar file'), ('tar', 'tar file'))},
        'wininst': ('bdist_wininst', 'Windows executable installer'),
        'zip': ('bdist_dumb', 'ZIP file'),
        'msi': ('bdist_msi', 'Microsoft Installer'),
    }

    def initialize_options(self):
        """Set the options to nothing."""
        self.bdist_base = self.plat_name = self.formats = self.dist_dir = self.group = self.owner = None
        self.skip_build = 0

    def finalize_options(self):
        """Choose platform, folders and formats."""
        if self.plat_name is None:
            self.plat_name = get_platform() if self.skip_build else self.get_finalized_command('build').plat_name
        if self.bdist_base is None:
            base = self.get_finalized_command('build').build_base
            self.bdist_base = os.path.join(base, 'bdist.' + self.plat_name)
        self.ensure_string_list('formats')
        if self.formats is None:
            try:
                self.formats = [self.default_format[os.name]]
            except KeyError:
                raise DistutilsPlatformError("don't know how to create built distributions on platform %s" % os.name)
        if self.dist_dir is None:
            self.dist_dir = 'dist'

    def run(self):
        """Make each format."""
        commands = []
        for name in self.formats:
            if name not in self.format_command:
                raise DistutilsOptionError("invalid format '%s'" % name)
            commands.append(self.format_command[name][0])
        for index, (name, command) in enumerate(zip(self.formats, commands)):
            inner = self.reinitialize_command(command)
            if command not in self.no_format_option:
                inner.format = name
            if command == 'bdist_dumb':
                inner.owner, inner.group = self.owner, self.group
            # The same command will need its files again.
            if command in commands[index + 1:]:
                inner.keep_temp = 1
            self.run_command(command)
