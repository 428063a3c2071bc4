import { describe } from 'vitest';
import {
  ED25519,
  ED25519_WRAPPED,
  RSA_512,
  RSA_1024,
  RSA_2048,
  rsaOf,
} from '../../../lib/lint/rules/mail-dkim/example-keys.ts';
import { rules } from '../../../lib/lint/rules/mail-dkim/list.ts';
import { itSays } from '../mail-dmarc/run.ts';

const KEY = `k=ed25519; p=${ED25519}`;
const FIRST = RSA_2048.slice(0, 200);
const REST = RSA_2048.slice(200);

describe('where keys stand', () => {
  itSays(rules, 'dkim-owner', [
    {
      name: 'at the apex',
      zone: `@ TXT "v=DKIM1; ${KEY}"\n`,
      finds: [1],
      says: /expected it at <selector>\._domainkey\.example\.net/,
    },
    {
      name: 'without the version',
      zone: `s1._domainkeys TXT "k=rsa; p=${FIRST}" "${REST}"\n`,
      finds: [1],
      fixed: `s1._domainkey.example.net. TXT "k=rsa; p=${FIRST}" "${REST}"`,
    },
    { name: 'without a selector', zone: `_domainkey TXT "v=DKIM1; ${KEY}"\n`, finds: [1] },
    { name: 'labels swapped', zone: `_domainkey.s1 TXT "v=DKIM1; ${KEY}"\n`, finds: [1] },
    { name: 'a name that others point to', zone: `s1.dkim TXT "v=DKIM1; ${KEY}"\n`, finds: [] },
    {
      name: 'the target of an alias',
      zone: `s1.domainkey TXT "v=DKIM1; ${KEY}"\ns1._domainkey CNAME s1.domainkey\n`,
      finds: [],
    },
    { name: 'the policy of old DomainKeys', zone: '_domainkey TXT "t=y; o=~; n=see example.net"\n', finds: [] },
    { name: 'other texts at the apex', zone: '@ TXT "v=spf1 -all"\n@ TXT "p=none"\n@ TXT "key=value"\n', finds: [] },
  ]);

  itSays(rules, 'dkim-multiple-txt', [
    {
      name: 'whatever the others say',
      zone: `s1._domainkey TXT "v=DKIM1; ${KEY}"\ns1._domainkey TXT "site-verification=b5f1c0"\n`,
      finds: [1],
    },
    {
      name: 'the same twice is one record',
      zone: `s1._domainkey TXT "v=DKIM1; ${KEY}"\ns1._domainkey TXT "v=DKIM1; ${KEY}"\n`,
      finds: [],
    },
    {
      name: 'a selector of two labels',
      zone: `a.b._domainkey TXT "v=DKIM1; ${KEY}"\na.b._domainkey TXT "v=DKIM1; p="\n`,
      finds: [1],
    },
  ]);

  itSays(rules, 'dkim-selector-cname-dangling', [
    { name: 'a provider that was not given', zone: 's1._domainkey CNAME s1.example.com.\n', finds: [] },
    { name: 'a target without a text', zone: 's1._domainkey CNAME ns1\n', finds: [1], says: /has no TXT record/ },
    { name: 'nothing in the own zone is core-cname-dangling', zone: 's1._domainkey CNAME gone\n', finds: [] },
    { name: 'aliases elsewhere', zone: 'www CNAME ns1\n', finds: [] },
  ]);

  itSays(rules, 'dkim-null-domain-wildcard', [
    { name: 'a domain that sends', zone: '@ MX 0 .\n@ TXT "v=spf1 a -all"\n', finds: [] },
    { name: 'keys of its own', zone: `@ MX 0 .\ns1._domainkey TXT "v=DKIM1; ${KEY}"\n`, finds: [] },
    {
      name: 'the proposed record',
      zone: '@ MX 0 .\n',
      finds: [1],
      fixed: '*._domainkey.example.net. TXT "v=DKIM1; p="',
    },
    { name: 'a line after it that lives on its owner', zone: '@ MX 0 .\n  TXT "x"\n', finds: [1], fixed: 'TXT "x"' },
  ]);
});

