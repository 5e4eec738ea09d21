# SPDX-License-Identifier: MIT
"""Command lines: say which arguments a program takes, get them parsed, checked, and explained in its --help.

    parser = argparse.ArgumentParser(description='add up numbers')
    parser.add_argument('numbers', nargs='+', type=int, help='what to add')
    parser.add_argument('-v', '--verbose', action='store_true')
    print(sum(parser.parse_args().numbers))

The parts: ArgumentParser parses.  Each argument is an Action, which the parser calls with the values found.
Actions are collected in containers, which the parser and its groups are.  A HelpFormatter writes help and usage.

Parsing works on a picture of the command line: one letter for each string, O for options, A for arguments, "-" for
"--".  The nargs of an action is a regular expression over these letters, so that matching it says how many strings
the action takes.
"""

__version__ = '1.1'

__all__ = ['ArgumentParser', 'ArgumentError', 'ArgumentTypeError', 'FileType', 'HelpFormatter',
           'ArgumentDefaultsHelpFormatter', 'RawDescriptionHelpFormatter', 'RawTextHelpFormatter',
           'MetavarTypeHelpFormatter', 'Namespace', 'Action', 'ONE_OR_MORE', 'OPTIONAL', 'PARSER', 'REMAINDER',
           'SUPPRESS', 'ZERO_OR_MORE']

import os as _os
import re as _re
import sys as _sys

# Values of nargs beside numbers.
OPTIONAL, ZERO_OR_MORE, ONE_OR_MORE = '?', '*', '+'
PARSER = 'A...'
REMAINDER = '...'
# Instead of a help text or default: do not show, do not set.
SUPPRESS = '==SUPPRESS=='

_UNRECOGNIZED_ARGS_ATTR = '_unrecognized_args'


# --- Small helpers --------------------------------------------------------------------------------

def _untranslated():
    """Whether messages cannot have a translation: nobody uses gettext, and no language is set."""
    if 'gettext' in _sys.modules:
        return False
    for name in ('LANGUAGE', 'LC_ALL', 'LC_MESSAGES', 'LANG'):
        value = _os.environ.get(name)
        if value:
            return value in ('C', 'POSIX', 'C.UTF-8')
    return True


def _(message):
    if _untranslated():
        return message
    from gettext import gettext
    return gettext(message)


def ngettext(msgid1, msgid2, n):
    if _untranslated():
        return msgid1 if n == 1 else msgid2
    from gettext import ngettext
    return ngettext(msgid1, msgid2, n)


class _AttributeHolder(object):
    """Gives subclasses a repr() like the call that makes them; _get_args() and _get_kwargs() choose what is shown."""

    def __repr__(self):
        shown = [repr(value) for value in self._get_args()]
        odd = {}
        for name, value in self._get_kwargs():
            if name.isidentifier():
                shown.append('%s=%r' % (name, value))
            else:
                odd[name] = value
        if odd:
            shown.append('**%r' % (odd,))
        return '%s(%s)' % (type(self).__name__, ', '.join(shown))

    def _get_kwargs(self):
        return sorted(vars(self).items())

    def _get_args(self):
        return []


def _copy_items(items):
    """A copy of the list that an action appends to; None is an empty one."""
    if items is None:
        return []
    if type(items) is list:
        return list(items)
    import copy
    return copy.copy(items)


def _get_action_name(argument):
    """The name that error messages use for an action; None if it has none."""
    if argument is None:
        return None
    if argument.option_strings:
        return '/'.join(argument.option_strings)
    for name in (argument.metavar, argument.dest):
        if name not in (None, SUPPRESS):
            return name
    return None


def _is_optional(action):
    return bool(action.option_strings)


# --- Help -----------------------------------------------------------------------------------------

class _HelpSection(object):
    """A part of the help under construction: calls that write text, with sections below among them."""

    def __init__(self, formatter, parent, heading=None):
        self.formatter, self.parent, self.heading = formatter, parent, heading
        self.items = []

    def format_help(self):
        inner = self.parent is not None
        if inner:
            self.formatter._indent()
        text = self.formatter._join_parts([function(*args) for function, args in self.items])
        if inner:
            self.formatter._dedent()
        if not text:
            return ''
        heading = ''
        if self.heading is not None and self.heading is not SUPPRESS:
            heading = '%s%s:\n' % (' ' * self.formatter._current_indent, self.heading)
        return self.formatter._join_parts(['\n', heading, text, '\n'])


