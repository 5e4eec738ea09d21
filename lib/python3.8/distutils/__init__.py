# SPDX-License-Identifier: MIT
"""Building and installing Python packages with a setup.py: see distutils.core.

The commands for compilers of Windows, for RPM and MSI packages, and for uploading are not part of taipan; setuptools
and pip work on top of what is here.
"""

import sys

__version__ = sys.version[:sys.version.index(' ')]
