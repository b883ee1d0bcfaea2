/** Server-sent events by fetch, so that headers work; as the HTML standard reads them (9.2.6). */

export interface ServerEvent {
  id: string | undefined;
  event: string;
  data: string;
}

/** What a stream without an end rests before it is opened again. */
const PAUSE_MILLISECONDS = 1000;
/** The server says something every 15 s or so; where nothing came for this long, nobody is at the other end any more. */
const SILENCE_MILLISECONDS = 60_000;

/**
 * The events of a stream. A connection that breaks is opened again with the id of the last event, as long as each brings one.
 * @param open opens the stream behind an event; what it throws ends the reading.
 * @param endless of a stream that may be quiet for long and has no end: it is opened again whatever it brought.
 * @param silence milliseconds after which a connection that brings nothing, not even a comment, counts as broken.
 */
export async function* readEvents(
  open: (lastEventId: string | undefined) => Promise<Response>,
  lastEventId?: string,
  endless = false,
  silence = SILENCE_MILLISECONDS,
): AsyncGenerator<ServerEvent> {
  let last = lastEventId;
  for (let brought = true, first = true; brought || endless; first = false) {
    brought = false;
    if (endless && !first) await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    const response = await open(last);
    if (response.body === null) return;
    try {
      for await (const event of parse(chunks(response.body, silence))) {
        brought = true;
        last = event.id ?? last;
        yield event;
      }
    } catch (error) {
      // undici says "terminated" of a connection that broke; an abort is the caller's own wish.
      if (!(error instanceof TypeError)) throw error;
    }
  }
}

/**
 * What comes, as it comes; not every browser can iterate over a body.
 * @throws TypeError where nothing comes, as of a connection that breaks.
 */
async function* chunks(body: ReadableStream<Uint8Array>, silence: number): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const silent = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new TypeError("nothing was heard for long")), silence);
      });
      const { done, value } = await Promise.race([reader.read(), silent]).finally(() => clearTimeout(timer));
      if (done) return;
      yield value;
    }
  } finally {
    void reader.cancel().catch(() => undefined); // of what broke there is nothing to cancel
  }
}

async function* parse(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder();
  let rest = "";
  let id: string | undefined;
  let event = "message";
  let data: string[] = [];
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "") {
        if (data.length > 0) yield { id, event, data: data.join("\n") };
        [event, data] = ["message", []];
        continue;
      }
      const colon = line.indexOf(":");
      const name = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
      if (name === "id") id = value;
      else if (name === "event") event = value;
      else if (name === "data") data.push(value);
    }
  }
}
