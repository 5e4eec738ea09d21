# SPDX-License-Identifier: MIT
"""The classic widgets (Canvas and Text have files of their own)."""
from _tkinter import TclError
from tkinter._manage import Widget, XView, YView, _first_words
from tkinter._words import _cnfmerge

# Options that nearly all of them have: activebackground, activeforeground, anchor, background (bg), bitmap,
# borderwidth (bd), compound, cursor, disabledforeground, font, foreground (fg), highlightbackground,
# highlightcolor, highlightthickness, image, justify, padx, pady, relief, takefocus, text, textvariable, underline,
# wraplength.  The docstrings name the others.


class _Pressed:
    """Calls that buttons have in common, for the classes to name."""

    def deselect(self):
        """Switch it off."""
        self.tk.call(self._w, 'deselect')

    def flash(self):
        """Blink a few times."""
        self.tk.call(self._w, 'flash')

    def invoke(self):
        """Do what a click would do; returns what the command returns."""
        return self.tk.call(self._w, 'invoke')

    def select(self):
        """Switch it on."""
        self.tk.call(self._w, 'select')


class Button(Widget):
    """A button that calls a function."""

    def __init__(self, master=None, cnf={}, **kw):
        """Options of its own: command, default, height, overrelief, repeatdelay, repeatinterval, state, width."""
        Widget.__init__(self, master, 'button', cnf, kw)

    flash = _Pressed.flash
    invoke = _Pressed.invoke


class Checkbutton(Widget):
    """A button that is on or off, as a variable is."""

    def __init__(self, master=None, cnf={}, **kw):
        """Options of its own: command, height, indicatoron, offrelief, offvalue, onvalue, overrelief,
        selectcolor, selectimage, state, tristateimage, tristatevalue, variable, width.
        """
        Widget.__init__(self, master, 'checkbutton', cnf, kw)

    deselect = _Pressed.deselect
    flash = _Pressed.flash
    invoke = _Pressed.invoke
    select = _Pressed.select

    def toggle(self):
        """Switch it on if it is off, and off if it is on."""
        self.tk.call(self._w, 'toggle')


class Radiobutton(Widget):
    """One of several buttons of which one is on: that whose value their variable has."""

    def __init__(self, master=None, cnf={}, **kw):
        """Options of its own: command, height, indicatoron, offrelief, overrelief, selectcolor, selectimage,
        state, tristateimage, tristatevalue, value, variable, width.
        """
        Widget.__init__(self, master, 'radiobutton', cnf, kw)

    deselect = _Pressed.deselect
    flash = _Pressed.flash
    invoke = _Pressed.invoke
    select = _Pressed.select


class Entry(Widget, XView):
    """A line of text to edit.

    An index is a number, 'end', 'insert', 'anchor', 'sel.first', 'sel.last' or '@X'.
    """

    def __init__(self, master=None, cnf={}, **kw):
        """Options of its own: disabledbackground, exportselection, insertbackground, insertborderwidth,
        insertofftime, insertontime, insertwidth, invalidcommand (invcmd), readonlybackground,
        selectbackground, selectborderwidth, selectforeground, show, state, validate, validatecommand (vcmd),
        width, xscrollcommand.
        """
        Widget.__init__(self, master, 'entry', cnf, kw)

    def delete(self, first, last=None):
        """Delete a character, or all before last."""
        self.tk.call(self._w, 'delete', first, last)

    def get(self):
        """The text."""
        return self.tk.call(self._w, 'get')

    def icursor(self, index):
        """Put the insertion cursor before index."""
        self.tk.call(self._w, 'icursor', index)

    def index(self, index):
        """An index as a number."""
        return self.tk.getint(self.tk.call(self._w, 'index', index))

    def insert(self, index, string):
        """Insert text before index."""
        self.tk.call(self._w, 'insert', index, string)

    def scan_mark(self, x):
        """Take hold of the text at x; see scan_dragto()."""
        self.tk.call(self._w, 'scan', 'mark', x)

    def scan_dragto(self, x):
        """Scroll by ten times the way from scan_mark()'s x."""
        self.tk.call(self._w, 'scan', 'dragto', x)

    def selection_adjust(self, index):
        """Move the nearer end of the selection to index."""
        self.tk.call(self._w, 'selection', 'adjust', index)

    select_adjust = selection_adjust

    def selection_clear(self):
        """Let nothing be selected here."""
        self.tk.call(self._w, 'selection', 'clear')

    select_clear = selection_clear

    def selection_from(self, index):
        """Let the selection begin at index."""
        self.tk.call(self._w, 'selection', 'from', index)

    select_from = selection_from

    def selection_present(self):
        """Is anything selected here?"""
        return self.tk.getboolean(self.tk.call(self._w, 'selection', 'present'))

    select_present = selection_present

    def selection_range(self, start, end):
        """Select from start to before end."""
        self.tk.call(self._w, 'selection', 'range', start, end)

    select_range = selection_range

    def selection_to(self, index):
        """Select from selection_from()'s index to this one."""
        self.tk.call(self._w, 'selection', 'to', index)

    select_to = selection_to


