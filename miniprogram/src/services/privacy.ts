// The privacy agreement, shown before the phone's album, camera, number or place is used for the first time: WeChat
// asks for it by itself, the web build asks here, and both show the same page.
import { storage, onNeedPrivacy, requirePrivacy } from '@/platform'
import { go } from './go'

type Answer = (agreed: boolean) => void
let waiting: Answer[] = []

function show(answer: Answer): void {
  waiting.push(answer)
  if (waiting.length === 1) go('privacy', { ask: '1' })
}

/** Shows the agreement whenever WeChat wants it. Call once, at the start. */
export const watchPrivacy = (): void => onNeedPrivacy(show)

/** Whether something private of the phone may be used; asks the first time. */
export async function mayUse(): Promise<boolean> {
  const asked = requirePrivacy()
  if (asked) return asked
  if (storage.get('privacy')) return true
  const agreed = await new Promise<boolean>(show)
  if (agreed) storage.set('privacy', true)
  return agreed
}

/** What the person says on the page of the agreement; nothing more is asked when they go back without a word. */
export function answerPrivacy(agreed: boolean): void {
  const all = waiting
  waiting = []
  all.forEach((answer) => answer(agreed))
}
