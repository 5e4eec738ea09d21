# SPDX-License-Identifier: MIT
"""sorting_animate: see how methods of sorting work.

The blocks on the shelf are turtles; the red one is the one in hand.

i   insertion sort
s   selection sort
q   quicksort
r   shuffle
"""
from random import shuffle
from turtle import Screen, Terminator, Turtle, mainloop

COUNT = 10
WIDTH, FLOOR = 40, -80


class Block(Turtle):
    """A block whose height is its value."""

    def __init__(self, value):
        super().__init__('square', visible=False)
        self.value = value
        self.penup()
        self.speed(0)
        self.shapesize(value * 1.2, 1.4, 2)
        self.setheading(0)
        self.rest()
        self.sety(FLOOR + value * 12)
        self.showturtle()

    def hold(self):
        """Be marked as the block that moves."""
        self.color('black', 'red')

    def rest(self):
        """Be one block of many."""
        self.color('black', 'lightsteelblue')

    def __lt__(self, other):
        return self.value < other.value


class Shelf(list):
    """Blocks side by side; what moves in the list moves on the screen."""

    def __init__(self, blocks):
        super().__init__(blocks)
        self.arrange()

    def arrange(self, speed=0):
        """Put every block where its index says."""
        for index, block in enumerate(self):
            x = WIDTH * (index - (len(self) - 1) / 2)
            if block.xcor() != x:
                block.speed(speed)
                block.setx(x)

    def take(self, source, target):
        """Take the block at source and push it in at target."""
        if source != target:
            block = self[source]
            block.hold()
            self.insert(target, self.pop(source))
            self.arrange(9)
            block.rest()

    def insertion_sort(self):
        """Put each block where it belongs among those before it."""
        for index in range(1, len(self)):
            target = index
            while target and self[index] < self[target - 1]:
                target -= 1
            self.take(index, target)

    def selection_sort(self):
        """Fetch the least of the remaining blocks, again and again."""
        for index in range(len(self)):
            self.take(min(range(index, len(self)), key=self.__getitem__), index)

    def quicksort(self, low=0, high=None):
        """Sort the blocks from low to high: smaller ones than the last go to the left of it."""
        high = len(self) - 1 if high is None else high
        if low >= high:
            return
        border = low
        for index in range(low, high):
            if self[index] < self[high]:
                self.take(index, border)
                border += 1
        self.take(high, border)
        self.quicksort(low, border - 1)
        self.quicksort(border + 1, high)

    def mix(self):
        """Shuffle the blocks."""
        shuffle(self)
        self.arrange(0)


class Show:
    """The shelf and the keys."""

    def __init__(self, screen):
        self.screen = screen
        screen.tracer(0)
        self.shelf = Shelf([Block(value) for value in range(1, COUNT + 1)])
        self.shelf.mix()
        self.text = Turtle(visible=False)
        self.text.penup()
        self.text.goto(0, FLOOR - 60)
        screen.tracer(1)
        self.keys = {'i': self.shelf.insertion_sort, 's': self.shelf.selection_sort,
                     'q': self.shelf.quicksort, 'r': self.shelf.mix}
        self.listen()
        screen.listen()

    def listen(self):
        """Write what the keys do, and wait for one."""
        self.text.clear()
        self.text.write('i: insertion   s: selection   q: quicksort   r: shuffle', align='center', font=('Arial', 12, 'normal'))
        for key, action in self.keys.items():
            self.screen.onkey(lambda action=action: self.run(action), key)

    def run(self, action):
        """Do what a key stands for; no key counts meanwhile."""
        for key in self.keys:
            self.screen.onkey(None, key)
        try:
            self.text.clear()
            action()
            self.listen()
        except Terminator:
            pass        # stopped


def main():
    """Set the scene; its turtles go on by events."""
    Show(Screen())
    return 'EVENTLOOP'


if __name__ == '__main__':
    main()
    mainloop()
