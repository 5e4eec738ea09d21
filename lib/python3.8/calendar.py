# SPDX-License-Identifier: MIT
"""Calendars of months and years as lists, text and HTML, like the program cal; and functions on dates.

Weekdays are numbers from 0 for Monday, months from 1 for January.  As a script it prints a calendar.
"""

import datetime
import sys
from itertools import repeat

__all__ = ['IllegalMonthError', 'IllegalWeekdayError', 'setfirstweekday', 'firstweekday', 'isleap', 'leapdays',
           'weekday', 'monthrange', 'monthcalendar', 'prmonth', 'month', 'prcal', 'calendar', 'timegm', 'month_name',
           'month_abbr', 'day_name', 'day_abbr', 'Calendar', 'TextCalendar', 'HTMLCalendar', 'LocaleTextCalendar',
           'LocaleHTMLCalendar', 'weekheader']

error = ValueError      # the old name


class IllegalMonthError(ValueError):
    """There is no month with this number."""

    def __init__(self, month):
        self.month = month

    def __str__(self):
        return 'bad month number %r; must be 1-12' % self.month


class IllegalWeekdayError(ValueError):
    """There is no weekday with this number."""

    def __init__(self, weekday):
        self.weekday = weekday

    def __str__(self):
        return 'bad weekday number %r; must be 0 (Monday) to 6 (Sunday)' % self.weekday


January, February = 1, 2
mdays = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]     # lengths of months, without leap days
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


# ---- names ----

class _LocalizedNames:
    """A sequence of names that the locale of the moment decides.  dates: one date for each, or None for ''."""

    def __init__(self, format):
        self.format = format

    def _name(self, date):
        return date.strftime(self.format) if date is not None else ''

    def __getitem__(self, i):
        found = self._dates[i]
        return [self._name(date) for date in found] if isinstance(i, slice) else self._name(found)

    def __len__(self):
        return len(self._dates)


class _localized_month(_LocalizedNames):
    _dates = [None] + [datetime.date(2001, number, 1) for number in range(1, 13)]


class _localized_day(_LocalizedNames):
    _dates = [datetime.date(2001, 1, number) for number in range(1, 8)]     # 1 January 2001 was a Monday


day_name = _localized_day('%A')
day_abbr = _localized_day('%a')
month_name = _localized_month('%B')
month_abbr = _localized_month('%b')


# ---- dates ----

