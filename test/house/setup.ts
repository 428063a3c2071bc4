import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The generated validators exist and are fresh before any test imports them; there is a folder for the bundled program. */
export function setup(): () => void {
  execFileSync(process.execPath, ['build.js', 'schemas'], { stdio: 'inherit' });
  const bundle = mkdtempSync(join(tmpdir(), 'zonewright-bundle-'));
  process.env['ZONEWRIGHT_TEST_BUNDLE'] = bundle;
  return () => rmSync(bundle, { recursive: true, force: true });
}
