/** How binding a requirement is: capital words first, then duties in plain words, what follows from the text, terms, and open questions. */
export type LedgerLevel = 'must' | 'should' | 'may' | 'duty' | 'implied' | 'definition' | 'open';

/** Who has to act on a requirement. */
export type Party = 'zone owner' | 'sender' | 'receiver' | 'CA' | 'ACME client' | 'resolver' | 'all';

/** What can check a requirement; empty for terms and rationale. */
export type Check = 'LINT' | 'GEN' | 'DNS' | 'PLAN' | 'PROBE' | 'SINK' | 'AR' | 'ACME';

/** One statement of the two drafts, in our words. */
export interface LedgerEntry {
  /** `CMX-…` for draft-chuang-mutual-tls-email-authentication-00, `SRV-…` for draft-nurpmeso-smtp-tls-srv; the middle is the section. */
  readonly id: string;
  readonly level: LedgerLevel;
  readonly who: readonly Party[];
  readonly section: string;
  readonly statement: string;
  readonly verify: readonly Check[];
}

const all: readonly Party[] = ['all'];
const zone: readonly Party[] = ['zone owner'];
const sender: readonly Party[] = ['sender'];
const receiver: readonly Party[] = ['receiver'];
const both: readonly Party[] = ['sender', 'receiver'];
const host: readonly Party[] = ['zone owner', 'receiver'];
const ca: readonly Party[] = ['CA'];
const nobody: readonly Party[] = [];

const LINT: Check = 'LINT';
const GEN: Check = 'GEN';
const DNS: Check = 'DNS';
const PLAN: Check = 'PLAN';
const PROBE: Check = 'PROBE';
const SINK: Check = 'SINK';
const AR: Check = 'AR';
const ACME: Check = 'ACME';

type Add = (id: string, who: readonly Party[], verify: readonly Check[], statement: string) => LedgerEntry;

const must: Add = of('must');
const should: Add = of('should');
const may: Add = of('may');
const duty: Add = of('duty');
const implied: Add = of('implied');
const defines: Add = of('definition');
const open: Add = of('open');

