# SPDX-License-Identifier: MIT
"""Replace: the dialog that finds a pattern and puts another text there.

The place found last is selected and tagged 'hit'.
"""
import re

from tkinter import StringVar, TclError

from idlelib import searchengine
from idlelib.searchbase import SearchDialogBase


def replace(text):
    """Open the dialog, one for each root window, for a Text widget."""
    root = text._root()
    engine = searchengine.get(root)
    if not hasattr(engine, '_replacedialog'):
        engine._replacedialog = ReplaceDialog(root, engine)
    engine._replacedialog.open(text)


class ReplaceDialog(SearchDialogBase):
    """The dialog Replace.  ok says whether the next search may stop where it starts: not after a replacement."""
    title, icon = 'Replace Dialog', 'Replace'

    def __init__(self, root, engine):
        """root: the parent window; engine: a SearchEngine."""
        super().__init__(root, engine)
        self.replvar = StringVar(root)

    def open(self, text):
        """Show the dialog; the selection, or the cursor, counts as found."""
        super().open(text)
        self.show_hit(*searchengine.get_selection(text))
        self.ok = True

    def create_entries(self):
        """Add the entry for the new text."""
        super().create_entries()
        self.replent = self.make_entry('Replace with:', self.replvar)[0]

    def create_command_buttons(self):
        """Add the buttons that find and replace."""
        super().create_command_buttons()
        for label, command in (('Find', self.find_it), ('Replace', self.replace_it),
                               ('Replace+Find', self.default_command), ('Replace All', self.replace_all)):
            self.make_button(label, command, isdef=command == self.default_command)

    def find_it(self, event=None):
        """Select the next place."""
        self.do_find(False)

    def replace_it(self, event=None):
        """Replace at the place that is selected, or at the next one."""
        if self.do_find(self.ok):
            self.do_replace()

    def default_command(self, event=None):
        """Replace as replace_it() and select the place after it."""
        if self.do_find(self.ok) and self.do_replace():
            self.do_find(False)

    def _replace_expand(self, m, repl):
        """The new text for a match: repl, its groups filled in if the pattern is a regular expression.  None, after a
        message, if that does not go."""
        if not self.engine.isre():
            return repl
        try:
            return m.expand(repl)
        except re.error:
            self.engine.report_error(repl, 'Invalid Replace Expression')
            return None

    def replace_all(self, event=None):
        """Replace everywhere, or from the next place to the end if the search does not wrap around; then close.

        One undo takes all of it back.
        """
        text, prog = self.text, self.engine.getprog()
        if not prog:
            return
        start = self.engine.search_text(text, prog)
        if not start:
            self.bell()
            return
        for tag in 'sel', 'hit':
            text.tag_remove(tag, '1.0', 'end')
        line, col = (1, 0) if self.engine.iswrap() else (start[0], start[1].start())
        text.undo_block_start()
        last_place = self._replace_from(text, prog, line, col)
        text.undo_block_stop()
        if last_place:
            self.show_hit(*last_place)
        self.close()

    def _replace_from(self, text, prog, line, col):
        """Replace from line.col to the end; the indices of the last place, None if there was none."""
        place, ok, repl = None, True, self.replvar.get()
        found = self.engine.search_forward(text, prog, line, col, wrap=0, ok=ok)
        while found:
            line, match = found
            new = self._replace_expand(match, repl)
            if new is None:
                break
            place = first, last = tuple('%d.%d' % (line, col) for col in match.span())
            if new == match.group():
                text.mark_set('insert', last)
            else:
                self._exchange(text, first, last, new)
            found = self.engine.search_forward(text, prog, line, match.start() + len(new), wrap=0, ok=False)
        return place

    @staticmethod
    def _exchange(text, first, last, new):
        """Put a text in the place of another, the cursor before it."""
        text.mark_set('insert', first)
        if last != first:
            text.delete(first, last)
        if new != '':
            text.insert('insert', new)

    def do_find(self, ok=False):
        """Select the next place, where the search starts too if ok.  Is there one?"""
        if not self.engine.getprog():
            return False
        found = self.engine.search_text(self.text, None, ok)
        if not found:
            self.bell()
            return False
        line, match = found
        self.show_hit('%d.%d' % (line, match.start()), '%d.%d' % (line, match.end()))
        self.ok = True
        return True

    def do_replace(self):
        """Replace what is selected, or what stands at the cursor.  Was that possible?"""
        text, prog = self.text, self.engine.getprog()
        if not prog:
            return False
        first, last = searchengine.get_selection(text)
        line, col = searchengine.get_line_col(first)
        match = prog.match(text.get('%d.0' % line, '%d.0' % (line + 1)), col)
        new = match and self._replace_expand(match, self.replvar.get())
        if new is None:
            return False
        text.undo_block_start()
        self._exchange(text, first, last if match.group() else first, new)
        text.undo_block_stop()
        self.show_hit(first, text.index('insert'))
        self.ok = False
        return True

    def show_hit(self, first, last):
        """Select the text between two indices and bring it into view; the cursor is before it."""
        text = self.text
        text.mark_set('insert', first)
        for tag in 'sel', 'hit':
            text.tag_remove(tag, '1.0', 'end')
        text.tag_add('sel', first, last)
        if first == last:
            text.tag_add('hit', first)
        else:
            text.tag_add('hit', first, last)
        text.see('insert')
        text.update_idletasks()

    def close(self, event=None):
        """Hide the dialog and the mark of the place found."""
        super().close(event)
        try:
            self.text.tag_remove('hit', '1.0', 'end')
        except (AttributeError, TclError):  # never opened; the window is gone
            pass


def _replace_dialog(parent):  # htest #
    """A window with two lines and a button that opens the dialog."""
    from tkinter import Text, Toplevel
    from tkinter.ttk import Button, Frame

    top = Toplevel(parent)
    top.title('Test ReplaceDialog')
    top.geometry('+%d+%d' % (parent.winfo_rootx(), parent.winfo_rooty() + 175))
    frame = Frame(top)
    frame.pack()
    text = Text(frame, inactiveselectbackground='gray')
    text.undo_block_start = text.undo_block_stop = lambda: None
    text.insert('insert', 'This is a sample sTring\nPlus MORE.')
    text.pack()
    text.focus_set()

    def show_replace():
        text.tag_add('sel', '1.0', 'end')
        replace(text)
        text.tag_remove('sel', '1.0', 'end')

    Button(frame, text='Replace', command=show_replace).pack()
