// Needs: what residents say is to be solved, and what staff and units do for it.
import { person } from './me'
import { get, show } from './http'
import { write } from './writes'
import type {
  Assignment, AssignmentDetail, AssignmentKind, Contact, ContactRead, KnownContact, Need, NeedCategory, NeedDetail, NeedRejection,
  NeedResult, NeedScope, NeedSolved, Page, TermCode, Wish,
} from './types'

export interface NeedDraft {
  nodeId: string
  category: NeedCategory
  place: string
  text: string
  private?: boolean
  aboutStaff?: boolean
  photoIds: string[]
  contact?: Contact
  onBehalf?: { consent: 'oral' | 'paper'; note: string }
}

export const needs = {
  list: (scope: NeedScope, cursor?: string, nodeId?: string, status?: Need['status']) =>
    get<Page<Need>>('/needs', { scope, cursor, nodeId, status }),
  similar: (nodeId: string, category: NeedCategory, place: string) => get<Page<Need>>('/needs/similar', { nodeId, category, place }),
  get: (id: string) => get<NeedDetail>(`/needs/${id}`),
  contact: (id: string, reason?: string) => get<KnownContact>(`/needs/${id}/contact`, { reason }),
  say: (draft: NeedDraft) =>
    write<Need>({ slot: 'need', label: '您说的事', method: 'POST', path: '/needs', body: draft, unkept: true }),
  edit: (id: string, text: string, place: string) =>
    write<Need>({ slot: `need/edit/${id}`, label: '您说的事', method: 'PATCH', path: `/needs/${id}`, body: { text, place } }),
  accept: (id: string) =>
    write<Need>({ slot: `need/accept/${id}`, label: '您的决定', method: 'POST', path: `/needs/${id}/review`, body: { decision: 'accept' } }),
  reject: (id: string, rejection: NeedRejection, reason: string) =>
    write<Need>({ slot: `need/reject/${id}`, label: '您的决定', method: 'POST', path: `/needs/${id}/review`, body: { decision: 'reject', rejection, reason } }),
  answer: (id: string, result: NeedResult, answer: string) =>
    write<Need>({ slot: `need/answer/${id}`, label: '您的答复', method: 'POST', path: `/needs/${id}/answer`, body: { result, answer } }),
  confirm: (id: string, word: { solved: NeedSolved; again?: boolean; comment?: string; onBehalf?: { how: string } }) =>
    write<Need>({ slot: `need/confirm/${id}`, label: '您的话', method: 'POST', path: `/needs/${id}/confirmation`, body: word }),
  missCall: (id: string) =>
    write<Need>({ slot: `need/missCall/${id}`, label: '没有人接', method: 'POST', path: `/needs/${id}/missed-calls` }),
  lapse: (id: string) =>
    write<Need>({ slot: `need/lapse/${id}`, label: '没联系上', method: 'POST', path: `/needs/${id}/lapse` }),
  suspend: (id: string, reviewAt: string, reason: string) =>
    write<Need>({ slot: `need/suspend/${id}`, label: '您的决定', method: 'POST', path: `/needs/${id}/suspension`, body: { reviewAt, reason } }),
  resume: (id: string) =>
    write<Need>({ slot: `need/resume/${id}`, label: '您的决定', method: 'POST', path: `/needs/${id}/resumption` }),
  concede: (id: string, reviewAt: string, reason: string) =>
    write<Need>({ slot: `need/concede/${id}`, label: '您的决定', method: 'POST', path: `/needs/${id}/concession`, body: { reviewAt, reason } }),
  reopen: (id: string, reason: string) =>
    write<Need>({ slot: `need/reopen/${id}`, label: '您的话', method: 'POST', path: `/needs/${id}/reopening`, body: { reason } }),
  withdraw: (id: string) =>
    write<Need>({ slot: `need/withdraw/${id}`, label: '您的撤回', method: 'POST', path: `/needs/${id}/withdrawal` }),
  follow: (id: string) =>
    write<Need>({ slot: `need/follow/${id}`, label: '您的关注', method: 'POST', path: `/needs/${id}/followers` }),
  unfollow: (id: string) =>
    write<Need>({ slot: `need/unfollow/${id}`, label: '您的关注', method: 'DELETE', path: `/needs/${id}/followers/mine` }),
  merge: (id: string, into: string) =>
    write<Need>({ slot: `need/merge/${id}`, label: '您的决定', method: 'POST', path: `/needs/${id}/merge`, body: { into } }),
  handOver: (id: string, wish: { category: string; title: string; description?: string; agreed: string }) =>
    write<Wish>({ slot: `need/handOver/${id}`, label: '您的决定', method: 'POST', path: `/needs/${id}/handover`, body: wish }),
  reads: (id: string, cursor?: string) => get<Page<ContactRead>>(`/needs/${id}/contact-reads`, { cursor }),
  /** The form to print (诉求登记表). */
  print: (id: string) => show(`/needs/${id}/pdf`, 'pdf'),
  /** What became of the needs of a month, to be published. */
  publish: (nodeId: string, month: string) => show(`/needs/export?nodeId=${nodeId}&month=${month}`, 'xlsx', `诉求办理情况 ${month}`),
  /** What is late at my desk and below it, or what residents sent back. */
  stuck: (why: 'late' | 'returned', cursor?: string) => get<Page<Need>>('/needs', { scope: 'desk', stuck: why, cursor }),
  /** What the desk below conceded, to be looked at again. */
  conceded: (cursor?: string) => get<Page<Need>>('/needs', { scope: 'desk', status: 'unsolved', cursor }),
}

