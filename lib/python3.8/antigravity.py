# SPDX-License-Identifier: MIT
"""Importing this makes you fly; geohash() tells where to."""

import hashlib
import webbrowser

webbrowser.open('https://xkcd.com/353/')


def geohash(latitude, longitude, datedow):
    """Print where to meet today, near a place: datedow is the date and the opening of the Dow Jones, as bytes.

    The method is that of https://xkcd.com/426/: two fractions from a hash, behind the degrees of the place.
    """
    digest = hashlib.md5(datedow).hexdigest()
    fractions = ['%f' % float.fromhex('0.' + digest[start:start + 16]) for start in (0, 16)]
    print('%d%s %d%s' % (latitude, fractions[0][1:], longitude, fractions[1][1:]))
