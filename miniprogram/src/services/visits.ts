// Visits: evenings on which a leader listens to residents (夜访民情).
import { now } from './clock'
import { get, show } from './http'
import { communities, person } from './me'
import { write } from './writes'
import type { Contact, NeedCategory, Node, Page, Visit, VisitDetail, VisitPromise, VisitScope } from './types'

export interface Meeting {
  place: string
  subject?: string
  startsAt: string
  endsAt: string
}

/** One thing that was said there. */
export interface VisitLine {
  category: NeedCategory
  place: string
  text: string
  promise?: string
  private?: boolean
  contact?: Contact
}

/** The first of those that are still to come. */
const soonest = (all: Visit[]): Visit | undefined =>
  all.filter((v) => v.status === 'planned' && Date.parse(v.endsAt!) > now()).sort((a, b) => Date.parse(a.startsAt!) - Date.parse(b.startsAt!))[0]

export const visits = {
  list: (scope: VisitScope, nodeId?: string, cursor?: string) => get<Page<Visit>>('/visits', { scope, nodeId, cursor }),
  get: (id: string) => get<VisitDetail>(`/visits/${id}`),
  /** What was heard, to print. */
  print: (id: string) => show(`/visits/${id}/pdf`, 'pdf'),
  promises: (open: boolean, cursor?: string) => get<Page<VisitPromise>>('/visit-promises', { open, cursor }),
  /** The next evening on which I am to come. */
  next: async (): Promise<Visit | undefined> => {
    return soonest((await get<Page<Visit>>('/visits', { scope: 'led', limit: 100 })).items)
  },
  /** The next evening on which somebody listens at the place. */
  here: async (nodeId?: string): Promise<Visit | undefined> =>
    nodeId ? soonest((await get<Page<Visit>>('/visits', { scope: 'coming', nodeId, limit: 100 })).items) : undefined,
  plan: (nodeId: string, m: Meeting) =>
    write<Visit>({ slot: 'visit', label: '您约的夜访', method: 'POST', path: '/visits', body: { nodeId, ...m } }),
  invite: (nodeId: string, place: string, subject: string) =>
    write<Visit>({ slot: 'visit/invite', label: '您的邀请', method: 'POST', path: '/visit-invitations', body: { nodeId, place, subject } }),
  schedule: (id: string, m: Meeting) =>
    write<Visit>({ slot: `visit/schedule/${id}`, label: '夜访的时间', method: 'POST', path: `/visits/${id}/schedule`, body: m }),
  cancel: (id: string, reason?: string) =>
    write<Visit>({ slot: `visit/cancel/${id}`, label: '取消夜访', method: 'POST', path: `/visits/${id}/cancellation`, body: { reason } }),
  /** What was heard; whoever left a number is in no storage of the phone, and so all of it waits in memory alone. */
  hold: (id: string, withWhom: string, lines: VisitLine[]) =>
    write<Visit>({
      slot: `visit/hold/${id}`, label: '夜访记下的事', method: 'POST', path: `/visits/${id}/holding`, body: { withWhom, lines },
      unkept: lines.some((l) => l.contact),
    }),
}

/** The communities that I am tied to, myself or by their street. */
export async function ledPlaces(): Promise<Node[]> {
  const at = (person.me?.roles ?? []).filter((r) => r.role === 'area_leader').map((r) => r.nodeId)
  return (await communities()).filter((n) => at.includes(n.id) || at.includes(n.parentId ?? ''))
}

/** Whether I am tied to a place as its leader. */
export const leads = (): boolean => !!person.me?.roles.some((r) => r.role === 'area_leader')
