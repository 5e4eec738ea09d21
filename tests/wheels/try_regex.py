# SPDX-License-Identifier: MIT
"""regex: what re cannot do: recursion, fuzzy matching, sets, properties, variable lookbehind, partial matches."""
import concurrent.futures
import regex

assert regex.findall(r"(?<n>\p{L}+)\s(?&n)", "abc def 12 ghi jkl") == ["abc", "ghi"]
assert regex.fullmatch(r"(\((?:[^()]|(?1))*\))", "(a(b)c)") and not regex.fullmatch(r"(\((?:[^()]|(?1))*\))", "(a(b c)")
m = regex.search(r"(?b)(?:hello){e<=2}", "say helo there")
assert m.group() == "helo" and m.fuzzy_counts == (0, 0, 1)
assert regex.findall(r"(?V1)[[a-z]--[aeiou]]+", "education") == ["d", "c", "t", "n"]
assert regex.sub(r"(?<=\b\w{1,3})x", "-", "ax abcx abcdx") == "a- abc- abcdx"
assert regex.match(r"(?:(\w)(\d))+", "a1b2c3").captures(1) == ["a", "b", "c"]
assert regex.fullmatch(r"\d{4}-\d\d", "2020-", partial=True).partial
assert regex.sub(r"(?i)A", lambda m: m.group() + "!", "banAna") == "ba!nA!na!"
assert regex.split(r"(?V1)(?=[A-Z])", "oneTwoThree") == ["one", "Two", "Three"]
assert regex.findall(r"\X", "e\u0301a") == ["e\u0301", "a"] and regex.findall(r"(?r)\d\d", "12345") == ["45", "23"]
assert regex.search(r"\L<words>", "a cat sat", words=["dog", "cat"]).span() == (2, 5)
try:
    regex.compile("(a")
except regex.error as e:
    assert e.pos == 2
with concurrent.futures.ThreadPoolExecutor(4) as pool:
    assert list(pool.map(lambda i: len(regex.findall(r"a+?b", "aab" * i, concurrent=True)), range(50))) == list(range(50))
