import path from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const native = ['view', 'text', 'scroll-view', 'picker']

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => native.includes(tag) } } })],
  resolve: { alias: { '@': path.resolve(__dirname, 'src') } },
  test: { environment: 'happy-dom', pool: 'threads', setupFiles: ['tests/unit/setup.ts'], include: ['tests/unit/**/*.test.ts'] },
})
