# SPDX-License-Identifier: MIT
"""training_calls.py FOLDER: run the extension module training_calls of FOLDER.

For the build to count what calls between C and Python execute (tools/train_profile).
"""
import sys

sys.path.insert(0, sys.argv[1])
import training_calls  # noqa: E402


class Thing:
    value = 1

    def method(self, a):
        return a


def function(a):
    return a


training_calls.run({'object': Thing(), 'function': function, 'length': len})