class Frame(Widget):
    """A box for other widgets."""

    def __init__(self, master=None, cnf={}, **kw):
        """Options of its own: class, colormap, container, height, visual, width."""
        cnf = _cnfmerge((cnf, kw))
        Widget.__init__(self, master, 'frame', cnf, {}, _first_words(cnf, ('class_', 'class')))


class Label(Widget):
    """Text or a picture to look at."""

    def __init__(self, master=None, cnf={}, **kw):
        """Options of its own: height, state, width."""
        Widget.__init__(self, master, 'label', cnf, kw)


class Listbox(Widget, XView, YView):
    """A list of lines, of which some can be selected.

    An index is a number from 0, 'active', 'anchor', 'end' or '@X,Y'.
    """

    def __init__(self, master=None, cnf={}, **kw):
        """Options of its own: activestyle, exportselection, height, listvariable, selectbackground,
        selectborderwidth, selectforeground, selectmode, setgrid, state, width, xscrollcommand, yscrollcommand.
        """
        Widget.__init__(self, master, 'listbox', cnf, kw)

    def activate(self, index):
        """Make a line the active one."""
        self.tk.call(self._w, 'activate', index)

    def bbox(self, index):
        """(x, y, width, height) of a line, None if it is out of sight."""
        return self._getints(self.tk.call(self._w, 'bbox', index)) or None

    def curselection(self):
        """The numbers of the lines selected, a tuple."""
        return self._getints(self.tk.call(self._w, 'curselection')) or ()

    def delete(self, first, last=None):
        """Delete a line, or all to last."""
        self.tk.call(self._w, 'delete', first, last)

    def get(self, first, last=None):
        """A line, or a tuple of all to last."""
        if last is None:
            return self.tk.call(self._w, 'get', first)
        return self.tk.splitlist(self.tk.call(self._w, 'get', first, last))

    def index(self, index):
        """An index as a number, or None."""
        number = self.tk.call(self._w, 'index', index)
        return None if number == 'none' else self.tk.getint(number)

    def insert(self, index, *elements):
        """Insert lines before index."""
        self.tk.call((self._w, 'insert', index) + elements)

    def nearest(self, y):
        """The number of the line in sight that is nearest to y."""
        return self.tk.getint(self.tk.call(self._w, 'nearest', y))

    def scan_mark(self, x, y):
        """Take hold of the list at a point; see scan_dragto()."""
        self.tk.call(self._w, 'scan', 'mark', x, y)

    def scan_dragto(self, x, y):
        """Scroll by ten times the way from scan_mark()'s point."""
        self.tk.call(self._w, 'scan', 'dragto', x, y)

    def see(self, index):
        """Scroll so that a line is in sight."""
        self.tk.call(self._w, 'see', index)

    def selection_anchor(self, index):
        """Let selections begin at a line."""
        self.tk.call(self._w, 'selection', 'anchor', index)

    select_anchor = selection_anchor

    def selection_clear(self, first, last=None):
        """Deselect a line, or all to last."""
        self.tk.call(self._w, 'selection', 'clear', first, last)

    select_clear = selection_clear

    def selection_includes(self, index):
        """Is that line selected?"""
        return self.tk.getboolean(self.tk.call(self._w, 'selection', 'includes', index))

    select_includes = selection_includes

    def selection_set(self, first, last=None):
        """Select a line, or all to last, besides what is selected."""
        self.tk.call(self._w, 'selection', 'set', first, last)

    select_set = selection_set

    def size(self):
        """The number of lines."""
        return self.tk.getint(self.tk.call(self._w, 'size'))

    def itemcget(self, index, option):
        """The value of an option of a line."""
        return self.tk.call((self._w, 'itemcget', index, '-' + option))

    def itemconfigure(self, index, cnf=None, **kw):
        """configure() for a line: background, foreground, selectbackground, selectforeground."""
        return self._configure(('itemconfigure', index), cnf, kw)

    itemconfig = itemconfigure


