// Loaded into a program before it starts, and into its threads: it takes its work for long, so that threads help at once, and waits for each.
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';

const LONGEST_WAIT = 10_000;

if (isMainThread) {
  const { now } = performance;
  performance.now = () => now.call(performance) * 1000;
  const there = new Int32Array(new SharedArrayBuffer(4));
  setEnvironmentData('there', there);
  let [started, answers] = [0, 0];
  process.on('worker', (worker) => {
    worker.on('message', () => answers++);
    Atomics.wait(there, 0, started++, LONGEST_WAIT);
  });
  process.on('exit', () => process.stderr.write(`${answers} answers of threads\n`));
} else {
  const there = getEnvironmentData('there');
  Atomics.add(there, 0, 1);
  Atomics.notify(there, 0);
}
