# SPDX-License-Identifier: MIT
"""getopt: short and long options, both ways."""

import getopt
import os
import unittest


class Getopt(unittest.TestCase):
    def test_short(self):
        self.assertEqual(getopt.getopt(['-ab1', '-c', 'x', 'y', '-a'], 'ab:c:'),
                         ([('-a', ''), ('-b', '1'), ('-c', 'x')], ['y', '-a']))

    def test_long(self):
        self.assertEqual(getopt.getopt(['--al', '1', '--beta', '--alpha=', '--', '-x'], '', ['alpha=', 'beta']),
                         ([('--alpha', '1'), ('--beta', ''), ('--alpha', '')], ['-x']))
        self.assertEqual(getopt.getopt(['--ab'], '', ['ab', 'abc'])[0], [('--ab', '')])

    def test_gnu(self):
        os.environ.pop('POSIXLY_CORRECT', None)
        self.assertEqual(getopt.gnu_getopt(['x', '-a', '-', '--', '-b'], 'ab'), ([('-a', '')], ['x', '-', '-b']))
        self.assertEqual(getopt.gnu_getopt(['x', '-a'], '+a'), ([], ['x', '-a']))

    def test_errors(self):
        for args, message in ((['-x'], 'option -x not recognized'), (['-:'], 'option -: not recognized'),
                              (['-b'], 'option -b requires argument'), (['--no'], 'option --no not recognized'),
                              (['--al'], 'option --al not a unique prefix'),
                              (['--beta'], 'option --beta requires argument'),
                              (['--alpha=1'], 'option --alpha must not have an argument')):
            with self.assertRaises(getopt.error) as raised:
                getopt.getopt(args, 'ab:', ['alpha', 'also', 'beta='])
            self.assertEqual(str(raised.exception), message)
            self.assertEqual(raised.exception.opt, message.split()[1].lstrip('-'))


if __name__ == '__main__':
    unittest.main()
