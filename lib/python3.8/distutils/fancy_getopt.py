# SPDX-License-Identifier: MIT
"""Command line options by a table of (long name, letter or None, help), whose values become attributes.

A long name with "=" at its end takes a value.  A fourth item says that the option counts how often it is given.
"""

import getopt
import re
import sys

from distutils.errors import *

longopt_pat = r'[a-zA-Z](?:[a-zA-Z0-9-]*)'
longopt_re = re.compile(r'^%s$' % longopt_pat)
# "quiet=!verbose": an option that turns another one off.
neg_alias_re = re.compile('^(%s)=!(%s)$' % (longopt_pat, longopt_pat))
longopt_xlate = str.maketrans('-', '_')


class FancyGetopt:
    """Reads options by a table.  While it does, option_order keeps the pairs (name, value) as they come."""

    def __init__(self, option_table=None):
        self.option_table = option_table
        # long name -> row
        self.option_index = {}
        if option_table:
            self._build_index()
        self.alias, self.negative_alias = {}, {}
        # For the module getopt: letters, names, name by letter, letter by name; names, those that take values, those
        # that count.
        self.short_opts, self.long_opts, self.short2long, self.attr_name, self.takes_arg = [], [], {}, {}, {}
        self.repeat = {}
        self.option_order = []

    def _build_index(self):
        self.option_index = {row[0]: row for row in self.option_table}

    def set_option_table(self, option_table):
        """Set the table."""
        self.option_table = option_table
        self._build_index()

    def add_option(self, long_option, short_option=None, help_string=None):
        """Add a row to the table."""
        if long_option in self.option_index:
            raise DistutilsGetoptError("option conflict: already an option '%s'" % long_option)
        row = (long_option, short_option, help_string)
        self.option_table.append(row)
        self.option_index[long_option] = row

    def has_option(self, long_option):
        """Whether the table has a long name."""
        return long_option in self.option_index

    def get_attr_name(self, long_option):
        """Return the attribute for a long name."""
        return translate_longopt(long_option)

    def _check_alias_dict(self, aliases, what):
        for alias, option in aliases.items():
            if alias not in self.option_index:
                raise DistutilsGetoptError("invalid %s '%s': option '%s' not defined" % (what, alias, alias))
            if option not in self.option_index:
                raise DistutilsGetoptError("invalid %s '%s': aliased option '%s' not defined" % (what, alias, option))

    def set_aliases(self, alias):
        """Set other names: a dict to the names they stand for."""
        self._check_alias_dict(alias, 'alias')
        self.alias = alias

    def set_negative_aliases(self, negative_alias):
        """Set options that turn others off: a dict."""
        self._check_alias_dict(negative_alias, 'negative alias')
        self.negative_alias = negative_alias

    def _grok_option_table(self):
        """Check the table and prepare it for the module getopt."""
        self.long_opts, self.short_opts = [], []
        for attribute in ('short2long', 'repeat', 'takes_arg', 'attr_name'):
            setattr(self, attribute, {})
        for row in self.option_table:
            if len(row) not in (3, 4):
                # The table is wrong, not the command line.
                raise ValueError('invalid option tuple: %r' % (row,))
            long, short, _ = row[:3]
            if not isinstance(long, str) or len(long) < 2:
                raise DistutilsGetoptError("invalid long option '%s': must be a string of length >= 2" % long)
            if short is not None and not (isinstance(short, str) and len(short) == 1):
                raise DistutilsGetoptError("invalid short option '%s': must a single character or None" % short)
            self._add_row(long, short, row[3] if len(row) == 4 else 0)

    def _add_row(self, long, short, repeat):
        self.repeat[long] = repeat
        self.long_opts.append(long)
        takes = long.endswith('=')
        if takes:
            short = short + ':' if short else short
            long = long[:-1]
            if self.negative_alias.get(long) is not None:
                raise DistutilsGetoptError("invalid negative alias '%s': aliased option '%s' takes a value"
                                           % (self.negative_alias[long], long))
        else:
            turned = self.negative_alias.get(long)
            if turned is not None and self.takes_arg.get(turned):
                raise DistutilsGetoptError("invalid negative alias '%s': aliased option '%s' takes a value"
                                           % (long, turned))
        self.takes_arg[long] = int(takes)
        other = self.alias.get(long)
        if other is not None and self.takes_arg.get(other) != self.takes_arg[long]:
            raise DistutilsGetoptError("invalid alias '%s': inconsistent with aliased option '%s' (one of them takes "
                                       "a value, the other doesn't" % (long, other))
        if not longopt_re.match(long):
            raise DistutilsGetoptError("invalid long option name '%s' (must be letters, numbers, hyphens only" % long)
        self.attr_name[long] = self.get_attr_name(long)
        if short:
            self.short_opts.append(short)
            self.short2long[short[0]] = long

    def getopt(self, args=None, object=None):
        """Read options off args (sys.argv[1:]) and set attributes of object.

        Return the arguments left; without an object (arguments, new object).  Raises DistutilsArgError.
        """
        create = object is None
        if create:
            object = OptionDummy()
        if args is None:
            args = sys.argv[1:]
        self._grok_option_table()
        try:
            options, args = getopt.getopt(args, ' '.join(self.short_opts), self.long_opts)
        except getopt.error as problem:
            raise DistutilsArgError(problem)
        for name, value in options:
            self._take(object, name, value)
        return (args, object) if create else args

    def _take(self, object, name, value):
        if len(name) == 2:
            name = self.short2long[name[1]]
        else:
            name = name[2:]
        name = self.alias.get(name) or name
        if not self.takes_arg[name]:
            assert value == '', 'boolean option can\'t have value'
            turned = self.negative_alias.get(name)
            name, value = (turned, 0) if turned else (name, 1)
        attribute = self.attr_name[name]
        if value and self.repeat.get(name) is not None:
            # The rows' fourth item; only options that count have one above 0.
            if self.repeat[name]:
                value = getattr(object, attribute, 0) + 1
        setattr(object, attribute, value)
        self.option_order.append((name, value))

    def get_option_order(self):
        """Return the pairs (name, value) in the order of the command line."""
        if self.option_order is None:
            raise RuntimeError("'getopt()' hasn't been called yet")
        return self.option_order

    def generate_help(self, header=None):
        """Return the lines of a help text with all options."""
        width_of = []
        for row in self.option_table:
            name = row[0][:-1] if row[0].endswith('=') else row[0]
            width_of.append(len(name) + (5 if row[1] is not None else 0))
        column = max(width_of, default=0) + 2 + 2 + 2
        text_width = 78 - column
        lines = [header or 'Option summary:']
        for row in self.option_table:
            name = row[0][:-1] if row[0].endswith('=') else row[0]
            if row[1] is not None:
                name = '%s (-%s)' % (name, row[1])
            texts = wrap_text(row[2], text_width)
            begin = '  --%-*s' % (column - 6, name)
            lines.append('%s  %s' % (begin, texts[0]) if texts else begin)
            lines += [' ' * column + text for text in texts[1:]]
        return lines

    def print_help(self, header=None, file=None):
        """Print the help text."""
        file = sys.stdout if file is None else file
        for line in self.generate_help(header):
            file.write(line + '\n')


