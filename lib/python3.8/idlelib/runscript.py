# SPDX-License-Identifier: MIT
"""The menu Run: check the file of an editor window, and run it in the shell's process."""
import os
import tabnanny
import tokenize

from tkinter import messagebox

from idlelib import outwin
from idlelib import pyshell
from idlelib.config import idleConf
from idlelib.query import CustomRun

indent_message = (
    'Error: Inconsistent indentation detected!\n\n'
    '1) Your indentation is outright incorrect (easy to fix), OR\n\n'
    '2) Your indentation mixes tabs and spaces.\n\n'
    'To fix case 2, change all tabs to spaces by using Edit->Select All followed by '
    'Format->Untabify Region and specify the number of columns used by each tab.\n')

# Run in the user's process before the script: what a script finds when Python
# starts it.  sys.argv stays if the same script was started with arguments.
_prologue = """if 1:
    __file__ = {filename!r}
    import os as _os, sys as _sys
    argv = {argv!r}
    if (len(argv) > 1 or not _sys.argv
            or _os.path.basename(_sys.argv[0]) != _os.path.basename(__file__)):
        _sys.argv = argv
    _os.chdir({folder!r})
    del _os, _sys, argv
"""


class ScriptBinding:
    """Handles the events of the menu Run for one window."""

    def __init__(self, editwin):
        self.editwin = editwin
        self.flist = editwin.flist
        self.root = editwin.root
        self.cli_args = []      # the arguments of the last customized run

    def check_module_event(self, event):
        """Check Module: report syntax errors and inconsistent indentation."""
        self._checked_code()
        return 'break'

    def _checked_code(self):
        """Return (file name, code object) of a file without errors, or None."""
        if isinstance(self.editwin, outwin.OutputWindow):
            self.editwin.text.bell()        # there is no program in it
            return None
        filename = self.getfilename()
        if not filename:
            return None
        code = self.checksyntax(filename)
        if not code or not self.tabnanny(filename):
            return None
        return filename, code

    def tabnanny(self, filename):
        """Return whether the indentation is consistent; if not show where."""
        with tokenize.open(filename) as stream:
            try:
                tabnanny.process_tokens(tokenize.generate_tokens(stream.readline))
            except tokenize.TokenError as err:
                reason, (lineno, _) = err.args
                title, message = 'Tabnanny Tokenizing Error', f'Token Error: {reason}'
            except tabnanny.NannyNag as nag:
                lineno = nag.get_lineno()
                title, message = 'Tab/space error', indent_message
            else:
                return True
        self.editwin.gotoline(lineno)
        self.errorbox(title, message)
        return False

    def checksyntax(self, filename):
        """Return the code object of filename, or False after showing the error."""
        self.shell = shell = self.flist.open_shell()
        with open(filename, 'rb') as stream:
            source = stream.read().replace(b'\r\n', b'\n').replace(b'\r', b'\n')
        if source and not source.endswith(b'\n'):
            source += b'\n'
        self.editwin.text.tag_remove('ERROR', '1.0', 'end')
        saved_stream = shell.get_warning_stream()
        shell.set_warning_stream(shell.stderr)
        try:
            return compile(source, filename, 'exec')
        except (SyntaxError, OverflowError, ValueError) as err:
            self._show_syntax_error(err)
            return False
        finally:
            shell.set_warning_stream(saved_stream)

    def _show_syntax_error(self, err):
        message = getattr(err, 'msg', '') or err or '<no detail available>'
        lineno = getattr(err, 'lineno', None) or 1
        offset = getattr(err, 'offset', None) or 0
        if not offset:
            lineno += 1     # one back from there: the end of the line
        place = f'0.0 + {lineno - 1} lines + {offset - 1} chars'
        self.editwin.colorize_syntax_error(self.editwin.text, place)
        self.errorbox('SyntaxError', f'{message!s:<20}')

    def run_custom_event(self, event):
        """Run... Customized: ask for arguments, and whether to restart the shell."""
        return self.run_module_event(event, customize=True)

    def run_module_event(self, event, *, customize=False):
        """Run Module: check the file, restart the shell and run it there."""
        checked = self._checked_code()
        if checked is None:
            return 'break'
        filename, code = checked
        restart = True
        if customize:
            title = f'Customize {self.editwin.short_title()} Run'
            answer = CustomRun(self.shell.text, title, cli_args=self.cli_args).result
            if not answer:
                return 'break'
            self.cli_args, restart = answer
        else:
            self.cli_args = []
        interp = self.shell.interp
        if restart and pyshell.use_subprocess:
            interp.restart_subprocess(with_cwd=False, filename=filename)
        interp.runcommand(_prologue.format(filename=filename, argv=[filename, *self.cli_args],
                                           folder=os.path.dirname(filename)))
        interp.prepend_syspath(filename)
        interp.runcode(code)
        return 'break'

    def getfilename(self):
        """Return the window's file, saved if need be; None if the user does not save."""
        editwin = self.editwin
        if not editwin.get_saved():
            silently = idleConf.GetOption('main', 'General', 'autosave', type='bool')
            if not (silently and editwin.io.filename):
                wanted = self.ask_save_dialog()
                editwin.text.focus_set()
                if not wanted:
                    return None
            editwin.io.save(None)
        return editwin.io.filename

    def ask_save_dialog(self):
        """Ask whether to save before the run; return the answer."""
        return messagebox.askokcancel(title='Save Before Run or Check',
                                      message='Source Must Be Saved\n     OK to Save?',
                                      default=messagebox.OK,
                                      parent=self.editwin.text)

    def errorbox(self, title, message):
        """Show an error, then return to the text."""
        messagebox.showerror(title, message, parent=self.editwin.text)
        self.editwin.text.focus_set()


if __name__ == '__main__':
    from unittest import main
    main('idlelib.idle_test.test_runscript', verbosity=2)
