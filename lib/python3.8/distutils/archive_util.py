# SPDX-License-Identifier: MIT
"""Archives of folders."""

import os
import sys
from warnings import warn

from distutils import log
from distutils.dir_util import mkpath
from distutils.errors import DistutilsExecError
from distutils.spawn import spawn

try:
    import zipfile
except ImportError:
    zipfile = None
try:
    from pwd import getpwnam
except ImportError:
    getpwnam = None
try:
    from grp import getgrnam
except ImportError:
    getgrnam = None


def _get_gid(name):
    """The number of a group, None if it is not known."""
    return _number(getgrnam, name)


def _get_uid(name):
    """The number of a user, None if it is not known."""
    return _number(getpwnam, name)


def _number(look_up, name):
    if look_up is None or name is None:
        return None
    try:
        # uid and gid stand at the same place.
        return look_up(name)[2]
    except KeyError:
        return None


_TAR_KINDS = {'gzip': ('gz', '.gz'), 'bzip2': ('bz2', '.bz2'), 'xz': ('xz', '.xz'), None: ('', ''),
              'compress': ('', '.Z')}


def make_tarball(base_name, base_dir, compress='gzip', verbose=0, dry_run=0, owner=None, group=None):
    """Make a tar file of a folder; return its path: base_name with .tar and the compression's ending.

    compress: 'gzip', 'bzip2', 'xz', 'compress' or None.  owner, group: names to note for all files.
    """
    if compress not in _TAR_KINDS:
        raise ValueError("bad value for 'compress': must be None, 'gzip', 'bzip2', 'xz' or 'compress'")
    import tarfile
    kind, ending = _TAR_KINDS[compress]
    name = base_name + '.tar' + ('' if compress == 'compress' else ending)
    mkpath(os.path.dirname(name), dry_run=dry_run)
    log.info('Creating tar archive')
    uid, gid = _get_uid(owner), _get_gid(group)

    def note_owner(info):
        if gid is not None:
            info.gid, info.gname = gid, group
        if uid is not None:
            info.uid, info.uname = uid, owner
        return info

    if not dry_run:
        with tarfile.open(name, 'w|' + kind) as archive:
            archive.add(base_dir, filter=note_owner)
    if compress == 'compress':
        warn("'compress' will be deprecated.", PendingDeprecationWarning)
        compressed = name + ending
        spawn(['compress', '-f', name] if sys.platform != 'win32' else ['compress', name, compressed],
              dry_run=dry_run)
        return compressed
    return name


def make_zipfile(base_name, base_dir, verbose=0, dry_run=0):
    """Make a zip file of a folder; return its path: base_name with .zip."""
    name = base_name + '.zip'
    mkpath(os.path.dirname(name), dry_run=dry_run)
    if zipfile is None:
        try:
            spawn(['zip', '-r' if verbose else '-rq', name, base_dir], dry_run=dry_run)
        except DistutilsExecError:
            raise DistutilsExecError("unable to create zip file '%s': could neither import the 'zipfile' module nor "
                                     'find a standalone zip utility' % name)
        return name
    log.info("creating '%s' and adding '%s' to it", name, base_dir)
    if dry_run:
        return name
    try:
        archive = zipfile.ZipFile(name, 'w', compression=zipfile.ZIP_DEFLATED)
    except RuntimeError:
        archive = zipfile.ZipFile(name, 'w', compression=zipfile.ZIP_STORED)
    with archive:
        def add(path):
            archive.write(path, path)
            log.info("adding '%s'", path)

        if base_dir != os.curdir:
            add(os.path.normpath(os.path.join(base_dir, '')))
        for folder, inner, names in os.walk(base_dir):
            for path in [os.path.normpath(os.path.join(folder, each)) for each in inner]:
                add(path)
            for path in [os.path.normpath(os.path.join(folder, each)) for each in names]:
                if os.path.isfile(path):
                    add(path)
    return name


# format -> (function, further arguments, what it is)
ARCHIVE_FORMATS = {
    'gztar': (make_tarball, [('compress', 'gzip')], "gzip'ed tar-file"),
    'bztar': (make_tarball, [('compress', 'bzip2')], "bzip2'ed tar-file"),
    'xztar': (make_tarball, [('compress', 'xz')], "xz'ed tar-file"),
    'ztar': (make_tarball, [('compress', 'compress')], 'compressed tar file'),
    'tar': (make_tarball, [('compress', None)], 'uncompressed tar file'),
    'zip': (make_zipfile, [], 'ZIP file'),
}


def check_archive_formats(formats):
    """Return the first format that is not known, or None."""
    return next((each for each in formats if each not in ARCHIVE_FORMATS), None)


def make_archive(base_name, format, root_dir=None, base_dir=None, verbose=0, dry_run=0, owner=None, group=None):
    """Make an archive and return its path.

    format: a key of ARCHIVE_FORMATS.  root_dir: the folder to be in meanwhile.  base_dir: the folder to put in it,
    which all names in it begin with.  owner, group: for tar files.
    """
    if format not in ARCHIVE_FORMATS:
        raise ValueError("unknown archive format '%s'" % format)
    function, settings, _ = ARCHIVE_FORMATS[format]
    named = dict(settings, dry_run=dry_run)
    if format != 'zip':
        named.update(owner=owner, group=group)
    here = os.getcwd()
    if root_dir is not None:
        base_name = os.path.abspath(base_name)
        log.debug("changing into '%s'", root_dir)
        dry_run or os.chdir(root_dir)
    try:
        return function(base_name, os.curdir if base_dir is None else base_dir, **named)
    finally:
        if root_dir is not None:
            log.debug("changing back to '%s'", here)
            os.chdir(here)
