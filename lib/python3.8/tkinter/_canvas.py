# SPDX-License-Identifier: MIT
"""Canvas: a plane of lines, shapes, text, pictures and other widgets."""
from tkinter._manage import Widget, XView, YView
from tkinter._words import _flatten


class Canvas(Widget, XView, YView):
    """A widget to draw on.

    Items are numbered, and can have tags; a number or a tag (tagOrId) names
    one or several.  Coordinates are in pixels or such as '2c'.
    """

    def __init__(self, master=None, cnf={}, **kw):
        """A canvas inside master.

        Options: background, bd, bg, borderwidth, closeenough, confine,
        cursor, height, highlightbackground, highlightcolor,
        highlightthickness, insertbackground, insertborderwidth,
        insertofftime, insertontime, insertwidth, offset, relief,
        scrollregion, selectbackground, selectborderwidth, selectforeground,
        state, takefocus, width, xscrollcommand, xscrollincrement,
        yscrollcommand, yscrollincrement.
        """
        Widget.__init__(self, master, 'canvas', cnf, kw)

    def _ask(self, *words):
        return self.tk.call((self._w,) + words)

    # ---------------------------------------------------------------- tags and finding

    def addtag(self, *args):
        """addtag(newtag, HOW, ...): see the methods below."""
        self._ask('addtag', *args)

    def addtag_above(self, newtag, tagOrId):
        """Tag the item just above one."""
        self.addtag(newtag, 'above', tagOrId)

    def addtag_all(self, newtag):
        """Tag all items."""
        self.addtag(newtag, 'all')

    def addtag_below(self, newtag, tagOrId):
        """Tag the item just below one."""
        self.addtag(newtag, 'below', tagOrId)

    def addtag_closest(self, newtag, x, y, halo=None, start=None):
        """Tag the item closest to a point; see find_closest()."""
        self.addtag(newtag, 'closest', x, y, halo, start)

    def addtag_enclosed(self, newtag, x1, y1, x2, y2):
        """Tag all items that lie in a rectangle."""
        self.addtag(newtag, 'enclosed', x1, y1, x2, y2)

    def addtag_overlapping(self, newtag, x1, y1, x2, y2):
        """Tag all items that reach into a rectangle."""
        self.addtag(newtag, 'overlapping', x1, y1, x2, y2)

    def addtag_withtag(self, newtag, tagOrId):
        """Tag all items that have another tag."""
        self.addtag(newtag, 'withtag', tagOrId)

    def bbox(self, *args):
        """(x1, y1, x2, y2) around all items named, about; None if there are none."""
        return self._getints(self._ask('bbox', *args)) or None

    def tag_unbind(self, tagOrId, sequence, funcid=None):
        """Undo all bindings of sequence for the items, and let go of the function with that id."""
        self.tk.call(self._w, 'bind', tagOrId, sequence, '')
        if funcid:
            self.deletecommand(funcid)

    def tag_bind(self, tagOrId, sequence=None, func=None, add=None):
        """bind() for items: mouse, key and virtual events."""
        return self._bind((self._w, 'bind', tagOrId), sequence, func, add)

    def canvasx(self, screenx, gridspacing=None):
        """The x on the plane of an x in the window, rounded to a grid if one is given."""
        return self.tk.getdouble(self.tk.call(self._w, 'canvasx', screenx, gridspacing))

    def canvasy(self, screeny, gridspacing=None):
        """The y on the plane of a y in the window, rounded to a grid if one is given."""
        return self.tk.getdouble(self.tk.call(self._w, 'canvasy', screeny, gridspacing))

    def coords(self, *args):
        """coords(tagOrId): the coordinates of the first item, a list of floats.  More arguments: the new ones."""
        return [self.tk.getdouble(x) for x in self.tk.splitlist(self._ask('coords', *args))]

    # ---------------------------------------------------------------- making items

    def _create(self, itemType, args, kw):
        args = _flatten(args)
        cnf = {}
        if isinstance(args[-1], (dict, tuple)):
            cnf = args[-1]
            args = args[:-1]
        return self.tk.getint(self.tk.call(self._w, 'create', itemType, *(args + self._options(cnf, kw))))

    def create_arc(self, *args, **kw):
        """A part of the oval in x1, y1, x2, y2: start=, extent=, style=.  Its number."""
        return self._create('arc', args, kw)

    def create_bitmap(self, *args, **kw):
        """A bitmap= at x, y.  Its number."""
        return self._create('bitmap', args, kw)

    def create_image(self, *args, **kw):
        """An image= at x, y.  Its number."""
        return self._create('image', args, kw)

    def create_line(self, *args, **kw):
        """A line through x1, y1, x2, y2, ...  Its number."""
        return self._create('line', args, kw)

    def create_oval(self, *args, **kw):
        """An ellipse in x1, y1, x2, y2.  Its number."""
        return self._create('oval', args, kw)

    def create_polygon(self, *args, **kw):
        """A polygon with the corners x1, y1, x2, y2, ...  Its number."""
        return self._create('polygon', args, kw)

    def create_rectangle(self, *args, **kw):
        """A rectangle x1, y1, x2, y2.  Its number."""
        return self._create('rectangle', args, kw)

    def create_text(self, *args, **kw):
        """text= at x, y.  Its number."""
        return self._create('text', args, kw)

    def create_window(self, *args, **kw):
        """A widget, window=, at x, y.  Its number."""
        return self._create('window', args, kw)

    # ---------------------------------------------------------------- items

    def dchars(self, *args):
        """dchars(tagOrId, first, last=first): delete characters of text, or points of a line."""
        self._ask('dchars', *args)

    def delete(self, *args):
        """Delete all items named."""
        self._ask('delete', *args)

    def dtag(self, *args):
        """dtag(tagOrId, tag=tagOrId): take a tag from items."""
        self._ask('dtag', *args)

    def find(self, *args):
        """find(HOW, ...): the numbers of items, a tuple; see the methods below."""
        return self._getints(self._ask('find', *args)) or ()

    def find_above(self, tagOrId):
        """The item just above one."""
        return self.find('above', tagOrId)

    def find_all(self):
        """All items, the lowest first."""
        return self.find('all')

    def find_below(self, tagOrId):
        """The item just below one."""
        return self.find('below', tagOrId)

    def find_closest(self, x, y, halo=None, start=None):
        """The item closest to a point, the topmost of those within halo; start: below that one."""
        return self.find('closest', x, y, halo, start)

    def find_enclosed(self, x1, y1, x2, y2):
        """All items that lie in a rectangle."""
        return self.find('enclosed', x1, y1, x2, y2)

    def find_overlapping(self, x1, y1, x2, y2):
        """All items that reach into a rectangle."""
        return self.find('overlapping', x1, y1, x2, y2)

    def find_withtag(self, tagOrId):
        """All items so named."""
        return self.find('withtag', tagOrId)

    def focus(self, *args):
        """focus(tagOrId): let the text item have the keyboard.  focus(): the one that has it."""
        return self._ask('focus', *args)

    def gettags(self, *args):
        """gettags(tagOrId): the tags of the first item."""
        return self.tk.splitlist(self._ask('gettags', *args))

    def icursor(self, *args):
        """icursor(tagOrId, index): put the insertion cursor there."""
        self._ask('icursor', *args)

    def index(self, *args):
        """index(tagOrId, index): an index as a number."""
        return self.tk.getint(self._ask('index', *args))

    def insert(self, *args):
        """insert(tagOrId, beforethis, string): insert into text."""
        self._ask('insert', *args)

    def itemcget(self, tagOrId, option):
        """The value of an option of the first item."""
        return self._ask('itemcget', tagOrId, '-' + option)

    def itemconfigure(self, tagOrId, cnf=None, **kw):
        """configure() for items."""
        return self._configure(('itemconfigure', tagOrId), cnf, kw)

    itemconfig = itemconfigure

    def tag_lower(self, *args):
        """tag_lower(tagOrId, belowThis=the lowest): move items down."""
        self._ask('lower', *args)

    lower = tag_lower

    def move(self, *args):
        """move(tagOrId, dx, dy): move items by that much."""
        self._ask('move', *args)

    def moveto(self, tagOrId, x='', y=''):
        """Move items so that the corner of the first one stands at x, y; '' leaves that coordinate."""
        self._ask('moveto', tagOrId, x, y)

    def postscript(self, cnf={}, **kw):
        """The drawing, or a part, as PostScript.

        Options: colormap, colormode, file, fontmap, height, pageanchor,
        pageheight, pagewidth, pagex, pagey, rotate, width, x, y.
        """
        return self._ask('postscript', *self._options(cnf, kw))

    def tag_raise(self, *args):
        """tag_raise(tagOrId, aboveThis=the topmost): move items up."""
        self._ask('raise', *args)

    lift = tkraise = tag_raise

    def scale(self, *args):
        """scale(tagOrId, x, y, sx, sy): stretch items, seen from a point."""
        self._ask('scale', *args)

    def scan_mark(self, x, y):
        """Take hold of the plane at a point; see scan_dragto()."""
        self._ask('scan', 'mark', x, y)

    def scan_dragto(self, x, y, gain=10):
        """Move the plane by gain times the way from scan_mark()'s point."""
        self._ask('scan', 'dragto', x, y, gain)

    def select_adjust(self, tagOrId, index):
        """Move the nearer end of the selection to index."""
        self._ask('select', 'adjust', tagOrId, index)

    def select_clear(self):
        """Let nothing be selected here."""
        self._ask('select', 'clear')

    def select_from(self, tagOrId, index):
        """Let the selection begin at index."""
        self._ask('select', 'from', tagOrId, index)

    def select_item(self):
        """The item that has the selection, or None."""
        return self._ask('select', 'item') or None

    def select_to(self, tagOrId, index):
        """Select from select_from()'s index to this one."""
        self._ask('select', 'to', tagOrId, index)

    def type(self, tagOrId):
        """What the first item is: 'line', 'text'...; None if there is none."""
        return self._ask('type', tagOrId) or None
