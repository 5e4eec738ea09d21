# SPDX-License-Identifier: MIT
"""json: a large document written and read, with and without indentation, small messages.

group: library
"""
import json
import sys

DEFAULT = 300


def work(amount):
    total = 0
    document = {'rows': [{'id': n, 'name': 'row %d' % n, 'value': n / 7, 'flags': [True, None, n % 3]} for n in range(300)]}
    for n in range(amount):
        text = json.dumps(document)
        total += len(text) + len(json.loads(text)['rows'])
        total += len(json.dumps(document, indent=1, sort_keys=True))
        for k in range(50):
            total += json.loads('{"op": "set", "key": %d, "data": [1, 2.5, "x"]}' % k)['key']
    return total


print('lib_json', work(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
