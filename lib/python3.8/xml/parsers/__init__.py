# SPDX-License-Identifier: MIT
"""XML parsers from elsewhere: expat."""