describe('the text of key records', () => {
  itSays(rules, 'dkim-syntax', [
    {
      name: 'the version behind',
      zone: `s1._domainkey TXT "${KEY}; v=DKIM1"\n`,
      finds: [1],
      severity: 'error',
      fixed: `s1._domainkey TXT "v=DKIM1; ${KEY}"`,
    },
    { name: 'no version', zone: `s1._domainkey TXT "${KEY}"\n`, finds: [] },
    {
      name: 'marks in the text',
      zone: `s1._domainkey TXT "\\"${KEY}\\""\n`,
      finds: [1],
      says: /quotation marks/,
      fixed: `s1._domainkey TXT "${KEY}"`,
    },
    {
      name: 'strings joined without a semicolon',
      zone: `s1._domainkey TXT "v=DKIM1; k=rsa" "p=${FIRST}" "${REST}"\n`,
      finds: [1],
      says: /no semicolon before the tag "p"/,
      fixed: `s1._domainkey TXT "v=DKIM1; k=rsa" "; p=${FIRST}" "${REST}"`,
    },
    {
      name: 'a key split in its base64 text',
      zone: `s1._domainkey TXT ( "v=DKIM1; p="\n "${FIRST}"\n "${REST}" )\n`,
      finds: [],
    },
    { name: 'a blank where strings meet', zone: `s1._domainkey TXT "v=DKIM1; p=${FIRST}" " ${REST}"\n`, finds: [] },
    {
      name: 'a comment where the text should go on',
      zone: `s1._domainkey TXT v=DKIM1; ${KEY}\n`,
      finds: [1],
      says: /unquoted semicolon/,
      fixed: `s1._domainkey TXT "v=DKIM1; ${KEY}"`,
    },
    { name: 'no key', zone: 's1._domainkey TXT "v=DKIM1; k=rsa"\n', finds: [1], says: /has no key/ },
    { name: 'the wrong service', zone: `s1._domainkey TXT "v=DKIM1; s=mail; ${KEY}"\n`, finds: [1], at: 's=mail' },
    {
      name: 'signing practices',
      zone: '_adsp._domainkey TXT "dkim=all"\n_policy._domainkey TXT "dkim=unknown"\n',
      finds: [],
    },
    { name: 'the policy of old DomainKeys', zone: '_domainkey TXT "t=y; o=~"\n', finds: [] },
    { name: 'a backslash in the text', zone: `s1._domainkey TXT "v=DKIM1\\\\; ${KEY}"\n`, finds: [1] },
    {
      name: 'a backslash that is only written',
      zone: `s1._domainkey TXT "v=DKIM1\\; ${KEY.replace(';', '\\;')}"\n`,
      finds: [],
    },
    { name: 'below a delegation', zone: 'sub NS ns1\ns1._domainkey.sub TXT "v=DKIM1"\n', finds: [] },
    { name: 'the selector of a sub-domain', zone: 's1._domainkey.sub TXT "v=DKIM1"\n', finds: [1] },
  ]);

  itSays(rules, 'dkim-unknown-tag', [
    {
      name: 'a capital beside the tag itself',
      zone: `s1._domainkey TXT "v=DKIM1; P=x; ${KEY}"\n`,
      finds: [1],
      says: /expected none such/,
    },
    { name: 'the obsolete one', zone: `s1._domainkey TXT "v=DKIM1; g=*; ${KEY}"\n`, finds: [] },
  ]);

  itSays(rules, 'dkim-testing', [
    {
      name: 'beside another flag',
      zone: `s1._domainkey TXT "v=DKIM1; t=y:s; ${KEY}"\n`,
      finds: [1],
      at: 'y',
      fixed: `s1._domainkey TXT "v=DKIM1; t=s; ${KEY}"`,
    },
    {
      name: 'alone',
      zone: `s1._domainkey TXT "v=DKIM1; t=y; ${KEY}"\n`,
      finds: [1],
      fixed: `s1._domainkey TXT "v=DKIM1; ${KEY}"`,
    },
  ]);

  itSays(rules, 'dkim-sha1', [
    {
      name: 'beside SHA-256',
      zone: `s1._domainkey TXT "v=DKIM1; h=sha1:sha256; ${KEY}"\n`,
      finds: [1],
      severity: 'warning',
      fixed: `s1._domainkey TXT "v=DKIM1; h=sha256; ${KEY}"`,
    },
    { name: 'alone', zone: `s1._domainkey TXT "v=DKIM1; h=sha1; ${KEY}"\n`, finds: [1], severity: 'error', at: 'sha1' },
  ]);

  itSays(rules, 'dkim-string-split', [
    {
      name: 'each of them',
      zone: `s1._domainkey TXT "v=DKIM1; p=${FIRST.slice(0, 9)} ${FIRST.slice(9)}" "  ${REST}"\n`,
      finds: [1],
      says: /has 3 blanks/,
      fixed: `s1._domainkey TXT "v=DKIM1; p=${FIRST}" "${REST}"`,
    },
    { name: 'around the key', zone: `s1._domainkey TXT "v=DKIM1; k=ed25519; p= ${ED25519} "\n`, finds: [] },
  ]);
});

