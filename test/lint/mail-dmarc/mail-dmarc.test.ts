import { describe } from 'vitest';
import { rules } from '../../../lib/lint/rules/mail-dmarc/list.ts';
import { itSays } from './run.ts';

const MX = '@ MX 10 mx1\nmx1 A 192.0.2.10\n';

describe('where DMARC records stand', () => {
  itSays(rules, 'dmarc-missing', [
    {
      name: 'one finding for the whole zone',
      zone: `${MX}shop MX 10 mx1\nshop TXT "v=spf1 mx -all"\n`,
      finds: [1],
      says: /and 1 other domain of the zone have mail/,
    },
    {
      name: 'a sub-domain is covered from above',
      zone: `${MX}a.shop MX 10 mx1\n_dmarc TXT "v=DMARC1; p=none"\n`,
      finds: [],
    },
    {
      name: 'a sub-domain alone is not',
      zone: `${MX}shop MX 10 mx1\n_dmarc.shop TXT "v=DMARC1; p=none"\n`,
      finds: [1],
    },
    { name: 'an alias to a provider', zone: `${MX}_dmarc CNAME example-net.dmarc.example.com.\n`, finds: [] },
    { name: 'a delegation to a provider', zone: `${MX}_dmarc NS ns.example.com.\n`, finds: [] },
    { name: 'a wildcard that answers for it', zone: `${MX}* TXT "v=DMARC1; p=reject"\n`, finds: [] },
    { name: 'other texts at _dmarc', zone: `${MX}_dmarc TXT "site-verification=b5f1c0"\n`, finds: [1] },
    { name: 'a broken record is not a missing one', zone: `${MX}_dmarc TXT "v=dmarc1; p=none"\n`, finds: [] },
    { name: 'a misplaced record is dmarc-wrong-location', zone: `${MX}@ TXT "v=DMARC1; p=none"\n`, finds: [] },
    { name: 'the null MX is no mail', zone: '@ MX 0 .\n', finds: [] },
    { name: 'SPF that lets send', zone: '@ TXT "v=spf1 ip4:192.0.2.1 -all"\n', finds: [1] },
    { name: 'SPF that does not', zone: '@ TXT "v=spf1 -all"\n', finds: [] },
    { name: 'SPF beside the null MX', zone: '@ MX 0 .\n@ TXT "v=spf1 ip4:192.0.2.1 -all"\n', finds: [] },
    { name: 'hosts with an MX of their own', zone: 'host MX 10 mx1\nmx1 A 192.0.2.10\n', finds: [] },
    { name: 'a wildcard MX', zone: '* MX 10 mx1\n', finds: [] },
    { name: 'a domain below the apex that sends', zone: 'news MX 10 mx1\nnews TXT "v=spf1 mx -all"\n', finds: [1] },
    { name: 'an entry that cannot be read', zone: `${MX}_dmarc TXT "v=DMARC1\n`, finds: [] },
    {
      name: 'the policy in the zone above',
      zone: '@ MX 10 mx1\n',
      finds: [],
      others: [{ origin: 'net', zone: '_dmarc TXT "v=DMARC1; p=none; psd=y"\n' }],
    },
    {
      name: 'the proposed record',
      zone: '@ MX 10 mx1\n',
      finds: [1],
      fixed: '_dmarc.example.net. TXT "v=DMARC1; p=none; rua=mailto:postmaster@example.net"',
    },
  ]);

  itSays(rules, 'dmarc-multiple', [
    {
      name: 'the same twice is one record',
      zone: '_dmarc TXT "v=DMARC1; p=none"\n_dmarc TXT "v=DMARC1; p=none"\n',
      finds: [],
    },
    {
      name: 'one that does not count',
      zone: '_dmarc TXT "v=DMARC1; p=none"\n_dmarc TXT "v=dmarc1; p=none"\n',
      finds: [],
    },
    {
      name: 'several consents do no harm',
      zone: 'example.com._report._dmarc TXT "v=DMARC1"\nexample.com._report._dmarc TXT "v=DMARC1;"\n',
      finds: [],
    },
    {
      name: 'three',
      zone: '_dmarc TXT "v=DMARC1; p=none"\n_dmarc TXT "v=DMARC1"\n_dmarc TXT "v=DMARC1; p=reject"\n',
      finds: [1],
      says: /has 3 DMARC records/,
    },
  ]);

  itSays(rules, 'dmarc-wrong-location', [
    {
      name: 'at a mail domain',
      zone: 'shop TXT "v=DMARC1; p=none"\nshop MX 10 mx1\n',
      finds: [1],
      says: /expected it at _dmarc\.shop\.example\.net/,
    },
    {
      name: 'misspelled',
      zone: 'dmarc.shop TXT "v=DMARC1; p=none"\n',
      finds: [1],
      fixed: '_dmarc.shop.example.net. TXT "v=DMARC1; p=none"',
    },
    {
      name: 'labels swapped',
      zone: 'shop A 192.0.2.1\nshop._dmarc TXT "v=DMARC1; p=none"\n',
      finds: [2],
      fixed: '_dmarc.shop.example.net. TXT "v=DMARC1; p=none"',
    },
    {
      name: 'a wildcard below _dmarc',
      zone: '*._dmarc TXT "v=DMARC1; p=none"\n',
      finds: [1],
      says: /expected it at _dmarc\.example\.net/,
    },
    { name: 'a wildcard consent', zone: '*._report._dmarc TXT "v=DMARC1"\n', finds: [] },
    { name: 'a name that others point to', zone: 'strict TXT "v=DMARC1; p=reject"\n', finds: [] },
    { name: 'the target of an alias', zone: 'dmarc TXT "v=DMARC1; p=reject"\n_dmarc CNAME dmarc\n', finds: [] },
    { name: 'below a delegation', zone: 'sub NS ns1\ndmarc.sub TXT "v=DMARC1; p=none"\n', finds: [] },
    {
      name: 'no fix where a record is already',
      zone: '_dmarc TXT "v=DMARC1; p=none"\n@ TXT "v=DMARC1; p=none"\n',
      finds: [2],
      fixed: '@ TXT "v=DMARC1; p=none"',
    },
    {
      name: 'no fix when the next line lives on the owner',
      zone: '@ TXT "v=DMARC1; p=none"\n  TXT "other"\n',
      finds: [1],
      fixed: 'TXT "other"',
    },
    { name: 'SPF at the apex', zone: '@ TXT "v=spf1 -all"\n', finds: [] },
  ]);

  itSays(rules, 'dmarc-cname-dangling', [
    { name: 'a target in a zone that was not given', zone: '_dmarc CNAME x.example.com.\n', finds: [] },
    {
      name: 'a target that a given zone lacks',
      zone: '_dmarc CNAME x.example.com.\n',
      finds: [1],
      says: /x\.example\.com, which does not exist/,
      others: [{ origin: 'example.com', zone: '' }],
    },
    {
      name: 'a target that a given zone has',
      zone: '_dmarc CNAME x.example.com.\n',
      finds: [],
      others: [{ origin: 'example.com', zone: 'x TXT "v=DMARC1; p=none"\n' }],
    },
    {
      name: 'over two aliases',
      zone: '_dmarc CNAME a\na CNAME b\nb A 192.0.2.1\n',
      finds: [1],
      says: /b\.example\.net, which has no TXT/,
    },
    { name: 'a loop is core-cname-loop', zone: '_dmarc CNAME a\na CNAME _dmarc\n', finds: [] },
    { name: 'nothing in the own zone is core-cname-dangling', zone: '_dmarc CNAME gone\n', finds: [] },
  ]);
});

