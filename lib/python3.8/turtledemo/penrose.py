# SPDX-License-Identifier: MIT
"""penrose: a tiling of the plane with kites and darts that never repeats.

Begin with the five kites of a "sun" and replace every tile by smaller ones (inflation): a kite by two kites and two
half darts, a dart by a kite and two half darts.  Half tiles of neighbours fit together, so that each dart is found
twice: the tiles are kept in a dictionary by where they are.  At the end every tile is stamped.
"""
from math import cos, pi, sin
from time import perf_counter
from turtle import Screen, Shape, Turtle, mainloop

GOLDEN = (1 + 5 ** 0.5) / 2
SIZE = 210


def ahead(x, y, heading, distance):
    """The point at a distance in a direction (degrees)."""
    turn = heading * pi / 180
    return x + distance * cos(turn), y + distance * sin(turn)


def shrink(tiles, size):
    """Replace all tiles, whose long sides have this size, by tiles that are smaller by the golden ratio.

    A tile is (x, y, heading): its corner between the two long sides, and where its axis points.
    """
    found = {}
    short = size / GOLDEN

    def add(kind, point, heading):
        x, y = point
        found[kind, round(x, 3), round(y, 3), round(heading) % 360] = (x, y, heading)

    for (kind, *_), (x, y, heading) in tiles.items():
        if kind == 'kite':
            for side in (-1, 1):
                add('kite', ahead(x, y, heading + 36 * side, size), heading - 108 * side)
                add('dart', (x, y), heading + 36 * side)
        else:
            add('kite', (x, y), heading)
            for side in (-1, 1):
                add('dart', ahead(x, y, heading + 36 * side, size), heading + side * 216)
    return found, short


def shapes(screen, size):
    """Register kite and dart with long sides of this size, pointing in the direction of the turtle."""
    short = size / GOLDEN
    wing = (size * sin(pi / 5), size * cos(pi / 5))
    for name, tip, colours in (('kite', size, ('gold', 'sienna')), ('dart', short, ('steelblue', 'midnightblue'))):
        shape = Shape('compound')
        shape.addcomponent(((0, 0), wing, (0, tip), (-wing[0], wing[1])), *colours)
        screen.register_shape(name, shape)


def show(tiles):
    """Stamp all tiles."""
    stamper = Turtle(visible=False)
    stamper.setundobuffer(None)
    stamper.penup()
    for (kind, *_), (x, y, heading) in tiles.items():
        stamper.shape(kind)
        stamper.goto(x, y)
        stamper.setheading(heading)
        stamper.stamp()


def main(levels=4):
    """Draw, and return a line for the viewer."""
    start = perf_counter()
    screen = Screen()
    screen.bgcolor('white')
    screen.tracer(0)
    tiles = {('kite', 0, 0, turn): (0.0, 0.0, float(turn)) for turn in range(18, 360, 72)}
    size = SIZE
    for _ in range(levels):
        tiles, size = shrink(tiles, size)
    shapes(screen, size)
    show(tiles)
    screen.tracer(1)
    kites = sum(kind == 'kite' for kind, *_ in tiles)
    return '%d kites and %d darts in %.2f sec.' % (kites, len(tiles) - kites, perf_counter() - start)


if __name__ == '__main__':
    print(main())
    mainloop()
