# SPDX-License-Identifier: MIT
"""Dates and times: date, time, datetime, their differences (timedelta), and time zones (tzinfo, timezone).

The native module _datetime does the work; _pydatetime, the same in Python, stands in where it is missing.
"""

try:
    from _datetime import *
except ImportError:
    from _pydatetime import *
    from _pydatetime import _divide_and_round
