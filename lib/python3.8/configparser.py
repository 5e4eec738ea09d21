# SPDX-License-Identifier: MIT
"""Configuration files of sections and options.

    [DEFAULT]
    level = 1               ; options that every section has
    [server]
    host: example.org
    url = http://%(host)s/

ConfigParser reads and writes them: parser['server']['url'], parser.get(),
parser.set(), parser.write(file).  RawConfigParser does it without replacing
%(name)s.  Interpolation classes say what is replaced, and how.
"""
from collections.abc import MutableMapping
import itertools
import re

__all__ = ['NoSectionError', 'DuplicateOptionError', 'DuplicateSectionError', 'NoOptionError', 'InterpolationError',
           'InterpolationDepthError', 'InterpolationMissingOptionError', 'InterpolationSyntaxError', 'ParsingError',
           'MissingSectionHeaderError', 'ConfigParser', 'SafeConfigParser', 'RawConfigParser', 'Interpolation',
           'BasicInterpolation', 'ExtendedInterpolation', 'LegacyInterpolation', 'SectionProxy', 'ConverterMapping',
           'DEFAULTSECT', 'MAX_INTERPOLATION_DEPTH']

_default_dict = dict
DEFAULTSECT = 'DEFAULT'
MAX_INTERPOLATION_DEPTH = 10
_UNSET = object()       # "not given", where None means something


def _warn(message, level=3):
    import warnings
    warnings.warn(message, DeprecationWarning, stacklevel=level)


class Error(Exception):
    """What the errors of this module derive from; message is their text."""

    def __init__(self, msg=''):
        self.message = msg
        super().__init__(msg)

    def __repr__(self):
        return self.message

    __str__ = __repr__


class NoSectionError(Error):
    """There is no such section."""

    def __init__(self, section):
        super().__init__(f'No section: {section!r}')
        self.section = section
        self.args = (section,)


def _place(source, lineno, text):
    """How the errors about duplicates begin; text is what the file has twice."""
    where = f'While reading from {source!r}'
    if lineno is not None:
        where += f' [line {lineno:2d}]'
    return f'{where}: {text} already exists'


class DuplicateSectionError(Error):
    """A section is created, or found in one source, a second time."""

    def __init__(self, section, source=None, lineno=None):
        if source is not None:
            text = _place(source, lineno, f'section {section!r}')
        else:
            text = f'Section {section!r} already exists'
        super().__init__(text)
        self.section, self.source, self.lineno = self.args = section, source, lineno


class DuplicateOptionError(Error):
    """An option is found in one section of one source a second time."""

    def __init__(self, section, option, source=None, lineno=None):
        if source is not None:
            text = _place(source, lineno, f'option {option!r} in section {section!r}')
        else:
            text = f'Option {option!r} in section {section!r} already exists'
        super().__init__(text)
        self.section, self.option, self.source, self.lineno = self.args = section, option, source, lineno


class NoOptionError(Error):
    """The section has no such option."""

    def __init__(self, option, section):
        super().__init__(f'No option {option!r} in section: {section!r}')
        self.option, self.section = self.args = option, section


class InterpolationError(Error):
    """A value cannot be interpolated."""

    def __init__(self, option, section, msg):
        super().__init__(msg)
        self.option, self.section, _ = self.args = option, section, msg


class InterpolationMissingOptionError(InterpolationError):
    """A value refers to an option that there is not; reference is its name."""

    def __init__(self, option, section, rawval, reference):
        super().__init__(option, section,
                         f'Bad value substitution: option {option!r} in section {section!r} contains an interpolation '
                         f'key {reference!r} which is not a valid option name. Raw value: {rawval!r}')
        self.reference = reference
        self.args = option, section, rawval, reference


class InterpolationSyntaxError(InterpolationError):
    """A value contains what cannot be understood as a reference."""


class InterpolationDepthError(InterpolationError):
    """References lead on to references too often."""

    def __init__(self, option, section, rawval):
        super().__init__(option, section,
                         f'Recursion limit exceeded in value substitution: option {option!r} in section {section!r} '
                         f'contains an interpolation key which cannot be substituted in {MAX_INTERPOLATION_DEPTH} '
                         f'steps. Raw value: {rawval!r}')
        self.args = option, section, rawval


