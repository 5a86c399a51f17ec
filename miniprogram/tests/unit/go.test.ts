import { readdirSync } from 'node:fs'
import path from 'node:path'
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
    'reLaunch /pages/home/home', 'navigateTo /pages/wish/wish?id=7&posted=1', 'redirectTo /pages/approval/reason?id=wish%3A1%2Cwish%3A2',
  ])
})

test('there is always a way back', async () => {
  const { back, goOn } = await import('@/services/go')
  depth = 2
  back()
  depth = 1 // opened from a message
  back()
  goOn('wish', { id: '7' })
  expect(ways).toEqual(['navigateBack', 'reLaunch /pages/home/home', 'redirectTo /pages/wish/wish?id=7'])
})

test('an address from before a page moved leads to it, and one that is no page says so', async () => {
  const { goOnFrom } = await import('@/services/go')
  goOnFrom('pages/wish', { id: '7' })
  goOnFrom('/pages/hours/complaint')
  goOnFrom('/pages/nothing', { id: '7' })
  expect(ways).toEqual(['redirectTo /pages/wish/wish?id=7', 'redirectTo /pages/complaint/complaint', 'redirectTo /pages/me/gone'])
})

test('each page stands in its folder, is known to the build and has a name of its own', async () => {
  const { folders } = await import('@/services/go')
  const told = Object.entries(folders).flatMap(([folder, pages]) => pages.map((page) => `pages/${folder}/${page}`))
  const src = path.resolve(__dirname, '../../src')
  const there = readdirSync(path.join(src, 'pages'), { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.vue'))
  const { pages } = (await import('@/pages.json')).default
  expect(there.map((f) => 'pages/' + f.slice(0, -4)).sort()).toEqual([...told].sort())
  expect(pages.map((p) => p.path)).toEqual(told)
  expect(new Set(told.map((p) => path.basename(p))).size).toBe(told.length)
})
