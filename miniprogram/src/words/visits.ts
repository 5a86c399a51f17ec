// The words of visits.
import type { Visit, VisitStatus } from '@/services/types'
import { now } from '@/services/clock'
import { dayOf, local, type Word } from '.'

export const visitWords: Record<VisitStatus, Word> = {
  invited: { text: '等领导定时间', family: 'wait' },
  planned: { text: '约好了', family: 'open' },
  held: { text: '去过了，在办', family: 'work' },
  closed: { text: '都有着落了', family: 'done' },
  cancelled: { text: '没去成', family: 'rest' },
}

/** Where a visit stands, as people say it on the day. */
export function visitWord(v: Pick<Visit, 'status' | 'startsAt' | 'endsAt' | 'led'>, present = now()): Word {
  if (v.status === 'invited' && v.led) return { text: '等您定时间', family: 'reply' }
  if (v.status !== 'planned' || !v.startsAt || !v.endsAt) return visitWords[v.status]
  if (present >= Date.parse(v.endsAt)) return v.led ? { text: '等您记下来', family: 'reply' } : { text: '来过了', family: 'work' }
  if (present >= Date.parse(v.startsAt)) return { text: '正在听', family: 'work' }
  const days = dayOf(local(v.startsAt)) - dayOf(local(present))
  return days === 0 ? { text: '今天', family: 'open' } : days === 1 ? { text: '明天', family: 'open' } : visitWords.planned
}

export const visitTitle = (v: Pick<Visit, 'subject'>): string => v.subject || '听大家说话'
