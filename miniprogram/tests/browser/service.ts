// A volunteer team with an activity, made through the API.
import { inject } from 'vitest'
import { ask, send } from './people'

interface Named { id: string }
interface Person extends Named { homeNodeId: string }

/** The demo's time: in it days pass at once. */
export async function present(): Promise<number> {
  const answer = await fetch(inject('base') + 'api/v1/stats')
  return Date.parse(answer.headers.get('Xinyuan-Now')!)
}

/** Lets time pass in the demo. */
export const pass = (minutes: number) => passSeconds(minutes * 60)

export async function passSeconds(advanceSeconds: number): Promise<void> {
  const answer = await fetch(inject('base') + 'demo/clock', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ advanceSeconds }),
  })
  if (!answer.ok) throw new Error(`the clock: ${answer.status} ${await answer.text()}`)
}

/** Lets the night pass where the county's day has less than so many minutes left: a record is split at midnight. */
export async function sameDay(minutes: number): Promise<void> {
  const left = 1440 - (Math.floor((await present()) / 60000 + 480) % 1440)
  if (left < minutes) await pass(left + 480)
}

/** A team of the home community that the person leads. */
export async function found(name: string, leader: string): Promise<string> {
  const { id, homeNodeId } = await ask<Person>(leader, 'me')
  const team = await ask<Named>('secretary', 'teams', { nodeId: homeNodeId, name, leaderId: id, intro: '每周六上午，帮邻居磨剪刀、修雨伞。' })
  return team.id
}

/** Takes people into the team by its invitation; their ids, in the same order. */
export async function enlist(teamId: string, leader: string, ...personas: string[]): Promise<string[]> {
  const { code } = await ask<{ code: string }>(leader, `teams/${teamId}/invitation`)
  const ids: string[] = []
  for (const persona of personas) ids.push((await ask<{ userId: string }>(persona, `teams/${teamId}/members`, { code })).userId)
  return ids
}

/** A published activity that begins in so many minutes and lasts two hours. */
export async function announce(teamId: string, leader: string, title: string, inMinutes: number, quota: number): Promise<string> {
  const at = (minutes: number) => new Date(from + minutes * 60000).toISOString()
  const from = await present()
  const draft = await ask<Named>(leader, 'activities', {
    teamId, title, description: '自带围裙，工具队里有。', place: { name: '茂山社区一楼大厅' }, quota, startsAt: at(inMinutes),
    endsAt: at(inMinutes + 120), skills: '会用磨刀石', health: '能站一个小时', insured: true,
  })
  await ask(leader, `activities/${draft.id}/publication`, {})
  return draft.id
}

/** A published series: every week for a month, from in two days on. Its activities, the first one first. */
export async function weekly(teamId: string, leader: string, title: string): Promise<string[]> {
  const start = (await present()) + 2 * 86400000
  const at = (ms: number) => new Date(ms).toISOString()
  const first = await ask<Named>(leader, 'activities', {
    teamId, title, description: '带扫帚、簸箕，社区备手套。', place: { name: '滨河公园东门' }, quota: 12, startsAt: at(start),
    endsAt: at(start + 2 * 3600000), repeat: { every: 'week', until: at(start + 22 * 86400000) },
  })
  await ask(leader, `activities/${first.id}/publication`, { andLater: true })
  const { items } = await ask<{ items: Named[] }>(leader, `activities?teamId=${teamId}&status=published&limit=100`)
  return items.map((a) => a.id)
}

/** The digits that the leader's phone shows. */
export const digits = async (leader: string, activity: string) =>
  (await ask<{ code: string }>(leader, `activities/${activity}/checkin-code`)).code

/** The leader confirms the hours as the check-ins say. */
export const settle = (leader: string, activity: string) => ask(leader, `activities/${activity}/settlement`, { attendees: [] })

/** Service that the person reports: an hour up to now, or of so many hours ago. */
export async function reported(persona: string, hoursAgo = 0): Promise<string> {
  const { homeNodeId } = await ask<Person>(persona, 'me')
  const end = (await present()) - hoursAgo * 3600000
  const record = await ask<Named>(persona, 'service-records', {
    nodeId: homeNodeId, title: '帮邻居买菜', note: '三楼的王老师腿脚不便，买了菜和药送上去。',
    startedAt: new Date(end - 3600000).toISOString(), endedAt: new Date(end).toISOString(),
  })
  return record.id
}

/** A name that its check does not pass, and waits for the secretary: the id of the case. */
export async function flagged(): Promise<string> {
  const { roles } = await ask<{ roles: { nodeId: string }[] }>('secretary', 'me')
  await send('resident-2', 'PATCH', 'me', { displayName: '代开发票', homeNodeId: roles[0]!.nodeId })
  for (let tries = 0; tries < 100; tries++) {
    const waits = await ask<{ items: { id: string }[] }>('secretary', 'approvals?kind=case')
    if (waits.items[0]) return waits.items[0].id
    await new Promise((then) => setTimeout(then, 100))
  }
  throw new Error('no case waits')
}
