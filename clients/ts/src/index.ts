/**
 * The client of the Atrium API: every path, body and error code is typed by the OpenAPI document (`schema.ts`, generated).
 * Written by hand is only what a document cannot say: credentials, problems as exceptions, retries, pages and event streams.
 */
import createClient, { type Client, type Middleware } from "openapi-fetch";
import type { components, operations, paths } from "./schema.js";
import { readEvents, type ServerEvent } from "./events.js";

export type { components, operations, paths } from "./schema.js";
export { readEvents, type ServerEvent } from "./events.js";

/** A problem (RFC 9457), as every error answers it. */
export type Problem = components["schemas"]["Problem"];
/** Every code that there is. */
export type Code = Problem["code"];
/** A model of the document, by its name. */
export type Model<Name extends keyof components["schemas"]> = components["schemas"][Name];

type Known<Responses> = Responses[Exclude<keyof Responses, "default">];
type CodeIn<Response> = Response extends { content: { "application/problem+json": { code?: infer C } } } ? C : never;
/** The codes that one operation can answer. */
export type CodeOf<Operation extends keyof operations> = Extract<CodeIn<Known<operations[Operation]["responses"]>>, Code>;

/** The client sends X-Tenant-ID with every call: where the document requires it, no caller has to. */
type Chosen<Header> = Omit<Header, "X-Tenant-ID"> & { "X-Tenant-ID"?: string };
type ChosenIn<Parameters> = Parameters extends { header: infer Header }
  ? Omit<Parameters, "header"> & (object extends Chosen<Header> ? { header?: Chosen<Header> } : { header: Chosen<Header> })
  : Parameters;
type Sent<Operation> = Operation extends { parameters: infer Parameters }
  ? Omit<Operation, "parameters"> & { parameters: ChosenIn<Parameters> }
  : Operation;
type SentAt<Item> = { [Method in keyof Item]: Method extends "parameters" ? Item[Method] : Sent<Item[Method]> };
/** Every operation as this client takes it. */
export type ApiPaths = { [Path in keyof paths]: SentAt<paths[Path]> };

type TakesKey<Operation> = [Operation] extends [{ parameters: { header?: infer Header } }]
  ? [NonNullable<Header>] extends [never]
    ? false
    : "Idempotency-Key" extends keyof NonNullable<Header>
      ? true
      : false
  : false;
type KeyedAt<Item> = { [Method in keyof Item as TakesKey<Item[Method]> extends true ? Method : never]: Item[Method] };
/** The operations that are done once, however often they are sent with one Idempotency-Key. */
export type KeyedPaths = { [Path in keyof ApiPaths]: KeyedAt<ApiPaths[Path]> };

/** What is sent with every call; a function is asked each time, so that a token may be refreshed and a tenant chosen. */
export interface Options {
  baseUrl: string;
  /** An access token or an API key. */
  token?: string | (() => string | undefined | Promise<string | undefined>);
  /** The tenant's id or slug. */
  tenant?: string | (() => string | undefined);
  fetch?: typeof globalThis.fetch;
}

/** An answer that was no success. */
export class AtriumError extends Error {
  override readonly name = "AtriumError";

  constructor(
    readonly status: number,
    readonly problem: Problem,
    /** Seconds to wait before another try, where the answer says so. */
    readonly retryAfter: number | undefined,
  ) {
    super(`${problem.code}: ${problem.detail}`);
  }

  get code(): Code {
    return this.problem.code;
  }

  /** Whether it is of that operation, which narrows the code to those that it can answer. */
  is<Operation extends keyof operations>(code: CodeOf<Operation>): boolean {
    return this.problem.code === code;
  }
}

interface Outcome<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** How often, and how long to wait between where the answer does not say. */
export interface Tries {
  tries?: number;
  pauseSeconds?: number;
}

interface PageOf<Item> {
  data: Item[];
  next_cursor: string | null;
}

export interface Watching {
  lastEventId?: string;
  signal?: AbortSignal;
}

export interface Atrium {
  /** GET, POST, PATCH, PUT and DELETE by path, with everything typed. */
  api: Client<ApiPaths>;
  /**
   * Do a write exactly once, however often it has to be sent: one key, and another try where the network or the answer allows it.
   * @param write is given a client that sends the key, and has the operations alone that take one: another does not compile.
   * @throws AtriumError of the last try; what is no use trying again is thrown at once.
   */
  exactlyOnce<Data>(write: (api: Client<KeyedPaths>) => Promise<Outcome<Data>>, tries?: Tries): Promise<Data>;
  /** The events of a task until it has ended; broken connections are taken up again where they broke. */
  watchTask(taskId: string, options?: Watching): AsyncGenerator<Model<"TaskOut">>;
  /** Today's sales, at once and whenever they are others, until `signal` aborts; broken connections are taken up again. */
  watchSales(options?: Watching): AsyncGenerator<Model<"SalesOut">>;
}

const PROBLEMS = "application/problem+json, application/json;q=0.9";
const ENDED = new Set(["succeeded", "failed", "cancelled"]);

