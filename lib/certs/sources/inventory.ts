import type { Span } from '../../text/diagnostic.ts';
import type { CertificateRole } from '../roles.ts';
import {
  type CertificateSource,
  contentOf,
  countedFrom,
  folderOfFile,
  Gathering,
  type SaidAt,
  type SourcePort,
} from './source.ts';

/** One certificate of an inventory: the file that holds it, or its PEM text itself. */
export interface InventoryEntry {
  readonly path?: string;
  readonly pem?: string;
  readonly key?: string;
  readonly roles?: readonly CertificateRole[];
  readonly hosts?: readonly string[];
  readonly domains?: readonly string[];
  readonly ports?: readonly number[];
}

/** What schemas/certificates.schema.json describes. */
export interface CertificateInventory {
  readonly version: 1;
  readonly certificates: readonly InventoryEntry[];
}

/** Where an entry of an inventory stands in its file: its line from 1, and the octets of its path or PEM text. */
export interface InventoryPlace {
  readonly line: number;
  readonly span: Span;
}

/** The certificates of an inventory that was parsed and fits its schema; paths count from its folder. */
export function readInventory(
  file: string,
  inventory: CertificateInventory,
  places: readonly InventoryPlace[],
  port: SourcePort,
): CertificateSource {
  const found = new Gathering(port);
  inventory.certificates.forEach((entry, index) => {
    const place = places[index];
    const line = place === undefined ? {} : { line: place.line };
    add(found, entry, index, { file, what: `certificates[${index}]`, ...line }, place?.span);
  });
  return found.end('inventory', { file, what: 'inventory' }, 'this inventory lists no certificate');
}

function add(found: Gathering, entry: InventoryEntry, index: number, from: SaidAt, span: Span | undefined): void {
  const { path, pem, key, roles = [], hosts, domains, ports } = entry;
  const folder = folderOfFile(from.file);
  const more = {
    roles,
    said: 'inventory' as const,
    from,
    ...(key === undefined ? {} : { key: countedFrom(folder, key) }),
    ...(hosts === undefined ? {} : { hosts: hosts.map(bare) }),
    ...(domains === undefined ? {} : { domains: domains.map(bare) }),
    ...(ports === undefined ? {} : { ports }),
  };
  if (pem === undefined) {
    if (path !== undefined) found.add({ file: countedFrom(folder, path), ...more });
    return;
  }
  const bytes = new TextEncoder().encode(pem);
  if (contentOf(bytes) !== 'certificate' || holdsKey(pem)) {
    const what = holdsKey(pem) ? 'holds a private key: take it out' : 'holds no PEM block of a certificate';
    found.complain('bad-inventory', from, `certificates[${index}].pem ${what}`);
    return;
  }
  found.add({ file: from.file, embedded: { bytes, index, span: span ?? { start: 0, end: 0 } }, ...more });
}

/** A key has no place in a file that is made to be handed on. */
function holdsKey(pem: string): boolean {
  return /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/u.test(pem);
}

function bare(name: string): string {
  return name.toLowerCase().replace(/\.$/u, '');
}
