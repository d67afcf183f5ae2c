#!/usr/bin/env node
// Connects real clients to `homeport stdio`, without a model, and checks what they see.
//
//   samples/clients/try.mjs [codex | codex-modern | gemini | opencode ...]    all, if none is named
//
// Each is installed in a temporary directory, in the version that its package-lock.json pins, set up
// with `homeport init` and asked for its servers, with HOME in the same directory. What passes
// between it and the server is recorded: that tells the revision of the protocol and the tools.
// Needs node 20 and npm, some hundred megabytes a client, and no key. Exits 1 if one does not connect,
// or sees other tools than `homeport tools` lists.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

const HERE = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const HOMEPORT = path.resolve(HERE, "../../homeport");
const PATIENCE_MS = 60_000;

/** What to do with each client once it is installed and set up; returns what it said of the server. */
const CLIENTS = {
  codex: { packages: "codex", label: "Codex", files: [".codex/config.toml"], use: useCodex },
  "codex-modern": {
    packages: "codex",
    label: "Codex, with mcp_2026_07_28",
    files: [".codex/config.toml"],
    prepare: preferModern,
    use: useCodex,
  },
  gemini: { packages: "gemini", label: "Gemini CLI", files: [".gemini/settings.json"], use: useGemini },
  opencode: { packages: "opencode", label: "opencode", files: ["opencode.json"], use: useOpencode },
};

/** A directory with a home, a workspace and an installed client. */
class Place {
  constructor(root) {
    this.root = root;
    this.home = path.join(root, "home");
    this.workspace = path.join(root, "workspace");
    this.wire = path.join(root, "wire");
    for (const directory of [this.home, this.workspace, this.wire]) {
      fs.mkdirSync(directory);
    }
    this.env = { HOME: this.home, PATH: process.env.PATH, TERM: "dumb", LC_ALL: "C.UTF-8" };
    for (const name of ["JAVA_HOME", "HOMEPORT_JAVA_HOME"]) {
      if (process.env[name]) {
        this.env[name] = process.env[name];
      }
    }
  }

  run(program, ...args) {
    return execFileSync(program, args, {
      cwd: this.workspace,
      env: this.env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      timeout: PATIENCE_MS,
    });
  }

  install(packages) {
    const target = path.join(this.root, "client");
    fs.cpSync(path.join(HERE, packages), target, { recursive: true });
    // Not `ci`, which wants the packages of every platform in the lock file.
    const npm = ["install", "--ignore-scripts", "--no-audit", "--no-fund"];
    execFileSync("npm", npm, { cwd: target, stdio: ["ignore", "ignore", "inherit"] });
  }

  program(...names) {
    return path.join(this.root, "client", "node_modules", ...names);
  }

  /** The file of the client's configuration that `homeport init` wrote. */
  file(name) {
    return [this.home, this.workspace].map(base => path.join(base, name)).find(fs.existsSync);
  }

  /** Has the client start the server through a recorder. */
  record(file) {
    const recorder = path.join(this.root, "recorder");
    const lines = `#!/bin/sh\ntee "${this.wire}/$$.in" | "${HOMEPORT}" "$@" | tee "${this.wire}/$$.out"\n`;
    fs.writeFileSync(recorder, lines, { mode: 0o755 });
    const written = fs.readFileSync(file, "utf8");
    assert(written.includes(HOMEPORT), `${file} does not start ${HOMEPORT}`);
    fs.writeFileSync(file, written.replaceAll(HOMEPORT, recorder));
  }

  /** The exchanges so far: of each server process, what it was asked and what it answered. */
  exchanges() {
    const names = fs.readdirSync(this.wire).filter(name => name.endsWith(".in"));
    return names.map(name => ({
      asked: messages(path.join(this.wire, name)),
      answered: messages(path.join(this.wire, name.replace(/in$/, "out"))),
    }));
  }

  /** The results of one method, over all exchanges. */
  results(method) {
    return this.exchanges().flatMap(({ asked, answered }) =>
      asked
        .filter(message => message.method === method)
        .flatMap(message => answered.filter(answer => answer.id === message.id))
        .map(answer => answer.result),
    );
  }
}

function messages(file) {
  if (!fs.existsSync(file)) {
    return [];
  }
  const whole = fs.readFileSync(file, "utf8").split("\n").filter(Boolean);
  return whole.flatMap(line => {
    try {
      return [JSON.parse(line)];
    } catch {
      return []; // the line is still being written
    }
  });
}

/** A client that is a server itself: JSON messages on lines. */
class Peer {
  constructor(place, program, args, env) {
    this.child = spawn(program, args, {
      cwd: place.workspace,
      env: { ...place.env, ...env },
      stdio: ["pipe", "pipe", "ignore"],
      detached: true, // so that what it starts can be ended with it
    });
    this.waiting = new Map();
    this.last = 0;
    readline.createInterface({ input: this.child.stdout }).on("line", line => this.take(line));
  }

  take(line) {
    const message = line.startsWith("{") ? JSON.parse(line) : {};
    const done = this.waiting.get(message.id);
    if (done && !message.method) {
      this.waiting.delete(message.id);
      done(message);
    }
  }

  tell(method, params) {
    this.child.stdin.write(JSON.stringify({ jsonrpc: "2.0", method, params }) + "\n");
  }

