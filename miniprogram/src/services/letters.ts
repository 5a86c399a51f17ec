// Where a message leads.
import type { Place } from './go'
import type { Message } from './types'

export interface Lead {
  page: Place
  query?: Record<string, string>
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
