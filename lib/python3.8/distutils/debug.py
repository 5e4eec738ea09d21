# SPDX-License-Identifier: MIT
"""DEBUG: whether to tell everything, from the environment variable DISTUTILS_DEBUG."""

import os

DEBUG = os.environ.get('DISTUTILS_DEBUG')
