// The streets' duty list, and what departments ask the county for: to give communities work that the list does not name.
import { get } from './http'
import { person } from './me'
import { write } from './writes'
import type { Admission, AdmissionDetail, Assignment, Duty, Node, Page, TermCode } from './types'

export interface AdmissionDraft {
  unitId: string
  nodeId: string
  what: string
  reason: string
  helpers: number
  money: number
  from: string
  until: string
}

export const duties = {
  /** The lines of the list, by what a resident says or by words of the line. */
  list: (q: string, cursor?: string) => get<Page<Duty>>('/duties', { q: q.slice(0, 200) || undefined, cursor }),
  /** What may be meant by what a resident says. */
  like: async (text: string): Promise<Duty[]> => (await get<Page<Duty>>('/duties', { q: text.slice(0, 200), limit: 4 })).items,
}

export const admissions = {
  list: (cursor?: string) => get<Page<Admission>>('/admissions', { cursor }),
  get: (id: string) => get<AdmissionDetail>(`/admissions/${id}`),
  ask: (draft: AdmissionDraft) =>
    write<Admission>({ slot: 'admission', label: '您的申请', method: 'POST', path: '/admissions', body: draft }),
  decide: (id: string, decision: 'admit' | 'refuse', reason?: string) =>
    write<Admission>({ slot: `admission/decide/${id}`, label: '您的决定', method: 'POST', path: `/admissions/${id}/decision`, body: { decision, reason } }),
  withdraw: (id: string) =>
    write<Admission>({ slot: `admission/withdraw/${id}`, label: '您的撤回', method: 'POST', path: `/admissions/${id}/withdrawal` }),
  end: (id: string, reason: string) =>
    write<Admission>({ slot: `admission/end/${id}`, label: '您的决定', method: 'POST', path: `/admissions/${id}/end`, body: { reason } }),
  /** What the department asks of communities by it. */
  use: (id: string, body: { fromId: string; to: string[]; what: string; term: TermCode }) =>
    write<{ items: Assignment[] }>({
      slot: `admission/use/${id}`, label: '您派出的单子', method: 'POST', path: '/assignments',
      body: { ...body, admissionId: id, to: body.to.map((nodeId) => ({ nodeId, kind: 'help' as const })) },
    }),
  /** Where it reaches: the place itself, or the communities of a street. */
  reaches: async (nodeId: string): Promise<Node[]> => {
    const lists = await Promise.all(['community', 'village'].map((kind) => get<Page<Node>>('/nodes', { kind })))
    const all = lists.flatMap((l) => l.items)
    const own = all.filter((n) => n.id === nodeId)
    if (own.length) return own
    const below = all.filter((n) => n.parentId === nodeId)
    return below.length ? below : all
  },
}

/** Where an admission may reach, from the nearest on: communities, streets, the county. */
export const places = async (): Promise<Node[]> =>
  (await Promise.all(['county', 'street', 'community', 'village'].map((kind) => get<Page<Node>>('/nodes', { kind })))).flatMap((l) => l.items)

/** The units that I answer for. */
export const myUnits = () => (person.me?.roles ?? []).filter((r) => r.role === 'responder')
