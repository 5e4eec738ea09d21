# SPDX-License-Identifier: MIT
"""The editor window: a text with everything around it.

    EditorWindow    the window: its parts, files, dialogs, title, closing
      MenuMixin     (_editmenus) menus and keys
      IndentMixin   (_editindent) Tab, Backspace, Return

Most features are classes of their own, made in __init__: each gets the window
and handles a few virtual events of its text, such as <<toggle-tabs>>.  Menus
and key sets refer to those events only.

What happens to the text goes through a chain of filters, self.per: colours,
undo, and at the bottom the widget.
"""
import importlib
import os
import platform
import re
import string
import subprocess
import sys
import traceback

from tkinter import *
from tkinter.font import Font
from tkinter.ttk import Scrollbar
from tkinter import messagebox
from tkinter import simpledialog

from idlelib import configdialog
from idlelib import grep
from idlelib import help
from idlelib import help_about
from idlelib import macosx
from idlelib import query
from idlelib import replace
from idlelib import search
from idlelib import window
from idlelib._editindent import (IndentMixin, IndentSearcher, TK_TABWIDTH_DEFAULT,
                                 _line_indent_re, get_line_indent, index2line)
from idlelib._editmenus import MenuMixin, get_accelerator, keynames, prepstr
from idlelib.config import idleConf
from idlelib.multicall import MultiCallCreator
from idlelib.tree import wheel_event

_py_version = f' ({platform.python_version()})'
darwin = sys.platform == 'darwin'


def _sphinx_version():
    """Return the version as names of manual files spell it: '3818', '390rc1'."""
    major, minor, micro, level, serial = sys.version_info
    release = f'{major}{minor}' + (str(micro) if micro else '')
    if level == 'candidate':
        release += f'rc{serial}'
    elif level != 'final':
        release += f'{level[0]}{serial}'
    return release


def _find_manual():
    """Return the manuals' place: a file if they are installed, else their address."""
    path = os.path.join(sys.base_prefix, 'Doc', 'index.html')
    if sys.platform.startswith('linux'):
        if os.path.isdir('/var/www/html/python/'):
            path = '/var/www/html/python/index.html'
        else:
            path = '/usr/share/doc/python-docs-%s.%s.%s/Doc/index.html' % sys.version_info[:3]
    elif sys.platform.startswith('win'):
        manual = os.path.join(sys.base_prefix, 'Doc', f'Python{_sphinx_version()}.chm')
        if os.path.isfile(manual):
            path = manual
    elif darwin:
        path = os.path.join(sys.prefix, 'Resources/English.lproj/Documentation/index.html')
    path = os.path.normpath(path)
    if os.path.isfile(path):
        return f'file://{path}' if darwin else path
    return 'https://docs.python.org/%d.%d/' % sys.version_info[:2]


