"""Guards of deliveries: every effect once, none lost, none at another's expense."""

from tools.prove.guards import guard

CLAIMS = "app/db/claims.py"
DELIVERIES_SQL = "app/db/deliveries.py"
FENCED = "  WHERE tenant_id = $1 AND id = $2 AND attempt = $3 AND state = 'leased'\n  RETURNING event_id"

DELIVERIES = (
    guard(
        "inbox",
        "a delivery that comes again has its effect again",
        DELIVERIES_SQL,
        FENCED,
        FENCED.replace(" AND state = 'leased'", ""),
        "tests/faults/test_worker.py::TestRepeated::test_five_in_parallel",
    ),
    guard(
        "fence",
        "who wakes up after its lease does what another has been given",
        DELIVERIES_SQL,
        FENCED,
        FENCED.replace("attempt = $3", "attempt >= $3"),
        "tests/db/test_deliveries.py::test_older_attempt",
    ),
    guard(
        "lease",
        "what a dead worker held is nobody's for ever",
        CLAIMS,
        "    d.state = 'leased' AND d.lease_until < now()\n    OR",
        "    OR".replace("OR", "FALSE OR"),
        "tests/faults/test_worker.py::TestKill::test_mid_handler",
    ),
    guard(
        "lease-time",
        "what a worker holds is given to a second one",
        CLAIMS,
        "    d.state = 'leased' AND d.lease_until < now()\n    OR",
        "    d.state = 'leased'\n    OR",
        "tests/db/test_claims.py",
    ),
    guard(
        "cap",
        "one tenant takes all the workers",
        CLAIMS,
        "  LIMIT (SELECT greatest(0, coalesce(max(places), 0)) FROM room)\n",
        "",
        "tests/faults/test_fairness.py::test_cap_holds",
    ),
    guard(
        "cap-turn",
        "each relay fills the cap",
        CLAIMS,
        "        if status == OURS and quantum:\n",
        "        if quantum:\n",
        "tests/faults/test_fairness.py::test_cap_holds",
    ),
    guard(
        "quantum",
        "one visit to a loud tenant holds up all that are due",
        "app/relay.py",
        "            quantum=QUANTUM,\n",
        "",
        "tests/faults/test_fairness.py::test_quantum",
    ),
    guard(
        "owner-cap",
        "whoever makes more tenants has more in flight",
        CLAIMS,
        "quantum = min(quantum, await room(",
        "quantum = max(quantum, await room(",
        "tests/db/test_owners.py::TestTogether::test_share",
    ),
    guard(
        "places-in-turn",
        "a quiet tenant's delivery waits behind all of a loud one's",
        "app/extensions/loops.py",
        "            if line:\n                self._turn.append(tenant_id)\n",
        "            if line:\n                self._turn.appendleft(tenant_id)\n",
        "tests/extensions/test_windows.py::TestWindow::test_in_turn",
    ),
    guard(
        "stop-of-the-intake",
        "a worker that stops takes what it will not run",
        "app/extensions/workers.py",
        "        self._loop.submit(self._intake.end()).result()\n",
        "",
        "tests/extensions/test_workers.py::TestWorker::test_warm_stop",
    ),
    guard(
        "ordering",
        "what is to come in order overtakes",
        CLAIMS,
        "(d.ordering_key IS NULL OR NOT EXISTS (\n",
        "(d.ordering_key IS NOT NULL OR NOT EXISTS (\n",
        "tests/db/test_claims.py::TestKeys::test_one_at_a_time",
    ),
    guard(
        "inline-lane",
        "what belongs to the transaction is left out of it",
        "app/db/uow.py",
        "        await self._run_inline_handlers()\n        if",
        "        if",
        "tests/db/test_uow.py::TestOutbox::test_inline_failure",
    ),
    guard(
        "commit-tag",
        "a transaction that had failed passes for committed",
        "app/db/uow.py",
        'if answer != "COMMIT":',
        "if False:",
        "tests/db/test_uow.py::TestCommit::test_failed_before",
    ),
    guard(
        "relay-lane",
        "what was committed while Redis was away is sent by nobody",
        "app/relay.py",
        "        waiting = await claims.due_tenants(self._pool)\n",
        "        waiting: dict[UUID, dict[str, Due]] = {}\n",
        "tests/faults/test_redis.py::test_away",
        "tests/faults/test_redis.py::test_flushall",
    ),
)
