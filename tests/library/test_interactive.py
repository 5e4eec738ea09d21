# SPDX-License-Identifier: MIT
"""code, codeop, rlcompleter, bdb, pdb: what interactive programs are made of."""

import bdb
import code
import codeop
import contextlib
import io
import pdb
import rlcompleter
import unittest


class Commands(unittest.TestCase):

    def test_codeop(self):
        for text in ('x = 1', 'if 1:\n  pass\n', '', '# c'):
            self.assertIsNotNone(codeop.compile_command(text), text)
        for text in ('if 1:', '(1,', 'def f():\n  pass', '"""a'):
            self.assertIsNone(codeop.compile_command(text), text)
        for text in ('x = ]', '1 1', 'if 1:\nx'):
            self.assertRaises(SyntaxError, codeop.compile_command, text)

    def test_future(self):
        compiler = codeop.CommandCompiler()
        compiler('from __future__ import annotations')
        names = {}
        exec(compiler('def f(x: nothing): pass\n'), names)
        self.assertEqual(names['f'].__annotations__, {'x': 'nothing'})

    def test_console(self):
        out = io.StringIO()
        lines = iter(['x = 2', 'for i in range(x):', '  print(i)', '', '1/0'])

        def read(prompt):
            for line in lines:
                return line
            raise EOFError
        with contextlib.redirect_stderr(out), contextlib.redirect_stdout(out):
            code.interact('hello', read, {}, 'bye')
        text = out.getvalue()
        self.assertTrue(text.startswith('hello\n0\n1\nTraceback'))
        self.assertTrue(text.endswith('ZeroDivisionError: division by zero\n\nbye\n'))

    def test_completer(self):
        class Thing:
            name, _hidden = 1, 2

            def method(self):
                pass
        completer = rlcompleter.Completer({'thing': Thing(), 'things': 1})
        self.assertEqual([completer.complete('thin', i) for i in range(3)], ['thing', 'things', None])
        self.assertEqual([completer.complete('thing.', i) for i in range(3)], ['thing.method(', 'thing.name', None])
        self.assertEqual(completer.complete('thing._h', 0), 'thing._hidden')
        self.assertEqual(completer.complete('whil', 0), 'while ')


class Tracer(bdb.Bdb):
    def __init__(self):
        super().__init__()
        self.events = []

    def user_line(self, frame):
        self.events.append(('line', frame.f_lineno))
        self.set_step()

    def user_return(self, frame, value):
        self.events.append(('return', value))


class Debugging(unittest.TestCase):

    def test_step(self):
        tracer = Tracer()
        tracer.run('x = 1\ny = 2\n', {}, {})
        self.assertEqual(tracer.events, [('line', 1), ('line', 2), ('return', None)])

    def test_breakpoints(self):
        tracer = Tracer()
        self.assertEqual(tracer.set_break(__file__, 100000), 'Line %s:100000 does not exist'
                         % tracer.canonic(__file__))
        self.assertIsNone(tracer.set_break(__file__, 3, True, 'x > 1'))
        one = tracer.get_breaks(__file__, 3)[0]
        self.assertRegex(one.bpformat(), r'^\d+ +breakpoint   del  yes   at .*:3\n\tstop only if x > 1$')
        self.assertIsNone(tracer.clear_break(__file__, 3))
        self.assertEqual(tracer.get_all_breaks(), {})
        self.assertRaisesRegex(ValueError, 'Non-numeric breakpoint number x', tracer.get_bpbynumber, 'x')

    def debug(self, source, *commands):
        out = io.StringIO()
        debugger = pdb.Pdb(stdin=io.StringIO('\n'.join(commands) + '\n'), stdout=out, nosigint=True, readrc=False)
        debugger.run(source, {}, {})
        return out.getvalue()

    def test_pdb(self):
        text = self.debug('x = 1\nx = 2\nx = 3\n', 'n', 'p x', 'x + 5', '!y = 7', 'pp y', 'whatis x', 'nonsense', 'c')
        self.assertEqual(text, '> <string>(1)<module>()->None\n(Pdb) > <string>(2)<module>()->None\n(Pdb) 1\n(Pdb) 6\n'
                         "(Pdb) (Pdb) 7\n(Pdb) <class 'int'>\n"
                         "(Pdb) *** NameError: name 'nonsense' is not defined\n(Pdb) "
                         .replace('->None', ''))

    def test_alias(self):
        text = self.debug('x = 1\n', 'alias add p %1 + %2', 'add 3 4', 'alias', 'p 1;; p 2', 'q')
        self.assertIn('(Pdb) 7\n', text)
        self.assertIn('(Pdb) add = p %1 + %2\n', text)
        self.assertIn('(Pdb) 1\n2\n', text)

    def test_post_mortem(self):
        self.assertRaises(ValueError, pdb.post_mortem)


if __name__ == '__main__':
    unittest.main()
