// The words of needs and of what bodies owe for them.
import type {
  Assignment, AssignmentStatus, Need, NeedCategory, NeedRejection, NeedResult, NeedStatus, TermCode,
} from '@/services/types'
import type { Icon } from './icons'
import { now } from '@/services/clock'
import { date, dayOf, local, moment, type Word } from '.'

/** A term of days is over with its last day, one of hours with its hour. */
const byHour = (term: TermCode) => term === 'urgent' || term === 'utility'
const isToday = (at: string) => dayOf(local(at)) === dayOf(local(now()))

/** Until when, as one says it: the day, or the hour of what may take hours. */
export const dueWords = (x: { term: TermCode; dueAt: string }): string => (byHour(x.term) ? `${moment(x.dueAt)} ` : date(x.dueAt))

/** What is due today says so; what is over by a day, or by an hour where hours count, is late. */
function dueWord(x: { term: TermCode; dueAt: string; late?: boolean }): Word | undefined {
  if (x.late && (byHour(x.term) || !isToday(x.dueAt))) return { text: '超过时间了', family: 'fix' }
  return isToday(x.dueAt) ? { text: '今天到期', family: 'wait' } : undefined
}

export const needWords: Record<NeedStatus, Word> = {
  submitted: { text: '等社区看', family: 'wait' },
  handling: { text: '在办', family: 'work' },
  waiting: { text: '要等一等', family: 'wait' },
  answered: { text: '等您说一声', family: 'reply' },
  closed: { text: '办好了', family: 'done' },
  unsolved: { text: '暂时办不了', family: 'fix' },
  rejected: { text: '不在这里办', family: 'fix' },
  merged: { text: '并到同一件', family: 'rest' },
  withdrawn: { text: '已撤回', family: 'rest' },
  handed: { text: '转成微心愿了', family: 'done' },
}

/** Where a need stands as its reader is told: who closed it without being content is not told that it is done. */
export function needWord(n: Pick<Need, 'status' | 'solved' | 'mine' | 'late' | 'term' | 'dueAt'>): Word {
  if (n.status === 'closed' && n.solved !== 'yes') {
    const text = n.solved === 'partly' ? '办好一部分' : n.solved === 'unknown' ? '没联系上' : '没有解决'
    return { text, family: 'rest' }
  }
  if (n.status === 'answered' && !n.mine) return { text: '等居民说一声', family: 'reply' }
  if (n.status === 'submitted' && n.late) return { text: '等得太久', family: 'fix' }
  return (n.status === 'handling' && dueWord(n)) || needWords[n.status]
}

export const assignmentWords: Record<AssignmentStatus, Word> = {
  sent: { text: '等对方接', family: 'wait' },
  working: { text: '在办', family: 'work' },
  reported: { text: '说办完了，等核', family: 'reply' },
  verified: { text: '核过了', family: 'done' },
  refused: { text: '退回来了', family: 'fix' },
  cancelled: { text: '已撤回', family: 'rest' },
}

export const assignmentWord = (a: Pick<Assignment, 'status' | 'late' | 'term' | 'dueAt'>): Word =>
  ((a.status === 'sent' || a.status === 'working') && dueWord(a)) || assignmentWords[a.status]

export const categories: { code: NeedCategory; name: string; icon: Icon }[] = [
  { code: 'housing', name: '房屋物业', icon: 'home' }, { code: 'utilities', name: '水电气暖', icon: 'wrench' },
  { code: 'roads', name: '道路环境', icon: 'pin' }, { code: 'neighbours', name: '噪声邻里', icon: 'people' },
  { code: 'parking', name: '停车消防', icon: 'shield' }, { code: 'procedures', name: '办事政策', icon: 'book' },
  { code: 'care', name: '老幼照护', icon: 'heart' }, { code: 'business', name: '商圈企业', icon: 'bag' },
]
export const categoryName = (code: NeedCategory): string => categories.find((c) => c.code === code)!.name

export const rejections: { code: NeedRejection; name: string }[] = [
  { code: 'not_ours', name: '不归政府和社区管' }, { code: 'legal', name: '要走法律途径' },
  { code: 'pending', name: '正在信访或诉讼' }, { code: 'duplicate', name: '重复了' },
  { code: 'unclear', name: '没说清，又联系不上' }, { code: 'unlawful', name: '要求违法' },
]
export const rejectionName = (code: NeedRejection): string => rejections.find((r) => r.code === code)!.name

export const terms: { code: TermCode; name: string; text: string }[] = [
  { code: 'urgent', name: '马上办', text: '2 小时' }, { code: 'utility', name: '水电气暖', text: '24 小时' },
  { code: 'ordinary', name: '一般的事', text: '7 天' }, { code: 'complex', name: '复杂的事', text: '15 天' },
]

export const resultNames: Record<NeedResult, string> = { solved: '解决了', partly: '解决了一部分', explained: '说明了情况' }

/** Until when it is done, as its owner reads it: 王*在办，3 月 18 日前. */
export function untilWords(n: Pick<Need, 'status' | 'handlerLabel' | 'term' | 'dueAt' | 'acceptBy' | 'reviewAt' | 'deskName'>): string {
  switch (n.status) {
    case 'submitted': return `${n.deskName}先看，最晚 ${date(n.acceptBy)}给您回话`
    case 'handling': return `${n.handlerLabel ? n.handlerLabel + '在办' : n.deskName + '接着办'}，${dueWords(n)}前`
    case 'waiting': return `${date(n.reviewAt!)}再看`
    case 'unsolved': return `${date(n.reviewAt!)}再看能不能办`
    default: return ''
  }
}

/** Who needs care is not shown to neighbours, unless whoever says it wants that. */
export const isHidden = (said: { category: NeedCategory | ''; private?: boolean }): boolean => said.private ?? said.category === 'care'

/** What is said where that is ticked before anybody chose it; empty: somebody has, or it is not. */
export const hiddenWords = (said: { category: NeedCategory | ''; private?: boolean }): string =>
  said.private === undefined && isHidden(said) ? '老幼照护的事先选了不公开，想公开就点掉。' : ''
