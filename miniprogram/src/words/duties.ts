// The words of the duty list and of admissions.
import type { Admission, AdmissionStatus, Duty } from '@/services/types'
import { date, type Word } from '.'

export const admissionWords: Record<AdmissionStatus, Word> = {
  asked: { text: '等县里定', family: 'wait' },
  admitted: { text: '准了', family: 'done' },
  refused: { text: '没准', family: 'fix' },
  lapsed: { text: '到期没定，按没准算', family: 'fix' },
  withdrawn: { text: '已撤回', family: 'rest' },
  ended: { text: '结束', family: 'rest' },
}

/** The last day of an admission, which ends with it. */
export const lastDay = (a: Pick<Admission, 'until'>): string => date(new Date(Date.parse(a.until) - 1).toISOString())

/** Where an admission stands: 准了（到 10 月 31 日）. */
export const admissionWord = (a: Pick<Admission, 'status' | 'until'>): Word =>
  a.status === 'admitted' ? { text: `准了，到 ${lastDay(a)}`, family: 'done' } : admissionWords[a.status]

/** What the department gives for it: 给 2 人、3000 元. */
export function gives(a: Pick<Admission, 'helpers' | 'money'>): string {
  const all = [a.helpers ? `${a.helpers} 人` : '', a.money ? `${a.money} 元` : ''].filter((x) => x)
  return all.length ? `给 ${all.join('、')}` : '不给人，也不给钱'
}

/** Who does it by the list: 占道经营 → 县城管局牵头. */
export const leads = (d: Pick<Duty, 'kind' | 'leadName'>): string => (d.leadName ? `${d.leadName}牵头，街道配合` : '街道自己办')
