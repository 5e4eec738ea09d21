# SPDX-License-Identifier: MIT
"""Reading dates and addresses in headers (RFC 2822), and what people make of them."""
__all__ = ['mktime_tz', 'parsedate', 'parsedate_tz', 'quote']

import calendar
import time

SPACE = ' '
EMPTYSTRING = ''
COMMASPACE = ', '

_daynames = 'mon tue wed thu fri sat sun'.split()
_monthnames = ('jan feb mar apr may jun jul aug sep oct nov dec january february march april may june july august '
               'september october november december').split()
_timezones = {'UT': 0, 'UTC': 0, 'GMT': 0, 'Z': 0, 'AST': -400, 'ADT': -300, 'EST': -500, 'EDT': -400, 'CST': -600,
              'CDT': -500, 'MST': -700, 'MDT': -600, 'PST': -800, 'PDT': -700}


def parsedate_tz(data):
    """Return the date in a str as a tuple of ten: nine as for time.mktime(), and the time zone in seconds.

    None if it is no date.  Without time zone it is 0.
    """
    found = _parsedate_tz(data)
    if not found:
        return None
    return (*found[:9], found[9] or 0)


def _split_date(data):
    """Return (day, month, year, time, zone) as words, or None."""
    words = data.split()
    if not words:
        return None
    # The day of the week, which may hang together with what follows.
    if words[0].endswith(',') or words[0].lower() in _daynames:
        del words[0]
        if not words:
            return None
    else:
        words[0] = words[0][words[0].rfind(',') + 1:]
    if len(words) == 3:
        # RFC 850: day-month-year
        parts = words[0].split('-')
        if len(parts) == 3:
            words[:1] = parts
    if len(words) == 4:
        text = words[3]
        sign = text.find('+') if '+' in text else text.find('-')
        words[3:] = (text[:sign], text[sign:]) if sign > 0 else (text, '')
    return words[:5] if len(words) >= 5 else None


def _clock(text):
    """Return (hours, minutes, seconds) as words, or None."""
    parts = text.split(':')
    if len(parts) == 1 and '.' in text:
        parts = text.split('.')
    if len(parts) == 2:
        return (*parts, '0')
    return tuple(parts) if len(parts) == 3 else None


