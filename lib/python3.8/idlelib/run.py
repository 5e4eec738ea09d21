# SPDX-License-Identifier: MIT
"""The process in which IDLE runs the user's code.

The window process starts `python -c "...run.main(True)" PORT`.  main() then has
two threads here:

    the main thread runs what request_queue brings (the user's code), and keeps
                    Tk windows of the user alive between commands;
    the SockThread  connects to PORT and serves calls: it puts work into the
                    queue and can interrupt the main thread.

sys.stdin, stdout and stderr are files whose far end is the shell window.  The
window process uses the same file classes when it runs code itself (idle -n).
"""
import functools
import io
import linecache
import queue
import sys
import textwrap
import time
import traceback
import _thread as thread
import threading
import warnings

import idlelib
from idlelib import autocomplete
from idlelib import calltip
from idlelib import debugger_r
from idlelib import debugobj_r
from idlelib import iomenu
from idlelib import rpc
from idlelib import stackviewer
import __main__

import tkinter

LOCALHOST = '127.0.0.1'
RECURSIONLIMIT_DELTA = 30       # frames that IDLE itself needs

exit_now = False        # the main loop ends the process at its next turn
quitting = False        # the connection is lost: the user's code is to stop
interruptable = False   # the user's code is running, an interrupt hits it
no_exitfunc = False     # leave without running atexit functions


# Warnings.

def idle_formatwarning(message, category, filename, lineno, line=None):
    """Return the text of a warning the way IDLE shows it."""
    if line is None:
        line = linecache.getline(filename, lineno)
    parts = ['\nWarning (from warnings module):', f'  File "{filename}", line {lineno}']
    line = line.strip()
    if line:
        parts.append(f'    {line}')
    parts.append(f'{category.__name__}: {message}\n')
    return '\n'.join(parts)


def idle_showwarning_subproc(message, category, filename, lineno, file=None, line=None):
    """warnings.showwarning of this process; writes to file or sys.stderr."""
    out = sys.stderr if file is None else file
    text = idle_formatwarning(message, category, filename, lineno, line)
    try:
        out.write(text)
    except OSError:
        pass        # nobody can see it: the window is gone


_warnings_showwarning = None    # the function that idle_showwarning_subproc replaced


def capture_warnings(capture):
    """Put idle_showwarning_subproc in place of warnings.showwarning, or undo that."""
    global _warnings_showwarning
    if bool(capture) is (_warnings_showwarning is not None):
        return
    if capture:
        _warnings_showwarning = warnings.showwarning
        warnings.showwarning = idle_showwarning_subproc
    else:
        warnings.showwarning = _warnings_showwarning
        _warnings_showwarning = None



# The main thread.

def handle_tk_events(tcl=tkinter.Tcl()):
    """Let the windows that the user's code has made react."""
    tcl.eval('update')


def _forget_tkinter_modules():
    """Make tkinter look freshly imported to the user's code.

    IDLE's modules load parts of tkinter; without this a program that forgets
    to import them would work here and nowhere else.
    """
    for name in ('simpledialog', 'messagebox', 'font', 'dialog', 'filedialog',
                 'commondialog', 'ttk'):
        if sys.modules.pop(f'tkinter.{name}', None) is not None:
            delattr(tkinter, name)


def main(del_exitfunc=False):
    """Connect to the port in sys.argv[-1] and run what the window process sends.

    del_exitfunc: do not run atexit functions at the end.
    Does not return but by exit.
    """
    global no_exitfunc
    no_exitfunc = del_exitfunc
    try:
        port = int(sys.argv[1:][-1])
    except (IndexError, ValueError):
        print('IDLE Subprocess: no IP port passed in sys.argv.', file=sys.__stderr__)
        return
    _forget_tkinter_modules()
    capture_warnings(True)
    sys.argv[:] = ['']
    threading.Thread(target=manage_socket, name='SockThread',
                     args=((LOCALHOST, port),), daemon=True).start()
    while True:
        try:
            _turn()
        except KeyboardInterrupt:
            # One that came too late for the user's code, or the signal to leave.
            if quitting:
                _ask_to_exit()


def _ask_to_exit():
    global exit_now
    exit_now = True


def _turn():
    """One round of the main loop: leave, or do the next request, or serve Tk."""
    if exit_now:
        exit()
    try:
        seq, (method, args, kwargs) = rpc.request_queue.get(timeout=0.05)
    except queue.Empty:
        handle_tk_events()
        return
    result = None
    try:
        result = method(*args, **kwargs)
    except KeyboardInterrupt:
        if quitting:
            _ask_to_exit()
            return
        print_exception()
    except SystemExit:
        capture_warnings(False)
        raise
    except BaseException:
        try:
            print_exception()
        except BaseException:
            # The window cannot be reached, or showing it fails too.
            traceback.print_exc(file=sys.__stderr__)
            exit()
    rpc.response_queue.put((seq, result))


