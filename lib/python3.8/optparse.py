# SPDX-License-Identifier: MIT
"""Command line options, as programs had them before argparse.

    parser = OptionParser(usage='%prog [options] file')
    parser.add_option('-n', '--number', type='int', default=1, help='how often [default: %default]')
    options, args = parser.parse_args()

An OptionParser holds Options, alone or in OptionGroups; parsing sets attributes of a Values object and returns the
arguments that are no options.  A HelpFormatter writes the help.
"""

__version__ = '1.5.3'

__all__ = ['Option', 'make_option', 'SUPPRESS_HELP', 'SUPPRESS_USAGE', 'Values', 'OptionContainer', 'OptionGroup',
           'OptionParser', 'HelpFormatter', 'IndentedHelpFormatter', 'TitledHelpFormatter', 'OptParseError',
           'OptionError', 'OptionConflictError', 'OptionValueError', 'BadOptionError', 'check_choice']

import os
import sys
import textwrap
from gettext import gettext, ngettext

_ = gettext

# Texts that say: do not show.
SUPPRESS_HELP = 'SUPPRESSHELP'
SUPPRESS_USAGE = 'SUPPRESSUSAGE'
# A tuple, since anything else could be meant.
NO_DEFAULT = ('NO', 'DEFAULT')


def _repr(self):
    return '<%s at %#x: %s>' % (type(self).__name__, id(self), self)


# --- Errors -----------------------------------------------------------------------------------------

class OptParseError(Exception):
    """Base of the errors here; attribute: msg."""

    def __init__(self, msg):
        self.msg = msg

    def __str__(self):
        return self.msg


class OptionError(OptParseError):
    """An Option was defined wrongly; attributes: msg, option_id."""

    def __init__(self, msg, option):
        super().__init__(msg)
        self.option_id = str(option)

    def __str__(self):
        return 'option %s: %s' % (self.option_id, self.msg) if self.option_id else self.msg


class OptionConflictError(OptionError):
    """Two options have a name in common."""


class OptionValueError(OptParseError):
    """The user gave an option a wrong value."""


class BadOptionError(OptParseError):
    """The user gave an option that does not exist; attribute: opt_str."""

    def __init__(self, opt_str):
        self.opt_str = opt_str

    def __str__(self):
        return _('no such option: %s') % self.opt_str


class AmbiguousOptionError(BadOptionError):
    """The user shortened an option too much; attributes: opt_str, possibilities."""

    def __init__(self, opt_str, possibilities):
        super().__init__(opt_str)
        self.possibilities = possibilities

    def __str__(self):
        return _('ambiguous option: %s (%s?)') % (self.opt_str, ', '.join(self.possibilities))


# --- Help -------------------------------------------------------------------------------------------

