import { basename } from 'node:path';
import { readDovecot } from './dovecot.ts';
import { readExim } from './exim.ts';
import { readFolder } from './folder.ts';
import { type CertificateInventory, type InventoryPlace, readInventory } from './inventory.ts';
import { readOpenSmtpd } from './opensmtpd.ts';
import { readPostfix } from './postfix.ts';
import {
  type CertificateSource,
  contentOf,
  Gathering,
  type SourceKind,
  type SourcePort,
  textOfFile,
} from './source.ts';

/** Reads an inventory: the value that fits the schema with the places of its entries, or the sentence that says why there is none. */
export type InventoryParser = (
  bytes: Uint8Array,
) =>
  | { readonly inventory: CertificateInventory; readonly places: readonly InventoryPlace[] }
  | { readonly problem: string; readonly line?: number };

/** Reads a source of any kind, recognised by its name and its content. */
export function readSource(path: string, port: SourcePort, parseInventory: InventoryParser): CertificateSource {
  const found = new Gathering(port);
  const at = { file: path, what: 'source' };
  const kind = port.kind(path);
  if (kind === 'folder') return readFolder(path, port);
  const bytes = kind === 'missing' ? undefined : port.read(path);
  if (bytes === undefined) {
    found.complain('unreadable', at, '');
    return { kind: 'certificate', entries: [], problems: found.problems };
  }
  switch (recognise(path, bytes)) {
    case 'postfix':
      return readPostfix(path, bytes, port);
    case 'exim':
      return readExim(path, bytes, port);
    case 'opensmtpd':
      return readOpenSmtpd(path, bytes, port);
    case 'dovecot':
      return readDovecot(path, bytes, port);
    case 'inventory': {
      const parsed = parseInventory(bytes);
      if ('inventory' in parsed) return readInventory(path, parsed.inventory, parsed.places, port);
      const { problem, line } = parsed;
      found.complain('bad-inventory', line === undefined ? at : { ...at, line }, problem);
      return { kind: 'inventory', entries: [], problems: found.problems };
    }
    case 'certificate':
      found.add({ file: path, roles: [], said: 'nobody', from: at });
      return found.end('certificate', at, 'no certificate is in this file');
    default:
      found.complain('not-recognised', at, contentOf(bytes) === 'key' ? 'a private key' : 'no source of certificates');
      return { kind: 'certificate', entries: [], problems: found.problems };
  }
}

/** File names that configurations have, their content allowing. */
const NAMES: readonly (readonly [SourceKind, RegExp])[] = [
  ['postfix', /^main\.cf(?:\.proto)?$/u],
  ['exim', /^exim4?\.conf(?:ig|ure)?|^exim4?\.conf\.template$|^configure$/u],
  ['opensmtpd', /^(?:open)?smtpd\.conf$/u],
  ['dovecot', /^dovecot\.conf$|^\d+-ssl\.conf$/u],
  ['inventory', /\.json$/u],
];

/** What each kind of configuration holds and no other does. */
const CONTENTS: readonly (readonly [SourceKind, RegExp])[] = [
  [
    'exim',
    /^begin[ \t]+(?:acl|routers|transports|retry)\b|^[ \t]*tls_(?:certificate|privatekey|advertise_hosts)[ \t]*=/mu,
  ],
  ['dovecot', /^[ \t]*(?:ssl_(?:cert|key|server_\w+)|dovecot_config_version|protocols)[ \t]*=|^!include/mu],
  [
    'opensmtpd',
    /^[ \t]*(?:pki[ \t]+\S+[ \t]+(?:cert|key)\b|listen[ \t]+on\b|action[ \t]+\S+[ \t]+(?:relay|maildir|mbox))/mu,
  ],
  ['postfix', /^(?:(?:smtpd|smtp|lmtp|tls)_\w+|myhostname|compatibility_level|mydestination|queue_directory)[ \t]*=/mu],
  ['inventory', /^\uFEFF?\s*\{/u],
];

/** What a file is, undefined for none of the known kinds. */
export function recognise(path: string, bytes: Uint8Array): SourceKind | undefined {
  if (contentOf(bytes) === 'certificate') return 'certificate';
  const text = textOfFile(bytes.subarray(0, 2 ** 20));
  const named = NAMES.find(([, name]) => name.test(basename(path)))?.[0];
  const held = CONTENTS.filter(([, content]) => content.test(text)).map(([kind]) => kind);
  if (named !== undefined && (held.includes(named) || held.length === 0)) {
    // smtpd.conf is the name of a file of the SASL library too, and configure that of many scripts.
    return held.length === 0 && (named === 'opensmtpd' || named === 'exim') ? undefined : named;
  }
  return held[0];
}
