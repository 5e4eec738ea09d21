# SPDX-License-Identifier: MIT
"""The debugger's window, and the bdb.Bdb that stops the program.

    Idb         runs the program and stops it at lines and exceptions; each stop
                is a call of gui.interaction(), which returns when the user has
                pressed a button
    Debugger    the window Debug Control: interaction() shows the stop, then
                waits in a nested event loop

With two processes Idb lives where the user's code runs, and debugger_r carries
the calls across.
"""
import bdb
import os

from tkinter import *
from tkinter.ttk import Frame, Scrollbar

from idlelib import macosx
from idlelib.scrolledlist import ScrolledList
from idlelib.window import ListedToplevel


class Idb(bdb.Bdb):
    """Tells gui where the program has stopped."""

    def __init__(self, gui):
        self.gui = gui
        super().__init__()

    def user_line(self, frame):
        """A line is about to be executed."""
        if self.in_rpc_code(frame):
            self.set_step()
            return
        try:
            self.gui.interaction(self.__frame2message(frame), frame)
        except TclError:
            pass        # the window was closed in the meantime

    def user_exception(self, frame, info):
        """An exception (type, value, traceback) passes through frame."""
        if self.in_rpc_code(frame):
            self.set_step()
            return
        self.gui.interaction(self.__frame2message(frame), frame, info)

    def in_rpc_code(self, frame):
        """True if frame belongs to IDLE's own machinery (print goes through it)."""
        while frame is not None:
            filename = frame.f_code.co_filename
            if 'rpc.py' in filename:
                return True
            frame = frame.f_back
            if frame is not None:
                caller = frame.f_code.co_filename
                if 'idlelib' in caller and 'debugger' in caller:
                    return False        # started by the debugger: the user's code
        return False

    def __frame2message(self, frame):
        code = frame.f_code
        place = f'{os.path.basename(code.co_filename)}:{frame.f_lineno}'
        return place if code.co_name == '?' else f'{place}: {code.co_name}()'