class HelpFormatter:
    """Writes help messages; subclasses choose the style of usage and headings.

    indent_increment: blanks per level.  max_help_position: the column by which help texts begin at the latest.
    width: of lines, by default that of the terminal ($COLUMNS or 80) less two.  short_first: "-x, --xyz".
    """

    NO_DEFAULT_VALUE = 'none'

    def __init__(self, indent_increment, max_help_position, width, short_first):
        if width is None:
            columns = os.environ.get('COLUMNS', '')
            width = (int(columns) if columns.strip().isdecimal() else 80) - 2
        self.parser = self.help_width = None
        self.width, self.indent_increment, self.short_first = width, indent_increment, short_first
        self.max_help_position = min(max_help_position, max(width - 20, indent_increment * 2))
        # Moves to the left if all options are short.
        self.help_position = self.max_help_position
        self.current_indent = self.level = 0
        self.default_tag = '%default'
        self.option_strings = {}
        self._short_opt_fmt, self._long_opt_fmt = '%s %s', '%s=%s'

    def set_parser(self, parser):
        """Set the parser whose defaults are shown."""
        self.parser = parser

    def set_short_opt_delimiter(self, delim):
        """Set what stands between a short option and its value: a blank or nothing."""
        self._short_opt_fmt = self._with_delimiter(delim, ('', ' '), 'short')

    def set_long_opt_delimiter(self, delim):
        """Set what stands between a long option and its value: "=" or a blank."""
        self._long_opt_fmt = self._with_delimiter(delim, ('=', ' '), 'long')

    @staticmethod
    def _with_delimiter(delimiter, allowed, kind):
        if delimiter not in allowed:
            raise ValueError('invalid metavar delimiter for %s options: %r' % (kind, delimiter))
        return '%s' + delimiter + '%s'

    def indent(self):
        """Go one level deeper."""
        self.current_indent += self.indent_increment
        self.level += 1

    def dedent(self):
        """Go one level back."""
        self.level -= 1
        self.current_indent -= self.indent_increment
        assert self.current_indent >= 0, 'Indent decreased below 0.'

    def format_usage(self, usage):
        """Return the usage as it is shown."""
        raise NotImplementedError('subclasses must implement')

    def format_heading(self, heading):
        """Return a heading as it is shown."""
        raise NotImplementedError('subclasses must implement')

    def _format_text(self, text):
        """A paragraph at the current indentation."""
        margin = ' ' * self.current_indent
        return textwrap.fill(text, max(self.width - len(margin), 11), initial_indent=margin, subsequent_indent=margin)

    def format_description(self, description):
        """Return the description as a paragraph."""
        return self._format_text(description) + '\n' if description else ''

    def format_epilog(self, epilog):
        """Return the epilog as a paragraph with an empty line before it."""
        return '\n%s\n' % self._format_text(epilog) if epilog else ''

    def expand_default(self, option):
        """Return an option's help text with %default replaced."""
        if self.parser is None or not self.default_tag:
            return option.help
        value = self.parser.defaults.get(option.dest)
        if value is None or value is NO_DEFAULT:
            value = self.NO_DEFAULT_VALUE
        return option.help.replace(self.default_tag, str(value))

    def format_option(self, option):
        """Return the lines of an option; store_option_strings() must have been called."""
        names = self.option_strings[option]
        margin = ' ' * self.current_indent
        room = self.help_position - self.current_indent - 2
        lines = textwrap.wrap(self.expand_default(option), self.help_width) if option.help else []
        if len(names) > room:
            # The text begins on a line of its own.
            text = margin + names + '\n'
        elif lines:
            text = '%s%-*s  %s\n' % (margin, room, names, lines.pop(0))
        else:
            text = '%s%-*s  ' % (margin, room, names)
            if names[-1:] != '\n':
                text += '\n'
        return text + ''.join('%*s%s\n' % (self.help_position, '', line) for line in lines)

    def store_option_strings(self, parser):
        """Remember how the options of a parser are written, and find the column for their texts."""
        longest = 0
        self.indent()
        for depth, options in enumerate([parser.option_list] + [group.option_list for group in parser.option_groups]):
            if depth == 1:
                self.indent()
            for option in options:
                names = self.option_strings[option] = self.format_option_strings(option)
                longest = max(longest, len(names) + self.current_indent)
        if parser.option_groups:
            self.dedent()
        self.dedent()
        self.help_position = min(longest + 2, self.max_help_position)
        self.help_width = max(self.width - self.help_position, 11)

    def format_option_strings(self, option):
        """Return the names of an option, with its value."""
        short, long = option._short_opts, option._long_opts
        if option.takes_value():
            value = option.metavar or option.dest.upper()
            short = [self._short_opt_fmt % (name, value) for name in short]
            long = [self._long_opt_fmt % (name, value) for name in long]
        return ', '.join(short + long if self.short_first else long + short)


class IndentedHelpFormatter(HelpFormatter):
    """Help with indented sections: the default."""

    def __init__(self, indent_increment=2, max_help_position=24, width=None, short_first=1):
        super().__init__(indent_increment, max_help_position, width, short_first)

    def format_usage(self, usage):
        """Return "Usage: ..."."""
        return _('Usage: %s\n') % usage

    def format_heading(self, heading):
        """Return the heading with a colon."""
        return '%s%s:\n' % (' ' * self.current_indent, heading)


