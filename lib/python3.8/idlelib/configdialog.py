# SPDX-License-Identifier: MIT
"""The dialog Configure IDLE: pages for fonts, colours, keys, general settings and extensions.

Nothing is stored before Ok or Apply: until then the pages propose values (changes), except that new themes and key sets are kept
among the user's settings at once.  _preferences has what the pages share, and the page of fonts.
"""
import re

from tkinter import Toplevel, Listbox, Text, StringVar, BooleanVar, IntVar
from tkinter import colorchooser
from tkinter import messagebox
from tkinter.ttk import (Frame, LabelFrame, Button, Checkbutton, Entry, Label, OptionMenu, Notebook, Radiobutton, Scrollbar,
                         Style)

from idlelib import macosx
from idlelib._preferences import (
    FontPage, SetsPage, VarTrace, VerticalScrolledFrame, add_scrollbar, changes, font_sample_text, is_int, tracers)
from idlelib.autocomplete import AutoComplete
from idlelib.codecontext import CodeContext
from idlelib.config import idleConf, ConfigChanges
from idlelib.config_key import GetKeysDialog
from idlelib.dynoption import DynOptionMenu
from idlelib.format import FormatParagraph
from idlelib.parenmatch import ParenMatch
from idlelib.query import SectionName, HelpSource
from idlelib.squeezer import Squeezer
from idlelib.textview import view_text, ScrollableTextFrame

reloadables = (AutoComplete, CodeContext, ParenMatch, FormatParagraph, Squeezer)  # they remember settings

_GROOVE = dict(borderwidth=2, relief='groove')


