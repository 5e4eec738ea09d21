# SPDX-License-Identifier: MIT
"""nim: play the old game against the computer.

There are three heaps of sticks.  Whoever's turn it is takes as many as he likes from one heap, at least one: click
on a stick to take it and all to its right.  Who takes the last stick wins.  The space bar begins a new game, Escape
says goodbye.
"""
from functools import reduce
from operator import xor
from random import choice, randint
from turtle import Screen, Terminator, Turtle, mainloop

HEAPS, SMALLEST, LARGEST = 3, 7, 21
PLAYER, COMPUTER = 'you', 'the computer'


def best_move(heaps):
    """Return (heap, sticks that stay): one that makes the nim-sum 0, or any if there is none."""
    total = reduce(xor, heaps)
    for heap, sticks in enumerate(heaps):
        if sticks ^ total < sticks:
            return heap, sticks ^ total
    heap = choice([heap for heap, sticks in enumerate(heaps) if sticks])
    return heap, heaps[heap] - randint(1, (heaps[heap] + 1) // 2)


class Stick(Turtle):
    """A stick that tells the game when it is clicked."""

    def __init__(self, heap, index, click):
        super().__init__('square', visible=False)
        self.penup()
        self.speed(0)
        self.shapesize(2.2, 0.35, 1)
        self.goto(26 * (index - (LARGEST - 1) / 2), 110 - 90 * heap)
        self.heap, self.index = heap, index
        self.onclick(lambda x, y: click(self))

    def show(self, present):
        """Be there, or be taken."""
        if present:
            self.color('black', 'burlywood')
            self.showturtle()
        else:
            self.hideturtle()


class Game:
    """Heaps, sticks and turns."""

    def __init__(self, screen):
        self.screen = screen
        screen.bgcolor('honeydew')
        screen.tracer(0)
        self.heaps, self.busy = [], True
        self.sticks = [[Stick(heap, index, self.click) for index in range(LARGEST)] for heap in range(HEAPS)]
        self.text = Turtle(visible=False)
        self.text.penup()
        self.text.goto(0, -170)
        screen.onkey(self.start, 'space')
        screen.onkey(self.leave, 'Escape')
        screen.listen()
        self.start()

    def start(self):
        """New heaps."""
        self.heaps = [randint(SMALLEST, LARGEST) for _ in range(HEAPS)]
        self.busy = False
        self.show('Your turn! Click on a stick.')

    def show(self, words):
        """Show the sticks that are left, and a message."""
        for heap, row in zip(self.heaps, self.sticks):
            for stick in row:
                stick.show(stick.index < heap)
        self.text.clear()
        self.text.write(words, align='center', font=('Courier', 15, 'bold'))
        self.screen.update()

    def take(self, who, heap, left):
        """Let so many sticks stay in a heap; return whether the game is over."""
        taken = self.heaps[heap] - left
        self.heaps[heap] = left
        over = not any(self.heaps)
        if over:
            self.show('%s won!  Space: again, Escape: leave' % who.capitalize())
        else:
            self.show('%s took %d from heap %d.' % (who.capitalize(), taken, heap + 1))
        return over

    def click(self, stick):
        """The player's turn; the computer answers after a while."""
        if self.busy or stick.index >= self.heaps[stick.heap]:
            return
        self.busy = True
        if not self.take(PLAYER, stick.heap, stick.index):
            self.screen.ontimer(self.answer, 900)

    def answer(self):
        """The computer takes its turn."""
        try:
            self.busy = self.take(COMPUTER, *best_move(self.heaps))
        except Terminator:
            pass        # the game was stopped

    def leave(self):
        """End the game: nothing can be taken any more."""
        self.busy = True
        self.heaps = [0] * HEAPS
        self.show('Goodbye!')


def main():
    """Set the scene; its turtles go on by events."""
    Game(Screen())
    return 'EVENTLOOP'


if __name__ == '__main__':
    main()
    mainloop()
