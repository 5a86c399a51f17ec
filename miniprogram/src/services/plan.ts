// What a leader writes down about an activity, and what of it is sent.
import { now } from './clock'
import type { Activity, ActivityChange, ActivityDraft } from './types'

export interface Plan {
  title: string
  description: string
  place: string
  lat?: number // where it is on the map, if somebody marked it
  lng?: number
  day: string // 2026-12-05
  from: string // 09:00
  to: string
  lead: string // how many minutes before the start one may sign up last
  quota: string
  skills: string
  health: string
  insured: boolean
  every: '' | 'week' | 'month'
  last: string // the day after which a series does not come again
}

export const emptyPlan: Plan = {
  title: '', description: '', place: '', day: '', from: '09:00', to: '11:00', lead: '0', quota: '20', skills: '', health: '',
  insured: false, every: '', last: '',
}

const minute = 60000
const day = 86400000
const zone = 8 * 3600000 // the county's clock is ahead of UTC
const onClock = (at: number) => new Date(at + zone).toISOString()
export const dayOf = (at: number): string => onClock(at).slice(0, 10)
const clockOf = (at: number) => onClock(at).slice(11, 16)

/** The plan of an activity, as somebody would have written it; once, for it is one of its series. */
export function planOf(a: Activity): Plan {
  const [from, to, until] = [Date.parse(a.startsAt), Date.parse(a.endsAt), Date.parse(a.signupUntil)]
  return {
    ...wordsOf(a), day: dayOf(from), from: clockOf(from), to: clockOf(to), lead: String(Math.round((from - until) / minute)),
    every: '', last: '',
  }
}

/** What somebody has typed, on what is there by now: only what they have changed stays theirs. */
export function onto(mine: Plan, was: Plan, is: Plan): Plan {
  const typed = Object.entries(mine).filter(([k, v]) => v !== was[k as keyof Plan])
  return { ...is, ...Object.fromEntries(typed) }
}

/** What another one would have in common with it. */
export function wordsOf(a: Activity): Omit<Plan, 'day' | 'from' | 'to' | 'lead' | 'every' | 'last'> {
  const { title, description, place, quota, skills, health, insured } = a
  return { title, description, place: place.name, lat: place.lat, lng: place.lng, quota: String(quota), skills, health, insured }
}

/** When it begins and ends, and until when one may sign up, in milliseconds. Who ends before they start go on past midnight. */
export function timesOf(p: Pick<Plan, 'day' | 'from' | 'to' | 'lead'>): { from: number; to: number; until: number } {
  const at = (clock: string) => Date.parse(`${p.day}T${clock}:00+08:00`)
  const from = at(p.from)
  return { from, to: at(p.to) + (p.to <= p.from ? day : 0), until: from - Number(p.lead) * minute }
}

/** How often it comes by its last day, at most a year ahead: the same day of the week, or of the month or its last. */
export function occurrences(p: Pick<Plan, 'day' | 'every' | 'last'>): number {
  const [first, last] = [Date.parse(p.day), Date.parse(p.last)]
  if (!p.every || !(last >= first)) return 1
  if (p.every === 'week') return Math.floor((last - first) / (7 * day)) + 1
  const on = new Date(first)
  let n = 0
  for (;;) {
    const [y, m] = [on.getUTCFullYear(), on.getUTCMonth() + n]
    const longest = new Date(Date.UTC(y, m + 1, 0)).getUTCDate()
    if (Date.UTC(y, m, Math.min(on.getUTCDate(), longest)) > last) return n
    n++
  }
}

/** What is missing or wrong, by field, before anything is sent. `before` is what it was: a sign-up that is over may stay so. */
export function wrongOf(p: Plan, before?: Plan): Record<string, string> {
  const moved = p.day !== before?.day || p.from !== before.from || p.lead !== before.lead
  const wrong: Record<string, string> = {}
  if (!p.title.trim()) wrong.title = '写一句做什么，大家看了才好报名。'
  if (!p.description.trim()) wrong.description = '写清楚要做的事、要带的东西。'
  if (!p.place.trim()) wrong['place.name'] = '写明在哪里集合。'
  if (!p.day) wrong.startsAt = '请选哪一天。'
  else if (timesOf(p).from <= now()) wrong.startsAt = '开始的时间已经过了，请往后选。'
  else if (moved && timesOf(p).until <= now()) wrong.signupUntil = '照这样，报名已经截止了。请改晚一些。'
  if (!/^[1-9]\d{0,3}$/.test(p.quota)) wrong.quota = '写要几个人，比如 20。'
  if (p.every && !p.last) wrong['repeat.until'] = '选到哪一天为止。'
  else if (p.every && occurrences(p) < 2) wrong['repeat.until'] = '到这一天只办得了一次，请往后选。'
  return wrong
}

const placeOf = ({ place, lat, lng }: Plan) => ({ name: place.trim(), ...(lat === undefined ? {} : { lat, lng }) })
const iso = (at: number) => new Date(at).toISOString()

/** What is sent of a new one. */
export function draftOf(p: Plan, teamId: string): ActivityDraft {
  const t = timesOf(p)
  return {
    teamId, title: p.title.trim(), description: p.description.trim(), place: placeOf(p), quota: Number(p.quota),
    startsAt: iso(t.from), endsAt: iso(t.to), signupUntil: iso(t.until), skills: p.skills.trim(), health: p.health.trim(),
    insured: p.insured, ...(p.every ? { repeat: { every: p.every, until: `${p.last}T23:59:59+08:00` } } : {}),
  }
}

/** What is sent of a changed one: only what is different, so that nobody hears of what stays as it was. */
export function changeOf(before: Plan, after: Plan): ActivityChange {
  const c: ActivityChange = {}
  const text = (k: 'title' | 'description' | 'skills' | 'health') => {
    if (after[k].trim() !== before[k]) c[k] = after[k].trim()
  }
  text('title')
  text('description')
  text('skills')
  text('health')
  if (after.place.trim() !== before.place || after.lat !== before.lat || after.lng !== before.lng) c.place = placeOf(after)
  if (after.quota !== before.quota) c.quota = Number(after.quota)
  if (after.insured !== before.insured) c.insured = after.insured
  const t = timesOf(after)
  const starts = after.day !== before.day || after.from !== before.from
  if (starts) c.startsAt = iso(t.from)
  if (starts || after.to !== before.to) c.endsAt = iso(t.to)
  if (starts || after.lead !== before.lead) c.signupUntil = iso(t.until)
  return c
}

/** Whether those who signed up are told of the change: more places and a longer sign-up change nothing for them. */
export const isTold = (c: ActivityChange): boolean => Object.keys(c).some((k) => !['quota', 'signupUntil', 'andLater'].includes(k))
