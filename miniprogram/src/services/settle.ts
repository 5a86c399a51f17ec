// What a leader says about who served how long, beside what the check-ins say.
import type { RollEntry } from './types'

export interface Said {
  userId: string
  name: string
  minutes: number // as the leader says
  suggested: number // as the check-ins say
  absent: boolean
  open: boolean // did not check out: suggested to the end
  unsure: boolean // not checked out, or sent later: counts only when the leader confirms the person
  seen: boolean // checked in at the place, and not only later
  sure: boolean // the leader has seen the person
  reason: string
}

export interface Attendee {
  userId: string
  minutes?: number
  absent?: boolean
  reason?: string
}

/** How a settlement begins: what the check-ins say; who came to nobody's eyes is absent. */
export const began = (roll: RollEntry[]): Said[] =>
  roll.filter((e) => e.status === 'confirmed').map((e) => ({
    userId: e.userId, name: e.displayName, minutes: e.suggestedMinutes, suggested: e.suggestedMinutes,
    absent: !e.suggestedMinutes, open: e.missingCheckOut, unsure: e.needsNaming,
    seen: e.checkIns.some((c) => c.inMode !== 'offline'), sure: false, reason: '',
  }))

/** Whether the server will want to know why. */
export const needsReason = (s: Said): boolean => (s.absent ? s.suggested > 0 : s.minutes > s.suggested)

/** Whether the person gets hours. */
export const counts = (s: Said): boolean => !s.absent && s.minutes > 0 && (!s.unsure || s.sure)

/** Whether the person was there, but the leader has not said so yet. */
export const undecided = (s: Said): boolean => !s.absent && s.unsure && !s.sure

/** What the leader still has to say of the person, if anything. */
export function lacks(s: Said): string | undefined {
  if (needsReason(s) && !s.reason.trim()) return '和签到不一样，请写一句为什么。'
  return s.seen && undecided(s) ? `${s.open ? '没有签退' : '签到还不能算'}：请打勾，或者选“没有到”。` : undefined
}

/** Only what differs from the check-ins, and whom the leader vouches for. */
export function toSend(all: Said[]): Attendee[] {
  return all
    .filter((s) => s.absent ? s.suggested > 0 : s.unsure ? s.sure : s.minutes !== s.suggested)
    .map((s) => ({
      userId: s.userId, ...(s.absent ? { absent: true } : { minutes: s.minutes }), reason: s.reason.trim() || undefined,
    }))
}