class TitledHelpFormatter(HelpFormatter):
    """Help with underlined headings."""

    def __init__(self, indent_increment=0, max_help_position=24, width=None, short_first=0):
        super().__init__(indent_increment, max_help_position, width, short_first)

    def format_usage(self, usage):
        """Return the usage under a heading."""
        return self.format_heading(_('Usage')) + '  %s\n' % usage

    def format_heading(self, heading):
        """Return the heading, underlined."""
        return '\n'.join((heading, '=-'[self.level] * len(heading), ''))


# --- Values -----------------------------------------------------------------------------------------

def _parse_num(val, type):
    """A number with its radix by the prefix: 0x, 0b, or 0 for octal."""
    prefix = val[:2].lower()
    if prefix == '0b':
        return type(val[2:] or '0', 2)
    return type(val, 16 if prefix == '0x' else 8 if val[:1] == '0' else 10)


def _parse_int(val):
    return _parse_num(val, int)


_builtin_cvt = {'int': (_parse_int, _('integer')), 'long': (_parse_int, _('integer')),
                'float': (float, _('floating-point')), 'complex': (complex, _('complex'))}


def check_builtin(option, opt, value):
    """Convert a value to the number that the option's type says.  Raises OptionValueError."""
    convert, what = _builtin_cvt[option.type]
    try:
        return convert(value)
    except ValueError:
        raise OptionValueError(_('option %s: invalid %s value: %r') % (opt, what, value))


def check_choice(option, opt, value):
    """Return a value that is one of the option's choices.  Raises OptionValueError."""
    if value in option.choices:
        return value
    allowed = ', '.join(map(repr, option.choices))
    raise OptionValueError(_('option %s: invalid choice: %r (choose from %s)') % (opt, value, allowed))


class Values:
    """Holds the values of options as attributes."""

    def __init__(self, defaults=None):
        if defaults:
            for name in defaults:
                setattr(self, name, defaults[name])

    def __str__(self):
        return str(self.__dict__)

    __repr__ = _repr

    def __eq__(self, other):
        if isinstance(other, Values):
            other = other.__dict__
        elif not isinstance(other, dict):
            return NotImplemented
        return self.__dict__ == other

    def _update_careful(self, dict):
        """Take the values for attributes that exist."""
        for name in dir(self):
            if dict.get(name) is not None:
                setattr(self, name, dict[name])

    def _update_loose(self, dict):
        """Take everything."""
        self.__dict__.update(dict)

    def _update(self, dict, mode):
        if mode not in ('careful', 'loose'):
            raise ValueError('invalid update mode: %r' % mode)
        getattr(self, '_update_' + mode)(dict)

    def read_module(self, modname, mode='careful'):
        """Take values from the names of a module."""
        __import__(modname)
        self._update(vars(sys.modules[modname]), mode)

    def read_file(self, filename, mode='careful'):
        """Take values from the names that a Python script sets."""
        names = {}
        with open(filename) as file:
            exec(file.read(), names)
        self._update(names, mode)

    def ensure_value(self, attr, value):
        """Return an attribute, set before if it is missing or None."""
        if getattr(self, attr, None) is None:
            setattr(self, attr, value)
        return getattr(self, attr)


# --- Options ----------------------------------------------------------------------------------------

