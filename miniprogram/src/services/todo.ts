// What waits for me, whoever I am: the first thing the home page says.
import { get } from './http'
import { person, byView } from './me'
import { wishes } from './wishes'
import { caughtUp } from './writes'
import { todoOf } from './messageLinks'
import type { Place } from './go'
import type { Page, Todo as Turn, WishDetail } from './types'
import type { Icon } from '@/words/icons'

export interface Todo {
  icon: Icon
  title: string
  text: string
  page: Place
  query: Record<string, string>
  wish?: string // which it is about
  late?: boolean
}

const shown = 5 // of each kind

/** All that is my turn, in one request. */
export async function todos(): Promise<Todo[]> {
  await caughtUp() // what was decided just now no longer waits
  const { items } = await get<Page<Turn>>('/me/todos')
  person.tasks = items.find((t) => t.turn === 'decide')?.count ?? 0
  const few = items.filter((t, i) => items.slice(0, i).filter((x) => x.turn === t.turn).length < shown)
  const owed = items.filter(isOrder)
  const first = few.find(isOrder)
  return owed.length > 1 ? few.filter((t) => t === first || !isOrder(t)).map((t) => (t === first ? orders(owed) : worded(t))) : few.map(worded)
}

const isOrder = (t: Turn) => t.noun === 'assignment' && (t.turn === 'order' || t.turn === 'fulfil')

/** What the unit that I answer for owes, counted. */
function orders(all: Turn[]): Todo {
  const fresh = all.filter((t) => t.turn === 'order').length
  const text = fresh ? byView(`其中 ${fresh} 单还没有接，先接下来`, `${fresh} 单还没有接`) : byView('都接了，办完写一句', '办完写一句')
  return { icon: 'list', title: `单位有 ${all.length} 单等着办`, text, page: 'orders', query: {} }
}

/** What is to be read and agreed to, as far as anything is: it stands last, and whoever does not agree goes on (what an older version kept of me has no list). */
export function toAgree(): Todo[] {
  return !person.me?.toAgree?.length ? [] : [{
    icon: 'eye', title: '请看用户协议和隐私说明', text: byView('看过以后点同意；先不同意，也能用', '看过以后点同意'), page: 'agreement', query: {},
  }]
}

/** Of my own wishes: what waits for my word. */
export async function toConfirm(): Promise<Todo[]> {
  const { items } = await get<Page<Turn>>('/me/todos')
  return items.filter((t) => (t.turn === 'confirm' && !todoOf(t)) || t.turn === 'amend').map((t) => ({ ...worded(t), wish: t.wishId }))
}

/** A turn as the home page says it, and where it leads. */
function worded(t: Turn): Todo {
  const wish = { id: t.wishId ?? '' }
  const own = { id: t.id ?? '' }
  const called = todoOf(t)
  if (called) return { ...called, query: own }
  switch (t.turn) {
    case 'door': return { icon: 'people', title: '签到码：' + t.title, text: '给到场的人扫码签到', page: 'code', query: own }
    case 'settle': return { icon: 'clock', title: '确认时长：' + t.title, text: '活动结束了，大家等您确认', page: 'settle', query: own }
    case 'confirm': return { icon: 'heart', title: '请您确认：' + t.title, text: '党员说办好了，您说了算', page: 'confirm', query: own }
    case 'amend': return { icon: 'edit', title: '请补充：' + t.title, text: '改好再交给社区', page: 'wish', query: wish }
    case 'order': return { icon: 'bell', title: '新单子：' + t.title, text: `${t.who}请您来办，先接下来`, page: 'order', query: own }
    case 'fulfil': return { icon: 'box', title: '去办：' + t.title, text: t.who, page: 'wish', query: wish }
    case 'join': return { icon: 'people', title: '请您一起：' + t.title, text: `${t.who || '同事'}邀请您`, page: 'wish', query: wish }
    case 'team': return { icon: 'people', title: '请您入队：' + t.title, text: `${t.who}邀请您`, page: 'team', query: own }
    case 'invitation': return { icon: 'talk', title: '请您去坐坐：' + t.title, text: `${t.who}请您定个时间`, page: 'visit', query: own }
    case 'agreement': return { icon: 'hands', title: '请您看看，同意就签：' + t.title, text: t.who, page: 'pact', query: own }
    case 'project': return { icon: 'hands', title: '您单位牵头的项目：' + t.title, text: t.who, page: 'project', query: own }
    case 'brand': return { icon: 'people', title: '请您单位牵头，看看答不答应：' + t.title, text: t.who, page: 'brand', query: own }
    case 'booking': return { icon: 'calendar', title: '有人想约：' + t.title, text: `${t.who}等您回话`, page: 'booking', query: own }
    case 'notebook': return { icon: 'edit', title: '记下听到的事：' + t.title, text: t.who, page: 'notebook', query: own }
    case 'decide': return decide(t.count ?? 0, t.late ?? 0)
  }
}

function decide(all: number, late: number): Todo {
  if (!late) return { icon: 'tray', title: `${all} 件事等您处理`, text: '核实、同意、回访', page: 'approvals', query: {} }
  const text = all > late ? byView(`加上不急的，一共 ${all} 件`, `一共 ${all} 件等您`) : byView('等到三天还没办的报上一级', '三天没办报上一级')
  return { icon: 'clock', title: `${late} 件要先办`, text, page: 'approvals', query: { late: '1' }, late: true }
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
