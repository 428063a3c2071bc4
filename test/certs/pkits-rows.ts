import type { PolicyDemand } from '../../lib/certs/path-policies.ts';
import { der } from './cases.ts';
import { now } from './chains.ts';
import { host, pooled, utcTime } from './line.ts';
import { type Extension, ext, general, oid, type Wish } from './maker.ts';

/** One certificate of a path below the trust anchor, as it differs from a sound one. */
export interface Link {
  readonly put?: readonly Extension[];
  readonly drop?: readonly string[];
  readonly set?: Partial<Wish>;
  /** Of the same name as its issuer. */
  readonly selfIssued?: true;
}

/** A path in the manner of one of NIST's PKITS tests, written from RFC 5280, and whether it is valid. */
export interface PkitsRow {
  readonly title: string;
  /** From the CA below the trust anchor down to the leaf; a function gets the first part of all names of the path. */
  readonly links: readonly Link[] | ((organisation: string) => readonly Link[]);
  /** True if left out. */
  readonly valid?: boolean;
  /** Demands of policies and the verdicts under them, where one is not enough. */
  readonly under?: readonly (readonly [demand: PolicyDemand, valid: boolean])[];
  /** Why OpenSSL says otherwise. */
  readonly differs?: string;
}

const day = 86_400_000;
const basicConstraints = '2.5.29.19';
const [past, future] = [utcTime(now - day), utcTime(now + day)];

const signatures: readonly PkitsRow[] = [
  { title: '4.1.1 Valid Signatures', links: [{}, {}] },
  { title: '4.1.2 Invalid CA Signature', links: [{ set: { forged: true } }, {}], valid: false },
  { title: '4.1.3 Invalid EE Signature', links: [{}, { set: { forged: true } }], valid: false },
];

const validity: readonly PkitsRow[] = [
  { title: '4.2.1 Invalid CA notBefore Date', links: [{ set: { from: future } }, {}], valid: false },
  { title: '4.2.2 Invalid EE notBefore Date', links: [{}, { set: { from: future } }], valid: false },
  { title: '4.2.3 Valid pre2000 UTC notBefore Date', links: [{}, { set: { from: '500101120100Z' } }] },
  { title: '4.2.4 Valid GeneralizedTime notBefore Date', links: [{}, { set: { from: '20020101120100Z' } }] },
  { title: '4.2.5 Invalid CA notAfter Date', links: [{ set: { to: past } }, {}], valid: false },
  { title: '4.2.6 Invalid EE notAfter Date', links: [{}, { set: { to: past } }], valid: false },
  { title: '4.2.7 Invalid pre2000 UTC EE notAfter Date', links: [{}, { set: { to: '990101120100Z' } }], valid: false },
  { title: '4.2.8 Valid GeneralizedTime notAfter Date', links: [{}, { set: { to: '20500101120100Z' } }] },
];

/** A CA and a leaf whose issuer is written differently. */
const chained =
  (subject: string, issuer: string) =>
  (organisation: string): readonly Link[] => [
    { set: { subject: organisation + subject } },
    { set: { issuer: organisation + issuer } },
  ];

const names: readonly PkitsRow[] = [
  { title: '4.3.1 Invalid Name Chaining EE', links: chained('/CN=Good CA', '/CN=Good CA Root'), valid: false },
  { title: '4.3.2 Invalid Name Chaining Order', links: chained('/OU=a/CN=b', '/CN=b/OU=a'), valid: false },
  { title: '4.3.3 Valid Name Chaining Whitespace', links: chained('/CN=Good CA', '/CN=Good   CA') },
  { title: '4.3.4 Valid Name Chaining Whitespace', links: chained('/CN=Good CA', '/CN=   Good CA  ') },
  { title: '4.3.5 Valid Name Chaining Capitalization', links: chained('/CN=Good CA', '/CN=GOOD ca') },
  {
    title: '4.3.9 Valid UTF8String Encoded Names',
    links: chained('/CN=Gute Zertifizierungsstelle €', '/CN=Gute Zertifizierungsstelle €'),
  },
  {
    title: '4.3.10 Valid Rollover from PrintableString to UTF8String',
    links: chained('/CN=printable:Good CA', '/CN=Good CA'),
  },
  {
    title: '4.3.11 Valid UTF8String Case Insensitive Match',
    links: chained('/CN=printable:Good CA', '/CN=  good   CA'),
  },
];

