# SPDX-License-Identifier: MIT
"""sysconfig and platform: paths, variables, names."""

import io
import os
import platform
import sys
import sysconfig
import unittest


class Sysconfig(unittest.TestCase):
    def test_paths(self):
        paths = sysconfig.get_paths('posix_user', {'userbase': '/u'})
        self.assertEqual(paths['purelib'], '/u/lib/python3.8/site-packages')
        self.assertEqual(sysconfig.get_path('scripts', 'posix_home', {'base': '~/b'}, True),
                         os.path.join('~', 'b', 'bin'))
        self.assertEqual(sysconfig.get_path('data', expand=False), '{base}')
        self.assertEqual(sysconfig.get_path_names(), ('stdlib', 'platstdlib', 'purelib', 'platlib', 'include', 'scripts',
                                                      'data'))

    def test_schemes(self):
        self.assertEqual(sysconfig.get_scheme_names(),
                         ('nt', 'nt_user', 'osx_framework_user', 'posix_home', 'posix_prefix', 'posix_user'))

    def test_variables(self):
        self.assertEqual(sysconfig.get_config_vars('EXT_SUFFIX', 'LDLIBRARY', 'CC', 'no such'),
                         ['.cpython-38-x86_64-linux-gnu.so', 'libpython3.8.so', 'gcc', None])
        self.assertEqual(sysconfig.get_config_var('prefix'), os.path.normpath(sys.prefix))
        self.assertTrue(sysconfig.get_config_var('LDSHARED').startswith('gcc -shared'))
        with self.assertWarns(DeprecationWarning):
            self.assertEqual(sysconfig.get_config_var('SO'), sysconfig.get_config_var('EXT_SUFFIX'))

    def test_header(self):
        text = '#define ABC 1\n#define DEF "x"\n/* #undef GHI */\n#define lower 1\n'
        self.assertEqual(sysconfig.parse_config_h(io.StringIO(text)), {'ABC': 1, 'DEF': '"x"', 'GHI': 0})

    def test_platform(self):
        self.assertEqual(sysconfig.get_platform(), 'linux-' + os.uname().machine)


class Platform(unittest.TestCase):
    def test_uname(self):
        self.assertEqual(platform.uname()[:5], tuple(os.uname()))
        self.assertEqual(platform.system(), 'Linux')
        self.assertTrue(platform.platform().startswith('Linux-%s-' % platform.release()))

    def test_python(self):
        self.assertEqual((platform.python_implementation(), platform.python_version_tuple()), ('CPython', ('3', '8', '18')))
        self.assertEqual(platform._sys_version('2.6.1 (r261:67515, Dec  6 2008, 15:26:00) \n[GCC 4.0.1]'),
                         ('CPython', '2.6.1', '', '', 'r261:67515', 'Dec  6 2008 15:26:00', 'GCC 4.0.1'))
        with self.assertRaisesRegex(ValueError, 'failed to parse CPython sys.version'):
            platform._sys_version('nonsense')

    def test_elsewhere(self):
        self.assertEqual(platform.win32_ver('a', 'b'), ('a', 'b', '', ''))
        self.assertEqual(platform.mac_ver(), ('', ('', '', ''), ''))
        self.assertEqual(platform.system_alias('SunOS', '5.10', 'v'), ('Solaris', '2.10', 'v'))

    def test_architecture(self):
        self.assertEqual(platform.architecture('', '8bit', 'x'), ('8bit', 'x'))


if __name__ == '__main__':
    unittest.main()
