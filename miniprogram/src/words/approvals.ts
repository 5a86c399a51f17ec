// What the pages of approvals say: how late a matter is, how far it has risen, and what was just agreed to.
import { now } from '@/services/clock'
import { dayOf, local, when } from '@/words'
import { hoursWords } from '@/words/service'
import type { Approval, ServiceRecord } from '@/services/types'

/** Reasons for a no that are ready to pick. */
export const readyReasons = {
  wish: ['请写清楚要什么、多少、什么时候要。', '请补上住址，好上门。', '这件事社区已经有别的办法，请来电商量。'],
  claim: ['这位居民的事已经另有安排。', '您手上的心愿办完再认领这一件。', '这件事要有专门本事的人来办。'],
  membership: ['名字和单位名册对不上，请核对后再报到。', '请到您住的社区报到。'],
  service: ['这段时间没有安排服务，请核对日期。', '请写清楚做了什么、在哪里。', '时长和实际不一样，请改好再报。'],
}

const due = 3 * 24 * 3600000 // what has waited so long goes to the next level

/** How late a matter is that should be done: 今天要办完, 晚了 62 天. */
export function lateWords(since: string | number, present = now()): string {
  const days = dayOf(local(present)) - dayOf(local(new Date(since).getTime() + due))
  return days > 0 ? `晚了 ${days} 天` : '今天要办完'
}

/** What a matter that has risen says: to whom it has left, and to whom it has come, from where. */
export const risenWords = (nearest: boolean, place: string): string => (nearest ? '已报上一级' : `${place}报上来`)

/** That a resident was asked in vain, and when last. */
export const missedWords = (calls: number, at: string): string => `打过 ${calls} 次，没人接，上次是${when(at)}`

type Agreed = Pick<Approval, 'kind' | 'id' | 'title' | 'who'>

/** What was agreed to, with whose it is; many are counted. */
export function agreedTo(matters: Agreed[], records: Record<string, Pick<ServiceRecord, 'minutes'>> = {}): string {
  const [a] = matters
  if (!a || matters.length > 1) return `同意了 ${matters.length} 项`
  const record = records[a.id]
  switch (a.kind) {
    case 'service': return `同意了${a.who}的${record ? ' ' + hoursWords(record.minutes) : '时长'}`
    case 'claim': return `同意了${a.who}认领“${a.title}”`
    case 'membership': return `同意了${a.who}报到`
    case 'wish': return `公布了${a.who}的“${a.title}”`
    default: return `同意了${a.who}的“${a.title}”`
  }
}