def isleap(year):
    """Return whether year has a leap day."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def leapdays(y1, y2):
    """Return the number of leap years from y1 to before y2."""
    def before(year):
        year -= 1
        return year // 4 - year // 100 + year // 400
    return before(y2) - before(y1)


def weekday(year, month, day):
    """Return the weekday of a date."""
    if year < datetime.MINYEAR or year > datetime.MAXYEAR:
        year = 2000 + year % 400    # the weekdays repeat
    return datetime.date(year, month, day).weekday()


def _monthlen(year, month):
    return 29 if month == February and isleap(year) else mdays[month]


def monthrange(year, month):
    """Return the weekday of the first day of a month, and the number of its days.  IllegalMonthError."""
    if not 1 <= month <= 12:
        raise IllegalMonthError(month)
    return weekday(year, month, 1), _monthlen(year, month)


def _prevmonth(year, month):
    return (year - 1, 12) if month == 1 else (year, month - 1)


def _nextmonth(year, month):
    return (year + 1, 1) if month == 12 else (year, month + 1)


_EPOCH_ORD = datetime.date(1970, 1, 1).toordinal()
EPOCH = 1970


def timegm(tuple):
    """Return the seconds since 1970 of a time in UTC, given as time.gmtime() does."""
    year, month, day, hour, minute, second = tuple[:6]
    days = datetime.date(year, month, 1).toordinal() - _EPOCH_ORD + day - 1
    return ((days * 24 + hour) * 60 + minute) * 60 + second


# ---- calendars as data ----

def _rows(items, size):
    """Return items in lists of size."""
    return [items[at:at + size] for at in range(0, len(items), size)]


class Calendar(object):
    """Calendars as lists and iterators.  firstweekday: with which day weeks begin.

    A month is whole weeks: the days before and behind it belong to others, and are 0 where they have no date.
    """

    def __init__(self, firstweekday=0):
        self.firstweekday = firstweekday

    def getfirstweekday(self):
        """Return the day that weeks begin with, 0 for Monday."""
        return self._firstweekday % 7

    def setfirstweekday(self, firstweekday):
        """Set the day that weeks begin with, 0 for Monday."""
        self._firstweekday = firstweekday

    firstweekday = property(getfirstweekday, setfirstweekday, doc='The day that weeks begin with, 0 for Monday.')

    def iterweekdays(self):
        """Iterate over the weekdays of a week, beginning with the first."""
        first = self.firstweekday
        return iter([number % 7 for number in range(first, first + 7)])

    def _surroundings(self, year, month):
        """Return how many days there are in the month's weeks before it, in it, and after it."""
        first, length = monthrange(year, month)
        before = (first - self.firstweekday) % 7
        return before, length, -(before + length) % 7

    def itermonthdates(self, year, month):
        """Iterate over the dates in the weeks of a month, as datetime.date."""
        for date in self.itermonthdays3(year, month):
            yield datetime.date(*date)

    def itermonthdays(self, year, month):
        """Iterate over the days of the weeks of a month: their numbers, or 0."""
        before, length, after = self._surroundings(year, month)
        yield from repeat(0, before)
        yield from range(1, length + 1)
        yield from repeat(0, after)

    def itermonthdays2(self, year, month):
        """Like itermonthdays(), but over (day, weekday)."""
        for at, day in enumerate(self.itermonthdays(year, month), self.firstweekday):
            yield day, at % 7

    def itermonthdays3(self, year, month):
        """Iterate over the dates in the weeks of a month, as (year, month, day)."""
        before, length, after = self._surroundings(year, month)
        other_year, other_month = _prevmonth(year, month)
        other_length = _monthlen(other_year, other_month)
        for day in range(other_length - before + 1, other_length + 1):
            yield other_year, other_month, day
        for day in range(1, length + 1):
            yield year, month, day
        other_year, other_month = _nextmonth(year, month)
        for day in range(1, after + 1):
            yield other_year, other_month, day

    def itermonthdays4(self, year, month):
        """Like itermonthdays3(), but over (year, month, day, weekday)."""
        for at, date in enumerate(self.itermonthdays3(year, month), self.firstweekday):
            yield (*date, at % 7)

    def monthdatescalendar(self, year, month):
        """Return a month as a list of weeks, which are lists of datetime.date."""
        return _rows(list(self.itermonthdates(year, month)), 7)

    def monthdays2calendar(self, year, month):
        """Return a month as a list of weeks, which are lists of (day or 0, weekday)."""
        return _rows(list(self.itermonthdays2(year, month)), 7)

    def monthdayscalendar(self, year, month):
        """Return a month as a list of weeks, which are lists of days or 0."""
        return _rows(list(self.itermonthdays(year, month)), 7)

    def yeardatescalendar(self, year, width=3):
        """Return a year as a list of rows of width months, each as monthdatescalendar() gives it."""
        return _rows([self.monthdatescalendar(year, month) for month in range(1, 13)], width)

    def yeardays2calendar(self, year, width=3):
        """Return a year as a list of rows of width months, each as monthdays2calendar() gives it."""
        return _rows([self.monthdays2calendar(year, month) for month in range(1, 13)], width)

    def yeardayscalendar(self, year, width=3):
        """Return a year as a list of rows of width months, each as monthdayscalendar() gives it."""
        return _rows([self.monthdayscalendar(year, month) for month in range(1, 13)], width)


# ---- calendars as text ----

class TextCalendar(Calendar):
    """Calendars as text.  w: width of a day, l: lines for a week, c: columns between months, m: months in a row."""

    def prweek(self, theweek, width):
        """Print a week."""
        print(self.formatweek(theweek, width), end='')

    def formatday(self, day, weekday, width):
        """Return a day's number, in the middle of width columns."""
        return ('%2i' % day if day else '').center(width)

    def formatweek(self, theweek, width):
        """Return a line of days.  theweek: list of (day, weekday)."""
        return ' '.join([self.formatday(day, number, width) for day, number in theweek])

    def formatweekday(self, day, width):
        """Return a weekday's name, shortened to width columns."""
        names = day_name if width >= 9 else day_abbr
        return names[day][:width].center(width)

    def formatweekheader(self, width):
        """Return the line above the weeks."""
        return ' '.join([self.formatweekday(number, width) for number in self.iterweekdays()])

    def formatmonthname(self, theyear, themonth, width, withyear=True):
        """Return a month's name, with the year if wanted, in the middle of width columns."""
        name = month_name[themonth]
        return ('%s %r' % (name, theyear) if withyear else name).center(width)

    def prmonth(self, theyear, themonth, w=0, l=0):
        """Print a month."""
        print(self.formatmonth(theyear, themonth, w, l), end='')

    def formatmonth(self, theyear, themonth, w=0, l=0):
        """Return a month as text."""
        width, ends = max(2, w), '\n' * max(1, l)
        lines = [self.formatmonthname(theyear, themonth, 7 * (width + 1) - 1), self.formatweekheader(width)]
        lines += [self.formatweek(week, width) for week in self.monthdays2calendar(theyear, themonth)]
        return ''.join([line.rstrip() + ends for line in lines])

    def formatyear(self, theyear, w=2, l=1, c=6, m=3):
        """Return a year as text."""
        day_width, ends, gap = max(2, w), '\n' * max(1, l), max(2, c)
        width = 7 * (day_width + 1) - 1
        parts = [repr(theyear).center(width * m + gap * (m - 1)).rstrip(), ends]
        header = self.formatweekheader(day_width)

        def add(cells):
            parts.extend([formatstring(cells, width, gap).rstrip(), ends])

        for row, months in enumerate(self.yeardays2calendar(theyear, m)):
            first = m * row + 1
            parts.append(ends)
            add([self.formatmonthname(theyear, first + at, width, False) for at in range(len(months))])
            add([header] * len(months))
            for at in range(max(map(len, months))):
                add([self.formatweek(weeks[at], day_width) if at < len(weeks) else '' for weeks in months])
        return ''.join(parts)

    def pryear(self, theyear, w=0, l=0, c=6, m=3):
        """Print a year."""
        print(self.formatyear(theyear, w, l, c, m), end='')