/** The CA under a new key and, self-issued, under the other one. */
const rollover: readonly PkitsRow[] = [
  {
    title: '4.5.1 Valid Basic Self-Issued Old With New',
    links: [
      {},
      { selfIssued: true, set: { key: pooled(60) }, put: [ext.subjectKey(60)] },
      { set: { signer: pooled(60) }, put: [ext.authorityKey(60)] },
    ],
  },
  {
    title: '4.5.3 Valid Basic Self-Issued New With Old, its own key not marked',
    links: [
      {},
      { selfIssued: true, set: { key: pooled(61) }, drop: ['2.5.29.14'] },
      { set: { signer: pooled(61) }, drop: ['2.5.29.35'] },
    ],
    differs: 'OpenSSL takes a self-issued certificate without subjectKeyIdentifier for a self-signed one',
  },
  {
    title: '4.5.5 Invalid Basic Self-Issued, signed by nobody',
    links: [{}, { selfIssued: true, set: { forged: true } }, {}],
    valid: false,
  },
];

const pathLength = (length: number): Link => ({ put: [ext.basic(true, length)] });
const self: Link = { selfIssued: true };
const selfLength = (length: number): Link => ({ ...self, ...pathLength(length) });
const caLeaf: Link = { put: [ext.basic(true), ext.keyUsage('digitalSignature', 'keyCertSign')] };

const constraints: readonly PkitsRow[] = [
  { title: '4.6.1 Invalid Missing basicConstraints', links: [{ drop: [basicConstraints] }, {}], valid: false },
  { title: '4.6.2 Invalid cA False', links: [{ put: [ext.basic(false)] }, {}], valid: false },
  {
    title: '4.6.3 Invalid cA False, not critical',
    links: [{ put: [ext.basic(false, undefined, false)] }, {}],
    valid: false,
  },
  { title: '4.6.4 Valid basicConstraints Not Critical', links: [{ put: [ext.basic(true, undefined, false)] }, {}] },
  { title: '4.6.5 Invalid pathLenConstraint', links: [pathLength(0), {}, {}], valid: false },
  { title: '4.6.6 Invalid pathLenConstraint, the target a CA', links: [pathLength(0), {}, caLeaf], valid: false },
  { title: '4.6.7 Valid pathLenConstraint', links: [pathLength(0), {}] },
  { title: '4.6.8 Valid pathLenConstraint, the target a CA', links: [pathLength(0), caLeaf] },
  { title: '4.6.9 Invalid pathLenConstraint', links: [pathLength(6), pathLength(0), {}, {}], valid: false },
  {
    title: '4.6.10 Invalid pathLenConstraint, the target a CA',
    links: [pathLength(6), pathLength(0), {}, caLeaf],
    valid: false,
  },
  {
    title: '4.6.11 Invalid pathLenConstraint',
    links: [pathLength(6), pathLength(1), pathLength(1), {}, {}],
    valid: false,
  },
  {
    title: '4.6.12 Invalid pathLenConstraint, the target a CA',
    links: [pathLength(6), pathLength(1), pathLength(1), {}, caLeaf],
    valid: false,
  },
  { title: '4.6.13 Valid pathLenConstraint', links: [pathLength(6), pathLength(4), pathLength(1), {}, {}] },
  {
    title: '4.6.14 Valid pathLenConstraint, the target a CA',
    links: [pathLength(6), pathLength(4), pathLength(1), {}, caLeaf],
  },
  { title: '4.6.15 Valid Self-Issued pathLenConstraint', links: [pathLength(0), selfLength(0), {}] },
  {
    title: '4.6.16 Invalid Self-Issued pathLenConstraint',
    links: [pathLength(0), selfLength(0), {}, {}],
    valid: false,
  },
  {
    title: '4.6.17 Valid Self-Issued pathLenConstraint',
    links: [pathLength(1), selfLength(1), pathLength(0), selfLength(0), {}],
  },
];

const noSigning = ext.keyUsage('digitalSignature');

