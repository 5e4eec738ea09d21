# SPDX-License-Identifier: MIT
"""Widgets whose events call more than one function.

Tk runs a single binding for an event, the most specific one.  In a class made by MultiCallCreator() virtual events
are different: every function that is bound to one which an event fits is called, also where it names fewer
modifiers or no detail.  A function that returns 'break' ends that.  The order is: by detail before without, more
modifiers before fewer, bound last before bound first; none is called twice for an event.

In a function the event has the attributes `mc_type`, one of the MC_ constants for types, and with keys and buttons
`mc_state`, a sum of those for modifiers.

Only virtual events, and of those only sequences of one event, are treated so: what else is bound goes to Tk.
A sequence with a detail has to name the type, `<Key-a>` and not `<a>`.
"""
import re
import sys
import tkinter

# Types of events.
(MC_KEYPRESS, MC_KEYRELEASE, MC_BUTTONPRESS, MC_BUTTONRELEASE, MC_ACTIVATE, MC_CIRCULATE, MC_COLORMAP, MC_CONFIGURE,
 MC_DEACTIVATE, MC_DESTROY, MC_ENTER, MC_EXPOSE, MC_FOCUSIN, MC_FOCUSOUT, MC_GRAVITY, MC_LEAVE, MC_MAP, MC_MOTION,
 MC_MOUSEWHEEL, MC_PROPERTY, MC_REPARENT, MC_UNMAP, MC_VISIBILITY) = range(23)

# Modifiers, as in an event's state.
MC_SHIFT, MC_CONTROL, MC_ALT, MC_META, MC_OPTION, MC_COMMAND = 1 << 0, 1 << 2, 1 << 3, 1 << 5, 1 << 6, 1 << 7

if sys.platform == 'darwin':
    _modifiers = ('Shift',), ('Control',), ('Option',), ('Command',)
    _modifier_masks = MC_SHIFT, MC_CONTROL, MC_OPTION, MC_COMMAND
else:
    _modifiers = ('Control',), ('Alt',), ('Shift',), ('Meta', 'M')
    _modifier_masks = MC_CONTROL, MC_ALT, MC_SHIFT, MC_META

# A state here is a number with a bit for each row of _modifiers, from 0 to 15.
_modifier_names = {name: bit for bit, names in enumerate(_modifiers) for name in names}
_states = range(1 << len(_modifiers))


def _of_state(state, values):
    """The values that stand for the modifiers of a state."""
    return [value for bit, value in enumerate(values) if state >> bit & 1]


_state_names = [''.join(names[0] + '-' for names in _of_state(state, _modifiers)) for state in _states]
_state_codes = [sum(_of_state(state, _modifier_masks)) for state in _states]


def expand_substates(states):
    """For each state a list of those with the same modifiers or fewer, from more to fewer."""
    return [sorted({state & other for other in states}, key=lambda part: -bin(part).count('1')) for state in states]


_state_subsets = expand_substates(_states)

_types = (('KeyPress', 'Key'), ('KeyRelease',), ('ButtonPress', 'Button'), ('ButtonRelease',), ('Activate',), ('Circulate',),
          ('Colormap',), ('Configure',), ('Deactivate',), ('Destroy',), ('Enter',), ('Expose',), ('FocusIn',), ('FocusOut',),
          ('Gravity',), ('Leave',), ('Map',), ('Motion',), ('MouseWheel',), ('Property',), ('Reparent',), ('Unmap',),
          ('Visibility',))
_type_names = {name: type for type, names in enumerate(_types) for name in names}

_keysym_re = re.compile(r'^\w+$')
_button_re = re.compile(r'^[1-5]$')

APPLICATION_GONE = 'application has been destroyed'


def _parse_sequence(sequence):
    """What a sequence of one event says: (state, type, detail or None), or None if it is another kind of sequence."""
    if sequence[:1] != '<' or sequence[-1:] != '>':
        return None
    words = sequence[1:-1].split('-')
    state = place = 0
    while place < len(words) and words[place] in _modifier_names:
        state |= 1 << _modifier_names[words[place]]
        place += 1
    type, *detail = words[place:] or ['']
    type = _type_names.get(type)
    if type is None or len(detail) > 1 or state and type not in _DETAILS:
        return None
    if not detail:
        return state, type, None
    pattern = _DETAILS.get(type)
    return (state, type, detail[0]) if pattern and pattern.match(detail[0]) else None


def _triplet_to_sequence(triplet):
    """The sequence for what _parse_sequence() returned."""
    state, type, detail = triplet
    return '<%s%s%s>' % (_state_names[state], _types[type][0], '' if detail is None else '-' + detail)


