import { nearest } from '../text/nearest.ts';
import type { ValidationError } from './validators.generated.js';

/** Something in a JSON or YAML document that its schema does not allow. */
export interface SchemaProblem {
  /** JSON pointer (RFC 6901) to the value meant, empty for the whole document. */
  readonly path: string;
  /** One sentence that names the place, what is wrong and, where it can be told, what was meant. */
  readonly message: string;
}

/** What is wrong with the value a JSON pointer leads to; `member` is the name at fault when it is one of its members. */
export interface SchemaFault {
  readonly path: string;
  readonly clause: string;
  readonly member?: string;
}

/** A violation, with the schema it was found by when the validator keeps it. */
export interface Violation extends ValidationError {
  readonly parentSchema?: Readonly<Record<string, unknown>>;
}

/** The violations of a value in sentences; those of the branches of a choice become one. */
export function sayViolations(violations: readonly Violation[], value: unknown): readonly SchemaProblem[] {
  return faultsOf(violations, value).map(({ path, clause }) => ({
    path,
    message: `${path === '' ? 'the document' : path} ${clause}`,
  }));
}

/** The violations of a value as clauses behind the place; those of the branches of a choice become one. */
export function faultsOf(violations: readonly Violation[], value: unknown): readonly SchemaFault[] {
  const faults: SchemaFault[] = [];
  const covered = new Set([...violations.flatMap((each) => branchesOf(each, violations)), ...unmeant(violations)]);
  for (const violation of violations) {
    const clause = covered.has(violation) ? undefined : clauseOf(violation, violations, value);
    if (clause === undefined) continue;
    const member = violation.params['additionalProperty'];
    faults.push({ path: violation.instancePath, clause, ...(typeof member === 'string' && { member }) });
  }
  return faults;
}

/** The violations that a choice sums up. */
function branchesOf(choice: Violation, violations: readonly Violation[]): Violation[] {
  if (choice.keyword !== 'anyOf' && choice.keyword !== 'oneOf') return [];
  const branches = violations.filter((each) => each.schemaPath.startsWith(`${choice.schemaPath}/`));
  const here = branches.every((each) => each.instancePath === choice.instancePath);
  return here && wordsOfChoice(branches) !== undefined ? branches : [];
}

/** The violations of branches that a value was not meant for: it has the wrong type for them, and the right one for another. */
function* unmeant(violations: readonly Violation[]): Generator<Violation> {
  const choices = new Set<string>();
  const best = new Map<string, number>();
  for (const each of violations) {
    const { instancePath } = each;
    if (each.keyword === 'anyOf' || each.keyword === 'oneOf') choices.add(instancePath);
    else best.set(instancePath, Math.max(best.get(instancePath) ?? 0, closeness(each)));
    for (let cut = instancePath.lastIndexOf('/'); cut >= 0; cut = instancePath.lastIndexOf('/', cut - 1)) {
      best.set(instancePath.slice(0, cut), 2);
      if (cut === 0) break;
    }
  }
  for (const each of violations) {
    const { instancePath } = each;
    if (choices.has(instancePath) && closeness(each) < (best.get(instancePath) ?? 0)) yield each;
  }
}

/** How far a value went into a branch: not even its type was right, it was another word, or some part of it is wrong. */
function closeness({ keyword }: Violation): number {
  if (keyword === 'type') return 0;
  return keyword === 'enum' || keyword === 'const' ? 1 : 2;
}

/** What is wrong, behind the place; undefined for a violation that others explain. */
function clauseOf(violation: Violation, violations: readonly Violation[], root: unknown): string | undefined {
  const { keyword, params, message, parentSchema } = violation;
  const found = (): string => shorten(valueAt(root, violation.instancePath));
  switch (keyword) {
    case 'required':
      return `lacks the member "${params.missingProperty}"`;
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const name = String(params.additionalProperty ?? params.unevaluatedProperty);
      return `has the unknown member "${name}"${didYouMean(name, namesIn(parentSchema?.properties))}`;
    }
    case 'type':
      return `is ${found()}, expected ${typeWords(params.type)}`;
    case 'enum':
    case 'const': {
      const allowed = keyword === 'const' ? [params.allowedValue] : (params.allowedValues as readonly unknown[]);
      const given = valueAt(root, violation.instancePath);
      const words = allowed.filter((each) => typeof each === 'string');
      const hint = typeof given === 'string' ? didYouMean(given, words) : '';
      return `is ${found()}, expected ${allowed.map((each) => JSON.stringify(each)).join(' or ')}${hint}`;
    }
    case 'pattern': {
      const [example] = Array.isArray(parentSchema?.examples) ? (parentSchema.examples as readonly unknown[]) : [];
      const like =
        example === undefined ? `text that fits ${params.pattern}` : `the form of ${JSON.stringify(example)}`;
      return `is ${found()}, expected ${like}`;
    }
    case 'format':
      return `is ${found()}, expected the format ${params.format}`;
    case 'anyOf':
    case 'oneOf': {
      const words = wordsOfChoice(branchesOf(violation, violations));
      return words ?? (hasBranches(violation, violations) ? undefined : 'fits none of the forms allowed here');
    }
    case 'if':
      return undefined;
    default:
      return `is ${found()}, which ${message ?? `breaks "${keyword}"`}`;
  }
}

function hasBranches(choice: Violation, violations: readonly Violation[]): boolean {
  return violations.some((each) => each !== choice && each.instancePath.startsWith(choice.instancePath));
}

/** One clause for a choice whose branches all ask for a member or all for a type. */
function wordsOfChoice(branches: readonly Violation[]): string | undefined {
  const every = (keyword: string): boolean => branches.length > 0 && branches.every((each) => each.keyword === keyword);
  if (every('required')) {
    return `lacks the member ${branches.map(({ params }) => `"${params.missingProperty}"`).join(' or ')}`;
  }
  if (every('type')) return `must be ${branches.map(({ params }) => typeWords(params.type)).join(' or ')}`;
  return undefined;
}

function typeWords(type: unknown): string {
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  return types
    .map((each) => (/^[aeio]/.test(String(each)) ? `an ${each}` : each === 'null' ? 'null' : `a ${each}`))
    .join(' or ');
}

function didYouMean(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates);
  return near === undefined ? '' : `; did you mean "${near}"?`;
}

function namesIn(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

/** The value a JSON pointer leads to (RFC 6901). */
function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  return value;
}

/** A value as a message shows it: small ones as JSON, the others by what they are. */
function shorten(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value) ?? 'missing';
  return text.length <= 60 ? text : `${text.slice(0, 57)}…"`;
}
