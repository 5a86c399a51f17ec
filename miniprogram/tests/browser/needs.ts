// A need on its way, as the demo's people take it.
import { ask } from './people'

interface Made { id: string }

/** A need that was led and whistled for, one that waits, and what the unit owes. */
export async function needed(): Promise<Record<'need' | 'fresh' | 'order', string>> {
  const { roles } = await ask<{ roles: { nodeId: string }[] }>('secretary', 'me')
  const unit = (await ask<{ roles: { nodeId: string }[] }>('responder', 'me')).roles[0]!.nodeId
  const say = async (place: string, text: string) =>
    (await ask<Made>('resident', 'needs', { nodeId: roles[0]!.nodeId, category: 'roads', place, text })).id
  const need = await say('3 号楼下', '井盖松了，骑车的人差点摔倒。')
  const fresh = await say('滨河小区东区 12 号楼北侧的无障碍坡道到垃圾分类房之间那一段', '路面不平，晚上老人不敢下楼。')
  await ask('secretary', `needs/${need}/review`, { decision: 'accept' })
  const sent = await ask<{ items: Made[] }>('secretary', 'assignments', {
    needId: need, to: [{ nodeId: unit, kind: 'lead' }], what: '把 3 号楼下的井盖换好', clause: '职责清单第 41 项', term: 'ordinary',
  })
  return { need, fresh, order: sent.items[0]!.id }
}

/** An admission that waits for the county. */
export async function askedFor(): Promise<string> {
  const { roles } = await ask<{ roles: { nodeId: string }[] }>('secretary', 'me')
  const unit = (await ask<{ roles: { nodeId: string }[] }>('responder', 'me')).roles[0]!.nodeId
  const day = (ahead: number) => new Date(Date.now() + ahead * 24 * 3600000).toISOString().slice(0, 10)
  return (await ask<Made>('responder', 'admissions', {
    unitId: unit, nodeId: roles[0]!.nodeId, what: '夜市劝导，每周六晚上', reason: '人手不够', helpers: 2, money: 3000, from: day(90), until: day(200),
  })).id
}
