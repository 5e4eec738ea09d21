# SPDX-License-Identifier: MIT
"""The encoding of the locale, without the cost of importing locale; for opening files early."""

import sys
import _locale


def getpreferredencoding(do_setlocale=True):
    """Return the name of the encoding that text files have by default.

    do_setlocale must be false: the full work is locale.getpreferredencoding()'s.
    """
    assert not do_setlocale
    if sys.flags.utf8_mode:
        return 'UTF-8'
    result = _locale.nl_langinfo(_locale.CODESET)
    if not result and sys.platform == 'darwin':
        result = 'UTF-8'
    return result
