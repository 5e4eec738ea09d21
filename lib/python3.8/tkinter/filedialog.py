# SPDX-License-Identifier: MIT
"""Dialogs to choose files and folders: Tk's own (ask...), and an older one in Python (FileDialog).

Options of the former: defaultextension, filetypes [(label, pattern), ...],
initialdir, initialfile, parent, title, typevariable; multiple (Open),
mustexist (Directory).
"""
import fnmatch
import os

from tkinter import *
from tkinter import commondialog
from tkinter.dialog import Dialog
from tkinter.simpledialog import _setup_dialog

dialogstates = {}


class FileDialog:
    """A dialog with a filter, a list of folders, a list of files and the name chosen.

    go() shows it; with a key, the folder and pattern are kept for the next time.
    """

    title = 'File Selection Dialog'

    def __init__(self, master, title=None):
        self.master = master
        self.directory = None
        if title is not None:
            self.title = title
        top = self.top = Toplevel(master)
        top.title(self.title)
        top.iconname(self.title)
        _setup_dialog(top)
        self.botframe = self._frame(top, BOTTOM, X)
        self.selection = self._entry(BOTTOM, self.ok_event)
        self.filter = self._entry(TOP, self.filter_command)
        self.midframe = self._frame(top, TOP, BOTH, YES)
        self.files, self.filesbar = self._list(RIGHT, self.files_select_event, self.files_double_event)
        self.dirs, self.dirsbar = self._list(LEFT, self.dirs_select_event, self.dirs_double_event)
        self.ok_button = self._button('OK', self.ok_command, LEFT)
        self.filter_button = self._button('Filter', self.filter_command, LEFT, YES)
        self.cancel_button = self._button('Cancel', self.cancel_command, RIGHT)
        top.protocol('WM_DELETE_WINDOW', self.cancel_command)
        top.bind('<Alt-w>', self.cancel_command)
        top.bind('<Alt-W>', self.cancel_command)

    @staticmethod
    def _frame(top, side, fill, expand=NO):
        frame = Frame(top)
        frame.pack(side=side, fill=fill, expand=expand)
        return frame

    def _entry(self, side, command):
        entry = Entry(self.top)
        entry.pack(side=side, fill=X)
        entry.bind('<Return>', command)
        return entry

    def _button(self, text, command, side, expand=NO):
        button = Button(self.botframe, text=text, command=command)
        button.pack(side=side, expand=expand)
        return button

    def _list(self, side, select, double):
        bar = Scrollbar(self.midframe)
        bar.pack(side=RIGHT if side == RIGHT else LEFT, fill=Y)
        box = Listbox(self.midframe, exportselection=0, yscrollcommand=bar.set)
        box.pack(side=side, expand=YES, fill=BOTH)
        # after the bindings of the class, which move the selection
        box.bindtags(box.bindtags()[1:2] + box.bindtags()[:1] + box.bindtags()[2:])
        box.bind('<ButtonRelease-1>', select)
        box.bind('<Double-ButtonRelease-1>', double)
        bar.config(command=box.yview)
        return box, bar

    def go(self, dir_or_file='.', pattern='*', default='', key=None):
        """Show the dialog; the path chosen, or None."""
        if key and key in dialogstates:
            self.directory, pattern = dialogstates[key]
        else:
            path = os.path.expanduser(dir_or_file)
            if os.path.isdir(path):
                self.directory = path
            else:
                self.directory, default = os.path.split(path)
        self.set_filter(self.directory, pattern)
        self.set_selection(default)
        self.filter_command()
        self.selection.focus_set()
        self.top.wait_visibility()
        self.top.grab_set()
        self.how = None
        self.master.mainloop()
        if key:
            folder, pattern = self.get_filter()
            if self.how:
                folder = os.path.dirname(self.how)
            dialogstates[key] = folder, pattern
        self.top.destroy()
        return self.how

    def quit(self, how=None):
        """Let go() return how."""
        self.how = how
        self.master.quit()

    def dirs_double_event(self, event):
        """A folder was chosen: go there."""
        self.filter_command()

    def dirs_select_event(self, event):
        """A folder was clicked on: put it in the filter."""
        folder, pattern = self.get_filter()
        folder = os.path.normpath(os.path.join(folder, self.dirs.get('active')))
        self.set_filter(folder, pattern)

    def files_double_event(self, event):
        """A file was chosen."""
        self.ok_command()

    def files_select_event(self, event):
        """A file was clicked on: put it in the entry."""
        self.set_selection(self.files.get('active'))

    def ok_event(self, event):
        """Return was pressed in the entry."""
        self.ok_command()

    def ok_command(self):
        """OK was pressed."""
        self.quit(self.get_selection())

    def filter_command(self, event=None):
        """List the folder and the files that the filter says."""
        folder, pattern = self.get_filter()
        try:
            found = sorted(os.listdir(folder))
        except OSError:
            self.master.bell()
            return
        self.directory = folder
        self.set_filter(folder, pattern)
        folders, files = [os.pardir], []
        for name in found:
            if os.path.isdir(os.path.join(folder, name)):
                folders.append(name)
            elif fnmatch.fnmatch(name, pattern):
                files.append(name)
        for box, lines in ((self.dirs, folders), (self.files, files)):
            box.delete(0, END)
            box.insert(END, *lines)
        chosen = os.path.basename(self.get_selection())
        self.set_selection('' if chosen == os.curdir else chosen)

    def get_filter(self):
        """The filter as (folder, pattern)."""
        text = os.path.expanduser(self.filter.get())
        if text[-1:] == os.sep or os.path.isdir(text):
            text = os.path.join(text, '*')
        return os.path.split(text)

    def get_selection(self):
        """The path in the entry."""
        return os.path.expanduser(self.selection.get())

    def cancel_command(self, event=None):
        """Cancel was pressed."""
        self.quit()

    def set_filter(self, dir, pat):
        """Show a filter."""
        if not os.path.isabs(dir):
            try:
                dir = os.path.join(os.getcwd(), dir)
            except OSError:
                pass
        self._show(self.filter, os.path.join(dir or os.curdir, pat or '*'))

    def set_selection(self, file):
        """Show a file of the folder as chosen."""
        self._show(self.selection, os.path.join(self.directory, file))

    @staticmethod
    def _show(entry, text):
        entry.delete(0, END)
        entry.insert(END, text)


