# SPDX-License-Identifier: MIT
"""The shell window, and main(), which starts IDLE.

    PyShell                 the window: prompt, input, output
    ModifiedInterpreter     compiles what is entered and has it run: in a second
                            process (run.py), or here with `idle -n`
    PyShellEditorWindow     an editor window with breakpoints
    PyShellFileList         makes such windows, and the one shell

In the shell's text the mark iomark parts what was printed from what is being
entered.  Nothing before it can be changed; output goes in there.  The tags
stdin, stdout, stderr and console say where text comes from; prompts are console.

The user's process is served by poll_subprocess(), every 50 milliseconds.  If
it asks for a line of input, readline() runs a nested main loop within that.
"""
import sys

try:
    from tkinter import *
except ImportError:
    print("** IDLE can't import Tkinter.\n"
          'Your Python may not be configured for Tk. **', file=sys.__stderr__)
    raise SystemExit(1)

if sys.platform == 'win32':
    # Sharp text on screens with many pixels.
    try:
        import ctypes
        ctypes.OleDLL('shcore').SetProcessDpiAwareness(1)
    except (ImportError, AttributeError, OSError):
        pass

from code import InteractiveInterpreter
import ast
import linecache
import os
import re
import socket
import subprocess
import threading
import time
import tokenize
import warnings

from tkinter import messagebox

from idlelib import debugger
from idlelib import debugger_r
from idlelib import rpc
from idlelib.colorizer import ColorDelegator
from idlelib.config import idleConf
from idlelib.editor import EditorWindow, fixwordbreaks
from idlelib.filelist import FileList
from idlelib.outwin import OutputWindow
from idlelib.run import idle_formatwarning, StdInputFile, StdOutputFile
from idlelib.undo import UndoDelegator

HOST = '127.0.0.1'
PORT = 0                # 0: any free one
use_subprocess = False  # main() decides

flist = None            # set by main()
root = None


# Warnings of this process: shown in the window that runs a check, else on stderr.

warning_stream = sys.__stderr__     # None with pythonw


def idle_showwarning(message, category, filename, lineno, file=None, line=None):
    """warnings.showwarning of this process: the warning, then a new prompt."""
    out = warning_stream if file is None else file
    text = idle_formatwarning(message, category, filename, lineno, line=line)
    try:
        out.write(text)
        out.write('>>> ')
    except (AttributeError, OSError):
        pass        # nobody can see it


_warnings_showwarning = None    # the function that idle_showwarning replaced


def capture_warnings(capture):
    """Put idle_showwarning in place of warnings.showwarning, or undo that."""
    global _warnings_showwarning
    if bool(capture) is (_warnings_showwarning is not None):
        return
    if capture:
        _warnings_showwarning = warnings.showwarning
        warnings.showwarning = idle_showwarning
    else:
        warnings.showwarning = _warnings_showwarning
        _warnings_showwarning = None


def _in_brackets(filename):
    """True for names such as <pyshell#3>."""
    return filename.startswith('<') and filename.endswith('>')


def extended_linecache_checkcache(filename=None, orig_checkcache=linecache.checkcache):
    """linecache.checkcache that keeps what was entered in the shell."""
    cache = linecache.cache
    entered = {name: cache.pop(name) for name in list(cache) if _in_brackets(name)}
    orig_checkcache(filename)
    cache.update(entered)


linecache.checkcache = extended_linecache_checkcache


