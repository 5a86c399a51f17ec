import { expect, test } from 'vitest'
import { byYear, picked, recordProgress } from '@/words/records'
import type { ServiceRecord } from '@/services/types'

const record = (startedAt: string, minutes: number, status: ServiceRecord['status'] = 'credited') => ({ startedAt, minutes, status }) as ServiceRecord

test('records by year: hours only of what is credited, and of years read to their end', () => {
  const all = [record('2026-01-01T00:30:00+08:00', 60), record('2025-12-31T23:00:00+08:00', 30), record('2025-05-01T09:00:00+08:00', 90, 'recorded')]
  expect(byYear(all, true).map((y) => [y.year, y.items.length, y.minutes])).toEqual([[2026, 1, 60], [2025, 2, 30]])
  expect(byYear(all, false).map((y) => y.minutes)).toEqual([60, undefined])
})

test('a time as one picks it is on the county\'s clock', () => {
  const present = Date.parse('2026-11-28T00:10:00+08:00')
  const { from, until } = picked({ ago: '1', hour: '9', half: '30', length: '90' }, present)
  expect(new Date(from).toISOString()).toBe('2026-11-27T01:30:00.000Z')
  expect(until - from).toBe(90 * 60000)
})

test('what a record waits for', () => {
  expect(recordProgress({ status: 'recorded', due: 1, reviews: 0 }, { waitsAt: '茂山社区' })).toMatchObject({ now: '等茂山社区确认', then: ['记入服务时长'] })
  const passedOn = recordProgress({ status: 'recorded', due: 1, reviews: 0 }, { waitsAt: '茂山社区', escalated: true })
  expect(passedOn).toMatchObject({ now: '等茂山社区或者上一级确认', who: '等了三天，已经请上一级来看，两边谁看都行' })
  expect(recordProgress({ status: 'confirmed', due: 3, reviews: 1 }).then[0]).toBe('再由上一级看一次')
  expect(recordProgress({ status: 'credited', due: 1, reviews: 1 }).now).toBe('')
})
