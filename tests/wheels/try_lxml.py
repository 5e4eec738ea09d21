# SPDX-License-Identifier: MIT
"""lxml: parsing, XPath with Python functions, XSLT, schemas, building, HTML, objectify, threads."""
import io
import threading
from lxml import etree, html, objectify

root = etree.fromstring('<a xmlns:p="urn:p"><b x="1">t<!--c--></b>tail<p:b x="2"/></a>')
assert root.xpath("//@x") == ["1", "2"] and root.xpath("count(//p:b)", namespaces={"p": "urn:p"}) == 1.0
functions = etree.FunctionNamespace(None)
functions["double"] = lambda context, nodes: 2 * len(nodes)
assert root.xpath("double(//*)") == 6.0
etree.SubElement(root, "c", y="\u20ac").text = "q<"
assert etree.tostring(root[-1]) == b'<c xmlns:p="urn:p" y="&#8364;">q&lt;</c>'
style = etree.XSLT(etree.XML("""<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:param name="n"/>
<xsl:template match="/"><out n="{$n}"><xsl:for-each select="//b"><i><xsl:value-of select="@x"/></i></xsl:for-each></out></xsl:template>
</xsl:stylesheet>"""))
assert etree.tostring(style(root, n="5")) == b'<out n="5"><i>1</i></out>'
try:
    etree.fromstring("<a><b></a>")
except etree.XMLSyntaxError as e:
    assert e.lineno == 1 and "mismatch" in str(e)
schema = etree.RelaxNG(etree.XML('<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><text/></element>'))
assert schema.validate(etree.XML("<a>t</a>")) and not schema.validate(root)
events = [(what, e.tag) for what, e in etree.iterparse(io.BytesIO(b"<r><s/><s/></r>"), events=("start", "end"))]
assert events == [("start", "r"), ("start", "s"), ("end", "s"), ("start", "s"), ("end", "s"), ("end", "r")]


class Target:
    def __init__(self):
        self.tags = []

    def start(self, tag, attrib):
        self.tags.append(tag)

    def close(self):
        return self.tags


assert etree.fromstring("<x><y/></x>", etree.XMLParser(target=Target())) == ["x", "y"]
page = html.fromstring("<p>one <a href='/x'>link</a><br>two")
page.make_links_absolute("http://h/")
assert page.xpath("//a/@href") == ["http://h/x"] and page.text_content() == "one linktwo"
thing = objectify.fromstring("<r><n>3</n><n>4</n><f>1.5</f></r>")
assert thing.n[1] + thing.f == 5.5
results = []
threads = [threading.Thread(target=lambda: results.append(len(etree.fromstring("<a>" + "<b/>" * 500 + "</a>")))) for _ in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert results == [500] * 8
