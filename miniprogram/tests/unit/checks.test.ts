import { expect, test } from 'vitest'
import { correction, longest, moved, servedOf, verdicts } from '@/services/checks'
import { inBatch } from '@/services/staff'
import { cautions, decisionWords, looks, recordedYeses, unusualYeses, whys } from '@/words/checks'
import { phone } from './setup'

const at = (text: string) => `2026-11-28T${text}+08:00`
const morning = servedOf({ from: at('09:03:20'), until: at('11:03:20'), minutes: 120 })

test('who served all of a time serves all of another, who served a part no more than it holds', () => {
  expect(longest(morning)).toBe(120)
  expect(moved(morning, { until: '11:30' }).minutes).toBe(146)
  expect(moved({ ...morning, minutes: 100 }, { until: '11:30' }).minutes).toBe(100)
  expect(moved({ ...morning, minutes: 100 }, { until: '10:00' }).minutes).toBe(56)
})

test('who ends before they start went on past midnight', () => {
  const late = moved(moved(morning, { until: '00:00' }), { from: '22:00' })
  expect([new Date(late.from).toISOString(), new Date(late.until).toISOString()]).toEqual([
    '2026-11-28T14:00:00.000Z', '2026-11-28T16:00:00.000Z',
  ])
})

test('only what was changed of the time is sent', () => {
  expect(correction({ ...morning, minutes: 90 }, morning, '提前结束')).toEqual({ minutes: 90, reason: '提前结束' })
  expect(correction(moved(morning, { until: '10:30' }), morning, '提前结束')).toEqual({
    endedAt: '2026-11-28T02:30:00.000Z', minutes: 86, reason: '提前结束',
  })
})

const record = { due: 1, reviews: 0, source: 'activity' } as const

test('why a record is looked at, and how often', () => {
  expect(whys(record)).toEqual([])
  expect(whys({ ...record, due: 2, source: 'self' })).toEqual(['这一天超过 8 小时', '自己报的'])
  expect(whys({ ...record, own: true })).toEqual(['队长自己的时长，要别人确认'])
  expect(whys({ ...record, unseen: true })).toEqual(['没有手机，只有队长见过'])
  expect(whys({ ...record, due: 3 })).toEqual(['这一天超过 12 小时'])
  expect(whys({ ...record, due: 2, sample: true, offline: true })).toEqual(['抽查到这一条', '签到是离线补的'])
  expect([looks(record), looks({ ...record, due: 2 }), looks({ ...record, due: 3, reviews: 1 })])
    .toEqual(['', '要两级看过才记入', '要三级看过才记入，已经看过一次'])
})

test('whom one may ask to lead: once each, by what they are known by', async () => {
  phone.storage.set('xinyuan/resident/token', 't')
  phone.network = ({ url }) => ({
    statusCode: 200,
    data: {
      items: url.includes('/teams') ? [{ leaderId: '1', leaderName: '刘*兰', name: '夕阳红' }, { leaderName: '无名', name: '散了' }]
        : url.includes('/grants') ? [{ userId: '1', displayName: '刘*兰', nodeName: '茂山社区', role: 'secretary' }, { userId: '2', displayName: '王*国', nodeName: '三号网格', role: 'grid_worker' }]
          : [{ userId: '3', nameLabel: '赵*英', unitName: '县医院', nodeId: '7' }, { userId: '4', nameLabel: '钱*多', nodeId: '8' }],
    },
  })
  const { neighbours } = await import('@/services/people')
  expect(await neighbours('7')).toEqual([
    { id: '1', name: '刘*兰', parentName: '夕阳红队长' }, { id: '2', name: '王*国', parentName: '三号网格员' },
    { id: '3', name: '赵*英', parentName: '县医院' },
  ])
})

test('people who are decided about together: each as one sees fit', () => {
  expect(verdicts(['1', '2'], ['2'], ' 社区里没有这个人。 ')).toEqual([
    { userId: '1', decision: 'confirm' }, { userId: '2', decision: 'reject', reason: '社区里没有这个人。' },
  ])
  expect([decisionWords(4, 0), decisionWords(3, 1), decisionWords(0, 2)]).toEqual(['同意记 4 人', '记 3 人，不记 1 人', '2 人都不记'])
})

test('what is unusual about answers written down for residents is a share, said as one', () => {
  const r = { userId: '1', displayName: '李娜', yeses: 12, claimants: 2, most: 10, byPhone: 11, checked: 2, denied: 1, text: '' }
  expect(recordedYeses({ ...r, signs: [] })).toContain('12 件')
  expect(unusualYeses({ ...r, signs: ['denied', 'one_claimant', 'by_phone'] })).toEqual([
    '再问不一样：再问过 2 件，1 件不作数', '多是同一位党员：12 件里有 10 件', '多是打电话问的：12 件里有 11 件',
  ])
})

test('one tap never takes what is looked at first, nor people who are decided about together', () => {
  expect(inBatch({ kind: 'service' })).toBe(true)
  expect(inBatch({ kind: 'complaint' })).toBe(false)
  expect(inBatch({ kind: 'service', unseenAt: '1' })).toBe(false)
  for (const why of Object.keys(cautions) as (keyof typeof cautions)[]) expect(inBatch({ kind: 'service', oneByOne: why })).toBe(false)
  expect(cautions.unseen).toBe('没有手机，看着名字一起核实')
})