class ParsingError(Error):
    """A source has lines that are no options; errors lists (line number, repr of the line)."""

    def __init__(self, source=None, filename=None):
        if filename and source:
            raise ValueError("Cannot specify both `filename' and `source'. Use `source'.")
        if not source:
            if not filename:
                raise ValueError("Required argument `source' not given.")
            source = filename
        super().__init__(f'Source contains parsing errors: {source!r}')
        self.source = source
        self.errors = []
        self.args = (source,)

    @property
    def filename(self):
        """Deprecated name of source."""
        _warn("The 'filename' attribute will be removed in future versions.  Use 'source' instead.")
        return self.source

    @filename.setter
    def filename(self, value):
        _warn("The 'filename' attribute will be removed in future versions.  Use 'source' instead.")
        self.source = value

    def append(self, lineno, line):
        """Add a line that is wrong."""
        self.errors.append((lineno, line))
        self.message += f'\n\t[line {lineno:2d}]: {line}'


class MissingSectionHeaderError(ParsingError):
    """A source has an option before the first section."""

    def __init__(self, filename, lineno, line):
        Error.__init__(self, f'File contains no section headers.\nfile: {filename!r}, line: {lineno}\n{line!r}')
        self.source, self.lineno, self.line = self.args = filename, lineno, line


class Interpolation:
    """What happens to values on their way in and out; here nothing. Subclasses override what they need."""

    def before_get(self, parser, section, option, value, defaults):
        """Return what get() is to return for the stored value; defaults maps names to values."""
        return value

    def before_set(self, parser, section, option, value):
        """Return what set() is to store; ValueError for what is not allowed."""
        return value

    def before_read(self, parser, section, option, value):
        """Return what is to be stored for a value from a file."""
        return value

    def before_write(self, parser, section, option, value):
        """Return what is to be written to a file."""
        return value


class _Substituting(Interpolation):
    """What the two interpolations that follow share: a mark, doubled or followed by a reference."""

    def before_get(self, parser, section, option, value, defaults):
        parts = []
        self._interpolate_some(parser, option, parts, value, section, defaults, 1)
        return ''.join(parts)

    def before_set(self, parser, section, option, value):
        mark = self._MARK
        rest = self._KEYCRE.sub('', value.replace(mark * 2, ''))
        if mark in rest:
            raise ValueError('invalid interpolation syntax in %r at position %d' % (value, rest.find(mark)))
        return value

    def _interpolate_some(self, parser, option, accum, rest, section, map, depth):
        """Append to accum the pieces that the text rest stands for."""
        mark, opening = self._MARK, self._OPENING
        rawval = parser.get(section, option, raw=True, fallback=rest)
        if depth > MAX_INTERPOLATION_DEPTH:
            raise InterpolationDepthError(option, section, rawval)
        while rest:
            plain, found, behind = rest.partition(mark)
            if plain:
                accum.append(plain)
            if not found:
                return
            rest = found + behind
            if behind.startswith(mark):
                accum.append(mark)
                rest = behind[1:]
            elif behind.startswith(opening):
                reference = self._KEYCRE.match(rest)
                if reference is None:
                    raise InterpolationSyntaxError(option, section, f'bad interpolation variable reference {rest!r}')
                name = reference.group(1)
                rest = rest[reference.end():]
                text, section_of, option_of, map_of = self._look_up(parser, option, section, map, name, rest, rawval)
                if mark in text:
                    self._interpolate_some(parser, option_of, accum, text, section_of, map_of, depth + 1)
                else:
                    accum.append(text)
            else:
                raise InterpolationSyntaxError(option, section,
                                               f"'{mark}' must be followed by '{mark}' or '{opening}', found: {rest!r}")


class BasicInterpolation(_Substituting):
    """%(name)s stands for an option of the section or the defaults, %% for %."""

    _KEYCRE = re.compile(r'%\(([^)]+)\)s')
    _MARK, _OPENING = '%', '('

    def _look_up(self, parser, option, section, map, name, behind, rawval):
        name = parser.optionxform(name)
        try:
            return map[name], section, option, map
        except KeyError:
            raise InterpolationMissingOptionError(option, section, rawval, name) from None


