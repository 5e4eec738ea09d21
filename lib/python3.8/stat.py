# SPDX-License-Identifier: MIT
"""Constants and tests for what os.stat() returns.

All names come from the native module _stat; when it is missing, those every POSIX system shares are defined here.
"""

try:
    from _stat import *
except ImportError:
    # Indexes into the tuple.
    (ST_MODE, ST_INO, ST_DEV, ST_NLINK, ST_UID, ST_GID, ST_SIZE, ST_ATIME, ST_MTIME, ST_CTIME) = range(10)

    # Kinds of files.
    S_IFSOCK, S_IFLNK, S_IFREG, S_IFBLK = 0o140000, 0o120000, 0o100000, 0o060000
    S_IFDIR, S_IFCHR, S_IFIFO = 0o040000, 0o020000, 0o010000
    S_IFDOOR = S_IFPORT = S_IFWHT = 0

    # Permissions.
    S_ISUID, S_ISGID, S_ISVTX = 0o4000, 0o2000, 0o1000
    S_ENFMT = S_ISGID
    S_IRWXU, S_IRUSR, S_IWUSR, S_IXUSR = 0o700, 0o400, 0o200, 0o100
    S_IREAD, S_IWRITE, S_IEXEC = S_IRUSR, S_IWUSR, S_IXUSR
    S_IRWXG, S_IRGRP, S_IWGRP, S_IXGRP = 0o070, 0o040, 0o020, 0o010
    S_IRWXO, S_IROTH, S_IWOTH, S_IXOTH = 0o007, 0o004, 0o002, 0o001

    # Flags of BSD and macOS: those the owner and those only the super-user may change.
    UF_NODUMP, UF_IMMUTABLE, UF_APPEND, UF_OPAQUE = 0x1, 0x2, 0x4, 0x8
    UF_NOUNLINK, UF_COMPRESSED, UF_HIDDEN = 0x10, 0x20, 0x8000
    SF_ARCHIVED, SF_IMMUTABLE, SF_APPEND, SF_NOUNLINK, SF_SNAPSHOT = 0x10000, 0x20000, 0x40000, 0x100000, 0x200000

    # Attributes of files on Windows.
    FILE_ATTRIBUTE_READONLY, FILE_ATTRIBUTE_HIDDEN, FILE_ATTRIBUTE_SYSTEM = 0x1, 0x2, 0x4
    FILE_ATTRIBUTE_DIRECTORY, FILE_ATTRIBUTE_ARCHIVE, FILE_ATTRIBUTE_DEVICE = 0x10, 0x20, 0x40
    FILE_ATTRIBUTE_NORMAL, FILE_ATTRIBUTE_TEMPORARY, FILE_ATTRIBUTE_SPARSE_FILE = 0x80, 0x100, 0x200
    FILE_ATTRIBUTE_REPARSE_POINT, FILE_ATTRIBUTE_COMPRESSED, FILE_ATTRIBUTE_OFFLINE = 0x400, 0x800, 0x1000
    FILE_ATTRIBUTE_NOT_CONTENT_INDEXED, FILE_ATTRIBUTE_ENCRYPTED = 0x2000, 0x4000
    FILE_ATTRIBUTE_INTEGRITY_STREAM, FILE_ATTRIBUTE_VIRTUAL, FILE_ATTRIBUTE_NO_SCRUB_DATA = 0x8000, 0x10000, 0x20000

    def S_IMODE(mode):
        """Return the part of a mode that os.chmod() can set."""
        return mode & 0o7777

    def S_IFMT(mode):
        """Return the part of a mode that says what kind of file it is."""
        return mode & 0o170000

    def _kind_test(kind, what):
        def test(mode):
            return kind != 0 and S_IFMT(mode) == kind
        test.__doc__ = 'Return whether mode is from %s.' % what
        return test

    S_ISDIR = _kind_test(S_IFDIR, 'a directory')
    S_ISCHR = _kind_test(S_IFCHR, 'a character device')
    S_ISBLK = _kind_test(S_IFBLK, 'a block device')
    S_ISREG = _kind_test(S_IFREG, 'a regular file')
    S_ISFIFO = _kind_test(S_IFIFO, 'a named pipe')
    S_ISLNK = _kind_test(S_IFLNK, 'a symbolic link')
    S_ISSOCK = _kind_test(S_IFSOCK, 'a socket')
    S_ISDOOR = S_ISPORT = S_ISWHT = _kind_test(0, 'a kind that does not exist here')

    def filemode(mode):
        """Return a mode as text like '-rwxrwxrwx'."""
        letter = {S_IFLNK: 'l', S_IFSOCK: 's', S_IFREG: '-', S_IFBLK: 'b', S_IFDIR: 'd', S_IFCHR: 'c', S_IFIFO: 'p'}
        text = letter.get(S_IFMT(mode), '?')
        for shift, special, both, only in ((6, S_ISUID, 's', 'S'), (3, S_ISGID, 's', 'S'), (0, S_ISVTX, 't', 'T')):
            bits = mode >> shift
            text += ('r' if bits & 4 else '-') + ('w' if bits & 2 else '-')
            if mode & special:
                text += both if bits & 1 else only
            else:
                text += 'x' if bits & 1 else '-'
        return text
