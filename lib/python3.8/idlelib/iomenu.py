# SPDX-License-Identifier: MIT
"""Opening, saving and printing the file of an editor window."""
import io
import os
import shlex
import sys
import tempfile
import tokenize

from tkinter import filedialog
from tkinter import messagebox
from tkinter.simpledialog import askstring

import idlelib
from idlelib.config import idleConf

# The coding of the text that goes through pipes between the two processes.
encoding = 'utf-8'
errors = 'surrogatepass' if sys.platform == 'win32' else 'surrogateescape'


class IOBinding:
    """The file of one window.

    filename        full name of the file, or None
    dirname         where to start looking if there is no file: a folder, or None
    fileencoding    how the file is coded
    eol_convention  what ends its lines
    """

    filename = None
    dirname = None
    filename_change_hook = None
    eol_convention = os.linesep

    opendialog = None
    savedialog = None

    filetypes = (
        ('Python files', '*.py *.pyw', 'TEXT'),
        ('Text files', '*.txt', 'TEXT'),
        ('All files', '*'),
    )
    defaultextension = '.py' if sys.platform == 'darwin' else ''

    def __init__(self, editwin):
        self.editwin = editwin
        self.text = editwin.text
        self.fileencoding = 'utf-8'
        handlers = {
            '<<open-window-from-file>>': self.open,
            '<<save-window>>': self.save,
            '<<save-window-as-file>>': self.save_as,
            '<<save-copy-of-window-as-file>>': self.save_a_copy,
            '<<print-window>>': self.print_window,
        }
        self._bindings = [(event, self.text.bind(event, handler))
                          for event, handler in handlers.items()]

    def close(self):
        """Unbind everything and let go of the window."""
        for event, number in self._bindings:
            self.text.unbind(event, number)
        del self._bindings[:]
        self.editwin = self.text = self.filename_change_hook = None

    # State.

    def get_saved(self):
        """True if the text has not changed since it was loaded or saved."""
        return self.editwin.get_saved()

    def set_saved(self, flag):
        """Note whether the text is saved."""
        self.editwin.set_saved(flag)

    def reset_undo(self):
        """Forget the changes that could be undone."""
        self.editwin.reset_undo()

    def set_filename_change_hook(self, hook):
        """Have hook() called when the window gets another file."""
        self.filename_change_hook = hook

    def set_filename(self, filename):
        """The window's file is filename; if that is a folder it only says where to look."""
        if filename and os.path.isdir(filename):
            self.filename, self.dirname = None, filename
        else:
            self.filename, self.dirname = filename, None
            self.set_saved(1)
            if self.filename_change_hook is not None:
                self.filename_change_hook()

    # Opening.

    def open(self, event=None, editFile=None):
        """Open editFile or one that the user chooses.

        It takes over this window if the window is empty and no shell.
        """
        flist = self.editwin.flist
        if flist is None and self.maybesave() == 'cancel':
            self.text.focus_set()
            return 'break'
        filename = editFile or self.askopenfile()
        if not filename:
            self.text.focus_set()
        elif flist is None:
            self.loadfile(filename)
        elif self._replaceable():
            flist.open(filename, self.loadfile)
        else:
            flist.open(filename)
        return 'break'

    def _replaceable(self):
        """Whether nothing is lost if this window shows another file."""
        if self.filename or not self.get_saved():
            return False
        # A shell counts as saved at each prompt.
        return getattr(self.editwin, 'interp', None) is None

    def _read(self, filename):
        """Return (text, encoding, line ends seen, whether it was converted), or None."""
        try:
            try:
                with tokenize.open(filename) as stream:
                    return stream.read(), stream.encoding, stream.newlines, False
            except (UnicodeDecodeError, SyntaxError):
                codec = askstring('Specify file encoding',
                                  "The file's encoding is invalid for Python 3.x.\n"
                                  'IDLE will convert it to UTF-8.\n'
                                  'What is the current encoding of the file?',
                                  initialvalue='utf-8', parent=self.editwin.text)
                if not codec:
                    return None
                with open(filename, encoding=codec) as stream:
                    return stream.read(), 'utf-8', stream.newlines, True
        except (OSError, LookupError) as err:
            messagebox.showerror('I/O Error', str(err), parent=self.text)
        except UnicodeDecodeError:
            messagebox.showerror('Decoding Error', f'File {filename}\nFailed to Decode',
                                 parent=self.text)
        return None

    def loadfile(self, filename):
        """Replace the text by the content of filename; return whether that worked."""
        content = self._read(filename)
        if content is None:
            return False
        chars, codec, newlines, converted = content
        if not isinstance(newlines, str):
            if newlines is not None:        # several kinds
                messagebox.showwarning('Mixed Newlines',
                                       'Mixed newlines detected.\n'
                                       'The file will be changed on save.',
                                       parent=self.text)
                converted = True
            newlines = os.linesep
        text = self.text
        text.delete('1.0', 'end')
        self.set_filename(None)
        self.fileencoding, self.eol_convention = codec, newlines
        text.insert('1.0', chars)
        self.reset_undo()
        self.set_filename(filename)
        if converted:
            # What is on the disk is not what is shown: running asks to save.
            self.set_saved(False)
        text.mark_set('insert', '1.0')
        text.yview('insert')
        self.updaterecentfileslist(filename)
        return True

    # Saving.

    def maybesave(self):
        """Offer to save what changed; return 'yes', 'no' or 'cancel'."""
        if self.get_saved():
            return 'yes'
        name = self.filename or 'this untitled document'
        wanted = messagebox.askyesnocancel(title='Save On Close',
                                           message=f'Do you want to save {name} before closing?',
                                           default=messagebox.YES,
                                           parent=self.text)
        answer = 'cancel' if wanted is None else 'no'
        if wanted:
            self.save(None)
            answer = 'yes' if self.get_saved() else 'cancel'
        self.text.focus_set()
        return answer

    def save(self, event):
        """Write the text to its file, asking for a name if it has none."""
        if not self.filename:
            return self.save_as(event)
        if self.writefile(self.filename):
            self._note_saved()
        self.text.focus_set()
        return 'break'

    def save_as(self, event):
        """Ask for a name, write the text there; it is the window's file from now on."""
        filename = self.asksavefile()
        if filename:
            if self.writefile(filename):
                self.set_filename(filename)
                self._note_saved()
            self.text.focus_set()
            self.updaterecentfileslist(filename)
        else:
            self.text.focus_set()
        return 'break'

    def _note_saved(self):
        self.set_saved(True)
        store_breaks = getattr(self.editwin, 'store_file_breaks', None)
        if store_breaks is not None:        # editors without a debugger have none
            store_breaks()

    def save_a_copy(self, event):
        """Ask for a name and write the text there; the window keeps its file."""
        filename = self.asksavefile()
        if filename:
            self.writefile(filename)
        self.text.focus_set()
        if filename:
            self.updaterecentfileslist(filename)
        return 'break'

    def writefile(self, filename):
        """Write the text to filename; return whether that worked."""
        data = self.encode(self.fixnewlines())
        try:
            with open(filename, 'wb') as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as err:
            messagebox.showerror('I/O Error', str(err), parent=self.text)
            return False
        return True

    def fixnewlines(self):
        """Return the text as it goes to the file: a last newline, the file's line ends.

        The newline is added to the window too (but not to a shell).
        """
        if not hasattr(self.editwin, 'interp') and self.text.get('end-2c') != '\n':
            self.text.insert('end-1c', '\n')
        chars = self.text.get('1.0', 'end-1c')
        return chars if self.eol_convention == '\n' else chars.replace('\n', self.eol_convention)

    def encode(self, chars):
        """Return chars as bytes in the encoding that the text declares (default UTF-8).

        If that cannot hold the text, say so and use UTF-8 with a signature,
        which Python recognizes whatever is declared.
        """
        if isinstance(chars, bytes):
            return chars
        if self.fileencoding == 'utf-8-sig':
            return chars.encode('utf-8-sig')
        try:
            return chars.encode('ascii')
        except UnicodeEncodeError:
            pass
        codec = None
        try:
            lines = io.BytesIO(chars.encode('ascii', 'replace'))
            codec, _ = tokenize.detect_encoding(lines.readline)
            return chars.encode(codec)
        except SyntaxError as err:
            reason = str(err)
        except UnicodeEncodeError:
            reason = f"Invalid encoding '{codec}'"
        messagebox.showerror('I/O Error', f'{reason}.\nSaving as UTF-8', parent=self.text)
        return chars.encode('utf-8-sig')

    # Printing.

    def print_window(self, event):
        """Send the text to the printer by the command of the settings."""
        wanted = messagebox.askokcancel(title='Print',
                                        message='Print to Default Printer',
                                        default=messagebox.OK,
                                        parent=self.text)
        if not wanted:
            self.text.focus_set()
            return 'break'
        filename, temporary = self.filename, None
        if not filename or not self.get_saved():
            handle, temporary = tempfile.mkstemp(prefix='IDLE_tmp_')
            os.close(handle)
            filename = temporary
            if not self.writefile(filename):
                os.unlink(temporary)
                return 'break'
        self._print_file(filename)
        if temporary:
            os.unlink(temporary)
        return 'break'

    def _print_file(self, filename):
        command = {'posix': 'print-command-posix', 'nt': 'print-command-win'}.get(os.name)
        if command is None:
            messagebox.showinfo('Print status',
                                f'Printing is not enabled for this platform: {os.name}',
                                parent=self.text)
            return
        command = idleConf.GetOption('main', 'General', command) % shlex.quote(filename)
        if os.name == 'posix':
            command += ' 2>&1'
        pipe = os.popen(command, 'r')
        output = pipe.read().strip()
        status = pipe.close()
        if status:
            output = f'Printing failed (exit status 0x{status:x})\n{output}'
        if output:
            messagebox.showerror('Print status', f'Printing command: {command!r}\n{output}',
                                 parent=self.text)

    # Asking for names.

    def askopenfile(self):
        """Let the user choose a file to open; return its name or ''."""
        folder, base = self.defaultfilename('open')
        if self.opendialog is None:
            self.opendialog = filedialog.Open(parent=self.text, filetypes=self.filetypes)
        return self.opendialog.show(initialdir=folder, initialfile=base)

    def defaultfilename(self, mode='open'):
        """Return (folder, name) with which dialogs start."""
        if self.filename:
            return os.path.split(self.filename)
        if self.dirname:
            return self.dirname, ''
        try:
            return os.getcwd(), ''
        except OSError:
            return '', ''

    def asksavefile(self):
        """Let the user choose where to save; return the name or ''."""
        folder, base = self.defaultfilename('save')
        if self.savedialog is None:
            self.savedialog = filedialog.SaveAs(parent=self.text, filetypes=self.filetypes,
                                                defaultextension=self.defaultextension)
        return self.savedialog.show(initialdir=folder, initialfile=base)

    def updaterecentfileslist(self, filename):
        """Put filename on top of the menu Recent Files."""
        if self.editwin.flist:
            self.editwin.update_recent_files_list(filename)


