// What staff do: decide what waits, and let a deputy decide.
import { call, get } from './http'
import { write } from './writes'
import type {
  Approval, ApprovalCount, ApprovalKind, ApprovalResult, Grant, Me, MembershipDetail, Node, NodeKind, Page, RealName,
} from './types'

export type Waiting = Page<Approval> & { counts: ApprovalCount[] }
type Decision = 'publish' | 'reject' | 'approve' | 'decline' | 'confirm'

/** What yes and no are called for a kind of matter; what needs an answer of its own is decided on its own page. */
export const answers: Partial<Record<ApprovalKind, { yes: Decision; no: Decision }>> = {
  wish: { yes: 'publish', no: 'reject' },
  claim: { yes: 'approve', no: 'decline' },
  membership: { yes: 'approve', no: 'reject' },
  service: { yes: 'confirm', no: 'reject' },
}

export const approvals = {
  list: (kind?: ApprovalKind, cursor?: string, limit = 50) => get<Waiting>('/approvals', { kind, cursor, limit }),
  decide: (matters: Pick<Approval, 'kind' | 'id'>[], yes: boolean, reason?: string) => {
    const items = matters.map((m) => {
      const words = answers[m.kind]!
      return { kind: m.kind, id: m.id, decision: yes ? words.yes : words.no, reason }
    })
    return write<{ results: ApprovalResult[] }>({
      slot: 'decide/' + matters.map((m) => m.kind + m.id).join(), label: '您的审批', method: 'POST',
      path: '/approvals/batch', body: { items },
    })
  },
}

export const deputies = {
  at: (nodeId: string) => get<Page<Grant>>('/grants', { nodeId }),
  name: (body: { deputyId: string; nodeId: string; from: string; until: string }) =>
    write<Grant>({ slot: 'deputy', label: '您的委托', method: 'POST', path: '/delegations', body }),
  end: (grant: string) =>
    write<Grant>({
      slot: `end/${grant}`, label: '委托的结束', method: 'POST', path: `/grants/${grant}/end`, body: { reason: '提前回来' },
    }),
}

export const memberships = {
  mine: () => get<Page<MembershipDetail>>('/memberships', { mine: true, limit: 5 }),
  request: (body: { nodeId: string; unitId: string; realName: string }) =>
    write<MembershipDetail>({ slot: 'report', label: '您的报到', method: 'POST', path: '/memberships', body }),
  /** Who has reported in at a community, for its staff. */
  at: async (nodeId: string) =>
    (await get<Page<MembershipDetail>>('/memberships', { status: 'active', limit: 100 })).items.filter((m) => m.nodeId === nodeId),
  get: (id: string) => get<MembershipDetail>(`/memberships/${id}`),
  /** The real name, whose reading is logged; for a claim that I decide, with its id. */
  name: (id: string, claimId?: string) => get<RealName>(`/memberships/${id}/name`, { claimId }),
  end: (id: string, reason: string) =>
    write<MembershipDetail>({ slot: `reportin/${id}`, label: '报到的结束', method: 'POST', path: `/memberships/${id}/end`, body: { reason } }),
  leave: (id: string) => call<MembershipDetail>('POST', `/memberships/${id}/departure`),
}

const reach: Record<string, NodeKind[]> = {
  secretary: ['community', 'village'], street: ['street', 'community', 'village'], county: ['county', 'street'],
}

export const phones = {
  /** The places whose number I publish: my own, and those right below it. */
  mine: async (roles: Me['roles']): Promise<Node[]> => {
    const lists = await Promise.all(roles.flatMap((r) => (reach[r.role] ?? []).map(async (kind) =>
      (await get<Page<Node>>('/nodes', { kind })).items.filter((n) => n.id === r.nodeId || n.parentId === r.nodeId))))
    return [...new Map(lists.flat().map((n) => [n.id, n])).values()]
  },
  publish: (id: string, servicePhone: string) =>
    write<Node>({ slot: `phone/${id}`, label: '服务电话', method: 'PATCH', path: `/nodes/${id}`, body: { servicePhone } }),
}
