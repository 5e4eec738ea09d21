# SPDX-License-Identifier: MIT
"""What of a tar archive is extracted, and how: the filters of tarfile."""

import os
from _tarfile_base import TarError

# The public name.
__name__ = 'tarfile'


class FilterError(TarError):
    """A filter refuses a member, which is in tarinfo; the subclasses say why."""


class AbsolutePathError(FilterError):
    def __init__(self, tarinfo):
        self.tarinfo = tarinfo
        super().__init__(f'member {tarinfo.name!r} has an absolute path')


class OutsideDestinationError(FilterError):
    def __init__(self, tarinfo, path):
        self.tarinfo = tarinfo
        self._path = path
        super().__init__(f'{tarinfo.name!r} would be extracted to {path!r}, which is outside the destination')


class SpecialFileError(FilterError):
    def __init__(self, tarinfo):
        self.tarinfo = tarinfo
        super().__init__(f'{tarinfo.name!r} is a special file')


class AbsoluteLinkError(FilterError):
    def __init__(self, tarinfo):
        self.tarinfo = tarinfo
        super().__init__(f'{tarinfo.name!r} is a link to an absolute path')


class LinkOutsideDestinationError(FilterError):
    def __init__(self, tarinfo, path):
        self.tarinfo = tarinfo
        self._path = path
        super().__init__(f'{tarinfo.name!r} would link to {path!r}, which is outside the destination')


def _inside(path, folder):
    """Is a path the folder or below it? Both are real paths."""
    return os.path.commonpath((path, folder)) == folder


def _get_filtered_attrs(member, dest_path, for_data=True):
    """Return what a filter changes about a member that is extracted to dest_path; FilterError to refuse it."""
    changed = {}
    dest_path = os.path.realpath(dest_path)
    name = member.name
    roots = '/' + os.sep
    if name.startswith(tuple(roots)):
        name = changed['name'] = member.path.lstrip(roots)
    if os.path.isabs(name):
        raise AbsolutePathError(member)         # a drive of Windows
    target = os.path.realpath(os.path.join(dest_path, name))
    if not _inside(target, dest_path):
        raise OutsideDestinationError(member, target)
    mode = member.mode
    if mode is not None:
        mode &= 0o755                           # others do not write; no setuid and the like
        if for_data:
            if member.isreg() or member.islnk():
                if not mode & 0o100:
                    mode &= ~0o111              # nobody runs what its owner does not
                mode |= 0o600
            elif member.isdir() or member.issym():
                mode = None                     # as the system has it
            else:
                raise SpecialFileError(member)
        if mode != member.mode:
            changed['mode'] = mode
    if for_data:
        changed.update((owner, None) for owner in ('uid', 'gid', 'uname', 'gname') if getattr(member, owner) is not None)
        if member.islnk() or member.issym():
            if os.path.isabs(member.linkname):
                raise AbsoluteLinkError(member)
            base = os.path.dirname(name) if member.issym() else ''
            target = os.path.realpath(os.path.join(dest_path, base, member.linkname))
            if not _inside(target, dest_path):
                raise LinkOutsideDestinationError(member, target)
    return changed


def fully_trusted_filter(member, dest_path):
    """Let every member through as it is."""
    return member


def tar_filter(member, dest_path):
    """Strip slashes in front of names, refuse what would go outside dest_path, drop dangerous mode bits."""
    changed = _get_filtered_attrs(member, dest_path, False)
    return member.replace(**changed, deep=False) if changed else member


def data_filter(member, dest_path):
    """Like tar_filter(); besides refuse links that lead outside and special files, and forget the owner."""
    changed = _get_filtered_attrs(member, dest_path, True)
    return member.replace(**changed, deep=False) if changed else member


_NAMED_FILTERS = {'fully_trusted': fully_trusted_filter, 'tar': tar_filter, 'data': data_filter}
