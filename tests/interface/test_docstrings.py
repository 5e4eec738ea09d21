# SPDX-License-Identifier: MIT
"""What is public in the modules of modules.txt has a docstring: modules, functions, classes, methods, properties.

Left out are members in slots of Python classes, whose meaning the class's docstring has, types without a
public name, and objects whose __doc__ is that of something else (weak proxies, mock.call).
"""
import glob
import importlib
import inspect
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
NOT_OURS = {'BuiltinFunctionType', 'BuiltinMethodType', 'WrapperDescriptorType', 'MethodWrapperType', 'MethodDescriptorType',
            'ClassMethodDescriptorType', 'GetSetDescriptorType', 'MemberDescriptorType', 'ProxyType', 'CallableProxyType',
            'call'}


def modules():
    """The names of all modules that modules.txt means."""
    with open(os.path.join(HERE, 'modules.txt'), encoding='utf-8') as file:
        names = [name for line in file for name in line.partition('#')[0].split()]
    for name in names:
        if not name.endswith('.*'):
            yield name
            continue
        package = importlib.import_module(name[:-2])
        for path in glob.glob(os.path.join(package.__path__[0], '[a-z]*.py')):
            if os.path.basename(path) not in ('mbcs.py', 'oem.py', 'cp65001.py'):     # Windows only
                yield name[:-1] + os.path.basename(path)[:-3]


def public_names(module):
    """The names of a module that are for its users, and what they stand for."""
    exported = getattr(module, '__all__', None)
    for name in vars(module) if exported is None else exported:
        value = getattr(module, name)
        own = exported is not None or getattr(value, '__module__', None) == module.__name__
        if callable(value) and own and name[0] != '_' and name not in NOT_OURS:
            yield name, value


def documentable(cls):
    """The public methods and properties in a class's own namespace."""
    for name, member in vars(cls).items():
        function = getattr(member, '__func__', member)      # of static and class methods
        if name[0] == '_' or inspect.ismemberdescriptor(member):
            continue
        if inspect.isroutine(function):
            yield name, getattr(cls, name)
        elif inspect.isdatadescriptor(member):
            yield name, member


def undocumented(module):
    """The names of what has no docstring."""
    if not inspect.getdoc(module):
        yield module.__name__
    for name, value in public_names(module):
        place = module.__name__ + '.' + name
        if not inspect.getdoc(value):
            yield place
        if inspect.isclass(value):
            for attribute, member in documentable(value):
                if not inspect.getdoc(member):
                    yield place + '.' + attribute


@unittest.skipUnless('taipan' in sys.version, 'other libraries may do as they like')
class DocstringTest(unittest.TestCase):

    def test_everything_public_is_documented(self):
        for name in modules():
            with self.subTest(name):
                self.assertEqual(list(undocumented(importlib.import_module(name))), [])


if __name__ == '__main__':
    unittest.main()
