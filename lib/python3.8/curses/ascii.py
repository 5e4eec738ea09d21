# SPDX-License-Identifier: MIT
"""curses.ascii: names of the control characters, and what kind a character is.

Every function takes a character as str or as its number.  The tests follow the
C library's in its plain locale: what is not ASCII is of no kind.
"""

# The controls in order of their numbers; the names that stand twice come below.
controlnames = ("NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI "
                "DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US SP").split()
globals().update((name, number) for number, name in enumerate(controlnames))

TAB = 0x09      # another name of HT
NL = 0x0a       # and of LF
DEL = 0x7f


def _ctoi(c):
    """The number of a character, given as str or as that."""
    return ord(c) if type(c) is str else c


def isalnum(c):
    """Return True for a letter or a digit."""
    return isalpha(c) or isdigit(c)


def isalpha(c):
    """Return True for a letter."""
    return isupper(c) or islower(c)


def isascii(c):
    """Return True for a number from 0 to 127."""
    return 0 <= _ctoi(c) < 128


def isblank(c):
    """Return True for a space or a tab."""
    return _ctoi(c) in (32, TAB)


def iscntrl(c):
    """Return True for a control character, DEL among them."""
    return 0 <= _ctoi(c) < 32 or _ctoi(c) == DEL


def isdigit(c):
    """Return True for a decimal digit."""
    return 48 <= _ctoi(c) < 58


def isgraph(c):
    """Return True for what leaves ink: printable, and no space."""
    return 32 < _ctoi(c) < DEL


def islower(c):
    """Return True for a small letter."""
    return 97 <= _ctoi(c) < 123


def isprint(c):
    """Return True for a printable character, the space among them."""
    return 32 <= _ctoi(c) < DEL


def ispunct(c):
    """Return True for what is printable, but no letter, digit or space."""
    return isgraph(c) and not isalnum(c)


def isspace(c):
    """Return True for the space, tabs, and what begins a line or a page."""
    return _ctoi(c) == 32 or 9 <= _ctoi(c) < 14


def isupper(c):
    """Return True for a capital letter."""
    return 65 <= _ctoi(c) < 91


def isxdigit(c):
    """Return True for a hexadecimal digit."""
    number = _ctoi(c)
    return isdigit(c) or 65 <= number < 71 or 97 <= number < 103


def isctrl(c):
    """Return True for a number from 0 to 31."""
    return 0 <= _ctoi(c) < 32


def ismeta(c):
    """Return True for a number above 127."""
    return _ctoi(c) >= 128


def _like(c, number):
    """The number as what c is: a str or a number."""
    return chr(number) if type(c) is str else number


def ascii(c):
    """Return c with the lower 7 bits alone, as str or number, like c."""
    return _like(c, _ctoi(c) % 128)


def ctrl(c):
    """Return the control character of c, as str or number, like c."""
    return _like(c, _ctoi(c) % 32)


def alt(c):
    """Return c with the 8th bit set, as str or number, like c."""
    return _like(c, _ctoi(c) | 128)


def unctrl(c):
    """Return c in printable form: '^A' for a control, '!A' for one with the 8th bit."""
    number = _ctoi(c)
    low = number % 128
    if low == DEL:
        text = '^?'
    elif low < 32:
        text = '^' + chr(low + 64)
    else:
        text = chr(low)
    return '!' + text if number & 128 else text
