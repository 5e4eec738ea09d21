# SPDX-License-Identifier: MIT
"""Sets of characters as strings, capwords(), and two ways of filling in texts: Template ($name) and Formatter ({})."""

__all__ = ['ascii_letters', 'ascii_lowercase', 'ascii_uppercase', 'capwords', 'digits', 'hexdigits', 'octdigits',
           'printable', 'punctuation', 'whitespace', 'Formatter', 'Template']

import re as _re
from collections import ChainMap as _ChainMap
import _string

ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = ascii_lowercase.upper()
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
octdigits = digits[:8]
hexdigits = digits + ascii_lowercase[:6] + ascii_uppercase[:6]
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
whitespace = ' \t\n\r\v\f'
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    """Capitalize the words of s, which sep separates.

    Without sep that is white space, which becomes single blanks and goes away at both ends.
    """
    words = [word.capitalize() for word in s.split(sep)]
    return (sep or ' ').join(words)


class _TemplateMetaclass(type):
    """Gives subclasses of Template a compiled pattern, from pattern if they define that, else from delimiter and
    idpattern."""

    pattern = r"""
    {delim}(?:
      (?P<escaped>{delim})  |   # twice: itself
      (?P<named>{name})     |   # a name
      {{(?P<braced>{inner})}} | # a name in braces
      (?P<invalid>)             # anything else
    )
    """

    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        pattern = namespace.get('pattern')
        if pattern is None:
            pattern = _TemplateMetaclass.pattern.format(delim=_re.escape(cls.delimiter), name=cls.idpattern,
                                                        inner=cls.braceidpattern or cls.idpattern)
        cls.pattern = _re.compile(pattern, cls.flags | _re.VERBOSE)


_no_mapping = {}


def _joined(mapping, kws):
    """Return one mapping of both, in which keywords win."""
    if mapping is _no_mapping:
        return kws
    return _ChainMap(kws, mapping) if kws else mapping


class Template(metaclass=_TemplateMetaclass):
    """A text with places $name or ${name} to fill in; $$ is one $.

    A subclass may set delimiter, idpattern (of names), braceidpattern (of names in braces), flags, or the whole
    pattern, with the groups escaped, named, braced and invalid.
    """

    delimiter = '$'
    # The lower and upper case letters; I adds characters like the dotless i, which (?a:) keeps out.
    idpattern = r'(?a:[_a-z][_a-z0-9]*)'
    braceidpattern = None
    flags = _re.IGNORECASE

    def __init__(self, template):
        self.template = template

    def _invalid(self, mo):
        at = mo.start('invalid')
        lines = self.template[:at].splitlines(keepends=True)
        column = at - len(''.join(lines[:-1])) if lines else 1
        raise ValueError('Invalid placeholder in string: line %d, col %d' % (len(lines) or 1, column))

    def _filled(self, value_of, on_invalid):
        """Return the text with value_of(match, name) at the places; on_invalid(match) is for a lone $."""
        def convert(mo):
            name = mo.group('named') or mo.group('braced')
            if name is not None:
                return value_of(mo, name)
            if mo.group('escaped') is not None:
                return self.delimiter
            if mo.group('invalid') is not None:
                return on_invalid(mo)
            raise ValueError('Unrecognized named group in pattern', self.pattern)
        return self.pattern.sub(convert, self.template)

    def substitute(self, mapping=_no_mapping, /, **kws):
        """Return the text filled in from a mapping and keyword arguments, which win.

        KeyError for a name without a value, ValueError for a $ without a name.
        """
        values = _joined(mapping, kws)
        return self._filled(lambda mo, name: str(values[name]), self._invalid)

    def safe_substitute(self, mapping=_no_mapping, /, **kws):
        """Like substitute(), but what cannot be filled in stays as it is."""
        values = _joined(mapping, kws)

        def value_of(mo, name):
            try:
                return str(values[name])
            except KeyError:
                return mo.group()
        return self._filled(value_of, lambda mo: mo.group())


class Formatter:
    """What str.format() does, in methods that a subclass can replace."""

    def format(self, format_string, /, *args, **kwargs):
        """Fill in format_string with the other arguments."""
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        """Like format(), with the arguments in a sequence and a mapping."""
        used_args = set()
        text = self._vformat(format_string, args, kwargs, used_args, 2)[0]
        self.check_unused_args(used_args, args, kwargs)
        return text

    def _vformat(self, format_string, args, kwargs, used_args, recursion_depth, auto_arg_index=0):
        """Return (text, next automatic index).  An index of False says that fields are numbered by hand."""
        if recursion_depth < 0:
            raise ValueError('Max string recursion exceeded')
        parts = []
        for literal, field_name, format_spec, conversion in self.parse(format_string):
            if literal:
                parts.append(literal)
            if field_name is None:
                continue
            if field_name == '':
                if auto_arg_index is False:
                    raise ValueError('cannot switch from manual field specification to automatic field numbering')
                field_name = str(auto_arg_index)
                auto_arg_index += 1
            elif field_name.isdigit():
                if auto_arg_index:
                    raise ValueError('cannot switch from manual field specification to automatic field numbering')
                auto_arg_index = False
            value, arg_used = self.get_field(field_name, args, kwargs)
            used_args.add(arg_used)
            value = self.convert_field(value, conversion)
            format_spec, auto_arg_index = self._vformat(format_spec, args, kwargs, used_args, recursion_depth - 1,
                                                        auto_arg_index=auto_arg_index)
            parts.append(self.format_field(value, format_spec))
        return ''.join(parts), auto_arg_index

    def get_value(self, key, args, kwargs):
        """Return the argument called key, an int for those in args and a str for those in kwargs."""
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        """Called at the end with the set of keys that have been used; may raise an exception."""

    def format_field(self, value, format_spec):
        """Return value formatted."""
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        """Return value after the conversion: None, 's', 'r' or 'a'."""
        if conversion is None:
            return value
        for letter, convert in (('s', str), ('r', repr), ('a', ascii)):
            if conversion == letter:
                return convert(value)
        raise ValueError('Unknown conversion specifier {0!s}'.format(conversion))

    def parse(self, format_string):
        """Iterate over (literal text, field name, format, conversion), the last three None for text at the end."""
        return _string.formatter_parser(format_string)

    def get_field(self, field_name, args, kwargs):
        """Return what a field name like "0.x[1]" means, and the key of the argument it begins with."""
        key, path = _string.formatter_field_name_split(field_name)
        value = self.get_value(key, args, kwargs)
        for is_attribute, name in path:
            value = getattr(value, name) if is_attribute else value[name]
        return value, key
