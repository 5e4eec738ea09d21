# SPDX-License-Identifier: MIT
"""training_calls.py FOLDER: run the extension module training_calls of FOLDER, and call its functions from Python.

For the build to count what calls between Python and C execute (tools/train_profile).
"""
import sys

sys.path.insert(0, sys.argv[1])
import training_calls  # noqa: E402


class Thing:
    value = 1

    def method(self, a):
        return a


class Child(training_calls.Item):
    pass


def function(a):
    return a


def calls_from_python(n, scope):
    two, named, several, item, child = scope['two'], scope['named'], scope['several'], scope['item'], Child(1)
    for i in range(n):
        two(i)
        two(i, 2)
        named(i, b=0.5)
        several()
        several(i, 1, 2)
        item.value = i
        item.value
        item.method(i)
        item[1]
        len(item)
        item + item
        item == item
        child.value
        child.method(i)


scope = {'object': Thing(), 'function': function, 'length': len}
training_calls.run(scope)
calls_from_python(50000, scope)
