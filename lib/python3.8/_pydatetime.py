# SPDX-License-Identifier: MIT
"""Dates and times in Python, for where the native module _datetime is missing.  See the module datetime.

A timedelta is a number of microseconds.  A date is year, month and day in the Gregorian calendar, extended to year 1;
its ordinal counts days, that of 1 January of year 1 being 1.
"""

import math as _math
import time as _time

__all__ = ['MINYEAR', 'MAXYEAR', 'date', 'time', 'datetime', 'timedelta', 'timezone', 'tzinfo']

MINYEAR, MAXYEAR = 1, 9999
_MAX_ORDINAL = 3652059
_SECOND = 1000000                   # in microseconds
_DAY = 24 * 3600 * _SECOND

_MONTH_NAMES = ' Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
_DAY_NAMES = 'Mon Tue Wed Thu Fri Sat Sun'.split()
_LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_BEFORE = tuple([sum(_LENGTHS[:month]) for month in range(14)])     # days before a month


# ---- the calendar ----

def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days_in_month(year, month):
    return 29 if month == 2 and _is_leap(year) else _LENGTHS[month]


def _days_before_year(year):
    past = year - 1
    return past * 365 + past // 4 - past // 100 + past // 400


def _day_of_year(year, month, day):
    return _BEFORE[month] + (month > 2 and _is_leap(year)) + day


def _to_ordinal(year, month, day):
    return _days_before_year(year) + _day_of_year(year, month, day)


