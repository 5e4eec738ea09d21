# SPDX-License-Identifier: MIT
"""forest: three trees that grow at the same time, each branch with a turtle of its own.

Each tree is a list of turtles, one at the end of every twig.  A step lets all of them grow a piece and divide, so
the trees are drawn breadth first.  Lengths and angles are random: no two forests are the same.
"""
from random import gauss, randint, uniform
from time import perf_counter
from turtle import Screen, Turtle, mainloop


def grow(twigs, length, spread, level):
    """Let every twig grow and divide in two or three, level times; give control back after each step."""
    for step in range(level):
        grown = []
        for twig in twigs:
            twig.pensize(max(1, 2 * (level - step)))
            fresh = 60 + 150 * step // level
            twig.pencolor(110 - 10 * step, fresh, 30)
            twig.forward(gauss(length, length / 6))
            for _ in range(randint(1, 2)):
                other = twig.clone()
                other.left(uniform(0, spread))
                grown.append(other)
            twig.right(uniform(0, spread))
            grown.append(twig)
            yield
        twigs = grown
        length *= 0.72
    for twig in twigs:
        twig.pencolor('forestgreen')
        twig.dot(randint(4, 9))
        yield


def plant(x, y):
    """A turtle that looks up, where a tree is to stand."""
    seed = Turtle(visible=False)
    seed.setundobuffer(None)
    seed.speed(0)
    seed.penup()
    seed.goto(x, y)
    seed.setheading(90)
    seed.pendown()
    return seed


def main():
    """Draw, and return a line for the viewer."""
    start = perf_counter()
    screen = Screen()
    screen.colormode(255)
    screen.bgcolor('azure')
    screen.tracer(0)
    growing = [grow([plant(x, y)], length, spread, level)
               for x, y, length, spread, level in ((-200, -180, 75, 32, 5), (0, -220, 100, 26, 6), (220, -190, 65, 38, 5))]
    steps = 0
    while growing:
        for tree in growing[:]:
            if next(tree, 'grown') == 'grown':
                growing.remove(tree)
            steps += 1
            if steps % 20 == 0:
                screen.update()
    screen.tracer(1)
    return 'runtime: %.2f sec.' % (perf_counter() - start)


if __name__ == '__main__':
    print(main())
    mainloop()
