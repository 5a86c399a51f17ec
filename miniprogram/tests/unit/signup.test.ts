import { mount } from '@vue/test-utils'
import { beforeEach, expect, test } from 'vitest'
import type { Activity } from '@/services/types'
import { phone } from './setup'

const said = '您已经报名了“扫雪”，和这个活动的时间重叠。两个都要报的话，请再点一次。'
const activity = {
  id: '7', status: 'published', startsAt: '2099-11-28T09:00:00+08:00', endsAt: '2099-11-28T11:00:00+08:00',
  signupUntil: '2099-11-28T08:00:00+08:00', confirmed: 0, quota: 3, waiting: 0,
} as Activity
const bodies = () => phone.sent.filter((s) => s.url.endsWith('/signups')).map((s) => JSON.parse(s.data ?? '{}') as object)
const settled = () => new Promise((resolve) => setTimeout(resolve))

beforeEach(() => {
  phone.storage.set('xinyuan/resident/token', 't')
  phone.network = (sent) => (sent.data?.includes('overlap') ? { statusCode: 201, data: { id: '1' } }
    : { statusCode: 409, data: { reason: 'signup_overlap', message: said, existingId: '5' } })
})

for (const name of ['SignupBar', 'LeaderBar']) {
  test(`${name}: an overlap is handed to the page, and a second tap signs up`, async () => {
    const { default: Bar } = (await import(`@/components/activity/${name}.vue`)) as { default: object }
    const bar = mount(Bar, { props: { activity } })
    const button = () => bar.findAllComponents({ name: 'XyButton' }).find((b) => /报名/.test(b.props('label') as string))!
    button().vm.$emit('tap')
    await settled()
    expect(bar.emitted('said')!.at(-1)).toEqual([said])
    expect(button().props('label')).toBe('知道了，还是报名')
    button().vm.$emit('tap')
    await settled()
    expect(bodies()).toEqual([{}, { overlap: true }])
    expect(bar.emitted('said')!.at(-1)).toEqual([''])
    bar.unmount()
  })
}

test('who waits goes on waiting, who has a place still comes: each way to stay and to leave has its word', async () => {
  const { default: Bar } = (await import('@/components/activity/SignupBar.vue')) as { default: object }
  for (const [status, leave, stays] of [['waitlisted', '不等了', ['接着等', '不等了']], ['confirmed', '来不了，取消报名', ['还是去', '取消报名']]] as const) {
    const bar = mount(Bar, { props: { activity: { ...activity, mySignup: { id: '1', status, ahead: 0 } } } })
    const buttons = () => bar.findAllComponents({ name: 'XyButton' })
    buttons().find((b) => b.props('label') === leave)!.vm.$emit('tap')
    await settled()
    expect(buttons().map((b) => b.props('label') as string)).toEqual(stays)
    bar.unmount()
  }
})
