import { expect, test } from 'vitest'
import { periodOf } from '@/services/county'
import { isPhone } from '@/services/form'
import { cardNumber, claimWord, date, day, moment, stateOf, unbroken, when } from '@/words'
import { nextOf } from '@/words/claims'
import { progress } from '@/words/progress'

test('days are the county\'s, wherever the phone is', () => {
  const now = Date.parse('2026-01-01T00:30:00+08:00')
  expect(day('2026-01-01T00:10:00+08:00', now)).toBe('今天')
  expect(day('2025-12-31T23:59:00+08:00', now)).toBe('昨天')
  expect(day('2025-12-20T12:00:00+08:00', now)).toBe('2025 年 12 月 20 日')
  expect(moment('2026-03-08T01:05:00Z')).toBe('3 月 8 日 9:05')
  expect(date('2026-11-23T16:00:00Z')).toBe('11 月 24 日周二')
})

test('a day of this week is so many days ago, and a week ago has its date', () => {
  const now = Date.parse('2026-03-18T00:00:00+08:00')
  const said = (days: number) => day(now - days * 86400000, now)
  expect([0, 1, 2, 6, 7, 8].map(said)).toEqual(['今天', '昨天', '2 天前', '6 天前', '3 月 11 日', '3 月 10 日'])
  expect(day(now - 1, now)).toBe('昨天')
  expect(day(now + 86400000, now)).toBe('3 月 19 日')
})

test('the period of a board turns at the county\'s midnight', () => {
  const at = Date.parse('2026-10-01T00:00:00+08:00')
  expect([periodOf('month', at), periodOf('quarter', at), periodOf('year', at)]).toEqual(['2026-10', '2026Q4', '2026'])
  expect(periodOf('quarter', at - 1)).toBe('2026Q3')
})

test('telephones', () => {
  for (const good of ['13812345678', '0572-8123456', '05728123456']) expect(isPhone(good)).toBe(true)
  for (const bad of ['', '1381234567', '12345678901', 'abc']) expect(isPhone(bad)).toBe(false)
})

test('moments near today are said as people say them', () => {
  const now = Date.parse('2026-03-18T10:00:00+08:00')
  expect(when('2026-03-18T09:05:00+08:00', now)).toBe('今天 9:05')
  expect(when('2026-03-17T16:20:00+08:00', now)).toBe('昨天 16:20')
  expect(when('2026-03-14T16:20:00+08:00', now)).toBe('3 月 14 日 16:20')
})

test('a card has its year only when that is over', () => {
  const now = Date.parse('2026-01-01T00:30:00+08:00')
  expect([cardNumber('2026-0073', now), cardNumber('2025-0412', now)]).toEqual(['0073', '2025-0412'])
})

test('the course of a wish says what is now and who must do it', () => {
  const claim = (status: 'requested' | 'approved' | 'delivered', more = {}) => ({ status, mine: false, claimant: '赵*国', ...more })
  expect(progress({ status: 'open', mine: false })).toMatchObject({ now: '正在等人认领', then: ['社区同意后，双方联系', '办好以后，由本人确认'] })
  expect(progress({ status: 'taken', mine: true }, claim('approved')).now).toBe('赵*国正在办')
  expect(progress({ status: 'taken', mine: false }, claim('approved', { mine: true })).now).toBe('您正在办')
  expect(progress({ status: 'taken', mine: true }, claim('delivered')).now).toBe('等您说办好了没有')
  expect(progress({ status: 'taken', mine: true }, claim('delivered', { disputed: true })).now).toBe('社区上门了解')
  expect(progress({ status: 'rejected', mine: true }).now).toBe('请您补充')
  for (const status of ['fulfilled', 'withdrawn', 'expired'] as const) expect(progress({ status, mine: true }).now).toBe('')
})

test('the owner of a wish is spoken to, and nobody else is', () => {
  const taken = { status: 'taken', mine: true } as const
  const said = (mine: boolean, status: 'requested' | 'approved' | 'delivered') => stateOf({ ...taken, mine }, { status }).text
  expect((['requested', 'approved', 'delivered'] as const).map((s) => said(true, s))).toEqual(['等社区同意', '有人在办', '等您确认'])
  expect((['requested', 'approved', 'delivered'] as const).map((s) => said(false, s))).toEqual(['等社区同意', '办理中', '等居民确认'])
  expect(stateOf({ status: 'rejected', mine: true }, { status: 'declined' }).text).toBe('请补充')
})

test('a number stays with what it counts', () => {
  expect(unbroken('12 小时 5 分钟')).toBe('12\u00a0小时 5\u00a0分钟')
  expect(unbroken('今天上午 9 点')).toBe('今天上午\u00a09\u00a0点')
})

test('a claim that is disputed waits for the community, in its tag and in its sentence', () => {
  expect(claimWord({ status: 'delivered' }).text).toBe('等居民确认')
  expect(claimWord({ status: 'delivered', disputed: true }).text).toBe('等社区来定')
  expect(claimWord({ status: 'delivered', askedAgain: true }).text).toBe('再问居民一遍')
  expect(claimWord({ status: 'confirmed', disputed: true }).text).toBe('居民已确认')
  expect(nextOf({ status: 'delivered', disputed: true })).toContain('等社区来看')
  expect(nextOf({ status: 'delivered' })).not.toContain('社区来看')
})
