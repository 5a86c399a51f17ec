// What every form does: check before sending, put what is wrong at its field, and never lose what was typed.
import { reactive, ref, watch } from 'vue'
import { kept } from '@/platform'
import { sentenceOf } from './errors'
import { Refused } from './http'

export interface Sending {
  wrong: Record<string, string> // by field
  failed: string
  busy: boolean
}

/** A form's state; `check` names what is wrong by field, `send` is called when nothing is. */
export function useForm(check: () => Record<string, string>, send: () => Promise<void>) {
  const state = reactive<Sending>({ wrong: {}, failed: '', busy: false })
  const named = ref<string[]>([]) // the fields that the check has found wrong
  // What was put right is no longer said to be wrong.
  watch(() => (named.value.length ? check() : {}), (wrong: Record<string, string>) => {
    for (const field of named.value) if (!wrong[field]) delete state.wrong[field]
  })
  async function submit(): Promise<void> {
    if (state.busy) return
    state.failed = ''
    state.wrong = check()
    named.value = Object.keys(state.wrong)
    if (named.value.length) return
    state.busy = true
    try {
      await send()
    } catch (e) {
      const refused = e instanceof Refused ? e : undefined
      for (const f of refused?.fields ?? []) state.wrong[f.path] = f.message
      state.failed = sentenceOf(e)
    } finally {
      state.busy = false
    }
  }
  return { state, submit }
}

/** What was typed and not sent yet; it survives closing the program, until `drop`. */
export function useDraft<T extends object>(key: string, empty: T) {
  const fresh = JSON.parse(JSON.stringify(empty)) as T // two drafts share no list
  const draft = reactive({ ...fresh, ...kept.get<Partial<T>>('draft/' + key) }) as T
  let dropped = false
  const stop = watch(draft, () => !dropped && kept.set('draft/' + key, { ...draft }), { deep: true })
  const drop = () => {
    dropped = true
    stop()
    kept.drop('draft/' + key)
  }
  return { draft, drop }
}

const phone = /^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$/
export const isPhone = (text: string) => phone.test(text.trim())
