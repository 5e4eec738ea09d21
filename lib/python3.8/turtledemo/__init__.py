# SPDX-License-Identifier: MIT
"""Programs that show what turtle can do, and a viewer for them.

python -m turtledemo            the viewer
python -m turtledemo.NAME       one of the programs alone
"""
