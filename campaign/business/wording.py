"""Why a figure is not read, and how to mend it, in words."""

from django.utils.translation import gettext_lazy as _

from campaign.business.rules import Fault

REMEDY = {
    Fault.EMPTY: _("There is no figure. Write a number, e.g. 25,080.2."),
    Fault.SEPARATOR: _("It is not clear where the decimal point is. Write e.g. 25080.2 or 25,080.2."),
    Fault.UNIT: _("The unit is not known. Amounts are in 100 million yuan (亿元) or 10,000 yuan (万元), growth in %."),
    Fault.WORDS: _("Write one number, its unit and at most one of 多, 以上, 左右."),
    Fault.SIGN: _("A number of things cannot be less than nothing."),
}
