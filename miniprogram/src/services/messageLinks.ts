// What a message is about, and where it leads.
import type { Place } from './go'
import type { Message, Todo } from './types'
import type { Icon } from '@/words/icons'

export interface Lead {
  page: Place
  query?: Record<string, string>
}

export interface Topic {
  name: string
  icon: Icon
}

/** Names the page of one thing. */
export const to = (page: Place, id: string): Lead => ({ page, query: { id } })

interface Subject extends Topic {
  /** The page of it, as the reader of the message deals with it. */
  lead: (m: Message, id: string) => Lead
  /** What a turn of it is called on the home page, where not as everywhere. */
  todos?: Partial<Record<Todo['turn'], (t: Todo) => Called>>
}
interface Called { icon: Icon; title: string; text: string; page: Place }

/** The fields of a message that say what it is about. */
type About = Extract<keyof Message, `${string}Id`>

/**
 * What messages are about, with what lies within another before it: a message about a claim names its wish, too.
 */
const subjects: Record<About, Subject> = {
  assignmentId: {
    name: '单子', icon: 'list', lead: (_, id) => to('order', id),
    todos: {
      fulfil: (t) => ({ icon: 'wrench', title: '在办：' + t.title, text: `${t.who}等您说一声办得怎么样`, page: 'order' }),
      confirm: (t) => ({ icon: 'eye', title: '说办完了：' + t.title, text: `${t.who}办过了，您看办好了没有`, page: 'order' }),
    },
  },
  needId: {
    name: '说的事', icon: 'talk', lead: (_, id) => to('need', id),
    todos: { confirm: (t) => ({ icon: 'talk', title: '请您说一声：' + t.title, text: '他们答复了，您看解决了没有', page: 'need' }) },
  },
  visitId: { name: '夜访', icon: 'talk', lead: (_, id) => to('visit', id) },
  offerId: { name: '开放的地方', icon: 'pin', lead: (_, id) => to('offer', id) },
  projectId: { name: '项目', icon: 'hands', lead: (_, id) => to('project', id) },
  brandId: { name: '品牌', icon: 'people', lead: (_, id) => to('brand', id) },
  agreementId: { name: '共建协议', icon: 'hands', lead: (_, id) => to('pact', id) },
  bookingId: { name: '预约', icon: 'calendar', lead: (_, id) => to('booking', id) },
  admissionId: { name: '准入', icon: 'scales', lead: (_, id) => to('admission', id) },
  complaintId: { name: '投诉建议', icon: 'talk', lead: (_, id) => to('complaint', id) },
  objectionId: { name: '异议', icon: 'scales', lead: (_, id) => to('objection', id) },
  caseId: { name: '内容核对', icon: 'eye', lead: (m, id) => (m.part === 'decider' ? to('case', id) : { page: 'mine' }) },
  claimId: { name: '认领', icon: 'hands', lead: (m) => to('wish', m.wishId!) },
  wishId: { name: '心愿', icon: 'wish', lead: (_, id) => to('wish', id) },
  recordId: { name: '服务时长', icon: 'clock', lead: (m, id) => to(m.part === 'volunteer' ? 'record' : 'servicecheck', id) },
  joinId: { name: '服务时长', icon: 'clock', lead: () => ({ page: 'records' }) },
  signupId: { name: '活动', icon: 'calendar', lead: (m) => to(m.part === 'leader' ? 'roll' : 'activity', m.activityId!) },
  activityId: { name: '活动', icon: 'calendar', lead: (_, id) => to('activity', id) },
  teamMemberId: { name: '志愿队', icon: 'people', lead: (m) => to(m.part === 'leader' ? 'manage' : 'team', m.teamId!) },
  teamId: { name: '志愿队', icon: 'people', lead: (_, id) => to('team', id) },
  certificateId: { name: '服务证明', icon: 'book', lead: () => ({ page: 'certificates' }) },
  membershipId: { name: '报到', icon: 'list', lead: (m, id) => (m.part === 'decider' ? to('reportin', id) : { page: 'report' }) },
}

const about = (m: Message) => (Object.keys(subjects) as About[]).find((field) => m[field])

/** The kind of thing that a message is about, as its row says it: without one, a post that began or ended. */
export function topicOf(m: Message): Topic {
  const field = about(m)
  return field ? subjects[field] : { name: '岗位', icon: 'me' }
}

/** What a turn is called of nouns that have their own words for it. */
export const todoOf = (t: Todo): Called | undefined => subjects[`${t.noun}Id` as About]?.todos?.[t.turn]?.(t)

/** The page of what the message is about; undefined: there is none. */
export function leadOf(m: Message): Lead | undefined {
  const field = about(m)
  return field && subjects[field].lead(m, m[field]!)
}
