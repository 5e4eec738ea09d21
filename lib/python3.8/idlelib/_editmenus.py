# SPDX-License-Identifier: MIT
"""The menus of editor windows: menu bar, context menu, keys, recent files, help sources.

MenuMixin is a base of EditorWindow and uses its text, top, root, menubar, io
and tkinter_vars.
"""
import os
import re
import sys
import webbrowser

from tkinter import BooleanVar, Menu, TclError
from tkinter import messagebox

from idlelib import macosx
from idlelib import mainmenu
from idlelib import window
from idlelib.config import idleConf


def prepstr(s):
    """Return (index of the letter to underline, label) for a label with an underscore."""
    place = s.find('_')
    return place, s if place < 0 else s[:place] + s[place + 1:]


keynames = {
    'bracketleft': '[',
    'bracketright': ']',
    'slash': '/',
}


def get_accelerator(keydefs, eventname):
    """Return the first key sequence of an event as menus show it: 'Ctrl+S'; '' if none."""
    sequences = keydefs.get(eventname)
    # The key of open-module does not work on macOS; it is not shown there.
    if not sequences or (macosx.isCocoaTk() and eventname == '<<open-module>>'):
        return ''
    shown = re.sub(r'-[a-z]\b', lambda match: match.group().upper(), sequences[0])
    shown = re.sub(r'\b\w+\b', lambda match: keynames.get(match.group(), match.group()), shown)
    for old, new in (('Key-', ''), ('Cancel', 'Ctrl-Break'), ('Control-', 'Ctrl-'),
                     ('-', '+'), ('><', ' '), ('<', ''), ('>', '')):
        shown = shown.replace(old, new)
    return shown


_DIGITS = '1234567890ABCDEFGHIJK'       # what stands before the names of recent files


def _show_document(target, parent):
    """Open a file or URL with whatever shows such documents."""
    if sys.platform.startswith('win'):
        try:
            os.startfile(target)
        except OSError as why:
            messagebox.showerror(title='Document Start Failure', message=str(why), parent=parent)
    else:
        webbrowser.open(target)


