// Volunteer teams and their activities.
import { all } from './all'
import { now } from './clock'
import { get } from './http'
import { toldApart } from './namesakes'
import type { Attendee } from './settle'
import { write } from './writes'
import type {
  Activity, ActivityChange, ActivityDraft, ActivityStatus, Arrival, CheckIn, CheckInCode, Page, Roll, Settlement, Signup, Team, TeamDetail,
  TeamMember, TeamMemberStatus, TeamRole,
} from './types'
import { checkInTime, isOver } from '@/words/service'

export const teams = {
  list: (q: { nodeId?: string; mine?: boolean; cursor?: string; limit?: number }) => get<Page<Team>>('/teams', q),
  get: (id: string) => get<TeamDetail>(`/teams/${id}`),
  /** All of its members, or all who ask or are asked to be; who leads it first. */
  everybody: async (id: string, status?: TeamMemberStatus): Promise<TeamMember[]> => {
    const members = await all((cursor) => get<Page<TeamMember>>(`/teams/${id}/members`, { status, cursor, limit: 100 }))
    const ranks: TeamRole[] = ['leader', 'deputy', 'member']
    return toldApart(members).sort((a, b) => ranks.indexOf(a.role) - ranks.indexOf(b.role))
  },
  invitation: (id: string) => get<{ code: string }>(`/teams/${id}/invitation`),
  /** Another code; with the one before nobody joins any more. */
  renew: (id: string) =>
    write<{ code: string }>({ slot: `renew/${id}`, label: '新的邀请码', method: 'POST', path: `/teams/${id}/invitation` }),
  found: (body: { nodeId: string; name: string; intro?: string; leaderId: string }) =>
    write<Team>({ slot: 'team', label: '新的队伍', method: 'POST', path: '/teams', body }),
  change: (id: string, body: { name?: string; intro?: string; leaderId?: string; deputyIds?: string[] }) =>
    write<Team>({ slot: `team/${id}`, label: '队伍的改动', method: 'PATCH', path: `/teams/${id}`, body }),
  end: (id: string, reason: string) =>
    write<Team>({ slot: `end/${id}`, label: '队伍的结束', method: 'POST', path: `/teams/${id}/end`, body: { reason } }),
  join: (id: string, code?: string) =>
    write<TeamMember>({
      slot: `join/${id}`, label: '您的加入', method: 'POST', path: `/teams/${id}/members`, body: code ? { code } : {},
    }),
  addWithoutPhone: (id: string, displayName: string) =>
    write<TeamMember>({
      slot: `join/${id}/${displayName}`, label: `${displayName}的登记`, method: 'POST', path: `/teams/${id}/members`,
      body: { displayName },
    }),
  /** Asks somebody to come, by the number that they show or as a colleague; with lead in the place of who leads. */
  invite: (id: string, guest: { number?: string; userId?: string; lead?: boolean }) =>
    write<TeamMember>({
      slot: `guest/${id}/${guest.number ?? guest.userId}`, label: '您的邀请', method: 'POST', path: `/teams/${id}/guests`, body: guest,
    }),
  /** Takes an invitation back. */
  withdraw: (id: string, person: string) =>
    write<void>({ slot: `leave/${id}/${person}`, label: '邀请的收回', method: 'DELETE', path: `/teams/${id}/members/${person}` }),
  accept: (member: string) =>
    write<TeamMember>({ slot: `accept/${member}`, label: '您的加入', method: 'POST', path: `/team-members/${member}/acceptance` }),
  leave: (id: string) =>
    write<void>({ slot: `leave/${id}`, label: '您的退出', method: 'DELETE', path: `/teams/${id}/members/me` }),
  remove: (id: string, person: string, reason: string) =>
    write<void>({
      slot: `leave/${id}/${person}`, label: '队员的退出', method: 'DELETE',
      path: `/teams/${id}/members/${person}?reason=${encodeURIComponent(reason)}`,
    }),
  answer: (member: string, decision: 'approve' | 'reject', reason?: string) =>
    write<TeamMember>({
      slot: `member/${member}`, label: '您的决定', method: 'POST', path: `/team-members/${member}/review`,
      body: { decision, reason },
    }),
}

/** My activities for the phone's own calendar: an address on our server that whoever has it can read. */
export const calendar = {
  mine: () => get<{ url: string }>('/me/calendar'),
  /** Ends the address; the next one is another. */
  end: () => write<void>({ slot: 'calendar', label: '日历链接的作废', method: 'DELETE', path: '/me/calendar' }),
}

