# SPDX-License-Identifier: MIT
"""two_canvases: turtles on two canvases of one window that a tkinter program has made.

It opens a window of its own; use this file's name, not the viewer, to see it alone.
"""
from tkinter import LEFT, Canvas, Tk, Toplevel, _default_root
from turtle import RawTurtle, TurtleScreen


def design(turtle, turns):
    """A star of squares."""
    for _ in range(turns):
        for _ in range(4):
            turtle.forward(70)
            turtle.left(90)
        turtle.left(360 / turns)


def main():
    """Set the scene; its turtles go on by events."""
    window = Toplevel() if _default_root is not None else Tk()
    window.title('Turtles on two canvases')
    screens = []
    for background in ('mistyrose', 'lightsteelblue'):
        canvas = Canvas(window, width=300, height=240, bg=background)
        canvas.pack(side=LEFT)
        screens.append(TurtleScreen(canvas))
        screens[-1].bgcolor(background)
    turtles = [RawTurtle(screen) for screen in screens]
    for turtle, look, colours in zip(turtles, ('turtle', 'arrow'), (('red', 'pink'), ('blue', 'white'))):
        turtle.shape(look)
        turtle.color(*colours)
        turtle.pensize(2)
        turtle.speed(0)
    for turtle, turns in zip(turtles, (8, 12)):
        turtle.begin_fill()
        design(turtle, turns)
        turtle.end_fill()
    return 'EVENTLOOP'


if __name__ == '__main__':
    main()
    RawTurtle.screens[-1].mainloop()
