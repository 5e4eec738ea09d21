# SPDX-License-Identifier: MIT
"""peace: broad coloured stripes and on them the sign of the peace movement.

It shows how pen width, colour and the resizemode of the turtle go together.
"""
from turtle import Screen, Turtle, mainloop

STRIPES = ('#e40303', '#ff8c00', '#ffed00', '#008026', '#00a0c6', '#24408e', '#732982')
RADIUS = 170


def paint_stripes(brush, width, height):
    """Fill the area with stripes from top to bottom, brush strokes in turns to the right and to the left."""
    band = height / len(STRIPES)
    brush.pensize(band + 1)
    side = -1
    for number, colour in enumerate(STRIPES):
        brush.pencolor(colour)
        brush.penup()
        brush.goto(side * width / 2, height / 2 - band * (number + 0.5))
        brush.setheading(0 if side < 0 else 180)
        brush.pendown()
        brush.forward(width)
        side = -side


def paint_sign(brush):
    """A ring with a stroke down the middle and two from the middle to its lower part."""
    brush.pensize(20)
    brush.pencolor('white')
    brush.penup()
    brush.goto(0, -RADIUS)
    brush.setheading(0)
    brush.pendown()
    brush.circle(RADIUS)
    for heading, length in ((90, 2 * RADIUS), (225, RADIUS), (315, RADIUS)):
        brush.penup()
        brush.goto((0, -RADIUS) if heading == 90 else (0, 0))
        brush.setheading(heading)
        brush.pendown()
        brush.forward(length)


def main():
    """Draw, and return a line for the viewer."""
    screen = Screen()
    brush = Turtle('turtle')
    brush.resizemode('auto')
    brush.speed(8)
    screen.bgcolor('black')
    paint_stripes(brush, 640, 440)
    paint_sign(brush)
    brush.hideturtle()
    return 'Done!'


if __name__ == '__main__':
    main()
    mainloop()
