# SPDX-License-Identifier: MIT
"""What a site asks of robots: the file robots.txt.

    robots = RobotFileParser('https://example.com/robots.txt')
    robots.read()
    robots.can_fetch('mybot', 'https://example.com/page')

The file has entries, separated by empty lines: who is meant (User-agent), what is allowed or not (Allow, Disallow: the
start of a path), how fast (Crawl-delay: seconds, Request-rate: requests/seconds), and, anywhere, Sitemap lines.
"""

import collections
import time
import urllib.parse
import urllib.request

__all__ = ['RobotFileParser']

RequestRate = collections.namedtuple('RequestRate', 'requests seconds')


class RobotFileParser:
    """Reads a robots.txt and answers questions about it."""

    def __init__(self, url=''):
        self.entries = []
        self.sitemaps = []
        self.default_entry = None           # the one for '*'
        self.disallow_all = self.allow_all = False
        self.last_checked = 0
        self.set_url(url)

    def mtime(self):
        """Return when the file was read, in seconds since the epoch; 0 for never."""
        return self.last_checked

    def modified(self):
        """Note that the file has been read now."""
        self.last_checked = time.time()

    def set_url(self, url):
        """Set the URL of the file."""
        self.url = url
        self.host, self.path = urllib.parse.urlparse(url)[1:3]

    def read(self):
        """Fetch the file and read it.  If the server forbids that, all is forbidden; if there is none, all allowed."""
        try:
            with urllib.request.urlopen(self.url) as response:
                text = response.read().decode('utf-8')
        except urllib.error.HTTPError as error:
            if error.code in (401, 403):
                self.disallow_all = True
            elif 400 <= error.code < 500:
                self.allow_all = True
        else:
            self.parse(text.splitlines())

    def _add_entry(self, entry):
        if '*' not in entry.useragents:
            self.entries.append(entry)
        elif self.default_entry is None:    # the first one counts
            self.default_entry = entry

    def parse(self, lines):
        """Read lines.  Those that make no sense are passed over."""
        self.modified()
        entry = Entry()
        ruled = False                       # whether the entry has something besides names
        for line in lines:
            if not line.strip():            # an entry ends, if it has begun
                if entry.useragents:
                    if ruled:
                        self._add_entry(entry)
                    entry, ruled = Entry(), False
                continue
            key, colon, value = line.partition('#')[0].strip().partition(':')
            if not colon:
                continue
            key = key.strip().lower()
            value = urllib.parse.unquote(value.strip())
            if key == 'user-agent':
                if ruled:
                    self._add_entry(entry)
                    entry, ruled = Entry(), False
                entry.useragents.append(value)
            elif key == 'sitemap':
                self.sitemaps.append(value)
            elif entry.useragents and entry._rule(key, value):
                ruled = True
        if ruled:
            self._add_entry(entry)

    def _entry_for(self, useragent):
        for entry in self.entries:
            if entry.applies_to(useragent):
                return entry
        return self.default_entry

    def can_fetch(self, useragent, url):
        """Return whether a robot may fetch a URL; False as long as the file has not been read."""
        if self.disallow_all:
            return False
        if self.allow_all:
            return True
        if not self.last_checked:
            return False
        parts = urllib.parse.urlparse(urllib.parse.unquote(url))
        path = urllib.parse.urlunparse(('', '', *parts[2:]))
        entry = self._entry_for(useragent)
        return entry is None or entry.allowance(urllib.parse.quote(path) or '/')

    def crawl_delay(self, useragent):
        """Return the seconds a robot should wait, None if nothing is said."""
        entry = self._entry_for(useragent) if self.mtime() else None
        return None if entry is None else entry.delay

    def request_rate(self, useragent):
        """Return how many requests a robot may send in how many seconds, None if nothing is said."""
        entry = self._entry_for(useragent) if self.mtime() else None
        return None if entry is None else entry.req_rate

    def site_maps(self):
        """Return the URLs of site maps, a list, None if there are none."""
        return self.sitemaps or None

    def __str__(self):
        entries = self.entries if self.default_entry is None else [*self.entries, self.default_entry]
        return '\n\n'.join(map(str, entries))


class RuleLine:
    """A line Allow or Disallow."""

    def __init__(self, path, allowance):
        self.allowance = allowance or path == ''        # to disallow nothing is to allow everything
        self.path = urllib.parse.quote(urllib.parse.urlunparse(urllib.parse.urlparse(path)))

    def applies_to(self, filename):
        """Return whether the line is about a path."""
        return self.path == '*' or filename.startswith(self.path)

    def __str__(self):
        return f'{"Allow" if self.allowance else "Disallow"}: {self.path}'


class Entry:
    """Names of robots, and what holds for them."""

    def __init__(self):
        self.useragents = []
        self.rulelines = []
        self.delay = self.req_rate = None

    def _rule(self, key, value):
        """Take a line; return whether it is a known one."""
        if key in ('allow', 'disallow'):
            self.rulelines.append(RuleLine(value, key == 'allow'))
        elif key == 'crawl-delay':
            if value.strip().isdigit():
                self.delay = int(value)
        elif key == 'request-rate':
            numbers = [number.strip() for number in value.split('/')]
            if len(numbers) == 2 and all(number.isdigit() for number in numbers):
                self.req_rate = RequestRate(*map(int, numbers))
        else:
            return False
        return True

    def applies_to(self, useragent):
        """Return whether a robot is meant; what follows '/' in its name, the version, does not count."""
        name = useragent.partition('/')[0].lower()
        return any(agent == '*' or agent.lower() in name for agent in self.useragents)

    def allowance(self, filename):
        """Return whether a path is allowed; the first line about it counts."""
        for line in self.rulelines:
            if line.applies_to(filename):
                return line.allowance
        return True

    def __str__(self):
        lines = [f'User-agent: {agent}' for agent in self.useragents]
        if self.delay is not None:
            lines.append(f'Crawl-delay: {self.delay}')
        if self.req_rate is not None:
            lines.append(f'Request-rate: {self.req_rate.requests}/{self.req_rate.seconds}')
        return '\n'.join([*lines, *map(str, self.rulelines)])
