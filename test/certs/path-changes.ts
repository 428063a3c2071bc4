import { der } from './cases.ts';
import { both, type Chain, type Change, clientAuth, drop, put, serverAuth, set, soundChain } from './chains.ts';
import { ext, general, oid, type Wish } from './maker.ts';

/** A change of the sound chain, and the faults of the path for a server: `code@index`, 0 the leaf, 3 the root. */
export type ChangeRow = readonly [label: string, change: Change, faults: string];

const anyPurpose = '2.5.29.37.0';
const codeSigning = '1.3.6.1.5.5.7.3.3';
const [red, blue, anyPolicy] = ['1.2.3.1', '1.2.3.2', '2.5.29.32.0'];
const leafNames = (...names: readonly Uint8Array[]): Change => put('leaf', ext.names(...names));
const permit = (...bases: readonly Uint8Array[]): Change => put('upper', ext.constraints(bases));
const exclude = (...bases: readonly Uint8Array[]): Change => put('upper', ext.constraints([], bases));
const withPolicies = (upper: readonly string[], lower: readonly string[], leaf: readonly string[]): Change =>
  both(
    put('upper', ext.policies(...upper), ext.policyConstraints(0)),
    put('lower', ext.policies(...lower)),
    put('leaf', ext.policies(...leaf)),
  );
const mustHave = put('upper', ext.policies(red!), ext.policyConstraints(0));
const add =
  (...wishes: readonly Wish[]): Change =>
  (chain: Chain): Chain => ({ ...chain, extra: [...(chain.extra ?? []), ...wishes] });
const withhold =
  (...places: readonly ('upper' | 'lower')[]): Change =>
  (chain: Chain): Chain => ({ ...chain, withheld: places });
const { root, upper, lower, leaf } = soundChain;

/** Upper signed by another root that nobody trusts. */
const crossSigned: Wish = {
  ...upper,
  issuer: 'O=Other/CN=Root',
  signer: 9,
  serial: 20,
  extensions: [...upper.extensions.slice(0, 3), ext.authorityKey(9)],
};
/** The same name and key as Upper, self-issued: signed with an older key of its own. */
const rolledOver: Wish = {
  ...upper,
  issuer: upper.subject,
  signer: 8,
  serial: 21,
  extensions: [...upper.extensions.slice(0, 3), ext.authorityKey(8)],
};
const oldUpper: Wish = {
  ...upper,
  key: 8,
  serial: 22,
  extensions: [...upper.extensions.slice(0, 2), ext.subjectKey(8), ext.authorityKey(1)],
};

