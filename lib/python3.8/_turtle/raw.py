# SPDX-License-Identifier: MIT
"""RawTurtle: movement and pen together, drawing on a screen; Tbuffer, which remembers how to undo it.

Entries of the Tbuffer, first the kind, and what RawTurtle._undo does with them:

    'pen', before                           set the attributes back
    'rot', angle, degrees                   turn back
    'go', position, line, filled            walk back, shorten the line; line: see _line_mark
    'dot', line                             remove the dot
    'wri', item      'stamp', item(s)       remove the item
    'beginfill', item                       end the filling, remove the polygon
    'dofill', item                          show the polygon no longer

A list ['seq', entry, ...] is a series that is undone at once.
"""
import math
from collections import deque
from contextlib import contextmanager
from copy import deepcopy
from tkinter import Canvas

from .canvas import ScrolledCanvas
from .config import _CFG
from .navigator import TNavigator
from .pen import TPen
from .screen import TurtleGraphicsError, TurtleScreen
from .vector import Vec2D

_NOWHERE = ((0, 0), (0, 0), (0, 0))     # the corners of a polygon that is not to be seen
_LONGEST_LINE = 42                      # points of one line item; longer ones are slow to draw again


class Tbuffer:
    """The last bufsize things that can be undone.  While cumulate is true, pushed entries join the last one."""

    def __init__(self, bufsize=10):
        self.reset(bufsize)

    def reset(self, bufsize=None):
        """Forget everything; from now on keep bufsize entries (as many as before if not given)."""
        if bufsize is not None:
            self.bufsize = bufsize
        self.buffer = deque(maxlen=max(self.bufsize, 0))
        self.cumulate = False

    def push(self, item):
        """Add an entry; the oldest one goes if there are too many."""
        if self.cumulate and self.buffer:
            self.buffer[-1].append(item)
        else:
            self.buffer.append(item)

    def pop(self):
        """Remove the last entry and return it; [None] if there is none."""
        return self.buffer.pop() if self.buffer else [None]

    def discard(self, item):
        """Remove an entry, wherever it is."""
        if item in self.buffer:
            self.buffer.remove(item)

    def nr_of_items(self):
        """Return the number of entries."""
        return len(self.buffer)

    def __repr__(self):
        return '%r %d' % (list(self.buffer), len(self.buffer) - 1)


class _TurtleImage:
    """The items that show a turtle: one of a polygon or an image, a list of a compound shape."""

    def __init__(self, screen, shapeIndex):
        self.screen = screen
        self._type = None
        self._item = None
        self._setshape(shapeIndex)

    def items(self):
        """Return all items."""
        return self._item if self._type == 'compound' else [self._item]

    def _setshape(self, shapeIndex):
        """Get the items that a shape of the screen needs."""
        screen = self.screen
        shape = screen._shapes[shapeIndex]
        self.shapeIndex = shapeIndex
        if self._type == shape._type != 'compound':
            return
        if self._type is not None:
            for item in self.items():
                screen._delete(item)
        self._type = shape._type
        if shape._type == 'polygon':
            self._item = screen._createpoly()
        elif shape._type == 'image':
            self._item = screen._createimage(screen._shapes['blank']._data)
        else:
            self._item = [screen._createpoly() for _ in shape._data]


