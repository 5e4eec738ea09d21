# SPDX-License-Identifier: MIT
"""Parse Python files into trees that hold every character of them, and find the tables for that.

Blanks, comments and line joinings are no tokens of the grammar.  They become
the prefix of the token that follows, which comes to the parser as the context
(prefix, (line, column)).
"""

import io
import logging
import os
import pkgutil
import sys

from . import grammar, parse, pgen, token, tokenize

__all__ = ["Driver", "load_grammar"]


class Driver:
    """Parses with the tables of one grammar; convert makes the nodes, as for parse.Parser."""

    def __init__(self, grammar, convert=None, logger=None):
        self.grammar = grammar
        self.convert = convert
        self.logger = logger or logging.getLogger()

    def parse_tokens(self, tokens, debug=False):
        """Return the tree of tokens as tokenize.generate_tokens() gives them."""
        parser = parse.Parser(self.grammar, self.convert)
        parser.setup()
        line, column = 1, 0         # the end of what has gone to the parser or into prefix
        prefix = []
        opmap = grammar.opmap
        for kind, text, start, end, source in tokens:
            if start != (line, column):
                if start[0] > line:
                    prefix.append("\n" * (start[0] - line))
                    column = 0
                if start[1] > column:
                    prefix.append(source[column:start[1]])
            line, column = end
            if kind == tokenize.COMMENT or kind == tokenize.NL:
                prefix.append(text)
            else:
                if kind == token.OP:
                    kind = opmap[text]
                if debug:
                    self.logger.debug("%s %r (prefix=%r)", token.tok_name[kind], text, "".join(prefix))
                if parser.addtoken(kind, text, ("".join(prefix), start)):
                    return parser.rootnode
                prefix.clear()
            if text.endswith("\n"):
                line, column = line + 1, 0
        raise parse.ParseError("incomplete input", kind, text, ("".join(prefix), start))

    def parse_stream_raw(self, stream, debug=False):
        """Return the tree of an open text file."""
        return self.parse_tokens(tokenize.generate_tokens(stream.readline), debug)

    def parse_stream(self, stream, debug=False):
        """Return the tree of an open text file."""
        return self.parse_stream_raw(stream, debug)

    def parse_file(self, filename, encoding=None, debug=False):
        """Return the tree of the file of that name."""
        with open(filename, "r", encoding=encoding) as stream:
            return self.parse_stream(stream, debug)

    def parse_string(self, text, debug=False):
        """Return the tree of a str."""
        return self.parse_tokens(tokenize.generate_tokens(io.StringIO(text).readline), debug)


def _generate_pickle_name(gt):
    """The name of the file that keeps the tables of the grammar file gt."""
    head, tail = os.path.splitext(gt)
    return (head if tail == ".txt" else gt) + ".".join(map(str, sys.version_info)) + ".pickle"


def load_grammar(gt="Grammar.txt", gp=None, save=True, force=False, logger=None):
    """Return the tables of a grammar file.

      gt
        Name of the file.
      gp
        Name of the file that keeps the tables; made from gt if None.
      save
        Whether tables that had to be made are kept there.
      force
        Whether they are made although newer ones are kept.
    """
    logger = logger or logging.getLogger()
    gp = _generate_pickle_name(gt) if gp is None else gp
    if not force and _newer(gp, gt):
        tables = grammar.Grammar()
        tables.load(gp)
        return tables
    logger.info("Generating grammar tables from %s", gt)
    tables = pgen.generate_grammar(gt)
    if save:
        logger.info("Writing grammar tables to %s", gp)
        try:
            tables.dump(gp)
        except OSError as e:
            logger.info("Writing failed: %s", e)
    return tables


def _newer(a, b):
    """Whether file a is there and no older than b, which may be missing."""
    if not os.path.exists(a):
        return False
    return not os.path.exists(b) or os.path.getmtime(a) >= os.path.getmtime(b)


def load_packaged_grammar(package, grammar_source):
    """Return the tables of a grammar that lies in a package.

    Tables that the package keeps are taken as they are.  If there are none, they
    are made from the text, which need not be a file: the package may be in an
    archive.
    """
    if os.path.isfile(grammar_source):
        return load_grammar(grammar_source, save=False)
    pickled = _generate_pickle_name(os.path.basename(grammar_source))
    try:
        data = pkgutil.get_data(package, pickled)
    except OSError:
        data = None
    if data is not None:
        tables = grammar.Grammar()
        tables.loads(data)
        return tables
    text = pkgutil.get_data(package, os.path.basename(grammar_source)).decode('utf-8')
    return pgen.ParserGenerator(grammar_source, io.StringIO(text)).make_grammar()


def main(*args):
    """Make the tables of the named grammar files, or of those of the command line; return whether all went well."""
    logging.basicConfig(level=logging.INFO, stream=sys.stdout, format='%(message)s')
    for gt in args or sys.argv[1:]:
        load_grammar(gt, save=True, force=True)
    return True


if __name__ == "__main__":
    sys.exit(not main())
