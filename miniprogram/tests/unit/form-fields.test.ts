import { mount, flushPromises } from '@vue/test-utils'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { defineComponent, h, nextTick, reactive } from 'vue'
import { expect, test } from 'vitest'
import { letters } from '@/services/letters.gen'
import './setup'

/** Where each field stands on the page, and what was scrolled to. */
const place = { tops: {} as Record<string, number>, scrolled: [] as number[] }
Object.assign(uni, {
  createSelectorQuery: () => {
    let label = ''
    const query = {
      in: (c: { $props: { label: string } }) => ((label = c.$props.label), query),
      select: () => query, selectViewport: () => query, boundingClientRect: () => query, scrollOffset: () => query,
      exec: (done: (all: object[]) => void) => done([{ top: place.tops[label] ?? 0 }, { scrollTop: 0 }]),
    }
    return query
  },
  pageScrollTo: ({ scrollTop }: { scrollTop: number }) => void place.scrolled.push(scrollTop),
})

type Check = () => Record<string, string>
async function page(check: Check, send: () => Promise<void> = () => Promise.resolve()) {
  place.scrolled = []
  place.tops = {}
  const { useForm } = await import('@/services/form')
  const { default: XyField } = await import('@/components/ui/XyField.vue')
  const { default: XyWrong } = await import('@/components/ui/XyWrong.vue')
  const draft = reactive({ title: '', note: '', kind: '' })
  let form!: ReturnType<typeof useForm>
  const view = mount(defineComponent(() => {
    form = useForm(check.bind(draft), send)
    return () => [
      h(XyWrong, { label: '种类', text: form.state.wrong.kind, value: draft.kind }),
      h(XyField, { label: '一句话说清', modelValue: draft.title, wrong: form.state.wrong.title, text: 'wishTitle', 'onUpdate:modelValue': (v: string) => (draft.title = v) }),
      h(XyField, { label: '再说几句', modelValue: draft.note, wrong: form.state.wrong.note, text: 'wishDescription', area: true, 'onUpdate:modelValue': (v: string) => (draft.note = v) }),
    ]
  }))
  return { draft, form, view }
}
function missing(this: { title: string; note: string; kind: string }) {
  const wrong: Record<string, string> = {}
  if (!this.kind) wrong.kind = '请选一样。'
  if (!this.title) wrong.title = '请写标题。'
  if (!this.note) wrong.note = '请写几句。'
  return wrong
}

test('the bar names the first wrong field, the page leads to it, and a text field gets the keyboard', async () => {
  const { draft, form, view } = await page(missing)
  draft.kind = 'goods'
  place.tops = { 一句话说清: 900, 再说几句: 500 } // the second field stands above the first
  await form.submit()
  await flushPromises()
  expect(form.state.failed).toBe('有 2 处要改，先看“再说几句”。')
  expect(place.scrolled).toEqual([340])
  const asked = (tag: string) => (view.find(tag).element as unknown as { focus: unknown }).focus === true
  expect([asked('textarea'), asked('input')]).toEqual([true, false])
})

test('a step of a form takes back what is mended as the whole form does, and its bar with it', async () => {
  const { draft, form } = await page(missing)
  expect(await form.passes(() => ({ title: '请写标题。', kind: '请选一样。' }))).toBe(false)
  draft.title = '轮椅'
  await flushPromises()
  expect(form.state).toMatchObject({ wrong: { kind: '请选一样。' }, failed: '请改一下“种类”。' })
  draft.kind = 'goods'
  await flushPromises()
  expect(form.state).toMatchObject({ wrong: {}, failed: '' })
})

test('what the server found wrong goes as soon as its field changes', async () => {
  const { Refused } = await import('@/services/http')
  const refused = new Refused(422, 'invalid_input', '有几处需要改一改。', [{ path: 'title', message: '请换一个标题。' }, { path: 'kind', message: '请换一样。' }])
  const { draft, form } = await page(() => ({}), () => Promise.reject(refused))
  await form.submit()
  expect(form.state.failed).toBe('有 2 处要改，先看“种类”。')
  draft.title = '轮椅'
  await flushPromises()
  expect(form.state).toMatchObject({ wrong: { kind: '请换一样。' }, failed: '请改一下“种类”。' })
  draft.kind = 'repair'
  await flushPromises()
  expect(form.state).toMatchObject({ wrong: {}, failed: '' })
})

