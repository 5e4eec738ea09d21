# SPDX-License-Identifier: MIT
"""uvloop: TCP servers and clients, timers, subprocesses, exceptions in callbacks."""
import asyncio
import sys
import uvloop


async def main():
    async def serve(reader, writer):
        while True:
            line = await reader.readline()
            if not line:
                break
            writer.write(line[::-1].strip() + b"\n")
            await writer.drain()
        writer.close()
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]

    async def ask(i):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"%05d\n" % i)
        answer = await reader.readline()
        writer.close()
        return answer
    answers = await asyncio.gather(*map(ask, range(30)))
    assert answers[12] == b"21000\n" and len(answers) == 30
    server.close()
    await server.wait_closed()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "print(input()[::-1])", stdin=-1, stdout=-1)
    out, _ = await process.communicate(b"abc\n")
    assert out == b"cba\n" and process.returncode == 0
    seen = []
    loop = asyncio.get_running_loop()
    assert isinstance(loop, uvloop.Loop)
    loop.set_exception_handler(lambda loop, context: seen.append(type(context["exception"])))
    loop.call_later(0.01, lambda: 1 / 0)
    assert await loop.run_in_executor(None, sum, [1, 2]) == 3
    try:
        await asyncio.wait_for(asyncio.sleep(5), 0.05)
    except asyncio.TimeoutError:
        seen.append("late")
    assert seen == [ZeroDivisionError, "late"]

uvloop.install()
asyncio.run(main())
