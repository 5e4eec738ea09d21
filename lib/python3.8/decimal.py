# SPDX-License-Identifier: MIT
"""Decimal arithmetic, as of the General Decimal Arithmetic Specification: exact decimal fractions, a chosen precision,
and signals for what happens.

The native module _decimal does the work; _pydecimal, the same in Python, stands in where it is missing.
"""

try:
    from _decimal import *
    from _decimal import __version__, __libmpdec_version__
except ImportError:
    from _pydecimal import *
    from _pydecimal import __version__, __libmpdec_version__