/** Validity, signatures, building. */
const building: readonly ChangeRow[] = [
  ['nothing', (chain) => chain, ''],
  ['leaf expired', set('leaf', { to: '261101000000Z' }), 'expired@0'],
  ['leaf not yet valid', set('leaf', { from: '270101000000Z' }), 'not-yet-valid@0'],
  ['leaf ends at this second', set('leaf', { to: '261122120000Z' }), ''],
  ['leaf ended a second ago', set('leaf', { to: '261122115959Z' }), 'expired@0'],
  ['leaf begins at this second', set('leaf', { from: '261122120000Z' }), ''],
  ['leaf without end', set('leaf', { to: '99991231235959Z' }), ''],
  ['lower expired', set('lower', { to: '261101000000Z' }), 'expired@1'],
  ['upper not yet valid', set('upper', { from: '270101000000Z' }), 'not-yet-valid@2'],
  ['root expired', set('root', { to: '261101000000Z' }), 'expired@3'],
  ['leaf forged', set('leaf', { forged: true }), 'signature-invalid@0'],
  ['lower forged', set('lower', { forged: true }), 'signature-invalid@1'],
  ['upper forged', set('upper', { forged: true }), 'signature-invalid@2'],
  ['root forged, which nobody checks', set('root', { forged: true }), ''],
  ['leaf signed by another key', set('leaf', { signer: 9 }), 'signature-invalid@0'],
  [
    'inner algorithm differs',
    set('leaf', { innerAlgorithm: '1.3.101.113' }),
    'signature-algorithm-differs@0 signature-invalid@0',
  ],
  ['unknown signature algorithm', set('leaf', { algorithm: '1.2.3.4' }), '?signature-algorithm-unknown@0'],
  ['lower missing', withhold('lower'), 'issuer-missing@0'],
  ['upper missing', withhold('upper'), 'issuer-missing@1'],
  ['both missing', withhold('upper', 'lower'), 'issuer-missing@0'],
  ['another root of this name', set('root', { key: 9, signer: 9 }), 'signature-invalid@2'],
  ['a root of another name', set('root', { subject: 'CN=x', issuer: 'CN=x' }), 'issuer-missing@2'],
  [
    'leaf self-signed',
    set('leaf', {
      issuer: leaf.subject,
      signer: 4,
      extensions: leaf.extensions.filter(({ id }) => id !== '2.5.29.35'),
    }),
    'self-signed@0',
  ],
  ['root beside the chain', add(root), ''],
  [
    'unrelated beside the chain',
    add({ ...leaf, serial: 30, subject: 'CN=x' }, { ...root, subject: 'CN=y', issuer: 'CN=y', serial: 31 }),
    '',
  ],
  ['cross-signed upper first', (chain) => ({ ...chain, withheld: ['upper'], extra: [crossSigned, upper] }), ''],
  ['cross-signed upper only', (chain) => ({ ...chain, withheld: ['upper'], extra: [crossSigned] }), 'issuer-missing@2'],
  ['expired upper beside a valid one', add({ ...upper, serial: 23, to: '261101000000Z' }), ''],
  ['upper rolled over', (chain) => ({ ...chain, withheld: ['upper'], extra: [rolledOver, oldUpper] }), ''],
  [
    'a loop of two CA certificates',
    (chain) => ({
      ...chain,
      withheld: ['upper'],
      extra: [{ ...upper, issuer: lower.subject, signer: 3, extensions: crossSigned.extensions.slice(0, 3) }],
    }),
    'issuer-missing@2',
  ],
  [
    'names in other case and string type',
    both(set('leaf', { issuer: 'O=printable:EXAMPLE/CN=printable:lower' }), (chain) => chain),
    '',
  ],
  [
    'names with more spaces',
    both(set('lower', { subject: 'O=Example/CN=Lower  CA' }), set('leaf', { issuer: 'O=Example/CN= lower ca ' })),
    '',
  ],
  ['authority key of another', put('leaf', ext.authorityKey(7)), 'key-identifier-mismatch@0'],
  ['no authority key', drop('leaf', '2.5.29.35'), ''],
  ['no subject key of the issuer', drop('lower', '2.5.29.14'), ''],
  [
    'authority serial fits',
    put('leaf', { id: '2.5.29.35', value: der(0x30, der(0xa1, general.directory(upper.subject)), der(0x82, [3])) }),
    '',
  ],
  [
    'authority serial of another',
    put('leaf', { id: '2.5.29.35', value: der(0x30, der(0xa1, general.directory(upper.subject)), der(0x82, [9])) }),
    'key-identifier-mismatch@0',
  ],
  [
    'authority issuer of another',
    put('leaf', { id: '2.5.29.35', value: der(0x30, der(0xa1, general.directory('CN=x')), der(0x82, [3])) }),
    'key-identifier-mismatch@0',
  ],
];

