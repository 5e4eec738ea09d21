# SPDX-License-Identifier: MIT
"""Reading of dates and times by a format: time.strptime() and datetime.strptime().

A format becomes a regular expression (TimeRE), whose groups are named after the directives.  Names of months and days
are those of the locale (LocaleTime).  Both are kept until the locale changes.
"""

import time
import locale
import calendar
from re import compile as re_compile, IGNORECASE, escape as re_escape
from datetime import (date as datetime_date, timedelta as datetime_timedelta, timezone as datetime_timezone)
from _thread import allocate_lock as _thread_allocate_lock

__all__ = []


def _getlang():
    """Return the locale of dates."""
    return locale.getlocale(locale.LC_TIME)


class LocaleTime(object):
    """What the locale calls things.

    f_weekday, a_weekday: names of weekdays from Monday, full and short.  f_month, a_month: of months, from index 1.
    am_pm.  LC_date_time, LC_date, LC_time: formats that %c, %x and %X stand for.  timezone: names of the local zone,
    (those without, those with daylight saving time); daylight: whether it has that.
    All names are in lower case.  ValueError if the locale changes while they are read.
    """

    def __init__(self):
        self.lang = _getlang()
        self.a_weekday = [calendar.day_abbr[number].lower() for number in range(7)]
        self.f_weekday = [calendar.day_name[number].lower() for number in range(7)]
        self.a_month = [calendar.month_abbr[number].lower() for number in range(13)]
        self.f_month = [calendar.month_name[number].lower() for number in range(13)]
        self.am_pm = [time.strftime('%p', time.struct_time((1999, 3, 17, hour, 44, 55, 2, 76, 0))).lower()
                      for hour in (1, 22)]
        self._read_timezone()
        self._read_formats()
        if _getlang() != self.lang:
            raise ValueError('locale changed during initialization')
        if time.tzname != self.tzname or time.daylight != self.daylight:
            raise ValueError('timezone changed during initialization')

    def _read_timezone(self):
        try:
            time.tzset()
        except AttributeError:
            pass
        self.tzname, self.daylight = time.tzname, time.daylight
        standard = frozenset({'utc', 'gmt', self.tzname[0].lower()})
        saving = frozenset({self.tzname[1].lower()}) if self.daylight else frozenset()
        self.timezone = (standard, saving)

    def _read_formats(self):
        """Find out the formats by showing a time whose parts are all different: Wednesday 17 March 1999 22:44:55."""
        example = time.struct_time((1999, 3, 17, 22, 44, 55, 2, 76, 0))
        parts = [('%', '%%'), (self.f_weekday[2], '%A'), (self.f_month[3], '%B'), (self.a_weekday[2], '%a'),
                 (self.a_month[3], '%b'), (self.am_pm[1], '%p'), ('1999', '%Y'), ('99', '%y'), ('22', '%H'),
                 ('44', '%M'), ('55', '%S'), ('76', '%j'), ('17', '%d'), ('03', '%m'), ('3', '%m'), ('2', '%w'),
                 ('10', '%I')]
        parts += [(name, '%Z') for names in self.timezone for name in names]
        # A Sunday and a Monday in January differ in the week that %U and %W say.
        sunday = time.struct_time((1999, 1, 3, 1, 1, 1, 6, 3, 0))
        formats = []
        for directive in ('%c', '%x', '%X'):
            shown = time.strftime(directive, example).lower()
            for text, code in parts:
                if text:    # a locale may have no name for something
                    shown = shown.replace(text, code)
            week = '%W' if '00' in time.strftime(directive, sunday) else '%U'
            formats.append(shown.replace('11', week))
        self.LC_date_time, self.LC_date, self.LC_time = formats


