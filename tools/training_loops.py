# SPDX-License-Identifier: MIT
"""Loops of everyday code, for the build to count what they execute (tools/train_profile).

Each function runs one kind of thing often enough to stand out among the tests, a fraction of a second in all.
"""


def whole_numbers(n):
    total, mask = 0, 0xFFFF
    for i in range(n):
        total = (total * 31 + i) & mask
        if total % 7 == 3 or i // 3 < total >> 4:
            total ^= i
        total -= i % 5
    while n > 0:
        n -= 1
        total += n if n & 1 else -n
    return total


def long_numbers(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    digits = str(a * b)
    return int(digits) // a % 97, pow(3, n, a + 1), a >> 70, len(hex(b))


def real_numbers(n):
    x, y, points = 0.0, 1.0, []
    for i in range(n):
        x += y * 0.5 - i / 3.0
        y = x * x if -1.0 < x < 1.0 else abs(x) ** 0.5
        points.append((x, y))
    return sum(p * q for p, q in points), max(points), complex(x, y) * complex(y, x)


def indexing(n):
    rows = [[i * j for j in range(12)] for i in range(12)]
    table = dict((str(i), i) for i in range(50))
    total = 0
    for step in range(n):
        row = rows[step % 12]
        row[step % 11], row[0] = row[0], row[step % 11]
        total += row[3] + rows[2][step % 12] + table[str(step % 50)]
        total += len(row[2:5]) + row[-1]
        pair = step, total
        first, second = pair
        if step in table or "7" in table:
            total = second - first
    flags = bytearray(n + 1)
    for i in range(2, n):
        if not flags[i]:
            flags[i * i::i] = b"\x01" * len(range(i * i, n + 1, i))
    return total, flags.count(0)


class Shape:
    count = 0
    unit = 1

    def __init__(self, width, height=2, *, name="shape"):
        self.width, self.height, self.name = width, height, name
        Shape.count += 1

    @property
    def area(self):
        return self.width * self.height * self.unit

    def grow(self, by=1):
        self.width += by
        return self

    @classmethod
    def square(cls, side):
        return cls(side, side, name="square")

    @staticmethod
    def half(n):
        return n // 2

    def __add__(self, other):
        return Shape(self.width + other.width)

    def __eq__(self, other):
        return self.width == other.width

    def __hash__(self):
        return hash(self.width)

    def __lt__(self, other):
        return self.width < other.width

    def __len__(self):
        return self.width

    def __getitem__(self, i):
        return self.width - i

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, self.width)


class Slotted(Shape):
    __slots__ = ("left", "right")

    def __init__(self, width, left=None, right=None):
        super().__init__(width)
        self.left, self.right = left, right

    def depth(self):
        below = [node.depth() for node in (self.left, self.right) if node is not None]
        return 1 + max(below, default=0)


def objects(n):
    shapes, tree = [], None
    for i in range(n):
        shape = Shape(i, height=3) if i % 3 else Shape.square(i % 20)
        shape.grow().grow(by=2)
        shapes.append(shape + shape)
        if shape.area > Shape.half(i) and isinstance(shape, Shape) and hasattr(shape, "name"):
            shape.label = shape.name.upper()
        tree = Slotted(i, tree if i % 40 else None, Slotted(0))
    shapes.sort()
    different = set(shapes)
    return len(different), shapes[3][1], len(shapes[4]), repr(shapes[5]), tree.depth(), getattr(tree, "none", 0)


def calls(n):
    def positional(a, b, c=3):
        return a + b + c

    def collecting(*args, key=None, **kwargs):
        return len(args) + len(kwargs) + (key or 0)

    def outer(step):
        seen = 0

        def inner(x):
            nonlocal seen
            seen += step
            return x + seen
        return inner

    def depth(k):
        return 0 if k == 0 else 1 + depth(k - 1)

    count, total = outer(2), 0
    for i in range(n):
        total += positional(i, 1) + positional(i, b=2, c=1) + collecting(1, i, key=i)
        total += collecting(*(1, 2), **{"x": 1}) + count(i) + (lambda x, y=1: x - y)(i)
        total += depth(i % 20) + min(i, 9) + max(i, total, key=abs) + len(str(i))
    return total


def iterating(n):
    def numbers(k):
        for i in range(k):
            yield i

    def both(k):
        received = yield from numbers(k)
        return received

    words = "the quick brown fox jumps over the lazy dog".split()
    total = 0
    for _ in range(n):
        total += sum(i for i in both(20) if i % 2)
        for i, word in enumerate(words):
            total += i + len(word)
        for a, b in zip(words, reversed(words)):
            total += a < b
        counts = {}
        for letter in "mississippi":
            counts[letter] = counts.get(letter, 0) + 1
        for key, value in counts.items():
            total += value if key in "ip" else 0
        total += len({w: len(w) for w in words}) + len({w[0] for w in words}) + len(list(map(len, words)))
        total += sum(sorted(map(len, words), reverse=True)[:3]) + any(w == "fox" for w in words)
        head, *rest = words
        total += len(rest) + len([*rest, head, *words[:2]])
    return total


def errors(n):
    total = 0
    for i in range(n):
        try:
            if i % 3 == 0:
                raise ValueError(i)
            if i % 3 == 1:
                {}["missing"]
            [].nothing
        except (ValueError, KeyError) as error:
            total += len(error.args)
        except AttributeError:
            total += 1
        finally:
            total += 2
        with Closing() as closing:
            total += closing.entered
    return total


class Closing:
    entered = 0

    def __enter__(self):
        self.entered += 1
        return self

    def __exit__(self, *details):
        return False


def text(n):
    parts = []
    for i in range(n):
        name = "item%d" % i
        line = f"{name}: {i * 2:>6} {i / 3:.2f} {name!r}"
        parts.append(line.strip().replace("item", "Item").lower())
        if line.startswith("item1") or line.endswith("9'") or ":" in line:
            parts[-1] += line[2:5] + str(i)
        key, _, rest = line.partition(":")
        parts.append("-".join(rest.split()) + key.title())
        parts.append("{0}/{name}".format(i, name=name).encode().decode())
    whole = "\n".join(parts)
    return len(whole), whole.count("é"), whole.find("item7"), len(whole.splitlines()), whole.upper()[:3]


def coroutines(n):
    class Ready:
        def __await__(self):
            return (yield 1)

    async def step(i):
        async with Managed():
            return await Ready() or i

    async def many():
        total = 0
        for i in range(n):
            total += await step(i)
        return total

    running, steps = many(), 0
    try:
        while True:
            steps += running.send(None)
    except StopIteration as stop:
        return steps, stop.value


class Managed:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *details):
        return None


def garbage(n):
    kept = []
    for i in range(n):
        node = {"self": None, "values": [i, (i, str(i))]}
        node["self"] = node
        if i % 10 == 0:
            kept.append(node)
    return len(kept)


def main():
    results = [whole_numbers(60000), long_numbers(3000), real_numbers(40000), indexing(20000), objects(4000), calls(6000),
               iterating(600), errors(12000), text(6000), coroutines(6000), garbage(12000)]
    assert None not in results


if __name__ == "__main__":
    main()
