# SPDX-License-Identifier: MIT
"""typing and dataclasses."""

import pickle
import unittest
from dataclasses import FrozenInstanceError, InitVar, asdict, astuple, dataclass, field, fields, make_dataclass, replace
from typing import (Any, Callable, ClassVar, Dict, Generic, List, Literal, NamedTuple, Optional, Protocol, Tuple,
                    TypedDict, TypeVar, Union, get_args, get_origin, get_type_hints, runtime_checkable)

T = TypeVar('T')
S = TypeVar('S')


class Stack(Generic[T]):
    pass


class Types(unittest.TestCase):
    def test_repr(self):
        for kind, text in ((List[int], 'typing.List[int]'), (Union[int, None], 'typing.Union[int, NoneType]'),
                           (Callable[[int], str], 'typing.Callable[[int], str]'), (Tuple[()], 'typing.Tuple[()]'),
                           (Callable[..., T], 'typing.Callable[..., ~T]'), (Tuple[int, ...], 'typing.Tuple[int, ...]'),
                           (List['X'], "typing.List[ForwardRef('X')]"), (Literal[1, 'a'], "typing.Literal[1, 'a']"),
                           (Stack[int], __name__ + '.Stack[int]'), (Dict[T, S][int, str], 'typing.Dict[int, str]')):
            self.assertEqual(repr(kind), text)

    def test_union(self):
        self.assertIs(Union[int, int], int)
        self.assertEqual(Union[int, Union[str, int]], Union[str, int])
        self.assertEqual(Optional[int], Union[None, int])

    def test_errors(self):
        for function, message in ((lambda: List[1], 'Parameters to generic types must be types. Got 1.'),
                                  (lambda: List[int, str], 'Too many parameters for typing.List; actual 2, expected 1'),
                                  (lambda: List[int][str], r'typing.List\[int\] is not a generic class'),
                                  (lambda: Union[()], 'Cannot take a Union of no types.'),
                                  (lambda: List(), r'Type List cannot be instantiated; use list\(\) instead'),
                                  (lambda: Generic[int], r'Parameters to Generic\[...\] must all be type variables'),
                                  (lambda: isinstance([], List[int]), 'Subscripted generics cannot be used with')):
            with self.assertRaisesRegex(TypeError, message):
                function()

    def test_introspection(self):
        self.assertEqual((get_origin(List[int]), get_args(Dict[int, str]), get_origin(int)), (list, (int, str), None))
        self.assertEqual(get_args(Callable[[int, T], str][str]), ([int, str], str))

    def test_pickle(self):
        for kind in (List[int], Callable[[int], str], Stack[int], T, Any):
            self.assertEqual(pickle.loads(pickle.dumps(kind)), kind)

    def test_hints(self):
        def f(a: 'int', b: str = None, *c: 'List[Stack]') -> None:
            pass
        self.assertEqual(get_type_hints(f), {'a': int, 'b': Optional[str], 'c': List[Stack], 'return': type(None)})

    def test_protocol(self):
        @runtime_checkable
        class Closes(Protocol):
            def close(self):
                pass

        class File:
            def close(self):
                pass
        self.assertTrue(isinstance(File(), Closes) and issubclass(File, Closes) and not isinstance(1, Closes))
        with self.assertRaisesRegex(TypeError, 'Protocols cannot be instantiated'):
            Closes()

    def test_named_tuple(self):
        class Employee(NamedTuple):
            name: str
            id: int = 3

            def tag(self):
                return f'{self.name}{self.id}'
        self.assertEqual((Employee('x').tag(), Employee.__annotations__), ('x3', {'name': str, 'id': int}))
        self.assertEqual(NamedTuple('P', [('a', int)])(1).a, 1)

    def test_typed_dict(self):
        class Point(TypedDict, total=False):
            x: int
        self.assertEqual((Point(x=1), Point.__total__, Point.__annotations__), ({'x': 1}, False, {'x': int}))

    def test_generic_classes(self):
        class Pair(Dict[T, S]):
            pass
        self.assertEqual(Pair.__parameters__, (T, S))
        self.assertEqual(Stack[int]().__orig_class__, Stack[int])
        with self.assertRaisesRegex(TypeError, r'Some type variables \(~T\) are not listed in Generic\[~S\]'):
            class Bad(List[T], Generic[S]):
                pass


