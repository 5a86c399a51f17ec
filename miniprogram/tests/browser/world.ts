// What the tests set up by the API, so that a browser only does what is looked at.
import { ask } from './people'

interface Made { id: string }
interface Me { homeNodeId?: string; membership?: { nodeId: string } }

/** A resident's wish that waits for the community. */
export async function submitted(title: string, persona = 'resident', more: object = {}): Promise<string> {
  const me = await ask<Me>(persona, 'me')
  const contact = { name: '刘秀兰', phone: '13800001234', address: '茂山新村 3 栋 2 单元 101' }
  const wish = await ask<Made>(persona, 'wishes', {
    nodeId: me.homeNodeId ?? me.membership?.nodeId, category: 'goods', title, description: '平时用得上。', contact, ...more,
  })
  return wish.id
}

/** A wish that waits for a member. */
export async function opened(title: string, persona = 'resident'): Promise<string> {
  const id = await submitted(title, persona)
  await ask('secretary', `wishes/${id}/review`, { decision: 'publish' })
  return id
}

/** A wish that a member has claimed, and the claim that the community has agreed to. */
export async function claimed(title: string, member: string): Promise<{ wish: string; claim: string }> {
  const wish = await opened(title)
  const { id: claim } = await ask<Made>(member, `wishes/${wish}/claims`, {})
  await ask('secretary', `claims/${claim}/review`, { decision: 'approve' })
  return { wish, claim }
}
