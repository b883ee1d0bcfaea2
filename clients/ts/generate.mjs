// Makes src/schema.ts of docs/openapi.json. Its first line holds the hash of what it was made of, which `make check` compares.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const snapshot = await readFile(new URL("../../docs/openapi.json", import.meta.url));
const document = JSON.parse(snapshot.toString("utf-8"));
for (const item of Object.values(document.paths)) {
  for (const operation of Object.values(item)) {
    for (const parameter of operation.parameters ?? []) {
      // The client sends it for every call: no caller has to.
      if (parameter.name === "X-Tenant-ID") parameter.required = false;
    }
  }
}
const types = astToString(await openapiTS(document, { alphabetize: true }));
const hash = createHash("sha256").update(snapshot).digest("hex");
await writeFile(new URL("src/schema.ts", import.meta.url), `// sha256 of docs/openapi.json: ${hash}\n${types}`);
