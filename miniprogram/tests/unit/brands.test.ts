// A brand is due in the last days of its year, and says what was done as it was counted.
import { expect, test } from 'vitest'
import type { Brand, BrandYear } from '@/services/types'
import { brandWord, doneWords, yearWords } from '@/words/brands'

const now = Date.parse('2026-11-20T04:00:00Z')
const brand: Brand = {
  id: '1', nodeId: '2', nodeName: '茂山社区', unitId: '3', unitName: '县一小', name: '邻里一家亲', text: '', forWhom: '', units: 2,
  createdAt: '2026-01-01T00:00:00Z', sinceAt: '2026-01-02T00:00:00Z', renewFrom: '2026-11-03T00:00:00Z', dueAt: '2027-01-02T00:00:00Z', status: 'active',
}

test('where a brand stands', () => {
  expect(brandWord({ ...brand, renewFrom: '2026-12-01T00:00:00Z' }, now).text).toBe('在办')
  expect(brandWord(brand, now).text).toBe('该续了')
  expect(brandWord({ ...brand, voteUntil: '2026-11-25T00:00:00Z' }, now).text).toBe('居民在投票')
  expect(brandWord({ ...brand, voteUntil: '2026-11-19T00:00:00Z' }, now).text).toBe('该续了')
  expect(brandWord({ ...brand, status: 'asleep' }, now).text).toBe('歇着')
  expect(yearWords({ ...brand, status: 'asleep' })).toContain('没有续')
  expect(yearWords({ ...brand, status: 'proposed', dueAt: undefined })).toBe('')
})

test('what was done in a year, and nothing of what nobody did', () => {
  const year: BrandYear = { from: brand.sinceAt!, until: brand.dueAt!, projects: 2, hours: 0, bookings: 3 }
  expect(doneWords(year)).toEqual(['居民认可的项目 2 个', '居民用这几家单位的地方 3 次'])
  expect(doneWords({ ...year, projects: 0, bookings: 0 })).toEqual([])
})
