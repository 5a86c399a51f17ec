import { expect, test, vi } from 'vitest'
import { phone } from './setup'

const me = { id: '1', displayName: '刘奶奶', elderView: false, showOnBoards: false, homeNodeId: '7', roles: [] as object[] }
const places = { items: [{ id: '7', kind: 'community', name: '茂山社区' }] }

function server(who: object): void {
  phone.network = ({ url, method, data }) => {
    if (url.endsWith('/sessions')) return { statusCode: 201, data: { token: 't', user: who } }
    if (url.includes('/nodes')) return { statusCode: 200, data: url.includes('kind=community') ? places : { items: [] } }
    return { statusCode: 200, data: method === 'GET' ? who : { ...who, ...(JSON.parse(data!) as object) } }
  }
}
const asked = (part: string) => phone.sent.filter((s) => s.url.includes(part)).length

test('the first question logs in, and is asked once', async () => {
  server(me)
  const { person, whoAmI } = await import('@/services/me')
  const [a, b] = await Promise.all([whoAmI(), whoAmI()])
  expect([a.displayName, b.displayName, person.home?.name]).toEqual(['刘奶奶', '刘奶奶', '茂山社区'])
  expect([asked('/sessions'), asked('/me')]).toEqual([1, 0])
  await whoAmI(true)
  expect([asked('/me'), asked('/nodes')]).toEqual([1, 2])
})

test('who could not be asked is asked again', async () => {
  phone.network = () => 'away'
  const { whoAmI } = await import('@/services/me')
  await expect(whoAmI()).rejects.toThrow()
  server(me)
  expect((await whoAmI()).id).toBe('1')
})

test('the elder view: the server\'s word on a new phone, the own choice for ever after', async () => {
  server({ ...me, elderView: true })
  const { person, setElder, whoAmI } = await import('@/services/me')
  await whoAmI()
  expect(person.elder).toBe(true)
  setElder(false)
  expect(person.elder).toBe(false)
  await vi.waitFor(() => expect(JSON.parse(phone.sent.at(-1)!.data!)).toEqual({ elderView: false }))
  vi.resetModules()
  const again = await import('@/services/me')
  await again.whoAmI(true)
  expect(again.person.elder).toBe(false)
})

test('what the posts of a person allow', async () => {
  server({ ...me, roles: [{ role: 'secretary', nodeId: '9' }, { role: 'grid_worker', nodeId: '8' }] })
  const { roles, whoAmI } = await import('@/services/me')
  expect([roles.decides(), roles.records(), roles.member()]).toEqual([false, false, false])
  await whoAmI()
  expect([roles.decides(), roles.records(), roles.member()]).toEqual([true, true, false])
  expect(roles.recordsAt()).toBe('9')
})

test('who is in a post on a grid records for the own community, not for the grid', async () => {
  server({ ...me, roles: [{ role: 'grid_worker', nodeId: '8' }] })
  const { roles, whoAmI } = await import('@/services/me')
  await whoAmI()
  expect([roles.records(), roles.recordsAt(), roles.decides()]).toEqual([true, '7', false])
})

test('who logs out leaves no draft on the phone, and other people keep theirs', async () => {
  server(me)
  const { logOut, whoAmI } = await import('@/services/me')
  await whoAmI()
  phone.storage.set('xinyuan/resident/draft/post', { title: '换灯泡' })
  phone.storage.set('xinyuan/resident/draft/elder', { name: '刘秀兰' })
  phone.storage.set('xinyuan/member/draft/post', { title: '修门铃' })
  phone.network = () => ({ statusCode: 204, data: undefined })
  await logOut()
  expect([...phone.storage.keys()].filter((k) => k.includes('/draft/'))).toEqual(['xinyuan/member/draft/post'])
})

test('a reviewer becomes the person of the code, and nothing is left of who was there', async () => {
  server({ ...me, displayName: '刘奶奶' })
  const { becomeReviewer, person, whoAmI } = await import('@/services/me')
  await whoAmI()
  const before = phone.network
  phone.network = (sent) => {
    if (!sent.url.endsWith('/review-sessions')) return before(sent)
    if (!sent.data!.includes('GOOD')) return { statusCode: 422, data: { reason: 'review_code', message: '这个审核码不对。' } }
    return { statusCode: 201, data: { token: 'review-1', user: { ...me, id: '2', displayName: '审核居民', homeNodeId: undefined } } }
  }
  await expect(becomeReviewer('BAD')).rejects.toThrow('这个审核码不对。')
  expect([person.me?.displayName, person.home?.name]).toEqual(['刘奶奶', '茂山社区'])
  await becomeReviewer('GOOD')
  expect([person.me?.displayName, person.home, (await whoAmI()).id]).toEqual(['审核居民', undefined, '2'])
})