class ConfigDialog(Toplevel):
    """The dialog.  The parent's instance_dict lists the windows that changes are applied to."""

    def __init__(self, parent, title='', *, _htest=False, _utest=False):
        """_htest: a person tests, stand below the parent; _utest: a program does, do not wait."""
        super().__init__(parent)
        self.title(title or 'IDLE Preferences')
        self.parent = parent
        if not _utest:
            self.withdraw()  # till everything is in its place
        if _htest:
            parent.instance_dict = {}
        self.geometry('+%d+%d' % (parent.winfo_rootx() + 20, parent.winfo_rooty() + (150 if _htest else 30)))
        self.create_widgets()
        self.resizable(height=False, width=False)
        self.transient(parent)
        self.protocol('WM_DELETE_WINDOW', self.cancel)
        tracers.attach()  # now that everything is shown as it is set
        self.fontpage.fontlist.focus_set()
        if not _utest:
            self.wm_deiconify()
            self.grab_set()
            self.wait_window()

    def create_widgets(self):
        """Make the pages and the buttons below them."""
        self.frame = frame = Frame(self, padding='5px')
        frame.grid(sticky='nwes')
        note = self.note = Notebook(frame)
        self.highpage = HighPage(note)  # before the page of fonts, which uses its sample
        self.fontpage, self.keyspage, self.genpage = FontPage(note, self.highpage), KeysPage(note), GenPage(note)
        self.extpage = self.create_page_extensions()
        for page, text in ((self.fontpage, 'Fonts/Tabs'), (self.highpage, 'Highlights'), (self.keyspage, ' Keys '),
                           (self.genpage, ' General '), (self.extpage, 'Extensions')):
            note.add(page, text=text)
        note.enable_traversal()
        note.pack(side='top', expand=True, fill='both')
        self.create_action_buttons().pack(side='bottom')

    def create_action_buttons(self):
        """Make the row of buttons; its frame."""
        outer = Frame(self.frame, padding=2)
        inner = Frame(outer, padding=2)
        padding = {} if macosx.isAquaTk() else {'padding': (6, 3)}
        self.buttons = {}
        for text, command in ('Ok', self.ok), ('Apply', self.apply), ('Cancel', self.cancel), ('Help', self.help):
            button = self.buttons[text] = Button(inner, text=text, command=command, takefocus=False, **padding)
            button.pack(side='left', padx=5)
        Frame(outer, height=2, borderwidth=0).pack(side='top')  # a gap
        inner.pack(side='bottom')
        return outer

    def ok(self):
        """Apply and close."""
        self.apply()
        self.destroy()

    def apply(self):
        """Store what is proposed and let the windows use it."""
        self.deactivate_current_config()
        changes.save_all()
        self.save_all_changed_extensions()
        self.activate_config_changes()

    def cancel(self):
        """Close without what is proposed since it was applied last."""
        changes.clear()
        self.destroy()

    def destroy(self):
        """Close; the sample of fonts is kept."""
        self.fontpage.keep_sample()
        tracers.detach()
        tracers.clear()
        self.grab_release()
        super().destroy()

    def help(self):
        """Show what the page is about."""
        page = self.note.tab(self.note.select(), option='text').strip()
        view_text(self, title='Help for IDLE preferences', contents=help_common + help_pages.get(page, ''))

    def deactivate_current_config(self):
        """Take the keys away from the windows, before they change."""
        for window in self.parent.instance_dict:
            window.RemoveKeybindings()

    def activate_config_changes(self):
        """Let the windows and the features that remember settings look at them again."""
        for window in self.parent.instance_dict:
            window.ResetColorizer()
            window.ResetFont()
            window.set_notabs_indentwidth()
            window.ApplyKeybindings()
            window.reset_help_menu_entries()
            window.update_cursor_blink()
        for feature in reloadables:
            feature.reload()

    # ---- the page of extensions ----
    def create_page_extensions(self):
        """Make the page: a list of extensions, and beside it the options of the one that is selected.  The page."""
        page = Frame(self.note, padding=10)
        self.outerframe = self
        self.ext_defaultCfg, self.ext_userCfg = idleConf.defaultCfg['extensions'], idleConf.userCfg['extensions']
        self.load_extensions()
        self.is_int = self.register(is_int)
        self.extension_names = StringVar(self)
        page.rowconfigure(0, weight=1)
        page.columnconfigure(2, weight=1)
        box = self.extension_list = Listbox(page, listvariable=self.extension_names, selectmode='browse')
        box.bind('<<ListboxSelect>>', self.extension_selected)
        bar = Scrollbar(page)
        add_scrollbar(box, bar)
        self.details_frame = LabelFrame(page, width=250, height=250)
        box.grid(row=0, column=0, sticky='nws')
        bar.grid(row=0, column=1, sticky='ns')
        self.details_frame.grid(row=0, column=2, padx=[10, 0], sticky='nsew')
        page.configure(padding=10)
        self.config_frame, self.current_extension = {}, None
        self.extension_names.set(sorted(self.extensions))
        for name in sorted(self.extensions):
            self.create_extension_frame(name)
        box.selection_set(0)
        self.extension_selected(None)
        return page

    def load_extensions(self):
        """Set extensions: {name: [{'name', 'type', 'default', 'value', 'var'} of an option, ...]}, switches first."""
        self.extensions = {name: [] for name in idleConf.GetExtensions(active_only=False)}
        for extension, options in self.extensions.items():
            names = sorted(self.ext_defaultCfg.GetOptionList(extension), key=lambda name: (not name.startswith('enable'), name))
            for name in names:
                default = self.ext_defaultCfg.Get(extension, name, raw=True)
                kind, plain = _guess_type(default)
                try:
                    value = self.ext_userCfg.Get(extension, name, type=kind, raw=True, default=plain)
                except ValueError:
                    value = plain
                options.append({'name': name, 'type': kind, 'default': default, 'value': value,
                                'var': StringVar(self, str(value))})

    def extension_selected(self, event):
        """Show the options of the extension that is selected."""
        chosen = self.extension_list.curselection()
        name = self.extension_list.get(chosen) if chosen else None
        if name is not None and name == self.current_extension:
            return
        if self.current_extension:
            self.config_frame[self.current_extension].grid_forget()
        self.details_frame.config(text=name or '')
        if name:
            self.config_frame[name].grid(row=0, column=0, sticky='nsew')
        self.current_extension = name

    def create_extension_frame(self, ext_name):
        """Make the widgets for the options of an extension, not shown yet."""
        frame = self.config_frame[ext_name] = VerticalScrolledFrame(self.details_frame, height=250, width=250)
        inner = frame.interior
        for row, option in enumerate(self.extensions[ext_name]):
            Label(inner, text=option['name']).grid(row=row, column=0, sticky='nw')
            variable = option['var']
            if option['type'] == 'bool':
                widget = Checkbutton(inner, variable=variable, onvalue='True', offvalue='False', width=8)
            elif option['type'] == 'int':
                widget = Entry(inner, textvariable=variable, width=10, validate='key', validatecommand=(self.is_int, '%P'))
            else:
                widget = Entry(inner, textvariable=variable, width=15)
            widget.grid(row=row, column=1, padx=7, sticky='w' if option['type'] == 'bool' else 'nsew')

    def set_extension_value(self, section, opt):
        """Put the value of an option among the user's settings, or drop it there.  Has that changed anything?"""
        name, default, variable = opt['name'], opt['default'], opt['var']
        value = variable.get().strip() or default
        variable.set(value)
        if value != default:
            return self.ext_userCfg.SetOption(section, name, value)
        return self.ext_userCfg.RemoveOption(section, name)

    def save_all_changed_extensions(self):
        """Store the options of all extensions."""
        changed = [self.set_extension_value(extension, option)
                   for extension, options in self.extensions.items() for option in options]
        if any(changed):
            self.ext_userCfg.Save()


def _guess_type(text):
    """(type for IdleConf.GetOption, value) of a default as it is written."""
    if text in ('True', 'False'):
        return 'bool', text == 'True'
    try:
        return 'int', int(text)
    except ValueError:
        return None, text


# The elements of a theme as the dialog calls them, in the order of its menu.
_ELEMENTS = (
    ('Normal Code or Text', 'normal'), ('Code Context', 'context'), ('Python Keywords', 'keyword'),
    ('Python Definitions', 'definition'), ('Python Builtins', 'builtin'), ('Python Comments', 'comment'),
    ('Python Strings', 'string'), ('Selected Text', 'hilite'), ('Found Text', 'hit'), ('Cursor', 'cursor'),
    ('Editor Breakpoint', 'break'), ('Shell Prompt', 'console'), ('Error Text', 'error'), ('Shell User Output', 'stdout'),
    ('Shell User Exception', 'stderr'), ('Line Number', 'linenumber'))

