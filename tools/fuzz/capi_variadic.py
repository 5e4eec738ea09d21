# SPDX-License-Identifier: MIT
"""Calls of the functions with variable arguments, for capi_sweep: parsing, building, formatting, calling, with good and bad formats.

A format is put together from units; each unit knows which arguments it needs. A unit or two of a good format may be spoiled:
then no answer that needs the arguments is expected, and there are always enough of them, whatever is made of the format.
"""
import ctypes
import re

pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int

# What the units of PyArg_Parse* write: a function that shows the room (64 bytes).
INTEGERS = {"b": ctypes.c_ubyte, "B": ctypes.c_ubyte, "h": ctypes.c_short, "H": ctypes.c_ushort, "i": ctypes.c_int, "I": ctypes.c_uint, "l": ctypes.c_long,
            "k": ctypes.c_ulong, "L": ctypes.c_longlong, "K": ctypes.c_ulonglong, "n": ctypes.c_ssize_t, "f": ctypes.c_float, "d": ctypes.c_double,
            "p": ctypes.c_int, "c": ctypes.c_char, "C": ctypes.c_int}
PARSED = list(INTEGERS) + ["s", "z", "y", "u", "Z", "s#", "z#", "y#", "O", "O!", "O&", "S", "Y", "U", "s*", "z*", "y*", "w*", "es", "et", "es#", "D"]
SPOILED = ["x", "#", "!", "&", "(", ")", "q", "*", "w", "w#", "e", "ex", "%", "\xff", "|", "$", "||", "$$", "|$|", ":f", ";message", "v", " ", "a"]


def nested(units, pick):
    """The units as a format, some of them in parentheses, with | and the function's name."""
    form = list(units)
    if len(form) > 1 and pick(4) == 0:
        k = pick(len(form) - 1)
        form[k:k + 2] = ["(" + form[k] + form[k + 1] + ")"]
    if pick(2):
        form.insert(pick(len(form) + 1), "|")
    form = "".join(form)
    if pick(6) == 0:
        k = pick(len(form) + 1)
        form = form[:k] + SPOILED[pick(len(SPOILED))] + form[k:]
    return form + ("", "", ":name", ";own message")[pick(4)]


