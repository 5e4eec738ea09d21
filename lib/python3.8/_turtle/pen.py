# SPDX-License-Identifier: MIT
"""TPen: what a turtle draws with and how it looks."""
import math

from .config import _CFG

_SPEEDS = {'fastest': 0, 'fast': 10, 'normal': 6, 'slow': 3, 'slowest': 1}

# The keys of pen()'s dictionary and the fields that hold them.
_FIELDS = {
    'shown': '_shown', 'pendown': '_drawing', 'pencolor': '_pencolor', 'fillcolor': '_fillcolor',
    'pensize': '_pensize', 'speed': '_speed', 'resizemode': '_resizemode', 'stretchfactor': '_stretchfactor',
    'shearfactor': '_shearfactor', 'outline': '_outlinewidth', 'tilt': '_tilt',
}

_LINE_KEYS = ('pendown', 'pencolor', 'pensize')             # a line on the canvas has one value of each
_SHAPE_KEYS = ('stretchfactor', 'shearfactor', 'tilt')


class TPen:
    """The pen of a turtle: up or down, colours, width, speed; and the look of the turtle itself.

    Nothing is drawn: RawTurtle redefines _newLine and _update.
    """

    def __init__(self, resizemode=_CFG['resizemode']):
        self._resizemode = resizemode
        self.undobuffer = None
        TPen._reset(self)

    def _reset(self, pencolor=_CFG['pencolor'], fillcolor=_CFG['fillcolor']):
        """Set everything but the resizemode to what a new pen has."""
        self._shown = self._drawing = True
        self._pencolor, self._fillcolor = pencolor, fillcolor
        self._pensize = self._outlinewidth = 1
        self._speed = 3
        self._stretchfactor = (1.0, 1.0)
        self._shearfactor = self._tilt = 0.0
        self._shapetrafo = (1.0, 0.0, 0.0, 1.0)

    # -- everything at once

    def pen(self, pen=None, **pendict):
        """Return or set the attributes of the pen.

        Arguments:
        pen -- a dictionary with some or all of the keys below
        **pendict -- the same as keyword arguments, which win over the dictionary

        "shown"         True/False
        "pendown"       True/False
        "pencolor"      a colour string or tuple
        "fillcolor"     a colour string or tuple
        "pensize"       a positive number
        "speed"         a number in the range 0..10
        "resizemode"    "auto", "user" or "noresize"
        "stretchfactor" (positive number, positive number)
        "shearfactor"   a number
        "outline"       a positive number
        "tilt"          a number

        Without arguments return the dictionary of all of them, which can be given to pen() later to bring
        the pen back to where it was.

        Example (for a Turtle instance named turtle):
        >>> before = turtle.pen()
        >>> turtle.pen(pencolor="green", pensize=6, speed=0)
        >>> turtle.circle(50)
        >>> turtle.pen(before)
        """
        if not (pen or pendict):
            return {key: getattr(self, field) for key, field in _FIELDS.items()}
        changes = dict(pen) if isinstance(pen, dict) else {}
        changes.update(pendict)
        before = {key: getattr(self, _FIELDS[key]) for key in changes}
        self._record('pen', before)
        self._change_pen(changes, before)
        self._update()

    def _change_pen(self, changes, before):
        """Set the attributes of changes, where before has the values they had."""
        stretch = changes.get('stretchfactor')
        if isinstance(stretch, (int, float)):
            changes['stretchfactor'] = stretch, stretch
        for key in _LINE_KEYS:
            value = changes.get(key, before.get(key))
            if key in changes and (self._colorstr((value,)) if key == 'pencolor' else value) != before[key]:
                self._newLine()
                break
        for key, value in changes.items():
            if key in ('pencolor', 'fillcolor'):
                value = self._colorstr((value,))
            setattr(self, _FIELDS[key], value)
        if any(key in changes for key in _SHAPE_KEYS):
            self._find_trafo()

    def _find_trafo(self):
        """Find the matrix of the shape: stretched, sheared, then turned by the tilt."""
        wide, long = self._stretchfactor
        sine, cosine = math.sin(self._tilt), math.cos(self._tilt)
        shear = self._shearfactor
        self._shapetrafo = (wide * cosine, long * (shear * cosine + sine),
                            -wide * sine, long * (cosine - shear * sine))

    # -- the line

    def pensize(self, width=None):
        """Return or set the thickness of lines.

        Aliases: pensize | width

        Argument:
        width -- a positive number (optional)

        With resizemode "auto" and a polygon as shape, the polygon is drawn with it too.

        Example (for a Turtle instance named turtle):
        >>> turtle.pensize(3)
        >>> turtle.pensize()
        3
        """
        if width is None:
            return self._pensize
        self.pen(pensize=width)

    def penup(self):
        """Pull the pen up: moves draw nothing.

        Aliases: penup | pu | up

        Example (for a Turtle instance named turtle):
        >>> turtle.penup()
        """
        if self._drawing:
            self.pen(pendown=False)

    def pendown(self):
        """Put the pen down: moves draw lines.

        Aliases: pendown | pd | down

        Example (for a Turtle instance named turtle):
        >>> turtle.pendown()
        """
        if not self._drawing:
            self.pen(pendown=True)

    def isdown(self):
        """Return whether the pen is down.

        Example (for a Turtle instance named turtle):
        >>> turtle.pendown()
        >>> turtle.isdown()
        True
        """
        return self._drawing

    def speed(self, speed=None):
        """Return or set the speed of the turtle.

        Argument:
        speed -- an integer in the range 0..10 or a word (optional)

        From 1 to 10 lines are drawn and turns are made faster and faster; numbers above 10 or below 0.5
        set 0, which is no animation at all.  The words are 'fastest' (0), 'fast' (10), 'normal' (6),
        'slow' (3) and 'slowest' (1).

        Example (for a Turtle instance named turtle):
        >>> turtle.speed('fastest')
        """
        if speed is None:
            return self._speed
        speed = _SPEEDS.get(speed, speed)
        self.pen(speed=int(round(speed)) if 0.5 < speed < 10.5 else 0)

    # -- colours

    def color(self, *args):
        """Return or set pencolor and fillcolor.

        Arguments:
        none -- return both, as a tuple
        one colour (a colour string, three numbers or a tuple of them) -- set both to it
        two colours (strings or tuples) -- set pencolor to the first, fillcolor to the second

        If the shape of the turtle is a polygon, its edge and its inside have these colours.

        Example (for a Turtle instance named turtle):
        >>> turtle.color('brown', 'tan')
        >>> turtle.color()
        ('brown', 'tan')
        """
        if not args:
            return self._color(self._pencolor), self._color(self._fillcolor)
        if len(args) == 2:
            line, inside = args
        else:
            line = inside = args[0] if len(args) == 1 else args
        self.pen(pencolor=self._colorstr(line), fillcolor=self._colorstr(inside))

    def pencolor(self, *args):
        """Return or set the colour of lines.

        Arguments:
        none -- return it, as a colour string, or as a tuple if it was given as numbers
        one colour -- set it; a colour string, three numbers in the range 0..colormode or a tuple of them

        If the shape of the turtle is a polygon, its edge has this colour.

        Example (for a Turtle instance named turtle):
        >>> turtle.pencolor(1, 0.4, 0)
        >>> turtle.pencolor()
        (1.0, 0.4, 0.0)
        """
        if not args:
            return self._color(self._pencolor)
        color = self._colorstr(args)
        if color != self._pencolor:
            self.pen(pencolor=color)

    def fillcolor(self, *args):
        """Return or set the colour that shapes are filled with.

        Arguments:
        none -- return it, as a colour string, or as a tuple if it was given as numbers
        one colour -- set it; a colour string, three numbers in the range 0..colormode or a tuple of them

        If the shape of the turtle is a polygon, its inside has this colour.

        Example (for a Turtle instance named turtle):
        >>> turtle.fillcolor('#ffd700')
        >>> turtle.fillcolor()
        (1.0, 0.8431372549019608, 0.0)
        """
        if not args:
            return self._color(self._fillcolor)
        color = self._colorstr(args)
        if color != self._fillcolor:
            self.pen(fillcolor=color)

    # -- the turtle itself

    def resizemode(self, rmode=None):
        """Return or set the way the size of the turtle is found.

        Argument:
        rmode -- one of the strings below (optional)

        "auto"     in keeping with pensize
        "user"     by stretchfactor and outline, see shapesize(), which sets this mode
        "noresize" the size of the shape itself

        Example (for a Turtle instance named turtle):
        >>> turtle.resizemode("auto")
        >>> turtle.pensize(12)      # the turtle grows too
        """
        if rmode is None:
            return self._resizemode
        rmode = rmode.lower()
        if rmode in ('auto', 'user', 'noresize'):
            self.pen(resizemode=rmode)

    def showturtle(self):
        """Make the turtle visible.

        Aliases: showturtle | st

        Example (for a Turtle instance named turtle):
        >>> turtle.showturtle()
        >>> turtle.isvisible()
        True
        """
        self.pen(shown=True)

    def hideturtle(self):
        """Make the turtle invisible, which also lets it draw faster.

        Aliases: hideturtle | ht

        Example (for a Turtle instance named turtle):
        >>> turtle.hideturtle()
        """
        self.pen(shown=False)

    def isvisible(self):
        """Return whether the turtle is shown.

        Example (for a Turtle instance named turtle):
        >>> turtle.hideturtle()
        >>> turtle.isvisible()
        False
        """
        return self._shown

    # -- what a turtle that draws has

    def _newLine(self, usePos=True):
        """The next line has another look than the one before."""

    def _update(self, count=True, forced=False):
        """Something is to be shown."""

    def _record(self, kind, *data):
        """Remember how to undo something."""

    def _color(self, args):
        """A colour as the user is told it."""

    def _colorstr(self, args):
        """The name of the colour that the arguments say."""

    width = pensize
    up = penup
    pu = penup
    pd = pendown
    down = pendown
    st = showturtle
    ht = hideturtle
