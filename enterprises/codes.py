"""Code tables: education by GB/T 4658-2006, places by the first two digits of GB/T 2260 (dossier 2.10)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EducationBand(models.TextChoices):
    """What materials and writing are chosen by (item 31). It is worked out when needed and shown on no person."""

    HIGH = "HIGH", _("high-knowledge members")
    GENERAL = "GENERAL", _("members of general education")
    LOWER = "LOWER", _("members of less education")


EDUCATION = [
    ("10", _("postgraduate education")),
    ("11", _("doctorate completed")),
    ("14", _("master's degree completed")),
    ("20", _("university education")),
    ("21", _("university completed")),
    ("30", _("junior college education")),
    ("31", _("junior college completed")),
    ("40", _("secondary vocational education")),
    ("60", _("senior secondary school")),
    ("70", _("junior secondary school")),
    ("80", _("primary school")),
    ("90", _("other education")),
]

PLACES = {
    "11": _("Beijing"),
    "12": _("Tianjin"),
    "13": _("Hebei"),
    "14": _("Shanxi"),
    "15": _("Inner Mongolia"),
    "21": _("Liaoning"),
    "22": _("Jilin"),
    "23": _("Heilongjiang"),
    "31": _("Shanghai"),
    "32": _("Jiangsu"),
    "33": _("Zhejiang"),
    "34": _("Anhui"),
    "35": _("Fujian"),
    "36": _("Jiangxi"),
    "37": _("Shandong"),
    "41": _("Henan"),
    "42": _("Hubei"),
    "43": _("Hunan"),
    "44": _("Guangdong"),
    "45": _("Guangxi"),
    "46": _("Hainan"),
    "50": _("Chongqing"),
    "51": _("Sichuan"),
    "52": _("Guizhou"),
    "53": _("Yunnan"),
    "54": _("Tibet"),
    "61": _("Shaanxi"),
    "62": _("Gansu"),
    "63": _("Qinghai"),
    "64": _("Ningxia"),
    "65": _("Xinjiang"),
    "71": _("Taiwan"),
    "81": _("Hong Kong"),
    "82": _("Macao"),
}


def is_in_beijing(division_code: str) -> bool:
    """Whether a place is Beijing: the division starts with 11 (dossier 2.10)."""
    return division_code.startswith("11")


def place_name(division_code: str) -> str:
    """The province-level name of a division code; the code itself where it is unknown, empty where none."""
    return str(PLACES.get(division_code[:2], division_code))


def education_band(code: str) -> EducationBand:
    """The band of an education code: university and above, less than senior secondary, and what lies between.

    Where the education is unknown or another one, nobody is guessed to have less than most.
    """
    if code[:1] in ("1", "2"):
        return EducationBand.HIGH
    return EducationBand.LOWER if code[:1] in ("7", "8") else EducationBand.GENERAL


def education_name(code: str) -> str:
    """The name of an education code, or of the group it belongs to; empty where there is none."""
    names = dict(EDUCATION)
    return str(names.get(code) or names.get(f"{code[:1]}0", code)) if code else ""
