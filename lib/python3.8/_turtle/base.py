# SPDX-License-Identifier: MIT
"""TurtleScreenBase: what turtle needs of a graphics toolkit, here of tkinter.

Everything above works in turtle coordinates (y upwards, scaled by xscale and yscale); everything below
in the canvas's.  To draw with another toolkit, write this class for it.
"""
import tkinter as TK
from tkinter import simpledialog

from .canvas import ScrolledCanvas

_ANCHORS = {'left': 'sw', 'center': 's', 'right': 'se'}


class TurtleScreenBase:
    """The primitives of drawing on a canvas: items, colours, events, timers, dialogs."""

    def __init__(self, cv):
        self.cv = cv
        if isinstance(cv, ScrolledCanvas):
            wide, high = cv.canvwidth, cv.canvheight
        else:
            wide, high = int(cv.cget('width')), int(cv.cget('height'))
            cv.config(scrollregion=(-wide // 2, -high // 2, wide // 2, high // 2))
        self.canvwidth, self.canvheight = wide, high
        self.xscale = self.yscale = 1.0

    # -- coordinates

    def _flat(self, points):
        """Turtle points as the flat list of coordinates that the canvas wants."""
        flat = []
        xscale, yscale = self.xscale, -self.yscale
        for x, y in points:
            flat.append(x * xscale)
            flat.append(y * yscale)
        return flat

    def _calling(self, fun):
        """A handler of mouse events that calls fun(x, y) with turtle coordinates."""
        def handler(event):
            fun(self.cv.canvasx(event.x) / self.xscale, -self.cv.canvasy(event.y) / self.yscale)
        return handler

    # -- images

    def _blankimage(self):
        """Return an image that shows nothing."""
        return TK.PhotoImage(width=1, height=1, master=self.cv)

    def _image(self, filename):
        """Return the image of a file (GIF, or what else PhotoImage reads)."""
        return TK.PhotoImage(file=filename, master=self.cv)

    def _createimage(self, image):
        """Return a new item that shows image in the middle."""
        return self.cv.create_image(0, 0, image=image)

    def _drawimage(self, item, pos, image):
        """Let an image item show image at pos."""
        self.cv.coords(item, self._flat((pos,)))
        self.cv.itemconfig(item, image=image)

    def _setbgpic(self, item, image):
        """Show image behind everything else."""
        self.cv.itemconfig(item, image=image)
        self.cv.tag_lower(item)

    # -- polygons and lines

    def _createpoly(self):
        """Return a new polygon item that is not seen."""
        return self.cv.create_polygon((0, 0) * 3, fill='', outline='')

    def _drawpoly(self, polyitem, coordlist, fill=None, outline=None, width=None, top=False):
        """Give a polygon item the corners coordlist and those of the looks that are given; top: above all others."""
        cv = self.cv
        cv.coords(polyitem, *self._flat(coordlist))
        looks = {name: value for name, value in (('fill', fill), ('outline', outline), ('width', width))
                 if value is not None}
        if looks:
            cv.itemconfigure(polyitem, **looks)
        if top:
            cv.tag_raise(polyitem)

    def _createline(self):
        """Return a new line item that is not seen."""
        return self.cv.create_line((0, 0) * 2, fill='', width=2, capstyle=TK.ROUND)

    def _drawline(self, lineitem, coordlist=None, fill=None, width=None, top=False):
        """Like _drawpoly for a line item; without coordlist it stays where it is."""
        cv = self.cv
        if coordlist is not None:
            cv.coords(lineitem, *self._flat(coordlist))
        if fill is not None:
            cv.itemconfigure(lineitem, fill=fill)
        if width is not None:
            cv.itemconfigure(lineitem, width=width)
        if top:
            cv.tag_raise(lineitem)

    def _pointlist(self, item):
        """Return the points of an item, in turtle coordinates."""
        flat = self.cv.coords(item)
        return [(x, -y) for x, y in zip(flat[::2], flat[1::2])]

    def _type(self, item):
        """Return the kind of an item ('line', 'polygon', 'image', ...), None if there is none."""
        return self.cv.type(item)

    def _delete(self, item):
        """Remove an item; 'all' removes everything."""
        self.cv.delete(item)

    # -- text

    def _write(self, pos, txt, align, font, pencolor):
        """Write txt at pos.  Return the item and the x where the text ends."""
        (x, y), cv = self._flat((pos,)), self.cv
        item = cv.create_text(x - 1, y, text=txt, anchor=_ANCHORS[align], fill=pencolor, font=font)
        box = cv.bbox(item)         # None if the text is not seen: colour ''
        cv.update()
        return item, box[2] - 1 if box else x

    # -- time and redrawing

    def _update(self):
        """Show what was drawn."""
        self.cv.update()

    def _delay(self, delay):
        """Wait for delay milliseconds."""
        self.cv.after(delay)

    def _ontimer(self, fun, t):
        """Call fun() in t milliseconds; t == 0: as soon as nothing else is to do."""
        self.cv.after(t if t else 'idle', fun)

    def mainloop(self):
        """Enter the event loop; it must be the last statement of a turtle program.

        It must not be used in a script that IDLE runs with -n (no subprocess), for interactive use of
        turtle graphics.

        Example (for a TurtleScreen instance named screen):
        >>> screen.mainloop()
        """
        self.cv.tk.mainloop()

    # -- colours

    def _iscolorstring(self, color):
        """Return whether the toolkit knows a colour of this name."""
        try:
            self.cv.winfo_rgb(color)
        except TK.TclError:
            return False
        return True

    def _bgcolor(self, color=None):
        """Return the colour of the background, or set it."""
        if color is None:
            return self.cv.cget('bg')
        self.cv.config(bg=color)
        self._update()

    # -- events

    def _bind_item(self, item, sequence, fun, add):
        if fun is None:
            self.cv.tag_unbind(item, sequence)
        else:
            self.cv.tag_bind(item, sequence, self._calling(fun), add)

    def _onclick(self, item, fun, num=1, add=None):
        """Call fun(x, y) when mouse button num is pressed on item; None removes what was bound."""
        self._bind_item(item, '<Button-%s>' % num, fun, add)

    def _onrelease(self, item, fun, num=1, add=None):
        """Like _onclick, when the button is let go."""
        self._bind_item(item, '<Button%s-ButtonRelease>' % num, fun, add)

    def _ondrag(self, item, fun, num=1, add=None):
        """Like _onclick, while the mouse moves with the button pressed; errors of fun are dropped."""
        def quietly(x, y):
            try:
                fun(x, y)
            except Exception:
                pass
        self._bind_item(item, '<Button%s-Motion>' % num, fun and quietly, add)

    def _onscreenclick(self, fun, num=1, add=None):
        """Like _onclick, anywhere on the canvas."""
        sequence = '<Button-%s>' % num
        if fun is None:
            self.cv.unbind(sequence)
        else:
            self.cv.bind(sequence, self._calling(fun), add)

    def _bind_key(self, sequence, fun):
        if fun is None:
            self.cv.unbind(sequence, None)
        else:
            self.cv.bind(sequence, lambda event: fun())

    def _onkeyrelease(self, fun, key):
        """Call fun() when key is let go; None removes what was bound."""
        self._bind_key('<KeyRelease-%s>' % key, fun)

    def _onkeypress(self, fun, key=None):
        """Call fun() when key is pressed, without key any key; None removes what was bound."""
        self._bind_key('<KeyPress>' if key is None else '<KeyPress-%s>' % key, fun)

    def _listen(self):
        """Let the canvas have the keyboard."""
        self.cv.focus_force()

    # -- size

    def _setscrollregion(self, srx1, sry1, srx2, sry2):
        """Set the part of the plane, in canvas coordinates, that can be scrolled to."""
        self.cv.config(scrollregion=(srx1, sry1, srx2, sry2))

    def _rescale(self, xscalefactor, yscalefactor):
        """Stretch everything drawn, away from the origin."""
        for item in self.cv.find_all():
            flat = list(self.cv.coords(item))
            flat[::2] = [x * xscalefactor for x in flat[::2]]
            flat[1::2] = [y * yscalefactor for y in flat[1::2]]
            self.cv.coords(item, *flat)

    def _resize(self, canvwidth=None, canvheight=None, bg=None):
        """Without arguments return the size of the area that can be drawn on, else set it (of a ScrolledCanvas)."""
        scrolled = isinstance(self.cv, ScrolledCanvas)
        if not scrolled or (canvwidth, canvheight, bg) == (None, None, None):
            area = self.cv if scrolled else self
            return area.canvwidth, area.canvheight
        self.canvwidth = canvwidth or self.canvwidth
        self.canvheight = canvheight or self.canvheight
        self.cv.reset(canvwidth, canvheight, bg)

    def _window_size(self):
        """Return width and height of the visible canvas; before it is shown, those that it asks for."""
        size = []
        for side, shown in (('width', self.cv.winfo_width()), ('height', self.cv.winfo_height())):
            size.append(shown if shown > 1 else int(self.cv[side]))
        return tuple(size)

    # -- dialogs

    def textinput(self, title, prompt):
        """Ask the user for a text in a dialog.

        Arguments:
        title -- the title of the dialog
        prompt -- what to say in it

        Return the text, None if the dialog was cancelled.

        Example (for a TurtleScreen instance named screen):
        >>> name = screen.textinput("Hello", "What is your name?")
        """
        return simpledialog.askstring(title, prompt, parent=self.cv)

    def numinput(self, title, prompt, default=None, minval=None, maxval=None):
        """Ask the user for a number in a dialog.

        Arguments:
        title -- the title of the dialog
        prompt -- what to say in it
        default -- the number to begin with (optional)
        minval, maxval -- bounds; the dialog stays until the number is within them (optional)

        Return the number, None if the dialog was cancelled.

        Example (for a TurtleScreen instance named screen):
        >>> sides = screen.numinput("Polygon", "How many sides?", 5, minval=3, maxval=100)
        """
        return simpledialog.askfloat(title, prompt, initialvalue=default, minvalue=minval, maxvalue=maxval,
                                     parent=self.cv)