class Debugger:
    """The window Debug Control.

    idb is an Idb or an IdbProxy; frame the frame that is shown, None while the
    program runs.
    """

    # What the user wants to see: shared by all windows, made with the first.
    vstack = vsource = vlocals = vglobals = None

    stackviewer = None
    localsviewer = None
    globalsviewer = None

    def __init__(self, pyshell, idb=None):
        self.pyshell = pyshell
        self.idb = Idb(self) if idb is None else idb
        self.frame = None
        self.interacting = 0        # a program runs under the debugger
        self.nesting_level = 0      # interaction() waits
        self.make_gui()

    def run(self, *args):
        """Run as Bdb.run() does."""
        if self.nesting_level > 0:
            # We were called from the event loop within interaction(): another
            # program is stopped.  Let it end, then start.
            self.abort_loop()
            self.root.after(100, lambda: self.run(*args))
            return None
        self.interacting = True
        try:
            return self.idb.run(*args)
        finally:
            self.interacting = False

    def close(self, event=None):
        """End the program and close the window."""
        try:
            self.quit()
        except Exception:
            pass        # the other process is gone, say
        if self.interacting:
            self.top.bell()
            return
        viewer, self.stackviewer = self.stackviewer, None
        if viewer is not None:
            viewer.close()
        self.pyshell.close_debugger()
        self.top.destroy()

    # The window.

    def make_gui(self):
        """Build the window."""
        shell = self.pyshell
        self.flist = shell.flist
        self.root = shell.root
        top = self.top = ListedToplevel(self.root)
        top.wm_title('Debug Control')
        top.wm_iconname('Debug')
        top.wm_protocol('WM_DELETE_WINDOW', self.close)
        top.bind('<Escape>', self.close)
        self._make_buttons(top)
        self._make_choices(top)
        self.status = Label(top, anchor='w')
        self.status.pack(anchor='w')
        self.error = Label(top, anchor='w')
        self.error.pack(anchor='w', fill='x')
        self.errorbg = self.error.cget('background')
        self.fstack = Frame(top, height=1)
        self.fstack.pack(expand=1, fill='both')
        self.flocals = Frame(top)
        self.flocals.pack(expand=1, fill='both')
        self.fglobals = Frame(top, height=1)
        self.fglobals.pack(expand=1, fill='both')
        for show, wanted in ((self.show_stack, self.vstack),
                             (self.show_locals, self.vlocals),
                             (self.show_globals, self.vglobals)):
            if wanted.get():
                show()

    def _make_buttons(self, top):
        frame = self.bframe = Frame(top)
        frame.pack(anchor='w')
        self.buttons = []
        for text, command in (('Go', self.cont), ('Step', self.step), ('Over', self.next),
                              ('Out', self.ret), ('Quit', self.quit)):
            button = Button(frame, text=text, command=command, state='disabled')
            button.pack(side='left')
            self.buttons.append(button)
        # bret is the last button, as it has always been.
        self.bcont, self.bstep, self.bnext, _, self.bret = self.buttons

    def _make_choices(self, top):
        cls = type(self)
        if cls.vstack is None:
            for name, wanted in (('vstack', 1), ('vsource', 0), ('vlocals', 1), ('vglobals', 0)):
                setattr(cls, name, BooleanVar(top, wanted))
        frame = self.cframe = Frame(self.bframe)
        frame.pack(side='left')

        def choice(text, command, variable, row, column):
            button = Checkbutton(frame, text=text, command=command, variable=variable)
            button.grid(row=row, column=column)
            return button

        self.bstack = choice('Stack', self.show_stack, cls.vstack, 0, 0)
        self.bsource = choice('Source', self.show_source, cls.vsource, 0, 1)
        self.blocals = choice('Locals', self.show_locals, cls.vlocals, 1, 0)
        self.bglobals = choice('Globals', self.show_globals, cls.vglobals, 1, 1)

    # A stop.

    def interaction(self, message, frame, info=None):
        """Show that the program stopped in frame; return when it may go on.

        message: where; info: (type, value, traceback) if an exception is the reason.
        """
        self.frame = frame
        self.status['text'] = message
        tb = None
        if info:
            kind, value, tb = info
            what = getattr(kind, '__name__', None) or str(kind)
            if value is not None:
                try:
                    what = f'{what}: {value}'
                except Exception:
                    pass        # the exception's __str__ fails
            self.error.configure(text=what, background='yellow')
        else:
            self.error.configure(text='', background=self.errorbg)
        if self.stackviewer is not None:
            self.stackviewer.load_stack(*self.idb.get_stack(frame, tb))
        self.show_variables(1)
        if self.vsource.get():
            self.sync_source_line()
        self._wait()
        self.status['text'] = ''
        self.error.configure(text='', background=self.errorbg)
        self.frame = None

    def _set_buttons(self, state):
        for button in self.buttons:
            button['state'] = state

    def _wait(self):
        """Handle events until a button calls abort_loop()."""
        self._set_buttons('normal')
        self.top.wakeup()
        self.nesting_level += 1
        try:
            self.root.tk.call('vwait', '::idledebugwait')
        finally:
            self.nesting_level -= 1
        self._set_buttons('disabled')

    def sync_source_line(self):
        """Show the line at which the program stopped in an editor window."""
        if self.frame is None:
            return
        filename, lineno = self.__frame2fileline(self.frame)
        if not (filename.startswith('<') and filename.endswith('>')) and os.path.exists(filename):
            self.flist.gotofileline(filename, lineno)

    def __frame2fileline(self, frame):
        return frame.f_code.co_filename, frame.f_lineno

    # The buttons.

    def cont(self):
        """Go on to the next breakpoint."""
        self.idb.set_continue()
        self.abort_loop()

    def step(self):
        """Go on to the next line, in a called function too."""
        self.idb.set_step()
        self.abort_loop()

    def next(self):
        """Go on to the next line of this function."""
        self.idb.set_next(self.frame)
        self.abort_loop()

    def ret(self):
        """Go on until this function returns."""
        self.idb.set_return(self.frame)
        self.abort_loop()

    def quit(self):
        """End the program."""
        self.idb.set_quit()
        self.abort_loop()

    def abort_loop(self):
        """Make interaction() return."""
        self.root.tk.call('set', '::idledebugwait', '1')

    # The check buttons.

    def show_stack(self):
        """Show the list of frames, or take it away, as the check button says."""
        viewer = self.stackviewer
        if self.vstack.get() and viewer is None:
            self.stackviewer = viewer = StackViewer(self.fstack, self.flist, self)
            if self.frame is not None:
                viewer.load_stack(*self.idb.get_stack(self.frame, None))
        elif not self.vstack.get() and viewer is not None:
            self.stackviewer = None
            viewer.close()
            self.fstack['height'] = 1

    def show_source(self):
        """Show the source line, if the check button says so."""
        if self.vsource.get():
            self.sync_source_line()

    def show_frame(self, stackitem):
        """Show the variables of the (frame, line number) that was selected."""
        self.frame = stackitem[0]
        self.show_variables()

    def _variables(self, wanted, viewer, frame, title):
        """Return the viewer for `wanted`: as it is, a new one in frame, or None."""
        if wanted:
            return viewer or NamespaceViewer(frame, title)
        if viewer is not None:
            viewer.close()
            frame['height'] = 1
        return None

    def show_locals(self):
        """Show the local variables, or take them away, as the check button says."""
        self.localsviewer = self._variables(self.vlocals.get(), self.localsviewer,
                                            self.flocals, 'Locals')
        self.show_variables()

    def show_globals(self):
        """Show the global variables, or take them away, as the check button says."""
        self.globalsviewer = self._variables(self.vglobals.get(), self.globalsviewer,
                                             self.fglobals, 'Globals')
        self.show_variables()

    def show_variables(self, force=0):
        """Fill the viewers with the variables of the current frame."""
        lv, gv = self.localsviewer, self.globalsviewer
        local = shared = None
        if self.frame is not None:
            local, shared = self.frame.f_locals, self.frame.f_globals
            if lv is not None and gv is not None and local is shared:
                local = None        # a module: shown once
        client = self.pyshell.interp.rpcclt
        if lv is not None:
            lv.load_dict(local, force, client)
        if gv is not None:
            gv.load_dict(shared, force, client)

    # Breakpoints.

    def set_breakpoint_here(self, filename, lineno):
        """An editor window has a new breakpoint."""
        self.idb.set_break(filename, lineno)

    def clear_breakpoint_here(self, filename, lineno):
        """A breakpoint of an editor window is gone."""
        self.idb.clear_break(filename, lineno)

    def clear_file_breaks(self, filename):
        """All breakpoints of filename are gone."""
        self.idb.clear_all_file_breaks(filename)

    def load_breakpoints(self):
        """Tell idb the breakpoints of all editor windows."""
        for window in self.pyshell.flist.inversedict:
            for lineno in getattr(window, 'breakpoints', ()):
                self.set_breakpoint_here(window.io.filename, lineno)


