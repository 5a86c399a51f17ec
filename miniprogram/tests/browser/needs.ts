// A need on its way, as the demo's people take it.
import { ask } from './people'

interface Made { id: string }

/** A need that was led and whistled for, one that waits, and what the unit owes. */
export async function needed(): Promise<Record<'need' | 'fresh' | 'order', string>> {
  const { roles } = await ask<{ roles: { nodeId: string }[] }>('secretary', 'me')
  const unit = (await ask<{ roles: { nodeId: string }[] }>('responder', 'me')).roles[0]!.nodeId
  const say = async (text: string) =>
    (await ask<Made>('resident', 'needs', { nodeId: roles[0]!.nodeId, category: 'roads', place: '3 号楼下', text })).id
  const need = await say('井盖松了，骑车的人差点摔倒。')
  const fresh = await say('楼道的灯不亮，晚上老人不敢下楼。')
  await ask('secretary', `needs/${need}/review`, { decision: 'accept' })
  const sent = await ask<{ items: Made[] }>('secretary', 'assignments', {
    needId: need, to: [{ nodeId: unit, kind: 'lead' }], what: '把 3 号楼下的井盖换好', clause: '职责清单第 41 项', term: 'ordinary',
  })
  return { need, fresh, order: sent.items[0]!.id }
}
