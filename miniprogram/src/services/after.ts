// What somebody has just done on another page, for the page that they come to: it says what happens now.
import { reactive } from 'vue'
import type { Deed } from '@/words/after'

const last = reactive<{ deed?: Deed; id: string }>({ id: '' })

/** Remembers what was done to the matter: a wish or a claim, by its id. */
export function didTo(id: string, deed: Deed): void {
  Object.assign(last, { id, deed })
}

/** What was done to one of the matters, told once. */
export function justDone(...ids: (string | undefined)[]): Deed | undefined {
  if (!last.deed || !ids.includes(last.id)) return undefined
  const { deed } = last
  last.deed = undefined
  return deed
}
