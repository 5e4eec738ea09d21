# SPDX-License-Identifier: MIT
"""ast: parsing, walking, transforming, compiling, dumping and literal_eval.

group: library
"""
import ast
import sys

DEFAULT = 84


SOURCE = '''
class Thing:
    def method(self, a, b=2):
        for k in range(a):
            if k % b:
                yield k * 3 + self.offset
        return {"x": [a, b, (a, b)], "y": f"{a} {b!r}"}
'''


class Rename(ast.NodeTransformer):
    def visit_Name(self, node):
        node.id = node.id + '_'
        return node


def work(amount):
    total = 0
    for n in range(amount):
        tree = ast.parse(SOURCE * 30)
        total += sum(1 for node in ast.walk(tree) if isinstance(node, ast.Name))
        tree = Rename().visit(tree)
        total += len(compile(tree, 'x', 'exec').co_consts) + len(ast.dump(tree))
        for k in range(100):
            total += len(ast.literal_eval("{'a': [1, 2, (3, -4.5)], 'b': None}"))
    return total


print('lib_ast', work(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