const usage: readonly PkitsRow[] = [
  { title: '4.7.1 Invalid keyUsage Critical keyCertSign False', links: [{ put: [noSigning] }, {}], valid: false },
  {
    title: '4.7.2 Invalid keyUsage Not Critical keyCertSign False',
    links: [{ put: [{ ...noSigning, critical: false }] }, {}],
    valid: false,
  },
  {
    title: '4.7.3 Valid keyUsage Not Critical',
    links: [{ put: [{ ...ext.keyUsage('keyCertSign'), critical: false }] }, {}],
  },
];

const [p1, p2, p3, p4] = ['1', '2', '3', '4'].map((arc) => `2.16.840.1.101.3.2.1.48.${arc}`) as [
  string,
  string,
  string,
  string,
];
const anyPolicy = '2.5.29.32.0';
const explicit: PolicyDemand = { requireExplicit: true };
const only = (...acceptable: readonly string[]): PolicyDemand => ({ requireExplicit: true, acceptable });
const has = (...policies: readonly string[]): Link => ({ put: [ext.policies(...policies)] });
const also = (link: Link, ...extensions: readonly Extension[]): Link => ({
  ...link,
  put: [...(link.put ?? []), ...extensions],
});
const demands = (count: number): Extension => ext.policyConstraints(count);

/** A policy with a user notice, whose text is for people only. */
const noticed: Extension = {
  id: '2.5.29.32',
  value: der(
    0x30,
    der(0x30, oid(p1), der(0x30, der(0x30, oid('1.3.6.1.5.5.7.2.2'), der(0x30, der(0x0c, 'q1: read this'))))),
  ),
};

const policies: readonly PkitsRow[] = [
  {
    title: '4.8.1 All Certificates Same Policy',
    links: [has(p1), has(p1)],
    under: [
      [{}, true],
      [explicit, true],
      [only(p1), true],
      [only(p2), false],
      [only(p1, p2), true],
    ],
  },
  {
    title: '4.8.2 All Certificates No Policies',
    links: [{}, {}],
    under: [
      [{}, true],
      [explicit, false],
    ],
  },
  {
    title: '4.8.3 Different Policies',
    links: [has(p1), has(p2), has(p1)],
    under: [
      [{}, true],
      [explicit, false],
      [only(p1, p2), false],
    ],
  },
  {
    title: '4.8.4 Different Policies, an explicit one demanded',
    links: [also(has(p1), demands(0)), has(p1), has(p2)],
    valid: false,
  },
  {
    title: '4.8.5 Different Policies, an explicit one demanded',
    links: [also(has(p1), demands(0)), has(p2), has(p2)],
    valid: false,
  },
  {
    title: '4.8.6 Overlapping Policies',
    links: [has(p1, p2, p3), has(p1, p2), has(p1), has(p1)],
    under: [
      [{}, true],
      [only(p1), true],
      [only(p2), false],
    ],
  },
  {
    title: '4.8.7 Different Policies',
    links: [also(has(p1, p2, p3), demands(0)), has(p1, p2), has(p3), has(p1)],
    valid: false,
  },
  {
    title: '4.8.8 Different Policies',
    links: [also(has(p1, p2), demands(0)), has(p1, p2), has(p3), has(p3)],
    valid: false,
  },
  {
    title: '4.8.9 Different Policies',
    links: [also(has(p1, p2, p3), demands(0)), has(p1, p2), has(p1), has(p2)],
    valid: false,
  },
  {
    title: '4.8.10 All Certificates Same Policies',
    links: [has(p1, p2), has(p1, p2)],
    under: [
      [{}, true],
      [only(p1), true],
      [only(p2), true],
      [only(p1, p2), true],
    ],
  },
  {
    title: '4.8.11 All Certificates AnyPolicy',
    links: [has(anyPolicy), has(anyPolicy)],
    under: [
      [{}, true],
      [only(p1), true],
    ],
  },
  { title: '4.8.12 Different Policies', links: [also(has(p3), demands(0)), has(p4)], valid: false },
  {
    title: '4.8.13 All Certificates Same Policies',
    links: [has(p1, p2, p3), has(p1, p2, p3)],
    under: [
      [only(p1), true],
      [only(p2), true],
      [only(p3), true],
    ],
  },
  {
    title: '4.8.14 AnyPolicy',
    links: [has(anyPolicy), has(p1)],
    under: [
      [only(p1), true],
      [only(p2), false],
    ],
  },
  {
    title: '4.8.15 User Notice Qualifier',
    links: [has(p1), { put: [noticed] }],
    under: [
      [{}, true],
      [only(p1), true],
      [only(p2), false],
    ],
  },
];

