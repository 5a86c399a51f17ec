// A points row says how the number came about.
import { expect, test } from 'vitest'
import type { PointEntry } from '@/services/types'
import { pointWords } from '@/words/points'

const entry = (more: object) => ({ kind: 'earn', amount: 10, rule: { event: 'wish_fulfilled', version: 1, promised: 10, share: 10 }, ...more }) as unknown as PointEntry

test('hours are told with their rule and its rounding', () => {
  const rule = { event: 'service_hours', version: 1, promised: 2, share: 2, text: '2 小时 20 分，每满 1 小时记 1 分，不满 1 小时不计' }
  expect(pointWords(entry({ amount: 2, rule }))).toBe('2 小时 20 分，每满 1 小时记 1 分，不满 1 小时不计')
})

test('a share, a cap and what was taken back are told', () => {
  expect(pointWords(entry({}))).toBe('圆了一个心愿，记 10 分')
  expect(pointWords(entry({ amount: 5, rule: { event: 'wish_fulfilled', version: 1, promised: 10, share: 5 } }))).toBe('圆了一个心愿，记 10 分；一起办的平分，您这一份 5 分')
  expect(pointWords(entry({ amount: 4 }))).toContain('已到积分上限')
  expect(pointWords(entry({ kind: 'correct', amount: -10 }))).toBe('确认撤销了，这一笔收回')
})
