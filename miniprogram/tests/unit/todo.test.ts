import { expect, test } from 'vitest'
import { phone } from './setup'
import type { Todo } from '@/services/types'

/** A server for which this is my turn. */
const turns = (items: Partial<Todo>[]) => {
  phone.storage.set('xinyuan/resident/token', 't')
  phone.network = () => ({ statusCode: 200, data: { items: items.map((t) => ({ who: '', title: '', since: '2026-03-11T04:00:00Z', ...t })) } })
}
const home = async () => {
  const { todos } = await import('@/services/todo')
  return (await todos()).map((t) => [t.title, t.page, t.query.id])
}

test('each turn is said in words and leads to where it is done, in one request', async () => {
  turns([
    { turn: 'door', id: '1', title: '义诊' }, { turn: 'settle', id: '2', title: '扫雪' },
    { turn: 'confirm', id: '11', wishId: '3', title: '轮椅' }, { turn: 'amend', id: '4', wishId: '4', title: '遗嘱' },
    { turn: 'fulfil', id: '12', wishId: '5', title: '书桌' }, { turn: 'join', id: '13', wishId: '6', title: '门铃', who: '于洋' },
    { turn: 'team', id: '7', title: '护河队', who: '高永刚' },
    { turn: 'order', noun: 'assignment', id: '8', title: '换井盖', who: '茂山社区' },
    { turn: 'fulfil', noun: 'assignment', id: '9', title: '通下水', who: '茂山社区' },
  ])
  expect(await home()).toEqual([
    ['签到码：义诊', 'code', '1'], ['确认时长：扫雪', 'settle', '2'], ['请您确认：轮椅', 'confirm', '11'],
    ['请补充：遗嘱', 'wish', '4'], ['去办：书桌', 'wish', '5'], ['请您一起：门铃', 'wish', '6'], ['请您入队：护河队', 'team', '7'],
    ['单位有 2 单等着办', 'orders', undefined],
  ])
  expect(phone.sent.map((s) => s.url)).toEqual(['/api/v1/me/todos'])
})

test('what the unit owes is counted, and one alone is named', async () => {
  const order = { turn: 'order' as const, noun: 'assignment', id: '8', title: '换井盖', who: '茂山社区' }
  turns([order])
  expect(await home()).toEqual([['新单子：换井盖', 'order', '8']])
  turns([order, { ...order, id: '10' }, ...Array.from({ length: 7 }, (_, i) => ({ ...order, turn: 'fulfil' as const, id: `${20 + i}` }))])
  const { todos } = await import('@/services/todo')
  expect(await todos()).toMatchObject([{ title: '单位有 9 单等着办', text: '其中 2 单还没有接，先接下来', page: 'orders' }])
})

test('staff is told first what is late today, and led there', async () => {
  turns([{ turn: 'decide', count: 22, late: 3 }])
  const { todos } = await import('@/services/todo')
  expect(await todos()).toMatchObject([{ title: '3 件要先办', text: '加上不急的，一共 22 件', page: 'approvals', query: { late: '1' } }])
  turns([{ turn: 'decide', count: 5 }])
  expect(await todos()).toMatchObject([{ title: '5 件事等您处理', page: 'approvals', query: {} }])
})

test('of one kind the first five are enough', async () => {
  turns(Array.from({ length: 8 }, (_, i) => ({ turn: 'fulfil' as const, id: `${i}`, wishId: `${i}`, title: `${i}` })))
  expect(await home()).toHaveLength(5)
})

test('nothing waits', async () => {
  turns([])
  expect(await home()).toEqual([])
})

test('documents that are not agreed to stand last, and nowhere once they are', async () => {
  const { person } = await import('@/services/me')
  const { toAgree } = await import('@/services/todo')
  const me = (more: object) => (person.me = { id: '9', roles: [], ...more } as unknown as typeof person.me)
  me({ toAgree: ['privacy'] })
  expect(toAgree()).toMatchObject([{ title: '请看用户协议和隐私说明', page: 'agreement' }])
  me({ toAgree: [] })
  expect(toAgree()).toEqual([])
  me({}) // as an older version kept it
  expect(toAgree()).toEqual([])
})
