# SPDX-License-Identifier: MIT
"""Functions of the module operator that are gone.

    operator.isCallable(x)          callable(x)
    operator.sequenceIncludes(a, b) operator.contains(a, b)
    operator.isSequenceType(x)      isinstance(x, collections.abc.Sequence)
    operator.isMappingType(x)       isinstance(x, collections.abc.Mapping)
    operator.isNumberType(x)        isinstance(x, numbers.Number)
    operator.repeat(x, n)           operator.mul(x, n)
    operator.irepeat(x, n)          operator.imul(x, n)

Where such a name stands without the module, there is a warning only.
"""

from ..fixer_base import BaseFix
from ..fixer_util import Call, Name, String, touch_import


def invocation(s):
    """Note with a method how its result is called; %s stands for the arguments."""
    def note(method):
        method.invocation = s
        return method
    return note


class FixOperator(BaseFix):
    """Replaces calls of those functions."""

    BM_compatible = True
    order = "pre"
    methods = "method=(%s)" % "|".join(map(repr, (
        "isCallable", "sequenceIncludes", "isSequenceType", "isMappingType", "isNumberType", "repeat", "irepeat")))
    obj = "'(' obj=any ')'"
    PATTERN = "power< module='operator' trailer< '.' {0} > trailer< {1} > > | power< {0} trailer< {1} > >".format(methods, obj)

    def transform(self, node, results):
        """Return the new call, or change it; warn if the module is not named."""
        method = results["method"][0]
        change = getattr(self, "_" + method.value)
        if "module" in results:
            return change(node, results, method)
        hint = change.invocation % str(results["obj"])
        self.warning(node, "You should use '%s' here." % hint)
        return None

    @invocation("operator.contains(%s)")
    def _sequenceIncludes(self, node, results, method):
        self._rename(method, "contains")

    @invocation("callable(%s)")
    def _isCallable(self, node, results, method):
        return Call(Name("callable"), [results["obj"].clone()], prefix=node.prefix)

    @invocation("operator.mul(%s)")
    def _repeat(self, node, results, method):
        self._rename(method, "mul")

    @invocation("operator.imul(%s)")
    def _irepeat(self, node, results, method):
        self._rename(method, "imul")

    @invocation("isinstance(%s, collections.abc.Sequence)")
    def _isSequenceType(self, node, results, method):
        return self._isinstance(node, results, "collections.abc", "Sequence")

    @invocation("isinstance(%s, collections.abc.Mapping)")
    def _isMappingType(self, node, results, method):
        return self._isinstance(node, results, "collections.abc", "Mapping")

    @invocation("isinstance(%s, numbers.Number)")
    def _isNumberType(self, node, results, method):
        return self._isinstance(node, results, "numbers", "Number")

    @staticmethod
    def _rename(method, name):
        method.value = name
        method.changed()

    @staticmethod
    def _isinstance(node, results, module, name):
        touch_import(None, module, node)
        args = [results["obj"].clone(), String(", " + module + "." + name)]
        return Call(Name("isinstance"), args, prefix=node.prefix)
