# SPDX-License-Identifier: MIT
"""The subset of XPath that element trees understand.

    tag  {uri}tag  {*}tag  {uri}*  *  .  ..  //  [@name]  [@name='value']
    [tag]  [tag='text']  [.='text']  [1]  [last()]  [last()-1]

A path is turned into a list of selectors, functions (context, elements) that
yield elements; iterfind() runs the elements through them.
"""
import re

# A string, an operator, or a name, which may have a URI in braces in front.
xpath_tokenizer_re = re.compile(
    r"""('[^']*'|\"[^\"]*\"|::|//?|\.\.|\(\)|[/.*:\[\]\(\)@=])"""
    r"""|((?:\{[^}]+\})?[^/\[\]\(\)@=\s]+)"""
    r"""|\s+""")


def xpath_tokenizer(pattern, namespaces=None):
    """Yield (operator, name) of each token; prefixes of names are replaced by their URIs."""
    default = namespaces.get('') if namespaces else None
    in_attribute = False
    for token in xpath_tokenizer_re.findall(pattern):
        operator, name = token
        if name and not name.startswith('{'):
            prefix, colon, local = name.partition(':')
            if colon:
                try:
                    if not namespaces:
                        raise KeyError
                    token = operator, '{%s}%s' % (namespaces[prefix], local)
                except KeyError:
                    raise SyntaxError(f'prefix {prefix!r} not found in prefix map') from None
            elif default and not in_attribute:
                # Attributes are in no namespace by default.
                token = operator, '{%s}%s' % (default, name)
            in_attribute = False
        else:
            in_attribute = operator == '@'
        yield token


def get_parent_map(context):
    """Return a dict from each element below the root to its parent."""
    if context.parent_map is None:
        context.parent_map = {child: parent for parent in context.root.iter() for child in parent}
    return context.parent_map


def _is_wildcard_tag(tag):
    return tag[:3] == '{*}' or tag[-2:] == '}*'


def _prepare_tag(tag):
    """Return a function (context, elements) that yields those whose tag fits the wildcards."""
    if tag == '{*}*':
        def fits(name):
            return isinstance(name, str)
    elif tag == '{}*':
        def fits(name):
            return isinstance(name, str) and name[0] != '{'
    elif tag[:3] == '{*}':
        plain, ending = tag[3:], tag[2:]

        def fits(name):
            return name == plain or isinstance(name, str) and name.endswith(ending) and name[0] == '{'
    elif tag[-2:] == '}*':
        uri = tag[:-1]

        def fits(name):
            return isinstance(name, str) and name.startswith(uri)
    else:
        raise RuntimeError(f'internal parser error, got {tag}')

    def select(context, result):
        return (element for element in result if fits(element.tag))
    return select


def _below(result):
    for element in result:
        yield from element


def prepare_child(next, token):
    """A step: children of a tag."""
    tag = token[1]
    if _is_wildcard_tag(tag):
        fitting = _prepare_tag(tag)
        return lambda context, result: fitting(context, _below(result))
    if tag[:2] == '{}':
        tag = tag[2:]
    return lambda context, result: (child for child in _below(result) if child.tag == tag)


def prepare_star(next, token):
    """A step: all children."""
    return lambda context, result: _below(result)


def prepare_self(next, token):
    """A step: the element itself."""
    return lambda context, result: result


def prepare_descendant(next, token):
    """A step: all below, of a tag."""
    try:
        token = next()
    except StopIteration:
        return None
    if token[0] == '*':
        tag = '*'
    elif token[0]:
        raise SyntaxError('invalid descendant')
    else:
        tag = token[1]
    fitting = None
    if _is_wildcard_tag(tag):
        fitting, tag = _prepare_tag(tag), '*'
    elif tag[:2] == '{}':
        tag = tag[2:]

    def walk(result):
        for element in result:
            yield from (each for each in element.iter(tag) if each is not element)
    if fitting is None:
        return lambda context, result: walk(result)
    return lambda context, result: fitting(context, walk(result))


def prepare_parent(next, token):
    """A step: the parent."""
    def select(context, result):
        parents = get_parent_map(context)
        seen = set()
        for element in result:
            parent = parents.get(element)
            if parent is not None and parent not in seen:
                seen.add(parent)
                yield parent
    return select


