# SPDX-License-Identifier: MIT
"""The bar at the bottom of an editor window: labels side by side, each reached by a name."""
from tkinter.ttk import Frame, Label


class MultiStatusBar(Frame):
    """A frame of labels; labels maps their names to the widgets."""

    def __init__(self, master, **kw):
        """master: the widget to stand in; kw: options of a ttk Frame."""
        Frame.__init__(self, master, **kw)
        self.labels = {}

    def set_label(self, name, text='', side='left', width=0):
        """Show text in the label called name; a new label is packed at the given side.

        width: the width in characters to take, 0 for the one it has.
        """
        label = self.labels.get(name)
        if label is None:
            label = self.labels[name] = Label(self, borderwidth=0, anchor='w')
            label.pack(side=side, pady=0, padx=4)
        if width:
            label['width'] = width
        label['text'] = text


def _multistatus_bar(parent):  # htest #
    """Show a window with a bar of two labels and a button that changes them, to look at."""
    from tkinter import Text, Toplevel
    from tkinter.ttk import Button
    top = Toplevel(parent)
    top.title('Test multistatus bar')
    top.geometry(f'+{parent.winfo_x()}+{parent.winfo_y() + 175}')
    Text(top, height=5, width=40).pack()
    bar = MultiStatusBar(top)
    bar.set_label('one', 'hello')
    bar.set_label('two', 'world')
    bar.pack(side='bottom', fill='x')

    def change():
        bar.set_label('one', 'foo')
        bar.set_label('two', 'bar')

    Button(top, text='Update status', command=change).pack(side='bottom')


if __name__ == '__main__':
    from idlelib.idle_test.htest import run
    run(_multistatus_bar)
