# SPDX-License-Identifier: MIT
"""d.has_key(x): x in d."""

from .. import pytree
from ..fixer_base import BaseFix
from ..fixer_util import Name, parenthesize

# The call, with exactly one argument that has no name.
_ARGUMENT = "(not(arglist | argument<any '=' any>) arg=any | arglist<(not argument<any '=' any>) arg=any ','>)"
_CALL = "before=any+ trailer< '.' 'has_key' > trailer< '(' %s ')' >" % _ARGUMENT


class FixHasKey(BaseFix):
    """Turns calls of has_key() into "in", with parentheses where they are needed."""

    BM_compatible = True
    PATTERN = "anchor=power< %s after=any* > | negation=not_test< 'not' anchor=power< %s > >" % (_CALL, _CALL)

    def transform(self, node, results):
        """Return the comparison."""
        syms = self.syms
        if node.parent.type == syms.not_test and self.pattern.match(node.parent):
            return None         # done with the "not" before it
        negation, anchor = results.get("negation"), results["anchor"]
        before = [part.clone() for part in results["before"]]
        arg = results["arg"].clone()
        after = [part.clone() for part in results.get("after") or ()]
        prefix = node.prefix
        if arg.type in (syms.comparison, syms.not_test, syms.and_test, syms.or_test, syms.test, syms.lambdef, syms.argument):
            arg = parenthesize(arg)
        before = before[0] if len(before) == 1 else pytree.Node(syms.power, before)
        before.prefix = " "
        operator = Name("in", prefix=" ")
        if negation:
            operator = pytree.Node(syms.comp_op, (Name("not", prefix=" "), operator))
        new = pytree.Node(syms.comparison, (arg, operator, before))
        if after:
            new = pytree.Node(syms.power, (parenthesize(new), *after))
        tighter = (syms.comparison, syms.expr, syms.xor_expr, syms.and_expr, syms.shift_expr, syms.arith_expr, syms.term,
                   syms.factor, syms.power)
        place = anchor.parent if not negation else negation.parent
        if place is not None and place.type in tighter:
            new = parenthesize(new)
        new.prefix = prefix
        return new
