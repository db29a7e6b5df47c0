"""What may be uploaded is known by content, never by name."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from enterprises.action import ActionError
from enterprises.uploads import LARGEST, check_upload


def packed(*names: str) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return content.getvalue()


TYPES = "[Content_Types].xml"


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"\xff\xd8\xff\xe0 picture", "jpg"),
        (b"\x89PNG\r\n\x1a\n picture", "png"),
        (b"%PDF-1.7 text", "pdf"),
        (packed(TYPES, "word/document.xml"), "docx"),
        (packed(TYPES, "xl/workbook.xml"), "xlsx"),
    ],
)
def test_known_by_content(content, ending):
    file = SimpleUploadedFile("anything.exe", content)
    assert check_upload(file) == ending
    assert file.read() == content  # read from the start when it is stored


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg onload=alert(1)>",
        b"MZ program",
        b"PK\x03\x04 broken",
        packed("word/document.xml"),
        packed(TYPES, "word/document.xml", "word/vbaProject.bin"),
        packed(TYPES, "ppt/presentation.xml"),
        b"%PDF-" + b"x" * LARGEST,
    ],
)
def test_everything_else_is_refused(content):
    with pytest.raises(ActionError) as refusal:
        check_upload(SimpleUploadedFile("photo.jpg", content))
    assert refusal.value.field == "file"
