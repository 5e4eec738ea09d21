# SPDX-License-Identifier: MIT
"""A frame for programs that read commands, one a line.

A line `name argument` calls the method do_name('argument') of a subclass of Cmd; a true result ends the loop.  `?` stands
for help, `!` for shell, an empty line repeats the last command, the end of the input is the command EOF.  `help name`
prints the docstring of do_name() or calls help_name(); complete_name() completes arguments.
"""

import string
import sys

__all__ = ['Cmd']

PROMPT = '(Cmd) '
IDENTCHARS = string.ascii_letters + string.digits + '_'


class Cmd:
    """Reads and runs commands.

    completekey: the key that completes, if readline is there; None for none.  stdin, stdout: files, used instead of
    input() and for output; sys.stdin and sys.stdout if not given.  stdin counts only if use_rawinput is false.
    """

    prompt = PROMPT
    identchars = IDENTCHARS
    ruler = '='
    lastcmd = ''
    intro = None
    doc_leader = ''
    doc_header = 'Documented commands (type help <topic>):'
    misc_header = 'Miscellaneous help topics:'
    undoc_header = 'Undocumented commands:'
    nohelp = '*** No help on %s'
    use_rawinput = 1

    def __init__(self, completekey='tab', stdin=None, stdout=None):
        self.stdin = sys.stdin if stdin is None else stdin
        self.stdout = sys.stdout if stdout is None else stdout
        self.cmdqueue = []          # lines to run before reading others
        self.completekey = completekey

    # The loop

    def cmdloop(self, intro=None):
        """Run commands until one returns a true value.  intro: a text to print first, in place of the attribute."""
        self.preloop()
        restore = self._set_completer()
        try:
            if intro is not None:
                self.intro = intro
            if self.intro:
                self.stdout.write(str(self.intro) + '\n')
            stop = None
            while not stop:
                line = self.precmd(self.cmdqueue.pop(0) if self.cmdqueue else self._read())
                stop = self.postcmd(self.onecmd(line), line)
            self.postloop()
        finally:
            restore()

    def _set_completer(self):
        """Have readline complete; a function that undoes it."""
        if self.use_rawinput and self.completekey:
            try:
                import readline
            except ImportError:
                pass
            else:
                before = readline.get_completer()
                readline.set_completer(self.complete)
                readline.parse_and_bind(self.completekey + ': complete')
                return lambda: readline.set_completer(before)
        return lambda: None

    def _read(self):
        if self.use_rawinput:
            try:
                return input(self.prompt)
            except EOFError:
                return 'EOF'
        self.stdout.write(self.prompt)
        self.stdout.flush()
        line = self.stdin.readline()
        return line.rstrip('\r\n') if line else 'EOF'

    def precmd(self, line):
        """Called with each line; returns the line to run."""
        return line

    def postcmd(self, stop, line):
        """Called after each command, with its result; returns whether to stop."""
        return stop

    def preloop(self):
        """Called at the beginning of cmdloop()."""

    def postloop(self):
        """Called at its end."""

    # One command

    def parseline(self, line):
        """Return (command, argument, line); the command is None if there is none."""
        line = line.strip()
        if not line:
            return None, None, line
        if line[0] == '?':
            line = 'help ' + line[1:]
        elif line[0] == '!':
            if not hasattr(self, 'do_shell'):
                return None, None, line
            line = 'shell ' + line[1:]
        rest = line.lstrip(self.identchars)
        return line[:len(line) - len(rest)], rest.strip(), line

    def onecmd(self, line):
        """Run a line as a command; return what it returns."""
        command, arg, line = self.parseline(line)
        if not line:
            return self.emptyline()
        if command is None:
            return self.default(line)
        self.lastcmd = '' if line == 'EOF' else line
        method = getattr(self, 'do_' + command, None) if command else None
        return self.default(line) if method is None else method(arg)

    def emptyline(self):
        """An empty line repeats the last command; subclasses may do something else."""
        if self.lastcmd:
            return self.onecmd(self.lastcmd)
        return None

    def default(self, line):
        """Called for commands that are not known."""
        self.stdout.write('*** Unknown syntax: %s\n' % line)

    # Completion

    def completedefault(self, *ignored):
        """Called to complete arguments of commands without a method for it."""
        return []

    def completenames(self, text, *ignored):
        """Return the names of commands that begin with text."""
        return [name[3:] for name in self.get_names() if name.startswith('do_' + text)]

    def complete(self, text, state):
        """Return the state-th completion, or None; called by readline."""
        if state == 0:
            import readline
            original = readline.get_line_buffer()
            line = original.lstrip()
            cut = len(original) - len(line)
            begin, end = readline.get_begidx() - cut, readline.get_endidx() - cut
            completer = self.completenames
            if begin > 0:
                command = self.parseline(line)[0]
                completer = getattr(self, 'complete_%s' % command, self.completedefault) if command \
                    else self.completedefault
            self.completion_matches = completer(text, line, begin, end)
        return self.completion_matches[state] if state < len(self.completion_matches) else None

    def get_names(self):
        """Return the names of all attributes of the class."""
        return dir(self.__class__)

    # Help

    def complete_help(self, *args):
        """Complete the names of commands and topics."""
        topics = {name[5:] for name in self.get_names() if name.startswith('help_' + args[0])}
        return list(topics.union(self.completenames(*args)))

    def do_help(self, arg):
        """List the commands, or tell about one: help [command]"""
        if not arg:
            self._list_commands()
            return
        topic = getattr(self, 'help_' + arg, None)
        if topic is not None:
            topic()
            return
        doc = getattr(getattr(self, 'do_' + arg, None), '__doc__', None)
        self.stdout.write('%s\n' % str(doc or self.nohelp % (arg,)))

    def _list_commands(self):
        names = set(self.get_names())
        topics = {name[5:] for name in names if name.startswith('help_')}
        documented, others = [], []
        for name in sorted(names):
            if name.startswith('do_'):
                known = name[3:] in topics or getattr(self, name).__doc__
                (documented if known else others).append(name[3:])
        self.stdout.write('%s\n' % str(self.doc_leader))
        self.print_topics(self.doc_header, documented, 15, 80)
        self.print_topics(self.misc_header, sorted(topics.difference(documented)), 15, 80)
        self.print_topics(self.undoc_header, others, 15, 80)

    def print_topics(self, header, cmds, cmdlen, maxcol):
        """Print names in columns below a header; maxcol: the width."""
        if not cmds:
            return
        self.stdout.write('%s\n' % str(header))
        if self.ruler:
            self.stdout.write('%s\n' % str(self.ruler * len(header)))
        self.columnize(cmds, maxcol - 1)
        self.stdout.write('\n')

    def columnize(self, list, displaywidth=80):
        """Print strings in as many columns as fit, read downwards.  TypeError for other objects."""
        if not list:
            self.stdout.write('<empty>\n')
            return
        wrong = [str(i) for i, item in enumerate(list) if not isinstance(item, str)]
        if wrong:
            raise TypeError('list[i] not a string for i in %s' % ', '.join(wrong))
        for rows in range(1, len(list) + 1):
            columns = [list[i:i + rows] for i in range(0, len(list), rows)]
            widths = [max(map(len, column)) for column in columns]
            if sum(widths) + 2 * (len(widths) - 1) <= displaywidth:
                break
        else:
            widths = [0]                # a single column that is too wide
        for row in range(rows):
            cells = [column[row] for column in columns if row < len(column)]
            line = '  '.join(cell.ljust(width) for cell, width in zip(cells, widths))
            self.stdout.write('%s\n' % (line if len(list) > 1 else list[0]))
