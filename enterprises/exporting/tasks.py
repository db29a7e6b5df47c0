"""Jobs of exports."""

from celery import Task, shared_task

from enterprises.exporting import actions, jobs


@shared_task(bind=True, max_retries=None)
def write_export(self: Task, run_id: int) -> None:
    """Write a long list into a workbook; while another is written, wait without keeping a worker from other jobs."""
    if not jobs.write(run_id):
        raise self.retry(countdown=jobs.PAUSE)


@shared_task
def forget_exports() -> int:
    """Remove the files of exports that are a week old. Returns how many."""
    return actions.forget_exports(by=None)
