# SPDX-License-Identifier: MIT
"""tree: a tree drawn level by level.

A generator keeps a list of turtles, one for every open end of the tree.  For each level every turtle draws a branch
and is cloned, and the two go on to both sides.
"""
from time import perf_counter
from turtle import Turtle, mainloop, tracer


def levels(pens, length, angle, ratio, shortest):
    """Draw a level of branches for every value asked for, until branches would be too short."""
    while length > shortest:
        ends = []
        for pen in pens:
            pen.forward(length)
            twin = pen.clone()
            pen.left(angle)
            twin.right(angle)
            ends += [pen, twin]
        pens = ends
        length *= ratio
        yield len(pens)


def main():
    """Draw, and return a line for the viewer."""
    start = perf_counter()
    pen = Turtle(visible=False)
    pen.setundobuffer(None)
    pen.speed(0)
    pen.left(90)
    pen.penup()
    pen.back(210)
    pen.pendown()
    pen.pencolor('saddlebrown')
    tracer(30, 0)
    ends = 1
    for ends in levels([pen], 200, 65, 0.6375, 9):
        pass
    tracer(1)
    return 'runtime: %.2f sec., %d ends' % (perf_counter() - start, ends)


if __name__ == '__main__':
    print(main())
    mainloop()
