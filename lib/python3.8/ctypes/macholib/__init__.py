# SPDX-License-Identifier: MIT
"""Where macOS's dynamic linker looks for libraries and frameworks.

The modules work with names only, so they can be used and tested on every system; dyld.dyld_find() also looks
whether the files exist.
"""
__version__ = '1.0'
