// Lists and pages that show what was last known until the server has answered, and say how old it is.
import { reactive } from 'vue'
import { now } from './clock'
import { isAway, isGone, isShut, sentenceOf } from './errors'
import { forget, recall, remember } from './keeping'
import type { Page } from './types'

export interface Loaded<T> {
  data: T | undefined
  at: number // when data was read, milliseconds; 0: never
  old: boolean // the last try failed, and data is of an earlier one
  busy: boolean
  error: string // why the last try failed, in a sentence
  away: boolean // it failed for the network alone
  gone: boolean // there is nothing here, or nothing any more: another try changes nothing
  shut: boolean // it is not for this person
}

/** What a page shows, under a key of its own; `load` reads it anew. */
export function useLoaded<T>(key: () => string, read: () => Promise<T>) {
  const state = reactive({
    data: undefined, at: 0, old: false, busy: false, error: '', away: false, gone: false, shut: false,
  }) as Loaded<T>
  let turn = 0
  let shown: string | undefined // the key of data
  async function load(): Promise<void> {
    const mine = ++turn
    const at = key()
    const before = recall<T>(at)
    if (before || shown !== at) {
      state.data = before?.data
      state.at = before?.at ?? 0
    }
    shown = at
    Object.assign(state, { busy: true, error: '', away: false, gone: false, shut: false })
    try {
      const data = await read()
      if (mine !== turn) return // a later question has been asked
      state.data = data
      state.at = now()
      state.old = false
      remember(at, { at: state.at, data })
    } catch (e) {
      if (mine !== turn) return
      Object.assign(state, { error: sentenceOf(e), away: isAway(e), gone: isGone(e), shut: isShut(e) })
      if (state.gone || state.shut) {
        state.data = undefined // what is no longer for this person is not shown from memory
        forget(at)
      }
      state.old = state.data !== undefined
    } finally {
      if (mine === turn) state.busy = false
    }
  }
  return { state, load }
}

/** A list that grows while one scrolls. */
export function useList<T>(key: () => string, read: (cursor?: string) => Promise<Page<T>>) {
  const { state, load } = useLoaded<Page<T>>(key, () => read())
  async function more(): Promise<void> {
    const shown = state.data
    if (!shown?.nextCursor || state.busy) return
    state.busy = true
    try {
      const next = await read(shown.nextCursor)
      // A reload meanwhile has begun another list.
      if (state.data === shown) state.data = { items: [...shown.items, ...next.items], nextCursor: next.nextCursor }
    } catch (e) {
      Object.assign(state, { old: true, error: sentenceOf(e), away: isAway(e) })
    } finally {
      state.busy = false
    }
  }
  return { state, load, more }
}
