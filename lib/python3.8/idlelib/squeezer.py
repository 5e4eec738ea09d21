# SPDX-License-Identifier: MIT
"""Long output of the shell, kept behind a button.

Squeezer stands before the shell's write(): what would take many lines goes into an ExpandingButton instead of the text.  A click
puts the text in the button's place.  The user can squeeze what is written already, too.
"""
import re
import tkinter as tk
from tkinter import messagebox

from idlelib import macosx
from idlelib.config import idleConf
from idlelib.textview import view_text
from idlelib.tooltip import Hovertip

# What Tk shows slowly: so many lines, so many characters, or a line of so many characters for each pixel of the text's width.
_MANY_LINES = 1000
_MANY_CHARS = 50000
_LONG_LINE = 50

_PADDING = {'padx': 3, 'pady': 5}


def count_lines_with_wrapping(s, linewidth=80):
    """Count the lines that a string takes when lines are broken after linewidth characters; a tab ends at a multiple of 8.

    A line's end that ends the string begins no line.
    """
    if not s:
        return 0
    lines = s.split('\n')
    if not lines[-1]:
        del lines[-1]
    count = len(lines)
    for line in lines:
        # Most lines are short: 8 columns are the most that a character takes.
        if len(line) * 8 > linewidth:
            width = len(line.expandtabs())
            if width > linewidth:
                count += (width - 1) // linewidth
    return count


class ExpandingButton(tk.Button):
    """A button in the shell's text that stands for squeezed text."""

    # The context menu: label, method.
    rmenu_specs = (
        ('copy', 'copy'),
        ('view', 'view'),
    )

    def __init__(self, s, tags, numoflines, squeezer):
        """s: the text; tags: its tag or tags; numoflines: the lines it would take; squeezer: whose button it is."""
        self.s, self.tags, self.numoflines = s, tags, numoflines
        self.squeezer = squeezer
        self.editwin = squeezer.editwin
        self.text = self.editwin.text
        # Changes below all filters: they neither are undone nor refused.
        self.base_text = self.editwin.per.bottom

        plural = '' if numoflines == 1 else 's'
        super().__init__(self.text, text=f'Squeezed text ({numoflines} line{plural}).',
                         background='#FFFFC0', activebackground='#FFFFE0', borderwidth=1)
        Hovertip(self, 'Double-click to expand, right-click for more options.', hover_delay=80)

        self.bind('<Double-Button-1>', self.expand)
        self.bind('<Button-2>' if macosx.isAquaTk() else '<Button-3>', self.context_menu_event)
        # What other programs paste while the button owns the selection.
        self.selection_handle(lambda offset, length: s[int(offset):int(offset) + int(length)])

        self.is_dangerous = None    # not known until the text has its width
        self.after_idle(self.set_is_dangerous)

    def set_is_dangerous(self):
        """Find out whether Tk would be slow with the text."""
        longest = _LONG_LINE * self.text.winfo_width()
        self.is_dangerous = (self.numoflines > _MANY_LINES or len(self.s) > _MANY_CHARS
                             or any(len(line) >= longest for line in re.findall('.+', self.s)))

    def expand(self, event=None):
        """Put the text in the button's place; ask before, if that may take long.  'break' if the user does not want to."""
        if self.is_dangerous is None:
            self.set_is_dangerous()
        if self.is_dangerous and not self._ask():
            return 'break'
        place = self.text.index(self)
        self.base_text.insert(place, self.s, self.tags)
        self.base_text.delete(self)
        self.squeezer.expandingbuttons.remove(self)
        return None

    def _ask(self):
        """Ask whether to expand text that Tk is slow with."""
        return messagebox.askokcancel(
            title='Expand huge output?',
            message=(f'The squeezed output is very long: {self.numoflines} lines, {len(self.s)} chars.\n\n'
                     'Expanding it could make IDLE slow or unresponsive.\n\n'
                     'It is recommended to view or copy the output instead.\n\n'
                     'Really expand?'),
            default=messagebox.CANCEL, parent=self.text)

    def copy(self, event=None):
        """Copy the text to the clipboard."""
        self.clipboard_clear()
        self.clipboard_append(self.s)

    def view(self, event=None):
        """Show the text in a window of its own."""
        view_text(self.text, 'Squeezed Output Viewer', self.s, modal=False, wrap='none')

    def context_menu_event(self, event):
        """Offer what rmenu_specs says, where the mouse is."""
        menu = tk.Menu(self.text, tearoff=0)
        for label, method in self.rmenu_specs:
            menu.add_command(label=label, command=getattr(self, method))
        menu.tk_popup(event.x_root, event.y_root)
        return 'break'


class Squeezer:
    """Squeezes the output of one shell; expandingbuttons are its buttons as they stand in the text."""

    @classmethod
    def reload(cls):
        """Take from the settings from how many lines on output is squeezed."""
        cls.auto_squeeze_min_lines = idleConf.GetOption('main', 'PyShell', 'auto-squeeze-min-lines', type='int', default=50)

    def __init__(self, editwin):
        """editwin: the shell; its write() is replaced, for standard output only in effect."""
        self.editwin = editwin
        self.text = editwin.text
        self.base_text = editwin.per.bottom
        self.expandingbuttons = []
        plain_write = editwin.write

        def write(s, tags=()):
            """Write to the shell, or squeeze what is long."""
            # Lines that are not counted have a character each at least.
            if tags == 'stdout' and len(s) >= self.auto_squeeze_min_lines:
                count = self.count_lines(s)
                if count >= self.auto_squeeze_min_lines:
                    self._append(s, tags, count)
                    return None
            return plain_write(s, tags)

        editwin.write = write

    def _append(self, s, tags, count):
        """Put a button where output goes."""
        text = self.text
        button = ExpandingButton(s, tags, count, self)
        text.mark_gravity('iomark', 'right')
        text.window_create('iomark', window=button, **_PADDING)
        text.see('iomark')
        text.update()
        text.mark_gravity('iomark', 'left')
        self.expandingbuttons.append(button)

    def count_lines(self, s):
        """Count the lines that a string takes in the shell."""
        return count_lines_with_wrapping(s, self.editwin.width)

    def squeeze_current_text_event(self, event):
        """Squeeze the output where the cursor is; the bell rings if there is none.

        The line's end that ends the output stays in the text.
        """
        text = self.text
        tag = next((tag for tag in ('stdout', 'stderr') if tag in text.tag_names('insert')), None)
        if tag is None:
            text.bell()
            return 'break'
        start, end = text.tag_prevrange(tag, 'insert +1c')
        s = text.get(start, end)
        if s.endswith('\n'):
            s = s[:-1]
            end = text.index(f'{end} -1c')
        self.base_text.delete(start, end)

        button = ExpandingButton(s, tag, self.count_lines(s), self)
        text.window_create(start, window=button, **_PADDING)
        before = sum(bool(text.compare(other, '<', button)) for other in self.expandingbuttons)
        self.expandingbuttons.insert(before, button)
        return 'break'


Squeezer.reload()


if __name__ == '__main__':
    import unittest
    unittest.main('idlelib.idle_test.test_squeezer', verbosity=2, exit=False)
