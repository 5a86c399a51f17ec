// Lists and pages that show what was last known until the server has answered, and say how old it is.
import { reactive } from 'vue'
import { kept } from '@/platform'
import { now } from './clock'
import type { Page } from './types'

export interface Loaded<T> {
  data: T | undefined
  at: number // when data was read, milliseconds; 0: never
  old: boolean // the last try failed, and data is of an earlier one
  busy: boolean
  error: string // without data: why there is none
}

interface Memory<T> {
  at: number
  data: T
}

/** What a page shows, under a key of its own; `load` reads it anew. */
export function useLoaded<T>(key: () => string, read: () => Promise<T>) {
  const state = reactive({ data: undefined, at: 0, old: false, busy: false, error: '' }) as Loaded<T>
  let turn = 0
  async function load(): Promise<void> {
    const mine = ++turn
    const at = 'page/' + key()
    const before = kept.get<Memory<T>>(at)
    state.data = before?.data
    state.at = before?.at ?? 0
    state.busy = true
    state.error = ''
    try {
      const data = await read()
      if (mine !== turn) return // a later question has been asked
      state.data = data
      state.at = now()
      state.old = false
      kept.set(at, { at: state.at, data })
    } catch (e) {
      if (mine !== turn) return
      state.old = state.data !== undefined
      state.error = (e as Error).message || '网络断了，暂时看不到。'
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
    } catch {
      state.old = true
    } finally {
      state.busy = false
    }
  }
  return { state, load, more }
}