export interface ActivityFilter {
  nodeId?: string
  teamId?: string
  mine?: boolean
  status?: ActivityStatus
  from?: string
  to?: string
  cursor?: string
  limit?: number
}

const at = (id: string) => `/activities/${id}`

/** The name under which a check-in or check-out is kept until the server has it. */
export const arrival = (way: 'checkins' | 'checkouts', id: string, userId = '') => `${way}/${id}/${userId}`

export const activities = {
  list: (f: ActivityFilter) => get<Page<Activity>>('/activities', { ...f }),
  get: (id: string) => get<Activity>(at(id)),
  draft: (body: ActivityDraft) =>
    write<Activity>({ slot: 'activity', label: '您的活动', method: 'POST', path: '/activities', body }),
  /** Opens the sign-up, of a series also of all later ones. */
  publish: (id: string, andLater = false) =>
    write<Activity>({ slot: `publish/${id}`, label: '活动的公布', method: 'POST', path: `${at(id)}/publication`, body: { andLater } }),
  change: (id: string, body: ActivityChange) =>
    write<Activity>({ slot: `change/${id}`, label: '活动的改动', method: 'PATCH', path: at(id), body }),
  callOff: (id: string, reason: string, andLater: boolean) =>
    write<Activity>({
      slot: `calloff/${id}`, label: '活动的取消', method: 'POST', path: `${at(id)}/cancellation`,
      body: { reason: reason || undefined, andLater },
    }),
  signUp: (id: string, { userId, overlap }: { userId?: string; overlap?: boolean } = {}) =>
    write<Signup>({
      slot: `signup/${id}/${userId ?? ''}`, label: '您的报名', method: 'POST', path: `${at(id)}/signups`,
      body: { userId, overlap: overlap || undefined },
    }),
  giveUp: (id: string, person = 'me') =>
    write<void>({
      slot: `giveup/${id}/${person}`, label: '您的取消', method: 'DELETE', path: `${at(id)}/signups/${person === 'me' ? 'mine' : person}`,
    }),
  roll: async (id: string) => {
    const roll = await get<Roll>(`${at(id)}/signups`)
    return { ...roll, items: toldApart(roll.items) }
  },
  code: (id: string) => get<CheckInCode>(`${at(id)}/checkin-code`),
  checkIns: (id: string) => get<Page<CheckIn>>(`${at(id)}/checkins`),
  /** Comes or goes; without a network it is kept and sent by itself, with the time at which the code was read. */
  arrive: (id: string, way: 'checkins' | 'checkouts', body: Arrival) =>
    write<CheckIn>({
      slot: arrival(way, id, body.userId), queue: at(id), label: way === 'checkins' ? '您的签到' : '您的签退', method: 'POST',
      path: `${at(id)}/${way}`, body,
    }),
  settle: (id: string, attendees: Attendee[]) =>
    write<Settlement>({
      slot: `settle/${id}`, label: '时长的确认', method: 'POST', path: `${at(id)}/settlement`, body: { attendees },
    }),
}

/** The later ones of an activity's series, as far as they are made: what a change of all of them touches. */
export async function laterOf(a: Activity): Promise<Activity[]> {
  if (!a.seriesId) return []
  const lists = await Promise.all((['draft', 'published'] as const).map((status) =>
    all((cursor) => activities.list({ teamId: a.teamId, status, from: a.startsAt, cursor, limit: 100 }))))
  return lists.flat().filter((b) => b.seriesId === a.seriesId && Date.parse(b.startsAt) > Date.parse(a.startsAt))
}

/** The next activity of mine that is not over, for home. */
export async function nextOfMine(): Promise<Activity | undefined> {
  const { items } = await activities.list({ mine: true, limit: 10 })
  const comes = (a: Activity) => {
    if (a.mySignup?.status === 'waitlisted') return now() < Date.parse(a.startsAt)
    return a.mySignup?.status === 'confirmed' && a.mySignup.presence !== 'gone' && (!isOver(a) || checkInTime(a))
  }
  const mine = items.filter((a) => a.status === 'published' && comes(a))
  return mine.find((a) => a.mySignup!.status === 'confirmed' && checkInTime(a)) ?? mine[0]
}