/** basicConstraints, keyUsage, extKeyUsage, critical extensions. */
const extensions: readonly ChangeRow[] = [
  ['lower no CA', put('lower', ext.basic(false)), 'not-a-ca@1'],
  ['lower without basicConstraints', drop('lower', '2.5.29.19'), 'not-a-ca@1'],
  ['lower without any extension', set('lower', { extensions: [] }), 'not-a-ca@1'],
  ['lower of version 1', set('lower', { extensions: [], version: 1 }), 'not-a-ca@1'],
  ['root without basicConstraints', drop('root', '2.5.29.19'), 'not-a-ca@3'],
  ['root no CA', put('root', ext.basic(false)), 'not-a-ca@3'],
  ['basicConstraints of lower not critical', put('lower', ext.basic(true, undefined, false)), ''],
  ['leaf a CA', put('leaf', ext.basic(true), ext.keyUsage('digitalSignature', 'keyCertSign')), ''],
  ['pathLen 0 of lower', put('lower', ext.basic(true, 0)), ''],
  ['pathLen 1 of upper', put('upper', ext.basic(true, 1)), ''],
  ['pathLen 0 of upper', put('upper', ext.basic(true, 0)), 'path-length-exceeded@2'],
  ['pathLen 1 of root', put('root', ext.basic(true, 1)), 'path-length-exceeded@3'],
  ['pathLen 2 of root', put('root', ext.basic(true, 2)), ''],
  [
    'pathLen 0 of root and upper',
    both(put('root', ext.basic(true, 0)), put('upper', ext.basic(true, 0))),
    'path-length-exceeded@2 path-length-exceeded@3',
  ],
  [
    'pathLen 0 of lower above a CA leaf',
    both(
      put('lower', ext.basic(true, 0)),
      put('leaf', ext.basic(true), ext.keyUsage('digitalSignature', 'keyCertSign')),
    ),
    '',
  ],
  ['pathLen of a leaf', put('leaf', ext.basic(false, 0)), ''],
  [
    'lower self-issued under pathLen 0',
    both(
      put('upper', ext.basic(true, 0)),
      set('lower', { subject: upper.subject }),
      set('leaf', { issuer: upper.subject }),
    ),
    '',
  ],
  ['lower without keyUsage', drop('lower', '2.5.29.15'), ''],
  ['lower may not sign certificates', put('lower', ext.keyUsage('digitalSignature')), 'key-usage-cert-sign@1'],
  ['root may not sign certificates', put('root', ext.keyUsage('digitalSignature')), 'key-usage-cert-sign@3'],
  ['leaf without keyUsage', drop('leaf', '2.5.29.15'), ''],
  ['leaf for keyEncipherment', put('leaf', ext.keyUsage('keyEncipherment')), ''],
  ['leaf for keyAgreement', put('leaf', ext.keyUsage('keyAgreement')), ''],
  ['leaf for nonRepudiation', put('leaf', ext.keyUsage('nonRepudiation')), 'key-usage-role@0'],
  ['leaf that may only sign certificates', put('leaf', ext.keyUsage('keyCertSign')), 'key-usage-role@0'],
  ['leaf for servers', put('leaf', ext.purposes(serverAuth)), ''],
  ['leaf for clients', put('leaf', ext.purposes(clientAuth)), 'extended-key-usage@0'],
  ['leaf without purposes', drop('leaf', '2.5.29.37'), ''],
  ['leaf for any purpose', put('leaf', ext.purposes(anyPurpose)), ''],
  ['leaf for code', put('leaf', ext.purposes(codeSigning)), 'extended-key-usage@0'],
  ['lower for servers', put('lower', ext.purposes(serverAuth)), ''],
  ['lower for clients', put('lower', ext.purposes(clientAuth)), 'extended-key-usage@1'],
  ['lower for any purpose', put('lower', ext.purposes(anyPurpose)), ''],
  ['root for code', put('root', ext.purposes(codeSigning)), 'extended-key-usage@3'],
  [
    'upper for clients, leaf for servers',
    both(put('upper', ext.purposes(clientAuth)), put('leaf', ext.purposes(serverAuth))),
    'extended-key-usage@2',
  ],
  [
    'unknown critical extension of the leaf',
    put('leaf', { id: '1.2.3.4', critical: true, value: der(5) }),
    'critical-extension@0',
  ],
  ['unknown extension of the leaf', put('leaf', { id: '1.2.3.4', value: der(5) }), ''],
  [
    'unknown critical extension of upper',
    put('upper', { id: '1.2.3.4', critical: true, value: der(5) }),
    'critical-extension@2',
  ],
  [
    'unknown critical extension of the root',
    put('root', { id: '1.2.3.4', critical: true, value: der(5) }),
    'critical-extension@3',
  ],
  [
    'critical authority information',
    put('leaf', {
      id: '1.3.6.1.5.5.7.1.1',
      critical: true,
      value: der(0x30, der(0x30, oid('1.3.6.1.5.5.7.48.1'), general.uri('http://ocsp.example/'))),
    }),
    'critical-extension@0',
  ],
  ['critical subjectKeyIdentifier', put('lower', { ...ext.subjectKey(3), critical: true }), 'critical-extension@1'],
  ['critical extKeyUsage', put('leaf', { ...ext.purposes(serverAuth), critical: true }), ''],
  ['critical policies', put('leaf', { ...ext.policies(red!), critical: true }), ''],
  ['empty subject, SAN not critical', set('leaf', { subject: '' }), ''],
  [
    'empty subject, SAN critical',
    both(set('leaf', { subject: '' }), put('leaf', { ...ext.names(general.dns('mx1.example.net')), critical: true })),
    '',
  ],
  ['no alternative names', drop('leaf', '2.5.29.17'), ''],
  ['empty alternative names', leafNames(), ''],
  [
    'broken nameConstraints',
    put('upper', { id: '2.5.29.30', critical: true, value: der(5) }),
    'extension-unreadable@2',
  ],
  [
    'broken policyConstraints',
    put('upper', { id: '2.5.29.36', critical: true, value: der(5) }),
    'extension-unreadable@2',
  ],
];

