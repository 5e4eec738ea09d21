# SPDX-License-Identifier: MIT
"""Completion of names and attributes at the interactive prompt.

Importing this module is enough where readline is there.  Finding attributes evaluates what stands before the last dot,
if it is a dotted name; exceptions in that are taken to mean that there is nothing to offer.
"""

import atexit
import builtins

__all__ = ['Completer']


class Completer:
    """Completes names in a namespace."""

    def __init__(self, namespace=None):
        """namespace: a dict; that of __main__, as it is at each use, if not given.  TypeError for other things."""
        if namespace and not isinstance(namespace, dict):
            raise TypeError('namespace must be a dictionary')
        self.use_main_ns = namespace is None
        if namespace is not None:
            self.namespace = namespace

    def complete(self, text, state):
        """Return the state-th completion of text (readline calls with 0, 1, 2...), or None."""
        if self.use_main_ns:
            import __main__
            self.namespace = __main__.__dict__
        if not text.strip():
            return self._indent() if state == 0 else None
        if state == 0:
            self.matches = self.attr_matches(text) if '.' in text else self.global_matches(text)
        return self.matches[state] if state < len(self.matches) else None

    def _indent(self):
        """Where there is nothing to complete, the key makes a tab."""
        if not _readline_available:
            return '\t'
        readline.insert_text('\t')
        readline.redisplay()
        return ''

    def _callable_postfix(self, val, word):
        return word + '(' if callable(val) else word

    def global_matches(self, text):
        """Return the keywords, names of the namespace and builtins that begin with text."""
        import keyword
        found = []
        seen = {'__builtins__'}
        for word in keyword.kwlist:
            if word.startswith(text):
                seen.add(word)
                if word in ('finally', 'try'):
                    word += ':'
                elif word not in ('False', 'None', 'True', 'break', 'continue', 'pass', 'else'):
                    word += ' '
                found.append(word)
        for scope in (self.namespace, builtins.__dict__):
            for word, value in scope.items():
                if word.startswith(text) and word not in seen:
                    seen.add(word)
                    found.append(self._callable_postfix(value, word))
        return found

    def attr_matches(self, text):
        """Return the completions of a dotted name.

        Names with underscores are left out, as long as there are others and none was typed.
        """
        import re
        parts = re.match(r'(\w+(?:\.\w+)*)\.(\w*)', text)
        if not parts:
            return []
        expression, prefix = parts.groups()
        try:
            owner = eval(expression, self.namespace)
        except Exception:
            return []
        words = set(dir(owner))
        words.discard('__builtins__')
        if hasattr(owner, '__class__'):
            words.add('__class__')
            words.update(get_class_members(owner.__class__))
        words = [word for word in words if word.startswith(prefix)]

        hidden = {'': ['_', '__', None], '_': ['__', None]}.get(prefix, [None])
        for unwanted in hidden:
            found = [word for word in words if unwanted is None or not word.startswith(unwanted)]
            if found:
                break
        return sorted(self._completion(owner, expression, word) for word in found)

    def _completion(self, owner, expression, word):
        full = '%s.%s' % (expression, word)
        try:
            return self._callable_postfix(getattr(owner, word), full)
        except Exception:
            return full             # it exists, but cannot be had now


def get_class_members(klass):
    """Return the names that dir() gives for a class and for its bases."""
    names = dir(klass)
    for base in getattr(klass, '__bases__', ()):
        names = names + get_class_members(base)
    return names


try:
    import readline
except ImportError:
    _readline_available = False
else:
    _readline_available = True
    readline.set_completer(Completer().complete)
    # The completer must not outlive the interpreter's modules.
    atexit.register(readline.set_completer, None)
