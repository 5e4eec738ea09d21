# SPDX-License-Identifier: MIT
"""Small windows with a text, beside the widget that they explain.

TooltipBase opens and closes such a window; what is in it is a subclass's showcontents().  OnHoverTooltipBase opens it while the
mouse rests on the widget.  Hovertip is the one to use: a text in a Label.
"""
from tkinter import *


class TooltipBase:
    """A window below anchor_widget; tipwindow is it while it is open, else None."""

    def __init__(self, anchor_widget):
        """anchor_widget: the widget to explain."""
        self.anchor_widget = anchor_widget
        self.tipwindow = None

    def __del__(self):
        self.hidetip()

    def showtip(self):
        """Open the window, unless it is open."""
        if self.tipwindow is not None:
            return
        self.tipwindow = window = Toplevel(self.anchor_widget)
        window.wm_overrideredirect(True)    # no decoration of the window manager
        if window.tk.call('tk', 'windowingsystem') == 'aqua':
            # There a window takes the keyboard's focus when it appears, unless it is of this kind.
            try:
                window.tk.call('::tk::unsupported::MacWindowStyle', 'style', window, 'help', 'noActivates')
            except TclError:
                pass
        self.position_window()
        self.showcontents()
        window.update_idletasks()
        window.lift()

    def position_window(self):
        """Move the open window to get_position()."""
        anchor = self.anchor_widget
        x, y = self.get_position()
        self.tipwindow.wm_geometry(f'+{x + anchor.winfo_rootx()}+{y + anchor.winfo_rooty()}')

    def get_position(self):
        """Give the window's place (x, y), in pixels from the anchor's upper left corner."""
        # The mouse is not over it there: an <Enter> of it would be the anchor's <Leave>.
        return 20, self.anchor_widget.winfo_height() + 1

    def showcontents(self):
        """Put widgets into the window: for subclasses."""
        raise NotImplementedError

    def hidetip(self):
        """Close the window, if it is open."""
        window, self.tipwindow = self.tipwindow, None
        if window is not None:
            try:
                window.destroy()
            except TclError:    # it went with the application
                pass


class OnHoverTooltipBase(TooltipBase):
    """A window that appears when the mouse stays on the anchor, and goes when it leaves or presses a button."""

    def __init__(self, anchor_widget, hover_delay=1000):
        """hover_delay: milliseconds until the window appears; None or 0: at once."""
        super().__init__(anchor_widget)
        self.hover_delay = hover_delay
        self._after_id = None
        self._bound = [(sequence, anchor_widget.bind(sequence, handler))
                       for sequence, handler in (('<Enter>', self._show_event),
                                                 ('<Leave>', self._hide_event),
                                                 ('<Button>', self._hide_event))]

    def __del__(self):
        try:
            for sequence, handler in self._bound:
                self.anchor_widget.unbind(sequence, handler)
        except (AttributeError, TclError):   # __init__ failed; the widget is gone
            pass
        super().__del__()

    def _show_event(self, event=None):
        if self.hover_delay:
            self.schedule()
        else:
            self.showtip()

    def _hide_event(self, event=None):
        self.hidetip()

    def schedule(self):
        """Open the window after the delay, counted from now."""
        self.unschedule()
        self._after_id = self.anchor_widget.after(self.hover_delay, self.showtip)

    def unschedule(self):
        """Forget a window that was to open."""
        waiting, self._after_id = self._after_id, None
        if waiting is not None:
            self.anchor_widget.after_cancel(waiting)

    def hidetip(self):
        """Close the window, or let it not open."""
        try:
            self.unschedule()
        except (AttributeError, TclError):
            pass
        super().hidetip()


class Hovertip(OnHoverTooltipBase):
    """A text that appears when the mouse stays on a widget."""

    def __init__(self, anchor_widget, text, hover_delay=1000):
        """text: what to show, may have several lines; hover_delay: milliseconds, or None."""
        super().__init__(anchor_widget, hover_delay=hover_delay)
        self.text = text

    def showcontents(self):
        """Show the text, black on light yellow."""
        Label(self.tipwindow, text=self.text, justify=LEFT, foreground='#000000', background='#ffffe0',
              relief=SOLID, borderwidth=1).pack()


def _tooltip(parent):  # htest #
    """Show a window with buttons that have tips, to look at."""
    top = Toplevel(parent)
    top.title('Test tooltip')
    top.geometry(f'+{parent.winfo_x()}+{parent.winfo_y() + 150}')
    Label(top, text='Place your mouse over buttons').pack()
    for label, tip, delay in (('Button 1', 'This is tooltip text for button1.', 1000),
                              ('Button 2', 'This is tooltip\ntext for button2.', None)):
        button = Button(top, text=label)
        button.pack()
        Hovertip(button, tip, hover_delay=delay)


if __name__ == '__main__':
    from idlelib.idle_test.htest import run
    run(_tooltip)
