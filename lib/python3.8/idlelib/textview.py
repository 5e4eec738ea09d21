# SPDX-License-Identifier: MIT
"""Windows that show a text: license, news, a text that the shell squeezed."""
from tkinter import Toplevel, Text, TclError, HORIZONTAL, VERTICAL, NS, EW, NSEW, NONE, WORD, SUNKEN
from tkinter.messagebox import showerror
from tkinter.ttk import Frame, Scrollbar, Button

from idlelib import _packaged
from idlelib.colorizer import color_config


class AutoHideScrollbar(Scrollbar):
    """A scrollbar that is there only if there is something to scroll.  It can only be gridded."""

    def set(self, lo, hi):
        """Show the part between two fractions; hide if that is everything."""
        if float(lo) <= 0 and float(hi) >= 1:
            self.grid_remove()
        else:
            self.grid()
        super().set(lo, hi)

    def pack(self, **kwargs):
        """Refused with a TclError."""
        raise TclError(type(self).__name__ + ' does not support "pack"')

    def place(self, **kwargs):
        """Refused with a TclError."""
        raise TclError(type(self).__name__ + ' does not support "place"')


class ScrollableTextFrame(Frame):
    """A Text, `text`, with the scrollbars yscroll and, unless lines are wrapped, xscroll."""

    def __init__(self, master, wrap=NONE, **kwargs):
        """wrap: how the Text wraps lines; kwargs: options of the frame."""
        super().__init__(master, **kwargs)
        text = self.text = Text(self, wrap=wrap)
        text.grid(sticky=NSEW, row=0, column=0)
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.yscroll = AutoHideScrollbar(self, orient=VERTICAL, takefocus=False, command=text.yview)
        self.yscroll.grid(row=0, column=1, sticky=NS)
        text['yscrollcommand'] = self.yscroll.set
        self.xscroll = None
        if wrap == NONE:
            self.xscroll = AutoHideScrollbar(self, orient=HORIZONTAL, takefocus=False, command=text.xview)
            self.xscroll.grid(row=1, column=0, sticky=EW)
            text['xscrollcommand'] = self.xscroll.set


class ViewFrame(Frame):
    """A text that cannot be changed, with a button below it that closes the parent."""

    def __init__(self, parent, contents, wrap='word'):
        """contents: the text; wrap: how lines are wrapped."""
        super().__init__(parent)
        self.parent = parent
        for key in '<Return>', '<Escape>':
            self.bind(key, self.ok)
        self.textframe = ScrollableTextFrame(self, wrap=wrap, relief=SUNKEN, height=700)
        text = self.text = self.textframe.text
        color_config(text)
        text.insert('1.0', contents)
        text.configure(state='disabled', highlightthickness=0)
        text.focus_set()
        self.button_ok = Button(self, text='Close', takefocus=False, command=self.ok)
        self.textframe.pack(side='top', fill='both', expand=True)
        self.button_ok.pack(side='bottom')

    def ok(self, event=None):
        """Close the parent."""
        self.parent.destroy()


class ViewWindow(Toplevel):
    """A window with a ViewFrame."""

    def __init__(self, parent, title, contents, modal=True, wrap=WORD, *, _htest=False, _utest=False):
        """modal: keep the other windows waiting and return when it is closed.

        _htest: a person tests, stand below the parent; _utest: a program does, do not wait.
        """
        super().__init__(parent)
        self['borderwidth'] = 5
        self.geometry('=750x500+%d+%d' % (parent.winfo_rootx() + 10, parent.winfo_rooty() + (100 if _htest else 10)))
        self.title(title)
        self.viewframe = ViewFrame(self, contents, wrap=wrap)
        self.viewframe.pack(side='top', fill='both', expand=True)
        self.button_ok = self.viewframe.button_ok
        self.protocol('WM_DELETE_WINDOW', self.ok)
        self.is_modal = modal
        if modal:
            self.transient(parent)
            self.grab_set()
            if not _utest:
                self.wait_window()

    def ok(self, event=None):
        """Close the window."""
        if self.is_modal:
            self.grab_release()
        self.destroy()


def view_text(parent, title, contents, modal=True, wrap='word', _utest=False):
    """Show a text; the window."""
    return ViewWindow(parent, title, contents, modal, wrap=wrap, _utest=_utest)


def view_file(parent, title, filename, encoding, modal=True, wrap='word', _utest=False):
    """Show a text file; the window.  None, after a message, if it cannot be read."""
    try:
        contents = _packaged.read(filename).decode(encoding or 'utf-8')
    except OSError:
        showerror(title='File Load Error', message=f'Unable to load file {filename!r} .', parent=parent)
    except UnicodeDecodeError as error:
        showerror(title='Unicode Decode Error', message=str(error), parent=parent)
    else:
        return view_text(parent, title, contents.replace('\r\n', '\n'), modal, wrap=wrap, _utest=_utest)
    return None
