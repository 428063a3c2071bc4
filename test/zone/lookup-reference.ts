/** A record of the reference: owner as lower-case labels from the first to the one below the root. */
export interface PlainRecord {
  readonly owner: readonly string[];
  readonly type: string;
  readonly target: readonly string[];
}

/**
 * RFC 1034 §4.3.2 word by word, with RFC 4592 §3.3 for step 3c and RFC 6672 §3.2: walks down from the apex a label at
 * a time and looks at every record of the zone each time. The same lines as the outcome in text.
 */
export function referenceLookup(
  records: readonly PlainRecord[],
  apex: readonly string[],
  asked: readonly string[],
  type: string,
): string {
  if (!isBelow(asked, apex)) return 'outside';
  const within = records.filter(({ owner }) => isBelow(owner, apex));
  const at = (name: readonly string[]): PlainRecord[] => within.filter(({ owner }) => same(owner, name));
  const of = (name: readonly string[], wanted: string): PlainRecord[] =>
    at(name).filter((each) => each.type === wanted);
  const exists = (name: readonly string[]): boolean =>
    same(name, apex) || within.some(({ owner }) => isBelow(owner, name));
  let encloser = apex;
  for (let count = apex.length; count <= asked.length; count++) {
    const name = asked.slice(asked.length - count);
    if (!exists(name)) {
      const wildcard = ['*', ...encloser];
      return exists(wildcard) ? data(wildcard, ` from ${text(wildcard)}`) : `nxdomain below ${text(encloser)}`;
    }
    const whole = count === asked.length;
    if (count > apex.length && of(name, 'NS').length > 0 && !(whole && type === 'DS')) {
      const ds = of(name, 'DS').length === 0 ? '' : ` with ${list(of(name, 'DS'))}`;
      return `referral at ${text(name)} to ${list(of(name, 'NS'))}${ds}`;
    }
    const dname = of(name, 'DNAME')[0];
    if (!whole && dname !== undefined) {
      return `rewrite by ${text(name)} to ${text([...asked.slice(0, asked.length - count), ...dname.target])}`;
    }
    encloser = name;
  }
  return data(asked, '');

  function data(name: readonly string[], from: string): string {
    const alias = of(name, 'CNAME')[0];
    if (alias !== undefined && !['CNAME', 'ANY', 'RRSIG', 'NSEC'].includes(type)) {
      return `alias to ${text(alias.target)}${from}`;
    }
    const found = type === 'ANY' ? at(name) : of(name, type);
    if (found.length > 0) return `answer ${list(found)}${from || ` at ${text(name)}`}`;
    const empty = at(name).length === 0 && within.some(({ owner }) => isBelow(owner, name));
    return `nodata${empty ? ', empty non-terminal' : ''}${from || ` at ${text(name)}`}`;
  }
}

/** RDATA of a record in a zone file. */
export function rdataText({ type, target }: PlainRecord): string {
  if (type === 'A') return '192.0.2.1';
  return type === 'DS' ? '1 8 2 00' : `${type === 'MX' ? '0 ' : ''}${text(target)}`;
}

/** Absolute text of labels. */
export function text(labels: readonly string[]): string {
  return `${labels.join('.')}.`;
}

function list(records: readonly PlainRecord[]): string {
  return records.map((record) => `${record.type} ${rdataText(record)}`).join(', ');
}

function isBelow(name: readonly string[], ancestor: readonly string[]): boolean {
  return name.length >= ancestor.length && same(name.slice(name.length - ancestor.length), ancestor);
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((label, index) => label === b[index]);
}
