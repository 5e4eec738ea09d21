# SPDX-License-Identifier: MIT
"""Screen and Turtle: the one window of a program, made when it is first needed, and the turtles on it."""
from .canvas import _Root
from .config import _CFG
from .raw import RawTurtle
from .screen import TurtleScreen


def Screen():
    """Return the screen of the program's turtles, with its window; made if there is none."""
    if Turtle._screen is None:
        Turtle._screen = _Screen()
    return Turtle._screen


class _Screen(TurtleScreen):
    """The screen in the program's window, see Screen()."""

    _root = None
    _canvas = None
    _title = _CFG['title']

    def __init__(self):
        if _Screen._root is None:
            _Screen._root = _Root()
            _Screen._root.title(_Screen._title)
            _Screen._root.ondestroy(self._destroy)
        self._root = _Screen._root
        if _Screen._canvas is None:
            self._root.setupcanvas(_CFG['width'], _CFG['height'], _CFG['canvwidth'], _CFG['canvheight'])
            _Screen._canvas = self._root._getcanvas()
            super().__init__(_Screen._canvas)
            self.setup(_CFG['width'], _CFG['height'], _CFG['leftright'], _CFG['topbottom'])

    def clear(self):
        super().clear()
        Turtle._pen = None

    clear.__doc__ = TurtleScreen.clear.__doc__
    clearscreen = clear

    def setup(self, width=_CFG['width'], height=_CFG['height'], startx=_CFG['leftright'], starty=_CFG['topbottom']):
        """Set the size and the place of the window.

        Arguments:
        width -- an integer: pixels; a float: a fraction of the display's
        height -- the same for the height
        startx -- pixels from the left edge of the display, if negative from the right, None: in the middle
        starty -- pixels from the upper edge of the display, if negative from the lower, None: in the middle

        Examples (for a Screen instance named screen):
        >>> screen.setup(640, 480, 10, 10)          # near the upper left corner
        >>> screen.setup(1.0, 0.25, starty=-1)      # all along the lower edge
        """
        root = self._root
        if not hasattr(root, 'set_geometry'):
            return
        wide, left = self._extent(width, root.win_width(), startx)
        high, top = self._extent(height, root.win_height(), starty)
        root.set_geometry(wide, high, left, top)
        self.update()

    @staticmethod
    def _extent(size, display, start):
        """Size and start in pixels along one side of the display."""
        if isinstance(size, float) and 0 <= size <= 1:
            size *= display
        return size, (display - size) / 2 if start is None else start

    def title(self, titlestring):
        """Set the title of the window.

        Argument:
        titlestring -- a string

        Example (for a Screen instance named screen):
        >>> screen.title("Spirals")
        """
        _Screen._title = titlestring
        if _Screen._root is not None:
            _Screen._root.title(titlestring)

    def _destroy(self):
        root = self._root
        if root is _Screen._root:
            Turtle._pen = Turtle._screen = None
            _Screen._root = _Screen._canvas = None
        TurtleScreen._RUNNING = False
        root.destroy()

    def bye(self):
        """Close the window.

        Example (for a Screen instance named screen):
        >>> screen.bye()
        """
        self._destroy()

    def exitonclick(self):
        """Close the window when it is clicked, and wait for that in the event loop.

        With using_IDLE = True in turtle.cfg the event loop is not entered: IDLE with -n has its own.

        Example (for a Screen instance named screen):
        >>> screen.exitonclick()
        """
        self.onclick(lambda x, y: self.bye())
        if not _CFG['using_IDLE']:
            self.mainloop()


class Turtle(RawTurtle):
    """A turtle in the program's window, which is opened if it is not there.

    The arguments are those of RawTurtle but the canvas.
    """

    _pen = None         # the turtle of the functions
    _screen = None      # what Screen() returns

    def __init__(self, shape=_CFG['shape'], undobuffersize=_CFG['undobuffersize'], visible=_CFG['visible']):
        super().__init__(Screen(), shape=shape, undobuffersize=undobuffersize, visible=visible)


Pen = Turtle
