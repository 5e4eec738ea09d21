# SPDX-License-Identifier: MIT
"""datetime: arithmetic, ISO texts, strftime and strptime, time zones.

group: library
"""
import sys
from datetime import date, datetime, timedelta, timezone

DEFAULT = 240


def work(amount):
    total, start = 0, datetime(2020, 2, 28, 12, 30, 15, 250)
    zone = timezone(timedelta(hours=5, minutes=30))
    for n in range(amount):
        for k in range(500):
            moment = start + timedelta(days=k, seconds=n * 7, microseconds=k)
            total += moment.toordinal() + moment.isocalendar()[1]
            total += datetime.fromisoformat(moment.isoformat()).microsecond
            total += moment.replace(tzinfo=timezone.utc).astimezone(zone).hour
            total += (moment - start).seconds + len(moment.strftime('%Y-%m-%d %H:%M'))
        for k in range(40):
            total += datetime.strptime('2021-%02d-11 10:00:%02d' % (k % 12 + 1, k), '%Y-%m-%d %H:%M:%S').month
        total += sorted(date(2000 + k % 30, k % 12 + 1, 1) for k in range(300))[150].year
    return total


print('lib_datetime', work(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
