# SPDX-License-Identifier: MIT
"""More modules of the library that have other names now: those whose old names are new names of others."""

from . import fix_imports

MAPPING = {'whichdb': 'dbm', 'anydbm': 'dbm'}


class FixImports2(fix_imports.FixImports):
    """Replaces these names after those of fix_imports."""

    run_order = 7
    mapping = MAPPING
