# SPDX-License-Identifier: MIT
"""Dialogs to ask for a number or a line of text, and bases for dialogs of one's own."""
from tkinter import *
from tkinter import _get_default_root, messagebox


def _put_over(window, master, relx, rely):
    """Show a window that was withdrawn: over master, wholly on the screen."""
    window.update_idletasks()
    width, height = window.winfo_reqwidth(), window.winfo_reqheight()
    if master.winfo_ismapped():
        x, y = master.winfo_rootx(), master.winfo_rooty()
        room = master.winfo_width(), master.winfo_height()
    else:
        x = y = 0
        room = window.winfo_screenwidth(), window.winfo_screenheight()
    x = min(x + int(room[0] * relx - width * relx), window.winfo_screenwidth() - width)
    y = min(y + int(room[1] * rely - height * rely), window.winfo_screenheight() - height)
    window.geometry('+%d+%d' % (max(x, 0), max(y, 0)))


class SimpleDialog:
    """A text and some buttons; go() returns the number of the one pressed.

    default: the number for Return, cancel: for closing the window (default); class_: the window's class.
    """

    def __init__(self, master, text='', buttons=[], default=None, cancel=None, title=None, class_=None):
        window = self.root = Toplevel(master, class_=class_) if class_ else Toplevel(master)
        if title:
            for name in (window.title, window.iconname):
                name(title)
        _setup_dialog(window)
        self.num, self.cancel, self.default = default, cancel, default
        self.message, self.frame = Message(window, text=text, aspect=400), Frame(window)
        self.message.pack(fill=BOTH, expand=True)
        self.frame.pack()
        window.bind('<Return>', self.return_event)
        for number, label in enumerate(buttons):
            button = Button(self.frame, text=label, command=lambda number=number: self.done(number))
            if number == default:
                button.configure(borderwidth=8, relief=RIDGE)
            button.pack(fill=BOTH, expand=True, side=LEFT)
        window.protocol('WM_DELETE_WINDOW', self.wm_delete_window)
        self._set_transient(master)

    def _set_transient(self, master, relx=0.5, rely=0.3):
        self.root.withdraw()
        self.root.transient(master)
        _put_over(self.root, master, relx, rely)
        self.root.deiconify()

    def go(self):
        """Wait for a button; its number."""
        window = self.root
        window.wait_visibility()
        window.grab_set()
        window.mainloop()
        window.destroy()
        return self.num

    def return_event(self, event):
        """Return was pressed."""
        if self.default is None:
            self.root.bell()
        else:
            self.done(self.default)

    def wm_delete_window(self):
        """The window was closed."""
        if self.cancel is None:
            self.root.bell()
        else:
            self.done(self.cancel)

    def done(self, num):
        """Let go() return num."""
        self.num = num
        self.root.quit()


class Dialog(Toplevel):
    """Base of dialogs: body() makes what is in it, apply() uses what was entered.

    Making one shows it, and waits until it is closed.
    """

    def __init__(self, parent, title=None):
        owner = parent
        if owner is None:
            owner = _get_default_root('open dialog window')
        Toplevel.__init__(self, owner)
        self.withdraw()
        if title:
            self.title(title)
        if parent is not None and parent.winfo_viewable():
            self.transient(parent)
        _setup_dialog(self)
        self.parent, self.result = parent, None
        box = Frame(self)
        self.initial_focus = self.body(box) or self
        box.pack(padx=5, pady=5)
        self.buttonbox()
        self.protocol('WM_DELETE_WINDOW', self.cancel)
        if parent is not None:
            self.geometry('+%d+%d' % (parent.winfo_rootx() + 50, parent.winfo_rooty() + 50))
        self.deiconify()
        self.initial_focus.focus_set()
        for step in (self.wait_visibility, self.grab_set):
            step()
        self.wait_window(self)

    def destroy(self):
        """Close the window."""
        self.initial_focus = None
        Toplevel.destroy(self)

    def body(self, master):
        """Make the widgets inside master; returns the one to have the focus.  To be overridden."""

    def buttonbox(self):
        """Make the buttons: OK and Cancel.  May be overridden."""
        row = Frame(self)
        for text, command, state in (('OK', self.ok, ACTIVE), ('Cancel', self.cancel, NORMAL)):
            Button(row, text=text, width=10, command=command, default=state).pack(side=LEFT, padx=5, pady=5)
        self.bind('<Return>', self.ok)
        self.bind('<Escape>', self.cancel)
        row.pack()

    def ok(self, event=None):
        """OK was pressed: validate, apply and close."""
        if not self.validate():
            self.initial_focus.focus_set()
            return
        self.withdraw()
        self.update_idletasks()
        try:
            self.apply()
        finally:
            self.cancel()

    def cancel(self, event=None):
        """Close without applying."""
        if self.parent is not None:
            self.parent.focus_set()
        self.destroy()

    def validate(self):
        """Is what was entered good?  To be overridden."""
        return 1

    def apply(self):
        """Use what was entered.  To be overridden."""


