# SPDX-License-Identifier: MIT
"""Find out where memory was allocated.

    import tracemalloc
    tracemalloc.start(10)               # keep up to ten frames of each block
    ...
    for line in tracemalloc.take_snapshot().statistics('lineno')[:5]:
        print(line)

The interpreter records each block (_tracemalloc); this module looks at what it
recorded.  Inside, a trace stays the plain tuple that the recorder gives:
(domain, size, ((file name, line number), ...)), with the newest frame first.
Objects are made for those that the program looks at.
"""
import fnmatch
import linecache
import os.path
from collections.abc import Iterable, Sequence
from functools import total_ordering

from _tracemalloc import *
from _tracemalloc import _get_object_traceback, _get_traces


def _format_size(size, sign):
    """Write a number of bytes in the unit that fits; sign: with + or -."""
    plus = '+' if sign else ''
    for unit in ('B', 'KiB', 'MiB', 'GiB', 'TiB'):
        digits = 1 if unit != 'B' and abs(size) < 100 else 0
        if digits or abs(size) < 10 << 10:
            break
        if unit != 'TiB':
            size /= 1024
    return f'{size:{plus}.{digits}f} {unit}'


class _Summary:
    """What Statistic and StatisticDiff share: comparing, hashing by their slots."""
    __slots__ = ()

    def _values(self):
        return tuple(getattr(self, name) for name in self.__slots__)

    def __hash__(self):
        return hash(self._values())

    def __eq__(self, other):
        return all(getattr(self, name) == getattr(other, name)
                   for name in self.__slots__)

    def _average(self):
        if not self.count:
            return ''
        return ', average=' + _format_size(self.size / self.count, False)


class Statistic(_Summary):
    """How much memory (size, count of blocks) was allocated at one place."""
    __slots__ = 'traceback', 'size', 'count'

    def __init__(self, traceback, size, count):
        self.traceback, self.size, self.count = traceback, size, count

    def __str__(self):
        size = _format_size(self.size, False)
        return f'{self.traceback}: size={size}, count={self.count}{self._average()}'

    def __repr__(self):
        return '<Statistic traceback=%r size=%i count=%i>' % self._values()

    def _sort_key(self):
        return self.size, self.count, self.traceback


class StatisticDiff(_Summary):
    """How the memory of one place changed between two snapshots."""
    __slots__ = 'traceback', 'size', 'size_diff', 'count', 'count_diff'

    def __init__(self, traceback, size, size_diff, count, count_diff):
        self.traceback = traceback
        self.size, self.size_diff = size, size_diff
        self.count, self.count_diff = count, count_diff

    def __str__(self):
        return '{}: size={} ({}), count={} ({:+}){}'.format(
            self.traceback, _format_size(self.size, False),
            _format_size(self.size_diff, True), self.count, self.count_diff,
            self._average())

    def __repr__(self):
        return ('<StatisticDiff traceback=%r size=%i (%+i) count=%i (%+i)>'
                % self._values())

    def _sort_key(self):
        return (abs(self.size_diff), self.size, abs(self.count_diff), self.count,
                self.traceback)


def _compare_grouped_stats(old_group, new_group):
    """List the differences between two {traceback: Statistic}."""
    nothing = Statistic(None, 0, 0)
    changes = []
    # Places of the new group first, then those that are gone.
    for place in {**new_group, **old_group}:
        new = new_group.get(place, nothing)
        old = old_group.get(place, nothing)
        changes.append(StatisticDiff(place, new.size, new.size - old.size,
                                     new.count, new.count - old.count))
    return changes


@total_ordering
class Frame:
    """A file name and a line number."""
    __slots__ = '_frame',

    def __init__(self, frame):
        self._frame = frame

    filename = property(lambda self: self._frame[0], doc='The name of the file.')
    lineno = property(lambda self: self._frame[1], doc='The number of the line.')

    def __hash__(self):
        return hash(self._frame)

    def __eq__(self, other):
        return self._frame == other._frame

    def __lt__(self, other):
        return self._frame < other._frame

    def __str__(self):
        return '%s:%s' % (self.filename, self.lineno)

    def __repr__(self):
        return f'<Frame filename={self.filename!r} lineno={self.lineno!r}>'


