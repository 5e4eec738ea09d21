# SPDX-License-Identifier: MIT
"""Command: the base of all commands of setup.py."""

import os
import re
import sys

from distutils import archive_util, dep_util, dir_util, file_util, log, util
from distutils.errors import DistutilsOptionError


class Command:
    """A command.  Subclasses define initialize_options() (all options exist, as None), finalize_options() (those
    that nobody set get values) and run(), and user_options, the table for the command line.

    sub_commands: pairs (name, method or None); run() runs those whose method says so.
    """

    sub_commands = []

    def __init__(self, dist):
        from distutils.dist import Distribution
        if not isinstance(dist, Distribution):
            raise TypeError('dist must be a Distribution instance')
        if self.__class__ is Command:
            raise RuntimeError('Command is an abstract class')
        self.distribution = dist
        self.initialize_options()
        # None: as the distribution says; see __getattr__().
        self._dry_run = None
        self.verbose = dist.verbose
        self.force = None
        self.help = self.finalized = 0

    def __getattr__(self, attr):
        if attr != 'dry_run':
            raise AttributeError(attr)
        own = getattr(self, '_' + attr)
        return getattr(self.distribution, attr) if own is None else own

    def ensure_finalized(self):
        """Finalize the options unless that was done."""
        if not self.finalized:
            self.finalize_options()
        self.finalized = 1

    def _abstract(self):
        raise RuntimeError('abstract method -- subclass %s must override' % self.__class__)

    def initialize_options(self):
        """Set all options to None or other values that say: not set."""
        self._abstract()

    def finalize_options(self):
        """Set the options that were not set, and check them."""
        self._abstract()

    def run(self):
        """Do the work."""
        self._abstract()

    def dump_options(self, header=None, indent=''):
        """Tell the values of all options."""
        from distutils.fancy_getopt import longopt_xlate
        if header is None:
            header = "command options for '%s':" % self.get_command_name()
        self.announce(indent + header, level=log.INFO)
        for row in self.user_options:
            name = row[0].translate(longopt_xlate)
            name = name[:-1] if name[-1] == '=' else name
            self.announce('%s  %s = %s' % (indent, name, getattr(self, name)), level=log.INFO)

    def announce(self, msg, level=1):
        """Tell something at a level of the module log."""
        log.log(level, msg)

    def debug_print(self, msg):
        """Print something if DISTUTILS_DEBUG is set."""
        from distutils.debug import DEBUG
        if DEBUG:
            print(msg, flush=True)

    # Checks of options.

    def _ensure_stringlike(self, option, what, default=None):
        value = getattr(self, option)
        if value is None:
            setattr(self, option, default)
            return default
        if not isinstance(value, str):
            raise DistutilsOptionError("'%s' must be a %s (got `%s`)" % (option, what, value))
        return value

    def ensure_string(self, option, default=None):
        """Check that an option is text; None becomes default."""
        self._ensure_stringlike(option, 'string', default)

    def ensure_string_list(self, option):
        """Check that an option is a list of text; text is split at commas and blanks."""
        value = getattr(self, option)
        if value is None:
            return
        if isinstance(value, str):
            setattr(self, option, re.split(r',\s*|\s+', value))
        elif not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise DistutilsOptionError("'%s' must be a list of strings (got %r)" % (option, value))

    def _ensure_tested_string(self, option, tester, what, error_fmt, default=None):
        value = self._ensure_stringlike(option, what, default)
        if value is not None and not tester(value):
            raise DistutilsOptionError(("error in '%s' option: " + error_fmt) % (option, value))

    def ensure_filename(self, option):
        """Check that an option is the path of a file."""
        self._ensure_tested_string(option, os.path.isfile, 'filename', "'%s' does not exist or is not a file")

    def ensure_dirname(self, option):
        """Check that an option is the path of a folder."""
        self._ensure_tested_string(option, os.path.isdir, 'directory name',
                                   "'%s' does not exist or is not a directory")

    # Other commands.

    def get_command_name(self):
        """Return the command's name."""
        return getattr(self, 'command_name', None) if hasattr(self, 'command_name') else type(self).__name__

    def set_undefined_options(self, src_cmd, *option_pairs):
        """Take over options of another command, pairs (there, here), where they are None here."""
        other = self.distribution.get_command_obj(src_cmd)
        other.ensure_finalized()
        for there, here in option_pairs:
            if getattr(self, here) is None:
                setattr(self, here, getattr(other, there))

    def get_finalized_command(self, command, create=1):
        """Return the object of another command, finalized."""
        found = self.distribution.get_command_obj(command, create)
        found.ensure_finalized()
        return found

    def reinitialize_command(self, command, reinit_subcommands=0):
        """Set the options of another command to nothing; return its object."""
        return self.distribution.reinitialize_command(command, reinit_subcommands)

    def run_command(self, command):
        """Run another command, unless it ran."""
        self.distribution.run_command(command)

    def get_sub_commands(self):
        """Return the names of the sub-commands to run."""
        return [name for name, wanted in self.sub_commands if wanted is None or wanted(self)]

    # Things to do, which a dry run leaves out.

    def warn(self, msg):
        """Tell a warning."""
        log.warn('warning: %s: %s\n', self.get_command_name(), msg)

    def execute(self, func, args, msg=None, level=1):
        """Call a function."""
        util.execute(func, args, msg, dry_run=self.dry_run)

    def mkpath(self, name, mode=0o777):
        """Make a folder."""
        dir_util.mkpath(name, mode, dry_run=self.dry_run)

    def copy_file(self, infile, outfile, preserve_mode=1, preserve_times=1, link=None, level=1):
        """Copy a file if it is newer; return (path, whether it was copied)."""
        return file_util.copy_file(infile, outfile, preserve_mode, preserve_times, not self.force, link,
                                   dry_run=self.dry_run)

    def copy_tree(self, infile, outfile, preserve_mode=1, preserve_times=1, preserve_symlinks=0, level=1):
        """Copy a folder; return the list of the files."""
        return dir_util.copy_tree(infile, outfile, preserve_mode, preserve_times, preserve_symlinks, not self.force,
                                  dry_run=self.dry_run)

    def move_file(self, src, dst, level=1):
        """Move a file; return its path."""
        return file_util.move_file(src, dst, dry_run=self.dry_run)

    def spawn(self, cmd, search_path=1, level=1):
        """Run a program."""
        from distutils.spawn import spawn
        spawn(cmd, search_path, dry_run=self.dry_run)

    def make_archive(self, base_name, format, root_dir=None, base_dir=None, owner=None, group=None):
        """Make an archive; return its path."""
        return archive_util.make_archive(base_name, format, root_dir, base_dir, dry_run=self.dry_run, owner=owner,
                                         group=group)

    def make_file(self, infiles, outfile, func, args, exec_msg=None, skip_msg=None, level=1):
        """Call a function that makes a file of others, if that is older than they are."""
        if isinstance(infiles, str):
            infiles = (infiles,)
        elif not isinstance(infiles, (list, tuple)):
            raise TypeError("'infiles' must be a string, or a list or tuple of strings")
        if exec_msg is None:
            exec_msg = 'generating %s from %s' % (outfile, ', '.join(infiles))
        if self.force or dep_util.newer_group(infiles, outfile):
            self.execute(func, args, exec_msg, level)
        else:
            log.debug('skipping %s (inputs unchanged)' % outfile if skip_msg is None else skip_msg)
