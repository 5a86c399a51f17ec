// What who stands above a place, or audits it, reads there; nothing here changes anything.
import { get } from './http'
import type { Place } from './go'
import { person } from './me'
import type { Grant, Oversight, Page, ReadBelow, ServiceRecord, WaitingMatter } from './types'

export const oversight = {
  at: (nodeId?: string) => get<Oversight>('/oversight', { nodeId }),
  reads: (nodeId?: string, cursor?: string) => get<Page<ReadBelow>>('/contact-reads', { nodeId, cursor }),
  samples: (nodeId: string, cursor?: string) => get<Page<ServiceRecord>>('/service-records', { mine: false, sample: true, nodeId, cursor }),
  delegations: async (nodeId: string) => (await get<Page<Grant>>('/grants', { nodeId })).items.filter((g) => g.delegated),
}

const above = ['county', 'street', 'auditor']

/** The widest place that I stand above or audit. */
export const overseen = (): string | undefined =>
  above.map((role) => person.me?.roles.find((r) => r.role === role)).find((r) => r)?.nodeId

export const audits = (): string | undefined => person.me?.roles.find((r) => r.role === 'auditor')?.nodeId

/** The page of a matter that waits, as who may not decide it reads it. */
export function pageOf(m: WaitingMatter): { page: Place; query: Record<string, string> } {
  const pages: Partial<Record<WaitingMatter['kind'], Place>> = {
    membership: 'reportin', service: 'servicecheck', objection: 'objection', complaint: 'complaint',
  }
  const page = pages[m.kind]
  return page ? { page, query: { id: m.id } } : { page: 'wish', query: { id: m.wishId ?? m.id } }
}