class HelpFormatter(object):
    """Writes help messages.  The class is given to parsers; its methods are not part of the interface.

    prog: the program's name.  indent_increment: blanks per level.  max_help_position: the column by which help texts
    begin at the latest.  width: of lines; by default that of the terminal less two.
    """

    _Section = _HelpSection

    def __init__(self, prog, indent_increment=2, max_help_position=24, width=None):
        if width is None:
            from shutil import get_terminal_size
            width = get_terminal_size().columns - 2
        self._prog, self._width = prog, width
        self._indent_increment = indent_increment
        self._max_help_position = min(max_help_position, max(width - 20, 2 * indent_increment))
        self._current_indent = self._level = self._action_max_length = 0
        self._root_section = self._current_section = self._Section(self, None)
        self._whitespace_matcher = _re.compile(r'\s+', _re.ASCII)
        self._long_break_matcher = _re.compile(r'\n\n\n+')

    # What the parser calls, in order; format_help() makes the text of it.

    def _indent(self):
        self._level += 1
        self._current_indent += self._indent_increment

    def _dedent(self):
        assert self._current_indent >= self._indent_increment, 'Indent decreased below 0.'
        self._level -= 1
        self._current_indent -= self._indent_increment

    def _add_item(self, func, args):
        self._current_section.items.append((func, args))

    def start_section(self, heading):
        """Begin a section; what is added from now on stands in it."""
        self._indent()
        below = self._Section(self, self._current_section, heading)
        self._add_item(below.format_help, [])
        self._current_section = below

    def end_section(self):
        """End the current section."""
        self._current_section = self._current_section.parent
        self._dedent()

    def add_text(self, text):
        """Add a paragraph."""
        if text is not None and text is not SUPPRESS:
            self._add_item(self._format_text, [text])

    def add_usage(self, usage, actions, groups, prefix=None):
        """Add the usage, written by hand (usage) or made from actions and mutually exclusive groups."""
        if usage is not SUPPRESS:
            self._add_item(self._format_usage, (usage, actions, groups, prefix))

    def add_argument(self, action):
        """Add the lines of an action."""
        if action.help is SUPPRESS:
            return
        longest = len(self._format_action_invocation(action))
        for below in self._iter_indented_subactions(action):
            longest = max(longest, len(self._format_action_invocation(below)))
        self._action_max_length = max(self._action_max_length, longest + self._current_indent)
        self._add_item(self._format_action, [action])

    def add_arguments(self, actions):
        """Add the lines of several actions."""
        for action in actions:
            self.add_argument(action)

    def format_help(self):
        """Return the text of all that was added."""
        text = self._root_section.format_help()
        if not text:
            return text
        return self._long_break_matcher.sub('\n\n', text).strip('\n') + '\n'

    def _join_parts(self, part_strings):
        return ''.join(part for part in part_strings if part and part is not SUPPRESS)

    # The usage.

    def _format_usage(self, usage, actions, groups, prefix):
        if prefix is None:
            prefix = _('usage: ')
        if usage is not None:
            usage = usage % dict(prog=self._prog)
        else:
            prog = '%(prog)s' % dict(prog=self._prog)
            optionals = [action for action in actions if _is_optional(action)]
            positionals = [action for action in actions if not _is_optional(action)]
            whole = self._format_actions_usage(optionals + positionals, groups) if actions else ''
            usage = prog + ' ' + whole if whole else prog
            if len(prefix) + len(usage) > self._width - self._current_indent and actions:
                usage = '\n'.join(self._wrapped_usage(prog, prefix, optionals, positionals, groups, whole))
        return '%s%s\n\n' % (prefix, usage)

    # A bracket with what it holds, or a word.
    _USAGE_PART = r'\(.*?\)+(?=\s|$)|\[.*?\]+(?=\s|$)|\S+'

    def _wrapped_usage(self, prog, prefix, optionals, positionals, groups, whole):
        """The lines of a usage that does not fit in one; options and positional arguments begin lines of their own."""
        parts = []
        for some in (optionals, positionals):
            text = self._format_actions_usage(some, groups)
            parts.append(_re.findall(self._USAGE_PART, text))
            assert ' '.join(parts[-1]) == text
        of_options, of_positionals = parts
        assert ' '.join(of_options + of_positionals) == whole
        width = self._width - self._current_indent
        if len(prefix) + len(prog) <= 0.75 * width:
            # A short name: everything is set behind it.
            indent = len(prefix) + len(prog) + 1
            if not of_options and not of_positionals:
                return [prog]
            begin = self._fill_parts([prog] + (of_options or of_positionals), indent, width, len(prefix))
            rest = self._fill_parts(of_positionals, indent, width) if of_options else []
            return begin + rest
        # A long name has a line for itself.
        indent = len(prefix)
        lines = self._fill_parts(of_options + of_positionals, indent, width)
        if len(lines) > 1:
            lines = self._fill_parts(of_options, indent, width) + self._fill_parts(of_positionals, indent, width)
        return [prog] + lines

    @staticmethod
    def _fill_parts(parts, indent, width, taken=None):
        """Set parts in lines; `taken`: columns used in the first line, which then is not indented itself."""
        lines, line = [], []
        used = (indent if taken is None else taken) - 1
        for part in parts:
            if line and used + 1 + len(part) > width:
                lines.append(line)
                line, used = [], indent - 1
            line.append(part)
            used += len(part) + 1
        if line:
            lines.append(line)
        texts = [' ' * indent + ' '.join(line) for line in lines]
        if taken is not None:
            texts[0] = texts[0][indent:]
        return texts

    def _exclusive_marks(self, actions, groups):
        """What to set before the actions by index: brackets around mutually exclusive groups and bars inside them.

        Return the marks and the set of the actions in such groups.  A group counts if its actions stand together.
        """
        marks, grouped = {}, set()
        for group in groups:
            members = group._group_actions
            if members[0] not in actions:
                continue
            begin = actions.index(members[0])
            end = begin + len(members)
            if actions[begin:end] != members:
                continue
            grouped.update(members)
            opening, closing = '()' if group.required else '[]'
            if begin in marks:
                # Behind the end of the group before.
                marks[begin] += ' ' + opening
            else:
                marks[begin] = opening
            # Another group may begin where this one ends.
            marks[end] = marks.get(end, '') + closing
            marks.update(dict.fromkeys(range(begin + 1, end), '|'))
        return marks, grouped

    def _usage_of(self, action, grouped):
        """The piece of usage for one action; those in exclusive groups have the group's brackets."""
        if not action.option_strings:
            text = self._format_args(action, self._get_default_metavar_for_positional(action))
            if grouped and text[0] == '[' and text[-1] == ']':
                text = text[1:-1]
            return text
        text = action.option_strings[0]
        if action.nargs != 0:
            text += ' ' + self._format_args(action, self._get_default_metavar_for_optional(action))
        return text if action.required or grouped else '[%s]' % text

    def _format_actions_usage(self, actions, groups):
        marks, grouped = self._exclusive_marks(actions, groups)
        pieces = []
        for index, action in enumerate(actions):
            if action.help is not SUPPRESS:
                pieces.append(self._usage_of(action, action in grouped))
                continue
            pieces.append(None)
            # One bar less.
            for place in (index, index + 1):
                if marks.get(place) == '|':
                    del marks[place]
                    break
        for index in sorted(marks, reverse=True):
            pieces.insert(index, marks[index])
        text = ' '.join(piece for piece in pieces if piece is not None)
        # No blanks inside brackets, no empty brackets, no parentheses around a single thing.
        for pattern, instead in ((r'([\[(]) ', r'\1'), (r' ([\])])', r'\1'), (r'[\[(] *[\])]', ''),
                                 (r'\(([^|]*)\)', r'\1')):
            text = _re.sub(pattern, instead, text)
        return text.strip()

    # Text and actions.

    def _format_text(self, text):
        if '%(prog)' in text:
            text = text % dict(prog=self._prog)
        width = max(self._width - self._current_indent, 11)
        return self._fill_text(text, width, ' ' * self._current_indent) + '\n\n'

    def _format_action(self, action):
        position = min(self._action_max_length + 2, self._max_help_position)
        margin = ' ' * self._current_indent
        # Columns for the invocation, with two blanks behind it.
        room = position - self._current_indent - 2
        header = self._format_action_invocation(action)
        lines = []
        if action.help:
            lines = self._split_lines(self._expand_help(action), max(self._width - position, 11))
        parts = []
        if lines and len(header) <= room:
            parts.append('%s%-*s  %s\n' % (margin, room, header, lines.pop(0)))
        else:
            parts.append('%s%s\n' % (margin, header))
        parts += ['%s%s\n' % (' ' * position, line) for line in lines]
        parts += [self._format_action(below) for below in self._iter_indented_subactions(action)]
        return self._join_parts(parts)

    def _format_action_invocation(self, action):
        if not action.option_strings:
            default = self._get_default_metavar_for_positional(action)
            return self._metavar_formatter(action, default)(1)[0]
        if action.nargs == 0:
            return ', '.join(action.option_strings)
        value = self._format_args(action, self._get_default_metavar_for_optional(action))
        return ', '.join('%s %s' % (name, value) for name in action.option_strings)

    def _metavar_formatter(self, action, default_metavar):
        """Return a function from a number to so many names for an action's values, in a tuple."""
        name = default_metavar
        if action.metavar is not None:
            name = action.metavar
        elif action.choices is not None:
            name = '{%s}' % ','.join(map(str, action.choices))
        return lambda size: name if isinstance(name, tuple) else (name,) * size

    # The usage of values, and how many names go in it.
    _NARGS_USAGE = {None: ('%s', 1), OPTIONAL: ('[%s]', 1), ZERO_OR_MORE: ('[%s [%s ...]]', 2),
                    ONE_OR_MORE: ('%s [%s ...]', 2), PARSER: ('%s ...', 1)}

    def _format_args(self, action, default_metavar):
        names = self._metavar_formatter(action, default_metavar)
        nargs = action.nargs
        if nargs == REMAINDER:
            return '...'
        if nargs == SUPPRESS:
            return ''
        if nargs in self._NARGS_USAGE:
            form, count = self._NARGS_USAGE[nargs]
            return form % names(count)
        try:
            form = ' '.join(['%s'] * range(nargs).stop)
        except TypeError:
            raise ValueError('invalid nargs value') from None
        return form % names(nargs)

    def _expand_help(self, action):
        facts = dict(vars(action), prog=self._prog)
        for name, value in list(facts.items()):
            if value is SUPPRESS:
                del facts[name]
            elif hasattr(value, '__name__'):
                facts[name] = value.__name__
        if facts.get('choices') is not None:
            facts['choices'] = ', '.join(map(str, facts['choices']))
        return self._get_help_string(action) % facts

    def _iter_indented_subactions(self, action):
        """Yield the actions below an action, if there are any, indented meanwhile."""
        if hasattr(action, '_get_subactions'):
            self._indent()
            yield from action._get_subactions()
            self._dedent()

    def _split_lines(self, text, width):
        from textwrap import wrap
        return wrap(self._whitespace_matcher.sub(' ', text).strip(), width)

    def _fill_text(self, text, width, indent):
        from textwrap import fill
        return fill(self._whitespace_matcher.sub(' ', text).strip(), width, initial_indent=indent,
                    subsequent_indent=indent)

    def _get_help_string(self, action):
        return action.help

    def _get_default_metavar_for_optional(self, action):
        return action.dest.upper()

    def _get_default_metavar_for_positional(self, action):
        return action.dest