def _from_ordinal(n):
    """Return (year, month, day) of an ordinal."""
    year = (n - 1) * 400 // 146097 + 1      # right, or one off
    if _days_before_year(year) >= n:
        year -= 1
    elif _days_before_year(year + 1) < n:
        year += 1
    day = n - _days_before_year(year)
    month = min(day // 29 + 1, 12)          # right, or one too late
    while _day_of_year(year, month, 1) > day:
        month -= 1
    return year, month, day - _day_of_year(year, month, 1) + 1


def _first_iso_monday(year):
    """Return the ordinal of the Monday of the first ISO week: the one with the first Thursday."""
    first = _to_ordinal(year, 1, 1)
    weekday = (first + 6) % 7
    return first - weekday + (7 if weekday > 3 else 0)


# ---- checks of arguments ----

def _as_int(value):
    """Return value as an int.  TypeError if it is not a whole number."""
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        raise TypeError('integer argument expected, got float')
    for method in ('__index__', '__int__'):
        if not hasattr(value, method):
            continue
        number = getattr(value, method)()
        if not isinstance(number, int):
            raise TypeError('%s returned non-int (type %s)' % (method, type(number).__name__))
        if method == '__int__':
            import warnings
            warnings.warn('an integer is required (got type %s)' % type(value).__name__, DeprecationWarning,
                          stacklevel=3)
        return number
    raise TypeError('an integer is required (got type %s)' % type(value).__name__)


def _checked_date(year, month, day):
    year, month, day = _as_int(year), _as_int(month), _as_int(day)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError('year %i is out of range' % year)
    if not 1 <= month <= 12:
        raise ValueError('month must be in 1..12')
    if not 1 <= day <= _days_in_month(year, month):
        raise ValueError('day is out of range for month')
    return year, month, day


def _checked_time(hour, minute, second, microsecond, fold):
    fields = _as_int(hour), _as_int(minute), _as_int(second), _as_int(microsecond)
    for name, value, end in zip(('hour', 'minute', 'second', 'microsecond'), fields, (24, 60, 60, _SECOND)):
        if not 0 <= value < end:
            raise ValueError('%s must be in 0..%d' % (name, end - 1))
    if fold not in (0, 1):
        raise ValueError('fold must be either 0 or 1')
    return fields


def _checked_zone(zone):
    if zone is not None and not isinstance(zone, tzinfo):
        raise TypeError("tzinfo argument must be None or of a tzinfo subclass, not type '%s'" % type(zone).__name__)
    return zone


def _checked_name(name):
    if name is not None and not isinstance(name, str):
        raise TypeError("tzinfo.tzname() must return None or a string, not '%s'" % type(name).__name__)
    return name


_OFFSET_RANGE = 'offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24)'


def _checked_offset(method, offset):
    """Return what a method of a tzinfo has returned, if it is a possible offset."""
    if offset is not None:
        if not isinstance(offset, timedelta):
            raise TypeError("tzinfo.%s() must return None or timedelta, not '%s'" % (method, type(offset).__name__))
        if not -_DAY < offset._us < _DAY:
            raise ValueError(_OFFSET_RANGE + '.')
    return offset


def _latin1(state, name):
    """Return a pickled state as bytes.  It is a str in pickles of Python 2 that were loaded as latin-1."""
    if isinstance(state, bytes):
        return state
    try:
        return state.encode('latin1')
    except UnicodeEncodeError:
        raise ValueError("Failed to encode latin1 string when unpickling a %s object. "
                         "pickle.load(data, encoding='latin1') is assumed." % name)


def _is_state(value, size):
    return isinstance(value, (bytes, str)) and len(value) == size


# ---- texts ----

def _offset_text(offset, colon=':'):
    """Return an offset as +HH:MM, with seconds and microseconds if they are not 0; '' for None."""
    if offset is None:
        return ''
    total = offset._us
    seconds, us = divmod(abs(total), _SECOND)
    minutes, seconds = divmod(seconds, 60)
    text = '%s%02d%s%02d' % ('-' if total < 0 else '+', minutes // 60, colon, minutes % 60)
    if seconds or us:
        text += '%s%02d' % (colon, seconds)
    return text + '.%06d' % us if us else text


_TIMESPECS = {'hours': '{:02d}', 'minutes': '{:02d}:{:02d}', 'seconds': '{:02d}:{:02d}:{:02d}',
              'milliseconds': '{:02d}:{:02d}:{:02d}.{:03d}', 'microseconds': '{:02d}:{:02d}:{:02d}.{:06d}'}


def _time_text(hour, minute, second, us, timespec='auto'):
    if timespec == 'auto':
        timespec = 'microseconds' if us else 'seconds'
    elif timespec == 'milliseconds':
        us //= 1000
    try:
        layout = _TIMESPECS[timespec]
    except KeyError:
        raise ValueError('Unknown timespec value')
    return layout.format(hour, minute, second, us)


def _strftime(obj, format, timetuple):
    """time.strftime() that knows the microseconds, offset and name of the zone of obj, too."""
    if not isinstance(format, str):
        raise TypeError('strftime() argument 1 must be str, not %s' % type(format).__name__)
    parts = format.split('%')
    at = 1
    while at < len(parts):
        code = parts[at][:1]
        if not code:
            at += 1         # a percent sign: what is behind the second one is no code
        elif code in 'fzZ':
            if code == 'f':
                text = '%06d' % getattr(obj, 'microsecond', 0)
            elif not hasattr(obj, 'utcoffset'):
                text = ''
            elif code == 'z':
                text = _offset_text(obj.utcoffset(), '')
            else:
                text = (obj.tzname() or '').replace('%', '%%')
            parts[at - 1:at + 1] = [parts[at - 1] + text + parts[at][1:]]
            continue
        at += 1
    return _time.strftime('%'.join(parts), timetuple)


def _struct_time(year, month, day, hour, minute, second, dst):
    weekday = (_to_ordinal(year, month, day) + 6) % 7
    return _time.struct_time((year, month, day, hour, minute, second, weekday, _day_of_year(year, month, day), dst))


# ---- reading of texts ----

def _number(text, start, size):
    digits = text[start:start + size]
    if len(digits) != size or not (digits.isascii() and digits.isdigit()):
        raise ValueError('no number')
    return int(digits)


def _read_date(text):
    if len(text) != 10 or text[4] != '-' or text[7] != '-':
        raise ValueError('no date')
    return _number(text, 0, 4), _number(text, 5, 2), _number(text, 8, 2)


def _read_clock(text):
    """Read HH[:MM[:SS[.fff[fff]]]] and return four numbers."""
    fields = [0, 0, 0, 0]
    at = 0
    for index in range(3):
        fields[index] = _number(text, at, 2)
        at += 2
        if at == len(text):
            return fields
        if text[at] != ('.' if index == 2 else ':'):
            raise ValueError('no separator')
        at += 1
    size = len(text) - at
    if size not in (3, 6):
        raise ValueError('no fraction')
    fields[3] = _number(text, at, size) * (1000 if size == 3 else 1)
    return fields


def _read_time(text):
    """Read a time with or without an offset; return four numbers and (sign, four numbers) or None."""
    at = max(text.find('-'), text.find('+'))
    if at < 0:
        return _read_clock(text), None
    zone = text[at + 1:]
    if len(zone) not in (5, 8, 15):
        raise ValueError('no offset')
    return _read_clock(text[:at]), (-1 if text[at] == '-' else 1, _read_clock(zone))


def _make_zone(read):
    """Return the zone for an offset that _read_time() has read."""
    if read is None:
        return None
    sign, (hours, minutes, seconds, us) = read
    return timezone(sign * timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=us))


def _checked_iso(text, read):
    """Return read(text); ValueError that names text if it is malformed."""
    if not isinstance(text, str):
        raise TypeError('fromisoformat: argument must be str')
    try:
        return read(text)
    except ValueError:
        raise ValueError(f'Invalid isoformat string: {text!r}') from None


# ---- comparison ----

def _type_name(value):
    return '%s.%s' % (type(value).__module__, type(value).__qualname__)


class _Ordered:
    """Comparison by a method _cmp(other, allow_mixed), which returns a number, or None for NotImplemented.

    allow_mixed: only equality is asked for, so what has no order is different (2) instead of an error.
    """

    __slots__ = ()
    __module__ = 'datetime'

    def __eq__(self, other):
        order = self._cmp(other, True)
        return NotImplemented if order is None else order == 0

    def __lt__(self, other):
        order = self._cmp(other)
        return NotImplemented if order is None else order < 0

    def __le__(self, other):
        order = self._cmp(other)
        return NotImplemented if order is None else order <= 0

    def __gt__(self, other):
        order = self._cmp(other)
        return NotImplemented if order is None else order > 0

    def __ge__(self, other):
        order = self._cmp(other)
        return NotImplemented if order is None else order >= 0


def _order(a, b):
    return (a > b) - (a < b)


# ---- timedelta ----

def _divide_and_round(a, b):
    """Return a / b as the nearest integer, halves to even."""
    if b < 0:
        a, b = -a, -b
    quotient, rest = divmod(a, b)
    return quotient + (2 * rest > b or 2 * rest == b and quotient % 2 == 1)


class timedelta(_Ordered):
    """A difference of times: days, seconds (0 to 86399) and microseconds (0 to 999999); only days can be negative."""

    __slots__ = ('_us', '_hashcode')
    __module__ = 'datetime'

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        whole, fraction = 0, 0.0        # the fraction of a microsecond is rounded at the end only
        for name, value, unit in (('days', days, _DAY), ('seconds', seconds, _SECOND),
                                  ('microseconds', microseconds, 1), ('milliseconds', milliseconds, 1000),
                                  ('minutes', minutes, 60 * _SECOND), ('hours', hours, 3600 * _SECOND),
                                  ('weeks', weeks, 7 * _DAY)):
            if isinstance(value, int):
                whole += value * unit
            elif isinstance(value, float):
                rest, count = _math.modf(value)
                whole += int(count) * unit
                rest, count = _math.modf(rest * unit)
                whole += int(count)
                fraction += rest
            else:
                raise TypeError('unsupported type for timedelta %s component: %s' % (name, type(value).__name__))
        if fraction:
            odd = whole % 2
            whole += round(fraction + odd) - odd if abs(fraction) % 1 == 0.5 else round(fraction)
        return cls._make(whole)

    @classmethod
    def _make(cls, us):
        if not -999999999 <= us // _DAY <= 999999999:
            raise OverflowError('days=%d; must have magnitude <= 999999999' % (us // _DAY))
        self = object.__new__(cls)
        self._us = us
        self._hashcode = -1
        return self

    @property
    def days(self):
        """Number of days."""
        return self._us // _DAY

    @property
    def seconds(self):
        """Number of seconds (>= 0 and less than 1 day)."""
        return self._us % _DAY // _SECOND

    @property
    def microseconds(self):
        """Number of microseconds (>= 0 and less than 1 second)."""
        return self._us % _SECOND

    def total_seconds(self):
        """Return it in seconds, as a float."""
        return self._us / _SECOND

    def __repr__(self):
        parts = ['%s=%d' % (name, getattr(self, name)) for name in ('days', 'seconds', 'microseconds')
                 if getattr(self, name)]
        return '%s(%s)' % (_type_name(self), ', '.join(parts) or '0')

    def __str__(self):
        minutes, seconds = divmod(self.seconds, 60)
        text = '%d:%02d:%02d' % (minutes // 60, minutes % 60, seconds)
        days, us = self.days, self.microseconds
        if days:
            text = '%d day%s, %s' % (days, '' if abs(days) == 1 else 's', text)
        return text + '.%06d' % us if us else text

    def __add__(self, other):
        return timedelta._make(self._us + other._us) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        return timedelta._make(self._us - other._us) if isinstance(other, timedelta) else NotImplemented

    def __rsub__(self, other):
        return timedelta._make(other._us - self._us) if isinstance(other, timedelta) else NotImplemented

    def __neg__(self):
        return timedelta._make(-self._us)

    def __pos__(self):
        return timedelta._make(self._us)

    def __abs__(self):
        return timedelta._make(abs(self._us))

    def __mul__(self, other):
        if isinstance(other, int):
            return timedelta._make(self._us * other)
        if isinstance(other, float):
            top, bottom = other.as_integer_ratio()
            return timedelta._make(_divide_and_round(self._us * top, bottom))
        return NotImplemented

    __rmul__ = __mul__

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._us // other._us
        return timedelta._make(self._us // other) if isinstance(other, int) else NotImplemented

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._us / other._us
        if isinstance(other, int):
            return timedelta._make(_divide_and_round(self._us, other))
        if isinstance(other, float):
            top, bottom = other.as_integer_ratio()
            return timedelta._make(_divide_and_round(self._us * bottom, top))
        return NotImplemented

    def __mod__(self, other):
        return timedelta._make(self._us % other._us) if isinstance(other, timedelta) else NotImplemented

    def __divmod__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        quotient, rest = divmod(self._us, other._us)
        return quotient, timedelta._make(rest)

    def _cmp(self, other, allow_mixed=False):
        return _order(self._us, other._us) if isinstance(other, timedelta) else None

    def _state(self):
        return self.days, self.seconds, self.microseconds

    def __hash__(self):
        if self._hashcode == -1:
            self._hashcode = hash(self._state())
        return self._hashcode

    def __bool__(self):
        return self._us != 0

    def __reduce__(self):
        return self.__class__, self._state()


timedelta.min = timedelta(-999999999)
timedelta.max = timedelta._make(10 ** 9 * _DAY - 1)
timedelta.resolution = timedelta(microseconds=1)


# ---- date ----

class date(_Ordered):
    """A date: year, month, day."""

    __slots__ = ('_year', '_month', '_day', '_hashcode')
    __module__ = 'datetime'

    def __new__(cls, year, month=None, day=None):
        if month is None and _is_state(year, 4) and 1 <= ord(year[2:3]) <= 12:
            high, low, month, day = _latin1(year, 'date')      # a pickle, which is trusted
            fields = high * 256 + low, month, day
        else:
            fields = _checked_date(year, month, day)
        self = object.__new__(cls)
        self._year, self._month, self._day = fields
        self._hashcode = -1
        return self

    @classmethod
    def fromtimestamp(cls, t):
        """Return the local date of a POSIX timestamp."""
        return cls(*_time.localtime(t)[:3])

    @classmethod
    def today(cls):
        """Return the current local date."""
        return cls.fromtimestamp(_time.time())

    @classmethod
    def fromordinal(cls, n):
        """Return the date of an ordinal."""
        if n < 1:
            raise ValueError('ordinal must be >= 1')
        return cls(*_from_ordinal(n))

    @classmethod
    def fromisoformat(cls, date_string):
        """Return the date written as YYYY-MM-DD."""
        return cls(*_checked_iso(date_string, _read_date))

    @classmethod
    def fromisocalendar(cls, year, week, day):
        """Return the date of an ISO year, week and weekday."""
        if not MINYEAR <= year <= MAXYEAR:
            raise ValueError(f'Year is out of range: {year}')
        monday = _first_iso_monday(year) + (week - 1) * 7
        if not 1 <= week <= 53 or week == 53 and monday == _first_iso_monday(year + 1):
            raise ValueError(f'Invalid week: {week}')
        if not 1 <= day <= 7:
            raise ValueError(f'Invalid day: {day} (range is [1, 7])')
        return cls(*_from_ordinal(monday + day - 1))

    @property
    def year(self):
        """year (1-9999)"""
        return self._year

    @property
    def month(self):
        """month (1-12)"""
        return self._month

    @property
    def day(self):
        """day (1-31)"""
        return self._day

    def __repr__(self):
        return '%s(%d, %d, %d)' % (_type_name(self), self._year, self._month, self._day)

    def isoformat(self):
        """Return it as YYYY-MM-DD."""
        return '%04d-%02d-%02d' % (self._year, self._month, self._day)

    __str__ = isoformat

    def ctime(self):
        """Return it as in "Sun Jan  2 00:00:00 2000"."""
        return '%s %s %2d 00:00:00 %04d' % (_DAY_NAMES[self.weekday()], _MONTH_NAMES[self._month], self._day,
                                            self._year)

    def strftime(self, fmt):
        """Return it as fmt says, which is as for time.strftime()."""
        return _strftime(self, fmt, self.timetuple())

    def __format__(self, fmt):
        if not isinstance(fmt, str):
            raise TypeError('must be str, not %s' % type(fmt).__name__)
        return self.strftime(fmt) if fmt else str(self)

    def timetuple(self):
        """Return it as time.localtime() does."""
        return _struct_time(self._year, self._month, self._day, 0, 0, 0, -1)

    def toordinal(self):
        """Return the number of the day; that of 1 January of year 1 is 1."""
        return _to_ordinal(self._year, self._month, self._day)

    def replace(self, year=None, month=None, day=None):
        """Return one with other values for the given fields."""
        return type(self)(self._year if year is None else year, self._month if month is None else month,
                          self._day if day is None else day)

    def _cmp(self, other, allow_mixed=False):
        if not isinstance(other, date):
            return None
        return _order((self._year, self._month, self._day), (other._year, other._month, other._day))

    def __hash__(self):
        if self._hashcode == -1:
            self._hashcode = hash(self._getstate())
        return self._hashcode

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        ordinal = self.toordinal() + other.days
        if not 1 <= ordinal <= _MAX_ORDINAL:
            raise OverflowError('date value out of range')
        return type(self).fromordinal(ordinal)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + timedelta(-other.days)
        return timedelta(self.toordinal() - other.toordinal()) if isinstance(other, date) else NotImplemented

    def weekday(self):
        """Return the weekday, 0 for Monday."""
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        """Return the weekday, 1 for Monday."""
        return self.weekday() + 1

    def isocalendar(self):
        """Return (ISO year, week, weekday)."""
        ordinal = self.toordinal()
        for year in (self._year + 1, self._year, self._year - 1):
            week, day = divmod(ordinal - _first_iso_monday(year), 7)
            if week >= 0:
                return year, week + 1, day + 1

    def _getstate(self):
        return bytes([*divmod(self._year, 256), self._month, self._day]),

    def __reduce__(self):
        return self.__class__, self._getstate()


_date_class = date      # datetime has a method of this name

date.min, date.max = date(1, 1, 1), date(9999, 12, 31)
date.resolution = timedelta(1)


# ---- time zones ----

class tzinfo:
    """Base class of time zones: tzname(), utcoffset() and dst() are asked for a datetime, or None for a time."""

    __slots__ = ()
    __module__ = 'datetime'

    def tzname(self, dt):
        """Return the name of the zone."""
        raise NotImplementedError('a tzinfo subclass must implement tzname()')

    def utcoffset(self, dt):
        """Return the difference from UTC, positive in the east."""
        raise NotImplementedError('a tzinfo subclass must implement utcoffset()')

    def dst(self, dt):
        """Return the part of the difference that is daylight saving time."""
        raise NotImplementedError('a tzinfo subclass must implement dst()')

    def fromutc(self, dt):
        """Return dt, which is in UTC, in this zone.  Its tzinfo is this zone already."""
        if not isinstance(dt, datetime):
            raise TypeError('fromutc: argument must be a datetime')
        if dt.tzinfo is not self:
            raise ValueError('fromutc: dt.tzinfo is not self')
        offset, saving = dt.utcoffset(), dt.dst()
        if offset is None:
            raise ValueError('fromutc: non-None utcoffset() result required')
        if saving is None:
            raise ValueError('fromutc: non-None dst() result required')
        standard = offset - saving      # is taken to be always the same
        if standard:
            dt += standard
            saving = dt.dst()
            if saving is None:
                raise ValueError('fromutc(): dt.dst gave inconsistent results; cannot convert')
        return dt + saving

    def __reduce__(self):
        args = self.__getinitargs__() if hasattr(self, '__getinitargs__') else ()
        if hasattr(self, '__getstate__'):
            state = self.__getstate__()
        else:
            state = getattr(self, '__dict__', None) or None
        return (self.__class__, args) if state is None else (self.__class__, args, state)


_tzinfo_class = tzinfo


class timezone(tzinfo):
    """A zone with a fixed difference from UTC, and a name."""

    __slots__ = ('_offset', '_name')
    __module__ = 'datetime'
    _Omitted = object()

    def __new__(cls, offset, name=_Omitted):
        if not isinstance(offset, timedelta):
            raise TypeError('timezone() argument 1 must be datetime.timedelta, not %s' % type(offset).__name__)
        if name is cls._Omitted:
            if not offset:
                return cls.utc
            name = None
        elif not isinstance(name, str):
            raise TypeError('timezone() argument 2 must be str, not %s' % type(name).__name__)
        if not -_DAY < offset._us < _DAY:
            raise ValueError('%s, not %r.' % (_OFFSET_RANGE, offset))
        return cls._create(offset, name)

    @classmethod
    def _create(cls, offset, name=None):
        self = tzinfo.__new__(cls)
        self._offset, self._name = offset, name
        return self

    def __getinitargs__(self):
        return (self._offset,) if self._name is None else (self._offset, self._name)

    def __eq__(self, other):
        return self._offset == other._offset if isinstance(other, timezone) else NotImplemented

    def __hash__(self):
        return hash(self._offset)

    def __repr__(self):
        if self is self.utc:
            return 'datetime.timezone.utc'
        return '%s(%s)' % (_type_name(self), ', '.join(map(repr, self.__getinitargs__())))

    def __str__(self):
        return self.tzname(None)

    def _check(self, method, dt):
        if dt is not None and not isinstance(dt, datetime):
            raise TypeError('%s(dt) argument must be a datetime instance or None, not %s'
                            % (method, type(dt).__name__))

    def utcoffset(self, dt):
        """Return the fixed difference."""
        self._check('utcoffset', dt)
        return self._offset

    def tzname(self, dt):
        """Return the name; one made of the difference if it has none."""
        self._check('tzname', dt)
        if self._name is not None:
            return self._name
        return 'UTC' + _offset_text(self._offset) if self._offset else 'UTC'

    def dst(self, dt):
        """Return None."""
        self._check('dst', dt)
        return None

    def fromutc(self, dt):
        """Return dt, which is in UTC, in this zone.  Its tzinfo is this zone already."""
        if not isinstance(dt, datetime):
            raise TypeError('fromutc: argument must be a datetime')
        if dt.tzinfo is not self:
            raise ValueError('fromutc: dt.tzinfo is not self')
        return dt + self._offset


timezone.utc = timezone._create(timedelta(0))
timezone.max = timezone._create(timedelta(hours=23, minutes=59))
timezone.min = timezone._create(-timedelta(hours=23, minutes=59))


# ---- time ----

class _Clock(_Ordered):
    """What time and datetime share: hour, minute, second, microsecond, tzinfo, fold."""

    __slots__ = ()
    __module__ = 'datetime'

    @property
    def hour(self):
        """hour (0-23)"""
        return self._hour

    @property
    def minute(self):
        """minute (0-59)"""
        return self._minute

    @property
    def second(self):
        """second (0-59)"""
        return self._second

    @property
    def microsecond(self):
        """microsecond (0-999999)"""
        return self._microsecond

    @property
    def tzinfo(self):
        """timezone info object"""
        return self._tzinfo

    @property
    def fold(self):
        """1 for the second of two equal times, when clocks are set back"""
        return self._fold

    def _set_clock(self, clock, zone, fold):
        self._hour, self._minute, self._second, self._microsecond = clock
        self._tzinfo, self._fold = zone, fold
        self._hashcode = -1

    def _clock(self):
        return self._hour, self._minute, self._second, self._microsecond

    def _clock_us(self):
        """The time since midnight in microseconds."""
        return ((self._hour * 60 + self._minute) * 60 + self._second) * _SECOND + self._microsecond

    def _clock_state(self):
        high, low = divmod(self._microsecond, 256)
        return [self._hour, self._minute, self._second, *divmod(high, 256), low]

    def _add_to_repr(self, text):
        """Insert zone and fold into a repr."""
        if self._tzinfo is not None:
            text = '%s, tzinfo=%r)' % (text[:-1], self._tzinfo)
        return text[:-1] + ', fold=1)' if self._fold else text

    def __hash__(self):
        if self._hashcode == -1:
            self._hashcode = self._make_hash(self.replace(fold=0) if self._fold else self)
        return self._hashcode

    def __reduce_ex__(self, protocol):
        state = self._state_bytes(protocol)
        return type(self), ((state,) if self._tzinfo is None else (state, self._tzinfo))

    def __reduce__(self):
        return self.__reduce_ex__(2)


def _clock_from_state(state):
    """Return hour, minute, second and microsecond from six bytes."""
    return state[0], state[1], state[2], (state[3] * 256 + state[4]) * 256 + state[5]


def _checked_state_zone(zone):
    if zone is not None and not isinstance(zone, _tzinfo_class):
        raise TypeError('bad tzinfo state arg')
    return zone


class time(_Clock):
    """A time of a day, with or without a zone."""

    __slots__ = ('_hour', '_minute', '_second', '_microsecond', '_tzinfo', '_hashcode', '_fold')
    __module__ = 'datetime'

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if _is_state(hour, 6) and ord(hour[:1]) & 0x7f < 24:
            state = _latin1(hour, 'time')       # a pickle; the zone is the second argument
            tzinfo, fold = _checked_state_zone(minute or None), state[0] >> 7
            clock = _clock_from_state(bytes([state[0] & 0x7f]) + state[1:])
        else:
            tzinfo, clock = _checked_zone(tzinfo), _checked_time(hour, minute, second, microsecond, fold)
        self = object.__new__(cls)
        self._set_clock(clock, tzinfo, fold)
        return self

    @classmethod
    def fromisoformat(cls, time_string):
        """Return the time written as HH[:MM[:SS[.fff[fff]]]][+HH:MM[:SS[.ffffff]]]."""
        clock, zone = _checked_iso(time_string, _read_time)
        return cls(*clock, _make_zone(zone))

    def _cmp(self, other, allow_mixed=False):
        if not isinstance(other, time):
            return None
        mine = its = None
        if self._tzinfo is not other._tzinfo:
            mine, its = self.utcoffset(), other.utcoffset()
        if mine == its:
            return _order(self._clock(), other._clock())
        if mine is None or its is None:
            if allow_mixed:
                return 2
            raise TypeError("can't compare offset-naive and offset-aware times")
        return _order(self._clock_us() - mine._us, other._clock_us() - its._us)

    @staticmethod
    def _make_hash(self):
        offset = self.utcoffset()
        if not offset:
            return hash(self._state_bytes())
        total = self._clock_us() - offset._us
        if 0 <= total < _DAY:
            seconds, us = divmod(total, _SECOND)
            minutes, seconds = divmod(seconds, 60)
            return hash(time(minutes // 60, minutes % 60, seconds, us))
        return hash(total)

    def __repr__(self):
        fields = self._clock()
        shown = fields if fields[3] else fields[:3] if fields[2] else fields[:2]
        return self._add_to_repr('%s(%s)' % (_type_name(self), ', '.join(map(str, shown))))

    def isoformat(self, timespec='auto'):
        """Return it as HH:MM:SS.ffffff+HH:MM.  timespec: up to which unit, e.g. 'minutes' or 'milliseconds'."""
        return _time_text(*self._clock(), timespec) + _offset_text(self.utcoffset())

    __str__ = isoformat

    def strftime(self, fmt):
        """Return it as fmt says; the date is 1 January 1900."""
        return _strftime(self, fmt, (1900, 1, 1, self._hour, self._minute, self._second, 0, 1, -1))

    __format__ = date.__format__

    def utcoffset(self):
        """Return the zone's difference from UTC, or None."""
        return None if self._tzinfo is None else _checked_offset('utcoffset', self._tzinfo.utcoffset(None))

    def tzname(self):
        """Return the zone's name, or None."""
        return None if self._tzinfo is None else _checked_name(self._tzinfo.tzname(None))

    def dst(self):
        """Return the zone's daylight saving time, or None."""
        return None if self._tzinfo is None else _checked_offset('dst', self._tzinfo.dst(None))

    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        """Return one with other values for the given fields."""
        given = (hour, minute, second, microsecond)
        clock = [old if new is None else new for new, old in zip(given, self._clock())]
        return type(self)(*clock, self._tzinfo if tzinfo is True else tzinfo,
                          fold=self._fold if fold is None else fold)

    def _state_bytes(self, protocol=3):
        state = self._clock_state()
        if self._fold and protocol > 3:
            state[0] += 128
        return bytes(state)


_time_class = time

time.min, time.max = time(0, 0, 0), time(23, 59, 59, 999999)
time.resolution = timedelta(microseconds=1)


# ---- datetime ----

class datetime(_Clock, date):
    """A date and a time, with or without a zone."""

    __slots__ = time.__slots__[:5] + ('_fold',)
    __module__ = 'datetime'

    def __new__(cls, year, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if _is_state(year, 10) and 1 <= ord(year[2:3]) & 0x7f <= 12:
            state = _latin1(year, 'datetime')   # a pickle; the zone is the second argument
            tzinfo, fold = _checked_state_zone(month), state[2] >> 7
            fields = state[0] * 256 + state[1], state[2] & 0x7f, state[3]
            clock = _clock_from_state(state[4:])
        else:
            fields = _checked_date(year, month, day)
            tzinfo, clock = _checked_zone(tzinfo), _checked_time(hour, minute, second, microsecond, fold)
        self = object.__new__(cls)
        self._year, self._month, self._day = fields
        self._set_clock(clock, tzinfo, fold)
        return self

    @classmethod
    def _from_us(cls, us, zone):
        """Return the datetime that many microseconds after the beginning of the day with ordinal 0."""
        days, us = divmod(us, _DAY)
        if not 1 <= days <= _MAX_ORDINAL:
            raise OverflowError('date value out of range')
        seconds, us = divmod(us, _SECOND)
        minutes, seconds = divmod(seconds, 60)
        return cls(*_from_ordinal(days), minutes // 60, minutes % 60, seconds, us, tzinfo=zone)

    def _us(self):
        return self.toordinal() * _DAY + self._clock_us()

    @classmethod
    def _fromtimestamp(cls, t, convert, zone):
        fraction, seconds = _math.modf(t)
        us = round(fraction * 1e6)
        seconds, us = seconds + us // _SECOND, us % _SECOND
        year, month, day, hour, minute, second = convert(seconds)[:6]
        made = cls(year, month, day, hour, minute, min(second, 59), us, zone)
        if zone is None and convert is _time.localtime:
            # Has the clock been set back within the last day, and shown this time before?
            earlier = cls(*convert(seconds - 24 * 3600)[:6])
            change = made._us() - us - earlier._us() - _DAY
            if change < 0:
                before = cls(*convert(seconds + change // _SECOND)[:6])
                if before._us() + us == made._us():
                    made._fold = 1
        elif zone is not None:
            made = zone.fromutc(made)
        return made

    @classmethod
    def fromtimestamp(cls, t, tz=None):
        """Return the local time of a POSIX timestamp, or that in zone tz."""
        _checked_zone(tz)
        return cls._fromtimestamp(t, _time.localtime if tz is None else _time.gmtime, tz)

    @classmethod
    def utcfromtimestamp(cls, t):
        """Return the time of a POSIX timestamp in UTC, without a zone."""
        return cls._fromtimestamp(t, _time.gmtime, None)

    @classmethod
    def now(cls, tz=None):
        """Return the current local time, or that in zone tz."""
        return cls.fromtimestamp(_time.time(), tz)

    @classmethod
    def utcnow(cls):
        """Return the current time in UTC, without a zone."""
        return cls.utcfromtimestamp(_time.time())

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        """Return the datetime of a date and a time; with the time's zone, or tzinfo."""
        if not isinstance(date, _date_class):
            raise TypeError('combine() argument 1 must be datetime.date, not %s' % type(date).__name__)
        if not isinstance(time, _time_class):
            raise TypeError('combine() argument 2 must be datetime.time, not %s' % type(time).__name__)
        return cls(date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond,
                   time.tzinfo if tzinfo is True else tzinfo, fold=time.fold)

    @classmethod
    def fromisoformat(cls, date_string):
        """Return the datetime written as YYYY-MM-DD[*TIME]: any character, and a time as time.fromisoformat() reads."""
        def read(text):
            return _read_date(text[:10]), _read_time(text[11:]) if len(text) > 10 else ((), None)
        day, (clock, zone) = _checked_iso(date_string, read)
        return cls(*day, *clock, tzinfo=_make_zone(zone))

    @classmethod
    def strptime(cls, date_string, format):
        """Return the datetime that date_string says, read as format says."""
        import _strptime
        return _strptime._strptime_datetime(cls, date_string, format)

    def timetuple(self):
        """Return it as time.localtime() does."""
        saving = self.dst()
        dst = -1 if saving is None else 1 if saving else 0
        return _struct_time(self._year, self._month, self._day, self._hour, self._minute, self._second, dst)

    def utctimetuple(self):
        """Return it in UTC as time.gmtime() does."""
        offset = self.utcoffset()
        moved = self - offset if offset else self
        return _struct_time(moved.year, moved.month, moved.day, moved.hour, moved.minute, moved.second, 0)

    def _local_seconds(self):
        """Return the POSIX timestamp of a local time, without the fraction."""
        wanted = (self._us() - _EPOCH_US) // _SECOND

        def local(seconds):
            return (datetime(*_time.localtime(seconds)[:6])._us() - _EPOCH_US) // _SECOND

        # Two offsets are possible: that at about this time, and that a day before or after.
        first = local(wanted) - wanted
        guess = wanted - first
        shown = local(guess)
        if shown == wanted:
            probe = guess + (24 * 3600 if self._fold else -24 * 3600)
            second = local(probe) - probe
            if first == second:
                return guess
        else:
            second = shown - guess
        other = wanted - second
        if local(other) == wanted:
            return other
        if shown == wanted:
            return guess
        return min(guess, other) if self._fold else max(guess, other)    # the clock never showed this time

    def timestamp(self):
        """Return the POSIX timestamp."""
        if self._tzinfo is None:
            return self._local_seconds() + self._microsecond / 1e6
        return (self - _EPOCH).total_seconds()

    def date(self):
        """Return the date."""
        return _date_class(self._year, self._month, self._day)

    def time(self):
        """Return the time, without zone."""
        return _time_class(*self._clock(), fold=self._fold)

    def timetz(self):
        """Return the time, with zone."""
        return _time_class(*self._clock(), self._tzinfo, fold=self._fold)

    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None,
                tzinfo=True, *, fold=None):
        """Return one with other values for the given fields."""
        given = (year, month, day, hour, minute, second, microsecond)
        own = (self._year, self._month, self._day, *self._clock())
        return type(self)(*[old if new is None else new for new, old in zip(given, own)],
                          self._tzinfo if tzinfo is True else tzinfo, fold=self._fold if fold is None else fold)

    def _local_zone(self):
        """Return the system's zone at this time, as a timezone."""
        seconds = self._local_seconds() if self._tzinfo is None else (self - _EPOCH)._us // _SECOND
        shown = _time.localtime(seconds)
        return timezone(timedelta(seconds=shown.tm_gmtoff), shown.tm_zone)

    def astimezone(self, tz=None):
        """Return the same time in zone tz, by default the system's."""
        if tz is None:
            tz = self._local_zone()
        _checked_zone(tz)
        zone = self._tzinfo
        offset = None if zone is None else zone.utcoffset(self)
        if offset is None:
            zone = self.replace(tzinfo=None)._local_zone()
            offset = zone._offset
        if tz is zone:
            return self
        return tz.fromutc((self - offset).replace(tzinfo=tz))

    def ctime(self):
        """Return it as in "Sun Jan  2 03:04:05 2000"."""
        return '%s %s %2d %02d:%02d:%02d %04d' % (_DAY_NAMES[self.weekday()], _MONTH_NAMES[self._month], self._day,
                                                  self._hour, self._minute, self._second, self._year)

    def isoformat(self, sep='T', timespec='auto'):
        """Return it as YYYY-MM-DDTHH:MM:SS.ffffff+HH:MM.  sep: what to write for T; timespec: up to which unit."""
        if not isinstance(sep, str) or len(sep) != 1:
            raise TypeError('isoformat() argument 1 must be a unicode character, not %s' % type(sep).__name__)
        return '%04d-%02d-%02d%s' % (self._year, self._month, self._day, sep) \
            + _time_text(*self._clock(), timespec) + _offset_text(self.utcoffset())

    def __str__(self):
        return self.isoformat(sep=' ')

    def __repr__(self):
        fields = [self._year, self._month, self._day, *self._clock()]
        while len(fields) > 5 and not fields[-1]:
            del fields[-1]
        return self._add_to_repr('%s(%s)' % (_type_name(self), ', '.join(map(str, fields))))

    def utcoffset(self):
        """Return the zone's difference from UTC, or None."""
        return None if self._tzinfo is None else _checked_offset('utcoffset', self._tzinfo.utcoffset(self))

    def tzname(self):
        """Return the zone's name, or None."""
        return None if self._tzinfo is None else _checked_name(self._tzinfo.tzname(self))

    def dst(self):
        """Return the zone's daylight saving time, or None."""
        return None if self._tzinfo is None else _checked_offset('dst', self._tzinfo.dst(self))

    def _is_ambiguous(self, offset):
        """Whether fold makes a difference."""
        return offset != self.replace(fold=not self._fold).utcoffset()

    def _cmp(self, other, allow_mixed=False):
        if not isinstance(other, datetime):
            if not isinstance(other, _date_class):
                return None
            if allow_mixed:
                return 2
            raise TypeError("can't compare %s to %s" % (_type_name(self), _type_name(other)))
        mine = its = None
        if self._tzinfo is not other._tzinfo:
            mine, its = self.utcoffset(), other.utcoffset()
            # A time that is shown twice equals nothing in another zone.
            if allow_mixed and (self._is_ambiguous(mine) or other._is_ambiguous(its)):
                return 2
        if mine == its:
            return _order(self._us(), other._us())
        if mine is None or its is None:
            if allow_mixed:
                return 2
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        return _order(self._us() - mine._us, other._us() - its._us)

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return type(self)._from_us(self._us() + other._us, self._tzinfo)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + -other
        if not isinstance(other, datetime):
            return NotImplemented
        difference = timedelta._make(self._us() - other._us())
        if self._tzinfo is other._tzinfo:
            return difference
        mine, its = self.utcoffset(), other.utcoffset()
        if mine == its:
            return difference
        if mine is None or its is None:
            raise TypeError("can't subtract offset-naive and offset-aware datetimes")
        return difference + its - mine

    @staticmethod
    def _make_hash(self):
        offset = self.utcoffset()
        if offset is None:
            return hash(self._state_bytes())
        return hash(timedelta._make(self._us() - offset._us))

    # _Clock defines __eq__ through _Ordered, and __hash__.
    __hash__ = _Clock.__hash__

    def _state_bytes(self, protocol=3):
        month = self._month + 128 if self._fold and protocol > 3 else self._month
        return bytes([*divmod(self._year, 256), month, self._day, *self._clock_state()])


datetime.min, datetime.max = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_EPOCH_US = _EPOCH._us()
