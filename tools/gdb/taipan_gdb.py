# SPDX-License-Identifier: MIT
"""gdb commands for taipan: Python's stack, source, local variables and objects of a process, or of a core file.

    (gdb) source tools/gdb/taipan_gdb.py

    py-bt [full]         Python's stack of the selected thread, innermost frame first; full: with local variables
    py-threads           the threads of the interpreters, with the place where each is
    py-up, py-down [N]   select the frame that called this one, or the one it called
    py-frame [N]         select frame N of py-bt; without N: show the one selected
    py-list [START[, END]]   source lines around the line where the selected frame is
    py-locals            its local variables
    py-print NAME        a variable of it, of its module, or a builtin; attributes after dots
    py-print 0xADDRESS   the object at an address
    py-form              the executable form of its code (a live process only)

Values of type PyObject * and of the object structs are printed as Python would show them.

Nothing is called in the process (py-form excepted), and no type information is needed: memory is read at offsets that are 3.8's
ABI, or stand in the table that _PyRuntime points to (src/vm/debug_table.c). So release builds and core files will do.
"""
import struct

import gdb

DEBUG_TABLE_AT = 1464  # in _PyRuntime

# tp_flags: what kind of object instances are.
KINDS = {24: 'int', 25: 'list', 26: 'tuple', 27: 'bytes', 28: 'str', 29: 'dict', 30: 'exception', 31: 'type'}

# Types that are shown in their own way, by exact name.
EXACT_TYPES = {'bool', 'float', 'complex', 'bytearray', 'set', 'frozenset', 'function', 'code', 'module', 'cell'}
SINGLETONS = {'NoneType': 'None', 'ellipsis': 'Ellipsis', 'NotImplementedType': 'NotImplemented'}

MAX_ITEMS, MAX_TEXT, MAX_DEPTH, MAX_SHOWN = 50, 200, 6, 4000


class Unreadable(Exception):
    """Memory that is not there, or not what it should be."""


# --- Memory ---------------------------------------------------------------------------------------------------------


def read(address, size):
    try:
        return gdb.selected_inferior().read_memory(address, size).tobytes()
    except (gdb.MemoryError, gdb.error, OverflowError, ValueError):
        raise Unreadable('no memory at %#x' % address) from None


def word(address):
    return struct.unpack('<Q', read(address, 8))[0]


def signed(address):
    return struct.unpack('<q', read(address, 8))[0]


def int32(address):
    return struct.unpack('<i', read(address, 4))[0]


def c_string(address, limit=65536):
    parts = []
    while limit > 0:
        # Not across a page: the next one may not be there.
        n = min(256 - address % 256, limit)
        part = read(address, n)
        end = part.find(b'\0')
        if end >= 0:
            parts.append(part[:end])
            break
        parts.append(part)
        address, limit = address + n, limit - n
    return b''.join(parts).decode('utf-8', 'replace')


class Table:
    """Offsets by name, from the table in the process."""

    def __init__(self):
        try:
            self.runtime = int(gdb.parse_and_eval('(unsigned long)&_PyRuntime'))
        except gdb.error as error:
            raise gdb.GdbError('no taipan here (%s)' % error)
        try:
            table = word(self.runtime + DEBUG_TABLE_AT)
            names = c_string(word(table)).split()
            values = struct.unpack('<%dQ' % len(names), read(word(table + 8), 8 * len(names)))
        except Unreadable:
            raise gdb.GdbError('this is not taipan, or it has not been started')
        self.offsets = dict(zip(names, values))

    def __getitem__(self, name):
        try:
            return self.offsets[name]
        except KeyError:
            raise gdb.GdbError('the table of this taipan has no %s' % name)


def at(address, name, table):
    """The word in the field `name` of the struct at the address."""
    return word(address + table[name])


# --- Objects --------------------------------------------------------------------------------------------------------
#
# Offsets here are 3.8's ABI.


def type_of(address):
    return word(address + 8)


