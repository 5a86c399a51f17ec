// The words of what people write before others see it.
import type { CaseKind, CaseStatus, ReportReason } from '@/services/types'
import type { Place } from '@/services/go'
import type { Word } from '.'

export const caseWords: Record<CaseStatus, Word> = {
  open: { text: '等核对', family: 'wait' },
  kept: { text: '通过了', family: 'done' },
  blurred: { text: '打了马赛克', family: 'rest' },
  removed: { text: '隐去了', family: 'rest' },
  replaced: { text: '本人改过了', family: 'rest' },
}

/** Where a text stands, as staff reads it: 活动的名称. */
const places: Record<string, string> = {
  'user.display_name': '称呼', 'team.name': '队名', 'team.intro': '队伍介绍', 'activity.title': '活动名称',
  'activity.description': '活动内容', 'activity.place_name': '活动地点', 'activity.skills': '技能要求', 'activity.health': '健康要求',
  'wish.title': '心愿', 'wish.description': '心愿的说明', 'claim.delivery_note': '办理情况', 'claim.comment': '评价',
  'complaint.text': '投诉建议', 'objection.text': '异议', 'service_record.title': '服务内容', 'service_record.note': '服务说明',
  'record.title': '服务内容', 'record.note': '服务说明', 'signup.attendance': '时长不同的理由', 'contact_read.reason': '看联系方式的理由',
  'need.text': '居民说的事', 'need.place': '这件事的地点', 'assignment.what': '请办的事', 'assignment.clause': '依据的条目', 'admission.what': '请社区做的事',
  'visit.place': '夜访地点', 'visit.subject': '夜访想听的事', 'visit.with_whom': '和谁聊的', 'visit.promise': '答应的话',
  'brand.name': '品牌名称', 'brand.text': '品牌做什么', 'brand.for_whom': '品牌为谁做',
  'project.title': '项目名称', 'project.text': '项目要做什么', 'project.milestone': '项目的一步',
  'agreement.line': '协议里答应的事', 'offer.name': '开放的地方', 'offer.place': '开放的地点', 'offer.rule': '地方的规定', 'offer.matter': '窗口能办的事', 'booking.purpose': '预约的用途', 'booking.guest': '预约人的称呼',
  'booking.instead': '改到哪里',
}

/** Promises of one visit have a number each, as sentences of an offer have. */
export const placeOf = (noun: string, field?: string): string => places[`${noun}.${(field ?? '').replace(/^(promise|rule|matter|line|milestone)_\d+$/, '$1')}`] ?? '理由'

/** The page on which a text of mine stands. */
export const standsOn: Partial<Record<string, Place>> = {
  user: 'mine', wish: 'wish', activity: 'activity', team: 'team', complaint: 'complaint', need: 'need', service_record: 'record',
  assignment: 'order', admission: 'admission', visit: 'visit', offer: 'offer',
  booking: 'booking', agreement: 'pact', project: 'project', brand: 'brand',
}

/** What my text waits for: a person who looks at it, or a check that takes a moment. */
export const checkWords = (waiting: boolean): Word => (waiting ? { text: '社区在看', family: 'wait' } : { text: '正在核对', family: 'work' })

/** What staff decides about, in a few words: 写的称呼. */
export const whatOf = (c: { kind: CaseKind; noun: string; field?: string }): string =>
  c.kind === 'picture' ? '发的图片' : c.kind === 'report' ? `发的${reportable[c.noun] ?? '内容'}` : `写的${placeOf(c.noun, c.field)}`

const reportable: Record<string, string> = { wish: '心愿', claim: '评价', activity: '活动', team: '志愿队', need: '居民说的事' }

export const reportReasons: [ReportReason, string][] = [
  ['fraud', '骗人的'], ['ads', '广告'], ['gambling', '赌博'], ['porn', '色情低俗'], ['politics', '时政有害'], ['abuse', '骂人、欺负人'],
  ['privacy', '泄露隐私'], ['other', '别的'],
]
