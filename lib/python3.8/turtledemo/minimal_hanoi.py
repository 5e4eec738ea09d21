# SPDX-License-Identifier: MIT
"""minimal_hanoi: six discs go from the left tower to the right one.

Press the space bar to start.  Only one disc moves at a time, and never onto a smaller one.  The discs are turtles
with the shape of a square, stretched.
"""
from turtle import Screen, Terminator, Turtle, mainloop

DISCS = 6
FLOOR, THICK = -120, 22


class Disc(Turtle):
    """A disc of a size from 1."""

    def __init__(self, size):
        super().__init__('square', visible=False)
        self.penup()
        self.speed(6)
        self.shapesize(1, 1.6 * size, 2)
        self.color('black', (1.0 - size / 8, 0.35, size / 8))
        self.showturtle()


class Tower(list):
    """The discs of one place, the lowest one first."""

    def __init__(self, x):
        self.x = x

    def put(self, disc):
        """Lay a disc on top: lift it, carry it, lower it."""
        if disc.pos() != (0, 0):        # not a new one
            disc.sety(130)
        disc.setx(self.x)
        disc.sety(FLOOR + THICK * len(self))
        self.append(disc)


def move(count, source, spare, goal):
    """Move count discs from source to goal, with the help of spare."""
    if count:
        move(count - 1, source, goal, spare)
        goal.put(source.pop())
        move(count - 1, spare, source, goal)


class Game:
    """Three towers, and the keys that start and stop."""

    def __init__(self, screen):
        self.screen = screen
        self.towers = [Tower(x) for x in (-240, 0, 240)]
        self.text = Turtle(visible=False)
        self.text.penup()
        self.text.goto(0, -200)
        screen.tracer(0)
        for size in range(DISCS, 0, -1):
            self.towers[0].put(Disc(size))
        screen.tracer(1)
        self.say('press space to start')
        screen.onkey(self.play, 'space')
        screen.listen()

    def say(self, words):
        """Write a line below the towers."""
        self.text.clear()
        self.text.write(words, align='center', font=('Courier', 16, 'bold'))

    def play(self):
        """Move all discs, and listen again."""
        self.screen.onkey(None, 'space')
        self.text.clear()
        try:
            move(DISCS, *self.towers)
            self.say('that were %d moves' % (2 ** DISCS - 1))
        except Terminator:
            pass        # stopped


def main():
    """Set the scene; its turtles go on by events."""
    Game(Screen())
    return 'EVENTLOOP'


if __name__ == '__main__':
    main()
    mainloop()
