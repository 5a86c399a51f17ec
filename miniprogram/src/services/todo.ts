// What waits for me, whoever I am: the first thing the home page says.
import { approvals } from './staff'
import { person, roles } from './me'
import { now } from './clock'
import { activities, teams } from './teams'
import { claims, wishes } from './wishes'
import type { Place } from './go'
import type { WishDetail } from './types'
import { checkInTime, isOver } from '@/words/service'
import type { Icon } from '@/words/icons'

export interface Todo {
  icon: Icon
  title: string
  text: string
  page: Place
  query: Record<string, string>
}

const shown = 5 // of each kind

export async function todos(): Promise<Todo[]> {
  const lists = await Promise.all([toLead(), toConfirm(), roles.member() ? toDo() : [], roles.records() ? toDecide() : []])
  return lists.flat()
}

const month = 31 * 24 * 3600000

/** What who leads a team has to see to: the door of what goes on, the hours of what is over. */
async function toLead(): Promise<Todo[]> {
  const { items } = await teams.list({ mine: true })
  const led = items.filter((t) => t.myRole === 'leader' || t.myRole === 'deputy')
  const from = new Date(now() - month).toISOString()
  const lists = await Promise.all(led.map((t) => activities.list({ teamId: t.id, status: 'published', from })))
  const list: Todo[] = []
  for (const a of lists.flatMap((l) => l.items)) {
    const query = { id: a.id }
    if (isOver(a)) {
      list.push({ icon: 'clock', title: '确认时长：' + a.title, text: '活动结束了，大家等您确认', page: 'settle', query })
    } else if (checkInTime(a)) {
      list.push({ icon: 'people', title: '签到码：' + a.title, text: '给到场的人扫码签到', page: 'code', query })
    }
  }
  return list.slice(0, shown)
}

async function toConfirm(): Promise<Todo[]> {
  const { items } = await wishes.list({ mine: true, status: 'taken', limit: shown })
  const details = await Promise.all(items.map((w) => wishes.get(w.id)))
  const list: Todo[] = details
    .filter((d) => d.claim?.status === 'delivered' && !d.claim.disputed)
    .map((d) => ({
      icon: 'heart', title: '请您确认：' + d.wish.title, text: '党员说办好了，您说了算', page: 'confirm',
      query: { id: d.claim!.id },
    }))
  const again = await wishes.list({ mine: true, status: 'rejected', limit: shown })
  return list.concat(
    again.items.map((w) => ({
      icon: 'edit', title: '请补充：' + w.title, text: '改好再交给社区', page: 'wish', query: { id: w.id },
    })),
  )
}

async function toDo(): Promise<Todo[]> {
  const { items } = await claims.mine()
  const list: Todo[] = []
  for (const { claim, wish } of items.slice(0, 20)) {
    const query = { id: wish.id }
    if (claim.mine && claim.status === 'approved') {
      list.push({ icon: 'box', title: '去办：' + wish.title, text: wish.nodeName, page: 'wish', query })
    } else if (!claim.mine && (claim.status === 'requested' || claim.status === 'approved') && !joined(claim)) {
      list.push({ icon: 'people', title: '请您一起：' + wish.title, text: `${claim.claimant ?? '同事'}邀请您`, page: 'wish', query })
    }
  }
  return list.slice(0, shown)
}

async function toDecide(): Promise<Todo[]> {
  const { counts } = await approvals.list({ limit: 1 })
  const all = counts.reduce((sum, c) => sum + c.count, 0)
  const late = counts.reduce((sum, c) => sum + c.late, 0)
  if (!all) return []
  if (late) {
    const text = all > late ? `先办这些；一共 ${all} 件等您处理` : '等了三天，再不办就报上一级'
    return [{ icon: 'clock', title: `${late} 件今天要办完`, text, page: 'approvals', query: { late: '1' } }]
  }
  return [{ icon: 'tray', title: `${all} 件事等您处理`, text: '核实、同意、回访', page: 'approvals', query: {} }]
}

/** The latest wish of mine that is under way and does not wait for me. */
export async function ownWish(): Promise<WishDetail | undefined> {
  const { items } = await wishes.list({ mine: true, limit: shown })
  const live = items.find((w) => ['submitted', 'open', 'taken'].includes(w.status))
  const detail = live && (await wishes.get(live.id))
  return detail?.claim?.status === 'delivered' && !detail.claim.disputed ? undefined : detail
}

/** Whether I have accepted to take part in a claim of somebody else. */
export function joined(claim: { participants?: { userId: string; accepted: boolean }[] }): boolean {
  const me = person.me?.id
  return !!claim.participants?.some((p) => p.userId === me && p.accepted)
}
