# SPDX-License-Identifier: MIT
"""Windows that show output: results of searches, checks, and (a subclass) the shell."""
import re

from tkinter import messagebox

from idlelib.editor import EditorWindow

# Ways in which programs name a place: group 1 is the file, group 2 the line.
file_line_pats = [
    r'file "([^"]*)", line (\d+)',      # tracebacks
    r'([^\s]+)\((\d+)\)',               # name(line)
    r'^(\s*\S.*?):\s*(\d+):',           # name:line: at the beginning, blanks in the name
    r'([^\s]+):\s*(\d+):',              # name:line: anywhere, no blanks
    r'^\s*(\S.*?):\s*(\d+):',           # as the third, blanks before the name
]

file_line_progs = None      # the same, compiled


def compile_progs():
    """Fill file_line_progs."""
    global file_line_progs
    file_line_progs = [re.compile(pattern, re.IGNORECASE) for pattern in file_line_pats]


def _readable(filename):
    try:
        open(filename, 'r').close()
    except OSError:
        return False
    return True


def file_line_helper(line):
    """Return the (file name, line number) that line mentions, or None.

    Names of files that cannot be opened are passed over.
    """
    if not file_line_progs:
        compile_progs()
    for prog in file_line_progs:
        match = prog.search(line)
        if match is None:
            continue
        filename, lineno = match.groups()
        if _readable(filename):
            try:
                return filename, int(lineno)
            except ValueError:
                return None
    return None


class OutputWindow(EditorWindow):
    """An editor window that programs write to; it does not ask to be saved."""

    rmenu_specs = [
        ('Cut', '<<cut>>', 'rmenu_check_cut'),
        ('Copy', '<<copy>>', 'rmenu_check_copy'),
        ('Paste', '<<paste>>', 'rmenu_check_paste'),
        (None, None, None),
        ('Go to file/line', '<<goto-file-line>>', None),
    ]

    allow_code_context = False

    def __init__(self, *args):
        super().__init__(*args)
        self.text.bind('<<goto-file-line>>', self.goto_file_line)

    def ispythonsource(self, filename):
        """Output is not coloured as Python."""
        return False

    def short_title(self):
        """The window's name until it is saved."""
        return 'Output'

    def maybesave(self):
        """'yes' if what is here is saved, else 'no': no question is asked."""
        return 'yes' if self.get_saved() else 'no'

    # The methods of a file.

    def write(self, s, tags=(), mark='insert'):
        """Insert s at mark with tags and show it at once; return its length."""
        assert isinstance(s, str)
        text = self.text
        text.insert(mark, s, tags)
        text.see(mark)
        text.update()
        return len(s)

    def writelines(self, lines):
        """Write each of lines."""
        for line in lines:
            self.write(line)

    def flush(self):
        """Nothing is held back."""

    def showerror(self, *args, **kwargs):
        """messagebox.showerror; tests replace it."""
        messagebox.showerror(*args, **kwargs)

    def goto_file_line(self, event=None):
        """Open the file that the cursor's line names, else the one of the line before."""
        text = self.text
        found = (file_line_helper(text.get('insert linestart', 'insert lineend'))
                 # In a traceback the source line follows its file and line.
                 or file_line_helper(text.get('insert -1line linestart',
                                              'insert -1line lineend')))
        if found is None:
            self.showerror('No special line',
                           "The line you point at doesn't look like a valid "
                           'file name followed by a line number.',
                           parent=text)
            return
        self.flist.gotofileline(*found)


class OnDemandOutputWindow:
    """A writable object that opens an OutputWindow when something is first written."""

    tagdefs = {
        'stdout': {'foreground': 'blue'},
        'stderr': {'foreground': '#007700'},
    }

    def __init__(self, flist):
        self.flist = flist
        self.owin = None

    def write(self, s, tags, mark):
        """As OutputWindow.write()."""
        if self.owin is None:
            self.setup()
        self.owin.write(s, tags, mark)

    def setup(self):
        """Open the window; its write() takes the place of ours."""
        self.owin = window = OutputWindow(self.flist)
        for tag, options in self.tagdefs.items():
            window.text.tag_configure(tag, **options)
        window.text.tag_raise('sel')
        self.write = window.write


if __name__ == '__main__':
    from unittest import main
    main('idlelib.idle_test.test_outwin', verbosity=2, exit=False)
