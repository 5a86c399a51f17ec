import { expect, test } from 'vitest'
import { syncClock } from '@/services/clock'
import { assignmentWord, dueWords, hiddenWords, isHidden, needWord, untilWords } from '@/words/needs'

// Half past two in the afternoon of 11 March, in China.
const at = (hour: number, day = 11) => `2026-03-${day}T0${hour}:00:00Z`
syncClock('2026-03-11T06:30:00Z')

test('what may take days is late when its last day is over, and not at the hour at which it was sent', () => {
  const order = { status: 'working' as const, term: 'ordinary' as const }
  expect(assignmentWord({ ...order, dueAt: at(4), late: true }).text).toBe('今天到期')
  expect(assignmentWord({ ...order, dueAt: at(9), late: false }).text).toBe('今天到期')
  expect(assignmentWord({ ...order, dueAt: at(4, 10), late: true }).text).toBe('超过时间了')
  expect(assignmentWord({ ...order, dueAt: at(4, 12), late: false }).text).toBe('在办')
  expect(needWord({ ...order, status: 'handling', mine: false, dueAt: at(4), late: true }).text).toBe('今天到期')
  expect(needWord({ ...order, status: 'answered', mine: true, dueAt: at(4), late: false }).text).toBe('等您说一声')
})

test('what may take hours is late at its hour, and says the hour', () => {
  const order = { status: 'sent' as const, term: 'utility' as const, dueAt: at(4) }
  expect(assignmentWord({ ...order, late: true }).text).toBe('超过时间了')
  expect(dueWords(order)).toMatch(/ 12:00 $/)
  expect(dueWords({ ...order, term: 'ordinary' })).not.toMatch(':')
  expect(untilWords({ status: 'handling', term: 'urgent', dueAt: at(9), acceptBy: at(9), deskName: '茂山社区' })).toMatch('17:00')
})

test('who needs care is hidden until somebody chooses otherwise, and it says so', () => {
  for (const [said, hidden, says] of [
    [{ category: '' }, false, false], [{ category: 'roads' }, false, false], [{ category: 'care' }, true, true],
    [{ category: 'care', private: false }, false, false], [{ category: 'care', private: true }, true, false],
    [{ category: 'roads', private: true }, true, false],
  ] as const) {
    expect([isHidden(said), !!hiddenWords(said)]).toEqual([hidden, says])
  }
})