const clientMx: readonly LedgerEntry[] = [
  defines(
    'CMX-1-a',
    all,
    [LINT, GEN],
    'Server MX is a new name for the ordinary MX record and changes nothing about it',
  ),
  implied(
    'CMX-1-b',
    ['zone owner', 'sender'],
    [LINT, PLAN],
    'Server MX both finds the receiving hosts and lists the names a server certificate may carry',
  ),
  implied('CMX-1-c', host, [LINT, SINK], 'Client MX lists the names a client certificate may carry'),
  implied('CMX-1-d', zone, [LINT, PLAN], 'Who publishes Client MX agrees to be validated this way'),
  implied('CMX-1-e', receiver, [LINT, SINK, AR], 'The identity that is verified is the domain of MAIL FROM'),
  implied('CMX-1-f', all, [SINK, PROBE], 'When both directions are verified the authentication is mutual'),
  implied('CMX-1-g', zone, [LINT], 'The records may name hosts of a third party'),
  implied('CMX-1-h', ca, [ACME], 'ACME gets a validation that follows either kind of MX'),
  defines(
    'CMX-1.2-a',
    all,
    [PLAN],
    'The procedure covers the mailbox domains of sender and recipient over SMTP with TLS',
  ),
  duty('CMX-1.2.1-a', all, [DNS], 'Client MX is a record type of its own, not a variant of MX'),
  duty('CMX-1.2.1-b', all, [LINT, DNS], 'Its RDATA is that of MX: a 16-bit preference and one domain name'),
  implied(
    'CMX-1.2.1-c',
    both,
    [PLAN],
    'A mailbox domain leads to host names as RFC 5321 section 5 says, perhaps to several',
  ),
  open(
    'CMX-1.2.1-d',
    zone,
    [LINT],
    'Every domain that accepts mail is said to publish MX, which passes over the implicit MX',
  ),
  implied('CMX-1.2.1-e', sender, [PLAN], 'MX alone says nothing about TLS or CAs: nothing is enforced without consent'),
  implied(
    'CMX-1.2.1-f',
    zone,
    [LINT, PLAN, SINK],
    'One Client MX record is enough for the servers of the domain to be validated in both roles',
  ),
  must('CMX-1.2.1-g', ['zone owner', 'sender', 'receiver'], [LINT, PROBE], 'Servers that comply support TLS'),
  duty('CMX-1.2.1-h', zone, [LINT], 'The certificates come from a valid public CA'),
  must(
    'CMX-1.2.1-i',
    zone,
    [LINT, PLAN, SINK],
    'The names of sending and receiving hosts match the names in Client MX and Server MX',
  ),
  implied(
    'CMX-1.2.2-a',
    both,
    [LINT, PROBE, SINK],
    'Both sides present a certificate: the receiver asks for one and the sender sends one',
  ),
  must(
    'CMX-1.2.2-b',
    both,
    [LINT, PLAN, SINK],
    "Each side validates the peer's certificate by the path validation of RFC 5280 section 6",
  ),
  may(
    'CMX-1.2.2-c',
    both,
    [LINT],
    'Local policy may also judge keys, signatures, key usages, policies and transparency',
  ),
  duty(
    'CMX-1.2.2-d',
    sender,
    [PLAN, DNS],
    "A server certificate that fails makes the sender look up the receiver's Client MX",
  ),
  duty('CMX-1.2.2-e', sender, [PLAN, SINK], 'When it is there the sender closes the TLS connection'),
  implied('CMX-1.2.2-f', sender, [PLAN], 'When it is absent the sender goes on as it does today'),
  duty(
    'CMX-1.2.2-g',
    receiver,
    [SINK, DNS],
    "A client certificate that fails makes the receiver look up the sender's Client MX",
  ),
  may(
    'CMX-1.2.2-h',
    receiver,
    [SINK],
    'When it is there the receiver reports the failure or closes with an SMTP error',
  ),
  implied('CMX-1.2.2-i', receiver, [AR], 'When it is absent there is no mtls verdict'),
  duty(
    'CMX-1.2.2-j',
    all,
    [LINT, SINK],
    'The names of a certificate are its dNSNames; only without any, its common names',
  ),
  open('CMX-1.2.2-k', receiver, [SINK], 'What follows when no client certificate is presented is not said'),
  must('CMX-1.2.3-a', both, [LINT, SINK], 'One host name of the domain exactly equals one name of the certificate'),
  must(
    'CMX-1.2.3-b',
    ['zone owner', 'sender'],
    [LINT, PLAN],
    'For a receiver one MX host name equals one name of the server certificate',
  ),
  duty('CMX-1.2.3-c', sender, [PLAN], "A mismatch makes the sender look up the receiver's Client MX"),
  duty('CMX-1.2.3-d', sender, [PLAN], 'When it is there the sender closes the TLS connection'),
  must(
    'CMX-1.2.3-e',
    host,
    [LINT, SINK],
    'For a sender one Client MX host name equals one name of the client certificate',
  ),
  may(
    'CMX-1.2.3-f',
    receiver,
    [SINK],
    'On a mismatch with Client MX present the receiver reports or closes with an SMTP error',
  ),
  open('CMX-1.2.3-g', receiver, [LINT, PLAN], 'Whether the name must be that of the connected host is left open'),
  duty(
    'CMX-1.2.4-a',
    receiver,
    [SINK, AR],
    'The verdict is pass only when path and name both pass, and fail otherwise',
  ),
  may('CMX-1.2.4-b', receiver, [LINT, SINK], 'The verdict is used for the MAIL FROM domain in the way SPF is'),
  duty('CMX-1.2.4-c', receiver, [LINT, SINK], 'DMARC may take this verdict in place of SPF'),
  may(
    'CMX-1.2.4-d',
    receiver,
    [SINK, AR],
    'After a transaction that succeeded the verdict may go into Authentication-Results',
  ),
  duty('CMX-1.2.4-e', receiver, [AR], 'The method is called mtls'),
  duty('CMX-1.2.4-f', receiver, [AR], 'Pass means that both checks passed'),
  duty('CMX-1.2.4-g', receiver, [AR], 'Fail means that either check failed'),
  implied('CMX-1.2.4-h', receiver, [AR], 'There is no none, neutral, temperror or permerror'),
  may('CMX-1.3-a', ['ACME client'], [ACME], 'A client may ask the CA to find the responder by an MX kind'),
  implied('CMX-1.3-b', ['zone owner', 'CA'], [ACME], 'The published record is the proof of delegation'),
  implied('CMX-1.3-c', ca, [ACME], 'Several records mean several servers that may answer'),
  duty('CMX-1.3-d', ['CA', 'ACME client'], [ACME], 'The challenge types are client-mx-http-01 and server-mx-http-01'),
  duty('CMX-1.3-e', ca, [ACME, DNS], 'For a domain the CA looks up the MX kind of the challenge'),
  duty('CMX-1.3-f', ca, [ACME], 'The CA gives the path where the validation is to be found'),
  duty('CMX-1.3-g', ca, [LINT, ACME], 'The CA resolves the domain as RFC 5321 section 5 says and tries its host names'),
  duty('CMX-1.3-h', ca, [LINT, ACME], 'At each host it fetches by HTTP as RFC 8555 section 8.3 says'),
  duty('CMX-1.3-i', ['CA', 'ACME client'], [ACME], 'All else is as in http-01'),
  should(
    'CMX-1.4-a',
    all,
    [LINT],
    'The community understands the changes of TLS and PKIX to come, such as post-quantum keys',
  ),
  implied('CMX-1.4-b', nobody, [], 'It is simpler than SPF, having no includes and no macros'),
  open('CMX-1.5-a', nobody, [LINT], 'Type 265 stands in for a number that is not assigned yet'),
  defines('CMX-1.5-b', nobody, [], 'Type 15 is to be described as server mail exchange'),
  open(
    'CMX-1.5-c',
    ca,
    [ACME],
    'The labels are put into the registry of identifier types though they name challenge types',
  ),
  duty('CMX-1.5-d', receiver, [AR], 'Registers the method mtls with the results pass and fail'),
];

