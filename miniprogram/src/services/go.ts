// The pages and the way between them.
import type { Icon } from '@/words/icons'

export type Tab = 'home' | 'hall' | 'inbox' | 'mine'
export type Place =
  | Tab | 'wish' | 'post' | 'promise' | 'deliver' | 'confirm' | 'fulfilled' | 'reason' | 'wishes' | 'claims' | 'reads' | 'points'
  | 'activities' | 'activity' | 'checkin' | 'teams' | 'team' | 'records' | 'record' | 'selfreport' | 'code' | 'manage' | 'plan' | 'roll' | 'settle' | 'writedown' | 'complain' | 'complaint' | 'complaints' | 'boards' | 'approvals' | 'report' | 'deputy' | 'places' | 'about' | 'privacy' | 'gone' | 'design'
  | 'card' | 'certificate' | 'certificates' | 'unit' | 'issued' | 'counter'
  | 'calloff' | 'reportin' | 'member' | 'teamwords' | 'handover' | 'guest' | 'share' | 'disband' | 'phone'
  | 'walk' | 'below' | 'audit' | 'logout' | 'staff' | 'number' | 'servicecheck' | 'objection' | 'correct' | 'recorders' | 'found' | 'unseen' | 'join'

export const tabs: { page: Tab; name: string; icon: Icon }[] = [
  { page: 'home', name: '首页', icon: 'home' },
  { page: 'hall', name: '心愿', icon: 'wish' },
  { page: 'inbox', name: '消息', icon: 'bell' },
  { page: 'mine', name: '我的', icon: 'me' },
]

type Query = Record<string, string>

/** A way to a page, as a row says it. */
export interface Way {
  page: Place
  name: string
  icon: Icon
  text?: string
  query?: Query
}

function address(page: Place, query: Query): string {
  const text = Object.entries(query).map(([k, v]) => `${k}=${encodeURIComponent(v)}`).join('&')
  return `/pages/${page}${text ? '?' + text : ''}`
}

const deepest = 10 // WeChat opens no more pages on top of each other

/** Calls back before another page is shown. */
export const leaving: (() => void)[] = []

export function go(page: Place, query: Query = {}): void {
  leaving.forEach((f) => f())
  const url = address(page, query)
  if (tabs.some((t) => t.page === page)) uni.reLaunch({ url })
  else if (getCurrentPages().length >= deepest) uni.redirectTo({ url })
  else uni.navigateTo({ url })
}

/** Goes on to a page from which there is no way back to this one: a form that has been sent. */
export function goOn(page: Place, query: Query = {}): void {
  leaving.forEach((f) => f())
  uni.redirectTo({ url: address(page, query) })
}

export function back(): void {
  leaving.forEach((f) => f())
  if (getCurrentPages().length > 1) uni.navigateBack()
  else uni.reLaunch({ url: '/pages/home' })
}
