// What the server can say of a matter or a person, the client has a word for.
import { expect, test } from 'vitest'
import { rolesOf, states } from '@/services/states.gen'
import { roleDuties, roleNames } from '@/words/roles'
import { stateWords, unshown } from '@/words/states'

const chinese = /^[\u4e00-\u9fff，]+$/

test('each state of each lifecycle has a Chinese word, or is shown to nobody', () => {
  const mute = Object.entries(states).flatMap(([noun, all]) => {
    if (noun in unshown) return []
    const words: Record<string, { text: string }> = stateWords[noun as keyof typeof stateWords] ?? {}
    return all.filter((s) => !chinese.test(words[s]?.text ?? '')).map((s) => `${noun}: ${s}`)
  })
  expect(mute).toEqual([])
})

test('no word is left of a state that is gone', () => {
  const known: Record<string, readonly string[]> = states
  const left = Object.entries(stateWords).flatMap(([noun, words]) => Object.keys(words).filter((s) => !known[noun]?.includes(s)).map((s) => `${noun}: ${s}`))
  expect(left).toEqual([])
  expect(Object.keys(unshown).filter((noun) => !(noun in states) || noun in stateWords)).toEqual([])
})

test('each role has a name and says what it is for', () => {
  for (const words of [roleNames, roleDuties]) expect(Object.keys(words).sort()).toEqual([...rolesOf.all].sort())
})