  async ask(method, params) {
    const id = ++this.last;
    const answer = new Promise(done => this.waiting.set(id, done));
    this.child.stdin.write(JSON.stringify({ jsonrpc: "2.0", id, method, params }) + "\n");
    const late = sleep(PATIENCE_MS, { error: { message: "no answer" } }, { ref: false });
    const { result, error } = await Promise.race([answer, late]);
    assert(result, `${method}: ${JSON.stringify(error)}`);
    return result;
  }

  async close() {
    const ended = new Promise(done => this.child.once("exit", done));
    this.child.stdin.end();
    const late = sleep(2_000, "late", { ref: false });
    if ((await Promise.race([ended, late])) === "late") {
      process.kill(-this.child.pid, "SIGKILL");
      await ended;
    }
  }
}

/** Codex lists servers, their tools included, and calls a tool without a model. */
async function useCodex(place) {
  const peer = new Peer(place, place.program(".bin", "codex"), ["app-server"], {});
  try {
    await peer.ask("initialize", { clientInfo: { name: "homeport-try", version: "1" } });
    peer.tell("initialized");
    const { data } = await peer.ask("mcpServerStatus/list", {});
    const server = data.find(({ name }) => name === "homeport");
    assert(server, `no homeport in ${JSON.stringify(data)}`);
    const { thread } = await peer.ask("thread/start", { cwd: place.workspace });
    const call = { server: "homeport", tool: "read_file", arguments: { path: "harbour.txt" } };
    const result = await peer.ask("mcpServer/tool/call", { threadId: thread.id, ...call });
    assert.match(JSON.stringify(result.content), /all ships/);
    return `${Object.keys(server.tools).length} tools listed, read_file called`;
  } finally {
    await peer.close();
  }
}

/** Has Codex speak the revision of 2026-07-28, which its makers call under development. */
function preferModern(file) {
  const written = fs.readFileSync(file, "utf8");
  const version = 'env = { CODEX_MCP_PROTOCOL_VERSION = "2026-07-28" }\n';
  fs.writeFileSync(file, `${written}${version}\n[features]\nmcp_2026_07_28 = true\n`);
}

/** Gemini CLI pings servers for its list; it looks at tools when a session begins. */
async function useGemini(place) {
  const gemini = place.program(".bin", "gemini");
  place.env.GEMINI_CLI_TRUST_WORKSPACE = "true";
  const said = place.run("sh", "-c", 'exec "$0" mcp list 2>&1', gemini);
  assert.match(said, /homeport.*Connected/, said);
  const peer = new Peer(place, gemini, ["--acp"], { GEMINI_API_KEY: "none" });
  try {
    await peer.ask("initialize", { protocolVersion: 1, clientCapabilities: {} });
    await peer.ask("session/new", { cwd: place.workspace, mcpServers: [] });
    for (let waited = 0; !place.results("tools/list").length && waited < PATIENCE_MS; waited += 200) {
      await sleep(200);
    }
  } finally {
    await peer.close();
  }
  return "Connected";
}

/** opencode connects and lists tools for its list of servers. */
async function useOpencode(place) {
  // Puts the binary of this platform, which npm fetched, where the package looks for it.
  place.run(process.execPath, place.program("opencode-ai", "postinstall.mjs"));
  const said = place.run("sh", "-c", 'exec "$0" mcp list 2>&1', place.program(".bin", "opencode"));
  assert.match(said, /✓ homeport.*connected/, said);
  return "connected";
}

async function attempt(name) {
  const client = CLIENTS[name];
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "homeport-client-"));
  try {
    const place = new Place(root);
    fs.writeFileSync(path.join(place.workspace, "harbour.txt"), "a place for all ships\n");
    place.install(client.packages);
    const listed = place.run(HOMEPORT, "tools").trim().split("\n").slice(1);
    const tools = listed.map(line => line.split(" ")[0]).sort();
    place.run(HOMEPORT, "init", "--client", client.packages, "--yes");
    const file = place.file(client.files[0]);
    client.prepare?.(file);
    place.record(file);
    const said = await client.use(place);
    const lists = place.results("tools/list");
    assert(lists.length, "it never asked for the tools");
    for (const list of lists) {
      assert.deepEqual(list.tools.map(tool => tool.name).sort(), tools);
    }
    console.log(`${client.label} ${version(client)}: ${said}; ${eras(place)}; ${tools.length} tools`);
  } finally {
    fs.rmSync(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  }
}

function version({ packages }) {
  const text = fs.readFileSync(path.join(HERE, packages, "package.json"), "utf8");
  return Object.values(JSON.parse(text).dependencies)[0];
}

/** How the client began, and the revision that this led to. */
function eras(place) {
  const legacy = place.results("initialize").map(({ protocolVersion }) => `initialize ${protocolVersion}`);
  const modern = place.results("server/discover").map(({ supportedVersions }) => `server/discover ${supportedVersions}`);
  return [...new Set([...legacy, ...modern])].join(", ");
}

const names = process.argv.slice(2);
const unknown = names.filter(name => !CLIENTS[name]);
if (unknown.length) {
  console.error(`unknown: ${unknown.join(", ")}. Known: ${Object.keys(CLIENTS).join(", ")}`);
  process.exit(2);
}
for (const name of names.length ? names : Object.keys(CLIENTS)) {
  try {
    await attempt(name);
  } catch (failed) {
    console.error(`${name}: ${failed.stack ?? failed.message}`);
    process.exitCode = 1;
  }
}
