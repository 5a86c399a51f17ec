// What waits in a place, in words and as a bar.
import type { PlaceFigures } from '@/services/types'
import { now } from '@/services/clock'
import { clockTime, dayOf, local, when } from '.'

/** 等着 5 件，其中 2 件超过三天 */
export function waitingWords({ waiting, late }: Pick<PlaceFigures, 'waiting' | 'late'>): string {
  if (!waiting) return '没有等着的'
  return late ? `等着 ${waiting} 件，${late} 件超过三天` : `等着 ${waiting} 件`
}

/** How wide the two parts of a place's bar are, in percent of the longest: late first, then what waits in time. */
export function barOf(p: Pick<PlaceFigures, 'waiting' | 'late'>, all: Pick<PlaceFigures, 'waiting'>[]): [late: number, inTime: number] {
  const most = Math.max(1, ...all.map((a) => a.waiting))
  return [(100 * p.late) / most, (100 * (p.waiting - p.late)) / most]
}

/** When figures were counted that are told again for a while: 统计于 14:05, 统计于昨天 23:50. */
export function countedWords(at: string, present = now()): string {
  return dayOf(local(at)) === dayOf(local(present)) ? `统计于 ${clockTime(at)}` : `统计于${when(at, present)}`
}
