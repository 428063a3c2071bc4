import { version } from './version.ts';

const args = process.argv.slice(2);

if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  console.log(version);
} else {
  const { main } = await import('./app.ts');
  process.exitCode = await main(args);
}
