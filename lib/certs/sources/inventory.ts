import type { CertificateRole } from '../roles.ts';
import { type CertificateSource, countedFrom, folderOfFile, Gathering, type SourcePort } from './source.ts';

/** What schemas/certificates.schema.json describes. */
export interface CertificateInventory {
  readonly version: 1;
  readonly certificates: readonly {
    readonly path: string;
    readonly roles?: readonly CertificateRole[];
    readonly hosts?: readonly string[];
    readonly domains?: readonly string[];
    readonly ports?: readonly number[];
  }[];
}

/** The certificates of an inventory that was parsed and fits its schema; paths count from its folder. */
export function readInventory(file: string, inventory: CertificateInventory, port: SourcePort): CertificateSource {
  const found = new Gathering(port);
  inventory.certificates.forEach(({ path, roles = [], hosts, domains, ports }, index) => {
    found.add({
      file: countedFrom(folderOfFile(file), path),
      roles,
      said: roles.length > 0 ? 'inventory' : 'nobody',
      from: { file, what: `certificates[${index}]` },
      ...(hosts === undefined ? {} : { hosts: hosts.map(bare) }),
      ...(domains === undefined ? {} : { domains: domains.map(bare) }),
      ...(ports === undefined ? {} : { ports }),
    });
  });
  return found.end('inventory', { file, what: 'inventory' }, 'this inventory lists no certificate');
}

function bare(name: string): string {
  return name.toLowerCase().replace(/\.$/u, '');
}
