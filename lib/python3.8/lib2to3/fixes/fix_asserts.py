# SPDX-License-Identifier: MIT
"""Methods of unittest.TestCase under their present names."""

from ..fixer_base import BaseFix
from ..fixer_util import Name

_RENAMED = """
    assert_:True failUnless:True failIf:False failUnlessRaises:Raises
    assertEquals:Equal failUnlessEqual:Equal assertNotEquals:NotEqual failIfEqual:NotEqual
    assertAlmostEquals:AlmostEqual failUnlessAlmostEqual:AlmostEqual
    assertNotAlmostEquals:NotAlmostEqual failIfAlmostEqual:NotAlmostEqual
    assertRegexpMatches:Regex assertRaisesRegexp:RaisesRegex
"""
NAMES = {old: "assert" + new for old, new in (pair.split(":") for pair in _RENAMED.split())}


class FixAsserts(BaseFix):
    """Replaces old names of assertions."""

    PATTERN = "power< any+ trailer< '.' meth=(%s)> any* >" % "|".join(map(repr, NAMES))

    def transform(self, node, results):
        """Replace the name."""
        name = results["meth"][0]
        name.replace(Name(NAMES[str(name)], prefix=name.prefix))
