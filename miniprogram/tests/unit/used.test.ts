// What nobody uses is not kept: each component stands on some page, and each thing that a service offers is taken.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const src = path.resolve(__dirname, '../../src')
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((f) => /\.(vue|ts)$/.test(f) && !/schema\.d\.ts$/.test(f)).map((f) => ({ f, text: readFileSync(path.join(src, f), 'utf8') }))
const elsewhere = (own: string) => sources.filter(({ f }) => f !== own)

test('each component is imported by a page or by another component', () => {
  const components = sources.map(({ f }) => f).filter((f) => f.startsWith('components') && f.endsWith('.vue'))
  expect(components.length).toBeGreaterThan(60)
  expect(components.filter((f) => !elsewhere(f).some(({ text }) => text.includes(`from '@/${f}'`)))).toEqual([])
})

/** The names between the braces of `import { … } from` this file, as others write it. */
function imported(own: string): Set<string> {
  const name = path.basename(own, '.ts')
  const from = new RegExp(`import (?:type )?\\{([^}]*)\\} from '(?:@/${path.dirname(own)}|\\.|\\.\\.)(?:/${name})?'`, 'g')
  const all = elsewhere(own).flatMap(({ text }) => [...text.matchAll(from)].flatMap((m) => m[1]!.split(',')))
  return new Set(all.map((n) => n.trim().replace(/^type /, '').split(' as ')[0]!))
}

// words/states.ts is a check of the compiler: each state has its word, in some list of the others.
test('each thing that a service or a word list offers is used by the program', () => {
  const unused = sources.filter(({ f }) => /^(services|words)\/\w+\.ts$/.test(f) && !f.endsWith('types.ts') && f !== 'words/states.ts').flatMap(({ f, text }) => {
    const taken = imported(f)
    const offered = [...text.matchAll(/^export (?:async )?(?:const|function|class|let) (\w+)/gm)].map((m) => m[1]!)
    const inside = (n: string) => text.match(new RegExp(`\\b${n}\\b`, 'g'))!.length > 1
    return offered.filter((n) => !taken.has(n) && !inside(n)).map((n) => `${f}: ${n}`)
  })
  expect(unused).toEqual([])
})

test('each call of a group of calls is made', () => {
  const unused = sources.filter(({ f }) => /^services\/\w+\.ts$/.test(f)).flatMap(({ text, f }) =>
    [...text.matchAll(/^export const (\w+) = \{\n([^]*?)^\}/gm)].flatMap(([, group, body]) =>
      [...body!.matchAll(/^ {2}(\w+):(?= (?:async )?(?:\(|\w+ =>|$))/gm)].map((m) => m[1]!)
        .filter((call) => !sources.some((s) => new RegExp(`\\b${group}\\.${call}\\b`).test(s.text))).map((call) => `${f}: ${group}.${call}`)))
  expect(unused).toEqual([])
})