const requireExplicitPolicy: readonly PkitsRow[] = [
  { title: '4.9.1 Valid RequireExplicitPolicy', links: [{ put: [demands(10)] }, {}, {}, {}, {}] },
  { title: '4.9.2 Valid RequireExplicitPolicy', links: [{ put: [demands(5)] }, {}, {}, {}, {}] },
  { title: '4.9.3 Invalid RequireExplicitPolicy', links: [{ put: [demands(4)] }, {}, {}, {}, {}], valid: false },
  {
    title: '4.9.4 Valid RequireExplicitPolicy',
    links: [also(has(p1), demands(0)), has(p1), has(p1), has(p1), has(p1)],
  },
  {
    title: '4.9.5 Invalid RequireExplicitPolicy',
    links: [{ put: [demands(7)] }, { put: [demands(2)] }, { put: [demands(4)] }, {}, {}],
    valid: false,
  },
  { title: '4.9.6 Valid Self-Issued requireExplicitPolicy', links: [{ put: [demands(2)] }, self, {}] },
  {
    title: '4.9.7 Invalid Self-Issued requireExplicitPolicy',
    links: [{ put: [demands(2)] }, self, {}, {}],
    valid: false,
  },
  {
    title: '4.9.8 Invalid Self-Issued requireExplicitPolicy',
    links: [{ put: [demands(2)] }, self, {}, self, {}],
    valid: false,
  },
];

const maps = (...pairs: readonly (readonly [string, string])[]): Extension => ext.mappings(...pairs);

const mappings: readonly PkitsRow[] = [
  {
    title: '4.10.1 Policy Mapping',
    links: [also(has(p1), maps([p1, p2])), has(p2)],
    under: [
      [{}, true],
      [only(p1), true],
      [only(p2), false],
      [{ ...explicit, inhibitMapping: true }, false],
    ],
  },
  {
    title: '4.10.2 Invalid Policy Mapping',
    links: [also(has(p1), maps([p1, p2]), demands(0)), has(p1)],
    under: [
      [{}, false],
      [{ inhibitMapping: true }, false],
    ],
  },
  {
    title: '4.10.3 Policy Mapping over two CAs',
    links: [has(p1, p2), also(has(p1, p2), maps([p1, p3], [p2, p4])), has(p3), has(p3)],
    under: [
      [only(p1), true],
      [only(p2), false],
    ],
  },
  {
    title: '4.10.4 Invalid Policy Mapping over two CAs',
    links: [also(has(p1, p2), demands(0)), also(has(p1, p2), maps([p1, p3])), has(p4), has(p4)],
    valid: false,
  },
  {
    title: '4.10.5 Policy Mapping, twice',
    links: [also(has(p1), maps([p1, p2])), also(has(p2), maps([p2, p3])), has(p3)],
    under: [
      [only(p1), true],
      [only(p3), false],
    ],
  },
  {
    title: '4.10.6 Policy Mapping, twice, of which one leads nowhere',
    links: [also(has(p1), maps([p1, p2])), also(has(p2), maps([p3, p2])), has(p4)],
    under: [[only(p1), false]],
  },
  {
    title: '4.10.7 Invalid Mapping From anyPolicy',
    links: [also(has(anyPolicy), maps([anyPolicy, p1])), has(p1)],
    valid: false,
  },
  {
    title: '4.10.8 Invalid Mapping To anyPolicy',
    links: [also(has(p1), maps([p1, anyPolicy])), has(p1)],
    valid: false,
  },
  {
    title: '4.10.9 Valid Policy Mapping under anyPolicy',
    links: [also(has(anyPolicy), maps([p1, p2])), has(p2)],
    under: [
      [only(p1), true],
      [only(p2), false],
    ],
  },
  {
    title: '4.10.10 Valid Policy Mapping under anyPolicy, of a policy that is mapped away',
    links: [also(has(anyPolicy), maps([p1, p2]), demands(0)), has(p1)],
  },
  {
    title: '4.10.11 Valid Policy Mapping to two policies',
    links: [also(has(p1), maps([p1, p2], [p1, p3])), has(p3)],
    under: [
      [only(p1), true],
      [only(p3), false],
    ],
  },
  {
    title: '4.10.12 Valid Policy Mapping of two policies to one',
    links: [also(has(p1, p2), maps([p1, p3], [p2, p3])), has(p3)],
    under: [
      [only(p1), true],
      [only(p2), true],
      [only(p3), false],
    ],
  },
  {
    title: '4.10.13 Valid Policy Mapping, the leaf of any policy',
    links: [also(has(p1), maps([p1, p2])), has(anyPolicy)],
    under: [
      [only(p1), true],
      [only(p2), false],
    ],
  },
  {
    title: '4.10.14 Invalid Policy Mapping of a policy that is not there',
    links: [also(has(p1), maps([p2, p3]), demands(0)), has(p3)],
    valid: false,
  },
];

