# SPDX-License-Identifier: MIT
"""A tree of things on a canvas: folders and files, classes and methods, objects and attributes.

A TreeItem says what a thing is called, which icon it has and what is below it; a TreeNode draws it.  All is drawn anew when a
node opens or closes: rows are 20 pixels high, each level stands 20 pixels further right.
"""
import os
from tkinter import *
from tkinter.ttk import Frame, Scrollbar

from idlelib import _packaged
from idlelib import zoomheight
from idlelib.config import idleConf

ICONDIR = os.path.join(os.path.abspath(os.path.dirname(__file__)), 'Icons')

_ROW = 20
_INDENT = 20


def listicons(icondir=ICONDIR):
    """Show all GIF icons of a folder with their names in a window: to look at them."""
    import glob
    root = Tk()
    root.images = []
    for number, path in enumerate(sorted(glob.glob(os.path.join(glob.escape(icondir), '*.gif')))):
        row, column = divmod(number, 10)
        image = PhotoImage(file=path, master=root)
        root.images.append(image)
        Label(root, image=image, bd=1, relief='raised').grid(row=2 * row, column=column)
        Label(root, text=os.path.splitext(os.path.basename(path))[0]).grid(row=2 * row + 1, column=column)


def wheel_event(event, widget=None):
    """Scroll the event's widget, or another one, by five units: for <MouseWheel>, and <Button-4> and <Button-5> of X11."""
    upwards = event.delta > 0 if event.type == EventType.MouseWheel else event.num == 4
    (event.widget if widget is None else widget).yview(SCROLL, -5 if upwards else 5, 'units')
    return 'break'


def _bind_wheel(widget, handler):
    for event in '<MouseWheel>', '<Button-4>', '<Button-5>':
        widget.bind(event, handler)


