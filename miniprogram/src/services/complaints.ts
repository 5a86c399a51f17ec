// Complaints and suggestions: what I wrote, and what staff answer.
import { get } from './http'
import { write } from './writes'
import type { Complaint, ComplaintDetail, ComplaintKind, Page } from './types'

export const complaints = {
  mine: (cursor?: string) => get<Page<Complaint>>('/complaints', { cursor }),
  get: (id: string) => get<ComplaintDetail>(`/complaints/${id}`),
  send: (body: { kind: ComplaintKind; nodeId: string; wishId?: string; text: string }) =>
    write<Complaint>({ slot: 'complain', label: '您的话', method: 'POST', path: '/complaints', body }),
  answer: (id: string, answer: string) =>
    write<Complaint>({
      slot: `answer/${id}`, label: '您的答复', method: 'POST', path: `/complaints/${id}/answer`, body: { answer },
    }),
  reopen: (id: string, reason: string) =>
    write<Complaint>({
      slot: `reopen/${id}`, label: '您的话', method: 'POST', path: `/complaints/${id}/reopening`, body: { reason },
    }),
  close: (id: string) =>
    write<Complaint>({ slot: `close/${id}`, label: '您的答复', method: 'POST', path: `/complaints/${id}/closure` }),
}