/** nameConstraints; those of Upper. */
const names: readonly ChangeRow[] = [
  ['dNSName permitted', permit(general.dns('example.net')), ''],
  ['dNSName permitted in other case', permit(general.dns('EXAMPLE.NET')), ''],
  ['dNSName permitted itself', permit(general.dns('mx1.example.net')), ''],
  ['dNSName below only', permit(general.dns('.example.net')), ''],
  ['dNSName below itself only', permit(general.dns('.mx1.example.net')), 'name-not-permitted@0'],
  ['dNSName not permitted', permit(general.dns('example.org')), 'name-not-permitted@0'],
  ['dNSName ends alike', permit(general.dns('ample.net')), 'name-not-permitted@0'],
  ['dNSName one of two permitted', permit(general.dns('example.org'), general.dns('example.net')), ''],
  ['dNSName excluded', exclude(general.dns('example.net')), 'name-excluded@0'],
  ['dNSName not excluded', exclude(general.dns('example.org')), ''],
  ['dNSName all excluded', exclude(general.dns('')), 'name-excluded@0'],
  ['dNSName all permitted', permit(general.dns('')), ''],
  [
    'dNSName permitted and excluded',
    put('upper', ext.constraints([general.dns('example.net')], [general.dns('mx1.example.net')])),
    'name-excluded@0',
  ],
  [
    'one of two dNSNames not permitted',
    both(permit(general.dns('example.net')), leafNames(general.dns('mx1.example.net'), general.dns('mx1.example.org'))),
    'name-not-permitted@0',
  ],
  [
    'two dNSNames not permitted',
    both(permit(general.dns('example.com')), leafNames(general.dns('a.example.net'), general.dns('b.example.net'))),
    'name-not-permitted@0 name-not-permitted@0',
  ],
  ['wildcard permitted', both(permit(general.dns('example.net')), leafNames(general.dns('*.example.net'))), ''],
  [
    'wildcard excluded',
    both(exclude(general.dns('example.net')), leafNames(general.dns('*.example.net'))),
    'name-excluded@0',
  ],
  [
    'wildcard over an excluded host',
    both(exclude(general.dns('mx1.example.net')), leafNames(general.dns('*.example.net'))),
    'name-excluded@0',
  ],
  ['common name permitted', both(permit(general.dns('example.net')), drop('leaf', '2.5.29.17')), ''],
  [
    'common name not permitted',
    both(permit(general.dns('example.org')), drop('leaf', '2.5.29.17')),
    'name-not-permitted@0',
  ],
  [
    'common name beside a dNSName',
    both(permit(general.dns('example.org')), leafNames(general.dns('mx1.example.org'))),
    '',
  ],
  [
    'common name that is no host',
    both(permit(general.dns('example.org')), drop('leaf', '2.5.29.17'), set('leaf', { subject: 'CN=Mail Host' })),
    '',
  ],
  ['constraints of the root', put('root', ext.constraints([general.dns('example.org')])), 'name-not-permitted@0'],
  [
    'constraints of both CAs',
    both(permit(general.dns('net')), put('lower', ext.constraints([general.dns('example.org')]))),
    'name-not-permitted@0',
  ],
  [
    'iPAddress permitted',
    both(permit(general.ip(192, 0, 2, 0, 255, 255, 255, 0)), leafNames(general.ip(192, 0, 2, 9))),
    '',
  ],
  [
    'iPAddress not permitted',
    both(permit(general.ip(192, 0, 2, 0, 255, 255, 255, 0)), leafNames(general.ip(192, 0, 3, 9))),
    'name-not-permitted@0',
  ],
  [
    'iPAddress excluded',
    both(exclude(general.ip(192, 0, 2, 0, 255, 255, 255, 0)), leafNames(general.ip(192, 0, 2, 9))),
    'name-excluded@0',
  ],
  [
    'iPAddress of the other family',
    both(permit(general.ip(192, 0, 2, 0, 255, 255, 255, 0)), leafNames(general.ip(...Array<number>(16).fill(1)))),
    'name-not-permitted@0',
  ],
  [
    'IPv6 permitted',
    both(
      permit(general.ip(0x20, 1, ...Array<number>(14).fill(0), 255, 255, ...Array<number>(14).fill(0))),
      leafNames(general.ip(0x20, 1, ...Array<number>(14).fill(1))),
    ),
    '',
  ],
  [
    'iPAddress constraint of a wrong length',
    both(permit(general.ip(192, 0, 2, 0)), leafNames(general.ip(192, 0, 2, 9))),
    'name-constraint-unsupported@0',
  ],
  ['iPAddress constraint and no address', permit(general.ip(192, 0, 2, 0, 255, 255, 255, 0)), ''],
  ['directoryName permitted', permit(general.directory('O=Example')), ''],
  ['directoryName in other case', permit(general.directory('O=printable:EXAMPLE')), ''],
  ['directoryName not permitted', permit(general.directory('O=Other')), 'name-not-permitted@0 name-not-permitted@1'],
  [
    'directoryName longer than the name',
    permit(general.directory('O=Example/CN=mx1.example.net/OU=x')),
    'name-not-permitted@0 name-not-permitted@1',
  ],
  ['directoryName excluded', exclude(general.directory('O=Example')), 'name-excluded@0 name-excluded@1'],
  ['directoryName of the leaf excluded', exclude(general.directory(leaf.subject)), 'name-excluded@0'],
  [
    'directoryName in the alternative names',
    both(
      permit(general.directory('O=Example')),
      leafNames(general.dns('mx1.example.net'), general.directory('O=Other')),
    ),
    'name-not-permitted@0',
  ],
  ['rfc822Name of a host', both(permit(general.email('example.net')), leafNames(general.email('a@example.net'))), ''],
  [
    'rfc822Name of a host below',
    both(permit(general.email('example.net')), leafNames(general.email('a@mx.example.net'))),
    'name-not-permitted@0',
  ],
  [
    'rfc822Name of a domain',
    both(permit(general.email('.example.net')), leafNames(general.email('a@mx.example.net'))),
    '',
  ],
  [
    'rfc822Name of a mailbox',
    both(permit(general.email('a@example.net')), leafNames(general.email('a@EXAMPLE.net'))),
    '',
  ],
  [
    'rfc822Name of another mailbox',
    both(permit(general.email('a@example.net')), leafNames(general.email('A@example.net'))),
    'name-not-permitted@0',
  ],
  [
    'rfc822Name excluded',
    both(exclude(general.email('example.net')), leafNames(general.email('a@example.net'))),
    'name-excluded@0',
  ],
  [
    'emailAddress of the subject',
    both(permit(general.email('example.org')), set('leaf', { subject: 'O=Example/E=a@example.net' })),
    'name-not-permitted@0',
  ],
  ['URI permitted', both(permit(general.uri('example.net')), leafNames(general.uri('https://example.net/x'))), ''],
  [
    'URI not permitted',
    both(permit(general.uri('example.org')), leafNames(general.uri('https://example.net/x'))),
    'name-not-permitted@0',
  ],
  [
    'minimum in a subtree',
    put('upper', {
      id: '2.5.29.30',
      critical: true,
      value: der(0x30, der(0xa0, der(0x30, general.dns('example.net'), der(0x80, [1])))),
    }),
    'name-constraint-unsupported@0',
  ],
  [
    'registeredID constrained',
    both(permit(der(0x88, [0x2a, 3])), leafNames(der(0x88, [0x2a, 3]))),
    'name-constraint-unsupported@0',
  ],
  ['registeredID constraint and none named', permit(der(0x88, [0x2a, 3])), ''],
  [
    'self-issued lower outside of the names',
    both(
      set('lower', { subject: upper.subject }),
      set('leaf', { issuer: upper.subject, subject: 'O=Other' }),
      permit(general.directory('O=Other')),
    ),
    '',
  ],
];

