# SPDX-License-Identifier: MIT
"""yinyang: the sign of yin and yang, drawn with circles and parts of circles."""
from turtle import *


def half(radius, inside, eye):
    """Draw one half, filled with the colour inside, with an eye of the other one; end at the top, turned round."""
    pensize(3)
    color('black', inside)
    begin_fill()
    circle(radius / 2, 180)
    circle(radius, 180)
    left(180)
    circle(-radius / 2, 180)
    end_fill()
    up()
    left(90)
    forward(radius * 0.35)
    right(90)
    down()
    color(inside, eye)
    begin_fill()
    circle(radius * 0.15)
    end_fill()
    up()
    left(90)
    back(radius * 0.35)
    right(90)
    down()
    left(180)


def main():
    """Draw, and return a line for the viewer."""
    reset()
    up()
    sety(-100)
    down()
    half(200, 'black', 'white')
    half(200, 'white', 'black')
    hideturtle()
    return 'Done!'


if __name__ == '__main__':
    main()
    mainloop()
