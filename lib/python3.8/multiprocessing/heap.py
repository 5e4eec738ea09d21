# SPDX-License-Identifier: MIT
"""Memory shared by processes, handed out in blocks.

An Arena is a piece of memory that children have too: a file without a name.  Heap keeps of each arena which blocks
(arena, start, stop) are free, by length and by both ends, so that neighbours can be joined.
"""

import bisect
import mmap
import os
import sys
import tempfile
import threading
from collections import defaultdict

from . import util
from .context import assert_spawning, reduction

__all__ = ['BufferWrapper']

if sys.platform == 'win32':
    import _winapi

    class Arena:
        """Memory under a name."""

        _rand = tempfile._RandomNameSequence()

        def __init__(self, size):
            self.size = size
            for _ in range(100):
                name = 'pym-%d-%s' % (os.getpid(), next(self._rand))
                buf = mmap.mmap(-1, size, tagname=name)
                if _winapi.GetLastError() == 0:
                    break
                buf.close()
            else:
                raise FileExistsError('Cannot find name for new mmap')
            self.name, self.buffer = name, buf
            self._state = size, name

        def __getstate__(self):
            assert_spawning(self)
            return self._state

        def __setstate__(self, state):
            self.size, self.name = self._state = state
            self.buffer = mmap.mmap(-1, self.size, tagname=self.name)
else:
    class Arena:
        """Memory of a file without a name, in memory if possible; fd is one that is there already."""

        _dir_candidates = ['/dev/shm'] if sys.platform == 'linux' else []

        def __init__(self, size, fd=-1):
            self.size, self.fd = size, fd
            if fd == -1:
                self.fd, name = tempfile.mkstemp(prefix='pym-%d-' % os.getpid(), dir=self._choose_dir(size))
                os.unlink(name)
                util.Finalize(self, os.close, (self.fd,))
                os.ftruncate(self.fd, size)
            self.buffer = mmap.mmap(self.fd, self.size)

        def _choose_dir(self, size):
            for folder in self._dir_candidates:
                info = os.statvfs(folder)
                if info.f_bavail * info.f_frsize >= size:
                    return folder
            return util.get_temp_dir()

    def reduce_arena(a):
        if a.fd == -1:
            raise ValueError('Arena is unpicklable because forking was enabled when it was created')
        return rebuild_arena, (a.size, reduction.DupFd(a.fd))

    def rebuild_arena(size, dupfd):
        return Arena(size, dupfd.detach())

    reduction.register(Arena, reduce_arena)


def _check_size(size):
    if size < 0:
        raise ValueError("Size {0:n} out of range".format(size))
    if size >= sys.maxsize:
        raise OverflowError("Size {0:n} too large".format(size))


