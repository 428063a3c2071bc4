import { describe } from 'vitest';
import { clientMx } from '../../../lib/lint/common-examples.ts';
import type { ExamplePolicy } from '../../../lib/lint/rule.ts';
import { rules } from '../../../lib/lint/rules/mta-sts/list.ts';
import { itFinds } from '../mail-spf/cases.ts';

/** A policy of example.net with some lines. */
function policy(...lines: string[]): readonly ExamplePolicy[] {
  return [{ domain: 'example.net', text: lines.map((line) => `${line}\n`).join('') }];
}

const RECORD = '_mta-sts TXT "v=STSv1; id=20261101"\n';
const HOST = 'mta-sts A 192.0.2.20\n';
const MX = '@ MX 10 mx1\nmx1 A 192.0.2.10\n';
const REPORTS = 'v=TLSRPTv1; rua=mailto:tls@example.net';

describe('the record at _mta-sts', () => {
  itFinds(rules, 'mtasts-txt-syntax', [
    {
      name: 'the id is proposed',
      zone: '_mta-sts TXT "v=STSv1; id=2026-11-21"\n',
      finds: [[1, '2026-11-21']],
      fixed: '_mta-sts TXT "v=STSv1; id=20261121"\n',
    },
    {
      name: 'no semicolon',
      zone: '_mta-sts TXT "v=STSv1 id=1"\n',
      finds: [[1, 'v=STSv1 ']],
      fixed: '_mta-sts TXT "v=STSv1; id=1"\n',
    },
    { name: 'two strings', zone: '_mta-sts TXT "v=STSv1; i" "d=a-b"\n', finds: [[1, 'a-b']] },
    { name: 'an alias to a provider', zone: '_mta-sts CNAME _mta-sts.example.org.\n', finds: [] },
    { name: 'a text of another purpose', zone: `${RECORD}_mta-sts TXT "hello world"\n`, finds: [] },
    { name: 'a misspelt one beside a good one', zone: `${RECORD}_mta-sts TXT "v=STSv2; id=1"\n`, finds: [] },
    {
      name: 'in any letter case of the owner',
      zone: '_MTA-STS.Sub TXT "v=STSv1; id="\n',
      finds: [[1, 'id=']],
      says: /of Sub\.example\.net/,
    },
    { name: 'below a delegation', zone: 'sub NS ns1\n_mta-sts.sub TXT "v=STSv1; id="\n', finds: [] },
  ]);

  itFinds(rules, 'mtasts-txt-multiple', [
    { name: 'the same record twice', zone: RECORD + RECORD, finds: [] },
    { name: 'texts that senders skip', zone: `${RECORD}_mta-sts TXT "v=STSv2; id=1"\n`, finds: [] },
  ]);

  itFinds(rules, 'mtasts-wrong-location', [
    {
      name: 'at the domain',
      zone: '@ TXT "v=STSv1; id=1"\n',
      finds: [[1, '@']],
      fixed: '_mta-sts TXT "v=STSv1; id=1"\n',
    },
    {
      name: 'with an underscore for the hyphen',
      zone: '_mta_sts.example.net. TXT "v=STSv1; id=1"\n',
      finds: [[1, '_mta_sts.example.net.']],
      fixed: '_mta-sts.example.net. TXT "v=STSv1; id=1"\n',
    },
    {
      name: 'when the next record takes its owner',
      zone: '@ TXT "v=STSv1; id=1"\n  MX 10 ns1\n',
      finds: [[1, '@']],
      fixed: null,
    },
    { name: 'where an alias leads', zone: '_mta-sts CNAME mta-sts\nmta-sts TXT "v=STSv1; id=1"\n', finds: [] },
    { name: 'a copy of the right one', zone: `${RECORD}mta-sts TXT "v=STSv1; id=20261101"\n`, finds: [] },
    { name: 'a name for the aliases of customers', zone: 'customer1._sts-records TXT "v=STSv1; id=1"\n', finds: [] },
  ]);

  itFinds(rules, 'mtasts-host-missing', [
    { name: 'an alias', zone: `${RECORD}mta-sts CNAME sts.example.org.\n`, finds: [] },
    { name: 'IPv6 alone', zone: `${RECORD}mta-sts AAAA 2001:db8::1\n`, finds: [] },
    { name: 'a wildcard', zone: `${RECORD}* CNAME www.example.org.\n`, finds: [] },
    { name: 'a delegation', zone: `${RECORD}mta-sts NS ns1\n`, finds: [] },
    {
      name: 'a delegated zone that is given',
      zone: `${RECORD}mta-sts NS ns1\n`,
      others: [{ origin: 'mta-sts.example.net', zone: '' }],
      finds: [[1, '_mta-sts']],
    },
    { name: 'a broken line', zone: `${RECORD}mta-sts A 192.0.2\n`, finds: [] },
    { name: 'other records at the name', zone: `${RECORD}mta-sts TXT "x"\n`, finds: [[1, '_mta-sts']] },
    { name: 'an alias of the record', zone: '_mta-sts CNAME _mta-sts.example.org.\n', finds: [] },
  ]);

  itFinds(rules, 'mtasts-orphan-host', [
    { name: 'an alias announces it', zone: `${MX}${HOST}_mta-sts CNAME _mta-sts.example.org.\n`, finds: [] },
    { name: 'a host for other domains', zone: HOST, finds: [] },
    { name: 'a broken TXT record', zone: `${MX}${HOST}_mta-sts TXT "v=STSv1; id=1\n`, finds: [] },
    { name: 'a host by alias', zone: `${MX}mta-sts CNAME sts.example.org.\n`, finds: [[3, 'mta-sts']] },
  ]);
});

