// The words of states, days and refusals, in one place.
import { now } from '@/services/clock'
import type { Claim, ClaimStatus, ComplaintKind, ComplaintStatus, MembershipStatus, Wish, WishStatus } from '@/services/types'

export type Family = 'wait' | 'open' | 'work' | 'reply' | 'done' | 'fix' | 'rest'
export interface Word {
  text: string
  family: Family
}

export const wishWords: Record<WishStatus, Word> = {
  submitted: { text: '待核实', family: 'wait' },
  open: { text: '等人认领', family: 'open' },
  taken: { text: '有人在办', family: 'work' },
  fulfilled: { text: '已圆心愿', family: 'done' },
  rejected: { text: '请补充', family: 'fix' },
  withdrawn: { text: '已撤回', family: 'rest' },
  expired: { text: '已到期', family: 'rest' },
}

export const claimWords: Record<ClaimStatus, Word> = {
  requested: { text: '等社区同意', family: 'wait' },
  approved: { text: '办理中', family: 'work' },
  delivered: { text: '等居民确认', family: 'reply' },
  confirmed: { text: '居民已确认', family: 'done' },
  declined: { text: '没有通过', family: 'fix' },
  released: { text: '已退回', family: 'rest' },
  lapsed: { text: '超时放回', family: 'rest' },
  cancelled: { text: '居民撤回', family: 'rest' },
}

/** Where a wish stands, as its reader is told: its owner is 您, and nobody's resident. */
export function stateOf(wish: Pick<Wish, 'status' | 'mine'>, claim?: Pick<Claim, 'status' | 'disputed' | 'askedAgain'>): Word {
  if (wish.status !== 'taken' || !claim) return wishWords[wish.status]
  if (wish.mine && claim.status === 'approved') return wishWords.taken
  if (wish.mine && claim.status === 'delivered' && !claim.disputed) return { text: '等您确认', family: 'reply' }
  return claimWord(claim)
}

/** Where a claim stands: one that is disputed waits for the community, and not for the resident. */
export function claimWord(c: { status: ClaimStatus; disputed?: boolean; askedAgain?: boolean }): Word {
  if (c.status !== 'delivered') return claimWords[c.status]
  if (c.disputed) return { text: '等社区来定', family: 'fix' }
  return c.askedAgain ? { text: '再问居民一遍', family: 'wait' } : claimWords.delivered
}

export const membershipWords: Record<MembershipStatus, Word> = {
  requested: { text: '等社区同意', family: 'wait' },
  active: { text: '已报到', family: 'done' },
  left: { text: '已离开', family: 'rest' },
  rejected: { text: '没有通过', family: 'fix' },
}

export const complaintNames: Record<ComplaintKind, string> = { complaint: '投诉', suggestion: '建议' }

export const complaintWords: Record<ComplaintStatus, Word> = {
  open: { text: '等答复', family: 'wait' },
  answered: { text: '有答复了', family: 'reply' },
  closed: { text: '已解决', family: 'done' },
}

/** What a resident's stars say, 1 to 5. */
export const rated = ['', '不满意', '不太满意', '一般', '满意', '很满意']

/** The same words, with no number parted from what it counts where a line ends, and no hour from its half of the day. */
export const unbroken = (words: string): string => words.replace(/(\d|上午|中午|下午|晚上|凌晨) (?=\S)/g, '$1\u00a0')

const hour = 3600000
export const week = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
// The county's clock, wherever the phone is.
export const local = (at: string | number) => new Date(new Date(at).getTime() + 8 * hour)
export const dayOf = (at: Date) => Math.floor(at.getTime() / (24 * hour))

/** A day as people say it: 今天, 昨天, 3 天前, 3 月 18 日, 2025 年 3 月 18 日. */
export function day(at: string | number, present = now()): string {
  const then = local(at)
  const today = local(present)
  const ago = dayOf(today) - dayOf(then)
  if (ago === 0) return '今天'
  if (ago === 1) return '昨天'
  if (ago > 1 && ago < 7) return `${ago} 天前`
  const date = `${then.getUTCMonth() + 1} 月 ${then.getUTCDate()} 日`
  return then.getUTCFullYear() === today.getUTCFullYear() ? date : `${then.getUTCFullYear()} 年 ${date}`
}

/** A moment near today, as people say it: 今天 9:05, 昨天 16:20, else as `moment`. */
export function when(at: string | number, present = now()): string {
  const ago = dayOf(local(present)) - dayOf(local(at))
  const word = ['今天', '昨天', '前天'][ago]
  return word ? `${word} ${clockTime(at)}` : moment(at)
}

/** The hour and minute of a moment: 8:17. */
export function clockTime(at: string | number): string {
  const then = local(at)
  return `${then.getUTCHours()}:${String(then.getUTCMinutes()).padStart(2, '0')}`
}

/** A moment: 11 月 24 日 9:05, and of another year than this one 2025 年 11 月 24 日 9:05. */
export function moment(at: string | number, present = now()): string {
  const then = local(at)
  const year = then.getUTCFullYear() === local(present).getUTCFullYear() ? '' : `${then.getUTCFullYear()} 年 `
  return `${year}${then.getUTCMonth() + 1} 月 ${then.getUTCDate()} 日 ${clockTime(at)}`
}

/** A day for a calendar that has been agreed: 11 月 24 日周二. */
export function date(at: string | number): string {
  const then = local(at)
  return `${then.getUTCMonth() + 1} 月 ${then.getUTCDate()} 日${week[then.getUTCDay()]}`
}

/** The number of a card: this year's without the year, 0073; others whole, 2025-0412. */
export function cardNumber(number: string, present = now()): string {
  const year = `${local(present).getUTCFullYear()}-`
  return number.startsWith(year) ? number.slice(year.length) : number
}

export function greeting(present = now()): string {
  const at = local(present).getUTCHours()
  if (at < 5) return '夜深了'
  if (at < 11) return '早上好'
  if (at < 13) return '中午好'
  return at < 18 ? '下午好' : '晚上好'
}
