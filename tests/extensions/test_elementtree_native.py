# SPDX-License-Identifier: MIT
"""_elementtree: edges beside CPython's tests."""
import copy
import unittest

try:
    import _elementtree as et
except ImportError:
    raise unittest.SkipTest("no Expat")


class Elements(unittest.TestCase):
    def tree(self):
        root = et.Element("a", {"x": "1"}, y="2")
        root.text = "t"
        for tag in "bcb":
            et.SubElement(root, tag, n=tag).tail = "-" + tag
        return root

    def test_children(self):
        root = self.tree()
        self.assertEqual([e.tag for e in root], ["b", "c", "b"])
        self.assertEqual([e.tag for e in root.iter()], ["a", "b", "c", "b"])
        self.assertEqual("".join(root.itertext()), "t-b-c-b")
        self.assertEqual([e.tag for e in root[::-2]], ["b", "b"])
        root[1:] = [et.Element("z")] * 6
        self.assertEqual([e.tag for e in root], ["b"] + ["z"] * 6)
        del root[::2]
        self.assertEqual(len(root), 3)
        self.assertRaisesRegex(IndexError, "child index out of range", lambda: root[9])
        self.assertRaisesRegex(TypeError, "append.. argument must be xml.etree.ElementTree.Element, not int", root.append, 1)

    def test_searching(self):
        root = self.tree()
        self.assertEqual((root.find("c").tag, root.find("q"), root.findtext("c"), root.findtext("q", 7)), ("c", None, "", 7))
        self.assertEqual(len(root.findall("b")), 2)
        self.assertEqual(len(root.findall("./b")), 2)

    def test_copies(self):
        root = self.tree()
        twin = copy.deepcopy(root)
        self.assertEqual([e.attrib for e in twin], [{"n": "b"}, {"n": "c"}, {"n": "b"}])
        self.assertIsNot(twin[0], root[0])
        self.assertIs(copy.copy(root)[0], root[0])

    def test_deep(self):
        top = inner = et.Element("x")
        for i in range(100000):
            inner = et.SubElement(inner, "x")
        del top, inner


class Parsing(unittest.TestCase):
    def test_tree(self):
        p = et.XMLParser()
        p.feed("<a xmlns='u' k='v'>x<b/>y&lt;<b/>z</a>")
        root = p.close()
        self.assertEqual((root.tag, root.attrib, root.text), ("{u}a", {"k": "v"}, "x"))
        self.assertEqual([(e.tag, e.tail) for e in root], [("{u}b", "y<"), ("{u}b", "z")])

    def test_errors(self):
        p = et.XMLParser()
        with self.assertRaisesRegex(et.ParseError, "mismatched tag: line 2, column 2") as caught:
            p.feed("<a>\n</b>")
        self.assertEqual((caught.exception.code, caught.exception.position), (7, (2, 2)))

    def test_events(self):
        events = []
        p = et.XMLParser()
        p._setevents(events, ["start", "end", "start-ns", "comment"])
        p.feed("<a xmlns:q='u'><!--c--></a>")
        self.assertEqual([(k, getattr(v, "tag", v)) for k, v in events][0], ("start-ns", ("q", "u")))
        self.assertEqual([k for k, v in events], ["start-ns", "start", "comment", "end"])

    def test_target(self):
        class Target:
            seen = []

            def start(self, tag, attrib):
                self.seen.append((tag, attrib))

            def close(self):
                return self.seen
        p = et.XMLParser(target=Target())
        p.feed(b"<a><b c='d'/></a>")
        self.assertEqual(p.close(), [("a", {}), ("b", {"c": "d"})])


if __name__ == "__main__":
    unittest.main()
