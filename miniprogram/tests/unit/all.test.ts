// A list comes a page at a time: who picks from all of it, or counts it, has to read it to its end.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { all } from '@/services/all'
import { teams } from '@/services/teams'
import { phone } from './setup'

const text = (file: string) => readFileSync(path.resolve(__dirname, '../../', file), 'utf8')
const sources = readdirSync(path.resolve(__dirname, '../../src'), { recursive: true, encoding: 'utf8' })
  .filter((f) => /\.(vue|ts)$/.test(f) && !f.endsWith('schema.d.ts')).map((f) => ({ f, text: text('src/' + f) }))

test('a list is read to its end, and never without end', async () => {
  const asked: (string | undefined)[] = []
  const read = async (cursor?: string) => {
    asked.push(cursor)
    const n = Number(cursor ?? 0)
    return { items: [n], nextCursor: n < 2 ? String(n + 1) : undefined }
  }
  expect(await all(read)).toEqual([0, 1, 2])
  expect(asked).toEqual([undefined, '1', '2'])
  await expect(all(async () => ({ items: [1], nextCursor: 'again' }))).rejects.toThrow('太多')
})

test('a team of 130 is all there, its leader first', async () => {
  phone.storage.set('xinyuan/resident/token', 't')
  const people = Array.from({ length: 130 }, (_, i) => ({ userId: String(i), displayName: `队员${i}`, role: i === 129 ? 'leader' : 'member' }))
  phone.network = ({ url }) => {
    const query = new URL(url, 'http://x').searchParams
    const [from, limit] = [Number(query.get('cursor') ?? 0), Number(query.get('limit') ?? 20)]
    const end = from + limit
    return { statusCode: 200, data: { items: people.slice(from, end), nextCursor: end < people.length ? String(end) : undefined } }
  }
  const found = await teams.everybody('7')
  expect(found).toHaveLength(130)
  expect(found[0]!.userId).toBe('129')
})

/** The paths of openapi.yaml whose answer comes a page at a time. */
function paged(): Set<string> {
  const found = new Set<string>()
  let at = ''
  for (const line of text('../api/openapi.yaml').split('\n')) {
    at = line.match(/^ {2}(\/\S*):$/)?.[1] ?? at
    if (line.includes('parameters/cursor')) found.add(at.replace(/\{\w+\}/g, '{}'))
  }
  return found
}

/** What stands between the bracket at a place and the one that closes it. */
function inside(source: string, open: number): string {
  let depth = 0
  for (let i = open; i < source.length; i++) {
    if (source[i] === '(') depth++
    if (source[i] === ')' && --depth === 0) return source.slice(open + 1, i)
  }
  return source.slice(open + 1)
}

/** Says how much of a list it wants: from where, or how many at most. */
const says = (args: string) => /\b(cursor|limit)\b/.test(args)

test('whoever asks for a page names its cursor, or how many it wants', () => {
  const lists = paged()
  expect(lists.size).toBeGreaterThan(15)
  const silent: string[] = []
  const readers = new Set<string>() // hand on a cursor: whoever calls them must name it
  for (const { f, text } of sources) {
    for (const m of text.matchAll(/\bget(?:<[^(]*>)?\(\s*['`]([^'`]+)['`]/g)) {
      if (!lists.has(m[1]!.replace(/\$\{[^}]*\}/g, '{}'))) continue
      const args = inside(text, text.indexOf('(', m.index))
      const before = text.slice(0, m.index)
      const group = [...before.matchAll(/^export const (\w+)/gm)].pop()?.[1]
      const name = [...before.matchAll(/^ {2}(\w+):/gm)].pop()?.[1]
      const handsOn = /\.\.\.(f|filter)\b/.test(args) || /\bq\b/.test(args) || /\bcursor\b/.test(args)
      if (!handsOn && !says(args)) silent.push(`${f}: ${m[0]}`)
      if (handsOn && !/limit: \d|around: 'me'/.test(args)) readers.add(`${group}.${name}`)
    }
  }
  expect([...readers]).toEqual(expect.arrayContaining(['teams.list', 'activities.list', 'wishes.list', 'claims.mine']))
  for (const { f, text } of sources) {
    for (const reader of readers) {
      for (const m of text.matchAll(new RegExp(`\\b${reader.replace('.', '\\.')}\\(`, 'g'))) {
        const args = inside(text, m.index + m[0].length - 1)
        if (!says(args)) silent.push(`${f}: ${m[0]}${args})`)
      }
    }
  }
  expect(silent).toEqual([])
})
