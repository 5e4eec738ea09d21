# SPDX-License-Identifier: MIT
"""optparse: parsing, errors, help."""

import contextlib
import io
import optparse
import os
import unittest


class Optparse(unittest.TestCase):
    def setUp(self):
        os.environ['COLUMNS'] = '80'
        self.parser = optparse.OptionParser(prog='P', version='%prog 1')
        add = self.parser.add_option
        add('-a', '--all', action='store_true', default=False, help='everything [default: %default]')
        add('-n', '--number', type='int', metavar='N')
        add('-c', type='choice', choices=['x', 'y'])
        add('--pair', nargs=2, action='append')
        add('-v', action='count')

    def parse(self, text):
        values, args = self.parser.parse_args(text.split())
        return {name: value for name, value in vars(values).items() if value}, args

    def test_parse(self):
        self.assertEqual(self.parse('x -avvn0x10 --nu=3 y -- -v'), ({'all': True, 'number': 3, 'v': 2}, ['x', 'y', '-v']))
        self.assertEqual(self.parse('--pair 1 2 -cx')[0], {'pair': [('1', '2')], 'c': 'x'})
        self.parser.disable_interspersed_args()
        self.assertEqual(self.parse('-v x -v'), ({'v': 1}, ['x', '-v']))

    def test_callback(self):
        seen = []
        self.parser.add_option('-k', action='callback', type='float', callback=lambda *args, **named:
                               seen.append((str(args[0]), args[1:3], args[4:], named)), callback_args=(1,),
                               callback_kwargs={'z': 2})
        self.parse('-k 1.5')
        self.assertEqual(seen, [('-k', ('-k', 1.5), (1,), {'z': 2})])

    def test_errors(self):
        for text, message in (('-x', 'no such option: -x'), ('-n z', "option -n: invalid integer value: 'z'"),
                              ('-n', '-n option requires 1 argument'), ('--pair 1', '--pair option requires 2 arguments'),
                              ('--all=1', '--all option does not take a value'),
                              ('-c z', "option -c: invalid choice: 'z' (choose from 'x', 'y')")):
            output = io.StringIO()
            with contextlib.redirect_stderr(output), self.assertRaises(SystemExit) as raised:
                self.parse(text)
            self.assertEqual((raised.exception.code, output.getvalue()),
                             (2, 'Usage: P [options]\n\nP: error: %s\n' % message))

    def test_definitions(self):
        for args, settings, message in ((('-ab',), {}, "invalid long option string '-ab'"),
                                        (('-a',), {'type': 'z'}, "option -a: invalid option type: 'z'"),
                                        (('-a',), {'action': 'count', 'nargs': 1}, "'nargs' must not be supplied"),
                                        (('-a',), {'z': 1}, 'option -a: invalid keyword arguments: z')):
            with self.assertRaisesRegex(optparse.OptionError, message):
                optparse.Option(*args, **settings)
        with self.assertRaisesRegex(optparse.OptionConflictError, r'conflicting option string\(s\): -a'):
            self.parser.add_option('-a')

    def test_help(self):
        group = optparse.OptionGroup(self.parser, 'More', 'about it')
        group.add_option('-z', help='last')
        self.parser.add_option_group(group)
        self.assertEqual(self.parser.format_help(), '''\
Usage: P [options]

Options:
  --version         show program's version number and exit
  -h, --help        show this help message and exit
  -a, --all         everything [default: False]
  -n N, --number=N  
  -c C              
  --pair=PAIR       
  -v                

  More:
    about it

    -z Z            last
''')

    def test_values(self):
        values = optparse.Values({'a': 1})
        self.assertEqual((str(values), values == {'a': 1}, values.ensure_value('b', 2)), ("{'a': 1}", True, 2))


if __name__ == '__main__':
    unittest.main()