# The sample: lines of pieces TAG|TEXT; a piece without | is normal.
_SAMPLE = r"""
comment|# Click on what to change.
context|class Snake:
    ~keyword|def~ ~definition|eat~(self, prey):
        ~string|"Grow by one."
        self.length += ~builtin|len~([prey])
        name = ~string|'adder'
        ~cursor|
        ~hilite|selected~ = name
        place = text.~hit|found
        ~break|return self.length
console|>>>~ Snake.eat
stdout|<function>
console|>>>~ Snake(~error|)
stderr|TypeError: ...
"""


class HighPage(SetsPage):
    """The page of colours: a theme is chosen, or the colours of one changed, shown in a sample text.

    theme_elements: {name in the menu: (element, its place in the menu as text)}.
    """
    _kind, _section = 'highlight', 'Theme'
    _old_sets = ('IDLE Classic', 'IDLE New')
    _no_sets, _new_set = '- no custom themes -', 'New theme, see Help'
    _delete_title, _delete_question = 'Delete Theme', 'Are you sure you wish to delete the theme %r ?'

    def __init__(self, master):
        super().__init__(master)
        self.style = Style(master)
        self.create_page_highlight()
        self.load_theme_cfg()

    def create_page_highlight(self):
        """Make the variables and widgets."""
        self.theme_elements = {name: (element, '%02d' % place) for place, (name, element) in enumerate(_ELEMENTS)}
        self.builtin_name = tracers.add(StringVar(self), self.var_changed_builtin_name)
        self.custom_name = tracers.add(StringVar(self), self.var_changed_custom_name)
        self.fg_bg_toggle = BooleanVar(self)
        self.color = tracers.add(StringVar(self), self.var_changed_color)
        self.theme_source = self._source = tracers.add(BooleanVar(self), self.var_changed_theme_source)
        self.highlight_target = tracers.add(StringVar(self), self.var_changed_highlight_target)
        custom = LabelFrame(self, text=' Custom Highlighting ', **_GROOVE)
        theme = LabelFrame(self, text=' Highlighting Theme ', **_GROOVE)
        custom.pack(side='left', padx=5, pady=5, expand=True, fill='both')
        theme.pack(side='top', padx=5, pady=5, fill='x')
        self._create_sample(custom)
        self._create_colour_choice(custom)
        self._create_theme_choice(theme)

    def _create_sample(self, parent):
        """Make the text that shows all elements; a click on one chooses it."""
        holder = ScrollableTextFrame(parent, borderwidth=1, relief='solid')
        holder.pack(side='top', padx=5, pady=5, expand=True, fill='both')
        text = self.highlight_sample = holder.text
        text.configure(width=1, height=1, wrap='none', cursor='hand2', takefocus=False)
        for event in '<Double-Button-1>', '<B1-Motion>':  # nothing is to be selected
            text.bind(event, lambda event: 'break')
        for number, line in enumerate(_SAMPLE.strip('\n').split('\n'), 1):
            text.insert('end', '%2d ' % number, 'linenumber')
            for piece in line.split('~'):
                tag, bar, words = piece.partition('|')
                text.insert('end', words if bar and words else '|' if bar else piece, tag if bar and tag else 'normal')
            text.insert('end', '\n', 'normal')
        for name, (element, _) in self.theme_elements.items():
            text.tag_bind(element, '<ButtonPress-1>', lambda event, name=name: self.highlight_target.set(name))
        text['state'] = 'disabled'

    def _create_colour_choice(self, parent):
        """Make what changes the colours of an element."""
        self.frame_color_set = Frame(parent, style='frame_color_set.TFrame')
        self.frame_color_set.pack(side='top', padx=5, pady=5, fill='x')
        self.button_set_color = Button(self.frame_color_set, text='Choose Color for :', command=self.get_color)
        self.targetlist = DynOptionMenu(self.frame_color_set, self.highlight_target, None, highlightthickness=0)
        self.button_set_color.pack(side='top', padx=8, pady=4, expand=True, fill='x')
        self.targetlist.pack(side='top', padx=8, pady=3, expand=True, fill='x')
        planes = Frame(parent)
        planes.pack(side='top', padx=5)
        self.fg_on, self.bg_on = [Radiobutton(planes, variable=self.fg_bg_toggle, value=value, text=text,
                                              command=self.set_color_sample_binding)
                                  for value, text in ((1, 'Foreground'), (0, 'Background'))]
        self.fg_on.pack(side='left', anchor='e')
        self.bg_on.pack(side='right', anchor='w')
        self.fg_bg_toggle.set(1)
        self.button_save_custom = Button(parent, text='Save as New Custom Theme', command=self.save_as_new_theme)
        self.button_save_custom.pack(side='bottom', padx=5, pady=5, fill='x')

    def _create_theme_choice(self, parent):
        """Make what chooses a theme."""
        Label(parent, text='Select : ').pack(side='top', anchor='w', padx=5, pady=5)
        self.builtin_theme_on, self.custom_theme_on = [
            Radiobutton(parent, variable=self.theme_source, value=value, text=text, command=self.set_theme_type)
            for value, text in ((1, 'a Built-in Theme'), (0, 'a Custom Theme'))]
        self.builtin_theme_on.pack(side='top', anchor='w', padx=5)
        self.custom_theme_on.pack(side='top', anchor='w', padx=5, pady=2)
        self.builtinlist = DynOptionMenu(parent, self.builtin_name, None)
        self.customlist = DynOptionMenu(parent, self.custom_name, None)
        self.button_delete_custom = Button(parent, text='Delete Custom Theme', command=self.delete_custom)
        for widget in self.builtinlist, self.customlist, self.button_delete_custom:
            widget.pack(side='top', padx=5, pady=5, fill='x')
        self.theme_message = Label(parent, borderwidth=2)
        self.theme_message.pack(side='top', fill='x', pady=5)
        self._custom_on, self._delete_button = self.custom_theme_on, self.button_delete_custom
        self._message = self.theme_message

    def load_theme_cfg(self):
        """Show the themes that there are, the one in use, and its colours."""
        self._load_sets(idleConf.CurrentTheme(), None)
        self.set_theme_type()
        names = [name for name, element in _ELEMENTS]
        self.targetlist.SetMenu(names, names[0])
        self.paint_theme_sample()
        self.set_highlight_target()

    # ---- variables have changed ----
    def var_changed_builtin_name(self, *params):
        """Propose a built-in theme, and show it."""
        self._propose_builtin()
        self.paint_theme_sample()

    def var_changed_custom_name(self, *params):
        """Propose a theme of the user's, and show it."""
        if self._propose_custom() is not None:
            self.paint_theme_sample()

    def var_changed_theme_source(self, *params):
        """Propose the sort of theme."""
        self._propose_source()

    def var_changed_color(self, *params):
        """A colour was chosen."""
        self.on_new_color_set()

    def var_changed_highlight_target(self, *params):
        """Another element was chosen."""
        self.set_highlight_target()

    def set_theme_type(self):
        """Let only the menu of the chosen sort be used."""
        self._enable_lists()

    # ---- colours ----
    def _target(self):
        """(element, 'foreground' or 'background') that is chosen."""
        element = self.theme_elements[self.highlight_target.get()][0]
        return element, 'foreground' if self.fg_bg_toggle.get() else 'background'

    def _show_colour(self, colour):
        self.style.configure('frame_color_set.TFrame', background=colour)

    def get_color(self):
        """Let a dialog choose a colour; in a built-in theme it belongs to a copy that gets a name first."""
        before = self.style.lookup(self.frame_color_set['style'], 'background')
        colour = colorchooser.askcolor(parent=self, title='Pick new color for : ' + self.highlight_target.get(),
                                       initialcolor=before)[1]
        if not colour or colour == before:
            return
        if self.theme_source.get():
            name = self.get_new_theme_name('Your changes will be saved as a new Custom Theme. '
                                           'Enter a name for your new Custom Theme below.')
            if not name:
                return
            self.create_new(name)
        self.color.set(colour)

    def on_new_color_set(self):
        """Propose the colour that was chosen, and show it."""
        colour = self.color.get()
        element, plane = self._target()
        self._show_colour(colour)
        self.highlight_sample.tag_config(element, **{plane: colour})
        changes.add_option('highlight', self.custom_name.get(), element + '-' + plane, colour)

    def set_highlight_target(self):
        """Show the element that is chosen; a cursor has no background of its own."""
        state = 'disabled' if self.highlight_target.get() == 'Cursor' else '!disabled'
        for button in self.fg_on, self.bg_on:
            button.state((state,))
        self.fg_bg_toggle.set(1)
        self.set_color_sample()

    def set_color_sample_binding(self, *args):
        """Foreground or background was chosen."""
        self.set_color_sample()

    def set_color_sample(self):
        """Show the colour that is chosen behind the button."""
        self._show_colour(self.highlight_sample.tag_cget(*self._target()))

    def paint_theme_sample(self):
        """Show the sample in the colours of the theme that is chosen, those proposed among them."""
        theme = self._chosen()[1]
        proposed = changes['highlight'].get(theme, {})
        for element, _ in self.theme_elements.values():
            colours = idleConf.GetHighlight(theme, element)
            for plane in colours:
                colours[plane] = proposed.get(element + '-' + plane, colours[plane])
            self.highlight_sample.tag_config(element, **colours)
        self.set_color_sample()

    # ---- themes ----
    def get_new_theme_name(self, message):
        """Ask for a name that no theme has; None if that was cancelled."""
        return SectionName(self, 'New Custom Theme', message, self._used_names()).result

    def save_as_new_theme(self):
        """Ask for a name and copy the theme that is chosen."""
        name = self.get_new_theme_name('New Theme Name:')
        if name:
            self.create_new(name)

    def create_new(self, new_theme_name):
        """Copy the theme that is chosen, with what is proposed for it, and choose the copy."""
        builtin, name = self._chosen()
        theme = idleConf.GetThemeDict('default' if builtin else 'user', name)
        theme.update(changes['highlight'].get(name, {}))
        self.save_new(new_theme_name, theme)
        self._choose_custom(new_theme_name)
        self.set_theme_type()

    def save_new(self, theme_name, theme):
        """Make a dict of colours a theme of the user's."""
        self._store_set(theme_name, theme)

    def delete_custom(self):
        """Delete the theme that is chosen, if the user means it."""
        if self._delete_chosen():
            self.set_theme_type()


