// Hours of who was written down without a phone, joined to the account with which that person comes later, by staff.
import { get } from './http'
import { write } from './writes'
import type { Account, HoursJoin, WrittenDown } from './types'

export const joins = {
  get: (person: string) => get<WrittenDown>(`/volunteers/${person}`),
  /** Whose account it may be. */
  accounts: (person: string, words: string) => get<{ items: Account[] }>(`/volunteers/${person}/accounts`, { words }),
  join: (person: string, userId: string, reason: string) =>
    write<HoursJoin>({
      slot: `join/${person}`, label: '时长合并', method: 'POST', path: `/volunteers/${person}/joins`, body: { userId, reason },
    }),
  undo: (id: string, reason: string) =>
    write<HoursJoin>({ slot: `join/${id}/undo`, label: '合并的撤销', method: 'POST', path: `/joins/${id}/undo`, body: { reason } }),
}
