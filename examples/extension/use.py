# SPDX-License-Identifier: MIT
"""What planar can do."""
import planar

path = [planar.Vector(3, 4), planar.Vector(y=2)]
print(path[0] + path[1], abs(path[0]), planar.length(path))
