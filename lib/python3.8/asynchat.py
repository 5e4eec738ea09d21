# SPDX-License-Identifier: MIT
"""Conversations over asyncore: data comes in pieces that end in a terminator, and goes out through a queue.

A program subclasses async_chat, collects data in collect_incoming_data(), and acts in found_terminator().
"""

import asyncore
from collections import deque


class async_chat(asyncore.dispatcher):
    """A dispatcher for a protocol of questions and answers.

    ac_in_buffer_size and ac_out_buffer_size: how much is received and sent at a time; use_encoding: encode strings
    (and terminators) by `encoding`.
    """

    ac_in_buffer_size = 65536
    ac_out_buffer_size = 65536
    use_encoding = 0
    encoding = 'latin-1'

    def __init__(self, sock=None, map=None):
        self.ac_in_buffer = b''     # received, not looked at
        self.incoming = []          # for _collect_incoming_data()
        self.producer_fifo = deque()    # what is to be sent: bytes, producers, None for the end
        asyncore.dispatcher.__init__(self, sock, map)

    def collect_incoming_data(self, data):
        """Take data that has come; to be overridden."""
        raise NotImplementedError("must be implemented in subclass")

    def _collect_incoming_data(self, data):
        self.incoming.append(data)

    def _get_data(self):
        data, self.incoming[:] = b''.join(self.incoming), []
        return data

    def found_terminator(self):
        """Act, as the terminator has come; to be overridden."""
        raise NotImplementedError("must be implemented in subclass")

    def set_terminator(self, term):
        """Set what ends a piece: bytes, a number of bytes, or nothing (0, None, empty) for no end."""
        if isinstance(term, str) and self.use_encoding:
            term = bytes(term, self.encoding)
        elif isinstance(term, int) and term < 0:
            raise ValueError('the number of received bytes must be positive')
        self.terminator = term

    def get_terminator(self):
        """Return what ends a piece."""
        return self.terminator

    def handle_read(self):
        """Receive, and hand on all pieces there are."""
        try:
            data = self.recv(self.ac_in_buffer_size)
        except BlockingIOError:
            return
        except OSError:
            self.handle_error()
            return
        if isinstance(data, str) and self.use_encoding:
            data = bytes(str, self.encoding)
        self.ac_in_buffer += data
        while self.ac_in_buffer and self._next_piece(self.get_terminator()):
            pass

    def _take(self, count):
        """Hand on the first bytes of the buffer."""
        data, self.ac_in_buffer = self.ac_in_buffer[:count], self.ac_in_buffer[count:]
        if data:
            self.collect_incoming_data(data)

    def _next_piece(self, terminator):
        """Hand on what there is up to the terminator; return whether there may be more."""
        available = len(self.ac_in_buffer)
        if not terminator:
            self._take(available)
        elif isinstance(terminator, int):
            if available < terminator:
                self.terminator -= available
                self._take(available)
            else:
                self.terminator = 0
                self._take(terminator)
                self.found_terminator()
        else:
            at = self.ac_in_buffer.find(terminator)
            if at < 0:
                # It may have come in part.
                pending = find_prefix_at_end(self.ac_in_buffer, terminator)
                if pending != available:
                    self._take(available - pending)
                return not pending
            self._take(at)
            self.ac_in_buffer = self.ac_in_buffer[len(terminator):]
            self.found_terminator()
        return True

    def handle_write(self):
        """Send some more."""
        self.initiate_send()

    def handle_close(self):
        """Close, as the connection has ended."""
        self.close()

    def push(self, data):
        """Send bytes, now or later."""
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError('data argument must be byte-ish (%r)', type(data))
        step = self.ac_out_buffer_size
        self.producer_fifo.extend([data[i:i + step] for i in range(0, len(data), step)]
                                  if len(data) > step else [data])
        self.initiate_send()

    def push_with_producer(self, producer):
        """Send what the more() of an object returns until that is nothing."""
        self.producer_fifo.append(producer)
        self.initiate_send()

    def readable(self):
        """Return whether to wait for data: always."""
        return 1

    def writable(self):
        """Return whether there is anything to send, or the connection to be made."""
        return self.producer_fifo or not self.connected

    def close_when_done(self):
        """Close when everything is sent."""
        self.producer_fifo.append(None)

    def initiate_send(self):
        """Send some of what is queued."""
        queue = self.producer_fifo
        while queue and self.connected:
            first = queue[0]
            if not first:
                del queue[0]
                if first is None:
                    self.handle_close()
                    return
            step = self.ac_out_buffer_size
            try:
                data = first[:step]
            except TypeError:
                # A producer: its next piece goes before it.
                data = first.more()
                if data:
                    queue.appendleft(data)
                else:
                    del queue[0]
                continue
            if isinstance(data, str) and self.use_encoding:
                data = bytes(data, self.encoding)
            try:
                sent = self.send(data)
            except OSError:
                self.handle_error()
                return
            if sent:
                if sent < len(data) or step < len(first):
                    queue[0] = first[sent:]
                else:
                    del queue[0]
            return

    def discard_buffers(self):
        """Forget what has come and what is to be sent."""
        self.ac_in_buffer = b''
        del self.incoming[:]
        self.producer_fifo.clear()


class simple_producer:
    """A producer of bytes in pieces of buffer_size."""

    def __init__(self, data, buffer_size=512):
        self.data, self.buffer_size = data, buffer_size

    def more(self):
        """Return the next piece, or nothing."""
        piece, self.data = self.data[:self.buffer_size], self.data[self.buffer_size:]
        return piece


def find_prefix_at_end(haystack, needle):
    """Return the length of the longest proper beginning of needle that haystack ends in."""
    length = len(needle) - 1
    while length and not haystack.endswith(needle[:length]):
        length -= 1
    return length