const inhibits = (mapping: number): Extension => ext.policyConstraints(0, mapping);

const inhibitPolicyMapping: readonly PkitsRow[] = [
  {
    title: '4.11.1 Invalid inhibitPolicyMapping',
    links: [also(has(p1), inhibits(0)), also(has(p1), maps([p1, p2])), has(p2)],
    valid: false,
  },
  {
    title: '4.11.2 Valid inhibitPolicyMapping',
    links: [also(has(p1), inhibits(1)), also(has(p1), maps([p1, p2])), has(p2)],
  },
  {
    title: '4.11.3 Invalid inhibitPolicyMapping',
    links: [also(has(p1), inhibits(1)), also(has(p1), maps([p1, p2])), also(has(p2), maps([p2, p3])), has(p3)],
    valid: false,
  },
  {
    title: '4.11.4 Invalid inhibitPolicyMapping, mapped once too often',
    links: [also(has(p1), inhibits(1)), also(has(p1), maps([p1, p2])), also(has(p2), maps([p2, p3])), has(p2)],
    valid: false,
  },
  {
    title: '4.11.5 Invalid inhibitPolicyMapping, the lower of two',
    links: [also(has(p1), inhibits(5)), also(has(p1), inhibits(1)), has(p1), also(has(p1), maps([p1, p2])), has(p2)],
    valid: false,
  },
  {
    title: '4.11.6 Valid inhibitPolicyMapping, the lower of two',
    links: [also(has(p1), inhibits(5)), also(has(p1), inhibits(2)), has(p1), also(has(p1), maps([p1, p2])), has(p2)],
  },
  {
    title: '4.11.7 Valid Self-Issued inhibitPolicyMapping',
    links: [also(has(p1), inhibits(1)), { ...self, ...has(p1) }, also(has(p1), maps([p1, p2])), has(p2)],
  },
  {
    title: '4.11.8 Invalid Self-Issued inhibitPolicyMapping',
    links: [also(has(p1), inhibits(1)), { ...self, ...has(p1) }, has(p1), also(has(p1), maps([p1, p2])), has(p2)],
    valid: false,
  },
  {
    title: '4.11.9 Invalid Self-Issued inhibitPolicyMapping',
    links: [also(has(p1), inhibits(0)), { ...self, ...also(has(p1), maps([p1, p2])) }, has(p2)],
    valid: false,
  },
  {
    title: '4.11.10 Valid Self-Issued inhibitPolicyMapping',
    links: [also(has(p1), inhibits(1)), { ...self, ...also(has(p1), maps([p1, p2])) }, has(p2)],
  },
];

const inhibitAny = (count: number): Extension => ext.inhibitAny(count);
const need = demands(0);

