"""The upload form."""

import uuid
from typing import Any
from zipfile import BadZipFile, ZipFile

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enterprises import clock
from enterprises.rosters.columns import KINDS

UNPACKED = 30  # times the packed size: more is no roster but a trap
ACCEPT = ".xlsx,.csv"
KIND_NAMES = {
    "enterprises": gettext_lazy("enterprises"),
    "organizations": gettext_lazy("organizations"),
    "members": gettext_lazy("members"),
}


class UploadForm(forms.Form):
    """A roster, known by content and not by name."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    file = forms.FileField(
        label=gettext_lazy("Roster"),
        help_text=gettext_lazy(".xlsx or .csv with a header; title rows, subtotals and signatures may stay"),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        required=False,
        choices=[("", gettext_lazy("told by the header")), *((name, KIND_NAMES[name]) for name in KINDS)],
    )
    effective = forms.DateField(
        label=gettext_lazy("Changes of branch take effect on"),
        help_text=gettext_lazy("first day in the new branch"),
        initial=clock.today,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse what is too large, no workbook and no text."""
        file: UploadedFile = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_MAX_BYTES:
            limit = settings.UPLOAD_MAX_BYTES // 2**20
            raise forms.ValidationError(
                _("The file is larger than %(limit)d MB. Save it as .xlsx, or split it.") % {"limit": limit}
            )
        head = file.read(512)
        file.seek(0)
        if head.startswith(b"PK\x03\x04"):
            _check_workbook(file)
        elif b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise forms.ValidationError(_("This is neither an .xlsx workbook nor CSV text. Choose the roster."))
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        effective = data.get("effective")
        if effective and effective > clock.today():
            self.add_error("effective", _("This day has not come yet. Enter today or an earlier day."))
        return data


def _check_workbook(file: UploadedFile) -> None:
    try:
        with ZipFile(file) as packed:
            names = set(packed.namelist())
            size = sum(info.file_size for info in packed.infolist())
    except (BadZipFile, OSError, ValueError):
        raise forms.ValidationError(_("The workbook is damaged. Save it anew.")) from None
    finally:
        file.seek(0)
    if "xl/workbook.xml" not in names or any(name.endswith("vbaProject.bin") for name in names):
        raise forms.ValidationError(_("This is no .xlsx workbook without macros. Save it as .xlsx."))
    if size > max(UNPACKED * file.size, 2**27):
        raise forms.ValidationError(_("The workbook unpacks to far more than it holds. Save it anew."))
