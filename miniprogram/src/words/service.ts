// The words of volunteer service: states, times and hours.
import type { ActivityStatus, MySignup, SignupStatus, TeamMemberStatus, TeamRole } from '@/services/types'
import { now } from '@/services/clock'
import { occurrences, type Plan } from '@/services/plan'
import { date, day, dayOf, local, unbroken, type Word } from '.'

export const signupWords: Record<SignupStatus, Word> = {
  confirmed: { text: '已报名', family: 'work' },
  waitlisted: { text: '在候补', family: 'wait' },
  attended: { text: '参加了', family: 'done' },
  absent: { text: '没有到', family: 'fix' },
  cancelled: { text: '已取消', family: 'rest' },
}

export const teamRoles: Record<TeamRole, string> = { leader: '队长', deputy: '副队长', member: '队员' }

export const memberWords: Record<TeamMemberStatus, Word> = {
  requested: { text: '等队长同意', family: 'wait' },
  invited: { text: '请您加入', family: 'wait' },
  active: { text: '已加入', family: 'done' },
  left: { text: '已退出', family: 'rest' },
  rejected: { text: '没有通过', family: 'fix' },
}

// How long before its start and after its end one may check in and out.
export const early = 30 * 60000
export const late = 2 * 3600000

interface Span {
  status: ActivityStatus
  startsAt: string
  endsAt: string
}

/** Whether people may check in or out now; the server has the last word. */
export function checkInTime(a: Span, present = now()): boolean {
  return a.status === 'published' && present >= Date.parse(a.startsAt) - early && present <= Date.parse(a.endsAt) + late
}

/** Whether it has ended, settled or not. */
export const isOver = (a: { endsAt: string }, present = now()): boolean => present >= Date.parse(a.endsAt)

/** Whether one has still to come, and so the code is what matters now. */
export const mayArrive = (mine: MySignup | undefined): boolean => (mine?.presence ?? 'none') === 'none'

/** What one does next on the page of the check-in. */
export const arriveWords = (mine: MySignup): string => (mayArrive(mine) ? '去签到' : '看我的签到')

export const activityWords: Record<ActivityStatus, Word> = {
  draft: { text: '还没公布', family: 'rest' },
  published: { text: '正在报名', family: 'open' },
  settled: { text: '时长已确认', family: 'done' },
  cancelled: { text: '已取消', family: 'rest' },
}

/** Where an activity stands, as people say it: one that is published by its time and its places. */
export function activityWord(a: Span & { confirmed: number; quota: number; signupUntil: string }, present = now()): Word {
  if (a.status !== 'published') return activityWords[a.status]
  if (isOver(a, present)) return { text: '等队长确认时长', family: 'wait' }
  if (present >= Date.parse(a.startsAt)) return { text: '正在进行', family: 'work' }
  if (present >= Date.parse(a.signupUntil)) return { text: '报名截止', family: 'rest' }
  return a.confirmed < a.quota ? activityWords.published : { text: '满了，可候补', family: 'wait' }
}

/** The clock as people say it: 上午 9 点, 下午 2 点半, 晚上 7 点 20. */
export function clockWords(at: string | number): string {
  const then = local(at)
  const h = then.getUTCHours()
  const m = then.getUTCMinutes()
  const part = h < 6 ? '凌晨' : h < 12 ? '上午' : h < 13 ? '中午' : h < 18 ? '下午' : '晚上'
  const rest = m === 0 ? '' : m === 30 ? '半' : ` ${String(m).padStart(2, '0')}`
  return `${part} ${h > 12 ? h - 12 : h} 点${rest}`
}

/** When an activity is: 11 月 28 日周六上午 9 点到 11 点半. */
export function spanWords(from: string, to: string): string {
  const [start, end] = [clockWords(from), clockWords(to)]
  const [part, ...words] = end.split(' ')
  const sameDay = date(from) === date(to)
  const until = sameDay && start.startsWith(part!) ? words.join(' ') : sameDay ? end : `${date(to)}${end}`
  const [before, after] = [/\d$/.test(start) ? ' ' : '', /^\d/.test(until) ? ' ' : '']
  return `${date(from)}${start}${before}到${after}${until}`
}

/** The same in two parts, neither of which should be broken: the day, and the hours. */
export function spanParts(from: string, to: string): string[] {
  const whole = spanWords(from, to)
  const at = date(from) === date(to) ? date(from).length : whole.indexOf('到')
  return [whole.slice(0, at).trim(), whole.slice(at)]
}

/** The start alone: 今天上午 9 点 and 明天凌晨 0 点 05 stay on one line, another day may be parted from its hour. */
export function startParts(from: string, present = now()): string[] {
  const near = ['今天', '明天'][dayOf(local(from)) - dayOf(local(present))]
  return near ? [near + clockWords(from)] : [date(from), clockWords(from)]
}

/** Minutes as the server tells them (words.Duration), too: 2 小时 30 分, 45 分钟, 0 小时. A number and its unit are not parted,
 * and where the class num is, neither is 小 from 时. */
export function hoursWords(minutes: number): string {
  const [h, m] = [Math.floor(minutes / 60), minutes % 60]
  if (!m) return unbroken(`${h} 小时`)
  return unbroken(h ? `${h} 小时 ${m} 分` : `${m} 分钟`)
}

/** The same as short as a row has room for, always of one form: 2:15. */
export const shortHours = (minutes: number): string => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`

/** How an activity comes again: 每周三重复，到 12 月 31 日，一共 6 次. */
export function repeatWords(p: Pick<Plan, 'day' | 'every' | 'last'>): string {
  if (!p.every || !p.day) return ''
  const first = `${p.day}T12:00:00+08:00`
  const n = local(first).getUTCDate()
  const often = p.every === 'week' ? `每${date(first).slice(-2)}` : `每月 ${n} 日`
  const short = p.every === 'month' && n > 28 ? `，没有 ${n} 日的月份在最后一天` : ''
  if (occurrences(p) < 2) return `${often}重复${short}`
  return `${often}重复${short}，到 ${day(`${p.last}T12:00:00+08:00`)}，一共 ${occurrences(p)} 次`
}

/** How long before the start one may sign up last, in minutes. */
export function leadWords(minutes: number): string {
  if (minutes <= 0) return '开始前都行'
  const days = minutes / 1440
  return Number.isInteger(days) ? `提前 ${days} 天` : `提前 ${hoursWords(minutes)}`
}