def type_name(kind):
    return c_string(word(kind + 24), 200)


def flags_of(kind):
    return word(kind + 168)


def kind_of(address):
    """The kind among KINDS, or the name of the type."""
    kind = type_of(address)
    flags = flags_of(kind)
    for bit, name in KINDS.items():
        if flags >> bit & 1:
            return name
    return type_name(kind)


def text_of(address, limit=None):
    """The content of a str, or the beginning of a long one."""
    length, state = signed(address + 16), int32(address + 32)
    width, compact, ascii_only = state >> 2 & 7, state >> 5 & 1, state >> 6 & 1
    if width not in (1, 2, 4) or not 0 <= length < 1 << 48:
        raise Unreadable('not a str')
    count = length if limit is None else min(length, limit)
    data = address + (48 if ascii_only else 72) if compact else word(address + 72)
    raw = read(data, count * width)
    return ''.join(map(chr, struct.unpack('<%d%s' % (count, {1: 'B', 2: 'H', 4: 'I'}[width]), raw)))


def int_of(address):
    size, number = signed(address + 16), 0
    if abs(size) > 1 << 20:
        raise Unreadable('not an int')
    for i, digit in enumerate(struct.unpack('<%dI' % abs(size), read(address + 24, 4 * abs(size)))):
        number |= digit << 30 * i
    return -number if size < 0 else number


def items_of(address, kind):
    """Addresses of the items of a list or tuple."""
    n = signed(address + 16)
    if not 0 <= n < 1 << 40:
        raise Unreadable('not a sequence')
    start = word(address + 24) if kind == 'list' else address + 24
    return n, [word(start + 8 * i) for i in range(min(n, MAX_ITEMS))]


def tuple_items(address):
    """All items of a tuple that is part of a code object."""
    n = signed(address + 16)
    if not 0 <= n < 1 << 24:
        raise Unreadable('not a tuple')
    return struct.unpack('<%dQ' % n, read(address + 24, 8 * n))


def dict_items(address, table, limit=MAX_ITEMS):
    """Yield (key, value), addresses, of a dict."""
    keys, values = word(address + 32), word(address + 40)
    count = at(keys, 'keys.count', table)
    if values:
        # Shared keys: the order of insertion stands before the values.
        order = reversed(read(values - 2 - word(address + 16), word(address + 16)))
    else:
        order = range(count)
    for i in order:
        if limit == 0:
            return
        entry = keys + table['keys.entries'] + i * table['entry.size']
        key = at(entry, 'entry.key', table)
        value = word(values + 8 * i) if values else at(entry, 'entry.value', table)
        if key and value:
            limit -= 1
            yield key, value


def set_items(address):
    table, mask = word(address + 40), word(address + 32)
    found = 0
    for i in range(mask + 1):
        key, number = struct.unpack('<Qq', read(table + 16 * i, 16))
        # What has been removed leaves a mark with hash -1.
        if key and number != -1:
            yield key
            found += 1
            if found == MAX_ITEMS:
                return


def shortened(text):
    return text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + '...'


def instance_dict(address, kind):
    """Address of the __dict__ of an instance, or 0."""
    offset = signed(kind + 288)
    if offset < 0:
        # Behind the items of an object of variable size.
        size = word(kind + 32) + abs(signed(address + 16)) * word(kind + 40)
        offset += (size + 7) // 8 * 8
    return word(address + offset) if offset > 0 else 0


