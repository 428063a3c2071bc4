import { compileFault } from '../server/faults/compile.ts';
import type { Fault, FaultFile } from '../server/faults/fault.ts';
import { readSchemaDocument, type ValueFault } from './document.ts';
import { schemaFaults } from './validate.ts';

/** Reads a file of faults, YAML or JSON; each thing wrong with it is a sentence with line and column, in their order. */
export async function readFaultFile(
  name: string,
  bytes: Uint8Array,
): Promise<{ readonly file: FaultFile } | { readonly problems: readonly string[] }> {
  const read = await readSchemaDocument(name, bytes, 'faults');
  if ('problems' in read) return read;
  const { value, faults, tell } = read.document;
  const problems = tell([...faults, ...faultsBeyond(value, faults)]);
  return problems.length > 0 ? { problems } : { file: value as FaultFile };
}

/** What is wrong with one fault that came as data: JSON pointers (RFC 6901) within it, and a clause behind each. */
export function faultProblems(value: unknown): readonly { readonly path: string; readonly message: string }[] {
  const inFile = { faults: [value] };
  const wrong = schemaFaults('faults', inFile).map(({ path, clause }): ValueFault => ({ path, message: clause }));
  return [...wrong, ...faultsBeyond(inFile, wrong)].map(({ path, message }) => ({
    path: path.replace(/^\/faults\/0/u, ''),
    message,
  }));
}

/** What the schema cannot know: names, types, records and presets that are none, and ids that stand there twice. */
function faultsBeyond(value: unknown, known: readonly ValueFault[]): ValueFault[] {
  const { faults } = Object(value) as { readonly faults?: unknown };
  if (!Array.isArray(faults)) return [];
  const places = new Map<unknown, number>();
  return faults.flatMap((fault: unknown, index) => {
    const at = `/faults/${index}`;
    const { id } = Object(fault) as { readonly id?: unknown };
    const first = places.get(id);
    if (first === undefined) places.set(id, index);
    const twice = first === undefined || id === undefined ? [] : [doubled(at, first, String(id))];
    const own = known.filter(({ path }) => path === at || path.startsWith(`${at}/`));
    const more = compileFault(fault as Fault).problems.found.map(({ path, message }) => ({
      path: at + pointer(path),
      message,
    }));
    return [
      ...twice,
      ...more.filter(({ path }) => !own.some((each) => isPartOf(path, each.path) || isPartOf(each.path, path))),
    ];
  });
}

function doubled(at: string, first: number, id: string): ValueFault {
  return { path: `${at}/id`, message: `is "${id}", the id of faults[${first}] too: give each fault its own` };
}

/** Whether a value is another one or lies in it. */
function isPartOf(path: string, whole: string): boolean {
  return path === whole || path.startsWith(`${whole}/`);
}

/** `match.type[1]` as a JSON pointer. */
function pointer(path: string): string {
  return path === '' ? '' : `/${path.replaceAll(/\[(\d+)\]/gu, '.$1').replaceAll('.', '/')}`;
}
