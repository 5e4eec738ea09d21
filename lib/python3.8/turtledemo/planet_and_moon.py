# SPDX-License-Identifier: MIT
"""planet_and_moon: a sun, a planet that goes around it, and a moon that goes around the planet.

All three draw each other by Newton's law of gravitation.  Planet and moon are compound shapes that turn their bright
side to the sun.  Velocities and accelerations are Vec2D.
"""
from turtle import Screen, Shape, Turtle, Vec2D, mainloop

G = 8
STEP = 0.0025
STEPS = 10000


class Body(Turtle):
    """A body with mass, place and velocity; it leaves a trace unless its place is (0, 0)."""

    def __init__(self, shape, mass, place, velocity):
        super().__init__(shape, visible=False)
        self.setundobuffer(None)
        self.mass, self.velocity = mass, velocity
        self.penup()
        self.goto(place)
        self.pendown()
        self.showturtle()

    def pull(self, bodies):
        """The acceleration that the other bodies cause here."""
        total = Vec2D(0, 0)
        for other in bodies:
            if other is not self:
                way = other.pos() - self.pos()
                total += (G * other.mass / abs(way) ** 3) * way
        return total

    def step(self, acceleration, sun):
        """Go on for one step of time, with the velocity in its middle; look to the sun."""
        self.velocity += STEP * acceleration
        self.goto(self.pos() + STEP * self.velocity)
        if self is not sun:
            self.setheading(self.towards(sun))


def two_halves(screen, name, day, night, radius):
    """Register a disc whose half to the front is bright and the other dark."""
    pen = Turtle(visible=False)
    pen.penup()
    shape = Shape('compound')
    for colour in (day, night):
        pen.home()
        pen.setheading(90 if colour == day else 270)
        pen.back(radius)
        pen.setheading(0 if colour == day else 180)
        pen.begin_poly()
        pen.circle(radius, 180)
        pen.end_poly()
        corners = tuple((y, x) for x, y in pen.get_poly())      # a shape looks upwards
        shape.addcomponent(corners, colour, colour)
    pen.clear()
    screen.register_shape(name, shape)


def main():
    """Draw, and return a line for the viewer."""
    screen = Screen()
    screen.tracer(0)
    two_halves(screen, 'planet', 'orange', 'saddlebrown', 10)
    two_halves(screen, 'moon', 'white', 'gray25', 6)
    screen.bgcolor('midnightblue')
    sun = Body('circle', 1000000, Vec2D(0, 0), Vec2D(0, -2.5))
    sun.color('yellow')
    sun.shapesize(1.8)
    sun.penup()
    planet = Body('planet', 12500, Vec2D(210, 0), Vec2D(0, 195))
    planet.pencolor('green')
    moon = Body('moon', 1, Vec2D(220, 0), Vec2D(0, 295))
    moon.pencolor('skyblue')
    bodies = (sun, planet, moon)
    for number in range(STEPS):
        pulls = [body.pull(bodies) for body in bodies]
        for body, acceleration in zip(bodies, pulls):
            body.step(acceleration, sun)
        if number % 10 == 0:
            screen.update()
    screen.tracer(1)
    return 'Done!'


if __name__ == '__main__':
    main()
    mainloop()
