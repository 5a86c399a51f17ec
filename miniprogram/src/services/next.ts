// The next matter that waits for staff, after one is decided.
import { onShow } from '@dcloudio/uni-app'
import { ref } from 'vue'
import { didTo, justDone } from './after'
import { back, cameFrom } from './go'
import { approvals } from './staff'
import { taskKinds } from './taskKinds'
import type { Lead } from './messageLinks'
import { ofStaff, type Deed } from '@/words/after'

export interface Next { to: Lead; left: number }

/** The matter that has waited longest, and how many wait in all; undefined when nothing does. */
export async function nextMatter(): Promise<Next | undefined> {
  const { items: [first], counts } = await approvals.list()
  return first && { to: taskKinds[first.kind].page(first), left: counts.reduce((sum, c) => sum + c.count, 0) }
}

/** Where what was decided came from the walk one by one, it goes on there, which says what was done. */
export function backToWalk(deed?: Deed): void {
  if (!deed || !ofStaff(deed) || !cameFrom('walk')) return
  didTo('walk', deed)
  back()
}

/** What was just decided about the matter of a page: on this page, or on the one that asked for the reason. */
export function useDecided(id: () => string) {
  const did = ref<Deed>()
  function look(): void {
    did.value = justDone(id()) ?? did.value
    backToWalk(did.value)
  }
  onShow(look)
  /** Says what was decided here. */
  const decided = (deed: Deed) => {
    didTo(id(), deed)
    look()
  }
  return { did, decided }
}
