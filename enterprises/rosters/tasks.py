"""Jobs of rosters: they load a run by id and do one thing."""

from celery import shared_task

from enterprises.rosters import actions, jobs


@shared_task
def read_run(run_id: int) -> None:
    """Read and compare an uploaded roster."""
    jobs.read(run_id)


@shared_task
def write_run(run_id: int) -> None:
    """Write a roster that its sender has looked at."""
    jobs.write(run_id)


@shared_task
def forget_uploads() -> int:
    """Remove uploaded files that nobody has used for a while. Returns how many."""
    return actions.forget_uploads(by=None)
