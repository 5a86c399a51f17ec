// What is built: sizes, and whom it would talk to.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { drawingFile, iconFile, inks, type Ink } from '../../src/words/drawn'
import { drawings, type Drawing } from '../../src/words/drawings'
import { icons, type Icon } from '../../src/words/icons'

const root = path.resolve(__dirname, '../..')
const files = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(root, folder, name))
    .filter((name) => statSync(name).isFile())

const web = files('web/app')
const phone = files('dist/build/mp-weixin')

test('the first load of the web page is under 250 KB of script, packed', () => {
  const html = readFileSync(web.find((f) => f.endsWith('index.html'))!, 'utf8')
  const first = web.filter((f) => f.endsWith('.js') && (html.includes(path.basename(f)) || /pages-home-home|XyPage/.test(f)))
  expect(first.length).toBeGreaterThan(1)
  const packed = first.reduce((sum, f) => sum + gzipSync(readFileSync(f)).length, 0)
  console.log(`first load: ${Math.round(packed / 1000)} KB`)
  expect(packed).toBeLessThan(250_000)
})

const out = path.join(root, 'dist/build/mp-weixin')
const json = <T>(file: string) => JSON.parse(readFileSync(file, 'utf8')) as T
interface App { pages: string[]; subPackages?: { root: string; pages: string[] }[] }
const app = json<App>(path.join(out, 'app.json'))
const subs = (app.subPackages ?? []).map((s) => s.root)

test('the main package of the mini-program is under 1.5 MB, and each other under 2 MB', () => {
  const inside = (folder: string) => (file: string) => file.startsWith(path.join(out, folder) + path.sep)
  const size = (some: string[]) => some.reduce((sum, f) => sum + statSync(f).size, 0)
  const main = size(phone.filter((f) => !subs.some((s) => inside(s)(f))))
  console.log(`mini-program: ${Math.round(main / 1000)} KB`)
  expect(main).toBeLessThan(1_500_000)
  for (const sub of subs) expect(size(phone.filter(inside(sub))), sub).toBeLessThan(2_000_000)
})

test('whatever a file of the mini-program names is there', () => {
  const pages = [...app.pages, ...(app.subPackages ?? []).flatMap((s) => s.pages.map((p) => path.join(s.root, p)))]
  const there = new Set(phone)
  const named: [by: string, file: string][] = []
  const name = (by: string, file: string) =>
    named.push([by, file.startsWith('/') ? path.join(out, file) : path.resolve(path.dirname(by), file)])
  const parts = (of: string) => ['.js', '.json', '.wxml'].map((end) => of + end)
  for (const page of pages) for (const part of parts('/' + page)) name(path.join(out, 'app.json'), part)
  for (const file of phone) {
    const text = () => readFileSync(file, 'utf8')
    const all = (pattern: RegExp) => [...text().matchAll(pattern)].map((m) => m[1]!)
    if (file.endsWith('.js')) all(/\brequire\(["']([^"']+)["']\)/g).forEach((f) => name(file, f.endsWith('.js') ? f : f + '.js'))
    if (file.endsWith('.wxss')) all(/@import\s+["']([^"']+)["']/g).forEach((f) => name(file, f))
    if (file.endsWith('.wxml')) all(/<(?:image|import|include)[^>]*\ssrc="([^"{:]+)"/g).forEach((f) => name(file, f))
    if (!file.endsWith('.json')) continue
    const used = Object.values(json<{ usingComponents?: Record<string, string> }>(file).usingComponents ?? {})
    for (const component of used) for (const part of parts(component)) name(file, part)
  }
  expect(named.length).toBeGreaterThan(pages.length * 3)
  expect(named.filter(([, file]) => !there.has(file)).map(([by, file]) => `${path.relative(out, by)}: ${file}`)).toEqual([])
})

test('the mini-program shows pictures, never SVG, and has each icon in each ink', () => {
  expect(phone.filter((f) => readFileSync(f).includes('svg+xml')).map((f) => path.relative(out, f))).toEqual([])
  const wanted = [
    ...Object.keys(icons).flatMap((name) => Object.keys(inks).map((ink) => iconFile(name as Icon, ink as Ink))),
    ...Object.keys(drawings).map((name) => drawingFile(name as Drawing)),
  ]
  const isPNG = (file: string) => existsSync(file) && readFileSync(file).subarray(0, 4).toString('latin1') === '\x89PNG'
  expect(wanted.length).toBeGreaterThan(400)
  expect(wanted.filter((file) => !isPNG(path.join(out, file)))).toEqual([])
})

test('nothing that is built names a foreign host', () => {
  const server = new URL(json<{ base: string }>(path.join(root, 'package/county.example.json')).base).host
  const ours = ['www.w3.org', '127.0.0.1', 'localhost', server] // the name of SVG, the developer's machine, the county's server
  const found = [...web, ...phone].flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/(?:https?:)?\/\/((?:[a-z0-9-]+\.)+[a-z]{2,})(?=[/"'`:?)\s]|$)/gi)]
      .filter((m) => !ours.includes(m[1]!)).map((m) => `${path.relative(root, file)}: ${m[0]}`))
  expect(found).toEqual([])
})

test('no row of a list hides what the page calls by the same letter', () => {
  // uni-app names what a page hands over a, b, c …, and an alias of v-for as the source does: where both are one word, the
  // component in the list gets the row instead of its properties.
  const found: string[] = []
  for (const file of phone.filter((f) => f.endsWith('.wxml'))) {
    const open: { tag: string; alias?: string }[] = []
    for (const [whole, end, tag, attributes, alone] of readFileSync(file, 'utf8').matchAll(/<(\/?)([\w-]+)((?:[^>"]|"[^"]*")*?)(\/?)>/g)) {
      if (end) {
        while (open.length && open.pop()!.tag !== tag);
        continue
      }
      const alias = /wx:for-item="(\w+)"/.exec(attributes!)?.[1]
      const rows = [...open.map((o) => o.alias), alias]
      const given = /u-p="\{\{(\w+)/.exec(attributes!)?.[1]
      if (given && rows.includes(given) && !attributes!.includes(`u-p="{{${given}.`)) found.push(`${path.relative(out, file)}: ${whole}`)
      if (!alone) open.push({ tag: tag!, alias })
    }
  }
  expect(found).toEqual([])
})
