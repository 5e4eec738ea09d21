# SPDX-License-Identifier: MIT
"""curses.textpad: type and edit text in a window, with keys like those of Emacs."""

import curses
import curses.ascii


def rectangle(win, uly, ulx, lry, lrx):
    """Draw a frame in win, with corners at (uly, ulx) and (lry, lrx)."""
    for y in (uly, lry):
        win.hline(y, ulx + 1, curses.ACS_HLINE, lrx - ulx - 1)
    for x in (ulx, lrx):
        win.vline(uly + 1, x, curses.ACS_VLINE, lry - uly - 1)
    win.addch(uly, ulx, curses.ACS_ULCORNER)
    win.addch(uly, lrx, curses.ACS_URCORNER)
    win.addch(lry, lrx, curses.ACS_LRCORNER)
    win.addch(lry, ulx, curses.ACS_LLCORNER)


class Textbox:
    """Edit text in a window: edit() until Ctrl-G, gather() what it holds.

    Keys, with Ctrl:

    A, E        to the left edge, to the end of the line
    B, F        a character left, right, over line ends too
    P, N        a line up, down
    D, H        delete the character under, or before, the cursor
    K           clear the rest of the line; delete the line if it is blank
    O           insert a blank line
    J           begin the next line; in a box of one line, be done
    L           paint the window anew
    G           be done

    Arrow keys and backspace do the same where the window's keypad is on.  A
    movement that would leave the box does nothing.

    stripspaces, if true, makes blanks at the end of lines count for nothing.
    """

    def __init__(self, win, insert_mode=False):
        """Edit in win; with insert_mode, new characters move what follows to the right."""
        self.win = win
        self.insert_mode = insert_mode
        self._update_max_yx()
        self.stripspaces = 1
        self.lastcmd = None
        win.keypad(1)

    def _update_max_yx(self):
        """Note the last line and column: the window may have another size now."""
        lines, columns = self.win.getmaxyx()
        self.maxy = lines - 1
        self.maxx = columns - 1

    def _end_of_line(self, y):
        """Return the column after the last character of line y that is no blank."""
        self._update_max_yx()
        for x in range(self.maxx, -1, -1):
            if curses.ascii.ascii(self.win.inch(y, x)) != curses.ascii.SP:
                return min(x + 1, self.maxx)
        return 0

    # Characters

    def _insert_printable_char(self, ch):
        """Put ch where the cursor is, which moves on, to the next line if need be."""
        self._update_max_yx()
        y, x = self.win.getyx()
        moved = self._cells_from(y, x) if self.insert_mode else ()
        self.win.move(y, x)
        self._put(ch)
        after = self.win.getyx()
        for cell in moved[:-1]:
            self._put(cell)
        self.win.move(*after)

    def _cells_from(self, y, x):
        """What stands from (y, x) to the last place but one, or to what is not printable."""
        cells = []
        while y < self.maxy or x < self.maxx:
            cells.append(self.win.inch(y, x))
            if not curses.ascii.isprint(cells[-1] & curses.A_CHARTEXT):
                break
            y, x = (y, x + 1) if x < self.maxx else (y + 1, 0)
        return cells

    def _put(self, ch):
        """Write ch and move on; from the last place of the box the cursor cannot move."""
        y, x = self.win.getyx()
        if y >= self.maxy and x >= self.maxx:
            try:
                self.win.addch(ch)
            except curses.error:
                pass
        else:
            self.win.addch(ch)
            if x >= self.maxx:
                self.win.move(y + 1, 0)

    # Commands: methods of (y, x), by their keys. The answer False ends editing.

    def _left(self, y, x):
        if x > 0:
            self.win.move(y, x - 1)
        elif y > 0:
            self.win.move(y - 1, self._end_of_line(y - 1) if self.stripspaces else self.maxx)

    def _right(self, y, x):
        if x < self.maxx:
            self.win.move(y, x + 1)
        elif y < self.maxy:
            self.win.move(y + 1, 0)

    def _to_line(self, y, x):
        """Go to line y, no further right than its text.

        Looking for the end of the text moves the cursor to its last character;
        there CPython leaves it, and so does this.
        """
        if 0 <= y <= self.maxy:
            self.win.move(y, x)
            end = self._end_of_line(y)
            if x > end:
                self.win.move(y, end)

    def _up(self, y, x):
        self._to_line(y - 1, x)

    def _down(self, y, x):
        self._to_line(y + 1, x)

    def _line_start(self, y, x):
        self.win.move(y, 0)

    def _line_end(self, y, x):
        self.win.move(y, self._end_of_line(y) if self.stripspaces else self.maxx)

    def _delete(self, y, x):
        self.win.delch()

    def _backspace(self, y, x):
        self._left(y, x)
        self.win.delch()

    def _kill(self, y, x):
        if x == 0 and self._end_of_line(y) == 0:
            self.win.deleteln()
        else:
            # Looking for the end of the line has moved the cursor.
            self.win.move(y, x)
            self.win.clrtoeol()

    def _open(self, y, x):
        self.win.insertln()

    def _newline(self, y, x):
        if self.maxy == 0:
            return False
        if y < self.maxy:
            self.win.move(y + 1, 0)

    def _repaint(self, y, x):
        self.win.refresh()

    def _done(self, y, x):
        return False

    _COMMANDS = {
        curses.ascii.SOH: _line_start,
        curses.ascii.STX: _left, curses.KEY_LEFT: _left,
        curses.ascii.EOT: _delete,
        curses.ascii.ENQ: _line_end,
        curses.ascii.ACK: _right, curses.KEY_RIGHT: _right,
        curses.ascii.BEL: _done,
        curses.ascii.BS: _backspace, curses.KEY_BACKSPACE: _backspace,
        curses.ascii.NL: _newline,
        curses.ascii.VT: _kill,
        curses.ascii.FF: _repaint,
        curses.ascii.SO: _down, curses.KEY_DOWN: _down,
        curses.ascii.SI: _open,
        curses.ascii.DLE: _up, curses.KEY_UP: _up,
    }

    def do_command(self, ch):
        """Do what the key ch asks for.  Return 0 if it ends editing, else 1."""
        self._update_max_yx()
        y, x = self.win.getyx()
        self.lastcmd = ch
        if curses.ascii.isprint(ch):
            if y < self.maxy or x < self.maxx:
                self._insert_printable_char(ch)
            return 1
        command = self._COMMANDS.get(ch)
        if command is not None and command(self, y, x) is False:
            return 0
        return 1

    def gather(self):
        """Return the text of the box as a str; a newline ends each line if there are several."""
        self._update_max_yx()
        lines = []
        for y in range(self.maxy + 1):
            stop = self._end_of_line(y)
            if self.stripspaces:
                if stop == 0:
                    continue
                width = min(stop, self.maxx) + 1
            else:
                width = self.maxx + 1
            line = (chr(curses.ascii.ascii(self.win.inch(y, x))) for x in range(width))
            lines.append(''.join(line) + ('\n' if self.maxy > 0 else ''))
        return ''.join(lines)

    def edit(self, validate=None):
        """Let the user edit until a key ends it; return what gather() gives.

        validate(key), if given, sees every key first and returns the one to take
        in its place; a false value drops the key.
        """
        while True:
            ch = self.win.getch()
            if validate is not None:
                ch = validate(ch)
            if not ch:
                continue
            if not self.do_command(ch):
                return self.gather()
            self.win.refresh()
