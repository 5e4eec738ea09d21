# SPDX-License-Identifier: MIT
"""turtle and turtledemo: arithmetic and settings wherever _tkinter is, drawing where a display answers."""
import inspect
import io
import os
import pickle
import pkgutil
import tempfile
import unittest
from contextlib import redirect_stdout

try:
    import _tkinter
except ImportError:
    raise unittest.SkipTest('_tkinter was not built (needs tk-dev)')
import tkinter
import turtle
from turtle import TNavigator, TPen, Vec2D

try:
    tkinter.Tk().destroy()
    DISPLAY = True
except tkinter.TclError:
    DISPLAY = False


class PartsTest(unittest.TestCase):
    def test_vectors(self):
        v = Vec2D(3, 4)
        self.assertEqual((v + (1, 1), v - (1, 1), -v, abs(v)), ((4, 5), (2, 3), (-3, -4), 5.0))
        self.assertEqual((v * 2, 0.5 * v, v * Vec2D(1, 2)), ((6, 8), (1.5, 2.0), 11))
        self.assertEqual(repr(Vec2D(1, 0).rotate(30)), '(0.87,0.50)')
        self.assertRaises(TypeError, lambda: 1j * v)
        self.assertIs(type(pickle.loads(pickle.dumps(v))), Vec2D)

    def test_shapes(self):
        self.assertRaisesRegex(turtle.TurtleGraphicsError, 'There is no shape type round', turtle.Shape, 'round')
        shape = turtle.Shape('compound')
        shape.addcomponent(((0, 0), (1, 0), (0, 1)), 'red')
        self.assertEqual(shape._data, [[((0, 0), (1, 0), (0, 1)), 'red', 'red']])
        polygon = turtle.Shape('polygon', [(0, 0), (1, 1)])
        self.assertEqual(polygon._data, ((0, 0), (1, 1)))
        self.assertRaisesRegex(turtle.TurtleGraphicsError, 'Cannot add component to polygon Shape',
                               polygon.addcomponent, (), 'red')

    def test_navigator(self):
        nav = TNavigator()
        nav.forward(10)
        nav.left(90)
        nav.back(-5)
        self.assertEqual(repr(nav.pos()), '(10.00,5.00)')
        self.assertEqual((nav.heading(), nav.towards(10, 0), nav.distance((10, 17))), (90.0, 270.0, 12.0))
        nav.degrees(400)
        self.assertEqual(nav.heading(), 100.0)
        nav.radians()
        self.assertAlmostEqual(nav.heading(), 1.5707963)
        nav.home()
        nav.circle(10)
        self.assertAlmostEqual(abs(nav.pos()), 0)
        self.assertRaises(TypeError, nav.goto, 'x')

    def test_logo_mode(self):
        nav = TNavigator('logo')
        self.assertEqual(nav.heading(), 0.0)
        nav.right(90)
        nav.forward(3)
        self.assertEqual((repr(nav.pos()), nav.heading(), nav.towards(3, 1)), ('(3.00,0.00)', 90.0, 0.0))

    def test_pen(self):
        pen = TPen()
        pen.penup()
        pen.pensize(4)
        for given, found in ((3.4, 3), (.3, 0), (11, 0), ('fast', 10), (10.4, 10)):
            pen.speed(given)
            self.assertEqual(pen.speed(), found)
        pen.pen(shown=False, tilt=0.5)
        state = pen.pen()
        self.assertEqual((state['pendown'], state['pensize'], state['shown'], state['tilt']), (False, 4, False, 0.5))
        self.assertRaises(KeyError, pen.pen, colour='red')

    def test_undo_buffer(self):
        buffer = turtle.Tbuffer(2)
        for entry in 'abc':
            buffer.push(entry)
        self.assertEqual((buffer.nr_of_items(), buffer.pop(), buffer.pop(), buffer.pop()), (2, 'c', 'b', [None]))

    def test_settings(self):
        with tempfile.TemporaryDirectory() as folder:
            name = os.path.join(folder, 'some.cfg')
            with open(name, 'w') as f:
                f.write('# no setting\nwidth = 0.5\nheight=300\n\nvisible = False\nfillcolor = ""\nshape = circle\nnonsense\n')
            with redirect_stdout(io.StringIO()) as said:
                found = turtle.config_dict(name)
        self.assertEqual(found, {'width': 0.5, 'height': 300, 'visible': False, 'fillcolor': '', 'shape': 'circle'})
        self.assertEqual(said.getvalue(), 'Bad line in config-file %s:\nnonsense\n' % name)


