# SPDX-License-Identifier: MIT
"""asyncore, asynchat, selectors and socketserver: servers that wait for several things."""
import os
import selectors
import socket
import socketserver
import tempfile
import threading
import time
import unittest
import warnings

with warnings.catch_warnings():
    warnings.simplefilter('ignore')
    import asynchat
    import asyncore


class Echo(asynchat.async_chat):
    """Sends lines back, in capitals."""

    def __init__(self, sock, places):
        super().__init__(sock, places)
        self.set_terminator(b'\n')
        self.kept = []

    def collect_incoming_data(self, data):
        self.kept.append(data)

    def found_terminator(self):
        line, self.kept = b''.join(self.kept), []
        self.push(line.upper() + b'\r\n')
        if line == b'quit':
            self.close_when_done()


class Client(asynchat.async_chat):
    def __init__(self, sock, places, terminator):
        super().__init__(sock, places)
        self.set_terminator(terminator)
        self.kept, self.found, self.closed = b'', [], False

    def collect_incoming_data(self, data):
        self.kept += data

    def found_terminator(self):
        self.found.append(self.kept)
        self.kept = b''

    def handle_close(self):
        self.closed = True
        self.close()


class Old(unittest.TestCase):
    def setUp(self):
        self.places = {}
        self.one, self.other = socket.socketpair()
        self.addCleanup(self.one.close)
        self.addCleanup(self.other.close)
        self.addCleanup(asyncore.close_all, self.places)

    def loop(self, done, use_poll=False):
        end = time.monotonic() + 10
        while not done() and time.monotonic() < end:
            asyncore.loop(0.05, use_poll, self.places, 1)
        self.assertTrue(done())

    def test_lines(self):
        Echo(self.one, self.places)
        client = Client(self.other, self.places, b'\r\n')
        client.push(b'ab')
        client.push(b'c\nsecond\nquit\n')
        self.loop(lambda: client.closed)
        self.assertEqual((client.found, self.places), ([b'ABC', b'SECOND', b'QUIT'], {}))

    def test_terminators(self):
        sender = Client(self.one, self.places, None)
        client = Client(self.other, self.places, 3)
        sender.push_with_producer(asynchat.simple_producer(b'0123456789' * 100, 64))
        self.loop(lambda: client.found, use_poll=True)
        self.assertEqual(client.get_terminator() if isinstance(client.get_terminator(), int) else 0, 0)
        self.assertEqual(client.found[0], b'012')
        self.assertRaises(ValueError, client.set_terminator, -1)
        self.assertRaises(TypeError, client.push, 'text')

    def test_errors_are_reported(self):
        seen = []

        class Broken(asyncore.dispatcher):
            def handle_read(self):
                self.recv(10)
                1 / 0

            def handle_error(self):
                seen.append(asyncore.compact_traceback()[1:3])
        Broken(self.one, self.places)
        self.other.send(b'x')
        self.loop(lambda: seen)
        self.assertEqual(seen[0][0], ZeroDivisionError)

    def test_files(self):
        with tempfile.TemporaryFile() as f:
            f.write(b'content')
            f.seek(0)
            wrapped = asyncore.file_wrapper(f.fileno())
            self.assertNotEqual(wrapped.fd, f.fileno())
            self.assertEqual((wrapped.recv(3), wrapped.send(b'x')), (b'con', 1))
            wrapped.close()
            wrapped.close()

    def test_helpers(self):
        self.assertEqual(asynchat.find_prefix_at_end(b'qwerty\r', b'\r\n'), 1)
        producer = asynchat.simple_producer(b'abcde', 2)
        self.assertEqual([producer.more() for _ in range(4)], [b'ab', b'cd', b'e', b''])
        dispatcher = asyncore.dispatcher(map=self.places)
        self.assertTrue(repr(dispatcher).startswith('<asyncore.dispatcher at 0x'))


