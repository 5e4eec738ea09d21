# SPDX-License-Identifier: MIT
"""copy: deep and shallow copies of nested data and objects.

group: library
"""
import copy
import sys

DEFAULT = 240


class Node:
    def __init__(self, value, children):
        self.value, self.children = value, children


def work(amount):
    data = {'k%d' % n: [n, {'a': (n, [n])}, 'text'] for n in range(200)}
    tree = Node(0, [Node(n, [Node(k, []) for k in range(3)]) for n in range(40)])
    total = 0
    for n in range(amount):
        total += len(copy.deepcopy(data)) + len(copy.deepcopy(tree).children) + copy.copy(tree).value
    return total


print('lib_copy', work(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
