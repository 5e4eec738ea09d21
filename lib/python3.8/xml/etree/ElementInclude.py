# SPDX-License-Identifier: MIT
"""XInclude for element trees: include(root) puts in, for each xi:include, what its href leads to."""
import copy
from . import ElementTree

XINCLUDE = '{http://www.w3.org/2001/XInclude}'
XINCLUDE_INCLUDE = XINCLUDE + 'include'
XINCLUDE_FALLBACK = XINCLUDE + 'fallback'


class FatalIncludeError(SyntaxError):
    """Something cannot be included."""


def default_loader(href, parse, encoding=None):
    """Return the file href: with parse 'xml' as an element, else as text, in UTF-8 or encoding."""
    if parse == 'xml':
        with open(href, 'rb') as f:
            return ElementTree.parse(f).getroot()
    with open(href, 'r', encoding=encoding or 'UTF-8') as f:
        return f.read()


def _load(element, loader):
    """Return what an xi:include asks for: an element or text."""
    href, kind = element.get('href'), element.get('parse', 'xml')
    if kind == 'xml':
        found = loader(href, kind)
    elif kind == 'text':
        found = loader(href, kind, element.get('encoding'))
    else:
        raise FatalIncludeError(f'unknown parse type in xi:include tag ({kind!r})')
    if found is None:
        raise FatalIncludeError(f'cannot load {href!r} as {kind!r}')
    return found


def include(elem, loader=None):
    """Replace all xi:include below an element; loader(href, parse, encoding) is as default_loader()."""
    loader = loader or default_loader
    at = 0
    while at < len(elem):
        child = elem[at]
        if child.tag == XINCLUDE_INCLUDE:
            found = _load(child, loader)
            if not isinstance(found, str):
                found = copy.copy(found)
                found.tail = (found.tail or '') + child.tail if child.tail else found.tail
                elem[at] = found
            else:
                text = found + (child.tail or '')
                if at:
                    before = elem[at - 1]
                    before.tail = (before.tail or '') + text
                else:
                    elem.text = (elem.text or '') + text
                del elem[at]
                continue
        elif child.tag == XINCLUDE_FALLBACK:
            raise FatalIncludeError(f'xi:fallback tag must be child of xi:include ({child.tag!r})')
        else:
            include(child, loader)
        at += 1
