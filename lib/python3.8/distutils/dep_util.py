# SPDX-License-Identifier: MIT
"""Whether files have to be made anew, by their times."""

import os

from distutils.errors import DistutilsFileError


def newer(source, target):
    """Whether target is missing or older than source.  Raises DistutilsFileError if source is missing."""
    if not os.path.exists(source):
        raise DistutilsFileError("file '%s' does not exist" % os.path.abspath(source))
    return not os.path.exists(target) or os.stat(source).st_mtime > os.stat(target).st_mtime


def newer_pairwise(sources, targets):
    """Return two lists: of the pairs whose target is missing or older, the sources and the targets."""
    if len(sources) != len(targets):
        raise ValueError("'sources' and 'targets' must be same length")
    pairs = [pair for pair in zip(sources, targets) if newer(*pair)]
    return [source for source, _ in pairs], [target for _, target in pairs]


def newer_group(sources, target, missing='error'):
    """Whether target is missing or older than one of the sources.

    missing: what a missing source means: 'error' (OSError), 'ignore', or 'newer' (yes).
    """
    if not os.path.exists(target):
        return True
    made = os.stat(target).st_mtime
    for source in sources:
        if missing != 'error' and not os.path.exists(source):
            if missing == 'newer':
                return True
            continue
        if os.stat(source).st_mtime > made:
            return True
    return False