describe('the keys', () => {
  itSays(rules, 'dkim-key-undecodable', [
    { name: 'the exact characters', zone: 's1._domainkey TXT "v=DKIM1; p=MIGf..."\n', finds: [1], at: '...' },
    { name: 'cut short', zone: `s1._domainkey TXT "v=DKIM1; p=${FIRST}"\n`, finds: [1], says: /is no public key/ },
    {
      name: 'a PEM block',
      zone: 's1._domainkey TXT "v=DKIM1; p=-----BEGIN PUBLIC KEY-----MIGf"\n',
      finds: [1],
      says: /PEM block/,
    },
    {
      name: 'a private key',
      zone: 's1._domainkey TXT "v=DKIM1; p=MAsCAQACAQMCAQMCAQM="\n',
      finds: [1],
      says: /PRIVATE/,
    },
    {
      name: 'without its padding',
      zone: `s1._domainkey TXT "v=DKIM1; ${KEY.replace(/=$/, '')}"\n`,
      finds: [1],
      severity: 'warning',
      fixed: `s1._domainkey TXT "v=DKIM1; ${KEY}"`,
    },
    {
      name: 'a bare RSAPublicKey',
      zone: 's1._domainkey TXT "v=DKIM1; p=MAYCAQ8CAQM="\n',
      finds: [1],
      severity: 'warning',
    },
    { name: 'withdrawn', zone: 's1._domainkey TXT "v=DKIM1; p="\n', finds: [] },
    { name: 'of an unknown type', zone: 's1._domainkey TXT "v=DKIM1; k=x; p=!!!"\n', finds: [] },
  ]);

  itSays(rules, 'dkim-key-type', [
    {
      name: 'a misspelled type',
      zone: `s1._domainkey TXT "v=DKIM1; k=ed2519; p=${ED25519}"\n`,
      finds: [1],
      at: 'k=ed2519',
      fixed: `s1._domainkey TXT "v=DKIM1; k=ed25519; p=${ED25519}"`,
    },
    {
      name: 'no type',
      zone: `s1._domainkey TXT "v=DKIM1; p=${ED25519}"\n`,
      finds: [1],
      says: /without a tag k; expected k=ed25519/,
      fixed: `s1._domainkey TXT "v=DKIM1; k=ed25519; p=${ED25519}"`,
    },
    {
      name: 'the key in a wrapping',
      zone: `s1._domainkey TXT "v=DKIM1; k=ed25519; p=${ED25519_WRAPPED}"\n`,
      finds: [1],
      fixed: `s1._domainkey TXT "v=DKIM1; k=ed25519; p=${ED25519}"`,
    },
    {
      name: 'RSA under Ed25519',
      zone: `s1._domainkey TXT "v=DKIM1; k=ed25519; p=${RSA_1024}"\n`,
      finds: [1],
      says: /is one of rsa though its type is ed25519/,
    },
    {
      name: 'a wrong length',
      zone: 's1._domainkey TXT "v=DKIM1; k=ed25519; p=AAAA"\n',
      finds: [1],
      says: /is 3 octets long/,
    },
    { name: 'capitals', zone: `s1._domainkey TXT "v=DKIM1; k=Ed25519; p=${ED25519}"\n`, finds: [] },
  ]);

  itSays(rules, 'dkim-key-short', [
    {
      name: 'refused',
      zone: `s1._domainkey TXT "v=DKIM1; p=${RSA_512}"\n`,
      finds: [1],
      severity: 'error',
      says: /512 bits, which verifiers refuse/,
    },
    {
      name: 'as the user wants it',
      zone: `s1._domainkey TXT "v=DKIM1; p=${RSA_1024}"\n`,
      finds: [],
      options: { least: 1024 },
    },
    { name: 'Ed25519 is never', zone: `s1._domainkey TXT "v=DKIM1; ${KEY}"\n`, finds: [] },
  ]);

  itSays(rules, 'dkim-key-long', [
    {
      name: 'the longest that all can use',
      zone: `s1._domainkey TXT ${(`v=DKIM1; p=${rsaOf(4096)}`.match(/.{1,250}/g) ?? []).map((each) => `"${each}"`).join(' ')}\n`,
      finds: [],
    },
  ]);

  itSays(rules, 'dkim-revoked', [
    { name: 'for all selectors', zone: '*._domainkey TXT "v=DKIM1; p="\n', finds: [] },
    { name: 'at one', zone: 's1._domainkey TXT "v=DKIM1; p="\n', finds: [1], at: 'p=' },
  ]);
});
