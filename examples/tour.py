# SPDX-License-Identifier: MIT
"""A tour of Python 3.8: read weather records, compute, print a report.

Run it by `make run`, or with any Python 3.8.  It reads data/weather.txt beside it and exits with status 1 if the data
cannot be read.  Each section uses features of the language on the way; those that 3.8 brought are marked (3.8).
"""
import os
import sys


class BadRecord(ValueError):
    """A line that is no record."""

    def __init__(self, number, line, /):            # (3.8) positional-only parameters
        super().__init__(number, line)
        self.number, self.line = number, line

    def __str__(self):
        return f'line {self.number}: cannot read {self.line!r}'


class Range:
    """Descriptor: a float attribute within limits; knows its name by __set_name__."""

    def __init__(self, low, high):
        self.low, self.high = low, high

    def __set_name__(self, owner, name):
        self.slot = '_' + name

    def __get__(self, instance, owner=None):
        return self if instance is None else getattr(instance, self.slot)

    def __set__(self, instance, value):
        if not self.low <= value <= self.high:
            raise ValueError(f'{value} is not within {self.low} and {self.high}')
        setattr(instance, self.slot, value)


class Day:
    """One day at one station; temperatures in degrees Celsius, rain in millimetres."""

    __slots__ = ('station', 'number', '_low', '_high', '_rain')
    low = Range(-60.0, 60.0)
    high = Range(-60.0, 60.0)
    rain = Range(0.0, 2000.0)
    kinds = []

    def __init_subclass__(cls, /, label, **rest):
        super().__init_subclass__(**rest)
        cls.label = label
        Day.kinds.append(cls)

    def __init__(self, station, number, low, high, rain):
        self.station, self.number = station, number
        self.low, self.high, self.rain = low, high, rain

    @property
    def mean(self) -> float:
        return (self.low + self.high) / 2

    def __lt__(self, other):
        return (self.mean, self.number) < (other.mean, other.number)


class WetDay(Day, label='wet'):
    __slots__ = ()


class DryDay(Day, label='dry'):
    __slots__ = ()


def parse(line, number, /, *, separator=';'):
    """Return the Day a line holds.  Raises BadRecord."""
    try:
        station, day, *figures = line.split(separator)
        low, high, rain = map(float, figures)
    except ValueError as error:
        raise BadRecord(number, line) from error
    return (WetDay if rain else DryDay)(station, int(day), low, high, rain)


def read(path):
    """Yield (day, None) or (None, error) for each line that is no comment."""
    with open(path, encoding='utf-8') as file:
        number = 0
        while line := file.readline():               # (3.8) assignment expression
            number += 1
            if (text := line.strip()).startswith('#') or not text:
                continue
            try:
                yield parse(text, number), None
            except BadRecord as error:
                yield None, error


def summary(days):
    """Return (name, mean temperature, rain, warmest day ...) of the days of one station."""
    warmest, *others = sorted(days, reverse=True)
    means = [day.mean for day in days]
    extra = tuple(day.number for day in others)
    return days[0].station, sum(means) / len(means), sum(day.rain for day in days), warmest.number, *extra    # (3.8)


def counted(items):
    """Count how often each item comes; a finally that continues (3.8) skips None."""
    counts = {}
    for item in items:
        try:
            key = item
        finally:
            if item is None:
                continue
        counts[key] = counts.get(key, 0) + 1
    return counts


def running_mean():
    """A coroutine of the old kind: send it numbers, it yields their mean so far."""
    total, count, mean = 0.0, 0, None
    while True:
        value = yield mean
        total, count = total + value, count + 1
        mean = total / count


async def readings(days):
    for day in days:
        await Pause()
        yield day.station, day.rain


class Pause:
    """Awaitable that lets other tasks go on."""

    def __await__(self):
        yield


async def total_rain(days):
    return sum([rain async for _, rain in readings(days)])


def run(*coroutines):
    """Run coroutines in turns until all are done; return their results in order."""
    waiting = dict(enumerate(coroutines))
    results = {}
    while waiting:
        for index, task in list(waiting.items()):
            try:
                task.send(None)
            except StopIteration as stop:
                results[index] = stop.value
                del waiting[index]
    return [results[index] for index in sorted(results)]


class Indented:
    """Context manager: what is printed inside is indented."""

    depth = 0

    def __enter__(self):
        Indented.depth += 1
        return self

    def __exit__(self, *exc_info):
        Indented.depth -= 1


def say(*words, sep=' '):
    print('  ' * Indented.depth + sep.join(map(str, words)))


def main():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'data', 'weather.txt')
    try:
        records = list(read(path))
    except OSError as error:
        print(f'cannot read the data: {error}', file=sys.stderr)
        return 1
    days = [day for day, _ in records if day]
    errors = [error for _, error in records if error]
    stations = {}
    for day in days:
        stations.setdefault(day.station, []).append(day)

    say('Weather of', len(stations), 'stations,', len(days), 'days')
    with Indented():
        for name, mean, rain, warmest, *rest in map(summary, stations.values()):
            say(f'{name:<8}{mean:>6.2f} C {rain:>6.1f} mm   warmest day {warmest}, then {rest}')
    say('Kinds of days')
    with Indented():
        kinds = counted([type(day).label if day else None for day, _ in records])
        say(', '.join(f'{label}: {count}' for label, count in reversed(kinds.items())))     # (3.8) reversed dict
    say('Running mean of the highest temperatures')
    with Indented():
        mean = running_mean()
        next(mean)
        say(*(f'{mean.send(day.high):.1f}' for day in days))
    say('Rain, added up by coroutines')
    with Indented():
        for name, amount in zip(stations, run(*map(total_rain, stations.values()))):
            say(f'{name=} {amount=:.1f}')            # (3.8) self-documenting f-string
    say('Bits and numbers')
    with Indented():
        big = pow(38, -1, 10**9 + 7)                 # (3.8) modular inverse
        say(f'{big=}', f'{38 * big % (10**9 + 7)=}')
        say(2**200 // 3**50, (0.1 + 0.2).hex(), complex(3, -4) * 1j)
        say(b'taipan'.hex(':'), 'ΚΌΣΜΟΣ'.lower(), 'straße'.casefold())       # (3.8) separator in hex()
    if errors:
        say(len(errors), 'line(s) left out')
        with Indented():
            for error in errors:
                say(error, '<-', type(error.__cause__).__name__ + ':', error.__cause__)
    return 0


sys.exit(main())
