# SPDX-License-Identifier: MIT
"""What the pages of the settings dialog (configdialog) share.

A setting that is shown is a Tk variable; VarTrace turns what happens to it into proposed values, `changes`.  The pages of
themes and of key sets work alike: SetsPage.  Beside them stands the page of fonts, which nothing else depends on.
"""
from tkinter import Listbox, Scale, Canvas, StringVar, BooleanVar, IntVar
from tkinter import font as tkfont
from tkinter import messagebox
from tkinter.ttk import Frame, LabelFrame, Checkbutton, Label, Scrollbar

from idlelib.config import idleConf, ConfigChanges
from idlelib.dynoption import DynOptionMenu
from idlelib.textview import ScrollableTextFrame

changes = ConfigChanges()


class VarTrace:
    """Variables and what to call when they change, as pairs: `traced` those that are watched now, `untraced` the others.

    They are not watched while the dialog fills itself.
    """

    def __init__(self):
        self.untraced, self.traced = [], []

    def clear(self):
        """Forget all variables; they are not touched (their dialog may be gone)."""
        self.untraced.clear()
        self.traced.clear()

    def add(self, var, callback):
        """Take in a variable and return it.

        callback: called with the arguments of a trace, or the (kind, section, option) that takes the value as proposed.
        """
        if isinstance(callback, tuple):
            callback = self.make_callback(var, callback)
        self.untraced.append((var, callback))
        return var

    @staticmethod
    def make_callback(var, config):
        """A function that proposes the variable's value for (kind, section, option)."""
        def default_callback(*params):
            changes.add_option(*config, var.get())
        return default_callback

    def attach(self):
        """Watch all variables."""
        while self.untraced:
            pair = var, callback = self.untraced.pop()
            var.trace_add('write', callback)
            self.traced.append(pair)

    def detach(self):
        """Watch none."""
        while self.traced:
            pair = var, callback = self.traced.pop()
            name = var.trace_info()[0][1]
            var.trace_remove('write', name)
            self.untraced.append(pair)


tracers = VarTrace()


def is_int(s):
    """Is a text an int, or empty?  For entries that check each key."""
    if not s:
        return True
    try:
        int(s)
    except ValueError:
        return False
    return True


def add_scrollbar(box, bar, side='y'):
    """Connect a Listbox and a Scrollbar; side: 'x' or 'y'."""
    bar['command'] = getattr(box, side + 'view')
    box[side + 'scrollcommand'] = bar.set


class VerticalScrolledFrame(Frame):
    """A frame that scrolls up and down; widgets go into its `interior`."""

    def __init__(self, parent, *args, **kw):
        super().__init__(parent, *args, **kw)
        bar = Scrollbar(self, orient='vertical')
        bar.pack(side='right', fill='y')
        canvas = Canvas(self, width=240, borderwidth=0, highlightthickness=0)
        canvas.pack(side='left', fill='both', expand=True)
        add_scrollbar(canvas, bar)
        inner = self.interior = Frame(canvas)
        number = canvas.create_window(0, 0, anchor='nw', window=inner)

        def fit_region(event):
            canvas.configure(scrollregion=(0, 0, inner.winfo_reqwidth(), inner.winfo_reqheight()))

        def fit_width(event):
            canvas.itemconfigure(number, width=event.width)

        inner.bind('<Configure>', fit_region)
        canvas.bind('<Configure>', fit_width)


