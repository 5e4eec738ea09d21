# SPDX-License-Identifier: MIT
"""Idioms: type(x) == T is isinstance(x, T), while 1 is while True, and a list that is made and sorted is sorted()."""

from ..fixer_base import BaseFix
from ..fixer_util import BlankLine, Call, Comma, Name, Node, syms

CMP = "(n='!=' | '==' | 'is' | n=comp_op< 'is' n='not' >)"
TYPE = "power< 'type' trailer< '(' x=any ')' > >"


def _sorted(value):
    """The pattern of a name that is given this value, and sorted in the next line."""
    assign = "simple_stmt< expr_stmt< id1=any '=' %s > '\\n' >" % value
    sort = "simple_stmt< power< id2=any trailer< '.' 'sort' > trailer< '(' ')' > > '\\n' >"
    return "sorted=any< any* %s sort=%s next=any* >" % (assign, sort)


class FixIdioms(BaseFix):
    """Writes things the way that is usual.  Only done when asked for."""

    explicit = True
    PATTERN = "|".join([
        "isinstance=comparison< %s %s T=any >" % (TYPE, CMP),
        "isinstance=comparison< T=any %s %s >" % (CMP, TYPE),
        "while_stmt< 'while' while='1' ':' any+ >",
        _sorted("power< list='list' trailer< '(' (not arglist<any+>) any ')' > >"),
        _sorted("expr=any"),
    ])

    def match(self, node):
        """Whether the node is one of those; for a sorted list, it has to be the same one."""
        found = super().match(node)
        if found and "sorted" in found and found["id1"] != found["id2"]:
            return None
        return found

    def transform(self, node, results):
        """Change what was found."""
        for name in ("isinstance", "while", "sorted"):
            if name in results:
                return getattr(self, "transform_" + {"sorted": "sort"}.get(name, name))(node, results)
        raise RuntimeError("Invalid match")

    def transform_isinstance(self, node, results):
        """Return isinstance(x, T), with "not" before it where the comparison was one."""
        value, kind = results["x"].clone(), results["T"].clone()
        value.prefix, kind.prefix = "", " "
        answer = Call(Name("isinstance"), [value, Comma(), kind])
        if "n" in results:
            answer.prefix = " "
            answer = Node(syms.not_test, [Name("not"), answer])
        answer.prefix = node.prefix
        return answer

    def transform_while(self, node, results):
        """Replace the 1."""
        one = results["while"]
        one.replace(Name("True", prefix=one.prefix))

    def transform_sort(self, node, results):
        """Make the first statement sort, and take the second away."""
        sort_line, following = results["sort"], results["next"]
        listed, value = results.get("list"), results.get("expr")
        if listed:
            listed.replace(Name("sorted", prefix=listed.prefix))
        elif value:
            inside = value.clone()
            inside.prefix = ""
            value.replace(Call(Name("sorted"), [inside], prefix=value.prefix))
        else:
            raise RuntimeError("should not have reached here")
        sort_line.remove()
        blanks = sort_line.prefix
        if "\n" in blanks:
            # Comments of the second statement go to the next.
            kept = blanks.rpartition("\n")[0]
            if following:
                following[0].prefix = kept + "\n" + following[0].prefix
            else:
                end = BlankLine()
                end.prefix = kept
                node.append_child(end)
