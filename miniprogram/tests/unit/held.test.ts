// Words that others do not read yet say so, wherever their writer or whoever decides reads them.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import ClaimCard from '@/components/claim/ClaimCard.vue'
import HeldText from '@/components/ui/HeldText.vue'
import PastSteps from '@/components/ui/PastSteps.vue'
import Timeline from '@/components/ui/Timeline.vue'
import type { Claim } from '@/services/types'
import { placeOf } from '@/words/cases'
import { progress } from '@/words/progress'

const steps = [
  { at: '2026-03-11T05:00:00Z', text: '退回了认领', reason: '家里有事' },
  { at: '2026-03-11T06:00:00Z', text: '退回了认领', reason: '要出差', waiting: true },
]
const notes = (shown: { findAllComponents: (of: object) => unknown[] }) => shown.findAllComponents(HeldText).length

test('a reason that is being checked says so, in both forms of a history', () => {
  const [past, line] = [mount(PastSteps, { props: { steps } }), mount(Timeline, { props: { past: steps, progress: progress({ status: 'open', mine: false }) } })]
  expect([notes(past), notes(line)]).toEqual([1, 1])
  expect(past.text()).toContain('要出差这句话正在核对，核对好了别人才看得到。')
  expect(line.text()).toContain('“要出差”这句话正在核对')
})

test('so does what a claim has, each text for itself', () => {
  const claim = { id: '1', mine: true, deliveryNote: '装好了', comment: '谢谢', rating: 5 } as unknown as Claim
  const shown = (waiting?: Claim['waiting']) => notes(mount(ClaimCard, { props: { claim: { ...claim, waiting } } }))
  expect([shown(), shown(['comment']), shown(['delivery_note', 'comment'])]).toEqual([0, 1, 2])
})

test('whatever shows the reason of a step says that it waits', () => {
  const src = path.resolve(__dirname, '../../src')
  const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.vue')).map((f) => ({ f, text: readFileSync(path.join(src, f), 'utf8') }))
  const shows = sources.filter(({ text }) => text.includes('{{ h.reason }}'))
  expect(shows.length).toBeGreaterThan(2)
  expect(shows.filter(({ text }) => !text.includes('<HeldText v-if="h.waiting" />')).map(({ f }) => f)).toEqual([])
  const notes = sources.filter(({ text }) => /\{\{ [\w.!]*claim!?\.(deliveryNote|comment) \}\}/.test(text))
  expect(notes.length).toBeGreaterThan(2)
  expect(notes.filter(({ text }) => !text.includes('<HeldText')).map(({ f }) => f)).toEqual([])
})

test('whoever looks at a held text reads where it stands', () => {
  const source = readFileSync(path.resolve(__dirname, '../../../internal/content/check.go'), 'utf8')
  const shows = /shows = map\[string\]string\{(.*?)\n\t\}/s.exec(source)![1]!
  const names = [...shows.matchAll(/"(\w+)\.(\w+)": /g)].map((m) => [m[1]!, m[2]!] as const)
  expect(names.length).toBeGreaterThan(15)
  expect([...names, ['visit', 'promise_2'] as const].filter(([noun, field]) => placeOf(noun, field) === '理由').map((n) => n.join('.'))).toEqual([])
  expect(placeOf('event', 'reason')).toBe('理由')
})