def manage_socket(address):
    """Body of the SockThread: connect to address and serve until the end."""
    global exit_now
    problem = None
    for attempt in range(3):
        time.sleep(attempt)
        try:
            server = MyRPCServer(address, MyHandler)
        except OSError as err:
            print(f'IDLE Subprocess: OSError: {err.args[-1]}, retrying....',
                  file=sys.__stderr__)
            problem = err
        else:
            server.handle_request()     # the one request lasts as long as IDLE
            return
    print(f'IDLE Subprocess: Connection to IDLE GUI failed, exiting.', file=sys.__stderr__)
    show_socket_error(problem, address)
    exit_now = True


def show_socket_error(err, address):
    """Tell the user in a message box that err kept us from connecting to address."""
    from tkinter.messagebox import showerror
    root = tkinter.Tk()
    fix_scaling(root)
    root.withdraw()
    host, port = address[:2]
    text = (f"IDLE's subprocess can't connect to {host}:{port}.\n"
            f'Fatal OSError #{err.errno}: {err.strerror}.\n'
            "See the 'Startup failure' section of the IDLE doc, online at\n"
            'https://docs.python.org/3/library/idle.html#startup-failure')
    showerror('Subprocess Connection Error', text, parent=root)
    root.destroy()


def exit():
    """End this process; atexit functions are skipped if main() was told so."""
    if no_exitfunc:
        import atexit
        atexit._clear()
    capture_warnings(False)
    sys.exit(0)


# Tracebacks.

_INTERNAL = ('run.py', 'rpc.py', 'threading.py', 'queue.py', 'debugger_r.py', 'bdb.py')


def _exception_chain(exc):
    """Yield (exception, sentence before it), the oldest first."""
    seen = set()
    chain = []
    sentence = None
    while exc is not None and id(exc) not in seen:
        seen.add(id(exc))
        chain.append((exc, sentence))
        cause, context = exc.__cause__, exc.__context__
        if cause is not None and id(cause) not in seen:
            exc = cause
            sentence = ('\nThe above exception was the direct cause '
                        'of the following exception:\n')
        elif context is not None and not exc.__suppress_context__:
            exc = context
            sentence = ('\nDuring handling of the above exception, '
                        'another exception occurred:\n')
        else:
            exc = None
    # A sentence was noted with the older one of its pair; it stands after it.
    return reversed(chain)


def print_exception():
    """Print the exception being handled to sys.stderr, without IDLE's own frames."""
    linecache.checkcache()
    flush_stdout()
    out = sys.stderr
    sys.last_type, sys.last_value, sys.last_traceback = sys.exc_info()
    for exc, sentence in _exception_chain(sys.last_value):
        trace = exc.__traceback__
        if trace is not None:
            entries = traceback.extract_tb(trace)
            print('Traceback (most recent call last):', file=out)
            cleanup_traceback(entries, _INTERNAL)
            traceback.print_list(entries, file=out)
        for line in traceback.format_exception_only(type(exc), exc):
            print(line, end='', file=out)
        if sentence is not None:
            print(sentence, file=out)


def cleanup_traceback(tb, exclude):
    """Shorten the list tb in place and fill in source lines typed at the shell.

    Entries whose file name holds one of the strings of `exclude` are dropped
    from both ends.  If nothing remains all are kept: the error is IDLE's.
    """
    def ours(entry):
        return any(name in entry[0] for name in exclude)

    kept = [number for number, entry in enumerate(tb) if not ours(entry)]
    if kept:
        tb[:] = tb[kept[0]:kept[-1] + 1]
    else:
        print('** IDLE Internal Exception: ', file=sys.stderr)
    for number, (filename, lineno, name, line) in enumerate(tb):
        if name == '?':
            name = '-toplevel-'
        if not line and filename.startswith('<pyshell#'):
            # Only the shell has the text of its commands.
            handler = rpc.objecttable['exec'].rpchandler
            line = handler.remotecall('linecache', 'getline', (filename, lineno), {})
        tb[number] = filename, lineno, name, line


def flush_stdout():
    """Nothing is ever held back; kept for callers that flush."""


# Screens with many pixels to the inch.

def fix_scaling(root):
    """Give Tk's named fonts a size in points where they are in pixels, if that matters."""
    from tkinter.font import Font, names
    if float(root.tk.call('tk', 'scaling')) <= 1.4:
        return
    for name in names(root):
        font = Font(root=root, name=name, exists=True)
        pixels = -int(font['size'])
        if pixels > 0:
            font['size'] = round(0.75 * pixels)


# The recursion limit.