class Menu(Widget):
    """A menu: of a window (its option menu), of a Menubutton, or one that pops up.

    An index is a number from 0, 'active', 'end', 'last', 'none', '@Y' or a pattern for labels.
    """

    def __init__(self, master=None, cnf={}, **kw):
        """Options of its own: activeborderwidth, postcommand, selectcolor, tearoff, tearoffcommand, title, type."""
        Widget.__init__(self, master, 'menu', cnf, kw)

    def tk_popup(self, x, y, entry=''):
        """Show the menu at a place of the screen, with an entry at that place."""
        self.tk.call('tk_popup', self._w, x, y, entry)

    def activate(self, index):
        """Make an entry the active one."""
        self.tk.call(self._w, 'activate', index)

    def add(self, itemType, cnf={}, **kw):
        """Add an entry at the end: 'cascade', 'checkbutton', 'command', 'radiobutton' or 'separator'."""
        self.tk.call((self._w, 'add', itemType) + self._options(cnf, kw))

    def add_cascade(self, cnf={}, **kw):
        """Add an entry that opens another menu=."""
        self.add('cascade', cnf or kw)

    def add_checkbutton(self, cnf={}, **kw):
        """Add an entry that is on or off, as its variable= is."""
        self.add('checkbutton', cnf or kw)

    def add_command(self, cnf={}, **kw):
        """Add an entry that calls command=."""
        self.add('command', cnf or kw)

    def add_radiobutton(self, cnf={}, **kw):
        """Add an entry that is on while its variable= has its value=."""
        self.add('radiobutton', cnf or kw)

    def add_separator(self, cnf={}, **kw):
        """Add a line between entries."""
        self.add('separator', cnf or kw)

    def insert(self, index, itemType, cnf={}, **kw):
        """add() before index."""
        self.tk.call((self._w, 'insert', index, itemType) + self._options(cnf, kw))

    def insert_cascade(self, index, cnf={}, **kw):
        """add_cascade() before index."""
        self.insert(index, 'cascade', cnf or kw)

    def insert_checkbutton(self, index, cnf={}, **kw):
        """add_checkbutton() before index."""
        self.insert(index, 'checkbutton', cnf or kw)

    def insert_command(self, index, cnf={}, **kw):
        """add_command() before index."""
        self.insert(index, 'command', cnf or kw)

    def insert_radiobutton(self, index, cnf={}, **kw):
        """add_radiobutton() before index."""
        self.insert(index, 'radiobutton', cnf or kw)

    def insert_separator(self, index, cnf={}, **kw):
        """add_separator() before index."""
        self.insert(index, 'separator', cnf or kw)

    def delete(self, index1, index2=None):
        """Delete an entry, or all to index2, and their commands."""
        if index2 is None:
            index2 = index1
        first, last = self.index(index1), self.index(index2)
        if first is not None and last is not None:
            for number in range(first, last + 1):
                if 'command' in self.entryconfig(number):
                    command = str(self.entrycget(number, 'command'))
                    if command:
                        self.deletecommand(command)
        self.tk.call(self._w, 'delete', index1, index2)

    def entrycget(self, index, option):
        """The value of an option of an entry."""
        return self.tk.call(self._w, 'entrycget', index, '-' + option)

    def entryconfigure(self, index, cnf=None, **kw):
        """configure() for an entry."""
        return self._configure(('entryconfigure', index), cnf, kw)

    entryconfig = entryconfigure

    def index(self, index):
        """An index as a number, None for 'none'."""
        number = self.tk.call(self._w, 'index', index)
        return None if number in ('none', '') else self.tk.getint(number)

    def invoke(self, index):
        """Do what choosing an entry would do; returns what its command returns."""
        return self.tk.call(self._w, 'invoke', index)

    def post(self, x, y):
        """Show the menu at a place of the screen."""
        self.tk.call(self._w, 'post', x, y)

    def type(self, index):
        """What an entry is: 'command', 'separator'..."""
        return self.tk.call(self._w, 'type', index)

    def unpost(self):
        """Hide the menu."""
        self.tk.call(self._w, 'unpost')

    def xposition(self, index):
        """x of an entry in the menu."""
        return self.tk.getint(self.tk.call(self._w, 'xposition', index))

    def yposition(self, index):
        """y of an entry in the menu."""
        return self.tk.getint(self.tk.call(self._w, 'yposition', index))


