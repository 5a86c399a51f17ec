import { expect, test } from 'vitest'
import { phone } from './setup'

const session = { statusCode: 201, data: { token: 'new', user: { id: '1' } } }
const pages = () => [...phone.storage.keys()].filter((k) => k.includes('/page/'))
const show = async (key: string, data: unknown = key) => {
  const { useLoaded } = await import('@/services/load')
  await useLoaded(() => key, () => Promise.resolve(data)).load()
}

test('few pages are kept: the latest, and none that is large', async () => {
  const { mostPages } = await import('@/services/keeping')
  for (let i = 0; i < mostPages + 5; i++) await show('wish/' + i)
  expect(pages()).toHaveLength(mostPages)
  expect(phone.storage.has('xinyuan/resident/page/wish/0')).toBe(false)
  expect(phone.storage.has(`xinyuan/resident/page/wish/${mostPages + 4}`)).toBe(true)
  await show('hall/large', '愿'.repeat(200_000))
  expect(phone.storage.has('xinyuan/resident/page/hall/large')).toBe(false)
})

test('what other people are named in is never kept, nor what nobody has thought about', async () => {
  for (const key of ['roll/1', 'settle/1', 'writedown/1', 'manage/1', 'complaint/1', 'complaints', 'reads/1', 'reportin/1', 'counter', 'new'])
    await show(key)
  expect(pages()).toEqual([])
})

test('a page that is a week old is shown no more, and goes', async () => {
  await show('wish/1', 'then')
  phone.storage.set('xinyuan/resident/ahead', 8 * 86400000)
  const { vi } = await import('vitest')
  vi.resetModules()
  const { useLoaded } = await import('@/services/load')
  const { state, load } = useLoaded(() => 'wish/1', () => Promise.reject(new Error('')))
  await load()
  expect(state.data).toBeUndefined()
  expect(pages()).toEqual([])
})

test('pages that an earlier version kept without an end go at the start', async () => {
  phone.storage.set('xinyuan/resident/page/roll/7', { at: 1, data: ['刘秀兰'] })
  phone.storage.set('xinyuan/resident/draft/post', { title: '轮椅' })
  const { sweep } = await import('@/services/keeping')
  sweep()
  expect([...phone.storage.keys()]).toEqual(['xinyuan/resident/draft/post'])
})

test('a full storage loses pages only: token, unsent writes and drafts are kept first', async () => {
  for (let i = 0; i < 5; i++) await show('wish/' + i)
  phone.room = phone.storage.size
  const { useDraft } = await import('@/services/form')
  const { draft } = useDraft('post', { title: '' })
  draft.title = '轮椅'
  phone.network = () => 'away'
  const { write } = await import('@/services/writes')
  void write({ slot: 'claim/7', label: '您的认领', method: 'POST', path: '/wishes/7/claims' })
  await new Promise((resolve) => setTimeout(resolve))
  expect(phone.storage.get('xinyuan/resident/draft/post')).toEqual({ title: '轮椅' })
  expect(phone.storage.get('xinyuan/resident/writes')).toHaveLength(1)
})

test('where nothing can be stored at all, token and drafts live as long as the program', async () => {
  phone.room = 0
  phone.network = (s) => (s.url.endsWith('/sessions') ? session : { statusCode: 200, data: s.header.Authorization })
  const { get } = await import('@/services/http')
  expect([await get('/me'), await get('/me')]).toEqual(['Bearer new', 'Bearer new'])
  expect(phone.sent.filter((s) => s.url.endsWith('/sessions'))).toHaveLength(1)
  const { useDraft } = await import('@/services/form')
  useDraft('post', { title: '' }).draft.title = '轮椅'
  await new Promise((resolve) => setTimeout(resolve))
  expect(useDraft('post', { title: '' }).draft.title).toBe('轮椅')
})

test('a storage that is emptied while the program runs does not cost the session', async () => {
  phone.network = (s) => (s.url.endsWith('/sessions') ? session : { statusCode: 200, data: s.header.Authorization })
  const { get } = await import('@/services/http')
  await get('/me')
  phone.storage.clear()
  await get('/me')
  expect(phone.sent.filter((s) => s.url.endsWith('/sessions'))).toHaveLength(1)
})

test('many calls with one dead token log in once, however late their answers come', async () => {
  phone.storage.set('xinyuan/resident/token', 'dead')
  let logIns = 0
  const late: (() => void)[] = []
  phone.network = (s) => {
    if (s.url.endsWith('/sessions')) return { statusCode: 201, data: { token: 'new' + ++logIns, user: {} } }
    const dead = s.header.Authorization === 'Bearer dead'
    return dead ? { statusCode: 401, data: { reason: 'unauthenticated', message: '请登录。' } } : { statusCode: 200, data: s.header.Authorization }
  }
  phone.hold = (go) => void late.push(go)
  const { get } = await import('@/services/http')
  const calls = Promise.all([get('/a'), get('/b'), get('/c')])
  await new Promise((resolve) => setTimeout(resolve))
  phone.hold = undefined
  for (const go of late) {
    go() // the first has logged in before the next hears that its token is dead
    await new Promise((resolve) => setTimeout(resolve))
  }
  expect(await calls).toEqual(['Bearer new1', 'Bearer new1', 'Bearer new1'])
})
