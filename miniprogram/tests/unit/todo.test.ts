import { expect, test } from 'vitest'
import { phone } from './setup'

const wish = (id: string, title: string) => ({ id, title, nodeName: '茂山社区', status: 'taken' })
const claim = (id: string, more: object = {}) => ({ id, status: 'approved', mine: true, participants: [], ...more })

/** A server with this answer to each address that contains a word. */
const server = (answers: Record<string, unknown>) => {
  phone.storage.set('xinyuan/resident/token', 't')
  phone.network = ({ url }) => {
    const word = Object.keys(answers).find((w) => url.includes(w))
    return { statusCode: 200, data: word ? answers[word] : { items: [], counts: [] } }
  }
}

test('a resident is asked for the last word, unless the community is at it', async () => {
  server({
    'status=taken': { items: [wish('1', '轮椅'), wish('2', '灯泡')] },
    'status=rejected': { items: [wish('3', '遗嘱')] },
    '/wishes/1': { wish: wish('1', '轮椅'), claim: claim('11', { status: 'delivered' }) },
    '/wishes/2': { wish: wish('2', '灯泡'), claim: claim('12', { status: 'delivered', disputed: true }) },
  })
  const { todos } = await import('@/services/todo')
  expect((await todos()).map((t) => [t.title, t.page, t.query.id])).toEqual([
    ['请您确认：轮椅', 'confirm', '11'], ['请补充：遗嘱', 'wish', '3'],
  ])
})

test('a member is told what to do and who asks; staff how much waits', async () => {
  server({
    '/claims': { items: [
      { claim: claim('1'), wish: wish('1', '轮椅') },
      { claim: claim('2', { status: 'delivered' }), wish: wish('2', '灯泡') },
      { claim: claim('3', { mine: false, claimant: '于洋' }), wish: wish('3', '书桌') },
      { claim: claim('4', { mine: false, participants: [{ userId: '5', accepted: true }] }), wish: wish('4', '门铃') },
    ] },
    '/approvals': { items: [], counts: [{ kind: 'wish', count: 2 }, { kind: 'claim', count: 3 }] },
  })
  const { person } = await import('@/services/me')
  const { todos } = await import('@/services/todo')
  const someone = { id: '5', displayName: '', elderView: false, showOnBoards: false, membership: {}, roles: [{ role: 'grid_worker', nodeId: '1' }] }
  person.me = someone as unknown as typeof person.me
  expect((await todos()).map((t) => t.title)).toEqual(['去办：轮椅', '请您一起：书桌', '5 件事等您处理'])
})

test('who leads a team is told whose hours wait, and that people are at the door', async () => {
  const { now } = await import('@/services/clock')
  const at = (hours: number) => new Date(now() + hours * 3600000).toISOString()
  const activity = (id: string, title: string, from: number, to: number) =>
    ({ id, title, status: 'published', startsAt: at(from), endsAt: at(to) })
  server({
    '/teams?mine': { items: [{ id: '7', myRole: 'deputy' }, { id: '8', myRole: 'member' }] },
    'teamId=7': { items: [activity('1', '扫雪', -26, -24), activity('2', '义诊', -0.2, 2), activity('3', '理发', 24, 26)] },
    'teamId=8': { items: [activity('4', '别人的', -26, -24)] },
  })
  const { person } = await import('@/services/me')
  const { todos } = await import('@/services/todo')
  person.me = { id: '5', displayName: '', elderView: false, showOnBoards: false, roles: [] } as unknown as typeof person.me
  expect((await todos()).map((t) => [t.title, t.page, t.query.id])).toEqual([
    ['确认时长：扫雪', 'settle', '1'], ['签到码：义诊', 'code', '2'],
  ])
})

test('nothing waits', async () => {
  server({})
  const { todos } = await import('@/services/todo')
  expect(await todos()).toEqual([])
})
