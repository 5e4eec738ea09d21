# SPDX-License-Identifier: MIT
"""Filters for what is inserted into a Text and deleted from it: colours, undo, the prompt that cannot be edited.

Insertions and deletions go through a chain of delegators, from `top` to `bottom`, which does them.
"""
from idlelib.delegator import Delegator
from idlelib.redirector import WidgetRedirector


class Percolator:
    """The chain of filters of a Text."""

    def __init__(self, text):
        self.text = text
        self.redir = WidgetRedirector(text)
        self.top = self.bottom = Delegator(text)
        self.bottom.insert = self.redir.register('insert', self.insert)
        self.bottom.delete = self.redir.register('delete', self.delete)
        self.filters = []

    def close(self):
        """Take all filters out; the Text is as it was."""
        while self.top is not self.bottom:
            self.removefilter(self.top)
        self.top = None
        self.bottom.setdelegate(None)
        self.bottom = None
        self.redir.close()
        self.redir = None
        self.text = None

    def insert(self, index, chars, tags=None):
        """Insert through the filters."""
        self.top.insert(index, chars, tags)

    def delete(self, index1, index2=None):
        """Delete through the filters."""
        self.top.delete(index1, index2)

    def insertfilter(self, filter):
        """Put a Delegator without a delegate on top of the chain."""
        assert isinstance(filter, Delegator)
        assert filter.delegate is None
        filter.setdelegate(self.top)
        self.top = filter

    def removefilter(self, filter):
        """Take a filter out of the chain."""
        assert isinstance(filter, Delegator)
        assert filter.delegate is not None
        if self.top is filter:
            self.top = filter.delegate
        else:
            above = self.top
            above.resetcache()
            while above.delegate is not filter:
                assert above is not self.bottom
                above = above.delegate
                above.resetcache()
            above.setdelegate(filter.delegate)
        filter.setdelegate(None)


def _percolator(parent):  # htest: tick a box, type, see what is printed
    import tkinter as tk

    class Tracer(Delegator):
        def __init__(self, name):
            self.name = name
            Delegator.__init__(self, None)

        def insert(self, *args):
            print(self.name, 'insert', args)
            self.delegate.insert(*args)

        def delete(self, *args):
            print(self.name, 'delete', args)
            self.delegate.delete(*args)

    top = tk.Toplevel(parent)
    top.title('Filters')
    text = tk.Text(top)
    text.pack()
    chain = Percolator(text)
    for name in 'first', 'second':
        tracer, wanted = Tracer(name), tk.IntVar(top)
        tk.Checkbutton(top, text=name, variable=wanted,
                       command=lambda t=tracer, w=wanted: (chain.insertfilter if w.get() else chain.removefilter)(t)).pack()


if __name__ == '__main__':
    from unittest import main
    main('idlelib.idle_test.test_percolator', verbosity=2, exit=False)
    from idlelib.idle_test.htest import run
    run(_percolator)
