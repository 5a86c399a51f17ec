// The leader signs somebody up, and writes down in the same step that they are there.
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { phone } from './setup'

vi.setConfig({ testTimeout: 60000 }) // a page is compiled when it is first used
const query: Record<string, string> = { id: '9', team: '7' }
vi.mock('@dcloudio/uni-app', () => ({
  onLoad: (f: (query: object) => void) => f(query), onShow: () => undefined, onHide: () => undefined,
}))
vi.mock('@/services/go', async (original) => ({ ...(await original<object>()), back: () => undefined }))

beforeEach(() => phone.storage.set('xinyuan/resident/token', 't'))

async function writes(on: boolean, status: string): Promise<string[]> {
  if (on) query.on = '1'
  else delete query.on
  const members = Array.from({ length: 30 }, (_, i) => ({ userId: `${i}`, displayName: `队员${i}`, role: 'member' }))
  phone.network = ({ url, method }) => {
    if (method === 'POST') return { statusCode: 200, data: url.endsWith('/signups') ? { status } : {} }
    if (!url.includes('/members')) return { statusCode: 200, data: { items: [] } }
    const from = Number(/cursor=(\d+)/.exec(url)?.[1] ?? 0)
    return { statusCode: 200, data: { items: members.slice(from, from + 20), nextCursor: from ? undefined : '20' } }
  }
  phone.sent.length = 0
  const { default: Page } = await import('@/pages/activity/writedown.vue')
  const shown = mount(Page as object, { global: { stubs: { XyPage: { template: '<div><slot /><slot name="bar" /></div>' } } } })
  await flushPromises()
  const tick = shown.findComponent({ name: 'TickBox' })
  expect(tick.exists()).toBe(on)
  if (on) tick.vm.$emit('update:modelValue', true)
  const pick = shown.findComponent({ name: 'XyNodes' })
  expect(pick.props('nodes')).toHaveLength(30) // all of the team, not its first page
  pick.vm.$emit('pick', { id: '25', name: '队员25' })
  await flushPromises()
  shown.findAllComponents({ name: 'XyButton' }).find((b) => b.props('label') === '替人报名')!.vm.$emit('tap')
  await flushPromises()
  shown.unmount()
  return phone.sent.filter((s) => s.method === 'POST').map((s) => `${s.url.split('/').pop()} ${JSON.parse(s.data!).userId}`)
}

test('who is there already is checked in at once, but not who waits for a place', async () => {
  expect(await writes(true, 'confirmed')).toEqual(['signups 25', 'checkins 25'])
  expect(await writes(true, 'waitlisted')).toEqual(['signups 25'])
})

test('before people check in nobody is asked whether somebody is there', async () => {
  expect(await writes(false, 'confirmed')).toEqual(['signups 25'])
})
