# SPDX-License-Identifier: MIT
"""The encoding of the locale, without the cost of importing locale; for opening files early."""

import sys
import _locale


def getpreferredencoding(do_setlocale=True):
    """Return the name of the encoding that text files have by default.

    do_setlocale must be false: the full work is locale.getpreferredencoding()'s.
    """
    assert not do_setlocale
    utf8 = 'UTF-8'
    if sys.flags.utf8_mode:
        return utf8
    # Where macOS does not know, it is UTF-8 as well.
    return _locale.nl_langinfo(_locale.CODESET) or (utf8 if sys.platform == 'darwin' else '')
