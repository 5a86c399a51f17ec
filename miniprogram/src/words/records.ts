// The words of service records and of objections to them.
import type { ObjectionStatus, RecordSource, RecordStatus, ServiceRecord } from '@/services/types'
import { now } from '@/services/clock'
import type { Progress } from './progress'
import { dayOf, local, type Word } from '.'

export const recordWords: Record<RecordStatus, Word> = {
  recorded: { text: '等确认', family: 'wait' },
  confirmed: { text: '还要再看一次', family: 'wait' },
  credited: { text: '已记入', family: 'done' },
  rejected: { text: '没有通过', family: 'fix' },
  corrected: { text: '已更正', family: 'rest' },
}

export const sourceWords: Record<RecordSource, string> = { activity: '志愿活动', self: '自己报的', correction: '更正后的' }

export const objectionWords: Record<ObjectionStatus, Word> = {
  open: { text: '等答复', family: 'wait' },
  upheld: { text: '改过来了', family: 'done' },
  dismissed: { text: '没有改', family: 'rest' },
}

/** What a record still waits for; escalated: the next level was told. */
export function recordProgress(r: Pick<ServiceRecord, 'status' | 'due' | 'reviews'>, at: { waitsAt?: string; escalated?: boolean } = {}): Progress {
  if (r.status !== 'recorded' && r.status !== 'confirmed') return { now: '', who: '', then: [] }
  const more = r.due - r.reviews
  return {
    now: `等${at.waitsAt || '社区'}${at.escalated ? '或者上一级' : ''}确认`,
    who: at.escalated ? '等了三天，已经请上一级来看，两边谁看都行' : '三天没有看，会请上一级看',
    then: more > 1 ? [`再由上一级看${more > 2 ? '两次' : '一次'}`, '记入服务时长'] : ['记入服务时长'],
  }
}

/** The year of a moment on the county's clock. */
export const yearOf = (at: string): number => local(at).getUTCFullYear()

export interface Year {
  year: number
  items: ServiceRecord[]
  minutes: number | undefined // credited; undefined while the year is not read to its end
}

/** Records, the newest first, by the year in which they lie; `whole`: there are no more. */
export function byYear(all: ServiceRecord[], whole: boolean): Year[] {
  const years = new Map<number, ServiceRecord[]>()
  for (const r of all) years.set(yearOf(r.startedAt), [...(years.get(yearOf(r.startedAt)) ?? []), r])
  const list = [...years].sort(([a], [b]) => b - a)
  return list.map(([year, items], i) => ({
    year, items,
    minutes: whole || i < list.length - 1 ? items.reduce((sum, r) => sum + (r.status === 'credited' ? r.minutes : 0), 0) : undefined,
  }))
}

const day = 86400000
const hour = 3600000

/** The hour that ended last, at a half or a whole: what a report of one's own begins with, never a time to come. */
export function latest(present = now()): { ago: string; hour: string; half: string; length: string } {
  const from = Math.floor((present - hour) / (hour / 2)) * (hour / 2)
  const at = local(from)
  const h = at.getUTCHours()
  if (h >= 6 && h < 22) return { ago: dayOf(local(present)) === dayOf(at) ? '0' : '1', hour: String(h), half: String(at.getUTCMinutes()), length: '60' }
  return { ago: local(present).getUTCHours() < 8 ? '1' : '0', hour: '20', half: '0', length: '60' } // nobody serves at night
}

/** A time as one picks it: how many days ago, at which hour, half an hour later or not, for how many minutes. */
export function picked(p: { ago: string; hour: string; half: string; length: string }, present = now()): { from: number; until: number } {
  const midnight = Math.floor((present + 8 * hour) / day) * day - 8 * hour
  const from = midnight - Number(p.ago) * day + Number(p.hour) * hour + Number(p.half) * 60000
  return { from, until: from + Number(p.length) * 60000 }
}
