import { spawn, spawnSync } from 'node:child_process';

/** How a tool ended. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a tool while this process goes on serving it. */
export function ran(command: string, args: readonly string[], input = ''): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    const texts = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
    child.stdin.on('error', () => {});
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...texts }));
    child.stdin.end(input);
  });
}

/** Those of some tools that are not here; one line is printed when there are any. */
export function missingTools(what: string, commands: readonly string[]): string[] {
  const missing = commands.filter((command) => spawnSync(command, ['-V'], { input: '' }).error !== undefined);
  if (missing.length > 0) console.log(`skipped: ${what}, as ${missing.join(' and ')} is not here`);
  return missing;
}

/** Whether a module of Python is not here; one line is printed then. */
export function missingModule(what: string, module: string): boolean {
  const missing = spawnSync('/usr/bin/python3', ['-c', `import ${module}`]).status !== 0;
  if (missing) console.log(`skipped: ${what}, as the Python module ${module} is not here`);
  return missing;
}
