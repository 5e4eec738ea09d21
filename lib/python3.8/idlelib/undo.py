# SPDX-License-Identifier: MIT
"""Undo and redo: a filter that remembers what went into a Text and out of it.

Each insertion and each deletion is a command, which can be reversed and repeated.  Commands between undo_block_start()
and undo_block_stop() count as one; so do characters of one kind that are typed one after the other.
"""
import string

from idlelib.delegator import Delegator


class UndoDelegator(Delegator):
    """The filter.  `undolist` has the commands, of which the first `pointer` are in effect; the others can be redone."""

    max_undo = 1000

    def __init__(self):
        Delegator.__init__(self)
        self.reset_undo()

    def setdelegate(self, delegate):
        """Filter for another delegate, and listen to the events of its text."""
        events = {'<<undo>>': self.undo_event, '<<redo>>': self.redo_event, '<<dump-undo-state>>': self.dump_event}
        if self.delegate is not None:
            for event in events:
                self.unbind(event)
        Delegator.setdelegate(self, delegate)
        if delegate is not None:
            for event, handler in events.items():
                self.bind(event, handler)

    def dump_event(self, event):
        """Print all commands, those in effect first."""
        from pprint import pprint
        pprint(self.undolist[:self.pointer])
        print('pointer:', self.pointer, 'saved:', self.saved, 'can_merge:', self.can_merge, 'get_saved():', self.get_saved())
        pprint(self.undolist[self.pointer:])
        return 'break'

    def reset_undo(self):
        """Forget all commands; the text counts as saved."""
        self.undolist = []
        self.pointer = 0            # how many commands are in effect
        self.undoblock = 0          # or the CommandSequence that is being filled
        self.was_saved = -1
        self.set_saved(1)

    # Whether the text is as it was saved.

    def set_saved(self, flag):
        """Say whether the text is saved as it is now."""
        self.saved = self.pointer if flag else -1
        self.can_merge = False
        self.check_saved()

    def get_saved(self):
        """Tell whether the text is as it was saved."""
        return self.saved == self.pointer

    saved_change_hook = None

    def set_saved_change_hook(self, hook):
        """Call a function without arguments whenever get_saved() gives another answer than before."""
        self.saved_change_hook = hook

    was_saved = -1

    def check_saved(self):
        """Call the hook if there is reason."""
        is_saved = self.get_saved()
        if is_saved != self.was_saved:
            self.was_saved = is_saved
            if self.saved_change_hook:
                self.saved_change_hook()

    # What changes the text.

    def insert(self, index, chars, tags=None):
        """Insert as a command."""
        self.addcmd(InsertCommand(index, chars, tags))

    def delete(self, index1, index2=None):
        """Delete as a command."""
        self.addcmd(DeleteCommand(index1, index2))

    def undo_block_start(self):
        """Collect commands from here on.  Blocks may be nested; the outermost counts."""
        if self.undoblock == 0:
            self.undoblock = CommandSequence()
        self.undoblock.bump_depth()

    def undo_block_stop(self):
        """Make one command of those collected."""
        if self.undoblock.bump_depth(-1):
            return
        block, self.undoblock = self.undoblock, 0
        if len(block):
            self.addcmd(block if len(block) > 1 else block.getcmd(0), False)

    def addcmd(self, cmd, execute=True):
        """Put a command on the list, and do it first if execute is true.

        What could be redone is forgotten.  Of too many commands the oldest goes.
        """
        if execute:
            cmd.do(self.delegate)
        if self.undoblock != 0:
            self.undoblock.append(cmd)
            return
        if self.can_merge and self.pointer > 0 and self.undolist[self.pointer - 1].merge(cmd):
            return
        self.undolist[self.pointer:] = [cmd]
        if self.saved > self.pointer:
            self.saved = -1
        self.pointer += 1
        if len(self.undolist) > self.max_undo:
            del self.undolist[0]
            self.pointer -= 1
            if self.saved >= 0:
                self.saved -= 1
        self.can_merge = True
        self.check_saved()

    def undo_event(self, event):
        """Reverse the last command in effect."""
        if self.pointer == 0:
            self.bell()
        else:
            self.undolist[self.pointer - 1].undo(self.delegate)
            self._moved(-1)
        return 'break'

    def redo_event(self, event):
        """Repeat the command that was undone last."""
        if self.pointer >= len(self.undolist):
            self.bell()
        else:
            self.undolist[self.pointer].redo(self.delegate)
            self._moved(1)
        return 'break'

    def _moved(self, step):
        """One command more or less is in effect."""
        self.pointer += step
        self.can_merge = False
        self.check_saved()


