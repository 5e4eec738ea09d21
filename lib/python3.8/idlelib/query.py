# SPDX-License-Identifier: MIT
"""Modal dialogs that ask for one thing and take only an answer that makes sense.

Query asks for any text; the others for a section's name, a module, a line number, a help source, the arguments of a run.
The constructor returns when the dialog is closed; `result` is the answer, None if it was cancelled.
"""
import importlib
import os
import shlex
from sys import executable, platform

from tkinter import Toplevel, StringVar, BooleanVar, W, E, S
from tkinter import filedialog
from tkinter.font import Font
from tkinter.simpledialog import _setup_dialog
from tkinter.ttk import Frame, Button, Entry, Label, Checkbutton


class Query(Toplevel):
    """Asks for a text that is not blank.

    A subclass changes entry_ok(), which checks what was typed, and create_extra(), which adds widgets in rows 10 to 90.
    """

    def __init__(self, parent, title, message, *, text0='', used_names={}, _htest=False, _utest=False):
        """message: what to type; text0: what stands there first; used_names: names that are taken.

        _htest: a person tests, stand below the parent; _utest: a program does, do not wait.
        """
        self.parent, self.message = parent, message
        self.text0, self.used_names = text0, used_names
        super().__init__(parent)
        self.withdraw()  # till everything is in its place
        self.title(title)
        self.transient(parent)
        if not _utest:
            self.grab_set()
        _setup_dialog(self)
        keys = [('<Key-Escape>', self.cancel), ('<Key-Return>', self.ok), ('<KP_Enter>', self.ok)]
        if self._windowingsystem == 'aqua':
            keys.append(('<Command-.>', self.cancel))
        for key, handler in keys:
            self.bind(key, handler)
        self.protocol('WM_DELETE_WINDOW', self.cancel)
        self.create_widgets()
        self._place(150 if _htest else None)
        self.resizable(height=False, width=False)
        if not _utest:
            self.deiconify()
            self.wait_window()

    def _place(self, below=None):
        """Stand in the middle of the parent, or so many pixels below its top."""
        self.update_idletasks()
        parent = self.parent
        x = parent.winfo_rootx() + (parent.winfo_width() - self.winfo_reqwidth()) // 2
        if below is None:
            below = (parent.winfo_height() - self.winfo_reqheight()) // 2
        self.geometry('+%d+%d' % (x, parent.winfo_rooty() + below))

    def create_widgets(self, ok_text='OK'):
        """Make everything in the window.  The buttons stand in row 99."""
        frame = self.frame = Frame(self, padding=10)
        frame.grid(row=0, column=0, sticky='news')
        frame.grid_columnconfigure(0, weight=1)
        label = Label(frame, text=self.message, anchor='w', justify='left')
        self.entryvar = StringVar(self, self.text0)
        self.entry = Entry(frame, width=30, textvariable=self.entryvar)
        self.error_font = Font(name='TkCaptionFont', exists=True, root=self.parent)
        self.entry_error = self._error_label()
        self._span(label, 0, sticky=W)
        self._span(self.entry, 1, sticky=W+E, pady=[10, 0])
        self._span(self.entry_error, 2, sticky=W+E)
        self.create_extra()
        self.button_ok = Button(frame, text=ok_text, default='active', command=self.ok)
        self.button_cancel = Button(frame, text='Cancel', command=self.cancel)
        self.button_ok.grid(row=99, column=1, padx=5)
        self.button_cancel.grid(row=99, column=2, padx=5)
        self.entry.focus_set()

    def _error_label(self):
        """A label for what is wrong with an entry."""
        return Label(self.frame, text=' ', foreground='red', font=self.error_font)

    def _span(self, widget, row, **options):
        """Give a widget the width of the window."""
        widget.grid(row=row, column=0, columnspan=3, padx=5, **options)

    def create_extra(self):
        """Add widgets, in a subclass."""

    def showerror(self, message, widget=None):
        """Say what is wrong, below the entry or in another label."""
        (widget or self.entry_error)['text'] = 'ERROR: ' + message

    def entry_ok(self):
        """The answer as it was typed; None, after showerror(), if it does not do."""
        answer = self.entry.get().strip()
        if answer:
            return answer
        self.showerror('blank line.')

    def ok(self, event=None):
        """Close with the answer, if it does."""
        answer = self.entry_ok()
        if answer is None:
            self.entry.focus_set()
        else:
            self.result = answer
            self.destroy()

    def cancel(self, event=None):
        """Close without an answer."""
        self.result = None
        self.destroy()

    def destroy(self):
        """End the window, and its hold on the others."""
        self.grab_release()
        super().destroy()


class SectionName(Query):
    """Asks for the name of a new section of a configuration file."""

    def __init__(self, parent, title, message, used_names, *, _htest=False, _utest=False):
        """used_names: those that are taken."""
        super().__init__(parent, title, message, used_names=used_names, _htest=_htest, _utest=_utest)

    def entry_ok(self):
        """A name of at most 30 characters that is not taken."""
        name = self.entry.get().strip()
        for wrong, message in ((not name, 'no name specified.'), (len(name) > 30, 'name is longer than 30 characters.'),
                               (name in self.used_names, 'name is already in use.')):
            if wrong:
                self.showerror(message)
                return None
        return name