class Menubutton(Widget):
    """A button that opens a menu."""

    def __init__(self, master=None, cnf={}, **kw):
        """Options of its own: direction, height, indicatoron, menu, state, width."""
        Widget.__init__(self, master, 'menubutton', cnf, kw)


class Message(Widget):
    """Text to read, broken into lines of a pleasant shape (aspect=).  Label can do nearly the same."""

    def __init__(self, master=None, cnf={}, **kw):
        Widget.__init__(self, master, 'message', cnf, kw)


class Scale(Widget):
    """A slider for a number."""

    def __init__(self, master=None, cnf={}, **kw):
        """Options of its own: bigincrement, command, digits, from, label, length, orient, repeatdelay,
        repeatinterval, resolution, showvalue, sliderlength, sliderrelief, state, tickinterval, to,
        troughcolor, variable, width.
        """
        Widget.__init__(self, master, 'scale', cnf, kw)

    def get(self):
        """The value, an int if it is whole."""
        value = self.tk.call(self._w, 'get')
        try:
            return self.tk.getint(value)
        except (ValueError, TypeError, TclError):
            return self.tk.getdouble(value)

    def set(self, value):
        """Move the slider to a value."""
        self.tk.call(self._w, 'set', value)

    def coords(self, value=None):
        """(x, y) of the slider's middle, now or for a value."""
        return self._getints(self.tk.call(self._w, 'coords', value))

    def identify(self, x, y):
        """What is at a point: 'slider', 'trough1' (before it), 'trough2' or ''."""
        return self.tk.call(self._w, 'identify', x, y)


