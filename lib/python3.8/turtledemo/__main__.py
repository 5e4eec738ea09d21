# SPDX-License-Identifier: MIT
"""The viewer of turtledemo: source on the left, picture on the right.

A demo is in one of these states:

    nothing loaded -> ready -> running -> done, or event driven (timers, mouse and keys go on)

STOP sets TurtleScreen._RUNNING to False, and the next thing that a turtle does raises Terminator in main(); in a
demo driven by events it takes the bindings away.
"""
import importlib
import os
import pkgutil
import sys
import tkinter as tk
import turtle
from tkinter.font import Font

FOLDER = os.path.dirname(os.path.abspath(__file__))
SIZES = (6, 8, 10, 12, 14, 18, 24)

HELP = """This is the viewer of turtledemo.

Examples   choose a program: its source is shown on the left, and can be scrolled.
START      run it; the picture grows on the right.
STOP       end it.
CLEAR      wipe the picture.
Fontsize   make the text larger or smaller (also Ctrl and + or -, or Ctrl and the mouse wheel).

The line below the buttons says what to do, or how long a program took.  What keys and mouse do in a program
stands at the beginning of its source.  Programs can also be run alone, for example

    python -m turtledemo.clock
"""

ABOUT = "Programs that show what the module turtle can do.\nTheir sources are there to be read and changed.\n"

OWN_PROGRAM = """A program for this viewer is a module in the folder

    %s

with a docstring and a function main(), which returns a text to be shown when it is done, or 'EVENTLOOP' if events
(timers, mouse, keys) go on to drive it.  It must call neither bye() nor mainloop() when it is imported.
""" % FOLDER


def examples():
    """The names of all demos, sorted."""
    return sorted(name for _, name, is_package in pkgutil.iter_modules([FOLDER])
                  if not is_package and not name.startswith('_'))


def source_of(name):
    """The source text of a demo."""
    with open(os.path.join(FOLDER, name + '.py'), encoding='utf-8') as f:
        return f.read()


class TextWindow(tk.Toplevel):
    """A window with a text to read."""

    def __init__(self, master, title, text):
        super().__init__(master)
        self.title(title)
        box = tk.Text(self, wrap='word', width=90, height=min(30, text.count('\n') + 4), padx=8, pady=8)
        box.insert('end', text)
        box.configure(state='disabled')
        box.pack(expand=1, fill='both')
        tk.Button(self, text='Close', command=self.destroy).pack()
        self.bind('<Escape>', lambda event: self.destroy())
        self.transient(master)


