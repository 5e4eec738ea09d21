# SPDX-License-Identifier: MIT
"""What `python -m turtle` shows: a short tour of lines, colours, filling, shapes, stamps and undo."""
from .window import Screen, Turtle


def _spiral(pen):
    """Lines in changing colours, longer and longer."""
    pen.speed(0)
    for number in range(60):
        pen.pencolor(number / 60, 0.2, 1 - number / 60)
        pen.forward(2 + 3 * number)
        pen.left(61)


def _flower(pen):
    """Petals, filled while they are drawn."""
    pen.speed(9)
    for number in range(8):
        pen.color('darkred', ('gold', 'tomato')[number % 2])
        pen.begin_fill()
        for _ in range(2):
            pen.circle(90, 70)
            pen.left(110)
        pen.end_fill()
        pen.left(45)


def _parade(screen, pen):
    """Every shape as a stamp."""
    pen.speed(6)
    pen.penup()
    names = [name for name in screen.getshapes() if name != 'blank']
    for number, name in enumerate(names):
        pen.shape(name)
        pen.color('black', (0.2, 0.9 - number / 10, 0.4 + number / 12))
        pen.goto(70 * (number - (len(names) - 1) / 2), -60)
        pen.shapesize(2)
        pen.tilt(30)
        pen.stamp()


def main():
    screen = Screen()
    pen = Turtle()
    for title, show in (('lines and colours', lambda: _spiral(pen)), ('filling', lambda: _flower(pen)),
                        ('shapes and stamps', lambda: _parade(screen, pen))):
        screen.title('turtle: ' + title)
        pen.reset()
        show()
    screen.title('turtle: undo')
    for _ in range(12):
        pen.undo()
    pen.home()
    pen.write('Click to leave', align='center', font=('Courier', 18, 'bold'))
    screen.exitonclick()
