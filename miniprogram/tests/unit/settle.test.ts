import { expect, test } from 'vitest'
import { began, counts, lacks, needsReason, toSend, undecided } from '@/services/settle'
import type { RollEntry } from '@/services/types'

const entry = (userId: string, suggestedMinutes: number, how: Partial<RollEntry> = {}): RollEntry => ({
  signupId: userId, userId, displayName: userId, status: 'confirmed', place: 1, present: false, checkIns: [], suggestedMinutes,
  needsNaming: false, missingCheckOut: false, ...how,
})
const seen = { id: '1', userId: 'open', inAt: '2026-11-28T09:00:00+08:00', inMode: 'live' as const, minutes: 0, recorded: false, far: false }
const roll = [
  entry('whole', 120), entry('nobody', 0), entry('open', 120, { needsNaming: true, missingCheckOut: true, checkIns: [seen] }),
  entry('later', 60, { needsNaming: true }), entry('waits', 0, { status: 'waitlisted' }),
]

test('nothing is said that the check-ins say, and who is unsure counts for nothing', () => {
  const said = began(roll)
  expect(said.map((s) => s.userId)).toEqual(['whole', 'nobody', 'open', 'later'])
  expect(said.filter(counts).map((s) => s.userId)).toEqual(['whole'])
  expect(said.filter(undecided).map((s) => s.userId)).toEqual(['open', 'later'])
  expect(said.map(lacks)).toEqual([undefined, undefined, '没有签退：请打勾，或者选“没有到”。', undefined])
  expect(toSend(said)).toEqual([])
})

test('whom the leader vouches for is named, with the minutes', () => {
  const said = began(roll)
  Object.assign(said[2]!, { sure: true, minutes: 90 })
  Object.assign(said[3]!, { sure: true })
  expect(said.filter(counts)).toHaveLength(3)
  expect(toSend(said)).toEqual([{ userId: 'open', minutes: 90, reason: undefined }, { userId: 'later', minutes: 60, reason: undefined }])
})

test('more than the check-ins say, or an absence against them, needs a reason', () => {
  const said = began(roll)
  Object.assign(said[0]!, { absent: true, minutes: 0, reason: ' 中途走了 ' })
  Object.assign(said[1]!, { absent: false, minutes: 30, reason: '没带手机' })
  expect(said.filter(needsReason).map((s) => s.userId)).toEqual(['whole', 'nobody'])
  expect(toSend(said)).toEqual([
    { userId: 'whole', absent: true, reason: '中途走了' }, { userId: 'nobody', minutes: 30, reason: '没带手机' },
  ])
})
