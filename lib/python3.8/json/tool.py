# SPDX-License-Identifier: MIT
"""python -m json.tool: check JSON and print it in lines.

    $ echo '{"json": "obj"}' | python -m json.tool
    {
        "json": "obj"
    }
    $ echo '{ 1.2:3.4}' | python -m json.tool
    Expecting property name enclosed in double quotes: line 1 column 3 (char 2)
"""
import argparse
import json
import sys


def _arguments():
    parser = argparse.ArgumentParser(prog='python -m json.tool', description=(
        'A simple command line interface for json module to validate and pretty-print JSON objects.'))
    parser.add_argument('infile', nargs='?', type=argparse.FileType(encoding='utf-8'), default=sys.stdin,
                        help='a JSON file to be validated or pretty-printed')
    parser.add_argument('outfile', nargs='?', type=argparse.FileType('w', encoding='utf-8'), default=sys.stdout,
                        help='write the output of infile to outfile')
    parser.add_argument('--sort-keys', action='store_true', default=False,
                        help='sort the output of dictionaries alphabetically by key')
    parser.add_argument('--json-lines', action='store_true', default=False,
                        help='parse input using the jsonlines format')
    return parser.parse_args()


def main():
    """Read documents, write them with an indent of four; leave with the error's text if one is bad."""
    options = _arguments()
    with options.infile as source, options.outfile as target:
        try:
            documents = map(json.loads, source) if options.json_lines else (json.load(source),)
            for value in documents:
                json.dump(value, target, sort_keys=options.sort_keys, indent=4)
                target.write('\n')
        except ValueError as error:
            raise SystemExit(error)


if __name__ == '__main__':
    try:
        main()
    except BrokenPipeError as error:
        sys.exit(error.errno)
