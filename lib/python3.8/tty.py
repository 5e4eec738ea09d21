# SPDX-License-Identifier: MIT
"""Modes of terminals."""

from termios import *

__all__ = ["setraw", "setcbreak"]

# The places in the list of tcgetattr().
IFLAG, OFLAG, CFLAG, LFLAG, ISPEED, OSPEED, CC = range(7)


def _one_by_one(mode):
    """Have reads return as soon as there is a byte."""
    mode[CC][VMIN] = 1
    mode[CC][VTIME] = 0


def setraw(fd, when=TCSAFLUSH):
    """Make a terminal pass bytes on as they are, both ways; when says when, as for tcsetattr()."""
    mode = tcgetattr(fd)
    for place, off in ((IFLAG, BRKINT | ICRNL | INPCK | ISTRIP | IXON), (OFLAG, OPOST), (CFLAG, CSIZE | PARENB),
                       (LFLAG, ECHO | ICANON | IEXTEN | ISIG)):
        mode[place] &= ~off
    mode[CFLAG] |= CS8
    _one_by_one(mode)
    tcsetattr(fd, when, mode)


def setcbreak(fd, when=TCSAFLUSH):
    """Make a terminal pass on characters at once and unseen; Ctrl-C and the like still work."""
    mode = tcgetattr(fd)
    mode[LFLAG] &= ~(ECHO | ICANON)
    _one_by_one(mode)
    tcsetattr(fd, when, mode)
