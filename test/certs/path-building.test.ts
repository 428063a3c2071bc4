import { describe, expect, test } from 'vitest';
import type { Certificate } from '../../lib/certs/path-member.ts';
import { loadTrust } from '../../lib/certs/trust.ts';
import { type PathVerdict, validatePath } from '../../lib/certs/validate-path.ts';
import { now } from './chains.ts';
import { pooled, type SignedLine, soundLine, utcTime } from './line.ts';
import { certificateOf, ext, makeDer, pem, type Wish } from './maker.ts';
import { askOpenssl, opensslVersion } from './peers.ts';

const openssl = opensslVersion();
if (openssl === undefined) console.log('openssl is not installed: the comparison with openssl verify is left out');

const day = 86_400_000;
const expired: Partial<Wish> = { to: utcTime(now - day) };
const [leafWish, caWish, rootWish] = soundLine(3, 'B', now).wishes as [Wish, Wish, Wish];
let serial = 1;

/** A CA certificate by the names and numbers of keys of subject and issuer. */
function authority(
  subject: string,
  key: number,
  issuer: string,
  signer: number,
  more: Partial<Wish> = {},
): Certificate {
  const identifiers = [
    ext.subjectKey(key),
    ...(subject === issuer && key === signer ? [] : [ext.authorityKey(signer)]),
  ];
  const wish: Wish = {
    ...(subject === issuer ? rootWish : caWish),
    subject: `CN=${subject}`,
    issuer: `CN=${issuer}`,
    key: pooled(key),
    signer: pooled(signer),
    serial: serial++,
    extensions: [ext.basic(true), ext.keyUsage('keyCertSign'), ...identifiers],
  };
  return certificateOf(makeDer({ ...wish, ...more }));
}

function host(issuer: string, signer: number, more: Partial<Wish> = {}): Certificate {
  const extensions = [...leafWish.extensions.slice(0, -1), ext.authorityKey(signer)];
  return certificateOf(makeDer({ ...leafWish, issuer: `CN=${issuer}`, signer: pooled(signer), extensions, ...more }));
}

const withoutIdentifiers: Partial<Wish> = { extensions: [ext.basic(true), ext.keyUsage('keyCertSign')] };

// What Let's Encrypt's subscribers sent in September 2021, when the old root had expired.
const oldRoot = authority('Old Root', 70, 'Old Root', 70, expired);
const newRoot = authority('New Root', 71, 'New Root', 71);
const newByOld = authority('New Root', 71, 'Old Root', 70);
const newByOldExpired = authority('New Root', 71, 'Old Root', 70, expired);
const issuing = authority('Issuing', 72, 'New Root', 71);
const leaf = host('Issuing', 72);

// One CA under two roots, and a root whose name another CA has too.
const otherRoot = authority('Other Root', 73, 'Other Root', 73);
const issuingByOther = authority('Issuing', 72, 'Other Root', 73);
const namesake = authority('New Root', 74, 'New Root', 74);
const silentNamesake = authority('New Root', 74, 'New Root', 74, withoutIdentifiers);
const silentRoot = authority('New Root', 71, 'New Root', 71, withoutIdentifiers);
const silentIssuing = authority('Issuing', 72, 'New Root', 71, withoutIdentifiers);
const silentLeaf = host('Issuing', 72, { extensions: leafWish.extensions.slice(0, -1) });

// Two CAs that issued each other.
const [left, right] = [authority('Left', 75, 'Right', 76), authority('Right', 76, 'Left', 75)];
const mistaken = host('Issuing', 72, { extensions: [...leafWish.extensions.slice(0, -1), ext.authorityKey(79)] });

/** Given certificates, trusted ones, and what comes of it: `code@index` of the faults, and the length of the path. */
type BuildingRow = readonly [
  label: string,
  leaf: Certificate,
  others: readonly Certificate[],
  trusted: readonly Certificate[],
  expected: string,
  length: number,
  more?: { readonly partialChain?: boolean; readonly differs?: string },
];

