"""The nightly run of the checks (items 38, 39)."""

from enterprises import clock
from enterprises.action import action
from enterprises.checks import find_everything
from enterprises.models import Account, CheckFinding

BATCH = 5000


@action
def run_checks(*, by: Account | None = None) -> dict[str, int]:
    """Replace the findings by what the rules say today; those that stay keep the day they were found on.

    Returns how many are new, mended and still open.
    """
    today = clock.today()
    wanted = find_everything(today)
    stored = {(f.organization_id, f.unit_id, f.code): f for f in CheckFinding.objects.all()}
    mended = [f.pk for key, f in stored.items() if key not in wanted]
    changed = []
    for key, finding in stored.items():
        if key in wanted and finding.values != wanted[key]:
            finding.values = wanted[key]
            changed.append(finding)
    new = [
        CheckFinding(organization_id=o, unit_id=u, code=code, values=values, since=today)
        for (o, u, code), values in wanted.items()
        if (o, u, code) not in stored
    ]
    CheckFinding.objects.filter(pk__in=mended).delete()
    CheckFinding.objects.bulk_update(changed, ["values"], batch_size=BATCH)
    CheckFinding.objects.bulk_create(new, batch_size=BATCH)
    return {"new": len(new), "mended": len(mended), "open": len(wanted)}
