// What staff do: decide what waits, and let a deputy decide.
import { reactive } from 'vue'
import { all } from './all'
import { matterKey } from './decisions'
import { go } from './go'
import { call, get } from './http'
import { rolesOf } from './states.gen'
import { taskKinds } from './taskKinds'
import { write, writeLater, type Later, type Write } from './writes'
import type {
  Approval, ApprovalCount, ApprovalKind, ApprovalResult, Grant, Me, MembershipDetail, Node, NodeKind, Page, RealName, Role,
} from './types'

export type Waiting = Page<Approval> & { counts: ApprovalCount[] }
type Matter = Pick<Approval, 'kind' | 'id'>

/** Whether many of these are decided with one tap: nothing of them has to be looked at first, each for itself or together. */
export const inBatch = (a: Pick<Approval, 'kind' | 'oneByOne' | 'unseenAt'>): boolean => !!taskKinds[a.kind].batch && !a.oneByOne && !a.unseenAt

const batch = (matters: Matter[], yes: boolean, reason?: string): Omit<Write, 'key'> => ({
  slot: 'decide/' + matters.map((m) => m.kind + m.id).join(), label: '您的审批', method: 'POST', path: '/approvals/batch', count: matters.length,
  body: { items: matters.map((m) => ({ kind: m.kind, id: m.id, decision: decisionOf(m.kind, yes), reason })) },
})
const decisionOf = (kind: ApprovalKind, yes: boolean) => taskKinds[kind].batch![yes ? 'yes' : 'no']

/** How long a decision can be taken back, in milliseconds. */
export const second = 1000
export const takeBackFor = 10 * second

export interface WaitingFilter {
  kind?: ApprovalKind
  late?: boolean
  cursor?: string
  limit?: number
}

export const approvals = {
  list: (f: WaitingFilter = {}) => get<Waiting>('/approvals', { limit: 50, ...f, late: f.late || undefined }),
  decide: (matters: Matter[], yes: boolean, reason?: string) => write<{ results: ApprovalResult[] }>(batch(matters, yes, reason)),
  /** Decides many, which can be taken back for a while. */
  decideLater: (matters: Matter[], yes: boolean): Later<{ results: ApprovalResult[] }> =>
    writeLater(batch(matters, yes), takeBackFor),
  /** Agrees to one that has been looked at, which can be taken back for a while. */
  agreeLater: (m: Matter): Later<unknown> =>
    writeLater({
      slot: `review/${m.kind}${m.id}`, label: '您的决定', method: 'POST', path: `/${taskKinds[m.kind].batch!.path}/${m.id}/review`, count: 1,
      body: { decision: decisionOf(m.kind, true) },
    }, takeBackFor),
}

/** What is chosen in the list of approvals, and what was opened: both outlast a look at one of them. */
export const picks = reactive<{ chosen: string[]; opened: string[] }>({ chosen: [], opened: [] })

/** Whether a matter is decided only after its page was opened: a wish to publish, and what the server wants looked at. */
export const unopened = (a: Pick<Approval, 'kind' | 'id' | 'oneByOne'>): boolean =>
  (a.kind === 'wish' || !!a.oneByOne) && !picks.opened.includes(matterKey(a))

/** Opens the page of a matter, and remembers it. */
export function openMatter(a: Approval): void {
  const way = taskKinds[a.kind].page(a)
  if (!picks.opened.includes(matterKey(a))) picks.opened.push(matterKey(a))
  go(way.page, way.query)
}

/** Whose holders may stand in for a secretary; the server has the last word. */
export const deputyRoles: readonly Role[] = rolesOf.deputies

export const deputies = {
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
    (await all((cursor) => get<Page<MembershipDetail>>('/memberships', { status: 'active', cursor, limit: 100 })))
      .filter((m) => m.nodeId === nodeId),
  get: (id: string) => get<MembershipDetail>(`/memberships/${id}`),
  review: (id: string, decision: 'approve' | 'reject', reason?: string) =>
    write<MembershipDetail>({ slot: `reportin-review/${id}`, label: '您的决定', method: 'POST', path: `/memberships/${id}/review`, body: { decision, reason } }),
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
