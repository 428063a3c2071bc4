import { Random } from './random.ts';

/** Takes the next piece of a zone file. */
export type Write = (text: string) => void;

const SEED = 2_026_0401;

/**
 * A registry: delegations to hosters and to name servers of their own with glue, some signed, TTL and class in every order.
 * Owners are relative or absolute or left blank. Returns the number of records.
 */
export function writeRegistry(records: number, write: Write): number {
  const random = new Random(SEED);
  write('; delegations of a registry\n$ORIGIN zz.\n$TTL 86400\n');
  write('@ 86400 IN SOA a.nic.zz. hostmaster.nic.zz. (\n\t2026040101 ; serial\n\t1800 ; refresh\n\t900 ; retry\n');
  write('\t604800 ; expire\n\t86400 ) ; minimum\n');
  let count = 1;
  for (const letter of 'abcd') {
    write(`@ 172800 IN NS ${letter}.nic.zz.\n${letter}.nic.zz. 172800 IN A ${random.ip4()}\n`);
    write(`${letter}.nic.zz. 172800 IN AAAA ${random.ip6()}\n`);
    count += 3;
  }
  for (let index = 1; count < records; index += 1) count += writeDelegation(random, index, write);
  return count;
}

function writeDelegation(random: Random, index: number, write: Write): number {
  const child = random.word(index);
  const owner = random.chance(0.2) ? `${child}.zz.` : child;
  const between = random.chance(0.5)
    ? random.pick(['86400 IN ', '172800 IN ', '3600 IN ', 'IN ', 'IN 86400 ', ''])
    : '86400 IN ';
  let count = 2;
  if (random.chance(0.22)) {
    write(`${owner} ${between}NS ns1.${child}\n${owner} ${between}NS ns2.${child}.zz.\n`);
    write(`ns1.${child} ${between}A ${random.ip4()}\nns2.${child} ${between}A ${random.ip4()}\n`);
    count += 2;
    if (random.chance(0.5)) {
      write(`ns1.${child} ${between}AAAA ${random.ip6()}\nns2.${child} ${between}AAAA ${random.ip6()}\n`);
      count += 2;
    }
  } else {
    const hoster = 1 + random.below(40_000);
    write(`${owner} ${between}NS ns1.hoster${hoster}.net.\n${owner} ${between}NS ns2.hoster${hoster}.net.\n`);
    if (random.chance(0.1)) {
      write(`\t${between}NS ns3.hoster${hoster}.org.\n`);
      count += 1;
    }
  }
  if (random.chance(0.15)) {
    write(`${owner} ${between}DS ${1 + random.below(65_535)} 13 2 ${random.hex(32).toUpperCase()}\n`);
    count += 1;
  }
  return count;
}

/** A mail hoster: some twenty records for each customer, with all that a careful mail domain publishes. Returns their number. */
export function writeMailHoster(records: number, origin: string, seed: number, write: Write): number {
  const random = new Random(SEED + seed);
  writeApex(origin, random, write);
  let count = 5;
  for (let index = 1; count < records; index += 1) count += writeCustomer(random, origin, index, write);
  return count;
}

function writeApex(origin: string, random: Random, write: Write): void {
  write(`$ORIGIN ${origin}.\n$TTL 3600\n@ IN SOA ns1 hostmaster (\n\t2026040101 ; serial\n\t1h ; refresh\n`);
  write('\t15m ; retry\n\t2w ; expire\n\t1h ) ; minimum\n@ IN NS ns1\n@ IN NS ns2\n');
  write(`ns1 IN A ${random.ip4()}\nns2 IN A ${random.ip4()}\n`);
}

function writeCustomer(random: Random, origin: string, index: number, write: Write): number {
  const owner = random.word(index);
  const domain = `${owner}.${origin}`;
  let count = 6 + writeMailHosts(random, owner, domain, index, write);
  write(`_smtp-tls._tcp.${owner} IN SRV 0 10 842 mx1.${domain}.\n`);
  write(`_smtp-tls._tcp.${owner} IN SRV ( 10 10 ; starttls fallback\n\t25 mx2.${owner} )\n`);
  write(`${owner} IN TXT "v=spf1 mx a:out1.${domain} ip4:${random.ip4()}/32 ip6:2001:db8::/32 `);
  write(`include:_spf.provider${1 + random.below(99)}.example -all"\n`);
  write(`_dmarc.${owner} IN TXT "v=DMARC1; p=reject; rua=mailto:dmarc@${domain}; pct=100" ; dmarc (policy)\n`);
  if (random.chance(0.5)) {
    write(
      `s${1 + random.below(9)}._domainkey.${owner} IN TXT ( "v=DKIM1; k=ed25519; "\n\t"p=${Buffer.from(random.hex(32), 'hex').toString('base64')}" ) ; dkim\n`,
    );
    count += 1;
  }
  write(`_25._tcp.mx1.${owner} IN TLSA 3 1 1 (\n\t${random.hex(16)}\n\t${random.hex(16)} )\n`);
  const key = random.hex(32);
  write(`_25._tcp.mx2.${owner} IN TLSA 3 1 1 ${key}\n_842._tcp.mx1.${owner} IN TLSA 3 1 1 ${key}\n`);
  write(`${owner} IN CAA 0 issue "letsencrypt.org"\n${owner} IN CAA 0 iodef "mailto:security@${domain}"\n`);
  write(`autodiscover.${owner} IN CNAME mx1.${owner}\nautoconfig.${owner} 1h IN CNAME mx1.${domain}.\n`);
  write(`www.${owner} IN CNAME ${owner}\n`);
  return count + 12;
}

function writeMailHosts(random: Random, owner: string, domain: string, index: number, write: Write): number {
  write(`; customer ${index}\n${owner}\t3600\tIN\tMX\t10 mx1.${owner}\n\t3600\tIN\tMX\t20 mx2.${domain}.\n`);
  write(
    `${owner} 3600 IN TYPE265 ${clientMx(10, `out1.${domain}`)}\n\t3600 IN TYPE265 ${clientMx(20, `out2.${domain}`)}\n`,
  );
  write(`${owner} 300 IN A ${random.ip4()}\n${owner} 300 IN AAAA ${random.ip6()}\n`);
  let count = 0;
  for (const host of ['mx1', 'mx2', 'out1', 'out2']) {
    write(`${host}.${owner} IN A ${random.ip4()}\n`);
    count += 1;
    if (!random.chance(0.5)) continue;
    write(`${host}.${owner} IN AAAA ${random.ip6()}\n`);
    count += 1;
  }
  return count;
}

/** RDATA of a Client MX record in the generic form. */
function clientMx(preference: number, exchange: string): string {
  const labels = exchange.split('.').map((label) => String.fromCharCode(label.length) + label);
  const octets = Buffer.from(`\0${String.fromCharCode(preference)}${labels.join('')}\0`, 'latin1');
  return `\\# ${octets.length} ${octets.toString('hex')}`;
}

/** A zone of plain hosts, to be signed. Returns the number of records. */
export function writeHosts(records: number, origin: string, write: Write): number {
  const random = new Random(SEED);
  writeApex(origin, random, write);
  let count = 5;
  for (let index = 1; count < records; index += 1) {
    const owner = random.word(index);
    write(`${owner} IN A ${random.ip4()}\n${owner} IN AAAA ${random.ip6()}\n`);
    count += 2;
    if (index % 4 === 0) {
      write(`${owner} IN MX 10 ${owner}\n`);
      count += 1;
    }
    if (index % 5 === 0) {
      write(`${owner} IN TXT "v=spf1 a -all"\n`);
      count += 1;
    }
  }
  return count;
}
