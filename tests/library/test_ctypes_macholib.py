# SPDX-License-Identifier: MIT
"""ctypes.macholib: names of libraries and frameworks, and the search for them."""
import os
import tempfile
import unittest

from ctypes.macholib import dyld, dylib, framework


class NameTest(unittest.TestCase):

    def test_libraries(self):
        def parts(name):
            info = dylib.dylib_info(name)
            return info and tuple(info.values())
        self.assertEqual(parts('P/Foo.dylib'), ('P', 'Foo.dylib', 'Foo', None, None))
        self.assertEqual(parts('P/Foo.A_debug.dylib'), ('P', 'Foo.A_debug.dylib', 'Foo', 'A', 'debug'))
        self.assertEqual(parts('Foo_debug.A.dylib'), ('', 'Foo_debug.A.dylib', 'Foo_debug', 'A', None))
        for name in ('Foo', 'P/.dylib', 'lib.1.2.dylib', ''):
            self.assertIsNone(parts(name), name)

    def test_frameworks(self):
        def parts(name):
            info = framework.framework_info(name)
            return info and tuple(info.values())
        self.assertEqual(parts('P/F.framework/F'), ('P', 'F.framework/F', 'F', None, None))
        self.assertEqual(parts('F.framework/Versions/3.8/F_x'), ('', 'F.framework/Versions/3.8/F_x', 'F', '3.8', 'x'))
        for name in ('P/F.framework', 'P/F.framework/_debug', 'P/F.framework/Versions/A', 'P/F.framework/G'):
            self.assertIsNone(parts(name), name)


class SearchTest(unittest.TestCase):

    def test_order(self):
        env = {'DYLD_FRAMEWORK_PATH': '/a:/b', 'DYLD_LIBRARY_PATH': '/c', 'DYLD_FALLBACK_FRAMEWORK_PATH': '/d',
               'DYLD_FALLBACK_LIBRARY_PATH': '/e'}
        name = 'P/F.framework/F'
        self.assertEqual(list(dyld.dyld_override_search(name, env)), ['/a/F.framework/F', '/b/F.framework/F', '/c/F'])
        self.assertEqual(list(dyld.dyld_default_search(name, env)), [name, '/d/F.framework/F', '/e/F'])
        self.assertEqual(list(dyld.dyld_default_search('x', {}))[1:], [f + '/x' for f in dyld.DEFAULT_LIBRARY_FALLBACK])
        self.assertEqual(list(dyld.dyld_executable_path_search('@executable_path/q', '/bin')), ['/bin/q'])

    def test_suffix(self):
        env = {'DYLD_IMAGE_SUFFIX': '_debug'}
        self.assertEqual(list(dyld.dyld_image_suffix_search(iter(['a.dylib', 'b']), env)),
                         ['a_debug.dylib', 'a.dylib', 'b_debug', 'b'])

    def test_files(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'F.framework', 'F')
            os.mkdir(os.path.dirname(path))
            open(path, 'w').close()
            env = {'DYLD_FRAMEWORK_PATH': folder}
            for name in ('F', 'F.framework', 'F.framework/F'):
                self.assertEqual(dyld.framework_find(name, env=env), path)
            with self.assertRaisesRegex(ValueError, '^dylib F could not be found$'):
                dyld.framework_find('F', env={})
            with self.assertRaisesRegex(ValueError, '^dylib F.framework could not be found$'):
                dyld.dyld_find('F.framework', env=env)


if __name__ == '__main__':
    unittest.main()
