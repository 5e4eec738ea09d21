# SPDX-License-Identifier: MIT
"""greenlet: switching, exceptions, deep stacks, generators, frames, threads, garbage, tracing, context variables."""
import contextvars
import gc
import threading
import weakref
import greenlet

main = greenlet.getcurrent()


def echo(x):
    for _ in range(3):
        x = main.switch(x + 1)
    return "end"


g = greenlet.greenlet(echo)
assert [g.switch(1), g.switch(5), g.switch(7), g.switch(0), g.dead] == [2, 6, 8, "end", True]


def dig(n):
    keep = [n]
    if n:
        dig(n - 1)
    else:
        main.switch("deep")
        raise ValueError("from below")
    assert keep == [n]


many = [greenlet.greenlet(dig) for _ in range(40)]
assert [g.switch(20 + i) for i, g in enumerate(many)] == ["deep"] * 40
assert many[3].gr_frame.f_code.co_name == "dig" and many[3].gr_frame.f_back.f_locals["n"] == 1
for g in reversed(many):
    try:
        g.switch()
    except ValueError as e:
        assert str(e) == "from below"
    else:
        raise AssertionError


def numbers():
    for i in range(5):
        main.switch(i)
        yield i


g = greenlet.greenlet(lambda: max(numbers(), key=lambda v: main.switch(-v) or v))
assert [g.switch() for _ in range(11)] == [0, 0, 1, -1, 2, -2, 3, -3, 4, -4, 4]


class Thing:
    pass


def holder():
    try:
        thing = Thing()
        main.switch(weakref.ref(thing))
    finally:
        ended.append(True)


ended = []
g = greenlet.greenlet(holder)
ref = g.switch()
del g
gc.collect()
assert ref() is None and ended == [True]
trace = []
greenlet.settrace(lambda event, args: trace.append(event))
greenlet.greenlet(lambda: None).switch()
greenlet.settrace(None)
assert trace[:2] == ["switch", "switch"]


def work():
    here = greenlet.getcurrent()
    gs = [greenlet.greenlet(lambda i=i: [here.switch(i) for _ in range(i)]) for i in range(30)]
    sums.append(sum(g.switch() for g in gs if not g.dead and gs.index(g)))


sums = []
threads = [threading.Thread(target=work) for _ in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert sums == [sum(range(1, 30))] * 4
variable = contextvars.ContextVar("v", default=0)


def sets():
    variable.set(1)
    main.switch(variable.get())


assert greenlet.greenlet(sets).switch() == 1 and variable.get() == 0
