// The words of offers and bookings.
import type { Booking, BookingStatus, DeskWeek, OfferAudience, OfferDetail, OfferKind, OfferStatus } from '@/services/types'
import { now } from '@/services/clock'
import { date, dayOf, local, week, type Word } from '.'

export const offerWords: Record<OfferStatus, Word> = {
  draft: { text: '还没开放', family: 'wait' },
  open: { text: '开放', family: 'open' },
  paused: { text: '暂停', family: 'rest' },
  closed: { text: '不再开放', family: 'rest' },
}

export const bookingWords: Record<BookingStatus, Word> = {
  requested: { text: '等对方同意', family: 'wait' },
  confirmed: { text: '约好了', family: 'open' },
  used: { text: '用过了', family: 'done' },
  missed: { text: '没来', family: 'rest' },
  declined: { text: '这次没约上', family: 'rest' },
  cancelled: { text: '已取消', family: 'rest' },
  called_off: { text: '对方临时不开', family: 'fix' },
}

/** Where a booking stands, as people say it on the day. */
export function bookingWord(b: Pick<Booking, 'status' | 'startsAt' | 'mine'>, present = now()): Word {
  if (b.status === 'requested' && !b.mine) return { text: '等您回话', family: 'reply' }
  if (b.status !== 'confirmed') return bookingWords[b.status]
  const days = dayOf(local(b.startsAt)) - dayOf(local(present))
  return days === 0 ? { text: '今天', family: 'open' } : days === 1 ? { text: '明天', family: 'open' } : bookingWords.confirmed
}

/** What people want to do, by what is opened for it. */
export const kindNames: Record<OfferKind, string> = {
  venue: '开会、坐坐', hall: '大活动', court: '打球', parking: '停车', lecture: '听讲座', craft: '学手艺', vehicle: '用车',
  tour: '去参观', desk: '周末、下班后办事',
}

export const audienceNames: Record<OfferAudience, string> = { resident: '居民', team: '志愿队', group: '居民小组', unit: '单位' }

/** The days of the week from Monday on. */
export const weekdayNames = [...week.slice(1), week[0]!]
export const clockOf = (minute: number): string => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`

/** The half hour that is nearest to a time of day, 8:40 for example, in minutes. */
export function halfHour(time: string): number {
  const [hours, minutes] = time.split(':').map(Number)
  return Math.round((hours! * 60 + minutes!) / 30) * 30
}

/** How long a whole route takes. */
export const routeMinutes = (stops: { minutes: number }[]): number => stops.reduce((sum, s) => sum + s.minutes, 0)

/** When it is open, days of the same hours together: 周一到周五 8:00–17:00. */
export function hoursOf(all: OfferDetail['hours']): string[] {
  const byDay = new Map<number, string>()
  for (const h of all) byDay.set(h.weekday, [byDay.get(h.weekday), `${clockOf(h.fromMinute)}–${clockOf(h.untilMinute)}`].filter(Boolean).join('、'))
  const lines: { from: number; to: number; hours: string }[] = []
  for (const [weekday, hours] of [...byDay].sort((a, b) => a[0] - b[0])) {
    const last = lines.at(-1)
    if (last && last.hours === hours && last.to === weekday - 1) last.to = weekday
    else lines.push({ from: weekday, to: weekday, hours })
  }
  const name = (d: number) => weekdayNames[d - 1]!
  return lines.map((l) => (l.from === 1 && l.to === 7 ? `每天 ${l.hours}` : l.from === l.to ? `${name(l.from)} ${l.hours}` : `${name(l.from)}到${name(l.to)} ${l.hours}`))
}

/** A day to come, as people say it: 今天, 明天, 后天, 12 月 5 日周六. */
export function dayAhead(day: string, present = now()): string {
  const at = `${day}T04:00:00Z` // noon in the county
  return ['今天', '明天', '后天'][dayOf(local(at)) - dayOf(local(present))] ?? date(at)
}

/** Who is on duty on a day of the week, the earliest first. */
export function dutiesOn(w: DeskWeek, day: string): { desk: DeskWeek['items'][number]; shift: DeskWeek['items'][number]['shifts'][number] }[] {
  const all = w.items.flatMap((desk) => desk.shifts.map((shift) => ({ desk, shift })))
  return all.filter((one) => local(one.shift.startsAt).toISOString().startsWith(day))
    .sort((a, b) => Date.parse(a.shift.startsAt) - Date.parse(b.shift.startsAt))
}

/** From when to when on the clock: 17:00–20:00. */
export function shiftWords(s: { startsAt: string; endsAt: string }): string {
  const minute = (at: string) => local(at).getUTCHours() * 60 + local(at).getUTCMinutes()
  return `${clockOf(minute(s.startsAt))}–${clockOf(minute(s.endsAt) || 1440)}`
}

/** This month and those before it, as they are called: 2026-11, 11 月. Those of another year say so. */
export function monthsBack(today: Date, count: number): [string, string][] {
  return Array.from({ length: count }, (_, i) => {
    const first = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - i, 1))
    const [year, month] = [first.getUTCFullYear(), first.getUTCMonth() + 1]
    return [first.toISOString().slice(0, 7), year === today.getUTCFullYear() ? `${month} 月` : `${year} 年 ${month} 月`]
  })
}
