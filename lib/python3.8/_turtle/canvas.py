# SPDX-License-Identifier: MIT
"""The canvas with scroll bars that turtles draw on, and the window it fills."""
import tkinter as TK


class ScrolledCanvas(TK.Frame):
    """A tkinter canvas with scroll bars, which come and go as it does not or does fit its place.

    master is the widget to stand in, width and height the visible size, canvwidth and canvheight the size
    of the area that can be drawn on, whose middle is the origin.  Methods of Canvas can be called on it.
    """

    def __init__(self, master, width=500, height=350, canvwidth=600, canvheight=500):
        super().__init__(master, width=width, height=height)
        self._rootwindow = self.winfo_toplevel()
        self.width, self.height = width, height
        self.canvwidth, self.canvheight = canvwidth, canvheight
        self.bg = 'white'
        self._canvas = TK.Canvas(master, width=width, height=height, bg=self.bg, relief=TK.SUNKEN, borderwidth=2)
        self.hscroll = TK.Scrollbar(master, command=self._canvas.xview, orient=TK.HORIZONTAL)
        self.vscroll = TK.Scrollbar(master, command=self._canvas.yview)
        self._canvas.configure(xscrollcommand=self.hscroll.set, yscrollcommand=self.vscroll.set)
        self.rowconfigure(0, weight=1, minsize=0)
        self.columnconfigure(0, weight=1, minsize=0)
        self._place(self._canvas, 0, 0)
        self._place(self.hscroll, 1, 0)
        self._place(self.vscroll, 0, 1)
        self.reset()
        self._rootwindow.bind('<Configure>', self.onResize)

    def _place(self, widget, row, column):
        widget.grid(in_=self, row=row, column=column, padx=1, pady=1, sticky='news')

    def reset(self, canvwidth=None, canvheight=None, bg=None):
        """Set the size of the area and its background, those that are given, and look at its middle."""
        self.canvwidth = canvwidth or self.canvwidth
        self.canvheight = canvheight or self.canvheight
        self.bg = bg or self.bg
        wide, high = self.canvwidth, self.canvheight
        self._canvas.config(bg=self.bg, scrollregion=(-wide // 2, -high // 2, wide // 2, high // 2))
        self.adjustScrolls()

    def adjustScrolls(self):
        """Look at the middle of the area; show the scroll bars if it is larger than the window."""
        wide, high = self._canvas.winfo_width(), self._canvas.winfo_height()
        self._canvas.xview_moveto((self.canvwidth - wide) / 2 / self.canvwidth)
        self._canvas.yview_moveto((self.canvheight - high) / 2 / self.canvheight)
        if wide < self.canvwidth or high < self.canvheight:
            self._place(self.hscroll, 1, 0)
            self._place(self.vscroll, 0, 1)
        else:
            self.hscroll.grid_forget()
            self.vscroll.grid_forget()

    def onResize(self, event):
        """Called when the window has a new size."""
        self.adjustScrolls()

    def bbox(self, *args):
        """Canvas.bbox of the canvas."""
        return self._canvas.bbox(*args)

    def cget(self, *args, **kwargs):
        """Canvas.cget of the canvas."""
        return self._canvas.cget(*args, **kwargs)

    def config(self, *args, **kwargs):
        """Canvas.config of the canvas."""
        self._canvas.config(*args, **kwargs)

    def bind(self, *args, **kwargs):
        """Canvas.bind of the canvas."""
        self._canvas.bind(*args, **kwargs)

    def unbind(self, *args, **kwargs):
        """Canvas.unbind of the canvas."""
        self._canvas.unbind(*args, **kwargs)

    def focus_force(self):
        """Give the canvas the keyboard."""
        self._canvas.focus_force()


def _forward_to_canvas(name):
    """A method that calls the canvas's method of this name."""
    def method(self, *args, **kw):
        return getattr(self._canvas, name)(*args, **kw)
    method.__name__ = name
    method.__qualname__ = 'ScrolledCanvas.' + name
    method.__doc__ = 'Canvas.%s of the canvas.' % name
    return method


for _name in dir(TK.Canvas):
    if not _name.startswith('_') and not hasattr(TK.Frame, _name):
        setattr(ScrolledCanvas, _name, _forward_to_canvas(_name))


class _Root(TK.Tk):
    """The window of Screen."""

    def __init__(self):
        super().__init__()

    def setupcanvas(self, width, height, cwidth, cheight):
        """Fill the window with a ScrolledCanvas."""
        self._canvas = ScrolledCanvas(self, width, height, cwidth, cheight)
        self._canvas.pack(expand=1, fill='both')

    def _getcanvas(self):
        return self._canvas

    def set_geometry(self, width, height, startx, starty):
        """Set size and place, in pixels; a negative start counts from the right or the lower edge."""
        self.geometry('%dx%d%+d%+d' % (width, height, startx, starty))

    def ondestroy(self, destroy):
        """Call destroy() when the user closes the window."""
        self.wm_protocol('WM_DELETE_WINDOW', destroy)

    def win_width(self):
        """Width of the display in pixels."""
        return self.winfo_screenwidth()

    def win_height(self):
        """Height of the display in pixels."""
        return self.winfo_screenheight()
