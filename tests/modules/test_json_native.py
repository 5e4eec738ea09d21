# SPDX-License-Identifier: MIT
"""_json: scanner and encoder: positions of errors, numbers, strings, odd subclasses."""
import json
import random
import unittest
from _json import encode_basestring, encode_basestring_ascii, scanstring


class Scanner(unittest.TestCase):
    def fault(self, text, message, at):
        with self.assertRaises(json.JSONDecodeError) as caught:
            json.loads(text)
        self.assertEqual((caught.exception.msg, caught.exception.pos), (message, at))

    def test_errors(self):
        for text, message, at in (('"abc', "Unterminated string starting at", 0), ('"a\x01"', "Invalid control character at", 2),
                                  ('"\\x"', "Invalid \\escape", 1), ('"\\u12"', "Invalid \\uXXXX escape", 2),
                                  ('{"a"', "Expecting ':' delimiter", 4), ('{"a":', "Expecting value", 5),
                                  ('{"a":1,}', "Expecting property name enclosed in double quotes", 7),
                                  ("[1", "Expecting ',' delimiter", 2), ("[1,", "Expecting value", 3), ("[", "Expecting value", 1),
                                  ("-", "Expecting value", 0), ("1.", "Extra data", 1), ("01", "Extra data", 1)):
            self.fault(text, message, at)

    def test_wide_documents(self):
        for extra in ("", "\xe9", "\u20ac", "\U0001d11e"):
            value = {"k" + extra: [1, -2.5, None, True, extra], "k": extra * 3, "": {}}
            self.assertEqual(json.loads(json.dumps(value, ensure_ascii=False)), value)
            self.assertEqual(json.loads(json.dumps(value)), value)

    def test_numbers(self):
        rng = random.Random(1)
        for _ in range(3000):
            text = "%s%d%s%s" % (rng.choice(["", "-"]), rng.randrange(10 ** rng.randrange(1, 25)),
                                 rng.choice(["", ".%d" % rng.randrange(10 ** rng.randrange(1, 20))]),
                                 rng.choice(["", "e%d" % rng.randrange(-330, 310), "E+5"]))
            expected = float(text) if set(text) & set(".eE") else int(text)
            got = json.loads(text)
            self.assertEqual((repr(got), type(got)), (repr(expected), type(expected)))

    def test_hooks(self):
        self.assertEqual(json.loads("[1,2.5,NaN]", parse_int=str, parse_float=lambda s: "f" + s, parse_constant=len), ["1", "f2.5", 3])
        self.assertEqual(json.loads('{"a":1,"a":2}', object_pairs_hook=list), [("a", 1), ("a", 2)])
        self.assertEqual(json.loads('[{"a":1}]', object_hook=sorted), [["a"]])

    def test_surrogates(self):
        self.assertEqual(json.loads('"\\ud834\\udd1e"'), "\U0001d11e")
        self.assertEqual(json.loads('"\\ud834\\u0041"'), "\ud834A")
        self.assertEqual(json.loads('"\\ud834x"'), "\ud834x")

    def test_scanstring(self):
        self.assertEqual((scanstring('x"', 0), scanstring('a\tb"', 0, False)), (("x", 2), ("a\tb", 4)))
        self.assertRaises(ValueError, scanstring, "a", 5)
        self.assertRaises(TypeError, scanstring, b"a", 0)

    def test_depth(self):
        self.assertRaises(RecursionError, json.loads, "[" * 100000)
        self.assertRaises(RecursionError, json.loads, '{"a":' * 100000)


class Encoder(unittest.TestCase):
    def test_strings(self):
        text = "a\"\\/\n\t\b\f\r\0\x1f\x7f\xe9\u20ac\U0001d11e\ud800"
        self.assertEqual(encode_basestring_ascii(text),
                         '"a\\"\\\\/\\n\\t\\b\\f\\r\\u0000\\u001f\\u007f\\u00e9\\u20ac\\ud834\\udd1e\\ud800"')
        self.assertEqual(encode_basestring(text), '"a\\"\\\\/\\n\\t\\b\\f\\r\\u0000\\u001f\x7f\xe9\u20ac\U0001d11e\ud800"')
        for n in (0, 1, 255, 256, 257, 1000):
            for c in "a\n\u20ac":
                self.assertEqual(json.loads(encode_basestring_ascii(c * n)), c * n)

    def test_subclasses(self):
        class I(int):
            __repr__ = __str__ = lambda self: "I"

        class F(float):
            __repr__ = __str__ = lambda self: "F"
        self.assertEqual(json.dumps([I(5), F(1.5), {I(3): 2, F(2.5): True}]), '[5, 1.5, {"3": 2, "2.5": true}]')

    def test_keys(self):
        self.assertEqual(json.dumps({1: 1, 1.5: 2, True: 3, None: 4}), '{"1": 3, "1.5": 2, "null": 4}')
        self.assertRaisesRegex(TypeError, "keys must be str, int, float, bool or None, not tuple", json.dumps, {(1,): 2})
        self.assertEqual(json.dumps({(1,): 2, "a": 1}, skipkeys=True), '{"a": 1}')
        self.assertEqual(json.dumps({"b": 1, "a": 2}, sort_keys=True), '{"a": 2, "b": 1}')

    def test_indentation(self):
        value = {"b": [1, [], {}, [2.5]], "a": {"x": None, "\xe9": "\u20ac"}, 3: ()}
        for options in ({"indent": 2}, {"indent": 0}, {"indent": "\t"}, {"indent": True}, {"indent": -1}, {"indent": "\xe9"},
                        {"indent": 1, "ensure_ascii": False}, {"indent": 4, "separators": (" ,", " :")}):
            whole = json.JSONEncoder(**options).encode(value)
            self.assertEqual(whole, "".join(json.JSONEncoder(**options).iterencode(value)))
        self.assertEqual(json.dumps({(): 1}, indent=1, skipkeys=True), "{\n \n}")
        self.assertEqual(json.dumps([object()], indent=1, default=lambda o: [1]), "[\n [\n  1\n ]\n]")
        with self.assertRaisesRegex(ValueError, "not JSON compliant: inf"):
            json.dumps([1e999], indent=1, allow_nan=False)

    def test_plain_text(self):
        for n in (15, 16, 17, 40):
            for c in '"\\\x00\x1f\x7f~ ':
                text = "a" * n + c + "b" * n
                self.assertEqual(json.loads(json.dumps(text)), text)
                self.assertEqual(json.loads(json.dumps(text, ensure_ascii=False)), text)
                self.assertEqual(encode_basestring_ascii(text), '"' + "a" * n + encode_basestring_ascii(c)[1:-1] + "b" * n + '"')

    def test_circles(self):
        a, d = [], {}
        a.append(a)
        d["x"] = d
        for x in (a, d):
            self.assertRaisesRegex(ValueError, "Circular reference detected", json.dumps, x)
        self.assertRaises(RecursionError, json.dumps, a, check_circular=False)

    def test_changing_dict(self):
        d = {i: object() for i in range(5)}

        def default(o):
            d.clear()
            return 0
        self.assertEqual(json.dumps(d, default=default), '{"0": 0, "1": 0, "2": 0, "3": 0, "4": 0}')

    def test_floats(self):
        self.assertEqual(json.dumps([1.0, 1e100, -0.0, 5e-324, float("inf")]), "[1.0, 1e+100, -0.0, 5e-324, Infinity]")
        self.assertRaises(ValueError, json.dumps, float("nan"), allow_nan=False)


if __name__ == "__main__":
    unittest.main()