/** The client of one API. */
export function createAtrium(options: Options): Atrium {
  const fetcher = options.fetch ?? globalThis.fetch;
  const base = { baseUrl: options.baseUrl, fetch: (request: Request) => fetcher(request) };
  const api = createClient<ApiPaths>(base);
  const identify: Middleware = {
    async onRequest({ request }) {
      for (const [name, value] of Object.entries(await identity(options))) {
        if (!request.headers.has(name)) request.headers.set(name, value);
      }
      return request;
    },
  };
  api.use(identify);
  return {
    api,
    exactlyOnce: (write, tries) => {
      const keyed = createClient<KeyedPaths>({ ...base, headers: { "Idempotency-Key": idempotencyKey() } });
      keyed.use(identify);
      return again(() => write(keyed), tries ?? {});
    },
    watchTask: (taskId, from) => watchTask(options, fetcher, taskId, from ?? {}),
    watchSales: (from) => watchSales(options, fetcher, from ?? {}),
  };
}

/**
 * The data of a success.
 * @throws AtriumError for everything else.
 */
export async function unwrap<Data>(call: Promise<Outcome<Data>>): Promise<Data> {
  const { data, error, response } = await call;
  if (!response.ok) throw failure(response, error);
  return data as Data;
}

/** The ETag of an answer, to be sent as If-Match. */
export function etag(response: Response): string {
  const found = response.headers.get("ETag");
  if (found === null) throw new TypeError("The answer has no ETag.");
  return found;
}

/** A new key for one write: the same key again is the same write. */
export function idempotencyKey(): string {
  return crypto.randomUUID();
}

async function again<Data>(write: () => Promise<Outcome<Data>>, { tries = 4, pauseSeconds = 0.5 }: Tries): Promise<Data> {
  for (let left = tries - 1; ; left -= 1) {
    try {
      return await unwrap(write());
    } catch (error) {
      if (!helps(error) || left <= 0) throw error;
      await pause(error, pauseSeconds);
    }
  }
}

/** Whether it may be otherwise soon: the network failed, or the answer says so. */
function helps(error: unknown): boolean {
  return error instanceof AtriumError ? error.problem.retryable : error instanceof TypeError;
}

/** As long as the answer says, or else so long. */
async function pause(error: unknown, seconds: number): Promise<void> {
  const wait = error instanceof AtriumError ? error.retryAfter : undefined;
  await new Promise((resolve) => setTimeout(resolve, 1000 * (wait ?? seconds)));
}

/** Every item of a list, page by page; `page` is given the cursor, undefined at first. */
export async function* each<Item>(
  page: (cursor: string | undefined) => Promise<Outcome<PageOf<Item>>>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined;
  do {
    const found = await unwrap(page(cursor));
    yield* found.data;
    cursor = found.next_cursor ?? undefined;
  } while (cursor !== undefined);
}

async function* watchTask(
  options: Options,
  fetcher: typeof globalThis.fetch,
  taskId: string,
  from: Watching,
): AsyncGenerator<Model<"TaskOut">> {
  const open = opener(options, fetcher, `/api/v1/tasks/${encodeURIComponent(taskId)}/events`, from);
  for await (const event of readEvents(open, from.lastEventId, true)) {
    const task = taskOf(event);
    yield task;
    if (ENDED.has(task.state)) return;
  }
}

async function* watchSales(
  options: Options,
  fetcher: typeof globalThis.fetch,
  from: Watching,
): AsyncGenerator<Model<"SalesOut">> {
  const open = opener(options, fetcher, "/api/v1/analytics/live", from);
  for await (const event of readEvents(open, from.lastEventId, true)) yield JSON.parse(event.data) as Model<"SalesOut">;
}

/** Opens a stream. Once it was open it outlives a server that is away: only what is refused for good is thrown then. */
function opener(
  options: Options,
  fetcher: typeof globalThis.fetch,
  path: string,
  { signal }: Watching,
): (lastEventId: string | undefined) => Promise<Response> {
  let wasOpen = false;
  const open = async (lastEventId: string | undefined): Promise<Response> => {
    const headers: Record<string, string> = { ...(await identity(options)) };
    if (lastEventId !== undefined) headers["Last-Event-ID"] = lastEventId;
    const response = await fetcher(options.baseUrl + path, { headers, ...(signal === undefined ? {} : { signal }) });
    if (!response.ok) throw failure(response, await response.json().catch(() => undefined));
    wasOpen = true;
    return response;
  };
  return async (lastEventId) => {
    for (;;) {
      try {
        return await open(lastEventId);
      } catch (error) {
        if (!wasOpen || !helps(error)) throw error;
        await pause(error, 1);
      }
    }
  };
}

function taskOf(event: ServerEvent): Model<"TaskOut"> {
  return JSON.parse(event.data) as Model<"TaskOut">;
}

async function identity(options: Options): Promise<Record<string, string>> {
  const token = typeof options.token === "function" ? await options.token() : options.token;
  const tenant = typeof options.tenant === "function" ? options.tenant() : options.tenant;
  return {
    Accept: PROBLEMS,
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    ...(tenant === undefined ? {} : { "X-Tenant-ID": tenant }),
  };
}

function failure(response: Response, error: unknown): AtriumError {
  const seconds = response.headers.get("Retry-After");
  return new AtriumError(response.status, problemOf(response, error), seconds === null ? undefined : Number(seconds));
}

/** What stands between client and API may answer something else than a problem. */
function problemOf(response: Response, error: unknown): Problem {
  if (typeof error === "object" && error !== null && "code" in error) return error as Problem;
  return {
    type: "about:blank",
    title: response.statusText,
    status: response.status,
    detail: `The answer ${response.status} is no problem of the API.`,
    instance: "",
    code: "internal_error",
    request_id: response.headers.get("X-Request-ID") ?? "",
    retryable: response.status >= 500,
    errors: [],
  };
}
