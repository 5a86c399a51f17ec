// What people write before others see it: staff looks at what was not passed.
import { get } from './http'
import { write } from './writes'
import type { Case, CaseDecision, Page, Report, WaitingText } from './types'

export const cases = {
  get: (id: string) => get<Case>(`/cases/${id}`),
  review: (id: string, decision: CaseDecision, reason?: string) =>
    write<Case>({ slot: `case/${id}`, label: '您的核对', method: 'POST', path: `/cases/${id}/review`, body: { decision, reason } }),
}

/** What I wrote, and others do not see yet. */
export const texts = { mine: (cursor?: string) => get<Page<WaitingText>>('/me/texts', { cursor }) }

export const reports = {
  send: (r: Report) => write<void>({ slot: `report/${r.about}/${r.id}`, label: '您的举报', method: 'POST', path: '/reports', body: r }),
}