class ExtendedInterpolation(_Substituting):
    """${name} stands for an option of the section or the defaults, ${section:name} for one of another, $$ for $."""

    _KEYCRE = re.compile(r'\$\{([^}]+)\}')
    _MARK, _OPENING = '$', '{'

    def _look_up(self, parser, option, section, map, name, behind, rawval):
        path = name.split(':')
        if len(path) > 2:
            raise InterpolationSyntaxError(option, section, f"More than one ':' found: {behind!r}")
        try:
            if len(path) == 1:
                return map[parser.optionxform(name)], section, option, map
            section_of, option_of = path[0], parser.optionxform(path[1])
            text = parser.get(section_of, option_of, raw=True)
            return text, section_of, option_of, dict(parser.items(section_of, raw=True))
        except (KeyError, NoSectionError, NoOptionError):
            raise InterpolationMissingOptionError(option, section, rawval, ':'.join(path)) from None


class LegacyInterpolation(Interpolation):
    """The one of old: the value is formatted with %, over and over."""

    _KEYCRE = re.compile(r'%\(([^)]*)\)s|.')

    def before_get(self, parser, section, option, value, vars):
        rawval = value
        for _ in range(MAX_INTERPOLATION_DEPTH):
            if not value or '%(' not in value:
                return value
            value = self._KEYCRE.sub(lambda found: self._interpolation_replace(found, parser=parser), value)
            try:
                value = value % vars
            except KeyError as missing:
                raise InterpolationMissingOptionError(option, section, rawval, missing.args[0]) from None
        if value and '%(' in value:
            raise InterpolationDepthError(option, section, rawval)
        return value

    def before_set(self, parser, section, option, value):
        return value

    @staticmethod
    def _interpolation_replace(match, parser):
        name = match.group(1)
        return match.group() if name is None else f'%({parser.optionxform(name)})s'


class _ReadState:
    """What _read() knows about the place where it is."""

    def __init__(self):
        self.section = None         # dict of the current section
        self.section_name = None
        self.option = None          # the last option, which indented lines go on
        self.indent = 0             # how far it is indented
        self.sections = set()       # what this source had: sections,
        self.options = set()        # and (section, option)
        self.error = None


