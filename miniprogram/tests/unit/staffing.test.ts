import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { Grant } from '@/services/types'
import { phone } from './setup'

test('each gives what the levels below need, and nobody their own role', async () => {
  const { givable } = await import('@/services/staffing')
  expect(givable(['secretary'], 'community')).not.toContain('secretary')
  expect(givable(['secretary'], 'community')).toContain('grid_worker')
  expect(givable(['street'], 'community')).toContain('secretary') // a second one, too
  expect(givable(['street'], 'street')).toEqual([])
  expect(givable(['county'], 'street')).toEqual(['street', 'auditor', 'area_leader'])
  expect(givable(['grid_leader'], 'community')).toEqual([])
  expect(givable(['secretary'], 'unit')).toEqual(['unit_liaison'])
  expect(givable(['street'], 'unit')).toEqual(['unit_liaison', 'responder']) // no community chooses who answers for a unit
  expect(givable(['street'], 'group')).toEqual(['responder'])
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

test('who cannot add a second one reads who can', async () => {
  const { aloneWords, staffing } = await import('@/services/staffing')
  const sun = { displayName: '孙丽华', role: 'secretary' as const }
  expect(aloneWords(sun, 'community', false)).toContain('请街道再加一位书记。')
  const { person } = await import('@/services/me')
  person.me = { id: '9', roles: [] } as unknown as typeof person.me
  expect(aloneWords({ ...sun, userId: '9' }, 'community', false)).toMatch(/^只有您一个人能定。您不在/) // who reads about themselves
  expect(aloneWords(sun, 'community', true)).toContain('最好再有一位书记。')
  expect(aloneWords({ displayName: '周强', role: 'street' }, 'street', false)).toContain('请县里再加一位负责人。')
  expect(aloneWords({ displayName: '郑伟', role: 'county' }, 'county', false)).not.toContain('再')
  phone.storage.set('xinyuan/resident/token', 't')
  phone.network = () => ({ statusCode: 200, data: { items: [{ id: '2', kind: 'street', name: '茂山街道', servicePhone: '0435-5226000' }, { id: '3', kind: 'street', name: '河西街道' }] } })
  expect(await staffing.above({ kind: 'community', parentId: '2' })).toEqual({ name: '茂山街道', kind: 'street', phone: '0435-5226000' })
  expect(await staffing.above({ kind: 'community', parentId: '3' })).toBeUndefined()
})

test('no two roles are told alike, and no post doubles its place', async () => {
  const { postWords, roleDuties } = await import('@/words/roles')
  expect(new Set(Object.values(roleDuties)).size).toBe(Object.keys(roleDuties).length)
  expect(postWords({ role: 'grid_worker', nodeName: '茂山社区第一网格' })).toBe('茂山社区第一网格员')
})

test('nobody is sent to ring their own desk', async () => {
  const { person } = await import('@/services/me')
  const { default: XyCall } = await import('@/components/page/XyCall.vue')
  const line = { name: '茂山社区', kind: 'community', phone: '0435-5226001' }
  const shown = (roles: object[]) => {
    person.me = { roles, line } as unknown as typeof person.me
    return mount(XyCall as object).find('.call').exists()
  }
  expect(shown([])).toBe(true)
  expect(shown([{ role: 'secretary', nodeId: '7', nodeName: '茂山社区' }])).toBe(false)
  expect(shown([{ role: 'secretary', nodeId: '8', nodeName: '红旗社区' }])).toBe(true)
})
