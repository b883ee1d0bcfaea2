"""The worker process against a real server: what it does, outlives and refuses."""

import json
import os
import pickle
import signal
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rq
import rq.job
from rq.cli.cli import main as rq_command

from app.config import ROOT
from app.extensions.jobs import ENTRY, JobQueue
from tests.extensions.carrier import (
    QUEUE_KEY,
    TENANT,
    Bomb,
    Server,
    data,
    eventually,
    fields,
    plant,
    push,
)
from tests.extensions.worker_process import WorkerProcess, assert_still_works, running_worker


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("worker")


@pytest.fixture(scope="module")
def module_worker(valkey: Server, folder: Path) -> Iterator[WorkerProcess]:
    with running_worker(valkey.url, folder) as worker:
        yield worker


@pytest.fixture
def worker(module_worker: WorkerProcess) -> WorkerProcess:
    module_worker.path.write_text("")
    return module_worker


SLOW_SECONDS = 1.5

BAD_ARGS: dict[str, Any] = {
    "a tenant that is no UUID": [[["nobody", 1, 1]]],
    "a path for a tenant": [[["../../etc/passwd", 1, 1]]],
    "a delivery that is text": [[[str(TENANT), "1", 1]]],
    "a delivery of zero": [[[str(TENANT), 0, 1]]],
    "a delivery beyond 64 bits": [[[str(TENANT), 2**63, 1]]],
    "a negative attempt": [[[str(TENANT), 1, -1]]],
    "a ticket of four": [[[str(TENANT), 1, 1, 1]]],
    "no tickets": [[]],
    "too many tickets": [[[str(TENANT), 1, 1]] * 101],
    "two arguments": [[[str(TENANT), 1, 1]], 1],
    "deep nesting": [[[[[[[[[[]]]]]]]]]],
}

HOSTILE_FIELDS: dict[str, dict[Any, Any]] = {
    "another function": {"data": data("evil.run")},
    "os.system": {"data": data("os.system", args=["touch system-marker"])},
    "an instance and a method": {"data": data("run", instance="evil.Evil")},
    "keyword arguments": {"data": data(kwargs={"evil": 1})},
    "a success callback": {"success_callback_name": "evil.run"},
    "a failure callback": {"failure_callback_name": "evil.run"},
    "a stopped callback": {"stopped_callback_name": "evil.run"},
    "a dependency": {"dependency_ids": '["x"]', "dependency_id": "x"},
    "a webhook": {"webhooks": '[{"url": "http://127.0.0.1:1/", "job_status": "finished"}]'},
    "a repeat": {"repeats_left": 3, "repeat_intervals": "[0]"},
    "retries": {"retries_left": 3},
    "a rate limit": {"rate_limit_key": "x", "rate_limit_concurrency": 1},
    "a group": {"group_id": "x"},
    "an unknown field": {"surprise": "1"},
    "a field name that is not text": {b"\xff\xfe": "1"},
    "garbage": {"data": b"\x00\xff\xfe garbage"},
    "data that is not compressed": {"data": json.dumps([ENTRY, None, [[[str(TENANT), 1, 1]]], {}])},
    "data cut short": {"data": data()[:-4]},
    "a compression bomb": {"data": zlib.compress(b"[" * 50_000_000)},
    "no data": {"data": ""},
    "invalid JSON": {"data": zlib.compress(b"{")},
    "a keyword that is not text": {
        "data": zlib.compress(zlib.decompress(data(kwargs={"evil": None})).replace(b"evil", b"\xff"))
    },
    **{what: {"data": data(args=args)} for what, args in BAD_ARGS.items()},
}


