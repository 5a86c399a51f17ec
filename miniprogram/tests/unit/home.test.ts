// What home asks for: each thing once, all turns in one request, and in the elder view only what it shows.
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { phone } from './setup'

let shown: (() => void) | undefined
vi.mock('@dcloudio/uni-app', () => ({ onShow: (f: () => void) => (shown = f), onLoad: () => undefined, onReachBottom: () => undefined, onHide: () => undefined, onUnload: () => undefined }))

beforeEach(() => void phone.storage.set('xinyuan/resident/token', 't'))

async function asked(elder: boolean): Promise<string[]> {
  phone.network = ({ url }) => ({
    statusCode: 200,
    data: url.includes('/me/todos') ? { items: [{ turn: 'confirm', id: '1', wishId: '2', title: '轮椅', who: '', since: '2026-03-11T04:00:00Z' }] }
      : /\/me$/.test(url) ? { id: '1', displayName: '刘奶奶', roles: [], elderView: elder, homeNodeId: '7' }
        : url.includes('/stats') ? { wishesClaimed: 1, wishesFulfilled: 1, members: 1 } : { items: [], unread: 0 },
  })
  const { person } = await import('@/services/me')
  person.elder = elder
  const { default: Home } = await import('@/pages/home/home.vue')
  const page = mount(Home as object, { global: { stubs: { XyPage: true } } })
  shown!()
  for (let i = 0; i < 5; i++) await flushPromises()
  page.unmount()
  return phone.sent.map((s) => `${s.method} ${s.url.replace(/^.*\/api\/v1/, '').replace(/\?.*$/, '')}`).filter((s) => s.startsWith('GET'))
}

test('all turns are one request, and nothing is asked twice', async () => {
  const all = await asked(false)
  expect(all.filter((s) => s === 'GET /me/todos')).toHaveLength(1)
  for (const other of ['/approvals', '/claims', '/teams', '/service-records', '/objections', '/memberships']) expect(all).not.toContain('GET ' + other)
  expect(all).toContain('GET /stats')
  expect(all.length).toBeLessThanOrEqual(11)
})

test('the elder view does not ask for what it does not show', async () => {
  const all = await asked(true)
  expect(all.filter((s) => s === 'GET /me/todos')).toHaveLength(1)
  expect(all).not.toContain('GET /stats')
})
