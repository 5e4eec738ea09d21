# SPDX-License-Identifier: MIT
"""The dialog About IDLE."""
import os
import sys
from platform import python_version, architecture

from tkinter import Toplevel, Frame, Label, Button, PhotoImage
from tkinter import SUNKEN, TOP, BOTTOM, LEFT, X, BOTH, W, EW, NSEW, E

from idlelib import _packaged, textview

_FOREGROUND, _BACKGROUND = '#000000', '#bbbbbb'
_HERE = os.path.abspath(os.path.dirname(__file__))


def build_bits():
    """'32' or '64': the size of a pointer of this interpreter."""
    if sys.platform == 'darwin':  # architecture() does not know there
        return '64' if sys.maxsize > 2 ** 32 else '32'
    return architecture()[0][:2]


class AboutDialog(Toplevel):
    """Versions, and buttons that show the texts that belong to Python and to IDLE."""

    def __init__(self, parent, title=None, *, _htest=False, _utest=False):
        """title: None for one with the version.

        _htest: a person tests, stand below the parent; _utest: a program does, do not wait.
        """
        super().__init__(parent)
        self.configure(borderwidth=5)
        self.geometry('+%d+%d' % (parent.winfo_rootx() + 30, parent.winfo_rooty() + (100 if _htest else 30)))
        self.bg, self.fg = _BACKGROUND, _FOREGROUND
        self.parent, self._utest = parent, _utest
        self._current_textview = None
        self.create_widgets()
        self.title(title or f'About IDLE {python_version()} ({build_bits()} bit)')
        self.resizable(False, False)
        self.protocol('WM_DELETE_WINDOW', self.ok)
        for key in '<Return>', '<Escape>':
            self.bind(key, self.ok)
        self.button_ok.focus_set()
        self.transient(parent)
        if not _utest:
            self.grab_set()
            self.deiconify()
            self.wait_window()

    def create_widgets(self):
        """Make everything in the window."""
        outer = Frame(self, relief=SUNKEN, borderwidth=2)
        buttons = Frame(self)
        outer.pack(side=TOP, expand=True, fill=BOTH)
        buttons.pack(side=BOTTOM, fill=X)
        self.button_ok = Button(buttons, text='Close', command=self.ok)
        self.button_ok.pack(padx=5, pady=5)
        frame = Frame(outer, bg=self.bg)
        frame.pack(expand=True, fill=BOTH)
        self._create_head(frame)
        version = python_version()
        tk_version = self.tk.call('info', 'patchlevel')
        self._create_line(frame, 8)
        self._label(frame, 'Python version:  ' + version).grid(row=9, column=0, sticky=W, padx=10)
        self._label(frame, 'Tk version:  ' + tk_version).grid(row=9, column=1, sticky=W, padx=2)
        self.py_license, self.py_copyright, self.py_credits = self._create_buttons(
            frame, 10, 2, ('License', self.show_py_license), ('Copyright', self.show_py_copyright),
            ('Credits', self.show_py_credits))
        self._create_line(frame, 11)
        self._label(frame, 'IDLE version:   ' + version).grid(row=12, column=0, sticky=W, padx=10)
        self.readme, self.idle_news, self.idle_credits = self._create_buttons(
            frame, 13, 3, ('README', self.show_readme), ('NEWS', self.show_idle_news), ('Credits', self.show_idle_credits))

    def _label(self, frame, text, **options):
        return Label(frame, text=text, fg=self.fg, bg=self.bg, **options)

    def _create_head(self, frame):
        """Make the name, the picture and what IDLE is."""
        kind = 'png' if self._tk_reads_png() else 'gif'
        self.icon_image = _packaged.photo(self._root(), os.path.join(_HERE, 'Icons', 'idle_48.' + kind))
        logo = Label(frame, image=self.icon_image, bg=self.bg)
        logo.grid(row=0, column=0, rowspan=2, sticky=W, padx=10, pady=10)
        name = self._label(frame, 'IDLE', font=('courier', 24, 'bold'))
        name.grid(row=0, column=0, sticky=E, padx=10, pady=10)
        what = self._label(frame, "Python's Integrated Development\nand Learning Environment\n\n\n", justify=LEFT)
        what.grid(row=2, column=0, columnspan=3, sticky=W, padx=10, pady=5)
        own = self._label(frame, 'This is the IDLE of taipan, written anew.', justify=LEFT)
        own.grid(row=6, column=0, columnspan=2, sticky=W, padx=10)
        address = 'https://docs.python.org/%d.%d/library/idle.html' % sys.version_info[:2]
        self._label(frame, address, justify=LEFT).grid(row=7, column=0, columnspan=2, sticky=W, padx=10)

    def _tk_reads_png(self):
        return self.tk.call('info', 'patchlevel').split('.')[:2] >= ['8', '6']

    def _create_line(self, frame, row):
        """Draw a line over the width."""
        line = Frame(frame, relief=SUNKEN, borderwidth=1, height=2, bg=self.bg)
        line.grid(row=row, column=0, columnspan=3, sticky=EW, padx=5, pady=5)

    def _create_buttons(self, frame, row, columnspan, *pairs):
        """Make a row of buttons from (text, command); a list of them."""
        holder = Frame(frame, bg=self.bg)
        holder.grid(row=row, column=0, columnspan=columnspan, sticky=NSEW)
        buttons = [Button(holder, text=text, command=command, width=8, highlightbackground=self.bg)
                   for text, command in pairs]
        for button in buttons:
            button.pack(side=LEFT, padx=10, pady=10)
        return buttons

    # ---- what the buttons show ----
    def show_py_license(self):
        """The license of Python."""
        self.display_printer_text('About - License', license)

    def show_py_copyright(self):
        """Whose Python is."""
        self.display_printer_text('About - Copyright', copyright)

    def show_py_credits(self):
        """Thanks of Python."""
        self.display_printer_text('About - Python Credits', credits)

    def show_idle_credits(self):
        """Who made IDLE."""
        self.display_file_text('About - Credits', 'CREDITS.txt', 'utf-8')

    def show_readme(self):
        """What IDLE consists of."""
        self.display_file_text('About - Readme', 'README.txt', 'ascii')

    def show_idle_news(self):
        """What is new in IDLE."""
        self.display_file_text('About - NEWS', 'NEWS.txt', 'utf-8')

    def display_printer_text(self, title, printer):
        """Show the text of one of the builtins license, copyright and credits, all of it."""
        printer._Printer__setup()
        text = '\n'.join(printer._Printer__lines)
        self._current_textview = textview.view_text(self, title, text, _utest=self._utest)

    def display_file_text(self, title, filename, encoding=None):
        """Show a file of this package."""
        path = os.path.join(_HERE, filename)
        self._current_textview = textview.view_file(self, title, path, encoding, _utest=self._utest)

    def ok(self, event=None):
        """Close the dialog."""
        self.grab_release()
        self.destroy()
