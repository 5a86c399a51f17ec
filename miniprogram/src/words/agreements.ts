// The words of agreements: what was promised, how much of it was done, and until when. Nobody types that a line is kept.
import { now } from '@/services/clock'
import type { Agreement, AgreementKind, AgreementLine, AgreementStatus } from '@/services/types'
import type { Word } from '.'

export const agreementWords: Record<AgreementStatus, Word> = {
  draft: { text: '草稿', family: 'wait' },
  offered: { text: '等单位同意', family: 'wait' },
  signed: { text: '有效', family: 'work' },
  ended: { text: '已结束', family: 'rest' },
}

/** Where an agreement stands; its year stands beside it. */
export const agreementWord = (a: Pick<Agreement, 'status' | 'inForce'>): Word =>
  a.status === 'signed' && !a.inForce ? { text: '到期了', family: 'rest' } : agreementWords[a.status]

export const promiseNames: Record<AgreementKind, string> = {
  service: '服务', post: '岗位', venue: '场地', resource: '资源', skill: '技术',
}

/** Whether a line of the kind is kept by using what the unit opens, and not by hours. */
export const hasOffer = (kind: AgreementKind): boolean => kind !== 'service' && kind !== 'post'

export const quarterNames = ['3 月底前', '6 月底前', '9 月底前', '12 月底前']

const counted = (l: Pick<AgreementLine, 'kind'>, n: number) => (hasOffer(l.kind) ? `${n} 次` : `${n} 小时`)

/** What is promised: 12 月底前让大家用 6 次. */
export const promised = (l: Pick<AgreementLine, 'kind' | 'quantity' | 'quarter'>): string =>
  `${quarterNames[l.quarter - 1]}${hasOffer(l.kind) ? '用' : '做'}够 ${counted(l, l.quantity)}`

/** How much was done: 已经用过 4 次. */
export const done = (l: Pick<AgreementLine, 'kind' | 'done'>): string =>
  l.done ? `已经${hasOffer(l.kind) ? '用过' : '做了'} ${counted(l, l.done)}` : '还没开始'

/** Where a line stands once both have signed. */
export function lineWord(l: Pick<AgreementLine, 'kind' | 'quantity' | 'done' | 'kept' | 'due'>, present = now()): Word {
  if (l.kept) return { text: '做到了', family: 'done' }
  const owed = `还差 ${counted(l, l.quantity - l.done)}`
  return { text: owed, family: present < Date.parse(l.due) ? 'work' : 'fix' }
}
