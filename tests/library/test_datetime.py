# SPDX-License-Identifier: MIT
"""datetime, native and in Python; calendar and _strptime."""

import calendar
import datetime as native
import io
import pickle
import sys
import time
import unittest
from contextlib import redirect_stdout


def in_python():
    kept = {name: sys.modules.pop(name, None) for name in ('datetime', '_datetime')}
    sys.modules['_datetime'] = None
    try:
        import datetime
        return datetime
    finally:
        for name, module in kept.items():
            sys.modules.pop(name, None)
            if module is not None:
                sys.modules[name] = module


class Both:
    """The same for both implementations: m is the module."""

    def test_timedelta(self):
        d = self.m.timedelta
        self.assertEqual(str(d(-1, 1, 1)), '-1 day, 0:00:01.000001')
        self.assertEqual(repr(d(hours=25, milliseconds=1)), 'datetime.timedelta(days=1, seconds=3600, microseconds=1000)')
        self.assertEqual([d(1) / 3, d(1) // d(0, 7), divmod(d(0, 7), d(0, 2)), d(1) * 1.5, d(microseconds=3) / 2],
                         [d(hours=8), 12342, (3, d(0, 1)), d(1, 43200), d(microseconds=2)])
        self.assertEqual([d(microseconds=0.5), d(microseconds=1.5), d(seconds=2.5e-6)],
                         [d(0), d(0, 0, 2), d(0, 0, 2)])
        with self.assertRaises(OverflowError):
            d.max + d(1)

    def test_date(self):
        date = self.m.date
        d = date(2000, 2, 29)
        self.assertEqual((d.toordinal(), d.weekday(), d.isocalendar(), str(d + self.m.timedelta(366))),
                         (730179, 1, (2000, 9, 2), '2001-03-01'))
        self.assertEqual((date.fromordinal(730179), date.fromisoformat('2000-02-29'), date.fromisocalendar(2000, 9, 2)),
                         (d, d, d))
        self.assertEqual((d.ctime(), d.strftime('%d/%m/%y %j'), f'{d:%Y}'),
                         ('Tue Feb 29 00:00:00 2000', '29/02/00 060', '2000'))
        for args in ((2001, 2, 29), (0, 1, 1), (1, 13, 1), (10000, 1, 1)):
            with self.assertRaises(ValueError):
                date(*args)

    def test_all_dates(self):
        for n in [*range(1, 800), *range(36400, 36600), *range(145900, 146200), 3652059]:
            d = self.m.date.fromordinal(n)
            self.assertEqual((d.toordinal(), d.weekday()), (n, (n + 6) % 7))

    def test_time(self):
        t = self.m.time(1, 2, 3, 4, self.m.timezone.utc)
        self.assertEqual((str(t), t.isoformat('milliseconds'), repr(t)), (
            '01:02:03.000004+00:00', '01:02:03.000+00:00',
            'datetime.time(1, 2, 3, 4, tzinfo=datetime.timezone.utc)'))
        self.assertEqual(self.m.time.fromisoformat('04:05:06.123+01:30').utcoffset(), self.m.timedelta(minutes=90))
        with self.assertRaisesRegex(ValueError, "Invalid isoformat string: '4:5'"):
            self.m.time.fromisoformat('4:5')

    def test_datetime(self):
        m = self.m
        d = m.datetime(2000, 1, 2, 3, 4, 5, 6)
        self.assertEqual((str(d), d.isoformat('x', 'minutes'), d - m.datetime(2000, 1, 1)),
                         ('2000-01-02 03:04:05.000006', '2000-01-02x03:04', m.timedelta(1, 11045, 6)))
        self.assertEqual(m.datetime.strptime('2 Jan 2000 03:04:05.000006', '%d %b %Y %H:%M:%S.%f'), d)
        self.assertEqual(m.datetime.combine(d.date(), d.time()), d)
        self.assertEqual(m.datetime.fromisoformat(str(d)), d)
        self.assertEqual(d.timetuple()[:8], (2000, 1, 2, 3, 4, 5, 6, 2))
        with self.assertRaises(OverflowError):
            m.datetime.max + m.timedelta(1)

    def test_zones(self):
        m = self.m
        east = m.timezone(m.timedelta(hours=2), 'EAST')
        d = m.datetime(2000, 1, 1, 12, tzinfo=east)
        self.assertEqual((d.astimezone(m.timezone.utc).hour, d.tzname(), d.strftime('%z %Z')), (10, 'EAST', '+0200 EAST'))
        self.assertEqual(d, m.datetime(2000, 1, 1, 10, tzinfo=m.timezone.utc))
        self.assertEqual(hash(d), hash(m.datetime(2000, 1, 1, 10, tzinfo=m.timezone.utc)))
        self.assertEqual((d.timestamp(), m.datetime.fromtimestamp(946720800, east)), (946720800.0, d))
        self.assertEqual(str(m.timezone(-m.timedelta(hours=1, seconds=5))), 'UTC-01:00:05')
        self.assertNotEqual(d, d.replace(tzinfo=None))
        with self.assertRaises(TypeError):
            d < d.replace(tzinfo=None)

    def test_reduce(self):
        m = self.m
        for value in (m.timedelta(1, 2, 3), m.date(1, 2, 3), m.time(1, 2, 3, 4, fold=1),
                      m.datetime(1, 2, 3, 4, 5, 6, 7, m.timezone.utc, fold=1), m.timezone(m.timedelta(0, 60), 'x')):
            make, args = value.__reduce_ex__(4)
            self.assertEqual((make(*args), repr(make(*args))), (value, repr(value)))
        self.assertEqual(m.datetime(2000, 1, 2, fold=1).__reduce_ex__(4)[1], (b'\x07\xd0\x81\x02\0\0\0\0\0\0',))

    def test_fold(self):
        m = self.m

        class Zone(m.tzinfo):
            def utcoffset(self, dt):
                return m.timedelta(hours=1 if dt.fold else 2)

            def dst(self, dt):
                return m.timedelta(0)
        d = m.datetime(2000, 1, 1, 2, 30, tzinfo=Zone())
        self.assertEqual(d.replace(fold=1).astimezone(m.timezone.utc).hour, 1)
        self.assertEqual(d.astimezone(m.timezone.utc).hour, 0)
        self.assertNotEqual(d, d.astimezone(m.timezone.utc))


class Native(Both, unittest.TestCase):
    m = native

    def test_messages(self):
        for args, message in (((2001, 2, 29), 'day is out of range for month'), ((0, 1, 1), 'year 0 is out of range'),
                              ((1, 13, 1), 'month must be in 1..12')):
            with self.assertRaisesRegex(ValueError, message):
                native.date(*args)

    def test_pickle(self):
        d = native.datetime(2000, 1, 2, tzinfo=native.timezone.utc)
        self.assertEqual([pickle.loads(pickle.dumps(d, protocol)) for protocol in range(5)], [d] * 5)


class Python(Both, unittest.TestCase):
    m = in_python()


class Strptime(unittest.TestCase):
    def test_directives(self):
        for text, format, expected in (
                ('12/31/99', '%m/%d/%y', (1999, 12, 31, 0, 0, 0, 4, 365)), ('5 AM', '%I %p', (1900, 1, 1, 5, 0, 0, 0, 1)),
                ('12 am', '%I %p', (1900, 1, 1, 0, 0, 0, 0, 1)), ('2000 060', '%Y %j', (2000, 2, 29, 0, 0, 0, 1, 60)),
                ('2015 1 Monday', '%Y %W %A', (2015, 1, 5, 0, 0, 0, 0, 5)),
                ('2015 53 7', '%G %V %u', (2016, 1, 3, 0, 0, 0, 6, 368)), ('Feb 29', '%b %d', (1900, 2, 29, 0, 0, 0, 0, 60))):
            self.assertEqual(time.strptime(text, format)[:8], expected)
        d = native.datetime.strptime('2000 +01:02:03.000004', '%Y %z')
        self.assertEqual(d.utcoffset(), native.timedelta(hours=1, minutes=2, seconds=3, microseconds=4))

    def test_errors(self):
        for text, format, message in (('x', '%Y', "time data 'x' does not match format '%Y'"),
                                      ('2000 1', '%Y', 'unconverted data remains:  1'),
                                      ('1', '%Q', "'Q' is a bad directive in format '%Q'"),
                                      ('1', '%', "stray % in format '%'"),
                                      ('2015 01', '%G %V', 'ISO year directive')):
            with self.assertRaisesRegex(ValueError, message):
                time.strptime(text, format)


class Calendars(unittest.TestCase):
    def test_text(self):
        self.assertEqual(calendar.month(2024, 2), '   February 2024\nMo Tu We Th Fr Sa Su\n          1  2  3  4\n'
                         ' 5  6  7  8  9 10 11\n12 13 14 15 16 17 18\n19 20 21 22 23 24 25\n26 27 28 29\n')
        out = io.StringIO()
        with redirect_stdout(out):
            calendar.main(['calendar', '2024', '2'])
        self.assertEqual(out.getvalue(), calendar.month(2024, 2))
        self.assertTrue(calendar.calendar(2024).splitlines()[2].startswith('      January                   February'))

    def test_data(self):
        self.assertEqual((calendar.monthrange(2024, 2), calendar.leapdays(2000, 2025), calendar.isleap(1900)),
                         ((3, 29), 7, False))
        self.assertEqual(calendar.Calendar(6).monthdayscalendar(2024, 9)[0], [1, 2, 3, 4, 5, 6, 7])
        self.assertEqual(list(calendar.Calendar().itermonthdays4(2024, 2))[:2], [(2024, 1, 29, 0), (2024, 1, 30, 1)])
        self.assertEqual(calendar.timegm((2000, 1, 1, 0, 0, 1)), 946684801)
        with self.assertRaisesRegex(calendar.IllegalMonthError, 'bad month number 13; must be 1-12'):
            calendar.monthrange(2000, 13)

    def test_html(self):
        rows = calendar.HTMLCalendar().formatmonth(2024, 2).splitlines()
        self.assertEqual((rows[1], rows[-2][:26]), (
            '<tr><th colspan="7" class="month">February 2024</th></tr>', '<tr><td class="mon">26</td>'[:26]))


class Conventions(unittest.TestCase):
    """How the methods that programs replace to turn the clock (time-machine) are called."""

    def test_method_flags(self):
        ctypes = __import__('ctypes')

        class Method(ctypes.Structure):
            _fields_ = [('name', ctypes.c_char_p), ('function', ctypes.c_void_p), ('flags', ctypes.c_int)]

        class Function(ctypes.Structure):
            _fields_ = [('head', ctypes.c_ssize_t * 2), ('method', ctypes.POINTER(Method))]
        functions = (native.datetime.now, native.datetime.utcnow, time.time, time.time_ns, time.gmtime, time.localtime,
                     time.strftime, time.clock_gettime, time.clock_gettime_ns)
        self.assertEqual([Function.from_address(id(function)).method[0].flags for function in functions],
                         [0x92, 0x14, 4, 4, 1, 1, 1, 1, 1])

    def test_now(self):
        utc = native.timezone.utc
        self.assertEqual([native.datetime.now(*args).tzinfo for args in ((), (None,), (utc,))], [None, None, utc])
        self.assertEqual(native.datetime.now(tz=utc).tzinfo, utc)
        for args, kwargs in (((1,), {}), ((None, None), {}), ((), {'x': 1}), ((None,), {'tz': None})):
            self.assertRaises(TypeError, native.datetime.now, *args, **kwargs)


if __name__ == '__main__':
    unittest.main()
