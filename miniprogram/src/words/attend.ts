// What comes next for who takes part in an activity, and what their place means.
import { checkInTime, clockWords, early, hoursWords, late } from './service'
import type { Progress } from './progress'
import { moment, unbroken } from '.'
import { now } from '@/services/clock'
import type { Activity, CheckIn } from '@/services/types'

const apart = (clock: string) => (/\d$/.test(clock) ? clock + ' ' : clock) // a number stands apart from the word after it

/** When one may check in and out: 上午 8 点半到上午 11 点半. */
export function openWords(a: Pick<Activity, 'startsAt' | 'endsAt'>): string {
  const [from, to] = [clockWords(Date.parse(a.startsAt) - early), clockWords(Date.parse(a.endsAt) + late)]
  return unbroken(apart(from) + '到' + apart(to))
}

/** How many places are left, and who waits. */
export function placesWords(a: Pick<Activity, 'confirmed' | 'quota' | 'waiting'>): string {
  if (a.confirmed < a.quota) return `还有 ${a.quota - a.confirmed} 个名额，一共 ${a.quota} 个`
  return a.waiting ? `${a.quota} 个名额满了，${a.waiting} 人在候补` : `${a.quota} 个名额满了，可以候补`
}

/** What my place is worth. */
export function placeWords(a: Pick<Activity, 'mySignup' | 'status'>): string {
  const mine = a.mySignup
  if (a.status === 'cancelled') return '活动取消了，您不用来了。'
  if (mine?.status === 'confirmed' && a.status === 'published') return '名额给您留着。'
  const turn = `候补第 ${(mine?.ahead ?? 0) + 1} 位`
  if (mine?.passedFor) return `空出过名额，可您同一时间报了“${mine.passedFor.title}”，就先给了后面的人。您还排在${turn}，取消那一个，再空出来就轮到您。`
  if (mine?.status === 'waitlisted') return `您排在${turn}。有人取消，就轮到您，打开这里就能看到。`
  if (mine?.status === 'absent') return '记的是您没有到。不对的话，请告诉我们。'
  if (mine?.status === 'attended') return '您参加了，谢谢您。'
  return ''
}

/** The progress of an activity for me, as far as I have come. */
export function attendProgress(a: Activity, present = now()): Progress {
  const after = ['走时签退，时长按实际算', '队长确认后记入服务时长']
  if (a.status !== 'published') return { now: '', who: '', then: [] }
  if (present >= Date.parse(a.endsAt) + late) return { now: '等队长确认时长', who: '确认以后，打开这里就能看到', then: [] }
  switch (a.mySignup?.status) {
    case 'confirmed':
      return checkInTime(a, present)
        ? { now: '现在可以签到', who: `${openWords(a)}都可以`, then: after }
        : { now: '到时候来签到', who: `${openWords(a)}都可以`, then: after }
    case 'waitlisted':
      return { now: '等名额', who: '有人取消，按先后补上', then: ['轮到您，打开这里就能看到', ...after] }
    default:
      return { now: '先报名', who: `${moment(a.signupUntil)} 前都可以`, then: ['到了签到', ...after] }
  }
}

/** What has happened so far at the activity: came, went. */
export function visits(all: CheckIn[]): { at: string; text: string; reason?: string }[] {
  const how = { live: '', offline: '（离线，要队长确认）', list: '（队长替您记的）' }
  const away = '（离活动地点远，要队长确认）'
  return all.flatMap((v) => [
    { at: v.inAt, text: '签到了' + (v.far && !v.outAt ? away : how[v.inMode]) },
    ...(v.outAt && v.outMode === 'list' && v.outAt === v.inAt ? [{ at: v.outAt, text: '没有签退' }] : v.outAt ? [{ at: v.outAt, text: `签退了，这次 ${hoursWords(v.minutes)}` + (v.far ? away : how[v.outMode ?? 'live']) }] : []),
  ])
}

/** Who goes before these minutes are over is asked whether they mean it. */
export const soon = 10

/** Whole minutes since one came. */
export const minutesHere = (at: string, present = now()): number => Math.max(0, Math.floor((present - Date.parse(at)) / 60000))

/** What is ahead on the check-in page. */
export function arriveProgress(a: Activity, inside: boolean, done: boolean): Progress {
  const last = '队长确认后记入服务时长'
  if (inside) return { now: '走时点“我要走了”', who: '时长按实际算，别忘了', then: [last] }
  if (done) return { now: '等队长确认', who: '确认以后，打开这里就能看到', then: ['记入服务时长'] }
  return { now: '等您签到', who: `在下面输入 8 位数字，${openWords(a)}都可以`, then: ['走时签退，时长按实际算', last] }
}

/** The digits of a code, which keyboards for Chinese also write as wide as a character. */
export const codeDigits = (text: string): string =>
  text.replace(/[０-９]/g, (d) => String(d.charCodeAt(0) - 0xff10)).replace(/[^0-9]/g, '')
