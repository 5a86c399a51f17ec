import { nextTick, reactive } from 'vue'
import { expect, test } from 'vitest'
import { phone } from './setup'

test('nothing is sent while something is wrong, and nothing twice', async () => {
  const { useForm } = await import('@/services/form')
  let title = ''
  let sent = 0
  let finish: () => void = () => undefined
  const { state, submit } = useForm(
    (): Record<string, string> => (title ? {} : { title: '请写标题' }),
    () => new Promise((resolve) => { sent++; finish = resolve }),
  )
  await submit()
  expect(state).toMatchObject({ wrong: { title: '请写标题' }, busy: false })
  title = 'x'
  const first = submit()
  await submit()
  expect(state).toMatchObject({ wrong: {}, busy: true })
  finish()
  await first
  expect([sent, state.busy]).toEqual([1, false])
})

test('what was put right is no longer said to be wrong', async () => {
  const { useForm } = await import('@/services/form')
  const draft = reactive({ title: '', place: '' })
  const { state, submit } = useForm(
    (): Record<string, string> => ({ ...(draft.title ? {} : { title: '请写标题' }), ...(draft.place ? {} : { place: '请写地点' }) }),
    () => Promise.resolve(),
  )
  draft.title = 'x'
  draft.title = ''
  await nextTick()
  expect(state.wrong).toEqual({}) // nothing is said before the first try
  await submit()
  draft.title = '轮椅'
  await nextTick()
  expect(state.wrong).toEqual({ place: '请写地点' })
})

test('what the server finds wrong is put at its field', async () => {
  const { useForm } = await import('@/services/form')
  const { Refused } = await import('@/services/http')
  const { state, submit } = useForm(() => ({}), () =>
    Promise.reject(new Refused(422, 'invalid_input', '有几处需要改一改。', [{ path: 'contact.phone', message: '请换一个。' }])))
  await submit()
  expect(state).toMatchObject({ wrong: { 'contact.phone': '请换一个。' }, failed: '有几处需要改一改。', busy: false })
})

test('a draft survives closing until it is dropped', async () => {
  const { useDraft } = await import('@/services/form')
  const { draft } = useDraft('post', { title: '', tags: [] as string[] })
  draft.title = '轮椅'
  await nextTick()
  const again = useDraft('post', { title: '', tags: ['new'] })
  expect(again.draft).toEqual({ title: '轮椅', tags: [] })
  again.drop()
  again.draft.title = 'late'
  await nextTick()
  expect(phone.storage.has('xinyuan/resident/draft/post')).toBe(false)
})