describe('the text of DMARC records', () => {
  itSays(rules, 'dmarc-syntax', [
    {
      name: 'the version',
      zone: '_dmarc TXT "v=dmarc1; p=none"\n',
      finds: [1],
      at: 'v=dmarc1',
      severity: 'error',
      fixed: '_dmarc TXT "v=DMARC1; p=none"',
    },
    {
      name: 'the version behind',
      zone: '_dmarc TXT "p=none; v=DMARC1"\n',
      finds: [1],
      fixed: '_dmarc TXT "v=DMARC1; p=none"',
    },
    {
      name: 'the version in the middle',
      zone: '_dmarc TXT "p=none; v=DMARC1; t=y"\n',
      finds: [1],
      fixed: '_dmarc TXT "v=DMARC1; p=none; t=y"',
    },
    {
      name: 'no version',
      zone: '_dmarc TXT "p=none; rua=mailto:a@example.net"\n',
      finds: [1],
      fixed: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@example.net"',
    },
    {
      name: 'a blank for a semicolon',
      zone: '_dmarc TXT "v=DMARC1 p=none"\n',
      finds: [1],
      says: /no semicolon before the tag "p"/,
      fixed: '_dmarc TXT "v=DMARC1; p=none"',
    },
    {
      name: 'strings joined without a semicolon',
      zone: '_dmarc TXT "v=DMARC1" "p=none"\n',
      finds: [1],
      fixed: '_dmarc TXT "v=DMARC1" "; p=none"',
    },
    {
      name: 'marks in the text',
      zone: '_dmarc TXT "\\"v=DMARC1; p=none\\""\n',
      finds: [1],
      says: /quotation marks/,
      fixed: '_dmarc TXT "v=DMARC1; p=none"',
    },
    {
      name: 'a no-break space',
      zone: '_dmarc TXT "v=DMARC1;\u00a0p=none"\n',
      finds: [1],
      says: /\\194\\160/,
      fixed: '_dmarc TXT "v=DMARC1; p=none"',
    },
    {
      name: 'a comment where the text should go on',
      zone: '_dmarc TXT v=DMARC1; p=none\n',
      finds: [1],
      says: /unquoted semicolon, and "p=none" is a comment/,
      fixed: '_dmarc TXT "v=DMARC1; p=none"',
    },
    {
      name: 'a comment behind the whole text',
      zone: '_dmarc TXT v=DMARC1;p=none ; the policy\n_dmarc.a TXT "v=DMARC1" ; p=none comes later\n',
      finds: [1],
    },
    { name: 'an ordinary comment', zone: '_dmarc TXT v=DMARC1 ; the policy comes later\n', finds: [] },
    {
      name: 'a piece without a value',
      zone: '_dmarc TXT "v=DMARC1; p=none; quarantine"\n',
      finds: [1],
      severity: 'warning',
      at: 'quarantine',
    },
    {
      name: 'an unknown value',
      zone: '_dmarc TXT "v=DMARC1; p=none; fo=all"\n',
      finds: [1],
      severity: 'warning',
      at: 'all',
    },
    { name: 'consents, too', zone: 'example.com._report._dmarc TXT "v=DMARC1 p=none"\n', finds: [1] },
    { name: 'texts of others', zone: '_dmarc TXT "site-verification=b5f1c0"\n', finds: [] },
    { name: 'a final semicolon', zone: '_dmarc TXT "v=DMARC1; p=reject; "\n', finds: [] },
    { name: 'a record behind a wildcard', zone: '* TXT "v=DMARC1 p=none"\n', finds: [1] },
    {
      name: 'generic form',
      zone: '_dmarc TYPE16 \\# 9 08763d646d61726331\n',
      finds: [1],
      at: '\\# 9 08763d646d61726331',
    },
  ]);

  itSays(rules, 'dmarc-policy-invalid', [
    { name: 'sp and np', zone: '_dmarc TXT "v=DMARC1; p=none; sp=rejected; np=off"\n', finds: [1, 1], at: 'rejected' },
    { name: 'an empty one', zone: '_dmarc TXT "v=DMARC1; p=; sp=none"\n', finds: [1], at: 'p=' },
    { name: 'capitals', zone: '_dmarc TXT "v=DMARC1; p=NONE"\n', finds: [] },
    {
      name: 'the one that was meant',
      zone: '_dmarc TXT "v=DMARC1; p=quarentine"\n',
      finds: [1],
      fixed: '_dmarc TXT "v=DMARC1; p=quarantine"',
    },
  ]);

  itSays(rules, 'dmarc-p-missing', [
    {
      name: 'with reports it counts as none',
      zone: '_dmarc TXT "v=DMARC1; rua=mailto:a@example.net"\n',
      finds: [1],
      says: /counts as p=none/,
      severity: 'warning',
      fixed: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@example.net"',
    },
    {
      name: 'without it does not count',
      zone: '_dmarc TXT "v=DMARC1; sp=none"\n',
      finds: [1],
      says: /receivers leave it out/,
    },
    {
      name: 'RFC 7489 requires it',
      zone: '_dmarc TXT "v=DMARC1; rua=mailto:a@example.net"\n',
      finds: [1],
      severity: 'error',
      options: { rfc7489: true },
    },
    { name: 'a consent has none', zone: 'example.com._report._dmarc TXT "v=DMARC1"\n', finds: [] },
    { name: 'a capital is dmarc-unknown-tag', zone: '_dmarc TXT "v=DMARC1; P=none"\n', finds: [] },
    { name: 'what an unquoted semicolon cut off is dmarc-syntax', zone: '_dmarc TXT v=DMARC1; p=none\n', finds: [] },
  ]);

  itSays(rules, 'dmarc-p-not-second', [
    {
      name: 'moved',
      zone: '_dmarc TXT "v=DMARC1; sp=none; p=reject; adkim=s;"\n',
      finds: [1],
      fixed: '_dmarc TXT "v=DMARC1; p=reject; sp=none; adkim=s;"',
    },
    {
      name: 'an error of its time',
      zone: '_dmarc TXT "v=DMARC1; sp=none; p=reject"\n',
      finds: [1],
      severity: 'warning',
      options: { rfc7489: true },
    },
  ]);

  itSays(rules, 'dmarc-unknown-tag', [
    {
      name: 'a capital',
      zone: '_dmarc TXT "v=DMARC1; P=none"\n',
      finds: [1],
      says: /perhaps p$/,
      fixed: '_dmarc TXT "v=DMARC1; p=none"',
    },
    {
      name: 'far from any',
      zone: '_dmarc TXT "v=DMARC1; p=none; comment=x"\n',
      finds: [1],
      says: /expected none such/,
    },
    { name: 'tags of RFC 7489', zone: '_dmarc TXT "v=DMARC1; p=none; pct=100; rf=afrf; ri=86400"\n', finds: [] },
    {
      name: 'tags of RFC 9989 in the eyes of RFC 7489',
      zone: '_dmarc TXT "v=DMARC1; p=none; np=none; t=n"\n',
      finds: [1, 1],
      options: { rfc7489: true },
    },
    {
      name: 'no guess that is there already',
      zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@example.net; ruaa=mailto:b@example.net"\n',
      finds: [1],
      says: /^(?!.*perhaps rua)/,
    },
  ]);

  itSays(rules, 'dmarc-pct-ignored', [
    { name: 'all of it is dmarc-removed-tag', zone: '_dmarc TXT "v=DMARC1; p=reject; pct=100"\n', finds: [] },
    { name: 'a policy of none has no part', zone: '_dmarc TXT "v=DMARC1; p=none; pct=10"\n', finds: [] },
    {
      name: 'as a test',
      zone: '_dmarc TXT "v=DMARC1; p=reject; pct=0"\n',
      finds: [1],
      fixed: '_dmarc TXT "v=DMARC1; p=reject; t=y"',
    },
    { name: 'by RFC 7489', zone: '_dmarc TXT "v=DMARC1; p=reject; pct=0"\n', finds: [], options: { rfc7489: true } },
  ]);

  itSays(rules, 'dmarc-removed-tag', [
    {
      name: 'each of them',
      zone: '_dmarc TXT "v=DMARC1; p=reject; rf=afrf; ri=3600; pct=100;"\n',
      finds: [1, 1, 1],
      fixed: '_dmarc TXT "v=DMARC1; p=reject; ri=3600; pct=100;"',
    },
    {
      name: 'at the end',
      zone: '_dmarc TXT "v=DMARC1; p=reject; pct=100"\n',
      finds: [1],
      fixed: '_dmarc TXT "v=DMARC1; p=reject;"',
    },
    { name: 'by RFC 7489', zone: '_dmarc TXT "v=DMARC1; p=reject; pct=100"\n', finds: [], options: { rfc7489: true } },
  ]);

  itSays(rules, 'dmarc-alignment-invalid', [
    {
      name: 'spelled out',
      zone: '_dmarc TXT "v=DMARC1; p=none; aspf=relaxed"\n',
      finds: [1],
      at: 'relaxed',
      fixed: '_dmarc TXT "v=DMARC1; p=none; aspf=r"',
    },
    { name: 'empty', zone: '_dmarc TXT "v=DMARC1; p=none; aspf=; adkim=x"\n', finds: [1, 1] },
  ]);

  itSays(rules, 'dmarc-sp-weaker', [
    { name: 'np', zone: '_dmarc TXT "v=DMARC1; p=reject; np=quarantine"\n', finds: [1], at: 'np=quarantine' },
    {
      name: 'np in the eyes of RFC 7489',
      zone: '_dmarc TXT "v=DMARC1; p=reject; np=quarantine"\n',
      finds: [],
      options: { rfc7489: true },
    },
  ]);
});