class ModuleName(Query):
    """Asks for a module that has a source."""

    def __init__(self, parent, title, message, text0, *, _htest=False, _utest=False):
        """text0: the name that stands there first."""
        super().__init__(parent, title, message, text0=text0, _htest=_htest, _utest=_utest)

    def entry_ok(self):
        """The path of the module that was named."""
        name = self.entry.get().strip()
        path, problem = _source_path(name) if name else (None, 'no name specified.')
        if problem:
            self.showerror(problem)
        return path


def _source_path(name):
    """(path of a module's source, None), or (None, why there is none)."""
    import importlib.util
    try:
        spec = importlib.util.find_spec(name)
    except (ValueError, ImportError) as error:
        return None, str(error)
    if spec is None:
        return None, 'module not found.'
    if not isinstance(spec.loader, importlib.abc.SourceLoader):
        return None, 'not a source-based module.'
    try:
        return spec.loader.get_filename(name), None
    except AttributeError:
        return None, 'loader does not support get_filename.'
    except ImportError:  # os.path: the loader knows it by another name
        path = getattr(spec, 'origin', None)
        return (path, None) if path else (None, 'loader failed to get filename.')


class Goto(Query):
    """Asks for the number of a line."""

    def entry_ok(self):
        """A positive int."""
        try:
            number = int(self.entry.get())
        except ValueError:
            self.showerror('not a base 10 integer.')
            return None
        if number > 0:
            return number
        self.showerror('not a positive integer.')


class HelpSource(Query):
    """Asks for an entry of the Help menu and the file or address it opens: (name, path)."""

    def __init__(self, parent, title, *, menuitem='', filepath='', used_names={}, _htest=False, _utest=False):
        """menuitem, filepath: what stands there first; used_names: entries that are taken."""
        self.filepath = filepath
        super().__init__(parent, title, 'Name for item on Help menu:', text0=menuitem, used_names=used_names,
                         _htest=_htest, _utest=_utest)

    def create_extra(self):
        """Add the entry for the path, and a button to look for it."""
        frame = self.frame
        label = Label(frame, text='Help File Path: Enter URL or browse for file', anchor='w', justify='left')
        self.pathvar = StringVar(self, self.filepath)
        self.path = Entry(frame, width=40, textvariable=self.pathvar)
        browse = Button(frame, text='Browse', width=8, command=self.browse_file)
        self.path_error = self._error_label()
        self._span(label, 10, pady=[10, 0], sticky=W)
        self.path.grid(row=11, column=0, columnspan=2, padx=5, pady=[10, 0], sticky=W+E)
        browse.grid(row=11, column=2, padx=5, sticky=W+S)
        self._span(self.path_error, 12, sticky=W+E)

    def askfilename(self, filetypes, initdir, initfile):
        """The name that a file dialog gives, '' if it was cancelled."""
        return filedialog.Open(parent=self, filetypes=filetypes).show(initialdir=initdir, initialfile=initfile)

    def browse_file(self):
        """Let a dialog choose the file, first where the one before is or the documentation may be."""
        folder, name = os.path.split(self.pathvar.get())
        if not folder:
            folder = os.getcwd()
            manuals = os.path.join(os.path.dirname(executable), 'Doc')
            if platform[:3] == 'win' and os.path.exists(manuals):
                folder = manuals
        chosen = self.askfilename([('HTML Files', '*.htm *.html', 'TEXT'), ('PDF Files', '*.pdf', 'TEXT'),
                                   ('Windows Help Files', '*.chm'), ('Text Files', '*.txt', 'TEXT'), ('All Files', '*')],
                                  folder, name)
        if chosen:
            self.pathvar.set(chosen)

    item_ok = SectionName.entry_ok  # the same rules

    def path_ok(self):
        """The path of a file that exists, or an address; None, after showerror()."""
        path = self.path.get().strip()
        if not path:
            self.showerror('no help file path specified.', self.path_error)
            return None
        if path.startswith(('www.', 'http')):
            return path
        if not os.path.exists(path[5:] if path.startswith('file:') else path):
            self.showerror('help file path does not exist.', self.path_error)
            return None
        if platform == 'darwin' and not path.startswith('file:'):  # a browser there asks for it
            path = 'file://' + path
        return path

    def entry_ok(self):
        """(name, path) if both do."""
        self.entry_error['text'] = self.path_error['text'] = ''
        answers = self.item_ok(), self.path_ok()
        return None if None in answers else answers


class CustomRun(Query):
    """Asks how to run a module: (arguments for sys.argv, whether to restart the shell)."""

    def __init__(self, parent, title, *, cli_args=[], _htest=False, _utest=False):
        """cli_args: the arguments that stand there first."""
        super().__init__(parent, title, 'Command Line Arguments for sys.argv:', text0=' '.join(map(shlex.quote, cli_args)),
                         _htest=_htest, _utest=_utest)

    def create_extra(self):
        """Add the choice whether to restart."""
        self.restartvar = BooleanVar(self, value=True)
        restart = Checkbutton(self.frame, text='Restart shell', variable=self.restartvar, onvalue=True, offvalue=False)
        self.args_error = self._error_label()
        self._span(restart, 10, sticky='w')
        self._span(self.args_error, 12, sticky='we')

    def cli_args_ok(self):
        """The arguments, cut as a shell does; None, after showerror()."""
        try:
            return shlex.split(self.entry.get().strip(), posix=True)
        except ValueError as error:
            self.showerror(str(error))
            return None

    def entry_ok(self):
        """(arguments, restart) if the arguments do."""
        arguments, restart = self.cli_args_ok(), self.restartvar.get()
        return None if arguments is None else (arguments, restart)
