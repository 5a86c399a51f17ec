import { expect, test } from 'vitest'
import { phone } from './setup'

const page = (items: number[], nextCursor?: string) => Promise.resolve({ items, nextCursor })

test('what was last known stays, with its time, when the network is gone', async () => {
  const { useLoaded } = await import('@/services/load')
  let answer: () => Promise<string> = () => Promise.resolve('new')
  const first = useLoaded(() => 'hall/x', () => answer())
  await first.load()
  expect(first.state).toMatchObject({ data: 'new', old: false, busy: false, error: '' })
  expect(phone.storage.get('xinyuan/resident/page/hall/x')).toEqual({ at: first.state.at, data: 'new' })

  answer = () => Promise.reject(new Error('网络断了。'))
  const second = useLoaded(() => 'hall/x', () => answer())
  await second.load()
  expect(second.state).toMatchObject({ data: 'new', at: first.state.at, old: true, busy: false })
  answer = () => Promise.resolve('newer')
  await second.load()
  expect(second.state).toMatchObject({ data: 'newer', old: false })
})

test('without anything known there is a reason instead', async () => {
  const { useLoaded } = await import('@/services/load')
  const { state, load } = useLoaded(() => 'y', () => Promise.reject(new Error('')))
  await load()
  expect(state).toMatchObject({ data: undefined, old: false, error: '这里出了一点问题。请退回去，再进来试一次。' })
})

test('the answer to an earlier question comes too late', async () => {
  const { useLoaded } = await import('@/services/load')
  const late: ((s: string) => void)[] = []
  const { state, load } = useLoaded(() => 'z', () => new Promise<string>((resolve) => late.push(resolve)))
  const both = [load(), load()]
  late[1]!('second')
  late[0]!('first')
  await Promise.all(both)
  expect(state).toMatchObject({ data: 'second', busy: false })
})

test('a list grows to its end, and not into a list that has begun anew', async () => {
  const { useList } = await import('@/services/load')
  const asked: (string | undefined)[] = []
  let hold: (() => void) | undefined
  const { state, load, more } = useList<number>(() => 'l', async (cursor) => {
    asked.push(cursor)
    if (cursor === 'b') await new Promise<void>((resolve) => (hold = resolve))
    return cursor ? page([2], cursor === 'a' ? 'b' : undefined) : page([1], 'a')
  })
  await load()
  await more()
  expect(state.data!.items).toEqual([1, 2])
  const growing = more()
  await more() // one at a time
  await load()
  hold!()
  await growing
  expect(state.data).toEqual({ items: [1], nextCursor: 'a' })
  expect(asked).toEqual([undefined, 'a', 'b', undefined])
})

test('a page that is not kept goes on showing what it shows when a later try fails', async () => {
  const { useLoaded } = await import('@/services/load')
  const { Unreachable } = await import('@/services/http')
  let answer: () => Promise<string> = () => Promise.resolve('roll')
  let key = 'roll/1'
  const { state, load } = useLoaded(() => key, () => answer())
  await load()
  answer = () => Promise.reject(new Unreachable('request:fail'))
  await load()
  expect(state).toMatchObject({ data: 'roll', old: true, away: true })
  key = 'roll/2'
  await load()
  expect(state).toMatchObject({ data: undefined, old: false })
})

test('what is gone, or no longer for this person, is not shown from memory, and not kept', async () => {
  const { useLoaded } = await import('@/services/load')
  const { Refused } = await import('@/services/http')
  for (const [status, how] of [[404, 'gone'], [422, 'gone'], [403, 'shut']] as const) {
    let answer: () => Promise<string> = () => Promise.resolve('wish')
    const { state, load } = useLoaded(() => 'wish/1', () => answer())
    await load()
    expect(phone.storage.has('xinyuan/resident/page/wish/1')).toBe(true)
    answer = () => Promise.reject(new Refused(status, 'not_found', ''))
    await load()
    expect(state).toMatchObject({ data: undefined, old: false, away: false, [how]: true })
    expect(phone.storage.has('xinyuan/resident/page/wish/1')).toBe(false)
  }
})
