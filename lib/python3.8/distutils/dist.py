# SPDX-License-Identifier: MIT
"""Distribution: what setup() describes, with its commands and their options; and DistributionMetadata."""

import os
import re
import sys
import warnings

from distutils import log
from distutils.debug import DEBUG
from distutils.errors import *
from distutils.fancy_getopt import FancyGetopt, translate_longopt
from distutils.util import check_environ, rfc822_escape, strtobool

# What commands may be called.
command_re = re.compile(r'^[a-zA-Z]([a-zA-Z0-9_]*)$')

# Options that setup.cfg cannot set inside a virtual environment: they would lead out of it.
_NOT_IN_VENV = frozenset('install-base install-platbase install-lib install-platlib install-purelib install-headers '
                         'install-scripts install-data prefix exec-prefix home user root'.split())


def _ensure_list(value, fieldname):
    """A list; text stays, to be split later; other things are made lists, with a warning."""
    if isinstance(value, (str, list)):
        return value
    log.log(log.WARN, "Warning: '%s' should be a list, got type '%s'" % (fieldname, type(value).__name__))
    return list(value)


def fix_help_options(options):
    """Return rows of help_options without the functions at their ends."""
    return [row[:3] for row in options]


class Distribution:
    """A distribution.  attrs: the arguments of setup().

    command_options: {command: {option: (where it was set, value)}}.  command_obj: the command objects made so far.
    have_run: those that ran.  dist_files: what was made, (command, Python version, path).
    """

    global_options = [
        ('verbose', 'v', 'run verbosely (default)', 1),
        ('quiet', 'q', 'run quietly (turns verbosity off)'),
        ('dry-run', 'n', "don't actually do anything"),
        ('help', 'h', 'show detailed help message'),
        ('no-user-cfg', None, 'ignore pydistutils.cfg in your home directory'),
    ]
    common_usage = '''\
Common commands: (see '--help-commands' for more)

  setup.py build      will build the package underneath 'build/'
  setup.py install    will install the package
'''
    display_options = [('help-commands', None, 'list all available commands')] + [
        (_name, 'V' if _name == 'version' else None, _text) for _name, _text in (
            ('name', 'print package name'), ('version', 'print package version'),
            ('fullname', 'print <package name>-<version>'), ('author', "print the author's name"),
            ('author-email', "print the author's email address"), ('maintainer', "print the maintainer's name"),
            ('maintainer-email', "print the maintainer's email address"),
            ('contact', "print the maintainer's name if known, else the author's"),
            ('contact-email', "print the maintainer's email address if known, else the author's"),
            ('url', 'print the URL for this package'), ('license', 'print the license of the package'),
            ('licence', 'alias for --license'), ('description', 'print the package description'),
            ('long-description', 'print the long package description'), ('platforms', 'print the list of platforms'),
            ('classifiers', 'print the list of classifiers'), ('keywords', 'print the list of keywords'),
            ('provides', 'print the list of packages/modules provided'),
            ('requires', 'print the list of packages/modules required'),
            ('obsoletes', 'print the list of packages/modules made obsolete'))]
    display_option_names = [translate_longopt(_row[0]) for _row in display_options]
    negative_opt = {'quiet': 'verbose'}

    def __init__(self, attrs=None):
        self.verbose, self.dry_run, self.help = 1, 0, 0
        for name in self.display_option_names:
            setattr(self, name, 0)
        self.metadata = DistributionMetadata()
        for name in self.metadata._METHOD_BASENAMES:
            setattr(self, 'get_' + name, getattr(self.metadata, 'get_' + name))
        self.cmdclass, self.command_options, self.package_data = {}, {}, {}
        self.command_obj, self.have_run, self.dist_files = {}, {}, []
        for name in ('command_packages script_name script_args packages package_dir py_modules libraries headers '
                     'ext_modules ext_package include_dirs extra_path scripts data_files').split():
            setattr(self, name, None)
        self.password = ''
        if attrs:
            self._take_attributes(attrs)
        # Needed before the command line is read as a whole.
        self.want_user_cfg = True
        for arg in self.script_args or ():
            if not arg.startswith('-'):
                break
            if arg == '--no-user-cfg':
                self.want_user_cfg = False
                break
        self.finalize_options()

    def _take_attributes(self, attrs):
        options = attrs.pop('options', None)
        for command, settings in (options or {}).items():
            for name, value in settings.items():
                self.get_option_dict(command)[name] = 'setup script', value
        if 'licence' in attrs:
            attrs['license'] = attrs.pop('licence')
            warnings.warn("'licence' distribution option is deprecated; use 'license'")
        for name, value in attrs.items():
            if hasattr(self.metadata, 'set_' + name):
                getattr(self.metadata, 'set_' + name)(value)
            elif hasattr(self.metadata, name):
                setattr(self.metadata, name, value)
            elif hasattr(self, name):
                setattr(self, name, value)
            else:
                warnings.warn('Unknown distribution option: %r' % (name,))

    def get_option_dict(self, command):
        """Return the options set for a command: {option: (where, value)}."""
        return self.command_options.setdefault(command, {})

    def dump_option_dicts(self, header=None, commands=None, indent=''):
        """Tell the options set for commands, by default all."""
        from pprint import pformat
        if commands is None:
            commands = sorted(self.command_options)
        if header is not None:
            self.announce(indent + header)
            indent += '  '
        if not commands:
            self.announce(indent + 'no commands known yet')
        for command in commands:
            settings = self.command_options.get(command)
            if settings is None:
                self.announce("%sno option dict for '%s' command" % (indent, command))
                continue
            self.announce("%soption dict for '%s' command:" % (indent, command))
            for line in pformat(settings).split('\n'):
                self.announce('%s  %s' % (indent, line))

    # Configuration files.

    def find_config_files(self):
        """Return the configuration files there are: of the installation, of the user, setup.cfg."""
        check_environ()
        candidates = [os.path.join(os.path.dirname(sys.modules['distutils'].__file__), 'distutils.cfg')]
        if self.want_user_cfg:
            name = '.pydistutils.cfg' if os.name == 'posix' else 'pydistutils.cfg'
            candidates.append(os.path.join(os.path.expanduser('~'), name))
        candidates.append('setup.cfg')
        found = [path for path in candidates if os.path.isfile(path)]
        if DEBUG:
            self.announce('using config files: %s' % ', '.join(found))
        return found

    def parse_config_files(self, filenames=None):
        """Read configuration files, by default those that find_config_files() finds.  Raises DistutilsOptionError."""
        from configparser import ConfigParser
        refused = _NOT_IN_VENV if sys.prefix != sys.base_prefix else ()
        if DEBUG:
            self.announce('Distribution.parse_config_files():')
        for filename in self.find_config_files() if filenames is None else filenames:
            if DEBUG:
                self.announce('  reading %s' % filename)
            parser = ConfigParser()
            parser.read(filename)
            for section in parser.sections():
                settings = self.get_option_dict(section)
                for name in parser.options(section):
                    if name != '__name__' and name not in refused:
                        settings[name.replace('-', '_')] = filename, parser.get(section, name)
        for name, (_, value) in self.command_options.get('global', {}).items():
            turned = self.negative_opt.get(name)
            try:
                if turned:
                    setattr(self, turned, not strtobool(value))
                elif name in ('verbose', 'dry_run'):
                    setattr(self, name, strtobool(value))
                else:
                    setattr(self, name, value)
            except ValueError as problem:
                raise DistutilsOptionError(problem)

    # The command line.

    def parse_command_line(self):
        """Read script_args; return true if there are commands to run.  Raises DistutilsArgError."""
        options = self._get_toplevel_options()
        self.commands = []
        parser = FancyGetopt(options + self.display_options)
        parser.set_negative_aliases(self.negative_opt)
        parser.set_aliases({'licence': 'license'})
        args = parser.getopt(args=self.script_args, object=self)
        log.set_verbosity(self.verbose)
        if self.handle_display_options(parser.get_option_order()):
            return None
        while args:
            args = self._parse_command_opts(parser, args)
            if args is None:
                # Help was asked for.
                return None
        if self.help:
            self._show_help(parser, display_options=not self.commands, commands=self.commands)
            return None
        if not self.commands:
            raise DistutilsArgError('no commands supplied')
        return True

    def _get_toplevel_options(self):
        return self.global_options + [('command-packages=', None, 'list of packages that provide distutils commands')]

    def _parse_command_opts(self, parser, args):
        """Read a command and its options; return the strings behind them, None if help was shown."""
        from distutils.cmd import Command
        command = args[0]
        if not command_re.match(command):
            raise SystemExit("invalid command name '%s'" % command)
        self.commands.append(command)
        try:
            found = self.get_command_class(command)
        except DistutilsModuleError as problem:
            raise DistutilsArgError(problem)
        if not issubclass(found, Command):
            raise DistutilsClassError('command class %s must subclass Command' % found)
        if not isinstance(getattr(found, 'user_options', None), list):
            raise DistutilsClassError("command class %s must provide 'user_options' attribute (a list of tuples)"
                                      % found)
        help_rows = getattr(found, 'help_options', None)
        help_rows = help_rows if isinstance(help_rows, list) else []
        parser.set_option_table(self.global_options + found.user_options + fix_help_options(help_rows))
        parser.set_negative_aliases({**self.negative_opt, **getattr(found, 'negative_opt', {})})
        args, options = parser.getopt(args[1:])
        if getattr(options, 'help', None):
            self._show_help(parser, display_options=0, commands=[found])
            return None
        wanted = [row for row in help_rows if hasattr(options, parser.get_attr_name(row[0]))]
        for name, _, _, function in wanted:
            if not callable(function):
                raise DistutilsClassError("invalid help function %r for help option '%s': must be a callable object "
                                          '(function, etc.)' % (function, name))
            function()
        if wanted:
            return None
        settings = self.get_option_dict(command)
        for name, value in vars(options).items():
            settings[name] = 'command line', value
        return args

    def finalize_options(self):
        """Split keywords and platforms that were given as text."""
        for name in ('keywords', 'platforms'):
            value = getattr(self.metadata, name)
            if isinstance(value, str):
                setattr(self.metadata, name, [part.strip() for part in value.split(',')])

    def _show_help(self, parser, global_options=1, display_options=1, commands=[]):
        """Print the help: of the options for all commands, of those that only tell, and of commands."""
        from distutils.cmd import Command
        from distutils.core import gen_usage
        if global_options:
            parser.set_option_table(self._get_toplevel_options() if display_options else self.global_options)
            parser.print_help(self.common_usage + '\nGlobal options:')
            print()
        if display_options:
            parser.set_option_table(self.display_options)
            parser.print_help('Information display options (just display information, ignore any commands)')
            print()
        for command in self.commands:
            known = isinstance(command, type) and issubclass(command, Command)
            found = command if known else self.get_command_class(command)
            rows = getattr(found, 'help_options', None)
            parser.set_option_table(found.user_options + fix_help_options(rows if isinstance(rows, list) else []))
            parser.print_help("Options for '%s' command:" % found.__name__)
            print()
        print(gen_usage(self.script_name))

    def handle_display_options(self, option_order):
        """Print what options ask to be told; return whether there were such."""
        from distutils.core import gen_usage
        if self.help_commands:
            self.print_commands()
            print()
            print(gen_usage(self.script_name))
            return 1
        shown = {row[0] for row in self.display_options}
        told = 0
        for name, value in option_order:
            if not value or name not in shown:
                continue
            attribute = translate_longopt(name)
            fact = getattr(self.metadata, 'get_' + attribute)()
            if attribute in ('keywords', 'platforms'):
                fact = ','.join(fact)
            elif attribute in ('classifiers', 'provides', 'requires', 'obsoletes'):
                fact = '\n'.join(fact)
            print(fact)
            told = 1
        return told

    # Commands.

    def _known_commands(self):
        """The standard commands, and those that the distribution adds."""
        import distutils.command
        standard = list(distutils.command.__all__)
        return standard, [name for name in self.cmdclass if name not in standard]

    def _description(self, command):
        found = self.cmdclass.get(command) or self.get_command_class(command)
        return getattr(found, 'description', '(no description available)')

    def print_command_list(self, commands, header, max_length):
        """Print commands with their descriptions."""
        print(header + ':')
        for command in commands:
            print('  %-*s  %s' % (max_length, command, self._description(command)))

    def print_commands(self):
        """Print all commands."""
        standard, extra = self._known_commands()
        longest = max(map(len, standard + extra))
        self.print_command_list(standard, 'Standard commands', longest)
        if extra:
            print()
            self.print_command_list(extra, 'Extra commands', longest)

    def get_command_list(self):
        """Return the pairs (name, description) of all commands."""
        return [(command, self._description(command)) for command in sum(self._known_commands(), [])]

    def get_command_packages(self):
        """Return the packages to look for commands in."""
        packages = self.command_packages
        if not isinstance(packages, list):
            packages = [name.strip() for name in (packages or '').split(',') if name]
            if 'distutils.command' not in packages:
                packages.insert(0, 'distutils.command')
            self.command_packages = packages
        return packages

    def get_command_class(self, command):
        """Return the class of a command.  Raises DistutilsModuleError."""
        if self.cmdclass.get(command):
            return self.cmdclass[command]
        for package in self.get_command_packages():
            name = '%s.%s' % (package, command)
            try:
                __import__(name)
            except ImportError:
                continue
            try:
                found = getattr(sys.modules[name], command)
            except AttributeError:
                raise DistutilsModuleError("invalid command '%s' (no class '%s' in module '%s')"
                                           % (command, command, name))
            self.cmdclass[command] = found
            return found
        raise DistutilsModuleError("invalid command '%s'" % command)

    def get_command_obj(self, command, create=1):
        """Return the object of a command, made if need be; without create None if there is none."""
        found = self.command_obj.get(command)
        if not found and create:
            if DEBUG:
                self.announce("Distribution.get_command_obj(): creating '%s' command object" % command)
            found = self.command_obj[command] = self.get_command_class(command)(self)
            self.have_run[command] = 0
            if self.command_options.get(command):
                self._set_command_options(found, self.command_options[command])
        return found

    def _set_command_options(self, command_obj, option_dict=None):
        """Set the options of a command object.  Raises DistutilsOptionError."""
        command = command_obj.get_command_name()
        if option_dict is None:
            option_dict = self.get_option_dict(command)
        if DEBUG:
            self.announce("  setting options for '%s' command:" % command)
        switches = list(map(translate_longopt, getattr(command_obj, 'boolean_options', ())))
        negative = getattr(command_obj, 'negative_opt', {})
        for name, (source, value) in option_dict.items():
            if DEBUG:
                self.announce('    %s = %s (from %s)' % (name, value, source))
            try:
                text = isinstance(value, str)
                if text and name in negative:
                    setattr(command_obj, negative[name], not strtobool(value))
                elif text and name in switches:
                    setattr(command_obj, name, strtobool(value))
                elif hasattr(command_obj, name):
                    setattr(command_obj, name, value)
                else:
                    raise DistutilsOptionError("error in %s: command '%s' has no such option '%s'"
                                               % (source, command, name))
            except ValueError as problem:
                raise DistutilsOptionError(problem)

    def reinitialize_command(self, command, reinit_subcommands=0):
        """Set the options of a command (object or name) to nothing, then as they were given; return the object."""
        from distutils.cmd import Command
        name = command.get_command_name() if isinstance(command, Command) else command
        if not isinstance(command, Command):
            command = self.get_command_obj(name)
        if not command.finalized:
            return command
        command.initialize_options()
        command.finalized = self.have_run[name] = 0
        self._set_command_options(command)
        if reinit_subcommands:
            for inner in command.get_sub_commands():
                self.reinitialize_command(inner, reinit_subcommands)
        return command

    def announce(self, msg, level=log.INFO):
        """Tell something."""
        log.log(level, msg)

    def run_commands(self):
        """Run the commands of the command line."""
        for command in self.commands:
            self.run_command(command)

    def run_command(self, command):
        """Run a command, unless it ran."""
        if self.have_run.get(command):
            return
        log.info('running %s', command)
        found = self.get_command_obj(command)
        found.ensure_finalized()
        found.run()
        self.have_run[command] = 1

    # What is in it.

    def has_pure_modules(self):
        """Whether there are Python modules."""
        return bool(self.packages or self.py_modules)

    def has_ext_modules(self):
        """Whether there are extension modules."""
        return self.ext_modules and len(self.ext_modules) > 0

    def has_c_libraries(self):
        """Whether there are libraries of C."""
        return self.libraries and len(self.libraries) > 0

    def has_modules(self):
        """Whether there are modules of any kind."""
        return self.has_pure_modules() or self.has_ext_modules()

    def has_headers(self):
        """Whether there are headers."""
        return self.headers and len(self.headers) > 0

    def has_scripts(self):
        """Whether there are scripts."""
        return self.scripts and len(self.scripts) > 0

    def has_data_files(self):
        """Whether there are data files."""
        return self.data_files and len(self.data_files) > 0

    def is_pure(self):
        """Whether it is the same on all systems."""
        return self.has_pure_modules() and not self.has_ext_modules() and not self.has_c_libraries()


