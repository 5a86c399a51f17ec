import { expect, test } from 'vitest'
import { changeOf, draftOf, emptyPlan, isTold, occurrences, onto, planOf, timesOf, wrongOf, type Plan } from '@/services/plan'
import type { Activity } from '@/services/types'
import { leadWords, repeatWords } from '@/words/service'

const activity = {
  id: '7', teamId: '1', title: '清理步道', description: '带扫帚', place: { name: '东门', lat: 41.6, lng: 125.7, radiusMeters: 200 },
  startsAt: '2126-12-04T01:00:27Z', endsAt: '2126-12-04T03:00:27Z', signupUntil: '2126-12-03T01:00:27Z', quota: 20, confirmed: 3,
  waiting: 0, skills: '', health: '', insured: false, status: 'published', leads: true, mayDecide: false,
} as Activity
const plan: Plan = { ...emptyPlan, title: '清理步道', description: '带扫帚', place: '东门', day: '2126-12-04' }

test('an activity is read as its leader wrote it', () => {
  expect(planOf(activity)).toEqual({ ...plan, from: '09:00', to: '11:00', lead: '1440', lat: 41.6, lng: 125.7 })
})

test('only what was changed is sent, and the mark on the map stays with its place', () => {
  const before = planOf(activity)
  expect(changeOf(before, { ...before })).toEqual({})
  expect(changeOf(before, { ...before, quota: '25' })).toEqual({ quota: 25 })
  expect(changeOf(before, { ...before, place: '西门 ' })).toEqual({ place: { name: '西门', lat: 41.6, lng: 125.7 } })
  expect(changeOf(before, { ...before, lat: undefined, lng: undefined })).toEqual({ place: { name: '东门' } })
  expect(changeOf(before, { ...before, to: '11:30' })).toEqual({ endsAt: '2126-12-04T03:30:00.000Z' })
  expect(changeOf(before, { ...before, day: '2126-12-05' })).toEqual({
    startsAt: '2126-12-05T01:00:00.000Z', endsAt: '2126-12-05T03:00:00.000Z', signupUntil: '2126-12-04T01:00:00.000Z',
  })
})

test('what was typed stays when the activity is read anew', () => {
  expect(onto({ ...plan, title: '清理河滩' }, plan, { ...plan, title: '清理湖边', quota: '30' })).toEqual({ ...plan, title: '清理河滩', quota: '30' })
})

test('people are told of what they must know', () => {
  expect([{}, { quota: 3 }, { signupUntil: '', quota: 3 }, { title: '' }, { endsAt: '' }].map(isTold)).toEqual([false, false, false, true, true])
})

test('who ends before they start goes on past midnight', () => {
  const t = timesOf({ day: '2126-12-04', from: '22:00', to: '01:00', lead: '120' })
  expect([t.from, t.to, t.until].map((at) => new Date(at).toISOString())).toEqual([
    '2126-12-04T14:00:00.000Z', '2126-12-04T17:00:00.000Z', '2126-12-04T12:00:00.000Z',
  ])
})

test('what ends when it begins lasts a day', () => {
  const hours = (from: string, to: string) => {
    const t = timesOf({ day: '2126-12-04', from, to, lead: '0' })
    return (t.to - t.from) / 3600000
  }
  expect([hours('09:00', '09:01') * 60, hours('09:00', '09:00'), hours('09:00', '08:59') * 60]).toEqual([1, 24, 24 * 60 - 1])
})

test('how often it comes', () => {
  const often = (day: string, every: Plan['every'], last: string) => occurrences({ day, every, last })
  expect(often('2126-12-04', '', '2127-12-04')).toBe(1)
  expect(often('2126-12-04', 'week', '2126-12-10')).toBe(1)
  expect(often('2126-12-04', 'week', '2126-12-25')).toBe(4)
  expect(often('2126-12-31', 'month', '2127-02-28')).toBe(3)
  expect(often('2126-12-31', 'month', '2127-02-27')).toBe(2)
  expect(repeatWords({ day: '2126-12-04', every: 'week', last: '2126-12-25' })).toBe('每周三重复，到 2126 年 12 月 25 日，一共 4 次')
  expect(repeatWords({ day: '2126-12-31', every: 'month', last: '' })).toBe('每月 31 日重复，没有 31 日的月份在最后一天')
})

test('until when one may sign up', () => {
  expect(['0', '90', '120', '1440', '4320'].map((m) => leadWords(Number(m))))
    .toEqual(['开始前都行', '提前 1\u00a0小时 30\u00a0分', '提前 2\u00a0小时', '提前 1 天', '提前 3 天'])
})

test('what is wrong is said before it is sent', () => {
  expect(wrongOf(plan)).toEqual({})
  expect(Object.keys(wrongOf(emptyPlan))).toEqual(['title', 'description', 'place.name', 'startsAt'])
  expect(Object.keys(wrongOf({ ...plan, day: '2020-01-01', quota: '0', every: 'week' }))).toEqual(['startsAt', 'quota', 'repeat.until'])
  expect(Object.keys(wrongOf({ ...plan, every: 'month', last: '2126-12-20' }))).toEqual(['repeat.until'])
  const over = { ...plan, lead: '99999999' }
  expect([wrongOf(over).signupUntil !== undefined, wrongOf(over, over)]).toEqual([true, {}])
})

test('what is sent of a series', () => {
  expect(draftOf({ ...plan, every: 'week', last: '2126-12-25', title: ' 清理步道 ' }, '1')).toMatchObject({
    teamId: '1', title: '清理步道', signupUntil: '2126-12-04T01:00:00.000Z', repeat: { every: 'week', until: '2126-12-25T23:59:59+08:00' },
  })
})