def _read_predicate(next):
    """Read up to the bracket; return its shape, such as "@-='", and the tokens' texts. None if the path ends."""
    shape, texts = [], []
    while True:
        try:
            token = next()
        except StopIteration:
            return None, None
        if token[0] == ']':
            return ''.join(shape), texts
        if token == ('', ''):
            continue        # white space
        if token[0] and token[0][:1] in '\'"':
            token = "'", token[0][1:-1]
        shape.append(token[0] or '-')
        texts.append(token[1])


def _position(shape, texts):
    """Return the index that [1], [last()] or [last()-1] mean."""
    if shape == '-':
        index = int(texts[0]) - 1
        if index < 0:
            raise SyntaxError('XPath position >= 1 expected')
        return index
    if texts[0] != 'last':
        raise SyntaxError('unsupported function')
    if shape == '-()':
        return -1
    try:
        index = int(texts[2]) - 1
    except ValueError:
        raise SyntaxError('unsupported expression')
    if index > -2:
        raise SyntaxError('XPath offset from last() must be negative')
    return index


def prepare_predicate(next, token):
    """A step: only what fulfils what stands in brackets."""
    shape, texts = _read_predicate(next)
    if shape is None:
        return None
    if shape == '@-':
        key = texts[1]
        return lambda context, result: (each for each in result if each.get(key) is not None)
    if shape == "@-='":
        key, value = texts[1], texts[-1]
        return lambda context, result: (each for each in result if each.get(key) == value)
    numeric = re.match(r'-?\d+$', texts[0]) if texts else None
    if shape == '-' and not numeric:
        tag = texts[0]
        return lambda context, result: (each for each in result if each.find(tag) is not None)
    if shape == ".='" or shape == "-='" and not numeric:
        tag, value = texts[0], texts[-1]
        if tag:
            return lambda context, result: (each for each in result if any(
                ''.join(child.itertext()) == value for child in each.findall(tag)))
        return lambda context, result: (each for each in result if ''.join(each.itertext()) == value)
    if shape in ('-', '-()', '-()-'):
        index = _position(shape, texts)

        def select(context, result):
            parents = get_parent_map(context)
            for element in result:
                try:
                    # Counted among those of the same tag.
                    same = list(parents[element].findall(element.tag))
                    if same[index] is element:
                        yield element
                except (IndexError, KeyError):
                    pass
        return select
    raise SyntaxError('invalid predicate')


ops = {'': prepare_child, '*': prepare_star, '.': prepare_self, '..': prepare_parent, '//': prepare_descendant,
       '[': prepare_predicate}

_cache = {}


class _SelectorContext:
    parent_map = None

    def __init__(self, root):
        self.root = root


def _compile(path, namespaces):
    """Return the selectors of a path."""
    next = iter(xpath_tokenizer(path, namespaces)).__next__
    selectors = []
    try:
        token = next()
        while True:
            selector = ops[token[0]](next, token)
            if selector is None:
                raise SyntaxError('invalid path')
            selectors.append(selector)
            token = next()
            if token[0] == '/':
                token = next()
    except StopIteration:
        return selectors
    except KeyError:
        raise SyntaxError('invalid path') from None


def iterfind(elem, path, namespaces=None):
    """Return an iterator over the elements that a path leads to from elem.

    namespaces maps prefixes used in the path to URIs; '' to that of names without
    one.
    """
    if path[-1:] == '/':
        path += '*'
    key = path, *(sorted(namespaces.items()) if namespaces else ())
    selectors = _cache.get(key)
    if selectors is None:
        if path[:1] == '/':
            raise SyntaxError('cannot use absolute path on element')
        if len(_cache) > 100:
            _cache.clear()
        selectors = _compile(path, namespaces)
        _cache[key] = selectors
    context = _SelectorContext(elem)
    result = [elem]
    for select in selectors:
        result = select(context, result)
    return result


def find(elem, path, namespaces=None):
    """Return the first element that a path leads to, or None."""
    return next(iter(iterfind(elem, path, namespaces)), None)


def findall(elem, path, namespaces=None):
    """Return a list of the elements that a path leads to."""
    return list(iterfind(elem, path, namespaces))


def findtext(elem, path, default=None, namespaces=None):
    """Return the text of the first element that a path leads to, '' if it has none; default if there is no element."""
    found = find(elem, path, namespaces)
    return default if found is None else found.text or ''
