// Service that is on record, and what people say against it.
import { all } from './all'
import { get } from './http'
import { write } from './writes'
import type { Objection, Page, RecordDetail, SelfReport, ServiceRecord } from './types'

export const records = {
  mine: (cursor?: string) => get<Page<ServiceRecord>>('/service-records', { mine: true, cursor }),
  get: (id: string) => get<RecordDetail>(`/service-records/${id}`),
  report: (body: SelfReport) =>
    write<ServiceRecord>({ slot: 'selfreport', label: '您报的服务', method: 'POST', path: '/service-records', body }),
}

/** What an objection is about: an absence, the minutes of a record, or the points of a wish. */
export type Disputed = { signupId: string } | { recordId: string } | { claimId: string }

const same = (o: Objection, what: Disputed) =>
  'signupId' in what ? o.signupId === what.signupId : 'recordId' in what ? o.recordId === what.recordId : o.claimId === what.claimId

export const objections = {
  /** Mine about this, the latest. */
  about: async (what: Disputed): Promise<Objection | undefined> => {
    const mine = await all((cursor) => get<Page<Objection>>('/objections', { mine: true, cursor, limit: 100 }))
    return mine.find((o) => same(o, what))
  },
  make: (what: Disputed, text: string) =>
    write<Objection>({ slot: `objection/${JSON.stringify(what)}`, label: '您的异议', method: 'POST', path: '/objections', body: { ...what, text } }),
}
