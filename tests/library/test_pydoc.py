# SPDX-License-Identifier: MIT
"""pydoc: texts, pages, topics."""

import io
import pydoc
import types
import unittest


class Thing:
    """A thing.

    More about it."""

    constant = 5

    def method(self, x=1):
        """Does something."""

    alias = method

    @property
    def size(self):
        """How large."""


class Text(unittest.TestCase):

    def test_class(self):
        text = pydoc.plaintext.document(Thing)
        for part in ('class Thing(builtins.object)\n |  A thing.\n', ' |  Methods defined here:\n',
                     ' |  alias = method(self, x=1)\n', ' |  method(self, x=1)\n |      Does something.\n',
                     ' |  Readonly properties defined here:\n', ' |  size\n |      How large.\n',
                     ' |  constant = 5\n'):
            self.assertIn(part, text)

    def test_module(self):
        module = types.ModuleType('m', 'Summary.\n\nDescription.')
        module.answer = 42
        module._private = 1
        self.assertEqual(pydoc.plaintext.document(module),
                         'NAME\n    m - Summary.\n\nDESCRIPTION\n    Description.\n\nDATA\n    answer = 42\n\n'
                         'FILE\n    (built-in)\n\n')

    def test_bold(self):
        self.assertEqual(pydoc.text.bold('ab'), 'a\bab\bb')
        self.assertEqual(pydoc.plain('a\bab\bb'), 'ab')

    def test_describe(self):
        self.assertEqual([pydoc.describe(x) for x in (Thing, len, pydoc, Thing.method, Thing())],
                         ['class Thing', 'built-in function len', 'module pydoc', 'function method', 'Thing'])

    def test_locate(self):
        self.assertIs(pydoc.locate('str.upper'), str.upper)
        self.assertIsNone(pydoc.locate('no_such_thing_at_all'))
        self.assertRaises(ImportError, pydoc.render_doc, 'no_such_thing_at_all')

    def test_splitdoc(self):
        self.assertEqual(pydoc.splitdoc('a\n\nb\nc'), ('a', 'b\nc'))
        self.assertEqual(pydoc.splitdoc('a\nb'), ('', 'a\nb'))

    def test_synopsis(self):
        self.assertEqual(pydoc.source_synopsis(io.StringIO('# c\n\nr"""One.\nTwo"""')), 'One.')


class Html(unittest.TestCase):

    def test_page(self):
        text = pydoc.html.page('title', pydoc.html.document(Thing))
        self.assertIn('<title>Python: title</title>', text)
        self.assertIn('<a name="Thing">class <strong>Thing</strong></a>', text)
        self.assertIn('<a name="Thing-alias"><strong>alias</strong></a> = <a href="#Thing-method">method</a>', text)

    def test_markup(self):
        self.assertEqual(pydoc.html.markup('PEP 8 <f()', funcs={'f': '#f'}),
                         '<a href="http://www.python.org/dev/peps/pep-0008/">PEP 8</a> &lt;<a href="#f">f</a>()')

    def test_server_pages(self):
        for address, title in (('topics', 'Topics'), ('topic?key=with', 'KEYWORD with'), ('pydoc', 'module pydoc'),
                               ('nonsense', 'Error - nonsense')):
            self.assertIn('<title>Pydoc: %s</title>' % title, pydoc._url_handler(address))
        self.assertRaises(TypeError, pydoc._url_handler, 'x', 'y')


class Help(unittest.TestCase):

    def test_topics(self):
        for name in list(pydoc.Helper.topics) + list(pydoc.Helper.keywords):
            if name not in ('None', 'True', 'False'):
                body, _ = pydoc.help._gettopic(name)
                self.assertTrue(body.strip(), name)

    def test_session(self):
        out = io.StringIO()
        helper = pydoc.Helper(io.StringIO('keywords\nnonsense_\nint.real\nquit\n'), out)
        helper()
        self.assertIn('False               class               from                or\n', out.getvalue())
        self.assertIn('Help on getset descriptor builtins.int.real in int:', out.getvalue())


if __name__ == '__main__':
    unittest.main()
