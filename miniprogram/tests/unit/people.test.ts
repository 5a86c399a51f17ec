// People who are picked: found by a part of their name, named with what they do, and none who may not.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { phone } from './setup'

vi.mock('@dcloudio/uni-app', () => ({ onShow: (f: () => void) => f(), onLoad: () => undefined, onHide: () => undefined }))
const text = (f: string) => readFileSync(path.resolve(__dirname, '../../src', f), 'utf8')

test('a list of people is searched by a part of a name, on each page that has one', async () => {
  const { default: XyNodes } = (await import('@/components/ui/XyNodes.vue')) as { default: object }
  const list = mount(XyNodes, { props: { label: '队里的人', nodes: [{ id: '1', name: '赵德顺' }, { id: '2', name: '孙丽华' }] } })
  const names = () => list.findAll('.item').map((t) => t.text())
  expect(names()).toEqual(['赵德顺', '孙丽华'])
  list.findComponent({ name: 'XySearch' }).vm.$emit('update:modelValue', '丽')
  await flushPromises()
  expect(names()).toEqual(['孙丽华'])
  list.unmount()
  for (const page of ['activity/writedown', 'certificate/counter', 'claim/promise', 'team/found', 'team/guest', 'team/handover']) {
    expect(text(`pages/${page}.vue`), page).toMatch(/<Xy(Nodes|Search)/)
  }
})

test('only who holds a post of the place stands in, with the post named; where nobody does, the page says whom to ask', async () => {
  phone.storage.set('xinyuan/resident/token', 't')
  const grant = (userId: string, role: string, nodeName = '茂山社区') =>
    ({ id: userId, userId, displayName: userId, role, nodeId: '7', nodeName, from: '2026-01-01T00:00:00Z', delegated: false })
  let grants = [grant('郑审计', 'auditor'), grant('马联络', 'unit_liaison', '县一小')]
  phone.network = ({ url }) => ({
    statusCode: 200, data: url.includes('/grants') ? { items: grants } : { id: '1', displayName: '孙丽华', roles: [{ role: 'secretary', nodeId: '7', nodeName: '茂山社区' }] },
  })
  const { default: Deputy } = (await import('@/pages/staff/deputy.vue')) as { default: object }
  const shown = async () => {
    const page = mount(Deputy, { global: { stubs: { XyPage: { template: '<div><slot /><slot name="bar" /></div>' } } } })
    await flushPromises()
    await flushPromises()
    return page
  }
  const none = await shown()
  expect(none.text()).toContain('请街道先加岗位')
  expect(none.findAll('.choice')).toEqual([])
  none.unmount()
  grants = [...grants, grant('于洋', 'grid_worker', '第一网格')]
  const one = await shown()
  expect(one.findAll('.choice').map((c) => c.text())).toEqual(['于洋第一网格员'])
  one.unmount()
})

test('who decides a claim reads the unit and the record that the list has', async () => {
  const { default: ClaimCard } = (await import('@/components/claim/ClaimCard.vue')) as { default: object }
  const card = mount(ClaimCard, { props: { claim: { id: '1', claimant: '赵*国', status: 'requested' }, who: { unitName: '县供电公司', inHand: 1, fulfilled: 4 } } })
  expect(card.text()).toContain('县供电公司')
  expect(card.text()).toContain('在办 1 件，办成 4 件')
  card.unmount()
  expect(text('pages/wish/wish.vue')).toContain(':who="state.data!.claimant"')
})
