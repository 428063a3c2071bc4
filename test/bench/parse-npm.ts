import { readFileSync } from 'node:fs';

/** Reads a zone file with an npm parser and prints how many records it found: `parse-npm.js dnsz|dns-zonefile FILE`. */
const [, , name = '', file = ''] = process.argv;
const text = readFileSync(file, 'utf8');

if (name === 'dnsz') {
  const { parseZone } = await import('dnsz');
  console.log(parseZone(text).records.length);
} else if (name === 'dns-zonefile') {
  // Its declarations promise named exports, but it has a default one only.
  const module = (await import('dns-zonefile')) as unknown as { default: { parse(text: string): object } };
  const lists = Object.values(module.default.parse(text)).filter((each) => Array.isArray(each));
  console.log(lists.reduce((count, list) => count + list.length, 0));
} else {
  throw new Error(`unknown parser '${name}', expected dnsz or dns-zonefile`);
}
