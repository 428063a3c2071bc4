import { version } from './version.ts';

const args = process.argv.slice(2);

async function whole(): Promise<void> {
  // Node keeps what it compiled for the next run, unless NODE_DISABLE_COMPILE_CACHE says not to; older ones cannot.
  if (Number.parseInt(process.versions.node, 10) >= 22) {
    (process.getBuiltinModule('node:module') as { enableCompileCache?: () => void }).enableCompileCache?.();
  }
  const { main } = await import('./app.ts');
  process.exitCode = await main(args);
}

if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  // What cannot be written is tried again by those who can say why.
  process.stdout.once('error', () => void whole()).write(`${version}\n`);
} else await whole();
