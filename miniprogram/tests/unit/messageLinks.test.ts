import { expect, test } from 'vitest'
import { leadOf, topicOf } from '@/services/messageLinks'
import type { Message } from '@/services/types'

const lead = (part: Message['part'], about: Partial<Message>) => {
  const { page, query } = leadOf({ id: '1', at: '', text: '', read: false, part, ...about }) ?? {}
  return [page, query?.id]
}

test('a message leads to what it is about, as its reader deals with it', () => {
  expect(lead('owner', { wishId: '5', claimId: '6' })).toEqual(['wish', '5'])
  expect(lead('owner', { complaintId: '5' })).toEqual(['complaint', '5'])
  expect(lead('owner', { needId: '5' })).toEqual(['need', '5'])
  expect(lead('responder', { needId: '4', assignmentId: '5' })).toEqual(['order', '5'])
  expect(lead('volunteer', { recordId: '5' })).toEqual(['record', '5'])
  expect(lead('decider', { recordId: '5' })).toEqual(['servicecheck', '5'])
  expect(lead('leader', { recordId: '5' })).toEqual(['servicecheck', '5'])
  expect(lead('volunteer', { objectionId: '4', recordId: '5' })).toEqual(['objection', '4'])
  expect(lead('volunteer', { activityId: '5' })).toEqual(['activity', '5'])
  expect(lead('volunteer', { activityId: '5', signupId: '6' })).toEqual(['activity', '5'])
  expect(lead('leader', { activityId: '5', signupId: '6' })).toEqual(['roll', '5'])
  expect(lead('volunteer', { joinId: '5' })).toEqual(['records', undefined])
  expect(lead('leader', { teamId: '5', teamMemberId: '6' })).toEqual(['manage', '5'])
  expect(lead('volunteer', { teamId: '5', teamMemberId: '6' })).toEqual(['team', '5'])
  expect(lead('leader', { teamId: '5' })).toEqual(['team', '5'])
  expect(lead('owner', { certificateId: '5' })).toEqual(['certificates', undefined])
  expect(lead('decider', { membershipId: '5' })).toEqual(['reportin', '5'])
  expect(lead('member', { membershipId: '5' })).toEqual(['report', undefined])
  expect(lead('member', {})).toEqual([undefined, undefined]) // a post that began or ended
})

test('a row says which kind of thing its message is about', () => {
  const topic = (about: Partial<Message>) => topicOf({ id: '1', at: '', text: '', read: false, part: 'owner', ...about }).name
  expect([
    topic({ wishId: '1' }), topic({ wishId: '1', claimId: '2' }), topic({ activityId: '1', teamId: '2' }), topic({ recordId: '1' }), topic({ objectionId: '1', recordId: '2' }),
    topic({ teamId: '1', teamMemberId: '2' }), topic({ certificateId: '1' }), topic({ membershipId: '1' }), topic({ complaintId: '1' }), topic({ joinId: '1' }), topic({}),
  ]).toEqual(['心愿', '认领', '活动', '服务时长', '异议', '志愿队', '服务证明', '报到', '投诉建议', '服务时长', '岗位'])
})
