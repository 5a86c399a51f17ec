// What is kept of me: to read, to take along, to delete; on which phones I am logged in; what I agreed to.
import { openContract } from '@/platform'
import { call, callAsIs, forgetSession, get, Refused, show } from './http'
import { forgetPerson } from './me'
import type { Consents, Document, LoggedIn, Policies } from './types'

export const own = {
  /** Shows all that is kept as a table. */
  read: () => show('/me/export?format=xlsx', 'xlsx'),
  /** Takes all of it along, with the pictures. */
  take: () => show('/me/export?format=zip', 'zip'),
  sessions: async () => (await get<{ items: LoggedIn[] }>('/me/sessions')).items,
  endSession: (id: string) => call<void>('DELETE', `/me/sessions/${id}`),
  endOthers: () => call<void>('DELETE', '/me/sessions'),
  /** What I have to hand over before I can go. */
  duties: () => get<{ teams: string[]; places: string[] }>('/me/deletion'),
  policies: () => get<Policies>('/policies'),
  consents: () => get<Consents>('/me/consents'),
  agree: (document: Document, version: string) => call<void>('POST', '/me/consents', { document, version }),
}

/** Deletes the account. A session that is dead was ended by the first try, whose answer was lost. */
export async function deleteAccount(): Promise<void> {
  try {
    await callAsIs<void>('DELETE', '/me')
  } catch (e) {
    if (!(e instanceof Refused) || e.status !== 401) throw e
  }
  forgetSession()
  forgetPerson()
}

export { openContract }
