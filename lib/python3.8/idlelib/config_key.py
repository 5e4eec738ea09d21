# SPDX-License-Identifier: MIT
"""The dialog that asks for the keys of an action.

It has two sides: choosing modifiers and a key from lists, and typing sequences as Tk writes them.
"""
import string
import sys

from tkinter import Toplevel, Listbox, StringVar, TclError
from tkinter import messagebox
from tkinter.simpledialog import _setup_dialog
from tkinter.ttk import Frame, Button, Checkbutton, Entry, Label, Scrollbar

FUNCTION_KEYS = tuple('F%d' % number for number in range(1, 13))
ALPHANUM_KEYS = tuple(string.ascii_lowercase + string.digits)
PUNCTUATION_KEYS = tuple('~!@#%^&*()_-+={}[]|;:,.<>/?')
WHITESPACE_KEYS = ('Tab', 'Space', 'Return')
EDIT_KEYS = ('BackSpace', 'Delete', 'Insert')
MOVE_KEYS = ('Home', 'End', 'Page Up', 'Page Down', 'Left Arrow', 'Right Arrow', 'Up Arrow', 'Down Arrow')
AVAILABLE_KEYS = (ALPHANUM_KEYS + PUNCTUATION_KEYS + FUNCTION_KEYS + WHITESPACE_KEYS + EDIT_KEYS + MOVE_KEYS)

# What Tk calls them, in the order of PUNCTUATION_KEYS.
_PUNCTUATION_SYMS = (
    'asciitilde exclam at numbersign percent asciicircum ampersand asterisk parenleft parenright underscore minus plus equal '
    'braceleft braceright bracketleft bracketright bar semicolon colon comma period less greater slash question').split()
_KEYSYMS = dict(zip(PUNCTUATION_KEYS, _PUNCTUATION_SYMS), Space='space')
_KEYSYMS.update({'Page Up': 'Prior', 'Page Down': 'Next'})
_KEYSYMS.update((side + ' Arrow', side) for side in ('Left', 'Right', 'Up', 'Down'))

_BASIC_HELP = ('Select the desired modifier keys\nabove, and the final key from the\nlist on the right.\n\n'
               'Use upper case Symbols when using\nthe Shift modifier.  (Letters will be\nconverted automatically.)')
_ADVANCED_HELP = (
    'Key bindings are specified using Tkinter keysyms as\nin these samples: <Control-f>, <Shift-F2>, <F12>,\n'
    '<Control-space>, <Meta-less>, <Control-Alt-Shift-X>.\nUpper case is used when the Shift modifier is present!\n\n'
    "'Emacs style' multi-keystroke bindings are specified as\nfollows: <Control-x><Control-y>, where the first key\n"
    "is the 'do-nothing' keybinding.\n\nMultiple separate bindings for one action should be\n"
    'separated by a space, eg., <Alt-v> <Meta-v>.')


def translate_key(key, modifiers):
    """The part of a sequence that stands for a key of AVAILABLE_KEYS: 'Key-' and what Tk calls it."""
    name = _KEYSYMS.get(key, key)
    if 'Shift' in modifiers and len(name) == 1 and name.islower():
        name = name.upper()
    return 'Key-' + name


