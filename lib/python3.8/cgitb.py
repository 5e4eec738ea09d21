# SPDX-License-Identifier: MIT
"""Tracebacks with more in them: lines around each place, arguments, and the values of the names used there.

`import cgitb; cgitb.enable()` at the top of a script shows uncaught exceptions so, as HTML or text.
"""

import inspect
import keyword
import linecache
import os
import pydoc
import sys
import tempfile
import time
import tokenize
import traceback

__UNDEF__ = []          # in place of a value: the name or attribute has none


def reset():
    """Return HTML that ends whatever tags may be open, so that what follows can be read."""
    closed = '</font> </font> </font> </script> </object> </blockquote> </pre>\n'
    tables = '</table> ' * 5 + '</font> </font> </font>'
    return ('<!--: spam\nContent-Type: text/html\n\n<body bgcolor="#f0f0f8"><font color="#f0f0f8" size="-5"> -->\n'
            '<body bgcolor="#f0f0f8"><font color="#f0f0f8" size="-5"> --> -->\n' + closed + tables)


def _tagged(before, text, after):
    return before + text + after if text else ''


def small(text):
    """Return text as small HTML."""
    return _tagged('<small>', text, '</small>')


def strong(text):
    """Return text as strong HTML."""
    return _tagged('<strong>', text, '</strong>')


def grey(text):
    """Return text as grey HTML."""
    return _tagged('<font color="#909090">', text, '</font>')


def lookup(name, frame, locals):
    """Return where a name is found in a frame ('local', 'global', 'builtin' or None) and its value."""
    if name in locals:
        return 'local', locals[name]
    if name in frame.f_globals:
        return 'global', frame.f_globals[name]
    builtins = frame.f_globals.get('__builtins__', {})
    if isinstance(builtins, dict):
        if name in builtins:
            return 'builtin', builtins[name]
    elif hasattr(builtins, name):
        return 'builtin', getattr(builtins, name)
    return None, __UNDEF__


def scanvars(reader, frame, locals):
    """Return a list of (name, where, value) for the names and dotted names in a line; reader: a readline function."""
    found = []
    owner, prefix = None, ''
    value = __UNDEF__
    before = None
    for kind, token, _, _, _ in tokenize.generate_tokens(reader):
        if kind == tokenize.NEWLINE:
            break
        if kind == tokenize.NAME and token not in keyword.kwlist:
            if before == '.':
                if owner is not __UNDEF__:
                    value = getattr(owner, token, __UNDEF__)
                    found.append((prefix + token, prefix, value))
            else:
                where, value = lookup(token, frame, locals)
                found.append((token, where, value))
        elif token == '.':
            prefix += before + '.'
            owner = value
        else:
            owner, prefix = None, ''
        before = token
    return found


def _kind_name(etype):
    return etype.__name__ if isinstance(etype, type) else etype


def _heading():
    return 'Python %s: %s' % (sys.version.split()[0], sys.executable), time.ctime(time.time())


def _frames(tb, context):
    """The places of a traceback: (frame, file or '?', function, lines around, number of the first, names).

    Python code is asked for lines as the tokens need them, so the names are those of the whole statement.
    """
    for frame, file, lineno, function, lines, index in inspect.getinnerframes(tb, context):
        file = os.path.abspath(file) if file else '?'
        place = [lineno]
        shown = {}

        def reader():
            shown[place[0]] = 1
            place[0] += 1
            return linecache.getline(file, place[0] - 1)

        arguments = inspect.getargvalues(frame)
        try:
            names = scanvars(reader, frame, arguments.locals)
        except (tokenize.TokenError, IndentationError):
            names = []
        first = None if index is None else lineno - index
        yield file, function, arguments, lines or [], first, shown, names


def _each_once(names):
    seen = set()
    for name, where, value in names:
        if name not in seen:
            seen.add(name)
            yield name, where, value