class RawConfigParser(MutableMapping):
    """Sections and options, without interpolation.

    defaults           a mapping of options for the default section
    dict_type          the class of the dicts inside
    allow_no_value     accept options without a value, which is then None
    delimiters         what may stand between an option and its value
    comment_prefixes   what lines of comment start with
    inline_comment_prefixes  what comments behind a value start with, after a
                       space; None for no such comments
    strict             refuse sections and options that one source has twice
    empty_lines_in_values  let a value go on after an empty line
    default_section    the name of the section with options for all others
    interpolation      an Interpolation; None for none
    converters         a dict {name: function}, for methods get<name>()
    """

    # A section's header, and options with and without need of a value;
    # {delim} is replaced by the delimiters.
    _SECT_TMPL = r'''
        \[
        (?P<header>[^]]+)
        \]'''
    _OPT_TMPL = r'''
        (?P<option>.*?)
        \s*(?P<vi>{delim})\s*
        (?P<value>.*)$'''
    _OPT_NV_TMPL = r'''
        (?P<option>.*?)
        \s*(?:(?P<vi>{delim})\s*
        (?P<value>.*))?$'''
    SECTCRE = re.compile(_SECT_TMPL, re.VERBOSE)
    OPTCRE = re.compile(_OPT_TMPL.format(delim='=|:'), re.VERBOSE)
    OPTCRE_NV = re.compile(_OPT_NV_TMPL.format(delim='=|:'), re.VERBOSE)
    NONSPACECRE = re.compile(r'\S')
    BOOLEAN_STATES = {**dict.fromkeys(('1', 'yes', 'true', 'on'), True),
                      **dict.fromkeys(('0', 'no', 'false', 'off'), False)}
    _DEFAULT_INTERPOLATION = Interpolation()

    def __init__(self, defaults=None, dict_type=_default_dict, allow_no_value=False, *, delimiters=('=', ':'),
                 comment_prefixes=('#', ';'), inline_comment_prefixes=None, strict=True, empty_lines_in_values=True,
                 default_section=DEFAULTSECT, interpolation=_UNSET, converters=_UNSET):
        self._dict = dict_type
        self._sections, self._defaults, self._proxies = dict_type(), dict_type(), dict_type()
        self._converters = ConverterMapping(self)
        self._proxies[default_section] = SectionProxy(self, default_section)
        self._delimiters = delimiters = tuple(delimiters)
        if delimiters == ('=', ':'):
            self._optcre = self.OPTCRE_NV if allow_no_value else self.OPTCRE
        else:
            template = self._OPT_NV_TMPL if allow_no_value else self._OPT_TMPL
            self._optcre = re.compile(template.format(delim='|'.join(map(re.escape, delimiters))), re.VERBOSE)
        self._comment_prefixes = tuple(comment_prefixes or ())
        self._inline_comment_prefixes = tuple(inline_comment_prefixes or ())
        self._strict, self._allow_no_value = strict, allow_no_value
        self._empty_lines_in_values = empty_lines_in_values
        self.default_section = default_section
        if interpolation is _UNSET:
            interpolation = self._DEFAULT_INTERPOLATION
        self._interpolation = Interpolation() if interpolation is None else interpolation
        if converters is not _UNSET:
            self._converters.update(converters)
        if defaults:
            self._read_defaults(defaults)

    def defaults(self):
        """Return the dict of the default section."""
        return self._defaults

    def sections(self):
        """Return the names of the sections, without the default one."""
        return list(self._sections)

    def add_section(self, section):
        """Create a section. DuplicateSectionError if there is one, ValueError for the default section's name."""
        if section == self.default_section:
            raise ValueError(f'Invalid section name: {section!r}')
        if section in self._sections:
            raise DuplicateSectionError(section)
        self._new_section(section)

    def _new_section(self, section):
        self._sections[section] = made = self._dict()
        self._proxies[section] = SectionProxy(self, section)
        return made

    def has_section(self, section):
        """Say whether there is such a section; there is no default one in this sense."""
        return section in self._sections

    def options(self, section):
        """Return the names of a section's options, those of the default section included."""
        try:
            own = self._sections[section].copy()
        except KeyError:
            raise NoSectionError(section) from None
        own.update(self._defaults)
        return list(own)

    def read(self, filenames, encoding=None):
        """Read files, one name or several; those that cannot be opened are left out. Return the names of the rest."""
        import os
        if isinstance(filenames, (str, bytes, os.PathLike)):
            filenames = [filenames]
        done = []
        for filename in filenames:
            try:
                with open(filename, encoding=encoding) as f:
                    self._read(f, filename)
            except OSError:
                continue
            done.append(os.fspath(filename))
        return done

    def read_file(self, f, source=None):
        """Read from f, an iterable of lines; source is its name in messages, by default f.name or '<???>'."""
        if source is None:
            source = getattr(f, 'name', '<???>')
        self._read(f, source)

    def read_string(self, string, source='<string>'):
        """Read from a str."""
        from io import StringIO
        self.read_file(StringIO(string), source)

    def read_dict(self, dictionary, source='<dict>'):
        """Take over a dict {section: {option: value}}; names and values are made str, None is left."""
        seen = set()
        for section, options in dictionary.items():
            section = str(section)
            try:
                self.add_section(section)
            except (DuplicateSectionError, ValueError):
                if self._strict and section in seen:
                    raise
            seen.add(section)
            for option, value in options.items():
                option = self.optionxform(str(option))
                if self._strict and (section, option) in seen:
                    raise DuplicateOptionError(section, option, source)
                seen.add((section, option))
                self.set(section, option, value if value is None else str(value))

    def readfp(self, fp, filename=None):
        """Deprecated name of read_file()."""
        _warn("This method will be removed in future versions.  Use 'parser.read_file()' instead.")
        self.read_file(fp, source=filename)

    def get(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        """Return an option's value.

        vars is a mapping that is asked before the section and the defaults;
        fallback is returned where there is no such section or option (else
        NoSectionError, NoOptionError); raw leaves interpolation out.
        """
        try:
            known = self._unify_values(section, vars)
        except NoSectionError:
            if fallback is _UNSET:
                raise
            return fallback
        option = self.optionxform(option)
        try:
            value = known[option]
        except KeyError:
            if fallback is _UNSET:
                raise NoOptionError(option, section)
            return fallback
        if not raw and value is not None:
            value = self._interpolation.before_get(self, section, option, value, known)
        return value

    def _get(self, section, conv, option, **kwargs):
        return conv(self.get(section, option, **kwargs))

    def _get_conv(self, section, option, conv, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        try:
            return self._get(section, conv, option, raw=raw, vars=vars, **kwargs)
        except (NoSectionError, NoOptionError):
            if fallback is _UNSET:
                raise
            return fallback

    def getint(self, section, option, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        """get(), made int."""
        return self._get_conv(section, option, int, raw=raw, vars=vars, fallback=fallback, **kwargs)

    def getfloat(self, section, option, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        """get(), made float."""
        return self._get_conv(section, option, float, raw=raw, vars=vars, fallback=fallback, **kwargs)

    def getboolean(self, section, option, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        """get(), made bool: 1, yes, true, on; 0, no, false, off. ValueError for others."""
        return self._get_conv(section, option, self._convert_to_boolean, raw=raw, vars=vars, fallback=fallback, **kwargs)

    def items(self, section=_UNSET, raw=False, vars=None):
        """Return [(option, value), ...] of a section, with defaults and vars; without one, (name, proxy) of each."""
        if section is _UNSET:
            return super().items()
        merged = self._defaults.copy()
        try:
            merged.update(self._sections[section])
        except KeyError:
            if section != self.default_section:
                raise NoSectionError(section)
        names = list(merged)        # vars are seen by interpolation, but not listed
        for key, value in (vars or {}).items():
            merged[self.optionxform(key)] = value
        if raw:
            return [(name, merged[name]) for name in names]
        replace = self._interpolation.before_get
        return [(name, replace(self, section, name, merged[name], merged)) for name in names]

    def popitem(self):
        """Remove a section and return (name, proxy); KeyError if there is none but the default one."""
        for name in self.sections():
            proxy = self[name]
            del self[name]
            return name, proxy
        raise KeyError

    def optionxform(self, optionstr):
        """Return the form that an option's name is stored under: lower case. Can be replaced."""
        return optionstr.lower()

    def has_option(self, section, option):
        """Say whether a section, or, for '' or None, the default one, has an option; the defaults count."""
        if not section or section == self.default_section:
            return self.optionxform(option) in self._defaults
        if section not in self._sections:
            return False
        option = self.optionxform(option)
        return option in self._sections[section] or option in self._defaults

    def set(self, section, option, value=None):
        """Set an option; NoSectionError if there is no such section."""
        if value:
            value = self._interpolation.before_set(self, section, option, value)
        if not section or section == self.default_section:
            target = self._defaults
        else:
            try:
                target = self._sections[section]
            except KeyError:
                raise NoSectionError(section) from None
        target[self.optionxform(option)] = value

    def write(self, fp, space_around_delimiters=True):
        """Write everything to fp, a text file, as read() reads it; comments are not kept."""
        delimiter = self._delimiters[0]
        if space_around_delimiters:
            delimiter = f' {delimiter} '
        if self._defaults:
            self._write_section(fp, self.default_section, self._defaults.items(), delimiter)
        for name, options in self._sections.items():
            self._write_section(fp, name, options.items(), delimiter)

    def _write_section(self, fp, section_name, section_items, delimiter):
        write = fp.write
        write(f'[{section_name}]\n')
        for option, value in section_items:
            value = self._interpolation.before_write(self, section_name, option, value)
            if value is None and self._allow_no_value:
                write(f'{option}\n')
            else:
                text = str(value).replace('\n', '\n\t')
                write(f'{option}{delimiter}{text}\n')
        write('\n')

    def remove_option(self, section, option):
        """Remove an option; say whether there was one."""
        if not section or section == self.default_section:
            target = self._defaults
        else:
            target = self._sections.get(section)
            if target is None:
                raise NoSectionError(section) from None
        option = self.optionxform(option)
        found = option in target
        if found:
            del target[option]
        return found

    def remove_section(self, section):
        """Remove a section; say whether there was one."""
        if section not in self._sections:
            return False
        del self._sections[section], self._proxies[section]
        return True

    # As a mapping: names to SectionProxy objects, the default section included.

    def __getitem__(self, key):
        if key == self.default_section or self.has_section(key):
            return self._proxies[key]
        raise KeyError(key)

    def __setitem__(self, key, value):
        if key in self and self[key] is value:
            return
        target = self._defaults if key == self.default_section else self._sections.get(key)
        if target is not None:
            target.clear()
        self.read_dict({key: value})

    def __delitem__(self, key):
        if key == self.default_section:
            raise ValueError('Cannot remove the default section.')
        if not self.remove_section(key):
            raise KeyError(key)

    def __contains__(self, key):
        return key == self.default_section or self.has_section(key)

    def __len__(self):
        return 1 + len(self._sections)

    def __iter__(self):
        return itertools.chain((self.default_section,), self._sections)

    # Reading.  Values are collected as lists of lines and joined at the end.

    def _read(self, fp, fpname):
        """Read lines from fp.

        A line in brackets starts a section; one with a delimiter is an option;
        one that is indented more than the option before goes on with its
        value.  Lines that are none of these are gathered into one ParsingError,
        raised at the end.
        """
        state = _ReadState()
        for lineno, line in enumerate(fp, start=1):
            bare, comment = self._strip_comment(line)
            if not bare:
                self._read_blank(state, comment)
                continue
            indent = self.NONSPACECRE.search(line)
            indent = indent.start() if indent else 0
            if state.section is not None and state.option and indent > state.indent:
                state.section[state.option].append(bare)
                continue
            state.indent = indent
            header = self.SECTCRE.match(bare)
            if header:
                self._read_header(state, header.group('header'), fpname, lineno)
            elif state.section is None:
                raise MissingSectionHeaderError(fpname, lineno, line)
            else:
                self._read_option(state, bare, line, fpname, lineno)
        self._join_multiline_values()
        if state.error is not None:
            raise state.error

    def _strip_comment(self, line):
        """Return the line without comment and space around it, and whether there was a comment."""
        text = line.strip()
        if self._comment_prefixes and text.startswith(self._comment_prefixes):
            return '', True
        cut = len(line)
        for prefix in self._inline_comment_prefixes:
            at = line.find(prefix)
            # Behind a space, or at the start.
            while 0 <= at < cut:
                if at == 0 or line[at - 1].isspace():
                    cut = at
                at = line.find(prefix, at + 1)
        if cut < len(line):
            return line[:cut].strip(), True
        return text, False

    def _read_blank(self, state, comment):
        """Take a line with nothing but perhaps a comment: part of a value, or its end."""
        if not self._empty_lines_in_values:
            state.indent = float('inf')
        elif not comment and state.section is not None and state.option:
            value = state.section[state.option]
            if value is not None:
                value.append('')

    def _read_header(self, state, name, fpname, lineno):
        state.section_name = name
        state.option = None
        if name == self.default_section:
            state.section = self._defaults
            return
        if name not in self._sections:
            state.section = self._new_section(name)
        elif self._strict and name in state.sections:
            raise DuplicateSectionError(name, fpname, lineno)
        else:
            state.section = self._sections[name]
        state.sections.add(name)

    def _read_option(self, state, bare, line, fpname, lineno):
        found = self._optcre.match(bare)
        if not found:
            state.error = self._handle_error(state.error, fpname, lineno, line)
            return
        option, _, value = found.group('option', 'vi', 'value')
        if not option:
            state.error = self._handle_error(state.error, fpname, lineno, line)
        state.option = option = self.optionxform(option.rstrip())
        place = state.section_name, option
        if self._strict and place in state.options:
            raise DuplicateOptionError(*place, fpname, lineno)
        state.options.add(place)
        state.section[option] = None if value is None else [value.strip()]

    def _join_multiline_values(self):
        everything = itertools.chain(((self.default_section, self._defaults),), self._sections.items())
        for name, options in everything:
            for option, value in options.items():
                if isinstance(value, list):
                    value = '\n'.join(value).rstrip()
                options[option] = self._interpolation.before_read(self, name, option, value)

    def _read_defaults(self, defaults):
        for name, value in defaults.items():
            self._defaults[self.optionxform(name)] = value

    def _handle_error(self, exc, fpname, lineno, line):
        exc = exc or ParsingError(fpname)
        exc.append(lineno, repr(line))
        return exc

    def _unify_values(self, section, vars):
        """Return one mapping of vars, the section's options and the defaults, in this order."""
        from collections import ChainMap
        own = self._sections.get(section)
        if own is None:
            if section != self.default_section:
                raise NoSectionError(section) from None
            own = {}
        given = {}
        for key, value in (vars or {}).items():
            given[self.optionxform(key)] = value if value is None else str(value)
        return ChainMap(given, own, self._defaults)

    def _convert_to_boolean(self, value):
        try:
            return self.BOOLEAN_STATES[value.lower()]
        except KeyError:
            raise ValueError(f'Not a boolean: {value}') from None

    def _validate_value_types(self, *, section='', option='', value=''):
        """TypeError for names and values that could not be written to a file and read back."""
        for given, what in (section, 'section names'), (option, 'option keys'):
            if not isinstance(given, str):
                raise TypeError(f'{what} must be strings')
        if not isinstance(value, str) and (value is not None or not self._allow_no_value):
            raise TypeError('option values must be strings')

    @property
    def converters(self):
        """The ConverterMapping of this parser."""
        return self._converters


class ConfigParser(RawConfigParser):
    """RawConfigParser with interpolation, %(name)s, and names and values that must be str."""

    _DEFAULT_INTERPOLATION = BasicInterpolation()

    def set(self, section, option, value=None):
        """Set an option; NoSectionError if there is no such section, TypeError for what is no str."""
        self._validate_value_types(option=option, value=value)
        super().set(section, option, value)

    def add_section(self, section):
        """Create a section; TypeError if the name is no str."""
        self._validate_value_types(section=section)
        super().add_section(section)

    def _read_defaults(self, defaults):
        # The same checks as for other sections, but references may lead nowhere yet.
        kept, self._interpolation = self._interpolation, Interpolation()
        try:
            self.read_dict({self.default_section: defaults})
        finally:
            self._interpolation = kept


class SafeConfigParser(ConfigParser):
    """Deprecated name of ConfigParser."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _warn('The SafeConfigParser class has been renamed to ConfigParser in Python 3.2. This alias will be removed '
              'in future versions. Use ConfigParser directly instead.')


class SectionProxy(MutableMapping):
    """One section of a parser as a mapping; it has the parser's get methods, without the section."""

    def __init__(self, parser, name):
        self._parser = parser
        self._name = name
        for key in parser.converters:
            getter = f'get{key}'
            setattr(self, getter, self._bound(getattr(parser, getter)))

    def _bound(self, getter):
        from functools import partial
        return partial(self.get, _impl=getter)

    def __repr__(self):
        return f'<Section: {self._name}>'

    def __getitem__(self, key):
        if key not in self:
            raise KeyError(key)
        return self._parser.get(self._name, key)

    def __setitem__(self, key, value):
        self._parser._validate_value_types(option=key, value=value)
        return self._parser.set(self._name, key, value)

    def __delitem__(self, key):
        if key not in self or not self._parser.remove_option(self._name, key):
            raise KeyError(key)

    def __contains__(self, key):
        return self._parser.has_option(self._name, key)

    def _options(self):
        if self._name == self._parser.default_section:
            return list(self._parser.defaults())
        return self._parser.options(self._name)

    def __len__(self):
        return len(self._options())

    def __iter__(self):
        return iter(self._options())

    @property
    def parser(self):
        """The parser that the section belongs to."""
        return self._parser

    @property
    def name(self):
        """The section's name."""
        return self._name

    def get(self, option, fallback=None, *, raw=False, vars=None, _impl=None, **kwargs):
        """Return an option's value; fallback if there is none. The keywords are those of the parser's get()."""
        read = _impl or self._parser.get
        return read(self._name, option, raw=raw, vars=vars, fallback=fallback, **kwargs)


class ConverterMapping(MutableMapping):
    """Names to the functions that the get methods convert values with.

    An entry gives the parser and its sections a method get<name>(), and a method
    get<name>() of a parser's class is an entry.  Deleting goes only for the first.
    """

    GETTERCRE = re.compile(r'^get(?P<name>.+)$')

    def __init__(self, parser):
        self._parser = parser
        self._data = {}
        for attribute in dir(parser):
            found = self.GETTERCRE.match(attribute)
            if found and callable(getattr(parser, attribute)):
                self._data[found.group('name')] = None      # the class' own

    def __getitem__(self, key):
        return self._data[key]

    def __setitem__(self, key, value):
        try:
            name = 'get' + key
        except TypeError:
            raise ValueError(f'Incompatible key: {key} (type: {type(key)})')
        if name == 'get':
            raise ValueError('Incompatible key: cannot use "" as a name')
        self._data[key] = value
        from functools import partial
        getter = partial(self._parser._get_conv, conv=value)
        getter.converter = value
        setattr(self._parser, name, getter)
        for proxy in self._parser.values():
            setattr(proxy, name, partial(proxy.get, _impl=getter))

    def __delitem__(self, key):
        try:
            name = 'get' + key
        except TypeError:
            raise KeyError(key)
        del self._data[key]
        for holder in itertools.chain((self._parser,), self._parser.values()):
            # What a class offers cannot be deleted here.
            vars(holder).pop(name, None)

    def __iter__(self):
        return iter(self._data)

    def __len__(self):
        return len(self._data)