class GetKeysDialog(Toplevel):
    """Asks for sequences; `result` is what was chosen, '' if it was cancelled."""

    keyerror_title = 'Key Sequence Error'

    def __init__(self, parent, title, action, current_key_sequences, *, _htest=False, _utest=False):
        """action: the event the keys are for; current_key_sequences: lists of those that are taken.

        _htest: a person tests, stand below the parent; _utest: a program does, do not wait.
        """
        super().__init__(parent)
        self.withdraw()
        self.parent, self.action, self.current_key_sequences = parent, action, current_key_sequences
        self.result = ''
        self.key_string = StringVar(self, '')
        self.set_modifiers_for_platform()
        self.create_widgets()
        self.title(title)
        self.configure(borderwidth=5)
        self.protocol('WM_DELETE_WINDOW', self.cancel)
        self.transient(parent)
        self.resizable(False, False)
        _setup_dialog(self)
        self.grab_set()
        self.update_idletasks()
        x = parent.winfo_rootx() + (parent.winfo_width() - self.winfo_reqwidth()) // 2
        y = parent.winfo_rooty() + (150 if _htest else (parent.winfo_height() - self.winfo_reqheight()) // 2)
        self.geometry('+%d+%d' % (x, y))
        if not _utest:
            self.deiconify()
            self.wait_window()

    def showerror(self, *args, **kwargs):
        """Show a message box; tests replace this."""
        messagebox.showerror(*args, **kwargs)

    def create_widgets(self):
        """Make both sides, the basic one above, and the buttons."""
        self.frame = frame = Frame(self, borderwidth=2, relief='sunken')
        frame.pack(side='top', expand=True, fill='both')
        buttons = Frame(self)
        buttons.pack(side='bottom', fill='x')
        self.button_ok = Button(buttons, text='OK', width=8, command=self.ok)
        self.button_cancel = Button(buttons, text='Cancel', width=8, command=self.cancel)
        for column, button in enumerate((self.button_ok, self.button_cancel)):
            button.grid(row=0, column=column, padx=5, pady=5)
        self._create_basic(frame)
        self._create_advanced(frame)
        self.button_level = Button(frame, command=self.toggle_level, text='Advanced Key Binding Entry >>')
        self.button_level.grid(row=2, column=0, sticky='ew', padx=5, pady=5)
        self.advanced = True
        self.toggle_level()

    def _create_basic(self, frame):
        """Make the side with modifiers and the list of keys."""
        above = self.frame_keyseq_basic = Frame(frame, name='keyseq_basic')
        above.grid(row=0, column=0, sticky='nsew', padx=5, pady=5)
        Label(above, text=f"New keys for '{self.action}' :").pack(anchor='w')
        chosen = Label(above, justify='left', textvariable=self.key_string, relief='groove', borderwidth=2)
        chosen.pack(ipadx=5, ipady=5, fill='x')
        controls = self.frame_controls_basic = Frame(frame)
        controls.grid(row=1, column=0, sticky='nsew', padx=5)
        self.modifier_checkbuttons = {}
        self.modifier_vars = []
        for column, modifier in enumerate(self.modifiers):
            variable = StringVar(self, '')
            button = Checkbutton(controls, text=self.modifier_label.get(modifier, modifier), variable=variable,
                                 onvalue=modifier, offvalue='', command=self.build_key_string)
            button.grid(row=0, column=column, padx=2, sticky='w')
            self.modifier_vars.append(variable)
            self.modifier_checkbuttons[modifier] = button
        Label(controls, justify='left', text=_BASIC_HELP).grid(row=1, column=0, columnspan=4, padx=2, sticky='w')
        Button(controls, text='Clear Keys', command=self.clear_key_seq).grid(row=2, column=0, columnspan=4)
        keys = self.list_keys_final = Listbox(controls, width=15, height=10, selectmode='single')
        keys.insert('end', *AVAILABLE_KEYS)
        keys.bind('<ButtonRelease-1>', self.final_key_selected)
        keys.grid(row=0, column=4, rowspan=4, sticky='ns')
        scroll = Scrollbar(controls, orient='vertical', command=keys.yview)
        keys.config(yscrollcommand=scroll.set)
        scroll.grid(row=0, column=5, rowspan=4, sticky='ns')

    def _create_advanced(self, frame):
        """Make the side to type on."""
        above = self.frame_keyseq_advanced = Frame(frame, name='keyseq_advanced')
        above.grid(row=0, column=0, sticky='nsew', padx=5, pady=5)
        Label(above, justify='left', text=f"Enter new binding(s) for '{self.action}' :\n"
              '(These bindings will not be checked for validity!)').pack(anchor='w')
        self.advanced_keys = Entry(above, textvariable=self.key_string)
        self.advanced_keys.pack(fill='x')
        text = self.frame_help_advanced = Frame(frame)
        text.grid(row=1, column=0, sticky='nsew', padx=5)
        Label(text, justify='left', text=_ADVANCED_HELP).grid(row=0, column=0, sticky='nsew')

    def set_modifiers_for_platform(self):
        """Set the modifiers that the platform has, and the labels of those that bear another name there."""
        if sys.platform == 'darwin':
            self.modifiers = ['Shift', 'Control', 'Option', 'Command']
        else:
            self.modifiers = ['Control', 'Alt', 'Shift']
        self.modifier_label = {'Control': 'Ctrl'}

    def toggle_level(self):
        """Show the other side, without keys."""
        self.advanced = not self.advanced
        self.clear_key_seq()
        if self.advanced:
            text, shown = '<< Basic Key Binding Entry', (self.frame_keyseq_advanced, self.frame_help_advanced)
        else:
            text, shown = 'Advanced Key Binding Entry >>', (self.frame_keyseq_basic, self.frame_controls_basic)
        self.button_level.config(text=text)
        for frame in shown:
            frame.lift()
        if self.advanced:
            self.advanced_keys.focus_set()

    def final_key_selected(self, event=None):
        """A key of the list was clicked."""
        self.build_key_string()

    def build_key_string(self):
        """Write the sequence of what is chosen."""
        parts = list(self.get_modifiers())
        key = self.list_keys_final.get('anchor')
        if key:
            parts.append(translate_key(key, parts))
        self.key_string.set('<%s>' % '-'.join(parts))

    def get_modifiers(self):
        """The modifiers that are chosen."""
        return [name for name in (variable.get() for variable in self.modifier_vars) if name]

    def clear_key_seq(self):
        """Choose nothing."""
        for variable in self.modifier_vars:
            variable.set('')
        self.list_keys_final.select_clear(0, 'end')
        self.list_keys_final.yview('moveto', '0.0')
        self.key_string.set('')

    def ok(self, event=None):
        """Close with the keys if they do; what was typed is only tried on Tk."""
        keys = self.key_string.get().strip()
        if not keys:
            self._complain('No key specified.')
        elif (self.advanced or self.keys_ok(keys)) and self.bind_ok(keys):
            self.result = keys
            self.grab_release()
            self.destroy()

    def cancel(self, event=None):
        """Close without keys."""
        self.result = ''
        self.grab_release()
        self.destroy()

    def _complain(self, message):
        self.showerror(title=self.keyerror_title, parent=self, message=message)

    def keys_ok(self, keys):
        """Do the chosen keys make sense: a key at the end, one that types nothing without a modifier, and not taken?"""
        final = self.list_keys_final.get('anchor')
        modifiers = self.get_modifiers()
        types_nothing = final in FUNCTION_KEYS + MOVE_KEYS
        problem = None
        if not keys.endswith('>'):
            problem = 'Missing the final Key'
        elif not modifiers and not types_nothing:
            problem = 'No modifier key(s) specified.'
        elif modifiers == ['Shift'] and not types_nothing and final not in ('Tab', 'Space'):
            problem = 'The shift modifier by itself may not be used with this key symbol.'
        elif any(keys in sequences for sequences in self.current_key_sequences):
            problem = 'This key combination is already in use.'
        if problem:
            self._complain(problem)
        return problem is None

    def bind_ok(self, keys):
        """Does Tk take the sequences?"""
        try:
            self.unbind(keys, self.bind(keys, lambda event: None))
        except TclError as error:
            self._complain(f'The entered key sequence is not accepted.\n\nError: {error}')
            return False
        return True