class PyShellEditorWindow(EditorWindow):
    """An editor window with breakpoints.

    breakpoints lists line numbers.  The tag BREAK is on those lines and moves
    with them; the list follows when the file is saved.  ~/.idlerc keeps them,
    one file a line: NAME=[3, 7].
    """

    rmenu_specs = [
        ('Cut', '<<cut>>', 'rmenu_check_cut'),
        ('Copy', '<<copy>>', 'rmenu_check_copy'),
        ('Paste', '<<paste>>', 'rmenu_check_paste'),
        (None, None, None),
        ('Set Breakpoint', '<<set-breakpoint-here>>', None),
        ('Clear Breakpoint', '<<clear-breakpoint-here>>', None),
    ]

    def __init__(self, *args):
        self.breakpoints = []
        super().__init__(*args)
        text = self.text
        text.bind('<<set-breakpoint-here>>', self.set_breakpoint_here)
        text.bind('<<clear-breakpoint-here>>', self.clear_breakpoint_here)
        text.bind('<<open-python-shell>>', self.flist.open_shell)
        self.breakpointPath = idleConf.userdir and os.path.join(idleConf.userdir,
                                                                'breakpoints.lst')
        usual_hook = self.io.filename_change_hook

        def filename_changed_hook():
            self.restore_file_breaks()
            usual_hook()

        self.io.set_filename_change_hook(filename_changed_hook)
        if self.io.filename:
            self.restore_file_breaks()
        self.color_breakpoint_text()

    def color_breakpoint_text(self, color=True):
        """Give lines with breakpoints their colour, or none."""
        if self.io is None:
            return      # closed meanwhile
        if color:
            colors = idleConf.GetHighlight(idleConf.CurrentTheme(), 'break')
        else:
            colors = {'foreground': '', 'background': ''}
        self.text.tag_config('BREAK', **colors)

    def _tell_debugger(self, action, *args):
        """Call a method of the debugger, if one is open."""
        shell = self.flist.pyshell
        gui = shell and shell.interp and shell.interp.debugger
        if gui:
            getattr(gui, action)(*args)

    def set_breakpoint(self, lineno):
        """Set a breakpoint on line lineno."""
        self.text.tag_add('BREAK', f'{lineno}.0', f'{lineno + 1}.0')
        if lineno not in self.breakpoints:
            self.breakpoints.append(lineno)
        self._tell_debugger('set_breakpoint_here', self.io.filename, lineno)

    def set_breakpoint_here(self, event=None):
        """Set a breakpoint on the cursor's line."""
        if self.io.filename:
            self.set_breakpoint(self.getlineno('insert'))
        else:
            self.text.bell()

    def clear_breakpoint_here(self, event=None):
        """Clear the breakpoint on the cursor's line."""
        if not self.io.filename:
            self.text.bell()
            return
        lineno = self.getlineno('insert')
        if lineno in self.breakpoints:
            self.breakpoints.remove(lineno)
        self.text.tag_remove('BREAK', 'insert linestart', 'insert lineend +1char')
        self._tell_debugger('clear_breakpoint_here', self.io.filename, lineno)

    def clear_file_breaks(self):
        """Clear all breakpoints of the window."""
        if not self.breakpoints:
            return
        if not self.io.filename:
            self.text.bell()
            return
        self.breakpoints = []
        self.text.tag_remove('BREAK', '1.0', 'end')
        self._tell_debugger('clear_file_breaks', self.io.filename)

    def store_file_breaks(self):
        """Write the breakpoints to ~/.idlerc; called when the file is saved.

        Those that were set and cleared since the last save are not kept: the
        file's lines could not be told apart from the window's.
        """
        if not self.breakpointPath:
            return
        prefix = f'{self.io.filename}='
        self.update_breakpoints()
        try:
            with open(self.breakpointPath) as stream:
                lines = [line for line in stream if not line.startswith(prefix)]
        except OSError:
            lines = []
        if self.breakpoints:
            lines.append(f'{prefix}{self.breakpoints}\n')
        try:
            with open(self.breakpointPath, 'w') as stream:
                stream.writelines(lines)
        except OSError as err:
            if getattr(self.root, 'breakpoint_error_displayed', False):
                return      # said once
            self.root.breakpoint_error_displayed = True
            messagebox.showerror(title='IDLE Error',
                                 message=f'Unable to update breakpoint list:\n{err}',
                                 parent=self.text)

    def restore_file_breaks(self):
        """Set the breakpoints that ~/.idlerc has for the file."""
        self.text.update()      # the lines must be there to be tagged
        if self.io is None or self.io.filename is None:
            return              # closed by an event just now, or no file
        if not self.breakpointPath or not os.path.isfile(self.breakpointPath):
            return
        prefix = f'{self.io.filename}='
        with open(self.breakpointPath) as stream:
            for line in stream:
                if line.startswith(prefix):
                    for lineno in ast.literal_eval(line[len(prefix):].strip()):
                        self.set_breakpoint(lineno)

    def update_breakpoints(self):
        """Take the breakpoints from the tags, which have moved with the text."""
        self.breakpoints = self.ranges_to_linenumbers(self.text.tag_ranges('BREAK'))

    def ranges_to_linenumbers(self, ranges):
        """Return the line numbers within ranges, a sequence first, end, first, end..."""
        bounds = [int(float(str(index))) for index in ranges]
        numbers = []
        for first, end in zip(bounds[::2], bounds[1::2]):
            numbers.extend(range(first, end))
        return numbers

    def _close(self):
        self.clear_file_breaks()
        super()._close()


class PyShellFileList(FileList):
    """The open windows, the shell among them."""

    EditorWindow = PyShellEditorWindow
    pyshell = None      # the shell, if it is open

    def open_shell(self, event=None):
        """Show the shell, opening it if need be; return it, or None if that fails."""
        if self.pyshell:
            self.pyshell.top.wakeup()
        else:
            self.pyshell = PyShell(self)
            if not self.pyshell.begin():
                return None
        return self.pyshell


class ModifiedColorDelegator(ColorDelegator):
    """Colours what is being entered; output keeps the colours it was written in."""

    def __init__(self):
        super().__init__()
        self.LoadTagDefs()

    def recolorize_main(self):
        """Colour what is marked, after the mark iomark."""
        self.tag_remove('TODO', '1.0', 'iomark')
        self.tag_add('SYNC', '1.0', 'iomark')
        super().recolorize_main()

    def LoadTagDefs(self):
        """Take the colours of the theme, for output too."""
        super().LoadTagDefs()
        theme = idleConf.CurrentTheme()
        self.tagdefs['stdin'] = {'background': None, 'foreground': None}
        for name in ('stdout', 'stderr', 'console'):
            self.tagdefs[name] = idleConf.GetHighlight(theme, name)

    def removecolors(self):
        """Remove the colours of what is being entered."""
        for tag in self.tagdefs:
            self.tag_remove(tag, 'iomark', 'end')


class ModifiedUndoDelegator(UndoDelegator):
    """Refuses changes before the mark iomark."""

    def _is_output(self, index):
        try:
            if self.delegate.compare(index, '<', 'iomark'):
                self.delegate.bell()
                return True
        except TclError:
            pass        # the mark is not set yet
        return False

    def insert(self, index, chars, tags=None):
        """Insert chars at index."""
        if not self._is_output(index):
            super().insert(index, chars, tags)

    def delete(self, index1, index2=None):
        """Delete from index1 to index2."""
        if not self._is_output(index1):
            super().delete(index1, index2)


class MyRPCClient(rpc.RPCClient):
    """The connection to the user's process."""

    def handle_EOF(self):
        """That process has ended; whoever waits for it decides what to do."""
        raise EOFError


