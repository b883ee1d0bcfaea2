/** The reader of event streams, against streams that are cut anywhere. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readEvents, type ServerEvent } from "../src/index.js";

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

test("what refuses to open ends the reading", async () => {
  await assert.rejects(read(() => Promise.reject(new RangeError("no"))), RangeError);
});