class RawDescriptionHelpFormatter(HelpFormatter):
    """Leaves the line breaks in descriptions and epilogs as they are."""

    def _fill_text(self, text, width, indent):
        return ''.join([indent + line for line in text.splitlines(True)])


class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    """Leaves the line breaks in all texts as they are."""

    def _split_lines(self, text, width):
        return text.splitlines()


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    """Adds defaults to the help of arguments that may be left out."""

    def _get_help_string(self, action):
        text = action.help
        if '%(default)' in text or action.default is SUPPRESS:
            return text
        if _is_optional(action) or action.nargs in (OPTIONAL, ZERO_OR_MORE):
            text += ' (default: %(default)s)'
        return text


class MetavarTypeHelpFormatter(HelpFormatter):
    """Names values after the type of the argument."""

    def _get_default_metavar_for_optional(self, action):
        return action.type.__name__

    def _get_default_metavar_for_positional(self, action):
        return action.type.__name__


# --- Errors ---------------------------------------------------------------------------------------

class ArgumentError(Exception):
    """Something is wrong with an argument; attributes: argument_name (or None) and message."""

    def __init__(self, argument, message):
        self.argument_name, self.message = _get_action_name(argument), message

    def __str__(self):
        if self.argument_name is None:
            return '%s' % (self.message,)
        return 'argument %s: %s' % (self.argument_name, self.message)


class ArgumentTypeError(Exception):
    """To be raised by a type= function: its message is shown to the user."""


# --- Actions --------------------------------------------------------------------------------------

class Action(_AttributeHolder):
    """What an argument is and what happens when it is met; subclasses define __call__().

    option_strings: the option's names; empty for a positional argument.  dest: the attribute to set.
    nargs: how many strings it takes: None (one, as it is), a number, "?", "*", "+", PARSER or REMAINDER.
    const: the value for an option without one.  default: the value if the argument is missing.
    type: called with a string to make the value.  choices: the values allowed.  required: for options.
    help: its text.  metavar: the name of its value in help.
    """

    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None, choices=None,
                 required=False, help=None, metavar=None):
        self.option_strings, self.dest = option_strings, dest
        self.nargs, self.const, self.default = nargs, const, default
        self.type, self.choices, self.required = type, choices, required
        self.help, self.metavar = help, metavar

    def _get_kwargs(self):
        shown = 'option_strings dest nargs const default type choices help metavar'
        return [(name, getattr(self, name)) for name in shown.split()]

    def __call__(self, parser, namespace, values, option_string=None):
        raise NotImplementedError(_('.__call__() not defined'))


class _ValueAction(Action):
    """Base of the actions that take values: checks nargs."""

    _nothing_to_take = ''

    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None, choices=None,
                 required=False, help=None, metavar=None):
        if nargs == 0:
            raise ValueError(self._nothing_to_take)
        if nargs != OPTIONAL and const is not None:
            raise ValueError('nargs must be %r to supply const' % OPTIONAL)
        Action.__init__(self, option_strings, dest, nargs, const, default, type, choices, required, help, metavar)


class _StoreAction(_ValueAction):
    """store: set the value."""

    _nothing_to_take = ('nargs for store actions must be != 0; if you have nothing to store, actions such as store '
                        'true or store const may be more appropriate')

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, values)


class _StoreConstAction(Action):
    """store_const: set const."""

    def __init__(self, option_strings, dest, const, default=None, required=False, help=None, metavar=None):
        super().__init__(option_strings, dest, 0, const, default, required=required, help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, self.const)


class _StoreTrueAction(_StoreConstAction):
    """store_true: set True; the default is False."""

    def __init__(self, option_strings, dest, default=False, required=False, help=None):
        super().__init__(option_strings, dest, True, default, required, help)


class _StoreFalseAction(_StoreConstAction):
    """store_false: set False; the default is True."""

    def __init__(self, option_strings, dest, default=True, required=False, help=None):
        super().__init__(option_strings, dest, False, default, required, help)


def _list_to_change(action, namespace):
    """Set a copy of the list that an action adds to, and return it: the list may be the default."""
    changed = _copy_items(getattr(namespace, action.dest, None))
    setattr(namespace, action.dest, changed)
    return changed