def restart_line(width, filename):
    """Return the line shown at a restart, width columns if that is enough for its text."""
    text = f' RESTART: {filename or "Shell"} '
    bars = width - len(text)
    if bars < 2:
        return f'={text}'.rstrip()
    return '=' * (bars - bars // 2) + text + '=' * (bars // 2)


class ModifiedInterpreter(InteractiveInterpreter):
    """Compiles what the shell's user enters and has it run.

    tkconsole   the PyShell
    rpcclt      the connection to the user's process; None without one
    active_seq  number of the request that runs the user's code
    """

    rpcclt = None
    rpcsubproc = None
    debugger = None
    active_seq = None
    _afterid = None
    gid = 0             # numbers what is entered: <pyshell#0> and so on

    def __init__(self, tkconsole):
        self.tkconsole = tkconsole
        super().__init__(locals=sys.modules['__main__'].__dict__)
        self.restarting = False
        self.subprocess_arglist = None
        self.port = PORT
        self.original_compiler_flags = self.compile.compiler.flags

    # The user's process.

    def spawn_subprocess(self):
        """Start the process; it will connect to self.port."""
        if self.subprocess_arglist is None:
            self.subprocess_arglist = self.build_subprocess_arglist()
        self.rpcsubproc = subprocess.Popen(self.subprocess_arglist)

    def build_subprocess_arglist(self):
        """Return the command line of the process."""
        assert self.port != 0, 'Socket should have been assigned a port number.'
        without_exitfunc = idleConf.GetOption('main', 'General', 'delete-exitfunc',
                                              default=False, type='bool')
        command = f"__import__('idlelib.run').run.main({without_exitfunc!r})"
        options = ['-W' + option for option in sys.warnoptions]
        return [sys.executable, *options, '-c', command, str(self.port)]

    def start_subprocess(self):
        """Start and connect the user's process; return the connection, or None."""
        for attempt in range(3):
            time.sleep(attempt)
            try:
                self.rpcclt = client = MyRPCClient((HOST, self.port))
                break
            except OSError:
                pass
        else:
            self.display_port_binding_error()
            return None
        self.port = client.listening_sock.getsockname()[1]
        self.spawn_subprocess()
        client.listening_sock.settimeout(10)
        if not self._accept():
            return None
        console = self.tkconsole
        for name, target in (('console', console), ('stdin', console.stdin),
                             ('stdout', console.stdout), ('stderr', console.stderr),
                             ('flist', console.flist), ('linecache', linecache),
                             ('interp', self)):
            client.register(name, target)
        self.transfer_path(with_cwd=True)
        self.poll_subprocess()
        return client

    def _accept(self):
        """Wait for the process to connect; say so if it does not."""
        try:
            self.rpcclt.accept()
        except socket.timeout:
            self.display_no_subprocess_error()
            return False
        return True

    def restart_subprocess(self, with_cwd=False, filename=''):
        """Replace the user's process by a new one; return the connection, or None.

        with_cwd: put '' on sys.path; filename: the script that will be run.
        """
        if self.restarting:
            return self.rpcclt
        self.restarting = True
        client, console, gui = self.rpcclt, self.tkconsole, self.getdebugger()
        if gui:
            try:
                # Its half only; the window is used again.
                debugger_r.close_subprocess_debugger(client)
            except Exception:
                pass        # the process is gone already
            if gui.nesting_level:
                gui.abort_loop()    # nothing is stopped any more
        client.close()
        self.terminate_subprocess()
        console.executing = False
        self.active_seq = None
        self.spawn_subprocess()
        if not self._accept():
            return None
        self.transfer_path(with_cwd=with_cwd)
        console.stop_readline()
        self._mark_restart(filename)
        if gui:
            debugger_r.restart_subprocess_debugger(client)
            gui.load_breakpoints()
        self.compile.compiler.flags = self.original_compiler_flags
        self.restarting = False
        return client

    def _mark_restart(self, filename):
        """Show the restart in the shell, in place of what was being entered."""
        console = self.tkconsole
        text = console.text
        text.delete('iomark', 'end-1c')
        console.write('\n' + restart_line(console.width, filename))
        text.mark_set('restart', 'end-1c')
        text.mark_gravity('restart', 'left')
        if not filename:
            console.showprompt()

    def __request_interrupt(self):
        self.rpcclt.remotecall('exec', 'interrupt_the_server', (), {})

    def interrupt_subprocess(self):
        """Raise KeyboardInterrupt in the user's code."""
        # In a thread, for the answer comes through the loop that we are part of.
        threading.Thread(target=self.__request_interrupt).start()

    def kill_subprocess(self):
        """End the user's process for good."""
        if self._afterid is not None:
            self.tkconsole.text.after_cancel(self._afterid)
        client, self.rpcclt = self.rpcclt, None
        if client is not None:
            client.listening_sock.close()
            if hasattr(client, 'sock'):     # it was connected
                client.close()
        self.terminate_subprocess()
        self.tkconsole.executing = False

    def terminate_subprocess(self):
        """End the user's process and wait until it is gone."""
        if self.rpcsubproc is None:
            return
        try:
            self.rpcsubproc.kill()
            self.rpcsubproc.wait()
        except OSError:
            pass        # it has ended by itself

    def transfer_path(self, with_cwd=False):
        """Give the user's process our sys.path, with '' in front if wanted."""
        path = [''] if with_cwd else []
        self._set_in_sys('path', path + sys.path)

    def _set_in_sys(self, name, value):
        self.runcommand(f'import sys as _sys\n_sys.{name} = {value!r}\ndel _sys\n')

    def poll_subprocess(self):
        """Serve the calls of the user's process, notice its result; come back later."""
        client, console = self.rpcclt, self.tkconsole
        if client is None:
            return
        response = None
        try:
            response = client.pollresponse(self.active_seq, wait=0.05)
        except (EOFError, OSError, KeyboardInterrupt):
            # It has ended: by os._exit(), a crash, or the interrupt of a thread.
            if console.closing:
                return
            self.restart_subprocess()
        if response:
            console.resetoutput()
            self.active_seq = None
            self._show_response(*response)
            if not console.closing:
                console.endexecuting()
        if not console.closing:
            self._afterid = console.text.after(console.pollinterval, self.poll_subprocess)

    def _show_response(self, how, what):
        console = self.tkconsole
        if how == 'OK':
            if what is not None:
                print(repr(what), file=console.console)
        elif how == 'EXCEPTION':
            if console.getvar('<<toggle-jit-stack-viewer>>'):
                self.remote_stack_viewer()
        elif how in ('ERROR', 'CALLEXC'):
            message = 'pyshell.ModifiedInterpreter: Subprocess ERROR:\n'
            print(message, what, file=sys.__stderr__)
            print(message, what, file=console.console)

    # Debugger and stack viewer.

    def setdebugger(self, debugger):
        """Note the Debugger that runs the user's code, or None."""
        self.debugger = debugger

    def getdebugger(self):
        """Return the Debugger, or None."""
        return self.debugger

    def open_remote_stack_viewer(self):
        """Open the stack viewer soon.

        The user's process calls this, and must be free again to be asked for
        the stack.
        """
        self.tkconsole.text.after(300, self.remote_stack_viewer)

    def remote_stack_viewer(self):
        """Open a window with the stack of the last exception in the user's process."""
        from idlelib import debugobj_r
        from idlelib.tree import ScrolledCanvas, TreeNode
        console = self.tkconsole
        oid = self.rpcclt.remotequeue('exec', 'stackviewer', ('flist',), {})
        if oid is None:
            console.root.bell()
            return
        background = idleConf.GetHighlight(idleConf.CurrentTheme(), 'normal')['background']
        canvas = ScrolledCanvas(Toplevel(console.root), bg=background, highlightthickness=0)
        canvas.frame.pack(expand=1, fill='both')
        item = debugobj_r.StubObjectTreeItem(self.rpcclt, oid)
        # A static view: the user's process goes on.
        TreeNode(canvas.canvas, None, item).expand()

    # Running code.

    def execsource(self, source):
        """Run source, which is complete."""
        self.execfile(self.stuffsource(source), source)

    def execfile(self, filename, source=None):
        """Run source, or the content of filename, with __file__ set meanwhile."""
        console = self.tkconsole
        if source is None:
            with tokenize.open(filename) as stream:
                source = stream.read()
        try:
            tree = ast.parse(source, filename)
            if use_subprocess:
                # Behind the code, so that its line numbers remain.
                tree.body += ast.parse("globals().pop('__file__', None)").body
            code = compile(tree, filename, 'exec')
        except (OverflowError, SyntaxError, ValueError):
            console.resetoutput()
            print('*** Error in script or command!\nTraceback (most recent call last):',
                  file=console.stderr)
            InteractiveInterpreter.showsyntaxerror(self, filename)
            console.showprompt()
            return
        if use_subprocess:
            self.runcommand(f'__file__ = {os.path.abspath(filename)!r}')
        self.runcode(code)

    def runsource(self, source):
        """Run what was entered; return True if it is not complete yet."""
        assert isinstance(source, str)
        return super().runsource(source, self.stuffsource(source))

    def stuffsource(self, source):
        """Give source a file name that tracebacks can find it by; return the name."""
        filename = f'<pyshell#{self.gid}>'
        self.gid += 1
        linecache.cache[filename] = len(source) + 1, 0, source.split('\n'), filename
        return filename

    def prepend_syspath(self, filename):
        """Put the folder of filename first on the user's sys.path, if it is not there."""
        folder = os.path.dirname(filename)
        self.runcommand('import sys as _sys\n'
                        f'if {folder!r} not in _sys.path:\n'
                        f'    _sys.path.insert(0, {folder!r})\n'
                        'del _sys\n')

    def showsyntaxerror(self, filename=None):
        """Mark the syntax error being handled in what was entered, and report it."""
        console = self.tkconsole
        text = console.text
        text.tag_remove('ERROR', '1.0', 'end')
        err = sys.exc_info()[1]
        message = getattr(err, 'msg', '') or err or '<no detail available>'
        lineno = getattr(err, 'lineno', None) or 1
        offset = getattr(err, 'offset', None) or 0
        if not offset:
            lineno += 1     # one back from there: the end of the line
        if lineno == 1:
            place = f'iomark + {offset - 1} chars'
        else:
            place = f'iomark linestart + {lineno - 1} lines + {offset - 1} chars'
        console.colorize_syntax_error(text, place)
        console.resetoutput()
        self.write(f'SyntaxError: {message}\n')
        console.showprompt()

    def showtraceback(self):
        """Report the exception being handled, one of code that ran in this process."""
        console = self.tkconsole
        console.resetoutput()
        self.checklinecache()
        super().showtraceback()
        if console.getvar('<<toggle-jit-stack-viewer>>'):
            console.open_stack_viewer()

    def checklinecache(self):
        """Forget the lines of all files: they may have changed."""
        cache = linecache.cache
        for name in list(cache):
            if not _in_brackets(name):
                del cache[name]

    def runcommand(self, code):
        """Run code of IDLE itself, which must not fail; return 1, or 0 if the user's runs."""
        if self.tkconsole.executing:
            self.display_executing_dialog()
            return 0
        if self.rpcclt is not None:
            self.rpcclt.remotequeue('exec', 'runcode', (code,), {})
        else:
            exec(code, self.locals)
        return 1

    def runcode(self, code):
        """Run a code object: start it in the user's process, or run it here."""
        console = self.tkconsole
        if console.executing:
            self.restart_subprocess()
        self.checklinecache()
        try:
            console.beginexecuting()
            if self.debugger:
                self.debugger.run(code, self.locals)
            elif self.rpcclt is not None:
                self.active_seq = self.rpcclt.asyncqueue('exec', 'runcode', (code,), {})
            else:
                exec(code, self.locals)
        except SystemExit:
            if console.closing or messagebox.askyesno('Exit?', 'Do you want to exit altogether?',
                                                      default='yes', parent=console.text):
                raise
            self.showtraceback()
        except BaseException:
            self._report_failure()
        finally:
            # The user's process reports its end through poll_subprocess().
            if not use_subprocess and not console.closing:
                console.endexecuting()

    def _report_failure(self):
        """Report the exception being handled that ended runcode()."""
        console = self.tkconsole
        if use_subprocess:
            print('IDLE internal error in runcode()', file=console.stderr)
            self.showtraceback()
            console.endexecuting()
        elif console.canceled:
            console.canceled = False
            print('KeyboardInterrupt', file=console.stderr)
        else:
            self.showtraceback()

    def write(self, s):
        """Write to the shell's stderr; return the length."""
        return self.tkconsole.stderr.write(s)

    # Messages.

    def display_port_binding_error(self):
        """There is no port to listen on."""
        messagebox.showerror(
            'Port Binding Error',
            "IDLE can't bind to a TCP/IP port, which is necessary to communicate with its "
            'Python execution server.  This might be because no networking is installed on '
            'this computer.  Run IDLE with the -n command line switch to start without a '
            "subprocess and refer to Help/IDLE Help 'Running without a subprocess' for "
            'further details.',
            parent=self.tkconsole.text)

    def display_no_subprocess_error(self):
        """The user's process did not connect."""
        messagebox.showerror(
            'Subprocess Connection Error',
            "IDLE's subprocess didn't make connection.\n"
            "See the 'Startup failure' section of the IDLE doc, online at\n"
            'https://docs.python.org/3/library/idle.html#startup-failure',
            parent=self.tkconsole.text)

    def display_executing_dialog(self):
        """A command is running."""
        messagebox.showerror(
            'Already executing',
            'The Python Shell window is already executing a command; please wait until it '
            'is finished.',
            parent=self.tkconsole.text)


class PyShell(OutputWindow):
    """The shell window."""

    from idlelib.history import History

    ColorDelegator = ModifiedColorDelegator
    UndoDelegator = ModifiedUndoDelegator

    shell_title = 'IDLE Shell ' + '.'.join(map(str, sys.version_info[:3]))

    menu_specs = [
        ('file', '_File'),
        ('edit', '_Edit'),
        ('debug', '_Debug'),
        ('options', '_Options'),
        ('window', '_Window'),
        ('help', '_Help'),
    ]

    rmenu_specs = OutputWindow.rmenu_specs + [('Squeeze', '<<squeeze-current-text>>')]

    allow_line_numbers = False

    # State.
    reading = False             # readline() waits
    executing = False           # the user's code runs
    canceled = False            # it was interrupted
    endoffile = False           # Ctrl-D was entered
    closing = False
    _stop_readline_flag = False # readline() is to return nothing

    COPYRIGHT = 'Type "help", "copyright", "credits" or "license()" for more information.'

    history = None

    def __init__(self, flist=None):
        if use_subprocess:
            specs = list(self.menu_specs)
            specs.insert(2, ('shell', 'She_ll'))
            self.menu_specs = specs
        self.interp = ModifiedInterpreter(self)
        if flist is None:
            top = Tk()
            fixwordbreaks(top)
            top.withdraw()
            flist = PyShellFileList(top)
        super().__init__(flist, None, None)

        self.usetabs = True
        self.indentwidth = 8    # as the prompt is not counted, Tab must go to a stop
        self.sys_ps1 = self.prompt = getattr(sys, 'ps1', '>>> ')
        self.prompt_last_line = self.sys_ps1.split('\n')[-1]
        self.text.configure(wrap='char')
        self._bind_shell_events()
        self._make_files()
        self.history = self.History(self.text)
        self.pollinterval = 50  # milliseconds

    def _bind_shell_events(self):
        handlers = {
            '<<newline-and-indent>>': self.enter_callback,
            '<<plain-newline-and-indent>>': self.linefeed_callback,
            '<<interrupt-execution>>': self.cancel_callback,
            '<<end-of-file>>': self.eof_callback,
            '<<open-stack-viewer>>': self.open_stack_viewer,
            '<<toggle-debugger>>': self.toggle_debugger,
            '<<toggle-jit-stack-viewer>>': self.toggle_jit_stack_viewer,
            '<<squeeze-current-text>>': self.Squeezer(self).squeeze_current_text_event,
        }
        if use_subprocess:
            handlers['<<view-restart>>'] = self.view_restart_mark
            handlers['<<restart-shell>>'] = self.restart_shell
        for event, handler in handlers.items():
            self.text.bind(event, handler)

    def _make_files(self):
        """Make the files that are connected to the shell."""
        from idlelib import iomenu
        self.save_stdin, self.save_stdout, self.save_stderr = sys.stdin, sys.stdout, sys.stderr
        self.stdin = StdInputFile(self, 'stdin', iomenu.encoding, iomenu.errors)
        self.stdout = StdOutputFile(self, 'stdout', iomenu.encoding, iomenu.errors)
        self.stderr = StdOutputFile(self, 'stderr', iomenu.encoding, 'backslashreplace')
        self.console = StdOutputFile(self, 'console', iomenu.encoding, iomenu.errors)
        if not use_subprocess:
            sys.stdin, sys.stdout, sys.stderr = self.stdin, self.stdout, self.stderr
        import pydoc
        pydoc.pager = pydoc.plainpager      # help() of code that runs here

    def get_standard_extension_names(self):
        """Names of the extensions for the shell."""
        return idleConf.GetExtensions(shell_only=True)

    def set_warning_stream(self, stream):
        """Have the warnings of this process written to stream."""
        global warning_stream
        warning_stream = stream

    def get_warning_stream(self):
        """Return where the warnings of this process go."""
        return warning_stream

    # The menu Debug.

    def toggle_debugger(self, event=None):
        """Open or close the debugger, unless code is running."""
        if self.executing:
            messagebox.showerror("Don't debug now",
                                 'You can only toggle the debugger when idle',
                                 parent=self.text)
            self.set_debugger_indicator()
            return 'break'
        gui = self.interp.getdebugger()
        if gui:
            gui.close()
        else:
            self.open_debugger()
        return None

    def set_debugger_indicator(self):
        """Check or uncheck the menu entry."""
        self.setvar('<<toggle-debugger>>', bool(self.interp.getdebugger()))

    def toggle_jit_stack_viewer(self, event=None):
        """Nothing to do: the entry's variable says it."""

    def close_debugger(self):
        """The debugger's window is closing."""
        gui = self.interp.getdebugger()
        if not gui:
            return
        self.interp.setdebugger(None)
        gui.close()
        if self.interp.rpcclt:
            debugger_r.close_remote_debugger(self.interp.rpcclt)
        self.resetoutput()
        self.console.write('[DEBUG OFF]\n')
        self.prompt = self.sys_ps1
        self.showprompt()
        self.set_debugger_indicator()

    def open_debugger(self):
        """Open the debugger; what is run from now on runs under it."""
        client = self.interp.rpcclt
        if client:
            gui = debugger_r.start_remote_debugger(client, self)
        else:
            gui = debugger.Debugger(self)
        self.interp.setdebugger(gui)
        gui.load_breakpoints()
        self.prompt = f'[DEBUG ON]\n{self.sys_ps1}'
        self.showprompt()
        self.set_debugger_indicator()

    def debug_menu_postcommand(self):
        """The menu is about to be shown."""
        self.update_menu_state('debug', '*tack*iewer',
                               'disabled' if self.executing else 'normal')

    def open_stack_viewer(self, event=None):
        """Show the stack of the last exception."""
        if self.interp.rpcclt:
            return self.interp.remote_stack_viewer()
        if not hasattr(sys, 'last_traceback'):
            messagebox.showerror('No stack trace',
                                 'There is no stack trace yet.\n'
                                 '(sys.last_traceback is not defined)',
                                 parent=self.text)
            return None
        from idlelib.stackviewer import StackBrowser
        StackBrowser(self.root, self.flist)
        return None

    # The menu Shell.

    def view_restart_mark(self, event=None):
        """Scroll to the last restart."""
        self.text.see('iomark')
        self.text.see('restart')

    def restart_shell(self, event=None):
        """Begin with a new process."""
        self.interp.restart_subprocess(with_cwd=True)

    # Begin and end.

    def begin(self):
        """Start the user's process and show the first prompt; return whether it started."""
        self.text.mark_set('iomark', 'insert')
        self.resetoutput()
        note = ''
        if use_subprocess:
            if not self.interp.start_subprocess():
                self.close()
                return False
        else:
            note = ('==== No Subprocess ====\n\n'
                    'WARNING: Running IDLE without a Subprocess is deprecated\n'
                    'and will be removed in a later version. See Help/IDLE Help\n'
                    'for details.\n\n')
            sys.displayhook = rpc.displayhook
        self.write(f'Python {sys.version} on {sys.platform}\n{self.COPYRIGHT}\n{note}')
        self.text.focus_force()
        self.showprompt()
        # Code that runs in this process makes a root window of its own.
        import tkinter
        tkinter._default_root = None
        tkinter._support_default_root = True
        return True

    def beginexecuting(self):
        """The user's code starts."""
        self.resetoutput()
        self.executing = True

    def endexecuting(self):
        """The user's code has ended."""
        self.executing = self.canceled = False
        self.showprompt()

    def close(self):
        """Close the window, asking if code is running; 'cancel' if the user says no."""
        if self.executing:
            wanted = messagebox.askokcancel('Kill?',
                                            'Your program is still running!\n'
                                            ' Do you want to kill it?',
                                            default='ok', parent=self.text)
            if wanted is False:
                return 'cancel'
        self.stop_readline()
        self.canceled = self.closing = True
        return super().close()

    def _close(self):
        self.close_debugger()
        if use_subprocess:
            self.interp.kill_subprocess()
        sys.stdin, sys.stdout, sys.stderr = self.save_stdin, self.save_stdout, self.save_stderr
        self.interp = None
        self.console = None
        self.flist.pyshell = None
        self.history = None
        super()._close()

    def ispythonsource(self, filename):
        """What is entered is Python."""
        return True

    def short_title(self):
        """The window's title."""
        return self.shell_title

    # Input.

    def stop_readline(self):
        """Make readline() return at once, if it waits."""
        if self.reading:
            self._stop_readline_flag = True
            self.top.quit()

    def readline(self):
        """Wait for a line of input and return it; '' at the end of input."""
        was_reading, self.reading = self.reading, True
        try:
            self.top.mainloop()     # enter_callback() and others end it
        finally:
            self.reading = was_reading
        if self._stop_readline_flag:
            self._stop_readline_flag = False
            return ''
        line = self.text.get('iomark', 'end-1c') or '\n'     # nothing: interrupted
        self.resetoutput()
        if self.canceled:
            self.canceled = False
            if not use_subprocess:
                raise KeyboardInterrupt
        if self.endoffile:
            self.endoffile = False
            line = ''
        return line

    def isatty(self):
        """The shell is a terminal."""
        return True

    def cancel_callback(self, event=None):
        """Interrupt what runs; with a selection the key copies, which Tk does."""
        if self.text.tag_ranges('sel'):
            return None
        if not self.executing and not self.reading:
            self.resetoutput()
            self.interp.write('KeyboardInterrupt\n')
            self.showprompt()
            return 'break'
        self.endoffile = False
        self.canceled = True
        if self.executing and self.interp.rpcclt:
            if self.interp.getdebugger():
                self.interp.restart_subprocess()    # it waits for a button: no use to interrupt
            else:
                self.interp.interrupt_subprocess()
        if self.reading:
            self.top.quit()
        return 'break'

    def eof_callback(self, event):
        """End of input, on an empty last line: close the shell, or end what is read."""
        text = self.text
        if self.executing and not self.reading:
            return None     # the key deletes a character
        if text.compare('iomark', '!=', 'insert') or text.compare('insert', '!=', 'end-1c'):
            return None
        if self.executing:
            self.canceled = False
            self.endoffile = True
            self.top.quit()
        else:
            self.resetoutput()
            self.close()
        return 'break'

    def linefeed_callback(self, event):
        """Begin a line without entering anything."""
        if self.reading:
            self.text.insert('insert', '\n')
            self.text.see('insert')
        else:
            self.newline_and_indent_event(event)
        return 'break'

    def enter_callback(self, event):
        """Return: enter what is there, or copy what was entered before to the prompt."""
        if self.executing and not self.reading:
            return None     # type ahead
        text = self.text
        earlier = self._earlier_statement()
        if earlier is not None:
            self.recall(earlier, event)
            return 'break'
        if text.compare('insert', '<', 'iomark'):
            text.mark_set('insert', 'iomark')       # it is in the prompt
        rest = text.get('insert', 'end-1c')
        if rest and not rest.strip():
            text.delete('insert', 'end-1c')
        if text.compare('insert', '<', 'end-1c linestart'):
            self.newline_and_indent_event(event)    # not the last line: just a new one
            return 'break'
        self._submit(event)
        return 'break'

    def _earlier_statement(self):
        """Return the text of output or former input that Return is pressed on, or None.

        A selection comes first, then a whole input, then the line.
        """
        text = self.text
        first, last = self.get_selection_indices()
        if first and text.compare(last, '<=', 'iomark'):
            return text.get(first, last)
        if text.compare('insert', '>=', 'iomark linestart'):
            return None
        before = text.tag_prevrange('stdin', 'insert')
        if before and text.compare('insert', '<', before[1]):
            return text.get(*before)
        after = text.tag_nextrange('stdin', 'insert')
        if after and text.compare('insert lineend', '>=', after[0]):
            return text.get(*after)
        start = 'insert linestart'
        prompt = text.tag_nextrange('console', start)
        if prompt and text.compare(prompt[0], '==', start):
            start = prompt[1]
        return text.get(start, 'insert lineend')

    def _submit(self, event):
        """The last line is finished: end the reading, or try to run the statement."""
        text = self.text
        text.mark_set('insert', 'end-1c')
        if self.reading:
            text.insert('insert', '\n')
            text.see('insert')
        else:
            self.newline_and_indent_event(event)
        text.tag_add('stdin', 'iomark', 'end-1c')
        text.update_idletasks()
        if self.reading:
            self.top.quit()
        else:
            self.runit()

    def recall(self, s, event):
        """Insert s at the prompt, indented as fits there."""
        lines = re.sub(r'\n\s*$', '', re.sub(r'^\s*\n', '', s)).split('\n')
        text = self.text
        text.undo_block_start()
        try:
            text.tag_remove('sel', '1.0', 'end')
            text.mark_set('insert', 'end-1c')
            prefix = text.get('insert linestart', 'insert')
            if prefix.rstrip().endswith(':'):
                self.newline_and_indent_event(event)
                prefix = text.get('insert linestart', 'insert')
            old = re.match(r'[ \t]*', lines[0]).group()
            new = re.match(r'[ \t]*', prefix).group()
            text.insert('insert', lines[0].strip())
            for line in lines[1:]:
                if line.startswith(old):
                    line = new + line[len(old):]
                text.insert('insert', '\n' + line.rstrip())
        finally:
            text.see('insert')
            text.undo_block_stop()

    def runit(self):
        """Run what was entered if it is complete.

        The last newline and the blanks around it do not count: a second Return
        ends a compound statement.
        """
        line = self.text.get('iomark', 'end-1c').rstrip(' \t')
        if line.endswith('\n'):
            line = line[:-1]
        self.interp.runsource(line.rstrip(' \t'))

    # Output.

    def showprompt(self):
        """Show the prompt and wait for input."""
        self.resetoutput()
        self._put(self.prompt, 'console')
        self.text.mark_set('insert', 'end-1c')
        self.text.see('insert')
        self.set_line_and_column()
        self.io.reset_undo()

    def show_warning(self, msg):
        """Show a message about IDLE above the prompt."""
        from textwrap import TextWrapper
        wrapper = TextWrapper(width=self.width, tabsize=8, expand_tabs=True)
        text = '\n'.join(wrapper.wrap(msg))
        if not text.endswith('\n'):
            text += '\n'
        # Below the filters, which protect what is there.
        self.per.bottom.insert('iomark linestart', text, 'stderr')

    def resetoutput(self):
        """What was entered becomes output: it goes to the history, iomark behind it."""
        text = self.text
        entered = text.get('iomark', 'end-1c')
        if self.history:
            self.history.store(entered)
        if text.get('end-2c') != '\n':
            text.insert('end-1c', '\n')
        text.mark_set('iomark', 'end-1c')
        self.set_line_and_column()

    def _put(self, s, tags):
        """Insert s before what is being entered."""
        text = self.text
        # The mark moves behind s; it stays before what the user inserts.
        text.mark_gravity('iomark', 'right')
        text.insert('iomark', s, tags)
        text.mark_gravity('iomark', 'left')

    def write(self, s, tags=()):
        """Insert s before what is being entered and show it at once; return its length.

        Events are handled in here, keys among them, so that a program that
        writes much does not keep the windows from reacting.
        """
        assert isinstance(s, str)
        text = self.text
        self._put(s, tags)
        text.see('iomark')
        text.update()
        if self.canceled:
            self.canceled = False
            if not use_subprocess:
                raise KeyboardInterrupt
        return len(s)

    def rmenu_check_cut(self):
        """State of the entry Cut: output cannot be cut."""
        try:
            if self.text.compare('sel.first', '<', 'iomark'):
                return 'disabled'
        except TclError:
            return 'disabled'       # nothing is selected
        return super().rmenu_check_cut()

    def rmenu_check_paste(self):
        """State of the entry Paste: not into output."""
        if self.text.compare('insert', '<', 'iomark'):
            return 'disabled'
        return super().rmenu_check_paste()


def fix_x11_paste(root):
    """Make pasting replace the selection on X11, as it does elsewhere."""
    if root._windowingsystem != 'x11':
        return
    for cls in ('Text', 'Entry', 'Spinbox'):
        usual = root.bind_class(cls, '<<Paste>>')
        root.bind_class(cls, '<<Paste>>', 'catch {%W delete sel.first sel.last}\n' + usual)


usage_msg = (
    '\nUSAGE: idle  [-deins] [-t title] [file]*\n'
    '       idle  [-dns] [-t title] (-c cmd | -r file) [arg]*\n'
    '       idle  [-dns] [-t title] - [arg]*\n\n'
    '  -h         show this text\n'
    '  -n         run code in the window\'s own process (deprecated)\n\n'
    'These take precedence over the settings:\n\n'
    '  -e         open an editor window\n'
    '  -i         open a shell\n\n'
    'These open a shell:\n\n'
    '  -c cmd     run cmd in it\n'
    '  -r file    run the script file in it\n'
    '  -          run what comes from the standard input in it\n'
    '  -d         with the debugger\n'
    '  -s         run the file named by $IDLESTARTUP or $PYTHONSTARTUP first\n'
    '  -t title   give its window this title\n\n'
    'With -c, -r or - no editor window is opened; the args are its sys.argv[1:].\n\n'
    'Examples:\n\n'
    '  idle                          an editor window or a shell, as set\n'
    '  idle one.py two.py            edit two files\n'
    '  idle -e -s -t "Test" one.py   edit a file; a shell called Test, prepared\n'
    '  idle -c "print(6 * 7)"        a shell that begins with a command\n'
    '  idle -d -r one.py -v          debug one.py, with the argument -v\n'
    '  echo "x = 1" | idle -         a shell that begins with piped commands\n'
)


class _Options:
    """The command line, taken apart."""

    def __init__(self, argv):
        import getopt
        self.shell = self.edit = self.debug = self.startup = False
        self.cmd = self.script = None
        try:
            options, self.args = getopt.getopt(argv, 'c:deihnr:st:')
        except getopt.error as err:
            print(f'Error: {err}\n{usage_msg}', file=sys.stderr)
            sys.exit(2)
        for option, value in options:
            self._take(option, value)
        if self.args and self.args[0] == '-':
            self.cmd = sys.stdin.read()
            self.shell = True

    def _take(self, option, value):
        global use_subprocess
        if option == '-h':
            sys.stdout.write(usage_msg)
            sys.exit()
        elif option == '-n':
            print(' Warning: running IDLE without a subprocess is deprecated.', file=sys.stderr)
            use_subprocess = False
        elif option == '-e':
            self.edit = True
        else:
            self.shell = True
            if option == '-c':
                self.cmd = value
            elif option == '-d':
                self.debug = True
            elif option == '-r':
                if not os.path.isfile(value):
                    print('No script file: ', value)
                    sys.exit()
                self.script = value
            elif option == '-s':
                self.startup = True
            elif option == '-t':
                PyShell.shell_title = value

    def set_sys(self):
        """Make sys.argv and sys.path what the user's code is to find."""
        args, path = self.args, sys.path
        path[:] = map(os.path.abspath, path)
        if args and args[0] == '-':
            sys.argv = ['', *args[1:]]
        elif self.cmd:
            sys.argv = ['-c', *args]
        elif self.script:
            sys.argv = [self.script, *args]
        else:
            self.edit = self.edit or bool(args)
            for name in args:
                folder = os.path.abspath(os.path.dirname(name))
                if folder not in path:
                    path.insert(0, folder)
            if args:
                return
        folder = os.getcwd()
        if folder not in path:
            path.insert(0, folder)


def _set_icon(root):
    """Give IDLE's windows their icon."""
    from platform import system
    from idlelib import _packaged, macosx
    folder = os.path.join(os.path.dirname(__file__), 'Icons')
    try:
        if system() == 'Windows':
            root.wm_iconbitmap(default=os.path.join(folder, 'idle.ico'))
        elif not macosx.isAquaTk():
            if TkVersion >= 8.6:
                extension, sizes = '.png', (16, 32, 48, 256)
            else:
                extension, sizes = '.gif', (16, 32, 48)
            icons = [_packaged.photo(root, os.path.join(folder, f'idle_{size}{extension}'))
                     for size in sizes]
            root.wm_iconphoto(True, *icons)
    except (TclError, OSError):
        pass        # it goes without


def _open_editors(options):
    """Open the files of the command line, or an empty window."""
    if options.cmd or options.script:
        return
    # open() gives None for folders.
    options.args[:] = [name for name in options.args if flist.open(name) is not None]
    if not options.args:
        flist.new()


def _run_options(options, shell):
    """Do in the shell what the command line asks for."""
    from idlelib import macosx
    if options.debug:
        shell.open_debugger()
    if options.startup:
        filename = os.environ.get('IDLESTARTUP') or os.environ.get('PYTHONSTARTUP')
        if filename and os.path.isfile(filename):
            shell.interp.execfile(filename)
    if options.cmd or options.script:
        shell.interp._set_in_sys('argv', sys.argv)
        if options.cmd:
            shell.interp.execsource(options.cmd)
        else:
            script = os.path.abspath(options.script)
            shell.interp.prepend_syspath(script)
            shell.interp.execfile(options.script)
    elif shell:
        for warning in (macosx.tkVersionWarning(root), macosx.preferTabsPreferenceWarning()):
            if warning:
                shell.show_warning(warning)


def main():
    """Start IDLE as sys.argv says; return when its last window is closed."""
    global flist, root, use_subprocess
    from idlelib import macosx, testing
    from idlelib.run import fix_scaling
    capture_warnings(True)
    use_subprocess = True
    options = _Options(sys.argv[1:])
    options.set_sys()
    options.edit = options.edit or idleConf.GetOption('main', 'General', 'editor-on-startup',
                                                      type='bool')
    options.shell = options.shell or not options.edit

    if use_subprocess and not testing:
        NoDefaultRoot()
    root = Tk(className='Idle')
    root.withdraw()
    fix_scaling(root)
    _set_icon(root)
    fixwordbreaks(root)
    fix_x11_paste(root)
    flist = PyShellFileList(root)
    macosx.setupApp(root, flist)

    if options.edit:
        _open_editors(options)
    if options.shell:
        shell = flist.open_shell()
        if not shell:
            return
        if macosx.isAquaTk() and flist.dict:
            shell.top.lower()       # a file was double-clicked: leave it in front
    _run_options(options, flist.pyshell)

    while flist.inversedict:        # readline() and others also end a main loop
        root.mainloop()
    root.destroy()
    capture_warnings(False)


if __name__ == '__main__':
    main()
