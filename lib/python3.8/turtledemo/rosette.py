# SPDX-License-Identifier: MIT
"""rosette: many turtles draw a pattern of nested polygons together, and then take it all back.

The figure follows one in the article "Turtle graphics" of Wikipedia.  All turtles are clones of one.
"""
from time import perf_counter, sleep
from turtle import Screen, Turtle, mainloop

CORNERS = 36


def rosette(first, corners, step):
    """Clone the turtle until there are as many as corners, looking all ways; let them walk polygons side by side."""
    turtles = [first]
    while len(turtles) < corners:
        turtles.append(turtles[-1].clone())
        turtles[-1].right(360 / corners)
    for number in range(corners):
        blue = abs(corners / 2 - number) / (corners / 2)
        for turtle in turtles:
            turtle.right(360 / corners)
            turtle.pencolor(1 - blue, 0, blue)
            turtle.forward(step)
    return turtles


def main():
    """Draw, and return a line for the viewer."""
    screen = Screen()
    screen.bgcolor('black')
    first = Turtle(visible=False)
    first.speed(0)
    first.pensize(2)
    screen.tracer(CORNERS, 0)
    start = perf_counter()
    turtles = rosette(first, CORNERS, 19)
    drawn = perf_counter() - start
    screen.update()
    sleep(1)
    start = perf_counter()
    while any(turtle.undobufferentries() for turtle in turtles):
        for turtle in turtles:
            turtle.undo()
    screen.tracer(1)
    return 'drawing: %.2f sec., undoing: %.2f sec.' % (drawn, perf_counter() - start)


if __name__ == '__main__':
    print(main())
    mainloop()
