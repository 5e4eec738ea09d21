# SPDX-License-Identifier: MIT
"""What the modules of multi-byte encodings are made of: the classes around a codec of _codecs_cn, _codecs_jp and so on."""
import codecs

import _multibytecodec as base


def members(module, name):
    """The names a module of this package has for the codec `name` of the native `module`: a dict."""
    codec = __import__(module).getcodec(name)
    space = {"codec": codec, "__module__": "encodings." + name}
    coder = type("Codec", (codecs.Codec,), dict(space, encode=codec.encode, decode=codec.decode))
    classes = {
        "Codec": coder,
        "IncrementalEncoder": type("IncrementalEncoder", (base.MultibyteIncrementalEncoder, codecs.IncrementalEncoder), dict(space)),
        "IncrementalDecoder": type("IncrementalDecoder", (base.MultibyteIncrementalDecoder, codecs.IncrementalDecoder), dict(space)),
        "StreamReader": type("StreamReader", (coder, base.MultibyteStreamReader, codecs.StreamReader), dict(space)),
        "StreamWriter": type("StreamWriter", (coder, base.MultibyteStreamWriter, codecs.StreamWriter), dict(space)),
    }

    def getregentry():
        return codecs.CodecInfo(
            name=name, encode=coder().encode, decode=coder().decode,
            incrementalencoder=classes["IncrementalEncoder"], incrementaldecoder=classes["IncrementalDecoder"],
            streamreader=classes["StreamReader"], streamwriter=classes["StreamWriter"])

    return dict(classes, codec=codec, codecs=codecs, mbc=base, getregentry=getregentry)