class Printer:
    """Shows objects; those that are being shown already, and what is too deep, only as ..."""

    def __init__(self, table):
        self.table, self.open = table, []

    def show(self, address):
        if address == 0:
            return '<NULL>'
        if address in self.open or len(self.open) > MAX_DEPTH:
            return '...'
        self.open.append(address)
        try:
            return self._show(address, kind_of(address))
        except (Unreadable, struct.error) as problem:
            return '<damaged object at %#x: %s>' % (address, problem)
        finally:
            self.open.pop()

    def _show(self, address, kind):
        name = type_name(type_of(address))
        if name in SINGLETONS:
            return SINGLETONS[name]
        if name in EXACT_TYPES:
            return getattr(self, '_' + name)(address)
        if name == 'builtin_function_or_method':
            return '<built-in %s>' % c_string(word(word(address + 16)), 200)
        if kind not in KINDS.values():
            return self._other(address, name)
        text = getattr(self, '_' + kind)(address)
        return text if name == kind or kind in ('type', 'exception') else '%s(%s)' % (name, text)

    def _bool(self, address):
        return repr(bool(int_of(address)))

    def _int(self, address):
        return str(int_of(address)) if abs(signed(address + 16)) < 400 else hex(int_of(address))

    def _float(self, address):
        return repr(struct.unpack('<d', read(address + 16, 8))[0])

    def _complex(self, address):
        return repr(complex(*struct.unpack('<2d', read(address + 16, 16))))

    def _str(self, address):
        return repr(text_of(address, MAX_TEXT)) + ('...' if signed(address + 16) > MAX_TEXT else '')

    def _bytes(self, address):
        n = signed(address + 16)
        return repr(read(address + 32, min(n, MAX_TEXT))) + ('...' if n > MAX_TEXT else '')

    def _bytearray(self, address):
        n = signed(address + 16)
        return 'bytearray(%r%s)' % (read(word(address + 40), min(n, MAX_TEXT)), '...' if n > MAX_TEXT else '')

    def _many(self, texts, n):
        return ', '.join(texts) + (', ... (%d)' % n if n > len(texts) else '')

    def _list(self, address):
        n, items = items_of(address, 'list')
        return '[%s]' % self._many([self.show(item) for item in items], n)

    def _tuple(self, address):
        n, items = items_of(address, 'tuple')
        return '(%s%s)' % (self._many([self.show(item) for item in items], n), ',' if n == 1 else '')

    def _dict(self, address):
        texts = ['%s: %s' % (self.show(key), self.show(value)) for key, value in dict_items(address, self.table)]
        return '{%s}' % self._many(texts, signed(address + 16))

    def _set(self, address):
        n = signed(address + 24)
        return '{%s}' % self._many([self.show(item) for item in set_items(address)], n) if n else 'set()'

    def _frozenset(self, address):
        n = signed(address + 24)
        return 'frozenset(%s)' % (self._set(address) if n else '')

    def _exception(self, address):
        arguments = self.show(word(address + 24))
        return '%s%s' % (type_name(type_of(address)), arguments[:-2] + ')' if arguments.endswith(',)') else arguments)

    def _type(self, address):
        return '<class %r>' % type_name(address)

    def _code(self, address):
        return '<code %s, file "%s", line %d>' % (text_of(at(address, 'code.name', self.table)),
                                                  text_of(at(address, 'code.filename', self.table)),
                                                  int32(address + self.table['code.firstlineno']))

    def _function(self, address):
        return '<function %s at %#x>' % (text_of(word(address + 104)), address)

    def _module(self, address):
        for key, value in dict_items(word(address + 16), self.table, -1):
            if kind_of(key) == 'str' and text_of(key) == '__name__':
                return '<module %s>' % self.show(value)
        return '<module>'

    def _cell(self, address):
        value = word(address + 16)
        return '<cell: %s>' % self.show(value) if value else '<cell: empty>'

    def _other(self, address, name):
        inside = instance_dict(address, type_of(address))
        shown = ''
        if inside:
            shown = ', '.join('%s=%s' % (text_of(key), self.show(value)) for key, value in dict_items(inside, self.table)
                              if kind_of(key) == 'str')
        return '<%s at %#x%s>' % (name, address, ': ' + shown if shown else '')


def show(address, table):
    return shortened(Printer(table).show(address))


# --- Frames ---------------------------------------------------------------------------------------------------------