class TreeNode:
    """One row of the tree: the plus or minus, the icon, a label text of the canvas, and the text in a Label.

    state is 'expanded' or 'collapsed'; children are made when the node opens first.
    """

    def __init__(self, canvas, parent, item):
        """parent: the node above, None for the top; item: what is shown."""
        self.canvas, self.parent, self.item = canvas, parent, item
        self.state, self.selected = 'collapsed', False
        self.children = []
        self.x = self.y = None
        self.iconimages = {}  # held here: Tk does not keep them alive

    def destroy(self):
        """Let go of the nodes below and above."""
        children, self.children = self.children, []
        for child in children:
            child.destroy()
        self.parent = None

    def geticonimage(self, name):
        """The image of an icon in ICONDIR; its name may leave out .gif."""
        if name not in self.iconimages:
            base, suffix = os.path.splitext(name)
            self.iconimages[name] = _packaged.photo(self.canvas, os.path.join(ICONDIR, base + (suffix or '.gif')))
        return self.iconimages[name]

    # ---- selecting ----
    def select(self, event=None):
        """Make this the one node that is selected."""
        if not self.selected:
            self.deselectall()
            self._set_selected(True)

    def deselect(self, event=None):
        """Select this node no more."""
        if self.selected:
            self._set_selected(False)

    def _set_selected(self, selected):
        self.selected = selected
        self.canvas.delete(self.image_id)
        self.drawicon()
        self.drawtext()

    def deselectall(self):
        """Let nothing in the tree be selected."""
        top = self
        while top.parent:
            top = top.parent
        top.deselecttree()

    def deselecttree(self):
        """Let nothing from this node down be selected."""
        self.deselect()
        for child in self.children:
            child.deselecttree()

    # ---- opening and closing ----
    def flip(self, event=None):
        """Open or close, and do what the item does when it is clicked twice."""
        if self.state == 'expanded':
            self.collapse()
        else:
            self.expand()
        self.item.OnDoubleClick()
        return 'break'

    def expand(self, event=None):
        """Show what is below."""
        if self.item._IsExpandable() and self.state != 'expanded':
            self.state = 'expanded'
            self.update()
            self.view()

    def collapse(self, event=None):
        """Hide what is below."""
        if self.state != 'collapsed':
            self.state = 'collapsed'
            self.update()

    def view(self):
        """Scroll so that all of this node can be seen, or its top if that is too much."""
        canvas = self.canvas
        top, bottom = self.y - 2, self.lastvisiblechild().y + 17
        room = canvas.winfo_height()
        seen_from, seen_to = canvas.canvasy(0), canvas.canvasy(room)
        if seen_from <= top and bottom <= seen_to:
            return
        target = bottom - room if seen_from <= top and bottom - top <= room else top
        total = canvas._getints(canvas['scrollregion'])[3]
        canvas.yview_moveto(target / total)

    def lastvisiblechild(self):
        """The node of the lowest row that belongs to this one."""
        node = self
        while node.state == 'expanded' and node.children:
            node = node.children[-1]
        return node

    # ---- drawing ----
    def update(self):
        """Draw the whole tree."""
        if self.parent:
            self.parent.update()
            return
        canvas = self.canvas
        cursor, canvas['cursor'] = canvas['cursor'], 'watch'
        canvas.update()
        canvas.delete(ALL)
        self.draw(7, 2)
        right, bottom = canvas.bbox(ALL)[2:]
        canvas.configure(scrollregion=(0, 0, right, bottom))
        canvas['cursor'] = cursor

    def draw(self, x, y):
        """Draw this node and what it shows below; the y of the row after it."""
        self.x, self.y = x, y
        self.drawicon()
        self.drawtext()
        below = y + _ROW
        if self.state != 'expanded':
            return below
        if not self.children:
            items = self.item._GetSubList()
            if not items:  # it did not know that it has nothing below
                return y + 17
            self.children = [type(self)(self.canvas, self, item) for item in items]
        middle = x + 9
        for child in self.children:
            last = below + 7
            self.canvas.create_line(middle, last, x + _INDENT, last, fill='gray50')
            below = child.draw(x + _INDENT, below)
            if child.item._IsExpandable():
                child._draw_switch(middle, last)
        stem = self.canvas.create_line(middle, y + 10, middle, last, fill='gray50')
        self.canvas.tag_lower(stem)  # the switches lie on it
        return below

    def _draw_switch(self, x, y):
        """Draw the plus or the minus that opens and closes the node."""
        opened = self.state == 'expanded'
        image = self.geticonimage('minusnode' if opened else 'plusnode')
        switch = self.canvas.create_image(x, y, image=image)
        self.canvas.tag_bind(switch, '<1>', self.collapse if opened else self.expand)
        self.canvas.tag_bind(switch, '<Double-1>', lambda event: None)  # else a quick second click is lost

    def _click_item(self, number):
        """Let clicks on a part of the canvas select and flip."""
        self.canvas.tag_bind(number, '<1>', self.select)
        self.canvas.tag_bind(number, '<Double-1>', self.flip)

    def drawicon(self):
        """Draw the icon."""
        name = self.item.GetIconName()
        if self.selected:
            name = self.item.GetSelectedIconName() or name or 'openfolder'
        self.image_id = self.canvas.create_image(self.x, self.y, anchor='nw', image=self.geticonimage(name or 'folder'))
        self._click_item(self.image_id)

    def drawtext(self):
        """Draw the label text, if there is one, and the text."""
        canvas = self.canvas
        x, y = self.x + _INDENT - 1, self.y - 4
        label_text = self.item.GetLabelText()
        if label_text:
            number = canvas.create_text(x, y, anchor='nw', text=label_text)
            self._click_item(number)
            x = max(canvas.bbox(number)[2], 200) + 10
        if hasattr(self, 'entry'):
            self.edit_finish()
        if not hasattr(self, 'label'):
            self.label = self._make_label()
        colours = idleConf.GetHighlight(idleConf.CurrentTheme(), 'hilite' if self.selected else 'normal')
        self.label.configure(colours)
        self.text_id = canvas.create_window(x, y, anchor='nw', window=self.label)

    def _make_label(self):
        """The Label with the text."""
        label = Label(self.canvas, text=self.item.GetText() or '<no text>', bd=0, padx=2, pady=2)
        label.bind('<1>', self.select_or_edit)
        label.bind('<Double-1>', self.flip)
        _bind_wheel(label, lambda event: wheel_event(event, self.canvas))
        return label

    # ---- editing ----
    def select_or_edit(self, event=None):
        """Select; a click on a selected text that can be changed opens an entry."""
        if self.selected and self.item.IsEditable():
            self.edit(event)
        else:
            self.select(event)

    def edit(self, event=None):
        """Open an entry over the text."""
        entry = self.entry = Entry(self.label, width=0, bd=0, highlightthickness=1)
        entry.insert(0, self.label['text'])
        entry.selection_range(0, END)
        entry.bind('<Return>', self.edit_finish)
        entry.bind('<Escape>', self.edit_cancel)
        entry.pack(ipadx=5)
        entry.focus_set()

    def _close_entry(self):
        """End the entry; what was typed, None if there is no entry."""
        entry = self.__dict__.pop('entry', None)
        if entry is None:
            return None
        text = entry.get()
        entry.destroy()
        return text

    def edit_finish(self, event=None):
        """Give the item the text that was typed."""
        text = self._close_entry()
        if text is None:
            return
        if text and text != self.item.GetText():
            self.item.SetText(text)
        self.label['text'] = self.item.GetText()  # the item may have refused
        self.drawtext()
        self.canvas.focus_set()

    def edit_cancel(self, event=None):
        """Leave the text as it is."""
        if self._close_entry() is not None:
            self.drawtext()
            self.canvas.focus_set()


