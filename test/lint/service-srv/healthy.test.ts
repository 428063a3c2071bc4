import { describe, expect, it } from 'vitest';
import { activeRules } from '../../../lib/lint/profiles.ts';
import { RULES } from '../../../lib/lint/rules.ts';
import { lintExample } from '../example.ts';

const GROUPS = ['dane', 'bimi', 'caa', 'service-srv'];
const DEFAULT = activeRules(RULES, { profile: 'default', select: [], ignore: [], levels: new Map() }).active.filter(
  ({ rule }) => GROUPS.includes(rule.group),
);
const HASH = 'ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9';

describe('zones as operators publish them have no finding by default', () => {
  it.each<[name: string, zone: string]>([
    [
      'mail, calendars and telephony hosted elsewhere',
      `@ MX 0 example-net.mail.protection.example.com.
autodiscover CNAME autodiscover.example.com.
sip CNAME sipdir.example.com.
lyncdiscover CNAME webdir.example.com.
_sip._tls SRV 100 1 443 sipdir.example.com.
_sipfederationtls._tcp SRV 100 1 5061 sipfed.example.com.
_autodiscover._tcp SRV 0 0 443 autodiscover.example.com.
_imaps._tcp SRV 0 0 993 imap.example.com.
_submission._tcp SRV 0 0 587 smtp.example.com.
`,
    ],
    [
      'a directory',
      `dc1 A 192.0.2.5
_msdcs NS ns1
_ldap._tcp SRV 0 100 389 dc1
_ldap._tcp.Default-First-Site-Name._sites SRV 0 100 389 dc1
_kerberos._tcp.Default-First-Site-Name._sites SRV 0 100 88 dc1
_kerberos._udp SRV 0 100 88 dc1
_kpasswd._tcp SRV 0 100 464 dc1
_gc._tcp SRV 0 100 3268 dc1
_ldap._tcp.DomainDnsZones SRV 0 100 389 dc1
_vlmcs._tcp SRV 0 0 1688 dc1
`,
    ],
    [
      'chat, games and federation',
      `chat A 192.0.2.6
_xmpp-client._tcp SRV 5 0 5222 chat
_xmpps-client._tcp SRV 5 0 443 chat
_xmpp-server._tcp SRV 5 0 5269 chat
_xmpp-server._tcp.rooms SRV 5 0 5269 chat
_matrix._tcp SRV 10 0 443 chat
_matrix-fed._tcp SRV 10 0 443 chat
_minecraft._tcp.play SRV 0 5 25577 chat
_ts3._udp SRV 0 5 9987 chat
_stun._udp SRV 0 0 3478 chat
_turns._tcp SRV 0 0 5349 chat
`,
    ],
    [
      'services offered and refused',
      `*._tcp SRV 0 0 0 .
*._udp SRV 0 0 0 .
_imap._tcp SRV 0 0 0 .
_pop3._tcp SRV 10 0 110 .
_imaps._tcp SRV 10 10 993 mail
_submissions._tcp SRV 10 10 465 mail
_submission._tcp SRV 20 10 587 mail
_sieve._tcp SRV 10 10 4190 mail
_caldavs._tcp SRV 10 10 443 mail
_carddavs._tcp SRV 10 10 443 mail
_jmap._tcp SRV 10 10 443 mail
_caldavs._tcp TXT "path=/dav"
_client._smtp.mail SRV 1 2 1 mail
_im._sip SRV 0 0 0 .
_pres._xmpp SRV 0 0 0 .
mail A 192.0.2.40
`,
    ],
    [
      'service discovery',
      `Front\\032Desk._ipp._tcp SRV 0 0 631 printer
_ipp._tcp PTR Front\\032Desk._ipp._tcp
_universal._sub._ipp._tcp PTR Front\\032Desk._ipp._tcp
printer A 192.0.2.50
`,
    ],
    [
      'TLSA shared by many hosts',
      `@ MX 10 mx1
@ MX 20 mx2
mx1 A 192.0.2.10
mx2 A 198.51.100.10
www CNAME web
web A 192.0.2.80
_dane TLSA 2 1 1 ${HASH}
_dane TLSA 3 1 1 ${HASH}
_25._tcp.mx1 CNAME _dane
*._tcp.mx2 CNAME _dane
_443._tcp.web CNAME _dane
_443._tcp.www CNAME _dane
_443._quic.web CNAME _dane
${'a'.repeat(56)}._openpgpkey OPENPGPKEY mQENBFVHm5sBCADB
*._smimecert SMIMEA 2 0 1 ${HASH}
`,
    ],
    [
      'CAA of every kind',
      `@ CAA 0 issue "letsencrypt.org;validationmethods=dns-01,dns-persist-01;accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/1"
@ CAA 128 issue "pki.goog; cansignhttpexchanges=yes"
@ CAA 0 issuewild ";"
@ CAA 0 issuemail "ca.example.org"
@ CAA 0 issuevmc ";"
@ CAA 0 iodef "mailto:security@example.net"
@ CAA 0 contactemail "security@example.net"
old CAA 0 issue ";"
news CAA 0 contactphone "+1 555 0100"
`,
    ],
    [
      'a web site with HTTPS records',
      `@ HTTPS 0 www
@ A 192.0.2.80
www HTTPS 1 . alpn=h3,h2 ipv4hint=192.0.2.80 ipv6hint=2001:db8::80
www A 192.0.2.80
www AAAA 2001:db8::80
shop HTTPS 0 shop.example.com.
_8443._https.www HTTPS 1 www port=8443 alpn=h2
old HTTPS 0 .
_dns.ns1 SVCB 1 ns1 alpn=dot port=853
`,
    ],
    [
      'an indicator for mail',
      `default._bimi TXT "v=BIMI1;l=https://static.example.net/logo.svg;a="
none._bimi TXT "v=BIMI1; l=; a=;"
_dmarc TXT "v=DMARC1;p=quarantine;pct=100;fo=1"
`,
    ],
  ])('%s', (_, zone) => {
    const found = lintExample({ zone }, DEFAULT);
    expect(found.map((one) => `${one.rule}: ${JSON.stringify(one.args)}`)).toEqual([]);
  });
});
