# SPDX-License-Identifier: MIT
"""The window of a call tip: below the opening parenthesis, until the cursor leaves the parentheses.

The text's events are two virtual ones.  One hides the tip; the other asks whether the cursor is still inside, and so does a timer.
"""
from tkinter import Label, LEFT, SOLID, TclError

from idlelib.tooltip import TooltipBase

HIDE_EVENT = '<<calltipwindow-hide>>'
HIDE_SEQUENCES = ('<Key-Escape>', '<FocusOut>')
CHECKHIDE_EVENT = '<<calltipwindow-checkhide>>'
CHECKHIDE_SEQUENCES = ('<KeyRelease>', '<ButtonRelease>')
CHECKHIDE_TIME = 100    # milliseconds

MARK_RIGHT = 'calltipwindowregion_right'


class CalltipWindow(TooltipBase):
    """A tip for a call in a Text widget, its anchor_widget.

    parenline and parencol tell where the opening parenthesis is, the mark MARK_RIGHT where the closing one.
    """

    def __init__(self, text_widget):
        """text_widget: the Text with the call."""
        super().__init__(text_widget)
        self.label = self.text = None
        self.parenline = self.parencol = None
        self.lastline = None        # the cursor's line, for which the window has its place
        self.hideid = self.checkhideid = None
        self.checkhide_after_id = None

    def get_position(self):
        """Give the place below the cursor's line: at the parenthesis if it is there, else at the left edge."""
        column = self.parencol if self.lastline == self.parenline else 0
        box = self.anchor_widget.bbox(f'{self.lastline}.{column}')
        if box:
            x, y, _, height = box
        else:       # scrolled away to the side
            _, y, _, height = self.anchor_widget.bbox('insert')
            x = 0
        return x + 2, y + height

    def position_window(self):
        """Move the window to the cursor's line, if it is another one than before."""
        line = int(self.anchor_widget.index('insert').partition('.')[0])
        if line != self.lastline:
            self.lastline = line
            self.anchor_widget.see('insert')
            super().position_window()

    def showtip(self, text, parenleft, parenright):
        """Open the window, unless it is open or the text is empty.

        text: what to show; parenleft, parenright: indices of the opening parenthesis and of the end of the region.
        """
        if self.tipwindow is not None or not text:
            return
        self.text = text
        anchor = self.anchor_widget
        anchor.mark_set(MARK_RIGHT, parenright)
        self.parenline, self.parencol = map(int, anchor.index(parenleft).split('.'))
        super().showtip()
        self._bind_events()

    def showcontents(self):
        """Show the text in the Text's font."""
        self.label = Label(self.tipwindow, text=self.text, justify=LEFT, foreground='black', background='#ffffd0',
                           relief=SOLID, borderwidth=1, font=self.anchor_widget['font'])
        self.label.pack()

    def checkhide_event(self, event=None):
        """Close the window if the cursor is outside the parentheses, else come again soon."""
        if self.tipwindow is None:
            return None
        anchor = self.anchor_widget
        if self.checkhide_after_id is not None:
            anchor.after_cancel(self.checkhide_after_id)
            self.checkhide_after_id = None
        cursor = tuple(map(int, anchor.index('insert').split('.')))
        if cursor <= (self.parenline, self.parencol) or anchor.compare('insert', '>', MARK_RIGHT):
            self.hidetip()
            return 'break'
        self.position_window()
        self.checkhide_after_id = anchor.after(CHECKHIDE_TIME, self.checkhide_event)
        return None

    def hide_event(self, event):
        """Close the window."""
        if self.tipwindow is None:
            return None     # the key means something else
        self.hidetip()
        return 'break'

    def hidetip(self):
        """Close the window, if it is open, and forget the call."""
        super().hidetip()
        self.label = None
        self.parenline = self.parencol = self.lastline = None
        try:
            self.anchor_widget.mark_unset(MARK_RIGHT)
            self._unbind_events()
        except TclError:    # the text is gone
            pass

    def _bind_events(self):
        anchor = self.anchor_widget
        self.checkhideid = anchor.bind(CHECKHIDE_EVENT, self.checkhide_event)
        self.hideid = anchor.bind(HIDE_EVENT, self.hide_event)
        for virtual, sequences in ((CHECKHIDE_EVENT, CHECKHIDE_SEQUENCES), (HIDE_EVENT, HIDE_SEQUENCES)):
            for sequence in sequences:
                anchor.event_add(virtual, sequence)
        self.checkhide_after_id = anchor.after(CHECKHIDE_TIME, self.checkhide_event)

    def _unbind_events(self):
        anchor = self.anchor_widget
        if self.checkhide_after_id is not None:
            anchor.after_cancel(self.checkhide_after_id)
            self.checkhide_after_id = None
        if self.hideid is None:     # never bound
            return
        for virtual, sequences in ((CHECKHIDE_EVENT, CHECKHIDE_SEQUENCES), (HIDE_EVENT, HIDE_SEQUENCES)):
            for sequence in sequences:
                anchor.event_delete(virtual, sequence)
        anchor.unbind(CHECKHIDE_EVENT, self.checkhideid)
        anchor.unbind(HIDE_EVENT, self.hideid)
        self.checkhideid = self.hideid = None


def _calltip_window(parent):  # htest #
    """Show a text that gives a tip at a parenthesis, to look at."""
    from tkinter import Text, Toplevel, BOTH
    top = Toplevel(parent)
    top.title('Test call-tips')
    top.geometry(f'250x100+{parent.winfo_x() + 175}+{parent.winfo_y() + 150}')
    text = Text(top)
    text.pack(side=LEFT, fill=BOTH, expand=1)
    text.insert('insert', 'string.split')
    top.update()
    tip = CalltipWindow(text)
    text.event_add('<<calltip-show>>', '(')
    text.event_add('<<calltip-hide>>', ')')
    text.bind('<<calltip-show>>', lambda event: tip.showtip('(s="Hello world")', 'insert', 'end'))
    text.bind('<<calltip-hide>>', lambda event: tip.hidetip())
    text.focus_set()


if __name__ == '__main__':
    from idlelib.idle_test.htest import run
    run(_calltip_window)
