# SPDX-License-Identifier: MIT
"""An interactive interpreter in which `await` can be used; the loop runs in the main thread, the prompt in another."""

import ast
import asyncio
import code
import concurrent.futures
import inspect
import sys
import threading
import types
import warnings

from . import futures


class AsyncIOInteractiveConsole(code.InteractiveConsole):
    """A console that runs coroutines in the loop."""

    def __init__(self, locals, loop):
        super().__init__(locals)
        self.compile.compiler.flags |= ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        self.loop = loop

    def runcode(self, code):
        """Run code in the loop's thread and wait for it."""
        future = concurrent.futures.Future()

        def run():
            global repl_future, repl_future_interrupted
            repl_future, repl_future_interrupted = None, False
            try:
                outcome = types.FunctionType(code, self.locals)()
            except SystemExit:
                raise
            except KeyboardInterrupt as interrupt:
                repl_future_interrupted = True
                future.set_exception(interrupt)
                return
            except BaseException as failure:
                future.set_exception(failure)
                return
            if not inspect.iscoroutine(outcome):
                future.set_result(outcome)
                return
            try:
                repl_future = self.loop.create_task(outcome)
                futures._chain_future(repl_future, future)
            except BaseException as failure:
                future.set_exception(failure)

        loop.call_soon_threadsafe(run)
        try:
            return future.result()
        except SystemExit:
            raise
        except BaseException:
            if repl_future_interrupted:
                self.write("\nKeyboardInterrupt\n")
            else:
                self.showtraceback()


class REPLThread(threading.Thread):
    """The thread of the prompt."""

    def run(self):
        try:
            console.interact(
                banner=(f'asyncio REPL {sys.version} on {sys.platform}\nUse "await" directly instead of '
                        f'"asyncio.run()".\nType "help", "copyright", "credits" or "license" for more information.\n'
                        f'{getattr(sys, "ps1", ">>> ")}import asyncio'),
                exitmsg='exiting asyncio REPL...')
        finally:
            warnings.filterwarnings('ignore', message=r'^coroutine .* was never awaited$', category=RuntimeWarning)
            loop.call_soon_threadsafe(loop.stop)


if __name__ == '__main__':
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    names = {'asyncio': asyncio}
    names.update((key, globals()[key]) for key in ('__name__', '__package__', '__loader__', '__spec__',
                                                   '__builtins__', '__file__'))
    console = AsyncIOInteractiveConsole(names, loop)
    repl_future, repl_future_interrupted = None, False
    try:
        import readline  # noqa: it makes input() comfortable
    except ImportError:
        pass
    prompt_thread = REPLThread()
    prompt_thread.daemon = True
    prompt_thread.start()
    while True:
        try:
            loop.run_forever()
        except KeyboardInterrupt:
            if repl_future and not repl_future.done():
                repl_future.cancel()
                repl_future_interrupted = True
        else:
            break