class TimeRE(dict):
    """Regular expressions by directive, for a locale."""

    def __init__(self, locale_time=None):
        self.locale_time = names = locale_time or LocaleTime()
        super().__init__({
            'd': r'(?P<d>3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9])',
            'f': r'(?P<f>[0-9]{1,6})',
            'G': r'(?P<G>\d\d\d\d)',
            'H': r'(?P<H>2[0-3]|[0-1]\d|\d)',
            'I': r'(?P<I>1[0-2]|0[1-9]|[1-9])',
            'j': r'(?P<j>36[0-6]|3[0-5]\d|[1-2]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9])',
            'm': r'(?P<m>1[0-2]|0[1-9]|[1-9])',
            'M': r'(?P<M>[0-5]\d|\d)',
            'S': r'(?P<S>6[0-1]|[0-5]\d|\d)',
            'u': r'(?P<u>[1-7])',
            'U': r'(?P<U>5[0-3]|[0-4]\d|\d)',
            'V': r'(?P<V>5[0-3]|0[1-9]|[1-4]\d|\d)',
            'w': r'(?P<w>[0-6])',
            'y': r'(?P<y>\d\d)',
            'Y': r'(?P<Y>\d\d\d\d)',
            'z': r'(?P<z>[+-]\d\d:?[0-5]\d(:?[0-5]\d(\.\d{1,6})?)?|(?-i:Z))',
            'A': self.__seqToRE(names.f_weekday, 'A'),
            'a': self.__seqToRE(names.a_weekday, 'a'),
            'B': self.__seqToRE(names.f_month[1:], 'B'),
            'b': self.__seqToRE(names.a_month[1:], 'b'),
            'p': self.__seqToRE(names.am_pm, 'p'),
            'Z': self.__seqToRE([name for group in names.timezone for name in group], 'Z'),
            '%': '%',
        })
        self['W'] = self['U'].replace('U', 'W')
        for directive, format in (('c', names.LC_date_time), ('x', names.LC_date), ('X', names.LC_time)):
            self[directive] = self.pattern(format)

    # The name is that of 3.8: subclasses elsewhere (pandas) call it.
    @staticmethod
    def __seqToRE(names, directive):
        """Return the expression for one of names, '' if they are all empty.  The longest come first."""
        names = sorted(names, key=len, reverse=True)
        if not any(names):
            return ''
        return '(?P<%s>%s)' % (directive, '|'.join(map(re_escape, names)))

    def pattern(self, format):
        """Return the expression for a format.  KeyError with an unknown directive, IndexError with a lone %."""
        # What means something in expressions is escaped, and any white space matches any other.
        escaped = re_compile(r"([\\.^$*+?\(\){}\[\]|])").sub(r'\\\1', format)
        escaped = re_compile(r'\s+').sub(r'\\s+', escaped)
        parts, at = [], 0
        while True:
            percent = escaped.find('%', at)
            if percent < 0:
                return ''.join(parts) + escaped[at:]
            parts += [escaped[at:percent], self[escaped[percent + 1]]]
            at = percent + 2

    def compile(self, format):
        """Return the compiled expression for a format."""
        return re_compile(self.pattern(format), IGNORECASE)


_cache_lock = _thread_allocate_lock()
_TimeRE_cache = TimeRE()
_CACHE_MAX_SIZE = 5
_regex_cache = {}       # format -> compiled expression


def _calc_julian_from_U_or_W(year, week_of_year, day_of_week, week_starts_Mon):
    """Return the day of the year, from week as %U (weeks begin on Sunday) or %W says and weekday (Monday is 0)."""
    first = datetime_date(year, 1, 1).weekday()
    if not week_starts_Mon:
        first, day_of_week = (first + 1) % 7, (day_of_week + 1) % 7
    if week_of_year == 0:
        return 1 + day_of_week - first
    return 1 + -first % 7 + 7 * (week_of_year - 1) + day_of_week


def _calc_julian_from_V(iso_year, iso_week, iso_weekday):
    """Return (year, day of the year), from ISO year, week and weekday (Monday is 1)."""
    ordinal = iso_week * 7 + iso_weekday - datetime_date(iso_year, 1, 4).isoweekday() - 3
    if ordinal < 1:
        # In the last week of the year before.
        ordinal += datetime_date(iso_year, 1, 1).toordinal()
        iso_year -= 1
        ordinal -= datetime_date(iso_year, 1, 1).toordinal()
    return iso_year, ordinal


