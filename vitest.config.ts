import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/bench/**', 'node_modules/**'],
    globalSetup: ['test/house/setup.ts'],
    testTimeout: 20_000,
    // The renderer of the terminal editor draws nothing where it believes to be in a pipeline.
    env: { CI: 'false' },
  },
});

export default config;
