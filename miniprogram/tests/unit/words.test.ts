import { expect, test } from 'vitest'
import { periodOf } from '@/services/county'
import { isPhone } from '@/services/form'
import { date, day, moment } from '@/words'

test('days are the county\'s, wherever the phone is', () => {
  const now = Date.parse('2026-01-01T00:30:00+08:00')
  expect(day('2026-01-01T00:10:00+08:00', now)).toBe('今天')
  expect(day('2025-12-31T23:59:00+08:00', now)).toBe('昨天')
  expect(day('2025-12-20T12:00:00+08:00', now)).toBe('2025 年 12 月 20 日')
  expect(moment('2026-03-08T01:05:00Z')).toBe('3 月 8 日 9:05')
  expect(date('2026-11-23T16:00:00Z')).toBe('11 月 24 日周二')
})

test('the period of a board turns at the county\'s midnight', () => {
  const at = Date.parse('2026-10-01T00:00:00+08:00')
  expect([periodOf('month', at), periodOf('quarter', at), periodOf('year', at)]).toEqual(['2026-10', '2026Q4', '2026'])
  expect(periodOf('quarter', at - 1)).toBe('2026Q3')
})

test('telephones', () => {
  for (const good of ['13812345678', '0572-8123456', '05728123456']) expect(isPhone(good)).toBe(true)
  for (const bad of ['', '1381234567', '12345678901', 'abc']) expect(isPhone(bad)).toBe(false)
})
