# SPDX-License-Identifier: MIT
"""A parser generator: grammar files to tables (pgen), and tables to trees (parse, driver)."""
