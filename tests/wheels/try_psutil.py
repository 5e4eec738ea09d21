# SPDX-License-Identifier: MIT
"""psutil: this process, its children, the machine."""
import os
import subprocess
import sys
import psutil

me = psutil.Process()
assert me.pid == os.getpid() and me.is_running() and me.memory_info().rss > 1 << 20 and me.num_threads() >= 1
assert os.path.realpath(me.exe()) == os.path.realpath(sys.executable) and me.cwd() == os.getcwd()
with me.oneshot():
    assert me.cpu_times().user >= 0 and me.name() and me.status() == psutil.STATUS_RUNNING
child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
found = [p for p in me.children() if p.pid == child.pid]
assert found and found[0].ppid() == me.pid and found[0].cmdline()[1:] == ["-c", "input()"]
child.communicate(b"\n")
gone, alive = psutil.wait_procs(found, timeout=5)
assert not alive and psutil.cpu_count() >= 1 and psutil.virtual_memory().total > 1 << 20
assert psutil.disk_usage("/").total > 0 and psutil.boot_time() > 0 and "lo" in psutil.net_if_addrs()
try:
    psutil.Process(2 ** 22 + 5)
except psutil.NoSuchProcess as e:
    assert e.pid == 2 ** 22 + 5
with open(__file__) as f:
    assert os.path.realpath(__file__) in [os.path.realpath(entry.path) for entry in me.open_files()]