def fixdoc(fun, text):
    """Append text to the docstring of fun."""
    fun.__doc__ = text if fun.__doc__ is None else f'{fun.__doc__}\n\n{textwrap.fill(text)}'


def install_recursionlimit_wrappers():
    """Hide from the user's code the frames that IDLE needs of the recursion limit."""
    set_real, get_real = sys.setrecursionlimit, sys.getrecursionlimit

    @functools.wraps(set_real)
    def setrecursionlimit(*args, **kwargs):
        if kwargs:
            raise TypeError('setrecursionlimit() takes no keyword arguments')
        if len(args) != 1:
            raise TypeError('setrecursionlimit() takes exactly one argument '
                            f'({len(args)} given)')
        limit = args[0]
        if not limit > 0:
            raise ValueError('recursion limit must be greater or equal than 1')
        return set_real(limit + RECURSIONLIMIT_DELTA)

    @functools.wraps(get_real)
    def getrecursionlimit():
        return get_real() - RECURSIONLIMIT_DELTA

    fixdoc(setrecursionlimit, f'This IDLE wrapper adds {RECURSIONLIMIT_DELTA} '
           'to prevent possible uninterruptible loops.')
    fixdoc(getrecursionlimit, f'This IDLE wrapper subtracts {RECURSIONLIMIT_DELTA} '
           f'to compensate for the {RECURSIONLIMIT_DELTA} IDLE adds when setting the limit.')
    set_real(get_real() + RECURSIONLIMIT_DELTA)
    sys.setrecursionlimit = setrecursionlimit
    sys.getrecursionlimit = getrecursionlimit


def uninstall_recursionlimit_wrappers():
    """Undo install_recursionlimit_wrappers(), if it was called."""
    wrapper = sys.setrecursionlimit
    if hasattr(wrapper, '__wrapped__'):
        sys.setrecursionlimit = wrapper.__wrapped__
        sys.getrecursionlimit = sys.getrecursionlimit.__wrapped__
        sys.setrecursionlimit(sys.getrecursionlimit() - RECURSIONLIMIT_DELTA)


class MyRPCServer(rpc.RPCServer):
    """The connection to the window process."""

    def handle_error(self, request, client_address):
        """End the process: quietly when the connection closed, else with a report."""
        global exit_now, quitting
        kind = sys.exc_info()[0]
        if issubclass(kind, SystemExit):
            raise
        if issubclass(kind, EOFError):
            exit_now = True
        else:
            line = '-' * 40
            print(f"{line}\nUnhandled exception in user code execution server!'\n"
                  f'Thread: {threading.current_thread().name}\n'
                  f'IDLE Client Address: {client_address}\n'
                  f'Request: {request!r}\n\n{traceback.format_exc()}\n'
                  '*** Unrecoverable, server exiting!\n\n'
                  'This is an error in IDLE itself and may not come again.  If it does,\n'
                  f'please report it with this text and how to reach it.\n{line}',
                  file=sys.__stderr__)
            quitting = True
        thread.interrupt_main()


# The standard files, whose far end is a shell (or a proxy of one).

class StdioFile(io.TextIOBase):
    """What the three standard files share."""

    def __init__(self, shell, tags, encoding='utf-8', errors='strict'):
        self.shell = shell
        self.tags = tags            # the colour of the text; also the file's name
        self._encoding, self._errors = encoding, errors

    encoding = property(lambda self: self._encoding, doc="The encoding that characters have to have.")
    errors = property(lambda self: self._errors, doc="What happens to characters that have none.")
    name = property(lambda self: f'<{self.tags}>', doc="The colour of the text, in angle brackets.")

    def isatty(self):
        """A shell is a terminal."""
        return True


class StdOutputFile(StdioFile):
    """sys.stdout or sys.stderr."""

    def writable(self):
        """Always."""
        return True

    def write(self, s):
        """Show s in the shell; return what the shell's write() returns."""
        if self.closed:
            raise ValueError('write to closed file')
        # str.encode refuses anything else, and makes str of a subclass's instance.
        data = str.encode(s, self.encoding, self.errors)
        return self.shell.write(data.decode(self.encoding, self.errors), self.tags)


class StdInputFile(StdioFile):
    """sys.stdin: each line is one that the user enters at the shell."""

    _line_buffer = ''       # the rest of a line that was read in part

    def readable(self):
        """Always."""
        return True

    def _checked_size(self, size):
        if self.closed:
            raise ValueError('read from closed file')
        if size is None:
            return -1
        if not isinstance(size, int):
            raise TypeError(f'must be int, not {type(size).__name__}')
        return size

    def read(self, size=-1):
        """Read to the end of input (Ctrl-D), or at most size characters."""
        size = self._checked_size(size)
        text, self._line_buffer = self._line_buffer, ''
        while size < 0 or len(text) < size:
            line = self.shell.readline()
            if not line:
                break
            text += line
        if size < 0:
            return text
        self._line_buffer = text[size:]
        return text[:size]

    def readline(self, size=-1):
        """Read a line, or at most size characters of one."""
        size = self._checked_size(size)
        text = self._line_buffer or self.shell.readline()
        end = len(text) if size < 0 else min(size, len(text))
        newline = text.find('\n', 0, end)
        if newline >= 0:
            end = newline + 1
        self._line_buffer = text[end:]
        return text[:end]

    def close(self):
        """Close the shell, after asking the user."""
        self.shell.close()


