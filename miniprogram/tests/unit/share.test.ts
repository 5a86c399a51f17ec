import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { cards } from '@/services/share'
import { sceneOf, wayOf } from '@/services/scenes'
import type { Activity, Certificate, Team, Wish } from '@/services/types'

// Whatever a noun knows of people, planted where a careless title would pick it up.
const people = ['刘桂兰', '王建国', '孙丽华', '13904350001', '3 号楼']
const person = { ownerLabel: '刘桂兰', displayName: '王建国', leaderName: '孙丽华', holderLabel: '王建国', name: '', phone: '13904350001', estate: '3 号楼', address: '3 号楼', number: '2026-0001' }
const wish = { ...person, id: '7', title: '厨房水龙头关不严', status: 'open', sensitive: false, description: '请找刘桂兰' } as unknown as Wish
const activity = { ...person, id: '8', title: '清理滨河步道', status: 'published', place: { name: '3 号楼' }, description: '找孙丽华' } as unknown as Activity
const team = { ...person, id: '9', name: '银发互助队', intro: '孙丽华带头' } as unknown as Team
const certificate = { ...person, id: '10', status: 'issued', verifyUrl: 'https://x.cn/verify/abcdefghijklmnopqrstuvwxyz' } as unknown as Certificate

test('a card says what it is about, and nobody\'s name, phone or address', () => {
  const all = [cards.wish(wish), cards.activity(activity), cards.team(team), cards.certificate(certificate)]
  expect(all).toEqual([
    { title: '微心愿：厨房水龙头关不严', path: '/pages/wish/wish?id=7' }, { title: '志愿活动：清理滨河步道', path: '/pages/activity/activity?id=8' },
    { title: '志愿队：银发互助队', path: '/pages/team/team?id=9' },
    { title: '一份志愿服务证明，点开核验', path: '/pages/home/arrive?scene=cabcdefghijklmnopqrstuvwxyz' },
  ])
  for (const word of people) expect(JSON.stringify(all)).not.toContain(word)
})

test('what not everybody may see is not sent on', () => {
  const hidden = [
    ...['submitted', 'rejected', 'withdrawn', 'expired'].map((status) => cards.wish({ ...wish, status } as Wish)),
    cards.activity({ ...activity, status: 'draft' } as Activity), cards.certificate({ ...certificate, status: 'revoked' } as Certificate),
    cards.wish(), cards.activity(), cards.team(), cards.certificate(),
  ]
  for (const card of hidden) expect(card.path).toBe('/pages/home/home')
  expect(cards.wish({ ...wish, sensitive: true }).title).toBe('有一个微心愿，等人来办')
})

// A page without the hook cannot be sent on: WeChat's menu does not offer it.
test('only these pages can be sent on, each by its card', () => {
  const root = path.resolve(__dirname, '../../src/pages')
  const sent = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.vue'))
    .filter((name) => /onShare(AppMessage|Timeline)/.test(readFileSync(path.join(root, name), 'utf8')))
  expect(sent.map((name) => path.basename(name, '.vue')).sort()).toEqual(['activity', 'certificates', 'team', 'wish'])
  for (const name of sent) expect(readFileSync(path.join(root, name), 'utf8')).toMatch(/onShareAppMessage\(\(\w*\) => cards\.\w+\(/)
})

test('a scene is read as WeChat hands it over, and leads on', () => {
  expect(sceneOf({ scene: encodeURIComponent('a157336731650082615') })).toBe('a157336731650082615')
  expect([sceneOf({}), sceneOf({ scene: '%' })]).toEqual(['', ''])
  expect(wayOf({ activityId: '8' })).toEqual({ page: 'checkin', query: { id: '8' } })
  expect(wayOf({ teamId: '9', code: 'X' })).toEqual({ page: 'team', query: { id: '9', code: 'X' } })
  expect(wayOf({})).toBeUndefined()
})
