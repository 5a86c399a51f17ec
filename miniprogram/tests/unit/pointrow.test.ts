// A points row: the deed as its title, hours and one date, and a doubt that the community answers.
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test } from 'vitest'
import type { PointEntry } from '@/services/types'
import { phone } from './setup'

beforeEach(() => void phone.storage.set('xinyuan/resident/token', 't'))

const entry = {
  id: '1', amount: 2, kind: 'earn', at: '2026-03-12T04:00:00Z', deedAt: '2026-03-11T04:00:00Z',
  rule: { event: 'service_hours', version: 1, promised: 2, share: 2, text: '2 小时 20 分，每满 1 小时记 1 分，不满 1 小时不计' },
  cause: { text: '志愿服务“给独居老人送餐”2026年3月11日：2小时20分钟', title: '给独居老人送餐', minutes: 140, recordId: '5', approvedBy: '张敏（茂山社区书记）确认了时长' },
} as unknown as PointEntry

test('the deed is the title, with its hours and one date', async () => {
  phone.network = () => ({ statusCode: 200, data: { items: [] } })
  const { default: PointRow } = await import('@/components/points/PointRow.vue')
  const row = mount(PointRow as object, { props: { entry, open: true } })
  await flushPromises()
  expect(row.find('.head').text()).toBe('给独居老人送餐')
  expect(row.text()).toContain('2 小时 20 分，每满 1 小时记 1 分，不满 1 小时不计')
  expect(row.text().match(/3 月 1\d 日/g)).toHaveLength(1)
  row.unmount()
})

test('a doubt about hours is an objection, answered like the others', async () => {
  phone.network = ({ method }) => ({ statusCode: method === 'POST' ? 201 : 200, data: method === 'POST' ? { id: '9', status: 'open', text: '记的时间不是我的。', nodeName: '茂山社区' } : { items: [] } })
  const { default: PointRow } = await import('@/components/points/PointRow.vue')
  const row = mount(PointRow as object, { props: { entry, open: true } })
  await flushPromises()
  const button = (label: string) => row.findAllComponents({ name: 'XyButton' }).find((b) => b.props('label') === label)!
  button('数不对？请社区核对').vm.$emit('tap')
  await flushPromises()
  await row.findAll('.choice').find((c) => c.text().includes('记的时间不是我的。'))!.trigger('click')
  button('请社区看一看').vm.$emit('tap')
  await flushPromises()
  const sent = phone.sent.find((s) => s.method === 'POST')!
  expect(sent.url).toContain('/objections')
  expect(JSON.parse(sent.data!)).toEqual({ recordId: '5', text: '记的时间不是我的。' })
  expect(row.text()).toContain('您说过')
  row.unmount()
})

test('a doubt about the points of a wish is an objection, too, and no complaint', async () => {
  phone.network = ({ method }) => ({ statusCode: method === 'POST' ? 201 : 200, data: method === 'POST' ? { id: '9', status: 'open', text: '说好的不是这个分数。', nodeName: '茂山社区' } : { items: [] } })
  const { default: PointRow } = await import('@/components/points/PointRow.vue')
  const wish = { ...entry, rule: { event: 'wish_fulfilled', version: 1, promised: 10, share: 10 }, cause: { text: '办成茂山社区 2026-0001 号心愿：修水龙头', title: '修水龙头', wishId: '3', claimId: '4' } }
  const row = mount(PointRow as object, { props: { entry: wish, open: true } })
  await flushPromises()
  const button = (label: string) => row.findAllComponents({ name: 'XyButton' }).find((b) => b.props('label') === label)!
  button('数不对？请社区核对').vm.$emit('tap')
  await flushPromises()
  await row.findAll('.choice').find((c) => c.text().includes('说好的不是这个分数。'))!.trigger('click')
  button('请社区看一看').vm.$emit('tap')
  await flushPromises()
  const sent = phone.sent.filter((s) => s.method === 'POST').pop()!
  expect(JSON.parse(sent.data!)).toEqual({ claimId: '4', text: '说好的不是这个分数。' })
  expect(row.text()).toContain('您说过')
  row.unmount()
})

test('a street and its community stand apart on a board, so that a line ends between them', async () => {
  const { default: BoardRow } = await import('@/components/points/BoardRow.vue')
  const row = mount(BoardRow as object, { props: { rank: 5, name: '茂山街道 利民社区', score: 31 } })
  expect(row.findAll('.parts text').map((t) => t.text())).toEqual(['茂山街道', '利民社区'])
})
