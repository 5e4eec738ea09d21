# SPDX-License-Identifier: MIT
"""Names of libraries in frameworks: location/NAME.framework/Versions/VERSION/NAME_SUFFIX.

The version with its two folders may be missing, and so may the suffix.
"""
import re

__all__ = ['framework_info']

_BINARY = r'(?P<shortname>\w+)\.framework/ (?:Versions/(?P<version>[^/]+)/)? (?P=shortname)(?:_(?P<suffix>[^_]+))?'
STRICT_FRAMEWORK_RE = re.compile('(?:(?P<location>.*)/)? (?P<name>%s) $' % _BINARY, re.X)


def framework_info(filename):
    """The parts of the path of a framework's library.

    filename: a path that ends in the library, not only in the framework's folder.
    Returns a dict with location (the folder that the framework is in, may be ''), name (from the framework's folder on),
    shortname, version and suffix (None if missing), or None if the path does not name such a library.
    """
    match = STRICT_FRAMEWORK_RE.match(filename)
    if match is None:
        return None
    parts = match.groupdict()
    return {'location': parts['location'] or '', **{key: parts[key] for key in ('name', 'shortname', 'version', 'suffix')}}