@total_ordering
class Traceback(Sequence):
    """The Frames that led to an allocation, the oldest first."""
    __slots__ = '_frames',

    def __init__(self, frames):
        self._frames = tuple(frames)[::-1]

    def __len__(self):
        return len(self._frames)

    def __getitem__(self, index):
        found = self._frames[index]
        return tuple(map(Frame, found)) if isinstance(index, slice) else Frame(found)

    def __contains__(self, frame):
        return frame._frame in self._frames

    def __hash__(self):
        return hash(self._frames)

    def __eq__(self, other):
        return self._frames == other._frames

    def __lt__(self, other):
        return self._frames < other._frames

    def __str__(self):
        return str(self[0])

    def __repr__(self):
        return f'<Traceback {tuple(self)}>'

    def format(self, limit=None, most_recent_first=False):
        """Return lines of text like those of a printed traceback.

        limit: only so many of the newest frames; a negative one leaves out so
        many of the newest.  most_recent_first: begin with the newest.
        """
        if limit is None:
            shown = self[:]
        else:
            shown = self[-limit:] if limit > 0 else self[:limit]
        lines = []
        for frame in reversed(shown) if most_recent_first else shown:
            lines.append(f'  File "{frame.filename}", line {frame.lineno}')
            source = linecache.getline(frame.filename, frame.lineno).strip()
            if source:
                lines.append('    ' + source)
        return lines


def get_object_traceback(obj):
    """Return the Traceback of where obj was allocated, None if it is not known."""
    frames = _get_object_traceback(obj)
    return None if frames is None else Traceback(frames)


class Trace:
    """One block of memory: its domain, its size and its Traceback."""
    __slots__ = '_trace',

    def __init__(self, trace):
        self._trace = trace

    domain = property(lambda self: self._trace[0], doc='The domain of the block.')
    size = property(lambda self: self._trace[1], doc='The size of the block in bytes.')
    traceback = property(lambda self: Traceback(self._trace[2]), doc='Where it was allocated.')

    def __eq__(self, other):
        return self._trace == other._trace

    def __hash__(self):
        return hash(self._trace)

    def __str__(self):
        return f'{self.traceback}: {_format_size(self.size, False)}'

    def __repr__(self):
        return (f'<Trace domain={self.domain} size={_format_size(self.size, False)}, '
                f'traceback={self.traceback!r}>')


class _Traces(Sequence):
    """The traces of a snapshot: tuples inside, Trace objects outside."""

    def __init__(self, traces):
        self._traces = traces

    def __len__(self):
        return len(self._traces)

    def __getitem__(self, index):
        found = self._traces[index]
        return tuple(map(Trace, found)) if isinstance(index, slice) else Trace(found)

    def __contains__(self, trace):
        return trace._trace in self._traces

    def __eq__(self, other):
        return self._traces == other._traces

    def __repr__(self):
        return f'<Traces len={len(self)}>'


def _normalize_filename(filename):
    """The name in the case the system compares, of the source in place of a .pyc."""
    name = os.path.normcase(filename)
    return name[:-1] if name.endswith('.pyc') else name


class BaseFilter:
    """Something that says which traces stay; inclusive: those that match do."""

    def __init__(self, inclusive):
        self.inclusive = inclusive

    def _match(self, trace):
        raise NotImplementedError


class Filter(BaseFilter):
    """Choose traces by file name pattern, line number and domain (None: any).

    all_frames: look at every frame of a trace, not at the newest only.
    """

    def __init__(self, inclusive, filename_pattern,
                 lineno=None, all_frames=False, domain=None):
        super().__init__(inclusive)
        self._filename_pattern = _normalize_filename(filename_pattern)
        self.lineno = lineno
        self.all_frames = all_frames
        self.domain = domain

    filename_pattern = property(lambda self: self._filename_pattern, doc='The pattern of file names.')

    def _match_frame_impl(self, filename, lineno):
        if self.lineno not in (None, lineno):
            return False
        return fnmatch.fnmatch(_normalize_filename(filename), self._filename_pattern)

    def _match_frame(self, filename, lineno):
        return self._match_frame_impl(filename, lineno) ^ (not self.inclusive)

    def _match_traceback(self, traceback):
        if not self.all_frames:
            return self._match_frame(*traceback[0])
        hit = any(self._match_frame_impl(*frame) for frame in traceback)
        return hit == bool(self.inclusive)

    def _match(self, trace):
        domain, size, frames = trace
        if self.domain in (None, domain):
            return self._match_traceback(frames)
        return not self.inclusive