class Variadic:
    """One call of function: arguments in values; afterwards results() tells what was written."""

    def __init__(self, sweep, call, pick):
        self.sweep, self.call, self.pick, self.rooms = sweep, call, pick, []
        self.values = call.values

    def add_text(self, value):
        if isinstance(value, str):
            value = value.encode("latin-1")
        self.call.keep.append(ctypes.create_string_buffer(value, len(value) + 64))
        self.values.append(pointer(ctypes.addressof(self.call.keep[-1])))
        self.call.text.append(ascii(value))

    def add_object(self, word="any"):
        self.values.append(pointer(self.call.add_object("PyObject*", word, self.pick)))
        return self.values[-1]

    def room(self, unit):
        room = ctypes.create_string_buffer(b"\xee" * 128, 128)
        self.rooms.append((unit, room))
        self.values.append(pointer(ctypes.addressof(room)))
        return room

    def spare(self):
        """Pointers to room for whatever a spoiled format may ask for."""
        for _ in range(4):
            self.room("")

    # -- parsing

    def parse_unit(self, unit):
        if unit == "O!":
            self.values.append(pointer(id((int, str, list, dict)[self.pick(4)])))
        elif unit == "O&":
            self.values.append(ctypes.cast(getattr(ctypes.pythonapi, ("PyUnicode_FSConverter", "PyUnicode_FSDecoder")[self.pick(2)]), pointer))
        elif unit.startswith("e"):
            self.values.append(None if self.pick(3) == 0 else text((b"utf-8", b"latin-1", b"ascii", b"nonsense")[self.pick(4)]))
        room = self.room(unit)
        if unit.startswith("e"):
            room[0:8] = bytes(8)  # memory is wanted
        if unit.endswith("#"):
            self.room("length")

    def parse(self):
        count = self.pick(4)
        units = [PARSED[self.pick(len(PARSED))] for _ in range(count)]
        form = nested(units, self.pick)
        self.add_text(form)
        return units

    def results(self):
        said = []
        for unit, room in self.rooms:
            if room.raw == b"\xee" * 128:
                continue
            value = ctypes.cast(room, ctypes.POINTER(pointer))[0]
            if unit in INTEGERS:
                said.append(repr(ctypes.cast(room, ctypes.POINTER(INTEGERS[unit]))[0]))
            elif unit == "D":
                said.append(repr(tuple(ctypes.cast(room, ctypes.POINTER(ctypes.c_double))[:2])))
            elif unit.endswith("*"):
                said.append(repr(ctypes.cast(room, ctypes.POINTER(self.sweep.Buffer))[0]))
            elif unit[:1] in ("s", "z", "y", "e"):
                said.append(self.sweep.bytes_at(value))
            elif unit[:1] in ("u", "Z"):
                said.append(self.sweep.bytes_at(value, True))
            elif unit[:1] in ("O", "S", "Y", "U"):
                said.append(self.sweep.describe(value, self.call))
            elif unit == "length":
                said.append("%d" % ctypes.cast(room, ctypes.POINTER(ctypes.c_int))[0])
            else:
                said.append("written")
        return " ; ".join(said)

    def arguments(self, count):
        """A tuple for count units, most often of that length, of objects that often fit."""
        count = max(0, count + (0, 0, 0, 0, -1, 1)[self.pick(6)])
        made = tuple(self.sweep.MAKERS[self.pick(len(self.sweep.MAKERS))]() for _ in range(count))
        self.call.objects.append(made)
        self.call.text.append(self.sweep.show(made))
        return made

    def PyArg_ParseTuple(self):
        self.values.append(None)
        units = self.parse()
        self.values[0] = pointer(id(self.arguments(len(units)) if self.pick(20) else [1]))
        if not self.pick(20):
            self.call.keep.append(self.arguments(1))
        for unit in units:
            self.parse_unit(unit)
        self.spare()

    _PyArg_ParseTuple_SizeT = PyArg_ParseTuple

    def PyArg_Parse(self):
        self.values.append(None)
        units = self.parse()
        made = self.arguments(len(units)) or (1,)
        self.values[0] = pointer(id(made if len(units) > 1 else made[0]))
        for unit in units:
            self.parse_unit(unit)
        self.spare()

    _PyArg_Parse_SizeT = PyArg_Parse

    def PyArg_ParseTupleAndKeywords(self):
        self.values.extend([None, None])
        units = self.parse()
        names = (text * 8)(*[(b"a", b"", b"bc", b"d", b"e")[min(k, 4)] if k or self.pick(2) else b"" for k in range(len(units) + (0, 0, 0, 1, -1)[self.pick(5)])])
        self.values.append(ctypes.cast(names, pointer))
        self.call.keep.append(names)
        self.call.text.append(repr(list(names)))
        self.values[0] = pointer(id(self.arguments(max(0, len(units) - self.pick(3)))))
        if self.pick(3):
            keywords = {(b"a", b"bc", b"d", b"zz")[self.pick(4)].decode(): self.sweep.MAKERS[self.pick(len(self.sweep.MAKERS))]() for _ in range(self.pick(3))}
            if not self.pick(15):
                keywords[1] = 2
            self.values[1] = pointer(id(keywords))
            self.call.objects.append(keywords)
            self.call.text.append(self.sweep.show(keywords))
        for unit in units:
            self.parse_unit(unit)
        self.spare()

    _PyArg_ParseTupleAndKeywords_SizeT = PyArg_ParseTupleAndKeywords

    def PyArg_UnpackTuple(self):
        self.values.append(pointer(id(self.arguments(self.pick(4)) if self.pick(10) else [1])))
        self.add_text(("f", "name")[self.pick(2)])
        if not self.pick(8):
            self.values[-1] = pointer(None)
        low = self.pick(3)
        high = low + self.pick(3)
        self.call.text.append("%d %d" % (low, high))
        self.values.extend([ctypes.c_ssize_t(low), ctypes.c_ssize_t(high)])
        for _ in range(6):
            self.room("O")

    # -- building and calling

    BUILT = ["s", "z", "y", "u", "U", "s#", "y#", "i", "b", "h", "H", "I", "l", "k", "L", "K", "n", "c", "C", "d", "f", "O", "S", "N", "O&"]

    def build_unit(self, unit):
        pick = self.pick
        if unit == "u":
            self.call.keep.append(ctypes.create_unicode_buffer("\xe9w", 64))
            self.values.append(pointer(ctypes.addressof(self.call.keep[-1])))
        elif unit[0] in "szyU":
            if pick(6) == 0:
                self.values.append(pointer(None))
            else:
                self.add_text((b"abc", b"", b"caf\xc3\xa9", b"\xff")[pick(4)])
            if unit.endswith("#"):
                size = (0, 1, 2, -1)[pick(4)] if self.values[-1].value else 0
                self.call.text.append(str(size))
                self.values.append(ctypes.c_ssize_t(size))
        elif unit in "df":
            self.values.append(ctypes.c_double((0.0, 1.5, -1e300)[pick(3)]))
        elif unit == "O&":
            self.values.append(ctypes.cast(ctypes.pythonapi.PyLong_FromVoidPtr, pointer))
            self.values.append(pointer(pick(1000)))
        elif unit in "OSN":
            value = self.add_object("any" if pick(12) else "any?")
            if unit == "N" and value.value:
                ctypes.pythonapi.Py_IncRef(ctypes.py_object(self.call.objects[-1]))
        else:
            value = (0, 1, -1, 65, 255, 0x20ac, 2**31 - 1, -2**31)[pick(8)]
            self.call.text.append(str(value))
            self.values.append(ctypes.c_longlong(value))

    def built(self):
        """A format for Py_BuildValue and then its arguments."""
        pick = self.pick
        units = [self.BUILT[pick(len(self.BUILT))] for _ in range(pick(5))]
        form = list(units)
        if len(form) > 1 and pick(2):
            k = pick(len(form) - 1)
            opening, closing = ("()", "[]", "{}")[pick(3)]
            form[k:k + 2] = [opening + form[k] + (":" if opening == "{" else ",") + form[k + 1] + closing]
        form = "".join(form)
        if pick(8) == 0:
            k = pick(len(form) + 1)
            form = form[:k] + ("x", "(", ")", "]", "{", "}", "!", "[", " ", ",", ":", "\t")[pick(12)] + form[k:]
        self.add_text(form)
        for unit in units:
            self.build_unit(unit)
        for _ in range(4):  # for spoiled formats
            self.values.append(pointer(id(None)))

    def Py_BuildValue(self):
        self.built()

    _Py_BuildValue_SizeT = Py_BuildValue

    def PyObject_CallFunction(self):
        self.add_object("any" if self.pick(20) else "any?")
        self.built()
        if not self.pick(10):
            self.values[1:] = [pointer(None)]

    _PyObject_CallFunction_SizeT = PyEval_CallFunction = PyObject_CallFunction

    def PyObject_CallMethod(self):
        self.add_object("any" if self.pick(20) else "any?")
        self.add_text((b"append", b"method", b"keys", b"none", b"\xff", b"n", b"join")[self.pick(7)])
        self.built()

    _PyObject_CallMethod_SizeT = PyEval_CallMethod = PyObject_CallMethod

    def objects(self):
        for _ in range(self.pick(4)):
            self.add_object()
        self.values.extend([pointer(None)] * 2)

    def PyObject_CallFunctionObjArgs(self):
        self.add_object("any" if self.pick(20) else "any?")
        self.objects()

    def PyObject_CallMethodObjArgs(self):
        self.add_object("any" if self.pick(20) else "any?")
        self.add_object("str" if self.pick(3) else "any")
        self.objects()

    def PyTuple_Pack(self):
        count = self.pick(4)
        self.call.text.append(str(count))
        self.values.append(ctypes.c_ssize_t(count))
        for _ in range(count):
            self.add_object()

    # -- text

    FORMATTED = ["%d", "%i", "%u", "%x", "%ld", "%li", "%lu", "%lx", "%lld", "%lli", "%llu", "%zd", "%zi", "%zu", "%zx", "%c", "%s", "%U", "%V", "%S", "%R", "%A", "%%", "%p"]
    FLAGS = ["", "", "", "5", "0", "05", "-5", ".3", "5.2", "10.", ".0", "+", "200", "#", " ", "010.4", "*"]

    def formatted(self, specs):
        pick = self.pick
        pieces = [specs[pick(len(specs))] for _ in range(pick(4))]
        form = b""
        for piece in pieces:
            form += (b"", b"text ", b"x%%", b"caf\xc3\xa9" if pick(4) == 0 else b"-")[pick(4)] + b"%" + self.FLAGS[pick(len(self.FLAGS))].replace(
                "*", "").encode() + piece[1:].encode()
        if pick(8) == 0:
            form += (b"%", b"%q", b"%5", b"%.", b"%l", b"%y and more", b"%ll", b"%z")[pick(8)]
        self.add_text(form)
        for piece in pieces:
            kind = piece[-1]
            if kind == "s":
                self.add_text((b"abc", b"", b"caf\xc3\xa9", b"\xff\xfe", b"x" * 300)[pick(5)])
            elif kind in "USRA":
                self.add_object("str" if kind == "U" else "any")
            elif kind == "V":
                self.add_object("str?")
                self.add_text(b"instead")
            elif kind == "p":
                self.values.append(pointer(0x1234))
            elif kind != "%":
                value = (0, 1, -1, 65, 300, 2**31 - 1, -2**31, 0x10ffff, 0x110000)[pick(9)]
                self.call.text.append(str(value))
                self.values.append(ctypes.c_longlong(value))
        for _ in range(4):
            self.values.append(pointer(0))

    def PyUnicode_FromFormat(self):
        self.formatted(self.FORMATTED)

    def PyBytes_FromFormat(self):
        self.formatted(["%d", "%i", "%u", "%x", "%ld", "%lu", "%zd", "%zu", "%c", "%s", "%%", "%p"])

    def PyErr_Format(self):
        self.add_object("error" if self.pick(5) else "any")
        self.formatted(self.FORMATTED)

    _PyErr_FormatFromCause = PyErr_Format

    def PyErr_WarnFormat(self):
        self.add_object("error" if self.pick(5) else "any?")
        self.values.append(ctypes.c_ssize_t(self.pick(3)))
        self.formatted(self.FORMATTED)

    def PyErr_ResourceWarning(self):
        self.add_object("any?")
        self.values.append(ctypes.c_ssize_t(self.pick(3)))
        self.formatted(self.FORMATTED)

    def PySys_Audit(self):
        self.add_text(b"event")
        self.built()

    def PyOS_snprintf(self):
        room = self.room("s")
        self.values.append(ctypes.c_size_t(1 + self.pick(60)))
        self.add_text((b"%d", b"%s", b"%5.2f")[0])
        self.values.append(ctypes.c_longlong(self.pick(10**6)))
        self.call.keep.append(room)


FUNCTIONS = sorted(name for name in vars(Variadic) if re.match(r"_?Py", name))
INTEGER_RESULT = re.compile(r"_?PyArg_\w+|PyErr_(Warn|Resource)\w+|PySys_Audit|PyOS_snprintf")
