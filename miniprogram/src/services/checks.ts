// What staff look at of volunteer service: hours to confirm, what people say against them, and whose records are unusual.
import { all } from './all'
import { get } from './http'
import { write } from './writes'
import type { Objection, Page, RecordDetail, ServiceRecord, ServiceRecorder, UnseenDecision, UnseenPeople, YesRecorder } from './types'

/** What really was: with what is said of the time left out, as it stands. */
export interface Correction {
  startedAt?: string
  endedAt?: string
  minutes: number
  reason: string
}

const waiting = (nodeId: string, status: 'recorded' | 'confirmed') =>
  all((cursor) => get<Page<ServiceRecord>>('/service-records', { mine: false, nodeId, status, cursor, limit: 100 }))

export const records = {
  get: (id: string) => get<RecordDetail>(`/service-records/${id}`),
  /** What waits at a place and below, by its id: the list of all that waits tells less of each. */
  waiting: async (nodeId: string): Promise<Record<string, ServiceRecord>> => {
    const pages = await Promise.all([waiting(nodeId, 'recorded'), waiting(nodeId, 'confirmed')])
    return Object.fromEntries(pages.flat().map((r) => [r.id, r]))
  },
  review: (id: string, decision: 'confirm' | 'reject', reason?: string) =>
    write<ServiceRecord>({
      slot: `record/${id}`, label: '您的核实', method: 'POST', path: `/service-records/${id}/review`, body: { decision, reason },
    }),
  correct: (id: string, body: Correction) =>
    write<ServiceRecord>({ slot: `correct/${id}`, label: '您的更正', method: 'POST', path: `/service-records/${id}/correction`, body }),
}

export const objections = {
  get: (id: string) => get<Objection>(`/objections/${id}`),
  uphold: (id: string, body: Correction) =>
    write<Objection>({
      slot: `objection/${id}`, label: '您的答复', method: 'POST', path: `/objections/${id}/review`,
      body: { decision: 'uphold', ...body },
    }),
  /** The points of a wish after all. */
  settle: (id: string, points: number, reason: string) =>
    write<Objection>({
      slot: `objection/${id}`, label: '您的答复', method: 'POST', path: `/objections/${id}/review`,
      body: { decision: 'uphold', points, reason },
    }),
  dismiss: (id: string, reason: string) =>
    write<Objection>({
      slot: `objection/${id}`, label: '您的答复', method: 'POST', path: `/objections/${id}/review`,
      body: { decision: 'dismiss', reason },
    }),
}

/** One decision for each of the people: a no with its reason, and a yes for everybody else. */
export const verdicts = (people: string[], refused: string[], reason: string): UnseenDecision[] =>
  people.map((userId) => refused.includes(userId) ? { userId, decision: 'reject', reason: reason.trim() } : { userId, decision: 'confirm' })

export const unseen = {
  list: (activityId: string) => get<UnseenPeople>(`/activities/${activityId}/unseen`),
  review: (activityId: string, decisions: UnseenDecision[]) =>
    write<{ items: ServiceRecord[] }>({
      slot: `unseen/${activityId}`, label: '您的核实', method: 'POST', path: `/activities/${activityId}/unseen/review`, body: { decisions },
    }),
}

export const recorders = (nodeId?: string) =>
  get<Page<ServiceRecorder> & { yeses: YesRecorder[] }>('/service-recorders', { nodeId })

/** A time served, in milliseconds since 1970, and how many minutes of it count. */
export interface Served {
  from: number
  until: number
  minutes: number
}

const day = 24 * 3600000
const zone = 8 * 3600000 // the county's clock is ahead of UTC

export const servedOf = (r: { from: string; until: string; minutes: number }): Served =>
  ({ from: Date.parse(r.from), until: Date.parse(r.until), minutes: r.minutes })

/** As many minutes as the time holds. */
export const longest = (s: Served): number => Math.floor((s.until - s.from) / 60000)

/** The moment on the same day as another at which a clock shows 09:30. */
function atClock(same: number, clock: string): number {
  const midnight = Math.floor((same + zone) / day) * day - zone
  const [h, m] = clock.split(':').map(Number)
  return midnight + (h! * 60 + m!) * 60000
}

/** The time with another beginning or end; who served all of it still does. Who ends before they start went on past midnight. */
export function moved(s: Served, to: { from?: string; until?: string }): Served {
  const from = to.from ? atClock(s.from, to.from) : s.from
  let until = to.until ? atClock(from, to.until) : s.until
  if (until <= from) until += day
  const most = longest({ from, until, minutes: 0 })
  return { from, until, minutes: s.minutes === longest(s) ? most : Math.min(s.minutes, most) }
}

/** What to send: the beginning and the end only where they were changed. */
export function correction(s: Served, before: Served, reason: string): Correction {
  const at = (t: number, was: number) => (t === was ? undefined : new Date(t).toISOString())
  return { startedAt: at(s.from, before.from), endedAt: at(s.until, before.until), minutes: s.minutes, reason }
}