class TestHostileJobs:
    @pytest.fixture(autouse=True)
    def evil(self, folder: Path) -> Iterator[None]:
        """A module that leaves a mark when it is imported, within the worker's reach."""
        (folder / "evil.py").write_text("open('import-marker', 'w').close()\ndef run(*_): pass\nclass Evil: pass\n")
        yield
        assert not list(folder.glob("*-marker"))

    @pytest.mark.parametrize("what", HOSTILE_FIELDS)
    def test_refused(self, what: str, server: Server, worker: WorkerProcess) -> None:
        """Requirement 35: a job that is anything but a batch of ids is refused and counted; the next batch is done."""
        plant(server, {**fields(), **HOSTILE_FIELDS[what]})
        eventually(lambda: worker.lines("refused"))
        assert_still_works(server, worker)
        assert worker.lines("done") == [f"{TENANT} 77 1"]
        assert not server.redis.exists("rq:job:hostile")

    @pytest.mark.parametrize("field", ["data", "result", "meta", "exc_info"])
    def test_pickle(self, field: str, server: Server, worker: WorkerProcess) -> None:
        """A pickle is never read as one, in whatever field it stands."""
        bomb = pickle.dumps(Bomb("touch pickle-marker"))
        plant(server, fields(**{field: zlib.compress(bomb) if field == "data" else bomb}))
        eventually(lambda: worker.lines("refused"))
        assert_still_works(server, worker)

    @pytest.mark.parametrize("job_id", [b"missing", b"\xff\xfe\x00", b"x" * 100_000, b"", b"a:b", b"../x", b"string"])
    def test_job_id(self, job_id: bytes, server: Server, worker: WorkerProcess) -> None:
        """An id without a hash, or that is no id at all, is refused and the next batch is done."""
        server.redis.set("rq:job:string", "not a hash")
        server.redis.rpush(QUEUE_KEY, job_id)
        eventually(lambda: worker.lines("refused"))
        assert_still_works(server, worker)

    def test_wrong_kinds(self, server: Server, worker: WorkerProcess) -> None:
        """Keys of the wrong kind, or garbage in RQ's registers, delay the worker by a moment at most."""
        server.redis.set("rq:workers", "x")
        server.redis.set(QUEUE_KEY, "x")
        server.redis.zadd("rq:wip:default", {b"\xff\xff": 1})
        server.redis.sadd("rq:workers:default", b"\xff\xff")
        eventually(lambda: worker.lines("refused"))
        assert_still_works(server, worker)

    def test_commands(self, server: Server, worker: WorkerProcess) -> None:
        """RQ's command channel has no listener: nobody stops a worker through Redis."""
        (seen,) = eventually(lambda: rq.Worker.all(connection=server.redis))
        for command in ("shutdown", "kill-horse", "stop-job", "\xff"):
            assert server.redis.publish(seen.pubsub_channel_name, json.dumps({"command": command})) == 0
        assert_still_works(server, worker)

    def test_logged_without_content(self, server: Server, worker: WorkerProcess) -> None:
        """Requirement 35: a refusal is logged with its reason, and quotes nothing of the job."""
        plant(server, fields(failure_callback_name="evil.run", description="secret-text"), "secret-id")
        eventually(lambda: worker.lines("refused"))
        log = worker.log
        assert "job refused: unexpected fields" in log
        assert not [word for word in ("secret", "evil") if word in log]

    def test_the_bomb_is_live(self, server: Server, tmp_path: Path) -> None:
        """RQ's own class does run such a pickle as it reads it: the tests above prove something."""
        mark = tmp_path / "mark"
        server.redis.hset("rq:job:hostile", mapping=fields(meta=pickle.dumps(Bomb(f"touch {mark}"))))
        rq.job.Job.fetch("hostile", connection=server.redis)
        assert mark.exists()


