import { readdirSync, readFileSync } from 'node:fs'
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

test('a page has a name of its own, and no page of another folder has it', async () => {
  const { folders } = await import('@/services/pages.gen')
  const names: string[] = Object.values(folders).flat()
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
})

// Pages to which the program itself leads nobody, and why.
const unled: Record<string, string> = {
  design: 'shows who builds the client what there is to build with',
}

/** How a page is named where a way leads to it: go('x'), to(own ? 'y' : 'x'), page: 'x', to="x". */
const way = (page: string) => new RegExp(`\\b(?:go|goOn|to|pathOf)\\((?:[^()']*\\? (?:'\\w+' : )?)?'${page}'|\\b(?:page|way): '${page}'|\\bto="${page}"`)

test('a way leads to each page', async () => {
  const { folders } = await import('@/services/pages.gen')
  const src = path.resolve(__dirname, '../../src')
  const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((f) => /(?<!\.gen|\.d)\.(vue|ts)$/.test(f))
    .map((f) => ({ f, text: readFileSync(path.join(src, f), 'utf8') }))
  const pages = Object.entries(folders).flatMap(([folder, names]) => names.map((name) => ({ name, own: `pages/${folder}/${name}.vue` })))
  const lost = pages.filter(({ name, own }) => !sources.some(({ f, text }) => f !== own && way(name).test(text)))
  expect(lost.map(({ name }) => name)).toEqual(Object.keys(unled))
})
