# SPDX-License-Identifier: MIT
"""The DB-API 2.0 names around _sqlite3: constants, types of date and time, what goes between those and text."""
import collections.abc
import datetime
import time

from _sqlite3 import *

apilevel = "2.0"
paramstyle = "qmark"
threadsafety = 1

version_info = tuple(map(int, version.split(".")))
sqlite_version_info = tuple(map(int, sqlite_version.split(".")))

Binary = memoryview
Date, Time, Timestamp = datetime.date, datetime.time, datetime.datetime


def DateFromTicks(ticks):
    """The local date of a moment, given in seconds since the epoch."""
    return Date(*time.localtime(ticks)[:3])


def TimeFromTicks(ticks):
    """The local time of day of a moment, given in seconds since the epoch."""
    return Time(*time.localtime(ticks)[3:6])


def TimestampFromTicks(ticks):
    """The local date and time of a moment, given in seconds since the epoch."""
    return Timestamp(*time.localtime(ticks)[:6])


collections.abc.Sequence.register(Row)


def register_adapters_and_converters():
    """Teach SQLite dates ("2001-02-03") and timestamps ("2001-02-03 04:05:06.789")."""

    def parse_date(text):
        return Date(*map(int, text.split(b"-")))

    def parse_timestamp(text):
        day, clock = text.split(b" ")
        clock, _, fraction = clock.partition(b".")
        micro = int(fraction[:6].ljust(6, b"0")) if fraction else 0
        return Timestamp(*map(int, day.split(b"-")), *map(int, clock.split(b":")), micro)

    register_adapter(Date, lambda day: day.isoformat())
    register_adapter(Timestamp, lambda moment: moment.isoformat(" "))
    register_converter("date", parse_date)
    register_converter("timestamp", parse_timestamp)


register_adapters_and_converters()
del register_adapters_and_converters