# Those that have details and modifiers, and what a detail looks like.
_DETAILS = {MC_KEYPRESS: _keysym_re, MC_KEYRELEASE: _keysym_re, MC_BUTTONPRESS: _button_re, MC_BUTTONRELEASE: _button_re}


def _call(event, functions):
    """Call functions, none twice, until one returns something true; return that."""
    called = set()
    for function in functions:
        if function not in called:
            called.add(function)
            result = function(event)
            if result:
                return result


class _Bindings:
    """The bindings of a widget that Tk knows, for one type of events."""

    def __init__(self, type, widget, widgetinst):
        self.type = type
        self.widget = widget            # the class whose bind() is Tk's
        self.widgetinst = widgetinst
        self.ids = {}                   # of the bindings, by sequence

    def bind(self, sequence, handler):
        self.ids[sequence] = self.widget.bind(self.widgetinst, sequence, handler)

    def unbind(self, sequence):
        self.widget.unbind(self.widgetinst, sequence, self.ids.pop(sequence))

    def close(self):
        """Remove all; the application may be gone by now."""
        for sequence in list(self.ids):
            try:
                self.unbind(sequence)
            except tkinter.TclError as error:
                if APPLICATION_GONE not in error.args[0]:
                    raise


class _SimpleBinder:
    """What is bound to one type of events, which has neither details nor modifiers."""

    def __init__(self, type, widget, widgetinst):
        self._sequence = '<%s>' % _types[type][0]
        self._bindings = _Bindings(type, widget, widgetinst)
        self._functions = []

    def bind(self, triplet, func):
        """Call a function, too."""
        if not self._functions:
            functions, mc_type = self._functions, self._bindings.type

            def handler(event):
                event.mc_type = mc_type
                return _call(event, functions[::-1])
            self._bindings.bind(self._sequence, handler)
        self._functions.append(func)

    def unbind(self, triplet, func):
        """Do not call it any more."""
        self._functions.remove(func)
        if not self._functions:
            self._bindings.unbind(self._sequence)

    def __del__(self):
        self._bindings.close()


class _ComplexBinder:
    """What is bound to one type of events with details and modifiers.

    Tk gets a binding for each state, without detail and for each detail that is in use, so that the one it chooses is
    exact.  A function may bind and unbind: what that means for Tk is put off until the handler that called it ends.
    """

    def __init__(self, type, widget, widgetinst):
        self._bindings = _Bindings(type, widget, widgetinst)
        self._functions = {}            # a list of functions for each state, by detail
        self._running = False
        self._put_off = []
        self._add(None)

    def _sequences(self, detail):
        type = self._bindings.type
        return [_triplet_to_sequence((state, type, detail)) for state in _states]

    def _fitting(self, state, detail):
        """The functions for an event, in the order of calls."""
        for key in (None,) if detail is None else (detail, None):
            by_state = self._functions.get(key)
            if by_state:
                for part in _state_subsets[state]:
                    yield from by_state[part][::-1]

    def _handler(self, state, detail):
        mc_type, mc_state = self._bindings.type, _state_codes[state]

        def handler(event):
            event.mc_type, event.mc_state = mc_type, mc_state
            self._running = True
            try:
                return _call(event, list(self._fitting(state, detail)))
            finally:
                self._running = False
                while self._put_off:
                    self._put_off.pop(0)()
        return handler

    def _later(self, action):
        if self._running:
            self._put_off.append(action)
        else:
            action()

    def _add(self, detail):
        """Use a detail."""
        self._functions[detail] = [[] for _ in _states]

        def add():
            for state, sequence in enumerate(self._sequences(detail)):
                if sequence not in self._bindings.ids:
                    self._bindings.bind(sequence, self._handler(state, detail))
        self._later(add)

    def _drop(self, detail):
        """Do not use it any more."""
        del self._functions[detail]

        def drop():
            if detail not in self._functions:       # nor again since
                for sequence in self._sequences(detail):
                    if sequence in self._bindings.ids:
                        self._bindings.unbind(sequence)
        self._later(drop)

    def bind(self, triplet, func):
        """Call a function, too."""
        state, type, detail = triplet
        if detail not in self._functions:
            self._add(detail)
        self._functions[detail][state].append(func)

    def unbind(self, triplet, func):
        """Do not call it any more."""
        state, type, detail = triplet
        self._functions[detail][state].remove(func)
        if detail is not None and not any(self._functions[detail]):
            self._drop(detail)

    def __del__(self):
        self._bindings.close()


