import { expect, test } from 'vitest'
import { arriveProgress, attendProgress, openWords, placesWords, placeWords, visits } from '@/words/attend'
import type { Activity } from '@/services/types'

const shanghai = (time: string) => `2026-11-28T${time}:00+08:00`
const at = (time: string) => Date.parse(shanghai(time))
const activity = {
  status: 'published', startsAt: shanghai('09:00'), endsAt: shanghai('11:00'), signupUntil: shanghai('08:00'),
  confirmed: 2, quota: 3, waiting: 0,
} as Activity
const mine = (status: 'confirmed' | 'waitlisted' | 'absent', ahead?: number) => ({ ...activity, mySignup: { id: '1', status, place: 5, ahead } }) as Activity

test('places left, and who waits', () => {
  expect(placesWords(activity)).toBe('还有 1 个名额，一共 3 个')
  expect(placesWords({ confirmed: 3, quota: 3, waiting: 0 })).toBe('3 个名额满了，可以候补')
  expect(placesWords({ confirmed: 3, quota: 3, waiting: 2 })).toBe('3 个名额满了，2 人在候补')
})

test('what my place is worth', () => {
  expect(placeWords(activity)).toBe('')
  expect(placeWords(mine('waitlisted', 2))).toContain('候补第 3 位')
  const passed = mine('waitlisted', 0)
  passed.mySignup!.passedFor = { activityId: '9', title: '送菜', startsAt: shanghai('10:00'), endsAt: shanghai('12:00') }
  expect(placeWords(passed)).toBe('空出过名额，可您同一时间报了“送菜”，就先给了后面的人。您还排在候补第 1 位，取消那一个，再空出来就轮到您。')
  expect(placeWords({ ...mine('confirmed'), status: 'cancelled' })).toContain('取消了')
  expect(placeWords(mine('absent'))).toContain('没有到')
})

test('what comes next follows the time and my place', () => {
  expect(openWords(activity)).toBe('上午\u00a08\u00a0点半到下午\u00a01\u00a0点')
  expect(attendProgress(activity, at('07:00')).now).toBe('先报名')
  expect(attendProgress(mine('confirmed'), at('08:29')).now).toBe('到时候来签到')
  expect(attendProgress(mine('confirmed'), at('08:30')).now).toBe('现在可以签到')
  expect(attendProgress(mine('confirmed'), at('13:00')).now).toBe('等队长确认时长')
  expect(attendProgress({ ...mine('confirmed'), status: 'settled' }).now).toBe('')
})

test('on the check-in page', () => {
  expect([[false, false], [true, false], [false, true]].map(([inside, done]) => arriveProgress(activity, inside!, done!).now))
    .toEqual(['等您签到', '走时点“我要走了”', '等队长确认'])
})

test('coming and going, and how we know', () => {
  const base = { id: '1', userId: '2', minutes: 40, recorded: false, far: false }
  expect(visits([
    { ...base, inAt: shanghai('09:00'), inMode: 'offline', outAt: shanghai('09:40'), outMode: 'live' },
    { ...base, inAt: shanghai('10:00'), inMode: 'list' },
    { ...base, inAt: shanghai('10:10'), inMode: 'live', far: true },
    { ...base, inAt: shanghai('10:30'), inMode: 'live', outAt: shanghai('10:30'), outMode: 'list' },
  ]).map((v) => v.text)).toEqual([
    '签到了（离线，要队长确认）', '签退了，这次 40\u00a0分钟', '签到了（队长替您记的）', '签到了（离活动地点远，要队长确认）', '签到了', '没有签退',
  ])
})
