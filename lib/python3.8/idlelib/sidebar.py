# SPDX-License-Identifier: MIT
"""Line numbers, left of an editor's text.

A sidebar is a Text widget as high as the text, scrolled with it.  It never has the focus: what the mouse and its wheel do in it,
the text gets.  A filter below the text's undo, EndLineDelegator, says how many lines there are after each change.
"""
import functools
import itertools

import tkinter as tk

from idlelib.config import idleConf
from idlelib.delegator import Delegator

_SCROLL_DELAY = 50      # milliseconds between lines while the mouse is dragged outside


def get_end_linenumber(text):
    """Give the number of the last line of a Text."""
    return int(str(text.index('end-1c')).partition('.')[0])


def get_widget_padding(widget):
    """Give (x, y): the pixels between the cell of a packed or gridded Text and its letters, left and above."""
    manager = widget.winfo_manager()
    layout = {'pack': widget.pack_info, 'grid': widget.grid_info}.get(manager, dict)()

    def total(side):
        outer = layout.get(side, 0)
        if not isinstance(outer, tuple):    # a number, or two in one string
            outer = str(outer).split()
        return sum(map(widget.winfo_pixels, (outer[0], widget['border'], widget[side])))

    return total('padx'), total('pady')


class BaseSideBar:
    """A column left of the text of editwin: sidebar_text, seen while is_shown.

    editwin is asked for text, text_frame and vbar; subclasses write into sidebar_text.
    """

    def __init__(self, editwin):
        """editwin: the window; scrolling of its text goes through here from now on."""
        self.editwin = editwin
        self.parent = editwin.text_frame
        self.text = editwin.text
        self.sidebar_text = tk.Text(self.parent, width=1, height=1, wrap=tk.NONE, padx=2, pady=get_widget_padding(self.text)[1],
                                    borderwidth=0, highlightthickness=0, takefocus=0, exportselection=False)
        # Nothing of what a Text does for the user: no selection, no cursor.
        self.sidebar_text.bindtags((self.sidebar_text, self.text.winfo_toplevel(), 'all'))
        self.sidebar_text['state'] = tk.DISABLED
        self.update_font()
        self.update_colors()
        self.is_shown = False
        self.text['yscrollcommand'] = self.redirect_yscroll_event

    def update_font(self):
        """Take the text's font from the settings."""
        self._update_font(idleConf.GetFont(self.text, 'main', 'EditorWindow'))

    def _update_font(self, font):
        self.sidebar_text['font'] = font

    def update_colors(self):
        """Take the colours from the theme."""
        colors = idleConf.GetHighlight(idleConf.CurrentTheme(), 'normal')
        self._update_colors(**colors)

    def _update_colors(self, foreground, background):
        self.sidebar_text.configure(foreground=foreground, background=background,
                                    selectforeground=foreground, selectbackground=background,
                                    inactiveselectbackground=background)

    def show_sidebar(self):
        """Show the column, if it is not shown."""
        if not self.is_shown:
            self.sidebar_text.grid(row=1, column=0, sticky=tk.NSEW)
            self.is_shown = True

    def hide_sidebar(self):
        """Remove the column, if it is shown."""
        if self.is_shown:
            self.sidebar_text.grid_forget()
            self.is_shown = False

    # What goes to the text, and what comes from it.

    def redirect_yscroll_event(self, *args, **kwargs):
        """Follow the text, which was scrolled; args: the two fractions for the scrollbar."""
        self.editwin.vbar.set(*args)
        self.sidebar_text.yview_moveto(args[0])
        return 'break'

    def redirect_focusin_event(self, event):
        """Give the focus to the text."""
        self.text.focus_set()
        return 'break'

    def redirect_mousebutton_event(self, event, event_name):
        """Give an event of the mouse to the text, at its left edge."""
        self.text.focus_set()
        self.text.event_generate(event_name, x=0, y=event.y)
        return 'break'

    def redirect_mousewheel_event(self, event):
        """Give a turn of the wheel to the text."""
        self.text.event_generate('<MouseWheel>', x=0, y=event.y, delta=event.delta)
        return 'break'


class EndLineDelegator(Delegator):
    """A filter of the text that tells the number of the last line after each change."""

    def __init__(self, changed_callback):
        """changed_callback: called with the number."""
        super().__init__()
        self.changed_callback = changed_callback

    def insert(self, index, chars, tags=None):
        """Insert, and tell."""
        self.delegate.insert(index, chars, tags)
        self.changed_callback(get_end_linenumber(self.delegate))

    def delete(self, index1, index2=None):
        """Delete, and tell."""
        self.delegate.delete(index1, index2)
        self.changed_callback(get_end_linenumber(self.delegate))


