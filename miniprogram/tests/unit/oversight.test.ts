// Who stands above places reads where something is late, and gets down to the matter.
import { expect, test } from 'vitest'
import { pageOf } from '@/services/oversight'
import type { WaitingMatter } from '@/services/types'
import { taskKinds } from '@/services/taskKinds'
import { barOf, countedWords, waitingWords } from '@/words/oversight'

test('a bar has what is late and what is in time, as long as its place has work beside the others', () => {
  const all = [{ waiting: 8, late: 2 }, { waiting: 4, late: 4 }, { waiting: 0, late: 0 }]
  expect(all.map((p) => barOf(p, all))).toEqual([[25, 75], [50, 0], [0, 0]])
  expect(barOf({ waiting: 0, late: 0 }, [{ waiting: 0 }])).toEqual([0, 0])
  expect(all.map(waitingWords)).toEqual(['等着 8 件，2 件超过三天', '等着 4 件，4 件超过三天', '没有等着的'])
})

test('what is kept says when it was counted', () => {
  const now = Date.parse('2026-03-18T16:00:00+08:00')
  expect(countedWords('2026-03-18T14:05:00+08:00', now)).toBe('统计于 14:05')
  expect(countedWords('2026-03-17T23:50:00+08:00', now)).toBe('统计于昨天 23:50')
})

test('each matter opens the page on which it is read', () => {
  const open = (kind: WaitingMatter['kind'], wishId?: string) => {
    const { page, query } = pageOf({ kind, id: '7', wishId, title: '', since: '', late: false })
    return [page, query?.id]
  }
  expect([
    open('wish', '7'), open('claim', '3'), open('dispute', '3'), open('callback', '3'), open('membership'), open('service'), open('objection'), open('complaint'), open('need'), open('assignment'),
  ]).toEqual([
    ['wish', '7'], ['wish', '3'], ['wish', '3'], ['wish', '3'], ['reportin', '7'], ['servicecheck', '7'], ['objection', '7'], ['complaint', '7'], ['need', '7'], ['order', '7'],
  ])
  expect(Object.values(taskKinds).every(({ waits }) => waits.length > 3)).toBe(true)
})
