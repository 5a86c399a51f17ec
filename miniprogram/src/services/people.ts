// Who is known at a community, to pick one from: who has a post there, who reported in there, and who leads a team.
import { all } from './all'
import { toldApart } from './namesakes'
import { memberships } from './staff'
import { staffing } from './staffing'
import { teams } from './teams'
import { claims } from './wishes'
import { postWords } from '@/words/roles'

export interface Neighbour {
  id: string
  name: string
  parentName: string // what they are known by
}

export async function neighbours(nodeId: string): Promise<Neighbour[]> {
  const [grants, members, led] = await Promise.all([
    staffing.at(nodeId), memberships.at(nodeId), all((cursor) => teams.list({ nodeId, cursor, limit: 100 })),
  ])
  const known: Neighbour[] = [
    ...led.filter((t) => t.leaderId).map((t) => ({ id: t.leaderId!, name: t.leaderName, parentName: `${t.name}队长` })),
    ...grants.items.map((g) => ({ id: g.userId, name: g.displayName, parentName: postWords(g) })),
    ...members.filter((m) => m.userId).map((m) => ({ id: m.userId!, name: m.nameLabel, parentName: m.unitName ?? '' })),
  ]
  const once = known.filter((n, i) => known.findIndex((m) => m.id === n.id) === i)
  return toldApart(once.map((n) => ({ ...n, displayName: n.name, belongs: n.parentName }))).map(({ id, displayName, parentName }) => ({ id, name: displayName, parentName }))
}

/** The members of my own unit, with the community where each serves. */
export async function colleagues(): Promise<Neighbour[]> {
  const { items } = await claims.colleagues()
  return items.map((c) => ({ id: c.userId, name: c.displayName, parentName: c.nodeName }))
}