class EditorWindow(MenuMixin, IndentMixin):
    """A window for one file.

    flist       the FileList of all windows, or None
    text        the Text
    top         the Toplevel
    io          the IOBinding: which file it is
    per, undo, color    the chain of filters and two of them
    """

    # As attributes so that subclasses can replace them.  Imported here because
    # some of these modules import this one.
    from idlelib.percolator import Percolator
    from idlelib.colorizer import ColorDelegator, color_config
    from idlelib.undo import UndoDelegator
    from idlelib.iomenu import IOBinding, encoding
    from idlelib.statusbar import MultiStatusBar
    from idlelib.autocomplete import AutoComplete
    from idlelib.autoexpand import AutoExpand
    from idlelib.calltip import Calltip
    from idlelib.codecontext import CodeContext
    from idlelib.sidebar import LineNumbers
    from idlelib.format import FormatParagraph, FormatRegion, Indents, Rstrip
    from idlelib.parenmatch import ParenMatch
    from idlelib.squeezer import Squeezer
    from idlelib.zoomheight import ZoomHeight

    filesystemencoding = sys.getfilesystemencoding()
    help_url = None             # found when the first window is made

    allow_code_context = True
    allow_line_numbers = True

    # What may stand in an identifier, for colorize_syntax_error().
    IDENTCHARS = string.ascii_letters + string.digits + '_'

    # {extension: the module it is in}, where the names differ.
    extfiles = {'ZzDummy': 'zzdummy'}

    def __init__(self, flist=None, filename=None, key=None, root=None):
        """flist: a FileList; filename: what to load; key: the file's name in flist.dict;
        root: the Tk window, if there is no flist."""
        if EditorWindow.help_url is None:
            EditorWindow.help_url = _find_manual()
        self.flist = flist
        self.root = root = root or flist.root
        self.menubar = Menu(root)
        self.top = top = window.ListedToplevel(root, menu=self.menubar)
        # Dialogs find the windows through their parent.
        top.instance_dict = flist.inversedict if flist else {}
        self.tkinter_vars = flist.vars if flist else {}
        self.recent_files_path = idleConf.userdir and os.path.join(idleConf.userdir,
                                                                   'recent-files.lst')
        self.prompt_last_line = ''      # a shell's: the last line of its prompt
        self.color = None
        self.code_context = self.line_numbers = None
        self.extensions = {}
        self.good_load = False          # the file could be loaded
        # For the questions of FormatRegion and others.
        self.askinteger = simpledialog.askinteger
        self.askyesno = messagebox.askyesno
        self.showerror = messagebox.showerror

        self._make_text()
        self.createmenubar()
        self.apply_bindings()
        self._bind_events()
        if flist:
            self._enter_flist(key)
        self.set_status_bar()
        self._lay_out()
        self._init_indentation()
        self._make_filters()
        self.update_recent_files_list()
        self._load(filename)
        self.saved_change_hook()
        self._make_features()
        self.load_extensions()
        menu = self.menudict.get('window')
        if menu:
            end = menu.index('end')
            self.wmenu_end = -1 if end is None else end
            window.register_callback(self.postwindowsmenu)

    # Parts of __init__.

    def _make_text(self):
        """Make the text and its scrollbar."""
        self.text_frame = frame = Frame(self.top)
        self.vbar = Scrollbar(frame, name='vbar')
        width, height = (idleConf.GetOption('main', 'EditorWindow', size, type='int')
                         for size in ('width', 'height'))
        self.width = width
        self.text = text = MultiCallCreator(Text)(
            frame, name='text', padx=5, wrap='none', highlightthickness=0,
            width=width, height=height, tabstyle='wordprocessor')
        self.top.focused_widget = text

    def _bind_events(self):
        """Bind the events that the window itself handles."""
        text = self.text
        self.top.protocol('WM_DELETE_WINDOW', self.close)
        self.top.bind('<<close-window>>', self.close_event)
        if macosx.isAquaTk():
            menu_clicks = '<Control-Button-1>', '<2>'
        else:
            menu_clicks = '<3>',
        for event in menu_clicks:
            text.bind(event, self.right_menu_event)
        for event in '<MouseWheel>', '<Button-4>', '<Button-5>':
            text.bind(event, wheel_event)
        handlers = {
            '<Configure>': self.handle_winconfig,
            '<Left>': self.move_at_edge_if_selection(0),
            '<Right>': self.move_at_edge_if_selection(1),
            '<<cut>>': self.cut,
            '<<copy>>': self.copy,
            '<<paste>>': self.paste,
            '<<select-all>>': self.select_all,
            '<<remove-selection>>': self.remove_selection,
            '<<center-insert>>': self.center_insert_event,
            '<<beginning-of-line>>': self.home_callback,
            '<<del-word-left>>': self.del_word_left,
            '<<del-word-right>>': self.del_word_right,
            '<<goto-line>>': self.goto_line_event,
            '<<find>>': self.find_event,
            '<<find-again>>': self.find_again_event,
            '<<find-selection>>': self.find_selection_event,
            '<<find-in-files>>': self.find_in_files_event,
            '<<replace>>': self.replace_event,
            '<<smart-backspace>>': self.smart_backspace_event,
            '<<smart-indent>>': self.smart_indent_event,
            '<<newline-and-indent>>': self.newline_and_indent_event,
            '<<help>>': self.help_dialog,
            '<<python-docs>>': self.python_docs,
            '<<about-idle>>': self.about_dialog,
            '<<open-config-dialog>>': self.config_dialog,
            '<<open-module>>': self.open_module_event,
            '<<do-nothing>>': lambda event: 'break',
        }
        for event, handler in handlers.items():
            text.bind(event, handler)

    def _enter_flist(self, key):
        """Enter the window into the list and bind what needs other windows."""
        flist, text = self.flist, self.text
        flist.inversedict[self] = key
        if key:
            flist.dict[key] = self
        for event, handler in (('<<open-new-window>>', self.new_callback),
                               ('<<close-all-windows>>', flist.close_all_callback),
                               ('<<open-class-browser>>', self.open_module_browser),
                               ('<<open-path-browser>>', self.open_path_browser),
                               ('<<open-turtle-demo>>', self.open_turtle_demo)):
            text.bind(event, handler)

    def _lay_out(self):
        """Place text and scrollbar; column 0 is the line numbers', row 0 the context's."""
        frame, text = self.text_frame, self.text
        frame.pack(side='left', fill='both', expand=1)
        frame.rowconfigure(1, weight=1)
        frame.columnconfigure(1, weight=1)
        self.vbar['command'] = self.handle_yview
        self.vbar.grid(row=1, column=2, sticky='nsew')
        text['yscrollcommand'] = self.vbar.set
        text['font'] = idleConf.GetFont(self.root, 'main', 'EditorWindow')
        text.grid(row=1, column=1, sticky='nsew')
        text.focus_set()
        self.set_width()

    def _init_indentation(self):
        """Take the settings for indentation."""
        self.usetabs = not idleConf.GetOption('main', 'Indent', 'use-spaces', type='bool')
        self.tabwidth = TK_TABWIDTH_DEFAULT
        self.indentwidth = self.tabwidth
        self.set_notabs_indentwidth()
        # How many lines back to look for the beginning of a statement: a second
        # and third attempt follow only where the first finds none.
        self.num_context_lines = 50, 500, 5000000
        self.text.blink_off_time = self.text['insertofftime']
        self.update_cursor_blink()

    def _make_filters(self):
        """Make the chain that text changes go through, and the file's binding."""
        text = self.text
        self.per = self.Percolator(text)
        self.undo = undo = self.UndoDelegator()
        self.per.insertfilter(undo)
        text.undo_block_start = undo.undo_block_start
        text.undo_block_stop = undo.undo_block_stop
        undo.set_saved_change_hook(self.saved_change_hook)
        self.io = self.IOBinding(self)
        self.io.set_filename_change_hook(self.filename_change_hook)

    def _load(self, filename):
        """Load filename if it exists; colour the text."""
        if filename:
            if os.path.exists(filename) and not os.path.isdir(filename):
                if self.io.loadfile(filename):
                    self.good_load = True
                    self.set_indentation_params(self.ispythonsource(self.io.filename))
            else:
                self.io.set_filename(filename)
                self.good_load = True
        self.ResetColorizer()

    def _make_features(self):
        """Make the features that are classes of their own, and bind their events."""
        text = self.text
        # Events that belong to fixed keys.
        for event, keys in (
                ('<<autocomplete>>', ['<Key-Tab>']),
                ('<<try-open-completions>>', ['<KeyRelease-period>', '<KeyRelease-slash>',
                                              '<KeyRelease-backslash>']),
                ('<<try-open-calltip>>', ['<KeyRelease-parenleft>']),
                ('<<refresh-calltip>>', ['<KeyRelease-parenright>']),
                ('<<paren-closed>>', ['<KeyRelease-parenright>', '<KeyRelease-bracketright>',
                                      '<KeyRelease-braceright>'])):
            text.event_add(event, *keys)

        from idlelib.runscript import ScriptBinding    # imports the shell, which imports us
        self.fregion = fregion = self.FormatRegion(self)
        self.ctip = ctip = self.Calltip(self)
        autocomplete = self.AutoComplete(self)
        parenmatch = self.ParenMatch(self)
        scripts = ScriptBinding(self)
        indents = self.Indents(self)
        handlers = {
            '<<autocomplete>>': autocomplete.autocomplete_event,
            '<<try-open-completions>>': autocomplete.try_open_completions_event,
            '<<force-open-completions>>': autocomplete.force_open_completions_event,
            '<<expand-word>>': self.AutoExpand(self).expand_word_event,
            '<<format-paragraph>>': self.FormatParagraph(self).format_paragraph_event,
            '<<flash-paren>>': parenmatch.flash_paren_event,
            '<<paren-closed>>': parenmatch.paren_closed_event,
            '<<check-module>>': scripts.check_module_event,
            '<<run-module>>': scripts.run_module_event,
            '<<run-custom>>': scripts.run_custom_event,
            '<<do-rstrip>>': self.Rstrip(self).do_rstrip,
            '<<try-open-calltip>>': ctip.try_open_calltip_event,
            '<<refresh-calltip>>': ctip.refresh_calltip_event,
            '<<force-open-calltip>>': ctip.force_open_calltip_event,
            '<<zoom-height>>': self.ZoomHeight(self).zoom_height_event,
            '<<indent-region>>': fregion.indent_region_event,
            '<<dedent-region>>': fregion.dedent_region_event,
            '<<comment-region>>': fregion.comment_region_event,
            '<<uncomment-region>>': fregion.uncomment_region_event,
            '<<tabify-region>>': fregion.tabify_region_event,
            '<<untabify-region>>': fregion.untabify_region_event,
            '<<toggle-tabs>>': indents.toggle_tabs_event,
            '<<change-indentwidth>>': indents.change_indentwidth_event,
        }
        for event, handler in handlers.items():
            text.bind(event, handler)

        if self.allow_code_context:
            self.code_context = self.CodeContext(self)
            text.bind('<<toggle-code-context>>', self.code_context.toggle_code_context_event)
        else:
            self.update_menu_state('options', '*ode*ontext', 'disabled')
        if self.allow_line_numbers:
            self.line_numbers = self.LineNumbers(self)
            if idleConf.GetOption('main', 'EditorWindow', 'line-numbers-default', type='bool'):
                self.toggle_line_numbers_event()
            text.bind('<<toggle-line-numbers>>', self.toggle_line_numbers_event)
        else:
            self.update_menu_state('options', '*ine*umbers', 'disabled')

    # Layout that changes.

    def handle_winconfig(self, event=None):
        """The window has another size."""
        self.set_width()

    def set_width(self):
        """Note in self.width how many characters of usual width a line holds."""
        text = self.text
        margin = sum(map(text.tk.getint, (text.cget('border'), text.cget('padx'))))
        character = Font(text, font=text.cget('font')).measure('0')
        self.width = (text.winfo_width() - 2 * margin) // character

    def set_status_bar(self):
        """Make the status bar with line and column."""
        self.status_bar = bar = self.MultiStatusBar(self.top)
        line = Frame(self.top, height=1, borderwidth=1, background='grey75')
        if darwin:
            # The corner to resize windows with covers the right end.
            bar.set_label('_padding1', '    ', side='right')
        bar.set_label('column', 'Col: ?', side='right')
        bar.set_label('line', 'Ln: ?', side='right')
        bar.pack(side='bottom', fill='x')
        line.pack(side='bottom', fill='x')
        self.text.bind('<<set-line-and-column>>', self.set_line_and_column)
        self.text.event_add('<<set-line-and-column>>', '<KeyRelease>', '<ButtonRelease>')
        self.text.after_idle(self.set_line_and_column)

    def set_line_and_column(self, event=None):
        """Show where the cursor is."""
        line, column = self.text.index('insert').split('.')
        self.status_bar.set_label('column', f'Col: {column}')
        self.status_bar.set_label('line', f'Ln: {line}')

    def handle_yview(self, event, *args):
        """The scrollbar was moved.

        A position is turned into a number of lines: Tk's own way counts
        wrapped lines and is inexact while those are unknown.
        """
        if event == 'moveto':
            target = round(self.getlineno('end') * float(args[0]))
            event, args = 'scroll', (target - self.getlineno('@0,0'), 'units')
        self.text.yview(event, *args)
        return 'break'

    def toggle_line_numbers_event(self, event=None):
        """Show or hide the line numbers."""
        numbers = self.line_numbers
        if numbers is None:
            return
        if numbers.is_shown:
            numbers.hide_sidebar()
        else:
            numbers.show_sidebar()
        action = 'Hide' if numbers.is_shown else 'Show'
        self.update_menu_label(menu='options', index='*ine*umbers', label=f'{action} Line Numbers')

    # Settings, as the dialog Settings applies them.

    def set_notabs_indentwidth(self):
        """Take the width of an indentation, unless it is a tab's."""
        if not self.usetabs:
            self.indentwidth = idleConf.GetOption('main', 'Indent', 'num-spaces', type='int')

    def update_cursor_blink(self):
        """Let the cursor blink or not."""
        blinks = idleConf.GetOption('main', 'EditorWindow', 'cursor-blink', type='bool')
        self.text['insertofftime'] = self.text.blink_off_time if blinks else 0

    def ResetFont(self):
        """Take the font; the parts beside the text first, they follow its size."""
        for part in (self.code_context, self.line_numbers):
            if part is not None:
                part.update_font()
        self.text['font'] = idleConf.GetFont(self.root, 'main', 'EditorWindow')
        self.set_width()

    def ResetColorizer(self):
        """Take the colours; colour the text if it is Python now."""
        self._rmcolorizer()
        self._addcolorizer()
        EditorWindow.color_config(self.text)
        if self.code_context is not None:
            self.code_context.update_highlight_colors()
        if self.line_numbers is not None:
            self.line_numbers.update_colors()

    def _addcolorizer(self):
        if self.color or not self.ispythonsource(self.io.filename):
            return
        self.color = self.ColorDelegator()
        # Undo stays on top: what it restores is coloured again.
        self.per.removefilter(self.undo)
        self.per.insertfilter(self.color)
        self.per.insertfilter(self.undo)

    def _rmcolorizer(self):
        if self.color:
            self.color.removecolors()
            self.per.removefilter(self.color)
            self.color = None

    def ispythonsource(self, filename):
        """Whether filename, with the window's text, is Python (so is what has no name)."""
        if not filename or os.path.isdir(filename):
            return True
        if os.path.normcase(os.path.splitext(filename)[1]) in ('.py', '.pyw'):
            return True
        first = self.text.get('1.0', '1.0 lineend')
        return first.startswith('#!') and 'python' in first

    def colorize_syntax_error(self, text, pos):
        """Mark the character or word that ends at pos as wrong, and put the cursor there."""
        text.tag_add('ERROR', pos)
        char = text.get(pos)
        if char and char in self.IDENTCHARS:
            text.tag_add('ERROR', f'{pos} wordstart', pos)
        text.mark_set('insert', pos if char == '\n' else f'{pos}+1c')
        text.see(pos)

    # The cursor and the clipboard.

    def home_callback(self, event):
        """Home: to the first character that is no blank, or to the margin if there already.

        In a shell's input the place after the prompt comes first.
        """
        control, shift = event.state & 4, event.state & 1
        if control and event.keysym == 'Home':
            return None     # to the beginning of the text, as Tk does it
        text = self.text
        if (text.index('iomark') and text.compare('iomark', '<=', 'insert lineend')
                and text.compare('insert linestart', '<=', 'iomark')):
            target = int(text.index('iomark').split('.')[1])
        else:
            line = text.get('insert linestart', 'insert lineend')
            target = len(line) - len(line.lstrip(' \t'))
        if target == int(text.index('insert').split('.')[1]):
            target = 0
        place = text.index(f'insert linestart+{target}c')
        if shift:
            self._extend_selection(place)
        else:
            text.tag_remove('sel', '1.0', 'end')
        text.mark_set('insert', place)
        text.see('insert')
        return 'break'

    def _extend_selection(self, place):
        """Make the selection reach from its fixed end (or the cursor) to place."""
        text = self.text
        first, last = self.get_selection_indices()
        if not first:
            anchor = text.index('insert')
        else:
            anchor = last if text.compare(first, '>=', 'insert') else first
        if text.compare(anchor, '>', place):
            anchor, place = place, anchor
        text.tag_remove('sel', '1.0', 'end')
        text.tag_add('sel', anchor, place)

    def move_at_edge_if_selection(self, edge_index):
        """Return a handler for Left (0) or Right (1) that starts at the selection's edge.

        Tk then moves by one character, so the cursor is put one further in.
        """
        edge = ('sel.first+1c', 'sel.last-1c')[edge_index]

        def move_at_edge(event):
            if event.state & 5:     # Shift or Control: not a simple move
                return
            try:
                if self.text.index('sel.first'):
                    self.text.mark_set('insert', edge)
            except TclError:
                pass
        return move_at_edge

    def del_word_left(self, event):
        """Delete to the beginning of the word."""
        self.text.event_generate('<Meta-Delete>')
        return 'break'

    def del_word_right(self, event):
        """Delete to the end of the word."""
        self.text.event_generate('<Meta-d>')
        return 'break'

    def cut(self, event):
        """Move the selection to the clipboard."""
        self.text.event_generate('<<Cut>>')
        return 'break'

    def copy(self, event):
        """Copy the selection to the clipboard; without one let the key do what else it does."""
        if not self.text.tag_ranges('sel'):
            return None
        self.text.event_generate('<<Copy>>')
        return 'break'

    def paste(self, event):
        """Insert the clipboard."""
        self.text.event_generate('<<Paste>>')
        self.text.see('insert')
        return 'break'

    def select_all(self, event=None):
        """Select the whole text."""
        self.text.tag_add('sel', '1.0', 'end-1c')
        self.text.mark_set('insert', '1.0')
        self.text.see('insert')
        return 'break'

    def remove_selection(self, event=None):
        """Select nothing."""
        self.text.tag_remove('sel', '1.0', 'end')
        self.text.see('insert')
        return 'break'

    def center_insert_event(self, event):
        """Scroll so that the cursor is in the middle."""
        self.center()
        return 'break'

    def center(self, mark='insert'):
        """Scroll so that mark is in the middle."""
        top, bottom = self.getwindowlines()
        line = self.getlineno(mark)
        self.text.yview(float(max(1, line - (bottom - top) // 2)))

    def getwindowlines(self):
        """Return the numbers of the first and last line that are seen."""
        text = self.text
        top, bottom = self.getlineno('@0,0'), self.getlineno('@0,65535')
        if top == bottom and text.winfo_height() == 1:
            # Not drawn yet: as it will be.
            bottom = top + int(text['height']) - 1
        return top, bottom

    def getlineno(self, mark='insert'):
        """Return the line number of mark."""
        return index2line(self.text.index(mark))

    def gotoline(self, lineno):
        """Put the cursor on line lineno and select the line."""
        if lineno is None or lineno <= 0:
            return
        text = self.text
        text.mark_set('insert', f'{int(lineno)}.0')
        text.tag_remove('sel', '1.0', 'end')
        text.tag_add('sel', 'insert', 'insert +1l')
        self.center()

    def goto_line_event(self, event):
        """Ask for a line number and go there."""
        text = self.text
        lineno = query.Goto(text, 'Go To Line',
                            "Enter a positive integer\n('big' = end of file):").result
        if lineno is not None:
            text.tag_remove('sel', '1.0', 'end')
            text.mark_set('insert', f'{lineno}.0')
            text.see('insert')
            self.set_line_and_column()
        return 'break'

    # Dialogs and other windows.

    def find_event(self, event):
        """Open the dialog Find."""
        search.find(self.text)
        return 'break'

    def find_again_event(self, event):
        """Find the last pattern once more."""
        search.find_again(self.text)
        return 'break'

    def find_selection_event(self, event):
        """Find the selected text."""
        search.find_selection(self.text)
        return 'break'

    def find_in_files_event(self, event):
        """Open the dialog Find in Files."""
        grep.grep(self.text, self.io, self.flist)
        return 'break'

    def replace_event(self, event):
        """Open the dialog Replace."""
        replace.replace(self.text)
        return 'break'

    def about_dialog(self, event=None):
        """Open the dialog About IDLE."""
        help_about.AboutDialog(self.top)
        return 'break'

    def config_dialog(self, event=None):
        """Open the dialog Settings."""
        configdialog.ConfigDialog(self.top, 'Settings')
        return 'break'

    def help_dialog(self, event=None):
        """Show IDLE's help; it is the root's child, so that it outlives this window."""
        help.show_idlehelp(self.root or self.top)
        return 'break'

    def new_callback(self, event):
        """Open an empty window that starts in the same folder."""
        folder, _ = self.io.defaultfilename()
        self.flist.new(folder)
        return 'break'

    def open_module(self):
        """Ask for a module's name and open its file; return the file's name, or None."""
        try:
            name = self.text.get('sel.first', 'sel.last').strip()
        except TclError:
            name = ''
        path = query.ModuleName(self.text, 'Open Module',
                                'Enter the name of a Python module\n'
                                'to search on sys.path and open:', name).result
        if path is not None:
            if self.flist:
                self.flist.open(path)
            else:
                self.io.loadfile(path)
        return path

    def open_module_event(self, event):
        """Open a module."""
        self.open_module()
        return 'break'

    def open_module_browser(self, event=None):
        """Show the classes and functions of this file, or of a module that is asked for."""
        filename = self.io.filename
        if not filename or type(self).__name__ != 'PyShellEditorWindow':
            filename = self.open_module()
        if filename is not None:
            from idlelib import browser
            browser.ModuleBrowser(self.root, filename)
        return 'break'

    def open_path_browser(self, event=None):
        """Show the modules on sys.path."""
        from idlelib import pathbrowser
        pathbrowser.PathBrowser(self.root)
        return 'break'

    def open_turtle_demo(self, event=None):
        """Start the demonstration of turtle graphics in a process of its own."""
        subprocess.Popen([sys.executable, '-c',
                          'from turtledemo.__main__ import main; main()'], shell=False)
        return 'break'

    # Title and state.

    def filename_change_hook(self):
        """The window has another file."""
        if self.flist:
            self.flist.filename_changed_edit(self)
        self.saved_change_hook()
        self.top.update_windowlist_registry(self)
        self.ResetColorizer()

    def saved_change_hook(self):
        """Show the file's name, and whether it is saved, in the title."""
        short, long = self.short_title(), self.long_title()
        if short and long and not macosx.isCocoaTk():
            title = f'{short} - {long}{_py_version}'
        else:
            # macOS shows where the file is by itself.
            title = short or long or 'untitled'
        icon = short or long or title
        if not self.get_saved():
            title, icon = f'*{title}*', f'*{icon}'
        self.top.wm_title(title)
        self.top.wm_iconname(icon)

    def short_title(self):
        """The file's name without its folder."""
        return os.path.basename(self.io.filename) if self.io.filename else 'untitled'

    def long_title(self):
        """The file's full name."""
        return self.io.filename or ''

    def get_saved(self):
        """True if the text is as it was loaded or saved."""
        return self.undo.get_saved()

    def set_saved(self, flag):
        """Note whether the text is saved."""
        self.undo.set_saved(flag)

    def reset_undo(self):
        """Forget the changes that could be undone."""
        self.undo.reset_undo()

    def get_geometry(self):
        """Return [width, height, x, y] of the window."""
        numbers = re.match(r'(\d+)x(\d+)\+(-?\d+)\+(-?\d+)', self.top.wm_geometry())
        return list(map(int, numbers.groups()))

    # Closing.

    def close_hook(self):
        """Called when the window is gone."""
        if self.flist:
            self.flist.unregister_maybe_terminate(self)
            self.flist = None

    def set_close_hook(self, close_hook):
        """Have close_hook() called instead."""
        self.close_hook = close_hook

    def close_event(self, event):
        """The key to close the window."""
        self.close()
        return 'break'

    def maybesave(self):
        """Offer to save; return 'yes', 'no' or 'cancel' (None if the window is closed)."""
        if not self.io:
            return None
        if not self.get_saved():
            if self.top.state() != 'normal':
                self.top.deiconify()
            # Under the dialog, over all else.
            self.top.lower()
            self.top.lift()
        return self.io.maybesave()

    def close(self):
        """Close the window unless the user cancels; return what maybesave() did."""
        if self.text is None:
            return None     # closed while the question was open
        reply = self.maybesave()
        if reply != 'cancel' and self.text is not None:
            self._close()
        return reply

    def _close(self):
        """Close the window."""
        if self.io.filename:
            self.update_recent_files_list(new_file=self.io.filename)
        window.unregister_callback(self.postwindowsmenu)
        self.unload_extensions()
        self.io.close()
        self.io = None
        self.undo = None
        if self.color:
            self.color.close()
            self.color = None
        self.text = None
        self.tkinter_vars = None
        self.per.close()
        self.per = None
        self.top.destroy()
        if self.close_hook:
            # It may end IDLE: the last thing to do.
            self.close_hook()

    # Extensions.

    def load_extensions(self):
        """Load the extensions that are switched on."""
        self.extensions = {}
        self.load_standard_extensions()

    def unload_extensions(self):
        """Close the extensions."""
        loaded, self.extensions = self.extensions, {}
        for extension in loaded.values():
            close = getattr(extension, 'close', None)
            if close is not None:
                close()

    def load_standard_extensions(self):
        """Load each extension of get_standard_extension_names(); report failures."""
        for name in self.get_standard_extension_names():
            try:
                self.load_extension(name)
            except Exception:
                print('Failed to load extension', repr(name))
                traceback.print_exc()

    def get_standard_extension_names(self):
        """Names of the extensions for editor windows."""
        return idleConf.GetExtensions(editor_only=True)

    def load_extension(self, name):
        """Load the class called name: menus, key bindings, and a handler for each event."""
        cls = getattr(self._import_extension(name), name)
        keydefs = idleConf.GetExtensionBindings(name)
        if hasattr(cls, 'menudefs'):
            self.fill_menus(cls.menudefs, keydefs)
        self.extensions[name] = extension = cls(self)
        if not keydefs:
            return
        self.apply_bindings(keydefs)
        for event in keydefs:
            handler = event.strip('<>').replace('-', '_') + '_event'
            if hasattr(extension, handler):
                self.text.bind(event, getattr(extension, handler))

    def _import_extension(self, name):
        filename = self.extfiles.get(name, name)
        try:
            try:
                return importlib.import_module(f'.{filename}', package=__package__)
            except (ImportError, TypeError):
                return importlib.import_module(filename)
        except ImportError:
            print('\nFailed to import extension: ', name)
            raise


def fixwordbreaks(root):
    """Make words of letters, digits and underscores, on every platform."""
    # Tcl loads its definitions with the first use, and ours must come after.
    root.tk.call('tcl_wordBreakAfter', 'a b', 0)
    root.tk.call('set', 'tcl_wordchars', r'\w')
    root.tk.call('set', 'tcl_nonwordchars', r'\W')


def _editor_window(parent):  # htest #
    """An editor window, for a person to try; a file can be named on the command line."""
    fixwordbreaks(parent)
    filename = sys.argv[1] if sys.argv[1:] else None
    macosx.setupApp(parent, None)
    edit = EditorWindow(root=parent, filename=filename)
    edit.text.configure(height=10)
    for number in range(20):
        edit.text.insert('insert', f'{"  " * number}{number}\n')


if __name__ == '__main__':
    from unittest import main
    main('idlelib.idle_test.test_editor', verbosity=2, exit=False)

    from idlelib.idle_test.htest import run
    run(_editor_window)