class DemoWindow:
    """The window: menus, source, canvas, buttons, and the demo that is loaded."""

    def __init__(self, filename=None):
        self.root = root = tk.Tk()
        root.title('Python turtle-graphics examples')
        root.wm_protocol('WM_DELETE_WINDOW', self.leave)
        root.grid_rowconfigure(0, weight=1)
        root.grid_columnconfigure(0, weight=1, minsize=90)
        root.grid_columnconfigure(1, weight=2)
        self.module = None
        self.state = 'empty'
        self.make_menus()
        panes = tk.PanedWindow(root, orient='horizontal', sashwidth=5, background='#ddd')
        panes.add(self.make_text_pane(panes))
        panes.add(self.make_canvas_pane(panes))
        panes.grid(row=0, columnspan=2, sticky='news')
        self.status = tk.Label(root, height=1, text=' ', relief='groove', bg='#ddf', font=('Arial', 14, 'normal'))
        self.status.grid(row=1, columnspan=2, sticky='ew')
        self.make_buttons()
        self.set_state('empty', 'Choose example from menu')
        if filename:
            self.load(filename)

    # -- parts of the window

    def make_menus(self):
        bar = tk.Menu(self.root, relief='raised', borderwidth=2)
        choices = tk.Menu(bar, tearoff=0)
        for name in examples():
            choices.add_command(label=name, command=lambda name=name: self.load(name))
        bar.add_cascade(label='Examples', menu=choices, underline=0)
        sizes = tk.Menu(bar, tearoff=0)
        sizes.add_command(label='Decrease (C-\'-\')', command=lambda: self.change_size(-1))
        sizes.add_command(label='Increase (C-\'+\')', command=lambda: self.change_size(1))
        sizes.add_separator()
        for size in SIZES:
            sizes.add_command(label=size, command=lambda size=size: self.set_size(size))
        bar.add_cascade(label='Fontsize', menu=sizes, underline=0)
        helps = tk.Menu(bar, tearoff=0)
        for title, text in (('Viewer help', HELP), ('About turtledemo', ABOUT), ('About turtle', turtle.__doc__),
                            ('Programs of your own', OWN_PROGRAM)):
            helps.add_command(label=title, command=lambda title=title, text=text: TextWindow(self.root, title, text))
        bar.add_cascade(label='Help', menu=helps, underline=0)
        self.root.config(menu=bar)

    def make_text_pane(self, master):
        """The source, with scroll bars."""
        frame = tk.Frame(master)
        self.font = Font(self.root, family='Courier', size=10)
        self.text = text = tk.Text(frame, width=45, wrap='none', padx=4, font=self.font, state='disabled')
        down = tk.Scrollbar(frame, command=text.yview)
        across = tk.Scrollbar(frame, orient='horizontal', command=text.xview)
        text.configure(yscrollcommand=down.set, xscrollcommand=across.set)
        down.pack(side='right', fill='y')
        across.pack(side='bottom', fill='x')
        text.pack(side='left', expand=1, fill='both')
        for sequence, step in (('<Control-minus>', -1), ('<Control-plus>', 1), ('<Control-equal>', 1),
                               ('<Control-Button-4>', 1), ('<Control-Button-5>', -1)):
            self.root.bind(sequence, lambda event, step=step: self.change_size(step))
        self.root.bind('<Control-MouseWheel>', lambda event: self.change_size(1 if event.delta > 0 else -1))
        return frame

    def make_canvas_pane(self, master):
        """The canvas, which becomes the canvas of turtle.Screen()."""
        frame = tk.Frame(master)
        self.canvas = turtle.ScrolledCanvas(frame, 800, 600, 1000, 800)
        self.canvas.pack(expand=1, fill='both')
        turtle._Screen._root, turtle._Screen._canvas = self.root, self.canvas
        self.screen = turtle.Screen()
        turtle.TurtleScreen.__init__(self.screen, self.canvas)
        turtle.RawTurtle.screens = [self.screen]
        return frame

    def make_buttons(self):
        frame = tk.Frame(self.root)
        self.buttons = {}
        for label, command in (('START', self.start), ('STOP', self.stop), ('CLEAR', self.clear)):
            button = tk.Button(frame, text=' %s ' % label, command=command, font=('Arial', 12, 'bold'),
                               fg='white', disabledforeground='#fed')
            button.pack(side='left', expand=1, fill='x')
            self.buttons[label] = button
        frame.grid(row=2, columnspan=2, sticky='ew')

    # -- text size

    def set_size(self, size):
        """Show the source in this size."""
        self.font.configure(size=size)

    def change_size(self, step):
        """The next larger or smaller size."""
        present = self.font['size']
        others = [size for size in SIZES if (size - present) * step > 0]
        if others:
            self.set_size(min(others) if step > 0 else max(others))
        return 'break'

    # -- state

    # state: the buttons that can be pressed
    ALLOWED = {'empty': (), 'ready': ('START',), 'running': ('STOP',), 'events': ('STOP',), 'done': ('START', 'CLEAR')}

    def set_state(self, state, message):
        """Enable the buttons that make sense, and say something."""
        self.state = state
        for label, button in self.buttons.items():
            allowed = label in self.ALLOWED[state]
            button.configure(state='normal' if allowed else 'disabled', bg='#a00' if allowed else '#caa')
        self.status.configure(text=message, fg='red' if state == 'empty' else 'black')

    def load(self, name):
        """Load a demo and show its source."""
        self.reset_screen()
        self.module = importlib.import_module('turtledemo.' + name)
        self.text.configure(state='normal')
        self.text.delete('1.0', 'end')
        self.text.insert('1.0', source_of(name))
        self.text.configure(state='disabled')
        self.root.title(name + ' - a Python turtle graphics example')
        self.set_state('ready', 'Press start button')

    def reset_screen(self):
        """An empty screen without bindings and timers, in mode standard, for the next demo."""
        turtle.TurtleScreen._RUNNING = True
        call = self.root.tk.call
        for timer in self.root.tk.splitlist(call('after', 'info')):
            call('after', 'cancel', timer)
        self.screen.clear()
        self.screen.mode('standard')

    def start(self):
        """Run the demo that is loaded."""
        self.reset_screen()
        self.set_state('running', 'demo running...')
        try:
            result = self.module.main()
        except (turtle.Terminator, turtle.TurtleGraphicsError, tk.TclError) as error:
            if self.root is None:       # the window was closed
                return
            if not isinstance(error, turtle.Terminator):
                raise
            result = 'stopped!'
        if result == 'EVENTLOOP':
            self.set_state('events', 'use mouse/keys or STOP')
        else:
            turtle.TurtleScreen._RUNNING = True
            self.set_state('done', result)

    def clear(self):
        """Wipe the picture."""
        self.reset_screen()
        self.screen.delay(0)
        self.set_state('ready', 'Press start button')

    def stop(self):
        """End the demo."""
        if self.state == 'events':
            self.clear()
            self.set_state('ready', 'STOPPED!')
        else:
            turtle.TurtleScreen._RUNNING = False

    def leave(self):
        """Close the window."""
        turtle.TurtleScreen._RUNNING = False
        root, self.root = self.root, None
        root.destroy()


def main():
    """Draw, and return a line for the viewer."""
    demo = DemoWindow(*sys.argv[1:2])
    demo.root.mainloop()


if __name__ == '__main__':
    main()
