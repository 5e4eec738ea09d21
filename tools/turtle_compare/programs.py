# SPDX-License-Identifier: MIT
"""Turtle programs for compare: each is drawn in one process and leaves a list of facts.

usage: programs.py OUT.json [NAME...]

A program is a function draw_NAME(T, screen, note).  note(label, function, ...) calls the function
and keeps its result or its exception; after each program the items of the canvas and the state of
every turtle are kept too.  Nothing here is an expected value: compare runs this file twice.
"""
import json
import sys


def plain(value):
    """value as something that is equal in two processes and can be written as JSON."""
    if isinstance(value, float):
        return float('%.9g' % (value + 0.0 if abs(value) > 1e-9 else 0.0))
    if isinstance(value, dict):
        return {str(key): plain(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, (list, tuple)):
        return [type(value).__name__] + [plain(one) for one in value]
    if value is None or isinstance(value, (str, int)):
        return value
    return '<%s>' % type(value).__name__


class Notes(list):
    """What a program has seen, in order."""

    def __call__(self, label, function, *args, **named):
        try:
            found = plain(function(*args, **named))
        except Exception as error:
            found = '%s: %s' % (type(error).__name__, error)
        self.append([label, found])


def items_of(canvas):
    """Every item that can be seen, from bottom to top: type, coordinates, options that differ from their defaults."""
    inner = getattr(canvas, '_canvas', canvas)
    rows = []
    for item in inner.find_all():
        options = {name: str(row[4]) for name, row in inner.itemconfigure(item).items() if row[3] != row[4]}
        if 'image' in options:
            options['image'] = '?'
        if options.get('fill') or options.get('outline') or inner.type(item) == 'image':
            rows.append([inner.type(item), plain(tuple(inner.coords(item))), options])
    return rows


STATE = ('_position', '_orient', '_pencolor', '_fillcolor', '_pensize', '_speed', '_shown', '_drawing', '_tilt',
         '_stretchfactor', '_shearfactor', '_shapetrafo', '_outlinewidth', '_resizemode', '_fullcircle', '_mode')


def state_of(turtle):
    """The private fields that two implementations share."""
    return [[name, plain(getattr(turtle, name, '?'))] for name in STATE] + [turtle.undobufferentries(), len(turtle.stampItems)]


def draw_first_steps(T, screen, note):
    t = T.Turtle()
    t.forward(50), t.left(30), t.fd(20), t.back(10), t.right(100), t.goto(10, 20), t.setx(5), t.sety(-7)
    note('items', items_of, screen.cv)
    t.home()
    for name in ('pos', 'heading', 'isdown', 'isvisible', 'speed', 'color', 'pen', 'shape', 'xcor', 'ycor', 'width'):
        note(name, getattr(t, name))
    note('towards', t.towards, 3, 4), note('distance', t.distance, (3, 4)), note('distance', t.distance, t)
    note('goto', t.goto, 'x'), note('goto', t.goto, 1)


def draw_colors_lines(T, screen, note):
    t = T.Turtle()
    t.pencolor('red'), t.pensize(3), t.fd(20), t.pencolor('red'), t.fd(5), t.color('blue', 'yellow'), t.fd(30)
    t.up(), t.fd(10), t.down(), t.lt(45), t.fd(10), t.color(.1, .2, .3), t.fd(3), t.color((.5, .5, 1)), t.fd(3)
    note('color', t.color)
    t.color((1, 0, 0), (0, 1, 0)), t.fd(4)
    note('color', t.color), note('pen', t.pencolor), note('fill', t.fillcolor)
    screen.colormode(255)
    t.color(10, 20, 30)
    note('color', t.color)
    for bad in ((), ('nocolor',), (1,), (1, 2), (300, 1, 1), ((1, 2),), ('red', 'blue', 'green'), ('#12',),
                ('#ff8000',), ('',), (None,), ('red', 3), (-1, 0, 0), ((1, 2, 'x'),), (1.5, 2.5, 3.5)):
        note('color%r' % (bad,), t.color, *bad)
        note('pencolor%r' % (bad,), t.pencolor, *bad)
        note('fillcolor%r' % (bad,), t.fillcolor, *bad)
        note('bgcolor%r' % (bad,), screen.bgcolor, *bad)
        note('now', t.color)
    note('colormode', screen.colormode, 3), note('colormode', screen.colormode, 1.0), note('colormode', screen.colormode)
    note('color', t.color)


def draw_fill(T, screen, note):
    t = T.Turtle()
    t.fillcolor('orange')
    note('filling', t.filling)
    t.begin_fill()
    note('filling', t.filling)
    t.fd(50), t.left(120), t.fd(50), t.left(120), t.fd(50)
    t.end_fill()
    note('items', items_of, screen.cv)
    t.begin_fill(), t.circle(20), t.begin_fill(), t.fd(3), t.end_fill()
    t.end_fill()
    note('items', items_of, screen.cv)
    for _ in range(9):
        t.undo()
        note('filling', t.filling), note('entries', t.undobufferentries)
        note('items', items_of, screen.cv)


def draw_circles(T, screen, note):
    t = T.Turtle()
    for args in ((20,), (-20,), (20, 90), (-20, 90), (20, -90), (30, None, 5), (30, 180, 3), (500,), (1,), (0,), (2, 720)):
        note('circle%r' % (args,), t.circle, *args)
        note('pos', t.pos), note('heading', t.heading), note('entries', t.undobufferentries)
    t.speed(0)
    t.circle(40, steps=6)
    t.radians(), t.circle(10, 3.14159), note('heading', t.heading), t.degrees(400), t.circle(10, 100), note('heading', t.heading)
    note('items', items_of, screen.cv)
    for _ in range(4):
        t.undo()


def draw_dots_text_stamps(T, screen, note):
    t = T.Turtle()
    t.dot(), t.dot(10, 'blue'), t.fd(10), t.dot(5.5, .1, .2, .3), t.dot('red'), t.dot((1, 0, 0)), t.dot(6, (0, 1, 0))
    note('items', items_of, screen.cv)
    note('dot', t.dot, 'nocolor'), note('dot', t.dot, 5, 'nocolor'), note('dot', t.dot, 'a', 'b')
    stamps = []
    for _ in range(5):
        stamps.append(t.stamp())
        t.fd(10)
    note('stamps', lambda: stamps)
    t.clearstamp(stamps[2]), t.clearstamps(1), t.clearstamps(-1)
    note('items', items_of, screen.cv)
    t.undo(), t.undo()
    t.clearstamps()
    for align in ('left', 'center', 'right'):
        t.write('Some text', False, align)
        note('moved', t.write, (1, 'x'), True, align, ('Arial', 12, 'bold')), note('pos', t.pos)
    note('write', t.write, 'x', font='Courier')
    note('items', items_of, screen.cv)
    while t.undobufferentries():
        t.undo()
        note('entries', t.undobufferentries), note('pos', t.pos), note('items', items_of, screen.cv)


def draw_shapes(T, screen, note):
    t = T.Turtle(shape='turtle')
    note('shapes', screen.getshapes)
    t.left(20)
    for name in ('arrow', 'circle', 'square', 'triangle', 'classic', 'blank', 'turtle'):
        t.shape(name), t.stamp(), t.fd(20)
    note('shape', t.shape, 'nothing'), note('shape', t.shape)
    t.shapesize(2, 3, 4), t.stamp(), t.fd(30), note('size', t.shapesize), note('mode', t.resizemode)
    t.shapesize(2), note('size', t.shapesize), t.shapesize(outline=2), note('size', t.shapesize)
    t.shapesize(stretch_len=5), note('size', t.shapesize), note('zero', t.shapesize, 0), note('zero', t.shapesize, 1, 0)
    t.tilt(30), t.stamp(), t.fd(20), note('tilt', t.tiltangle), t.settiltangle(-45), note('tilt', t.tiltangle)
    t.tiltangle(10), note('tilt', t.tiltangle), t.tilt(-100), note('tilt', t.tiltangle), note('poly', t.get_shapepoly)
    t.shearfactor(.5), note('shear', t.shearfactor), note('trafo', t.shapetransform), t.stamp(), note('poly', t.get_shapepoly)
    t.shapetransform(4, -1, 0, 2), note('trafo', t.shapetransform), note('tilt', t.tiltangle), note('pen', t.pen)
    note('singular', t.shapetransform, 1, 1, 1, 1)
    t.resizemode('auto'), t.pensize(8), t.stamp(), t.resizemode('noresize'), t.stamp(), note('m', t.resizemode, 'x')
    note('m', t.resizemode), t.resizemode('user'), t.pensize(2)
    t.radians(), t.settiltangle(1), note('tilt', t.tiltangle), t.tilt(.5), note('tilt', t.tiltangle)


def draw_compound(T, screen, note):
    s = T.Shape('compound')
    s.addcomponent(((0, 0), (10, -5), (0, 10), (-10, -5)), 'red', 'blue')
    s.addcomponent(((0, 0), (10, -5), (-10, -5)), 'blue', 'red')
    s.addcomponent(((0, 0), (4, 5), (-4, 5)), 'green')
    note('data', lambda: (s._type, s._data))
    note('bad', T.Shape, 'round'), note('bad', T.Shape('polygon', ((0, 0), (1, 1))).addcomponent, (), 'red')
    note('list', lambda: T.Shape('polygon', [(0, 0), (1, 1)])._data)
    screen.register_shape('mine', s), screen.register_shape('tri', ((5, -3), (0, 5), (-5, -3)))
    note('bad', screen.register_shape, 'x', 3), note('bad', screen.register_shape, 'nofile.gif'), note('bad', screen.addshape, 'x')
    t = T.Turtle('mine')
    t.fd(20), note('stamp', t.stamp), t.left(50), t.fd(30), t.shapesize(2, 3), note('poly', t.get_shapepoly)
    note('items', items_of, screen.cv)
    t.shape('tri'), t.fd(10), note('stamp', t.stamp), note('poly', t.get_shapepoly), t.shape('mine'), t.fd(10), t.ht()
    note('items', items_of, screen.cv)
    t.st(), t.clearstamps()
    t.begin_poly(), t.fd(100), t.left(20), t.fd(30), t.left(60), t.fd(50), t.end_poly(), note('poly', t.get_poly)
    screen.register_shape('fav', t.get_poly()), t.shape('fav')
    t.begin_poly(), t.undo(), t.end_poly(), note('poly', t.get_poly)


def draw_undo_everything(T, screen, note):
    t = T.Turtle()
    t.speed(6), t.fd(30), t.pencolor('red'), t.left(45), t.fd(20), t.up(), t.fd(10), t.down(), t.pensize(4), t.circle(10, 90)
    t.shape('turtle'), t.hideturtle(), t.showturtle(), t.setheading(200), t.goto(3, 4), t.home(), t.stamp(), t.dot(5)
    t.write('a', move=True), t.setx(10), t.fillcolor('green'), t.begin_fill(), t.fd(10), t.rt(90), t.fd(10), t.end_fill()
    t.resizemode('user'), t.shapesize(2, 2), t.tilt(10), t.pen(pensize=3, pencolor='blue'), t.degrees(100), t.left(10)
    t.clearstamps(), t.shearfactor(.2), t.tilt(3), t.pen(shown=False), t.pen(shown=True), t.pen(pendown=False)
    note('items', items_of, screen.cv)
    while t.undobufferentries():
        t.undo()
        note('state', state_of, t), note('items', items_of, screen.cv)
    note('more', t.undo)


def draw_undo_buffer(T, screen, note):
    t = T.Turtle(undobuffersize=5)
    for i in range(8):
        t.fd(10), t.left(10), note('entries', t.undobufferentries)
    for i in range(7):
        t.undo(), note('entries', t.undobufferentries), note('pos', t.pos)
    t.setundobuffer(None), t.fd(3), note('entries', t.undobufferentries), note('undo', t.undo), t.setundobuffer(2)
    t.fd(3), t.fd(4), t.fd(5), t.undo(), t.undo(), t.undo(), note('pos', t.pos), t.setundobuffer(0), t.fd(4), note('u', t.undo)
    b = T.Tbuffer(3)
    note('n', b.nr_of_items), [b.push(i) for i in 'abcd'], note('n', b.nr_of_items), note('pop', b.pop), note('pop', b.pop)
    note('pop', b.pop), note('pop', b.pop), note('n', b.nr_of_items)
    b.cumulate = True
    b.push(['seq']), b.push(1), b.push(2), note('n', b.nr_of_items), b.reset(2), note('n', b.nr_of_items)


def draw_long_line(T, screen, note):
    t = T.Turtle()
    t.speed(0)
    for i in range(100):
        t.fd(5), t.left(7)
    note('items', items_of, screen.cv)
    for i in range(140):
        t.undo()
    note('items', items_of, screen.cv)
    t.fd(20)


def draw_tracer(T, screen, note):
    screen.tracer(0)
    t = T.Turtle()
    u = T.Turtle('circle')
    note('items', items_of, screen.cv)
    t.fd(50), u.left(90), u.fd(30), t.left(45)
    note('items', items_of, screen.cv)
    screen.update()
    note('items', items_of, screen.cv)
    screen.tracer(3, 20)
    note('tracer', screen.tracer), note('delay', screen.delay)
    for i in range(7):
        t.fd(5), u.back(4), t.stamp()
        note('items', items_of, screen.cv)
    t.undo(), u.undo(), screen.tracer(1), t.fd(3), note('neg', screen.tracer, -1), note('delay', screen.delay, 5), note('delay', screen.delay)
    t.circle(10), t.write('x', True), t.ht(), note('turtles', screen.turtles)


def draw_clone_and_clear(T, screen, note):
    t = T.Turtle('turtle')
    t.color('red'), t.fd(30), t.left(20), t.stamp(), t.dot(4), t.shapesize(2)
    u = t.clone()
    u.left(90), u.color('blue'), t.fd(10)
    note('turtles', lambda: len(screen.turtles())), note('u', state_of, u), note('items', items_of, screen.cv)
    t.clear(), note('items', items_of, screen.cv), note('t', state_of, t)
    t.fd(7), u.reset(), note('items', items_of, screen.cv), note('u', state_of, u)
    screen.reset(), note('items', items_of, screen.cv)
    t.fd(9), t.begin_fill(), t.fd(3), t.clear(), t.fd(4), t.end_fill(), note('items', items_of, screen.cv)
    T.fd(3), screen.clear(), note('none', lambda: T.Turtle._pen), note('items', items_of, screen.cv), note('turtles', screen.turtles), note('mode', screen.mode)


def draw_clones(T, screen, note):
    t = T.Turtle()
    t.fd(20), t.left(30), t.pencolor('red')
    u = t.clone()
    u.fd(40), u.left(70), u.fd(10), t.fd(30), u.stamp()
    v = u.clone()
    v.right(20), v.fd(50), v.undo(), v.fd(20), u.undo(), u.circle(10)
    for one in (t, u, v):
        note('state', state_of, one)


def draw_modes(T, screen, note):
    t = T.Turtle()
    note('mode', screen.mode), t.fd(10), t.left(30)
    screen.mode('logo')
    note('heading', t.heading), t.fd(20), t.right(30), note('heading', t.heading), t.setheading(120), t.fd(10), note('pos', t.pos)
    note('towards', t.towards, 30, 10), note('items', items_of, screen.cv)
    t.radians(), note('heading', t.heading), t.left(1), note('heading', t.heading), note('towards', t.towards, 30, 10)
    note('bad', screen.mode, 'x')
    screen.mode('world')
    note('items', items_of, screen.cv), note('scale', lambda: (screen.xscale, screen.yscale)), note('mode', screen.mode)
    t.fd(3), t.left(90), t.fd(5), note('items', items_of, screen.cv)
    screen.setworldcoordinates(-10, -20, 30, 40)
    note('items', items_of, screen.cv), note('scale', lambda: (screen.xscale, screen.yscale)), note('mode', screen.mode)
    t.goto(30, 40), t.stamp(), t.dot(4), t.write('w', True), t.circle(5), t.goto(-10, -20)
    note('region', lambda: screen.cv._canvas['scrollregion']), note('items', items_of, screen.cv)
    screen.setworldcoordinates(0, 0, 100, 100), note('items', items_of, screen.cv), note('pos', t.pos)
    u = T.Turtle()
    u.fd(10), note('orient', lambda: (u._orient, u._mode))
    screen.mode('standard'), note('items', items_of, screen.cv), note('heading', t.heading)


def draw_screen_facts(T, screen, note):
    note('size', lambda: (screen.window_width(), screen.window_height())), note('screensize', screen.screensize)
    screen.screensize(600, 500, 'lightblue'), note('screensize', screen.screensize), note('bg', screen.bgcolor)
    cv = screen.getcanvas()
    note('region', lambda: cv._canvas['scrollregion']), note('xview', cv.xview), note('yview', cv.yview)
    note('kinds', lambda: (cv, type(cv).__name__)), note('cget', cv.cget, 'bg'), note('bbox', cv.bbox, 'all')
    screen.screensize(bg='red'), note('bg', screen.bgcolor), screen.screensize(300), note('size', screen.screensize)
    for args in ((300, 200), (.5, .5), (200, 200, 0, 0), (250, 260, -10, -20), (.75, .5, None, None), (300, 300, 40, None),
                 (400, 300)):
        screen.setup(*args)
        screen._root.update()
        note('setup%r' % (args,), screen._root.winfo_geometry), note('w', screen.window_width)
    note('xview', cv.xview), note('yview', cv.yview), note('children', lambda: sorted(map(str, screen._root.winfo_children())))
    note('bgpic', screen.bgpic), note('bgpic', screen.bgpic, 'nofile.gif')
    screen.title('Other'), note('title', screen._root.title), note('title', T._Screen._title.title)
    note('keys', lambda: screen._keys), screen.onkey(lambda: 0, 'a'), screen.onkeypress(lambda: 0, 'b')
    note('keys', lambda: screen._keys), screen.onkey(None, 'a'), note('keys', lambda: screen._keys), screen.onkeypress(lambda: 0)
    screen.onkeypress(None, 'b'), note('keys', lambda: screen._keys), screen.onscreenclick(lambda x, y: 0), screen.onclick(None)
    note('shapes', lambda: sorted(screen.__dict__)), note('str', lambda: str(screen.cv)), note('type', lambda: screen._type(1))
    note('bgpic', lambda: (screen._bgpic, screen._bgpicname, sorted(screen._bgpics)))


def draw_events(T, screen, note):
    seen = []
    t = T.Turtle('square')
    t.onclick(lambda x, y: seen.append(('click', x, y)))
    t.onrelease(lambda x, y: seen.append(('release', x, y)))
    t.ondrag(lambda x, y: seen.append(('drag', x, y)))
    screen.onscreenclick(lambda x, y: seen.append(('screen', x, y)))
    screen.onkey(lambda: seen.append('key'), 'a'), screen.onkeypress(lambda: seen.append('press'), 'b')
    screen.onkeypress(lambda: seen.append('any'))
    screen.listen(), screen._root.update()
    inner = screen.cv._canvas
    inner.focus_force()
    screen._root.update()
    x, y = int(-inner.canvasx(0)), int(-inner.canvasy(0))
    for event, named in (('<Enter>', {}), ('<Motion>', {}), ('<Button-1>', {}), ('<Motion>', {'state': 256}), ('<ButtonRelease-1>', {})):
        inner.event_generate(event, x=x, y=y, **named)
    for event in ('<KeyPress-a>', '<KeyRelease-a>', '<KeyPress-b>', '<KeyRelease-b>', '<KeyPress-c>'):
        inner.event_generate(event)
    screen._root.update()
    note('seen', lambda: [one if isinstance(one, str) else one[0] for one in seen])
    note('at', lambda: seen)
    screen.ontimer(lambda: seen.append('timer'), 10), screen.cv.after(60), screen._root.update()
    note('last', lambda: seen[-1])
    t.onclick(None), t.onclick(lambda x, y: seen.append('one')), t.onclick(lambda x, y: seen.append('two'), add=True)
    screen.onclick(None)
    inner.event_generate('<Button-1>', x=x, y=y)
    screen._root.update()
    note('last', lambda: seen[-2:])


def at_random(T, screen, note, seed):
    """A few hundred calls chosen at random, with undo in between."""
    from random import Random
    rnd = Random(seed)
    number = lambda: rnd.choice((0, 1, -3, 10, 37.5, -60))
    colour = lambda: rnd.choice(('red', 'blue', '#123456', (0.1, 0.5, 1), ''))
    calls = {
        'forward': lambda: (number(),), 'back': lambda: (number(),), 'left': lambda: (number(),),
        'setheading': lambda: (number(),), 'goto': lambda: (number(), number()), 'setx': lambda: (number(),),
        'home': tuple, 'circle': lambda: (rnd.choice((5, -8, 20)), rnd.choice((None, 90, -45))), 'penup': tuple,
        'pendown': tuple, 'pensize': lambda: (rnd.choice((1, 2, 5)),), 'pencolor': lambda: (colour(),),
        'fillcolor': lambda: (colour(),), 'color': lambda: (colour(), colour()), 'begin_fill': tuple, 'end_fill': tuple,
        'stamp': tuple, 'clearstamps': lambda: (rnd.choice((1, -1)),), 'write': lambda: ('text', rnd.random() < .5),
        'shape': lambda: (rnd.choice(('turtle', 'circle', 'blank', 'two', 'square')),), 'tilt': lambda: (number(),),
        'shapesize': lambda: (rnd.choice((1, 2, None)), rnd.choice((1, 3, None)), rnd.choice((1, 4, None))),
        'resizemode': lambda: (rnd.choice(('auto', 'user', 'noresize')),), 'shearfactor': lambda: (rnd.choice((0, .5)),),
        'hideturtle': tuple, 'showturtle': tuple, 'begin_poly': tuple, 'end_poly': tuple, 'get_poly': tuple,
        'speed': lambda: (rnd.choice((0, 5, 10)),), 'degrees': lambda: (rnd.choice((360, 400)),), 'undo': tuple,
        'filling': tuple, 'heading': tuple, 'pos': tuple, 'pen': tuple, 'get_shapepoly': tuple, 'clear': tuple,
    }
    two = T.Shape('compound')
    two.addcomponent(((0, 0), (9, 3), (2, 12)), 'green', 'red')
    two.addcomponent(((0, 0), (-9, 3), (-2, 12)), 'yellow')
    screen.register_shape('two', two)
    if seed % 4 == 1:
        screen.mode('logo')
    elif seed % 4 == 2:
        screen.setworldcoordinates(-50, -20, 150, 90)
    elif seed % 4 == 3:
        screen.tracer(0)
    t = T.Turtle()
    names = sorted(set(calls) - ({'degrees'} if screen.mode() == 'world' else set()))
    for _ in range(250):
        name = rnd.choice(names) if rnd.random() < .8 else 'undo'
        if name == 'clear' and rnd.random() < .8 or name == 'write' and not t.pencolor():
            continue
        arguments = calls[name]()
        note('%s%r' % (name, arguments), getattr(t, name), *arguments)
        screen.update()
        note('state', state_of, t), note('items', items_of, screen.cv)


for _seed in range(24):
    globals()['draw_random_%d' % _seed] = lambda T, screen, note, seed=_seed: at_random(T, screen, note, seed)


def draw_pen(T, screen, note):
    t = T.Turtle()
    note('pen', t.pen)
    t.pen(fillcolor='black', pencolor='red', pensize=10)
    saved = t.pen()
    t.color('yellow', ''), t.penup(), t.shapesize(2, 3, 4)
    note('pen', t.pen), note('entries', t.undobufferentries)
    t.pen(saved, pensize=7, fillcolor='green'), note('pen', t.pen), note('bad', t.pen, nokey=3), note('bad', t.pen, 5)
    t.pen(speed=9, resizemode='auto', shown=False, tilt=.3, shearfactor=.1, stretchfactor=(2, 3), outline=5), note('pen', t.pen)
    for value in (-1, 0, .3, .5, .51, 3.4, 7, 10, 10.4, 11, 'fastest', 'fast', 'normal', 'slow', 'slowest', 'warp', None):
        note('speed %r' % (value,), t.speed, value), note('speed', t.speed)
    note('width', t.width, 5), note('width', t.width), note('ps', t.pensize, 'x')
    note('isdown', t.isdown), t.pd(), t.pu(), t.st(), t.ht()


def draw_functions(T, screen, note):
    T.forward(20), T.left(90), T.pencolor('red'), T.circle(20), T.begin_fill(), T.fd(9), T.rt(80), T.fd(9), T.end_fill()
    note('pos', T.pos), note('heading', T.heading), note('same', lambda: T.getscreen() is screen), note('t', T.getturtle)
    note('same', lambda: T.getpen() is T.getturtle() is T.Turtle._pen), T.write('done'), T.stamp(), T.undo()
    T.mode('logo'), T.bgcolor('pink'), T.tracer(2), T.register_shape('q', ((0, 0), (3, 3), (0, 7))), T.shape('q'), T.update()
    note('w', T.window_width), note('modes', T.mode), note('colormode', T.colormode), note('d', T.distance, 3, 4)
    note('bad', T.shape, 'none'), note('doc', lambda: (T.forward.__name__, T.forward.__module__)), T.fd(20)


def draw_raw(T, screen, note):
    note('bad', T.RawTurtle, 5), note('bad', T.RawTurtle)
    top = T.TK.Toplevel()
    plain_canvas = T.TK.Canvas(top, width=300, height=200)
    plain_canvas.pack()
    t = T.RawTurtle(plain_canvas)
    u = T.RawTurtle(plain_canvas, 'turtle', visible=False)
    note('one', lambda: t.screen is u.screen), note('n', lambda: len(T.RawTurtle.screens)), note('screen', t.getscreen)
    t.fd(20), u.left(90), u.fd(10), note('items', items_of, plain_canvas), note('win', lambda: (t.screen.window_width(), t.screen.window_height()))
    note('size', t.screen.screensize), note('region', plain_canvas.cget, 'scrollregion')
    scrolled = T.ScrolledCanvas(top, 250, 200, 400, 300)
    scrolled.pack()
    s = T.TurtleScreen(scrolled, mode='logo')
    v = T.RawPen(s)
    v.fd(30), note('items', items_of, scrolled), note('h', v.heading), top.update()
    note('view', lambda: (scrolled.xview(), scrolled.yview(), scrolled.winfo_width(), scrolled.canvwidth))
    s.setworldcoordinates(-1, -1, 1, 1), v.fd(1), note('items', items_of, scrolled), scrolled.reset(100, 100, 'green')
    note('bg', scrolled.cget, 'bg'), note('region', lambda: scrolled._canvas['scrollregion']), top.update()
    note('grid', lambda: (scrolled.hscroll.winfo_ismapped(), scrolled.vscroll.winfo_ismapped()))
    top.destroy()


def draw_ends(T, screen, note):
    t = T.Turtle()
    t.fd(3)
    screen.bye()
    note('running', lambda: T.TurtleScreen._RUNNING), note('fd', T.forward, 3), note('running', lambda: T.TurtleScreen._RUNNING)
    note('pen', lambda: (T.Turtle._pen, T.Turtle._screen, T._Screen._root, T._Screen._canvas))
    note('method', t.fd, 2)
    note('again', T.forward, 5), note('pos', T.pos)
    T.bye()
    note('bye', lambda: T.TurtleScreen._RUNNING), note('screen', T.window_width), note('screen', T.window_width)


def main(out, names):
    import turtle as T
    found = {}
    for name in names or [name[5:] for name in globals() if name.startswith('draw_')]:
        screen = T.Screen()
        screen.setup(400, 300, 10, 10)
        screen.clear()
        screen.delay(0)
        notes = Notes()
        try:
            globals()['draw_' + name](T, screen, notes)
        except Exception as error:
            notes.append(['ended by', '%s: %s' % (type(error).__name__, error)])
        if name != 'ends':
            notes.append(['ITEMS', items_of(screen.cv)])
            notes.append(['STATE', [state_of(t) for t in screen.turtles()]])
            T.bye()
        T.TurtleScreen._RUNNING = True
        T.Turtle._pen = None
        found[name] = notes
    with open(out, 'w') as f:
        json.dump(found, f, indent=0)


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2:])