class KeysPage(SetsPage):
    """The page of keys: a key set is chosen, or the keys of one changed in a list of all events."""
    _kind, _section = 'keys', 'Keys'
    _old_sets = ('IDLE Classic Windows', 'IDLE Classic Unix', 'IDLE Classic Mac', 'IDLE Classic OSX')
    _no_sets, _new_set = '- no custom keys -', 'New key set, see Help'
    _delete_title, _delete_question = 'Delete Key Set', 'Are you sure you wish to delete the key set %r ?'

    def __init__(self, master):
        super().__init__(master)
        self.create_page_keys()
        self.load_key_cfg()

    def create_page_keys(self):
        """Make the variables and widgets."""
        self.builtin_name = tracers.add(StringVar(self), self.var_changed_builtin_name)
        self.custom_name = tracers.add(StringVar(self), self.var_changed_custom_name)
        self.keyset_source = self._source = tracers.add(BooleanVar(self), self.var_changed_keyset_source)
        self.keybinding = tracers.add(StringVar(self), self.var_changed_keybinding)
        custom = LabelFrame(self, text=' Custom Key Bindings ', **_GROOVE)
        sets = LabelFrame(self, text=' Key Set ', **_GROOVE)
        custom.pack(side='bottom', padx=5, pady=5, expand=True, fill='both')
        sets.pack(side='bottom', padx=5, pady=5, fill='both')
        self._create_bindings_list(custom)
        self._create_set_choice(sets)

    def _create_bindings_list(self, parent):
        """Make the list of events with their keys, and the button that changes them."""
        frame = Frame(parent)
        frame.pack(side='left', padx=5, pady=5, expand=True, fill='both')
        frame.columnconfigure(0, weight=1)
        frame.rowconfigure(1, weight=1)
        Label(frame, text='Action - Key(s)').grid(row=0, column=0, columnspan=2, sticky='w')
        box = self.bindingslist = Listbox(frame, takefocus=False, exportselection=False)
        box.bind('<ButtonRelease-1>', self.on_bindingslist_select)
        box.grid(row=1, column=0, sticky='nsew')
        for side, orient, place in (('y', 'vertical', dict(row=1, column=1, sticky='ns')),
                                    ('x', 'horizontal', dict(row=2, column=0, sticky='ew'))):
            bar = Scrollbar(frame, orient=orient)
            bar.grid(**place)
            add_scrollbar(box, bar, side)
        self.button_new_keys = Button(parent, text='Get New Keys for Selection', command=self.get_new_keys, state='disabled')
        self.button_new_keys.pack(side='bottom', padx=5, pady=5, fill='x')

    def _create_set_choice(self, parent):
        """Make what chooses a key set."""
        above, below = Frame(parent, padding=2), Frame(parent, padding=2)
        above.pack(side='top', expand=True, fill='both')
        below.pack(side='top', pady=2, expand=True, fill='x')
        self.builtin_keyset_on, self.custom_keyset_on = [
            Radiobutton(above, variable=self.keyset_source, value=value, text=text, command=self.set_keys_type)
            for value, text in ((1, 'Use a Built-in Key Set'), (0, 'Use a Custom Key Set'))]
        self.builtinlist = DynOptionMenu(above, self.builtin_name, None)
        self.customlist = DynOptionMenu(above, self.custom_name, None)
        rows = (self.builtin_keyset_on, self.builtinlist), (self.custom_keyset_on, self.customlist)
        for row, (button, menu) in enumerate(rows):
            button.grid(row=row, column=0, sticky='wns')
            menu.grid(row=row, column=1, sticky='nsew')
        self.keys_message = Label(above, borderwidth=2)
        self.keys_message.grid(row=0, column=2, padx=5, pady=5, sticky='nsew')
        self.button_delete_custom_keys = Button(below, text='Delete Custom Key Set', command=self.delete_custom_keys)
        self.button_save_custom_keys = Button(below, text='Save as New Custom Key Set', command=self.save_as_new_key_set)
        for button in self.button_delete_custom_keys, self.button_save_custom_keys:
            button.pack(side='left', padx=2, expand=True, fill='x')
        self._custom_on, self._delete_button = self.custom_keyset_on, self.button_delete_custom_keys
        self._message = self.keys_message

    def load_key_cfg(self):
        """Show the key sets that there are, the one in use, and its keys."""
        current = idleConf.CurrentKeys()
        self._load_sets(current, idleConf.default_keys())
        self.set_keys_type()
        self.load_keys_list(current)

    # ---- variables have changed ----
    def var_changed_builtin_name(self, *params):
        """Propose a built-in key set, and show it."""
        self.load_keys_list(self._propose_builtin())

    def var_changed_custom_name(self, *params):
        """Propose a key set of the user's, and show it."""
        name = self._propose_custom()
        if name is not None:
            self.load_keys_list(name)

    def var_changed_keyset_source(self, *params):
        """Propose the sort of key set."""
        self._propose_source()

    def var_changed_keybinding(self, *params):
        """Propose other keys for the event that is selected."""
        keys = self.keybinding.get()
        event = self.bindingslist.get('anchor').split()[0]
        if idleConf.IsCoreBinding(event):
            changes.add_option('keys', self.custom_name.get(), event, keys)
        else:
            extension = idleConf.GetExtnNameForEvent(event)
            changes.add_option('extensions', extension + '_cfgBindings', event, keys)

    def set_keys_type(self):
        """Let only the menu of the chosen sort be used."""
        self._enable_lists()

    # ---- keys ----
    def on_bindingslist_select(self, event):
        """An event was selected: now its keys can be changed."""
        self.button_new_keys.state(('!disabled',))

    def _select(self, index):
        self.bindingslist.select_set(index)
        self.bindingslist.select_anchor(index)

    def get_new_keys(self):
        """Let a dialog ask for other keys; in a built-in set they belong to a copy that gets a name first."""
        box = self.bindingslist
        index = box.index('anchor')
        event = box.get(index).split()[0]
        taken = idleConf.GetCurrentKeySet()
        for name, keys in changes['keys'].get(self._chosen()[1], {}).items():
            taken['<<' + name + '>>'] = keys.split()
        keys = GetKeysDialog(self, 'Get New Keys', event, list(taken.values())).result
        if keys and self.keyset_source.get():
            name = self.get_new_keys_name('Your changes will be saved as a new Custom Key Set. '
                                          'Enter a name for your new Custom Key Set below.')
            if name:
                self.create_new_key_set(name)
            else:
                keys = ''
        if keys:
            box.delete(index)
            box.insert(index, event + ' - ' + keys)
        self._select(index)
        if keys:
            self.keybinding.set(keys)

    def load_keys_list(self, keyset_name):
        """Show the keys of a set, those proposed among them; what is selected stays so."""
        box = self.bindingslist
        selected = box.index('anchor') if box.curselection() else None
        proposed = changes['keys'].get(keyset_name, {})
        box.delete(0, 'end')
        for event, keys in sorted(idleConf.GetKeySet(keyset_name).items()):
            name = event[2:-2]
            box.insert('end', name + ' - ' + proposed.get(name, ' '.join(keys)))
        if selected is not None:
            box.see(selected)
            self._select(selected)

    # ---- key sets ----
    def get_new_keys_name(self, message):
        """Ask for a name that no key set has; None if that was cancelled."""
        return SectionName(self, 'New Custom Key Set', message, self._used_names()).result

    def save_as_new_key_set(self):
        """Ask for a name and copy the key set that is chosen."""
        name = self.get_new_keys_name('New Key Set Name:')
        if name:
            self.create_new_key_set(name)

    def create_new_key_set(self, new_key_set_name):
        """Copy the key set that is chosen, with what is proposed for it, and choose the copy."""
        name = self._chosen()[1]
        keyset = {event[2:-2]: ' '.join(keys) for event, keys in idleConf.GetCoreKeys(name).items()}
        keyset.update(changes['keys'].get(name, {}))
        self.save_new_key_set(new_key_set_name, keyset)
        self._choose_custom(new_key_set_name)
        self.set_keys_type()

    @staticmethod
    def save_new_key_set(keyset_name, keyset):
        """Make {event: keys} a key set of the user's."""
        user = idleConf.userCfg['keys']
        user.AddSection(keyset_name)
        for event, keys in keyset.items():
            user.SetOption(keyset_name, event, keys)

    def delete_custom_keys(self):
        """Delete the key set that is chosen, if the user means it."""
        if self._delete_chosen():
            self.set_keys_type()


