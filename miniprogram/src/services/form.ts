// What every form does: check before sending, put what is wrong at its field, lead there, take back what was said of a
// field as soon as it is mended, and never lose what was typed.
import { getCurrentInstance, inject, nextTick, onBeforeUnmount, onMounted, provide, reactive, ref, watch } from 'vue'
import type { ComponentInternalInstance, InjectionKey } from 'vue'
import { storage } from '@/platform'
import { sentenceOf } from './errors'
import { Refused } from './http'
import { byView } from './me'

type Wrong = Record<string, string> // by field

export interface Sending {
  wrong: Wrong
  failed: string // what the bar says
  busy: boolean
}

/** A place on the page where something may be found wrong, with what is asked there. */
export interface Mark {
  label: () => string
  wrong: () => string | undefined // what stands there now
  tooLong?: () => boolean // it can be seen before anything is sent
  where: () => Promise<number> // pixels from the top of the page
  show: () => void // scrolls there, and to a text field gives the keyboard
}

interface Context {
  marks: Set<Mark>
  mended: (said: string) => void
}

const contexts = new WeakMap<ComponentInternalInstance, Context & { forms: ((said: string) => void)[] }>()
const key: InjectionKey<Context> = Symbol('form')

/** What the forms of one page or component know of the fields below. */
function contextOf(self: ComponentInternalInstance | null) {
  const before = self && contexts.get(self)
  if (before) return before
  const forms: ((said: string) => void)[] = []
  const context = { marks: new Set<Mark>(), forms, mended: (said: string) => forms.forEach((f) => f(said)) }
  if (self) {
    contexts.set(self, context)
    provide(key, context)
  }
  return context
}

/** Makes a field known to the form around it, if there is one. What is wrong is taken back when the value changes. */
export function useMark(mark: Mark, value?: () => unknown): void {
  const form = inject(key, undefined)
  if (!form) return
  onMounted(() => form.marks.add(mark))
  onBeforeUnmount(() => form.marks.delete(mark))
  if (value) watch(value, () => form.mended(mark.wrong() ?? ''), { deep: true, flush: 'sync' })
}

const isBad = (m: Mark) => !!m.wrong() || !!m.tooLong?.()

/** The marks where something is wrong, the topmost first. */
async function badOf(marks: Set<Mark>): Promise<Mark[]> {
  await nextTick() // until each says what it was just given
  const bad = await Promise.all([...marks].filter(isBad).map(async (mark) => ({ mark, at: await mark.where() })))
  return bad.sort((a, b) => a.at - b.at).map((b) => b.mark)
}

/** What the bar says of fields that are wrong; undefined where none of them is on the page. */
const named = (bad: string[]) =>
  bad.length > 1 ? byView(`有 ${bad.length} 处要改，先看“${bad[0]}”。`, `先看“${bad[0]}”。`) : bad.length ? `请改一下“${bad[0]}”。` : undefined

/**
 * A form's state; `check` names what is wrong by field, `send` is called when nothing is, and `ask` before it, in the tap
 * itself: what WeChat asks people it asks only there.
 */
export function useForm(check: () => Wrong, send: () => Promise<void>, ask?: () => Promise<unknown>) {
  const { marks, forms } = contextOf(getCurrentInstance())
  const state = reactive<Sending>({ wrong: {}, failed: '', busy: false })
  const checked = ref<string[]>([]) // the fields that the check has found wrong
  let pointed = false // the bar speaks of fields
  function resay(): void {
    if (!pointed) return
    void badOf(marks).then((bad) => {
      if (pointed) state.failed = named(bad.map((m) => m.label())) ?? (Object.keys(state.wrong).length ? state.failed : '')
    })
  }
  watch(() => (checked.value.length ? check() : {}), (wrong: Wrong) => {
    let mended = false
    for (const field of checked.value) {
      if (!state.wrong[field] || state.wrong[field] === wrong[field]) continue
      mended = true
      if (wrong[field]) state.wrong[field] = wrong[field]
      else delete state.wrong[field]
    }
    if (mended) resay()
  })
  forms.push((said) => {
    const still = check()
    const mended = Object.keys(state.wrong).filter((field) => state.wrong[field] === said && !still[field])
    for (const field of mended) delete state.wrong[field]
    resay()
  })
  /** Shows what is wrong, and leads to the first of it. */
  async function point(wrong: Wrong, otherwise: string): Promise<void> {
    state.wrong = wrong
    pointed = true
    const bad = await badOf(marks)
    state.failed = named(bad.map((m) => m.label())) ?? otherwise
    bad[0]?.show()
  }
  /** What is wrong before anything is sent; undefined: nothing. */
  function judge(part: () => Wrong): Wrong | undefined {
    const wrong = part()
    checked.value = Object.keys(wrong)
    state.failed = ''
    state.wrong = {}
    pointed = false
    return checked.value.length || [...marks].some((m) => m.tooLong?.()) ? wrong : undefined
  }
  /** Whether what a step of the form asks for is there; else it leads to the first that is wrong. */
  async function passes(part: () => Wrong = check): Promise<boolean> {
    const wrong = judge(part)
    if (wrong) await point(wrong, Object.values(wrong)[0] ?? '')
    return !wrong
  }
  async function submit(): Promise<void> {
    if (state.busy) return
    const wrong = judge(check)
    if (wrong) return point(wrong, Object.values(wrong)[0] ?? '')
    state.busy = true
    try {
      await ask?.()
      await send()
    } catch (e) {
      const fields = e instanceof Refused ? e.fields : []
      if (fields.length) await point(Object.fromEntries(fields.map((f) => [f.path, f.message])), sentenceOf(e))
      else state.failed = sentenceOf(e)
    } finally {
      state.busy = false
    }
  }
  /** Leads once more to what is wrong: another step of the form is shown now. */
  const again = () => point({ ...state.wrong }, state.failed)
  return { state, submit, passes, again }
}

/** What was typed and not sent yet; it survives closing the program, until `drop`. */
export function useDraft<T extends object>(name: string, empty: T) {
  const fresh = JSON.parse(JSON.stringify(empty)) as T // two drafts share no list
  const draft = reactive({ ...fresh, ...storage.get<Partial<T>>('draft/' + name) }) as T
  let dropped = false
  const stop = watch(draft, () => !dropped && storage.set('draft/' + name, { ...draft }), { deep: true })
  const drop = () => {
    dropped = true
    stop()
    storage.drop('draft/' + name)
  }
  return { draft, drop }
}

/** What is wrong without a reason: others read why. */
export const needsReason = (text: string): Wrong => (text.trim() ? {} : { reason: '请选一条理由，或者自己写一句。' })

const phone = /^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$/
export const isPhone = (text: string) => phone.test(dialled(text))

/** A number of a contact as it is sent: what was typed, or that it is the own one, which the server has from WeChat. */
export const phoneSaid = (said: { phone: string; myPhone: boolean }) =>
  said.myPhone ? { phone: '', myPhone: true } : { phone: dialled(said.phone) }

/** A number as it is written: 0435-3212345, also of who typed digits alone, with spaces or with another dash. */
export function dialled(text: string): string {
  const plain = text.replace(/[\s()（）]/g, '').replace(/[—–－‐−]+/g, '-')
  const parts = /^(0(?:10|2\d)|0[3-9]\d{2})-?(\d{7,8})$/.exec(plain)
  return parts ? `${parts[1]}-${parts[2]}` : plain
}
