# SPDX-License-Identifier: MIT
"""Version numbers that can be compared: StrictVersion for those of a fixed form, LooseVersion for any."""

import re


class Version:
    """A version; subclasses define parse() and _cmp()."""

    def __init__(self, vstring=None):
        if vstring:
            self.parse(vstring)

    def __repr__(self):
        return "%s ('%s')" % (type(self).__name__, self)

    def _compare(self, other, test):
        result = self._cmp(other)
        return result if result is NotImplemented else test(result)

    def __eq__(self, other):
        return self._compare(other, lambda result: result == 0)

    def __lt__(self, other):
        return self._compare(other, lambda result: result < 0)

    def __le__(self, other):
        return self._compare(other, lambda result: result <= 0)

    def __gt__(self, other):
        return self._compare(other, lambda result: result > 0)

    def __ge__(self, other):
        return self._compare(other, lambda result: result >= 0)


class StrictVersion(Version):
    """Two or three numbers, and "a" or "b" with a number for what comes before: 1.0, 1.5.2b2.

    version: three numbers in a tuple.  prerelease: (letter, number) or None.
    """

    version_re = re.compile(r'^(\d+) \. (\d+) (\. (\d+))? ([ab](\d+))?$', re.VERBOSE | re.ASCII)

    def parse(self, vstring):
        """Take over a version given as text.  Raises ValueError."""
        found = self.version_re.match(vstring)
        if not found:
            raise ValueError("invalid version number '%s'" % vstring)
        major, minor, _, patch, before, number = found.groups()
        self.version = int(major), int(minor), int(patch or 0)
        self.prerelease = (before[0], int(number)) if before else None

    def __str__(self):
        numbers = self.version if self.version[2] else self.version[:2]
        text = '.'.join(map(str, numbers))
        return text + '%s%d' % self.prerelease if self.prerelease else text

    def _cmp(self, other):
        if isinstance(other, str):
            other = StrictVersion(other)
        elif not isinstance(other, StrictVersion):
            return NotImplemented
        # Without a letter it is the last of its numbers.
        mine, others = ((each.version, each.prerelease or ('c',)) for each in (self, other))
        return (mine > others) - (mine < others)


class LooseVersion(Version):
    """Any text, compared by the numbers and words in it (`version`)."""

    component_re = re.compile(r'(\d+ | [a-z]+ | \.)', re.VERBOSE)

    def __init__(self, vstring=None):
        super().__init__(vstring)

    def parse(self, vstring):
        """Take over a version given as text."""
        self.vstring = vstring
        self.version = [int(part) if part.isdecimal() else part
                        for part in self.component_re.split(vstring) if part and part != '.']

    def __str__(self):
        return self.vstring

    def __repr__(self):
        return "LooseVersion ('%s')" % str(self)

    def _cmp(self, other):
        if isinstance(other, str):
            other = LooseVersion(other)
        elif not isinstance(other, LooseVersion):
            return NotImplemented
        if self.version == other.version:
            return 0
        return -1 if self.version < other.version else 1
