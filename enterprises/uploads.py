"""What may be uploaded: pictures, PDF, Word and Excel files up to 10 MB, known by content and not by name."""

from zipfile import BadZipFile, ZipFile

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from enterprises.action import ActionError

LARGEST = 10 * 1024 * 1024  # bytes
SIGNATURES = ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"%PDF-", "pdf"))
OFFICE_PARTS = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"))
ACCEPT = ".jpg,.jpeg,.png,.pdf,.docx,.xlsx"


def check_upload(file: UploadedFile) -> str:
    """The ending that belongs to the content: jpg, png, pdf, docx or xlsx.

    Raises ``ActionError`` for anything else, for empty and for too large files, and for files with macros.
    """
    if not file.size:
        raise ActionError(_("%(name)s is empty. Choose another file.") % {"name": file.name}, "file")
    if file.size > LARGEST:
        raise ActionError(_("%(name)s is larger than 10 MB. Make it smaller.") % {"name": file.name}, "file")
    ending = _ending(file)
    file.seek(0)
    if ending is None:
        raise ActionError(
            _("%(name)s is neither a picture (JPEG, PNG) nor a PDF, Word or Excel file. Choose another.")
            % {"name": file.name},
            "file",
        )
    return ending


def _ending(file: UploadedFile) -> str | None:
    file.seek(0)
    head = file.read(8)
    for signature, ending in SIGNATURES:
        if head.startswith(signature):
            return ending
    return _office_ending(file) if head.startswith(b"PK\x03\x04") else None


def _office_ending(file: UploadedFile) -> str | None:
    file.seek(0)
    try:
        names = set(ZipFile(file).namelist())
    except (BadZipFile, OSError, ValueError):
        return None
    if "[Content_Types].xml" not in names or any(name.endswith("vbaProject.bin") for name in names):
        return None
    return next((ending for part, ending in OFFICE_PARTS if part in names), None)
