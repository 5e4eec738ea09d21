# SPDX-License-Identifier: MIT
"""What is public in the library has a docstring: modules, functions, classes, methods, properties.

Left out are members in slots of Python classes, whose meaning the class's docstring has, types without a
public name, and objects whose __doc__ is that of something else (weak proxies, mock.call,
functions of ctypes).
"""
import importlib.util
import inspect
import os
import re
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
NOT_OURS = {'BuiltinFunctionType', 'BuiltinMethodType', 'WrapperDescriptorType', 'MethodWrapperType', 'MethodDescriptorType',
            'ClassMethodDescriptorType', 'GetSetDescriptorType', 'MemberDescriptorType', 'ProxyType', 'CallableProxyType',
            'call', 'memmove', 'memset'}


# Modules of other systems, those that do things when they are imported, and builders of trees that only their parser calls.
LEFT_OUT = re.compile(r"""
    .*\.(mbcs|oem|cp65001|popen_spawn_win32|proactor_events|windows_events|windows_utils) | .*msvc.* | dbm\.(gnu|ndbm)
    | antigravity | this | nturl2path | .*__main__ | lib-dynload.* | .*\._.* | _.* | idlelib.(pyshell|idle) """, re.X)


def modules():
    """The names of all public modules of the library."""
    root = os.path.dirname(os.__file__)
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name.isidentifier() and name not in ('test', 'tests', 'lib2to3')]
        for name in files:
            base, ending = os.path.splitext(name)
            path = os.path.relpath(os.path.join(folder, base), root)
            if ending == '.py':
                path = path.replace(os.sep, '.')
                path = path[:-len('.__init__')] if path.endswith('.__init__') else path
                if not LEFT_OUT.fullmatch(path):
                    yield path
    yield from sorted({name for name in sys.builtin_module_names if name[0] != '_'} - {'xxsubtype'})


def public_names(module):
    """The names of a module that are for its users, and what they stand for."""
    exported = getattr(module, '__all__', None)
    for name in vars(module) if exported is None else exported:
        value = getattr(module, name, None)         # or a module of the package
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
@unittest.skipIf(importlib.util.find_spec('_pydecimal_format') is None, 'the library is not ours')
class DocstringTest(unittest.TestCase):

    def test_everything_public_is_documented(self):
        for name in modules():
            with self.subTest(name):
                try:
                    module = importlib.import_module(name)
                except ImportError:
                    continue            # its native part was not built
                self.assertEqual(list(undocumented(module)), [])


if __name__ == '__main__':
    unittest.main()