describe('the policy', () => {
  const lines = ['version: STSv1', 'mode: enforce', 'mx: *.example.net', 'max_age: 604800'];

  itFinds(rules, 'mtasts-policy-syntax', [
    {
      name: 'stands in the policy file',
      zone: MX,
      policies: policy('version: STSv1', 'mode: enforced', 'mx: mx1.example.net', 'max_age: 1'),
      finds: [[0, 'enforced']],
      fixed: 'version: STSv1\r\nmode: enforce\r\nmx: mx1.example.net\r\nmax_age: 1\r\n',
    },
    {
      name: 'a key that is missing',
      zone: MX,
      policies: policy(...lines.slice(0, 3)),
      finds: [[0, 'version: STSv1']],
      says: /max_age is missing/,
    },
    {
      name: 'a line twice',
      zone: MX,
      policies: policy(...lines, 'mode: none'),
      finds: [[0, 'mode: none\r\n']],
      says: /repeats a key/,
    },
    { name: 'keys nobody knows', zone: MX, policies: policy(...lines, 'tlsversion: 1.3'), finds: [] },
  ]);

  itFinds(rules, 'mtasts-policy-mx-mismatch', [
    {
      name: 'one label for the star',
      zone: '@ MX 10 a.b\na.b A 192.0.2.1\n',
      policies: policy(...lines),
      finds: [[1, 'a.b']],
      related: ['*.example.net'],
      says: /\(enforce\) allows \*\.example\.net, not its MX host a\.b\.example\.net/,
    },
    { name: 'letter case', zone: '@ MX 10 MX1.EXAMPLE.NET.\n', policies: policy(...lines), finds: [] },
    { name: 'the null MX', zone: '@ MX 0 .\n', policies: policy(...lines), finds: [] },
    {
      name: 'mode none',
      zone: '@ MX 10 mx.example.org.\n',
      policies: policy('version: STSv1', 'mode: none', 'mx: a.example', 'max_age: 1'),
      finds: [],
    },
    { name: 'a policy of another domain', zone: 'sub MX 10 mx.example.org.\n', policies: policy(...lines), finds: [] },
    {
      name: 'no mx line is another fault',
      zone: MX,
      policies: policy('version: STSv1', 'mode: enforce', 'max_age: 1'),
      finds: [],
    },
  ]);

  itFinds(rules, 'mtasts-policy-mx-unused', [
    {
      name: 'SRV targets use lines too',
      zone: `${MX}_smtp-tls._tcp SRV 0 0 842 tls1\n`,
      policies: policy('version: STSv1', 'mode: enforce', 'mx: mx1.example.net', 'mx: tls1.example.net', 'max_age: 1'),
      finds: [],
    },
    {
      name: 'the line goes',
      zone: MX,
      policies: policy('mx: mx2.example.net', ...lines),
      finds: [[0, 'mx2.example.net']],
      fixed: lines.map((line) => `${line}\r\n`).join(''),
    },
  ]);

  itFinds(rules, 'mtasts-max-age', [
    {
      name: 'over a year',
      zone: MX,
      policies: policy(...lines.slice(0, 3), 'max_age: 31557601'),
      finds: [[0, '31557601']],
      says: /at most 31557600/,
    },
    { name: 'a year', zone: MX, policies: policy(...lines.slice(0, 3), 'max_age: 31557600'), finds: [] },
    {
      name: 'short while testing',
      zone: MX,
      policies: policy('version: STSv1', 'mode: testing', 'mx: *.example.net', 'max_age: 60'),
      finds: [],
    },
    {
      name: 'the least is an option',
      zone: MX,
      policies: policy(...lines),
      options: { least: 1_209_600 },
      finds: [[0, '604800']],
      says: /604800 \(1 week\); expected at least 1209600 \(2 weeks\)/,
    },
  ]);

  itFinds(rules, 'mtasts-srv-target-uncovered', [
    {
      name: 'covered by the star',
      zone: `${MX}_smtp-tls._tcp SRV 0 0 842 tls1\n`,
      policies: policy(...lines),
      finds: [],
    },
  ]);

  itFinds(rules, 'mtasts-id-not-changed', [
    {
      name: 'the new id is the time',
      zone: RECORD,
      before: RECORD,
      policies: policy(...lines),
      policiesBefore: policy(...lines.slice(0, 3), 'max_age: 1'),
      finds: [[1, '20261101']],
      fixed: '_mta-sts TXT "v=STSv1; id=20261121000000"\n',
    },
    {
      name: 'blanks, line ends and order',
      zone: RECORD,
      before: RECORD,
      policies: policy(...lines),
      policiesBefore: policy(...[...lines].reverse().map((line) => `${line} `)),
      finds: [],
    },
    {
      name: 'a new id',
      zone: RECORD,
      before: RECORD.replace('2026', '2025'),
      policies: policy(...lines),
      policiesBefore: policy('mode: none'),
      finds: [],
    },
    { name: 'no policy before', zone: RECORD, before: RECORD, policies: policy(...lines), finds: [] },
    {
      name: 'no record of ours',
      zone: '_mta-sts CNAME x.example.org.\n',
      before: '_mta-sts CNAME x.example.org.\n',
      policies: policy(...lines),
      policiesBefore: policy('mode: none'),
      finds: [],
    },
    { name: 'without a past', zone: RECORD, policies: policy(...lines), finds: [] },
  ]);
});

