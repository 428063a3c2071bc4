import { PROFILE_SPECS } from '../../lib/lint/profile-specs.ts';
import { version } from '../version.ts';

/** The command as it runs where nothing is installed; the version is fixed so that no new rule fails a build by surprise. */
const NPX = `npx --yes zonewright@${version}`;

/** A configuration with every setting explained; those that nobody needs at first are comments. */
export function configTemplate(schemaPath: string): string {
  const profiles = Object.entries(PROFILE_SPECS).map(([name, { what }]) => `  //   ${name}: ${what}`);
  return `// Settings of zonewright for the zone files in this folder and below. Every one of them may be left out.
// zonewright lint --print-config FILE shows what holds for a zone file, and why.
{
  // Lets editors complete and check this file.
  "$schema": ${JSON.stringify(schemaPath)},

  // The choice of rules to start with:
${profiles.join('\n')}
  "profile": "default",

  // Levels (off, info, warning, error) and options of single rules; zonewright rules lists them.
  "rules": {
    // "mx-single": "off",
    // "core-ttl-long": { "level": "warning", "most": 86400 },
  },

  // Rules or groups that are off altogether.
  // "ignore": ["style"],

  // Files and folders that are not zones, though they look so.
  // "exclude": ["old/", "*.bak.zone"],

  // Names of zones whose files do not tell them.
  // "origins": { "zones/internal.txt": "example.net" },

  // Folder that $INCLUDE may not leave, when it is not that of the zone file.
  // "includeRoot": ".",

  // Certificates that mail servers show, when they take mail (server) and when they send it (client).
  // "certificates": [{ "path": "certificates/mx1.pem", "roles": ["server"] }],

  // Trust anchors by which their paths are judged: "system", a file or a folder.
  // "trust": "system",

  // MTA-STS policy files.
  // "mtaStsPolicies": { "example.net": "mta-sts/example.net.txt" },

  // More warnings than this fail the run; without it, only errors do.
  // "maxWarnings": 0,

  // Settings for some zones or files only; later ones win.
  // "overrides": [{ "zones": ["*.in-addr.arpa", "*.ip6.arpa"], "ignore": ["mail-*"] }],
}
`;
}

/** A GitHub workflow that checks the zones at a path. */
export function githubTemplate(zones: string): string {
  return `# Checks the zones with every push and pull request.
name: Zones

on:
  push:
  pull_request:

permissions:
  contents: read

jobs:
  zonewright:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: ${NPX} ci ${zones}
`;
}

const GITLAB_REPORT = 'gl-code-quality-report.json';

/** A GitLab job that checks the zones at a path; findings are shown in merge requests. */
export function gitlabTemplate(zones: string): string {
  return `# Checks the zones; merge requests show what is found.
zonewright:
  image: node:22
  script:
    - ${NPX} ci ${zones} --format gitlab --output ${GITLAB_REPORT}
  artifacts:
    when: always
    reports:
      codequality: ${GITLAB_REPORT}
`;
}

/** What a GitLab configuration that is there already needs to take the job from a file of its own. */
export function gitlabInclude(file: string): string {
  return `include:\n  - local: ${file}\n`;
}

/** A pre-commit configuration that checks the zones at a path when one of them changes. */
export function preCommitTemplate(zones: string): string {
  return `repos:\n${preCommitEntry(zones)}`;
}

/** The entry of that in a list of repositories. */
export function preCommitEntry(zones: string): string {
  const files = zones === '.' ? '\\.(zone|db|dns)$' : `^${zones.replace(/[.+?^$(){}|[\]\\*]/gu, '\\$&')}/`;
  return `  - repo: local
    hooks:
      - id: zonewright
        name: zonewright
        language: node
        additional_dependencies: ['zonewright@${version}']
        entry: zonewright lint ${zones}
        pass_filenames: false
        files: '${files}'
`;
}
