import { normalizeHostName } from '../../lib/certs/names.ts';
import { say } from '../../lib/lint/engine.ts';
import { RULES } from '../../lib/lint/rules.ts';
import { type MailStatus, mailStatus } from '../../lib/lint/status/status.ts';
import { ZoneFacts } from '../../lib/lint/zone-facts.ts';
import { nameFromText, nameKey, parentOf } from '../../lib/rr/name.ts';
import { type CommandModule, EXIT_CLEAN, EXIT_FOUND } from '../command.ts';
import { UsageError } from '../errors.ts';
import { makeZoneLinter } from '../lint/linter.ts';
import { declareCertificates, declareConfig, declareRules, type LintOptions, requestOf } from '../lint/options.ts';
import { setUp } from '../lint/setup.ts';
import type { ConfiguredTarget, ZoneLinter } from '../lint/zone-linter.ts';
import { choice } from '../options.ts';
import { writeOutput } from '../output.ts';
import { COLOR_CHOICES, lookFor } from '../report/look.ts';
import { statusTree } from '../status/view.ts';
import { parseOrigin } from '../zone-file.ts';

const FORMATS = ['pretty', 'json'] as const;

interface StatusOptions extends Omit<LintOptions, 'format'> {
  readonly zone?: readonly string[];
  readonly format: (typeof FORMATS)[number];
}

const EXAMPLES = `
Each part of a domain is ok, warning or BROKEN by the findings of lint, - when it is not published, ? when it cannot be
told from what was given.

Exit codes: 0 nothing is broken, 1 something is, 2 wrong use or unreadable input.

Examples:
  zonewright status example.net --zone example.net.zone --cert mx1.pem:server --cert out1.pem:client
  zonewright status example.net example.org --zone zones/ --certs /etc/postfix/main.cf --trust system
`;

/** Shows in one screen whether mail domains are ready: what they publish, what their hosts show, and what is wrong. */
export const command: CommandModule = {
  declare(status) {
    status
      .argument('<domains...>', 'mail domains')
      .option('--zone <files...>', 'zone files, folders or patterns that hold the domains')
      .option('--origin <name>', 'name of the zone, when neither the file nor its name tells', parseOrigin)
      .option('--include-root <dir>', 'folder that $INCLUDE may not leave (default: that of the zone file)');
    declareCertificates(status);
    declareConfig(status);
    declareRules(status);
    status
      .optionsGroup('What is reported:')
      .addOption(choice('--format <name>', 'pretty or json', FORMATS))
      .option('--output <file>', 'write to a file')
      .addOption(choice('--color <when>', 'auto, always or never', COLOR_CHOICES))
      .addHelpText('after', EXAMPLES);
  },
  async run(domains, given, io) {
    const { zone = [], format, ...options } = given as unknown as StatusOptions;
    if (zone.length === 0) throw new UsageError('no zone is given: name the files or folders with --zone');
    const request = requestOf(zone, options, { format: 'json' }, io);
    const { inputs, setup } = await setUp(request, io);
    const [failure] = inputs.failures;
    if (failure !== undefined) throw new UsageError(failure.problem);
    const linter = await makeZoneLinter(setup, io);
    const found = domains.map((domain) => statusOf(domain, linter, inputs.all));
    const ready = found.every(({ root }) => root.state !== 'broken');
    const look = lookFor(io, request.color, request.output);
    const text =
      format === 'json'
        ? `${JSON.stringify({ version: 1, now: new Date(request.now).toISOString(), ready, domains: found }, null, 2)}\n`
        : found.map((one) => statusTree(one, look)).join('\n');
    writeOutput(io, request.output, [text]);
    return ready ? EXIT_CLEAN : EXIT_FOUND;
  },
};

function statusOf(text: string, linter: ZoneLinter, targets: readonly ConfiguredTarget[]): MailStatus {
  const domain = wireOf(text);
  const target = targets.find(({ path }) => path === pathFor(domain, linter));
  if (target === undefined)
    throw new UsageError(`${text} is in none of the zones given: name its zone file with --zone`);
  const { input, found } = linter.lint(target);
  const facts = new ZoneFacts(input);
  const rules = new Map(RULES.map((rule) => [rule.id, rule]));
  return mailStatus({ facts, domain, found, say: (finding) => say(finding, rules.get(finding.rule)) });
}

function wireOf(text: string): Uint8Array {
  const name = normalizeHostName(text);
  const read = name === undefined ? undefined : nameFromText(`${name}.`);
  if (read === undefined || 'problem' in read)
    throw new UsageError(`'${text}' is no mail domain: give a domain name such as example.net`);
  return read.name;
}

/** The file of the zone nearest above a name; empty when none was given. */
function pathFor(domain: Uint8Array, linter: ZoneLinter): string {
  for (let name: Uint8Array | undefined = domain; name !== undefined; name = parentOf(name)) {
    const path = linter.find(nameKey(name), '');
    if (path !== '') return path;
  }
  return '';
}
