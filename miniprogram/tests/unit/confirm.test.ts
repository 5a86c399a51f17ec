// What staff write down of a resident's answer, and that another person may have to ask once more.
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Claim, ClaimWithWish } from '@/services/types'
import { phone } from './setup'

vi.setConfig({ testTimeout: 30000 }) // a page is compiled when it is first used

vi.mock('@dcloudio/uni-app', () => ({
  onLoad: (f: (query: object) => void) => f({ id: '9', asked: '1' }), onShow: () => undefined, onHide: () => undefined,
}))

const claim = { id: '9', status: 'delivered', deliveryNote: '换好了', claimant: '王建国', mine: false, deliveredAt: '2026-03-11T04:00:00Z' } as Claim
const wish = { id: '7', number: '2026-0012', title: '水龙头关不严', status: 'taken' }
const went: string[] = []

beforeEach(() => {
  phone.storage.set('xinyuan/resident/token', 't')
  went.length = 0
  const go = ({ url }: { url: string }) => void went.push(url)
  Object.assign(globalThis, { uni: { ...uni, navigateTo: go, redirectTo: go, reLaunch: go, navigateBack: () => went.push('back') } })
})

async function page(opened: Partial<ClaimWithWish>, answer: Partial<Claim>) {
  phone.network = (sent) => ({ statusCode: 200, data: sent.method === 'POST' ? { ...claim, ...answer } : { claim, wish, ...opened } })
  const { default: Confirm } = await import('@/pages/claim/confirm.vue')
  const slots = { template: '<div><slot /><slot name="bar" /></div>' }
  const shown = mount(Confirm as object, { global: { stubs: { XyPage: slots } } })
  await flushPromises()
  const button = (label: string) => shown.findAllComponents({ name: 'XyButton' }).find((b) => b.props('label') === label)
  const say = async () => {
    await shown.findAll('.choice').find((c) => c.text().includes('打电话问的'))!.trigger('click')
    shown.findComponent({ name: 'XyField' }).vm.$emit('update:modelValue', '上午打电话，老人说修好了')
    await flushPromises()
    button('居民说办好了')!.vm.$emit('tap')
    await flushPromises()
  }
  return { shown, button, say }
}

test('who asks first hears that the lot has drawn it, and that another asks again', async () => {
  const { shown, button, say } = await page({}, { askedAgain: true })
  expect(shown.text()).not.toContain('再问一遍')
  await say()
  const sent = phone.sent.find((s) => s.url.endsWith('/claims/9/confirmation'))!
  expect(JSON.parse(sent.data!)).toMatchObject({ accepted: true, onBehalf: { how: 'phone' } })
  expect(shown.text()).toContain('还要再问一遍')
  expect(went).toEqual([])
  button('回到等我处理')!.vm.$emit('tap')
  expect(went.join()).toContain('approvals')
  shown.unmount()
})

test('who asks again reads who recorded the yes, and whom to call', async () => {
  const recorded = { displayName: '李娜', post: '楼栋长', at: '2026-03-11T05:00:00Z' }
  const { shown, button, say } = await page({ recorded }, { status: 'confirmed' })
  expect(shown.text()).toContain('楼栋长李娜')
  expect(button('查看姓名、电话、地址')).toBeTruthy()
  await say()
  expect(shown.text()).toContain('心愿圆了')
  shown.unmount()
})
