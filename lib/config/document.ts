import { type ConfigNode, follow, memberOf, memberWay, type PlacedProblem, plainValue, TextPlaces } from './tree.ts';
import type { SchemaName } from './validate.ts';
import { schemaFaults } from './validate.ts';

/** Octets a document may have. */
const LARGEST = 2 ** 20;

/** Faults that are told of one document. */
const MOST_TOLD = 100;

/** Something wrong with a value of a document: a JSON pointer (RFC 6901) to it, and a sentence behind its name. */
export interface ValueFault {
  readonly path: string;
  readonly message: string;
  /** The name of the member is at fault, not its value. */
  readonly inName?: true;
}

/** A YAML or JSON document that was read; its value fits the schema as far as `faults` does not say otherwise. */
export interface SchemaDocument {
  readonly value: unknown;
  /** What the schema says against it; each place is unlike those of others. */
  readonly faults: readonly ValueFault[];
  /** Faults as sentences with file, line, column and the way to the value, in the order of the text. */
  tell(faults: readonly ValueFault[]): readonly string[];
}

/** Reads a document and holds it against its schema; what is no YAML or JSON at all gives sentences. Never throws for what is in it. */
export async function readSchemaDocument(
  name: string,
  bytes: Uint8Array,
  schema: SchemaName,
): Promise<{ readonly document: SchemaDocument } | { readonly problems: readonly string[] }> {
  const text = textOf(bytes);
  if (typeof text !== 'string') return { problems: [`${name} ${text.fault}`] };
  const places = new TextPlaces(text);
  const told = ({ at, message }: PlacedProblem): string => {
    const { line, column } = places.of(at);
    return `${name}:${line}:${column}: ${message}`;
  };
  const isJson = /\.jsonc?$/iu.test(name) || (!/\.ya?ml$/iu.test(name) && /^\ufeff?\s*[{/]/u.test(text));
  const parsed = isJson ? (await import('./json.ts')).parseJson(text) : (await import('./yaml.ts')).parseYaml(text);
  if ('problem' in parsed) return { problems: [told(parsed.problem)] };
  const { root } = parsed;
  const value = plainValue(root);
  const faults = schemaFaults(schema, value).map(({ path, clause, member }): ValueFault => {
    if (member === undefined) return { path, message: clause };
    const hint = /; did you mean .*$/u.exec(clause)?.[0] ?? '';
    return { path: `${path}/${escaped(member)}`, message: `is unknown${hint}`, inName: true };
  });
  const tell = (all: readonly ValueFault[]): readonly string[] => {
    const placed = all.map((fault) => placedAt(root, fault)).sort((a, b) => a.at - b.at);
    const more = placed.length - MOST_TOLD;
    const lines = [...new Set(placed.slice(0, MOST_TOLD).map(told))];
    return more > 0 ? [...lines, `${name}: ${more} more ${more === 1 ? 'fault' : 'faults'}`] : lines;
  };
  return { document: { value, faults, tell } };
}

function placedAt(root: ConfigNode, { path, message, inName }: ValueFault): PlacedProblem {
  const { node, way } = follow(root, path);
  const cut = path.lastIndexOf('/');
  const parent = cut < 0 ? undefined : follow(root, path.slice(0, cut));
  const name = path
    .slice(cut + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
  const member = parent && memberOf(parent.node, name);
  // A member is shown where its name stands when the value itself does not tell, as nothing or a whole map does.
  if (member !== undefined && parent !== undefined) {
    const isPlain = member.value.kind === 'scalar' && member.value.value !== null && inName !== true;
    const at = isPlain ? member.value.at : member.at;
    return { at, message: `${memberWay(parent.way, name)} ${message}` };
  }
  return { at: node.at, message: `${way === '' ? 'the document' : way} ${message}` };
}

function escaped(member: string): string {
  return member.replaceAll('~', '~0').replaceAll('/', '~1');
}

function textOf(bytes: Uint8Array): string | { readonly fault: string } {
  if (bytes.length > LARGEST) return { fault: 'is larger than 1 MiB, the most it may have' };
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { fault: 'is UTF-16 text: save it as UTF-8' };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? { fault: 'is a binary file, not YAML or JSON' } : text;
  } catch {
    return { fault: 'is no UTF-8 text' };
  }
}