class FunctionsTest(unittest.TestCase):
    def test_signatures(self):
        self.assertEqual(str(inspect.signature(turtle.dot)), '(size=None, *color)')
        self.assertEqual(turtle.getmethparlist(turtle.Turtle.write),
                         ("(arg, move=False, align='left', font=('Arial', 8, 'normal'))", '(arg, move, align, font)'))
        for name in turtle.__all__:
            self.assertTrue(hasattr(turtle, name), name)

    def test_docstrings_lose_the_name(self):
        self.assertIn('(for a Turtle instance named turtle):\n        >>> turtle.', turtle.Turtle.forward.__doc__)
        self.assertIn('Example:\n        >>> ', turtle.forward.__doc__)
        self.assertNotIn('turtle.forward', turtle.forward.__doc__)
        self.assertNotIn('screen.bgcolor', turtle.bgcolor.__doc__)

    def test_docstring_dictionary(self):
        with tempfile.TemporaryDirectory() as folder:
            name = os.path.join(folder, 'docs')
            turtle.write_docstringdict(name)
            with open(name + '.py') as f:
                found = {}
                exec(f.read(), found)
        docs = found['docsdict']
        self.assertEqual(docs['Turtle.forward'].strip(), turtle.Turtle.forward.__doc__.strip())
        self.assertIn('_Screen.setup', docs)
        self.assertNotIn('Turtle.fd', docs)


class DemoTest(unittest.TestCase):
    def test_every_demo_has_main(self):
        import turtledemo
        names = [name for _, name, _ in pkgutil.iter_modules(turtledemo.__path__) if name != '__main__']
        self.assertEqual(len(names), 19)
        for name in names:
            with self.subTest(demo=name):
                module = __import__('turtledemo.' + name, fromlist=['main'])
                self.assertTrue(callable(module.main))


