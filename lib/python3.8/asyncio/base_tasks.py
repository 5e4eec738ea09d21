# SPDX-License-Identifier: MIT
"""What Task in Python and any other kind share: repr(), and the stack."""

import linecache
import traceback

from . import base_futures, coroutines


def _task_repr_info(task):
    """The list of words for repr()."""
    words = base_futures._future_repr_info(task)
    if task._must_cancel:
        words[0] = 'cancelling'     # it goes on until it is told
    words[1:1] = ['name=%r' % task.get_name(), f'coro=<{coroutines._format_coroutine(task._coro)}>']
    if task._fut_waiter is not None:
        words.insert(3, f'wait_for={task._fut_waiter!r}')
    return words


def _frame_of(coroutine):
    for name in 'cr_frame', 'gi_frame', 'ag_frame':
        if hasattr(coroutine, name):
            return getattr(coroutine, name)
    return None


def _task_get_stack(task, limit):
    """Frames where the task is suspended, or of the traceback that ended it; the newest last."""
    frame = _frame_of(task._coro)
    frames = []
    if frame is not None:
        while frame is not None and (limit is None or len(frames) < limit):
            frames.append(frame)
            frame = frame.f_back
        frames.reverse()
    elif task._exception is not None:
        tb = task._exception.__traceback__
        while tb is not None and (limit is None or len(frames) < limit):
            frames.append(tb.tb_frame)
            tb = tb.tb_next
    return frames


def _task_print_stack(task, limit, file):
    entries = []
    checked = set()
    for frame in task.get_stack(limit=limit):
        code, line = frame.f_code, frame.f_lineno
        path = code.co_filename
        if path not in checked:
            checked.add(path)
            linecache.checkcache(path)
        entries.append((path, line, code.co_name, linecache.getline(path, line, frame.f_globals)))
    failure = task._exception
    if not entries:
        print(f'No stack for {task!r}', file=file)
    elif failure is not None:
        print(f'Traceback for {task!r} (most recent call last):', file=file)
    else:
        print(f'Stack for {task!r} (most recent call last):', file=file)
    traceback.print_list(entries, file=file)
    if failure is not None:
        for text in traceback.format_exception_only(failure.__class__, failure):
            print(text, file=file, end='')
