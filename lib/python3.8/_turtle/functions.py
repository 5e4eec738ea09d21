# SPDX-License-Identifier: MIT
"""The methods of Turtle and Screen as functions, and the docstrings of both, also in other languages."""
import inspect
import re
from tkinter import TclError

from .config import _CFG
from .raw import RawTurtle
from .screen import TurtleScreen, _check_running
from .window import Screen, Turtle, _Screen

_tg_screen_functions = [
    'addshape', 'bgcolor', 'bgpic', 'bye', 'clearscreen', 'colormode', 'delay', 'exitonclick', 'getcanvas',
    'getshapes', 'listen', 'mainloop', 'mode', 'numinput', 'onkey', 'onkeypress', 'onkeyrelease', 'onscreenclick',
    'ontimer', 'register_shape', 'resetscreen', 'screensize', 'setup', 'setworldcoordinates', 'textinput', 'title',
    'tracer', 'turtles', 'update', 'window_height', 'window_width',
]
_tg_turtle_functions = [
    'back', 'backward', 'begin_fill', 'begin_poly', 'bk', 'circle', 'clear', 'clearstamp', 'clearstamps', 'clone',
    'color', 'degrees', 'distance', 'dot', 'down', 'end_fill', 'end_poly', 'fd', 'fillcolor', 'filling', 'forward',
    'get_poly', 'getpen', 'getscreen', 'get_shapepoly', 'getturtle', 'goto', 'heading', 'hideturtle', 'home', 'ht',
    'isdown', 'isvisible', 'left', 'lt', 'onclick', 'ondrag', 'onrelease', 'pd', 'pen', 'pencolor', 'pendown',
    'pensize', 'penup', 'pos', 'position', 'pu', 'radians', 'right', 'reset', 'resizemode', 'rt', 'seth',
    'setheading', 'setpos', 'setposition', 'settiltangle', 'setundobuffer', 'setx', 'sety', 'shape', 'shapesize',
    'shapetransform', 'shearfactor', 'showturtle', 'speed', 'st', 'stamp', 'tilt', 'tiltangle', 'towards',
    'turtlesize', 'undo', 'undobufferentries', 'up', 'width', 'write', 'xcor', 'ycor',
]
_alias_list = ['addshape', 'backward', 'bk', 'fd', 'ht', 'lt', 'pd', 'pos', 'pu', 'rt', 'seth', 'setpos',
               'setposition', 'st', 'turtlesize', 'up', 'width']


def getmethparlist(ob):
    """Return the parameters of a function, without the first, as two strings: to define it and to call it.

    >>> getmethparlist(Turtle.dot)
    ('(size=None, *color)', '(size, *color)')
    """
    spec = inspect.getfullargspec(ob)
    names = spec.args[1:]
    required = len(names) - len(spec.defaults or ())
    define = names[:required]
    define += ['%s=%r' % pair for pair in zip(names[required:], spec.defaults or ())]
    rest = [star + name for star, name in (('*', spec.varargs), ('**', spec.varkw)) if name]
    return '(%s)' % ', '.join(define + rest), '(%s)' % ', '.join(names + rest)


# -- the functions

def _call(method, *args, **named):
    """Call a method by name, of an object that is there; an error that comes from the window's end is Terminator."""
    try:
        return method(*args, **named)
    except TclError:
        _check_running()
        raise


def _on_turtle(name, *args, **named):
    """Do what the function of this name does: let the nameless turtle do it, which is made if need be."""
    if Turtle._pen is None:
        _check_running()
        Turtle._pen = Turtle()
    return _call(getattr(Turtle._pen, name), *args, **named)


def _on_screen(name, *args, **named):
    """The same for the methods of the screen."""
    if Turtle._screen is None:
        _check_running()
        Screen()
    return _call(getattr(Turtle._screen, name), *args, **named)


def _turtle_docrevise(docstr):
    """The docstring of a turtle's method as that of the function: without the name of the turtle."""
    return _without_name(docstr, _CFG['exampleturtle'])


def _screen_docrevise(docstr):
    """The docstring of a screen's method as that of the function: without the name of the screen."""
    return _without_name(docstr, _CFG['examplescreen'])


def _without_name(docstr, name):
    if docstr:
        docstr = re.sub(r' \(.+ %s\):' % name, ':', docstr.replace(name + '.', ''))
    return docstr


_FAMILIES = (
    ('_on_screen', _Screen, _tg_screen_functions, _screen_docrevise),
    ('_on_turtle', Turtle, _tg_turtle_functions, _turtle_docrevise),
)


def _define_functions(namespace):
    """Define all functions in the dictionary of a module, with the parameters of the methods."""
    lines = []
    for caller, cls, names, _ in _FAMILIES:
        for name in names:
            define, use = getmethparlist(getattr(cls, name))
            lines.append('def %s%s:\n    return %s(%r%s' % (name, define, caller, name, use.replace('(', ', ', 1) if use != '()' else ')'))
    exec('\n'.join(lines), namespace)
    for _, cls, names, revise in _FAMILIES:
        for name in names:
            namespace[name].__doc__ = revise(getattr(cls, name).__doc__)


# -- docstrings in other languages

_CLASSES = {'_Screen': _Screen, 'Turtle': Turtle, 'RawTurtle': RawTurtle, 'TurtleScreen': TurtleScreen}


def write_docstringdict(filename='turtle_docstringdict'):
    """Write the docstrings of all methods of Screen and Turtle to filename.py, as a template for translations.

    The file defines a dictionary, docsdict, from names such as 'Turtle.forward' to docstrings.  Translate
    them, call the file turtle_docstringdict_LANGUAGE.py and say `language = LANGUAGE` in turtle.cfg.
    """
    docs = {}
    for _, cls, names, _ in _FAMILIES:
        for name in names:
            if name not in _alias_list:
                docs['%s.%s' % (cls.__name__, name)] = getattr(cls, name).__doc__
    entries = ['%r :\n        """%s\n"""' % (key, docs[key]) for key in sorted(docs, key=str.lower)]
    with open('%s.py' % filename, 'w') as f:
        f.write('docsdict = {\n\n' + ',\n\n'.join(entries) + '\n\n}\n')


def read_docstrings(lang):
    """Replace docstrings of methods by those of the module turtle_docstringdict_LANG (lang in lower case)."""
    module = __import__('turtle_docstringdict_%s' % lang.lower())
    for key, text in module.docsdict.items():
        owner, _, name = key.partition('.')
        try:
            getattr(_CLASSES[owner], name).__doc__ = text
        except (KeyError, AttributeError):
            print('Bad docstring-entry: %s' % key)


_LANGUAGE = _CFG['language']


def _use_language():
    """Read the docstrings of the language that turtle.cfg asks for."""
    if _LANGUAGE == 'english':
        return
    try:
        read_docstrings(_LANGUAGE)
    except ImportError:
        print('Cannot find docsdict for', _LANGUAGE)
    except Exception:
        print('Unknown Error when trying to import %s-docstring-dictionary' % _LANGUAGE)