@unittest.skipUnless(DISPLAY, 'needs a display')
class DrawingTest(unittest.TestCase):
    def setUp(self):
        turtle.TurtleScreen._RUNNING = True
        self.screen = turtle.Screen()
        self.screen.setup(400, 300)
        self.screen.tracer(0)
        self.turtle = turtle.Turtle()

    def tearDown(self):
        if turtle.Turtle._screen is not None:
            turtle.bye()
        turtle.TurtleScreen._RUNNING = True

    def seen(self, kind):
        """Coordinates and colour of all items of a kind that can be seen."""
        self.screen.update()
        cv = self.screen.getcanvas()
        return [([round(c) for c in cv.coords(item)], cv.itemcget(item, 'fill')) for item in cv.find_all()
                if cv.type(item) == kind and cv.itemcget(item, 'fill')]

    def test_lines(self):
        t = self.turtle
        t.forward(50)
        t.left(90)
        t.forward(20)
        t.pencolor('red')
        t.back(20)
        t.penup()
        t.goto(-9, -9)
        self.assertEqual(self.seen('line'), [([0, 0, 50, 0, 50, -20], 'black'), ([50, -20, 50, 0], 'red')])

    def test_fill(self):
        t = self.turtle
        t.hideturtle()
        t.color('blue', 'gold')
        t.begin_fill()
        self.assertTrue(t.filling())
        for _ in range(3):
            t.forward(30)
            t.left(120)
        t.end_fill()
        self.assertEqual(self.seen('polygon'), [([0, 0, 30, 0, 15, -26, 0, 0], 'gold')])
        self.assertFalse(t.filling())

    def test_undo_everything(self):
        t = self.turtle
        before = t.pen()
        t.forward(30), t.left(20), t.pencolor('red'), t.circle(10), t.penup(), t.goto(4, 4), t.stamp(), t.dot(9)
        t.write('x', True), t.pendown(), t.begin_fill(), t.fd(5), t.lt(80), t.fd(5), t.end_fill()
        self.assertEqual(t.undobufferentries(), 15)
        while t.undobufferentries():
            t.undo()
        self.assertEqual((t.pen(), repr(t.pos()), round(t.heading(), 6) % 360), (before, '(0.00,0.00)', 0))
        self.assertEqual((self.seen('line'), self.seen('text'), len(self.seen('polygon'))), ([], [], 1))

    def test_stamps(self):
        t = self.turtle
        stamps = []
        for _ in range(4):
            stamps.append(t.stamp())
            t.forward(10)
        t.clearstamp(stamps[1])
        t.clearstamps(1)
        self.assertEqual(t.stampItems, stamps[2:])
        t.clearstamps()
        self.assertEqual(len(self.seen('polygon')), 1)

    def test_shape_of_the_turtle(self):
        t = self.turtle
        t.shape('square')
        t.shapesize(4, 2)
        t.shearfactor(-0.5)
        self.assertEqual([round(x, 9) for x in t.shapetransform()], [4.0, -1.0, 0.0, 2.0])
        t.shapetransform(4, -1, 0, 2)
        self.assertEqual(t.get_shapepoly(), ((50, -20), (30, 20), (-50, 20), (-30, -20)))
        t.tilt(30)
        t.settiltangle(-45)
        self.assertEqual(round(t.tiltangle(), 6), 315.0)
        self.assertRaisesRegex(turtle.TurtleGraphicsError, 'must not be singular', t.shapetransform, 1, 1, 1, 1)
        self.assertRaisesRegex(turtle.TurtleGraphicsError, 'There is no shape named heart', t.shape, 'heart')

    def test_compound_shape(self):
        shape = turtle.Shape('compound')
        shape.addcomponent(((0, 0), (10, -5), (0, 10)), 'red', 'blue')
        shape.addcomponent(((0, 0), (-10, -5), (0, 10)), 'green')
        self.screen.register_shape('kite', shape)
        self.turtle.shape('kite')
        self.assertEqual([colour for _, colour in self.seen('polygon')], ['red', 'green'])
        self.assertEqual(len(self.turtle.stamp()), 2)

    def test_colours(self):
        t = self.turtle
        t.color('red', (0, 0.5, 1))
        self.assertEqual(t.color(), ('red', (0.0, 128 / 255, 1.0)))
        self.screen.colormode(255)
        t.pencolor(10, 20, 30)
        self.assertEqual(t.pencolor(), (10.0, 20.0, 30.0))
        for bad, message in ((('nix',), 'bad color string: nix'), ((1, 2), r'bad color arguments: \(1, 2\)'),
                             ((300, 0, 0), r'bad color sequence: \(300, 0, 0\)')):
            self.assertRaisesRegex(turtle.TurtleGraphicsError, message, t.pencolor, *bad)

    def test_world_coordinates(self):
        self.screen.setworldcoordinates(0, 0, 38, 28)
        self.turtle.goto(1, 2)
        self.assertEqual(self.seen('line'), [([0, 0, 10, -20], 'black')])
        self.assertEqual(self.screen.mode(), 'world')

    def test_clone(self):
        t = self.turtle
        t.color('red')
        t.setheading(40)
        twin = t.clone()
        twin.forward(10)
        self.assertEqual((twin.color(), twin.heading(), t.pos()), (('red', 'red'), 40.0, (0, 0)))
        self.assertEqual(len(self.screen.turtles()), 2)

    def test_polygon(self):
        t = self.turtle
        t.begin_poly()
        t.forward(10)
        t.sety(5)
        t.end_poly()
        t.home()
        self.assertEqual([repr(corner) for corner in t.get_poly()], ['(0.00,0.00)', '(10.00,0.00)', '(10.00,5.00)'])

    def test_events(self):
        seen = []
        self.screen.onkey(lambda: seen.append('up'), 'a')
        self.screen.onkeypress(lambda: seen.append('down'), 'a')
        self.screen.onclick(lambda x, y: seen.append((x, y)))
        self.screen.listen()
        self.screen.ontimer(lambda: seen.append('timer'))
        inner = self.screen.getcanvas()._canvas
        self.screen.update()
        inner.focus_force()
        self.screen.update()
        for event in ('<KeyPress-a>', '<KeyRelease-a>'):
            inner.event_generate(event)
        inner.event_generate('<Button-1>', x=int(-inner.canvasx(0)) + 3, y=int(-inner.canvasy(0)) - 4)
        self.screen.update()
        self.assertEqual(seen, ['timer', 'down', 'up', (3.0, 4.0)])

    def test_own_canvas(self):
        canvas = tkinter.Canvas(tkinter.Toplevel(), width=200, height=100)
        one, other = turtle.RawTurtle(canvas), turtle.RawTurtle(canvas, 'turtle')
        self.assertIs(one.getscreen(), other.getscreen())
        self.assertEqual(one.getscreen().screensize(), (200, 100))
        self.assertRaisesRegex(turtle.TurtleGraphicsError, 'bad canvas argument 5', turtle.RawTurtle, 5)
        turtle.RawTurtle.screens.remove(one.getscreen())

    def test_end_of_the_window(self):
        turtle.forward(3)
        turtle.bye()
        self.assertRaises(turtle.Terminator, turtle.forward, 3)
        turtle.forward(5)
        self.assertEqual(repr(turtle.pos()), '(5.00,0.00)')


@unittest.skipUnless(DISPLAY, 'needs a display')
class ViewerTest(unittest.TestCase):
    def test_start_and_stop(self):
        from turtledemo import __main__ as viewer
        if not hasattr(viewer, 'examples'):
            self.skipTest('another viewer')
        window = viewer.DemoWindow()
        try:
            self.assertIn('yinyang', viewer.examples())
            window.load('bytedesign')
            self.assertEqual(window.state, 'ready')
            self.assertIn('def main():', window.text.get('1.0', 'end'))
            window.start()
            self.assertEqual(window.state, 'done')
            window.load('clock')
            window.start()
            self.assertEqual(window.state, 'events')
            window.stop()
            self.assertEqual((window.state, window.screen.turtles()), ('ready', []))
            window.load('yinyang')
            window.module.main = lambda: (window.stop(), turtle.forward(1))
            window.start()
            self.assertEqual((window.state, window.status['text']), ('done', 'stopped!'))
        finally:
            window.leave()
            turtle._Screen._root = turtle._Screen._canvas = turtle.Turtle._screen = turtle.Turtle._pen = None
            turtle.TurtleScreen._RUNNING = True
            turtle.RawTurtle.screens = []


if __name__ == '__main__':
    unittest.main()