class LineNumbers(BaseSideBar):
    """The line numbers of a text.

    Clicking selects a line, dragging selects lines and scrolls when the mouse goes above or below.
    """

    def __init__(self, editwin):
        """editwin: the window; also asked for per and undo."""
        super().__init__(editwin)
        self._drag_start = None     # the line where the button was pressed
        self._scrolling = None      # the timer while the mouse is outside
        self._drag_y = 0
        numbers = self.sidebar_text
        numbers.tag_config('linenumber', justify=tk.RIGHT)
        numbers['state'] = tk.NORMAL
        numbers.insert('1.0', '1', 'linenumber')
        numbers['state'] = tk.DISABLED
        self.prev_end = 1
        self.update_sidebar_text(get_end_linenumber(self.text))

        # Below undo, so that its changes are told too.
        per, undo = editwin.per, editwin.undo
        per.removefilter(undo)
        per.insertfilter(EndLineDelegator(self.update_sidebar_text))
        per.insertfilter(undo)
        self.bind_events()

    def bind_events(self):
        """Say what the mouse does here."""
        bind = self.sidebar_text.bind
        bind('<FocusIn>', self.redirect_focusin_event)
        bind('<MouseWheel>', self.redirect_mousewheel_event)
        for button, pattern in itertools.product(
                (2, 3, 4, 5),
                ('<Button-{}>', '<ButtonRelease-{}>', '<B{}-Motion>', '<Double-Button-{}>', '<Triple-Button-{}>')):
            name = pattern.format(button)
            bind(name, functools.partial(self.redirect_mousebutton_event, event_name=name))
        bind('<Button-1>', self._press)
        bind('<B1-Motion>', self._drag)
        bind('<ButtonRelease-1>', self._release)

    def update_colors(self):
        """Take the colours of line numbers from the theme."""
        colors = idleConf.GetHighlight(idleConf.CurrentTheme(), 'linenumber')
        self._update_colors(colors['foreground'], colors['background'])

    def update_sidebar_text(self, end):
        """Have the numbers from 1 to end, and the width that they need."""
        before = self.prev_end
        if end == before:
            return
        numbers = self.sidebar_text
        digits = len(str(end))
        if digits != len(str(before)):
            numbers['width'] = digits
        numbers['state'] = tk.NORMAL
        if end > before:
            numbers.insert('end-1c', ''.join([f'\n{number}' for number in range(before + 1, end + 1)]), 'linenumber')
        else:
            numbers.delete(f'{end}.end', 'end-1c')
        numbers['state'] = tk.DISABLED
        self.prev_end = end

    # Selecting lines.

    def _line_at(self, y):
        return self.editwin.getlineno(f'@0,{y}')

    def _select_to(self, line):
        """Select from the line where the button was pressed to this one; the cursor goes to the end that moves."""
        first, last = sorted((self._drag_start, line))
        text = self.text
        text.tag_remove('sel', '1.0', 'end')
        text.tag_add('sel', f'{first}.0', f'{last + 1}.0')
        text.mark_set('insert', f'{line + (line >= self._drag_start)}.0')

    def _press(self, event):
        self.text.focus_set()
        self._drag_start = self._line_at(event.y)
        self._select_to(self._drag_start)
        return 'break'

    def _drag(self, event):
        if self._drag_start is None:    # pressed elsewhere
            return 'break'
        self._drag_y = event.y
        if self._distance() == 0:
            self._stop_scrolling()
            self._select_to(self._line_at(event.y))
        elif self._scrolling is None:
            self._scroll()
        return 'break'

    def _release(self, event):
        self._stop_scrolling()
        self._drag_start = None
        return 'break'

    def _distance(self):
        """Tell where the dragged mouse is: -1 above, 0 beside, 1 below the text."""
        return (self._drag_y >= self.sidebar_text.winfo_height()) - (self._drag_y < 0)

    def _scroll(self):
        """Scroll by a line to where the mouse is, and again soon."""
        direction = self._distance()
        self.text.yview_scroll(direction, 'units')
        self._select_to(self._line_at(0 if direction < 0 else self.sidebar_text.winfo_height() - 1))
        self._scrolling = self.text.after(_SCROLL_DELAY, self._scroll)

    def _stop_scrolling(self):
        timer, self._scrolling = self._scrolling, None
        if timer is not None:
            self.text.after_cancel(timer)


def _linenumbers_drag_scrolling(parent):  # htest #
    """Show a text with line numbers, to drag in and look."""
    from types import SimpleNamespace
    from idlelib.percolator import Percolator
    top = tk.Toplevel(parent)
    top.title('Test line numbers')
    frame = tk.Frame(top)
    frame.pack(side=tk.LEFT, fill=tk.BOTH, expand=True)
    frame.rowconfigure(1, weight=1)
    frame.columnconfigure(1, weight=1)
    text = tk.Text(frame, width=80, height=24, wrap=tk.NONE)
    text.grid(row=1, column=1, sticky=tk.NSEW)
    window = SimpleNamespace(text=text, text_frame=frame, per=Percolator(text), undo=Delegator(), vbar=tk.Scrollbar(frame),
                             getlineno=lambda index: int(float(text.index(index))))
    window.per.insertfilter(window.undo)
    text.insert('1.0', 'a\n' * 100)
    LineNumbers(window).show_sidebar()


if __name__ == '__main__':
    import unittest
    unittest.main('idlelib.idle_test.test_sidebar', verbosity=2, exit=False)