test('what is wrong with nothing on the page is told in the bar', async () => {
  const { Refused } = await import('@/services/http')
  const { form } = await page(() => ({}), () => Promise.reject(new Refused(422, 'invalid_input', '请先选社区。', [{ path: 'nodeId', message: 'x' }])))
  await form.submit()
  expect(form.state.failed).toBe('请先选社区。')
})

test('letters are counted as the server counts them, near the end, and what is too long is kept and not sent', async () => {
  let sent = 0
  const { draft, form, view } = await page(() => ({}), () => Promise.resolve(void sent++))
  draft.title = '😀'.repeat(20)
  await nextTick()
  expect(view.text()).not.toMatch(/还能写|多了/)
  draft.title = ' ' + '😀'.repeat(28) + ' '
  await nextTick()
  expect(view.text()).toContain('还能写 2 个字')
  draft.title = '😀'.repeat(30)
  await form.submit()
  expect(sent).toBe(1)
  draft.title = '😀'.repeat(33)
  await nextTick()
  expect(view.text()).toContain('多了 3 个字，请删短一些。')
  await form.submit()
  expect([sent, form.state.failed]).toEqual([1, '请改一下“一句话说清”。'])
  draft.note = '😀'.repeat(501)
  await flushPromises()
  expect(form.state.failed).toBe('有 2 处要改，先看“一句话说清”。')
  draft.title = draft.note = '轮椅'
  await flushPromises()
  expect(form.state.failed).toBe('')
  expect(view.find('input').attributes('maxlength')).toBe('-1')
})

test('no field has a length of its own, and nothing that is wrong is written past the form', () => {
  const src = path.resolve(__dirname, '../../src')
  const numbers = ['电话', '服务电话', '要几个人', '派几个人一起做', '给多少钱', '一共用多少次', '一共做多少小时', '审核码'] // digits and codes, whose form says how long they are
  for (const file of readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.vue'))) {
    const text = readFileSync(path.join(src, file), 'utf8')
    for (const [tag] of text.matchAll(/<Xy(Field|Reason)\b[^]*?\/?>/g)) {
      if (/(?<!:)label="(电话|服务电话|要几个人|派几个人一起做|给多少钱|一共用多少次|一共做多少小时|应该记的分数|审核码)"/.test(tag)) continue
      expect(tag, `${file}: name the text, as openapi.yaml does under x-letters; of no text: ${numbers.join('、')}`).not.toMatch(/:max=/)
      if (tag.startsWith('<XyField')) expect(tag, file).toMatch(/\btext=/)
    }
    if (!['XyField.vue', 'XyWrong.vue', 'CodeInput.vue'].includes(path.basename(file))) expect(text, file).not.toMatch(/class="wrong" role="alert"/)
  }
  for (const [, name] of JSON.stringify(letters).matchAll(/"(\w+)":/g)) expect(letters[name as 'reason']).toBeGreaterThan(0)
})

test('a field is named in the bar as it is on the page', () => {
  const src = path.resolve(__dirname, '../../src')
  for (const file of readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.vue'))) {
    const text = readFileSync(path.join(src, file), 'utf8').replace(/aria-label="[^"]*"/g, '')
    for (const [tag, , label] of text.matchAll(/<XyWrong\s+(:?)label="([^"]+)"[^>]*>/g)) {
      const name = label!.replace(/[`$]|\{(.*?)\}/g, (_, inner) => (inner ? `{{ ${inner} }}` : ''))
      const asked = text.matchAll(/<(?:CodeInput|XyAsked|XyLabel)(?:[^>"]|"[^"]*")*? :?(?:label|text)="([^"]*)"/g)
      const rest = text.replaceAll(tag, '')
      const shown = [...rest.matchAll(/>([^<>]*)</g)].some(([, words]) => words!.includes(name)) || [...asked].some(([, l]) => l!.includes(label!))
      expect(shown, `${file}: ${label} stands nowhere on the page`).toBe(true)
    }
  }
})
