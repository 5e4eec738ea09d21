# SPDX-License-Identifier: MIT
"""Comma-separated values and their relatives.

reader and writer, from the native _csv, turn lines into lists of str and back,
as a dialect says; DictReader and DictWriter do it with dicts; Sniffer guesses
the dialect of a sample.

    with open('eggs.csv', newline='') as f:
        for row in csv.reader(f):
            print(row)

A dialect is the name of a registered one, a Dialect class or instance, or
options given to reader() and writer() directly: delimiter, doublequote,
escapechar, lineterminator, quotechar, quoting (one of the QUOTE_ constants),
skipinitialspace, strict.
"""
import re
from io import StringIO
from _csv import (Error, Dialect as _Dialect, QUOTE_ALL, QUOTE_MINIMAL, QUOTE_NONE, QUOTE_NONNUMERIC, __doc__,
                  __version__, field_size_limit, get_dialect, list_dialects, reader, register_dialect,
                  unregister_dialect, writer)

__all__ = ['QUOTE_MINIMAL', 'QUOTE_ALL', 'QUOTE_NONNUMERIC', 'QUOTE_NONE', 'Error', 'Dialect', '__doc__', 'excel',
           'excel_tab', 'field_size_limit', 'reader', 'writer', 'register_dialect', 'get_dialect', 'list_dialects',
           'Sniffer', 'unregister_dialect', '__version__', 'DictReader', 'DictWriter', 'unix_dialect']


class Dialect:
    """Base of dialects written as classes: subclasses set the attributes; an instance checks them."""
    _name = ''
    _valid = False
    # What is None here has to be set, or left to _csv's default.
    delimiter = quotechar = escapechar = doublequote = skipinitialspace = lineterminator = quoting = None

    def __init__(self):
        if self.__class__ is not Dialect:
            self._valid = True
        self._validate()

    def _validate(self):
        try:
            _Dialect(self)
        except TypeError as error:
            raise Error(str(error))


class excel(Dialect):
    """What Excel writes: commas, quotes where needed, lines that end in CR LF."""
    delimiter, quotechar, lineterminator = ',', '"', '\r\n'
    doublequote, skipinitialspace = True, False
    quoting = QUOTE_MINIMAL


class excel_tab(excel):
    """excel with tabs between the fields."""
    delimiter = '\t'


class unix_dialect(Dialect):
    """What Unix programs write: commas, quotes around all fields, lines that end in LF."""
    delimiter, quotechar, lineterminator = ',', '"', '\n'
    doublequote, skipinitialspace = True, False
    quoting = QUOTE_ALL


for _dialect_name, _dialect in ('excel', excel), ('excel-tab', excel_tab), ('unix', unix_dialect):
    register_dialect(_dialect_name, _dialect)
del _dialect_name, _dialect


class DictReader:
    """Rows as dicts.

    f           an iterable of lines
    fieldnames  the keys; None for those in the first row
    restkey     key for a list of the fields beyond the keys
    restval     value for the keys beyond the fields
    The rest goes to reader().  Empty rows are left out.
    """

    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect='excel', *args, **kwds):
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect = dialect
        self.line_num = 0           # lines read so far
        self._fieldnames = fieldnames
        self.restkey, self.restval = restkey, restval

    def __iter__(self):
        return self

    @property
    def fieldnames(self):
        """The keys; read from the first row, if they were not given. None if there is no row."""
        if self._fieldnames is None:
            self._fieldnames = next(self.reader, None)
        self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __next__(self):
        if not self.line_num:
            self.fieldnames     # takes the first row
        row = next(self.reader)
        self.line_num = self.reader.line_num
        while not row:
            row = next(self.reader)
        names = self.fieldnames
        result = dict(zip(names, row))
        extra = len(row) - len(names)
        if extra > 0:
            result[self.restkey] = row[len(names):]
        elif extra:
            result.update(dict.fromkeys(names[len(row):], self.restval))
        return result


class DictWriter:
    """Writes dicts as rows.

    f             an object with write()
    fieldnames    the keys, in the order of the columns
    restval       what to write for keys that a dict lacks
    extrasaction  'raise' ValueError for keys that are none of fieldnames, or
                  'ignore' them
    The rest goes to writer().
    """

    def __init__(self, f, fieldnames, restval='', extrasaction='raise', dialect='excel', *args, **kwds):
        if extrasaction.lower() not in ('raise', 'ignore'):
            raise ValueError(f"extrasaction ({extrasaction}) must be 'raise' or 'ignore'")
        self.extrasaction = extrasaction
        self.restval, self.fieldnames = restval, fieldnames
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        """Write the row of keys."""
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _dict_to_list(self, rowdict):
        if self.extrasaction == 'raise':
            unknown = rowdict.keys() - self.fieldnames
            if unknown:
                raise ValueError('dict contains fields not in fieldnames: ' + ', '.join(map(repr, unknown)))
        return (rowdict.get(name, self.restval) for name in self.fieldnames)

    def writerow(self, rowdict):
        """Write one dict."""
        return self.writer.writerow(self._dict_to_list(rowdict))

    def writerows(self, rowdicts):
        """Write each dict of an iterable."""
        return self.writer.writerows(map(self._dict_to_list, rowdicts))


