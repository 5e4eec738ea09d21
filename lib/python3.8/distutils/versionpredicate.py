# SPDX-License-Identifier: MIT
"""Requirements like "package (>1.0, !=1.5)": a name and the versions that will do."""

import distutils.version
import operator
import re

re_validPackage = re.compile(r'(?i)^\s*([a-z_]\w*(?:\.[a-z_]\w*)*)(.*)', re.ASCII)
re_paren = re.compile(r'^\s*\((.*)\)\s*$')
re_splitComparison = re.compile(r'^\s*(<=|>=|<|>|!=|==)\s*([^\s,]+)\s*$')

compmap = {'<': operator.lt, '<=': operator.le, '==': operator.eq, '>': operator.gt, '>=': operator.ge,
           '!=': operator.ne}


def splitUp(pred):
    """Return (comparison, StrictVersion) of one condition."""
    found = re_splitComparison.match(pred)
    if not found:
        raise ValueError('bad package restriction syntax: %r' % pred)
    return found[1], distutils.version.StrictVersion(found[2])


class VersionPredicate:
    """A requirement; attributes: name, and pred, the pairs of splitUp().  Raises ValueError.

    >>> wanted = VersionPredicate('tools.paint (>=1.2, !=1.5,<2.0)')
    >>> print(wanted)
    tools.paint (>= 1.2, != 1.5, < 2.0)
    >>> [wanted.satisfied_by(version) for version in ('1.1', '1.2', '1.4.9', '1.5', '2.0')]
    [False, True, True, False, False]
    >>> VersionPredicate('tools').satisfied_by('0.1')
    True
    >>> VersionPredicate('tools 1.2')
    Traceback (most recent call last):
    ...
    ValueError: expected parenthesized list: '1.2'
    """

    def __init__(self, versionPredicateStr):
        text = versionPredicateStr.strip()
        if not text:
            raise ValueError('empty package restriction')
        found = re_validPackage.match(text)
        if not found:
            raise ValueError('bad package name in %r' % text)
        self.name, conditions = found[1], found[2].strip()
        self.pred = []
        if not conditions:
            return
        inside = re_paren.match(conditions)
        if not inside:
            raise ValueError('expected parenthesized list: %r' % conditions)
        self.pred = [splitUp(condition) for condition in inside[1].split(',')]

    def __str__(self):
        if not self.pred:
            return self.name
        return '%s (%s)' % (self.name, ', '.join('%s %s' % pair for pair in self.pred))

    def satisfied_by(self, version):
        """Whether a version fulfils all conditions."""
        return all(compmap[comparison](version, limit) for comparison, limit in self.pred)


_provision_rx = re.compile(r'([a-zA-Z_]\w*(?:\.[a-zA-Z_]\w*)*)(?:\s*\(\s*([^)\s]+)\s*\))?$', re.ASCII)


def split_provision(value):
    """Return (name, StrictVersion or None) of "name (version)".  Raises ValueError.

    >>> split_provision('tools.paint')
    ('tools.paint', None)
    >>> split_provision(' tools ( 1.2 ) ')
    ('tools', StrictVersion ('1.2'))
    """
    found = _provision_rx.match(value.strip())
    if not found:
        raise ValueError('illegal provides specification: %r' % value.strip())
    return found[1], distutils.version.StrictVersion(found[2]) if found[2] else None