class Option:
    """An option.

    opts: its names, "-x" or "--xyz".  attrs: action (what to do when it is met), type (of its value), dest (the
    attribute to set), default, nargs (number of values), const, choices, callback, callback_args, callback_kwargs,
    help, metavar (the value's name in the help).  Raises OptionError.

    Subclasses may add actions and types by redefining the lists below.
    """

    ATTRS = ['action', 'type', 'dest', 'default', 'nargs', 'const', 'choices', 'callback', 'callback_args',
             'callback_kwargs', 'help', 'metavar']
    # Actions that set a value; that may, or must, have a type; that need const.
    STORE_ACTIONS = ('store', 'store_const', 'store_true', 'store_false', 'append', 'append_const', 'count')
    ACTIONS = STORE_ACTIONS + ('callback', 'help', 'version')
    TYPED_ACTIONS = ('store', 'append', 'callback')
    ALWAYS_TYPED_ACTIONS = ('store', 'append')
    CONST_ACTIONS = ('store_const', 'append_const')
    TYPES = ('string', 'int', 'long', 'float', 'complex', 'choice')
    TYPE_CHECKER = {**dict.fromkeys(('int', 'long', 'float', 'complex'), check_builtin), 'choice': check_choice}
    # Methods that __init__() calls at its end; filled in below.
    CHECK_METHODS = None

    def __init__(self, *opts, **attrs):
        self._short_opts, self._long_opts = [], []
        self._set_opt_strings(self._check_opt_strings(opts))
        self._set_attrs(attrs)
        for check in self.CHECK_METHODS or ():
            check(self)

    def _check_opt_strings(self, opts):
        named = [name for name in opts if name]
        if not named:
            raise TypeError('at least one option string must be supplied')
        return named

    def _set_opt_strings(self, opts):
        for name in opts:
            if len(name) < 2:
                raise OptionError('invalid option string %r: must be at least two characters long' % name, self)
            if len(name) == 2:
                if name[0] != '-' or name[1] == '-':
                    raise OptionError('invalid short option string %r: must be of the form -x, (x any non-dash char)'
                                      % name, self)
                self._short_opts.append(name)
            elif name[:2] == '--' and name[2] != '-':
                self._long_opts.append(name)
            else:
                raise OptionError('invalid long option string %r: must start with --, followed by non-dash' % name,
                                  self)

    def _set_attrs(self, attrs):
        for name in self.ATTRS:
            setattr(self, name, attrs.pop(name, NO_DEFAULT if name == 'default' else None))
        if attrs:
            raise OptionError('invalid keyword arguments: %s' % ', '.join(sorted(attrs)), self)

    # Checks of the attributes, in this order; some fill in what is missing.

    def _check_action(self):
        if self.action is None:
            self.action = 'store'
        if self.action not in self.ACTIONS:
            raise OptionError('invalid action: %r' % self.action, self)

    def _check_type(self):
        if self.type is None:
            if self.action in self.ALWAYS_TYPED_ACTIONS:
                self.type = 'string' if self.choices is None else 'choice'
            return
        # Types themselves are as good as their names.
        if isinstance(self.type, type):
            self.type = self.type.__name__
        if self.type == 'str':
            self.type = 'string'
        if self.type not in self.TYPES:
            raise OptionError('invalid option type: %r' % self.type, self)
        if self.action not in self.TYPED_ACTIONS:
            raise OptionError('must not supply a type for action %r' % self.action, self)

    def _check_choice(self):
        if self.type == 'choice':
            if self.choices is None:
                raise OptionError("must supply a list of choices for type 'choice'", self)
            if not isinstance(self.choices, (list, tuple)):
                raise OptionError("choices must be a list of strings ('%s' supplied)"
                                  % str(type(self.choices)).split("'")[1], self)
        elif self.choices is not None:
            raise OptionError('must not supply choices for type %r' % self.type, self)

    def _check_dest(self):
        if self.dest is None and (self.action in self.STORE_ACTIONS or self.type is not None):
            if self._long_opts:
                self.dest = self._long_opts[0][2:].replace('-', '_')
            else:
                self.dest = self._short_opts[0][1]

    def _refuse(self, attribute):
        raise OptionError('%r must not be supplied for action %r' % (attribute, self.action), self)

    def _check_const(self):
        if self.const is not None and self.action not in self.CONST_ACTIONS:
            self._refuse('const')

    def _check_nargs(self):
        if self.action not in self.TYPED_ACTIONS:
            if self.nargs is not None:
                self._refuse('nargs')
        elif self.nargs is None:
            self.nargs = 1

    def _check_callback(self):
        if self.action != 'callback':
            if self.callback is not None:
                raise OptionError('callback supplied (%r) for non-callback option' % self.callback, self)
            for name in ('callback_args', 'callback_kwargs'):
                if getattr(self, name) is not None:
                    raise OptionError(name + ' supplied for non-callback option', self)
            return
        if not callable(self.callback):
            raise OptionError('callback not callable: %r' % self.callback, self)
        for name, kind in (('callback_args', tuple), ('callback_kwargs', dict)):
            value = getattr(self, name)
            if value is not None and not isinstance(value, kind):
                raise OptionError('%s, if supplied, must be a %s: not %r' % (name, kind.__name__, value), self)

    CHECK_METHODS = [_check_action, _check_type, _check_choice, _check_dest, _check_const, _check_nargs,
                     _check_callback]

    def __str__(self):
        return '/'.join(self._short_opts + self._long_opts)

    __repr__ = _repr

    def takes_value(self):
        """Whether the option takes a value."""
        return self.type is not None

    def get_opt_string(self):
        """Return the option's name for messages."""
        return (self._long_opts or self._short_opts)[0]

    # When it is met.

    def check_value(self, opt, value):
        """Convert one value by the option's type."""
        check = self.TYPE_CHECKER.get(self.type)
        return value if check is None else check(self, opt, value)

    def convert_value(self, opt, value):
        """Convert the value, or the tuple of values."""
        if value is None or self.nargs == 1:
            return None if value is None else self.check_value(opt, value)
        return tuple([self.check_value(opt, item) for item in value])

    def process(self, opt, value, values, parser):
        """Convert the value and do what the action says."""
        converted = self.convert_value(opt, value)
        return self.take_action(self.action, self.dest, opt, converted, values, parser)

    def take_action(self, action, dest, opt, value, values, parser):
        """Do what the action says: set an attribute of values, or call something."""
        fixed = {'store': value, 'store_const': self.const, 'store_true': True, 'store_false': False}
        if action in fixed:
            setattr(values, dest, fixed[action])
        elif action in ('append', 'append_const'):
            values.ensure_value(dest, []).append(value if action == 'append' else self.const)
        elif action == 'count':
            setattr(values, dest, values.ensure_value(dest, 0) + 1)
        elif action == 'callback':
            self.callback(self, opt, value, parser, *(self.callback_args or ()), **(self.callback_kwargs or {}))
        elif action in ('help', 'version'):
            getattr(parser, 'print_' + action)()
            parser.exit()
        else:
            raise ValueError('unknown action %r' % self.action)
        return 1


