// The official TypeScript client against a server over stdio.
//
//   node client.mjs SERVER CALLS
//
// SERVER is a program; CALLS is JSON: [[tool, arguments], …], each `arguments` an object. Prints one
// JSON object: the tools' names, the resources, the prompts, and the result of each call.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

const [server, calls] = process.argv.slice(2);
const client = new Client({ name: "typescript-client", version: "1" });
await client.connect(new StdioClientTransport({ command: server, args: [] }));
try {
  const tools = (await client.listTools()).tools;
  const resources = (await client.listResources()).resources;
  const prompts = (await client.listPrompts()).prompts;
  const results = [];
  for (const [name, args] of JSON.parse(calls)) {
    results.push({ name, result: await client.callTool({ name, arguments: args }) });
  }
  console.log(
    JSON.stringify({
      tools: tools.map((tool) => tool.name),
      resources: resources.map((resource) => resource.uri),
      prompts: prompts.map((prompt) => prompt.name),
      results,
    }),
  );
} finally {
  await client.close();
}