@dataclass(order=True)
class Item:
    name: str
    price: float = 1.5
    tags: list = field(default_factory=list, compare=False, repr=False)
    limit: ClassVar[int] = 3


class OtherPackages(unittest.TestCase):
    """What backports of newer typing rely on."""

    def test_alias_of_another_package(self):
        class Other(list):      # claims to be an alias, without a method of one
            __class__ = type(List[int])
            __origin__ = list

            def __init__(self, *args):
                self.__args__ = args

        self.assertEqual(List[int], Other(int))
        self.assertNotEqual(List[int], Other(str))

    def test_two_kinds_of_protocol(self):
        class Kind(Generic[T], metaclass=type(Protocol)):
            _is_protocol = True

            def __init_subclass__(cls, **kwargs):
                super().__init_subclass__(**kwargs)
                if not cls.__dict__.get('_is_protocol', False):
                    cls._is_protocol = Kind in cls.__bases__

        class A(Protocol):
            pass

        class B(Kind):
            pass

        class C(B, A, Protocol):
            pass

        class D(B, A):
            pass

        self.assertEqual([c._is_protocol for c in (A, B, C, D)], [True, True, True, False])


class Dataclasses(unittest.TestCase):
    def test_methods(self):
        item = Item('a', tags=[1])
        self.assertEqual(repr(item), "Item(name='a', price=1.5)")
        self.assertTrue(item == Item('a') and item < Item('b') and item.tags == [1] and Item('a').tags == [])
        self.assertEqual(Item.__doc__, 'Item(name: str, price: float = 1.5, tags: list = <factory>)')
        self.assertEqual([f.name for f in fields(Item)], ['name', 'price', 'tags'])
        self.assertIsNone(Item.__hash__)

    def test_conversion(self):
        self.assertEqual(asdict(Item('a', tags=[Item('b')])), {'name': 'a', 'price': 1.5, 'tags': [
            {'name': 'b', 'price': 1.5, 'tags': []}]})
        self.assertEqual(astuple(Item('a')), ('a', 1.5, []))
        self.assertEqual(replace(Item('a'), price=2).price, 2)

    def test_frozen(self):
        @dataclass(frozen=True)
        class F:
            x: int
        with self.assertRaisesRegex(FrozenInstanceError, "cannot assign to field 'x'"):
            F(1).x = 2
        self.assertEqual(hash(F(1)), hash((1,)))
        with self.assertRaisesRegex(TypeError, 'cannot inherit non-frozen dataclass from a frozen one'):
            dataclass(type('G', (F,), {}))

    def test_post_init(self):
        @dataclass
        class P:
            x: int
            twice: 'InitVar[bool]'
            y: int = field(init=False)

            def __post_init__(self, twice):
                self.y = self.x * (2 if twice else 1)
        self.assertEqual(P(3, True).y, 6)
        self.assertEqual(repr(InitVar[int]), 'dataclasses.InitVar[int]')

    def test_errors(self):
        with self.assertRaisesRegex(TypeError, "non-default argument 'y' follows default argument"):
            make_dataclass('C', [('x', int, 1), 'y'])
        with self.assertRaisesRegex(ValueError, "mutable default <class 'list'> for field x is not allowed"):
            make_dataclass('C', [('x', list, [])])
        with self.assertRaisesRegex(TypeError, r"Field names must not be keywords: 'for'"):
            make_dataclass('C', ['for'])
        with self.assertRaisesRegex(TypeError, r"missing 1 required positional argument: 'name'"):
            Item()


if __name__ == '__main__':
    unittest.main()
