# SPDX-License-Identifier: MIT
"""PyYAML with libyaml: loading, dumping, tags, anchors, errors."""
import datetime
import yaml

assert yaml.__with_libyaml__
text = "a: [1, 2.5, x, 0x1F, yes]\nb: &k {c: null, d: 2020-01-02}\ne: *k\nf: |\n  two\n  lines\n"
data = yaml.load(text, Loader=yaml.CSafeLoader)
assert data["a"] == [1, 2.5, "x", 31, True] and data["b"] is data["e"] and data["f"] == "two\nlines\n"
assert data["b"]["d"] == datetime.date(2020, 1, 2) and data == yaml.safe_load(text)
assert yaml.dump({"k": [1, "\u20ac", None]}, Dumper=yaml.CSafeDumper, allow_unicode=True) == "k:\n- 1\n- \u20ac\n- null\n"


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y


yaml.add_constructor("!p", lambda loader, node: Point(*loader.construct_sequence(node)), Loader=yaml.CSafeLoader)
yaml.add_representer(Point, lambda dumper, p: dumper.represent_sequence("!p", [p.x, p.y], flow_style=True), Dumper=yaml.CSafeDumper)
p = yaml.load("!p [3, 4]", Loader=yaml.CSafeLoader)
assert (p.x, p.y) == (3, 4) and yaml.dump(p, Dumper=yaml.CSafeDumper) == "!p [3, 4]\n"
assert [type(e).__name__ for e in yaml.parse("- 1", Loader=yaml.CLoader)][2:4] == ["SequenceStartEvent", "ScalarEvent"]
assert list(yaml.load_all("1\n---\n2\n", Loader=yaml.CSafeLoader)) == [1, 2]
try:
    yaml.load("a: [1\nb: 2", Loader=yaml.CSafeLoader)
except yaml.YAMLError as e:
    assert e.problem_mark.line == 1
