# SPDX-License-Identifier: MIT
"""`python -m idlelib`: start IDLE in this process."""
from idlelib import pyshell

if __name__ == '__main__':
    pyshell.main()