class Frame:
    """An activation of a Python function."""

    def __init__(self, address, table):
        self.address, self.table = address, table
        self.code = at(address, 'frame.code', table)

    def back(self):
        address = at(self.address, 'frame.back', self.table)
        return Frame(address, self.table) if address else None

    def name(self):
        return text_of(at(self.code, 'code.name', self.table))

    def filename(self):
        return text_of(at(self.code, 'code.filename', self.table))

    def line(self):
        """The line that runs: in the middle of an instruction, perhaps that of the one that could be seen last."""
        table = self.table
        unit = at(self.address, 'frame.pc', table) - (at(self.address, 'frame.exec', table) + table['exec.units'])
        lasti = 2 * (unit // table['unit.size'])
        line = int32(self.code + table['code.firstlineno'])
        lnotab = at(self.code, 'code.lnotab', table)
        pairs = read(lnotab + 32, signed(lnotab + 16))
        place = 0
        for skip, more in zip(pairs[::2], pairs[1::2]):
            place += skip
            if place > lasti:
                break
            line += more - 256 if more > 127 else more
        return line

    def variables(self):
        """Yield (name, address) of what the slots hold: parameters and locals, cells, variables of outer functions."""
        slot = self.address + self.table['frame.slots']
        for field in 'code.varnames', 'code.cellvars', 'code.freevars':
            for name in tuple_items(at(self.code, field, self.table)):
                value = word(slot)
                slot += 8
                if value and field != 'code.varnames':
                    value = word(value + 16)
                if value:
                    yield text_of(name), value

    def namespaces(self):
        """Addresses of the dicts where names are looked up after the slots."""
        for field in 'frame.locals', 'frame.globals', 'frame.builtins':
            address = at(self.address, field, self.table)
            if address and kind_of(address) == 'dict':
                yield address

    def shown_variables(self):
        yield from self.variables()
        inside = at(self.address, 'frame.locals', self.table)
        if inside and kind_of(inside) == 'dict':
            for key, value in dict_items(inside, self.table, -1):
                if kind_of(key) == 'str' and not text_of(key).startswith('__'):
                    yield text_of(key), value

    def find(self, name):
        for own, value in self.variables():
            if own == name:
                return value
        for namespace in self.namespaces():
            value = find_in_dict(namespace, name, self.table)
            if value:
                return value
        return 0

    def describe(self):
        return 'File "%s", line %d, in %s' % (self.filename(), self.line(), self.name())


def find_in_dict(address, name, table):
    for key, value in dict_items(address, table, -1):
        if kind_of(key) == 'str' and text_of(key) == name:
            return value
    return 0


def find_attribute(address, name, table):
    """The value of an attribute that is kept in the object's __dict__, or in those of its class; 0 if there is none."""
    kind = type_of(address)
    places = [word(address + 16)] if kind_of(address) == 'module' else [instance_dict(address, kind)]
    if kind_of(address) == 'type':
        places += [word(base + 264) for base in tuple_items(word(address + 344))]
    places += [word(base + 264) for base in tuple_items(word(kind + 344))]
    for place in places:
        value = find_in_dict(place, name, table) if place else 0
        if value:
            return value
    return 0


def threads(table):
    """Yield the addresses of the thread states."""
    interpreter = at(table.runtime, 'runtime.interpreters', table)
    while interpreter:
        thread = at(interpreter, 'interpreter.threads', table)
        while thread:
            yield thread
            thread = at(thread, 'thread.next', table)
        interpreter = at(interpreter, 'interpreter.next', table)


def selected_pthread():
    """pthread_self() of the thread that is selected in gdb; None if it can't be known."""
    thread = gdb.selected_thread()
    if thread is None:
        return None
    try:
        return struct.unpack('<Q', thread.handle()[:8])[0]
    except (gdb.error, AttributeError, RuntimeError, struct.error):
        # No thread library that gdb knows about, or a stripped program.
        pass
    try:
        return int(gdb.parse_and_eval('$fs_base')) & (1 << 64) - 1
    except gdb.error:
        return None


def innermost(table):
    """The innermost Python frame of the selected thread, or None."""
    wanted, found = selected_pthread(), 0
    for thread in threads(table):
        if at(thread, 'thread.id', table) == wanted:
            found = thread
            break
    else:
        # libpthread is of no help: the thread that runs Python.
        found = at(table.runtime, 'runtime.current', table) if wanted is None else 0
    frame = at(found, 'thread.frame', table) if found else 0
    return Frame(frame, table) if frame else None


class Selection:
    """Which frame py-up and py-down have selected: its address, as long as it is on the selected thread's stack."""

    address = 0

    @classmethod
    def frames(cls):
        table = Table()
        frame, frames = innermost(table), []
        while frame is not None and len(frames) < 100000:
            frames.append(frame)
            frame = frame.back()
        if not frames:
            raise gdb.GdbError('this thread runs no Python code')
        return frames

    @classmethod
    def number(cls, frames):
        for i, frame in enumerate(frames):
            if frame.address == cls.address:
                return i
        return 0

    @classmethod
    def current(cls):
        frames = cls.frames()
        return frames[cls.number(frames)]

    @classmethod
    def select(cls, frames, number):
        cls.address = frames[number].address
        print_frame(number, frames[number])


def print_frame(number, frame):
    print('#%-3d %s' % (number, frame.describe()))
    line = source_lines(frame.filename()).get(frame.line())
    if line is not None and line.strip():
        print('        ' + line.strip())


def source_lines(filename):
    """{line number: text} of a file, {} if it can't be read here."""
    try:
        with open(filename, encoding='utf-8', errors='replace') as file:
            return dict(enumerate(file.read().splitlines(), 1))
    except (OSError, ValueError):
        return {}


# --- Commands -------------------------------------------------------------------------------------------------------


class Command(gdb.Command):
    """A command whose docstring is its help; memory that can't be read becomes an error message."""

    name = None

    def __init__(self):
        super().__init__(self.name, gdb.COMMAND_STACK)

    def invoke(self, argument, from_tty):
        try:
            self.run(argument.strip())
        except Unreadable as problem:
            raise gdb.GdbError(str(problem))


class Backtrace(Command):
    """Python's stack of the selected thread, innermost frame first.  py-bt full: with local variables."""

    name = 'py-bt'

    def run(self, argument):
        frames = Selection.frames()
        print('Python stack (most recent call first):')
        for number, frame in enumerate(frames):
            print_frame(number, frame)
            if argument == 'full':
                print_variables(frame, '          ')


class Threads(Command):
    """The threads that can run Python code, and where each is."""

    name = 'py-threads'

    def run(self, argument):
        table = Table()
        current = at(table.runtime, 'runtime.current', table)
        for thread in threads(table):
            address = at(thread, 'thread.frame', table)
            place = Frame(address, table).describe() if address else 'no Python code'
            print('%s Thread %#x: %s' % ('*' if thread == current else ' ', at(thread, 'thread.id', table), place))


def print_variables(frame, indent=''):
    for name, value in frame.shown_variables():
        print('%s%s = %s' % (indent, name, show(value, frame.table)))


class Locals(Command):
    """Local variables of the selected Python frame."""

    name = 'py-locals'

    def run(self, argument):
        print_variables(Selection.current())


class Print(Command):
    """py-print NAME: a variable of the selected Python frame; py-print 0xADDRESS: an object.

    After a name attributes may be given that are kept in dicts: self.parent.name"""

    name = 'py-print'

    def run(self, argument):
        if not argument:
            raise gdb.GdbError('py-print needs a name or an address')
        if argument[0].isdigit() or argument[0] in '$(':
            table = Table()
            print(show(int(gdb.parse_and_eval(argument)) & (1 << 64) - 1, table))
            return
        frame = Selection.current()
        first, *attributes = argument.split('.')
        value, path = frame.find(first), first
        if not value:
            raise gdb.GdbError('no variable %r here' % first)
        for name in attributes:
            value = find_attribute(value, name, frame.table)
            if not value:
                raise gdb.GdbError('%s has no %r in a dict' % (path, name))
            path += '.' + name
        print('%s = %s' % (path, show(value, frame.table)))


class List(Command):
    """Source lines around where the selected Python frame is.  py-list START or START, END: these lines."""

    name = 'py-list'

    def run(self, argument):
        frame = Selection.current()
        here, lines = frame.line(), source_lines(frame.filename())
        start, end = max(here - 5, 1), here + 5
        try:
            numbers = [int(part) for part in argument.split(',') if part.strip()]
        except ValueError:
            raise gdb.GdbError('py-list START, END: numbers of lines')
        if numbers:
            start, end = numbers[0], numbers[1] if len(numbers) > 1 else numbers[0] + 9
        if not lines:
            raise gdb.GdbError("can't read %s" % frame.filename())
        for number in range(start, end + 1):
            if number in lines:
                print('%5d%s %s' % (number, ' >' if number == here else '  ', lines[number]))


class Up(Command):
    """Select the Python frame that called this one, or the N-th above."""

    name = 'py-up'
    step = 1

    def run(self, argument):
        frames = Selection.frames()
        number = Selection.number(frames) + self.step * (int(argument) if argument else 1)
        if not 0 <= number < len(frames):
            raise gdb.GdbError('there is no such frame')
        Selection.select(frames, number)


class Down(Up):
    """Select the Python frame that this one called, or the N-th below."""

    name = 'py-down'
    step = -1


class Select(Command):
    """Select Python frame N of py-bt; without N: show the one selected."""

    name = 'py-frame'

    def run(self, argument):
        frames = Selection.frames()
        number = int(argument) if argument.isdigit() else Selection.number(frames)
        if number >= len(frames):
            raise gdb.GdbError('there is no such frame')
        Selection.select(frames, number)


class Form(Command):
    """The executable form of the selected frame's code; taipan itself writes it, to its standard error."""

    name = 'py-form'

    def run(self, argument):
        code = Selection.current().code
        try:
            gdb.execute('call (void)((void (*)(unsigned long, unsigned long))tai_exec_dump)(%#x, *(unsigned long *)&stderr)' % code)
        except gdb.error as problem:
            raise gdb.GdbError('the process cannot be asked: %s' % problem)


# --- Pretty-printers ------------------------------------------------------------------------------------------------

OBJECT_STRUCTS = {
    'PyObject', '_object', 'PyVarObject', 'PyLongObject', '_longobject', 'PyFloatObject', 'PyListObject', 'PyTupleObject',
    'PyDictObject', 'PySetObject', 'PyBytesObject', 'PyUnicodeObject', 'PyASCIIObject', 'PyCompactUnicodeObject', 'PyCodeObject',
    'PyFunctionObject', 'PyModuleObject', 'PyBaseExceptionObject', 'PyTypeObject', '_typeobject', 'PyCellObject', 'PyGenObject',
    'PyFrameObject', '_frame',
}


class ObjectPrinter:
    def __init__(self, value):
        self.address = int(value) & (1 << 64) - 1

    def to_string(self):
        if self.address == 0:
            return '0x0'
        try:
            return '%#x %s' % (self.address, show(self.address, Table()))
        except (Unreadable, gdb.GdbError):
            return '%#x' % self.address


def find_printer(value):
    kind = value.type.strip_typedefs()
    if kind.code == gdb.TYPE_CODE_PTR:
        target = kind.target().unqualified()
        if str(target) in OBJECT_STRUCTS or str(target.strip_typedefs()).replace('struct ', '') in OBJECT_STRUCTS:
            return ObjectPrinter(value)
    return None


def register():
    find_printer.name = 'taipan'
    gdb.pretty_printers[:] = [printer for printer in gdb.pretty_printers if getattr(printer, 'name', None) != 'taipan']
    gdb.pretty_printers.append(find_printer)
    for command in Backtrace, Threads, Locals, Print, List, Up, Down, Select, Form:
        command()


register()
