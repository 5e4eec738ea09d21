# SPDX-License-Identifier: MIT
"""Turtle graphics: draw by telling a turtle where to go.

A turtle begins in the middle of a window and draws a line where it moves:

    from turtle import *
    color('red', 'yellow')
    begin_fill()
    for i in range(36):
        forward(200)
        left(170)
    end_fill()
    done()

There are two ways to use it.  Functions such as forward() move one nameless turtle; the window opens
by itself.  Or make turtles with Turtle(), as many as you like, and call the methods of the same names;
Screen() returns the object for the window.  RawTurtle and TurtleScreen do the same on a canvas that a
tkinter program has made itself.

Turtles have a pen with colour and width, can be seen in several shapes or ones of your own, fill what
they draw around, stamp, write and undo; they react to the mouse, the screen to mouse, keys and timers.
The settings to begin with can be changed in a file turtle.cfg, see readconfig().

The parts are in the package _turtle.
"""
import inspect
import math
import sys
import time
import tkinter as TK
import types
from copy import deepcopy
from os.path import isfile, join, split
from tkinter import simpledialog

from _turtle.config import _CFG, config_dict, readconfig
from _turtle.vector import Vec2D
from _turtle.canvas import ScrolledCanvas, _Root
from _turtle.base import TurtleScreenBase
from _turtle.screen import Shape, Terminator, TurtleGraphicsError, TurtleScreen
from _turtle.navigator import TNavigator
from _turtle.pen import TPen
from _turtle.raw import RawPen, RawTurtle, Tbuffer, _TurtleImage
from _turtle.window import Pen, Screen, Turtle, _Screen
from _turtle.functions import (
    _LANGUAGE, _alias_list, _define_functions, _on_screen, _on_turtle, _screen_docrevise, _tg_screen_functions,
    _tg_turtle_functions, _turtle_docrevise, _use_language, getmethparlist, read_docstrings, write_docstringdict,
)

_tg_classes = ['ScrolledCanvas', 'TurtleScreen', 'Screen', 'RawTurtle', 'Turtle', 'RawPen', 'Pen', 'Shape', 'Vec2D']
_tg_utilities = ['write_docstringdict', 'done']

__all__ = _tg_classes + _tg_screen_functions + _tg_turtle_functions + _tg_utilities + ['Terminator']

for _part in (config_dict, readconfig, Vec2D, ScrolledCanvas, _Root, TurtleScreenBase, Shape, Terminator,
              TurtleGraphicsError, TurtleScreen, TNavigator, TPen, RawTurtle, Tbuffer, _TurtleImage, Screen, Turtle,
              _Screen, getmethparlist, read_docstrings, write_docstringdict):
    _part.__module__ = __name__
del _part

_use_language()
_define_functions(globals())
done = mainloop

if __name__ == '__main__':
    from _turtle.show import main
    main()