class TreeItem:
    """What a node shows.  A subclass overrides what is not true of it."""

    expandable = None  # known after the first question

    def __init__(self):
        """Nothing to do; a subclass need not call it."""

    def GetText(self):
        """The text."""

    def GetLabelText(self):
        """A text before it, or None."""

    def _IsExpandable(self):
        """Is something below?  Asked once."""
        if self.expandable is None:
            self.expandable = self.IsExpandable()
        return self.expandable

    def IsExpandable(self):
        """May something be below?"""
        return 1

    def _GetSubList(self):
        """The items below; without any the item is not expandable any more."""
        items = self.GetSubList() if self.IsExpandable() else []
        if not items:
            self.expandable = 0
        return items

    def IsEditable(self):
        """Can the text be changed?"""

    def SetText(self, text):
        """Change the text."""

    def GetIconName(self):
        """The icon; None is a folder."""

    def GetSelectedIconName(self):
        """The icon while it is selected; None is the same, or an open folder."""

    def GetSubList(self):
        """The items below."""

    def OnDoubleClick(self):
        """What a double click does beside opening and closing."""


class FileTreeItem(TreeItem):
    """A file or folder, for example."""

    def __init__(self, path):
        self.path = path

    def GetText(self):
        """The name."""
        return os.path.basename(self.path) or self.path

    def IsEditable(self):
        """A root has no name."""
        return os.path.basename(self.path) != ''

    def SetText(self, text):
        """Rename, if it stays in its folder and that goes."""
        folder = os.path.dirname(self.path)
        renamed = os.path.join(folder, text)
        if os.path.dirname(renamed) == folder:
            try:
                os.rename(self.path, renamed)
                self.path = renamed
            except OSError:
                pass

    def GetIconName(self):
        """A file has that of Python."""
        return None if self.IsExpandable() else 'python'

    def IsExpandable(self):
        """A folder is."""
        return os.path.isdir(self.path)

    def GetSubList(self):
        """What is in the folder."""
        try:
            names = os.listdir(self.path)
        except OSError:
            names = []
        return [FileTreeItem(os.path.join(self.path, name)) for name in sorted(names, key=os.path.normcase)]


class ScrolledCanvas:
    """A canvas, `canvas`, with scrollbars in `frame`, and keys that scroll it."""

    def __init__(self, master, **opts):
        """opts: for the canvas."""
        self.master = master
        opts.setdefault('yscrollincrement', 17)
        frame = self.frame = Frame(master)
        frame.columnconfigure(0, weight=1)
        frame.rowconfigure(0, weight=1)
        canvas = self.canvas = Canvas(frame, **opts)
        self.vbar = Scrollbar(frame, name='vbar', command=canvas.yview)
        self.hbar = Scrollbar(frame, name='hbar', orient='horizontal', command=canvas.xview)
        canvas.configure(xscrollcommand=self.hbar.set, yscrollcommand=self.vbar.set)
        for widget, row, column, sticky in (canvas, 0, 0, 'nsew'), (self.vbar, 0, 1, 'nse'), (self.hbar, 1, 0, 'ews'):
            widget.grid(row=row, column=column, sticky=sticky)
        for key, handler in (('<Key-Prior>', self.page_up), ('<Key-Next>', self.page_down), ('<Key-Up>', self.unit_up),
                             ('<Key-Down>', self.unit_down), ('<Alt-Key-2>', self.zoom_height)):
            canvas.bind(key, handler)
        _bind_wheel(canvas, wheel_event)
        canvas.focus_set()

    def _scroll(self, number, what):
        self.canvas.yview_scroll(number, what)
        return 'break'

    def page_up(self, event):
        """A page up."""
        return self._scroll(-1, 'page')

    def page_down(self, event):
        """A page down."""
        return self._scroll(1, 'page')

    def unit_up(self, event):
        """A row up."""
        return self._scroll(-1, 'unit')

    def unit_down(self, event):
        """A row down."""
        return self._scroll(1, 'unit')

    def zoom_height(self, event):
        """As high as the screen, or as before."""
        from types import SimpleNamespace
        if not hasattr(self, '_zoomer'):
            self._zoomer = zoomheight.ZoomHeight(SimpleNamespace(top=self.master.winfo_toplevel()))
        self._zoomer.zoom_height()
        return 'break'


def _tree_widget(parent):  # htest #
    """A window with a tree of the current folder."""
    top = Toplevel(parent)
    top.geometry('+%d+%d' % (parent.winfo_rootx() + 50, parent.winfo_rooty() + 175))
    scrolled = ScrolledCanvas(top, bg='white', highlightthickness=0, takefocus=1)
    scrolled.frame.pack(side='left', expand=1, fill='both')
    TreeNode(scrolled.canvas, None, FileTreeItem(ICONDIR)).expand()