def _find_regex(format):
    """Return (compiled expression, LocaleTime) for a format, from the cache if the locale is still the same."""
    global _TimeRE_cache
    with _cache_lock:
        names = _TimeRE_cache.locale_time
        if _getlang() != names.lang or time.tzname != names.tzname or time.daylight != names.daylight:
            _TimeRE_cache = TimeRE()
            _regex_cache.clear()
            names = _TimeRE_cache.locale_time
        if len(_regex_cache) > _CACHE_MAX_SIZE:
            _regex_cache.clear()
        regex = _regex_cache.get(format)
        if regex is None:
            try:
                regex = _TimeRE_cache.compile(format)
            except KeyError as problem:
                directive = problem.args[0]
                if directive == '\\':
                    directive = '%'     # it was a percent sign in front of white space or the like
                raise ValueError("'%s' is a bad directive in format '%s'" % (directive, format)) from None
            except IndexError:
                raise ValueError("stray %% in format '%s'" % format) from None
            _regex_cache[format] = regex
        return regex, names


def _read_offset(text):
    """Return (seconds, microseconds) that the text for %z means."""
    if text == 'Z':
        return 0, 0
    clock = text[1:]
    if clock[2] == ':':
        clock = clock[:2] + clock[3:]
        if len(clock) > 5:
            if clock[4] != ':':
                raise ValueError(f'Inconsistent use of : in {text}')
            clock = clock[:4] + clock[5:]
    seconds = int(clock[:2]) * 3600 + int(clock[2:4]) * 60 + int(clock[4:6] or 0)
    fraction = int((clock[7:] + '000000')[:6])
    return (-seconds, -fraction) if text[0] == '-' else (seconds, fraction)


def _read_hour(text, period, names):
    """Return the hour from 0 to 23, of one from 1 to 12 and the name of the half of the day."""
    hour = int(text)
    if period in ('', names.am_pm[0]):
        return hour % 12
    return hour % 12 + 12 if period == names.am_pm[1] else hour


def _read_zone(name, names):
    """Return whether daylight saving time is meant by the name of a zone: 0, 1, or -1 for unknown."""
    for number, group in enumerate(names.timezone):
        if name in group:
            # One name for both says nothing.
            same = time.tzname[0] == time.tzname[1] and time.daylight and name not in ('utc', 'gmt')
            return -1 if same else number
    return -1