const smtpTlsSrv: readonly LedgerEntry[] = [
  duty('SRV-1-a', all, [LINT, GEN], 'SMTP over TLS has a service name of its own for SRV records'),
  defines(
    'SRV-1.1-a',
    all,
    [PROBE, SINK],
    'Implicit TLS is TLS from the first octet on, on a port that is used for nothing else',
  ),
  duty('SRV-2-a', zone, [LINT], 'The service label is _smtp-tls, in the examples below _tcp'),
  duty('SRV-2-b', host, [PROBE], 'Publishing the record announces STARTTLS on port 25'),
  must('SRV-2-c', zone, [LINT, GEN], 'An entry for STARTTLS has port 25'),
  duty(
    'SRV-2-d',
    host,
    [LINT, PLAN, PROBE],
    'Another port announces Implicit TLS there, with STARTTLS on port 25 still promised',
  ),
  should('SRV-2-e', zone, [LINT], 'The port of Implicit TLS is 842'),
  should('SRV-2-f', receiver, [PROBE, SINK], 'Inside Implicit TLS the server does not offer STARTTLS'),
  should('SRV-2-g', receiver, [PROBE, SINK], 'A STARTTLS command there is answered with 554'),
  should('SRV-2-h', receiver, [PROBE, SINK], 'With enhanced status codes it is answered with 5.5.1'),
  must('SRV-2-i', sender, [LINT, PLAN], 'SRV goes before MX'),
  should('SRV-2-j', sender, [PLAN, DNS], 'With SRV present no MX is looked up'),
  must('SRV-2-k', sender, [LINT, PLAN], 'With SRV present no MX record is ever used'),
  should('SRV-2-l', both, [PLAN, SINK], 'After an SRV lookup that succeeded nothing is sent in clear text'),
  should('SRV-2-m', both, [LINT, PROBE], 'TLS is used as RFC 9325 recommends'),
  should(
    'SRV-2-n',
    ['resolver', 'sender'],
    [LINT, PLAN],
    'That the record is absent is cached for a minimum time as well as a maximum',
  ),
  may(
    'SRV-2-o',
    ['resolver', 'sender'],
    [LINT, PLAN],
    'The minimum may be the TTL of the MX or address records, within RFC 2308 section 5',
  ),
  implied('SRV-2-p', sender, [PLAN], 'Priority and weight work as RFC 2782 says'),
  implied('SRV-2-q', nobody, [], 'Updates RFC 5321 and RFC 3207'),
  defines('SRV-3.1-a', zone, [GEN], 'The example 0 0 25 offers STARTTLS only'),
  defines('SRV-3.2-a', zone, [GEN], 'The example 0 0 842 offers Implicit TLS in addition to STARTTLS'),
  defines('SRV-3.3-a', zone, [LINT, GEN], 'The example 0 0 842 with 1 0 25 elsewhere prefers Implicit TLS'),
  should('SRV-4-a', sender, [PLAN], 'When the announced port fails the sender tries port 25 of that host'),
  must('SRV-4-b', sender, [PLAN], 'That second try uses STARTTLS'),
  may('SRV-4-c', sender, [PLAN], 'It may be left out when neither shortcoming applies'),
  implied('SRV-4-d', sender, [PLAN], 'One shortcoming: the port may be blocked on the way'),
  implied('SRV-4-e', sender, [LINT, PLAN], 'The other: the SRV answer may not be provably secure by DNSSEC'),
  should(
    'SRV-4-f',
    sender,
    [PLAN],
    'When STARTTLS on port 25 fails too the DNS result is treated with the utmost suspicion',
  ),
  implied('SRV-4-g', sender, [PLAN], 'A log of what was decided helps'),
  must('SRV-4-h1', sender, [PLAN], 'By RFC 6186 section 4 priority and weight decide'),
  should('SRV-4-h2', sender, [PROBE, PLAN], 'By RFC 6186 section 4 the sender gives a server name indication'),
  must(
    'SRV-4-h3',
    sender,
    [LINT, PLAN],
    'By RFC 6186 section 4 the certificate is checked starting from the SRV record (now RFC 9525)',
  ),
  should(
    'SRV-4-h4',
    sender,
    [PLAN],
    'By RFC 6186 section 4 the service that worked is remembered and looked up again when it fails',
  ),
  must(
    'SRV-5-a',
    zone,
    [LINT],
    'By RFC 6186 section 5 the certificate can be verified with the SRV record as the starting point',
  ),
  must(
    'SRV-5-b',
    receiver,
    [PROBE],
    'By RFC 6186 section 5 several domains at one address need server name indication',
  ),
  must('SRV-5-c', zone, [LINT], 'By RFC 6186 section 5 SRV records are published for the services offered'),
  open('SRV-6-a', nobody, [LINT], 'Asks for port 842, which is not assigned yet'),
  implied('SRV-6-b', nobody, [], 'A port of its own allows strict firewall rules'),
  should(
    'SRV-7-a',
    sender,
    [LINT, PLAN],
    'By RFC 6186 section 6, without secure DNS the target is expected inside the domain asked for',
  ),
  implied('SRV-7-b', sender, [PLAN, SINK], 'Avoids the downgrade by a stripped STARTTLS'),
  implied('SRV-7-c', nobody, [], 'Saves round trips'),
  implied('SRV-7-d', nobody, [LINT], 'The security of DNS is out of scope; DNSSEC and encrypted DNS exist'),
  implied('SRV-7-e', nobody, [], 'The choice of TLS is out of scope'),
  implied('SRV-7-f', nobody, [LINT], 'The spread of DANE for SMTP shows the wish for such a record'),
];

/** Every requirement of the two drafts; a lint rule names in `cites` those it checks. */
export const ledger: readonly LedgerEntry[] = [...clientMx, ...smtpTlsSrv];

function of(level: LedgerLevel): Add {
  return (id, who, verify, statement) => ({ id, level, who, section: id.split('-')[1] ?? '', statement, verify });
}