describe('reports', () => {
  itSays(rules, 'dmarc-rua-invalid', [
    {
      name: 'an address alone',
      zone: '_dmarc TXT "v=DMARC1; p=none; rua=a@example.net"\n',
      finds: [1],
      severity: 'error',
      fixed: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@example.net"',
    },
    {
      name: 'the second one',
      zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@example.net,b@example.net"\n',
      finds: [1],
      at: 'b@example.net',
    },
    {
      name: 'slashes',
      zone: '_dmarc TXT "v=DMARC1; p=none; ruf=mailto://a@example.net"\n',
      finds: [1],
      fixed: '_dmarc TXT "v=DMARC1; p=none; ruf=mailto:a@example.net"',
    },
    {
      name: 'another scheme',
      zone: '_dmarc TXT "v=DMARC1; p=none; rua=https://example.net/d"\n',
      finds: [1],
      severity: 'warning',
    },
    { name: 'a size', zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@example.net!5m"\n', finds: [] },
    { name: 'no size', zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@example.net!big"\n', finds: [1], at: '!big' },
    {
      name: 'over a border of strings',
      zone: '_dmarc TXT "v=DMARC1; p=none; rua=mai" "lto:a@localhost"\n',
      finds: [1],
      at: 'mai" "lto:a@localhost',
    },
  ]);

  itSays(rules, 'dmarc-external-not-authorized', [
    {
      name: 'a receiver that was not given',
      zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@example.com"\n',
      finds: [],
    },
    {
      name: 'a consent for all',
      zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@example.com"\n',
      finds: [],
      others: [{ origin: 'example.com', zone: '*._report._dmarc TXT "v=DMARC1"\n' }],
    },
    {
      name: 'an alias to the consent elsewhere',
      zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@example.com"\n',
      finds: [],
      others: [{ origin: 'example.com', zone: 'example.net._report._dmarc CNAME yes.example.org.\n' }],
    },
    {
      name: 'a consent that is none',
      zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@example.com"\n',
      finds: [1],
      others: [{ origin: 'example.com', zone: 'example.net._report._dmarc TXT "yes"\n' }],
    },
    {
      name: 'the sub-domain of a policy has its own consent',
      zone: '_dmarc.shop TXT "v=DMARC1; p=none; ruf=mailto:a@d.example.com"\n',
      finds: [1],
      says: /shop\.example\.net\._report\._dmarc\.d\.example\.com/,
      others: [{ origin: 'example.com', zone: 'example.net._report._dmarc.d TXT "v=DMARC1"\n' }],
    },
    {
      name: 'the own domain, below and above',
      zone: '_dmarc.shop TXT "v=DMARC1; p=none; rua=mailto:a@example.net,mailto:b@x.shop.example.net,mailto:c@dmarc.example.net"\n',
      finds: [],
    },
  ]);

  itSays(rules, 'dmarc-rua-domain-no-mail', [
    {
      name: 'a null MX in another zone',
      zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@example.com"\n',
      finds: [1],
      says: /has a null MX/,
      others: [{ origin: 'example.com', zone: '@ MX 0 .\n' }],
    },
    { name: 'an address will do', zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@ns1.example.net"\n', finds: [] },
    {
      name: 'a name that is not there',
      zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@gone.example.net"\n',
      finds: [1],
      says: /does not exist/,
    },
    {
      name: 'no MX and no address',
      zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@example.net"\n',
      finds: [1],
      says: /no MX and no address/,
    },
    { name: 'a zone that was not given', zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@example.org"\n', finds: [] },
    { name: 'a wildcard', zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@x.example.net"\n* MX 10 ns1\n', finds: [] },
    {
      name: 'an entry that cannot be read',
      zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@example.net"\n@ MX ten mx1\n',
      finds: [],
    },
  ]);

  itSays(rules, 'dmarc-size-suffix', [
    {
      name: 'removed',
      zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@example.net!5m,mailto:b@example.net"\n',
      finds: [1],
      at: '!5m',
      fixed: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@example.net,mailto:b@example.net"',
    },
    {
      name: 'by RFC 7489',
      zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@example.net!5m"\n',
      finds: [],
      options: { rfc7489: true },
    },
  ]);

  itSays(rules, 'dmarc-rua-missing', [
    {
      name: 'the proposed address',
      zone: '_dmarc TXT "v=DMARC1; p=reject;"\n',
      finds: [1],
      fixed: '_dmarc TXT "v=DMARC1; p=reject; rua=mailto:postmaster@example.net"',
    },
    { name: 'a consent', zone: 'example.com._report._dmarc TXT "v=DMARC1"\n', finds: [] },
  ]);
});

describe('policies and what they are for', () => {
  itSays(rules, 'dmarc-no-mail-not-reject', [
    {
      name: 'no policy at all',
      zone: '@ MX 0 .\n',
      finds: [1],
      says: /no DMARC policy/,
      fixed: '_dmarc.example.net. TXT "v=DMARC1; p=reject"',
    },
    { name: 'quarantine', zone: '@ MX 0 .\n_dmarc TXT "v=DMARC1; p=quarantine"\n', finds: [2], at: 'quarantine' },
    {
      name: 'a sub-domain goes with the domain above',
      zone: `${MX}_dmarc TXT "v=DMARC1; p=none"\nold MX 0 .\n`,
      finds: [],
    },
    {
      name: 'a domain that sends',
      zone: '@ MX 0 .\n@ TXT "v=spf1 ip4:192.0.2.1 -all"\n_dmarc TXT "v=DMARC1; p=none"\n',
      finds: [],
    },
    { name: 'an alias to a provider', zone: '@ MX 0 .\n_dmarc CNAME x.example.com.\n', finds: [] },
    { name: 'a record that is broken already', zone: '@ MX 0 .\n_dmarc TXT "v=DMARC1; p=rejct"\n', finds: [] },
  ]);

  itSays(rules, 'dmarc-psd-misuse', [
    {
      name: 'a registry delegates',
      zone: `${MX}_dmarc TXT "v=DMARC1; p=reject; psd=y"\nshop NS ns.example.com.\n`,
      finds: [],
    },
    { name: 'without mail nothing is known', zone: '_dmarc TXT "v=DMARC1; p=reject; psd=y"\n', finds: [] },
    {
      name: 'removed',
      zone: `${MX}_dmarc TXT "v=DMARC1; psd=y; p=reject"\n`,
      finds: [3],
      fixed: '_dmarc TXT "v=DMARC1; p=reject"',
    },
    {
      name: 'by RFC 7489',
      zone: `${MX}_dmarc TXT "v=DMARC1; p=reject; psd=y"\n`,
      finds: [],
      options: { rfc7489: true },
    },
  ]);

  itSays(rules, 'dmarc-mtls-strict-alignment', [
    {
      name: 'the domain itself',
      zone: '_dmarc TXT "v=DMARC1; p=reject; aspf=s"\n@ TYPE265 \\# 22 000a036e7331076578616d706c65036e657400\n',
      finds: [],
    },
  ]);

  itSays(rules, 'dmarc-test-mode', [
    { name: 'none is none', zone: '_dmarc TXT "v=DMARC1; p=none; t=y"\n', finds: [] },
    {
      name: 'one step milder',
      zone: '_dmarc TXT "v=DMARC1; t=y; p=quarantine"\n',
      finds: [1],
      says: /makes it none/,
      fixed: '_dmarc TXT "v=DMARC1; p=quarantine"',
    },
  ]);
});