class LoadFileDialog(FileDialog):
    """A FileDialog that only takes a file that exists."""

    title = 'Load File Selection Dialog'

    def ok_command(self):
        path = self.get_selection()
        if os.path.isfile(path):
            self.quit(path)
        else:
            self.master.bell()


class SaveFileDialog(FileDialog):
    """A FileDialog that asks before a file is overwritten."""

    title = 'Save File Selection Dialog'

    def ok_command(self):
        path = self.get_selection()
        if os.path.exists(path):
            if os.path.isdir(path):
                self.master.bell()
                return
            asked = Dialog(self.top, title='Overwrite Existing File Question', bitmap='questhead', default=1,
                           text='Overwrite existing file %r?' % path, strings=('Yes', 'Cancel'))
            if asked.num != 0:
                return
        elif not os.path.isdir(os.path.dirname(path)):
            self.master.bell()
            return
        self.quit(path)


def _as_text(path):
    """A path of Tcl as a str."""
    return getattr(path, 'string', path)


class _Dialog(commondialog.Dialog):
    def _fixoptions(self):
        """filetypes as a tuple, which _tkinter turns into lists."""
        if 'filetypes' in self.options:
            self.options['filetypes'] = tuple(self.options['filetypes'])

    def _fixresult(self, widget, result):
        """Remember the folder and the file for the next time this object is shown."""
        if result:
            result = _as_text(result)
            self.options['initialdir'], self.options['initialfile'] = os.path.split(result)
        self.filename = result
        return result


class Open(_Dialog):
    """Ask for a file to open."""

    command = 'tk_getOpenFile'

    def _fixresult(self, widget, result):
        if isinstance(result, tuple) or self.options.get('multiple'):
            if not isinstance(result, tuple):
                result = widget.tk.splitlist(result)
            paths = tuple([_as_text(path) for path in result])
            if paths:
                self.options['initialdir'] = os.path.dirname(paths[0])
            return paths
        return _Dialog._fixresult(self, widget, result)


class SaveAs(_Dialog):
    """Ask for a file to save to."""

    command = 'tk_getSaveFile'


class Directory(commondialog.Dialog):
    """Ask for a folder."""

    command = 'tk_chooseDirectory'

    def _fixresult(self, widget, result):
        if result:
            result = _as_text(result)
            self.options['initialdir'] = result
        self.directory = result
        return result


def askopenfilename(**options):
    """The path of a file to open, '' if cancelled."""
    return Open(**options).show()


def asksaveasfilename(**options):
    """The path of a file to save to, '' if cancelled."""
    return SaveAs(**options).show()


def askopenfilenames(**options):
    """The paths of files to open, '' or () if cancelled."""
    return Open(**dict(options, multiple=1)).show()


def askopenfile(mode='r', **options):
    """Ask for a file, and open it; None if cancelled."""
    path = askopenfilename(**options)
    return open(path, mode) if path else None


def askopenfiles(mode='r', **options):
    """Ask for files; a list of them, open."""
    return [open(path, mode) for path in askopenfilenames(**options)]


def asksaveasfile(mode='w', **options):
    """Ask for a file to save to, and open it; None if cancelled."""
    path = asksaveasfilename(**options)
    return open(path, mode) if path else None


def askdirectory(**options):
    """The path of a folder, '' if cancelled."""
    return Directory(**options).show()


def test():
    """Try the dialogs by hand."""
    root = Tk()
    root.withdraw()
    for kind in (LoadFileDialog, SaveFileDialog):
        print(kind(root).go(key='test'))
    print('open', askopenfilename(filetypes=[('all files', '*')]))
    print('saveas', asksaveasfilename())


if __name__ == '__main__':
    test()
