"""Build the fonts of the report from Noto Sans CJK.

Run once, by hand, when Noto Sans CJK is updated; the two files are in Debian's ``fonts-noto-cjk``::

    python scripts/build_fonts.py /usr/share/fonts/opentype/noto src/jiqun/report/fonts

Noto Sans CJK is under the SIL Open Font License 1.1 without a reserved name. The subsets carry a name of
their own, so that no system takes them for the whole font. The regular weight holds all of GB 2312, the
more frequent half of Big 5, the characters of our own lists of regions and industries, characters that
are rare but stand in names, kana, and the Latin, Greek and Cyrillic alphabets with symbols; the bold one
holds the first level of GB 2312 and the same alphabets. Two small files hold the quotation marks as English
has them.
"""

import argparse
import hashlib
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

SIMPLIFIED = 2
"""Which font of the collection has the forms of mainland China."""
FAMILY = "Jiqun Sans SC"
EXPECTED = {
    "Regular": "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a",
    "Bold": "faa5f3656a78b2e2d450d27fe8382c778bc2b6bb5ea29c986664a6a435056ceb",
}
LATIN_MARKS = "‘’“”"
"""Noto Sans CJK draws these an em wide, as Chinese has them; English has them narrow."""
RANGES = (
    (0x20, 0x7F), (0xA0, 0x250), (0x370, 0x400), (0x400, 0x460), (0x1E00, 0x1F00), (0x2000, 0x2300),
    (0x2460, 0x2600), (0x3000, 0x3100), (0xFF00, 0xFFF0),
)  # fmt: skip
IN_NAMES = (
    "垚喆堃赟旻昇玥晟烜煊珺钰翀骉犇淼焱鑫燊懿祎昕昱晔暐暄曌翊翎翾翙玮珣珩琤琰瑀瑄瑢瑭璟璿璠瓒镕镱镡锴锟铉铄"
    "铧鎏骐骢骧骜彧龑龢芃芊荃莀菡蔌蕴苡茉苒莘郗郜郄邰鄢逯逄亓仉佴靳蒯昝郏郐鄞鄄邗鄱浐浠涞涿浏湉湫溧滠漷澍澧"
    "濛瀍瀚灞炅炆炜烨焜煜熠燚犍猗玕玘玢珈珉玹琅琊琏琛瑗瑾璁璇璐砚碲碶禛祺稷穆筱箐簃粲絜綦縯缦羿翥耀聿胤臻"
    "芮苓茹荥莒莜菁葳蓥蔺薷藁蘅蠡衎裎谌谡贲赓赟踽轶辚迨逶遒遨邕郓鄯酆醴釂钤铖铤锜锳镆闫闳闻阆阗雒霏霁霆霈靓"
    "韡頔颋颙飏飖骁骅骝骞魋鲲鹍黟黻鼐齐龚㼆㴔㧑㭎㬎䶮䌹䥇碁囍粄栱鉑裏綫鈺堺笹辻畑働"
)


def of_codec(codec: str, lead: range) -> Iterator[str]:
    """Yield the characters of a two-byte character set."""
    for first in lead:
        for second in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            try:
                yield bytes([first, second]).decode(codec)
            except UnicodeDecodeError:
                continue


def alphabets() -> set[str]:
    """Return the letters and symbols that are no ideographs."""
    return {chr(code) for first, last in RANGES for code in range(first, last)}


def regular(lists: Path) -> set[str]:
    """Return the characters of the regular weight."""
    ours = "".join(path.read_text(encoding="utf-8") for path in sorted(lists.rglob("*.csv")))
    big5 = of_codec("big5", range(0xA4, 0xC7))
    return {*of_codec("gb2312", range(0xA1, 0xF8)), *big5, *alphabets(), *ours, *IN_NAMES}


def bold() -> set[str]:
    """Return the characters of the bold weight."""
    return {*of_codec("gb2312", range(0xA1, 0xD8)), *alphabets()}


def build(source: Path, target: Path, characters: set[str], style: str) -> None:
    """Write one subset; the same source and characters give the same bytes."""
    font = TTFont(source, fontNumber=SIMPLIFIED, recalcTimestamp=False)
    options = subset.Options(
        hinting=False, layout_features=["kern", "locl"], glyph_names=False, notdef_outline=True
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(characters)))
    subsetter.subset(font)
    rename(font, FAMILY, f"JiqunSansSC-{style}", style)
    font.save(target)


def rename(font: TTFont, family: str, postscript: str, style: str) -> None:
    """Give a subset a name of its own."""
    full = f"{family} {style}"
    names = {1: family, 3: full, 4: full, 6: postscript}
    for record in list(font["name"].names):
        if record.nameID in names:
            font["name"].setName(
                names[record.nameID],
                record.nameID,
                record.platformID,
                record.platEncID,
                record.langID,
            )
        elif record.nameID in {16, 17, 21, 22}:
            font["name"].removeNames(nameID=record.nameID)
    top = font["CFF "].cff
    top.fontNames[0] = postscript
    top.topDictIndex[0].FullName, top.topDictIndex[0].FamilyName = full, family


def build_latin(source: Path, target: Path, style: str) -> None:
    """Write the marks that Latin and Chinese share, at the width that they have between Latin letters."""
    font = TTFont(source, fontNumber=SIMPLIFIED, recalcTimestamp=False)
    narrow = {}
    table = font["GSUB"].table
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "pwid":
            for place in record.Feature.LookupListIndex:
                for part in table.LookupList.Lookup[place].SubTable:
                    narrow |= getattr(part, "ExtSubTable", part).mapping
    wide = font.getBestCmap()
    chosen = {ord(c): narrow[wide[ord(c)]] for c in LATIN_MARKS}
    for cmap in font["cmap"].tables:
        cmap.cmap |= {code: glyph for code, glyph in chosen.items() if code in cmap.cmap}
    options = subset.Options(
        hinting=False, layout_features=[], glyph_names=False, notdef_outline=True
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=LATIN_MARKS)
    subsetter.subset(font)
    rename(font, f"{FAMILY} Latin Marks", f"JiqunSansLatinMarks-{style}", style)
    font.save(target)


def main() -> None:
    """Read the two collections and write the subsets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    arguments = parser.parse_args()
    lists = Path(__file__).parents[1] / "src" / "jiqun" / "vocabulary"
    for style, characters in (("Regular", regular(lists)), ("Bold", bold())):
        source = arguments.source / f"NotoSansCJK-{style}.ttc"
        found = hashlib.sha256(source.read_bytes()).hexdigest()
        if found != EXPECTED[style]:
            parser.error(f"{source} is not the file this script was written for: {found}")
        build(source, arguments.target / f"JiqunSansSC-{style}.otf", characters, style)
        build_latin(source, arguments.target / f"JiqunSansLatinMarks-{style}.otf", style)


if __name__ == "__main__":
    main()