class RawTurtle(TPen, TNavigator):
    """A turtle that draws on canvas: a TurtleScreen, a ScrolledCanvas or a canvas of tkinter.

    shape is the name of its shape, undobuffersize the number of things that can be undone, visible
    whether it is shown.
    """

    screens = []        # those made for canvases, and those given

    def __init__(self, canvas=None, shape=_CFG['shape'], undobuffersize=_CFG['undobuffersize'],
                 visible=_CFG['visible']):
        self.screen = self._screen_for(canvas)
        TNavigator.__init__(self, self.screen.mode())
        TPen.__init__(self)
        self.screen._turtles.append(self)
        self.drawingLineItem = self.screen._createline()
        self.turtle = _TurtleImage(self.screen, shape)
        self._poly = None
        self._creatingPoly = False
        self._fillitem = self._fillpath = None
        self._shown = visible
        self._hidden_from_screen = False
        self._undoing = False
        self.items, self.stampItems = [], []
        self._begin_lines()
        self._undobuffersize = undobuffersize
        self.setundobuffer(undobuffersize)
        self._update()

    @staticmethod
    def _screen_for(canvas):
        """The TurtleScreen that the argument of the constructor means."""
        screens = RawTurtle.screens
        if isinstance(canvas, (ScrolledCanvas, Canvas)):
            for screen in screens:
                if screen.cv == canvas:
                    return screen
            canvas = TurtleScreen(canvas)
        elif not isinstance(canvas, TurtleScreen):
            raise TurtleGraphicsError('bad canvas argument %s' % canvas)
        if type(canvas) is TurtleScreen and canvas not in screens:
            screens.append(canvas)
        return canvas

    # -- starting again

    def reset(self):
        """Delete the turtle's drawings and put everything of it back to the initial state.

        Example (for a Turtle instance named turtle):
        >>> turtle.setpos(40, 7)
        >>> turtle.reset()
        >>> turtle.pos()
        (0.00,0.00)
        """
        for part in (TNavigator.reset, TPen._reset, RawTurtle._clear, RawTurtle._drawturtle):
            part(self)
        self._update()

    def clear(self):
        """Delete the turtle's drawings.  The turtle stays where and as it is, other turtles' drawings too.

        Example (for a Turtle instance named turtle):
        >>> turtle.clear()
        """
        self._clear()
        self._update()

    def _clear(self):
        screen = self.screen
        while self.items:
            screen._delete(self.items.pop())
        self._begin_lines()
        self._fillitem = self._fillpath = None
        self.clearstamps()
        self.setundobuffer(self._undobuffersize)

    def _begin_lines(self):
        """Make the first line, while items is empty."""
        self.currentLine = [self._position] if self._drawing else []
        self.currentLineItem = self.screen._createline()
        self.items.append(self.currentLineItem)

    def clone(self):
        """Return a new turtle with the same position, heading and properties.

        Example (for a Turtle instance named turtle):
        >>> twin = turtle.clone()
        >>> twin.left(180)
        """
        self._newLine()
        screen = self.screen
        twin = deepcopy(self, {id(screen): screen, id(self.turtle): None})
        screen._turtles.append(twin)
        twin.turtle = _TurtleImage(screen, self.turtle.shapeIndex)
        twin.currentLineItem = screen._createline()
        twin.currentLine = [twin._position]
        twin.items.append(twin.currentLineItem)
        twin._update()
        return twin

    def getscreen(self):
        """Return the TurtleScreen that the turtle draws on.

        Example (for a Turtle instance named turtle):
        >>> turtle.getscreen().bgcolor("gray")
        """
        return self.screen

    def getturtle(self):
        """Return the turtle itself: as a function, the nameless turtle of the functions.

        Aliases: getturtle | getpen

        Example (for a Turtle instance named turtle):
        >>> same = turtle.getturtle()
        """
        return self

    getpen = getturtle

    # -- the screen's colours and pace

    def _color(self, args):
        return self.screen._color(args)

    def _colorstr(self, args):
        return self.screen._colorstr(args)

    _cc = _colorstr

    def _tracer(self, flag=None, delay=None):
        return self.screen.tracer(flag, delay)

    def _delay(self, delay=None):
        return self.screen.delay(delay)

    def _animated(self):
        """Whether movements are to be seen."""
        return self._speed > 0 and self.screen._tracing == 1

    # -- showing

    def _update_data(self):
        """Bring the canvas's line up to date, if it is time."""
        self.screen._incrementudc()
        if self.screen._updatecounter == 0 and len(self.currentLine) > 1:
            self.screen._drawline(self.currentLineItem, self.currentLine, self._pencolor, self._pensize)

    def _update(self, count=True, forced=False):
        """Show what has changed, as tracer says."""
        screen = self.screen
        if screen._tracing == 0:
            return
        self._update_data()
        if screen._tracing == 1:
            self._drawturtle()
            screen._update()
            screen._delay(screen._delayvalue)
        elif screen._updatecounter == 0:
            for turtle in screen.turtles():
                turtle._drawturtle()
            screen._update()

    def _newLine(self, usePos=True):
        """Close the current line; the next one begins here, or with usePos False nowhere yet."""
        screen = self.screen
        if len(self.currentLine) > 1:
            screen._drawline(self.currentLineItem, self.currentLine, self._pencolor, self._pensize)
            self.currentLineItem = screen._createline()
            self.items.append(self.currentLineItem)
        else:
            screen._drawline(self.currentLineItem, top=True)
        self.currentLine = [self._position] if usePos else []

    # -- the shape

    def shape(self, name=None):
        """Return or set the name of the turtle's shape.

        Argument:
        name -- a name of the screen's shapes (optional)

        At first there are 'arrow', 'turtle', 'circle', 'square', 'triangle', 'classic' and 'blank';
        register_shape() of the screen adds others.

        Example (for a Turtle instance named turtle):
        >>> turtle.shape("arrow")
        >>> turtle.shape()
        'arrow'
        """
        if name is None:
            return self.turtle.shapeIndex
        if name not in self.screen._shapes:
            raise TurtleGraphicsError('There is no shape named %s' % name)
        self.turtle._setshape(name)
        self._update()

    def shapesize(self, stretch_wid=None, stretch_len=None, outline=None):
        """Return or set how the turtle's shape is stretched, and the width of its edge.

        Aliases: shapesize | turtlesize

        Arguments:
        stretch_wid -- positive number, the factor across the heading (optional)
        stretch_len -- positive number, the factor along the heading; stretch_wid if not given (optional)
        outline -- positive number, the width of the edge (optional)

        Set resizemode to "user", in which the turtle is shown that way.

        Example (for a Turtle instance named turtle):
        >>> turtle.shapesize(2, 3)
        >>> turtle.shapesize(outline=4)
        >>> turtle.shapesize()
        (2, 3, 4)
        """
        if stretch_wid is stretch_len is outline is None:
            return (*self._stretchfactor, self._outlinewidth)
        if 0 in (stretch_wid, stretch_len):
            raise TurtleGraphicsError('stretch_wid/stretch_len must not be zero')
        wide, long = self._stretchfactor
        if stretch_wid is not None:
            wide = stretch_wid
            long = stretch_wid if stretch_len is None else stretch_len
        elif stretch_len is not None:
            long = stretch_len
        self.pen(resizemode='user', stretchfactor=(wide, long), outline=self._outlinewidth if outline is None else outline)

    turtlesize = shapesize

    def shearfactor(self, shear=None):
        """Return or set the shear of the turtle's shape.

        Argument:
        shear -- a number, the tangent of the angle by which lines along the heading lean (optional)

        The heading does not change.

        Example (for a Turtle instance named turtle):
        >>> turtle.shape("square")
        >>> turtle.shearfactor(1)       # lines along the heading lean by 45 degrees
        >>> turtle.shearfactor()
        1
        """
        if shear is None:
            return self._shearfactor
        self.pen(resizemode='user', shearfactor=shear)

    def settiltangle(self, angle):
        """Turn the shape to an angle from the heading, whatever the angle was.

        Argument:
        angle -- a number

        The heading does not change.

        Example (for a Turtle instance named turtle):
        >>> turtle.shape("arrow")
        >>> turtle.settiltangle(90)     # look sideways
        >>> turtle.forward(70)
        """
        turn = math.radians(-angle * self._degreesPerAU * self._angleOrient)
        self.pen(resizemode='user', tilt=turn % math.tau)

    def tiltangle(self, angle=None):
        """Return the angle between shape and heading, or turn the shape to such an angle.

        Argument:
        angle -- a number (optional)

        The heading does not change.

        Example (for a Turtle instance named turtle):
        >>> turtle.tiltangle(30)
        >>> turtle.tilt(5)
        >>> turtle.tiltangle()
        35.0
        """
        if angle is not None:
            self.settiltangle(angle)
        else:
            degrees = math.degrees(-self._tilt) * self._angleOrient
            return (degrees / self._degreesPerAU) % self._fullcircle

    def tilt(self, angle):
        """Turn the shape by angle from where it is.

        Argument:
        angle -- a number

        The heading does not change.

        Example (for a Turtle instance named turtle):
        >>> turtle.shapesize(1, 4)
        >>> for i in range(12):
        ...     turtle.tilt(15)
        ...     turtle.forward(20)
        """
        self.settiltangle(angle + self.tiltangle())

    def shapetransform(self, t11=None, t12=None, t21=None, t22=None):
        """Return or set the matrix that the turtle's shape is transformed with.

        Arguments:
        t11, t12, t21, t22 -- numbers, the elements by rows; one not given stays (all optional)

        The determinant must not be 0.  Stretchfactor, shearfactor and tiltangle are set accordingly.

        Example (for a Turtle instance named turtle):
        >>> turtle.shapetransform(3, 1, 0, 2)
        >>> turtle.shapesize()
        (3.0, 2.0, 1)
        >>> turtle.shearfactor()
        0.5
        """
        given = t11, t12, t21, t22
        if given == (None,) * 4:
            return self._shapetrafo
        matrix = [old if new is None else new for old, new in zip(self._shapetrafo, given)]
        a, b, c, d = matrix
        if a * d - b * c == 0:
            raise TurtleGraphicsError('Bad shape transform matrix: must not be singular')
        # A turn by the tilt times the upper triangle (wide, long * shear; 0, long).
        tilt = math.atan2(-c, a) % math.tau
        sine, cosine = math.sin(tilt), math.cos(tilt)
        wide = cosine * a - sine * c
        long = sine * b + cosine * d
        self._stretchfactor = wide, long
        self._shearfactor = (cosine * b - sine * d) / long
        self._tilt = tilt
        self.pen(resizemode='user')
        self._shapetrafo = tuple(matrix)

    def get_shapepoly(self):
        """Return the polygon of the shape as it is now, a tuple of pairs of numbers; None if it is no polygon.

        Example (for a Turtle instance named turtle):
        >>> turtle.shape("triangle")
        >>> turtle.shapetransform(2, 0, 0, 1)
        >>> turtle.get_shapepoly()
        ((20, -5.77), (0, 11.55), (-20, -5.77))
        """
        shape = self._present_shape()
        if shape._type == 'polygon':
            return self._getshapepoly(shape._data)

    def _present_shape(self):
        """The Shape that the turtle has now."""
        return self.screen._shapes[self.turtle.shapeIndex]

    def _getshapepoly(self, polygon, compound=False):
        """The polygon sized, sheared and tilted as resizemode says; compound shapes always are."""
        if self._resizemode == 'user' or compound:
            t11, t12, t21, t22 = self._shapetrafo
        elif self._resizemode == 'auto':
            t11 = t22 = max(1, self._pensize / 5.0)
            t12 = t21 = 0
        else:
            return polygon
        return tuple((t11 * x + t12 * y, t21 * x + t22 * y) for x, y in polygon)

    def _polytrafo(self, poly):
        """The polygon turned to the heading and moved to the position; its size stays the same in every scale."""
        screen = self.screen
        px, py = self._position
        ex, ey = self._orient
        direction = Vec2D(ex, ey * screen.yscale / screen.xscale)
        ex, ey = direction * (1.0 / abs(direction))
        return [(px + (ey * x + ex * y) / screen.xscale, py + (ey * y - ex * x) / screen.yscale) for x, y in poly]

    def _outline_of_shape(self):
        """How wide the edge of a polygon is drawn."""
        return {'auto': self._pensize, 'noresize': 1}.get(self._resizemode, self._outlinewidth)

    def _pieces(self, shape):
        """The polygons of a polygon or compound shape as they are drawn: (corners, looks) of each."""
        if shape._type == 'polygon':
            looks = {'fill': self._fillcolor, 'outline': self._pencolor, 'width': self._outline_of_shape()}
            yield self._polytrafo(self._getshapepoly(shape._data)), looks
            return
        for corners, fill, outline in shape._data:
            looks = {'fill': self._cc(fill), 'outline': self._cc(outline), 'width': self._outlinewidth}
            yield self._polytrafo(self._getshapepoly(corners, True)), looks

    def _drawturtle(self):
        """Show the turtle where it is, or hide it."""
        screen, image = self.screen, self.turtle
        shape = self._present_shape()
        if self._shown and screen._updatecounter == 0 and screen._tracing > 0:
            self._hidden_from_screen = False
            if shape._type == 'image':
                screen._drawimage(image._item, self._position, shape._data)
            else:
                for item, (corners, looks) in zip(image.items(), self._pieces(shape)):
                    screen._drawpoly(item, corners, top=True, **looks)
        elif not self._hidden_from_screen:
            self._hidden_from_screen = True
            if shape._type == 'image':
                screen._drawimage(image._item, self._position, screen._shapes['blank']._data)
            else:
                for item in image.items():
                    screen._drawpoly(item, _NOWHERE, fill='', outline='')

    # -- stamps

    def stamp(self):
        """Leave a copy of the turtle's shape here; return a number (of a compound shape a tuple) for clearstamp().

        Example (for a Turtle instance named turtle):
        >>> turtle.penup()
        >>> for i in range(5):
        ...     number = turtle.stamp()
        ...     turtle.forward(40)
        """
        screen = self.screen
        shape = self._present_shape()
        if shape._type == 'image':
            stamp = screen._createimage('')
            screen._drawimage(stamp, self._position, shape._data)
        else:
            items = []
            for corners, looks in self._pieces(shape):
                items.append(screen._createpoly())
                screen._drawpoly(items[-1], corners, **looks)
            stamp = items[0] if shape._type == 'polygon' else tuple(items)
        self.stampItems.append(stamp)
        self._record('stamp', stamp)
        return stamp

    def _clearstamp(self, stampid):
        if stampid not in self.stampItems:
            return
        for item in stampid if isinstance(stampid, tuple) else (stampid,):
            self.screen._delete(item)
        self.stampItems.remove(stampid)
        if self.undobuffer is not None:
            self.undobuffer.discard(('stamp', stampid))

    def clearstamp(self, stampid):
        """Delete the stamp that stamp() returned this number for.

        Argument:
        stampid -- an integer, or a tuple of them

        Example (for a Turtle instance named turtle):
        >>> mark = turtle.stamp()
        >>> turtle.home()
        >>> turtle.clearstamp(mark)
        """
        self._clearstamp(stampid)
        self._update()

    def clearstamps(self, n=None):
        """Delete stamps of the turtle.

        Argument:
        n -- how many: the first n, the last -n if n is negative, all of them if not given (optional)

        Example (for a Turtle instance named turtle):
        >>> turtle.clearstamps(3)       # the three oldest
        >>> turtle.clearstamps(-1)      # the latest
        >>> turtle.clearstamps()        # the others
        """
        if n is None:
            chosen = self.stampItems[:]
        else:
            chosen = self.stampItems[:n] if n >= 0 else self.stampItems[n:]
        for stamp in chosen:
            self._clearstamp(stamp)
        self._update()

    # -- moving

    def _line_mark(self):
        """What _cut_line() needs to take the lines back to how they are now: lists that only grow, and their lengths."""
        return self.currentLineItem, self.currentLine, len(self.currentLine), len(self.items)

    def _cut_line(self, mark):
        """Undo all drawing of lines since a _line_mark."""
        item, line, points, count = mark
        screen = self.screen
        for extra in self.items[count:]:
            screen._delete(extra)
        del self.items[count:], line[points:]
        self.currentLineItem, self.currentLine = item, line
        if points > 1:
            screen._drawline(item, line, self._pencolor, self._pensize)
        else:
            screen._drawline(item, _NOWHERE[:2], fill='', width=self._pensize)

    def _walk(self, start, end, anchor):
        """Be seen walking from start to end, with the line from anchor growing or shrinking."""
        screen, way = self.screen, end - start
        x, y = way
        pixels = math.hypot(x * screen.xscale, y * screen.yscale)
        hops = 1 + int(pixels / (3 * self._speed * 1.1 ** self._speed))
        for hop in range(1, hops):
            self._position = start + way * (hop / hops)
            if self._drawing:
                screen._drawline(self.drawingLineItem, (anchor, self._position), self._pencolor, self._pensize, hop == 1)
            self._update()
        if self._drawing:
            screen._drawline(self.drawingLineItem, _NOWHERE[:2], fill='', width=self._pensize)

    def _goto(self, end):
        """Move to the point end; everything that moves the turtle comes here."""
        start = self._position
        self._record('go', start, self._line_mark(), self._fillpath is not None)
        if self._animated():
            self._walk(start, end, start)
        if self._drawing:
            self.currentLine.append(end)
        if self._fillpath is not None:
            self._fillpath.append(end)
        self._position = end
        if self._creatingPoly:
            self._poly.append(end)
        if len(self.currentLine) > _LONGEST_LINE:
            self._newLine()
        self._update()

    def _undogoto(self, entry):
        """Move back as an entry of _goto says."""
        start, mark, filled = entry
        self._cut_line(mark)
        if self._animated():
            self._walk(self._position, start, start)
        self._position = start
        if self._creatingPoly:
            self._poly.pop()
            if not self._poly:
                self._creatingPoly, self._poly = False, None
        if filled and self._fillpath:
            self._fillpath.pop()
        self._update()

    def _rotate(self, angle):
        """Turn counterclockwise by angle (in angle units); everything that turns the turtle comes here."""
        degrees = angle
        degrees *= self._degreesPerAU
        self._record('rot', degrees)
        goal = self._orient.rotate(degrees)
        if self._animated():
            steps = 1 + int(abs(degrees) / (3.0 * self._speed))
            for _ in range(steps):
                self._orient = self._orient.rotate(1.0 * degrees / steps)
                self._update()
        self._orient = goal
        self._update()

    # -- filling

    def filling(self):
        """Return whether a shape is being drawn that will be filled.

        Example (for a Turtle instance named turtle):
        >>> turtle.begin_fill()
        >>> turtle.filling()
        True
        """
        return self._fillpath is not None

    def begin_fill(self):
        """To be called before a shape is drawn that is to be filled.

        Example (for a Turtle instance named turtle):
        >>> turtle.begin_fill()
        >>> for side in range(3):
        ...     turtle.forward(90)
        ...     turtle.left(120)
        >>> turtle.end_fill()
        """
        if self._fillpath is None:
            self._fillitem = self.screen._createpoly()
            self.items.append(self._fillitem)
        self._record('beginfill', self._fillitem)
        self._fillpath = [self._position]
        self._newLine()
        self._update()

    def end_fill(self):
        """Fill the shape drawn since begin_fill().

        Example (for a Turtle instance named turtle):
        >>> turtle.fillcolor("gold")
        >>> turtle.begin_fill()
        >>> turtle.circle(35, steps=8)
        >>> turtle.end_fill()
        """
        if not self.filling():
            return
        if len(self._fillpath) > 2:
            self.screen._drawpoly(self._fillitem, self._fillpath, fill=self._fillcolor)
            self._record('dofill', self._fillitem)
        self._fillitem = self._fillpath = None
        self._update()

    # -- dots and text

    def dot(self, size=None, *color):
        """Draw a dot here.

        Arguments:
        size -- a number, the diameter; if not given the larger of pensize+4 and 2*pensize (optional)
        color -- a colour string, three numbers or a tuple of them; pencolor if not given (optional)

        Example (for a Turtle instance named turtle):
        >>> turtle.dot(12)
        >>> turtle.dot(6, "white")
        """
        if not color and isinstance(size, (str, tuple)):
            size, color = None, (size,)
        color = self._colorstr(color) if color else self._pencolor
        if not size:
            size = self._pensize + max(self._pensize, 4)
        self._record('dot', self._line_mark())
        self._newLine()
        screen, spot = self.screen, self.currentLineItem
        screen._drawline(spot, (self._position, self._position), color, size)
        self.currentLineItem = screen._createline()
        self.items.append(self.currentLineItem)
        self._update()

    def write(self, arg, move=False, align="left", font=("Arial", 8, "normal")):
        """Write text at the turtle's position.

        Arguments:
        arg -- what to write, as str() gives it
        move -- True: move the turtle to the lower right corner of the text (optional)
        align -- "left", "center" or "right": where the position is in the text (optional)
        font -- a tuple (name, size, kind) (optional)

        Example (for a Turtle instance named turtle):
        >>> turtle.write("I am here: ", move=True)
        >>> turtle.write(turtle.pos(), font=("Courier", 14, "bold"))
        """
        with self._together():
            end = self._write(str(arg), align.lower(), font)
            if move:
                self.setpos(end, self.ycor())

    def _write(self, txt, align, font):
        """Write txt and return the x where it ends."""
        item, end = self.screen._write(self._position, txt, align, font, self._pencolor)
        self.items.append(item)
        self._record('wri', item)
        return end

    # -- polygons

    def begin_poly(self):
        """Begin to record the corners of a polygon; the first one is here.

        Example (for a Turtle instance named turtle):
        >>> turtle.begin_poly()
        >>> turtle.circle(20, steps=5)
        >>> turtle.end_poly()
        """
        self._creatingPoly = True
        self._poly = [self._position]

    def end_poly(self):
        """Record no more corners; the last one is here, and will be joined with the first.

        Example (for a Turtle instance named turtle):
        >>> turtle.end_poly()
        >>> corners = turtle.get_poly()
        """
        self._creatingPoly = False

    def get_poly(self):
        """Return the polygon that was recorded last, a tuple of Vec2D.

        Example (for a Turtle instance named turtle):
        >>> turtle.getscreen().register_shape("pentagon", turtle.get_poly())
        >>> turtle.shape("pentagon")
        """
        if self._poly is not None:
            return tuple(self._poly)

    # -- events

    def onclick(self, fun, btn=1, add=None):
        """Call fun(x, y) when the turtle is clicked.

        Arguments:
        fun -- a function of two arguments, the coordinates of the point; None removes the binding
        btn -- the number of the mouse button, 1 the left one (optional)
        add -- True: keep what was bound before (optional)

        Example (for a Turtle instance named turtle):
        >>> turtle.onclick(lambda x, y: turtle.write("ouch"))
        >>> turtle.onclick(None)        # not any more
        """
        for item in self.turtle.items():
            self.screen._onclick(item, fun, btn, add)
        self._update()

    def onrelease(self, fun, btn=1, add=None):
        """Call fun(x, y) when a mouse button that was pressed on the turtle is released.

        Arguments:
        fun -- a function of two arguments, the coordinates of the point; None removes the binding
        btn -- the number of the mouse button, 1 the left one (optional)
        add -- True: keep what was bound before (optional)

        Example (for a Turtle instance named turtle):
        >>> turtle.onclick(lambda x, y: turtle.shapesize(3))
        >>> turtle.onrelease(lambda x, y: turtle.shapesize(1))
        """
        for item in self.turtle.items():
            self.screen._onrelease(item, fun, btn, add)
        self._update()

    def ondrag(self, fun, btn=1, add=None):
        """Call fun(x, y) while the mouse moves with a button pressed on the turtle.

        Arguments:
        fun -- a function of two arguments, the coordinates of the point; None removes the binding
        btn -- the number of the mouse button, 1 the left one (optional)
        add -- True: keep what was bound before (optional)

        Such moves always come after a click on the turtle.

        Example (for a Turtle instance named turtle):
        >>> turtle.ondrag(turtle.goto)    # the turtle can be dragged, drawing
        """
        for item in self.turtle.items():
            self.screen._ondrag(item, fun, btn, add)

    # -- undo

    def setundobuffer(self, size):
        """Set how many things can be undone; what is remembered so far is forgotten.

        Argument:
        size -- an integer; None or 0: undo nothing

        Example (for a Turtle instance named turtle):
        >>> turtle.setundobuffer(200)
        """
        self.undobuffer = Tbuffer(size) if size is not None and size > 0 else None

    def undobufferentries(self):
        """Return the number of things that can be undone.

        Example (for a Turtle instance named turtle):
        >>> turtle.home()       # a move and a turn
        >>> turtle.undobufferentries()
        2
        """
        return 0 if self.undobuffer is None else self.undobuffer.nr_of_items()

    def _record(self, kind, *data):
        """Remember how to undo what is done next."""
        if self.undobuffer is not None and not self._undoing:
            self.undobuffer.push((kind, *data))

    @contextmanager
    def _together(self):
        """What is done meanwhile is undone at once."""
        undo = self.undobuffer
        if undo is None or undo.cumulate:
            yield
            return
        series = ['seq']
        undo.push(series)
        undo.cumulate = True
        try:
            yield
        finally:
            undo.cumulate = False
            if len(series) == 1:
                undo.discard(series)

    def undo(self):
        """Undo the last thing that the turtle did, again and again as often as it was remembered.

        Example (for a Turtle instance named turtle):
        >>> turtle.forward(60)
        >>> turtle.left(15)
        >>> turtle.undo()       # looks the way it walked
        >>> turtle.undo()       # back again
        """
        if not self.undobufferentries():
            return
        entry = self.undobuffer.pop()
        entries = entry[:0:-1] if entry[0] == 'seq' else [entry]
        self._undoing = True
        try:
            for kind, *data in entries:
                self._undo(kind, data)
        finally:
            self._undoing = False

    def _undo(self, action, data):
        """Undo one entry: its kind and the rest of it."""
        if action == 'go':
            self._undogoto(data)
        elif action == 'rot':
            self._rotate(-data[0] / self._degreesPerAU)
        elif action == 'pen':
            TPen.pen(self, data[0])
        elif action == 'dot':
            self._cut_line(data[0])
        elif action == 'stamp':
            self.clearstamp(data[0])
        elif action in ('wri', 'beginfill'):
            self.screen._delete(data[0])
            if data[0] in self.items:
                self.items.remove(data[0])
            if action == 'beginfill':
                self._fillitem = self._fillpath = None
        elif action == 'dofill':
            self.screen._drawpoly(data[0], _NOWHERE, fill='', outline='')


RawPen = RawTurtle