def _setup_dialog(w):
    """Tell the window manager that w is a dialog."""
    if w._windowingsystem == 'aqua':
        w.tk.call('::tk::unsupported::MacWindowStyle', 'style', w, 'moveableModal', '')
    elif w._windowingsystem == 'x11':
        w.wm_attributes('-type', 'dialog')


class _QueryDialog(Dialog):
    """A prompt and an entry; the attribute result is the value, or None."""

    def __init__(self, title, prompt, initialvalue=None, minvalue=None, maxvalue=None, parent=None):
        self.prompt, self.initialvalue = prompt, initialvalue
        self.minvalue, self.maxvalue = minvalue, maxvalue
        Dialog.__init__(self, parent, title)

    def destroy(self):
        self.entry = None
        Dialog.destroy(self)

    def body(self, master):
        Label(master, text=self.prompt, justify=LEFT).grid(row=0, padx=5, sticky=W)
        self.entry = Entry(master, name='entry')
        self.entry.grid(row=1, padx=5, sticky=W + E)
        if self.initialvalue is not None:
            self.entry.insert(0, self.initialvalue)
            self.entry.select_range(0, END)
        return self.entry

    def validate(self):
        try:
            value = self.getresult()
        except ValueError:
            messagebox.showwarning('Illegal value', self.errormessage + '\nPlease try again', parent=self)
            return 0
        for limit, wrong, which in ((self.minvalue, lambda bound: value < bound, 'minimum'),
                                    (self.maxvalue, lambda bound: value > bound, 'maximum')):
            if limit is not None and wrong(limit):
                side = 'small' if which == 'minimum' else 'large'
                messagebox.showwarning('Too ' + side, 'The allowed %s value is %s. Please try again.' % (which, limit),
                                       parent=self)
                return 0
        self.result = value
        return 1


class _QueryInteger(_QueryDialog):
    errormessage = 'Not an integer.'

    def getresult(self):
        return self.getint(self.entry.get())


def askinteger(title, prompt, **kw):
    """Ask for an integer; None if cancelled.  Options: initialvalue, minvalue, maxvalue, parent."""
    return _QueryInteger(title, prompt, **kw).result


class _QueryFloat(_QueryDialog):
    errormessage = 'Not a floating point value.'

    def getresult(self):
        return self.getdouble(self.entry.get())


def askfloat(title, prompt, **kw):
    """Ask for a float; None if cancelled.  Options: initialvalue, minvalue, maxvalue, parent."""
    return _QueryFloat(title, prompt, **kw).result


class _QueryString(_QueryDialog):
    def __init__(self, *args, **kw):
        self.__mask = kw.pop('show', None)
        super().__init__(*args, **kw)

    def body(self, master):
        entry = super().body(master)
        if self.__mask is not None:
            entry['show'] = self.__mask
        return entry

    def getresult(self):
        return self.entry.get()


def askstring(title, prompt, **kw):
    """Ask for a line of text; None if cancelled.  Options: initialvalue, parent, show (what to show for each character)."""
    return _QueryString(title, prompt, **kw).result
