# SPDX-License-Identifier: MIT
"""Shape and TurtleScreen: what a screen keeps, and its public methods."""
import math
import sys

from .base import TurtleScreenBase
from .config import _CFG


class Terminator(Exception):
    """Raised by what is done to a screen after its window was closed; ends the program that did it."""


class TurtleGraphicsError(Exception):
    """Something that turtle graphics cannot do."""


def _check_running():
    """Tell the program, once, that its window was closed."""
    running, TurtleScreen._RUNNING = TurtleScreen._RUNNING, True
    if not running:
        raise Terminator


class Shape:
    """The look of a turtle.

    type_ is "polygon" (data: the corners), "image" (data: an image, for internal use) or "compound" (no
    data; addcomponent() adds the polygons it consists of).
    """

    def __init__(self, type_, data=None):
        if type_ == 'polygon':
            data = tuple(data) if isinstance(data, list) else data
        elif type_ == 'compound':
            data = []
        elif type_ != 'image':
            raise TurtleGraphicsError('There is no shape type %s' % type_)
        self._type = type_
        self._data = data

    def addcomponent(self, poly, fill, outline=None):
        """Add a polygon to a compound shape.

        Arguments:
        poly -- a tuple of pairs of numbers
        fill -- the colour it is filled with
        outline -- the colour of its edge; without it that of fill

        Example:
        >>> flag = Shape("compound")
        >>> flag.addcomponent(((0, 0), (0, 30), (1, 30), (1, 0)), "black")
        >>> flag.addcomponent(((1, 30), (15, 25), (1, 20)), "red", "darkred")
        >>> Screen().register_shape("flag", flag)
        """
        if self._type != 'compound':
            raise TurtleGraphicsError('Cannot add component to %s Shape' % self._type)
        self._data.append([poly, fill, fill if outline is None else outline])


def _regular(corners, radius, turn, sign=1):
    """The corners of a regular polygon, rounded to hundredths; turn (degrees) is where the first one is."""
    angles = [math.radians(turn + sign * 360.0 * i / corners) for i in range(corners)]
    return tuple((round(radius * math.cos(a), 2), round(radius * math.sin(a), 2)) for a in angles)


def _turtle_outline():
    """The corners of the shape "turtle": its right side from the tail to the nose, mirrored."""
    left = [(-2, 14), (-1, 10), (-4, 7), (-7, 9), (-9, 8), (-6, 5), (-7, 1), (-5, -3), (-8, -6), (-6, -8), (-4, -5)]
    return ((0, 16), *left, (0, -7), *((-x, y) for x, y in reversed(left)))


_POLYGONS = {
    'arrow': ((-10, 0), (10, 0), (0, 10)),
    'turtle': _turtle_outline(),
    'circle': _regular(20, 10, 0),
    'square': ((10, -10), (10, 10), (-10, 10), (-10, -10)),
    'triangle': ((10, -5.77), (0, 11.55), (-10, -5.77)),
    'classic': ((0, 0), (-5, -9), (0, -7), (5, -9)),
}


