// Service that people report of themselves, made through the API.
import { inject } from 'vitest'
import { ask } from './people'

interface Named { id: string }
interface Person { homeNodeId: string }

/** A report of two hours from nine o'clock on, so many days ago in the demo's time. */
export async function report(persona: string, title: string, daysAgo: number): Promise<string> {
  const { homeNodeId } = await ask<Person>(persona, 'me')
  const answer = await fetch(inject('base') + 'api/v1/stats')
  const present = Date.parse(answer.headers.get('Xinyuan-Now')!)
  const day = new Date(present - daysAgo * 86400000 + 8 * 3600000).toISOString().slice(0, 10)
  const { id } = await ask<Named>(persona, 'service-records', {
    nodeId: homeNodeId, title, startedAt: `${day}T09:00:00+08:00`, endedAt: `${day}T11:00:00+08:00`,
    note: '和楼上的老刘一起，从一楼扫到六楼。',
  })
  return id
}

interface Objections { items: { id: string; recordId?: string; title: string }[] }

/** A record that the secretary has confirmed, and what its person says against it; once a title. */
export async function objected(persona: string, title: string, daysAgo: number, text: string): Promise<{ record: string; objection: string }> {
  const { items } = await ask<Objections>('secretary', 'objections?status=open&limit=100')
  const before = items.find((o) => o.title === title)
  if (before) return { record: before.recordId!, objection: before.id }
  const record = await report(persona, title, daysAgo)
  await ask('secretary', `service-records/${record}/review`, { decision: 'confirm' })
  const { id } = await ask<Named>(persona, 'objections', { recordId: record, text })
  return { record, objection: id }
}

interface Entries { items: { kind: string; cause: { claimId?: string } }[] }

/** What the person says against points of a wish, once; the objection's id. */
export async function doubted(persona: string, text: string): Promise<string> {
  const { items } = await ask<{ items: { id: string; claimId?: string; status: string }[] }>(persona, 'objections?mine=true&limit=100')
  const before = items.find((o) => o.claimId && o.status === 'open')
  if (before) return before.id
  const entries = (await ask<Entries>(persona, 'me/points/entries?limit=100')).items
  const { cause } = entries.find((e) => e.kind === 'earn' && e.cause.claimId)!
  return (await ask<Named>(persona, 'objections', { claimId: cause.claimId, text })).id
}
