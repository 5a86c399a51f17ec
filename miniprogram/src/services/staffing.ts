// Roles and posts: who holds which at a place, and who gives and ends them.
import { get } from './http'
import { person } from './me'
import { write } from './writes'
import type { FoundPerson, Grant, Node, NodeKind, Page, Role } from './types'

/** My own number, in eight digits. */
export const myNumber = async (): Promise<string> => (await get<{ number: string }>('/me/number')).number

/** 1234 5678: as one reads it out. */
export const spaced = (number: string) => number.replace(/(\d{4})(?=\d)/, '$1 ')

const posts: Role[] = ['grid_leader', 'grid_worker', 'property_worker', 'building_head', 'unit_head', 'centre_household']
const small: NodeKind[] = ['community', 'village']

/** The roles that somebody with mine may give at a place of the kind; the server has the last word. */
export function givable(mine: Role[], kind: NodeKind): Role[] {
  const top = mine.includes('county') ? 3 : mine.includes('street') ? 2 : mine.includes('secretary') ? 1 : 0
  const all: [level: number, at: NodeKind[], roles: Role[]][] = [
    [2, small, ['secretary']], [1, small, posts], [1, ['unit'], ['unit_liaison']], [3, ['street'], ['street']],
    [3, [...small, 'street', 'county'], ['auditor']],
  ]
  return all.filter(([level, at]) => top >= level && at.includes(kind)).flatMap(([, , roles]) => roles)
}

export const myRoles = (): Role[] => (person.me?.roles ?? []).map((r) => r.role)

/** Who alone decides at a place: nobody stands in where they are away or have a part in a matter. */
export function alone(grants: Grant[], place: Pick<Node, 'id' | 'kind'>): Grant | undefined {
  const role = small.includes(place.kind) ? 'secretary' : place.kind
  const deciding = grants.filter((g) => g.nodeId === place.id && g.role === role && !g.delegated)
  return new Set(deciding.map((g) => g.userId)).size === 1 ? deciding[0] : undefined
}

export const staffing = {
  at: (nodeId: string) => get<Page<Grant>>('/grants', { nodeId }),
  find: (number: string) => get<FoundPerson>('/people', { number }),
  give: (body: { userId: string; role: Role; nodeId: string }) =>
    write<Grant>({ slot: `give/${body.userId}/${body.role}/${body.nodeId}`, label: '新的岗位', method: 'POST', path: '/grants', body }),
  end: (id: string, reason: string) =>
    write<Grant>({ slot: `end/${id}`, label: '岗位的结束', method: 'POST', path: `/grants/${id}/end`, body: { reason } }),
}
