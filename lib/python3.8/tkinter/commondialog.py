# SPDX-License-Identifier: MIT
"""Base of the dialogs that Tk itself shows: messages, colours, files."""
from tkinter import *


class Dialog:
    """A dialog shown by the Tk command named by the class attribute command; options are its options."""

    command = None

    def __init__(self, master=None, **options):
        if not master:
            master = options.get('parent')
        self.master = master
        self.options = options

    def _fixoptions(self):
        """Called before the dialog is shown; subclasses may change self.options."""

    def _fixresult(self, widget, result):
        """What show() returns for Tk's answer."""
        return result

    def show(self, **options):
        """Show the dialog, with these options too, and wait for the answer."""
        self.options.update(options)
        self._fixoptions()
        frame = Frame(self.master)  # something to register callbacks and convert words with
        try:
            answer = frame.tk.call(self.command, *frame._options(self.options))
            return self._fixresult(frame, answer)
        finally:
            try:
                frame.destroy()
            except TclError:
                pass
