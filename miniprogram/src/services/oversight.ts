// What who stands above a place, or audits it, reads there; nothing here changes anything.
import { get } from './http'
import { person } from './me'
import type { Lead } from './messageLinks'
import { taskKinds } from './taskKinds'
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
export function pageOf(m: WaitingMatter): Lead {
  const kind = taskKinds[m.kind]
  return (kind.reads ?? kind.page)(m)
}
