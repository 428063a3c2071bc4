import type { Example, ExampleCertificate } from '../lib/lint/rule.ts';
import { grouped, listed } from './report/words.ts';

/** The lines of an example, what is given with the zone behind it; lines with the fault end in `; <-- here`. */
export function exampleLines(example: Example): string[] {
  const { origin, certificates = [], others = [], before, policies = [], policiesBefore = [] } = example;
  const { rules = [], options = {} } = example;
  return [
    ...(origin === undefined ? [] : [`; the zone ${origin}`]),
    ...zoneLines(example.zone),
    ...certificates.map((one) => `; with ${certificateWords(one)}`),
    ...others.flatMap((one) => ['', `; with the zone ${one.origin}`, ...zoneLines(one.zone)]),
    ...(before === undefined ? [] : ['', '; before, the zone was', ...zoneLines(before)]),
    ...policies.flatMap(({ domain, text }) => ['', `; with the MTA-STS policy of ${domain}`, ...commented(text)]),
    ...policiesBefore.flatMap(({ domain, text }) => ['', `; before, the policy of ${domain} was`, ...commented(text)]),
    ...(rules.length === 0 ? [] : [`; ${listed(rules)} ${rules.length === 1 ? 'is' : 'are'} on`]),
    ...Object.entries(options).map(([name, value]) => `; with the option ${name} = ${JSON.stringify(value)}`),
  ];
}

function zoneLines(text: string): string[] {
  return linesOf(text).map((line) => {
    const faulty = /\s*; expect\s*$/u.exec(line);
    return `${shortened(line.slice(0, faulty?.index))}${faulty === null ? '' : '  ; <-- here'}`;
  });
}

/** Other texts stand in the example of a zone as comments. */
function commented(text: string): string[] {
  return linesOf(text).map((line) => `;   ${shortened(line)}`);
}

function linesOf(text: string): string[] {
  return text.replace(/\r?\n$/u, '').split(/\r?\n/u);
}

const LONGEST_LINE = 160;

/** Some faults need thousands of characters, which nobody wants to read. */
function shortened(line: string): string {
  const more = line.length - LONGEST_LINE;
  return more <= 0 ? line : `${line.slice(0, LONGEST_LINE)}… (${grouped(more)} characters more)`;
}

function certificateWords(certificate: ExampleCertificate): string {
  const { file, roles, dnsNames, commonNames, ipAddresses, extendedKeyUsage, notBefore, notAfter } = certificate;
  const { keyType, keyBits, isCa, keyUsage, signatureAlgorithm } = certificate;
  const facts = [
    ...(dnsNames === undefined ? [] : [dnsNames.length === 0 ? 'no DNS names' : `DNS names ${listed(dnsNames)}`]),
    ...(commonNames === undefined || commonNames.length === 0 ? [] : [`common name ${listed(commonNames)}`]),
    ...(ipAddresses === undefined || ipAddresses.length === 0 ? [] : [`IP addresses ${listed(ipAddresses)}`]),
    ...(extendedKeyUsage === undefined ? [] : [`extended key usage ${listed(extendedKeyUsage)}`]),
    ...(keyUsage === undefined ? [] : [`key usage ${listed(keyUsage)}`]),
    ...(notBefore === undefined ? [] : [`valid from ${notBefore}`]),
    ...(notAfter === undefined ? [] : [`valid to ${notAfter}`]),
    ...(keyType === undefined && keyBits === undefined ? [] : [`key ${[keyType, keyBits].filter(Boolean).join(' ')}`]),
    ...(signatureAlgorithm === undefined ? [] : [`signed with ${signatureAlgorithm}`]),
    ...(isCa === true ? ['a CA certificate'] : []),
  ];
  const role = roles.length === 0 ? '' : ` (${listed(roles)})`;
  return `${file}${role}${facts.length === 0 ? '' : `: ${facts.join('; ')}`}`;
}
