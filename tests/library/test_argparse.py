# SPDX-License-Identifier: MIT
"""argparse: parsing, errors, help."""

import argparse
import contextlib
import io
import os
import tempfile
import unittest


class Case(unittest.TestCase):
    def setUp(self):
        os.environ['COLUMNS'] = '80'
        self.parser = argparse.ArgumentParser(prog='P')
        self.add = self.parser.add_argument

    def parse(self, text):
        return vars(self.parser.parse_args(text.split()))

    def error(self, text):
        """The last line of what parsing prints before it exits."""
        output = io.StringIO()
        with contextlib.redirect_stderr(output), self.assertRaises(SystemExit) as raised:
            self.parser.parse_args(text.split())
        self.assertEqual(raised.exception.code, 2)
        return output.getvalue().splitlines()[-1]


class Parsing(Case):
    def test_options(self):
        self.add('-a', action='store_true')
        self.add('-b', '--bat-man', type=int)
        self.add('-v', action='count')
        for text in ('-avvb3', '-a -v -v --bat-man 3', '--bat=3 -vav'):
            self.assertEqual(self.parse(text), {'a': True, 'bat_man': 3, 'v': 2})

    def test_nargs(self):
        self.add('first')
        self.add('rest', nargs='*')
        self.add('last', nargs=2)
        self.add('-o', nargs='?', const='C', default='D')
        self.assertEqual(self.parse('1 2 3 4 -o'), {'first': '1', 'rest': ['2'], 'last': ['3', '4'], 'o': 'C'})
        self.assertEqual(self.parse('-o x 1 -- -2 3')['last'], ['-2', '3'])

    def test_lists(self):
        self.add('-a', action='append', default=[0], type=int)
        self.add('-e', action='extend', nargs='+')
        self.add('-c', action='append_const', const=7)
        self.assertEqual(self.parse('-a 1 -a 2 -e x y -e z -c -c'), {'a': [0, 1, 2], 'e': ['x', 'y', 'z'], 'c': [7, 7]})

    def test_negative_numbers(self):
        self.add('x', type=float)
        self.assertEqual(self.parse('-1.5'), {'x': -1.5})
        self.add('-1', dest='one')
        self.assertIn('the following arguments are required: x', self.error('-1 5'))

    def test_subcommands(self):
        commands = self.parser.add_subparsers(dest='what')
        one = commands.add_parser('one', aliases=['o'], help='the first')
        one.add_argument('-x')
        one.set_defaults(function='f')
        self.assertEqual(self.parse('o -x 1'), {'what': 'o', 'x': '1', 'function': 'f'})
        self.assertEqual(one.prog, 'P one')
        self.assertIn("argument what: invalid choice: 'two' (choose from 'one', 'o')", self.error('two'))

    def test_remainder_and_unknown(self):
        self.add('-q', action='store_true')
        self.add('cmd', nargs=argparse.REMAINDER)
        self.assertEqual(self.parse('-q ls -q --x'), {'q': True, 'cmd': ['ls', '-q', '--x']})
        self.assertEqual(argparse.ArgumentParser().parse_known_args(['a', '-b'])[1], ['a', '-b'])

    def test_intermixed(self):
        self.add('-f')
        self.add('x')
        self.add('y', nargs='*', type=int)
        self.assertEqual(vars(self.parser.parse_intermixed_args('a 1 -f z 2'.split())),
                         {'f': 'z', 'x': 'a', 'y': [1, 2]})

    def test_from_file(self):
        parser = argparse.ArgumentParser(fromfile_prefix_chars='@')
        parser.add_argument('x', nargs='*')
        with tempfile.NamedTemporaryFile('w') as file:
            file.write('one two\nthree\n')
            file.flush()
            self.assertEqual(parser.parse_args(['0', '@' + file.name]).x, ['0', 'one two', 'three'])

    def test_parents_and_defaults(self):
        child = argparse.ArgumentParser(parents=[argparse.ArgumentParser(add_help=False)], conflict_handler='resolve')
        child.add_argument('-h', dest='height', default='5', type=int)
        self.assertEqual(vars(child.parse_args([])), {'height': 5})


class Errors(Case):
    def test_messages(self):
        self.add('-n', type=int, choices=[1, 2])
        self.add('--alpha')
        self.add('--also', nargs='+')
        group = self.parser.add_mutually_exclusive_group(required=True)
        group.add_argument('-x', action='store_true')
        group.add_argument('-y', action='store_true')
        for text, message in (('-x -n', 'argument -n: expected one argument'),
                              ('-x -n z', "argument -n: invalid int value: 'z'"),
                              ('-x -n 3', 'argument -n: invalid choice: 3 (choose from 1, 2)'),
                              ('--al 1', 'ambiguous option: --al could match --alpha, --also'),
                              ('--also', 'argument --also: expected at least one argument'),
                              ('-x -y', 'argument -y: not allowed with argument -x'),
                              ('', 'one of the arguments -x -y is required'),
                              ('-xz', "argument -x: ignored explicit argument 'z'"),
                              ('-x 1 2', 'unrecognized arguments: 1 2')):
            self.assertEqual(self.error(text), 'P: error: ' + message)

    def test_definitions(self):
        for args, settings, message in ((('-h',), {}, 'argument -h: conflicting option string: -h'),
                                        (('-a',), {'nargs': 0}, 'nargs for store actions must be != 0'),
                                        (('-a',), {'nargs': 2, 'metavar': ('x',)}, 'length of metavar tuple'),
                                        (('-a',), {'action': 'z'}, 'unknown action "z"'),
                                        (('a',), {'dest': 'b'}, 'dest supplied twice'),
                                        (('a',), {'required': 1}, "'required' is an invalid argument")):
            with self.assertRaisesRegex(Exception, message):
                self.add(*args, **settings)


class Help(Case):
    def test_help(self):
        self.parser.description = 'what %(prog)s does'
        self.add('file', nargs='*', help='a file')
        self.add('-l', '--long-option-name', metavar='N', help='a rather long help text that has to be broken into '
                 'two lines by the formatter')
        self.add('--hidden', help=argparse.SUPPRESS)
        group = self.parser.add_mutually_exclusive_group()
        group.add_argument('--one', action='store_true')
        group.add_argument('--two', default=3, help='number (default: %(default)s)')
        self.assertEqual(self.parser.format_help(), '''\
usage: P [-h] [-l N] [--one | --two TWO] [file [file ...]]

what P does

positional arguments:
  file                  a file

optional arguments:
  -h, --help            show this help message and exit
  -l N, --long-option-name N
                        a rather long help text that has to be broken into two
                        lines by the formatter
  --one
  --two TWO             number (default: 3)
''')

    def test_long_usage(self):
        for letter in 'abcdefgijk':
            self.add('-' + letter, metavar='VALUE')
        self.add('name')
        self.assertEqual(self.parser.format_usage(), '''\
usage: P [-h] [-a VALUE] [-b VALUE] [-c VALUE] [-d VALUE] [-e VALUE]
         [-f VALUE] [-g VALUE] [-i VALUE] [-j VALUE] [-k VALUE]
         name
''')

    def test_repr(self):
        self.assertEqual(repr(argparse.Namespace(b=1, a='x', **{'-': 2})), "Namespace(a='x', b=1, **{'-': 2})")
        self.assertEqual(repr(argparse.FileType('w', 1)), "FileType('w', 1)")


if __name__ == '__main__':
    unittest.main()
