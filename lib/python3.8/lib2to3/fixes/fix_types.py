# SPDX-License-Identifier: MIT
"""Names of the module types that are built-ins: types.IntType is int."""

from ..fixer_base import BaseFix
from ..fixer_util import Name

_TYPE_MAPPING = dict(
    NoneType="type(None)", NotImplementedType="type(NotImplemented)", EllipsisType="type(Ellipsis)",
    ObjectType="object", TypeType="type", ClassType="type",
    BooleanType="bool", IntType="int", LongType="int", FloatType="float", ComplexType="complex",
    StringType="bytes", UnicodeType="str", StringTypes="(str,)", BufferType="memoryview",
    TupleType="tuple", ListType="list", DictType="dict", DictionaryType="dict", SliceType="slice", XRangeType="range",
)


class FixTypes(BaseFix):
    """Replaces the names."""

    BM_compatible = True
    PATTERN = '|'.join("power< 'types' trailer< '.' name='%s' > >" % name for name in _TYPE_MAPPING)

    def transform(self, node, results):
        """Return the new name."""
        new = _TYPE_MAPPING.get(results["name"].value)
        return Name(new, prefix=node.prefix) if new else None
