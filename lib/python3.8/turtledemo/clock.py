# SPDX-License-Identifier: MIT
"""clock: the time of your computer on a dial; date and day of the week below.

The hands are turtles with shapes made for them, which stand still and turn; a timer moves them.
"""
from datetime import datetime
from turtle import Screen, Terminator, Turtle, mainloop

RADIUS = 160


def hand_shape(screen, name, length, width):
    """Register the shape of a hand, a long kite."""
    screen.register_shape(name, ((0, -length * 0.15), (width, 0), (0, length), (-width, 0)))


def draw_dial():
    """Sixty marks around the middle, every fifth one strong, and the hours."""
    pen = Turtle(visible=False)
    pen.speed(0)
    pen.penup()
    for minute in range(60):
        strong = minute % 5 == 0
        pen.home()
        pen.setheading(minute * 6)
        pen.forward(RADIUS)
        pen.pensize(5 if strong else 1)
        pen.pendown()
        pen.forward(16 if strong else 8)
        pen.penup()
        if strong:
            pen.forward(20)
            pen.sety(pen.ycor() - 9)
            pen.write(minute // 5 or 12, align='center', font=('Arial', 14, 'bold'))


class Clock:
    """The hands and the text."""

    def __init__(self, screen):
        self.screen = screen
        self.hands = []
        for name, length, width, colour in (('hour', 100, 9, 'gray20'), ('minute', 145, 6, 'steelblue'),
                                            ('second', 155, 2, 'firebrick')):
            hand_shape(screen, name, length, width)
            hand = Turtle(name)
            hand.color(colour)
            hand.speed(0)
            self.hands.append(hand)
        self.text = Turtle(visible=False)
        self.text.penup()
        self.day = None

    def show(self, now):
        """Turn the hands to a time; write the date if it is another one than before."""
        self.screen.tracer(0)
        second = now.second + now.microsecond / 1e6
        minute = now.minute + second / 60
        for hand, angle in zip(self.hands, (30 * (now.hour + minute / 60), 6 * minute, 6 * second)):
            hand.setheading(angle)
        if now.date() != self.day:
            self.day = now.date()
            self.text.clear()
            for y, form in ((-65, '%A'), (-85, '%d %B %Y')):
                self.text.sety(y)
                self.text.write(now.strftime(form), align='center', font=('Arial', 13, 'normal'))
        self.screen.tracer(1)

    def tick(self):
        """Show the time, ten times a second."""
        try:
            self.show(datetime.now())
            self.screen.ontimer(self.tick, 100)
        except Terminator:
            pass        # the clock was stopped


def main():
    """Set the scene; its turtles go on by events."""
    screen = Screen()
    screen.mode('logo')
    screen.bgcolor('beige')
    screen.tracer(0)
    draw_dial()
    clock = Clock(screen)
    screen.tracer(1)
    clock.tick()
    return 'EVENTLOOP'


if __name__ == '__main__':
    main()
    mainloop()