def _io_binding(parent):  # htest #
    """A bare text window with an IOBinding, for a person to try."""
    from tkinter import Text, Toplevel

    class Window:
        """As much of an EditorWindow as IOBinding needs."""
        flist = None

        def __init__(self, top):
            self.text = Text(top)
            for keys, event in (('<Control-o>', '<<open-window-from-file>>'),
                                ('<Control-p>', '<<print-window>>'),
                                ('<Control-s>', '<<save-window>>'),
                                ('<Alt-s>', '<<save-window-as-file>>'),
                                ('<Control-c>', '<<save-copy-of-window-as-file>>')):
                self.text.event_add(event, keys)

        def get_saved(self):
            """Never asks."""
            return 0

        def set_saved(self, flag):
            """Not kept."""

        def reset_undo(self):
            """There is no undo."""

    top = Toplevel(parent)
    top.title('Test IOBinding')
    x, y = map(int, parent.geometry().split('+')[1:])
    top.geometry(f'+{x}+{y + 175}')
    window = Window(top)
    window.text.pack()
    window.text.focus_set()
    IOBinding(window)


if __name__ == '__main__':
    from unittest import main
    main('idlelib.idle_test.test_iomenu', verbosity=2, exit=False)

    from idlelib.idle_test.htest import run
    run(_io_binding)
