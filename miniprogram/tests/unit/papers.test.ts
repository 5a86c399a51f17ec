import { expect, test } from 'vitest'
import { dayWords, months, quarters, spans, today, yearsOf } from '@/services/papers'

const noon = Date.UTC(2026, 2, 11, 4)

test('spans are years with service, up to today, and all of it', () => {
  expect(spans([2025, 2026], noon)).toEqual([
    { name: '全部', from: '2025-01-01', until: '2026-03-11' },
    { name: '2026 年', from: '2026-01-01', until: '2026-03-11' },
    { name: '2025 年', from: '2025-01-01', until: '2025-12-31' },
  ])
  expect(spans([2025], noon)).toEqual([{ name: '2025 年', from: '2025-01-01', until: '2025-12-31' }])
  expect(spans([], noon)).toEqual([])
})

test('months that are over go back over the year', () => {
  expect(months(3, Date.UTC(2026, 1, 10)).map((m) => [m.code, m.name])).toEqual([
    ['2026-01', '2026 年 1 月'], ['2025-12', '2025 年 12 月'], ['2025-11', '2025 年 11 月'],
  ])
  expect(months(1, Date.UTC(2026, 0, 31, 16))[0]!.code).toBe('2026-01') // it is February here
})

test('quarters go back over the year, by the county\'s clock', () => {
  expect(quarters(2, noon)).toEqual([
    { name: '2026 年第 1 季度', period: '2026Q1' }, { name: '2025 年第 4 季度', period: '2025Q4' },
  ])
  expect(quarters(1, Date.UTC(2025, 11, 31, 16))[0]!.period).toBe('2026Q1')
  expect(today(Date.UTC(2025, 11, 31, 16))).toBe('2026-01-01')
})

test('days and the years between them', () => {
  expect(dayWords('2026-03-01')).toBe('2026 年 3 月 1 日')
  expect(yearsOf('2024-05-01', '2026-01-02')).toEqual([2024, 2025, 2026])
})