class DomainFilter(BaseFilter):
    """Choose traces by their domain, the number of an allocator."""

    def __init__(self, inclusive, domain):
        super().__init__(inclusive)
        self._domain = domain

    domain = property(lambda self: self._domain, doc='The domain that is meant.')

    def _match(self, trace):
        return (self._domain == trace[0]) ^ (not self.inclusive)


# What a trace counts for, by key_type.
_PLACES = {
    'traceback': lambda frames: frames,
    'lineno': lambda frames: frames[:1],
    'filename': lambda frames: ((frames[0][0], 0),),
}


class Snapshot:
    """The traces of all blocks that were in use at one moment."""

    def __init__(self, traces, traceback_limit):
        self.traces = _Traces(traces)
        self.traceback_limit = traceback_limit

    def dump(self, filename):
        """Write the snapshot to a file; load() reads it."""
        import pickle
        with open(filename, 'wb') as file:
            pickle.dump(self, file, pickle.HIGHEST_PROTOCOL)

    @staticmethod
    def load(filename):
        """Return the Snapshot in a file that dump() wrote (it must be trusted)."""
        import pickle
        with open(filename, 'rb') as file:
            return pickle.load(file)

    def _filter_trace(self, include_filters, exclude_filters, trace):
        wanted = not include_filters or any(each._match(trace)
                                            for each in include_filters)
        return wanted and all(each._match(trace) for each in exclude_filters)

    def filter_traces(self, filters):
        """Return a new Snapshot of the traces that the filters let pass.

        A trace passes if an inclusive filter takes it (or there is none) and
        no exclusive one refuses it.
        """
        if not isinstance(filters, Iterable):
            raise TypeError('filters must be a list of filters, not %s'
                            % type(filters).__name__)
        kinds = [], []
        for each in filters:
            kinds[not each.inclusive].append(each)
        kept = [trace for trace in self.traces._traces
                if self._filter_trace(*kinds, trace)]
        return Snapshot(kept, self.traceback_limit)

    def _group_by(self, key_type, cumulative):
        """Sum up the traces: {Traceback of the place: Statistic}."""
        place_of = _PLACES.get(key_type)
        if place_of is None:
            raise ValueError(f'unknown key_type: {key_type!r}')
        if cumulative and key_type == 'traceback':
            raise ValueError('cumulative mode cannot by used with key type '
                             f'{key_type!r}')
        sums = {}
        for domain, size, frames in self.traces._traces:
            for start in range(len(frames) if cumulative else 1):
                place = place_of(frames[start:start + 1] if cumulative else frames)
                entry = sums.get(place)
                if entry is None:
                    entry = sums[place] = [0, 0]
                entry[0] += size
                entry[1] += 1
        grouped = {}
        for place, (size, count) in sums.items():
            where = Traceback(place)
            grouped[where] = Statistic(where, size, count)
        return grouped

    def statistics(self, key_type, cumulative=False):
        """Return a list of Statistic, the biggest first.

        key_type: 'filename', 'lineno' or 'traceback', what to sum up by;
        cumulative: count a block for every frame of its traceback.
        """
        found = self._group_by(key_type, cumulative).values()
        return sorted(found, key=Statistic._sort_key, reverse=True)

    def compare_to(self, old_snapshot, key_type, cumulative=False):
        """Return a list of StatisticDiff against an older snapshot, the biggest
        change first; arguments as for statistics()."""
        new = self._group_by(key_type, cumulative)
        old = old_snapshot._group_by(key_type, cumulative)
        return sorted(_compare_grouped_stats(old, new),
                      key=StatisticDiff._sort_key, reverse=True)


def take_snapshot():
    """Return a Snapshot of all blocks in use; RuntimeError when not tracing."""
    if is_tracing():
        return Snapshot(_get_traces(), get_traceback_limit())
    raise RuntimeError('the tracemalloc module must be tracing memory '
                       'allocations to take a snapshot')