class GenPage(Frame):
    """The page of everything else: windows, editors, the shell, help sources.

    user_helplist: [(name, path), ...] as they are shown in helplist.
    """

    # attribute: (class of the variable, (kind, section, option), type)
    _VARIABLES = {
        'startup_edit': (IntVar, ('main', 'General', 'editor-on-startup'), 'bool'),
        'win_width': (StringVar, ('main', 'EditorWindow', 'width'), 'int'),
        'win_height': (StringVar, ('main', 'EditorWindow', 'height'), 'int'),
        'cursor_blink': (BooleanVar, ('main', 'EditorWindow', 'cursor-blink'), 'bool'),
        'autocomplete_wait': (StringVar, ('extensions', 'AutoComplete', 'popupwait'), 'int'),
        'paren_style': (StringVar, ('extensions', 'ParenMatch', 'style'), None),
        'flash_delay': (StringVar, ('extensions', 'ParenMatch', 'flash-delay'), 'int'),
        'paren_bell': (BooleanVar, ('extensions', 'ParenMatch', 'bell'), 'bool'),
        'auto_squeeze_min_lines': (StringVar, ('main', 'PyShell', 'auto-squeeze-min-lines'), 'int'),
        'autosave': (IntVar, ('main', 'General', 'autosave'), 'bool'),
        'format_width': (StringVar, ('extensions', 'FormatParagraph', 'max-width'), 'int'),
        'line_numbers_default': (BooleanVar, ('main', 'EditorWindow', 'line-numbers-default'), 'bool'),
        'context_lines': (StringVar, ('extensions', 'CodeContext', 'maxlines'), 'int'),
    }

    def __init__(self, master):
        super().__init__(master)
        self.init_validators()
        self.create_page_general()
        self.load_general_cfg()

    def init_validators(self):
        """Make digits_only, which lets an entry take only digits."""
        digits = re.compile(r'[0-9]*')

        def is_digits_or_empty(s):
            return digits.fullmatch(s) is not None

        self.digits_only = self.register(is_digits_or_empty), '%P'

    def create_page_general(self):
        """Make the variables and widgets."""
        for name, (kind, config, _) in self._VARIABLES.items():
            setattr(self, name, tracers.add(kind(self), config))
        self._create_window_part(self._part(' Window Preferences'))
        self._create_editor_part(self._part(' Editor Preferences'))
        row = self._row(self._part(' Shell Preferences'), 'Auto-Squeeze Min. Lines:')
        self.auto_squeeze_min_lines_int = self._number(row, self.auto_squeeze_min_lines, 4, side='top', padx=5)
        self._create_help_part(self._part(' Additional Help Sources '))

    # Building blocks: a part of the page, a row with a label in it, widgets in the row.
    def _part(self, text):
        frame = LabelFrame(self, text=text, **_GROOVE)
        frame.pack(side='top', padx=5, pady=5, expand=True, fill='both')
        return frame

    @staticmethod
    def _row(parent, text, pady=5):
        frame = Frame(parent, borderwidth=0)
        frame.pack(side='top', padx=5, fill='x')
        Label(frame, text=text).pack(side='left', anchor='w', padx=5, pady=pady)
        return frame

    def _number(self, row, variable, width, **place):
        entry = Entry(row, textvariable=variable, width=width, validate='key', validatecommand=self.digits_only)
        entry.pack(pady=5, **place)
        return entry

    @staticmethod
    def _switch(row, variable):
        button = Checkbutton(row, variable=variable, width=1)
        button.pack(side='left', padx=5, pady=5)
        return button

    @staticmethod
    def _choice(row, variable, value, text):
        button = Radiobutton(row, variable=variable, value=value, text=text)
        button.pack(side='right', anchor='w', padx=5, pady=5)
        return button

    def _create_window_part(self, part):
        """Make what concerns all windows."""
        row = self._row(part, 'At Startup')
        self.startup_editor_on = self._choice(row, self.startup_edit, 1, 'Open Edit Window')
        self.startup_shell_on = self._choice(row, self.startup_edit, 0, 'Open Shell Window')
        row = self._row(part, 'Initial Window Size  (in characters)')
        self.win_height_int = self._number(row, self.win_height, 3, side='right', anchor='e', padx=10)
        Label(row, text='Height').pack(side='right', anchor='e', pady=5)
        self.win_width_int = self._number(row, self.win_width, 3, side='right', anchor='e', padx=10)
        Label(row, text='Width').pack(side='right', anchor='e', pady=5)
        self.cursor_blink_bool = self._switch(self._row(part, 'Cursor Blink'), self.cursor_blink)
        row = self._row(part, 'Completions Popup Wait (milliseconds)')
        self.auto_wait_int = self._number(row, self.autocomplete_wait, 6, side='top', padx=10)
        row = self._row(part, 'Paren Match Style')
        self.paren_style_type = OptionMenu(row, self.paren_style, 'expression', 'opener', 'parens', 'expression')
        self.paren_style_type.pack(padx=10, pady=5)
        row = self._row(part, 'Time Match Displayed (milliseconds)\n(0 is until next input)', pady=0)
        self.paren_flash_time = self._number(row, self.flash_delay, 6, side='left', anchor='w', padx=15)
        self.bell_on = Checkbutton(row, text='Bell on Mismatch', variable=self.paren_bell)
        self.bell_on.pack(side='right', anchor='e', padx=15, pady=5)

    def _create_editor_part(self, part):
        """Make what concerns editors."""
        row = self._row(part, 'At Start of Run (F5)  ')
        self.save_auto_on = self._choice(row, self.autosave, 1, 'No Prompt')
        self.save_ask_on = self._choice(row, self.autosave, 0, 'Prompt to Save')
        row = self._row(part, 'Format Paragraph Max Width')
        self.format_width_int = self._number(row, self.format_width, 4, side='top', padx=10)
        row = self._row(part, 'Show line numbers in new windows')
        self.line_numbers_default_bool = self._switch(row, self.line_numbers_default)
        row = self._row(part, 'Max Context Lines :')
        self.context_int = self._number(row, self.context_lines, 3, side='top', padx=5)

    def _create_help_part(self, part):
        """Make the list of help sources."""
        frame = Frame(part)
        frame.pack(side='top', padx=5, pady=5, expand=True, fill='both')
        buttons = Frame(frame)
        buttons.pack(side='right', padx=5, pady=5, fill='y')
        self.button_helplist_edit, self.button_helplist_add, self.button_helplist_remove = [
            Button(buttons, text=text, width=8, command=command)
            for text, command in (('Edit', self.helplist_item_edit), ('Add', self.helplist_item_add),
                                  ('Remove', self.helplist_item_remove))]
        for button in self.button_helplist_edit, self.button_helplist_add, self.button_helplist_remove:
            button.pack(side='top', anchor='w', pady=2)
        bar = Scrollbar(frame)
        bar.pack(side='right', anchor='w', fill='y')
        box = self.helplist = Listbox(frame, height=5, takefocus=True, exportselection=False)
        box.bind('<ButtonRelease-1>', self.help_source_selected)
        box.pack(side='left', anchor='e', expand=True, fill='both')
        add_scrollbar(box, bar)

    def load_general_cfg(self):
        """Show what is set."""
        for name, (_, config, kind) in self._VARIABLES.items():
            getattr(self, name).set(idleConf.GetOption(*config, type=kind))
        self.user_helplist = idleConf.GetAllExtraHelpSourcesList()
        self.helplist.delete(0, 'end')
        self.helplist.insert('end', *[source[0] for source in self.user_helplist])
        self.set_add_delete_state()

    # ---- help sources ----
    def help_source_selected(self, event):
        """A source of the list was clicked."""
        self.set_add_delete_state()

    def set_add_delete_state(self):
        """Let Edit and Remove be used only if a source is selected."""
        state = '!disabled' if self.helplist.size() and self.helplist.curselection() else 'disabled'
        for button in self.button_helplist_edit, self.button_helplist_remove:
            button.state((state,))

    def helplist_item_add(self):
        """Ask for a source and add it."""
        source = HelpSource(self, 'New Help Source').result
        if source:
            self.user_helplist.append(source)
            self.helplist.insert('end', source[0])
            self.update_help_changes()

    def helplist_item_edit(self):
        """Ask for something in the place of the source that is selected."""
        index = self.helplist.index('anchor')
        name, path = self.user_helplist[index][:2]
        source = HelpSource(self, 'Edit Help Source', menuitem=name, filepath=path).result
        if source and source != (name, path):
            self.user_helplist[index] = source
            self.helplist.delete(index)
            self.helplist.insert(index, source[0])
            self.update_help_changes()
            self.set_add_delete_state()

    def helplist_item_remove(self):
        """Remove the source that is selected."""
        index = self.helplist.index('anchor')
        del self.user_helplist[index]
        self.helplist.delete(index)
        self.update_help_changes()
        self.set_add_delete_state()

    def update_help_changes(self):
        """Propose the sources as they are shown."""
        changes['main']['HelpFiles'] = {}
        for number, source in enumerate(self.user_helplist, 1):
            changes.add_option('main', 'HelpFiles', str(number), ';'.join(source[:2]))


