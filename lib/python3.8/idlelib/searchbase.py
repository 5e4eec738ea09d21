# SPDX-License-Identifier: MIT
"""The common part of the dialogs Find, Replace and Find in Files."""
from tkinter import Toplevel
from tkinter.simpledialog import _setup_dialog
from tkinter.ttk import Frame, Entry, Label, Button, Checkbutton, Radiobutton


class SearchDialogBase:
    """A dialog for a pattern, made once and shown again.

    Rows of entries, options and other choices have their labels in column 0, the widgets in column 1; the buttons that do
    something stand in column 2.  A subclass offers default_command(event=None), which Return calls, and extends the create_
    methods.
    """
    title, icon = 'Search Dialog', 'Search'
    needwrapbutton = 1

    def __init__(self, root, engine):
        """root: the parent window; engine: the SearchEngine that holds the pattern and the options."""
        self.root, self.engine = root, engine
        self.bell = root.bell
        self.top = None

    def open(self, text, searchphrase=None):
        """Show the dialog for a Text widget, the pattern selected; searchphrase replaces the pattern."""
        self.text = text
        if self.top:
            self.top.deiconify()
            self.top.tkraise()
        else:
            self.create_widgets()
        self.top.transient(text.winfo_toplevel())
        entry = self.ent
        if searchphrase:
            entry.delete(0, 'end')
            entry.insert('end', searchphrase)
        entry.focus_set()
        entry.selection_range(0, 'end')
        entry.icursor(0)
        self.top.grab_set()

    def close(self, event=None):
        """Hide the dialog."""
        if self.top:
            self.top.grab_release()
            self.top.transient('')
            self.top.withdraw()

    def create_widgets(self):
        """Make the window and everything in it."""
        top = self.top = Toplevel(self.root)
        top.wm_title(self.title)
        top.wm_iconname(self.icon)
        top.bind('<Return>', self.default_command)
        top.bind('<Escape>', self.close)
        top.protocol('WM_DELETE_WINDOW', self.close)
        _setup_dialog(top)
        self.frame = Frame(top, padding='5px')
        self.frame.grid(sticky='nwes')
        top.grid_rowconfigure(0, weight=100)
        top.grid_columnconfigure(0, weight=100)
        self.row = 0  # the next one to fill
        for column, options in enumerate((dict(weight=0), dict(weight=100, minsize=100), dict(weight=0))):
            self.frame.grid_columnconfigure(column, pad=2, **options)
        self.create_entries()
        self.create_option_buttons()
        self.create_other_buttons()
        self.create_command_buttons()

    def _add_row(self, label_text, widget):
        """Put a widget into the next row; the label beside it, or '' without a text."""
        label = ''
        if label_text:
            label = Label(self.frame, text=label_text)
            label.grid(row=self.row, column=0, sticky='nw')
        widget.grid(row=self.row, column=1, columnspan=1, sticky='nwe')
        self.row += 1
        return label

    def make_entry(self, label_text, var):
        """Add a row to type in; (entry, label).  var: the variable that holds the text."""
        entry = Entry(self.frame, exportselection=0, textvariable=var)
        return entry, self._add_row(label_text, entry)

    def create_entries(self):
        """Add the rows to type in."""
        self.ent = self.make_entry('Find:', self.engine.patvar)[0]

    def make_frame(self, labeltext=None):
        """Add a row for several widgets; (frame, label), the label is '' if it has no text."""
        frame = Frame(self.frame)
        return frame, self._add_row(labeltext, frame)

    def create_option_buttons(self):
        """Add the row of options; (frame, [(variable, text), ...])."""
        engine = self.engine
        options = [(engine.revar, 'Regular expression'), (engine.casevar, 'Match case'), (engine.wordvar, 'Whole word')]
        if self.needwrapbutton:
            options.append((engine.wrapvar, 'Wrap around'))
        frame = self.make_frame('Options')[0]
        for variable, text in options:
            Checkbutton(frame, text=text, variable=variable).pack(side='left', fill='both')
        return frame, options

    def create_other_buttons(self):
        """Add the row of other choices, here the direction; (frame, [(value, text), ...])."""
        others = [(1, 'Up'), (0, 'Down')]
        frame = self.make_frame('Direction')[0]
        for value, text in others:
            Radiobutton(frame, text=text, value=value, variable=self.engine.backvar).pack(side='left', fill='both')
        return frame, others

    def make_button(self, label, command, isdef=0):
        """Add a button in the right column and return it.  isdef: does it look like the one that Return presses?"""
        count = self.buttonframe.grid_size()[1]
        button = Button(self.buttonframe, text=label, command=command, default='active' if isdef else 'normal')
        button.grid(row=count, column=0, sticky='ew', pady=1)
        self.buttonframe.grid(rowspan=count + 1)
        return button

    def create_command_buttons(self):
        """Add the buttons of the right column."""
        self.buttonframe = Frame(self.frame)
        self.buttonframe.grid(row=0, column=2, padx=2, pady=2, ipadx=2, ipady=2)
        self.make_button('Close', self.close)


class _searchbase(SearchDialogBase):  # htest #
    """The base alone, open at once: to look at it."""

    def __init__(self, parent):
        from idlelib import searchengine
        self.root, self.engine = parent, searchengine.get(parent)
        self.create_widgets()
        self.top.geometry('+%d+%d' % (parent.winfo_rootx(), parent.winfo_rooty() + 175))

    def default_command(self, dummy):
        """Nothing to do."""
