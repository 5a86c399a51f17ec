import { expect, test } from 'vitest'
import { toldApart } from '@/services/namesakes'
import { phone } from './setup'

test('who is called the same is told apart by what they belong to, and counted where that is the same', () => {
  const people = [
    { displayName: '张伟', belongs: '县医院' }, { displayName: '李娜', belongs: '县医院' }, { displayName: '张伟', belongs: '县税务局' },
    { displayName: '王芳' }, { displayName: '王芳' },
  ]
  expect(toldApart(people).map((p) => p.displayName)).toEqual(['张伟（县医院）', '李娜', '张伟（县税务局）', '王芳（第 1 位）', '王芳（第 2 位）'])
})

test('whoever holds two posts is no namesake of themself', () => {
  const rows = [{ userId: '1', displayName: '张伟' }, { userId: '1', displayName: '张伟' }, { userId: '2', displayName: '李娜' }]
  expect(toldApart(rows)).toEqual(rows)
  const more = [...rows, { userId: '3', displayName: '张伟', belongs: '县医院' }]
  expect(toldApart(more).map((p) => p.displayName)).toEqual(['张伟', '张伟', '李娜', '张伟（县医院）'])
})

test('lists from which a person is picked tell namesakes apart: members, the roll, colleagues, who holds a post', async () => {
  phone.storage.set('xinyuan/resident/token', 't')
  const two = ['县医院', '县税务局'].map((belongs, i) => ({ id: `${i}`, userId: `${i}`, displayName: '张伟', belongs, nodeName: belongs, role: 'member' }))
  phone.network = () => ({ statusCode: 200, data: { items: two } })
  const { activities, teams } = await import('@/services/teams')
  const { claims } = await import('@/services/wishes')
  const { staffing } = await import('@/services/staffing')
  for (const list of [await teams.everybody('1'), await teams.everybody('1', 'invited'), (await activities.roll('1')).items, (await claims.colleagues()).items, (await staffing.at('1')).items])
    expect(list.map((p) => p.displayName)).toEqual(['张伟（县医院）', '张伟（县税务局）'])
})
