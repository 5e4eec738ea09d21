# SPDX-License-Identifier: MIT
"""Pillow: drawing, encoding and decoding, filters, palettes, metadata, numbers in and out."""
import io
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps, ImageStat, UnidentifiedImageError

im = Image.new("RGB", (80, 60), "red")
draw = ImageDraw.Draw(im)
draw.line((0, 0, 79, 59), fill="blue", width=3)
draw.ellipse((20, 10, 60, 50), outline="white", fill=(0, 255, 0))
draw.text((5, 5), "Hi", font=ImageFont.load_default(), fill="black")
for kind, lossless in ("PNG", True), ("BMP", True), ("TIFF", True), ("GIF", False), ("JPEG", False), ("WEBP", False):
    data = io.BytesIO()
    im.save(data, kind)
    back = Image.open(io.BytesIO(data.getvalue()))
    assert (back.format, back.size) == (kind, (80, 60))
    if lossless:
        assert ImageChops.difference(back.convert("RGB"), im).getbbox() is None
assert im.resize((8, 6), Image.LANCZOS).size == (8, 6) and im.rotate(90, expand=True).size == (60, 80)
assert im.filter(ImageFilter.GaussianBlur(2)).getpixel((40, 30)) == (0, 255, 0)
assert ImageOps.grayscale(im).mode == "L" and ImageStat.Stat(im).count == [4800] * 3
assert im.quantize(4).getcolors() and len(im.split()) == 3 and im.crop((0, 0, 2, 2)).tobytes()[:3] == b"\0\0\xff"
assert Image.frombytes("L", (2, 2), bytes([0, 64, 128, 255])).point(lambda v: 255 - v).tobytes() == bytes([255, 191, 127, 0])
assert Image.eval(im, lambda v: v // 2).getpixel((79, 0)) == (127, 0, 0)
try:
    Image.open(io.BytesIO(b"nothing"))
except UnidentifiedImageError:
    pass
else:
    raise AssertionError
frames = [Image.new("RGB", (4, 4), c) for c in ("red", "lime", "blue")]
data = io.BytesIO()
frames[0].save(data, "GIF", save_all=True, append_images=frames[1:], duration=50)
assert Image.open(data).n_frames == 3
