// The shape of a page about one thing, and of the bar with which it sends.
import { mount } from '@vue/test-utils'
import { defineComponent } from 'vue'
import { expect, test, vi } from 'vitest'
import './setup'

type Hook = (query?: Record<string, string>) => void
const hooks: Record<'onLoad' | 'onShow', Hook[]> = { onLoad: [], onShow: [] }
vi.mock('@dcloudio/uni-app', () => ({ onLoad: (f: Hook) => hooks.onLoad.push(f), onShow: (f: Hook) => hooks.onShow.push(f) }))

async function page(how?: object) {
  hooks.onLoad = []
  hooks.onShow = []
  const { usePage } = await import('@/services/page')
  const read: string[] = []
  let shape!: ReturnType<typeof usePage<string>>
  mount(defineComponent(() => {
    shape = usePage('matter', async (id) => read[read.push('read ' + id) - 1]!, how)
    return () => null
  }))
  return { shape, read }
}

test('a page reads what its address names, once', async () => {
  const { shape, read } = await page()
  hooks.onLoad.forEach((f) => f({ id: '7' }))
  hooks.onShow.forEach((f) => f())
  await vi.waitFor(() => expect(shape.state.data).toBe('read 7'))
  expect(read).toEqual(['read 7'])
})

test('a page that others change is read each time it is shown, after the rest of its address', async () => {
  const said: unknown[] = []
  const { read } = await page({ again: true, opened: (query: object, id: string) => said.push(query, id, read.length) })
  hooks.onLoad.forEach((f) => f({ id: '7', asked: '1' }))
  expect(said).toEqual([{ id: '7', asked: '1' }, '7', 0])
  for (const f of [...hooks.onShow, ...hooks.onShow]) f()
  expect(read).toEqual(['read 7', 'read 7'])
})

test('the bar says what went wrong, and what it does while it sends', async () => {
  const { default: ConfirmBar } = await import('@/components/page/ConfirmBar.vue')
  const form = { wrong: {}, failed: '没有送出。', busy: true }
  const bar = mount(ConfirmBar, { props: { form, label: '改好了', doing: '正在改', otherwise: '先不改' } })
  expect(bar.text()).toContain('没有送出。')
  const labels = () => bar.findAllComponents({ name: 'XyButton' }).map((b) => b.props('label'))
  expect(labels()).toEqual(['正在改', '先不改'])
  await bar.setProps({ form: { ...form, failed: '', busy: false } })
  expect(labels()).toEqual(['改好了', '先不改'])
  bar.findAllComponents({ name: 'XyButton' })[0]!.vm.$emit('tap')
  expect(bar.emitted('confirm')).toHaveLength(1)
})

test('without a reason nothing is sent, and one of spaces is none', async () => {
  const { needsReason } = await import('@/services/form')
  expect(needsReason('  ')).toHaveProperty('reason')
  expect(needsReason('雨太大。')).toEqual({})
})
