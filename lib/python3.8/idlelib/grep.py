# SPDX-License-Identifier: MIT
"""Find in Files: the dialog, and the search that writes what it finds into an output window."""
import fnmatch
import os
import sys

from tkinter import StringVar, BooleanVar, TclError
from tkinter.ttk import Checkbutton

from idlelib import searchengine
from idlelib.searchbase import SearchDialogBase


def grep(text, io=None, flist=None):
    """Open the dialog, one for each root window, with what is selected in a Text widget as the pattern.

    io: its filename says where to look at first; flist: the file list that opens the output window.
    """
    root = text._root()
    engine = searchengine.get(root)
    if not hasattr(engine, '_grepdialog'):
        engine._grepdialog = GrepDialog(root, engine, flist)
    try:
        selected = text.get('sel.first', 'sel.last')
    except TclError:
        selected = ''
    engine._grepdialog.open(text, selected, io)


def walk_error(msg):
    """Print why a folder cannot be read."""
    print(msg)


def findfiles(folder, pattern, recursive):
    """Give the paths of the files in a folder, or below it if recursive, whose names fit a pattern as of a shell."""
    for place, _, names in os.walk(folder, onerror=walk_error):
        for name in fnmatch.filter(names, pattern):
            yield os.path.join(place, name)
        if not recursive:
            return


class GrepDialog(SearchDialogBase):
    """The dialog Find in Files."""
    title, icon = 'Find in Files Dialog', 'Grep'
    needwrapbutton = 0

    def __init__(self, root, engine, flist):
        """root: the parent window; engine: a SearchEngine; flist: the file list that opens the output window."""
        super().__init__(root, engine)
        self.flist = flist
        self.globvar, self.recvar = StringVar(root), BooleanVar(root)

    def open(self, text, searchphrase, io=None):
        """Show the dialog; the files are those with the suffix of io's file in its folder, else *.py here."""
        super().open(text, searchphrase)
        folder, name = os.path.split((io.filename if io else None) or '')
        suffix = os.path.splitext(name)[1] or '.py'
        self.globvar.set(os.path.join(folder, '*' + suffix))

    def create_entries(self):
        """Add the entry for the files."""
        super().create_entries()
        self.globent = self.make_entry('In files:', self.globvar)[0]

    def create_other_buttons(self):
        """Add the choice whether to go into subfolders; there is no direction."""
        button = Checkbutton(self.make_frame()[0], text='Recurse down subdirectories', variable=self.recvar)
        button.pack(side='top', fill='both')

    def create_command_buttons(self):
        """Add the button that searches."""
        super().create_command_buttons()
        self.make_button('Search Files', self.default_command, isdef=True)

    def default_command(self, event=None):
        """Search, writing into a new output window."""
        prog, path = self.engine.getprog(), self.globvar.get()
        if not prog:
            return
        if not path:
            self.top.bell()
            return
        from idlelib.outwin import OutputWindow
        before = sys.stdout
        try:
            sys.stdout = OutputWindow(self.flist)
            self.grep_it(prog, path)
        finally:
            sys.stdout = before

    def grep_it(self, prog, path):
        """Close the dialog and print the lines in which prog is found, as FILE: NUMBER: LINE.

        path: a folder and a pattern for names.  Ends quietly when the output window is closed.
        """
        folder, pattern = os.path.split(path)
        files = sorted(findfiles(folder or os.curdir, pattern, self.recvar.get()))
        self.close()
        print(f'Searching {self.engine.getpat()!r} in {path} ...')
        try:
            hits = sum(_grep_file(prog, name) for name in files)
            print(f'Hits found: {hits}\n(Hint: right-click to open locations.)' if hits else 'No hits.')
        except AttributeError:  # the window has lost its widgets
            pass


def _grep_file(prog, name):
    """Print the lines of a file in which prog is found; how many there are."""
    hits = 0
    try:
        with open(name, errors='replace') as stream:
            for number, line in enumerate(stream, 1):
                line = line[:-1] if line.endswith('\n') else line
                if prog.search(line):
                    hits += 1
                    sys.stdout.write(f'{name}: {number}: {line}\n')
    except OSError as error:
        print(error)
    return hits


def _grep_dialog(parent):  # htest #
    """A window with a button that opens the dialog."""
    from tkinter import Text, Toplevel
    from tkinter.ttk import Button, Frame

    from idlelib.pyshell import PyShellFileList

    top = Toplevel(parent)
    top.title('Test GrepDialog')
    top.geometry('+%d+%d' % (parent.winfo_rootx(), parent.winfo_rooty() + 175))
    frame = Frame(top)
    frame.pack()
    text = Text(frame, height=5)
    text.pack()
    flist = PyShellFileList(top)

    def show_grep_dialog():
        text.tag_add('sel', '1.0', 'end')
        grep(text, flist=flist)
        text.tag_remove('sel', '1.0', 'end')

    Button(frame, text='Show GrepDialog', command=show_grep_dialog).pack()
