// The pages and the way between them.
import { folders } from './pages.gen'
import type { Icon } from '@/words/icons'

export type Place = (typeof folders)[keyof typeof folders][number]
export type Tab = 'home' | 'hall' | 'inbox' | 'mine'

const paths = new Map<string, string>(
  Object.entries(folders).flatMap(([folder, pages]) => pages.map((page) => [page, `/pages/${folder}/${page}`])),
)

/** The address of a page within the program. */
export const pathOf = (page: Place): string => paths.get(page)!

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
  return `${pathOf(page)}${text ? '?' + text : ''}`
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

/** Whether this page was opened from that one. */
export const cameFrom = (page: Place): boolean => '/' + (getCurrentPages().at(-2)?.route ?? '') === pathOf(page)

export function back(): void {
  leaving.forEach((f) => f())
  if (getCurrentPages().length > 1) uni.navigateBack()
  else uni.reLaunch({ url: pathOf('home') })
}

/**
 * Goes on from an address that is no page. A page that has moved to another folder is still found by its name, so that
 * an address saved before goes on working; of others the program says that there is no such page.
 */
export function goOnFrom(path: string, query: Query = {}): void {
  const page = path.split('/').pop() ?? ''
  if (paths.has(page)) goOn(page as Place, query)
  else goOn('gone')
}
