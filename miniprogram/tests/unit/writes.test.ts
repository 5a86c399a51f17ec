import { expect, test, vi } from 'vitest'
import { phone } from './setup'

const loggedIn = () => phone.storage.set('xinyuan/resident/token', 't')
const posts = () => phone.sent.filter((s) => s.method === 'POST')
const refusal = (reason: string) => ({ reason, message: '请再试一次。', requestId: '1' })
const claim = { slot: 'claim/7', label: '您的认领', method: 'POST' as const, path: '/wishes/7/claims', body: {} }

test('a write is sent with one key until the server has answered', async () => {
  vi.useFakeTimers()
  loggedIn()
  let tries = 0
  phone.network = () => (++tries < 3 ? 'away' : { statusCode: 201, data: { id: '9' } })
  const { write, writes } = await import('@/services/writes')
  const result = write<{ id: string }>(claim)
  await vi.advanceTimersByTimeAsync(0)
  expect(writes.stuck).toBe('away')
  expect(phone.storage.get('xinyuan/resident/writes')).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(5000)
  expect((await result).id).toBe('9')
  expect(new Set(posts().map((s) => s.header['Idempotency-Key'])).size).toBe(1)
  expect(posts()).toHaveLength(3)
  expect(writes.waiting).toEqual([])
  vi.useRealTimers()
})

test('what is held is sent and answered before anything is read, unless the network is away', async () => {
  loggedIn()
  phone.network = () => ({ statusCode: 201, data: { id: '9' } })
  const answers: (() => void)[] = []
  phone.hold = (go) => void answers.push(go)
  const { caughtUp, writeLater } = await import('@/services/writes')
  const { result } = writeLater(claim, 10000)
  let read = false
  const end = caughtUp().then(() => (read = true))
  await vi.waitFor(() => expect(posts()).toHaveLength(1))
  await new Promise((resolve) => setTimeout(resolve))
  expect(read).toBe(false)
  answers.forEach((go) => go())
  await end
  expect(await result).toEqual({ id: '9' })
  phone.hold = undefined
  phone.network = () => 'away'
  vi.useFakeTimers()
  void writeLater({ ...claim, slot: 'claim/8' }, 10000)
  const first = caughtUp()
  await vi.advanceTimersByTimeAsync(6000) // the network is away: the page does not wait for ever
  await first
  await caughtUp() // nor at all, once that is known
  vi.useRealTimers()
})

test('two taps are one write', async () => {
  loggedIn()
  phone.network = () => ({ statusCode: 201, data: { id: '9' } })
  const { write } = await import('@/services/writes')
  await Promise.all([write(claim), write(claim)])
  expect(posts()).toHaveLength(1)
})

test('a refusal ends a write and says why', async () => {
  loggedIn()
  phone.network = () => ({ statusCode: 409, data: refusal('wish_taken') })
  const { write, writes } = await import('@/services/writes')
  await expect(write(claim)).rejects.toMatchObject({ status: 409, reason: 'wish_taken', message: '请再试一次。' })
  expect(writes.waiting).toEqual([])
})

test('a lost session logs in silently and sends the same key again', async () => {
  loggedIn()
  phone.network = (s) => {
    if (s.url.endsWith('/sessions')) return { statusCode: 201, data: { token: 'new', user: {} } }
    return s.header.Authorization === 'Bearer new'
      ? { statusCode: 201, data: { id: '9' } }
      : { statusCode: 401, data: refusal('unauthenticated') }
  }
  const { write } = await import('@/services/writes')
  await write(claim)
  const claims = posts().filter((s) => s.url.endsWith('/claims'))
  expect(claims).toHaveLength(2)
  expect(claims[0]!.header['Idempotency-Key']).toBe(claims[1]!.header['Idempotency-Key'])
})

test('what was not answered is sent again by the next run, with its key', async () => {
  loggedIn()
  phone.storage.set('xinyuan/resident/writes', [{ ...claim, key: 'k', missed: true }])
  phone.network = () => ({ statusCode: 201, data: { id: '9' } })
  const { resume, notes } = await import('@/services/writes')
  resume()
  await vi.waitFor(() => expect(notes().came).toBe('网络好了，您的认领已经送到。'))
  expect(posts()[0]!.header['Idempotency-Key']).toBe('k')
})

