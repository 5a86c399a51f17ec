// What the server can do, a page does: each operation of the contract is called by the client, or stands below.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

/** Operations that no page has, and who uses them instead. */
const forPrograms: Record<string, string> = {
  getCalendar: 'the calendar of a phone, by the address that the page gives',
  reviewMembership: 'other systems, one at a time; the pages decide in batches of one or many',
  getMedia: 'pictures, by the addresses that come with what they belong to',
}

const text = (file: string) => readFileSync(path.resolve(__dirname, '../../', file), 'utf8')
const sources = readdirSync(path.resolve(__dirname, '../../src'), { recursive: true, encoding: 'utf8' })
  .filter((f) => /\.(vue|ts)$/.test(f) && !f.endsWith('schema.d.ts')).map((f) => ({ f, text: text('src/' + f) }))

/** The operations of openapi.yaml: method and path, with {} for each part that differs. */
function operations(): Map<string, string> {
  const all = new Map<string, string>()
  let at = ''
  let method = ''
  for (const line of text('../api/openapi.yaml').split('\n')) {
    at = line.match(/^ {2}(\/\S*):$/)?.[1] ?? at
    method = line.match(/^ {4}(get|post|patch|put|delete):$/)?.[1] ?? method
    const name = line.match(/^ {6}operationId: (\w+)/)?.[1]
    if (name) all.set(name, `${method.toUpperCase()} ${at.replace(/\{\w+\}/g, '{}')}`)
  }
  return all
}

/** What the client asks for, in the same form, and the names of the functions that ask. */
function asked(): Map<string, string[]> {
  const all = new Map<string, string[]>()
  for (const { text } of sources) {
    const plain = text.replace(/path: `\$\{at\(id\)\}\/\$\{way\}`/g, "path: '/activities/{}/checkins', x: { method: 'POST', path: '/activities/{}/checkouts' }")
      .replace(/\$\{at\(id\)\}/g, '/activities/${id}').replace(/(get<[^(]*>\()at\(id\)/g, '$1`/activities/${id}`')
      .replace(/path: at\(id\)/g, 'path: `/activities/${id}`')
    const calls = [
      ...[...plain.matchAll(/(?:\bget|\bshow)(?:<[^(]*>)?\(\s*['`]([^'`]+)['`]/g)].map((m) => ({ at: m.index, call: 'GET ' + m[1]! })),
      ...[...plain.matchAll(/method: '(\w+)',\s*path:\s*(['`])((?:(?!\2).)+)\2/g)].map((m) => ({ at: m.index, call: `${m[1]} ${m[3]}` })),
      ...[...plain.matchAll(/\b(?:call|callAsIs|ask)(?:<[^(]*>)?\('(\w+)', (['`])([^'`]+)\2/g)].map((m) => ({ at: m.index, call: `${m[1]} ${m[3]}` })),
      ...[...plain.matchAll(/upload<[^(]*>\('([^']+)'/g)].map((m) => ({ at: m.index, call: 'POST ' + m[1]! })),
    ]
    for (const { at, call } of calls) {
      const name = [...plain.slice(0, at).matchAll(/(?:^ {2}(\w+):|^export (?:const|function|async function) (\w+))/gm)].pop()
      const form = call.replace(/\$\{encodeURIComponent\([^)]*\)\}|\$\{[^}]*\}/g, '{}').replace(/\?.*$/, '').replace(/\/me$/, (m) => m)
      all.set(form, [...(all.get(form) ?? []), name?.[1] ?? name?.[2] ?? ''])
    }
  }
  return all
}

/** Whether an operation is among the calls: a fixed part may stand where the contract has a name. */
const same = (operation: string, call: string) => {
  const [a, b] = [operation.split(/[ /]/), call.split(/[ /]/)]
  return a.length === b.length && a.every((part, i) => part === b[i] || (part === '{}' && i > 2))
}

const without = (): string[] => {
  const calls = [...asked().keys()]
  return [...operations()].filter(([name, o]) => !forPrograms[name] && !calls.some((c) => same(o, c))).map(([name]) => name)
}

test('every operation has a page, or is for programs', () => {
  expect(operations().size).toBeGreaterThan(90)
  expect(without()).toEqual([])
  expect(Object.keys(forPrograms).filter((name) => !operations().has(name))).toEqual([])
})

test('a call that the client knows is made by a page', () => {
  const uses = (name: string) => sources.some(({ f, text }) => /^(pages|components|App)/.test(f) && new RegExp(`\\b${name}\\b`).test(text))
    || sources.some(({ text }) => (text.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0) > 1)
  const unused = [...asked()].flatMap(([call, names]) => (names.some(uses) ? [] : [`${call} (${names.join()})`]))
  expect(unused).toEqual([])
})
