"""Cuts the fonts that paper is set in: fonts.py SOURCE TARGET, see fonts.sh.

kai carries the letters of nearly everybody; rare-a and rare-b the rest of the unified ideographs up to extension F,
which level 3 of GB 18030-2022 wants from whoever serves the public. Hints, layout tables and names of glyphs go; the
names of the fonts change, because the originals' are reserved for what is unchanged.
"""
import gzip
import io
import sys

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

source, target = sys.argv[1:]
KAI = source + "/lxgw-wenkai/LXGWWenKai-Regular.ttf"
HANA_A, HANA_B = source + "/hanazono/HanaMinA.ttf", source + "/hanazono/HanaMinB.ttf"
DROPPED = ["vhea", "vmtx", "GSUB", "GPOS", "GDEF", "BASE", "FFTM", "gasp", "meta"]
SPACES = {0x20, 0x3000}


def characters(path):
    return set(TTFont(path, lazy=True).getBestCmap())


def ideograph(c):
    return 0x3400 <= c <= 0x9FFF or 0xF900 <= c <= 0xFAFF or 0x20000 <= c <= 0x3FFFF


def cut(path, name, wanted, units):
    options = subset.Options()
    options.hinting, options.glyph_names, options.layout_features = False, False, []
    options.notdef_outline, options.name_IDs = True, [0, 13, 14]
    options.drop_tables += DROPPED
    font = subset.load_font(path, options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    for number, text in ((1, name), (2, "Regular"), (3, name + " 1"), (4, name), (6, name.replace(" ", ""))):
        font["name"].setName(text, number, 3, 1, 0x409)
    if units:
        scale_upem(font, units)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    plain = io.BytesIO()
    font.save(plain)
    return plain.getvalue()


kai, hana_a, hana_b = characters(KAI), characters(HANA_A), characters(HANA_B)
plan = {
    "kai": (KAI, "Xinyuan Kai", {c for c in kai if ideograph(c) or c < 0x3400 or 0xFF00 <= c <= 0xFFEF}, 0),
    "rare-a": (HANA_A, "Xinyuan Rare A", {c for c in hana_a - kai if ideograph(c)} | SPACES, 512),
    "rare-b": (HANA_B, "Xinyuan Rare B", {c for c in hana_b - hana_a - kai if ideograph(c)} | SPACES, 512),
}
for file, what in plan.items():
    with open(f"{target}/{file}.ttf.gz", "wb") as out:
        out.write(gzip.compress(cut(*what), 9, mtime=0))