const inhibitAnyPolicy: readonly PkitsRow[] = [
  {
    title: '4.12.1 Invalid inhibitAnyPolicy',
    links: [also(has(p1), inhibitAny(0), need), has(anyPolicy)],
    valid: false,
  },
  { title: '4.12.2 Valid inhibitAnyPolicy', links: [also(has(p1), inhibitAny(0), need), has(anyPolicy, p1)] },
  {
    title: '4.12.3 inhibitAnyPolicy',
    links: [also(has(p1), inhibitAny(1), need), has(anyPolicy), has(p1)],
    under: [
      [{}, true],
      [{ inhibitAny: true }, false],
    ],
  },
  {
    title: '4.12.4 Invalid inhibitAnyPolicy',
    links: [also(has(p1), inhibitAny(1), need), has(anyPolicy), has(anyPolicy)],
    valid: false,
  },
  {
    title: '4.12.5 Invalid inhibitAnyPolicy',
    links: [also(has(p1), inhibitAny(5), need), also(has(p1), inhibitAny(1)), has(p1), has(anyPolicy)],
    valid: false,
  },
  {
    title: '4.12.6 Invalid inhibitAnyPolicy',
    links: [also(has(p1), inhibitAny(1), need), also(has(p1), inhibitAny(5)), has(anyPolicy)],
    valid: false,
  },
  {
    title: '4.12.7 Valid Self-Issued inhibitAnyPolicy',
    links: [also(has(p1), inhibitAny(1), need), { ...self, ...has(p1) }, has(anyPolicy), has(p1)],
  },
  {
    title: '4.12.8 Invalid Self-Issued inhibitAnyPolicy',
    links: [also(has(p1), inhibitAny(1), need), { ...self, ...has(p1) }, has(p1), has(anyPolicy), has(p1)],
    valid: false,
  },
  {
    title: '4.12.9 Valid Self-Issued inhibitAnyPolicy',
    links: [also(has(p1), inhibitAny(1), need), has(p1), { ...self, ...has(anyPolicy) }, has(p1)],
  },
  {
    title: '4.12.10 Invalid Self-Issued inhibitAnyPolicy, the target self-issued',
    links: [also(has(p1), inhibitAny(0), need), { ...self, ...has(anyPolicy) }],
    valid: false,
  },
];

const within = (organisation: string, ...parts: readonly string[]): Uint8Array =>
  general.directory([organisation, ...parts].join('/'));
const permits = (...bases: readonly Uint8Array[]): Extension => ext.constraints(bases);
const excludes = (...bases: readonly Uint8Array[]): Extension => ext.constraints([], bases);

/** Of a CA with constraints for directory names and a leaf of some subject and alternative names. */
const directory =
  (constraint: (organisation: string) => Extension, subject: string, ...others: readonly string[]) =>
  (organisation: string): readonly Link[] => [
    { put: [constraint(organisation)] },
    {
      set: { subject: organisation + subject },
      put: [ext.names(general.dns(host), ...others.map((other) => within(organisation, other)))],
    },
  ];

/** Of two CAs with constraints. */
const directories =
  (upper: (organisation: string) => Extension, lower: (organisation: string) => Extension, subject: string) =>
  (organisation: string): readonly Link[] => [
    { put: [upper(organisation)] },
    { set: { subject: `${organisation}/OU=one/CN=Lower` }, put: [lower(organisation)] },
    { set: { subject: organisation + subject } },
  ];

const permitOne = (organisation: string): Extension => permits(within(organisation, 'OU=one'));
const permitTwo = (organisation: string): Extension =>
  permits(within(organisation, 'OU=one'), within(organisation, 'OU=two'));
const permitDeep = (organisation: string): Extension => permits(within(organisation, 'OU=one', 'OU=two'));
const excludeOne = (organisation: string): Extension => excludes(within(organisation, 'OU=one'));
const excludeTwo = (organisation: string): Extension => excludes(within(organisation, 'OU=two'));
const permitBut = (organisation: string): Extension =>
  ext.constraints([within(organisation, 'OU=one')], [within(organisation, 'OU=one', 'OU=two')]);