/** Certificate policies. */
const policies: readonly ChangeRow[] = [
  ['a policy and none demanded', put('leaf', ext.policies(red!)), ''],
  [
    'policies that differ and none demanded',
    both(put('upper', ext.policies(red!)), put('lower', ext.policies(blue!))),
    '',
  ],
  ['the policy all the way', withPolicies([red!], [red!], [red!]), ''],
  ['another policy in the leaf', withPolicies([red!], [red!], [blue!]), 'policy-missing@0'],
  ['another policy in lower', withPolicies([red!], [blue!], [red!]), 'policy-missing@0 policy-missing@1'],
  ['no policy in the leaf', mustHave, 'policy-missing@0 policy-missing@1'],
  ['any policy above', withPolicies([anyPolicy!], [anyPolicy!], [red!]), ''],
  ['any policy in the leaf', withPolicies([red!], [red!], [anyPolicy!]), ''],
  [
    'any policy inhibited',
    both(withPolicies([anyPolicy!], [anyPolicy!], [red!]), put('upper', ext.inhibitAny(0))),
    'policy-missing@0 policy-missing@1',
  ],
  [
    'any policy inhibited below lower',
    both(withPolicies([anyPolicy!], [anyPolicy!], [anyPolicy!]), put('upper', ext.inhibitAny(1))),
    'policy-missing@0',
  ],
  ['explicit policy after the leaf', put('upper', ext.policyConstraints(3)), ''],
  ['explicit policy from the leaf on', put('upper', ext.policyConstraints(2)), 'policy-missing@0'],
  ['explicit policy at the leaf', put('upper', ext.policyConstraints(1)), 'policy-missing@0'],
  ['explicit policy of the leaf itself', put('leaf', ext.policyConstraints(0)), 'policy-missing@0'],
  ['policy mapped', both(withPolicies([red!], [red!], [blue!]), put('lower', ext.mappings([red!, blue!]))), ''],
  [
    'policy mapped away',
    both(withPolicies([red!], [red!], [red!]), put('lower', ext.mappings([red!, blue!]))),
    'policy-missing@0',
  ],
  [
    'mapping inhibited',
    both(
      withPolicies([red!], [red!], [blue!]),
      put('upper', ext.policyConstraints(0, 0)),
      put('lower', ext.mappings([red!, blue!])),
    ),
    'policy-missing@0',
  ],
  [
    'mapping of any policy',
    both(put('lower', ext.policies(red!), ext.mappings([anyPolicy!, blue!]))),
    'policy-mapping-any@1',
  ],
];

/** Every change with what it breaks. */
export const changes: readonly ChangeRow[] = [...building, ...extensions, ...names, ...policies];

/** Where OpenSSL and we differ on purpose. */
export const differences: Readonly<Record<string, string>> = {
  'leaf ends at this second': 'RFC 5280 §4.1.2.5 counts the second of notAfter to the validity, OpenSSL does not',
  'cross-signed upper first':
    'OpenSSL goes on with the first issuer that fits and does not come back when it leads nowhere',
  'root without basicConstraints': 'OpenSSL accepts such a root for old times’ sake unless it is asked to be strict',
  'leaf for any purpose': 'OpenSSL wants the purpose itself; RFC 5280 §4.2.1.12 lets anyExtendedKeyUsage stand for it',
  'lower for any purpose': 'as with the leaf',
  'wildcard over an excluded host': 'OpenSSL compares the text `*` and does not ask which hosts the wildcard covers',
};
