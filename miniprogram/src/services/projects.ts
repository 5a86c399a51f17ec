// Projects (微项目): what units do for many people, and the votes of those whom it is for.
import { get } from './http'
import { person } from './me'
import { write } from './writes'
import type { Ballot, BallotChoice, BallotPlace, Page, Project, ProjectDetail, ProjectPlan, ProjectScope, ProjectStatus } from './types'

export interface Idea {
  nodeId: string
  unitId?: string // for which it is proposed
  title: string
  text: string
  forAll?: boolean
  needIds?: string[]
  brandId?: string // to which it belongs
}

export const projects = {
  create: (idea: Idea) => write<Project>({ slot: 'project', label: '您提的项目', method: 'POST', path: '/projects', body: { ...idea } }),
  list: (scope: ProjectScope, by: { status?: ProjectStatus; nodeId?: string; unitId?: string; brandId?: string } = {}, cursor?: string) =>
    get<Page<Project>>('/projects', { scope, ...by, cursor }),
  get: (id: string) => get<ProjectDetail>(`/projects/${id}`),
  review: (id: string, decision: 'publish' | 'reject', reason?: string) =>
    write<Project>({ slot: `project/review/${id}`, label: '您的决定', method: 'POST', path: `/projects/${id}/review`, body: { decision, reason } }),
  claim: (id: string, unitId: string, helps?: boolean) =>
    write<Project>({ slot: `project/claim/${id}`, label: '认项目', method: 'POST', path: `/projects/${id}/claims`, body: { unitId, helps } }),
  release: (id: string, reason: string, unitId?: string) =>
    write<Project>({ slot: `project/release/${id}`, label: '放回项目', method: 'POST', path: `/projects/${id}/release`, body: { reason, unitId } }),
  start: (id: string, milestones: ProjectPlan[]) =>
    write<Project>({ slot: `project/start/${id}`, label: '项目的几步', method: 'POST', path: `/projects/${id}/start`, body: { milestones } }),
  report: (id: string, position: number) =>
    write<Project>({ slot: `project/step/${id}/${position}`, label: '办好的一步', method: 'POST', path: `/projects/${id}/milestones/${position}/report` }),
  deliver: (id: string) => write<Project>({ slot: `project/deliver/${id}`, label: '办完了', method: 'POST', path: `/projects/${id}/delivery` }),
  open: (id: string) => write<Project>({ slot: `project/ballot/${id}`, label: '请居民投票', method: 'POST', path: `/projects/${id}/ballots` }),
  giveBack: (id: string, reason: string) =>
    write<Project>({ slot: `project/return/${id}`, label: '还要办什么', method: 'POST', path: `/projects/${id}/return`, body: { reason } }),
  accept: (id: string) => write<Project>({ slot: `project/accept/${id}`, label: '按投票认可', method: 'POST', path: `/projects/${id}/acceptance` }),
  undo: (id: string, reason: string) =>
    write<Project>({ slot: `project/undo/${id}`, label: '撤回认可', method: 'POST', path: `/projects/${id}/undo`, body: { reason } }),
  stop: (id: string, reason: string) =>
    write<Project>({ slot: `project/stop/${id}`, label: '停下项目', method: 'POST', path: `/projects/${id}/stop`, body: { reason } }),
}

export const ballots = {
  /** Once: the same sent again is the same. */
  vote: (id: string, choice: BallotChoice) =>
    write<Ballot>({ slot: `ballot/${id}`, label: '您的一票', method: 'POST', path: `/ballots/${id}/voices`, body: { choice } }),
  enter: (id: string, userId: string, choice: BallotChoice) =>
    write<Ballot>({ slot: `ballot/${id}/${userId}`, label: '纸上的一票', method: 'POST', path: `/ballots/${id}/papers`, body: { userId, choice } }),
  roll: (id: string, cursor?: string) => get<Page<BallotPlace>>(`/ballots/${id}/roll`, { cursor, limit: 50 }),
}

/** The unit for which I speak. */
export const myUnit = (): string | undefined => person.me?.roles.find((r) => r.role === 'unit_liaison' || r.role === 'responder')?.nodeId
