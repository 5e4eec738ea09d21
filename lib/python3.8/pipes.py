# SPDX-License-Identifier: MIT
"""Shell pipelines as objects: a Template is a list of commands through which files can be copied.

Every command says by two letters where its input and its output are: "-" the standard one, "f" a file, to be named
as $IN or $OUT in the command, "." none.
"""

import os
import re
import tempfile
from shlex import quote

__all__ = ["Template"]

FILEIN_FILEOUT, STDIN_FILEOUT, FILEIN_STDOUT, STDIN_STDOUT = 'ff', '-f', 'f-', '--'
SOURCE, SINK = '.-', '-.'

stepkinds = [FILEIN_FILEOUT, STDIN_FILEOUT, FILEIN_STDOUT, STDIN_STDOUT, SOURCE, SINK]


class Template:
    """A pipeline."""

    def __init__(self):
        self.debugging = 0
        self.reset()

    def __repr__(self):
        return '<Template instance, steps=%r>' % (self.steps,)

    def reset(self):
        """Make it empty."""
        self.steps = []

    def clone(self):
        """Return a new template with the same commands."""
        copied = Template()
        copied.steps, copied.debugging = self.steps[:], self.debugging
        return copied

    def debug(self, flag):
        """Have the shell show what it does (true), or not."""
        self.debugging = flag

    def _check(self, method, cmd, kind, wrong_kind, where):
        method = 'Template.' + method
        if type(cmd) is not str:
            raise TypeError(method + ': cmd must be a string')
        if kind not in stepkinds:
            raise ValueError('%s: bad kind %r' % (method, kind))
        if kind == wrong_kind:
            raise ValueError('%s: %s' % (method, where))

    def _check_names(self, method, cmd, kind):
        for place, name in enumerate(('$IN', '$OUT')):
            if kind[place] == 'f' and not re.search(r'\%s\b' % name, cmd):
                raise ValueError('Template.%s: missing %s in cmd' % (method, name))

    def append(self, cmd, kind):
        """Add a command at the end."""
        self._check('append', cmd, kind, SOURCE, 'SOURCE can only be prepended')
        if self.steps and self.steps[-1][1] == SINK:
            raise ValueError('Template.append: already ends with SINK')
        self._check_names('append', cmd, kind)
        self.steps.append((cmd, kind))

    def prepend(self, cmd, kind):
        """Add a command at the beginning."""
        self._check('prepend', cmd, kind, SINK, 'SINK can only be appended')
        if self.steps and self.steps[0][1] == SOURCE:
            raise ValueError('Template.prepend: already begins with SOURCE')
        self._check_names('prepend', cmd, kind)
        self.steps.insert(0, (cmd, kind))

    def open(self, file, rw):
        """Return a file object: reads ("r") give what comes out for a file, writes ("w") go through to a file."""
        if rw not in ('r', 'w'):
            raise ValueError('Template.open: rw must be \'r\' or \'w\', not %r' % (rw,))
        return self.open_r(file) if rw == 'r' else self.open_w(file)

    def open_r(self, file):
        """open() for reading."""
        if not self.steps:
            return open(file, 'r')
        if self.steps[-1][1] == SINK:
            raise ValueError('Template.open_r: pipeline ends width SINK')
        return os.popen(self.makepipeline(file, ''), 'r')

    def open_w(self, file):
        """open() for writing."""
        if not self.steps:
            return open(file, 'w')
        if self.steps[0][1] == SOURCE:
            raise ValueError('Template.open_w: pipeline begins with SOURCE')
        return os.popen(self.makepipeline('', file), 'w')

    def copy(self, infile, outfile):
        """Run the pipeline from one file to another and return the status of os.system()."""
        return os.system(self.makepipeline(infile, outfile))

    def makepipeline(self, infile, outfile):
        """Return the shell command."""
        command = makepipeline(infile, self.steps, outfile)
        if self.debugging:
            print(command)
            command = 'set -x; ' + command
        return command


class _Step:
    """A command with the files it reads and writes; "" is the pipe."""

    def __init__(self, cmd, kind):
        self.cmd, self.kind = cmd, kind
        self.infile = self.outfile = ''


def makepipeline(infile, steps, outfile):
    """Return the shell command for steps (command, kind) between two files; "" is standard input or output."""
    chain = [_Step(cmd, kind) for cmd, kind in steps] or [_Step('cat', STDIN_STDOUT)]
    # A file at either end is a redirection, which a command that names its file cannot use.
    if chain[0].kind[0] == 'f' and not infile:
        chain.insert(0, _Step('cat', STDIN_STDOUT))
    if chain[-1].kind[1] == 'f' and not outfile:
        chain.append(_Step('cat', STDIN_STDOUT))
    chain[0].infile, chain[-1].outfile = infile, outfile
    temporary = []
    for before, after in zip(chain, chain[1:]):
        if before.kind[1] == 'f' or after.kind[0] == 'f':
            fd, name = tempfile.mkstemp()
            os.close(fd)
            temporary.append(name)
            before.outfile = after.infile = name
    text = _pipeline_text([_command_text(step) for step in chain], chain)
    if not temporary:
        return text
    remove = 'rm -f ' + ' '.join(map(quote, temporary))
    return '\n'.join(['trap ' + quote(remove + '; exit') + ' 1 2 3 13 14 15', text, remove])


def _command_text(step):
    text = step.cmd
    if step.kind[1] == 'f':
        text = 'OUT=' + quote(step.outfile) + '; ' + text
    elif step.outfile:
        text = text + ' >' + quote(step.outfile)
    if step.kind[0] == 'f':
        text = 'IN=' + quote(step.infile) + '; ' + text
    elif step.infile:
        text = text + ' <' + quote(step.infile)
    return text


def _pipeline_text(commands, chain):
    """The commands joined by pipes, or run one after the other where a file lies between."""
    text = commands[0]
    for command, step in zip(commands[1:], chain[1:]):
        if step.infile:
            text += '\n' + command
        else:
            # Variables of one command are not for the other.
            if step.kind[1] == 'f':
                command = '{ ' + command + '; }'
            text += ' |\n' + command
    return text
