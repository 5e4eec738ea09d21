# SPDX-License-Identifier: MIT
"""Response headers as a mapping: Headers(list of pairs)."""

import re

# Signs that make quotes necessary.
tspecials = re.compile(r'[ ()<>@,;:\\"/\[\]?=]')


def _formatparam(param, value=None, quote=1):
    """Return 'param=value', the value quoted if quote is true or it has to be; only param without a value."""
    if value is None or value == '':
        return param
    if quote or tspecials.search(value):
        value = '"%s"' % value.replace('\\', '\\\\').replace('"', r'\"')
    return f'{param}={value}'


class Headers:
    """A mapping over a list of pairs, that is changed itself.

    Names have no case; one may come several times.  What is not there is None, and removing it does nothing.
    """

    def __init__(self, headers=None):
        headers = [] if headers is None else headers
        if type(headers) is not list:
            raise TypeError('Headers must be a list of name/value tuples')
        self._headers = headers
        if __debug__:
            for pair in headers:
                for text in pair:
                    self._convert_string_type(text)

    def _convert_string_type(self, value):
        """Return value, a str, or raise AssertionError."""
        if type(value) is str:
            return value
        raise AssertionError('Header names/values must be of type str (got {0})'.format(repr(value)))

    def __len__(self):
        return len(self._headers)

    def __setitem__(self, name, val):
        del self[name]
        self._headers.append((self._convert_string_type(name), self._convert_string_type(val)))

    def __delitem__(self, name):
        name = self._convert_string_type(name).lower()
        self._headers[:] = [pair for pair in self._headers if pair[0].lower() != name]

    def __getitem__(self, name):
        return self.get(name)

    def __contains__(self, name):
        return self.get(name) is not None

    def get_all(self, name):
        """Return the values of a header, a list."""
        name = self._convert_string_type(name).lower()
        return [value for key, value in self._headers if key.lower() == name]

    def get(self, name, default=None):
        """Return the first value of a header, or default."""
        return next(iter(self.get_all(name)), default)

    def keys(self):
        """Return the names, in their order."""
        return [name for name, _ in self._headers]

    def values(self):
        """Return the values, in their order."""
        return [value for _, value in self._headers]

    def items(self):
        """Return the pairs, in their order."""
        return self._headers[:]

    def __repr__(self):
        return f'{self.__class__.__name__}({self._headers!r})'

    def __str__(self):
        return '\r\n'.join([f'{name}: {value}' for name, value in self._headers] + ['', ''])

    def __bytes__(self):
        return str(self).encode('iso-8859-1')

    def setdefault(self, name, value):
        """Return the first value of a header; if there is none, set it to value."""
        found = self.get(name)
        if found is not None:
            return found
        self._headers.append((self._convert_string_type(name), self._convert_string_type(value)))
        return value

    def add_header(self, _name, _value, **_params):
        """Add a header with parameters: underscores in their names become dashes; None for no value.

        add_header('Content-Disposition', 'attachment', filename='a.gif')
        """
        parts = [] if _value is None else [self._convert_string_type(_value)]
        for name, value in _params.items():
            name = self._convert_string_type(name).replace('_', '-')
            parts.append(name if value is None else _formatparam(name, self._convert_string_type(value)))
        self._headers.append((self._convert_string_type(_name), '; '.join(parts)))
