"""The form of the summary report: one text for each chapter."""

from itertools import groupby
from typing import Any
from uuid import uuid4

from django import forms
from django.forms.boundfield import BoundField

from campaign.summary.chapters import Chapter


class ReportForm(forms.Form):
    """Chapters in their order. ``after`` is the version the writer started from."""

    after = forms.IntegerField(widget=forms.HiddenInput)
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, chapters: list[Chapter], texts: dict[str, str], version: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"after": version, "submission": uuid4()}
        super().__init__(*args, **kwargs)
        self.chapters = chapters
        for chapter in chapters:
            self.fields[chapter.code] = forms.CharField(
                label=chapter.title,
                required=False,
                max_length=20_000,
                initial=texts.get(chapter.code, chapter.known if not version else ""),
                widget=forms.Textarea(attrs={"rows": 6}),
            )

    def parts(self) -> list[tuple[str, list[tuple[Chapter, BoundField]]]]:
        """The two parts, each with its chapters and fields."""
        return [
            (part, [(chapter, self[chapter.code]) for chapter in chapters])
            for part, chapters in groupby(self.chapters, key=lambda chapter: chapter.part)
        ]

    def texts(self) -> dict[str, str]:
        """What was written, by chapter."""
        return {chapter.code: self.cleaned_data[chapter.code] for chapter in self.chapters}
