/** A value of a spec and the JSON pointer (RFC 6901) to it; the schema has told already when it is of a wrong type. */
export interface Placed {
  readonly value: unknown;
  readonly path: string;
}

/** The member of a map; undefined when it is absent, or null. */
export function memberAt({ value, path }: Placed, name: string): Placed | undefined {
  if (!isMap(value) || !Object.hasOwn(value, name)) return undefined;
  const member = value[name];
  return member === null || member === undefined ? undefined : { value: member, path: `${path}/${escaped(name)}` };
}

/** The members of a map with their names, null ones too. */
export function membersAt({ value, path }: Placed): (Placed & { readonly name: string })[] {
  if (!isMap(value)) return [];
  return Object.keys(value).map((name) => ({ name, value: value[name], path: `${path}/${escaped(name)}` }));
}

/** The items of a list; a value that is none is its only one. */
export function itemsAt(at: Placed | undefined): Placed[] {
  if (at === undefined) return [];
  if (!Array.isArray(at.value)) return [at];
  return at.value.map((value: unknown, index) => ({ value, path: `${at.path}/${index}` }));
}

/** The text, undefined for anything else. */
export function textAt(at: Placed | undefined): string | undefined {
  return typeof at?.value === 'string' ? at.value : undefined;
}

/** The number, undefined for anything else. */
export function numberAt(at: Placed | undefined): number | undefined {
  return typeof at?.value === 'number' ? at.value : undefined;
}

/** Whether a value is a map. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