class Scrollbar(Widget):
    """A bar that shows, and chooses, the part of another widget that is in sight."""

    def __init__(self, master=None, cnf={}, **kw):
        """Options of its own: activerelief, command, elementborderwidth, jump, orient, repeatdelay,
        repeatinterval, troughcolor, width.
        """
        Widget.__init__(self, master, 'scrollbar', cnf, kw)

    def activate(self, index=None):
        """Highlight 'arrow1', 'slider' or 'arrow2'; or tell which is, None for none."""
        return self.tk.call(self._w, 'activate', index) or None

    def delta(self, deltax, deltay):
        """The change of fraction that moving the slider so far would mean."""
        return self.tk.getdouble(self.tk.call(self._w, 'delta', deltax, deltay))

    def fraction(self, x, y):
        """Where a point is along the trough, from 0 to 1."""
        return self.tk.getdouble(self.tk.call(self._w, 'fraction', x, y))

    def identify(self, x, y):
        """What is at a point: 'arrow1', 'trough1', 'slider'..., ''."""
        return self.tk.call(self._w, 'identify', x, y)

    def get(self):
        """The fractions set() was given last."""
        return self._getdoubles(self.tk.call(self._w, 'get'))

    def set(self, first, last):
        """Show that the part from fraction first to last is in sight; the xscrollcommand of other widgets."""
        self.tk.call(self._w, 'set', first, last)


class Spinbox(Widget, XView):
    """An Entry with two buttons that go through values."""

    def __init__(self, master=None, cnf={}, **kw):
        """Options besides those of Entry: buttonbackground, buttoncursor, buttondownrelief, buttonuprelief,
        command, format, from, increment, repeatdelay, repeatinterval, to, values, wrap.
        """
        Widget.__init__(self, master, 'spinbox', cnf, kw)

    def bbox(self, index):
        """(x, y, width, height) of a character, None if there is none."""
        return self._getints(self.tk.call(self._w, 'bbox', index)) or None

    def delete(self, first, last=None):
        """Delete a character, or all before last."""
        return self.tk.call(self._w, 'delete', first, last)

    def get(self):
        """The text."""
        return self.tk.call(self._w, 'get')

    def icursor(self, index):
        """Put the insertion cursor before index."""
        return self.tk.call(self._w, 'icursor', index)

    def identify(self, x, y):
        """What is at a point: 'buttondown', 'buttonup', 'entry' or 'none'."""
        return self.tk.call(self._w, 'identify', x, y)

    def index(self, index):
        """An index as a number."""
        return self.tk.call(self._w, 'index', index)

    def insert(self, index, s):
        """Insert text before index."""
        return self.tk.call(self._w, 'insert', index, s)

    def invoke(self, element):
        """Do what clicking on 'buttondown' or 'buttonup' would do."""
        return self.tk.call(self._w, 'invoke', element)

    def scan(self, *args):
        """scan('mark', x) and scan('dragto', x)."""
        return self._getints(self.tk.call((self._w, 'scan') + args)) or ()

    def scan_mark(self, x):
        """Take hold of the text at x; see scan_dragto()."""
        return self.scan('mark', x)

    def scan_dragto(self, x):
        """Scroll by ten times the way from scan_mark()'s x."""
        return self.scan('dragto', x)

    def selection(self, *args):
        """selection(WHAT, ...): see the methods below."""
        return self._getints(self.tk.call((self._w, 'selection') + args)) or ()

    def selection_adjust(self, index):
        """Move the nearer end of the selection to index."""
        return self.selection('adjust', index)

    def selection_clear(self):
        """Let nothing be selected here."""
        return self.selection('clear')

    def selection_element(self, element=None):
        """Set, or return, the element that is pressed: a button or 'none'."""
        return self.tk.call(self._w, 'selection', 'element', element)

    def selection_from(self, index):
        """Let the selection begin at index."""
        self.selection('from', index)

    def selection_present(self):
        """Is anything selected here?"""
        return self.tk.getboolean(self.tk.call(self._w, 'selection', 'present'))

    def selection_range(self, start, end):
        """Select from start to before end."""
        self.selection('range', start, end)

    def selection_to(self, index):
        """Select from selection_from()'s index to this one."""
        self.selection('to', index)


class LabelFrame(Widget):
    """A frame with a title."""

    def __init__(self, master=None, cnf={}, **kw):
        """Options of its own: class, colormap, container, height, labelanchor, labelwidget, visual, width."""
        Widget.__init__(self, master, 'labelframe', cnf, kw)


