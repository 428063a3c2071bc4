import { execFileSync } from 'node:child_process';

/** The generated validators exist and are fresh before any test imports them. */
export function setup(): void {
  execFileSync(process.execPath, ['build.js', 'schemas'], { stdio: 'inherit' });
}
