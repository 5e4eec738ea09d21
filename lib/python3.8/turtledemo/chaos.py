# SPDX-License-Identifier: MIT
"""chaos: three ways to write the same formula, and how far they come apart.

Verhulst's law of growth, x -> k x (1 - x), is computed for k = 3.9 in three ways that are equal in mathematics.
Each is drawn in its own colour, from the same start.  The roundings differ by parts of 10**-16, and after some
fifty steps the lines have nothing to do with each other.
"""
from turtle import Screen, Turtle, mainloop

STEPS = 80
K = 3.9
FORMULAS = (
    ('blue', 'k*x*(1-x)', lambda x: K * x * (1 - x)),
    ('green', 'k*(x-x**2)', lambda x: K * (x - x ** 2)),
    ('red', 'k*x-k*x*x', lambda x: K * x - K * x * x),
)


def axes(pen):
    """A line with a number at every tenth step, and the range from 0 to 1."""
    for (x, y), end in (((0, 0), (STEPS, 0)), ((0, 0), (0, 1))):
        pen.penup()
        pen.goto(x, y)
        pen.pendown()
        pen.goto(end)
    pen.penup()
    for step in range(0, STEPS + 1, 10):
        pen.goto(step, -0.06)
        pen.write(step, align='center')


def plot(pen, start, function):
    """Join the points (n, f(f(...f(start)))) and mark each with a dot."""
    pen.penup()
    pen.goto(0, start)
    pen.pendown()
    x = start
    for step in range(1, STEPS + 1):
        x = function(x)
        pen.goto(step, x)
        pen.dot(5)


def main():
    """Draw, and return a line for the viewer."""
    screen = Screen()
    screen.setworldcoordinates(-2, -0.1, STEPS + 2, 1.1)
    pen = Turtle(visible=False)
    pen.speed(0)
    screen.tracer(4)
    axes(pen)
    for number, (colour, text, function) in enumerate(FORMULAS):
        pen.pencolor(colour)
        pen.penup()
        pen.goto(5 + 25 * number, 1.03)
        pen.write(text, font=('Courier', 12, 'bold'))
        plot(pen, 0.35, function)
    screen.tracer(1)
    for left in range(0, STEPS - 25, 5):        # have a closer look where they part
        screen.setworldcoordinates(left, -0.1, left + 25, 1.1)
    screen.setworldcoordinates(-2, -0.1, STEPS + 2, 1.1)
    return 'Done!'


if __name__ == '__main__':
    main()
    mainloop()
