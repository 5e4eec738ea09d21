# SPDX-License-Identifier: MIT
"""socket, socketserver, selectors, signal: essential behaviour."""
import os
import selectors
import signal
import socket
import socketserver
import threading
import unittest


class Sockets(unittest.TestCase):
    def test_pair_and_files(self):
        one, other = socket.socketpair()
        with one, other:
            self.assertIs(one.family, socket.AddressFamily.AF_UNIX)
            with one.makefile('w') as out, other.makefile('r') as lines:
                out.write('line\n')
                out.flush()
                self.assertEqual(lines.readline(), 'line\n')
            with self.assertRaisesRegex(ValueError, r"^invalid mode 'x' \(only r, w, b allowed\)$"):
                one.makefile('x')
        self.assertTrue(repr(one).startswith('<socket.socket [closed] fd=-1, family=AddressFamily.AF_UNIX'))

    def test_server(self):
        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                self.wfile.write(self.rfile.readline().upper())

        with socketserver.ThreadingTCPServer(('127.0.0.1', 0), Handler) as server:
            thread = threading.Thread(target=server.serve_forever, args=(0.01,))
            thread.start()
            with socket.create_connection(server.server_address, timeout=10) as client:
                client.sendall(b'hi\n')
                self.assertEqual(client.recv(10), b'HI\n')
            server.shutdown()
            thread.join()

    def test_selector(self):
        r, w = os.pipe()
        self.addCleanup(os.close, r)
        self.addCleanup(os.close, w)
        with selectors.DefaultSelector() as selector:
            key = selector.register(r, selectors.EVENT_READ, 'data')
            self.assertEqual(selector.select(0), [])
            os.write(w, b'x')
            self.assertEqual(selector.select(), [(key, selectors.EVENT_READ)])
            with self.assertRaisesRegex(KeyError, 'is already registered'):
                selector.register(r, selectors.EVENT_READ)

    def test_signal(self):
        seen = []
        before = signal.signal(signal.SIGUSR1, lambda number, frame: seen.append(signal.Signals(number)))
        self.addCleanup(signal.signal, signal.SIGUSR1, before)
        os.kill(os.getpid(), signal.SIGUSR1)
        self.assertEqual(seen, [signal.SIGUSR1])
        self.assertIs(signal.getsignal(signal.SIGUSR2), signal.SIG_DFL)


if __name__ == '__main__':
    unittest.main()