class MenuMixin:
    """The part of EditorWindow that has to do with menus and keys."""

    mainmenu = mainmenu

    menu_specs = [
        ('file', '_File'),
        ('edit', '_Edit'),
        ('format', 'F_ormat'),
        ('run', '_Run'),
        ('options', '_Options'),
        ('window', '_Window'),
        ('help', '_Help'),
    ]

    # (label, event, name of the method that tells the entry's state)
    rmenu_specs = [('Close', '<<close-window>>', None)]
    rmenu = None

    # The menu bar.

    def createmenubar(self):
        """Make the menus of menu_specs and fill them."""
        self.menudict = menus = {}
        for name, label in self.menu_specs:
            underline, label = prepstr(label)
            menus[name] = menu = Menu(self.menubar, name=name, tearoff=0,
                                      postcommand=getattr(self, f'{name}_menu_postcommand', None))
            self.menubar.add_cascade(label=label, menu=menu, underline=underline)
        if macosx.isCarbonTk():
            menus['application'] = menu = Menu(self.menubar, name='apple', tearoff=0)
            self.menubar.add_cascade(label='IDLE', menu=menu)
        self.fill_menus()
        self.recent_files_menu = Menu(self.menubar, tearoff=0)
        menus['file'].insert_cascade(3, label='Recent Files', underline=0,
                                     menu=self.recent_files_menu)
        self.base_helpmenu_length = menus['help'].index('end')
        self.reset_help_menu_entries()

    def fill_menus(self, menudefs=None, keydefs=None):
        """Append the entries of menudefs (default: IDLE's own) to the window's menus.

        Entries of menus that the window does not have are left out.
        """
        if menudefs is None:
            menudefs = self.mainmenu.menudefs
        if keydefs is None:
            keydefs = self.mainmenu.default_keydefs
        for name, entries in menudefs:
            menu = self.menudict.get(name)
            if menu:
                for entry in entries:
                    self._add_entry(menu, entry, keydefs)

    def _add_entry(self, menu, entry, keydefs):
        if not entry:
            menu.add_separator()
            return
        label, event = entry
        text = self.text
        checkable = label.startswith('!')
        underline, label = prepstr(label.lstrip('!'))
        options = dict(label=label, underline=underline,
                       command=lambda: text.event_generate(event),
                       accelerator=get_accelerator(keydefs, event))
        if checkable:
            menu.add_checkbutton(variable=self.get_var_obj(event, BooleanVar), **options)
        else:
            menu.add_command(**options)

    def postwindowsmenu(self):
        """Bring the list of windows at the end of the menu Window up to date."""
        menu = self.menudict['window']
        end = menu.index('end')
        if end is not None and end > self.wmenu_end:
            menu.delete(self.wmenu_end + 1, end)
        window.add_windows_to_menu(menu)

    def update_menu_label(self, menu, index, label):
        """Change the label of an entry; index as Tk takes it, a pattern for instance."""
        self.menudict[menu].entryconfig(index, label=label)

    def update_menu_state(self, menu, index, state):
        """Change the state of an entry: 'normal' or 'disabled'."""
        self.menudict[menu].entryconfig(index, state=state)

    # Variables of entries that can be checked: shared by all windows.

    def getvar(self, name):
        """Return the value of the variable; NameError if there is none."""
        return self._existing_var(name).get()

    def setvar(self, name, value, vartype=None):
        """Set the variable; it is made if vartype is given, else NameError."""
        self._existing_var(name, vartype).set(value)

    def _existing_var(self, name, vartype=None):
        variable = self.get_var_obj(name, vartype)
        if not variable:
            raise NameError(name)
        return variable

    def get_var_obj(self, name, vartype=None):
        """Return the variable called name, made of vartype if it is new, or None."""
        variable = self.tkinter_vars.get(name)
        if not variable and vartype:
            variable = self.tkinter_vars[name] = vartype(self.text)
        return variable

    # The context menu.

    def right_menu_event(self, event):
        """Show the context menu; the cursor goes there unless that is in the selection."""
        text = self.text
        place = text.index(f'@{event.x},{event.y}')
        try:
            selected = (text.compare('sel.first', '<=', place)
                        and text.compare(place, '<=', 'sel.last'))
        except TclError:
            selected = False
        if not selected:
            text.tag_remove('sel', '1.0', 'end')
            text.mark_set('insert', place)
        if not self.rmenu:
            self.make_rmenu()
        self.event = event
        windows = sys.platform.startswith('win')
        if windows:
            text.config(cursor='arrow')
        for index, (_, _, check, *_) in enumerate((*spec, None) for spec in self.rmenu_specs):
            if check is not None:
                self.rmenu.entryconfigure(index, state=getattr(self, check)())
        self.rmenu.tk_popup(event.x_root, event.y_root)
        if windows:
            text.config(cursor='ibeam')
        return 'break'

    def make_rmenu(self):
        """Make the context menu of rmenu_specs."""
        menu = Menu(self.text, tearoff=0)
        for label, event, *_ in self.rmenu_specs:
            if label is None:
                menu.add_separator()
            else:
                def command(text=self.text, event=event):
                    text.event_generate(event)
                menu.add_command(label=label, command=command)
        self.rmenu = menu

    def rmenu_check_cut(self):
        """State of the entry Cut."""
        return self.rmenu_check_copy()

    def rmenu_check_copy(self):
        """State of the entry Copy."""
        try:
            selection = self.text.index('sel.first')
        except TclError:
            selection = ''
        return 'normal' if selection else 'disabled'

    def rmenu_check_paste(self):
        """State of the entry Paste."""
        try:
            self.text.tk.call('tk::GetSelection', self.text, 'CLIPBOARD')
        except TclError:
            return 'disabled'
        return 'normal'

    # Keys.

    def apply_bindings(self, keydefs=None):
        """Let the key sequences of keydefs (default: IDLE's own) send their events."""
        if keydefs is None:
            keydefs = self.mainmenu.default_keydefs
        self.text.keydefs = keydefs
        for event, sequences in keydefs.items():
            if sequences:
                self.text.event_add(event, *sequences)

    def RemoveKeybindings(self):
        """Take all key sequences away, before the settings change."""
        self.mainmenu.default_keydefs = keydefs = idleConf.GetCurrentKeySet()
        definitions = [keydefs]
        definitions += map(idleConf.GetExtensionBindings, self.get_standard_extension_names())
        for keydefs in definitions:
            for event, sequences in (keydefs or {}).items():
                self.text.event_delete(event, *sequences)

    def ApplyKeybindings(self):
        """Put the key sequences of the settings in force, and show them in the menus."""
        self.mainmenu.default_keydefs = keydefs = idleConf.GetCurrentKeySet()
        self.apply_bindings()
        for name in self.get_standard_extension_names():
            extra = idleConf.GetExtensionBindings(name)
            if extra:
                self.apply_bindings(extra)
        for name, entries in self.mainmenu.menudefs:
            menu = self.menudict.get(name)
            if menu:
                events = {prepstr(entry[0].lstrip('!'))[1]: entry[1] for entry in entries if entry}
                self._update_accelerators(menu, events, keydefs)

    @staticmethod
    def _update_accelerators(menu, events, keydefs):
        end = menu.index('end')
        for index in range(0 if end is None else end + 1):
            if menu.type(index) not in ('command', 'checkbutton'):
                continue
            event = events.get(menu.entrycget(index, 'label'))
            if event:
                menu.entryconfig(index, accelerator=get_accelerator(keydefs, event))

    # Help sources of the user.

    def reset_help_menu_entries(self):
        """Bring the user's help sources at the end of the menu Help up to date."""
        menu = self.menudict['help']
        if menu.index('end') > self.base_helpmenu_length:
            menu.delete(self.base_helpmenu_length + 1, menu.index('end'))
        sources = idleConf.GetAllExtraHelpSourcesList()
        if sources:
            menu.add_separator()
        for label, place, *_ in sources:
            menu.add_command(label=label, command=self._help_opener(place))

    def _help_opener(self, place):
        """Return a function that shows the file or URL place."""
        if not place.startswith(('www', 'http')):
            place = os.path.normpath(place)
        return lambda: _show_document(place, self.text)

    def python_docs(self, event=None):
        """Show the manuals: on this machine if they are there, else on the net."""
        _show_document(self.help_url, self.text)
        return 'break'

    # Recent files.

    def update_recent_files_list(self, new_file=None):
        """Note new_file as the latest; bring list, file and all windows' menus up to date."""
        path = self.recent_files_path
        names = []
        if path and os.path.exists(path):
            with open(path, encoding='utf_8', errors='replace') as stream:
                names = stream.read().splitlines()
        if new_file:
            new_file = os.path.abspath(new_file)
            names = [new_file, *(name for name in names if name != new_file)]
        names = [name for name in names if '\0' not in name and os.path.exists(name)]
        del names[len(_DIGITS):]
        if path:
            self._save_recent_files(path, names)
        for other in self.top.instance_dict:
            menu = other.recent_files_menu
            menu.delete(0, 'end')
            for digit, name in zip(_DIGITS, names):
                menu.add_command(label=f'{digit} {name}', underline=0,
                                 command=other._recent_file_opener(name))

    def _save_recent_files(self, path, names):
        try:
            with open(path, 'w', encoding='utf_8', errors='replace') as stream:
                stream.writelines(f'{name}\n' for name in names)
        except OSError as err:
            if getattr(self.root, 'recentfiles_message', False):
                return      # said once
            self.root.recentfiles_message = True
            messagebox.showwarning(title='IDLE Warning',
                                   message='Cannot save Recent Files list to disk.\n'
                                           f'  {err}\nSelect OK to continue.',
                                   parent=self.text)

    def _recent_file_opener(self, name):
        return lambda: self.io.open(editFile=name)
