// Agreements (共建): what units promise communities for a year, signed by both.
import { get, show } from './http'
import { person, roles } from './me'
import { write } from './writes'
import type { Agreement, AgreementBody, AgreementDetail, AgreementPromise, AgreementScope, AllianceMember, CoBuilding, ListedAgreement, Page } from './types'

export const agreements = {
  list: (scope: AgreementScope, by: { nodeId?: string; unitId?: string }, cursor?: string) =>
    get<Page<ListedAgreement>>('/agreements', { scope, ...by, cursor }),
  get: (id: string) => get<AgreementDetail>(`/agreements/${id}`),
  /** A unit's page of a year; without one, of this one. */
  ofUnit: (unit: string, year?: number) => get<CoBuilding>(`/units/${unit}/co-building`, { year }),
  takeUnit: (unit: string, year: number, kind: 'pdf' | 'xlsx') => show(`/units/${unit}/co-building/paper?year=${year}&format=${kind}`, kind),
  create: (draft: { nodeId: string; nodeBody: AgreementBody; unitId: string; year: number; lines: AgreementPromise[] }) =>
    write<Agreement>({ slot: 'agreement', label: '您写的协议', method: 'POST', path: '/agreements', body: draft }),
  edit: (id: string, draft: { nodeBody: AgreementBody; lines: AgreementPromise[] }) =>
    write<Agreement>({ slot: `agreement/edit/${id}`, label: '改过的协议', method: 'PATCH', path: `/agreements/${id}`, body: draft }),
  offer: (id: string) =>
    write<Agreement>({ slot: `agreement/offer/${id}`, label: '社区的签字', method: 'POST', path: `/agreements/${id}/offer` }),
  sign: (id: string, unitBody: AgreementBody) =>
    write<Agreement>({ slot: `agreement/sign/${id}`, label: '单位的签字', method: 'POST', path: `/agreements/${id}/signature`, body: { unitBody } }),
  giveBack: (id: string, reason: string) =>
    write<Agreement>({ slot: `agreement/return/${id}`, label: '要改的地方', method: 'POST', path: `/agreements/${id}/return`, body: { reason } }),
  end: (id: string, reason?: string) =>
    write<Agreement>({ slot: `agreement/end/${id}`, label: '提前结束', method: 'POST', path: `/agreements/${id}/end`, body: { reason } }),
}

export interface AlliancePage extends Page<AllianceMember> { sizes: { party: number; selfGoverning: number; mass: number; coBuilding: number } }

/** The bodies of a kind that have signed what is in force; without a node, in the county. */
export const alliance = (body: AgreementBody, nodeId?: string, cursor?: string) => get<AlliancePage>('/alliance', { body, nodeId, cursor })

/** Whether I sign for a unit or for a community. */
export const agrees = (): boolean => !!roles.secretary() || !!person.me?.roles.some((r) => r.role === 'unit_liaison' || r.role === 'responder')