class DistributionMetadata:
    """What is said about a distribution; path: of a PKG-INFO to read it from."""

    _METHOD_BASENAMES = tuple('name version author author_email maintainer maintainer_email url license description '
                              'long_description keywords platforms fullname contact contact_email classifiers '
                              'download_url provides requires obsoletes'.split())

    def __init__(self, path=None):
        if path is not None:
            with open(path) as file:
                self.read_pkg_file(file)
            return
        for name in self._METHOD_BASENAMES:
            if name not in ('fullname', 'contact', 'contact_email'):
                setattr(self, name, None)

    def read_pkg_file(self, file):
        """Read an open PKG-INFO."""
        from email import message_from_file
        message = message_from_file(file)

        def field(name):
            return None if message[name] == 'UNKNOWN' else message[name]

        for attribute, name in (('name', 'name'), ('version', 'version'), ('description', 'summary'),
                                ('author', 'author'), ('author_email', 'author-email'), ('url', 'home-page'),
                                ('license', 'license'), ('long_description', 'description')):
            setattr(self, attribute, field(name))
        # The fields of the maintainer are not written.
        self.maintainer = self.maintainer_email = None
        self.download_url = field('download-url') if 'download-url' in message else None
        if 'keywords' in message:
            self.keywords = field('keywords').split(',')
        self.platforms, self.classifiers = message.get_all('platform'), message.get_all('classifier')
        newer = message['metadata-version'] == '1.1'
        for name in ('requires', 'provides', 'obsoletes'):
            setattr(self, name, message.get_all(name) if newer else None)

    def write_pkg_info(self, base_dir):
        """Write PKG-INFO in a folder."""
        with open(os.path.join(base_dir, 'PKG-INFO'), 'w', encoding='UTF-8') as file:
            self.write_pkg_file(file)

    def write_pkg_file(self, file):
        """Write the fields to an open file."""
        newer = self.provides or self.requires or self.obsoletes or self.classifiers or self.download_url
        fields = [('Metadata-Version', '1.1' if newer else '1.0'), ('Name', self.get_name()),
                  ('Version', self.get_version()), ('Summary', self.get_description()),
                  ('Home-page', self.get_url()), ('Author', self.get_contact()),
                  ('Author-email', self.get_contact_email()), ('License', self.get_license())]
        if self.download_url:
            fields.append(('Download-URL', self.download_url))
        fields.append(('Description', rfc822_escape(self.get_long_description())))
        if self.get_keywords():
            fields.append(('Keywords', ','.join(self.get_keywords())))
        file.writelines('%s: %s\n' % field for field in fields)
        for name, values in (('Platform', self.get_platforms()), ('Classifier', self.get_classifiers()),
                             ('Requires', self.get_requires()), ('Provides', self.get_provides()),
                             ('Obsoletes', self.get_obsoletes())):
            self._write_list(file, name, values)

    def _write_list(self, file, name, values):
        for value in values:
            file.write('%s: %s\n' % (name, value))

    def get_name(self):
        """Return the name."""
        return self.name or 'UNKNOWN'

    def get_version(self):
        """Return the version."""
        return self.version or '0.0.0'

    def get_fullname(self):
        """Return "name-version"."""
        return self.get_name() + '-' + self.get_version()

    def get_author(self):
        """Return the author's name."""
        return self.author or 'UNKNOWN'

    def get_author_email(self):
        """Return the author's address."""
        return self.author_email or 'UNKNOWN'

    def get_maintainer(self):
        """Return the maintainer's name."""
        return self.maintainer or 'UNKNOWN'

    def get_maintainer_email(self):
        """Return the maintainer's address."""
        return self.maintainer_email or 'UNKNOWN'

    def get_contact(self):
        """Return the maintainer's name, or else the author's."""
        return self.maintainer or self.get_author()

    def get_contact_email(self):
        """Return the maintainer's address, or else the author's."""
        return self.maintainer_email or self.get_author_email()

    def get_url(self):
        """Return the address of its page."""
        return self.url or 'UNKNOWN'

    def get_license(self):
        """Return the licence."""
        return self.license or 'UNKNOWN'

    get_licence = get_license

    def get_description(self):
        """Return the description."""
        return self.description or 'UNKNOWN'

    def get_long_description(self):
        """Return the long description."""
        return self.long_description or 'UNKNOWN'

    def get_keywords(self):
        """Return the keywords."""
        return self.keywords or []

    def set_keywords(self, value):
        """Set the keywords."""
        self.keywords = _ensure_list(value, 'keywords')

    def get_platforms(self):
        """Return the platforms."""
        return self.platforms or ['UNKNOWN']

    def set_platforms(self, value):
        """Set the platforms."""
        self.platforms = _ensure_list(value, 'platforms')

    def get_classifiers(self):
        """Return the classifiers."""
        return self.classifiers or []

    def set_classifiers(self, value):
        """Set the classifiers."""
        self.classifiers = _ensure_list(value, 'classifiers')

    def get_download_url(self):
        """Return the address to download it from."""
        return self.download_url or 'UNKNOWN'

    def get_requires(self):
        """Return what it needs."""
        return self.requires or []

    def set_requires(self, value):
        """Set what it needs.  Raises ValueError."""
        self.requires = self._checked_predicates(value)

    def get_provides(self):
        """Return what it offers."""
        return self.provides or []

    def set_provides(self, value):
        """Set what it offers.  Raises ValueError."""
        from distutils.versionpredicate import split_provision
        self.provides = [each.strip() for each in value]
        for each in self.provides:
            split_provision(each)

    def get_obsoletes(self):
        """Return what it replaces."""
        return self.obsoletes or []

    def set_obsoletes(self, value):
        """Set what it replaces.  Raises ValueError."""
        self.obsoletes = self._checked_predicates(value)

    @staticmethod
    def _checked_predicates(value):
        from distutils.versionpredicate import VersionPredicate
        for each in value:
            VersionPredicate(each)
        return list(value)