class MyHandler(rpc.RPCHandler):
    """The SockThread's side of the connection."""

    def handle(self):
        """Set up sys for the user's code, then serve until the connection ends."""
        executive = Executive(self)
        self.register('exec', executive)
        self.console = self.get_remote_proxy('console')
        codec = iomenu.encoding
        sys.stdin = StdInputFile(self.console, 'stdin', codec, iomenu.errors)
        sys.stdout = StdOutputFile(self.console, 'stdout', codec, iomenu.errors)
        sys.stderr = StdOutputFile(self.console, 'stderr', codec, 'backslashreplace')
        # Held so that closing never happens by the last reference going away.
        self._keep_stdin = sys.stdin
        sys.displayhook = rpc.displayhook
        import pydoc
        pydoc.pager = pydoc.plainpager      # the shell is no terminal to page in
        install_recursionlimit_wrappers()
        self.interp = self.get_remote_proxy('interp')
        self.getresponse(myseq=None, wait=0.05)

    def exithook(self):
        """The main thread ends the process; give it time to."""
        time.sleep(10)

    def EOFhook(self):
        """The window process is gone."""
        self._stop()

    def decode_interrupthook(self):
        """A call of the user's code waits for an answer that will not come."""
        self._stop()

    def _stop(self):
        global quitting
        quitting = True
        thread.interrupt_main()


class Executive:
    """What the window process may ask of this one; registered as 'exec'."""

    def __init__(self, rpchandler):
        self.rpchandler = rpchandler
        self.user_exc_info = None       # of the last command that raised
        if idlelib.testing:
            self.locals = {}
        else:
            self.locals = __main__.__dict__
            self.calltip = calltip.Calltip()
            self.autocomplete = autocomplete.AutoComplete()

    def runcode(self, code):
        """Run the code object in __main__; show what it raises."""
        global interruptable
        self.user_exc_info = None
        try:
            interruptable = True
            try:
                exec(code, self.locals)
            finally:
                interruptable = False
        except SystemExit as ex:
            if ex.args and not isinstance(ex.args[0], (int, type(None))):
                print(f'SystemExit: {ex.args[0]}', file=sys.stderr)
        except BaseException:
            self._report()
        else:
            flush_stdout()

    def _report(self):
        """Show the exception being handled, by the user's excepthook if there is one."""
        self.user_exc_info = sys.exc_info()
        if quitting:
            exit()
        if sys.excepthook is sys.__excepthook__:
            print_exception()
        else:
            try:
                sys.excepthook(*self.user_exc_info)
            except BaseException:
                self.user_exc_info = sys.exc_info()
                print_exception()
        if self.rpchandler.console.getvar('<<toggle-jit-stack-viewer>>'):
            self.rpchandler.interp.open_remote_stack_viewer()

    def interrupt_the_server(self):
        """Raise KeyboardInterrupt in the user's code, if any runs."""
        if interruptable:
            thread.interrupt_main()

    def start_the_debugger(self, gui_adap_oid):
        """Make a debugger whose window is gui_adap_oid; return its id."""
        return debugger_r.start_debugger(self.rpchandler, gui_adap_oid)

    def stop_the_debugger(self, idb_adap_oid):
        """Forget the debugger, so that nothing keeps it alive."""
        self.rpchandler.unregister(idb_adap_oid)

    def get_the_calltip(self, name):
        """Return the call tip of the expression name."""
        return self.calltip.fetch_tip(name)

    def get_the_completion_list(self, what, mode):
        """Return (small list, big list) of completions of `what`."""
        return self.autocomplete.fetch_completions(what, mode)

    def stackviewer(self, flist_oid=None):
        """Return the root item of a stack viewer for the last exception, or None."""
        if self.user_exc_info is None:
            return None
        flist = None
        if flist_oid is not None:
            flist = self.rpchandler.get_remote_proxy(flist_oid)
        kind, value, tb = self.user_exc_info
        while tb is not None and tb.tb_frame.f_globals['__name__'] in ('rpc', 'run',
                                                                      __name__):
            tb = tb.tb_next
        sys.last_type, sys.last_value = kind, value
        return debugobj_r.remote_object_tree_item(stackviewer.StackTreeItem(flist, tb))