class TurtleScreen(TurtleScreenBase):
    """The screen of turtles: background, coordinates, colours, shapes, pace and events.

    cv is a canvas of tkinter or a ScrolledCanvas, mode "standard", "logo" or "world", colormode 1.0 or
    255, delay the milliseconds between two pictures.
    """

    _RUNNING = True     # False after the window was closed, until somebody has been told so

    def __init__(self, cv, mode=_CFG['mode'], colormode=_CFG['colormode'], delay=_CFG['delay']):
        super().__init__(cv)
        self._shapes = {name: Shape('polygon', corners) for name, corners in _POLYGONS.items()}
        self._shapes['blank'] = Shape('image', self._blankimage())
        self._bgpics = {'nopic': ''}
        self._mode = mode
        self._delayvalue = delay
        self._colormode = colormode
        self._keys = []
        self.clear()
        if sys.platform == 'darwin':    # a new window would stay behind the terminal's
            window = cv.winfo_toplevel()
            window.call('wm', 'attributes', '.', '-topmost', '1')
            window.call('wm', 'attributes', '.', '-topmost', '0')

    def clear(self):
        """Delete all drawings and all turtles from the screen.

        The empty screen is as new: white, without background picture, without event bindings, tracing on.
        This method is also there as the function clearscreen(); clear() is the turtle's.

        Example (for a TurtleScreen instance named screen):
        >>> screen.clear()
        """
        self._delayvalue = _CFG['delay']
        self._colormode = _CFG['colormode']
        self._delete('all')
        self._bgpic = self._createimage('')
        self._bgpicname = 'nopic'
        self._tracing = 1
        self._updatecounter = 0
        self._turtles = []
        self.bgcolor('white')
        for button in (1, 2, 3):
            self.onclick(None, button)
        self.onkeypress(None)
        while self._keys:
            key = self._keys[-1]
            self._onkeypress(None, key)
            self.onkey(None, key)

    def mode(self, mode=None):
        """Set the mode of the turtles ("standard", "logo" or "world") and reset them; return the mode if none is given.

        "standard" begins to the east and counts angles counterclockwise, "logo" begins to the north and
        counts clockwise, "world" uses coordinates of the user, see setworldcoordinates().

        Examples (for a TurtleScreen instance named screen):
        >>> screen.mode("logo")
        >>> turtle.towards(10, 0)
        90.0
        """
        if mode is None:
            return self._mode
        mode = mode.lower()
        if mode not in ('standard', 'logo', 'world'):
            raise TurtleGraphicsError('No turtle-graphics-mode %s' % mode)
        self._mode = mode
        if mode != 'world':
            wide, high = self.canvwidth, self.canvheight
            self._setscrollregion(-wide // 2, -high // 2, wide // 2, high // 2)
            self.xscale = self.yscale = 1.0
        self.reset()

    def setworldcoordinates(self, llx, lly, urx, ury):
        """Use coordinates of your own, in mode "world".

        Arguments:
        llx, lly -- x and y of the lower left corner of the canvas
        urx, ury -- x and y of the upper right corner

        What is there already is drawn again in the new coordinates, where right angles may not look right.
        If the mode was another one the screen is reset.

        Example (for a TurtleScreen instance named screen):
        >>> screen.setworldcoordinates(0, 0, 24, 1000)      # hours, metres
        """
        if self._mode != 'world':
            self.mode('world')
        before = self.xscale, self.yscale
        wide, high = (side - 20 for side in self._window_size())    # room for borders and scroll bars
        self.screensize(wide, high)
        wide, high = self.canvwidth, self.canvheight
        self.xscale = float(wide) / (urx - llx)
        self.yscale = float(high) / (ury - lly)
        left, top = llx * self.xscale, -ury * self.yscale
        self._setscrollregion(left, top, left + wide, top + high)
        self._rescale(self.xscale / before[0], self.yscale / before[1])
        self.update()

    def register_shape(self, name, shape=None):
        """Add a shape to the screen's, for turtle.shape(name).

        Aliases: register_shape | addshape

        Arguments: one of
        (1) name -- the name of a gif file; shape None: the shape is that image, and does not turn
        (2) name -- any string; shape a tuple of pairs of numbers: the shape is that polygon
        (3) name -- any string; shape a Shape object, perhaps a compound one

        Example (for a TurtleScreen instance named screen):
        >>> screen.register_shape("needle", ((-1, 0), (0, 40), (1, 0), (0, -5)))
        """
        if shape is None:
            if not name.lower().endswith('.gif'):
                raise TurtleGraphicsError('Bad arguments for register_shape.\nUse  help(register_shape)')
            shape = Shape('image', self._image(name))
        elif isinstance(shape, tuple):
            shape = Shape('polygon', shape)
        self._shapes[name] = shape

    addshape = register_shape

    def getshapes(self):
        """Return the names of all shapes, sorted.

        Example (for a TurtleScreen instance named screen):
        >>> screen.getshapes()
        ['arrow', 'blank', 'circle', ... , 'turtle']
        """
        return sorted(self._shapes)

    # -- colours

    def _colorstr(self, color):
        """The name that the toolkit has for a colour; color is the tuple of a method's arguments."""
        color = color[0] if len(color) == 1 else color
        if isinstance(color, str):
            if color == '' or self._iscolorstring(color):
                return color
            raise TurtleGraphicsError('bad color string: %s' % color)
        try:
            r, g, b = color
        except (TypeError, ValueError):
            raise TurtleGraphicsError('bad color arguments: %s' % str(color))
        if self._colormode == 1.0:
            r, g, b = (round(255.0 * part) for part in (r, g, b))
        if not (0 <= r <= 255 and 0 <= g <= 255 and 0 <= b <= 255):
            raise TurtleGraphicsError('bad color sequence: %s' % str(color))
        return '#%02x%02x%02x' % (r, g, b)

    def _color(self, cstr):
        """A colour as the user is told it: '#...' as three numbers in the range of colormode, names as they are."""
        digits = cstr[1:]
        if not cstr.startswith('#') or len(digits) not in (3, 6):
            return cstr
        if len(digits) == 3:
            digits = ''.join(digit * 2 for digit in digits)
        return tuple(int(digits[i:i + 2], 16) * self._colormode / 255 for i in (0, 2, 4))

    def colormode(self, cmode=None):
        """Return the colormode, or set it to 1.0 or 255: the r, g, b of colours are then in the range 0..cmode.

        Example (for a TurtleScreen instance named screen):
        >>> screen.colormode(255)
        >>> screen.bgcolor(255, 250, 205)
        """
        if cmode is None:
            return self._colormode
        for allowed in (1.0, 255):
            if cmode == allowed:
                self._colormode = allowed

    def bgcolor(self, *args):
        """Return or set the colour of the background.

        Arguments (if given): a colour string, three numbers in the range 0..colormode, or a tuple of them.

        Example (for a TurtleScreen instance named screen):
        >>> screen.bgcolor("navy")
        >>> screen.bgcolor()
        'navy'
        >>> screen.bgcolor((1, .8, 0))
        >>> screen.bgcolor()
        (1.0, 0.8, 0.0)
        """
        if args:
            self._bgcolor(self._colorstr(args))
        else:
            return self._color(self._bgcolor())

    def bgpic(self, picname=None):
        """Show a picture in the background; return the name of the present one if none is given.

        Argument:
        picname -- the name of a gif file, or "nopic" to remove the picture (optional)

        Example (for a TurtleScreen instance named screen):
        >>> screen.bgpic("meadow.gif")
        >>> screen.bgpic()
        'meadow.gif'
        >>> screen.bgpic("nopic")
        """
        if picname is None:
            return self._bgpicname
        image = self._bgpics.get(picname)
        if image is None:
            image = self._bgpics[picname] = self._image(picname)
        self._bgpicname = picname
        self._setbgpic(self._bgpic, image)

    # -- turtles and their pace

    def reset(self):
        """Reset all turtles of the screen to their initial state.

        As a function it is resetscreen(); reset() is the turtle's.

        Example (for a TurtleScreen instance named screen):
        >>> screen.reset()
        """
        for one in self._turtles:
            one._setmode(self._mode)
            one.reset()

    def turtles(self):
        """Return the list of turtles on the screen.

        Example (for a TurtleScreen instance named screen):
        >>> for one in screen.turtles():
        ...     one.hideturtle()
        """
        return self._turtles

    def tracer(self, n=None, delay=None):
        """Turn the animation of turtles off and on, and set the delay between pictures.

        Arguments:
        n -- only every n-th regular update is shown; 0: none, until update() is called (optional)
        delay -- milliseconds, see delay() (optional)

        Without arguments return n.

        Example (for a TurtleScreen instance named screen):
        >>> screen.tracer(0)
        >>> for i in range(90):
        ...     turtle.forward(3 * i)
        ...     turtle.left(61)
        >>> screen.update()         # all of it at once
        >>> screen.tracer(1)
        """
        if n is None:
            return self._tracing
        self._tracing, self._updatecounter = int(n), 0
        if delay is not None:
            self.delay(delay)
        if self._tracing != 0:
            self.update()

    def delay(self, delay=None):
        """Return or set the delay in milliseconds between two pictures.

        Argument:
        delay -- a number not less than 0 (optional)

        Example (for a TurtleScreen instance named screen):
        >>> screen.delay(0)     # as fast as possible
        """
        if delay is None:
            return self._delayvalue
        self._delayvalue = int(delay)

    def _incrementudc(self):
        """Count an update; the picture is due when the counter is 0.  Terminator after the window was closed."""
        _check_running()
        if self._tracing > 0:
            self._updatecounter = (self._updatecounter + 1) % self._tracing

    def update(self):
        """Show everything as it is now, to be used when tracer is turned off.

        Example (for a TurtleScreen instance named screen):
        >>> screen.update()
        """
        tracing, self._tracing = self._tracing, True
        for turtle in self.turtles():
            turtle._update_data()
            turtle._drawturtle()
        self._tracing = tracing
        self._update()

    # -- size

    def window_width(self):
        """Return the width of the turtle window in pixels.

        Example (for a TurtleScreen instance named screen):
        >>> screen.window_width()
        640
        """
        return self._window_size()[0]

    def window_height(self):
        """Return the height of the turtle window in pixels.

        Example (for a TurtleScreen instance named screen):
        >>> screen.window_height()
        480
        """
        return self._window_size()[1]

    def getcanvas(self):
        """Return the canvas of the screen, for those who know tkinter.

        Example (for a TurtleScreen instance named screen):
        >>> cv = screen.getcanvas()
        """
        return self.cv

    def screensize(self, canvwidth=None, canvheight=None, bg=None):
        """Set the size of the area that turtles draw on, not that of the window; scroll bars show the rest.

        Arguments:
        canvwidth, canvheight -- positive integers, pixels (optional)
        bg -- the background, a colour string or tuple (optional)

        Without arguments return (canvwidth, canvheight).

        Example (for a TurtleScreen instance named screen):
        >>> screen.screensize(1000, 3000)
        """
        return self._resize(canvwidth, canvheight, bg)

    # -- events

    def onclick(self, fun, btn=1, add=None):
        """Call fun(x, y) when the canvas is clicked.

        Arguments:
        fun -- a function of two arguments, the coordinates of the point; None removes the binding
        btn -- the number of the mouse button, 1 the left one
        add -- True: keep what was bound before

        As functions: onscreenclick() is this one, onclick() the turtle's.

        Example (for a TurtleScreen instance named screen):
        >>> screen.onclick(turtle.goto)    # turtles go where you click
        >>> screen.onclick(None)
        """
        self._onscreenclick(fun, btn, add)

    def _note_key(self, fun, key):
        """Remember that key has a binding, or no longer has one."""
        known = key in self._keys
        if known and fun is None:
            self._keys.remove(key)
        elif fun is not None and not known:
            self._keys.append(key)

    def onkey(self, fun, key):
        """Call fun() when key is released.

        Aliases: onkey | onkeyrelease

        Arguments:
        fun -- a function without arguments; None removes the binding
        key -- a character such as "a" or the name of a key such as "space"

        The screen must have the keyboard, see listen().

        Example (for a TurtleScreen instance named screen):
        >>> screen.onkey(turtle.undo, "BackSpace")
        >>> screen.listen()
        """
        self._note_key(fun, key)
        self._onkeyrelease(fun, key)

    def onkeypress(self, fun, key=None):
        """Call fun() when key is pressed; without key, when any key is.

        Arguments:
        fun -- a function without arguments; None removes the binding
        key -- a character such as "a" or the name of a key such as "space" (optional)

        The screen must have the keyboard, see listen().

        Example (for a TurtleScreen instance named screen):
        >>> screen.onkeypress(lambda: turtle.forward(5), "Up")
        >>> screen.listen()
        """
        if key is not None:
            self._note_key(fun, key)
        self._onkeypress(fun, key)

    def listen(self, xdummy=None, ydummy=None):
        """Give the screen the keyboard, to collect key events.

        The arguments are not used: they let listen be given to onclick.

        Example (for a TurtleScreen instance named screen):
        >>> screen.listen()
        """
        self._listen()

    def ontimer(self, fun, t=0):
        """Call fun() after t milliseconds.

        Arguments:
        fun -- a function without arguments
        t -- a number not less than 0

        Example (for a TurtleScreen instance named screen):
        >>> def tick():
        ...     turtle.right(6)
        ...     screen.ontimer(tick, 1000)
        >>> tick()
        """
        self._ontimer(fun, t)

    onscreenclick = onclick
    resetscreen = reset
    clearscreen = clear
    onkeyrelease = onkey
