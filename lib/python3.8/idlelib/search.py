# SPDX-License-Identifier: MIT
"""Find: the dialog, and searching on without it."""
from tkinter import TclError

from idlelib import searchengine
from idlelib.searchbase import SearchDialogBase


def _setup(text):
    """The Find dialog that belongs to a widget's root window, made at the first call."""
    root = text._root()
    engine = searchengine.get(root)
    if not hasattr(engine, '_searchdialog'):
        engine._searchdialog = SearchDialog(root, engine)
    return engine._searchdialog


def _selected(text):
    """The text that is selected, '' if none is."""
    try:
        return text.get('sel.first', 'sel.last')
    except TclError:
        return ''


def find(text):
    """Open the dialog for a Text widget, with what is selected there as the pattern."""
    return _setup(text).open(text, _selected(text))


def find_again(text):
    """Select the next place of the pattern; without a pattern open the dialog.  True if there is one."""
    return _setup(text).find_again(text)


def find_selection(text):
    """Make what is selected the pattern and select its next place.  True if there is one."""
    return _setup(text).find_selection(text)


class SearchDialog(SearchDialogBase):
    """The dialog Find."""

    def create_widgets(self):
        """Add the button that searches."""
        super().create_widgets()
        self.make_button('Find Next', self.default_command, isdef=True)

    def default_command(self, event=None):
        """Search on, if the pattern is good."""
        if self.engine.getprog():
            self.find_again(self.text)

    def find_again(self, text):
        """Select the next place of the pattern in a Text widget; True if there is another one."""
        engine = self.engine
        if not engine.getpat():
            self.open(text)
            return False
        if not engine.getprog():
            return False
        found = engine.search_text(text)
        place = found and tuple('%d.%d' % (found[0], col) for col in found[1].span())
        if not found or place == self._selection(text):  # the one place there is
            self.bell()
            return False
        first, last = place
        text.tag_remove('sel', '1.0', 'end')
        text.tag_add('sel', first, last)
        text.mark_set('insert', first if engine.isback() else last)
        text.see('insert')
        return True

    @staticmethod
    def _selection(text):
        try:
            return text.index('sel.first'), text.index('sel.last')
        except TclError:
            return None

    def find_selection(self, text):
        """Make what is selected the pattern and select its next place; True if there is another one."""
        selected = _selected(text)
        if selected:
            self.engine.setcookedpat(selected)
        return self.find_again(text)


def _search_dialog(parent):  # htest #
    """A window with some lines and a button that opens the dialog."""
    from tkinter import Text, Toplevel
    from tkinter.ttk import Button, Frame

    top = Toplevel(parent)
    top.title('Test SearchDialog')
    top.geometry('+%d+%d' % (parent.winfo_rootx(), parent.winfo_rooty() + 175))
    frame = Frame(top)
    frame.pack()
    text = Text(frame, inactiveselectbackground='gray')
    text.insert('insert', 'This is a sample string.\n' * 5)
    text.pack()

    def show_find():
        text.tag_add('sel', '1.0', 'end')
        _setup(text).open(text)
        text.tag_remove('sel', '1.0', 'end')

    Button(frame, text='Search (selection ignored)', command=show_find).pack()
