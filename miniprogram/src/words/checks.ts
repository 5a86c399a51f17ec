// Why hours are looked at, and whose records are unusual, as staff read it.
import type { Approval, ServiceRecord, ServiceRecorder, YesRecorder } from '@/services/types'
import { hoursWords } from './service'

/** Why a matter is looked at before it is decided, and not with others. */
export const cautions: Record<NonNullable<Approval['oneByOne']>, string> = {
  sensitive: '涉及隐私，打开看过再定', unseen: '没有手机，看着名字一起核实', sample: '抽查到这一条，打开看过再定', long_report: '自己报的时间长，打开看过再定',
  same_name: '同单位已经有人用这个名字报到',
  flagged: '有文字没有通过核对',
}

/** The same as short as a row has room for. */
export const cautionMarks: typeof cautions = { sensitive: '涉及隐私', unseen: '看着名字一起核实', sample: '抽查', long_report: '自己报的时间长', same_name: '同单位有同名', flagged: '文字要看' }

type Reviewed = Pick<ServiceRecord, 'due' | 'reviews' | 'sample' | 'offline' | 'own' | 'unseen' | 'source'>

/** Why a record is looked at, the weightiest first. */
export function whys(r: Reviewed): string[] {
  const byHours = r.due - (r.sample ? 1 : 0)
  const all: string[] = []
  if (byHours > 2) all.push('这一天超过 12 小时')
  else if (byHours > 1) all.push('这一天超过 8 小时')
  if (r.own) all.push('队长自己的时长，要别人确认')
  if (r.unseen) all.push('没有手机，只有队长见过')
  if (r.sample) all.push('抽查到这一条')
  if (r.offline) all.push('签到是离线补的')
  if (r.source === 'self') all.push('自己报的')
  return all
}

const counted = ['', '一', '两', '三', '四']

/** How many people have to look, where one is not enough. */
export const looks = (r: Reviewed): string =>
  r.due > 1 ? `要${counted[r.due] ?? ` ${r.due} `}级看过才记入${r.reviews ? `，已经看过${counted[r.reviews] ?? ` ${r.reviews} `}次` : ''}` : ''

/** What is unusual about somebody's records: what was counted, and no more. */
export function unusual(r: ServiceRecorder): string[] {
  const said: Record<ServiceRecorder['signs'][number], string> = {
    many_hours: `一个人记下的时长，比别人多得多`,
    always_full: `常记满：${r.records} 条里有 ${r.fullLength} 条和活动一样长`,
    mostly_unseen: `别人没见过的人多：记了时长的 ${r.credited} 个人里，有 ${r.unseen} 个没有手机，也没有当场签到`,
    entered_late: `事后补记：${r.records} 条里有 ${r.late} 条`,
  }
  return r.signs.map((s) => said[s])
}

export const recorded = (r: ServiceRecorder): string => `给 ${r.people} 个人记了 ${r.records} 条，共 ${hoursWords(r.minutes)}`

/** The button under people who are decided about together. */
export function decisionWords(yes: number, no: number): string {
  if (!no) return `同意记 ${yes} 人`
  return yes ? `记 ${yes} 人，不记 ${no} 人` : `${no} 人都不记`
}

/** What is unusual about the answers that somebody wrote down for residents. */
export function unusualYeses(r: YesRecorder): string[] {
  const said: Record<YesRecorder['signs'][number], string> = {
    denied: `再问不一样：再问过 ${r.checked} 件，${r.denied} 件不作数`,
    one_claimant: `多是同一位党员：${r.yeses} 件里有 ${r.most} 件`,
    by_phone: `多是打电话问的：${r.yeses} 件里有 ${r.byPhone} 件`,
  }
  return r.signs.map((s) => said[s])
}

export const recordedYeses = (r: YesRecorder): string => `替居民记了 ${r.yeses} 件“办好了”，是 ${r.claimants} 位党员办的`