# ---- calendars as HTML ----

class HTMLCalendar(Calendar):
    """Calendars as HTML tables.  The attributes are the CSS classes of their parts."""

    cssclasses = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
    cssclasses_weekday_head = cssclasses
    cssclass_noday = 'noday'
    cssclass_month_head = cssclass_month = 'month'
    cssclass_year_head = cssclass_year = 'year'

    def formatday(self, day, weekday):
        """Return a table cell for a day."""
        if not day:
            return f'<td class="{self.cssclass_noday}">&nbsp;</td>'     # of another month
        return f'<td class="{self.cssclasses[weekday]}">{day:d}</td>'

    def formatweek(self, theweek):
        """Return a table row for a week."""
        return '<tr>%s</tr>' % ''.join([self.formatday(day, number) for day, number in theweek])

    def formatweekday(self, day):
        """Return a table head for a weekday."""
        return f'<th class="{self.cssclasses_weekday_head[day]}">{day_abbr[day]}</th>'

    def formatweekheader(self):
        """Return the table row above the weeks."""
        return '<tr>%s</tr>' % ''.join(map(self.formatweekday, self.iterweekdays()))

    def formatmonthname(self, theyear, themonth, withyear=True):
        """Return a table row for a month's name."""
        year = f' {theyear}' if withyear else ''
        return f'<tr><th colspan="7" class="{self.cssclass_month_head}">{month_name[themonth]}{year}</th></tr>'

    def formatmonth(self, theyear, themonth, withyear=True):
        """Return a table for a month."""
        return '\n'.join([
            f'<table border="0" cellpadding="0" cellspacing="0" class="{self.cssclass_month}">',
            self.formatmonthname(theyear, themonth, withyear=withyear), self.formatweekheader(),
            *map(self.formatweek, self.monthdays2calendar(theyear, themonth)), '</table>', ''])

    def formatyear(self, theyear, width=3):
        """Return a table of tables for a year, width of them in a row."""
        width = max(1, width)
        parts = [f'<table border="0" cellpadding="0" cellspacing="0" class="{self.cssclass_year}">\n'
                 f'<tr><th colspan="{width}" class="{self.cssclass_year_head}">{theyear}</th></tr>']
        for months in _rows(range(1, 13), width):
            cells = [f'<td>{self.formatmonth(theyear, month, withyear=False)}</td>' for month in months]
            parts.append('<tr>%s</tr>' % ''.join(cells))
        parts.append('</table>')
        return ''.join(parts)

    def formatyearpage(self, theyear, width=3, css='calendar.css', encoding=None):
        """Return a whole page for a year, as bytes.  css: the address of a style sheet, or None."""
        if encoding is None:
            encoding = sys.getdefaultencoding()
        style = '' if css is None else f'<link rel="stylesheet" type="text/css" href="{css}" />\n'
        page = (f'<?xml version="1.0" encoding="{encoding}"?>\n'
                '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" '
                '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
                f'<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset={encoding}" />\n{style}'
                f'<title>Calendar for {theyear}</title>\n</head>\n<body>\n{self.formatyear(theyear, width)}</body>\n'
                '</html>\n')
        return page.encode(encoding, 'xmlcharrefreplace')


# ---- calendars in other languages ----

class different_locale:
    """While it is entered, dates are in another locale.  locale: its name, or a pair of language and encoding."""

    def __init__(self, locale):
        self.locale = locale

    def __enter__(self):
        import locale
        self.oldlocale = locale.getlocale(locale.LC_TIME)
        locale.setlocale(locale.LC_TIME, self.locale)

    def __exit__(self, *args):
        import locale
        locale.setlocale(locale.LC_TIME, self.oldlocale)