const decision = (n: number, more = {}) => ({ ...claim, slot: `review/${n}`, label: '您的决定', path: `/claims/${n}/review`, key: `k${n}`, count: 1, ...more })

test('decisions that were simply sent by the next run say nothing of a network', async () => {
  loggedIn()
  phone.storage.set('xinyuan/resident/writes', [1, 2, 3].map((n) => decision(n, { held: true })))
  phone.network = () => ({ statusCode: 200, data: {} })
  const { resume, notes, writes } = await import('@/services/writes')
  resume()
  await vi.waitFor(() => expect(writes.waiting).toEqual([]))
  await Promise.resolve()
  expect(posts()).toHaveLength(3)
  expect(notes()).toEqual({ came: '', failed: [] })
})

test('what really waited for the network is told in one line, on one page', async () => {
  vi.useFakeTimers()
  loggedIn()
  phone.storage.set('xinyuan/resident/writes', [decision(1), decision(2, { count: 2 })])
  let tries = 0
  phone.network = () => (++tries < 3 ? 'away' : { statusCode: 200, data: {} })
  const { resume, notes } = await import('@/services/writes')
  const { leaving } = await import('@/services/go')
  resume()
  await vi.advanceTimersByTimeAsync(0)
  expect(phone.storage.get('xinyuan/resident/writes')).toMatchObject([{ missed: true }, { missed: true }])
  await vi.advanceTimersByTimeAsync(5000)
  expect(notes()).toEqual({ came: '网络好了，3 个决定送到了。', failed: [] })
  leaving.forEach((f) => f())
  expect(notes().came).toBe('')
  vi.useRealTimers()
})

test('refusals that say the same are told once', async () => {
  loggedIn()
  phone.storage.set('xinyuan/resident/writes', [decision(1), decision(2)])
  phone.network = () => ({ statusCode: 409, data: refusal('wish_taken') })
  const { resume, notes } = await import('@/services/writes')
  resume()
  await vi.waitFor(() => expect(notes()).toEqual({ came: '', failed: ['您的决定没有办成：请再试一次。'] }))
})

test('the same wish in other words is another request, with a key of its own', async () => {
  loggedIn()
  const kept = { slot: 'wish/new', label: '您的心愿', method: 'POST' as const, path: '/wishes', body: { title: '修水管' } }
  phone.network = () => ({ statusCode: 201, data: { id: '9' } })
  const sent = async (body: object) => {
    phone.storage.set('xinyuan/resident/writes', [{ ...kept, key: 'k' }])
    phone.sent = []
    vi.resetModules()
    const { write } = await import('@/services/writes')
    await write({ ...kept, body })
    expect(posts()).toHaveLength(1)
    return [posts()[0]!.header['Idempotency-Key'] === 'k', JSON.parse(posts()[0]!.data!)]
  }
  expect(await sent({ title: '修水管' })).toEqual([true, { title: '修水管' }])
  expect(await sent({ title: '修水管和灯' })).toEqual([false, { title: '修水管和灯' }])
})

test('in a queue nobody goes before they have come', async () => {
  vi.useFakeTimers()
  loggedIn()
  let away = true
  phone.network = () => (away ? 'away' : { statusCode: 201, data: { id: '9' } })
  const { write } = await import('@/services/writes')
  const come = { ...claim, slot: 'in', path: '/in', queue: 'q' }
  const both = Promise.all([write(come), write({ ...come, slot: 'out', path: '/out' })])
  await vi.advanceTimersByTimeAsync(5000)
  expect(posts().some((s) => s.url.endsWith('/out'))).toBe(false)
  away = false
  await vi.advanceTimersByTimeAsync(30000)
  await both
  expect(posts().slice(-2).map((s) => s.url.slice(-4))).toEqual(['1/in', '/out'])
  vi.useRealTimers()
})

test('who has guessed too often is told so, and not tried again', async () => {
  loggedIn()
  phone.network = () => ({ statusCode: 429, data: refusal('too_many_guesses'), header: { 'Retry-After': '600' } })
  const { write, writes } = await import('@/services/writes')
  await expect(write(claim)).rejects.toMatchObject({ status: 429, reason: 'too_many_guesses' })
  expect(writes.waiting).toEqual([])
  expect(posts()).toHaveLength(1)
})

