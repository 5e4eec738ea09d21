# SPDX-License-Identifier: MIT
"""The window of completions: a list below the name that is being typed.

The keys still go to the text; while the window is open they choose in the list, and what is chosen is put into the
text as far as it is certain.
"""
import os.path
import platform
from bisect import bisect_left
from tkinter import BOTH, END, EventType, LEFT, Listbox, RIGHT, TclError, Toplevel, VERTICAL, Y
from tkinter.ttk import Scrollbar

from idlelib.autocomplete import ATTRS, FILES
from idlelib.multicall import MC_SHIFT

HIDE_VIRTUAL_EVENT_NAME = '<<autocompletewindow-hide>>'
HIDE_FOCUS_OUT_SEQUENCE = '<FocusOut>'
HIDE_SEQUENCES = HIDE_FOCUS_OUT_SEQUENCE, '<ButtonPress>'
KEYPRESS_VIRTUAL_EVENT_NAME = '<<autocompletewindow-keypress>>'
# A key alone matches less well than one that is named, and the text has bindings for these.
KEYPRESS_SEQUENCES = '<Key>', *('<Key-%s>' % name for name in (
    'BackSpace', 'Return', 'Tab', 'Up', 'Down', 'Home', 'End', 'Prior', 'Next', 'Escape'))
KEYRELEASE_VIRTUAL_EVENT_NAME = '<<autocompletewindow-keyrelease>>'
KEYRELEASE_SEQUENCE = '<KeyRelease>'
LISTUPDATE_SEQUENCE = '<B1-ButtonRelease>'
WINCONFIG_SEQUENCE = '<Configure>'
DOUBLECLICK_SEQUENCE = '<B1-Double-ButtonRelease>'

# Keys that end a name: the completion is put in, and the key goes on to the text.
_ENDS = {ATTRS: {'period', 'space', 'parenleft', 'parenright', 'bracketleft', 'bracketright'},
         FILES: {'slash', 'backslash', 'quotedbl', 'apostrophe'}}
# Keys that are part of a name, besides those that are called what they write.
_LETTERS = {ATTRS: {'underscore': '_'}, FILES: {'underscore': '_', 'period': '.', 'minus': '-'}}
_MODIFIERS = 'Shift', 'Control', 'Alt', 'Meta', 'Command', 'Option'


