// The official TypeScript host of the Skills extension against a server over stdio, in its default
// strict mode: one invalid entry fails the whole listing, one byte that differs fails a file.
//
//   node skills-client.mjs SERVER
//
// Lists all skills, gets each, and reads and verifies every file and every root directory. Prints one
// JSON object with what was counted.
import { Client } from "@modelcontextprotocol/client";
import { SkillsClient } from "@modelcontextprotocol/client/ext/skills";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";

const [server] = process.argv.slice(2);
const client = new Client({ name: "typescript-skills-client", version: "1" });
await client.connect(new StdioClientTransport({ command: server, args: [] }));
try {
  const host = new SkillsClient(client);
  const { skills } = await host.list();
  let files = 0;
  let children = 0;
  for (const entry of skills) {
    const { skill } = await host.get(entry.uri);
    for (const { uri } of skill.resources) {
      const file = await host.read(skill, uri);
      if (!file.verified) {
        throw new Error(`${uri} was not verified`);
      }
      files++;
    }
    const { resources } = await host.readDirectory(entry.uri.slice(0, -"/SKILL.md".length));
    children += resources.length;
  }
  let unknown;
  try {
    await host.get("skill://there-is-none/SKILL.md");
  } catch (error) {
    unknown = error.code;
  }
  console.log(
    JSON.stringify({
      supported: host.supported,
      directoryRead: host.directoryRead,
      skills: skills.map((skill) => skill.frontmatter.name),
      files,
      children,
      unknown,
    }),
  );
} finally {
  await client.close();
}
