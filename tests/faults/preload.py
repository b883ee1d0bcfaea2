"""What the processes of the tests are forked from: the application, imported, and out of the collector's sight.

In a child that looks through all of it each collection would copy the pages it shares with its parent.
"""

import gc

import valkey.asyncio  # noqa: F401 - the limits' library imports it where the first process is made

from tests.faults import crew, processes, slow_worker, task_worker  # noqa: F401 - imported before the fork

gc.collect()
gc.freeze()
