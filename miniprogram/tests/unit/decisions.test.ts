import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { phone } from './setup'

beforeEach(() => {
  vi.useFakeTimers()
  phone.storage.set('xinyuan/resident/token', 't')
  phone.network = (s) => ({ statusCode: 200, data: { results: (JSON.parse(s.data ?? '{}') as { items?: { kind: string; id: string }[] }).items?.map((i) => ({ ...i, done: i.id !== '2', message: '这一件要打开看过再定' })) } })
})
afterEach(() => void vi.useRealTimers())

const matters = [{ kind: 'claim', id: '1', title: '修门' }, { kind: 'claim', id: '2', title: '修窗' }] as const
const posts = () => phone.sent.filter((s) => s.method === 'POST')
const begin = async () => {
  const { approvals } = await import('@/services/staff')
  const { useDecisions } = await import('@/services/decisions')
  const page = useDecisions()
  const agree = () => page.decided('同意了 2 项', [...matters], approvals.decideLater([...matters], true))
  return { ...page, agree }
}

test('a decision waits ten seconds, and what the server refuses comes back with its reason', async () => {
  const { decisions, agree } = await begin()
  const end = agree()
  await vi.advanceTimersByTimeAsync(9999)
  expect(posts()).toEqual([])
  expect(decisions.gone).toEqual(['claim:1', 'claim:2'])
  expect(phone.storage.get('xinyuan/resident/writes')).toMatchObject([{ held: true }])
  await vi.advanceTimersByTimeAsync(1)
  await end
  expect(posts()).toHaveLength(1)
  expect(decisions).toMatchObject({ open: [], gone: ['claim:1'], done: 1, failed: ['修窗：这一件要打开看过再定'], refused: { 'claim:2': '这一件要打开看过再定' } })
})

test('what is taken back is never sent', async () => {
  const { decisions, agree } = await begin()
  const end = agree()
  decisions.open[0]!.takeBack()
  await end
  await vi.advanceTimersByTimeAsync(20000)
  expect(posts()).toEqual([])
  expect(decisions).toMatchObject({ open: [], gone: [], done: 0 })
  expect(phone.storage.get('xinyuan/resident/writes')).toEqual([])
})

test('leaving the page sends at once, and nothing twice', async () => {
  const { leave, agree } = await begin()
  const end = agree()
  leave()
  await end
  await vi.advanceTimersByTimeAsync(20000)
  expect(posts()).toHaveLength(1)
})

test('a program that was closed sends at its next start what it held', async () => {
  phone.storage.set('xinyuan/resident/writes', [{ slot: 's', label: '您的审批', method: 'POST', path: '/approvals/batch', body: { items: [] }, key: 'k', held: true }])
  const { resume } = await import('@/services/writes')
  resume()
  await vi.advanceTimersByTimeAsync(0)
  expect(posts().map((s) => s.header['Idempotency-Key'])).toEqual(['k'])
})

test('two decisions stand side by side, each with its own way back', async () => {
  const { decisions, decided } = await begin()
  const { approvals } = await import('@/services/staff')
  const ends = matters.map((m) => decided(m.title, [m], approvals.agreeLater(m)))
  decisions.open[1]!.takeBack()
  await vi.advanceTimersByTimeAsync(10000)
  await Promise.all(ends)
  expect(posts().map((s) => s.url.split('/v1')[1])).toEqual(['/claims/1/review'])
  expect(decisions.gone).toEqual(['claim:1'])
})
