"""The sort key of Chinese names: pinyin without tones, so that a plain byte order sorts as people expect."""

from functools import lru_cache

# Surnames whose everyday reading differs from the reading as a surname.
SURNAMES = {
    "单": "shan",
    "曾": "zeng",
    "仇": "qiu",
    "解": "xie",
    "查": "zha",
    "区": "ou",
    "朴": "piao",
    "任": "ren",
    "盖": "ge",
    "华": "hua",
    "尉": "wei",
    "翟": "zhai",
    "覃": "qin",
    "乐": "yue",
    "折": "she",
    "缪": "miao",
    "宓": "fu",
    "洗": "xian",
}
LENGTH = 120  # of Member.name_key


@lru_cache(maxsize=16384)
def _syllable(character: str) -> str:
    # Imported here: the dictionary is large and only writers need it.
    from pypinyin import Style, lazy_pinyin

    return lazy_pinyin(character, style=Style.NORMAL)[0].lower()


def name_key(name: str) -> str:
    """The sort key of ``name``: one syllable for each character, parted by spaces, at most 120 long."""
    characters = [c for c in name if not c.isspace()]
    syllables = [_syllable(c) for c in characters]
    if characters and characters[0] in SURNAMES:
        syllables[0] = SURNAMES[characters[0]]
    return " ".join(syllables)[:LENGTH]