export const assignments = {
  list: (mine: 'received' | 'sent', cursor?: string) => get<Page<Assignment>>('/assignments', { mine, cursor }),
  /** What staff sent, or those below them, that is late, or that bodies send back. */
  stuck: (why: 'overdue' | 'disputed', cursor?: string) => get<Page<Assignment>>('/assignments', { mine: 'sent', [why]: true, cursor }),
  get: (id: string) => get<AssignmentDetail>(`/assignments/${id}`),
  /** The whistle to print, with the report-in below it. */
  print: (id: string) => show(`/assignments/${id}/pdf`, 'pdf'),
  /** All that is overdue of what was sent from the place and below it. */
  takeOverdue: (nodeId: string) => show(`/assignments/export?nodeId=${nodeId}`, 'xlsx', '超期清单'),
  send: (body: { needId: string; to: { nodeId: string; kind: AssignmentKind }[]; what: string; clause?: string; dutyId?: string; term: TermCode }) =>
    write<{ items: Assignment[] }>({ slot: `whistle/${body.needId}`, label: '您派出的单子', method: 'POST', path: '/assignments', body }),
  accept: (id: string) =>
    write<Assignment>({ slot: `assignment/accept/${id}`, label: '接单', method: 'POST', path: `/assignments/${id}/acceptance` }),
  refuse: (id: string, clause: string, instead: string) =>
    write<Assignment>({ slot: `assignment/refuse/${id}`, label: '退回', method: 'POST', path: `/assignments/${id}/refusal`, body: { clause, instead } }),
  decline: (id: string) =>
    write<Assignment>({ slot: `assignment/decline/${id}`, label: '没有准入', method: 'POST', path: `/assignments/${id}/refusal`, body: { notAdmitted: true } }),
  bind: (id: string, reason: string, dutyId?: string) =>
    write<Assignment>({ slot: `assignment/bind/${id}`, label: '定责', method: 'POST', path: `/assignments/${id}/binding`, body: { reason, dutyId } }),
  report: (id: string, answer: string) =>
    write<Assignment>({ slot: `assignment/report/${id}`, label: '办理情况', method: 'POST', path: `/assignments/${id}/report`, body: { answer } }),
  verify: (id: string) =>
    write<Assignment>({ slot: `assignment/verify/${id}`, label: '您的核实', method: 'POST', path: `/assignments/${id}/verification` }),
  return: (id: string, reason: string) =>
    write<Assignment>({ slot: `assignment/return/${id}`, label: '您的核实', method: 'POST', path: `/assignments/${id}/return`, body: { reason } }),
  extend: (id: string, until: string, reason: string) =>
    write<Assignment>({ slot: `assignment/extend/${id}`, label: '延期', method: 'POST', path: `/assignments/${id}/extension`, body: { until, reason } }),
  undo: (id: string, reason: string) =>
    write<Assignment>({ slot: `assignment/undo/${id}`, label: '重新核', method: 'POST', path: `/assignments/${id}/undo`, body: { reason } }),
  cancel: (id: string, reason: string) =>
    write<Assignment>({ slot: `assignment/cancel/${id}`, label: '撤回', method: 'POST', path: `/assignments/${id}/cancellation`, body: { reason } }),
}

/** Whether I answer for a unit. */
export const responds = (): boolean => !!person.me?.roles.some((r) => r.role === 'responder')