class AutoCompleteWindow:
    """A window for one completion in a MultiCall text.

    `start` is what stands in the text of the name, from `startindex` on, and `lasttypedstart` what of it was typed.
    `completions` are shown; `morecompletions` take their place when one that is not among them is typed.
    """

    def __init__(self, widget):
        self.widget = widget
        self.autocompletewindow = self.listbox = self.scrollbar = None
        self.origselforeground = self.origselbackground = None
        self.completions = self.morecompletions = None
        self.mode = None
        self.start = self.startindex = self.lasttypedstart = None
        self.userwantswindow = None         # asked for, or used since
        self.lastkey_was_tab = False
        self.is_configuring = False
        self._bindings = []                 # functions that undo them

    # What the text and the list show.

    def _change_start(self, newstart):
        """Have another beginning of the name in the text."""
        same = len(os.path.commonprefix([self.start, newstart]))
        place = '%s+%dc'
        if same < len(self.start):
            self.widget.delete(place % (self.startindex, same), place % (self.startindex, len(self.start)))
        if same < len(newstart):
            self.widget.insert(place % (self.startindex, same), newstart[same:])
        self.start = newstart

    def _binary_search(self, s):
        """The place of the first completion that is not less than a string, or of the last of all."""
        return min(bisect_left(self.completions, s), len(self.completions) - 1)

    def _complete_string(self, s):
        """What all completions that begin with a string begin with; the string itself if there is none."""
        first = last = self._binary_search(s)
        if not self.completions[first].startswith(s):
            return s
        while last + 1 < len(self.completions) and self.completions[last + 1].startswith(s):
            last += 1
        return os.path.commonprefix([self.completions[first], self.completions[last]])

    def _selected(self):
        return int(self.listbox.curselection()[0])

    def _select(self, place):
        self.listbox.select_clear(self._selected())
        self.listbox.select_set(place)
        self._selection_changed()

    def _selection_changed(self):
        """Put into the text what agrees with the selection, and show whether it fits what is typed.

        If it does not, there may be a completion among those that are not shown.
        """
        place = self._selected()
        self.listbox.see(place)
        selected = self.completions[place]
        typed = self.lasttypedstart
        if self._binary_search(typed) != place:
            typed = os.path.commonprefix([typed, selected])
        self._change_start(typed)
        if selected.startswith(self.start):
            self.listbox.configure(selectbackground=self.origselbackground, selectforeground=self.origselforeground)
            return
        self.listbox.configure(selectbackground=self.listbox.cget('bg'), selectforeground=self.listbox.cget('fg'))
        if self.morecompletions:
            self.completions, self.morecompletions = self.morecompletions, None
            self.listbox.delete(0, END)
            self.listbox.insert(END, *self.completions)
            self.listbox.select_set(self._binary_search(self.start))
            self._selection_changed()

    # Opening, moving, closing.

    def show_window(self, comp_lists, index, complete, mode, userWantsWin):
        """Open the window.

        comp_lists: two sorted lists, of completions to show and of all.
        index: where the name begins in the text; it ends at the cursor.
        complete: whether to complete what is certain first.  No window is needed if nothing is left to choose.
        mode: ATTRS or FILES.
        userWantsWin: whether the user has asked for it.
        Returns true if there is neither a window nor a change of the text.
        """
        self.completions, self.morecompletions = comp_lists
        self.mode = mode
        self.startindex = self.widget.index(index)
        self.start = self.widget.get(self.startindex, 'insert')
        if complete:
            completed, before = self._complete_string(self.start), self.start
            self._change_start(completed)
            place = self._binary_search(completed)
            following = self.completions[place + 1:place + 2]
            if self.completions[place] == completed and not (following and following[0].startswith(completed)):
                return completed == before
        self.userwantswindow = userWantsWin
        self.lasttypedstart = self.start
        self._make_window()
        self.listbox.select_set(self._binary_search(self.start))
        self._selection_changed()
        self._bind_events()
        return None

    def _make_window(self):
        self.autocompletewindow = window = Toplevel(self.widget)
        window.wm_geometry('+10000+10000')      # out of sight, until its size is known
        window.wm_overrideredirect(1)
        try:
            window.tk.call('::tk::unsupported::MacWindowStyle', 'style', window._w, 'help', 'noActivates')
        except TclError:
            pass                                # another system
        self.scrollbar = Scrollbar(window, orient=VERTICAL)
        self.listbox = Listbox(window, yscrollcommand=self.scrollbar.set, exportselection=False)
        self.listbox.insert(END, *self.completions)
        self.origselforeground = self.listbox.cget('selectforeground')
        self.origselbackground = self.listbox.cget('selectbackground')
        self.scrollbar.config(command=self.listbox.yview)
        self.scrollbar.pack(side=RIGHT, fill=Y)
        self.listbox.pack(side=LEFT, fill=BOTH, expand=True)
        window.lift()

    def _bind_events(self):
        window, text = self.autocompletewindow, self.widget
        for widget, virtual, sequences, handler in (
                (window, HIDE_VIRTUAL_EVENT_NAME, (HIDE_FOCUS_OUT_SEQUENCE,), self.hide_event),
                (text, HIDE_VIRTUAL_EVENT_NAME, HIDE_SEQUENCES, self.hide_event),
                (text, KEYPRESS_VIRTUAL_EVENT_NAME, KEYPRESS_SEQUENCES, self.keypress_event),
                (text, KEYRELEASE_VIRTUAL_EVENT_NAME, (KEYRELEASE_SEQUENCE,), self.keyrelease_event),
                (self.listbox, LISTUPDATE_SEQUENCE, (), self.listselect_event),
                (window, WINCONFIG_SEQUENCE, (), self.winconfig_event),
                (self.listbox, DOUBLECLICK_SEQUENCE, (), self.doubleclick_event)):
            self._bindings.append((widget, virtual, sequences, widget.bind(virtual, handler)))
            for sequence in sequences:
                widget.event_add(virtual, sequence)

    def winconfig_event(self, event):
        """The window has its size: put it below the line, or above if there is no room, within the text's sides."""
        if self.is_configuring or not self.is_active():
            return
        self.is_configuring = True
        text, window = self.widget, self.autocompletewindow
        text.see(self.startindex)
        x, y, _, line_height = text.bbox(self.startindex)
        width, height = window.winfo_width(), window.winfo_height()
        below = text.winfo_height() - (y + line_height) >= height or y < height
        window.wm_geometry('+%d+%d' % (text.winfo_rootx() + min(x, max(0, text.winfo_width() - width)),
                                       text.winfo_rooty() + y + (line_height if below else -height)))
        if platform.system().startswith('Windows'):
            # The next event comes at once there, and moves it again.
            window.unbind(WINCONFIG_SEQUENCE)
        self.is_configuring = False

    def _hide_event_check(self):
        """Close the window unless it has got the focus."""
        if not self.autocompletewindow:
            return
        try:
            focus = self.autocompletewindow.focus_get()
        except KeyError:        # in a menu that tkinter has not made
            focus = None
        if not focus:
            self.hide_window()

    def hide_event(self, event):
        """Something else gets the focus, perhaps the list; or there is a click into the text."""
        if self.is_active():
            if event.type == EventType.FocusOut:
                self.widget.after(1, self._hide_event_check)
            elif event.type == EventType.ButtonPress:
                self.hide_window()

    def is_active(self):
        """Tell whether the window is open."""
        return self.autocompletewindow is not None

    def complete(self):
        """Complete as far as possible; the window stays."""
        self._change_start(self._complete_string(self.start))

    def hide_window(self):
        """Close the window if it is open."""
        if not self.is_active():
            return
        for widget, virtual, sequences, binding in self._bindings:
            for sequence in sequences:
                widget.event_delete(virtual, sequence)
            widget.unbind(virtual, binding)
        self._bindings.clear()
        self.widget.focus_set()
        self.scrollbar.destroy()
        self.listbox.destroy()
        self.autocompletewindow.destroy()
        self.scrollbar = self.listbox = self.autocompletewindow = None

    # The mouse in the list.

    def listselect_event(self, event):
        """A click: put the completion into the text."""
        if self.is_active():
            self.userwantswindow = True
            self._change_start(self.completions[self._selected()])

    def doubleclick_event(self, event):
        """A double click: put it in, and close the window."""
        self._change_start(self.completions[self._selected()])
        self.hide_window()

    # The keys.

    def keypress_event(self, event):
        """A key: part of a name, end of it, a move in the list, or something else, which closes the window."""
        if not self.is_active():
            return None
        key, state = event.keysym, getattr(event, 'mc_state', 0)
        if key != 'Tab':
            self.lastkey_was_tab = False
        plain = not state & ~MC_SHIFT
        if plain and (len(key) == 1 or key in _LETTERS[self.mode]):
            return self._typed(self.start + _LETTERS[self.mode].get(key, key))
        if plain and key == 'BackSpace':
            if self.start:
                return self._typed(self.start[:-1])
            self.hide_window()
            return None
        if key == 'Return':
            self.complete()
            self.hide_window()
            return 'break'
        if key in _ENDS[self.mode] and (plain or self.mode == ATTRS):
            selected = self.completions[self._selected()]
            if selected.startswith(self.start) and (self.mode == ATTRS or self.start):
                self._change_start(selected)
            self.hide_window()
            return None
        if not state and key in ('Home', 'End', 'Prior', 'Next', 'Up', 'Down'):
            return self._move(key)
        if not state and key == 'Tab':
            return self._tab()
        if any(name in key for name in _MODIFIERS):
            return None
        if event.char and event.char >= ' ':
            return self._typed(self.start + event.char)
        self.hide_window()
        return None

    def _typed(self, start):
        """The name is another now."""
        self._change_start(start)
        self.lasttypedstart = start
        self._select(self._binary_search(start))
        return 'break'

    def _move(self, key):
        """Choose another completion, and put it into the text."""
        self.userwantswindow = True
        place, last = self._selected(), len(self.completions) - 1
        page = self.listbox.nearest(self.listbox.winfo_height()) - self.listbox.nearest(0)
        place = {'Home': 0, 'End': last, 'Prior': place - page, 'Next': place + page, 'Up': place - 1, 'Down': place + 1}[key]
        place = min(max(place, 0), last)
        self._select(place)
        self._change_start(self.completions[place])
        return 'break'

    def _tab(self):
        """The first time in a row complete what is certain, which AutoComplete does; then take the selection."""
        if self.lastkey_was_tab:
            self._change_start(self.completions[self._selected()])
            self.hide_window()
            return 'break'
        self.userwantswindow = self.lastkey_was_tab = True
        return None

    def keyrelease_event(self, event):
        """The cursor is not where the name ends: close the window."""
        if self.is_active() and self.widget.index('insert') != self.widget.index(
                '%s+%dc' % (self.startindex, len(self.start))):
            self.hide_window()


if __name__ == '__main__':
    from unittest import main
    main('idlelib.idle_test.test_autocomplete_w', verbosity=2, exit=False)
