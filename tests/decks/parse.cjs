// What another program understands of a GIFT file: node parse.cjs FILE, in a folder that has gift-pegjs.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { parse } = require(join(process.cwd(), "node_modules", "gift-pegjs"));

process.stdout.write(JSON.stringify(parse(readFileSync(process.argv[2], "utf8"))));
