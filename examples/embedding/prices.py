# SPDX-License-Identifier: MIT
"""A script for calculator: adds prices up. The module host is the program's own."""
import host


def total(numbers):
    """Return the sum with 19 per cent on top, as text."""
    return "%.2f EUR" % (sum(numbers) * host.rate("EUR") * 1.19)