const rows: readonly BuildingRow[] = [
  ['an expired root above a trusted one', leaf, [issuing, newByOld], [oldRoot, newRoot], '', 3],
  ['an expired cross-signed root beside a trusted one', leaf, [issuing, newByOldExpired], [newRoot], '', 3],
  ['an expired cross-signed root in the trust store', leaf, [issuing], [newByOldExpired, newRoot], '', 3],
  ['the expired root alone', leaf, [issuing, newByOld], [oldRoot], 'expired@3', 4],
  [
    'the expired root and the expired cross-signed one',
    leaf,
    [issuing, newByOldExpired],
    [oldRoot],
    'expired@2 expired@3',
    4,
  ],
  ['the expired root, cut short by partialChain', leaf, [issuing], [newByOld], '', 3, { partialChain: true }],
  ['a cross-signed root that is trusted and issued by nobody', leaf, [issuing], [newByOld], 'issuer-missing@2', 3],
  [
    'a cross-signed CA, the other root trusted',
    leaf,
    [issuing, issuingByOther],
    [otherRoot],
    '',
    3,
    { differs: 'OpenSSL goes on with the first issuer that fits and does not come back' },
  ],
  [
    'a cross-signed CA, the other root trusted, in the better order',
    leaf,
    [issuingByOther, issuing],
    [otherRoot],
    '',
    3,
  ],
  ['a cross-signed CA, both roots trusted', leaf, [issuingByOther, issuing], [newRoot, otherRoot], '', 3],
  [
    'a cross-signed CA, one branch expired',
    leaf,
    [authority('Issuing', 72, 'Other Root', 73, expired), issuing],
    [newRoot, otherRoot],
    '',
    3,
  ],
  [
    'a cross-signed CA, one branch forged',
    leaf,
    [authority('Issuing', 72, 'Other Root', 73, { forged: true }), issuing],
    [newRoot, otherRoot],
    '',
    3,
    { differs: 'OpenSSL goes on with the first issuer that fits and does not come back' },
  ],
  ['two roots of one name, told apart by identifiers', leaf, [issuing], [namesake, newRoot], '', 3],
  [
    'two roots of one name, told apart by their signatures only',
    silentLeaf,
    [silentIssuing],
    [silentNamesake, silentRoot],
    '',
    3,
    { differs: 'OpenSSL tries the first certificate of the name only' },
  ],
  [
    'a root of the right name and another key',
    leaf,
    [issuing],
    [namesake],
    'key-identifier-mismatch@1 signature-invalid@1',
    3,
  ],
  ['the authority key of nobody', mistaken, [issuing], [newRoot], 'key-identifier-mismatch@0', 3],
  ['a self-signed root beside the path that nobody trusts', leaf, [issuing, newRoot], [otherRoot], 'self-signed@2', 3],
  ['nothing but the leaf', leaf, [], [newRoot], 'issuer-missing@0', 1],
  [
    'every certificate twice and out of order',
    leaf,
    [newByOld, issuing, leaf, newByOld, issuing, newRoot],
    [newRoot, oldRoot],
    '',
    3,
  ],
  ['CAs that issued each other', host('Left', 75), [left, right], [newRoot], 'issuer-missing@2', 3],
  [
    'CAs that issued each other below a trusted one',
    host('Left', 75),
    [left, right, authority('Left', 75, 'New Root', 71)],
    [newRoot],
    '',
    3,
  ],
  ['a trusted leaf that is not self-signed', leaf, [], [leaf], 'issuer-missing@0', 1],
  ['a trusted leaf that is not self-signed, with partialChain', leaf, [], [leaf], '', 1, { partialChain: true }],
  ['a trusted CA and its root missing, with partialChain', leaf, [], [issuing], '', 2, { partialChain: true }],
  [
    'a trusted CA that has expired, with partialChain',
    leaf,
    [],
    [authority('Issuing', 72, 'New Root', 71, expired)],
    'expired@1',
    2,
    { partialChain: true },
  ],
  [
    'a trusted CA that has expired beside one with a trusted root',
    leaf,
    [issuing],
    [authority('Issuing', 72, 'New Root', 71, expired), newRoot],
    '',
    3,
    { partialChain: true, differs: 'OpenSSL ends a path at the first trusted certificate' },
  ],
];

function judge([, one, others, trusted, , , more]: BuildingRow): PathVerdict {
  const trust = loadTrust([{ name: 'store', bytes: Buffer.from(pem(...trusted.map(({ der }) => der))) }]);
  const partialChain = more?.partialChain ?? false;
  return validatePath({ leaf: one, others, trust, role: 'server', eku: 'strict', now, partialChain });
}

const named = rows.map((row) => ({ label: row[0], row }));

test.each(named)('$label', ({ row }) => {
  const [, , , , expected, length] = row;
  const { valid, faults, path } = judge(row);
  const told = faults.map(({ code, index }) => `${code}@${index}`);
  expect(told.sort().join(' ')).toBe(expected);
  expect(path).toHaveLength(length);
  expect(valid).toBe(expected === '');
});

test('the order of the certificates changes no verdict', () => {
  for (const row of rows) {
    const [label, one, others, trusted, ...rest] = row;
    const turned: BuildingRow = [label, one, others.toReversed(), trusted.toReversed(), ...rest];
    expect(judge(turned), label).toMatchObject({ valid: judge(row).valid, path: { length: row[5] } });
  }
});

describe.runIf(openssl !== undefined)('openssl verify', () => {
  test.each(named)('on $label', async ({ row }) => {
    const [, one, others, trusted, expected, , more] = row;
    const line: SignedLine = { leaf: one, others, trusted, leafKey: pooled(0) };
    const options = ['-purpose', 'sslserver', ...(more?.partialChain === true ? ['-partial_chain'] : [])];
    const [said] = await askOpenssl([line], now, options);
    expect(said!.accepts).toBe((expected === '') === (more?.differs === undefined));
  });
});
