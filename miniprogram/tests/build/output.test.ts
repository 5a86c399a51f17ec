// What is built: sizes, and whom it would talk to.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const root = path.resolve(__dirname, '../..')
const files = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(root, folder, name))
    .filter((name) => statSync(name).isFile())

const web = files('web/app')
const phone = files('dist/build/mp-weixin')

test('the first load of the web page is under 250 KB of script, packed', () => {
  const html = readFileSync(web.find((f) => f.endsWith('index.html'))!, 'utf8')
  const first = web.filter((f) => f.endsWith('.js') && (html.includes(path.basename(f)) || /pages-home|XyPage/.test(f)))
  expect(first.length).toBeGreaterThan(1)
  const packed = first.reduce((sum, f) => sum + gzipSync(readFileSync(f)).length, 0)
  console.log(`first load: ${Math.round(packed / 1000)} KB`)
  expect(packed).toBeLessThan(250_000)
})

test('the main package of the mini-program is under 1.5 MB', () => {
  const size = phone.reduce((sum, f) => sum + statSync(f).size, 0)
  console.log(`mini-program: ${Math.round(size / 1000)} KB`)
  expect(size).toBeLessThan(1_500_000)
})

test('nothing that is built names a foreign host', () => {
  const names = /^(www\.w3\.org|127\.0\.0\.1|localhost)$/ // the name of SVG, and the developer's own machine
  const found = [...web, ...phone].flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/(?:https?:)?\/\/((?:[a-z0-9-]+\.)+[a-z]{2,})(?=[/"'`:?)\s]|$)/gi)]
      .filter((m) => !names.test(m[1]!)).map((m) => `${path.relative(root, file)}: ${m[0]}`))
  expect(found).toEqual([])
})
