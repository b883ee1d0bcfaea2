"""The bundled load: plain asyncio streams with keep-alive, for machines without `wrk`."""

import asyncio
import itertools
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

MARK = b"@" * 16
HOST = "127.0.0.1"
PACED_CLIENTS = 64


async def drive(port: int, requests: Sequence[bytes], *, clients: int, seconds: float, first: int) -> dict[str, float]:
    """Count answers, errors and latencies of so many connections."""
    turns = itertools.cycle(requests)
    numbers = itertools.count(first)
    began = time.perf_counter()
    found = await asyncio.gather(*(_client(port, turns, numbers, began + seconds) for _ in range(clients)))
    taken = time.perf_counter() - began
    return _counted(found, taken)


async def drive_at(port: int, requests: Sequence[bytes], *, per_second: float, seconds: float) -> dict[str, float]:
    """The same as of so many people who know nothing of each other, whether answers come or not: who waits for a free
    connection waits for the server. The moments are random, and the same in every run of a rate; at an even pace two
    streams would keep step, and meet always or never.
    """
    chance = random.Random(per_second)
    moments = sorted(chance.uniform(0, seconds) for _ in range(round(per_second * seconds)))
    began = time.perf_counter()
    dues = ((began + moment, requests[number % len(requests)]) for number, moment in enumerate(moments))
    found = await asyncio.gather(*(_paced(port, dues) for _ in range(PACED_CLIENTS)))
    return _counted(found, time.perf_counter() - began)


def shout(port: int, requests: Sequence[bytes], told: Path, *, per_second: float, seconds: float) -> None:
    """The same in a process of its own; what it counted is in `told` afterwards."""
    told.write_text(json.dumps(asyncio.run(drive_at(port, requests, per_second=per_second, seconds=seconds))))


async def fetch(port: int, text: bytes) -> tuple[int, bytes]:
    """One request: status and body."""
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        writer.write(text)
        return await _answer(reader)
    finally:
        writer.close()


async def _client(port: int, turns: Iterator[bytes], numbers: Iterator[int], end: float) -> tuple[list[float], int]:
    reader, writer = await asyncio.open_connection(HOST, port)
    latencies: list[float] = []
    errors = 0
    try:
        while (before := time.perf_counter()) < end:
            text = next(turns)
            if MARK in text:
                text = text.replace(MARK, b"%016d" % next(numbers))
            writer.write(text)
            status, _ = await _answer(reader)
            errors += not 200 <= status < 300
            latencies.append((time.perf_counter() - before) * 1000)
    finally:
        writer.close()
    return latencies, errors


async def _paced(port: int, dues: Iterator[tuple[float, bytes]]) -> tuple[list[float], int]:
    reader, writer = await asyncio.open_connection(HOST, port)
    latencies: list[float] = []
    errors = 0
    try:
        for due, text in dues:
            if (early := due - time.perf_counter()) > 0:
                await asyncio.sleep(early)
                due = time.perf_counter()  # noqa: PLW2901 - our own timer's lateness is not the server's
            writer.write(text)
            status, _ = await _answer(reader)
            errors += not 200 <= status < 300
            latencies.append((time.perf_counter() - due) * 1000)
    finally:
        writer.close()
    return latencies, errors


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    _, _, rest = head.lower().partition(b"content-length:")
    length = int(rest.split(b"\r\n", 1)[0])
    return int(head[9:12]), await reader.readexactly(length)


def _counted(found: Sequence[tuple[list[float], int]], taken: float) -> dict[str, float]:
    times = sorted(item for latencies, _ in found for item in latencies)
    return {
        "answers": len(times),
        "errors": sum(errors for _, errors in found),
        "seconds": taken,
        "p50_ms": _percentile(times, 0.50),
        "p95_ms": _percentile(times, 0.95),
        "p99_ms": _percentile(times, 0.99),
    }


def _percentile(times: Sequence[float], share: float) -> float:
    return times[min(len(times) - 1, int(len(times) * share))] if times else 0.0
