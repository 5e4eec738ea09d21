# SPDX-License-Identifier: MIT
"""Deprecated name of xml.etree.ElementTree."""
from xml.etree.ElementTree import *
