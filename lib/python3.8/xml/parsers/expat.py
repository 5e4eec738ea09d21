# SPDX-License-Identifier: MIT
"""The XML parser expat; the work is done in the native module pyexpat."""
import sys

from pyexpat import *

# These are modules, so that they can be imported from here.
sys.modules['xml.parsers.expat.model'] = model
sys.modules['xml.parsers.expat.errors'] = errors
