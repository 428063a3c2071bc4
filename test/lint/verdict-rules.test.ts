import { describe, expect, it } from 'vitest';
import { readCertificateFile } from '../../lib/certs/load.ts';
import { type PathFaultCode, pathFault } from '../../lib/certs/path-faults.ts';
import { RULES } from '../../lib/lint/rules.ts';
import { RULE_OF_FLAG, rulesOfFault } from '../../lib/lint/verdict-rules.ts';
import {
  briefReason,
  describeMtlsFault,
  helpForMtlsFault,
  mtlsFault,
  mtlsPathFault,
  type SessionFaultCode,
} from '../../lib/mail/mtls-faults.ts';
import { PATH_FAULT_BRIEF, PATH_FAULT_HELP } from '../../lib/mail/mtls-path-help.ts';
import { makeChain, set, soundChain } from '../certs/chains.ts';

const ids = new Set(RULES.map(({ id }) => id));
const roles = ['server', 'client'] as const;
const session: readonly SessionFaultCode[] = [
  'no-tls',
  'no-certificate',
  'no-names',
  'name-not-listed',
  'wildcard-only',
  'common-name-only',
  'other-host',
  'null-list',
  'no-list',
  'list-unknown',
  'dane',
  'mta-sts',
];
const codes = Object.keys(PATH_FAULT_HELP) as PathFaultCode[];

describe('the rules of verdicts', () => {
  it.each(session.flatMap((code) => roles.map((role) => [code, role] as const)))('%s of a %s', (code, role) => {
    const fault = mtlsFault(code, role, { list: 'SRV and Server MX' });
    expect(rulesOfFault(fault).filter((id) => !ids.has(id))).toEqual([]);
    for (const text of [describeMtlsFault(fault), helpForMtlsFault(fault), briefReason([fault])])
      expect(text).not.toMatch(/[{}]|undefined|\.$/);
  });

  it.each(codes.flatMap((code) => roles.map((role) => [code, role] as const)))(
    '%s in the path of a %s',
    (code, role) => {
      for (const index of [0, 1]) {
        const fault = mtlsPathFault(pathFault(code, index), role, 'CN=a');
        const rules = rulesOfFault(fault);
        expect(rules.length).toBeGreaterThan(0);
        expect(rules.filter((id) => !ids.has(id))).toEqual([]);
        for (const text of [describeMtlsFault(fault), helpForMtlsFault(fault), briefReason([fault])])
          expect(text).not.toMatch(/[{}]|undefined|\.$/);
      }
      expect(PATH_FAULT_BRIEF[code]).toMatch(/^[a-z]/);
    },
  );

  it('of flags exist', () => {
    expect(Object.values(RULE_OF_FLAG).filter((id) => !ids.has(id))).toEqual([]);
  });

  it('tell a certificate that is its own issuer from one of a CA nobody knows', () => {
    const fault = mtlsPathFault(pathFault('self-signed', 0), 'server', '');
    const own = makeChain(set('leaf', { issuer: 'O=Example/CN=mx1.example.net', signer: 4 })(soundChain)).leaf;
    const [given] = readCertificateFile('a.der', own.der, ['server']).certificates;
    expect(rulesOfFault(fault, given)).toEqual(['cert-self-signed']);
    const [sound] = readCertificateFile('a.der', makeChain(soundChain).leaf.der, ['server']).certificates;
    expect(rulesOfFault({ ...fault, code: 'issuer-missing' }, sound)).toEqual(['cert-not-public-ca']);
  });

  it('count faults that are too many for a line', () => {
    const faults = codes.map((code) => mtlsPathFault(pathFault(code, 0), 'server', ''));
    expect(briefReason(faults)).toMatch(/; \d+ more faults$/);
  });
});