test('a server that is busy for a moment is no lost network; one that is busy for longer says so', async () => {
  vi.useFakeTimers()
  loggedIn()
  const busy = ['1', '60']
  phone.network = () => (busy.length ? { statusCode: 429, data: refusal('too_many_requests'), header: { 'Retry-After': busy.shift()! } } : { statusCode: 201, data: { id: '9' } })
  const { write, writes } = await import('@/services/writes')
  const done = write(claim)
  await vi.advanceTimersByTimeAsync(900)
  expect([writes.stuck, writes.waiting[0]!.missed]).toEqual(['', undefined])
  await vi.advanceTimersByTimeAsync(200)
  expect([writes.stuck, writes.waiting[0]!.missed]).toEqual(['busy', undefined])
  await vi.advanceTimersByTimeAsync(61000)
  expect(await done).toEqual({ id: '9' })
  expect(writes.stuck).toBe('')
})

test('other words while the first are under way are sent after them, and none are lost', async () => {
  loggedIn()
  const say = (title: string) => ({ slot: 'wish', label: '您的心愿', method: 'POST' as const, path: '/wishes', body: { title } })
  phone.network = (s) => ({ statusCode: 201, data: { id: (JSON.parse(s.data!) as { title: string }).title } })
  const { write, writes } = await import('@/services/writes')
  const [first, second, again] = await Promise.all([write(say('修灯')), write(say('修水管')), write(say('修水管'))])
  expect([first, second, again]).toEqual([{ id: '修灯' }, { id: '修水管' }, { id: '修水管' }])
  expect(posts().map((s) => (JSON.parse(s.data!) as { title: string }).title)).toEqual(['修灯', '修水管'])
  expect(new Set(posts().map((s) => s.header['Idempotency-Key'])).size).toBe(2)
  expect(writes.waiting).toEqual([])
})

test('what has a contact in it is sent again, and not kept on the phone', async () => {
  vi.useFakeTimers()
  loggedIn()
  let tries = 0
  phone.network = () => (++tries < 2 ? 'away' : { statusCode: 201, data: { id: '9' } })
  const { write } = await import('@/services/writes')
  const body = { contact: { phone: '13800001234' } }
  const result = write<{ id: string }>({ ...claim, slot: 'wish', body, unkept: true })
  await vi.advanceTimersByTimeAsync(0)
  expect(JSON.stringify([...phone.storage.values()])).not.toContain('13800001234')
  await vi.advanceTimersByTimeAsync(5000)
  expect((await result).id).toBe('9')
  expect(posts()).toHaveLength(2)
  vi.useRealTimers()
})

test('what has a contact in it and was not answered is the same write when it is sent again by the next run', async () => {
  vi.useFakeTimers()
  loggedIn()
  const wish = { ...claim, slot: 'wish', path: '/wishes', body: { title: '修灯', contact: { phone: '13800001234' } }, unkept: true }
  const keys = () => posts().map((s) => s.header['Idempotency-Key'])
  phone.network = () => 'away'
  void (await import('@/services/writes')).write(wish)
  await vi.advanceTimersByTimeAsync(0)
  expect(JSON.stringify([...phone.storage.values()])).not.toContain('13800001234')
  vi.resetModules() // the program is closed
  phone.network = () => ({ statusCode: 201, data: { id: '9' } })
  const again = await import('@/services/writes')
  await again.write({ ...wish, body: { ...wish.body, title: '修门' } }) // something else has a key of its own
  expect(new Set(keys()).size).toBe(2)
  vi.useRealTimers()
})

test('the key stays for the same words, and ends with the answer', async () => {
  vi.useFakeTimers()
  loggedIn()
  const wish = { ...claim, slot: 'wish', path: '/wishes', body: { title: '修灯', contact: { phone: '13800001234' } }, unkept: true }
  const keys = () => posts().map((s) => s.header['Idempotency-Key'])
  phone.network = () => 'away'
  void (await import('@/services/writes')).write(wish)
  await vi.advanceTimersByTimeAsync(0)
  vi.resetModules()
  phone.network = () => ({ statusCode: 201, data: { id: '9' } })
  const again = await import('@/services/writes')
  const sent = posts().length
  await again.write(wish)
  expect(keys()[sent]).toBe(keys()[0])
  await again.write(wish) // another wish in the same words, once the first has its answer
  expect(keys().at(-1)).not.toBe(keys()[0])
  vi.useRealTimers()
})
