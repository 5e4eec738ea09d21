# SPDX-License-Identifier: MIT
"""bytedesign: a design of five arms, in the manner of those that the magazine BYTE printed in the heyday of Logo.

The tracer is off while an arm is drawn and update() shows it when it is there: try tracer(1) in main() to see the
turtle work.
"""
from math import cos, pi, sin
from time import perf_counter
from turtle import Screen, Turtle, mainloop


class Designer(Turtle):
    """A turtle that draws ornaments with five-fold symmetry."""

    def move(self, distance):
        """Go forward without drawing."""
        self.penup()
        self.forward(distance)
        self.pendown()

    def spiral(self, side, shrink, smallest):
        """Pentagons one in the other, each side a bit shorter than the one before."""
        while side > smallest:
            self.forward(side)
            self.right(72)
            side *= shrink

    def rosette(self, radius, petals):
        """Petals of two arcs each, around the place of the turtle."""
        for _ in range(petals):
            for _ in range(2):
                self.circle(radius, 60)
                self.left(120)
            self.left(360 / petals)

    def wheel(self, radius):
        """Five spirals on a circle; the turtle comes back to the middle."""
        for _ in range(5):
            x, y = self.pos()
            heading = self.heading()
            self.move(radius)
            self.left(126)
            self.spiral(radius * 1.176, 0.91, 3)
            self.penup()
            self.goto(x, y)
            self.pendown()
            self.setheading(heading + 72)

    def arm(self, size):
        """An arm outwards from the middle, with smaller and smaller wheels and rosettes."""
        start, heading = self.pos(), self.heading()
        self.move(size)
        for scale in (0.42, 0.27, 0.17):
            self.wheel(size * scale)
            self.rosette(size * scale, 10)
            self.move(size * scale * 1.7)
        self.penup()
        self.goto(start)
        self.pendown()
        self.setheading(heading)

    def lattice(self, radius):
        """The pentagram and the pentagon around the middle, each point joined with each other."""
        corners = [(radius * cos(pi * (0.5 + 0.4 * i)), radius * sin(pi * (0.5 + 0.4 * i))) for i in range(5)]
        for i, here in enumerate(corners):
            for there in corners[i + 1:]:
                self.penup()
                self.goto(here)
                self.pendown()
                self.goto(there)
        self.penup()
        self.goto(0, 0)
        self.pendown()


def main():
    """Draw, and return a line for the viewer."""
    start = perf_counter()
    screen = Screen()
    pen = Designer(visible=False)
    pen.setundobuffer(None)
    pen.speed(0)
    pen.pencolor('darkslateblue')
    screen.tracer(0)
    pen.setheading(90)
    for _ in range(5):
        pen.arm(125)
        screen.update()
        pen.left(72)
    pen.pencolor('firebrick')
    pen.rosette(60, 20)
    pen.lattice(72)
    screen.update()
    screen.tracer(1)
    return 'runtime: %.2f sec.' % (perf_counter() - start)


if __name__ == '__main__':
    print(main())
    mainloop()
