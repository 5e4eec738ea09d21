# SPDX-License-Identifier: MIT
"""Folders: made, copied, removed."""

import os
import shutil

from distutils import log
from distutils.errors import DistutilsFileError, DistutilsInternalError

# Folders made so far: with dry_run each is told once, too.
_path_created = {}


def mkpath(name, mode=0o777, verbose=1, dry_run=0):
    """Make a folder and those above it; return the list of those that were made."""
    if not isinstance(name, str):
        raise DistutilsInternalError("mkpath: 'name' must be a string (got %r)" % (name,))
    name = os.path.normpath(name) if name else name
    missing = []
    while name and not os.path.isdir(name):
        missing.append(name)
        name = os.path.dirname(name)
    created = []
    for folder in reversed(missing):
        if _path_created.get(os.path.abspath(folder)):
            continue
        if verbose >= 1:
            log.info('creating %s', folder)
        if not dry_run:
            try:
                os.mkdir(folder, mode)
            except OSError as problem:
                if not os.path.isdir(folder):
                    raise DistutilsFileError("could not create '%s': %s" % (folder, problem.args[-1]))
        created.append(folder)
        _path_created[os.path.abspath(folder)] = 1
    return created


def create_tree(base_dir, files, mode=0o777, verbose=1, dry_run=0):
    """Make the folders below base_dir that files, given relative to it, need."""
    for folder in sorted({os.path.join(base_dir, os.path.dirname(file)) for file in files}):
        mkpath(folder, mode, verbose=verbose, dry_run=dry_run)


def copy_tree(src, dst, preserve_mode=1, preserve_times=1, preserve_symlinks=0, update=0, verbose=1, dry_run=0):
    """Copy a folder with all that is in it; return the list of the files at their new place.

    preserve_symlinks: copy links as links.  update: only what is newer.  Raises DistutilsFileError.
    """
    from distutils.file_util import copy_file
    if not dry_run and not os.path.isdir(src):
        raise DistutilsFileError("cannot copy tree '%s': not a directory" % src)
    try:
        names = os.listdir(src)
    except OSError as problem:
        if not dry_run:
            raise DistutilsFileError("error listing files in '%s': %s" % (src, problem.strerror))
        names = []
    if not dry_run:
        mkpath(dst, verbose=verbose)
    outputs = []
    for name in names:
        source, target = os.path.join(src, name), os.path.join(dst, name)
        if name.startswith('.nfs'):
            # Left by network file systems while files are open.
            continue
        if preserve_symlinks and os.path.islink(source):
            destination = os.readlink(source)
            if verbose >= 1:
                log.info('linking %s -> %s', target, destination)
            if not dry_run:
                os.symlink(destination, target)
            outputs.append(target)
        elif os.path.isdir(source):
            outputs += copy_tree(source, target, preserve_mode, preserve_times, preserve_symlinks, update,
                                 verbose=verbose, dry_run=dry_run)
        else:
            copy_file(source, target, preserve_mode, preserve_times, update, verbose=verbose, dry_run=dry_run)
            outputs.append(target)
    return outputs


def remove_tree(directory, verbose=1, dry_run=0):
    """Remove a folder with all that is in it; what cannot be removed is told."""
    if verbose >= 1:
        log.info("removing '%s' (and everything under it)", directory)
    if dry_run:
        return

    def tell(function, path, exc_info):
        log.warn('error removing %s: %s', directory, exc_info[1])

    top = os.path.abspath(directory)
    shutil.rmtree(directory, onerror=tell)
    for folder in [known for known in _path_created if known == top or known.startswith(top + os.sep)]:
        del _path_created[folder]


def ensure_relative(path):
    """Return a path without the separator at its beginning, so that it can be joined to another."""
    drive, path = os.path.splitdrive(path)
    return drive + path[1:] if path[:1] == os.sep else path
