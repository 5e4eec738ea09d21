# SPDX-License-Identifier: MIT
"""Names of dynamic libraries: location/SHORTNAME.VERSION_SUFFIX.dylib, where version and suffix may be missing."""
import re

__all__ = ['dylib_info']

_LIBRARY = r'(?P<shortname>\w+?) (?:\.(?P<version>[^._]+))? (?:_(?P<suffix>[^._]+))? \.dylib'
DYLIB_RE = re.compile('(?:(?P<location>.*)/)? (?P<name>%s) $' % _LIBRARY, re.X)


def dylib_info(filename):
    """The parts of a library's file name.

    filename: a path, with or without folders.
    Returns a dict with location (the folder, may be ''), name, shortname, version and suffix (None if missing), or None
    if the path does not name a library.
    """
    match = DYLIB_RE.match(filename)
    if match is None:
        return None
    parts = match.groupdict()
    return {'location': parts['location'] or '', **{key: parts[key] for key in ('name', 'shortname', 'version', 'suffix')}}
