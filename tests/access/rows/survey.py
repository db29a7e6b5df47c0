"""Who holds surveys of committee A: the organization above it. The unit sees them; the ballot is everybody's."""

from typing import Any

from tests.access.table import Row, only, public
from tests.cast import Cast
from tests.survey.held import GOOD, closed, code_for, count, opened, prepared, the_campaign

# The organization above A is the headquarters; the office at the top stands above that.
ORGANIZERS = ("office", "enterprise_office")
SEES = dict.fromkeys(("committee_secretary", "supervision_group"), 403)
READERS = (*ORGANIZERS, "committee_secretary", "supervision_group")
LIST = (*READERS, "branch_secretary", "group_leader", "local_liaison", "other_secretary", "other_enterprise_office")
# Who sees the organization A but holds no surveys anywhere.
NO_ORGANIZERS = dict.fromkeys(("auditor", "administrator", "supervision_group"), 403)


def asked(cast: Cast) -> dict[str, Any]:
    return {"organization": cast.org["A"].pk, "campaign": the_campaign().code}


def of_prepared(cast: Cast) -> dict[str, Any]:
    return {"pk": prepared(cast).pk}


def of_open(cast: Cast) -> dict[str, Any]:
    return {"pk": opened(cast).pk}


def of_closed(cast: Cast) -> dict[str, Any]:
    return {"pk": closed(cast).pk}


def ready_to_close(cast: Cast) -> dict[str, Any]:
    survey = opened(cast)
    count(survey, GOOD)
    return {"pk": survey.pk}


def paper_of(cast: Cast) -> dict[str, Any]:
    return {"pk": opened(cast).pk, "respondents": "employees"}


def with_code(cast: Cast) -> dict[str, Any]:
    return {"c": code_for(opened(cast))}


def _changes(name: str, kwargs) -> Row:
    return Row(f"survey:{name}", only(*ORGANIZERS, status=302) | SEES, kwargs=kwargs, method="post")


ROWS = [
    Row("survey:ballot", public(), data=with_code),
    Row("survey:ballot", public(), method="post"),
    Row("survey:thanks", public()),
    Row("survey:survey_list", only(*LIST)),
    # The secretary of the unit itself reads who holds its survey; outsiders do not see the unit.
    Row("survey:survey_new", only(*ORGANIZERS, "committee_secretary") | NO_ORGANIZERS, data=asked),
    Row("survey:survey_new", only(), method="post"),
    Row("survey:survey", only(*READERS), kwargs=of_open),
    Row("survey:survey_edit", only(*ORGANIZERS) | SEES, kwargs=of_prepared),
    Row("survey:survey_edit", only(*ORGANIZERS) | SEES, kwargs=of_prepared, method="post"),
    _changes("survey_open", of_prepared),
    _changes("survey_discard", of_prepared),
    Row("survey:survey_close", only(*ORGANIZERS) | SEES, kwargs=ready_to_close),
    _changes("survey_close", ready_to_close),
    Row("survey:codes", only(*ORGANIZERS) | SEES, kwargs=of_open),
    Row("survey:codes", only(*ORGANIZERS) | SEES, kwargs=of_open, method="post"),
    Row("survey:paper", only(*ORGANIZERS) | SEES, kwargs=paper_of),
    Row("survey:paper", only(*ORGANIZERS) | SEES, kwargs=paper_of, method="post"),
    Row("survey:paper_form", only(*ORGANIZERS) | SEES, kwargs=of_open),
    Row("survey:result", only(*READERS), kwargs=of_closed),
    Row("survey:result_export", only(*READERS), kwargs=of_closed),
]