def _zone(text):
    """Return a time zone in seconds, or None."""
    text = text.upper()
    offset = _timezones.get(text)
    if offset is None:
        try:
            offset = int(text)
        except ValueError:
            return None
        if offset == 0 and text.startswith('-'):
            return None         # -0000: it is not known
    if not offset:
        return offset
    sign = -1 if offset < 0 else 1
    offset *= sign
    return sign * (offset // 100 * 3600 + offset % 100 * 60)


def _parsedate_tz(data):
    """Like parsedate_tz(), but a list, with None if there is no time zone."""
    words = _split_date(data) if data else None
    if not words:
        return None
    day, month, year, clock, zone = words
    month = month.lower()
    if month not in _monthnames:
        day, month = month, day.lower()
        if month not in _monthnames:
            return None
    month = _monthnames.index(month) % 12 + 1
    if day[-1:] == ',':
        day = day[:-1]
    if year.find(':') > 0:
        year, clock = clock, year
    if year[-1:] == ',':
        year = year[:-1]
        if not year:
            return None
    if not year[:1].isdigit():
        year, zone = zone, year
    if clock[-1:] == ',':
        clock = clock[:-1]
    moment = _clock(clock)
    if moment is None:
        return None
    try:
        year, day, hour, minute, second = int(year), int(day), *map(int, moment)
    except ValueError:
        return None
    if year < 100:
        year += 1900 if year > 68 else 2000
    return [year, month, day, hour, minute, second, 0, 1, -1, _zone(zone)]


def parsedate(data):
    """Like parsedate_tz(), without the time zone."""
    found = parsedate_tz(data)
    return found[:9] if isinstance(found, tuple) else found


def mktime_tz(data):
    """Return the time, in seconds since 1970, of what parsedate_tz() returns."""
    if data[9] is None:
        return time.mktime(data[:8] + (-1,))
    return calendar.timegm(data) - data[9]


def quote(str):
    """Return text as it stands between quotes."""
    return str.replace('\\', '\\\\').replace('"', '\\"')


class AddrlistClass:
    """Reads a field of addresses from start to end; pos is where it is, commentlist the comments of this address."""

    def __init__(self, field):
        self.pos = 0
        self.LWS, self.CR = ' \t', '\r\n'
        self.FWS = self.LWS + self.CR
        self.specials = '()<>@,:;.\"[]'
        self.atomends = self.specials + self.LWS + self.CR
        # A name may contain dots.
        self.phraseends = self.atomends.replace('.', '')
        self.field = field
        self.commentlist = []

    def _here(self):
        """The character at the position, '' at the end."""
        return self.field[self.pos:self.pos + 1]

    def gotonext(self):
        """Skip white space and comments; return the white space."""
        blanks = []
        while True:
            char = self._here()
            if char and char in self.FWS:
                if char not in self.CR:
                    blanks.append(char)
                self.pos += 1
            elif char == '(':
                self.commentlist.append(self.getcomment())
            else:
                return EMPTYSTRING.join(blanks)

    def getaddrlist(self):
        """Return all addresses, as (name, address); ('', '') for what is none."""
        result = []
        while self._here():
            result += self.getaddress() or [('', '')]
        return result

    def getaddress(self):
        """Return the next address, or those of a group, as a list."""
        self.commentlist = []
        self.gotonext()
        start, comments = self.pos, self.commentlist
        words = self.getphraselist()
        self.gotonext()
        char = self._here()
        result = []
        if char and char in '.@':
            # An address without name: read it again.
            self.pos, self.commentlist = start, comments
            address = self.getaddrspec()
            result = [(SPACE.join(self.commentlist), address)]
        elif char == ':':
            result = self._group()
        elif char == '<':
            address = self.getrouteaddr()
            name = SPACE.join(words)
            if self.commentlist:
                name += ' (' + ' '.join(self.commentlist) + ')'
            result = [(name, address)]
        elif words:
            result = [(SPACE.join(self.commentlist), words[0])]
        elif char and char in self.specials:
            self.pos += 1
        self.gotonext()
        if self._here() == ',':
            self.pos += 1
        return result

    def _group(self):
        self.pos += 1
        result = []
        while self._here():
            self.gotonext()
            if self._here() == ';':
                self.pos += 1
                break
            result += self.getaddress()
        return result

    def getrouteaddr(self):
        """Return the address in angle brackets; a route in front of it is skipped."""
        if self._here() != '<':
            return None
        self.pos += 1
        self.gotonext()
        in_route = False
        address = ''
        while True:
            char = self._here()
            if not char:
                break
            if in_route:
                self.getdomain()
                in_route = False
            elif char == '>':
                self.pos += 1
                break
            elif char == '@' or char == ':':
                in_route = char == '@'
                self.pos += 1
            else:
                address = self.getaddrspec()
                self.pos += 1
                break
            self.gotonext()
        return address

    def getaddrspec(self):
        """Return name@domain."""
        parts = []
        self.gotonext()
        while True:
            char = self._here()
            if not char:
                break
            keep_blanks = True
            if char == '.' or char in self.atomends and char != '"':
                if parts and not parts[-1].strip():
                    parts.pop()
                if char != '.':
                    break
                parts.append('.')
                self.pos += 1
                keep_blanks = False
            elif char == '"':
                parts.append('"%s"' % quote(self.getquote()))
            else:
                parts.append(self.getatom())
            blanks = self.gotonext()
            if keep_blanks and blanks:
                parts.append(blanks)
        local = EMPTYSTRING.join(parts)
        if self._here() != '@':
            return local
        self.pos += 1
        self.gotonext()
        domain = self.getdomain()
        # No domain, or more than one @: nothing to rely on.
        return f'{local}@{domain}' if domain else EMPTYSTRING

    def getdomain(self):
        """Return a domain; '' if another @ follows."""
        parts = []
        while True:
            char = self._here()
            if not char:
                break
            if char in self.LWS:
                self.pos += 1
            elif char == '(':
                self.commentlist.append(self.getcomment())
            elif char == '[':
                parts.append(self.getdomainliteral())
            elif char == '.':
                self.pos += 1
                parts.append('.')
            elif char == '@':
                return EMPTYSTRING
            elif char in self.atomends:
                break
            else:
                parts.append(self.getatom())
        return EMPTYSTRING.join(parts)

    def getdelimited(self, beginchar, endchars, allowcomments=True):
        """Return what is between beginchar and one of endchars, without backslashes."""
        if self._here() != beginchar:
            return ''
        parts = []
        escaped = False
        self.pos += 1
        while True:
            char = self._here()
            if not char:
                break
            if escaped:
                parts.append(char)
                escaped = False
            elif char in endchars:
                self.pos += 1
                break
            elif allowcomments and char == '(':
                parts.append(self.getcomment())
                continue
            elif char == '\\':
                escaped = True
            else:
                parts.append(char)
            self.pos += 1
        return EMPTYSTRING.join(parts)

    def getquote(self):
        """Return what is between quotes."""
        return self.getdelimited('"', '"\r', False)

    def getcomment(self):
        """Return what is between parentheses."""
        return self.getdelimited('(', ')\r', True)

    def getdomainliteral(self):
        """Return what is between brackets, with them."""
        return '[%s]' % self.getdelimited('[', ']\r', False)

    def getatom(self, atomends=None):
        """Return the characters up to one of atomends."""
        ends = self.atomends if atomends is None else atomends
        start = self.pos
        while self._here() and self._here() not in ends:
            self.pos += 1
        return self.field[start:self.pos]

    def getphraselist(self):
        """Return the words up to a special character."""
        words = []
        while True:
            char = self._here()
            if not char:
                break
            if char in self.FWS:
                self.pos += 1
            elif char == '"':
                words.append(self.getquote())
            elif char == '(':
                self.commentlist.append(self.getcomment())
            elif char in self.phraseends:
                break
            else:
                words.append(self.getatom(self.phraseends))
        return words


class AddressList(AddrlistClass):
    """The addresses of a field; + and - put them together and take them away."""

    def __init__(self, field):
        AddrlistClass.__init__(self, field)
        self.addresslist = self.getaddrlist() if field else []

    def __len__(self):
        return len(self.addresslist)

    def __add__(self, other):
        result = AddressList(None)
        result.addresslist = self.addresslist + [each for each in other.addresslist if each not in self.addresslist]
        return result

    def __iadd__(self, other):
        self.addresslist += [each for each in other.addresslist if each not in self.addresslist]
        return self

    def __sub__(self, other):
        result = AddressList(None)
        result.addresslist = [each for each in self.addresslist if each not in other.addresslist]
        return result

    def __isub__(self, other):
        for each in other.addresslist:
            if each in self.addresslist:
                self.addresslist.remove(each)
        return self

    def __getitem__(self, index):
        return self.addresslist[index]