_binder_classes = tuple(_ComplexBinder if type in _DETAILS else _SimpleBinder for type in range(len(_types)))


_multicall_dict = {}        # classes by the class they were made from


def MultiCallCreator(widget):
    """The class of widgets like those of a class, a subclass of tkinter.Misc, with events that call many functions."""
    if widget not in _multicall_dict:
        _multicall_dict[widget] = _make(widget)
    return _multicall_dict[widget]


def _is_virtual(sequence):
    return type(sequence) is str and len(sequence) > 2 and sequence[:2] == '<<' and sequence[-2:] == '>>'


def _make(widget):
    assert issubclass(widget, tkinter.Misc)

    class MultiCall(widget):
        """A widget whose virtual events call all functions that fit."""

        __events = ()                   # until there is a widget

        def __init__(self, *args, **kwargs):
            widget.__init__(self, *args, **kwargs)
            self.__events = {}          # for each virtual event its function, or None, and its triplets
            self.__binders = [binder(type, widget, self) for type, binder in enumerate(_binder_classes)]

        def __connect(self, triplet, func):
            self.__binders[triplet[1]].bind(triplet, func)

        def __disconnect(self, triplet, func):
            self.__binders[triplet[1]].unbind(triplet, func)

        def __replace(self, virtual, func):
            """Give a virtual event another function, or none."""
            old, triplets = self.__events[virtual]
            if old is not None:
                for triplet in triplets:
                    self.__disconnect(triplet, old)
            if func is not None:
                for triplet in triplets:
                    self.__connect(triplet, func)
            self.__events[virtual][0] = func

        def bind(self, sequence=None, func=None, add=None):
            """Bind a function to an event.  Of a virtual event it takes the place of an earlier one."""
            if _is_virtual(sequence):
                self.__events.setdefault(sequence, [None, []])
                self.__replace(sequence, func)
            return widget.bind(self, sequence, func, add)

        def unbind(self, sequence, funcid=None):
            """Bind nothing to an event any more."""
            if _is_virtual(sequence) and sequence in self.__events:
                self.__replace(sequence, None)
            return widget.unbind(self, sequence, funcid)

        def event_add(self, virtual, *sequences):
            """Let sequences cause a virtual event."""
            func, triplets = self.__events.setdefault(virtual, [None, []])
            for sequence in sequences:
                triplet = _parse_sequence(sequence)
                if triplet is None:
                    widget.event_add(self, virtual, sequence)
                    continue
                if func is not None:
                    self.__connect(triplet, func)
                triplets.append(triplet)

        def event_delete(self, virtual, *sequences):
            """Let sequences not cause a virtual event any more."""
            if virtual not in self.__events:
                return
            func, triplets = self.__events[virtual]
            for sequence in sequences:
                triplet = _parse_sequence(sequence)
                if triplet is None:
                    widget.event_delete(self, virtual, sequence)
                    continue
                if func is not None:
                    self.__disconnect(triplet, func)
                triplets.remove(triplet)

        def event_info(self, virtual=None):
            """The sequences that cause a virtual event, or the names of all virtual events."""
            others = widget.event_info(self, virtual)
            if virtual is None or virtual not in self.__events:
                return others
            return tuple(_triplet_to_sequence(triplet) for triplet in self.__events[virtual][1]) + others

        def __del__(self):
            for virtual in self.__events:
                try:
                    self.__replace(virtual, None)
                except tkinter.TclError as error:
                    if APPLICATION_GONE not in error.args[0]:
                        raise

    return MultiCall


def _multi_call(parent):  # htest: press keys and buttons, see what is printed
    top = tkinter.Toplevel(parent)
    top.title('MultiCall')
    text = MultiCallCreator(tkinter.Text)(top)
    text.pack()
    for number, sequence in enumerate(('<Key>', '<Control-Key>', '<Alt-Key-a>', '<Control-Key-a>', '<Alt-Control-Key-a>',
                                       '<Key-b>', '<Control-Button-1>', '<Button-2>', '<Alt-Button-1>', '<FocusOut>',
                                       '<Enter>', '<Leave>')):
        virtual = '<<handler%d>>' % number
        text.bind(virtual, lambda event, sequence=sequence: print(sequence))
        text.event_add(virtual, sequence)


if __name__ == '__main__':
    from unittest import main
    main('idlelib.idle_test.test_multicall', verbosity=2, exit=False)
    from idlelib.idle_test.htest import run
    run(_multi_call)
