# SPDX-License-Identifier: MIT
"""xml.etree, xml.sax, xml.dom: what programs rely on."""
import io
import unittest
import xml.etree.ElementTree as ET
import xml.sax
from xml.dom import minidom, pulldom
from xml.sax import saxutils

TEXT = '<a xmlns:p="u"><b k="1">x<!--c-->y</b><p:c/>tail<b k="2"/></a>'


class Etree(unittest.TestCase):
    def test_round_trip(self):
        root = ET.XML(TEXT)
        self.assertEqual([element.tag for element in root.iter()], ['a', 'b', '{u}c', 'b'])
        self.assertEqual((root[0].text, root[1].tail, root[0].attrib), ('xy', 'tail', {'k': '1'}))
        self.assertEqual(ET.tostring(root, encoding='unicode'),
                         '<a xmlns:ns0="u"><b k="1">xy</b><ns0:c />tail<b k="2" /></a>')
        self.assertEqual(ET.tostring(ET.XML('<a b="&lt;&quot;">\u20ac</a>')), b'<a b="&lt;&quot;">&#8364;</a>')
        self.assertEqual(ET.canonicalize(TEXT), '<a><b k="1">xy</b><p:c xmlns:p="u"></p:c>tail<b k="2"></b></a>')
        self.assertEqual(ET.canonicalize('<p:a xmlns:p="v" y="2" p:z="3"><q/></p:a>', rewrite_prefixes=True),
                         '<n1:a xmlns:n0="" xmlns:n1="v" y="2" n1:z="3"><n0:q></n0:q></n1:a>')

    def test_paths(self):
        root = ET.XML(TEXT)
        for path, count in (('b', 2), ("b[@k='2']", 1), ('*', 3), ('.//b', 2), ('{u}c', 1), ('p:c', 1), ('b[1]', 1), ('b[last()]', 1),
                            ('.//*[@k]', 2), ("b[.='xy']", 1), ('{*}c', 1), ('x', 0)):
            self.assertEqual(len(root.findall(path, {'p': 'u'})), count, path)
        self.assertEqual((root.findtext('b'), root.findtext('x', 'no')), ('xy', 'no'))
        with self.assertRaises(SyntaxError):
            root.findall('/a')

    def test_building_and_errors(self):
        root = ET.Element('a', x='1')
        ET.SubElement(root, 'b').text = 't'
        root.append(ET.Comment('c'))
        self.assertEqual(ET.tostring(root), b'<a x="1"><b>t</b><!--c--></a>')
        with self.assertRaises(ET.ParseError) as caught:
            ET.XML('<a><b></a>')
        self.assertEqual(caught.exception.position, (1, 8))
        with self.assertRaises(TypeError):
            ET.tostring(ET.Element(5))
        events = [(event, element.tag) for event, element in ET.iterparse(io.BytesIO(b'<a><b/></a>'), ['start', 'end'])]
        self.assertEqual(events, [('start', 'a'), ('start', 'b'), ('end', 'b'), ('end', 'a')])


class Sax(unittest.TestCase):
    def test_generator(self):
        target = io.StringIO()
        xml.sax.parseString('<a x="&lt;"><b/>t &amp; u<?p d?></a>', saxutils.XMLGenerator(target, short_empty_elements=True))
        self.assertEqual(target.getvalue(), '<?xml version="1.0" encoding="iso-8859-1"?>\n<a x="&lt;"><b/>t &amp; u<?p d?></a>')
        with self.assertRaisesRegex(xml.sax.SAXParseException, '<unknown>:1:5: mismatched tag'):
            xml.sax.parseString('<a></b>', xml.sax.ContentHandler())

    def test_escape(self):
        self.assertEqual(saxutils.escape('<&>'), '&lt;&amp;&gt;')
        self.assertEqual(saxutils.unescape('&lt;&amp;amp;'), '<&amp;')
        self.assertEqual([saxutils.quoteattr(text) for text in ('a', '"', '"\'')], ['"a"', '\'"\'', '"&quot;\'"'])


class Dom(unittest.TestCase):
    def test_minidom(self):
        document = minidom.parseString('<!DOCTYPE a [<!ATTLIST b id ID #IMPLIED>]><a><b id="i">t</b><!--c--></a>')
        self.assertEqual(document.getElementById('i').firstChild.data, 't')
        element = document.documentElement
        element.setAttribute('x', '"<')
        element.appendChild(document.createElement('n'))
        self.assertEqual(element.toxml(), '<a x="&quot;&lt;"><b id="i">t</b><!--c--><n/></a>')
        self.assertEqual(element.toprettyxml(' '), '<a x="&quot;&lt;">\n <b id="i">t</b>\n <!--c-->\n <n/>\n</a>\n')
        self.assertEqual(element.cloneNode(True).toxml(), element.toxml())
        element.removeChild(element.lastChild)
        self.assertEqual(element.lastChild.nodeName, '#comment')
        with self.assertRaises(xml.dom.HierarchyRequestErr):
            document.appendChild(document.createElement('second'))
        document.unlink()

    def test_pulldom(self):
        stream = pulldom.parseString('<a><b>x<c/></b><d/></a>')
        for event, node in stream:
            if event == pulldom.START_ELEMENT and node.tagName == 'b':
                stream.expandNode(node)
                self.assertEqual(node.toxml(), '<b>x<c/></b>')
                break


if __name__ == '__main__':
    unittest.main()