class Sniffer:
    """Guesses, from a sample, what dialect a file is in, and whether its first row names the columns."""

    def __init__(self):
        # Which delimiter to take if several fit.
        self.preferred = [',', '\t', ';', ' ', ':']

    def sniff(self, sample, delimiters=None):
        """Return a Dialect class that fits the sample, a str; its delimiter one of delimiters, if given.

        Raises Error if no delimiter can be found.
        """
        quotechar, doublequote, delimiter, skipinitialspace = self._guess_quote_and_delimiter(sample, delimiters)
        if not delimiter:
            delimiter, skipinitialspace = self._guess_delimiter(sample, delimiters)
        if not delimiter:
            raise Error('Could not determine delimiter')
        values = {'_name': 'sniffed', 'lineterminator': '\r\n', 'quoting': QUOTE_MINIMAL, 'doublequote': doublequote,
                  'delimiter': delimiter, 'quotechar': quotechar or '"', 'skipinitialspace': skipinitialspace}
        return type('dialect', (Dialect,), values)

    # A quoted field and what is around it: between two delimiters, at the
    # start of a line, at its end, or a line of its own.
    _QUOTED = [re.compile(pattern, re.DOTALL | re.MULTILINE) for pattern in (
        r'(?P<delim>[^\w\n"\'])(?P<space> ?)(?P<quote>["\']).*?(?P=quote)(?P=delim)',
        r'(?:^|\n)(?P<quote>["\']).*?(?P=quote)(?P<delim>[^\w\n"\'])(?P<space> ?)',
        r'(?P<delim>[^\w\n"\'])(?P<space> ?)(?P<quote>["\']).*?(?P=quote)(?:$|\n)',
        r'(?:^|\n)(?P<quote>["\']).*?(?P=quote)(?:$|\n)')]

    def _guess_quote_and_delimiter(self, data, delimiters):
        """Judge by the fields in quotes: return (quotechar, doublequote, delimiter, skipinitialspace).

        All of them are empty if nothing is quoted.
        """
        for pattern in self._QUOTED:
            fields = [found.groupdict() for found in pattern.finditer(data)]
            if fields:
                break
        else:
            return '', False, None, 0
        quotes, delims, spaces = {}, {}, 0
        for field in fields:
            quotes[field['quote']] = quotes.get(field['quote'], 0) + 1
            delim = field.get('delim')
            if delim and (delimiters is None or delim in delimiters):
                delims[delim] = delims.get(delim, 0) + 1
            spaces += bool(field.get('space'))
        quote = max(quotes, key=quotes.get)
        delim = max(delims, key=delims.get, default='')
        skip = bool(delim) and delims[delim] == spaces
        if delim == '\n':
            delim = ''          # one column, all of it quoted
        mark, around = re.escape(quote), re.escape(delim)
        # A field with a quote character inside it that is written twice.
        doubled = re.search(rf'(({around})|^)\W*{mark}[^{around}\n]*{mark}[^{around}\n]*{mark}\W*(({around})|$)', data,
                            re.MULTILINE)
        return quote, bool(doubled), delim, skip

    def _guess_delimiter(self, data, delimiters):
        """Judge by how often each ASCII character occurs a line: return (delimiter, skipinitialspace).

        A delimiter occurs equally often in nearly all lines.  Lines are taken
        ten at a time until, demanding less and less, one character fits.
        """
        lines = [line for line in data.split('\n') if line]
        tables = {}             # character -> {occurrences in a line: lines}
        seen = 0
        fitting = {}
        for begin in range(0, len(lines), 10):
            chunk = lines[begin:begin + 10]
            seen += len(chunk)
            for line in chunk:
                for code in range(127):
                    char = chr(code)
                    table = tables.setdefault(char, {})
                    times = line.count(char)
                    table[times] = table.get(times, 0) + 1
            fitting = self._steady(tables, seen, len(chunk) + begin, delimiters)
            if len(fitting) == 1:
                delim = next(iter(fitting))
                return delim, self._space_follows(lines[0], delim)
        if not fitting:
            return '', 0
        for delim in self.preferred:
            if delim in fitting:
                return delim, self._space_follows(lines[0], delim)
        # Nothing preferred: the most frequent.
        delim = max(fitting, key=lambda char: (fitting[char], char))
        return delim, self._space_follows(lines[0], delim)

    @staticmethod
    def _steady(tables, seen, total, delimiters):
        """Return {character: (occurrences, lines)} of those that occur equally often in enough lines."""
        modes = {}
        for char, table in tables.items():
            if len(table) == 1 and 0 in table:
                continue
            times = max(table, key=table.get)
            # Lines with another number count against it.
            modes[char] = times, table[times] - (sum(table.values()) - table[times])
        for percent in range(100, 89, -1):
            fitting = {char: mode for char, mode in modes.items()
                       if mode[0] > 0 and mode[1] > 0 and mode[1] / total >= percent / 100
                       and (delimiters is None or char in delimiters)}
            if fitting:
                return fitting
        return {}

    @staticmethod
    def _space_follows(line, delim):
        return line.count(delim) == line.count(delim + ' ')

    def has_header(self, sample):
        """Say whether the sample's first row looks like names of columns.

        Each column votes: for, if its values are all numbers or of one length
        and its first row is not so; against, if the first row is so too.
        """
        rows = reader(StringIO(sample), self.sniff(sample))
        header = next(rows)
        kinds = dict.fromkeys(range(len(header)))       # column -> complex, a length, or None
        for count, row in enumerate(rows):
            if count > 20:
                break
            if len(row) != len(header):
                continue
            for column in list(kinds):
                kind = _kind(row[column])
                if kinds[column] is None:
                    kinds[column] = kind
                elif kinds[column] != kind:
                    del kinds[column]                   # a column of mixed values says nothing
        votes = 0
        for column, kind in kinds.items():
            if isinstance(kind, int):
                votes += 1 if len(header[column]) != kind else -1
            else:       # without values: for
                votes += 1 if kind is None or _kind(header[column]) is not complex else -1
        return votes > 0


def _kind(value):
    """complex for what is a number, else the length."""
    try:
        complex(value)
    except (ValueError, OverflowError):
        return len(value)
    return complex
