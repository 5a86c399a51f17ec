// Decisions that can be taken back for ten seconds: what they are about leaves the list at once, and comes back if they do.
import { reactive } from 'vue'
import { sentenceOf } from './errors'
import { sendHeld, type Later } from './writes'
import type { Approval, ApprovalResult } from './types'

type Matter = Pick<Approval, 'kind' | 'id' | 'title'>

export const matterKey = (a: Pick<Approval, 'kind' | 'id'>) => `${a.kind}:${a.id}`

interface Decided {
  text: string // what was decided, as a sentence
  matters: Matter[]
  takeBack: () => void
}

interface Decisions {
  open: Decided[] // can be taken back, the latest last
  gone: string[] // the matters that are decided
  done: number // how many the server has taken
  failed: string[]
  refused: Record<string, string> // why, by the matter: they wait again
}

/** The decisions of a page; `settled` is called when the server has answered one. */
export function useDecisions(settled: () => void = () => undefined) {
  const state = reactive<Decisions>({ open: [], gone: [], done: 0, failed: [], refused: {} })
  const back = (matters: Matter[]) => (state.gone = state.gone.filter((k) => !matters.some((m) => matterKey(m) === k)))

  async function decided(text: string, matters: Matter[], later: Later<unknown>): Promise<void> {
    const mine: Decided = { text, matters, takeBack: later.takeBack }
    state.open = [...state.open, mine]
    state.gone = [...state.gone, ...matters.map(matterKey)]
    try {
      const answer = await later.result
      if (answer === undefined) back(matters)
      else refusals(matters, answer as { results?: ApprovalResult[] })
    } catch (e) {
      back(matters)
      refuse(matters, () => sentenceOf(e))
      state.failed = [...state.failed, `${matters[0]!.title}：${sentenceOf(e)}`]
    }
    state.open = state.open.filter((d) => d.takeBack !== mine.takeBack)
    settled()
  }
  function refuse(matters: Matter[], why: (m: Matter) => string): void {
    state.refused = { ...state.refused, ...Object.fromEntries(matters.map((m) => [matterKey(m), why(m)])) }
  }
  function refusals(matters: Matter[], { results }: { results?: ApprovalResult[] }): void {
    const refused = (results ?? []).filter((r) => !r.done)
    const about = matters.filter((m) => refused.some((r) => matterKey(r) === matterKey(m)))
    state.done += matters.length - about.length
    back(about)
    const why = (m: Matter) => refused.find((r) => matterKey(r) === matterKey(m))!.message ?? ''
    refuse(about, why)
    state.failed = [...state.failed, ...about.map((m) => `${m.title}：${why(m)}`)]
  }
  return { decisions: state, decided, leave: sendHeld }
}