class StackViewer(ScrolledList):
    """The list of frames; gui is the Debugger."""

    def __init__(self, master, flist, gui):
        # On macOS the list would push the window out of the screen.
        options = {} if macosx.isAquaTk() else {'width': 80}
        super().__init__(master, **options)
        self.flist = flist
        self.gui = gui
        self.stack = []

    def load_stack(self, stack, index=None):
        """Show stack, a list of (frame, line number); select the one at index."""
        self.stack = stack
        self.clear()
        for number, (frame, lineno) in enumerate(stack):
            prefix = '> ' if number == index else ''
            self.append(prefix + self._describe(frame, lineno))
        if index is not None:
            self.select(index)

    @staticmethod
    def _describe(frame, lineno):
        from linecache import getline
        try:
            # Through a proxy it is a repr.
            where = frame.f_globals['__name__'].strip("'")
        except Exception:
            where = '?'
        code = frame.f_code
        function = code.co_name
        if function not in ('?', '', None):
            where = f'{where}.{function}()'
        source = getline(code.co_filename, lineno).strip()
        return f'{where}, line {lineno}: {source}'

    def popup_event(self, event):
        """Show the menu, unless there is no stack."""
        if self.stack:
            return super().popup_event(event)
        return None

    def fill_menu(self):
        """The entries of the menu."""
        self.menu.add_command(label='Go to source line', command=self.goto_source_line)
        self.menu.add_command(label='Show stack frame', command=self.show_stack_frame)

    def on_select(self, index):
        """Show the variables of the frame."""
        if 0 <= index < len(self.stack):
            self.gui.show_frame(self.stack[index])

    def on_double(self, index):
        """Show the source of the frame."""
        self.show_source(index)

    def goto_source_line(self):
        """Menu entry: show the source."""
        self.show_source(self.listbox.index('active'))

    def show_stack_frame(self):
        """Menu entry: show the variables."""
        self.on_select(self.listbox.index('active'))

    def show_source(self, index):
        """Open the file of the frame at index, with the cursor on its line."""
        if not 0 <= index < len(self.stack):
            return
        frame, lineno = self.stack[index]
        filename = frame.f_code.co_filename
        if os.path.isfile(filename):
            window = self.flist.open(filename)
            if window:
                window.gotoline(lineno)


