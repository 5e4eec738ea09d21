# SPDX-License-Identifier: MIT
"""paint: a very small drawing program.

left button     move the turtle there, drawing if the pen is down
middle button   pen up, pen down; pen up fills what was drawn since it came down
right button    next colour
"""
from itertools import cycle
from turtle import Screen, Turtle, mainloop


class Painter:
    """A turtle that does what the mouse says."""

    def __init__(self, screen):
        self.turtle = Turtle('turtle')
        self.turtle.pensize(3)
        self.colors = cycle(('navy', 'crimson', 'forestgreen', 'goldenrod', 'purple', 'black'))
        self.next_color()
        self.turtle.begin_fill()
        screen.onclick(self.turtle.goto, 1)
        screen.onclick(self.switch_pen, 2)
        screen.onclick(self.next_color, 3)

    def switch_pen(self, x=0, y=0):
        """Lift the pen, which fills the area drawn, or put it down."""
        if self.turtle.isdown():
            self.turtle.end_fill()
            self.turtle.penup()
            self.turtle.resizemode('noresize')
        else:
            self.turtle.pendown()
            self.turtle.resizemode('auto')
            self.turtle.begin_fill()

    def next_color(self, x=0, y=0):
        """Paint with the next colour."""
        self.turtle.color(next(self.colors))


def main():
    """Set the scene; its turtles go on by events."""
    Painter(Screen())
    return 'EVENTLOOP'


if __name__ == '__main__':
    main()
    mainloop()