help_common = '''\
When you click Ok or Apply, everything that differs from IDLE's built-in
settings is stored in the folder .idlerc of your home directory.  If not
said otherwise below, that holds for all versions of IDLE on this machine.
Cancel drops only what was changed after the last Apply.
'''

help_pages = {
    'Fonts/Tabs': '''
Font sample: letters of many scripts in the font that is chosen.  What the
font lacks, Tk takes from another one, which may be larger or smaller.
Hebrew and Arabic are written from right to left.  You can write a sample
of your own; it is kept until IDLE is closed.

Indentation width: how many columns a level of indentation has in new
windows, and after Apply in those that are open.
''',
    'Highlights': '''
A built-in theme cannot be changed: the first change asks for the name of
a copy, which is your own theme.  Click on a part of the sample, or choose
from the menu, to say which colour is meant.

Releases of IDLE before 2015 do not know the theme IDLE Dark and use IDLE
Classic instead.  To have it there too, save it as a custom theme, with
a different name.
''',
    'Keys': '''
A built-in key set cannot be changed: the first change asks for the name
of a copy, which is your own key set.

Releases of IDLE before June 2016 do not know the key set IDLE Modern Unix.
To have it there too, save it as a custom key set, with a different name.
''',
    'General': '''
Completions Popup Wait: how long IDLE waits, after a dot behind a name or
a slash within a string, before it shows what may follow.

Paren Match Style: what is shown when a closing bracket is typed: the
'opener' that belongs to it, both 'parens', or the whole 'expression'.
Time Match Displayed: for how long, if the cursor does not move before.

Format Paragraph Max Width: the longest line that Format Paragraph makes,
in comments and in strings.

Max Context Lines: how many lines Code Context shows at most.

Auto-Squeeze Min. Lines: the shell puts outputs of so many lines and more
behind a button.

Additional Help Sources: entries of the Help menu, each with a file or
an address that it opens.
''',
    'Extensions': '''
ZzDummy is an example of an extension.  enable says whether it is used;
enable_editor and enable_shell say in which windows.  It inserts z-text at
the beginning of the selected lines, or removes it there.
''',
}
