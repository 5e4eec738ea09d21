# SPDX-License-Identifier: MIT
"""aiohttp: a server and a client on this machine: JSON, query, form, streaming, websockets."""
import asyncio
from aiohttp import ClientSession, FormData, WSMsgType, web


async def echo(request):
    if request.method == "POST":
        form = await request.post()
        return web.json_response({"form": dict(form), "agent": request.headers["X-Agent"]})
    return web.json_response({"path": request.match_info["name"], "q": request.query["q"]})


async def stream(request):
    response = web.StreamResponse()
    await response.prepare(request)
    for i in range(5):
        await response.write(b"%d\n" % i)
    return response


async def socket(request):
    ws = web.WebSocketResponse()
    await ws.prepare(request)
    async for message in ws:
        if message.type == WSMsgType.TEXT:
            await ws.send_str(message.data.upper())
    return ws


async def main():
    app = web.Application()
    app.add_routes([web.route("*", "/echo/{name}", echo), web.get("/stream", stream), web.get("/ws", socket)])
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    base = "http://127.0.0.1:%d" % site._server.sockets[0].getsockname()[1]
    async with ClientSession(headers={"X-Agent": "me"}) as client:
        async with client.get(base + "/echo/a%20b", params={"q": "\u20ac"}) as r:
            assert r.status == 200 and await r.json() == {"path": "a b", "q": "\u20ac"}
        async with client.post(base + "/echo/x", data=FormData({"k": "v"})) as r:
            assert await r.json() == {"form": {"k": "v"}, "agent": "me"}
        async with client.get(base + "/stream") as r:
            assert [line async for line in r.content] == [b"0\n", b"1\n", b"2\n", b"3\n", b"4\n"]
        async with client.get(base + "/nowhere") as r:
            assert r.status == 404
        async with client.ws_connect(base + "/ws") as ws:
            await ws.send_str("hello")
            assert (await ws.receive()).data == "HELLO"
        results = await asyncio.gather(*(client.get(base + "/echo/n", params={"q": str(i)}) for i in range(20)))
        assert [(await r.json())["q"] for r in results] == [str(i) for i in range(20)]
    await runner.cleanup()


asyncio.run(main())