class _Fields:
    """What the parts of a text have said."""

    year = day_of_year = weekday = iso_year = iso_week = week = None
    week_starts_monday = False
    month = day = 1
    hour = minute = second = fraction = 0
    tz = -1
    offset, offset_fraction = None, 0

    def read(self, found, names):
        """Take over the groups of a match."""
        values, plain = self.__dict__, self._plain
        for key, text in found.items():
            if key in plain:
                values[plain[key]] = int(text)
            elif key == 'y':
                short = int(text)
                self.year = short + (2000 if short <= 68 else 1900)     # as POSIX says
            elif key == 'I':
                self.hour = _read_hour(text, found.get('p', '').lower(), names)
            elif key == 'f':
                self.fraction = int(text.ljust(6, '0'))
            elif key == 'A':
                self.weekday = names.f_weekday.index(text.lower())
            elif key == 'a':
                self.weekday = names.a_weekday.index(text.lower())
            elif key == 'B':
                self.month = names.f_month.index(text.lower())
            elif key == 'b':
                self.month = names.a_month.index(text.lower())
            elif key == 'w':
                self.weekday = (int(text) - 1) % 7
            elif key == 'u':
                self.weekday = int(text) - 1
            elif key in 'UW':
                self.week, self.week_starts_monday = int(text), key == 'W'
            elif key == 'z':
                self.offset, self.offset_fraction = _read_offset(text)
            elif key == 'Z':
                self.tz = _read_zone(text.lower(), names)

    _plain = {'Y': 'year', 'G': 'iso_year', 'V': 'iso_week', 'm': 'month', 'd': 'day', 'H': 'hour', 'M': 'minute',
              'S': 'second', 'j': 'day_of_year'}

    def check(self):
        """ValueError for directives that do not go together."""
        if self.year is None and self.iso_year is not None:
            if self.iso_week is None or self.weekday is None:
                raise ValueError("ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday "
                                 "directive ('%A', '%a', '%w', or '%u').")
            if self.day_of_year is not None:
                raise ValueError("Day of the year directive '%j' is not compatible with ISO year directive '%G'. "
                                 "Use '%Y' instead.")
        elif self.week is None and self.iso_week is not None:
            if self.weekday is None:
                raise ValueError("ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday "
                                 "directive ('%A', '%a', '%w', or '%u').")
            raise ValueError("ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year "
                             "'%G' instead.")

    def complete(self):
        """Work out year, month, day, weekday and day of the year."""
        # 29 February without a year needs a leap year, which is not shown afterwards.
        leap_fix = self.year is None and self.month == 2 and self.day == 29
        if leap_fix:
            self.year = 1904
        elif self.year is None and self.iso_year is None:
            self.year = 1900
        if self.day_of_year is None and self.weekday is not None:
            if self.week is not None:
                self.day_of_year = _calc_julian_from_U_or_W(self.year, self.week, self.weekday,
                                                            self.week_starts_monday)
            elif self.iso_year is not None and self.iso_week is not None:
                self.year, self.day_of_year = _calc_julian_from_V(self.iso_year, self.iso_week, self.weekday + 1)
            if self.day_of_year is not None and self.day_of_year <= 0:
                self.year -= 1
                self.day_of_year += 366 if calendar.isleap(self.year) else 365
        if self.day_of_year is None:
            start = datetime_date(self.year, 1, 1).toordinal()
            self.day_of_year = datetime_date(self.year, self.month, self.day).toordinal() - start + 1
        else:
            date = datetime_date.fromordinal(self.day_of_year - 1 + datetime_date(self.year, 1, 1).toordinal())
            self.year, self.month, self.day = date.year, date.month, date.day
        if self.weekday is None:
            self.weekday = datetime_date(self.year, self.month, self.day).weekday()
        if leap_fix:
            self.year = 1900


def _strptime(data_string, format='%a %b %d %H:%M:%S %Y'):
    """Read data_string.  Return (fields for time.struct_time, microseconds, microseconds of the offset)."""
    for position, text in enumerate((data_string, format)):
        if not isinstance(text, str):
            raise TypeError('strptime() argument {} must be str, not {}'.format(position, type(text)))
    regex, names = _find_regex(format)
    found = regex.match(data_string)
    if found is None:
        raise ValueError('time data %r does not match format %r' % (data_string, format))
    if len(data_string) != found.end():
        raise ValueError('unconverted data remains: %s' % data_string[found.end():])
    fields, groups = _Fields(), found.groupdict()
    fields.read(groups, names)
    fields.check()
    fields.complete()
    return ((fields.year, fields.month, fields.day, fields.hour, fields.minute, fields.second, fields.weekday,
             fields.day_of_year, fields.tz, groups.get('Z'), fields.offset), fields.fraction, fields.offset_fraction)


def _strptime_time(data_string, format='%a %b %d %H:%M:%S %Y'):
    """What time.strptime() calls: return a time.struct_time."""
    return time.struct_time(_strptime(data_string, format)[0][:time._STRUCT_TM_ITEMS])


def _strptime_datetime(cls, data_string, format='%a %b %d %H:%M:%S %Y'):
    """What datetime.strptime() calls: return an instance of cls."""
    fields, fraction, offset_fraction = _strptime(data_string, format)
    zone_name, offset = fields[-2:]
    args = fields[:6] + (fraction,)
    if offset is not None:
        difference = datetime_timedelta(seconds=offset, microseconds=offset_fraction)
        zone = datetime_timezone(difference, zone_name) if zone_name else datetime_timezone(difference)
        args += zone,
    return cls(*args)