describe('TLS reports', () => {
  itFinds(rules, 'tlsrpt-syntax', [
    {
      name: 'several addresses',
      zone: '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:a@example.net,http://r.example.org/"\n',
      finds: [[1, 'http://r.example.org/']],
      fixed: '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:a@example.net,https://r.example.org/"\n',
    },
    { name: 'an alias', zone: '_smtp._tls CNAME tls.example.org.\n', finds: [] },
    {
      name: 'of a name below',
      zone: '_smtp._tls.sub TXT "v=TLSRPTv1;"\n',
      finds: [[1, 'v=TLSRPTv1;']],
      says: /of sub\.example\.net: it has no rua/,
    },
    { name: '_tls alone is another fault', zone: '_tls TXT "v=TLSRPTv1;"\n', finds: [] },
  ]);

  itFinds(rules, 'tlsrpt-wrong-location', [
    { name: 'at the domain', zone: `@ TXT "${REPORTS}"\n`, finds: [[1, '@']], fixed: `_smtp._tls TXT "${REPORTS}"\n` },
    {
      name: 'without the underscore',
      zone: `smtp._tls.example.net. TXT "${REPORTS}"\n`,
      finds: [[1, 'smtp._tls.example.net.']],
      fixed: `_smtp._tls.example.net. TXT "${REPORTS}"\n`,
    },
    {
      name: 'of a mail domain below',
      zone: `sub MX 10 ns1\n_tls.sub TXT "${REPORTS}"\n`,
      finds: [[2, '_tls.sub']],
      fixed: `sub MX 10 ns1\n_smtp._tls.sub TXT "${REPORTS}"\n`,
    },
    { name: 'the right name has one', zone: `_smtp-tlsrpt TXT "${REPORTS}"\n_smtp._tls TXT "${REPORTS}"\n`, finds: [] },
    { name: 'a name for the aliases of customers', zone: `customer1._reports TXT "${REPORTS}"\n`, finds: [] },
  ]);

  itFinds(rules, 'tlsrpt-missing', [
    { name: 'MTA-STS', zone: MX + RECORD, finds: [[1, '@']], says: /has MTA-STS/ },
    { name: 'Client MX', zone: `${MX}@ ${clientMx(10, 'mx1')}\n`, finds: [[1, '@']], says: /has Client MX/ },
    { name: 'SRV', zone: `${MX}_smtp-tls._tcp SRV 0 0 842 mx1\n`, finds: [[1, '@']] },
    { name: 'nothing of the kind', zone: MX, finds: [] },
    { name: 'an alias', zone: `${MX}${RECORD}_smtp._tls CNAME tls.example.org.\n`, finds: [] },
    { name: 'a delegation', zone: `${MX}${RECORD}_tls NS ns1\n`, finds: [] },
  ]);
});
