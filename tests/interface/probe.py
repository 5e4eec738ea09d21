# SPDX-License-Identifier: MIT
# probe.py - looks up names of one module in the interpreter being measured.
#
# Started by the script "check"; see README.md.  Written for a young
# interpreter: plain loops, plain files, nothing imported but the module in
# question (and inspect, at the very end, if signatures are wanted).
#
# usage: INTERPRETER probe.py REQUESTS ANSWERS MODULE [signatures]
#
# Requests, one a line, fields separated by tabs:
#   N  name               a name of the module
#   A  class  attribute   an attribute of a class
#   S  name               a signature (name or class.attribute)
#
# Answers, flushed line by line ('-' for what is missing):
#   I  ok | error   message
#   N  name  kind  value
#   B  class  names of all classes in its method resolution order
#   A  class  attribute  kind
#   S  name  text
#   end

import sys


def escape(text):
    """One line of printable ASCII."""
    parts = []
    for ch in text:
        code = ord(ch)
        if 32 <= code < 127:
            parts.append(ch)
        elif code < 256:
            parts.append('\\x%02x' % code)
        elif code < 65536:
            parts.append('\\u%04x' % code)
        else:
            parts.append('\\U%08x' % code)
    return ''.join(parts)


def describe(exc):
    try:
        text = str(exc)
    except BaseException:
        text = ''
    return escape(type(exc).__name__ + ': ' + text)[:300]


class Nothing(object):
    pass


nothing = Nothing()
module_type = type(sys)
# Simple values.  bool before int: it is a subclass.
value_types = [bool, int, float, complex, str, bytes, type(None)]


def kind_of(obj):
    """Returns (kind, value or '')."""
    if isinstance(obj, type):
        if issubclass(obj, BaseException):
            return ('exception', '')
        return ('class', '')
    if isinstance(obj, module_type):
        return ('module', '')
    for simple in value_types:
        if isinstance(obj, simple):
            if type(obj) is not simple:
                # members of enumerations and the like
                try:
                    obj = simple(obj)
                except BaseException:
                    return (simple.__name__, '')
            return (simple.__name__, escape(repr(obj)))
    for container in [tuple, list, dict, set, frozenset]:
        if isinstance(obj, container):
            return (container.__name__, '')
    if callable(obj):
        return ('function', '')
    return ('object', '')


def find_attribute(cls, name):
    """The attribute as it stands in a class's namespace, not bound."""
    for base in cls.__mro__:
        space = base.__dict__
        if name in space:
            return space[name]
    return getattr(cls, name, nothing)


def attribute_kind(cls, name):
    obj = find_attribute(cls, name)
    if obj is nothing:
        return '-'
    if isinstance(obj, staticmethod):
        return 'staticmethod'
    if isinstance(obj, classmethod):
        return 'classmethod'
    if type(obj).__name__ == 'classmethod_descriptor':
        return 'classmethod'
    if isinstance(obj, type):
        return 'class'
    if callable(obj):
        return 'method'
    return 'data'


def lookup(module, text):
    """module attribute 'name' or 'class.attribute'"""
    obj = module
    for part in text.split('.'):
        obj = getattr(obj, part)
    return obj


def signature_text(inspect, obj):
    """Text of a signature without annotations, or '-'."""
    try:
        signature = inspect.signature(obj)
    except (ValueError, TypeError):
        return '-'
    parameters = []
    for parameter in signature.parameters.values():
        parameters.append(parameter.replace(annotation=parameter.empty))
    signature = signature.replace(parameters=parameters,
                                  return_annotation=signature.empty)
    return escape(str(signature))


def main(argv):
    requests = argv[1]
    answers = argv[2]
    name = argv[3]
    want_signatures = len(argv) > 4
    here = argv[0].rsplit('/', 1)[0]
    if sys.path and sys.path[0] == here:
        del sys.path[0]
    sys.argv = argv[:1]
    out = open(answers, 'a')

    def line(*fields):
        out.write('\t'.join(fields) + '\n')
        out.flush()

    f = open(requests)
    todo = []
    for text in f.read().split('\n'):
        if text:
            todo.append(text.split('\t'))
    f.close()

    try:
        __import__(name)
        module = sys.modules[name]
    except BaseException as exc:
        line('I', 'error', describe(exc))
        line('end')
        return
    line('I', 'ok', '')

    for fields in todo:
        if fields[0] == 'N':
            try:
                obj = getattr(module, fields[1], nothing)
                if obj is nothing:
                    line('N', fields[1], '-', '')
                    continue
                kind, value = kind_of(obj)
                line('N', fields[1], kind, value)
                if isinstance(obj, type):
                    names = []
                    for base in obj.__mro__:
                        names.append(base.__name__)
                    line('B', fields[1], escape(' '.join(names)))
            except BaseException as exc:
                line('N', fields[1], '-', describe(exc))
        elif fields[0] == 'A':
            try:
                cls = getattr(module, fields[1])
                line('A', fields[1], fields[2],
                     attribute_kind(cls, fields[2]))
            except BaseException as exc:
                line('A', fields[1], fields[2], '-')

    if want_signatures:
        try:
            import inspect
        except BaseException as exc:
            inspect = None
        for fields in todo:
            if fields[0] == 'S':
                text = '-'
                if inspect is not None:
                    try:
                        text = signature_text(inspect,
                                              lookup(module, fields[1]))
                    except BaseException as exc:
                        text = '-'
                line('S', fields[1], text)
    line('end')


if __name__ == '__main__':
    main(sys.argv)
