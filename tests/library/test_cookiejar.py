# SPDX-License-Identifier: MIT
"""http.cookiejar and urllib.robotparser."""
import email
import http.cookiejar as cookiejar
import os
import tempfile
import unittest
import urllib.request
import urllib.robotparser


class Response:
    def __init__(self, *headers):
        self.headers = email.message_from_string('\n'.join(headers))

    def info(self):
        return self.headers


def visit(jar, url, *cookies, header='Set-Cookie'):
    """Send a request, take the cookies of the response; return the cookies that were sent."""
    request = urllib.request.Request(url)
    jar.add_cookie_header(request)
    jar.extract_cookies(Response(*['%s: %s' % (header, cookie) for cookie in cookies]), request)
    return request.get_header('Cookie')


class JarTest(unittest.TestCase):
    def test_kept_and_sent(self):
        jar = cookiejar.CookieJar()
        visit(jar, 'http://www.example.com/a/b', 'x=1', 'y=2; path=/', 'z=3; domain=example.com; path=/', 'w=4; secure')
        self.assertEqual(visit(jar, 'http://www.example.com/a/c'), 'x=1; y=2; z=3')
        self.assertEqual(visit(jar, 'https://www.example.com/a/c'), 'x=1; w=4; y=2; z=3')
        self.assertEqual(visit(jar, 'http://other.example.com/'), 'z=3')
        self.assertIsNone(visit(jar, 'http://example.org/'))

    def test_refused(self):
        jar = cookiejar.CookieJar()
        visit(jar, 'http://www.example.com/', 'a=1; domain=.com', 'b=2; domain=other.com', 'c=3; port="81"', '=d')
        self.assertEqual(len(jar), 0)

    def test_removed(self):
        jar = cookiejar.CookieJar()
        visit(jar, 'http://h.org/', 'a=1; expires=Fri, 01-Jan-2100 00:00:00 GMT', 'b=2', 'c=3; max-age=100')
        visit(jar, 'http://h.org/', 'a=; expires=Thu, 01-Jan-1970 00:00:01 GMT')
        self.assertEqual([cookie.name for cookie in jar], ['b', 'c'])
        jar.clear_session_cookies()
        self.assertEqual([cookie.name for cookie in jar], ['c'])
        self.assertRaises(ValueError, jar.clear, path='/')

    def test_version_1(self):
        jar = cookiejar.CookieJar(cookiejar.DefaultCookiePolicy(rfc2965=True))
        visit(jar, 'http://www.h.org/p', 'a="b c"; Version=1; Path="/"', header='Set-Cookie2')
        self.assertEqual(visit(jar, 'http://www.h.org/p'), '$Version=1; a=b c; $Path="/"')

    def test_lists(self):
        policy = cookiejar.DefaultCookiePolicy(blocked_domains=['.ads.net'], allowed_domains=['h.org', '.ads.net'])
        jar = cookiejar.CookieJar(policy)
        for host in 'h.org', 'x.org', 'www.ads.net':
            visit(jar, 'http://%s/' % host, 'a=1')
        self.assertEqual([cookie.domain for cookie in jar], ['h.org'])

    def test_files(self):
        for kind in cookiejar.LWPCookieJar, cookiejar.MozillaCookieJar:
            with tempfile.TemporaryDirectory() as folder:
                jar = kind(os.path.join(folder, 'f'))
                visit(jar, 'http://h.org/', 'a=1; path=/; expires=Fri, 01-Jan-2100 00:00:00 GMT', 'b; path=/')
                jar.save(ignore_discard=True)
                other = kind(jar.filename)
                other.load(ignore_discard=True)
                self.assertEqual([(c.name, c.value, c.expires) for c in other], [(c.name, c.value, c.expires) for c in jar])
                with open(jar.filename, 'w') as f:
                    f.write('nonsense\n')
                self.assertRaises(cookiejar.LoadError, other.revert)
                self.assertEqual(len(other), 2)

    def test_dates(self):
        for text in ('Thu, 03 Feb 1994 00:00:00 GMT', 'Thursday, 03-Feb-94 00:00:00 GMT', '3 feb 1994', '03-Feb-1994 01:00 +0100'):
            self.assertEqual(cookiejar.http2time(text), 760233600, text)
        self.assertEqual(cookiejar.iso2time('1994-02-03 07:15:29 -0700'), 760284929)
        self.assertIsNone(cookiejar.http2time('32 Feb 1994'))
        self.assertEqual(cookiejar.time2netscape(0), 'Thu, 01-Jan-1970 00:00:00 GMT')

    def test_cookie(self):
        cookie = cookiejar.Cookie(0, 'n', 'v', '80', True, 'H.org', False, False, '/', False, False, '5.5', False, None, None,
                                  {'HttpOnly': None})
        self.assertEqual(str(cookie), '<Cookie n=v for h.org:80/>')
        self.assertTrue(cookie.is_expired())
        self.assertTrue(cookie.has_nonstandard_attr('HttpOnly'))


class RobotsTest(unittest.TestCase):
    def test_rules(self):
        robots = urllib.robotparser.RobotFileParser()
        self.assertFalse(robots.can_fetch('x', '/'))
        robots.parse('''User-agent: *
Crawl-delay: 2
Disallow: /private  # all of it

User-agent: nice
User-agent: kind
Allow: /private/a
Disallow: /private
Request-rate: 3/15
Sitemap: http://h/map'''.splitlines())
        for agent, path, expected in (('x', '/private/a', False), ('x', '/', True), ('Nice/1.0', 'http://h/private/a', True),
                                      ('kind', '/private/b', False), ('nice', '/%70rivate', False)):
            self.assertEqual(robots.can_fetch(agent, path), expected, (agent, path))
        self.assertEqual((robots.crawl_delay('x'), robots.request_rate('nice'), robots.site_maps()),
                         (2, (3, 15), ['http://h/map']))
        self.assertIn('User-agent: nice\nUser-agent: kind\nRequest-rate: 3/15\nAllow: /private/a', str(robots))


if __name__ == '__main__':
    unittest.main()
