// Roles and posts: who holds which at a place, and who gives and ends them.
import { get } from './http'
import { toldApart } from './namesakes'
import { person, byView } from './me'
import { rolesOf } from './states.gen'
import { write } from './writes'
import type { FoundPerson, Grant, Line, Node, NodeKind, Page, Role } from './types'

/** My own number, in eight digits. */
export const myNumber = async (): Promise<string> => (await get<{ number: string }>('/me/number')).number

/** 1234 5678: as one reads it out. */
export const spaced = (number: string) => number.replace(/(\d{4})(?=\d)/, '$1 ')

const posts: Role[] = [...rolesOf.posts]
const small: NodeKind[] = ['community', 'village']

/** The roles that somebody with mine may give at a place of the kind; the server has the last word. */
export function givable(mine: Role[], kind: NodeKind): Role[] {
  const top = mine.includes('county') ? 3 : mine.includes('street') ? 2 : mine.includes('secretary') ? 1 : 0
  const all: [level: number, at: NodeKind[], roles: Role[]][] = [
    [2, small, ['secretary']], [1, small, posts], [1, ['unit'], ['unit_liaison']], [3, ['street'], ['street']],
    [3, [...small, 'street', 'county'], ['auditor']], [2, ['unit', 'group'], ['responder']], [3, [...small, 'street'], ['area_leader']],
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

/** Who adds another to whoever alone decides: the level above, by its kind; nobody adds to the county. */
export const adds = (kind: NodeKind): NodeKind | undefined => (small.includes(kind) ? 'street' : kind === 'street' ? 'county' : undefined)

/** What is said where one person alone decides: who can change that, if the reader cannot. */
export function aloneWords(only: Pick<Grant, 'displayName' | 'role'> & { userId?: string }, kind: NodeKind, mayAdd: boolean): string {
  const mine = !!only.userId && only.userId === person.me?.id
  const who = mine ? '您' : only.displayName
  const more = only.role === 'secretary' ? '一位书记' : '一位负责人'
  const above = adds(kind) === 'street' ? '街道' : '县里'
  const advice = mayAdd ? `最好再有${more}。` : adds(kind) ? `请${above}再加${more}。` : ''
  const away = mine ? '您不在，或者事情和您有关' : '这位不在，或者事情和本人有关'
  return byView(`只有${who}一个人能定。${away}，就要等上一级。${advice}`, `只有${who}一个人能定。${advice}`)
}

export const staffing = {
  /** The level that may add somebody at a place, where it has a number to ring. */
  above: async (place: Pick<Node, 'kind' | 'parentId'>): Promise<Line | undefined> => {
    const kind = adds(place.kind)
    const found = kind && (await get<Page<Node>>('/nodes', { kind })).items.find((n) => n.id === place.parentId)
    return found?.servicePhone ? { name: found.name, kind: found.kind, phone: found.servicePhone } : undefined
  },
  at: async (nodeId: string): Promise<Page<Grant>> => {
    const page = await get<Page<Grant>>('/grants', { nodeId })
    return { ...page, items: toldApart(page.items) }
  },
  find: (number: string) => get<FoundPerson>('/people', { number }),
  give: (body: { userId: string; role: Role; nodeId: string }) =>
    write<Grant>({ slot: `give/${body.userId}/${body.role}/${body.nodeId}`, label: '新的岗位', method: 'POST', path: '/grants', body }),
  end: (id: string, reason: string) =>
    write<Grant>({ slot: `end/${id}`, label: '岗位的结束', method: 'POST', path: `/grants/${id}/end`, body: { reason } }),
}
