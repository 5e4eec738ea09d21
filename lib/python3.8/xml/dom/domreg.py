# SPDX-License-Identifier: MIT
"""Finding a DOM implementation, by name or by what it can do."""
import sys

# Names -> modules with a function getDOMImplementation()
well_known_implementations = {'minidom': 'xml.dom.minidom', '4DOM': 'xml.dom.DOMImplementation'}

# Names -> functions, as programs have registered them
registered = {}


def registerDOMImplementation(name, factory):
    """Register factory(), which returns a DOMImplementation, under a name."""
    registered[name] = factory


def _good_enough(dom, features):
    """Has it all of the features?"""
    return all(dom.hasFeature(feature, version) for feature, version in features)


def getDOMImplementation(name=None, features=()):
    """Return a DOMImplementation: that of a name, else the first that has the features.

    features is a list of (feature, version), or a str 'feature version feature ...'.
    ImportError if there is none.  The environment's PYTHON_DOM is a name too.
    """
    import os
    module = well_known_implementations.get(name)
    if module:
        return __import__(module, {}, {}, ['getDOMImplementation']).getDOMImplementation()
    if name:
        return registered[name]()
    if not sys.flags.ignore_environment and 'PYTHON_DOM' in os.environ:
        return getDOMImplementation(name=os.environ['PYTHON_DOM'])
    if isinstance(features, str):
        features = _parse_feature_string(features)
    for factory in registered.values():
        dom = factory()
        if _good_enough(dom, features):
            return dom
    for name in well_known_implementations:
        try:
            dom = getDOMImplementation(name=name)
        except Exception:
            continue
        if _good_enough(dom, features):
            return dom
    raise ImportError('no suitable DOM implementation found')


def _parse_feature_string(s):
    """Return the list of (feature, version or None) in a str."""
    words = s.split()
    features = []
    while words:
        feature = words.pop(0)
        if feature[0] in '0123456789':
            raise ValueError(f'bad feature name: {feature!r}')
        has_version = words and words[0][0] in '0123456789'
        features.append((feature, words.pop(0) if has_version else None))
    return tuple(features)
