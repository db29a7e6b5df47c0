"""Jobs of exports."""

from celery import shared_task

from enterprises.exporting import actions, jobs


@shared_task
def write_export(run_id: int) -> None:
    """Write a long list into a workbook."""
    jobs.write(run_id)


@shared_task
def forget_exports() -> int:
    """Remove the files of exports that are a week old. Returns how many."""
    return actions.forget_exports(by=None)
