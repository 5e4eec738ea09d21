# SPDX-License-Identifier: MIT
"""A list of texts with a scrollbar; a subclass says what a click does."""
from tkinter import *
from tkinter.ttk import Frame, Scrollbar

from idlelib import macosx


class ScrolledList:
    """A Listbox, `listbox`, and its scrollbar in a frame.

    A subclass offers on_select(index) and on_double(index) for clicks, and fill_menu() for a menu that the right button opens.
    """

    default = '(None)'  # shown as long as the list is empty
    menu = None

    def __init__(self, master, **options):
        """options: for the Listbox."""
        self.master = master
        frame = self.frame = Frame(master)
        frame.pack(expand=1, fill='both')
        bar = self.vbar = Scrollbar(frame, name='vbar')
        bar.pack(side='right', fill='y')
        settings = {'exportselection': 0, 'background': 'white'}
        settings.update(options)
        box = self.listbox = Listbox(frame, **settings)
        box.pack(expand=1, fill='both')
        bar['command'] = box.yview
        box['yscrollcommand'] = bar.set
        self._bind_events(box)
        self.clear()

    def _bind_events(self, box):
        """Connect mouse and keys; what opens the menu differs."""
        handlers = {'<ButtonRelease-1>': self.click_event, '<Double-ButtonRelease-1>': self.double_click_event,
                    '<Key-Up>': self.up_event, '<Key-Down>': self.down_event}
        menu_buttons = ('<ButtonPress-2>', '<Control-Button-1>') if macosx.isAquaTk() else ('<ButtonPress-3>',)
        handlers.update(dict.fromkeys(menu_buttons, self.popup_event))
        for event, handler in handlers.items():
            box.bind(event, handler)

    def close(self):
        """End the widgets."""
        self.frame.destroy()

    def clear(self):
        """Empty the list."""
        self.listbox.delete(0, 'end')
        self.listbox.insert('end', self.default)
        self.empty = 1

    def append(self, item):
        """Add a text at the end."""
        if self.empty:
            self.listbox.delete(0, 'end')
            self.empty = 0
        self.listbox.insert('end', str(item))

    def get(self, index):
        """The text at an index."""
        return self.listbox.get(index)

    # ---- events ----
    def _activate_at(self, event):
        """Make the item below the mouse the active one; its index."""
        self.listbox.activate('@%d,%d' % (event.x, event.y))
        return self.listbox.index('active')

    def click_event(self, event):
        """An item was clicked."""
        index = self._activate_at(event)
        self.select(index)
        self.on_select(index)
        return 'break'

    def double_click_event(self, event):
        """An item was clicked twice."""
        index = self.listbox.index('active')
        self.select(index)
        self.on_double(index)
        return 'break'

    def popup_event(self, event):
        """The menu is wanted."""
        if not self.menu:
            self.make_menu()
        self.select(self._activate_at(event))
        self.menu.tk_popup(event.x_root, event.y_root)
        return 'break'

    def make_menu(self):
        """Make the menu, at its first use."""
        self.menu = Menu(self.listbox, tearoff=0)
        self.fill_menu()

    def _step(self, offset):
        """Select the neighbour of the active item; without a selection that item itself."""
        index = self.listbox.index('active')
        if self.listbox.selection_includes(index):
            index += offset
        if not 0 <= index < self.listbox.size():
            self.listbox.bell()
        else:
            self.select(index)
            self.on_select(index)
        return 'break'

    def up_event(self, event):
        """The key Up."""
        return self._step(-1)

    def down_event(self, event):
        """The key Down."""
        return self._step(1)

    def select(self, index):
        """Select one item and bring it into view."""
        box = self.listbox
        box.focus_set()
        box.activate(index)
        box.selection_clear(0, 'end')
        box.selection_set(index)
        box.see(index)

    # ---- for subclasses ----
    def fill_menu(self):
        """Add entries to self.menu."""

    def on_select(self, index):
        """An item was selected."""

    def on_double(self, index):
        """An item was clicked twice."""


def _scrolled_list(parent):  # htest #
    """A window with a list that prints what is done to it."""
    class MyScrolledList(ScrolledList):
        def fill_menu(self):
            self.menu.add_command(label='right click')

        def on_select(self, index):
            print('select', self.get(index))

        def on_double(self, index):
            print('double', self.get(index))

    top = Toplevel(parent)
    top.geometry('+%d+%d' % (parent.winfo_rootx(), parent.winfo_rooty() + 175))
    scrolled_list = MyScrolledList(top)
    for number in range(30):
        scrolled_list.append('Item %02d' % number)
