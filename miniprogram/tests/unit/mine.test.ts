// 我的: figures that open to what they are made of, stars that read as stars, and two taps to a new activity.
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import GivenCard from '@/components/points/GivenCard.vue'
import MyTeams from '@/components/team/MyTeams.vue'
import type { ServiceCard, Team } from '@/services/types'
import { starWords } from '@/words/stars'

const card = { minutes: 6200, records: 9, years: [], stars: 1, nextStarHours: 300, missingMinutes: 11800, teams: [] } as ServiceCard
const points = { balance: 73, thisYear: 50, minutes: 6200, minutesThisYear: 600 }
const opened: string[] = []
Object.assign(globalThis, { getCurrentPages: () => [{}] })
Object.assign(uni, { navigateTo: ({ url }: { url: string }) => opened.push(url) })

test('each figure says what it counts and leads to it; the stars say how far it is to the next', async () => {
  const view = mount(GivenCard, { props: { card, points, fulfilled: '4' } })
  const figures = view.findAll('.given')
  expect(figures.map((f) => f.attributes('aria-label'))).toEqual(['服务 103 小时', '积分 73 分', '帮人圆了 4 个心愿'])
  expect(view.text()).toContain('一星志愿者★☆☆☆☆')
  expect(view.text()).toContain('满 300 小时就是二星志愿者')
  for (const f of figures) await f.trigger('click')
  expect(opened.splice(0)).toEqual(['/pages/hours/records', '/pages/points/points', '/pages/claim/claims'])
  expect(mount(GivenCard, { props: { card, points } }).findAll('.given')).toHaveLength(2) // who has not reported in claims nothing
})

test('who leads a team is two taps away from a new activity of it', async () => {
  const team = (id: string, name: string, myRole: Team['myRole']) => ({ id, name, myRole, members: 8 }) as Team
  const view = mount(MyTeams, { props: { teams: [team('1', '理发队', 'member'), team('2', '扫雪队', 'leader')] } })
  expect(view.text().indexOf('我带的队')).toBeLessThan(view.text().indexOf('我在的队'))
  await view.find('[aria-label="给扫雪队办一次活动"]').trigger('click')
  expect(opened.splice(0)).toEqual(['/pages/activity/plan?team=2'])
})

test('stars', () => {
  expect([0, 2, 5].map(starWords)).toEqual(['☆☆☆☆☆', '★★☆☆☆', '★★★★★'])
})

test('who has served without points and stars reads of neither', () => {
  const few = { ...card, stars: 0, minutes: 60 }
  const shown = mount(GivenCard, { props: { card: few, points: { ...points, balance: 0 } } })
  expect(shown.findAll('.given').map((f) => f.attributes('aria-label'))).toEqual(['服务 1 小时'])
  expect(shown.text()).not.toContain('还没有星级')
  expect(mount(GivenCard, { props: { card: few, points: { ...points, balance: 0 }, fulfilled: '0' } }).findAll('.given')).toHaveLength(3)
})
