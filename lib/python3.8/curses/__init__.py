# SPDX-License-Identifier: MIT
"""Text windows, keys, colours and mouse on a terminal, by the ncurses library.

Nearly everything comes from the native module _curses.  Some of its values are
known only when the terminal has been started: initscr() and start_color() bring
them into this module too.  wrapper() runs a whole program and leaves the
terminal in order.

Further parts: curses.ascii (kinds of characters), curses.panel (windows in a
pile), curses.textpad (a box to type text into).
"""

import os as _os
import sys as _sys
import _curses
from _curses import *

try:
    has_key
except NameError:
    from .has_key import has_key


def _bring(wanted):
    """Copy those values of _curses whose name satisfies wanted() into this module."""
    for name, value in vars(_curses).items():
        if wanted(name):
            globals()[name] = value


def initscr():
    """Start the library; return the window that is the whole screen.

    LINES, COLS and the characters ACS_* have their values afterwards.  Raises
    curses.error if the terminal that TERM names is not known.
    """
    setupterm(term=_os.environ.get('TERM', 'unknown'), fd=_sys.__stdout__.fileno())
    screen = _curses.initscr()
    _bring(lambda name: name in ('LINES', 'COLS') or name.startswith('ACS_'))
    return screen


def start_color():
    """Make colours usable; COLORS and COLOR_PAIRS have their values afterwards."""
    answer = _curses.start_color()
    _bring(lambda name: name in ('COLORS', 'COLOR_PAIRS'))
    return answer


def _prepare():
    """Start the screen the way wrapper() promises; return its window."""
    screen = initscr()
    noecho()
    cbreak()
    screen.keypad(True)
    try:
        start_color()
    except Exception:
        # There are terminals without colours.
        pass
    return screen


def wrapper(*args, **kwds):
    """Call func(screen, *args, **kwds) on a started screen, and return its result.

    Keys come at once and unseen, function keys as one number, and colours are
    started where there are any.  However func ends, the terminal is given back
    in order before wrapper() does.
    """
    if not args:
        raise TypeError("wrapper expected at least 1 positional argument, got 0")
    func, *args = args
    screen = None
    try:
        screen = _prepare()
        return func(screen, *args, **kwds)
    finally:
        if screen is not None:
            screen.keypad(False)
            echo()
            nocbreak()
            endwin()


wrapper.__text_signature__ = '(func, /, *args, **kwds)'
