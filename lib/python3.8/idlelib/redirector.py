# SPDX-License-Identifier: MIT
"""Python functions in place of operations of a Tk widget, whoever calls them.

Tk knows a widget by a command of its path's name; its first argument is the operation (insert, delete, ...). The command is given another
name, and WidgetRedirector.dispatch takes its place.
"""
from tkinter import TclError


class WidgetRedirector:
    """Replaces operations of a widget."""

    def __init__(self, widget):
        """widget: must not have a redirector yet (TclError)."""
        self._operations = {}
        self.widget = widget
        self.tk = widget.tk
        path = widget._w
        self.orig = path + '_orig'
        self.tk.call('rename', path, self.orig)
        self.tk.createcommand(path, self.dispatch)

    def __repr__(self):
        return '{}({}<{}>)'.format(type(self).__name__, self.widget.__class__.__name__, self.widget._w)

    def close(self):
        """Give the widget its own operations back."""
        for operation in list(self._operations):
            self.unregister(operation)
        widget, tk, path = self.widget, self.tk, self.widget._w
        tk.deletecommand(path)
        tk.call('rename', self.orig, path)
        del self.widget, self.tk

    def register(self, operation, function):
        """Call function in place of an operation. Result: what calls the original one."""
        self._operations[operation] = function
        setattr(self.widget, operation, function)
        return OriginalCommand(self, operation)

    def unregister(self, operation):
        """The operation is the widget's own again. Result: the function that stood in its place, or None."""
        function = self._operations.pop(operation, None)
        if function is not None:
            self.widget.__dict__.pop(operation, None)
        return function

    def dispatch(self, operation, *args):
        """What Tcl calls: the function of this operation, else the widget's own one. Errors of Tcl become the result ''."""
        function = self._operations.get(operation)
        try:
            return function(*args) if function else self.tk.call((self.orig, operation) + args)
        except TclError:
            return ''


class OriginalCommand:
    """An operation as the widget itself has it."""

    def __init__(self, redir, operation):
        self.redir = redir
        self.operation = operation
        self.tk, self.orig = redir.tk, redir.orig
        self.tk_call = redir.tk.call
        self.orig_and_operation = (redir.orig, operation)

    def __repr__(self):
        return '{}({!r}, {!r})'.format(type(self).__name__, self.redir, self.operation)

    def __call__(self, *args):
        return self.tk_call(self.orig_and_operation + args)


def _widget_redirector(parent):  # htest: type; what is inserted is printed
    from tkinter import Toplevel, Text
    top = Toplevel(parent)
    top.title('Redirected insertions')
    text = Text(top)
    text.pack()
    text.focus_set()

    def insert(*args):
        print('insert', args)
        original(*args)
    original = WidgetRedirector(text).register('insert', insert)


if __name__ == '__main__':
    from idlelib.idle_test.htest import run
    run(_widget_redirector)
