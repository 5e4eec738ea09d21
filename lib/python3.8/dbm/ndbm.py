# SPDX-License-Identifier: MIT
"""Databases of the Unix library ndbm; the work is done in the native module _dbm, where there is one."""
from _dbm import *
