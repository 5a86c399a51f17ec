// Starts the demo as `make run` does, with data and a port of its own, and ends it.
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { GlobalSetupContext } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    base: string
  }
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const s = createServer().listen(0, '127.0.0.1', () => {
      const { port } = s.address() as { port: number }
      s.close(() => resolve(port))
    })
  })

/** Where the demo's data lies: in memory where there are 4 GB, so that its database never waits for a disk. */
function parent(): string {
  const memory = '/dev/shm'
  if (process.env.TMPDIR || !existsSync(memory)) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize >= 4 * 2 ** 30 ? memory : tmpdir()
}

export default async function setup({ provide }: GlobalSetupContext) {
  const folder = mkdtempSync(path.join(parent(), 'xinyuan-browser-'))
  const filled = process.env.XINYUAN_TEST_DEMO // what make test has filled for all tests
  if (filled) cpSync(filled, folder, { recursive: true })
  const port = await freePort()
  const binary = path.resolve(__dirname, '../../../.data/bin/xinyuan')
  const settings = path.join(folder, 'settings.yaml')
  writeFileSync(settings, 'service: {sample_percent: 0, offline_sample_percent: 0}\n') // nothing is drawn by lot for a second look
  const demo = spawn(binary, ['--data', folder, '--config', settings, 'demo', '--with-parent'], {
    env: { ...process.env, PORT: String(port) }, stdio: ['ignore', 'pipe', 'inherit'],
  })
  let ended = false
  const end = new Promise<void>((resolve) => demo.on('exit', () => { ended = true; resolve() }))
  await new Promise<void>((resolve, reject) => {
    demo.stdout.on('data', (text: Buffer) => text.toString().includes(String(port)) && resolve())
    void end.then(() => reject(new Error('the demo did not start')))
  })
  const base = `http://127.0.0.1:${port}/`
  while (!ended && !(await fetch(base + 'readyz').then((r) => r.ok, () => false)));
  provide('base', base)
  return async () => {
    demo.kill('SIGINT')
    await end
    rmSync(folder, { recursive: true, force: true })
  }
}
