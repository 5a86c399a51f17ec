// The words of brands: where one stands, and what was done in a year.
import { now } from '@/services/clock'
import type { Brand, BrandStatus, BrandYear } from '@/services/types'
import { day, type Word } from '.'

export const brandWords: Record<BrandStatus, Word> = {
  proposed: { text: '等另一边答应', family: 'wait' },
  active: { text: '在办', family: 'work' },
  asleep: { text: '歇着', family: 'rest' },
  stopped: { text: '不办了', family: 'rest' },
}

/** Where a brand stands: one that is awake may be due for a renewal, or be voted about. */
export function brandWord(b: Pick<Brand, 'status' | 'renewFrom' | 'voteUntil'>, present = now()): Word {
  if (b.voteUntil && present < Date.parse(b.voteUntil)) return { text: '居民在投票', family: 'reply' }
  if (b.status === 'active' && b.renewFrom && present >= Date.parse(b.renewFrom)) return { text: '该续了', family: 'reply' }
  return brandWords[b.status]
}

/** Until when its year goes on, and what happens then. */
export function yearWords(b: Brand): string {
  if (b.status === 'asleep') return '一年到了没有续。居民投票认可，就接着办。'
  if (b.status !== 'active' || !b.dueAt) return ''
  return `这一年到 ${day(b.dueAt)}，居民投票认可才再续一年。`
}

/** What was done in a year, as it was counted; nothing of what nobody did. */
export function doneWords(y: BrandYear): string[] {
  const all: [number, string][] = [
    [y.projects, `居民认可的项目 ${y.projects} 个`], [y.hours, `这几家单位的人来服务 ${y.hours} 小时`], [y.bookings, `居民用这几家单位的地方 ${y.bookings} 次`],
  ]
  return all.filter(([n]) => n > 0).map(([, text]) => text)
}