class TestWorker:
    def test_whole(self, server: Server, worker: WorkerProcess) -> None:
        """Every ticket of a push that needs several jobs arrives once, with tenant, delivery and attempt."""
        push(server.url, *range(1, 251), batch=100)
        eventually(lambda: len(worker.lines("done")) >= 250)
        assert sorted(worker.lines("done")) == sorted(f"{TENANT} {delivery} 1" for delivery in range(1, 251))

    def test_small_jobs_together(self, server: Server, worker: WorkerProcess) -> None:
        """Many small jobs cost it a few turns, not one each: what comes behind them does not wait for so many round trips."""
        server.redis.set("rq:suspended", 1)
        eventually(lambda: [w for w in rq.Worker.all(connection=server.redis) if w.get_state() == "suspended"])
        push(server.url, *range(1, 201), batch=5)
        server.redis.config_resetstat()
        server.redis.delete("rq:suspended")
        eventually(lambda: len(worker.lines("done")) >= 200)
        told = server.redis.info("commandstats")
        pops, takes = (told[f"cmdstat_{name}"]["calls"] for name in ("blmpop", "evalsha"))
        assert 1 <= pops <= 2  # the first, and perhaps one that waits for more
        assert 2 <= takes <= 4  # twenty and twenty, one that finds no more, and perhaps one that makes the script known
        assert sorted(worker.lines("done")) == sorted(f"{TENANT} {delivery} 1" for delivery in range(1, 201))

    def test_leaves_nothing(self, server: Server, worker: WorkerProcess) -> None:
        """A job that was taken leaves neither its hash nor a result behind."""
        push(server.url, 1)
        eventually(lambda: worker.lines("done"))
        assert not list(server.redis.scan_iter("rq:job:*")) + list(server.redis.scan_iter("rq:results:*"))

    def test_seen_by_rq(self, server: Server, worker: WorkerProcess, capsys: pytest.CaptureFixture[str]) -> None:
        """RQ's view of workers and its `info` command show worker, queue and counts."""
        push(server.url, 1)
        seen = eventually(lambda: [w for w in rq.Worker.all(connection=server.redis) if w.successful_job_count])
        assert [w.queue_names() for w in seen] == [["default"]]
        options = ["info", "--url", server.url, "--queue-class", "app.extensions.jobs.JobQueue", "--raw"]
        rq_command(options, standalone_mode=False)
        shown = capsys.readouterr().out
        assert "queue default 0" in shown
        assert f"{seen[0].name} (" in shown

    def test_info_is_safe(self, server: Server, tmp_path: Path) -> None:
        """RQ's `info` with our queue class reads no hostile job; with its own it would run this one."""
        server.redis.sadd("rq:queues", "rq:queue:mail")
        server.redis.zadd("rq:wip:mail", {"hostile:1": 1})
        hostile = fields(status="started", meta=pickle.dumps(Bomb(f"touch {tmp_path / 'mark'}")))
        server.redis.hset("rq:job:hostile", mapping=hostile)
        options = ["info", "--url", server.url, "--queue-class", "app.extensions.jobs.JobQueue", "--raw"]
        rq_command(options, standalone_mode=False)
        assert not list(tmp_path.iterdir())

    def test_flushed(self, server: Server, worker: WorkerProcess) -> None:
        """A flush under a blocked worker costs nothing: it does the next batch and registers itself again."""
        eventually(lambda: rq.Worker.all(connection=server.redis))
        server.redis.flushall()
        assert_still_works(server, worker)
        seen = eventually(lambda: rq.Worker.all(connection=server.redis))
        assert (seen[0].queue_names(), seen[0].pid) == (["default"], worker.process.pid)

    def test_admission_fails(self, server: Server, worker: WorkerProcess) -> None:
        """What admission raises is logged and ends neither the worker nor the next batch."""
        push(server.url, 666)
        eventually(lambda: "no admission" in worker.log)  # what is taken together with it would have its fate
        assert_still_works(server, worker)

    def test_suspended(self, server: Server, worker: WorkerProcess) -> None:
        """`rq suspend` and `rq resume` are obeyed."""
        server.redis.set("rq:suspended", 1)
        eventually(lambda: [w for w in rq.Worker.all(connection=server.redis) if w.get_state() == "suspended"])
        push(server.url, 1)
        (key,) = server.redis.smembers("rq:workers")
        beats = [server.redis.hget(key, "last_heartbeat")]

        def beats_on() -> bool:
            beats.append(server.redis.hget(key, "last_heartbeat"))
            return len(set(beats)) > 2

        eventually(beats_on)  # long enough for a taking
        assert not worker.lines("done")
        assert server.redis.llen(QUEUE_KEY) == 1
        server.redis.delete("rq:suspended")
        eventually(lambda: worker.lines("done"))

    def test_restarted(self, tmp_path: Path) -> None:
        """A server that is killed and comes back empty meets the same worker process, and one log line each way."""
        server = Server()
        try:
            with running_worker(server.url, tmp_path) as worker:
                server.kill()
                eventually(lambda: "redis is away" in worker.log)
                server.start()
                assert_still_works(server, worker)
                eventually(lambda: "redis is back" in worker.log)  # said behind the job, which may be seen first
                assert worker.log.count("redis is") == 2
        finally:
            server.close()

    def test_warm_stop(self, server: Server, tmp_path: Path) -> None:
        """SIGTERM: what runs is finished, what waits is given to the last step, nothing new is taken."""
        with running_worker(server.url, tmp_path, "mail", pause=1.2) as worker:
            push(server.url, *range(1, 11), to="mail")
            eventually(lambda: len(worker.lines("began")) == 4)
            worker.process.send(signal.SIGTERM)
            eventually(lambda: "worker takes no more jobs" in worker.log)
            push(server.url, 99, to="mail")
            assert worker.process.wait() == 0
            assert worker.lines("began") == ["1", "2", "3", "4"]
            assert len(worker.lines("done")) == 4
            assert worker.lines("left") == ["6"]
            assert server.redis.llen("rq:queue:mail") == 1
            assert worker.path.read_text().endswith("shutdown\n")
            assert not server.redis.smembers("rq:workers:mail")

    def test_stop_while_away(self, tmp_path: Path) -> None:
        """A worker whose Redis is away stops when asked, and shuts down in order."""
        server = Server()
        try:
            with running_worker(server.url, tmp_path) as worker:
                server.kill()
                eventually(lambda: "redis is away" in worker.log)
                assert worker.stop() == 0
                assert worker.lines("shutdown")
        finally:
            server.close()

    def test_stop_while_silent(self, tmp_path: Path) -> None:
        """A Redis that does not answer takes nothing from a stop: what runs ends, and nothing begins after the wish."""
        server = Server()
        try:
            with running_worker(server.url, tmp_path, pause=SLOW_SECONDS) as worker:
                push(server.url, *range(1, 11))
                eventually(lambda: len(worker.lines("began")) == 4)
                os.kill(server.pid, signal.SIGSTOP)
                assert worker.stop() == 0
                assert worker.lines("began") == ["1", "2", "3", "4"]
                assert len(worker.lines("done")) == 4
                assert worker.lines("left") == ["6"]
        finally:
            server.close()


