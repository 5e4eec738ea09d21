# SPDX-License-Identifier: MIT
"""The command build_scripts: scripts, copied with the right interpreter in their first line."""

import os
import re
import tokenize
from stat import ST_MODE

from distutils import log, sysconfig
from distutils.core import Command
from distutils.dep_util import newer
from distutils.util import Mixin2to3, convert_path

# A first line that asks for Python; what follows are its options.
first_line_re = re.compile(b'^#!.*python[0-9.]*([ \t].*)?$')


class build_scripts(Command):
    """Copies scripts."""

    description = '"build" scripts (copy and fixup #! line)'
    user_options = [
        ('build-dir=', 'd', 'directory to "build" (copy) to'),
        ('force', 'f', 'forcibly build everything (ignore file timestamps'),
        ('executable=', 'e', 'specify final destination interpreter path'),
    ]
    boolean_options = ['force']

    def initialize_options(self):
        """Set the options to nothing."""
        self.build_dir = self.scripts = self.force = self.executable = self.outfiles = None

    def finalize_options(self):
        """Take over the options of build."""
        self.set_undefined_options('build', ('build_scripts', 'build_dir'), ('force', 'force'),
                                   ('executable', 'executable'))
        self.scripts = self.distribution.scripts

    def get_source_files(self):
        """Return the scripts in the sources."""
        return self.scripts

    def run(self):
        """Copy the scripts, if there are any."""
        if self.scripts:
            self.copy_scripts()

    def copy_scripts(self):
        """Copy the scripts; return (all paths, those that were copied)."""
        self.mkpath(self.build_dir)
        made, updated = [], []
        for script in map(convert_path, self.scripts):
            target = os.path.join(self.build_dir, os.path.basename(script))
            made.append(target)
            if not self.force and not newer(script, target):
                log.debug('not copying %s (up-to-date)', script)
                continue
            try:
                file = open(script, 'rb')
            except OSError:
                if not self.dry_run:
                    raise
                continue
            with file:
                encoding = tokenize.detect_encoding(file.readline)[0]
                file.seek(0)
                first = file.readline()
                if not first:
                    self.warn('%s is an empty file (skipping)' % script)
                    continue
                updated.append(target)
                self._copy(script, target, file, first, encoding)
        self._make_executable(made)
        return made, updated

    def _interpreter(self):
        if not sysconfig.python_build:
            return self.executable
        return os.path.join(sysconfig.get_config_var('BINDIR'), 'python%s%s' % (
            sysconfig.get_config_var('VERSION'), sysconfig.get_config_var('EXE')))

    def _copy(self, script, target, file, first, encoding):
        found = first_line_re.match(first)
        if not found:
            self.copy_file(script, target)
            return
        log.info('copying and adjusting %s -> %s', script, self.build_dir)
        if self.dry_run:
            return
        line = b'#!' + os.fsencode(self._interpreter()) + (found[1] or b'') + b'\n'
        # The line is read as utf-8 first, then in the encoding of the file.
        for name in ('utf-8', encoding):
            try:
                line.decode(name)
            except UnicodeDecodeError:
                where = 'utf-8' if name == 'utf-8' else 'the script encoding ({})'.format(encoding)
                raise ValueError('The shebang ({!r}) is not decodable from {}'.format(line, where))
        with open(target, 'wb') as copy:
            copy.write(line)
            copy.writelines(file.readlines())

    def _make_executable(self, paths):
        if os.name != 'posix':
            return
        for path in paths:
            if self.dry_run:
                log.info('changing mode of %s', path)
                continue
            before = os.stat(path)[ST_MODE] & 0o7777
            after = (before | 0o555) & 0o7777
            if after != before:
                log.info('changing mode of %s from %o to %o', path, before, after)
                os.chmod(path, after)


class build_scripts_2to3(build_scripts, Mixin2to3):
    """Converts the scripts that it copies with lib2to3."""

    def copy_scripts(self):
        """Copy and convert the scripts."""
        made, updated = super().copy_scripts()
        if not self.dry_run:
            self.run_2to3(updated)
        return made, updated
