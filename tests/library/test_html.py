# SPDX-License-Identifier: MIT
"""html, html.entities, html.parser."""

import html
import unittest
from html.entities import codepoint2name, html5, name2codepoint
from html.parser import HTMLParser


class Recorder(HTMLParser):
    def __init__(self, **options):
        self.events = []
        super().__init__(**options)

    def record(name):
        def method(self, *args):
            self.events.append((name, *args))
        return method

    handle_starttag, handle_endtag, handle_startendtag = record('start'), record('end'), record('startend')
    handle_comment, handle_decl, handle_pi, unknown_decl = record('!--'), record('!'), record('?'), record('![')
    handle_charref, handle_entityref = record('#'), record('&')

    def handle_data(self, data):
        if self.events and self.events[-1][0] == 'text':
            data = self.events.pop()[1] + data
        self.events.append(('text', data))


def events(*parts, **options):
    parser = Recorder(**options)
    for part in parts:
        parser.feed(part)
    parser.close()
    return parser.events


class References(unittest.TestCase):
    def test_escape(self):
        self.assertEqual(html.escape('<a href="x">\'&</a>'), '&lt;a href=&quot;x&quot;&gt;&#x27;&amp;&lt;/a&gt;')
        self.assertEqual(html.escape('"<', quote=False), '"&lt;')

    def test_unescape(self):
        for text, expected in (('&lt;&gt &#65;&#x41;', '<> AA'), ('&notit; &notin;', '\xacit; \u2209'),
                               ('&#128;&#0;&#xD800;&#1;&#x110000;', '\u20ac\ufffd\ufffd\ufffd'), ('&nope; &', '&nope; &'),
                               ('&CounterClockwiseContourIntegral;', '\u2233'), ('&#x20ac', '\u20ac')):
            self.assertEqual(html.unescape(text), expected)

    def test_tables(self):
        self.assertEqual((len(html5), html5['amp'], html5['fjlig;'], name2codepoint['euro'], codepoint2name[233]),
                         (2231, '&', 'fj', 0x20ac, 'eacute'))


class Parser(unittest.TestCase):
    def test_document(self):
        self.assertEqual(events('<!DOCTYPE html><p class=a ID="b&amp;c" x>Hi&eacute;<br/></P><!-- c --><?pi?>'), [
            ('!', 'DOCTYPE html'), ('start', 'p', [('class', 'a'), ('id', 'b&c'), ('x', None)]), ('text', 'Hi\xe9'),
            ('startend', 'br', []), ('end', 'p'), ('!--', ' c '), ('?', 'pi?')])

    def test_pieces(self):
        text = '<a href="x>y">t &amp; u</a><!--c-->'
        self.assertEqual(events(*text), events(text))

    def test_references(self):
        self.assertEqual(events('a&lt;&#65;b', convert_charrefs=False),
                         [('text', 'a'), ('&', 'lt'), ('#', '65'), ('text', 'b')])

    def test_script(self):
        self.assertEqual(events('<script>if (a<b && "</p>") x</SCRIPT>'), [
            ('start', 'script', []), ('text', 'if (a<b && "</p>") x'), ('end', 'script')])

    def test_broken(self):
        for text, expected in (('<', [('text', '<')]), ('<a', [('text', '<a')]), ('</>x', [('text', 'x')]),
                               ('</3>', [('!--', '3')]), ('<!x>', [('!--', 'x')]), ('a < b', [('text', 'a < b')]),
                               ('<a/b=1>', [('start', 'a', [('b', '1')])]), ('<![CDATA[x]]>', [('![', 'CDATA[x')])):
            self.assertEqual(events(text), expected)

    def test_position(self):
        places = []

        class P(HTMLParser):
            def handle_starttag(self, tag, attrs):
                places.append((tag, self.getpos(), self.get_starttag_text()))
        P().feed('x\n  <a>\n<b\nc>')
        self.assertEqual(places, [('a', (2, 2), '<a>'), ('b', (3, 0), '<b\nc>')])

    def test_patterns_of_the_module_are_asked(self):
        import html.parser
        import re
        kept, html.parser.piclose = html.parser.piclose, re.compile(r'\?>')   # as Markdown does
        found = []
        try:
            parser = HTMLParser()
            parser.handle_pi = found.append
            parser.feed('<?php a > b ?><p>')
        finally:
            html.parser.piclose = kept
        self.assertEqual(found, ['php a > b '])


if __name__ == '__main__':
    unittest.main()
