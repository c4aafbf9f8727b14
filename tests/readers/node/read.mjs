// Reads a file that `allegiance export` wrote and prints what it found as JSON: `node read.mjs mermaid|gexf|cypher FILE`.
// The readers are found from the folder that NODE_READERS names, where `npm ci` put them.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(path.join(process.env.NODE_READERS, "package.json"));
const load = async (name) => (await import(pathToFileURL(require.resolve(name)))).default;
const [form, file] = process.argv.slice(2);
const text = fs.readFileSync(file, "utf8");

// What Mermaid's own decodeEntities does, once its parser has put other signs in the place of `&` and `;`.
const decoded = (label) =>
  label
    .replace(/ﬂ°°/g, "&#").replace(/ﬂ°/g, "&").replace(/¶ß/g, ";")
    .replace(/<br>/g, "\n")
    .replace(/&#(\d+);/g, (_, number) => String.fromCodePoint(Number(number)));

const readers = {
  async mermaid() {
    const { JSDOM } = await load("jsdom");
    globalThis.window = new JSDOM("").window;
    globalThis.document = window.document;
    const mermaid = await load("mermaid");
    mermaid.initialize({ maxEdges: 100000, maxTextSize: 100000000 });
    const { db, type } = await mermaid.mermaidAPI.getDiagramFromText(text);
    const vertices = [...db.getVertices().values()];
    return {
      type,
      nodes: vertices.map((v) => ({ id: v.id, label: decoded(v.text), shape: v.type, classes: v.classes })),
      edges: db.getEdges().map((e) => ({ from: e.start, to: e.end, label: decoded(e.text), arrow: e.type, stroke: e.stroke, style: e.style })),
      groups: db.getSubGraphs().map((g) => g.id),
    };
  },

  async gexf() {
    const { MultiDirectedGraph } = await load("graphology");
    const graph = (await load("graphology-gexf")).parse(MultiDirectedGraph, text, { allowUndeclaredAttributes: true });
    return {
      nodes: graph.mapNodes((id, attributes) => ({ id, ...attributes })),
      edges: graph.mapEdges((id, attributes, source, target) => ({ id, source, target, ...attributes })),
    };
  },

  async cypher() {
    const { lintCypherQuery, parseStatementsStrs } = await load("@neo4j-cypher/language-support");
    const { diagnostics, symbolTables } = lintCypherQuery(text, {});
    return { diagnostics, statements: parseStatementsStrs(text).length, tables: symbolTables.length };
  },
};

process.stdout.write(JSON.stringify(await readers[form]()), () => process.exit(0));
