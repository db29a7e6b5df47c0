"""One-time codes and the mixing of the box (docs/decisions/0070).

A code is ten characters that cannot be misread, 50 bits. Only its keyed hash is stored. The key is derived from
the installation's secret: whoever holds the database alone cannot test codes against it.
"""

import secrets
from uuid import UUID

from django.db import connection
from django.utils.crypto import salted_hmac

from campaign.survey.models import SatisfactionSurvey, SurveyCode

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0 O 1 I
LENGTH = 10
MIXED = 200  # rows that change place with each vote: all of them in nearly every survey
SALT = "campaign.survey.codes"
_BOX = 7_202_503  # class of the advisory lock, one for each box

_MIX_BALLOTS = """
UPDATE campaign_ballot b SET voted_on = b.voted_on FROM (
    SELECT id FROM campaign_ballot WHERE survey_id = %s AND respondents = %s ORDER BY random() LIMIT %s
) AS chosen WHERE b.id = chosen.id
"""
_MIX_CODES = """
UPDATE campaign_surveycode c SET used = c.used FROM (
    SELECT id FROM campaign_surveycode WHERE survey_id = %s AND respondents = %s AND used ORDER BY random() LIMIT %s
) AS chosen WHERE c.id = chosen.id
"""
_RENEW = """
WITH gone AS (
    DELETE FROM campaign_ballot WHERE survey_id = %s RETURNING survey_id, respondents, answers, remark, voted_on
)
INSERT INTO campaign_ballot (id, survey_id, respondents, answers, remark, voted_on)
SELECT gen_random_uuid(), gone.* FROM gone ORDER BY random()
"""
_USE_UP = "UPDATE campaign_surveycode SET used = true WHERE survey_id = %s"


def generate() -> str:
    """A fresh code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """A code as it is printed: two groups of five."""
    return f"{code[:5]}-{code[5:]}"


def normal(text: str) -> str:
    """What somebody typed, without blanks, hyphens and small or full-width letters; ``""`` when it is no code."""
    half = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text[:60])
    code = "".join(c for c in half.upper() if c.isascii() and c.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def digest(code: str) -> bytes:
    """What is stored of a code."""
    return salted_hmac(SALT, code, algorithm="sha256").digest()


def find(text: str) -> SurveyCode | None:
    """The row of a code as typed or scanned, used or not."""
    code = normal(text)
    related = ("survey__campaign__definition", "survey__organization", "survey__organizer")
    return SurveyCode.objects.select_related(*related).filter(digest=digest(code)).first() if code else None


def use(row_id: UUID) -> bool:
    """Use a code up. Of two transactions at the same time one is told ``False``."""
    return SurveyCode.objects.filter(pk=row_id, used=False).update(used=True) == 1


def lock_box(survey_id: int) -> None:
    """One vote at a time in a survey, and none while it is being closed."""
    _run("SELECT pg_advisory_xact_lock(%s, %s)", [_BOX, survey_id % 2**31])


def mix(survey_id: int, respondents: str) -> None:
    """Write the group's ballots and used codes anew in random order, in the transaction of the vote.

    Afterwards they all carry the same transaction number and no place in the table tells which came last.
    """
    _run(_MIX_BALLOTS, [survey_id, respondents, MIXED])
    _run(_MIX_CODES, [survey_id, respondents, MIXED])


def seal(survey: SatisfactionSurvey) -> None:
    """At closing: every ballot gets a new key and place, and every code counts as used, handed in or not."""
    _run(_RENEW, [survey.pk])
    _run(_USE_UP, [survey.pk])


def _run(sql: str, values: list) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
