# SPDX-License-Identifier: MIT
"""asyncio: essential behaviour."""
import asyncio
import unittest


class Tasks(unittest.TestCase):
    def test_run_and_gather(self):
        async def double(n):
            await asyncio.sleep(0)
            return 2 * n

        async def main():
            return await asyncio.gather(*map(double, range(4)))

        self.assertEqual(asyncio.run(main()), [0, 2, 4, 6])

    def test_cancel_and_timeout(self):
        async def main():
            task = asyncio.create_task(asyncio.sleep(60), name='t')
            await asyncio.sleep(0)
            self.assertEqual(asyncio.all_tasks() - {asyncio.current_task()}, {task})
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task
            with self.assertRaises(asyncio.TimeoutError):
                await asyncio.wait_for(asyncio.sleep(60), 0.01)
            return task.get_name()

        self.assertEqual(asyncio.run(main()), 't')

    def test_future(self):
        loop = asyncio.new_event_loop()
        self.addCleanup(loop.close)
        future = loop.create_future()
        seen = []
        future.add_done_callback(lambda f: seen.append(f.result()))
        loop.call_later(0.001, future.set_result, 7)
        self.assertEqual(loop.run_until_complete(future), 7)
        self.assertEqual(seen, [7])
        with self.assertRaises(asyncio.InvalidStateError):
            future.set_result(8)

    def test_errors(self):
        with self.assertRaisesRegex(ValueError, 'a coroutine was expected, got 3'):
            asyncio.run(3)
        with self.assertRaisesRegex(RuntimeError, '^no running event loop$'):
            asyncio.get_running_loop()


class Helpers(unittest.TestCase):
    def test_lock_and_queue(self):
        async def main():
            queue, order = asyncio.Queue(maxsize=1), []
            lock = asyncio.Lock()

            async def produce():
                for n in range(3):
                    async with lock:
                        await queue.put(n)

            async def consume():
                for _ in range(3):
                    order.append(await queue.get())
                    queue.task_done()

            await asyncio.gather(produce(), consume())
            await queue.join()
            with self.assertRaises(asyncio.QueueEmpty):
                queue.get_nowait()
            return order

        self.assertEqual(asyncio.run(main()), [0, 1, 2])

    def test_streams(self):
        async def serve(reader, writer):
            writer.write((await reader.readline()).upper())
            await writer.drain()
            writer.close()

        async def main():
            server = await asyncio.start_server(serve, '127.0.0.1', 0)
            async with server:
                reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
                writer.write(b'hello\nrest')
                answer = await reader.read()
                writer.close()
                await writer.wait_closed()
            return answer

        self.assertEqual(asyncio.run(main()), b'HELLO\n')

    def test_subprocess(self):
        async def main():
            process = await asyncio.create_subprocess_exec('cat', stdin=asyncio.subprocess.PIPE,
                                                           stdout=asyncio.subprocess.PIPE)
            out, _ = await process.communicate(b'x' * 100000)
            return len(out), process.returncode

        self.assertEqual(asyncio.run(main()), (100000, 0))

    def test_threads(self):
        async def main():
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(None, lambda: 5)

        self.assertEqual(asyncio.run(main()), 5)


if __name__ == '__main__':
    unittest.main()
