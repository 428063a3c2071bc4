// Loaded into a program before it starts: it takes its work for long, so that other threads help at once, and waits until they are there.
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  const { now } = performance;
  performance.now = () => now.call(performance) * 1000;
  let answers = 0;
  process.on('worker', (worker) => {
    worker.on('message', () => answers++);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  });
  process.on('exit', () => process.stderr.write(`${answers} answers of threads\n`));
}