class SetsPage(Frame):
    """A page on which one of several named sets is chosen, themes or key sets: built-in ones and the user's.

    A subclass sets the class attributes, and in its widgets _source (the variable: is it a built-in one?), builtin_name,
    custom_name, builtinlist, customlist, _custom_on (the radio button of the user's), _delete_button and _message.
    """
    _kind = ''        # of settings that the sets are sections of
    _section = ''     # of the main settings that names the set in use
    _old_sets = ()    # built-in sets that every release of IDLE knows
    _no_sets = ''     # shown when the user has none
    _new_set = ''     # shown for a set that old releases do not know
    _delete_title = _delete_question = ''

    def __init__(self, master):
        super().__init__(master)
        self.cd = master.winfo_toplevel()

    def askyesno(self, *args, **kwargs):
        """Ask with a message box; tests replace this."""
        return messagebox.askyesno(*args, **kwargs)

    def _user_sets(self):
        """The names of the user's sets, sorted."""
        return sorted(idleConf.GetSectionList('user', self._kind))

    def _used_names(self):
        """The names that a new set cannot have."""
        return idleConf.GetSectionList('user', self._kind) + idleConf.GetSectionList('default', self._kind)

    def _chosen(self):
        """(is it a built-in one?, name) of the set that is chosen."""
        builtin = self._source.get()
        return builtin, (self.builtin_name if builtin else self.custom_name).get()

    def _load_sets(self, current, other_builtin):
        """Fill the menus of names.

        current: the set in use; other_builtin: the built-in set to show beside one of the user's, None for the first.
        """
        self._source.set(idleConf.GetOption('main', self._section, 'default', type='bool', default=1))
        builtin_sets = sorted(idleConf.GetSectionList('default', self._kind))
        user_sets = self._user_sets()
        if not self._source.get():
            self.customlist.SetMenu(user_sets, current)
            self.builtinlist.SetMenu(builtin_sets, other_builtin or builtin_sets[0])
        else:
            self.builtinlist.SetMenu(builtin_sets, current)
            if user_sets:
                self.customlist.SetMenu(user_sets, user_sets[0])
            else:
                self._custom_on.state(('disabled',))
                self.custom_name.set(self._no_sets)

    def _enable_lists(self):
        """Let only the menu of the chosen sort be used."""
        builtin = self._source.get()
        self.builtinlist['state'] = 'normal' if builtin else 'disabled'
        self.customlist['state'] = 'disabled' if builtin else 'normal'
        if not builtin:
            self._custom_on.state(('!disabled',))
        self._delete_button.state(('disabled' if builtin else '!disabled',))

    def _propose_builtin(self):
        """Propose the built-in set that is chosen; its name.

        What old releases do not know is stored beside a name that they know.
        """
        name, stored = self.builtin_name.get(), {}
        if name in self._old_sets:
            stored = {'name': name, 'name2': ''}
        else:
            if idleConf.GetOption('main', self._section, 'name') not in self._old_sets:
                stored['name'] = self._old_sets[0]
            stored['name2'] = name
        for option, value in stored.items():
            changes.add_option('main', self._section, option, value)
        self._message['text'] = '' if name in self._old_sets else self._new_set
        return name

    def _propose_custom(self):
        """Propose the user's set that is chosen; its name, None if there is none."""
        name = self.custom_name.get()
        if name == self._no_sets:
            return None
        changes.add_option('main', self._section, 'name', name)
        return name

    def _propose_source(self):
        """Propose the sort of set."""
        builtin = self._source.get()
        changes.add_option('main', self._section, 'default', builtin)
        if builtin:
            self.var_changed_builtin_name()
        else:
            self.var_changed_custom_name()

    def _store_set(self, name, options):
        """Make {option: value} a set of the user's, not saved yet."""
        user = idleConf.userCfg[self._kind]
        user.AddSection(name)
        for option, value in options.items():
            user.SetOption(name, option, value)

    def _choose_custom(self, name):
        """Choose a set that was just stored."""
        self.customlist.SetMenu(self._user_sets(), name)
        self._source.set(False)

    def _delete_chosen(self):
        """Ask, and delete the user's set that is chosen; save, with the default set chosen.  Was that wanted?"""
        name = self.custom_name.get()
        if not self.askyesno(self._delete_title, self._delete_question % name, parent=self):
            return False
        self.cd.deactivate_current_config()
        changes.delete_section(self._kind, name)
        names = self._user_sets()
        if not names:
            self._custom_on.state(('disabled',))
        self.customlist.SetMenu(names, names[0] if names else self._no_sets)
        defaults = idleConf.defaultCfg['main']
        self._source.set(defaults.Get(self._section, 'default'))
        self.builtin_name.set(defaults.Get(self._section, 'name') or idleConf.default_keys())
        changes.save_all()
        self.cd.activate_config_changes()
        return True


# Some letters of many scripts, to see what a font offers; the user may write others, kept until IDLE ends.
font_sample_text = (
    '<Latin>\nThe quick brown fox\n0O 1lI 2Z 5S 8B +-*/\n()[]{} "\' `| ;: ,.\nÀÉÎÕÜ çñøåß ŁŞŽ œæþð\n\n'
    '<Greek, Cyrillic, IPA>\nΑΒΓΔΕΖΗΘ αβγδεζηθικλ\nАБВГДЕЖЗ абвгдежзийкл\nɐɑɓɔɖɗəɛɠɣɨɪɲŋɔɾʃʊʒʔ\n\n'
    '<Hebrew, Arabic>\nאבגדהוזחטיכלמנסעפצקר\nابتثجحخدذرزسشصضطظعغف\n\n'
    '<Devanagari, Tamil>\n०१२३४५६७८९ कखगघचछजझटठ\n௧௨௩௪௫ கஙசஞடணதந\n\n'
    '<Chinese, Korean, Japanese>\n一二三四五六七八九十\n가나다라마바사아자차\nあいうえおかきくけこ\nアイウエオカキクケコ\n')


