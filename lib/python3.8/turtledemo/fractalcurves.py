# SPDX-License-Identifier: MIT
"""fractalcurves: Hilbert's curve, which fills a square, and Koch's snowflake, both drawn by functions that call themselves."""
from time import perf_counter, sleep
from turtle import Screen, Turtle, mainloop


class CurveTurtle(Turtle):
    """A turtle that knows two curves."""

    def hilbert(self, level, side, step):
        """Hilbert's curve through 4**level points; side (1 or -1) is the side the square lies on."""
        if level == 0:
            return
        self.left(90 * side)
        self.hilbert(level - 1, -side, step)
        self.forward(step)
        self.right(90 * side)
        self.hilbert(level - 1, side, step)
        self.forward(step)
        self.hilbert(level - 1, side, step)
        self.right(90 * side)
        self.forward(step)
        self.hilbert(level - 1, -side, step)
        self.left(90 * side)

    def koch(self, level, length):
        """Koch's curve: the middle third of a line gives way to two sides of a triangle, again and again."""
        if level == 0:
            self.forward(length)
            return
        for turn in (60, -120, 60, 0):
            self.koch(level - 1, length / 3)
            self.left(turn)

    def snowflake(self, level, length):
        """Three of Koch's curves around a middle."""
        for _ in range(3):
            self.koch(level, length)
            self.right(120)


def timed(function, *args):
    """Call a function; the seconds that it takes."""
    start = perf_counter()
    function(*args)
    return perf_counter() - start


def main():
    """Draw, and return a line for the viewer."""
    screen = Screen()
    pen = CurveTurtle(visible=False)
    pen.speed(0)
    pen.pensize(2)
    screen.tracer(8, 0)
    pen.penup()
    pen.goto(-189, -189)
    pen.pendown()
    pen.fillcolor('khaki')
    pen.begin_fill()
    first = timed(pen.hilbert, 6, -1, 6)
    pen.end_fill()
    screen.update()
    sleep(1)
    pen.reset()
    pen.hideturtle()
    pen.speed(0)
    pen.penup()
    pen.goto(-200, 115)
    pen.pendown()
    pen.color('navy', 'lightcyan')
    pen.begin_fill()
    second = timed(pen.snowflake, 4, 400)
    pen.end_fill()
    screen.tracer(1)
    return 'Hilbert: %.2f sec.  Koch: %.2f sec.' % (first, second)


if __name__ == '__main__':
    print(main())
    mainloop()