class Heap:
    """Hands out blocks; size is that of the first arena."""

    _alignment = 8
    _DISCARD_FREE_SPACE_LARGER_THAN = 4 * 1024 ** 2     # bigger arenas go when they are empty
    _DOUBLE_ARENA_SIZE_UNTIL = 4 * 1024 ** 2            # each is twice the size of the one before, up to this

    def __init__(self, size=mmap.PAGESIZE):
        self._lastpid = os.getpid()
        self._lock = threading.Lock()
        self._size = size
        self._lengths = []                  # of free blocks, sorted
        self._len_to_seq = {}               # length -> free blocks
        self._start_to_block = {}           # (arena, start) -> free block
        self._stop_to_block = {}            # (arena, stop) -> free block
        self._allocated_blocks = defaultdict(set)       # arena -> (start, stop)
        self._arenas = []
        self._pending_free_blocks = []      # that were freed while somebody had the lock
        self._n_mallocs = self._n_frees = 0

    @staticmethod
    def _roundup(n, alignment):
        mask = alignment - 1
        return (n + mask) & ~mask

    def _new_arena(self, size):
        """Make an arena of at least a size; return the block that it is."""
        length = self._roundup(max(self._size, size), mmap.PAGESIZE)
        if self._size < self._DOUBLE_ARENA_SIZE_UNTIL:
            self._size *= 2
        arena = Arena(length)
        util.info('allocating a new mmap of length %d', length)
        self._arenas.append(arena)
        return arena, 0, length

    def _discard_arena(self, arena):
        """Give an empty arena back, if it is big."""
        length = arena.size
        if length >= self._DISCARD_FREE_SPACE_LARGER_THAN:
            self._arenas.remove(arena)
            blocks = self._allocated_blocks.pop(arena)
            assert not blocks
            self._absorb((arena, 0, length))

    def _drop_length(self, length, block):
        blocks = self._len_to_seq[length]
        blocks.remove(block)
        if not blocks:
            del self._len_to_seq[length]
            self._lengths.remove(length)

    def _malloc(self, size):
        """A free block of at least a size, which is not free any more."""
        place = bisect.bisect_left(self._lengths, size)
        if place == len(self._lengths):
            return self._new_arena(size)
        length = self._lengths[place]
        blocks = self._len_to_seq[length]
        block = blocks.pop()
        if not blocks:
            del self._len_to_seq[length], self._lengths[place]
        arena, start, stop = block
        del self._start_to_block[(arena, start)], self._stop_to_block[(arena, stop)]
        return block

    def _add_free_block(self, block):
        """Make a block free, joined with its free neighbours."""
        arena, start, stop = block
        before = self._stop_to_block.get((arena, start))
        if before is not None:
            start = self._absorb(before)[0]
        after = self._start_to_block.get((arena, stop))
        if after is not None:
            stop = self._absorb(after)[1]
        block, length = (arena, start, stop), stop - start
        if length in self._len_to_seq:
            self._len_to_seq[length].append(block)
        else:
            self._len_to_seq[length] = [block]
            bisect.insort(self._lengths, length)
        self._start_to_block[(arena, start)] = self._stop_to_block[(arena, stop)] = block

    def _absorb(self, block):
        """Take a free block out; return its ends."""
        arena, start, stop = block
        del self._start_to_block[(arena, start)], self._stop_to_block[(arena, stop)]
        self._drop_length(stop - start, block)
        return start, stop

    def _remove_allocated_block(self, block):
        arena, *ends = block
        self._allocated_blocks[arena].remove(tuple(ends))
        if not self._allocated_blocks[arena]:
            self._discard_arena(arena)

    def _free_pending_blocks(self):
        while True:
            try:
                block = self._pending_free_blocks.pop()
            except IndexError:
                return
            self._add_free_block(block)
            self._remove_allocated_block(block)

    def free(self, block):
        """Take a block back."""
        if os.getpid() != self._lastpid:
            raise ValueError("My pid ({0:n}) is not last pid {1:n}".format(os.getpid(), self._lastpid))
        # The garbage collector may call this anywhere, also under the lock.
        if not self._lock.acquire(False):
            self._pending_free_blocks.append(block)
            return
        try:
            self._n_frees += 1
            self._pending_free_blocks.append(block)
            self._free_pending_blocks()
        finally:
            self._lock.release()

    def malloc(self, size):
        """Return a block of at least a size."""
        _check_size(size)
        if os.getpid() != self._lastpid:
            self.__init__()     # the memory is the parent's
        with self._lock:
            self._n_mallocs += 1
            self._free_pending_blocks()
            size = self._roundup(max(size, 1), self._alignment)
            arena, start, stop = self._malloc(size)
            middle = start + size
            if middle < stop:
                self._add_free_block((arena, middle, stop))
            self._allocated_blocks[arena].add((start, middle))
            return arena, start, middle


class BufferWrapper:
    """A block of shared memory, free again when this goes away."""

    _heap = Heap()

    def __init__(self, size):
        _check_size(size)
        block = BufferWrapper._heap.malloc(size)
        self._state = block, size
        util.Finalize(self, BufferWrapper._heap.free, args=(block,))

    def create_memoryview(self):
        """Return the memory."""
        (arena, start, _), size = self._state
        return memoryview(arena.buffer)[start:start + size]