def html(einfo, context=5):
    """Return a page about an exception, given as sys.exc_info() does.  context: lines around each place."""
    etype, evalue, etb = einfo
    etype = _kind_name(etype)
    version, date = _heading()
    parts = ['<body bgcolor="#f0f0f8">', pydoc.html.heading(
        '<big><big>%s</big></big>' % strong(pydoc.html.escape(str(etype))), '#ffffff', '#6622aa',
        version + '<br>' + date),
        '\n<p>A problem occurred in a Python script.  Here is the sequence of\n'
        'function calls leading up to the error, in the order they occurred.</p>']

    for file, function, arguments, lines, first, shown, names in _frames(etb, context):
        link = '<a href="file://%s">%s</a>' % (file, pydoc.html.escape(file)) if file != '?' else '?'
        call = ''
        if function != '?':
            call = 'in ' + strong(pydoc.html.escape(function))
            if function != '<module>':
                call += inspect.formatargvalues(*arguments,
                                                formatvalue=lambda value: '=' + pydoc.html.repr(value))
        rows = ['<tr><td bgcolor="#d8bbff">%s%s %s</td></tr>' % ('<big>&nbsp;</big>', link, call)]
        for number, line in enumerate(lines, first or 0):
            margin = small('&nbsp;' * (5 - len(str(number))) + str(number)) + '&nbsp;'
            if number in shown:
                row = '<tt>=&gt;%s%s</tt>' % (margin, pydoc.html.preformat(line))
                rows.append('<tr><td bgcolor="#ffccee">%s</td></tr>' % row)
            else:
                row = '<tt>&nbsp;&nbsp;%s%s</tt>' % (margin, pydoc.html.preformat(line))
                rows.append('<tr><td>%s</td></tr>' % grey(row))
        values = []
        for name, where, value in _each_once(names):
            if value is __UNDEF__:
                values.append(name + ' <em>undefined</em>')
                continue
            if where in ('global', 'builtin'):
                name = '<em>%s</em> ' % where + strong(name)
            elif where == 'local':
                name = strong(name)
            else:
                name = where + strong(name.split('.')[-1])
            values.append('%s&nbsp;= %s' % (name, pydoc.html.repr(value)))
        rows.append('<tr><td>%s</td></tr>' % small(grey(', '.join(values))))
        parts.append('\n<table width="100%%" cellspacing=0 cellpadding=0 border=0>\n%s</table>' % '\n'.join(rows))

    parts.append('<p>%s: %s' % (strong(pydoc.html.escape(str(etype))), pydoc.html.escape(str(evalue))))
    indent = '<tt>' + small('&nbsp;' * 5) + '&nbsp;</tt>'
    for name in dir(evalue):
        if name[:1] != '_':
            parts.append('\n<br>%s%s&nbsp;=\n%s' % (indent, name, pydoc.html.repr(getattr(evalue, name))))
    return ''.join(parts) + '''


<!-- The above is a description of an error in a Python program, formatted
     for a Web browser because the 'cgitb' module was enabled.  In case you
     are not reading this in a Web browser, here is the original traceback:

%s
-->
''' % pydoc.html.escape(''.join(traceback.format_exception(*einfo)))


def text(einfo, context=5):
    """Return text about an exception, given as sys.exc_info() does.  context: lines around each place."""
    etype, evalue, etb = einfo
    etype = _kind_name(etype)
    head = '%s\n%s\n%s\n' % ((str(etype),) + _heading()) + (
        '\nA problem occurred in a Python script.  Here is the sequence of\n'
        'function calls leading up to the error, in the order they occurred.\n')
    blocks = []
    for file, function, arguments, lines, first, shown, names in _frames(etb, context):
        call = ''
        if function != '?':
            call = 'in ' + function
            if function != '<module>':
                call += inspect.formatargvalues(*arguments,
                                                formatvalue=lambda value: '=' + pydoc.text.repr(value))
        rows = [' %s %s' % (file, call)]
        rows += ['%5d ' % number + line.rstrip() for number, line in enumerate(lines, first or 0)]
        for name, where, value in _each_once(names):
            if value is __UNDEF__:
                rows.append(name + ' undefined')
                continue
            if where == 'global':
                name = 'global ' + name
            elif where not in ('local', 'builtin'):
                name = where + name.split('.')[-1]
            elif where == 'builtin':
                name = where + name
            rows.append('%s = %s' % (name, pydoc.text.repr(value)))
        blocks.append('\n%s\n' % '\n'.join(rows))
    tail = ['%s: %s' % (str(etype), str(evalue))]
    tail += ['\n%s%s = %s' % (' ' * 4, name, pydoc.text.repr(getattr(evalue, name))) for name in dir(evalue)]
    return head + ''.join(blocks) + ''.join(tail) + '''

The above is a description of an error in a Python program.  Here is
the original traceback:

%s
''' % ''.join(traceback.format_exception(*einfo))


class Hook:
    """To be put in the place of sys.excepthook.

    display: show tracebacks at all, and not only that there was an error.  logdir: a folder for files with them.
    context: lines around each place.  file: where to write, sys.stdout if not given.  format: 'html' or 'text'.
    """

    def __init__(self, display=1, logdir=None, context=5, file=None, format='html'):
        self.display = display
        self.logdir = logdir
        self.context = context
        self.file = file or sys.stdout
        self.format = format

    def __call__(self, etype, evalue, etb):
        self.handle((etype, evalue, etb))

    def handle(self, info=None):
        """Show an exception, the one in hand if not given."""
        info = info or sys.exc_info()
        as_html = self.format == 'html'
        write = self.file.write
        if as_html:
            write(reset())
        plain = False
        try:
            shown = (html if as_html else text)(info, self.context)
        except:                                     # better a plain one than none
            shown = ''.join(traceback.format_exception(*info))
            plain = True
        if self.display:
            if plain:
                shown = pydoc.html.escape(shown) if as_html else shown
                write('<pre>' + shown + '</pre>\n' if as_html else shown)
            else:
                write(shown + '\n')
        else:
            write('<p>A problem occurred in a Python script.\n')        # in text too, as ever
        if self.logdir is not None:
            self._save(shown, '.html' if as_html else '.txt')
        try:
            self.file.flush()
        except:
            pass

    def _paragraph(self, message):
        self.file.write('<p>%s</p>\n' % message if self.format == 'html' else message + '\n')

    def _save(self, shown, suffix):
        number, path = tempfile.mkstemp(suffix=suffix, dir=self.logdir)
        try:
            with os.fdopen(number, 'w') as file:
                file.write(shown)
            message = '%s contains the description of this error.' % path
        except:
            message = 'Tried to save traceback to %s, but failed.' % path
        self._paragraph(message)


handler = Hook().handle


def enable(display=1, logdir=None, context=5, format='html'):
    """Show uncaught exceptions by a Hook with these arguments."""
    sys.excepthook = Hook(display=display, logdir=logdir, context=context, format=format)
