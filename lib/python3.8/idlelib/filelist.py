# SPDX-License-Identifier: MIT
"""The open windows of an IDLE process and the files in them."""
import os

from tkinter import messagebox


class FileList:
    """Keeps every file in one window only, and ends IDLE with the last window.

    root        the hidden Tk window
    dict        {canonical file name: its window}
    inversedict {window: its canonical file name, or None}
    """

    # The class of windows; read here by subclasses, which replace it.
    from idlelib.editor import EditorWindow

    def __init__(self, root):
        self.root = root
        self.dict = {}
        self.inversedict = {}
        self.vars = {}      # what has to be known to all windows: saved settings of dialogs

    def open(self, filename, action=None):
        """Show filename: return its window, or None.

        action: called with the file's name instead of making a new window
        (a window that loads the file into itself).
        """
        assert filename
        filename = self.canonize(filename)
        if os.path.isdir(filename):
            messagebox.showerror('File Error', f'{filename!r} is a directory.',
                                 master=self.root)
            return None
        window = self.dict.get(os.path.normcase(filename))
        if window is not None:
            window.top.wakeup()
            return window
        if action is not None:
            return action(filename)
        window = self.EditorWindow(self, filename, os.path.normcase(filename))
        if not window.good_load:
            window._close()
            return None
        return window

    def gotofileline(self, filename, lineno=None):
        """Show filename with the cursor on lineno (if there is such a line)."""
        window = self.open(filename)
        if lineno is not None and window is not None:
            window.gotoline(lineno)

    def new(self, filename=None):
        """Return a new window for a file that need not exist."""
        return self.EditorWindow(self, filename)

    def close_all_callback(self, *args, **kwds):
        """Close the windows until the user refuses one."""
        for window in list(self.inversedict):
            if window.close() == 'cancel':
                break
        return 'break'

    def unregister_maybe_terminate(self, edit):
        """Forget the closed window edit; end IDLE if it was the last."""
        try:
            key = self.inversedict.pop(edit)
        except KeyError:
            print("Don't know this EditorWindow object.  (close)")
            return
        if key:
            del self.dict[key]
        if not self.inversedict:
            self.root.quit()

    def filename_changed_edit(self, edit):
        """The window edit has another file now (it was loaded or saved under a name)."""
        edit.saved_change_hook()
        if edit not in self.inversedict:
            print("Don't know this EditorWindow object.  (rename)")
            return
        old = self.inversedict[edit]
        new = None
        filename = edit.io.filename
        if filename:
            filename = self.canonize(filename)
            new = os.path.normcase(filename)
        if new == old:
            return
        if new:
            rival = self.dict.get(new)
            self.dict[new] = edit
            if rival is not None:
                self.inversedict[rival] = None
                messagebox.showerror(
                    'Name Conflict',
                    f'You now have multiple edit windows open for {filename!r}',
                    master=self.root)
        self.inversedict[edit] = new
        if old:
            self.dict.pop(old, None)

    def canonize(self, filename):
        """Return the absolute form of filename, without '..' and doubled slashes."""
        return os.path.abspath(filename)


def _test():
    """Open the files of the command line without a shell."""
    import sys
    from tkinter import Tk
    from idlelib.editor import fixwordbreaks
    from idlelib.run import fix_scaling
    root = Tk()
    fix_scaling(root)
    fixwordbreaks(root)
    root.withdraw()
    windows = FileList(root)
    for name in sys.argv[1:]:
        windows.open(name)
    if not sys.argv[1:]:
        windows.new()
    if windows.inversedict:
        root.mainloop()


if __name__ == '__main__':
    _test()
