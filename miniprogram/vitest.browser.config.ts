import { defineConfig } from 'vitest/config'

// One real demo server for all files; the limits only end what hangs.
export default defineConfig({
  test: {
    include: ['tests/browser/**/*.test.ts'], globalSetup: ['tests/browser/server.ts'], fileParallelism: false, isolate: false,
    testTimeout: 600_000, hookTimeout: 300_000, expect: { poll: { timeout: 30_000 } },
  },
})