class FontPage(Frame):
    """The page of fonts and of the width of indentation."""

    def __init__(self, master, highpage):
        """highpage: the page whose sample shows the font too."""
        super().__init__(master)
        self.highlight_sample = highpage.highlight_sample
        self.create_page_font_tab()
        self.load_font_cfg()
        self.load_tab_cfg()

    def create_page_font_tab(self):
        """Make the widgets: the list of fonts, size and weight; a sample; the width of a level."""
        self.font_name = tracers.add(StringVar(self), self.var_changed_font)
        self.font_size = tracers.add(StringVar(self), self.var_changed_font)
        self.font_bold = tracers.add(BooleanVar(self), self.var_changed_font)
        self.space_num = tracers.add(IntVar(self), ('main', 'Indent', 'num-spaces'))
        font_frame = LabelFrame(self, text=' Shell/Editor Font ', borderwidth=2, relief='groove')
        sample_frame = LabelFrame(self, text=' Font Sample (Editable) ', borderwidth=2, relief='groove')
        indent_frame = LabelFrame(self, text=' Indentation Width ', borderwidth=2, relief='groove')
        font_frame.grid(row=0, column=0, padx=5, pady=5)
        sample_frame.grid(row=0, column=1, rowspan=3, padx=5, pady=5, sticky='nsew')
        indent_frame.grid(row=1, column=0, padx=5, pady=5, sticky='ew')
        self.grid_columnconfigure(1, weight=1)
        self.grid_rowconfigure(2, weight=1)
        self._create_font_choice(font_frame)
        holder = ScrollableTextFrame(sample_frame)
        holder.pack(expand=True, fill='both')
        self.font_sample = holder.text
        self.font_sample.config(wrap='none', width=1, height=1)
        self.font_sample.insert('end', font_sample_text)
        Label(indent_frame, justify='left', text='Python Standard: 4 Spaces!').pack(anchor='w', padx=5)
        self.indent_scale = Scale(indent_frame, variable=self.space_num, orient='horizontal', tickinterval=2, from_=2, to=16)
        self.indent_scale.pack(fill='x', padx=5)

    def _create_font_choice(self, frame):
        """Make the list of fonts, the menu of sizes and the switch for bold."""
        faces, rest = Frame(frame), Frame(frame)
        for part in faces, rest:
            part.pack(fill='x', padx=5, pady=5)
        Label(faces, justify='left', text='Font Face :').pack(anchor='w')
        self.fontlist = Listbox(faces, height=15, takefocus=True, exportselection=False)
        for event in '<ButtonRelease-1>', '<KeyRelease-Up>', '<KeyRelease-Down>':
            self.fontlist.bind(event, self.on_fontlist_select)
        self.fontlist.pack(side='left', expand=True, fill='x')
        bar = Scrollbar(faces)
        bar.pack(side='left', fill='y')
        add_scrollbar(self.fontlist, bar)
        Label(rest, text='Size :').pack(side='left', anchor='w')
        self.sizelist = DynOptionMenu(rest, self.font_size, None)
        self.sizelist.pack(side='left', anchor='w')
        self.bold_toggle = Checkbutton(rest, variable=self.font_bold, onvalue=1, offvalue=0, text='Bold')
        self.bold_toggle.pack(side='left', anchor='w', padx=20)

    def load_font_cfg(self):
        """Show the fonts that there are and the one in use."""
        family, size, weight = idleConf.GetFont(self, 'main', 'EditorWindow')
        families = sorted(set(tkfont.families(self)))
        box = self.fontlist
        box.delete(0, 'end')
        box.insert('end', *families)
        self.font_name.set(family.lower())
        places = [index for index, name in enumerate(families) if name.lower() == family.lower()]
        for use in (box.see, box.select_set, box.select_anchor, box.activate) if places else ():
            use(places[0])
        self.sizelist.SetMenu('7 8 9 10 11 12 13 14 16 18 20 22 25 29 34 40'.split(), str(size))
        self.font_bold.set(weight == 'bold')
        self.set_samples()

    def var_changed_font(self, *params):
        """Propose the font that is chosen, and show it."""
        for option, variable in ('font', self.font_name), ('font-size', self.font_size), ('font-bold', self.font_bold):
            changes.add_option('main', 'EditorWindow', option, variable.get())
        self.set_samples()

    def on_fontlist_select(self, event):
        """A font of the list was chosen, by the mouse or a key."""
        which = 'active' if event.type.name == 'KeyRelease' else 'anchor'
        self.font_name.set(self.fontlist.get(which).lower())

    def set_samples(self, event=None):
        """Show both samples in the font that is chosen."""
        font = self.font_name.get(), self.font_size.get(), 'bold' if self.font_bold.get() else 'normal'
        for sample in self.font_sample, self.highlight_sample:
            sample['font'] = font

    def load_tab_cfg(self):
        """Show the width of a level in use."""
        self.space_num.set(idleConf.GetOption('main', 'Indent', 'num-spaces', default=4, type='int'))

    def var_changed_space_num(self, *params):
        """Propose the width of a level."""
        changes.add_option('main', 'Indent', 'num-spaces', self.space_num.get())

    def keep_sample(self):
        """Show the text of the sample again in the next dialog."""
        global font_sample_text
        font_sample_text = self.font_sample.get('1.0', 'end-1c')
