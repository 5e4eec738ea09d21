# SPDX-License-Identifier: MIT
"""Databases of GNU dbm; the work is done in the native module _gdbm, where there is one."""
from _gdbm import *