make_option = Option


# --- Parsers ----------------------------------------------------------------------------------------

class OptionContainer:
    """What parsers and groups have in common: options are added to them."""

    def __init__(self, option_class, conflict_handler, description):
        # Subclasses make their lists there.
        self._create_option_list()
        self.option_class = option_class
        self.set_conflict_handler(conflict_handler)
        self.set_description(description)

    def _create_option_mappings(self):
        self._short_opt, self._long_opt, self.defaults = {}, {}, {}

    def _share_option_mappings(self, parser):
        self._short_opt, self._long_opt, self.defaults = parser._short_opt, parser._long_opt, parser.defaults

    def set_conflict_handler(self, handler):
        """Say what happens if options have a name in common: 'error', or 'resolve' for the newest to win."""
        if handler not in ('error', 'resolve'):
            raise ValueError('invalid conflict_resolution value %r' % handler)
        self.conflict_handler = handler

    def set_description(self, description):
        """Set the text that stands before the options."""
        self.description = description

    def get_description(self):
        """Return the text that stands before the options."""
        return self.description

    def destroy(self):
        """Let go of everything, so that nothing refers to itself any more."""
        del self._short_opt, self._long_opt, self.defaults

    def _lookup(self, name):
        return self._long_opt if name.startswith('--') else self._short_opt

    def _check_conflict(self, option):
        taken = [(name, self._lookup(name)[name]) for name in option._short_opts + option._long_opts
                 if name in self._lookup(name)]
        if not taken:
            return
        if self.conflict_handler == 'error':
            names = ', '.join([name for name, _older in taken])
            raise OptionConflictError(_('conflicting option string(s): %s') % names, option)
        for name, older in taken:
            (older._long_opts if name.startswith('--') else older._short_opts).remove(name)
            del self._lookup(name)[name]
            if not older._short_opts and not older._long_opts:
                older.container.option_list.remove(older)

    def add_option(self, *args, **kwargs):
        """Add an Option, or make one of names and attributes; return it."""
        if isinstance(args[0], str):
            option = self.option_class(*args, **kwargs)
        elif kwargs or len(args) > 1:
            raise TypeError('invalid arguments')
        else:
            option, = args
            if not isinstance(option, Option):
                raise TypeError('not an Option instance: %r' % option)
        self._check_conflict(option)
        self.option_list.append(option)
        option.container = self
        for name in option._short_opts + option._long_opts:
            self._lookup(name)[name] = option
        if option.dest is not None:
            if option.default is not NO_DEFAULT:
                self.defaults[option.dest] = option.default
            else:
                self.defaults.setdefault(option.dest)
        return option

    def add_options(self, option_list):
        """Add several Options."""
        for option in option_list:
            self.add_option(option)

    def get_option(self, opt_str):
        """Return the option of a name, or None."""
        return self._short_opt.get(opt_str) or self._long_opt.get(opt_str)

    def has_option(self, opt_str):
        """Whether there is an option of a name."""
        return any(opt_str in names for names in (self._short_opt, self._long_opt))

    def remove_option(self, opt_str):
        """Remove the option of a name, with all its names.  Raises ValueError."""
        option = self.get_option(opt_str)
        if option is None:
            raise ValueError('no such option %r' % opt_str)
        for name in option._short_opts + option._long_opts:
            del self._lookup(name)[name]
        option.container.option_list.remove(option)

    def format_option_help(self, formatter):
        """Return the lines of the options."""
        return ''.join(formatter.format_option(option) for option in self.option_list or ()
                       if option.help is not SUPPRESS_HELP)

    def format_description(self, formatter):
        """Return the description as it is shown."""
        return formatter.format_description(self.get_description())

    def format_help(self, formatter):
        """Return description and options as they are shown."""
        options = self.format_option_help(formatter)
        return '\n'.join([self.format_description(formatter), options] if self.description else [options])


