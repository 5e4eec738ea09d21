# SPDX-License-Identifier: MIT
"""Databases in files and in memory by SQLite, through the interface of PEP 249 (DB-API 2.0)."""
from sqlite3.dbapi2 import *
