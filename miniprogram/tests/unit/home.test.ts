// What home asks for: each thing once, all turns in one request, and in the elder view only what it shows.
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { phone } from './setup'

let shown: (() => void) | undefined
vi.mock('@dcloudio/uni-app', () => ({ onShow: (f: () => void) => (shown = f), onLoad: () => undefined, onReachBottom: () => undefined, onHide: () => undefined, onUnload: () => undefined }))

beforeEach(() => void phone.storage.set('xinyuan/resident/token', 't'))

/** Opens home and waits until it shows what it has asked for. */
async function open(elder: boolean) {
  const { person } = await import('@/services/me')
  person.elder = elder
  const { default: Home } = await import('@/pages/home/home.vue')
  const page = mount(Home as object, { global: { stubs: { XyPage: { template: '<div><slot /></div>' } } } })
  shown!()
  for (let i = 0; i < 5; i++) await flushPromises()
  return page
}

async function asked(elder: boolean): Promise<string[]> {
  phone.network = ({ url }) => ({
    statusCode: 200,
    data: url.includes('/me/todos') ? { items: [{ turn: 'confirm', id: '1', wishId: '2', title: '轮椅', who: '', since: '2026-03-11T04:00:00Z' }] }
      : /\/me$/.test(url) ? { id: '1', displayName: '刘奶奶', roles: [], toAgree: [], elderView: elder, homeNodeId: '7' }
        : url.includes('/stats') ? { wishesClaimed: 1, wishesFulfilled: 1, members: 1 } : { items: [], unread: 0 },
  })
  const page = await open(elder)
  page.unmount()
  return phone.sent.map((s) => `${s.method} ${s.url.replace(/^.*\/api\/v1/, '').replace(/\?.*$/, '')}`).filter((s) => s.startsWith('GET'))
}

test('all turns are one request, and nothing is asked twice', async () => {
  const all = await asked(false)
  expect(all.filter((s) => s === 'GET /me/todos')).toHaveLength(1)
  for (const other of ['/approvals', '/claims', '/teams', '/service-records', '/objections', '/memberships']) expect(all).not.toContain('GET ' + other)
  expect(all).toContain('GET /stats')
  expect(all.length).toBeLessThanOrEqual(12) // the last is the next evening on which somebody listens here
})

test('the elder view does not ask for what it does not show', async () => {
  const all = await asked(true)
  expect(all.filter((s) => s === 'GET /me/todos')).toHaveLength(1)
  expect(all).not.toContain('GET /stats')
})

test('home does not need the county\'s figures', async () => {
  phone.network = ({ url }) => url.includes('/stats')
    ? { statusCode: 503, data: { reason: 'unavailable', message: '服务器忙，请稍后再试。' } }
    : { statusCode: 200, data: /\/me$/.test(url) ? { id: '1', displayName: '刘奶奶', roles: [], toAgree: [], homeNodeId: '7' } : { items: [], unread: 0 } }
  const page = await open(false)
  expect(phone.sent.some((s) => s.url.includes('/stats'))).toBe(true)
  expect(page.text()).toContain('这里的心愿都有人认领了。')
  expect(page.text()).toContain('排行榜')
  expect(page.text()).not.toContain('心愿已经圆了') // nor those that were remembered
  expect(page.text()).not.toContain('服务器忙')
  page.unmount()
})

test('in large letters the check-in comes first, and the way to what waits beside it stays', async () => {
  const went: string[] = []
  Object.assign(uni, { navigateTo: ({ url }: { url: string }) => went.push(url) })
  const soon = (minutes: number) => new Date(Date.now() + minutes * 60000).toISOString()
  const activity = { id: '5', title: '磨剪刀', status: 'published', startsAt: soon(10), endsAt: soon(130), place: { name: '一楼大厅' }, mySignup: { id: '6', status: 'confirmed' } }
  phone.network = ({ url }) => ({
    statusCode: 200,
    data: url.includes('/me/todos') ? { items: [{ turn: 'confirm', id: '1', wishId: '2', title: '轮椅', who: '', since: '2026-03-11T04:00:00Z' }] }
      : /\/me$/.test(url) ? { id: '1', displayName: '刘奶奶', roles: [], toAgree: [], elderView: true, homeNodeId: '7' }
        : url.includes('/activities') ? { items: [activity] } : { items: [], unread: 0 },
  })
  const page = await open(true)
  expect(page.text()).toContain('磨剪刀')
  expect(page.text()).not.toContain('轮椅')
  const way = page.findAllComponents({ name: 'XyTap' }).find((t) => t.text().includes('还有 1 件等您'))!
  way.vm.$emit('tap')
  expect(went).toEqual(['/pages/claim/confirm?id=1'])
  page.unmount()
})