def fancy_getopt(options, negative_opt, object, args):
    """Read options by a table; negative_opt: those that turn others off."""
    parser = FancyGetopt(options)
    parser.set_negative_aliases(negative_opt)
    return parser.getopt(args, object)


WS_TRANS = {ord(blank): ' ' for blank in ' \t\n\r\v\f'}


def wrap_text(text, width):
    """Return text as lines of at most `width` columns; longer words are cut."""
    if text is None:
        return []
    if len(text) <= width:
        return [text]
    # Lines break at blanks and behind hyphens.
    pieces = [piece for piece in re.split('( +|-+)', text.expandtabs().translate(WS_TRANS)) if piece]
    lines, line = [], ''
    while pieces:
        if len(line) + len(pieces[0]) <= width:
            line += pieces.pop(0)
            continue
        if not line:
            line, pieces[0] = pieces[0][:width], pieces[0][width:]
        if pieces[0][0] == ' ':
            del pieces[0]
        lines.append(line.rstrip(' '))
        line = ''
    return lines + [line] if line else lines


def translate_longopt(opt):
    """Return the attribute for a long name: with underscores."""
    return opt.translate(longopt_xlate)


class OptionDummy:
    """Holds options as attributes."""

    def __init__(self, options=[]):
        for name in options:
            setattr(self, name, None)
