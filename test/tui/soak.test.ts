import { expect, test } from 'vitest';
import { type SoakCounts, soak } from './soak-run.ts';

/** ZONEWRIGHT_SOAK are seconds, ZONEWRIGHT_SEED is the first of the seeds: `ZONEWRIGHT_SOAK=600 npx vitest run test/tui/soak.test.ts`. */
const SECONDS = Number(process.env['ZONEWRIGHT_SOAK'] ?? 6);
const SEED = Number(process.env['ZONEWRIGHT_SEED'] ?? 1);

/** Seconds that each seed is given of a long run. */
const EACH = 60;

test(
  'random keys leave no wrong screen and lose no octet',
  async () => {
    const counts: SoakCounts = { keys: 0, screens: 0, editors: 0, saves: 0, outside: 0, resizes: 0, undone: 0 };
    const end = performance.now() + SECONDS * 1000;
    for (let seed = SEED; performance.now() < end; seed++) {
      await soak(seed, Math.min(end, performance.now() + EACH * 1000), counts);
    }
    if (SECONDS > 6) console.log(JSON.stringify(counts));
    expect(counts.keys).toBeGreaterThan(0);
    expect(counts.screens).toBeGreaterThan(0);
  },
  SECONDS * 1000 + 60_000,
);
