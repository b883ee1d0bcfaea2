"""A worker of the queue that carries tasks."""

from app.config import Settings
from app.extensions.logs import configure_logs
from app.extensions.tasks import BULK_QUEUE
from app.worker import DeliveryWorker, work
from tests.faults.slow_worker import MODULES


def serve_tasks(settings: Settings) -> None:
    """The worker process, the real one."""
    configure_logs("INFO")
    DeliveryWorker(settings, modules=MODULES).serve(BULK_QUEUE)


def serve_kept_tasks(settings: Settings) -> None:
    """The same with its keeper."""
    configure_logs("INFO")
    work(settings, BULK_QUEUE, modules=MODULES)
