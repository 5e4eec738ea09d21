# SPDX-License-Identifier: MIT
"""Drag and drop inside one application.

A source is dragged by dnd_start(source, event), called for a <ButtonPress>.
The widget under the pointer, or one it stands in, that has a method
dnd_accept(source, event) names a target: any object with dnd_enter, dnd_motion,
dnd_leave and dnd_commit, all called with (source, event).  At the end
source.dnd_end(target, event) is called; target is None if nothing was hit.
"""
import tkinter

__all__ = ['dnd_start', 'DndHandler']


def dnd_start(source, event):
    """Begin to drag source; the DndHandler, or None if one drags already."""
    handler = DndHandler(source, event)
    return handler if handler.root is not None else None


class DndHandler:
    """One drag, from the press of a button to its release."""

    root = None

    def __init__(self, source, event):
        if event.num > 5:
            return
        root = event.widget._root()
        if getattr(root, '_DndHandler__dnd', None) is not None:
            return  # one drags already
        root.__dnd = self
        self.root, self.source, self.target = root, source, None
        self.initial_widget = widget = event.widget
        self.initial_button = event.num
        self.release_pattern = '<B%d-ButtonRelease-%d>' % (event.num, event.num)
        self.save_cursor = widget['cursor'] or ''
        widget.bind(self.release_pattern, self.on_release)
        widget.bind('<Motion>', self.on_motion)
        widget['cursor'] = 'hand2'

    def __del__(self):
        root, self.root = self.root, None
        if root is not None:
            try:
                del root.__dnd
            except AttributeError:
                pass

    def on_motion(self, event):
        """The pointer moved: find the target, and tell it and the one before."""
        widget = self.initial_widget.winfo_containing(event.x_root, event.y_root)
        source, new = self.source, None
        while widget is not None and new is None:
            accept = getattr(widget, 'dnd_accept', None)
            if accept is not None:
                new = accept(source, event)
            widget = widget.master
        old = self.target
        if old is new:
            if old is not None:
                old.dnd_motion(source, event)
            return
        if old is not None:
            self.target = None
            old.dnd_leave(source, event)
        if new is not None:
            new.dnd_enter(source, event)
            self.target = new

    def on_release(self, event):
        """The button was released: drop."""
        self.finish(event, 1)

    def cancel(self, event=None):
        """End the drag without a drop."""
        self.finish(event, 0)

    def finish(self, event, commit=0):
        """End the drag; drop if commit is true."""
        target, widget = self.target, self.initial_widget
        try:
            del self.root.__dnd
            widget.unbind(self.release_pattern)
            widget.unbind('<Motion>')
            widget['cursor'] = self.save_cursor
            self.target = self.initial_widget = self.root = None
            if target is not None:
                (target.dnd_commit if commit else target.dnd_leave)(self.source, event)
        finally:
            self.source.dnd_end(target, event)


class Icon:
    """For test(): a label that can be dragged."""

    def __init__(self, name):
        self.name = name
        self.canvas = self.label = self.id = None

    def attach(self, canvas, x=10, y=10):
        """Show it on a canvas."""
        if canvas is self.canvas:
            canvas.coords(self.id, x, y)
            return
        if self.canvas is not None:
            self.detach()
        if canvas is not None:
            self.canvas = canvas
            self.label = tkinter.Label(canvas, text=self.name, borderwidth=2, relief='raised')
            self.id = canvas.create_window(x, y, window=self.label, anchor='nw')
            self.label.bind('<ButtonPress>', self.press)

    def detach(self):
        """Take it off its canvas."""
        if self.canvas is not None:
            self.canvas.delete(self.id)
            self.label.destroy()
            self.canvas = self.label = self.id = None

    def press(self, event):
        """Begin to drag, and remember where it was held."""
        if dnd_start(self, event):
            self.x_off, self.y_off = event.x, event.y
            self.x_orig, self.y_orig = self.canvas.coords(self.id)

    def move(self, event):
        """Follow the pointer."""
        self.canvas.coords(self.id, *self.where(self.canvas, event))

    def putback(self):
        """Go back to where the drag began."""
        self.canvas.coords(self.id, self.x_orig, self.y_orig)

    def where(self, canvas, event):
        """Where on a canvas its corner would be."""
        return (event.x_root - canvas.winfo_rootx() - self.x_off,
                event.y_root - canvas.winfo_rooty() - self.y_off)

    def dnd_end(self, target, event):
        """The drag is over."""


class Tester:
    """For test(): a window that takes icons."""

    def __init__(self, root):
        self.top = tkinter.Toplevel(root)
        self.canvas = tkinter.Canvas(self.top, width=100, height=100)
        self.canvas.pack(fill='both', expand=1)
        self.canvas.dnd_accept = self.dnd_accept

    def dnd_accept(self, source, event):
        """Take anything."""
        return self

    def dnd_enter(self, source, event):
        """Show a frame where the icon would stand."""
        self.canvas.focus_set()
        x, y = source.where(self.canvas, event)
        left, top, right, bottom = source.canvas.bbox(source.id)
        self.dndid = self.canvas.create_rectangle(x, y, x + right - left, y + bottom - top)
        self.dnd_motion(source, event)

    def dnd_motion(self, source, event):
        """Move the frame."""
        x, y = source.where(self.canvas, event)
        left, top, _right, _bottom = self.canvas.bbox(self.dndid)
        self.canvas.move(self.dndid, x - left, y - top)

    def dnd_leave(self, source, event):
        """Hide the frame."""
        self.top.focus_set()
        self.canvas.delete(self.dndid)
        self.dndid = None

    def dnd_commit(self, source, event):
        """Take the icon."""
        self.dnd_leave(source, event)
        source.attach(self.canvas, *source.where(self.canvas, event))


def test():
    """Three windows, and icons to drag between them."""
    root = tkinter.Tk()
    root.geometry('+1+1')
    tkinter.Button(root, text='Quit', command=root.quit).pack()
    for number, place in enumerate(('+1+60', '+120+60', '+240+60'), 1):
        tester = Tester(root)
        tester.top.geometry(place)
        Icon('ICON%d' % number).attach(tester.canvas)
    root.mainloop()


if __name__ == '__main__':
    test()