const directoryNames: readonly PkitsRow[] = [
  { title: '4.13.1 Valid DN nameConstraints', links: directory(permitOne, '/OU=one/CN=a') },
  { title: '4.13.2 Invalid DN nameConstraints', links: directory(permitOne, '/OU=other/CN=a'), valid: false },
  {
    title: '4.13.3 Invalid DN nameConstraints, by an alternative name',
    links: directory(permitOne, '/OU=one/CN=a', 'OU=other'),
    valid: false,
  },
  {
    title: '4.13.4 Valid DN nameConstraints, with an alternative name',
    links: directory(permitOne, '/OU=one/CN=a', 'OU=one'),
  },
  { title: '4.13.5 Valid DN nameConstraints, one of two subtrees', links: directory(permitTwo, '/OU=two/CN=a') },
  { title: '4.13.6 Valid DN nameConstraints, none excluded', links: directory(excludeOne, '/OU=other/CN=a') },
  { title: '4.13.7 Invalid DN nameConstraints, excluded', links: directory(excludeOne, '/OU=one/CN=a'), valid: false },
  {
    title: '4.13.8 Invalid DN nameConstraints, the subtree itself excluded',
    links: directory(excludeOne, '/OU=one'),
    valid: false,
  },
  {
    title: '4.13.10 Invalid DN nameConstraints, excluded below permitted',
    links: directory(permitBut, '/OU=one/OU=two/CN=a'),
    valid: false,
  },
  {
    title: '4.13.11 Valid DN nameConstraints, beside the excluded',
    links: directory(permitBut, '/OU=one/OU=three/CN=a'),
  },
  {
    title: '4.13.12 Invalid DN nameConstraints of two CAs',
    links: directories(permitOne, permitDeep, '/OU=one/OU=three/CN=a'),
    valid: false,
  },
  {
    title: '4.13.13 Invalid DN nameConstraints of two CAs, widened below',
    links: directories(permitOne, permitTwo, '/OU=two/CN=a'),
    valid: false,
  },
  {
    title: '4.13.14 Valid DN nameConstraints of two CAs',
    links: directories(permitOne, permitDeep, '/OU=one/OU=two/CN=a'),
  },
  {
    title: '4.13.15 Invalid DN nameConstraints, excluded by the lower CA',
    links: directories(excludeTwo, excludeOne, '/OU=one/CN=a'),
    valid: false,
  },
  {
    title: '4.13.16 Invalid DN nameConstraints, excluded by the upper CA',
    links: directories(excludeTwo, excludeOne, '/OU=two/CN=a'),
    valid: false,
  },
  {
    title: '4.13.18 Valid DN nameConstraints, excluded by neither',
    links: directories(excludeTwo, excludeOne, '/OU=three/CN=a'),
  },
  {
    title: '4.13.19 Valid Self-Issued DN nameConstraints',
    links: (organisation) => [
      { put: [permitOne(organisation)] },
      self,
      { set: { subject: `${organisation}/OU=one/CN=a` } },
    ],
  },
  {
    title: '4.13.20 Invalid Self-Issued DN nameConstraints, the target self-issued',
    links: (organisation) => [{ put: [permitOne(organisation)] }, self],
    valid: false,
  },
];

const [rfc822, dns, uri] = [general.email, general.dns, general.uri];
const named = (constraint: Extension, ...alternatives: readonly Uint8Array[]): readonly Link[] => [
  { put: [constraint] },
  { put: [ext.names(...alternatives)] },
];
const network = general.ip(192, 0, 2, 0, 255, 255, 255, 0);

