import { beforeEach, expect, test, vi } from 'vitest'

const ways: string[] = []
let depth = 1
beforeEach(() => {
  ways.length = 0
  const way = (how: string) => (o?: { url: string }) => ways.push(o ? `${how} ${o.url}` : how)
  for (const how of ['reLaunch', 'navigateTo', 'redirectTo', 'navigateBack'] as const) Object.assign(uni, { [how]: way(how) })
  vi.stubGlobal('getCurrentPages', () => Array(depth))
})

test('a tab begins anew, a page lies on top, and on the tenth page it takes its place', async () => {
  const { go } = await import('@/services/go')
  depth = 9
  go('home')
  go('wish', { id: '7', posted: '1' })
  depth = 10
  go('reason', { id: 'wish:1,wish:2' })
  expect(ways).toEqual([
    'reLaunch /pages/home', 'navigateTo /pages/wish?id=7&posted=1', 'redirectTo /pages/reason?id=wish%3A1%2Cwish%3A2',
  ])
})

test('there is always a way back', async () => {
  const { back, goOn } = await import('@/services/go')
  depth = 2
  back()
  depth = 1 // opened from a message
  back()
  goOn('wish', { id: '7' })
  expect(ways).toEqual(['navigateBack', 'reLaunch /pages/home', 'redirectTo /pages/wish?id=7'])
})
