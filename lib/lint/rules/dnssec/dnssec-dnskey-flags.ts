import { PROTOCOL, REVOKE, SECURE_ENTRY_POINT, ZONE_KEY } from '../../../dnssec/keys.ts';
import type { Rule } from '../../rule.ts';
import { signedExample } from './examples.ts';
import { signingOf } from './signing.ts';

const KNOWN = ZONE_KEY | REVOKE | SECURE_ENTRY_POINT;

/** A DNSKEY with unusual flags or protocol (RFC 4034 §2.1). */
export const rule: Rule = {
  id: 'dnssec-dnskey-flags',
  group: 'dnssec',
  level: 'warning',
  cites: ['RFC 4034 §2.1.1', 'RFC 4034 §2.1.2', 'RFC 5011 §7'],
  what: 'The flags of a DNSKEY are not 256 or 257, or its protocol is not 3; a revoked key is an info.',
  why: 'Validators ignore keys that are no zone keys, and software may refuse what is reserved.',
  help: 'Write the flags 257 for a key that the parent points at, 256 for others, and the protocol 3.',
  bad: { zone: '@ DNSKEY 255 3 15 iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w= ; expect\n' },
  good: signedExample(),
  say: ({ tag, flags, protocol, revoked }) => {
    if (protocol !== undefined) return `the key ${tag} has the protocol ${protocol}; expected 3`;
    return revoked === 'yes'
      ? `the key ${tag} is revoked (flags ${flags}); remove it when those who trust it have seen that`
      : `the key ${tag} has the flags ${flags}; expected 256 or 257`;
  },
  check(facts, report) {
    const { signed, keys } = signingOf(facts);
    for (const { record, key, tag, fault } of keys) {
      const { flags, protocol } = key;
      // What makes a key of a signed zone useless is more than a warning.
      if (signed && fault !== undefined) continue;
      if (protocol !== PROTOCOL) report.record(record, 'protocol', { args: { tag, flags, protocol } });
      if ((flags & ~KNOWN) !== 0 || (flags & ZONE_KEY) === 0) report.record(record, 'flags', { args: { tag, flags } });
      else if (flags & REVOKE) {
        report.record(record, 'flags', { args: { tag, flags, revoked: 'yes' }, severity: 'info' });
      }
    }
  },
};
