// Makes src/schema.ts of docs/openapi.json. Its first line holds the hash of what it was made of, which `make check` compares.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const snapshot = await readFile(new URL("../../docs/openapi.json", import.meta.url));
// A default is what may be left out of a request; what an answer always has, the document calls required.
const options = { alphabetize: true, defaultNonNullable: false };
const types = astToString(await openapiTS(JSON.parse(snapshot.toString("utf-8")), options));
const hash = createHash("sha256").update(snapshot).digest("hex");
await writeFile(new URL("src/schema.ts", import.meta.url), `// sha256 of docs/openapi.json: ${hash}\n${types}`);
