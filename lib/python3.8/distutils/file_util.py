# SPDX-License-Identifier: MIT
"""Files: copied, moved, written."""

import errno
import os
import shutil
import stat

from distutils import log
from distutils.dep_util import newer
from distutils.errors import DistutilsFileError

_copy_action = {None: 'copying', 'hard': 'hard linking', 'sym': 'symbolically linking'}


def _copy_file_contents(src, dst, buffer_size=16 * 1024):
    """Copy the bytes of a file."""
    def attempt(text, path, function, *args):
        try:
            return function(*args)
        except OSError as problem:
            raise DistutilsFileError("could not %s '%s': %s" % (text, path, problem.strerror))

    with attempt('open', src, open, src, 'rb') as source:
        if os.path.exists(dst):
            attempt('delete', dst, os.unlink, dst)
        with attempt('create', dst, open, dst, 'wb') as target:
            attempt('write to', dst, shutil.copyfileobj, source, target, buffer_size)


def copy_file(src, dst, preserve_mode=1, preserve_times=1, update=0, link=None, verbose=1, dry_run=0):
    """Copy a file to a path or into a folder; return (path, whether it was copied).

    update: only if it is newer.  link: 'hard' or 'sym' to link instead.  Raises DistutilsFileError.
    """
    if not os.path.isfile(src):
        raise DistutilsFileError("can't copy '%s': doesn't exist or not a regular file" % src)
    folder = os.path.dirname(dst)
    if os.path.isdir(dst):
        folder, dst = dst, os.path.join(dst, os.path.basename(src))
    if update and not newer(src, dst):
        if verbose >= 1:
            log.debug('not copying %s (output up-to-date)', src)
        return dst, 0
    if link not in _copy_action:
        raise ValueError("invalid value '%s' for 'link' argument" % link)
    if verbose >= 1:
        same_name = os.path.basename(dst) == os.path.basename(src)
        log.info('%s %s -> %s', _copy_action[link], src, folder if same_name else dst)
    if dry_run:
        return dst, 1

    if link:
        if os.path.exists(dst) and os.path.samefile(src, dst):
            return dst, 1
        try:
            (os.link if link == 'hard' else os.symlink)(src, dst)
            return dst, 1
        except OSError:
            # Hard links do not work everywhere: then it is copied.
            if link == 'sym':
                raise
    _copy_file_contents(src, dst)
    facts = os.stat(src)
    if preserve_times:
        os.utime(dst, (facts.st_atime, facts.st_mtime))
    if preserve_mode:
        os.chmod(dst, stat.S_IMODE(facts.st_mode))
    return dst, 1


def move_file(src, dst, verbose=1, dry_run=0):
    """Move a file to a path or into a folder; return its new path.  Raises DistutilsFileError."""
    if verbose >= 1:
        log.info('moving %s -> %s', src, dst)
    if dry_run:
        return dst
    if not os.path.isfile(src):
        raise DistutilsFileError("can't move '%s': not a regular file" % src)
    if os.path.isdir(dst):
        dst = os.path.join(dst, os.path.basename(src))
    elif os.path.exists(dst):
        raise DistutilsFileError("can't move '%s': destination '%s' already exists" % (src, dst))
    if not os.path.isdir(os.path.dirname(dst)):
        raise DistutilsFileError("can't move '%s': destination '%s' not a valid path" % (src, dst))
    try:
        os.rename(src, dst)
    except OSError as problem:
        number, text = problem.args[:2]
        if number != errno.EXDEV:
            raise DistutilsFileError("couldn't move '%s' to '%s': %s" % (src, dst, text))
        # To another file system.
        copy_file(src, dst, verbose=verbose)
        try:
            os.unlink(src)
        except OSError as again:
            try:
                os.unlink(dst)
            except OSError:
                pass
            raise DistutilsFileError("couldn't move '%s' to '%s' by copy/delete: delete '%s' failed: %s"
                                     % (src, dst, src, again.args[-1]))
    return dst


def write_file(filename, contents):
    """Write lines, given without their ends."""
    with open(filename, 'w') as file:
        file.writelines(line + '\n' for line in contents)
