# SPDX-License-Identifier: MIT
"""What was entered before, for the shell: fetched back with Alt-p and Alt-n."""
from idlelib.config import idleConf


class History:
    """The statements that were entered. While one fetches, `prefix` is what was typed before, which those fetched begin with, and `pointer`
    the place of the one that is shown; else both are None."""

    def __init__(self, text):
        """text: with the mark iomark before what is being typed."""
        self.text = text
        self.history = []
        self.prefix = None
        self.pointer = None
        self.cyclic = idleConf.GetOption('main', 'History', 'cyclic', 1, 'bool')
        text.bind('<<history-previous>>', self.history_prev)
        text.bind('<<history-next>>', self.history_next)

    def history_next(self, event):
        """Fetch a later statement; at the end start from the first, if cyclic."""
        self.fetch(reverse=False)
        return 'break'

    def history_prev(self, event):
        """Fetch an earlier statement; at the beginning start from the last, if cyclic."""
        self.fetch(reverse=True)
        return 'break'

    def _is_shown(self):
        """Is what is in the text what was fetched last, with the cursor behind it?"""
        return (self.text.compare('insert', '==', 'end-1c')
                and self.text.get('iomark', 'end-1c') == self.history[self.pointer])

    def _show(self, source):
        self.text.delete('iomark', 'end-1c')
        self.text.insert('iomark', source)

    def fetch(self, reverse):
        """Show the next statement, or with reverse the one before, that begins with the prefix. A bell if there is none."""
        count = len(self.history)
        pointer, prefix = self.pointer, self.prefix
        if pointer is not None and prefix is not None and not self._is_shown():
            pointer = prefix = None
            self.text.mark_set('insert', 'end-1c')
        if pointer is None or prefix is None:
            prefix = self.text.get('iomark', 'end-1c')
            pointer = count if reverse else -1 if self.cyclic else None
            if pointer is None:
                self.text.bell()
                return
        step = -1 if reverse else 1
        while True:
            pointer += step
            if not 0 <= pointer < count:
                self.text.bell()
                if not self.cyclic and pointer < 0:
                    return  # the first one stays
                if self.text.get('iomark', 'end-1c') != prefix:
                    self._show(prefix)
                pointer = prefix = None
                break
            item = self.history[pointer]
            if item.startswith(prefix) and len(item) > len(prefix):
                self._show(item)
                break
        self.text.see('insert')
        self.text.tag_remove('sel', '1.0', 'end')
        self.pointer, self.prefix = pointer, prefix

    def store(self, source):
        """Remember a statement of more than two characters as the last one."""
        source = source.strip()
        if len(source) > 2:
            if source in self.history:
                self.history.remove(source)
            self.history.append(source)
        self.pointer = self.prefix = None


if __name__ == '__main__':
    from unittest import main
    main('idlelib.idle_test.test_history', verbosity=2, exit=False)
