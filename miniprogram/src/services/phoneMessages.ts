// Messages that WeChat brings to the phone while the program is closed: one for each yes, which only a tap can ask for.
import { newKey, phone } from '@/platform'
import { call, get } from './http'
import { person } from './me'
import type { MessagePurpose, Subscriptions } from './types'

/**
 * Asks whether WeChat may bring one more message of the purpose, as the first thing in a tap; the tap goes on whatever the
 * person says, and does not wait until a yes is counted. One that does not reach the server comes there through WeChat all
 * the same. Without a yes there is nothing to count.
 */
export async function askForMessages(purpose: MessagePurpose): Promise<{ counted?: Promise<void> }> {
  const ids = (person.me?.templates ?? []).filter((t) => t.purpose === purpose).map((t) => t.id)
  if (!ids.length) return {}
  const answer = await phone.askForMessages(ids)
  if (!answer.done || !answer.value.length) return {}
  return { counted: call<void>('POST', '/me/subscriptions', { templates: answer.value }, newKey()).catch(() => undefined) }
}

/** For forms whose tap begins something of which there will be news. */
export const askForProgress = () => askForMessages('progress')

export const phoneMessages = { settings: () => get<Subscriptions>('/me/subscriptions') }
