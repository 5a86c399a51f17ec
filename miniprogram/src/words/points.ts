// How many points and why, in one sentence.
import type { PointEntry } from '@/services/types'

/** 2 小时 20 分，每满 1 小时记 1 分，不满 1 小时不计: the hours, the rule and how it rounds; shares and caps where they count. */
export function pointWords(e: Pick<PointEntry, 'kind' | 'amount' | 'rule'>): string {
  const { rule, amount } = e
  if (rule.text && rule.event === 'wish_fulfilled') return rule.text // an objection was upheld
  if (e.kind === 'correct') return rule.event === 'wish_fulfilled' ? '确认撤销了，这一笔收回' : '更正以前记错的一笔'
  const share = rule.share ?? rule.promised
  const what = rule.text ?? (rule.promised ? `圆了一个心愿，记 ${rule.promised} 分` : '圆了一个心愿')
  const parts = [what]
  if (rule.promised && share !== undefined && share < rule.promised) parts.push(`一起办的平分，您这一份 ${share} 分`)
  if (share !== undefined && amount < share) parts.push('已到积分上限')
  return parts.join('；')
}