class NamespaceViewer:
    """A scrolled table of names and values."""

    dict = -1       # what is shown; -1: nothing has been loaded

    def __init__(self, master, title, dict=None):
        from reprlib import Repr
        height = 20 * len(dict) if dict else 40
        self.master = master
        self.title = title
        self.repr = Repr()
        self.repr.maxstring = self.repr.maxother = 60
        frame = self.frame = Frame(master)
        frame.pack(expand=1, fill='both')
        self.label = Label(frame, text=title, borderwidth=2, relief='groove')
        self.label.pack(fill='x')
        bar = self.vbar = Scrollbar(frame, name='vbar')
        bar.pack(side='right', fill='y')
        canvas = self.canvas = Canvas(frame, height=min(300, max(40, height)),
                                      scrollregion=(0, 0, 0, height))
        canvas.pack(side='left', fill='both', expand=1)
        bar['command'] = canvas.yview
        canvas['yscrollcommand'] = bar.set
        self.subframe = Frame(canvas)
        self.sfid = canvas.create_window(0, 0, window=self.subframe, anchor='nw')
        self.load_dict(dict)

    def load_dict(self, dict, force=0, rpc_client=None):
        """Show dict (None: nothing), again only if force says so.

        With an rpc_client, dict is a DictProxy, whose values are reprs already.
        """
        if dict is self.dict and not force:
            return
        table = self.subframe
        for child in list(table.children.values()):
            child.destroy()
        self.dict = None
        # A DictProxy has no length; and keys need not be strings.
        names = sorted(dict.keys(), key=str) if dict else []
        for row, name in enumerate(names):
            value = dict[name]
            Label(table, text=name).grid(row=row, column=0, sticky='nw')
            # An entry: its text can be selected and copied.
            entry = Entry(table, width=0, borderwidth=0)
            entry.insert(0, value if rpc_client else self.repr.repr(value))
            entry.grid(row=row, column=1, sticky='nw')
        if not names:
            Label(table, text='None').grid(row=0, column=0)
        self.dict = dict
        self._fit()

    def _fit(self):
        """Make the canvas as high as the table, up to a limit."""
        self.subframe.update_idletasks()
        width, height = self.subframe.winfo_reqwidth(), self.subframe.winfo_reqheight()
        self.canvas['scrollregion'] = 0, 0, width, height
        self.canvas['height'] = min(height, 300)
        self.frame.pack(expand=int(height > 300))

    def close(self):
        """Take the table away."""
        self.frame.destroy()


if __name__ == '__main__':
    from unittest import main
    main('idlelib.idle_test.test_debugger', verbosity=2, exit=False)