class Command:
    """A change of a text: characters between two indices, their tags if there are any, and where marks are.

    `marks_before` and `marks_after` are dicts of the places of all marks but the two of user and mouse.
    """

    tags = None

    def __init__(self, index1, index2, chars, tags=None):
        self.marks_before = {}
        self.marks_after = {}
        self.index1 = index1
        self.index2 = index2
        self.chars = chars
        if tags:
            self.tags = tags

    def __repr__(self):
        fields = self.index1, self.index2, self.chars
        if self.tags is not None:
            fields += self.tags,
        return '%s%r' % (type(self).__name__, fields)

    def do(self, text):
        """Do it for the first time: fix the indices, find out about characters and marks."""

    def redo(self, text):
        """Do it again."""

    def undo(self, text):
        """Reverse it."""

    def merge(self, cmd):
        """Take the command that follows in, if both can be one; tell whether."""
        return 0

    def save_marks(self, text):
        """Where the marks are, as a dict of indices."""
        return {name: text.index(name) for name in text.mark_names() if name != 'insert' and name != 'current'}

    def set_marks(self, text, marks):
        """Put marks where they were."""
        for name, index in marks.items():
            text.mark_set(name, index)

    # Both kinds of change are made of these two.

    def _put_in(self, text, marks, *tags):
        text.mark_set('insert', self.index1)
        text.insert(self.index1, self.chars, *tags)
        self.set_marks(text, marks)
        text.see('insert')

    def _take_out(self, text, marks):
        text.mark_set('insert', self.index1)
        text.delete(self.index1, self.index2)
        self.set_marks(text, marks)
        text.see('insert')


def _within(text, index):
    """The index as line and column, before the newline that each text ends with."""
    return text.index('end-1c' if text.compare(index, '>', 'end-1c') else index)


class InsertCommand(Command):
    """Characters, with or without tags, that go in at an index."""

    def __init__(self, index1, chars, tags=None):
        Command.__init__(self, index1, None, chars, tags)

    def do(self, text):
        """Insert for the first time."""
        self.marks_before = self.save_marks(text)
        self.index1 = _within(text, self.index1)
        text.insert(self.index1, self.chars, self.tags)
        self.index2 = text.index('%s+%dc' % (self.index1, len(self.chars)))
        self.marks_after = self.save_marks(text)

    def redo(self, text):
        """Insert again."""
        self._put_in(text, self.marks_after, self.tags)

    def undo(self, text):
        """Delete what was inserted."""
        self._take_out(text, self.marks_before)

    def merge(self, cmd):
        """Take in a character typed right behind, if it is of the same kind as the last one here."""
        if (type(self) is not type(cmd) or self.index2 != cmd.index1 or self.tags != cmd.tags or len(cmd.chars) != 1 or
                self.chars and self.classify(self.chars[-1]) != self.classify(cmd.chars)):
            return False
        self.index2 = cmd.index2
        self.chars += cmd.chars
        return True

    alphanumeric = string.ascii_letters + string.digits + '_'

    def classify(self, c):
        """The kind of a character: 'alphanumeric', 'newline' or 'punctuation'."""
        if c == '\n':
            return 'newline'
        return 'alphanumeric' if c in self.alphanumeric else 'punctuation'


class DeleteCommand(Command):
    """Characters between two indices, or the one at an index, that go out."""

    def __init__(self, index1, index2=None):
        Command.__init__(self, index1, index2, None, None)

    def do(self, text):
        """Delete for the first time."""
        self.marks_before = self.save_marks(text)
        self.index1 = text.index(self.index1)
        self.index2 = _within(text, self.index2 or self.index1 + ' +1c')
        self.chars = text.get(self.index1, self.index2)
        text.delete(self.index1, self.index2)
        self.marks_after = self.save_marks(text)

    def redo(self, text):
        """Delete again."""
        self._take_out(text, self.marks_after)

    def undo(self, text):
        """Insert what was deleted."""
        self._put_in(text, self.marks_before)


class CommandSequence(Command):
    """Commands that are undone and redone together."""

    def __init__(self):
        self.cmds = []
        self.depth = 0              # of blocks within blocks

    def __repr__(self):
        return '%s(\n%s\n)' % (type(self).__name__, ',\n'.join('    %r' % cmd for cmd in self.cmds))

    def __len__(self):
        return len(self.cmds)

    def append(self, cmd):
        """Put a command at the end."""
        self.cmds.append(cmd)

    def getcmd(self, i):
        """The command at a position."""
        return self.cmds[i]

    def redo(self, text):
        """Redo all, from the first."""
        for cmd in self.cmds:
            cmd.redo(text)

    def undo(self, text):
        """Undo all, from the last."""
        for cmd in reversed(self.cmds):
            cmd.undo(text)

    def bump_depth(self, incr=1):
        """Change the depth, and return it."""
        self.depth += incr
        return self.depth


def _undo_delegator(parent):  # htest: type, undo, redo, print the list
    import tkinter as tk
    from idlelib.percolator import Percolator

    top = tk.Toplevel(parent)
    top.title('Undo')
    text = tk.Text(top, height=10)
    text.pack()
    text.focus_set()
    filter = UndoDelegator()
    Percolator(text).insertfilter(filter)
    for label, handler in ('Undo', filter.undo_event), ('Redo', filter.redo_event), ('Print', filter.dump_event):
        tk.Button(top, text=label, command=lambda handler=handler: handler(None)).pack(side='left')


if __name__ == '__main__':
    from unittest import main
    main('idlelib.idle_test.test_undo', verbosity=2, exit=False)
    from idlelib.idle_test.htest import run
    run(_undo_delegator)
