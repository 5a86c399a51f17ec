// Where a message leads.
import type { Place } from './go'
import type { Message } from './types'
import type { Icon } from '@/words/icons'

export interface Lead {
  page: Place
  query?: Record<string, string>
}

export interface Topic {
  name: string
  icon: Icon
}

/** The kind of thing that a message is about, as its row says it. */
export function topicOf(m: Message): Topic {
  if (m.complaintId) return { name: '投诉建议', icon: 'talk' }
  if (m.objectionId) return { name: '异议', icon: 'scales' }
  if (m.claimId) return { name: '认领', icon: 'hands' }
  if (m.wishId) return { name: '心愿', icon: 'wish' }
  if (m.recordId) return { name: '服务时长', icon: 'clock' }
  if (m.activityId) return { name: '活动', icon: 'calendar' }
  if (m.teamId) return { name: '志愿队', icon: 'people' }
  if (m.certificateId) return { name: '服务证明', icon: 'book' }
  if (m.membershipId) return { name: '报到', icon: 'list' }
  return { name: '岗位', icon: 'me' }
}

const to = (page: Place, id: string): Lead => ({ page, query: { id } })

/** The page of what the message is about, as its reader deals with it; undefined: there is none. */
export function leadOf(m: Message): Lead | undefined {
  if (m.complaintId) return to('complaint', m.complaintId)
  if (m.objectionId) return to('objection', m.objectionId)
  if (m.wishId) return to('wish', m.wishId)
  if (m.recordId) return to(m.part === 'volunteer' ? 'record' : 'servicecheck', m.recordId)
  if (m.joinId) return { page: 'records' }
  if (m.activityId) return to(m.signupId && m.part === 'leader' ? 'roll' : 'activity', m.activityId)
  if (m.teamId) return to(m.teamMemberId && m.part === 'leader' ? 'manage' : 'team', m.teamId)
  if (m.certificateId) return { page: 'certificates' }
  if (m.membershipId) return m.part === 'decider' ? to('reportin', m.membershipId) : { page: 'report' }
  return undefined
}
