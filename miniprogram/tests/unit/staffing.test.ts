import { expect, test } from 'vitest'
import type { Grant } from '@/services/types'

test('each gives what the levels below need, and nobody their own role', async () => {
  const { givable } = await import('@/services/staffing')
  expect(givable(['secretary'], 'community')).not.toContain('secretary')
  expect(givable(['secretary'], 'community')).toContain('grid_worker')
  expect(givable(['street'], 'community')).toContain('secretary') // a second one, too
  expect(givable(['street'], 'street')).toEqual([])
  expect(givable(['county'], 'street')).toEqual(['street', 'auditor'])
  expect(givable(['grid_leader'], 'community')).toEqual([])
  expect(givable(['secretary'], 'unit')).toEqual(['unit_liaison'])
})

test('one who decides alone is named, and a deputy is no second one', async () => {
  const { alone } = await import('@/services/staffing')
  const grant = (userId: string, more: Partial<Grant> = {}): Grant =>
    ({ id: userId, userId, displayName: userId, role: 'secretary', nodeId: '7', nodeName: '茂山社区', from: '', delegated: false, ...more })
  const place = { id: '7', kind: 'community' as const }
  expect(alone([grant('a'), grant('b', { delegated: true }), grant('c', { role: 'grid_worker' })], place)?.userId).toBe('a')
  expect(alone([grant('a'), grant('b')], place)).toBeUndefined()
  expect(alone([grant('a', { nodeId: '8' })], place)).toBeUndefined()
})

test('a number is read out in two fours', async () => {
  const { spaced } = await import('@/services/staffing')
  expect(spaced('12345678')).toBe('1234 5678')
})
