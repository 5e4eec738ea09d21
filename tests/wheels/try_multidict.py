# SPDX-License-Identifier: MIT
"""multidict, frozenlist and yarl: what aiohttp stands on."""
import pickle
from frozenlist import FrozenList
from multidict import CIMultiDict, MultiDict, istr
from yarl import URL

d = MultiDict([("a", 1), ("b", 2), ("a", 3)])
assert d.getall("a") == [1, 3] and list(d.keys()) == ["a", "b", "a"] and d.popall("a") == [1, 3] and len(d) == 1
headers = CIMultiDict({"Content-Type": "x"})
headers.add(istr("content-type"), "y")
assert headers.getall("CONTENT-TYPE") == ["x", "y"] and pickle.loads(pickle.dumps(headers)) == headers
try:
    d["zz"]
except KeyError as e:
    assert e.args == ("zz",)
items = FrozenList([1, 2])
items.append(3)
items.freeze()
assert list(items) == [1, 2, 3]
try:
    items.append(4)
except RuntimeError as e:
    assert "frozen" in str(e)
else:
    raise AssertionError
url = URL("http://user@ex\u00e4mple.org:8080/a b/../c?q=1&q=\u20ac#f")
assert url.host == "ex\u00e4mple.org" and url.query.getall("q") == ["1", "\u20ac"] and str(url / "d%").endswith("/d%25")
assert URL("/x").is_absolute() is False and url.with_query(z=3).query_string == "z=3" and url.join(URL("../e")).path == "/e"
