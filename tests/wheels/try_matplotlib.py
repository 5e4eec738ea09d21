# SPDX-License-Identifier: MIT
"""matplotlib: figures with the Agg and SVG backends, text, images, legends."""
import io
import os
import tempfile
os.environ.setdefault("MPLCONFIGDIR", tempfile.mkdtemp())
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

figure, (left, right) = plt.subplots(1, 2, figsize=(6, 3), dpi=80)
x = np.linspace(0, 6, 50)
left.plot(x, np.sin(x), label=r"$\sin\,x$")
left.fill_between(x, np.cos(x), alpha=0.3, label="cos")
left.legend()
left.set_title("curves")
right.imshow(np.arange(16).reshape(4, 4), cmap="viridis")
right.bar([0, 1], [2, 3])
right.annotate("here", (1, 1), xytext=(2, 2), arrowprops={"arrowstyle": "->"})
png = io.BytesIO()
figure.savefig(png)
assert png.getvalue()[:8] == b"\x89PNG\r\n\x1a\n" and len(png.getvalue()) > 8000
png.seek(0)
pixels = plt.imread(png)
assert pixels.shape == (240, 480, 4) and pixels[..., :3].std() > 0.1
svg = io.StringIO()
figure.savefig(svg, format="svg")
assert "<svg" in svg.getvalue() and svg.getvalue().count("<path") > 20
pdf = io.BytesIO()
figure.savefig(pdf, format="pdf")
assert pdf.getvalue()[:5] == b"%PDF-"
hits = []
figure.canvas.mpl_connect("draw_event", hits.append)
figure.canvas.draw()
assert len(hits) == 1
