# SPDX-License-Identifier: MIT
"""The command bdist_rpm: packages for Linux distributions that use RPM, made by the program rpmbuild."""

import os
import subprocess
import sys

from distutils import log
from distutils.core import Command
from distutils.debug import DEBUG
from distutils.errors import *
from distutils.file_util import write_file
from distutils.sysconfig import get_python_version
from distutils.util import get_platform

# Tags of the .spec file whose values are options of the same name.
_TAGS = ('Vendor', 'Packager', 'Provides', 'Requires', 'Conflicts', 'Obsoletes')
# Sections of the .spec file, the option with the file that has the script, and the script that there is without.
_SECTIONS = (('prep', 'prep_script'), ('build', 'build_script'), ('install', 'install_script'),
             ('clean', 'clean_script'), ('verifyscript', 'verify_script'), ('pre', 'pre_install'),
             ('post', 'post_install'), ('preun', 'pre_uninstall'), ('postun', 'post_uninstall'))


class bdist_rpm(Command):
    """Writes a .spec file and has rpmbuild make packages as it says."""

    description = 'create an RPM distribution'
    user_options = [
        ('bdist-base=', None, 'base directory for creating built distributions'),
        ('rpm-base=', None, 'where rpmbuild works (rpm below --bdist-base; to be given with --rpm2-mode)'),
        ('dist-dir=', 'd', 'directory to put final RPM files in (and .spec files if --spec-only)'),
        ('python=', None, 'interpreter to name in the .spec file (default: python3)'),
        ('fix-python', None, 'name the interpreter that is running in the .spec file'),
        ('spec-only', None, 'only write the .spec file'),
        ('source-only', None, 'only make the source package'),
        ('binary-only', None, 'only make the binary package'),
        ('use-bzip2', None, 'compress the sources by bzip2 instead of gzip'),
        ('distribution-name=', None, 'the Linux distribution that the package is for'),
        ('group=', None, 'what kind of package it is [default: "Development/Libraries"]'),
        ('release=', None, 'number of the release of the package'),
        ('serial=', None, 'serial number of the package'),
        ('vendor=', None, 'who makes it [default: maintainer or author]'),
        ('packager=', None, 'who makes the package'),
        ('doc-files=', None, 'documentation, separated by blanks or commas'),
        ('changelog=', None, 'file with the changes'),
        ('icon=', None, 'name of the icon file'),
        ('provides=', None, 'what this package provides'),
        ('requires=', None, 'what this package needs'),
        ('conflicts=', None, 'what this package cannot be installed with'),
        ('build-requires=', None, 'what is needed to build this package'),
        ('obsoletes=', None, 'what this package takes the place of'),
        ('no-autoreq', None, 'do not have RPM find out what is needed'),
        ('keep-temp', 'k', 'keep the folder where rpmbuild works'),
        ('no-keep-temp', None, 'remove it [default]'),
        ('use-rpm-opt-flags', None, "compile with the compiler's options of RPM [default]"),
        ('no-rpm-opt-flags', None, 'compile without them'),
        ('rpm3-mode', None, 'for RPM 3 and later [default]'),
        ('rpm2-mode', None, 'for RPM 2'),
        ('prep-script=', None, 'file with the script for the section %prep'),
        ('build-script=', None, 'file with the script for the section %build'),
        ('pre-install=', None, 'file with the script for the section %pre'),
        ('install-script=', None, 'file with the script for the section %install'),
        ('post-install=', None, 'file with the script for the section %post'),
        ('pre-uninstall=', None, 'file with the script for the section %preun'),
        ('post-uninstall=', None, 'file with the script for the section %postun'),
        ('clean-script=', None, 'file with the script for the section %clean'),
        ('verify-script=', None, 'file with the script for the section %verifyscript'),
        ('force-arch=', None, 'the machine that the package is for'),
        ('quiet', 'q', 'show less of what rpmbuild does'),
    ]
    boolean_options = ['keep-temp', 'use-rpm-opt-flags', 'rpm3-mode', 'no-autoreq', 'quiet']
    negative_opt = {'no-keep-temp': 'keep-temp', 'no-rpm-opt-flags': 'use-rpm-opt-flags', 'rpm2-mode': 'rpm3-mode'}

    def initialize_options(self):
        """Set the options to nothing."""
        for name, _, _ in self.user_options:
            setattr(self, name.rstrip('=').replace('-', '_'), None)
        self.keep_temp = self.no_autoreq = self.quiet = 0
        self.use_rpm_opt_flags = self.rpm3_mode = 1

    def finalize_options(self):
        """Take over the options of bdist, and see that they fit together."""
        self.set_undefined_options('bdist', ('bdist_base', 'bdist_base'))
        if self.rpm_base is None:
            if not self.rpm3_mode:
                raise DistutilsOptionError('you must specify --rpm-base in RPM 2 mode')
            self.rpm_base = os.path.join(self.bdist_base, 'rpm')
        if self.python is None:
            self.python = sys.executable if self.fix_python else 'python3'
        elif self.fix_python:
            raise DistutilsOptionError('--python and --fix-python are mutually exclusive options')
        if os.name != 'posix':
            raise DistutilsPlatformError("don't know how to create RPM distributions on platform %s" % os.name)
        if self.binary_only and self.source_only:
            raise DistutilsOptionError("cannot supply both '--source-only' and '--binary-only'")
        if not self.distribution.has_ext_modules():
            self.use_rpm_opt_flags = 0
        self.set_undefined_options('bdist', ('dist_dir', 'dist_dir'))
        self.finalize_package_data()

    def finalize_package_data(self):
        """Set what the .spec file says about the package."""
        distribution = self.distribution
        self.ensure_string('group', 'Development/Libraries')
        self.ensure_string('vendor', '%s <%s>' % (distribution.get_contact(), distribution.get_contact_email()))
        self.ensure_string_list('doc_files')
        if isinstance(self.doc_files, list):
            self.doc_files += [name for name in ('README', 'README.txt')
                               if os.path.exists(name) and name not in self.doc_files]
        for name, default in (('packager', None), ('release', '1'), ('serial', None), ('distribution_name', None),
                              ('icon', None), ('force_arch', None)):
            self.ensure_string(name, default)
        self.ensure_string('changelog')
        self.changelog = self._format_changelog(self.changelog)
        for section, name in _SECTIONS:
            self.ensure_filename(name)
        for name in 'provides', 'requires', 'conflicts', 'build_requires', 'obsoletes':
            self.ensure_string_list(name)

    def run(self):
        """Make the packages."""
        if DEBUG:
            for name in 'vendor', 'packager', 'doc_files', 'changelog':
                print('%s = %s' % (name, getattr(self, name)))
        folders = {}
        if not self.spec_only:
            for name in 'SOURCES', 'SPECS', 'BUILD', 'RPMS', 'SRPMS':
                folders[name] = os.path.join(self.rpm_base, name)
                self.mkpath(folders[name])
        place = self.dist_dir if self.spec_only else folders['SPECS']
        self.mkpath(place)
        spec = os.path.join(place, '%s.spec' % self.distribution.get_name())
        self.execute(write_file, (spec, self._make_spec_file()), "writing '%s'" % spec)
        if not self.spec_only:
            self._copy_sources(folders['SOURCES'])
            self._build(spec, folders)

    def _copy_sources(self, folder):
        """Have sdist make the sources and copy them, and the icon, to where rpmbuild looks for them."""
        made = self.distribution.dist_files[:]
        sdist = self.reinitialize_command('sdist')
        sdist.formats = ['bztar' if self.use_bzip2 else 'gztar']
        self.run_command('sdist')
        self.distribution.dist_files = made
        self.copy_file(sdist.get_archive_files()[0], folder)
        if self.icon:
            if not os.path.exists(self.icon):
                raise DistutilsFileError("icon file '%s' does not exist" % self.icon)
            self.copy_file(self.icon, folder)

    def _build(self, spec, folders):
        """Run rpmbuild and move what it makes to dist_dir."""
        log.info('building RPMs')
        command = ['rpmbuild', '-bs' if self.source_only else '-bb' if self.binary_only else '-ba',
                   '--define', '__python %s' % self.python]
        if self.rpm3_mode:
            command += ['--define', '_topdir %s' % os.path.abspath(self.rpm_base)]
        if not self.keep_temp:
            command.append('--clean')
        if self.quiet:
            command.append('--quiet')
        source, binaries = self._package_names(spec)
        self.spawn(command + [spec])
        if self.dry_run:
            return
        version = get_python_version() if self.distribution.has_ext_modules() else 'any'
        wanted = [] if self.binary_only else [os.path.join(folders['SRPMS'], source)]
        if not self.source_only:
            wanted += [os.path.join(folders['RPMS'], name) for name in binaries]
        for path in wanted:
            if os.path.exists(path):
                self.move_file(path, self.dist_dir)
                self.distribution.dist_files.append(
                    ('bdist_rpm', version, os.path.join(self.dist_dir, os.path.basename(path))))

    def _package_names(self, spec):
        """Ask rpm for the names of the packages that a .spec file makes: (source, list of binaries)."""
        query = ['rpm', '-q', '--qf', r'%{name}-%{version}-%{release}.src.rpm %{arch}/%{name}-%{version}-%{release}.'
                 r'%{arch}.rpm\n', '--specfile', spec]
        answer = subprocess.run(query, stdout=subprocess.PIPE)
        if answer.returncode:
            raise DistutilsExecError('Failed to execute: %s' % ' '.join(map(repr, query)))
        pairs = [line.split() for line in answer.stdout.decode(errors='surrogateescape').splitlines() if line.strip()]
        return pairs[0][0], [binary for _, binary in pairs]

    # The .spec file

    def _make_spec_file(self):
        """Return the lines of the .spec file."""
        meta = self.distribution
        version = meta.get_version()
        defined = [('name', meta.get_name()), ('version', version.replace('-', '_')), ('unmangled_version', version),
                   ('release', self.release.replace('-', '_'))]
        lines = ['%%define %s %s' % pair for pair in defined]
        return (lines + self._vendor_macros() + ['', 'Summary: ' + meta.get_description()] + self._tags()
                + ['', '%description', meta.get_long_description()] + self._scripts()
                + ['', '%files -f INSTALLED_FILES', '%defattr(-,root,root)']
                + (['%doc ' + ' '.join(self.doc_files)] if self.doc_files else [])
                + (['', '%changelog'] + self.changelog if self.changelog else []))

    def _vendor_macros(self):
        """Lines that undo what distributions do to byte code after the installation: it would make other files."""
        value = subprocess.getoutput('rpm --eval %{__os_install_post}')
        if '/brp-python-bytecompile' not in value:
            return []
        kept = '\n'.join('  %s \\' % line.strip().rstrip('\\').rstrip() for line in value.splitlines()
                         if line.strip() and '/brp-python-bytecompile' not in line)
        return ['%define __os_install_post \\\n' + kept + '\n']

    def _tags(self):
        """The lines `Tag: value`."""
        meta = self.distribution
        lines = ['Name: %{name}', 'Version: %{version}', 'Release: %{release}',
                 'Source0: %{name}-%{unmangled_version}.tar.' + ('bz2' if self.use_bzip2 else 'gz'),
                 'License: ' + meta.get_license(), 'Group: ' + self.group,
                 'BuildRoot: %{_tmppath}/%{name}-%{version}-%{release}-buildroot', 'Prefix: %{_prefix}']
        if self.force_arch:
            lines.append('BuildArch: ' + self.force_arch)
        elif not meta.has_ext_modules():
            lines.append('BuildArch: noarch')
        values = [(tag, getattr(self, tag.lower())) for tag in _TAGS]
        if meta.get_url() != 'UNKNOWN':
            values.append(('Url', meta.get_url()))
        values += [('Distribution', self.distribution_name), ('BuildRequires', self.build_requires),
                   ('Icon', os.path.basename(self.icon) if self.icon else None)]
        for tag, value in values:
            if value:
                lines.append('%s: %s' % (tag, ' '.join(value) if isinstance(value, list) else value))
        if self.no_autoreq:
            lines.append('AutoReq: 0')
        return lines

    def _scripts(self):
        """The sections with scripts: those in files that options name, and the usual ones."""
        setup = '%s %s' % (self.python, os.path.basename(sys.argv[0]))
        flags = 'env CFLAGS="$RPM_OPT_FLAGS" ' if self.use_rpm_opt_flags else ''
        usual = {'prep': '%setup -n %{name}-%{unmangled_version}', 'build': '%s%s build' % (flags, setup),
                 'install': setup + ' install -O1 --root=$RPM_BUILD_ROOT --record=INSTALLED_FILES',
                 'clean': 'rm -rf $RPM_BUILD_ROOT'}
        lines = []
        for section, name in _SECTIONS:
            path = getattr(self, name)
            if path:
                with open(path) as file:
                    lines += ['', '%' + section] + file.read().split('\n')
            elif section in usual:
                lines += ['', '%' + section, usual[section]]
        return lines

    def _format_changelog(self, changelog):
        """The lines of a changelog: entries, which begin with *, apart, and what belongs to them moved in."""
        if not changelog:
            return changelog
        lines = []
        for line in changelog.strip().split('\n'):
            line = line.strip()
            if line.startswith('*'):
                lines += ['', line]
            else:
                lines.append(line if line.startswith('-') else '  ' + line)
        return lines[0 if lines[0] else 1:]
