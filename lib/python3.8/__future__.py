# SPDX-License-Identifier: MIT
"""The features that "from __future__ import ..." turns on, and since when they exist.

Each name in all_feature_names is a _Feature.  The compiler treats the import specially; importing this module does
nothing else.
"""

# Features that are in the language by now all the same: name, first version, version where mandatory, compiler flag.
_table = [
    ('nested_scopes', (2, 1, 0, 'beta', 1), (2, 2, 0, 'alpha', 0), 'CO_NESTED', 0x10),
    ('generators', (2, 2, 0, 'alpha', 1), (2, 3, 0, 'final', 0), 'CO_GENERATOR_ALLOWED', 0),
    ('division', (2, 2, 0, 'alpha', 2), (3, 0, 0, 'alpha', 0), 'CO_FUTURE_DIVISION', 0x20000),
    ('absolute_import', (2, 5, 0, 'alpha', 1), (3, 0, 0, 'alpha', 0), 'CO_FUTURE_ABSOLUTE_IMPORT', 0x40000),
    ('with_statement', (2, 5, 0, 'alpha', 1), (2, 6, 0, 'alpha', 0), 'CO_FUTURE_WITH_STATEMENT', 0x80000),
    ('print_function', (2, 6, 0, 'alpha', 2), (3, 0, 0, 'alpha', 0), 'CO_FUTURE_PRINT_FUNCTION', 0x100000),
    ('unicode_literals', (2, 6, 0, 'alpha', 2), (3, 0, 0, 'alpha', 0), 'CO_FUTURE_UNICODE_LITERALS', 0x200000),
    ('barry_as_FLUFL', (3, 1, 0, 'alpha', 2), (4, 0, 0, 'alpha', 0), 'CO_FUTURE_BARRY_AS_BDFL', 0x400000),
    ('generator_stop', (3, 5, 0, 'beta', 1), (3, 7, 0, 'alpha', 0), 'CO_FUTURE_GENERATOR_STOP', 0x800000),
    ('annotations', (3, 7, 0, 'beta', 1), (3, 10, 0, 'alpha', 0), 'CO_FUTURE_ANNOTATIONS', 0x1000000),
]

all_feature_names = [row[0] for row in _table]
__all__ = ['all_feature_names'] + all_feature_names


class _Feature:
    """A feature.  Versions are like sys.version_info; compiler_flag is for compile()."""

    def __init__(self, optionalRelease, mandatoryRelease, compiler_flag):
        self.optional, self.mandatory = optionalRelease, mandatoryRelease
        self.compiler_flag = compiler_flag

    def getOptionalRelease(self):
        """Return the first version that has the feature."""
        return self.optional

    def getMandatoryRelease(self):
        """Return the version in which it is always on; None if it was dropped."""
        return self.mandatory

    def __repr__(self):
        return '_Feature(%r, %r, %r)' % (self.optional, self.mandatory, self.compiler_flag)


for _name, _first, _always, _flag_name, _flag in _table:
    globals()[_flag_name] = _flag
    globals()[_name] = _Feature(_first, _always, _flag)
del _table, _name, _first, _always, _flag_name, _flag
