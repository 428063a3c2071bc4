import type { DkimPublicKey } from '../../../mail/dkim-key.ts';
import { textFix } from '../../common-fixes.ts';
import { bare } from '../../common-words.ts';
import type { Details, Rule } from '../../rule.ts';
import { shownText } from '../mail-dmarc/tag-problems.ts';
import { inStrings, RSA_2048 } from './example-keys.ts';
import { dkimKeys } from './records.ts';

/** The key of a DKIM key record cannot be read (RFC 6376 §3.6.1). */
export const rule: Rule = {
  id: 'dkim-key-undecodable',
  group: 'mail-dkim',
  level: 'error',
  cites: ['RFC 6376 §3.6.1', 'RFC 4648 §4', 'RFC 5280 §4.1.2.7'],
  what: 'The tag p of a DKIM key record is not the base64 text of a public key.',
  why: 'Verifiers cannot read the key, and every signature made with it fails.',
  help: 'Copy the public key again: the text between the BEGIN and END lines, without line ends.',
  bad: { zone: 's1._domainkey TXT "v=DKIM1; k=rsa; p=MIGf..." ; expect\n' },
  good: { zone: `s1._domainkey TXT ${inStrings(`v=DKIM1; k=rsa; p=${RSA_2048}`)}\n` },
  fix: 'unsafe',
  say: ({ name, reason }) => `DKIM key of ${name} ${reason}`,
  check(facts, report) {
    for (const { record, owner, dkim } of dkimKeys(facts)) {
      const { key, publicKey } = dkim;
      const fault = publicKey === undefined || key === undefined ? undefined : faultOf(publicKey, key.value);
      if (fault === undefined || key === undefined) continue;
      const from = key.valueStart + (fault.from ?? 0);
      const to = fault.to === undefined ? key.valueEnd : key.valueStart + fault.to;
      const end = { from: key.valueEnd, to: key.valueEnd };
      const fix = { title: 'add the padding', safe: true };
      report.text(record, from, to, {
        args: { name: bare(facts.nameText(owner)), reason: fault.reason },
        ...(fault.severity !== undefined && { severity: fault.severity }),
        fixes: fault.padding === undefined ? [] : textFix(facts, record, end, fault.padding, fix),
      });
    }
  },
};

interface KeyFault {
  readonly reason: string;
  readonly from?: number;
  readonly to?: number;
  readonly severity?: Details['severity'];
  readonly padding?: string;
}

function faultOf(key: DkimPublicKey, value: string): KeyFault | undefined {
  switch (key.kind) {
    case 'not-base64': {
      const { from, to } = key;
      if (value.startsWith('-----BEGIN')) return { reason: 'is a PEM block; expected the base64 text in it alone' };
      return { reason: `has "${shownText(value.slice(from, to))}"; expected base64 text alone`, from, to };
    }
    case 'not-a-key':
      return { reason: `is no public key: ${key.reason}; expected a whole SubjectPublicKeyInfo` };
    case 'private':
      return { reason: 'is a PRIVATE key, which everybody can read now; expected a new pair and its public key here' };
    case 'rsa':
    case 'ed25519': {
      const { paddingMissing: missing } = key;
      const padding = '='.repeat(missing);
      if (missing > 0) {
        return { reason: `lacks the final "${padding}" of its base64 text; expected it`, severity: 'warning', padding };
      }
      if (key.kind === 'ed25519' || key.wrapped) return undefined;
      return {
        reason: 'is a bare RSAPublicKey, which many verifiers do not read; expected a SubjectPublicKeyInfo (MII...)',
        severity: 'warning',
      };
    }
    default:
      return undefined;
  }
}