const otherNames: readonly PkitsRow[] = [
  {
    title: '4.13.21 Valid RFC822 nameConstraints',
    links: named(permits(rfc822('.example.net')), rfc822('a@mail.example.net')),
  },
  {
    title: '4.13.22 Invalid RFC822 nameConstraints, the domain itself',
    links: named(permits(rfc822('.example.net')), rfc822('a@example.net')),
    valid: false,
  },
  {
    title: '4.13.23 Valid RFC822 nameConstraints, the host',
    links: named(permits(rfc822('example.net')), rfc822('a@example.net')),
  },
  {
    title: '4.13.24 Invalid RFC822 nameConstraints, below the host',
    links: named(permits(rfc822('example.net')), rfc822('a@mail.example.net')),
    valid: false,
  },
  {
    title: '4.13.25 Valid RFC822 nameConstraints, not excluded',
    links: named(excludes(rfc822('example.net')), rfc822('a@mail.example.net')),
  },
  {
    title: '4.13.26 Invalid RFC822 nameConstraints, excluded',
    links: named(excludes(rfc822('example.net')), rfc822('a@example.net')),
    valid: false,
  },
  {
    title: '4.13.27 Valid DN and RFC822 nameConstraints',
    links: (organisation) => [
      { put: [permits(within(organisation, 'OU=one'), rfc822('example.net'))] },
      { set: { subject: `${organisation}/OU=one/CN=a` }, put: [ext.names(dns(host), rfc822('a@example.net'))] },
    ],
  },
  {
    title: '4.13.28 Invalid DN and RFC822 nameConstraints',
    links: (organisation) => [
      { put: [permits(within(organisation, 'OU=one'), rfc822('example.net'))] },
      { set: { subject: `${organisation}/OU=one/CN=a` }, put: [ext.names(dns(host), rfc822('a@example.org'))] },
    ],
    valid: false,
  },
  {
    title: '4.13.29 Invalid DN and RFC822 nameConstraints, emailAddress of the subject',
    links: (organisation) => [
      { put: [permits(within(organisation, 'OU=one'), rfc822('example.net'))] },
      { set: { subject: `${organisation}/OU=one/E=a@example.org` } },
    ],
    valid: false,
  },
  { title: '4.13.30 Valid DNS nameConstraints', links: named(permits(dns('example.net')), dns('mx.example.net')) },
  {
    title: '4.13.31 Invalid DNS nameConstraints',
    links: named(permits(dns('example.net')), dns('mx.example.org')),
    valid: false,
  },
  {
    title: '4.13.32 Valid DNS nameConstraints, not excluded',
    links: named(excludes(dns('example.net')), dns('mx.example.org')),
  },
  {
    title: '4.13.33 Invalid DNS nameConstraints, excluded',
    links: named(excludes(dns('example.net')), dns('mx.example.net')),
    valid: false,
  },
  {
    title: '4.13.34 Valid URI nameConstraints',
    links: named(permits(uri('.example.net')), uri('http://www.example.net/index.html')),
  },
  {
    title: '4.13.35 Invalid URI nameConstraints, the domain itself',
    links: named(permits(uri('.example.net')), uri('http://example.net/index.html')),
    valid: false,
  },
  {
    title: '4.13.36 Valid URI nameConstraints, not excluded',
    links: named(excludes(uri('example.net')), uri('ftp://www.example.org/')),
  },
  {
    title: '4.13.37 Invalid URI nameConstraints, excluded',
    links: named(excludes(uri('example.net')), uri('ftp://example.net:21/file')),
    valid: false,
  },
  {
    title: '4.13.38 Invalid DNS nameConstraints, the end of a label',
    links: named(permits(dns('example.net')), dns('myexample.net')),
    valid: false,
  },
  { title: 'Valid IP nameConstraints', links: named(permits(network), general.ip(192, 0, 2, 1)) },
  { title: 'Invalid IP nameConstraints', links: named(permits(network), general.ip(192, 0, 3, 1)), valid: false },
  { title: 'Valid IP nameConstraints, not excluded', links: named(excludes(network), general.ip(192, 0, 3, 1)) },
  {
    title: 'Invalid IP nameConstraints, excluded',
    links: named(excludes(network), general.ip(192, 0, 2, 255)),
    valid: false,
  },
  {
    title: 'Invalid IP nameConstraints, no network but one address of it',
    links: named(permits(general.ip(192, 0, 2, 1, 255, 255, 255, 255)), general.ip(192, 0, 2, 2)),
    valid: false,
  },
];

const ownExtension = (critical: boolean): Link => ({
  put: [{ id: '2.16.840.1.101.2.1.12.2', critical, value: der(5) }],
});

const extensions: readonly PkitsRow[] = [
  { title: '4.16.1 Valid Unknown Not Critical Certificate Extension', links: [{}, ownExtension(false)] },
  { title: '4.16.2 Invalid Unknown Critical Certificate Extension', links: [{}, ownExtension(true)], valid: false },
];

/**
 * The sections of PKITS that path validation without revocation answers. Left out are 4.4, 4.14 and 4.15, which are about CRLs,
 * and the tests about DSA parameters that are inherited (4.1.5, 4.1.6), which no TLS library reads any more.
 */
export const sections: readonly (readonly [section: string, rows: readonly PkitsRow[]])[] = [
  ['4.1 Signature Verification', signatures],
  ['4.2 Validity Periods', validity],
  ['4.3 Verifying Name Chaining', names],
  ['4.5 Verifying Paths with Self-Issued Certificates', rollover],
  ['4.6 Verifying Basic Constraints', constraints],
  ['4.7 Key Usage', usage],
  ['4.8 Certificate Policies', policies],
  ['4.9 Require Explicit Policy', requireExplicitPolicy],
  ['4.10 Policy Mappings', mappings],
  ['4.11 Inhibit Policy Mapping', inhibitPolicyMapping],
  ['4.12 Inhibit Any Policy', inhibitAnyPolicy],
  ['4.13 Name Constraints', [...directoryNames, ...otherNames]],
  ['4.16 Private Certificate Extensions', extensions],
];