class TestRead:
    """Who reads the queues through RQ's own API, as its dashboards do"""

    def test_jobs(self, server: Server) -> None:
        """Queues, their jobs and registries show what a batch is; a hostile job is none, and nothing of it runs."""
        push(server.url, 1, 2, to="bulk")  # which no worker of these tests takes from
        plant(server, fields(meta=pickle.dumps(Bomb("false")), failure_callback_name="evil.run"), to="bulk")
        (queue,) = JobQueue.all(connection=server.redis)
        (job,) = queue.jobs
        assert (queue.name, queue.count) == ("bulk", 2 - 1)  # RQ itself takes the one off that it could not read
        assert (job.func_name, job.description, job.get_status()) == (ENTRY, "2 deliveries", "queued")
        assert job.args == [[[str(TENANT), 1, 1], [str(TENANT), 2, 1]]]
        assert job.enqueued_at is not None
        for registry in (queue.started_job_registry, queue.failed_job_registry, queue.finished_job_registry):
            assert registry.get_job_ids() == []

    def test_info(self, server: Server) -> None:
        """The command `rq info` itself, as an operator types it, tells the queue and how many jobs wait there."""
        server.redis.sadd("rq:queues", "rq:queue:bulk")  # where no worker of this test takes it
        server.redis.rpush("rq:queue:bulk", "one", "two")
        words = [str(Path(sys.executable).with_name("rq")), "info", "--url", server.url, "--raw"]
        words += ["--queue-class", "app.extensions.jobs.JobQueue"]
        told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
        assert "queue bulk 2, 0 executing, 0 finished, 0 failed" in told.stdout.splitlines()

    def test_workers(self, server: Server, worker: WorkerProcess) -> None:
        """A worker shows its queue, its state and its counts, and no current job: it has hundreds of deliveries, not one."""
        assert_still_works(server, worker)
        seen = eventually(lambda: [w for w in rq.Worker.all(connection=server.redis) if w.successful_job_count])
        assert [(w.queue_names(), w.get_current_job()) for w in seen] == [(["default"], None)]
        assert seen[0].get_state() in {"idle", "busy"}
        assert seen[0].last_heartbeat is not None
