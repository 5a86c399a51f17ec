// The words of agreements: what was promised, how much of it was done, and until when. Nobody types that a line is kept.
import { now } from '@/services/clock'
import type { AlliancePage } from '@/services/agreements'
import type { Agreement, AgreementBody, AgreementKind, AgreementLine, AgreementStatus, AllianceMember, ListedAgreement, UsedOffer } from '@/services/types'
import { local, type Word } from '.'

export const agreementWords: Record<AgreementStatus, Word> = {
  draft: { text: '草稿', family: 'wait' },
  offered: { text: '等单位同意', family: 'wait' },
  signed: { text: '有效', family: 'work' },
  ended: { text: '已结束', family: 'rest' },
}

/** As which of the four kinds of bodies of the alliance a side agrees. */
export const bodyNames: Record<AgreementBody, string> = { party: '党组织', self_governing: '自治组织', mass: '群团组织', co_building: '共建组织' }

/** What the kinds are, for who chooses one. */
export const bodyHints: Record<AgreementBody, string> = {
  party: '党委、党总支、党支部', self_governing: '居民委员会、业主委员会', mass: '工会、共青团、妇联', co_building: '机关、学校、医院、企业',
}

/** How many bodies of each kind there are; of a kind without one nothing is said. */
export const sizeWords = (sizes: AlliancePage['sizes']): string[] => ([
  ['party', sizes.party], ['self_governing', sizes.selfGoverning], ['mass', sizes.mass], ['co_building', sizes.coBuilding],
] as const).filter(([, n]) => n).map(([body, n]) => `${bodyNames[body]} ${n} 家`)

/** Since when a body is of the alliance, and how many agreements it has. */
export function sinceWords(m: Pick<AllianceMember, 'since' | 'agreements'>): string {
  const then = local(m.since)
  return `${then.getUTCFullYear()} 年 ${then.getUTCMonth() + 1} 月起，${m.agreements} 份协议`
}

/** What a body's agreements promise: a unit promises it, a community is promised it. */
export const memberWords = (m: Pick<AllianceMember, 'isUnit' | 'promises'>): string =>
  `${m.isUnit ? '答应了' : '单位答应了'} ${m.promises.all} 件，做到 ${m.promises.kept} 件${m.promises.owed ? `，还要做 ${m.promises.owed} 件` : ''}`

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

/** Where a line stands once both have signed; with the end of its agreement nothing is owed any more. */
export function lineWord(l: Pick<AgreementLine, 'kind' | 'quantity' | 'done' | 'kept' | 'due'>, ended = false, present = now()): Word {
  if (l.kept) return { text: '做到了', family: 'done' }
  const owed = `还差 ${counted(l, l.quantity - l.done)}`
  if (ended) return { text: '没做完就结束了', family: 'rest' }
  return { text: owed, family: present < Date.parse(l.due) ? 'work' : 'fix' }
}

export interface UnitLine { key: string; agreementId: string; nodeName: string; ended: boolean; line: AgreementLine }

/** The lines of a unit's agreements: those still to be done first, the first due before the others, then what was done. */
export function linesOf(all: ListedAgreement[]): { name: string; lines: UnitLine[] }[] {
  const lines = all.flatMap(({ agreement: a, lines }) => lines.map((line, i) => (
    { key: `${a.id}/${i}`, agreementId: a.id, nodeName: a.nodeName, ended: a.status === 'ended', line })))
  const owed = lines.filter((l) => !l.line.kept && !l.ended).sort((a, b) => Date.parse(a.line.due) - Date.parse(b.line.due))
  return [
    { name: '还要做的', lines: owed }, { name: '做到了的', lines: lines.filter((l) => l.line.kept) },
    { name: '没做完就结束的', lines: lines.filter((l) => !l.line.kept && l.ended) },
  ].filter((part) => part.lines.length)
}

/** How much of what a unit opens was used in a year: 用过 4 次，8 人次. */
export const usedWords = (o: Pick<UsedOffer, 'used' | 'people' | 'status'>): string =>
  (o.status === 'paused' ? '暂停，' : o.status === 'closed' ? '不再开放，' : '') + (o.used ? `用过 ${o.used} 次，${o.people} 人次` : '还没有人用过')