class _AppendAction(_ValueAction):
    """append: add the value to a list."""

    _nothing_to_take = ('nargs for append actions must be != 0; if arg strings are not supplying the value to append, '
                        'the append const action may be more appropriate')

    def __call__(self, parser, namespace, values, option_string=None):
        _list_to_change(self, namespace).append(values)


class _ExtendAction(_AppendAction):
    """extend: add each of the values to a list."""

    def __call__(self, parser, namespace, values, option_string=None):
        _list_to_change(self, namespace).extend(values)


class _AppendConstAction(Action):
    """append_const: add const to a list."""

    def __init__(self, option_strings, dest, const, default=None, required=False, help=None, metavar=None):
        super().__init__(option_strings, dest, 0, const, default, required=required, help=help, metavar=metavar)

    def __call__(self, parser, namespace, values, option_string=None):
        _list_to_change(self, namespace).append(self.const)


class _CountAction(Action):
    """count: set how often the option was met."""

    def __init__(self, option_strings, dest, default=None, required=False, help=None):
        super().__init__(option_strings, dest, 0, default=default, required=required, help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        before = getattr(namespace, self.dest, None)
        setattr(namespace, self.dest, 1 if before is None else before + 1)


class _HelpAction(Action):
    """help: print the help and exit."""

    def __init__(self, option_strings, dest=SUPPRESS, default=SUPPRESS, help=None):
        super().__init__(option_strings, dest, 0, default=default, help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        parser.print_help()
        parser.exit()


class _VersionAction(Action):
    """version: print the version and exit."""

    def __init__(self, option_strings, version=None, dest=SUPPRESS, default=SUPPRESS,
                 help="show program's version number and exit"):
        super().__init__(option_strings, dest, 0, default=default, help=help)
        self.version = version

    def __call__(self, parser, namespace, values, option_string=None):
        formatter = parser._get_formatter()
        formatter.add_text(parser.version if self.version is None else self.version)
        parser._print_message(formatter.format_help(), _sys.stdout)
        parser.exit()


class _SubcommandHelp(Action):
    """Stands for a subcommand in the help."""

    def __init__(self, name, aliases, help):
        shown = '%s (%s)' % (name, ', '.join(aliases)) if aliases else name
        super().__init__([], name, help=help, metavar=shown)


class _SubParsersAction(Action):
    """parsers: hand the rest of the command line to the parser of a subcommand.  add_subparsers() returns one."""

    _ChoicesPseudoAction = _SubcommandHelp

    def __init__(self, option_strings, prog, parser_class, dest=SUPPRESS, required=False, help=None, metavar=None):
        self._prog_prefix, self._parser_class = prog, parser_class
        self._name_parser_map, self._choices_actions = {}, []
        super().__init__(option_strings, dest, PARSER, choices=self._name_parser_map, required=required, help=help,
                         metavar=metavar)

    def add_parser(self, name, **kwargs):
        """Add a subcommand and return its parser.

        aliases: other names.  help: its line in the help; without it the subcommand is not listed.
        The other arguments are those of ArgumentParser.
        """
        if kwargs.get('prog') is None:
            kwargs['prog'] = self._prog_prefix + ' ' + name
        names = [name, *kwargs.pop('aliases', ())]
        if 'help' in kwargs:
            self._choices_actions.append(self._ChoicesPseudoAction(name, names[1:], kwargs.pop('help')))
        made = self._parser_class(**kwargs)
        self._name_parser_map.update(dict.fromkeys(names, made))
        return made

    def _get_subactions(self):
        return self._choices_actions

    def __call__(self, parser, namespace, values, option_string=None):
        name, *rest = values
        if self.dest is not SUPPRESS:
            setattr(namespace, self.dest, name)
        chosen = self._name_parser_map.get(name)
        if chosen is None:
            raise ArgumentError(self, _('unknown parser %(parser_name)r (choices: %(choices)s)') % {
                'parser_name': name, 'choices': ', '.join(self._name_parser_map)})
        # Into a namespace of its own, so that its defaults win over the outer parser's.
        inner, unknown = chosen.parse_known_args(rest, None)
        for attribute, value in vars(inner).items():
            setattr(namespace, attribute, value)
        if unknown:
            vars(namespace).setdefault(_UNRECOGNIZED_ARGS_ATTR, [])
            getattr(namespace, _UNRECOGNIZED_ARGS_ATTR).extend(unknown)


# --- Values ---------------------------------------------------------------------------------------

class FileType(object):
    """A type for arguments that name files to open; "-" is standard input or output.

    mode, bufsize, encoding, errors: as for open().
    """

    def __init__(self, mode='r', bufsize=-1, encoding=None, errors=None):
        self._mode, self._bufsize = mode, bufsize
        self._encoding, self._errors = encoding, errors

    def __call__(self, string):
        if string == '-':
            for letter, stream in (('r', 'stdin'), ('w', 'stdout')):
                if letter in self._mode:
                    return getattr(_sys, stream)
            raise ValueError(_('argument "-" with mode %r') % self._mode)
        try:
            return open(string, self._mode, self._bufsize, self._encoding, self._errors)
        except OSError as problem:
            raise ArgumentTypeError(_("can't open '%(filename)s': %(error)s") % {
                'filename': string, 'error': problem})

    def __repr__(self):
        shown = [repr(value) for value in (self._mode, self._bufsize) if value != -1]
        shown += ['%s=%r' % (name, value) for name, value in (('encoding', self._encoding), ('errors', self._errors))
                  if value is not None]
        return '%s(%s)' % (type(self).__name__, ', '.join(shown))


class Namespace(_AttributeHolder):
    """Holds the values of arguments as attributes."""

    def __init__(self, **kwargs):
        for item in kwargs.items():
            setattr(self, *item)

    def __eq__(self, other):
        return vars(self) == vars(other) if isinstance(other, Namespace) else NotImplemented

    def __contains__(self, key):
        return key in vars(self)


# --- Containers of arguments ----------------------------------------------------------------------

class _ActionsContainer(object):
    """What parsers and groups have in common: arguments are added to them."""

    def __init__(self, description, prefix_chars, argument_default, conflict_handler):
        self.description, self.prefix_chars = description, prefix_chars
        self.argument_default, self.conflict_handler = argument_default, conflict_handler
        # kind of thing -> name -> the thing
        self._registries = {}
        for name, action in ((None, _StoreAction), ('store', _StoreAction), ('store_const', _StoreConstAction),
                             ('store_true', _StoreTrueAction), ('store_false', _StoreFalseAction),
                             ('append', _AppendAction), ('append_const', _AppendConstAction),
                             ('count', _CountAction), ('help', _HelpAction), ('version', _VersionAction),
                             ('parsers', _SubParsersAction), ('extend', _ExtendAction)):
            self.register('action', name, action)
        # Raises an error for a bad one.
        self._get_handler()
        self._actions, self._action_groups, self._mutually_exclusive_groups = [], [], []
        self._option_string_actions, self._defaults = {}, {}
        self._negative_number_matcher = _re.compile(r'^-\d+$|^-\d*\.\d+$')
        # Not empty if there are options that look like negative numbers; a list, since groups share it.
        self._has_negative_number_optionals = []

    def register(self, registry_name, value, object):
        """Make an object known by name, as an 'action' or a 'type'."""
        self._registries.setdefault(registry_name, {})[value] = object

    def _registry_get(self, registry_name, value, default=None):
        return self._registries[registry_name].get(value, default)

    def set_defaults(self, **kwargs):
        """Set defaults of arguments, and attributes that no argument sets."""
        self._defaults.update(kwargs)
        for action in self._actions:
            action.default = kwargs.get(action.dest, action.default)

    def get_default(self, dest):
        """Return the default for an attribute."""
        for action in self._actions:
            if action.default is not None and action.dest == dest:
                return action.default
        return self._defaults.get(dest)

    def add_argument(self, *args, **kwargs):
        """Add an argument and return its Action.

        args: one name for a positional argument; for an option all its names, with dashes.
        action: what to do with it: 'store' (default), 'store_const', 'store_true', 'store_false', 'append',
        'append_const', 'extend', 'count', 'help', 'version', or a subclass of Action.
        The other keywords are those of Action.  Raises ValueError, TypeError, ArgumentError.
        """
        if args and (len(args) > 1 or args[0][0] in self.prefix_chars):
            settings = self._get_optional_kwargs(*args, **kwargs)
        else:
            if args and 'dest' in kwargs:
                raise ValueError('dest supplied twice for positional argument')
            settings = self._get_positional_kwargs(*args, **kwargs)
        if 'default' not in settings:
            dest = settings['dest']
            if dest in self._defaults:
                settings['default'] = self._defaults[dest]
            elif self.argument_default is not None:
                settings['default'] = self.argument_default

        action_class = self._pop_action_class(settings)
        if not callable(action_class):
            raise ValueError('unknown action "%s"' % (action_class,))
        action = action_class(**settings)
        convert = self._registry_get('type', action.type, action.type)
        if not callable(convert):
            raise ValueError('%r is not callable' % (convert,))
        if convert is FileType:
            raise ValueError('%r is a FileType class object, instance of it must be passed' % (convert,))
        if hasattr(self, '_get_formatter'):
            # What the help cannot show is wrong.
            try:
                self._get_formatter()._format_args(action, None)
            except TypeError:
                raise ValueError('length of metavar tuple does not match nargs')
        return self._add_action(action)

    def add_argument_group(self, *args, **kwargs):
        """Add a group, title= and description=, whose arguments stand together in the help; return it."""
        made = _ArgumentGroup(self, *args, **kwargs)
        self._action_groups.append(made)
        return made

    def add_mutually_exclusive_group(self, **kwargs):
        """Add a group of which one argument at most may be given (required=True: exactly one); return it."""
        made = _MutuallyExclusiveGroup(self, **kwargs)
        self._mutually_exclusive_groups.append(made)
        return made

    def _add_action(self, action):
        self._check_conflict(action)
        self._actions.append(action)
        action.container = self
        for name in action.option_strings:
            self._option_string_actions[name] = action
            if self._negative_number_matcher.match(name) and not self._has_negative_number_optionals:
                self._has_negative_number_optionals.append(True)
        return action

    def _remove_action(self, action):
        self._actions.remove(action)

    def _add_container_actions(self, container):
        """Add all arguments of another container, in groups of the same names."""
        own_groups = {}
        for group in self._action_groups:
            if group.title in own_groups:
                raise ValueError(_('cannot merge actions - two groups are named %r') % (group.title,))
            own_groups[group.title] = group
        target = {}
        for group in container._action_groups:
            if group.title not in own_groups:
                own_groups[group.title] = self.add_argument_group(
                    title=group.title, description=group.description, conflict_handler=group.conflict_handler)
            target.update(dict.fromkeys(group._group_actions, own_groups[group.title]))
        for group in container._mutually_exclusive_groups:
            copied = self.add_mutually_exclusive_group(required=group.required)
            target.update(dict.fromkeys(group._group_actions, copied))
        for action in container._actions:
            target.get(action, self)._add_action(action)

    def _get_positional_kwargs(self, dest, **kwargs):
        if 'required' in kwargs:
            raise TypeError(_("'required' is an invalid argument for positionals"))
        nargs = kwargs.get('nargs')
        # It has to be given if it takes a string at least, or has no default to stand for it.
        if nargs != OPTIONAL and (nargs != ZERO_OR_MORE or 'default' not in kwargs):
            kwargs['required'] = True
        kwargs.update(dest=dest, option_strings=[])
        return kwargs

    def _get_optional_kwargs(self, *args, **kwargs):
        for name in args:
            if name[0] not in self.prefix_chars:
                raise ValueError(_('invalid option string %(option)r: must start with a character %(prefix_chars)r')
                                 % {'option': name, 'prefix_chars': self.prefix_chars})
        dest = kwargs.pop('dest', None)
        if dest is None:
            # Named after the first long name, or else the first.
            long_names = [name for name in args if name[1:2] and name[1] in self.prefix_chars]
            naming = (long_names or args)[0]
            dest = naming.lstrip(self.prefix_chars).replace('-', '_')
            if not dest:
                raise ValueError(_('dest= is required for options like %r') % naming)
        kwargs.update(dest=dest, option_strings=list(args))
        return kwargs

    def _pop_action_class(self, kwargs, default=None):
        name = kwargs.pop('action', default)
        return self._registry_get('action', name, name)

    def _get_handler(self):
        """The method for options of the same name, by the setting conflict_handler."""
        try:
            return getattr(self, '_handle_conflict_' + self.conflict_handler)
        except AttributeError:
            raise ValueError(_('invalid conflict_resolution value: %r') % self.conflict_handler)

    def _check_conflict(self, action):
        taken = [(name, self._option_string_actions[name]) for name in action.option_strings
                 if name in self._option_string_actions]
        if taken:
            self._get_handler()(action, taken)

    def _handle_conflict_error(self, action, conflicting_actions):
        message = ngettext('conflicting option string: %s', 'conflicting option strings: %s',
                           len(conflicting_actions))
        raise ArgumentError(action, message % ', '.join(name for name, _action in conflicting_actions))

    def _handle_conflict_resolve(self, action, conflicting_actions):
        # The older ones lose the names; without names they go.
        for name, older in conflicting_actions:
            older.option_strings.remove(name)
            self._option_string_actions.pop(name, None)
            if not older.option_strings:
                older.container._remove_action(older)


class _ArgumentGroup(_ActionsContainer):
    """Arguments that stand together in the help; they belong to the container, too."""

    def __init__(self, container, title=None, description=None, **kwargs):
        for setting in ('conflict_handler', 'prefix_chars', 'argument_default'):
            kwargs.setdefault(setting, getattr(container, setting))
        super().__init__(description=description, **kwargs)
        self.title, self._group_actions = title, []
        for shared in ('_registries', '_actions', '_option_string_actions', '_defaults',
                       '_has_negative_number_optionals', '_mutually_exclusive_groups'):
            setattr(self, shared, getattr(container, shared))

    def _add_action(self, action):
        added = super()._add_action(action)
        self._group_actions.append(added)
        return added

    def _remove_action(self, action):
        super()._remove_action(action)
        self._group_actions.remove(action)


class _MutuallyExclusiveGroup(_ArgumentGroup):
    """Arguments of which one at most may be given; the help shows them with the container's others."""

    def __init__(self, container, required=False):
        super().__init__(container)
        self.required, self._container = required, container

    def _add_action(self, action):
        if action.required:
            raise ValueError(_('mutually exclusive arguments must be optional'))
        added = self._container._add_action(action)
        self._group_actions.append(added)
        return added

    def _remove_action(self, action):
        self._container._remove_action(action)
        self._group_actions.remove(action)


# --- The parser -----------------------------------------------------------------------------------

class _Parse(object):
    """One run over a command line: which strings were used, which arguments were met."""

    def __init__(self, parser, strings, namespace):
        self.parser, self.strings, self.namespace = parser, strings, namespace
        self.seen, self.seen_with_value = set(), set()
        self.unknown = []
        self.positionals = parser._get_positional_actions()
        # index -> what _parse_optional() says of the string there
        self.options = {}
        self.pattern = self._picture()
        self.excluded = {}
        for group in parser._mutually_exclusive_groups:
            for action in group._group_actions:
                others = [other for other in group._group_actions if other is not action]
                self.excluded.setdefault(action, []).extend(others)

    def _picture(self):
        """The command line with a letter for each string."""
        letters = []
        for index, string in enumerate(self.strings):
            if string == '--':
                # Behind it nothing is an option.
                letters.append('-' + 'A' * (len(self.strings) - index - 1))
                break
            option = self.parser._parse_optional(string)
            if option is not None:
                self.options[index] = option
            letters.append('A' if option is None else 'O')
        return ''.join(letters)

    def take(self, action, strings, option_string=None):
        """Call an action with the values of its strings."""
        self.seen.add(action)
        values = self.parser._get_values(action, strings)
        if values is not action.default:
            # Defaults do not count as given.
            self.seen_with_value.add(action)
            for other in self.excluded.get(action, ()):
                if other in self.seen_with_value:
                    raise ArgumentError(action, _('not allowed with argument %s') % _get_action_name(other))
        if values is not SUPPRESS:
            action(self.parser, self.namespace, values, option_string)

    def take_option(self, index):
        """Take the option at an index, with its values; return the index behind them."""
        action, name, attached = self.options[index]
        if action is None:
            self.unknown.append(self.strings[index])
            return index + 1
        # Letters joined behind one dash are several actions; they are called when all of them are known.
        found = []
        while attached is not None:
            count = self.parser._match_argument(action, 'A')
            if count == 1:
                found.append((action, [attached], name))
                break
            letter = name[0] + attached[:1]
            if count or name[1] in self.parser.prefix_chars or letter not in self.parser._option_string_actions:
                raise ArgumentError(action, _('ignored explicit argument %r') % attached)
            found.append((action, [], name))
            action, name, attached = self.parser._option_string_actions[letter], letter, attached[1:] or None
        end = index + 1
        if attached is None:
            end += self.parser._match_argument(action, self.pattern[end:])
            found.append((action, self.strings[index + 1:end], name))
        for item in found:
            self.take(*item)
        return end

    def take_positionals(self, index):
        """Take as many positional arguments as the strings from an index on are enough for; return the new index."""
        counts = self.parser._match_arguments_partial(self.positionals, self.pattern[index:])
        ready = self.positionals[:len(counts)]
        for action, count in zip(ready, counts):
            strings, index = self.strings[index:index + count], index + count
            self.take(action, strings)
        del self.positionals[:len(counts)]
        return index

    def run(self):
        """Take everything; the strings that nobody wants are in `unknown`."""
        index = 0
        while self.options and index <= max(self.options):
            following = min(place for place in self.options if place >= index)
            if index != following:
                behind = self.take_positionals(index)
                if behind > index:
                    index = behind
                    continue
            # No positional argument can use what lies before the option.
            self.unknown += self.strings[index:following]
            index = self.take_option(following)
        index = self.take_positionals(index)
        self.unknown += self.strings[index:]

    def check(self):
        """Set defaults that are text through their types; complain of what is missing."""
        missing = []
        for action in self.parser._actions:
            if action in self.seen:
                continue
            if action.required:
                missing.append(_get_action_name(action))
            elif isinstance(action.default, str) and getattr(self.namespace, action.dest, None) is action.default:
                # Only now, so that it is not converted for nothing, and only if it still is the default.
                setattr(self.namespace, action.dest, self.parser._get_value(action, action.default))
        if missing:
            self.parser.error(_('the following arguments are required: %s') % ', '.join(missing))
        for group in self.parser._mutually_exclusive_groups:
            if group.required and self.seen_with_value.isdisjoint(group._group_actions):
                names = [_get_action_name(action) for action in group._group_actions if action.help is not SUPPRESS]
                self.parser.error(_('one of the arguments %s is required') % ' '.join(names))


class ArgumentParser(_AttributeHolder, _ActionsContainer):
    """Parses command lines.

    prog: the program's name (default: that of the script).  usage: text instead of the usage made from the arguments.
    description, epilog: text before and behind the arguments in the help.  parents: parsers whose arguments this one
    has, too.  formatter_class: writes the help.  prefix_chars: what options begin with.  fromfile_prefix_chars: what
    arguments begin with that name files of further arguments.  argument_default: default of all arguments.
    conflict_handler: 'error' or 'resolve', for options of the same name.  add_help: add -h and --help.
    allow_abbrev: let long options be shortened.
    """

    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=[], formatter_class=HelpFormatter,
                 prefix_chars='-', fromfile_prefix_chars=None, argument_default=None, conflict_handler='error',
                 add_help=True, allow_abbrev=True):
        _ActionsContainer.__init__(self, description, prefix_chars, argument_default, conflict_handler)
        self.prog = _os.path.basename(_sys.argv[0]) if prog is None else prog
        self.usage, self.epilog, self.formatter_class = usage, epilog, formatter_class
        self.fromfile_prefix_chars, self.add_help, self.allow_abbrev = fromfile_prefix_chars, add_help, allow_abbrev
        self._positionals = self.add_argument_group(_('positional arguments'))
        self._optionals = self.add_argument_group(_('optional arguments'))
        self._subparsers = None

        def identity(string):
            return string
        self.register('type', None, identity)
        if add_help:
            dash = '-' if '-' in prefix_chars else prefix_chars[0]
            self.add_argument(dash + 'h', dash * 2 + 'help', action='help', default=SUPPRESS,
                              help=_('show this help message and exit'))
        for parent in parents:
            self._add_container_actions(parent)
            self._defaults.update(getattr(parent, '_defaults', {}))

    def _get_kwargs(self):
        shown = 'prog usage description formatter_class conflict_handler add_help'
        return [(name, getattr(self, name)) for name in shown.split()]

    # Arguments.

    def add_subparsers(self, **kwargs):
        """Add subcommands, once; return the action whose add_parser() adds each of them.

        title, description: of a group of their own in the help.  prog: what stands before their names in usages.
        parser_class: class of their parsers.  dest, required, help, metavar: as for arguments.
        """
        if self._subparsers is not None:
            self.error(_('cannot have multiple subparser arguments'))
        kwargs.setdefault('parser_class', type(self))
        self._subparsers = self._positionals
        if 'title' in kwargs or 'description' in kwargs:
            title, description = kwargs.pop('title', 'subcommands'), kwargs.pop('description', None)
            self._subparsers = self.add_argument_group(_(title), _(description))
        if kwargs.get('prog') is None:
            # The usage up to here is what a user types before the subcommand.
            formatter = self._get_formatter()
            formatter.add_usage(self.usage, self._get_positional_actions(), self._mutually_exclusive_groups, '')
            kwargs['prog'] = formatter.format_help().strip()
        action = self._pop_action_class(kwargs, 'parsers')(option_strings=[], **kwargs)
        self._subparsers._add_action(action)
        return action

    def _add_action(self, action):
        (self._optionals if action.option_strings else self._positionals)._add_action(action)
        return action

    def _get_optional_actions(self):
        return list(filter(_is_optional, self._actions))

    def _get_positional_actions(self):
        return [action for action in self._actions if not _is_optional(action)]

    # Parsing.

    def parse_args(self, args=None, namespace=None):
        """Parse a command line and return the object with the values; print an error and exit if that fails.

        args: a list of text, sys.argv[1:] by default.  namespace: the object to set, by default a new Namespace.
        """
        result, unknown = self.parse_known_args(args, namespace)
        if unknown:
            self.error(_('unrecognized arguments: %s') % ' '.join(unknown))
        return result

    def parse_known_args(self, args=None, namespace=None):
        """As parse_args(), but return (values, list of the strings that nobody wants)."""
        strings = list(_sys.argv[1:] if args is None else args)
        if namespace is None:
            namespace = Namespace()
        for action in self._actions:
            if action.dest is not SUPPRESS and action.default is not SUPPRESS and not hasattr(namespace, action.dest):
                setattr(namespace, action.dest, action.default)
        for dest, value in self._defaults.items():
            if not hasattr(namespace, dest):
                setattr(namespace, dest, value)
        try:
            namespace, unknown = self._parse_known_args(strings, namespace)
        except ArgumentError as problem:
            self.error(str(problem))
        # What the parsers of subcommands left over.
        if hasattr(namespace, _UNRECOGNIZED_ARGS_ATTR):
            unknown.extend(getattr(namespace, _UNRECOGNIZED_ARGS_ATTR))
            delattr(namespace, _UNRECOGNIZED_ARGS_ATTR)
        return namespace, unknown

    def _parse_known_args(self, arg_strings, namespace):
        if self.fromfile_prefix_chars is not None:
            arg_strings = self._read_args_from_files(arg_strings)
        parse = _Parse(self, arg_strings, namespace)
        parse.run()
        parse.check()
        return namespace, parse.unknown

    def _read_args_from_files(self, arg_strings):
        result = []
        for string in arg_strings:
            if not string or string[0] not in self.fromfile_prefix_chars:
                result.append(string)
                continue
            try:
                with open(string[1:]) as file:
                    inside = [arg for line in file.read().splitlines() for arg in self.convert_arg_line_to_args(line)]
                    # Files may name files.
                    result += self._read_args_from_files(inside)
            except OSError as problem:
                self.error(str(problem))
        return result

    def convert_arg_line_to_args(self, arg_line):
        """Return the arguments in a line of a file of arguments; may be redefined."""
        return [arg_line]

    def _match_argument(self, action, arg_strings_pattern):
        """How many strings an action takes, given their picture.  Raises ArgumentError if they do not fit."""
        found = _re.match(self._get_nargs_pattern(action), arg_strings_pattern)
        if found is not None:
            return len(found.group(1))
        nargs = action.nargs
        if nargs is None:
            message = _('expected one argument')
        elif nargs == OPTIONAL:
            message = _('expected at most one argument')
        elif nargs == ONE_OR_MORE:
            message = _('expected at least one argument')
        else:
            message = ngettext('expected %s argument', 'expected %s arguments', nargs) % nargs
        raise ArgumentError(action, message)

    def _match_arguments_partial(self, actions, arg_strings_pattern):
        """How many strings each of the first actions takes, for as many of them as possible."""
        patterns = [self._get_nargs_pattern(action) for action in actions]
        while patterns:
            found = _re.match(''.join(patterns), arg_strings_pattern)
            if found is not None:
                return [len(taken) for taken in found.groups()]
            patterns.pop()
        return []

    def _parse_optional(self, arg_string):
        """None if a string is no option; else (action or None, the option's name, value attached or None)."""
        if not arg_string or arg_string[0] not in self.prefix_chars:
            return None
        known = self._option_string_actions
        if arg_string in known:
            return known[arg_string], arg_string, None
        if len(arg_string) == 1:
            return None
        name, equals, value = arg_string.partition('=')
        if equals and name in known:
            return known[name], name, value
        possible = self._get_option_tuples(arg_string)
        if len(possible) == 1:
            return possible[0]
        if possible:
            self.error(_('ambiguous option: %(option)s could match %(matches)s') % {
                'option': arg_string, 'matches': ', '.join(item[1] for item in possible)})
        # A number is a value unless options look like numbers; what has blanks in it was quoted.
        if self._negative_number_matcher.match(arg_string) and not self._has_negative_number_optionals:
            return None
        if ' ' in arg_string:
            return None
        return None, arg_string, None

    def _get_option_tuples(self, option_string):
        """What a string may mean as a shortened long option or as a short option with its value behind it."""
        if option_string[0] not in self.prefix_chars:
            self.error(_('unexpected option string: %s') % option_string)
            return []
        known = self._option_string_actions
        if option_string[1] in self.prefix_chars:
            if not self.allow_abbrev:
                return []
            begin, equals, value = option_string.partition('=')
            return [(known[name], name, value if equals else None) for name in known if name.startswith(begin)]
        letter, value = option_string[:2], option_string[2:]
        return [(known[name], name, value if name == letter else None)
                for name in known if name == letter or name.startswith(option_string)]

    # Patterns over the picture; "--" may stand anywhere among positional arguments.
    _NARGS_PATTERNS = {None: '(-*A-*)', OPTIONAL: '(-*A?-*)', ZERO_OR_MORE: '(-*[A-]*)', ONE_OR_MORE: '(-*A[A-]*)',
                       REMAINDER: '([-AO]*)', PARSER: '(-*A[-AO]*)', SUPPRESS: '(-*-*)'}

    def _get_nargs_pattern(self, action):
        pattern = self._NARGS_PATTERNS.get(action.nargs)
        if pattern is None:
            pattern = '(-*%s-*)' % '-*'.join('A' * action.nargs)
        if action.option_strings:
            # The values of options do not skip "--".
            pattern = pattern.replace('-*', '').replace('-', '')
        return pattern

    # Parsing with options among the positional arguments.

    def parse_intermixed_args(self, args=None, namespace=None):
        """As parse_args(), with the positional arguments gathered from everywhere between the options.

        Raises TypeError for parsers with subcommands, REMAINDER, or positional arguments in exclusive groups.
        """
        result, unknown = self.parse_known_intermixed_args(args, namespace)
        if unknown:
            self.error(_('unrecognized arguments: %s') % ' '.join(unknown))
        return result

    def parse_known_intermixed_args(self, args=None, namespace=None):
        """As parse_intermixed_args(), but return (values, list of the strings that nobody wants)."""
        positionals = self._get_positional_actions()
        for action in positionals:
            if action.nargs in (PARSER, REMAINDER):
                raise TypeError('parse_intermixed_args: positional arg with nargs=%s' % action.nargs)
        groups = self._mutually_exclusive_groups
        if any(action in group._group_actions for group in groups for action in positionals):
            raise TypeError('parse_intermixed_args: positional in mutuallyExclusiveGroup')

        usage = self.usage
        try:
            if usage is None:
                # Both runs shall show the same usage.
                self.usage = self.format_usage()[len('usage: '):]
            # First the options, while positional arguments take nothing.
            with _Changed(positionals, nargs=SUPPRESS, default=SUPPRESS):
                namespace, rest = self.parse_known_args(args, namespace)
                for action in positionals:
                    if getattr(namespace, action.dest, None) == []:
                        from warnings import warn
                        warn('Do not expect %s in %s' % (action.dest, namespace))
                        delattr(namespace, action.dest)
            # Then the rest, while nothing requires options.
            with _Changed(self._get_optional_actions() + groups, required=False):
                return self.parse_known_args(rest, namespace)
        finally:
            self.usage = usage

    # Values.

    def _get_values(self, action, arg_strings):
        nargs = action.nargs
        if nargs not in (PARSER, REMAINDER) and '--' in arg_strings:
            arg_strings.remove('--')
        positional = not action.option_strings
        if not arg_strings and nargs == OPTIONAL:
            value = action.default if positional else action.const
            if isinstance(value, str):
                value = self._get_value(action, value)
                self._check_value(action, value)
        elif not arg_strings and nargs == ZERO_OR_MORE and positional:
            value = arg_strings if action.default is None else action.default
            self._check_value(action, value)
        elif len(arg_strings) == 1 and nargs in (None, OPTIONAL):
            value = self._get_value(action, arg_strings[0])
            self._check_value(action, value)
        elif nargs == SUPPRESS:
            value = SUPPRESS
        else:
            value = [self._get_value(action, string) for string in arg_strings]
            # Of a subcommand its name is checked, of a remainder nothing.
            for item in value[:1] if nargs == PARSER else () if nargs == REMAINDER else value:
                self._check_value(action, item)
        return value

    def _get_value(self, action, arg_string):
        """One string as the value that the action's type makes of it.  Raises ArgumentError."""
        convert = self._registry_get('type', action.type, action.type)
        if not callable(convert):
            raise ArgumentError(action, _('%r is not callable') % (convert,))
        try:
            return convert(arg_string)
        except ArgumentTypeError as problem:
            raise ArgumentError(action, str(problem))
        except (TypeError, ValueError):
            raise ArgumentError(action, _('invalid %(type)s value: %(value)r') % {
                'type': getattr(action.type, '__name__', repr(action.type)), 'value': arg_string})

    def _check_value(self, action, value):
        if action.choices is not None and value not in action.choices:
            raise ArgumentError(action, _('invalid choice: %(value)r (choose from %(choices)s)') % {
                'value': value, 'choices': ', '.join(map(repr, action.choices))})

    # Help and messages.

    def format_usage(self):
        """Return the usage."""
        writer = self._get_formatter()
        writer.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        return writer.format_help()

    def format_help(self):
        """Return the help."""
        writer = self._get_formatter()
        writer.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        writer.add_text(self.description)
        for group in self._action_groups:
            writer.start_section(group.title)
            writer.add_text(group.description)
            writer.add_arguments(group._group_actions)
            writer.end_section()
        writer.add_text(self.epilog)
        return writer.format_help()

    def _get_formatter(self):
        return self.formatter_class(prog=self.prog)

    def print_usage(self, file=None):
        """Print the usage, to standard output by default."""
        self._print_message(self.format_usage(), _sys.stdout if file is None else file)

    def print_help(self, file=None):
        """Print the help, to standard output by default."""
        self._print_message(self.format_help(), _sys.stdout if file is None else file)

    def _print_message(self, message, file=None):
        if message:
            (_sys.stderr if file is None else file).write(message)

    def exit(self, status=0, message=None):
        """Leave the program, with a message on standard error; may be redefined."""
        if message:
            self._print_message(message, _sys.stderr)
        _sys.exit(status)

    def error(self, message):
        """Print the usage and a message to standard error and leave the program with status 2; may be redefined.

        It should not return: parsing cannot go on.
        """
        self.print_usage(_sys.stderr)
        self.exit(2, _('%(prog)s: error: %(message)s\n') % {'prog': self.prog, 'message': message})


class _Changed(object):
    """Context manager: attributes of some objects have other values for a time."""

    def __init__(self, objects, **values):
        self.objects, self.values = objects, values

    def __enter__(self):
        self.saved = [(item, name, getattr(item, name)) for item in self.objects for name in self.values]
        for item, name, _before in self.saved:
            setattr(item, name, self.values[name])

    def __exit__(self, *exc_info):
        for item, name, before in self.saved:
            setattr(item, name, before)