def _own_locale(given):
    """Return the locale of a calendar: the given one, or the user's."""
    if given is None:
        import locale
        given = locale.getdefaultlocale()
    return given


class LocaleTextCalendar(TextCalendar):
    """Calendars as text, with names as in locale."""

    def __init__(self, firstweekday=0, locale=None):
        super().__init__(firstweekday)
        self.locale = _own_locale(locale)

    def formatweekday(self, day, width):
        with different_locale(self.locale):
            return super().formatweekday(day, width)

    def formatmonthname(self, theyear, themonth, width, withyear=True):
        with different_locale(self.locale):
            return super().formatmonthname(theyear, themonth, width, withyear)


class LocaleHTMLCalendar(HTMLCalendar):
    """Calendars as HTML, with names as in locale."""

    def __init__(self, firstweekday=0, locale=None):
        super().__init__(firstweekday)
        self.locale = _own_locale(locale)

    def formatweekday(self, day):
        with different_locale(self.locale):
            return super().formatweekday(day)

    def formatmonthname(self, theyear, themonth, withyear=True):
        with different_locale(self.locale):
            return super().formatmonthname(theyear, themonth, withyear)


# ---- functions: the methods of one TextCalendar ----

c = TextCalendar()

firstweekday = c.getfirstweekday


def setfirstweekday(firstweekday):
    """Let weeks begin with another day, for the functions of this module."""
    if not MONDAY <= firstweekday <= SUNDAY:
        raise IllegalWeekdayError(firstweekday)
    c.firstweekday = firstweekday


monthcalendar = c.monthdayscalendar
month, prmonth = c.formatmonth, c.prmonth
calendar, prcal = c.formatyear, c.pryear
week, prweek, weekheader = c.formatweek, c.prweek, c.formatweekheader

_colwidth = 7 * 3 - 1
_spacing = 6


def format(cols, colwidth=_colwidth, spacing=_spacing):
    """Print texts side by side, each in the middle of a column."""
    print(formatstring(cols, colwidth, spacing))


def formatstring(cols, colwidth=_colwidth, spacing=_spacing):
    """Return texts side by side, each in the middle of a column of colwidth, with spacing between."""
    return (' ' * spacing).join([text.center(colwidth) for text in cols])


# ---- the program ----

def _make_parser():
    import argparse
    parser = argparse.ArgumentParser()
    text = parser.add_argument_group('text only arguments')
    for letter, name, default, what in (
            ('w', 'width', 2, 'width of date column'), ('l', 'lines', 1, 'number of lines for each week'),
            ('s', 'spacing', 6, 'spacing between months'), ('m', 'months', 3, 'months per row')):
        text.add_argument('-' + letter, '--' + name, type=int, default=default, help=f'{what} (default {default})')
    html = parser.add_argument_group('html only arguments')
    html.add_argument('-c', '--css', default='calendar.css', help='CSS to use for page')
    parser.add_argument('-L', '--locale', default=None, help='locale to be used from month and weekday names')
    parser.add_argument('-e', '--encoding', default=None, help='encoding to use for output')
    parser.add_argument('-t', '--type', default='text', choices=('text', 'html'), help='output type (text or html)')
    parser.add_argument('year', nargs='?', type=int, help='year number (1-9999)')
    parser.add_argument('month', nargs='?', type=int, help='month number (1-12, text only)')
    return parser


def main(args):
    """Print a calendar as the command line args says."""
    parser = _make_parser()
    options = parser.parse_args(args[1:])
    if options.locale and not options.encoding:
        parser.error('if --locale is specified --encoding is required')
    given_locale = {'locale': (options.locale, options.encoding)} if options.locale else {}
    if options.type == 'html':
        if options.month is not None:
            parser.error('incorrect number of arguments')
        pages = LocaleHTMLCalendar(**given_locale) if given_locale else HTMLCalendar()
        encoding = options.encoding or sys.getdefaultencoding()
        year = datetime.date.today().year if options.year is None else options.year
        sys.stdout.buffer.write(pages.formatyearpage(year, encoding=encoding, css=options.css))
        return
    texts = LocaleTextCalendar(**given_locale) if given_locale else TextCalendar()
    layout = dict(w=options.width, l=options.lines)
    if options.month is None:
        year = datetime.date.today().year if options.year is None else options.year
        result = texts.formatyear(year, c=options.spacing, m=options.months, **layout)
    else:
        result = texts.formatmonth(options.year, options.month, **layout)
    if options.encoding:
        sys.stdout.buffer.write(result.encode(options.encoding))
    else:
        sys.stdout.write(result)


if __name__ == '__main__':
    main(sys.argv)
