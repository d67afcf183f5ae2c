// A server of the official TypeScript SDK with the one tool that `benchmarks/run calls` asks for.
//
//   node reader.mjs            over stdio
//   node reader.mjs PORT       over Streamable HTTP, with sessions, answers as streams of events
//   node reader.mjs PORT json  the same, answers as one JSON object
import { createHash, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

function server() {
  const mcp = new McpServer({ name: "reader", version: "1" });
  mcp.registerTool(
    "read_file",
    { description: "Reads a file.", inputSchema: { path: z.string() } },
    async ({ path }) => {
      const bytes = await readFile(path);
      const digest = createHash("sha256").update(bytes).digest("hex");
      return { content: [{ type: "text", text: `${bytes.toString()}\nsha256 ${digest}` }] };
    },
  );
  return mcp;
}

const [port, mode] = process.argv.slice(2);
if (port === undefined) {
  await server().connect(new StdioServerTransport());
} else {
  const sessions = new Map();
  createServer(async (request, response) => {
    let transport = sessions.get(request.headers["mcp-session-id"]);
    if (transport === undefined) {
      transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        enableJsonResponse: mode === "json",
        onsessioninitialized: (id) => sessions.set(id, transport),
      });
      await server().connect(transport);
    }
    await transport.handleRequest(request, response);
  }).listen(Number(port), "127.0.0.1", function () {
    console.error(`serving at http://127.0.0.1:${this.address().port}/mcp`);
  });
}
