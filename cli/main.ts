import module from 'node:module';
import { version } from './version.ts';

const args = process.argv.slice(2);

if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  console.log(version);
} else {
  // Node keeps what it compiled for the next run, from 22.1 on and unless NODE_DISABLE_COMPILE_CACHE says not to.
  (module as { enableCompileCache?: () => void }).enableCompileCache?.();
  const { main } = await import('./app.ts');
  process.exitCode = await main(args);
}
