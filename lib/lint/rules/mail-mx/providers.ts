/** A mail provider that tells its customers which MX records to publish. */
export interface Provider {
  readonly name: string;
  /** Matches the exchanges of the provider, in lower case without final dot. */
  readonly hosts: RegExp;
  /** Every set of exchanges the provider asks for; an RRset is complete when it has all of one. */
  readonly sets: readonly (readonly string[])[];
  /** One name stands for many servers. */
  readonly single?: true;
}

/** Providers whose sets of exchanges are documented and fixed. */
const PROVIDERS: readonly Provider[] = [
  {
    name: 'Google Workspace',
    hosts: /^(?:smtp|aspmx|aspmx\.l|alt[1-4]\.aspmx\.l)\.google\.com$|^aspmx[2-5]\.googlemail\.com$/,
    sets: [['smtp.google.com'], ['aspmx.l.google.com', 'alt1.aspmx.l.google.com', 'alt2.aspmx.l.google.com']],
  },
  {
    name: 'Fastmail',
    hosts: /\.messagingengine\.com$/,
    sets: [['in1-smtp.messagingengine.com', 'in2-smtp.messagingengine.com']],
  },
  { name: 'Proton Mail', hosts: /\.protonmail\.ch$/, sets: [['mail.protonmail.ch', 'mailsec.protonmail.ch']] },
  {
    name: 'iCloud Mail',
    hosts: /^mx0[12]\.mail\.icloud\.com$/,
    sets: [['mx01.mail.icloud.com', 'mx02.mail.icloud.com']],
  },
  {
    name: 'Mailgun',
    hosts: /^mx[ab](?:\.eu)?\.mailgun\.org$/,
    sets: [
      ['mxa.mailgun.org', 'mxb.mailgun.org'],
      ['mxa.eu.mailgun.org', 'mxb.eu.mailgun.org'],
    ],
  },
  { name: 'Migadu', hosts: /^aspmx[12]\.migadu\.com$/, sets: [['aspmx1.migadu.com', 'aspmx2.migadu.com']] },
  { name: 'Rackspace Email', hosts: /^mx[12]\.emailsrvr\.com$/, sets: [['mx1.emailsrvr.com', 'mx2.emailsrvr.com']] },
  { name: 'ImprovMX', hosts: /^mx[12]\.improvmx\.com$/, sets: [['mx1.improvmx.com', 'mx2.improvmx.com']] },
  {
    name: 'Forward Email',
    hosts: /^mx[12]\.forwardemail\.net$/,
    sets: [['mx1.forwardemail.net', 'mx2.forwardemail.net']],
  },
  {
    name: 'Cloudflare Email Routing',
    hosts: /^route[123]\.mx\.cloudflare\.net$/,
    sets: [['route1.mx.cloudflare.net', 'route2.mx.cloudflare.net', 'route3.mx.cloudflare.net']],
  },
  {
    name: 'Zoho Mail',
    hosts: /^mx[23]?\.zoho\.(?:com|eu|in)$/,
    sets: ['com', 'eu', 'in'].map((tld) => [`mx.zoho.${tld}`, `mx2.zoho.${tld}`, `mx3.zoho.${tld}`]),
  },
  {
    name: 'mailbox.org',
    hosts: /^mxext[123]\.mailbox\.org$/,
    sets: [['mxext1.mailbox.org', 'mxext2.mailbox.org', 'mxext3.mailbox.org']],
  },
  { name: 'Gandi', hosts: /^(?:spool|fb)\.mail\.gandi\.net$/, sets: [['spool.mail.gandi.net', 'fb.mail.gandi.net']] },
  { name: 'Microsoft 365', hosts: /\.mail\.protection\.outlook\.com$|\.mx\.microsoft$/, sets: [], single: true },
  { name: 'Tuta', hosts: /^mail\.tutanota\.de$/, sets: [], single: true },
  { name: 'Yandex 360', hosts: /^mx\.yandex\.net$/, sets: [], single: true },
  { name: 'Infomaniak', hosts: /^mta-gw\.infomaniak\.ch$/, sets: [], single: true },
  { name: 'Amazon SES', hosts: /^inbound-smtp\.[a-z\d-]+\.amazonaws\.com$/, sets: [], single: true },
];

/** The provider an exchange belongs to. */
export function providerOf(host: string): Provider | undefined {
  return PROVIDERS.find(({ hosts }) => hosts.test(host));
}

/** Whether an exchange is all its provider asks for. */
export function isWholeSet(host: string): boolean {
  const provider = providerOf(host);
  return provider?.single === true || provider?.sets.some((set) => set.length === 1 && set[0] === host) === true;
}