class OptionGroup(OptionContainer):
    """Options that stand together in the help, under a title."""

    def __init__(self, parser, title, description=None):
        self.parser, self.title = parser, title
        super().__init__(parser.option_class, parser.conflict_handler, description)

    def _create_option_list(self):
        self.option_list = []
        self._share_option_mappings(self.parser)

    def set_title(self, title):
        """Set the title."""
        self.title = title

    def destroy(self):
        """Let go of everything."""
        super().destroy()
        del self.option_list

    def format_help(self, formatter):
        """Return title, description and options as they are shown."""
        heading = formatter.format_heading(self.title)
        formatter.indent()
        below = super().format_help(formatter)
        formatter.dedent()
        return heading + below


class OptionParser(OptionContainer):
    """Parses command lines.

    usage: text with %prog for the program's name.  option_list: Options to begin with.  option_class: class that
    add_option() makes.  version: text that --version prints.  conflict_handler: 'error' or 'resolve'.
    description, epilog: text before and behind the options in the help.  formatter: a HelpFormatter.
    add_help_option: add -h and --help.  prog: the program's name, by default that of the script.

    While options are processed, callbacks find what is still to be read in rargs, the arguments so far in largs, and
    the result in values.
    """

    standard_option_list = []

    def __init__(self, usage=None, option_list=None, option_class=Option, version=None, conflict_handler='error',
                 description=None, formatter=None, add_help_option=True, prog=None, epilog=None):
        super().__init__(option_class, conflict_handler, description)
        self.set_usage(usage)
        self.prog, self.version, self.epilog = prog, version, epilog
        self.allow_interspersed_args = self.process_default_values = True
        self.formatter = IndentedHelpFormatter() if formatter is None else formatter
        self.formatter.set_parser(self)
        self._populate_option_list(option_list, add_help=add_help_option)
        self._init_parsing_state()

    def destroy(self):
        """Let go of everything, so that nothing refers to itself any more."""
        super().destroy()
        for group in self.option_groups:
            group.destroy()
        del self.option_list, self.option_groups, self.formatter

    def _create_option_list(self):
        self.option_list, self.option_groups = [], []
        self._create_option_mappings()

    def _add_help_option(self):
        self.add_option('-h', '--help', action='help', help=_('show this help message and exit'))

    def _add_version_option(self):
        self.add_option('--version', action='version', help=_("show program's version number and exit"))

    def _populate_option_list(self, option_list, add_help=True):
        for options in (self.standard_option_list, option_list):
            self.add_options(options or ())
        if self.version:
            self._add_version_option()
        if add_help:
            self._add_help_option()

    def _init_parsing_state(self):
        self.rargs = self.largs = self.values = None

    # Settings.

    def set_usage(self, usage):
        """Set the usage; None for the usual one, SUPPRESS_USAGE for none."""
        if usage is None:
            usage = _('%prog [options]')
        if usage is SUPPRESS_USAGE:
            usage = None
        elif usage.lower().startswith('usage: '):
            # The formatter writes this.
            usage = usage[7:]
        self.usage = usage

    def enable_interspersed_args(self):
        """Let options stand behind arguments (the default)."""
        self.allow_interspersed_args = True

    def disable_interspersed_args(self):
        """Stop at the first argument that is no option."""
        self.allow_interspersed_args = False

    def set_process_default_values(self, process):
        """Say whether defaults that are text are converted by their option's type."""
        self.process_default_values = process

    def set_default(self, dest, value):
        """Set the default of one attribute."""
        self.defaults[dest] = value

    def set_defaults(self, **kwargs):
        """Set the defaults of attributes."""
        self.defaults.update(kwargs)

    def _get_all_options(self):
        return sum((group.option_list for group in self.option_groups), self.option_list[:])

    def get_default_values(self):
        """Return a Values object with the defaults."""
        if not self.process_default_values:
            return Values(self.defaults)
        values = dict(self.defaults)
        for option in self._get_all_options():
            given = values.get(option.dest)
            if isinstance(given, str):
                values[option.dest] = option.check_value(option.get_opt_string(), given)
        return Values(values)

    def add_option_group(self, *args, **kwargs):
        """Add an OptionGroup, or make one of a title and description; return it."""
        if isinstance(args[0], str):
            group = OptionGroup(self, *args, **kwargs)
        elif kwargs or len(args) > 1:
            raise TypeError('invalid arguments')
        else:
            group, = args
            if not isinstance(group, OptionGroup):
                raise TypeError('not an OptionGroup instance: %r' % group)
            if group.parser is not self:
                raise ValueError('invalid OptionGroup (wrong parser)')
        self.option_groups.append(group)
        return group

    def get_option_group(self, opt_str):
        """Return the group that an option is in, or None."""
        option = self.get_option(opt_str)
        if option is None or option.container is self:
            return None
        return option.container

    # Parsing.

    def _get_args(self, args):
        return list(sys.argv[1:] if args is None else args)

    def parse_args(self, args=None, values=None):
        """Parse a command line, sys.argv[1:] by default; return (values, arguments).

        values: the object to set, by default a new Values.  Errors are printed and end the program.
        """
        self.rargs, self.largs = self._get_args(args), []
        self.values = self.get_default_values() if values is None else values
        try:
            self._process_args(self.largs, self.rargs, self.values)
        except (BadOptionError, OptionValueError) as problem:
            self.error(str(problem))
        return self.check_values(self.values, self.largs + self.rargs)

    def check_values(self, values, args):
        """Return the result of parse_args(); to be redefined for further checks."""
        return values, args

    def _process_args(self, largs, rargs, values):
        """Read from rargs, move arguments to largs; options go to _process_long_opt() and _process_short_opts()."""
        while rargs:
            first = rargs[0]
            if first == '--':
                del rargs[0]
                return
            if first[:2] == '--':
                self._process_long_opt(rargs, values)
            elif first[:1] == '-' and first != '-':
                self._process_short_opts(rargs, values)
            elif self.allow_interspersed_args:
                largs.append(rargs.pop(0))
            else:
                return

    def _match_long_opt(self, opt):
        """The full name of a long option.  Raises BadOptionError."""
        return _match_abbrev(opt, self._long_opt)

    def _take_value(self, option, name, rargs):
        """The value of an option, or the tuple of its values, off the front of rargs."""
        count = option.nargs
        if len(rargs) < count:
            self.error(ngettext('%(option)s option requires %(number)d argument',
                                '%(option)s option requires %(number)d arguments', count)
                       % {'option': name, 'number': count})
        elif count == 1:
            return rargs.pop(0)
        else:
            value = tuple(rargs[:count])
            del rargs[:count]
            return value

    def _process_long_opt(self, rargs, values):
        typed, equals, attached = rargs.pop(0).partition('=')
        if equals:
            rargs.insert(0, attached)
        name = self._match_long_opt(typed)
        option = self._long_opt[name]
        value = None
        if option.takes_value():
            value = self._take_value(option, name, rargs)
        elif equals:
            self.error(_('%s option does not take a value') % name)
        option.process(name, value, values, self)

    def _process_short_opts(self, rargs, values):
        letters = rargs.pop(0)[1:]
        while letters:
            name, letters = '-' + letters[0], letters[1:]
            option = self._short_opt.get(name)
            if not option:
                raise BadOptionError(name)
            value = None
            if option.takes_value():
                # What is behind the letter is the value.
                if letters:
                    rargs.insert(0, letters)
                    letters = ''
                value = self._take_value(option, name, rargs)
            option.process(name, value, values, self)

    # Messages.

    def get_prog_name(self):
        """Return the program's name."""
        return os.path.basename(sys.argv[0]) if self.prog is None else self.prog

    def expand_prog_name(self, s):
        """Return text with %prog replaced."""
        return s.replace('%prog', self.get_prog_name())

    def get_description(self):
        """Return the description with %prog replaced."""
        return self.expand_prog_name(self.description)

    def exit(self, status=0, msg=None):
        """Leave the program, with a message on standard error."""
        if msg:
            sys.stderr.write(msg)
        sys.exit(status)

    def error(self, msg):
        """Print the usage and a message to standard error and leave the program with status 2."""
        self.print_usage(sys.stderr)
        self.exit(2, '%s: error: %s\n' % (self.get_prog_name(), msg))

    def get_usage(self):
        """Return the usage as it is shown."""
        return self.formatter.format_usage(self.expand_prog_name(self.usage)) if self.usage else ''

    def print_usage(self, file=None):
        """Print the usage, if there is one."""
        if self.usage:
            print(self.get_usage(), file=file)

    def get_version(self):
        """Return the version with %prog replaced."""
        return self.expand_prog_name(self.version) if self.version else ''

    def print_version(self, file=None):
        """Print the version, if there is one."""
        if self.version:
            print(self.get_version(), file=file)

    def format_option_help(self, formatter=None):
        """Return all options and groups as they are shown."""
        writer = self.formatter if formatter is None else formatter
        writer.store_option_strings(self)
        heading = writer.format_heading(_('Options'))
        writer.indent()
        blocks = []
        if self.option_list:
            blocks.append(super().format_option_help(writer))
        blocks += [group.format_help(writer) for group in self.option_groups]
        writer.dedent()
        return heading + '\n'.join(blocks) if blocks else ''

    def format_epilog(self, formatter):
        """Return the epilog as it is shown."""
        return formatter.format_epilog(self.epilog)

    def format_help(self, formatter=None):
        """Return the whole help."""
        writer = self.formatter if formatter is None else formatter
        parts = [self.get_usage() + '\n'] if self.usage else []
        if self.description:
            parts.append(self.format_description(writer) + '\n')
        return ''.join(parts) + self.format_option_help(writer) + self.format_epilog(writer)

    def print_help(self, file=None):
        """Print the help, to standard output by default."""
        (sys.stdout if file is None else file).write(self.format_help())


def _match_abbrev(s, wordmap):
    """The key of a dict that a text is the beginning of, if there is exactly one, or that it is."""
    if s in wordmap:
        return s
    possible = sorted(word for word in wordmap if word.startswith(s))
    if len(possible) == 1:
        return possible[0]
    if possible:
        raise AmbiguousOptionError(s, possible)
    raise BadOptionError(s)
