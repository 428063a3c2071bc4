import { describe, expect, it } from 'vitest';
import { DRAFTS, type Drafts, serviceName } from '../../lib/lint/drafts.ts';
import { lintZone } from '../../lib/lint/engine.ts';
import { activeRules } from '../../lib/lint/profiles.ts';
import { findRule, RULES } from '../../lib/lint/rules.ts';
import { nameFromText } from '../../lib/rr/name.ts';
import { applyEdits } from '../../lib/text/edits.ts';
import { readZone } from '../../lib/zone/read.ts';
import { HEADER, NOW } from './example.ts';

const OTHER: Drafts = {
  clientMxType: 65_300,
  label: '_tls-smtp',
  protocol: '_sctp',
  starttlsPort: 2525,
  implicitTlsPort: 8425,
  negativeCacheLeast: 4000,
};

/** Rule, name and sentence of every finding of every rule of both drafts. */
function findings(lines: string, drafts: Drafts | undefined): string[] {
  return lint(lines, drafts).found.map(
    ({ rule, type, args }) => `${rule} ${type ?? ''}: ${findRule(rule)?.say(args) ?? ''}`,
  );
}

function lint(lines: string, drafts: Drafts | undefined): { found: ReturnType<typeof lintZone>; bytes: Uint8Array } {
  const origin = nameFromText('example.net.');
  if ('problem' in origin) throw new Error('no origin');
  const bytes = new TextEncoder().encode(HEADER + lines);
  const zone = readZone({ name: 'example.net.zone', bytes, origin: origin.name });
  const select = ['client-mx', 'smtp-tls-srv'];
  const { active } = activeRules(RULES, { profile: 'strict', select, ignore: [], levels: new Map() });
  return { found: lintZone({ zone, now: NOW, drafts, certificateFiles: new Map() }, active), bytes };
}

const NULL_BESIDE_OTHER = (type: string): string => `@ MX 10 mx1
mx1 A 192.0.2.10
@ ${type} \\# 3 000000
@ ${type} \\# 19 000a036d7831076578616d706c65036e657400
@ NSEC mx1 NS SOA MX RRSIG NSEC TYPE265
`;

describe('the unsettled values of the drafts', () => {
  it('have the type number of Client MX', () => {
    const usual = findings(NULL_BESIDE_OTHER('TYPE265'), undefined);
    expect(usual.join('\n')).toMatch(/^client-mx-null-not-alone TYPE265:/mu);
    expect(usual.join('\n')).not.toContain('client-mx-in-nsec-bitmap');
    expect(findings(NULL_BESIDE_OTHER('TYPE65300'), undefined).join('\n')).not.toMatch(/^client-mx-null/mu);
    const other = findings(NULL_BESIDE_OTHER('TYPE65300'), OTHER).join('\n');
    expect(other).toMatch(/^client-mx-null-not-alone TYPE65300:/mu);
    expect(other).toContain('lists no TYPE65300 though Client MX stands there');
    expect(other).toContain('type 65300 (Client MX)');
    expect(findings(NULL_BESIDE_OTHER('TYPE265'), OTHER).join('\n')).not.toMatch(/^client-mx/mu);
  });

  it('stand in fixes', () => {
    const { found, bytes } = lint('@ CLIENTMX 10 mx1\n@ MX 10 mx1\nmx1 A 192.0.2.10\n', OTHER);
    const edits = found.find(({ rule }) => rule === 'client-mx-mnemonic-nonportable')?.fixes[0]?.edits ?? [];
    expect(new TextDecoder().decode(applyEdits(bytes, edits))).toContain(
      '@ TYPE65300 \\# 19 000a036d7831076578616d706c65036e657400',
    );
  });

  it('have the labels and ports of SRV', () => {
    const lines = `@ MX 10 mx1
mx1 A 192.0.2.10
_tls-smtp._sctp SRV 0 0 842 mx1
_tls-smtp._tcp SRV 0 0 8425 mx1
`;
    expect(findings(lines, OTHER).filter((one) => /port|proto/u.test(one))).toEqual([
      'smtp-tls-srv-nonstandard-port SRV: SRV of example.net announces Implicit TLS on port 842 of mx1.example.net; expected 8425, or 2525 for STARTTLS',
      'smtp-tls-srv-wrong-proto SRV: _tls-smtp._tcp.example.net is below _tcp; expected _sctp, the only label senders ask for',
    ]);
    expect(findings(lines, undefined).join('\n')).toMatch(/^smtp-tls-srv-missing-for-mail-domain/mu);
  });

  it('have the time below which a negative answer is of no use', () => {
    const lines = '@ MX 10 mx1\nmx1 A 192.0.2.10\n';
    expect(findings(lines, DRAFTS).join('\n')).not.toContain('smtp-tls-srv-negative-ttl');
    expect(findings(lines, OTHER).join('\n')).toContain(
      `that example.net has no record at ${serviceName(OTHER, 'example.net')} is cached for 1 hour only; expected at least 4000 seconds`,
    );
  });
});
