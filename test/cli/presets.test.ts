import { describe, expect, test } from 'vitest';
import { readFaultFile } from '../../lib/config/faults-file.ts';
import { FAULT_PRESETS } from '../../lib/server/faults/presets.ts';
import { cli } from './run.ts';

describe('presets of faults', () => {
  test('are listed a line each', async () => {
    const { code, stdout } = await cli(['serve', '--list-presets']);
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    for (const { name, description } of FAULT_PRESETS)
      expect(
        lines
          .find((line) => line.startsWith(`${name} `))
          ?.slice(name.length)
          .trim(),
      ).toBe(description);
    expect(lines.slice(FAULT_PRESETS.length)).toEqual([
      '',
      `${FAULT_PRESETS.length} presets. A fault takes one by preset: NAME. zonewright explain NAME tells more.`,
      '',
    ]);
  });

  test('are explained with where they were met, and how to use them', async () => {
    const { code, stdout } = await cli(['explain', 'kumomta-543', 'core-soa-missing']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^kumomta-543 \(preset of faults\)\n\nTLSA queries fail, /u);
    expect(stdout).toContain('\nMet:         KumoCorp/kumomta issue 543; RFC 7672 §2.1.1\n');
    expect(stdout).toContain('\nStands for:  match: {"type":"TLSA"}\n             action: {"rcode":"SERVFAIL"}\n');
    expect(stdout).toContain('\ncore-soa-missing (');
    const [use = ''] = /(?<=in FILE:\n)[\s\S]*?(?=\n\n)/u.exec(stdout) ?? [];
    const read = await readFaultFile('use.yaml', Buffer.from(use.replaceAll(/^ {4}/gmu, '')));
    expect(read).toMatchObject({ file: { faults: [{ id: 'kumomta-543', preset: 'kumomta-543' }] } });
  });

  test('are explained in other forms', async () => {
    const json = await cli(['explain', 'slow', 'core-soa-missing', '--format', 'json']);
    expect(JSON.parse(json.stdout)).toMatchObject([{ name: 'slow' }, { id: 'core-soa-missing' }]);
    const markdown = await cli(['explain', 'slow', '--format', 'markdown']);
    expect(markdown.stdout).toMatch(/^# slow\n[\s\S]*- `action: \{"delay":[\s\S]*```yaml\nfaults:\n/u);
  });

  test('are guessed from what was mistyped', async () => {
    const { code, stderr } = await cli(['explain', 'servfail-flaping']);
    expect([code, stderr]).toEqual([
      2,
      "error: there is no rule 'servfail-flaping'; did you mean servfail-flapping?\n",
    ]);
  });
});
