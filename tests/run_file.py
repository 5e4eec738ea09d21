# SPDX-License-Identifier: MIT
"""Run one test file: run_file.py PATH [name ...].  Exit status 0 if every test passed.

Exit status 77 if the file needs a module that the library lacks, or raises SkipTest when it is imported.  Uses the library's unittest if
there is one, else tests/support/miniunit.py under that name.
"""
import sys

HERE = __file__.rpartition('/')[0] or '.'


def main(arguments):
    path, names = arguments[0], arguments[1:]
    try:
        import unittest
    except ImportError:
        sys.path.insert(0, HERE + '/support')
        import miniunit as unittest
        sys.modules['unittest'] = unittest
    sys.path.insert(0, path.rpartition('/')[0])
    sys.path.insert(1, HERE + '/support')
    name = path.rpartition('/')[2][:-3]
    try:
        module = __import__(name)
    except ModuleNotFoundError as error:
        # The library does not have all modules yet; CTest counts this as skipped.
        print('skipped: no module named', error.name)
        sys.exit(77)
    except unittest.SkipTest as reason:
        print('skipped:', reason)
        sys.exit(77)
    sys.argv[:] = [path] + names
    unittest.main(module=module, argv=sys.argv)


main(sys.argv[1:])
