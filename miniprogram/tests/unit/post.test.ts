// The count of steps that a wish takes stays what it was, whatever is agreed to on the way.
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import ClaimCard from '@/components/claim/ClaimCard.vue'
import { person } from '@/services/me'
import type { Claim, Me } from '@/services/types'
import { readyLacks } from '@/words/ready'
import { phone } from './setup'

vi.setConfig({ testTimeout: 60000 }) // a page is compiled when it is first used
const onLoad = vi.hoisted(() => ({ query: {} }))
vi.mock('@dcloudio/uni-app', () => ({
  onLoad: (f: (query: object) => void) => f(onLoad.query), onShow: () => undefined, onHide: () => undefined,
}))

const me = { id: '1', displayName: '王秀兰', homeNodeId: '5', roles: [] } as unknown as Me
const contact = { name: '王秀兰', phone: '13912340000', address: '3 栋 1 单元' }

beforeEach(() => {
  phone.storage.set('xinyuan/resident/token', 't')
  person.me = me
  Object.assign(uni, { pageScrollTo: () => undefined })
})

async function page(kept: boolean) {
  phone.network = ({ url, method }) => ({
    statusCode: 200,
    data: url.endsWith('/categories') ? { items: [{ code: 'goods', name: '要件东西', sensitive: false }] }
      : url.includes('/nodes') ? { items: [] } : url.endsWith('/me/contact') ? (kept || method === 'POST' ? { contact, consentedAt: '2026-03-11T05:00:00Z' } : {}) : me,
  })
  const { default: Post } = await import('@/pages/wish/post.vue')
  const slots = { template: '<div><slot /><slot name="bar" /></div>' }
  const shown = mount(Post as object, { global: { stubs: { XyPage: slots } } })
  await flushPromises()
  const next = async () => {
    shown.findAllComponents({ name: 'XyButton' }).find((b) => b.props('label') === '下一步')!.vm.$emit('tap')
    await flushPromises()
  }
  const count = () => shown.text().match(/第 \d 步，共 \d 步/)![0]
  shown.findComponent({ name: 'PostWords' }).vm.$emit('say', { category: 'goods', title: '想要一把洗澡用的椅子' })
  return { shown, next, count }
}

test('a first wish has three steps, also after the consent', async () => {
  const { shown, next, count } = await page(false)
  const seen = [count()]
  await next()
  seen.push(count())
  shown.findComponent({ name: 'PostContact' }).vm.$emit('say', { ...contact, agreed: true })
  await next()
  seen.push(count())
  expect(seen).toEqual(['第 1 步，共 3 步', '第 2 步，共 3 步', '第 3 步，共 3 步'])
  shown.unmount()
})

test('a number that somebody else answers for a resident goes out with who that is', async () => {
  onLoad.query = { behalf: '1' }
  const { shown, next } = await page(false)
  const step = () => shown.findComponent({ name: 'PostContact' })
  await next()
  step().vm.$emit('say', { ...contact, helped: true, consent: 'oral', note: '上门时问的' })
  await next()
  expect(shown.text()).toContain('请写打过去找谁')
  step().vm.$emit('say', { helper: ' 邻居老王 ' })
  await next()
  expect(shown.text()).toContain('打过去找 邻居老王 ，请对方转告本人')
  shown.findAllComponents({ name: 'XyButton' }).find((b) => b.props('label') === '交给社区')!.vm.$emit('tap')
  await flushPromises()
  const sent = phone.sent.find((r) => r.method === 'POST' && r.url.endsWith('/wishes'))!.data!
  expect((JSON.parse(sent) as { contact: object }).contact).toEqual({ ...contact, helper: '邻居老王' })
  onLoad.query = {}
  shown.unmount()
})

test('who has a contact kept needs two, also while looking at it again', async () => {
  const { shown, next, count } = await page(true)
  const seen = [count()]
  await next()
  seen.push(count())
  shown.findComponent({ name: 'PostReview' }).vm.$emit('change', 1)
  await flushPromises()
  seen.push(count())
  expect(seen).toEqual(['第 1 步，共 2 步', '第 2 步，共 2 步', '第 2 步，共 2 步'])
  shown.unmount()
})

test('each of the two on a claim has their name before their words', () => {
  const claim = { id: '9', status: 'approved', claimant: '高永刚', mine: false, deliveryNote: '都讲清楚了', comment: '公证员还没有来' } as Claim
  const said = (of: Partial<Claim>, own: boolean) => mount(ClaimCard, { props: { claim: { ...claim, ...of }, own } }).text()
  expect(said({}, true)).toMatch(/高永刚说：“都讲清楚了”.*您说：“公证员还没有来”/s)
  expect(said({ mine: true }, false)).toMatch(/您说：“都讲清楚了”.*许愿人说：“公证员还没有来”/s)
})

test('what may be lacking fits the kind of wish', () => {
  const kinds = ['goods', 'repair', 'errand', 'company', 'study', 'phone', 'law', 'health', 'hardship', 'other']
  expect(kinds.filter((k) => readyLacks(k).some((w) => w.includes('东西')))).toEqual(['goods'])
  expect(kinds.filter((k) => readyLacks(k).length === 0)).toEqual([])
})
