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
    absent: !e.suggestedMinutes, open: e.missingCheckOut, unsure: e.needsNaming, sure: false, reason: '',
  }))

/** Whether the server will want to know why. */
export const needsReason = (s: Said): boolean => (s.absent ? s.suggested > 0 : s.minutes > s.suggested)

/** Whether the person gets hours. */
export const counts = (s: Said): boolean => !s.absent && s.minutes > 0 && (!s.unsure || s.sure)

/** Whether the person was there, but the leader has not said so yet. */
export const undecided = (s: Said): boolean => !s.absent && s.unsure && !s.sure

/** Only what differs from the check-ins, and whom the leader vouches for. */
export function toSend(all: Said[]): Attendee[] {
  return all
    .filter((s) => s.absent ? s.suggested > 0 : s.unsure ? s.sure : s.minutes !== s.suggested)
    .map((s) => ({
      userId: s.userId, ...(s.absent ? { absent: true } : { minutes: s.minutes }), reason: s.reason.trim() || undefined,
    }))
}
