# SPDX-License-Identifier: MIT
"""What the handlers of bind() are given."""
import enum

_X_EVENTS = ('KeyPress KeyRelease ButtonPress ButtonRelease Motion Enter Leave FocusIn FocusOut Keymap Expose '
             'GraphicsExpose NoExpose Visibility Create Destroy Unmap Map MapRequest Reparent Configure '
             'ConfigureRequest Gravity ResizeRequest Circulate CirculateRequest Property SelectionClear '
             'SelectionRequest Selection Colormap ClientMessage Mapping VirtualEvent Activate Deactivate '
             'MouseWheel').split()


def _numbered():
    """(name, number) of all; a short name follows the long one."""
    for number, name in enumerate(_X_EVENTS, 2):
        yield name, str(number)
        if name in ('KeyPress', 'ButtonPress'):
            yield name[:-5], str(number)


EventType = enum.Enum('EventType', list(_numbered()), type=str, module='tkinter')
EventType.__doc__ = 'Kinds of events: the names that bind() knows, the numbers that X gives them (as strings).'
EventType.__str__ = str.__str__

_MODIFIERS = ('Shift', 'Lock', 'Control', 'Mod1', 'Mod2', 'Mod3', 'Mod4', 'Mod5',
              'Button1', 'Button2', 'Button3', 'Button4', 'Button5')
_SHOWN = ('send_event', 'state', 'keysym', 'keycode', 'char', 'num', 'delta', 'focus', 'x', 'y', 'width', 'height')


def _state_text(state):
    """The bits of a state as names, those without a name as a number."""
    names = [name for bit, name in enumerate(_MODIFIERS) if state >> bit & 1]
    rest = state & -(1 << len(_MODIFIERS))
    if rest or not names:
        names.append(hex(rest))
    return '|'.join(names)


class Event:
    """An event: where, when and what happened.

    Attributes that the kind of event does not have are '??'.

    serial, time: of the event, as X counts
    type, widget: an EventType, and the widget it is about
    x, y, x_root, y_root: the pointer, in the widget and on the screen
    num, delta: mouse button; turn of the wheel
    char, keysym, keysym_num, keycode: the key
    state: modifiers and buttons held (or the visibility)
    focus, width, height, send_event: of Enter and Leave, Configure and Expose, any
    """

    def __repr__(self):
        shown = {name: value for name, value in vars(self).items() if value != '??'}
        for name in ('char', 'send_event', 'state', 'delta'):
            if name in shown and not shown[name]:
                del shown[name]
        if 'char' in shown:
            shown['char'] = repr(shown['char'])
        if isinstance(shown.get('state'), int):
            shown['state'] = _state_text(shown['state'])
        words = ''.join([' %s=%s' % (name, shown[name]) for name in _SHOWN if name in shown])
        return '<%s event%s>' % (getattr(self.type, 'name', self.type), words)
