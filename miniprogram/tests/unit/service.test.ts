import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { activityWord, checkInTime, clockWords, hoursWords, spanParts, spanWords } from '@/words/service'

const shanghai = (text: string) => `${text}+08:00`

test('the clock as people say it', () => {
  expect(clockWords(shanghai('2026-11-28T09:00:00'))).toBe('上午 9 点')
  expect(clockWords(shanghai('2026-11-28T14:30:00'))).toBe('下午 2 点半')
  expect(clockWords(shanghai('2026-11-28T12:00:00'))).toBe('中午 12 点')
  expect(clockWords(shanghai('2026-11-28T19:05:00'))).toBe('晚上 7 点 05')
})

test('when an activity is', () => {
  expect(spanWords(shanghai('2026-11-28T09:00:00'), shanghai('2026-11-28T11:30:00'))).toBe('11 月 28 日周六上午 9 点到 11 点半')
  expect(spanWords(shanghai('2026-11-28T09:00:00'), shanghai('2026-11-28T15:00:00'))).toBe('11 月 28 日周六上午 9 点到下午 3 点')
  expect(spanWords(shanghai('2026-11-28T07:20:00'), shanghai('2026-11-28T10:50:00'))).toBe('11 月 28 日周六上午 7 点 20 到 10 点 50')
  expect(spanWords(shanghai('2026-11-28T22:00:00'), shanghai('2026-11-29T01:00:00')))
    .toBe('11 月 28 日周六晚上 10 点到 11 月 29 日周日凌晨 1 点')
})

test('a number stands apart from the word after it', () => {
  expect(spanWords(shanghai('2026-11-28T07:43:00'), shanghai('2026-11-28T09:43:00'))).toBe('11 月 28 日周六上午 7 点 43 到 9 点 43')
})

test('noon is a word, too', () => {
  expect(spanWords(shanghai('2026-11-28T10:00:00'), shanghai('2026-11-28T12:00:00'))).toBe('11 月 28 日周六上午 10 点到中午 12 点')
})

test('the day and the hours of an activity', () => {
  expect(spanParts(shanghai('2026-11-28T09:00:00'), shanghai('2026-11-28T11:30:00'))).toEqual(['11 月 28 日周六', '上午 9 点到 11 点半'])
  expect(spanParts(shanghai('2026-11-28T22:05:00'), shanghai('2026-11-29T01:00:00')))
    .toEqual(['11 月 28 日周六晚上 10 点 05', '到 11 月 29 日周日凌晨 1 点'])
})

// The server's test reads the same examples.
test('hours and minutes are said as the server says them', () => {
  const file = path.join(import.meta.dirname, '../../../internal/words/testdata/durations.json')
  const examples = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  expect(Object.keys(examples).length).toBeGreaterThan(9)
  for (const [minutes, words] of Object.entries(examples)) {
    const said = hoursWords(Number(minutes))
    expect(said.replaceAll('\u00a0', ' ')).toBe(words)
    expect(said, 'a number is not parted from its unit').not.toMatch(/\d /)
  }
})

const activity = {
  status: 'published' as const, startsAt: shanghai('2026-11-28T09:00:00'), endsAt: shanghai('2026-11-28T11:00:00'),
  signupUntil: shanghai('2026-11-28T08:00:00'), confirmed: 2, quota: 3,
}
const at = (text: string) => Date.parse(shanghai(`2026-11-28T${text}`))

test('where an activity stands follows the time', () => {
  const words = ['07:59:59', '08:00:00', '09:00:00', '11:00:00'].map((t) => activityWord(activity, at(t)).text)
  expect(words).toEqual(['正在报名', '报名截止', '正在进行', '等队长确认时长'])
  expect(activityWord({ ...activity, confirmed: 3 }, at('07:00:00')).text).toBe('满了，可候补')
})

test('one checks in from half an hour before to two hours after', () => {
  expect(['08:29:59', '08:30:00', '13:00:00', '13:00:01'].map((t) => checkInTime(activity, at(t)))).toEqual([false, true, true, false])
  expect(checkInTime({ ...activity, status: 'settled' }, at('10:00:00'))).toBe(false)
})
