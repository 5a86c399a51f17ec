// Agreements (共建): what units promise communities for a year, signed by both.
import { get, show } from './http'
import { person, roles } from './me'
import { write } from './writes'
import type { Agreement, AgreementDetail, AgreementPromise, AgreementScope, CoBuilding, ListedAgreement, Page } from './types'

export const agreements = {
  list: (scope: AgreementScope, by: { nodeId?: string; unitId?: string }, cursor?: string) =>
    get<Page<ListedAgreement>>('/agreements', { scope, ...by, cursor }),
  get: (id: string) => get<AgreementDetail>(`/agreements/${id}`),
  /** A unit's page of a year; without one, of this one. */
  ofUnit: (unit: string, year?: number) => get<CoBuilding>(`/units/${unit}/co-building`, { year }),
  takeUnit: (unit: string, year: number, kind: 'pdf' | 'xlsx') => show(`/units/${unit}/co-building/paper?year=${year}&format=${kind}`, kind),
  create: (nodeId: string, unitId: string, year: number, lines: AgreementPromise[]) =>
    write<Agreement>({ slot: 'agreement', label: '您写的协议', method: 'POST', path: '/agreements', body: { nodeId, unitId, year, lines } }),
  edit: (id: string, lines: AgreementPromise[]) =>
    write<Agreement>({ slot: `agreement/edit/${id}`, label: '改过的协议', method: 'PATCH', path: `/agreements/${id}`, body: { lines } }),
  offer: (id: string) =>
    write<Agreement>({ slot: `agreement/offer/${id}`, label: '社区的签字', method: 'POST', path: `/agreements/${id}/offer` }),
  sign: (id: string) =>
    write<Agreement>({ slot: `agreement/sign/${id}`, label: '单位的签字', method: 'POST', path: `/agreements/${id}/signature` }),
  giveBack: (id: string, reason: string) =>
    write<Agreement>({ slot: `agreement/return/${id}`, label: '要改的地方', method: 'POST', path: `/agreements/${id}/return`, body: { reason } }),
  end: (id: string, reason?: string) =>
    write<Agreement>({ slot: `agreement/end/${id}`, label: '提前结束', method: 'POST', path: `/agreements/${id}/end`, body: { reason } }),
}

/** Whether I sign for a unit or for a community. */
export const agrees = (): boolean => !!roles.secretary() || !!person.me?.roles.some((r) => r.role === 'unit_liaison' || r.role === 'responder')
