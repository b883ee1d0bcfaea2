/** The reader of event streams, against streams that are cut anywhere. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { AtriumError, createAtrium, readEvents, type ServerEvent } from "../src/index.js";

const TEXT = ": hello\n\nid: 1\nevent: progress\ndata: a\ndata: b\n\nid: 2\r\ndata:c\r\n\r\ndata: é\n\n";
const WHOLE: ServerEvent[] = [
  { id: "1", event: "progress", data: "a\nb" },
  { id: "2", event: "message", data: "c" },
  { id: "2", event: "message", data: "é" },
];

function stream(chunks: Uint8Array[], broken = false): Response {
  let next = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = chunks[next++];
      if (chunk !== undefined) controller.enqueue(chunk);
      else if (broken) controller.error(new TypeError("terminated"));
      else controller.close();
    },
  });
  return new Response(body);
}

async function read(open: (last: string | undefined) => Promise<Response>): Promise<ServerEvent[]> {
  const found: ServerEvent[] = [];
  for await (const event of readEvents(open)) found.push(event);
  return found;
}

test("wherever the bytes are cut, the events are the same", async () => {
  const bytes = new TextEncoder().encode(TEXT);
  for (let cut = 1; cut < bytes.length; cut += 1) {
    let opened = 0;
    const found = await read(async () => stream(opened++ ? [] : [bytes.slice(0, cut), bytes.slice(cut)]));
    assert.deepEqual(found, WHOLE, `cut at ${cut}`);
  }
});

test("a connection that breaks is taken up behind the last event", async () => {
  const asked: (string | undefined)[] = [];
  const encoder = new TextEncoder();
  const found = await read(async (last) => {
    asked.push(last);
    if (asked.length === 1) return stream([encoder.encode("id: 7\ndata: a\n\nid: 8\ndata: lo")], true);
    return stream(asked.length === 2 ? [encoder.encode("id: 8\ndata: b\n\n")] : []);
  });
  assert.deepEqual(asked, [undefined, "7", "8"]);
  assert.deepEqual(found.map((event) => event.data), ["a", "b"]);
});

test("a stream without an end is opened again, though it brought nothing", async () => {
  const text = new TextEncoder().encode(": still here\n\n");
  let opened = 0;
  const open = async (): Promise<Response> => {
    if (++opened > 2) throw new RangeError("enough");
    return stream([text], opened === 1);
  };
  const reading = (async () => {
    for await (const _ of readEvents(open, "7", true)) assert.fail("nothing was told");
  })();
  await assert.rejects(reading, RangeError);
  assert.equal(opened, 3);
});

test("a stream that is silent for long is given up, and opened again", async () => {
  let opened = 0;
  let cancelled = 0;
  const open = async (): Promise<Response> => {
    if (++opened > 1) throw new RangeError("enough");
    const cancel = (): void => void (cancelled += 1);
    return new Response(new ReadableStream<Uint8Array>({ pull: () => new Promise(() => undefined), cancel }));
  };
  const reading = (async () => {
    for await (const _ of readEvents(open, undefined, true, 20)) assert.fail("nothing was told");
  })();
  await assert.rejects(reading, RangeError);
  assert.deepEqual([opened, cancelled], [2, 1]);
});

/** Answers these one after another, and counts. */
function answering(...answers: (Response | Error)[]): { fetch: typeof globalThis.fetch; ids: (string | null)[] } {
  const ids: (string | null)[] = [];
  const fetch = async (_: unknown, init?: RequestInit): Promise<Response> => {
    ids.push(new Headers(init?.headers).get("Last-Event-ID"));
    const answer = answers.shift();
    if (answer === undefined) throw new RangeError("enough");
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { fetch, ids };
}

async function watched(fetch: typeof globalThis.fetch, found: unknown[]): Promise<void> {
  for await (const today of createAtrium({ baseUrl: "http://test", fetch }).watchSales()) found.push(today);
}

function sales(id: number): Response {
  return stream([new TextEncoder().encode(`id: ${id}\ndata: ${id}\n\n`)]);
}

test("sales are watched on when the server was away for a while, until they are refused for good", async () => {
  const full = new Response(JSON.stringify({ code: "rate_limited", retryable: true }), { status: 429, headers: { "Retry-After": "0" } });
  const proxy = new Response("<html>Bad Gateway</html>", { status: 502, headers: { "Retry-After": "0" } });
  const refused = new Response(JSON.stringify({ code: "permission_denied", retryable: false }), { status: 403 });
  const { fetch, ids } = answering(sales(7), new TypeError("fetch failed"), full, proxy, sales(8), refused);
  const found: unknown[] = [];
  await assert.rejects(watched(fetch, found), (error) => error instanceof AtriumError && error.status === 403);
  assert.deepEqual(ids, [null, "7", "7", "7", "7", "8"]);
  assert.deepEqual(found, [7, 8]);
});

test("a server that was never there is not waited for", async () => {
  const { fetch, ids } = answering(new TypeError("fetch failed"));
  await assert.rejects(watched(fetch, []), TypeError);
  assert.equal(ids.length, 1);
});

test("what refuses to open ends the reading", async () => {
  await assert.rejects(read(() => Promise.reject(new RangeError("no"))), RangeError);
});

test("a task is watched until it has ended, also by a connection that was cut before it brought anything", async () => {
  const states = ["running", "succeeded"].map((state, n) =>
    stream([new TextEncoder().encode(`id: ${n}\ndata: {"state":"${state}"}\n\n`)]),
  );
  const { fetch } = answering(states[0]!, stream([]), states[1]!);
  const found: string[] = [];
  for await (const task of createAtrium({ baseUrl: "http://test", fetch }).watchTask("x")) found.push(task.state);
  assert.deepEqual(found, ["running", "succeeded"]);
});
