// The words of projects: where one stands, and how people voted.
import type { Ballot, BallotChoice, Project, ProjectStatus } from '@/services/types'
import { date, type Word } from '.'

export const projectWords: Record<ProjectStatus, Word> = {
  proposed: { text: '等社区看', family: 'wait' },
  open: { text: '等单位来认', family: 'open' },
  matched: { text: '有单位了', family: 'work' },
  running: { text: '在办', family: 'work' },
  delivered: { text: '等居民看', family: 'reply' },
  accepted: { text: '居民认可', family: 'done' },
  rejected: { text: '没有通过', family: 'rest' },
  stopped: { text: '停了', family: 'fix' },
  expired: { text: '没人认，已放回', family: 'rest' },
}

/** Where a project stands, with the step that it is at: 在办（第 2 步，共 4 步）. */
export const projectWord = (p: Pick<Project, 'status' | 'steps' | 'done'>): Word =>
  p.status === 'running' && p.done < p.steps ? { text: `在办（第 ${p.done + 1} 步，共 ${p.steps} 步）`, family: 'work' } : projectWords[p.status]

export const choiceNames: Record<BallotChoice, string> = { yes: '认可', no: '不认可' }

/** How a vote stands, to everybody: nothing of it is told before it is counted. */
export function voteWords(b: Ballot): string {
  if (!b.countedAt) return `${date(b.closesAt)}截止，${b.onRoll} 个人可以投。截止以前谁也看不到票数。`
  if (b.yes === undefined || b.no === undefined) return '投票的不到 5 个人，不算数。'
  return `认可 ${b.yes} 人，不认可 ${b.no} 人。`
}