class Selectors(unittest.TestCase):
    def setUp(self):
        self.one, self.other = socket.socketpair()
        self.addCleanup(self.one.close)
        self.addCleanup(self.other.close)

    def kinds(self):
        names = 'SelectSelector', 'PollSelector', 'EpollSelector', 'DefaultSelector'
        for kind in filter(None, (getattr(selectors, name, None) for name in names)):
            with self.subTest(kind=kind), kind() as selector:
                yield selector

    def test_ready(self):
        for selector in self.kinds():
            key = selector.register(self.one, selectors.EVENT_READ, 'data')
            self.assertEqual(key, (self.one, self.one.fileno(), selectors.EVENT_READ, 'data'))
            self.assertEqual(selector.select(0), [])
            self.other.send(b'x')
            self.assertEqual(selector.select(5), [(key, selectors.EVENT_READ)])
            changed = selector.modify(self.one, selectors.EVENT_READ | selectors.EVENT_WRITE, 'new')
            self.assertEqual(selector.select(-1), [(changed, 3)])
            self.assertEqual(self.one.recv(5), b'x')
            self.assertEqual(selector.unregister(self.one), changed)
            self.assertEqual(selector.select(0), [])

    def test_map_and_errors(self):
        for selector in self.kinds():
            selector.register(self.one, selectors.EVENT_WRITE)
            mapping = selector.get_map()
            self.assertEqual((len(mapping), list(mapping), self.one in mapping, self.other in mapping), (1, [self.one.fileno()], True, False))
            self.assertEqual(selector.get_key(self.one.fileno()).events, selectors.EVENT_WRITE)
            self.assertRaises(KeyError, selector.register, self.one, selectors.EVENT_READ)
            self.assertRaises(KeyError, selector.unregister, self.other)
            self.assertRaises(KeyError, selector.get_key, self.other)
            self.assertRaises(KeyError, selector.modify, self.other, selectors.EVENT_READ)
            for wrong in (self.other, 0), (self.other, 8), (-1, 1), ('x', 1):
                self.assertRaises(ValueError, selector.register, *wrong)
            selector.close()
            self.assertRaises(RuntimeError, selector.get_key, self.one)


class Upper(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(self.rfile.readline().upper())


class Servers(unittest.TestCase):
    def serve(self, kind, address=('127.0.0.1', 0), handler=Upper):
        server = kind(address, handler)
        self.addCleanup(server.server_close)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(server.shutdown)
        return server

    def ask(self, server, family=socket.AF_INET):
        with socket.socket(family) as s:
            s.settimeout(10)
            s.connect(server.server_address)
            s.sendall(b'hello\n')
            return s.recv(100)

    def test_streams(self):
        for kind in socketserver.TCPServer, socketserver.ThreadingTCPServer:
            with self.subTest(kind):
                server = self.serve(kind)
                self.assertEqual([self.ask(server), self.ask(server)], [b'HELLO\n'] * 2)

    def test_unix(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        server = self.serve(socketserver.ThreadingUnixStreamServer, os.path.join(folder.name, 's'))
        self.assertEqual(self.ask(server, socket.AF_UNIX), b'HELLO\n')

    def test_datagrams(self):
        class Handler(socketserver.DatagramRequestHandler):
            def handle(self):
                self.wfile.write(self.rfile.read().upper())
        server = self.serve(socketserver.UDPServer, handler=Handler)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            s.settimeout(10)
            s.sendto(b'abc', server.server_address)
            self.assertEqual(s.recv(10), b'ABC')

    def test_one_request(self):
        class Slow(socketserver.TCPServer):
            timeout = 0.01
            timed_out = False

            def handle_timeout(self):
                self.timed_out = True
        with Slow(('127.0.0.1', 0), Upper) as server:
            server.handle_request()
            self.assertTrue(server.timed_out)

    def test_errors_are_reported(self):
        seen = threading.Event()

        class Noted(socketserver.TCPServer):
            def handle_error(self, request, client_address):
                seen.set()

        class Broken(socketserver.BaseRequestHandler):
            def handle(self):
                raise ValueError
        server = self.serve(Noted, handler=Broken)
        with socket.create_connection(server.server_address, 10) as s:
            self.assertEqual(s.recv(1), b'')
        self.assertTrue(seen.wait(10))


if __name__ == '__main__':
    unittest.main()
