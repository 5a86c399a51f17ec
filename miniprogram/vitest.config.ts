import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const native = ['view', 'text', 'scroll-view', 'picker']

// Only what mounts something needs a document, and making one takes longer than most files' tests.
const folder = 'tests/unit'
const mounting = readdirSync(path.resolve(__dirname, folder)).filter((name) =>
  readFileSync(path.resolve(__dirname, folder, name), 'utf8').includes("from '@vue/test-utils'"))

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => native.includes(tag) } } })],
  resolve: { alias: { '@': path.resolve(__dirname, 'src') } },
  test: {
    testTimeout: 120_000, hookTimeout: 120_000, // ends what hangs: on a busy machine a page takes seconds to be compiled
    environment: 'node', environmentMatchGlobs: mounting.map((name) => [`${folder}/${name}`, 'happy-dom']),
    pool: 'threads', isolate: false, // one window and one set of modules for a thread's files: two thirds less work
    setupFiles: ['tests/unit/setup.ts'], include: ['tests/unit/**/*.test.ts'],
  },
})
