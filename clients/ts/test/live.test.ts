/** Against a live server with demo data: `make clients` starts one and says where it is. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import {
  AtriumError,
  type Atrium,
  type CodeOf,
  createAtrium,
  each,
  etag,
  idempotencyKey,
  type Model,
  unwrap,
} from "../src/index.js";

const baseUrl = process.env["ATRIUM_URL"] ?? "http://127.0.0.1:8000";
const email = process.env["ATRIUM_EMAIL"] ?? "owner@acme.example";
const password = process.env["ATRIUM_PASSWORD"] ?? "";

const product = (): Model<"ProductCreate"> => ({
  sku: `TS-${idempotencyKey().slice(0, 8)}`,
  name: "Green tea",
  price: 450,
  currency: "EUR",
  status: "active",
});

describe("a signed-in client", () => {
  let atrium: Atrium;

  before(async () => {
    const stranger = createAtrium({ baseUrl });
    const signedIn = await unwrap(
      stranger.api.POST("/api/v1/auth/login", { body: { email, password, session_transport: "body" } }),
    );
    atrium = createAtrium({ baseUrl, tenant: "acme", token: signedIn.access_token });
  });

  test("makes, reads, changes with If-Match, and archives a product", async () => {
    const made = await atrium.api.POST("/api/v1/products", { body: product() });
    assert.equal(made.response.status, 201);
    const { id } = await unwrap(Promise.resolve(made));
    const params = { path: { product_id: id }, header: { "If-Match": etag(made.response) } };
    const changed = await atrium.api.PATCH("/api/v1/products/{product_id}", { params, body: { price: 500 } });
    assert.equal(changed.data?.price, 500);
    const stale = unwrap(atrium.api.PATCH("/api/v1/products/{product_id}", { params, body: { price: 600 } }));
    await assert.rejects(stale, (error) => error instanceof AtriumError && error.code === "precondition_failed");
    const archived = await unwrap(
      atrium.api.POST("/api/v1/products/{product_id}/archive", {
        params: { path: { product_id: id }, header: { "If-Match": etag(changed.response) } },
      }),
    );
    assert.equal(archived.status, "archived");
  });

  test("has problems as typed exceptions", async () => {
    const body = product();
    await unwrap(atrium.api.POST("/api/v1/products", { body }));
    const taken: CodeOf<"catalog_create_product"> = "product_sku_taken";
    // @ts-expect-error An operation's codes are its own.
    const impossible: CodeOf<"catalog_create_product"> = "last_owner";
    await assert.rejects(unwrap(atrium.api.POST("/api/v1/products", { body })), (error) => {
      assert.ok(error instanceof AtriumError);
      assert.ok(error.is<"catalog_create_product">(taken));
      assert.notEqual(error.code, impossible);
      assert.equal(error.status, 409);
      assert.equal(error.problem.retryable, false);
      return true;
    });
  });

  test("does a write once, however often it is sent", async () => {
    const body = product();
    let sent = 0;
    const made = await atrium.exactlyOnce(async (api) => {
      sent += 1;
      const answer = await api.POST("/api/v1/products", { body });
      if (sent === 1) throw new TypeError("the network broke before the answer was read");
      assert.equal(answer.response.headers.get("Idempotent-Replayed"), "true");
      return answer;
    }, { pauseSeconds: 0.01 });
    assert.equal(made.sku, body.sku);
    assert.equal(sent, 2);
  });

  test("does no write exactly once that would be done twice", async () => {
    const body = { name: "Nora" };
    // @ts-expect-error A person's own affairs take no key.
    const refused = atrium.exactlyOnce((api) => api.PATCH("/api/v1/me", { body }));
    await assert.rejects(refused, (error) => error instanceof AtriumError && error.code === "idempotency_key_not_taken");
    // @ts-expect-error Nor does what an operator does.
    const operators = () => atrium.exactlyOnce((api) => api.POST("/api/v1/operator/tenants", { body: {} }));
    assert.equal(typeof operators, "function");
  });

  test("has null where it clears, and nowhere else", async () => {
    const path = { product_id: (await unwrap(atrium.api.POST("/api/v1/products", { body: product() }))).id };
    const params = { path, header: { "If-Match": "*" } };
    const cleared = await unwrap(atrium.api.PATCH("/api/v1/products/{product_id}", { params, body: { description: null } }));
    assert.equal(cleared.description, null);
    // @ts-expect-error A price is never cleared.
    const refused = unwrap(atrium.api.PATCH("/api/v1/products/{product_id}", { params, body: { price: null } }));
    await assert.rejects(refused, (error) => error instanceof AtriumError && error.code === "validation_failed");
  });

  test("sends the tenant wherever it is required", async () => {
    const body = { name: "Ours", scopes: ["catalog.products:read"] };
    const made = await unwrap(atrium.api.POST("/api/v1/api-keys", { body }));
    assert.ok(made.secret.startsWith("atr_"));
    const byKey = createAtrium({ baseUrl, token: made.secret });
    assert.ok((await unwrap(byKey.api.GET("/api/v1/products"))).data.length > 0);
  });

  test("goes through a list page by page", async () => {
    const seen = new Set<string>();
    for await (const item of each((cursor) =>
      atrium.api.GET("/api/v1/products", { params: { query: { limit: 3, ...(cursor === undefined ? {} : { cursor }) } } }),
    )) {
      seen.add(item.id);
    }
    const { total } = await unwrap(atrium.api.GET("/api/v1/products/summary"));
    assert.ok(seen.size > 6);
    assert.ok(Math.abs(seen.size - total) <= 5, "the projection follows within moments");
  });

  test("watches a task to its end, and from its middle", async () => {
    const task = await unwrap(atrium.api.POST("/api/v1/products/reprice", { body: { percent: 5 } }));
    const states: string[] = [];
    for await (const now of atrium.watchTask(task.id)) states.push(now.state);
    assert.equal(states.at(-1), "succeeded");
    for await (const now of atrium.watchTask(task.id, { lastEventId: "0" })) assert.equal(now.state, "succeeded");
  });

  test("watches the sales of today until it has seen enough, and downloads them", async () => {
    const found = await unwrap(atrium.api.GET("/api/v1/analytics/sales"));
    for await (const today of atrium.watchSales()) {
      assert.equal(today.first_day, found.last_day);
      assert.equal(today.last_day, found.last_day);
      break;
    }
    const table = await unwrap(atrium.api.GET("/api/v1/analytics/sales/export", { parseAs: "text" }));
    assert.match(table, /^"start","currency","orders"/);
  });

  test("is refused without a token, by a problem", async () => {
    const stranger = createAtrium({ baseUrl, tenant: "acme" });
    await assert.rejects(unwrap(stranger.api.GET("/api/v1/products")), (error) => {
      return error instanceof AtriumError && error.code === "unauthenticated" && error.problem.request_id !== "";
    });
  });
});