class PanedWindow(Widget):
    """A row, or column, of widgets with sashes between them that can be moved."""

    def __init__(self, master=None, cnf={}, **kw):
        """Options of its own: handlepad, handlesize, height, opaqueresize, orient, proxybackground,
        proxyborderwidth, proxyrelief, sashcursor, sashpad, sashrelief, sashwidth, showhandle, width.
        """
        Widget.__init__(self, master, 'panedwindow', cnf, kw)

    def add(self, child, **kw):
        """Add a widget: after=, before=, height=, hide=, minsize=, padx=, pady=, sticky=, stretch=, width=."""
        self.tk.call((self._w, 'add', child) + self._options(kw))

    def remove(self, child):
        """Take a widget out."""
        self.tk.call(self._w, 'forget', child)

    forget = remove

    def identify(self, x, y):
        """What is at a point: (number, 'sash' or 'handle'), '' for neither."""
        return self.tk.call(self._w, 'identify', x, y)

    def proxy(self, *args):
        """proxy(WHAT, ...): about the line that shows where a sash will go."""
        return self._getints(self.tk.call((self._w, 'proxy') + args)) or ()

    def proxy_coord(self):
        """(x, y) of the proxy."""
        return self.proxy('coord')

    def proxy_forget(self):
        """Hide the proxy."""
        return self.proxy('forget')

    def proxy_place(self, x, y):
        """Show the proxy there."""
        return self.proxy('place', x, y)

    def sash(self, *args):
        """sash(WHAT, ...): see the methods below."""
        return self._getints(self.tk.call((self._w, 'sash') + args)) or ()

    def sash_coord(self, index):
        """(x, y) of the sash right of, or below, pane index."""
        return self.sash('coord', index)

    def sash_mark(self, index):
        """Take hold of a sash."""
        return self.sash('mark', index)

    def sash_place(self, index, x, y):
        """Move a sash."""
        return self.sash('place', index, x, y)

    def panecget(self, child, option):
        """The value of an option of a pane."""
        return self.tk.call(self._w, 'panecget', child, '-' + option)

    def paneconfigure(self, tagOrId, cnf=None, **kw):
        """configure() for a pane: the options of add()."""
        return self._configure(('paneconfigure', tagOrId), cnf, kw)

    paneconfig = paneconfigure

    def panes(self):
        """The widgets, in order."""
        return self.tk.splitlist(self.tk.call(self._w, 'panes'))


class _setit:
    """The command of an entry of an OptionMenu: sets the variable, and calls callback(value, ...)."""

    def __init__(self, var, value, callback=None):
        self.__value = value
        self.__var = var
        self.__callback = callback

    def __call__(self, *args):
        self.__var.set(self.__value)
        if self.__callback is not None:
            self.__callback(self.__value, *args)


class OptionMenu(Menubutton):
    """A button that shows the value of a variable, and opens a menu of values to choose from."""

    def __init__(self, master, variable, value, *values, **kwargs):
        """variable, the values, and command=: called with the one chosen."""
        command = kwargs.pop('command', None)
        if kwargs:
            raise TclError('unknown option -' + next(iter(kwargs)))
        look = {'borderwidth': 2, 'indicatoron': 1, 'relief': 'raised', 'anchor': 'c', 'highlightthickness': 2}
        Widget.__init__(self, master, 'menubutton', look, {'textvariable': variable})
        self.widgetName = 'tk_optionMenu'
        menu = self.__menu = Menu(self, name='menu', tearoff=0)
        self.menuname = menu._w
        for choice in (value,) + values:
            menu.add_command(label=choice, command=_setit(variable, choice, command))
        self['menu'] = menu

    def __getitem__(self, name):
        return self.__menu if name == 'menu' else Widget.__getitem__(self, name)

    def destroy(self):
        """Close the button, and its menu."""
        Menubutton.destroy(self)
        self.__menu = None
