# SPDX-License-Identifier: MIT
"""Chunks of files in the manner of EA IFF 85: a name of four bytes, a size of four, so many bytes, and perhaps one more
to make the number even."""


class Chunk:
    """The chunk that starts at a file's position, as a file of its own.

    align: there is a byte of padding behind an odd size; bigendian: of the size;
    inclheader: the size counts name and size too.  EOFError if there is none.
    """

    def __init__(self, file, align=True, bigendian=True, inclheader=False):
        self.closed = False
        self.align = align
        self.file = file
        self.chunkname = file.read(4)
        size = file.read(4)
        if len(self.chunkname) < 4 or len(size) < 4:
            raise EOFError
        self.chunksize = int.from_bytes(size, 'big' if bigendian else 'little') - (8 if inclheader else 0)
        self.size_read = 0
        try:
            self.offset = file.tell()
        except (AttributeError, OSError):
            self.seekable = False
        else:
            self.seekable = True

    def getname(self):
        """Return the name, bytes."""
        return self.chunkname

    def getsize(self):
        """Return the size."""
        return self.chunksize

    def close(self):
        """Skip the rest; the file stays open."""
        if not self.closed:
            try:
                self.skip()
            finally:
                self.closed = True

    def _check(self):
        if self.closed:
            raise ValueError('I/O operation on closed file')

    def isatty(self):
        """Return False."""
        self._check()
        return False

    def seek(self, pos, whence=0):
        """Go to a position in the chunk; RuntimeError if that is none."""
        self._check()
        if not self.seekable:
            raise OSError('cannot seek')
        pos += {1: self.size_read, 2: self.chunksize}.get(whence, 0)
        if not 0 <= pos <= self.chunksize:
            raise RuntimeError
        self.file.seek(self.offset + pos, 0)
        self.size_read = pos

    def tell(self):
        """Return the position in the chunk."""
        self._check()
        return self.size_read

    def _padded(self):
        return self.align and self.chunksize & 1

    def read(self, size=-1):
        """Return up to size bytes, by default all that follow."""
        self._check()
        left = self.chunksize - self.size_read
        if left <= 0:
            return b''
        data = self.file.read(left if size < 0 or size > left else size)
        self.size_read += len(data)
        if self.size_read == self.chunksize and self._padded():
            self.size_read += len(self.file.read(1))
        return data

    def skip(self):
        """Go to the end of the chunk; EOFError if the file ends before."""
        self._check()
        if self.seekable:
            try:
                rest = self.chunksize - self.size_read + self._padded()
                self.file.seek(rest, 1)
                self.size_read += rest
                return
            except OSError:
                pass
        while self.size_read < self.chunksize:
            if not self.read(min(8192, self.chunksize - self.size_read)):
                raise EOFError
