// What waits for staff, by its kind: what it is called, where it is decided, and how.
import { to, type Lead } from './messageLinks'
import type { Approval, ApprovalKind, Decision } from './types'
import { readyReasons } from '@/words/approvals'
import type { Icon } from '@/words/icons'

type Matter = Pick<Approval, 'id' | 'wishId' | 'unseenAt'>

interface Kind {
  name: string // of many of them
  waits: string // of one, to somebody who reads it and may not decide it
  /** The page on which it is looked at and decided. */
  page: (m: Matter) => Lead
  /** The page on which somebody reads it who may not decide it, where that is another. */
  reads?: (m: Matter) => Lead
  /** What yes and no are called, the path of one of them, and reasons that are ready for a no. */
  batch?: { yes: Decision; no: Decision; path: string; ready: string[] }
  /** Why it is decided on its own page alone. */
  alone?: { icon: Icon; why: string }
}

const wish = (m: Matter) => to('wish', m.wishId ?? m.id)

export const taskKinds: Record<ApprovalKind, Kind> = {
  wish: {
    name: '心愿', waits: '心愿要核实', page: wish,
    batch: { yes: 'publish', no: 'reject', path: 'wishes', ready: readyReasons.wish },
  },
  claim: {
    name: '认领', waits: '认领要同意', page: wish,
    batch: { yes: 'approve', no: 'decline', path: 'claims', ready: readyReasons.claim },
  },
  membership: {
    name: '报到', waits: '报到要审核', page: (m) => to('reportin', m.id),
    batch: { yes: 'approve', no: 'reject', path: 'memberships', ready: readyReasons.membership },
  },
  dispute: { name: '争议', waits: '两边说法不一样', page: wish, alone: { icon: 'people', why: '两边说法不一样' } },
  callback: {
    name: '回访', waits: '要回访居民', page: (m) => ({ page: 'confirm', query: { id: m.id, asked: '1' } }), reads: wish,
    alone: { icon: 'phone', why: '要问过居民' },
  },
  complaint: {
    name: '投诉建议', waits: '投诉建议要答复', page: (m) => to('complaint', m.id), alone: { icon: 'edit', why: '要写答复' },
  },
  need: { name: '居民说的事', waits: '居民说的事要办', page: (m) => to('need', m.id), alone: { icon: 'talk', why: '要看清是什么事' } },
  assignment: { name: '派出的单子', waits: '派出的单子要核', page: (m) => to('order', m.id), alone: { icon: 'eye', why: '要去看过' } },
  project: { name: '项目', waits: '项目要定', page: (m) => to('project', m.id), alone: { icon: 'hands', why: '要看清走到哪一步' } },
  brand: { name: '品牌', waits: '品牌要定', page: (m) => to('brand', m.id), alone: { icon: 'people', why: '要看清这一年办了什么' } },
  admission: { name: '准入', waits: '部门申请准入', page: (m) => to('admission', m.id), alone: { icon: 'scales', why: '要看清要社区做什么' } },
  service: {
    name: '核实时长', waits: '时长要核实', page: (m) => (m.unseenAt ? to('unseen', m.unseenAt) : to('servicecheck', m.id)),
    batch: { yes: 'confirm', no: 'reject', path: 'service-records', ready: readyReasons.service },
  },
  objection: {
    name: '时长异议', waits: '时长异议要答复', page: (m) => to('objection', m.id), alone: { icon: 'talk', why: '要问过在场的人' },
  },
  case: { name: '内容核对', waits: '有内容要核对', page: (m) => to('case', m.id), alone: { icon: 'eye', why: '要看过原文' } },
}
