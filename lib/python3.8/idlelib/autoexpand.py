# SPDX-License-Identifier: MIT
"""Alt-/ completes a word with the words of the text that begin like it, nearest first, one after another."""
import re
import string


class AutoExpand:
    """Completes words in a window's text."""

    wordchars = string.ascii_letters + string.digits + '_'

    def __init__(self, editwin):
        self.text = editwin.text
        self.bell = self.text.bell
        self.state = None  # after an expansion: the words, which of them comes next, where the cursor was, its line

    def expand_word_event(self, event):
        """Replace the word before the cursor by the next one that fits."""
        where = self.text.index('insert')
        line = self.text.get('insert linestart', 'insert lineend')
        if self.state and self.state[2:] == (where, line):
            words, index = self.state[:2]
        else:
            words, index = self.getwords(), 0
        if not words:
            self.bell()
            return 'break'
        self.text.delete('insert - %d chars' % len(self.getprevword()), 'insert')
        self.text.insert('insert', words[index])
        index = (index + 1) % len(words)
        if index == 0:
            self.bell()  # the next one is what was typed
        self.state = words, index, self.text.index('insert'), self.text.get('insert linestart', 'insert lineend')
        return 'break'

    def getwords(self):
        """The words that begin like the one before the cursor: before it, nearest first, then behind it, and last the word itself."""
        word = self.getprevword()
        if not word:
            return []
        pattern = r'\b' + word + r'\w+\b'
        before = re.findall(pattern, self.text.get('1.0', 'insert wordstart'))
        behind = re.findall(pattern, self.text.get('insert wordend', 'end'))
        words = list(dict.fromkeys(before[::-1] + behind))
        return words + [word] if words else []

    def getprevword(self):
        """The word that ends at the cursor."""
        line = self.text.get('insert linestart', 'insert')
        return line[len(line.rstrip(self.wordchars)):]


if __name__ == '__main__':
    from unittest import main
    main('idlelib.idle_test.test_autoexpand', verbosity=2)
