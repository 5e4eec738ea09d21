# SPDX-License-Identifier: MIT
"""TNavigator: a turtle's position and orientation, and the ways to change them."""
import math
from contextlib import nullcontext

from .vector import Vec2D


class TNavigator:
    """The movement of a turtle.  Nothing is drawn: RawTurtle redefines _goto and _rotate, by which all of it happens."""

    START_ORIENTATION = {'standard': Vec2D(1.0, 0.0), 'world': Vec2D(1.0, 0.0), 'logo': Vec2D(0.0, 1.0)}
    DEFAULT_MODE = 'standard'
    DEFAULT_ANGLEOFFSET = 0
    DEFAULT_ANGLEORIENT = 1

    def __init__(self, mode=DEFAULT_MODE):
        self.undobuffer = None
        self._mode = TNavigator.DEFAULT_MODE
        self._angleOffset, self._angleOrient = TNavigator.DEFAULT_ANGLEOFFSET, TNavigator.DEFAULT_ANGLEORIENT
        self.degrees()
        self._setmode(mode)
        TNavigator.reset(self)

    def reset(self):
        """Go back to the start: the origin, looking the way the mode begins with."""
        self._position = Vec2D(0.0, 0.0)
        self._orient = self.START_ORIENTATION[self._mode]

    # -- modes and units

    def _setmode(self, mode=None):
        """Set the mode, return it if none is given; it says where angle 0 is and which way angles grow."""
        if mode is None:
            return self._mode
        if mode in self.START_ORIENTATION:
            self._mode = mode
            logo = mode == 'logo'
            self._angleOrient = -1 if logo else 1
            self._angleOffset = self._fullcircle / 4.0 if logo else 0

    def _setDegreesPerAU(self, fullcircle):
        """Let a full circle have this many angle units (AU)."""
        self._fullcircle = fullcircle
        self._degreesPerAU = 360 / fullcircle
        self._angleOffset = fullcircle / 4.0 if self._mode == 'logo' else 0

    def degrees(self, fullcircle=360.0):
        """Measure angles in degrees.

        Argument:
        fullcircle -- how many of them a full circle has (optional)

        Example (for a Turtle instance named turtle):
        >>> turtle.degrees(12)      # hours
        >>> turtle.left(3)
        >>> turtle.degrees()
        >>> turtle.heading()
        90.0
        """
        self._setDegreesPerAU(fullcircle)

    def radians(self):
        """Measure angles in radians.

        Example (for a Turtle instance named turtle):
        >>> turtle.setheading(180)
        >>> turtle.radians()
        >>> turtle.heading()
        3.141592653589793
        """
        self._setDegreesPerAU(2 * math.pi)

    # -- what every movement comes down to

    def _go(self, distance):
        """Move by distance along the orientation."""
        self._goto(self._position + self._orient * distance)

    def _rotate(self, angle):
        """Turn counterclockwise by angle, in angle units."""
        angle *= self._degreesPerAU
        self._orient = self._orient.rotate(angle)

    def _goto(self, end):
        """Move to the point end."""
        self._position = end

    def _point(self, x, y):
        """The point meant by the arguments of goto, distance, ...: (x, y), a pair, or another turtle."""
        if y is not None:
            return Vec2D(x, y)
        if isinstance(x, TNavigator):
            return x._position
        return Vec2D(*x)

    def _angle_to(self, vector):
        """The angle of a vector in angle units, as heading() tells it."""
        x, y = vector
        degrees = round(math.atan2(y, x) * 180.0 / math.pi, 10) % 360.0
        return (self._angleOffset + self._angleOrient * degrees / self._degreesPerAU) % self._fullcircle

    # -- moving

    def forward(self, distance):
        """Move forward by distance.

        Aliases: forward | fd

        Argument:
        distance -- a number

        The turtle moves in the direction it is headed.

        Example (for a Turtle instance named turtle):
        >>> turtle.forward(60)
        >>> turtle.forward(-10)
        >>> turtle.pos()
        (50.00,0.00)
        """
        self._go(distance)

    def back(self, distance):
        """Move backward by distance.

        Aliases: back | backward | bk

        Argument:
        distance -- a number

        The turtle moves against the direction it is headed; its heading stays.

        Example (for a Turtle instance named turtle):
        >>> turtle.back(12.5)
        >>> turtle.pos()
        (-12.50,0.00)
        """
        self._go(-distance)

    def right(self, angle):
        """Turn right by angle units.

        Aliases: right | rt

        Argument:
        angle -- a number; its unit is a degree, unless degrees() or radians() set another

        Example (for a Turtle instance named turtle):
        >>> turtle.setheading(100)
        >>> turtle.right(30)
        >>> turtle.heading()
        70.0
        """
        self._rotate(-angle)

    def left(self, angle):
        """Turn left by angle units.

        Aliases: left | lt

        Argument:
        angle -- a number; its unit is a degree, unless degrees() or radians() set another

        Example (for a Turtle instance named turtle):
        >>> turtle.setheading(100)
        >>> turtle.left(30)
        >>> turtle.heading()
        130.0
        """
        self._rotate(angle)

    def goto(self, x, y=None):
        """Move to a point; with the pen down, draw a line there.  The heading stays.

        Aliases: setpos | setposition | goto

        Arguments:
        x, y -- numbers, or x a pair of numbers and no y

        Example (for a Turtle instance named turtle):
        >>> corner = turtle.pos()
        >>> turtle.goto(-75, 40)
        >>> turtle.pos()
        (-75.00,40.00)
        >>> turtle.goto(corner)
        """
        self._goto(Vec2D(*x) if y is None else Vec2D(x, y))

    def home(self):
        """Move to the origin and look the way the mode begins with.

        Example (for a Turtle instance named turtle):
        >>> turtle.home()
        """
        self.goto(Vec2D(0, 0))
        self.setheading(0)

    def setx(self, x):
        """Move to the place with this x and the same y.

        Argument:
        x -- a number

        Example (for a Turtle instance named turtle):
        >>> turtle.goto(5, 5)
        >>> turtle.setx(-20)
        >>> turtle.pos()
        (-20.00,5.00)
        """
        self._goto(Vec2D(x, self._position[1]))

    def sety(self, y):
        """Move to the place with this y and the same x.

        Argument:
        y -- a number

        Example (for a Turtle instance named turtle):
        >>> turtle.goto(5, 5)
        >>> turtle.sety(-20)
        >>> turtle.pos()
        (5.00,-20.00)
        """
        self._goto(Vec2D(self._position[0], y))

    def setheading(self, to_angle):
        """Turn to a direction.

        Aliases: setheading | seth

        Argument:
        to_angle -- a number; 0 is east and 90 north in mode "standard", north and east in mode "logo"

        Example (for a Turtle instance named turtle):
        >>> turtle.setheading(-45)
        >>> turtle.heading()
        315.0
        """
        full = self._fullcircle
        turn = (to_angle - self.heading()) * self._angleOrient
        self._rotate((turn + full / 2.0) % full - full / 2.0)       # the shorter way round

    # -- asking

    def pos(self):
        """Return the position, a Vec2D.

        Aliases: pos | position

        Example (for a Turtle instance named turtle):
        >>> x, y = turtle.pos()
        """
        return self._position

    def xcor(self):
        """Return the x coordinate.

        Example (for a Turtle instance named turtle):
        >>> turtle.goto(31, 8)
        >>> turtle.xcor()
        31
        """
        return self._position[0]

    def ycor(self):
        """Return the y coordinate.

        Example (for a Turtle instance named turtle):
        >>> turtle.goto(31, 8)
        >>> turtle.ycor()
        8
        """
        return self._position[1]

    def heading(self):
        """Return the direction the turtle looks, in angle units.

        Example (for a Turtle instance named turtle):
        >>> turtle.right(1)
        >>> turtle.heading()
        359.0
        """
        return self._angle_to(self._orient)

    def distance(self, x, y=None):
        """Return the distance to a point or a turtle.

        Arguments:
        x, y -- numbers, or x a pair of numbers, or a turtle, and no y

        Example (for a Turtle instance named turtle):
        >>> turtle.distance((-5, 12))
        13.0
        >>> other = Turtle()
        >>> turtle.distance(other)
        0.0
        """
        return abs(self._point(x, y) - self._position)

    def towards(self, x, y=None):
        """Return the direction in which a point or a turtle lies, in angle units.

        Arguments:
        x, y -- numbers, or x a pair of numbers, or a turtle, and no y

        Example (for a Turtle instance named turtle):
        >>> turtle.towards(0, -50)
        270.0
        """
        return self._angle_to(self._point(x, y) - self._position)

    # -- circles

    def circle(self, radius, extent=None, steps=None):
        """Draw a circle, or an arc of it.

        Arguments:
        radius -- a number; the centre is so many units left of the turtle, right if it is negative
        extent -- a number, the angle of the arc; a full circle if not given (optional)
        steps -- how many straight lines it is drawn with; enough to look round if not given (optional)

        An extent less than 0 is drawn backwards.  The heading changes by the amount of extent.

        Examples (for a Turtle instance named turtle):
        >>> turtle.circle(30)
        >>> turtle.circle(-80, 90)      # a quarter, to the right
        >>> turtle.circle(25, steps=4)  # a square
        """
        if extent is None:
            extent = self._fullcircle
        if steps is None:
            portion = abs(extent) / self._fullcircle
            steps = 1 + int(min(11 + abs(radius) / 6.0, 59.0) * portion)
        turn = extent / steps
        side = 2.0 * radius * math.sin(0.5 * turn * self._degreesPerAU * math.pi / 180.0)
        if radius < 0:
            side, turn = -side, -turn
        speed, tracing = self.speed(), (self._tracer(), self._delay())
        with self._together():
            if speed == 0:
                self._tracer(0, 0)
            else:
                self.speed(0)
            self._draw_sides(steps, side, turn, speed)
            if speed == 0:
                self._tracer(*tracing)
            self.speed(speed)

    def _draw_sides(self, steps, side, turn, speed):
        """Draw the sides of a polygon around a circle, each at this speed, the turns between them at once."""
        self._rotate(0.5 * turn)
        for _ in range(steps):
            self.speed(speed)
            self._go(side)
            self.speed(0)
            self._rotate(turn)
        self._rotate(-0.5 * turn)

    # -- what a turtle that draws has, and circle() uses

    def _together(self):
        """What is done in a with statement of this is undone by one undo()."""
        return nullcontext()

    def speed(self, s=0):
        """No animation here: the speed is 0."""

    def _tracer(self, a=None, b=None):
        """No screen here."""

    def _delay(self, n=None):
        """No screen here."""

    fd = forward
    bk = back
    backward = back
    rt = right
    lt = left
    position = pos
    setpos = goto
    setposition = goto
    seth = setheading
