# SPDX-License-Identifier: MIT
"""Show which brackets belong together, for a moment: when one is closed, or when the user asks."""
from idlelib.config import idleConf
from idlelib.hyperparser import HyperParser

_openers = {')': '(', ']': '[', '}': '{'}
CHECK_DELAY = 100       # milliseconds between two looks at the cursor


class ParenMatch:
    """Highlighting of brackets in an editor window.

    STYLE says what is marked: 'opener', the bracket that opens ('default' is the same); 'parens', both; 'expression',
    all from one to the other.  It stays for FLASH_DELAY milliseconds, or if that is 0 until the cursor moves; in any
    case it goes with the next key or click.  BELL says whether to ring if there is no bracket.
    """

    RESTORE_VIRTUAL_EVENT_NAME = '<<parenmatch-check-restore>>'
    RESTORE_SEQUENCES = '<KeyPress>', '<ButtonPress>', '<Key-Return>', '<Key-BackSpace>'

    def __init__(self, editwin):
        self.editwin = editwin
        self.text = editwin.text
        self.text.bind(self.RESTORE_VIRTUAL_EVENT_NAME, self.restore_event)
        self.counter = 0            # tells timers that are out of date
        self.is_restore_active = 0

    @classmethod
    def reload(cls):
        """Read the settings anew."""
        def option(name, kind, default):
            return idleConf.GetOption('extensions', 'ParenMatch', name, type=kind, default=default)
        cls.STYLE = option('style', None, 'opener')
        cls.FLASH_DELAY = option('flash-delay', 'int', 500)
        cls.BELL = option('bell', 'bool', 1)
        cls.HILITE_CONFIG = idleConf.GetHighlight(idleConf.CurrentTheme(), 'hilite')

    def activate_restore(self):
        """Let keys and clicks end the highlighting."""
        if not self.is_restore_active:
            self.is_restore_active = True
            self.text.event_add(self.RESTORE_VIRTUAL_EVENT_NAME, *self.RESTORE_SEQUENCES)

    def deactivate_restore(self):
        """Let keys and clicks be."""
        if self.is_restore_active:
            self.is_restore_active = False
            self.text.event_delete(self.RESTORE_VIRTUAL_EVENT_NAME, *self.RESTORE_SEQUENCES)

    # Events.

    def flash_paren_event(self, event):
        """Show the brackets around the cursor."""
        self.finish_paren_event(HyperParser(self.editwin, 'insert').get_surrounding_brackets())
        return 'break'

    def paren_closed_event(self, event):
        """Show what the bracket just typed closes.  The event goes on to the call tips."""
        opener = _openers.get(self.text.get('insert-1c'))
        if opener is None:
            return
        parser = HyperParser(self.editwin, 'insert-1c')
        if parser.is_in_code():
            self.finish_paren_event(parser.get_surrounding_brackets(opener, True))

    def finish_paren_event(self, indices):
        """Highlight brackets.

        indices: where the first one is and where the last one is, or would be; or None.
        """
        if indices is None and self.BELL:
            self.text.bell()
            return
        self.activate_restore()
        self.tagfuncs.get(self.STYLE, type(self).create_tag_expression)(self, indices)
        if self.FLASH_DELAY:
            self.set_timeout_last()
        else:
            self.set_timeout_none()

    def restore_event(self, event=None):
        """End the highlighting."""
        self.text.tag_delete('paren')
        self.deactivate_restore()
        self.counter += 1           # timers that run are too late

    def handle_restore_timer(self, timer_count):
        """End the highlighting if it is still the one that the timer was set for."""
        if timer_count == self.counter:
            self.restore_event()

    # The styles.

    def _tag(self, *ranges):
        self.text.tag_add('paren', *ranges)
        self.text.tag_config('paren', self.HILITE_CONFIG)

    def _end(self, index):
        """The end of what an index closes: behind a bracket that is there, at the index if it is still missing."""
        return index + '+1c' if self.text.get(index) in _openers else index

    def create_tag_opener(self, indices):
        """Mark the bracket that opens."""
        self._tag(indices[0])

    def create_tag_parens(self, indices):
        """Mark both brackets."""
        end = self._end(indices[1])
        self._tag(indices[0], indices[0] + '+1c', end + '-1c', end)

    def create_tag_expression(self, indices):
        """Mark all from the first bracket to the last."""
        self._tag(indices[0], self._end(indices[1]))

    tagfuncs = {'opener': create_tag_opener, 'default': create_tag_opener, 'parens': create_tag_parens,
                'expression': create_tag_expression}

    # When it ends.

    def set_timeout_none(self):
        """End it when the cursor has moved."""
        self.counter += 1
        count, place = self.counter, self.text.index('insert')

        def look(again):
            if self.text.index('insert') != place:
                self.handle_restore_timer(count)
            else:
                self.editwin.text_frame.after(CHECK_DELAY, again, again)
        self.editwin.text_frame.after(CHECK_DELAY, look, look)

    def set_timeout_last(self):
        """End it when its time is over."""
        self.counter += 1
        self.editwin.text_frame.after(self.FLASH_DELAY, lambda count=self.counter: self.handle_restore_timer(count))


ParenMatch.reload()


if __name__ == '__main__':
    from unittest import main
    main('idlelib.idle_test.test_parenmatch', verbosity=2)
